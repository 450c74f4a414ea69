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

#include "late_xml2.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct build {
	struct xml_feed feed;
	struct xml_tree tree;
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

void
xml_init(void)
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
	if (b->feed.stop)
		return;
	b->feed.stop = true;
	b->line = line;
	kt_buf_puts(&b->fault, why);
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
	struct kt_arena *a = b->tree.arena;
	struct kt_xnode *n;
	struct xml_attr *attrs;

	(void)prefix, (void)nnamespaces, (void)namespaces, (void)ndefaulted;
	if (b->feed.stop || b->tree.depth == XML_DEPTH_MAX) {
		fail(b, "depth", 0);
		return;
	}
	n = xml_tree_open(
	    &b->tree, (const char *)name, (size_t)xmlSAX2GetLineNumber(ctx));
	n->ns = uri == NULL ? "" : (const char *)uri;
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
}

static void
on_end(
    void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)name, (void)prefix, (void)uri;
	xml_tree_close(&build_of(ctx)->tree);
}

static void
on_text(void *ctx, const xmlChar *p, int n)
{
	xml_tree_text(&build_of(ctx)->tree, (const char *)p, (size_t)n,
	    (size_t)xmlSAX2GetLineNumber(ctx));
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

	if (e->level < XML_ERR_ERROR || b->feed.stop)
		return;
	while (n > 0 && (e->message[n - 1] == '\n' || e->message[n - 1] == ' '))
		n--;
	why = kt_strndup(n == 0 ? "?" : e->message, n == 0 ? 1 : n);
	fail(b, why, e->line > 0 ? (size_t)e->line : 0);
	free(why);
}

/* Run libxml2 over the bytes; what it found is in b. */
static void
run(struct build *b, struct kt_xml *x)
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
	xmlCtxtReadIO(ctxt, xml_feed_read, xml_feed_close, &b->feed, NULL,
	    "UTF-8", XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
	if (ctxt->wellFormed != 1 || ctxt->errNo != 0 || b->tree.depth != 0 ||
	    b->tree.above.first == NULL)
		fail(b, "not well formed", 0);
	x->dict = ctxt->dict;
	xmlDictReference(ctxt->dict);
	xmlFreeParserCtxt(ctxt);
}

static int
build(struct kt_xml *x, const struct xml_source *src, struct kt_diag *d)
{
	struct build b = { .feed = { .src = src }, .fault = KT_BUF_INIT };
	int rc = KT_OK;

	xml_tree_init(&b.tree, x->arena);
	run(&b, x);
	x->root = b.tree.above.first;
	if (b.feed.stop)
		rc = kt_report(d, .id = KT_M_XML_MALFORMED, .a = b.fault.p,
		    .at = { .file = src->file, .line = b.line });
	xml_tree_release(&b.tree);
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
	xml_init();
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
