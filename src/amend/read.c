/* SPDX-License-Identifier: MIT */
/*
 * An instrument as lines: which of them are instructions, which are the new
 * text behind them, which its frame (title, enacting words, 附則).  An
 * instruction begins with an address and ends in a verb of amending; indent
 * alone does not tell (amendment.md §11.6).
 */
#include "amend_int.h"

#include <stdlib.h>
#include <string.h>

/* Most bytes of an instrument. */
#define BYTES_MAX ((size_t)64 << 20)

/* A line that is longer is no number of an instrument. */
#define NUMBER_BYTES 120

struct input {
	struct kt_amendment *out;
	struct kt_arena *arena;
	struct kt_diag *diag;
	const struct kt_amend_line *line;
	size_t nlines;
	struct kt_amend_unit *unit;
	size_t nunits, units_cap, sentences_cap;
	struct kt_amend_suppl *suppl;
	size_t nsuppl, suppl_cap;
};

/* ---- lines -------------------------------------------------------------- */

static const char *
skip_indent(const char *p, const char *end, unsigned *indent)
{
	unsigned half = 0, len;

	while (p < end) {
		uint32_t c = kt_utf8_at(p, &len);

		if (!kt_is_space(c))
			break;
		half += c == 0x3000 ? 2 : 1;
		p += len;
	}
	*indent = half / 2;
	return p;
}

static const char *
trim_end(const char *p, const char *end)
{
	unsigned len;

	while (end > p && kt_is_space(kt_utf8_before(p, end, &len)))
		end -= len;
	return end;
}

size_t
kt_lines_split(const struct kt_amend_line **out, struct kt_arena *arena,
    const char *p, size_t n)
{
	const char *end = p + n;
	struct kt_amend_line *list = NULL, *kept;
	size_t count = 0, cap = 0, number = 0;

	while (p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		const char *behind = stop == NULL ? end : stop;
		struct kt_amend_line line = { .number = ++number };
		const char *begin = skip_indent(p, behind, &line.indent);

		p = stop == NULL ? end : stop + 1;
		behind = trim_end(begin, behind);
		if (begin == behind)
			continue;
		line.text =
		    kt_arena_strndup(arena, begin, (size_t)(behind - begin));
		KT_GROW(list, count, cap);
		list[count++] = line;
	}
	kept = KT_NEWN(arena, struct kt_amend_line, count);
	if (count > 0)
		memcpy(kept, list, count * sizeof(*kept));
	*out = kept;
	free(list);
	return count;
}

/* ---- what a line is ----------------------------------------------------- */

static bool
ends_in(const char *text, const char *word)
{
	size_t n = strlen(text), m = strlen(word);

	return n >= m && strcmp(text + n - m, word) == 0;
}

static bool
ends_in_verb(const char *text)
{
	static const char *const verbs[] = { "改める。", "削る。", "加える。",
		"とする。", "繰り上げる。", "繰り下げる。", "繰上げる。",
		"繰下げる。", "付する。" };

	for (size_t i = 0; i < KT_COUNT(verbs); i++)
		if (ends_in(text, verbs[i]))
			return true;
	return false;
}

static bool
is_line(const struct input *in, size_t i, const char *text)
{
	return i < in->nlines && strcmp(in->line[i].text, text) == 0;
}

/* An address and a particle that goes on from it; 第五条　… is new text. */
static bool
begins_as_instruction(const char *text)
{
	static const char *const particles[] = { "中", "を", "に", "の次に",
		"の前に" };
	struct kt_scan s = { text, text + strlen(text) };
	struct kt_arena *arena;
	const struct kt_loc *at;
	bool ok;

	if (!kt_loc_begins(&s))
		return false;
	arena = kt_arena_new();
	ok = kt_locs_read(&at, arena, &s, NULL, false) > 0 &&
	     kt_scan_one_of(&s, particles, KT_COUNT(particles)) >= 0;
	kt_arena_free(arena);
	return ok;
}

/* 「…」を「…」に改める。 of no place: new text does not read so, and to take it
 * for some would hide it. */
static bool
is_placeless(const char *text)
{
	static const char *const ends[] = { "」に改める。", "」を加える。",
		"」を削る。" };

	for (size_t i = 0; i < KT_COUNT(ends); i++)
		if (ends_in(text, ends[i]))
			return strncmp(text, "「", strlen("「")) == 0;
	return false;
}

bool
kt_line_is_instruction(const char *text)
{
	return ends_in_verb(text) &&
	       (begins_as_instruction(text) || is_placeless(text));
}

