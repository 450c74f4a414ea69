/* SPDX-License-Identifier: MIT */
/* The change list: its names and the proof of its laws. */
#include "kt_build.h"

/* 第2条 of the old text is changed and becomes 第3条; a new 第2条 comes in. */
static struct kt_doc *old, *new;
static struct kt_diag *diag;
static struct kt_changes list;
static struct kt_change changes[2];
static struct kt_pair pairs[3];
static struct kt_span spans[4];
static const struct kt_node *old_nodes[2], *new_nodes[3];
static const struct kt_node *old_peer[8], *new_peer[8];
static const struct kt_node *changed_old[1], *changed_new[1], *added[1];
static const char *old_text[1] = { "職員は、記録する。" };
static const char *new_text[1] = { "職員は、必ず記録する。" };
static const char *added_text[1] = { "新しい。" };

static void
begin(void)
{
	static const struct kt_span same[] = {
		{ '=', KT_SC_NONE, "職員は、", 12, "" },
		{ '+', KT_SC_SUBSTANCE, "必ず", 6, "" },
		{ '=', KT_SC_NONE, "記録する。", 15, "" },
		{ '+', KT_SC_SUBSTANCE, "新しい。", 12, "" },
	};

	diag = kt_diag_new();
	old = kt_build("article 第1条\n"
		       " paragraph ||甲\n"
		       "article 第2条\n"
		       " paragraph ||職員は、記録する。\n");
	new = kt_build("article 第1条\n"
		       " paragraph ||甲\n"
		       "article 第2条\n"
		       " paragraph ||新しい。\n"
		       "article 第3条\n"
		       " paragraph ||職員は、必ず記録する。\n");
	memcpy(spans, same, sizeof(spans));
	old_nodes[0] = old->nodes[1];
	old_nodes[1] = old->nodes[3];
	new_nodes[0] = new->nodes[1];
	new_nodes[1] = new->nodes[3];
	new_nodes[2] = new->nodes[5];
	changed_old[0] = old->nodes[4];
	changed_new[0] = new->nodes[6];
	added[0] = new->nodes[4];
	changes[0] = (struct kt_change){ .fate = KT_ADDED,
		.class = KT_C_SUBSTANCE,
		.side = KT_SIDE_TEXT,
		.new = added,
		.nnew = 1,
		.new_text = added_text,
		.spans = &spans[3],
		.nspans = 1 };
	changes[1] = (struct kt_change){ .fate = KT_MODIFIED,
		.class = KT_C_SUBSTANCE,
		.flags = KT_FL_RENUMBERED,
		.side = KT_SIDE_TEXT,
		.old = changed_old,
		.new = changed_new,
		.nold = 1,
		.nnew = 1,
		.old_text = old_text,
		.new_text = new_text,
		.spans = spans,
		.nspans = 3 };
	pairs[0] = (struct kt_pair){ &old_nodes[0], &new_nodes[0], 1, 1,
		KT_MODIFIED, false };
	pairs[1] =
	    (struct kt_pair){ NULL, &new_nodes[1], 0, 1, KT_ADDED, true };
	pairs[2] = (struct kt_pair){ &old_nodes[1], &new_nodes[2], 1, 1,
		KT_MODIFIED, true };
	memset(old_peer, 0, sizeof(old_peer));
	memset(new_peer, 0, sizeof(new_peer));
	old_peer[3] = new->nodes[5];
	new_peer[5] = old->nodes[3];
	list = (struct kt_changes){ .old = old,
		.new = new,
		.at = changes,
		.count = 2,
		.pairs = pairs,
		.npairs = 3,
		.old_peer = old_peer,
		.new_peer = new_peer };
}

static void
end(void)
{
	kt_diag_free(diag);
	kt_doc_free(old);
	kt_doc_free(new);
}

/* The proof finds this breach and nothing else. */
static void
expect(enum kt_msg_id id, const char *clause)
{
	CU_ASSERT_EQUAL(kt_changes_prove(&list, diag), KT_EDAMAGED);
	CU_ASSERT_EQUAL_FATAL(kt_diag_count(diag), 1);
	CU_ASSERT_EQUAL(kt_diag_get(diag, 0)->id, id);
	KT_STR(kt_diag_get(diag, 0)->a, clause);
}

static void
test_a_true_list_is_proved(void)
{
	CU_ASSERT_EQUAL(kt_changes_prove(&list, diag), KT_OK);
	KT_NUM(kt_diag_count(diag), 0);
}

static void
test_a_list_may_have_no_peers(void)
{
	list.old_peer = list.new_peer = NULL;
	CU_ASSERT_EQUAL(kt_changes_prove(&list, diag), KT_OK);
}

static void
test_spans_must_join_to_the_old_text(void)
{
	spans[2].text = "記録した。";
	expect(KT_M_CHANGES_SPANS, "第3条");
}

static void
test_spans_must_join_to_the_new_text(void)
{
	spans[1].op = '-';
	expect(KT_M_CHANGES_SPANS, "第3条");
}

static void
test_spans_must_not_end_early(void)
{
	changes[1].nspans = 2;
	expect(KT_M_CHANGES_SPANS, "第3条");
}

static void
test_spans_know_three_operations(void)
{
	spans[1].op = '~';
	expect(KT_M_CHANGES_SPANS, "第3条");
}

