/* SPDX-License-Identifier: MIT */
/*
 * Reading a package from outside.  libzip refuses overlapping entries, but
 * by policy no bombs: every limit is checked while inflating, from what comes
 * out and not from what the header says.
 */
#include "ooxml_int.h"

#include <kaitei/xml.h>

#include <stdlib.h>
#include <string.h>

#define MIB ((size_t)1 << 20)
#define TYPES "[Content_Types].xml"

const struct kt_package_limits kt_package_limits = {
	.file = 50 * MIB,
	.entries = 2000,
	.part = 64 * MIB,
	.total = 256 * MIB,
	.ratio = 200,
	.ratio_from = MIB,
};

struct type {
	const char *name, *type; /* a part, or an extension */
	bool is_extension;
};

struct kt_package {
	struct kt_arena *arena;
	const char *file;
	const struct kt_package_limits *limits;
	zip_t *zip;
	struct ooxml_entry *at;
	size_t count;
	size_t total; /* bytes inflated so far */
	struct type *types;
	size_t ntypes, types_cap;
	const char *main;
	const char *memory; /* where the bytes lie in it */
	struct kt_package_bytes in_memory;
};

static int
damaged(const struct kt_package *p, struct kt_diag *d, const char *what)
{
	return kt_report(
	    d, .id = KT_M_OPC_DAMAGED, .at = { .file = p->file }, .a = what);
}

/* ---- entries --------------------------------------------------------- */

static const struct ooxml_entry *
find(const struct kt_package *p, const char *name)
{
	for (size_t i = 0; i < p->count; i++)
		if (ooxml_name_cmp(p->at[i].name, name) == 0)
			return &p->at[i];
	return NULL;
}

const char *
kt_package_name(const struct kt_package *p, size_t i)
{
	return i < p->count ? p->at[i].name : NULL;
}

const char *
kt_package_find(const struct kt_package *p, const char *name)
{
	const struct ooxml_entry *e = find(p, name);

	return e == NULL ? NULL : e->name;
}

const char *
kt_package_main(const struct kt_package *p)
{
	return p->main;
}

unsigned long
kt_package_attributes(const struct kt_package *p, const char *name)
{
	const struct ooxml_entry *e = find(p, name);

	return e == NULL ? 0 : e->attributes;
}

static int
over(const struct kt_package *p, struct kt_diag *d, enum kt_msg_id id,
    const char *name, size_t limit)
{
	char most[32];

	snprintf(most, sizeof(most), "%zu", limit);
	return kt_diag_add(
	    d, &(struct kt_msg){
		   .id = id, .at = { .file = p->file }, .a = name, .b = most });
}

/* May so many bytes come out of an entry? */
static int
check_size(const struct kt_package *p, const struct ooxml_entry *e, size_t n,
    struct kt_diag *d)
{
	const struct kt_package_limits *l = p->limits;

	if (n > l->part)
		return over(p, d, KT_M_OPC_PART_BYTES, e->name, l->part);
	if (n > l->total - p->total)
		return over(p, d, KT_M_OPC_TOTAL, e->name, l->total);
	if (n > l->ratio_from && n / l->ratio > e->packed)
		return over(p, d, KT_M_OPC_RATIO, e->name, l->ratio);
	return KT_OK;
}

static int
inflate_entry(struct kt_package *p, struct kt_buf *out,
    const struct ooxml_entry *e, zip_file_t *f, struct kt_diag *d)
{
	char page[1 << 14];
	size_t n = 0;
	zip_int64_t got;
	int rc = KT_OK;

	while (rc == KT_OK && (got = zip_fread(f, page, sizeof(page))) != 0) {
		if (got < 0)
			rc = damaged(
			    p, d, zip_error_strerror(zip_file_get_error(f)));
		else
			rc = check_size(p, e, n + (size_t)got, d);
		if (rc != KT_OK)
			break;
		n += (size_t)got;
		kt_buf_put(out, page, (size_t)got);
	}
	p->total += n;
	return rc;
}

int
kt_package_read(struct kt_package *p, struct kt_buf *out, const char *name,
    struct kt_diag *d)
{
	const struct ooxml_entry *e = find(p, name);
	struct kt_buf got = KT_BUF_INIT;
	zip_file_t *f;
	int rc;

	if (e == NULL)
		return kt_report(d, .id = KT_M_OPC_NO_PART,
		    .at = { .file = p->file }, .a = name);
	f = zip_fopen_index(p->zip, e->index, 0);
	if (f == NULL)
		return damaged(p, d, zip_strerror(p->zip));
	rc = inflate_entry(p, &got, e, f, d);
	zip_fclose(f);
	if (rc == KT_OK)
		kt_buf_put(out, got.p, got.len);
	kt_buf_release(&got);
	return rc;
}

/* A part as XML; `name` is that of the part in messages. */
static int
read_xml(struct kt_package *p, struct kt_xml **out, const char *name,
    struct kt_diag *d)
{
	struct kt_buf bytes = KT_BUF_INIT;
	int rc = kt_package_read(p, &bytes, name, d);

