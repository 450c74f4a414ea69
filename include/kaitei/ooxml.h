/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_OOXML_H
#define KAITEI_OOXML_H

/*
 * ooxml: the package of Office files (OPC: a ZIP of parts with content types
 * and relations), and the rules that a Word file must keep.  Written files
 * have the same bytes every time; files from outside are read behind the
 * limits of reliability.md §3.  Knows no documents.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kt_buf;
struct kt_diag;

/* Relation types that more than one place needs. */
#define KT_REL_OFFICE                                                          \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define KT_REL_MAIN KT_REL_OFFICE "officeDocument"
#define KT_REL_CORE                                                            \
	"http://schemas.openxmlformats.org/package/2006/relationships/"        \
	"metadata/core-properties"

/* Content types of the parts of a Word file. */
#define KT_TYPE_WORD                                                           \
	"application/vnd.openxmlformats-officedocument.wordprocessingml."
#define KT_REL_CUSTOM KT_REL_OFFICE "custom-properties"
#define KT_TYPE_CUSTOM                                                         \
	"application/vnd.openxmlformats-officedocument.custom-properties+xml"
#define KT_TYPE_CORE                                                           \
	"application/vnd.openxmlformats-package.core-properties+xml"

/* ---- opc.c: writing -------------------------------------------------- */

struct kt_opc;

struct kt_opc *kt_opc_new(void);
void kt_opc_free(struct kt_opc *o);
/* Add a part, "word/document.xml"; parts stand in the file in the order in
 * which they are added.  Takes the bytes over and leaves `bytes` empty. */
void kt_opc_part(
    struct kt_opc *o, const char *name, const char *type, struct kt_buf *bytes);
/* Relate the part `source`, "" for the package itself, to another; the id
 * ("rId1") lives as long as o.  The parts may be added later. */
const char *kt_opc_relate(
    struct kt_opc *o, const char *source, const char *type, const char *target);
/* Append the package: content types, relations, then the parts.  Same parts,
 * same bytes (of one version of zlib).  KT_EIO when libzip fails. */
int kt_opc_write(const struct kt_opc *o, struct kt_buf *out, struct kt_diag *d);

/* ---- package.c: reading ---------------------------------------------- */

/* What a package from outside may cost; kt_package_limits is the rule. */
struct kt_package_limits {
	size_t file; /* bytes of the ZIP */
	size_t entries;
	size_t part; /* bytes of one part, inflated */
	size_t total; /* bytes of all parts read, inflated */
	size_t ratio; /* inflated to packed … */
	size_t ratio_from; /* … once so many bytes have come out */
};

extern const struct kt_package_limits kt_package_limits;

struct kt_package;

/* A relation; target is the name of a part, or an address when external. */
struct kt_relation {
	const char *id, *type, *target;
	bool external;
};

/*
 * Open a package; `bytes` must live as long as it does.  `file` names it in
 * messages; limits NULL are kt_package_limits.  Content types and the main
 * part must be there.  KT_EINPUT for what is no sound package, KT_ELIMIT for
 * what is over a limit, encrypted, in several volumes or with names that
 * lead astray.
 */
int kt_package_open(struct kt_package **out, const char *file,
    const char *bytes, size_t n, const struct kt_package_limits *limits,
    struct kt_diag *d);

/* Bytes that lie elsewhere than in memory: `n` of them from a place on go to
 * `to`; false when they cannot be had. */
struct kt_package_bytes {
	bool (*get)(void *of, void *to, size_t n, uint64_t at);
	void *of;
	uint64_t size;
};

/* The same for a package too big for memory; only the parts that are asked for
 * are read.  `bytes` must live as long as it does. */
int kt_package_open_bytes(struct kt_package **out, const char *file,
    const struct kt_package_bytes *bytes,
    const struct kt_package_limits *limits, struct kt_diag *d);
void kt_package_free(struct kt_package *p);
/* Names of parts as stored, in the order of the file; NULL past the last. */
const char *kt_package_name(const struct kt_package *p, size_t i);
/* The name as stored of a part, capital or small letters; NULL when there is
 * none. */
const char *kt_package_find(const struct kt_package *p, const char *name);
/* Name of the part that is the document. */
const char *kt_package_main(const struct kt_package *p);
/* Content type of a part; NULL when none is declared. */
const char *kt_package_type(const struct kt_package *p, const char *name);
/* External attributes of its entry; 0 when there is no such part. */
unsigned long kt_package_attributes(
    const struct kt_package *p, const char *name);
/* Append the bytes of a part.  KT_ENOTFOUND, KT_EINPUT when damaged,
 * KT_ELIMIT. */
int kt_package_read(struct kt_package *p, struct kt_buf *out, const char *name,
    struct kt_diag *d);
/* Relations of a part, "" for the package; none is no error.  The list is
 * the package's.  KT_EINPUT, KT_ELIMIT. */
int kt_package_relations(struct kt_package *p, const char *source,
    const struct kt_relation **out, size_t *count, struct kt_diag *d);

/* ---- lint.c: what Word demands and no schema says -------------------- */

/*
 * Check a Word file against the rules that make Word call a file unreadable
 * or show it wrongly: parts and relations, styles, bookmarks, fields,
 * revisions, tables, order of children, section, fonts.  Each breach is one
 * message with the part; KT_EINPUT when there was any.
 */
int kt_docx_lint(
    const char *file, const char *bytes, size_t n, struct kt_diag *d);

#endif
