/* SPDX-License-Identifier: MIT */
/*
 * The lines that a page draws.  poppler has no call for them, but rendered to
 * a cairo SVG surface every path of the page stands in the SVG as it was
 * drawn.  Rules are filled rectangles half a point thick as often as strokes.
 */
#include "helper.h"

#include <cairo-svg.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

/* SVG of one page, pictures left out of it. */
#define MOST_BYTES ((gsize)64 << 20)
/* A rule is no thicker and no shorter than this, in points. */
#define THICK 2.5
#define SHORT 4.0

struct svg {
	GByteArray *bytes;
	gboolean in_picture, over;
};

/* Keep the markup, drop what is inside "data:…". */
static cairo_status_t
take(void *closure, const unsigned char *p, unsigned n)
{
	struct svg *svg = closure;

	if (svg->over)
		return CAIRO_STATUS_SUCCESS;
	while (n > 0) {
		const unsigned char *quote = memchr(p, '"', n);
		unsigned len = quote == NULL ? n : (unsigned)(quote - p) + 1;

		if (!svg->in_picture)
			g_byte_array_append(svg->bytes, p, len);
		else if (quote != NULL)
			svg->in_picture = FALSE;
		p += len;
		n -= len;
		if (n >= 5 && memcmp(p, "data:", 5) == 0)
			svg->in_picture = TRUE;
	}
	if (svg->bytes->len > MOST_BYTES)
		svg->over = TRUE;
	return CAIRO_STATUS_SUCCESS;
}

/* Shapes that are filled with a colour, where white rules can be seen. */
#define MOST_SHAPES 2000

struct shapes {
	struct {
		double x0, y0, x1, y1;
	} at[MOST_SHAPES];
	unsigned n;
};

struct pen {
	gboolean fills, strokes;
	gboolean white; /* the strokes, or the fill where there are none */
	struct shapes *shapes;
	double width; /* of the stroke */
	double m[6]; /* from the path to the page */
};

/* The value of an attribute of a tag, not ended by NUL; NULL when absent. */
static const char *
attribute(const char *tag, const char *end, const char *name)
{
	gsize n = strlen(name);

	for (const char *p = tag; p + n + 2 < end; p++)
		if (p[0] == ' ' && strncmp(p + 1, name, n) == 0 &&
		    p[1 + n] == '=' && p[2 + n] == '"')
			return p + 3 + n;
	return NULL;
}

static const char *
within(const char *p, const char *end, const char *what)
{
	return p == NULL ? NULL : g_strstr_len(p, end - p, what);
}

/* What a style says of a key; "" when nothing. */
static const char *
colour_of(const char *style, const char *end, const char *key)
{
	const char *p = within(style, end, key);

	return p == NULL ? "none" : p + strlen(key);
}

static gboolean
is_none(const char *colour)
{
	return strncmp(colour, "none", 4) == 0;
}

static gboolean
is_white(const char *colour)
{
	return strncmp(colour, "rgb(100%,100%,100%)", 19) == 0;
}

static void
read_pen(struct pen *pen, const char *tag, const char *end)
{
	const char *style = attribute(tag, end, "style"), *p;
	const char *matrix = attribute(tag, end, "transform");
	const char *fill, *stroke;
	static const double same[6] = { 1, 0, 0, 1, 0, 0 };

	memcpy(pen->m, same, sizeof(same));
	fill = style != NULL && strncmp(style, "fill:", 5) == 0
		   ? style + 5
		   : colour_of(style, end, ";fill:");
	stroke = colour_of(style, end, ";stroke:");
	pen->fills = !is_none(fill);
	pen->strokes = !is_none(stroke);
	pen->white = is_white(pen->strokes ? stroke : fill);
	p = within(style, end, "stroke-width:");
	pen->width = p == NULL ? 0 : g_ascii_strtod(p + 13, NULL);
	if (matrix == NULL || strncmp(matrix, "matrix(", 7) != 0)
		return;
	p = matrix + 7;
	for (unsigned i = 0; i < 6; i++) {
		char *next;

		pen->m[i] = g_ascii_strtod(p, &next);
		p = *next == ',' ? next + 1 : next;
	}
}

static void
to_page(const struct pen *pen, double *x, double *y)
{
	double px = *x, py = *y;

	*x = pen->m[0] * px + pen->m[2] * py + pen->m[4];
	*y = pen->m[1] * px + pen->m[3] * py + pen->m[5];
}

/* Is there a colour beside the middle of a rule? */
static gboolean
is_on_colour(const struct shapes *s, double x, double y)
{
	for (unsigned i = 0; i < s->n; i++)
		if (x > s->at[i].x0 - THICK && x < s->at[i].x1 + THICK &&
		    y > s->at[i].y0 - THICK && y < s->at[i].y1 + THICK)
			return TRUE;
	return FALSE;
}

static void
put_rule(const struct pen *pen, double x0, double y0, double x1, double y1)
{
	double w = fabs(x1 - x0), h = fabs(y1 - y0);

	if (fmin(w, h) > THICK || fmax(w, h) < SHORT || !isfinite(w + h))
		return;
	if (pen->white &&
	    !is_on_colour(pen->shapes, (x0 + x1) / 2, (y0 + y1) / 2))
		return;
	printf("%s %ld %ld %ld %ld\n", pen->white ? "edge" : "rule",
	    hundredths(fmin(x0, x1)), hundredths(fmin(y0, y1)),
	    hundredths(fmax(x0, x1)), hundredths(fmax(y0, y1)));
}

