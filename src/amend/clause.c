/* SPDX-License-Identifier: MIT */
/*
 * Sentences into operations: the grammar of amendment.md §1.  A sentence is a
 * chain of clauses; a clause names places and says what happens there.  What
 * a clause leaves out (the place, the 条 of a 項) comes from the one before.
 */
#include "amend_int.h"

#include <stdlib.h>
#include <string.h>

struct reader {
	struct kt_arena *arena;
	struct kt_scan s;
	const char *begin; /* of the text that the quotes are of */
	const char *sentence;
	const struct kt_quotes *quotes;
	size_t quote; /* the next one */
	const struct kt_loc *scope; /* of words: where 中 was said last */
	size_t nscope;
	const struct kt_loc *last; /* named last */
	struct kt_op *op;
	size_t nops, cap;
	bool final; /* the verb ended the sentence */
	bool verb; /* the clause has its verb, or will get it later */
};

/* ---- pieces ------------------------------------------------------------- */

static struct kt_op *
new_op(struct reader *r, enum kt_op_kind kind, const struct kt_loc *at,
    size_t nat, const char *begin)
{
	struct kt_op *op;

	KT_GROW(r->op, r->nops, r->cap);
	op = &r->op[r->nops++];
	*op = (struct kt_op){ .kind = kind, .at = at, .nat = nat, .new = "" };
	op->column =
	    kt_utf8_count(r->sentence, (size_t)(begin - r->sentence)) + 1;
	return op;
}

static bool
sees_quote(struct reader *r)
{
	size_t at = (size_t)(r->s.p - r->begin);

	/* An address may have a quoted name: 「備品」の項. */
	while (r->quote < r->quotes->count && r->quotes->open[r->quote] < at)
		r->quote++;
	return r->quote < r->quotes->count && at == r->quotes->open[r->quote];
}

/* 「はじめに」の部分: a quote that is an address. */
static bool
sees_topic(struct reader *r)
{
	struct kt_scan behind = r->s;

	if (!sees_quote(r))
		return false;
	behind.p = r->begin + r->quotes->close[r->quote] + strlen("」");
	return kt_scan_sees(&behind, "の部分");
}

/* The words of the quote that stands here; NULL when none does. */
static const char *
eat_quote(struct reader *r)
{
	const char *p, *end;

	if (!sees_quote(r))
		return NULL;
	p = r->s.p + strlen("「");
	end = r->begin + r->quotes->close[r->quote++];
	r->s.p = end + strlen("」");
	return kt_arena_strndup(r->arena, p, (size_t)(end - p));
}

/* The stem of a verb, and る or する that ends the sentence. */
static bool
eat_verb(struct reader *r, const char *stem, const char *ending)
{
	if (!kt_scan_eats(&r->s, stem))
		return false;
	r->final = kt_scan_eats(&r->s, ending);
	r->verb = true;
	return true;
}

/* 削り and 削る share no stem with their ending. */
static bool
eat_remove(struct reader *r)
{
	if (kt_scan_eats(&r->s, "を削る"))
		r->final = true;
	else if (!kt_scan_eats(&r->s, "を削り"))
		return false;
	r->verb = true;
	return true;
}

/* 付し, 付する: attaching a caption or a heading. */
static bool
eat_attach(struct reader *r)
{
	if (kt_scan_eats(&r->s, "付する"))
		r->final = true;
	else if (!kt_scan_eats(&r->s, "付し"))
		return false;
	r->verb = true;
	return true;
}

/* とし, とする. */
static bool
eat_become(struct reader *r)
{
	if (kt_scan_eats(&r->s, "とする"))
		r->final = true;
	else if (!kt_scan_eats(&r->s, "とし"))
		return false;
	r->verb = true;
	return true;
}

/* ---- words -------------------------------------------------------------- */

static const char *const behind[] = { "の下に", "の次に", "の右に", "の後に" };
static const char *const before[] = { "の上に", "の左に", "の前に" };

