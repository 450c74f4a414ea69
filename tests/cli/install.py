#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An installed kaitei: the program, its manual and completion, and a program
of somebody else's that uses the library through pkg-config.

usage: install.py BUILD ROOT SANITIZER COMPILER...
"""
import glob
import os
import subprocess
import sys
import tempfile
import traceback

BUILD, ROOT, SANITIZER = (os.path.abspath(sys.argv[1]),
                          os.path.abspath(sys.argv[2]), sys.argv[3])
COMPILER = sys.argv[4:]
OLD = os.path.join(ROOT, 'policies', 'kanri-kitei.md')
NEW = os.path.join(ROOT, 'policies', 'revised', 'kanri-kitei.md')


class Skip(Exception):
    """A test that cannot be made here."""


def run(*args, status=0, **more):
    done = subprocess.run(args, capture_output=True, text=True, timeout=600,
                          check=False, **more)
    assert done.returncode == status, (args, done.returncode, done.stdout,
                                       done.stderr)
    return done.stdout


def found(place, pattern):
    names = glob.glob(os.path.join(place, '**', pattern), recursive=True)
    assert len(names) == 1, (pattern, names)
    return names[0]


def test_a_program_uses_the_installed_library(place):
    config = os.path.dirname(found(place, 'kaitei.pc'))
    out = os.path.join(place, 'example')
    flags = run('pkg-config', '--cflags', '--libs', 'kaitei',
                env={**os.environ, 'PKG_CONFIG_PATH': config,
                     'PKG_CONFIG_SYSROOT_DIR': place}).split()
    checks = [] if SANITIZER == 'none' else ['-fsanitize=' + SANITIZER]
    source = os.path.join(ROOT, 'docs', 'example', 'diff.c')
    with open(source, encoding='utf-8') as lines:
        assert len(list(lines)) <= 40
    run(*COMPILER, '-std=c17', '-Wall', '-Wextra', '-Werror', *checks, source,
        '-o', out, *flags)
    env = {**os.environ, 'LD_LIBRARY_PATH': os.path.dirname(config)}
    told = run(out, OLD, NEW, status=1, env=env)
    program = found(place, 'bin/kaitei')
    assert told == run(program, 'diff', '--brief', '--lang', 'ja', OLD, NEW,
                       status=1)
    assert run(out, OLD, OLD, status=0, env=env) == run(
        program, 'diff', '--brief', '--lang', 'ja', OLD, OLD)
    run(out, OLD, '/nowhere.md', status=2, env=env)


def test_every_header_is_installed(place):
    ours = sorted(os.listdir(os.path.join(ROOT, 'include', 'kaitei')))
    theirs = os.path.dirname(found(place, 'base.h'))
    assert sorted(os.listdir(theirs)) == ours


def test_the_manual_names_every_command(place):
    program = found(place, 'bin/kaitei')
    names = [line.split('  ')[1] for line in
             run(program, '--help', '--lang', 'en').splitlines()
             if line.startswith('  ') and not line.startswith('  kaitei')]
    assert len(names) > 10, names
    pages = glob.glob(os.path.join(place, '**', 'kaitei.1'), recursive=True)
    assert len(pages) == 2, pages
    for page in pages:
        with open(page, encoding='utf-8') as source:
            text = source.read()
        for name in names:
            word = name.split(' ')[0].replace('-', '\\-')
            assert f'.SS {word}' in text, (page, name)
        assert '.TH KAITEI 1' in text


def test_bash_completes_commands_options_values_and_clauses(place):
    program = found(place, 'bin/kaitei')
    script = found(place, 'completions/kaitei')
    cases = [(['kaitei', 'ren'], 'render'),
             (['kaitei', 'diff', '--bri'], '--brief'),
             (['kaitei', 'diff', '--lang', ''], 'ja en'),
             (['kaitei', 'table', '--profile', 'hou'],
              'houshikisho houshikisho-tate'),
             (['kaitei', 'archive', 'build', '--disc', ''], 'cd dvd'),
             (['kaitei', '--compl'], '--completion'),
             (['kaitei', 'show', OLD, '第28条第5'], '第28条第5項'),
             (['kaitei', 'diff', OLD[:-3]], OLD)]
    for words, wanted in cases:
        got = run('bash', '-c', '. "$1"; shift; COMP_WORDS=("$@"); '
                  'COMP_CWORD=$(($# - 1)); _kaitei; echo "${COMPREPLY[*]}"',
                  'bash', script, *words,
                  env={**os.environ,
                       'PATH': os.path.dirname(program) + ':' +
                       os.environ['PATH']})
        assert got.strip() == wanted, (words, got)


def test_zsh_reads_its_completion(place):
    script = found(place, '_kaitei')
    try:
        run('zsh', '-n', script)
    except FileNotFoundError as missing:
        raise Skip('zsh is not installed') from missing


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as place:
        run('meson', 'install', '-C', BUILD, '--no-rebuild', '--destdir',
            place)
        for name, test in sorted(globals().items()):
            if not name.startswith('test_'):
                continue
            try:
                test(place)
                passed += 1
            except Skip as why:
                print(f'skipped: {name}: {why}')
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print(f'FAIL {name}')
                traceback.print_exc(file=sys.stdout)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
