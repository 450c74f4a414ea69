#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pictures that a document names: what stands in the papers, and what does not.

usage: pictures.py KAITEI ROOT
"""
import os
import struct
import sys
import tempfile
import zipfile
import zlib

import run
from run import kaitei, write


def chunk(kind, data):
    return (struct.pack('>I', len(data)) + kind + data +
            struct.pack('>I', zlib.crc32(kind + data)))


def png(width, height, lines=None):
    """A grey picture; its header may say more lines than it has."""
    rows = (b'\0' + b'\x80' * width) * (height if lines is None else lines)
    header = struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) +
            chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


def jpeg(width, height):
    """The segments of a JPEG file; no viewer would show it."""
    frame = struct.pack('>BHHBBBB', 8, height, width, 1, 1, 0x11, 0)
    return (b'\xff\xd8' + b'\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0' +
            b'\xff\xc0' + struct.pack('>H', len(frame) + 2) + frame +
            b'\xff\xda\0\x08\1\1\0\0\x3f\0' + b'\x55\xff\0\x2a' +
            b'\xff\xd9')


def put(folder, name, content):
    with open(os.path.join(folder, name), 'wb') as out:
        out.write(content)


def document(*names):
    return '# 例\n\n' + '\n\n'.join(f'![図]({n})' for n in names) + '\n'


def papers(folder, path):
    """Number of pictures in the Word file and in the page, and what was said."""
    docx = os.path.join(folder, 'o.docx')
    status, _, err = kaitei('render', path, '-o', docx)
    assert status == 0, err
    names = zipfile.ZipFile(docx).namelist()
    status, page, again = kaitei('render', path, '--format', 'html')
    assert status == 0 and again == err, again
    return (sum(n.startswith('word/media/') for n in names),
            page.count('<img '), err)


def test_what_is_no_picture_stays_as_words_and_is_told():
    good = png(20, 10)
    cases = [
        (good[:40], 'picture-unknown'),  # cut short
        (good[:-12], 'picture-unknown'),  # without its end
        (good[:8], 'picture-unknown'),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', 'picture-unknown'),
        (b'text', 'picture-unknown'),
        (b'', 'picture-file'),
        (png(0, 10), 'picture-unknown'),
        (png(40000, 1), 'picture-huge'),
        (png(20000, 20000, 1), 'picture-huge'),
        (jpeg(64, 48)[:30], 'picture-unknown'),
        (jpeg(64, 48)[:-2], 'picture-unknown'),
        (good + b'\0' * (10 << 20), 'picture-file'),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.md', document('a.png'))
        for content, message in cases:
            put(folder, 'a.png', content)
            media, images, err = papers(folder, path)
            assert (media, images) == (0, 0), message
            assert f':3: warning: ' in err and f'[{message}]' in err, err
        put(folder, 'a.png', good)
        assert papers(folder, path) == (1, 1, '')
        put(folder, 'a.png', jpeg(64, 48))  # by content, not by name
        assert papers(folder, path) == (1, 1, '')


def test_paths_that_lead_away_are_refused():
    with tempfile.TemporaryDirectory() as folder:
        inside = os.path.join(folder, 'in')
        os.mkdir(inside)
        put(folder, 'a.png', png(4, 4))
        os.symlink('../a.png', os.path.join(inside, 'link.png'))
        os.mkfifo(os.path.join(inside, 'fifo.png'))
        os.mkdir(os.path.join(inside, 'folder.png'))
        for name, message in [
                ('../a.png', 'picture-path'), ('x/../../a.png', 'picture-path'),
                (os.path.join(folder, 'a.png'), 'picture-path'),
                ('file:a.png', 'picture-path'), ('C:/a.png', 'picture-path'),
                ('https://example.jp/a.png', 'picture-path'),
                ('link.png', 'picture-path'), ('fifo.png', 'picture-file'),
                ('folder.png', 'picture-file')]:
            path = write(inside, 'd.md', document(name))
            media, images, err = papers(folder, path)
            assert (media, images) == (0, 0), name
            assert f'[{message}]' in err, (name, err)


def test_files_that_are_not_there_are_told_once():
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.md', document('a.png', 'b.png', 'b.png', 'c.png'))
        media, images, err = papers(folder, path)
        assert (media, images) == (0, 0)
        assert err.count('warning:') == 1 and '3 files' in err, err
        text = document('a.png').encode()
        status, page, err = kaitei('convert', '-', '--format', 'html', stdin=text)
        assert status == 0 and '〔図：図〕' in page and 'picture-no-folder' in err


def test_a_picture_is_as_wide_as_the_text_at_most():
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.md', document('a.png'))
        docx = os.path.join(folder, 'o.docx')
        text_width = (11906 - 2 * 1701) * 635
        for width, height, want in [
                (100, 50, (100 * 9525, 50 * 9525)),
                (4000, 1000, (text_width, text_width // 4))]:
            put(folder, 'a.png', png(width, height))
            assert kaitei('render', path, '-o', docx)[0] == 0
            words = zipfile.ZipFile(docx).read('word/document.xml').decode()
            assert f'<wp:extent cx="{want[0]}" cy="{want[1]}"/>' in words
        put(folder, 'a.png', png(10, 5000))
        assert kaitei('render', path, '-o', docx)[0] == 0
        words = zipfile.ZipFile(docx).read('word/document.xml').decode()
        high = int(words.split('cy="')[1].split('"')[0])
        assert high < (16838 - 1985 - 1701) * 635


if __name__ == '__main__':
    sys.exit(run.main(globals()))
