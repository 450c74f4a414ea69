/* SPDX-License-Identifier: MIT */
/*
 * Pictures that a document names: known by what they are, not by their name,
 * and measured from their header.  Nothing is unpacked here.
 */
#include "picture_int.h"

#include <stdlib.h>
#include <string.h>

#define SIDE_MAX 30000u
#define POINTS_MAX (100u * 1000 * 1000) /* what a viewer unpacks, in pixels */

struct kt_pictures {
	struct kt_picture *at;
	size_t n, cap;
};

struct kt_pictures *
kt_pictures_new(void)
{
	return kt_calloc(1, sizeof(struct kt_pictures));
}

void
kt_pictures_free(struct kt_pictures *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++) {
		free(p->at[i].name);
		kt_buf_release(&p->at[i].bytes);
	}
	free(p->at);
	free(p);
}

static uint32_t
number(const unsigned char *p, unsigned bytes)
{
	uint32_t n = 0;

	while (bytes-- > 0)
		n = n << 8 | *p++;
	return n;
}

/* ---- PNG: chunks from IHDR to IEND, none cut short --------------------- */

#define PNG_SIGN "\x89PNG\r\n\x1a\n"

static bool
measure_png(struct kt_picture *to, const unsigned char *p, size_t n)
{
	size_t at = 8;
	bool data = false;

	if (n < 33 || number(p + 8, 4) != 13 || memcmp(p + 12, "IHDR", 4) != 0)
		return false;
	to->width = number(p + 16, 4);
	to->height = number(p + 20, 4);
	while (n - at >= 12) {
		size_t length = number(p + at, 4);

		if (length > n - at - 12)
			return false;
		data |= memcmp(p + at + 4, "IDAT", 4) == 0 && length > 0;
		if (memcmp(p + at + 4, "IEND", 4) == 0)
			return data;
		at += length + 12;
	}
	return false;
}

/* ---- JPEG: segments up to the picture, and its end --------------------- */

/* The frame, SOF0 to SOF15 without DHT, JPG and DAC. */
static bool
is_frame(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
	       marker != 0xc8 && marker != 0xcc;
}

static bool
has_end(const unsigned char *p, size_t n)
{
	for (; n >= 2; n--)
		if (p[n - 2] == 0xff && p[n - 1] == 0xd9)
			return true;
	return false;
}

static bool
measure_jpeg(struct kt_picture *to, const unsigned char *p, size_t n)
{
	size_t at = 2;

	while (n - at >= 4) {
		unsigned marker = p[at + 1];
		size_t length = number(p + at + 2, 2);

		if (p[at] != 0xff)
			return false;
		if (marker == 0xff) { /* filling */
			at++;
			continue;
		}
		if (length < 2 || length > n - at - 2)
			return false;
		if (is_frame(marker) && length >= 8) {
			to->height = number(p + at + 5, 2);
			to->width = number(p + at + 7, 2);
		}
		at += length + 2;
		if (marker == 0xda)
			return to->width != 0 && has_end(p + at, n - at);
	}
	return false;
}

/* ---- the table --------------------------------------------------------- */

static bool
measure(struct kt_picture *to)
{
	const unsigned char *p = (const unsigned char *)to->bytes.p;
	size_t n = to->bytes.len;

	to->png = n >= 8 && memcmp(p, PNG_SIGN, 8) == 0;
	if (to->png)
		return measure_png(to, p, n);
	return n >= 4 && memcmp(p, "\xff\xd8\xff", 3) == 0 &&
	       measure_jpeg(to, p, n);
}

int
kt_pictures_add(struct kt_pictures *p, const char *name, struct kt_buf *bytes,
    struct kt_place at, struct kt_diag *d)
{
	struct kt_picture got = { .bytes = *bytes };
	enum kt_msg_id fault = KT_M__COUNT;

	*bytes = (struct kt_buf)KT_BUF_INIT;
	if (!measure(&got) || got.width == 0 || got.height == 0)
		fault = KT_M_PICTURE_UNKNOWN;
	else if (got.width > SIDE_MAX || got.height > SIDE_MAX ||
		 got.width > POINTS_MAX / got.height)
		fault = KT_M_PICTURE_HUGE;
	if (fault != KT_M__COUNT) {
		kt_buf_release(&got.bytes);
		kt_report(d, .id = fault, .at = at, .a = name);
		return KT_EINPUT;
	}
	got.name = kt_strdup(name);
	KT_GROW(p->at, p->n, p->cap);
	p->at[p->n++] = got;
	return KT_OK;
}

size_t
kt_pictures_count(const struct kt_pictures *p)
{
	return p == NULL ? 0 : p->n;
}

const char *
kt_pictures_name(const struct kt_pictures *p, size_t i)
{
	return p->at[i].name;
}

const struct kt_buf *
kt_pictures_bytes(const struct kt_pictures *p, size_t i)
{
	return &p->at[i].bytes;
}

size_t
kt_pictures_differ(const struct kt_pictures *a, const struct kt_pictures *b,
    const char **first)
{
	size_t n = 0;

	for (size_t i = 0; a != NULL && i < a->n; i++) {
		const struct kt_picture *other = picture_find(b, a->at[i].name);

		if (other == NULL || picture_same(&a->at[i], other))
			continue;
		if (n++ == 0)
			*first = a->at[i].name;
	}
	return n;
}

const struct kt_picture *
picture_at(const struct kt_pictures *p, size_t i)
{
	return &p->at[i];
}

const struct kt_picture *
picture_find(const struct kt_pictures *p, const char *name)
{
	for (size_t i = 0; p != NULL && name != NULL && i < p->n; i++)
		if (strcmp(p->at[i].name, name) == 0)
			return &p->at[i];
	return NULL;
}

bool
picture_same(const struct kt_picture *a, const struct kt_picture *b)
{
	return a == b ||
	       (a != NULL && b != NULL && a->bytes.len == b->bytes.len &&
		   memcmp(a->bytes.p, b->bytes.p, a->bytes.len) == 0);
}

const char *
picture_type(const struct kt_picture *p)
{
	return p->png ? "image/png" : "image/jpeg";
}
