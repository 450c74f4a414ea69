/* SPDX-License-Identifier: MIT */
/*
 * The disc image, by libisofs: ISO 9660 with Joliet and Rock Ridge and with
 * MD5 tags.  Same files, same bytes on every machine: every time and owner is
 * ours, the order of files is that of the list.  archive.md §5.
 *
 * libisofs makes the image in a thread of its own, which reads the files
 * through the streams below; what fails there is kept and told here.
 */
#include "archive_int.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "late_isofs.h"

#define PIECE (64 * SECTOR)
/* Sectors behind the data, for drives that read ahead. */
#define TAIL 150
/* No file system of libisofs itself; it tells our streams apart. */
#define OUR_STREAMS 0x6b74

/* ---- streams ---------------------------------------------------------- */

struct making {
	struct spool *spool;
	struct kt_store *store;
	struct kt_diag *said; /* by the other thread */
	int failed;
};

struct feed {
	struct making *making;
	const struct item *item;
	struct reader *reader;
	size_t number;
};

static int
feed_open(IsoStream *stream)
{
	struct feed *f = stream->data;
	struct making *m = f->making;

	if (reader_open(&f->reader, f->item, m->spool, m->store, m->said) ==
	    KT_OK)
		return 1;
	m->failed = 1;
	return ISO_FILE_READ_ERROR;
}

static int
feed_close(IsoStream *stream)
{
	struct feed *f = stream->data;

	reader_free(f->reader);
	f->reader = NULL;
	return 1;
}

static off_t
feed_size(IsoStream *stream)
{
	const struct feed *f = stream->data;

	return f->item->size;
}

static int
feed_read(IsoStream *stream, void *to, size_t n)
{
	struct feed *f = stream->data;
	long got = reader_read(f->reader, to, n, f->making->said);

	if (got >= 0)
		return (int)got;
	f->making->failed = 1;
	return ISO_FILE_READ_ERROR;
}

static int
feed_repeatable(IsoStream *stream)
{
	(void)stream;
	return 1;
}

static void
feed_id(IsoStream *stream, unsigned int *fs, dev_t *dev, ino_t *ino)
{
	const struct feed *f = stream->data;

	*fs = OUR_STREAMS;
	*dev = 0;
	*ino = f->number;
}

static void
feed_free(IsoStream *stream)
{
	free(stream->data);
}

static int
feed_update(IsoStream *stream)
{
	(void)stream;
	return 1;
}

static IsoStream *
feed_input(IsoStream *stream, int flag)
{
	(void)stream, (void)flag;
	return NULL;
}

static IsoStreamIface feeds = { .version = 2,
	.type = "user",
	.open = feed_open,
	.close = feed_close,
	.get_size = feed_size,
	.read = feed_read,
	.is_repeatable = feed_repeatable,
	.get_id = feed_id,
	.free = feed_free,
	.update_size = feed_update,
	.get_input_stream = feed_input };

/* ---- the tree --------------------------------------------------------- */

static time_t
seconds_of(struct kt_date date)
{
	return (time_t)kt_date_days(date) * 86400;
}

static void
set_times(IsoNode *node, time_t t)
{
	iso_node_set_mtime(node, t);
	iso_node_set_atime(node, t);
	iso_node_set_ctime(node, t);
}

/* The directory that a path lies in, made where it is missing; the name in
 * it. */
static int
directory_of(IsoDir **dir, const char **name, IsoImage *image, time_t t)
{
	int rc = 1;

	*dir = iso_image_get_root(image);
	for (const char *slash = strchr(*name, '/'); rc > 0 && slash != NULL;
	     slash = strchr(*name, '/')) {
		char *one = kt_strndup(*name, (size_t)(slash - *name));
		IsoNode *node = NULL;

		rc = iso_dir_get_node(*dir, one, &node);
		if (rc == 0) {
			IsoDir *made = NULL;

			rc = iso_tree_add_new_dir(*dir, one, &made);
			node = (IsoNode *)made;
			if (rc > 0)
				set_times(node, t);
		}
		*dir = (IsoDir *)node;
		*name = slash + 1;
		free(one);
	}
	return rc;
}

