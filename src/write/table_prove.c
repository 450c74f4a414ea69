/* SPDX-License-Identifier: MIT */
/*
 * The proof of a 新旧対照表: what its cells say is read back and held against
 * both documents.  Who is printed beside whom was decided in table.c; here
 * only the printed words count.
 */
#include "table_int.h"

#include <string.h>

struct proof {
	const struct kt_table *table;
	struct table_match match;
	size_t next[SIDES]; /* the line that must come now */
	bool *seen[SIDES]; /* lines that stand beside their new place */
	struct kt_table_marks marks; /* by what is printed */
	const struct kt_text_line **shown[SIDES]; /* by line; NULL: in a grid */
	struct kt_diag *d;
	int rc;
};

static unsigned
column_of(const struct proof *p, int side)
{
	return side == SIDE_NEW ? p->table->new_column : p->table->old_column;
}

/* The first lie is told, the rest is not looked at. */
static void
lie(struct proof *p, enum kt_msg_id id, int side, size_t line)
{
	const struct table_side *s = &p->match.side[side];
	const struct kt_node *node =
	    line < s->lines.n ? s->lines.at[line].node : NULL;
	const struct kt_profile *profile = p->table->profile;

	if (p->rc != KT_OK)
		return;
	p->rc = kt_diag_add(
	    p->d, &(struct kt_msg){ .id = id,
		      .at = { .file = s->doc->source,
			  .line = node == NULL ? 0 : node->line,
			  .clause = node == NULL ? "" : kt_addr(s->doc, node) },
		      .a = side == SIDE_NEW ? profile->head_new
					    : profile->head_old });
}

/* ---- words ----------------------------------------------------------- */

static void
put_runs(struct kt_buf *out, const struct kt_text_line *line)
{
	for (size_t i = 0; i < line->nruns; i++)
		if ((line->runs[i].marks & KT_RUN_NOTE) == 0)
			kt_buf_put(out, line->runs[i].text, line->runs[i].len);
}

/* The first run of the clause itself: where ［１］ stands for a number, the 条
 * before it is only named. */
static size_t
first_own(const struct kt_text_line *line)
{
	const unsigned sign = KT_RUN_NOTE | KT_RUN_TARGET;

	for (size_t i = 0; i < line->nruns; i++)
		if ((line->runs[i].marks & sign) == sign)
			return i;
	return 0;
}

/* The words of the document that are not marked. */
static void
put_unmarked(struct kt_buf *out, const struct kt_text_line *line)
{
	for (size_t i = first_own(line); i < line->nruns; i++)
		if ((line->runs[i].marks & (KT_RUN_CHANGED | KT_RUN_SIGN)) == 0)
			kt_buf_put(out, line->runs[i].text, line->runs[i].len);
}

static bool
same_bytes(const struct kt_buf *a, const struct kt_buf *b)
{
	return a->len == b->len && memcmp(a->p, b->p, a->len) == 0;
}

static bool
says_words(const struct proof *p, int side, const struct kt_text_line *line)
{
	const struct doc_lines *lines = &p->match.side[side].lines;
	struct kt_buf got = KT_BUF_INIT, want = KT_BUF_INIT;
	bool same;

	put_runs(&got, line);
	doc_line_words(&want, lines, &lines->at[line->from]);
	same = same_bytes(&got, &want);
	kt_buf_release(&got);
	kt_buf_release(&want);
	return same;
}

/* Does the line say what a fold of these clauses says? */
static bool
says_fold(const struct proof *p, int side, const struct kt_text_line *line,
    const struct table_fold *fold)
{
	const struct kt_profile *profile = p->table->profile;
	struct kt_buf got = KT_BUF_INIT, want = KT_BUF_INIT;
	bool same;

	put_runs(&got, line);
	table_fold_words(&want, profile, &p->match.side[side], fold);
	if (want.len > 0)
		kt_buf_puts(&want, "　");
	kt_buf_puts(&want, profile->omitted);
	same = same_bytes(&got, &want);
	kt_buf_release(&got);
	kt_buf_release(&want);
	return same;
}

