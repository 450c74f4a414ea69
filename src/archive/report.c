/* SPDX-License-Identifier: MIT */
/* 検収記録: what was verified, as a Word file to be signed. */
#include "archive_int.h"

#include <string.h>

#include <kaitei/write.h>

#define BLANK "　　　　　　　　"

static void
row(struct kt_paper *p, const char *what, const char *value)
{
	const char *const cells[] = { what, value[0] == '\0' ? "　" : value };

	kt_paper_row(p, cells, 2);
}

static void
facts(
    struct kt_paper *p, const struct kt_archive_report *r, struct kt_date when)
{
	static const char *const heads[] = { "項目", "内容" };
	struct kt_buf day = KT_BUF_INIT, made = KT_BUF_INIT;
	struct kt_buf count = KT_BUF_INIT;
	unsigned disc, discs;
	struct kt_date date;

	kt_date_wareki(&day, when);
	/* As people write it, unless it is no date. */
	if (kt_date_read(&date, r->date, strlen(r->date)) == strlen(r->date) &&
	    r->date[0] != '\0')
		kt_date_wareki(&made, date);
	else
		kt_buf_puts(&made, r->date);
	if (sscanf(r->count, "%u of %u", &disc, &discs) == 2)
		kt_buf_printf(&count, "%u / %u枚", disc, discs);
	else
		kt_buf_puts(&count, r->count);
	kt_paper_table(p, heads, 2);
	row(p, "番号", r->volume);
	row(p, "名称", r->title);
	row(p, "年度", r->fiscal_year);
	row(p, "発注者", r->organization);
	row(p, "作成年月日", made.p);
	row(p, "枚数", count.p);
	row(p, "検収年月日", day.p);
	row(p, "SHA-256", r->sha256);
	row(p, "結果",
	    r->nfaults == 0 ? "合格（誤りなし）" : "不合格（下記のとおり）");
	kt_buf_release(&day);
	kt_buf_release(&made);
	kt_buf_release(&count);
}

int
kt_archive_report_docx(struct kt_buf *out, const struct kt_archive_report *r,
    struct kt_date when, struct kt_diag *d)
{
	static const char *const heads[] = { "点検した事項", "内容", "判定" };
	static const char *const signs[] = { "区分", "氏名（ソフト名・定義日）",
		"年月日", "印" };
	static const char *const who[][4] = { { "検収者", BLANK, BLANK,
						  "　　　" },
		{ "立会者", BLANK, BLANK, "　　　" },
		{ "ウイルス点検", BLANK, BLANK, "　　　" } };
	struct kt_paper *p = kt_paper_new("電子媒体検収記録");
	int rc;

	facts(p, r, when);
	kt_paper_heading(p, "点検の結果");
	kt_paper_table(p, heads, 3);
	for (size_t i = 0; i < r->nlines; i++) {
		const char *const cells[] = { r->line[i].what,
			r->line[i].result, r->line[i].good ? "良" : "否" };

		kt_paper_row(p, cells, 3);
	}
	if (r->nfaults > 0)
		kt_paper_heading(p, "見付かった誤り");
	for (size_t i = 0; i < r->nfaults; i++)
		kt_paper_text(p, r->fault[i]);
	kt_paper_heading(p, "確認");
	kt_paper_table(p, signs, 4);
	for (size_t i = 0; i < KT_COUNT(who); i++)
		kt_paper_row(p, who[i], 4);
	rc = kt_write_paper(out, p, when, d);
	kt_paper_free(p);
	return rc;
}
