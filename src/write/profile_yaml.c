/* SPDX-License-Identifier: MIT */
/*
 * A house's own layout of 新旧対照表, from a file or from the settings: a
 * built-in one with some of it said otherwise.  docs/table-profiles.md.
 */
#include "table_int.h"

#include <kaitei/yaml.h>

#include <string.h>

struct reader {
	struct kt_profile *out;
	struct kt_arena *arena;
	const struct kt_yaml *file;
	const struct kt_ynode *map;
	struct kt_diag *d;
	int rc;
};

static void
refuse(struct reader *r, const char *key, const char *value)
{
	if (r->rc == KT_OK)
		r->rc = kt_report(r->d, .id = KT_M_PROFILE_VALUE,
		    .at.file = kt_yaml_file(r->file),
		    .at.line =
			(uint32_t)kt_ynode_line(kt_ynode_get(r->map, key)),
		    .a = key, .b = value);
}

/* ---- values ---------------------------------------------------------- */

static void
read_words(struct reader *r, const char *key, const char **out)
{
	const struct kt_ynode *n = kt_ynode_get(r->map, key);

	if (n == NULL)
		return;
	if (kt_ynode_kind(n) != KT_Y_SCALAR)
		refuse(r, key, "");
	else
		*out = kt_arena_strdup(r->arena, kt_ynode_text(n));
}

/* Which of some words a key has; `otherwise` when it is absent. */
static int
choose(
    struct reader *r, const char *key, const char *const *words, int otherwise)
{
	const struct kt_ynode *n = kt_ynode_get(r->map, key);

	if (n == NULL)
		return otherwise;
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], kt_ynode_text(n)) == 0)
			return i;
	refuse(r, key, kt_ynode_text(n));
	return otherwise;
}

static bool
yes(struct reader *r, const char *key, bool otherwise)
{
	static const char *const words[] = { "no", "yes", NULL };

	return choose(r, key, words, otherwise) == 1;
}

/* ---- keys ------------------------------------------------------------ */

static void
read_heads(struct reader *r)
{
	const struct kt_ynode *n = kt_ynode_get(r->map, "headings");
	const char **heads[] = { &r->out->head_new, &r->out->head_old,
		&r->out->head_remarks };
	size_t count = kt_ynode_count(n);

	if (n == NULL)
		return;
	if (kt_ynode_kind(n) != KT_Y_LIST || count < 2 || count > 3) {
		refuse(r, "headings", kt_ynode_text(n));
		return;
	}
	for (size_t i = 0; i < count; i++)
		*heads[i] =
		    kt_arena_strdup(r->arena, kt_ynode_text(kt_ynode_at(n, i)));
}

static void
read_order(struct reader *r)
{
	static const char *const orders[] = { "new-left", "old-left", "new-top",
		"old-top", NULL };
	static const char *const directions[] = { "yoko", "tate", NULL };
	struct kt_profile *p = r->out;
	int order =
	    choose(r, "order", orders, (p->vertical ? 2 : 0) + p->old_first);

	p->old_first = order % 2 == 1;
	p->vertical = choose(r, "direction", directions, order >= 2) == 1;
}

/* Brackets around signs, whatever stood around them. */
static void
enclose(
    struct reader *r, const char **sign, const char *open, const char *close)
{
	const char *p = *sign;
	size_t n = strlen(p);

	if (n > 6 && (memcmp(p, "［", 3) == 0 || memcmp(p, "（", 3) == 0) &&
	    (memcmp(p + n - 3, "］", 3) == 0 ||
		memcmp(p + n - 3, "）", 3) == 0)) {
		p += 3;
		n -= 6;
	}
	*sign = n == 0 ? ""
		       : kt_arena_printf(
			     r->arena, "%s%.*s%s", open, (int)n, p, close);
}

static void
read_signs(struct reader *r)
{
	static const char *const styles[] = { "dots", "tilde", "oyobi", NULL };
	static const char *const names[] = { "square", "round", "none", NULL };
	static const char *const brackets[][2] = { { "［", "］" },
		{ "（", "）" }, { "", "" } };
	struct kt_profile *p = r->out;
	const char **signs[] = { &p->added, &p->deleted, &p->omitted,
		&p->moved_from, &p->moved_to };
	int style = choose(r, "omit_style", styles, -1);
	int kind = choose(r, "brackets", names, -1);

	read_words(r, "added", &p->added);
	read_words(r, "deleted", &p->deleted);
	read_words(r, "omitted", &p->omitted);
	read_words(r, "moved_from", &p->moved_from);
	read_words(r, "moved_to", &p->moved_to);
	for (size_t i = 0; kind >= 0 && i < KT_COUNT(signs); i++)
		enclose(r, signs[i], brackets[kind][0], brackets[kind][1]);
	if (style >= 0) {
		p->two = style == 0 ? "・" : style == 1 ? "～" : "及び";
		p->more = "～";
	}
	if (p->omitted[0] == '\0')
		refuse(r, "omitted", "");
}

