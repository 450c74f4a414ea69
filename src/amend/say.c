/* SPDX-License-Identifier: MIT */
/*
 * Sentences in the making: clauses joined, the last verb in its final form,
 * new text behind it.  A clause of the old document has, within a sentence,
 * the number that it has at its start.
 */
#include "draft_int.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *goes_on, *ends;
} verbs[KT_VERBS] = {
	[KT_V_NONE] = { "", "" },
	[KT_V_CHANGE] = { "改め", "改める" },
	[KT_V_ADD] = { "加え", "加える" },
	[KT_V_REMOVE] = { "削り", "削る" },
	[KT_V_BECOME] = { "し", "する" },
	[KT_V_DOWN] = { "繰り下げ", "繰り下げる" },
	[KT_V_UP] = { "繰り上げ", "繰り上げる" },
	[KT_V_ATTACH] = { "付し", "付する" },
};

void
kt_say_init(struct kt_say *s, const struct kt_doc *old,
    const struct kt_amend_style *style)
{
	memset(s, 0, sizeof(*s));
	s->style = style;
	s->old = old;
	s->out = (struct kt_buf)KT_BUF_INIT;
	s->line = (struct kt_buf)KT_BUF_INIT;
	s->form =
	    style->numbers != KT_F_NONE ? style->numbers : kt_form_of_doc(old);
	s->number = kt_calloc(old->count, sizeof(*s->number));
	s->label = kt_calloc(old->count, sizeof(*s->label));
	for (size_t i = 0; i < old->count; i++)
		s->number[i] = old->nodes[i]->num;
}

void
kt_say_release(struct kt_say *s)
{
	kt_buf_release(&s->out);
	kt_buf_release(&s->line);
	free(s->number);
	free(s->label);
	free(s->moved);
	free(s->said);
}

void
kt_say_owner(
    struct kt_say *s, const struct kt_node *old, const struct kt_node *new)
{
	s->owner_old = old;
	s->owner_new = new;
}

const struct kt_num *
kt_say_number(const struct kt_say *s, const struct kt_node *old)
{
	return &s->number[old->id];
}

/* ---- clauses
 * ------------------------------------------------------------------- */

bool
kt_say_is_open(const struct kt_say *s)
{
	return s->verb != KT_V_NONE;
}

/* What comes next on the line is said of the owner. */
static void
note_said(struct kt_say *s)
{
	KT_GROW(s->said, s->nsaid, s->said_cap);
	s->said[s->nsaid++] = (struct kt_said){ .line = s->lines + 1,
		.column = s->style->indent + 1 +
			  kt_utf8_count(s->line.p, s->line.len),
		.old = s->owner_old,
		.new = s->owner_new };
}

void
kt_say_clause(struct kt_say *s, enum kt_verb verb, const char *words)
{
	if (s->verb != KT_V_NONE) {
		kt_buf_puts(&s->line, verbs[s->verb].goes_on);
		kt_buf_puts(&s->line, "、");
	} else
		s->first_said = s->nsaid;
	s->plain = false;
	note_said(s);
	kt_buf_puts(&s->line, words);
	s->verb = verb;
}

void
kt_say_words(
    struct kt_say *s, enum kt_verb verb, const char *words, size_t place)
{
	bool plain = place > 0 ? s->verb == KT_V_NONE : s->plain;

	if (place > 0)
		s->place = place;
	kt_say_clause(s, verb, words);
	s->plain = plain;
}

void
kt_say_more(struct kt_say *s, const char *words)
{
	kt_buf_puts(&s->line, "、");
	note_said(s);
	kt_buf_puts(&s->line, words);
}

static void
put_line(struct kt_say *s, unsigned indent, const char *p, size_t n)
{
	for (unsigned i = 0; i < indent; i++)
		kt_buf_puts(&s->out, "　");
	kt_buf_put(&s->out, p, n);
	kt_buf_putc(&s->out, '\n');
	s->lines++;
	for (size_t i = 0; i < n; i++)
		s->lines += p[i] == '\n';
}

/* More places than this in one sentence are no help. */
#define PLACES_MOST 8

/* Is the sentence in the making the one before it, said of another place? */
static bool
says_the_same(const struct kt_say *s)
{
	const struct kt_joined *j = &s->joined;
	size_t begin = j->from + s->style->indent * strlen("　") + j->places;
	size_t n = s->line.len - s->place;

	return s->join && s->plain && j->count > 0 && j->count < PLACES_MOST &&
	       j->to == s->out.len && begin + n + 1 == j->to &&
	       memcmp(s->out.p + begin, s->line.p + s->place, n) == 0;
}

