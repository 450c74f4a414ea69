/* SPDX-License-Identifier: MIT */
/* What changed between two texts, one line a change; ends as kaitei diff.
 * cc diff.c $(pkg-config --cflags --libs kaitei) */
#include <stdio.h>

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/write.h>

int
main(int argc, char **argv)
{
	const struct kt_diff_text how = { .brief = true, .lang = KT_JA };
	struct kt_diag *diag = kt_diag_new();
	struct kt_doc *old = NULL, *new = NULL;
	struct kt_changes *list = NULL;
	struct kt_buf out = KT_BUF_INIT;
	int status = 2;

	if (argc == 3 && kt_read_file(&old, argv[1], diag) == KT_OK &&
	    kt_read_file(&new, argv[2], diag) == KT_OK) {
		kt_diff(&list, old, new, diag);
		if (kt_write_diff_text(&out, list, &how, diag) == KT_OK)
			status = list->count > 0;
	}
	for (size_t i = 0; i < kt_diag_count(diag); i++) {
		kt_msg_tell(&out, kt_diag_get(diag, i), how.lang);
		kt_buf_putc(&out, '\n');
	}
	fwrite(out.p, 1, out.len, status == 2 ? stderr : stdout);
	kt_buf_release(&out);
	kt_changes_free(list);
	kt_doc_free(old);
	kt_doc_free(new);
	kt_diag_free(diag);
	return status;
}
