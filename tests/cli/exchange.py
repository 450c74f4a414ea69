#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Offices that work apart and exchange what they made.

usage: exchange.py KAITEI ROOT
"""
import json
import os
import subprocess
import sys

import servers
from office import (KAITEI, TARO, TEXT, Skip, Store, adopted, drafted, made,
                    run, write)

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


def test_a_folder_is_found_from_elsewhere_too(folder):
    bare(folder)
    one = made(folder, 'one')
    at = os.path.relpath(os.path.join(folder, 'server.git'))
    one.by('sync', at)
    os.mkdir(os.path.join(folder, 'elsewhere'))
    subprocess.run([KAITEI, '-C', one.dir, 'sync', '--user', one.who],
                   cwd=os.path.join(folder, 'elsewhere'), check=True,
                   env=one.env, capture_output=True)
    cloned(folder, 'two', at, TARO).by('sync', at)


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


def test_one_number_given_in_two_offices(folder):
    at = bare(folder)
    one, two = two_offices(folder, at)
    for store, name, old, new in ((one, 'x', '趣旨を', '目標を'),
                                  (two, 'y', '毎年', '毎日')):
        drafted(store, folder, name, store.run(
            'convert', 'k', '--format', 'md').replace(old, new))
        adopted(store, name, '令和8年訓令第1号')
    tag = '公布/2026-03-20/令和8年訓令第1号'
    tags = [s.git('rev-parse', f'refs/tags/{tag}') for s in (one, two)]
    one.by('sync')
    two.by('sync', status=1)
    assert f"ours is '{tag}-2' now" in two.err, two.err
    one.by('sync')
    two.by('sync')
    assert one.refs() == two.refs() == Store(at).refs()
    # The other stands behind a tag of it.
    assert one.git('rev-parse', f'refs/tags/{tag}') == tags[0]
    assert f'object {tags[1]}type tag\n' in one.git(
        'cat-file', 'tag', f'refs/tags/{tag}-2')
    log = [line.split()[0] for line in one.run('log', 'k').splitlines()]
    assert len(log) == 4, log
    for store in (one, two):
        store.run('doctor')
        store.sound()


def test_one_draft_adopted_in_two_offices(folder):
    at = bare(folder)
    one, two = two_offices(folder, at)
    drafted(one, folder, 'x', one.run('convert', 'k', '--format', 'md')
            .replace('趣旨を', '目標を'))
    one.by('sync')
    two.by('sync')
    for store in (one, two):
        adopted(store, 'x', '令和8年訓令第1号')
    one.by('sync')
    two.by('sync', status=1)
    one.by('sync')
    assert one.refs() == two.refs() == Store(at).refs()
    one.run('doctor')
    one.by('review', 'comment', 'x', '-m', '番号が重なった')
    one.by('sync')
    assert 'adopted' in one.run('draft', 'list').splitlines()[-1]


def test_one_clause_of_a_draft_changed_in_two_offices(folder):
    at = bare(folder)
    one, two = two_offices(folder, at)
    text = one.git('show', 'draft/d:policies/k.md')
    for store, word in ((one, '毎日'), (two, '毎時')):
        store.by('draft', 'import', 'd', write(
            folder, 'w.md', text.replace('毎月', word)), '--as', 'k', '--yes')
    one.by('sync')
    two.by('sync', status=1)
    one.by('sync')
    assert one.refs() == two.refs()
    for store in (one, two):
        conflicts = json.loads(store.run(
            'draft', 'resolve', 'd', '--json', status=1))['conflicts']
        assert [(c['clause'], c['base'], c['ours'], c['theirs'])
                for c in conflicts] == [
            ('第3条', '職員は、毎月報告する。', '職員は、毎時報告する。',
             '職員は、毎日報告する。')], conflicts
        assert '<<<' not in store.run('show', 'k@draft/d')
    one.by('draft', 'resolve', 'd', '第3条', '--take', 'theirs')
    for store in (one, two):
        store.by('sync')
    assert '毎日' in two.run('show', 'k@draft/d')
    assert one.refs() == two.refs() == Store(at).refs()


def sync_over(folder, kind):
    try:
        server = kind(folder)
    except servers.Unavailable as why:
        raise Skip(str(why)) from why
    with server:
        at = bare(folder)
        one, _ = two_offices(folder, server.url(at))
        assert Store(at).refs() == one.refs()


def test_sync_over_ssh(folder):
    sync_over(folder, servers.Ssh)


def test_sync_over_http(folder):
    sync_over(folder, servers.Http)


def test_a_server_that_is_not_there_is_said(folder):
    store = made(folder)
    store.by('sync', status=2)
    store.by('sync', os.path.join(folder, 'none.git'), status=2)
    assert '[io: sync-failed]' in store.err, store.err
    assert 'does not appear to be a git repository' in store.err, store.err
    store.by('sync', '--', '--upload-pack=touch /tmp/x', status=2)


if __name__ == '__main__':
    sys.exit(run(globals()))
