/* SPDX-License-Identifier: MIT */
/* Effects of a change: names for programs, words for people. */
#include <kaitei/model.h>

static const struct {
	const char *name, *text[2];
} kinds[KT_EFFECTS] = {
	[KT_EF_DANGLING] = { "dangling",
	    { "引用先の条項がなくなりました",
		"refers to a clause that is gone" } },
	[KT_EF_RENUMBERED] = { "renumbered",
	    { "引用先の番号が変わりました",
		"refers to a clause that has another number now" } },
	[KT_EF_REFERENCE] = { "reference",
	    { "引用先の内容が変わりました",
		"refers to a clause whose words changed" } },
	[KT_EF_COMMENTARY] = { "commentary",
	    { "条文が変わりましたが、解説は変わっていません",
		"commentary of a clause whose words changed" } },
	[KT_EF_RESTATED] = { "restated",
	    { "変わった条項と同じ内容を書いています",
		"says the same as a clause whose words changed" } },
	[KT_EF_TERM] = { "term", { "定義の変わった用語を使っています",
				     "uses a term whose definition changed" } },
};

const char *
kt_effect_name(enum kt_effect_kind kind)
{
	return kinds[kind].name;
}

const char *
kt_effect_text(enum kt_effect_kind kind, enum kt_lang lang)
{
	return kinds[kind].text[lang];
}

void
kt_impact_free(struct kt_impact *impact)
{
	if (impact != NULL)
		kt_arena_free(impact->arena);
}
