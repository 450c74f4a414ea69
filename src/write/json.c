/* SPDX-License-Identifier: MIT */
/* JSON for programs: trees, comparisons, findings.  Keys are those of the
 * contract and are never renamed; new ones may be added.  A comparison of long
 * texts is megabytes: its words are put, not printed. */
#include <kaitei/write.h>

#include <string.h>

#include <kaitei/model.h>

/* The high bit of each byte that is 0. */
static uint64_t
zeros(uint64_t x)
{
	return (x - UINT64_C(0x0101010101010101)) & ~x &
	       UINT64_C(0x8080808080808080);
}

/* Do eight bytes hold one that is not written as it is? */
static bool
needs_escape(const char *p)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	uint64_t x;

	memcpy(&x, p, sizeof(x));
	return (zeros(x & each * 0xe0) | zeros(x ^ each * '"') |
		   zeros(x ^ each * '\\')) != 0;
}

void
kt_json_string(struct kt_buf *out, const char *p, size_t n)
{
	const char *end = p + n, *from = p;

	kt_buf_reserve(out, n + 2);
	kt_buf_putc(out, '"');
	while (p < end) {
		unsigned char c = (unsigned char)*p;

		if (end - p >= 8 && !needs_escape(p)) {
			p += 8;
			continue;
		}
		p++;
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		kt_buf_put(out, from, (size_t)(p - 1 - from));
		from = p;
		if (c == '"' || c == '\\') {
			kt_buf_putc(out, '\\');
			kt_buf_putc(out, (char)c);
		} else if (c == '\n') {
			kt_buf_puts(out, "\\n");
		} else if (c == '\t') {
			kt_buf_puts(out, "\\t");
		} else {
			kt_buf_printf(out, "\\u%04x", c);
		}
	}
	kt_buf_put(out, from, (size_t)(end - from));
	kt_buf_putc(out, '"');
}

static void
put_string(struct kt_buf *out, const char *s)
{
	kt_json_string(out, s, strlen(s));
}

/* A name of ours, which needs no escape, behind what comes before it. */
static void
put_name(struct kt_buf *out, const char *before, const char *name)
{
	kt_buf_puts(out, before);
	kt_buf_puts(out, name);
	kt_buf_putc(out, '"');
}

/* ,"key":"value", left out when there is none. */
static void
put_some(struct kt_buf *out, const char *key, const char *value)
{
	if (value[0] == '\0')
		return;
	put_name(out, ",\"", key);
	kt_buf_putc(out, ':');
	put_string(out, value);
}

/* ---- trees -------------------------------------------------------------- */

static void
open_node(struct kt_buf *out, const struct kt_doc *doc, const struct kt_node *n)
{
	kt_buf_puts(out, "{\"path\":");
	put_string(out, kt_addr(doc, n));
	kt_buf_printf(
	    out, ",\"kind\":\"%s\",\"label\":", kt_kind_name(n->kind));
	put_string(out, n->label);
	kt_buf_puts(out, ",\"caption\":");
	put_string(out, n->caption);
	put_some(out, "related", n->related);
	kt_buf_puts(out, ",\"text\":");
	kt_json_string(out, n->text, n->len);
	if (n->deleted)
		kt_buf_puts(out, ",\"deleted\":true");
	if (n->line > 0)
		kt_buf_printf(out, ",\"line\":%u,\"column\":%u",
		    (unsigned)n->line, (unsigned)n->column);
	kt_buf_puts(out, ",\"children\":[");
}

/* The children of `of`, or `of` itself when `itself`. */
static void
put_nodes(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node *of, bool itself)
{
	const struct kt_node *n = itself ? of : of->first;

	while (n != NULL) {
		open_node(out, doc, n);
		if (n->first != NULL) {
			n = n->first;
			continue;
		}
		kt_buf_puts(out, "]}");
		while (n != of && n->next == NULL) {
			n = n->parent;
			if (n != of || itself)
				kt_buf_puts(out, "]}");
		}
		if (n == of)
			break;
		n = n->next;
		kt_buf_putc(out, ',');
	}
}

int
kt_write_tree_json(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node *of, struct kt_diag *d)
{
	(void)d;
	kt_buf_puts(out, "{\"format\":\"kaitei-tree/1\",\"title\":");
	put_string(out, doc->root->caption);
	kt_buf_puts(out, ",\"source\":");
	put_string(out, doc->source);
	put_some(out, "id", doc->meta.id);
	kt_buf_puts(out, ",\"clauses\":[");
	if (of == NULL || of == doc->root)
		put_nodes(out, doc, doc->root, false);
	else
		put_nodes(out, doc, of, true);
	kt_buf_puts(out, "]}\n");
	return KT_OK;
}

