/* SPDX-License-Identifier: MIT */
/*
 * How a heading or a paragraph begins, and where the clause belongs that it
 * begins.  Readers of marked-up text and the writers of the same text share
 * these rules: what a writer must escape is what a reader would take for a
 * label here.  document-format.md.
 */
#include "model_int.h"

#include <string.h>

/* Longer paragraphs are never a heading without its marks. */
#define MOST_HEADING ((size_t)240)
/* Words inside 【 】 or （注…）. */
#define MOST_MARK ((size_t)48)

const char *
kt_kind_word(enum kt_kind kind)
{
	static const char *const words[KT_KINDS] = {
		[KT_DOC] = "文書",
		[KT_TOC] = "目次",
		[KT_PREAMBLE] = "前文",
		[KT_PART] = "編",
		[KT_CHAPTER] = "章",
		[KT_SECTION] = "節",
		[KT_SUBSECTION] = "款",
		[KT_DIVISION] = "目",
		[KT_ARTICLE] = "条",
		[KT_PARAGRAPH] = "項",
		[KT_ITEM] = "号",
		[KT_HEADED] = "項番",
		[KT_TOPIC] = "見出し",
		[KT_SUPPL] = "附則",
		[KT_APPENDIX] = "別表",
		[KT_TEXT] = "文",
		[KT_BULLET] = "箇条",
		[KT_TABLE] = "表",
		[KT_ROW] = "行",
		[KT_CELL] = "欄",
		[KT_FIGURE] = "図",
		[KT_COMMENTARY] = "解説",
		[KT_NOTE] = "注",
		[KT_QUOTE] = "引用",
	};

	return words[kind];
}

/* ---- words and brackets ---------------------------------------------- */

static bool
contains(const char *p, const char *end, const char *word)
{
	size_t n = strlen(word);

	for (; (size_t)(end - p) >= n; p++)
		if (memcmp(p, word, n) == 0)
			return true;
	return false;
}

/* Bytes of a round bracket at p, of full or half width; 0 when there is none.
 * （ is EF BC 88, ） is EF BC 89. */
static size_t
bracket_sign(const char *p, const char *end, char narrow, char wide)
{
	if (p < end && *p == narrow)
		return 1;
	return end - p >= 3 && p[0] == '\xef' && p[1] == '\xbc' && p[2] == wide
		   ? 3
		   : 0;
}

static size_t
opening(const char *p, const char *end)
{
	return bracket_sign(p, end, '(', '\x88');
}

static size_t
closing(const char *p, const char *end)
{
	return bracket_sign(p, end, ')', '\x89');
}

/* A round bracket, from its opening sign to behind its closing one. */
struct bracket {
	const char *inside, *close, *behind;
};

/* The bracket that opens at p, with those inside it; false when none does or
 * it never closes. */
static bool
bracket_at(struct bracket *out, const char *p, const char *end)
{
	size_t step = opening(p, end), depth = 0;

	out->inside = p + step;
	for (; step > 0 && p < end; p += step) {
		step = opening(p, end);
		if (step > 0) {
			depth++;
			continue;
		}
		step = closing(p, end);
		if (step > 0 && --depth == 0) {
			out->close = p;
			out->behind = p + step;
			return true;
		}
		if (step == 0)
			step = 1;
	}
	return false;
}

/* The bracket that ends the line, with those inside it. */
static bool
last_bracket(struct bracket *out, const char *p, const char *end)
{
	size_t depth = 0;

	for (const char *at = end; at > p;) {
		size_t wide = at - p >= 3 ? 3 : 1, step;

		step = closing(at - wide, at);
		if (step != wide)
			step = closing(at - 1, at);
		if (step > 0) {
			if (depth++ == 0) {
				out->close = at - step;
				out->behind = at;
			}
			at -= step;
			continue;
		}
		step = opening(at - wide, at);
		if (step != wide)
			step = opening(at - 1, at);
		if (depth == 0)
			return false;
		if (step > 0 && --depth == 0) {
			out->inside = at;
			return true;
		}
		at -= step > 0 ? step : 1;
	}
	return false;
}

/* ---- what a heading is made of --------------------------------------- */

static void
take_caption(
    struct kt_lead *out, const char *base, const char *p, const char *end)
{
	out->caption = (size_t)(p - base);
	out->ncaption = (size_t)(end - p);
}

static void
take_related(
    struct kt_lead *out, const char *base, const char *p, const char *end)
{
	out->related = (size_t)(p - base);
	out->nrelated = (size_t)(end - p);
}