/* Siblings from `node` on that fill exactly the lines of the fold. */
static bool
fill(const struct table_side *s, const struct kt_node *node,
    struct table_fold *fold)
{
	fold->from = node;
	fold->count = 0;
	for (; node != NULL; node = node->next) {
		if (s->first[node->id] == NO_LINE)
			continue;
		fold->to = node;
		fold->count++;
		if (s->behind[node->id] >= fold->end)
			return s->behind[node->id] == fold->end;
	}
	return false;
}

static bool
says_omitted(const struct proof *p, int side, const struct kt_text_line *line)
{
	const struct table_side *s = &p->match.side[side];
	struct table_fold fold = { .begin = line->from, .end = line->to };

	for (const struct kt_node *at = s->lines.at[line->from].owner;
	     at != NULL && table_begins(s, at, line->from); at = at->parent)
		if (fill(s, at, &fold) && says_fold(p, side, line, &fold))
			return true;
	fold.from = fold.to = NULL;
	return says_fold(p, side, line, &fold);
}

/* （第27条から移動）: the form of the house around some clause. */
static bool
has_form(const struct kt_buf *words, const char *form)
{
	size_t head = strcspn(form, "%"), tail = strlen(form) - head - 2;

	return words->len > head + tail && memcmp(words->p, form, head) == 0 &&
	       strcmp(words->p + words->len - tail, form + head + 2) == 0;
}

static bool
says_remark(const struct proof *p, int side, const struct kt_text_line *line)
{
	const struct kt_profile *profile = p->table->profile;
	struct kt_buf words = KT_BUF_INIT;
	bool known;

	put_runs(&words, line);
	known = strcmp(words.p, side == SIDE_OLD ? profile->added
						 : profile->deleted) == 0 ||
		has_form(&words,
		    side == SIDE_OLD ? profile->moved_from : profile->moved_to);
	kt_buf_release(&words);
	return known;
}

/* ---- one column, from top to bottom ---------------------------------- */

/* What stands beside its new place is left out at its old one. */
static void
pass_beside(struct proof *p, int side)
{
	const struct table_side *s = &p->match.side[side];

	while (p->next[side] < s->lines.n && s->beside[p->next[side]] &&
	       side == SIDE_OLD)
		p->next[side]++;
}

/* Do lines [from, to) come now?  Told when not. */
static bool
comes(struct proof *p, int side, size_t from, size_t to)
{
	const struct table_side *s = &p->match.side[side];
	bool beside = side == SIDE_OLD && from < s->lines.n && s->beside[from];

	pass_beside(p, side);
	if (to <= from || to > s->lines.n ||
	    (!beside && from != p->next[side]) ||
	    (beside && p->seen[side][from])) {
		lie(p, KT_M_TABLE_GAP, side, p->next[side]);
		return false;
	}
	for (size_t i = from; i < to && beside; i++) {
		if (!s->beside[i]) {
			lie(p, KT_M_TABLE_GAP, side, i);
			return false;
		}
		p->seen[side][i] = true;
	}
	if (!beside)
		p->next[side] = to;
	return true;
}

static void
read_line(struct proof *p, int side, const struct kt_text_line *line)
{
	if (line->says == KT_SAYS_REMARK) {
		if (!says_remark(p, side, line))
			lie(p, KT_M_TABLE_WORDS, side, p->next[side]);
		return;
	}
	if (!comes(p, side, line->from, line->to))
		return;
	if (line->says == KT_SAYS_WORDS
		? line->to != line->from + 1 || !says_words(p, side, line)
		: !says_omitted(p, side, line))
		lie(p, KT_M_TABLE_WORDS, side, line->from);
	for (size_t i = line->from; i < line->to; i++)
		p->shown[side][i] = line;
}