static int
add_file(IsoImage *image, struct making *m, const struct item *item,
    size_t number, time_t t)
{
	struct feed *f = kt_calloc(1, sizeof(*f));
	IsoStream *stream = kt_calloc(1, sizeof(*stream));
	const char *name = item->path;
	IsoDir *dir = NULL;
	IsoFile *file = NULL;
	int rc = directory_of(&dir, &name, image, t);

	*f = (struct feed){ .making = m, .item = item, .number = number + 1 };
	*stream = (IsoStream){ .class = &feeds, .refcount = 1, .data = f };
	if (rc > 0)
		rc = iso_tree_add_new_file(dir, name, stream, &file);
	if (rc > 0) {
		set_times((IsoNode *)file, t);
		/* Data lies in the order of the list. */
		iso_node_set_sort_weight(
		    (IsoNode *)file, (int)(1000000 - number));
	} else {
		iso_stream_unref(stream);
	}
	return rc;
}

static int
make_tree(IsoImage **out, const struct image_about *about, struct making *m,
    struct item *const *items, size_t n)
{
	time_t t = seconds_of(about->date);
	IsoImage *image;
	int rc = iso_image_new(about->volume, &image);

	if (rc < 0)
		return rc;
	iso_image_set_volume_id(image, about->volume);
	iso_image_set_volset_id(image, about->volume);
	iso_image_set_publisher_id(image, about->publisher);
	iso_image_set_data_preparer_id(image, about->application);
	iso_image_set_application_id(image, about->application);
	iso_image_set_system_id(image, "");
	set_times((IsoNode *)iso_image_get_root(image), t);
	for (size_t i = 0; rc >= 0 && i < n; i++)
		rc = add_file(image, m, items[i], i, t);
	if (rc < 0)
		iso_image_unref(image);
	else
		*out = image;
	return rc;
}

/* ---- how it is written ------------------------------------------------ */

static int
set_times_of_volume(IsoWriteOpts *how, struct kt_date date)
{
	char fixed[40];
	time_t t = seconds_of(date);

	snprintf(fixed, sizeof(fixed), "%04d%02d%02d00000000",
	    date.year % 10000, date.month, date.day);
	iso_write_opts_set_replace_timestamps(how, 1);
	iso_write_opts_set_default_timestamp(how, t);
	iso_write_opts_set_always_gmt(how, 1);
	return iso_write_opts_set_pvd_times(how, t, t, 0, t, fixed);
}

static int
make_options(IsoWriteOpts **out, struct kt_date date)
{
	IsoWriteOpts *how;
	int rc = iso_write_opts_new(&how, 0);

	if (rc < 0)
		return rc;
	iso_write_opts_set_iso_level(how, 3);
	iso_write_opts_set_rockridge(how, 1);
	/* Version 1.12 adds numbers that libisofs gives by the addresses of its
	 * nodes in memory. */
	iso_write_opts_set_rrip_version_1_10(how, 1);
	iso_write_opts_set_joliet(how, 1);
	/* UCS-2 would write 𠮷 as _. */
	iso_write_opts_set_joliet_utf16(how, 1);
	iso_write_opts_set_output_charset(how, "UTF-8");
	/* Without AAIP no checksum of a single file is kept. */
	iso_write_opts_set_aaip(how, 1);
	iso_write_opts_set_record_md5(how, 1, 1);
	iso_write_opts_set_replace_mode(how, 1, 1, 1, 1);
	iso_write_opts_set_default_dir_mode(how, 0555);
	iso_write_opts_set_default_file_mode(how, 0444);
	iso_write_opts_set_default_uid(how, 0);
	iso_write_opts_set_default_gid(how, 0);
	iso_write_opts_set_sort_files(how, 1);
	iso_write_opts_set_tail_blocks(how, TAIL);
	rc = set_times_of_volume(how, date);
	if (rc < 0)
		iso_write_opts_free(how);
	else
		*out = how;
	return rc;
}

int
iso_begin(const char *severity)
{
	char utf8[] = "UTF-8", never[] = "NEVER", none[] = "", from[16];
	int rc;

	snprintf(from, sizeof(from), "%s", severity);
	iso_set_local_charset(utf8, 0);
	rc = iso_init();
	iso_set_msgs_severities(from, never, none);
	return rc;
}

/* The reason that libisofs gives. */
static int
image_error(int rc, const char *what, struct kt_diag *d)
{
	char failure[] = "FAILURE", severity[80], text[ISO_MSGS_MESSAGE_LEN];
	int code, id;

	if (rc == 0 ||
	    iso_obtain_msgs(failure, &code, &id, text, severity) <= 0)
		snprintf(text, sizeof(text), "%s", iso_error_to_msg(rc));
	return kt_report(d, .id = KT_M_IMAGE_FAILED, .a = what, .b = text);
}