/* ---- comparisons -------------------------------------------------------- */

/* Of a long list so many pairs, and so many changes, are a piece of the text:
 * what fits the processor's cache while it is put together and written. */
#define PAIRS_EACH ((size_t)1024)
#define CHANGES_EACH ((size_t)128)

static void
put_summary(struct kt_buf *out, const struct kt_changes *list)
{
	kt_buf_puts(out, ",\n\"summary\":{");
	for (int fate = 0; fate < KT_FATES; fate++)
		kt_buf_printf(out, "\"%s\":%zu,",
		    kt_fate_name((enum kt_fate)fate), list->sum[fate]);
	kt_buf_printf(out, "\"notation\":%zu,\"unchanged\":%zu", list->notation,
	    list->unchanged);
	if (list->limits > 0)
		kt_buf_printf(out, ",\"limits\":%zu", list->limits);
	kt_buf_putc(out, '}');
}

static void
put_paths(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node **nodes, uint32_t n)
{
	kt_buf_putc(out, '[');
	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			kt_buf_putc(out, ',');
		put_string(out, kt_addr(doc, nodes[i]));
	}
	kt_buf_putc(out, ']');
}

/* The pairs of one piece. */
static void
put_pairs(struct kt_buf *out, const struct kt_changes *list, size_t from)
{
	for (size_t i = from; i < list->npairs && i - from < PAIRS_EACH; i++) {
		const struct kt_pair *p = &list->pairs[i];

		kt_buf_puts(out, i == 0 ? "\n{\"old\":" : ",\n{\"old\":");
		put_paths(out, list->old, p->old, p->nold);
		kt_buf_puts(out, ",\"new\":");
		put_paths(out, list->new, p->new, p->nnew);
		kt_buf_putc(out, '}');
	}
}

static void
put_side(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_change *c, bool new_side)
{
	uint32_t n = new_side ? c->nnew : c->nold;
	const char **texts = new_side ? c->new_text : c->old_text;
	struct kt_buf path = KT_BUF_INIT;

	kt_buf_putc(out, '[');
	for (uint32_t i = 0; i < n; i++) {
		kt_buf_clear(&path);
		kt_change_path(&path, list, c, new_side, i);
		kt_buf_puts(out, i == 0 ? "{\"path\":" : ",{\"path\":");
		kt_json_string(out, path.p, path.len);
		kt_buf_puts(out, ",\"text\":");
		put_string(out, texts[i]);
		kt_buf_putc(out, '}');
	}
	kt_buf_putc(out, ']');
	kt_buf_release(&path);
}

static void
put_flags(struct kt_buf *out, unsigned flags)
{
	bool first = true;

	kt_buf_puts(out, "\"flags\":[");
	for (unsigned bit = 1; bit != 0 && bit <= flags; bit <<= 1) {
		if ((flags & bit) == 0)
			continue;
		kt_buf_puts(out, first ? "\"" : ",\"");
		kt_buf_puts(out, kt_flag_name((enum kt_flag)bit));
		kt_buf_putc(out, '"');
		first = false;
	}
	kt_buf_puts(out, "]");
}

static void
put_spans(struct kt_buf *out, const struct kt_change *c)
{
	kt_buf_puts(out, ",\n  \"spans\":[");
	for (uint32_t i = 0; i < c->nspans; i++) {
		const struct kt_span *s = &c->spans[i];

		kt_buf_puts(out, i > 0 ? ",{\"op\":\"" : "{\"op\":\"");
		kt_buf_putc(out, s->op);
		kt_buf_puts(out, "\",\"text\":");
		kt_json_string(out, s->text, s->len);
		if (s->class != KT_SC_NONE)
			put_name(
			    out, ",\"class\":\"", kt_span_class_name(s->class));
		if (s->note != NULL)
			put_some(out, "note", s->note);
		kt_buf_putc(out, '}');
	}
	kt_buf_puts(out, "]}");
}

