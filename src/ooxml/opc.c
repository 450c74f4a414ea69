/* SPDX-License-Identifier: MIT */
/*
 * Writing a package.  Names, order, dates, compression and attributes of the
 * entries are fixed, so that the same parts give the same bytes; reading is
 * in package.c.
 */
#include "ooxml_int.h"

#include <kaitei/xml.h>

#include <stdlib.h>
#include <string.h>

/* 1980-01-01 00:00, the first moment that a ZIP can name. */
#define DOS_DATE 0x21
#define LEVEL 6
/* Below this deflating makes a part longer. */
#define STORE_BELOW 64
/* Word for Mac calls a package unreadable when these are zero. */
#define ATTRIBUTES ((zip_uint32_t)0100644 << 16)

#define NS_TYPES "http://schemas.openxmlformats.org/package/2006/content-types"
#define NS_RELS "http://schemas.openxmlformats.org/package/2006/relationships"
#define TYPE_RELS "application/vnd.openxmlformats-package.relationships+xml"

struct part {
	const char *name, *type;
	struct kt_buf bytes;
};

struct relation {
	const char *source, *id, *type, *target;
};

struct kt_opc {
	struct kt_arena *arena;
	struct part *parts;
	size_t nparts, parts_cap;
	struct relation *relations;
	size_t nrelations, relations_cap;
};

struct kt_opc *
kt_opc_new(void)
{
	struct kt_opc *o = kt_calloc(1, sizeof(*o));

	o->arena = kt_arena_new();
	return o;
}

static void
free_parts(struct part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		kt_buf_release(&parts[i].bytes);
	free(parts);
}

void
kt_opc_free(struct kt_opc *o)
{
	if (o == NULL)
		return;
	free_parts(o->parts, o->nparts);
	free(o->relations);
	kt_arena_free(o->arena);
	free(o);
}

void
kt_opc_part(
    struct kt_opc *o, const char *name, const char *type, struct kt_buf *bytes)
{
	KT_GROW(o->parts, o->nparts, o->parts_cap);
	o->parts[o->nparts++] =
	    (struct part){ .name = kt_arena_strdup(o->arena, name),
		    .type = kt_arena_strdup(o->arena, type),
		    .bytes = *bytes };
	*bytes = (struct kt_buf)KT_BUF_INIT;
}

const char *
kt_opc_relate(
    struct kt_opc *o, const char *source, const char *type, const char *target)
{
	struct relation *r;
	size_t number = 1;

	for (size_t i = 0; i < o->nrelations; i++)
		number += strcmp(o->relations[i].source, source) == 0;
	KT_GROW(o->relations, o->nrelations, o->relations_cap);
	r = &o->relations[o->nrelations++];
	r->source = kt_arena_strdup(o->arena, source);
	r->id = kt_arena_printf(o->arena, "rId%zu", number);
	r->type = kt_arena_strdup(o->arena, type);
	r->target = kt_arena_strdup(o->arena, target);
	return r->id;
}

/* ---- the parts that the package itself needs ------------------------- */

static void
put_default(struct kt_xmlw *w, const char *extension, const char *type)
{
	kt_xmlw_open(w, "Default");
	kt_xmlw_attr(w, "Extension", extension);
	kt_xmlw_attr(w, "ContentType", type);
	kt_xmlw_close(w);
}

static int
put_types(struct kt_buf *out, const struct kt_opc *o, struct kt_diag *d)
{
	struct kt_xmlw *w = kt_xmlw_new();
	int rc;

	kt_xmlw_declare(w);
	kt_xmlw_open(w, "Types");
	kt_xmlw_attr(w, "xmlns", NS_TYPES);
	put_default(w, "rels", TYPE_RELS);
	put_default(w, "xml", "application/xml");
	for (size_t i = 0; i < o->nparts; i++) {
		kt_xmlw_open(w, "Override");
		kt_xmlw_attrf(w, "PartName", "/%s", o->parts[i].name);
		kt_xmlw_attr(w, "ContentType", o->parts[i].type);
		kt_xmlw_close(w);
	}
	kt_xmlw_close(w);
	rc = kt_xmlw_finish(w, out, d);
	kt_xmlw_free(w);
	return rc;
}

/* Bytes of a name up to and with its last slash. */
static size_t
folder_of(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash == NULL ? 0 : (size_t)(slash - name) + 1;
}

static void
put_relation(struct kt_xmlw *w, const struct relation *r)
{
	size_t folder = folder_of(r->source);

	kt_xmlw_open(w, "Relationship");
	kt_xmlw_attr(w, "Id", r->id);
	kt_xmlw_attr(w, "Type", r->type);
	if (strncmp(r->source, r->target, folder) == 0)
		kt_xmlw_attr(w, "Target", r->target + folder);
	else
		kt_xmlw_attrf(w, "Target", "/%s", r->target);
	kt_xmlw_close(w);
}

static int
put_relations(struct kt_buf *out, const struct kt_opc *o, const char *source,
    struct kt_diag *d)
{
	struct kt_xmlw *w = kt_xmlw_new();
	int rc;

	kt_xmlw_declare(w);
	kt_xmlw_open(w, "Relationships");
	kt_xmlw_attr(w, "xmlns", NS_RELS);
	for (size_t i = 0; i < o->nrelations; i++)
		if (strcmp(o->relations[i].source, source) == 0)
			put_relation(w, &o->relations[i]);
	kt_xmlw_close(w);
	rc = kt_xmlw_finish(w, out, d);
	kt_xmlw_free(w);
	return rc;
}

