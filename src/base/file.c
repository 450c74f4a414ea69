/* SPDX-License-Identifier: MIT */
/*
 * Files: read whole under a limit, written whole or not at all.
 */
#include <kaitei/base.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int
kt_file_error(struct kt_diag *d, const char *path, int err)
{
	enum kt_msg_id id = KT_M_FILE_WRITE;

	switch (err) {
	case ENOENT:
	case ENOTDIR:
		id = KT_M_FILE_NOT_FOUND;
		break;
	case EACCES:
	case EPERM:
		id = KT_M_FILE_DENIED;
		break;
	case EROFS:
		id = KT_M_FILE_READ_ONLY;
		break;
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		id = KT_M_FILE_NO_SPACE;
		break;
	case EISDIR:
		id = KT_M_FILE_IS_DIRECTORY;
		break;
	}
	return kt_report(d, .id = id, .a = path, .b = strerror(err));
}

static int
too_big(struct kt_diag *d, const char *path, size_t limit)
{
	char most[32];

	snprintf(most, sizeof(most), "%zu", limit);
	return kt_report(d, .id = KT_M_FILE_TOO_BIG, .a = path, .b = most);
}

static int
read_error(struct kt_diag *d, const char *path, int err)
{
	if (err == ENOENT || err == EACCES || err == EISDIR)
		return kt_file_error(d, path, err);
	return kt_report(
	    d, .id = KT_M_FILE_READ, .a = path, .b = strerror(err));
}

/* Room for what the file says it holds, so that reading copies once. */
static void
reserve_for(struct kt_buf *got, int fd, size_t limit)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
	    (uintmax_t)st.st_size <= limit)
		kt_buf_reserve(got, (size_t)st.st_size + 1);
}

int
kt_file_read(
    struct kt_buf *out, const char *path, size_t limit, struct kt_diag *d)
{
	struct kt_buf got = KT_BUF_INIT;
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	int rc = KT_OK;
	ssize_t n;

	if (fd < 0)
		return read_error(d, path, errno);
	reserve_for(&got, fd, limit);
	for (;;) {
		kt_buf_reserve(&got, (size_t)1 << 14);
		n = read(fd, got.p + got.len, got.cap - got.len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			rc = read_error(d, path, errno);
		if (n <= 0)
			break;
		got.len += (size_t)n;
		got.p[got.len] = '\0';
		if (got.len > limit) {
			rc = too_big(d, path, limit);
			break;
		}
	}
	if (!standard)
		close(fd);
	if (rc == KT_OK) {
		kt_buf_release(out);
		*out = got;
	} else {
		kt_buf_release(&got);
	}
	return rc;
}

static int
put_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t did = write(fd, p, n);

		if (did < 0 && errno == EINTR)
			continue;
		if (did < 0)
			return errno;
		p += did;
		n -= (size_t)did;
	}
	return 0;
}

/* A rename is only durable once its directory is. */
static int
sync_directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir =
	    slash == NULL
		? kt_strdup(".")
		: kt_strndup(path, slash == path ? 1 : (size_t)(slash - path));
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), err = 0;

	free(dir);
	if (fd < 0)
		return errno;
	/* Some file systems cannot sync a directory; that is no failure. */
	if (fsync(fd) != 0 && errno != EINVAL && errno != EROFS)
		err = errno;
	close(fd);
	return err;
}

/* The mode of the file that is replaced, or what a new file would get. */
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

static int
write_beside(char *temporary, const char *path, const void *bytes, size_t n)
{
	int fd = mkstemp(temporary), err = 0;

	if (fd < 0)
		return errno;
	err = put_all(fd, bytes, n);
	if (err == 0 && fchmod(fd, mode_for(path)) != 0)
		err = errno;
	if (err == 0 && fsync(fd) != 0)
		err = errno;
	if (close(fd) != 0 && err == 0)
		err = errno;
	if (err == 0 && rename(temporary, path) != 0)
		err = errno;
	if (err != 0)
		unlink(temporary);
	return err;
}

int
kt_file_write(const char *path, const void *bytes, size_t n, struct kt_diag *d)
{
	struct kt_buf temporary = KT_BUF_INIT;
	struct stat st;
	int err;

	if (strcmp(path, "-") == 0) {
		err = put_all(STDOUT_FILENO, bytes, n);
	} else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		err = EISDIR;
	} else if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		/* A device or pipe cannot be replaced by a file. */
		int fd = open(path, O_WRONLY | O_CLOEXEC);

		err = fd < 0 ? errno : put_all(fd, bytes, n);
		if (fd >= 0 && close(fd) != 0 && err == 0)
			err = errno;
	} else {
		kt_buf_printf(&temporary, "%s.XXXXXX", path);
		err = write_beside(temporary.p, path, bytes, n);
		if (err == 0)
			err = sync_directory_of(path);
	}
	kt_buf_release(&temporary);
	return err == 0 ? KT_OK : kt_file_error(d, path, err);
}

bool
kt_file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}
