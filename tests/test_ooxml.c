/* SPDX-License-Identifier: MIT */
/* Packages written, read and refused. */
#include "kt_test.h"

#include "small_docx.h"

#include <stdint.h>
#include <time.h>

/* ---- writing --------------------------------------------------------- */

static void
test_a_package_has_its_parts_in_fixed_order(void)
{
	static const char *const want[] = { "[Content_Types].xml",
		"_rels/.rels", "word/document.xml",
		"word/_rels/document.xml.rels", "word/styles.xml" };
	struct kt_package *p = NULL;

	KT_NUM(write_docx(DOCUMENT(PARAGRAPH), STYLES), KT_OK);
	KT_NUM(kt_package_open(&p, "a.docx", out.p, out.len, NULL, diag), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	for (size_t i = 0; i < KT_COUNT(want); i++) {
		KT_STR(kt_package_name(p, i), want[i]);
		KT_NUM(kt_package_attributes(p, want[i]) >> 16, 0100644);
	}
	CU_ASSERT_PTR_NULL(kt_package_name(p, KT_COUNT(want)));
	KT_STR(kt_package_main(p), "word/document.xml");
	KT_STR(
	    kt_package_type(p, "WORD/STYLES.XML"), KT_TYPE_WORD "styles+xml");
	KT_STR(kt_package_type(p, "a.xml"), "application/xml");
	CU_ASSERT_PTR_NULL(kt_package_type(p, "a.png"));
	kt_package_free(p);
}

static void
test_parts_and_relations_read_back_as_written(void)
{
	const struct kt_relation *at = NULL;
	struct kt_buf part = KT_BUF_INIT;
	struct kt_package *p = NULL;
	size_t n = 0;

	write_docx(DOCUMENT(PARAGRAPH), STYLES);
	KT_NUM(kt_package_open(&p, "a.docx", out.p, out.len, NULL, diag), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	KT_NUM(kt_package_read(p, &part, "word/Document.xml", diag), KT_OK);
	KT_STR(part.p, DOCUMENT(PARAGRAPH));
	KT_NUM(kt_package_relations(p, "word/document.xml", &at, &n, diag), 0);
	KT_NUM(n, 1);
	KT_STR(at[0].id, "rId1");
	KT_STR(at[0].target, "word/styles.xml");
	KT_NUM(kt_package_relations(p, "word/styles.xml", &at, &n, diag), 0);
	KT_NUM(n, 0);
	KT_NUM(kt_package_read(p, &part, "word/none.xml", diag), KT_ENOTFOUND);
	kt_buf_release(&part);
	kt_package_free(p);
}

static void
test_the_same_parts_give_the_same_bytes(void)
{
	struct kt_buf first = KT_BUF_INIT;
	const char *zone = getenv("TZ");
	char *old = kt_strdup(zone == NULL ? "" : zone);

	write_docx(DOCUMENT(PARAGRAPH), STYLES);
	kt_buf_put(&first, out.p, out.len);
	setenv("TZ", "Pacific/Auckland", 1);
	tzset();
	write_docx(DOCUMENT(PARAGRAPH), STYLES);
	KT_NUM(out.len, first.len);
	CU_ASSERT(memcmp(out.p, first.p, first.len) == 0);
	setenv("TZ", old, 1);
	tzset();
	free(old);
	kt_buf_release(&first);
}

/* Every entry is dated 1980-01-01 and has neither extra fields nor a data
 * descriptor, in the local header and in the directory. */
static void
test_entries_carry_no_time_and_no_extra_fields(void)
{
	size_t locals = 0, directory = 0;

	write_docx(DOCUMENT(PARAGRAPH), STYLES);
	for (size_t i = 0; i + 46 < out.len; i++) {
		const unsigned char *p = (const unsigned char *)out.p + i;

		if (memcmp(p, "PK\3\4", 4) == 0) {
			locals++;
			KT_NUM(p[6] & 8, 0);
			CU_ASSERT(memcmp(p + 10, "\0\0\x21\0", 4) == 0);
			KT_NUM(p[28] | p[29], 0);
		} else if (memcmp(p, "PK\1\2", 4) == 0) {
			directory++;
			CU_ASSERT(memcmp(p + 12, "\0\0\x21\0", 4) == 0);
			KT_NUM(p[30] | p[31], 0);
		}
	}
	KT_NUM(locals, 5);
	KT_NUM(directory, 5);
}

static void
test_a_small_part_is_stored_and_a_large_one_deflated(void)
{
	struct kt_buf large = KT_BUF_INIT;
	size_t few;

	write_docx(DOCUMENT(""), STYLES);
	few = out.len;
	for (int i = 0; i < 1000; i++)
		kt_buf_puts(&large, DOCUMENT(PARAGRAPH));
	write_docx(large.p, STYLES);
	CU_ASSERT(out.len < few + large.len / 50);
	kt_buf_release(&large);
}

/* ---- hostile packages ------------------------------------------------ */

/* A ZIP made by hand, entries stored. */
struct hand {
	struct kt_buf file, directory;
	size_t count;
};

static void
put16(struct kt_buf *b, unsigned v)
{
	kt_buf_putc(b, (char)(v & 0xff));
	kt_buf_putc(b, (char)(v >> 8 & 0xff));
}

static void
put32(struct kt_buf *b, uint32_t v)
{
	put16(b, v & 0xffff);
	put16(b, v >> 16);
}

static uint32_t
crc32_of(const char *p, size_t n)
{
	uint32_t c = 0xffffffff;

	for (size_t i = 0; i < n; i++) {
		c ^= (unsigned char)p[i];
		for (int k = 0; k < 8; k++)
			c = c >> 1 ^ (c & 1 ? 0xedb88320 : 0);
	}
	return ~c;
}

static void
put_sizes(struct kt_buf *b, const char *bytes, size_t n, size_t name)
{
	put16(b, 0);
	put16(b, 0x21);
	put32(b, crc32_of(bytes, n));
	put32(b, (uint32_t)n);
	put32(b, (uint32_t)n);
	put16(b, (unsigned)name);
	put16(b, 0);
}

static void
hand_add(struct hand *h, const char *name, size_t length, const char *bytes)
{
	size_t at = h->file.len, n = strlen(bytes);

	kt_buf_put(&h->file, "PK\3\4\24\0\0\0\0\0", 10);
	put_sizes(&h->file, bytes, n, length);
	kt_buf_put(&h->file, name, length);
	kt_buf_put(&h->file, bytes, n);
	kt_buf_put(&h->directory, "PK\1\2\24\3\24\0\0\0\0\0", 12);
	put_sizes(&h->directory, bytes, n, length);
	put16(&h->directory, 0);
	put16(&h->directory, 0);
	put16(&h->directory, 0);
	put32(&h->directory, 0100644u << 16);
	put32(&h->directory, (uint32_t)at);
	kt_buf_put(&h->directory, name, length);
	h->count++;
}

static void
hand_close(struct hand *h)
{
	size_t at = h->file.len;

	kt_buf_put(&h->file, h->directory.p, h->directory.len);
	kt_buf_put(&h->file, "PK\5\6\0\0\0\0", 8);
	put16(&h->file, (unsigned)h->count);
	put16(&h->file, (unsigned)h->count);
	put32(&h->file, (uint32_t)h->directory.len);
	put32(&h->file, (uint32_t)at);
	put16(&h->file, 0);
	kt_buf_release(&h->directory);
}

#define TYPES                                                                  \
	"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"       \
	"content-types\"><Default Extension=\"xml\" ContentType=\"a/b\"/>"     \
	"</Types>"
#define RELS(target)                                                           \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/"    \
	"2006/relationships\"><Relationship Id=\"rId1\" Type=\"" KT_REL_MAIN   \
	"\" Target=\"" target "\"/></Relationships>"

static void
hand_begin(struct hand *h, const char *rels)
{
	*h = (struct hand){ .file = KT_BUF_INIT, .directory = KT_BUF_INIT };
	hand_add(h, "[Content_Types].xml", 19, TYPES);
	hand_add(h, "_rels/.rels", 11, rels);
	hand_add(h, "word/document.xml", 17, "<a/>");
}

/* Open what `bytes` hold: the code, and the one message in *id. */
static int
try_open(const struct kt_buf *bytes, const struct kt_package_limits *limits,
    enum kt_msg_id *id)
{
	struct kt_package *p = NULL;
	int rc;

	kt_diag_clear(diag);
	rc = kt_package_open(&p, "a.docx", bytes->p, bytes->len, limits, diag);
	CU_ASSERT((rc == KT_OK) == (p != NULL));
	KT_NUM(kt_diag_count(diag), rc == KT_OK ? 0 : 1);
	*id = kt_diag_count(diag) > 0 ? kt_diag_get(diag, 0)->id : KT_M__COUNT;
	kt_package_free(p);
	return rc;
}

static void
check_open(const struct kt_buf *bytes, enum kt_msg_id want)
{
	enum kt_msg_id id;
	int rc = try_open(bytes, NULL, &id);

	KT_NUM(id, want);
	KT_NUM(rc, want == KT_M__COUNT ? KT_OK : (int)kt_msg_code(want));
}

static void
test_names_that_lead_astray_are_refused(void)
{
	static const struct {
		const char *name;
		size_t n;
		enum kt_msg_id want;
	} at[] = {
		{ "word/a.xml", 10, KT_M__COUNT },
		{ "word/", 5, KT_M__COUNT },
		{ "word/..a/b..", 12, KT_M__COUNT },
		{ "../a.xml", 8, KT_M_OPC_NAME },
		{ "word/../a.xml", 13, KT_M_OPC_NAME },
		{ "word/..", 7, KT_M_OPC_NAME },
		{ "../", 3, KT_M_OPC_NAME },
		{ "/a.xml", 6, KT_M_OPC_NAME },
		{ "a//b", 4, KT_M_OPC_NAME },
		{ "C:a.xml", 7, KT_M_OPC_NAME },
		{ "word\\a.xml", 10, KT_M_OPC_NAME },
		{ "word/a\0b.xml", 12, KT_M_OPC_NAME },
		{ "word/a\nb", 8, KT_M_OPC_NAME },
		{ "", 0, KT_M_OPC_NAME },
		{ "word/document.xml", 17, KT_M_OPC_TWICE },
		{ "WORD/Document.XML", 17, KT_M_OPC_TWICE },
	};

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct hand h;

		hand_begin(&h, RELS("word/document.xml"));
		hand_add(&h, at[i].name, at[i].n, "x");
		hand_close(&h);
		check_open(&h.file, at[i].want);
		kt_buf_release(&h.file);
	}
}

static void
test_the_document_is_found_inside_the_package_only(void)
{
	static const struct {
		const char *rels;
		enum kt_msg_id want;
	} at[] = {
		{ RELS("word/document.xml"), KT_M__COUNT },
		{ RELS("/word/document.xml"), KT_M__COUNT },
		{ RELS("./word/x/../document.xml"), KT_M__COUNT },
		{ RELS("WORD/document.xml#a"), KT_M__COUNT },
		{ RELS("../word/document.xml"), KT_M_OPC_TARGET },
		{ RELS("word/../../document.xml"), KT_M_OPC_TARGET },
		{ RELS("word\\document.xml"), KT_M_OPC_TARGET },
		{ RELS("word/other.xml"), KT_M_OPC_NO_MAIN },
		{ "<Relationships/>", KT_M_OPC_NO_MAIN },
		{ "<Relationships><Relationship/></Relationships>",
		    KT_M_OPC_DAMAGED },
	};

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct hand h;

		hand_begin(&h, at[i].rels);
		hand_close(&h);
		check_open(&h.file, at[i].want);
		kt_buf_release(&h.file);
	}
}

