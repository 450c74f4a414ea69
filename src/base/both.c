/* SPDX-License-Identifier: MIT */
/*
 * Two pieces of work at once, such as reading the two texts of a comparison.
 * One thread helps, from the first time on: a stage is shorter than beginning
 * and ending one, and the memory that it used serves its next stage.
 */
#include <kaitei/base.h>

#include <pthread.h>

struct half {
	void (*job)(void *);
	void *arg;
};

static struct {
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t asked, ended;
	bool there;
	bool taken; /* by a pair of halves, until both have ended */
	struct half *half; /* what is to do; NULL when it is done */
} helper = { .lock = PTHREAD_MUTEX_INITIALIZER,
	.asked = PTHREAD_COND_INITIALIZER,
	.ended = PTHREAD_COND_INITIALIZER };

static void *
help(void *arg)
{
	(void)arg;
	(void)kt_room();
	pthread_mutex_lock(&helper.lock);
	for (;;) {
		while (helper.half == NULL)
			pthread_cond_wait(&helper.asked, &helper.lock);
		pthread_mutex_unlock(&helper.lock);
		helper.half->job(helper.half->arg);
		pthread_mutex_lock(&helper.lock);
		helper.half = NULL;
		pthread_cond_signal(&helper.ended);
	}
	return NULL;
}

/* A process that was split off has no helper. */
static void
lose_helper(void)
{
	helper.there = helper.taken = false;
	helper.half = NULL;
	pthread_mutex_init(&helper.lock, NULL);
	pthread_cond_init(&helper.asked, NULL);
	pthread_cond_init(&helper.ended, NULL);
}

/* With the lock held. */
static bool
find_helper(void)
{
	pthread_t thread;

	if (helper.there)
		return true;
	if (pthread_atfork(NULL, NULL, lose_helper) != 0 ||
	    pthread_create(&thread, NULL, help, NULL) != 0)
		return false;
	pthread_detach(thread);
	helper.there = true;
	return true;
}

static bool
ask_helper(struct half *half)
{
	bool took;

	pthread_mutex_lock(&helper.lock);
	took = !helper.taken && find_helper();
	if (took) {
		helper.taken = true;
		helper.half = half;
		pthread_cond_signal(&helper.asked);
	}
	pthread_mutex_unlock(&helper.lock);
	return took;
}

static void
wait_for_helper(void)
{
	pthread_mutex_lock(&helper.lock);
	while (helper.half != NULL)
		pthread_cond_wait(&helper.ended, &helper.lock);
	helper.taken = false;
	pthread_mutex_unlock(&helper.lock);
}

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

	if (ask_helper(&half)) {
		job(b);
		wait_for_helper();
	} else if (pthread_create(&other, NULL, run, &half) == 0) {
		/* The helper is at work: one half has halves itself. */
		job(b);
		pthread_join(other, NULL);
	} else {
		/* Where no thread is to be had, one after the other. */
		job(a);
		job(b);
	}
}