struct image {
	IsoImage *tree;
	IsoWriteOpts *how;
	struct burn_source *from;
	struct making making;
};

static void
image_release(struct image *m)
{
	if (m->from != NULL) {
		m->from->free_data(m->from);
		free(m->from);
	}
	if (m->how != NULL)
		iso_write_opts_free(m->how);
	if (m->tree != NULL)
		iso_image_unref(m->tree);
	kt_diag_free(m->making.said);
	iso_finish();
}

/* Begin to make an image, or only to ask for its size. */
static int
image_begin(struct image *m, const struct image_about *about,
    struct item *const *items, size_t n, bool ask, struct kt_diag *d)
{
	int rc;

	m->making.said = kt_diag_new();
	rc = iso_begin("FAILURE");
	if (rc >= 0)
		rc = make_tree(&m->tree, about, &m->making, items, n);
	if (rc >= 0)
		rc = make_options(&m->how, about->date);
	if (rc >= 0 && ask)
		iso_write_opts_set_will_cancel(m->how, 1);
	if (rc >= 0)
		rc = iso_image_create_burn_source(m->tree, m->how, &m->from);
	return rc < 0 ? image_error(rc, about->volume, d) : KT_OK;
}

int
image_size(const struct image_about *about, struct item *const *items, size_t n,
    int64_t *size, struct kt_diag *d)
{
	struct image m = { .tree = NULL };
	int rc = image_begin(&m, about, items, n, true, d);

	if (rc == KT_OK) {
		*size = m.from->get_size(m.from);
		m.from->cancel(m.from);
	}
	image_release(&m);
	return rc;
}

/* ---- writing ---------------------------------------------------------- */

static int
read_source(struct burn_source *from, unsigned char *to, int64_t left)
{
	/* Asked for more than there is, it gives nothing. */
	int n = left < PIECE ? (int)left : PIECE;

	return from->read != NULL ? from->read(from, to, n)
				  : from->read_xt(from, to, n);
}

/* Tell what the other thread said, or that it stopped without a word. */
static int
tell_failure(const struct making *m, const char *volume, struct kt_diag *d)
{
	int rc = KT_OK;

	for (size_t i = 0; i < kt_diag_count(m->said); i++)
		rc = kt_diag_add(d, kt_diag_get(m->said, i));
	return rc != KT_OK ? rc : image_error(ISO_CANCELED, volume, d);
}

static int
copy_image(struct image *m, struct kt_outfile *to,
    const struct image_about *about, const struct kt_archive_watch *watch,
    char hex[KT_SHA256_LEN + 1], struct kt_diag *d)
{
	unsigned char *piece = kt_malloc(PIECE);
	int64_t size = m->from->get_size(m->from), done = 0;
	struct kt_digest *digest = kt_digest_new();
	int rc = KT_OK, n = 1;

	while (rc == KT_OK && done < size) {
		n = read_source(m->from, piece, size - done);
		if (n <= 0)
			break;
		kt_digest_put(digest, piece, (size_t)n);
		rc = kt_outfile_put(to, piece, (size_t)n, d);
		done += n;
		if (rc == KT_OK && watch != NULL && watch->tell != NULL)
			watch->tell(watch->of, KT_ARCHIVE_IMAGE, done, size);
	}
	free(piece);
	kt_digest_end(digest, hex);
	if (rc == KT_OK && (n < 0 || done != size || m->making.failed))
		rc = tell_failure(&m->making, about->volume, d);
	return rc;
}

int
image_write(struct kt_outfile *to, const struct image_about *about,
    struct item *const *items, size_t n, struct spool *spool,
    struct kt_store *store, const struct kt_archive_watch *watch,
    char hex[KT_SHA256_LEN + 1], struct kt_diag *d)
{
	struct image m = { .making = { .spool = spool, .store = store } };
	int rc = image_begin(&m, about, items, n, false, d);

	if (rc == KT_OK) {
		rc = copy_image(&m, to, about, watch, hex, d);
		if (rc != KT_OK)
			m.from->cancel(m.from);
	}
	image_release(&m);
	return rc;
}
