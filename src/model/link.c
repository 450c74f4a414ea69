/* SPDX-License-Identifier: MIT */
/* The correspondence of two documents: names, order of strength, proof. */
#include <string.h>

#include <kaitei/model.h>

const char *
kt_link_relation_name(enum kt_link_relation relation)
{
	static const char *const names[KT_RELATIONS] = {
		[KT_REL_EQUAL] = "equal",
		[KT_REL_DIFFERS] = "differs",
		[KT_REL_PARTIAL] = "partial",
		[KT_REL_NEAR] = "near",
	};

	return names[relation];
}

/* ---- strength ------------------------------------------------------------ */

/* compare.md §7, weakest first; a ban binds as a duty does. */
static const struct {
	const char *name;
	int rank;
} norms[] = {
	{ "免除", 1 },
	{ "許容", 2 },
	{ "推奨", 3 },
	{ "努力義務", 4 },
	{ "原則", 5 },
	{ "義務", 6 },
	{ "禁止", 6 },
	{ "不可", 6 },
};

static int
rank_of(const char *p, size_t n)
{
	for (size_t i = 0; i < KT_COUNT(norms); i++)
		if (strlen(norms[i].name) == n &&
		    memcmp(norms[i].name, p, n) == 0)
			return norms[i].rank;
	return 0;
}

int
kt_span_strength(const struct kt_span *span)
{
	const char *arrow = strstr(span->note, "→");
	int from, to;

	if (arrow == NULL)
		return 0;
	from = rank_of(span->note, (size_t)(arrow - span->note));
	arrow += strlen("→");
	to = rank_of(arrow, strlen(arrow));
	if (from == 0 || to == 0)
		return 0;
	return to < from ? -1 : to > from;
}

/* ---- proof --------------------------------------------------------------- */

static int
prove_path(
    const struct kt_doc *doc, const struct kt_node *node, struct kt_diag *d)
{
	const char *path = kt_addr(doc, node);
	struct kt_spot spot;

	/* An only 項 is cited by its 条. */
	if (kt_addr_find(&spot, doc, path) == KT_OK &&
	    strcmp(kt_addr(doc, spot.node), path) == 0)
		return KT_OK;
	return kt_report(d, .id = KT_M_LINK_PATH, .a = path);
}

static int
prove_side(const struct kt_doc *doc, const struct kt_node *const *linked,
    size_t n, uint8_t *seen, struct kt_diag *d)
{
	int rc = KT_OK;

	for (size_t i = 0; i < n; i++) {
		int here = prove_path(doc, linked[i], d);

		rc = rc == KT_OK ? here : rc;
		seen[linked[i]->id] = 1;
	}
	return rc;
}

static int
prove_alone(const struct kt_doc *doc, const struct kt_node *const *alone,
    size_t n, const uint8_t *seen, struct kt_diag *d)
{
	int rc = KT_OK;

	for (size_t i = 0; i < n; i++)
		if (seen[alone[i]->id])
			rc = kt_report(d, .id = KT_M_LINK_TWICE,
			    .a = kt_addr(doc, alone[i]));
	return rc;
}

int
kt_links_prove(const struct kt_links *links, struct kt_diag *d)
{
	struct kt_arena *arena = kt_arena_new();
	uint8_t *city = KT_NEWN(arena, uint8_t, links->city->count);
	uint8_t *guideline = KT_NEWN(arena, uint8_t, links->guideline->count);
	int rc = KT_OK;

	for (size_t i = 0; i < links->count && rc == KT_OK; i++) {
		const struct kt_link *l = &links->at[i];

		rc = prove_side(links->city, l->city, l->ncity, city, d);
		if (rc == KT_OK)
			rc = prove_side(links->guideline, l->guideline,
			    l->nguideline, guideline, d);
	}
	if (rc == KT_OK)
		rc = prove_alone(
		    links->city, links->city_only, links->ncity_only, city, d);
	if (rc == KT_OK)
		rc = prove_alone(links->guideline, links->guideline_only,
		    links->nguideline_only, guideline, d);
	kt_arena_free(arena);
	return rc;
}

void
kt_links_free(struct kt_links *links)
{
	if (links != NULL)
		kt_arena_free(links->arena);
}