/* 「…」を「…」に, 改め at once or later. */
static bool
read_replace(struct reader *r, struct kt_op *op)
{
	op->kind = KT_OP_REPLACE;
	op->new = eat_quote(r);
	if (op->new == NULL || !kt_scan_eats(&r->s, "に"))
		return false;
	eat_verb(r, "改め", "る");
	return r->verb || kt_scan_sees(&r->s, "、");
}

/* 「…」の下に「…」を, 加え at once or later. */
static bool
read_insert(struct reader *r, struct kt_op *op, enum kt_where where)
{
	op->kind = KT_OP_INSERT;
	op->where = where;
	op->new = eat_quote(r);
	if (op->new == NULL || !kt_scan_eats(&r->s, "を"))
		return false;
	eat_verb(r, "加え", "る");
	return r->verb || kt_scan_sees(&r->s, "、");
}

/* 「…」及び後段を削り: words and a part in one breath. */
static bool
read_delete_part(struct reader *r)
{
	static const char *const parts[] = { "後段", "ただし書", "前段" };
	static const enum kt_part_name names[] = { KT_P_KODAN, KT_P_TADASHI,
		KT_P_ZENDAN };
	const char *begin = r->s.p;
	struct kt_loc *loc;
	int which;

	if (!kt_scan_eats(&r->s, "及び"))
		return false;
	which = kt_scan_one_of(&r->s, parts, KT_COUNT(parts));
	if (which < 0 || r->nscope != 1)
		return false;
	loc = KT_NEW(r->arena, struct kt_loc);
	*loc = r->scope[0];
	loc->part = names[which];
	new_op(r, KT_OP_REMOVE, loc, 1, begin);
	return eat_remove(r);
}

/* 「…」, 「…」、「…」及び「…」: the words that all get the same treatment. */
static bool
read_old(struct reader *r, struct kt_op *op)
{
	static const char *const joints[] = { "、", "及び", "並びに" };
	const char **old = NULL, **kept;
	size_t n = 0, cap = 0;
	struct kt_scan at;

	do {
		const char *q = eat_quote(r);

		if (q == NULL || q[0] == '\0')
			break;
		KT_GROW(old, n, cap);
		old[n++] = q;
		at = r->s;
		if (kt_scan_one_of(&r->s, joints, KT_COUNT(joints)) < 0 ||
		    !sees_quote(r)) {
			r->s = at;
			break;
		}
	} while (true);
	kept = KT_NEWN(r->arena, const char *, n);
	if (n > 0)
		memcpy(kept, old, n * sizeof(*kept));
	free(old);
	op->old = kept;
	op->nold = n;
	return n > 0;
}

/* One operation on the words of the scope: 「…」…. */
static bool
read_words(struct reader *r)
{
	struct kt_op op = { .new = "" };
	const char *begin = r->s.p;
	struct kt_op *kept;
	bool ok;

	if (r->scope == NULL || !read_old(r, &op))
		return false;
	kept = new_op(r, KT_OP_DELETE, r->scope, r->nscope, begin);
	kept->old = op.old;
	kept->nold = op.nold;
	if (eat_remove(r))
		return true;
	if (kt_scan_sees(&r->s, "及び"))
		return read_delete_part(r);
	op = *kept;
	if (kt_scan_eats(&r->s, "を"))
		ok = read_replace(r, &op);
	else if (kt_scan_one_of(&r->s, behind, KT_COUNT(behind)) >= 0)
		ok = read_insert(r, &op, KT_W_AFTER);
	else if (kt_scan_one_of(&r->s, before, KT_COUNT(before)) >= 0)
		ok = read_insert(r, &op, KT_W_BEFORE);
	else
		return false;
	r->op[r->nops - 1] = op;
	return ok;
}

/* ---- additions ---------------------------------------------------------- */

