/* SPDX-License-Identifier: MIT */
/* kaitei doctor: what is installed, which formats work, is the store sound. */
#include "cli.h"

#include <string.h>

#include <kaitei/workflow.h>
#include <kaitei/write.h>

/* Programs that something needs. */
static const struct {
	const char *name;
	const char *text[2];
} programs[] = {
	{ "git", { "同期（sync）", "sync" } },
	{ "ssh", { "SSHでの同期", "sync over SSH" } },
	{ "ssh-keygen", { "承認の署名", "signed approvals" } },
};

/* States in Japanese; JSON has them in English. */
static const struct {
	const char *state, *ja;
} states[] = {
	{ "ok", "よい" },
	{ "missing", "ない" },
	{ "damaged", "破損" },
	{ "repaired", "修復" },
};

struct report {
	struct kt_buf out;
	bool json, ja, any;
};

static void
put(struct report *r, const char *what, const char *state, const char *more)
{
	if (r->json) {
		kt_buf_puts(&r->out, r->any ? ",{\"what\":" : "{\"what\":");
		kt_json_string(&r->out, what, strlen(what));
		kt_buf_puts(&r->out, ",\"state\":");
		kt_json_string(&r->out, state, strlen(state));
		kt_buf_puts(&r->out, ",\"text\":");
		kt_json_string(&r->out, more, strlen(more));
		kt_buf_putc(&r->out, '}');
	} else {
		for (size_t i = 0; r->ja && i < KT_COUNT(states); i++)
			if (strcmp(states[i].state, state) == 0)
				state = states[i].ja;
		cli_put_cell(&r->out, state, 8);
		kt_buf_printf(&r->out, "%s%s%s\n", what,
		    more[0] == '\0' ? "" : "  ", more);
	}
	r->any = true;
}

static void
put_programs(struct report *r)
{
	for (size_t i = 0; i < KT_COUNT(programs); i++)
		put(r, programs[i].name,
		    kt_tool_there(programs[i].name) ? "ok" : "missing",
		    programs[i].text[r->ja ? KT_JA : KT_EN]);
}

/* PDF goes through a helper with poppler. */
static void
put_pdf(struct report *r)
{
	struct kt_buf what = KT_BUF_INIT;
	bool data = false, works = kt_pdf_works(&what, &data);

	if (works && !data)
		kt_buf_puts(&what, r->ja ? "（poppler-data がありません）"
					 : " (without poppler-data)");
	put(r, "pdf", works ? "ok" : "missing", what.p);
	kt_buf_release(&what);
}

static void
put_store(
    struct cli *cli, struct report *r, struct kt_store *store, bool *sound)
{
	struct kt_health h = { .repaired = 0 };
	struct kt_person who = { NULL, NULL };
	struct kt_buf text = KT_BUF_INIT;

	/* Without a name nothing is made again, and nothing else is lost. */
	if (kt_store_person(&who, store, NULL) != KT_OK)
		who.name = NULL;
	*sound = kt_doctor(&h, store, who.name == NULL ? NULL : &who,
		     cli->diag) == KT_OK;
	kt_buf_printf(&text,
	    r->ja ? "オブジェクト %zu、版 %zu、参照 %zu、審査 %zu、署名 %zu"
		  : "%zu objects, %zu revisions, %zu refs, %zu review "
		    "operations, %zu signatures",
	    h.sound.objects, h.sound.revisions, h.sound.refs,
	    h.sound.operations, h.signatures);
	put(r, kt_store_path(store), *sound ? "ok" : "damaged", text.p);
	if (h.repaired > 0) {
		kt_buf_clear(&text);
		kt_buf_printf(&text,
		    r->ja ? "作り直した札と記録 %zu"
			  : "%zu tags and entries made again",
		    h.repaired);
		put(r, kt_store_path(store), "repaired", text.p);
	}
	kt_buf_release(&text);
}

/* From so many on it is worth the while. */
#define LOOSE_MANY 2000

/* Objects with a file each: packed where that is asked for, else told. */
static int
put_loose(struct cli *cli, struct report *r, struct kt_store *store)
{
	struct kt_buf text = KT_BUF_INIT;
	struct kt_packed packed = { .objects = 0 };
	size_t n = 0;
	int rc = KT_OK;

	if (cli_has(cli, OPT_PACK)) {
		rc = kt_store_pack(&packed, store, cli->diag);
		if (packed.busy)
			kt_buf_puts(&text, r->ja ? "ほかの人がまとめています"
						 : "somebody else is packing");
		else
			kt_buf_printf(&text,
			    r->ja ? "まとめたオブジェクト %zu"
				  : "%zu objects put into one pack",
			    packed.objects);
	} else if ((n = kt_store_loose(store)) >= LOOSE_MANY) {
		kt_buf_printf(&text,
		    r->ja ? "一つずつのファイルになっているオブジェクト %zu"
			    "（kaitei doctor --pack でまとめられます）"
			  : "%zu objects have a file each; kaitei doctor "
			    "--pack puts them into one",
		    n);
	}
	if (rc == KT_OK && text.len > 0)
		put(r, kt_store_path(store), "ok", text.p);
	kt_buf_release(&text);
	return rc;
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", NULL };
	const char *format = cli_format(cli, known, "text");
	struct report r = { .out = KT_BUF_INIT, .ja = cli->lang == KT_JA };
	struct kt_store *store = NULL;
	bool sound = true;
	int rc = KT_OK;

	if (format == NULL)
		return EXIT_FAILED;
	r.json = strcmp(format, "json") == 0;
	if (r.json)
		kt_buf_puts(
		    &r.out, "{\"format\":\"kaitei-doctor/1\",\"checks\":[");
	put(&r, "ICU", "ok", kt_icu_version());
	put(&r, "md xml json txt html docx xlsx", "ok", "");
	put_programs(&r);
	put_pdf(&r);
	/* Without -C a place without a store is no fault. */
	if (cli_has(cli, OPT_STORE) || cli_has(cli, OPT_PACK))
		rc =
		    kt_store_open_any(&store, cli->value[OPT_STORE], cli->diag);
	else if (kt_store_open(&store, NULL, NULL) == KT_EDAMAGED)
		kt_store_open_any(&store, NULL, NULL);
	if (store != NULL)
		put_store(cli, &r, store, &sound);
	/* What is damaged is not touched. */
	if (store != NULL && sound)
		rc = put_loose(cli, &r, store);
	if (r.json)
		kt_buf_puts(&r.out, "]}\n");
	if (rc == KT_OK)
		rc = cli_put(cli, &r.out);
	kt_store_free(store);
	kt_buf_release(&r.out);
	return rc != KT_OK || !sound ? EXIT_FAILED : EXIT_NOTHING;
}

const struct cmd cmd_doctor = {
	.name = "doctor",
	.args = "",
	.text = { "使える形式と、ストアが健全かを調べる",
	    "what works here, and is the store sound" },
	.run = run,
	.opts = { OPT_PACK, OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei -C 例規 doctor",
};
