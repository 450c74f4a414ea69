/* SPDX-License-Identifier: MIT */
/*
 * A draft whose base moved.  Its conflicts are computed from three revisions;
 * what is kept with the draft is which three, and what was decided.
 */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/yaml.h>
#include <kaitei/write.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

/* What is decided of one document. */
struct deciding {
	const char *path;
	enum kt_pick *picks;
	size_t n;
};

struct conflicts {
	struct kt_arena *arena;
	const char *rev[3]; /* base, ours, theirs */
	struct deciding *at;
	size_t n;
};

static const char *const picks[] = { "", "base", "ours", "theirs" };

/* ---- the file ------------------------------------------------------------ */

static enum kt_pick
pick_of(const char *word)
{
	for (size_t i = 0; i < KT_COUNT(picks); i++)
		if (strcmp(picks[i], word) == 0)
			return (enum kt_pick)i;
	return KT_PICK_OPEN;
}

static void
put_member(struct kt_buf *out, const char *key, const char *value)
{
	kt_buf_printf(out, ", \"%s\": ", key);
	kt_json_string(out, value, strlen(value));
}

static void
put_document(struct kt_buf *out, const char *path, const struct kt_merged *m)
{
	kt_buf_puts(out, "  {\"path\": ");
	kt_json_string(out, path, strlen(path));
	kt_buf_puts(out, ", \"conflicts\": [");
	for (size_t i = 0; i < m->count; i++) {
		const struct kt_conflict *c = &m->at[i];

		kt_buf_printf(out, "%s\n    {\"kind\": \"%s\"",
		    i == 0 ? "" : ",", kt_conflict_name(c->kind));
		put_member(out, "pick", picks[c->pick]);
		put_member(out, "clause", c->clause);
		put_member(out, "base", c->base);
		put_member(out, "ours", c->ours);
		put_member(out, "theirs", c->theirs);
		kt_buf_putc(out, '}');
	}
	kt_buf_puts(out, "]}");
}

static void
put_head(struct kt_buf *out, const char *const rev[3])
{
	kt_buf_printf(out,
	    "{\"format\": \"kaitei-conflicts/1\",\n \"base\": \"%s\",\n"
	    " \"ours\": \"%s\",\n \"theirs\": \"%s\",\n"
	    " \"documents\": [\n",
	    rev[0], rev[1], rev[2]);
}

static void
take_file(struct conflicts *c, const struct kt_yaml *y)
{
	const struct kt_ynode *root = kt_yaml_root(y);
	const struct kt_ynode *docs = kt_ynode_get(root, "documents");
	static const char *const sides[] = { "base", "ours", "theirs" };

	for (int i = 0; i < 3; i++)
		c->rev[i] = kt_arena_strdup(
		    c->arena, kt_ynode_word(root, sides[i], ""));
	c->n = kt_ynode_count(docs);
	c->at = KT_NEWN(c->arena, struct deciding, c->n);
	for (size_t i = 0; i < c->n; i++) {
		const struct kt_ynode *doc = kt_ynode_at(docs, i);
		const struct kt_ynode *list = kt_ynode_get(doc, "conflicts");

		c->at[i].path =
		    kt_arena_strdup(c->arena, kt_ynode_word(doc, "path", ""));
		c->at[i].n = kt_ynode_count(list);
		c->at[i].picks = KT_NEWN(c->arena, enum kt_pick, c->at[i].n);
		for (size_t k = 0; k < c->at[i].n; k++)
			c->at[i].picks[k] = pick_of(
			    kt_ynode_word(kt_ynode_at(list, k), "pick", ""));
	}
}

/* None when the draft has no such file. */
static int
load(struct conflicts *c, struct kt_store *s, const char *name,
    struct kt_diag *d)
{
	struct kt_buf text = KT_BUF_INIT, at = KT_BUF_INIT;
	struct kt_yaml *y = NULL;
	int rc = KT_OK;

	c->arena = kt_arena_new();
	kt_buf_printf(&at, "draft/%s", name);
	if (kt_store_has(s, KT_CONFLICTS, at.p)) {
		rc = kt_store_get(&text, s, KT_CONFLICTS, at.p, NULL, d);
		if (rc == KT_OK)
			rc = kt_yaml_parse(
			    &y, KT_CONFLICTS, text.p, text.len, d);
		if (rc == KT_OK)
			take_file(c, y);
		kt_yaml_free(y);
	}
	kt_buf_release(&text);
	kt_buf_release(&at);
	return rc;
}

/* ---- merging ------------------------------------------------------------- */

