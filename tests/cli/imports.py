#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Documents taken in from outside: what was recognised, what was lost.

usage: imports.py KAITEI ROOT
"""
import glob
import json
import os
import random
import re
import sys
import tempfile
import zipfile

import run
import word_file as word
from run import POLICIES, ROOT, Skip, WHO, kaitei, refused, write

DATA = os.path.join(os.path.dirname(ROOT), 'shared', 'data')

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


# ---- round trips -----------------------------------------------------------


def data(*names):
    path = os.path.join(DATA, *names)
    if not os.path.exists(path):
        raise Skip(f'{"/".join(names)} absent')
    return path


def policies():
    names = glob.glob(os.path.join(POLICIES, '**', '*.md'), recursive=True)
    return [name for name in sorted(names)
            if os.path.basename(name) not in ('README.md', 'CHANGES.md')]


def text_of(path):
    with open(path, encoding='utf-8') as source:
        return source.read()


def word_and_back(path, folder):
    """The Markdown of a document, and that which its Word file gives."""
    before = kaitei('convert', path)[1]
    docx = os.path.join(folder, 'a.docx')
    assert kaitei('render', path, '-o', docx, '--with-commentary')[0] == 0
    status, after, err = kaitei('convert', docx)
    assert status == 0, err
    return before, after


def test_sample_policies_come_back_from_word_as_they_were():
    for path in policies():
        with tempfile.TemporaryDirectory() as folder:
            before, after = word_and_back(path, folder)
            assert text_of(path) == before == after, path


PLAIN = """# 見本市文書規程

## 第1条（目的）

この規程は、次のとおりとする。

```yaml
a: 1
b: 2
```

- 甲

  ```c
  int x;
  ```

