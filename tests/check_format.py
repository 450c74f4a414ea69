#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Is every C file as .clang-format decides?  Files over 800 lines are named.

usage: check_format.py CLANG-FORMAT ROOT
"""
import os
import subprocess
import sys

MOST_LINES = 800


def sources(root):
    for top in ('src', 'include', 'tests'):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                if name.endswith(('.c', '.h')):
                    yield os.path.join(folder, name)


def unformatted(tool, paths):
    """Paths that clang-format would write otherwise; asked in one run."""
    done = subprocess.run([tool, '--style=file', '--dry-run', *paths],
                          capture_output=True, text=True, check=True)
    return {line.split(':')[0] for line in done.stderr.splitlines()
            if 'clang-format-violations' in line}


def main():
    tool, root = sys.argv[1:]
    paths = list(sources(root))
    wrong = unformatted(tool, paths)
    good = bad = 0
    for path in paths:
        name = os.path.relpath(path, root)
        with open(path, 'rb') as source:
            lines = source.read().count(b'\n')
        if lines > MOST_LINES:
            print(f'{name}: {lines} lines; aim at {MOST_LINES}')
        if path in wrong:
            print(f'{name}: not as clang-format writes it')
        good += path not in wrong
        bad += path in wrong
    print(f'{good} passed, {bad} failed')
    return 1 if bad or not good else 0


if __name__ == '__main__':
    sys.exit(main())
