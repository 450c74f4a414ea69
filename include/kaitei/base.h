/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_BASE_H
#define KAITEI_BASE_H

/*
 * base: memory, growing bytes, messages, files and helper processes.
 * Knows nothing of text, documents or formats.
 *
 * Ownership, everywhere in kaitei:
 *   kt_x_new()                  returns a handle; yours, kt_x_free() it
 *   struct kt_x **out, first    yours; untouched when the call fails
 *   char * from kt_buf_detach() yours, free() it
 *   any other pointer           borrowed; lives as long as its owner
 * Free functions take NULL.  Out of memory ends the program here, with a
 * message and status 2; no caller tests for it.
 */

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* ---- memory ---------------------------------------------------------- */

void *kt_malloc(size_t n);
void *kt_calloc(size_t n, size_t size);
void *kt_realloc(void *p, size_t n);
char *kt_strdup(const char *s);
char *kt_strndup(const char *s, size_t n);
/* Do the n bytes at p end with this word? */
bool kt_ends_with(const char *p, size_t n, const char *word);

/* For the allocator hooks of foreign libraries: as above, ending the
 * program instead of failing. */
void kt_no_memory(void) __attribute__((noreturn));

/* Open a foreign library and fill the table `calls` of n pointers to functions
 * with those of these names.  A library or function that is not there ends
 * the program with a message and status 2: the installation is broken.  For
 * the tables that tools/late makes, which see to it that it happens once. */
void kt_library_open(
    const char *file, const char *const *names, size_t n, void *calls);

/* A region: allocate freely, free once.  Memory is zeroed and aligned for
 * any type. */
struct kt_arena;