| 名称 | 図 |
|---|---|
| 甲 | ![](a.png) |
| 乙 | <var></var>![](b.png) |
"""


def test_images_alone_and_the_language_of_code_come_back_from_word():
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.md', PLAIN)
        before, after = word_and_back(path, folder)
        assert PLAIN == before == after, after
        new = write(folder, 'b.md', PLAIN.replace('yaml', 'toml').replace(
            '| 甲 | ![](a.png) |', '| 甲 | ![](c.png) |\n| 丙 | ![](a.png) |'))
        both_sides(path, new, folder)
        both_sides(new, path, folder)
        table = os.path.join(folder, 't.docx')
        for old, new in (path, new), (new, path):
            assert kaitei('table', old, new, '-o', table)[0] == 0


def both_sides(old, new, folder):
    """A redline must hold both texts."""
    docx = os.path.join(folder, 'r.docx')
    assert kaitei('redline', old, new, '-o', docx)[0] == 0
    for view, path in ('reject', old), ('accept', new):
        status, text, err = kaitei('convert', docx, '--changes', view)
        assert status == 0, err
        assert text == text_of(path), (view, path)


def test_a_redline_comes_back_as_the_two_texts_it_holds():
    with tempfile.TemporaryDirectory() as folder:
        both_sides(*run.pair(folder), folder)
        for new in policies():
            old = new.replace('/revised/', '/')
            if old != new and os.path.exists(old):
                both_sides(old, new, folder)


def with_readings(words, dice):
    """Words, some of them under readings that their letters tell, or
    underlined."""
    out = ''
    while words:
        n = dice.randint(1, 4)
        head, words = words[:n], words[n:]
        how = dice.random()
        if how < 0.4:
            reading = ''.join(chr(0x3041 + ord(c) % 80) for c in head)
            out += f'<ruby>{head}<rt>{reading}</rt></ruby>'
        elif how < 0.5 and not out.endswith('</u>'):
            out += f'<u>{head}</u>'
        else:
            out += head
    return out


def test_readings_come_whole_out_of_a_redline():
    """A reading is parted by no change: of its base, beside it, of itself."""
    dice = random.Random(7)
    letters = '情報資産管理責任者端末媒体記録保存廃棄点検'
    sides = ['# 見本規程\n', '# 見本規程\n']
    for number in range(1, 81):
        old = [dice.choice(letters) for _ in range(dice.randint(8, 24))]
        new = list(old)
        for _ in range(dice.randint(0, 4)):
            at = dice.randrange(len(new) - 2)
            new[at:at + dice.randint(0, 2)] = dice.choices(
                letters, k=dice.randint(0, 3))
        seeds = [number, number if dice.random() < 0.6 else -number]
        for side, (words, seed) in enumerate(zip((old, new), seeds)):
            sides[side] += (f'\n## 第{number}条\n\n' + with_readings(
                ''.join(words), random.Random(seed)) + '。\n')
    with tempfile.TemporaryDirectory() as folder:
        paths = [write(folder, name, text)
                 for name, text in zip(('a.md', 'b.md'), sides)]
        for path in paths:
            assert kaitei('fmt', path)[0] == 0
        both_sides(*paths, folder)
        both_sides(*reversed(paths), folder)
        for path in paths:
            assert text_of(path).count('<rt>') > 200


def test_a_word_file_is_a_document_to_every_command():
    old = os.path.join(POLICIES, 'kanri-kitei.md')
    new = os.path.join(POLICIES, 'revised', 'kanri-kitei.md')
    with tempfile.TemporaryDirectory() as folder:
        a, b = (os.path.join(folder, n) for n in ('a.docx', 'b'))
        assert kaitei('render', old, '-o', a)[0] == 0
        assert kaitei('convert', new, '-o', b, '--format', 'docx')[0] == 0
        of_words = json.loads(kaitei('diff', a, b, '--json')[1])
        of_texts = json.loads(kaitei('diff', old, new, '--json')[1])
        assert of_words['changes'] == of_texts['changes']


def test_a_head_of_a_table_survives_the_loss_of_its_sign():
    """LibreOffice drops w:tblHeader of some tables when it saves."""
    text = ('# 見本\n\n## 表\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n'
            '本文\n\n| | |\n|---|---|\n| 戊 | 己 |\n')
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.md', text)
        docx = os.path.join(folder, 'a.docx')
        assert kaitei('render', path, '-o', docx)[0] == 0
        with zipfile.ZipFile(docx) as source:
            contents = {n: source.read(n) for n in source.namelist()}
        body = contents['word/document.xml'].decode()
        assert body.count('<w:tblHeader/>') == 1
        contents['word/document.xml'] = body.replace(
            '<w:tblHeader/>', '').encode()
        lost = write(folder, 'b.docx', word.package(contents))
        for file in docx, lost:
            assert kaitei('convert', file)[1] == text, file


def test_an_edit_in_word_is_read_by_its_words():
    """A new 条 between two, a changed number, a longer sentence."""
    path = os.path.join(POLICIES, 'kanri-kitei.md')
    with tempfile.TemporaryDirectory() as folder:
        docx = os.path.join(folder, 'a.docx')
        assert kaitei('render', path, '-o', docx)[0] == 0
        with zipfile.ZipFile(docx) as source:
            contents = {n: source.read(n) for n in source.namelist()}
        body = contents['word/document.xml'].decode()
        second = re.search(r'<w:p>(?:(?!</w:p>).)*"Midashi"'
                           r'(?:(?!</w:p>).)*（定義）', body)
        new = (word.paragraph('（見本）') + word.paragraph(
            '第1条の2　この規程は、見本である。') + word.paragraph(
                '2　前項の見本は、次のとおりとする。') + word.paragraph(
                    '(1)　甲') + word.paragraph('(2)　乙'))
        body = body[:second.start()] + new + body[second.start():]
        body = body.replace('目的とする。', '目的とするものである。', 1)
        contents['word/document.xml'] = body.encode()
        edited = write(folder, 'b.docx', word.package(contents))
        changes = json.loads(kaitei('diff', path, edited, '--json')[1])
        found = {(c['kind'], (c['new'] or c['old'])[0]['path'])
                 for c in changes['changes']}
        assert ('modified', '第1条') in found, found
        assert ('added', '第1条の2') in found, found
        assert len(found) == 2, found
        _, text, _ = kaitei('show', edited, '第1条の2')
        assert '（見本）' in text and '(2)　乙' in text, text


# ---- the two columns of a 新旧対照表 ---------------------------------------


def test_a_comparison_table_comes_back_as_old_and_new_clauses():
    old, new = (os.path.join(POLICIES, folder, 'kanri-kitei.md')
                for folder in ('.', 'revised'))
    with tempfile.TemporaryDirectory() as folder:
        docx = os.path.join(folder, 't.docx')
        assert kaitei('table', old, new, '-o', docx)[0] == 0
        sides = {}
        for side in 'old', 'new':
            path = os.path.join(folder, f'{side}.md')
            status, _, err = kaitei('convert', docx, '--side', side,
                                    '-o', path)
            assert status == 0, err
            sides[side] = path
        assert '外部サービス' in text_of(sides['old'])
        assert '第4条（サイバーセキュリティ' in text_of(sides['new'])
        # Clauses that are shown whole are the clauses of the two texts.
        for side, path in ('old', old), ('new', new):
            whole = json.loads(kaitei('tree', path, '--json')[1])
            shown = json.loads(kaitei('tree', sides[side], '--json')[1])
            texts = {}

            def gather(clause, into):
                into[clause['path']] = (clause.get('text') or '').replace(
                    '\n', '')
                for child in clause['children']:
                    gather(child, into)

            of_whole, of_shown = {}, {}
            for tree, into in (whole, of_whole), (shown, of_shown):
                for clause in tree['clauses']:
                    gather(clause, into)
            same = [p for p, text in of_shown.items()
                    if text and '略' not in text and p in of_whole
                    and not p.endswith('行')]
            assert len(same) > 20, len(same)
            wrong = [p for p in same if of_shown[p] != of_whole[p]]
            assert not wrong, [(p, of_shown[p], of_whole[p])
                               for p in wrong[:3]]
        refused('convert', old.replace('kanri', 'kanri'), '--side', 'left',
                reason='usage')
        plain = os.path.join(folder, 'p.docx')
        assert kaitei('render', old, '-o', plain)[0] == 0
        refused('convert', plain, '--side', 'old', reason='invalid')


# ---- Lawtext ---------------------------------------------------------------


def test_lawtext_comes_back_as_it_was():
    texts = (glob.glob(os.path.join(data('lawtext-samples'), '*.txt'))
             + glob.glob(os.path.join(data('gyosei-tetsuzuki'), '*.txt')))
    assert len(texts) == 28
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(texts):
            back = os.path.join(folder, 'a.law.txt')
            assert kaitei('convert', path, '-o', back)[0] == 0
            with open(path, 'rb') as was, open(back, 'rb') as now:
                assert was.read() == now.read(), path


PAGE = """<html><head><meta charset="Shift_JIS"><title>規程</title></head>
<body><div class=eline><div class=head><p class=title>○見本市規程</p></div></div>
<div class=eline><div class=article><p class=title>(目的)</p>
<p class=num>第1条　①この規程は、次による。</p></div></div>
<div class=eline><div class=form_section><p>様式第1号(第1条関係)</p>
<a onclick="fileDownloadAction2('w/f.rtf');">様式</a></div></div></body></html>
"""


def test_a_page_of_rules_is_taken_in():
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.html', PAGE.encode('cp932'))
        status, out, err = kaitei('convert', path, lang='ja')
        assert status == 0, err
        assert '# 見本市規程\n' in out and '## 第1条（目的）' in out, out
        assert '①この規程は、次による。' in out, out
        assert 'Shift_JIS' in err and 'w/f.rtf' in err, err
        # What is in the file of the form is a loss.
        assert kaitei('convert', path, '--strict', '-q')[0] == 1
        broken = write(folder, 'b.html', PAGE.encode('cp932') + b'\xfd')
        assert ':7:' in refused('convert', broken, reason='invalid')


def test_pdf_that_cannot_be_read_is_refused():
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.pdf', b'%PDF-1.7\nno pages\n')
        out = os.path.join(folder, 'a.md')
        status, _, err = kaitei('convert', path, '-o', out)
        assert status == 2 and ('[invalid: pdf-damaged]' in err or
                                '[refused: pdf-no-helper]' in err), err
        assert not os.path.exists(out)
        # Without the helper it says so.
        os.environ['KAITEI_LIBEXEC'] = folder
        try:
            refused('convert', path, reason='refused')
        finally:
            del os.environ['KAITEI_LIBEXEC']


def test_a_pdf_is_shown_page_by_page():
    path = os.path.join(DATA, 'pdf', 'soumu-reiwa8-shorei-80.pdf')
    if not os.path.exists(path):
        raise Skip('../shared/data/pdf absent')
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, 'r.html')
        status, out, err = kaitei('convert', path, '--report', report)
        if 'pdf-no-helper' in err:
            raise Skip('kaitei-pdf absent')
        assert status == 0, err
        assert '| 改正後 | 改正前 |' in out or '<th>改正後</th>' in out
        with open(report, encoding='utf-8') as source:
            page = source.read()
        assert page.count('data:image/png;base64,') == 4
        assert '<script' not in page and 'http' not in page


if __name__ == '__main__':
    sys.exit(run.main(globals()))
