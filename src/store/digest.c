/* SPDX-License-Identifier: MIT */
/* SHA-256, by nettle, as sha256sum prints it. */
#include "store_int.h"

#include <stdlib.h>

#include "late_nettle.h"

struct kt_digest {
	struct sha256_ctx ctx;
};

struct kt_digest *
kt_digest_new(void)
{
	struct kt_digest *g = kt_malloc(sizeof(*g));

	nettle_sha256_init(&g->ctx);
	return g;
}

void
kt_digest_put(struct kt_digest *g, const void *bytes, size_t n)
{
	nettle_sha256_update(&g->ctx, n, bytes);
}

void
kt_digest_end(struct kt_digest *g, char hex[KT_SHA256_LEN + 1])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t raw[SHA256_DIGEST_SIZE];

	nettle_sha256_digest(&g->ctx, sizeof(raw), raw);
	free(g);
	for (size_t i = 0; i < sizeof(raw); i++) {
		hex[2 * i] = digits[raw[i] >> 4];
		hex[2 * i + 1] = digits[raw[i] & 15];
	}
	hex[KT_SHA256_LEN] = '\0';
}

void
kt_sha256(char hex[KT_SHA256_LEN + 1], const void *bytes, size_t n)
{
	struct kt_digest *g = kt_digest_new();

	kt_digest_put(g, bytes, n);
	kt_digest_end(g, hex);
}