/* A sentence may go on behind a block that is quoted on lines of its own. */
static bool
is_instruction(const struct input *in, size_t i)
{
	const char *text = in->line[i].text;

	return ((ends_in_verb(text) || is_line(in, i + 1, "「")) &&
		   begins_as_instruction(text)) ||
	       is_placeless(text);
}

/* Would be an instruction if its address could be read: not to be passed over
 * where no new text is waited for. */
static bool
is_attempt(const struct input *in, size_t i)
{
	const char *text = in->line[i].text;
	struct kt_scan s = { text, text + strlen(text) };

	return ends_in_verb(text) && kt_loc_begins(&s) &&
	       kt_scan_find(&s, "「") != NULL;
}

static bool
is_intro(const struct input *in, size_t i)
{
	return i < in->nlines &&
	       ends_in(in->line[i].text, "を次のように改正する。");
}

/* （所得税法の一部改正）, the caption of an amending article. */
static bool
is_intro_caption(const struct input *in, size_t i)
{
	const char *text = in->line[i].text;

	return strncmp(text, "（", strlen("（")) == 0 && ends_in(text, "）") &&
	       is_intro(in, i + 1);
}

static bool
is_suppl(const struct input *in, size_t i)
{
	const char *text = in->line[i].text;
	struct kt_label label;

	return kt_label_read(&label, text, strlen(text)) &&
	       label.kind == KT_SUPPL;
}

/* ---- the frame ---------------------------------------------------------- */

static struct kt_amend_unit *
add_unit(struct input *in, size_t line)
{
	struct kt_amend_unit *unit;

	KT_GROW(in->unit, in->nunits, in->units_cap);
	unit = &in->unit[in->nunits++];
	*unit = (struct kt_amend_unit){ .law = "", .number = "", .line = line };
	in->sentences_cap = 0;
	return unit;
}

/* Where the （昭和四十年法律第三十三号） begins that ends the name of a law;
 * the end when there is none. */
static const char *
number_bracket(const char *p, const char *end)
{
	static const char tail[] = "号）";
	size_t n = strlen(tail);

	if ((size_t)(end - p) < n || memcmp(end - n, tail, n) != 0)
		return end;
	for (const char *at = end - n; at > p; at--) {
		struct kt_scan s = { at, end };

		if (kt_scan_sees(&s, "（") && kt_scan_bracket(&s) == end)
			return at;
	}
	return end;
}

/* [第N条　]NAME[（NUMBER）][の一部]を次のように改正する。 */
static void
read_intro(struct input *in, const struct kt_amend_line *line)
{
	struct kt_amend_unit *unit = add_unit(in, line->number);
	const char *p = line->text, *end, *bracket;
	size_t b = strlen("（");
	struct kt_label label;
	struct kt_scan s;

	if (kt_label_read(&label, p, strlen(p)))
		p += label.skip;
	s = (struct kt_scan){ p, p + strlen(p) };
	end = kt_scan_find(&s, "の一部を次のように改正する。");
	if (end == NULL)
		end = kt_scan_find(&s, "を次のように改正する。");
	bracket = number_bracket(p, end);
	if (bracket < end)
		unit->number = kt_arena_strndup(
		    in->arena, bracket + b, (size_t)(end - bracket) - 2 * b);
	unit->law = kt_arena_strndup(in->arena, p, (size_t)(bracket - p));
}

/* ---- sentences ---------------------------------------------------------- */

static struct kt_amend_sentence *
add_sentence(struct input *in, const struct kt_amend_line *line)
{
	struct kt_amend_unit *unit;
	struct kt_amend_sentence *s;

	if (in->nunits == 0)
		add_unit(in, line->number);
	unit = &in->unit[in->nunits - 1];
	KT_GROW(unit->at, unit->count, in->sentences_cap);
	s = &unit->at[unit->count++];
	*s = (struct kt_amend_sentence){
		.line = line->number, .indent = line->indent, .text = ""
	};
	return s;
}

/* The lines of a block quoted between 「 and 」 on lines of their own, with
 * the indents they have inside it.  Index of the line behind it. */
static size_t
put_block(struct kt_buf *text, const struct input *in, size_t i)
{
	unsigned base = in->line[i].indent;

	kt_buf_puts(text, "「");
	for (i++; i < in->nlines && !is_line(in, i, "」"); i++) {
		const struct kt_amend_line *line = &in->line[i];

		if (text->p[text->len - 1] != '\n' && !ends_in(text->p, "「"))
			kt_buf_putc(text, '\n');
		for (unsigned k = base; k < line->indent; k++)
			kt_buf_puts(text, "　");
		kt_buf_puts(text, line->text);
	}
	kt_buf_puts(text, "」");
	return i < in->nlines ? i + 1 : i;
}

