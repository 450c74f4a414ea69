/* SPDX-License-Identifier: MIT */
/*
 * 備考, the third column: what happened, in a word and by the class of the
 * change, and the reasons that the drafter gave in a file.
 */
#include "table_int.h"
#include "view_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- the file of reasons --------------------------------------------- */

/* One line; false when it is not an address, a tab and words. */
static bool
read_reason(struct kt_reasons *out, const char *p, size_t n, size_t line)
{
	const char *tab = memchr(p, '\t', n);
	struct kt_reason *r = &out->at[out->count];

	if (tab == NULL || tab == p || tab + 1 == p + n)
		return false;
	*r = (struct kt_reason){ .address = kt_arena_strndup(
				     out->arena, p, (size_t)(tab - p)),
		.words = kt_arena_strndup(
		    out->arena, tab + 1, (size_t)(p + n - tab - 1)),
		.line = line };
	out->count++;
	return true;
}

static size_t
count_lines(const char *p, size_t n)
{
	size_t lines = 1;

	for (size_t i = 0; i < n; i++)
		lines += p[i] == '\n';
	return lines;
}

int
kt_reasons_read(struct kt_reasons **out, const char *name, const char *p,
    size_t n, struct kt_diag *d)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_reasons *got = KT_NEW(arena, struct kt_reasons);
	const char *end = p + n;
	size_t line = 0, bad;
	int rc = KT_OK;

	got->arena = arena;
	got->source = kt_arena_strdup(arena, name);
	got->at = KT_NEWN(arena, struct kt_reason, count_lines(p, n));
	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	while (p < end && rc == KT_OK) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		size_t len = (size_t)((stop == NULL ? end : stop) - p);

		line++;
		if (len > 0 && p[len - 1] == '\r')
			len--;
		if (!kt_utf8_check(p, len, &bad) ||
		    (len > 0 && p[0] != '#' && !read_reason(got, p, len, line)))
			rc = kt_report(d, .id = KT_M_REASONS_LINE,
			    .at.file = name, .at.line = (uint32_t)line);
		p = stop == NULL ? end : stop + 1;
	}
	if (rc == KT_OK)
		*out = got;
	else
		kt_arena_free(arena);
	return rc;
}

void
kt_reasons_free(struct kt_reasons *reasons)
{
	if (reasons != NULL)
		kt_arena_free(reasons->arena);
}

/* ---- clauses --------------------------------------------------------- */

static int
lie(const struct table_builder *b, size_t i, enum kt_msg_id id,
    struct kt_diag *d)
{
	const struct kt_reason *r = &b->reasons->at[i];

	return kt_report(d, .id = id, .at.file = b->reasons->source,
	    .at.line = (uint32_t)r->line, .a = r->address);
}

static int
find_reasons(struct table_builder *b, struct kt_diag *d)
{
	b->printed = KT_NEWN(b->table->arena, bool, b->reasons->count + 1);
	for (int side = 0; side < SIDES; side++)
		b->reason[side] = KT_NEWN(b->table->arena, size_t,
		    b->match.side[side].doc->count + 1);
	for (size_t i = 0; i < b->reasons->count; i++) {
		struct kt_spot spot;
		int side = SIDE_NEW;

		while (side >= SIDE_OLD &&
		       kt_addr_find(&spot, b->match.side[side].doc,
			   b->reasons->at[i].address) != KT_OK)
			side--;
		if (side < SIDE_OLD)
			return lie(b, i, KT_M_REASONS_CLAUSE, d);
		b->reason[side][spot.node->id] = i + 1;
	}
	return KT_OK;
}

static void
find_changes(struct table_builder *b)
{
	const struct kt_changes *list = b->match.list;

	for (int side = 0; side < SIDES; side++)
		b->change[side] = KT_NEWN(b->table->arena,
		    const struct kt_change *, b->match.side[side].doc->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];

		if (c->nold > 0)
			b->change[SIDE_OLD][c->old[0]->id] = c;
		if (c->nnew > 0)
			b->change[SIDE_NEW][c->new[0]->id] = c;
	}
}

