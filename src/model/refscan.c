/* SPDX-License-Identifier: MIT */
/*
 * What a reference by number means: the clause behind 第3条, 第2項, 別表第1, by
 * the clause that it stands in and what was named before it.
 */
#include "ref_int.h"

#include <string.h>

enum kt_said
kt_said_of(enum kt_kind kind)
{
	if (kind == KT_ARTICLE)
		return KT_SAID_ARTICLE;
	if (kind == KT_PARAGRAPH)
		return KT_SAID_PARAGRAPH;
	return kt_kind_is_division(kind) ? KT_SAID_DIVISION : KT_SAID_ITEM;
}

void
kt_target_say(struct kt_target *t, enum kt_kind kind)
{
	t->level = kind;
	t->said |= 1u << kt_said_of(kind);
}

/* The node itself or the one around it of a kind; NULL when none. */
const struct kt_node *
kt_node_around(const struct kt_node *node, enum kt_kind kind)
{
	while (node != NULL && node->kind != kind)
		node = node->parent;
	return node;
}

/* ---- 第3条, 第2項, 第1号 ------------------------------------------------ */

/* Start at a clause: the step from there if it is, else the step to nothing. */
static bool
try_from(struct kt_scan *scan, struct kt_target *t, const struct kt_node *scope,
    const struct kt_step *step)
{
	const struct kt_node *found =
	    scope == NULL ? NULL
			  : kt_index_step(scan->survey->doc, scope, step);

	if (found == NULL)
		return false;
	t->node = found;
	t->nsteps = 0;
	return true;
}

/* 第5条第2号 of an article that has come to have several 項: said without
 * its 項, the first is meant. */
static bool
try_first_paragraph(
    struct kt_scan *scan, struct kt_target *t, const struct kt_step *step)
{
	const struct kt_step first = { KT_PARAGRAPH,
		{ .form = KT_F_ARABIC, .n = 1, .v = { 1 } } };
	const struct kt_node *paragraph;

	if (step->kind != KT_ITEM || t->node->kind != KT_ARTICLE)
		return false;
	paragraph = kt_index_step(scan->survey->doc, t->node, &first);
	return try_from(scan, t, paragraph, step);
}

static const struct kt_node *
said_clause(const struct kt_scan *scan, enum kt_said which)
{
	uint32_t said = scan->context.said[which];
	const struct kt_ref *ref;

	if (said == 0)
		return NULL;
	ref = &scan->refs->at[said - 1];
	if (ref->state != KT_R_RESOLVED)
		return NULL;
	return kt_node_around(
	    ref->to.last != NULL ? ref->to.last : ref->to.node,
	    which == KT_SAID_ARTICLE ? KT_ARTICLE : KT_PARAGRAPH);
}

static void
begin_division(
    struct kt_scan *scan, struct kt_target *t, const struct kt_step *step)
{
	const struct kt_survey *survey = scan->survey;

	for (const struct kt_node *at = scan->stand.division; at != NULL;
	     at = at->parent)
		if (kt_kind_is_division(at->kind) && at->kind < step->kind &&
		    try_from(scan, t, at, step))
			return;
	if (try_from(scan, t, scan->stand.suppl, step) ||
	    try_from(scan, t, survey->doc->root, step))
		return;
	if (survey->kinds[step->kind] == 0)
		t->whose = KT_UNSURE;
}

static void
begin_article(
    struct kt_scan *scan, struct kt_target *t, const struct kt_step *step)
{
	const struct kt_stand *s = &scan->stand;

	if (s->amending) {
		/* 第3条 in the 附則 of an amending instrument is that one's. */
		t->whose = KT_OTHERS;
		t->document = s->suppl->related;
		return;
	}
	/* Old laws number their 附則 on from the body. */
	if (try_from(scan, t, s->appendix, step) ||
	    try_from(scan, t, scan->survey->doc->root, step) ||
	    try_from(scan, t, scan->survey->suppl, step))
		return;
	if (scan->survey->kinds[KT_ARTICLE] == 0)
		t->whose = KT_UNSURE;
}

static void
begin_paragraph(
    struct kt_scan *scan, struct kt_target *t, const struct kt_step *step)
{
	const struct kt_stand *s = &scan->stand;

	if (try_from(scan, t, s->article, step) ||
	    (s->article == NULL &&
		(try_from(scan, t, s->suppl, step) ||
		    try_from(scan, t, s->appendix, step) ||
		    try_from(scan, t, s->division, step) ||
		    try_from(scan, t, scan->survey->doc->root, step))))
		return;
	if (try_from(scan, t, said_clause(scan, KT_SAID_ARTICLE), step))
		return;
	t->node = s->article != NULL ? s->article : s->suppl;
	/* Perhaps of an article named before. */
	if (t->node == NULL || scan->context.said[KT_SAID_ARTICLE] != 0)
		t->whose = KT_UNSURE;
}

