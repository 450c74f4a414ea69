/* SPDX-License-Identifier: MIT */
/* What there is in a document to be answered to: match.h. */
#include "match_int.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	struct kt_provisions *out;
	const struct kt_vocabulary *v;
	bool endings; /* to be said as rules say them */
	bool examples; /* only example texts count, and definitions */
	struct kt_refs *refs;
	struct kt_provision *made;
	size_t nmade, cap;
	struct kt_piece *pieces;
	size_t npieces, pieces_cap;
	struct kt_stretch_ref *at; /* references in hand */
	size_t nat, at_cap;
	struct kt_buf text, said;
};

/* Where in a guideline a clause stands. */
enum zone { ZONE_PLAIN, ZONE_EXAMPLE };

/* ---- what a clause is --------------------------------------------------- */

static bool
has_sentence(const struct kt_node *n)
{
	return strstr(n->text, "。") != NULL;
}

/* …をいう。: says what a word means. */
static bool
is_definition(const struct kt_node *n)
{
	return strstr(n->text, "いう。") != NULL;
}

static bool
is_skipped(const struct kt_node *n)
{
	return n->kind == KT_TOC || n->kind == KT_SUPPL ||
	       n->kind == KT_PREAMBLE || n->kind == KT_COMMENTARY ||
	       n->kind == KT_NOTE || n->kind == KT_QUOTE ||
	       n->kind == KT_FIGURE || n->deleted ||
	       (n->kind == KT_APPENDIX && strstr(n->label, "様式") != NULL) ||
	       strstr(n->caption, "解説") != NULL;
}

static bool
is_words(const struct kt_node *n)
{
	return n->kind == KT_TEXT || n->kind == KT_BULLET;
}

/* The sentence before a list: 次に掲げる事項を定める。 */
static bool
has_lead(const struct kt_node *n)
{
	if (has_sentence(n))
		return true;
	for (const struct kt_node *c = n->first; c != NULL; c = c->next) {
		if (c->kind == KT_ITEM)
			return false;
		if (c->kind == KT_TEXT && has_sentence(c))
			return true;
	}
	return false;
}

static bool
has_items(const struct kt_node *n)
{
	for (const struct kt_node *c = n->first; c != NULL; c = c->next)
		if (c->kind == KT_ITEM)
			return true;
	return false;
}

/* Do the entries of this clause say something each for itself? */
static bool
items_stand_alone(const struct kt_node *n)
{
	for (const struct kt_node *c = n->first; c != NULL; c = c->next)
		if (c->kind == KT_ITEM && is_definition(c))
			return true;
	if (has_lead(n))
		return false;
	for (const struct kt_node *c = n->first; c != NULL; c = c->next)
		if (c->kind == KT_ITEM &&
		    (has_sentence(c) || items_stand_alone(c)))
			return true;
	/* 別記の列記: entries are all there is. */
	return n->kind != KT_ITEM && n->kind != KT_PARAGRAPH;
}

/* ---- its wording -------------------------------------------------------- */

static void
put_piece(struct reading *r, const struct kt_node *n, char before)
{
	struct kt_piece piece = { .node = n, .len = n->len };

	if (n->len == 0 && n->kind != KT_CELL)
		return;
	if (r->text.len > 0 || before == '\t')
		kt_buf_putc(&r->text, before);
	piece.start = (uint32_t)r->text.len;
	kt_buf_put(&r->text, n->text, n->len);
	for (uint32_t i = r->refs->first[n->id]; i < r->refs->first[n->id + 1];
	     i++) {
		const struct kt_ref *ref = &r->refs->at[i];

		if (ref->in_related)
			continue;
		KT_GROW(r->at, r->nat, r->at_cap);
		r->at[r->nat++] =
		    (struct kt_stretch_ref){ piece.start + ref->start,
			    ref->len };
	}
	KT_GROW(r->pieces, r->npieces, r->pieces_cap);
	r->pieces[r->npieces++] = piece;
}

/* All words below, but those that are provisions of their own. */
static void
put_parts(struct reading *r, const struct kt_node *n, bool items)
{
	for (const struct kt_node *c = n->first; c != NULL; c = c->next) {
		if (is_skipped(c) || c->kind == KT_TABLE)
			continue;
		if (is_words(c) || (items && c->kind == KT_ITEM)) {
			put_piece(r, c, '\n');
			put_parts(r, c, true);
		}
	}
}

