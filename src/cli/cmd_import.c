/* SPDX-License-Identifier: MIT */
/* kaitei draft import, draft edit, draft restore: a text into a draft, after
 * showing what it changes, and out of it again. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/workflow.h>
#include <kaitei/write.h>

/* What is about to be saved. */
struct saving {
	struct kt_store *store;
	const char *draft;
	char *id; /* yours */
	char base[KT_REV_LEN + 1]; /* the draft as it was read */
	const char *path; /* of the document there, or where it will be */
	struct kt_doc *old, *new;
	struct kt_changes *list;
	struct kt_pictures *figures; /* that the new text names */
	struct kt_arena *arena;
	struct kt_file *files; /* those of them that the draft has not */
	size_t nfiles;
};

/* The text of a document on a draft; an empty one when it is not there. */
static int
read_draft(struct cli *cli, struct kt_doc **out, struct saving *s)
{
	struct kt_buf text = KT_BUF_INIT;
	struct kt_draft draft;
	int rc = kt_draft_find(&draft, s->store, s->draft, cli->diag);

	if (rc == KT_OK)
		rc = kt_draft_check_open(s->store, &draft, cli->diag);
	if (rc != KT_OK)
		return rc;
	memcpy(s->base, draft.tip, sizeof(s->base));
	if (kt_store_document(
		&s->path, s->store, s->id, draft.tip, NULL, NULL) != KT_OK) {
		*out = kt_doc_new(s->id);
		kt_doc_finish(*out);
		return KT_OK;
	}
	rc = kt_store_get(&text, s->store, s->path, draft.tip, NULL, cli->diag);
	if (rc == KT_OK)
		rc = kt_read(out, s->id, text.p, text.len, cli->diag);
	kt_buf_release(&text);
	return rc;
}

/* A file from an office has no front matter: the draft's stays. */
static void
keep_meta(struct saving *s)
{
	if (s->new->meta.present)
		return;
	s->new->meta = s->old->meta;
	if (s->new->meta.id[0] == '\0')
		s->new->meta.id = s->id;
}

static bool
is_agreed(const struct cli *cli)
{
	char answer[16];

	if (cli_has(cli, OPT_YES))
		return true;
	if (!isatty(0) || !isatty(2))
		return false;
	fputs(cli->lang == KT_JA ? "保存しますか [y/N] " : "save it? [y/N] ",
	    stderr);
	return fgets(answer, sizeof(answer), stdin) != NULL &&
	       (answer[0] == 'y' || answer[0] == 'Y');
}

static int
save(struct cli *cli, struct saving *s)
{
	struct kt_note note = { .document = s->id, .message = "" };
	char rev[KT_REV_LEN + 1];
	int rc = cli_note(cli, s->store, &note);

	if (rc == KT_OK)
		rc = kt_draft_save(s->store, s->draft, s->id, s->new, s->files,
		    s->nfiles, s->base, &note, rev, cli->diag);
	if (rc == KT_OK) {
		rev[10] = '\0';
		kt_report(
		    cli->diag, .id = KT_M_STORE_SAVED, .a = s->id, .b = rev);
	}
	return rc;
}

/* The figures of the new text, from beside the file or from the draft. */
static int
read_figures(struct cli *cli, struct saving *s, const char *file)
{
	int rc = kt_store_document(&s->path, s->store, s->id, s->base,
	    kt_folder_of(s->new), cli->diag);

	if (rc != KT_OK)
		return rc;
	s->figures =
	    cli_pictures_to_save(cli, s->new, file, s->store, s->path, s->base);
	s->arena = kt_arena_new();
	return kt_figures_files(&s->files, &s->nfiles, s->store, s->path,
	    s->base, s->figures, s->arena, cli->diag);
}

/* The same as Markdown: front matter too, which no clause tells. */
static bool
is_same(const struct saving *s)
{
	struct kt_buf old = KT_BUF_INIT, new = KT_BUF_INIT;
	bool same = kt_write_markdown(&old, s->old, NULL) == KT_OK &&
		    kt_write_markdown(&new, s->new, NULL) == KT_OK &&
		    old.len == new.len &&memcmp(old.p, new.p, old.len) == 0;

	kt_buf_release(&old);
	kt_buf_release(&new);
	return same;
}

