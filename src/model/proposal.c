/* SPDX-License-Identifier: MIT */
/* Proposals: names for programs, sentences for people. */
#include <kaitei/model.h>

const char *
kt_outcome_name(enum kt_outcome outcome)
{
	static const char *const names[KT_OUTCOMES] = {
		[KT_OUT_APPLIED] = "applied",
		[KT_OUT_PRESENT] = "present",
		[KT_OUT_CONFLICT] = "conflict",
		[KT_OUT_NO_COUNTERPART] = "no-counterpart",
	};

	return names[outcome];
}

static const struct {
	const char *name, *text[2];
} whys[KT_PROPOSAL_WHYS] = {
	[KT_WHY_WORDS] = { "same-words", { "市の規定の同じ位置に改正前の文言が"
					   "あるので、改正後の文言に改めました",
					     "the old words stand in the same "
					     "place of the city's clause" } },
	[KT_WHY_INSERTED] = { "inserted",
	    { "新しい規定です。前後の規定に対応する条項の間に加えました",
		"new; put between the clauses that answer to its "
		"neighbours" } },
	[KT_WHY_SAYS_SO] = { "says-so",
	    { "市の規定は、既に改正後の文言になっています",
		"the city's clause has the new words already" } },
	[KT_WHY_HAS_CLAUSE] = { "has-clause",
	    { "新しい規定に当たる規定が、市に既にあります",
		"the city has a clause that says what the new one does" } },
	[KT_WHY_LIKE_CLAUSE] = { "like-clause",
	    { "改正後の規定に似た規定が、市にあります。足りるかどうかを決めてく"
	      "ださい",
		"the city has a clause like the new wording: decide whether it "
		"will do" } },
	[KT_WHY_NOT_THERE] = { "not-there",
	    { "指針から削られました。市に当たる規定はないので、することはありま"
	      "せん",
		"removed by the guideline; the city has no such clause" } },
	[KT_WHY_NOTATION] = { "notation",
	    { "表記だけの変更です。市の表記はそのままです",
		"nothing but notation; the city's stays as it is" } },
	[KT_WHY_PLACE] = { "place-only",
	    { "位置や番号だけの変更です。内容は変わりません",
		"nothing but its place or number" } },
	[KT_WHY_FORM] = { "form-only",
	    { "表記、位置又は番号だけの変更です。市に当たる規定がなくても、する"
	      "ことはありません",
		"nothing but notation, place or number of what the city does "
		"not have: nothing to do" } },
	[KT_WHY_OTHER_WORDS] = { "other-words",
	    { "市の規定の文言が指針と違うため、どこを改めるかを機械では決められ"
	      "ません",
		"the city's clause says it in other words" } },
	[KT_WHY_SEVERAL] = { "several-places",
	    { "改める文言が市の規定の複数の箇所にあり、どれかを決められません",
		"the words stand in several places of the city's text" } },
	[KT_WHY_OVERLAP] = { "overlap",
	    { "指針の別の改正が同じ文言に及ぶため、適用していません",
		"another change of the guideline touches the same words" } },
	[KT_WHY_REFERENCE] = { "reference",
	    { "指針の条項を引用する文言、又は引用先の変更です。市の条項に置き換"
	      "えて書いてください",
		"it names a clause of the guideline: name the city's" } },
	[KT_WHY_DOUBT] = { "doubtful-link",
	    { "市の規定との対応が確かでないので、適用していません。対応を確かめ"
	      "てください",
		"the link to the city's clause is doubtful: confirm it "
		"first" } },
	[KT_WHY_MARKS] = { "marks",
	    { "ルビ、下線等のある文なので、手で改めてください",
		"the text carries ruby, underline or a link" } },
	[KT_WHY_DIVIDED] = { "divided",
	    { "指針の規定が分けられました。市の規定を分けるかどうかを決めてくだ"
	      "さい",
		"the guideline divided its clause: divide the city's or "
		"not" } },
	[KT_WHY_UNITED] = { "united",
	    { "指針の規定がまとめられました。市の規定をまとめるかどうかを決めて"
	      "ください",
		"the guideline united its clauses: unite the city's or not" } },
	[KT_WHY_SPREAD] = { "spread",
	    { "改める文言が指針の別の規定との間で移されていて、一方しか書き込め"
	      "ま"
	      "せん。両方を併せて決めてください",
		"words went from one clause of the guideline to another, and "
		"only one of the two could be carried out: decide both" } },
	[KT_WHY_REWRITTEN] = { "rewritten",
	    { "指針の規定が大きく書き改められました。市の規定をどう改めるかを決"
	      "めてください",
		"the guideline wrote its clause anew: what of it the city "
		"takes "
		"is to be decided" } },
	[KT_WHY_REMOVED] = { "removed",
	    { "指針から削られました。市の規定を残すか削るかを決めてください",
		"the guideline removed it: keep the city's clause or not" } },
	[KT_WHY_PLACE_UNSURE] = { "place-unsure",
	    { "新しい規定です。加えるかどうか、どこに加えるかを決めてください",
		"new; whether and where it goes is to be decided" } },
	[KT_WHY_NEW_SECTION] = { "new-section",
	    { "新しいまとまりの規定です。置き方を決めてください",
		"a new group of clauses; its place is to be decided" } },
	[KT_WHY_NO_LINK] = { "no-link",
	    { "改正された規定に当たる規定が市にありません",
		"the city has no clause that answers to it" } },
	[KT_WHY_CAPTION] = { "heading",
	    { "見出しの変更です。市の見出しは指針と違います",
		"a heading, which is another in the city's text" } },
	[KT_WHY_COMMENTARY] = { "commentary",
	    { "解説だけの変更です。市の規定と解説を確かめてください",
		"only the commentary changed; look at the city's" } },
	[KT_WHY_EXPLANATION] = { "explanation",
	    { "例文ではなく、指針の説明の変更です",
		"no example text: what explains the guideline" } },
};

const char *
kt_proposal_why_name(enum kt_proposal_why why)
{
	return whys[why].name;
}

const char *
kt_proposal_why_text(enum kt_proposal_why why, enum kt_lang lang)
{
	return whys[why].text[lang];
}

void
kt_proposals_free(struct kt_proposals *p)
{
	if (p == NULL)
		return;
	kt_doc_free(p->draft);
	kt_arena_free(p->arena);
}
