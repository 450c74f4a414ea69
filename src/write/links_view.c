/* SPDX-License-Identifier: MIT */
/* What every format says of a correspondence in the same words. */
#include "links_int.h"

#include <stdlib.h>
#include <string.h>

#include "view_int.h"

struct ranked {
	size_t at;
	int rank;
	unsigned score;
};

static int
by_rank(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->rank < 2 && a->score != b->score)
		return a->score < b->score ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static bool
is_gap(const struct kt_link *l)
{
	return l->relation == KT_REL_PARTIAL || l->relation == KT_REL_DIFFERS;
}

size_t
links_order(
    size_t **out, const struct kt_links *links, const struct kt_links_how *how)
{
	struct ranked *v = kt_calloc(links->count + 1, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < links->count; i++) {
		const struct kt_link *l = &links->at[i];

		if (how->gaps && !is_gap(l))
			continue;
		v[n++] = (struct ranked){ i,
			how->review ? (l->confirmed     ? 2
					  : l->doubtful ? 0
							: 1)
				    : 2,
			l->score };
	}
	qsort(v, n, sizeof(*v), by_rank);
	*out = kt_calloc(n + 1, sizeof(**out));
	for (size_t i = 0; i < n; i++)
		(*out)[i] = v[i].at;
	free(v);
	return n;
}

const char *
links_relation(enum kt_link_relation relation, enum kt_lang lang)
{
	static const char *const names[KT_RELATIONS][2] = {
		[KT_REL_EQUAL] = { "同じ", "equal" },
		[KT_REL_DIFFERS] = { "相違あり", "differs" },
		[KT_REL_PARTIAL] = { "一部", "partial" },
		[KT_REL_NEAR] = { "ほぼ同じ", "near" },
	};

	return names[relation][lang];
}

void
links_places(struct kt_buf *out, const struct kt_links *links,
    const struct kt_link *l, bool guideline)
{
	uint32_t n = guideline ? l->nguideline : l->ncity;

	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			kt_buf_puts(out, "、");
		kt_buf_puts(
		    out, guideline ? kt_addr(links->guideline, l->guideline[i])
				   : kt_addr(links->city, l->city[i]));
	}
}

static void
put_difference(struct kt_buf *out, const struct kt_span *s, enum kt_lang lang)
{
	int strength = kt_span_strength(s);

	kt_buf_puts(out, view_span(s->class, lang));
	kt_buf_puts(out, lang == KT_JA ? "（" : " (");
	if (strength < 0)
		kt_buf_puts(out, lang == KT_JA ? "指針より弱い：" : "weaker: ");
	else if (strength > 0)
		kt_buf_puts(
		    out, lang == KT_JA ? "指針より強い：" : "stronger: ");
	kt_buf_puts(out, s->note);
	kt_buf_puts(out, lang == KT_JA ? "）" : ")");
}

void
links_differences(
    struct kt_buf *out, const struct kt_link *l, enum kt_lang lang)
{
	size_t begin = out->len;

	for (size_t i = 0; i < l->nspans; i++) {
		const struct kt_span *s = &l->spans[i];

		if (s->op == '=' || s->note[0] == '\0' ||
		    (s->class != KT_SC_MODALITY && s->class != KT_SC_QUANTITY &&
			s->class != KT_SC_ACTOR))
			continue;
		/* Both halves of a replacement carry the note. */
		if (s->op == '+' && i > 0 && l->spans[i - 1].op == '-' &&
		    strcmp(l->spans[i - 1].note, s->note) == 0)
			continue;
		if (out->len > begin)
			kt_buf_puts(out, lang == KT_JA ? "、" : ", ");
		put_difference(out, s, lang);
	}
}

void
links_doubt(struct kt_buf *out, const struct kt_link *l, enum kt_lang lang)
{
	if (!l->doubtful)
		return;
	if (l->rival[0] != '\0')
		kt_buf_printf(out,
		    lang == KT_JA ? "要確認：%sも同じくらい似ています"
				  : "check: %s comes as near",
		    l->rival);
	else
		kt_buf_puts(out, lang == KT_JA ? "要確認：似ている文が少ない"
					       : "check: faint likeness");
}

/* ---- words -------------------------------------------------------------- */

static void
put_words(struct kt_buf *out, const char *p, size_t n, bool flat)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\t')
			kt_buf_puts(out, "｜");
		else if (p[i] == '\n' && flat)
			kt_buf_puts(out, "　");
		else
			kt_buf_putc(out, p[i]);
	}
}

static bool
is_part(const struct kt_node *n)
{
	return n->kind == KT_ITEM || n->kind == KT_TEXT || n->kind == KT_BULLET;
}

void
links_words(struct kt_buf *out, const struct kt_node *node, bool flat)
{
	struct kt_buf words = KT_BUF_INIT;

	if (node->kind == KT_ROW || node->kind == KT_PARAGRAPH ||
	    node->kind == KT_ITEM) {
		kt_node_words(&words, node);
	} else {
		kt_buf_puts(&words, node->label);
		if (node->caption[0] != '\0')
			kt_buf_printf(&words, "%s%s",
			    node->label[0] == '\0' ? "" : "　", node->caption);
		if (words.len > 0 && node->text[0] != '\0')
			kt_buf_putc(&words, '\n');
		kt_buf_puts(&words, node->text);
		for (const struct kt_node *c = node->first; c != NULL;
		     c = c->next)
			if (is_part(c)) {
				if (words.len > 0)
					kt_buf_putc(&words, '\n');
				kt_node_words(&words, c);
			}
	}
	while (words.len > 0 && words.p[words.len - 1] == '\n')
		kt_buf_cut(&words, words.len - 1);
	put_words(out, words.p, words.len, flat);
	kt_buf_release(&words);
}

void
links_summary(
    struct kt_buf *out, const struct kt_links *links, enum kt_lang lang)
{
	if (lang == KT_JA)
		kt_buf_printf(out,
		    "対応 %zu（同じ %zu、ほぼ同じ %zu、一部 %zu、相違あり "
		    "%zu）、"
		    "指針だけ %zu、市だけ %zu、確認済み %zu、要確認 %zu",
		    links->count, links->sum[KT_REL_EQUAL],
		    links->sum[KT_REL_NEAR], links->sum[KT_REL_PARTIAL],
		    links->sum[KT_REL_DIFFERS], links->nguideline_only,
		    links->ncity_only, links->confirmed, links->doubtful);
	else
		kt_buf_printf(out,
		    "links %zu (equal %zu, near %zu, partial %zu, differs %zu),"
		    " guideline only %zu, city only %zu, confirmed %zu, to "
		    "check %zu",
		    links->count, links->sum[KT_REL_EQUAL],
		    links->sum[KT_REL_NEAR], links->sum[KT_REL_PARTIAL],
		    links->sum[KT_REL_DIFFERS], links->nguideline_only,
		    links->ncity_only, links->confirmed, links->doubtful);
}
