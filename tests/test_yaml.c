/* SPDX-License-Identifier: MIT */
#include "kt_test.h"

#include <kaitei/yaml.h>

static struct kt_diag *diag;

static int
begin(void)
{
	diag = kt_diag_new();
	return 0;
}

static int
end(void)
{
	kt_diag_free(diag);
	return 0;
}

static int
parse(struct kt_yaml **out, const char *text)
{
	kt_diag_clear(diag);
	return kt_yaml_parse(out, "a.yaml", text, strlen(text), diag);
}

/* Refused with one message of this name at this line? */
static void
refused(const char *text, enum kt_msg_id id, size_t line)
{
	struct kt_yaml *y = NULL;

	CU_ASSERT(parse(&y, text) != KT_OK);
	CU_ASSERT_PTR_NULL(y);
	CU_ASSERT_EQUAL_FATAL(kt_diag_count(diag), 1);
	KT_NUM(kt_diag_get(diag, 0)->id, id);
	KT_NUM(kt_diag_get(diag, 0)->at.line, line);
}

static void
test_maps_lists_and_scalars_with_their_lines(void)
{
	struct kt_yaml *y;
	const struct kt_ynode *roles;

	CU_ASSERT_EQUAL_FATAL(
	    parse(&y, "name: 見本市\n"
		      "roles:\n"
		      "  - {guideline: CISO, city: 最高責任者}\n"
		      "  - guideline: \"部局長\"\n"
		      "    city: '局長'\n"
		      "on: # nothing\n"),
	    KT_OK);
	roles = kt_ynode_get(kt_yaml_root(y), "roles");
	KT_STR(kt_ynode_word(kt_yaml_root(y), "name", "?"), "見本市");
	KT_STR(kt_ynode_word(kt_yaml_root(y), "none", "?"), "?");
	KT_STR(kt_ynode_word(kt_yaml_root(y), "on", "?"), "");
	KT_NUM(kt_ynode_kind(roles), KT_Y_LIST);
	KT_NUM(kt_ynode_count(roles), 2);
	KT_NUM(kt_ynode_line(roles), 2);
	KT_STR(kt_ynode_word(kt_ynode_at(roles, 0), "city", ""), "最高責任者");
	KT_STR(kt_ynode_word(kt_ynode_at(roles, 1), "city", ""), "局長");
	KT_STR(kt_ynode_key(kt_ynode_at(roles, 1), 0), "guideline");
	KT_NUM(kt_ynode_line(kt_ynode_get(kt_ynode_at(roles, 1), "city")), 5);
	CU_ASSERT_PTR_NULL(kt_ynode_at(roles, 2));
	kt_yaml_free(y);
}

static void
test_nothing_is_an_empty_map(void)
{
	struct kt_yaml *y;

	CU_ASSERT_EQUAL_FATAL(parse(&y, "# only a remark\n"), KT_OK);
	KT_NUM(kt_ynode_kind(kt_yaml_root(y)), KT_Y_MAP);
	KT_NUM(kt_ynode_count(kt_yaml_root(y)), 0);
	KT_NUM(kt_ynode_count(NULL), 0);
	KT_STR(kt_ynode_text(NULL), "");
	kt_yaml_free(y);
}

static void
test_bad_input_is_refused_with_its_line(void)
{
	struct kt_buf deep = KT_BUF_INIT;

	refused("a: 1\nb: [1, 2\n", KT_M_YAML_SYNTAX, 3);
	refused("a: 1\nb: \xff\xfe\n", KT_M_YAML_SYNTAX, 1);
	refused("a: &x 1\nb: *x\n", KT_M_YAML_ALIAS, 2);
	refused("a: 1\nb: 2\na: 3\n", KT_M_YAML_TWICE, 3);
	refused("a: 1\n---\nb: 1\n", KT_M_YAML_SYNTAX, 2);
	for (int i = 0; i < 200; i++)
		kt_buf_putc(&deep, '[');
	refused(deep.p, KT_M_YAML_LIMIT, 1);
	kt_buf_clear(&deep);
	for (int i = 0; i < 30000; i++)
		kt_buf_puts(&deep, "- a\n");
	refused(deep.p, KT_M_YAML_LIMIT, 20000);
	kt_buf_release(&deep);
}

static void
test_a_misspelt_key_is_told(void)
{
	static const char *const known[] = { "columns", "headings", NULL };
	struct kt_yaml *y;

	CU_ASSERT_EQUAL_FATAL(parse(&y, "columns: 2\nheading: 新\n"), KT_OK);
	CU_ASSERT_EQUAL(
	    kt_ynode_known(y, kt_yaml_root(y), known, diag), KT_EINPUT);
	KT_NUM(kt_diag_get(diag, 0)->at.line, 2);
	KT_STR(kt_diag_get(diag, 0)->a, "heading");
	kt_yaml_free(y);
}

static CU_TestInfo tests[] = {
	{ "maps, lists and scalars with their lines",
	    test_maps_lists_and_scalars_with_their_lines },
	{ "nothing is an empty map", test_nothing_is_an_empty_map },
	{ "bad input is refused with its line",
	    test_bad_input_is_refused_with_its_line },
	{ "a misspelt key is told", test_a_misspelt_key_is_told },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "yaml", begin, end, NULL, NULL, tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
