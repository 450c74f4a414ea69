/* SPDX-License-Identifier: MIT */
#ifndef KT_PORT_H
#define KT_PORT_H

/* A change of a small guideline carried over to a small text of a city, and
 * what is proposed as a line to look at.  Included once, by the program's only
 * file. */

#include "kt_build.h"

#include <kaitei/diff.h>
#include <kaitei/match.h>
#include <kaitei/port.h>

static struct kt_doc *city, *from, *to;
static struct kt_vocabulary *vocabulary;
static struct kt_links *links, *links_new;
static struct kt_changes *changes;
static struct kt_proposals *proposals;
static struct kt_diag *diag;
static struct kt_buf seen = KT_BUF_INIT;

static inline int
begin(void)
{
	diag = kt_diag_new();
	vocabulary = kt_vocabulary_new(KT_ENDINGS_AUTO);
	kt_vocabulary_add(vocabulary, "管理者", "所管課長");
	return 0;
}

static inline void
drop(void)
{
	kt_proposals_free(proposals);
	kt_changes_free(changes);
	kt_links_free(links);
	kt_links_free(links_new);
	kt_doc_free(city);
	kt_doc_free(from);
	kt_doc_free(to);
	proposals = NULL;
	changes = NULL;
	links = links_new = NULL;
	city = from = to = NULL;
}

static inline int
end(void)
{
	drop();
	kt_vocabulary_free(vocabulary);
	kt_diag_free(diag);
	kt_buf_release(&seen);
	return 0;
}

/* "outcome why address: after" of each proposal. */
static inline const char *
port(const char *city_picture, const char *from_picture, const char *to_picture)
{
	struct kt_match_how match = { vocabulary, NULL };
	struct kt_port_how how;

	drop();
	city = kt_build(city_picture);
	from = kt_build(from_picture);
	to = kt_build(to_picture);
	kt_match(&links, city, from, &match, diag);
	kt_match(&links_new, city, to, &match, diag);
	kt_diff(&changes, from, to, diag);
	how = (struct kt_port_how){ links, links_new, changes, vocabulary };
	kt_port(&proposals, &how, diag);
	kt_buf_clear(&seen);
	for (size_t i = 0; i < proposals->count; i++) {
		const struct kt_proposal *p = &proposals->at[i];

		kt_buf_printf(&seen, "%s%s %s %s", i == 0 ? "" : "; ",
		    kt_outcome_name(p->outcome), kt_proposal_why_name(p->why),
		    p->ncity > 0 ? kt_addr(city, p->city[0]) : p->place);
		if (p->outcome == KT_OUT_APPLIED)
			kt_buf_printf(&seen, ": %s", p->after);
	}
	return seen.p;
}

static inline const char *
draft(void)
{
	kt_buf_clear(&seen);
	kt_node_words(&seen, proposals->draft->root);
	return seen.p;
}

#define CITY(text)                                                             \
	"article 第1条|保管\n paragraph ||" text                               \
	"\narticle 第2条|市の独自\n paragraph "                          \
	"||市民税の電算処理は、別の計画による。\n"
#define GUIDELINE(text) "headed 1|保管\n item ①||" text "\n"

#endif
