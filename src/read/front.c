/* SPDX-License-Identifier: MIT */
/*
 * Front matter: the small part of YAML that the document format uses.
 * Scalars, quoted scalars, lists, flow maps; known keys go to the metadata,
 * all else is kept as written and written back.
 */
#include "read_int.h"

#include <stdlib.h>
#include <string.h>

struct lines {
	const char *p, *end; /* what is left */
	size_t number; /* of the line at p */
};

struct front {
	struct kt_doc *doc;
	struct kt_diag *d;
	const char *(*other)[2];
	size_t nother, other_cap;
	struct kt_clause_date *dates;
	size_t ndates, dates_cap;
	unsigned seen; /* known keys met, a bit each */
	size_t line; /* of the key at hand */
};

/* A value at hand: bytes left of it. */
struct value {
	const char *p, *end;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void
trim(struct value *v)
{
	while (v->p < v->end && (is_blank(*v->p) || *v->p == '\n'))
		v->p++;
	while (v->end > v->p && (is_blank(v->end[-1]) || v->end[-1] == '\n'))
		v->end--;
}

static bool
take(struct value *v, char c)
{
	while (v->p < v->end && (is_blank(*v->p) || *v->p == '\n'))
		v->p++;
	if (v->p == v->end || *v->p != c)
		return false;
	v->p++;
	return true;
}

static const char *
line_end(const char *p, const char *end)
{
	const char *stop = memchr(p, '\n', (size_t)(end - p));

	return stop == NULL ? end : stop;
}

/* ---- scalars --------------------------------------------------------- */

static bool
unicode_escape(struct kt_buf *out, struct value *v, unsigned digits)
{
	uint32_t c = 0;

	for (; digits > 0; digits--) {
		char x = v->p < v->end ? *v->p++ : '\0';

		if (x >= '0' && x <= '9')
			c = c * 16 + (uint32_t)(x - '0');
		else if ((x | 32) >= 'a' && (x | 32) <= 'f')
			c = c * 16 + (uint32_t)((x | 32) - 'a') + 10;
		else
			return false;
	}
	if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return false;
	kt_utf8_put(out, c);
	return true;
}

static bool
escape(struct kt_buf *out, struct value *v)
{
	static const char names[] = "nt\"\\/re0 ";
	static const char is[] = "\n\t\"\\/\r\x1b\0 ";
	char c = v->p < v->end ? *v->p++ : '\0';
	const char *at;

	if (c == 'x' || c == 'u' || c == 'U')
		return unicode_escape(out, v, c == 'x' ? 2 : c == 'u' ? 4 : 8);
	at = c == '\0' || c == '0' ? NULL : strchr(names, c);
	if (at == NULL)
		return false;
	kt_buf_putc(out, is[at - names]);
	return true;
}

static bool
quoted(struct kt_buf *out, struct value *v)
{
	char quote = *v->p++;

	while (v->p < v->end) {
		char c = *v->p++;

		if (c == '\n')
			return false;
		if (c == '\\' && quote == '"') {
			if (!escape(out, v))
				return false;
		} else if (c != quote) {
			kt_buf_putc(out, c);
		} else if (quote == '\'' && v->p < v->end && *v->p == '\'') {
			kt_buf_putc(out, *v->p++);
		} else {
			return true;
		}
	}
	return false;
}

/* A scalar; inside a flow collection it ends before , ] and }. */
static bool
scalar(struct kt_buf *out, struct value *v, bool flow)
{
	const char *from, *stop;

	kt_buf_clear(out);
	while (v->p < v->end && is_blank(*v->p))
		v->p++;
	if (v->p == v->end)
		return true;
	if (*v->p == '"' || *v->p == '\'') {
		if (!quoted(out, v))
			return false;
		while (v->p < v->end && is_blank(*v->p))
			v->p++;
		return v->p == v->end || flow || *v->p == '#' || *v->p == '\n';
	}
	if (strchr("[]{}|>*&!%@`", *v->p) != NULL)
		return false;
	from = v->p;
	while (v->p < v->end && *v->p != '\n' &&
	       !(flow && strchr(",]}", *v->p) != NULL) &&
	       !(*v->p == '#' && v->p > from && is_blank(v->p[-1])))
		v->p++;
	for (stop = v->p; stop > from && is_blank(stop[-1]);)
		stop--;
	kt_buf_put(out, from, (size_t)(stop - from));
	return true;
}

/* Nothing but a comment is left. */
static bool
at_end(struct value *v)
{
	trim(v);
	return v->p == v->end ||
	       (*v->p == '#' &&
		   memchr(v->p, '\n', (size_t)(v->end - v->p)) == NULL);
}

static bool
date_of(struct kt_date *out, const struct kt_buf *text)
{
	return text->len > 0 &&
	       kt_date_read(out, text->p, text->len) == text->len;
}

/* ---- effective: dates of single clauses ------------------------------ */

/* [第5条, 第6条第2項] or one of them, joined with 、. */
static bool
clause_list(struct kt_buf *out, struct value *v)
{
	struct kt_buf one = KT_BUF_INIT;
	bool ok = true;

	if (!take(v, '[')) {
		ok = scalar(&one, v, true);
		kt_buf_put(out, one.p, one.len);
		kt_buf_release(&one);
		return ok;
	}
	while (ok && !take(v, ']')) {
		ok = scalar(&one, v, true) && one.len > 0;
		if (out->len > 0)
			kt_buf_puts(out, "、");
		kt_buf_put(out, one.p, one.len);
		if (!take(v, ',') && (v->p == v->end || *v->p != ']'))
			ok = false;
	}
	kt_buf_release(&one);
	return ok;
}

static bool
take_key(struct value *v, const char *key)
{
	size_t n = strlen(key);

	while (v->p < v->end && (is_blank(*v->p) || *v->p == '\n'))
		v->p++;
	if ((size_t)(v->end - v->p) <= n || memcmp(v->p, key, n) != 0 ||
	    v->p[n] != ':')
		return false;
	v->p += n + 1;
	return true;
}

/* clauses, from, condition; between braces, or one a line. */
static bool
clause_date(struct front *f, struct value *v)
{
	struct kt_buf clauses = KT_BUF_INIT, text = KT_BUF_INIT,
		      condition = KT_BUF_INIT;
	struct kt_clause_date *at;
	struct kt_date from = { 0, 0, 0 };
	bool flow = take(v, '{'), ok = true;

	while (ok && v->p < v->end && !(flow && take(v, '}'))) {
		if (take_key(v, "clauses"))
			ok = clause_list(&clauses, v);
		else if (take_key(v, "condition"))
			ok = scalar(&condition, v, flow);
		else if (take_key(v, "from"))
			ok = scalar(&text, v, flow) &&
			     (strcmp(text.p, "unknown") == 0 ||
				 date_of(&from, &text));
		else
			ok = false;
		if (flow && !take(v, ',') && (v->p == v->end || *v->p != '}'))
			ok = false;
		trim(v);
	}
	if (ok && clauses.len > 0) {
		KT_GROW(f->dates, f->ndates, f->dates_cap);
		at = &f->dates[f->ndates++];
		at->clauses = kt_arena_strdup(f->doc->arena, clauses.p);
		at->condition = kt_arena_strdup(f->doc->arena, condition.p);
		at->from = from;
	}
	ok = ok && clauses.len > 0 && v->p == v->end;
	kt_buf_release(&clauses);
	kt_buf_release(&text);
	kt_buf_release(&condition);
	return ok;
}

/* The next - entry of a block list: its first line and those indented below
 * it. */
static bool
next_entry(struct value *v, struct value *out)
{
	const char *stop, *p;

	trim(v);
	if (v->p == v->end || *v->p != '-')
		return false;
	out->p = v->p + 1;
	stop = line_end(v->p, v->end);
	while (stop < v->end) {
		for (p = stop + 1; p < v->end && is_blank(*p);)
			p++;
		if (p == v->end || *p == '-')
			break;
		stop = line_end(p, v->end);
	}
	out->end = stop;
	v->p = stop;
	trim(out);
	return true;
}

static bool
is_map(const struct value *v)
{
	struct value at = *v;

	return v->p < v->end && (*v->p == '{' || take_key(&at, "clauses") ||
				    take_key(&at, "from"));
}

static bool
effective(struct front *f, struct value *v)
{
	struct kt_buf text = KT_BUF_INIT;
	struct kt_date date = { 0, 0, 0 };
	struct value entry;
	size_t before = f->ndates;
	bool ok = true;

	trim(v);
	if (v->p < v->end && *v->p != '-') {
		ok = scalar(&text, v, false) && at_end(v) &&
		     date_of(&date, &text);
	} else {
		while (ok && next_entry(v, &entry)) {
			if (is_map(&entry))
				ok = clause_date(f, &entry);
			else
				ok = date.year == 0 &&
				     scalar(&text, &entry, false) &&
				     at_end(&entry) && date_of(&date, &text);
		}
		ok = ok && v->p == v->end;
	}
	kt_buf_release(&text);
	if (!ok)
		f->ndates = before;
	else
		f->doc->meta.effective = date;
	return ok;
}

/* ---- keys ------------------------------------------------------------ */

static void
keep_other(struct front *f, const char *key, size_t nkey, struct value v)
{
	struct kt_arena *a = f->doc->arena;

	KT_GROW(f->other, f->nother, f->other_cap);
	f->other[f->nother][0] = kt_arena_strndup(a, key, nkey);
	f->other[f->nother++][1] =
	    kt_arena_strndup(a, v.p, (size_t)(v.end - v.p));
}

static void
report(struct front *f, enum kt_msg_id id, const char *what, size_t n)
{
	char *words = kt_strndup(what, n);

	kt_report(f->d, .id = id,
	    .at = { .file = f->doc->source, .line = f->line }, .a = words);
	free(words);
}

/* Text keys, date keys and `effective`, in the order of their bits. */
static bool
known_key(struct front *f, unsigned which, struct value *v)
{
	struct kt_meta *m = &f->doc->meta;
	const char **const texts[] = { &m->id, &m->title, &m->kind, &m->number,
		&m->style };
	struct kt_date *const dates[] = { &m->decided, &m->promulgated,
		&m->applies, &m->ceases };
	struct kt_buf text = KT_BUF_INIT;
	struct kt_date date = { 0, 0, 0 };
	bool ok;

	if (which >= KT_COUNT(texts) + KT_COUNT(dates))
		return effective(f, v);
	ok = scalar(&text, v, false) && at_end(v);
	if (ok && which < KT_COUNT(texts))
		*texts[which] = kt_arena_strdup(f->doc->arena, text.p);
	else if (ok && (text.len == 0 || date_of(&date, &text)))
		*dates[which - KT_COUNT(texts)] = date;
	else
		ok = false;
	kt_buf_release(&text);
	return ok;
}

static void
see_key(struct front *f, const char *key, size_t n, struct value v)
{
	static const char *const names[] = { "id", "title", "kind", "number",
		"style", "decided", "promulgated", "applies", "ceases",
		"effective" };
	struct value at = v;
	unsigned i = 0;

	while (i < KT_COUNT(names) &&
	       (strlen(names[i]) != n || memcmp(names[i], key, n) != 0))
		i++;
	if (i == KT_COUNT(names)) {
		keep_other(f, key, n, v);
		return;
	}
	if ((f->seen & 1u << i) != 0) {
		report(f, KT_M_FRONT_TWICE, key, n);
		keep_other(f, key, n, v);
	} else if (!known_key(f, i, &at)) {
		at = v;
		trim(&at);
		report(f, i < 5 ? KT_M_FRONT_LINE : KT_M_FRONT_DATE, at.p,
		    (size_t)(line_end(at.p, at.end) - at.p));
		keep_other(f, key, n, v);
	}
	f->seen |= 1u << i;
}

/* The colon behind a key that begins a line; NULL when there is none. */
static const char *
key_end(const char *p, const char *end)
{
	const char *at = p;

	if (p == end || strchr("-#{[\"' \t", *p) != NULL)
		return NULL;
	while (at < end && *at != ':')
		at++;
	if (at == end || at == p || (at + 1 < end && !is_blank(at[1])))
		return NULL;
	return at;
}

/* The value of a key: the rest of its line and the lines below it that are
 * indented or entries of a list. */
static struct value
take_value(struct lines *l, const char *from)
{
	struct value v = { from, line_end(from, l->end) };

	while (v.p < v.end && is_blank(*v.p))
		v.p++;
	l->p = v.end;
	while (l->p < l->end) {
		const char *next = l->p + 1;

		l->number++;
		if (next == l->end ||
		    (!is_blank(*next) && *next != '-' && *next != '\n')) {
			l->p = next;
			break;
		}
		l->p = line_end(next, l->end);
		/* Blank lines behind the value are no part of it. */
		if (l->p > next)
			v.end = l->p;
	}
	while (v.end > v.p && (is_blank(v.end[-1]) || v.end[-1] == '\n'))
		v.end--;
	return v;
}

static void
read_lines(struct front *f, struct lines l)
{
	while (l.p < l.end) {
		const char *stop = line_end(l.p, l.end);
		const char *colon = key_end(l.p, stop);
		struct value v = { l.p, stop };

		f->line = l.number;
		if (colon != NULL) {
			const char *key = l.p;

			v = take_value(&l, colon + 1);
			see_key(f, key, (size_t)(colon - key), v);
			continue;
		}
		trim(&v);
		if (v.p < v.end) {
			if (*v.p != '#')
				report(f, KT_M_FRONT_LINE, "", 0);
			v.p = l.p;
			keep_other(f, "", 0, v);
		}
		l.number++;
		l.p = stop < l.end ? stop + 1 : l.end;
	}
}

/* ---- all ------------------------------------------------------------- */

static bool
is_fence(const char *p, const char *end)
{
	while (end > p && is_blank(end[-1]))
		end--;
	return end - p == 3 &&
	       (memcmp(p, "---", 3) == 0 || memcmp(p, "...", 3) == 0);
}

static void
keep_all(struct front *f)
{
	struct kt_meta *m = &f->doc->meta;
	const char *(*other)[2] =
	    kt_arena_alloc_n(f->doc->arena, f->nother, sizeof(f->other[0]));
	struct kt_clause_date *dates =
	    KT_NEWN(f->doc->arena, struct kt_clause_date, f->ndates);

	if (f->nother > 0)
		memcpy(other, f->other, f->nother * sizeof(f->other[0]));
	if (f->ndates > 0)
		memcpy(dates, f->dates, f->ndates * sizeof(f->dates[0]));
	m->other = (const char *const(*)[2])other;
	m->nother = f->nother;
	m->dates = dates;
	m->ndates = f->ndates;
	m->present = true;
	free(f->other);
	free(f->dates);
}

void
kt_front_read(struct kt_doc *doc, const struct kt_source *src, size_t *bytes,
    size_t *lines, struct kt_diag *d)
{
	struct front f = { .doc = doc, .d = d };
	const char *end = src->p + src->n, *first = line_end(src->p, end), *p;
	size_t count = 1;

	if (first == end || *src->p != '-' || !is_fence(src->p, first))
		return;
	for (p = first + 1; p < end; p = line_end(p, end) + 1) {
		count++;
		if (!is_fence(p, line_end(p, end)))
			continue;
		read_lines(&f, (struct lines){ first + 1, p, 2 });
		keep_all(&f);
		p = line_end(p, end);
		*bytes = (size_t)(p - src->p) + (p < end);
		*lines = count;
		return;
	}
	kt_report(
	    d, .id = KT_M_FRONT_OPEN, .at = { .file = src->name, .line = 1 });
}
