/* SPDX-License-Identifier: MIT */
/*
 * The addresses of a whole document, made at once when the first is asked
 * for, and two tables: folded address → node, step below a clause → node.
 *
 * A clause is a starter (条, 章, 附則, 別表, the number of a 項番 … whose own
 * token may already be unique) or a member (項, 号, row … always said behind
 * the clause it lies in, its base).  A starter takes as many of the divisions
 * around it in front as it needs to be unique.
 */
#include "model_int.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Divisions that a starter may take in front; more are not read by anyone. */
#define FRONT_MOST 8
/* Nesting past which clauses are cited by the one around them. */
#define ADDRESS_MOST 2000
/* Numbers that a deleted range (第4条から第7条まで) answers to. */
#define RANGE_MOST 2000

enum role { CITED_BY_OTHER, STARTER, MEMBER };

/* What is known of a node while the index is made. */
struct work {
	uint64_t token; /* hash of the token of a clause */
	uint32_t base; /* clause whose address is always said before */
	uint32_t up; /* starter: the clause that may be said before; 0 none */
	uint32_t nth; /* table or row among its like */
	uint32_t same; /* later clauses of the same address */
	unsigned char role, inside, front; /* front: how many `up` are said */
};

struct maker {
	const struct kt_doc *doc;
	struct kt_index *x;
	struct work *at; /* by id */
	struct kt_buf word, fold, token;
};

/* ---- tables ------------------------------------------------------------- */

static void
table_init(struct kt_table *t, size_t expected)
{
	t->room = 16;
	while (t->room < expected * 2)
		t->room *= 2;
	t->count = 0;
	t->at = kt_calloc(t->room, sizeof(*t->at));
}

static void
table_put(struct kt_table *t, uint64_t hash, uint32_t id)
{
	size_t i;

	if (t->count >= t->room / 2) {
		struct kt_table bigger;

		table_init(&bigger, t->room);
		for (i = 0; i < t->room; i++)
			if (t->at[i].id != 0)
				table_put(
				    &bigger, t->at[i].hash, t->at[i].id - 1);
		free(t->at);
		*t = bigger;
	}
	for (i = hash & (t->room - 1); t->at[i].id != 0;)
		i = (i + 1) & (t->room - 1);
	t->at[i] = (struct kt_slot){ hash, id + 1, 1 };
	t->count++;
}

/* The next slot of a hash from slot *i on; NULL at the end. */
static const struct kt_slot *
table_next(const struct kt_table *t, uint64_t hash, size_t *i)
{
	for (; t->at[*i].id != 0; *i = (*i + 1) & (t->room - 1))
		if (t->at[*i].hash == hash) {
			const struct kt_slot *found = &t->at[*i];

			*i = (*i + 1) & (t->room - 1);
			return found;
		}
	return NULL;
}

uint64_t
kt_addr_hash(uint64_t h, const char *p, size_t n)
{
	/* FNV-1a: continued byte by byte, so that every beginning of an
	 * address is hashed on the way. */
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * UINT64_C(0x100000001b3);
	return h;
}

/* The low bits choose the slot: stir them once. */
static uint64_t
stir(uint64_t h)
{
	return kt_hash_mix(h, 1);
}

struct kt_node *
kt_index_address(
    const struct kt_doc *doc, const char *p, size_t n, uint64_t hash)
{
	const struct kt_index *x = doc->index;
	const struct kt_slot *slot;
	size_t i;

	hash = stir(hash);
	i = hash & (x->addresses.room - 1);
	while ((slot = table_next(&x->addresses, hash, &i)) != NULL) {
		const char *addr = x->addr[slot->id - 1];
		struct kt_buf fold = KT_BUF_INIT;
		bool same;

		kt_addr_fold(&fold, addr, strlen(addr));
		same = fold.len == n && memcmp(fold.p, p, n) == 0;
		kt_buf_release(&fold);
		if (same)
			return doc->nodes[slot->id - 1];
	}
	return NULL;
}

static uint64_t
step_hash(uint32_t scope, const struct kt_step *step)
{
	uint64_t h = ((uint64_t)scope << 16) ^
		     ((uint64_t)step->kind << 8 | (uint64_t)step->num.form);

	for (unsigned i = 0; i < step->num.n; i++)
		h = kt_hash_mix(h, step->num.v[i]);
	return h;
}

