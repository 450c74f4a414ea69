#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Run every command that README and the manual show, and compare what it
prints with what the page says.

usage: manual.py KAITEI ROOT [--update] [PAGE...]

A block fenced as `console` holds commands (`$ …`; a line ending in `\\` or `|`
goes on) and what they print, on standard output and error together; one
fenced as `console fails` shows a command that cannot do it.  A page is run in
a folder of its own that holds a copy of policies/, in the page's language.
What is made by hand before a page begins stands in a comment
`<!-- setup … -->`.  A line `（略）` or `[...]` stands for any lines.  Revisions
(hexadecimal) and times of day may differ.  --update writes what was printed
into the pages.
"""
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile

BLOCK = re.compile(r'^```console( fails)?\n(.*?)^```$', re.M | re.S)
SETUP = re.compile(r'<!-- setup\n(.*?)-->', re.S)
GAP = ('（略）', '[...]')
VARIES = [(re.compile(r'\b[0-9a-f]{7,64}\b'), '#'),
          (re.compile(r'\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?'),
           'time')]


def commands(text):
    """[(command, printed lines)] of a block."""
    found = []
    for line in text.split('\n')[:-1]:
        if found and found[-1][0].endswith(('\\', '|')) and (
                not found[-1][1]):
            found[-1][0] += '\n' + line
        elif line.startswith('$ '):
            found.append([line[2:], []])
        else:
            assert found, 'output before a command: ' + line
            found[-1][1].append(line)
    return found


def plain(line):
    for pattern, word in VARIES:
        line = pattern.sub(word, line)
    return line.rstrip()


def agrees(said, printed):
    """Does the page say what was printed?"""
    said = [plain(line) for line in said]
    printed = [plain(line) for line in printed]
    parts, part = [], []
    for line in said:
        if line.strip() in GAP:
            parts.append(part)
            part = []
        else:
            part.append(line)
    parts.append(part)
    if len(parts) == 1:
        return said == printed
    n = len(parts[0])
    if printed[:n] != parts[0]:
        return False
    at = n
    for part in parts[1:-1]:
        while printed[at:at + len(part)] != part:
            at += 1
            if at > len(printed):
                return False
        at += len(part)
    tail = parts[-1]
    return len(printed) - len(tail) >= at and (
        not tail or printed[-len(tail):] == tail)


class Page:
    """One page and the folder it is run in."""

    def __init__(self, path, kaitei, root, folder):
        self.path, self.folder = path, folder
        with open(path, encoding='utf-8') as source:
            self.text = source.read()
        lang = 'en' if '/en/' in path or path.endswith('README.md') else 'ja'
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith('LC_')},
            'LC_CTYPE': 'C.UTF-8', 'LC_MESSAGES': lang + '.UTF-8',
            'HOME': folder,
            'PATH': os.path.dirname(kaitei) + ':' + os.environ['PATH'],
            'GIT_CONFIG_NOSYSTEM': '1', 'TZ': 'Asia/Tokyo'}
        shutil.copytree(os.path.join(root, 'policies'),
                        os.path.join(folder, 'policies'))

    def run(self, command):
        """What it prints, and how it ends."""
        done = subprocess.run(
            ['sh', '-c', command], cwd=self.folder, env=self.env,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
            check=False)
        text = done.stdout.decode(errors='replace').replace(
            self.folder, '/home/hanako')
        return [line.rstrip() for line in text.rstrip('\n').split('\n')
                if text], done.returncode

    def start(self):
        for setup in SETUP.findall(self.text):
            printed, status = self.run('set -e\n' + setup)
            assert status == 0, (self.path, setup, printed)

    def faults(self):
        """What the page says and the program does not do."""
        self.start()
        for fails, block in BLOCK.findall(self.text):
            for command, said in commands(block):
                printed, status = self.run(command)
                if status > 1 and not fails:
                    yield f'{command}: ended with {status}'
                if not agrees(said, printed):
                    yield '\n'.join([f'$ {command}', *difflib.unified_diff(
                        said, printed, 'page', 'program', lineterm='')])

    def update(self):
        """Write into the page what is printed and what it does not say
        yet; a block with a gap keeps its first and last lines around it."""
        def again(match):
            lines = []
            for command, said in commands(match[2]):
                printed, _ = self.run(command)
                lines.append('$ ' + command)
                gaps = [i for i, line in enumerate(said)
                        if line.strip() in GAP]
                if agrees(said, printed):
                    printed = said  # other revisions are no news
                elif len(gaps) == 1:
                    head, tail = gaps[0], len(said) - gaps[0] - 1
                    printed = (printed[:head] + [said[gaps[0]]] +
                               (printed[-tail:] if tail else []))
                elif gaps:
                    printed = said
                lines += printed
            return f'```console{match[1] or ""}\n' + '\n'.join(lines) + '\n```'
        self.start()
        text = BLOCK.sub(again, self.text)
        if text != self.text:
            with open(self.path, 'w', encoding='utf-8') as target:
                target.write(text)


def pages(root):
    found = [os.path.join(root, 'README.md'), os.path.join(root, 'README.ja.md')]
    for folder, _, names in os.walk(os.path.join(root, 'docs', 'manual')):
        found += [os.path.join(folder, n) for n in names if n.endswith('.md')]
    return sorted(found)


def untold(kaitei, root):
    """Commands that the list in the manual does not name."""
    done = subprocess.run([kaitei, '--help', '--lang', 'en'], timeout=60,
                          capture_output=True, check=True)
    with open(os.path.join(root, 'docs/manual/ja/index.md'),
              encoding='utf-8') as source:
        rows = [line for line in source if line.startswith('| `')]
    commands = re.findall(r'^  ([a-z]+(?: [a-z]+)?)(?: [A-Z\[]|  )',
                          done.stdout.decode(), re.M)
    assert len(commands) > 40, commands
    return [c for c in commands if not any(
        all(f'`{word}`' in row for word in c.split()) for row in rows)]


def main():
    kaitei, root = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    update = '--update' in sys.argv
    named = [os.path.abspath(a) for a in sys.argv[3:] if a != '--update']
    passed = failed = 0
    for path in named or pages(root):
        with tempfile.TemporaryDirectory() as folder:
            page = Page(path, kaitei, root, folder)
            if update:
                page.update()
                continue
            faults = list(page.faults())
        passed, failed = passed + (not faults), failed + bool(faults)
        if faults:
            print('FAIL', os.path.relpath(path, root), *faults, sep='\n')
    if not named and not update:
        missing = untold(kaitei, root)
        passed, failed = passed + (not missing), failed + bool(missing)
        if missing:
            print('FAIL not in the list of commands:', *missing)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
