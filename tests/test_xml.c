/* SPDX-License-Identifier: MIT */
#include "kt_test.h"

#include <kaitei/xml.h>

#include <time.h>

/* What one hostile file may cost, also in a sanitizer build. */
#define SECONDS_MAX 5.0

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

static struct kt_xml *
parse_n(const char *bytes, size_t n)
{
	struct kt_xml *x = NULL;
	int rc;

	kt_diag_clear(diag);
	rc = kt_xml_parse(&x, "a.xml", bytes, n, diag);
	CU_ASSERT((rc == KT_OK) == (x != NULL));
	KT_NUM(kt_diag_count(diag), rc == KT_OK ? 0 : 1);
	return x;
}

/* The tree as one line: elements in ( ), attributes in [ ], texts in ' '. */
static void
picture(struct kt_buf *out, const struct kt_xnode *n)
{
	const char *name, *value;

	if (kt_xnode_is_text(n)) {
		kt_buf_printf(out, "'%s'", kt_xnode_text(n));
		return;
	}
	kt_buf_printf(out, "(%s", kt_xnode_name(n));
	if (kt_xnode_ns(n)[0] != '\0')
		kt_buf_printf(out, "{%s}", kt_xnode_ns(n));
	for (size_t i = 0; kt_xnode_attr_at(n, i, &name, &value); i++)
		kt_buf_printf(out, "[%s=%s]", name, value);
	for (const struct kt_xnode *c = kt_xnode_first(n); c != NULL;
	     c = kt_xnode_next(c))
		picture(out, c);
	kt_buf_putc(out, ')');
}

static void
check_picture(const char *bytes, size_t n, const char *want)
{
	struct kt_buf got = KT_BUF_INIT;
	struct kt_xml *x = parse_n(bytes, n);

	if (x != NULL)
		picture(&got, kt_xml_root(x));
	KT_STR(got.p, want);
	kt_buf_release(&got);
	kt_xml_free(x);
}

static void
test_a_file_becomes_elements_attributes_and_texts(void)
{
	static const struct {
		const char *in, *want;
	} at[] = {
		{ "<a/>", "(a)" },
		{ "\xef\xbb\xbf<a/>", "(a)" },
		{ "<?xml version='1.0' encoding='utf-8'?>\n<a/>\n", "(a)" },
		{ "<?xml version=\"1.0\" standalone=\"no\"?><a/>", "(a)" },
		{ "<a b='1' c = \"2>\" >x</a >", "(a[b=1][c=2>]'x')" },
		{ "<a>x<!-- - < & -->y<?p <q>?>z</a>", "(a'xyz')" },
		{ "<a><![CDATA[<&]]>]</a>", "(a'<&]')" },
		{ "<a>&amp;&lt;&gt;&quot;&apos;&#12354;&#x3044;</a>",
		    "(a'&<>\"'あい')" },
		{ "<a b='&amp;amp;&#38;&lt;&#x3042;&#10;'/>",
		    "(a[b=&amp;&<あ\n])" },
		{ "<a b='1&#38;#38;2&amp;'/>", "(a[b=1&#38;2&])" },
		{ "<a>\n <b/>\n</a>", "(a'\n '(b)'\n')" },
		{ "<a>x<b>　</b>y</a>", "(a'x'(b'　')'y')" },
		{ "<a xmlns='u:x' xmlns:p='u:y'><p:b p:c='d'/></a>",
		    "(a{u:x}(b{u:y}[c=d]))" },
		{ "<a xmlns='rel'/>", "(a{rel})" },
		{ "<第条 番='一'>😀</第条>", "(第条[番=一]'😀')" },
	};

	for (size_t i = 0; i < KT_COUNT(at); i++)
		check_picture(at[i].in, strlen(at[i].in), at[i].want);
}

static void
test_a_long_text_stays_in_one_piece(void)
{
	struct kt_buf b = KT_BUF_INIT;
	const struct kt_xnode *text;
	struct kt_xml *x;

	kt_buf_puts(&b, "<a>");
	for (int i = 0; i < 100000; i++)
		kt_buf_puts(&b, i % 9 == 0 ? "&amp;" : "あ");
	kt_buf_puts(&b, "</a>");
	x = parse_n(b.p, b.len);
	CU_ASSERT_PTR_NOT_NULL_FATAL(x);
	text = kt_xnode_first(kt_xml_root(x));
	CU_ASSERT(kt_xnode_is_text(text) && kt_xnode_next(text) == NULL);
	KT_NUM(strlen(kt_xnode_text(text)), 11112 + 3 * 88888);
	kt_xml_free(x);
	kt_buf_release(&b);
}

