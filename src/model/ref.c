/* SPDX-License-Identifier: MIT */
/*
 * References in a document: one walk over its nodes, one over each text.
 * What a reference means is settled by the clause it stands in, by what was
 * named before it and by the name of another document in front of it.  When
 * it is not certain that a missing clause was meant to be one of this
 * document, it counts as another's: a list of broken references that are
 * none would not be read twice.
 */
#include "ref_int.h"

#include <stdlib.h>
#include <string.h>

/* Brackets inside each other that are kept apart. */
#define DEPTH_MOST 16

struct prior { /* the reference that ended at `end`; NULL when none */
	const char *end;
	uint32_t ref; /* its place in the list */
	enum kt_kind level;
};

struct bracket {
	const char *at; /* the opening sign */
	struct kt_context context;
	struct prior prior; /* what ended right before it */
};

/* One text while it is read. */
struct reader {
	struct kt_scan *scan;
	size_t *cap;
	const struct kt_node *node;
	const char *begin, *end;
	bool related;
	struct prior prior;
	struct prior around; /* what ended before the bracket whose first words
				begin at around.end */
	const char *opened, *closed; /* the bracket that closed last */
	const char *entered, *inside; /* the bracket that opened last */
	struct bracket open[DEPTH_MOST];
	unsigned depth;
	const char *no_quote; /* from here on no 「 is closed */
};

/* ---- where a text stands ------------------------------------------------ */

/* A row whose first cell is the name of another document is about that one. */
static const struct kt_node *
named_in_row(const struct kt_survey *survey, const struct kt_node *cell)
{
	const struct kt_node *first = cell->parent->first;

	return first != cell && first->len > 0 &&
		       kt_is_other_name(
			   survey->doc, &survey->terms, first->text, first->len)
		   ? first
		   : NULL;
}

static void
stand_in(struct kt_stand *s, const struct kt_survey *survey,
    const struct kt_node *node)
{
	const struct kt_node *at = node;

	*s = (struct kt_stand){ .article = NULL };
	while (at != NULL) {
		if (at->kind == KT_CELL && s->others == NULL) {
			s->others = named_in_row(survey, at);
		} else if (at->kind == KT_ITEM && s->item == NULL) {
			s->item = kt_item_around(at);
		} else if (at->kind == KT_PARAGRAPH && s->paragraph == NULL) {
			s->paragraph = at;
		} else if (at->kind == KT_ARTICLE && s->article == NULL) {
			s->article = at;
		} else if (kt_kind_is_division(at->kind) &&
			   s->division == NULL) {
			s->division = at;
		} else if (at->kind == KT_SUPPL && s->suppl == NULL) {
			s->suppl = at;
		} else if (at->kind == KT_APPENDIX) {
			s->appendix = at;
			s->loose = true;
		} else if (at->kind == KT_TABLE || at->kind == KT_FIGURE) {
			s->loose = true;
		} else if (at->kind == KT_TOC) {
			s->toc = true;
		} else if (kt_kind_follows(at->kind) && s->article == NULL &&
			   at->unit != NULL && at->unit != at->parent &&
			   at->unit->kind == KT_ARTICLE) {
			s->article = at->unit;
		}
		at = at->parent;
	}
	/* The first 附則 is the document's own; later ones came with the
	 * instruments that amended it. */
	s->amending = s->suppl != NULL && (s->suppl != survey->suppl ||
					      s->suppl->related[0] != '\0');
}

/* ---- recording ---------------------------------------------------------- */

static void
settle_context(struct kt_context *c, const struct kt_target *t,
    enum kt_ref_state state, uint32_t ref)
{
	for (unsigned i = 0; i < KT_SAIDS; i++)
		if ((t->said & 1u << i) != 0)
			c->said[i] = ref + 1;
	if (state == KT_R_EXTERNAL && t->whose == KT_OTHERS)
		c->named = true;
}

static void
record(struct reader *r, struct kt_target *t, const char *p, const char *end)
{
	struct kt_scan *scan = r->scan;
	struct kt_refs *refs = scan->refs;
	struct kt_ref ref = { .node = r->node };

