/* SPDX-License-Identifier: MIT */
/* Drafts that touch the same clause: each is told of the other. */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

/* Does a draft change the clause of this address, as the base has it? */
static bool
changes(const struct kt_draft_doc *x, const char *address)
{
	for (size_t i = 0; i < x->list->npairs; i++) {
		const struct kt_pair *p = &x->list->pairs[i];

		for (uint32_t k = 0; p->changed && k < p->nold; k++)
			if (strcmp(kt_addr(x->old, p->old[k]), address) == 0)
				return true;
	}
	return false;
}

/* The clauses that both change, with 、 between them. */
static void
put_common(struct kt_buf *out, const struct kt_draft_doc *a,
    const struct kt_draft_doc *b)
{
	for (size_t i = 0; i < a->list->npairs; i++) {
		const struct kt_pair *p = &a->list->pairs[i];

		for (uint32_t k = 0; p->changed && k < p->nold; k++) {
			const char *address = kt_addr(a->old, p->old[k]);

			if (changes(b, address))
				kt_buf_printf(out, "%s%s",
				    out->len == 0 ? "" : "、", address);
		}
	}
}

static void
compare(struct kt_overlaps *to, size_t *cap, const struct kt_draft_diff *a,
    const struct kt_draft_diff *b)
{
	struct kt_buf common = KT_BUF_INIT;

	for (size_t i = 0; i < a->count; i++)
		for (size_t k = 0; k < b->count; k++) {
			if (strcmp(a->at[i].path, b->at[k].path) != 0)
				continue;
			kt_buf_clear(&common);
			put_common(&common, &a->at[i], &b->at[k]);
			if (common.len == 0)
				continue;
			KT_GROW(to->at, to->count, *cap);
			to->at[to->count++] = (struct kt_overlap){
				.draft =
				    kt_arena_strdup(to->arena, b->draft.name),
				.document =
				    kt_arena_strdup(to->arena, a->at[i].id),
				.clauses = kt_arena_strdup(to->arena, common.p),
			};
		}
	kt_buf_release(&common);
}

int
kt_overlaps_read(struct kt_overlaps **out, struct kt_store *s,
    const struct kt_draft_diff *p, struct kt_diag *d)
{
	struct kt_overlaps *to = kt_calloc(1, sizeof(*to));
	const struct kt_draft *drafts;
	size_t n = 0, cap = 0;
	int rc = kt_draft_list(s, &drafts, &n, d);

	to->arena = kt_arena_new();
	for (size_t i = 0; i < n && rc == KT_OK; i++) {
		struct kt_draft_diff *other = NULL;

		if (drafts[i].adopted[0] != '\0' ||
		    strcmp(drafts[i].name, p->draft.name) == 0)
			continue;
		rc = kt_draft_diff_read(&other, s, drafts[i].name, d);
		if (rc == KT_OK)
			compare(to, &cap, p, other);
		kt_draft_diff_free(other);
	}
	if (rc == KT_OK)
		*out = to;
	else
		kt_overlaps_free(to);
	return rc;
}

void
kt_overlaps_free(struct kt_overlaps *list)
{
	if (list == NULL)
		return;
	kt_arena_free(list->arena);
	free(list->at);
	free(list);
}

bool
kt_review_is_outdated(struct kt_store *s, const struct kt_review *op,
    const struct kt_draft_diff *p)
{
	struct kt_arena *a = kt_arena_new();
	struct kt_buf words = KT_BUF_INIT;
	char hex[KT_SHA256_LEN + 1];
	const char *now = kt_clause_now(
	    s, op->document, op->revision, op->clause, p->draft.tip, a);
	struct kt_spot spot;
	/* What is said of a clause that the draft takes out is of the text
	 * before. */
	bool outdated = op->quote_sha256[0] != '\0' && now[0] == '\0' &&
			strcmp(op->revision, p->draft.base) != 0;

	for (size_t i = 0; i < p->count && op->quote_sha256[0] != '\0'; i++) {
		if (strcmp(p->at[i].id, op->document) != 0 ||
		    kt_addr_find(&spot, p->at[i].new, now) != KT_OK)
			continue;
		kt_clause_words(&words, spot.node);
		kt_sha256(hex, words.p, words.len);
		outdated = strcmp(hex, op->quote_sha256) != 0;
	}
	kt_buf_release(&words);
	kt_arena_free(a);
	return outdated;
}

void
kt_clause_words(struct kt_buf *out, const struct kt_node *node)
{
	size_t label = strlen(node->label), from = out->len;

	/* The number apart: it may change without the clause. */
	kt_node_words(out, node);
	if (out->len - from >= label) {
		memmove(out->p + from, out->p + from + label,
		    out->len - from - label + 1);
		kt_buf_cut(out, out->len - label);
	}
}
