/* SPDX-License-Identifier: MIT */
/* The loss report: what a reading took from a file, what it kept only as
 * text, and what it left out. */
#include <kaitei/read.h>

#include <stdlib.h>
#include <string.h>

/* What became of the matter that a message is about. */
static const struct {
	enum kt_msg_id id;
	enum kt_loss_kind kind;
	bool counted; /* %2 says how many places it stands for */
} losses[] = {
	{ KT_M_LAW_ELEMENT, KT_LOSS_TEXT, true },
	{ KT_M_LAWTEXT_DIRECTIVE, KT_LOSS_TEXT, false },
	{ KT_M_DOCX_HIDDEN, KT_LOSS_DROPPED, false },
	{ KT_M_DOCX_STRUCK, KT_LOSS_TEXT, false },
	{ KT_M_DOCX_SYMBOL, KT_LOSS_DROPPED, false },
	{ KT_M_DOCX_FORMULA, KT_LOSS_TEXT, false },
	{ KT_M_DOCX_COMMENT, KT_LOSS_DROPPED, false },
	{ KT_M_DOCX_PICTURE, KT_LOSS_DROPPED, false },
	{ KT_M_DOCX_TEXT_BOX, KT_LOSS_TEXT, false },
	{ KT_M_DOCX_TABBED, KT_LOSS_TEXT, false },
	{ KT_M_PDF_DRAWING, KT_LOSS_TEXT, false },
	{ KT_M_DOCX_OBJECT, KT_LOSS_DROPPED, false },
	{ KT_M_DOCX_NUMBER_FORMAT, KT_LOSS_TEXT, false },
	{ KT_M_DOCX_MERGED_WORDS, KT_LOSS_DROPPED, false },
	{ KT_M_DOCX_NESTED, KT_LOSS_DROPPED, false },
	{ KT_M_FRONT_OPEN, KT_LOSS_TEXT, false },
	{ KT_M_FRONT_LINE, KT_LOSS_TEXT, false },
	{ KT_M_FRONT_TWICE, KT_LOSS_TEXT, false },
	{ KT_M_FRONT_DATE, KT_LOSS_TEXT, false },
	{ KT_M_MD_HTML_KEPT, KT_LOSS_TEXT, false },
	{ KT_M_MD_HTML_OPEN, KT_LOSS_TEXT, false },
	{ KT_M_MD_RULE, KT_LOSS_DROPPED, false },
	{ KT_M_MD_LINK_TITLE, KT_LOSS_DROPPED, false },
	{ KT_M_MD_SPAN, KT_LOSS_DROPPED, false },
	{ KT_M_MD_MARKER, KT_LOSS_DROPPED, false },
	{ KT_M_MD_MARKER_LABEL, KT_LOSS_TEXT, false },
	{ KT_M_HTML_FORM, KT_LOSS_DROPPED, false },
	{ KT_M_HTML_EMBEDDED, KT_LOSS_DROPPED, false },
	{ KT_M_PDF_PAGE, KT_LOSS_DROPPED, false },
	{ KT_M_PDF_PAGE_PICTURE, KT_LOSS_DROPPED, false },
	{ KT_M_PDF_PICTURES, KT_LOSS_DROPPED, true },
	{ KT_M_PDF_CONTENTS, KT_LOSS_DROPPED, true },
	{ KT_M_PDF_ODD, KT_LOSS_TEXT, true },
};

enum kt_loss_kind
kt_loss_kind(enum kt_msg_id id)
{
	for (size_t i = 0; i < KT_COUNT(losses); i++)
		if (losses[i].id == id)
			return losses[i].kind;
	return KT_LOSS_NONE;
}

static size_t
places_of(const struct kt_msg *m)
{
	for (size_t i = 0; i < KT_COUNT(losses); i++)
		if (losses[i].id == m->id && losses[i].counted)
			return (size_t)strtoul(m->b, NULL, 10);
	return 1;
}

static const struct {
	enum kt_msg_id id;
	const char *done;
} changes[] = {
	{ KT_M_TRACKED_INSERTED, "inserted" },
	{ KT_M_TRACKED_DELETED, "deleted" },
	{ KT_M_TRACKED_MOVED_FROM, "moved-from" },
	{ KT_M_TRACKED_MOVED_TO, "moved-to" },
	{ KT_M_TRACKED_FORMAT, "formatted" },
};

const char *
kt_change_done(enum kt_msg_id id)
{
	for (size_t i = 0; i < KT_COUNT(changes); i++)
		if (changes[i].id == id)
			return changes[i].done;
	return NULL;
}

/* ---- what was taken -------------------------------------------------- */

static size_t
characters_of(const struct kt_node *n)
{
	return kt_utf8_count(n->label, strlen(n->label)) +
	       kt_utf8_count(n->caption, strlen(n->caption)) +
	       kt_utf8_count(n->related, strlen(n->related)) +
	       kt_utf8_count(n->text, n->len);
}

