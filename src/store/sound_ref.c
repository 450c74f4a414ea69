/* SPDX-License-Identifier: MIT */
/*
 * Refs as they lie on the disk.  Nothing sums them up, and git reads them
 * kindly: a line that says nothing is passed over, and a ref whose name lost a
 * bit is another ref.  So each byte must be as git writes it, a tag must bear
 * the name of its object, and a branch that no log knows, standing where the
 * log of another that is gone ends, is that other one.
 */
#include "sound_int.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#define PACKED "packed-refs"
#define REF_MAX ((size_t)64 << 20)
#define HEX GIT_OID_HEXSZ

static bool
read_file(struct sounding *w, struct kt_buf *out, const char *name)
{
	kt_buf_clear(out);
	return kt_file_read(out,
		   kt_arena_printf(w->s->arena, "%s/%s", w->s->path, name),
		   REF_MAX, NULL) == KT_OK;
}

/* 40 digits as git writes them. */
static bool
read_hex(git_oid *out, const char *p, size_t n)
{
	return n >= HEX && strspn(p, "0123456789abcdef") >= HEX &&
	       git_oid_fromstrn(out, p, HEX) == 0;
}

static bool
is_valid_name(const char *name)
{
	int valid = 0;
	size_t bad;

	/* Git itself takes any bytes. */
	return kt_utf8_check(name, strlen(name), &bad) &&
	       git_reference_name_is_valid(&valid, name) == 0 && valid == 1 &&
	       strncmp(name, "refs/", strlen("refs/")) == 0;
}

/* ---- what belongs to a ref ----------------------------------------------- */

/* refs/tags/公布/… leads to a tag object of that name. */
static void
check_tag(struct sounding *w, const char *name, const git_oid *id)
{
	const char *said = name + strlen("refs/tags/");
	git_tag *tag = NULL;

	if (strncmp(name, "refs/tags/", strlen("refs/tags/")) == 0 &&
	    git_tag_lookup(&tag, w->s->repo, id) == 0 &&
	    strcmp(git_tag_name(tag), said) != 0)
		sound_bad_ref(w,
		    kt_arena_printf(
			w->s->arena, "refs/tags/%s", git_tag_name(tag)),
		    name);
	git_tag_free(tag);
}

/* Where the log of a ref ends: old, new, who and why. */
static bool
log_end(struct sounding *w, git_oid *out, const char *ref)
{
	struct kt_buf log = KT_BUF_INIT;
	char *name = kt_arena_printf(w->s->arena, "logs/%s", ref);
	size_t at;
	bool read = read_file(w, &log, name) && log.len > 0;

	at = log.len;
	if (read && log.p[at - 1] == '\n')
		at--;
	while (at > 0 && log.p[at - 1] != '\n')
		at--;
	read = read && log.len - at > 2 * HEX + 1 &&
	       read_hex(out, log.p + at + HEX + 1, HEX);
	kt_buf_release(&log);
	return read;
}

static bool
ref_is_there(struct sounding *w, const char *ref)
{
	git_oid id;

	return git_reference_name_to_id(&id, w->s->repo, ref) == 0;
}

