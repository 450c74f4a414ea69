/* SPDX-License-Identifier: MIT */
/*
 * Document → 法令標準XML, the schema of e-Gov: the law and the order of its
 * parts.  What the schema has no place for takes the nearest place that keeps
 * its words, or is left out; both are counted and reported.
 */
#include "law_int.h"

#include <kaitei/write.h>

#include <string.h>

/* ---- elements --------------------------------------------------------- */

static void
line_start(struct law_out *o)
{
	if (o->inside == 0)
		kt_xmlw_indent(o->w, o->depth);
}

void
law_out_open(struct law_out *o, const char *name)
{
	line_start(o);
	kt_xmlw_open(o->w, name);
	o->depth++;
}

void
law_out_close(struct law_out *o)
{
	o->depth--;
	kt_xmlw_close(o->w);
}

void
law_out_end(struct law_out *o)
{
	o->depth--;
	line_start(o);
	kt_xmlw_close(o->w);
}

void
law_out_words(
    struct law_out *o, const char *name, const char *words, bool always)
{
	if (words[0] == '\0' && !always)
		return;
	law_out_open(o, name);
	kt_xmlw_text(o->w, words, strlen(words));
	law_out_close(o);
}

/* ---- what the source called a node ------------------------------------ */

bool
law_out_was(const struct kt_node *node, const char *name)
{
	size_t n = strlen(name);

	return strcspn(node->origin, "\t\n") == n &&
	       memcmp(node->origin, name, n) == 0;
}

bool
law_out_was_some(const struct kt_node *node, const char *prefix)
{
	return strncmp(node->origin, prefix, strlen(prefix)) == 0;
}

bool
law_out_has_name(const struct kt_node *node)
{
	return strcspn(node->origin, "\t\n") > 0;
}

/* ---- what is lost ----------------------------------------------------- */

void
law_out_lose(struct law_out *o, const struct kt_node *node, const char *what,
    const char *as)
{
	struct law_out_loss *loss;

	for (size_t i = 0; i < o->nloss; i++) {
		loss = &o->loss[i];
		if (strcmp(loss->what, what) == 0 &&
		    strcmp(loss->as, as) == 0) {
			loss->count++;
			return;
		}
	}
	if (o->nloss == KT_COUNT(o->loss))
		return;
	o->loss[o->nloss++] = (struct law_out_loss){
		.what = what, .as = as, .first = node, .count = 1
	};
}

/* What of a node is written somewhere, by its kind. */
enum { LABEL = 1, CAPTION = 2, RELATED = 4, TEXT = 8 };

static const unsigned char written[KT_KINDS] = {
	[KT_DOC] = CAPTION,
	[KT_TOC] = LABEL,
	[KT_PREAMBLE] = CAPTION, /* 前文: the element says it */
	[KT_PART] = LABEL | CAPTION | TEXT,
	[KT_CHAPTER] = LABEL | CAPTION | TEXT,
	[KT_SECTION] = LABEL | CAPTION | TEXT,
	[KT_SUBSECTION] = LABEL | CAPTION | TEXT,
	[KT_DIVISION] = LABEL | CAPTION | TEXT,
	[KT_ARTICLE] = LABEL | CAPTION | TEXT,
	[KT_PARAGRAPH] = LABEL | CAPTION | TEXT,
	[KT_ITEM] = LABEL | CAPTION | TEXT,
	[KT_HEADED] = LABEL | CAPTION | TEXT,
	[KT_TOPIC] = LABEL | CAPTION | TEXT,
	[KT_SUPPL] = LABEL | CAPTION | RELATED,
	[KT_APPENDIX] = LABEL | CAPTION | RELATED,
	[KT_TEXT] = TEXT,
	[KT_BULLET] = TEXT,
	[KT_CELL] = TEXT,
	[KT_FIGURE] = RELATED | TEXT,
	/* Left out whole, and said so where they stand. */
	[KT_COMMENTARY] = LABEL | CAPTION | RELATED | TEXT,
	[KT_NOTE] = LABEL | TEXT,
};

