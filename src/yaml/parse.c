/* SPDX-License-Identifier: MIT */
/* From libyaml's events to a tree, behind limits. */
#include "yaml_int.h"

#include <string.h>

#include "late_yaml.h"

#define MOST_BYTES ((size_t)1 << 20)
#define MOST_DEPTH 32
#define MOST_NODES 20000

struct reading {
	struct kt_yaml *y;
	struct kt_diag *d;
	struct kt_ynode *open[MOST_DEPTH];
	size_t depth, nodes;
	const char *key; /* of the pair at hand; NULL: a key comes next */
	size_t key_line;
};

static int
fault(struct reading *r, enum kt_msg_id id, size_t line, const char *what)
{
	return kt_report(r->d, .id = id,
	    .at = { .file = r->y->file, .line = line }, .a = what);
}

static struct kt_ynode *
top(struct reading *r)
{
	return r->depth == 0 ? NULL : r->open[r->depth - 1];
}

static bool
wants_key(struct reading *r)
{
	return top(r) != NULL && top(r)->kind == KT_Y_MAP && r->key == NULL;
}

/* Hang a new value where the reading stands. */
static int
add_node(struct reading *r, enum kt_ykind kind, const char *text, size_t line,
    struct kt_ynode **out)
{
	struct kt_ynode *n = kt_arena_alloc(r->y->arena, sizeof(*n));
	struct kt_ynode *parent = top(r);

	if (++r->nodes > MOST_NODES)
		return fault(r, KT_M_YAML_LIMIT, line, "20000");
	*n = (struct kt_ynode){ .kind = kind,
		.line = r->key != NULL ? r->key_line : line,
		.text = text,
		.key = r->key != NULL ? r->key : "" };
	r->key = NULL;
	*out = n;
	if (parent == NULL) {
		r->y->root = n;
		return KT_OK;
	}
	if (parent->last == NULL)
		parent->first = n;
	else
		parent->last->next = n;
	parent->last = n;
	parent->count++;
	return KT_OK;
}

static int
add_key(struct reading *r, const char *text, size_t line)
{
	if (kt_ynode_get(top(r), text) != NULL)
		return fault(r, KT_M_YAML_TWICE, line, text);
	r->key = text;
	r->key_line = line;
	return KT_OK;
}

static int
on_scalar(struct reading *r, const yaml_event_t *e, size_t line)
{
	const char *value = (const char *)e->data.scalar.value;
	struct kt_ynode *n;
	const char *text;

	if (memchr(value, '\0', e->data.scalar.length) != NULL)
		return fault(r, KT_M_YAML_SYNTAX, line, "U+0000");
	text = kt_arena_strndup(r->y->arena, value, e->data.scalar.length);
	if (wants_key(r))
		return add_key(r, text, line);
	return add_node(r, KT_Y_SCALAR, text, line, &n);
}

static int
on_open(struct reading *r, enum kt_ykind kind, size_t line)
{
	struct kt_ynode *n = NULL;
	int rc;

	if (wants_key(r))
		return fault(r, KT_M_YAML_SYNTAX, line, "? [");
	if (r->depth == MOST_DEPTH)
		return fault(r, KT_M_YAML_LIMIT, line, "32");
	rc = add_node(r, kind, "", line, &n);
	if (rc == KT_OK)
		r->open[r->depth++] = n;
	return rc;
}

/* One event; *done at the end of the file. */
static int
on_event(struct reading *r, const yaml_event_t *e, bool *done)
{
	size_t line = e->start_mark.line + 1;

	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return on_scalar(r, e, line);
	case YAML_SEQUENCE_START_EVENT:
		return on_open(r, KT_Y_LIST, line);
	case YAML_MAPPING_START_EVENT:
		return on_open(r, KT_Y_MAP, line);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		r->depth--;
		return KT_OK;
	case YAML_ALIAS_EVENT:
		return fault(r, KT_M_YAML_ALIAS, line,
		    (const char *)e->data.alias.anchor);
	case YAML_DOCUMENT_START_EVENT:
		return r->y->root == NULL
			   ? KT_OK
			   : fault(r, KT_M_YAML_SYNTAX, line, "---");
	case YAML_STREAM_END_EVENT:
		*done = true;
		return KT_OK;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		return KT_OK;
	}
	return KT_OK;
}

static int
read_all(struct reading *r, yaml_parser_t *parser)
{
	bool done = false;
	int rc = KT_OK;

	while (rc == KT_OK && !done) {
		yaml_event_t event;

		if (!yaml_parser_parse(parser, &event))
			return fault(r, KT_M_YAML_SYNTAX,
			    parser->problem_mark.line + 1,
			    parser->problem == NULL ? "" : parser->problem);
		rc = on_event(r, &event, &done);
		yaml_event_delete(&event);
	}
	return rc;
}

int
kt_yaml_parse(struct kt_yaml **out, const char *file, const char *bytes,
    size_t n, struct kt_diag *d)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_yaml *y = kt_arena_alloc(arena, sizeof(*y));
	struct reading r = { .y = y, .d = d };
	yaml_parser_t parser;
	int rc;

	*y = (struct kt_yaml){ .arena = arena,
		.file = kt_arena_strdup(arena, file) };
	if (n > MOST_BYTES) {
		rc = fault(&r, KT_M_YAML_LIMIT, 0, "1048576");
	} else if (!yaml_parser_initialize(&parser)) {
		rc = fault(&r, KT_M_YAML_SYNTAX, 0, "");
	} else {
		yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
		yaml_parser_set_input_string(
		    &parser, (const unsigned char *)bytes, n);
		rc = read_all(&r, &parser);
		yaml_parser_delete(&parser);
	}
	if (rc == KT_OK && y->root == NULL) {
		struct kt_ynode *empty;

		rc = add_node(&r, KT_Y_MAP, "", 1, &empty);
	}
	if (rc == KT_OK)
		*out = y;
	else
		kt_yaml_free(y);
	return rc;
}
