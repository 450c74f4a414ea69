/* SPDX-License-Identifier: MIT */
/* kaitei amend: the instrument that turns the old text into the new one. */
#include "revision.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/workflow.h>
#include <kaitei/write.h>

/* Everything that is made on the way to the instrument. */
struct made {
	struct cli_pair pair;
	struct kt_amend_style style;
	struct kt_amend_report report;
	struct kt_diag *findings; /* references that do not follow */
	struct kt_buf text;
	bool table; /* 新旧対照表方式 */
	bool vertical; /* 縦書き */
};

/* ---- options ------------------------------------------------------------- */

static int
bad_value(struct cli *cli, enum opt_id id)
{
	return cli_status(cli_bad_value(cli, id, cli->value[id]));
}

static int
read_numbers(struct cli *cli, enum kt_form *out)
{
	static const struct {
		const char *name;
		enum kt_form form;
	} forms[] = { { "kanji", KT_F_KANJI }, { "arabic", KT_F_ARABIC },
		{ "wide", KT_F_WIDE } };
	const char *asked = cli->value[OPT_NUMBERS];

	*out = KT_F_NONE;
	if (asked == NULL)
		return EXIT_NOTHING;
	for (size_t i = 0; i < KT_COUNT(forms); i++)
		if (strcmp(asked, forms[i].name) == 0) {
			*out = forms[i].form;
			return EXIT_NOTHING;
		}
	return bad_value(cli, OPT_NUMBERS);
}

/* Words that a sentence with 「…」の次に「…」 can hold. */
static int
read_add_after(struct cli *cli, const char **out)
{
	static const char *const words[] = { "の下に", "の次に", "の右に",
		"の後に" };
	const char *asked = cli->value[OPT_ADD_AFTER];

	*out = "";
	if (asked == NULL)
		return EXIT_NOTHING;
	for (size_t i = 0; i < KT_COUNT(words); i++)
		if (strcmp(asked, words[i]) == 0) {
			*out = words[i];
			return EXIT_NOTHING;
		}
	return bad_value(cli, OPT_ADD_AFTER);
}

/* --style and --vertical. */
static int
read_form(struct cli *cli, struct made *m)
{
	const char *style = cli->value[OPT_STYLE];

	m->table = style != NULL && strcmp(style, "table") == 0;
	m->vertical = cli_has(cli, OPT_VERTICAL);
	if (style != NULL && !m->table && strcmp(style, "kaimebun") != 0)
		return bad_value(cli, OPT_STYLE);
	return EXIT_NOTHING;
}

static int
read_style(struct cli *cli, struct kt_amend_style *style)
{
	const char *day = cli->value[OPT_EFFECTIVE];

	*style = (struct kt_amend_style){ .indent = 1,
		.frame = true,
		.kind = cli->value[OPT_KIND],
		.number = cli->value[OPT_INSTRUMENT],
		.promulgation = cli->value[OPT_PROMULGATION] };
	if (day != NULL &&
	    kt_date_read(&style->effective, day, strlen(day)) != strlen(day))
		return bad_value(cli, OPT_EFFECTIVE);
	if (read_numbers(cli, &style->numbers) != EXIT_NOTHING)
		return EXIT_FAILED;
	if (style->numbers == KT_F_NONE && cli_has(cli, OPT_VERTICAL))
		style->numbers = KT_F_KANJI;
	return read_add_after(cli, &style->add_after);
}

/* ---- what is told -------------------------------------------------------- */

/* What words could not say, and references that do not follow. */
static void
tell(struct cli *cli, const struct made *m)
{
	const struct kt_doc *new = m->pair.new;

	for (size_t i = 0; i < m->report.nwhole; i++) {
		const struct kt_node *at = m->report.whole[i].new;

		kt_report(cli->diag, .id = KT_M_AMEND_WHOLE,
		    .a = kt_addr(new, at),
		    .at = { .file = new->source,
			.line = at->line,
			.column = at->column,
			.clause = kt_addr(new, at) });
	}
	for (size_t i = 0; i < kt_diag_count(m->findings); i++)
		kt_diag_add(cli->diag, kt_diag_get(m->findings, i));
}

