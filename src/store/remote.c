/* SPDX-License-Identifier: MIT */
/*
 * Exchange with an ordinary Git server, by the git program: it knows how to
 * ask for passwords, agents and proxies.  Nothing is forced; what comes in
 * lands beside ours and is joined by us.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "store_int.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SECONDS 1800

/* ---- locks of a git that was stopped ------------------------------------- */

/* Older than this a lock on a ref belongs to nobody: git holds one for
 * milliseconds. */
#define STALE_MS 2000
#define STEP_MS 20

static void
nap(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&t, NULL);
}

/* Remove a lock when it is stale, waiting until it is or goes away. */
static void
free_lock(const char *path, struct kt_diag *d)
{
	struct stat st;

	for (long waited = 0; stat(path, &st) == 0; waited += STEP_MS) {
		if (time(NULL) - st.st_mtime > STALE_MS / 1000 ||
		    waited >= STALE_MS) {
			if (unlink(path) == 0)
				kt_report(
				    d, .id = KT_M_STORE_RECOVERED, .a = path);
			return;
		}
		nap(STEP_MS);
	}
}

static void
free_locks(const char *dir, struct kt_diag *d)
{
	DIR *open = opendir(dir);
	struct dirent *e;

	while (open != NULL && (e = readdir(open)) != NULL) {
		struct kt_buf path = KT_BUF_INIT;
		size_t n = strlen(e->d_name);
		struct stat st;

		kt_buf_printf(&path, "%s/%s", dir, e->d_name);
		if (e->d_name[0] != '.' && stat(path.p, &st) == 0) {
			if (S_ISDIR(st.st_mode))
				free_locks(path.p, d);
			else if (n > 5 &&
				 strcmp(e->d_name + n - 5, ".lock") == 0)
				free_lock(path.p, d);
		}
		kt_buf_release(&path);
	}
	if (open != NULL)
		closedir(open);
}

/* Refs that only git writes: what was fetched.  In a repository that lies in
 * a folder, as a server may, all of them. */
static void
recover(const char *repository, bool all, struct kt_diag *d)
{
	static const char *const ours[] = { "refs/remotes",
		"refs/kaitei-remote" };
	struct kt_buf path = KT_BUF_INIT;

	for (size_t i = 0; i < (all ? 1 : KT_COUNT(ours)); i++) {
		kt_buf_clear(&path);
		kt_buf_printf(
		    &path, "%s/%s", repository, all ? "refs" : ours[i]);
		free_locks(path.p, d);
	}
	kt_buf_clear(&path);
	kt_buf_printf(&path, "%s/packed-refs.lock", repository);
	free_lock(path.p, d);
	kt_buf_release(&path);
}

/* One exchange of a store at a time; its descriptor, -1 when it is taken. */
static int
take_turn(const struct kt_store *s)
{
	char *path = kt_arena_printf(s->arena, "%s/kaitei", s->path);
	int fd;

	mkdir(path, 0777);
	path = kt_arena_printf(s->arena, "%s/kaitei/sync", s->path);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	for (long waited = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0;
	     waited += STEP_MS) {
		if (waited > 60000) {
			close(fd);
			return -1;
		}
		nap(STEP_MS);
	}
	return fd;
}

static int
git(struct kt_store *s, const char *const *args, struct kt_buf *out,
    struct kt_buf *err, struct kt_diag *d)
{
	static const char *const quiet[] = { "LC_ALL=C",
		"GIT_TERMINAL_PROMPT=0", NULL };
	static const char *const asking[] = { "LC_ALL=C", NULL };
	const char *argv[24] = { "git", "--git-dir", s->path };
	struct kt_tool tool = { .argv = argv,
		.env = isatty(2) ? asking : quiet,
		.seconds = SECONDS };
	int fd = take_turn(s), status;
	size_t n = 3;

	for (size_t i = 0; args[i] != NULL && n + 1 < KT_COUNT(argv); i++)
		argv[n++] = args[i];
	argv[n] = NULL;
	if (fd < 0) {
		kt_buf_puts(err, "another sync is at work");
		return 1;
	}
	recover(s->path, false, d);
	status = kt_tool_run(out, err, &tool);
	close(fd);
	return status;
}