static void
test_nodes_know_their_relatives_and_lines(void)
{
	static const char in[] = "<a>\n<b n='1'>x<c>y</c></b>\n<b n='2'/></a>";
	struct kt_xml *x = parse_n(in, strlen(in));
	struct kt_buf words = KT_BUF_INIT;
	const struct kt_xnode *root, *b;

	CU_ASSERT_PTR_NOT_NULL_FATAL(x);
	root = kt_xml_root(x);
	CU_ASSERT_PTR_NULL(kt_xnode_parent(root));
	CU_ASSERT_TRUE(kt_xnode_is_text(kt_xnode_first(root)));
	b = kt_xnode_child(root, "b");
	CU_ASSERT_PTR_EQUAL(b, kt_xnode_elem(root));
	CU_ASSERT_PTR_EQUAL(kt_xnode_parent(b), root);
	CU_ASSERT_PTR_NULL(kt_xnode_child(root, "c"));
	KT_NUM(kt_xnode_line(b), 2);
	kt_xnode_words(&words, b);
	KT_STR(words.p, "xy");
	b = kt_xnode_next_elem(b);
	KT_STR(kt_xnode_attr(b, "n"), "2");
	CU_ASSERT_PTR_NULL(kt_xnode_attr(b, "m"));
	KT_NUM(kt_xnode_line(b), 3);
	CU_ASSERT_PTR_NULL(kt_xnode_next_elem(b));
	kt_buf_release(&words);
	kt_xml_free(x);
}

static void
put_utf16(struct kt_buf *out, const char *ascii, bool big)
{
	kt_buf_put(out, big ? "\xfe\xff" : "\xff\xfe", 2);
	for (const char *p = ascii; *p != '\0'; p++) {
		kt_buf_putc(out, big ? '\0' : *p);
		kt_buf_putc(out, big ? *p : '\0');
	}
}

static void
test_utf16_with_a_mark_is_read(void)
{
	static const char *const in[] = { "<a b='1'>x</a>",
		"<?xml version='1.0' encoding='UTF-16'?><a b='1'>x</a>" };
	struct kt_buf b = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(in) * 2; i++) {
		kt_buf_clear(&b);
		put_utf16(&b, in[i / 2], i % 2 == 0);
		check_picture(b.p, b.len, "(a[b=1]'x')");
	}
	/* あ, 😀 */
	check_picture("\xfe\xff\0<\0a\0>\x30\x42\xd8\x3d\xde\0\0<\0/\0a\0>", 22,
	    "(a'あ😀')");
	kt_buf_release(&b);
}

/* Refused with one message of this id, at this line, in bounded time. */
static void
check_refused(const char *bytes, size_t n, enum kt_msg_id id, size_t line)
{
	clock_t start = clock();
	struct kt_xml *x = parse_n(bytes, n);
	double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	const struct kt_msg *m;

	CU_ASSERT_PTR_NULL(x);
	kt_xml_free(x);
	CU_ASSERT(seconds < SECONDS_MAX);
	if (kt_diag_count(diag) == 0)
		return;
	m = kt_diag_get(diag, 0);
	KT_STR(m->at.file, "a.xml");
	if (m->id != id || m->at.line != line) {
		struct kt_buf told = KT_BUF_INIT;

		kt_msg_tell(&told, m, KT_EN);
		printf("\n    got %s\n    for %.60s\n", told.p, bytes);
		kt_buf_release(&told);
	}
	KT_NUM(m->id, id);
	KT_NUM(m->at.line, line);
}