	if (rc == KT_OK)
		rc = kt_xml_parse(out,
		    kt_arena_printf(p->arena, "%s/%s", p->file, name), bytes.p,
		    bytes.len, d);
	kt_buf_release(&bytes);
	return rc;
}

/* ---- content types --------------------------------------------------- */

static void
add_type(struct kt_package *p, const struct kt_xnode *n)
{
	bool extension = kt_xnode_is(n, "Default");
	const char *type = kt_xnode_attr(n, "ContentType");
	const char *name =
	    kt_xnode_attr(n, extension ? "Extension" : "PartName");

	if (name == NULL || type == NULL)
		return;
	if (!extension && name[0] == '/')
		name++;
	KT_GROW(p->types, p->ntypes, p->types_cap);
	p->types[p->ntypes++] =
	    (struct type){ .name = kt_arena_strdup(p->arena, name),
		    .type = kt_arena_strdup(p->arena, type),
		    .is_extension = extension };
}

static int
read_types(struct kt_package *p, struct kt_diag *d)
{
	struct kt_xml *x = NULL;
	int rc;

	if (find(p, TYPES) == NULL)
		return kt_report(d, .id = KT_M_OPC_NO_PART,
		    .at = { .file = p->file }, .a = TYPES);
	rc = read_xml(p, &x, TYPES, d);
	if (rc != KT_OK)
		return rc;
	for (const struct kt_xnode *n = kt_xnode_elem(kt_xml_root(x));
	     n != NULL; n = kt_xnode_next_elem(n))
		add_type(p, n);
	kt_xml_free(x);
	return KT_OK;
}

const char *
kt_package_type(const struct kt_package *p, const char *name)
{
	const char *dot = strrchr(name, '.'), *by_extension = NULL;

	for (size_t i = 0; i < p->ntypes; i++) {
		const struct type *t = &p->types[i];

		if (!t->is_extension && ooxml_name_cmp(t->name, name) == 0)
			return t->type;
		if (t->is_extension && dot != NULL &&
		    ooxml_name_cmp(t->name, dot + 1) == 0)
			by_extension = t->type;
	}
	return by_extension;
}

/* ---- relations ------------------------------------------------------- */

/* Cut the last segment, with the slash before it; false when none is left. */
static bool
cut_segment(struct kt_buf *b)
{
	size_t n = b->len;

	if (n == 0)
		return false;
	while (n > 0 && b->p[n - 1] != '/')
		n--;
	kt_buf_cut(b, n > 0 ? n - 1 : 0);
	return true;
}

/* The part that `target` means when `source` says it; false when it leads
 * out of the package. */
static bool
resolve(struct kt_buf *out, const char *source, const char *target)
{
	size_t n = strcspn(target, "#?"), length;

	if (target[0] != '/') {
		kt_buf_puts(out, source);
		cut_segment(out);
	}
	for (const char *p = target, *end = target + n; p < end;
	     p += length + (p + length < end)) {
		length = strcspn(p, "/#?");
		if (length == 0 || (length == 1 && p[0] == '.'))
			continue;
		if (length == 2 && memcmp(p, "..", 2) == 0) {
			if (!cut_segment(out))
				return false;
			continue;
		}
		if (memchr(p, '\\', length) != NULL)
			return false;
		if (out->len > 0)
			kt_buf_putc(out, '/');
		kt_buf_put(out, p, length);
	}
	return true;
}

static int
read_relation(struct kt_package *p, struct kt_relation *r, const char *source,
    const struct kt_xnode *n, struct kt_diag *d)
{
	const char *mode = kt_xnode_attr(n, "TargetMode");
	const char *target = kt_xnode_attr(n, "Target");
	const char *id = kt_xnode_attr(n, "Id");
	const char *type = kt_xnode_attr(n, "Type");
	struct kt_buf part = KT_BUF_INIT;
	int rc = KT_OK;

	if (target == NULL || id == NULL || type == NULL)
		return damaged(p, d, "Relationship");
	r->id = kt_arena_strdup(p->arena, id);
	r->type = kt_arena_strdup(p->arena, type);
	r->external = mode != NULL && strcmp(mode, "External") == 0;
	if (r->external)
		r->target = kt_arena_strdup(p->arena, target);
	else if (resolve(&part, source, target))
		r->target = kt_arena_strdup(p->arena, part.p);
	else
		rc = kt_report(d, .id = KT_M_OPC_TARGET,
		    .at = { .file = p->file }, .a = target);
	kt_buf_release(&part);
	return rc;
}

static int
read_relations(struct kt_package *p, const char *source,
    const struct kt_xnode *root, const struct kt_relation **out, size_t *count,
    struct kt_diag *d)
{
	struct kt_relation *at;
	size_t n = 0, i = 0;
	int rc = KT_OK;

