/* SPDX-License-Identifier: MIT */
/*
 * Where addresses lead.  Numbers are those at the start of the sentence: new
 * ones are given at its end.  同条 and the like are what was named last,
 * whatever number it has by now.
 */
#include "apply_int.h"

#include <stdlib.h>
#include <string.h>

enum kt_kind
kt_kind_of_step(enum kt_step_kind kind)
{
	static const enum kt_kind kinds[KT_STEPS] = {
		[KT_ST_MAIN] = KT_DOC,
		[KT_ST_SUPPL] = KT_SUPPL,
		[KT_ST_TITLE] = KT_DOC,
		[KT_ST_TOC] = KT_TOC,
		[KT_ST_PREAMBLE] = KT_PREAMBLE,
		[KT_ST_APPENDIX] = KT_APPENDIX,
		[KT_ST_PART] = KT_PART,
		[KT_ST_CHAPTER] = KT_CHAPTER,
		[KT_ST_SECTION] = KT_SECTION,
		[KT_ST_SUBSECTION] = KT_SUBSECTION,
		[KT_ST_DIVISION] = KT_DIVISION,
		[KT_ST_ARTICLE] = KT_ARTICLE,
		[KT_ST_PARAGRAPH] = KT_PARAGRAPH,
		[KT_ST_ITEM] = KT_ITEM,
		[KT_ST_SUB] = KT_ITEM,
		[KT_ST_HEADED] = KT_HEADED,
		[KT_ST_TOPIC] = KT_TOPIC,
		[KT_ST_ITEMS] = KT_ITEM,
		[KT_ST_TABLE] = KT_TABLE,
		[KT_ST_ROW] = KT_ROW,
		[KT_ST_COLUMN] = KT_CELL,
		[KT_ST_NOTE] = KT_NOTE,
		[KT_ST_FIGURE] = KT_FIGURE,
		[KT_ST_NAME] = KT_DOC,
		[KT_ST_PROVISION] = KT_DOC,
	};

	return kinds[kind];
}

/* ---- 条 and divisions --------------------------------------------------- */

/* May 条 and divisions lie below? */
static bool
is_container(const struct kt_node *node)
{
	return node->kind == KT_DOC || kt_kind_is_division(node->kind) ||
	       node->kind == KT_SUPPL;
}

/* The next node of the frame under `root`: divisions and what stands in
 * them, 条 and 項 unopened; the 附則 apart from the 本則. */
static struct kt_node *
next_in_frame(const struct kt_node *node, const struct kt_node *root)
{
	bool open = node == root || kt_kind_is_division(node->kind);

	return open ? kt_node_next(node, root) : kt_node_skip(node, root);
}

static void
list_articles(struct kt_work *w)
{
	struct kt_node *root = w->doc->root;

	w->narticles = 0;
	for (struct kt_node *at = root; at != NULL;
	     at = next_in_frame(at, root))
		if (at->kind == KT_ARTICLE) {
			/* Ids are free until the document is finished. */
			KT_GROW(w->article, w->narticles, w->articles_cap);
			at->id = (uint32_t)w->narticles;
			w->article[w->narticles++] = at;
		}
	w->stale = false;
	w->hint = 0;
}

static bool
has_number(const struct kt_node *node, const struct kt_num *num, bool end)
{
	if (node->num.n > 0 && kt_num_cmp(&node->num, num) == 0)
		return true;
	/* 第四条から第七条まで　削除 is the end of a range too. */
	return end && node->to.n > 0 && kt_num_cmp(&node->to, num) == 0;
}

static struct kt_node *
main_article(struct kt_work *w, const struct kt_num *num, bool end)
{
	if (w->stale)
		list_articles(w);
	for (size_t i = 0; i < w->narticles; i++) {
		size_t at = (w->hint + i) % w->narticles;

		if (has_number(w->article[at], num, end)) {
			w->hint = at;
			return w->article[at];
		}
	}
	return NULL;
}

/* A 条 or division below, whatever lies between. */
static struct kt_node *
in_frame(const struct kt_node *in, enum kt_kind kind, const struct kt_num *num,
    bool end)
{
	for (struct kt_node *at = next_in_frame(in, in); at != NULL;
	     at = next_in_frame(at, in))
		if (at->kind == kind && has_number(at, num, end))
			return at;
	return NULL;
}