static void
test_doctypes_and_entities_are_refused(void)
{
	static const struct {
		const char *in;
		enum kt_msg_id id;
		size_t line;
	} at[] = {
		/* billion laughs */
		{ "<?xml version='1.0'?>\n<!DOCTYPE l [<!ENTITY a 'lol'>"
		  "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><l>&b;</l>",
		    KT_M_XML_DOCTYPE, 2 },
		/* XXE: general, parameter, by DTD, by SYSTEM name, by
		 * PUBLIC name */
		{ "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
		  "<a>&x;</a>",
		    KT_M_XML_DOCTYPE, 1 },
		{ "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://h/x'> %x;]><a/>",
		    KT_M_XML_DOCTYPE, 1 },
		{ "\n\n<!DOCTYPE a SYSTEM 'http://h/x.dtd'><a/>",
		    KT_M_XML_DOCTYPE, 3 },
		{ "<!DOCTYPE a PUBLIC '-//x//y' 'file:///etc/passwd'><a/>",
		    KT_M_XML_DOCTYPE, 1 },
		{ "<a><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;</a>",
		    KT_M_XML_DOCTYPE, 1 },
		{ "<!DOCTYPE a><a/>", KT_M_XML_DOCTYPE, 1 },
		{ "<a/><!DOCTYPE a>", KT_M_XML_DOCTYPE, 1 },
		{ "<a>\n&x;</a>", KT_M_XML_ENTITY, 2 },
		{ "<a b='&x;'/>", KT_M_XML_ENTITY, 1 },
		{ "<a>& </a>", KT_M_XML_ENTITY, 1 },
		{ "<a>&amp</a>", KT_M_XML_ENTITY, 1 },
		{ "<a>&#x110000;</a>", KT_M_XML_MALFORMED, 1 },
		{ "<a>&#0;</a>", KT_M_XML_MALFORMED, 1 },
		{ "<a>&#;</a>", KT_M_XML_ENTITY, 1 },
		{ "<a b='&#xD800;'/>", KT_M_XML_MALFORMED, 1 },
	};

	for (size_t i = 0; i < KT_COUNT(at); i++)
		check_refused(at[i].in, strlen(at[i].in), at[i].id, at[i].line);
}

static void
test_other_encodings_cannot_hide_anything(void)
{
	static const char doctype[] =
	    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>";
	static const struct {
		const char *in;
		size_t n; /* 0: to its end */
		enum kt_msg_id id;
	} at[] = {
		{ "<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE a+AD4-"
		  "<a/>",
		    0, KT_M_XML_ENCODING },
		{ "<?xml version='1.0' encoding='Shift_JIS'?><a/>", 0,
		    KT_M_XML_ENCODING },
		{ "<?xml version='1.0' encoding='UTF-16'?><a/>", 0,
		    KT_M_XML_ENCODING },
		{ "+ADw-a+AD4-", 0, KT_M_XML_MALFORMED },
		{ "<\0a\0/\0>\0", 8, KT_M_XML_NOT_UTF8 },
		{ "\0<\0a\0/\0>", 8, KT_M_XML_NOT_UTF8 },
		{ "\xfe\xff\0<\0a\0/\0>\0", 11, KT_M_XML_NOT_UTF16 },
		{ "\xfe\xff\0<\0a\0>\xd8\x3d\0<\0/\0a\0>", 18,
		    KT_M_XML_NOT_UTF16 },
		{ "<a>\xc0\xbc!DOCTYPE a></a>", 0, KT_M_XML_NOT_UTF8 },
		{ "<a>\xed\xa0\x80</a>", 0, KT_M_XML_NOT_UTF8 },
		{ "<a>\xff</a>", 0, KT_M_XML_NOT_UTF8 },
		{ "<a>\x01</a>", 0, KT_M_XML_CHARACTER },
		{ "<a>\xef\xbf\xbf</a>", 0, KT_M_XML_CHARACTER },
		{ "\x4c\x6f\xa7\x94", 0, KT_M_XML_NOT_UTF8 }, /* EBCDIC */
	};
	struct kt_buf b = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(at); i++)
		check_refused(at[i].in,
		    at[i].n > 0 ? at[i].n : strlen(at[i].in), at[i].id, 1);
	for (int big = 0; big < 2; big++) {
		kt_buf_clear(&b);
		put_utf16(&b, doctype, big == 1);
		check_refused(b.p, b.len, KT_M_XML_DOCTYPE, 1);
	}
	kt_buf_release(&b);
}

