/* SPDX-License-Identifier: MIT */
/* Two pieces of work at once, such as reading the two texts of a comparison. */
#include <kaitei/base.h>

#include <pthread.h>

/* What a thread's own memory begins with: it grows by a system call for every
 * few pages otherwise. */
#define ROOM ((size_t)32 << 20)

struct half {
	void (*job)(void *);
	void *arg;
};

static void *
run(void *arg)
{
	struct half *half = arg;

	kt_room(ROOM);
	half->job(half->arg);
	return NULL;
}

void
kt_both(void (*job)(void *), void *a, void *b)
{
	struct half half = { job, a };
	pthread_t other;

	/* Where no thread is to be had, one after the other will do. */
	if (pthread_create(&other, NULL, run, &half) != 0) {
		job(a);
		job(b);
		return;
	}
	job(b);
	pthread_join(other, NULL);
}
