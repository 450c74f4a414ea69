/* SPDX-License-Identifier: MIT */
/*
 * Addresses in amending sentences: 第三条の二第二項ただし書, 同項第一号イ(1),
 * 附則第二条, 別表第一備品の項の上欄, 第四章の章名, and lists and ranges of
 * them.  Words only; where they lead is find.c.
 */
#include "loc_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- parts -------------------------------------------------------------- */

static void
read_part(struct kt_loc *loc, struct kt_scan *s)
{
	static const struct {
		const char *word;
		enum kt_part_name part;
	} parts[] = {
		{ "各号列記以外の部分", KT_P_HASHIRA },
		{ "柱書", KT_P_HASHIRA },
		{ "本文", KT_P_HONBUN },
		{ "ただし書", KT_P_TADASHI },
		{ "前段", KT_P_ZENDAN },
		{ "中段", KT_P_CHUDAN },
		{ "後段", KT_P_KODAN },
		{ "の前の見出し", KT_P_MIDASHI },
		{ "の見出し", KT_P_MIDASHI },
	};
	struct kt_num num;

	for (size_t i = 0; i < KT_COUNT(parts); i++) {
		/* の見出しとして attaches one that is not there yet. */
		if (!kt_scan_eats(s, parts[i].word))
			continue;
		loc->part = parts[i].part;
		loc->before = strncmp(parts[i].word, "の前", 6) == 0;
		return;
	}
	if (kt_scan_numbered(s, "段", false, &num)) {
		loc->part = KT_P_DAN;
		loc->dan = num.v[0];
	}
}

static bool read_plain(struct kt_loc *out, struct kt_arena *arena,
    struct kt_scan *s, const struct kt_loc *before, enum kt_loc_how how);

/* （見出しを含む。）, （第二項を除く。） behind an address. */
static void
read_remark(struct kt_loc *loc, struct kt_arena *arena, struct kt_scan *s)
{
	struct kt_scan in = *s;
	struct kt_loc *except;

	if (kt_scan_eats(s, "（見出しを含む。）")) {
		loc->with_caption = true;
		return;
	}
	if (kt_scan_eats(s, "（見出しを除く。）") || !kt_scan_eats(&in, "（"))
		return;
	except = KT_NEW(arena, struct kt_loc);
	if (!kt_loc_begins(&in) ||
	    !read_plain(except, arena, &in, loc, KT_LOC_LISTED) ||
	    !kt_scan_eats(&in, "を除く。）"))
		return;
	loc->except = except;
	*s = in;
}

/* ---- what an address leaves out ----------------------------------------- */

/* How deep a step stands when an address begins with it. */
static int
level_of(const struct kt_step *step)
{
	switch (step->kind) {
	case KT_ST_MAIN:
	case KT_ST_SUPPL:
	case KT_ST_TITLE:
	case KT_ST_TOC:
	case KT_ST_PREAMBLE:
	case KT_ST_APPENDIX:
	case KT_ST_PROVISION:
	case KT_ST_TOPIC:
		return 0;
	case KT_ST_PART:
	case KT_ST_CHAPTER:
	case KT_ST_SECTION:
	case KT_ST_SUBSECTION:
	case KT_ST_DIVISION:
		return 1 + (int)(step->kind - KT_ST_PART);
	case KT_ST_ARTICLE:
	case KT_ST_HEADED:
		return 6;
	case KT_ST_PARAGRAPH:
		return 7;
	case KT_ST_ITEM:
	case KT_ST_ITEMS:
		return 8;
	case KT_ST_SUB:
		return 9;
	case KT_ST_TABLE:
	case KT_ST_NOTE:
	case KT_ST_FIGURE:
		return 10;
	case KT_ST_ROW:
		return 11;
	case KT_ST_COLUMN:
	case KT_ST_NAME:
	case KT_STEPS:
		break;
	}
	return 12;
}

/* Labels of one depth look alike: イ and ロ, (1) and (2). */
static bool
same_rank(const struct kt_step *a, const struct kt_step *b)
{
	return a->kind == b->kind &&
	       (a->kind != KT_ST_SUB || a->num.form == b->num.form);
}

/* How many steps of `before` go before an address that begins with `first`. */
static size_t
inherited(const struct kt_loc *before, const struct kt_step *first)
{
	size_t n = 0;

	if (first->same || before->step[0].kind == KT_ST_TITLE ||
	    before->step[0].kind == KT_ST_TOC ||
	    before->step[0].kind == KT_ST_PREAMBLE)
		return 0;
	for (size_t i = 0; i < before->nsteps; i++)
		if (same_rank(&before->step[i], first))
			return i;
	while (n < before->nsteps &&
	       level_of(&before->step[n]) < level_of(first) &&
	       before->step[n].kind != KT_ST_NAME)
		n++;
	return n;
}

