/* SPDX-License-Identifier: MIT */
/* kaitei-pdf: the commands; see helper.h. */
#include "helper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DONE = 0, USAGE = 2, DAMAGED = 3, ENCRYPTED = 4 };

/* A picture no larger than this, in dots of either side. */
#define MOST_DOTS 6000.0

long
hundredths(double points)
{
	if (!(points > -1e7 && points < 1e7))
		return 0;
	return (long)(points * 100 + (points < 0 ? -0.5 : 0.5));
}

void
put_words(const char *name, const char *words)
{
	if (name[0] != '\0')
		printf("%s ", name);
	for (; *words != '\0'; words++)
		putchar((unsigned char)*words < ' ' ? ' ' : *words);
	putchar('\n');
}

static int
has_data(void)
{
	return g_file_test(
	    POPPLER_DATA "/cMap/Adobe-Japan1", G_FILE_TEST_IS_DIR);
}

static GBytes *
read_input(void)
{
	GByteArray *all = g_byte_array_new();
	guint8 page[65536];
	size_t n;

	while ((n = fread(page, 1, sizeof(page), stdin)) > 0)
		g_byte_array_append(all, page, (guint)n);
	return g_byte_array_free_to_bytes(all);
}

static PopplerDocument *
open_document(GBytes *bytes, int *status)
{
	GError *error = NULL;
	PopplerDocument *document =
	    poppler_document_new_from_bytes(bytes, NULL, &error);

	*status = DONE;
	if (document == NULL) {
		*status = g_error_matches(
			      error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)
			      ? ENCRYPTED
			      : DAMAGED;
		fprintf(stderr, "%s\n", error == NULL ? "" : error->message);
		g_clear_error(&error);
	}
	return document;
}

static void
put_images(PopplerPage *page)
{
	GList *list = poppler_page_get_image_mapping(page);

	for (GList *i = list; i != NULL; i = i->next) {
		const PopplerRectangle *area =
		    &((PopplerImageMapping *)i->data)->area;

		printf("image %ld %ld %ld %ld\n", hundredths(area->x1),
		    hundredths(area->y1), hundredths(area->x2),
		    hundredths(area->y2));
	}
	poppler_page_free_image_mapping(list);
}

static void
put_page(PopplerDocument *document, int number, GHashTable *vertical)
{
	PopplerPage *page = poppler_document_get_page(document, number - 1);
	double width = 0, height = 0;
	char *label;

	if (page == NULL) {
		printf("page %d 0 0\nunread page\nend %d\n", number, number);
		return;
	}
	poppler_page_get_size(page, &width, &height);
	printf(
	    "page %d %ld %ld\n", number, hundredths(width), hundredths(height));
	label = poppler_page_get_label(page);
	if (label != NULL)
		put_words("label", label);
	g_free(label);
	/* What was read is out before something breaks. */
	fflush(stdout);
	put_text(page, vertical);
	put_images(page);
	fflush(stdout);
	if (!put_rules(page))
		puts("unread rules");
	printf("end %d\n", number);
	fflush(stdout);
	g_object_unref(page);
}

static int
text(PopplerDocument *document, int first, int last)
{
	int n = poppler_document_get_n_pages(document);
	char *title = poppler_document_get_title(document);
	GHashTable *vertical;

	printf("pages %d\n", n);
	if (title != NULL && title[0] != '\0')
		put_words("title", title);
	g_free(title);
	if (first == 1)
		put_tags(document);
	if (last > n)
		last = n;
	vertical = find_vertical_fonts(document);
	for (int i = first; i <= last; i++)
		put_page(document, i, vertical);
	g_hash_table_destroy(vertical);
	puts("done");
	return DONE;
}

static cairo_status_t
put_bytes(void *closure, const unsigned char *p, unsigned n)
{
	(void)closure;
	return fwrite(p, 1, n, stdout) == n ? CAIRO_STATUS_SUCCESS
					    : CAIRO_STATUS_WRITE_ERROR;
}

static int
picture(PopplerDocument *document, int number, double dpi)
{
	PopplerPage *page = poppler_document_get_page(document, number - 1);
	double width, height, scale = dpi / 72;
	cairo_surface_t *surface;
	cairo_t *cr;
	int status = DAMAGED;

	if (page == NULL)
		return DAMAGED;
	poppler_page_get_size(page, &width, &height);
	if (scale * MAX(width, height) > MOST_DOTS)
		scale = MOST_DOTS / MAX(width, height);
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
	    (int)(width * scale) + 1, (int)(height * scale) + 1);
	cr = cairo_create(surface);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, scale, scale);
	poppler_page_render(page, cr);
	if (cairo_status(cr) == CAIRO_STATUS_SUCCESS &&
	    cairo_surface_write_to_png_stream(surface, put_bytes, NULL) ==
		CAIRO_STATUS_SUCCESS)
		status = DONE;
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	g_object_unref(page);
	return status;
}

static void
put_head(void)
{
	printf("kaitei-pdf 1\npoppler %s\ndata %d\n", poppler_get_version(),
	    has_data());
	fflush(stdout);
}

/* Carry out one command on the file at standard input. */
static int
run(PopplerDocument *document, int argc, char **argv)
{
	const char *command = argv[1];
	int first = argc > 2 ? atoi(argv[2]) : 1;

	if (strcmp(command, "picture") == 0)
		return picture(document, first, atof(argv[3]));
	if (strcmp(command, "text") == 0)
		return text(
		    document, first, argc > 3 ? atoi(argv[3]) : 1 << 30);
	put_heads(document);
	puts("done");
	return DONE;
}

static int
is_command(int argc, char **argv)
{
	const char *command = argc > 1 ? argv[1] : "";

	if (argc > 2 && atoi(argv[2]) < 1)
		return 0;
	return strcmp(command, "text") == 0 || strcmp(command, "heads") == 0 ||
	       (strcmp(command, "picture") == 0 && argc >= 4);
}

int
main(int argc, char **argv)
{
	int status;
	PopplerDocument *document;
	GBytes *bytes;

	if (argc > 1 && strcmp(argv[1], "check") == 0) {
		put_head();
		return DONE;
	}
	if (!is_command(argc, argv))
		return USAGE;
	if (argv[1][0] == 't')
		put_head();
	bytes = read_input();
	document = open_document(bytes, &status);
	if (document != NULL) {
		status = run(document, argc, argv);
		g_object_unref(document);
	}
	g_bytes_unref(bytes);
	return fflush(stdout) == 0 ? status : DAMAGED;
}
