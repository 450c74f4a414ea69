/* SPDX-License-Identifier: MIT */
/* Words with their marks, gathered piece by piece from any markup. */
#include "read_int.h"

#include <stdlib.h>
#include <string.h>

/* A mark without a place yet, or one that turned out to be none. */
#define NO_MARK SIZE_MAX
#define DROPPED UINT32_MAX
/* Images by their names among the open marks. */
#define IMAGE KT_INLINE_IMAGE
#define IMAGE_TAG "img"
/* Tags open at once; more are text. */
#define MOST_OPEN 256

void
kt_inline_init(struct kt_inline *w, struct kt_arena *arena)
{
	*w = (struct kt_inline){ .arena = arena,
		.text = KT_BUF_INIT,
		.seen = KT_BUF_INIT,
		.reading = KT_BUF_INIT };
}

void
kt_inline_begin(struct kt_inline *w, size_t line, size_t column)
{
	kt_buf_clear(&w->text);
	kt_buf_clear(&w->seen);
	kt_buf_clear(&w->reading);
	w->nmarks = w->nopen = w->in_image = 0;
	w->in_reading = w->in_bracket = w->soft = w->odd = w->figure =
	    w->crossed = false;
	w->line = line;
	w->column = column;
}

void
kt_inline_release(struct kt_inline *w)
{
	kt_buf_release(&w->text);
	kt_buf_release(&w->seen);
	kt_buf_release(&w->reading);
	free(w->marks);
	free(w->open);
	w->marks = NULL;
	w->open = NULL;
	w->marks_cap = w->open_cap = 0;
}

static bool
is_wide(const char *p)
{
	unsigned len;

	return kt_utf8_at(p, &len) >= 0x1100 && kt_utf8_width(p, len) == 2;
}

/* Lines of Japanese are joined without a blank, others with one. */
static void
join_lines(struct kt_inline *w, const char *next)
{
	unsigned len;
	const char *begin = w->text.p, *end = begin + w->text.len;

	w->soft = false;
	if (w->text.len == 0 || end[-1] == '\n')
		return;
	kt_utf8_before(begin, end, &len);
	if (!is_wide(end - len) && !is_wide(next))
		kt_buf_putc(&w->text, ' ');
}

void
kt_inline_text(struct kt_inline *w, const char *p, size_t n)
{
	if (n == 0 || w->in_bracket)
		return;
	if (w->in_reading) {
		kt_buf_put(&w->reading, p, n);
		return;
	}
	if (w->soft)
		join_lines(w, p);
	kt_buf_put(&w->text, p, n);
}

void
kt_inline_soft_break(struct kt_inline *w)
{
	if (!w->in_reading && !w->in_bracket)
		w->soft = true;
}

/* ---- marks ----------------------------------------------------------- */

static size_t
add_mark(struct kt_inline *w, enum kt_mark_kind kind, const char *arg)
{
	struct kt_mark *m;

	KT_GROW(w->marks, w->nmarks, w->marks_cap);
	m = &w->marks[w->nmarks];
	m->kind = kind;
	m->start = (uint32_t)w->text.len;
	m->len = DROPPED;
	m->arg =
	    arg == NULL || arg[0] == '\0' ? "" : kt_arena_strdup(w->arena, arg);
	return w->nmarks++;
}

static void
end_mark(struct kt_inline *w, size_t i)
{
	w->marks[i].len = (uint32_t)w->text.len - w->marks[i].start;
}

void
kt_inline_mark(struct kt_inline *w, enum kt_mark_kind kind, const char *arg,
    size_t start, size_t n)
{
	struct kt_mark *last = w->nmarks == 0 ? NULL : &w->marks[w->nmarks - 1];
	size_t i;

	if (last != NULL && last->kind == kind && kind != KT_RUBY &&
	    last->start + last->len == start) {
		last->len += (uint32_t)n;
		return;
	}
	i = add_mark(w, kind, arg);
	w->marks[i].start = (uint32_t)start;
	w->marks[i].len = (uint32_t)n;
}

static void
push(struct kt_inline *w, const char *name, size_t mark)
{
	struct kt_inline_open *o;

	KT_GROW(w->open, w->nopen, w->open_cap);
	o = &w->open[w->nopen++];
	snprintf(o->name, sizeof(o->name), "%s", name);
	o->mark = mark;
	o->start = (uint32_t)w->text.len;
}

