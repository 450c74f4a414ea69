/* SPDX-License-Identifier: MIT */
/* The store: what it keeps, what it refuses, and that nothing acknowledged
 * is lost to a kill at any point or to two writers at once. */
#include "kt_test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <kaitei/store.h>

static char dir[64];
static struct kt_diag *diag;
static const struct kt_person hanako = { "見本 花子", "hanako@example.jp" };

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
shell(const char *fmt, ...)
{
	struct kt_buf b = KT_BUF_INIT;
	char line[512];
	va_list ap;
	int rc;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	kt_buf_puts(&b, line);
	rc = system(b.p);
	kt_buf_release(&b);
	return rc;
}

static void
set_up(void)
{
	strcpy(dir, "/tmp/kaitei-store-XXXXXX");
	kt_diag_clear(diag);
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
	CU_ASSERT_EQUAL_FATAL(kt_store_init(dir, &hanako, diag), KT_OK);
}

static void
tear_down(void)
{
	CU_ASSERT_EQUAL(shell("rm -rf '%s'", dir), 0);
}

static int
save_in(struct kt_store *s, const char *id, const char *text,
    const char *edition, struct kt_date day, char *rev)
{
	struct kt_note note = { .document = id,
		.edition = edition,
		.instrument = "",
		.message = "",
		.effective = day,
		.author = hanako };

	struct kt_file file = { .bytes = text, .n = strlen(text) };
	int rc = kt_store_document(&file.path, s, id, "", "policies", diag);

	return rc == KT_OK ? kt_store_put(s, &file, 1, "", &note, rev, diag)
			   : rc;
}

static int
save(const char *id, const char *text, const char *edition, struct kt_date day,
    char *rev)
{
	struct kt_store *s = NULL;
	int rc = kt_store_open(&s, dir, diag);

	if (rc == KT_OK)
		rc = save_in(s, id, text, edition, day, rev);
	kt_store_free(s);
	return rc;
}

static const char *
text_at(const char *id, const char *rev)
{
	static struct kt_buf text = KT_BUF_INIT;
	struct kt_store *s = NULL;
	int rc = kt_store_open(&s, dir, diag);

	kt_buf_release(&text);
	if (rc == KT_OK)
		rc = kt_store_read(&text, s, id, rev, NULL, diag);
	kt_store_free(s);
	return rc == KT_OK ? text.p : "(none)";
}

static enum kt_msg_id
last_message(void)
{
	size_t n = kt_diag_count(diag);

	return n == 0 ? KT_M__COUNT : kt_diag_get(diag, n - 1)->id;
}

static const struct kt_date no_day;

/* ---- what it keeps ------------------------------------------------------ */

static void
test_what_was_saved_is_read_back(void)
{
	char rev[KT_REV_LEN + 1];

	set_up();
	CU_ASSERT_EQUAL(save("規程", "第一\n", "", no_day, rev), KT_OK);
	KT_STR(text_at("規程", ""), "第一\n");
	KT_STR(text_at("規程", rev), "第一\n");
	rev[8] = '\0';
	KT_STR(text_at("規程", rev), "第一\n");
	tear_down();
}

static void
test_a_revision_is_found_by_edition_and_by_date_in_force(void)
{
	static const struct kt_date d1 = { 2025, 4, 1 }, d2 = { 2026, 4, 1 };
	static const struct kt_date d3 = { 2025, 10, 1 };
	static const struct {
		const char *rev, *want;
	} cases[] = {
		{ "", "c" },
		{ "令和7年版", "a" },
		{ "2026-04-01", "b" },
		{ "令和8年3月31日", "c" },
		{ "2025-09-30", "a" },
		{ "2025-03-31", "(none)" },
		{ "無い版", "(none)" },
	};
	char rev[KT_REV_LEN + 1];

	set_up();
	CU_ASSERT_EQUAL(save("k", "a", "令和7年版", d1, rev), KT_OK);
	CU_ASSERT_EQUAL(save("k", "b", "令和8年版", d2, rev), KT_OK);
	/* Recorded last, in force between the two. */
	CU_ASSERT_EQUAL(save("k", "c", "", d3, rev), KT_OK);
	for (size_t i = 0; i < KT_COUNT(cases); i++)
		KT_STR(text_at("k", cases[i].rev), cases[i].want);
	tear_down();
}