	ref.start = (uint32_t)(p - r->begin);
	ref.len = (uint32_t)(end - p);
	ref.in_related = r->related;
	ref.form = t->form;
	ref.state = kt_target_state(scan, t);
	if (ref.state != KT_R_EXTERNAL) {
		ref.to.node = t->node;
		ref.to.last = t->last;
		ref.to.part = t->part;
		ref.to.dan = t->dan;
	}
	ref.document = ref.state == KT_R_EXTERNAL && t->document != NULL
			   ? t->document
			   : "";
	ref.address = kt_target_address(scan, t);
	KT_GROW(refs->at, refs->count, *r->cap);
	refs->at[refs->count] = ref;
	settle_context(&scan->context, t, ref.state, (uint32_t)refs->count);
	r->prior.end = end;
	r->prior.ref = (uint32_t)refs->count;
	r->prior.level = t->level;
	refs->count++;
}

/* An end of a range of which several are 削除 at once: of 第30条から第42条まで
 * the first, or the last. */
static void
put_end(struct kt_buf *out, const char *address, const struct kt_node *node,
    bool last)
{
	const char *p = address, *middle = NULL;
	size_t n = strlen(address);

	if (node == NULL || node->to.n == 0 || !node->deleted) {
		kt_buf_puts(out, address);
		return;
	}
	while ((p = strstr(p, "から")) != NULL)
		middle = p++;
	if (middle == NULL && (middle = strstr(address, "及び")) == NULL)
		kt_buf_puts(out, address);
	else if (!last)
		kt_buf_put(out, address, (size_t)(middle - address));
	else if (n > 6 && strcmp(address + n - 6, "まで") == 0)
		kt_buf_put(
		    out, middle + 6, n - 6 - (size_t)(middle + 6 - address));
	else
		kt_buf_puts(out, middle + 6);
}

/* The second half of a range joins the first: 第3条から第5条まで. */
static void
join_range(struct reader *r, struct kt_target *t, const char *end)
{
	struct kt_scan *scan = r->scan;
	struct kt_ref *ref = &scan->refs->at[r->prior.ref];
	enum kt_ref_state state = kt_target_state(scan, t);
	struct kt_buf address = KT_BUF_INIT;

	put_end(&address, ref->address, ref->to.node, false);
	kt_buf_puts(&address, "から");
	put_end(&address, kt_target_address(scan, t), t->node, true);
	kt_buf_puts(&address, "まで");
	ref->address =
	    kt_arena_strndup(scan->refs->arena, address.p, address.len);
	kt_buf_release(&address);
	end += kt_word_at(end, r->end, "まで");
	ref->len = (uint32_t)(end - r->begin) - ref->start;
	if (ref->state == KT_R_RESOLVED && state == KT_R_RESOLVED)
		ref->to.last = t->last != NULL ? t->last : t->node;
	else if (ref->state == KT_R_RESOLVED)
		ref->state = state;
	settle_context(&scan->context, t, state, r->prior.ref);
	r->prior.end = end;
	r->prior.level = t->level;
}

/* ---- one reference ------------------------------------------------------ */

/* Where the name of a document may end that a reference at p is of: right
 * before it, or before the brackets between. */
static const char *
name_end(const struct reader *r, const char *p)
{
	size_t no = strlen("の");

	if (p == r->closed)
		return r->opened;
	if (r->closed != NULL && p == r->closed + no &&
	    memcmp(r->closed, "の", no) == 0)
		return r->opened;
	if (p == r->inside && kt_opens_name(r->begin, r->entered))
		return r->entered;
	return p;
}

/* Whose is it?  False when the head is no reference at all: 法律第67号. */
static bool
name_it(struct reader *r, struct kt_target *t, const struct kt_head *head,
    const char *p)
{
	const struct kt_survey *survey = r->scan->survey;
	struct kt_naming_of naming;

	if (head->head != KT_H_STEP && head->head != KT_H_SUPPL &&
	    head->head != KT_H_APPENDIX && head->head != KT_H_KOBAN)
		return true;
	if (p == r->prior.end || r->scan->stand.toc)
		return true;
	naming = kt_name_before(
	    survey->doc, &survey->terms, r->begin, name_end(r, p));
	if (naming.naming == KT_TABLE_NAME)
		t->whose = KT_OTHERS;
	if (naming.naming == KT_DOUBTFUL)
		t->doubtful = true;
	if (naming.naming == KT_UNNAMED && r->scan->stand.others != NULL) {
		t->whose = KT_OTHERS;
		t->document = r->scan->stand.others->text;
	}
	if (naming.naming != KT_OTHER_NAME)
		return true;
	if (head->head == KT_H_STEP && head->step.kind == KT_ITEM)
		return false;
	t->whose = KT_OTHERS;
	t->document =
	    kt_arena_strndup(r->scan->refs->arena, naming.name, naming.len);
	return true;
}