static const struct {
	const char *word;
	enum kt_step_kind kind;
	enum kt_part_name part;
	bool names; /* headings only */
} things[] = {
	{ "ただし書", KT_ST_PARAGRAPH, KT_P_TADASHI, false },
	{ "後段", KT_ST_PARAGRAPH, KT_P_KODAN, false },
	{ "前段", KT_ST_PARAGRAPH, KT_P_ZENDAN, false },
	{ "編名", KT_ST_PART, KT_P_WHOLE, true },
	{ "章名", KT_ST_CHAPTER, KT_P_WHOLE, true },
	{ "節名", KT_ST_SECTION, KT_P_WHOLE, true },
	{ "款名", KT_ST_SUBSECTION, KT_P_WHOLE, true },
	{ "目名", KT_ST_DIVISION, KT_P_WHOLE, true },
	{ "目次", KT_ST_TOC, KT_P_WHOLE, false },
	{ "附則", KT_ST_SUPPL, KT_P_WHOLE, false },
	{ "前文", KT_ST_PREAMBLE, KT_P_WHOLE, false },
	{ "制定文", KT_ST_PREAMBLE, KT_P_WHOLE, false },
	{ "見出し", KT_ST_NAME, KT_P_MIDASHI, false },
	{ "各号", KT_ST_ITEM, KT_P_WHOLE, false },
	{ "別表", KT_ST_APPENDIX, KT_P_WHOLE, false },
	{ "様式", KT_ST_APPENDIX, KT_P_WHOLE, false },
	{ "別記", KT_ST_APPENDIX, KT_P_WHOLE, false },
	{ "表", KT_ST_TABLE, KT_P_WHOLE, false },
	{ "図", KT_ST_FIGURE, KT_P_WHOLE, false },
	{ "備考", KT_ST_NOTE, KT_P_WHOLE, false },
	{ "注", KT_ST_NOTE, KT_P_WHOLE, false },
	{ "項番", KT_ST_HEADED, KT_P_WHOLE, false },
	{ "編", KT_ST_PART, KT_P_WHOLE, false },
	{ "章", KT_ST_CHAPTER, KT_P_WHOLE, false },
	{ "節", KT_ST_SECTION, KT_P_WHOLE, false },
	{ "款", KT_ST_SUBSECTION, KT_P_WHOLE, false },
	{ "目", KT_ST_DIVISION, KT_P_WHOLE, false },
	{ "条", KT_ST_ARTICLE, KT_P_WHOLE, false },
	{ "項", KT_ST_PARAGRAPH, KT_P_WHOLE, false },
	{ "号", KT_ST_ITEM, KT_P_WHOLE, false },
};

/* 一項, 2条, ただし書: how many of what; its place in `things` or -1. */
static int
read_count(struct reader *r, struct kt_count *count)
{
	struct kt_scan at = r->s;
	enum kt_form form;

	count->n = 0;
	at.p += kt_num_plain(&count->n, &form, at.p, (size_t)(at.end - at.p));
	for (size_t i = 0; i < KT_COUNT(things); i++)
		if (kt_scan_eats(&at, things[i].word)) {
			count->kind = things[i].kind;
			r->s = at;
			return (int)i;
		}
	return -1;
}

/* 二条及び一項 and what it says about the addition. */
static bool
read_counts(struct reader *r, struct kt_op *op)
{
	static const char *const joints[] = { "及び", "並びに", "、" };
	struct kt_count got[8];
	size_t n = 0;
	struct kt_count *kept;

	do {
		int which;

		if (n == KT_COUNT(got))
			return false;
		which = read_count(r, &got[n]);
		if (which < 0)
			return false;
		if (things[which].part == KT_P_WHOLE)
			n++;
		else if (things[which].part != KT_P_MIDASHI)
			op->part = things[which].part;
		op->names = op->names || things[which].names;
	} while (kt_scan_one_of(&r->s, joints, KT_COUNT(joints)) >= 0);
	kept = KT_NEWN(r->arena, struct kt_count, n);
	memcpy(kept, got, n * sizeof(*kept));
	op->counts = kept;
	op->ncounts = n;
	return true;
}

