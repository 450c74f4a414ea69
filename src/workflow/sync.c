/* SPDX-License-Identifier: MIT */
/*
 * Exchange of a store: fetch, join what came in, push all of it in one step,
 * again while somebody else pushes first.  Drafts are joined clause by
 * clause, reviews are united, main only grows.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/write.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

/* Others push too; nobody loses this often. */
#define ROUNDS 20

/* ---- main ---------------------------------------------------------------- */

/* What one revision of ours changed, on top of what others adopted first. */
struct replaying {
	struct kt_store *s;
	struct kt_arena *arena;
	struct kt_file *files;
	size_t n, cap;
	struct kt_sync *out;
	struct kt_diag *d;
};

static void
put_file(struct replaying *r, const char *path, const struct kt_buf *bytes)
{
	char *kept = NULL;

	if (bytes != NULL) {
		kept = kt_arena_alloc(r->arena, bytes->len + 1);
		memcpy(kept, bytes->p, bytes->len);
	}
	KT_GROW(r->files, r->n, r->cap);
	r->files[r->n++] =
	    (struct kt_file){ path, kept, bytes == NULL ? 0 : bytes->len };
}

/* A conflict is decided by who pushed first; ours is not lost, its revision
 * stays, and it is told which clause to look at. */
static int
replay_document(struct replaying *r, const char *path, const char *base,
    const char *on, const char *of)
{
	struct kt_doc *doc[3] = { NULL, NULL, NULL };
	const char *const rev[3] = { base, on, of };
	struct kt_merged *m = NULL;
	struct kt_buf text = KT_BUF_INIT;
	int rc = KT_OK;

	for (int i = 0; i < 3 && rc == KT_OK; i++)
		rc = propose_read(&doc[i], r->s, path, rev[i], r->d);
	if (rc == KT_OK) {
		kt_merged_new(&m, doc[0], doc[1], doc[2], NULL, NULL);
		rc = kt_write_markdown(&text, m->doc, r->d);
	}
	for (size_t i = 0; rc == KT_OK && i < m->count; i++) {
		kt_report(r->d, .id = KT_M_SYNC_CONFLICT,
		    .at = { .clause = m->at[i].clause }, .a = path, .b = of);
		r->out->conflicts++;
	}
	if (rc == KT_OK)
		put_file(r, path, &text);
	kt_merged_free(m);
	kt_buf_release(&text);
	for (int i = 0; i < 3; i++)
		kt_doc_free(doc[i]);
	return rc;
}

static bool
same_bytes(struct kt_store *s, const char *path, const char *a, const char *b)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool has = kt_store_has(s, path, a), same;

	same = has == kt_store_has(s, path, b);
	if (same && has)
		same = kt_store_get(&x, s, path, a, NULL, NULL) == KT_OK &&
		       kt_store_get(&y, s, path, b, NULL, NULL) == KT_OK &&
		       x.len == y.len && memcmp(x.p, y.p, x.len) == 0;
	kt_buf_release(&x);
	kt_buf_release(&y);
	return same;
}

static int
replay_path(struct replaying *r, const char *path, const char *base,
    const char *on, const char *of)
{
	struct kt_buf bytes = KT_BUF_INIT;
	int rc = KT_OK;

	if (!same_bytes(r->s, path, base, on)) {
		if (kt_store_is_document(path))
			return replay_document(r, path, base, on, of);
		if (same_bytes(r->s, path, on, of))
			return KT_OK;
		kt_report(r->d, .id = KT_M_SYNC_CONFLICT, .a = path, .b = of);
		r->out->conflicts++;
		return KT_OK;
	}
	if (!kt_store_has(r->s, path, of)) {
		put_file(r, path, NULL);
		return KT_OK;
	}
	rc = kt_store_get(&bytes, r->s, path, of, NULL, r->d);
	if (rc == KT_OK)
		put_file(r, path, &bytes);
	kt_buf_release(&bytes);
	return rc;
}

/* One revision of ours on top of `on`, which becomes it. */
static int
replay(struct replaying *r, const char *base, char on[KT_REV_LEN + 1],
    const char *of)
{
	struct propose_paths paths = { 0 };
	int rc = propose_paths(&paths, r->s, base, of, r->d);

	r->n = 0;
	for (size_t i = 0; i < paths.n && rc == KT_OK; i++)
		rc = replay_path(r, paths.at[i], base, on, of);
	if (rc == KT_OK)
		rc = kt_main_replay(on, r->s, on, of, r->files, r->n, r->d);
	free(paths.at);
	return rc;
}