static void
test_malformed_files_are_refused_with_their_line(void)
{
	static const struct {
		const char *in;
		enum kt_msg_id id;
		size_t line;
	} at[] = {
		{ "", KT_M_XML_MALFORMED, 1 },
		{ "x", KT_M_XML_MALFORMED, 1 },
		{ "<!-- x -->", KT_M_XML_MALFORMED, 1 },
		{ "<a>\n<b></a>", KT_M_XML_MALFORMED, 2 },
		{ "<a>\n<b></c></a>", KT_M_XML_MALFORMED, 2 },
		{ "<a/>\n<b/>", KT_M_XML_MALFORMED, 2 },
		{ "<a b='1' b='2'/>", KT_M_XML_MALFORMED, 1 },
		{ "<p:a/>", KT_M_XML_MALFORMED, 1 },
		{ "<1a/>", KT_M_XML_MALFORMED, 1 },
		{ "<a/></a>", KT_M_XML_MARKUP, 1 },
		{ "<a>\n< b/></a>", KT_M_XML_MARKUP, 2 },
		{ "<a b='<'/>", KT_M_XML_MARKUP, 1 },
		{ "<a b=1/>", KT_M_XML_MARKUP, 1 },
		{ "<a b/>", KT_M_XML_MARKUP, 1 },
		{ "<a b='1'c='2'/>", KT_M_XML_MARKUP, 1 },
		{ "<a b='1>", KT_M_XML_MARKUP, 1 },
		{ "<a><!-- x -- y --></a>", KT_M_XML_MARKUP, 1 },
		{ "<a>]]></a>", KT_M_XML_MARKUP, 1 },
		{ "<a>\n<![CDATA[x</a>", KT_M_XML_MARKUP, 2 },
		{ "<a><!x></a>", KT_M_XML_MARKUP, 1 },
		{ "<a><?p</a>", KT_M_XML_MARKUP, 1 },
	};

	for (size_t i = 0; i < KT_COUNT(at); i++)
		check_refused(at[i].in, strlen(at[i].in), at[i].id, at[i].line);
}

/* ---- limits: as large as allowed, and one more ------------------------ */

static void
put_times(struct kt_buf *out, const char *s, size_t times)
{
	for (size_t i = 0; i < times; i++)
		kt_buf_puts(out, s);
}

static void
make_depth(struct kt_buf *b, size_t n)
{
	put_times(b, "<a>", n);
	put_times(b, "</a>", n);
}

static void
make_attributes(struct kt_buf *b, size_t n)
{
	kt_buf_puts(b, "<a");
	for (size_t i = 0; i < n; i++)
		kt_buf_printf(b, " a%zu=''", i);
	kt_buf_puts(b, "/>");
}

static void
make_name(struct kt_buf *b, size_t n)
{
	kt_buf_putc(b, '<');
	put_times(b, "a", n);
	kt_buf_puts(b, "/>");
}

static void
make_names(struct kt_buf *b, size_t n)
{
	kt_buf_puts(b, "<r>");
	for (size_t i = 1; i < n; i++)
		kt_buf_printf(b, "<n%zu/>", i);
	kt_buf_puts(b, "</r>");
}

static void
make_namespaces(struct kt_buf *b, size_t n)
{
	/* r, xmlns and n - 2 addresses */
	kt_buf_puts(b, "<r>");
	for (size_t i = 2; i < n; i++)
		kt_buf_printf(b, "<r xmlns='u:%zu'/>", i);
	kt_buf_puts(b, "</r>");
}

static void
make_ids(struct kt_buf *b, size_t n)
{
	kt_buf_puts(b, "<r>");
	for (size_t i = 0; i < n; i++)
		kt_buf_printf(b, "<a xml:id='i%zu'/>", i);
	kt_buf_puts(b, "</r>");
}

static void
make_elements(struct kt_buf *b, size_t n)
{
	kt_buf_puts(b, "<r>");
	put_times(b, "<a/>", n - 1);
	kt_buf_puts(b, "</r>");
}

static void
put_long(struct kt_buf *b, size_t n)
{
	kt_buf_reserve(b, n);
	memset(b->p + b->len, 'x', n);
	b->len += n;
	b->p[b->len] = '\0';
}

static void
make_run(struct kt_buf *b, size_t n)
{
	kt_buf_puts(b, "<r>");
	put_long(b, n);
	kt_buf_puts(b, "</r>");
}

static void
make_value(struct kt_buf *b, size_t n)
{
	kt_buf_puts(b, "<r a='");
	put_long(b, n);
	kt_buf_puts(b, "'/>");
}

