#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Word files as offices write them: numbers by style, blanks for indents,
boxes, bold lines in place of headings, columns parted by tabs.

usage: awkward.py KAITEI ROOT
"""
import sys

import run
from foreign import TITLE, check, deleted, inserted, read
from word_file import (abstract, cell, level, listed, num, paragraph, run as words,
                       table)

BOLD = '<w:b/>'
TAB = '<w:r><w:tab/></w:r>'
HEAD = '# 見本市規程\n\n'


def style(name, properties):
    return (f'<w:style w:type="paragraph" w:styleId="{name}"><w:name '
            f'w:val="{name}"/><w:pPr>{properties}</w:pPr></w:style>')


STYLES = ('<w:style w:type="paragraph" w:styleId="Title"><w:name '
          'w:val="Title"/></w:style>')


def in_list(number, at):
    return (f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/>'
            '</w:numPr>')


def styled(text, name):
    return paragraph(text, f'<w:pStyle w:val="{name}"/>')


def bold(text):
    return paragraph(words(text, BOLD))


def same(body, want, *options, **others):
    others.setdefault('styles', STYLES)
    return check(TITLE + body, HEAD + want, *options, **others)


def alternative(requires, choice, fallback):
    return (f'<mc:AlternateContent><mc:Choice Requires="{requires}">{choice}'
            f'</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
            '</mc:AlternateContent>')


def test_numbers_of_styles_begin_anew():
    styles = STYLES + ''.join(style(n, in_list(1, i)) for i, n in
                              enumerate(('Jo', 'Ko', 'Go')))
    numbering = abstract(
        0, level(0, 'decimalFullWidth', '第%1条', more='<w:pStyle w:val="Jo"/>'),
        level(1, 'decimalFullWidth', '%2', start=2,
              more='<w:pStyle w:val="Ko"/>'),
        level(2, 'decimal', '(%3)', more='<w:pStyle w:val="Go"/>')) + num(1, 0)
    same(paragraph('（目的）') + styled('この規程は、定める。', 'Jo') +
         styled('市長は、次のことを行う。', 'Ko') + styled('分類', 'Go') +
         styled('保管', 'Go') + styled('職員は、守る。', 'Jo') +
         styled('次のことを報告する。', 'Ko') + styled('事故', 'Go'),
         '## 第１条（目的）\n\nこの規程は、定める。\n\n'
         '２　市長は、次のことを行う。\n\n- (1)　分類\n- (2)　保管\n\n'
         '## 第２条\n\n職員は、守る。\n\n２　次のことを報告する。\n\n'
         '- (1)　事故', styles=styles, numbering=numbering)


def test_typed_numbers_go_on_with_automatic_ones():
    same(paragraph('第１条　次のことを定める。') + listed('分類', 1) +
         listed('保管', 1) + paragraph('(3)　廃棄') +
         paragraph('２　受託者に準用する。'),
         '## 第１条\n\n次のことを定める。\n\n- (1)　分類\n- (2)　保管\n'
         '- (3)　廃棄\n\n２　受託者に準用する。',
         numbering=abstract(0, level(0, 'decimal', '(%1)')) + num(1, 0))


def test_wide_blanks_are_indents():
    same(paragraph('　　　第１章　総則') + paragraph('　（目的）') +
         paragraph('第１条　次のことを定める。') + paragraph('　(1)　分類') +
         paragraph('　　ア　紙') + paragraph('　(2)　保管'),
         '## 第１章　総則\n\n### 第１条（目的）\n\n次のことを定める。\n\n'
         '- (1)　分類\n  - ア　紙\n- (2)　保管')


def test_tabs_behind_labels():
    hang = '<w:ind w:left="420" w:hanging="420"/>'
    same(paragraph(words('第１条') + TAB + words('次による。')) +
         paragraph(words('（１）') + TAB + words('分類'), hang) +
         paragraph(words('２') + TAB + words('別に定める。')),
         '## 第１条\n\n次による。\n\n- （１）　分類\n\n２　別に定める。')


def test_labels_at_one_indent_nest_by_their_form():
    same(''.join(paragraph(t) for t in (
        '第１条　次による。', '(1)　甲', 'ア　乙', '(ｱ)　丙', '①　丁', 'イ　戊',
        '(2)　己')),
         '## 第１条\n\n次による。\n\n- (1)　甲\n  - ア　乙\n    - (ｱ)　丙\n'
         '      - ①　丁\n  - イ　戊\n- (2)　己')


def test_signs_of_lists_nest_by_their_level():
    numbering = abstract(0, level(0, 'bullet', '\uf0b7'),
                         level(1, 'bullet', 'o')) + num(1, 0)
    same(paragraph('第１条　次のとおりとする。') + listed('甲', 1) +
         listed('乙', 1, 1) + listed('丙', 1),
         '## 第１条\n\n次のとおりとする。\n\n- 甲\n  - 乙\n- 丙',
         numbering=numbering)


def test_a_table_in_a_table():
    inner = table(('い', 'ろ'), ('は', 'に'))
    same(paragraph('第１条　次の表による。') +
         table(('甲', cell(paragraph('次のとおり') + inner + paragraph('')))),
         '## 第１条\n\n次の表による。\n\n<table>\n<tr><td>甲</td><td>\n'
         '<p>次のとおり</p>\n<table>\n<tr><td>い</td><td>ろ</td></tr>\n'
         '<tr><td>は</td><td>に</td></tr>\n</table></td></tr>\n</table>')


def test_a_text_box_is_read_once():
    box = '<w:txbxContent>' + paragraph('囲みの文') + '</w:txbxContent>'
    shape = alternative(
        'wps', f'<w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>'
        '</w:drawing>', f'<w:pict><wps:textbox>{box}</wps:textbox></w:pict>')
    err = same(paragraph(words('第１条　甲とする。') + f'<w:r>{shape}</w:r>'),
               '## 第１条\n\n甲とする。\n\n囲みの文')
    assert err.count('[docx-text-box]') == 1, err


def test_what_is_not_understood_gives_way_to_its_fallback():
    sign = alternative('w16se', '<w16se:symEx xmlns:w16se="u"/>',
                       '<w:t>①</w:t>')
    same(paragraph(words('第１条　') + f'<w:r>{sign}</w:r>' +
                   alternative('w14', words('甲'), words('乙')) +
                   words('とする。')),
         '## 第１条\n\n①甲とする。')


def test_content_controls_are_not_seen():
    def control(inner):
        return (f'<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent>'
                '</w:sdt>')
    row = '<w:tr>' + cell('丙') + control(cell('丁')) + '</w:tr>'
    same(control(paragraph(words('第１条　') + control(words('甲')) +
                           words('とする。'))) +
         f'<w:tbl><w:tblPr/><w:tblGrid/>{control(row)}</w:tbl>',
         '## 第１条\n\n甲とする。\n\n| | |\n|---|---|\n| 丙 | 丁 |')


def test_soft_hyphens_breaks_and_columns():
    columns = ('<w:sectPr><w:type w:val="continuous"/><w:cols w:num="2"/>'
               '</w:sectPr>')
    same(paragraph('<w:r><w:t>第１条　情報シス</w:t><w:softHyphen/>'
                   '<w:t>テムとする。</w:t><w:br/><w:t>２　定める。</w:t></w:r>',
                   columns) +
         paragraph('<w:r><w:br w:type="page"/></w:r>' +
                   words('第２条　別に定める。')),
         '## 第１条\n\n情報システムとする。\n\n２　定める。\n\n'
         '## 第２条\n\n別に定める。')


def test_words_in_many_runs_are_one():
    same(paragraph(words('第') + '<w:proofErr w:type="spellStart"/>' +
                   words('１') + '<w:bookmarkStart w:id="1" w:name="x"/>' +
                   words('条　甲') + '<w:bookmarkEnd w:id="1"/>'
                   '<w:smartTag w:uri="u" w:element="e">' + words('とする。') +
                   '</w:smartTag>'),
         '## 第１条\n\n甲とする。')


def test_bold_lines_are_headings_where_there_are_no_articles():
    body = (paragraph(words('見本市情報基準', BOLD), '<w:jc w:val="center"/>') +
            bold('１　目的') + paragraph('この基準は、必要な事項を定める。') +
            bold('２　体制') + bold('(1)　責任者') +
            paragraph('責任者は、部長とする。') + bold('(2)　担当者') +
            paragraph('担当者は、課長とする。') + bold('基本的な考え方') +
            paragraph('情報を守ることは、全ての職員の務めである。'))
    text, _ = read(body)
    heads = [l for l in text.splitlines() if l.startswith('#')]
    assert heads == ['# 見本市情報基準', '## １　目的', '## ２　体制',
                     '### (1)　責任者', '### (2)　担当者',
                     '## 基本的な考え方'], text


def test_bold_captions_and_labels_of_articles():
    same(bold('（目的）') +
         paragraph(words('第１条', BOLD) + words('　この規程は、定める。')),
         '## 第１条（目的）\n\nこの規程は、定める。')


def test_an_item_in_the_style_of_a_heading_is_an_item():
    styles = STYLES + style('見出し', '<w:outlineLvl w:val="1"/>')
    same(styled('第１条（定義）', '見出し') + paragraph('次による。') +
         styled('(1)　情報資産　情報をいう。', '見出し'),
         '## 第１条（定義）\n\n次による。\n\n- (1)　情報資産　情報をいう。',
         styles=styles)


def test_columns_that_are_parted_by_tabs():
    lines = (('改正後', '改正前'), ('第１条　甲とする。', '第１条　乙とする。'),
             ('第２条　（略）', '第２条　（略）'))
    body = paragraph('新旧対照表') + ''.join(
        paragraph(words(a) + TAB + words(b)) for a, b in lines)
    for side, word in (('new', '甲'), ('old', '乙')):
        check(body, f'## 第１条\n\n{word}とする。\n\n## 第２条\n\n（略）',
              '--side', side)
    assert '[docx-tabbed]' in read(body)[1]


def test_contents_that_lost_their_field():
    styles = STYLES + ('<w:style w:type="paragraph" w:styleId="T1">'
                       '<w:name w:val="toc 1"/></w:style>')
    err = same(styled('第１章　総則', 'T1').replace('</w:p>', TAB + '</w:p>') +
               styled('第２章　雑則', 'T1') + paragraph('第１章　総則') +
               paragraph('第１条　甲とする。'),
               '## 第１章　総則\n\n### 第１条\n\n甲とする。', styles=styles)
    assert err.count('[docx-toc]') == 1, err


def test_a_title_that_is_set_apart_is_closed_up():
    text, _ = read(paragraph('　　見　本　市　規　程', '<w:jc w:val="center"/>') +
                   paragraph('第１条　甲とする。'))
    assert text.startswith('# 見本市規程\n'), text


def test_changes_inside_words():
    same(paragraph(words('第１条　甲') + inserted(words('及び乙')) +
                   deleted('及び丙') + words('とする。')),
         '## 第１条\n\n甲及び乙とする。')


def test_an_object_is_told_by_its_name():
    chart = ('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="図表 1" '
             'descr="組織の図"/></wp:inline></w:drawing></w:r>')
    err = same(paragraph(words('第１条　次の図による。') + chart),
               '## 第１条\n\n次の図による。')
    assert '（組織の図）' in err or '(組織の図)' in err, err


if __name__ == '__main__':
    sys.exit(run.main(globals()))
