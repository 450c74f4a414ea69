/* SPDX-License-Identifier: MIT */
/*
 * Canonical Markdown: one walk over the tree, one form for every clause.
 * What each line looks like and whether a comment must say where it belongs
 * is chosen in mdplan.c; tables that pipes cannot say are HTML, with the same
 * blocks in their cells.  document-format.md.
 */
#include "md_int.h"

#include <stdlib.h>
#include <string.h>

/* Bytes without a blank line after which one is put in: the reader refuses
 * paragraphs, lists and tables of 32 KiB in one piece. */
#define LONG_RUN ((size_t)12 << 10)
#define MOST_RUN ((size_t)32 << 10)
#define MOST_DEPTH 60

/* A container that is open, or a table and its parts in HTML. */
struct frame {
	const struct kt_node *node;
	enum md_form form;
	size_t prefix; /* bytes of the prefix around it */
	bool html; /* opened with a tag */
};

struct md {
	struct kt_buf *out;
	struct kt_diag *d;
	const struct kt_doc *doc;
	struct kt_buf prefix; /* of every line in the open containers */
	struct frame *at;
	size_t n, cap;
	size_t depth; /* containers */
	struct md_scope scope;
	const struct kt_node *skip; /* written with the line before */
	const struct kt_node *piped; /* table whose rows are written */
	unsigned html; /* tables in HTML that are open */
	size_t run; /* where the last blank line was */
	bool begun; /* something was written */
	bool fresh; /* directly behind the sign of a container */
	bool tight; /* the last block was the line of an entry */
};

/* ---- lines ----------------------------------------------------------- */

static void
blank_line(struct md *m)
{
	size_t n = m->prefix.len;

	while (n > 0 && m->prefix.p[n - 1] == ' ')
		n--;
	kt_buf_put(m->out, m->prefix.p, n);
	kt_buf_putc(m->out, '\n');
	m->run = m->out->len;
}

/* Where the next block begins; entries follow each other without a blank
 * line. */
static void
begin_block(struct md *m, bool entry)
{
	if (m->html > 0) {
		kt_buf_putc(m->out, '\n');
		if (m->out->len - m->run > LONG_RUN)
			blank_line(m);
		kt_buf_put(m->out, m->prefix.p, m->prefix.len);
		return;
	}
	if (m->fresh) {
		m->fresh = false;
		return;
	}
	if (m->begun &&
	    (!entry || !m->tight || m->out->len - m->run > LONG_RUN))
		blank_line(m);
	kt_buf_put(m->out, m->prefix.p, m->prefix.len);
	m->begun = true;
}

static void
end_block(struct md *m, bool entry)
{
	if (m->html == 0)
		kt_buf_putc(m->out, '\n');
	m->tight = entry;
}

static void
next_line(struct md *m)
{
	kt_buf_putc(m->out, '\n');
	kt_buf_put(m->out, m->prefix.p, m->prefix.len);
}

static void
put(struct md *m, const char *s)
{
	kt_buf_puts(m->out, s);
}

static enum md_place
place(const struct md *m)
{
	return m->html > 0 ? MD_HTML : MD_INLINE;
}

static void
put_pieces(struct md *m, const struct md_plan *plan, unsigned flags)
{
	for (size_t i = 0; i < plan->npieces; i++) {
		const struct md_piece *p = &plan->pieces[i];

		if (p->sign != NULL)
			put(m, p->sign);
		else
			kt_md_words(
			    m->out, &p->words, place(m), p->flags | flags);
	}
}

/* ---- comments -------------------------------------------------------- */

static void
put_quoted(struct md *m, const char *what, const char *words)
{
	kt_buf_printf(m->out, "%s「", what);
	for (const char *p = words; *p != '\0'; p++) {
		if (strncmp(p, "」", strlen("」")) == 0) {
			put(m, "&#x300D;");
			p += strlen("」") - 1;
		} else if (strchr("&-<>[!|", *p) != NULL || *p < ' ') {
			if ((unsigned char)*p < 0x80)
				kt_buf_printf(m->out, "&#x%X;", (unsigned)*p);
			else
				kt_buf_putc(m->out, *p);
		} else {
			kt_buf_putc(m->out, *p);
		}
	}
	put(m, "」");
}