static struct kt_node *
step_below(const struct kt_doc *doc, const struct kt_node *scope,
    const struct kt_step *step)
{
	const struct kt_index *x = kt_index_of(doc);
	uint64_t hash = step_hash(scope->id, step);
	size_t i = hash & (x->steps.room - 1);
	const struct kt_slot *slot = table_next(&x->steps, hash, &i);

	/* 64 bits of scope, kind and number: what is equal is the same. */
	return slot == NULL ? NULL : doc->nodes[slot->id - 1];
}

struct kt_node *
kt_index_step(const struct kt_doc *doc, const struct kt_node *scope,
    const struct kt_step *step)
{
	struct kt_node *found = step_below(doc, scope, step);
	struct kt_step other = *step;

	if (found == NULL && step->kind == KT_HEADED &&
	    (kt_num_as_aiueo(&other.num) || kt_num_as_latin(&other.num)))
		found = step_below(doc, scope, &other);
	return found;
}

/* The first node of a number keeps it; check reports the second. */
static void
put_step_of(struct maker *m, uint32_t scope, const struct kt_step *step,
    const struct kt_node *node)
{
	uint64_t hash = step_hash(scope, step);
	size_t i = hash & (m->x->steps.room - 1);

	if (table_next(&m->x->steps, hash, &i) == NULL)
		table_put(&m->x->steps, hash, node->id);
}

/* A node below a scope, at every number it stands for. */
static void
put_steps(struct maker *m, uint32_t scope, const struct kt_node *node)
{
	struct kt_step step;
	unsigned last = node->num.n - 1, end;

	if (node->kind == KT_TABLE || node->kind == KT_ROW) {
		if (node->header)
			return;
		step.kind = node->kind;
		step.num = (struct kt_num){ .form = KT_F_ARABIC,
			.n = 1,
			.v = { [0] = m->at[node->id].nth } };
		put_step_of(m, scope, &step, node);
		return;
	}
	if (!kt_step_of(&step, node))
		return;
	put_step_of(m, scope, &step, node);
	if (node->to.n == 0)
		return;
	/* 第46条の2から第46条の15まで counts in its last part; in a range from
	 * 第3条の2 to 第5条 the whole numbers between and the end count. */
	end = node->to.v[node->to.n - 1];
	if (node->to.n != node->num.n) {
		step.num.n = 1;
		last = 0;
		end = node->to.v[0];
	}
	for (unsigned v = step.num.v[last], n = 0; v < end && n < RANGE_MOST;
	     n++) {
		step.num.v[last] = ++v;
		put_step_of(m, scope, &step, node);
	}
}

/* ---- roles -------------------------------------------------------------- */

static bool
hides_below(enum kt_kind kind)
{
	return kind == KT_QUOTE || kind == KT_COMMENTARY || kind == KT_NOTE ||
	       kind == KT_TOC || kind == KT_FIGURE || kind == KT_CELL;
}

/* Clauses behind which, not in which, their commentary stands. */
static bool
has_followers(enum kt_kind kind)
{
	return kt_kind_is_division(kind) || kind == KT_ARTICLE ||
	       kind == KT_HEADED || kind == KT_TOPIC || kind == KT_SUPPL ||
	       kind == KT_APPENDIX || kind == KT_PREAMBLE;
}

/* The only 項 of an article, without a number, is cited as the article. */
static bool
is_only_paragraph(const struct kt_node *node)
{
	const struct kt_node *next = node->next;

	if (node->label[0] != '\0' || node->num.v[0] != 1 ||
	    node->parent->kind == KT_DOC ||
	    kt_kind_is_division(node->parent->kind))
		return false;
	while (next != NULL && next->kind != KT_PARAGRAPH)
		next = next->next;
	return next == NULL;
}

/* Number the tables below one node; an only table gets 0. */
static void
count_tables(struct maker *m, const struct kt_node *first)
{
	unsigned n = 0;

	for (const struct kt_node *at = first; at != NULL; at = at->next)
		if (at->kind == KT_TABLE)
			m->at[at->id].nth = ++n;
	if (n == 1)
		m->at[first->id].nth = 0;
}

