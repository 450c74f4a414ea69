/* SPDX-License-Identifier: MIT */
/* Signatures as git makes them with SSH keys, and digests.  ssh-keygen does
 * the work, so that any git verifies them without us. */
#include "store_int.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- sign ---------------------------------------------------------------- */

static int
ssh_sign(
    struct kt_buf *out, const char *bytes, const char *key, struct kt_diag *d)
{
	const char *const argv[] = { "ssh-keygen", "-Y", "sign", "-n", "git",
		"-f", key, NULL };
	struct kt_tool tool = { .argv = argv,
		.input = bytes,
		.ninput = strlen(bytes),
		.seconds = 120 };
	struct kt_buf said = KT_BUF_INIT;
	int status, rc = KT_OK;

	if (!kt_file_exists(key))
		return kt_file_error(d, key, ENOENT);
	status = kt_tool_run(out, &said, &tool);
	while (said.len > 0 && strchr("\r\n", said.p[said.len - 1]) != NULL)
		said.p[--said.len] = '\0';
	if (status == KT_TOOL_NONE)
		rc = kt_report(d, .id = KT_M_TOOL_NONE, .a = "ssh-keygen");
	else if (status != 0 || strstr(out->p, "SSH SIGNATURE") == NULL)
		rc =
		    kt_report(d, .id = KT_M_SIGN_FAILED, .a = key, .b = said.p);
	kt_buf_release(&said);
	return rc;
}

int
store_sign_commit(git_oid *out, struct kt_store *s, const char *bytes,
    const char *key, struct kt_diag *d)
{
	struct kt_buf sig = KT_BUF_INIT;
	int rc = KT_OK;

	if (key != NULL)
		rc = ssh_sign(&sig, bytes, key, d);
	if (rc == KT_OK &&
	    git_commit_create_with_signature(out, s->repo, bytes,
		key == NULL ? NULL : sig.p, key == NULL ? NULL : "gpgsig") < 0)
		rc = store_error(d, -1, s->path);
	kt_buf_release(&sig);
	return rc;
}

/* The bytes of a tag object, its signature behind them. */
static int
write_tag(git_oid *out, struct kt_store *s, const char *name,
    const git_oid *target, const char *message, const struct kt_person *who,
    const char *key, struct kt_diag *d)
{
	struct kt_buf tag = KT_BUF_INIT, sig = KT_BUF_INIT;
	char id[KT_REV_LEN + 1];
	int rc = KT_OK;

	git_oid_tostr(id, sizeof(id), target);
	kt_buf_printf(&tag,
	    "object %s\ntype commit\ntag %s\ntagger %s <%s> %lld +0000\n\n"
	    "%s\n",
	    id, name, who->name, who->mail, (long long)time(NULL), message);
	if (key != NULL)
		rc = ssh_sign(&sig, tag.p, key, d);
	if (rc == KT_OK) {
		git_odb *odb = NULL;

		kt_buf_put(&tag, sig.p, sig.len);
		rc = git_repository_odb(&odb, s->repo);
		if (rc == 0)
			rc = git_odb_write(
			    out, odb, tag.p, tag.len, GIT_OBJECT_TAG);
		git_odb_free(odb);
		rc = rc < 0 ? store_error(d, rc, name) : KT_OK;
	}
	kt_buf_release(&tag);
	kt_buf_release(&sig);
	return rc;
}

int
kt_store_tag(struct kt_store *s, const char *name, const char *rev,
    const char *message, const struct kt_person *who, const char *key,
    struct kt_diag *d)
{
	const char *ref = kt_arena_printf(s->arena, "refs/tags/%s", name);
	git_oid target, there, tag, none = { { 0 } };
	int valid = 0, rc = store_rev(&target, s, rev, d);

	if (rc != KT_OK)
		return rc;
	if (git_reference_name_is_valid(&valid, ref) < 0 || !valid)
		return kt_report(d, .id = KT_M_STORE_BAD_EDITION, .a = name);
	if (store_rev(&there, s, name, NULL) == KT_OK)
		return git_oid_equal(&there, &target)
			   ? KT_OK
			   : kt_report(d, .id = KT_M_STORE_EDITION_TAKEN,
				 .a = "", .b = name);
	rc = write_tag(&tag, s, name, &target, message, who, key, d);
	if (rc == KT_OK)
		rc = store_ref_cas(s, ref, &none, &tag, "adopt", d);
	return rc == KT_ECONFLICT ? KT_OK : rc;
}

/* ---- verify -------------------------------------------------------------- */

/* A temporary file; the name is yours, unlink() and free() it. */
static char *
spool(const char *bytes, size_t n, struct kt_diag *d)
{
	const char *dir = getenv("TMPDIR");
	struct kt_buf path = KT_BUF_INIT;
	int fd;

	kt_buf_printf(&path, "%s/kaitei-XXXXXX", dir == NULL ? "/tmp" : dir);
	fd = mkstemp(path.p);
	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n) {
		kt_file_error(d, path.p, errno);
		kt_buf_release(&path);
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	close(fd);
	return kt_buf_detach(&path);
}

struct checking {
	const char *signers, *sig, *time; /* two files; YYYYMMDDhhmmss */
	const git_buf *data;
};

