#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The program as its users and other programs meet it: exit codes, JSON keys,
messages, bad input, the store.

usage: run.py KAITEI ROOT
"""
import json
import os
import pty
import resource
import subprocess
import sys
import tempfile
import traceback
import zipfile

KAITEI, ROOT = sys.argv[1], os.path.abspath(sys.argv[2])
POLICIES = os.path.join(ROOT, 'policies')
WHO = '見本 花子 <hanako@example.jp>'


class Skip(Exception):
    """A test that cannot be made here."""


def kaitei(*args, lang='en', stdin=None, cwd=None, env=None, seconds=120):
    """(status, stdout, stderr) of one run."""
    done = subprocess.run(
        [KAITEI, *args], input=stdin, cwd=cwd, timeout=seconds,
        capture_output=True, env={**os.environ, 'LC_ALL': f'{lang}.UTF-8',
                                  'HOME': '/nonexistent',
                                  'GIT_CONFIG_NOSYSTEM': '1', **(env or {})})
    return (done.returncode, done.stdout.decode(),
            done.stderr.decode(errors='replace'))


def write(folder, name, text):
    path = os.path.join(folder, name)
    data = text if isinstance(text, bytes) else text.encode()
    with open(path, 'wb') as target:
        target.write(data)
    return path


def refused(*args, reason, **how):
    """The command must end with 2, one reason, and nothing on stdout."""
    status, out, err = kaitei(*args, **how)
    assert status == 2, (args, status, err)
    assert out == '', out[:200]
    assert f'[{reason}: ' in err, err
    assert 'AddressSanitizer' not in err and 'runtime error' not in err, err
    return err


OLD = '''# 見本市文書規程

## 第1条（目的）

この規程は、文書の取扱いを定める。

## 第2条（保存）

文書は、30日以内に整理しなければならない。

2　前項の期間は、第1条の目的により定める。
'''
NEW = OLD.replace('## 第2条', '''## 第2条（定義）

この規程において「文書」とは、職員が作成した書類をいう。

## 第3条''').replace('30日', '14日')


def pair(folder):
    return write(folder, 'old.md', OLD), write(folder, 'new.md', NEW)


# ---- the command line ------------------------------------------------------


def test_wrong_words_end_with_2_and_say_why():
    for args, name in (
            ([], 'usage-nothing'), (['dif', 'a', 'b'], 'usage-command'),
            (['diff', 'a'], 'usage-too-few'),
            (['diff', 'a', 'b', 'c'], 'usage-too-many'),
            (['diff', '--nope', 'a', 'b'], 'usage-option'),
            (['diff', 'a', 'b', '-o'], 'usage-value'),
            (['diff', '--json=1', 'a', 'b'], 'usage-no-value'),
            (['tree', '--edition', 'x', 'a'], 'usage-not-here'),
            (['diff', '--format', 'pdf', 'a', 'b'], 'usage-format')):
        assert name in refused(*args, reason='usage'), name


def test_a_wrong_value_is_told_with_right_ones():
    with tempfile.TemporaryDirectory() as folder:
        old, new = pair(folder)
        for args, words in (
                (['diff', old, new, '--format', 'pdf'], 'text'),
                (['diff', '--nope'], 'kaitei diff --help'),
                (['convert', old, '--changes', 'accep'], 'accept|reject|show'),
                (['table', old, new, '--profile', 'none'], 'houshikisho'),
                (['archive', 'build', '--fy', '2025年', '-o', 'x.iso'],
                 '令和8年度'),
                (['show', 'k', '--as-of', '2026-13-01'], '2026-04-01')):
            assert words in refused(*args, reason='usage'), args


def test_a_word_file_is_not_thrown_at_a_terminal():
    with tempfile.TemporaryDirectory() as folder:
        args = [KAITEI, '--lang', 'en', 'table', *pair(folder)]
        master, slave = pty.openpty()
        done = subprocess.run(args, stdout=slave, stderr=subprocess.PIPE,
                              timeout=60, check=False)
        os.close(slave)
        os.close(master)
        assert done.returncode == 2 and b'usage-terminal' in done.stderr, done
        done = subprocess.run(args, capture_output=True, timeout=60,
                              check=False)
        assert done.returncode == 0 and done.stdout[:2] == b'PK', done


def test_help_is_there_in_both_languages_for_every_command():
    status, english, _ = kaitei('--help')
    assert status == 0 and 'usage: kaitei' in english
    status, japanese, _ = kaitei('--help', '--lang', 'ja')
    assert status == 0 and '使い方' in japanese
    commands = [line.split()[0] for line in english.splitlines()
                if line.startswith('  ') and not
                line.startswith('  kaitei') and line.strip()]
    assert len(commands) >= 12, commands
    for command in commands:
        for lang in 'en', 'ja':
            status, text, err = kaitei(command, '--help', '--lang', lang)
            assert status == 0 and 'kaitei ' + command in text, command
            assert err == '', err


def test_the_language_follows_the_environment():
    assert 'does not exist' in refused('tree', '/no/x.md', reason='not-found')
    assert '見つかりません' in refused(
        'tree', '/no/x.md', reason='not-found', lang='ja_JP')


# ---- comparison ------------------------------------------------------------


def rebuild(change):
    old = ''.join(s['text'] for s in change['spans'] if s['op'] in '=-')
    new = ''.join(s['text'] for s in change['spans'] if s['op'] in '=+')
    return old, new


def check_diff(found):
    """The contract of `diff --json`."""
    assert found['format'] == 'kaitei-diff/1'
    for side in 'old', 'new':
        assert set(found[side]) >= {'source', 'title'}
    assert set(found['summary']) >= {
        'added', 'deleted', 'modified', 'moved', 'renumbered', 'split',
        'merged', 'notation', 'unchanged'}
    for change in found['changes']:
        assert change['kind'] in ('added deleted modified moved renumbered '
                                  'split merged').split()
        assert change['class'] in (
            'substance notation reference caption none').split()
        assert isinstance(change['flags'], list) and change['level']
        for side, text in zip(('old', 'new'), rebuild(change)):
            if change['spans']:
                assert text == ''.join(c['text'] for c in change[side])
        for span in change['spans']:
            assert span['op'] in '=-+'
            # Without a class: words that only changed their place.
            if span['op'] != '=' and span.get('note') != '移動':
                assert span['class'] in (
                    'substance notation reference-followed '
                    'reference-retargeted reference-dangling modality '
                    'quantity actor').split(), span
    for side in 'old', 'new':
        paths = [p for c in found['correspondence'] for p in c[side]]
        assert len(paths) == len(set(paths)), paths


def test_a_divided_paragraph_is_told_once_and_a_title_is_not_repeated():
    head = '# 方針\n\n## はじめに\n\n'
    one = 'この方針は、全ての職員に適用する。'
    two = '受託者についても、契約により同じ水準の取扱いを求める。'
    with tempfile.TemporaryDirectory() as folder:
        old = write(folder, 'a.md', f'{head}{one}{two}\n')
        new = write(folder, 'b.md', f'{head}{one}\n\n{two}\n')
        _, out, _ = kaitei('diff', '--lang', 'ja', old, new)
        lines = out.split('\n')
        assert lines[0] == 'はじめに', lines
        assert sum('分割／' in line for line in lines) == 1, lines


def test_differences_end_with_1_and_the_json_keeps_its_contract():
    with tempfile.TemporaryDirectory() as folder:
        old, new = pair(folder)
        status, out, err = kaitei('diff', '--json', old, new)
        assert (status, err) == (1, ''), err
        found = json.loads(out)
        check_diff(found)
        assert {'old': ['第2条'], 'new': ['第3条']} in found['correspondence']
        assert found['summary']['added'] == 1
        quantity = [c for c in found['changes'] if 'quantity' in c['flags']]
        assert len(quantity) == 1, found['changes']
        assert quantity[0]['new'][0]['path'] == '第3条第1項'


def test_the_same_text_twice_ends_with_0_and_no_change():
    for name in 'kanri-kitei.md', 'taisaku-kijun.md', 'guideline/r7.md':
        path = os.path.join(POLICIES, name)
        status, out, _ = kaitei('diff', '--json', path, path)
        found = json.loads(out)
        assert status == 0 and found['changes'] == [], name
        assert len(found['correspondence']) > 5, name


def test_the_samples_keep_the_contract_in_every_format():
    pairs = [('kanri-kitei.md', 'revised/kanri-kitei.md'),
             ('taisaku-kijun.md', 'revised/taisaku-kijun.md'),
             ('guideline/r5.md', 'guideline/r7.md')]
    for names in pairs:
        old, new = (os.path.join(POLICIES, n) for n in names)
        status, out, err = kaitei('diff', '--json', old, new)
        assert status == 1 and err == '', err
        check_diff(json.loads(out))
        for form in 'text', 'html', 'md':
            first = kaitei('diff', '--format', form, old, new)
            assert first == kaitei('diff', '--format', form, old, new)
            assert first[0] == 1 and len(first[1]) > 1000, form


def test_papers_of_one_text_say_that_nothing_changed():
    with tempfile.TemporaryDirectory() as folder:
        old, new = pair(folder)
        for command in (['table'], ['redline'], ['amend'],
                        ['amend', '--style', 'table']):
            out = os.path.join(folder, 'o.docx')
            for other, told in ((old, 1), (new, 0)):
                status, _, err = kaitei(*command, old, other, '-o', out)
                assert status == 0 and err.count('[texts-same]') == told, err


def test_lists_of_nothing_say_so_and_json_stays_json():
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, 's')
        assert kaitei('init', store, '--user', WHO)[0] == 0
        for args, told in ((['list'], 'list-empty'),
                           (['draft', 'list'], 'draft-list-empty')):
            status, out, err = kaitei('-C', store, *args)
            assert (status, out) == (0, '') and f'[{told}]' in err, err
            status, out, err = kaitei('-C', store, *args, '--json')
            assert status == 0 and json.loads(out)['format'], out
        kaitei('-C', store, 'draft', 'new', 'd')
        status, out, err = kaitei('-C', store, 'review', 'list', 'd')
        assert (status, out) == (0, '') and '[review-list-empty]' in err, err


def test_a_picture_that_fills_a_row_is_replaced_and_not_two_rows():
    with tempfile.TemporaryDirectory() as folder:
        old, new = (write(folder, name + '.md', OLD + f'''
## 別表

<table>
<tr><td>
<figure><img src="{name}.pdf" alt=""></figure></td></tr>
</table>
''') for name in ('before_1', 'after_2'))
        status, out, err = kaitei('diff', '--json', old, new)
        changes = json.loads(out)['changes']
        assert status == 1 and len(changes) == 1, (changes, err)
        assert changes[0]['kind'] == 'modified', changes
        table = os.path.join(folder, 't.docx')
        assert kaitei('table', '--profile', 'houshikisho', old, new, '-o',
                      table)[0] == 0
        with zipfile.ZipFile(table) as file:
            words = file.read('word/document.xml').decode()
        assert '新設' not in words and '削る' not in words, words


def test_hostile_text_stays_text_in_the_page():
    bad = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'&'
    with tempfile.TemporaryDirectory() as folder:
        old = write(folder, 'a.md', OLD)
        new = write(folder, 'b.md', OLD.replace(
            '文書の取扱い', '文書' + bad.replace('<', '\\<')))
        _, page, _ = kaitei('diff', '--format', 'html', old, new)
        assert page.count('<script>') == 1 and '<img' not in page
        assert 'http://' not in page and 'https://' not in page
        assert '&lt;script&gt;' in page


# ---- documents -------------------------------------------------------------


def test_a_document_converted_to_every_format_and_back_is_the_same():
    for name in 'kanri-kitei.md', 'revised/kanri-kitei.md':
        path = os.path.join(POLICIES, name)
        with tempfile.TemporaryDirectory() as folder:
            xml, back = (os.path.join(folder, n) for n in ('a.xml', 'a.md'))
            assert kaitei('convert', path, '-o', xml)[0] == 0
            assert kaitei('convert', xml, '-o', back)[0] == 0
            status, out, _ = kaitei('diff', '--json', path, back)
            assert status == 0, out[:2000]


def test_fmt_is_idempotent_and_check_finds_the_samples_clean():
    for folder, _, names in os.walk(POLICIES):
        for name in sorted(names):
            if not name.endswith('.md') or name in ('README.md',
                                                    'CHANGES.md'):
                continue
            path = os.path.join(folder, name)
            status, _, err = kaitei('fmt', '--check', path)
            assert status == 0, (path, err)
            status, out, _ = kaitei('check', '--json', path)
            found = json.loads(out)
            assert found['format'] == 'kaitei-check/1'
            errors = [f for f in found['findings'] if f['level'] == 'error']
            assert errors == [], errors[:3]


def test_check_names_place_and_clause_of_each_finding():
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.md', OLD.replace('第1条の目的', '第9条の目的'))
        status, out, _ = kaitei('check', '--json', path)
        found = json.loads(out)['findings']
        assert status == 1, out
        dangling = [f for f in found if f['id'] == 'ref-dangling']
        assert len(dangling) == 1, found
        assert dangling[0]['line'] == 11, dangling
        assert dangling[0]['path'] == '第2条第2項', dangling
        status, out, _ = kaitei('check', path)
        assert status == 1 and 'a.md:11:' in out and '[ref-dangling]' in out


def test_show_and_tree_find_clauses_however_they_are_written():
    path = os.path.join(POLICIES, 'kanri-kitei.md')
    wanted = kaitei('show', path, '第2条第4号ア')
    assert wanted[0] == 0 and '設備' in wanted[1], wanted
    for address in '第二条第四号ア', '第２条第４号ア':
        assert kaitei('show', path, address) == wanted
    err = refused('show', path, '第99条', reason='not-found')
    assert 'no-clause' in err
    tree = json.loads(kaitei('tree', '--json', path)[1])
    assert tree['format'] == 'kaitei-tree/1' and len(tree['clauses']) > 5


def test_standard_input_is_a_document():
    status, out, _ = kaitei('tree', '-', stdin=OLD.encode())
    assert status == 0 and '第2条' in out


# ---- bad input -------------------------------------------------------------


def test_bad_files_are_refused_with_their_place():
    with tempfile.TemporaryDirectory() as folder:
        cases = {
            'latin.md': (b'# a\n\ncaf\xe9\n', 'invalid', ':3:4:'),
            'nul.md': (b'# a\n\nb\0c\n', 'invalid', ''),
            'cut.xml': (b'<?xml version="1.0"?><Law><LawBody>', 'invalid',
                        ''),
            'other.bin': (bytes(range(256)) * 9, 'invalid', ''),
        }
        for name, (data, reason, place) in cases.items():
            path = write(folder, name, data)
            err = refused('tree', path, reason=reason)
            assert name in err and place in err, err
        out = os.path.join(folder, 'out.md')
        refused('convert', os.path.join(folder, 'latin.md'), '-o', out,
                reason='invalid')
        assert not os.path.exists(out)
        assert sorted(os.listdir(folder)) == sorted(cases)


def test_a_file_without_a_word_is_refused_wherever_it_is_read():
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, 's')
        assert kaitei('init', store, '--user', WHO)[0] == 0
        assert kaitei('-C', store, 'draft', 'new', 'd')[0] == 0
        full, _ = pair(folder)
        for name, data in (('a.md', b''), ('b.md', b' \t\n\r\n\n'),
                           ('c.txt', '　\n　\n'.encode()),
                           ('d.docx', b''), ('e.md', b'\xef\xbb\xbf\n'),
                           ('f.pdf', b'')):
            path = write(folder, name, data)
            for args in (('add', path, '--as', 'k'), ('diff', full, path),
                         ('diff', path, full), ('check', path),
                         ('draft', 'import', 'd', path, '--as', 'k', '--yes'),
                         ('convert', path, '--format', 'md')):
                err = refused('-C', store, *args, reason='invalid')
                assert err.count('read-empty') == 1 and name in err, err
                assert err.count('\n') == 1, err
        refused('diff', '-', full, reason='invalid', stdin=b'\n')
        # A title is a text: what is new can be shown beside it.
        title = write(folder, 't.md', '# 見本市文書規程\n')
        assert kaitei('diff', title, full)[0] == 1
        assert kaitei('-C', store, 'list')[:2] == (0, '')


def test_oversized_and_deep_files_are_refused_in_bounded_time():
    with tempfile.TemporaryDirectory() as folder:
        hashes = write(folder, 'big.md', b'#' * (100 << 20))
        err = refused('tree', hashes, reason='refused', seconds=20)
        assert 'big.md' in err
        deep = write(folder, 'deep.md', '\n'.join(
            '  ' * i + '- a' for i in range(10000)))
        refused('tree', deep, reason='refused', seconds=20)
        quotes = write(folder, 'quotes.md', '>' * 10000 + ' a\n')
        refused('tree', quotes, reason='refused', seconds=20)


def test_xml_bombs_and_outside_entities_are_refused():
    laugh = ''.join(f'<!ENTITY l{i + 1} "{"&l%d;" % i * 10}">'
                    for i in range(9))
    bombs = {
        'laughs.xml': '<?xml version="1.0"?><!DOCTYPE Law [<!ENTITY l0 "ha">'
                      f'{laugh}]><Law><LawBody>&l9;</LawBody></Law>',
        'outside.xml': '<?xml version="1.0"?><!DOCTYPE Law [<!ENTITY x SYSTEM '
                       '"file:///etc/passwd">]><Law>&x;</Law>',
        'dtd.xml': '<?xml version="1.0"?><!DOCTYPE Law SYSTEM '
                   '"http://127.0.0.1:9/x.dtd"><Law/>',
        'deep.xml': '<?xml version="1.0"?><Law>' + '<a>' * 5000 +
                    '</a>' * 5000 + '</Law>',
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, text in bombs.items():
            err = refused('tree', write(folder, name, text),
                          reason='refused', seconds=20)
            assert 'root:' not in err


def test_a_result_is_written_whole_or_not_at_all():
    with tempfile.TemporaryDirectory() as folder:
        old, new = pair(folder)
        refused('diff', old, new, '-o', '/nonexistent/x.html',
                reason='not-found')
        target = os.path.join(folder, 'sub')
        os.mkdir(target)
        refused('diff', old, new, '-o', target, '--format', 'html',
                reason='invalid')
        if subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=16k', 'tmpfs',
                           target], capture_output=True).returncode != 0:
            raise Skip('a small tmpfs needs root')
        try:
            page = os.path.join(target, 'x.html')
            sample = [os.path.join(POLICIES, n) for n in
                      ('guideline/r5.md', 'guideline/r7.md')]
            refused('diff', *sample, '-o', page, reason='no-space')
            assert os.listdir(target) == []
            subprocess.run(['mount', '-o', 'remount,ro', target], check=True)
            refused('diff', old, new, '-o', page, reason='no-space')
        finally:
            subprocess.run(['umount', target], check=True)


# ---- the store -------------------------------------------------------------


def test_the_store_answers_by_edition_and_date():
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, 's')
        old, new = pair(folder)
        assert kaitei('init', store, '--user', WHO)[0] == 0
        for path, edition, day in (
                (old, '初版', '2025-04-01'), (new, '改正版', '令和8年4月1日')):
            status, _, err = kaitei(
                '-C', store, 'add', path, '--as', 'bunsho', '--edition',
                edition, '--effective', day)
            assert status == 0, err
        for rev, count in (('@初版', 2), ('@2026-03-31', 2), ('', 3),
                           ('@2026-04-01', 3), ('@改正版', 3)):
            status, out, err = kaitei(
                '-C', store, 'tree', '--json', 'bunsho' + rev)
            assert status == 0, err
            assert len(json.loads(out)['clauses']) == count, rev
        for rev in '2025-03-31', '無い版', 'abcdef0':
            refused('-C', store, 'tree', 'bunsho@' + rev, reason='not-found')
        status, out, _ = kaitei('-C', store, 'log', '--json', 'bunsho')
        assert [r['edition'] for r in json.loads(out)['revisions']] == [
            '改正版', '初版']
        done = subprocess.run(
            ['git', '-C', store, 'fsck', '--full', '--strict'],
            capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, ''), done


def test_what_is_saved_twice_is_one_revision():
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, 's')
        old, new = pair(folder)
        assert kaitei('init', store, '--user', WHO)[0] == 0

        def add(*args, told='[store-saved]'):
            status, out, err = kaitei('-C', store, 'add', *args)
            assert (status, out) == (0, '') and told in err, err

        def revisions():
            out = kaitei('-C', store, 'log', '--json', 'k')[1]
            return len(json.loads(out)['revisions'])

        add(old, '--as', 'k', '--effective', '2026-04-01')
        same = '[store-same]'
        add(old, '--as', 'k', '--effective', '2026-04-01', told=same)
        add(old, '--as', 'k', '--effective', '令和8年4月1日', '-m', 'x',
            told=same)
        assert revisions() == 1
        # What is new of it though the words are not.
        for n, more in enumerate((
                ('--effective', '2026-05-01'), ('--decided', '2026-03-20'),
                ('--promulgated', '2026-03-31'),
                ('--instrument', '令和8年規程第1号'), ('--edition', '初版')), 2):
            args = (old, '--as', 'k', *(more if n == 2 else (
                '--effective', '2026-05-01', *more)))
            add(*args)
            assert revisions() == n, more
            if more[0] == '--edition':
                add(*args, told=same)
        assert revisions() == 6
        out = kaitei('-C', store, 'show', 'k@初版')[1]
        assert '30日' in out and '初版' in kaitei('-C', store, 'list')[1]
        add(new, '--as', 'k', '--effective', '2026-05-01')
        add(old, '--as', 'k', '--effective', '2026-05-01')
        assert revisions() == 8
        # Settings, signers and links likewise.
        settings = write(folder, 'kaitei.yaml', 'approvals: 1\n')
        add(settings)
        add(settings, told=same)


def test_the_newest_text_says_what_of_it_is_not_in_force_yet():
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, 's')
        old, new = pair(folder)
        assert kaitei('init', store, '--user', WHO)[0] == 0

        def show(*args, lang='en'):
            status, out, err = kaitei('-C', store, 'show', *args, lang=lang)
            assert status == 0, err
            return out

        kaitei('-C', store, 'add', old, '--as', 'k', '--effective',
               '2020-04-01')
        assert 'not yet in force' not in show('k')
        kaitei('-C', store, 'add', new, '--as', 'k', '--effective',
               '2999-04-01', '--instrument', '令和981年規程第1号')
        line = show('k').splitlines()[0]
        assert line.startswith('［not yet in force: ') and '2999-04-01' in \
            line and '令和981年規程第1号' in line, line
        assert show('k', '第2条', lang='ja').startswith('［未施行: ')
        assert show('k', '--json')[0] == '{'
        for rev in '@2026-04-01', '@' + json.loads(kaitei(
                '-C', store, 'log', '--json', 'k')[1])['revisions'][0][
                    'revision']:
            assert '［not yet' not in show('k' + rev), rev
        # A whole revision is counted, not listed.
        many = write(folder, 'many.md', '# 規程\n\n' + ''.join(
            f'## 第{i}条（見出し{i}）\n\n{i}とする。\n\n'
            for i in range(1, 31)))
        kaitei('-C', store, 'add', many, '--as', 'm', '--effective',
               '2020-04-01')
        with open(many, encoding='utf-8') as text:
            write(folder, 'many.md', text.read().replace('とする', 'という'))
        kaitei('-C', store, 'add', many, '--as', 'm', '--effective',
               '2999-04-01')
        line = show('m', '第1条').splitlines()[0]
        assert line.count('、') == 7 and 'and 22 more (2999-04-01' in line, line
        clause = new.replace('new.md', 'dated.md')
        with open(new, encoding='utf-8') as text:
            write(folder, 'dated.md', '---\ntitle: 見本市文書規程\neffective:\n'
                  '  - 2021-04-01\n  - {clauses: [第2条], from: 2998-10-01}\n'
                  '---\n\n' + text.read())
        kaitei('-C', store, 'add', clause, '--as', 'j')
        first, rest = show('j', '第3条').split('\n', 1)
        assert '第2条' in first and '2998-10-01' in first, first
        assert '［' not in rest, rest


def test_what_is_no_store_and_who_is_unknown_are_said():
    with tempfile.TemporaryDirectory() as folder:
        old, _ = pair(folder)
        refused('-C', folder, 'list', reason='not-found')
        refused('init', folder, reason='invalid')
        store = os.path.join(folder, 's')
        assert kaitei('init', store)[0] == 0
        err = refused('-C', store, 'add', old, '--as', 'x', reason='denied')
        assert '--user' in err
        refused('init', store, reason='stale')
        refused('-C', store, 'add', old, '--as', '../x', '--user', WHO,
                reason='invalid')
        refused('-C', store, 'add', old, '--as', 'x', '--user', 'nobody',
                reason='usage')
        assert kaitei('-C', store, 'list')[1] == ''


def test_a_read_only_store_is_read_and_not_written():
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, 's')
        old, new = pair(folder)
        os.mkdir(store)
        if subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=8m', 'tmpfs',
                           store], capture_output=True).returncode != 0:
            raise Skip('a small tmpfs needs root')
        try:
            assert kaitei('init', store, '--user', WHO)[0] == 0
            assert kaitei('-C', store, 'add', old, '--as', 'b')[0] == 0
            subprocess.run(['mount', '-o', 'remount,ro', store], check=True)
            refused('-C', store, 'add', new, '--as', 'b', reason='no-space')
            assert kaitei('-C', store, 'tree', 'b')[0] == 0
        finally:
            subprocess.run(['umount', store], check=True)


def main(tests):
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    passed = failed = skipped = 0
    for name, test in sorted(tests.items()):
        if not name.startswith('test_'):
            continue
        try:
            test()
            passed += 1
        except Skip as why:
            skipped += 1
            print(f'skipped: {name}: {why}')
        except Exception:  # noqa: BLE001 - every fault is a failed test
            failed += 1
            print(f'FAILED {name}')
            traceback.print_exc(file=sys.stdout)
    tail = f', {skipped} skipped' if skipped else ''
    print(f'{passed} passed, {failed} failed{tail}')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main(globals()))
