/* SPDX-License-Identifier: MIT */
/*
 * libxml2's parser of HTML, behind the pre-scan.  It mends what is crossed or
 * missing; what it leaves is the same tree as of XML.  The encoding is never
 * its business: it gets UTF-8, and declarations are not looked at.
 */
#include "xml_int.h"

#include <kaitei/text.h>

#include "late_xml2.h"

#include <string.h>

/* libxml2 drops text silently from 256 elements deep on; below that the
 * file is refused aloud. */
#define HTML_DEPTH_MAX ((size_t)200)

struct page {
	struct xml_feed feed;
	struct xml_tree tree;
	size_t line; /* where it became too deep */
};

static struct page *
page_of(void *ctx)
{
	return ((htmlParserCtxtPtr)ctx)->_private;
}

static size_t
line_of(void *ctx)
{
	return (size_t)xmlSAX2GetLineNumber(ctx);
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	struct page *page = page_of(ctx);
	struct kt_arena *a = page->tree.arena;
	struct kt_xnode *n;
	struct xml_attr *attrs;
	uint32_t count = 0;

	if (page->feed.stop)
		return;
	if (page->tree.depth == HTML_DEPTH_MAX) {
		page->feed.stop = true;
		page->line = line_of(ctx);
		return;
	}
	n = xml_tree_open(&page->tree, (const char *)name, line_of(ctx));
	while (attributes != NULL && attributes[(size_t)count * 2] != NULL)
		count++;
	attrs = KT_NEWN(a, struct xml_attr, count);
	for (size_t i = 0; i < count; i++) {
		const xmlChar *value = attributes[i * 2 + 1];

		attrs[i].name =
		    kt_arena_strdup(a, (const char *)attributes[i * 2]);
		attrs[i].value = value == NULL
				     ? ""
				     : kt_arena_strdup(a, (const char *)value);
	}
	n->attrs = attrs;
	n->nattrs = count;
}

/* Ends are told for what was opened; a stray one changes nothing. */
static void
on_end(void *ctx, const xmlChar *name)
{
	struct xml_tree *t = &page_of(ctx)->tree;
	size_t depth = t->depth;

	while (
	    depth > 0 && strcmp(t->open[depth]->name, (const char *)name) != 0)
		depth--;
	if (depth == 0)
		return;
	while (t->depth >= depth)
		xml_tree_close(t);
}

static void
on_text(void *ctx, const xmlChar *p, int n)
{
	xml_tree_text(
	    &page_of(ctx)->tree, (const char *)p, (size_t)n, line_of(ctx));
}

static void
on_error(void *ctx, xmlErrorPtr e)
{
	(void)ctx, (void)e;
}

static void
run(struct page *page, struct kt_xml *x)
{
	static const htmlSAXHandler handler = {
		.initialized = XML_SAX2_MAGIC,
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.serror = on_error,
	};
	htmlParserCtxtPtr ctxt = htmlNewParserCtxt();

	*ctxt->sax = handler;
	ctxt->_private = page;
	htmlCtxtReadIO(ctxt, xml_feed_read, xml_feed_close, &page->feed, NULL,
	    "UTF-8",
	    HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_RECOVER |
		HTML_PARSE_NODEFDTD);
	x->dict = ctxt->dict;
	xmlDictReference(ctxt->dict);
	xmlFreeDoc(ctxt->myDoc);
	ctxt->myDoc = NULL;
	htmlFreeParserCtxt(ctxt);
}

/* Characters that no page means: form feeds and the end sign of old editors
 * become blanks; others are refused where they stand. */
static int
check(struct xml_source *src, struct kt_diag *d)
{
	struct kt_buf code = KT_BUF_INIT;
	size_t bad;
	int rc = KT_OK;

	if (!kt_utf8_check(src->p, src->n, &bad))
		return kt_report(d, .id = KT_M_XML_NOT_UTF8,
		    .at = { .file = src->file, .line = xml_line_of(src, bad) });
	kt_buf_put(&src->own, src->p, src->n);
	src->p = src->own.p;
	for (size_t i = 0; i < src->n; i++)
		if (src->own.p[i] == '\f' || src->own.p[i] == 0x1a)
			src->own.p[i] = ' ';
	bad = xml_find_illegal(src->p, src->n);
	if (bad == src->n)
		return KT_OK;
	xml_codepoint(&code, src->p + bad, src->n - bad);
	rc = kt_report(d, .id = KT_M_XML_CHARACTER, .a = code.p,
	    .at = { .file = src->file, .line = xml_line_of(src, bad) });
	kt_buf_release(&code);
	return rc;
}

static int
build(struct kt_xml *x, const struct xml_source *src, struct kt_diag *d)
{
	struct page page = { .feed = { .src = src } };
	char most[24], met[24];
	int rc = KT_OK;

	xml_tree_init(&page.tree, x->arena);
	run(&page, x);
	while (page.tree.depth > 0)
		xml_tree_close(&page.tree);
	x->root = page.tree.above.first;
	snprintf(most, sizeof(most), "%zu", HTML_DEPTH_MAX);
	snprintf(met, sizeof(met), "%zu", HTML_DEPTH_MAX + 1);
	if (page.feed.stop)
		rc = kt_report(d, .id = KT_M_XML_DEPTH, .a = most, .b = met,
		    .at = { .file = src->file, .line = page.line });
	else if (x->root == NULL)
		rc = kt_report(
		    d, .id = KT_M_HTML_EMPTY, .at = { .file = src->file });
	xml_tree_release(&page.tree);
	return rc;
}

int
kt_html_parse(struct kt_xml **out, const char *file, const char *bytes,
    size_t n, struct kt_diag *d)
{
	struct xml_source src = {
		.file = file, .p = bytes, .n = n, .own = KT_BUF_INIT
	};
	struct kt_xml *x;
	int rc;

	if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		src.p += 3;
		src.n -= 3;
	}
	xml_init();
	x = kt_calloc(1, sizeof(*x));
	x->arena = kt_arena_new();
	rc = check(&src, d);
	if (rc == KT_OK)
		rc = html_scan(&src, d);
	if (rc == KT_OK)
		rc = build(x, &src, d);
	xml_source_release(&src);
	if (rc == KT_OK)
		*out = x;
	else
		kt_xml_free(x);
	return rc;
}