static void
test_a_package_without_content_types_is_refused(void)
{
	struct hand h = { .file = KT_BUF_INIT, .directory = KT_BUF_INIT };

	hand_add(&h, "_rels/.rels", 11, RELS("a.xml"));
	hand_add(&h, "a.xml", 5, "<a/>");
	hand_close(&h);
	check_open(&h.file, KT_M_OPC_NO_PART);
	kt_buf_release(&h.file);
}

/* Change one byte of the last directory entry or of the end record. */
static void
test_encryption_methods_and_volumes_are_refused_by_name(void)
{
	static const struct {
		bool end; /* in the end record, else in the directory */
		size_t offset;
		char byte;
		enum kt_msg_id want;
	} at[] = {
		{ false, 8, 1, KT_M_OPC_ENCRYPTED },
		{ false, 8, 0x40, KT_M_OPC_ENCRYPTED },
		{ false, 9, 0x20, KT_M_OPC_ENCRYPTED },
		{ false, 10, 12, KT_M_OPC_METHOD },
		{ false, 34, 1, KT_M_OPC_VOLUMES },
		{ true, 4, 1, KT_M_OPC_VOLUMES },
		{ true, 8, 1, KT_M_OPC_VOLUMES },
		{ true, 16, 0x7f, KT_M_OPC_DAMAGED },
		{ true, 19, 0x7f, KT_M_OPC_DAMAGED },
	};

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct hand h;
		size_t base;

		hand_begin(&h, RELS("word/document.xml"));
		hand_close(&h);
		base = h.file.len - 22 - (at[i].end ? 0 : 46 + 17);
		h.file.p[base + at[i].offset] = at[i].byte;
		check_open(&h.file, at[i].want);
		kt_buf_release(&h.file);
	}
}