/* Show what changes, then save it if that is wanted. */
static int
show_and_save(struct cli *cli, struct saving *s, bool agreed)
{
	struct kt_diff_text how = { .colour = cli->colour,
		.brief = cli_has(cli, OPT_BRIEF),
		.lang = cli->lang };
	struct kt_buf out = KT_BUF_INIT;
	int rc;

	kt_diff(&s->list, s->old, s->new, cli->diag);
	if (s->list->count == 0 && s->nfiles == 0 && s->old->count > 1) {
		if (is_same(s)) {
			kt_report(cli->diag, .id = KT_M_DRAFT_SAME, .a = s->id);
			return EXIT_NOTHING;
		}
		kt_report(cli->diag, .id = KT_M_DRAFT_META, .a = s->id);
	}
	rc = kt_write_diff_text(&out, s->list, &how, cli->diag);
	for (size_t i = 0; i < s->nfiles; i++)
		kt_buf_printf(&out, "%s\n", s->files[i].path);
	if (rc == KT_OK)
		rc = cli_put(cli, &out);
	kt_buf_release(&out);
	if (rc != KT_OK)
		return EXIT_FAILED;
	fflush(stdout);
	if (s->old->count <= 1)
		kt_report(cli->diag, .id = KT_M_DRAFT_NEW_DOCUMENT, .a = s->id);
	if (cli_has(cli, OPT_DRY_RUN))
		return EXIT_FINDINGS;
	if (!agreed && !is_agreed(cli)) {
		kt_report(cli->diag, .id = KT_M_DRAFT_NOT_SAVED, .a = s->id);
		return EXIT_FINDINGS;
	}
	return cli_status(save(cli, s));
}

static void
release(struct saving *s)
{
	kt_arena_free(s->arena);
	kt_pictures_free(s->figures);
	kt_changes_free(s->list);
	kt_doc_free(s->new);
	kt_doc_free(s->old);
	kt_store_free(s->store);
	free(s->id);
}

/* ---- import -------------------------------------------------------------- */

static int
run_import(struct cli *cli)
{
	struct saving s = { .draft = cli->args[0] };
	int status = EXIT_FAILED, rc = cli_store(cli, &s.store);

	if (rc == KT_OK)
		rc = cli_import(cli, &s.new, cli->args[1]);
	if (rc == KT_OK) {
		s.id = cli_name_for(cli, s.new, cli->args[1]);
		rc = read_draft(cli, &s.old, &s);
	}
	if (rc == KT_OK) {
		keep_meta(&s);
		rc = read_figures(cli, &s, cli->args[1]);
	}
	if (rc == KT_OK)
		status = show_and_save(cli, &s, false);
	release(&s);
	return status;
}

const struct cmd cmd_draft_import = {
	.name = "draft import",
	.args = "NAME FILE",
	.min = 2,
	.max = 2,
	.text = { "ファイル（Word等）を改正案に取り込む。変わるところを見せてか"
		  "ら保存する",
	    "bring a file (Word …) into a draft, after showing what changes" },
	.run = run_import,
	.opts = { OPT_AS, OPT_CHANGES, OPT_SIDE, OPT_YES, OPT_DRY_RUN,
	    OPT_BRIEF, OPT_MESSAGE, OPT_REPORT, OPT_USER, OPT_OUTPUT,
	    OPT__COUNT },
	.example = "kaitei draft import R8改正 管理規程.docx --as kanri-kitei",
};

/* ---- edit ---------------------------------------------------------------- */

static const char *
editor(void)
{
	static const char *const names[] = { "KAITEI_EDITOR", "VISUAL",
		"EDITOR" };

	for (size_t i = 0; i < KT_COUNT(names); i++) {
		const char *set = getenv(names[i]);

		if (set != NULL && set[0] != '\0')
			return set;
	}
	return "vi";
}