struct kt_node *
kt_article_beside(struct kt_work *w, struct kt_node *node, int step)
{
	if (node->parent != NULL && node->parent->kind == KT_SUPPL) {
		do
			node = step < 0 ? node->prev : node->next;
		while (node != NULL && node->kind != KT_ARTICLE);
		return node;
	}
	if (w->stale)
		list_articles(w);
	if (node->id >= w->narticles || w->article[node->id] != node ||
	    (step < 0 && node->id == 0) ||
	    (step > 0 && node->id + 1 >= w->narticles))
		return NULL;
	return w->article[step < 0 ? node->id - 1 : node->id + 1];
}

/* ---- 附則, 別表 --------------------------------------------------------- */

struct kt_node *
kt_main_suppl(const struct kt_doc *doc)
{
	struct kt_node *first = NULL;

	for (struct kt_node *at = doc->root->first; at != NULL; at = at->next) {
		if (at->kind != KT_SUPPL)
			continue;
		if (at->related[0] == '\0')
			return at;
		if (first == NULL)
			first = at;
	}
	return first;
}

static struct kt_node *
find_suppl(const struct kt_doc *doc, const char *name)
{
	if (name[0] == '\0')
		return kt_main_suppl(doc);
	for (struct kt_node *at = doc->root->first; at != NULL; at = at->next)
		if (at->kind == KT_SUPPL && strcmp(at->related, name) == 0)
			return at;
	return NULL;
}

bool
kt_says_same(const char *a, const char *b)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool same;

	if (strcmp(a, b) == 0)
		return true;
	kt_fold(&x, a, strlen(a));
	kt_fold(&y, b, strlen(b));
	same = strcmp(x.p, y.p) == 0;
	kt_buf_release(&x);
	kt_buf_release(&y);
	return same;
}

/* 様式第一号（別紙）: label and caption. */
static bool
full_name_is(const struct kt_node *node, const char *name)
{
	struct kt_buf full = KT_BUF_INIT;
	bool same;

	kt_buf_puts(&full, node->label);
	if (strncmp(node->caption, "（", strlen("（")) == 0)
		kt_buf_puts(&full, node->caption);
	else
		kt_buf_printf(&full, "（%s）", node->caption);
	same = kt_says_same(full.p, name);
	kt_buf_release(&full);
	return same;
}

/* 様式第一号（その2）: the second of that label. */
static struct kt_node *
find_namesake(const struct kt_node *in, const char *name)
{
	static const char mark[] = "（その";
	const char *p = strstr(name, mark);
	struct kt_node *found = NULL;
	enum kt_form form;
	unsigned nth;
	char *label;

	if (p == NULL || kt_num_plain(&nth, &form, p + strlen(mark),
			     strlen(p + strlen(mark))) == 0)
		return NULL;
	label = kt_strndup(name, (size_t)(p - name));
	for (struct kt_node *at = in->first; at != NULL && nth > 0;
	     at = at->next)
		if (at->kind == KT_APPENDIX && kt_says_same(at->label, label) &&
		    --nth == 0)
			found = at;
	free(label);
	return found;
}

static struct kt_node *
find_appendix(const struct kt_node *in, const char *name)
{
	for (struct kt_node *at = in->first; at != NULL; at = at->next)
		if (at->kind == KT_APPENDIX && kt_says_same(at->label, name))
			return at;
	for (struct kt_node *at = in->first; at != NULL; at = at->next)
		if (at->kind == KT_APPENDIX && full_name_is(at, name))
			return at;
	return find_namesake(in, name);
}

/* ---- 項, 号, 細分, 項番 ------------------------------------------------- */

bool
kt_is_numbered_as(const struct kt_node *node, enum kt_kind kind)
{
	bool item = kind == KT_ITEM || kind == KT_HEADED;

	return node->kind == kind ||
	       (item && (node->kind == KT_ITEM || node->kind == KT_HEADED));
}

/* イ of an address may be the second of アイウ. */
static bool
same_label(const struct kt_node *node, const struct kt_num *num)
{
	struct kt_num as = *num;

	if (kt_num_cmp(&node->num, num) == 0 && node->num.form == num->form)
		return true;
	if (node->num.form == KT_F_AIUEO || node->num.form == KT_F_PAREN_AIUEO)
		return kt_num_as_aiueo(&as) && kt_num_cmp(&node->num, &as) == 0;
	if (node->num.form == KT_F_LATIN || node->num.form == KT_F_PAREN_LATIN)
		if (kt_num_as_latin(&as))
			return kt_num_cmp(&node->num, &as) == 0;
	/* (1), （１） and ⑴ are one. */
	return kt_num_cmp(&node->num, num) == 0 && num->form != KT_F_IROHA &&
	       num->form != KT_F_PAREN_IROHA && node->num.form != KT_F_IROHA &&
	       node->num.form != KT_F_PAREN_IROHA;
}