static void
test_what_is_no_zip_is_called_damaged(void)
{
	static const char *const at[] = { "", "PK", "PK\5\6", "<html></html>",
		"PK\3\4 and then forty-two bytes that are no package" };

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct kt_buf b = KT_BUF_INIT;

		kt_buf_puts(&b, at[i]);
		check_open(&b, KT_M_OPC_DAMAGED);
		kt_buf_release(&b);
	}
}

/* Two entries that share their bytes would be inflated twice over. */
static void
test_entries_that_overlap_are_refused(void)
{
	struct hand h;
	size_t at;

	hand_begin(&h, RELS("word/document.xml"));
	hand_add(&h, "word/again.xml", 14, "<a/>");
	hand_close(&h);
	/* The local offset of the last entry becomes that of the third. */
	at = h.file.len - 22 - 46 - 14;
	memcpy(h.file.p + at + 42, h.file.p + at - 46 - 17 + 42, 4);
	check_open(&h.file, KT_M_OPC_DAMAGED);
	kt_buf_release(&h.file);
}

static void
test_every_cut_of_a_package_is_refused_with_one_message(void)
{
	enum kt_msg_id id;

	write_docx(DOCUMENT(PARAGRAPH), STYLES);
	for (size_t n = 0; n < out.len; n++) {
		struct kt_buf cut = KT_BUF_INIT;

		kt_buf_put(&cut, out.p, n);
		CU_ASSERT(try_open(&cut, NULL, &id) != KT_OK);
		kt_buf_release(&cut);
	}
}

