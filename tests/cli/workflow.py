#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Drafts, reviews and the papers of a proposal, as an office meets them.

usage: workflow.py KAITEI ROOT
"""
import json
import os
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

from office import (AFTER, BEFORE, KAITEI, POLICIES, TEXT, adopted, drafted, keys,
                    made, public, run, write)

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


def test_what_only_the_front_matter_says_can_be_changed_in_a_draft(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    store.by('draft', 'new', 'd')
    path = write(folder, 'new.md', TEXT.replace('2020-04-01', '2020-10-01'))
    store.by('draft', 'import', 'd', path, '--as', 'k', status=1)
    assert '[draft-meta]' in store.err, store.err
    store.by('draft', 'import', 'd', path, '--as', 'k', '--yes')
    assert '2020-10-01' in store.git('show', 'draft/d:policies/k.md')
    store.by('draft', 'import', 'd', path, '--as', 'k', '--yes')
    assert '[draft-same]' in store.err, store.err
    # A file without any keeps what the draft has.
    bare = write(folder, 'bare.md', TEXT.split('---\n\n')[1])
    store.by('draft', 'import', 'd', bare, '--as', 'k', '--yes')
    assert '[draft-same]' in store.err, store.err


def test_what_came_into_a_draft_by_mistake_goes_out_again(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    store.by('draft', 'new', 'd')
    changed = write(folder, 'new.md', TEXT.replace('毎年', '毎月'))
    # --as was forgotten, and so it is a document of its own.
    stray = write(folder, 'stray.md', TEXT.replace('id: k\n', ''))
    for path, more in (changed, ('--as', 'k')), (stray, ()):
        store.by('draft', 'import', 'd', path, '--yes', *more)
    store.by('review', 'approve', 'd')
    store.by('draft', 'restore', 'd', 'stray')
    assert '[draft-taken-out]' in store.err, store.err
    assert not store.git('ls-tree', '-r', '--name-only', 'draft/d',
                         'policies/stray.md')
    assert [d['id'] for d in json.loads(store.run(
        'draft', 'show', 'd', '--json'))['documents']] == ['k']
    assert 'stale' in json.loads(store.run(
        'draft', 'show', 'd', '--json'))['approvals'][0]['standing'] or \
        not json.loads(store.run('draft', 'show', 'd', '--json'))[
            'approvals'][0]['counts']
    store.by('draft', 'restore', 'd', 'k', '-m', '取下げ')
    assert '[draft-restored]' in store.err, store.err
    assert '取下げ' in store.git('log', '-1', '--format=%B', 'draft/d')
    assert store.run('draft', 'diff', 'd') == ''
    before = store.git('rev-parse', 'draft/d')
    store.by('draft', 'restore', 'd', 'k')
    assert '[draft-same]' in store.err, store.err
    store.by('draft', 'restore', 'd', 'stray', status=2)
    assert '[not-found: ' in store.err, store.err
    store.by('draft', 'restore', 'none', 'k', status=2)
    assert '[not-found: ' in store.err, store.err
    assert store.git('rev-parse', 'draft/d') == before
    store.by('draft', 'close', 'd')
    store.by('draft', 'restore', 'd', 'k', status=2)
    assert '[draft-is-closed]' in store.err or 'closed' in store.err, store.err
    assert store.run('show', 'k').strip().endswith('毎年報告する。')
    store.sound()


def test_an_open_conflict_is_decided_before_its_document_is_restored(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'a', TEXT.replace('毎年', '毎月'))
    drafted(store, folder, 'b', TEXT.replace('毎年', '毎週'))
    store.by('draft', 'import', 'a', write(folder, 'o.md', TEXT.replace(
        'id: k', 'id: o')), '--yes')
    adopted(store, 'b', '第1号')
    store.by('draft', 'update', 'a', status=1)
    store.by('draft', 'restore', 'a', 'k', status=2)
    assert 'draft resolve a' in store.err, store.err
    store.by('draft', 'restore', 'a', 'o')  # another document may go
    store.by('draft', 'resolve', 'a', '第3条', '--take', 'ours')
    assert '毎月' in store.run('show', 'k@draft/a')
    store.by('draft', 'restore', 'a', 'k')
    assert '毎週' in store.run('show', 'k@draft/a')  # as main has it by now
    assert store.run('draft', 'diff', 'a') == ''
    store.sound()


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


def tables(path):
    """The line above each table of a Word file, and the table."""
    with zipfile.ZipFile(path) as packed:
        root = ElementTree.fromstring(packed.read('word/document.xml'))
    above = ''
    for block in root.find(W + 'body'):
        words = ''.join(t.text or '' for t in block.iter(W + 't'))
        if block.tag == W + 'tbl':
            yield above, block
        elif words:
            above = words


def reasons(path):
    """Rows of 改正理由: document, old and new clause, change, reason."""
    return [[above] + [''.join(t.text or '' for t in cell.iter(W + 't'))
                       for cell in row.iter(W + 'tc')]
            for above, table in tables(path) for row in table.iter(W + 'tr')]


def test_what_is_said_of_a_clause_outlives_it(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', BEFORE))
    drafted(store, folder, 'd', BEFORE.replace('七年間', '五年間'))
    for clause in ('第3条', '第4条', '第5条'):
        store.by('review', 'comment', 'd', '--clause', clause, '-m', clause)
    store.by('draft', 'import', 'd', write(folder, 'm.md', AFTER), '--as', 'k',
             '--yes')
    said = [line.split()[-2:] for line in
            store.run('review', 'list', 'd').splitlines()]
    assert said == [['since)', '第3条'], ['since)', '第4条'],
                    ['第5条→(gone)', '第5条']], said
    said = store.run('review', 'list', 'd')
    assert '第3条→第5条 (changed' in said, said
    assert '第4条→第5条 (changed' in said, said
    # What goes out is spoken of by its old number, and has its reason.
    store.by('review', 'reviewed', 'd', '--clause', '第6条')
    store.by('review', 'reason', 'd', '--clause', '第6条', '-m', '順序')
    store.by('review', 'reason', 'd', '--clause', '第5条', '-m', 'まとめる')
    said = store.run('review', 'list', 'd')
    assert said.count('第6条→第1条  ') == 2, said
    out = os.path.join(folder, 'p')
    store.run('packet', 'd', '-o', out)
    rows = reasons(os.path.join(out, '06_改正理由.docx'))
    assert ['見本規程', '第3条、第4条', '第5条', '統合', 'まとめる'] in rows, rows


def test_the_reason_for_a_deletion_is_kept(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT[:TEXT.index('### 第3条')])
    store.by('review', 'comment', 'd', '--clause', '第3条', '-m', '別表による')
    store.by('review', 'reason', 'd', '--clause', '第3条', '-m', '別に定める')
    said = store.run('review', 'list', 'd')
    assert said.count('第3条→(gone)  別') == 2, said
    out = os.path.join(folder, 'p')
    store.run('packet', 'd', '-o', out)
    rows = reasons(os.path.join(out, '06_改正理由.docx'))
    assert rows[1:] == [['見本規程', '第3条', '', '削除', '別に定める']], rows


def test_the_word_file_that_came_back_is_taken_with_its_changes(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    store.by('draft', 'new', 'd')
    new = write(folder, 'n.md', TEXT.replace('毎年', '毎月').replace(
        '職員は、守る', '職員は、必ず守る'))
    for name, how in (('tracked', ['redline', 'k', new]),
                      ('clean', ['render', new])):
        path = os.path.join(folder, f'{name}.docx')
        store.run(*how, '-o', path)
        with zipfile.ZipFile(path) as packed:
            tracked = b'<w:ins ' in packed.read('word/document.xml')
        assert tracked == (name == 'tracked')
        said = store.by('draft', 'import', 'd', path, '--as', 'k', status=1)
        assert '毎年' in said and '毎月' in said and '必ず' in said, said
        assert store.run('draft', 'diff', 'd') == ''
    # Rejected it is the text that was sent out.
    path = os.path.join(folder, 'tracked.docx')
    said = store.by('draft', 'import', 'd', path, '--as', 'k', '--changes',
                    'reject', '--yes')
    assert '毎' not in said and '必ず' not in said, said
    store.by('draft', 'import', 'd', path, '--as', 'k', '--yes')
    text = store.run('show', 'k@draft/d')
    assert '必ず守る' in text and '毎月' in text and '毎年' not in text, text
    store.run('diff', 'k@draft/d', new)


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
            places = cells[3].split('、') if cells[2] == '右の各条項' else cells[2:3]
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


def test_the_reasons_have_the_most_room_and_a_table_a_document(folder):
    store = made(folder)
    for name in ('k', 'm'):
        text = TEXT.replace('見本規程', f'見本規程{name}').replace(
            'id: k', f'id: {name}')
        store.by('add', write(folder, f'{name}.md', text))
    store.by('draft', 'new', 'e')
    for name in ('k', 'm'):
        text = store.git('show', f'main:policies/{name}.md')
        store.by('draft', 'import', 'e', write(
            folder, f'{name}.md', text.replace('毎年', '毎月')), '--yes')
    out = os.path.join(folder, 'p')
    store.run('packet', 'e', '-o', out)
    found = list(tables(os.path.join(out, '06_改正理由.docx')))
    assert [above for above, _ in found] == ['見本規程k', '見本規程m'], found
    for _, table in found:
        widths = [int(w.get(W + 'w')) for w in table.iter(W + 'gridCol')]
        assert widths[-1] * 2 > sum(widths), widths


def test_no_instrument_is_made_where_only_front_matter_changes(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    other = TEXT.replace('---\n', '---\nstyle: 別の様式\n', 1)
    store.by('draft', 'new', 'd')
    store.by('draft', 'import', 'd', write(folder, 'n.md', other), '--as',
             'k', '--yes')
    out = os.path.join(folder, 'p')
    store.run('packet', 'd', '-o', out)
    assert not [name for name in os.listdir(out)
                if name[:2] in ('01', '02', '03')], os.listdir(out)
    assert '文書の情報（条文は変わらない。）' in printed_in(
        os.path.join(out, '05_概要.docx'))
    store.by('review', 'approve', 'd')
    store.by('adopt', 'd', '--number', '1', '--decided', '2026-03-20',
             '--effective', '2026-04-01')
    assert '[draft-meta]' in store.err, store.err
    names = store.git('ls-tree', '-r', '--name-only', 'main').split()
    assert not [n for n in names if n.startswith('instruments/')], names
    store.run('archive', 'build', '--fy', '令和7年度', '-o',
              os.path.join(folder, 'y.iso'))


def test_no_paper_goes_into_the_store_itself(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    before = sorted(os.listdir(store.dir))

    def packed(where, *args):
        return subprocess.run(
            [KAITEI, '-C', store.dir, 'packet', 'd', *args], cwd=where,
            env=store.env, capture_output=True, text=True, check=False)

    inside = os.path.join(store.dir, 'refs', 'd')
    for args in ((), ('-o', './d'), ('-o', inside)):
        got = packed(store.dir, *args)
        assert got.returncode == 2, got
        assert '[invalid: packet-in-store]' in got.stderr, got.stderr
    assert sorted(os.listdir(store.dir)) == before
    assert not os.path.exists(inside)
    # Beside it is where papers go.
    got = packed(folder)
    assert got.returncode == 0, got
    assert '05_概要.docx' in os.listdir(os.path.join(folder, 'd'))


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


if __name__ == '__main__':
    sys.exit(run(globals()))
