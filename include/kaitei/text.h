/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_TEXT_H
#define KAITEI_TEXT_H

/*
 * text: Japanese regulation text as characters, numbers, dates and words.
 * Knows no documents.  Everything is UTF-8, checked once where it enters
 * (kt_utf8_check); inside it is valid.  ICU lives in this layer only.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kt_buf;

/* ---- utf8.c ----------------------------------------------------------- */

/* Valid UTF-8 without NUL?  If not, *bad is the offset of the first fault. */
bool kt_utf8_check(const char *p, size_t n, size_t *bad);
/* The character at p, and its length in *len (1 to 4); p must be valid and
 * not at its end. */
uint32_t kt_utf8_at(const char *p, unsigned *len);
/* The character before p, which must not be the start `begin`. */
uint32_t kt_utf8_before(const char *begin, const char *p, unsigned *len);
void kt_utf8_put(struct kt_buf *out, uint32_t c);
/* Characters in n bytes. */
size_t kt_utf8_count(const char *p, size_t n);
/* Columns on a terminal: East Asian wide and full-width count two. */
size_t kt_utf8_width(const char *p, size_t n);

enum kt_script {
	KT_S_SPACE,
	KT_S_PUNCT,
	KT_S_DIGIT, /* Arabic, half or full width */
	KT_S_LATIN,
	KT_S_HIRAGANA,
	KT_S_KATAKANA, /* with ー */
	KT_S_KANJI, /* with 々 〇 */
	KT_S_OTHER
};
enum kt_script kt_script_of(uint32_t c);
bool kt_is_space(uint32_t c); /* U+3000, U+00A0, U+200B included */

/* ---- charset.c -------------------------------------------------------- */

/* Encodings of Japanese pages. */
enum kt_charset {
	KT_CS_UTF8,
	KT_CS_UTF16LE,
	KT_CS_UTF16BE,
	KT_CS_SJIS, /* as Windows writes it: NEC and IBM rows included */
	KT_CS_EUC,
	KT_CS_JIS, /* ISO-2022-JP */
	KT_CS_OTHER /* one that the text names and that is none of these */
};

const char *kt_charset_name(enum kt_charset charset);
/*
 * The encoding of bytes: by a byte order mark, by being UTF-8, by escape
 * sequences, by charset= or encoding= near the start where the bytes agree
 * with it, else by how Japanese the text would be.
 */
enum kt_charset kt_charset_find(const char *p, size_t n);
/* Append as UTF-8, a byte order mark included.  False at the first bytes that
 * are not of the encoding: *bad is their offset. */
bool kt_charset_decode(struct kt_buf *out, enum kt_charset charset,
    const char *p, size_t n, size_t *bad);

/* ---- radical.c -------------------------------------------------------- */

/* The character that the sign of a radical (U+2E80 to U+2FD5) stands for; any
 * other character is itself. */
uint32_t kt_radical_unified(uint32_t c);

/* ---- number.c --------------------------------------------------------- */

/* How a number is written; the form belongs to the document. */
enum kt_form {
	KT_F_NONE, /* not a number */
	KT_F_ARABIC, /* 12 */
	KT_F_WIDE, /* １２ */
	KT_F_KANJI, /* 十二, 百五 */
	KT_F_KANJI_DIGIT, /* 一二, 一〇五 */
	KT_F_PAREN, /* (12) */
	KT_F_PAREN_WIDE, /* （１２） and （12） */
	KT_F_PAREN_SIGN, /* ⑿ one character */
	KT_F_PAREN_KANJI, /* （十二） (十二) ㈠ */
	KT_F_CIRCLE, /* ① to ㊿ */
	KT_F_AIUEO, /* ア イ ウ; half width ｱ too */
	KT_F_IROHA, /* イ ロ ハ */
	KT_F_PAREN_AIUEO, /* (ア) （ア） */
	KT_F_PAREN_IROHA, /* (イ) （イ） */
	KT_F_LATIN, /* a b c, ａ; upper case A B C */
	KT_F_PAREN_LATIN, /* (a) （ａ） */
	KT_F_ROMAN, /* ⅰ ⅱ, i ii, Ⅰ Ⅱ */
	KT_F_PAREN_ROMAN, /* (ⅰ) （ⅰ） (i) */
	KT_F_DOTTED /* 1.2, 1.2.3 of guidelines: v holds all parts */
};

#define KT_NUM_PARTS 6

/* A number with branches: 12の2 is {12, 2}. */
struct kt_num {
	enum kt_form form;
	unsigned char n; /* parts used; 0 = none */
	unsigned v[KT_NUM_PARTS];
};

/*
 * Read the longest number at p (at most n bytes), branches のM included
 * where the form has them (ARABIC, WIDE, KANJI, KANJI_DIGIT: 二の三, 2の3).
 * Returns the bytes used, 0 when there is none.  イ reads as IROHA 1; the
 * run of its neighbours decides (kt_num_as_aiueo).  Bracketed forms need
 * their closing bracket.  Never reads a number over 99999.
 */
