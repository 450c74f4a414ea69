/* SPDX-License-Identifier: MIT */
/*
 * Writing an image to a disc by libburn: one session, one track, nothing may
 * follow; then reading back what the drive gives.  archive.md §6.  The path
 * of a file, stdio:/path, stands in for a drive in tests.
 */
#include "archive_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "late_burn.h"

#define PIECE (16 * SECTOR)

struct burning {
	const char *image;
	const struct kt_burn *how;
	struct kt_burned *done;
	struct burn_drive_info *found;
	struct burn_drive *drive;
	struct burn_write_opts *opts;
	struct burn_disc *disc;
	struct burn_session *session;
	struct burn_track *track;
	struct burn_source *from;
	int fd;
	struct kt_diag *d;
};

/* ---- messages ---------------------------------------------------------- */

static int
burn_error(const struct burning *b, const char *otherwise)
{
	char sorry[] = "SORRY", severity[80], text[BURN_MSGS_MESSAGE_LEN];
	int code, system;

	if (burn_msgs_obtain(sorry, &code, text, &system, severity) <= 0)
		snprintf(text, sizeof(text), "%s", otherwise);
	return kt_report(
	    b->d, .id = KT_M_BURN_FAILED, .a = b->how->drive, .b = text);
}

static void
tell(const struct burning *b, enum kt_archive_stage stage, int64_t done)
{
	const struct kt_archive_watch *w = b->how->watch;

	if (w != NULL && w->tell != NULL)
		w->tell(w->of, stage, done, b->done->bytes);
}

/* ---- before writing ------------------------------------------------------ */

static int
open_image(struct burning *b)
{
	char head[SECTOR];
	struct stat st;

	b->fd = open(b->image, O_RDONLY | O_CLOEXEC);
	if (b->fd < 0 || fstat(b->fd, &st) != 0)
		return kt_file_error(b->d, b->image, errno);
	if (st.st_size % SECTOR != 0 ||
	    pread(b->fd, head, sizeof(head), 16 * SECTOR) != SECTOR ||
	    memcmp(head + 1, "CD001", 5) != 0)
		return kt_report(b->d, .id = KT_M_IMAGE_NONE, .a = b->image);
	b->done->bytes = st.st_size;
	return KT_OK;
}

static int
grab(struct burning *b)
{
	char adr[BURN_DRIVE_ADR_LEN + 1];
	int profile;

	if (strlen(b->how->drive) >= BURN_DRIVE_ADR_LEN)
		return kt_report(
		    b->d, .id = KT_M_BURN_DRIVE, .a = b->how->drive);
	snprintf(adr, sizeof(adr), "%s", b->how->drive);
	if (burn_drive_scan_and_grab(&b->found, adr, 1) <= 0)
		return kt_report(
		    b->d, .id = KT_M_BURN_DRIVE, .a = b->how->drive);
	b->drive = b->found[0].drive;
	b->done->file = burn_drive_get_drive_role(b->drive) != 1;
	if (burn_disc_get_profile(b->drive, &profile, b->done->medium) <= 0)
		b->done->medium[0] = '\0';
	return KT_OK;
}

/* Is there a disc that holds nothing yet? */
static int
check_empty(const struct burning *b)
{
	const char *path = strchr(b->how->drive, ':');
	struct stat st;

	/* A file counts as an empty disc always; it is one only when new. */
	if (b->done->file) {
		if (path != NULL && stat(path + 1, &st) == 0 &&
		    S_ISREG(st.st_mode) && st.st_size > 0)
			return kt_report(b->d, .id = KT_M_BURN_NOT_EMPTY,
			    .a = b->how->drive);
		return KT_OK;
	}
	switch (burn_disc_get_status(b->drive)) {
	case BURN_DISC_BLANK:
		return KT_OK;
	case BURN_DISC_EMPTY:
		return kt_report(
		    b->d, .id = KT_M_BURN_NO_DISC, .a = b->how->drive);
	case BURN_DISC_APPENDABLE:
	case BURN_DISC_FULL:
		return kt_report(
		    b->d, .id = KT_M_BURN_NOT_EMPTY, .a = b->how->drive);
	case BURN_DISC_UNREADY:
	case BURN_DISC_UNGRABBED:
	case BURN_DISC_UNSUITABLE:
		break;
	}
	return burn_error(b, "the disc is not usable");
}

/* The disc as it will be: one session with one track of data. */
static int
compose(struct burning *b)
{
	b->disc = burn_disc_create();
	b->session = burn_session_create();
	b->track = burn_track_create();
	b->from = burn_fd_source_new(b->fd, -1, b->done->bytes);
	if (b->disc == NULL || b->session == NULL || b->track == NULL ||
	    b->from == NULL)
		kt_no_memory();
	burn_track_define_data(b->track, 0, 0, 1, BURN_MODE1);
	if (burn_track_set_source(b->track, b->from) != BURN_SOURCE_OK ||
	    !burn_session_add_track(b->session, b->track, BURN_POS_END) ||
	    !burn_disc_add_session(b->disc, b->session, BURN_POS_END))
		return burn_error(b, "composition");
	return KT_OK;
}

