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

/* ---- clauses ------------------------------------------------------------ */

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

/* ---- places of which the same is said ----------------------------------- */

/* More places than this in one sentence are no help. */
#define PLACES_MOST 8

/* What stands in an address behind its 条, 項 or 号 and that one's branches:
 * 第六項第一号 of 第十条の二第六項第一号. */
static const char *
behind_step(const char *p, size_t n, const char *unit)
{
	static const char *const numerals[] = { "の", "一", "二", "三", "四",
		"五", "六", "七", "八", "九", "十", "百" };
	const char *at = NULL, *next = p;
	struct kt_scan s = { p, p + n };

	while ((next = kt_bytes_find(next, (size_t)(p + n - next), unit,
		    strlen(unit))) != NULL) {
		at = next;
		next += strlen(unit);
	}
	if (at == NULL)
		return NULL;
	s.p = at + strlen(unit);
	if (kt_scan_sees(&s, "の"))
		while (s.p < s.end &&
		       (kt_scan_one_of(&s, numerals, KT_COUNT(numerals)) >= 0 ||
			   (*s.p >= '0' && *s.p <= '9' && s.p++ != NULL)))
			continue;
	return s.p;
}

/* 条, 項 or 号 of the first step of an address; "" of a label. */
static const char *
first_unit(const char *p, size_t n)
{
	static const char *const units[] = { "条", "項", "号" };
	struct kt_scan s = { p, p + n };
	unsigned len;

	if (!kt_scan_sees(&s, "第"))
		return "";
	for (; s.p < s.end; s.p += len) {
		int i = kt_scan_one_of(&s, units, KT_COUNT(units));

		if (i >= 0)
			return units[i];
		kt_utf8_at(s.p, &len);
	}
	return "";
}

/* Is it made of 条, 項, 号 and 細分 alone? */
static bool
is_plain_place(const char *p, size_t n)
{
	static const char *const words[] = { "表", "「", "式", "見出し", "附則",
		"名", "備考", "及び", "番" };

	for (size_t i = 0; i < KT_COUNT(words); i++)
		if (kt_bytes_find(p, n, words[i], strlen(words[i])) != NULL)
			return false;
	return true;
}

/* 第二号 of 同条第二号, where it can be said behind a place of the same 条;
 * NULL where it cannot. */
static const char *
place_behind(
    const char *place, size_t n, const char *before, size_t nbefore, int *level)
{
	static const char *const same[] = { "同条", "同項", "同号" };
	static const char *const units[] = { "条", "項", "号" };
	struct kt_scan s = { place, place + n };
	int i = kt_scan_one_of(&s, same, KT_COUNT(same));
	const char *rest =
	    i < 0 ? NULL : behind_step(before, nbefore, units[i]);

	if (rest == NULL || rest == before + nbefore || s.p == s.end ||
	    !is_plain_place(place, n))
		return NULL;
	*level = i;
	return strcmp(first_unit(s.p, (size_t)(s.end - s.p)),
		   first_unit(rest, (size_t)(before + nbefore - rest))) == 0
		   ? s.p
		   : NULL;
}

/* The place said now, behind those of which the same was said before: 第二項第
 * 三号及び第九号, and of the whole 条 第二項第三号及び第九号並びに第四項. */
static void
join_place(struct kt_say *s, const char *rest, size_t n, int level)
{
	struct kt_place_said *b = &s->before;
	struct kt_buf line = KT_BUF_INIT;
	const char *p = s->line.p;
	size_t words = b->from + b->place, last = b->joint + strlen("及び");
	bool wider = b->count > 1 && level < b->level;

	if (b->count == 1 || wider) {
		kt_buf_put(&line, p, words);
	} else {
		kt_buf_put(&line, p, b->joint);
		kt_buf_puts(&line, "、");
		kt_buf_put(&line, p + last, words - last);
	}
	b->joint = line.len;
	b->level = level;
	b->count = wider ? PLACES_MOST : b->count + 1;
	kt_buf_puts(&line, wider ? "並びに" : "及び");
	kt_buf_put(&line, rest, n);
	b->place = line.len - b->from;
	kt_buf_put(&line, p + words, b->end - words);
	b->end = line.len;
	for (size_t i = s->now.said; i < s->nsaid; i++)
		s->said[i].column = s->said[b->said].column;
	s->verb = b->verb;
	kt_buf_release(&s->line);
	s->line = line;
}

/* Is the same said now as before, right behind it? */
static bool
says_again(const struct kt_say *s, const struct kt_place_said *now)
{
	const struct kt_place_said *b = &s->before;
	size_t n = now->end - now->from - now->place;
	size_t between = strlen(verbs[b->verb].goes_on) + strlen("、");

	return s->join && b->count > 0 && b->count < PLACES_MOST &&
	       b->verb == now->verb && b->end + between == now->from &&
	       b->end - b->from - b->place == n &&
	       memcmp(s->line.p + b->from + b->place,
		   s->line.p + now->from + now->place, n) == 0;
}

