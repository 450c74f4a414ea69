#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What works on two threads says the same every time, however they meet.  In
a build with the thread sanitizer a command that shares what it should not
ends with status 66.

usage: threads.py KAITEI ROOT
"""
import hashlib
import os
import sys

from office import POLICIES, TEXT, adopted, drafted, made, run, write

ROUNDS = 3
GUIDELINE = [os.path.join(POLICIES, 'guideline', name)
             for name in ('r5.md', 'r7.md')]
BOTH = [os.path.join(POLICIES, 'taisaku-kijun.md'),
        os.path.join(POLICIES, 'revised', 'taisaku-kijun.md')]


def digest(path):
    with open(path, 'rb') as f:
        return hashlib.sha256(f.read()).hexdigest()


def steady(store, folder, *args, status=0, out=None):
    """The same words, and the same file, in every round."""
    seen = set()
    for i in range(ROUNDS):
        more = []
        if out:
            more = ['-o', os.path.join(folder, f'{i}{out}')]
        words = store.run(*args, *more, status=status)
        made = digest(more[1]) if out else ''
        seen.add((words.replace(more[1], '') if out else words, made))
    assert len(seen) == 1, args


def test_two_texts_from_files(folder):
    store = made(folder)
    for texts in (BOTH, GUIDELINE):
        steady(store, folder, 'diff', *texts, status=1)
        steady(store, folder, 'diff', *texts, '--json', status=1)
        steady(store, folder, 'diff', *texts, status=1, out='.html')
        steady(store, folder, 'diff', *texts, status=1, out='.xlsx')
    steady(store, folder, 'table', *BOTH, out='.docx')
    steady(store, folder, 'redline', *BOTH, out='.docx')
    steady(store, folder, 'render', BOTH[1], out='.docx')
    steady(store, folder, 'amend', *BOTH)
    steady(store, folder, 'impact', *BOTH, '--in', GUIDELINE[0], status=1)


def test_the_city_and_the_guideline(folder):
    store = made(folder)
    steady(store, folder, 'match', BOTH[0], GUIDELINE[0], '--json',
           status=1)
    steady(store, folder, 'port', BOTH[0], '--from', GUIDELINE[0], '--to',
           GUIDELINE[1], '--json', status=1)


def test_two_texts_from_one_store(folder):
    store = made(folder)
    for text in BOTH:
        store.by('add', text)
    two = [f'taisaku-kijun@{line.split()[0]}' for line in
           reversed(store.run('log', 'taisaku-kijun').splitlines())][:2]
    steady(store, folder, 'diff', *two, '--json', status=1)
    steady(store, folder, 'table', *two, out='.docx')
    steady(store, folder, 'blame', 'taisaku-kijun')


def test_what_comes_into_force_later(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'a', TEXT.replace('毎年', '毎月').replace(
        '職員は、守る', '職員は、必ず守る'))
    adopted(store, 'a', '第1号', extra=[('--effective', '第3条=2026-10-01')])
    drafted(store, folder, 'b', store.git('show', 'main:policies/k.md')
            .replace('必ず', '常に'))
    adopted(store, 'b', '第2号', effective='2026-06-01')
    for day in ('2026-05-31', '2026-06-01', '2026-10-01'):
        steady(store, folder, 'show', 'k', '--as-of', day)
    steady(store, folder, 'log', 'k', '第3条')


if __name__ == '__main__':
    sys.exit(run(globals()))