static void
put_cells(struct reading *r, const struct kt_node *row)
{
	for (const struct kt_node *c = row->first; c != NULL; c = c->next) {
		put_piece(r, c, c == row->first ? '\n' : '\t');
		put_parts(r, c, true);
	}
}

/* ---- as the city would say it ------------------------------------------- */

/* Words between references. */
static void
say(struct reading *r, const char *p, size_t n, bool sentence)
{
	struct kt_buf words = KT_BUF_INIT;

	if (r->v != NULL)
		kt_vocabulary_say(r->v, &words, p, n);
	else
		kt_buf_put(&words, p, n);
	if (sentence && r->endings)
		kt_endings_say(&r->said, words.p, words.len);
	else
		kt_buf_put(&r->said, words.p, words.len);
	kt_buf_release(&words);
}

/* Bytes up to the first entry of a list. */
static uint32_t
own_words(const struct kt_provision *p)
{
	uint32_t end = 0;

	for (size_t i = 0; i < p->npieces; i++) {
		const struct kt_piece *piece = &p->pieces[i];

		if (i > 0 && piece->node->kind != KT_TEXT)
			break;
		end = piece->start + piece->len;
	}
	return end;
}

static struct kt_stretch
say_all(struct reading *r, const struct kt_provision *p)
{
	const struct kt_stretch *in = &p->as_written;
	struct kt_stretch_ref *refs =
	    KT_NEWN(r->out->arena, struct kt_stretch_ref, in->nrefs);
	bool sentence = p->node->kind != KT_ROW;
	uint32_t at = 0, own = own_words(p);

	kt_buf_clear(&r->said);
	for (size_t i = 0; i <= in->nrefs; i++) {
		uint32_t to = i == in->nrefs ? in->len : in->refs[i].start;

		/* Of a list only the sentence before it has an ending; 。 is
		 * the last of it. */
		if (at < own && own < to) {
			say(r, in->p + at, own - at, sentence);
			at = own;
		}
		say(r, in->p + at, to - at, sentence && to <= own);
		if (i == in->nrefs)
			break;
		refs[i] = (struct kt_stretch_ref){ (uint32_t)r->said.len,
			in->refs[i].len };
		kt_buf_put(&r->said, in->p + to, in->refs[i].len);
		at = to + in->refs[i].len;
	}
	return (struct kt_stretch){ kt_arena_strndup(
					r->out->arena, r->said.p, r->said.len),
		(uint32_t)r->said.len, refs, in->nrefs };
}

static void
add(struct reading *r, const struct kt_node *n, const struct kt_node *heading)
{
	struct kt_provision p = { .node = n, .heading = heading };
	struct kt_piece *pieces;
	struct kt_stretch_ref *refs;

	if (r->text.len > 0 && r->npieces > 0) {
		struct kt_arena *arena = r->out->arena;

		pieces = KT_NEWN(arena, struct kt_piece, r->npieces);
		memcpy(pieces, r->pieces, r->npieces * sizeof(*pieces));
		refs = KT_NEWN(arena, struct kt_stretch_ref, r->nat);
		if (r->nat > 0)
			memcpy(refs, r->at, r->nat * sizeof(*refs));
		p.pieces = pieces;
		p.npieces = r->npieces;
		p.as_written = (struct kt_stretch){ kt_arena_strndup(arena,
							r->text.p, r->text.len),
			(uint32_t)r->text.len, refs, r->nat };
		p.said =
		    r->v == NULL && !r->endings ? p.as_written : say_all(r, &p);
		for (size_t i = 0; i < p.npieces; i++)
			r->out->of[pieces[i].node->id] = (uint32_t)r->nmade;
		r->out->of[n->id] = (uint32_t)r->nmade;
		KT_GROW(r->made, r->nmade, r->cap);
		r->made[r->nmade++] = p;
	}
	kt_buf_clear(&r->text);
	r->npieces = r->nat = 0;
}

/* ---- walking ------------------------------------------------------------ */

static void walk(struct reading *r, const struct kt_node *parent,
    const struct kt_node *heading, enum zone zone);

/* Outside the examples of a guideline only definitions count. */
static bool
counts(const struct reading *r, const struct kt_node *n, enum zone zone)
{
	return !r->examples || zone == ZONE_EXAMPLE ||
	       (n->kind == KT_ITEM && is_definition(n));
}