/* 1.2 of 第2編第3章1.2(4), where the document numbers its headings. */
static size_t
read_number_below(const struct reader *r, struct kt_step *step,
    enum kt_kind level, const char *p)
{
	size_t used;

	if (!kt_kind_is_division(level) ||
	    r->scan->survey->kinds[KT_HEADED] == 0)
		return 0;
	used = kt_step_read(step, p, r->end);
	return step->kind == KT_HEADED ? used : 0;
}

static const char *
read_tail(struct reader *r, struct kt_target *t, const char *p)
{
	struct kt_step step;
	size_t used;

	while ((used = kt_tail_read(&step, t->level, p, r->end)) > 0 ||
	       (used = read_number_below(r, &step, t->level, p)) > 0) {
		kt_target_step(r->scan, t, &step);
		p += used;
	}
	if (t->level == KT_APPENDIX || t->level == KT_SUPPL)
		return p;
	used = kt_word_at(p, r->end, "の見出し");
	if (used > 0)
		t->part = KT_P_MIDASHI;
	else
		used = kt_part_read(&t->part, &t->dan, p, r->end);
	return p + used;
}

/* Go on from the reference before: its next step, not a new head. */
static bool
goes_on_from(const struct reader *r, const struct kt_head *head, const char *p)
{
	return p == r->prior.end && head->head == KT_H_STEP &&
	       head->step.kind > r->prior.level && head->step.kind <= KT_ITEM;
}

static void
restart_from(struct kt_target *t, const struct kt_ref *ref, enum kt_kind level)
{
	t->node = ref->to.node;
	t->level = level;
	t->whose = ref->state == KT_R_EXTERNAL ? KT_OTHERS : KT_OWN;
	t->document = ref->document;
	if (ref->state == KT_R_EXTERNAL)
		t->prefix = ref->address;
}

/* Read a reference at p; the position behind it, or NULL. */
static const char *
read_reference(struct reader *r, const char *p)
{
	struct kt_scan *scan = r->scan;
	struct kt_target t = { .level = KT_DOC };
	struct kt_head head;
	size_t used = kt_head_read(&head, r->begin, p, r->end);
	const struct kt_ref *prior = NULL;
	bool range = false, joined;
	const char *end;

	joined = used > 0 && r->prior.end != NULL && p > r->prior.end &&
		 kt_joins(r->prior.end, p, &range);
	if (used == 0 || (!joined && !name_it(r, &t, &head, p)))
		return NULL;
	if (joined)
		prior = &scan->refs->at[r->prior.ref];
	if (goes_on_from(r, &head, p)) {
		restart_from(&t, &scan->refs->at[r->prior.ref], r->prior.level);
		kt_target_step(scan, &t, &head.step);
	} else if (p != r->around.end ||
		   !kt_target_inside(scan, &t, &head,
		       &scan->refs->at[r->around.ref], r->around.level)) {
		kt_target_begin(scan, &t, &head, p, used, prior,
		    prior == NULL ? KT_DOC : r->prior.level);
	}
	end = read_tail(r, &t, p + used);
	/* 第4条の項 is the row of a table that repeats another law. */
	if (head.head == KT_H_STEP && kt_word_at(end, r->end, "の項") > 0)
		t.whose = KT_OTHERS;
	/* Not over references in brackets: 第1項（第2項を含む。）から第3項まで.
	 */
	if (joined && range && r->prior.ref + 1 == scan->refs->count)
		join_range(r, &t, end);
	else
		record(r, &t, p, end);
	/* 第13条各号（第1号を除く。）: 各号 is between, not part of it. */
	end = r->prior.end;
	r->prior.end += kt_word_at(end, r->end, "各号");
	return end;
}