static bool
has_relations(const struct kt_opc *o, const char *source)
{
	for (size_t i = 0; i < o->nrelations; i++)
		if (strcmp(o->relations[i].source, source) == 0)
			return true;
	return false;
}

/* ---- the file -------------------------------------------------------- */

static int
zip_fault(struct kt_diag *d, zip_error_t *e)
{
	return kt_report(d, .id = KT_M_OPC_WRITE, .a = zip_error_strerror(e));
}

/* One entry.  The bytes must stand until the archive is closed. */
static int
put_entry(zip_t *zip, const char *name, const char *type,
    const struct kt_buf *bytes, struct kt_diag *d)
{
	zip_source_t *source = zip_source_buffer(zip, bytes->p, bytes->len, 0);
	zip_int64_t at;
	zip_uint64_t i;
	/* Pictures are packed already. */
	zip_int32_t method =
	    bytes->len < STORE_BELOW || strncmp(type, "image/", 6) == 0
		? ZIP_CM_STORE
		: ZIP_CM_DEFLATE;

	if (source == NULL)
		return zip_fault(d, zip_get_error(zip));
	at = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return zip_fault(d, zip_get_error(zip));
	}
	i = (zip_uint64_t)at;
	if (zip_file_set_dostime(zip, i, 0, DOS_DATE, 0) != 0 ||
	    zip_set_file_compression(
		zip, i, method, method == ZIP_CM_DEFLATE ? LEVEL : 0) != 0 ||
	    zip_file_set_external_attributes(
		zip, i, 0, ZIP_OPSYS_UNIX, ATTRIBUTES) != 0)
		return zip_fault(d, zip_get_error(zip));
	return KT_OK;
}

/* The relations of a part stand behind it; their bytes go to `own`. */
static int
put_entry_relations(zip_t *zip, const struct kt_opc *o, const char *source,
    struct kt_buf *own, struct kt_diag *d)
{
	struct kt_buf name = KT_BUF_INIT;
	size_t folder = folder_of(source);
	int rc;

	if (!has_relations(o, source))
		return KT_OK;
	kt_buf_put(&name, source, folder);
	kt_buf_printf(&name, "_rels/%s.rels", source + folder);
	rc = put_relations(own, o, source, d);
	if (rc == KT_OK)
		rc = put_entry(zip, name.p, "", own, d);
	kt_buf_release(&name);
	return rc;
}

/* own: one buffer a part and two more, for what is made here. */
static int
put_entries(
    zip_t *zip, const struct kt_opc *o, struct kt_buf *own, struct kt_diag *d)
{
	int rc = put_types(&own[0], o, d);

	if (rc == KT_OK)
		rc = put_entry(zip, "[Content_Types].xml", "", &own[0], d);
	if (rc == KT_OK)
		rc = put_entry_relations(zip, o, "", &own[1], d);
	for (size_t i = 0; rc == KT_OK && i < o->nparts; i++) {
		const struct part *part = &o->parts[i];

		rc = put_entry(zip, part->name, part->type, &part->bytes, d);
		if (rc == KT_OK)
			rc = put_entry_relations(
			    zip, o, part->name, &own[i + 2], d);
	}
	return rc;
}

/* What libzip has written into memory. */
static int
take_bytes(struct kt_buf *out, zip_source_t *source, struct kt_diag *d)
{
	zip_stat_t stat;
	zip_int64_t got = -1;

	if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
		return zip_fault(d, zip_source_error(source));
	kt_buf_reserve(out, (size_t)stat.size + 1);
	while ((got = zip_source_read(
		    source, out->p + out->len, out->cap - out->len - 1)) > 0) {
		out->len += (size_t)got;
		out->p[out->len] = '\0';
		kt_buf_reserve(out, 1);
	}
	zip_source_close(source);
	return got == 0 ? KT_OK : zip_fault(d, zip_source_error(source));
}

int
kt_opc_write(const struct kt_opc *o, struct kt_buf *out, struct kt_diag *d)
{
	struct kt_buf *own = kt_calloc(o->nparts + 2, sizeof(*own));
	struct kt_buf got = KT_BUF_INIT;
	zip_source_t *source;
	zip_t *zip = NULL;
	zip_error_t error;
	int rc;

	for (size_t i = 0; i < o->nparts + 2; i++)
		own[i] = (struct kt_buf)KT_BUF_INIT;
	zip_error_init(&error);
	source = zip_source_buffer_create(NULL, 0, 0, &error);
	if (source != NULL)
		zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	if (zip == NULL) {
		rc = zip_fault(d, &error);
		goto out;
	}
	zip_source_keep(source);
	rc = put_entries(zip, o, own, d);
	if (rc == KT_OK && zip_close(zip) != 0)
		rc = zip_fault(d, zip_get_error(zip));
	else if (rc == KT_OK)
		zip = NULL;
	if (rc == KT_OK)
		rc = take_bytes(&got, source, d);
	if (rc == KT_OK)
		kt_buf_put(out, got.p, got.len);
out:
	if (zip != NULL)
		zip_discard(zip);
	if (source != NULL)
		zip_source_free(source);
	zip_error_fini(&error);
	kt_buf_release(&got);
	for (size_t i = 0; i < o->nparts + 2; i++)
		kt_buf_release(&own[i]);
	free(own);
	return rc;
}
