#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The yearly archive as its clerk meets it: the register, the image under
other clocks and in other stores, independent readers, faults, kills.

usage: archive.py KAITEI ROOT
"""
import glob
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile

KAITEI, ROOT = sys.argv[1], os.path.abspath(sys.argv[2])
POLICIES = os.path.join(ROOT, 'policies')
WHO = '見本 花子 <hanako@example.jp>'
ENV = {**os.environ, 'HOME': '/nonexistent', 'GIT_CONFIG_NOSYSTEM': '1'}
NAMES = ['第1回審査会議事録.docx', '[最終]報告書①髙﨑 ver1.docx', '𠮷野家.docx',
         'ＡＢＣ.docx', 'あ' * 59 + '.docx']


class Skip(Exception):
    """A test that cannot be made here."""


def run(*args, lang='en', env=None, cwd=None, before=None):
    done = subprocess.run(
        [KAITEI, '--lang', lang, *args], capture_output=True, timeout=300,
        env={**ENV, **(env or {})}, cwd=cwd, preexec_fn=before, check=False)
    return (done.returncode, done.stdout.decode(),
            done.stderr.decode(errors='replace'))


def good(*args, status=0, **how):
    got, out, err = run(*args, **how)
    assert got == status, (args, got, err)
    assert 'AddressSanitizer' not in err and 'runtime error' not in err, err
    return out, err


def refused(*args, reason, **how):
    got, out, err = run(*args, **how)
    assert got == 2 and f'[{reason}' in err, (args, got, err)
    assert 'AddressSanitizer' not in err and 'runtime error' not in err, err
    return err


def need(*tools):
    for tool in tools:
        if shutil.which(tool):
            return tool
    raise Skip(f'{tools[0]} is not installed')


def digest(path):
    done = subprocess.run(['sha256sum', path], capture_output=True, check=True)
    return done.stdout.split()[0].decode()


class Year:
    """A store with a year's work, made once."""
    folder = None

    @classmethod
    def store(cls):
        if cls.folder is None:
            cls.folder = tempfile.mkdtemp(prefix='kaitei-year-')
            cls.fill(os.path.join(cls.folder, 'store'))
        return os.path.join(cls.folder, 'store')

    @classmethod
    def fill(cls, store):
        good('init', store, '--user', WHO)
        for name in 'kanri-kitei', 'kansa-yoko':
            good('-C', store, 'add', f'{POLICIES}/{name}.md', '--effective',
                 '2025-04-01', '--decided', '2025-03-20')
        good('-C', store, 'add', f'{POLICIES}/revised/kanri-kitei.md',
             '--effective', '2026-10-01', '--decided', '2026-09-10',
             '--instrument', '令和8年達第5号')
        good('render', f'{POLICIES}/kansa-yoko.md', '-o',
             f'{cls.folder}/one.docx')
        for name in NAMES:
            path = f'{cls.folder}/{name}'
            shutil.copy(f'{cls.folder}/one.docx', path)
            good('-C', store, 'deliver', 'add', path, '--type', '報告書',
                 '--date', '2027-03-01')


def put_in_store(store, path, content, branch='main'):
    """One more file on top of main, as Git does it."""
    env = {**ENV, 'GIT_INDEX_FILE': store + '.index',
           'GIT_AUTHOR_DATE': '1775000000 +0900',
           'GIT_COMMITTER_DATE': '1775000000 +0900'}
    for key in 'AUTHOR', 'COMMITTER':
        env |= {f'GIT_{key}_NAME': '見本', f'GIT_{key}_EMAIL': 'x@example.jp'}

    def git(*words, given=None):
        done = subprocess.run(['git', '-C', store, *words], input=given,
                              env=env, capture_output=True, check=True)
        return done.stdout.decode().strip()
    blob = git('hash-object', '-w', '--stdin', given=content.encode())
    git('read-tree', 'main')
    git('update-index', '--add', '--cacheinfo', f'100644,{blob},{path}')
    made = git('commit-tree', git('write-tree'), '-p', 'main', '-m', path)
    git('update-ref', f'refs/heads/{branch}', made)
    os.unlink(env['GIT_INDEX_FILE'])


def build(target, *more, store=None, **how):
    return good('-C', store or Year.store(), 'archive', 'build', '--fy',
                '令和8年度', '-o', target, *more, **how)


def image(folder):
    """The image of the sample year, copied from the first one made."""
    first = os.path.join(Year.store(), '..', 'first.iso')
    if not os.path.exists(first):
        build(first)
    return shutil.copy(first, os.path.join(folder, 'R8.iso'))


def extracted(folder):
    """Every path below a folder with its bytes."""
    found = {}
    for where, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(where, name)
            with open(path, 'rb') as source:
                found[os.path.relpath(path, folder)] = source.read()
    return found