/* 同条第二号中「…」を削り、同条第三号中「…」を削り is one of both places. */
static void
close_place(struct kt_say *s)
{
	struct kt_place_said *b = &s->before, *now = &s->now;
	const char *p = s->line.p, *rest = NULL;
	int level = 0;

	if (now->count == 0)
		return;
	now->end = s->line.len;
	now->verb = s->verb;
	if (says_again(s, now))
		rest = place_behind(p + now->from, now->place, p + b->from,
		    b->count > 1 ? b->joint - b->from : b->place, &level);
	if (rest != NULL && (b->count == 1 || level <= b->level))
		join_place(s, rest, (size_t)(p + now->from + now->place - rest),
		    level);
	else
		*b = *now;
	now->count = 0;
}

static void
put_clause(struct kt_say *s, enum kt_verb verb, const char *words)
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
kt_say_clause(struct kt_say *s, enum kt_verb verb, const char *words)
{
	close_place(s);
	put_clause(s, verb, words);
}

void
kt_say_words(
    struct kt_say *s, enum kt_verb verb, const char *words, size_t place)
{
	bool plain = place > 0 ? s->verb == KT_V_NONE : s->plain;

	if (place > 0) {
		close_place(s);
		s->place = place;
	}
	put_clause(s, verb, words);
	s->plain = plain;
	if (place > 0)
		s->now =
		    (struct kt_place_said){ .from = s->line.len - strlen(words),
			    .place = place,
			    .said = s->nsaid - 1,
			    .count = 1 };
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

static const struct kt_node *
next_article(const struct kt_say *s, const struct kt_node *node)
{
	do
		node = kt_node_next(node, s->old->root);
	while (node != NULL && node->kind != KT_ARTICLE);
	return node;
}

/* Is the place of the sentence in the making the 条 behind those joined? */
static bool
goes_on_run(const struct kt_say *s)
{
	const struct kt_joined *j = &s->joined;

	return j->run && s->named != NULL && s->named->kind == KT_ARTICLE &&
	       next_article(s, j->last) == s->named;
}

/* 章名 and 条 are not spoken of in one sentence. */
static bool
is_name(const char *p, size_t n)
{
	size_t m = strlen("名");

	return n >= m && memcmp(p + n - m, "名", m) == 0;
}

/* Is the sentence in the making the one before it, said of another place? */
static bool
says_the_same(const struct kt_say *s)
{
	const struct kt_joined *j = &s->joined;
	size_t places = j->from + s->style->indent * strlen("　");
	size_t begin = places + j->places, n = s->line.len - s->place;

	if (!s->join || !s->plain || j->count == 0 || j->to != s->out.len ||
	    begin + n + 1 != j->to ||
	    memcmp(s->out.p + begin, s->line.p + s->place, n) != 0)
		return false;
	if (j->run && j->count >= 2)
		return goes_on_run(s) || j->count == 2;
	return j->count < PLACES_MOST &&
	       is_name(s->out.p + places, j->places) ==
		   is_name(s->line.p, s->place);
}

/* Bytes of 附則（…） that both places begin with: it is said once. */
static size_t
common_suppl(const char *a, size_t na, const char *b, size_t nb)
{
	size_t n = strlen("附則（");
	const char *end;

	if (na < n || nb < n || memcmp(a, "附則（", n) != 0)
		return 0;
	end = kt_bytes_find(b, nb, "）第", strlen("）第"));
	if (end == NULL)
		return 0;
	n = (size_t)(end - b) + strlen("）");
	return na > n && memcmp(a, b, n) == 0 ? n : 0;
}

/* A、B及びC: the new place behind those of the sentence said last; of 条 that
 * follow each other AからCまでの規定. */
static void
put_places(struct kt_buf *out, struct kt_say *s, bool run)
{
	struct kt_joined *j = &s->joined;
	const char *was = s->out.p + j->from + s->style->indent * strlen("　");
	size_t skip = common_suppl(was, j->places, s->line.p, s->place);
	size_t last = j->joint + strlen("及び");

	if (run) {
		kt_buf_printf(out, "%.*sから", (int)j->first, was);
	} else if (j->joint > 0) {
		kt_buf_put(out, was, j->joint);
		kt_buf_puts(out, "、");
		kt_buf_put(out, was + last, j->places - last);
	} else {
		kt_buf_put(out, was, j->places);
	}
	j->joint = out->len;
	if (!run)
		kt_buf_puts(out, "及び");
	kt_buf_put(out, s->line.p + skip, s->place - skip);
	if (run)
		kt_buf_puts(out, "までの規定");
}

static void
join_sentence(struct kt_say *s)
{
	struct kt_joined *j = &s->joined;
	size_t column;
	struct kt_buf places = KT_BUF_INIT;

	j->run = goes_on_run(s);
	put_places(&places, s, j->run && j->count >= 2);
	column = kt_utf8_count(places.p, j->joint) + 1 + s->style->indent;
	kt_buf_cut(&s->out, j->from + s->style->indent * strlen("　"));
	kt_buf_put(&s->out, places.p, places.len);
	kt_buf_put(&s->out, s->line.p + s->place, s->line.len - s->place);
	kt_buf_putc(&s->out, '\n');
	j->to = s->out.len;
	j->places = places.len;
	j->last = s->named;
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
		.first = s->place,
		.last = s->named,
		.run = s->named != NULL && s->named->kind == KT_ARTICLE,
		.count = s->plain };
}

void
kt_say_end(struct kt_say *s)
{
	if (s->verb == KT_V_NONE)
		return;
	close_place(s);
	s->before.count = 0;
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
