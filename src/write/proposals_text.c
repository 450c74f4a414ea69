/* SPDX-License-Identifier: MIT */
/* Proposals for a terminal, and the words that every format shares. */
#include "proposals_int.h"

#include <string.h>

#include <kaitei/write.h>

#define RED "\033[31;9m"
#define GREEN "\033[32;4m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

const char *const proposals_answers[2][5] = {
	{ "採用", "修正して採用", "採用しない", "検討中", NULL },
	{ "accept", "accept changed", "reject", "open", NULL },
};

const char *
proposals_outcome(enum kt_outcome outcome, enum kt_lang lang)
{
	static const char *const names[KT_OUTCOMES][2] = {
		[KT_OUT_APPLIED] = { "適用", "applied" },
		[KT_OUT_PRESENT] = { "反映済み", "present" },
		[KT_OUT_CONFLICT] = { "要判断", "conflict" },
		[KT_OUT_NO_COUNTERPART] = { "対応なし", "no counterpart" },
	};

	return names[outcome][lang];
}

static void
put_paths(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node *const *nodes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			kt_buf_puts(out, "、");
		kt_buf_puts(out, kt_addr(doc, nodes[i]));
	}
}

void
proposals_guideline(struct kt_buf *out, const struct kt_proposals *list,
    const struct kt_proposal *p)
{
	struct kt_buf old = KT_BUF_INIT, new = KT_BUF_INIT;

	put_paths(&old, list->old, p->old, p->nold);
	put_paths(&new, list->new, p->new, p->nnew);
	if (old.len == 0)
		kt_buf_printf(out, "（新設）%s", new.p);
	else if (new.len == 0)
		kt_buf_printf(out, "%s（削除）", old.p);
	else if (strcmp(old.p, new.p) == 0)
		kt_buf_puts(out, old.p);
	else
		kt_buf_printf(out, "%s → %s", old.p, new.p);
	kt_buf_release(&old);
	kt_buf_release(&new);
}

void
proposals_city(struct kt_buf *out, const struct kt_proposals *list,
    const struct kt_proposal *p)
{
	if (p->ncity > 0)
		put_paths(out, list->city, p->city, p->ncity);
	else
		kt_buf_puts(out, p->place[0] == '\0' ? "－" : p->place);
}

void
proposals_reason(struct kt_buf *out, const struct kt_proposals *list,
    const struct kt_proposal *p, enum kt_lang lang)
{
	bool ja = lang == KT_JA;

	kt_buf_puts(out, kt_proposal_why_text(p->why, lang));
	if (p->detail[0] != '\0')
		kt_buf_printf(out, "\n%s", p->detail);
	if (p->doubtful)
		kt_buf_puts(out,
		    ja ? "\n対応そのものが疑わしいので、先に確かめてください"
		       : "\nthe link itself is doubtful: check it first");
	if (p->commentary == NULL ||
	    (p->outcome != KT_OUT_APPLIED && p->outcome != KT_OUT_CONFLICT))
		return;
	kt_buf_printf(out, ja ? "\n%sも確かめてください" : "\nlook at %s too",
	    kt_addr(list->city, p->commentary));
	if (p->commentary_says)
		kt_buf_puts(out, ja ? "（改めた文言があります）"
				    : " (it uses the replaced words)");
}

void
proposals_summary(
    struct kt_buf *out, const struct kt_proposals *p, enum kt_lang lang)
{
	for (int i = 0; i < KT_OUTCOMES; i++)
		kt_buf_printf(out, "%s%s %zu",
		    i == 0          ? ""
		    : lang == KT_JA ? "、"
				    : ", ",
		    proposals_outcome((enum kt_outcome)i, lang), p->sum[i]);
	kt_buf_printf(out,
	    lang == KT_JA ? "（ほかに番号だけの変更 %zu）"
			  : " (and %zu of number only)",
	    p->renumbered);
}

/* ---- the list ----------------------------------------------------------- */

struct out {
	struct kt_buf *b;
	const struct kt_proposals *list;
	const struct kt_diff_text *how;
};

static void
colour(const struct out *o, const char *code)
{
	if (o->how->colour)
		kt_buf_puts(o->b, code);
}

static void
put_flat(struct kt_buf *out, const char *p, size_t n, const char *newline)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\n')
			kt_buf_puts(out, newline);
		else if (p[i] == '\t')
			kt_buf_puts(out, "｜");
		else
			kt_buf_putc(out, p[i]);
	}
}

static void
put_line(const struct out *o, const char *ja, const char *en, const char *words)
{
	size_t n = strlen(words);

	while (n > 0 && words[n - 1] == '\n')
		n--;
	if (n == 0)
		return;
	kt_buf_printf(o->b, "    %s", o->how->lang == KT_JA ? ja : en);
	put_flat(o->b, words, n, "⏎");
	kt_buf_putc(o->b, '\n');
}

static void
put_spans(const struct out *o, const struct kt_proposal *p)
{
	bool draft = p->outcome == KT_OUT_APPLIED;

	if (o->how->lang == KT_JA)
		kt_buf_puts(o->b, draft ? "    市の案：" : "    市の規定：");
	else
		kt_buf_puts(o->b, "    city: ");
	for (size_t i = 0; i < p->nspans; i++) {
		const struct kt_span *s = &p->spans[i];

		if (s->op != '=') {
			colour(o, s->op == '-' ? RED : GREEN);
			kt_buf_puts(o->b, s->op == '-' ? "［－" : "［＋");
		}
		put_flat(o->b, s->text, s->len, "⏎");
		if (s->op != '=') {
			kt_buf_puts(o->b, "］");
			colour(o, PLAIN);
		}
	}
	kt_buf_putc(o->b, '\n');
}

static void
put_proposal(const struct out *o, const struct kt_proposal *p)
{
	struct kt_buf words = KT_BUF_INIT;

	colour(o, BOLD);
	kt_buf_printf(
	    o->b, "%s  ", proposals_outcome(p->outcome, o->how->lang));
	proposals_guideline(o->b, o->list, p);
	kt_buf_puts(o->b, " ⇒ ");
	proposals_city(o->b, o->list, p);
	colour(o, PLAIN);
	kt_buf_putc(o->b, '\n');
	proposals_reason(&words, o->list, p, o->how->lang);
	kt_buf_puts(o->b, "    ");
	put_flat(o->b, words.p, words.len, "\n    ");
	kt_buf_putc(o->b, '\n');
	if (!o->how->brief) {
		if (p->outcome != KT_OUT_APPLIED) {
			put_line(o, "指針の旧：",
			    "guideline, old: ", p->guideline_old);
			put_line(o, "指針の新：",
			    "guideline, new: ", p->guideline_new);
		}
		if (p->nspans > 0)
			put_spans(o, p);
		else if (p->outcome == KT_OUT_APPLIED)
			put_line(o, "市の案：", "city: ", p->after);
	}
	kt_buf_release(&words);
}

int
kt_write_proposals_text(struct kt_buf *out, const struct kt_proposals *p,
    const struct kt_diff_text *how, struct kt_diag *d)
{
	struct out o = { out, p, how };

	(void)d;
	for (size_t i = 0; i < p->count; i++)
		put_proposal(&o, &p->at[i]);
	for (size_t i = 0; i < p->nnotes; i++)
		kt_buf_printf(out, "%s\n", p->notes[i]);
	kt_buf_putc(out, '\n');
	proposals_summary(out, p, how->lang);
	kt_buf_putc(out, '\n');
	return KT_OK;
}