/* base, ours, theirs; free_sides() also when it failed. */
static int
read_sides(struct kt_doc *doc[3], struct kt_store *s, const char *path,
    const char *const rev[3], struct kt_diag *d)
{
	int rc = KT_OK;

	for (int i = 0; i < 3 && rc == KT_OK; i++)
		rc = propose_read(&doc[i], s, path, rev[i], d);
	return rc;
}

static void
free_sides(struct kt_doc *doc[3])
{
	for (int i = 0; i < 3; i++)
		kt_doc_free(doc[i]);
}

static int
merge_path(struct kt_merged **out, struct kt_store *s, const char *path,
    const char *const rev[3], const struct kt_merge_how *how, struct kt_diag *d)
{
	struct kt_doc *doc[3] = { NULL, NULL, NULL };
	int rc = read_sides(doc, s, path, rev, d);

	if (rc == KT_OK)
		kt_merged_new(out, doc[0], doc[1], doc[2], how, NULL);
	free_sides(doc);
	return rc;
}

struct updating {
	struct kt_store *s;
	struct kt_arena *arena;
	const char *rev[3];
	struct kt_file *files;
	size_t n, cap;
	struct kt_buf conflicts;
	size_t open, docs;
	struct propose_references references;
};

static void
put_file(struct updating *u, const char *path, const struct kt_buf *bytes)
{
	char *kept = NULL;

	if (bytes != NULL) {
		kept = kt_arena_alloc(u->arena, bytes->len + 1);
		memcpy(kept, bytes->p, bytes->len);
	}
	KT_GROW(u->files, u->n, u->cap);
	u->files[u->n++] =
	    (struct kt_file){ path, kept, bytes == NULL ? 0 : bytes->len };
}

/* Both sides changed a document. */
static int
update_document(struct updating *u, const char *path, struct kt_diag *d)
{
	struct kt_merged *m = NULL;
	struct kt_buf text = KT_BUF_INIT;
	struct kt_doc *doc[3] = { NULL, NULL, NULL };
	int rc = read_sides(doc, u->s, path, u->rev, d);

	if (rc == KT_OK) {
		kt_merged_new(&m, doc[0], doc[1], doc[2], NULL, NULL);
		rc = kt_write_markdown(&text, m->doc, d);
	}
	if (rc == KT_OK) {
		for (int side = 1; side < 3; side++)
			propose_references_from(&u->references,
			    propose_id(u->arena, path), doc[side], m->doc);
		put_file(u, path, &text);
		if (m->open > 0) {
			kt_buf_puts(&u->conflicts, u->docs++ == 0 ? "" : ",\n");
			put_document(&u->conflicts, path, m);
			u->open += m->open;
		}
	}
	kt_merged_free(m);
	free_sides(doc);
	kt_buf_release(&text);
	return rc;
}

static bool
is_among(const struct propose_paths *paths, const char *path)
{
	for (size_t i = 0; i < paths->n; i++)
		if (strcmp(paths->at[i], path) == 0)
			return true;
	return false;
}

/* One path that main changed since the base. */
static int
update_path(struct updating *u, const char *path,
    const struct propose_paths *ours, struct kt_diag *d)
{
	struct kt_buf bytes = KT_BUF_INIT;
	int rc = KT_OK;

	if (is_among(ours, path)) {
		if (kt_store_is_document(path))
			return update_document(u, path, d);
		/* Bytes cannot be merged: the draft's stay, and it is said. */
		kt_report(d, .id = KT_M_DRAFT_FILE_KEPT, .a = path);
		return KT_OK;
	}
	if (!kt_store_has(u->s, path, u->rev[2])) {
		put_file(u, path, NULL);
		return KT_OK;
	}
	rc = kt_store_get(&bytes, u->s, path, u->rev[2], NULL, d);
	if (rc == KT_OK)
		put_file(u, path, &bytes);
	kt_buf_release(&bytes);
	return rc;
}

static int
update(struct updating *u, const struct kt_draft *draft,
    const struct kt_note *note, struct kt_diag *d)
{
	struct propose_paths ours = { 0 }, theirs = { 0 };
	struct kt_buf file = KT_BUF_INIT;
	char rev[KT_REV_LEN + 1];
	int rc = propose_paths(&ours, u->s, u->rev[0], u->rev[1], d);

	if (rc == KT_OK)
		rc = propose_paths(&theirs, u->s, u->rev[0], u->rev[2], d);
	for (size_t i = 0; i < theirs.n && rc == KT_OK; i++)
		rc = update_path(u, theirs.at[i], &ours, d);
	if (rc == KT_OK && u->open > 0) {
		put_head(&file, u->rev);
		kt_buf_printf(&file, "%s\n ]}\n", u->conflicts.p);
		put_file(u, KT_CONFLICTS, &file);
	}
	if (rc == KT_OK)
		rc = kt_draft_put(u->s, draft->name, u->files, u->n, draft->tip,
		    u->rev[2], note, rev, d);
	kt_buf_release(&file);
	free(ours.at);
	free(theirs.at);
	return rc;
}

