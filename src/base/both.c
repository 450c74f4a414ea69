/* SPDX-License-Identifier: MIT */
/* Two pieces of work at once: the two texts of a comparison do not know each
 * other until they are read. */
#include <kaitei/base.h>

#include <pthread.h>

struct half {
	void (*job)(void *);
	void *arg;
};

static void *
run(void *arg)
{
	struct half *half = arg;

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