static void
put_string(struct kt_buf *out, const char *key, const char *value)
{
	kt_buf_printf(out, "\"%s\":", key);
	kt_json_string(out, value, strlen(value));
}

static void
put_sentences(struct kt_buf *out, const struct kt_amend_unit *unit)
{
	struct kt_buf told = KT_BUF_INIT;

	for (size_t i = 0; i < unit->count; i++) {
		const struct kt_amend_sentence *s = &unit->at[i];

		kt_buf_puts(out, i > 0 ? ",{" : "{");
		put_string(out, "text", s->text);
		kt_buf_puts(out, ",\"operations\":[");
		for (size_t k = 0; k < s->nops; k++) {
			kt_buf_clear(&told);
			kt_op_tell(&told, &s->op[k]);
			kt_buf_puts(out, k > 0 ? "," : "");
			kt_json_string(out, told.p, told.len);
		}
		kt_buf_puts(out, "]}");
	}
	kt_buf_release(&told);
}

static void
put_whole(struct kt_buf *out, const struct made *m)
{
	static const char *const why[] = { "", "unreadable", "shape", "figure",
		"unproved" };

	for (size_t i = 0; i < m->report.nwhole; i++) {
		const struct kt_amend_whole *w = &m->report.whole[i];

		kt_buf_puts(out, i > 0 ? ",{" : "{");
		put_string(out, "old",
		    w->old == NULL ? "" : kt_addr(m->pair.old, w->old));
		kt_buf_putc(out, ',');
		put_string(out, "new", kt_addr(m->pair.new, w->new));
		kt_buf_putc(out, ',');
		put_string(out, "why", why[w->why]);
		kt_buf_putc(out, '}');
	}
}

static int
put_json(struct cli *cli, struct kt_buf *out, const struct made *m)
{
	struct kt_amendment *a = NULL;
	struct kt_buf found = KT_BUF_INIT;

	if (m->text.len > 0 &&
	    kt_amend_read(&a, "", m->text.p, m->text.len, cli->diag) != KT_OK)
		return EXIT_FAILED;
	kt_buf_puts(out, "{\"format\":\"kaitei-amend/1\",\"old\":{");
	put_string(out, "source", m->pair.old->source);
	kt_buf_puts(out, "},\"new\":{");
	put_string(out, "source", m->pair.new->source);
	kt_buf_puts(out, "},");
	put_string(out, "text", m->text.p);
	kt_buf_puts(out, ",\"sentences\":[");
	if (a != NULL && a->nunits > 0)
		put_sentences(out, &a->unit[0]);
	kt_buf_printf(out, "],\"changed\":%zu,\"covered\":%zu,\"whole\":[",
	    m->report.changed, m->report.covered);
	put_whole(out, m);
	kt_write_check_json(&found, m->findings, cli->lang);
	kt_buf_puts(out, "],\"references\":");
	/* The list inside the object that `check` prints. */
	kt_buf_put(out, strchr(found.p, '['),
	    (size_t)(strrchr(found.p, ']') + 1 - strchr(found.p, '[')));
	kt_buf_puts(out, "}\n");
	kt_buf_release(&found);
	kt_amend_free(a);
	return EXIT_NOTHING;
}

/* ---- Word ---------------------------------------------------------------- */

static int
put_docx(struct cli *cli, struct kt_buf *out, struct made *m)
{
	cli_pair_pictures(cli, &m->pair);
	return cli_status(kt_instrument_docx(out, m->pair.list, m->text.p,
	    &m->style, m->pair.new_pictures, m->vertical, cli->diag));
}

/* 新旧対照表方式: the table is the amendment. */
static int
put_table(struct cli *cli, struct kt_buf *out, struct made *m)
{
	struct cli_table table;
	int rc = cli_table_begin(cli, &table);

	if (rc == KT_OK && table.how.profile == NULL)
		table.how.profile = kt_profile_find(
		    m->vertical ? "houshikisho-tate" : "houshikisho");
	if (rc == KT_OK) {
		cli_table_pictures(cli, &table, &m->pair);
		rc = kt_instrument_table(
		    out, m->pair.list, &m->style, &table.how, cli->diag);
	}
	cli_table_end(&table);
	return cli_status(rc);
}