/* What git said that says most: its first fatal: or error:, else its last
 * line. */
static void
telling_line(struct kt_buf *out, const struct kt_buf *err)
{
	static const char *const starts[] = { "fatal: ", "error: ", "ssh: " };
	const char *p, *end;

	for (p = err->p; *p != '\0'; p = *end == '\0' ? end : end + 1) {
		bool found = false;

		end = p + strcspn(p, "\n");
		for (size_t i = 0; i < KT_COUNT(starts); i++)
			found = found ||
				strncmp(p, starts[i], strlen(starts[i])) == 0;
		if (found || end > p) {
			kt_buf_clear(out);
			kt_buf_put(out, p, (size_t)(end - p));
		}
		if (found)
			return;
	}
}

static int
git_failed(
    struct kt_diag *d, int status, const char *remote, const struct kt_buf *err)
{
	struct kt_buf line = KT_BUF_INIT;
	int rc;

	if (status == KT_TOOL_NONE)
		return kt_report(d, .id = KT_M_TOOL_NONE, .a = "git");
	if (status == KT_TOOL_LATE)
		kt_buf_puts(&line, "timeout");
	else
		telling_line(&line, err);
	rc = kt_report(d, .id = KT_M_SYNC_FAILED, .a = remote, .b = line.p);
	kt_buf_release(&line);
	return rc;
}

/* ---- which server -------------------------------------------------------- */

const char *
kt_remote_url(struct kt_store *s, const char *remote)
{
	git_config *config = NULL;
	git_buf value = { 0 };
	const char *url = NULL;

	if (git_repository_config_snapshot(&config, s->repo) == 0 &&
	    git_config_get_string_buf(&value, config,
		kt_arena_printf(s->arena, "remote.%s.url", remote)) == 0)
		url = kt_arena_strdup(s->arena, value.ptr);
	git_buf_dispose(&value);
	git_config_free(config);
	return url;
}

const char *
kt_remote_address(struct kt_arena *a, const char *url)
{
	char *path = realpath(url, NULL);
	const char *whole = kt_arena_strdup(a, path == NULL ? url : path);

	free(path);
	return whole;
}

int
kt_remote_set(
    struct kt_store *s, const char *remote, const char *url, struct kt_diag *d)
{
	git_config *config = NULL;
	int rc = store_check_id(remote, d);

	/* An address that begins with a dash would be an option of git. */
	if (rc == KT_OK &&
	    (url[0] == '-' || url[0] == '\0' || strncmp(url, "ext::", 5) == 0))
		rc = kt_report(d, .id = KT_M_SYNC_URL, .a = url);
	if (rc != KT_OK)
		return rc;
	rc = git_repository_config(&config, s->repo);
	if (rc == 0)
		rc = git_config_set_string(config,
		    kt_arena_printf(s->arena, "remote.%s.url", remote),
		    kt_remote_address(s->arena, url));
	if (rc == 0)
		rc = git_config_set_string(config,
		    kt_arena_printf(s->arena, "remote.%s.fetch", remote),
		    kt_arena_printf(
			s->arena, "+refs/heads/*:refs/remotes/%s/*", remote));
	git_config_free(config);
	return rc < 0 ? store_error(d, rc, s->path) : KT_OK;
}

/* ---- fetch and push ------------------------------------------------------ */

int
kt_remote_fetch(struct kt_store *s, const char *remote, struct kt_diag *d)
{
	const char *heads = kt_arena_printf(
	    s->arena, "+refs/heads/*:refs/remotes/%s/*", remote);
	const char *reviews = kt_arena_printf(
	    s->arena, "+refs/kaitei/*:refs/kaitei-remote/%s/*", remote);
	/* Not onto ours: git refuses all of it when one differs. */
	const char *tags = kt_arena_printf(
	    s->arena, "+refs/tags/*:refs/kaitei-remote/%s/tags/*", remote);
	const char *const args[] = { "fetch", "--quiet", "--no-tags",
		"--no-write-fetch-head", "--no-auto-maintenance", "--", remote,
		heads, reviews, tags, NULL };
	struct kt_buf out = KT_BUF_INIT, err = KT_BUF_INIT;
	int status = git(s, args, &out, &err, d), rc = KT_OK;

	if (status != 0)
		rc = git_failed(d, status, remote, &err);
	kt_buf_release(&out);
	kt_buf_release(&err);
	return rc;
}