/* イ or (2) behind 第1号ア及び: a mark alone is a reference only there. */
static const char *
read_mark(struct reader *r, const char *p)
{
	struct kt_scan *scan = r->scan;
	struct kt_target t = { .level = KT_HEADED };
	struct kt_step step;
	const struct kt_ref *prior;
	bool range;
	size_t used;

	if (r->prior.end == NULL || r->prior.level != KT_HEADED ||
	    p <= r->prior.end || (size_t)(p - r->prior.end) > 32 ||
	    !kt_joins(r->prior.end, p, &range))
		return NULL;
	used = kt_tail_read(&step, KT_HEADED, p, r->end);
	prior = &scan->refs->at[r->prior.ref];
	if (used == 0)
		return NULL;
	t.said = 1u << KT_SAID_ITEM;
	if (prior->state == KT_R_EXTERNAL) {
		t.whose = KT_OTHERS;
		t.document = prior->document;
		t.step[t.nsteps++] = step;
	} else {
		if (prior->to.node == NULL)
			return NULL;
		t.node = kt_index_step(scan->survey->doc,
		    kt_addr_clause(scan->survey->doc, prior->to.node)->parent,
		    &step);
		if (t.node == NULL)
			return NULL;
	}
	p += used;
	if (range && r->prior.ref + 1 == scan->refs->count)
		join_range(r, &t, p);
	else
		record(r, &t, p - used, p);
	return r->prior.end;
}

/* ---- one text ----------------------------------------------------------- */

/* Behind the 」 that closes the 「 at p; p + its sign when none does. */
static const char *
skip_quote(struct reader *r, const char *p)
{
	const char *at = p;
	unsigned depth = 0;

	if (r->no_quote != NULL && p >= r->no_quote)
		return p + strlen("「");
	while ((size_t)(r->end - at) >= strlen("「")) {
		if (memcmp(at, "「", 3) == 0)
			depth++;
		else if (memcmp(at, "」", 3) == 0 && --depth == 0)
			return at + strlen("」");
		at++;
	}
	r->no_quote = p;
	return p + strlen("「");
}

static void
open_bracket(struct reader *r, const char *p, size_t sign)
{
	r->entered = p;
	r->inside = p + sign;
	r->around = r->prior;
	r->around.end = r->prior.end == p ? p + sign : NULL;
	if (r->depth < DEPTH_MOST) {
		struct bracket *b = &r->open[r->depth];

		b->at = p;
		b->context = r->scan->context;
		b->prior = r->prior;
		if (r->prior.end != p)
			b->prior.end = NULL;
		r->prior.end = NULL;
	}
	r->depth++;
}

static bool
is_below(const struct kt_node *node, const struct kt_node *clause)
{
	for (node = node->parent; node != NULL; node = node->parent)
		if (node == clause)
			return true;
	return false;
}

/* 前項（第1号に限る。）…同号: brackets right behind a reference name a part of
 * it, and that stays named when they close. */
static void
keep_part(struct reader *r, const struct kt_context *inside)
{
	const struct kt_refs *refs = r->scan->refs;
	const struct kt_ref *whole = &refs->at[r->prior.ref];

	if (r->prior.end == NULL || whole->state != KT_R_RESOLVED)
		return;
	for (unsigned i = 0; i < KT_SAIDS; i++) {
		uint32_t said = inside->said[i];

		if (said > r->prior.ref + 1 &&
		    refs->at[said - 1].state == KT_R_RESOLVED &&
		    is_below(refs->at[said - 1].to.node, whole->to.node))
			r->scan->context.said[i] = said;
	}
}

static void
close_bracket(struct reader *r, const char *p, size_t sign)
{
	struct kt_context inside = r->scan->context;

	if (r->depth == 0)
		return;
	if (--r->depth < DEPTH_MOST) {
		const struct bracket *b = &r->open[r->depth];

		/* What was named inside stays named for lint's doubt only. */
		r->scan->context = b->context;
		r->scan->context.named = inside.named;
		r->prior = b->prior;
		keep_part(r, &inside);
		if (r->prior.end != NULL)
			r->prior.end = p + sign;
		/* （…）（以下「規則」という。）: the name is before both. */
		if (r->closed == NULL || r->closed != b->at)
			r->opened = b->at;
		r->closed = p + sign;
	}
}

/* What a character is to the reader of a text. */
enum sign { PLAIN, OPENS, CLOSES, QUOTES, ENDS, MAY_BEGIN };

/* The three bytes of a character as one number. */
#define CODE(a, b, c) ((uint32_t)(a) << 16 | (uint32_t)(b) << 8 | (uint32_t)(c))

