/* SPDX-License-Identifier: MIT */
/* What is written about the disc itself: index, events, readme, label. */
#include "year_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/write.h>
#include <kaitei/xml.h>

/* Room to write in; a column is as wide as its words. */
#define BLANK "　　　　　　　　"

#define FORMAT_WORDS "ISO 9660 + Joliet + Rock Ridge（クローズ、追記不可）"

static const char *
iso_day(struct year *y, struct kt_date date)
{
	struct kt_buf b = KT_BUF_INIT;
	const char *made = "";

	if (date.year != 0) {
		kt_date_iso(&b, date);
		made = kt_arena_strdup(y->arena, b.p);
	}
	kt_buf_release(&b);
	return made;
}

static const char *
number(struct year *y, int64_t n)
{
	return kt_arena_printf(y->arena, "%lld", (long long)n);
}

/* ---- index -------------------------------------------------------------- */

enum index_column {
	IX_NUMBER,
	IX_DISC,
	IX_PLACE,
	IX_NAME,
	IX_WHAT,
	IX_TITLE,
	IX_INSTRUMENT,
	IX_DATE,
	IX_EFFECTIVE,
	IX_BYTES,
	IX_SHA256,
	IX_COLS
};

static const char *const index_heads[IX_COLS] = { "番号", "ディスク",
	"フォルダー", "ファイル名", "種類", "題名", "改正番号",
	"決裁日・納品日", "施行日", "バイト", "SHA-256" };
static const double index_widths[IX_COLS] = { 6, 9, 30, 40, 14, 36, 18, 16, 16,
	11, 110 };

static void
index_row(struct year *y, const char **cells, size_t i)
{
	const struct entry *e = &y->at[i];
	const char *name = strrchr(e->item.path, '/') + 1;

	cells[IX_NUMBER] = number(y, (int64_t)i + 1);
	cells[IX_DISC] = kt_arena_printf(y->arena, "%u/%u", e->disc, y->discs);
	cells[IX_PLACE] = kt_arena_strndup(
	    y->arena, e->item.path, (size_t)(name - e->item.path - 1));
	cells[IX_NAME] = name;
	cells[IX_WHAT] = e->what;
	cells[IX_TITLE] = e->title;
	cells[IX_INSTRUMENT] = e->number;
	cells[IX_DATE] = iso_day(y, e->date);
	cells[IX_EFFECTIVE] = iso_day(y, e->effective);
	cells[IX_BYTES] = number(y, e->item.size);
	cells[IX_SHA256] = e->item.sha256;
}

static const char *
disc_title(struct year *y, unsigned disc)
{
	return kt_arena_printf(y->arena, "%s %s（%u/%u）", y->how->organization,
	    y->how->title, disc, y->discs);
}

int
papers_index(struct year *y, unsigned disc, struct entry *out)
{
	const char **cells = kt_calloc((y->n + 1) * IX_COLS, sizeof(*cells));
	const struct kt_sheet sheet = { .name = "目次",
		.heads = index_heads,
		.widths = index_widths,
		.columns = IX_COLS,
		.cells = cells,
		.rows = y->n };
	struct kt_buf bytes = KT_BUF_INIT;
	int rc;

	for (size_t i = 0; i < y->n; i++)
		index_row(y, cells + i * IX_COLS, i);
	rc = kt_write_sheets(&bytes, disc_title(y, disc), &sheet, 1, y->d);
	*out = (struct entry){ .item = { .path = "data/INDEX.XLSX" } };
	spool_begin(&y->spool);
	if (rc == KT_OK)
		rc = spool_put(&y->spool, bytes.p, bytes.len, y->d);
	spool_end(&y->spool, &out->item);
	kt_buf_release(&bytes);
	free(cells);
	return rc;
}

/* ---- events ------------------------------------------------------------- */

static int
by_date(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	int c = kt_date_cmp(x->date, y->date);

	if (c == 0)
		c = strcmp(x->kind, y->kind);
	if (c == 0)
		c = strcmp(x->object, y->object);
	return c != 0 ? c : strcmp(x->id, y->id);
}

static void
put_element(struct kt_xmlw *w, const char *name, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	kt_xmlw_indent(w, 2);
	kt_xmlw_open(w, name);
	kt_xmlw_text(w, text, strlen(text));
	kt_xmlw_close(w);
}

