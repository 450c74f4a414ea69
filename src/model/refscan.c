/* SPDX-License-Identifier: MIT */
/*
 * What a reference means: the clause behind 前条, 同項, 第2項, by the clause
 * that it stands in and what was named before it.
 */
#include "ref_int.h"

#include <string.h>

/* N of 前N項 that is followed. */
#define NEAR_MOST 200

static enum kt_said
said_of(enum kt_kind kind)
{
	if (kind == KT_ARTICLE)
		return KT_SAID_ARTICLE;
	if (kind == KT_PARAGRAPH)
		return KT_SAID_PARAGRAPH;
	return kt_kind_is_division(kind) ? KT_SAID_DIVISION : KT_SAID_ITEM;
}

static void
say(struct kt_target *t, enum kt_kind kind)
{
	t->level = kind;
	t->said |= 1u << said_of(kind);
}

/* The node itself or the one around it of a kind; NULL when none. */
static const struct kt_node *
around(const struct kt_node *node, enum kt_kind kind)
{
	while (node != NULL && node->kind != kind)
		node = node->parent;
	return node;
}

static const struct kt_node *
beside(const struct kt_node *node, bool forward)
{
	enum kt_kind kind = node->kind;

	do
		node = forward ? node->next : node->prev;
	while (node != NULL && node->kind != kind);
	return node;
}

static void
unsure(struct kt_target *t)
{
	t->node = NULL;
	t->whose = KT_UNSURE;
}

/* ---- 前条, 次項, 前2号, 前各号 --------------------------------------------
 */

/* The n-th article before or behind one, of the same body or 附則. */
static const struct kt_node *
article_near(const struct kt_survey *survey, const struct kt_node *from,
    bool forward, unsigned n)
{
	size_t at = survey->place[from->id];
	const struct kt_node *scope = survey->scope[at];

	if (n > (forward ? survey->narticles - 1 - at : at))
		return NULL;
	at = forward ? at + n : at - n;
	return survey->scope[at] == scope ? survey->articles[at] : NULL;
}

static const struct kt_node *
sibling_near(const struct kt_node *from, bool forward, unsigned n)
{
	while (n-- > 0 && from != NULL)
		from = beside(from, forward);
	return from;
}

static const struct kt_node *
near(const struct kt_scan *scan, const struct kt_node *from, bool forward,
    unsigned n)
{
	return from->kind == KT_ARTICLE
		   ? article_near(scan->survey, from, forward, n)
		   : sibling_near(from, forward, n);
}

/* The clause of a kind that the text stands in. */
static const struct kt_node *
standing_in(const struct kt_scan *scan, enum kt_kind kind)
{
	const struct kt_stand *s = &scan->stand;

	if (kind == KT_ARTICLE)
		return s->article;
	if (kind == KT_PARAGRAPH)
		return s->paragraph;
	if (kind == KT_ITEM)
		return s->item;
	if (kind == KT_SUPPL)
		return s->suppl;
	return around(s->division, kind);
}

static void
begin_near(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head)
{
	const struct kt_node *from = standing_in(scan, head->step.kind);
	const struct kt_node *first, *last;

	t->form = KT_R_RELATIVE;
	say(t, head->step.kind);
	if (from == NULL || head->count > NEAR_MOST) {
		unsure(t);
		return;
	}
	/* 前2項: from the second before to the one before. */
	first =
	    near(scan, from, head->forward, head->forward ? 1 : head->count);
	last = near(scan, from, head->forward, head->forward ? head->count : 1);
	t->node = first != NULL && last != NULL ? first : NULL;
	t->last = head->count > 1 && t->node != NULL ? last : NULL;
}

static void
begin_each(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head)
{
	const struct kt_node *from = standing_in(scan, head->step.kind);
	const struct kt_node *last;

	t->form = KT_R_RELATIVE;
	say(t, head->step.kind);
	last = from == NULL ? NULL : near(scan, from, false, 1);
	if (last == NULL || head->step.kind == KT_ARTICLE) {
		unsure(t);
		return;
	}
	t->node = last;
	for (const struct kt_node *at = from->parent->first; at != from;
	     at = at->next)
		if (at->kind == from->kind) {
			t->node = at;
			break;
		}
	t->last = t->node == last ? NULL : last;
}

/* ---- この条, 同条 ---------------------------------------------------------
 */