/* Somebody pushed first, or is pushing now? */
static bool
is_rejected(const struct kt_buf *out, const struct kt_buf *err)
{
	static const char *const signs[] = { "[rejected]", "fetch first",
		"non-fast-forward", "cannot lock ref", "failed to update ref",
		"incorrect old value", "File exists" };

	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if (strstr(out->p, signs[i]) != NULL ||
		    strstr(err->p, signs[i]) != NULL)
			return true;
	return false;
}

int
kt_remote_push(struct kt_store *s, const char *remote, struct kt_diag *d)
{
	static const char *const refs[] = { "refs/heads/*:refs/heads/*",
		"refs/tags/*:refs/tags/*", "refs/kaitei/*:refs/kaitei/*" };
	const char *const args[] = { "push", "--atomic", "--porcelain",
		"--quiet", "--", remote, refs[0], refs[1], refs[2], NULL };
	struct kt_buf out = KT_BUF_INIT, err = KT_BUF_INIT;
	int status = git(s, args, &out, &err, d), rc = KT_OK;

	if (status != 0 && status != KT_TOOL_NONE && is_rejected(&out, &err)) {
		const char *url = kt_remote_url(s, remote);
		struct stat st;

		/* A server that is a folder may have locks of a push that was
		 * stopped; of any other it is the server's to free them. */
		if (url != NULL && stat(url, &st) == 0 && S_ISDIR(st.st_mode))
			recover(url, true, d);
		rc = KT_ECONFLICT;
	} else if (status != 0) {
		rc = git_failed(d, status, remote, &err);
	}
	kt_buf_release(&out);
	kt_buf_release(&err);
	return rc;
}

/* ---- what came in -------------------------------------------------------- */

/* How ours stands to theirs. */
static enum kt_apart
apart(struct kt_store *s, const git_oid *ours, const git_oid *theirs)
{
	if (git_oid_equal(ours, theirs))
		return KT_R_SAME_PLACE;
	if (git_oid_is_zero(ours) ||
	    git_graph_descendant_of(s->repo, theirs, ours) == 1)
		return KT_R_BEHIND;
	if (git_graph_descendant_of(s->repo, ours, theirs) == 1)
		return KT_R_AHEAD;
	return KT_R_APART;
}

static int
fill_branch(struct kt_branch *b, struct kt_store *s, const char *ref,
    size_t prefix, struct kt_diag *d)
{
	git_oid ours, theirs, base;
	int rc = store_ref_read(&theirs, s, ref, d);

	b->name = kt_arena_strdup(s->arena, ref + prefix);
	if (rc == KT_OK)
		rc = store_ref_read(&ours, s,
		    kt_arena_printf(s->arena, "refs/heads/%s", b->name), d);
	if (rc != KT_OK)
		return rc;
	b->apart = apart(s, &ours, &theirs);
	if (!git_oid_is_zero(&ours))
		git_oid_tostr(b->ours, sizeof(b->ours), &ours);
	git_oid_tostr(b->theirs, sizeof(b->theirs), &theirs);
	if (b->apart == KT_R_APART) {
		rc = git_merge_base(&base, s->repo, &ours, &theirs);
		if (rc < 0)
			return kt_report(
			    d, .id = KT_M_SYNC_UNRELATED, .a = b->name);
		git_oid_tostr(b->base, sizeof(b->base), &base);
	}
	return KT_OK;
}

