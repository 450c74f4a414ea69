/* SPDX-License-Identifier: MIT */
#ifndef KT_COMMANDS_H
#define KT_COMMANDS_H

/* Every command, in the order of the help: one line here, one file
 * cmd_<name>.c with its `struct cmd`. */
#define COMMANDS                                                               \
	COMMAND(convert)                                                       \
	COMMAND(fmt)                                                           \
	COMMAND(check)                                                         \
	COMMAND(show)                                                          \
	COMMAND(tree)                                                          \
	COMMAND(diff)                                                          \
	COMMAND(match)                                                         \
	COMMAND(amend)                                                         \
	COMMAND(apply)                                                         \
	COMMAND(port)                                                          \
	COMMAND(impact)                                                        \
	COMMAND(table)                                                         \
	COMMAND(redline)                                                       \
	COMMAND(render)                                                        \
	COMMAND(init)                                                          \
	COMMAND(add)                                                           \
	COMMAND(list)                                                          \
	COMMAND(log)                                                           \
	COMMAND(blame)

#define COMMAND(name) extern const struct cmd cmd_##name;
COMMANDS
#undef COMMAND

#endif