/* 第5条（目的）　words.  Without brackets, 第5条　目的, the rest is the caption
 * unless it is a sentence or 削除. */
static void
split_article(
    struct kt_lead *out, const char *base, const char *p, const char *end)
{
	struct bracket b = { .inside = NULL };
	const char *rest = kt_skip_blanks(p, end);

	if (bracket_at(&b, rest, end)) {
		take_caption(out, base, b.inside, b.close);
		out->text = (size_t)(kt_skip_blanks(b.behind, end) - base);
	} else if (contains(rest, end, "。") ||
		   ((size_t)(end - rest) == strlen("削除") &&
		       memcmp(rest, "削除", strlen("削除")) == 0)) {
		out->text = (size_t)(rest - base);
	} else {
		take_caption(out, base, rest, end);
		out->text = (size_t)(end - base);
	}
}

static bool
is_related(const struct bracket *b, bool close_by)
{
	return contains(b->inside, b->close, "関係") ||
	       (close_by && kt_word_at(b->inside, b->close, "第") > 0 &&
		   contains(b->inside, b->close, "条"));
}

/* 別表第1　名称（第5条関係） */
static void
split_appendix(
    struct kt_lead *out, const char *base, const char *p, const char *end)
{
	struct bracket b = { .inside = NULL };
	const char *rest = kt_skip_blanks(p, end);

	if (last_bracket(&b, p, end) && is_related(&b, b.inside == p + 3)) {
		take_related(out, base, b.inside, b.close);
		end = b.inside - (b.inside[-1] == '(' ? 1 : 3);
		if (rest > end)
			rest = end;
	} else if (bracket_at(&b, rest, end) && b.behind == end && rest == p) {
		/* 別表第1（区分）: a name, in brackets */
		take_caption(out, base, b.inside, b.close);
		return;
	}
	while (end > rest && kt_skip_blanks(end - 1, end) == end)
		end--;
	while (end - rest >= 3 && memcmp(end - 3, "　", 3) == 0)
		end -= 3;
	take_caption(out, base, rest, end);
}

/* 附則（令和7年規則第1号）　抄 */
static void
split_suppl(
    struct kt_lead *out, const char *base, const char *p, const char *end)
{
	struct bracket b;

	if (bracket_at(&b, p, end)) {
		take_related(out, base, b.inside, b.close);
		p = b.behind;
	}
	take_caption(out, base, kt_skip_blanks(p, end), end);
}

void
kt_lead_split(struct kt_lead *out, enum kt_kind kind, const char *p, size_t n,
    size_t label)
{
	const char *end = p + n, *behind = p + label;

	out->form = KT_LEAD_CLAUSE;
	out->kind = kind;
	out->label = label;
	out->ncaption = out->nrelated = 0;
	out->caption = out->related = out->text = n;
	if (kind == KT_ARTICLE)
		split_article(out, p, behind, end);
	else if (kind == KT_APPENDIX)
		split_appendix(out, p, behind, end);
	else if (kind == KT_SUPPL)
		split_suppl(out, p, behind, end);
	else if (kt_kind_is_division(kind) || kind == KT_HEADED ||
		 kind == KT_TOPIC || kind == KT_DOC)
		take_caption(out, p, kt_skip_blanks(behind, end), end);
	else
		out->text = (size_t)(kt_skip_blanks(behind, end) - p);
}

/* 目次 and 前文, with blanks between the characters. */
static enum kt_kind
named_section(const char *p, const char *end)
{
	char word[16];
	size_t n = 0;

	while (n < sizeof(word) && (p = kt_skip_blanks(p, end)) < end)
		word[n++] = *p++;
	if (n == 6 && memcmp(word, "目次", 6) == 0)
		return KT_TOC;
	if (n == 6 && memcmp(word, "前文", 6) == 0)
		return KT_PREAMBLE;
	return KT_TOPIC;
}

void
kt_lead_heading(struct kt_lead *out, const char *p, size_t n)
{
	struct kt_label label;
	enum kt_kind kind;

	memset(out, 0, sizeof(*out));
	if (kt_label_read(&label, p, n)) {
		kind = label.kind == KT_ITEM ? KT_HEADED : label.kind;
		kt_lead_split(out, kind, p, n, label.len);
		out->num = label.num;
		return;
	}
	kind = named_section(p, p + n);
	kt_lead_split(out, kind, p, n, kind == KT_TOC ? n : 0);
	/* 前文 is only what the heading is called. */
	if (kind == KT_PREAMBLE)
		out->text = n;
	if (kind == KT_TOPIC)
		out->form = KT_LEAD_PLAIN;
}

