/* SPDX-License-Identifier: MIT */
/*
 * Web pages → document.  The bytes become UTF-8 first, then a tree; of the
 * tree only the text is read, as lines, by the rules for typed text.
 */
#include "html_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- bytes ------------------------------------------------------------ */

static size_t
line_at(const char *p, size_t n)
{
	const char *end = p + n;
	size_t line = 1;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		line++;
		p++;
	}
	return line;
}

static int
decode(struct kt_buf *out, const char *name, const char *bytes, size_t n,
    struct kt_diag *d)
{
	enum kt_charset charset = kt_charset_find(bytes, n);
	const char *is = kt_charset_name(charset);
	size_t bad;

	if (charset == KT_CS_OTHER)
		return kt_report(d, .id = KT_M_HTML_CHARSET_OTHER,
		    .at = { .file = name }, .a = is);
	if (!kt_charset_decode(out, charset, bytes, n, &bad))
		return kt_report(d, .id = KT_M_HTML_NOT_CHARSET,
		    .at = { .file = name, .line = line_at(bytes, bad) },
		    .a = is);
	if (charset != KT_CS_UTF8)
		kt_report(d, .id = KT_M_HTML_CHARSET, .at = { .file = name },
		    .a = is);
	return KT_OK;
}

/* ---- the part that is text -------------------------------------------- */

static const struct kt_xnode *
by_id(const struct kt_xnode *root, const char *id)
{
	for (const struct kt_xnode *x = root; x != NULL;
	     x = html_next(x, root, false)) {
		const char *is =
		    kt_xnode_is_text(x) ? NULL : kt_xnode_attr(x, "id");

		if (is != NULL && strcmp(is, id) == 0)
			return x;
	}
	return NULL;
}

static const struct kt_xnode *
by_name(const struct kt_xnode *root, const char *name)
{
	for (const struct kt_xnode *x = root; x != NULL;
	     x = html_next(x, root, false))
		if (kt_xnode_is(x, name))
			return x;
	return NULL;
}

static bool
has_lines_of_rules(const struct kt_xnode *root)
{
	for (const struct kt_xnode *x = root; x != NULL;
	     x = html_next(x, root, false))
		if (!kt_xnode_is_text(x) && html_has_class(x, "eline"))
			return true;
	return false;
}

/* What pages call the part that is not frame and menu. */
static const struct kt_xnode *
find_body(struct html *h, const struct kt_xnode *root)
{
	static const char *const ids[] = { "primaryInner2", "primaryInner",
		"honbun", "main_contents", "tmp_contents", "main-contents",
		"mainContents", "main", "contents", "content" };
	const struct kt_xnode *x = NULL;

	h->vendor = has_lines_of_rules(root);
	for (size_t i = 0; x == NULL && i < KT_COUNT(ids); i++)
		x = by_id(root, ids[i]);
	if (x == NULL)
		x = by_name(root, "main");
	if (x == NULL)
		x = by_name(root, "article");
	if (x == NULL)
		x = by_name(root, "body");
	return x == NULL ? root : x;
}

/* Characters that show on the page and lie outside the text. */
static size_t
count_outside(const struct html *h, const struct kt_xnode *root)
{
	const struct kt_xnode *x = root;
	size_t n = 0;
	bool skip = false;

	while ((x = html_next(x, root, skip)) != NULL) {
		const char *p = kt_xnode_text(x);
		unsigned len;

		skip =
		    x == h->body || (!kt_xnode_is_text(x) && html_is_hidden(x));
		for (; *p != '\0'; p += len)
			n += !kt_is_space(kt_utf8_at(p, &len));
	}
	return n;
}

/* ---- title, date and number ------------------------------------------- */

/* The first heading of the first level is the title; without one, the name
 * of the page where the text itself begins with a clause. */
static void
find_title(struct html *h, const struct kt_xnode *root)
{
	const struct kt_xnode *x;
	struct kt_buf words = KT_BUF_INIT;
	struct text_line *line;
	struct kt_lead lead;

	for (size_t i = 0; !h->lines.titled && i < h->lines.count; i++) {
		line = &h->lines.at[i];
		if (line->hint == TEXT_HEADING && line->level == 1) {
			line->hint = TEXT_TITLE;
			h->lines.titled = true;
		}
	}
	x = by_name(root, "title");
	if (h->lines.titled || h->lines.count == 0 || x == NULL)
		return;
	line = &h->lines.at[0];
	kt_lead_paragraph(&lead, line->p, line->n);
	if (lead.form == KT_LEAD_PLAIN && line->hint != TEXT_BLOCK)
		return;
	kt_xnode_words(&words, x);
	text_lines_add(&h->lines,
	    kt_arena_strndup(h->arena, words.p, words.len), words.len);
	kt_buf_release(&words);
	line = &h->lines.at[h->lines.count - 1];
	if (line->n > 0) {
		struct text_line last = *line;

		last.hint = TEXT_TITLE;
		last.line = kt_xnode_line(x);
		memmove(h->lines.at + 1, h->lines.at,
		    (h->lines.count - 1) * sizeof(last));
		h->lines.at[0] = last;
		h->lines.titled = true;
	} else {
		h->lines.count--;
	}
}

