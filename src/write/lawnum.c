/* SPDX-License-Identifier: MIT */
/*
 * Numbers as 法令標準XML has them in attributes: of clauses from their
 * labels, of the law from its 法令番号.
 */
#include "law_int.h"

#include <string.h>

static void
put_num(struct kt_buf *out, const struct kt_num *num)
{
	for (size_t i = 0; i < num->n; i++)
		kt_buf_printf(out, i == 0 ? "%u" : "_%u", num->v[i]);
}

void
law_out_num_of(struct law_out *o, const struct kt_num *num)
{
	struct kt_buf b = KT_BUF_INIT;

	put_num(&b, num);
	if (b.len > 0)
		kt_xmlw_attr(o->w, "Num", b.p);
	kt_buf_release(&b);
}

/* The next field of a tab-separated first line; false when there is none. */
static bool
field(const char **p, size_t *n)
{
	const char *at = *p + strcspn(*p, "\t\n");

	if (*at != '\t')
		return false;
	*p = at + 1;
	*n = strcspn(*p, "\t\n");
	return true;
}

/* The number that the source gave with this label. */
static bool
source_num(const struct kt_node *node, const char **num, size_t *n)
{
	const char *p = node->origin;
	size_t label;

	if (!field(&p, &label) || strlen(node->label) != label ||
	    memcmp(node->label, p, label) != 0 || !field(&p, n))
		return false;
	*num = p;
	return true;
}

void
law_out_num(struct law_out *o, const struct kt_node *node, size_t place)
{
	struct kt_buf b = KT_BUF_INIT;
	const char *num;
	size_t n;

	if (source_num(node, &num, &n)) {
		kt_buf_put(&b, num, n);
	} else if (node->num.n > 0) {
		put_num(&b, &node->num);
		if (node->to.n > 0) {
			kt_buf_putc(&b, ':');
			put_num(&b, &node->to);
		}
	} else if (place > 0) {
		kt_buf_printf(&b, "%zu", place);
	}
	if (b.len > 0)
		kt_xmlw_attr(o->w, "Num", b.p);
	kt_buf_release(&b);
}

/* ---- 法令番号 --------------------------------------------------------- */

static const char *const eras[][2] = { { "明治", "Meiji" },
	{ "大正", "Taisho" }, { "昭和", "Showa" }, { "平成", "Heisei" },
	{ "令和", "Reiwa" } };

/* 昭和六十二年 at p; bytes used, 0 when there is none. */
static size_t
read_year(const char *p, size_t *era, unsigned *year)
{
	static const char first[] = "元", sign[] = "年";
	enum kt_form form;
	size_t used, n;

	for (*era = 0; *era < KT_COUNT(eras); ++*era) {
		n = strlen(eras[*era][0]);
		if (strncmp(p, eras[*era][0], n) != 0)
			continue;
		used = kt_num_plain(year, &form, p + n, strlen(p + n));
		if (used == 0 && strncmp(p + n, first, strlen(first)) == 0) {
			*year = 1;
			used = strlen(first);
		}
		n += used;
		return used > 0 && strncmp(p + n, sign, strlen(sign)) == 0
			   ? n + strlen(sign)
			   : 0;
	}
	return 0;
}

/* 088 of 第八十八号, 1_69 of 一―六九 as in the rules of 人事院. */
static void
put_serial(struct kt_buf *out, const char *number)
{
	static const char sign[] = "第", joint[] = "―", rule[] = "規則";
	const char *p = strstr(number, sign);
	enum kt_form form;
	unsigned n = 0, m = 0;
	size_t used;

	if (p != NULL) {
		p += strlen(sign);
		if (kt_num_plain(&n, &form, p, strlen(p)) > 0)
			kt_buf_printf(out, "%03u", n);
		return;
	}
	p = strstr(number, rule);
	if (p == NULL)
		return;
	p += strlen(rule);
	used = kt_num_plain(&n, &form, p, strlen(p));
	if (used == 0 || strncmp(p + used, joint, strlen(joint)) != 0)
		return;
	p += used + strlen(joint);
	if (kt_num_plain(&m, &form, p, strlen(p)) > 0)
		kt_buf_printf(out, "%u_%u", n, m);
}

