/* SPDX-License-Identifier: MIT */
/*
 * What lies in clauses, as 法令標準XML: items, lists, quoted and amending
 * provisions, remarks, and for everything else the nearest of these.
 */
#include "law_int.h"

#include <string.h>

/* A run of blocks while it is written. */
struct run {
	struct law_out *o;
	const struct kt_node *at, *end;
	enum law_place place;
	unsigned level; /* of items */
	size_t items; /* written so far */
	size_t lines, all_lines; /* sentences that stand by themselves */
};

static void
item(struct run *r)
{
	law_out_item(r->o, r->at, r->level, ++r->items);
	r->at = r->at->next;
}

/* A line 一　…… of remarks whose source had a sentence there. */
static void
labelled_sentence(struct run *r)
{
	struct kt_buf head = KT_BUF_INIT;

	kt_buf_printf(&head, "%s　", r->at->label);
	law_out_sentence(
	    r->o, r->at, head.p, r->all_lines > 1 ? r->lines + 1 : 0);
	r->lines++;
	kt_buf_release(&head);
	law_out_blocks(r->o, r->at->first, NULL, r->place, r->level);
	r->at = r->at->next;
}

static void
bullet(struct run *r)
{
	bool lists = r->place == LAW_IN_PARAGRAPH ||
		     r->place == LAW_IN_CONTENT || r->place == LAW_IN_QUOTE;

	if (law_out_was_some(r->at, "TOC")) {
		r->at = law_out_toc_entries(r->o, r->at, r->end);
	} else if ((lists || law_out_was(r->at, "List")) &&
		   law_out_is_list(r->at)) {
		law_out_list(r->o, r->at);
		r->at = r->at->next;
	} else {
		item(r);
	}
}

static void
line(struct run *r)
{
	size_t n = law_out_count(r->o, r->at);
	const struct kt_node *rest =
	    law_out_line(r->o, r->at, r->lines, r->all_lines - n);

	r->lines += n;
	/* A TEXT holds nothing more, as a rule. */
	law_out_blocks(r->o, rest, NULL, r->place, r->level);
}

static void
text(struct run *r)
{
	switch (r->place) {
	case LAW_IN_PARAGRAPH:
		law_out_as_list(r->o, r->at);
		break;
	case LAW_IN_APPENDIX:
		item(r);
		return;
	case LAW_IN_CONTENT:
	case LAW_IN_REMARKS:
	case LAW_IN_QUOTE:
	case LAW_IN_CELL:
		line(r);
		break;
	}
	r->at = r->at->next;
}

static bool
is_labelled_sentence(const struct kt_node *node)
{
	return node->kind == KT_ITEM && law_out_was(node, "Sentence");
}

/* Sentences that stand by themselves are numbered through. */
static size_t
count_lines(const struct run *r)
{
	size_t n = 0;

	for (const struct kt_node *at = r->at; at != r->end; at = at->next) {
		if (is_labelled_sentence(at))
			n++;
		else if (at->kind == KT_TEXT)
			n += law_out_count(r->o, at);
	}
	return n;
}

/* ---- remarks ---------------------------------------------------------- */

void
law_out_remarks(struct law_out *o, const struct kt_node *note)
{
	const struct kt_node *rest = note->first;

	law_out_open(o, "Remarks");
	law_out_words(o, "RemarksLabel", note->label, true);
	if (note->len > 0 || rest == NULL)
		rest = law_out_sentences(o, note);
	law_out_blocks(o, rest, NULL, LAW_IN_REMARKS, 0);
	law_out_end(o);
}

static void
note(struct run *r)
{
	if (law_out_was(r->at, "SupplNote")) {
		law_out_open(r->o, "SupplNote");
		law_out_range(r->o, r->at->text, r->at->marks, r->at->nmarks, 0,
		    r->at->len);
		law_out_close(r->o);
	} else if (r->place == LAW_IN_PARAGRAPH) {
		law_out_as_list(r->o, r->at);
	} else if (r->place == LAW_IN_REMARKS) {
		item(r);
		return;
	} else {
		law_out_remarks(r->o, r->at);
	}
	r->at = r->at->next;
}

