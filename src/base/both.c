/* SPDX-License-Identifier: MIT */
/*
 * Two pieces of work at once, such as reading the two texts of a comparison.
 * One thread helps, from the first time on: a stage is shorter than beginning
 * and ending one, and the memory that it used serves its next stage.
 *
 * One half is offered, the other done.  Whoever is free takes what is offered:
 * the helper; who waits for his half, because what it waits for may be a half
 * of that; and who offered it, when nobody did before him.
 */
#include <kaitei/base.h>

#include <pthread.h>

struct half {
	void (*job)(void *);
	void *arg;
	bool done;
	struct half *next; /* offered before it */
};

static struct {
	pthread_mutex_t lock; /* of what follows, and of `done` and `next` */
	pthread_cond_t changed;
	bool there;
	struct half *offered;
} helper = { .lock = PTHREAD_MUTEX_INITIALIZER,
	.changed = PTHREAD_COND_INITIALIZER };

/* What was offered last, done without the lock that is held. */
static void
do_offered(void)
{
	struct half *half = helper.offered;

	helper.offered = half->next;
	pthread_mutex_unlock(&helper.lock);
	half->job(half->arg);
	pthread_mutex_lock(&helper.lock);
	half->done = true;
	pthread_cond_broadcast(&helper.changed);
}

static void *
help(void *arg)
{
	(void)arg;
	(void)kt_room();
	pthread_mutex_lock(&helper.lock);
	for (;;) {
		while (helper.offered == NULL)
			pthread_cond_wait(&helper.changed, &helper.lock);
		do_offered();
	}
	return NULL;
}

/* A process that was split off has no helper. */
static void
lose_helper(void)
{
	helper.there = false;
	helper.offered = NULL;
	pthread_mutex_init(&helper.lock, NULL);
	pthread_cond_init(&helper.changed, NULL);
}

/* Where no thread is to be had, one half after the other will do. */
static void
find_helper(void)
{
	static bool told;
	pthread_t thread;

	if (helper.there)
		return;
	told = told || pthread_atfork(NULL, NULL, lose_helper) == 0;
	if (told && pthread_create(&thread, NULL, help, NULL) == 0) {
		pthread_detach(thread);
		helper.there = true;
	}
}

static void
offer(struct half *half)
{
	pthread_mutex_lock(&helper.lock);
	find_helper();
	half->next = helper.offered;
	helper.offered = half;
	pthread_cond_broadcast(&helper.changed);
	pthread_mutex_unlock(&helper.lock);
}

static void
wait_for(const struct half *half)
{
	pthread_mutex_lock(&helper.lock);
	while (!half->done) {
		if (helper.offered != NULL)
			do_offered();
		else
			pthread_cond_wait(&helper.changed, &helper.lock);
	}
	pthread_mutex_unlock(&helper.lock);
}

void
kt_both(void (*job)(void *), void *a, void *b)
{
	struct half half = { .job = job, .arg = a };

	offer(&half);
	job(b);
	wait_for(&half);
}