static void
test_spans_may_run_over_several_texts(void)
{
	const struct kt_node *two[] = { old->nodes[3], old->nodes[4] };
	const char *parts[] = { "", "職員は、記", "録する。" };
	const struct kt_node *three[] = { old->nodes[3], old->nodes[3],
		old->nodes[4] };

	changes[1].fate = KT_MERGED;
	changes[1].old = three;
	changes[1].old_text = parts;
	changes[1].nold = 3;
	CU_ASSERT_EQUAL(kt_changes_prove(&list, diag), KT_OK);
	changes[1].old = two;
	changes[1].nold = 2;
	expect(KT_M_CHANGES_SPANS, "第3条");
}

static void
test_a_fate_needs_its_sides(void)
{
	changes[0].fate = KT_DELETED;
	expect(KT_M_CHANGES_FATE, "第2条");
}

static void
test_every_unit_stands_in_one_pair(void)
{
	list.npairs = 2;
	CU_ASSERT_EQUAL(kt_changes_prove(&list, diag), KT_EDAMAGED);
	KT_NUM(kt_diag_count(diag), 2);
	KT_STR(kt_diag_get(diag, 0)->a, "第2条");
	KT_STR(kt_diag_get(diag, 1)->a, "第3条");
}

static void
test_no_unit_stands_in_two_pairs(void)
{
	new_nodes[0] = new->nodes[3];
	CU_ASSERT_EQUAL(kt_changes_prove(&list, diag), KT_EDAMAGED);
	KT_NUM(kt_diag_count(diag), 2);
	CU_ASSERT_EQUAL(kt_diag_get(diag, 0)->id, KT_M_CHANGES_UNITS);
}

static void
test_only_units_stand_in_pairs(void)
{
	new_nodes[1] = new->nodes[4];
	CU_ASSERT_EQUAL(kt_changes_prove(&list, diag), KT_EDAMAGED);
	KT_NUM(kt_diag_count(diag), 2);
}

static void
test_peers_answer_each_other(void)
{
	new_peer[5] = old->nodes[1];
	CU_ASSERT_EQUAL(kt_changes_prove(&list, diag), KT_EDAMAGED);
	CU_ASSERT_EQUAL(kt_diag_get(diag, 0)->id, KT_M_CHANGES_PEERS);
	kt_diag_clear(diag);
	new_peer[5] = NULL;
	expect(KT_M_CHANGES_PEERS, "第2条");
}

static void
test_a_change_of_a_caption_is_cited_by_it(void)
{
	struct kt_buf path = KT_BUF_INIT;

	changes[1].side = KT_SIDE_CAPTION;
	kt_change_path(&path, &list, &changes[1], true, 0);
	KT_STR(path.p, "第3条見出し");
	KT_STR(kt_change_level(&changes[1]), "caption");
	CU_ASSERT_EQUAL(kt_changes_prove(&list, diag), KT_OK);
	kt_buf_clear(&path);
	changed_old[0] = old->root;
	kt_change_path(&path, &list, &changes[1], false, 0);
	KT_STR(path.p, "題名");
	kt_buf_release(&path);
}

static void
test_the_level_is_that_of_the_clause(void)
{
	KT_STR(kt_change_level(&changes[1]), "paragraph");
	changes[1].side = KT_SIDE_ROW;
	KT_STR(kt_change_level(&changes[1]), "row");
	changes[1].side = KT_SIDE_RELATED;
	KT_STR(kt_change_level(&changes[1]), "related");
}

static void
test_every_value_has_a_name_of_its_own(void)
{
	for (int i = 0; i < KT_FATES; i++)
		CU_ASSERT(kt_fate_name((enum kt_fate)i)[0] != '\0');
	for (int i = 0; i < KT_CLASSES; i++)
		CU_ASSERT(kt_class_name((enum kt_class)i)[0] != '\0');
	for (int i = 0; i < KT_SPAN_CLASSES; i++)
		CU_ASSERT(kt_span_class_name((enum kt_span_class)i)[0] != '\0');
	for (unsigned bit = 1; bit <= KT_FL_FORM; bit <<= 1)
		for (unsigned other = bit << 1; other <= KT_FL_FORM;
		     other <<= 1)
			CU_ASSERT(strcmp(kt_flag_name((enum kt_flag)bit),
				      kt_flag_name((enum kt_flag)other)) != 0);
	for (int i = 0; i < KT_KINDS; i++)
		CU_ASSERT(kt_kind_name((enum kt_kind)i)[0] != '\0');
}

static CU_TestInfo change_tests[] = {
	{ "a true list is proved", test_a_true_list_is_proved },
	{ "a list may have no peers", test_a_list_may_have_no_peers },
	{ "spans must join to the old text",
	    test_spans_must_join_to_the_old_text },
	{ "spans must join to the new text",
	    test_spans_must_join_to_the_new_text },
	{ "spans must not end early", test_spans_must_not_end_early },
	{ "spans know three operations", test_spans_know_three_operations },
	{ "spans may run over several texts",
	    test_spans_may_run_over_several_texts },
	{ "a fate needs its sides", test_a_fate_needs_its_sides },
	{ "every unit stands in one pair", test_every_unit_stands_in_one_pair },
	{ "no unit stands in two pairs", test_no_unit_stands_in_two_pairs },
	{ "only units stand in pairs", test_only_units_stand_in_pairs },
	{ "peers answer each other", test_peers_answer_each_other },
	{ "a change of a caption is cited by it",
	    test_a_change_of_a_caption_is_cited_by_it },
	{ "the level is that of the clause",
	    test_the_level_is_that_of_the_clause },
	{ "every value has a name of its own",
	    test_every_value_has_a_name_of_its_own },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "change lists", NULL, NULL, begin, end, change_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
