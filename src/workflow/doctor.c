/* SPDX-License-Identifier: MIT */
/* Is the store sound, as documents see it: signatures, dates that say the
 * same twice, adoptions that a stopped machine left without their tag. */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

/* Signatures that are there must at least hold. */
static int
check_signatures(struct kt_health *out, struct kt_store *s, const char *draft,
    const char *signers, struct kt_diag *d)
{
	const struct kt_review *ops;
	size_t n;
	int rc = kt_review_list(s, draft, &ops, &n, NULL);

	if (rc != KT_OK)
		return KT_OK; /* told by kt_store_sound() */
	for (size_t i = 0; i < n; i++) {
		struct kt_signature sig;

		if (!ops[i].is_signed)
			continue;
		rc = kt_store_verify(&sig, s, ops[i].id, signers, NULL);
		if (rc == KT_ENOTFOUND)
			return KT_OK; /* no ssh-keygen; told among programs */
		if (rc != KT_OK || sig.state == KT_SG_BAD) {
			kt_report(d, .id = KT_M_SOUND_SIGNATURE, .a = ops[i].id,
			    .b = draft);
			out->sound.faults++;
		} else {
			out->signatures++;
		}
	}
	return KT_OK;
}

/* A revision that adopted a draft has a tag and an entry in the review. */
static void
finish_adoption(struct kt_health *out, struct kt_store *s,
    const struct kt_draft *draft, const struct kt_person *who,
    struct kt_diag *d)
{
	struct kt_revision r;

	if (draft->adopted[0] == '\0' || who == NULL ||
	    kt_store_revision(&r, s, draft->adopted, NULL) != KT_OK)
		return;
	if (kt_adopt_finish(s, &r, who, NULL, d))
		out->repaired++;
}

/* The front matter counts; trailers repeat it. */
static void
check_dates(struct kt_store *s, const struct kt_entry *e, struct kt_diag *d)
{
	struct kt_doc *doc = NULL;
	const struct kt_date day = e->last.note.effective;

	if (propose_read(&doc, s, e->path, "", NULL) == KT_OK &&
	    day.year != 0 && doc->meta.effective.year != 0 &&
	    kt_date_cmp(day, doc->meta.effective) != 0)
		kt_report(
		    d, .id = KT_M_SOUND_DATES, .a = e->id, .b = e->last.id);
	kt_doc_free(doc);
}

int
kt_doctor(struct kt_health *out, struct kt_store *s,
    const struct kt_person *who, struct kt_diag *d)
{
	struct kt_buf signers = KT_BUF_INIT;
	const struct kt_entry *entries;
	const struct kt_draft *drafts;
	size_t n;
	int rc;

	memset(out, 0, sizeof(*out));
	rc = kt_store_sound(&out->sound, s, d);
	if (rc != KT_OK)
		return rc; /* what is built on it cannot be judged */
	if (kt_store_has(s, "signers", ""))
		kt_store_get(&signers, s, "signers", "", NULL, NULL);
	rc = kt_draft_list(s, &drafts, &n, d);
	for (size_t i = 0; i < n && rc == KT_OK; i++) {
		rc = check_signatures(out, s, drafts[i].name, signers.p, d);
		finish_adoption(out, s, &drafts[i], who, d);
	}
	if (rc == KT_OK)
		rc = kt_store_list(s, &entries, &n, d);
	for (size_t i = 0; i < n && rc == KT_OK; i++)
		check_dates(s, &entries[i], d);
	kt_buf_release(&signers);
	if (rc == KT_OK && out->sound.faults > 0)
		rc = KT_EDAMAGED;
	return rc;
}