/* The ref that had a log and is gone, where `id` is the end of the log. */
static const char *
find_lost(struct sounding *w, const char *folder, const git_oid *id)
{
	char *dir =
	    kt_arena_printf(w->s->arena, "%s/logs/%s", w->s->path, folder);
	DIR *open = opendir(dir);
	const char *found = NULL;
	struct dirent *e;

	while (open != NULL && found == NULL && (e = readdir(open)) != NULL) {
		char *ref =
		    kt_arena_printf(w->s->arena, "%s/%s", folder, e->d_name);
		struct stat st;
		git_oid end;

		if (e->d_name[0] == '.' ||
		    stat(kt_arena_printf(w->s->arena, "%s/%s", dir, e->d_name),
			&st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			found = find_lost(w, ref, id);
		else if (log_end(w, &end, ref) && git_oid_equal(&end, id) &&
			 !ref_is_there(w, ref))
			found = ref;
	}
	if (open != NULL)
		closedir(open);
	return found;
}

static void
check_ref(struct sounding *w, const char *name, const git_oid *id)
{
	const char *lost = NULL;
	git_oid end;

	w->out->refs++;
	check_tag(w, name, id);
	if (strncmp(name, "refs/tags/", strlen("refs/tags/")) != 0 &&
	    !log_end(w, &end, name))
		lost = find_lost(w, "refs", id);
	if (lost != NULL)
		sound_bad_ref(w, lost, name);
	sound_ref(w, name);
}

/* ---- packed-refs --------------------------------------------------------- */

/* # pack-refs with: and what the file promises, a blank after each word. */
static bool
is_head(const char *p)
{
	static const char *const words[] = { "fully-peeled ", "peeled ",
		"sorted " };
	const char *start = "# pack-refs with: ";
	bool more = strncmp(p, start, strlen(start)) == 0;

	p += more ? strlen(start) : 0;
	while (more && *p != '\0') {
		more = false;
		for (size_t i = 0; i < KT_COUNT(words); i++)
			if (strncmp(p, words[i], strlen(words[i])) == 0) {
				p += strlen(words[i]);
				more = true;
				break;
			}
	}
	return more;
}

/* ^id below a tag: what it leads to. */
static bool
is_peeled(struct sounding *w, const char *p, const git_oid *tag)
{
	git_object *object = NULL, *to = NULL;
	git_oid id;
	bool right =
	    strlen(p) == 1 + HEX && read_hex(&id, p + 1, HEX) &&
	    git_object_lookup(&object, w->s->repo, tag, GIT_OBJECT_ANY) == 0 &&
	    git_object_peel(&to, object, GIT_OBJECT_COMMIT) == 0 &&
	    git_oid_equal(git_object_id(to), &id);

	git_object_free(to);
	git_object_free(object);
	return right;
}

static void
bad_line(struct sounding *w, size_t line)
{
	kt_report(w->d, .id = KT_M_SOUND_FILE, .a = PACKED,
	    .at = { .file = PACKED, .line = (uint32_t)line });
	w->out->faults++;
}

/* A ref that has a file of its own is read from there; what is packed of it
 * is older, and must be whole all the same. */
static void
packed_ref(struct sounding *w, const char *name, const git_oid *id)
{
	char *own = kt_arena_printf(w->s->arena, "%s/%s", w->s->path, name);

	if (!git_odb_exists(w->odb, id))
		sound_bad_ref(w, name, PACKED);
	if (!kt_file_exists(own))
		check_ref(w, name, id);
}

static void
check_packed(struct sounding *w)
{
	struct kt_buf text = KT_BUF_INIT;
	git_oid last = { { 0 } };
	size_t number = 0;
	char *next;

	if (!read_file(w, &text, PACKED))
		return;
	if (text.len > 0 && text.p[text.len - 1] != '\n')
		bad_line(w, 0);
	for (char *p = text.p; p < text.p + text.len; p = next) {
		size_t n = strcspn(p, "\n");
		git_oid id;

		next = p + n + 1;
		p[n] = '\0';
		number++;
		if (*p == '^' ? is_peeled(w, p, &last)
			      : number == 1 && is_head(p))
			continue;
		if (!read_hex(&id, p, n) || p[HEX] != ' ' ||
		    !is_valid_name(p + HEX + 1)) {
			bad_line(w, number);
			continue;
		}
		packed_ref(w, p + HEX + 1, &id);
		last = id;
	}
	kt_buf_release(&text);
}

/* ---- files --------------------------------------------------------------- */

/* 40 digits, or another ref, and the end of the line. */
static void
check_file(struct sounding *w, const char *name)
{
	static const char link[] = "ref: refs/";
	struct kt_buf text = KT_BUF_INIT;
	git_oid id;

	if (!read_file(w, &text, name)) {
		kt_buf_release(&text);
		return;
	}
	if (text.len > strlen(link) &&
	    strncmp(text.p, link, strlen(link)) == 0 &&
	    text.p[text.len - 1] == '\n') {
		text.p[text.len - 1] = '\0';
		if (!ref_is_there(w, text.p + strlen("ref: ")))
			sound_bad_ref(w, name, text.p);
	} else if (text.len != HEX + 1 || text.p[HEX] != '\n' ||
		   !read_hex(&id, text.p, text.len)) {
		w->out->refs++;
		sound_bad_ref(w, name, "not as git writes it");
	} else {
		check_ref(w, name, &id);
	}
	kt_buf_release(&text);
}

/* A ref whose file cannot be read as one is not even listed: look at the
 * files themselves. */
static void
check_files(struct sounding *w, const char *folder)
{
	char *dir = kt_arena_printf(w->s->arena, "%s/%s", w->s->path, folder);
	DIR *open = opendir(dir);
	struct dirent *e;

	while (open != NULL && (e = readdir(open)) != NULL) {
		char *path =
		    kt_arena_printf(w->s->arena, "%s/%s", folder, e->d_name);
		char *full =
		    kt_arena_printf(w->s->arena, "%s/%s", dir, e->d_name);
		size_t n = strlen(e->d_name);
		struct stat st;

		if (e->d_name[0] == '.' || stat(full, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			check_files(w, path);
		else if (n < 5 || strcmp(e->d_name + n - 5, ".lock") != 0)
			check_file(w, path);
	}
	if (open != NULL)
		closedir(open);
}

/* A store that has no revision yet has no main either. */
static void
check_head(struct sounding *w)
{
	struct kt_buf text = KT_BUF_INIT;

	if (!read_file(w, &text, "HEAD") ||
	    strcmp(text.p, "ref: " MAIN_REF "\n") != 0)
		sound_bad_ref(w, "HEAD", "not " MAIN_REF);
	kt_buf_release(&text);
}

void
sound_refs(struct sounding *w)
{
	check_head(w);
	check_files(w, "refs");
	check_packed(w);
}