static bool
says_row(const struct kt_grid_row *row, const struct kt_node *from)
{
	struct kt_buf got = KT_BUF_INIT, want = KT_BUF_INIT;
	struct doc_lines lines = DOC_LINES_INIT;
	bool same;

	for (size_t i = 0; i < row->ncells; i++)
		for (size_t k = 0; k < row->cells[i].nlines; k++)
			put_runs(&got, &row->cells[i].lines[k]);
	for (const struct kt_node *at = from->first; at != NULL; at = at->next)
		doc_lines_read_cell(&lines, at);
	for (size_t i = 0; i < lines.n; i++)
		doc_line_words(&want, &lines, &lines.at[i]);
	same = same_bytes(&got, &want);
	doc_lines_release(&lines);
	kt_buf_release(&got);
	kt_buf_release(&want);
	return same;
}

/* Is the row one line over all columns that says `words`? */
static bool
says_sign(const struct kt_grid_row *row, const char *words)
{
	struct kt_buf got = KT_BUF_INIT;
	bool same;

	if (row->ncells != 1 || row->cells[0].nlines != 1 ||
	    row->cells[0].lines[0].says != KT_SAYS_OMITTED)
		return false;
	put_runs(&got, &row->cells[0].lines[0]);
	same = strcmp(got.p, words) == 0;
	kt_buf_release(&got);
	return same;
}

static void
read_grid(struct proof *p, int side, const struct kt_grid *grid)
{
	const struct table_side *s = &p->match.side[side];

	for (size_t i = 0; i < grid->nrows; i++) {
		const struct kt_grid_row *row = &grid->rows[i];

		if (row->from == row->to) {
			if (row->ncells != 1 || row->cells[0].nlines != 1 ||
			    !says_remark(p, side, row->cells[0].lines))
				lie(p, KT_M_TABLE_WORDS, side, p->next[side]);
			continue;
		}
		if (!comes(p, side, row->from, row->to))
			return;
		if (!says_sign(row, p->table->profile->omitted) &&
		    (row->to != row->from + 1 ||
			!says_row(row, s->lines.at[row->from].node)))
			lie(p, KT_M_TABLE_WORDS, side, row->from);
	}
}

static void
read_column(struct proof *p, int side)
{
	const struct kt_table *t = p->table;

	for (size_t i = 0; i < t->nrows && p->rc == KT_OK; i++) {
		const struct kt_table_cell *cell =
		    &t->rows[i].cell[column_of(p, side)];

		for (size_t k = 0; k < cell->nlines && p->rc == KT_OK; k++)
			read_line(p, side, &cell->lines[k]);
		if (cell->grid != NULL && p->rc == KT_OK)
			read_grid(p, side, cell->grid);
	}
	pass_beside(p, side);
	if (p->next[side] != p->match.side[side].lines.n)
		lie(p, KT_M_TABLE_GAP, side, p->next[side]);
	for (size_t i = 0; side == SIDE_OLD && i < p->next[side]; i++)
		if (p->match.side[side].beside[i] && !p->seen[side][i])
			lie(p, KT_M_TABLE_GAP, side, i);
}

/* ---- one column against the other ------------------------------------ */

static bool
same_piece(
    const struct table_match *m, size_t old, size_t new, enum piece_kind kind)
{
	const struct doc_lines *o = &m->side[SIDE_OLD].lines;
	const struct doc_lines *n = &m->side[SIDE_NEW].lines;
	const struct piece *a = doc_line_piece(o, &o->at[old], kind);
	const struct piece *b = doc_line_piece(n, &n->at[new], kind);

	if (a == NULL || b == NULL)
		return a == b;
	return a->len == b->len && memcmp(a->p, b->p, a->len) == 0;
}