static struct kt_node *
child_numbered(const struct kt_node *in, enum kt_kind kind,
    const struct kt_num *num, bool sub)
{
	for (struct kt_node *at = in->first; at != NULL; at = at->next)
		if (kt_is_numbered_as(at, kind) &&
		    (sub ? same_label(at, num) : has_number(at, num, false)))
			return at;
	return NULL;
}

/* The 項 of a 条 that 第三条第二号 means: the one with 号. */
static struct kt_node *
paragraph_with_items(const struct kt_node *article)
{
	for (struct kt_node *p = article->first; p != NULL; p = p->next)
		for (struct kt_node *at = p->first; at != NULL; at = at->next)
			if (at->kind == KT_ITEM)
				return p;
	return article->first;
}

static struct kt_node *
find_headed(const struct kt_node *in, const struct kt_num *num)
{
	struct kt_node *found = child_numbered(in, KT_HEADED, num, true);

	if (found != NULL)
		return found;
	for (struct kt_node *at = next_in_frame(in, in); at != NULL;
	     at = next_in_frame(at, in))
		if (at->kind == KT_HEADED && same_label(at, num))
			return at;
	return NULL;
}

static struct kt_node *
find_topic(const struct kt_node *in, const char *caption)
{
	for (struct kt_node *at = kt_node_next(in, in); at != NULL;
	     at = kt_node_next(at, in))
		if ((at->kind == KT_TOPIC ||
			(at->kind == KT_APPENDIX && at->label[0] == '\0')) &&
		    strcmp(at->caption, caption) == 0)
			return at;
	return NULL;
}

/* ---- one step ----------------------------------------------------------- */

static struct kt_node *
find_item(struct kt_node *in, const struct kt_num *num)
{
	if (in->kind == KT_TABLE || in->kind == KT_APPENDIX) {
		struct kt_node *item = child_numbered(in, KT_ITEM, num, false);

		return item != NULL ? item : kt_find_row_number(in, num);
	}
	if (in->kind == KT_ARTICLE || in->kind == KT_SUPPL)
		in = paragraph_with_items(in);
	return in == NULL ? NULL : child_numbered(in, KT_ITEM, num, false);
}

/* 別表第九号 may be the ninth 号 of 別表. */
static struct kt_node *
find_named(struct kt_node *in, const char *name)
{
	struct kt_node *found = find_appendix(in, name);
	const char *p = name;

	while (found == NULL && (p = strstr(p, "第")) != NULL) {
		struct kt_scan s = { p, p + strlen(p) };
		char *head = kt_strndup(name, (size_t)(p - name));
		struct kt_node *table = find_appendix(in, head);
		struct kt_num num;

		if (table != NULL && kt_scan_numbered(&s, "号", true, &num) &&
		    kt_scan_at_end(&s))
			found = find_item(table, &num);
		free(head);
		p += strlen("第");
	}
	return found;
}

static struct kt_node *
find_article(
    struct kt_work *w, struct kt_node *in, const struct kt_num *num, bool end)
{
	if (in == w->doc->root)
		return main_article(w, num, end);
	return is_container(in) ? in_frame(in, KT_ARTICLE, num, end) : NULL;
}

/* A table, a row or a column. */
static struct kt_node *
find_in_table(struct kt_node *in, const struct kt_step *step)
{
	if (step->kind == KT_ST_TABLE)
		return kt_find_below(
		    in, KT_TABLE, step->num.n > 0 ? step->num.v[0] : 1);
	if (step->kind == KT_ST_ROW)
		return kt_find_row(in, step->name);
	return in->kind == KT_ROW ? kt_find_cell(in, step->num.v[0]) : NULL;
}

/* 各号列記 are of the 項 that has them. */
static struct kt_node *
find_items(struct kt_node *in)
{
	return in->kind == KT_ARTICLE || in->kind == KT_SUPPL
		   ? paragraph_with_items(in)
		   : in;
}

/* The node that a step leads to from `in`; NULL when there is none. */
static struct kt_node *
take_step(
    struct kt_work *w, struct kt_node *in, const struct kt_step *step, bool end)
{
	struct kt_node *root = w->doc->root;