/* ---- paragraphs ------------------------------------------------------ */

/* The words inside the mark that opens with `open` at p; NULL when it does
 * not close soon. */
static const char *
mark_close(const char *p, const char *end, const char *close)
{
	const char *most = (size_t)(end - p) > MOST_MARK ? p + MOST_MARK : end;

	for (; p < most; p++)
		if (kt_word_at(p, end, close) > 0)
			return p;
	return NULL;
}

/* 注, 注1, 備考: bytes of it, 0 when there is none; in brackets a blank may
 * stand before the number. */
static size_t
note_word(const char *p, const char *end, bool bracket)
{
	static const char *const words[] = { "備考", "注記", "注" };
	enum kt_form form = KT_F_NONE;
	unsigned number;
	size_t used = 0, digits;
	const char *at;

	for (size_t i = 0; i < KT_COUNT(words) && used == 0; i++)
		used = kt_word_at(p, end, words[i]);
	if (used == 0)
		return 0;
	at = p + used;
	if (bracket)
		at = kt_skip_blanks(at, end);
	digits = kt_num_plain(&number, &form, at, (size_t)(end - at));
	if (digits == 0 || (form != KT_F_ARABIC && form != KT_F_WIDE))
		return used;
	return (size_t)(at - p) + digits;
}

static bool
is_note_word(const char *p, const char *end)
{
	size_t used = note_word(p, end, true);

	return used > 0 && kt_skip_blanks(p + used, end) == end;
}

static size_t
note_label(const char *p, const char *end)
{
	static const char *const marks[][2] = { { "（", "）" }, { "(", ")" },
		{ "【", "】" }, { "〔", "〕" }, { "［", "］" } };
	size_t used;

	for (size_t i = 0; i < KT_COUNT(marks); i++) {
		size_t open = kt_word_at(p, end, marks[i][0]);
		const char *close =
		    open == 0 ? NULL : mark_close(p + open, end, marks[i][1]);

		if (close != NULL && is_note_word(p + open, close))
			return (size_t)(close - p) + strlen(marks[i][1]);
	}
	used = note_word(p, end, false);
	p += used;
	return p == end || kt_skip_blanks(p, end) > p ? used : 0;
}

static bool
commentary_lead(struct kt_lead *out, const char *p, const char *end)
{
	static const char *const words[] = { "解説", "説明", "趣旨" };
	size_t open = kt_word_at(p, end, "【");
	const char *close = open == 0 ? NULL : mark_close(p + open, end, "】");

	for (size_t i = 0; close != NULL && i < KT_COUNT(words); i++) {
		if (!contains(p + open, close, words[i]))
			continue;
		out->form = KT_LEAD_COMMENTARY;
		out->kind = KT_COMMENTARY;
		take_caption(out, p, p + open, close);
		out->text =
		    (size_t)(kt_skip_blanks(close + strlen("】"), end) - p);
		return true;
	}
	return false;
}

static bool
caption_lead(struct kt_lead *out, const char *p, const char *end)
{
	struct bracket b;

	if (!bracket_at(&b, p, end) || b.behind != end || b.inside == b.close ||
	    contains(p, end, "。") || contains(p, end, "\n"))
		return false;
	out->form = KT_LEAD_CAPTION;
	out->kind = KT_TEXT;
	take_caption(out, p, b.inside, b.close);
	out->text = (size_t)(end - p);
	return true;
}

/* A paragraph that is a heading but for its marks: short, no sentence, and of
 * 別表 and 様式 only those that say their number or their clause. */
static bool
is_bare_heading(const struct kt_lead *lead, const char *p, size_t n)
{
	if (n > MOST_HEADING || contains(p, p + n, "。") ||
	    contains(p, p + n, "\n"))
		return false;
	if (lead->kind == KT_APPENDIX)
		return (lead->num.n > 0 || lead->nrelated > 0) &&
		       lead->ncaption <= MOST_MARK;
	return lead->kind != KT_SUPPL || lead->ncaption <= strlen("抄");
}

