/* SPDX-License-Identifier: MIT */
/*
 * Addresses out and in.  An address is looked up as it stands (folded: any
 * form of numerals and brackets); what is not the shortest form is resolved
 * by its longest known beginning and the steps behind it.
 */
#include "model_int.h"

#include <string.h>

/* Longer strings are no addresses. */
#define ADDRESS_MOST 4096

const struct kt_node *
kt_addr_clause(const struct kt_doc *doc, const struct kt_node *node)
{
	return doc->nodes[kt_index_of(doc)->clause[node->id]];
}

const char *
kt_addr(const struct kt_doc *doc, const struct kt_node *node)
{
	const struct kt_index *x = kt_index_of(doc);
	uint32_t clause = x->clause[node->id];

	/* Words between the title and the first clause. */
	if (clause == 0 && node != doc->root)
		return "冒頭";
	return x->addr[clause];
}

void
kt_addr_write(
    struct kt_buf *out, const struct kt_doc *doc, const struct kt_node *node)
{
	kt_buf_puts(out, kt_addr(doc, node));
}

/* ---- parts --------------------------------------------------------------- */

/* As folded: no blanks. */
static const struct {
	const char *word;
	enum kt_part_name part;
} parts[] = {
	{ "ただし書き", KT_P_TADASHI },
	{ "ただし書", KT_P_TADASHI },
	{ "但書", KT_P_TADASHI },
	{ "本文", KT_P_HONBUN },
	{ "前段", KT_P_ZENDAN },
	{ "中段", KT_P_CHUDAN },
	{ "後段", KT_P_KODAN },
	{ "各号列記以外の部分", KT_P_HASHIRA },
	{ "柱書き", KT_P_HASHIRA },
	{ "柱書", KT_P_HASHIRA },
	{ "見出し", KT_P_MIDASHI },
	{ "編名", KT_P_MIDASHI },
	{ "章名", KT_P_MIDASHI },
	{ "節名", KT_P_MIDASHI },
	{ "款名", KT_P_MIDASHI },
	{ "目名", KT_P_MIDASHI },
};

size_t
kt_part_read(
    enum kt_part_name *part, unsigned *dan, const char *p, const char *end)
{
	size_t used;
	enum kt_form form;
	const char *at;

	for (size_t i = 0; i < KT_COUNT(parts); i++)
		if ((used = kt_word_at(p, end, parts[i].word)) > 0) {
			*part = parts[i].part;
			return used;
		}
	at = p + kt_word_at(p, end, "第");
	if (at == p)
		return 0;
	used = kt_num_plain(dan, &form, at, (size_t)(end - at));
	if (used == 0 || kt_word_at(at + used, end, "段") == 0)
		return 0;
	*part = KT_P_DAN;
	return (size_t)(at - p) + used + strlen("段");
}

/* ---- finding ------------------------------------------------------------- */

static bool
is_below(const struct kt_node *node, const struct kt_node *scope)
{
	while (node != NULL && node != scope)
		node = node->parent;
	return node != NULL;
}

/* A step below a clause; what is numbered through the document is found by
 * its number and must lie in that clause. */