	switch (step->kind) {
	case KT_ST_MAIN:
	case KT_ST_TITLE:
		return root;
	case KT_ST_SUPPL:
		return find_suppl(w->doc, step->name);
	case KT_ST_TOC:
	case KT_ST_PREAMBLE:
		return kt_find_below(root, kt_kind_of_step(step->kind), 1);
	case KT_ST_APPENDIX:
		return find_named(in, step->name);
	case KT_ST_PART:
	case KT_ST_CHAPTER:
	case KT_ST_SECTION:
	case KT_ST_SUBSECTION:
	case KT_ST_DIVISION:
		return in_frame(
		    in, kt_kind_of_step(step->kind), &step->num, end);
	case KT_ST_ARTICLE:
		return find_article(w, in, &step->num, end);
	case KT_ST_PARAGRAPH:
		return child_numbered(in, KT_PARAGRAPH, &step->num, false);
	case KT_ST_ITEM:
		return find_item(in, &step->num);
	case KT_ST_SUB:
		return child_numbered(in, KT_ITEM, &step->num, true);
	case KT_ST_HEADED:
		return find_headed(in, &step->num);
	case KT_ST_TOPIC:
		return find_topic(in, step->name);
	case KT_ST_TABLE:
	case KT_ST_ROW:
	case KT_ST_COLUMN:
		return find_in_table(in, step);
	case KT_ST_NOTE:
		return kt_find_below(in, KT_NOTE, 1);
	case KT_ST_FIGURE:
		return kt_find_below(in, KT_FIGURE, 1);
	case KT_ST_ITEMS:
		return find_items(in);
	case KT_ST_NAME:
		return in;
	case KT_ST_PROVISION:
	case KT_STEPS:
		break;
	}
	return NULL;
}

/* ---- what was named last ------------------------------------------------ */

/* The step by which 同… would name this node. */
static enum kt_step_kind
named_as(const struct kt_node *node)
{
	switch (node->kind) {
	case KT_SUPPL:
		return KT_ST_SUPPL;
	case KT_TOC:
		return KT_ST_TOC;
	case KT_PREAMBLE:
		return KT_ST_PREAMBLE;
	case KT_APPENDIX:
		return KT_ST_APPENDIX;
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
		return (enum kt_step_kind)(KT_ST_PART + (node->kind - KT_PART));
	case KT_ARTICLE:
		return KT_ST_ARTICLE;
	case KT_PARAGRAPH:
		return KT_ST_PARAGRAPH;
	case KT_ITEM:
		return node->parent != NULL && node->parent->kind == KT_ITEM
			   ? KT_ST_SUB
			   : KT_ST_ITEM;
	case KT_HEADED:
		return KT_ST_HEADED;
	case KT_TOPIC:
		return KT_ST_TOPIC;
	case KT_TABLE:
		return KT_ST_TABLE;
	case KT_ROW:
		return KT_ST_ROW;
	case KT_CELL:
		return KT_ST_COLUMN;
	case KT_NOTE:
		return KT_ST_NOTE;
	case KT_FIGURE:
		return KT_ST_FIGURE;
	case KT_DOC:
	case KT_TEXT:
	case KT_BULLET:
	case KT_COMMENTARY:
	case KT_QUOTE:
	case KT_KINDS:
		break;
	}
	return KT_STEPS;
}

/* The node and what it lies in are what 同… means from now on. */
static void
remember(struct kt_work *w, struct kt_node *node)
{
	memset(w->last, 0, sizeof(w->last));
	for (; node != NULL; node = node->parent) {
		enum kt_step_kind as = named_as(node);

		if (as == KT_STEPS || w->last[as] != NULL)
			continue;
		w->last[as] = node;
		/* 同表 is a 別表 too, 同項 a row, 同号 a numbered row. */
		if (as == KT_ST_APPENDIX &&
		    (w->last[KT_ST_TABLE] == NULL ||
			w->last[KT_ST_TABLE]->parent == node))
			w->last[KT_ST_TABLE] = node;
		if (as == KT_ST_ROW) {
			w->last[KT_ST_PARAGRAPH] = node;
			w->last[KT_ST_ITEM] = node;
		}
		if (as == KT_ST_SUB && w->last[KT_ST_ITEM] == NULL &&
		    node->parent->kind != KT_ITEM)
			w->last[KT_ST_ITEM] = node;
	}
}

/* ---- addresses ---------------------------------------------------------- */