/* By its bytes: this is asked of every character of a document. */
static enum sign
sign_at(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] < 0x80)
		return u[0] == '(' ? OPENS : u[0] == ')' ? CLOSES : PLAIN;
	if (u[0] < 0xe3 || end - p < 3)
		return PLAIN;
	switch (CODE(u[0], u[1], u[2])) {
	case CODE(0xef, 0xbc, 0x88): /* （ */
		return OPENS;
	case CODE(0xef, 0xbc, 0x89): /* ） */
		return CLOSES;
	case CODE(0xe3, 0x80, 0x8c): /* 「 */
		return QUOTES;
	case CODE(0xe3, 0x80, 0x82): /* 。 */
		return ENDS;
	case CODE(0xe7, 0xac, 0xac): /* 第 */
	case CODE(0xe5, 0x89, 0x8d): /* 前 */
	case CODE(0xe6, 0xac, 0xa1): /* 次 */
	case CODE(0xe5, 0x90, 0x8c): /* 同 */
	case CODE(0xe3, 0x81, 0x93): /* こ */
	case CODE(0xe6, 0x9c, 0xac): /* 本 */
	case CODE(0xe9, 0x99, 0x84): /* 附 */
	case CODE(0xe5, 0x88, 0xa5): /* 別 */
	case CODE(0xe6, 0xa7, 0x98): /* 様 */
	case CODE(0xe9, 0xa0, 0x85): /* 項 */
	case CODE(0xe4, 0xbb, 0x98): /* 付 */
		return MAY_BEGIN;
	}
	return PLAIN;
}

static size_t
length_at(const char *p)
{
	unsigned char u = (unsigned char)*p;

	return u < 0x80 ? 1 : u < 0xe0 ? 2 : u < 0xf0 ? 3 : 4;
}

/* One character or what begins with it; the position behind. */
static const char *
read_one(struct reader *r, const char *p)
{
	size_t len = length_at(p);
	const char *next = NULL;

	switch (sign_at(p, r->end)) {
	case PLAIN:
		break;
	case OPENS:
		open_bracket(r, p, len);
		break;
	case CLOSES:
		close_bracket(r, p, len);
		break;
	case QUOTES:
		return skip_quote(r, p);
	case ENDS:
		if (r->depth == 0)
			r->scan->context.named = false;
		break;
	case MAY_BEGIN:
		/* 目次: only the ranges in brackets, not its own labels. */
		if (!r->scan->stand.toc || r->depth > 0 || r->related)
			next = read_reference(r, p);
		break;
	}
	return next != NULL ? next : p + len;
}

/* The last byte of the signs of three bytes, as a set of its low six bits. */
#define LAST(x) (UINT64_C(1) << ((x)&0x3f))
#define LASTS                                                                  \
	(LAST(0x82) | LAST(0x84) | LAST(0x85) | LAST(0x88) | LAST(0x89) |      \
	    LAST(0x8c) | LAST(0x8d) | LAST(0x93) | LAST(0x98) | LAST(0xa1) |   \
	    LAST(0xa5) | LAST(0xac))

/* Past characters of three bytes that are no sign: nearly all of a text, most
 * of them by their last byte. */
static const char *
skip_plain(const char *p, const char *end)
{
	while (end - p >= 3 && ((unsigned char)*p & 0xf0) == 0xe0 &&
	       ((LASTS >> ((unsigned char)p[2] & 0x3f) & 1) == 0 ||
		   sign_at(p, end) == PLAIN))
		p += 3;
	return p;
}

static void
read_text(struct reader *r)
{
	for (const char *p = r->begin; p < r->end;) {
		const char *next = NULL;

		if (r->prior.level != KT_HEADED || r->prior.end == NULL)
			p = skip_plain(p, r->end);
		if (p == r->end)
			break;

		/* A mark may be a bracket: (2) behind 項番6(1)及び. */
		if (r->prior.level == KT_HEADED && r->prior.end != NULL)
			next = read_mark(r, p);
		p = next != NULL ? next : read_one(r, p);
	}
}

static void
read_string(struct kt_scan *scan, size_t *cap, const struct kt_node *node,
    const char *p, size_t n, bool related)
{
	struct reader r = { .scan = scan,
		.cap = cap,
		.node = node,
		.begin = p,
		.end = p + n,
		.related = related };

	if (n > 0)
		read_text(&r);
}

/* ---- the document ------------------------------------------------------- */

/* By the list of nodes: from one to the next by way of the tree, each would
 * have to be waited for. */