size_t kt_num_read(struct kt_num *out, const char *p, size_t n);
/*
 * The branches behind a unit character, の二の三 of 第三十九条の二の三, added
 * to a number that has its first part.  Bytes used, 0 when none.  の一, の二人,
 * の十分な and the like are no branches: they begin with 2 and no counter
 * follows them.
 */
size_t kt_num_branches(struct kt_num *num, const char *p, size_t n);
/* A bare run of digits or kanji numerals, no branches, no brackets; 0 when
 * the run as a whole is no number up to 99999. */
size_t kt_num_plain(unsigned *out, enum kt_form *form, const char *p, size_t n);
/* イロハ reading → アイウ reading of the same character; false, and nothing
 * done, when the character is in いろは only (ヰ ヱ) or no kana was read. */
bool kt_num_as_aiueo(struct kt_num *num);
/* Roman reading of i, v, x → the ninth, 22nd, 24th letter, likewise. */
bool kt_num_as_latin(struct kt_num *num);
/* In its form; forms that cannot say a value (㊿ is the last circle) fall
 * back to (N) or N. */
void kt_num_write(struct kt_buf *out, const struct kt_num *num);
/* The same in two halves, for a unit character between them: 十二 and の二,
 * without the brackets of its form. */
void kt_num_write_head(struct kt_buf *out, const struct kt_num *num);
void kt_num_write_branches(struct kt_buf *out, const struct kt_num *num);
/* By value, part by part, form apart: -1, 0, 1. */
int kt_num_cmp(const struct kt_num *a, const struct kt_num *b);
/* The branch suffix style of KANJI is の二, of ARABIC の2, of WIDE の２. */

/* ---- date.c ----------------------------------------------------------- */

struct kt_date {
	int year, month, day; /* proleptic Gregorian; 0 0 0 = none */
};

/* 令和8年4月1日, 令和８年４月１日, 令和八年四月一日, 平成元年…, R8.4.1,
 * 2026-04-01, 2026年4月1日, 2026/4/1; blanks before the numbers of 年月日.
 * Bytes used, 0 when none.  A date that does not exist (2月30日, or before the
 * first day of its era: 平成元年1月7日) is none; 昭和65年 is accepted as 1990.
 */
size_t kt_date_read(struct kt_date *out, const char *p, size_t n);
void kt_date_iso(struct kt_buf *out, struct kt_date d); /* 2026-04-01 */
/* 令和8年4月1日, 令和八年四月一日; before Meiji 1867年12月31日. */
void kt_date_wareki(struct kt_buf *out, struct kt_date d);
void kt_date_wareki_kanji(struct kt_buf *out, struct kt_date d);
int kt_date_cmp(struct kt_date a, struct kt_date b);
/* Days since 1970-01-01, any sign. */
long kt_date_days(struct kt_date d);
struct kt_date kt_date_from_days(long days);
/* 1 = Monday … 7 = Sunday. */
int kt_date_weekday(struct kt_date d);
/* Fiscal year (4月 to 3月) a date lies in, as the year of its 4月. */
int kt_date_fiscal_year(struct kt_date d);

/* ---- holiday.c --------------------------------------------------------- */

/* Name of the 国民の祝日, 振替休日 or 国民の休日 that a day is; NULL for other
 * days.  Computed, good for 1980 to 2099; of years whose 暦要項 is not yet
 * published the equinoxes are predictions. */
const char *kt_date_holiday(struct kt_date day);

/* Days on which one city's offices are closed besides 休日. */
struct kt_closed {
	const struct kt_date *at;
	size_t n;
};

/* 開庁日: no Saturday, Sunday, 祝日, 12月29日 to 1月3日, nor closed by the
 * city (NULL: no such days).  地方自治法4条の2. */
bool kt_date_is_open(struct kt_date day, const struct kt_closed *city);
/* The nth 開庁日 after a day, the day itself not counted; before it for
 * n < 0. */
struct kt_date kt_date_open(
    struct kt_date day, int n, const struct kt_closed *city);
/* The day itself when it is open, else the next 開庁日 after it (deadlines of
 * others toward the office); before it (the office's own: 年度末までに). */
struct kt_date kt_date_open_from(
    struct kt_date day, const struct kt_closed *city);
struct kt_date kt_date_open_until(
    struct kt_date day, const struct kt_closed *city);

/* 令和8年度, 令和8, R8, 2026年度, 2026: the year of its 4月; 0 when it is
 * none. */
int kt_fiscal_year_read(const char *p, size_t n);
void kt_fiscal_year_write(struct kt_buf *out, int year); /* 令和8年度 */

/* ---- name.c: names of files ------------------------------------------- */

/* NFC, the form in which names are kept: macOS hands them over in pieces. */
void kt_nfc(struct kt_buf *out, const char *p, size_t n);
/* Names that are equal after this are one name somewhere: capital letters,
 * full and half width. */
void kt_name_fold(struct kt_buf *out, const char *p, size_t n);
/* Length as Windows and Joliet count it. */
size_t kt_utf16_count(const char *p, size_t n);
/* The first character that Windows-31J lacks; 0 when it has all. */
uint32_t kt_outside_cp932(const char *p, size_t n);