static int
no_place(struct kt_work *w, const struct kt_loc *loc, size_t step)
{
	if (loc->step[step].kind == KT_ST_PROVISION)
		return kt_work_fault(w, KT_M_AMEND_PROVISION, loc->text, "");
	if (loc->step[step].same)
		return kt_work_fault(w, KT_M_AMEND_NO_SAME, loc->text, "");
	return kt_work_fault(w, KT_M_AMEND_NO_PLACE, loc->text, "");
}

/* Follow the first n steps from a clause, the document or another. */
static int
follow(struct kt_node **out, struct kt_work *w, struct kt_node *at,
    const struct kt_loc *loc, size_t n, bool end)
{
	for (size_t i = 0; i < n; i++) {
		const struct kt_step *step = &loc->step[i];

		at = step->same ? w->last[step->kind]
				: take_step(w, at, step, end);
		if (at == NULL)
			return no_place(w, loc, i);
	}
	*out = at;
	return KT_OK;
}

int
kt_find_parent(
    struct kt_node **out, struct kt_work *w, const struct kt_loc *loc)
{
	*out = NULL;
	if (loc->nsteps < 2)
		return KT_OK;
	return follow(out, w, w->doc->root, loc, loc->nsteps - 1, false);
}

static void
put(struct kt_targets *out, const struct kt_target *target)
{
	KT_GROW(out->at, out->count, out->cap);
	out->at[out->count++] = *target;
}

/* 各号, and the cells of a column. */
static void
put_children(struct kt_targets *out, struct kt_target target)
{
	struct kt_node *in = target.node;

	for (struct kt_node *at = in->first; at != NULL; at = at->next)
		if (at->kind == KT_ITEM) {
			target.node = at;
			put(out, &target);
		}
}

/* From the first to the last of a range, in the order of the text. */
static bool
put_range(struct kt_targets *out, struct kt_work *w, struct kt_target target,
    const struct kt_node *last)
{
	enum kt_kind kind = target.node->kind;

	for (struct kt_node *at = target.node; at != NULL;) {
		target.node = at;
		put(out, &target);
		if (at == last)
			return true;
		if (kind == KT_ARTICLE) {
			at = kt_article_beside(w, at, 1);
			continue;
		}
		do
			at = at->next;
		while (at != NULL && !kt_is_numbered_as(at, kind));
	}
	return false;
}

/* 附則第五条…同条から第十条まで: the last of a range that begins with 同条 is
 * counted where the first is. */
static struct kt_node *
range_frame(struct kt_work *w, const struct kt_loc *loc, struct kt_node *first)
{
	if (loc->nsteps == 1 && loc->step[0].same)
		while (first->parent != NULL && first->kind != KT_SUPPL)
			first = first->parent;
	else
		first = w->doc->root;
	return first;
}

static void
note_spoken(struct kt_work *w, const struct kt_targets *out, size_t from)
{
	for (size_t i = from; w->noting && i < out->count; i++) {
		KT_GROW(w->spoken, w->nspoken, w->spoken_cap);
		w->spoken[w->nspoken++] = (struct kt_spoken){ out->at[i].node,
			w->sentence == NULL ? 0 : w->sentence->line };
	}
}

static int
find(struct kt_targets *out, struct kt_work *w, const struct kt_loc *loc)
{
	struct kt_target target = { .part = loc->part,
		.dan = loc->dan,
		.before = loc->before,
		.with_caption = loc->with_caption };
	struct kt_node *last = NULL, *except = NULL;
	struct kt_node *root = w->doc->root;
	int rc = follow(&target.node, w, root, loc, loc->nsteps, false);

	if (rc == KT_OK && loc->to != NULL)
		rc = follow(&last, w, range_frame(w, loc, target.node), loc->to,
		    loc->to->nsteps, true);
	if (rc == KT_OK && loc->except != NULL)
		rc = follow(
		    &except, w, root, loc->except, loc->except->nsteps, false);
	if (rc != KT_OK)
		return rc;
	target.as = loc->step[loc->nsteps - 1].kind;
	target.except = except;
	remember(w, last != NULL ? last : target.node);
	if (target.as == KT_ST_ITEMS) {
		put_children(out, target);
		return KT_OK;
	}
	if (last == NULL) {
		put(out, &target);
		return KT_OK;
	}
	if (!put_range(out, w, target, last))
		return kt_work_fault(w, KT_M_AMEND_RANGE, loc->text, "");
	return KT_OK;
}

int
kt_find(struct kt_targets *out, struct kt_work *w, const struct kt_loc *loc)
{
	size_t from = out->count;
	int rc = find(out, w, loc);

	note_spoken(w, out, from);
	return rc;
}
