/* SPDX-License-Identifier: MIT */
/*
 * Reviews: a chain of commits, one operation each, in op.json.  An operation
 * is never edited and never rebased, since a signature covers its commit; two
 * chains that grew apart meet in a commit without one.
 */
#include "store_int.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#define FILE_NAME "op.json"
#define OP_MAX ((size_t)64 << 10)
#define ROUNDS 2000

static const char *const names[KT_RV_KINDS] = { "open", "close", "comment",
	"resolve", "reviewed", "reason", "approve", "object", "withdraw",
	"publish" };

const char *
kt_review_name(enum kt_review_kind kind)
{
	return names[kind];
}

static const char *
ref_of(struct kt_store *s, const char *draft)
{
	return kt_arena_printf(s->arena, REVIEW_REFS "%s", draft);
}

/* ---- an operation as JSON ------------------------------------------------ */

/* The strings of an operation, by their keys. */
static const struct {
	const char *key;
	size_t at;
} strings[] = {
	{ "base", offsetof(struct kt_review, base) },
	{ "clause", offsetof(struct kt_review, clause) },
	{ "digest", offsetof(struct kt_review, digest) },
	{ "document", offsetof(struct kt_review, document) },
	{ "quote", offsetof(struct kt_review, quote) },
	{ "quote_sha256", offsetof(struct kt_review, quote_sha256) },
	{ "reply", offsetof(struct kt_review, reply) },
	{ "revision", offsetof(struct kt_review, revision) },
	{ "role", offsetof(struct kt_review, role) },
	{ "tag", offsetof(struct kt_review, tag) },
	{ "text", offsetof(struct kt_review, text) },
	{ "tree", offsetof(struct kt_review, tree) },
};

static const char **
string_at(struct kt_review *op, size_t i)
{
	return (const char **)((char *)op + strings[i].at);
}

static void
put_string(json_t *o, const char *key, const char *value)
{
	if (value != NULL && value[0] != '\0')
		json_object_set_new(o, key, json_string(value));
}

/* The bytes of op.json; free() them. */
static char *
write_op(const struct kt_review *op, const char *draft, unsigned long counter)
{
	struct kt_review copy = *op;
	struct kt_buf date = KT_BUF_INIT;
	json_t *o = json_object();
	char *bytes;

	put_string(o, "format", "kaitei-review/1");
	put_string(o, "kind", names[op->kind]);
	put_string(o, "draft", draft);
	json_object_set_new(o, "counter", json_integer((json_int_t)counter));
	for (size_t i = 0; i < KT_COUNT(strings); i++)
		put_string(o, strings[i].key, *string_at(&copy, i));
	if (op->date.year != 0) {
		kt_date_iso(&date, op->date);
		put_string(o, "date", date.p);
	}
	bytes = json_dumps(o, JSON_SORT_KEYS | JSON_INDENT(1));
	json_decref(o);
	kt_buf_release(&date);
	return bytes;
}

static const char *
get_string(struct kt_store *s, const json_t *o, const char *key)
{
	const char *value = json_string_value(json_object_get(o, key));

	return value == NULL ? "" : kt_arena_strdup(s->arena, value);
}

static bool
read_op(struct kt_review *op, struct kt_store *s, const char *bytes, size_t n)
{
	json_t *o = n > OP_MAX
			? NULL
			: json_loadb(bytes, n, JSON_REJECT_DUPLICATES, NULL);
	const char *kind, *date;
	bool known = false;

	if (!json_is_object(o)) {
		json_decref(o);
		return false;
	}
	kind = get_string(s, o, "kind");
	for (int k = 0; k < KT_RV_KINDS; k++)
		if (strcmp(names[k], kind) == 0) {
			op->kind = (enum kt_review_kind)k;
			known = true;
		}
	for (size_t i = 0; i < KT_COUNT(strings); i++)
		*string_at(op, i) = get_string(s, o, strings[i].key);
	op->counter =
	    (unsigned long)json_integer_value(json_object_get(o, "counter"));
	date = get_string(s, o, "date");
	if (kt_date_read(&op->date, date, strlen(date)) != strlen(date))
		known = false;
	known =
	    known && strcmp(get_string(s, o, "format"), "kaitei-review/1") == 0;
	json_decref(o);
	return known;
}

/* ---- append -------------------------------------------------------------- */

/* The counter of a commit of a chain, from its message. */
static unsigned long
counter_of(const git_commit *c)
{
	const char *at = strstr(git_commit_message(c), "\nCounter: ");

	return at == NULL ? 0 : strtoul(at + 10, NULL, 10);
}

