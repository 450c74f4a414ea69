/* SPDX-License-Identifier: MIT */
#ifndef KT_RANDOM_H
#define KT_RANDOM_H

/* Documents made at random, the same ones for the same number: what no
 * drafter writes, so that nothing is taken for granted.  Included once, by
 * the program's only file, behind kt_test.h. */

#include <stdint.h>

#include <kaitei/model.h>

/* ---- random trees ---------------------------------------------------- */

static uint64_t seed;

static unsigned
roll(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return n == 0 ? 0 : (unsigned)((seed >> 11) % n);
}

static bool
chance(unsigned percent)
{
	return roll(100) < percent;
}

#define PICK(list) ((list)[roll(KT_COUNT(list))])

static const char *const pieces[] = { "前項の規定", "市長は、", "する。",
	"（以下「規程」という。）", "第3条の2", "第3条　", "第1章　総則",
	"(1)　", "ア　", "2　", "附則", "別表第1（第5条関係）", "（見出し）",
	"（注）", "【解説】", "備考　", "*", "**", "_", "`", "``", "[a]", "](",
	"![", "<", "<br>", "<b>", "</td>", "<!-- x -->", "&amp;", "&#65;", "&",
	"|", "\\", "\\|", "#", "# ", "## x ##", "- ", "+ ", "> ", "1. ", "1) ",
	"---", "===", "***", "~~~", "```", "    ", "\t", " ", "　", "\n",
	"\n\n", "\r", ":", "!", "a_b_c", "http://x.jp/?a=1&b=2", "「", "」",
	"）", "(", ")", "表", "A", "9", "\xc2\xa0", "\xef\xbb\xbf",
	"\xf0\xa0\xae\xb7", "e\xcc\x81", "|---|---|", "<h7>", "<table>",
	"<p></p>", "[x]: /u", "\"", "'", "{", "}", "：", "①", "一　",
	"第5条　削除", "削除", "目次", "前文", "様式第2号", "イ", "〔注〕",
	"-->", "<!-- 項の文 -->", "\f", "\v", "\x1f", "9)", "=", "^", "$",
	"%" };

static const char *const labels[] = { "第3条", "第三条の二", "第1章", "第二節",
	"2", "２", "(1)", "（１）", "ア", "(ア)", "イ", "一", "①", "a", "1.2",
	"附則", "附　則", "別表第1", "様式第２号", "（注）", "備考", "目次",
	"1.", "1)", "○２", "第3条から第5条まで" };

static const enum kt_kind kinds[] = { KT_TOC, KT_PREAMBLE, KT_PART, KT_CHAPTER,
	KT_SECTION, KT_SUBSECTION, KT_DIVISION, KT_ARTICLE, KT_PARAGRAPH,
	KT_ITEM, KT_HEADED, KT_TOPIC, KT_SUPPL, KT_APPENDIX, KT_TEXT, KT_BULLET,
	KT_TABLE, KT_FIGURE, KT_COMMENTARY, KT_NOTE, KT_QUOTE };

static void
words(struct kt_buf *out, unsigned most)
{
	kt_buf_clear(out);
	for (unsigned n = roll(most); n > 0; n--)
		kt_buf_puts(out, PICK(pieces));
}

/* The end of a stretch of text that begins at `from`, at a character. */
static size_t
stretch(const struct kt_buf *b, size_t from, size_t to)
{
	size_t at = from + roll((unsigned)(to - from) + 1);

	while (at < to && ((unsigned char)b->p[at] & 0xc0) == 0x80)
		at++;
	return at;
}

/* Marks one beside or in another, outer ones first. */
static size_t
make_marks(struct kt_mark *m, size_t most, const struct kt_buf *b)
{
	static const enum kt_mark_kind some[] = { KT_RUBY, KT_UNDERLINE,
		KT_SUPER, KT_SUB, KT_STRONG, KT_STRONG, KT_EMPHASIS, KT_CODE,
		KT_LINK, KT_IMAGE, KT_FORMULA };
	static const char *const args[] = { "", "かな", "図1.png", "a b",
		"http://x.jp/(a)?b=\"c\"&d=<e>", "x\n|y\\", "![![" };
	size_t n = 0, at = 0;

	while (n + 1 < most && at <= b->len && chance(60)) {
		size_t from = stretch(b, at, b->len);

		m[n].kind = PICK(some);
		m[n].start = (uint32_t)from;
		at = stretch(b, from, b->len);
		m[n].len = (uint32_t)(at - from);
		m[n].arg = m[n].kind == KT_RUBY || m[n].kind == KT_LINK ||
				   m[n].kind == KT_IMAGE
			       ? PICK(args)
			       : "";
		n++;
		if (m[n - 1].len > 0 && m[n - 1].kind != KT_IMAGE &&
		    chance(40)) {
			size_t to = stretch(b, from, at);

			m[n] = m[n - 1];
			m[n].kind = PICK(some);
			m[n].len = (uint32_t)(to - from);
			m[n].arg = "";
			n++;
		}
	}
	return n;
}

