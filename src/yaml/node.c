/* SPDX-License-Identifier: MIT */
/* Looking at a parsed file. */
#include "yaml_int.h"

#include <string.h>

void
kt_yaml_free(struct kt_yaml *y)
{
	if (y != NULL)
		kt_arena_free(y->arena);
}

const char *
kt_yaml_file(const struct kt_yaml *y)
{
	return y->file;
}

const struct kt_ynode *
kt_yaml_root(const struct kt_yaml *y)
{
	return y->root;
}

enum kt_ykind
kt_ynode_kind(const struct kt_ynode *n)
{
	return n == NULL ? KT_Y_SCALAR : n->kind;
}

const char *
kt_ynode_text(const struct kt_ynode *n)
{
	return n == NULL ? "" : n->text;
}

size_t
kt_ynode_count(const struct kt_ynode *n)
{
	return n == NULL ? 0 : n->count;
}

const struct kt_ynode *
kt_ynode_at(const struct kt_ynode *n, size_t i)
{
	const struct kt_ynode *child = n == NULL ? NULL : n->first;

	while (child != NULL && i-- > 0)
		child = child->next;
	return child;
}

const char *
kt_ynode_key(const struct kt_ynode *n, size_t i)
{
	const struct kt_ynode *child = kt_ynode_at(n, i);

	return child == NULL ? "" : child->key;
}

const struct kt_ynode *
kt_ynode_get(const struct kt_ynode *n, const char *key)
{
	if (kt_ynode_kind(n) != KT_Y_MAP)
		return NULL;
	for (const struct kt_ynode *c = n->first; c != NULL; c = c->next)
		if (strcmp(c->key, key) == 0)
			return c;
	return NULL;
}

const char *
kt_ynode_word(const struct kt_ynode *n, const char *key, const char *otherwise)
{
	const struct kt_ynode *found = kt_ynode_get(n, key);

	return found == NULL ? otherwise : found->text;
}

size_t
kt_ynode_line(const struct kt_ynode *n)
{
	return n == NULL ? 0 : n->line;
}

static bool
is_one_of(const char *key, const char *const *known)
{
	for (; *known != NULL; known++)
		if (strcmp(key, *known) == 0)
			return true;
	return false;
}

int
kt_ynode_known(const struct kt_yaml *y, const struct kt_ynode *n,
    const char *const *known, struct kt_diag *d)
{
	int rc = KT_OK;

	if (kt_ynode_kind(n) != KT_Y_MAP)
		return KT_OK;
	for (const struct kt_ynode *c = n->first; c != NULL; c = c->next)
		if (!is_one_of(c->key, known))
			rc = kt_report(d, .id = KT_M_YAML_KEY,
			    .at = { .file = y->file, .line = c->line },
			    .a = c->key);
	return rc;
}