static void
make_characters(struct kt_buf *b, size_t n)
{
	kt_buf_puts(b, "<r>");
	for (; n > 1000000; n -= 1000000) {
		put_long(b, 1000000);
		kt_buf_puts(b, "<a/>");
	}
	put_long(b, n);
	kt_buf_puts(b, "</r>");
}

static void
make_bytes(struct kt_buf *b, size_t n)
{
	kt_buf_puts(b, "<r>");
	while (n - b->len > 1 << 20) {
		kt_buf_puts(b, "<!--");
		put_long(b, 1 << 19);
		kt_buf_puts(b, "-->");
	}
	kt_buf_puts(b, "<!--");
	put_long(b, n - b->len - strlen("--></r>"));
	kt_buf_puts(b, "--></r>");
}

static void
test_every_limit_holds_at_its_value(void)
{
	static const struct {
		void (*make)(struct kt_buf *b, size_t n);
		size_t limit;
		enum kt_msg_id id;
	} at[] = {
		{ make_depth, 256, KT_M_XML_DEPTH },
		{ make_attributes, 256, KT_M_XML_ATTRIBUTES },
		{ make_name, 256, KT_M_XML_NAME_LENGTH },
		{ make_names, 4096, KT_M_XML_NAMES },
		{ make_namespaces, 4096, KT_M_XML_NAMES },
		{ make_ids, 10000, KT_M_XML_IDS },
		{ make_elements, 2000000, KT_M_XML_ELEMENTS },
		{ make_run, 8 << 20, KT_M_XML_RUN },
		{ make_value, 8 << 20, KT_M_XML_RUN },
		{ make_characters, 10000000, KT_M_XML_CHARACTERS },
		{ make_bytes, 64 << 20, KT_M_XML_BYTES },
	};
	struct kt_buf b = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct kt_xml *x;
		char limit[24];

		kt_buf_clear(&b);
		at[i].make(&b, at[i].limit);
		x = parse_n(b.p, b.len);
		CU_ASSERT_PTR_NOT_NULL(x);
		kt_xml_free(x);
		kt_buf_clear(&b);
		at[i].make(&b, at[i].limit + 1);
		check_refused(b.p, b.len, at[i].id, 1);
		snprintf(limit, sizeof(limit), "%zu", at[i].limit);
		if (kt_diag_count(diag) > 0)
			KT_STR(kt_diag_get(diag, 0)->a, limit);
	}
	kt_buf_release(&b);
}

/* What libxml2 alone needs many seconds for, or answers with a message for
 * each fault, or reads past the limits: sizes near 16 MiB. */
static void
test_costly_files_are_refused_at_once(void)
{
	static const struct {
		const char *head, *again, *tail;
		size_t times;
		enum kt_msg_id id;
	} at[] = {
		{ "<a>", "&x;", "</a>", 2 << 20, KT_M_XML_ENTITY },
		{ "<a>", "]]>", "</a>", 4 << 20, KT_M_XML_MARKUP },
		{ "<a><!--", "- -- ", "--></a>", 3 << 20, KT_M_XML_MARKUP },
		{ "<r>", "<a></b>", "</r>", 1900000, KT_M_XML_MALFORMED },
		{ "<r>", "<p:a/>", "</r>", 1900000, KT_M_XML_MALFORMED },
		{ "<r>", "<a b='' b='' b='' b=''/>", "</r>", 400000,
		    KT_M_XML_MALFORMED },
		{ "<a>", "&#0;", "</a>", 2000000, KT_M_XML_MALFORMED },
		{ "", "<a>", "", 5 << 20, KT_M_XML_DEPTH },
		{ "<a", " a=''", "/>", 3 << 20, KT_M_XML_ATTRIBUTES },
		{ "", "<", "", 16 << 20, KT_M_XML_MARKUP },
		{ "", "<?", "", 8 << 20, KT_M_XML_MARKUP },
		{ "", "<!--", "", 4 << 20, KT_M_XML_MARKUP },
		{ "<a>", "<![CDATA[", "", 2 << 20, KT_M_XML_MARKUP },
	};
	struct kt_buf b = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		kt_buf_clear(&b);
		kt_buf_puts(&b, at[i].head);
		put_times(&b, at[i].again, at[i].times);
		kt_buf_puts(&b, at[i].tail);
		check_refused(b.p, b.len, at[i].id, 1);
	}
	kt_buf_clear(&b);
	make_attributes(&b, 100000);
	check_refused(b.p, b.len, KT_M_XML_ATTRIBUTES, 1);
	kt_buf_clear(&b);
	make_names(&b, 1000000);
	check_refused(b.p, b.len, KT_M_XML_NAMES, 1);
	kt_buf_release(&b);
}