# ---- the register ----------------------------------------------------------


def deliver(store, name, *more, content=None, status=0):
    folder = os.path.dirname(store)
    path = os.path.join(folder, name)
    if content is None:
        shutil.copy(os.path.join(Year.folder, 'one.docx'), path)
    else:
        with open(path, 'wb') as target:
            target.write(content)
    return run('-C', store, 'deliver', 'add', path, *more)


def new_store(folder):
    Year.store()
    store = os.path.join(folder, 'store')
    good('init', store, '--user', WHO)
    return store


def test_deadlines_are_counted_in_open_days():
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(folder)
        for i, (event, came, fy, due, late) in enumerate((
                ('2026-04-28', '2026-05-11', '2026', '2026-05-11', False),
                ('2026-04-28', '2026-05-12', '2026', '2026-05-11', True),
                ('2027-12-24', '2028-01-06', '2027', '2028-01-06', False),
                ('2029-03-26', '2029-04-03', '2028', '2029-04-02', True))):
            status, _, err = deliver(
                store, f'議事録{i}.docx', '--type', '議事録', '--date', came,
                '--event', f'{event} 第{i}回', '--fy', fy)
            assert status == 0 and ('deliver-late' in err) == late, err
            out, _ = good('-C', store, 'deliver', 'list', '--fy', fy, '--json',
                          status=1 if any_late(fy, i, late) else 0)
            row = json.loads(out)['deliverables'][-1]
            assert (row['due'], row['late'], row['occasion']) == (
                due, late, f'第{i}回'), row
        # Everything else is due on the year's last open day.
        for fy, due in (('令和8年度', '2027-03-31'), ('R9', '2028-03-31'),
                        ('令和10年度', '2029-03-30')):
            deliver(store, f'計画{fy}.docx', '--type', '計画書', '--fy', fy,
                    '--date', '2026-04-02')
            _, out, _ = run('-C', store, 'deliver', 'list', '--fy', fy,
                            '--json')
            assert json.loads(out)['deliverables'][-1]['due'] == due, out
        settings = os.path.join(folder, 'x.yaml')
        with open(settings, 'w', encoding='utf-8') as target:
            target.write('calendar:\n  closed: [2026-06-02]\n')
        deliver(store, '閉庁日.docx', '--type', '議事録', '--date',
                '2026-06-01', '--event', '2026-05-29', '--settings', settings)
        _, out, _ = run('-C', store, 'deliver', 'list', '--fy', 'R8', '--json')
        assert json.loads(out)['deliverables'][-1]['due'] == '2026-06-08', out


def any_late(fy, i, late):
    return late or (fy == '2026' and i == 1)


