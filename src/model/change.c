/* SPDX-License-Identifier: MIT */
/*
 * The change list: names of what it says, addresses of what it is about, and
 * the proof that it tells the truth about both documents.  Who makes the
 * list is diff; this file knows only its laws.
 */
#include "model_int.h"

#include <stdlib.h>
#include <string.h>

static const char *const fates[KT_FATES] = {
	[KT_ADDED] = "added",
	[KT_DELETED] = "deleted",
	[KT_MODIFIED] = "modified",
	[KT_MOVED] = "moved",
	[KT_RENUMBERED] = "renumbered",
	[KT_SPLIT] = "split",
	[KT_MERGED] = "merged",
};

static const char *const classes[KT_CLASSES] = {
	[KT_C_NONE] = "none",
	[KT_C_SUBSTANCE] = "substance",
	[KT_C_NOTATION] = "notation",
	[KT_C_REFERENCE] = "reference",
	[KT_C_CAPTION] = "caption",
};

static const char *const span_classes[KT_SPAN_CLASSES] = {
	[KT_SC_NONE] = "none",
	[KT_SC_SUBSTANCE] = "substance",
	[KT_SC_NOTATION] = "notation",
	[KT_SC_REF_FOLLOWED] = "reference-followed",
	[KT_SC_REF_RETARGETED] = "reference-retargeted",
	[KT_SC_REF_DANGLING] = "reference-dangling",
	[KT_SC_MODALITY] = "modality",
	[KT_SC_QUANTITY] = "quantity",
	[KT_SC_ACTOR] = "actor",
};

const char *
kt_fate_name(enum kt_fate fate)
{
	return fates[fate];
}

const char *kt_class_name(enum kt_class class)
{
	return classes[class];
}

const char *kt_span_class_name(enum kt_span_class class)
{
	return span_classes[class];
}

const char *
kt_flag_name(enum kt_flag flag)
{
	switch (flag) {
	case KT_FL_RENUMBERED:
		return "renumbered";
	case KT_FL_MOVED:
		return "moved";
	case KT_FL_MODALITY:
		return "modality";
	case KT_FL_QUANTITY:
		return "quantity";
	case KT_FL_ACTOR:
		return "actor";
	case KT_FL_DEFINITION:
		return "definition";
	case KT_FL_CAPTION:
		return "caption";
	case KT_FL_NOTATION:
		return "notation";
	case KT_FL_REF_FOLLOWED:
		return "reference-followed";
	case KT_FL_REF_RETARGETED:
		return "reference-retargeted";
	case KT_FL_REF_DANGLING:
		return "reference-dangling";
	case KT_FL_REPLACED:
		return "replaced";
	case KT_FL_LIMIT:
		return "limit";
	case KT_FL_COMMENTARY:
		return "commentary";
	case KT_FL_LABEL:
		return "label";
	case KT_FL_MARKS:
		return "marks";
	case KT_FL_FORM:
		return "form";
	}
	return "";
}

const char *
kt_change_level(const struct kt_change *c)
{
	bool whole = c->fate == KT_ADDED || c->fate == KT_DELETED;

	/* A division that came or went is told by its heading; what stands
	 * under it is told for itself. */
	switch (c->side) {
	case KT_SIDE_CAPTION:
		if (whole)
			break;
		return "caption";
	case KT_SIDE_RELATED:
		return "related";
	case KT_SIDE_ROW:
		return "row";
	case KT_SIDE_TEXT:
	case KT_SIDE_SUBTREE:
		break;
	}
	return kt_kind_name(c->nnew > 0 ? c->new[0]->kind : c->old[0]->kind);
}

void
kt_change_path(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_change *c, bool new_side, size_t i)
{
	const struct kt_node *node = new_side ? c->new[i] : c->old[i];

	kt_addr_write(out, new_side ? list->new : list->old, node);
	/* The caption of the document is its 題名, which says it already. */
	if (c->side == KT_SIDE_CAPTION && node->kind != KT_DOC &&
	    c->fate != KT_ADDED && c->fate != KT_DELETED)
		kt_buf_puts(out, "見出し");
}

void
kt_changes_free(struct kt_changes *list)
{
	if (list != NULL)
		kt_arena_free(list->arena);
}

/* ---- the proof ----------------------------------------------------------- */

struct proof {
	const struct kt_changes *list;
	struct kt_diag *d;
	int rc; /* of the first breach */
};

static void
breach(struct proof *proof, enum kt_msg_id id, const struct kt_doc *doc,
    const struct kt_node *node)
{
	const char *clause = node == NULL ? "" : kt_addr(doc, node);
	int rc = kt_report(proof->d, .id = id, .at.file = doc->source,
	    .at.line = node == NULL ? 0 : node->line, .a = clause);

	if (proof->rc == KT_OK)
		proof->rc = rc;
}

/* Do the spans with `op` or '=' join to the texts of one side? */
static bool
spans_join(const struct kt_change *c, char op, const char **texts, uint32_t n)
{
	const char *at = n > 0 ? texts[0] : "";
	uint32_t text = 0;

	for (uint32_t i = 0; i < c->nspans; i++) {
		const char *p = c->spans[i].text;

		if (c->spans[i].op != '=' && c->spans[i].op != op)
			continue;
		for (uint32_t left = c->spans[i].len; left > 0;) {
			size_t some = strlen(at);

			if (some == 0) {
				if (++text >= n)
					return false;
				at = texts[text];
				continue;
			}
			if (some > left)
				some = left;
			if (memcmp(at, p, some) != 0)
				return false;
			at += some;
			p += some;
			left -= (uint32_t)some;
		}
	}
	while (*at == '\0' && ++text < n)
		at = texts[text];
	return *at == '\0';
}

