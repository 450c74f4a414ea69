/* SPDX-License-Identifier: MIT */
/*
 * 改め文 on real texts of ../shared/data: every pair and every step of
 * 行政手続法 written as an amendment and carried out again, the real
 * amendments of `triples` carried out, the bill of `kaimebun` read.
 */
#include "kt_test.h"

#include <kaitei/amend.h>
#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/read.h>

#define PAIRS 216

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

static void
tell_diag(const char *about)
{
	struct kt_buf line = KT_BUF_INIT;

	for (size_t i = 0; i < kt_diag_count(diag); i++) {
		kt_msg_tell(&line, kt_diag_get(diag, i), KT_EN);
		kt_buf_putc(&line, '\n');
	}
	printf("\n    %s:\n%s", about, line.p);
	kt_buf_release(&line);
}

static struct kt_doc *
read_law(const char *set, const char *name)
{
	struct kt_doc *doc = NULL;
	char path[256];

	snprintf(path, sizeof(path), "%s/%s/%s", KT_DATA, set, name);
	kt_diag_clear(diag);
	CU_ASSERT_EQUAL_FATAL(kt_read_file(&doc, path, diag), KT_OK);
	kt_diag_clear(diag);
	return doc;
}

static struct kt_amendment *
read_amendment(const char *set, const char *name)
{
	struct kt_buf text = KT_BUF_INIT;
	struct kt_amendment *a = NULL;
	char path[256];

	snprintf(path, sizeof(path), "%s/%s/%s", KT_DATA, set, name);
	kt_diag_clear(diag);
	CU_ASSERT_EQUAL_FATAL(
	    kt_file_read(&text, path, KT_READ_MAX, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(
	    kt_amend_read(&a, name, text.p, text.len, diag), KT_OK);
	kt_buf_release(&text);
	return a;
}

/* ---- apply(amend(A, B)) = B --------------------------------------------- */

/* What all the pairs came to. */
struct sum {
	size_t pairs, changed, covered, whole, why[KT_WHY_UNPROVED + 1],
	    sentences;
};

static void
add_report(struct sum *sum, struct kt_amend_report *r)
{
	sum->pairs++;
	sum->changed += r->changed;
	sum->covered += r->covered;
	sum->sentences += r->sentences;
	sum->whole += r->nwhole;
	for (size_t i = 0; i < r->nwhole; i++)
		sum->why[r->whole[i].why]++;
	free(r->whole);
}

static void
print_sum(const char *set, const struct sum *sum)
{
	printf("\n    %s: %zu proved, %zu sentences, %zu clauses changed, "
	       "%zu of them whole (%.1f %%); %zu places whole, figures and "
	       "tables included: unreadable %zu, shape %zu, figure %zu, "
	       "unproved %zu\n",
	    set, sum->pairs, sum->sentences, sum->changed, sum->covered,
	    100.0 * (double)sum->covered / (double)sum->changed, sum->whole,
	    sum->why[KT_WHY_UNREADABLE], sum->why[KT_WHY_SHAPE],
	    sum->why[KT_WHY_FIGURE], sum->why[KT_WHY_UNPROVED]);
}

/* The text of an instrument carried out is the new text, to the letter. */
static bool
leads_to(const struct kt_doc *old, const struct kt_doc *new,
    const struct kt_buf *text)
{
	struct kt_amendment *a = NULL;
	struct kt_doc *got = NULL;
	const struct kt_node *x, *y;
	bool same = false;

	if (text->len == 0)
		return kt_node_equal(old->root, new->root, &x, &y);
	if (kt_amend_read(&a, "amendment", text->p, text->len, diag) == KT_OK &&
	    a->unread == 0 && kt_amend_apply(&got, old, a, 1, diag) == KT_OK)
		same = kt_node_equal(got->root, new->root, &x, &y);
	if (got != NULL && !same)
		printf("\n    differs at %s\n",
		    y != NULL ? kt_addr(new, y) : kt_addr(got, x));
	kt_doc_free(got);
	kt_amend_free(a);
	return same;
}

static void
write_and_carry_out(struct sum *sum, const char *name, const struct kt_doc *old,
    const struct kt_doc *new, bool frame)
{
	struct kt_amend_style style = {
		.add_after = "の下に", .indent = 2, .kind = "", .frame = frame
	};
	struct kt_amend_report report = { .changed = 0 };
	struct kt_buf text = KT_BUF_INIT, again = KT_BUF_INIT;
	struct kt_changes *list;
	bool ok;

	kt_diff(&list, old, new, NULL);
	kt_diag_clear(diag);
	ok = kt_amend_write(&text, list, &style, &report, diag) == KT_OK;
	add_report(sum, &report);
	ok = ok && leads_to(old, new, &text);
	if (!ok)
		tell_diag(name);
	CU_ASSERT(ok);
	kt_changes_free(list);
	kt_buf_release(&text);
	kt_buf_release(&again);
}

static void
test_every_pair_of_laws_is_amended_into_its_after_text(void)
{
	struct sum sum = { .pairs = 0 };

	if (!kt_test_data("egov-pairs/001"))
		return;
	for (int i = 1; i <= PAIRS; i++) {
		char name[32];
		struct kt_doc *old, *new;

		snprintf(name, sizeof(name), "%03d/before.xml", i);
		old = read_law("egov-pairs", name);
		snprintf(name, sizeof(name), "%03d/after.xml", i);
		new = read_law("egov-pairs", name);
		write_and_carry_out(&sum, name, old, new, i % 2 == 0);
		kt_doc_free(old);
		kt_doc_free(new);
	}
	KT_NUM(sum.pairs, PAIRS);
	print_sum("egov-pairs", &sum);
	CU_ASSERT(sum.covered * 10 <= sum.changed);
}

static void
test_every_step_of_the_procedure_act_is_amended_into_the_next(void)
{
	static const char *const steps[] = { "01-19931112.law.txt",
		"02-19991208.law.txt", "03-19991222.law.txt",
		"04-20021213.law.txt", "05-20030716.law.txt",
		"06-20050629.law.txt", "07-20060608.law.txt",
		"08-20060614.law.txt", "09-20140613.law.txt",
		"10-20140613.law.txt" };
	struct sum sum = { .pairs = 0 };
	struct kt_doc *old, *new;

	if (!kt_test_data("gyosei-tetsuzuki"))
		return;
	old = read_law("gyosei-tetsuzuki", steps[0]);
	for (size_t i = 1; i < KT_COUNT(steps); i++) {
		new = read_law("gyosei-tetsuzuki", steps[i]);
		write_and_carry_out(&sum, steps[i], old, new, true);
		kt_doc_free(old);
		old = new;
	}
	kt_doc_free(old);
	KT_NUM(sum.pairs, 9);
	print_sum("gyosei-tetsuzuki", &sum);
	CU_ASSERT(sum.covered * 10 <= sum.changed);
}

/* ---- real amendments ---------------------------------------------------- */

static size_t
count_paragraphs(const struct kt_doc *doc, const char *article)
{
	struct kt_spot spot;
	size_t n = 0;

	CU_ASSERT_EQUAL_FATAL(kt_addr_find(&spot, doc, article), KT_OK);
	for (const struct kt_node *at = spot.node->first; at != NULL;
	     at = at->next)
		n += at->kind == KT_PARAGRAPH;
	return n;
}

static bool
says(const struct kt_doc *doc, const char *address, const char *words)
{
	struct kt_spot spot;
	bool found = kt_addr_find(&spot, doc, address) == KT_OK &&
		     strstr(spot.node->text, words) != NULL;

	if (!found)
		printf("\n    %s does not say %s\n", address, words);
	return found;
}

struct triple {
	const char *base, *amendment;
	struct {
		const char *article;
		size_t before, after;
	} grown[3];
	struct {
		const char *address, *words;
	} says[6];
};

static const struct triple triples[] = {
	{ "昭和三十七年法律第六十九号.xml", "503AC0000000037_art24.txt",
	    { { "第61条", 13, 15 }, { "第63条", 7, 8 } },
	    { { "第61条第8項", "" } } },
	{ "平成三年法律第九十号.xml", "503AC0000000037_art35.txt",
	    { { "第22条", 1, 2 }, { "第38条", 7, 9 }, { "第39条", 2, 3 } },
	    { { "第38条第3項", "第一項" }, { "第38条第5項", "第三項" } } },
	{ "平成十三年法律第二十六号.xml", "503AC0000000037_art44.txt",
	    { { "第17条", 1, 2 }, { "第52条", 1, 2 } }, { { "第53条", "" } } },
	{ "平成二十五年法律第六十一号.xml", "503AC0000000037_art58.txt",
	    { { "第7条", 3, 4 } }, { { "第7条第4項", "" } } },
};

static void
carry_out_triple(const struct triple *t)
{
	struct kt_doc *old = read_law("triples", t->base), *got = NULL;
	struct kt_amendment *a = read_amendment("triples", t->amendment);
	int rc;

	KT_NUM(a->unread, 0);
	rc = kt_amend_apply(&got, old, a, 1, diag);
	KT_NUM(kt_diag_count(diag), 0);
	if (kt_diag_count(diag) > 0)
		tell_diag(t->amendment);
	CU_ASSERT_EQUAL_FATAL(rc, KT_OK);
	for (size_t i = 0; i < 3 && t->grown[i].article != NULL; i++) {
		KT_NUM(count_paragraphs(old, t->grown[i].article),
		    t->grown[i].before);
		KT_NUM(count_paragraphs(got, t->grown[i].article),
		    t->grown[i].after);
	}
	for (size_t i = 0; i < 6 && t->says[i].address != NULL; i++)
		CU_ASSERT(says(got, t->says[i].address, t->says[i].words));
	kt_doc_free(got);
	kt_amend_free(a);
	kt_doc_free(old);
}

static void
test_the_four_real_amendments_are_carried_out(void)
{
	if (!kt_test_data("triples"))
		return;
	for (size_t i = 0; i < KT_COUNT(triples); i++)
		carry_out_triple(&triples[i]);
}

/* Every quoted phrase was found; the same amendment generated from the two
 * texts leads to the same result. */
static void
test_what_the_real_amendments_made_is_generated_again(void)
{
	struct sum sum = { .pairs = 0 };

	if (!kt_test_data("triples"))
		return;
	for (size_t i = 0; i < KT_COUNT(triples); i++) {
		const struct triple *t = &triples[i];
		struct kt_doc *old = read_law("triples", t->base), *got = NULL;
		struct kt_amendment *a =
		    read_amendment("triples", t->amendment);

		CU_ASSERT_EQUAL_FATAL(
		    kt_amend_apply(&got, old, a, 1, diag), KT_OK);
		write_and_carry_out(&sum, t->amendment, old, got, true);
		kt_doc_free(got);
		kt_amend_free(a);
		kt_doc_free(old);
	}
	KT_NUM(sum.pairs, 4);
	print_sum("triples", &sum);
	KT_NUM(sum.whole, 0);
}

/* ---- a bill ------------------------------------------------------------- */

static void
test_the_sentences_of_a_tax_bill_are_read(void)
{
	struct kt_amendment *a;
	size_t sentences = 0, ops = 0, laws = 0;

	if (!kt_test_data("kaimebun"))
		return;
	a = read_amendment("kaimebun", "gian-201-kaku-shozeizei.txt");
	for (size_t i = 0; i < a->nunits; i++) {
		const struct kt_amend_unit *u = &a->unit[i];

		/* Amended a second time, a law goes without its number. */
		laws += u->number[0] != '\0';
		sentences += u->count;
		for (size_t j = 0; j < u->count; j++)
			ops += u->at[j].nops;
	}
	printf("\n    kaimebun: %zu articles, %zu laws, %zu sentences, %zu "
	       "operations, %zu not read\n",
	    a->nunits, laws, sentences, ops, a->unread);
	if (kt_diag_count(diag) > 0)
		tell_diag("kaimebun");
	KT_NUM(a->nunits, 31);
	KT_NUM(laws, 27);
	CU_ASSERT(sentences > 890);
	CU_ASSERT(a->unread * 100 <= sentences);
	kt_amend_free(a);
}

int
main(void)
{
	CU_TestInfo write[] = {
		{ "every pair of laws is amended into its after text",
		    test_every_pair_of_laws_is_amended_into_its_after_text },
		{ "every step of the procedure act is amended into the next",
		    test_every_step_of_the_procedure_act_is_amended_into_the_next },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo real[] = {
		{ "the four real amendments are carried out",
		    test_the_four_real_amendments_are_carried_out },
		{ "what the real amendments made is generated again",
		    test_what_the_real_amendments_made_is_generated_again },
		{ "the sentences of a tax bill are read",
		    test_the_sentences_of_a_tax_bill_are_read },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "real amendments", begin, end, NULL, NULL, real },
		{ "written and carried out", begin, end, NULL, NULL, write },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
