/* SPDX-License-Identifier: MIT */
/* Looking at a parsed tree; nothing here allocates or knows libxml2. */
#include "xml_int.h"

#include <string.h>

bool
kt_xnode_is_text(const struct kt_xnode *n)
{
	return n->name == NULL;
}

const char *
kt_xnode_name(const struct kt_xnode *n)
{
	return n->name == NULL ? "" : n->name;
}

const char *
kt_xnode_ns(const struct kt_xnode *n)
{
	return n->name == NULL ? "" : n->ns;
}

bool
kt_xnode_is(const struct kt_xnode *n, const char *name)
{
	return n->name != NULL && strcmp(n->name, name) == 0;
}

const char *
kt_xnode_attr(const struct kt_xnode *n, const char *name)
{
	for (uint32_t i = 0; i < n->nattrs; i++)
		if (strcmp(n->attrs[i].name, name) == 0)
			return n->attrs[i].value;
	return NULL;
}

bool
kt_xnode_attr_at(
    const struct kt_xnode *n, size_t i, const char **name, const char **value)
{
	if (i >= n->nattrs)
		return false;
	*name = n->attrs[i].name;
	*value = n->attrs[i].value;
	return true;
}

const char *
kt_xnode_text(const struct kt_xnode *n)
{
	return n->name == NULL ? n->text : "";
}

const struct kt_xnode *
kt_xnode_first(const struct kt_xnode *n)
{
	return n->name == NULL ? NULL : n->first;
}

const struct kt_xnode *
kt_xnode_next(const struct kt_xnode *n)
{
	return n->next;
}

static const struct kt_xnode *
element_from(const struct kt_xnode *n)
{
	while (n != NULL && n->name == NULL)
		n = n->next;
	return n;
}

const struct kt_xnode *
kt_xnode_elem(const struct kt_xnode *n)
{
	return element_from(kt_xnode_first(n));
}

const struct kt_xnode *
kt_xnode_next_elem(const struct kt_xnode *n)
{
	return element_from(n->next);
}

const struct kt_xnode *
kt_xnode_parent(const struct kt_xnode *n)
{
	return n->parent;
}

const struct kt_xnode *
kt_xnode_child(const struct kt_xnode *n, const char *name)
{
	for (n = kt_xnode_elem(n); n != NULL; n = kt_xnode_next_elem(n))
		if (strcmp(n->name, name) == 0)
			return n;
	return NULL;
}

size_t
kt_xnode_line(const struct kt_xnode *n)
{
	return n->line;
}

/* Reading order below `root` without recursion. */
static const struct kt_xnode *
walk(const struct kt_xnode *n, const struct kt_xnode *root)
{
	if (kt_xnode_first(n) != NULL)
		return kt_xnode_first(n);
	while (n != root && n->next == NULL)
		n = n->parent;
	return n == root ? NULL : n->next;
}

void
kt_xnode_words(struct kt_buf *out, const struct kt_xnode *n)
{
	for (const struct kt_xnode *i = n; i != NULL; i = walk(i, n))
		kt_buf_puts(out, kt_xnode_text(i));
}