/* Flip each byte: sound or refused, but neither a crash nor a hang. */
static void
test_every_flipped_byte_is_survived(void)
{
	char name[] = "word/document.xml";

	write_docx(DOCUMENT(PARAGRAPH), STYLES);
	for (size_t i = 0; i < out.len; i++) {
		struct kt_package *p = NULL;
		struct kt_buf part = KT_BUF_INIT;

		out.p[i] ^= (char)0x55;
		kt_diag_clear(diag);
		if (kt_package_open(&p, "a.docx", out.p, out.len, NULL, diag) ==
		    KT_OK)
			kt_package_read(p, &part, name, diag);
		kt_package_free(p);
		kt_buf_release(&part);
		out.p[i] ^= (char)0x55;
	}
	CU_PASS("survived");
}

/* ---- limits ---------------------------------------------------------- */

static void
test_the_file_may_have_so_many_bytes_and_entries(void)
{
	struct kt_package_limits l = kt_package_limits;
	enum kt_msg_id id;

	write_docx(DOCUMENT(PARAGRAPH), STYLES);
	l.file = out.len;
	l.entries = 5;
	KT_NUM(try_open(&out, &l, &id), KT_OK);
	l.file = out.len - 1;
	KT_NUM(try_open(&out, &l, &id), KT_ELIMIT);
	KT_NUM(id, KT_M_OPC_BYTES);
	l.file = out.len;
	l.entries = 4;
	KT_NUM(try_open(&out, &l, &id), KT_ELIMIT);
	KT_NUM(id, KT_M_OPC_ENTRIES);
}

/* Read word/document.xml under limits; the message of a refusal. */
static int
try_read(const struct kt_package_limits *l, enum kt_msg_id *id)
{
	struct kt_buf part = KT_BUF_INIT;
	struct kt_package *p = NULL;
	int rc;

	kt_diag_clear(diag);
	*id = KT_M__COUNT;
	rc = kt_package_open(&p, "a.docx", out.p, out.len, l, diag);
	KT_NUM(rc, KT_OK);
	if (rc == KT_OK)
		rc = kt_package_read(p, &part, "word/document.xml", diag);
	if (rc != KT_OK) {
		KT_NUM(part.len, 0);
		*id = kt_diag_get(diag, 0)->id;
	}
	kt_package_free(p);
	kt_buf_release(&part);
	return rc;
}

static void
test_a_part_may_grow_to_its_limit_and_no_further(void)
{
	struct kt_package_limits l = kt_package_limits;
	struct kt_buf large = KT_BUF_INIT;
	enum kt_msg_id id;

	for (int i = 0; i < 5000; i++)
		kt_buf_puts(&large, DOCUMENT(PARAGRAPH));
	write_docx(large.p, STYLES);
	l.ratio = 100000;
	l.part = large.len;
	KT_NUM(try_read(&l, &id), KT_OK);
	l.part--;
	KT_NUM(try_read(&l, &id), KT_ELIMIT);
	KT_NUM(id, KT_M_OPC_PART_BYTES);
	kt_buf_release(&large);
}