/* %s once and nothing else that begins with %. */
static bool
is_form(const char *words)
{
	const char *at = strchr(words, '%');

	return at != NULL && at[1] == 's' && strchr(at + 1, '%') == NULL;
}

static void
read_moves(struct reader *r)
{
	static const char *const words[] = { "marker", "beside", NULL };
	struct kt_profile *p = r->out;

	p->beside = choose(r, "moved", words, p->beside) == 1;
	/* 対象規定 are those 対応して掲げる. */
	if (p->marks == KT_MARKS_TARGETS)
		p->beside = true;
	if (p->beside)
		return;
	if (p->moved_from[0] == '\0')
		p->moved_from = "（%sから移動）";
	if (p->moved_to[0] == '\0')
		p->moved_to = "（%sへ移動）";
	if (!is_form(p->moved_from))
		refuse(r, "moved_from", p->moved_from);
	if (!is_form(p->moved_to))
		refuse(r, "moved_to", p->moved_to);
}

static void
read_notes(struct reader *r)
{
	static const char *const places[] = { "none", "above", "below", NULL };
	struct kt_profile *p = r->out;
	const char *note =
	    p->note_above[0] != '\0' ? p->note_above : p->note_below;
	int place = choose(r, "note_place", places,
	    p->note_above[0] != '\0'   ? 1
	    : p->note_below[0] != '\0' ? 2
				       : 0);

	read_words(r, "note", &note);
	if (place == 0 && kt_ynode_get(r->map, "note_place") == NULL)
		place = 2;
	p->note_above = place == 1 ? note : "";
	p->note_below = place == 2 ? note : "";
	read_words(r, "preamble", &p->preamble);
	if (strcmp(p->preamble, "none") == 0)
		p->preamble = "";
}

static void
read_layout(struct reader *r)
{
	static const char *const uses[] = { "reference", "enacting", NULL };
	static const char *const marks[] = { "single", "single+double+dashed",
		"underline+bold-border", NULL };
	static const char *const pads[] = { "off", "fullwidth", NULL };
	static const char *const columns[] = { "2", "3", NULL };
	static const char *const rules[] = { "none", "article", "row", NULL };
	static const char *const remarks[] = { "kind", "class", "none", NULL };
	struct kt_profile *p = r->out;

	read_words(r, "name", &p->name);
	p->enacting = choose(r, "use", uses, p->enacting) == 1;
	p->columns =
	    2 + (unsigned)choose(r, "columns", columns, (int)p->columns - 2);
	p->marks =
	    (enum kt_table_marks_kind)choose(r, "marks", marks, (int)p->marks);
	p->pad = choose(r, "pad", pads, p->pad) == 1;
	p->rules =
	    (enum kt_table_rules)choose(r, "rules", rules, (int)p->rules);
	p->remarks = (enum kt_table_remarks)choose(
	    r, "remarks", remarks, (int)p->remarks);
	p->gap = yes(r, "gap", p->gap);
}

int
kt_profile_read(struct kt_profile *out, struct kt_arena *arena,
    const struct kt_yaml *file, const struct kt_ynode *map, struct kt_diag *d)
{
	static const char *const keys[] = { "base", "name", "use", "order",
		"direction", "headings", "columns", "added", "deleted",
		"omitted", "omit_style", "brackets", "marks", "moved",
		"moved_from", "moved_to", "pad", "note", "note_place",
		"preamble", "rules", "gap", "remarks", NULL };
	const char *name = kt_ynode_word(map, "base", "shi-hyojun");
	const struct kt_profile *base;
	struct kt_profile got;
	struct reader r = { .out = &got,
		.arena = arena,
		.file = file,
		.map = map,
		.d = d,
		.rc = KT_OK };

	/* A name alone stands for a built-in profile. */
	if (kt_ynode_kind(map) == KT_Y_SCALAR)
		name = kt_ynode_text(map);
	base = kt_profile_find(name);
	if (base == NULL)
		return kt_profile_unknown(
		    d, kt_yaml_file(file), kt_ynode_line(map), name);
	got = *base;
	if (kt_ynode_kind(map) != KT_Y_SCALAR) {
		r.rc = kt_ynode_known(file, map, keys, d);
		read_layout(&r);
		read_order(&r);
		read_heads(&r);
		read_signs(&r);
		read_moves(&r);
		read_notes(&r);
	}
	if (r.rc == KT_OK)
		*out = got;
	return r.rc;
}