/* ---- fold.c ----------------------------------------------------------- */

/*
 * Restricted NFKC for comparison, never written back: width, compatibility
 * square signs and half-width kana are folded; superscripts, subscripts,
 * fractions, circled and bracketed numbers are not (10² is not 102, ① is not
 * 1).  ， and ． become 、 and 。 between Japanese characters; white space is
 * dropped; ～ becomes 〜; － and ‐ between digits become -.
 * compare.md §8.1.
 */
void kt_fold(struct kt_buf *out, const char *p, size_t n);

/* ---- notation.c ------------------------------------------------------- */

/*
 * The closed lists of notation (okurigana, kanji or kana, long vowel, small
 * kana) as a table for lookup.  Make one and use it for all texts: it takes
 * about a millisecond.  Not for two threads at once.
 */
struct kt_notation;

struct kt_notation *kt_notation_new(void);
/* Another that stands on the lists of this one, to be used at the same time:
 * kt_notation_free() it first. */
struct kt_notation *kt_notation_twin(const struct kt_notation *n);
void kt_notation_free(struct kt_notation *notation);

/*
 * Text after kt_fold, every listed variant replaced by the one form of its
 * entry, and labels, dates and amounts by one spelling of their value.  Two
 * texts that are equal after this differ in notation only; the reverse is
 * not claimed.  No open rules.  The result is for comparison: it is not
 * good Japanese.
 */
void kt_fold_notation(
    struct kt_notation *notation, struct kt_buf *out, const char *p, size_t n);

/* ---- words.c ---------------------------------------------------------- */

enum kt_word_kind {
	KT_W_WORD,
	KT_W_SPACE,
	KT_W_PUNCT,
	KT_W_NUMBER /* with its unit: 3か月, 百分の五, 令和8年4月1日; a label
		       第3条の2 is one WORD */
};

struct kt_word {
	uint32_t start, len; /* bytes */
	enum kt_word_kind kind;
};

/* A segmenter holds ICU's break iterator and one UTF-16 buffer that is
 * reused; the first in a process costs about 1 to 6 ms. */
struct kt_words;

struct kt_words *kt_words_new(void);
void kt_words_free(struct kt_words *w);
/* Words of one clause; joined they are the clause.  *out is borrowed until
 * the next call.  Returns how many. */
size_t kt_words_cut(
    struct kt_words *w, const struct kt_word **out, const char *p, size_t n);
/* End offset of each sentence: 。 and its closing brackets, not inside （ ）
 * or 「 」.  Same borrowing. */
size_t kt_sentences_cut(
    struct kt_words *w, const uint32_t **ends, const char *p, size_t n);
const char *kt_icu_version(void);

/* ---- grams.c ---------------------------------------------------------- */

/*
 * How alike strings are, by the 3-grams of characters they have in common,
 * each weighted by its rarity.  Show it every text once (kt_grams_see), say
 * how many units of text that was (kt_grams_seen), then make bags.
 */
struct kt_grams;
struct kt_arena;

/* The grams of one unit of text, sorted, repeated as often as they occur. */
struct kt_bag {
	const uint32_t *at;
	uint32_t n;
	uint32_t weight; /* sum of the weights */
};

/* `bytes`: how much text will be shown, for the size of its table. */
struct kt_grams *kt_grams_new(size_t bytes);
void kt_grams_free(struct kt_grams *g);
void kt_grams_see(struct kt_grams *g, const char *p, size_t n);
void kt_grams_seen(struct kt_grams *g, size_t texts);
/* A second hand, for another thread: it counts what it sees by itself until
 * kt_grams_join(), called after kt_grams_seen(), adds that to the first; from
 * then on it makes bags by the table of both.  To be freed before the first. */
struct kt_grams *kt_grams_twin(const struct kt_grams *g);
void kt_grams_join(struct kt_grams *g, struct kt_grams *twin);
/* Fill the bag in the making with the grams of a string; a bag may take
 * several.  kt_grams_bag() closes it, in the arena. */
void kt_grams_add(struct kt_grams *g, const char *p, size_t n);
struct kt_bag kt_grams_bag(struct kt_grams *g, struct kt_arena *arena);
/* Weight of what two bags have in common, and a bag without what another
 * has. */
uint32_t kt_grams_common(
    const struct kt_grams *g, const struct kt_bag *a, const struct kt_bag *b);
struct kt_bag kt_grams_rest(const struct kt_grams *g, struct kt_arena *arena,
    const struct kt_bag *a, const struct kt_bag *b);

struct kt_near {
	uint32_t a, b; /* indexes of two lists of bags */
};

/* A gram is rare when it stands in so many texts of a list or fewer. */
#define KT_GRAMS_RARE 16

/* Pairs worth comparing: for each text of either list the `most` of the
 * other that share the greatest weight of rare grams with it.  Sorted by
 * place; *out is yours, free() it.  Cost grows with the text times `rare`,
 * not with the pairs. */
size_t kt_grams_near(struct kt_near **out, const struct kt_grams *g,
    const struct kt_bag *a, size_t na, const struct kt_bag *b, size_t nb,
    uint32_t rare, unsigned most);

#endif
