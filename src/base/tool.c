/* SPDX-License-Identifier: MIT */
/*
 * Programs of the machine that kaitei leaves work to: git, ssh-keygen, an
 * editor.  No shell; what they print is taken, or they share the terminal.
 */
#include <kaitei/base.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OUTPUT_MAX ((size_t)64 << 20)

extern char **environ;

static long
milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The input as a file that has no name. */
static int
input_file(const struct kt_tool *t)
{
	FILE *fp = tmpfile();
	int fd = -1;

	if (fp == NULL)
		return -1;
	if ((t->ninput == 0 ||
		fwrite(t->input, 1, t->ninput, fp) == t->ninput) &&
	    fflush(fp) == 0 && lseek(fileno(fp), 0, SEEK_SET) == 0)
		fd = dup(fileno(fp));
	fclose(fp);
	return fd;
}

/* The environment with what is added to it; free() the list only. */
static char **
environment(const struct kt_tool *t)
{
	size_t n = 0, more = 0, kept = 0;
	char **all;

	while (environ[n] != NULL)
		n++;
	while (t->env != NULL && t->env[more] != NULL)
		more++;
	all = kt_calloc(n + more + 1, sizeof(*all));
	for (size_t i = 0; i < n; i++) {
		bool replaced = false;

		for (size_t k = 0; k < more; k++) {
			size_t name = strcspn(t->env[k], "=") + 1;

			if (strncmp(environ[i], t->env[k], name) == 0)
				replaced = true;
		}
		if (!replaced)
			all[kept++] = environ[i];
	}
	for (size_t k = 0; k < more; k++)
		all[kept++] = (char *)t->env[k];
	return all;
}

static void
become(const struct kt_tool *t, int in, const int out[2], const int err[2])
{
	if (!t->terminal &&
	    (dup2(in, 0) < 0 || dup2(out[1], 1) < 0 || dup2(err[1], 2) < 0))
		_exit(127);
	/* Killed with us, it gets a chance to take its locks with it. */
	if (!t->terminal)
		prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (t->dir != NULL && chdir(t->dir) != 0)
		_exit(127);
	execvp(t->argv[0], (char *const *)t->argv);
	_exit(127);
}

/* One page of what it printed; false when there is no more. */
static bool
take(struct kt_buf *to, struct pollfd *p)
{
	char page[16384];
	ssize_t n;

	if (p->fd < 0 || p->revents == 0)
		return p->fd >= 0;
	n = read(p->fd, page, sizeof(page));
	if (n < 0 && errno == EINTR)
		return true;
	if (n <= 0) {
		p->fd = -1;
		return false;
	}
	if (to->len + (size_t)n <= OUTPUT_MAX)
		kt_buf_put(to, page, (size_t)n);
	return true;
}

/* False when its time was over. */
static bool
take_all(struct kt_buf *out, struct kt_buf *err, int from, int said,
    unsigned seconds)
{
	struct pollfd p[2] = { { .fd = from, .events = POLLIN },
		{ .fd = said, .events = POLLIN } };
	long end = milliseconds() + (long)seconds * 1000;

	while (p[0].fd >= 0 || p[1].fd >= 0) {
		if (seconds > 0 && milliseconds() > end)
			return false;
		if (poll(p, 2, 200) < 0 && errno != EINTR)
			return false;
		take(out, &p[0]);
		take(err, &p[1]);
	}
	return true;
}

static int
finish(pid_t child, bool in_time)
{
	int got = 0;

	if (!in_time)
		kill(child, SIGKILL);
	while (waitpid(child, &got, 0) < 0 && errno == EINTR)
		;
	if (!in_time)
		return KT_TOOL_LATE;
	return WIFEXITED(got) ? WEXITSTATUS(got) : 128 + WTERMSIG(got);
}

int
kt_tool_run(struct kt_buf *out, struct kt_buf *err, const struct kt_tool *t)
{
	int in = -1, result[2] = { -1, -1 }, said[2] = { -1, -1 };
	int status = KT_TOOL_NONE;
	char **env = environment(t), **before = environ;
	bool in_time = true;
	pid_t child;

	if (!t->terminal &&
	    ((in = input_file(t)) < 0 || pipe(result) != 0 || pipe(said) != 0))
		goto out;
	fflush(NULL);
	environ = env;
	child = fork();
	if (child == 0) {
		if (!t->terminal) {
			close(result[0]);
			close(said[0]);
		}
		become(t, in, result, said);
	}
	environ = before;
	if (child < 0)
		goto out;
	if (!t->terminal) {
		close(result[1]);
		close(said[1]);
		result[1] = said[1] = -1;
		in_time = take_all(out, err, result[0], said[0], t->seconds);
	}
	status = finish(child, in_time);
out:
	for (int i = 0; i < 2; i++) {
		if (result[i] >= 0)
			close(result[i]);
		if (said[i] >= 0)
			close(said[i]);
	}
	if (in >= 0)
		close(in);
	free(env);
	return status;
}

bool
kt_tool_there(const char *name)
{
	const char *path = getenv("PATH");
	struct kt_buf at = KT_BUF_INIT;
	bool found = false;

	while (path != NULL && *path != '\0' && !found) {
		size_t n = strcspn(path, ":");

		kt_buf_clear(&at);
		kt_buf_put(&at, path, n);
		kt_buf_printf(&at, "/%s", name);
		found = access(at.p, X_OK) == 0;
		path += path[n] == ':' ? n + 1 : n;
	}
	kt_buf_release(&at);
	return found;
}