/* Two lines that were left out: equal, but for the label if `labels`. */
static bool
same_line(const struct table_match *m, size_t old, size_t new, bool labels)
{
	const struct doc_line *a = &m->side[SIDE_OLD].lines.at[old];
	const struct doc_line *b = &m->side[SIDE_NEW].lines.at[new];

	if (a->style == KT_LINE_ROW || b->style == KT_LINE_ROW)
		return a->style == b->style &&
		       kt_node_equal(a->node, b->node, NULL, NULL);
	return (labels || same_piece(m, old, new, PIECE_LABEL)) &&
	       same_piece(m, old, new, PIECE_CAPTION) &&
	       same_piece(m, old, new, PIECE_RELATED) &&
	       same_piece(m, old, new, PIECE_TEXT);
}

/* Everything under a （略） is the same on the other side; a name is marked
 * when it is another there. */
static void
check_omitted(struct proof *p, int side, const struct kt_text_line *line)
{
	const struct table_side *s = &p->match.side[side];
	const struct doc_line *first = &s->lines.at[line->from];
	bool marked = false, target = false, renamed = false;

	for (size_t i = line->from; i < line->to; i++) {
		size_t j = s->answer[i];
		size_t at[SIDES] = { side == SIDE_OLD ? i : j,
			side == SIDE_OLD ? j : i };
		bool named =
		    s->lines.at[i].owner->parent == first->owner->parent;

		if (j == NO_LINE ||
		    !same_line(&p->match, at[SIDE_OLD], at[SIDE_NEW], named)) {
			lie(p, KT_M_TABLE_OMITTED, side, i);
			return;
		}
		renamed |=
		    !same_line(&p->match, at[SIDE_OLD], at[SIDE_NEW], false);
	}
	for (size_t i = 0; i < line->nruns; i++) {
		marked |= (line->runs[i].marks & KT_RUN_CHANGED) != 0;
		target |= (line->runs[i].marks & KT_RUN_TARGET) != 0;
	}
	/* A clause without a label has none to mark; the other side does.
	 * That of a 対象規定 is marked whether it differs or not. */
	if (marked != ((renamed || target) && line->nruns > 1))
		lie(p, KT_M_TABLE_MARK, side, line->from);
}

static bool
same_unmarked(const struct kt_text_line *a, const struct kt_text_line *b)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool same;

	put_unmarked(&x, a);
	put_unmarked(&y, b);
	same = same_bytes(&x, &y);
	kt_buf_release(&x);
	kt_buf_release(&y);
	return same;
}

/* Signs apart. */
static bool
is_all_marked(const struct kt_text_line *line)
{
	for (size_t i = first_own(line); i < line->nruns; i++)
		if ((line->runs[i].marks & (KT_RUN_CHANGED | KT_RUN_SIGN)) == 0)
			return false;
	return true;
}

/* Stretches of marked words, one after the other. */
static size_t
count_marks(const struct kt_text_line *line)
{
	size_t n = 0;
	bool open = false;

	for (size_t i = 0; i < line->nruns; i++) {
		unsigned marks = line->runs[i].marks;
		bool marked = (marks & KT_RUN_CHANGED) != 0 &&
			      (marks & KT_RUN_TARGET) == 0;

		n += marked && !open;
		open = marked;
	}
	return n;
}

/* A clause in words that nothing stands beside: new or gone, so that all of
 * it is marked, or moved, so that it agrees with itself elsewhere. */
static void
check_lonely(struct proof *p, int side, const struct kt_text_line *line)
{
	size_t j = p->match.side[side].answer[line->from];
	const struct kt_text_line *other;

	if (j == NO_LINE) {
		if (!is_all_marked(line))
			lie(p, KT_M_TABLE_MARK, side, line->from);
		return;
	}
	other = p->shown[1 - side][j];
	if (other == NULL || other->says != KT_SAYS_WORDS ||
	    !same_unmarked(line, other))
		lie(p, KT_M_TABLE_MARK, side, line->from);
}

/* Marks of words, that the sentence has replaced in turn. */
static bool
must_pair(const struct proof *p, const struct kt_text_line *old,
    const struct kt_text_line *new)
{
	return p->table->profile->enacting &&
	       p->match.side[SIDE_OLD].target[old->from] == NULL &&
	       p->match.side[SIDE_NEW].target[new->from] == NULL;
}