/* Words of kinds that have no place for them. */
static void
lose_parts(struct law_out *o)
{
	for (size_t i = 0; i < o->doc->count; i++) {
		const struct kt_node *node = o->doc->nodes[i];
		unsigned has = (node->label[0] != '\0' ? LABEL : 0) |
			       (node->caption[0] != '\0' ? CAPTION : 0) |
			       (node->related[0] != '\0' ? RELATED : 0) |
			       (node->len > 0 ? TEXT : 0);

		if ((has & ~(unsigned)written[node->kind]) != 0)
			law_out_lose(o, node, kt_kind_word(node->kind), "");
	}
}

static void
report_losses(const struct law_out *o)
{
	for (size_t i = 0; i < o->nloss; i++) {
		const struct law_out_loss *loss = &o->loss[i];
		char count[24];

		snprintf(count, sizeof(count), "%zu", loss->count);
		kt_report(o->d,
		    .id = loss->as[0] == '\0' ? KT_M_LAW_LEFT_OUT
					      : KT_M_LAW_WRITTEN_AS,
		    .a = loss->what, .b = count, .c = loss->as,
		    .at = { .file = o->doc->source,
			.line = loss->first->line,
			.clause = kt_addr(o->doc, loss->first) });
	}
}

/* ---- the parts of a law ----------------------------------------------- */

static void
title(struct law_out *o)
{
	static const char *const keys[][2] = { { "kana", "Kana" },
		{ "abbrev", "Abbrev" }, { "abbrev-kana", "AbbrevKana" } };
	const struct kt_meta *m = &o->doc->meta;
	const struct kt_node *root = o->doc->root;

	law_out_open(o, "LawTitle");
	for (size_t i = 0; i < m->nother; i++)
		for (size_t k = 0; k < KT_COUNT(keys); k++)
			if (strcmp(m->other[i][0], keys[k][0]) == 0)
				kt_xmlw_attr(o->w, keys[k][1], m->other[i][1]);
	law_out_range(o, root->caption, root->caption_marks,
	    root->ncaption_marks, 0, strlen(root->caption));
	law_out_close(o);
}

/* Lines without any structure are the 制定文; all else is a 前文. */
static bool
is_enactment(const struct kt_node *preamble)
{
	if (law_out_has_name(preamble) || preamble->caption[0] != '\0')
		return false;
	for (const struct kt_node *at = preamble->first; at != NULL;
	     at = at->next)
		if (at->kind != KT_TEXT || at->first != NULL)
			return false;
	return true;
}

static void
enactment(struct law_out *o, const struct kt_node *preamble)
{
	for (const struct kt_node *at = preamble->first; at != NULL;
	     at = at->next) {
		law_out_open(o, "EnactStatement");
		law_out_range(o, at->text, at->marks, at->nmarks, 0, at->len);
		law_out_close(o);
	}
}

static void
preamble_text(struct law_out *o, const struct kt_node *at, size_t place)
{
	const struct kt_node *rest;

	law_out_open(o, "Paragraph");
	kt_xmlw_attrf(o->w, "Num", "%zu", place);
	law_out_words(o, "ParagraphNum", "", true);
	law_out_open(o, "ParagraphSentence");
	rest = law_out_sentences(o, at);
	law_out_end(o);
	law_out_blocks(o, rest, NULL, LAW_IN_PARAGRAPH, 0);
	law_out_end(o);
}

static void
preamble(struct law_out *o, const struct kt_node *node)
{
	const struct kt_node *at = node->first, *stop;
	size_t place = 0;

	law_out_open(o, "Preamble");
	while (at != NULL) {
		if (at->kind == KT_TEXT) {
			preamble_text(o, at, ++place);
			at = at->next;
			continue;
		}
		for (stop = at; stop != NULL && stop->kind != KT_TEXT;)
			stop = stop->next;
		place = law_out_clauses(o, at, stop, place);
		at = stop;
	}
	law_out_end(o);
}

