#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pictures that a document names: what stands in the papers, and what does not.

usage: pictures.py KAITEI ROOT
"""
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

import run
from run import Skip, WHO, kaitei, write


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


def test_an_instrument_in_word_shows_marks_and_figures_and_is_read_back():
    old = '# 例要綱\n\n## 第1条　図\n\n甲とする。\n'
    new = old.replace('甲とする。\n', '乙とする。\n') + (
        '\n## 第2条　印\n\n**強い**語と*弱い*語、<u>下線</u>、10<sup>2</sup>、'
        'H<sub>2</sub>O、`code`、[窓口](https://example.jp/a?b=c)、'
        '![印](b.png)の{漢字|かんじ}とする。\n\n![図1　題名](figures/a.png)\n\n'
        '| 欄 | 値 |\n| --- | --- |\n| **太字**の欄 | 甲 |\n')
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, 'figures'))
        paths = write(folder, 'old.md', old), write(folder, 'new.md', new)
        for here in False, True:
            if here:
                put(folder, 'figures/a.png', A)
                put(folder, 'b.png', B)
            got = []
            for suffix in 'txt', 'docx':
                made = os.path.join(folder, 'made.' + suffix)
                status, _, err = kaitei('amend', *paths, '-o', made)
                assert status == 0 and (here or suffix == 'txt') == (
                    'picture-lost' not in err), err
                status, out, err = kaitei('apply', paths[0], made, '--format',
                                          'md')
                assert status == 0, err
                got.append(out)
            assert got[0] == got[1] and '![図1　題名](figures/a.png)' in got[0]
            assert kaitei('diff', write(folder, 'got.md', got[1]),
                          paths[1])[0] == 0, got[1]
            with zipfile.ZipFile(made) as file:
                words = file.read('word/document.xml').decode()
            assert '&lt;' not in words and '![' not in words, words
            assert ('〔図：' in words) is not here
            assert len(media_of(made)) == (2 if here else 0)


# ---- figures of documents in the store -------------------------------------


class Store:
    """A store, and a folder to write documents in."""

    def __init__(self, folder):
        self.dir, self.work = os.path.join(folder, 's'), os.path.join(folder, 'w')
        os.makedirs(os.path.join(self.work, 'figures'))
        self.run('init', self.dir, '--user', WHO, at=False)

    def run(self, *args, status=0, at=True):
        got, out, err = kaitei(*(['-C', self.dir] if at else []), *args)
        assert got == status, (args, got, out, err)
        assert 'AddressSanitizer' not in err and 'runtime error' not in err, err
        self.err = err
        return out

    def add(self, doc, text, status=0, **more):
        path = write(self.work, f'{doc}.md', text)
        if 'draft' in more:
            return self.run('draft', 'import', more['draft'], path, '--as', doc,
                            '--yes', '--user', WHO, status=status)
        return self.run('add', path, '--as', doc, '--user', WHO, '--effective',
                        more.get('day', '2026-04-01'), status=status)

    def files(self, rev='main'):
        return subprocess.run(
            ['git', '--git-dir', self.dir, 'ls-tree', '-r', '--name-only', '-z',
             rev], capture_output=True, check=True).stdout.decode().split('\0')

    def media(self, *args):
        """The bytes of the pictures in a Word file."""
        path = os.path.join(self.work, 'o.docx')
        self.run(*args, '-o', path, status=int('diff' in args))
        return media_of(path)


def media_of(path):
    with zipfile.ZipFile(path) as file:
        return [file.read(n) for n in sorted(file.namelist())
                if n.startswith('word/media/')]


def clauses(words, figure):
    return f'# 例要綱\n\n## 第1条　図\n\n{words}\n\n![図1]({figure})\n'


A, B = png(20, 10), png(30, 15)


def in_store(folder):
    """The figure a.png on main, b.png in a draft."""
    store = Store(folder)
    put(store.work, 'figures/a.png', A)
    put(store.work, 'figures/b.png', B)
    store.add('rei', clauses('甲は乙とする。', 'figures/a.png'))
    store.run('draft', 'new', 'd', '-m', 'x', '--user', WHO)
    store.add('rei', clauses('甲は丙とする。', './figures/b.png'), draft='d')
    shutil.rmtree(store.work)
    os.mkdir(store.work)
    return store


def test_papers_of_a_document_of_the_store_have_its_figures():
    with tempfile.TemporaryDirectory() as folder:
        store = in_store(folder)
        assert 'policies/figures/a.png' in store.files()
        assert 'policies/figures/b.png' not in store.files()
        assert 'policies/figures/b.png' in store.files('draft/d')
        for name in 'rei', 'rei@2026-05-01':
            assert store.media('render', name) == [A], name
        assert store.media('render', 'rei@draft/d') == [B]
        page = store.run('render', 'rei', '--format', 'html')
        assert page.count('<img ') == 1
        both = 'rei', 'rei@draft/d'
        for command in ('table', *both), ('redline', *both), ('diff', *both), \
                ('draft', 'diff', 'd'):
            assert sorted(store.media(*command)) == sorted([A, B]), command
        shown = store.run('draft', 'show', 'd')
        assert 'policies/figures/b.png' in shown, shown
        # Saved again without the files beside it: they are there.
        store.add('rei', clauses('甲は丁とする。', 'figures/b.png'), draft='d')
        assert 'warning' not in store.err, store.err
        assert store.media('render', 'rei@draft/d') == [B]


def test_packet_and_archive_have_the_figures():
    with tempfile.TemporaryDirectory() as folder:
        store = in_store(folder)
        packet = os.path.join(folder, 'packet')
        store.run('packet', 'd', '-o', packet)
        assert 'warning' not in store.err, store.err
        found = {name[:2]: media_of(os.path.join(packet, name))
                 for name in os.listdir(packet) if name.endswith('.docx')}
        assert sorted(found['02']) == sorted(found['03']) == sorted([A, B])
        assert found['01'] == found['04'] == [B]
        settings = write(store.work, 'kaitei.yaml', 'approvals: 0\n')
        store.run('add', settings, '--user', WHO)
        store.run('draft', 'update', 'd', '--user', WHO)
        store.run('adopt', 'd', '--number', '令和8年要綱第1号', '--decided',
                  '2026-06-01', '--effective', '2026-07-01', '--user', WHO)
        assert 'policies/figures/b.png' in store.files()
        assert store.media('render', 'rei@2026-06-30') == [A]
        assert store.media('render', 'rei@2026-07-01') == [B]
        made = os.path.join(folder, 'o.iso')
        store.run('archive', 'build', '--fy', 'R8', '--date', '2027-03-31', '-o',
                  made)
        assert 'picture-' not in store.err, store.err
        if shutil.which('xorriso') is None:
            raise Skip('xorriso is not installed')
        to = os.path.join(folder, 'unpacked')
        subprocess.run(['xorriso', '-osirrox', 'on', '-indev', made, '-extract',
                        '/', to], capture_output=True, check=True)
        subprocess.run(['chmod', '-R', 'u+w', to], check=True)
        got = {}
        for place, _, names in os.walk(to):
            for name in names:
                path = os.path.join(place, name)
                if name.endswith('.docx'):
                    got[os.path.basename(place)] = sorted(media_of(path))
                elif name.endswith('.png'):
                    with open(path, 'rb') as file:
                        got[name] = file.read()
        assert got['a.png'] == A and got['b.png'] == B, got.keys()
        assert got['01_確定版'] == [B]
        assert got['02_新旧対照表'] == got['04_見え消し'] == sorted([A, B])


def test_a_figure_on_main_keeps_its_bytes():
    with tempfile.TemporaryDirectory() as folder:
        store = in_store(folder)
        before = store.run('log', 'rei')
        os.mkdir(os.path.join(store.work, 'figures'))
        put(store.work, 'figures/a.png', B)
        text = clauses('甲は戊とする。', 'figures/a.png')
        store.add('rei', text, status=2)
        assert 'figure-taken]' in store.err, store.err
        store.add('rei', text, draft='d', status=2)
        assert 'figure-taken]' in store.err, store.err
        store.add('other', text, status=2)  # whoever names it
        assert store.run('log', 'rei') == before
        assert store.media('render', 'rei') == [A]
        # What stands in a draft alone may still change, though no word does.
        put(store.work, 'figures/b.png', png(7, 7))
        text = clauses('甲は丙とする。', 'figures/b.png')
        store.add('rei', text.replace('b.png', 'c.png'), draft='d')
        assert '[figure-lost]' in store.err, store.err
        store.add('rei', text, draft='d')
        assert store.media('render', 'rei@draft/d') == [png(7, 7)]
        put(store.work, 'figures/b.png', png(9, 9))
        store.add('rei', text, draft='d')
        assert store.media('render', 'rei@draft/d') == [png(9, 9)]
        store.add('rei', text, draft='d')
        assert '[draft-same]' in store.err, store.err


def test_old_revisions_keep_their_figures():
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder)
        put(store.work, 'figures/a.png', A)
        put(store.work, 'figures/b.png', B)
        path = write(store.work, 'rei.md', clauses('甲は乙。', 'figures/a.png'))
        store.run('add', path, '--edition', '初版', '--user', WHO,
                  '--effective', '2026-04-01')
        first = json.loads(store.run('log', 'rei', '--json'))['revisions'][0]
        store.add('rei', clauses('甲は丙。', 'figures/b.png'), day='2026-10-01')
        store.add('rei', '# 例要綱\n\n## 第1条　図\n\n甲は丁。\n',
                  day='2999-01-01')
        for name, want in (('rei@初版', [A]), ('rei@2026-09-30', [A]),
                           ('rei@' + first['revision'], [A]),
                           ('rei@2026-10-01', [B]), ('rei', [])):
            assert store.media('render', name) == want, name
        assert store.media('redline', 'rei@初版', 'rei') == [A]
        # A copy by exchange has them too.
        shutil.rmtree(store.work)
        os.mkdir(store.work)
        copy = os.path.join(folder, 'copy')
        store.run('init', copy, '--clone', store.dir, '--user', WHO, at=False)
        store.dir = copy
        assert store.media('render', 'rei@初版') == [A]
        assert store.media('render', 'rei@2026-10-01') == [B]


def test_a_draft_gets_the_figures_of_main_and_gives_its_own_back():
    with tempfile.TemporaryDirectory() as folder:
        store = in_store(folder)
        put_c = png(40, 20)
        os.mkdir(os.path.join(store.work, 'figures'))
        put(store.work, 'figures/c.png', put_c)
        store.add('sen', clauses('戊は己。', 'figures/c.png'))
        store.run('draft', 'update', 'd', '--user', WHO)
        assert store.media('render', 'sen@draft/d') == [put_c]
        # Two documents of the draft name b.png: it goes with the last.
        put(store.work, 'figures/b.png', B)
        store.add('tai', clauses('庚は辛。', 'figures/b.png'), draft='d')
        for doc, left in ('rei', True), ('tai', False):
            store.run('draft', 'restore', 'd', doc, '--user', WHO)
            assert ('policies/figures/b.png' in store.files('draft/d')) == left
        assert store.media('render', 'rei@draft/d') == [A]
        assert store.files('draft/d') == store.files()


def test_papers_of_a_lost_or_broken_figure_say_so_and_are_made():
    """Packet and archive of a store in which git put something else."""
    with tempfile.TemporaryDirectory() as folder:
        store = in_store(folder)
        clone = os.path.join(folder, 'clone')

        def git(*args):
            subprocess.run(['git', '-c', 'user.name=x', '-c', 'user.email=x@y',
                            *args], cwd=clone, check=True, capture_output=True)

        subprocess.run(['git', 'clone', '-q', '-b', 'draft/d', store.dir,
                        clone], check=True, capture_output=True)
        for n, (bad, message) in enumerate((
                (A[:30], 'picture-unknown'), (None, 'picture-lost'),
                (b'\0' * ((10 << 20) + 1), 'picture-file'))):
            if bad is None:
                os.unlink(os.path.join(clone, 'policies/figures/b.png'))
            else:
                put(clone, 'policies/figures/b.png', bad)
            git('add', '-A')
            git('commit', '-qm', 'x')
            git('push', '-q', 'origin', 'HEAD:draft/d')
            packet = os.path.join(folder, f'packet{n}')
            store.run('packet', 'd', '-o', packet)
            assert f'[{message}]' in store.err, (message, store.err)
            found = {name[:2]: media_of(os.path.join(packet, name))
                     for name in os.listdir(packet) if name.endswith('.docx')}
            # Where one side has no picture, both have words.
            assert not any(found.values()), (message, found)
        git('checkout', '-q', 'main')
        put(clone, 'policies/figures/a.png', A[:30])
        # The newest text is at the revision that changed it.
        with open(os.path.join(clone, 'policies', 'rei.md'), 'a',
                  encoding='utf-8') as text:
            text.write('\n己とする。\n')
        git('commit', '-qam', 'x')
        git('push', '-q', 'origin', 'HEAD:main')
        made = os.path.join(folder, 'o.iso')
        store.run('archive', 'build', '--fy', 'R8', '--date', '2027-03-31', '-o',
                  made)
        assert '[picture-unknown]' in store.err, store.err
        store.run('archive', 'verify', made)


def test_what_the_store_cannot_keep_is_told_and_no_file_leads_out():
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder)
        put(folder, 'out.png', A)
        for name in 'a.gif', 'kanri.md', 'a~1.png', 'b.md/a.png', 'con.png':
            os.makedirs(os.path.dirname(os.path.join(store.work, name)),
                        exist_ok=True)
            put(store.work, name, A)
            store.add('rei', clauses('甲', name))
            assert '[figure-name]' in store.err, (name, store.err)
            assert store.media('render', 'rei') == []
            assert '[picture-lost]' in store.err, (name, store.err)
            os.unlink(os.path.join(store.work, name))
        os.symlink('../out.png', os.path.join(store.work, 'link.png'))
        put(store.work, 'big.png', A + b'\0' * (10 << 20))
        put(store.work, 'text.png', b'text')
        for name, message in [('../out.png', 'picture-path'),
                              ('link.png', 'picture-path'),
                              ('x/../../out.png', 'picture-path'),
                              ('big.png', 'picture-file'),
                              ('text.png', 'picture-unknown'),
                              ('no.png', 'figure-lost')]:
            store.add('rei', clauses('乙', name))
            assert f'[{message}]' in store.err, (name, store.err)
        assert not [n for n in store.files() if not n.endswith('.md')
                    and n not in ('', 'kaitei.yaml')], store.files()


def test_what_others_put_into_the_repository_is_judged_again():
    """A link, a big file and no picture, by git and not by us."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder)
        put(store.work, 'figures/a.png', A)
        store.add('rei', clauses('甲', 'figures/a.png'))
        clone = os.path.join(folder, 'clone')

        def git(*args):
            subprocess.run(['git', '-c', 'user.name=x', '-c', 'user.email=x@y',
                            *args], cwd=clone, check=True, capture_output=True)

        subprocess.run(['git', 'clone', '-q', '-b', 'main', store.dir, clone],
                       check=True, capture_output=True)
        at = os.path.join(clone, 'policies', 'figures', 'a.png')
        for bad, message in [(None, 'picture-unknown'),
                             (b'\0' * ((10 << 20) + 1), 'picture-file'),
                             (b'', 'picture-file'),
                             (A[:30], 'picture-unknown')]:
            os.unlink(at)
            if bad is None:
                os.symlink('/etc/passwd', at)
            else:
                put(clone, 'policies/figures/a.png', bad)
            # The newest text is at the revision that changed it.
            with open(os.path.join(clone, 'policies', 'rei.md'), 'a',
                      encoding='utf-8') as text:
                text.write(f'\n{message}\n')
            git('add', '-A')
            git('commit', '-qm', 'x')
            git('push', '-q', 'origin', 'HEAD:main')
            assert store.media('render', 'rei') == [], message
            assert f'[{message}]' in store.err, (message, store.err)


if __name__ == '__main__':
    sys.exit(run.main(globals()))
