/* SPDX-License-Identifier: MIT */
/* Helper processes: their output, their end, their limits. */
#include "kt_test.h"

#include <sys/stat.h>

static enum kt_ending
run(struct kt_buf *out, int *status, const char *const *argv, const char *input)
{
	const struct kt_spawn what = { .argv = argv,
		.input = input,
		.ninput = strlen(input),
		.output = 1000,
		.seconds = 1,
		.cpu_seconds = 1 };

	return kt_spawn(out, status, &what);
}

static void
test_input_goes_in_and_output_comes_back(void)
{
	const char *const argv[] = { "/bin/cat", NULL };
	struct kt_buf out = KT_BUF_INIT;
	int status;

	KT_NUM(run(&out, &status, argv, "市長は"), KT_ENDED_GOOD);
	KT_NUM(status, 0);
	KT_STR(out.p, "市長は");
	kt_buf_release(&out);
}

static void
test_the_status_of_the_program_is_told(void)
{
	const char *const argv[] = { "/bin/false", NULL };
	struct kt_buf out = KT_BUF_INIT;
	int status;

	KT_NUM(run(&out, &status, argv, ""), KT_ENDED_GOOD);
	KT_NUM(status, 1);
	kt_buf_release(&out);
}

static void
test_a_program_that_does_not_end_is_killed(void)
{
	const char *const sleep[] = { "/bin/sleep", "60", NULL };
	const char *const yes[] = { "/usr/bin/yes", NULL };
	struct kt_buf out = KT_BUF_INIT;
	int status;

	KT_NUM(run(&out, &status, sleep, ""), KT_ENDED_LATE);
	KT_NUM(run(&out, &status, yes, ""), KT_ENDED_MUCH);
	KT_NUM(out.len, 1000);
	kt_buf_release(&out);
}

static void
test_a_program_that_is_not_there_is_told(void)
{
	const char *const argv[] = { "/bin/kaitei-none", NULL };
	struct kt_buf out = KT_BUF_INIT;
	int status;

	KT_NUM(run(&out, &status, argv, ""), KT_ENDED_NEVER);
	kt_buf_release(&out);
}

/* No words of the caller's surroundings reach it, and it may write no file. */
static void
test_it_knows_nothing_but_the_locale(void)
{
	const char *const argv[] = { "/usr/bin/env", NULL };
	const char *const dd[] = { "/bin/dd", "if=/dev/zero",
		"of=/dev/shm/kaitei-spawn-test", "bs=1", "count=1", NULL };
	struct kt_buf out = KT_BUF_INIT;
	struct stat st;
	int status;

	KT_NUM(run(&out, &status, argv, ""), KT_ENDED_GOOD);
	KT_STR(out.p, "LC_ALL=C.UTF-8\n");
	/* It is told so, and goes on: a cache that cannot be kept is no end. */
	KT_NUM(run(&out, &status, dd, ""), KT_ENDED_GOOD);
	CU_ASSERT_NOT_EQUAL(status, 0);
	CU_ASSERT_EQUAL_FATAL(stat("/dev/shm/kaitei-spawn-test", &st), 0);
	KT_NUM((long)st.st_size, 0);
	remove("/dev/shm/kaitei-spawn-test");
	kt_buf_release(&out);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "input goes in, output comes back",
		    test_input_goes_in_and_output_comes_back },
		{ "the status of the program is told",
		    test_the_status_of_the_program_is_told },
		{ "a program that does not end is killed",
		    test_a_program_that_does_not_end_is_killed },
		{ "a program that is not there is told",
		    test_a_program_that_is_not_there_is_told },
		{ "it knows nothing but the locale",
		    test_it_knows_nothing_but_the_locale },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "spawn", NULL, NULL, NULL, NULL, tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