static void
test_all_parts_together_may_grow_to_a_limit(void)
{
	struct kt_package_limits l = kt_package_limits;
	struct kt_buf part = KT_BUF_INIT;
	struct kt_package *p = NULL;

	write_docx(DOCUMENT(PARAGRAPH), STYLES);
	/* Opening reads the types and the relations of the package. */
	l.total = 4 * strlen(DOCUMENT(PARAGRAPH)) + 1200;
	KT_NUM(kt_package_open(&p, "a", out.p, out.len, &l, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	for (int i = 0; i < 4; i++)
		KT_NUM(kt_package_read(p, &part, "word/document.xml", diag), 0);
	while (kt_diag_count(diag) == 0 && part.len < 100000)
		kt_package_read(p, &part, "word/document.xml", diag);
	CU_ASSERT_FATAL(kt_diag_count(diag) == 1);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_OPC_TOTAL);
	CU_ASSERT(part.len <= l.total);
	kt_package_free(p);
	kt_buf_release(&part);
}

static void
test_a_bomb_is_refused_by_its_ratio(void)
{
	struct kt_buf zeros = KT_BUF_INIT;
	struct kt_package_limits l = kt_package_limits;
	enum kt_msg_id id;

	kt_buf_reserve(&zeros, (size_t)8 << 20);
	memset(zeros.p, ' ', (size_t)8 << 20);
	zeros.len = (size_t)8 << 20;
	zeros.p[zeros.len] = '\0';
	write_docx(zeros.p, STYLES);
	KT_NUM(try_read(NULL, &id), KT_ELIMIT);
	KT_NUM(id, KT_M_OPC_RATIO);
	/* Under a mebibyte nothing is said of it. */
	l.ratio_from = zeros.len;
	KT_NUM(try_read(&l, &id), KT_OK);
	kt_buf_release(&zeros);
}

/* A header that declares few bytes does not shorten what is counted. */
static void
test_a_size_that_lies_is_noticed(void)
{
	struct hand h;
	enum kt_msg_id id;
	size_t at;

	hand_begin(&h, RELS("word/document.xml"));
	hand_close(&h);
	at = h.file.len - 22 - 46 - 17;
	h.file.p[at + 24] = 1; /* inflated size in the directory */
	CU_ASSERT(try_open(&h.file, NULL, &id) != KT_OK);
	KT_NUM(id, KT_M_OPC_DAMAGED);
	kt_buf_release(&h.file);
}

int
main(void)
{
	CU_TestInfo writing[] = {
		{ "a package has its parts in fixed order",
		    test_a_package_has_its_parts_in_fixed_order },
		{ "parts and relations read back as written",
		    test_parts_and_relations_read_back_as_written },
		{ "the same parts give the same bytes",
		    test_the_same_parts_give_the_same_bytes },
		{ "entries carry no time and no extra fields",
		    test_entries_carry_no_time_and_no_extra_fields },
		{ "a small part is stored and a large one deflated",
		    test_a_small_part_is_stored_and_a_large_one_deflated },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo hostile[] = {
		{ "names that lead astray are refused",
		    test_names_that_lead_astray_are_refused },
		{ "the document is found inside the package only",
		    test_the_document_is_found_inside_the_package_only },
		{ "a package without content types is refused",
		    test_a_package_without_content_types_is_refused },
		{ "encryption, methods and volumes are refused by name",
		    test_encryption_methods_and_volumes_are_refused_by_name },
		{ "what is no ZIP is called damaged",
		    test_what_is_no_zip_is_called_damaged },
		{ "entries that overlap are refused",
		    test_entries_that_overlap_are_refused },
		{ "every cut of a package is refused with one message",
		    test_every_cut_of_a_package_is_refused_with_one_message },
		{ "every flipped byte is survived",
		    test_every_flipped_byte_is_survived },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo limits[] = {
		{ "the file may have so many bytes and entries",
		    test_the_file_may_have_so_many_bytes_and_entries },
		{ "a part may grow to its limit and no further",
		    test_a_part_may_grow_to_its_limit_and_no_further },
		{ "all parts together may grow to a limit",
		    test_all_parts_together_may_grow_to_a_limit },
		{ "a bomb is refused by its ratio",
		    test_a_bomb_is_refused_by_its_ratio },
		{ "a size that lies is noticed",
		    test_a_size_that_lies_is_noticed },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "opc: writing", NULL, NULL, begin, end, writing },
		{ "opc: hostile packages", NULL, NULL, begin, end, hostile },
		{ "opc: limits", NULL, NULL, begin, end, limits },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