	for (const struct kt_xnode *x = kt_xnode_elem(root); x != NULL;
	     x = kt_xnode_next_elem(x))
		n++;
	at = KT_NEWN(p->arena, struct kt_relation, n + 1);
	for (const struct kt_xnode *x = kt_xnode_elem(root);
	     rc == KT_OK && x != NULL; x = kt_xnode_next_elem(x))
		rc = read_relation(p, &at[i++], source, x, d);
	if (rc != KT_OK)
		return rc;
	*out = at;
	*count = n;
	return KT_OK;
}

int
kt_package_relations(struct kt_package *p, const char *source,
    const struct kt_relation **out, size_t *count, struct kt_diag *d)
{
	const char *slash = strrchr(source, '/');
	const char *base = slash == NULL ? source : slash + 1;
	const char *name = kt_arena_printf(
	    p->arena, "%.*s_rels/%s.rels", (int)(base - source), source, base);
	struct kt_xml *x = NULL;
	int rc;

	if (find(p, name) == NULL) {
		*out = NULL;
		*count = 0;
		return KT_OK;
	}
	rc = read_xml(p, &x, name, d);
	if (rc == KT_OK)
		rc = read_relations(p, source, kt_xml_root(x), out, count, d);
	kt_xml_free(x);
	return rc;
}

static bool
ends_in(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n >= m && strcmp(s + n - m, tail) == 0;
}

/* The document; the relation has one name in Transitional files and another
 * in Strict ones. */
static int
find_main(struct kt_package *p, struct kt_diag *d)
{
	const struct kt_relation *at = NULL;
	size_t n = 0;
	int rc = kt_package_relations(p, "", &at, &n, d);

	if (rc != KT_OK)
		return rc;
	for (size_t i = 0; p->main == NULL && i < n; i++)
		if (!at[i].external &&
		    ends_in(at[i].type, "/relationships/officeDocument"))
			p->main = kt_package_find(p, at[i].target);
	if (p->main != NULL)
		return KT_OK;
	return kt_report(d, .id = KT_M_OPC_NO_MAIN, .at = { .file = p->file });
}

/* ---- the package ----------------------------------------------------- */

static int
open_zip(struct kt_package *p, const struct kt_package_bytes *bytes,
    struct kt_diag *d)
{
	zip_error_t error;
	zip_source_t *source;
	int rc = KT_OK;

	zip_error_init(&error);
	source = ooxml_source(bytes, &error);
	if (source != NULL)
		p->zip = zip_open_from_source(
		    source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
	if (p->zip == NULL) {
		rc = damaged(p, d, zip_error_strerror(&error));
		if (source != NULL)
			zip_source_free(source);
	}
	zip_error_fini(&error);
	return rc;
}

static int
open_package(struct kt_package *p, const struct kt_package_bytes *bytes,
    struct kt_diag *d)
{
	int rc;

	if (bytes->size > p->limits->file)
		return over(p, d, KT_M_OPC_BYTES, p->file, p->limits->file);
	rc = ooxml_directory(
	    &p->at, &p->count, p->limits->entries, p->arena, p->file, bytes, d);
	if (rc == KT_OK)
		rc = open_zip(p, bytes, d);
	if (rc == KT_OK)
		rc = read_types(p, d);
	if (rc == KT_OK)
		rc = find_main(p, d);
	return rc;
}

static struct kt_package *
new_package(const char *file, const struct kt_package_limits *limits)
{
	struct kt_package *p = kt_calloc(1, sizeof(*p));

	p->arena = kt_arena_new();
	p->file = kt_arena_strdup(p->arena, file);
	p->limits = limits == NULL ? &kt_package_limits : limits;
	return p;
}

static int
open_or_free(struct kt_package **out, struct kt_package *p,
    const struct kt_package_bytes *bytes, struct kt_diag *d)
{
	int rc = open_package(p, bytes, d);

	if (rc == KT_OK)
		*out = p;
	else
		kt_package_free(p);
	return rc;
}

int
kt_package_open_bytes(struct kt_package **out, const char *file,
    const struct kt_package_bytes *bytes,
    const struct kt_package_limits *limits, struct kt_diag *d)
{
	return open_or_free(out, new_package(file, limits), bytes, d);
}

/* Never asked beyond the size. */
static bool
get_memory(void *of, void *to, size_t n, uint64_t at)
{
	const struct kt_package *p = of;

	if (n > 0)
		memcpy(to, p->memory + at, n);
	return true;
}

int
kt_package_open(struct kt_package **out, const char *file, const char *bytes,
    size_t n, const struct kt_package_limits *limits, struct kt_diag *d)
{
	struct kt_package *p = new_package(file, limits);

	p->memory = bytes;
	p->in_memory = (struct kt_package_bytes){ get_memory, p, n };
	return open_or_free(out, p, &p->in_memory, d);
}

void
kt_package_free(struct kt_package *p)
{
	if (p == NULL)
		return;
	if (p->zip != NULL)
		zip_discard(p->zip);
	free(p->types);
	kt_arena_free(p->arena);
	free(p);
}
