/* SPDX-License-Identifier: MIT */
/*
 * The proof of a Word file: it is opened as anybody would open it, its
 * paragraphs are read, and they must say what was to be written.
 */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

void
docx_want(struct kt_buf *want, const char *p, size_t n)
{
	if (n == 0)
		return;
	kt_buf_put(want, p, n);
	kt_buf_putc(want, '\n');
}

/* Is it a picture that stands for words: the result of a field? */
static bool
is_for_words(const struct kt_xnode *n)
{
	while (
	    n != NULL && !kt_xnode_is(n, "p") && !kt_xnode_is(n, "fldSimple"))
		n = kt_xnode_parent(n);
	return n != NULL && kt_xnode_is(n, "fldSimple");
}

/* Words of one element; those of ruby and of fields are not the document's. */
static void
put_words(struct kt_buf *got, const struct kt_xnode *n)
{
	if (kt_xnode_is(n, "t"))
		kt_xnode_words(got, n);
	else if (kt_xnode_is(n, "br"))
		kt_buf_putc(got, '\n');
	else if (kt_xnode_is(n, "tab"))
		kt_buf_putc(got, '\t');
	else if (kt_xnode_is(n, "docPr") && is_for_words(n) &&
		 kt_xnode_attr(n, "descr") != NULL)
		kt_buf_puts(got, kt_xnode_attr(n, "descr"));
}

/* A paragraph ends: none is empty, none ends twice. */
static void
end_paragraph(struct kt_buf *got, size_t *begin)
{
	if (got->len > *begin)
		kt_buf_putc(got, '\n');
	*begin = got->len;
}

static void
read_words(struct kt_buf *got, const struct kt_xnode *root)
{
	const struct kt_xnode *at = root, *next;
	size_t begin = 0;

	while (at != NULL) {
		put_words(got, at);
		next = kt_xnode_is(at, "rt") || kt_xnode_is(at, "pPr")
			   ? NULL
			   : kt_xnode_elem(at);
		while (next == NULL && at != root) {
			if (kt_xnode_is(at, "p"))
				end_paragraph(got, &begin);
			next = kt_xnode_next_elem(at);
			at = kt_xnode_parent(at);
		}
		at = next;
	}
}

/* The line of the first difference, for the message. */
static int
tell_difference(
    const struct kt_buf *got, const struct kt_buf *want, struct kt_diag *d)
{
	size_t i = 0, begin = 0, end;
	char *line;
	int rc;

	while (i < got->len && i < want->len && got->p[i] == want->p[i]) {
		i++;
		if (want->p[i - 1] == '\n')
			begin = i;
	}
	end = begin + strcspn(want->p + begin, "\n");
	line = kt_strndup(want->p + begin, end - begin);
	rc = kt_report(d, .id = KT_M_DOCX_PROOF, .a = line);
	free(line);
	return rc;
}

int
docx_prove_want(void *of, const char *bytes, size_t n, struct kt_diag *d)
{
	const struct kt_buf *want = of;
	struct kt_package *p = NULL;
	struct kt_xml *x = NULL;
	struct kt_buf part = KT_BUF_INIT, got = KT_BUF_INIT;
	int rc = kt_package_open(&p, "docx", bytes, n, NULL, d);

	if (rc == KT_OK)
		rc = kt_package_read(p, &part, kt_package_main(p), d);
	if (rc == KT_OK)
		rc = kt_xml_parse(&x, "document.xml", part.p, part.len, d);
	if (rc == KT_OK) {
		read_words(&got, kt_xml_root(x));
		if (got.len != want->len ||
		    memcmp(got.p, want->p, got.len) != 0)
			rc = tell_difference(&got, want, d);
	}
	kt_xml_free(x);
	kt_package_free(p);
	kt_buf_release(&part);
	kt_buf_release(&got);
	return rc;
}

/* Each with messages of its own. */
struct proof {
	const struct kt_buf *bytes;
	const struct docx_words *words; /* NULL: the form */
	struct kt_diag *d;
	int rc;
};

static void
prove(void *arg)
{
	struct proof *p = arg;

	p->rc = p->words == NULL
		    ? kt_docx_lint("docx", p->bytes->p, p->bytes->len, p->d)
		    : p->words->prove(
			  p->words->of, p->bytes->p, p->bytes->len, p->d);
}

int
docx_prove(const struct kt_buf *bytes, const struct docx_words *words,
    struct kt_diag *d)
{
	struct proof two[2] = { { bytes, words, kt_diag_new(), KT_OK },
		{ bytes, NULL, kt_diag_new(), KT_OK } };
	int rc = KT_OK;

	kt_both(prove, &two[1], &two[0]);
	for (int i = 0; i < 2; i++) {
		if (rc == KT_OK) {
			rc = two[i].rc;
			kt_diag_join(d, two[i].d);
		}
		kt_diag_free(two[i].d);
	}
	return rc;
}