/*
 * Two offices adopted apart.  Whose revisions were pushed first come first;
 * each of ours follows with what it changed, keeps what is recorded with it,
 * and has the revision it was as its second parent: nothing acknowledged
 * falls out of the history.
 */
static int
join_main(struct kt_sync *out, struct kt_store *s, const struct kt_branch *b,
    struct kt_diag *d)
{
	struct replaying r = { .s = s, .out = out, .d = d };
	const struct kt_revision *own;
	char on[KT_REV_LEN + 1];
	const char *base = b->base;
	size_t n;
	int rc = kt_main_own(s, b, &own, &n, d);

	r.arena = kt_arena_new();
	memcpy(on, b->theirs, sizeof(on));
	for (size_t i = 0; i < n && rc == KT_OK; i++) {
		rc = replay(&r, base, on, own[i].id);
		base = own[i].id;
	}
	if (rc == KT_OK)
		rc = kt_main_move(s, b->ours, on, d);
	if (rc == KT_OK)
		out->joined++;
	free(r.files);
	kt_arena_free(r.arena);
	return rc;
}

/* ---- drafts -------------------------------------------------------------- */

static int
join_draft(struct kt_sync *out, struct kt_store *s, const struct kt_branch *b,
    const struct kt_person *who, struct kt_diag *d)
{
	const char *const rev[3] = { b->base, b->ours, b->theirs };
	struct kt_note note = { .message = "共有先の案を合わせる",
		.author = *who };
	struct kt_draft draft;
	size_t open = 0;
	int rc = kt_draft_find(&draft, s, b->name + strlen("draft/"), d);

	if (rc == KT_OK)
		rc = propose_join(&open, s, &draft, rev, &note, d);
	if (rc == KT_OK)
		out->joined++;
	if (rc == KT_OK && open > 0) {
		out->conflicts += open;
		kt_report(d, .id = KT_M_SYNC_DRAFT_CONFLICT, .a = draft.name);
	}
	return rc;
}

static int
join_branch(struct kt_sync *out, struct kt_store *s, const struct kt_branch *b,
    const struct kt_person *who, struct kt_diag *d)
{
	switch (b->apart) {
	case KT_R_SAME_PLACE:
		return KT_OK;
	case KT_R_AHEAD:
		out->sent++;
		return KT_OK;
	case KT_R_BEHIND:
		out->received++;
		return kt_remote_forward(s, b, d);
	case KT_R_APART:
		break;
	}
	return strcmp(b->name, "main") == 0 ? join_main(out, s, b, d)
					    : join_draft(out, s, b, who, d);
}

/* Fetch and join until nobody here moved a branch meanwhile. */
static int
bring_in(struct kt_sync *out, struct kt_store *s, const char *remote,
    const struct kt_person *who, struct kt_diag *d)
{
	const struct kt_branch *b = NULL;
	size_t n = 0;
	int rc = kt_remote_fetch(s, remote, d);

	if (rc == KT_OK)
		rc = kt_remote_branches(s, remote, &b, &n, d);
	for (size_t i = 0; i < n && rc == KT_OK; i++)
		rc = join_branch(out, s, &b[i], who, d);
	if (rc == KT_OK)
		rc = kt_remote_reviews(s, remote, who, d);
	if (rc == KT_OK)
		rc = kt_remote_tags(s, remote, who, &out->conflicts, d);
	return rc;
}

/* Longer each time, and not in step with the others. */
static void
wait_a_moment(int round)
{
	long ms = 20L * round + (long)getpid() % 37;
	struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&t, NULL);
}

int
kt_sync(struct kt_sync *out, struct kt_store *s, const char *remote,
    const struct kt_person *who, struct kt_diag *d)
{
	int rc = KT_OK;

	memset(out, 0, sizeof(*out));
	for (int round = 0; round < ROUNDS; round++) {
		rc = bring_in(out, s, remote, who, d);
		if (rc == KT_OK)
			rc = kt_remote_push(s, remote, d);
		if (rc != KT_ECONFLICT)
			return rc;
		wait_a_moment(round);
	}
	return kt_report(d, .id = KT_M_SYNC_BUSY, .a = remote);
}
