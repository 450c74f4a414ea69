/* SPDX-License-Identifier: MIT */
/* What a comparison table needs from the command line: its layout by name or
 * file, the reasons, and the sentence that only `amend` can make. */
#include "cli.h"

#include <string.h>

#include <kaitei/model.h>
#include <kaitei/amend.h>
#include <kaitei/write.h>

/* The sentence and the note for the marks that a table turned out to hold;
 * nothing where it holds none. */
void
cli_table_sentence(struct kt_buf *above, struct kt_buf *below,
    const struct kt_table_marks *marks)
{
	const struct kt_amend_marks m = { .words = marks->words,
		.boxes = marks->boxes,
		.rewritten = marks->rewritten,
		.moved = marks->moved,
		.deleted = marks->deleted,
		.added = marks->added,
		.title = marks->title,
		.bare = marks->bare };

	if (!m.words && !m.boxes && !m.rewritten && !m.moved && !m.deleted &&
	    !m.added)
		return;
	kt_amend_formula(above, &m);
	kt_buf_puts(below, kt_amend_table_note(&m));
}