static void
test_list_and_log_tell_what_was_recorded(void)
{
	static const struct kt_date day = { 1947, 5, 3 };
	const struct kt_entry *entries = NULL;
	const struct kt_revision *log = NULL;
	struct kt_store *s = NULL;
	char rev[KT_REV_LEN + 1];
	size_t n = 0;

	set_up();
	CU_ASSERT_EQUAL(save("b", "1", "初版", day, rev), KT_OK);
	CU_ASSERT_EQUAL(save("a", "1", "", no_day, rev), KT_OK);
	CU_ASSERT_EQUAL(save("b", "22", "", no_day, rev), KT_OK);
	CU_ASSERT_EQUAL_FATAL(kt_store_open(&s, dir, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(kt_store_list(s, &entries, &n, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(n, 2);
	KT_STR(entries[0].id, "a");
	KT_STR(entries[1].path, "policies/b.md");
	KT_NUM(entries[1].size, 2);
	KT_STR(entries[1].last.id, rev);
	CU_ASSERT_EQUAL_FATAL(kt_store_log(s, "b", &log, &n, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(n, 2);
	KT_STR(log[1].note.edition, "初版");
	KT_NUM(log[1].note.effective.year, 1947);
	KT_STR(log[1].note.author.name, "見本 花子");
	kt_store_free(s);
	tear_down();
}

static void
test_git_itself_finds_the_store_sound(void)
{
	char rev[KT_REV_LEN + 1];

	set_up();
	CU_ASSERT_EQUAL(save("k", "a", "初版", no_day, rev), KT_OK);
	CU_ASSERT_EQUAL(
	    shell("git -C '%s' fsck --full --strict 2>&1 | (! grep .)", dir),
	    0);
	CU_ASSERT_EQUAL(
	    shell("git -C '%s' log -1 --format=%%B main | "
		  "git interpret-trailers --parse | grep -q '^Edition: 初版$'",
		dir),
	    0);
	CU_ASSERT_EQUAL(
	    shell("git -C '%s' cat-file -t k/初版 | grep -q tag", dir), 0);
	tear_down();
}

static int
put(struct kt_store *s, const struct kt_file *files, size_t n, const char *base,
    char *rev)
{
	struct kt_note note = { .document = "", .author = hanako };

	return kt_store_put(s, files, n, base, &note, rev, diag);
}

static void
test_several_files_of_any_bytes_are_one_revision(void)
{
	static const char bytes[] = "PK\0\xff\r\n";
	const struct kt_file files[] = {
		{ "deliverables/令和8年度/納品 一覧.xlsx", bytes, 6 },
		{ "deliverables/令和8年度/register.tsv", "a\tb\n", 4 },
		{ "signers", "x\n", 2 },
	};
	const struct kt_file out = { "signers", NULL, 0 };
	const struct kt_item *items = NULL;
	struct kt_buf got = KT_BUF_INIT;
	struct kt_store *s = NULL;
	char first[KT_REV_LEN + 1], rev[KT_REV_LEN + 1], at[KT_REV_LEN + 1];
	size_t n = 0;

	set_up();
	CU_ASSERT_EQUAL_FATAL(kt_store_open(&s, dir, diag), KT_OK);
	CU_ASSERT_EQUAL(put(s, files, 3, "", first), KT_OK);
	CU_ASSERT_EQUAL(
	    shell("test $(git -C '%s' rev-list --count main) = 2", dir), 0);
	CU_ASSERT_EQUAL(
	    kt_store_get(&got, s, files[0].path, "", at, diag), KT_OK);
	KT_NUM(got.len, 6);
	CU_ASSERT_EQUAL(memcmp(got.p, bytes, 6), 0);
	KT_STR(at, first);
	CU_ASSERT_EQUAL(put(s, &out, 1, "", rev), KT_OK);
	CU_ASSERT(!kt_store_has(s, "signers", ""));
	CU_ASSERT(kt_store_has(s, "signers", first));
	CU_ASSERT_EQUAL(
	    kt_store_items(s, "deliverables", "", &items, &n, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(n, 2);
	KT_STR(items[0].path, "deliverables/令和8年度/register.tsv");
	KT_NUM(items[1].size, 6);
	CU_ASSERT_EQUAL(
	    kt_store_items(s, "links", "", &items, &n, diag), KT_OK);
	KT_NUM(n, 0);
	kt_buf_release(&got);
	kt_store_free(s);
	tear_down();
}

static void
test_of_several_files_one_that_moved_on_stops_all(void)
{
	const struct kt_file a[] = { { "links/a.tsv", "1", 1 },
		{ "links/b.tsv", "1", 1 } };
	const struct kt_file b[] = { { "links/b.tsv", "2", 1 },
		{ "links/c.tsv", "2", 1 } };
	struct kt_store *one = NULL, *two = NULL;
	char rev[KT_REV_LEN + 1], first[KT_REV_LEN + 1];

	set_up();
	CU_ASSERT_EQUAL_FATAL(kt_store_open(&one, dir, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(kt_store_open(&two, dir, diag), KT_OK);
	CU_ASSERT_EQUAL(put(one, a, 2, "", first), KT_OK);
	CU_ASSERT_EQUAL(put(two, b, 2, "", rev), KT_ECONFLICT);
	CU_ASSERT_EQUAL(last_message(), KT_M_STORE_STALE);
	CU_ASSERT(!kt_store_has(two, "links/c.tsv", ""));
	CU_ASSERT_EQUAL(put(two, b, 2, first, rev), KT_OK);
	CU_ASSERT(kt_store_has(one, "links/c.tsv", ""));
	kt_store_free(one);
	kt_store_free(two);
	tear_down();
}

static void
test_files_stand_only_where_the_store_has_a_place_for_them(void)
{
	static const char *const bad[] = { "", "x", "policies", "policies/",
		"policies/a", "policies/a.txt", "policies/.md",
		"policies/a/b.md", "../a", "policies/../a.md", "/signers",
		"links//a", "links/con", "deliverables/a", "deliverables/a/b/c",
		"deliverables/../signers", "policies\\a.md", ".git/config",
		"links/a\nb", "links/\xff" };
	struct kt_store *s = NULL;
	char rev[KT_REV_LEN + 1];

	set_up();
	CU_ASSERT_EQUAL_FATAL(kt_store_open(&s, dir, diag), KT_OK);
	for (size_t i = 0; i < KT_COUNT(bad); i++) {
		struct kt_file file = { bad[i], "x", 1 };

		CU_ASSERT_EQUAL(put(s, &file, 1, "", rev), KT_EINPUT);
		CU_ASSERT_EQUAL(last_message(), KT_M_STORE_BAD_PATH);
	}
	kt_store_free(s);
	tear_down();
}

/* ---- what it refuses ---------------------------------------------------- */

static void
test_what_is_no_store_is_said_not_to_be_one(void)
{
	struct kt_store *s = NULL;

	strcpy(dir, "/tmp/kaitei-store-XXXXXX");
	kt_diag_clear(diag);
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
	CU_ASSERT_EQUAL(kt_store_open(&s, dir, diag), KT_ENOTFOUND);
	CU_ASSERT_EQUAL(last_message(), KT_M_STORE_NONE);
	CU_ASSERT_EQUAL(shell("git init -q '%s'", dir), 0);
	CU_ASSERT_EQUAL(kt_store_open(&s, dir, diag), KT_EINPUT);
	CU_ASSERT_EQUAL(last_message(), KT_M_STORE_NOT_ONE);
	CU_ASSERT_EQUAL(kt_store_init(dir, &hanako, diag), KT_ECONFLICT);
	CU_ASSERT_EQUAL(shell("rm -rf '%s'/.git; touch '%s'/x", dir, dir), 0);
	CU_ASSERT_EQUAL(kt_store_init(dir, &hanako, diag), KT_EINPUT);
	CU_ASSERT_EQUAL(last_message(), KT_M_STORE_NOT_EMPTY);
	tear_down();
}

static void
test_a_second_init_changes_nothing(void)
{
	set_up();
	CU_ASSERT_EQUAL(kt_store_init(dir, &hanako, diag), KT_ECONFLICT);
	CU_ASSERT_EQUAL(last_message(), KT_M_STORE_THERE);
	tear_down();
}

static void
test_a_half_made_store_is_finished_by_the_next_init(void)
{
	set_up();
	CU_ASSERT_EQUAL(shell("rm '%s'/refs/heads/main", dir), 0);
	CU_ASSERT_EQUAL(kt_store_init(dir, &hanako, diag), KT_OK);
	tear_down();
}

static void
test_names_that_other_systems_cannot_keep_are_refused(void)
{
	static const char *const bad[] = { "", ".", "..", "a/b", "a b", "CON",
		"con.x", "a:b", "a@b", "-a", ".a", "a.", "a.lock", "a..b",
		"a\nb", "\xff" };
	char rev[KT_REV_LEN + 1];

	set_up();
	for (size_t i = 0; i < KT_COUNT(bad); i++)
		CU_ASSERT_EQUAL(save(bad[i], "x", "", no_day, rev), KT_EINPUT);
	CU_ASSERT_EQUAL(save("k", "x", "2026-04-01", no_day, rev), KT_EINPUT);
	CU_ASSERT_EQUAL(save("k", "x", "初版", no_day, rev), KT_OK);
	CU_ASSERT_EQUAL(save("k", "y", "初版", no_day, rev), KT_ECONFLICT);
	CU_ASSERT_EQUAL(last_message(), KT_M_STORE_EDITION_TAKEN);
	tear_down();
}

static void
test_of_two_who_began_together_one_saves_and_the_other_is_told(void)
{
	struct kt_store *one = NULL, *two = NULL;
	char rev[KT_REV_LEN + 1], first[KT_REV_LEN + 1];

	set_up();
	CU_ASSERT_EQUAL_FATAL(kt_store_open(&one, dir, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(kt_store_open(&two, dir, diag), KT_OK);
	CU_ASSERT_EQUAL(save_in(one, "k", "1", "", no_day, first), KT_OK);
	CU_ASSERT_EQUAL(save_in(two, "k", "2", "", no_day, rev), KT_ECONFLICT);
	CU_ASSERT_EQUAL(last_message(), KT_M_STORE_STALE);
	KT_STR(kt_diag_get(diag, kt_diag_count(diag) - 1)->c, first);
	/* Another document does not collide. */
	CU_ASSERT_EQUAL(save_in(two, "m", "3", "", no_day, rev), KT_OK);
	KT_STR(text_at("k", ""), "1");
	KT_STR(text_at("m", ""), "3");
	kt_store_free(one);
	kt_store_free(two);
	tear_down();
}

static void
test_a_flipped_bit_is_found_and_nothing_is_shown(void)
{
	char rev[KT_REV_LEN + 1];

	set_up();
	CU_ASSERT_EQUAL(save("k", "abc", "", no_day, rev), KT_OK);
	CU_ASSERT_EQUAL(
	    shell("cd '%s' && o=$(git rev-parse main:policies/k.md) && "
		  "f=objects/$(echo $o | cut -c1-2)/$(echo $o | cut -c3-) && "
		  "chmod u+w $f && printf 'blob 3\\0abd' | "
		  "python3 -c 'import sys,zlib;sys.stdout.buffer.write("
		  "zlib.compress(sys.stdin.buffer.read()))' > $f",
		dir),
	    0);
	KT_STR(text_at("k", ""), "(none)");
	CU_ASSERT_EQUAL(last_message(), KT_M_STORE_DAMAGED);
	tear_down();
}

/* ---- kills and races ---------------------------------------------------- */

/* Save until killed, a line for each acknowledged revision. */
static void
write_until_killed(int out, int writer)
{
	for (unsigned i = 0;; i++) {
		char rev[KT_REV_LEN + 1], id[16], text[32];

		snprintf(id, sizeof(id), "w%d", writer);
		snprintf(text, sizeof(text), "%d %u\n", (int)getpid(), i);
		if (save(id, text, "", no_day, rev) != KT_OK)
			_exit(3);
		rev[KT_REV_LEN] = '\n';
		if (write(out, rev, sizeof(rev)) != (ssize_t)sizeof(rev))
			_exit(4);
	}
}

static void
nap(unsigned ms)
{
	struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000L };

	nanosleep(&t, NULL);
}

/* Start writers, kill them all after a moment, keep what they acknowledged.
 * False when one of them failed by itself. */
static bool
one_kill_round(struct kt_buf *acks, int writers, unsigned ms)
{
	pid_t pids[8];
	char page[4096];
	int ends[2], status;
	bool fine = true;
	ssize_t n;

	CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
	for (int w = 0; w < writers; w++) {
		pids[w] = fork();
		if (pids[w] == 0)
			write_until_killed(ends[1], w);
	}
	close(ends[1]);
	nap(ms);
	for (int w = 0; w < writers; w++)
		kill(pids[w], SIGKILL);
	while ((n = read(ends[0], page, sizeof(page))) > 0)
		kt_buf_put(acks, page, (size_t)n);
	close(ends[0]);
	for (int w = 0; w < writers; w++) {
		waitpid(pids[w], &status, 0);
		fine = fine && WIFSIGNALED(status);
	}
	return fine;
}

/* Acknowledged revisions that the history does not have. */
static long
lost(const struct kt_buf *acks)
{
	char file[96];
	FILE *p;
	long n = -1;
	char line[640];

	snprintf(file, sizeof(file), "%s/acks.txt", dir);
	if (kt_file_write(file, acks->p, acks->len, diag) != KT_OK)
		return -1;
	snprintf(line, sizeof(line),
	    "git -C '%s' rev-list main | sort > '%s/have.txt'; "
	    "sort -u '%s' | comm -23 - '%s/have.txt' | wc -l",
	    dir, dir, file, dir);
	p = popen(line, "r");
	if (p != NULL) {
		if (fscanf(p, "%ld", &n) != 1)
			n = -1;
		pclose(p);
	}
	return n;
}

static void
test_no_acknowledged_revision_is_lost_to_500_kills(void)
{
	struct kt_buf acks = KT_BUF_INIT;
	char rev[KT_REV_LEN + 1] = "";
	unsigned seed = 20260401;
	struct timespec t0, t1;
	long worst = 0, span = 36;

	set_up();
	for (int round = 0; round < 500; round++) {
		seed = seed * 1103515245u + 12345u;
		CU_ASSERT(one_kill_round(&acks, round % 4 == 0 ? 4 : 1,
		    4 + (seed >> 16) % (unsigned)span));
		if (round % 25 != 0)
			continue;
		/* Nobody cleans up: the next command has to work. */
		clock_gettime(CLOCK_MONOTONIC, &t0);
		CU_ASSERT_EQUAL(save("n", rev, "", no_day, rev), KT_OK);
		clock_gettime(CLOCK_MONOTONIC, &t1);
		if (t1.tv_sec - t0.tv_sec > worst)
			worst = t1.tv_sec - t0.tv_sec;
		/* Kills fall everywhere in a save, however slow the disk. */
		span = 3 * ((t1.tv_sec - t0.tv_sec) * 1000 +
			       (t1.tv_nsec - t0.tv_nsec) / 1000000);
		span = span < 36 ? 36 : span > 900 ? 900 : span;
	}
	printf("\n    500 kills, %zu acknowledged revisions, worst next "
	       "command %ld s\n",
	    acks.len / (KT_REV_LEN + 1), worst);
	CU_ASSERT(acks.len > 0);
	CU_ASSERT(worst <= 3);
	KT_NUM(lost(&acks), 0);
	CU_ASSERT_EQUAL(
	    shell("git -C '%s' fsck --full --strict 2>&1 | grep -v dangling "
		  "| (! grep .)",
		dir),
	    0);
	kt_buf_release(&acks);
	tear_down();
}

static void
test_writers_at_once_lose_nothing(void)
{
	enum { WRITERS = 4, EACH = 50 };
	pid_t pids[WRITERS];
	int status;

	set_up();
	for (int w = 0; w < WRITERS; w++) {
		pids[w] = fork();
		if (pids[w] != 0)
			continue;
		for (int i = 0; i < EACH; i++) {
			char rev[KT_REV_LEN + 1], id[16], text[16];

			snprintf(id, sizeof(id), "w%d", w);
			snprintf(text, sizeof(text), "%d", i);
			if (save(id, text, "", no_day, rev) != KT_OK)
				_exit(1);
		}
		_exit(0);
	}
	for (int w = 0; w < WRITERS; w++) {
		waitpid(pids[w], &status, 0);
		CU_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	CU_ASSERT_EQUAL(shell("test $(git -C '%s' rev-list --count main) = %d",
			    dir, WRITERS * EACH + 1),
	    0);
	tear_down();
}

static void
test_a_foreign_lock_is_waited_for_and_then_removed(void)
{
	char rev[KT_REV_LEN + 1];

	set_up();
	CU_ASSERT_EQUAL(shell("touch '%s'/refs/heads/main.lock", dir), 0);
	CU_ASSERT_EQUAL(save("k", "x", "", no_day, rev), KT_OK);
	CU_ASSERT_EQUAL(last_message(), KT_M_STORE_RECOVERED);
	tear_down();
}

/* ---- no room ------------------------------------------------------------ */

static void
test_a_full_disk_is_said_and_nothing_is_lost(void)
{
	char rev[KT_REV_LEN + 1], last[KT_REV_LEN + 1] = "", id[16];
	int rc = KT_OK, made = 0;
	char *big;

	strcpy(dir, "/tmp/kaitei-store-XXXXXX");
	kt_diag_clear(diag);
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
	if (shell("mount -t tmpfs -o size=900k,nr_inodes=400 tmpfs '%s' "
		  "2>/dev/null",
		dir) != 0) {
		printf("\n    skipped: a small tmpfs needs root\n");
		rmdir(dir);
		return;
	}
	CU_ASSERT_EQUAL(kt_store_init(dir, &hanako, diag), KT_OK);
	big = kt_malloc(20001);
	for (int i = 0; i < 500 && rc == KT_OK; i++) {
		unsigned x = (unsigned)i + 1;

		for (int k = 0; k < 20000; k++) {
			x = x * 1103515245u + 12345u;
			big[k] = (char)('a' + (x >> 16) % 26);
		}
		big[20000] = '\0';
		snprintf(id, sizeof(id), "k%d", i % 3);
		rc = save(id, big, "", no_day, rev);
		if (rc == KT_OK) {
			strcpy(last, rev);
			made++;
		}
	}
	free(big);
	CU_ASSERT_EQUAL(rc, KT_ENOSPACE);
	CU_ASSERT(made > 5);
	CU_ASSERT_EQUAL(
	    shell("test $(git -C '%s' rev-parse main) = %s", dir, last), 0);
	CU_ASSERT_EQUAL(
	    shell("mount -o remount,size=9m,nr_inodes=4000 '%s'", dir), 0);
	CU_ASSERT_EQUAL(save("k", "x", "", no_day, rev), KT_OK);
	CU_ASSERT_EQUAL(shell("mount -o remount,ro '%s'", dir), 0);
	CU_ASSERT_EQUAL(save("k", "y", "", no_day, rev), KT_ENOSPACE);
	CU_ASSERT_EQUAL(last_message(), KT_M_FILE_READ_ONLY);
	KT_STR(text_at("k", ""), "x");
	CU_ASSERT_EQUAL(shell("umount '%s'", dir), 0);
	rmdir(dir);
}

static CU_TestInfo keep_tests[] = {
	{ "what was saved is read back", test_what_was_saved_is_read_back },
	{ "a revision is found by edition and by date in force",
	    test_a_revision_is_found_by_edition_and_by_date_in_force },
	{ "list and log tell what was recorded",
	    test_list_and_log_tell_what_was_recorded },
	{ "git itself finds the store sound",
	    test_git_itself_finds_the_store_sound },
	{ "several files of any bytes are one revision",
	    test_several_files_of_any_bytes_are_one_revision },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo refuse_tests[] = {
	{ "what is no store is said not to be one",
	    test_what_is_no_store_is_said_not_to_be_one },
	{ "a second init changes nothing", test_a_second_init_changes_nothing },
	{ "a half made store is finished by the next init",
	    test_a_half_made_store_is_finished_by_the_next_init },
	{ "names that other systems cannot keep are refused",
	    test_names_that_other_systems_cannot_keep_are_refused },
	{ "of two who began together one saves and the other is told",
	    test_of_two_who_began_together_one_saves_and_the_other_is_told },
	{ "of several files one that moved on stops all",
	    test_of_several_files_one_that_moved_on_stops_all },
	{ "files stand only where the store has a place for them",
	    test_files_stand_only_where_the_store_has_a_place_for_them },
	{ "a flipped bit is found and nothing is shown",
	    test_a_flipped_bit_is_found_and_nothing_is_shown },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo durable_tests[] = {
	{ "a foreign lock is waited for and then removed",
	    test_a_foreign_lock_is_waited_for_and_then_removed },
	{ "writers at once lose nothing", test_writers_at_once_lose_nothing },
	{ "a full disk is said and nothing is lost",
	    test_a_full_disk_is_said_and_nothing_is_lost },
	{ "no acknowledged revision is lost to 500 kills",
	    test_no_acknowledged_revision_is_lost_to_500_kills },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "the store keeps", begin, end, NULL, NULL, keep_tests },
		{ "the store refuses", begin, end, NULL, NULL, refuse_tests },
		{ "the store survives", begin, end, NULL, NULL, durable_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