struct kt_arena *kt_arena_new(void);
void kt_arena_free(struct kt_arena *a);
void *kt_arena_alloc(struct kt_arena *a, size_t n);
/* What is in `more` is in a from now on; `more` is gone. */
void kt_arena_join(struct kt_arena *a, struct kt_arena *more);
char *kt_arena_strdup(struct kt_arena *a, const char *s);
char *kt_arena_strndup(struct kt_arena *a, const char *s, size_t n);
char *kt_arena_printf(struct kt_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* n elements of a type; the product is checked. */
#define KT_NEW(arena, type) ((type *)kt_arena_alloc((arena), sizeof(type)))
#define KT_NEWN(arena, type, n)                                                \
	((type *)kt_arena_alloc_n((arena), (n), sizeof(type)))
void *kt_arena_alloc_n(struct kt_arena *a, size_t n, size_t size);

/* Make room for one more element in a malloc'ed array: p, count n, room cap.
 * Grows by half; the array is yours, free() it. */
#define KT_GROW(p, n, cap)                                                     \
	((n) < (cap) ? (void)0                                                 \
		     : (void)((p) = kt_grow((p), &(cap), sizeof(*(p)))))
void *kt_grow(void *p, size_t *cap, size_t size);

#define KT_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- bytes that grow -------------------------------------------------- */

/*
 * p is never NULL and always ends in NUL behind len bytes.  With limit > 0
 * bytes over it are not taken and `over` is set: for untrusted input.
 */
struct kt_buf {
	char *p;
	size_t len, cap, limit;
	bool over;
};

extern char kt_buf_nothing[1];
#define KT_BUF_INIT                                                            \
	{                                                                      \
		.p = kt_buf_nothing                                            \
	}

void kt_buf_release(struct kt_buf *b);
void kt_buf_clear(struct kt_buf *b);
void kt_buf_reserve(struct kt_buf *b, size_t more);
void kt_buf_put(struct kt_buf *b, const void *p, size_t n);
void kt_buf_puts(struct kt_buf *b, const char *s);
void kt_buf_putc(struct kt_buf *b, char c);
void kt_buf_printf(struct kt_buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void kt_buf_vprintf(struct kt_buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
/* The bytes in Base64, with its padding. */
void kt_buf_base64(struct kt_buf *out, const void *bytes, size_t n);
/* Shorten to n bytes; n must not be larger than len. */
void kt_buf_cut(struct kt_buf *b, size_t n);
char *kt_buf_detach(struct kt_buf *b);

/* ---- messages --------------------------------------------------------- */

/*
 * A code chooses a branch; the message explains.  The name behind each is
 * the `reason` that programs read; it is never translated.
 */
enum kt_code {
	KT_OK,
	KT_EUSAGE, /* usage      wrong option or argument */
	KT_EINPUT, /* invalid    cannot be understood */
	KT_ENOTFOUND, /* not-found  document, clause, revision */
	KT_ECONFLICT, /* stale      someone else saved first */
	KT_ELOCKED, /* locked     not free within the wait */
	KT_ELIMIT, /* refused    over a limit, hostile, unsupported */
	KT_EIO, /* io         read or write error */
	KT_ENOSPACE, /* no-space   full, quota, read-only */
	KT_EDAMAGED, /* damaged    hash, checksum, broken chain */
	KT_EDENIED, /* denied     owner, rights, signature */
	KT_ENOMEM /* no-memory  allocation failed */
};

enum kt_level { KT_ERROR, KT_WARNING, KT_ADVICE, KT_NOTE_LEVEL };

#define KT_MSG(id, level, code, ja, en) KT_M_##id,
enum kt_msg_id {
#include <kaitei/messages.def>
	KT_M__COUNT
};
#undef KT_MSG

/* Where; any part may be missing ("" or NULL, 0).  Lines and columns count
 * from 1, columns in characters.  The clause as the document names it. */
struct kt_place {
	const char *file;
	size_t line, column;
	const char *clause;
};

/* A message as reported: arguments a, b, c fill %1, %2, %3. */
struct kt_msg {
	enum kt_msg_id id;
	struct kt_place at;
	const char *a, *b, *c;
};

enum kt_lang { KT_JA, KT_EN };

/* A list of messages, recorded once and told in either language later. */
struct kt_diag;

struct kt_diag *kt_diag_new(void);
void kt_diag_free(struct kt_diag *d);
/* Copies everything it keeps and returns the code of the message, so that
 * `return kt_report(d, .id = …)` is one expression.  d may be NULL. */
int kt_diag_add(struct kt_diag *d, const struct kt_msg *m);
#define kt_report(d, ...) kt_diag_add((d), &(struct kt_msg){ __VA_ARGS__ })
/* File name that messages without one get from now on; NULL for none. */
void kt_diag_file(struct kt_diag *d, const char *file);
size_t kt_diag_count(const struct kt_diag *d);
size_t kt_diag_errors(const struct kt_diag *d);
const struct kt_msg *kt_diag_get(const struct kt_diag *d, size_t i);
void kt_diag_clear(struct kt_diag *d);
/* All messages of `more` behind those of d, which has its own copies; none
 * where d is NULL. */
void kt_diag_join(struct kt_diag *d, const struct kt_diag *more);
/* Past `max` messages the rest is counted, not kept (0: keep all). */
void kt_diag_limit(struct kt_diag *d, size_t max);
size_t kt_diag_dropped(const struct kt_diag *d);

/* `file:line:column: error: clause: text [name]` without a newline; errors
 * that stop a command end in `[reason: name]`. */
void kt_msg_tell(struct kt_buf *out, const struct kt_msg *m, enum kt_lang l);
/* Only the text, arguments filled in. */
void kt_msg_text(struct kt_buf *out, const struct kt_msg *m, enum kt_lang l);
/* "file-too-big": what users see, silence and search for. */
void kt_msg_name(struct kt_buf *out, enum kt_msg_id id);
enum kt_level kt_msg_level(enum kt_msg_id id);
enum kt_code kt_msg_code(enum kt_msg_id id);
/* The sentence with its %1 %2 %3 still in it; for tests of the list. */
const char *kt_msg_template(enum kt_msg_id id, enum kt_lang l);
const char *kt_level_name(enum kt_level level); /* "error", for JSON */

/* ---- files ------------------------------------------------------------ */

/* At most `limit` bytes of a file, or of standard input for "-".  *out is
 * replaced; untouched on failure.  KT_EIO, KT_ELIMIT, KT_ENOTFOUND. */
int kt_file_read(
    struct kt_buf *out, const char *path, size_t limit, struct kt_diag *d);
/* Whole or not at all: temporary file beside the target, fsync, rename,
 * fsync of the directory.  "-" writes standard output.  KT_EIO,
 * KT_ENOSPACE. */
int kt_file_write(
    const char *path, const void *bytes, size_t n, struct kt_diag *d);
/* The same for a file too big for memory: put its pieces, then finish it;
 * freed unfinished it never was.  A killed program leaves nothing where the
 * file system knows files without a name.  KT_EIO, KT_ENOSPACE. */
struct kt_outfile;

int kt_outfile_open(
    struct kt_outfile **out, const char *path, struct kt_diag *d);
void kt_outfile_free(struct kt_outfile *o);
int kt_outfile_put(
    struct kt_outfile *o, const void *bytes, size_t n, struct kt_diag *d);
int64_t kt_outfile_size(const struct kt_outfile *o);
int kt_outfile_finish(struct kt_outfile *o, struct kt_diag *d);
/* A file to write and read again that has no name and goes away when it is
 * closed.  -1 with errno. */
int kt_file_unnamed(const char *dir);
bool kt_file_exists(const char *path);
/* The message for a failed system call on `path`: errno decides the code. */
int kt_file_error(struct kt_diag *d, const char *path, int err);

/* ---- programs of the machine -------------------------------------------- */

/* A program that is trusted with what the person may do: git, ssh-keygen, an
 * editor.  For what reads untrusted files see kt_spawn(). */
struct kt_tool {
	const char *const *argv; /* [0] is looked for in PATH; ends in NULL */
	const char *dir; /* where it runs, or NULL */
	const char *const *env; /* "NAME=value", added; ends in NULL; or NULL */
	const void *input; /* its standard input */
	size_t ninput;
	unsigned seconds; /* until it is killed; 0: no limit */
	bool terminal; /* it has ours: no input, nothing taken */
};

#define KT_TOOL_NONE 127 /* not found, not started */
#define KT_TOOL_LATE 256 /* killed, its time was over */

/* Run it to its end; what it wrote is appended to out and err.  Its status,
 * 128 and more when a signal ended it.  Reports nothing. */
int kt_tool_run(
    struct kt_buf *out, struct kt_buf *err, const struct kt_tool *t);
bool kt_tool_there(const char *name);

/* ---- two at once ------------------------------------------------------ */

/* Run job(a) and job(b) at the same time and return when both have ended.
 * They may share only what neither changes; a list of messages is not that:
 * give each its own and kt_diag_join() them. */
void kt_both(void (*job)(void *), void *a, void *b);

/* A long text that two threads make piece by piece.  It is put in the order
 * of the pieces while later ones are made, so that it never lies in memory as
 * a whole. */
struct kt_pieces {
	size_t n;
	/* On either thread: piece i into an empty buffer. */
	void (*make)(const void *of, size_t i, struct kt_buf *out);
	const void *of;
	/* On one thread at a time; not KT_OK: nothing more is put. */
	int (*put)(void *to, const char *p, size_t n);
	void *to;
};

int kt_pieces_put(const struct kt_pieces *all);

/* Let what this thread, or the process when it begins, allocates next lie in
 * large pages.  Returns what is left out for that, NULL or address space that
 * is never touched: free() it at the end.  A hint: nothing fails. */
void *kt_room(void);

/* ---- helper processes ------------------------------------------------- */

struct kt_spawn {
	const char *const *argv; /* [0] the path of the program; ends in NULL */
	const void *input; /* its standard input */
	size_t ninput;
	size_t output; /* most bytes of its standard output */
	unsigned seconds; /* until it is killed */
	unsigned cpu_seconds; /* of its own work; 0: no limit */
	size_t memory; /* bytes of address space; 0: no limit */
};

enum kt_ending {
	KT_ENDED_GOOD, /* by itself, with *status */
	KT_ENDED_LATE, /* its time was over */
	KT_ENDED_MUCH, /* its output was too long */
	KT_ENDED_BROKEN, /* by a signal: out of memory, a crash */
	KT_ENDED_NEVER /* it could not be started */
};

/* Run a program to its end; what it wrote is appended, also when it ended
 * badly.  Reports nothing. */
enum kt_ending kt_spawn(
    struct kt_buf *out, int *status, const struct kt_spawn *what);

/* ---- hashing (for tables in memory, never stored) --------------------- */

uint64_t kt_hash(const void *p, size_t n, uint64_t seed);
uint64_t kt_hash_mix(uint64_t a, uint64_t b);

#endif
