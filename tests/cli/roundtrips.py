#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Real laws through Word and back.

usage: roundtrips.py KAITEI ROOT
"""
import os
import sys
import tempfile

import run
from imports import both_sides, data, word_and_back
from run import kaitei


def test_real_laws_come_back_from_word_as_they_were():
    laws = data('egov-pairs')
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, 101):
            law = os.path.join(laws, f'{number:03}', 'before.xml')
            markdown = os.path.join(folder, 'a.md')
            assert kaitei('convert', law, '-o', markdown)[0] == 0
            before, after = word_and_back(markdown, folder)
            assert before == after, law


def test_redlines_of_real_laws_come_back_as_the_two_texts():
    laws = data('egov-pairs')
    with tempfile.TemporaryDirectory() as folder:
        old, new = (os.path.join(folder, n) for n in ('old.md', 'new.md'))
        for number in range(1, 40):
            law = os.path.join(laws, f'{number:03}')
            assert kaitei('convert', f'{law}/before.xml', '-o', old)[0] == 0
            assert kaitei('convert', f'{law}/after.xml', '-o', new)[0] == 0
            both_sides(old, new, folder)


if __name__ == '__main__':
    sys.exit(run.main(globals()))