static bool
ops_are_known(const struct kt_change *c)
{
	for (uint32_t i = 0; i < c->nspans; i++)
		if (c->spans[i].op != '=' && c->spans[i].op != '-' &&
		    c->spans[i].op != '+')
			return false;
	return true;
}

static const struct kt_doc *
side_of(const struct proof *proof, const struct kt_change *c,
    const struct kt_node **node)
{
	*node = c->nnew > 0 ? c->new[0] : c->nold > 0 ? c->old[0] : NULL;
	return c->nnew > 0 ? proof->list->new : proof->list->old;
}

static void
prove_spans(struct proof *proof)
{
	const struct kt_changes *list = proof->list;

	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];
		const struct kt_node *node;
		const struct kt_doc *doc = side_of(proof, c, &node);

		/* A clause that only moved has no spans. */
		if (c->nspans == 0)
			continue;
		if (!ops_are_known(c) ||
		    !spans_join(c, '-', c->old_text, c->nold) ||
		    !spans_join(c, '+', c->new_text, c->nnew))
			breach(proof, KT_M_CHANGES_SPANS, doc, node);
	}
}

/* The fate says which sides there are. */
static bool
sides_fit(enum kt_fate fate, uint32_t nold, uint32_t nnew)
{
	switch (fate) {
	case KT_ADDED:
		return nold == 0 && nnew == 1;
	case KT_DELETED:
		return nold == 1 && nnew == 0;
	case KT_MODIFIED:
	case KT_MOVED:
	case KT_RENUMBERED:
		return nold == 1 && nnew == 1;
	case KT_SPLIT:
		return nold == 1 && nnew > 1;
	case KT_MERGED:
		return nold > 1 && nnew == 1;
	case KT_FATES:
		break;
	}
	return false;
}

static void
prove_fates(struct proof *proof)
{
	const struct kt_changes *list = proof->list;

	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];
		const struct kt_node *node;
		const struct kt_doc *doc = side_of(proof, c, &node);

		if (!sides_fit(c->fate, c->nold, c->nnew))
			breach(proof, KT_M_CHANGES_FATE, doc, node);
	}
	for (size_t i = 0; i < list->npairs; i++) {
		const struct kt_pair *p = &list->pairs[i];

		if (sides_fit(p->fate, p->nold, p->nnew))
			continue;
		if (p->nnew > 0)
			breach(proof, KT_M_CHANGES_FATE, list->new, p->new[0]);
		else
			breach(proof, KT_M_CHANGES_FATE, list->old,
			    p->nold > 0 ? p->old[0] : NULL);
	}
}

/* Every unit of one side stands in the pairs once, and nothing else does. */
static void
prove_units(struct proof *proof, bool new_side)
{
	const struct kt_changes *list = proof->list;
	const struct kt_doc *doc = new_side ? list->new : list->old;
	uint32_t *seen = kt_calloc(doc->count, sizeof(*seen));

	for (size_t i = 0; i < list->npairs; i++) {
		const struct kt_pair *p = &list->pairs[i];
		const struct kt_node **at = new_side ? p->new : p->old;

		for (uint32_t k = 0; k < (new_side ? p->nnew : p->nold); k++)
			seen[at[k]->id]++;
	}
	for (size_t i = 0; i < doc->count; i++) {
		const struct kt_node *node = doc->nodes[i];

		if (seen[i] != (node->unit == node ? 1 : 0))
			breach(proof, KT_M_CHANGES_UNITS, doc, node);
	}
	free(seen);
}

/* The peer of a peer is the node itself. */
static void
prove_peers(struct proof *proof, const struct kt_doc *doc,
    const struct kt_node **peers, const struct kt_doc *other,
    const struct kt_node **back)
{
	if (peers == NULL || back == NULL)
		return;
	for (size_t i = 0; i < doc->count; i++) {
		const struct kt_node *peer = peers[i];

		if (peer == NULL)
			continue;
		if (peer->id >= other->count ||
		    other->nodes[peer->id] != peer ||
		    back[peer->id] != doc->nodes[i])
			breach(proof, KT_M_CHANGES_PEERS, doc, doc->nodes[i]);
	}
}

/* The address of a clause leads back to it, or to the one that it is cited
 * by. */
static void
prove_path(
    struct proof *proof, const struct kt_change *c, bool new_side, size_t i)
{
	const struct kt_changes *list = proof->list;
	const struct kt_doc *doc = new_side ? list->new : list->old;
	const struct kt_node *node = new_side ? c->new[i] : c->old[i];
	struct kt_buf path = KT_BUF_INIT;
	struct kt_spot spot;

	kt_change_path(&path, list, c, new_side, i);
	if (kt_addr_find(&spot, doc, path.p) != KT_OK ||
	    spot.node != kt_addr_clause(doc, node))
		breach(proof, KT_M_CHANGES_PATH, doc, node);
	kt_buf_release(&path);
}

static void
prove_paths(struct proof *proof)
{
	for (size_t i = 0; i < proof->list->count; i++) {
		const struct kt_change *c = &proof->list->at[i];

		for (size_t k = 0; k < c->nold; k++)
			prove_path(proof, c, false, k);
		for (size_t k = 0; k < c->nnew; k++)
			prove_path(proof, c, true, k);
	}
}

int
kt_changes_prove(const struct kt_changes *list, struct kt_diag *d)
{
	struct proof proof = { .list = list, .d = d, .rc = KT_OK };

	prove_fates(&proof);
	prove_spans(&proof);
	prove_units(&proof, false);
	prove_units(&proof, true);
	prove_peers(
	    &proof, list->old, list->old_peer, list->new, list->new_peer);
	prove_peers(
	    &proof, list->new, list->new_peer, list->old, list->old_peer);
	prove_paths(&proof);
	return proof.rc;
}