static int
set_options(struct burning *b)
{
	char reasons[BURN_REASONS_LEN];

	b->opts = burn_write_opts_new(b->drive);
	if (b->opts == NULL)
		kt_no_memory();
	/* Nothing may follow: the disc is closed with its only session. */
	burn_write_opts_set_multi(b->opts, 0);
	burn_write_opts_set_perform_opc(b->opts, 0);
	burn_write_opts_set_underrun_proof(b->opts, 1);
	burn_write_opts_set_stdio_fsync(b->opts, 1);
	if (burn_write_opts_auto_write_type(b->opts, b->disc, reasons, 0) ==
	    BURN_WRITE_NONE)
		return burn_error(b, reasons);
	b->done->room = burn_disc_available_space(b->drive, b->opts);
	if (b->done->room < b->done->bytes)
		return kt_report(
		    b->d, .id = KT_M_BURN_ROOM, .a = b->how->drive);
	return KT_OK;
}

/* ---- writing ------------------------------------------------------------- */

static void
wait_a_moment(void)
{
	const struct timespec moment = { .tv_nsec = 100 * 1000 * 1000 };

	nanosleep(&moment, NULL);
}

static int
write_disc(struct burning *b)
{
	struct burn_progress progress;

	burn_disc_write(b->opts, b->disc);
	while (burn_drive_get_status(b->drive, NULL) == BURN_DRIVE_SPAWNING)
		wait_a_moment();
	while (burn_drive_get_status(b->drive, &progress) != BURN_DRIVE_IDLE) {
		tell(b, KT_ARCHIVE_BURN, (int64_t)progress.sector * SECTOR);
		wait_a_moment();
	}
	if (!burn_drive_wrote_well(b->drive))
		return burn_error(b, "the drive reports that writing failed");
	return KT_OK;
}

/* ---- reading back -------------------------------------------------------- */

/* Let the drive look at the disc anew. */
static int
grab_again(struct burning *b)
{
	burn_drive_release(b->drive, 0);
	if (burn_drive_grab(b->drive, 1) <= 0) {
		b->drive = NULL;
		return burn_error(b, "the drive does not see its disc");
	}
	return KT_OK;
}

static int
check_closed(struct burning *b)
{
	b->done->closed = burn_disc_get_status(b->drive) == BURN_DISC_FULL;
	if (b->done->closed || b->done->file)
		return KT_OK;
	return kt_report(b->d, .id = KT_M_BURN_OPEN, .a = b->how->drive);
}

/* As many bytes as the image has: a drive may give padding behind them. */
static int
compare(struct burning *b)
{
	char *ours = kt_malloc(PIECE), *theirs = kt_malloc(PIECE);
	int64_t at = 0, size = b->done->bytes;
	struct kt_digest *g = kt_digest_new();
	char place[32];
	int rc = KT_OK;

	while (rc == KT_OK && at < size) {
		size_t n = size - at < PIECE ? (size_t)(size - at) : PIECE;
		off_t got = 0;

		if (pread(b->fd, ours, n, at) != (ssize_t)n)
			rc = kt_file_error(b->d, b->image, errno);
		else if (burn_read_data(
			     b->drive, at, theirs, (off_t)n, &got, 2) <= 0 ||
			 memcmp(ours, theirs, n) != 0) {
			snprintf(place, sizeof(place), "%lld",
			    (long long)(at / SECTOR));
			rc = kt_report(b->d, .id = KT_M_BURN_DIFFERS,
			    .a = b->how->drive, .b = place);
		}
		kt_digest_put(g, theirs, n);
		at += (int64_t)n;
		tell(b, KT_ARCHIVE_READ, at);
	}
	kt_digest_end(g, b->done->sha256);
	free(ours);
	free(theirs);
	return rc;
}

/* ---- all of it ---------------------------------------------------------- */

static int
burn_all(struct burning *b)
{
	int rc = grab(b);

	if (rc == KT_OK)
		rc = check_empty(b);
	if (rc == KT_OK)
		rc = compose(b);
	if (rc == KT_OK)
		rc = set_options(b);
	if (rc != KT_OK || b->how->dry_run)
		return rc;
	rc = write_disc(b);
	if (rc == KT_OK)
		rc = grab_again(b);
	if (rc == KT_OK)
		rc = check_closed(b);
	if (rc == KT_OK)
		rc = compare(b);
	return rc;
}

static void
release(struct burning *b)
{
	if (b->opts != NULL)
		burn_write_opts_free(b->opts);
	if (b->drive != NULL)
		burn_drive_release(b->drive, 0);
	if (b->track != NULL)
		burn_track_free(b->track);
	if (b->from != NULL)
		burn_source_free(b->from);
	if (b->session != NULL)
		burn_session_free(b->session);
	if (b->disc != NULL)
		burn_disc_free(b->disc);
	if (b->found != NULL)
		burn_drive_info_free(b->found);
}

int
kt_archive_burn(struct kt_burned *out, const char *image,
    const struct kt_burn *how, struct kt_diag *d)
{
	struct burning b = {
		.image = image, .how = how, .done = out, .fd = -1, .d = d
	};
	char sorry[] = "SORRY", never[] = "NEVER", none[] = "";
	int rc;

	memset(out, 0, sizeof(*out));
	rc = open_image(&b);
	if (rc == KT_OK) {
		if (burn_initialize() <= 0)
			return burn_error(&b, "libburn");
		burn_msgs_set_severities(sorry, never, none);
		rc = burn_all(&b);
		release(&b);
		burn_finish();
	}
	if (b.fd >= 0)
		close(b.fd);
	return rc;
}
