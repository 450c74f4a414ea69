/* SPDX-License-Identifier: MIT */
#ifndef KT_PICTURE_H
#define KT_PICTURE_H

#include "kt_test.h"

#include <kaitei/model.h>

/*
 * A tree as one line: (kind label{caption}<related> text …), with the spans of
 * a cell as 2x1, "head" in a head row; with `marks`, each mark in its text as
 * [kind words].
 */
static inline void
kt_test_picture(struct kt_buf *out, const struct kt_node *node, bool marks)
{
	kt_buf_printf(out, "(%s", kt_kind_name(node->kind));
	if (node->label[0] != '\0')
		kt_buf_printf(out, " %s", node->label);
	if (node->caption[0] != '\0')
		kt_buf_printf(out, "{%s}", node->caption);
	if (node->related[0] != '\0')
		kt_buf_printf(out, "<%s>", node->related);
	if (node->header)
		kt_buf_puts(out, " head");
	if (node->colspan > 1 || node->rowspan > 1)
		kt_buf_printf(out, " %ux%u", node->colspan, node->rowspan);
	if (node->len > 0)
		kt_buf_printf(out, " %s", node->text);
	for (size_t i = 0; marks && i < node->nmarks; i++)
		kt_buf_printf(out, " [%d %.*s]", (int)node->marks[i].kind,
		    (int)node->marks[i].len, node->text + node->marks[i].start);
	for (const struct kt_node *at = node->first; at != NULL; at = at->next)
		kt_test_picture(out, at, marks);
	kt_buf_putc(out, ')');
}

#endif
