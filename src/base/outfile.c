/* SPDX-License-Identifier: MIT */
/*
 * A big file written piece by piece, whole or not at all.  Until the end it
 * has no name (O_TMPFILE), so that a killed program leaves nothing; where the
 * file system cannot do that it has a temporary one beside the target.
 */
#define _GNU_SOURCE
#include <kaitei/base.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct kt_outfile {
	char *path, *dir;
	char *temporary; /* its name until the end; NULL = none */
	int fd;
	int64_t at;
};

static char *
directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return kt_strdup(".");
	return kt_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

int
kt_file_unnamed(const char *dir)
{
	struct kt_buf name = KT_BUF_INIT;
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
		kt_buf_printf(&name, "%s/.kaitei-XXXXXX", dir);
		fd = mkstemp(name.p);
		if (fd >= 0)
			unlink(name.p);
	}
	kt_buf_release(&name);
	return fd;
}

static char *
name_beside(const char *path)
{
	struct kt_buf b = KT_BUF_INIT;

	kt_buf_printf(&b, "%s.XXXXXX", path);
	return kt_buf_detach(&b);
}

int
kt_outfile_open(struct kt_outfile **out, const char *path, struct kt_diag *d)
{
	struct kt_outfile *o;
	struct stat st;
	int err;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return kt_file_error(
		    d, path, S_ISDIR(st.st_mode) ? EISDIR : EEXIST);
	o = kt_calloc(1, sizeof(*o));
	o->path = kt_strdup(path);
	o->dir = directory_of(path);
	o->fd = open(o->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
	if (o->fd < 0 &&
	    (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT)) {
		o->temporary = name_beside(path);
		o->fd = mkstemp(o->temporary);
	}
	if (o->fd < 0) {
		err = errno;
		free(o->temporary);
		o->temporary = NULL;
		kt_outfile_free(o);
		return kt_file_error(d, path, err);
	}
	*out = o;
	return KT_OK;
}

void
kt_outfile_free(struct kt_outfile *o)
{
	if (o == NULL)
		return;
	if (o->fd >= 0)
		close(o->fd);
	if (o->temporary != NULL)
		unlink(o->temporary);
	free(o->temporary);
	free(o->path);
	free(o->dir);
	free(o);
}

int
kt_outfile_put(
    struct kt_outfile *o, const void *bytes, size_t n, struct kt_diag *d)
{
	const char *p = bytes;

	while (n > 0) {
		ssize_t did = write(o->fd, p, n);

		if (did < 0 && errno == EINTR)
			continue;
		if (did < 0)
			return kt_file_error(d, o->path, errno);
		p += did;
		n -= (size_t)did;
		o->at += did;
	}
	return KT_OK;
}

int64_t
kt_outfile_size(const struct kt_outfile *o)
{
	return o->at;
}

/* Give the nameless file a name beside the target: link() does not replace
 * what is there, rename() does. */
static int
link_beside(struct kt_outfile *o)
{
	char from[64];

	snprintf(from, sizeof(from), "/proc/self/fd/%d", o->fd);
	for (int i = 0; i < 100; i++) {
		struct kt_buf name = KT_BUF_INIT;

		kt_buf_printf(&name, "%s.%ld-%d", o->path, (long)getpid(), i);
		if (linkat(AT_FDCWD, from, AT_FDCWD, name.p,
			AT_SYMLINK_FOLLOW) == 0) {
			o->temporary = kt_buf_detach(&name);
			return 0;
		}
		kt_buf_release(&name);
		if (errno != EEXIST)
			return errno;
	}
	return EEXIST;
}

static int
sync_directory(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), err = 0;

	if (fd < 0)
		return errno;
	if (fsync(fd) != 0 && errno != EINVAL && errno != EROFS)
		err = errno;
	close(fd);
	return err;
}

static mode_t
mode_for(const char *path)
{
	struct stat st;
	mode_t mask;

	if (stat(path, &st) == 0)
		return st.st_mode & 07777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

int
kt_outfile_finish(struct kt_outfile *o, struct kt_diag *d)
{
	int err = 0;

	if (fchmod(o->fd, mode_for(o->path)) != 0 || fsync(o->fd) != 0)
		err = errno;
	if (err == 0 && o->temporary == NULL)
		err = link_beside(o);
	if (err == 0 && rename(o->temporary, o->path) != 0)
		err = errno;
	if (err == 0) {
		free(o->temporary);
		o->temporary = NULL;
		err = sync_directory(o->dir);
	}
	return err == 0 ? KT_OK : kt_file_error(d, o->path, err);
}