void
kt_inline_open(struct kt_inline *w, const char *name, enum kt_mark_kind kind,
    const char *arg)
{
	if (w->soft && w->text.len > 0)
		join_lines(w, "a");
	/* The words of an image and the reading of ruby are plain. */
	push(w, name,
	    w->in_image > 0 || w->in_reading ? NO_MARK
					     : add_mark(w, kind, arg));
	w->in_image += kind == KT_IMAGE;
}

/* The innermost open mark of a name; false when there is none. */
static bool
find_open(const struct kt_inline *w, const char *name, size_t *at)
{
	for (size_t i = w->nopen; i-- > 0;)
		if (strcmp(w->open[i].name, name) == 0) {
			*at = i;
			return true;
		}
	return false;
}

static void
take_out(struct kt_inline *w, size_t i)
{
	memmove(&w->open[i], &w->open[i + 1],
	    (w->nopen - i - 1) * sizeof(w->open[0]));
	w->nopen--;
}

void
kt_inline_close(struct kt_inline *w, const char *name)
{
	size_t i;

	if (!find_open(w, name, &i))
		return;
	if (w->open[i].mark != NO_MARK)
		end_mark(w, w->open[i].mark);
	w->crossed |= i + 1 < w->nopen;
	take_out(w, i);
	if (strcmp(name, IMAGE) == 0 || strcmp(name, IMAGE_TAG) == 0)
		w->in_image--;
}

/* ---- ruby ------------------------------------------------------------ */

/* </rt>: the base gathered since <ruby> or the last </rt> has its reading. */
static void
end_reading(struct kt_inline *w)
{
	struct kt_inline_open *o;
	size_t i;

	w->in_reading = false;
	if (!find_open(w, "ruby", &i))
		return;
	o = &w->open[i];
	if (o->mark == NO_MARK) {
		o->mark = add_mark(w, KT_RUBY, NULL);
		w->marks[o->mark].start = o->start;
	}
	w->marks[o->mark].arg =
	    kt_arena_strndup(w->arena, w->reading.p, w->reading.len);
	end_mark(w, o->mark);
	o->mark = NO_MARK;
	o->start = (uint32_t)w->text.len;
	kt_buf_clear(&w->reading);
}

/* </ruby>: words behind the last reading are plain. */
static void
end_ruby(struct kt_inline *w)
{
	size_t i;

	if (w->in_reading)
		end_reading(w);
	w->in_bracket = false;
	if (!find_open(w, "ruby", &i))
		return;
	if (w->open[i].mark != NO_MARK)
		w->marks[w->open[i].mark].len = DROPPED;
	take_out(w, i);
}

static bool
ruby_tag(struct kt_inline *w, const struct kt_tag *tag)
{
	size_t i;
	bool open = find_open(w, "ruby", &i);

	if (kt_tag_is(tag, "ruby")) {
		if (tag->close)
			end_ruby(w);
		else
			kt_inline_open(w, "ruby", KT_RUBY, NULL);
		return open || !tag->close;
	}
	if (!open)
		return false;
	if (kt_tag_is(tag, "rp")) {
		w->in_bracket = !tag->close;
	} else if (kt_tag_is(tag, "rt") && tag->close) {
		end_reading(w);
	} else if (kt_tag_is(tag, "rt")) {
		w->in_reading = true;
		w->in_bracket = false;
	} else {
		return kt_tag_is(tag, "rb");
	}
	return true;
}

/* ---- tags ------------------------------------------------------------ */

static const struct {
	const char *name;
	enum kt_mark_kind kind;
	const char *attr;
} tags[] = {
	{ "u", KT_UNDERLINE, NULL },
	{ "ins", KT_UNDERLINE, NULL },
	{ "sup", KT_SUPER, NULL },
	{ "sub", KT_SUB, NULL },
	{ "strong", KT_STRONG, NULL },
	{ "b", KT_STRONG, NULL },
	{ "em", KT_EMPHASIS, NULL },
	{ "i", KT_EMPHASIS, NULL },
	{ "code", KT_CODE, "class" },
	{ "var", KT_FORMULA, NULL },
	{ "a", KT_LINK, "href" },
};