int
propose_join(size_t *open, struct kt_store *s, const struct kt_draft *draft,
    const char *const rev[3], const struct kt_note *note, struct kt_diag *d)
{
	struct updating u = { .s = s,
		.rev = { rev[0], rev[1], rev[2] },
		.conflicts = KT_BUF_INIT };
	int rc;

	u.arena = kt_arena_new();
	propose_references_begin(&u.references, d);
	rc = update(&u, draft, note, d);
	propose_references_end(&u.references);
	*open = u.open;
	free(u.files);
	kt_buf_release(&u.conflicts);
	kt_arena_free(u.arena);
	return rc;
}

static void
say_count(enum kt_msg_id id, const char *name, size_t n, struct kt_diag *d)
{
	struct kt_buf count = KT_BUF_INIT;

	kt_buf_printf(&count, "%zu", n);
	kt_report(d, .id = id, .a = name, .b = count.p);
	kt_buf_release(&count);
}

int
kt_draft_update(size_t *open, struct kt_store *s, const char *name,
    const struct kt_note *note, struct kt_diag *d)
{
	struct kt_open_conflicts *c = NULL;
	struct kt_revision main;
	struct kt_draft draft;
	int rc = kt_draft_find(&draft, s, name, d);

	*open = 0;
	if (rc == KT_OK)
		rc = kt_draft_check_open(s, &draft, d);
	if (rc == KT_OK)
		rc = kt_conflicts_read(&c, s, name, d);
	if (rc == KT_OK && c->count > 0)
		rc = kt_report(d, .id = KT_M_DRAFT_OPEN_CONFLICTS, .a = name);
	kt_conflicts_free(c);
	if (rc == KT_OK && !draft.behind)
		kt_report(d, .id = KT_M_DRAFT_CURRENT, .a = name);
	if (rc != KT_OK || !draft.behind)
		return rc;
	rc = kt_store_revision(&main, s, "", d);
	if (rc == KT_OK) {
		const char *const rev[3] = { draft.base, draft.tip, main.id };

		rc = propose_join(open, s, &draft, rev, note, d);
	}
	if (rc == KT_OK)
		kt_report(d, .id = KT_M_DRAFT_UPDATED, .a = name);
	if (rc == KT_OK && *open > 0)
		say_count(KT_M_DRAFT_CONFLICTS, name, *open, d);
	return rc;
}

/* ---- what is open -------------------------------------------------------- */

int
kt_conflicts_read(struct kt_open_conflicts **out, struct kt_store *s,
    const char *name, struct kt_diag *d)
{
	struct kt_open_conflicts *to = kt_calloc(1, sizeof(*to));
	struct conflicts c = { 0 };
	size_t cap = 0;
	int rc = load(&c, s, name, d);

	to->arena = c.arena;
	for (size_t i = 0; i < c.n && rc == KT_OK; i++) {
		struct kt_merge_how how = { .picks = c.at[i].picks,
			.npicks = c.at[i].n };
		struct kt_merged *m = NULL;

		rc = merge_path(&m, s, c.at[i].path, c.rev, &how, d);
		for (size_t k = 0; rc == KT_OK && k < m->count; k++) {
			struct kt_conflict x = m->at[k];

			if (x.pick != KT_PICK_OPEN)
				continue;
			x.clause = kt_arena_strdup(to->arena, x.clause);
			x.base = kt_arena_strdup(to->arena, x.base);
			x.ours = kt_arena_strdup(to->arena, x.ours);
			x.theirs = kt_arena_strdup(to->arena, x.theirs);
			KT_GROW(to->at, to->count, cap);
			to->at[to->count++] = (struct kt_open_conflict){
				.document = propose_id(to->arena, c.at[i].path),
				.number = k,
				.conflict = x,
			};
		}
		kt_merged_free(m);
	}
	if (rc == KT_OK)
		*out = to;
	else
		kt_conflicts_free(to);
	return rc;
}

void
kt_conflicts_free(struct kt_open_conflicts *c)
{
	if (c == NULL)
		return;
	kt_arena_free(c->arena);
	free(c->at);
	free(c);
}

/* ---- decide -------------------------------------------------------------- */