/* 次の一条を加え, 次の章名を付する, 次のように加え. */
static bool
read_what(struct reader *r, struct kt_op *op)
{
	if (kt_scan_eats(&r->s, "次のように"))
		return eat_verb(r, "加え", "る");
	if (!kt_scan_eats(&r->s, "次の"))
		return false;
	if (!read_counts(r, op) || !kt_scan_eats(&r->s, "を"))
		return false;
	return eat_verb(r, "加え", "る") || eat_attach(r);
}

/* 後段として次のように加え, 第一項として次の一項を加え. */
static bool
read_as(struct reader *r, struct kt_op *op)
{
	static const char *const parts[] = { "後段として", "前段として",
		"ただし書として" };
	static const enum kt_part_name names[] = { KT_P_KODAN, KT_P_ZENDAN,
		KT_P_TADASHI };
	int which = kt_scan_one_of(&r->s, parts, KT_COUNT(parts));
	struct kt_scan at = r->s;
	const struct kt_loc *locs;

	op->where = KT_W_AS;
	if (which >= 0) {
		op->part = names[which];
		return read_what(r, op);
	}
	if (kt_locs_read(&locs, r->arena, &at, NULL, false) == 0 ||
	    !kt_scan_eats(&at, "として"))
		return false;
	op->as = locs[0].step[0];
	r->s = at;
	return read_what(r, op);
}

/* 見出しとして「…」を付し, to the places of the operation. */
static bool
read_caption(struct reader *r, struct kt_op *op)
{
	op->kind = KT_OP_CAPTION;
	op->new = eat_quote(r);
	return op->new != NULL &&kt_scan_eats(&r->s, "を") && eat_attach(r);
}

/* の次に …, の前に …, に …. */
static bool
read_add(struct reader *r, const struct kt_loc *at, const char *begin)
{
	struct kt_op op = { .kind = KT_OP_ADD, .new = "", .where = KT_W_INTO };
	struct kt_op *kept = new_op(r, KT_OP_ADD, at, 1, begin);
	bool ok;

	op.at = at;
	op.nat = 1;
	op.column = kept->column;
	if (kt_scan_eats(&r->s, "の次に"))
		op.where = KT_W_AFTER;
	else if (kt_scan_eats(&r->s, "の前に"))
		op.where = KT_W_BEFORE;
	else if (!kt_scan_eats(&r->s, "に"))
		return false;
	if (kt_scan_eats(&r->s, "見出しとして"))
		ok = read_caption(r, &op);
	else if (kt_scan_sees(&r->s, "次の"))
		ok = read_what(r, &op);
	else
		ok = op.where == KT_W_INTO && read_as(r, &op);
	r->op[r->nops - 1] = op;
	return ok;
}

/* ---- moves -------------------------------------------------------------- */

/* 一条ずつ繰り下げ, 二項ずつ繰り上げる. */
static bool
read_shift(
    struct reader *r, const struct kt_loc *at, size_t nat, const char *begin)
{
	static const char *const units[] = { "条", "項", "号", "編", "章", "節",
		"款", "目", "表", "様式" };
	struct kt_scan start = r->s;
	enum kt_form form;
	unsigned by;
	struct kt_op *op;

	r->s.p += kt_num_plain(&by, &form, r->s.p, (size_t)(r->s.end - r->s.p));
	if (r->s.p == start.p ||
	    kt_scan_one_of(&r->s, units, KT_COUNT(units)) < 0 ||
	    !kt_scan_eats(&r->s, "ずつ")) {
		r->s = start;
		return false;
	}
	op = new_op(r, KT_OP_SHIFT, at, nat, begin);
	op->by = (int)by;
	if (eat_verb(r, "繰り下げ", "る") || eat_verb(r, "繰下げ", "る"))
		return true;
	op->by = -(int)by;
	return eat_verb(r, "繰り上げ", "る") || eat_verb(r, "繰上げ", "る");
}