static void
take(struct reading *r, const struct kt_node *n, const struct kt_node *heading,
    enum zone zone)
{
	bool alone = has_items(n) && items_stand_alone(n);
	bool title = n->kind == KT_ITEM && alone && !has_sentence(n);

	if (counts(r, n, zone) && !title) {
		if (n->kind == KT_ROW) {
			put_cells(r, n);
		} else {
			put_piece(r, n, '\n');
			put_parts(r, n, !alone);
		}
		add(r, n, n->caption[0] != '\0' ? n : heading);
	}
	if (n->kind == KT_ROW)
		return;
	if (n->caption[0] != '\0' || title)
		heading = n;
	walk(r, n, heading, zone);
}

static enum zone
zone_of(const struct kt_node *n, enum zone zone)
{
	return kt_kind_is_division(n->kind) &&
		       strstr(n->caption, "例文") != NULL
		   ? ZONE_EXAMPLE
		   : zone;
}

static void
walk(struct reading *r, const struct kt_node *parent,
    const struct kt_node *heading, enum zone zone)
{
	bool alone = !has_items(parent) || items_stand_alone(parent);

	for (const struct kt_node *c = parent->first; c != NULL; c = c->next) {
		if (is_skipped(c) || is_words(c) ||
		    (c->kind == KT_ITEM && !alone) ||
		    (c->kind == KT_ROW && c->header))
			continue;
		take(r, c, heading, zone_of(c, zone));
	}
}

static bool
marks_examples(const struct kt_doc *doc)
{
	for (size_t i = 1; i < doc->count; i++)
		if (strstr(doc->nodes[i]->caption, "例文") != NULL &&
		    doc->nodes[i]->first != NULL &&
		    kt_kind_is_division(doc->nodes[i]->kind))
			return true;
	return false;
}

struct kt_provisions *
kt_provisions_new(const struct kt_doc *doc, const struct kt_vocabulary *v,
    enum kt_endings endings)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_provisions *out = KT_NEW(arena, struct kt_provisions);
	struct reading r = { .out = out,
		.v = v,
		.examples = marks_examples(doc),
		.text = KT_BUF_INIT,
		.said = KT_BUF_INIT };

	out->arena = arena;
	out->doc = doc;
	out->of = KT_NEWN(arena, uint32_t, doc->count);
	memset(out->of, 0xff, doc->count * sizeof(*out->of));
	r.endings = endings == KT_ENDINGS_RULE;
	r.refs = kt_refs_new(doc);
	walk(&r, doc->root, NULL, ZONE_PLAIN);
	out->at = KT_NEWN(arena, struct kt_provision, r.nmade);
	if (r.nmade > 0)
		memcpy(out->at, r.made, r.nmade * sizeof(*r.made));
	out->count = (uint32_t)r.nmade;
	kt_refs_free(r.refs);
	free(r.made);
	free(r.pieces);
	free(r.at);
	kt_buf_release(&r.text);
	kt_buf_release(&r.said);
	return out;
}

void
kt_provisions_free(struct kt_provisions *p)
{
	if (p != NULL)
		kt_arena_free(p->arena);
}

struct kt_stretch
kt_provisions_join(struct kt_arena *arena, const struct kt_provisions *p,
    const uint32_t *which, uint32_t n, bool said)
{
	struct kt_buf text = KT_BUF_INIT;
	struct kt_stretch_ref *refs;
	struct kt_stretch out = { 0 };

	for (uint32_t i = 0; i < n; i++)
		out.nrefs += p->at[which[i]].said.nrefs;
	refs = KT_NEWN(arena, struct kt_stretch_ref, out.nrefs);
	out.refs = refs;
	for (uint32_t i = 0; i < n; i++) {
		const struct kt_provision *one = &p->at[which[i]];
		const struct kt_stretch *in =
		    said ? &one->said : &one->as_written;
		uint32_t from;

		if (i > 0)
			kt_buf_putc(&text, '\n');
		from = (uint32_t)text.len;
		kt_buf_put(&text, in->p, in->len);
		for (size_t k = 0; k < in->nrefs; k++)
			*refs++ =
			    (struct kt_stretch_ref){ from + in->refs[k].start,
				    in->refs[k].len };
	}
	out.p = kt_arena_strndup(arena, text.p, text.len);
	out.len = (uint32_t)text.len;
	kt_buf_release(&text);
	return out;
}
