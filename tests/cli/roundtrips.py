#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Real laws through Word and back.

usage: roundtrips.py KAITEI ROOT
"""
import os
import sys
import tempfile
import zipfile

import run
from imports import both_sides, data, word_and_back
from pictures import jpeg, png
from run import kaitei

PICTURES = """# 図の例

## はじめに

本文

![図1　題名](figures/a.png)

![図2　同じ中身](図.png)

文の中の![印](a.jpg)と![](a.jpg)を用いる。

| 欄 | 図 |
|---|---|
| 甲 | ![小さな図](a.jpg)の説明 |

![](a.jpg)
"""


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
        # In 064 an image is all that a cell holds.
        for number in (*range(1, 40), 64):
            law = os.path.join(laws, f'{number:03}')
            assert kaitei('convert', f'{law}/before.xml', '-o', old)[0] == 0
            assert kaitei('convert', f'{law}/after.xml', '-o', new)[0] == 0
            both_sides(old, new, folder)


def test_pictures_come_back_from_word_by_their_names():
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, 'figures'))
        for name in ('figures/a.png', '図.png'):
            with open(os.path.join(folder, name), 'wb') as out:
                out.write(png(40, 30))
        with open(os.path.join(folder, 'a.jpg'), 'wb') as out:
            out.write(jpeg(64, 48))
        path = run.write(folder, 'p.md', PICTURES)
        docx = os.path.join(folder, 'p.docx')
        status, _, err = kaitei('render', path, '-o', docx)
        assert (status, err) == (0, ''), err
        names = zipfile.ZipFile(docx).namelist()
        media = [n for n in names if n.startswith('word/media/')]
        assert media == ['word/media/image1.png', 'word/media/image2.jpeg']
        with open(docx, 'rb') as file:
            first = file.read()
        assert kaitei('render', path, '-o', docx)[0] == 0
        with open(docx, 'rb') as file:
            assert first == file.read()
        status, after, err = kaitei('convert', docx)
        assert status == 0 and 'docx-picture' not in err, err
        assert after == PICTURES, after
        page = kaitei('render', path, '--format', 'html')[1]
        assert page.count('<img ') == 6 == page.count('src="data:image/')
        assert 'img-src data:;' in page and '〔図' not in page


if __name__ == '__main__':
    sys.exit(run.main(globals()))
