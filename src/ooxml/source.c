/* SPDX-License-Identifier: MIT */
/* Bytes that lie anywhere, as libzip reads them. */
#include "ooxml_int.h"

#include <stdlib.h>
#include <string.h>

struct place {
	const struct kt_package_bytes *bytes;
	uint64_t at;
	zip_error_t error;
};

static zip_int64_t
fail(struct place *p, int code)
{
	zip_error_set(&p->error, code, 0);
	return -1;
}

static zip_int64_t
read_bytes(struct place *p, void *to, zip_uint64_t n)
{
	uint64_t left = p->bytes->size - p->at;

	if (n > left)
		n = left;
	if (n > INT64_MAX || !p->bytes->get(p->bytes->of, to, n, p->at))
		return fail(p, ZIP_ER_READ);
	p->at += n;
	return (zip_int64_t)n;
}

static zip_int64_t
seek(struct place *p, void *data, zip_uint64_t n)
{
	zip_int64_t to = zip_source_seek_compute_offset(
	    p->at, p->bytes->size, data, n, &p->error);

	if (to < 0)
		return -1;
	p->at = (uint64_t)to;
	return 0;
}

static zip_int64_t
tell_size(const struct place *p, void *data)
{
	zip_stat_t *st = data;

	zip_stat_init(st);
	st->valid = ZIP_STAT_SIZE;
	st->size = p->bytes->size;
	return (zip_int64_t)sizeof(*st);
}

static zip_int64_t
answer(void *of, void *data, zip_uint64_t n, zip_source_cmd_t command)
{
	struct place *p = of;

	if (command == ZIP_SOURCE_OPEN) {
		p->at = 0;
		return 0;
	}
	if (command == ZIP_SOURCE_READ)
		return read_bytes(p, data, n);
	if (command == ZIP_SOURCE_SEEK)
		return seek(p, data, n);
	if (command == ZIP_SOURCE_TELL)
		return (zip_int64_t)p->at;
	if (command == ZIP_SOURCE_STAT)
		return tell_size(p, data);
	if (command == ZIP_SOURCE_ERROR)
		return zip_error_to_data(&p->error, data, n);
	if (command == ZIP_SOURCE_CLOSE)
		return 0;
	if (command == ZIP_SOURCE_FREE) {
		free(p);
		return 0;
	}
	if (command == ZIP_SOURCE_SUPPORTS)
		return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN,
		    ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
		    ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK,
		    ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
	return fail(p, ZIP_ER_OPNOTSUPP);
}

zip_source_t *
ooxml_source(const struct kt_package_bytes *bytes, zip_error_t *error)
{
	struct place *p = kt_calloc(1, sizeof(*p));
	zip_source_t *made;

	p->bytes = bytes;
	zip_error_init(&p->error);
	made = zip_source_function_create(answer, p, error);
	if (made == NULL)
		free(p);
	return made;
}
