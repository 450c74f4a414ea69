/* SPDX-License-Identifier: MIT */
#ifndef KT_BUILD_H
#define KT_BUILD_H

/*
 * Documents for tests as a picture: one node a line, one blank a level,
 * "kind label|caption|text|related", what is behind may be left out:
 *
 *	article 第1条|目的
 *	 paragraph ||この規程は、
 *	 paragraph 2||市長は、
 */

#include "kt_test.h"

#include <kaitei/model.h>

#define KT_BUILD_DEPTH 64

static inline enum kt_kind
kt_build_kind(const char *p, size_t n)
{
	for (int kind = 0; kind < KT_KINDS; kind++) {
		const char *name = kt_kind_name((enum kt_kind)kind);

		if (strlen(name) == n && memcmp(name, p, n) == 0)
			return (enum kt_kind)kind;
	}
	fprintf(stderr, "no such kind: %.*s\n", (int)n, p);
	abort();
}

/* One field up to | or the end of the line, into the node. */
static inline const char *
kt_build_field(
    struct kt_doc *doc, struct kt_node *node, const char *p, unsigned field)
{
	size_t n = strcspn(p, "|\n");
	char *copy = kt_strndup(p, n);

	if (field == 0)
		kt_node_label(doc, node, copy);
	else if (field == 1)
		kt_node_caption(doc, node, copy, n);
	else if (field == 2)
		kt_node_text(doc, node, copy, n);
	else
		kt_node_related(doc, node, copy, n);
	free(copy);
	return p + n;
}

static inline struct kt_doc *
kt_build(const char *picture)
{
	struct kt_doc *doc = kt_doc_new("test.md");
	struct kt_node *open[KT_BUILD_DEPTH] = { doc->root };
	uint32_t line = 0;

	for (const char *p = picture; *p != '\0'; p += *p == '\n') {
		size_t depth = strspn(p, " "), name;
		struct kt_node *node;

		p += depth;
		name = strcspn(p, " \n");
		node = kt_doc_add(doc, open[depth], kt_build_kind(p, name));
		node->line = ++line;
		node->column = 1;
		open[depth + 1] = node;
		p += name;
		for (unsigned field = 0; *p != '\n' && *p != '\0'; field++)
			p = kt_build_field(doc, node, p + 1, field);
	}
	kt_doc_finish(doc);
	return doc;
}

#endif
