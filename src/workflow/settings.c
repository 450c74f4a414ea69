/* SPDX-License-Identifier: MIT */
/* kaitei.yaml, as far as drafts and adoptions are concerned; what other parts
 * read of it is theirs to judge. */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/yaml.h>
#include <kaitei/workflow.h>

static int
count_of(unsigned *out, const struct kt_yaml *y, const struct kt_ynode *n,
    struct kt_diag *d)
{
	const char *text = kt_ynode_text(n);
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (text[0] < '0' || text[0] > '9' || *end != '\0' || value > 100)
		return kt_report(d, .id = KT_M_SETTINGS_NUMBER,
		    .at = { kt_yaml_file(y), kt_ynode_line(n), 0, NULL },
		    .a = text);
	*out = (unsigned)value;
	return KT_OK;
}

static int
read_rules(struct kt_settings *to, const struct kt_yaml *y, struct kt_diag *d)
{
	const struct kt_ynode *n = kt_ynode_get(kt_yaml_root(y), "approvals");
	size_t count = kt_ynode_kind(n) == KT_Y_MAP ? kt_ynode_count(n) : 1;
	int rc = KT_OK;

	to->rules = KT_NEWN(to->arena, struct kt_rule, count);
	if (n == NULL)
		return KT_OK;
	for (size_t i = 0; i < count && rc == KT_OK; i++) {
		bool map = kt_ynode_kind(n) == KT_Y_MAP;

		to->rules[i].role =
		    kt_arena_strdup(to->arena, map ? kt_ynode_key(n, i) : "");
		rc = count_of(
		    &to->rules[i].count, y, map ? kt_ynode_at(n, i) : n, d);
		to->nrules++;
	}
	return rc;
}

static void
read_dependants(struct kt_settings *to, const struct kt_yaml *y)
{
	const struct kt_ynode *n = kt_ynode_get(kt_yaml_root(y), "dependants");
	size_t total = 0;

	for (size_t i = 0; i < kt_ynode_count(n); i++)
		total += kt_ynode_count(kt_ynode_at(n, i));
	to->dependants = KT_NEWN(to->arena, struct kt_dependant, total);
	for (size_t i = 0; i < kt_ynode_count(n); i++) {
		const struct kt_ynode *list = kt_ynode_at(n, i);

		for (size_t k = 0; k < kt_ynode_count(list); k++)
			to->dependants[to->ndependants++] =
			    (struct kt_dependant){
				    .of = kt_arena_strdup(
					to->arena, kt_ynode_key(n, i)),
				    .id = kt_arena_strdup(to->arena,
					kt_ynode_text(kt_ynode_at(list, k))),
			    };
	}
}

int
kt_settings_parse(struct kt_settings **out, const char *name, const char *bytes,
    size_t n, bool signers, struct kt_diag *d)
{
	struct kt_yaml *y = NULL;
	struct kt_settings *to;
	const char *is_signed;
	int rc = kt_yaml_parse(&y, name, bytes, n, d);

	if (rc != KT_OK)
		return rc;
	to = kt_calloc(1, sizeof(*to));
	to->arena = kt_arena_new();
	rc = read_rules(to, y, d);
	read_dependants(to, y);
	is_signed = kt_ynode_word(kt_yaml_root(y), "signed", "");
	to->is_signed = is_signed[0] == '\0'
			    ? signers
			    : strcmp(is_signed, "yes") == 0 ||
				  strcmp(is_signed, "true") == 0;
	kt_yaml_free(y);
	if (rc == KT_OK)
		*out = to;
	else
		kt_settings_free(to);
	return rc;
}

int
kt_settings_read(
    struct kt_settings **out, struct kt_store *s, struct kt_diag *d)
{
	struct kt_buf text = KT_BUF_INIT;
	int rc = kt_store_get(&text, s, "kaitei.yaml", "", NULL, d);

	if (rc == KT_OK)
		rc = kt_settings_parse(out, "kaitei.yaml", text.p, text.len,
		    kt_store_has(s, "signers", ""), d);
	kt_buf_release(&text);
	return rc;
}

void
kt_settings_free(struct kt_settings *settings)
{
	if (settings == NULL)
		return;
	kt_arena_free(settings->arena);
	free(settings);
}