static int
tree_of(git_tree **out, struct kt_store *s, const char *bytes)
{
	git_treebuilder *b = NULL;
	git_oid blob, oid;
	int rc = git_treebuilder_new(&b, s->repo, NULL);

	if (rc == 0 && bytes != NULL)
		rc = git_blob_create_from_buffer(
		    &blob, s->repo, bytes, strlen(bytes));
	if (rc == 0 && bytes != NULL)
		rc = git_treebuilder_insert(
		    NULL, b, FILE_NAME, &blob, GIT_FILEMODE_BLOB);
	if (rc == 0)
		rc = git_treebuilder_write(&oid, b);
	if (rc == 0)
		rc = git_tree_lookup(out, s->repo, &oid);
	git_treebuilder_free(b);
	return rc;
}

struct appending {
	const char *ref, *draft, *key;
	const struct kt_review *op;
};

static int
make_commit(git_oid *out, struct kt_store *s, const struct appending *a,
    const git_oid *tip, struct kt_diag *d)
{
	struct kt_buf message = KT_BUF_INIT;
	git_buf bytes = { 0 };
	git_commit *parent = NULL;
	git_signature *sign = NULL;
	git_tree *tree = NULL;
	unsigned long counter = 1;
	char *json = NULL;
	int rc =
	    git_oid_is_zero(tip) ? 0 : git_commit_lookup(&parent, s->repo, tip);

	if (rc == 0 && parent != NULL)
		counter = counter_of(parent) + 1;
	json = write_op(a->op, a->draft, counter);
	if (rc == 0)
		rc = tree_of(&tree, s, json);
	if (rc == 0)
		rc = git_signature_now(
		    &sign, a->op->author.name, a->op->author.mail);
	kt_buf_printf(&message, "%s %s\n\nCounter: %lu\n", names[a->op->kind],
	    a->draft, counter);
	if (rc == 0) {
		const git_commit *parents[] = { parent };

		rc = git_commit_create_buffer(&bytes, s->repo, sign, sign, NULL,
		    message.p, tree, parent == NULL ? 0 : 1, parents);
	}
	rc = rc < 0 ? store_error(d, rc, s->path)
		    : store_sign_commit(out, s, bytes.ptr, a->key, d);
	free(json);
	git_buf_dispose(&bytes);
	git_signature_free(sign);
	git_tree_free(tree);
	git_commit_free(parent);
	kt_buf_release(&message);
	return rc;
}

static int
check_op(struct kt_store *s, const struct kt_review *op, struct kt_diag *d)
{
	struct kt_note note = { .author = op->author };
	size_t bad;

	if (op->text != NULL &&
	    (strlen(op->text) > OP_MAX / 4 ||
		!kt_utf8_check(op->text, strlen(op->text), &bad)))
		return kt_report(d, .id = KT_M_REVIEW_TOO_LONG);
	return store_check_author(s, &note, d);
}

int
kt_review_add(struct kt_store *s, const char *draft, const struct kt_review *op,
    const char *key, char id[KT_REV_LEN + 1], struct kt_diag *d)
{
	struct appending a = {
		.ref = ref_of(s, draft), .draft = draft, .key = key, .op = op
	};
	git_oid tip, made;
	int rc = check_op(s, op, d);

	if (rc == KT_OK)
		rc = store_check_draft(draft, d);
	for (int round = 0; rc == KT_OK && round < ROUNDS; round++) {
		rc = store_ref_read(&tip, s, a.ref, d);
		if (rc == KT_OK)
			rc = make_commit(&made, s, &a, &tip, d);
		if (rc == KT_OK)
			rc = store_ref_cas(
			    s, a.ref, &tip, &made, names[op->kind], d);
		if (rc == KT_OK) {
			git_oid_tostr(id, KT_REV_LEN + 1, &made);
			return KT_OK;
		}
		if (rc == KT_ECONFLICT)
			rc = KT_OK; /* somebody else was first: behind it */
	}
	return rc != KT_OK
		   ? rc
		   : kt_report(d, .id = KT_M_STORE_LOCKED, .a = s->path);
}

/* ---- read ---------------------------------------------------------------- */

/* The operation of a commit; false when it has none that can be read. */
static bool
op_of(struct kt_review *op, struct kt_store *s, const git_commit *c)
{
	const git_signature *who = git_commit_author(c);
	git_tree *tree = NULL;
	git_blob *blob = NULL;
	const git_tree_entry *e;
	git_buf field = { 0 };
	bool fine = false;

	if (git_commit_tree(&tree, c) == 0 &&
	    (e = git_tree_entry_byname(tree, FILE_NAME)) != NULL &&
	    git_tree_entrycount(tree) == 1 &&
	    git_blob_lookup(&blob, s->repo, git_tree_entry_id(e)) == 0)
		fine = read_op(op, s, git_blob_rawcontent(blob),
		    (size_t)git_blob_rawsize(blob));
	op->is_signed = git_commit_header_field(&field, c, "gpgsig") == 0;
	git_buf_dispose(&field);
	op->author.name = kt_arena_strdup(s->arena, who->name);
	op->author.mail = kt_arena_strdup(s->arena, who->email);
	op->when = git_commit_time(c);
	git_oid_tostr(op->id, sizeof(op->id), git_commit_id(c));
	git_blob_free(blob);
	git_tree_free(tree);
	return fine;
}