static void
survey_init(struct kt_survey *v, const struct kt_doc *doc)
{
	const struct kt_node *scope = NULL;
	size_t cap = 0, scope_cap = 0, n = 0, scope_end = 0;

	*v = (struct kt_survey){ .doc = doc };
	kt_terms_find(&v->terms, doc);
	v->place = kt_calloc(doc->count, sizeof(*v->place));
	for (size_t id = 0; id < doc->count;) {
		const struct kt_node *at = doc->nodes[id];

		if (id == scope_end)
			scope = NULL;
		v->kinds[at->kind]++;
		if (kt_kind_encloses(at->kind)) {
			id = kt_node_end(doc, at);
			continue;
		}
		id++;
		if (scope == NULL &&
		    (at->kind == KT_SUPPL || at->kind == KT_APPENDIX)) {
			scope = at;
			scope_end = kt_node_end(doc, at);
		}
		if (at->kind == KT_SUPPL) {
			v->amended = v->suppl != NULL;
			if (v->suppl == NULL)
				v->suppl = at;
		}
		if (at->kind == KT_ARTICLE) {
			n = v->narticles;
			KT_GROW(v->articles, n, cap);
			KT_GROW(v->scope, n, scope_cap);
			v->articles[n] = at;
			v->scope[n] = scope;
			v->place[at->id] = (uint32_t)v->narticles++;
		}
	}
}

static void
survey_release(struct kt_survey *v)
{
	kt_terms_release(&v->terms);
	free(v->articles);
	free(v->scope);
	free(v->place);
}

/* Texts below a clause go on from its words; a 項, and whatever is no
 * content of a clause, begins anew. */
static bool
goes_on_below(enum kt_kind kind)
{
	return kind == KT_ITEM || kind == KT_TEXT || kind == KT_BULLET ||
	       kind == KT_TABLE || kind == KT_ROW || kind == KT_CELL ||
	       kind == KT_NOTE;
}

struct levels { /* what was named at the end of the text of each ancestor */
	struct kt_context *at;
	size_t n, cap;
};

static void
read_node(struct kt_scan *scan, struct levels *levels, size_t depth,
    size_t *cap, const struct kt_node *node)
{
	struct kt_context none = { .named = false };
	bool before; /* was another document named in the item before? */

	while (levels->n <= depth) {
		KT_GROW(levels->at, levels->n, levels->cap);
		levels->at[levels->n++] = none;
	}
	before = node->prev != NULL && levels->at[depth].named;
	scan->context = depth > 0 && goes_on_below(node->kind)
			    ? levels->at[depth - 1]
			    : none;
	/* ア names 細則第46条, イ may mean 第48条 of the same. */
	if (node->kind == KT_ITEM && before)
		scan->context.named = true;
	if (node->len > 0 || node->related[0] != '\0')
		stand_in(&scan->stand, scan->survey, node);
	if (node->related[0] != '\0' && node->kind != KT_SUPPL) {
		struct kt_context kept = scan->context;
		bool loose = scan->stand.loose;

		/* （第5条関係） is of this document, whatever a form says. */
		scan->stand.loose = false;
		read_string(scan, cap, node, node->related,
		    strlen(node->related), true);
		scan->stand.loose = loose;
		scan->context = kept;
	}
	read_string(scan, cap, node, node->text, node->len, false);
	levels->at[depth] = scan->context;
}

struct kt_refs *
kt_refs_new(const struct kt_doc *doc)
{
	struct kt_refs *refs = kt_calloc(1, sizeof(*refs));
	struct kt_survey survey;
	struct kt_scan scan = { .survey = &survey, .refs = refs };
	struct levels levels = { .at = NULL };
	size_t cap = 0, depth = 0, behind_quote = 0;

	refs->arena = kt_arena_new();
	refs->first = kt_calloc(doc->count + 1, sizeof(*refs->first));
	kt_index_of(doc);
	survey_init(&survey, doc);
	for (uint32_t id = 0; id < doc->count; id++) {
		const struct kt_node *node = doc->nodes[id];

		refs->first[id] = (uint32_t)refs->count;
		if (id > 0) {
			const struct kt_node *before = doc->nodes[id - 1];

			/* One down, or up to the one whose sibling it is. */
			for (depth++; before != node->parent; depth--)
				before = before->parent;
		}
		if (id < behind_quote)
			continue;
		if (node->kind == KT_QUOTE) {
			behind_quote = kt_node_end(doc, node);
			continue;
		}
		read_node(&scan, &levels, depth, &cap, node);
	}
	refs->first[doc->count] = (uint32_t)refs->count;
	survey_release(&survey);
	free(levels.at);
	return refs;
}

void
kt_refs_free(struct kt_refs *refs)
{
	if (refs == NULL)
		return;
	kt_arena_free(refs->arena);
	free(refs->at);
	free(refs->first);
	free(refs);
}
