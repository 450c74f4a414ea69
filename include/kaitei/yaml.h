/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_YAML_H
#define KAITEI_YAML_H

/*
 * yaml: the one wrapper of libyaml, for the small files that people write:
 * kaitei.yaml and table profiles.  Gives a tree with line numbers; what the
 * keys mean is the business of whoever asks for the file.  No aliases, no
 * tags, one document, no key twice; what a limit or a rule refuses is
 * reported with its line.
 *
 * Front matter is not read here: it keeps unknown keys as they were written
 * and knows its own few forms (src/read/front.c).
 */

#include <stdbool.h>
#include <stddef.h>

struct kt_diag;
struct kt_yaml; /* a parsed file */
struct kt_ynode; /* a value in it; borrowed from it */

enum kt_ykind { KT_Y_SCALAR, KT_Y_LIST, KT_Y_MAP };

/* `file` names the input in messages and is kept.  KT_EINPUT malformed, an
 * alias, a key twice; KT_ELIMIT over 1 MiB, 32 levels or 20,000 values.
 * An empty file is an empty map.  *out is yours; untouched on failure. */
int kt_yaml_parse(struct kt_yaml **out, const char *file, const char *bytes,
    size_t n, struct kt_diag *d);
void kt_yaml_free(struct kt_yaml *y);
const char *kt_yaml_file(const struct kt_yaml *y);
const struct kt_ynode *kt_yaml_root(const struct kt_yaml *y);

/* Every function takes NULL for a value that is absent: it is an empty
 * scalar. */
enum kt_ykind kt_ynode_kind(const struct kt_ynode *n);
/* The words of a scalar, without quotes; "" for a list or a map. */
const char *kt_ynode_text(const struct kt_ynode *n);
/* Entries of a list, pairs of a map; 0 for a scalar. */
size_t kt_ynode_count(const struct kt_ynode *n);
/* The i-th entry of a list, the i-th value of a map; NULL past the last. */
const struct kt_ynode *kt_ynode_at(const struct kt_ynode *n, size_t i);
/* The i-th key of a map; "" past the last and for what is no map. */
const char *kt_ynode_key(const struct kt_ynode *n, size_t i);
/* The value of a key, or NULL. */
const struct kt_ynode *kt_ynode_get(const struct kt_ynode *n, const char *key);
/* The scalar under a key; `otherwise` when it is absent. */
const char *kt_ynode_word(
    const struct kt_ynode *n, const char *key, const char *otherwise);
/* Line of the file, from 1; 0 for NULL. */
size_t kt_ynode_line(const struct kt_ynode *n);

/* A key that is not in `known` (ends in NULL) is most likely misspelt:
 * reported with its line, KT_EINPUT. */
int kt_ynode_known(const struct kt_yaml *y, const struct kt_ynode *n,
    const char *const *known, struct kt_diag *d);

#endif
