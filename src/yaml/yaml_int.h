/* SPDX-License-Identifier: MIT */
#ifndef KT_YAML_INT_H
#define KT_YAML_INT_H

#include <kaitei/base.h>
#include <kaitei/yaml.h>

struct kt_ynode {
	enum kt_ykind kind;
	size_t line;
	const char *text; /* of a scalar */
	const char *key; /* in a map, else "" */
	struct kt_ynode *first, *last, *next;
	size_t count;
};

struct kt_yaml {
	struct kt_arena *arena;
	const char *file;
	struct kt_ynode *root;
};

#endif
