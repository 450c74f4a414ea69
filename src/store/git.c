/* SPDX-License-Identifier: MIT */
/* libgit2 set up as the store needs it, and its errors in our words. */
#include "store_int.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- an allocator that cannot fail --------------------------------------- */

/*
 * libgit2 1.5 dereferences NULL after some failed allocations; with these it
 * never sees one.
 */
static void *
gmalloc(size_t n, const char *file, int line)
{
	(void)file, (void)line;
	return kt_malloc(n);
}

static void *
gcalloc(size_t n, size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return kt_calloc(n, size);
}

static char *
gstrdup(const char *s, const char *file, int line)
{
	(void)file, (void)line;
	return kt_strdup(s);
}

static char *
gstrndup(const char *s, size_t n, const char *file, int line)
{
	(void)file, (void)line;
	return kt_strndup(s, strnlen(s, n));
}

static char *
gsubstrdup(const char *s, size_t n, const char *file, int line)
{
	(void)file, (void)line;
	return kt_strndup(s, n);
}

static void *
grealloc(void *p, size_t n, const char *file, int line)
{
	(void)file, (void)line;
	return kt_realloc(p, n);
}

static void *
greallocarray(void *p, size_t n, size_t size, const char *file, int line)
{
	(void)file, (void)line;
	if (size != 0 && n > SIZE_MAX / size)
		kt_no_memory();
	return kt_realloc(p, n * size);
}

static void *
gmallocarray(size_t n, size_t size, const char *file, int line)
{
	return greallocarray(NULL, n, size, file, line);
}

static void
gfree(void *p)
{
	free(p);
}

#define WINDOW ((size_t)1 << 20)

/* ---- begin and end ------------------------------------------------------- */

static int
set_up(void)
{
	static const git_allocator ours = { gmalloc, gcalloc, gstrdup, gstrndup,
		gsubstrdup, grealloc, greallocarray, gmallocarray, gfree };
	git_allocator copy = ours;
	int rc = git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &copy);

	store_guard_begin();
	if (rc >= 0)
		rc = git_libgit2_init();
	if (rc >= 0)
		rc = git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	/* Packs are looked at through small windows, few at a time: the usual
	 * ones would map a gigabyte at once. */
	if (rc >= 0)
		rc = git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, WINDOW);
	if (rc >= 0)
		rc = git_libgit2_opts(
		    GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, 16 * WINDOW);
	if (rc >= 0)
		rc = git_libgit2_opts(
		    GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
	if (rc >= 0)
		rc = git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 1);
	return rc;
}

/*
 * Never ended: the last of two threads to shut libgit2 down would take the key
 * away by which it frees what it keeps for the other.  But begun anew in a
 * forked process, whose names of temporary files would else be its parent's.
 */
int
store_git_begin(struct kt_diag *d)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static pid_t begun_in;
	static int rc;
	int now;

	pthread_mutex_lock(&lock);
	if (begun_in != getpid()) {
		if (begun_in != 0 && rc >= 0)
			git_libgit2_shutdown();
		rc = set_up();
		begun_in = getpid();
	}
	now = rc;
	pthread_mutex_unlock(&lock);
	return now < 0 ? store_error(d, now, "libgit2") : KT_OK;
}

/* ---- errors -------------------------------------------------------------- */

/* libgit2 keeps the system's reason only as words; these are the words. */
static enum kt_msg_id
reason_in(const char *said)
{
	static const struct {
		int err;
		enum kt_msg_id id;
	} known[] = {
		{ ENOSPC, KT_M_FILE_NO_SPACE },
		{ EDQUOT, KT_M_FILE_NO_SPACE },
		{ EROFS, KT_M_FILE_READ_ONLY },
		{ EACCES, KT_M_FILE_DENIED },
	};

	for (size_t i = 0; i < KT_COUNT(known); i++)
		if (strstr(said, strerror(known[i].err)) != NULL)
			return known[i].id;
	return KT_M_STORE_FAILED;
}

int
store_error(struct kt_diag *d, int rc, const char *what)
{
	const git_error *e = git_error_last();
	const char *said = e == NULL || e->message == NULL ? "?" : e->message;
	enum kt_msg_id id = reason_in(said);

	if (rc == GIT_EOWNER || strstr(said, "safe.directory") != NULL)
		id = KT_M_STORE_OWNER;
	else if (rc == GIT_EMISMATCH ||
		 (e != NULL &&
		     (e->klass == GIT_ERROR_ZLIB ||
			 e->klass == GIT_ERROR_OBJECT ||
			 (e->klass == GIT_ERROR_ODB && rc == GIT_ENOTFOUND))))
		id = KT_M_STORE_DAMAGED;
	return kt_report(d, .id = id, .a = what, .b = said);
}