int
table_biko_begin(
    struct table_builder *b, const struct kt_table_how *how, struct kt_diag *d)
{
	if (b->table->profile->columns < 3)
		return how->reasons == NULL || how->reasons->count == 0
			   ? KT_OK
			   : kt_report(d, .id = KT_M_TABLE_NO_REMARKS,
				 .a = b->table->profile->name);
	find_changes(b);
	return b->reasons == NULL ? KT_OK : find_reasons(b, d);
}

int
table_biko_end(struct table_builder *b, struct kt_diag *d)
{
	for (size_t i = 0; b->printed != NULL && i < b->reasons->count; i++)
		if (!b->printed[i])
			return lie(b, i, KT_M_REASONS_UNUSED, d);
	return KT_OK;
}

/* ---- the cell -------------------------------------------------------- */

static const char *
class_words(const struct table_builder *b, int side, size_t line)
{
	const struct doc_line *l = &b->match.side[side].lines.at[line];
	const struct kt_change *c = b->change[side][l->node->id];
	static const struct {
		enum kt_flag flag;
		const char *words;
	} flags[] = { { KT_FL_MODALITY, "規範の強さ" },
		{ KT_FL_QUANTITY, "数量・期限" }, { KT_FL_ACTOR, "主体" } };
	struct kt_buf words = KT_BUF_INIT;
	const char *got = "変更";

	if (c == NULL)
		c = b->change[side][l->owner->id];
	if (c == NULL || c->class == KT_C_NONE)
		return got;
	if (c->class != KT_C_SUBSTANCE)
		return kt_arena_printf(
		    b->table->arena, "変更（%s）", view_class(c->class, KT_JA));
	for (size_t i = 0; i < KT_COUNT(flags); i++)
		if ((c->flags & flags[i].flag) != 0)
			kt_buf_printf(&words, "%s%s", words.len > 0 ? "、" : "",
			    flags[i].words);
	if (words.len > 0)
		got = kt_arena_printf(b->table->arena, "変更（%s）", words.p);
	kt_buf_release(&words);
	return got;
}

static const char *
kind_words(
    const struct table_builder *b, enum table_shows what, int side, size_t line)
{
	if (b->table->profile->remarks == KT_REMARKS_NONE)
		return "";
	switch (what) {
	case SHOWS_ADDED:
		return "追加";
	case SHOWS_DELETED:
		return "削除";
	case SHOWS_MOVED:
		return "移動";
	case SHOWS_NUMBER:
		return "番号";
	case SHOWS_CHANGE:
		break;
	}
	return b->table->profile->remarks == KT_REMARKS_CLASS
		   ? class_words(b, side, line)
		   : "変更";
}

static void
add_line(struct table_builder *b, struct kt_table_cell *cell, const char *words)
{
	struct kt_text_line *lines =
	    KT_NEWN(b->table->arena, struct kt_text_line, cell->nlines + 1);

	if (words[0] == '\0')
		return;
	for (size_t i = 0; i < cell->nlines; i++)
		lines[i] = cell->lines[i];
	lines[cell->nlines].says = KT_SAYS_REMARK;
	lines[cell->nlines].style = KT_LINE_TEXT;
	line_sign(&lines[cell->nlines], b->table->arena, words);
	cell->lines = lines;
	cell->nlines++;
}

/* The reasons for a line's clause, and for those it lies in, that were not
 * yet given. */
static void
put_reasons(
    struct table_builder *b, struct kt_table_cell *cell, int side, size_t line)
{
	const struct kt_node *at = b->match.side[side].lines.at[line].node;

	for (; at != NULL; at = at->parent) {
		size_t i = b->reason[side][at->id];

		if (i == 0 || b->printed[i - 1])
			continue;
		b->printed[i - 1] = true;
		add_line(b, cell, b->reasons->at[i - 1].words);
	}
}

void
table_biko_put(struct table_builder *b, struct kt_table_row *row,
    enum table_shows what, int side, size_t from, size_t to)
{
	struct kt_table_cell *cell = &row->cell[KT_TABLE_COLUMNS - 1];

	if (b->table->profile->columns < 3)
		return;
	if (cell->nlines == 0)
		add_line(b, cell, kind_words(b, what, side, from));
	for (size_t i = from; b->reasons != NULL && i < to; i++) {
		size_t j = b->match.side[side].answer[i];

		put_reasons(b, cell, side, i);
		if (j != NO_LINE)
			put_reasons(b, cell, 1 - side, j);
	}
}