static void
put_parent(struct md *m, const struct kt_node *parent, unsigned nth)
{
	kt_buf_printf(m->out, "<!-- %s", kt_kind_word(parent->kind));
	if (nth > 1)
		kt_buf_printf(m->out, "(%u)", nth);
	put(m, "の");
}

static void
put_comment(
    struct md *m, const struct md_plan *plan, const struct kt_node *node)
{
	put_parent(m, plan->parent, plan->nth);
	put(m, kt_kind_word(node->kind));
	if (plan->say_label)
		put_quoted(m, "", node->label);
	if (plan->say_caption)
		put_quoted(m, "見出し", node->caption);
	if (plan->say_related)
		put_quoted(m, "関係", node->related);
	put(m, " -->");
}

/* The comment on a line above the block. */
static void
comment_above(
    struct md *m, const struct md_plan *plan, const struct kt_node *node)
{
	if (!plan->marked)
		return;
	put_comment(m, plan, node);
	next_line(m);
}

/* Words that the form of a node has no place for. */
static void
put_rest(struct md *m, const struct kt_node *node, const struct kt_node *last)
{
	struct md_words w = { node->text, node->len, node->marks,
		node->nmarks };

	if (!kt_md_has_rest(node))
		return;
	begin_block(m, false);
	put_parent(m, node, kt_md_nth(node, last));
	put(m, "本文 -->");
	next_line(m);
	put(m, m->html > 0 ? "<p>" : "");
	kt_md_words(m->out, &w, place(m), MD_LINE_START | MD_NO_FIGURE);
	put(m, m->html > 0 ? "</p>" : "");
	end_block(m, false);
}

/* ---- frames ---------------------------------------------------------- */

static struct frame *
push(struct md *m, const struct kt_node *node, enum md_form form)
{
	struct frame *f;

	KT_GROW(m->at, m->n, m->cap);
	f = &m->at[m->n++];
	*f = (struct frame){ .node = node,
		.form = form,
		.prefix = m->prefix.len,
		.html = m->html > 0 };
	m->depth += form != MD_ROW && form != MD_TABLE;
	return f;
}

/* ---- headings and paragraphs ----------------------------------------- */

static void
put_heading(
    struct md *m, const struct md_plan *plan, const struct kt_node *node)
{
	bool tag = m->html > 0 || plan->level > 6;

	begin_block(m, false);
	comment_above(m, plan, node);
	if (tag)
		kt_buf_printf(m->out, "<h%u>", plan->level);
	for (unsigned i = 0; !tag && i < plan->level; i++)
		kt_buf_putc(m->out, '#');
	if (!tag && plan->npieces > 0)
		kt_buf_putc(m->out, ' ');
	put_pieces(m, plan, 0);
	if (tag)
		kt_buf_printf(m->out, "</h%u>", plan->level);
	end_block(m, false);
	put_rest(m, node, NULL);
}

static void
put_title(struct md *m, const struct md_plan *plan, const struct kt_node *root)
{
	/* Without it the front matter would give the title. */
	if (root->caption[0] != '\0' || m->doc->meta.title[0] != '\0')
		put_heading(m, plan, root);
	else
		put_rest(m, root, NULL);
}

static void
put_caption_above(struct md *m, const struct kt_node *node)
{
	struct md_words w = { node->caption, strlen(node->caption),
		node->caption_marks, node->ncaption_marks };

	begin_block(m, false);
	put(m, m->html > 0 ? "<p>（" : "（");
	kt_md_words(m->out, &w, place(m), 0);
	put(m, m->html > 0 ? "）</p>" : "）");
	end_block(m, false);
}