static void
count_row(struct maker *m, const struct kt_node *row)
{
	const struct kt_node *before = row->prev;

	m->at[row->id].nth = before != NULL && before->header == row->header
				 ? m->at[before->id].nth + 1
				 : 1;
}

/* The clause that commentary, a note or a quotation belongs to. */
static uint32_t
follower_base(struct maker *m, const struct kt_node *node)
{
	const struct kt_node *before = node->prev;

	if (before != NULL && kt_kind_follows(before->kind))
		return m->at[before->id].base;
	if (before != NULL && has_followers(before->kind))
		return m->x->clause[before->id];
	return m->x->clause[node->parent->id];
}

static void
set_member(struct maker *m, const struct kt_node *node, uint32_t base)
{
	m->at[node->id].role = MEMBER;
	m->at[node->id].base = base;
	m->x->clause[node->id] = node->id;
}

/* A starter below the clause c: what is said before it always, and what may
 * be. */
static void
set_starter(struct maker *m, const struct kt_node *node, uint32_t c)
{
	struct work *w = &m->at[node->id];
	enum kt_kind kind = m->doc->nodes[c]->kind;

	w->role = STARTER;
	m->x->clause[node->id] = node->id;
	if (c == 0)
		return;
	if (kt_kind_is_division(kind) || kind == KT_TOPIC ||
	    kind == KT_HEADED || node->kind == KT_APPENDIX ||
	    node->kind == KT_SUPPL) {
		w->up = c;
		if (node->kind != KT_APPENDIX && node->kind != KT_SUPPL) {
			/* The base of the outermost goes before all. */
			uint32_t top = c;

			while (m->at[top].role == MEMBER)
				top = m->at[top].base;
			w->base = m->at[top].base;
		}
	} else {
		w->base = c;
	}
}

/* A 項番 within another is a part of it, unless it tells its whole number. */
static void
set_headed(struct maker *m, const struct kt_node *node, uint32_t c)
{
	if (node->parent->kind == KT_HEADED && node->num.form != KT_F_DOTTED)
		set_member(m, node, c);
	else
		set_starter(m, node, c);
}

/* The only table of a 別表 is the 別表. */
static void
set_table(struct maker *m, const struct kt_node *node, uint32_t c)
{
	if (m->at[node->id].nth == 0)
		count_tables(m, node);
	if (m->at[node->id].nth > 0 || node->parent->kind != KT_APPENDIX)
		set_member(m, node, c);
}

static void
set_role(struct maker *m, const struct kt_node *node)
{
	uint32_t c = m->x->clause[node->parent->id];
	struct work *w = &m->at[node->id];
	const struct kt_node *up = node->parent;

	m->x->clause[node->id] = c;
	w->inside = m->at[up->id].inside || hides_below(up->kind);
	if (w->inside)
		return;
	switch (node->kind) {
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_SUPPL:
	case KT_APPENDIX:
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_TOPIC:
		set_starter(m, node, c);
		break;
	case KT_HEADED:
		set_headed(m, node, c);
		break;
	case KT_PARAGRAPH:
		if (!is_only_paragraph(node))
			set_member(m, node, c);
		break;
	case KT_ITEM:
		if (node->label[0] != '\0')
			set_member(m, node, c);
		break;
	case KT_TABLE:
		set_table(m, node, c);
		break;
	case KT_ROW:
		count_row(m, node);
		set_member(m, node, c);
		break;
	case KT_COMMENTARY:
	case KT_NOTE:
		set_member(m, node, follower_base(m, node));
		break;
	case KT_QUOTE:
		m->x->clause[node->id] = w->base = follower_base(m, node);
		break;
	case KT_DOC:
	case KT_TEXT:
	case KT_BULLET:
	case KT_CELL:
	case KT_FIGURE:
	case KT_KINDS:
		break;
	}
}

/* ---- how much a starter needs in front ---------------------------------- */

/* The clause in front of c in a chain. */
static uint32_t
chain_up(const struct maker *m, uint32_t c)
{
	return m->at[c].role == MEMBER ? m->at[c].base : m->at[c].up;
}

