/* SPDX-License-Identifier: MIT */
/*
 * The changes of words of a sentence, carried out at its end: new strings,
 * and the marks of the old ones where they have come to stand.
 */
#include "apply_int.h"

#include <stdlib.h>
#include <string.h>

/* A string in the making. */
struct remake {
	struct kt_work *w;
	const struct kt_field *f;
	struct kt_buf text;
	struct kt_mark *marks;
	size_t nmarks, cap;
	size_t *put_at; /* by cut: where its words begin in the new text */
	bool borders; /* sentences or columns were touched */
};

static bool
has_border(const char *p, size_t n)
{
	struct kt_scan s = { p, p + n };

	return kt_scan_find(&s, "。") != NULL || kt_scan_find(&s, "　") != NULL;
}

static void
keep_mark(struct remake *r, const struct kt_mark *m)
{
	KT_GROW(r->marks, r->nmarks, r->cap);
	r->marks[r->nmarks++] = *m;
}

/* The words between the changes, and what the changes put. */
static void
join_text(struct remake *r)
{
	const struct kt_field *f = r->f;
	struct kt_marked put = KT_MARKED_INIT;
	size_t at = 0;

	for (size_t i = 0; i < f->ncuts; i++) {
		const struct kt_cut *c = &f->cut[i];

		kt_buf_put(&r->text, f->base + at, c->start - at);
		r->put_at[i] = r->text.len;
		kt_inline_read(&put, r->w->doc->arena, c->put, strlen(c->put));
		r->borders =
		    r->borders ||
		    has_border(f->base + c->start, c->end - c->start) ||
		    has_border(put.text.p, put.text.len);
		for (size_t k = 0; k < put.nmarks; k++) {
			struct kt_mark m = put.marks[k];

			m.start += (uint32_t)r->text.len;
			keep_mark(r, &m);
		}
		kt_buf_put(&r->text, put.text.p, put.text.len);
		at = c->end;
	}
	kt_buf_put(&r->text, f->base + at, f->len - at);
	kt_marked_release(&put);
}

/* Where an offset of the old words is in the new ones.  What was put at that
 * very place stands before it if `behind`.  An offset inside a change goes to
 * the end of what was put if `behind`, else to its start. */
static size_t
moved_to(const struct remake *r, size_t offset, bool behind)
{
	const struct kt_field *f = r->f;
	size_t i = 0, end;

	while (i < f->ncuts && (f->cut[i].start < offset ||
				   (f->cut[i].start == offset && behind &&
				       f->cut[i].end == offset)))
		i++;
	if (i == 0)
		return offset;
	end = i < f->ncuts
		  ? r->put_at[i] - (f->cut[i].start - f->cut[i - 1].end)
		  : r->text.len - (f->len - f->cut[i - 1].end);
	if (offset >= f->cut[i - 1].end)
		return end + (offset - f->cut[i - 1].end);
	return behind ? end : r->put_at[i - 1];
}

/* Do the changes leave the words of the mark as they are, or all gone? */
static bool
survives(const struct kt_field *f, const struct kt_mark *m, size_t start)
{
	size_t end = start + m->len;

	for (size_t i = 0; i < f->ncuts; i++) {
		const struct kt_cut *c = &f->cut[i];

		if (c->start >= end && !(m->len == 0 && c->start == start))
			break;
		if (c->end <= start)
			continue;
		/* A reading belongs to these very characters. */
		if (m->kind == KT_RUBY || m->len == 0 ||
		    (c->start <= start && end <= c->end))
			return false;
	}
	return true;
}

static void
keep_marks(
    struct remake *r, const struct kt_mark *marks, size_t n, size_t bracket)
{
	for (size_t i = 0; i < n; i++) {
		struct kt_mark m = marks[i];
		size_t start = m.start + bracket;

		if ((!kt_mark_shows(&m) && r->borders) ||
		    !survives(r->f, &m, start))
			continue;
		m.start = (uint32_t)moved_to(r, start, true);
		m.len = (uint32_t)(moved_to(r, start + marks[i].len,
				       marks[i].len == 0) -
				   m.start);
		keep_mark(r, &m);
	}
}

static int
by_place(const void *x, const void *y)
{
	const struct kt_mark *a = x, *b = y;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->len != b->len)
		return a->len > b->len ? -1 : 1;
	return (int)a->kind - (int)b->kind;
}

/* ---- 目次 --------------------------------------------------------------- */

/* Depth of a line of the 目次 by the divisions open above it. */
static size_t
depth_of(const char *p, size_t n, enum kt_kind *open, size_t nopen)
{
	struct kt_label label;

	if (!kt_label_read(&label, p, n) || !kt_kind_is_division(label.kind))
		return 0;
	while (nopen > 0 && open[nopen - 1] >= label.kind)
		nopen--;
	open[nopen] = label.kind;
	return nopen + 1;
}

/* Lines came or went: the entries are built anew, nested by what they name. */
static void
rebuild_toc(struct kt_doc *doc, struct kt_node *toc, const char *p)
{
	enum kt_kind open[8],
	    kind = toc->first == NULL ? KT_BULLET : toc->first->kind;
	struct kt_node *at[8] = { toc };
	size_t nopen = 0;

	while (toc->first != NULL)
		kt_node_unlink(toc->first);
	while (*p != '\0') {
		size_t n = strcspn(p, "\n"), depth;
		struct kt_node *node;
		struct kt_scan s = { p, p + n };

		while (kt_scan_eats(&s, "　"))
			continue;
		depth = depth_of(s.p, (size_t)(s.end - s.p), open, nopen);
		nopen = depth;
		node = kt_doc_add(doc, at[depth == 0 ? 0 : depth - 1], kind);
		kt_node_text(doc, node, s.p, (size_t)(s.end - s.p));
		at[depth == 0 ? 0 : depth] = node;
		if (depth == 0)
			at[0] = toc;
		p += n + (p[n] == '\n');
	}
}