static const char *
info_of(const struct kt_node *node)
{
	const char *info = "";

	for (size_t i = 0; i < node->nmarks; i++)
		if (node->marks[i].kind == KT_CODE)
			info = node->marks[i].arg;
	return kt_md_plain_url(info) ? info : "";
}

/* Lines of code, or one in a language: between fences. */
static bool
is_fenced(const struct md *m, const struct kt_node *node)
{
	struct md_words w = { node->text, node->len, node->marks,
		node->nmarks };

	return m->html == 0 && node->label[0] == '\0' &&
	       kt_md_is_whole(&w, KT_CODE) && memchr(w.p, '\r', w.n) == NULL &&
	       (memchr(w.p, '\n', w.n) != NULL || info_of(node)[0] != '\0');
}

static size_t
longest_run(const char *p, char c)
{
	size_t most = 0, n = 0;

	for (; *p != '\0'; p++) {
		n = *p == c ? n + 1 : 0;
		if (n > most)
			most = n;
	}
	return most;
}

static void
put_fenced(struct md *m, const struct kt_node *node)
{
	size_t marks = longest_run(node->text, '`') + 1;
	const char *p = node->text, *stop;

	if (marks < 3)
		marks = 3;
	for (size_t i = 0; i < marks; i++)
		kt_buf_putc(m->out, '`');
	put(m, info_of(node));
	do {
		stop = strchr(p, '\n');
		if (stop == NULL)
			stop = p + strlen(p);
		kt_buf_putc(m->out, '\n');
		if (stop == p) {
			size_t n = m->prefix.len;

			while (n > 0 && m->prefix.p[n - 1] == ' ')
				n--;
			kt_buf_put(m->out, m->prefix.p, n);
		} else {
			kt_buf_put(m->out, m->prefix.p, m->prefix.len);
			kt_buf_put(m->out, p, (size_t)(stop - p));
		}
		p = stop + 1;
	} while (*stop != '\0');
	next_line(m);
	for (size_t i = 0; i < marks; i++)
		kt_buf_putc(m->out, '`');
}

/* A comment of the text's own: it stays one. */
static bool
is_comment(const struct md *m, const struct kt_node *node)
{
	const char *p = node->text;
	size_t n = node->len;

	return m->html == 0 && node->kind == KT_TEXT && n >= 8 &&
	       node->nmarks == 0 && memcmp(p, "<!--", 4) == 0 &&
	       memcmp(p + n - 3, "-->", 3) == 0 && p[4] != '>' &&
	       strstr(p + 4, "--") == p + n - 3 && strchr(p, '\n') == NULL &&
	       strchr(p, '\r') == NULL && strstr(p, "の") == NULL;
}

static void
put_paragraph(
    struct md *m, const struct md_plan *plan, const struct kt_node *node)
{
	size_t from;
	char bytes[32];

	if (plan->caption_above)
		put_caption_above(m, node);
	begin_block(m, false);
	comment_above(m, plan, node);
	from = m->out->len;
	if (is_fenced(m, node))
		put_fenced(m, node);
	else if (!plan->marked && is_comment(m, node))
		put(m, node->text);
	else if (plan->npieces == 0)
		put(m, "<p></p>");
	else if (m->html > 0) {
		put(m, "<p>");
		put_pieces(m, plan, 0);
		put(m, "</p>");
	} else {
		put_pieces(m, plan, node->label[0] == '\0' ? MD_NO_FIGURE : 0);
	}
	if (m->out->len - from > MOST_RUN) {
		snprintf(bytes, sizeof(bytes), "%zu", MOST_RUN);
		kt_report(m->d, .id = KT_M_MD_WRITE_LONG, .a = bytes,
		    .at = { .clause = kt_addr(m->doc, node) });
	}
	end_block(m, false);
}

/* ---- containers ------------------------------------------------------ */

static bool
is_entry(const struct kt_node *node)
{
	return node != NULL &&
	       (node->kind == KT_ITEM || node->kind == KT_BULLET);
}