int
kt_remote_branches(struct kt_store *s, const char *remote,
    const struct kt_branch **out, size_t *n, struct kt_diag *d)
{
	const char *prefix =
	    kt_arena_printf(s->arena, "refs/remotes/%s/", remote);
	const char *glob = kt_arena_printf(s->arena, "%s*", prefix);
	git_reference_iterator *it = NULL;
	struct kt_branch *list = NULL, *kept;
	size_t count = 0, cap = 0;
	const char *ref;
	int rc = git_reference_iterator_glob_new(&it, s->repo, glob);

	if (rc < 0)
		return store_error(d, rc, s->path);
	rc = KT_OK;
	while (rc == KT_OK && git_reference_next_name(&ref, it) == 0) {
		const char *name = ref + strlen(prefix);

		/* Other branches of that server are none of ours. */
		if (strcmp(name, "main") != 0 &&
		    strncmp(name, "draft/", 6) != 0)
			continue;
		if (strncmp(name, "draft/", 6) == 0 &&
		    store_check_draft(name + 6, d) != KT_OK)
			continue;
		KT_GROW(list, count, cap);
		memset(&list[count], 0, sizeof(list[count]));
		rc = fill_branch(&list[count++], s, ref, strlen(prefix), d);
	}
	git_reference_iterator_free(it);
	kept = KT_NEWN(s->arena, struct kt_branch, count);
	if (count > 0)
		memcpy(kept, list, count * sizeof(*kept));
	free(list);
	*out = kept;
	*n = count;
	return rc;
}

int
kt_remote_forward(
    struct kt_store *s, const struct kt_branch *b, struct kt_diag *d)
{
	const char *ref = kt_arena_printf(s->arena, "refs/heads/%s", b->name);
	git_oid old = { { 0 } }, new;
	int rc = git_oid_fromstr(&new, b->theirs);

	if (rc == 0 && b->ours[0] != '\0')
		rc = git_oid_fromstr(&old, b->ours);
	if (rc < 0)
		return store_error(d, rc, b->name);
	rc = store_ref_cas(s, ref, &old, &new, "sync", d);
	if (rc == KT_OK && strcmp(b->name, "main") == 0)
		git_oid_cpy(&s->opened, &new);
	return rc;
}

/* What came in of one kind: `take` gets the name behind `kind` and where it
 * stands over there.  A code other than KT_OK ends it. */
typedef int take_fetched(struct kt_store *s, const char *name,
    const git_oid *theirs, void *of, struct kt_diag *d);

static int
each_fetched(struct kt_store *s, const char *remote, const char *kind,
    take_fetched *take, void *of, struct kt_diag *d)
{
	const char *prefix = kt_arena_printf(
	    s->arena, "refs/kaitei-remote/%s/%s/", remote, kind);
	const char *glob = kt_arena_printf(s->arena, "%s*", prefix);
	git_reference_iterator *it = NULL;
	const char *ref;
	int rc = git_reference_iterator_glob_new(&it, s->repo, glob);

	if (rc < 0)
		return store_error(d, rc, s->path);
	rc = KT_OK;
	while (rc == KT_OK && git_reference_next_name(&ref, it) == 0) {
		git_oid theirs;

		rc = store_ref_read(&theirs, s, ref, d);
		if (rc == KT_OK)
			rc = take(s, ref + strlen(prefix), &theirs, of, d);
	}
	git_reference_iterator_free(it);
	return rc;
}

static int
take_review(struct kt_store *s, const char *name, const git_oid *theirs,
    void *of, struct kt_diag *d)
{
	const char *own =
	    kt_arena_printf(s->arena, "refs/kaitei/reviews/%s", name);
	git_oid ours;
	int rc = KT_OK;

	for (int round = 0; rc == KT_OK; round++) {
		rc = store_ref_read(&ours, s, own, d);
		if (rc == KT_OK)
			rc = store_review_join(s, own, &ours, theirs, of, d);
		if (rc != KT_ECONFLICT || round > 1000)
			break;
		rc = KT_OK; /* somebody appended meanwhile */
	}
	return rc;
}