static void
count_clauses(struct kt_import *report, const struct kt_doc *doc)
{
	for (size_t i = 0; i < doc->count; i++) {
		report->clauses[doc->nodes[i]->kind]++;
		report->characters += characters_of(doc->nodes[i]);
	}
}

/* ---- what was not ---------------------------------------------------- */

static struct kt_loss *
loss_of(struct kt_import *report, const size_t *messages, enum kt_msg_id id)
{
	struct kt_loss *l;

	for (size_t i = 0; i < report->nloss; i++)
		if (report->loss[i].id == id)
			return &report->loss[i];
	l = &report->loss[report->nloss++];
	l->id = id;
	l->kind = kt_loss_kind(id);
	l->at = KT_NEWN(report->arena, const struct kt_msg *, messages[id]);
	return l;
}

static void
sort_losses(struct kt_import *report, const struct kt_diag *d, size_t from)
{
	size_t *messages = kt_calloc(KT_M__COUNT, sizeof(*messages));
	size_t ids = 0, end = kt_diag_count(d);

	for (size_t i = from; i < end; i++) {
		enum kt_msg_id id = kt_diag_get(d, i)->id;

		if (kt_loss_kind(id) != KT_LOSS_NONE)
			ids += messages[id]++ == 0;
	}
	report->loss = KT_NEWN(report->arena, struct kt_loss, ids);
	for (size_t i = from; i < end; i++) {
		const struct kt_msg *m = kt_diag_get(d, i);
		struct kt_loss *l;

		if (kt_loss_kind(m->id) == KT_LOSS_NONE)
			continue;
		l = loss_of(report, messages, m->id);
		l->at[l->nat++] = m;
		l->count += places_of(m);
		*(l->kind == KT_LOSS_TEXT ? &report->kept : &report->dropped) +=
		    places_of(m);
	}
	free(messages);
}

static void
gather_changes(struct kt_import *report, const struct kt_diag *d, size_t from)
{
	size_t end = kt_diag_count(d), n = 0;

	for (size_t i = from; i < end; i++)
		n += kt_change_done(kt_diag_get(d, i)->id) != NULL;
	report->change = KT_NEWN(report->arena, const struct kt_msg *, n);
	for (size_t i = from; i < end; i++)
		if (kt_change_done(kt_diag_get(d, i)->id) != NULL)
			report->change[report->nchanges++] = kt_diag_get(d, i);
}

struct kt_import *
kt_import_new(const struct kt_doc *doc, const struct kt_diag *d, size_t from)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_import *report = KT_NEW(arena, struct kt_import);

	report->arena = arena;
	count_clauses(report, doc);
	sort_losses(report, d, from);
	gather_changes(report, d, from);
	return report;
}

void
kt_import_free(struct kt_import *report)
{
	if (report != NULL)
		kt_arena_free(report->arena);
}

/* ---- told ------------------------------------------------------------ */

void
kt_import_taken(
    struct kt_buf *out, const struct kt_import *report, enum kt_lang lang)
{
	for (int kind = KT_DOC + 1; kind < KT_KINDS; kind++)
		if (report->clauses[kind] > 0 && kind != KT_CELL)
			kt_buf_printf(out, "%s %zu%s",
			    lang == KT_JA ? kt_kind_word((enum kt_kind)kind)
					  : kt_kind_name((enum kt_kind)kind),
			    report->clauses[kind], lang == KT_JA ? "、" : ", ");
	kt_buf_printf(out, "%s %zu", lang == KT_JA ? "文字" : "characters",
	    report->characters);
}

void
kt_import_tell(struct kt_diag *to, const struct kt_import *report, size_t most)
{
	char kept[32], dropped[32];

	for (size_t i = 0; i < report->nloss; i++) {
		const struct kt_loss *l = &report->loss[i];

		for (size_t k = 0; k < l->nat && k < most; k++)
			kt_diag_add(to, l->at[k]);
		if (l->nat <= most)
			continue;
		snprintf(kept, sizeof(kept), "%zu", l->nat - most);
		kt_report(to, .id = KT_M_IMPORT_MORE,
		    .at = { .file = l->at[0]->at.file }, .a = kept);
	}
	if (report->nloss == 0)
		return;
	snprintf(kept, sizeof(kept), "%zu", report->kept);
	snprintf(dropped, sizeof(dropped), "%zu", report->dropped);
	kt_report(to, .id = KT_M_IMPORT_LOST,
	    .at = { .file = report->loss[0].at[0]->at.file }, .a = kept,
	    .b = dropped);
}

void
kt_import_tell_changes(
    struct kt_diag *to, const struct kt_import *report, size_t most)
{
	char more[32];

	for (size_t i = 0; i < report->nchanges && i < most; i++)
		kt_diag_add(to, report->change[i]);
	if (report->nchanges <= most)
		return;
	snprintf(more, sizeof(more), "%zu", report->nchanges - most);
	kt_report(to, .id = KT_M_IMPORT_CHANGES,
	    .at = { .file = report->change[0]->at.file }, .a = more);
}
