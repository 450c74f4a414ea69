/* SPDX-License-Identifier: MIT */
/*
 * 新旧対照表方式: the sentence that makes a comparison table the amendment.
 * A function of the kinds of change in the table, never a fixed text
 * (comparison-table.md §2): a mark that the sentence does not speak of would
 * change nothing.
 */
#include <kaitei/amend.h>

#include <string.h>

/* ---- the sentence ------------------------------------------------------- */

struct sentence {
	const struct kt_amend_marks *m;
	struct kt_buf *out;
	bool captioned; /* （題名を含む。以下同じ。） was said */
	bool bracketed; /* （［　］で注記した項番号を含む。以下同じ。） was said
			 */
	const char *goes_on, *ends; /* verb of the part said last */
};

/* 規定, at its first mention with the 題名. */
static const char *
provision(struct sentence *s)
{
	if (!s->m->title || s->captioned)
		return "規定";
	s->captioned = true;
	return "規定（題名を含む。以下同じ。）";
}

/* その標記部分, at its first mention with numbers that are only notes. */
static const char *
heading_part(struct sentence *s)
{
	if (!s->m->bare || s->bracketed)
		return "標記部分";
	s->bracketed = true;
	return "標記部分（［　］で注記した項番号を含む。以下同じ。）";
}

static const char *
since(const struct sentence *s)
{
	return s->m->several ? "以下この条において" : "以下";
}

/* A part begins; the one before it goes on. */
static void
begin(struct sentence *s)
{
	if (s->goes_on != NULL)
		kt_buf_printf(s->out, "%s、", s->goes_on);
}

static void
put_words(struct sentence *s)
{
	const struct kt_amend_marks *m = s->m;
	const char *mark = !m->boxes   ? "傍線を付した"
			   : !m->words ? "破線で囲んだ"
				       : "傍線を付し又は破線で囲んだ";
	const char *one = provision(s);
	/* Where only additions or deletions follow, marks pair by place. */
	bool in_turn = m->rewritten || m->moved || (!m->added && !m->deleted);

	begin(s);
	kt_buf_printf(s->out,
	    "改正前欄に掲げる%sの%s部分をこれに%s対応する改正後欄に掲げる"
	    "%sの%s部分のように",
	    one, mark, in_turn ? "順次" : "", provision(s), mark);
	s->goes_on = "改め";
	s->ends = "改める";
}

/* Targets on both sides: rewritten, moved. */
static void
put_pairs(struct sentence *s)
{
	const struct kt_amend_marks *m = s->m;
	bool both = m->rewritten && m->moved;

	begin(s);
	kt_buf_printf(s->out,
	    "改正前欄及び改正後欄に対応して掲げるその%sに二重傍線を付した%s"
	    "（%s「対象規定」という。）は",
	    heading_part(s), provision(s), since(s));
	s->goes_on = "";
	if (m->rewritten) {
		kt_buf_printf(s->out,
		    "、%s当該対象規定を改正後欄に掲げるもののように",
		    both ? "その標記部分が同一のものは" : "");
		s->goes_on = "改め";
		s->ends = "改める";
	}
	if (m->moved) {
		kt_buf_printf(s->out,
		    "%s、%s改正前欄に掲げる対象規定を改正後欄に掲げる対象規定"
		    "として",
		    s->goes_on, both ? "その標記部分が異なるものは" : "");
		s->goes_on = "移動し";
		s->ends = "移動する";
	}
}

/* What is called 対象規定 when the sentence defined it, in one column. */
static void
put_target(struct sentence *s, const char *column, bool alone)
{
	const struct kt_amend_marks *m = s->m;

	if (m->rewritten || m->moved) {
		kt_buf_printf(s->out, "%s欄に掲げる対象規定%s", column,
		    m->captions ? "及び二重傍線を付した共通見出し" : "");
		return;
	}
	kt_buf_printf(s->out, "%s欄に掲げるその%sに二重傍線を付した%s%s",
	    column, heading_part(s), provision(s),
	    m->captions ? "及び二重傍線を付した共通見出し" : "");
	if (alone)
		kt_buf_printf(s->out, "（%s「対象規定」という。）", since(s));
}

/* Targets of one column, and nothing else: the sentence is about them. */
static bool
is_one_sided(const struct kt_amend_marks *m)
{
	return !m->words && !m->boxes && !m->rewritten && !m->moved &&
	       m->added != m->deleted;
}

/* Does the sentence say what 対象規定 is? */
static bool
is_defined(const struct kt_amend_marks *m)
{
	return m->rewritten || m->moved || is_one_sided(m);
}

static void
put_one_sided(struct sentence *s, const char *column, const char *other,
    const char *goes_on, const char *ends)
{
	bool alone = is_one_sided(s->m);

	begin(s);
	put_target(s, column, alone);
	if (!alone)
		kt_buf_printf(s->out,
		    "で%s欄にこれに対応するものを掲げていないもの", other);
	kt_buf_puts(s->out, "は、これを");
	s->goes_on = goes_on;
	s->ends = ends;
}

void
kt_amend_formula(struct kt_buf *out, const struct kt_amend_marks *m)
{
	struct sentence s = { .m = m, .out = out };

	kt_buf_puts(out, "次の表により、");
	if (m->words || m->boxes)
		put_words(&s);
	if (m->rewritten || m->moved)
		put_pairs(&s);
	if (m->deleted)
		put_one_sided(&s, "改正前", "改正後", "削り", "削る");
	if (m->added)
		put_one_sided(&s, "改正後", "改正前", "加え", "加える");
	if (s.ends != NULL)
		kt_buf_puts(out, s.ends);
	kt_buf_puts(out, "。");
}

const char *
kt_amend_table_note(const struct kt_amend_marks *m)
{
	if (is_defined(m))
		return "備考　表中の［　］の記載及び対象規定の二重傍線を付した"
		       "標記部分を除く全体に付した傍線は注記である。";
	if (m->deleted || m->added)
		return "備考　表中の［　］の記載及び二重傍線を付した規定の標記"
		       "部分を除く全体に付した傍線は注記である。";
	return "備考　表中の［　］の記載は注記である。";
}
