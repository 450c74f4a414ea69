/* SPDX-License-Identifier: MIT */
#ifndef KT_CLI_H
#define KT_CLI_H

/*
 * What the commands share: the table entry that makes a command, its options
 * as read, and the few things every command does the same way (find a
 * document, write a result, end).  One command a file, cmd_<name>.c.
 */

#include <stdbool.h>
#include <stddef.h>

#include <kaitei/base.h>
#include <kaitei/text.h>
#include <kaitei/store.h>
#include <kaitei/read.h>

struct kt_changes;
struct kt_date;
struct kt_doc;
struct kt_person;
struct kt_store;
struct kt_yaml;
struct cli;

/* Exit status, cli.md. */
enum { EXIT_NOTHING = 0, EXIT_FINDINGS = 1, EXIT_FAILED = 2 };

enum opt_id {
	OPT_ADD_AFTER,
	OPT_AMENDMENT,
	OPT_AS,
	OPT_AS_OF,
	OPT_AUTHOR,
	OPT_BASE,
	OPT_BRIEF,
	OPT_CHANGES,
	OPT_CHECK,
	OPT_CLAUSE,
	OPT_CLONE,
	OPT_COLOR,
	OPT_COMPLETION,
	OPT_CONFIDENTIAL,
	OPT_DATE,
	OPT_DECIDED,
	OPT_DISC,
	OPT_DRIVE,
	OPT_DRY_RUN,
	OPT_DUE,
	OPT_EDITION,
	OPT_EFFECTIVE,
	OPT_EVENT,
	OPT_FIX_REFERENCES,
	OPT_FORMAT,
	OPT_FROM,
	OPT_FY,
	OPT_GAPS,
	OPT_HELP,
	OPT_HOW,
	OPT_IN,
	OPT_INCLUDE_PROVIDED,
	OPT_INSTRUMENT,
	OPT_JSON,
	OPT_KIND,
	OPT_LANG,
	OPT_LINKS,
	OPT_MAN_PAGE,
	OPT_MESSAGE,
	OPT_MOVES,
	OPT_NO_COLOR,
	OPT_NTH,
	OPT_NUMBER,
	OPT_NUMBERS,
	OPT_OTHER,
	OPT_OUTPUT,
	OPT_PACK,
	OPT_PROFILE,
	OPT_PROMULGATED,
	OPT_PROMULGATION,
	OPT_PROPOSE_VOCABULARY,
	OPT_PROVIDED,
	OPT_QUIET,
	OPT_REASON,
	OPT_REASONS,
	OPT_RENUMBERING,
	OPT_REPLY,
	OPT_REPORT,
	OPT_RESULT,
	OPT_REVIEW,
	OPT_ROLE,
	OPT_SETTINGS,
	OPT_SIDE,
	OPT_SIGN,
	OPT_STORE,
	OPT_STRICT,
	OPT_STYLE,
	OPT_TABLE,
	OPT_TAKE,
	OPT_TIMINGS,
	OPT_TITLE,
	OPT_TO,
	OPT_TYPE,
	OPT_USER,
	OPT_VERSION,
	OPT_VERTICAL,
	OPT_WAIVE,
	OPT_WITHOUT_COMMENTARY,
	OPT_WITHOUT_HISTORY,
	OPT_WITHOUT_TOC,
	OPT_WITH_COMMENTARY,
	OPT_XLSX,
	OPT_YES,
	OPT__COUNT
};

struct opt {
	enum opt_id id;
	char letter; /* 'o', or 0 */
	const char *name; /* "output" */
	const char *arg; /* "FILE", or NULL for a switch; "FILE..." may be
			    given several times: cli_value() */
	const char *text[2]; /* by enum kt_lang */
};

/* An option as it was given. */
struct opt_given {
	enum opt_id id;
	const char *value; /* "" for a switch */
};

/* A command as one table entry; the help is made from it. */
struct cmd {
	const char *name; /* one word, or two: "draft new" */
	const char *args; /* "OLD NEW" */
	unsigned min, max; /* number of arguments */
	const char *text[2];
	int (*run)(struct cli *cli);
	enum opt_id opts[24]; /* ends in OPT__COUNT */
	const char *example;
};