static void
finish(struct kt_loc *out, struct kt_arena *arena, const struct kt_maker *m,
    const struct kt_loc *before, bool in_list)
{
	size_t more = 0;
	struct kt_step *steps;

	/* In a new clause 第四条 is not one of the 附則 named before. */
	if (before != NULL &&
	    (in_list || level_of(&m->step[0]) > level_of(&(struct kt_step){
						    .kind = KT_ST_ARTICLE })))
		more = inherited(before, &m->step[0]);
	steps = KT_NEWN(arena, struct kt_step, m->n + more);
	if (more > 0)
		memcpy(steps, before->step, more * sizeof(*steps));
	memcpy(steps + more, m->step, m->n * sizeof(*steps));
	*out = m->loc;
	out->step = steps;
	out->nsteps = m->n + more;
}

/* ---- addresses ---------------------------------------------------------- */

bool
kt_loc_begins(const struct kt_scan *s)
{
	static const char *const words[] = { "第", "同", "附則", "本則", "題名",
		"目次", "前文", "制定文", "項番", "各号", "別", "付", "附",
		"様式", "書式" };
	struct kt_scan at = *s;

	if (kt_scan_sees(s, "「")) {
		at = kt_scan_near(s);
		return kt_scan_find(&at, "」の部分") != NULL;
	}
	return kt_scan_one_of(&at, words, KT_COUNT(words)) >= 0;
}

/* An address without a remark in brackets behind it. */
static bool
read_plain(struct kt_loc *out, struct kt_arena *arena, struct kt_scan *s,
    const struct kt_loc *before, enum kt_loc_how how)
{
	struct kt_maker m = { .n = 0 };
	struct kt_scan at = *s;

	if (!kt_step_first(&m, arena, &at, how, before))
		return false;
	while (!kt_maker_is_full(&m) && kt_step_further(&m, arena, &at))
		continue;
	read_part(&m.loc, &at);
	finish(out, arena, &m, before, how == KT_LOC_LISTED);
	out->text = kt_arena_strndup(arena, s->p, (size_t)(at.p - s->p));
	*s = at;
	return true;
}

bool
kt_loc_read(struct kt_loc *out, struct kt_arena *arena, struct kt_scan *s,
    const struct kt_loc *before, enum kt_loc_how how)
{
	if (!read_plain(out, arena, s, before, how))
		return false;
	read_remark(out, arena, s);
	return true;
}

/* から第六項まで; the address read before it becomes the first of a range. */
static bool
read_range(struct kt_loc *loc, struct kt_arena *arena, struct kt_scan *s)
{
	struct kt_scan at = *s;
	struct kt_loc *to;

	if (!kt_scan_eats(&at, "から"))
		return false;
	to = KT_NEW(arena, struct kt_loc);
	if (!kt_loc_read(to, arena, &at, loc, KT_LOC_LISTED) ||
	    !kt_scan_eats(&at, "まで"))
		return false;
	loc->to = to;
	*s = at;
	return true;
}

/* 第三条から第五条までの規定: of ranges and lists, and says nothing. */
static void
skip_provisions(struct kt_scan *s)
{
	static const char *const words[] = { "の規定中", "の規定を", "の規定、",
		"の規定及び", "の規定並びに" };

	for (size_t i = 0; i < KT_COUNT(words); i++)
		if (kt_scan_sees(s, words[i])) {
			kt_scan_eats(s, "の規定");
			return;
		}
}

size_t
kt_locs_read(const struct kt_loc **out, struct kt_arena *arena,
    struct kt_scan *s, const struct kt_loc *before, bool bare)
{
	static const char *const joints[] = { "、", "及び", "並びに" };
	struct kt_loc *list = NULL, *kept;
	size_t n = 0, cap = 0;
	struct kt_scan at = *s;

	for (;;) {
		struct kt_loc loc;

		enum kt_loc_how how = n > 0  ? KT_LOC_LISTED
				      : bare ? KT_LOC_BARE
					     : KT_LOC_FIRST;

		if (!kt_loc_read(&loc, arena, &at, before, how))
			break;
		read_range(&loc, arena, &at);
		KT_GROW(list, n, cap);
		list[n++] = loc;
		before = &list[n - 1];
		skip_provisions(&at);
		*s = at;
		if (kt_scan_one_of(&at, joints, KT_COUNT(joints)) < 0)
			break;
	}
	kept = KT_NEWN(arena, struct kt_loc, n);
	if (n > 0)
		memcpy(kept, list, n * sizeof(*kept));
	*out = kept;
	free(list);
	return n;
}