/* An instruction may go on over quoted blocks.  Index of the line behind. */
static size_t
join_lines(struct kt_buf *text, const struct input *in, size_t i)
{
	kt_buf_puts(text, in->line[i++].text);
	while (is_line(in, i, "「")) {
		i = put_block(text, in, i);
		if (i < in->nlines)
			kt_buf_puts(text, in->line[i++].text);
	}
	return i;
}

/* The words around the place where reading was given up. */
static void
report_unread(struct input *in, const struct kt_amend_sentence *s,
    const struct kt_text *text, size_t at)
{
	struct kt_buf near = KT_BUF_INIT;
	const char *p = text->p + at, *end = text->p + text->n;
	unsigned len;

	for (int i = 0; i < 16 && p < end; i++, p += len) {
		kt_utf8_at(p, &len);
		kt_buf_put(&near, p, len);
	}
	kt_report(in->diag, .id = KT_M_AMEND_UNREAD, .a = near.p,
	    .at = { .line = s->line,
		.column = s->column + kt_utf8_count(text->p, at) });
	kt_buf_release(&near);
	in->out->unread++;
}

/* The operation whose new text stands behind the sentence, or NULL. */
static struct kt_op *
block_op(const struct kt_amend_sentence *s)
{
	for (size_t i = s->nops; i-- > 0;)
		if (kt_op_takes_block(&s->op[i]))
			return &s->op[i];
	return NULL;
}

/* New text can stand behind a sentence once only. */
static bool
has_one_block(const struct kt_amend_sentence *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->nops; i++)
		n += kt_op_takes_block(&s->op[i]);
	return n <= 1;
}

static void
drop_sentence(struct input *in, struct kt_amend_sentence *s, enum kt_msg_id id)
{
	s->unread = true;
	s->nops = 0;
	in->out->unread++;
	kt_report(in->diag, .id = id, .a = s->text,
	    .at = { .line = s->line, .column = s->column });
}

/* All sentences of an instruction line; most lines hold one. */
static size_t
read_instruction(struct input *in, size_t i)
{
	struct kt_buf joined = KT_BUF_INIT;
	const struct kt_amend_line *line = &in->line[i];
	struct kt_text text = { .n = 0 };
	size_t at = 0;
	bool split;

	i = join_lines(&joined, in, i);
	text.n = joined.len;
	text.p = kt_arena_strndup(in->arena, joined.p, joined.len);
	kt_buf_release(&joined);
	split = kt_quotes_find(&text.quotes, in->arena, text.p, text.n);
	do {
		struct kt_amend_sentence *s = add_sentence(in, line);
		size_t begin = at;

		s->column = 1 + line->indent + kt_utf8_count(text.p, at);
		s->unread = true;
		if (split && kt_sentence_read(s, in->arena, &text, &at)) {
			s->text = kt_arena_strndup(
			    in->arena, text.p + begin, at - begin);
			if (!has_one_block(s))
				drop_sentence(in, s, KT_M_AMEND_TWO_BLOCKS);
			continue;
		}
		s->text = text.p + begin;
		report_unread(in, s, &text, at);
		break;
	} while (at < text.n);
	return i;
}

/* How many 附則 the new text of an operation holds. */
static size_t
suppl_headings(const struct kt_op *op)
{
	if (op == NULL)
		return 0;
	if (op->ncounts > 0 && op->counts[0].kind == KT_ST_SUPPL)
		return op->counts[0].n > 0 ? op->counts[0].n : 1;
	return op->kind == KT_OP_REWRITE && op->at[0].nsteps == 1 &&
	       op->at[0].step[0].kind == KT_ST_SUPPL;
}

/* The lines of new text behind an instruction.  Index of the line behind. */
static size_t
take_block(struct input *in, size_t i)
{
	struct kt_amend_unit *unit = &in->unit[in->nunits - 1];
	struct kt_amend_sentence *s = &unit->at[unit->count - 1];
	struct kt_op *op = block_op(s);
	bool toc =
	    op != NULL && op->nat > 0 && op->at[0].step[0].kind == KT_ST_TOC;
	size_t suppl = suppl_headings(op);
	size_t first = i;

	for (; i < in->nlines; i++) {
		bool deeper = op != NULL && in->line[i].indent > s->indent;

		/* The new text of an amending text has instructions too. */
		if ((is_instruction(in, i) && !deeper) || is_intro(in, i) ||
		    is_intro_caption(in, i))
			break;
		if (op == NULL && is_attempt(in, i))
			break;
		if (is_suppl(in, i) &&
		    !(toc && strncmp(in->line[i].text, "附則", 6) == 0) &&
		    suppl-- == 0)
			break;
		if (op == NULL && !s->unread)
			kt_report(in->diag, .id = KT_M_AMEND_STRAY,
			    .at.line = in->line[i].number);
	}
	if (op != NULL) {
		op->block = in->line + first;
		op->nblock = i - first;
		if (i == first)
			drop_sentence(in, s, KT_M_AMEND_NO_BLOCK);
	}
	return i;
}

