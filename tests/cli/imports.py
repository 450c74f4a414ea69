#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Documents taken in from outside: what was recognised, what was lost.

usage: imports.py KAITEI ROOT
"""
import json
import os
import sys
import tempfile

import run
from run import WHO, kaitei, write

LOSSY = '''# 見本市文書規程

## 第1条（目的）

この<blink>規程</blink>は、文書の取扱いを定める。

---

2　文書は、30日以内に整理する。
'''


def test_what_was_recognised_and_lost_is_told():
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.md', LOSSY)
        status, _, err = kaitei('convert', path, lang='ja')
        assert status == 0
        assert '条 1、項 2、文字' in err, err
        assert '文字だけ残したところが1か所' in err, err
        assert f'{path}:7: ' in err and '[md-rule]' in err, err
        assert kaitei('convert', path, '-q')[2] == ''


def test_the_report_is_also_a_file():
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.md', LOSSY)
        report = os.path.join(folder, 'r.json')
        assert kaitei('convert', path, '--report', report)[0] == 0
        with open(report, encoding='utf-8') as source:
            found = json.load(source)
        assert found['format'] == 'kaitei-import/1'
        assert found['recognised']['article'] == 1
        assert (found['kept'], found['dropped']) == (1, 1), found
        assert [l['id'] for l in found['losses']] == ['md-html-kept',
                                                      'md-rule']
        assert found['losses'][1]['places'][0]['line'] == 7
        report = os.path.join(folder, 'r.txt')
        assert kaitei('convert', path, '--report', report)[0] == 0
        with open(report, encoding='utf-8') as source:
            assert 'md-rule' in source.read()


def test_strict_ends_with_1_and_keeps_a_lossy_document_out_of_the_store():
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.md', LOSSY)
        store = os.path.join(folder, 's')
        assert kaitei('convert', path, '--strict')[0] == 1
        assert kaitei('init', store, '--user', WHO)[0] == 0
        status, _, err = kaitei('-C', store, 'add', path, '--strict')
        assert status == 1 and 'import-not-saved' in err, err
        assert kaitei('-C', store, 'tree', 'a')[0] == 2
        assert kaitei('-C', store, 'add', path)[0] == 0
        assert kaitei('-C', store, 'tree', 'a')[0] == 0
        clean = write(folder, 'b.md', LOSSY.replace('---\n\n', '')
                      .replace('<blink>', '').replace('</blink>', ''))
        assert kaitei('convert', clean, '--strict')[0] == 0


def test_many_places_of_one_kind_are_counted():
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.md', LOSSY + '\n---\n' * 20)
        _, _, err = kaitei('convert', path)
        assert err.count('[md-rule]') == 3, err
        assert 'the same in 18 more places' in err, err


if __name__ == '__main__':
    sys.exit(run.main(globals()))