static void
image_tag(struct kt_inline *w, const struct kt_tag *tag)
{
	struct kt_buf src = KT_BUF_INIT, alt = KT_BUF_INIT;

	kt_tag_attr(&src, tag, "src");
	kt_tag_attr(&alt, tag, "alt");
	kt_inline_open(w, IMAGE_TAG, KT_IMAGE, src.p);
	kt_inline_text(w, alt.p, alt.len);
	kt_inline_close(w, IMAGE_TAG);
	kt_buf_release(&src);
	kt_buf_release(&alt);
}

static bool
mark_tag(struct kt_inline *w, const struct kt_tag *tag)
{
	struct kt_buf arg = KT_BUF_INIT;
	size_t i = 0, at;

	while (i < KT_COUNT(tags) && !kt_tag_is(tag, tags[i].name))
		i++;
	if (i == KT_COUNT(tags) || (!tag->close && w->nopen >= MOST_OPEN))
		return false;
	if (tag->close) {
		if (!find_open(w, tag->name, &at))
			return false;
		kt_inline_close(w, tag->name);
		return true;
	}
	if (tags[i].attr != NULL)
		kt_tag_attr(&arg, tag, tags[i].attr);
	kt_inline_open(w, tag->name, tags[i].kind, arg.p);
	kt_buf_release(&arg);
	return true;
}

void
kt_inline_tag(struct kt_inline *w, const char *p, size_t n)
{
	struct kt_tag tag;

	if (kt_tag_read(&tag, p, n) && tag.len == n) {
		if (kt_tag_is(&tag, "br")) {
			kt_inline_text(w, "\n", 1);
			return;
		}
		if (w->in_image == 0 && kt_tag_is(&tag, "img") && !tag.close) {
			image_tag(w, &tag);
			return;
		}
		if (w->in_image == 0 &&
		    (ruby_tag(w, &tag) || mark_tag(w, &tag)))
			return;
	}
	w->odd = true;
	kt_inline_text(w, p, n);
}

/* ---- end ------------------------------------------------------------- */

/* Blank out the character that holds byte `at` of what the rules may see. */
static void
hide(struct kt_inline *w, size_t at)
{
	char *p = w->seen.p;
	size_t n = w->seen.len;

	while (at > 0 && ((unsigned char)p[at] & 0xc0) == 0x80)
		at--;
	do
		p[at++] = '\1';
	while (at < n && ((unsigned char)p[at] & 0xc0) == 0x80);
}

/* Is the last character written as an escape, or under a mark? */
static bool
last_is_hidden(const struct kt_inline *w, const char *tail, size_t ntail)
{
	char last = w->text.p[w->text.len - 1];
	size_t backslashes = 0;

	for (size_t i = 0; i < w->nmarks; i++)
		if (w->marks[i].len > 0 &&
		    w->marks[i].start + w->marks[i].len == w->text.len)
			return true;
	if (ntail == 0 || tail[ntail - 1] == KT_READ_REFERENCE[0] ||
	    (tail[ntail - 1] == ';' && last != ';'))
		return true;
	if (tail[ntail - 1] != last)
		return false;
	while (backslashes + 1 < ntail && tail[ntail - 2 - backslashes] == '\\')
		backslashes++;
	return backslashes % 2 == 1;
}

/* The source of a text and the text, step by step. */
struct alignment {
	struct kt_inline *w;
	const char *head;
	size_t nhead;
	size_t i, j; /* in the text, in the source */
};

static void
hide_words(struct alignment *a, size_t n)
{
	hide(a->w, a->i);
	a->i += n;
}

static bool
is_punct(char c)
{
	return (c > ' ' && c < '0') || (c > '9' && c < 'A') ||
	       (c > 'Z' && c < 'a') || (c > 'z' && c < 0x7f);
}

/* A reference that stands for the words at hand. */
static bool
step_reference(struct alignment *a)
{
	struct kt_buf is = KT_BUF_INIT;
	size_t used = kt_entity_read(&is, a->head + a->j, a->nhead - a->j);
	bool found = used > 0 && is.len <= a->w->text.len - a->i &&
		     memcmp(is.p, a->w->text.p + a->i, is.len) == 0;

	if (found) {
		a->j += used;
		hide_words(a, is.len);
	}
	kt_buf_release(&is);
	return found;
}