static void
hash_token(struct maker *m, uint32_t id)
{
	kt_buf_clear(&m->word);
	kt_buf_clear(&m->fold);
	kt_token_write(&m->word, m->doc->nodes[id], m->at[id].nth);
	kt_addr_fold(&m->fold, m->word.p, m->word.len);
	m->at[id].token = kt_hash(m->fold.p, m->fold.len, 0);
}

/* A starter that is not yet unique: its candidate and the next in front. */
struct open {
	uint64_t hash;
	uint32_t id, next;
};

/*
 * One round: those whose candidate nobody shares are done, the others take
 * one clause more in front.  Returns how many are left.
 */
static size_t
take_round(struct maker *m, struct open *open, size_t n)
{
	struct kt_table seen;
	size_t left = 0;

	table_init(&seen, n);
	for (size_t i = 0; i < n; i++) {
		size_t slot = open[i].hash & (seen.room - 1);
		const struct kt_slot *found =
		    table_next(&seen, open[i].hash, &slot);

		if (found == NULL)
			table_put(&seen, open[i].hash, 0);
		else
			seen.at[found - seen.at].count++;
	}
	for (size_t i = 0; i < n; i++) {
		size_t slot = open[i].hash & (seen.room - 1);
		struct open *o = &open[i];

		if (table_next(&seen, o->hash, &slot)->count == 1 ||
		    o->next == 0)
			continue;
		m->at[o->id].front++;
		o->hash = kt_hash_mix(o->hash, m->at[o->next].token);
		o->next = chain_up(m, o->next);
		open[left++] = *o;
	}
	free(seen.at);
	return left;
}

static void
find_fronts(struct maker *m)
{
	struct open *open = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t id = 1; id < m->doc->count; id++) {
		struct work *w = &m->at[id];

		if (w->role != STARTER && m->doc->nodes[id]->kind != KT_HEADED)
			continue;
		hash_token(m, id);
		if (w->role != STARTER)
			continue;
		KT_GROW(open, n, cap);
		open[n++] =
		    (struct open){ kt_hash_mix(w->base, w->token), id, w->up };
	}
	for (unsigned k = 0; k < FRONT_MOST && n > 0; k++)
		n = take_round(m, open, n);
	free(open);
}

/* ---- writing addresses -------------------------------------------------- */

/* What stands between an address and the token of `node`: titles are set
 * off, and two numbers do not run together. */
static void
put_joint(struct kt_buf *word, const struct kt_node *before,
    const struct kt_node *node, const char *token)
{
	char last = word->len == 0 ? '\0' : word->p[word->len - 1];

	if (word->len == 0)
		return;
	if (node->kind == KT_TOPIC ||
	    (before->kind == KT_TOPIC && node->kind != KT_TABLE))
		kt_buf_puts(word, "＞");
	else if (last >= '0' && last <= '9' && token[0] >= '0' &&
		 token[0] <= '9')
		kt_buf_putc(word, '-');
}

static void
put_token(struct maker *m, const struct kt_node *before, uint32_t id)
{
	const struct kt_node *node = m->doc->nodes[id];
	const char *p;

	kt_buf_clear(&m->token);
	kt_token_write(&m->token, node, m->at[id].nth);
	p = m->token.p;
	/* の表 behind nothing is 表. */
	if (node->kind == KT_TABLE && m->word.len == 0)
		p += strlen("の");
	put_joint(&m->word, before, node, p);
	kt_buf_puts(&m->word, p);
}

/* The address of a clause into m->word, before it is made unique. */
static void
put_address(struct maker *m, uint32_t id)
{
	const struct work *w = &m->at[id];
	const struct kt_node *before = m->doc->nodes[w->base];
	uint32_t chain[FRONT_MOST + 1], n = 0;

	kt_buf_clear(&m->word);
	if (w->base != 0)
		kt_buf_puts(&m->word, m->x->addr[w->base]);
	for (uint32_t c = id; n <= w->front; n++) {
		chain[n] = c;
		c = chain_up(m, c);
	}
	while (n-- > 0) {
		put_token(m, before, chain[n]);
		before = m->doc->nodes[chain[n]];
	}
}

