#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The sample policies as a set: canonical, clean, and every reference from
one document to another leads somewhere.

usage: policies.py KAITEI ROOT
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import traceback

KAITEI, ROOT = sys.argv[1], os.path.abspath(sys.argv[2])
POLICIES = os.path.join(ROOT, 'policies')

ARTICLE = r'第\d+条(?:の\d+)?(?:第\d+項)?(?:第\d+号)?'
CHAIN = re.compile('規程(?:」という。）)?((?:' + ARTICLE + '(?:、|及び|又は|から)?)+)')
ITEM = re.compile(r'(対策基準(?:」という。）)?|この基準)?項番(\d+(?:\(\d+\))?[ア-ン]?(?:\([ア-ン]\))?)')


def kaitei(*args):
    done = subprocess.run([KAITEI, '--lang', 'en', *args], timeout=120,
                          capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def documents(folder):
    return [f for f in sorted(glob.glob(os.path.join(folder, '*.md')))
            if os.path.basename(f) not in ('README.md', 'CHANGES.md')]


def addresses(folder, name):
    """Every address of a document."""
    status, out, err = kaitei('tree', '--json', os.path.join(folder, name))
    assert status == 0, err
    found = set()

    def walk(clauses):
        for clause in clauses:
            found.add(clause['path'])
            walk(clause['children'])
    walk(json.loads(out)['clauses'])
    return found


def dangling(folder):
    """References into the 管理規程 and the 対策基準 that lead nowhere."""
    rules = addresses(folder, 'kanri-kitei.md')
    standard = addresses(folder, 'taisaku-kijun.md')
    cloud = addresses(folder, 'cloud-riyo-kijun.md')
    lost, seen = [], 0
    for path in documents(folder):
        name = os.path.basename(path)
        with open(path, encoding='utf-8') as source:
            text = source.read()
        for chain in CHAIN.finditer(text):
            for address in re.findall(ARTICLE, chain[1]):
                seen += 1
                # The one paragraph of an article is not counted.
                if not {address, address.replace('第1項', '')} & rules:
                    lost.append((name, '規程' + address))
        for item in ITEM.finditer(text):
            before = text[max(0, item.start() - 40):item.start()]
            inside = (name.startswith('cloud') and
                      not (item[1] or '').startswith('対策基準') and
                      not re.search(r'対策基準\S{0,7}項番\S{1,9}及び$', before))
            there = (cloud if inside or 'クラウドサービス利用基準' in before
                     else standard)
            seen += 1
            if item[2] not in there:
                lost.append((name, item[0]))
    assert seen > 250, seen
    return lost


def test_every_policy_is_canonical_and_clean():
    paths = glob.glob(os.path.join(POLICIES, '**', '*.md'), recursive=True)
    assert len(paths) >= 23, len(paths)
    status, _, err = kaitei('fmt', '--check', *paths)
    assert status == 0, err
    status, out, err = kaitei('check', *paths)
    assert status == 0 and not out and not err, (out, err)


def test_references_between_the_policies_lead_somewhere():
    assert not dangling(POLICIES)


def test_references_between_the_revised_policies_lead_somewhere():
    assert not dangling(os.path.join(POLICIES, 'revised'))


def test_every_revised_policy_has_the_one_it_revises():
    revised = documents(os.path.join(POLICIES, 'revised'))
    assert len(revised) == 9
    for new in revised:
        old = os.path.join(POLICIES, os.path.basename(new))
        status, out, err = kaitei('diff', '--json', old, new)
        assert status == 1 and not err, (old, err)
        assert json.loads(out)['changes'], old


def test_a_folder_stands_for_its_documents():
    everything = sorted(glob.glob(os.path.join(POLICIES, '*')))
    status, out, err = kaitei('check', *everything)
    assert status == 0 and not out, (out, err)
    assert err.count('\n') == 1 and 'figures' in err, err  # no document there
    status, out, err = kaitei('check', POLICIES)
    assert status == 0 and not out and not err, (out, err)
    assert kaitei('fmt', '--check', POLICIES)[0] == 0
    assert kaitei('check', os.path.join(POLICIES, 'none'))[0] == 2
    with tempfile.TemporaryDirectory() as folder:
        below = os.path.join(folder, '下')
        os.mkdir(below)
        os.symlink(folder, os.path.join(below, '上'))
        with open(os.path.join(below, '規程.md'), 'w',
                  encoding='utf-8') as made:
            made.write('# 規程\n\n## 第1条（目的）\n\n第9条による。\n')
        status, out, err = kaitei('check', folder)
        assert status == 1 and out.count('規程.md:5') == 1, (out, err)


def test_a_draft_is_told_of_all_that_name_what_it_changes():
    names = sorted(os.path.basename(p)[:-3] for p in documents(POLICIES))
    with tempfile.TemporaryDirectory() as store:
        status, _, err = kaitei('init', store, '--user', 'A <a@example.jp>')
        assert status == 0, err
        for name in names:
            kaitei('-C', store, 'add', os.path.join(POLICIES, name + '.md'))
        kaitei('-C', store, 'draft', 'new', 'd')
        kaitei('-C', store, 'draft', 'import', 'd', '--yes', '--as',
               'kanri-kitei',
               os.path.join(POLICIES, 'revised', 'kanri-kitei.md'))
        status, _, err = kaitei(
            '-C', store, 'adopt', 'd', '--number', '第6号', '--decided',
            '2026-03-27', '--effective', '2026-04-01', '--dry-run')
        assert status == 2, err
        told = set(re.findall(r"'([a-z-]+)' depends on 'kanri-kitei'", err))
        # By its title, and by the name they give it (以下「規程」という。).
        assert told == set(names) - {'kanri-kitei'}, err


def main():
    passed = failed = 0
    for name, test in sorted(globals().items()):
        if not name.startswith('test_'):
            continue
        try:
            test()
            passed += 1
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print(f'FAIL {name}')
            traceback.print_exc(file=sys.stdout)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
