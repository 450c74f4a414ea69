/* SPDX-License-Identifier: MIT */
/* Making and opening a store, and who works on it. */
#include "store_int.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* ---- open ---------------------------------------------------------------- */

/* Locks and renames were only proved on local disks. */
static void
warn_of_network(const char *path, struct kt_diag *d)
{
	struct statfs fs;

	if (statfs(path, &fs) != 0)
		return;
	switch ((unsigned long)fs.f_type & 0xffffffffUL) {
	case 0x6969UL: /* NFS */
	case 0x517bUL: /* SMB */
	case 0xff534d42UL: /* CIFS */
	case 0xfe534d42UL: /* SMB2 */
		kt_report(d, .id = KT_M_STORE_NETWORK, .a = path);
		break;
	}
}

static void
free_store(struct kt_store *s)
{
	git_repository_free(s->repo);
	kt_arena_free(s->arena);
	free(s->path);
	free(s);
}

void
kt_store_free(struct kt_store *s)
{
	if (s != NULL)
		free_store(s);
}

const char *
kt_store_path(const struct kt_store *s)
{
	return s->path;
}

/* The repository that lies in `dir` itself; *out stays NULL when there is
 * none. */
static int
open_at(git_repository **out, const char *dir, struct kt_diag *d)
{
	int rc = git_repository_open_ext(
	    out, dir, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

	if (rc == 0)
		rc = store_distrust(*out);
	if (rc == 0 || rc == GIT_ENOTFOUND)
		return KT_OK;
	return store_error(d, rc, dir);
}

static int
find_upwards(git_repository **out, struct kt_diag *d)
{
	char here[PATH_MAX];
	int rc = KT_OK;

	if (getcwd(here, sizeof(here)) == NULL)
		return kt_file_error(d, ".", errno);
	while (rc == KT_OK && *out == NULL) {
		char *slash = strrchr(here, '/');

		rc = open_at(out, here, d);
		if (slash == NULL || here[1] == '\0')
			break;
		slash[slash == here ? 1 : 0] = '\0';
	}
	return rc;
}

/* Is it one of ours: a main branch with our settings in it? */
static int
check_ours(struct kt_store *s, const char *dir, struct kt_diag *d)
{
	git_oid blob;
	int rc = store_ref_read(&s->opened, s, MAIN_REF, d);

	if (rc != KT_OK)
		return rc;
	if (git_oid_is_zero(&s->opened))
		return kt_report(d, .id = KT_M_STORE_NOT_ONE, .a = dir);
	rc = store_blob_at(&blob, s, &s->opened, SETTINGS, d);
	if (rc == KT_OK && git_oid_is_zero(&blob))
		rc = kt_report(d, .id = KT_M_STORE_NOT_ONE, .a = dir);
	return rc;
}

static int
open_store(struct kt_store **out, const char *dir, bool look, struct kt_diag *d)
{
	struct kt_store *s;
	size_t n;
	int rc = store_git_begin(d);

	if (rc != KT_OK)
		return rc;
	s = kt_calloc(1, sizeof(*s));
	s->arena = kt_arena_new();
	rc =
	    dir == NULL ? find_upwards(&s->repo, d) : open_at(&s->repo, dir, d);
	if (rc == KT_OK && s->repo == NULL)
		rc = kt_report(
		    d, .id = KT_M_STORE_NONE, .a = dir == NULL ? "." : dir);
	if (rc == KT_OK) {
		s->path = kt_strdup(git_repository_path(s->repo));
		for (n = strlen(s->path); n > 1 && s->path[n - 1] == '/';)
			s->path[--n] = '\0';
		if (look)
			rc = store_check_indexes(s, d);
		if (look && rc == KT_OK)
			rc = check_ours(s, dir == NULL ? s->path : dir, d);
	}
	if (rc != KT_OK) {
		free_store(s);
		return rc;
	}
	warn_of_network(s->path, d);
	*out = s;
	return KT_OK;
}

int
kt_store_open(struct kt_store **out, const char *dir, struct kt_diag *d)
{
	return open_store(out, dir, true, d);
}

int
kt_store_open_any(struct kt_store **out, const char *dir, struct kt_diag *d)
{
	return open_store(out, dir, false, d);
}

/* ---- who ----------------------------------------------------------------- */

int
kt_store_person(
    struct kt_person *out, const struct kt_store *s, struct kt_diag *d)
{
	git_config *config = NULL;
	git_buf name = { 0 }, mail = { 0 };
	int rc = git_repository_config_snapshot(&config, s->repo);

	if (rc == 0)
		rc = git_config_get_string_buf(&name, config, "user.name");
	if (rc == 0)
		rc = git_config_get_string_buf(&mail, config, "user.email");
	if (rc == 0 && name.size > 0 && mail.size > 0) {
		out->name = kt_arena_strdup(s->arena, name.ptr);
		out->mail = kt_arena_strdup(s->arena, mail.ptr);
	} else {
		rc = kt_report(d, .id = KT_M_STORE_WHO, .a = s->path);
	}
	git_buf_dispose(&name);
	git_buf_dispose(&mail);
	git_config_free(config);
	return rc;
}

/* ---- init ---------------------------------------------------------------- */

/* Nothing in the directory, or no directory yet? */
static bool
is_empty(const char *dir)
{
	DIR *open = opendir(dir);
	struct dirent *e;
	bool empty = true;

	if (open == NULL)
		return errno == ENOENT;
	while (empty && (e = readdir(open)) != NULL)
		empty =
		    strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
	closedir(open);
	return empty;
}

/* Settings that keep other programs from weakening what kaitei promises. */
static int
configure(git_repository *repo, const struct kt_person *who)
{
	static const char *const values[][2] = {
		{ "core.fsync", "all" },
		{ "core.logAllRefUpdates", "always" },
		{ "transfer.fsckObjects", "true" },
		{ "receive.denyNonFastForwards", "true" },
		{ "receive.denyDeletes", "true" },
		{ "gc.auto", "0" },
	};
	git_config *config = NULL;
	int rc = git_repository_config(&config, repo);

	for (size_t i = 0; rc == 0 && i < KT_COUNT(values); i++)
		rc = git_config_set_string(config, values[i][0], values[i][1]);
	if (rc == 0 && who != NULL)
		rc = git_config_set_string(config, "user.name", who->name);
	if (rc == 0 && who != NULL)
		rc = git_config_set_string(config, "user.email", who->mail);
	git_config_free(config);
	return rc;
}

static const char settings[] =
    "# 市の設定 / settings of the city\n"
    "city: 見本市\n"
    "# 新旧対照表の様式 / layout of the comparison table\n"
    "table: shi-hyojun\n"
    "# 決裁に要る承認の数 / approvals needed for adoption\n"
    "approvals: 1\n";

/* The first revision: the settings and nothing else. */
static int
commit_settings(git_oid *out, git_repository *repo, const struct kt_person *who)
{
	git_treebuilder *tree = NULL;
	git_signature *sign = NULL;
	git_tree *root = NULL;
	git_oid blob, oid;
	int rc = git_blob_create_from_buffer(
	    &blob, repo, settings, sizeof(settings) - 1);

	if (rc == 0)
		rc = git_treebuilder_new(&tree, repo, NULL);
	if (rc == 0)
		rc = git_treebuilder_insert(
		    NULL, tree, SETTINGS, &blob, GIT_FILEMODE_BLOB);
	if (rc == 0)
		rc = git_treebuilder_write(&oid, tree);
	if (rc == 0)
		rc = git_tree_lookup(&root, repo, &oid);
	if (rc == 0)
		rc =
		    git_signature_now(&sign, who == NULL ? "kaitei" : who->name,
			who == NULL ? "kaitei@localhost" : who->mail);
	if (rc == 0)
		rc = git_commit_create(out, repo, NULL, sign, sign, NULL,
		    "kaitei: ストアを作成\n", root, 0, NULL);
	git_signature_free(sign);
	git_tree_free(root);
	git_treebuilder_free(tree);
	return rc;
}

/* A store whose making was cut short has no main yet: finish it. */
static int
finish(git_repository *repo, const char *dir, const struct kt_person *who,
    struct kt_diag *d)
{
	struct kt_store s = { .repo = repo };
	git_oid none = { { 0 } }, first;
	size_t n;
	int rc = configure(repo, who);

	if (rc == 0)
		rc = commit_settings(&first, repo, who);
	if (rc < 0)
		return store_error(d, rc, dir);
	s.path = kt_strdup(git_repository_path(repo));
	for (n = strlen(s.path); n > 1 && s.path[n - 1] == '/';)
		s.path[--n] = '\0';
	rc = store_ref_cas(&s, MAIN_REF, &none, &first, "init", d);
	if (rc == KT_ECONFLICT)
		rc = kt_report(d, .id = KT_M_STORE_THERE, .a = dir);
	free(s.path);
	return rc;
}

int
store_make_empty(git_repository **out, const char *dir,
    const struct kt_person *who, struct kt_diag *d)
{
	git_repository_init_options how;
	int rc;

	if (!is_empty(dir))
		return kt_report(d, .id = KT_M_STORE_NOT_EMPTY, .a = dir);
	rc = git_repository_init_options_init(
	    &how, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	how.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKDIR |
		    GIT_REPOSITORY_INIT_MKPATH | GIT_REPOSITORY_INIT_NO_REINIT;
	how.initial_head = "main";
	if (rc == 0)
		rc = git_repository_init_ext(out, dir, &how);
	if (rc == 0)
		rc = store_distrust(*out);
	if (rc == 0)
		rc = configure(*out, who);
	return rc < 0 ? store_error(d, rc, dir) : KT_OK;
}

static int
init_at(const char *dir, const struct kt_person *who, struct kt_diag *d)
{
	git_repository *repo = NULL;
	git_oid at;
	int rc = open_at(&repo, dir, d);

	if (rc != KT_OK)
		return rc;
	if (repo != NULL) {
		bool made =
		    git_reference_name_to_id(&at, repo, MAIN_REF) == 0 ||
		    !git_repository_is_bare(repo);

		rc = made ? kt_report(d, .id = KT_M_STORE_THERE, .a = dir)
			  : finish(repo, dir, who, d);
		git_repository_free(repo);
		return rc;
	}
	rc = store_make_empty(&repo, dir, who, d);
	if (rc == KT_OK)
		rc = finish(repo, dir, who, d);
	git_repository_free(repo);
	return rc;
}

int
kt_store_init(const char *dir, const struct kt_person *who, struct kt_diag *d)
{
	int rc = store_git_begin(d);

	return rc == KT_OK ? init_at(dir, who, d) : rc;
}