struct resolving {
	struct kt_store *s;
	const char *name, *clause;
	enum kt_pick pick;
	struct kt_buf file; /* the conflicts as they are after it */
	struct kt_buf text; /* of the document at hand */
	size_t decided, left, docs;
};

/* Decide in one document.  The edits made since the merge stay: what the
 * decision changes is merged into the text as it is now. */
static int
resolve_document(struct resolving *r, struct conflicts *c, struct deciding *at,
    bool asked, struct kt_diag *d)
{
	struct kt_merge_how how = { .picks = at->picks, .npicks = at->n };
	struct kt_merge_how win = { .theirs_win = true };
	struct kt_merged *before = NULL, *after = NULL, *now = NULL;
	struct kt_doc *doc = NULL;
	struct kt_buf rev = KT_BUF_INIT;
	int rc = merge_path(&before, r->s, at->path, c->rev, &how, d);

	kt_buf_printf(&rev, "draft/%s", r->name);
	for (size_t k = 0; rc == KT_OK && asked && k < at->n; k++)
		if (k < before->count && at->picks[k] == KT_PICK_OPEN &&
		    (r->clause[0] == '\0' ||
			strcmp(before->at[k].clause, r->clause) == 0)) {
			at->picks[k] = r->pick;
			r->decided++;
		}
	if (rc == KT_OK)
		rc = merge_path(&after, r->s, at->path, c->rev, &how, d);
	if (rc == KT_OK)
		rc = propose_read(&doc, r->s, at->path, rev.p, d);
	if (rc == KT_OK) {
		kt_merged_new(&now, before->doc, doc, after->doc, &win, NULL);
		kt_buf_clear(&r->text);
		rc = kt_write_markdown(&r->text, now->doc, d);
		r->left += after->open;
		kt_buf_puts(&r->file, r->docs++ == 0 ? "" : ",\n");
		put_document(&r->file, at->path, after);
	}
	kt_merged_free(before);
	kt_merged_free(after);
	kt_merged_free(now);
	kt_doc_free(doc);
	kt_buf_release(&rev);
	return rc;
}

static int
save_resolved(struct resolving *r, struct conflicts *c, struct kt_file *files,
    const struct kt_note *note, struct kt_diag *d)
{
	struct kt_buf head = KT_BUF_INIT;
	char rev[KT_REV_LEN + 1];
	int rc;

	put_head(&head, c->rev);
	kt_buf_printf(&head, "%s\n ]}\n", r->file.p);
	files[c->n] = (struct kt_file){ KT_CONFLICTS,
		r->left == 0 ? NULL : head.p, head.len };
	rc = kt_draft_put(r->s, r->name, files, c->n + 1, "", "", note, rev, d);
	kt_buf_release(&head);
	return rc;
}

int
kt_draft_resolve(size_t *left, struct kt_store *s, const char *name,
    const char *document, const char *clause, enum kt_pick pick,
    const struct kt_note *note, struct kt_diag *d)
{
	struct resolving r = { .s = s,
		.name = name,
		.clause = clause,
		.pick = pick,
		.file = KT_BUF_INIT,
		.text = KT_BUF_INIT };
	struct conflicts c = { 0 };
	struct kt_draft draft;
	struct kt_file *files;
	int rc = load(&c, s, name, d);

	if (rc == KT_OK)
		rc = kt_draft_find(&draft, s, name, d);
	if (rc == KT_OK)
		rc = kt_draft_check_open(s, &draft, d);
	files = KT_NEWN(c.arena, struct kt_file, c.n + 1);
	for (size_t i = 0; i < c.n && rc == KT_OK; i++) {
		bool asked =
		    document[0] == '\0' ||
		    strcmp(document, propose_id(c.arena, c.at[i].path)) == 0;

		rc = resolve_document(&r, &c, &c.at[i], asked, d);
		files[i] = (struct kt_file){ c.at[i].path,
			kt_arena_strndup(c.arena, r.text.p, r.text.len),
			r.text.len };
	}
	if (rc == KT_OK && r.decided == 0)
		rc = kt_report(
		    d, .id = KT_M_DRAFT_NO_CONFLICT, .a = name, .b = clause);
	if (rc == KT_OK)
		rc = save_resolved(&r, &c, files, note, d);
	if (rc == KT_OK)
		say_count(KT_M_DRAFT_RESOLVED, name, r.decided, d);
	if (rc == KT_OK && r.left > 0)
		say_count(KT_M_DRAFT_CONFLICTS, name, r.left, d);
	*left = r.left;
	kt_buf_release(&r.file);
	kt_buf_release(&r.text);
	kt_arena_free(c.arena);
	return rc;
}