/* libxml2's own tree interns texts of up to three bytes and needs 6 s for
 * this file; it is a good file, so it must be read, and quickly. */
static void
test_many_different_short_texts_cost_nothing_special(void)
{
	struct kt_buf b = KT_BUF_INIT;
	clock_t start;
	struct kt_xml *x;

	kt_buf_puts(&b, "<r>");
	for (unsigned i = 0; i < 64 * 64 * 64; i++)
		kt_buf_printf(&b, "<a>%c%c%c</a>", '?' + i % 64,
		    '?' + i / 64 % 64, '?' + i / 4096 % 64);
	kt_buf_puts(&b, "</r>");
	start = clock();
	x = parse_n(b.p, b.len);
	CU_ASSERT_PTR_NOT_NULL(x);
	CU_ASSERT((double)(clock() - start) / CLOCKS_PER_SEC < SECONDS_MAX);
	kt_xml_free(x);
	kt_buf_release(&b);
}

static void
test_a_file_cut_short_is_refused_wherever_it_was_cut(void)
{
	struct kt_buf b = KT_BUF_INIT;
	size_t whole;

	kt_buf_puts(&b, "<?xml version='1.0' encoding='UTF-8'?>\n<Law>\n");
	for (int i = 0; i < 500; i++)
		kt_buf_printf(&b,
		    "<Article Num=\"%d\"><!-- 条 --><![CDATA[<第%d条>]]>\n"
		    "<Sentence>甲は、&lt;乙&gt;とする。</Sentence></Article>\n",
		    i, i);
	kt_buf_puts(&b, "</Law>");
	whole = b.len;
	for (size_t i = 0; i < 1000; i++) {
		clock_t start = clock();
		struct kt_xml *x = parse_n(b.p, whole * i / 1000);

		CU_ASSERT_PTR_NULL(x);
		kt_xml_free(x);
		CU_ASSERT((double)(clock() - start) / CLOCKS_PER_SEC < 1);
	}
	check_picture("<a/>", 4, "(a)");
	kt_buf_release(&b);
}

/* ---- writing ---------------------------------------------------------- */

static void
check_written(struct kt_xmlw *w, const char *want)
{
	struct kt_buf b = KT_BUF_INIT;

	kt_diag_clear(diag);
	CU_ASSERT_EQUAL(kt_xmlw_finish(w, &b, diag), KT_OK);
	KT_STR(b.p, want);
	kt_buf_release(&b);
	kt_xmlw_free(w);
}

static void
test_elements_are_written_as_they_nest(void)
{
	struct kt_xmlw *w = kt_xmlw_new();

	kt_xmlw_declare(w);
	kt_xmlw_open(w, "w:p");
	kt_xmlw_attr(w, "w:val", "1");
	kt_xmlw_attrf(w, "w:w", "%d.%s", 12, "x");
	kt_xmlw_indent(w, 1);
	kt_xmlw_open(w, "w:t");
	kt_xmlw_text(w, "", 0);
	kt_xmlw_close(w);
	kt_xmlw_text(w, "あい", 3);
	kt_xmlw_open(w, "w:r");
	kt_xmlw_raw(w, "<w:b/>");
	kt_xmlw_close(w);
	kt_xmlw_close(w);
	check_written(w,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
	    "<w:p w:val=\"1\" w:w=\"12.x\">\n  <w:t/>あ"
	    "<w:r><w:b/></w:r></w:p>");
}