static void
put_change(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_change *c)
{
	put_name(out, "\n{\"kind\":\"", kt_fate_name(c->fate));
	put_name(out, ",\"class\":\"", kt_class_name(c->class));
	kt_buf_putc(out, ',');
	put_flags(out, c->flags);
	put_name(out, ",\"level\":\"", kt_change_level(c));
	kt_buf_puts(out, ",\n  \"old\":");
	put_side(out, list, c, false);
	kt_buf_puts(out, ",\"new\":");
	put_side(out, list, c, true);
	if (c->note != NULL)
		put_some(out, "note", c->note);
	put_spans(out, c);
}

/* The changes of one piece. */
static void
put_changes(struct kt_buf *out, const struct kt_changes *list, size_t from)
{
	for (size_t i = from; i < list->count && i - from < CHANGES_EACH; i++) {
		if (i > 0)
			kt_buf_putc(out, ',');
		put_change(out, list, &list->at[i]);
	}
}

static void
put_source(struct kt_buf *out, const char *key, const struct kt_doc *doc)
{
	kt_buf_printf(out, ",\n\"%s\":{\"source\":", key);
	put_string(out, doc->source);
	kt_buf_puts(out, ",\"title\":");
	put_string(out, doc->root->caption);
	kt_buf_putc(out, '}');
}

/* Pieces of n things, at least one. */
static size_t
pieces_of(size_t n, size_t each)
{
	return n == 0 ? 1 : (n - 1) / each + 1;
}

static void
put_head(struct kt_buf *out, const struct kt_changes *list)
{
	kt_buf_puts(out, "{\"format\":\"kaitei-diff/1\"");
	put_source(out, "old", list->old);
	put_source(out, "new", list->new);
	put_summary(out, list);
	kt_buf_puts(out, ",\n\"correspondence\":[");
}

static void
make_piece(const void *of, size_t i, struct kt_buf *out)
{
	const struct kt_changes *list = of;
	size_t npairs = pieces_of(list->npairs, PAIRS_EACH);
	size_t nchanges = pieces_of(list->count, CHANGES_EACH);

	if (i == 0)
		put_head(out, list);
	if (i < npairs) {
		put_pairs(out, list, i * PAIRS_EACH);
		return;
	}
	i -= npairs;
	if (i == 0)
		kt_buf_puts(out, "],\n\"changes\":[");
	put_changes(out, list, i * CHANGES_EACH);
	if (i + 1 == nchanges)
		kt_buf_puts(out, "]}\n");
}

int
kt_put_diff_json(const struct kt_changes *list,
    int (*put)(void *to, const char *p, size_t n), void *to)
{
	struct kt_pieces all = { .n = pieces_of(list->npairs, PAIRS_EACH) +
				      pieces_of(list->count, CHANGES_EACH),
		.make = make_piece,
		.of = list,
		.put = put,
		.to = to };

	return kt_pieces_put(&all);
}

static int
append(void *to, const char *p, size_t n)
{
	kt_buf_put(to, p, n);
	return KT_OK;
}

int
kt_write_diff_json(
    struct kt_buf *out, const struct kt_changes *list, struct kt_diag *d)
{
	(void)d;
	return kt_put_diff_json(list, append, out);
}

/* ---- findings ----------------------------------------------------------- */

static void
put_finding(struct kt_buf *out, const struct kt_msg *m, enum kt_lang lang)
{
	struct kt_buf text = KT_BUF_INIT;

	kt_buf_puts(out, "\n{\"id\":\"");
	kt_msg_name(out, m->id);
	kt_buf_printf(out, "\",\"level\":\"%s\",\"file\":",
	    kt_level_name(kt_msg_level(m->id)));
	put_string(out, m->at.file == NULL ? "" : m->at.file);
	kt_buf_printf(out, ",\"line\":%zu,\"column\":%zu,\"path\":", m->at.line,
	    m->at.column);
	put_string(out, m->at.clause == NULL ? "" : m->at.clause);
	kt_msg_text(&text, m, lang);
	kt_buf_puts(out, ",\"message\":");
	kt_json_string(out, text.p, text.len);
	kt_buf_putc(out, '}');
	kt_buf_release(&text);
}

int
kt_write_check_json(
    struct kt_buf *out, const struct kt_diag *findings, enum kt_lang lang)
{
	kt_buf_puts(out, "{\"format\":\"kaitei-check/1\",\"findings\":[");
	for (size_t i = 0; i < kt_diag_count(findings); i++) {
		if (i > 0)
			kt_buf_putc(out, ',');
		put_finding(out, kt_diag_get(findings, i), lang);
	}
	kt_buf_puts(out, "]}\n");
	return KT_OK;
}
