/* SPDX-License-Identifier: MIT */
/*
 * A document as Lawtext, the plain text of rules that other tools read too: a
 * line a clause, 号 indented by two columns a level, a caption on the line
 * above its 条, headings of divisions from column 7 on.  A line that was read
 * from such a text keeps the blanks it had there.  What that form has no line
 * for is written as words and reported.
 */
#include <kaitei/write.h>

#include <string.h>

#include <kaitei/model.h>

struct lawtext {
	struct kt_buf *out;
	const struct kt_doc *doc;
	size_t from; /* where the text begins in out */
	const struct kt_spacing *now; /* of the line being written, or NULL */
	size_t lost[KT_KINDS]; /* clauses that come back as something else */
	size_t marks; /* ruby, underlines … */
};

/* ---- how lines are set -------------------------------------------------- */

/* How the line was set that a node was read from; NULL when it was not. */
static const struct kt_spacing *
spacing_of(const struct lawtext *t, const struct kt_node *n)
{
	const struct kt_spacing *all = t->doc->spacing;
	size_t low = 0, high = t->doc->nspacing;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (all[mid].line < n->line)
			low = mid + 1;
		else
			high = mid;
	}
	return low < t->doc->nspacing && all[low].line == n->line ? &all[low]
								  : NULL;
}

static const struct kt_spacing *
spacing_below(const struct kt_spacing *s)
{
	return s == NULL || s[1].line == UINT32_MAX ? NULL : s + 1;
}

/* The line above, unless it was of the clause before. */
static const struct kt_spacing *
spacing_above(const struct lawtext *t, const struct kt_node *n)
{
	const struct kt_spacing *s = spacing_of(t, n);

	if (s == NULL || s == t->doc->spacing || s - 1 == t->now)
		return NULL;
	return s - 1;
}

static void
begin_line(
    struct lawtext *t, const struct kt_spacing *s, unsigned columns, bool apart)
{
	struct kt_buf *out = t->out;

	t->now = s;
	if (s != NULL) {
		kt_buf_puts(out, s->before);
		return;
	}
	if (out->len > t->from) {
		kt_buf_putc(out, '\n');
		if (apart && out->len > t->from + 1 &&
		    out->p[out->len - 2] != '\n')
			kt_buf_putc(out, '\n');
	}
	while (columns-- > 0)
		kt_buf_putc(out, ' ');
}

/* The label or mark that a line begins with, and the blank behind it. */
static void
put_label(struct lawtext *t, const char *label, const char *blank)
{
	bool known = t->now != NULL && t->now->behind[0] != '\0' &&
		     t->now->label == strlen(label);

	kt_buf_puts(t->out, label);
	kt_buf_puts(t->out, known ? t->now->behind : blank);
}

static void
end_text(struct lawtext *t)
{
	if (t->doc->nspacing > 0)
		kt_buf_puts(
		    t->out, t->doc->spacing[t->doc->nspacing - 1].before);
	else if (t->out->len > t->from)
		kt_buf_putc(t->out, '\n');
}

/* Lists inside each other, and divisions. */
static unsigned
depth_of(const struct kt_node *n, bool divisions)
{
	unsigned depth = 0;

	for (n = n->parent; n != NULL; n = n->parent)
		depth += divisions ? kt_kind_is_division(n->kind)
				   : n->kind == KT_ITEM || n->kind == KT_BULLET;
	return depth;
}

/* ---- lines -------------------------------------------------------------- */

/* Words of a clause; a line break in them would begin another. */
static void
put_text(struct lawtext *t, const struct kt_node *n)
{
	for (uint32_t i = 0; i < n->len; i++)
		if (n->text[i] == '\n')
			kt_buf_puts(t->out, "　");
		else
			kt_buf_putc(t->out, n->text[i]);
	for (size_t i = 0; i < n->nmarks; i++)
		t->marks += kt_mark_shows(&n->marks[i]);
}

static void
put_clause_line(struct lawtext *t, const struct kt_node *n)
{
	if (n->label[0] != '\0')
		put_label(t, n->label, n->len > 0 ? "　" : "");
	put_text(t, n);
}

static void
put_line(struct lawtext *t, const struct kt_node *n, unsigned columns)
{
	begin_line(t, spacing_of(t, n), columns, false);
	put_clause_line(t, n);
}

static void
put_caption(
    struct lawtext *t, const struct kt_node *n, const struct kt_spacing *s)
{
	begin_line(t, s, 2, true);
	kt_buf_printf(t->out, "（%s）", n->caption);
}

