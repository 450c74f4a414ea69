/* SPDX-License-Identifier: MIT */
/*
 * Messages: recorded once with their place and arguments, told in Japanese
 * or English when printed.  The list itself is messages.def.
 */
#include <kaitei/base.h>

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct entry {
	const char *name; /* FILE_TOO_BIG, made lower case when asked */
	enum kt_level level;
	enum kt_code code;
	const char *text[2]; /* by enum kt_lang */
};

#define KT_MSG(id, level, code, ja, en) { #id, level, code, { ja, en } },
static const struct entry list[] = {
#include <kaitei/messages.def>
};
#undef KT_MSG

static const char *const reasons[] = {
	[KT_OK] = "",
	[KT_EUSAGE] = "usage",
	[KT_EINPUT] = "invalid",
	[KT_ENOTFOUND] = "not-found",
	[KT_ECONFLICT] = "stale",
	[KT_ELOCKED] = "locked",
	[KT_ELIMIT] = "refused",
	[KT_EIO] = "io",
	[KT_ENOSPACE] = "no-space",
	[KT_EDAMAGED] = "damaged",
	[KT_EDENIED] = "denied",
	[KT_ENOMEM] = "no-memory",
};

static const char *const levels[][3] = {
	/* Japanese, English, JSON */
	[KT_ERROR] = { "エラー", "error", "error" },
	[KT_WARNING] = { "警告", "warning", "warning" },
	[KT_ADVICE] = { "助言", "advice", "advice" },
	[KT_NOTE_LEVEL] = { "情報", "note", "note" },
};

struct kt_diag {
	struct kt_arena *arena;
	struct kt_msg *at;
	size_t count, cap, errors, max, dropped;
	const char *file;
};

struct kt_diag *
kt_diag_new(void)
{
	struct kt_diag *d = kt_calloc(1, sizeof(*d));

	d->arena = kt_arena_new();
	return d;
}

void
kt_diag_free(struct kt_diag *d)
{
	if (d == NULL)
		return;
	kt_arena_free(d->arena);
	free(d->at);
	free(d);
}

void
kt_diag_clear(struct kt_diag *d)
{
	kt_arena_free(d->arena);
	d->arena = kt_arena_new();
	d->count = d->errors = d->dropped = 0;
	d->file = NULL;
}

void
kt_diag_limit(struct kt_diag *d, size_t max)
{
	d->max = max;
}

size_t
kt_diag_dropped(const struct kt_diag *d)
{
	return d->dropped;
}

void
kt_diag_file(struct kt_diag *d, const char *file)
{
	if (d != NULL)
		d->file = file == NULL ? NULL : kt_arena_strdup(d->arena, file);
}

static const char *
keep(struct kt_diag *d, const char *s)
{
	return s == NULL ? "" : kt_arena_strdup(d->arena, s);
}

int
kt_diag_add(struct kt_diag *d, const struct kt_msg *m)
{
	const struct entry *e = &list[m->id];
	struct kt_msg *k;

	if (d == NULL)
		return e->code;
	if (e->level == KT_ERROR)
		d->errors++;
	if (d->max != 0 && d->count >= d->max) {
		d->dropped++;
		return e->code;
	}
	KT_GROW(d->at, d->count, d->cap);
	k = &d->at[d->count++];
	k->id = m->id;
	k->at = m->at;
	k->at.file = m->at.file == NULL && d->file != NULL
			 ? d->file
			 : keep(d, m->at.file);
	k->at.clause = keep(d, m->at.clause);
	k->a = keep(d, m->a);
	k->b = keep(d, m->b);
	k->c = keep(d, m->c);
	return e->code;
}

void
kt_diag_join(struct kt_diag *d, const struct kt_diag *more)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < more->count; i++)
		kt_diag_add(d, &more->at[i]);
	d->dropped += more->dropped;
}

size_t
kt_diag_count(const struct kt_diag *d)
{
	return d->count;
}

size_t
kt_diag_errors(const struct kt_diag *d)
{
	return d->errors;
}

const struct kt_msg *
kt_diag_get(const struct kt_diag *d, size_t i)
{
	assert(i < d->count);
	return &d->at[i];
}

const char *
kt_level_name(enum kt_level level)
{
	return levels[level][2];
}

enum kt_level
kt_msg_level(enum kt_msg_id id)
{
	return list[id].level;
}

enum kt_code
kt_msg_code(enum kt_msg_id id)
{
	return list[id].code;
}

const char *
kt_msg_template(enum kt_msg_id id, enum kt_lang l)
{
	return list[id].text[l];
}

void
kt_msg_name(struct kt_buf *out, enum kt_msg_id id)
{
	for (const char *p = list[id].name; *p != '\0'; p++)
		kt_buf_putc(
		    out, *p == '_' ? '-' : (char)tolower((unsigned char)*p));
}

void
kt_msg_text(struct kt_buf *out, const struct kt_msg *m, enum kt_lang l)
{
	const char *const args[] = { m->a, m->b, m->c };

	for (const char *p = list[m->id].text[l]; *p != '\0'; p++) {
		if (p[0] == '%' && p[1] >= '1' && p[1] <= '3') {
			const char *arg = args[p[1] - '1'];

			kt_buf_puts(out, arg == NULL ? "" : arg);
			p++;
		} else {
			kt_buf_putc(out, *p);
		}
	}
}

static void
tell_place(struct kt_buf *out, const struct kt_place *at)
{
	if (at->file == NULL || at->file[0] == '\0')
		return;
	kt_buf_puts(out, at->file);
	if (at->line > 0)
		kt_buf_printf(out, ":%zu", at->line);
	if (at->line > 0 && at->column > 0)
		kt_buf_printf(out, ":%zu", at->column);
	kt_buf_puts(out, ": ");
}

void
kt_msg_tell(struct kt_buf *out, const struct kt_msg *m, enum kt_lang l)
{
	const struct entry *e = &list[m->id];

	tell_place(out, &m->at);
	kt_buf_printf(out, "%s: ", levels[e->level][l]);
	if (m->at.clause != NULL && m->at.clause[0] != '\0')
		kt_buf_printf(out, "%s: ", m->at.clause);
	kt_msg_text(out, m, l);
	kt_buf_puts(out, " [");
	if (e->level == KT_ERROR && e->code != KT_OK)
		kt_buf_printf(out, "%s: ", reasons[e->code]);
	kt_msg_name(out, m->id);
	kt_buf_putc(out, ']');
}