def test_only_office_files_are_taken_and_by_their_content():
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(folder)
        for name, content in (('文.docx', b'PK\3\4 no package'),
                              ('文.doc', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
                              ('文.txt', b'words'), ('空.docx', b'')):
            status, _, err = deliver(store, name, content=content)
            assert status == 2 and 'deliver-office' in err, (name, err)
        status, _, err = deliver(store, '名前.xlsx')
        assert status == 2 and 'deliver-suffix' in err, err
        status, _, err = deliver(store, '図.txt', '--other', content=b'x')
        assert status == 2 and 'usage-reason' in err, err
        status, _, err = deliver(store, '図.txt', '--other', '--reason',
                                 '原本の形式', content=b'x')
        assert status == 0, err
        refused('-C', store, 'deliver', 'add', '/no/such.docx',
                reason='not-found')


def test_names_that_cannot_be_kept_are_refused():
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(folder)
        for name, why in (
                ('CON.docx', 'name-device'), ('com1.docx', 'name-device'),
                ('あ' * 60 + '.docx', 'name-long'),
                ('𠮷' * 30 + '.docx', 'name-long'),
                ('a;b.docx', 'name-sign'), ('100%.docx', 'name-sign'),
                (' a.docx', 'name-edge'), ('register.tsv', 'register-taken')):
            other = () if name.endswith('.docx') else (
                '--other', '--reason', 'x')
            status, _, err = deliver(store, name, *other)
            assert status == 2 and why in err, (name, err)
        status, _, err = deliver(store, 'a.', '--other', '--reason', 'x')
        assert status == 2 and 'name-edge' in err, err
        # One name for somebody: case, width, composition.
        assert deliver(store, 'ガイド.docx')[0] == 0
        for name in 'ｶﾞｲﾄﾞ.docx', 'ガイド.docx', 'ガイド.DOCX':
            status, _, err = deliver(store, name)
            assert status == 2 and 'register-taken' in err, (name, err)
        for name in 'Ａ.docx', '𠮷.docx', '[差替]~案@2.docx':
            assert deliver(store, name)[0] == 0, name


def test_what_is_lent_stays_out_until_a_reason_is_given_and_can_be_destroyed():
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(folder)
        secret = b'the plan of the network'
        deliver(store, '報告.docx', '--date', '2026-06-01')
        deliver(store, '構成図.txt', '--provided', '--other', '--reason', 'x',
                '--date', '2026-06-01', content=secret)
        deliver(store, '点検.docx', '--confidential', '--date', '2026-06-01')
        target = os.path.join(folder, 'R8.iso')
        err = refused('-C', store, 'archive', 'build', '--fy', 'R8', '-o',
                      target, reason='denied')
        assert '構成図.txt' in err and '点検.docx' in err, err
        assert not os.path.exists(target)
        refused('-C', store, 'archive', 'build', '--fy', 'R8', '-o', target,
                '--include-provided', reason='usage')
        _, err = good('-C', store, 'archive', 'build', '--fy', 'R8', '-o',
                      target, '--include-provided', '--reason', '承認による')
        assert err.count('archive-included') == 2, err
        good('archive', 'verify', target)
        # Not one byte of it is in the history.
        done = subprocess.run(
            ['git', '-C', store, 'cat-file', '--batch-check',
             '--batch-all-objects'], capture_output=True, check=True)
        sizes = [line.split()[2] for line in done.stdout.splitlines()]
        assert str(len(secret)).encode() not in sizes
        for name in '構成図.txt', '点検.docx':
            paper = os.path.join(folder, '証明書.docx')
            good('-C', store, 'deliver', 'dispose', name, '--fy', 'R8', '-o',
                 paper, '--date', '2027-03-20')
            out, _ = good('convert', paper, '--format', 'txt')
            assert '廃棄証明書' in out and name in out, out
            assert '令和9年3月20日' in out.replace('　', ''), out
        assert os.listdir(os.path.join(store, 'provided')) == []
        refused('-C', store, 'deliver', 'dispose', '構成図.txt', '--fy', 'R8',
                '-o', os.path.join(folder, 'x.docx'), reason='stale')
        refused('-C', store, 'deliver', 'dispose', '報告.docx', '--fy', 'R8',
                '-o', os.path.join(folder, 'x.docx'), reason='invalid')
        good('-C', store, 'archive', 'build', '--fy', 'R8', '-o', target)


def marked(folder, name, mark):
    """A sample with a mark in its front matter."""
    with open(f'{POLICIES}/{name}.md', encoding='utf-8') as source:
        words = source.read()
    path = os.path.join(folder, os.path.basename(name) + '.md')
    with open(path, 'w', encoding='utf-8') as target:
        target.write(words.replace('---\n', f'---\n{mark}', 1))
    return path


def test_documents_that_are_marked_stay_out_whatever_they_are():
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(folder)
        target = os.path.join(folder, 'R8.iso')
        deliver(store, '点検.docx', '--confidential', '--date', '2026-06-01')

        def denied(*titles):
            err = refused('-C', store, 'archive', 'build', '--fy', 'R8', '-o',
                          target, reason='denied')
            assert err.count('archive-provided') == len(titles), err
            assert all(title in err for title in titles), err
            assert not os.path.exists(target)
        good('-C', store, 'add', f'{POLICIES}/kanri-kitei.md', '--effective',
             '2025-04-01')
        denied('点検.docx')
        # A guideline that was lent; the newest text of a document; …
        good('-C', store, 'add',
             marked(folder, 'guideline/r7', '取扱い: 提供資料\n'))
        guideline = '地方公共団体における情報セキュリティポリシーに関する'
        denied('点検.docx', guideline)
        # … a text that is marked no more, and stays in the history; …
        good('-C', store, 'add',
             marked(folder, 'kansa-yoko', 'handling: 機密\n'))
        good('-C', store, 'add', f'{POLICIES}/kansa-yoko.md')
        audit = '見本市情報セキュリティ監査実施要綱'
        denied('点検.docx', guideline, audit)
        # … and one that is a draft only.
        with open(marked(folder, 'kanri-kitei', '取扱い: 機密\n'),
                  encoding='utf-8') as source:
            put_in_store(store, 'policies/kanri-kitei.md', source.read(),
                         'draft/案')
        rule = '見本市情報セキュリティ管理規程'
        denied('点検.docx', guideline, audit, rule)
        _, err = good('-C', store, 'archive', 'build', '--fy', 'R8', '-o',
                      target, '--include-provided', '--reason', '承認による')
        assert err.count('archive-included') == 4, err
        need('xorriso')
        files = unpacked(target, folder, '/data/メタデータ')
        with open(files['出来事.xml'], encoding='utf-8') as source:
            words = source.read()
        assert words.count('提供資料等の収録') == 4, words
        assert words.count('承認による') == 4 and rule in words, words


# ---- the image -------------------------------------------------------------


def test_the_same_year_gives_the_same_bytes_everywhere():
    with tempfile.TemporaryDirectory() as folder:
        first = digest(image(folder))
        target = os.path.join(folder, 'x.iso')
        for zone in 'Asia/Tokyo', 'America/New_York':
            build(target, env={'TZ': zone, 'PAD': zone * 20})
            assert digest(target) == first, zone
        # Another machine: a clone, packed, with other settings and times.
        other = os.path.join(folder, 'clone.git')
        for words in (['git', 'clone', '-q', '--mirror', Year.store(), other],
                      ['git', '-C', other, 'repack', '-qadf'],
                      ['git', '-C', other, 'config', 'pack.compression', '1']):
            subprocess.run(words, check=True, capture_output=True)
        for where, _, files in os.walk(other):
            for name in files:
                os.utime(os.path.join(where, name), (10 ** 9, 10 ** 9))
        build(target, store=other, env={'TZ': 'Pacific/Apia'})
        assert digest(target) == first
        with open(target + '.sha256', encoding='utf-8') as source:
            assert source.read() == f'{first}  x.iso\n'
        out, _ = good('convert', os.path.join(folder, 'x_ラベル.docx'),
                      '--format', 'txt')
        for words in ('KAITEI_R08_1_1', first[:16], '1 / 1枚', 'Joliet',
                      'ウイルス', '署名', 'PIE SUM8', '見本市'):
            assert words in out, words


def check_extraction(folder, reader):
    files = extracted(folder)
    for name in NAMES:
        assert f'data/令和8年度/06_納品物/報告書/{name}' in files, (
            reader, name, sorted(files))
    for name in 'manifest-sha256.txt', 'tagmanifest-sha256.txt':
        done = subprocess.run(['sha256sum', '-c', '--quiet', name],
                              cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, (reader, done.stdout.decode())
    return files


def test_independent_readers_extract_everything_with_its_name():
    with tempfile.TemporaryDirectory() as folder:
        made = image(folder)
        zip7 = shutil.which('7zz') or shutil.which('7z')
        readers = (
            ('xorriso', ['xorriso', '-osirrox', 'on', '-indev', made,
                         '-extract', '/', '.']),
            ('bsdtar', ['bsdtar', '-xf', made]),
            ('bsdtar', ['bsdtar', '-xf', made, '--options', '!rockridge']),
            (zip7 or '7z', [zip7, 'x', '-y', '-tiso', made]))
        seen = []
        for number, (tool, words) in enumerate(readers):
            if not shutil.which(tool):
                print(f'    skipped: {tool} is not installed')
                continue
            to = os.path.join(folder, str(number))
            os.mkdir(to)
            done = subprocess.run(words, cwd=to, capture_output=True,
                                  env={**ENV, 'LC_ALL': 'C.UTF-8'},
                                  check=False)
            assert done.returncode == 0, (words, done.stderr)
            seen.append(check_extraction(to, words[:2]))
        if not seen:
            raise Skip('no reader is installed')
        assert all(files == seen[0] for files in seen)
        bundle = os.path.join(folder, 'x.bundle')
        with open(bundle, 'wb') as target:
            target.write(seen[0]['data/機械可読/履歴.bundle'])
        clone = os.path.join(folder, 'clone')
        for words in (['git', 'clone', '-q', bundle, clone],
                      ['git', '-C', clone, 'bundle', 'verify', bundle],
                      ['git', '-C', clone, 'fsck', '--full', '--strict']):
            done = subprocess.run(words, capture_output=True, check=False)
            assert done.returncode == 0, (words, done.stderr)
        count = subprocess.run(
            ['git', '-C', clone, 'rev-list', '--count', 'HEAD'],
            capture_output=True, check=True).stdout
        want = subprocess.run(
            ['git', '-C', Year.store(), 'rev-list', '--count', 'main'],
            capture_output=True, check=True).stdout
        assert count == want


def test_the_bag_holds_every_paper_of_the_year():
    need('xorriso')
    with tempfile.TemporaryDirectory() as folder:
        made = image(folder)
        done = subprocess.run(
            ['xorriso', '-indev', made, '-find', '/', '-type', 'f'],
            capture_output=True, env={**ENV, 'LC_ALL': 'C.UTF-8'}, check=True)
        names = done.stdout.decode()
        for name in ('01_確定版/見本市情報セキュリティ管理規程.docx',
                     '02_新旧対照表/見本市情報セキュリティ管理規程_'
                     '令和8年9月10日_新旧対照表.docx',
                     '03_改め文/見本市情報セキュリティ管理規程_',
                     '04_見え消し/見本市情報セキュリティ管理規程_',
                     'data/INDEX.XLSX', 'メタデータ/出来事.xml', '出来事.xlsx',
                     'policies/kanri-kitei.md', 'はじめにお読みください.docx',
                     'bagit.txt', 'bag-info.txt'):
            assert name in names, name


def sheet_words(path):
    """All words of a workbook."""
    with zipfile.ZipFile(path) as book:
        return ''.join(book.read(name).decode() for name in book.namelist()
                       if name.endswith('.xml'))


def unpacked(made, folder, where):
    """The files below a folder of an image, by name."""
    to = os.path.join(folder, 'unpacked')
    subprocess.run(['rm', '-rf', to], check=True)
    subprocess.run(['xorriso', '-osirrox', 'on', '-indev', made, '-extract',
                    where, to], capture_output=True, check=True,
                   env={**ENV, 'LC_ALL': 'C.UTF-8'})
    subprocess.run(['chmod', '-R', 'u+w', to], check=True)
    return {name: os.path.join(to, name) for name in os.listdir(to)}


def test_the_correspondence_is_that_of_match_with_the_confirmed_links():
    need('xorriso')
    where = '/data/令和8年度/05_対応表'
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(folder)
        for name in 'kansa-yoko', 'guideline/r7':
            good('-C', store, 'add', f'{POLICIES}/{name}.md', '--as',
                 'guideline' if '/' in name else name, '--effective',
                 '2025-04-01')
        settings = os.path.join(folder, 'kaitei.yaml')
        with open(os.path.join(POLICIES, 'kaitei.yaml'), 'rb') as source:
            words = source.read().decode()
        with open(settings, 'w', encoding='utf-8') as target:
            target.write(words + 'guidelines:\n  kansa-yoko: guideline\n')
        target = os.path.join(folder, 'X.iso')
        want = os.path.join(folder, 'want.xlsx')
        pair = (f'{POLICIES}/kansa-yoko.md', f'{POLICIES}/guideline/r7.md')
        name = '見本市情報セキュリティ監査実施要綱_guideline_対応表.xlsx'

        def table(*how):
            run('match', *pair, '--settings', settings, '-o',
                want, *how, lang='ja')
            build(target, '--settings', settings, store=store)
            files = unpacked(target, folder, where)
            assert len(files) == 1, files
            got = sheet_words(list(files.values())[0])
            assert got == sheet_words(want), files
            return got
        # Named by the settings, without links.
        guessed = table()
        # Links that people confirmed win, and say so.
        _, links, _ = run('match', *pair, '--settings', settings, '--format',
                          'tsv')
        rows = links.splitlines()
        kept = os.path.join(folder, 'kept.tsv')
        with open(kept, 'w', encoding='utf-8') as out:
            out.write('\n'.join(rows[:4]) + '\n')
        shutil.copy(kept, os.path.join(folder, 'kansa-yoko--guideline.tsv'))
        _, err = good('-C', store, 'add', os.path.join(
            folder, 'kansa-yoko--guideline.tsv'))
        assert 'links/kansa-yoko--guideline.tsv' in err, err
        assert 'archive-links-name' not in err, err
        assert table('--links', kept) != guessed
        # Without a setting the kept links are enough.
        build(target, store=store)
        assert len(unpacked(target, folder, where)) == 1
        # What nobody could read is refused, what nobody looks for is told.
        bad = os.path.join(folder, 'kansa-yoko--x.tsv')
        with open(bad, 'w', encoding='utf-8') as out:
            out.write('a\tb\tc\n')
        err = refused('-C', store, 'add', bad, reason='invalid')
        assert 'kansa-yoko--x.tsv:1' in err, err
        _, err = good('-C', store, 'add', kept)
        assert 'archive-links-name' in err, err
        put_in_store(store, 'links/none--guideline.tsv', rows[0] + '\n')
        put_in_store(store, 'links/x.tsv', 'x')
        _, err = build(target, store=store)
        assert 'none--guideline' in err and 'archive-links-name' in err, err
        put_in_store(store, 'links/kansa-yoko--guideline.tsv', 'a\tb\tc\n')
        err = refused('-C', store, 'archive', 'build', '--fy', 'R8', '-o',
                      target + '2', reason='invalid')
        assert 'links/kansa-yoko--guideline.tsv:1' in err, err


def test_where_words_do_not_do_the_table_is_the_instrument():
    need('xorriso')
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(folder)
        # Of two clauses with one number no sentence can name the second.
        text = '# 見本要綱\n\n## 第1条　図\n\n甲\n\n## 第1条　図\n\n{}\n'
        for number, (words, day) in enumerate((
                ('乙', '2025-04-01'), ('丙', '2026-10-01'))):
            path = os.path.join(folder, f'{number}.md')
            with open(path, 'w', encoding='utf-8') as target:
                target.write(text.format(words))
            good('-C', store, 'add', path, '--as', 'mihon', '--effective', day,
                 '--decided', day)
        target = os.path.join(folder, 'X.iso')
        _, err = build(target, store=store)
        files = unpacked(target, folder, '/data/令和8年度/03_改め文')
        assert 'archive-table-instead' in err, err
        assert len(files) == 1, files
        (name, path), = files.items()
        assert '（新旧対照表方式）' in name, name
        out, _ = good('convert', path, '--format', 'txt')
        assert '改正後' in out and '丙' in out and '2026' not in out, out


# ---- verification ----------------------------------------------------------


def test_one_flipped_byte_is_found_and_named():
    with tempfile.TemporaryDirectory() as folder:
        made = image(folder)
        good('archive', 'verify', made)
        with open(made, 'rb') as source:
            whole = source.read()
        at = whole.index(b'BagIt-Version')
        for offset, name in ((at + 3, 'bagit.txt'), (16 * 2048 + 41, None),
                             (len(whole) - 200 * 2048, None),
                             (len(whole) - 5, None), (5, None)):
            bad = bytearray(whole)
            bad[offset] ^= 4
            with open(made, 'wb') as target:
                target.write(bad)
            status, out, err = run('archive', 'verify', made, '--json')
            assert status == 1, (offset, status, err)
            assert json.loads(out)['faults'], out
            assert name is None or f"'{name}'" in err, err
        generator = random.Random(8)
        for _ in range(25):
            bad = bytearray(whole)
            bad[generator.randrange(len(bad))] ^= 1 << generator.randrange(8)
            with open(made, 'wb') as target:
                target.write(bad)
            assert run('archive', 'verify', made)[0] in (1, 2)


def test_what_is_no_whole_image_is_refused_or_found():
    with tempfile.TemporaryDirectory() as folder:
        made = image(folder)
        size = os.path.getsize(made)
        os.truncate(made, size - 2048)
        status, _, err = run('archive', 'verify', made)
        assert status == 1 and 'image-short' in err, err
        os.truncate(made, 16 * 2048)
        refused('archive', 'verify', made, reason='invalid: image-none')
        refused('archive', 'verify', folder, reason='invalid')
        refused('archive', 'verify', '/no/such', reason='not-found')
        made = image(folder)
        _, err = good('archive', 'verify', made, '--fy', '令和9年度', status=1)
        assert 'archive-other' in err, err
        paper = os.path.join(folder, '検収.docx')
        good('archive', 'verify', made, '-o', paper)
        out, _ = good('convert', paper, '--format', 'txt')
        assert '電子媒体検収記録' in out and '合格' in out, out


# ---- discs -----------------------------------------------------------------


def check_three_discs(made, folder):
    """Each file once, and on every disc what lies where."""
    need('xorriso')
    for number, path in enumerate(made):
        assert os.path.getsize(path) <= 6000000
        good('archive', 'verify', path)
        assert digest(path) in open(path + '.sha256', encoding='utf-8').read()
        files = unpacked(path, folder, '/')
        names = sorted(extracted(os.path.join(folder, 'unpacked')))
        assert [n for n in names if n.endswith('.bin')] == [
            f'data/令和8年度/06_納品物/その他/図{number}.bin'], names
        assert not any(n.endswith('.bundle') for n in names), names
        with open(files['bag-info.txt'], encoding='utf-8') as source:
            assert f'Bag-Count: {number + 1} of 3' in source.read()
        words = sheet_words(os.path.join(files['data'], 'INDEX.XLSX'))
        for i in range(3):
            assert f'図{i}.bin' in words and f'{i + 1}/3' in words, words
        out, _ = good('convert', files['はじめにお読みください.docx'],
                      '--format', 'txt')
        assert '収めていません' in out and '06_納品物' in out, out
        assert '01_確定版' not in out, out


def test_a_year_too_big_for_one_disc_becomes_several():
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(folder)
        generator = random.Random(1)
        for i in range(3):
            deliver(store, f'図{i}.bin', '--other', '--reason', 'x', '--date',
                    '2026-06-01', content=generator.randbytes(3 << 20))
        target = os.path.join(folder, 'X.iso')
        err = refused('-C', store, 'archive', 'build', '--fy', 'R8', '-o',
                      target, '--disc', '6000000', reason='refused')
        assert 'archive-history-too-big' in err, err
        assert '--without-history' in err, err
        _, err = good('-C', store, 'archive', 'build', '--fy', 'R8', '-o',
                      target, '--disc', '14000000')
        made = sorted(glob.glob(os.path.join(folder, 'X-*.iso')))
        assert [os.path.basename(m) for m in made] == ['X-1.iso', 'X-2.iso']
        assert 'KAITEI_R08_1_2' in err and 'KAITEI_R08_2_2' in err, err
        for path in made:
            assert os.path.getsize(path) <= 14000000
            good('archive', 'verify', path)
        assert not os.path.exists(target)
        # Without the history it fits, one file a disc, and says so.
        os.unlink(made[0])
        _, err = good('-C', store, 'archive', 'build', '--fy', 'R8', '-o',
                      target, '--disc', '6000000', '--without-history')
        made = sorted(glob.glob(os.path.join(folder, 'X-*.iso')))
        assert len(made) == 3 and 'KAITEI_R08_3_3' in err, err
        check_three_discs(made, folder)
        refused('-C', store, 'archive', 'build', '--fy', 'R8', '-o', target,
                '--disc', 'floppy', reason='usage')
        refused('-C', store, 'archive', 'build', '--fy', 'R7', '-o', target,
                reason='not-found')


def test_memory_does_not_grow_with_the_content():
    def peak(*args):
        process = subprocess.Popen([KAITEI, *args], env=ENV,
                                   stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, args
        return used.ru_maxrss >> 10

    with tempfile.TemporaryDirectory() as folder:
        seen = []
        generator = random.Random(4)
        for size in 2, 60:
            store = os.path.join(folder, f'{size}')
            good('init', store, '--user', WHO)
            Year.store()
            word = os.path.join(folder, f'{size}.docx')
            shutil.copy(os.path.join(Year.folder, 'one.docx'), word)
            # In pieces: a child's peak begins with that of its parent.
            with zipfile.ZipFile(word, 'a') as package, \
                    package.open('word/media/image9.png', 'w') as part:
                for _ in range(size):
                    part.write(generator.randbytes(1 << 20))
            target = os.path.join(folder, 'X.iso')
            packed = os.path.join(folder, f'{size}.git')
            peaks = [peak('-C', store, 'deliver', 'add', word, '--date',
                          '2026-06-01')]
            for words in (['git', 'clone', '-q', '--mirror', store, packed],
                          ['git', '-C', packed, 'repack', '-qadf']):
                subprocess.run(words, check=True, capture_output=True)
            for where in store, packed:
                peaks.append(peak('-C', where, 'archive', 'build', '--fy',
                                  'R8', '-o', target))
                peaks.append(peak('archive', 'verify', target))
                os.unlink(target)
            seen.append(peaks)
        print('    peaks in MiB:', *seen)
        # Sanitizers keep what was freed.
        more = 12 if max(seen[0]) < 100 else 400
        for small, large in zip(*seen):
            assert large < small + more, seen


def test_what_fits_on_no_disc_is_refused_before_the_work():
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(folder)
        generator = random.Random(2)
        deliver(store, '図.bin', '--other', '--reason', 'x', '--date',
                '2026-06-01', content=generator.randbytes(5 << 20))
        # The work would come to these links, and stop there.
        good('-C', store, 'add', f'{POLICIES}/kansa-yoko.md', '--effective',
             '2025-04-01')
        put_in_store(store, 'links/kansa-yoko--kansa-yoko.tsv', 'x\ty\tz\n')
        target = os.path.join(folder, 'X.iso')
        refused('-C', store, 'archive', 'build', '--fy', 'R8', '-o', target,
                reason='invalid: links-relation')
        err = refused('-C', store, 'archive', 'build', '--fy', 'R8', '-o',
                      target, '--disc', '5000000', reason='refused')
        assert '図.bin' in err and 'archive-too-big' in err, err
        # Office files in the history do not get smaller in the bundle.
        word = os.path.join(folder, '大.docx')
        shutil.copy(os.path.join(Year.folder, 'one.docx'), word)
        with zipfile.ZipFile(word, 'a') as package:
            package.writestr('word/media/image9.png',
                             generator.randbytes(7 << 20))
        status, _, err = run('-C', store, 'deliver', 'add', word, '--date',
                             '2025-06-01')
        assert status == 0, err
        err = refused('-C', store, 'archive', 'build', '--fy', 'R8', '-o',
                      target, '--disc', '7400000', reason='refused')
        assert 'archive-history-too-big' in err and '図.bin' not in err, err
        assert not os.path.exists(target)


def test_burning_writes_closes_and_reads_back():
    with tempfile.TemporaryDirectory() as folder:
        made = image(folder)
        disc = os.path.join(folder, 'disc')
        drive = f'stdio:{disc}'
        _, err = good('archive', 'burn', made, '--drive', drive, '--dry-run')
        assert 'burn-ready' in err and not os.path.exists(disc), err
        _, err = good('archive', 'burn', made, '--drive', drive)
        assert 'burn-done' in err and digest(disc) == digest(made), err
        good('archive', 'verify', disc)
        refused('archive', 'burn', made, '--drive', drive, reason='stale')
        refused('archive', 'burn', made, '--drive', '/dev/no-such-drive',
                reason='not-found')
        refused('archive', 'burn', made, reason='usage')
        with open(made, 'r+b') as target:
            target.seek(300 * 2048)
            target.write(b'\0\1\2\3' * 8)
        refused('archive', 'burn', made, '--drive', drive + '2',
                reason='damaged')
        assert not os.path.exists(disc + '2')


# ---- interruption ----------------------------------------------------------


def test_a_kill_at_any_point_leaves_no_image_or_a_whole_one():
    with tempfile.TemporaryDirectory() as folder:
        want = digest(image(folder))
        target = os.path.join(folder, 'out', 'K.iso')
        os.mkdir(os.path.dirname(target))
        begun = time.monotonic()
        build(target)
        whole = time.monotonic() - begun
        generator = random.Random(3)
        killed = 0
        for _ in range(20):
            for path in glob.glob(os.path.join(folder, 'out', '*')):
                os.unlink(path)
            process = subprocess.Popen(
                [KAITEI, '-C', Year.store(), 'archive', 'build', '--fy', 'R8',
                 '-o', target], env=ENV, stderr=subprocess.DEVNULL)
            time.sleep(generator.random() * whole * 1.1)
            process.send_signal(signal.SIGKILL)
            killed += process.wait() < 0
            left = os.listdir(os.path.dirname(target))
            if 'K.iso' in left:
                assert digest(target) == want
            # But for the moment between naming and renaming.
            for name in left:
                assert name.startswith(
                    ('K.iso', 'K_ラベル.docx')), left
        assert killed > 0
        build(target)
        assert digest(target) == want


def test_a_full_disk_leaves_nothing():
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, 'F.iso')

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        for room in 1 << 13, 1 << 16, 300000, 450000:
            err = refused('-C', Year.store(), 'archive', 'build', '--fy',
                          'R8', '-o', target, reason='no-space',
                          before=limit)
            assert os.listdir(folder) == [], (room, os.listdir(folder), err)
        refused('-C', Year.store(), 'archive', 'build', '--fy', 'R8', '-o',
                os.path.join(folder, 'no', 'F.iso'), reason='not-found')


def test_a_full_file_system_leaves_nothing():
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ['mount', '-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', folder],
            capture_output=True, check=False)
        if done.returncode != 0:
            raise Skip('no file system can be mounted here')
        try:
            for size in '64k', '400k', '600k':
                subprocess.run(['mount', '-o', f'remount,size={size}',
                                folder], check=True)
                refused('-C', Year.store(), 'archive', 'build', '--fy', 'R8',
                        '-o', os.path.join(folder, 'F.iso'),
                        reason='no-space')
                assert os.listdir(folder) == [], size
        finally:
            subprocess.run(['umount', folder], check=True)


def test_an_archive_is_whole_though_others_write_meanwhile():
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(folder)
        enough = os.path.join(folder, 'enough')
        for name in glob.glob(os.path.join(POLICIES, '*-*.md')):
            good('-C', store, 'add', name)
        writing = [subprocess.Popen(
            ['sh', '-c', 'i=0; while [ ! -e "$4" ]; do i=$((i + 1)); '
             '"$0" -q -C "$1" draft new "$3-$i" --user "$2"; done',
             KAITEI, store, WHO, f'n{w}', enough], env=ENV,
            stderr=subprocess.DEVNULL) for w in range(3)]
        try:
            for i in range(20):
                target = os.path.join(folder, f'{i}.iso')
                good('-C', store, 'archive', 'build', '--fy', '2026', '-o',
                     target)
                good('-C', store, 'archive', 'verify', target, '--fy', '2026')
        finally:
            with open(enough, 'w', encoding='ascii'):
                pass
            for writer in writing:
                writer.wait()


def main():
    passed = failed = 0
    for name, test in sorted(globals().items()):
        if not name.startswith('test_'):
            continue
        try:
            test()
            passed += 1
        except Skip as why:
            print(f'    skipped: {name}: {why}')
        except Exception:
            failed += 1
            print(f'FAIL {name}')
            traceback.print_exc()
    if Year.folder:
        shutil.rmtree(Year.folder)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