static int
by_counter(const void *a, const void *b)
{
	const struct kt_review *x = a, *y = b;

	if (x->counter != y->counter)
		return x->counter < y->counter ? -1 : 1;
	return strcmp(x->id, y->id);
}

/* Every commit of the chain; *at is yours. */
static int
walk(struct kt_review **at, size_t *n, struct kt_store *s, const git_oid *tip,
    struct kt_diag *d)
{
	git_revwalk *walk = NULL;
	size_t cap = 0;
	git_oid id;
	int rc = git_revwalk_new(&walk, s->repo);

	if (rc == 0)
		rc = git_revwalk_push(walk, tip);
	while (rc == 0 && (rc = git_revwalk_next(&id, walk)) == 0) {
		struct kt_review op = { .id = "" };
		git_commit *c = NULL;

		rc = git_commit_lookup(&c, s->repo, &id);
		if (rc != 0)
			break;
		if (op_of(&op, s, c)) {
			KT_GROW(*at, *n, cap);
			(*at)[(*n)++] = op;
		} else if (git_commit_parentcount(c) < 2) {
			kt_report(d, .id = KT_M_REVIEW_BAD, .a = op.id);
		}
		git_commit_free(c);
	}
	git_revwalk_free(walk);
	return rc == GIT_ITEROVER ? KT_OK : store_error(d, rc, s->path);
}

int
kt_review_list(struct kt_store *s, const char *draft,
    const struct kt_review **out, size_t *n, struct kt_diag *d)
{
	struct kt_review *list = NULL, *kept;
	size_t count = 0;
	git_oid tip;
	int rc = store_ref_read(&tip, s, ref_of(s, draft), d);

	if (rc == KT_OK && !git_oid_is_zero(&tip))
		rc = walk(&list, &count, s, &tip, d);
	if (rc == KT_OK) {
		kept = KT_NEWN(s->arena, struct kt_review, count);
		if (count > 0) {
			qsort(list, count, sizeof(*list), by_counter);
			memcpy(kept, list, count * sizeof(*kept));
		}
		*out = kept;
		*n = count;
	}
	free(list);
	return rc;
}

/* ---- two chains ---------------------------------------------------------- */

static int
join_commit(git_oid *out, struct kt_store *s, const git_oid *ours,
    const git_oid *theirs, const struct kt_person *who)
{
	struct kt_buf message = KT_BUF_INIT;
	git_commit *a = NULL, *b = NULL;
	git_signature *sign = NULL;
	git_tree *tree = NULL;
	unsigned long counter = 0;
	int rc = git_commit_lookup(&a, s->repo, ours);

	if (rc == 0)
		rc = git_commit_lookup(&b, s->repo, theirs);
	if (rc == 0)
		rc = tree_of(&tree, s, NULL);
	if (rc == 0)
		rc = git_signature_now(&sign, who->name, who->mail);
	if (rc == 0) {
		const git_commit *parents[] = { a, b };

		counter = counter_of(a);
		if (counter_of(b) > counter)
			counter = counter_of(b);
		kt_buf_printf(&message, "join\n\nCounter: %lu\n", counter);
		rc = git_commit_create(out, s->repo, NULL, sign, sign, NULL,
		    message.p, tree, 2, parents);
	}
	git_signature_free(sign);
	git_tree_free(tree);
	git_commit_free(a);
	git_commit_free(b);
	kt_buf_release(&message);
	return rc;
}

int
store_review_join(struct kt_store *s, const char *ref, const git_oid *ours,
    const git_oid *theirs, const struct kt_person *who, struct kt_diag *d)
{
	git_oid made;
	int rc;

	if (git_oid_equal(ours, theirs) ||
	    (!git_oid_is_zero(ours) &&
		git_graph_descendant_of(s->repo, ours, theirs) == 1))
		return KT_OK;
	if (git_oid_is_zero(ours) ||
	    git_graph_descendant_of(s->repo, theirs, ours) == 1)
		return store_ref_cas(s, ref, ours, theirs, "sync", d);
	rc = join_commit(&made, s, ours, theirs, who);
	if (rc < 0)
		return store_error(d, rc, ref);
	return store_ref_cas(s, ref, ours, &made, "sync", d);
}

int
kt_review_is_closed(
    bool *out, struct kt_store *s, const char *draft, struct kt_diag *d)
{
	const struct kt_review *ops;
	size_t n;
	int rc = kt_review_list(s, draft, &ops, &n, d);

	*out = false;
	for (size_t i = 0; rc == KT_OK && i < n; i++)
		if (ops[i].kind == KT_RV_CLOSE || ops[i].kind == KT_RV_OPEN)
			*out = ops[i].kind == KT_RV_CLOSE;
	return rc;
}
