/* SPDX-License-Identifier: MIT */
/* What hangs on a paragraph: notes, comments, text boxes and pictures become
 * blocks behind it. */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

const struct kt_relation *
word_relation(const struct word *w, const char *id)
{
	for (size_t i = 0; id != NULL && i < w->nrelations; i++)
		if (strcmp(w->relations[i].id, id) == 0)
			return &w->relations[i];
	return NULL;
}

/* ---- notes and comments by their id ------------------------------------- */

static int
by_id(const void *a, const void *b)
{
	const struct word_note *x = a, *y = b;

	return strcmp(x->id, y->id);
}

void
word_notes_read(
    struct word_notes *notes, struct kt_arena *arena, struct kt_xml *part)
{
	const struct kt_xnode *at;
	size_t n = 0;

	if (part == NULL)
		return;
	for (at = kt_xnode_elem(kt_xml_root(part)); at != NULL;
	     at = kt_xnode_next_elem(at))
		n++;
	notes->at = KT_NEWN(arena, struct word_note, n);
	for (at = kt_xnode_elem(kt_xml_root(part)); at != NULL;
	     at = kt_xnode_next_elem(at)) {
		const char *id = kt_xnode_attr(at, "id");

		if (id != NULL)
			notes->at[notes->n++] =
			    (struct word_note){ .id = id, .node = at };
	}
	if (notes->n > 1)
		qsort(notes->at, notes->n, sizeof(notes->at[0]), by_id);
}

/* The note of a reference, once: a second reference, or one from inside the
 * note, would only repeat it. */
static const struct kt_xnode *
take_note(struct word_notes *notes, const struct kt_xnode *reference)
{
	struct word_note key = { .id = kt_xnode_attr(reference, "id") };
	struct word_note *found;

	if (key.id == NULL || notes->n == 0)
		return NULL;
	found = bsearch(&key, notes->at, notes->n, sizeof(notes->at[0]), by_id);
	if (found == NULL || found->used)
		return NULL;
	found->used = true;
	return found->node;
}

bool
word_put_note(struct word *w, struct word_blocks *behind,
    struct word_notes *notes, const struct kt_xnode *reference,
    char sign[WORD_NOTE_SIGN])
{
	const struct kt_xnode *note = take_note(notes, reference);
	size_t first = behind->n;

	if (note == NULL || w->toc > 0)
		return false;
	snprintf(sign, WORD_NOTE_SIGN, "（注%u）", ++w->notes);
	word_blocks_read(w, behind, note);
	for (size_t i = first; i < behind->n; i++) {
		struct word_block *b = &behind->at[i];

		b->note = true;
		if (i > first || b->kind != WORD_PARAGRAPH)
			continue;
		/* The sign before the words of its first paragraph. */
		kt_inline_prepend(&b->words, sign);
		b->label += strlen(sign);
	}
	return true;
}

void
word_comment(
    struct word *w, struct word_blocks *behind, const struct kt_xnode *n)
{
	const struct kt_xnode *comment = take_note(&w->comments, n);
	const char *author;
	struct kt_buf words = KT_BUF_INIT, line = KT_BUF_INIT;
	struct word_block *b;

	if (comment == NULL)
		return;
	author = kt_xnode_attr(comment, "author");
	if (author == NULL)
		author = "";
	kt_xnode_words(&words, comment);
	if (w->how.changes != KT_VIEW_SHOW) {
		kt_buf_puts(&line, author);
		if (kt_xnode_attr(comment, "date") != NULL)
			kt_buf_putc(&line, ' ');
		word_when(&line, comment);
		word_tell_two(w, KT_M_DOCX_COMMENT, line.p, words.p);
	} else {
		KT_GROW(behind->at, behind->n, behind->cap);
		b = &behind->at[behind->n++];
		word_block_begin(w, b, WORD_PARAGRAPH);
		b->note = true;
		kt_buf_printf(&line, "（注）%s: %s", author, words.p);
		kt_inline_text(&b->words, line.p, line.len);
		kt_inline_end_shown(&b->words);
	}
	kt_buf_release(&words);
	kt_buf_release(&line);
}

/* A picture: its alternative text and the name of its file. */
static void
put_picture(struct word *w, struct word_blocks *behind,
    const struct kt_xnode *blip, const struct kt_xnode *about)
{
	const char *id = kt_xnode_attr(blip, "embed");
	const struct kt_relation *rel;
	const char *words =
	    about == NULL ? NULL : kt_xnode_attr(about, "descr");
	const char *file;
	struct word_block *b;

	if (id == NULL)
		id = kt_xnode_attr(blip, "id");
	rel = word_relation(w, id);
	file = rel == NULL ? "" : rel->target;
	if (strrchr(file, '/') != NULL)
		file = strrchr(file, '/') + 1;
	KT_GROW(behind->at, behind->n, behind->cap);
	b = &behind->at[behind->n++];
	word_block_begin(w, b, WORD_FIGURE);
	if (words == NULL || words[0] == '\0')
		words = "図";
	kt_inline_open(&b->words, KT_INLINE_IMAGE, KT_IMAGE, file);
	kt_inline_text(&b->words, words, strlen(words));
	kt_inline_close(&b->words, KT_INLINE_IMAGE);
	kt_inline_end_shown(&b->words);
	b->words.figure = true;
	word_tell(w, KT_M_DOCX_PICTURE, file);
}

/* What an object is called: its description, its name, else its element. */
static const char *
name_of(const struct kt_xnode *about, const struct kt_xnode *root)
{
	const char *words =
	    about == NULL ? NULL : kt_xnode_attr(about, "descr");

	if (about != NULL && (words == NULL || *words == '\0'))
		words = kt_xnode_attr(about, "name");
	return words == NULL || *words == '\0' ? kt_xnode_name(root) : words;
}

/* Text boxes, pictures and other objects in a drawing. */
void
word_drawing(
    struct word *w, struct word_blocks *behind, const struct kt_xnode *root)
{
	const struct kt_xnode *at = root, *next, *about = NULL;
	size_t blocks = behind->n;

	if (w->toc > 0)
		return;
	while (at != NULL) {
		bool inside = true;

		if (kt_xnode_is(at, "docPr"))
			about = at;
		if (word_is_untaken(at)) {
			inside = false;
		} else if (kt_xnode_is(at, "txbxContent")) {
			word_tell(w, KT_M_DOCX_TEXT_BOX, "");
			word_blocks_read(w, behind, at);
			inside = false;
		} else if (kt_xnode_is(at, "blip") ||
			   kt_xnode_is(at, "imagedata")) {
			put_picture(w, behind, at, about);
		}
		next = inside ? kt_xnode_elem(at) : NULL;
		while (next == NULL && at != root) {
			next = kt_xnode_next_elem(at);
			at = kt_xnode_parent(at);
		}
		at = next;
	}
	if (behind->n == blocks)
		word_tell(w, KT_M_DOCX_OBJECT, name_of(about, root));
}
