# SPDX-License-Identifier: MIT
"""A store that is written into by every command that writes, for
tools/torture: what was acknowledged of it, and whether it is still there."""
import os
import re
import resource
import shutil
import subprocess
import zipfile

WHO = '見本 花子 <hanako@example.jp>'
DOCUMENT = '''---
id: {id}
title: 規程{id}
effective: 2026-04-01
---

# 規程{id}

### 第1条（目的）

この規程は、{n}を定める。

### 第2条（責務）

課長は、{n}を管理する。
'''


# Commands that write nothing into the store, and ask nobody's name.
NAMELESS = ('doctor', 'packet', 'archive', 'log', 'show', 'blame')


class Failed(Exception):
    """What must hold does not."""


def need(fact, *words):
    if not fact:
        raise Failed(' '.join(str(w) for w in words))


def shell(*args, **how):
    return subprocess.run(args, capture_output=True, text=True, **how)


class Store:
    """A store in a folder, and what was acknowledged of it."""

    PATIENCE = 120  # seconds that a command may take, others at work or not

    def __init__(self, kaitei, folder, env=None):
        self.kaitei, self.dir = kaitei, folder
        self.env = {**os.environ, 'LC_ALL': 'en.UTF-8',
                    'GIT_CONFIG_NOSYSTEM': '1', **(env or {})}
        self.acks = []
        self.cpu = 0  # seconds that a command may work; 0: as long as it likes

    def limit(self):
        resource.setrlimit(resource.RLIMIT_CPU, (self.cpu, self.cpu))

    def start(self, *args, env=None):
        return subprocess.Popen(
            [self.kaitei, 'init', self.dir, '--user', WHO]
            if args[0] == 'init' else
            [self.kaitei, '-C', self.dir, *args]
            + (['--user', WHO] if args[0] not in NAMELESS
               and args[:2] != ('draft', 'list') else []),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, encoding='utf-8', errors='replace',
            env={**self.env, **(env or {})},
            preexec_fn=self.limit if self.cpu else None)

    def run(self, *args, env=None):
        p = self.start(*args, env=env)
        try:
            _, err = p.communicate(timeout=self.PATIENCE)
        except subprocess.TimeoutExpired:
            p.kill()
            p.communicate()
            raise Failed(f'{" ".join(args)}: not done in {self.PATIENCE} s'
                         ) from None
        return p.returncode, err

    def must(self, *args):
        status, err = self.run(*args)
        need(status == 0, args, err)
        return err

    def git(self, *args):
        return shell('git', '--git-dir', self.dir, *args)

    def counted(self, what):
        """Of `git count-objects -v`: `count` are the loose ones."""
        return int(re.search(f'^{what}: (.*)', self.git(
            'count-objects', '-v').stdout, re.M)[1])

    def sound(self):
        told = self.git('fsck', '--full', '--strict')
        bad = [line for line in (told.stdout + told.stderr).splitlines()
               if line and not line.startswith(('dangling', 'notice'))]
        need(not bad and told.returncode == 0, 'fsck', bad[:5])

    def lost(self):
        """Acknowledged revisions and operations that no ref leads to."""
        have = {line[:10] for line in
                self.git('rev-list', '--all').stdout.split()}
        return [a for a in self.acks if a not in have]


def acknowledged(err):
    """The revision that a command says it made."""
    found = re.search(r'as ([0-9a-f]{10})|revision ([0-9a-f]{10})', err)
    return (found.group(1) or found.group(2)) if found else None