/* Everything of one kind among the parts of the document. */
static void
each(struct law_out *o, enum kt_kind kind, bool enacting,
    void (*write)(struct law_out *o, const struct kt_node *node))
{
	for (const struct kt_node *at = o->doc->root->first; at != NULL;
	     at = at->next)
		if (at->kind == kind &&
		    (kind != KT_PREAMBLE || is_enactment(at) == enacting))
			write(o, at);
}

static bool
is_main(const struct kt_node *node)
{
	return node->kind != KT_TOC && node->kind != KT_PREAMBLE &&
	       node->kind != KT_SUPPL && node->kind != KT_APPENDIX;
}

static void
main_provision(struct law_out *o)
{
	const struct kt_node *at = o->doc->root->first, *end;
	size_t place = 0;

	law_out_open(o, "MainProvision");
	while (at != NULL) {
		if (!is_main(at)) {
			at = at->next;
			continue;
		}
		for (end = at; end != NULL && is_main(end);)
			end = end->next;
		place = law_out_clauses(o, at, end, place);
		at = end;
	}
	law_out_end(o);
}

/* 附　則, with 抄 as an attribute and any other words behind the label. */
static void
suppl(struct law_out *o, const struct kt_node *node)
{
	static const char cut[] = "抄";
	bool extract = strcmp(node->caption, cut) == 0;
	struct kt_buf label = KT_BUF_INIT;
	const struct kt_node *at;

	law_out_open(o, "SupplProvision");
	if (node->related[0] != '\0')
		kt_xmlw_attr(o->w, "AmendLawNum", node->related);
	if (extract)
		kt_xmlw_attr(o->w, "Extract", "true");
	kt_buf_puts(&label, node->label[0] == '\0' ? "附則" : node->label);
	if (node->caption[0] != '\0' && !extract)
		kt_buf_printf(&label, "　%s", node->caption);
	law_out_words(o, "SupplProvisionLabel", label.p, true);
	kt_buf_release(&label);
	for (at = node->first; at != NULL && at->kind != KT_APPENDIX;)
		at = at->next;
	law_out_clauses(o, node->first, at, 0);
	for (; at != NULL; at = at->next) {
		if (at->kind == KT_APPENDIX)
			law_out_appendix(o, at);
		else
			law_out_clauses(o, at, at->next, 0);
	}
	law_out_end(o);
}

static void
body(struct law_out *o)
{
	law_out_open(o, "LawBody");
	title(o);
	each(o, KT_PREAMBLE, true, enactment);
	each(o, KT_TOC, false, law_out_toc);
	each(o, KT_PREAMBLE, false, preamble);
	main_provision(o);
	for (const struct kt_node *at = o->doc->root->first; at != NULL;
	     at = at->next) {
		if (at->kind == KT_SUPPL)
			suppl(o, at);
		else if (at->kind == KT_APPENDIX)
			law_out_appendix(o, at);
	}
	law_out_end(o);
}

int
kt_write_lawxml(struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d)
{
	struct law_out o = { .doc = doc, .d = d, .w = kt_xmlw_new() };
	struct kt_buf b = KT_BUF_INIT;
	int rc;

	kt_xmlw_raw(o.w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
	law_out_open(&o, "Law");
	law_out_law_attributes(&o);
	law_out_words(&o, "LawNum", doc->meta.number, true);
	body(&o);
	law_out_end(&o);
	kt_xmlw_indent(o.w, 0);
	lose_parts(&o);
	report_losses(&o);
	rc = kt_xmlw_finish(o.w, &b, d);
	kt_buf_put(out, b.p, b.len);
	kt_buf_release(&b);
	kt_sentences_release(&o.cut);
	kt_xmlw_free(o.w);
	return rc;
}
