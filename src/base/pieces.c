/* SPDX-License-Identifier: MIT */
/*
 * A long text in pieces: made on two threads, put in their order.  Nobody
 * waits: who has made the piece that is due puts it and what is ready behind
 * it, and who is ahead leaves his and goes on.
 */
#include <kaitei/base.h>

#include <pthread.h>
#include <stdlib.h>

/* From so many pieces on two threads are sooner done than one. */
#define MANY 8

/* What was made and may not be put yet. */
struct piece {
	struct kt_buf text;
	bool ready;
};

struct making {
	const struct kt_pieces *all;
	pthread_mutex_t lock; /* of what follows */
	struct piece *at;
	size_t next; /* to be made */
	size_t due; /* to be put */
	bool putting; /* by one of the two */
	int rc; /* of the first put that failed */
	struct kt_buf spare[2]; /* whose memory serves the next piece */
	size_t nspare;
};

/* What is due and ready, with the lock held but for the putting itself. */
static void
put_ready(struct making *m)
{
	if (m->putting)
		return;
	m->putting = true;
	while (m->rc == KT_OK && m->due < m->all->n && m->at[m->due].ready) {
		struct kt_buf text = m->at[m->due].text;
		int rc;

		pthread_mutex_unlock(&m->lock);
		rc = m->all->put(m->all->to, text.p, text.len);
		pthread_mutex_lock(&m->lock);
		m->rc = rc;
		m->at[m->due++].ready = false;
		if (m->nspare < KT_COUNT(m->spare))
			m->spare[m->nspare++] = text;
		else
			kt_buf_release(&text);
	}
	m->putting = false;
}

static void
make_pieces(void *arg)
{
	struct making *m = arg;

	pthread_mutex_lock(&m->lock);
	while (m->rc == KT_OK && m->next < m->all->n) {
		size_t i = m->next++;
		struct kt_buf text = KT_BUF_INIT;

		if (m->nspare > 0)
			text = m->spare[--m->nspare];
		pthread_mutex_unlock(&m->lock);
		kt_buf_clear(&text);
		m->all->make(m->all->of, i, &text);
		pthread_mutex_lock(&m->lock);
		m->at[i] = (struct piece){ text, true };
		put_ready(m);
	}
	pthread_mutex_unlock(&m->lock);
}

int
kt_pieces_put(const struct kt_pieces *all)
{
	struct making m = { .all = all,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.at = kt_calloc(all->n, sizeof(*m.at)) };

	if (all->n >= MANY)
		kt_both(make_pieces, &m, &m);
	else
		make_pieces(&m);
	/* Of what was made and not put after a failure. */
	for (size_t i = 0; i < all->n; i++)
		if (m.at[i].ready)
			kt_buf_release(&m.at[i].text);
	while (m.nspare > 0)
		kt_buf_release(&m.spare[--m.nspare]);
	free(m.at);
	pthread_mutex_destroy(&m.lock);
	return m.rc;
}