/* 第七項を第九項とし; as many on the one side as on the other. */
static bool
read_move(
    struct reader *r, const struct kt_loc *at, size_t nat, const char *begin)
{
	const struct kt_loc *to;
	size_t n = kt_locs_read(&to, r->arena, &r->s, &at[nat - 1], false);
	struct kt_op *op;

	if (n == 0)
		n = kt_locs_read(&to, r->arena, &r->s, &at[nat - 1], true);
	if (n != nat || !eat_become(r))
		return false;
	op = new_op(r, KT_OP_MOVE, at, nat, begin);
	op->dest = to;
	return true;
}

/* ---- clauses ------------------------------------------------------------ */

/* を次のように改め, を「…」に改め (a caption or the title), を…とし. */
static bool
read_to(
    struct reader *r, const struct kt_loc *at, size_t nat, const char *begin)
{
	struct kt_op *op;

	if (kt_scan_eats(&r->s, "次のように")) {
		new_op(r, KT_OP_REWRITE, at, nat, begin);
		return eat_verb(r, "改め", "る");
	}
	if (sees_quote(r)) {
		op = new_op(r, KT_OP_CAPTION, at, nat, begin);
		op->new = eat_quote(r);
		return kt_scan_eats(&r->s, "に") && eat_verb(r, "改め", "る");
	}
	return read_shift(r, at, nat, begin) || read_move(r, at, nat, begin);
}

static bool
read_places(struct reader *r, const struct kt_loc *container)
{
	const struct kt_loc *at;
	const char *begin = r->s.p;
	const struct kt_loc *in = container != NULL ? container : r->last;
	size_t n = kt_locs_read(&at, r->arena, &r->s, in, false);

	if (n == 0 && in != NULL)
		n = kt_locs_read(&at, r->arena, &r->s, in, true);
	if (n == 0)
		return false;
	r->last = &at[n - 1];
	if (kt_scan_eats(&r->s, "中")) {
		if (sees_quote(r)) {
			r->scope = at;
			r->nscope = n;
			return read_words(r);
		}
		/* A container: 第三十八条中第七項を…, said once. */
		return container == NULL && n == 1 && read_places(r, &at[0]);
	}
	if (eat_remove(r)) {
		new_op(r, KT_OP_REMOVE, at, n, begin);
		return true;
	}
	if (kt_scan_eats(&r->s, "を"))
		return read_to(r, at, n, begin);
	return n == 1 && read_add(r, &at[0], begin);
}

static bool
read_clause(struct reader *r)
{
	r->verb = false;
	if (sees_quote(r) && !sees_topic(r))
		return read_words(r);
	return read_places(r, NULL);
}

/* ---- sentences ---------------------------------------------------------- */

bool
kt_op_takes_block(const struct kt_op *op)
{
	return op->kind == KT_OP_REWRITE || op->kind == KT_OP_ADD;
}

static bool
read_clauses(struct reader *r)
{
	for (;;) {
		if (!read_clause(r))
			return false;
		if (r->final)
			return kt_scan_eats(&r->s, "。");
		if (!kt_scan_eats(&r->s, "、"))
			return false;
	}
}

bool
kt_sentence_read(struct kt_amend_sentence *out, struct kt_arena *arena,
    const struct kt_text *text, size_t *at)
{
	const char *end = text->p + text->n;
	struct reader r = { .arena = arena, .s = { text->p + *at, end } };
	bool ok;

	r.begin = text->p;
	r.sentence = r.s.p;
	r.quotes = &text->quotes;
	ok = read_clauses(&r);
	*at = (size_t)(r.s.p - text->p);
	out->op = KT_NEWN(arena, struct kt_op, r.nops);
	if (ok && r.nops > 0)
		memcpy(out->op, r.op, r.nops * sizeof(*r.op));
	out->nops = ok ? r.nops : 0;
	out->unread = !ok;
	free(r.op);
	return ok;
}