static void
put_entry(struct md *m, const struct md_plan *plan, const struct kt_node *node)
{
	bool bare = plan->npieces == 0 && node->first == NULL && !plan->marked;
	size_t line;

	if (m->html > 0 && !is_entry(node->prev)) {
		begin_block(m, false);
		put(m, "<ul>");
	}
	/* A - alone under a line would make that a heading. */
	begin_block(m, !bare);
	push(m, node, MD_ENTRY);
	put(m, m->html > 0 ? "<li>" : bare ? "-" : "- ");
	if (m->html == 0)
		kt_buf_puts(&m->prefix, "  ");
	if (plan->marked) {
		put_comment(m, plan, node);
		if (m->html == 0)
			next_line(m);
	}
	line = m->out->len;
	if (plan->npieces == 0 && !bare)
		put(m, "<p></p>");
	put_pieces(m, plan, 0);
	/* A line that begins with a tag goes on to the next blank one. */
	end_block(m, m->out->p[line] != '<');
}

static void
put_quote(struct md *m, const struct md_plan *plan, const struct kt_node *node)
{
	/* A line that names it, if only an empty one, where its first block
	 * would be taken for that. */
	bool line = plan->npieces > 0 || node->kind == KT_NOTE ||
		    (node->kind == KT_COMMENTARY && node->first != NULL);

	begin_block(m, false);
	comment_above(m, plan, node);
	push(m, node, MD_BLOCK_QUOTE);
	if (m->html > 0) {
		put(m, "<blockquote>");
		if (line) {
			put(m, "<p>");
			put_pieces(m, plan, 0);
			put(m, "</p>");
		}
	} else {
		put(m, "> ");
		kt_buf_puts(&m->prefix, "> ");
		if (line) {
			if (plan->npieces == 0)
				put(m, "<p></p>");
			put_pieces(m, plan, MD_NO_FIGURE);
			end_block(m, false);
		}
		m->fresh = !line;
	}
	put_rest(m, node, node->first == plan->merged ? plan->merged : NULL);
}

/* ---- tables ---------------------------------------------------------- */

static void
close_table(
    struct md *m, const struct kt_node *table, const struct kt_node *last)
{
	begin_block(m, false);
	put(m, "</table>");
	m->html--;
	end_block(m, false);
	put_rest(m, table, last);
}

static const struct kt_node *
last_row(const struct kt_node *table)
{
	const struct kt_node *row = table->first;

	while (row->next != NULL && row->next->kind == KT_ROW)
		row = row->next;
	return row;
}

static void
put_table(struct md *m, const struct md_plan *plan, const struct kt_node *table)
{
	struct md_words w = { table->caption, strlen(table->caption),
		table->caption_marks, table->ncaption_marks };

	begin_block(m, false);
	comment_above(m, plan, table);
	if (m->html == 0 && kt_md_is_pipe(table)) {
		kt_md_pipe(m->out, table, m->prefix.p);
		m->tight = false;
		m->piped = table;
		put_rest(m, table, last_row(table));
		return;
	}
	put(m, "<table>");
	m->html++;
	if (w.n > 0) {
		put(m, "<caption>");
		kt_md_words(m->out, &w, MD_HTML, 0);
		put(m, "</caption>");
	}
	if (table->first == NULL || table->first->kind != KT_ROW)
		close_table(m, table, NULL);
}

static void
put_cell(struct md *m, const struct kt_node *cell)
{
	static const char *const aligns[] = { "left", "center", "right" };
	struct md_words w = { cell->text, cell->len, cell->marks,
		cell->nmarks };
	const char *align =
	    cell->align == '\0' ? NULL : strchr("lcr", cell->align);

	if (cell->prev != NULL && m->out->len - m->run > LONG_RUN)
		begin_block(m, false);
	push(m, cell, MD_CELL);
	put(m, cell->parent->header ? "<th" : "<td");
	if (cell->colspan > 1)
		kt_buf_printf(m->out, " colspan=\"%u\"", cell->colspan);
	if (cell->rowspan > 1)
		kt_buf_printf(m->out, " rowspan=\"%u\"", cell->rowspan);
	if (align != NULL)
		kt_buf_printf(m->out, " align=\"%s\"", aligns[align - "lcr"]);
	put(m, ">");
	kt_md_words(m->out, &w, MD_HTML, 0);
}