/* Has the clause, or its only 項, a table of its own? */
static bool
holds_table(const struct kt_node *node)
{
	if (node->kind == KT_ARTICLE && node->first != NULL &&
	    node->first == node->last)
		node = node->first;
	for (const struct kt_node *at = node->first; at != NULL; at = at->next)
		if (at->kind == KT_TABLE)
			return true;
	return false;
}

static void
begin_item(
    struct kt_scan *scan, struct kt_target *t, const struct kt_step *step)
{
	const struct kt_stand *s = &scan->stand;

	if (try_from(scan, t, s->paragraph, step) ||
	    try_from(scan, t, s->article, step) ||
	    try_from(scan, t, s->suppl, step) ||
	    try_from(scan, t, s->appendix, step) ||
	    try_from(scan, t, said_clause(scan, KT_SAID_PARAGRAPH), step) ||
	    try_from(scan, t, said_clause(scan, KT_SAID_ARTICLE), step))
		return;
	t->node = s->paragraph != NULL ? s->paragraph : s->article;
	if (t->node == NULL || holds_table(t->node) ||
	    scan->context.said[KT_SAID_PARAGRAPH] != 0 ||
	    scan->context.said[KT_SAID_ARTICLE] != 0)
		t->whose = KT_UNSURE;
}

static void
push(struct kt_target *t, const struct kt_step *step)
{
	if (t->nsteps < KT_STEPS_MOST)
		t->step[t->nsteps++] = *step;
}

static void
begin_own(struct kt_scan *scan, struct kt_target *t, const struct kt_step *step)
{
	/* Assume the worst: nothing is found. */
	push(t, step);
	if (kt_kind_is_division(step->kind))
		begin_division(scan, t, step);
	else if (step->kind == KT_ARTICLE)
		begin_article(scan, t, step);
	else if (step->kind == KT_PARAGRAPH)
		begin_paragraph(scan, t, step);
	else if (step->kind == KT_ITEM)
		begin_item(scan, t, step);
	else if (!try_from(scan, t, scan->survey->doc->root, step) &&
		 scan->survey->kinds[KT_HEADED] == 0)
		t->whose = KT_UNSURE;
}

/* The level above one in a reference: 条 of 項, 項 of 号. */
static const struct kt_node *
parent_clause(const struct kt_ref *prior, enum kt_kind kind)
{
	const struct kt_node *at =
	    prior->to.last != NULL ? prior->to.last : prior->to.node;

	/* ア of 第1号: below the clause that the mark before it was below. */
	if (kind == KT_HEADED)
		return at->parent;
	if (kind == KT_PARAGRAPH) {
		const struct kt_node *article = kt_node_around(at, KT_ARTICLE);

		return article != NULL ? article : kt_node_around(at, KT_SUPPL);
	}
	if (kind == KT_ITEM) {
		const struct kt_node *paragraph =
		    kt_node_around(at, KT_PARAGRAPH);

		return paragraph != NULL ? paragraph : at->parent;
	}
	return NULL;
}

static enum kt_kind
kind_above(enum kt_kind kind)
{
	return kind == KT_PARAGRAPH ? KT_ARTICLE
	       : kind == KT_ITEM    ? KT_PARAGRAPH
				    : KT_ITEM;
}

static const struct kt_node *
find_folded(const struct kt_doc *doc, const char *p, size_t n)
{
	return kt_index_address(doc, p, n, kt_addr_hash(KT_ADDR_HASH, p, n));
}

/* 別記様式第6号 may be headed 様式第6号 and the other way round, 別表第2 may
 * be the tables 別表第2(1), (2) …: the first of them. */
static const struct kt_node *
find_appendix(const struct kt_doc *doc, const struct kt_buf *fold)
{
	size_t used = kt_word_at(fold->p, fold->p + fold->len, "別記");
	const struct kt_node *found = find_folded(doc, fold->p, fold->len);
	struct kt_buf other = KT_BUF_INIT;

	if (found == NULL && used > 0)
		found = find_folded(doc, fold->p + used, fold->len - used);
	if (found == NULL && used == 0) {
		kt_buf_printf(&other, "別記%s", fold->p);
		found = find_folded(doc, other.p, other.len);
	}
	if (found == NULL) {
		kt_buf_clear(&other);
		kt_buf_printf(&other, "%s(1)", fold->p);
		found = find_folded(doc, other.p, other.len);
	}
	kt_buf_release(&other);
	return found;
}

