/* SPDX-License-Identifier: MIT */
#ifndef KT_COMPARE_H
#define KT_COMPARE_H

/* Two small documents compared, and what came of it as lines to look at.
 * Included once, by the program's only file. */

#include "kt_build.h"

#include <kaitei/diff.h>

static struct kt_doc *old_doc, *new_doc;
static struct kt_changes *list;
static struct kt_diag *diag;
static struct kt_buf seen;

static inline int
begin(void)
{
	diag = kt_diag_new();
	return 0;
}

static inline void
drop(void)
{
	kt_changes_free(list);
	kt_doc_free(old_doc);
	kt_doc_free(new_doc);
	list = NULL;
	old_doc = new_doc = NULL;
}

static inline int
end(void)
{
	drop();
	kt_diag_free(diag);
	kt_buf_release(&seen);
	return 0;
}

/* ---- pictures ----------------------------------------------------------- */

static inline void
put_flags(unsigned flags)
{
	char before = '[';

	for (unsigned bit = 0; bit < 17; bit++) {
		if ((flags & 1u << bit) == 0)
			continue;
		kt_buf_putc(&seen, before);
		kt_buf_puts(&seen, kt_flag_name((enum kt_flag)(1u << bit)));
		before = ' ';
	}
	if (before == ' ')
		kt_buf_puts(&seen, "] ");
}

static inline void
put_paths(const struct kt_change *c, bool new_side)
{
	uint32_t n = new_side ? c->nnew : c->nold;

	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			kt_buf_puts(&seen, "・");
		kt_change_path(&seen, list, c, new_side, i);
	}
}

/* 〔-substance:old〕〔+substance:new〕; what is equal as it is. */
static inline void
put_spans(const struct kt_change *c)
{
	for (uint32_t i = 0; i < c->nspans; i++) {
		const struct kt_span *s = &c->spans[i];
		bool plain = s->op == '=' && s->note[0] == '\0';

		if (!plain)
			kt_buf_printf(&seen, "〔%c", s->op);
		if (s->class != KT_SC_NONE)
			kt_buf_printf(
			    &seen, "%s:", kt_span_class_name(s->class));
		for (uint32_t k = 0; k < s->len; k++)
			kt_buf_putc(&seen, s->text[k] == '\n'   ? '/'
					   : s->text[k] == '\t' ? '|'
								: s->text[k]);
		if (s->note[0] != '\0')
			kt_buf_printf(&seen, "（%s）", s->note);
		if (!plain)
			kt_buf_puts(&seen, "〕");
	}
}

/* One line a change. */
static inline const char *
picture(void)
{
	kt_buf_clear(&seen);
	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];

		kt_buf_printf(&seen, "%s %s ", kt_fate_name(c->fate),
		    kt_class_name(c->class));
		put_flags(c->flags);
		kt_buf_printf(&seen, "%s ", kt_change_level(c));
		put_paths(c, false);
		kt_buf_puts(&seen, "→");
		put_paths(c, true);
		kt_buf_puts(&seen, c->nspans > 0 ? ": " : "");
		put_spans(c);
		kt_buf_putc(&seen, '\n');
	}
	return seen.p;
}

static inline const char *
correspondence(void)
{
	kt_buf_clear(&seen);
	for (size_t i = 0; i < list->npairs; i++) {
		const struct kt_pair *p = &list->pairs[i];

		for (uint32_t k = 0; k < p->nold; k++) {
			kt_buf_puts(&seen, k > 0 ? "・" : "");
			kt_addr_write(&seen, old_doc, p->old[k]);
		}
		kt_buf_puts(&seen, "→");
		for (uint32_t k = 0; k < p->nnew; k++) {
			kt_buf_puts(&seen, k > 0 ? "・" : "");
			kt_addr_write(&seen, new_doc, p->new[k]);
		}
		kt_buf_printf(&seen, " %s%s\n", kt_fate_name(p->fate),
		    p->changed ? " changed" : "");
	}
	return seen.p;
}

/* The way back is true as well, and undoes what the way there did. */
static inline void
check_back(void)
{
	struct kt_changes *back;

	kt_diff(&back, new_doc, old_doc, diag);
	CU_ASSERT_EQUAL(kt_changes_prove(back, diag), KT_OK);
	KT_NUM(back->sum[KT_ADDED], list->sum[KT_DELETED]);
	KT_NUM(back->sum[KT_DELETED], list->sum[KT_ADDED]);
	KT_NUM(back->sum[KT_SPLIT], list->sum[KT_MERGED]);
	KT_NUM(back->sum[KT_MERGED], list->sum[KT_SPLIT]);
	KT_NUM(back->sum[KT_MOVED], list->sum[KT_MOVED]);
	kt_changes_free(back);
}

/* Compare two pictures; whatever comes of it must be true. */
static inline void
compare(const char *before, const char *after)
{
	drop();
	kt_diag_clear(diag);
	old_doc = kt_build(before);
	new_doc = kt_build(after);
	kt_diff(&list, old_doc, new_doc, diag);
	CU_ASSERT_EQUAL(kt_changes_prove(list, diag), KT_OK);
	check_back();
}

static inline void
check(const char *before, const char *after, const char *want)
{
	compare(before, after);
	KT_STR(picture(), want);
}

/* One article with one paragraph each; only the paragraph's change. */
static inline void
check_text(const char *before, const char *after, const char *want)
{
	char *x = kt_malloc(strlen(before) + 64);
	char *y = kt_malloc(strlen(after) + 64);

	sprintf(x, "article 第1条\n paragraph ||%s\n", before);
	sprintf(y, "article 第1条\n paragraph ||%s\n", after);
	compare(x, y);
	CU_ASSERT_EQUAL(list->count, 1);
	kt_buf_clear(&seen);
	if (list->count > 0)
		put_spans(&list->at[0]);
	KT_STR(seen.p, want);
	free(x);
	free(y);
}

/* Articles that have nothing to do with each other. */
#define A1                                                                                      \
	"article 第1条|目的\n paragraph ||この規程は、文書の管理に関し必要" \
	"な事項を定める。\n"
#define B(n)                                                                                 \
	"article 第" n "条|保管\n paragraph ||課長は、完結した文書を書庫に" \
	"収めなければならない。\n"
#define C(n)                                                                   \
	"article 第" n                                                         \
	"条|廃棄\n paragraph ||保存期間を経過した記録は、裁断して処分する。\n"
#define D(n)                                                                                          \
	"article 第" n                                                                                \
	"条|閲覧\n paragraph ||市民は、公開された資料を窓口で見ることができ" \
	"る。\n"
#define E(n)                                                                   \
	"article 第" n                                                         \
	"条|台帳\n paragraph ||係長は、毎月末に帳簿の残高を照合する。\n"

#define LONG_OLD                                                                                          \
	"article 第2条|保管及び貸出し\n"                                                         \
	" paragraph ||課長は、完結した文書を施錠することができる書庫に収め、"  \
	"その鍵を自ら保管しなければならない。\n"                                        \
	" paragraph 2||職員は、書庫の文書を借り受けるときは、貸出簿に氏名及び" \
	"返却の予定日を記入するものとする。\n"

#endif