/* A tag: a line break is a word, the reading of ruby is none. */
static bool
step_tag(struct alignment *a)
{
	const char *p = a->head + a->j, *end = a->head + a->nhead;
	struct kt_tag tag;

	if (!kt_tag_read(&tag, p, (size_t)(end - p)))
		return false;
	a->j += tag.len;
	if (kt_tag_is(&tag, "br") && a->w->text.p[a->i] == '\n') {
		hide_words(a, 1);
		return true;
	}
	if (kt_tag_is(&tag, "rt") && !tag.close)
		while (a->j < a->nhead && a->head[a->j] != '<')
			a->j++;
	return true;
}

/* Signs of marks: * _ ` [ ! and ](address). */
static bool
step_sign(struct alignment *a)
{
	char sign = a->head[a->j];

	if (strchr("*_`[]!", sign) == NULL)
		return false;
	a->j++;
	if (sign == ']' && a->j < a->nhead && a->head[a->j] == '(')
		while (a->j < a->nhead && a->head[a->j++] != ')')
			;
	return true;
}

static bool
step(struct alignment *a)
{
	const char *p = a->head + a->j;
	char c = a->w->text.p[a->i];
	unsigned len;

	if (*p == KT_READ_REFERENCE[0] && c != *p) {
		kt_utf8_at(a->w->text.p + a->i, &len);
		a->j++;
		hide_words(a, len);
		return true;
	}
	if (*p == '\\' && a->j + 1 < a->nhead && p[1] == c && is_punct(c)) {
		a->j += 2;
		hide_words(a, 1);
		return true;
	}
	if ((*p == '&' && step_reference(a)) || (*p == '<' && step_tag(a)))
		return true;
	if (*p != c)
		return step_sign(a);
	a->i++;
	a->j++;
	return true;
}

/* Does the source begin with the text, without any sign of an escape? */
static bool
is_plain(const char *p, size_t n, const char *head, size_t nhead)
{
	return n <= nhead && memcmp(p, head, n) == 0 &&
	       memchr(p, '\\', n) == NULL && memchr(p, '&', n) == NULL &&
	       memchr(p, '<', n) == NULL;
}

/* Hide what the source holds as escapes, and where a mark begins; labels and
 * brackets are only what was written as such. */
static void
make_seen(struct kt_inline *w, const char *head, size_t nhead, const char *tail,
    size_t ntail)
{
	struct alignment a = { .w = w, .head = head, .nhead = nhead };
	size_t n = w->text.len;

	kt_buf_clear(&w->seen);
	kt_buf_put(&w->seen, w->text.p, n);
	if (is_plain(w->text.p, n, head, nhead))
		a.i = n;
	while (a.i < n && a.j < nhead)
		if (!step(&a))
			break;
	if (a.i < n && (a.j < nhead || nhead == 0))
		hide(w, a.i);
	for (size_t i = 0; i < w->nmarks; i++)
		if (w->marks[i].len > 0 && w->marks[i].start < n)
			hide(w, w->marks[i].start);
	if (n > 0 && last_is_hidden(w, tail, ntail))
		hide(w, n - 1);
}

struct sorted {
	struct kt_mark mark;
	size_t place;
};