static void
note_shape(const struct pen *pen, double x0, double y0, double x1, double y1)
{
	struct shapes *s = pen->shapes;

	if (pen->white || s->n == MOST_SHAPES || x1 - x0 < 2 * SHORT ||
	    y1 - y0 < 2 * SHORT)
		return;
	s->at[s->n].x0 = x0;
	s->at[s->n].y0 = y0;
	s->at[s->n].x1 = x1;
	s->at[s->n++].y1 = y1;
}

/* A subpath: its points, straight from each to the next or not. */
struct subpath {
	double x[64], y[64];
	gboolean straight[64];
	unsigned n;
};

/* A filled shape is a rule where it is thin; a stroke, where it is level. */
static void
put_subpath(const struct pen *pen, const struct subpath *s)
{
	double x0 = s->x[0], x1 = x0, y0 = s->y[0], y1 = y0;

	if (s->n < 2)
		return;
	for (unsigned i = 1; i < s->n; i++) {
		x0 = fmin(x0, s->x[i]);
		x1 = fmax(x1, s->x[i]);
		y0 = fmin(y0, s->y[i]);
		y1 = fmax(y1, s->y[i]);
	}
	if (pen->fills && s->n < G_N_ELEMENTS(s->x)) {
		note_shape(pen, x0, y0, x1, y1);
		put_rule(pen, x0, y0, x1, y1);
	}
	for (unsigned i = 1; pen->strokes && i < s->n; i++) {
		double dx = fabs(s->x[i] - s->x[i - 1]);
		double dy = fabs(s->y[i] - s->y[i - 1]);

		if (s->straight[i] && (dx < 0.3 || dy < 0.3))
			put_rule(
			    pen, s->x[i - 1], s->y[i - 1], s->x[i], s->y[i]);
	}
}

static void
add_point(struct subpath *s, const struct pen *pen, double x, double y,
    gboolean straight)
{
	to_page(pen, &x, &y);
	if (s->n == G_N_ELEMENTS(s->x)) {
		put_subpath(pen, s);
		s->x[0] = s->x[s->n - 1];
		s->y[0] = s->y[s->n - 1];
		s->n = 1;
	}
	s->x[s->n] = x;
	s->y[s->n] = y;
	s->straight[s->n++] = straight;
}

/* The outlines of letters, drawn to make them bold, and of round frames: their
 * level strokes are no rules. */
static gboolean
is_bent(const char *p, const char *end)
{
	const char *close = memchr(p, '"', (gsize)(end - p));

	return memchr(p, 'C', (gsize)((close == NULL ? end : close) - p)) !=
	       NULL;
}

/* M x y L x y … C x1 y1 x2 y2 x y … Z, as cairo writes it. */
static void
put_path(const struct pen *pen, const char *p, const char *end)
{
	struct subpath s = { .n = 0 };

	while (p < end && *p != '"') {
		char op = *p++;
		double v[6] = { 0 };
		unsigned n = op == 'C' ? 6 : op == 'M' || op == 'L' ? 2 : 0;

		for (unsigned i = 0; i < n; i++) {
			char *next;

			v[i] = g_ascii_strtod(p, &next);
			p = next;
		}
		if (op == 'M') {
			put_subpath(pen, &s);
			s.n = 0;
		}
		if (n > 0)
			add_point(&s, pen, v[n - 2], v[n - 1], op == 'L');
		if (op == 'Z' && s.n > 0) {
			double x = s.x[0], y = s.y[0];

			if (s.n < G_N_ELEMENTS(s.x)) {
				s.x[s.n] = x;
				s.y[s.n] = y;
				s.straight[s.n++] = TRUE;
			}
		}
	}
	put_subpath(pen, &s);
}

/* Paths that are drawn: those in <defs> are glyphs, clips and patterns. */
static void
put_paths(const char *svg, gsize n, struct shapes *shapes)
{
	const char *p = svg, *end = svg + n, *close;

	while ((p = memchr(p, '<', (gsize)(end - p))) != NULL) {
		if (strncmp(p, "<defs", 5) == 0 &&
		    (close = within(p, end, "</defs>")) != NULL) {
			p = close;
			continue;
		}
		close = memchr(p, '>', (gsize)(end - p));
		if (close == NULL)
			return;
		if (strncmp(p, "<path ", 6) == 0) {
			const char *d = attribute(p, close, "d");
			struct pen pen = { .shapes = shapes };

			read_pen(&pen, p, close);
			if (d != NULL && pen.strokes && is_bent(d, close))
				pen.strokes = FALSE;
			if (d != NULL && (pen.fills || pen.strokes))
				put_path(&pen, d, close);
		}
		p = close;
	}
}

/* Coloured shapes that may hold words. */
static void
put_shapes(const struct shapes *s)
{
	for (unsigned i = 0; i < s->n; i++)
		printf("shape %ld %ld %ld %ld\n", hundredths(s->at[i].x0),
		    hundredths(s->at[i].y0), hundredths(s->at[i].x1),
		    hundredths(s->at[i].y1));
}

gboolean
put_rules(PopplerPage *page)
{
	struct svg svg = { .bytes = g_byte_array_new() };
	struct shapes *shapes;
	double width, height;
	cairo_surface_t *surface;
	cairo_t *cr;
	gboolean good;

	poppler_page_get_size(page, &width, &height);
	surface =
	    cairo_svg_surface_create_for_stream(take, &svg, width, height);
	cr = cairo_create(surface);
	poppler_page_render(page, cr);
	good = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	good = good && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS &&
	       !svg.over;
	cairo_surface_destroy(surface);
	g_byte_array_append(svg.bytes, (const guint8 *)"", 1);
	if (good) {
		shapes = g_new0(struct shapes, 1);
		put_paths(
		    (const char *)svg.bytes->data, svg.bytes->len - 1, shapes);
		put_shapes(shapes);
		g_free(shapes);
	}
	g_byte_array_free(svg.bytes, TRUE);
	return good;
}