struct cli {
	const struct cmd *cmd;
	const char *group; /* first word of a command of two */
	const char **args;
	size_t nargs;
	const char *value[OPT__COUNT]; /* "" for a switch; NULL = not given */
	struct opt_given *given; /* all options, in order */
	size_t ngiven;
	enum kt_lang lang;
	bool colour; /* on standard output */
	struct kt_diag *diag;
	char *user[2]; /* name and mail of --user, once asked for */
	char *typed; /* file with what was typed, while it is not saved */
	char as_of[96]; /* 基準日 and revision, of a text in force on a day */
	bool lost; /* cli_import() met a loss */
	bool authors; /* who made tracked changes is to be told */
	double since; /* ms of the clock at the last cli_timing() */
};

/* ---- opts.c ---- */

extern const struct opt cli_opts[OPT__COUNT];

/* ---- main.c ---- */

extern const struct cmd *const cli_cmds[];
/* Options that every command takes, and those that stand without one; each
 * ends in OPT__COUNT. */
extern const enum opt_id cli_everywhere[], cli_alone[];

/* ---- help.c ---- */

void cli_help(struct kt_buf *out, enum kt_lang lang);
/* The commands whose first word is `group`. */
void cli_help_group(struct kt_buf *out, const char *group, enum kt_lang lang);
/* Is it the first word of commands of two? */
bool cli_is_group(const char *word);
void cli_help_cmd(struct kt_buf *out, const struct cmd *cmd, enum kt_lang lang);

/* ---- manual.c, complete.c ---- */

/* kaitei(1) in the form of man(7). */
void cli_man_page(struct kt_buf *out, enum kt_lang lang);
/* The completion script of a shell; false when it is not known. */
bool cli_completion(struct kt_buf *out, const char *shell, enum kt_lang lang);

/* ---- common.c ---- */

/* A document as named on the command line: a file, "-", or ID[@REV] in the
 * store.  *out is yours. */
int cli_doc(struct cli *cli, struct kt_doc **out, const char *name);
/* A name that cannot be a file of ours: ID, ID@REV. */
bool cli_is_in_store(const char *name);
/* The city's settings: --settings FILE, else the store's kaitei.yaml; *out is
 * yours, or NULL when there are none. */
int cli_settings(struct cli *cli, struct kt_yaml **out);
/* Two that run at the same time, with messages as if the second had waited for
 * the first and not run after its failure. */
int cli_both(struct cli *cli, int (*first)(struct cli *, void *), void *a,
    int (*second)(struct cli *, void *), void *b);
/* For cli_both(): a document by its name. */
struct cli_named_doc {
	const char *name;
	struct kt_doc *doc; /* yours */
};
int cli_read_doc(struct cli *cli, void *named);
/* Two documents, read at the same time; both are yours, also after a failure,
 * and may be NULL then. */
int cli_two_docs(struct cli *cli, struct kt_doc **a, const char *name_a,
    struct kt_doc **b, const char *name_b);
/* Two documents and what changed between them: read from the command's two
 * arguments.  Release it also after a failure. */
struct cli_pair {
	struct kt_doc *old, *new;
	struct kt_changes *list;
	struct kt_pictures *old_pictures, *new_pictures;
};
int cli_compare(struct cli *cli, struct cli_pair *out);
/* A paper of two texts that are the same says nothing: tell so. */
void cli_tell_same(struct cli *cli, const struct cli_pair *pair);
/* The pictures of both, for papers that hold them. */
void cli_pair_pictures(struct cli *cli, struct cli_pair *pair);
void cli_pair_release(struct cli_pair *pair);
/* The format of the result: --json, --format, else the suffix of -o, else
 * `otherwise`.  Not one of `known` (ends in NULL): a usage message, NULL. */
const char *cli_format(
    struct cli *cli, const char *const *known, const char *otherwise);
/* The result, to -o or standard output. */
int cli_put(struct cli *cli, const struct kt_buf *result);
/* Pieces of results: a cell of so many columns and two blanks; a member of a
 * JSON object behind others, with a comma; the same of a date, nothing for
 * none. */
void cli_put_cell(struct kt_buf *out, const char *text, size_t columns);
void cli_put_json(struct kt_buf *out, const char *key, const char *value);
void cli_put_json_date(
    struct kt_buf *out, const char *key, struct kt_date date);