/* 第六号 of 様式第五号又は第六号, and of 別表第三第五号又は第六号. */
static void
begin_next_appendix(struct kt_scan *scan, struct kt_target *t,
    const struct kt_step *step, const struct kt_ref *prior, enum kt_kind level)
{
	const struct kt_node *from =
	    kt_node_around(prior->to.node, KT_APPENDIX);
	const char *address = kt_addr(scan->survey->doc, from);
	struct kt_buf next = KT_BUF_INIT;
	const char *number = strstr(address, "第");

	t->node = from; /* its row; rows are not told apart here */
	if (level == KT_APPENDIX && number != NULL) {
		kt_buf_put(&next, address, (size_t)(number - address));
		kt_step_write(&next, step);
		t->node = find_appendix(scan->survey->doc, &next);
		t->whose = t->node == NULL ? KT_UNSURE : KT_OWN;
	}
	kt_buf_release(&next);
}

/* 第2項 of 第3条第1項若しくは第2項: beside what was named before.  False when
 * it does not go on from that. */
static bool
begin_beside(struct kt_scan *scan, struct kt_target *t,
    const struct kt_step *step, const struct kt_ref *prior, enum kt_kind level)
{
	const char *stop;

	/* 前条及び第2項: our own 第2項; 法第3条、第5条: perhaps of that one. */
	if (step->kind > level &&
	    !(prior->state == KT_R_EXTERNAL && step->kind == KT_PARAGRAPH))
		return false;
	if (prior->state == KT_R_EXTERNAL) {
		t->whose = KT_OTHERS;
		t->document = prior->document;
		push(t, step);
		stop = step->kind <= KT_ARTICLE ? NULL
						: kt_end_of_step(prior->address,
						      kind_above(step->kind));
		if (stop != NULL)
			t->prefix = kt_arena_strndup(scan->refs->arena,
			    prior->address, (size_t)(stop - prior->address));
		return true;
	}
	if (step->kind <= KT_ARTICLE || prior->to.node == NULL)
		return false;
	if (kt_node_around(prior->to.node, KT_APPENDIX) != NULL &&
	    step->kind == KT_ITEM) {
		begin_next_appendix(scan, t, step, prior, level);
		return true;
	}
	push(t, step);
	t->node = parent_clause(prior, step->kind);
	if (t->node != NULL && try_from(scan, t, t->node, step))
		return true;
	/* 第1号から第9号まで is of one clause although it has no 第9号. */
	if (t->node != NULL && step->kind == level)
		return true;
	t->node = NULL;
	t->nsteps = 0;
	return false;
}

bool
kt_target_inside(struct kt_scan *scan, struct kt_target *t,
    const struct kt_head *head, const struct kt_ref *prior, enum kt_kind level)
{
	const struct kt_step *step = &head->step;

	if (head->head != KT_H_STEP || t->whose == KT_OTHERS ||
	    step->kind < KT_PARAGRAPH || step->kind > KT_ITEM)
		return false;
	if (step->kind > level && level >= KT_ARTICLE) {
		/* 第5条（第2項を除く。）: below it. */
		if (prior->state == KT_R_EXTERNAL) {
			t->whose = KT_OTHERS;
			t->document = prior->document;
			t->prefix = prior->address;
			push(t, step);
		} else if (prior->to.last != NULL ||
			   !try_from(scan, t, prior->to.node, step)) {
			return false;
		}
	} else if (!begin_beside(scan, t, step, prior, level)) {
		return false;
	}
	kt_target_say(t, step->kind);
	return true;
}

/* ---- 附則, 別表, 項番 --------------------------------------------------- */

static void
begin_suppl(struct kt_scan *scan, struct kt_target *t)
{
	t->level = KT_SUPPL;
	t->node =
	    scan->stand.suppl != NULL ? scan->stand.suppl : scan->survey->suppl;
	if (t->node == NULL)
		t->whose = KT_UNSURE;
}

static void
begin_appendix(
    struct kt_scan *scan, struct kt_target *t, const char *p, size_t n)
{
	struct kt_buf fold = KT_BUF_INIT;

	t->level = KT_APPENDIX;
	kt_addr_fold(&fold, p, n);
	t->node = find_appendix(scan->survey->doc, &fold);
	if (t->node == NULL) {
		t->prefix =
		    kt_arena_strndup(scan->refs->arena, fold.p, fold.len);
		if (scan->survey->kinds[KT_APPENDIX] == 0)
			t->whose = KT_UNSURE;
	}
	kt_buf_release(&fold);
}

/* ---- all ----------------------------------------------------------------- */

