# SPDX-License-Identifier: MIT
"""An office: people, their stores and one short rule; for the tests of drafts,
adoption, exchange and soundness."""
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

KAITEI, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
POLICIES = os.path.join(ROOT, 'policies')
HANAKO = '見本 花子 <hanako@example.jp>'
TARO = '見本 太郎 <taro@example.jp>'


class Skip(Exception):
    """A test that cannot be made here."""


def told(args, done):
    """What a command did, in lines: a log that is cut keeps the first."""
    return '\n'.join([f'status {done.returncode} of {args}',
                      done.stderr[:4000], done.stdout[:2000]])


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
        assert done.returncode == status, told(args, done)
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


BEFORE = '''---
id: k
title: 見本規程
effective: 2020-04-01
---

# 見本規程

### 第1条（目的）

この規程は、情報資産の管理に関し必要な事項を定めることを目的とする。

### 第2条（責務）

課長は、所属職員の情報資産の取扱いを監督しなければならない。

2　職員は、情報資産を適正に取り扱い、漏えいを防がなければならない。

### 第3条（報告）

職員は、事故を知ったときは、直ちに課長に報告しなければならない。

### 第4条（保存）

課長は、アクセス記録を七年間保存する。

### 第5条（廃棄）

課長は、記録媒体を廃棄するときは、復元できない状態にしなければならない。

### 第6条（委託）

課長は、業務を委託するときは、契約に守秘義務を定めなければならない。
'''
# 第6条 goes to the front, 第2条 is divided, 第3条 and 第4条 become one, 第5条
# goes out.
AFTER = '''---
id: k
title: 見本規程
effective: 2020-04-01
---

# 見本規程

### 第1条（委託）

課長は、業務を委託するときは、契約に守秘義務を定めなければならない。

### 第2条（目的）

この規程は、情報資産の管理に関し必要な事項を定めることを目的とする。

### 第3条（責務）

課長は、所属職員の情報資産の取扱いを監督しなければならない。

### 第4条（遵守）

職員は、情報資産を適正に取り扱い、漏えいを防がなければならない。

### 第5条（報告及び保存）

職員は、事故を知ったときは、直ちに課長に報告しなければならない。課長は、アクセス記録を七年間保存する。
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


def keys(folder, *names):
    if not shutil.which('ssh-keygen'):
        raise Skip('ssh-keygen is not installed')
    for name in names:
        subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C',
                        name, '-f', os.path.join(folder, name)], check=True)


def public(folder, name):
    with open(os.path.join(folder, f'{name}.pub'), encoding='utf-8') as key:
        return ' '.join(key.read().split()[:2])


def run(tests):
    """Every test of a module, each in a folder of its own."""
    passed = failed = 0
    for name, test in list(tests.items()):
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

