#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Drafts, reviews, adoption, the text in force and exchange, as an office
meets them.

usage: workflow.py KAITEI ROOT
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
import zipfile
import zlib
from xml.etree import ElementTree

import servers

KAITEI, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
POLICIES = os.path.join(ROOT, 'policies')
HANAKO = '見本 花子 <hanako@example.jp>'
TARO = '見本 太郎 <taro@example.jp>'


class Skip(Exception):
    """A test that cannot be made here."""


class Store:
    """A store and the person who works on it."""

    def __init__(self, folder, who=HANAKO, env=None):
        self.dir, self.who = folder, who
        self.env = {**os.environ, 'LC_ALL': 'en.UTF-8',
                    'HOME': '/nonexistent', 'GIT_CONFIG_NOSYSTEM': '1',
                    **(env or {})}

    def run(self, *args, status=0, env=None):
        done = subprocess.run(
            [KAITEI, '-C', self.dir, *args], capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=120,
            env={**self.env, **(env or {})})
        assert done.returncode == status, (args, done.returncode, done.stdout,
                                           done.stderr)
        self.err = done.stderr
        return done.stdout

    def by(self, *args, **how):
        return self.run(*args, '--user', self.who, **how)

    def git(self, *args):
        return subprocess.run(['git', '--git-dir', self.dir, *args],
                              capture_output=True, text=True, check=True,
                              env=self.env).stdout

    def refs(self):
        """What both ends must have alike."""
        return [line for line in self.git('for-each-ref',
                                          '--format=%(refname) %(objectname)')
                .splitlines() if not line.startswith(('refs/remotes/',
                                                      'refs/kaitei-remote/'))]

    def sound(self):
        told = subprocess.run(
            ['git', '--git-dir', self.dir, 'fsck', '--full', '--strict'],
            capture_output=True, text=True, env=self.env)
        bad = [line for line in (told.stdout + told.stderr).splitlines()
               if not line.startswith(('dangling', 'notice'))]
        assert told.returncode == 0 and not bad, bad


def made(folder, name='s', who=HANAKO):
    store = Store(os.path.join(folder, name), who)
    subprocess.run([KAITEI, 'init', store.dir, '--user', who], check=True,
                   capture_output=True, env=store.env)
    return store


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)
    return path


TEXT = '''---
id: k
title: 見本規程
effective: 2020-04-01
---

# 見本規程

### 第1条（目的）

この規程は、目的を定める。

### 第2条（責務）

課長は、管理する。

2　職員は、守る。

### 第3条（報告）

職員は、毎年報告する。
'''


def adopted(store, name, number, **more):
    """Approve and adopt a draft."""
    store.by('review', 'approve', name)
    extra = [x for item in more.get('extra', []) for x in item]
    store.by('adopt', name, '--number', number, '--decided', '2026-03-20',
             '--effective', more.get('effective', '2026-04-01'), *extra)


def drafted(store, folder, name, text):
    store.by('draft', 'new', name, '-m', f'{name}の改正')
    store.by('draft', 'import', name, write(folder, f'{name}.md', text),
             '--as', 'k', '--yes')


# ---- drafts ---------------------------------------------------------------