/* ---- the walk -------------------------------------------------------- */

/* Writes what a node begins with; false when its children are written with
 * it. */
static bool
enter(struct md *m, const struct kt_node *node)
{
	struct md_plan plan;

	if (node == m->skip ||
	    (node->kind == KT_ROW && node->parent == m->piped))
		return false;
	kt_md_plan(&plan, &m->scope, node);
	if (plan.merged != NULL)
		m->skip = plan.merged;
	switch (plan.form) {
	case MD_NOTHING:
		break;
	case MD_HEAD:
		if (node->parent == NULL)
			put_title(m, &plan, node);
		else
			put_heading(m, &plan, node);
		break;
	case MD_PARA:
		put_paragraph(m, &plan, node);
		break;
	case MD_ENTRY:
		put_entry(m, &plan, node);
		break;
	case MD_BLOCK_QUOTE:
		put_quote(m, &plan, node);
		break;
	case MD_TABLE:
		put_table(m, &plan, node);
		break;
	case MD_ROW:
		begin_block(m, false);
		push(m, node, MD_ROW);
		put(m, "<tr>");
		break;
	case MD_CELL:
		put_cell(m, node);
		break;
	case MD_FIGURE:
		begin_block(m, false);
		comment_above(m, &plan, node);
		kt_md_figure(m->out, node, m->html > 0);
		end_block(m, false);
		break;
	}
	return true;
}

static void
leave(struct md *m, const struct kt_node *node)
{
	struct frame *f = m->n == 0 ? NULL : &m->at[m->n - 1];

	if (f == NULL || f->node != node)
		return;
	m->n--;
	m->depth -= f->form != MD_ROW && f->form != MD_TABLE;
	if (m->fresh) {
		/* A quotation without anything in it. */
		kt_buf_cut(m->out, m->out->len - 1);
		m->fresh = false;
		end_block(m, false);
	}
	kt_buf_cut(&m->prefix, f->prefix);
	if (!f->html)
		return;
	if (f->form == MD_ENTRY) {
		put(m, "</li>");
		if (!is_entry(node->next)) {
			begin_block(m, false);
			put(m, "</ul>");
		}
	} else if (f->form == MD_BLOCK_QUOTE) {
		put(m, "</blockquote>");
	} else if (f->form == MD_CELL) {
		put(m, node->parent->header ? "</th>" : "</td>");
	} else if (f->form == MD_ROW) {
		put(m, "</tr>");
		if (node->next == NULL || node->next->kind != KT_ROW)
			close_table(m, node->parent, node);
	}
}

static int
walk(struct md *m)
{
	const struct kt_node *root = m->doc->root, *at = root;

	for (;;) {
		if (enter(m, at) && at->first != NULL) {
			if (m->depth > MOST_DEPTH)
				return kt_report(m->d, .id = KT_M_MD_WRITE_DEEP,
				    .at = { .clause = kt_addr(m->doc, at) });
			at = at->first;
			continue;
		}
		for (;; at = at->parent) {
			leave(m, at);
			if (at == root)
				return KT_OK;
			if (at->next != NULL)
				break;
		}
		at = at->next;
	}
}

int
kt_write_markdown(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d)
{
	struct md m = { .out = out, .d = d, .doc = doc, .prefix = KT_BUF_INIT };
	size_t before = out->len;
	int rc;

	kt_md_front(out, &doc->meta);
	m.begun = out->len > before;
	m.run = out->len;
	rc = walk(&m);
	if (rc != KT_OK)
		kt_buf_cut(out, before);
	kt_buf_release(&m.prefix);
	free(m.at);
	free(m.scope.open);
	free(m.scope.node);
	return rc;
}
