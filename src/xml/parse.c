/* SPDX-License-Identifier: MIT */
/*
 * libxml2, behind the pre-scan.  Its SAX interface fills a tree of our own:
 * one arena instead of one allocation a node, nothing of libxml2's tree
 * (entity nodes, interned short texts, xml:id tables) to guard against, and
 * text that is whole however the parser cut it.
 *
 * Bytes are handed over in small pieces; after the first fault no more come.
 * libxml2 goes on after many faults, and a file of nothing but faults would
 * cost a message each.
 */
#include "xml_int.h"

#include <libxml/parser.h>

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct kt_xml {
	struct kt_arena *arena;
	xmlDictPtr dict; /* owns the names */
	const struct kt_xnode *root;
};

struct build {
	const struct xml_source *src;
	size_t given; /* bytes handed over */
	struct kt_xml *xml;
	struct kt_buf text; /* not yet a node */
	size_t text_line;
	/* Open elements, and the last child of each; [0] stands above the
	 * root. */
	struct kt_xnode *open[XML_DEPTH_MAX + 1];
	struct kt_xnode *last[XML_DEPTH_MAX + 1];
	size_t depth;
	bool failed;
	size_t line; /* of the first fault */
	struct kt_buf fault;
};

static xmlParserInputPtr
refuse_entity(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
	(void)url;
	(void)id;
	(void)ctxt;
	return NULL;
}

static void
setup(void)
{
	int rc = xmlMemSetup(free, kt_malloc, kt_realloc, kt_strdup);

	assert(rc == 0);
	(void)rc;
	xmlInitParser();
	xmlSetExternalEntityLoader(refuse_entity);
}

/* The one way in: allocator and loader stand before anything is parsed. */
static void
init(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, setup);
}

static struct build *
build_of(void *ctx)
{
	return ((xmlParserCtxtPtr)ctx)->_private;
}

static void
fail(struct build *b, const char *why, size_t line)
{
	if (b->failed)
		return;
	b->failed = true;
	b->line = line;
	kt_buf_puts(&b->fault, why);
}

static void
append(struct build *b, struct kt_xnode *n)
{
	struct kt_xnode *above = b->open[b->depth], *last = b->last[b->depth];

	n->parent = b->depth == 0 ? NULL : above;
	if (last != NULL)
		last->next = n;
	else
		above->first = n;
	b->last[b->depth] = n;
}

static void
flush_text(struct build *b)
{
	struct kt_xnode *n;

	if (b->text.len == 0)
		return;
	n = KT_NEW(b->xml->arena, struct kt_xnode);
	n->text = kt_arena_strndup(b->xml->arena, b->text.p, b->text.len);
	n->line = (uint32_t)b->text_line;
	append(b, n);
	kt_buf_clear(&b->text);
}

/* Without entity substitution libxml2 hands on & as &#38;, and nothing else
 * unresolved. */
static const char *
keep_value(struct kt_arena *a, const char *p, size_t n)
{
	char *out = kt_arena_strndup(a, p, n), *to = out;

	for (const char *from = memchr(out, '&', n) == NULL ? out + n : out;
	     from < out + n;) {
		*to++ = *from;
		from += strncmp(from, "&#38;", 5) == 0 ? 5 : 1;
		if (from >= out + n)
			*to = '\0';
	}
	return out;
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int nnamespaces, const xmlChar **namespaces,
    int nattributes, int ndefaulted, const xmlChar **attributes)
{
	struct build *b = build_of(ctx);
	struct kt_arena *a = b->xml->arena;
	struct kt_xnode *n;
	struct xml_attr *attrs;

	(void)prefix, (void)nnamespaces, (void)namespaces, (void)ndefaulted;
	flush_text(b);
	if (b->failed || b->depth == XML_DEPTH_MAX) {
		fail(b, "depth", 0);
		return;
	}
	n = KT_NEW(a, struct kt_xnode);
	n->name = (const char *)name;
	n->ns = uri == NULL ? "" : (const char *)uri;
	n->line = (uint32_t)xmlSAX2GetLineNumber(ctx);
	n->nattrs = (uint32_t)nattributes;
	attrs = KT_NEWN(a, struct xml_attr, n->nattrs);
	/* Five pointers each: name, prefix, URI, value, end of value. */
	for (int i = 0; i < nattributes; i++) {
		const xmlChar **at = attributes + (size_t)i * 5;

		attrs[i].name = (const char *)at[0];
		attrs[i].value =
		    keep_value(a, (const char *)at[3], (size_t)(at[4] - at[3]));
	}
	n->attrs = attrs;
	append(b, n);
	b->depth++;
	b->open[b->depth] = n;
	b->last[b->depth] = NULL;
}

