/* SPDX-License-Identifier: MIT */
#include "kt_test.h"

#include <ctype.h>
#include <math.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[32];
static struct kt_diag *diag;

static int
begin(void)
{
	diag = kt_diag_new();
	strcpy(dir, "/tmp/kaitei-base-XXXXXX");
	return mkdtemp(dir) == NULL;
}

static int
end(void)
{
	kt_diag_free(diag);
	return rmdir(dir);
}

static void
fresh(void)
{
	kt_diag_clear(diag);
}

static void
test_an_arena_gives_zeroed_memory_of_any_size(void)
{
	struct kt_arena *a = kt_arena_new();

	for (size_t n = 1; n < 300000; n = n * 3 + 1) {
		char *p = kt_arena_alloc(a, n);

		CU_ASSERT((uintptr_t)p % 16 == 0);
		CU_ASSERT(p[0] == 0 && p[n - 1] == 0);
		memset(p, 1, n);
	}
	KT_STR(kt_arena_printf(a, "%s第%d条", "", 3), "第3条");
	KT_STR(kt_arena_strndup(a, "abcdef", 3), "abc");
	kt_arena_free(a);
	kt_arena_free(NULL);
}

static void
test_memory_used_before_is_zeroed_again(void)
{
	struct kt_arena *a;
	char *p = kt_malloc((size_t)1 << 16);
	void *left_out = kt_room();

	memset(p, 'x', (size_t)1 << 16);
	free(p);
	a = kt_arena_new();
	for (size_t n = 1; n < 5000; n += 7) {
		p = kt_arena_alloc(a, n);
		CU_ASSERT(p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
	}
	kt_arena_free(a);
	free(left_out);
}

static void
test_an_arena_takes_what_is_in_another(void)
{
	struct kt_arena *a = kt_arena_new(), *b = kt_arena_new();
	char *mine, *theirs, *big;

	mine = kt_arena_strdup(a, "第1条");
	theirs = kt_arena_strdup(b, "第2条");
	big = kt_arena_alloc(b, 100000);
	kt_arena_join(a, b);
	memset(kt_arena_alloc(a, 100), 'x', 100);
	memset(big, 'y', 100000);
	KT_STR(mine, "第1条");
	KT_STR(theirs, "第2条");
	kt_arena_join(a, kt_arena_new());
	kt_arena_free(a);
	a = kt_arena_new();
	b = kt_arena_new();
	theirs = kt_arena_strdup(b, "第3条");
	kt_arena_join(a, b);
	KT_STR(theirs, "第3条");
	kt_arena_free(a);
}

static void
test_a_buffer_is_always_a_string(void)
{
	struct kt_buf b = KT_BUF_INIT;
	char *s;

	KT_STR(b.p, "");
	kt_buf_puts(&b, "第");
	kt_buf_printf(&b, "%d", 12);
	kt_buf_puts(&b, "条");
	KT_STR(b.p, "第12条");
	kt_buf_cut(&b, 3);
	KT_STR(b.p, "第");
	s = kt_buf_detach(&b);
	KT_STR(s, "第");
	free(s);
	s = kt_buf_detach(&b);
	KT_STR(s, "");
	free(s);
	for (int i = 0; i < 100; i++)
		kt_buf_printf(&b, "%0100d", i);
	KT_NUM(b.len, 10000);
	kt_buf_printf(&b, "%0400d", 1);
	KT_NUM(b.len, 10400);
	kt_buf_release(&b);
}

static void
test_a_capped_buffer_takes_no_byte_over_its_limit(void)
{
	struct kt_buf b = KT_BUF_INIT;

	b.limit = 5;
	kt_buf_puts(&b, "12345");
	CU_ASSERT_FALSE(b.over);
	kt_buf_puts(&b, "6");
	CU_ASSERT_TRUE(b.over);
	KT_STR(b.p, "12345");
	kt_buf_release(&b);
}

static void
test_a_file_over_the_limit_is_refused_and_nothing_is_read(void)
{
	struct kt_buf out = KT_BUF_INIT;
	int rc;

	fresh();
	rc = kt_file_read(&out, "/dev/zero", 4, diag);
	CU_ASSERT_EQUAL(rc, KT_ELIMIT);
	CU_ASSERT_EQUAL_FATAL(kt_diag_count(diag), 1);
	CU_ASSERT_EQUAL(kt_diag_get(diag, 0)->id, KT_M_FILE_TOO_BIG);
	KT_STR(out.p, "");
}

static void
test_a_missing_file_is_said_to_be_missing(void)
{
	struct kt_buf out = KT_BUF_INIT;

	fresh();
	CU_ASSERT_EQUAL(
	    kt_file_read(&out, "/nowhere/x.md", 4, diag), KT_ENOTFOUND);
	CU_ASSERT_EQUAL(kt_file_read(&out, "/tmp", 4, diag), KT_EINPUT);
	KT_NUM(kt_diag_errors(diag), 2);
}

static void
test_a_file_is_written_whole_and_keeps_its_mode(void)
{
	struct kt_buf out = KT_BUF_INIT;
	char path[64];
	struct stat st;

	fresh();
	snprintf(path, sizeof(path), "%s/a.md", dir);
	CU_ASSERT_EQUAL(kt_file_write(path, "一", 3, diag), KT_OK);
	CU_ASSERT_EQUAL(chmod(path, 0640), 0);
	CU_ASSERT_EQUAL(kt_file_write(path, "二三", 6, diag), KT_OK);
	CU_ASSERT_EQUAL(stat(path, &st), 0);
	KT_NUM(st.st_mode & 0777, 0640);
	CU_ASSERT_EQUAL(kt_file_read(&out, path, 100, diag), KT_OK);
	KT_STR(out.p, "二三");
	kt_buf_release(&out);
	unlink(path);
}

static void
test_a_failed_write_leaves_nothing_behind(void)
{
	char path[64];

	fresh();
	snprintf(path, sizeof(path), "%s/none/a.md", dir);
	CU_ASSERT_EQUAL(kt_file_write(path, "x", 1, diag), KT_ENOTFOUND);
	CU_ASSERT_EQUAL(kt_file_write(dir, "x", 1, diag), KT_EINPUT);
	CU_ASSERT_EQUAL(kt_file_write("/dev/full", "x", 1, diag), KT_ENOSPACE);
	KT_NUM(kt_diag_errors(diag), 3);
}

static void
test_a_message_names_place_clause_and_name(void)
{
	struct kt_buf b = KT_BUF_INIT;

	fresh();
	CU_ASSERT_EQUAL(
	    kt_report(diag, .id = KT_M_FILE_TOO_BIG, .a = "x.md", .b = "5",
		.at = { .file = "規程.md",
		    .line = 42,
		    .column = 5,
		    .clause = "第3条" }),
	    KT_ELIMIT);
	kt_msg_tell(&b, kt_diag_get(diag, 0), KT_JA);
	KT_STR(b.p,
	    "規程.md:42:5: エラー: 第3条: 「x.md」は大きすぎて読めません"
	    "（上限5バイト） [refused: file-too-big]");
	kt_buf_clear(&b);
	kt_msg_tell(&b, kt_diag_get(diag, 0), KT_EN);
	KT_STR(b.p,
	    "規程.md:42:5: error: 第3条: 'x.md' is too big to read; the limit "
	    "is 5 bytes [refused: file-too-big]");
	kt_buf_release(&b);
}

static void
test_messages_past_the_limit_are_counted(void)
{
	fresh();
	kt_diag_limit(diag, 2);
	for (int i = 0; i < 5; i++)
		kt_report(diag, .id = KT_M_FILE_READ, .a = "a", .b = "b");
	KT_NUM(kt_diag_count(diag), 2);
	KT_NUM(kt_diag_dropped(diag), 3);
	KT_NUM(kt_diag_errors(diag), 5);
	kt_diag_limit(diag, 0);
}

/* The arguments a text uses, as bits. */
static unsigned
arguments_of(const char *text)
{
	unsigned bits = 0;

	for (const char *p = strchr(text, '%'); p != NULL;
	     p = strchr(p + 1, '%'))
		if (p[1] >= '1' && p[1] <= '3')
			bits |= 1u << (p[1] - '1');
	return bits;
}

static void
test_both_languages_of_every_message_agree(void)
{
	for (int id = 0; id < KT_M__COUNT; id++) {
		const char *ja = kt_msg_template(id, KT_JA);
		const char *en = kt_msg_template(id, KT_EN);
		size_t nja = strlen(ja), nen = strlen(en);

		KT_NUM(arguments_of(ja), arguments_of(en));
		CU_ASSERT_FATAL(nja > 3 && nen > 3);
		CU_ASSERT(strcmp(ja + nja - 3, "。") != 0);
		CU_ASSERT(en[nen - 1] != '.');
		CU_ASSERT(!isupper((unsigned char)en[0]) ||
			  isupper((unsigned char)en[1]));
	}
}

/* The status of a process that opens a library, standard error to nowhere. */
static int
status_of_opening(const char *file, const char *name)
{
	pid_t pid = fork();
	int status = -1;

	if (pid == 0) {
		double (*root)(double) = NULL;

		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(3);
		kt_library_open(file, &name, 1, &root);
		_exit(root != NULL && fabs(root(9.0) - 3.0) < 1e-9 ? 0 : 4);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
test_a_library_is_opened_or_ends_the_program(void)
{
	KT_NUM(status_of_opening("libm.so.6", "sqrt"), 0);
	KT_NUM(status_of_opening("libm.so.6", "no_such_function"), 2);
	KT_NUM(status_of_opening("libno-such-library.so.9", "sqrt"), 2);
}

/* ---- two at once -------------------------------------------------------- */

static void
add_up(void *arg)
{
	size_t *sum = arg;

	for (size_t i = 0; i <= 1000; i++)
		*sum += i;
}

/* A half that has halves itself. */
static void
add_up_both(void *arg)
{
	size_t *sum = arg, more[2] = { 0, 0 };

	kt_both(add_up, &more[0], &more[1]);
	*sum = more[0] + more[1];
}

static void
check_both(void (*job)(void *), size_t want)
{
	size_t sum[2] = { 0, 0 };

	kt_both(job, &sum[0], &sum[1]);
	KT_NUM(sum[0], want);
	KT_NUM(sum[1], want);
}

static void
test_both_halves_are_done(void)
{
	for (int i = 0; i < 100; i++) {
		check_both(add_up, 500500);
		check_both(add_up_both, 1001000);
	}
}

static void
test_a_child_has_both_halves_done(void)
{
	size_t sum[2] = { 0, 0 };
	int status = -1;
	pid_t child;

#ifdef __SANITIZE_THREAD__
	return; /* which ends a child that begins threads */
#endif
	check_both(add_up, 500500);
	child = fork();
	if (child == 0) {
		kt_both(add_up, &sum[0], &sum[1]);
		_exit(sum[0] == 500500 && sum[1] == 500500 ? 0 : 1);
	}
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	KT_NUM(status, 0);
}

static CU_TestInfo both_tests[] = {
	{ "both halves are done", test_both_halves_are_done },
	{ "a child has both halves done", test_a_child_has_both_halves_done },
	CU_TEST_INFO_NULL,
};

/* ---- a text in pieces --------------------------------------------------- */

struct putting {
	struct kt_buf got;
	size_t calls, most; /* the call after so many fails */
};

/* Of very different lengths, so that the two threads get out of step. */
static void
make_piece(const void *of, size_t i, struct kt_buf *out)
{
	const char *word = of;

	CU_ASSERT_EQUAL(out->len, 0);
	kt_buf_printf(out, "%zu", i);
	for (size_t k = 0; k < i * 7919 % 5000; k++)
		kt_buf_puts(out, word);
	kt_buf_putc(out, '\n');
}

static int
put_piece(void *to, const char *p, size_t n)
{
	struct putting *putting = to;

	if (putting->calls++ == putting->most)
		return KT_EIO;
	kt_buf_put(&putting->got, p, n);
	return KT_OK;
}

static void
test_pieces_are_put_in_their_order(void)
{
	static const size_t numbers[] = { 0, 1, 2, 100 };

	for (size_t k = 0; k < KT_COUNT(numbers); k++) {
		struct putting to = { .got = KT_BUF_INIT, .most = SIZE_MAX };
		struct kt_pieces all = { .n = numbers[k],
			.make = make_piece,
			.of = "語",
			.put = put_piece,
			.to = &to };
		struct kt_buf want = KT_BUF_INIT, one = KT_BUF_INIT;

		KT_NUM(kt_pieces_put(&all), KT_OK);
		for (size_t i = 0; i < numbers[k]; i++) {
			kt_buf_clear(&one);
			make_piece(all.of, i, &one);
			kt_buf_put(&want, one.p, one.len);
		}
		KT_STR(to.got.p, want.p);
		kt_buf_release(&to.got);
		kt_buf_release(&want);
		kt_buf_release(&one);
	}
}

static void
test_nothing_is_put_behind_a_piece_that_failed(void)
{
	struct putting to = { .got = KT_BUF_INIT, .most = 40 };
	struct kt_pieces all = { .n = 100,
		.make = make_piece,
		.of = "語",
		.put = put_piece,
		.to = &to };

	KT_NUM(kt_pieces_put(&all), KT_EIO);
	KT_NUM(to.calls, 41);
	kt_buf_release(&to.got);
}

static CU_TestInfo piece_tests[] = {
	{ "pieces are put in their order", test_pieces_are_put_in_their_order },
	{ "nothing is put behind a piece that failed",
	    test_nothing_is_put_behind_a_piece_that_failed },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo arena_tests[] = {
	{ "an arena gives zeroed memory of any size",
	    test_an_arena_gives_zeroed_memory_of_any_size },
	{ "memory used before is zeroed again",
	    test_memory_used_before_is_zeroed_again },
	{ "an arena takes what is in another",
	    test_an_arena_takes_what_is_in_another },
	{ "a buffer is always a string", test_a_buffer_is_always_a_string },
	{ "a capped buffer takes no byte over its limit",
	    test_a_capped_buffer_takes_no_byte_over_its_limit },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo library_tests[] = {
	{ "a library is opened, or ends the program",
	    test_a_library_is_opened_or_ends_the_program },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo file_tests[] = {
	{ "a file over the limit is refused",
	    test_a_file_over_the_limit_is_refused_and_nothing_is_read },
	{ "a missing file is said to be missing",
	    test_a_missing_file_is_said_to_be_missing },
	{ "a file is written whole and keeps its mode",
	    test_a_file_is_written_whole_and_keeps_its_mode },
	{ "a failed write leaves nothing behind",
	    test_a_failed_write_leaves_nothing_behind },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo diag_tests[] = {
	{ "a message names place, clause and name",
	    test_a_message_names_place_clause_and_name },
	{ "messages past the limit are counted",
	    test_messages_past_the_limit_are_counted },
	{ "both languages of every message agree",
	    test_both_languages_of_every_message_agree },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "memory", NULL, NULL, NULL, NULL, arena_tests },
		{ "two at once", NULL, NULL, NULL, NULL, both_tests },
		{ "pieces", NULL, NULL, NULL, NULL, piece_tests },
		{ "libraries", NULL, NULL, NULL, NULL, library_tests },
		{ "files", begin, end, NULL, NULL, file_tests },
		{ "messages", begin, end, NULL, NULL, diag_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
