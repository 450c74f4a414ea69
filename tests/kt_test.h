/* SPDX-License-Identifier: MIT */
#ifndef KT_TEST_H
#define KT_TEST_H

/*
 * What all test programs share: string comparison that shows both values,
 * the place of the real texts, and a main that fails when a test failed
 * (CU_get_error() does not).  Included once, by the program's only file.
 */

#include <CUnit/Basic.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>

/* Equal strings?  Both are shown when they differ. */
static inline bool
kt_test_same(const char *got, const char *want)
{
	if (got == NULL)
		got = "(NULL)";
	if (strcmp(got, want) == 0)
		return true;
	printf("\n    got  \"%s\"\n    want \"%s\"\n", got, want);
	return false;
}

#define KT_STR(got, want) CU_ASSERT(kt_test_same((got), (want)))

/* Equal numbers?  Both are shown when they differ. */
static inline bool
kt_test_same_number(long got, long want)
{
	if (got != want)
		printf("\n    got  %ld\n    want %ld\n", got, want);
	return got == want;
}

#define KT_NUM(got, want)                                                      \
	CU_ASSERT(kt_test_same_number((long)(got), (long)(want)))

#define KT_DATA "../shared/data"

/* Are the real texts here?  If not, say so once and let the test return. */
static inline bool
kt_test_data(const char *set)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", KT_DATA, set);
	if (kt_file_exists(path))
		return true;
	printf("\n    skipped: %s absent\n", path);
	return false;
}

/* Run a program's suites; `suites` ends in CU_SUITE_INFO_NULL. */
static inline int
kt_test_main(CU_SuiteInfo *suites)
{
	unsigned bad;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 2;
	if (CU_register_suites(suites) != CUE_SUCCESS) {
		fprintf(stderr, "%s\n", CU_get_error_msg());
		CU_cleanup_registry();
		return 2;
	}
	CU_basic_set_mode(CU_BRM_NORMAL);
	CU_basic_run_tests();
	bad = CU_get_number_of_failures() + CU_get_number_of_suites_failed();
	CU_cleanup_registry();
	return bad == 0 ? 0 : 1;
}

#endif
