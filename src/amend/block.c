/* SPDX-License-Identifier: MIT */
/*
 * New text: the lines behind an amending sentence as clauses.  Labels say what
 * a line is and kt_place_label() where it belongs, so that the indents of
 * other offices do not matter; what has no label goes by its indent.
 *
 *   （見出し）        # 項番の見出し      - 箇条      > 引用      備考
 *   第3条　…          | 表 | 表 |         ![図](file)
 *   2　…              \ a line of words that would read as something else
 *   　(1)　…
 *
 * Where plain lines cannot say it, a line says its kind:
 *   〔号〕(1)｜caption｜related｜words
 */
#include "amend_int.h"

#include <stdlib.h>
#include <string.h>

#define OPEN_MAX 64

struct builder {
	struct kt_doc *doc;
	const struct kt_amend_line *line;
	size_t n, i;
	const struct kt_block_how *how;
	struct kt_open open[OPEN_MAX];
	struct kt_node *node[OPEN_MAX];
	unsigned indent[OPEN_MAX];
	size_t nopen;
	const char *caption; /* of the clause that comes, or NULL */
	struct kt_marked words;
};

/* A document stands in no block, and amendments do not touch 解説. */
static bool
stands_in_block(enum kt_kind kind)
{
	return kind != KT_DOC && kind != KT_COMMENTARY;
}

/* ---- the tree under construction ---------------------------------------- */

static void
set_words(struct builder *b, struct kt_node *node, const char *p, size_t n)
{
	kt_inline_read(&b->words, b->doc->arena, p, n);
	kt_node_text(b->doc, node, b->words.text.p, b->words.text.len);
	kt_node_marks(b->doc, node, b->words.marks, b->words.nmarks);
}

static void
set_caption(struct builder *b, struct kt_node *node, const char *p, size_t n)
{
	kt_inline_read(&b->words, b->doc->arena, p, n);
	kt_node_caption(b->doc, node, b->words.text.p, b->words.text.len);
	kt_node_caption_marks(b->doc, node, b->words.marks, b->words.nmarks);
}

static void
set_label(struct builder *b, struct kt_node *node, const char *p, size_t n)
{
	char *label = kt_strndup(p, n);

	kt_node_label(b->doc, node, label);
	free(label);
}

/* A new node under the open clause number `at`, open from now on. */
static struct kt_node *
add(struct builder *b, size_t at, enum kt_kind kind, unsigned indent,
    const struct kt_num *num)
{
	struct kt_node *node = kt_doc_add(b->doc, b->node[at], kind);

	b->nopen = at + 1;
	if (b->nopen < OPEN_MAX) {
		b->open[b->nopen] = (struct kt_open){ .kind = kind };
		if (num != NULL)
			b->open[b->nopen].num = *num;
		b->node[b->nopen] = node;
		b->indent[b->nopen++] = indent;
	}
	if (b->caption != NULL) {
		set_caption(b, node, b->caption, strlen(b->caption));
		b->caption = NULL;
	}
	return node;
}

/* The innermost open clause that a line of this indent can lie in. */
static size_t
by_indent(const struct builder *b, unsigned indent)
{
	size_t at = b->nopen - 1;

	while (at > 0 && b->indent[at] >= indent)
		at--;
	return at;
}

/* The innermost open clause of which the function says that a clause of this
 * kind can stand in it. */
static size_t
holder_of(const struct builder *b, enum kt_kind kind)
{
	size_t at = b->nopen - 1;

	for (; at > 0; at--) {
		enum kt_kind in = b->open[at].kind;

		if (kt_kind_is_division(in) &&
		    (kind == KT_ARTICLE ||
			(kt_kind_is_division(kind) && in < kind)))
			break;
		if (in == KT_SUPPL &&
		    (kind == KT_ARTICLE || kind == KT_APPENDIX))
			break;
	}
	return at;
}

/* ---- lines without a label ---------------------------------------------- */

/* Does an unlabelled line begin a 項 here?  Then *at is where. */
static bool
begins_paragraph(
    const struct builder *b, const struct kt_amend_line *line, size_t *at)
{
	size_t last = b->nopen - 1;

	if (b->how->top == KT_PARAGRAPH && line->indent <= b->indent[0] + 1 &&
	    (last == 0 || b->open[1].kind == KT_PARAGRAPH) &&
	    (last == 0 || line->indent <= b->indent[1])) {
		*at = 0;
		return true;
	}
	*at = last;
	if (b->open[last].kind == KT_ARTICLE || b->open[last].kind == KT_SUPPL)
		return true;
	/* The next 項 of a 附則 whose 項 have no numbers. */
	if (last > 0 && b->open[last].kind == KT_PARAGRAPH &&
	    b->open[last - 1].kind == KT_SUPPL &&
	    b->node[last]->label[0] == '\0' &&
	    line->indent <= b->indent[last]) {
		*at = last - 1;
		return true;
	}
	return false;
}