/* Second clauses of one address are told apart: 第3条（その2）.  Returns the
 * hash of the folded address. */
static uint64_t
make_unique(struct maker *m)
{
	size_t plain = m->word.len;
	const struct kt_node *first = NULL;

	for (;;) {
		uint64_t hash;
		const struct kt_node *taken;

		kt_buf_clear(&m->fold);
		kt_addr_fold(&m->fold, m->word.p, m->word.len);
		hash = kt_addr_hash(KT_ADDR_HASH, m->fold.p, m->fold.len);
		taken = kt_index_address(m->doc, m->fold.p, m->fold.len, hash);
		if (taken == NULL)
			return hash;
		if (first == NULL)
			first = taken;
		kt_buf_cut(&m->word, plain);
		kt_buf_printf(
		    &m->word, "（その%u）", ++m->at[first->id].same + 1);
	}
}

/* Under which clauses a node answers to its number. */
static void
put_scopes(struct maker *m, const struct kt_node *node)
{
	const struct work *w = &m->at[node->id];
	const struct kt_node *up = node->parent;

	if (node->num.n == 0 && node->kind != KT_ROW && node->kind != KT_TABLE)
		return;
	if (w->role == CITED_BY_OTHER) {
		if (node->kind == KT_PARAGRAPH && !w->inside)
			put_steps(m, m->x->clause[node->id], node);
		return;
	}
	put_steps(m, w->base, node);
	if (w->up != 0)
		put_steps(m, w->up, node);
	/* 第4条第1号 is 第4条第1項第1号 too. */
	if (up->kind == KT_PARAGRAPH && up->id != w->base)
		put_steps(m, up->id, node);
}

static void
write_address(struct maker *m, uint32_t id)
{
	struct work *w = &m->at[id];
	uint64_t hash;

	/* The clause around it may have been given up as too deep. */
	w->base = m->x->clause[w->base];
	if (w->role != CITED_BY_OTHER) {
		put_address(m, id);
		if (m->word.len == 0 || m->word.len > ADDRESS_MOST) {
			w->role = CITED_BY_OTHER;
			m->x->clause[id] = w->base;
		}
	}
	if (w->role == CITED_BY_OTHER) {
		m->x->clause[id] = m->x->clause[m->x->clause[id]];
	} else {
		hash = make_unique(m);
		m->x->addr[id] =
		    kt_arena_strndup(m->x->arena, m->word.p, m->word.len);
		table_put(&m->x->addresses, stir(hash), id);
	}
	put_scopes(m, m->doc->nodes[id]);
}

static void
make_index(const struct kt_doc *doc, struct kt_index *x)
{
	struct maker m = { .doc = doc,
		.x = x,
		.at = kt_calloc(doc->count, sizeof(*m.at)),
		.word = KT_BUF_INIT,
		.fold = KT_BUF_INIT,
		.token = KT_BUF_INIT };

	for (uint32_t id = 1; id < doc->count; id++)
		set_role(&m, doc->nodes[id]);
	find_fronts(&m);
	m.at[0].role = STARTER;
	for (uint32_t id = 0; id < doc->count; id++)
		write_address(&m, id);
	free(m.at);
	kt_buf_release(&m.word);
	kt_buf_release(&m.fold);
	kt_buf_release(&m.token);
}

const struct kt_index *
kt_index_of(const struct kt_doc *doc)
{
	/* Made on first use, as a cache: the document does not change. */
	struct kt_doc *own = (struct kt_doc *)doc;
	struct kt_index *x = doc->index;

	if (x != NULL)
		return x;
	x = kt_calloc(1, sizeof(*x));
	x->arena = kt_arena_new();
	x->addr = KT_NEWN(x->arena, const char *, doc->count);
	x->clause = KT_NEWN(x->arena, uint32_t, doc->count);
	table_init(&x->addresses, doc->count);
	table_init(&x->steps, doc->count);
	own->index = x;
	make_index(doc, x);
	return x;
}

void
kt_index_free(void *index)
{
	struct kt_index *x = index;

	if (x == NULL)
		return;
	free(x->addresses.at);
	free(x->steps.at);
	kt_arena_free(x->arena);
	free(x);
}