static void
begin_this(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head)
{
	t->form = KT_R_THIS;
	say(t, head->step.kind);
	t->node = standing_in(scan, head->step.kind);
	/* この項 of an article with only one is that one. */
	if (t->node == NULL && head->step.kind == KT_PARAGRAPH)
		t->node = scan->stand.article;
	if (t->node == NULL)
		unsure(t);
}

/* The end of the step of a kind in an address; NULL when it has none. */
static const char *
end_of_step(const char *address, enum kt_kind kind)
{
	const char *p = address, *end = address + strlen(address);
	struct kt_step step;

	while (p < end) {
		size_t used = kt_step_read(&step, p, end);
		unsigned len;

		if (used > 0 && step.kind == kind)
			return p + used;
		kt_utf8_at(p, &len);
		p += used > 0 ? used : len;
	}
	return NULL;
}

/* What another reference names, down to one level. */
static void
take_over(struct kt_scan *scan, struct kt_target *t, const struct kt_ref *ref,
    enum kt_kind kind)
{
	const struct kt_node *from =
	    ref->to.last != NULL ? ref->to.last : ref->to.node;
	const char *stop;

	t->whose = ref->state == KT_R_EXTERNAL ? KT_OTHERS : KT_OWN;
	t->document = ref->document;
	if (ref->state != KT_R_EXTERNAL) {
		t->node = around(from, kind);
		if (t->node == NULL)
			unsure(t);
		return;
	}
	stop = end_of_step(ref->address, kind);
	if (stop == NULL)
		unsure(t);
	else
		t->prefix = kt_arena_strndup(scan->refs->arena, ref->address,
		    (size_t)(stop - ref->address));
}

static void
begin_same(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head)
{
	uint32_t said = scan->context.said[said_of(head->step.kind)];

	t->form = KT_R_SAME;
	say(t, head->step.kind);
	if (said == 0)
		unsure(t);
	else
		take_over(scan, t, &scan->refs->at[said - 1], head->step.kind);
}

/* ---- 第3条, 第2項, 第1号 --------------------------------------------------
 */

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
	return around(ref->to.last != NULL ? ref->to.last : ref->to.node,
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
	if (try_from(scan, t, s->appendix, step) ||
	    try_from(scan, t, scan->survey->doc->root, step))
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
	if (t->node == NULL)
		t->whose = KT_UNSURE;
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
	if (t->node == NULL)
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
		const struct kt_node *article = around(at, KT_ARTICLE);

		return article != NULL ? article : around(at, KT_SUPPL);
	}
	if (kind == KT_ITEM) {
		const struct kt_node *paragraph = around(at, KT_PARAGRAPH);

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
						: end_of_step(prior->address,
						      kind_above(step->kind));
		if (stop != NULL)
			t->prefix = kt_arena_strndup(scan->refs->arena,
			    prior->address, (size_t)(stop - prior->address));
		return true;
	}
	if (step->kind <= KT_ARTICLE || prior->to.node == NULL)
		return false;
	push(t, step);
	t->node = parent_clause(prior, step->kind);
	if (t->node != NULL && try_from(scan, t, t->node, step))
		return true;
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
	say(t, step->kind);
	return true;
}

/* ---- 附則, 別表, 項番 ------------------------------------------------------
 */

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
	t->node = kt_index_address(scan->survey->doc, fold.p, fold.len,
	    kt_addr_hash(KT_ADDR_HASH, fold.p, fold.len));
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
		say(t, head->step.kind);
		if (t->whose == KT_OTHERS)
			push(t, &head->step);
		else if (prior == NULL || !begin_beside(scan, t, &head->step,
					      prior, prior_level))
			begin_own(scan, t, &head->step);
		break;
	case KT_H_NEAR:
		begin_near(scan, t, head);
		break;
	case KT_H_EACH:
		begin_each(scan, t, head);
		break;
	case KT_H_SAME:
		begin_same(scan, t, head);
		break;
	case KT_H_THIS:
		begin_this(scan, t, head);
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

	say(t, step->kind);
	if (t->whose == KT_OWN && t->nsteps == 0 && t->node != NULL &&
	    t->last == NULL && try_from(scan, t, t->node, step))
		return;
	/* A number in a 別表 may be one of its rows: the table is meant. */
	if (level == KT_APPENDIX && t->nsteps == 0)
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
	if (t->whose == KT_UNSURE || scan->stand.loose ||
	    scan->stand.amending || scan->context.named)
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