static void
read_plain(
    struct builder *b, const struct kt_amend_line *line, const char *text)
{
	size_t at;
	enum kt_kind kind = KT_TEXT;
	unsigned indent = line->indent;

	if (begins_paragraph(b, line, &at)) {
		kind = KT_PARAGRAPH;
	} else {
		at = by_indent(b, line->indent);
		if (b->how->top == KT_TOC || b->open[at].kind == KT_TOC ||
		    (b->nopen > 1 && b->open[1].kind == KT_TOC))
			kind = KT_BULLET;
	}
	if (kind == KT_PARAGRAPH && indent > 0)
		indent--; /* the first line of a 項 is set in by one */
	set_words(b, add(b, at, kind, indent, NULL), text, strlen(text));
	/* Only clauses go on over lines; 目次 nests by indent. */
	if (kind == KT_TEXT)
		b->nopen = at + 1;
}

/* ![alt](file), all of the line. */
static bool
read_figure(struct builder *b, const struct kt_amend_line *line)
{
	const char *p = line->text, *middle = strstr(p, "](");
	size_t n = strlen(p);
	struct kt_node *node;
	size_t at;

	if (strncmp(p, "![", 2) != 0 || middle == NULL || p[n - 1] != ')')
		return false;
	at = by_indent(b, line->indent);
	node = add(b, at, KT_FIGURE, line->indent, NULL);
	set_words(b, node, p + 2, (size_t)(middle - p) - 2);
	kt_node_related(
	    b->doc, node, middle + 2, (size_t)(p + n - 1 - (middle + 2)));
	b->nopen = at + 1;
	return true;
}

/* ---- tables ------------------------------------------------------------- */

/* One cell from *p, which is behind a bar; *p moves behind the next. */
static void
read_cell(struct builder *b, struct kt_node *row, const char **p)
{
	struct kt_node *cell = kt_doc_add(b->doc, row, KT_CELL);
	const char *begin = *p, *end = begin;

	while (*end != '\0' && *end != '|')
		end += *end == '\\' && end[1] == '|' ? 2 : 1;
	*p = *end == '|' ? end + 1 : end;
	if (end > begin && *begin == ' ')
		begin++;
	if (end > begin && end[-1] == ' ')
		end--;
	set_words(b, cell, begin, (size_t)(end - begin));
}

static bool
is_rule(const char *p)
{
	return strspn(p, "|-: ") == strlen(p) && strstr(p, "--") != NULL;
}

/* Pipe rows, as a table or, where rows are wanted, as they are. */
static bool
read_pipes(struct builder *b)
{
	const struct kt_amend_line *line = &b->line[b->i];
	size_t at = by_indent(b, line->indent);
	struct kt_node *table, *row = NULL;

	if (line->text[0] != '|')
		return false;
	if (b->how->top == KT_ROW) {
		at = 0;
		table = b->node[0];
	} else {
		table = add(b, at, KT_TABLE, line->indent, NULL);
	}
	for (; b->i < b->n && b->line[b->i].text[0] == '|'; b->i++) {
		const char *p = b->line[b->i].text + 1;

		if (is_rule(p - 1)) {
			if (row != NULL)
				row->header = true;
			continue;
		}
		row = kt_doc_add(b->doc, table, KT_ROW);
		while (*p != '\0')
			read_cell(b, row, &p);
	}
	b->nopen = at + 1;
	return true;
}

/* ---- lines with a label ------------------------------------------------- */

static bool
read_heading(struct builder *b, const struct kt_amend_line *line)
{
	const char *p = line->text;
	struct kt_lead lead;
	struct kt_node *node;
	size_t at;

	if (strncmp(p, "# ", 2) != 0)
		return false;
	p += 2;
	kt_lead_heading(&lead, p, strlen(p));
	at = by_indent(b, line->indent);
	node = add(b, at, lead.form == KT_LEAD_PLAIN ? KT_TOPIC : KT_HEADED,
	    line->indent, &lead.num);
	if (lead.form == KT_LEAD_PLAIN) {
		set_caption(b, node, p, strlen(p));
	} else {
		struct kt_label label = { .skip = lead.label };

		kt_label_read(&label, p, strlen(p));
		set_label(b, node, p, lead.label);
		set_caption(b, node, p + label.skip, strlen(p + label.skip));
	}
	return true;
}