/* Name the fault in the command line; returns EXIT_FAILED. */
int cli_usage(struct cli *cli, enum kt_msg_id id, const char *what);
/* The value of this option is none; how it is written.  Returns KT_EUSAGE. */
int cli_bad_value(struct cli *cli, enum opt_id id, const char *value);
/* Status for a code that a layer returned. */
int cli_status(int rc);
bool cli_has(const struct cli *cli, enum opt_id id);
bool cli_may_repeat(const struct opt *o);
/* The nth value (from 0) of an option that may be given several times; NULL
 * past the last. */
const char *cli_value(const struct cli *cli, enum opt_id id, size_t nth);
/* With --timings: milliseconds since the last call, on standard error. */
void cli_timing(struct cli *cli, const char *stage);

/* ---- folder.c ---- */

/* Every argument, and for a folder the documents in it; the worst status. */
int cli_each(struct cli *cli,
    int (*one)(struct cli *cli, const char *path, void *arg), void *arg);

/* ---- import.c ---- */

/* cli_doc() for a document that is taken in: what was recognised and what was
 * lost goes to the messages, and to the file of --report. */
int cli_import(struct cli *cli, struct kt_doc **out, const char *name);

/* ---- pictures.c ---- */

/* The pictures that a document, read from `name`, names in its own folder or
 * below it, or in the store that it is from; each that cannot stand in a paper
 * is a warning with its line, those that are not there one for all.  Yours. */
struct kt_pictures *cli_pictures(
    struct cli *cli, const struct kt_doc *doc, const char *name);
/* The same of a file that is about to be saved at `path` of the store: what is
 * not beside it may stand there already, at `rev`.  Yours. */
struct kt_pictures *cli_pictures_to_save(struct cli *cli,
    const struct kt_doc *doc, const char *name, struct kt_store *store,
    const char *path, const char *rev);

/* ---- cmd_blame.c ---- */

/* kaitei log ID ADDRESS. */
int cli_clause_log(struct cli *cli);

/* ---- cmd_draft.c ---- */

/* Who saves, and --message, into a note. */
int cli_note(struct cli *cli, struct kt_store *store, struct kt_note *note);

/* ---- cmd_store.c ---- */

/* The name that a document gets in the store: --as, its front matter, else
 * the name of its file.  Yours. */
char *cli_name_for(struct cli *cli, const struct kt_doc *doc, const char *file);

/* ---- instore.c ---- */

/* A document named ID[@REV], or ID with --as-of: what is in force on a day
 * says so on standard error and in cli->as_of. */
int cli_doc_in_store(struct cli *cli, struct kt_doc **out, const char *name);
int cli_doc_on(
    struct cli *cli, struct kt_doc **out, const char *id, struct kt_date day);
/* A line for each part of the newest text of a document that is not in force
 * today. */
int cli_put_coming(struct cli *cli, struct kt_buf *out, const char *id);
/* The newest bytes of a file of the store; *found tells whether there is one.
 */
int cli_store_file(
    struct cli *cli, struct kt_buf *out, const char *path, bool *found);
/* The store that -C names, or the one around the working directory. */
int cli_store(struct cli *cli, struct kt_store **out);
/* Who does it: --user, else as the store knows. */
int cli_person(struct cli *cli, struct kt_store *store, struct kt_person *out);
/* "見本 花子 <hanako@example.jp>" into name and mail, both yours. */
bool cli_split_person(const char *text, char **name, char **mail);
/* The value of an option that is a date; *out is left alone without it. */
int cli_date(struct cli *cli, enum opt_id id, struct kt_date *out);

/* ---- cmd_deliver.c ---- */

/* The clock, for what is recorded as of today. */
struct kt_date cli_today(void);
/* --fy, else `otherwise`; KT_EUSAGE. */
int cli_fiscal_year(struct cli *cli, int otherwise, int *out);

/* ---- cmd_convert.c ---- */

/* A document, read from `from`, in one of the formats of `convert`. */
int cli_write_doc(struct cli *cli, const char *format, struct kt_buf *out,
    const struct kt_doc *doc, const char *from);

#endif
