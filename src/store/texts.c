/* SPDX-License-Identifier: MIT */
/* The texts of documents in all revisions, for those who must know what a copy
 * of the store hands out. */
#include "store_int.h"

#include <string.h>

struct texts {
	struct kt_store *s;
	kt_text_visit *visit;
	void *of;
	int rc; /* of ours, while libgit2 calls */
};

static int
see(void *of, const git_oid *id, git_object_t type, const char *path,
    const git_oid *commit)
{
	struct texts *t = of;
	struct kt_buf text = KT_BUF_INIT;
	char rev[KT_REV_LEN + 1];
	git_blob *blob = NULL;
	int rc;

	if (type != GIT_OBJECT_BLOB || path == NULL ||
	    !kt_store_is_document(path))
		return 0;
	rc = git_blob_lookup(&blob, t->s->repo, id);
	if (rc < 0)
		return rc;
	kt_buf_put(
	    &text, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
	git_oid_tostr(rev, sizeof(rev), commit);
	t->rc = t->visit(t->of, path, rev, &text);
	kt_buf_release(&text);
	return t->rc == KT_OK ? 0 : GIT_EUSER;
}

int
kt_store_texts(
    struct kt_store *s, kt_text_visit *visit, void *of, struct kt_diag *d)
{
	struct texts t = { .s = s, .visit = visit, .of = of };
	struct store_refs refs = { .at = NULL };
	int rc = store_history_refs(&refs, s->repo);

	if (rc == 0)
		rc = store_history(s->repo, &refs, see, &t);
	store_refs_release(&refs);
	if (rc == 0)
		return KT_OK;
	return t.rc != KT_OK ? t.rc : store_error(d, rc, s->path);
}