def test_import_shows_what_changes_and_saves_only_when_told(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    store.by('draft', 'new', 'd')
    path = write(folder, 'new.md', TEXT.replace('毎年', '毎月'))
    out = store.by('draft', 'import', 'd', path, '--as', 'k', status=1)
    assert '毎年' in out and '毎月' in out, out
    assert store.run('draft', 'diff', 'd') == ''
    store.by('draft', 'import', 'd', path, '--as', 'k', '--yes')
    assert '毎月' in store.run('draft', 'diff', 'd', status=1)
    assert '毎年' in store.run('show', 'k')
    assert '毎月' in store.run('show', 'k@draft/d')


def test_an_editor_changes_a_draft_and_keeps_what_was_typed(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    store.by('draft', 'new', 'd')
    editor = write(folder, 'editor', '#!/bin/sh\nsed -i s/毎年/毎月/ "$1"\n')
    os.chmod(editor, 0o755)
    store.by('draft', 'edit', 'd', 'k', env={'EDITOR': editor})
    assert '毎月' in store.run('show', 'k@draft/d')
    write(folder, 'editor', '#!/bin/sh\nexit 3\n')
    store.by('draft', 'edit', 'd', 'k', env={'EDITOR': editor}, status=2)
    assert 'what was typed' in store.err, store.err


def test_a_draft_is_begun_once(folder):
    store = made(folder)
    store.by('draft', 'new', 'R8改正')
    for name in ('R8改正', 'r8改正', 'Ｒ８改正'):
        store.by('draft', 'new', name, status=2)
        assert '[stale: draft-there]' in store.err, store.err
    for name in ('a/b', 'a b', 'CON', '-x', ''):
        store.by('draft', 'new', '--', name, status=2)
    assert [d['name'] for d in json.loads(
        store.run('draft', 'list', '--json'))['drafts']] == ['R8改正']


def test_a_moved_base_is_merged_and_conflicts_are_decided(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'a', TEXT.replace('毎年', '毎月').replace(
        '課長は、管理', '部長は、管理'))
    drafted(store, folder, 'b', TEXT.replace('毎年', '毎週').replace(
        '職員は、守る', '職員は、必ず守る'))
    adopted(store, 'b', '第1号')
    store.by('review', 'approve', 'a')
    store.by('adopt', 'a', '--number', '第2号', '--decided', '2026-03-20',
             '--effective', '2026-04-01', status=2)
    assert 'draft update a' in store.err, store.err
    out = store.by('draft', 'update', 'a', '--json', status=1)
    conflicts = json.loads(out)['conflicts']
    assert [(c['clause'], c['base'], c['ours'], c['theirs'])
            for c in conflicts] == [
        ('第3条', '職員は、毎年報告する。', '職員は、毎月報告する。',
         '職員は、毎週報告する。')], conflicts
    assert '<<<<' not in store.run('show', 'k@draft/a')
    store.by('review', 'approve', 'a', status=2)
    store.by('draft', 'resolve', 'a', '第3条', '--take', 'theirs')
    text = store.run('show', 'k@draft/a')
    assert '毎週' in text and '必ず守る' in text and '部長' in text, text
    adopted(store, 'a', '第2号')
    assert '部長' in store.run('show', 'k')
    store.sound()


def test_what_a_merge_makes_another_clause_mean_is_told(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    # 前条 in 第3条 of the draft is 第2条.
    drafted(store, folder, 'a', TEXT.replace(
        '毎年報告', '前条の管理について毎年報告'))
    assert 'warning' not in store.err, store.err
    # Main puts an article between them.
    drafted(store, folder, 'b', TEXT.replace(
        '### 第3条', '### 第3条（点検）\n\n課長は、点検する。\n\n### 第4条'))
    adopted(store, 'b', '第1号')
    store.by('draft', 'update', 'a')
    said = "'前条' means another clause than before, which is '第2条' now"
    assert store.err.count(said) == 1 and ' 第4条: ' in store.err, store.err
    # It is told again where it counts, until it is mended.
    store.run('packet', 'a', '-o', os.path.join(folder, 'p'))
    assert store.err.count(said) == 1, store.err
    store.by('review', 'approve', 'a')
    adopt = ('adopt', 'a', '--number', '第2号', '--decided', '2026-03-20',
             '--effective', '2026-04-01')
    store.by(*adopt, '--dry-run')
    assert store.err.count(said) == 1, store.err
    text = store.git('show', 'draft/a:policies/k.md')
    store.by('draft', 'import', 'a', write(folder, 'a.md', text.replace(
        '前条の管理', '第2条の管理')), '--as', 'k', '--yes')
    store.by('review', 'approve', 'a')
    store.by(*adopt)
    assert said not in store.err, store.err


def test_a_clause_that_main_took_away_is_told(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'a', TEXT.replace(
        '毎年報告', '前条第2項により毎年報告'))
    drafted(store, folder, 'b', TEXT.replace('\n2　職員は、守る。\n', ''))
    adopted(store, 'b', '第1号')
    store.by('draft', 'update', 'a')
    assert "that '前条第2項' meant is gone" in store.err, store.err


def test_what_is_over_is_not_changed_any_more(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'a', TEXT.replace('毎年', '毎月'))
    store.by('draft', 'close', 'a')
    path = write(folder, 'x.md', TEXT.replace('毎年', '毎日'))
    for args in (['import', 'a', path, '--as', 'k', '--yes'],
                 ['update', 'a'], ['edit', 'a', 'k'],
                 ['resolve', 'a', '--take', 'ours']):
        store.by('draft', *args, status=2)
        assert 'kaitei draft reopen a' in store.err, (args, store.err)
    store.by('review', 'approve', 'a')
    adopt = ('adopt', 'a', '--number', '第1号', '--decided', '2026-03-20',
             '--effective', '2026-04-01')
    store.by(*adopt, status=2)
    assert '[denied: adopt-closed]' in store.err, store.err
    store.by('draft', 'reopen', 'a')
    store.by(*adopt)
    store.by('draft', 'import', 'a', path, '--as', 'k', '--yes', status=2)
    assert '[stale: draft-is-adopted]' in store.err, store.err
    store.by(*adopt, status=2)
    assert '[stale: adopt-already]' in store.err, store.err


def test_a_merge_makes_an_approval_stale(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'a', TEXT.replace('毎年', '毎月'))
    drafted(store, folder, 'b', TEXT.replace('目的を', '趣旨を'))
    store.by('review', 'approve', 'a')
    adopted(store, 'b', '第1号')
    store.by('draft', 'update', 'a')
    assert 'earlier approvals are void' in store.err, store.err
    told = json.loads(store.run('draft', 'show', 'a', '--json'))
    assert [x['counts'] for x in told['approvals']] == [False], told
    store.by('draft', 'update', 'a')
    assert 'nothing was adopted since' in store.err, store.err
    store.run('draft', 'resolve', 'a')
    assert 'no open conflicts' in store.err, store.err


def test_a_draft_is_compared_as_a_page_and_counted_in_japanese(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'a', TEXT.replace('毎年', '毎月'))
    said = store.run('--lang', 'ja', 'draft', 'show', 'a')
    assert '  k: 改正 1、新設 0、' in said, said
    page = os.path.join(folder, 'a.html')
    store.run('draft', 'diff', 'a', '-o', page, status=1)
    with open(page, encoding='utf-8') as file:
        assert '毎月' in file.read()
    store.by('draft', 'import', 'a', write(folder, 'm.md', TEXT.replace(
        'id: k', 'id: m')), '--as', 'm', '--yes')
    store.run('draft', 'diff', 'a', '-o', page, status=2)
    assert 'kaitei draft diff a ID' in store.err, store.err
    store.run('draft', 'diff', 'a', 'm', '-o', page, status=1)


def test_a_remark_is_of_one_document(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'a', TEXT.replace('毎年', '毎月'))
    store.by('draft', 'import', 'a', write(folder, 'm.md', TEXT.replace(
        'id: k', 'id: m')), '--as', 'm', '--yes')
    store.by('review', 'comment', 'a', '--clause', '第3条', '-m', 'x',
             status=2)
    assert 'k、m; name one with --as' in store.err, store.err
    store.by('review', 'comment', 'a', '--clause', '第3条', '--as', 'm',
             '-m', 'x')
    assert '  m  第3条  x' in store.run('review', 'list', 'a')
    store.by('review', 'comment', 'a', '--clause', '第9条', '--as', 'm',
             '-m', 'x', status=2)
    assert 'kaitei tree m@draft/a' in store.err, store.err


def test_a_remark_survives_a_move_and_a_split(folder):
    store = made(folder)
    duty = '職員は、情報資産を適正に取り扱い、漏えいを防がなければならない。'
    text = TEXT.replace('職員は、守る。', duty) + (
        '\n### 第4条（保存）\n\n課長は、記録を五年間保存する。\n')
    store.by('add', write(folder, 'k.md', text))
    drafted(store, folder, 'd', text.replace('毎年', '毎月'))
    for clause in ('第2条第2項', '第4条'):
        store.by('review', 'comment', 'd', '--clause', clause, '-m', clause)
    # 第4条 goes before 第1条, 第2条第2項 becomes an article of its own.
    store.by('draft', 'import', 'd', write(folder, 'm.md', '''---
id: k
title: 見本規程
effective: 2020-04-01
---

# 見本規程

### 第1条（保存）

課長は、記録を五年間保存する。

### 第2条（目的）

この規程は、目的を定める。

### 第3条（責務）

課長は、管理する。

### 第4条（遵守）

''' + duty + '''

### 第5条（報告）

職員は、毎月報告する。
'''), '--as', 'k', '--yes')
    said = store.run('review', 'list', 'd')
    assert '第4条→第1条' in said, said
    assert '第2条第2項→第4条' in said, said


# ---- reviews --------------------------------------------------------------

def test_a_remark_follows_its_clause(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    store.by('review', 'comment', 'd', '--clause', '第3条', '-m', '早すぎる')
    more = TEXT.replace('毎年', '毎月').replace(
        '### 第3条', '### 第3条（点検）\n\n課長は、点検する。\n\n### 第4条')
    store.by('draft', 'import', 'd', write(folder, 'm.md', more), '--as', 'k',
             '--yes')
    store.by('review', 'reviewed', 'd', '--clause', '第4条')
    said = store.run('review', 'list', 'd')
    assert '第3条→第4条' in said and 'changed since' not in said, said
    store.by('draft', 'import', 'd', write(
        folder, 'm.md', more.replace('毎月', '毎日')), '--as', 'k', '--yes')
    assert store.run('review', 'list', 'd').count('changed since') == 2


def test_two_drafts_of_one_clause_are_told_of_each_other(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'a', TEXT.replace('毎年', '毎月'))
    drafted(store, folder, 'b', TEXT.replace('毎年', '毎日').replace(
        '目的を', '趣旨を'))
    assert 'another draft  b  k  第3条\n' in store.run('draft', 'show', 'a')
    assert 'another draft  a  k  第3条\n' in store.run('draft', 'show', 'b')


def test_an_objection_stops_an_adoption_until_withdrawn(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    store.by('review', 'object', 'd', '--clause', '第3条', '-m', '過重')
    store.by('review', 'approve', 'd')
    args = ('adopt', 'd', '--number', '1', '--decided', '2026-03-20',
            '--effective', '2026-04-01')
    store.by(*args, status=2)
    assert '過重' in store.err and 'nothing was written' in store.err
    ops = json.loads(store.run('review', 'list', 'd', '--json'))['operations']
    wrong = [o['id'] for o in ops if o['kind'] == 'object'][0]
    store.by('review', 'withdraw', 'd', '--reply', wrong[:10])
    store.by(*args)


def test_a_change_makes_an_approval_stale(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    store.by('review', 'approve', 'd')
    store.by('draft', 'import', 'd', write(
        folder, 'm.md', TEXT.replace('毎年', '毎日')), '--as', 'k', '--yes')
    told = json.loads(store.run('draft', 'show', 'd', '--json'))
    assert told['approvals'][0]['counts'] is False, told
    assert told['missing'] == '1', told
    store.by('adopt', 'd', '--number', '1', '--decided', '2026-03-20',
             '--effective', '2026-04-01', status=2)
    assert 'has changed since' in store.err


def keys(folder, *names):
    if not shutil.which('ssh-keygen'):
        raise Skip('ssh-keygen is not installed')
    for name in names:
        subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C',
                        name, '-f', os.path.join(folder, name)], check=True)


def public(folder, name):
    with open(os.path.join(folder, f'{name}.pub'), encoding='utf-8') as key:
        return ' '.join(key.read().split()[:2])


def test_signed_approvals_verify_with_git_and_only_they_count(folder):
    store = made(folder)
    keys(folder, 'kacho', 'other')
    signers = write(folder, 'signers', 'kacho@example.jp '
                    f'{public(folder, "kacho")} 決裁\n')
    store.by('add', signers)
    store.by('add', write(folder, 'kaitei.yaml',
                          'city: 見本市\napprovals: {決裁: 1}\n'))
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    key = os.path.join(folder, 'kacho')
    for how in ([], ['--sign', os.path.join(folder, 'other')],
                ['--sign', key, '--role', '審査']):
        store.by('review', 'approve', 'd', '--role', '決裁', *how) \
            if '--role' not in how else store.by('review', 'approve', 'd',
                                                 *how)
        assert 'this approval does not count' in store.err, store.err
    told = json.loads(store.run('draft', 'show', 'd', '--json'))
    assert [a['standing'] for a in told['approvals']] == [
        'not signed', 'no key of a signer', 'not the role of that person'], \
        told['approvals']
    store.by('review', 'approve', 'd', '--role', '決裁', '--sign', key)
    assert 'does not count' not in store.err, store.err
    told = json.loads(store.run('draft', 'show', 'd', '--json'))
    assert told['missing'] == '', told
    tip = store.git('rev-parse', 'refs/kaitei/reviews/d').strip()
    store.git('config', 'gpg.format', 'ssh')
    store.git('config', 'gpg.ssh.allowedSignersFile', signers)
    store.git('verify-commit', tip)
    store.by('review', 'approve', 'd', '--sign', os.path.join(
        folder, 'none'), status=2)
    store.by('add', write(folder, 'signers', 'kacho\n'), status=2)
    assert 'signers:1: error' in store.err, store.err
    store.by('add', write(folder, 'kaitei.yaml', 'approvals: {決裁: x}\n'),
             status=2)
    assert '[invalid: settings-number]' in store.err, store.err
    write(folder, 'signers', f'kacho@example.jp {public(folder, "kacho")}\n')
    store.by('adopt', 'd', '--number', '令和8年達第1号', '--decided',
             '2026-03-20', '--promulgated', '2026-03-31', '--effective',
             '2026-04-01', '--sign', key)
    store.git('verify-tag', '公布/2026-03-31/令和8年達第1号')
    store.run('doctor')
    store.sound()


# ---- the text in force ------------------------------------------------------

def test_the_text_in_force_says_as_of_when_and_from_which_revision(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月').replace(
        '職員は、守る', '職員は、必ず守る'))
    adopted(store, 'd', '第1号', extra=[('--effective', '第3条=2026-10-01')])
    tip = store.git('rev-parse', 'main')[:10]
    out = store.run('show', 'k@2026-05-01')
    assert out.startswith('［2026-05-01  partly in force, ' + tip), out
    assert '毎年' in out and '必ず守る' in out
    assert '第3条 (2026-10-01, 第1号' in store.err, store.err
    assert '毎月' in store.run('show', 'k', '--as-of', '令和8年10月1日')
    assert '必ず' not in store.run('show', 'k@2026-03-31')
    store.run('show', 'k@1925-01-01', status=2)
    assert 'it is from 2020-04-01' in store.err, store.err


def test_dates_before_1970_one_for_each_clause(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT.replace(
        'effective: 2020-04-01', 'effective: 1950-06-03')))
    drafted(store, folder, 'd', TEXT.replace(
        'effective: 2020-04-01', 'effective: 1950-06-03').replace(
            '毎年', '毎月').replace('職員は、守る', '職員は、必ず守る'))
    store.by('review', 'approve', 'd')
    adopt = ('adopt', 'd', '--number', '昭和40年訓令第3号', '--decided',
             '昭和40年3月20日', '--effective', '昭和40年4月1日')
    store.by(*adopt, '--effective', '第3条=昭和41年10月1日', '--dry-run')
    assert 'can be adopted; nothing was written' in store.err, store.err
    store.by(*adopt, '--effective', '第3条=昭和41年10月1日')
    for day, words, state in (
            ('1950-06-03', ('毎年', '職員は、守る'), 'in force'),
            ('1965-03-31', ('毎年', '職員は、守る'), 'in force'),
            ('昭和40年4月1日', ('毎年', '必ず守る'), 'partly in force'),
            ('1966-09-30', ('毎年', '必ず守る'), 'partly in force'),
            ('1966-10-01', ('毎月', '必ず守る'), 'in force')):
        text = store.run('show', 'k', '--as-of', day)
        assert all(word in text for word in words), (day, text)
        assert f'  {state}, ' in text, (day, text)
    store.run('show', 'k', '--as-of', '1950-06-02', status=2)
    assert '1966-10-01' in store.run('log', 'k', '第3条')
    assert store.git('tag').strip() == '公布/1965-03-20/昭和40年訓令第3号'
    store.run('doctor')


# ---- sync -------------------------------------------------------------------

def cloned(folder, name, url, who):
    store = Store(os.path.join(folder, name), who)
    subprocess.run([KAITEI, 'init', store.dir, '--clone', url, '--user', who],
                   check=True, capture_output=True, env=store.env)
    return store


def two_offices(folder, url):
    """Interleaved work of two offices over one server; both end alike."""
    one = made(folder, 'one')
    one.by('add', write(folder, 'k.md', TEXT))
    one.by('sync', url)
    two = cloned(folder, 'two', url, TARO)
    drafted(one, folder, 'd', TEXT.replace('毎年', '毎月'))
    one.by('sync')
    two.by('sync')
    two.by('review', 'comment', 'd', '--clause', '第3条', '-m', '二')
    one.by('review', 'comment', 'd', '--clause', '第3条', '-m', '一')
    one.by('draft', 'import', 'd', write(
        folder, 'a.md', TEXT.replace('毎年', '毎月').replace(
            '課長は、管理', '部長は、管理')), '--as', 'k', '--yes')
    two.by('draft', 'import', 'd', write(
        folder, 'b.md', TEXT.replace('毎年', '毎月').replace(
            '職員は、守る', '職員は、必ず守る')), '--as', 'k', '--yes')
    drafted(two, folder, 'e', TEXT.replace('目的を', '趣旨を'))
    adopted(two, 'e', '第1号')
    one.by('sync')
    two.by('sync')
    one.by('sync')
    two.by('sync')
    assert one.refs() == two.refs(), (one.refs(), two.refs())
    text = one.run('show', 'k@draft/d')
    assert '部長' in text and '必ず守る' in text and '毎月' in text, text
    said = one.run('review', 'list', 'd')
    assert '一' in said and '二' in said, said
    one.sound()
    two.sound()
    return one, two


def bare(folder):
    at = os.path.join(folder, 'server.git')
    subprocess.run(['git', 'init', '-q', '--bare', '-b', 'main', at],
                   check=True)
    return at


def test_sync_over_a_bare_repository(folder):
    at = bare(folder)
    one, two = two_offices(folder, at)
    assert Store(at).refs() == one.refs()
    # Two adoptions apart, of different documents: both stay, in one line.
    for store, name in ((one, 'm'), (two, 'n')):
        path = write(folder, f'{name}.md', TEXT.replace('id: k', f'id: {name}'))
        store.by('add', path)
    tips = [s.git('rev-parse', 'main').strip() for s in (one, two)]
    one.by('sync')
    two.by('sync')
    one.by('sync')
    assert one.refs() == two.refs() == Store(at).refs()
    have = one.git('rev-list', 'main')
    assert all(tip in have for tip in tips), 'an adoption fell out'
    assert [d['id'] for d in json.loads(
        one.run('list', '--json'))['documents']] == ['k', 'm', 'n']


def test_two_adoptions_of_one_clause_are_told(folder):
    at = bare(folder)
    one, two = two_offices(folder, at)
    for store, word in ((one, '毎日'), (two, '毎時')):
        drafted(store, folder, f'x{word}', store.run(
            'convert', 'k', '--format', 'md').replace('毎年', word))
        adopted(store, f'x{word}', f'第{word}号')
    one.by('sync')
    two.by('sync', status=1)
    assert '第3条' in two.err, two.err
    one.by('sync')
    assert one.refs() == two.refs()
    assert '毎日' in one.run('show', 'k')


def test_sync_over_ssh(folder):
    try:
        server = servers.Ssh(folder)
    except servers.Unavailable as why:
        raise Skip(str(why)) from why
    with server:
        at = bare(folder)
        one, _ = two_offices(folder, server.url(at))
        assert Store(at).refs() == one.refs()


def test_sync_over_http(folder):
    try:
        server = servers.Http(folder)
    except servers.Unavailable as why:
        raise Skip(str(why)) from why
    with server:
        at = bare(folder)
        one, _ = two_offices(folder, server.url(at))
        assert Store(at).refs() == one.refs()


def test_a_server_that_is_not_there_is_said(folder):
    store = made(folder)
    store.by('sync', status=2)
    store.by('sync', os.path.join(folder, 'none.git'), status=2)
    assert '[io: sync-failed]' in store.err, store.err
    assert 'does not appear to be a git repository' in store.err, store.err
    store.by('sync', '--', '--upload-pack=touch /tmp/x', status=2)


# ---- doctor -------------------------------------------------------------------

def test_one_flipped_bit_is_found_and_named(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    store.by('review', 'comment', 'd', '-m', 'a')
    store.run('doctor')
    objects = [os.path.join(base, name)
               for base, _, names in os.walk(os.path.join(store.dir,
                                                          'objects'))
               for name in names if len(name) == 38]
    for i, path in enumerate(sorted(objects)):
        with open(path, 'rb') as old:
            good = old.read()
        bad = bytearray(good)
        at = (i * 7919) % len(bad)
        bad[at] ^= 1 << (i % 8)
        os.chmod(path, 0o644)
        with open(path, 'wb') as out:
            out.write(bad)
        store.run('doctor', status=2)
        name = os.path.basename(os.path.dirname(path)) + os.path.basename(path)
        assert name in store.err, (name, at, store.err)
        with open(path, 'wb') as out:
            out.write(good)
    store.run('doctor')


def unending(good):
    """Bits that leave a stream which wants more than there is, or less."""
    size = len(zlib.decompress(good))
    for bit in range(len(good) * 8):
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        stream = zlib.decompressobj()
        try:
            got = len(stream.decompress(bytes(bad)))
        except zlib.error:
            continue
        if not stream.eof or got != size:
            yield bit


def test_an_object_that_does_not_end_is_not_read_for_ever(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    store.by('add', write(folder, 'k.md', TEXT.replace('毎年', '毎月')))
    count = 0
    for base, _, names in os.walk(os.path.join(store.dir, 'objects')):
        for name in names:
            path = os.path.join(base, name)
            with open(path, 'rb') as file:
                good = file.read()
            bits = list(unending(good))[:4]
            count += len(bits)
            if bits:
                flipped(store, path, lambda _, b=bits: b,
                        [os.path.basename(base) + name])
    assert count > 8, count
    # Any other command says it too.
    tip = store.git('rev-parse', 'main').strip()
    path = os.path.join(store.dir, 'objects', tip[:2], tip[2:])
    with open(path, 'rb') as file:
        good = file.read()
    os.chmod(path, 0o644)
    with open(path, 'wb') as out:
        out.write(good[:-20])
    store.run('show', 'k', status=2)
    assert '[damaged: ' in store.err, store.err


def test_drafts_are_not_listed_by_half_a_history(folder):
    # An adoption that cannot be read would show its draft as open.
    store = made(folder)
    for word in ('毎年', '毎月', '毎週'):
        store.by('add', write(folder, 'k.md', TEXT.replace('毎年', word)))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎日'))
    old = store.git('rev-parse', 'main~2').strip()
    path = os.path.join(store.dir, 'objects', old[:2], old[2:])
    os.chmod(path, 0o644)
    with open(path, 'r+b') as file:
        file.truncate(20)
    store.run('draft', 'list', status=2)
    assert '[damaged: ' in store.err, store.err


def test_an_index_with_a_flipped_bit_is_not_followed(folder):
    store = packed(folder)
    where = os.path.join(store.dir, 'objects', 'pack')
    name = [n for n in os.listdir(where) if n.endswith('.idx')][0]
    path = os.path.join(where, name)
    with open(path, 'rb') as file:
        bad = bytearray(file.read())
    bad[-50] ^= 0x40  # an offset
    os.chmod(path, 0o644)
    with open(path, 'wb') as out:
        out.write(bad)
    for args in (['log', 'k'], ['draft', 'list'], ['doctor']):
        store.run(*args, status=2)
        assert name in store.err, (args, store.err)


def flipped(store, path, bits, names):
    """Flip bits of a file one at a time: doctor names one of `names`."""
    with open(path, 'rb') as old:
        good = old.read()
    os.chmod(path, 0o644)
    for bit in bits(len(good)):
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        with open(path, 'wb') as out:
            out.write(bad)
        store.run('doctor', status=2)
        assert any(name in store.err for name in names), (
            path, bit, good[bit // 8:bit // 8 + 1], store.err)
    with open(path, 'wb') as out:
        out.write(good)
    store.run('doctor')


def packed(folder):
    """A store after git gc, with an adoption and a draft under review."""
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    adopted(store, 'd', '第1号')
    drafted(store, folder, 'e', TEXT.replace('毎年', '毎日'))
    store.by('review', 'comment', 'e', '-m', 'a')
    store.git('gc', '-q')
    store.run('doctor')
    return store


def spread(count):
    """So many bits, from the first byte to the last, each place in a byte."""
    return lambda size: [
        i * (size - 1) // (count - 1) * 8 + i % 8 for i in range(count)]


def test_a_bit_flipped_in_a_pack_is_found_and_named(folder):
    store = packed(folder)
    where = os.path.join(store.dir, 'objects', 'pack')
    names = sorted(os.listdir(where))
    assert {os.path.splitext(name)[1] for name in names} >= {'.pack', '.idx'}
    for name in names:
        flipped(store, os.path.join(where, name), spread(16), [name])


def test_a_bit_flipped_in_packed_refs_is_found_and_named(folder):
    store = packed(folder)
    flipped(store, os.path.join(store.dir, 'packed-refs'),
            lambda size: [at * 8 + at % 8 for at in range(0, size, 5)],
            ['packed-refs'] + [ref.split()[0] for ref in store.refs()])


def test_a_bit_flipped_in_a_ref_is_found_and_named(folder):
    store = packed(folder)
    store.by('review', 'comment', 'e', '-m', 'b')
    drafted(store, folder, 'f', TEXT.replace('毎年', '毎日'))
    refs = [os.path.join(base, name)
            for base, _, names in os.walk(os.path.join(store.dir, 'refs'))
            for name in names]
    assert len(refs) >= 2, refs
    for path in refs:
        flipped(store, path, lambda size: [at * 8 + 5 * at % 8
                                           for at in range(size)],
                [os.path.relpath(path, store.dir)])
    flipped(store, os.path.join(store.dir, 'HEAD'), spread(21), ['HEAD'])


def test_what_an_adoption_left_undone_is_made_again(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    adopted(store, 'd', '第1号')
    refs = store.refs()
    store.git('update-ref', '-d', 'refs/tags/公布/2026-03-20/第1号')
    assert refs != store.refs()
    assert 'made again' in store.run('doctor')
    assert [r.split()[0] for r in refs] == [r.split()[0]
                                            for r in store.refs()]


def test_a_dependant_is_changed_or_waived_with_a_reason(folder):
    store = made(folder)
    store.by('add', os.path.join(POLICIES, 'taisaku-kijun.md'))
    store.by('add', os.path.join(POLICIES, 'kanri-kitei.md'))
    store.by('draft', 'new', 'd')
    store.by('draft', 'import', 'd', os.path.join(
        POLICIES, 'revised', 'kanri-kitei.md'), '--yes')
    store.by('review', 'approve', 'd')
    args = ('adopt', 'd', '--number', '第5号', '--decided', '2026-03-20',
            '--effective', '2026-04-01')
    before = store.refs()
    store.by(*args, status=2)
    assert 'taisaku-kijun' in store.err, store.err
    store.by(*args, '--waive', 'taisaku-kijun=', status=2)
    assert store.refs() == before
    store.by(*args, '--waive', 'taisaku-kijun=別に改正する')
    # The reason stays: in the revision, and in the review.
    said = subprocess.run(
        ['git', 'interpret-trailers', '--parse'], input=store.git(
            'log', '-1', '--format=%B', 'main'), capture_output=True,
        text=True, check=True).stdout
    assert 'Waived: taisaku-kijun=別に改正する\n' in said, said
    said = store.run('review', 'list', 'd')
    assert 'taisaku-kijun=別に改正する' in said, said


# ---- papers -------------------------------------------------------------------

W = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'


def printed_in(path):
    """The paragraphs of a Word file, without the blanks around them."""
    with zipfile.ZipFile(path) as packed:
        root = ElementTree.fromstring(packed.read('word/document.xml'))
    return [''.join(t.text or '' for t in p.iter(W + 't')).strip('　')
            for p in root.iter(W + 'p')]


def effects(out, name):
    """Document and clause of each row of 影響一覧, sorted."""
    with zipfile.ZipFile(os.path.join(
            out, f'07_影響一覧_{name}.docx')) as packed:
        root = ElementTree.fromstring(packed.read('word/document.xml'))
    rows = []
    for row in root.iter(W + 'tr'):
        cells = [''.join(t.text or '' for t in cell.iter(W + 't'))
                 for cell in row.iter(W + 'tc')]
        if cells[0] == '☐':
            # The uses of a term share a row.
            places = cells[3].split('、') if cells[2] == '－' else cells[2:3]
            rows += [(cells[1], place) for place in places]
    return sorted(rows)


def impact_of(store, folder, name, other):
    """The same from `impact`, given the texts that the draft began with."""
    paths = {}
    for rev, id in (('main', name), ('draft/R8改正', name),
                    ('main', other)):
        paths[rev, id] = write(folder, f'{len(paths)}.md', store.git(
            'show', f'{rev}:policies/{id}.md'))
    new = paths['draft/R8改正', name]
    found = json.loads(store.run(
        'impact', '--json', paths['main', name], new, '--in',
        paths['main', other], status=1))
    titles = {}
    for path in paths.values():
        told = json.loads(store.run('convert', path, '--format', 'json'))
        titles[path] = told['title']
    return sorted((titles[e['document']], e['path'])
                  for e in found['effects'])


# ---- a whole proposal -----------------------------------------------------------

def test_a_whole_proposal_from_the_guideline_to_the_packet(folder):
    store = made(folder)
    store.by('add', os.path.join(POLICIES, 'taisaku-kijun.md'))
    store.by('add', os.path.join(POLICIES, 'kanri-kitei.md'))
    store.by('draft', 'new', 'R8改正', '-m', '指針の改定への対応')
    ported = os.path.join(folder, '対策基準案.md')
    guideline = os.path.join(POLICIES, 'guideline')
    store.run('port', 'taisaku-kijun', '--from',
              os.path.join(guideline, 'r5.md'), '--to',
              os.path.join(guideline, 'r7.md'), '-o', ported, status=1)
    out = store.by('draft', 'import', 'R8改正', ported, '--as',
                   'taisaku-kijun', '--yes')
    assert '5年間' in out, out
    revised = os.path.join(POLICIES, 'revised', 'kanri-kitei.md')
    store.by('draft', 'import', 'R8改正', revised, '--yes')
    store.by('review', 'comment', 'R8改正', '--clause', '第8条', '-m', '期限')
    store.by('review', 'reason', 'R8改正', '--clause', '第8条', '-m',
             '指針の改定に合わせる')
    store.by('review', 'reviewed', 'R8改正', '--clause', '第8条')
    store.by('review', 'approve', 'R8改正', '--role', '決裁')
    out = os.path.join(folder, '添付書類')
    store.run('packet', 'R8改正', '-o', out)
    names = sorted(os.listdir(out))
    both = ('taisaku-kijun', 'kanri-kitei')
    assert names == sorted(
        [f'0{n}_{what}_{id}.{end}' for id in both for n, what, end in (
            (1, '改正文', 'txt'), (1, '改正文', 'docx'),
            (2, '新旧対照表', 'docx'), (3, '見え消し', 'docx'),
            (4, '溶け込み案', 'docx'), (7, '影響一覧', 'docx'),
            (7, '影響一覧', 'xlsx'))] +
        ['05_概要.docx', '06_改正理由.docx', '07_関係文書.docx',
         '08_審査記録.docx', 'manifest-sha256.txt']), names
    with open(os.path.join(out, '01_改正文_kanri-kitei.txt'),
              encoding='utf-8') as file:
        said = [line.strip('　\n') for line in file]
    printed = printed_in(os.path.join(out, '01_改正文_kanri-kitei.docx'))
    assert any('の一部を次のように改正する' in line for line in said), said
    assert [line for line in said if line and line[0] != '|'
            and line not in printed] == []
    # What must follow in the other document, as it was.
    assert effects(out, 'kanri-kitei') == impact_of(
        store, folder, 'kanri-kitei', 'taisaku-kijun')
    assert len({doc for doc, _ in effects(out, 'kanri-kitei')}) == 2
    subprocess.run(['sha256sum', '--quiet', '-c', 'manifest-sha256.txt'],
                   cwd=out, check=True)
    again = os.path.join(folder, 'もう一度')
    store.run('packet', 'R8改正', '-o', again)
    for name in names:
        with open(os.path.join(out, name), 'rb') as a, \
                open(os.path.join(again, name), 'rb') as b:
            assert a.read() == b.read(), name
    store.run('packet', 'R8改正', '-o', out, status=2)
    enacting = os.path.join(folder, '方式書')
    store.run('packet', 'R8改正', '--settings', write(
        folder, 'kaitei.yaml', 'table: houshikisho\n'), '-o', enacting)
    assert not os.path.exists(
        os.path.join(enacting, '01_改正文_kanri-kitei.txt'))
    printed = printed_in(os.path.join(enacting, '01_改正文_kanri-kitei.docx'))
    assert '改正後' in printed and '改正前' in printed, printed[:20]
    assert any('の一部を次のように改正する' in line for line in printed)
    args = ('adopt', 'R8改正', '--number', '令和8年達第5号', '--decided',
            '2026-03-20', '--promulgated', '2026-03-31', '--effective',
            '2026-04-01')
    store.by(*args)
    assert store.git('tag').strip() == '公布/2026-03-31/令和8年達第5号'
    text = store.git('show', 'main:instruments/kanri-kitei/令和8年達第5号.txt')
    assert 'の一部を次のように改正する' in text
    told = json.loads(store.run('log', 'kanri-kitei', '第6条', '--json'))
    assert [(c['old'], c['new']) for c in told['changes']][0] == (
        '第5条', '第6条'), told
    blamed = json.loads(store.run('blame', 'kanri-kitei', '--json'))['changes']
    assert any(c['instrument'] == '令和8年達第5号' for c in blamed)
    store.run('doctor')
    store.sound()


def main():
    passed = failed = 0
    for name, test in list(globals().items()):
        if not name.startswith('test_'):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(folder)
                passed += 1
            except Skip as why:
                print(f'skipped: {name}: {why}')
            except Exception:
                failed += 1
                print(f'FAILED {name}')
                traceback.print_exc()
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
