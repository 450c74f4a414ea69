/* SPDX-License-Identifier: MIT */
/* Approvals: what they name, and which of them count. */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/workflow.h>

const char *
kt_standing_name(enum kt_standing standing, enum kt_lang lang)
{
	static const char *const names[KT_AP_STANDINGS][2] = {
		{ "有効", "counts" },
		{ "承認後に変更あり", "the draft has changed since" },
		{ "取消し", "withdrawn" },
		{ "署名なし", "not signed" },
		{ "署名者不明", "no key of a signer" },
		{ "署名不正", "the signature is wrong" },
		{ "役割違い", "not the role of that person" },
		{ "重複", "approved again later" },
	};

	return names[standing][lang];
}

struct judging {
	struct kt_store *s;
	const struct kt_draft_diff *p;
	const struct kt_settings *settings;
	const struct kt_review *ops;
	size_t nops;
	struct kt_buf signers;
};

static bool
is_withdrawn(const struct judging *j, const struct kt_review *op)
{
	for (size_t i = 0; i < j->nops; i++)
		if (j->ops[i].kind == KT_RV_WITHDRAW &&
		    strcmp(j->ops[i].reply, op->id) == 0)
			return true;
	return false;
}

static bool
has_role(const char *roles, const char *role)
{
	size_t n = strlen(role);

	if (n == 0)
		return true;
	for (const char *p = roles; (p = strstr(p, role)) != NULL; p += n)
		if ((p == roles || p[-1] == ' ' || p[-1] == ',') &&
		    (p[n] == '\0' || p[n] == ' ' || p[n] == ','))
			return true;
	return false;
}

static int
judge_signature(
    struct kt_approval *a, const struct judging *j, struct kt_diag *d)
{
	struct kt_signature sig;
	int rc;

	if (!a->op->is_signed) {
		if (j->settings->is_signed)
			a->standing = KT_AP_UNSIGNED;
		return KT_OK;
	}
	rc = kt_store_verify(&sig, j->s, a->op->id, j->signers.p, d);
	if (rc != KT_OK)
		return rc;
	if (sig.state == KT_SG_BAD || sig.state == KT_SG_NONE) {
		a->standing = KT_AP_BAD;
	} else if (sig.state == KT_SG_UNKNOWN) {
		if (j->settings->is_signed)
			a->standing = KT_AP_UNKNOWN;
	} else {
		a->who = sig.who;
		if (!has_role(sig.roles, a->op->role))
			a->standing = KT_AP_ROLE;
	}
	return KT_OK;
}

static int
judge(struct kt_approval *a, const struct judging *j, struct kt_diag *d)
{
	const struct kt_review *op = a->op;

	a->who = op->author.mail;
	a->standing = KT_AP_COUNTS;
	if (is_withdrawn(j, op))
		a->standing = KT_AP_WITHDRAWN;
	else if (strcmp(op->tree, j->p->draft.tree) != 0 ||
		 strcmp(op->digest, j->p->digest) != 0)
		a->standing = KT_AP_STALE;
	else
		return judge_signature(a, j, d);
	return KT_OK;
}

/* One person counts once in a role, with the newest approval. */
static void
drop_twice(struct kt_approvals *to)
{
	for (size_t i = 0; i < to->count; i++)
		for (size_t k = i + 1; k < to->count; k++)
			if (to->at[i].standing == KT_AP_COUNTS &&
			    to->at[k].standing == KT_AP_COUNTS &&
			    strcmp(to->at[i].who, to->at[k].who) == 0 &&
			    strcmp(to->at[i].op->role, to->at[k].op->role) == 0)
				to->at[i].standing = KT_AP_TWICE;
}

static void
find_missing(struct kt_approvals *to, const struct kt_settings *settings)
{
	struct kt_buf b = KT_BUF_INIT;

	for (size_t i = 0; i < settings->nrules; i++) {
		const struct kt_rule *rule = &settings->rules[i];
		unsigned have = 0;

		for (size_t k = 0; k < to->count; k++)
			have +=
			    to->at[k].standing == KT_AP_COUNTS &&
			    (rule->role[0] == '\0' ||
				strcmp(to->at[k].op->role, rule->role) == 0);
		if (have < rule->count)
			kt_buf_printf(&b, "%s%s%s%u", b.len == 0 ? "" : "、",
			    rule->role, rule->role[0] == '\0' ? "" : " ",
			    rule->count - have);
	}
	to->missing = kt_arena_strdup(to->arena, b.p);
	kt_buf_release(&b);
}

static int
fill(struct kt_approvals *to, struct judging *j, struct kt_diag *d)
{
	int rc = KT_OK;

	to->at = KT_NEWN(to->arena, struct kt_approval, j->nops);
	to->objections = KT_NEWN(to->arena, const struct kt_review *, j->nops);
	for (size_t i = 0; i < j->nops && rc == KT_OK; i++) {
		const struct kt_review *op = &j->ops[i];

		if (op->kind == KT_RV_CLOSE)
			to->closed = true;
		else if (op->kind == KT_RV_OPEN)
			to->closed = false;
		else if (op->kind == KT_RV_OBJECT && !is_withdrawn(j, op))
			to->objections[to->nobjections++] = op;
		if (op->kind != KT_RV_APPROVE)
			continue;
		to->at[to->count].op = op;
		rc = judge(&to->at[to->count++], j, d);
	}
	return rc;
}

int
kt_approvals_read(struct kt_approvals **out, struct kt_store *s,
    const struct kt_draft_diff *p, struct kt_diag *d)
{
	struct judging j = { .s = s, .p = p, .signers = KT_BUF_INIT };
	struct kt_settings *settings = NULL;
	struct kt_approvals *to = kt_calloc(1, sizeof(*to));
	int rc = kt_settings_read(&settings, s, d);

	to->arena = kt_arena_new();
	j.settings = settings;
	if (rc == KT_OK)
		rc = kt_review_list(s, p->draft.name, &j.ops, &j.nops, d);
	if (rc == KT_OK && kt_store_has(s, "signers", ""))
		rc = kt_store_get(&j.signers, s, "signers", "", NULL, d);
	if (rc == KT_OK)
		rc = fill(to, &j, d);
	if (rc == KT_OK) {
		drop_twice(to);
		find_missing(to, settings);
		*out = to;
	} else {
		kt_approvals_free(to);
	}
	kt_settings_free(settings);
	kt_buf_release(&j.signers);
	return rc;
}

void
kt_approvals_free(struct kt_approvals *a)
{
	if (a == NULL)
		return;
	kt_arena_free(a->arena);
	free(a);
}

int
kt_approve(struct kt_store *s, const struct kt_draft_diff *p,
    const struct kt_person *who, const char *role, struct kt_date date,
    const char *text, const char *key, char id[KT_REV_LEN + 1],
    struct kt_diag *d)
{
	struct kt_review op = { .kind = KT_RV_APPROVE,
		.author = *who,
		.role = role,
		.date = date,
		.text = text,
		.revision = p->draft.tip,
		.base = p->draft.base,
		.tree = p->draft.tree,
		.digest = p->digest };

	if (p->conflicts > 0)
		return kt_report(
		    d, .id = KT_M_DRAFT_OPEN_CONFLICTS, .a = p->draft.name);
	if (p->count == 0 && p->nfiles == 0)
		return kt_report(
		    d, .id = KT_M_DRAFT_NOTHING, .a = p->draft.name);
	return kt_review_add(s, p->draft.name, &op, key, id, d);
}