static struct kt_node *
find_below(const struct kt_doc *doc, const struct kt_node *scope,
    const struct kt_step *step)
{
	struct kt_node *found = kt_index_step(doc, scope, step);

	if (found == NULL && kt_kind_is_division(scope->kind)) {
		found = kt_index_step(doc, doc->root, step);
		if (found != NULL && !is_below(found, scope))
			found = NULL;
	}
	return found;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The longest beginning of p that is an address, 0 bytes for the document
 * itself. */
static const struct kt_node *
find_beginning(
    const struct kt_doc *doc, const char *p, const char *end, size_t *used)
{
	const struct kt_node *best = doc->root;
	uint64_t hash = KT_ADDR_HASH;
	unsigned len;

	*used = 0;
	for (const char *at = p; at < end; at += len) {
		struct kt_node *found;

		kt_utf8_at(at, &len);
		hash = kt_addr_hash(hash, at, len);
		/* 1 is no beginning of 12. */
		if (at + len < end && is_digit(*at) && is_digit(at[len]))
			continue;
		found = kt_index_address(doc, p, (size_t)(at - p) + len, hash);
		if (found != NULL) {
			best = found;
			*used = (size_t)(at - p) + len;
		}
	}
	return best;
}

/* Steps below a clause up to `end`, a part of its text last. */
static bool
find_steps(struct kt_spot *spot, const struct kt_doc *doc,
    const struct kt_node *scope, const char *p, const char *end)
{
	bool linked = false;

	while (p < end) {
		struct kt_step step;
		size_t used = kt_part_read(&spot->part, &spot->dan, p, end);

		if (used > 0) {
			p += used;
			linked = false;
			break;
		}
		used = kt_step_read(&step, p, end);
		if (used > 0 && !(linked && step.kind == KT_HEADED)) {
			scope = find_below(doc, scope, &step);
			if (scope == NULL)
				return false;
			linked = false;
		} else {
			/* 第3条の見出し, 別表第1の第2行; not 6の2. */
			used = kt_word_at(p, end, "の");
			if (used == 0 || linked)
				return false;
			linked = true;
		}
		p += used;
	}
	spot->node = scope;
	return p == end && !linked;
}

static bool
find_one(struct kt_spot *spot, const struct kt_doc *doc, const char *p,
    const char *end)
{
	size_t used;
	const struct kt_node *scope = find_beginning(doc, p, end, &used);

	if (find_steps(spot, doc, scope, p + used, end))
		return p < end;
	spot->part = KT_P_WHOLE;
	return used > 0 && find_steps(spot, doc, doc->root, p, end);
}

/* The end of a range, 第5条 of 第3条から第5条まで or 第3項 of 第2条第1項から
 * 第3項まで: below one of the clauses around its beginning, or by itself. */
static bool
find_end(struct kt_spot *spot, const struct kt_doc *doc, const char *p,
    const char *end)
{
	struct kt_spot last = { .node = NULL };

	for (const struct kt_node *up = spot->node->parent;
	     up != NULL && last.node == NULL; up = up->parent)
		if (!find_steps(&last, doc, up, p, end))
			last.node = NULL;
	if (last.node == NULL && !find_one(&last, doc, p, end))
		return false;
	spot->last = last.node;
	return true;
}

static bool
find_folded(struct kt_spot *spot, const struct kt_doc *doc, const char *p,
    const char *end)
{
	const char *from;

	p += kt_word_at(p, end, "項番");
	if (p == end)
		return false;
	if (find_one(spot, doc, p, end))
		return true;
	from = strstr(p, "から");
	if (from == NULL || !find_one(spot, doc, p, from))
		return false;
	from += strlen("から");
	if ((size_t)(end - from) > strlen("まで") &&
	    memcmp(end - strlen("まで"), "まで", strlen("まで")) == 0)
		end -= strlen("まで");
	return find_end(spot, doc, from, end);
}

int
kt_addr_find(struct kt_spot *out, const struct kt_doc *doc, const char *address)
{
	struct kt_buf fold = KT_BUF_INIT;
	struct kt_spot spot = { .node = NULL };
	size_t n = strlen(address), bad;
	bool found = false;

	kt_index_of(doc);
	if (n <= ADDRESS_MOST && kt_utf8_check(address, n, &bad)) {
		kt_addr_fold(&fold, address, n);
		found = strcmp(fold.p, "冒頭") == 0;
		if (found)
			spot.node = doc->root;
		else
			found =
			    find_folded(&spot, doc, fold.p, fold.p + fold.len);
	}
	kt_buf_release(&fold);
	if (!found)
		return KT_ENOTFOUND;
	*out = spot;
	return KT_OK;
}