/* What stands before the title is the page's own: a path, a date. */
static void
drop_before_title(struct html *h)
{
	size_t i = 0;

	while (i < h->lines.count && h->lines.at[i].hint != TEXT_TITLE)
		i++;
	if (i == 0 || i == h->lines.count)
		return;
	for (size_t k = 0; k < i; k++)
		h->outside += kt_utf8_count(h->lines.at[k].p, h->lines.at[k].n);
	memmove(h->lines.at, h->lines.at + i,
	    (h->lines.count - i) * sizeof(h->lines.at[0]));
	h->lines.count -= i;
}

/* 平成9年11月14日 and 条例第25号 → 平成9年条例第25号. */
static void
take_number(struct html *h)
{
	static const char year[] = "年";
	struct kt_meta *meta = &h->doc->meta;
	struct kt_date date;
	const char *end = strstr(h->date.p, year);
	size_t used = kt_date_read(&date, h->date.p, h->date.len);

	if (used > 0) {
		meta->promulgated = date;
		meta->present = true;
	}
	if (h->number.len == 0)
		return;
	meta->present = true;
	if (used == 0 || end == NULL)
		meta->number =
		    kt_arena_strndup(h->doc->arena, h->number.p, h->number.len);
	else
		meta->number = kt_arena_printf(h->doc->arena, "%.*s%s",
		    (int)(end - h->date.p + (int)strlen(year)), h->date.p,
		    h->number.p);
}

/* ---- what was left out ------------------------------------------------ */

static void
tell_count(struct html *h, enum kt_msg_id id, size_t n)
{
	char count[24];

	if (n == 0)
		return;
	snprintf(count, sizeof(count), "%zu", n);
	kt_report(h->d, .id = id, .at = { .file = h->doc->source }, .a = count);
}

static int
no_text(struct html *h, const struct kt_xnode *root)
{
	const struct kt_xnode *frame = by_name(root, "frame");
	const char *to;

	if (frame == NULL)
		frame = by_name(root, "iframe");
	to = frame == NULL ? NULL : kt_xnode_attr(frame, "src");
	if (to != NULL)
		return kt_report(h->d, .id = KT_M_HTML_FRAMES,
		    .at = { .file = h->doc->source }, .a = to);
	return kt_report(
	    h->d, .id = KT_M_HTML_NO_TEXT, .at = { .file = h->doc->source });
}

/* ---- all -------------------------------------------------------------- */

static int
read_page(struct html *h, const struct kt_xnode *root)
{
	h->body = find_body(h, root);
	html_flow(h, h->body);
	html_flush(h);
	if (h->lines.count == 0)
		return no_text(h, root);
	find_title(h, root);
	drop_before_title(h);
	take_number(h);
	h->outside += count_outside(h, root);
	h->lines.block = html_build_block;
	text_lines_read(h->doc, &h->lines, h->d);
	tell_count(h, KT_M_HTML_OUTSIDE, h->outside);
	tell_count(h, KT_M_HTML_HIDDEN, h->hidden);
	tell_count(h, KT_M_HTML_LINKS, h->links);
	return KT_OK;
}

static int
read_tree(struct kt_doc **out, const char *name, const struct kt_xml *page,
    struct kt_diag *d)
{
	struct html h = { .d = d,
		.label = KT_BUF_INIT,
		.date = KT_BUF_INIT,
		.number = KT_BUF_INIT };
	int rc;

	h.doc = kt_doc_new(name);
	h.arena = kt_arena_new();
	kt_inline_init(&h.words, h.arena);
	rc = read_page(&h, kt_xml_root(page));
	kt_inline_release(&h.words);
	kt_buf_release(&h.label);
	kt_buf_release(&h.date);
	kt_buf_release(&h.number);
	free(h.lines.at);
	kt_arena_free(h.arena);
	if (rc == KT_OK)
		*out = h.doc;
	else
		kt_doc_free(h.doc);
	return rc;
}

int
kt_read_html(struct kt_doc **out, const char *name, const char *bytes, size_t n,
    struct kt_diag *d)
{
	struct kt_buf text = KT_BUF_INIT;
	struct kt_xml *page = NULL;
	int rc = decode(&text, name, bytes, n, d);

	if (rc == KT_OK)
		rc = kt_html_parse(&page, name, text.p, text.len, d);
	if (rc == KT_OK)
		rc = read_tree(out, name, page, d);
	kt_xml_free(page);
	kt_buf_release(&text);
	return rc;
}
