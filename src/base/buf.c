/* SPDX-License-Identifier: MIT */
/* Bytes that grow: never NULL, always a C string, capped where asked. */
#include <kaitei/base.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What an empty buffer points to; nobody writes more than its NUL. */
char kt_buf_nothing[1];

void
kt_buf_release(struct kt_buf *b)
{
	if (b->p != kt_buf_nothing)
		free(b->p);
	b->p = kt_buf_nothing;
	b->len = b->cap = 0;
	b->over = false;
}

void
kt_buf_clear(struct kt_buf *b)
{
	kt_buf_cut(b, 0);
	b->over = false;
}

void
kt_buf_cut(struct kt_buf *b, size_t n)
{
	assert(n <= b->len);
	b->len = n;
	if (b->cap != 0)
		b->p[n] = '\0';
}

void
kt_buf_reserve(struct kt_buf *b, size_t more)
{
	size_t need, cap;

	if (more > SIZE_MAX / 2 - b->len)
		kt_no_memory();
	need = b->len + more + 1;
	/* Nothing of its own, no room: the compiler is told, so that it does
	 * not see bytes written behind kt_buf_nothing. */
	if (b->cap != 0 && need <= b->cap)
		return;
	cap = b->cap + b->cap / 2;
	if (cap < need)
		cap = need;
	if (cap < 64)
		cap = 64;
	b->p = kt_realloc(b->p == kt_buf_nothing ? NULL : b->p, cap);
	b->p[b->len] = '\0';
	b->cap = cap;
}

void
kt_buf_put(struct kt_buf *b, const void *p, size_t n)
{
	if (b->limit != 0 && n > b->limit - b->len) {
		n = b->limit - b->len;
		b->over = true;
	}
	if (n == 0)
		return;
	kt_buf_reserve(b, n);
	memcpy(b->p + b->len, p, n);
	b->len += n;
	b->p[b->len] = '\0';
}

void
kt_buf_puts(struct kt_buf *b, const char *s)
{
	kt_buf_put(b, s, strlen(s));
}

void
kt_buf_putc(struct kt_buf *b, char c)
{
	kt_buf_put(b, &c, 1);
}

void
kt_buf_vprintf(struct kt_buf *b, const char *fmt, va_list ap)
{
	char small[256], *big;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	assert(n >= 0);
	if ((size_t)n < sizeof(small)) {
		kt_buf_put(b, small, (size_t)n);
	} else {
		big = kt_malloc((size_t)n + 1);
		vsnprintf(big, (size_t)n + 1, fmt, again);
		kt_buf_put(b, big, (size_t)n);
		free(big);
	}
	va_end(again);
}

void
kt_buf_printf(struct kt_buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	kt_buf_vprintf(b, fmt, ap);
	va_end(ap);
}

void
kt_buf_base64(struct kt_buf *out, const void *bytes, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = bytes;

	kt_buf_reserve(out, n / 3 * 4 + 8);
	for (size_t i = 0; i < n; i += 3) {
		size_t left = n - i;
		unsigned long v =
		    (unsigned long)p[i] << 16 |
		    (left > 1 ? (unsigned long)p[i + 1] << 8 : 0) |
		    (left > 2 ? p[i + 2] : 0);

		kt_buf_putc(out, digits[v >> 18]);
		kt_buf_putc(out, digits[v >> 12 & 63]);
		kt_buf_putc(out, left > 1 ? digits[v >> 6 & 63] : '=');
		kt_buf_putc(out, left > 2 ? digits[v & 63] : '=');
	}
}

char *
kt_buf_detach(struct kt_buf *b)
{
	char *p = b->cap == 0 ? kt_strdup("") : b->p;

	b->p = kt_buf_nothing;
	b->len = b->cap = 0;
	return p;
}
