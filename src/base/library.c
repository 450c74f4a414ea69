/* SPDX-License-Identifier: MIT */
/*
 * Foreign libraries that few commands need are opened by the first call into
 * them: loading libgit2 and what it stands on takes longer than comparing two
 * rules.  The tables are made by tools/late.
 */
#include <kaitei/base.h>

#include <assert.h>
#include <dlfcn.h>
#include <string.h>
#include <unistd.h>

/* As the dynamic linker would end a program whose library is missing. */
static void
give_up(const char *why)
{
	struct kt_buf said = KT_BUF_INIT;
	ssize_t done;

	kt_buf_printf(&said,
	    "kaitei: error: ライブラリを開けません / cannot open a library: "
	    "%s [no-library]\n",
	    why);
	done = write(STDERR_FILENO, said.p, said.len);
	(void)done;
	_exit(2);
}

void
kt_library_open(
    const char *file, const char *const *names, size_t n, void *calls)
{
	/* Never closed: what it handed out may live to the end. */
	void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);

	static_assert(sizeof(void *) == sizeof(void (*)(void)),
	    "POSIX: a function's address fits into void *");
	if (library == NULL)
		give_up(dlerror());
	for (size_t i = 0; i < n; i++) {
		void *call = dlsym(library, names[i]);

		if (call == NULL)
			give_up(dlerror());
		memcpy((char *)calls + i * sizeof(call), &call, sizeof(call));
	}
}