static void
on_end(
    void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct build *b = build_of(ctx);

	(void)name, (void)prefix, (void)uri;
	flush_text(b);
	if (b->depth > 0)
		b->depth--;
}

static void
on_text(void *ctx, const xmlChar *p, int n)
{
	struct build *b = build_of(ctx);

	if (b->depth == 0)
		return;
	if (b->text.len == 0)
		b->text_line = (size_t)xmlSAX2GetLineNumber(ctx);
	kt_buf_put(&b->text, p, (size_t)n);
}

/* Neither can happen behind the pre-scan. */
static void
on_reference(void *ctx, const xmlChar *name)
{
	fail(build_of(ctx), (const char *)name, 0);
}

static void
on_doctype(
    void *ctx, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
	(void)id, (void)system;
	fail(build_of(ctx), (const char *)name, 0);
}

static void
on_error(void *ctx, xmlErrorPtr e)
{
	struct build *b = build_of(ctx);
	size_t n = e->message == NULL ? 0 : strlen(e->message);
	char *why;

	if (e->level < XML_ERR_ERROR || b->failed)
		return;
	while (n > 0 && (e->message[n - 1] == '\n' || e->message[n - 1] == ' '))
		n--;
	why = kt_strndup(n == 0 ? "?" : e->message, n == 0 ? 1 : n);
	fail(b, why, e->line > 0 ? (size_t)e->line : 0);
	free(why);
}

static int
give(void *ctx, char *to, int room)
{
	struct build *b = ctx;
	size_t n = b->src->n - b->given;

	if (b->failed)
		return 0;
	if (n > (size_t)room)
		n = (size_t)room;
	memcpy(to, b->src->p + b->given, n);
	b->given += n;
	return (int)n;
}

static int
give_no_more(void *ctx)
{
	(void)ctx;
	return 0;
}

/* Run libxml2 over the bytes; what it found is in b. */
static void
run(struct build *b)
{
	static const xmlSAXHandler handler = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.reference = on_reference,
		.internalSubset = on_doctype,
		.serror = on_error,
	};
	xmlParserCtxtPtr ctxt = xmlNewParserCtxt();

	*ctxt->sax = handler;
	ctxt->_private = b;
	xmlCtxtReadIO(ctxt, give, give_no_more, b, NULL, "UTF-8",
	    XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
	if (ctxt->wellFormed != 1 || ctxt->errNo != 0 || b->depth != 0 ||
	    b->open[0]->first == NULL)
		fail(b, "not well formed", 0);
	b->xml->dict = ctxt->dict;
	xmlDictReference(ctxt->dict);
	xmlFreeParserCtxt(ctxt);
}

static int
build(struct kt_xml *x, const struct xml_source *src, struct kt_diag *d)
{
	struct build b = {
		.src = src, .xml = x, .text = KT_BUF_INIT, .fault = KT_BUF_INIT
	};
	struct kt_xnode above = { 0 };
	int rc = KT_OK;

	b.open[0] = &above;
	run(&b);
	x->root = above.first;
	if (b.failed)
		rc = kt_report(d, .id = KT_M_XML_MALFORMED, .a = b.fault.p,
		    .at = { .file = src->file, .line = b.line });
	kt_buf_release(&b.text);
	kt_buf_release(&b.fault);
	return rc;
}

int
kt_xml_parse(struct kt_xml **out, const char *file, const char *bytes, size_t n,
    struct kt_diag *d)
{
	struct xml_source src;
	struct kt_xml *x;
	int rc = xml_decode(&src, file, bytes, n, d);

	if (rc != KT_OK)
		return rc;
	init();
	x = kt_calloc(1, sizeof(*x));
	x->arena = kt_arena_new();
	rc = xml_scan(&src, d);
	if (rc == KT_OK)
		rc = build(x, &src, d);
	xml_source_release(&src);
	if (rc == KT_OK)
		*out = x;
	else
		kt_xml_free(x);
	return rc;
}

void
kt_xml_free(struct kt_xml *x)
{
	if (x == NULL)
		return;
	if (x->dict != NULL)
		xmlDictFree(x->dict);
	kt_arena_free(x->arena);
	free(x);
}

const struct kt_xnode *
kt_xml_root(const struct kt_xml *x)
{
	return x->root;
}