static size_t
count_lines(const char *p)
{
	size_t n = 0;

	for (; *p != '\0'; p++)
		n += *p == '\n';
	return n;
}

/* Bytes of the joined lines become one entry, with the marks in them. */
static void
set_line(struct remake *r, struct kt_node *node, size_t from, size_t n)
{
	struct kt_mark *marks = kt_calloc(r->nmarks + 1, sizeof(*marks));
	size_t count = 0;

	for (size_t i = 0; i < r->nmarks; i++) {
		struct kt_mark m = r->marks[i];

		if (m.start < from || (size_t)m.start + m.len > from + n)
			continue;
		m.start -= (uint32_t)from;
		marks[count++] = m;
	}
	kt_node_text(r->w->doc, node, r->text.p + from, n);
	kt_node_marks(r->w->doc, node, marks, count);
	free(marks);
}

/* Marks of the entries as marks of the joined lines. */
static void
keep_line_marks(struct remake *r, const struct kt_node *toc)
{
	size_t at = 0;

	for (const struct kt_node *n = kt_node_next(toc, toc); n != NULL;
	     n = kt_node_next(n, toc)) {
		keep_marks(r, n->marks, n->nmarks, at);
		at += n->len + 1;
	}
}

static void
set_lines(struct remake *r)
{
	struct kt_doc *doc = r->w->doc;
	struct kt_node *toc = r->f->node;
	const char *p = r->text.p;

	if (count_lines(p) != count_lines(r->f->base)) {
		rebuild_toc(doc, toc, p);
		return;
	}
	for (struct kt_node *at = kt_node_next(toc, toc); at != NULL;
	     at = kt_node_next(at, toc)) {
		size_t n = strcspn(p, "\n");

		set_line(r, at, (size_t)(p - r->text.p), n);
		p += n + (p[n] == '\n');
	}
}

/* ---- all ---------------------------------------------------------------- */

/* The words without （ ） around them. */
static void
strip_brackets(struct remake *r)
{
	size_t n = strlen("（");

	if (r->text.len < 2 * n || memcmp(r->text.p, "（", n) != 0 ||
	    memcmp(r->text.p + r->text.len - n, "）", n) != 0)
		return;
	kt_buf_cut(&r->text, r->text.len - n);
	memmove(r->text.p, r->text.p + n, r->text.len - n + 1);
	r->text.len -= n;
	for (size_t i = 0; i < r->nmarks; i++)
		r->marks[i].start -=
		    r->marks[i].start >= n ? (uint32_t)n : r->marks[i].start;
}

static void
sort_marks(struct remake *r)
{
	if (r->nmarks > 1)
		qsort(r->marks, r->nmarks, sizeof(*r->marks), by_place);
}

static void
set_field(struct remake *r)
{
	struct kt_doc *doc = r->w->doc;
	struct kt_node *node = r->f->node;
	const char *old = node->caption;
	bool bracketed;

	switch (r->f->which) {
	case KT_TEXT_OF:
		keep_marks(r, node->marks, node->nmarks, 0);
		sort_marks(r);
		kt_node_text(doc, node, r->text.p, r->text.len);
		kt_node_marks(doc, node, r->marks, r->nmarks);
		return;
	case KT_CAPTION_OF:
		bracketed = strcmp(r->f->base, old) != 0;
		keep_marks(r, node->caption_marks, node->ncaption_marks,
		    bracketed ? strlen("（") : 0);
		if (bracketed)
			strip_brackets(r);
		sort_marks(r);
		kt_node_caption(doc, node, r->text.p, r->text.len);
		kt_node_caption_marks(doc, node, r->marks, r->nmarks);
		return;
	case KT_RELATED_OF:
		strip_brackets(r);
		kt_node_related(doc, node, r->text.p, r->text.len);
		return;
	case KT_LABEL_OF:
		kt_node_label(doc, node, r->text.p);
		return;
	case KT_LINES_OF:
		keep_line_marks(r, node);
		sort_marks(r);
		set_lines(r);
		return;
	}
}

/* For the message that an earlier sentence changed what a later one names. */
static void
keep_was(struct kt_work *w, const struct kt_field *f)
{
	KT_GROW(w->was, w->nwas, w->was_cap);
	w->was[w->nwas++] = (struct kt_was){ f->node,
		kt_arena_strndup(w->doc->arena, f->base, f->len),
		w->sentence->line };
}

void
kt_fields_flush(struct kt_work *w)
{
	for (size_t i = 0; i < w->nfields; i++) {
		struct kt_field *f = &w->field[i];
		struct remake r = { .w = w, .f = f, .text = KT_BUF_INIT };

		if (f->ncuts > 0) {
			keep_was(w, f);
			r.put_at = kt_calloc(f->ncuts, sizeof(*r.put_at));
			join_text(&r);
			set_field(&r);
			free(r.put_at);
			free(r.marks);
			kt_buf_release(&r.text);
		}
		free(f->cut);
	}
	w->nfields = 0;
	if (w->nslots > 0)
		memset(w->slot, 0, w->nslots * sizeof(*w->slot));
	/* What is cleared at each sentence must stay small. */
	if (w->nslots > 1024) {
		free(w->slot);
		w->slot = NULL;
		w->nslots = 0;
	}
}