/* ---- quoted and amending provisions ----------------------------------- */

void
law_out_quote(struct law_out *o, const struct kt_node *quote)
{
	law_out_open(o, "QuoteStruct");
	law_out_blocks(o, quote->first, NULL, LAW_IN_QUOTE, 0);
	law_out_close(o);
}

/* The instruction, then the new text. */
static void
amend(struct law_out *o, const struct kt_node *quote)
{
	const struct kt_node *rest = quote->first, *below = NULL;

	law_out_open(o, "AmendProvision");
	if (rest != NULL && rest->kind == KT_TEXT) {
		law_out_open(o, "AmendProvisionSentence");
		below = law_out_sentences(o, rest);
		law_out_end(o);
		rest = rest->next;
	}
	if (rest != NULL || below != NULL) {
		law_out_open(o, "NewProvision");
		law_out_blocks(o, below, NULL, LAW_IN_QUOTE, 0);
		law_out_blocks(o, rest, NULL, LAW_IN_QUOTE, 0);
		law_out_end(o);
	}
	law_out_end(o);
}

static void
quote(struct run *r)
{
	if (r->place == LAW_IN_PARAGRAPH && r->level == 0) {
		amend(r->o, r->at);
	} else if (r->place == LAW_IN_PARAGRAPH) {
		law_out_as_list(r->o, r->at);
	} else {
		law_out_lose(
		    r->o, r->at, kt_kind_word(r->at->kind), "Sentence");
		law_out_blocks(r->o, r->at->first, NULL, r->place, r->level);
	}
	r->at = r->at->next;
}

/* ---- all -------------------------------------------------------------- */

/* Clauses where other clauses may stand, items where not. */
static void
clause(struct run *r)
{
	const struct kt_node *stop = r->at;

	switch (r->place) {
	case LAW_IN_PARAGRAPH:
	case LAW_IN_APPENDIX:
	case LAW_IN_REMARKS:
		item(r);
		return;
	case LAW_IN_CONTENT:
	case LAW_IN_QUOTE:
	case LAW_IN_CELL:
		break;
	}
	while (stop != r->end && law_out_is_clause(stop))
		stop = stop->next;
	law_out_clauses(r->o, r->at, stop, 0);
	r->at = stop;
}

static void
other(struct run *r)
{
	law_out_as_list(r->o, r->at);
	r->at = r->at->next;
}

static void
block(struct run *r)
{
	switch (r->at->kind) {
	case KT_ITEM:
		if (r->place == LAW_IN_REMARKS &&
		    law_out_was(r->at, "Sentence"))
			labelled_sentence(r);
		else
			item(r);
		return;
	case KT_BULLET:
		bullet(r);
		return;
	case KT_TEXT:
		text(r);
		return;
	case KT_NOTE:
		note(r);
		return;
	case KT_QUOTE:
		quote(r);
		return;
	case KT_COMMENTARY:
		law_out_lose(r->o, r->at, kt_kind_word(r->at->kind), "");
		r->at = r->at->next;
		return;
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_PARAGRAPH:
	case KT_HEADED:
	case KT_TOPIC:
		clause(r);
		return;
	case KT_APPENDIX:
		law_out_appendix(r->o, r->at);
		r->at = r->at->next;
		return;
	case KT_DOC:
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_SUPPL:
	case KT_TABLE:
	case KT_ROW:
	case KT_CELL:
	case KT_FIGURE:
	case KT_KINDS:
		other(r);
		return;
	}
}

void
law_out_blocks(struct law_out *o, const struct kt_node *at,
    const struct kt_node *end, enum law_place place, unsigned level)
{
	struct run r = {
		.o = o, .at = at, .end = end, .place = place, .level = level
	};

	if (at == end)
		return;
	if (o->nested >= LAW_OUT_DEPTH) {
		law_out_lose(o, at, "深すぎる階層", "");
		return;
	}
	o->nested++;
	r.all_lines = place == LAW_IN_PARAGRAPH ? 0 : count_lines(&r);
	while (r.at != end) {
		if (law_out_is_struct(r.at))
			r.at = law_out_struct(o, r.at, end, place);
		else
			block(&r);
	}
	o->nested--;
}
