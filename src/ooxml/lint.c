/* SPDX-License-Identifier: MIT */
/*
 * The lint of a Word file, as a whole: parts, types and relations; then every
 * part through lint_part.c.  Schemas and the usual validators pass files that
 * Word calls unreadable; these are the rules they do not know.
 */
#include "lint_int.h"

#include <string.h>

/* What a relation of the document must lead to. */
static const struct {
	const char *relation, *type;
	bool has_content; /* to be read by lint_part() */
} kinds[] = {
	{ "officeDocument", KT_TYPE_WORD "document.main+xml", true },
	{ "styles", KT_TYPE_WORD "styles+xml", true },
	{ "settings", KT_TYPE_WORD "settings+xml", true },
	{ "fontTable", KT_TYPE_WORD "fontTable+xml", false },
	{ "numbering", KT_TYPE_WORD "numbering+xml", true },
	{ "header", KT_TYPE_WORD "header+xml", true },
	{ "footer", KT_TYPE_WORD "footer+xml", true },
	{ "footnotes", KT_TYPE_WORD "footnotes+xml", true },
	{ "endnotes", KT_TYPE_WORD "endnotes+xml", true },
	{ "comments", KT_TYPE_WORD "comments+xml", true },
};

void
lint_breach(struct lint *l, enum kt_msg_id id, const char *what)
{
	kt_diag_add(
	    l->d, &(struct kt_msg){
		      .id = id, .at = { .file = l->place }, .a = what });
	l->found++;
}

/* ---- the package ----------------------------------------------------- */

static bool
is_package_part(const char *name)
{
	size_t n = strlen(name);

	return strcmp(name, "[Content_Types].xml") == 0 ||
	       (n > 5 && strcmp(name + n - 5, ".rels") == 0);
}

static void
check_entries(struct lint *l)
{
	const char *name;

	for (size_t i = 0; (name = kt_package_name(l->package, i)) != NULL;
	     i++) {
		if (kt_package_attributes(l->package, name) == 0)
			lint_breach(l, KT_M_DOCX_ATTRIBUTES, name);
		if (!is_package_part(name) &&
		    kt_package_type(l->package, name) == NULL)
			lint_breach(l, KT_M_DOCX_NO_TYPE, name);
	}
}

static void
check_content(struct lint *l, const char *name)
{
	struct kt_buf bytes = KT_BUF_INIT;
	struct kt_xml *x = NULL;

	l->place = kt_arena_printf(l->arena, "%s/%s", l->file, name);
	if (kt_package_read(l->package, &bytes, name, l->d) != KT_OK ||
	    kt_xml_parse(&x, l->place, bytes.p, bytes.len, l->d) != KT_OK)
		l->found++;
	else if (kt_package_relations(l->package, name, &l->relations,
		     &l->nrelations, l->d) != KT_OK)
		l->found++;
	else
		lint_part(l, kt_xml_root(x));
	kt_xml_free(x);
	kt_buf_release(&bytes);
	l->place = l->file;
}

static void
check_relation(struct lint *l, const struct kt_relation *r)
{
	const char *name, *type, *kind = strrchr(r->type, '/');

	if (r->external)
		return;
	name = kt_package_find(l->package, r->target);
	if (name == NULL) {
		lint_breach(l, KT_M_DOCX_NO_TARGET, r->target);
		return;
	}
	type = kt_package_type(l->package, name);
	if (kind != NULL && strcmp(kind, "/image") == 0 &&
	    (type == NULL || strncmp(type, "image/", 6) != 0))
		lint_breach(l, KT_M_DOCX_TYPE, name);
	for (size_t i = 0; kind != NULL && i < KT_COUNT(kinds); i++) {
		if (strcmp(kind + 1, kinds[i].relation) != 0)
			continue;
		if (type == NULL || strcmp(type, kinds[i].type) != 0)
			lint_breach(l, KT_M_DOCX_TYPE, name);
		l->sections = i == 0;
		if (kinds[i].has_content)
			check_content(l, name);
	}
}

static void
check_relations(struct lint *l, const char *source)
{
	const struct kt_relation *at = NULL;
	size_t n = 0;

	if (kt_package_relations(l->package, source, &at, &n, l->d) != KT_OK)
		l->found++;
	for (size_t i = 0; i < n; i++)
		check_relation(l, &at[i]);
}

int
kt_docx_lint(const char *file, const char *bytes, size_t n, struct kt_diag *d)
{
	struct lint l = { .d = d, .file = file, .place = file };
	const char *name;
	int rc = kt_package_open(&l.package, file, bytes, n, NULL, d);

	if (rc != KT_OK)
		return rc;
	l.arena = kt_arena_new();
	check_entries(&l);
	check_relations(&l, "");
	for (size_t i = 0; (name = kt_package_name(l.package, i)) != NULL; i++)
		if (!is_package_part(name))
			check_relations(&l, name);
	lint_compare(&l);
	lint_release(&l);
	kt_arena_free(l.arena);
	kt_package_free(l.package);
	return l.found == 0 ? KT_OK : KT_EINPUT;
}