void
kt_lead_paragraph(struct kt_lead *out, const char *p, size_t n)
{
	const char *end = p + n;
	struct kt_label label;

	memset(out, 0, sizeof(*out));
	out->form = KT_LEAD_PLAIN;
	out->kind = KT_TEXT;
	out->label = note_label(p, end);
	if (out->label > 0) {
		kt_lead_split(out, KT_NOTE, p, n, out->label);
		out->form = KT_LEAD_NOTE;
		return;
	}
	if (commentary_lead(out, p, end))
		return;
	if (kt_label_read(&label, p, n)) {
		kt_lead_split(out, label.kind, p, n, label.len);
		out->num = label.num;
		/* In a paragraph only brackets make a caption. */
		if (label.kind == KT_ARTICLE &&
		    opening(p + label.len, end) == 0) {
			out->ncaption = 0;
			out->text = label.skip;
		}
		if (label.kind == KT_ITEM || label.kind == KT_ARTICLE ||
		    is_bare_heading(out, p, n))
			return;
		memset(out, 0, sizeof(*out));
		out->form = KT_LEAD_PLAIN;
		out->kind = KT_TEXT;
		return;
	}
	caption_lead(out, p, end);
}

/* ---- words whose kind is known --------------------------------------- */

/* Does this kind have a label before its words? */
static bool
has_label(enum kt_kind kind)
{
	return kind != KT_TEXT && kind != KT_BULLET && kind != KT_TOPIC &&
	       kind != KT_DOC && kind != KT_PREAMBLE && kind != KT_FIGURE &&
	       kind != KT_COMMENTARY && kind != KT_QUOTE && kind != KT_TABLE &&
	       kind != KT_ROW && kind != KT_CELL;
}

static size_t
read_any_label(struct kt_lead *lead, const char *p, size_t n)
{
	kt_lead_paragraph(lead, p, n);
	if (lead->form == KT_LEAD_PLAIN || lead->form == KT_LEAD_CAPTION)
		kt_lead_heading(lead, p, n);
	return lead->form == KT_LEAD_PLAIN ? 0 : lead->label;
}

/* 【words】 at the start, whichever words. */
static void
split_commentary(struct kt_lead *out, const char *p, size_t n)
{
	const char *end = p + n, *close;
	size_t open = kt_word_at(p, end, "【");

	if (open == 0)
		return;
	for (close = p + open; close < end; close++) {
		if (kt_word_at(close, end, "】") == 0)
			continue;
		take_caption(out, p, p + open, close);
		out->text =
		    (size_t)(kt_skip_blanks(close + strlen("】"), end) - p);
		return;
	}
}

void
kt_lead_as(struct kt_lead *out, enum kt_kind kind, const char *p, size_t n,
    size_t label)
{
	if (label == SIZE_MAX)
		label = has_label(kind) ? read_any_label(out, p, n) : 0;
	memset(out, 0, sizeof(*out));
	if (kind == KT_COMMENTARY) {
		out->kind = kind;
		split_commentary(out, p, n);
		return;
	}
	kt_lead_split(out, kind, p, n, label);
	if (kind == KT_PREAMBLE)
		out->text = n;
}

/* ---- where a clause belongs ------------------------------------------ */

/* Kinds of number that are one row of labels: 9 and １０, (ア) and (イ). */
static unsigned
family(const struct kt_num *num)
{
	static const unsigned char of[] = {
		[KT_F_NONE] = 0,
		[KT_F_ARABIC] = 1,
		[KT_F_WIDE] = 1,
		[KT_F_KANJI] = 2,
		[KT_F_KANJI_DIGIT] = 2,
		[KT_F_PAREN] = 3,
		[KT_F_PAREN_WIDE] = 3,
		[KT_F_PAREN_SIGN] = 3,
		[KT_F_PAREN_KANJI] = 4,
		[KT_F_CIRCLE] = 5,
		[KT_F_AIUEO] = 6,
		[KT_F_IROHA] = 6,
		[KT_F_PAREN_AIUEO] = 7,
		[KT_F_PAREN_IROHA] = 7,
		[KT_F_LATIN] = 8,
		[KT_F_ROMAN] = 8,
		[KT_F_PAREN_LATIN] = 9,
		[KT_F_PAREN_ROMAN] = 9,
		[KT_F_DOTTED] = 10,
	};

	return of[num->form] + (num->form == KT_F_DOTTED ? num->n : 0u);
}

/* The innermost open clause that is no 項 and no 号. */
static size_t
section_of(const struct kt_open *open, size_t n)
{
	size_t i = n - 1;

	while (
	    i > 0 && (open[i].kind == KT_PARAGRAPH || open[i].kind == KT_ITEM))
		i--;
	return i;
}

