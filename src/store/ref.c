/* SPDX-License-Identifier: MIT */
/*
 * Refs: the one place where they change, and recovery from a writer that
 * died.  The order is that of reliability.md §2: objects are on disk before;
 * then our own lock, recovery, Git's lock on the ref, its inode on record,
 * compare, set, commit; acknowledged only after that.
 */
#include "store_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* How long to wait for another writer. */
#define WAIT_MS 20000
/* A lock that no record of ours names may belong to a plain git at work;
 * one this old, or unchanged for this long, belongs to nobody. */
#define STALE_MS 2000
#define STEP_MS 10

static void
sleep_step(void)
{
	struct timespec t = { 0, STEP_MS * 1000000L };

	nanosleep(&t, NULL);
}

static char *
path_in(const struct kt_store *s, const char *name, const char *suffix)
{
	struct kt_buf b = KT_BUF_INIT;

	kt_buf_printf(&b, "%s/%s%s", s->path, name, suffix);
	return kt_buf_detach(&b);
}

/* Our lock, held; its descriptor in *fd. */
static int
take_lock(int *fd, const struct kt_store *s, struct kt_diag *d)
{
	char *dir = path_in(s, "kaitei", ""), *path = NULL;
	int rc = KT_OK;

	if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
		rc = kt_file_error(d, dir, errno);
		goto out;
	}
	path = path_in(s, "kaitei/lock", "");
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (*fd < 0) {
		rc = kt_file_error(d, path, errno);
		goto out;
	}
	for (int waited = 0; flock(*fd, LOCK_EX | LOCK_NB) != 0;
	     waited += STEP_MS) {
		if (waited >= WAIT_MS ||
		    (errno != EWOULDBLOCK && errno != EINTR)) {
			rc =
			    kt_report(d, .id = KT_M_STORE_LOCKED, .a = s->path);
			close(*fd);
			*fd = -1;
			goto out;
		}
		sleep_step();
	}
out:
	free(dir);
	free(path);
	return rc;
}

static bool
same_file(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* The inode of the lock that a kaitei was holding, 0 when none is on
 * record. */
static unsigned long long
recorded_inode(const char *record)
{
	unsigned long long inode = 0;
	FILE *fp = fopen(record, "r");

	if (fp == NULL)
		return 0;
	if (fscanf(fp, "%llu", &inode) != 1)
		inode = 0;
	fclose(fp);
	return inode;
}

/*
 * A lock of Git's on the ref, left behind?  With our own lock held no living
 * kaitei has it.  Remove it when the record names it, when it is old, or
 * when it has not changed while we waited (a clock set back must not make it
 * eternal).
 */
static void
recover(const char *lock, const char *record, struct kt_diag *d)
{
	struct stat first, now;
	int waited = 0;

	if (stat(lock, &first) != 0)
		return;
	if ((unsigned long long)first.st_ino != recorded_inode(record)) {
		while (waited < STALE_MS &&
		       time(NULL) - first.st_mtim.tv_sec <= STALE_MS / 1000) {
			sleep_step();
			waited += STEP_MS;
			if (stat(lock, &now) != 0)
				return;
			if (!same_file(&first, &now)) {
				first = now;
				waited = 0;
			}
		}
	}
	if (unlink(lock) == 0)
		kt_report(d, .id = KT_M_STORE_RECOVERED, .a = lock);
}

static void
write_record(const char *record, const char *lock)
{
	struct stat st;
	FILE *fp;

	if (stat(lock, &st) != 0)
		return;
	/* Not synced: after a power cut the age rule decides. */
	fp = fopen(record, "w");
	if (fp != NULL) {
		fprintf(fp, "%llu\n", (unsigned long long)st.st_ino);
		fclose(fp);
	}
}

int
store_ref_read(
    git_oid *out, struct kt_store *s, const char *name, struct kt_diag *d)
{
	int rc = git_reference_name_to_id(out, s->repo, name);

	if (rc == GIT_ENOTFOUND) {
		memset(out, 0, sizeof(*out));
		return KT_OK;
	}
	return rc < 0 ? store_error(d, rc, s->path) : KT_OK;
}

/* The log of a ref as long as it was: a line that no room was left for would
 * run into the next one. */
static void
cut_log(const struct kt_store *s, const char *name, off_t size)
{
	struct kt_buf path = KT_BUF_INIT;
	struct stat st;

	kt_buf_printf(&path, "%s/logs/%s", s->path, name);
	if (stat(path.p, &st) == 0 && st.st_size > size &&
	    truncate(path.p, size) != 0)
		unlink(path.p);
	kt_buf_release(&path);
}

static off_t
log_size(const struct kt_store *s, const char *name)
{
	struct kt_buf path = KT_BUF_INIT;
	struct stat st = { .st_size = 0 };

	kt_buf_printf(&path, "%s/logs/%s", s->path, name);
	if (stat(path.p, &st) != 0)
		st.st_size = 0;
	kt_buf_release(&path);
	return st.st_size;
}

/* Under our lock: compare and swap. */
static int
swap_locked(struct kt_store *s, const char *name, const git_oid *old,
    const git_oid *new, const char *why, struct kt_diag *d)
{
	char *lock = path_in(s, name, ".lock");
	char *record = path_in(s, "kaitei/inflight", "");
	git_transaction *tx = NULL;
	/* Git logs what HEAD leads to twice. */
	off_t logged = log_size(s, name), head = log_size(s, "HEAD");
	git_oid at;
	int rc;

	recover(lock, record, d);
	rc = git_transaction_new(&tx, s->repo);
	if (rc == 0)
		rc = git_transaction_lock_ref(tx, name);
	if (rc < 0) {
		rc = store_error(d, rc, s->path);
		goto out;
	}
	write_record(record, lock);
	rc = store_ref_read(&at, s, name, d);
	if (rc == KT_OK && !git_oid_equal(&at, old))
		rc = KT_ECONFLICT;
	if (rc != KT_OK)
		goto out;
	rc = git_transaction_set_target(tx, name, new, NULL, why);
	if (rc == 0)
		rc = git_transaction_commit(tx);
	if (rc < 0) {
		rc = store_error(d, rc, s->path);
		cut_log(s, name, logged);
		cut_log(s, "HEAD", head);
	}
out:
	git_transaction_free(tx);
	unlink(record);
	free(lock);
	free(record);
	return rc;
}

int
store_ref_cas(struct kt_store *s, const char *name, const git_oid *old,
    const git_oid *new, const char *why, struct kt_diag *d)
{
	int fd = -1, rc = take_lock(&fd, s, d);

	if (rc != KT_OK)
		return rc;
	rc = swap_locked(s, name, old, new, why, d);
	close(fd);
	return rc;
}