void
kt_target_begin(struct kt_scan *scan, struct kt_target *t,
    const struct kt_head *head, const char *p, size_t n,
    const struct kt_ref *prior, enum kt_kind prior_level)
{
	switch (head->head) {
	case KT_H_NONE:
		break;
	case KT_H_STEP:
	case KT_H_KOBAN:
		kt_target_say(t, head->step.kind);
		if (t->whose == KT_OTHERS)
			push(t, &head->step);
		else if (prior == NULL || head->head == KT_H_KOBAN ||
			 !begin_beside(
			     scan, t, &head->step, prior, prior_level))
			begin_own(scan, t, &head->step);
		break;
	case KT_H_NEAR:
		kt_begin_near(scan, t, head);
		break;
	case KT_H_EACH:
		kt_begin_each(scan, t, head);
		break;
	case KT_H_SAME:
		kt_begin_same(scan, t, head);
		break;
	case KT_H_THIS:
		kt_begin_this(scan, t, head);
		break;
	case KT_H_SUPPL:
		if (t->whose == KT_OTHERS ||
		    (prior != NULL && prior->state == KT_R_EXTERNAL)) {
			if (t->whose != KT_OTHERS)
				t->document = prior->document;
			t->whose = KT_OTHERS;
			t->prefix = "附則";
			t->level = KT_SUPPL;
		} else {
			begin_suppl(scan, t);
		}
		break;
	case KT_H_APPENDIX:
		if (t->whose == KT_OTHERS) {
			t->prefix = kt_arena_strndup(scan->refs->arena, p, n);
			t->level = KT_APPENDIX;
		} else {
			begin_appendix(scan, t, p, n);
		}
		break;
	}
}

void
kt_target_step(
    struct kt_scan *scan, struct kt_target *t, const struct kt_step *step)
{
	enum kt_kind level = t->level;

	kt_target_say(t, step->kind);
	if (t->whose == KT_OWN && t->nsteps == 0 && t->node != NULL &&
	    t->last == NULL &&
	    (try_from(scan, t, t->node, step) ||
		try_first_paragraph(scan, t, step)))
		return;
	/* A number in a 別表, or in a 項 that holds a table, may be one of its
	 * rows: the table is meant. */
	if (t->nsteps == 0 &&
	    (level == KT_APPENDIX ||
		((step->kind == KT_ITEM || step->kind == KT_HEADED) &&
		    t->node != NULL && holds_table(t->node))))
		return;
	push(t, step);
}

enum kt_ref_state
kt_target_state(const struct kt_scan *scan, const struct kt_target *t)
{
	if (t->whose == KT_OTHERS)
		return KT_R_EXTERNAL;
	if (t->node != NULL && t->nsteps == 0)
		return KT_R_RESOLVED;
	if (t->whose == KT_UNSURE || t->doubtful || scan->stand.loose ||
	    scan->stand.amending || scan->context.named)
		return KT_R_EXTERNAL;
	/* An 附則 keeps the numbers of its day, while the text is amended. */
	if (scan->stand.suppl != NULL && scan->survey->amended)
		return KT_R_EXTERNAL;
	return KT_R_DANGLING;
}

static const char *
part_word(enum kt_part_name part)
{
	switch (part) {
	case KT_P_WHOLE:
	case KT_P_DAN:
		return "";
	case KT_P_HONBUN:
		return "本文";
	case KT_P_TADASHI:
		return "ただし書";
	case KT_P_ZENDAN:
		return "前段";
	case KT_P_CHUDAN:
		return "中段";
	case KT_P_KODAN:
		return "後段";
	case KT_P_HASHIRA:
		return "各号列記以外の部分";
	case KT_P_MIDASHI:
		return "見出し";
	}
	return "";
}

const char *
kt_target_address(struct kt_scan *scan, const struct kt_target *t)
{
	const struct kt_doc *doc = scan->survey->doc;
	struct kt_buf out = KT_BUF_INIT;
	const char *kept;

	if (t->node != NULL && t->last == NULL && t->nsteps == 0 &&
	    t->part == KT_P_WHOLE)
		return kt_addr(doc, t->node);
	if (t->node != NULL && t->node->kind != KT_DOC)
		kt_buf_puts(&out, kt_addr(doc, t->node));
	else if (t->prefix != NULL)
		kt_buf_puts(&out, t->prefix);
	if (t->last != NULL) {
		kt_buf_puts(&out, "から");
		kt_buf_puts(&out, kt_addr(doc, t->last));
		kt_buf_puts(&out, "まで");
	}
	for (unsigned i = 0; i < t->nsteps; i++)
		kt_step_write(&out, &t->step[i]);
	kt_buf_puts(&out, part_word(t->part));
	if (t->part == KT_P_DAN)
		kt_buf_printf(&out, "第%u段", t->dan);
	kept = kt_arena_strndup(scan->refs->arena, out.p, out.len);
	kt_buf_release(&out);
	return kept;
}