/* A、B及びC: the new place behind those of the sentence said last. */
static void
join_sentence(struct kt_say *s)
{
	struct kt_joined *j = &s->joined;
	size_t indent = s->style->indent * strlen("　"), column;
	struct kt_buf places = KT_BUF_INIT;

	if (j->joint > 0) {
		kt_buf_put(&places, s->out.p + j->from + indent, j->joint);
		kt_buf_puts(&places, "、");
		kt_buf_put(&places,
		    s->out.p + j->from + indent + j->joint + strlen("及び"),
		    j->places - j->joint - strlen("及び"));
	} else {
		kt_buf_put(&places, s->out.p + j->from + indent, j->places);
	}
	j->joint = places.len;
	kt_buf_puts(&places, "及び");
	column = kt_utf8_count(places.p, places.len) + 1 + s->style->indent;
	kt_buf_put(&places, s->line.p, s->place);
	kt_buf_cut(&s->out, j->from + indent);
	kt_buf_put(&s->out, places.p, places.len);
	kt_buf_put(&s->out, s->line.p + s->place, s->line.len - s->place);
	kt_buf_putc(&s->out, '\n');
	j->to = s->out.len;
	j->places = places.len;
	j->count++;
	for (size_t i = s->first_said; i < s->nsaid; i++) {
		s->said[i].line = s->lines;
		s->said[i].column = column;
	}
	kt_buf_release(&places);
}

static void
finish_line(struct kt_say *s)
{
	size_t from = s->out.len;

	if (says_the_same(s)) {
		join_sentence(s);
		return;
	}
	put_line(s, s->style->indent, s->line.p, s->line.len);
	s->sentences++;
	s->joined = (struct kt_joined){ .from = from,
		.to = s->out.len,
		.places = s->place,
		.count = s->plain };
}

void
kt_say_end(struct kt_say *s)
{
	if (s->verb == KT_V_NONE)
		return;
	kt_buf_puts(&s->line, verbs[s->verb].ends);
	kt_buf_puts(&s->line, "。");
	finish_line(s);
	kt_buf_clear(&s->line);
	s->verb = KT_V_NONE;
	s->named = NULL;
	for (size_t i = 0; i < s->nmoved; i++) {
		const struct kt_moved *m = &s->moved[i];
		struct kt_num *num = &s->number[m->old->id];
		enum kt_form form = num->form;

		if (m->label != NULL) {
			s->label[m->old->id] = m->label;
			continue;
		}
		*num = m->num;
		num->form = form;
	}
	s->nmoved = 0;
}

void
kt_say_moved(
    struct kt_say *s, const struct kt_node *old, const struct kt_num *num)
{
	KT_GROW(s->moved, s->nmoved, s->moved_cap);
	s->moved[s->nmoved++] = (struct kt_moved){ old, *num, NULL };
}

void
kt_say_renamed(struct kt_say *s, const struct kt_node *old, const char *label)
{
	KT_GROW(s->moved, s->nmoved, s->moved_cap);
	s->moved[s->nmoved++] = (struct kt_moved){ .old = old, .label = label };
}

/* Lines of new text are set in less than the sentence. */
static unsigned
block_indent(const struct kt_say *s)
{
	return s->style->indent == 0 ? 0 : s->style->indent - 1;
}

/* 号 are set in by one, イ by two, wherever they are added. */
static unsigned
depth_of(const struct kt_node *node)
{
	unsigned n = 0;

	for (; node != NULL && node->kind == KT_ITEM; node = node->parent)
		n++;
	return n;
}

void
kt_say_block(struct kt_say *s, const struct kt_node *const *nodes, size_t n,
    enum kt_kind top)
{
	struct kt_block_how how = { top };
	size_t from;

	kt_say_end(s);
	from = s->out.len;
	kt_block_write(
	    &s->out, nodes, n, block_indent(s) + depth_of(nodes[0]), &how);
	for (size_t i = from; i < s->out.len; i++)
		s->lines += s->out.p[i] == '\n';
}

void
kt_say_words_block(struct kt_say *s, const char *words)
{
	kt_say_end(s);
	put_line(s, block_indent(s) + 1, words, strlen(words));
}