/* 附則 of the instrument, up to the next one or the end. */
static size_t
take_suppl(struct input *in, size_t i)
{
	struct kt_amend_suppl *suppl;
	size_t first = i++;

	while (i < in->nlines && !is_suppl(in, i))
		i++;
	KT_GROW(in->suppl, in->nsuppl, in->suppl_cap);
	suppl = &in->suppl[in->nsuppl++];
	*suppl = (struct kt_amend_suppl){ in->line + first, i - first };
	return i;
}

bool
kt_is_instrument_number(const char *text)
{
	struct kt_scan s = { text, text + strlen(text) };

	return strlen(text) < NUMBER_BYTES && ends_in(text, "号") &&
	       kt_scan_find(&s, "第") != NULL && kt_scan_find(&s, "、") == NULL;
}

/* 令和8年達第12号 alone on a line before the enacting words. */
static bool
is_number(const struct input *in, size_t i)
{
	return in->nunits == 0 && in->out->number[0] == '\0' &&
	       kt_is_instrument_number(in->line[i].text);
}

static void
read_lines(struct input *in)
{
	for (size_t i = 0; i < in->nlines;) {
		if (is_number(in, i)) {
			in->out->number = in->line[i++].text;
		} else if (is_intro(in, i)) {
			read_intro(in, &in->line[i++]);
		} else if (is_instruction(in, i)) {
			i = take_block(in, read_instruction(in, i));
		} else if (is_suppl(in, i)) {
			i = take_suppl(in, i);
		} else if (is_attempt(in, i)) {
			i = take_block(in, read_instruction(in, i));
		} else {
			i++;
		}
	}
}

/* ---- all ---------------------------------------------------------------- */

static void
keep_all(struct input *in)
{
	struct kt_amendment *out = in->out;

	out->unit = KT_NEWN(in->arena, struct kt_amend_unit, in->nunits);
	out->nunits = in->nunits;
	for (size_t i = 0; i < in->nunits; i++) {
		struct kt_amend_unit *unit = &out->unit[i];
		struct kt_amend_sentence *list = in->unit[i].at;

		*unit = in->unit[i];
		unit->at =
		    KT_NEWN(in->arena, struct kt_amend_sentence, unit->count);
		if (unit->count > 0)
			memcpy(unit->at, list, unit->count * sizeof(*list));
		free(list);
	}
	out->suppl = KT_NEWN(in->arena, struct kt_amend_suppl, in->nsuppl);
	out->nsuppl = in->nsuppl;
	for (size_t i = 0; i < in->nsuppl; i++)
		out->suppl[i] = in->suppl[i];
	free(in->unit);
	free(in->suppl);
}

void
kt_amend_free(struct kt_amendment *a)
{
	if (a == NULL)
		return;
	kt_arena_free(a->arena);
	free(a);
}

static struct kt_amendment *
new_amendment(const char *name)
{
	struct kt_amendment *a = kt_calloc(1, sizeof(*a));

	a->arena = kt_arena_new();
	a->number = "";
	a->source = kt_arena_strdup(a->arena, name == NULL ? "" : name);
	return a;
}

int
kt_amend_read(struct kt_amendment **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d)
{
	struct input in = { .diag = d };
	struct kt_place at = { .file = name };
	size_t bad;

	if (n > BYTES_MAX)
		return kt_report(
		    d, .id = KT_M_FILE_TOO_BIG, .a = name, .b = "67108864");
	if (!kt_utf8_check(bytes, n, &bad))
		return kt_report(d, .id = KT_M_NOT_UTF8, .at = at);
	kt_diag_file(d, name);
	in.out = new_amendment(name);
	in.arena = in.out->arena;
	in.nlines = kt_lines_split(&in.line, in.arena, bytes, n);
	read_lines(&in);
	keep_all(&in);
	for (size_t i = 0; i < in.out->nunits; i++)
		if (in.out->unit[i].count > 0) {
			*out = in.out;
			return KT_OK;
		}
	if (in.nsuppl > 0) {
		*out = in.out;
		return KT_OK;
	}
	kt_amend_free(in.out);
	return kt_report(d, .id = KT_M_AMEND_NOTHING, .at = at);
}