/* 第5条　…, 第5条（見出し）　…: the words are its first 項. */
static void
read_article(struct builder *b, const struct kt_amend_line *line,
    const struct kt_label *label)
{
	const char *p = line->text, *rest = p + label->skip;
	struct kt_node *node = add(
	    b, holder_of(b, KT_ARTICLE), KT_ARTICLE, line->indent, &label->num);
	struct kt_scan s = { p + label->len, p + strlen(p) };
	const char *close = kt_scan_bracket(&s);

	set_label(b, node, p, label->len);
	if (label->skip == label->len && close != NULL) {
		set_caption(b, node, s.p + strlen("（"),
		    (size_t)(close - s.p) - 2 * strlen("（"));
		rest = close;
		while (strncmp(rest, "　", strlen("　")) == 0)
			rest += strlen("　");
	}
	if (rest[0] != '\0')
		set_words(b,
		    add(b, b->nopen - 1, KT_PARAGRAPH, line->indent, NULL),
		    rest, strlen(rest));
}

/* 第2章　総則, 附　則（…）　抄, 別表第1（第5条関係）. */
static void
read_division(struct builder *b, const struct kt_amend_line *line,
    const struct kt_label *label)
{
	const char *p = line->text;
	struct kt_lead lead;
	struct kt_node *node = add(b, holder_of(b, label->kind), label->kind,
	    line->indent, &label->num);

	kt_lead_as(&lead, label->kind, p, strlen(p), label->len);
	set_label(b, node, p, label->len);
	kt_node_related(b->doc, node, p + lead.related, lead.nrelated);
	set_caption(b, node, p + lead.caption, lead.ncaption);
}

/* What only its indent holds together ends at a line that is set in less. */
static void
leave_blocks(struct builder *b, unsigned indent)
{
	while (b->nopen > 1 && b->indent[b->nopen - 1] >= indent) {
		enum kt_kind kind = b->open[b->nopen - 1].kind;

		if (kind != KT_BULLET && kind != KT_QUOTE && kind != KT_NOTE)
			return;
		b->nopen--;
	}
}

/* 2　…, (1)　…, ア　…. */
static void
read_numbered(struct builder *b, const struct kt_amend_line *line,
    const struct kt_label *label)
{
	const char *p = line->text;
	enum kt_kind kind;
	struct kt_node *node;
	size_t at;

	leave_blocks(b, line->indent);
	at = kt_place_label(b->open, b->nopen, &label->num, &kind);

	if (at == 0 && b->how->top == KT_HEADED)
		kind = KT_HEADED;
	node = add(b, at, kind, line->indent, &label->num);
	set_label(b, node, p, label->len);
	p += label->skip;
	if (kind == KT_HEADED)
		set_caption(b, node, p, strlen(p));
	else
		set_words(b, node, p, strlen(p));
}

static void
read_note(struct builder *b, const struct kt_amend_line *line,
    const struct kt_lead *lead)
{
	struct kt_node *node =
	    add(b, by_indent(b, line->indent), KT_NOTE, line->indent, NULL);

	set_label(b, node, line->text, lead->label);
	set_words(
	    b, node, line->text + lead->text, strlen(line->text + lead->text));
}

static bool
read_labelled(struct builder *b, const struct kt_amend_line *line)
{
	struct kt_label label;

	if (!kt_label_read(&label, line->text, strlen(line->text)))
		return false;
	if (label.kind == KT_ITEM)
		read_numbered(b, line, &label);
	else if (label.kind == KT_ARTICLE)
		read_article(b, line, &label);
	else
		read_division(b, line, &label);
	return true;
}

/* 目次 and the 章 in it are lines of words. */
static bool
is_toc(const struct builder *b)
{
	return b->nopen > 1 && b->open[1].kind == KT_TOC;
}

/* （見出し） alone, with a clause behind it. */
static bool
read_caption(struct builder *b, const struct kt_amend_line *line,
    const struct kt_lead *lead)
{
	if (lead->form != KT_LEAD_CAPTION || b->i + 1 >= b->n)
		return false;
	b->caption = kt_arena_strndup(
	    b->doc->arena, line->text + lead->caption, lead->ncaption);
	return true;
}

static bool
read_marked(struct builder *b, const struct kt_amend_line *line)
{
	const char *p = line->text;
	size_t at;

	if (strncmp(p, "- ", 2) == 0) {
		at = by_indent(b, line->indent);
		set_words(b, add(b, at, KT_BULLET, line->indent, NULL), p + 2,
		    strlen(p + 2));
		return true;
	}
	if (strcmp(p, ">") == 0) {
		at = by_indent(b, line->indent);
		add(b, at, KT_QUOTE, line->indent, NULL);
		return true;
	}
	if (strncmp(p, "\\ ", 2) == 0) {
		read_plain(b, line, p + 2);
		return true;
	}
	if (strcmp(p, "目次") == 0 && b->how->top == KT_TOC) {
		set_label(b, add(b, 0, KT_TOC, 0, NULL), p, strlen(p));
		return true;
	}
	return read_heading(b, line) || read_figure(b, line);
}