static void
check_pair(struct proof *p, const struct kt_text_line *old,
    const struct kt_text_line *new)
{
	if (old->says != new->says ||
	    old->to - old->from != new->to - new->from) {
		lie(p, KT_M_TABLE_OMITTED, SIDE_NEW, new->from);
	} else if (new->says == KT_SAYS_OMITTED) {
		if (p->match.side[SIDE_NEW].answer[new->from] != old->from)
			lie(p, KT_M_TABLE_OMITTED, SIDE_NEW, new->from);
		if (!same_unmarked(old, new))
			lie(p, KT_M_TABLE_MARK, SIDE_NEW, new->from);
		check_omitted(p, SIDE_OLD, old);
		check_omitted(p, SIDE_NEW, new);
	} else if (!same_unmarked(old, new)) {
		lie(p, KT_M_TABLE_MARK, SIDE_NEW, new->from);
	} else if (must_pair(p, old, new) &&
		   count_marks(old) != count_marks(new)) {
		lie(p, KT_M_TABLE_MARKS, SIDE_NEW, new->from);
	}
}

/* The line of the document in a cell; NULL when it holds none. */
static const struct kt_text_line *
line_of(const struct kt_table_cell *cell)
{
	return cell->nlines > 0 && cell->lines[0].says != KT_SAYS_REMARK
		   ? &cell->lines[0]
		   : NULL;
}

/* ---- rows of tables against each other ------------------------------- */

static void
put_unmarked_row(struct kt_buf *out, const struct kt_grid_row *row)
{
	for (size_t i = 0; i < row->ncells; i++)
		for (size_t k = 0; k < row->cells[i].nlines; k++)
			put_unmarked(out, &row->cells[i].lines[k]);
}

static bool
is_row_marked(const struct kt_grid_row *row)
{
	for (size_t i = 0; i < row->ncells; i++)
		for (size_t k = 0; k < row->cells[i].nlines; k++)
			if (!is_all_marked(&row->cells[i].lines[k]))
				return false;
	return true;
}

static const struct kt_grid_row *
row_with(const struct kt_grid *grid, size_t line)
{
	for (size_t i = 0; grid != NULL && i < grid->nrows; i++)
		if (grid->rows[i].from <= line && line < grid->rows[i].to)
			return &grid->rows[i];
	return NULL;
}

static bool
rows_agree(const struct proof *p, const struct kt_grid_row *a,
    const struct kt_grid_row *b)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool omitted = says_sign(a, p->table->profile->omitted), same;

	if (omitted != says_sign(b, p->table->profile->omitted))
		return false;
	put_unmarked_row(&x, a);
	put_unmarked_row(&y, b);
	same = same_bytes(&x, &y);
	kt_buf_release(&x);
	kt_buf_release(&y);
	return same;
}

/* Each row shown or left out, against what answers to it. */
static void
check_grid(struct proof *p, int side, const struct kt_grid *grid,
    const struct kt_grid *beside)
{
	const struct table_side *s = &p->match.side[side];
	const struct table_side *t = &p->match.side[1 - side];

	for (size_t i = 0; i < grid->nrows; i++) {
		const struct kt_grid_row *row = &grid->rows[i], *other;

		for (size_t k = row->from; k < row->to; k++) {
			size_t j = s->answer[k];

			if (j == NO_LINE && !is_row_marked(row))
				lie(p, KT_M_TABLE_MARK, side, k);
			if (j == NO_LINE)
				continue;
			other = row_with(beside, j);
			if (says_sign(row, p->table->profile->omitted) &&
			    !kt_node_equal(s->lines.at[k].node,
				t->lines.at[j].node, NULL, NULL))
				lie(p, KT_M_TABLE_OMITTED, side, k);
			else if (other != NULL && !rows_agree(p, row, other))
				lie(p, KT_M_TABLE_MARK, side, k);
		}
	}
}

