/* SPDX-License-Identifier: MIT */
#ifndef KT_XML_INT_H
#define KT_XML_INT_H

/* What the files of the xml layer share: input on its way to libxml2. */

#include <kaitei/base.h>
#include <kaitei/xml.h>

/* Limits of one file.  Each is a guard against input that would cost
 * libxml2 more than linear time, or the process its memory. */
#define XML_BYTES_MAX ((size_t)64 << 20)
#define XML_DEPTH_MAX ((size_t)256)
#define XML_ATTRIBUTES_MAX ((size_t)256)
#define XML_NAME_MAX ((size_t)256)
#define XML_NAMES_MAX ((size_t)4096)
#define XML_IDS_MAX ((size_t)10000)
#define XML_ELEMENTS_MAX ((size_t)2000000)
#define XML_RUN_MAX ((size_t)8 << 20)
#define XML_CHARACTERS_MAX ((size_t)10000000)

/* UTF-8 without a byte order mark, checked. */
struct xml_source {
	const char *file;
	const char *p;
	size_t n;
	bool was_utf16;
	struct kt_buf own; /* holds the bytes when they were converted */
};

/* KT_ELIMIT for encodings that are not read, KT_EINPUT for bytes that are
 * not what they claim to be.  `bytes` is borrowed. */
int xml_decode(struct xml_source *out, const char *file, const char *bytes,
    size_t n, struct kt_diag *d);
void xml_source_release(struct xml_source *s);
/* Line of an offset, from 1. */
size_t xml_line_of(const struct xml_source *s, size_t offset);
/* Some characters from an offset on, for messages. */
void xml_excerpt(struct kt_buf *out, const char *p, size_t n, size_t offset);
/* "U+0001" for the character at p. */
void xml_codepoint(struct kt_buf *out, const char *p, size_t n);

/* The pre-scan: every limit, DOCTYPE, entities, broken tags. */
int xml_scan(const struct xml_source *s, struct kt_diag *d);

/* Length of the illegal character at p (n > 0 bytes left), 0 when XML 1.0
 * knows it.  p is UTF-8, but need not be well formed. */
size_t xml_illegal(const char *p, size_t n);
/* Offset of the first one, n when there is none. */
size_t xml_find_illegal(const char *p, size_t n);

/* The bytes on their way to libxml2, piece by piece; `stop` ends them early. */
struct xml_feed {
	const struct xml_source *src;
	size_t given; /* bytes handed over */
	bool stop;
};

/* xmlInputReadCallback; ctx is the feed. */
int xml_feed_read(void *ctx, char *to, int room);
/* xmlInputCloseCallback: the bytes belong to another. */
int xml_feed_close(void *ctx);

/* The parsed tree. */
struct kt_xnode {
	const struct kt_xnode *parent, *next;
	const char *name; /* NULL: a text */
	union {
		const struct kt_xnode *first; /* of an element */
		const char *text; /* of a text */
	};
	const char *ns;
	const struct xml_attr *attrs;
	uint32_t nattrs, line;
};

struct xml_attr {
	const char *name, *value;
};

struct kt_xml {
	struct kt_arena *arena;
	void *dict; /* libxml2's; owns the names */
	const struct kt_xnode *root;
};

/* The one way in: allocator and loader stand before anything is parsed. */
void xml_init(void);

/* ---- tree.c: a tree in the making ------------------------------------- */

struct xml_tree {
	struct kt_arena *arena;
	struct kt_buf text; /* not yet a node */
	size_t text_line;
	struct kt_xnode above; /* stands above the root */
	/* Open elements, and the last child of each; [0] is `above`. */
	struct kt_xnode *open[XML_DEPTH_MAX + 1];
	struct kt_xnode *last[XML_DEPTH_MAX + 1];
	size_t depth;
};

void xml_tree_init(struct xml_tree *t, struct kt_arena *arena);
void xml_tree_release(struct xml_tree *t);
/* An element below the open one; the depth must be below XML_DEPTH_MAX.
 * `name` is borrowed. */
struct kt_xnode *xml_tree_open(
    struct xml_tree *t, const char *name, size_t line);
void xml_tree_close(struct xml_tree *t);
/* Text, in as many pieces as it comes. */
void xml_tree_text(struct xml_tree *t, const char *p, size_t n, size_t line);

/* ---- htmlscan.c -------------------------------------------------------- */

/* The pre-scan of a page: tags and their attributes counted. */
int html_scan(const struct xml_source *s, struct kt_diag *d);

#endif