/* Does an open clause of kind `in` end where a heading of `kind` and `level`
 * stands? */
static bool
ends_at(const struct kt_open *in, enum kt_kind kind, unsigned level)
{
	bool divided = kt_kind_is_division(kind) || kind == KT_ARTICLE;

	switch (in->kind) {
	case KT_DOC:
	case KT_QUOTE:
	case KT_COMMENTARY:
	case KT_NOTE:
	case KT_CELL:
	case KT_BULLET:
	case KT_TABLE:
	case KT_ROW:
	case KT_FIGURE:
	case KT_TEXT:
	case KT_PARAGRAPH:
	case KT_ITEM:
	case KT_PREAMBLE:
	case KT_TOC:
		return true;
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
		if (divided)
			return in->kind >= kind;
		break;
	case KT_ARTICLE:
		if (divided)
			return true;
		break;
	case KT_SUPPL:
		/* Under the last 附則 the 条 go on at the same level. */
		if (kind == KT_ARTICLE)
			return in->level > level;
		if (kind == KT_SUPPL)
			return true;
		return in->level >= level;
	case KT_APPENDIX:
	case KT_HEADED:
	case KT_TOPIC:
	case KT_KINDS:
		return in->level >= level;
	}
	/* A division or a 条: only headings without a rank lie inside it. */
	if (kind == KT_TOPIC || kind == KT_HEADED)
		return in->level >= level;
	return true;
}

/* Among 項番 at one heading level the form of the label decides: (1) under 1
 * until the next 2. */
static bool
lies_under(const struct kt_open *open, size_t i, const struct kt_open *head)
{
	if (head->kind != KT_HEADED || open[i].kind != KT_HEADED ||
	    open[i].level != head->level)
		return false;
	for (; i > 0; i--) {
		if (open[i].kind != KT_HEADED || open[i].level != head->level)
			return true;
		if (family(&open[i].num) == family(&head->num))
			return false;
	}
	return true;
}

size_t
kt_place_heading(
    const struct kt_open *open, size_t n, const struct kt_open *head)
{
	size_t i = n - 1;

	while (i > 0 && !lies_under(open, i, head) &&
	       ends_at(&open[i], head->kind, head->level))
		i--;
	return i;
}

size_t
kt_place_words(const struct kt_open *open, size_t n, enum kt_kind *kind)
{
	size_t i = section_of(open, n);
	bool goes_on = i + 1 < n && open[i + 1].kind == KT_PARAGRAPH &&
		       open[i].kind != KT_HEADED && open[i].kind != KT_TOPIC;

	*kind =
	    open[i].kind == KT_ARTICLE || open[i].kind == KT_SUPPL || goes_on
		? KT_PARAGRAPH
		: KT_TEXT;
	return i;
}

/* May 項 stand in a clause of this kind as paragraphs with a number? */
static bool
takes_paragraphs(enum kt_kind kind)
{
	return kind == KT_DOC || kind == KT_ARTICLE || kind == KT_SUPPL ||
	       kind == KT_APPENDIX || kind == KT_QUOTE ||
	       kt_kind_is_division(kind);
}

/* ② behind a 項 without a number, as in old laws. */
static bool
counts_on(const struct kt_open *open, size_t n, const struct kt_num *num)
{
	const struct kt_open *last = &open[n - 1];

	return num->form == KT_F_CIRCLE && last->kind == KT_PARAGRAPH &&
	       last->num.n > 0 && num->v[0] == last->num.v[0] + 1;
}

size_t
kt_place_label(const struct kt_open *open, size_t n, const struct kt_num *num,
    enum kt_kind *kind)
{
	size_t i = section_of(open, n);

	*kind = KT_PARAGRAPH;
	/* A number ends a preamble: the first 項 without articles. */
	if (open[i].kind == KT_PREAMBLE && i > 0 && family(num) == 1 &&
	    takes_paragraphs(open[i - 1].kind))
		return i - 1;
	if (takes_paragraphs(open[i].kind) &&
	    (family(num) == 1 || counts_on(open, n, num)))
		return i;
	*kind = KT_ITEM;
	for (size_t k = n - 1; k > i; k--)
		if (open[k].kind == KT_ITEM &&
		    family(&open[k].num) == family(num))
			return k - 1;
	return n - 1;
}

size_t
kt_place_block(const struct kt_open *open, size_t n, enum kt_kind kind)
{
	return kind == KT_COMMENTARY ? section_of(open, n) : n - 1;
}