/* The kind of law, from words of its number or, failing these, its kind.  A
 * municipality's rules have no name of their own: Misc, also its 規則, which
 * national bodies write with the name of the body before it. */
static const char *
type_of(const char *number, const char *kind)
{
	static const char *const words[][2] = { { "法律", "Act" },
		{ "政令", "CabinetOrder" }, { "勅令", "ImperialOrdinance" },
		{ "省令", "MinisterialOrdinance" },
		{ "府令", "MinisterialOrdinance" }, { "委員会規則", "Rule" },
		{ "人事院規則", "Rule" }, { "会計検査院規則", "Rule" },
		{ "最高裁判所規則", "Rule" } };
	for (size_t i = 0; i < KT_COUNT(words); i++)
		if (strstr(number, words[i][0]) != NULL)
			return words[i][1];
	for (size_t i = 0; number[0] == '\0' && i < KT_COUNT(words); i++)
		if (strcmp(kind, words[i][0]) == 0)
			return words[i][1];
	return "Misc";
}

/* Era and year of the number or, failing that, of a date. */
static bool
year_of(const struct kt_meta *m, size_t *era, unsigned *year)
{
	struct kt_date date =
	    m->promulgated.year != 0 ? m->promulgated : m->decided;
	struct kt_buf b = KT_BUF_INIT;
	bool known = read_year(m->number, era, year) > 0;

	if (!known && date.year != 0) {
		kt_date_wareki(&b, date);
		known = read_year(b.p, era, year) > 0;
	}
	kt_buf_release(&b);
	return known;
}

enum { ERA, YEAR, NUM, TYPE, ATTRIBUTES };

static const char *const attributes[ATTRIBUTES] = { "Era", "Year", "Num",
	"LawType" };

/* As the source had them, if the law still has its number. */
static bool
source_attributes(struct kt_buf *out, const struct kt_doc *doc)
{
	const char *p = doc->root->origin;
	size_t n;

	if (!field(&p, &n) || strlen(doc->meta.number) != n ||
	    memcmp(doc->meta.number, p, n) != 0)
		return false;
	for (size_t i = 0; i < ATTRIBUTES; i++) {
		if (!field(&p, &n))
			return false;
		kt_buf_put(&out[i], p, n);
	}
	return true;
}

static void
made_attributes(struct kt_buf *out, struct law_out *o)
{
	const struct kt_meta *m = &o->doc->meta;
	size_t era = KT_COUNT(eras) - 1;
	unsigned year = 1;

	for (size_t i = 0; i < ATTRIBUTES; i++)
		kt_buf_clear(&out[i]);
	if (!year_of(m, &era, &year)) {
		era = KT_COUNT(eras) - 1;
		year = 1;
		kt_report(o->d, .id = KT_M_LAW_NO_NUMBER,
		    .at = { .file = o->doc->source });
	}
	kt_buf_puts(&out[ERA], eras[era][1]);
	kt_buf_printf(&out[YEAR], "%02u", year);
	put_serial(&out[NUM], m->number);
	kt_buf_puts(&out[TYPE], type_of(m->number, m->kind));
}

void
law_out_law_attributes(struct law_out *o)
{
	const struct kt_date *date = &o->doc->meta.promulgated;
	struct kt_buf b[ATTRIBUTES];

	for (size_t i = 0; i < ATTRIBUTES; i++)
		b[i] = (struct kt_buf)KT_BUF_INIT;
	if (!source_attributes(b, o->doc))
		made_attributes(b, o);
	for (size_t i = 0; i < ATTRIBUTES; i++) {
		kt_xmlw_attr(o->w, attributes[i], b[i].p);
		kt_buf_release(&b[i]);
	}
	kt_xmlw_attr(o->w, "Lang", "ja");
	if (date->month > 0) {
		kt_xmlw_attrf(o->w, "PromulgateMonth", "%02d", date->month);
		kt_xmlw_attrf(o->w, "PromulgateDay", "%02d", date->day);
	}
}