/* Elements as PREMIS names them; of its schema only what is known here. */
static int
events_xml(struct year *y, struct kt_buf *out)
{
	struct kt_xmlw *w = kt_xmlw_new();
	int rc;

	kt_xmlw_declare(w);
	kt_xmlw_open(w, "premis:premis");
	kt_xmlw_attr(w, "xmlns:premis", "http://www.loc.gov/premis/v3");
	kt_xmlw_attr(w, "version", "3.0");
	for (size_t i = 0; i < y->nevents; i++) {
		const struct event *e = &y->event[i];

		kt_xmlw_indent(w, 1);
		kt_xmlw_open(w, "premis:event");
		put_element(w, "premis:eventType", e->kind);
		put_element(w, "premis:eventDateTime", iso_day(y, e->date));
		put_element(w, "premis:eventDetail", e->detail);
		put_element(w, "premis:linkingAgentIdentifierValue", e->agent);
		put_element(
		    w, "premis:linkingObjectIdentifierValue", e->object);
		put_element(w, "premis:eventIdentifierValue", e->id);
		kt_xmlw_indent(w, 1);
		kt_xmlw_close(w);
	}
	kt_xmlw_indent(w, 0);
	kt_xmlw_close(w);
	rc = kt_xmlw_finish(w, out, y->d);
	kt_xmlw_free(w);
	return rc;
}

static int
events_xlsx(struct year *y, struct kt_buf *out)
{
	static const char *const heads[] = { "年月日", "出来事", "対象",
		"行った者", "内容", "識別子（改正版、SHA-256）" };
	static const double widths[] = { 15, 16, 44, 16, 40, 80 };
	const char **cells = kt_calloc((y->nevents + 1) * 6, sizeof(*cells));
	const struct kt_sheet sheet = { .name = "出来事",
		.heads = heads,
		.widths = widths,
		.columns = 6,
		.cells = cells,
		.rows = y->nevents };
	int rc;

	for (size_t i = 0; i < y->nevents; i++) {
		const struct event *e = &y->event[i];
		const char *const row[] = { iso_day(y, e->date), e->kind,
			e->object, e->agent, e->detail, e->id };

		memcpy(cells + i * 6, row, sizeof(row));
	}
	rc = kt_write_sheets(out, "出来事の記録", &sheet, 1, y->d);
	free(cells);
	return rc;
}

static int
spool_bytes(struct year *y, struct entry *out, const char *path,
    struct kt_buf *bytes, int rc)
{
	*out = (struct entry){ .item = { .path = path } };
	spool_begin(&y->spool);
	if (rc == KT_OK)
		rc = spool_put(&y->spool, bytes->p, bytes->len, y->d);
	spool_end(&y->spool, &out->item);
	kt_buf_release(bytes);
	return rc;
}

int
papers_events(struct year *y, struct entry *xml, struct entry *xlsx)
{
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT;
	int rc;

	if (y->nevents > 0)
		qsort(y->event, y->nevents, sizeof(*y->event), by_date);
	rc = spool_bytes(
	    y, xml, "data/" METADATA "/出来事.xml", &a, events_xml(y, &a));
	if (rc != KT_OK)
		return rc;
	return spool_bytes(
	    y, xlsx, "data/" METADATA "/出来事.xlsx", &b, events_xlsx(y, &b));
}

/* ---- readme ------------------------------------------------------------- */

static const char *const folder_words[][2] = {
	{ "01_確定版", "年度末に施行されている規程等の全文（溶け込み版）" },
	{ "02_新旧対照表", "年度中の改正の新旧対照表" },
	{ "03_改め文", "年度中の改正の改め文" },
	{ "04_見え消し", "年度中の改正の変更履歴付きの文" },
	{ "05_対応表", "国の指針との対応表" },
	{ "06_納品物", "議事録、報告書等の納品物" },
	{ MACHINE, "機械で読むための、規程等のMarkdownの文" },
	{ METADATA, "いつ、誰が、何をしたかの記録（XML、Excel）" },
};

static const char *const readme_lines[] = {
	"目次は、dataフォルダーのINDEX.XLSXです。題名の全文、施行日、SHA-256"
	"もそこにあります。",
	"内容が変わっていないことは、ほかの道具がなくても、次の命令で確かめら"
	"れます。ディスクの最上位のフォルダーで実行してください。",
	"sha256sum -c manifest-sha256.txt",
	"Windowsでは、PowerShellで次のとおり実行してください。値の違うファイル"
	"の名前だけが表示されます。",
	"Get-Content -Encoding UTF8 manifest-sha256.txt | ForEach-Object { $h, "
	"$p = $_ -split '  ', 2; if ((Get-FileHash -LiteralPath $p).Hash -ne "
	"$h) { $p } }",
};

/* Does something of this folder lie on this disc? */
static bool
has_folder(const struct year *y, unsigned disc, const char *folder)
{
	size_t n = strlen(folder);

	if (strcmp(folder, METADATA) == 0)
		return true;
	for (size_t i = 0; i < y->n; i++) {
		const char *at = strstr(y->at[i].item.path, folder);

		if (y->at[i].disc == disc && at != NULL && at[-1] == '/' &&
		    at[n] == '/')
			return true;
	}
	return false;
}