static void
fill_text(struct kt_doc *doc, struct kt_node *node, unsigned most)
{
	struct kt_buf b = KT_BUF_INIT;
	struct kt_mark m[8];
	size_t n;

	words(&b, most);
	kt_node_text(doc, node, b.p, b.len);
	n = node->kind == KT_FIGURE || chance(60) ? 0 : make_marks(m, 8, &b);
	kt_node_marks(doc, node, m, n);
	kt_buf_release(&b);
}

static void
fill_caption(struct kt_doc *doc, struct kt_node *node, bool marks)
{
	struct kt_buf b = KT_BUF_INIT;
	struct kt_mark m = { .kind = KT_RUBY, .arg = "よみ" };

	if (chance(50))
		kt_buf_puts(&b, "目的");
	else
		words(&b, 4);
	kt_node_caption(doc, node, b.p, b.len);
	if (marks && strcmp(b.p, "目的") == 0 && chance(30)) {
		m.len = 6;
		kt_node_caption_marks(doc, node, &m, 1);
	}
	kt_buf_release(&b);
}

static void
fill_label(struct kt_doc *doc, struct kt_node *node, bool hostile)
{
	struct kt_buf b = KT_BUF_INIT;

	kt_buf_puts(&b, PICK(labels));
	if (hostile && chance(20))
		words(&b, 4);
	kt_node_label(doc, node, b.p);
	kt_buf_release(&b);
}

static void
fill_related(struct kt_doc *doc, struct kt_node *node)
{
	struct kt_buf b = KT_BUF_INIT;

	if (chance(60))
		kt_buf_puts(&b, "第5条関係");
	else
		words(&b, 4);
	kt_node_related(doc, node, b.p, b.len);
	kt_buf_release(&b);
}

static void
add_rows(struct kt_doc *doc, struct kt_node *table, unsigned depth)
{
	unsigned rows = roll(4), columns = 1 + roll(3);
	bool simple = chance(60), head = chance(50);

	for (unsigned r = 0; r < rows; r++) {
		struct kt_node *row = kt_doc_add(doc, table, KT_ROW);

		row->header = head && r == 0;
		for (unsigned c = 0; c < columns; c++) {
			struct kt_node *cell = kt_doc_add(doc, row, KT_CELL);

			fill_text(doc, cell, 4);
			cell->align = "\0lcr"[c % 4];
			if (simple)
				continue;
			cell->colspan = (uint16_t)(1 + roll(3));
			cell->rowspan = (uint16_t)(1 + roll(2));
			(void)depth;
		}
	}
}

/* A node of any kind under any other, with anything in it. */
static void
fill(struct kt_doc *doc, struct kt_node *node, bool wild)
{
	enum kt_kind kind = node->kind;

	if (wild ||
	    (kind != KT_TEXT && kind != KT_BULLET && kind != KT_TOPIC &&
		kind != KT_QUOTE && kind != KT_COMMENTARY && kind != KT_TABLE &&
		kind != KT_FIGURE && kind != KT_PREAMBLE))
		if (chance(85))
			fill_label(doc, node, wild);
	if (chance(wild ? 50 : 40))
		fill_caption(doc, node,
		    kind == KT_CHAPTER || kind == KT_ARTICLE ||
			kind == KT_TOPIC);
	if (chance(20))
		fill_related(doc, node);
	if (chance(85))
		fill_text(doc, node, 6);
}

static void
grow(struct kt_doc *doc, struct kt_node *node, unsigned depth, bool wild)
{
	unsigned n = roll(depth == 0 ? 6 : 4);

	if (node->kind == KT_TABLE)
		add_rows(doc, node, depth);
	if (depth > 6 || (node->kind == KT_FIGURE && !wild))
		return;
	for (; n > 0; n--) {
		struct kt_node *child = kt_doc_add(doc, node, PICK(kinds));

		fill(doc, child, wild);
		grow(doc, child, depth + 1, wild);
	}
	for (struct kt_node *row = node->first;
	     node->kind == KT_TABLE && row != NULL && row->kind == KT_ROW;
	     row = row->next)
		for (struct kt_node *cell = row->first; cell != NULL;
		     cell = cell->next)
			if (cell->colspan > 1 && depth < 5)
				grow(doc, cell, depth + 1, wild);
}

/* 項 without articles at the start, in every variation. */
static void
plain_start(struct kt_doc *doc, bool wild)
{
	struct kt_node *node;

	if (chance(50)) {
		node = kt_doc_add(doc, doc->root, KT_PREAMBLE);
		if (chance(80))
			fill_text(doc, kt_doc_add(doc, node, KT_TEXT), 3);
	}
	for (unsigned n = 0; n < 3 && chance(80); n++) {
		node = kt_doc_add(doc, doc->root, KT_PARAGRAPH);
		if (n > 0 || chance(20))
			kt_node_label(doc, node, n == 1 ? "2" : "3");
		fill_text(doc, node, 3);
		if (chance(30))
			grow(doc, node, 5, wild);
	}
}

static struct kt_doc *
random_doc(uint64_t number, bool wild)
{
	struct kt_doc *doc = kt_doc_new("random");

	seed = (number + 1) * UINT64_C(0x9e3779b97f4a7c15);
	roll(1);
	if (chance(80))
		fill_caption(doc, doc->root, true);
	if (chance(30))
		plain_start(doc, wild);
	grow(doc, doc->root, 0, wild);
	kt_doc_finish(doc);
	return doc;
}

#endif