/* The text in a file, into the editor, and back. */
static int
edit(struct cli *cli, struct saving *s)
{
	struct kt_buf text = KT_BUF_INIT, said = KT_BUF_INIT;
	const char *dir = getenv("TMPDIR");
	struct kt_buf path = KT_BUF_INIT;
	const char *argv[] = { editor(), NULL, NULL };
	struct kt_tool tool = { .argv = argv, .terminal = true };
	int status, rc = kt_write_markdown(&text, s->old, cli->diag);

	kt_buf_printf(&path, "%s/kaitei-XXXXXX", dir == NULL ? "/tmp" : dir);
	if (rc == KT_OK && mkdtemp(path.p) == NULL)
		rc = kt_file_error(cli->diag, path.p, errno);
	kt_buf_printf(&path, "/%s.md", s->id);
	argv[1] = path.p;
	if (rc == KT_OK)
		rc = kt_file_write(path.p, text.p, text.len, cli->diag);
	if (rc == KT_OK) {
		status = kt_tool_run(&text, &said, &tool);
		if (status != 0)
			rc = kt_report(
			    cli->diag, .id = KT_M_EDITOR_FAILED, .a = argv[0]);
	}
	if (rc == KT_OK)
		rc = kt_read_file(&s->new, path.p, cli->diag);
	cli->typed = kt_strdup(path.p);
	kt_buf_release(&text);
	kt_buf_release(&said);
	kt_buf_release(&path);
	return rc;
}

/* What was typed is kept when it cannot be read or saved. */
static void
keep_typed(struct cli *cli, bool keep)
{
	char *slash;

	if (cli->typed == NULL)
		return;
	if (keep && kt_file_exists(cli->typed)) {
		kt_report(cli->diag, .id = KT_M_DRAFT_TYPED, .a = cli->typed);
	} else {
		unlink(cli->typed);
		slash = strrchr(cli->typed, '/');
		*slash = '\0';
		rmdir(cli->typed);
	}
	free(cli->typed);
	cli->typed = NULL;
}

static int
run_edit(struct cli *cli)
{
	struct saving s = { .draft = cli->args[0],
		.id = kt_strdup(cli->args[1]) };
	int status = EXIT_FAILED, rc = cli_store(cli, &s.store);

	if (rc == KT_OK)
		rc = read_draft(cli, &s.old, &s);
	if (rc == KT_OK)
		rc = edit(cli, &s);
	if (rc == KT_OK)
		rc = read_figures(cli, &s, cli->typed);
	if (rc == KT_OK)
		status = show_and_save(cli, &s, true);
	keep_typed(cli, status == EXIT_FAILED);
	release(&s);
	return status;
}

const struct cmd cmd_draft_edit = {
	.name = "draft edit",
	.args = "NAME ID",
	.min = 2,
	.max = 2,
	.text = { "改正案の文書をエディターで直す",
	    "edit a document of a draft in an editor" },
	.run = run_edit,
	.opts = { OPT_BRIEF, OPT_MESSAGE, OPT_USER, OPT_OUTPUT, OPT__COUNT },
	.example = "kaitei draft edit R8改正 kanri-kitei",
};

/* ---- restore ------------------------------------------------------------- */

static int
run_restore(struct cli *cli)
{
	struct kt_store *store = NULL;
	const char *name = cli->args[0], *id = cli->args[1];
	struct kt_note note = { .document = id, .message = "元の文に戻す" };
	char rev[KT_REV_LEN + 1];
	bool is_new;
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = cli_note(cli, store, &note);
	if (rc == KT_OK)
		rc = kt_draft_restore(
		    &is_new, store, name, id, &note, rev, cli->diag);
	if (rc == KT_OK && rev[0] == '\0')
		kt_report(cli->diag, .id = KT_M_DRAFT_SAME, .a = id);
	else if (rc == KT_OK)
		kt_report(cli->diag,
		    .id = is_new ? KT_M_DRAFT_TAKEN_OUT : KT_M_DRAFT_RESTORED,
		    .a = id, .b = name);
	kt_store_free(store);
	return cli_status(rc);
}

const struct cmd cmd_draft_restore = {
	.name = "draft restore",
	.args = "NAME ID",
	.min = 2,
	.max = 2,
	.text = { "改正案の文書を改める前の文に戻す。誤って取り込んだ新しい"
		  "文書は取り除く",
	    "put a document of a draft back as it was; a new one that was "
	    "brought in by mistake is taken out" },
	.run = run_restore,
	.opts = { OPT_MESSAGE, OPT_USER, OPT__COUNT },
	.example = "kaitei draft restore R8改正 kanri-kitei",
};