class Work:
    """Every writing command, in turn.

    Each leaves a word of its own in what it writes, `word`: what was
    acknowledged is looked for by it.  What a command needs before it, a draft
    or a remark to answer, is made first, and not hit.
    """

    KINDS = ['add', 'file', 'new', 'import', 'edit', 'update', 'resolve',
             'close', 'comment', 'reviewed', 'reason', 'object', 'withdraw',
             'done', 'approve', 'adopt', 'deliver', 'dispose', 'sync',
             'packet', 'archive', 'pack']

    def __init__(self, store, folder, dice):
        self.store, self.folder, self.dice, self.n = store, folder, dice, 0
        self.kinds = ['add', 'add', 'file', 'new', 'import', 'comment',
                      'approve', 'adopt']
        self.word, self.made, self.env = '', None, {}
        self.fy = 2026

    def text(self, name, at=None):
        self.n += 1
        self.word = f'w{os.getpid()}-{self.n}w'
        path = os.path.join(self.folder, f'{name}-{os.getpid()}-{self.n}.md')
        with open(at or path, 'w', encoding='utf-8') as out:
            out.write(DOCUMENT.format(id=name, n=self.word))
        return at or path

    def next(self, start):
        self.n += 1
        self.word = f'{start}{os.getpid()}-{self.n}w'
        return self.word

    def setting_up(self):
        self.store.must('init')
        self.store.must('add', self.text('base'))
        self.store.must('draft', 'new', 'd0')
        self.store.must('draft', 'import', 'd0', self.text('base'), '--yes')

    def all_kinds(self):
        """Give it a server to exchange with, an editor, a shared draft."""
        server = os.path.join(self.folder, 'server.git')
        if not os.path.exists(server):
            subprocess.run(['git', 'init', '-q', '--bare', '-b', 'main',
                            server], check=True)
        self.store.must('sync', server)
        self.store.must('add', self.text('u'))
        self.store.must('draft', 'new', 'u')
        self.kinds = self.KINDS

    def command(self, kind=None):
        kind = kind or self.dice.choice(self.kinds)
        self.kind, self.word, self.made, self.env = kind, '', None, {}
        return getattr(self, 'make_' + kind)()

    def make_add(self):
        return ['add', self.text(f'k{self.dice.randrange(4)}')]

    def make_file(self):
        path = os.path.join(self.folder, f'l{self.n}.tsv')
        with open(path, 'w', encoding='utf-8') as out:
            out.write(f'第1条\t1\tequal\t{self.next("w")}\t文\t文\n')
        return ['add', path, '--as', f'links/l{self.dice.randrange(3)}.tsv']

    def make_new(self):
        return ['draft', 'new', self.next('n')]

    def make_import(self):
        return ['draft', 'import', 'd0', self.text('base'), '--yes']

    def make_edit(self):
        text = self.text('base')
        editor = os.path.join(self.folder, f'editor-{self.n}')
        with open(editor, 'w', encoding='utf-8') as out:
            out.write(f'#!/bin/sh\ncp "{text}" "$1"\n')
        os.chmod(editor, 0o755)
        self.env = {'EDITOR': editor}
        return ['draft', 'edit', 'd0', 'base']

    def behind(self):
        """The draft `u` and main change the same clauses."""
        self.store.run('draft', 'resolve', 'u', '--take', 'ours')
        self.store.run('draft', 'import', 'u', self.text('u'), '--yes')
        self.store.run('add', self.text('u'))

    def make_update(self):
        self.behind()
        return ['draft', 'update', 'u', '-m', self.next('w')]

    def make_resolve(self):
        self.behind()
        self.store.run('draft', 'update', 'u')
        return ['draft', 'resolve', 'u', '--take',
                self.dice.choice(['ours', 'theirs', 'base']), '-m',
                self.next('w')]

    def make_close(self):
        name = self.next('c')
        self.store.run('draft', 'new', name)
        return ['draft', 'close', name, '--reason', self.next('w')]

    def remark(self, verb, *more):
        return ['review', verb, 'd0', '-m', self.next('w'), *more]

    def make_comment(self):
        return self.remark('comment', '--clause', '第1条')

    def make_reviewed(self):
        return self.remark('reviewed', '--clause', '第2条')

    def make_reason(self):
        return self.remark('reason', '--clause', '第1条')

    def make_object(self):
        return self.remark('object')

    def answer(self, verb):
        _, err = self.store.run(*self.remark('comment'))
        return self.remark(verb, '--reply', acknowledged(err) or 'none')

    def make_withdraw(self):
        return self.answer('withdraw')

    def make_done(self):
        return self.answer('resolve')

    def make_approve(self):
        return ['review', 'approve', 'd0', '-m', self.next('w')]

    def make_adopt(self):
        """An adoption that nothing stands against; only it may be hit."""
        name = self.next('a')
        path = self.text(name)
        for step in (['draft', 'new', name],
                     ['draft', 'import', name, path, '--yes', '--as', name],
                     ['review', 'approve', name]):
            if self.store.run(*step)[0] != 0:
                return step  # no room for it: a command like any other
        return ['adopt', name, '--number', f'第{self.n}号', '--decided',
                '2026-04-01', '--effective', '2026-04-01']

    def deliverable(self, *more):
        path = os.path.join(self.folder, self.next('v') + '.md')
        shutil.copy(self.text('v'), path)
        self.word = os.path.basename(path)[:-3]
        return ['deliver', 'add', path, '--type', '報告書', '--date',
                f'{self.fy}-05-15', '--other', '--reason', '試験', *more]

    def make_deliver(self):
        return self.deliverable()

    def make_dispose(self):
        self.store.run(*self.deliverable('--provided'))
        name = self.word + '.md'
        return ['deliver', 'dispose', name, '--fy', f'{self.fy}', '--how',
                self.next('w'), '-o', self.output('.docx')]

    def make_sync(self):
        return ['sync']

    def output(self, suffix):
        self.made = os.path.join(self.folder, f'o{self.n}{suffix}')
        return self.made

    def make_packet(self):
        self.n += 1
        return ['packet', 'd0', '-o', self.output('')]

    def make_archive(self):
        self.n += 1
        return ['archive', 'build', '--fy', f'{self.fy}', '-o',
                self.output('.iso')]

    def make_pack(self):
        return ['doctor', '--pack']

    def whole(self):
        """What a command makes beside the store is there whole or not."""
        if self.made is None or not os.path.exists(self.made):
            return
        if self.kind == 'packet':
            need('manifest-sha256.txt' in os.listdir(self.made), self.made)
            shutil.rmtree(self.made)
            return
        if self.kind == 'archive':
            status, err = self.store.run('archive', 'verify', self.made,
                                         '--fy', f'{self.fy}')
            need(status == 0, 'half an image', err)
        else:
            need(zipfile.is_zipfile(self.made), 'half a file', self.made)
        os.remove(self.made)


def words_in(store):
    """Every word that commands left in what the refs lead to."""
    names = store.git('rev-list', '--all', '--objects').stdout
    ids = ''.join(line[:40] + '\n' for line in names.splitlines())
    told = subprocess.run(['git', '--git-dir', store.dir, 'cat-file',
                           '--batch'], input=ids.encode(), check=True,
                          capture_output=True).stdout.decode('utf-8',
                                                             'replace')
    refs = store.git('for-each-ref', '--format=%(refname)').stdout
    return set(re.findall(r'[a-z]\d+-\d+w', told + names + refs))
