/* SPDX-License-Identifier: MIT */
#ifndef KT_NOTATION_H
#define KT_NOTATION_H

/*
 * Two texts of a pair with their notation folded, for the programs that hold
 * what is notation against what only looks like it.  Included once.
 */

#include "kt_test.h"

#include <kaitei/text.h>

static struct kt_notation *notation;
static struct kt_buf one = KT_BUF_INIT, two = KT_BUF_INIT;

struct pair {
	const char *a, *b;
};

static int
begin(void)
{
	notation = kt_notation_new();
	return 0;
}

static int
end(void)
{
	kt_notation_free(notation);
	kt_buf_release(&one);
	kt_buf_release(&two);
	return 0;
}

static const char *
folded(struct kt_buf *out, const char *text)
{
	kt_buf_clear(out);
	kt_fold_notation(notation, out, text, strlen(text));
	return out->p;
}

#endif
