/* SPDX-License-Identifier: MIT */
/*
 * A helper process for what is not trusted with our memory: input from an
 * unlinked file, output through a pipe with a cap, limits on time and memory
 * set in the child before it becomes the program.  No shell, no environment
 * but the locale.
 */
#include <kaitei/base.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* An address sanitizer reserves more than any limit on address space. */
#if defined(__SANITIZE_ADDRESS__)
#define LIMIT_MEMORY 0
#else
#define LIMIT_MEMORY 1
#endif

/* ---- in the child ------------------------------------------------------ */

static void
limit(int what, rlim_t most)
{
	struct rlimit r = { .rlim_cur = most, .rlim_max = most };

	setrlimit(what, &r);
}

/* Only calls that are safe between fork and exec. */
static void
become(const struct kt_spawn *what, int in, int out)
{
	static char locale[] = "LC_ALL=C.UTF-8";
	char *const environment[] = { locale, NULL };
	int nothing = open("/dev/null", O_WRONLY);

	if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || nothing < 0 ||
	    dup2(nothing, 2) < 0)
		_exit(127);
	for (int fd = 3; fd < 256; fd++)
		close(fd);
	setpgid(0, 0);
	if (what->cpu_seconds > 0)
		limit(RLIMIT_CPU, what->cpu_seconds);
	if (what->memory > 0 && LIMIT_MEMORY)
		limit(RLIMIT_AS, what->memory);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	/* A library that would keep a cache is told no, not killed. */
	signal(SIGXFSZ, SIG_IGN);
	execve(what->argv[0], (char *const *)what->argv, environment);
	_exit(127);
}

/* ---- in the parent ----------------------------------------------------- */

/* The input as a file that has no name. */
static int
input_file(const struct kt_spawn *what)
{
	FILE *fp = tmpfile();
	int fd = -1;

	if (fp == NULL)
		return -1;
	if (fwrite(what->input, 1, what->ninput, fp) == what->ninput &&
	    fflush(fp) == 0 && lseek(fileno(fp), 0, SEEK_SET) == 0)
		fd = dup(fileno(fp));
	fclose(fp);
	return fd;
}

static long
milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Take output until it ends, the time is over or it is too much. */
static enum kt_ending
take_output(struct kt_buf *out, int from, const struct kt_spawn *what)
{
	long end = milliseconds() + (long)what->seconds * 1000;
	char page[65536];

	for (;;) {
		struct pollfd p = { .fd = from, .events = POLLIN };
		long left = end - milliseconds();
		ssize_t n;

		if (left <= 0)
			return KT_ENDED_LATE;
		if (poll(&p, 1, left > 1000 ? 1000 : (int)left) < 0 &&
		    errno != EINTR)
			return KT_ENDED_BROKEN;
		if (p.revents == 0)
			continue;
		n = read(from, page, sizeof(page));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return KT_ENDED_GOOD;
		if ((size_t)n > what->output - out->len) {
			kt_buf_put(out, page, what->output - out->len);
			return KT_ENDED_MUCH;
		}
		kt_buf_put(out, page, (size_t)n);
	}
}

/* A process that closed its output should end at once. */
static void
reap(pid_t child, bool kill_it, int *got)
{
	const struct timespec pause = { .tv_nsec = 2000000 };
	long end = milliseconds() + 2000;

	while (!kill_it && waitpid(child, got, WNOHANG) == 0) {
		nanosleep(&pause, NULL);
		kill_it = milliseconds() > end;
	}
	if (!kill_it)
		return;
	kill(-child, SIGKILL);
	kill(child, SIGKILL);
	while (waitpid(child, got, 0) < 0 && errno == EINTR)
		;
}

static enum kt_ending
wait_for(pid_t child, enum kt_ending how, int *status)
{
	int got = 0;

	reap(child, how != KT_ENDED_GOOD, &got);
	if (WIFEXITED(got))
		*status = WEXITSTATUS(got);
	else if (how == KT_ENDED_GOOD)
		how =
		    WTERMSIG(got) == SIGXCPU ? KT_ENDED_LATE : KT_ENDED_BROKEN;
	return how;
}

enum kt_ending
kt_spawn(struct kt_buf *out, int *status, const struct kt_spawn *what)
{
	int pipes[2], in = input_file(what);
	enum kt_ending how = KT_ENDED_NEVER;
	pid_t child;

	*status = 0;
	if (in < 0)
		return how;
	if (access(what->argv[0], X_OK) == 0 && pipe(pipes) == 0) {
		fcntl(pipes[0], F_SETFD, FD_CLOEXEC);
		fcntl(pipes[1], F_SETFD, FD_CLOEXEC);
		child = fork();
		if (child == 0)
			become(what, in, pipes[1]);
		close(pipes[1]);
		if (child > 0) {
			how = take_output(out, pipes[0], what);
			how = wait_for(child, how, status);
		}
		close(pipes[0]);
	}
	close(in);
	return how == KT_ENDED_GOOD && *status == 127 ? KT_ENDED_NEVER : how;
}