/* ---- lines that say their kind ------------------------------------------ */

/* 〔欄2×3〕: how many columns and rows it spans. */
static void
read_spans(struct kt_node *node, const char *p, const char *end)
{
	char *stop;
	unsigned long cols = strtoul(p, &stop, 10), rows = 1;

	if (stop == p)
		return;
	if (stop < end && strncmp(stop, "×", strlen("×")) == 0)
		rows = strtoul(stop + strlen("×"), NULL, 10);
	if (cols >= 1 && cols <= 1000 && rows >= 1 && rows <= 10000) {
		node->colspan = (uint16_t)cols;
		node->rowspan = (uint16_t)rows;
	}
}

/* The field up to the next ｜, or to the end; *p moves behind it. */
static size_t
field(const char **p)
{
	const char *begin = *p, *bar = strstr(begin, "｜");

	if (bar == NULL) {
		*p = begin + strlen(begin);
		return strlen(begin);
	}
	*p = bar + strlen("｜");
	return (size_t)(bar - begin);
}

static bool
read_kind(enum kt_kind *kind, const char **end, const char *text)
{
	const char *p = text + strlen("〔"), *close;
	size_t best = 0;

	if (strncmp(text, "〔", strlen("〔")) != 0)
		return false;
	close = strstr(p, "〕");
	if (close == NULL)
		return false;
	for (enum kt_kind k = 0; k < KT_KINDS; k++) {
		const char *word = kt_kind_word(k);
		size_t n = strlen(word);

		if (stands_in_block(k) && n > best &&
		    strncmp(p, word, n) == 0) {
			best = n;
			*kind = k;
		}
	}
	*end = p + best;
	return best > 0;
}

static bool
read_explicit(struct builder *b, const struct kt_amend_line *line)
{
	struct kt_node *node;
	enum kt_kind kind;
	const char *p, *begin;
	size_t n;

	if (!read_kind(&kind, &p, line->text))
		return false;
	node = add(b, by_indent(b, line->indent), kind, line->indent, NULL);
	begin = strstr(p, "〕");
	read_spans(node, p, begin);
	p = begin + strlen("〕");
	begin = p;
	n = field(&p);
	set_label(b, node, begin, n);
	begin = p;
	n = field(&p);
	set_caption(b, node, begin, n);
	begin = p;
	n = field(&p);
	kt_node_related(b->doc, node, begin, n);
	set_words(b, node, p, strlen(p));
	return true;
}

/* ---- all ---------------------------------------------------------------- */

static void
read_line(struct builder *b)
{
	const struct kt_amend_line *line = &b->line[b->i];
	struct kt_lead lead;

	if (read_pipes(b))
		return;
	if (!read_explicit(b, line) && !read_marked(b, line)) {
		kt_lead_paragraph(&lead, line->text, strlen(line->text));
		if (is_toc(b))
			read_plain(b, line, line->text);
		else if (lead.form == KT_LEAD_NOTE)
			read_note(b, line, &lead);
		else if (!read_caption(b, line, &lead) &&
			 !read_labelled(b, line))
			read_plain(b, line, line->text);
	}
	b->i++;
}

/* What the nodes at the top lie in, as far as labels are concerned. */
static enum kt_kind
base_kind(enum kt_kind top)
{
	if (top == KT_PARAGRAPH)
		return KT_ARTICLE;
	if (top == KT_ITEM)
		return KT_NOTE;
	return top == KT_TEXT || top == KT_BULLET ? KT_NOTE : KT_DOC;
}

struct kt_doc *
kt_block_read(
    const struct kt_amend_line *line, size_t n, const struct kt_block_how *how)
{
	struct builder b = {
		.line = line, .n = n, .how = how, .words = KT_MARKED_INIT
	};

	b.doc = kt_doc_new("");
	b.node[0] = b.doc->root;
	b.open[0].kind = base_kind(how->top);
	b.nopen = 1;
	/* Lines of the top level may stand at any indent. */
	for (size_t i = 0; i < n; i++)
		if (i == 0 || line[i].indent < b.indent[0])
			b.indent[0] = line[i].indent;
	b.indent[0] = b.indent[0] == 0 ? 0 : b.indent[0] - 1;
	while (b.i < n)
		read_line(&b);
	kt_marked_release(&b.words);
	kt_doc_finish(b.doc);
	return b.doc;
}