int
kt_remote_reviews(struct kt_store *s, const char *remote,
    const struct kt_person *who, struct kt_diag *d)
{
	struct kt_person author = *who;

	return each_fetched(s, remote, "reviews", take_review, &author, d);
}

struct tagging {
	const struct kt_person *who;
	size_t apart;
};

/* A tag of a tag: that of ours stays as it was signed. */
static int
tag_again(git_oid *out, struct kt_store *s, const char *name,
    const git_oid *ours, const struct kt_person *who, struct kt_diag *d)
{
	git_object *target = NULL;
	git_signature *sign = NULL;
	int rc = git_object_lookup(&target, s->repo, ours, GIT_OBJECT_ANY);

	if (rc == 0)
		rc = git_signature_now(&sign, who->name, who->mail);
	if (rc == 0)
		rc = git_tag_annotation_create(
		    out, s->repo, name, target, sign, name);
	git_signature_free(sign);
	git_object_free(target);
	return rc < 0 ? store_error(d, rc, name) : KT_OK;
}

static bool
is_tag_of(struct kt_store *s, const git_oid *id, const git_oid *target)
{
	git_tag *tag = NULL;
	bool is = git_tag_lookup(&tag, s->repo, id) == 0 &&
		  git_oid_equal(git_tag_target_id(tag), target);

	git_tag_free(tag);
	return is;
}

/* Ours gets the first name that is free, or that it got before. */
static int
rename_tag(struct kt_store *s, const char *name, const git_oid *ours,
    const git_oid *theirs, const struct kt_person *who, struct kt_diag *d)
{
	const git_oid none = { { 0 } };
	const char *another = "", *ref = "";
	git_oid there = none, made;
	int rc = KT_OK;

	for (int i = 2; rc == KT_OK; i++) {
		another = kt_arena_printf(s->arena, "%s-%d", name, i);
		ref = kt_arena_printf(s->arena, "refs/tags/%s", another);
		rc = store_ref_read(&there, s, ref, d);
		if (git_oid_is_zero(&there) || is_tag_of(s, &there, ours))
			break;
	}
	if (rc == KT_OK && git_oid_is_zero(&there)) {
		rc = tag_again(&made, s, another, ours, who, d);
		if (rc == KT_OK)
			rc = store_ref_cas(s, ref, &none, &made, "sync", d);
	}
	if (rc == KT_OK)
		rc = store_ref_cas(s,
		    kt_arena_printf(s->arena, "refs/tags/%s", name), ours,
		    theirs, "sync", d);
	if (rc == KT_OK)
		kt_report(d, .id = KT_M_SYNC_TAG, .a = name, .b = another);
	return rc;
}

static int
take_tag(struct kt_store *s, const char *name, const git_oid *theirs, void *of,
    struct kt_diag *d)
{
	const char *own = kt_arena_printf(s->arena, "refs/tags/%s", name);
	struct tagging *t = of;
	git_oid ours;
	int rc = store_ref_read(&ours, s, own, d);

	if (rc != KT_OK || git_oid_equal(&ours, theirs))
		return rc;
	if (git_oid_is_zero(&ours))
		return store_ref_cas(s, own, &ours, theirs, "sync", d);
	t->apart++;
	return rename_tag(s, name, &ours, theirs, t->who, d);
}

int
kt_remote_tags(struct kt_store *s, const char *remote,
    const struct kt_person *who, size_t *apart, struct kt_diag *d)
{
	struct tagging t = { .who = who };
	int rc = each_fetched(s, remote, "tags", take_tag, &t, d);

	*apart += t.apart;
	return rc;
}

/* ---- revisions of main that were made apart ------------------------------ */

