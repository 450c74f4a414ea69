/* SPDX-License-Identifier: MIT */
/*
 * A fast hash for tables in memory: multiply and fold 64 × 64 bits, eight
 * bytes at a time.  Not for untrusted keys where collisions would cost, not
 * for anything that is stored.
 */
#include <kaitei/base.h>

#include <string.h>

#define K0 UINT64_C(0xa0761d6478bd642f)
#define K1 UINT64_C(0xe7037ed1a0b428db)

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

static uint64_t
fold(uint64_t a, uint64_t b)
{
	wide product = (wide)a * b;

	return (uint64_t)(product >> 64) ^ (uint64_t)product;
}
#else
static uint64_t
fold(uint64_t a, uint64_t b)
{
	uint64_t al = a & UINT32_MAX, ah = a >> 32;
	uint64_t bl = b & UINT32_MAX, bh = b >> 32;
	uint64_t lo = al * bl, m1 = ah * bl, m2 = al * bh, hi = ah * bh;
	uint64_t mid = (lo >> 32) + (m1 & UINT32_MAX) + (m2 & UINT32_MAX);

	hi += (m1 >> 32) + (m2 >> 32) + (mid >> 32);
	lo = (mid << 32) | (lo & UINT32_MAX);
	return hi ^ lo;
}
#endif

uint64_t
kt_hash_mix(uint64_t a, uint64_t b)
{
	return fold(a ^ K0, b ^ K1);
}

uint64_t
kt_hash(const void *p, size_t n, uint64_t seed)
{
	const unsigned char *s = p;
	uint64_t h = seed ^ K0 ^ n, x;

	for (; n >= 8; s += 8, n -= 8) {
		memcpy(&x, s, 8);
		h = fold(h ^ x, K1);
	}
	if (n > 0) {
		x = 0;
		memcpy(&x, s, n);
		h = fold(h ^ x, K0);
	}
	return fold(h, K1);
}