/* ---- the command --------------------------------------------------------- */

static int
make(struct cli *cli, struct made *m)
{
	if (cli_compare(cli, &m->pair) != KT_OK)
		return EXIT_FAILED;
	cli_tell_same(cli, &m->pair);
	if (cli_has(cli, OPT_FIX_REFERENCES) &&
	    cli_fix_references(cli, &m->pair, cli->args[1]) != EXIT_NOTHING)
		return EXIT_FAILED;
	if (cli_references(cli, m->pair.list, m->findings) != EXIT_NOTHING)
		return EXIT_FAILED;
	cli_timing(cli, "references");
	if (m->table)
		return EXIT_NOTHING;
	if (kt_amend_write(&m->text, m->pair.list, &m->style, &m->report,
		cli->diag) != KT_OK)
		return EXIT_FAILED;
	if (m->text.len == 0 && m->pair.list->count > 0)
		kt_report(cli->diag, .id = KT_M_AMEND_EMPTY, .a = cli->args[0],
		    .b = cli->args[1]);
	cli_timing(cli, "amend");
	return EXIT_NOTHING;
}

static int
put(struct cli *cli, const char *format, struct made *m)
{
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_NOTHING;

	if (m->table) {
		status = put_table(cli, &out, m);
	} else if (strcmp(format, "docx") == 0) {
		status = put_docx(cli, &out, m);
	} else if (strcmp(format, "json") == 0) {
		status = put_json(cli, &out, m);
	} else {
		for (const char *p = m->text.p; *p != '\0'; p++) {
			kt_buf_putc(&out, *p);
			/* A paragraph each. */
			if (*p == '\n' && strcmp(format, "md") == 0)
				kt_buf_putc(&out, '\n');
		}
	}
	if (status == EXIT_NOTHING)
		status = cli_status(cli_put(cli, &out));
	kt_buf_release(&out);
	return status;
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "txt", "text", "md", "json",
		"docx", NULL };
	static const char *const word[] = { "docx", NULL };
	struct made m = { .text = KT_BUF_INIT };
	const char *format;
	int status = EXIT_FAILED;

	if (read_form(cli, &m) != EXIT_NOTHING)
		return EXIT_FAILED;
	format = m.table ? cli_format(cli, word, "docx")
			 : cli_format(cli, known, "txt");
	if (format == NULL || read_style(cli, &m.style) != EXIT_NOTHING)
		return EXIT_FAILED;
	m.findings = kt_diag_new();
	status = make(cli, &m);
	if (status == EXIT_NOTHING)
		status = put(cli, format, &m);
	if (status == EXIT_NOTHING) {
		tell(cli, &m);
		if (kt_diag_errors(m.findings) > 0)
			status = EXIT_FINDINGS;
	}
	free(m.report.whole);
	kt_diag_free(m.findings);
	kt_buf_release(&m.text);
	cli_pair_release(&m.pair);
	return status;
}

const struct cmd cmd_amend = {
	.name = "amend",
	.args = "OLD NEW",
	.min = 2,
	.max = 2,
	.text = { "改め文を作り、溶け込ませて新しい文書になることを確かめる。"
		  "新旧対照表方式も",
	    "the amending instrument: sentences, proved by carrying them out, "
	    "or an enacting table" },
	.run = run,
	.opts = { OPT_STYLE, OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT_VERTICAL,
	    OPT_PROFILE, OPT_SETTINGS, OPT_NUMBERS, OPT_ADD_AFTER, OPT_KIND,
	    OPT_INSTRUMENT, OPT_PROMULGATION, OPT_EFFECTIVE, OPT_IN,
	    OPT_FIX_REFERENCES, OPT__COUNT },
	.example = "kaitei amend kanri-kitei 改正案.md -o 改め文.docx\n"
		   "  kaitei amend kanri-kitei 改正案.md --style table "
		   "--effective 令和8年4月1日 -o 改正規程.docx",
};
