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
/* Numbers that a deleted range (第4条から第7条まで) answers to; and all ranges
 * of a document, which are a handful. */
#define RANGE_MOST 2000
#define RANGED_MOST ((size_t)1 << 20)

enum role { CITED_BY_OTHER, STARTER, MEMBER };

/* What is known of a node while the index is made. */
struct work {
	union {
		uint64_t token; /* hash of the token of a clause, for as long
				   as it may be said before others */
		uint64_t address; /* hash of its address */
	};
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
	struct answer *answers; /* in reading order */
	size_t nanswers, answers_cap;
	size_t nranged; /* of them, from ranges */
	bool shared; /* two clauses may have one address */
};

/* ---- addresses ---------------------------------------------------------- */

/* Slots for n entries and free ones between them. */
static size_t
room_for(size_t n, size_t spare)
{
	size_t room = 2;

	while (room < n + spare)
		room *= 2;
	return room;
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

/* Slot i, counted on from the last to the first. */
static struct kt_addr_slot *
addr_slot(const struct kt_index *x, size_t i)
{
	return &x->addresses[i & (x->room - 1)];
}

/* Into the table; with `alone` not, and false, where one with the same hash,
 * as far as it is kept, is there. */
static bool
put_addr(struct kt_index *x, uint64_t hash, uint32_t id, bool alone)
{
	uint32_t tag = (uint32_t)(hash >> 32);
	size_t i = hash;

	for (; addr_slot(x, i)->id != 0; i++)
		if (alone && addr_slot(x, i)->tag == tag)
			return false;
	*addr_slot(x, i) = (struct kt_addr_slot){ tag, id + 1 };
	return true;
}

static struct kt_node *
find_addr(const struct kt_doc *doc, const struct kt_index *x, const char *p,
    size_t n, uint64_t hash)
{
	const struct kt_addr_slot *slot;

	for (size_t i = hash; (slot = addr_slot(x, i))->id != 0; i++) {
		struct kt_buf fold = KT_BUF_INIT;
		const char *addr = x->addr[slot->id - 1];
		bool same;

		if (slot->tag != hash >> 32)
			continue;
		kt_addr_fold(&fold, addr, strlen(addr));
		same = fold.len == n && memcmp(fold.p, p, n) == 0;
		kt_buf_release(&fold);
		if (same)
			return doc->nodes[slot->id - 1];
	}
	return NULL;
}

struct kt_node *
kt_index_address(
    const struct kt_doc *doc, const char *p, size_t n, uint64_t hash)
{
	return find_addr(doc, kt_index_of(doc), p, n, stir(hash));
}

/* ---- steps -------------------------------------------------------------- */

static uint64_t
step_hash(const struct kt_step *step)
{
	uint64_t h = (uint64_t)step->kind << 8 | (uint64_t)step->num.form;

	for (unsigned i = 0; i < step->num.n; i++)
		h = kt_hash_mix(h, step->num.v[i]);
	return h;
}

/* The slot of a step below a scope: its own, or the free one where it would
 * be; NULL when nothing is below. */
static struct kt_step_slot *
step_slot(const struct kt_index *x, uint32_t scope, uint64_t hash)
{
	struct kt_step_slot *at = x->steps + x->first_step[scope];
	size_t room = x->first_step[scope + 1] - x->first_step[scope], i;

	if (room == 0)
		return NULL;
	/* 64 bits of kind and number: what is equal is the same. */
	for (i = hash & (room - 1); at[i].id != 0 && at[i].hash != hash;)
		i = (i + 1) & (room - 1);
	return &at[i];
}

static struct kt_node *
step_below(const struct kt_doc *doc, const struct kt_node *scope,
    const struct kt_step *step)
{
	const struct kt_step_slot *slot =
	    step_slot(kt_index_of(doc), scope->id, step_hash(step));

	return slot == NULL || slot->id == 0 ? NULL : doc->nodes[slot->id - 1];
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

/* A node that answers to a step below a scope. */
struct answer {
	uint64_t hash;
	uint32_t scope, id;
};

static void
put_step_of(struct maker *m, uint32_t scope, const struct kt_step *step,
    const struct kt_node *node)
{
	KT_GROW(m->answers, m->nanswers, m->answers_cap);
	m->answers[m->nanswers++] =
	    (struct answer){ step_hash(step), scope, node->id };
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
	for (unsigned v = step.num.v[last], n = 0;
	     v < end && n < RANGE_MOST && m->nranged < RANGED_MOST;
	     n++, m->nranged++) {
		step.num.v[last] = ++v;
		put_step_of(m, scope, &step, node);
	}
}

/* The tables of all clauses, from the answers.  The first node of a number
 * keeps it; check reports the second. */
static void
make_steps(struct maker *m)
{
	struct kt_index *x = m->x;
	size_t n = m->doc->count;
	uint32_t *first = kt_calloc(n + 1, sizeof(*first));
	uint32_t sum = 0;

	for (size_t i = 0; i < m->nanswers; i++)
		first[m->answers[i].scope]++;
	for (size_t id = 0; id <= n; id++) {
		uint32_t k = first[id];

		first[id] = sum;
		if (k > 0)
			sum += (uint32_t)room_for(k, k / 4 + 1);
	}
	x->first_step = first;
	x->steps = kt_calloc(sum, sizeof(*x->steps));
	for (size_t i = 0; i < m->nanswers; i++) {
		const struct answer *a = &m->answers[i];
		struct kt_step_slot *slot = step_slot(x, a->scope, a->hash);

		if (slot->id == 0)
			*slot = (struct kt_step_slot){ a->hash, a->id + 1 };
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

/* How many starters have the same candidate. */
struct shared {
	uint64_t hash;
	uint32_t count; /* 0 = free */
};

/* The slot of a candidate, counted or free, in a table of `room`. */
static struct shared *
shared_at(struct shared *at, size_t room, uint64_t hash)
{
	size_t i = hash & (room - 1);

	while (at[i].count != 0 && at[i].hash != hash)
		i = (i + 1) & (room - 1);
	return &at[i];
}

/*
 * One round: those whose candidate nobody shares are done, the others take
 * one clause more in front.  Returns how many are left.
 */
static size_t
take_round(struct maker *m, struct open *open, size_t n)
{
	size_t room = room_for(n, n), left = 0;
	struct shared *seen = kt_calloc(room, sizeof(*seen));

	for (size_t i = 0; i < n; i++) {
		struct shared *slot = shared_at(seen, room, open[i].hash);

		slot->hash = open[i].hash;
		slot->count++;
	}
	for (size_t i = 0; i < n; i++) {
		struct open *o = &open[i];

		if (shared_at(seen, room, o->hash)->count == 1 || o->next == 0)
			continue;
		m->at[o->id].front++;
		o->hash = kt_hash_mix(o->hash, m->at[o->next].token);
		o->next = chain_up(m, o->next);
		open[left++] = *o;
	}
	free(seen);
	return left;
}

static void
find_fronts(struct maker *m)
{
	struct open *open = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t id = 1; id < m->doc->count; id++) {
		const struct work *w = &m->at[id];

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

/* Of the folded address in m->word. */
static uint64_t
hash_word(struct maker *m)
{
	kt_buf_clear(&m->fold);
	kt_addr_fold(&m->fold, m->word.p, m->word.len);
	return stir(kt_addr_hash(KT_ADDR_HASH, m->fold.p, m->fold.len));
}

/* Second clauses of one address are told apart: 第3条（その2）.  Returns its
 * hash. */
static uint64_t
make_unique(struct maker *m)
{
	size_t plain = m->word.len;
	const struct kt_node *first = NULL;

	for (;;) {
		uint64_t hash = hash_word(m);
		const struct kt_node *taken =
		    find_addr(m->doc, m->x, m->fold.p, m->fold.len, hash);

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
		w->address = m->shared ? make_unique(m) : hash_word(m);
		m->x->addr[id] =
		    kt_arena_strndup(m->x->arena, m->word.p, m->word.len);
		if (m->shared)
			put_addr(m->x, w->address, id, false);
	}
	put_scopes(m, m->doc->nodes[id]);
}

static void
write_addresses(struct maker *m)
{
	for (uint32_t id = 0; id < m->doc->count; id++)
		write_address(m, id);
}

/* All addresses into the table, one behind the other; false when two may be
 * the same. */
static bool
put_addresses(struct maker *m)
{
	for (uint32_t id = 0; id < m->doc->count; id++)
		if (m->at[id].role != CITED_BY_OTHER &&
		    !put_addr(m->x, m->at[id].address, id, true))
			return false;
	return true;
}

/* Addresses are hardly ever shared: that they are not is seen when all are
 * written, because asking for each while they are would have to wait for
 * memory.  Where one may be, all is written once more with more care. */
static void
make_addresses(struct maker *m)
{
	struct kt_index *x = m->x;

	write_addresses(m);
	if (put_addresses(m))
		return;
	memset(x->addresses, 0, x->room * sizeof(*x->addresses));
	m->nanswers = m->nranged = 0;
	m->shared = true;
	write_addresses(m);
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

	for (uint32_t id = 1; id < doc->count; id++) {
		set_role(&m, doc->nodes[id]);
		if (m.at[id].role == STARTER ||
		    doc->nodes[id]->kind == KT_HEADED)
			hash_token(&m, id);
	}
	find_fronts(&m);
	m.at[0].role = STARTER;
	make_addresses(&m);
	make_steps(&m);
	free(m.at);
	free(m.answers);
	kt_buf_release(&m.word);
	kt_buf_release(&m.fold);
	kt_buf_release(&m.token);
}

static struct kt_index *
new_index(const struct kt_doc *doc)
{
	struct kt_index *x = kt_calloc(1, sizeof(*x));

	x->arena = kt_arena_new();
	x->addr = KT_NEWN(x->arena, const char *, doc->count);
	x->clause = KT_NEWN(x->arena, uint32_t, doc->count);
	x->room = room_for(doc->count, doc->count);
	x->addresses = kt_calloc(x->room, sizeof(*x->addresses));
	make_index(doc, x);
	return x;
}

const struct kt_index *
kt_index_of(const struct kt_doc *doc)
{
	/* Made on first use, as a cache: the document does not change.  Two
	 * threads may ask for it at once, as where a text is compared with
	 * itself: both make it, one is kept. */
	void **kept = &((struct kt_doc *)doc)->index;
	void *there = __atomic_load_n(kept, __ATOMIC_ACQUIRE);
	struct kt_index *own;

	if (there != NULL)
		return there;
	own = new_index(doc);
	if (__atomic_compare_exchange_n(
		kept, &there, own, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		return own;
	kt_index_free(own);
	return there;
}

void
kt_index_free(void *index)
{
	struct kt_index *x = index;

	if (x == NULL)
		return;
	free(x->addresses);
	free(x->steps);
	free(x->first_step);
	kt_arena_free(x->arena);
	free(x);
}
