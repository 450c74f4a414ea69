/* SPDX-License-Identifier: MIT */
/*
 * Operations in one line each, short and exact: what a test compares, what
 * --json and a doubtful reader look at.  Not 改め文.
 */
#include "amend_int.h"

static const char *const step_words[KT_STEPS] = {
	[KT_ST_MAIN] = "本則",
	[KT_ST_SUPPL] = "附則",
	[KT_ST_TITLE] = "題名",
	[KT_ST_TOC] = "目次",
	[KT_ST_PREAMBLE] = "前文",
	[KT_ST_APPENDIX] = "別表",
	[KT_ST_PART] = "編",
	[KT_ST_CHAPTER] = "章",
	[KT_ST_SECTION] = "節",
	[KT_ST_SUBSECTION] = "款",
	[KT_ST_DIVISION] = "目",
	[KT_ST_ARTICLE] = "条",
	[KT_ST_PARAGRAPH] = "項",
	[KT_ST_ITEM] = "号",
	[KT_ST_SUB] = "細分",
	[KT_ST_HEADED] = "項番",
	[KT_ST_TOPIC] = "部分",
	[KT_ST_ITEMS] = "各号",
	[KT_ST_TABLE] = "表",
	[KT_ST_ROW] = "項",
	[KT_ST_COLUMN] = "欄",
	[KT_ST_NOTE] = "備考",
	[KT_ST_FIGURE] = "図",
	[KT_ST_NAME] = "名",
	[KT_ST_PROVISION] = "改正規定",
};

static const char *const op_words[KT_OPS] = {
	[KT_OP_REPLACE] = "replace",
	[KT_OP_INSERT] = "insert",
	[KT_OP_DELETE] = "delete",
	[KT_OP_REWRITE] = "rewrite",
	[KT_OP_REMOVE] = "remove",
	[KT_OP_ADD] = "add",
	[KT_OP_MOVE] = "move",
	[KT_OP_SHIFT] = "shift",
	[KT_OP_CAPTION] = "caption",
};

static const char *
part_words(enum kt_part_name part)
{
	switch (part) {
	case KT_P_WHOLE:
		break;
	case KT_P_HONBUN:
		return "本文";
	case KT_P_TADASHI:
		return "ただし書";
	case KT_P_ZENDAN:
		return "前段";
	case KT_P_CHUDAN:
		return "中段";
	case KT_P_KODAN:
		return "後段";
	case KT_P_DAN:
		return "段";
	case KT_P_HASHIRA:
		return "各号列記以外の部分";
	case KT_P_MIDASHI:
		return "見出し";
	}
	return "";
}

static void
put_number(struct kt_buf *out, const struct kt_num *num)
{
	for (unsigned i = 0; i < num->n; i++)
		kt_buf_printf(out, i == 0 ? "%u" : "の%u", num->v[i]);
}

static void
put_step(struct kt_buf *out, const struct kt_step *step)
{
	if (step->same)
		kt_buf_puts(out, "同");
	else if (step->kind == KT_ST_SUB)
		kt_num_write(out, &step->num);
	else
		put_number(out, &step->num);
	if (step->name[0] != '\0')
		kt_buf_printf(out, "[%s]", step->name);
	if (step->kind != KT_ST_SUB)
		kt_buf_puts(out, step_words[step->kind]);
}

void
kt_loc_tell(struct kt_buf *out, const struct kt_loc *loc)
{
	for (size_t i = 0; i < loc->nsteps; i++)
		put_step(out, &loc->step[i]);
	if (loc->before)
		kt_buf_puts(out, "前");
	if (loc->part == KT_P_DAN)
		kt_buf_printf(out, "%u", loc->dan);
	kt_buf_puts(out, part_words(loc->part));
	if (loc->to != NULL) {
		kt_buf_puts(out, "～");
		kt_loc_tell(out, loc->to);
	}
	if (loc->with_caption)
		kt_buf_puts(out, "+見出し");
	if (loc->except != NULL) {
		kt_buf_puts(out, "-");
		kt_loc_tell(out, loc->except);
	}
}

static void
put_counts(struct kt_buf *out, const struct kt_op *op)
{
	for (size_t i = 0; i < op->ncounts; i++) {
		kt_buf_puts(out, " ");
		if (op->counts[i].n > 0)
			kt_buf_printf(out, "%u", op->counts[i].n);
		kt_buf_puts(out, step_words[op->counts[i].kind]);
	}
	if (op->names)
		kt_buf_puts(out, "名");
}

void
kt_op_tell(struct kt_buf *out, const struct kt_op *op)
{
	static const char *const places[] = { "after", "before", "into", "as" };

	kt_buf_puts(out, op_words[op->kind]);
	for (size_t i = 0; i < op->nat; i++) {
		kt_buf_puts(out, i == 0 ? " " : "・");
		kt_loc_tell(out, &op->at[i]);
	}
	for (size_t i = 0; i < op->nold; i++)
		kt_buf_printf(out, " 「%s」", op->old[i]);
	if (op->kind == KT_OP_INSERT || op->kind == KT_OP_ADD)
		kt_buf_printf(out, " %s", places[op->where]);
	if (op->kind == KT_OP_REPLACE || op->kind == KT_OP_INSERT ||
	    op->kind == KT_OP_CAPTION)
		kt_buf_printf(out, " 「%s」", op->new);
	if (op->kind == KT_OP_ADD) {
		if (op->as.num.n > 0) {
			kt_buf_puts(out, " ");
			put_step(out, &op->as);
		}
		kt_buf_puts(out, part_words(op->part));
		put_counts(out, op);
	}
	for (size_t i = 0; op->kind == KT_OP_MOVE && i < op->nat; i++) {
		kt_buf_puts(out, " → ");
		kt_loc_tell(out, &op->dest[i]);
	}
	if (op->kind == KT_OP_SHIFT)
		kt_buf_printf(out, " %+d", op->by);
	if (op->nblock > 0)
		kt_buf_printf(out, " {%zu}", op->nblock);
}