/* The principals that the key of the signature belongs to, then. */
static int
principals(struct kt_buf *out, const struct checking *c)
{
	struct kt_buf at = KT_BUF_INIT, said = KT_BUF_INIT;
	int status;

	kt_buf_printf(&at, "-Overify-time=%s", c->time);
	{
		const char *const argv[] = { "ssh-keygen", "-Y",
			"find-principals", "-f", c->signers, "-s", c->sig, at.p,
			NULL };
		struct kt_tool tool = { .argv = argv, .seconds = 60 };

		status = kt_tool_run(out, &said, &tool);
	}
	kt_buf_release(&at);
	kt_buf_release(&said);
	return status;
}

static int
verify_as(const struct checking *c, const char *who)
{
	struct kt_buf at = KT_BUF_INIT, out = KT_BUF_INIT, said = KT_BUF_INIT;
	int status;

	kt_buf_printf(&at, "-Overify-time=%s", c->time);
	{
		const char *const argv[] = { "ssh-keygen", "-Y", "verify", "-f",
			c->signers, "-I", who, "-n", "git", "-s", c->sig, at.p,
			NULL };
		struct kt_tool tool = { .argv = argv,
			.input = c->data->ptr,
			.ninput = c->data->size,
			.seconds = 60 };

		status = kt_tool_run(&out, &said, &tool);
	}
	kt_buf_release(&at);
	kt_buf_release(&out);
	kt_buf_release(&said);
	return status;
}

/* Does a signature hold at all, whoever made it? */
static int
check_novalidate(const struct checking *c)
{
	const char *const argv[] = { "ssh-keygen", "-Y", "check-novalidate",
		"-n", "git", "-s", c->sig, NULL };
	struct kt_tool tool = { .argv = argv,
		.input = c->data->ptr,
		.ninput = c->data->size,
		.seconds = 60 };
	struct kt_buf out = KT_BUF_INIT, said = KT_BUF_INIT;
	int status = kt_tool_run(&out, &said, &tool);

	kt_buf_release(&out);
	kt_buf_release(&said);
	return status;
}

/* What stands behind the key on the lines of a person: the roles. */
static const char *
roles_of(struct kt_store *s, const char *signers, const char *who)
{
	struct kt_buf roles = KT_BUF_INIT;
	const char *kept;

	for (const char *p = signers; *p != '\0';) {
		size_t n = strcspn(p, "\n"), name = strcspn(p, " \t\n");
		const char *key = strstr(p, " AAAA");

		if (name == strlen(who) && strncmp(p, who, name) == 0 &&
		    key != NULL && key < p + n) {
			const char *at = key + 1;

			at += strcspn(at, " \t\n");
			if (at < p + n) {
				kt_buf_puts(&roles, roles.len == 0 ? "" : " ");
				kt_buf_put(
				    &roles, at + 1, (size_t)(p + n - at - 1));
			}
		}
		p += n;
		p += *p == '\n';
	}
	kept = kt_arena_strdup(s->arena, roles.p);
	kt_buf_release(&roles);
	return kept;
}

static int
judge(struct kt_signature *out, struct kt_store *s, const struct checking *c,
    const char *signers, struct kt_diag *d)
{
	struct kt_buf who = KT_BUF_INIT;
	int status = principals(&who, c);

	if (status == KT_TOOL_NONE) {
		kt_buf_release(&who);
		return kt_report(d, .id = KT_M_TOOL_NONE, .a = "ssh-keygen");
	}
	kt_buf_cut(&who, strcspn(who.p, "\n"));
	if (status == 0 && who.len > 0 && verify_as(c, who.p) == 0) {
		out->state = KT_SG_GOOD;
		out->who = kt_arena_strdup(s->arena, who.p);
		out->roles = roles_of(s, signers, who.p);
	} else {
		out->state =
		    check_novalidate(c) == 0 ? KT_SG_UNKNOWN : KT_SG_BAD;
	}
	kt_buf_release(&who);
	return KT_OK;
}

int
kt_store_verify(struct kt_signature *out, struct kt_store *s, const char *rev,
    const char *signers, struct kt_diag *d)
{
	git_buf sig = { 0 }, data = { 0 };
	git_commit *commit = NULL;
	struct checking c = { .data = &data };
	char *signers_file = NULL, *sig_file = NULL, when[32] = "";
	struct tm tm;
	time_t at;
	git_oid oid;
	int rc = store_rev(&oid, s, rev, d);

	*out = (struct kt_signature){ .who = "", .roles = "" };
	if (rc != KT_OK)
		return rc;
	if (git_commit_lookup(&commit, s->repo, &oid) < 0)
		return store_error(d, -1, rev);
	rc = git_commit_extract_signature(&sig, &data, s->repo, &oid, NULL);
	if (rc == GIT_ENOTFOUND) {
		git_commit_free(commit);
		return KT_OK;
	}
	at = (time_t)git_commit_time(commit);
	git_commit_free(commit);
	if (gmtime_r(&at, &tm) != NULL)
		strftime(when, sizeof(when), "%Y%m%d%H%M%SZ", &tm);
	c.time = when;
	c.signers = signers_file = spool(signers, strlen(signers), d);
	c.sig = sig_file = spool(sig.ptr, sig.size, d);
	rc = c.signers == NULL || c.sig == NULL ? KT_EIO
						: judge(out, s, &c, signers, d);
	if (signers_file != NULL)
		unlink(signers_file);
	if (sig_file != NULL)
		unlink(sig_file);
	free(signers_file);
	free(sig_file);
	git_buf_dispose(&sig);
	git_buf_dispose(&data);
	return rc;
}