/* A 項 begins with the line of its caption. */
static void
put_paragraph(struct lawtext *t, const struct kt_node *n)
{
	const struct kt_spacing *s = spacing_of(t, n);

	if (n->caption[0] != '\0') {
		put_caption(t, n, s);
		s = spacing_below(s);
	}
	begin_line(t, s, 0, false);
	put_clause_line(t, n);
}

static void
put_heading(struct lawtext *t, const struct kt_node *n, unsigned columns)
{
	bool suppl = n->kind == KT_SUPPL && n->related[0] != '\0';
	bool caption = n->caption[0] != '\0';

	begin_line(t, spacing_of(t, n), columns, true);
	if (n->label[0] != '\0')
		put_label(t, n->label, caption && !suppl ? "　" : "");
	if (suppl)
		kt_buf_printf(
		    t->out, "（%s）%s", n->related, caption ? "　" : "");
	kt_buf_puts(t->out, n->caption);
	if (!suppl && n->related[0] != '\0')
		kt_buf_printf(t->out, "（%s）", n->related);
	if (n->len > 0) {
		begin_line(t, NULL, 0, false);
		put_text(t, n);
	}
}

/* 第一条　words of its first 項. */
static void
put_article(struct lawtext *t, const struct kt_node *n)
{
	const struct kt_node *first = n->first;
	bool joined = first != NULL && first->kind == KT_PARAGRAPH &&
		      first->label[0] == '\0' && first->caption[0] == '\0';

	if (n->caption[0] != '\0')
		put_caption(t, n, spacing_above(t, n));
	begin_line(t, spacing_of(t, n), 0, n->caption[0] == '\0');
	put_label(t, n->label, joined || n->len > 0 ? "　" : "");
	put_text(t, joined ? first : n);
}

/* A row: its first cell behind * -, the others below it. */
static void
put_row(struct lawtext *t, const struct kt_node *row)
{
	struct kt_buf words = KT_BUF_INIT;

	for (const struct kt_node *cell = row->first; cell != NULL;
	     cell = cell->next) {
		bool first = cell == row->first;

		begin_line(t, spacing_of(t, cell), first ? 0 : 2, false);
		put_label(t, first ? "* -" : "-", " ");
		if (cell->rowspan > 1)
			kt_buf_printf(
			    t->out, "[rowspan=\"%u\"]", cell->rowspan);
		if (cell->colspan > 1)
			kt_buf_printf(
			    t->out, "[colspan=\"%u\"]", cell->colspan);
		kt_buf_clear(&words);
		kt_node_words(&words, cell);
		while (words.len > 0 && words.p[words.len - 1] == '\n')
			kt_buf_cut(&words, words.len - 1);
		for (size_t i = 0; i < words.len; i++)
			if (words.p[i] == '\n' || words.p[i] == '\t')
				kt_buf_puts(t->out, "　");
			else
				kt_buf_putc(t->out, words.p[i]);
		t->lost[KT_CELL] += cell->first != NULL;
		while (t->out->p[t->out->len - 1] == ' ')
			kt_buf_cut(t->out, t->out->len - 1);
	}
	kt_buf_release(&words);
}

/* 制定文: each of its lines says so, since it may stand before 目次. */
static void
put_preamble_line(struct lawtext *t, const struct kt_node *n)
{
	begin_line(t, spacing_of(t, n), 0, n->prev == NULL);
	kt_buf_puts(t->out, ":enact-statement:");
	put_text(t, n);
}

static void
put_toc(struct lawtext *t, const struct kt_node *toc)
{
	begin_line(t, spacing_of(t, toc), 0, true);
	kt_buf_printf(t->out, "%s%s", toc->label, toc->caption);
	for (const struct kt_node *at = kt_node_next(toc, toc); at != NULL;
	     at = kt_node_next(at, toc)) {
		unsigned depth = 0;

		for (const struct kt_node *up = at; up != toc; up = up->parent)
			depth++;
		put_line(t, at, 2 * depth);
	}
}

static void
put_commentary(struct lawtext *t, const struct kt_node *n)
{
	begin_line(t, spacing_of(t, n), 0, false);
	kt_buf_printf(
	    t->out, "【%s】", n->caption[0] == '\0' ? "解説" : n->caption);
	put_text(t, n);
}

/* ---- clauses ------------------------------------------------------------ */

/* Lawtext has no bullets: a sign of the text's own stays, else it gets one. */
static void
put_bullet(struct lawtext *t, const struct kt_node *n, unsigned list)
{
	if (n->len >= 3 && memcmp(n->text, "・", 3) == 0) {
		put_line(t, n, list);
		return;
	}
	begin_line(t, spacing_of(t, n), list, false);
	kt_buf_puts(t->out, "・");
	put_clause_line(t, n);
	t->lost[n->kind]++;
}

