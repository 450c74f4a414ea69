/* SPDX-License-Identifier: MIT */
/* Front matter: known keys in one order, then the others as they were. */
#include "md_int.h"

#include <string.h>

static bool
has_date(struct kt_date d)
{
	return d.year != 0;
}

static bool
is_present(const struct kt_meta *m)
{
	return m->present || m->id[0] != '\0' || m->title[0] != '\0' ||
	       m->kind[0] != '\0' || m->number[0] != '\0' ||
	       m->style[0] != '\0' || has_date(m->decided) ||
	       has_date(m->promulgated) || has_date(m->effective) ||
	       has_date(m->applies) || has_date(m->ceases) || m->ndates > 0 ||
	       m->nother > 0;
}

/* Can a scalar stand without quotes, here and for other readers of YAML? */
static bool
is_plain(const char *s, bool flow)
{
	size_t n = strlen(s);
	unsigned len;

	if (n == 0 || kt_is_space(kt_utf8_at(s, &len)) ||
	    kt_is_space(kt_utf8_before(s, s + n, &len)) || s[n - 1] == ':' ||
	    strchr("-?:,[]{}#&*!|>'\"%@`=~.0123456789+", s[0]) != NULL ||
	    strcmp(s, "true") == 0 || strcmp(s, "false") == 0 ||
	    strcmp(s, "null") == 0 || strcmp(s, "yes") == 0 ||
	    strcmp(s, "no") == 0 || strcmp(s, "unknown") == 0)
		return false;
	if (strstr(s, ": ") != NULL || strstr(s, " #") != NULL ||
	    strstr(s, "\t#") != NULL)
		return false;
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' ||
		    (flow && strchr(",[]{}", *s) != NULL))
			return false;
	return true;
}

static void
put_scalar(struct kt_buf *out, const char *s, bool flow)
{
	if (is_plain(s, flow)) {
		kt_buf_puts(out, s);
		return;
	}
	kt_buf_putc(out, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			kt_buf_printf(out, "\\%c", *s);
		else if (*s == '\n')
			kt_buf_puts(out, "\\n");
		else if (*s == '\t')
			kt_buf_puts(out, "\\t");
		else if ((unsigned char)*s < ' ')
			kt_buf_printf(out, "\\x%02X", (unsigned)*s);
		else
			kt_buf_putc(out, *s);
	}
	kt_buf_putc(out, '"');
}

static void
put_text(struct kt_buf *out, const char *key, const char *value)
{
	if (value[0] == '\0')
		return;
	kt_buf_printf(out, "%s: ", key);
	put_scalar(out, value, false);
	kt_buf_putc(out, '\n');
}

static void
put_date(struct kt_buf *out, const char *key, struct kt_date date)
{
	if (!has_date(date))
		return;
	kt_buf_printf(out, "%s: ", key);
	kt_date_iso(out, date);
	kt_buf_putc(out, '\n');
}

/* 第5条、第6条 → [第5条, 第6条] */
static void
put_clauses(struct kt_buf *out, const char *clauses)
{
	struct kt_buf one = KT_BUF_INIT;
	const char *stop;
	bool more;

	kt_buf_putc(out, '[');
	do {
		stop = strstr(clauses, "、");
		more = stop != NULL;
		kt_buf_clear(&one);
		kt_buf_put(&one, clauses,
		    more ? (size_t)(stop - clauses) : strlen(clauses));
		put_scalar(out, one.p, true);
		kt_buf_puts(out, more ? ", " : "");
		clauses = more ? stop + strlen("、") : clauses;
	} while (more);
	kt_buf_putc(out, ']');
	kt_buf_release(&one);
}

static void
put_effective(struct kt_buf *out, const struct kt_meta *m)
{
	if (m->ndates == 0) {
		put_date(out, "effective", m->effective);
		return;
	}
	kt_buf_puts(out, "effective:\n");
	if (has_date(m->effective)) {
		kt_buf_puts(out, "  - ");
		kt_date_iso(out, m->effective);
		kt_buf_putc(out, '\n');
	}
	for (size_t i = 0; i < m->ndates; i++) {
		const struct kt_clause_date *at = &m->dates[i];

		kt_buf_puts(out, "  - {clauses: ");
		put_clauses(out, at->clauses);
		kt_buf_puts(out, ", from: ");
		if (has_date(at->from))
			kt_date_iso(out, at->from);
		else
			kt_buf_puts(out, "unknown");
		if (at->condition[0] != '\0') {
			kt_buf_puts(out, ", condition: ");
			put_scalar(out, at->condition, true);
		}
		kt_buf_puts(out, "}\n");
	}
}

static void
put_other(struct kt_buf *out, const char *key, const char *value)
{
	if (key[0] == '\0')
		kt_buf_puts(out, value);
	else if (value[0] == '\0' || value[0] == '\n')
		kt_buf_printf(out, "%s:%s", key, value);
	else
		kt_buf_printf(out, "%s: %s", key, value);
	kt_buf_putc(out, '\n');
}

void
kt_md_front(struct kt_buf *out, const struct kt_meta *m)
{
	if (!is_present(m))
		return;
	kt_buf_puts(out, "---\n");
	put_text(out, "id", m->id);
	put_text(out, "title", m->title);
	put_text(out, "kind", m->kind);
	put_text(out, "number", m->number);
	put_text(out, "style", m->style);
	put_date(out, "decided", m->decided);
	put_date(out, "promulgated", m->promulgated);
	put_effective(out, m);
	put_date(out, "applies", m->applies);
	put_date(out, "ceases", m->ceases);
	for (size_t i = 0; i < m->nother; i++)
		put_other(out, m->other[i][0], m->other[i][1]);
	kt_buf_puts(out, "---\n");
}
