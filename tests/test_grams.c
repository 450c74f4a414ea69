/* SPDX-License-Identifier: MIT */
#include "kt_test.h"

#include <kaitei/text.h>

static struct kt_arena *arena;
static struct kt_grams *grams;

/* Rules in which most words are everybody's. */
static const char *const rules[] = {
	"課長は、文書の保管について必要な措置を講じなければならない。",
	"課長は、機器の点検について必要な措置を講じなければならない。",
	"課長は、鍵の貸出について必要な措置を講じなければならない。",
	"部長は、研修の実施について必要な措置を講じなければならない。",
};

static int
begin(void)
{
	arena = kt_arena_new();
	grams = kt_grams_new(4096);
	for (size_t i = 0; i < KT_COUNT(rules); i++)
		kt_grams_see(grams, rules[i], strlen(rules[i]));
	kt_grams_seen(grams, KT_COUNT(rules));
	return 0;
}

static int
end(void)
{
	kt_grams_free(grams);
	kt_arena_free(arena);
	return 0;
}

static struct kt_bag
bag_of(const char *text)
{
	kt_grams_add(grams, text, strlen(text));
	return kt_grams_bag(grams, arena);
}

static uint32_t
common(const char *x, const char *y)
{
	struct kt_bag a = bag_of(x), b = bag_of(y);

	CU_ASSERT_EQUAL(
	    kt_grams_common(grams, &a, &b), kt_grams_common(grams, &b, &a));
	return kt_grams_common(grams, &a, &b);
}

static void
test_a_text_has_all_of_itself_in_common(void)
{
	for (size_t i = 0; i < KT_COUNT(rules); i++) {
		struct kt_bag bag = bag_of(rules[i]);

		KT_NUM(kt_grams_common(grams, &bag, &bag), bag.weight);
		CU_ASSERT(bag.weight > 0);
	}
	KT_NUM(common(rules[0], ""), 0);
	KT_NUM(bag_of("").n, 0);
}

static void
test_the_shortest_text_has_grams_too(void)
{
	CU_ASSERT(bag_of("甲").n > 0);
	CU_ASSERT(common("甲", "甲") > 0);
	KT_NUM(common("甲", "乙"), 0);
}

static void
test_rare_words_weigh_more_than_everybody_s(void)
{
	/* As many characters; the one is in one rule, the other in all. */
	uint32_t rare = common("文書の保管", "文書の保管");
	uint32_t often = common("必要な措置", "必要な措置");

	CU_ASSERT(rare > often);
}

static void
test_the_rest_is_what_the_other_has_not(void)
{
	struct kt_bag all = bag_of("文書の保管及び鍵の貸出");
	struct kt_bag part = bag_of("文書の保管");
	struct kt_bag rest = kt_grams_rest(grams, arena, &all, &part);

	KT_NUM(all.weight - kt_grams_common(grams, &all, &part), rest.weight);
	CU_ASSERT(kt_grams_common(grams, &rest, &all) == rest.weight);
}

static bool
has_pair(const struct kt_near *near, size_t n, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < n; i++)
		if (near[i].a == a && near[i].b == b)
			return true;
	return false;
}

/* The same from both sides, where `b` is `a` from its end. */
static void
all_find_theirs(
    const struct kt_bag *a, const struct kt_bag *b, size_t n, uint32_t most)
{
	struct kt_near *there, *back;
	size_t k, m;

	k = kt_grams_near(&there, grams, a, n, b, n, KT_GRAMS_RARE, most);
	m = kt_grams_near(&back, grams, b, n, a, n, KT_GRAMS_RARE, most);
	for (uint32_t i = 0; i < n; i++)
		CU_ASSERT(has_pair(there, k, i, (uint32_t)n - 1 - i));
	KT_NUM(k, m);
	for (size_t i = 0; i < k; i++)
		CU_ASSERT(has_pair(back, m, there[i].b, there[i].a));
	free(there);
	free(back);
}

static void
test_each_finds_the_one_it_came_from(void)
{
	struct kt_bag a[KT_COUNT(rules)], b[KT_COUNT(rules)];
	size_t n = KT_COUNT(rules);

	for (size_t i = 0; i < n; i++) {
		a[i] = bag_of(rules[i]);
		b[i] = bag_of(rules[n - 1 - i]);
	}
	all_find_theirs(a, b, n, 1);
}

static void
test_what_everybody_says_leads_nowhere(void)
{
	struct kt_bag a[100], b[100];
	struct kt_near *near;

	for (size_t i = 0; i < 100; i++)
		a[i] = b[i] = bag_of(rules[0]);
	KT_NUM(
	    kt_grams_near(&near, grams, a, 100, b, 100, KT_GRAMS_RARE, 8), 0);
	free(near);
	KT_NUM(kt_grams_near(&near, grams, a, 0, b, 0, KT_GRAMS_RARE, 8), 0);
	free(near);
}

/* Enough of them for two threads. */
static void
test_each_of_many_finds_the_one_it_came_from(void)
{
	struct kt_bag a[400], b[400];
	size_t n = KT_COUNT(a);
	char text[64];

	for (unsigned i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "%04u号の書庫は%04u課が管理する",
		    i * 37 % 1009, i * 91 % 2003);
		a[i] = b[n - 1 - i] = bag_of(text);
	}
	all_find_theirs(a, b, n, 2);
}

static CU_TestInfo gram_tests[] = {
	{ "a text has all of itself in common",
	    test_a_text_has_all_of_itself_in_common },
	{ "the shortest text has grams too",
	    test_the_shortest_text_has_grams_too },
	{ "rare words weigh more than everybody's",
	    test_rare_words_weigh_more_than_everybody_s },
	{ "the rest is what the other has not",
	    test_the_rest_is_what_the_other_has_not },
	{ "each finds the one it came from",
	    test_each_finds_the_one_it_came_from },
	{ "each of many finds the one it came from",
	    test_each_of_many_finds_the_one_it_came_from },
	{ "what everybody says leads nowhere",
	    test_what_everybody_says_leads_nowhere },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "grams", begin, end, NULL, NULL, gram_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