int
kt_main_own(struct kt_store *s, const struct kt_branch *b,
    const struct kt_revision **out, size_t *n, struct kt_diag *d)
{
	struct kt_revision *list = NULL, *kept;
	size_t count = 0, cap = 0;
	git_oid at, base;
	int rc = git_oid_fromstr(&at, b->ours);

	if (rc == 0)
		rc = git_oid_fromstr(&base, b->base);
	while (rc == 0 && !git_oid_equal(&at, &base)) {
		git_commit *c = NULL;
		char id[KT_REV_LEN + 1];

		git_oid_tostr(id, sizeof(id), &at);
		KT_GROW(list, count, cap);
		if (kt_store_revision(&list[count++], s, id, d) != KT_OK)
			rc = -1;
		if (rc == 0)
			rc = git_commit_lookup(&c, s->repo, &at);
		if (rc == 0 && git_commit_parentcount(c) == 0)
			rc = -1;
		if (rc == 0)
			git_oid_cpy(&at, git_commit_parent_id(c, 0));
		git_commit_free(c);
	}
	kept = KT_NEWN(s->arena, struct kt_revision, count);
	for (size_t i = 0; i < count; i++)
		kept[i] = list[count - 1 - i];
	free(list);
	*out = kept;
	*n = count;
	return rc < 0 ? store_error(d, rc, b->name) : KT_OK;
}

int
kt_main_replay(char rev[KT_REV_LEN + 1], struct kt_store *s, const char *on,
    const char *of, const struct kt_file *files, size_t n, struct kt_diag *d)
{
	struct store_saving what = { .ref = MAIN_REF, .what = "sync", .n = n };
	struct store_change *list = NULL;
	struct kt_revision own;
	git_oid base, other, made;
	int rc = store_rev(&base, s, on, d);

	if (rc == KT_OK)
		rc = store_rev(&other, s, of, d);
	if (rc == KT_OK)
		rc = kt_store_revision(&own, s, of, d);
	if (rc == KT_OK)
		rc = store_changes(&list, s, files, n, &base, d);
	if (rc != KT_OK)
		return rc;
	what.at = list;
	what.other = &other;
	what.note = &own.note;
	rc = store_make_commit(&made, s, &what, &base, d);
	if (rc == KT_OK)
		git_oid_tostr(rev, KT_REV_LEN + 1, &made);
	return rc;
}

int
kt_main_move(
    struct kt_store *s, const char *old, const char *new, struct kt_diag *d)
{
	git_oid from, to;
	int rc = store_rev(&from, s, old, d);

	if (rc == KT_OK)
		rc = store_rev(&to, s, new, d);
	if (rc == KT_OK)
		rc = store_ref_cas(s, MAIN_REF, &from, &to, "sync", d);
	if (rc == KT_OK)
		git_oid_cpy(&s->opened, &to);
	return rc;
}

/* ---- a copy -------------------------------------------------------------- */

int
kt_store_clone(const char *dir, const char *url, const struct kt_person *who,
    struct kt_diag *d)
{
	struct kt_store s = { .path = NULL };
	const struct kt_branch *b;
	size_t n = 0, len;
	bool main = false;
	int rc = store_git_begin(d);

	if (rc != KT_OK)
		return rc;
	s.arena = kt_arena_new();
	rc = store_make_empty(&s.repo, dir, who, d);
	if (rc == KT_OK) {
		s.path = kt_strdup(git_repository_path(s.repo));
		for (len = strlen(s.path); len > 1 && s.path[len - 1] == '/';)
			s.path[--len] = '\0';
		rc = kt_remote_set(&s, "origin", url, d);
	}
	if (rc == KT_OK)
		rc = kt_remote_fetch(&s, "origin", d);
	if (rc == KT_OK)
		rc = kt_remote_branches(&s, "origin", &b, &n, d);
	for (size_t i = 0; i < n && rc == KT_OK; i++) {
		main = main || strcmp(b[i].name, "main") == 0;
		rc = kt_remote_forward(&s, &b[i], d);
	}
	if (rc == KT_OK && !main)
		rc = kt_report(d, .id = KT_M_STORE_NOT_ONE, .a = url);
	if (rc == KT_OK)
		rc = kt_remote_reviews(&s, "origin", who, d);
	if (rc == KT_OK)
		rc = kt_remote_tags(&s, "origin", who, &n, d);
	git_repository_free(s.repo);
	kt_arena_free(s.arena);
	free(s.path);
	return rc;
}