static void
check_row(struct proof *p, const struct kt_table_row *row)
{
	const struct kt_table_cell *cell[SIDES] = {
		&row->cell[p->table->old_column],
		&row->cell[p->table->new_column]
	};
	const struct kt_text_line *line[SIDES] = { line_of(cell[SIDE_OLD]),
		line_of(cell[SIDE_NEW]) };

	for (int side = 0; side < SIDES; side++) {
		if (cell[side]->grid != NULL)
			check_grid(
			    p, side, cell[side]->grid, cell[1 - side]->grid);
		if (line[side] == NULL || line[1 - side] != NULL)
			continue;
		if (line[side]->says == KT_SAYS_OMITTED)
			check_omitted(p, side, line[side]);
		else
			check_lonely(p, side, line[side]);
	}
	if (line[SIDE_OLD] != NULL && line[SIDE_NEW] != NULL)
		check_pair(p, line[SIDE_OLD], line[SIDE_NEW]);
}

/* ---- what is not printed, and the kinds of mark ---------------------- */

static void
check_hidden(struct proof *p, const struct kt_table_row *row)
{
	for (unsigned k = 0; k < 2; k++)
		for (size_t i = 0; i < row->cell[k].nlines; i++)
			for (size_t r = 0; r < row->cell[k].lines[i].nruns; r++)
				if ((row->cell[k].lines[i].runs[r].marks &
					KT_RUN_CHANGED) != 0)
					lie(p, KT_M_TABLE_OMITTED, SIDE_NEW,
					    row->cell[k].lines[i].from);
}

static void
see_line(struct proof *p, const struct kt_text_line *line)
{
	for (size_t i = 0; i < line->nruns; i++) {
		p->marks.boxes |= (line->runs[i].marks & KT_RUN_BOX) != 0;
		p->marks.added |= (line->runs[i].marks & KT_RUN_TARGET) != 0;
	}
}

/* Does the sentence above the table speak of boxes and of 対象規定 just when
 * there are any? */
static void
check_marks(struct proof *p)
{
	const struct kt_table *t = p->table;
	const struct kt_table_marks *said = &t->marks;

	for (size_t i = 0; i < t->nrows; i++)
		for (unsigned k = 0; k < 2; k++) {
			const struct kt_table_cell *cell = &t->rows[i].cell[k];

			for (size_t n = 0; n < cell->nlines; n++)
				see_line(p, &cell->lines[n]);
			for (size_t n = 0;
			     cell->grid != NULL && n < cell->grid->nrows; n++)
				p->marks.boxes |= cell->grid->rows[n].boxed;
		}
	if (p->marks.boxes != said->boxes ||
	    p->marks.added != (said->added || said->deleted || said->moved ||
				  said->rewritten))
		lie(p, KT_M_TABLE_MARKS, SIDE_NEW, 0);
}

int
kt_table_prove(const struct kt_table *table, const struct kt_changes *list,
    const struct kt_table_how *how, struct kt_diag *d)
{
	struct proof p = { .table = table, .d = d, .rc = KT_OK };
	struct kt_arena *arena = kt_arena_new();

	table_match(&p.match, list, how);
	for (int side = 0; side < SIDES; side++) {
		p.shown[side] = KT_NEWN(arena, const struct kt_text_line *,
		    p.match.side[side].lines.n + 1);
		p.seen[side] =
		    KT_NEWN(arena, bool, p.match.side[side].lines.n + 1);
	}
	read_column(&p, SIDE_OLD);
	if (p.rc == KT_OK)
		read_column(&p, SIDE_NEW);
	for (size_t i = 0; i < table->nrows && p.rc == KT_OK; i++) {
		check_row(&p, &table->rows[i]);
		if (table->rows[i].hidden)
			check_hidden(&p, &table->rows[i]);
	}
	if (p.rc == KT_OK)
		check_marks(&p);
	table_match_release(&p.match);
	kt_arena_free(arena);
	return p.rc;
}
