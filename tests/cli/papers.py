#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The papers of a revision on the command line: layouts, reasons, contents.

usage: papers.py KAITEI ROOT
"""
import os
import re
import sys
import tempfile
import zipfile

import run
from run import ROOT, kaitei, refused, write

OLD = os.path.join(ROOT, 'docs', 'gallery', 'old.md')
NEW = os.path.join(ROOT, 'docs', 'gallery', 'new.md')


def body(path):
    return zipfile.ZipFile(path).read('word/document.xml').decode()


def words(path):
    """Words of the document part, a line a paragraph."""
    return [''.join(re.findall(r'<w:t[^>]*>([^<]*)<', p))
            for p in re.findall(r'<w:p>.*?</w:p>', body(path))]


def table(folder, *args):
    target = os.path.join(folder, 'x.docx')
    if os.path.exists(target):
        os.unlink(target)
    status, _, err = kaitei('table', OLD, NEW, '-o', target, *args)
    assert status == 0, err
    return target


def test_the_sentence_of_the_form_speaks_of_its_marks():
    with tempfile.TemporaryDirectory() as folder:
        path = table(folder, '--profile', 'houshikisho')
        lines = words(path)
        sentence = next(w for w in lines if w.startswith('次の表により、'))
        assert sentence.endswith('これを加える。'), sentence
        for part in ('傍線を付し又は破線で囲んだ部分', '対象規定として移動し',
                     'もののように改め', 'これを削り'):
            assert part in sentence, sentence
        assert '備考　表中の［　］の記載及び対象規定の二重傍線' in lines[-1]
        text = body(path)
        assert '<w:u w:val="double"/>' in text
        assert '<w:bdr w:val="dashed"' in text
        assert '［新設］' in lines and '［削る］' in lines


def test_words_alone_need_no_more_than_their_sentence():
    with tempfile.TemporaryDirectory() as folder:
        one = write(folder, '1.md', '# 規程\n\n## 第1条\n\n3日以内とする。\n')
        two = write(folder, '2.md', '# 規程\n\n## 第1条\n\n5日以内とする。\n')
        target = os.path.join(folder, 'x.docx')
        assert kaitei('table', one, two, '--profile', 'houshikisho', '-o',
                      target)[0] == 0
        assert ('次の表により、改正前欄に掲げる規定の傍線を付した部分をこれに'
                '順次対応する改正後欄に掲げる規定の傍線を付した部分のように'
                '改める。') in words(target)
        assert '備考　表中の［　］の記載は注記である。' in words(target)


def test_a_layout_may_be_a_file_or_a_setting():
    with tempfile.TemporaryDirectory() as folder:
        own = write(folder, 'own.yaml', 'headings: [甲案, 乙案]\n')
        assert '甲案' in words(table(folder, '--profile', own))
        city = write(folder, 'kaitei.yaml', 'table: three-column\n')
        assert '備考' in words(table(folder, '--settings', city))
        city = write(folder, 'kaitei.yaml',
                     'table:\n  base: three-column\n  headings: [甲, 乙, 丙]\n')
        assert '丙' in words(table(folder, '--settings', city))
        # What is said on the command line wins.
        assert '丙' not in words(table(
            folder, '--settings', city, '--profile', 'shi-hyojun'))


def test_reasons_stand_in_the_third_column():
    with tempfile.TemporaryDirectory() as folder:
        why = write(folder, 'why.tsv', '第4条第1項\t名称を統一するため\n')
        lines = words(table(folder, '--profile', 'three-column',
                            '--reasons', why))
        assert '名称を統一するため' in lines
        assert '変更（見出し）' in lines


def test_faults_are_named_and_nothing_is_written():
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, 'x.docx')
        why = write(folder, 'why.tsv', '第1条\t変わっていない\n')
        bad = write(folder, 'bad.yaml', 'base: shi-hyojun\nmarks: red\n')
        three = ('table', OLD, NEW, '-o', target, '--profile', 'three-column')
        refused('table', OLD, NEW, '-o', target, '--profile', 'none',
                reason='usage')
        refused('table', OLD, NEW, '-o', target, '--reasons', why,
                reason='usage')
        err = refused(*three, '--reasons', why, reason='invalid')
        assert 'why.tsv:1:' in err, err
        err = refused('table', OLD, NEW, '-o', target, '--profile', bad,
                      reason='invalid')
        assert 'bad.yaml:2:' in err, err
        refused('table', OLD, NEW, '-o', target, '--profile',
                os.path.join(folder, 'absent.yaml'), reason='not-found')
        assert not os.path.exists(target)


def test_what_only_a_commentary_says_makes_no_instrument():
    with tempfile.TemporaryDirectory() as folder:
        text = '# 規程\n\n## 第1条\n\n3日以内とする。\n'
        one = write(folder, '1.md', text)
        two = write(folder, '2.md', text + '\n> 【解説】起算日は翌日。\n')
        status, out, err = kaitei('amend', one, two)
        assert (status, out) == (0, ''), out
        assert '[amend-empty]' in err and '[texts-same]' not in err, err
        target = os.path.join(folder, 'x.docx')
        assert kaitei('amend', one, two, '-o', target)[0] == 0
        assert ''.join(words(target)) == ''


def widths(text):
    return [[int(w) for w in re.findall(r'<w:gridCol w:w="(\d+)"', grid)]
            for grid in re.findall(r'<w:tblGrid>.*?</w:tblGrid>', text)]


def test_a_column_has_room_for_its_words_and_for_those_to_come():
    with tempfile.TemporaryDirectory() as folder:
        long = '審査の結果を踏まえて利用の可否を決定し、記録すること。'
        rows = [('番号', '事項', '記入欄'), ('---',) * 3, ('1', long, ''),
                ('2', long, '')]
        text = '# 規程\n\n## 別表\n\n' + ''.join(
            f'| {" | ".join(row)} |\n' for row in rows)
        one = write(folder, '1.md', '# 規程\n\n## 別表\n\n| 番号 |\n|---|\n')
        two = write(folder, '2.md', text)
        target = os.path.join(folder, 'x.docx')
        for command in (('render', two), ('amend', one, two)):
            assert kaitei(*command, '-o', target)[0] == 0
            number, matter, fill = widths(body(target))[-1]
            assert matter > 2 * number, command
            assert number > 4 * 210, command  # two characters and margins
            # The rows of an instrument come without their head.
            assert fill > 1.5 * number or command[0] == 'amend', command


def test_a_page_sets_in_only_names_of_divisions():
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, 'x.html')
        for name, sign in (('kanri-kitei', '<h2 class="division">第1章'),
                           ('taisaku-kijun', '<h2>1　目的'),
                           ('senryaku', '<h2>はじめに')):
            policy = os.path.join(ROOT, 'policies', f'{name}.md')
            assert kaitei('render', policy, '-o', target)[0] == 0
            with open(target, encoding='utf-8') as file:
                assert sign in file.read(), name


def inner_tables(text):
    """Tables in a cell of another one."""
    return [part for row in re.findall(r'<w:tc>(?:(?!<w:tc>).)*?<w:tbl>.*?'
                                       r'</w:tbl>', text)
            for part in re.findall(r'<w:tbl>.*?</w:tbl>', row)]


def test_a_table_in_a_vertical_one_has_no_merged_cells():
    with tempfile.TemporaryDirectory() as folder:
        form = ('# 規程\n\n## 別表（第1条関係）\n\n<table>\n'
                '<tr><th>病</th><th>状</th></tr>\n'
                '<tr><td rowspan="3">甲</td><td>乙</td></tr>\n'
                '<tr><td>丙</td></tr>\n<tr><td>%s</td></tr>\n</table>\n')
        one = write(folder, '1.md', form % '丁')
        two = write(folder, '2.md', form % '戊')
        target = os.path.join(folder, 'x.docx')
        inner = {}
        for name in ('houshikisho-tate', 'houshikisho'):
            status, _, err = kaitei('table', one, two, '--profile', name,
                                    '-o', target)
            assert status == 0, err
            inner[name] = inner_tables(body(target))
            assert len(inner[name]) == 2, inner
            os.unlink(target)
        for table in inner['houshikisho']:
            assert 'w:vMerge' in table, table
        for table in inner['houshikisho-tate']:
            assert 'w:vMerge' not in table, table
            # The lines between them are taken away instead; the last row
            # has a box of its own.
            assert table.count('<w:bottom w:val="nil"/>') == 2, table
            assert table.count('<w:top w:val="nil"/>') == 1, table
        # Only one side would repeat its head.
        for table in inner['houshikisho'] + inner['houshikisho-tate']:
            assert 'w:tblHeader' not in table, table


def test_lines_between_rows_close_the_frame_at_the_end_of_a_page():
    with tempfile.TemporaryDirectory() as folder:
        for rules in ('row', 'article'):
            text = body(table(folder, '--profile', write(
                folder, 'h.yaml', f'base: shi-hyojun\nrules: {rules}\n')))
            rows = [[(f'<w:{side} ' in borders) for side in ('top', 'bottom')]
                    for row in re.findall(r'<w:tr>.*?</w:tr>', text)
                    for borders in [''.join(re.findall(
                        r'<w:tcBorders>.*?</w:tcBorders>', row))]][1:]
            assert any(top for top, _ in rows), rows
            assert [bottom for _, bottom in rows[:-1]] == [
                top for top, _ in rows[1:]], (rules, rows)


def test_no_frame_of_a_printed_comparison_is_parted():
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, 'x.html')
        assert kaitei('diff', OLD, NEW, '-o', target)[0] == 1
        with open(target, encoding='utf-8') as file:
            printed = file.read().split('@media print {')[1]
        assert re.search(r'\n  section[^\n]*border: 0;', printed)


def test_a_consolidated_text_has_contents_unless_it_is_told_not_to():
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, 'x.docx')
        policy = os.path.join(ROOT, 'policies', 'kanri-kitei.md')
        assert kaitei('render', policy, '-o', target)[0] == 0
        assert '第1条（目的）' in words(target)
        marks = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"',
                               body(target)))
        links = set(re.findall(r'w:anchor="([^"]+)"', body(target)))
        assert links and links <= marks, links - marks
        assert kaitei('render', policy, '--without-toc', '-o',
                      target)[0] == 0
        assert '第1条（目的）' not in words(target)
        header = zipfile.ZipFile(target).read('word/header1.xml').decode()
        assert '令和6年4月1日施行' in header


def test_a_comparison_may_be_a_workbook():
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, 'x')
        assert kaitei('diff', OLD, NEW, '--xlsx', '-o', target)[0] == 1
        names = zipfile.ZipFile(target).namelist()
        assert 'xl/worksheets/sheet1.xml' in names


if __name__ == '__main__':
    sys.exit(run.main(globals()))