static int
by_start(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;

	if (x->mark.start != y->mark.start)
		return x->mark.start < y->mark.start ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* Several readings in one <ruby> are found out of order. */
static void
sort_marks(struct kt_inline *w)
{
	struct sorted *all;
	size_t i = 1;

	while (i < w->nmarks && w->marks[i - 1].start <= w->marks[i].start)
		i++;
	if (i >= w->nmarks)
		return;
	all = kt_malloc(w->nmarks * sizeof(*all));
	for (i = 0; i < w->nmarks; i++)
		all[i] = (struct sorted){ w->marks[i], i };
	qsort(all, w->nmarks, sizeof(*all), by_start);
	for (i = 0; i < w->nmarks; i++)
		w->marks[i] = all[i].mark;
	free(all);
}

/* Two of a kind that cross say the same as one in the other, which can be
 * written. */
static void
nest_marks(struct kt_inline *w)
{
	size_t *open = NULL, n = 0, cap = 0;

	for (size_t i = 0; i < w->nmarks; i++) {
		struct kt_mark *m = &w->marks[i];

		while (n > 0 && w->marks[open[n - 1]].start +
					w->marks[open[n - 1]].len <=
				    m->start)
			n--;
		for (size_t k = n; k-- > 0 && n - k <= MOST_OPEN;) {
			struct kt_mark *o = &w->marks[open[k]];
			uint32_t end = o->start + o->len;

			if (o->kind != m->kind || end <= m->start ||
			    end >= m->start + m->len ||
			    strcmp(o->arg, m->arg) != 0)
				continue;
			o->len = m->start + m->len - o->start;
			m->len = end - m->start;
		}
		KT_GROW(open, n, cap);
		open[n++] = i;
	}
	free(open);
}

static void
close_all(struct kt_inline *w)
{
	size_t kept = 0;

	if (w->in_reading)
		end_reading(w);
	end_ruby(w);
	while (w->nopen > 0) {
		w->odd = true;
		kt_inline_close(w, w->open[w->nopen - 1].name);
	}
	for (size_t i = 0; i < w->nmarks; i++)
		if (w->marks[i].len != DROPPED)
			w->marks[kept++] = w->marks[i];
	w->nmarks = kept;
	sort_marks(w);
	if (w->crossed)
		nest_marks(w);
}

void
kt_inline_end(struct kt_inline *w, const char *head, size_t nhead,
    const char *tail, size_t ntail)
{
	close_all(w);
	make_seen(w, head, nhead, tail, ntail);
}

/* Is the mark beside an image without words?  Then a formula without words is
 * that image. */
static bool
is_at_image(const struct kt_inline *w, size_t i)
{
	const struct kt_mark *m = &w->marks[i];

	for (size_t k = i > 0 ? i - 1 : i; k < w->nmarks && k <= i + 1; k++)
		if (w->marks[k].kind == KT_IMAGE && w->marks[k].len == 0 &&
		    w->marks[k].start == m->start)
			return true;
	return false;
}

/* Marks that hold nothing go, and those of one kind that touch are one: Word
 * cuts words into runs for reasons of its own. */
static void
join_marks(struct kt_inline *w)
{
	size_t last[KT_COLUMN + 1], kept = 0;

	for (int kind = 0; kind <= KT_COLUMN; kind++)
		last[kind] = NO_MARK;
	for (size_t i = 0; i < w->nmarks; i++) {
		struct kt_mark m = w->marks[i];
		struct kt_mark *before =
		    last[m.kind] == NO_MARK ? NULL : &w->marks[last[m.kind]];

		if (m.len == 0 && m.kind != KT_IMAGE &&
		    (m.kind != KT_FORMULA || !is_at_image(w, i)))
			continue;
		if (m.len > 0 && before != NULL && m.kind != KT_RUBY &&
		    m.kind != KT_IMAGE &&
		    before->start + before->len == m.start &&
		    strcmp(before->arg, m.arg) == 0) {
			before->len += m.len;
			continue;
		}
		last[m.kind] = kept;
		w->marks[kept++] = m;
	}
	w->nmarks = kept;
}

void
kt_inline_end_shown(struct kt_inline *w)
{
	close_all(w);
	join_marks(w);
	w->odd = false;
	kt_buf_clear(&w->seen);
	kt_buf_put(&w->seen, w->text.p, w->text.len);
}

void
kt_inline_prepend(struct kt_inline *w, const char *words)
{
	size_t n = strlen(words), len = w->text.len;

	kt_buf_put(&w->text, words, n);
	memmove(w->text.p + n, w->text.p, len);
	memcpy(w->text.p, words, n);
	kt_buf_clear(&w->seen);
	kt_buf_put(&w->seen, w->text.p, w->text.len);
	for (size_t i = 0; i < w->nmarks; i++)
		w->marks[i].start += (uint32_t)n;
}

void
kt_inline_plain(
    struct kt_inline *w, const char *p, size_t n, size_t line, size_t column)
{
	kt_inline_begin(w, line, column);
	kt_inline_text(w, p, n);
	kt_inline_end(w, p, n, p, n);
}

void
kt_inline_copy(struct kt_inline *to, const struct kt_inline *from)
{
	kt_inline_begin(to, from->line, from->column);
	to->arena = from->arena;
	kt_buf_put(&to->text, from->text.p, from->text.len);
	kt_buf_put(&to->seen, from->seen.p, from->seen.len);
	for (size_t i = 0; i < from->nmarks; i++) {
		KT_GROW(to->marks, to->nmarks, to->marks_cap);
		to->marks[to->nmarks++] = from->marks[i];
	}
	to->odd = from->odd;
}