static void
put_plain(struct lawtext *t, const struct kt_node *n, unsigned list)
{
	enum kt_kind in = n->parent->kind;

	if (in == KT_PREAMBLE) {
		put_preamble_line(t, n);
		return;
	}
	/* Under a 条 or in a list plain words are a 項. */
	t->lost[KT_TEXT] +=
	    in == KT_PARAGRAPH || in == KT_ITEM || in == KT_COMMENTARY;
	put_line(t, n, in == KT_ITEM ? list : 0);
}

/* 章 and what is above it stand deeper than other headings. */
static unsigned
indent_of(const struct kt_node *n)
{
	bool frame = n->kind >= KT_PART && n->kind <= KT_DIVISION;

	return frame ? 6 + 2 * depth_of(n, true) : n->kind == KT_SUPPL ? 6 : 0;
}

/* Its words stand on the line of the 条. */
static bool
is_first_of_article(const struct kt_node *n)
{
	return n->parent->kind == KT_ARTICLE && n->prev == NULL &&
	       n->label[0] == '\0' && n->caption[0] == '\0';
}

static void
put_node(struct lawtext *t, const struct kt_node *n)
{
	unsigned list = 2 * (depth_of(n, false) + 1);

	switch (n->kind) {
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_SUPPL:
	case KT_HEADED:
	case KT_TOPIC:
	case KT_APPENDIX:
		t->lost[KT_TOPIC] += n->kind == KT_TOPIC;
		put_heading(t, n, indent_of(n));
		break;
	case KT_ARTICLE:
		put_article(t, n);
		break;
	case KT_PARAGRAPH:
		if (!is_first_of_article(n))
			put_paragraph(t, n);
		break;
	case KT_ITEM:
		put_line(t, n, list);
		break;
	case KT_BULLET:
		put_bullet(t, n, list);
		break;
	case KT_ROW:
		put_row(t, n);
		break;
	case KT_COMMENTARY:
		put_commentary(t, n);
		break;
	case KT_FIGURE:
	case KT_QUOTE:
	case KT_NOTE:
		t->lost[n->kind] += n->kind != KT_NOTE;
		put_line(t, n, 0);
		break;
	case KT_TEXT:
		put_plain(t, n, list);
		break;
	case KT_TABLE:
		if (n->caption[0] != '\0' || n->label[0] != '\0')
			put_heading(t, n, 0);
		break;
	case KT_DOC:
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_CELL:
	case KT_KINDS:
		break;
	}
}

static void
put_tree(struct lawtext *t, const struct kt_node *root)
{
	const struct kt_node *n = kt_node_next(root, root);

	while (n != NULL) {
		bool whole = n->kind == KT_ROW || n->kind == KT_TOC;

		/* Only words come back to where they stood. */
		t->lost[n->kind] +=
		    n->parent->kind == KT_PREAMBLE && n->kind != KT_TEXT;
		if (n->kind == KT_TOC)
			put_toc(t, n);
		else
			put_node(t, n);
		n = whole ? kt_node_skip(n, root) : kt_node_next(n, root);
	}
}

static void
tell(const struct lawtext *t, struct kt_diag *d)
{
	char times[32];

	for (int kind = 0; kind < KT_KINDS; kind++) {
		if (t->lost[kind] == 0)
			continue;
		snprintf(times, sizeof(times), "%zu", t->lost[kind]);
		kt_report(d, .id = KT_M_LAWTEXT_WRITTEN,
		    .a = kt_kind_word((enum kt_kind)kind), .b = times);
	}
	if (t->marks == 0)
		return;
	snprintf(times, sizeof(times), "%zu", t->marks);
	kt_report(d, .id = KT_M_LAWTEXT_MARKS, .a = times);
}

int
kt_write_lawtext(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d)
{
	struct lawtext t = { .out = out, .doc = doc, .from = out->len };
	const struct kt_node *root = doc->root;
	const struct kt_spacing *title = spacing_of(&t, root);

	if (root->caption[0] != '\0') {
		begin_line(&t, title, 0, false);
		kt_buf_puts(out, root->caption);
	}
	if (doc->meta.number[0] != '\0') {
		begin_line(&t, spacing_below(title), 0, false);
		kt_buf_printf(out, "（%s）", doc->meta.number);
	}
	if (root->len > 0) {
		begin_line(&t, NULL, 0, false);
		put_text(&t, root);
	}
	put_tree(&t, root);
	end_text(&t);
	tell(&t, d);
	return KT_OK;
}