static void
test_what_was_written_reads_back(void)
{
	static const char *const at[] = { "&<>\"'", "]]>", "&amp;",
		"a\tb\nc\rd", "　　", " x ", "\xef\xbf\xbd\xed\x9f\xbf",
		"ｱ\xef\xbc\x81😀" };

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct kt_xmlw *w = kt_xmlw_new();
		struct kt_buf b = KT_BUF_INIT;
		struct kt_xml *x;

		kt_xmlw_open(w, "a");
		kt_xmlw_attr(w, "v", at[i]);
		kt_xmlw_text(w, at[i], strlen(at[i]));
		kt_xmlw_close(w);
		CU_ASSERT_EQUAL(kt_xmlw_finish(w, &b, diag), KT_OK);
		x = parse_n(b.p, b.len);
		CU_ASSERT_PTR_NOT_NULL_FATAL(x);
		KT_STR(kt_xnode_attr(kt_xml_root(x), "v"), at[i]);
		KT_STR(kt_xnode_text(kt_xnode_first(kt_xml_root(x))), at[i]);
		kt_xml_free(x);
		kt_buf_release(&b);
		kt_xmlw_free(w);
	}
}

static void
test_a_long_value_is_not_cut(void)
{
	struct kt_buf long_one = KT_BUF_INIT, want = KT_BUF_INIT;
	struct kt_xmlw *w = kt_xmlw_new();

	put_long(&long_one, 5000);
	kt_buf_printf(&want, "<a v=\"%s\"/>", long_one.p);
	kt_xmlw_open(w, "a");
	kt_xmlw_attrf(w, "v", "%s", long_one.p);
	kt_xmlw_close(w);
	check_written(w, want.p);
	kt_buf_release(&long_one);
	kt_buf_release(&want);
}

static void
test_a_character_that_xml_cannot_hold_is_reported(void)
{
	static const struct {
		const char *in, *code;
	} at[] = {
		{ "前の\x01後の", "U+0001" },
		{ "前の\x0c後の", "U+000C" },
		{ "前の\xef\xbf\xbf後の", "U+FFFF" },
		{ "前の\xed\xa0\x80後の", "U+D800" },
	};

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct kt_xmlw *w = kt_xmlw_new();
		struct kt_buf b = KT_BUF_INIT;

		kt_diag_clear(diag);
		kt_xmlw_open(w, "a");
		kt_xmlw_text(w, at[i].in, strlen(at[i].in));
		kt_xmlw_close(w);
		CU_ASSERT_EQUAL(kt_xmlw_finish(w, &b, diag), KT_EINPUT);
		KT_STR(b.p, "");
		CU_ASSERT_EQUAL_FATAL(kt_diag_count(diag), 1);
		CU_ASSERT_EQUAL(kt_diag_get(diag, 0)->id, KT_M_XML_UNWRITABLE);
		KT_STR(kt_diag_get(diag, 0)->b, at[i].code);
		CU_ASSERT_PTR_NOT_NULL(strstr(kt_diag_get(diag, 0)->a, "前の"));
		kt_buf_release(&b);
		kt_xmlw_free(w);
	}
}

static CU_TestInfo tree_tests[] = {
	{ "a file becomes elements, attributes and texts",
	    test_a_file_becomes_elements_attributes_and_texts },
	{ "a long text stays in one piece",
	    test_a_long_text_stays_in_one_piece },
	{ "nodes know their relatives and lines",
	    test_nodes_know_their_relatives_and_lines },
	{ "UTF-16 with a mark is read", test_utf16_with_a_mark_is_read },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo refusal_tests[] = {
	{ "DOCTYPEs and entities are refused",
	    test_doctypes_and_entities_are_refused },
	{ "other encodings cannot hide anything",
	    test_other_encodings_cannot_hide_anything },
	{ "malformed files are refused with their line",
	    test_malformed_files_are_refused_with_their_line },
	{ "every limit holds at its value",
	    test_every_limit_holds_at_its_value },
	{ "costly files are refused at once",
	    test_costly_files_are_refused_at_once },
	{ "many different short texts cost nothing special",
	    test_many_different_short_texts_cost_nothing_special },
	{ "a file cut short is refused wherever it was cut",
	    test_a_file_cut_short_is_refused_wherever_it_was_cut },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo writer_tests[] = {
	{ "elements are written as they nest",
	    test_elements_are_written_as_they_nest },
	{ "what was written reads back", test_what_was_written_reads_back },
	{ "a long value is not cut", test_a_long_value_is_not_cut },
	{ "a character that XML cannot hold is reported",
	    test_a_character_that_xml_cannot_hold_is_reported },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "reading", begin, end, NULL, NULL, tree_tests },
		{ "refusing", begin, end, NULL, NULL, refusal_tests },
		{ "writing", begin, end, NULL, NULL, writer_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