static const char *
where_history_is(struct year *y)
{
	for (size_t i = 0; i < y->n; i++)
		if (strcmp(y->at[i].item.path, BUNDLE_PATH) == 0)
			return kt_arena_printf(y->arena,
			    "全ての履歴は、%u枚目のディスクから git clone "
			    "%s で取り出せます。",
			    y->at[i].disc, BUNDLE_PATH);
	return "改正の全ての履歴（Gitのbundle）は、収めていません。";
}

int
papers_readme(struct year *y, unsigned disc, struct entry *out)
{
	static const char *const heads[] = { "フォルダー", "内容" };
	struct kt_paper *p = kt_paper_new("はじめにお読みください");
	struct kt_buf bytes = KT_BUF_INIT;
	int rc;

	kt_paper_text(p, disc_title(y, disc));
	kt_paper_text(
	    p, kt_arena_printf(y->arena,
		   "%sの成果物を収めています（作成年月日 "
		   "%s、全%u枚のうち%u枚目）。",
		   year_name(y), year_day(y, y->how->date), y->discs, disc));
	kt_paper_heading(p, "内容");
	kt_paper_table(p, heads, 2);
	for (size_t i = 0; i < KT_COUNT(folder_words); i++)
		if (has_folder(y, disc, folder_words[i][0]))
			kt_paper_row(p, folder_words[i], 2);
	kt_paper_text(p, where_history_is(y));
	kt_paper_heading(p, "確かめ方");
	for (size_t i = 0; i < KT_COUNT(readme_lines); i++)
		kt_paper_text(p, readme_lines[i]);
	rc = kt_write_paper(&bytes, p, y->how->date, y->d);
	kt_paper_free(p);
	return spool_bytes(y, out, "はじめにお読みください.docx", &bytes, rc);
}

/* ---- label -------------------------------------------------------------- */

static void
label_row(struct kt_paper *p, const char *what, const char *value)
{
	const char *const cells[] = { what, value };

	kt_paper_row(p, cells, 2);
}

static void
label_facts(
    struct kt_paper *p, struct year *y, const struct kt_archive_disc *made)
{
	static const char *const heads[] = { "項目", "内容" };

	kt_paper_table(p, heads, 2);
	label_row(p, "番号", made->volume);
	label_row(p, "枚数",
	    kt_arena_printf(y->arena, "%u / %u枚", made->disc, y->discs));
	label_row(p, "名称", y->how->title);
	label_row(p, "年度", year_name(y));
	label_row(p, "作成年月日", year_day(y, y->how->date));
	label_row(p, "発注者", y->how->organization);
	label_row(p, "受注者", BLANK);
	label_row(p, "フォーマット形式", FORMAT_WORDS);
	label_row(p, "収録",
	    kt_arena_printf(y->arena, "規程等%zu件、納品物%zu件、%zuファイル",
		y->documents, y->deliverables, made->files));
	label_row(p, "大きさ",
	    kt_arena_printf(y->arena, "%lldバイト", (long long)made->bytes));
	label_row(p, "SHA-256（盤面には先頭16桁）", made->sha256);
	label_row(p, "作成に使ったもの", y->how->software);
}

int
papers_label(
    struct kt_buf *out, struct year *y, const struct kt_archive_disc *made)
{
	static const char *const checks[] = { "時期", "ソフト名", "定義日",
		"年月日", "結果" };
	static const char *const check_rows[][5] = {
		{ "書込前", BLANK, BLANK, BLANK, "　　　" },
		{ "書込後", BLANK, BLANK, BLANK, "　　　" },
	};
	static const char *const records[] = { "項目", "記入欄" };
	static const char *const blanks[] = { "正・副の別", "発注者の署名",
		"受注者の署名", "PIE SUM8（書込直後）",
		"再検査の年月（5年ごと）", "保管場所" };
	struct kt_paper *p = kt_paper_new("ディスクのラベル");
	int rc;

	kt_paper_text(p, "盤面に直接印刷するか、油性ペンで書いてください。シー"
			 "ルは貼らないでくだ"
			 "さい。");
	kt_paper_heading(p, "盤面に記す事項");
	label_facts(p, y, made);
	kt_paper_heading(p, "ウイルス点検");
	kt_paper_table(p, checks, 5);
	for (size_t i = 0; i < KT_COUNT(check_rows); i++)
		kt_paper_row(p, check_rows[i], 5);
	kt_paper_heading(p, "記入欄");
	kt_paper_table(p, records, 2);
	for (size_t i = 0; i < KT_COUNT(blanks); i++)
		label_row(p, blanks[i], BLANK BLANK BLANK);
	rc = kt_write_paper(out, p, y->how->date, y->d);
	kt_paper_free(p);
	return rc;
}
