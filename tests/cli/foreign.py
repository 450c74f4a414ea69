#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Word files that others wrote: what Word knows and does not say, tracked
changes in three views, what has no place in a document; and broken ones.

usage: foreign.py KAITEI ROOT
"""
import json
import os
import random
import sys
import tempfile
import time

import run
import word_file as word
from imports import data
from run import ROOT, kaitei, refused, write
from word_file import cell, listed, paragraph, table
from word_file import run as words

GOLDEN = os.path.join(ROOT, 'tests', 'golden', 'word-numbers.tsv')


def read(body, *options, **others):
    """(Markdown without front matter, messages) of a Word file."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, 'a.docx', word.docx(body, **others))
        status, text, err = kaitei('convert', path, *options)
        assert status == 0, err
        if text.startswith('---\n'):
            text = text[text.index('\n---\n') + 5:]
        return text.strip(), err


def check(body, want, *options, **others):
    text, err = read(body, *options, **others)
    assert text == want.strip(), text
    return err


TITLE = paragraph('見本市規程', '<w:pStyle w:val="Title"/>')
STYLES = ('<w:style w:type="paragraph" w:styleId="Title"><w:name '
          'w:val="Title"/></w:style><w:style w:type="paragraph" '
          'w:styleId="1"><w:name w:val="heading 1"/></w:style>'
          '<w:style w:type="paragraph" w:styleId="2"><w:name '
          'w:val="heading 2"/><w:basedOn w:val="1"/></w:style>'
          '<w:style w:type="paragraph" w:styleId="Jo"><w:name w:val="条"/>'
          '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>')

# ---- numbers ---------------------------------------------------------------

# Where LibreOffice 7.4 shows something else than Word, by ECMA-376: the
# numbers up to which both agree, and what Word shows.
OWN = {
    'format decimalEnclosedParen': (0, {1: '⑴', 20: '⒇', 21: '(21)'}),
    'format decimalEnclosedFullstop': (0, {1: '⒈', 20: '⒛', 21: '21.'}),
    'format japaneseCounting': (51, {100: '百', 111: '百十一',
                                     1234: '千二百三十四'}),
    'format japaneseLegal': (9, {10: '壱拾', 21: '弐拾壱', 100: '壱百'}),
    'format japaneseDigitalTenThousand': (0, {1: '一', 10: '一〇',
                                              101: '一〇一'}),
    'format ideographDigital': (9, {10: '一〇', 21: '二一', 100: '一〇〇'}),
    'format ideographEnclosedCircle': (0, {1: '㊀', 10: '㊉', 11: '11'}),
    # LibreOffice saves japaneseCounting as these.
    'format chineseCounting': (51, {100: '百'}),
    'format taiwaneseCountingThousand': (51, {100: '百'}),
    'format ordinal': (0, {1: '1st', 2: '2nd', 11: '11th', 21: '21st'}),
    'format numberInDash': (0, {1: '- 1 -', 12: '- 12 -'}),
    # It knows neither isLgl nor lvlRestart.
    'digits': (0, {1: 'I', 2: 'I-ア', 3: '1.1.1', 4: '1.1.2', 5: 'I-イ',
                   6: '1.2.1'}),
    'restart': (0, {1: '1', 2: '(1)', 3: 'a', 4: '(2)', 5: 'b', 6: '2',
                    7: '(3)', 8: 'a', 9: 'b'}),
}


def test_automatic_numbers_are_those_of_the_golden_table():
    with open(GOLDEN, encoding='utf-8') as source:
        golden = dict(line.rstrip('\n').split('\t', 1) for line in source)
    cases = list(word.all_cases())
    assert {name for name, _, _ in cases} == set(golden)
    for name, body, numbering in cases:
        want = golden[name].split('\t')
        keys = (word.NUMBERS if name.startswith('format')
                else range(1, len(want) + 1))
        agree, words_own = OWN.get(name, (10 ** 6, {}))
        # The label stands before the words.
        with tempfile.TemporaryDirectory() as folder:
            path = write(folder, 'a.docx',
                         word.docx(body, numbering=numbering))
            lines = kaitei('convert', path, '--format', 'txt')[1]
        lines = [line.strip(' \u3000') for line in lines.split('\n')
                 if '番号' in line or '文' in line]
        got = [line[:max(line.rfind('番号'), line.rfind('文'))].strip(' \u3000')
               for line in lines]
        assert len(got) == len(want), (name, got, want)
        for key, mine, theirs in zip(keys, got, want):
            if key <= agree:
                assert mine == theirs.strip(' \u3000'), (name, key, mine)
            elif key in words_own:
                assert mine == words_own[key], (name, key, mine)
        assert not words_own or got != want, (name, 'no difference any more')


def test_numbered_and_typed_articles_are_the_same():
    typed = TITLE + ''.join(paragraph(p) for p in (
        '第一条　この規程は、見本である。', '第二条　次のとおりとする。',
        '(1)　甲', '(2)　乙', 'ア　丙', '(3)　丁', '第三条　雑則'))
    numbering = (word.abstract(
        1, word.level(0, 'japaneseCounting', '第%1条', 1,
                      '<w:pStyle w:val="Jo"/>'),
        word.level(1, 'decimal', '(%2)'),
        word.level(2, 'aiueoFullWidth', '%3')) + word.num(1, 1))
    style = '<w:pStyle w:val="Jo"/>'
    automatic = (TITLE + paragraph('この規程は、見本である。', style)
                 + paragraph('次のとおりとする。', style)
                 + listed('甲', 1, 1) + listed('乙', 1, 1)
                 + listed('丙', 1, 2) + listed('丁', 1, 1)
                 + paragraph('雑則', style))
    a, _ = read(typed, styles=STYLES)
    b, _ = read(automatic, styles=STYLES, numbering=numbering)
    assert a == b, (a, b)
    assert '### 第二条' in a or '## 第二条' in a, a


# ---- words -----------------------------------------------------------------


def article(inner):
    return TITLE + paragraph('第1条　') if not inner else TITLE + paragraph(
        words('第1条　') + inner)


def test_what_runs_hold():
    ruby = ('<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>きそん</w:t></w:r></w:rt>'
            '<w:rubyBase><w:r><w:t>毀損</w:t></w:r></w:rubyBase></w:ruby></w:r>')
    field = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
             ' REF a \\h </w:instrText></w:r><w:r><w:fldChar '
             'w:fldCharType="separate"/></w:r><w:r><w:t>前条</w:t></w:r><w:r>'
             '<w:fldChar w:fldCharType="end"/></w:r>')
    link = ('<w:hyperlink r:id="rId91"><w:r><w:t>市の頁</w:t></w:r>'
            '</w:hyperlink>')
    body = article(ruby + field + words('の', '<w:u w:val="single"/>')
                   + link + words('を', '<w:b/>')
                   + words('する。', '<w:b w:val="0"/>')
                   + words('2', '<w:vertAlign w:val="superscript"/>'))
    err = check(body, '''
# 見本市規程

## 第1条

<ruby>毀損<rt>きそん</rt></ruby>前条<u>の</u>[市の頁](https://example.jp/)**を**する。<sup>2</sup>
''', styles=STYLES)
    assert 'dropped' not in err, err


def test_what_is_lost_is_told():
    math = '<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>'
    body = article(
        words('隠し', '<w:vanish/>') + words('見え消し', '<w:strike/>')
        + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        + '<w:r><w:sym w:font="Wingdings" w:char="F022"/></w:r>' + math
        + '<w:r><w:commentReference w:id="7"/></w:r>')
    comments = ('<w:comment w:id="7" w:author="見本 花子">'
                + paragraph('ここは要確認') + '</w:comment>')
    text, err = read(body, styles=STYLES, comments=comments)
    assert '隠し' not in text and '見え消し☑〓<var>x+1</var>' in text, text
    for name in ('docx-hidden', 'docx-struck', 'docx-symbol', 'docx-formula',
                 'docx-comment'):
        assert f'[{name}]' in err, (name, err)
    assert '見本 花子' in err and 'ここは要確認' in err
    text, err = read(body, '--changes', 'show', styles=STYLES,
                     comments=comments)
    assert '見本 花子: ここは要確認' in text and 'docx-comment' not in err, text


def test_footnotes_text_boxes_and_pictures_come_behind():
    box = ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
           '<wps:txbx><w:txbxContent>' + paragraph('箱の中の文。')
           + '</w:txbxContent></wps:txbx></w:drawing></mc:Choice>'
           '<mc:Fallback><w:pict><w:txbxContent>' + paragraph('箱の中の文。')
           + '</w:txbxContent></w:pict></mc:Fallback>'
           '</mc:AlternateContent></w:r>')
    picture = ('<w:r><w:drawing><wp:docPr id="1" name="図1" descr="市の地図"/>'
               '<a:blip r:embed="rId90"/></w:drawing></w:r>')
    note = ('<w:footnote w:id="2">' + paragraph('市の条例をいう。')
            + '</w:footnote>')
    text, err = read(
        article(words('文') + '<w:r><w:footnoteReference w:id="2"/></w:r>'
                + words('。') + box + picture), styles=STYLES, footnotes=note)
    assert '文（注1）。' in text and text.count('箱の中の文。') == 1, text
    assert '（注1）市の条例をいう。' in text.replace('\u3000', ''), text
    assert '![市の地図](map.png)' in text, text
    assert '[docx-text-box]' in err and '[docx-picture]' in err, err


def test_a_table_of_contents_of_words_own_is_left_out():
    toc = (paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
                     '<w:instrText> TOC \\o </w:instrText></w:r><w:r>'
                     '<w:fldChar w:fldCharType="separate"/></w:r>'
                     + words('第1条 1')) + paragraph('第2条 2')
           + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
    err = check(TITLE + toc + paragraph('第1条　文。'), '''
# 見本市規程

## 第1条

文。
''', styles=STYLES)
    assert '[docx-toc]' in err, err


def test_headings_are_sections():
    check(TITLE + paragraph('基本的な考え方', '<w:pStyle w:val="1"/>')
          + paragraph('市は、守る。')
          + paragraph('体制', '<w:pStyle w:val="2"/><w:outlineLvl w:val="1"/>')
          + paragraph('部会を置く。'), '''
# 見本市規程

## 基本的な考え方

市は、守る。

### 体制

部会を置く。
''', styles=STYLES)


# ---- tables ----------------------------------------------------------------


def test_cells_that_are_merged():
    begin, on = '<w:vMerge w:val="restart"/>', '<w:vMerge/>'
    err = check(TITLE + paragraph('第1条　次の表による。') + table(
        ('<w:trPr><w:tblHeader/></w:trPr>', '区分',
         cell('内容', '<w:gridSpan w:val="2"/>')),
        (cell('甲', begin), '一', '二'),
        (cell(paragraph(''), on), cell(paragraph('三つ') + paragraph('四つ')),
         cell('', '<w:shd/>'))), '''
# 見本市規程

## 第1条

次の表による。

<table>
<tr><th>区分</th><th colspan="2">内容</th></tr>
<tr><td rowspan="2">甲</td><td>一</td><td>二</td></tr>
<tr><td>
<p>三つ</p>
<p>四つ</p></td><td></td></tr>
</table>
''', styles=STYLES)
    assert 'docx-merged-words' not in err, err
    _, err = read(table((cell('甲', begin),), (cell('乙', on),)))
    assert '[docx-merged-words]' in err, err


# ---- tracked changes -------------------------------------------------------

WHO = 'w:id="1" w:author="見本" w:date="2026-04-01T00:00:00Z"'


def inserted(inner):
    return f'<w:ins {WHO}>{inner}</w:ins>'


def deleted(text):
    return (f'<w:del {WHO}><w:r><w:delText>{text}</w:delText></w:r></w:del>')


def test_three_views_of_tracked_changes():
    mark = f'<w:rPr><w:{{}} {WHO}/></w:rPr>'
    body = TITLE + paragraph(
        words('第1条　文書は、') + deleted('30日') + inserted(words('14日'))
        + words('以内に整理する。'))
    body += paragraph(inserted(words('２　ただし書')), mark.format('ins'))
    body += paragraph(deleted('３　消える項'), mark.format('del'))
    body += paragraph(words('第2条　前半') + deleted('。'),
                      mark.format('del'))
    body += paragraph(words('後半。'))
    body += table((f'<w:trPr><w:del {WHO}/></w:trPr>', '旧行'),
                  (f'<w:trPr><w:ins {WHO}/></w:trPr>', '新行'))
    new, err = read(body, styles=STYLES)
    assert '14日以内' in new and '30日' not in new and 'ただし書' in new, new
    assert '消える項' not in new and '前半後半。' in new, new
    assert '新行' in new and '旧行' not in new, new
    assert '[docx-accepted]' in err, err
    old, err = read(body, '--changes', 'reject', styles=STYLES)
    assert '30日以内' in old and '14日' not in old, old
    assert 'ただし書' not in old and '消える項' in old, old
    assert '前半。' in old and '前半。後半' not in old, old
    assert '旧行' in old and '新行' not in old, old
    shown, err = read(body, '--changes', 'show', styles=STYLES)
    assert '〔30日〕<u>14日</u>' in shown and '〔３　消える項〕' in shown, shown


def test_who_changed_what_and_when_is_told():
    other = WHO.replace('見本', '花子').replace('00:00:00', '10:30:00')
    ruby = ('<w:r><w:ruby><w:rt><w:r><w:t>けん</w:t></w:r></w:rt><w:rubyBase>'
            + words('件') + '</w:rubyBase></w:ruby></w:r>')
    body = TITLE + paragraph(
        words('第1条　文書は、') + deleted('30') + deleted('日')
        + inserted(words('14日') + ruby)
        + f'<w:ins {other}>{words("以上")}{deleted("以内")}</w:ins>'
        + words('に') + inserted(words('整理'))
        + words('する。', f'<w:rPrChange {other}><w:rPr/></w:rPrChange>'))
    body += paragraph(inserted(words('２　甲。')),
                      f'<w:rPr><w:ins {WHO}/></w:rPr>')
    body += paragraph(words('３　乙。'), f'<w:rPr><w:del {WHO}/></w:rPr>')
    body += paragraph(words('４　丙。') + '<w:moveFrom w:id="8">'
                      + words('丁。') + '</w:moveFrom>',
                      f'<w:pPrChange {other}><w:pPr/></w:pPrChange>')
    body += table((f'<w:trPr><w:ins {WHO}/></w:trPr>', '新', '行'))
    body += paragraph(''.join(inserted(words('を')) + words('か')
                              for _ in range(12)))
    body += paragraph(inserted(words('a' * 70)))
    told = [('deleted', '見本', '30日'), ('inserted', '見本', '14日件'),
            ('inserted', '花子', '以上以内'), ('deleted', '見本', '以内'),
            ('inserted', '見本', '整理'), ('formatted', '花子', 'する。'),
            ('inserted', '見本', '２　甲。'), ('deleted', '見本', '¶'),
            ('formatted', '花子', '４　丙。丁。'), ('moved-from', '?', '丁。'),
            ('inserted', '見本', '新行')] + 12 * [('inserted', '見本', 'を')]
    told.append(('inserted', '見本', 'a' * 60 + '…'))
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, 'r.json')
        for view in 'accept', 'reject', 'show':
            _, err = read(body, '--changes', view, '--report', report,
                          styles=STYLES)
            with open(report, encoding='utf-8') as f:
                changes = json.load(f)['changes']
            assert [(c['done'], c['by'], c['words'])
                    for c in changes] == told, (view, changes)
            assert changes[0]['at'] == '2026-04-01 00:00'
            assert changes[2]['at'] == '2026-04-01 10:30'
            assert err.count('[tracked-') == (24 if view == 'show' else 10)
    assert "note: 見本 deleted '30日' (2026-04-01 00:00)" in err, err


def test_a_changed_label_stands_first_when_changes_are_shown():
    body = TITLE + paragraph('第1条　次のとおりとする。') + paragraph(
        deleted('(1)') + inserted(words('(2)')) + words('　甲'))
    shown, _ = read(body, '--changes', 'show', styles=STYLES)
    assert '(2)　〔(1)〕甲' in shown, shown


def test_heads_and_feet_of_pages_are_told():
    number = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
              'PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"'
              '/></w:r>' + words('12') + '<w:r><w:fldChar w:fldCharType="end"/>'
              '</w:r>')
    body = TITLE + paragraph('第1条　甲とする。')
    text, err = read(body, styles=STYLES, header=paragraph('見本市例規集'),
                     footer=paragraph(words('- ') + number + words(' -')))
    assert '例規集' not in text and "note: '見本市例規集' in the header" in err
    assert err.count('[docx-margin]') == 1 and 'import-lost' not in err, err


def test_a_caption_stays_before_the_clause_that_has_its_own():
    """What a deleted 条 leaves behind is not carried into the next one."""
    text, _ = read(TITLE + paragraph('第1条　甲。') + paragraph('（受付）')
                   + paragraph(deleted('第2条　乙。')) + paragraph('（期限）')
                   + paragraph('第3条　丙。'), styles=STYLES)
    assert text.index('受付') < text.index('## 第3条（期限）'), text
    # A column that begins with a caption has no title.
    head = ('改正後', '改正前')
    table_ = table(head, (cell(paragraph('（定義）') + paragraph(
        '第2条　甲をいう。')), '（新設）'))
    text, _ = read(table_, '--side', 'new')
    assert text == '## 第2条（定義）\n\n甲をいう。', text


def test_lines_typed_with_soft_returns_are_clauses():
    line = '<w:r><w:br/></w:r>'
    check(TITLE + paragraph(words('（目的）') + line + words('第1条　甲')
                            + line + words('乙。') + line
                            + words('２　丙。')), '''
# 見本市規程

## 第1条（目的）

甲<br>乙。

２　丙。
''', styles=STYLES)


def test_moves_are_read_at_both_ends():
    start = '<w:moveFromRangeStart w:id="5" w:name="move1"/>'
    away = (start + f'<w:moveFrom {WHO}>' + words('第2条　動く。')
            + '</w:moveFrom><w:moveFromRangeEnd w:id="5"/>')
    here = f'<w:moveTo {WHO}>' + words('第4条　動く。') + '</w:moveTo>'
    body = (TITLE + paragraph('第1条　甲。')
            + paragraph(away, f'<w:rPr><w:moveFrom {WHO}/></w:rPr>')
            + paragraph('第3条　乙。')
            + paragraph(here, f'<w:rPr><w:moveTo {WHO}/></w:rPr>'))
    assert read(body, styles=STYLES)[0].index('乙') < read(
        body, styles=STYLES)[0].index('動く')
    old = read(body, '--changes', 'reject', styles=STYLES)[0]
    assert old.index('動く') < old.index('乙') and old.count('動く') == 1, old


# ---- broken files ----------------------------------------------------------


def survives(path):
    """Read or refused with a message, in bounded time, by no crash."""
    began = time.monotonic()
    status, out, err = kaitei('convert', path, seconds=60)
    assert status in (0, 1, 2), (path, status, err)
    assert 'AddressSanitizer' not in err and 'runtime error' not in err, err
    assert 'LeakSanitizer' not in err, err
    assert status != 2 or ('[' in err and out == ''), err
    assert time.monotonic() - began < 30
    return status


def mutate(rng, text):
    """One of the small faults that files have."""
    at, to = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    to = min(to, at + rng.choice([1, 8, 200]))
    kind = rng.randrange(5)
    if kind == 0:
        return text[:at] + text[to:]
    if kind == 1:
        return text[:at] + text[at:to] * 3 + text[to:]
    if kind == 2:
        return text[:at] + bytes([rng.randrange(256)]) + text[at + 1:]
    if kind == 3:
        return text[:at]
    name = rng.choice([b'w:tc', b'w:tr', b'w:p', b'w:r', b'w:tbl', b'w:ins',
                       b'w:fldChar', b'w:vMerge', b'w:numId', b'w:gridSpan'])
    other = rng.choice([b'w:p', b'w:r', b'w:tbl', b'w:del', b'w:t',
                        b'w:txbxContent', b'w:sdt', b'w:pPr'])
    return text.replace(b'<' + name + b'>', b'<' + other + b'>').replace(
        b'</' + name + b'>', b'</' + other + b'>')


def test_thirty_broken_word_files():
    numbering = word.abstract(1, word.level(0, 'decimal', '(%1)')) + word.num(
        1, 1)
    body = TITLE + ''.join(
        paragraph(f'第{n}条　文。') + listed('甲', 1) + table(
            (cell('乙', '<w:vMerge w:val="restart"/>'), '丙'),
            (cell(paragraph(''), '<w:vMerge/>'),
             cell('丁', '<w:gridSpan w:val="2"/>')))
        + paragraph(words('a') + deleted('b') + inserted(words('c')))
        for n in range(1, 4))
    parts = word.parts(body, styles=STYLES, numbering=numbering)
    whole = word.package(parts)
    rng = random.Random(7)
    statuses = set()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(30):
            broken = dict(parts)
            if number % 5 == 4:
                data_ = mutate(rng, whole)
            else:
                name = rng.choice([n for n in parts if n.endswith('.xml')
                                   and n != '[Content_Types].xml'])
                text = broken[name]
                broken[name] = mutate(
                    rng, text if isinstance(text, bytes) else text.encode())
                data_ = word.package(broken)
            statuses.add(survives(write(folder, f'{number}.docx', data_)))
    assert 2 in statuses and 0 in statuses, statuses


def test_thirty_broken_lawtexts():
    text = ('見本市規程\n（令和七年規程第七号）\n\n目次\n  第一章　総則\n\n'
            '      第一章　総則\n\n  （目的）\n第一条　文。\n２　文。\n'
            '  一　甲\n    イ　乙\n* - あ\n  - い\n【解説】文\n'
            ':appdx-table:別表第一\n      附　則\n').encode() * 3
    rng = random.Random(11)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(30):
            survives(write(folder, f'{number}.law.txt', mutate(rng, text)))


def test_hostile_packages_are_refused():
    body = TITLE + paragraph('文')
    bomb = word.parts(body, styles=STYLES)
    bomb['word/styles.xml'] = ' ' * (80 << 20)
    climbing = word.parts(body)
    climbing['../../evil.xml'] = 'x'
    entities = word.parts(body)
    entities['word/document.xml'] = (
        '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;&b;">]>'
        + entities['word/document.xml'].split('?>', 1)[1])
    deep = word.parts('<w:sdt>' * 300 + paragraph('文') + '</w:sdt>' * 300)
    other = word.parts(body)
    other['word/document.xml'] = '<w:styles xmlns:w="a"/>'
    with tempfile.TemporaryDirectory() as folder:
        for name, parts, reason in (
                ('bomb', bomb, 'refused'), ('climbing', climbing, 'refused'),
                ('entities', entities, 'refused'), ('deep', deep, 'refused'),
                ('other', other, 'invalid')):
            path = write(folder, f'{name}.docx', word.package(parts))
            refused('convert', path, reason=reason)


def test_tables_in_tables_and_long_spans_are_bounded():
    inner = paragraph('底')
    for _ in range(40):
        inner = table((cell(inner + paragraph('')),))
    text, err = read(inner)
    assert '[docx-nested]' in err or '底' in text, err
    wide = table(*[tuple(cell('甲', '<w:gridSpan w:val="1000000"/>'
                              '<w:vMerge w:val="restart"/>')
                         for _ in range(3)) for _ in range(50)])
    assert '甲' in read(wide)[0]


def test_a_footnote_that_refers_to_itself():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = ('<w:footnote w:id="2">' + paragraph(words('注の文') + reference)
            + '</w:footnote>')
    text, _ = read(article(words('文。') + reference * 3), styles=STYLES,
                   footnotes=note)
    assert text.count('注の文') == 1, text


def test_real_word_text_survives_a_round_through_others():
    """Lines of a real text, typed into Word without any style, are the same
    clauses as the text itself."""
    folder_ = data('gyosei-tetsuzuki')
    path = os.path.join(folder_, '06-20050629.law.txt')
    with open(path, encoding='utf-8') as source:
        lines = source.read().split('\n')
    body = ''.join(
        paragraph(line.lstrip(' '), f'<w:ind w:left="'
                  f'{105 * (len(line) - len(line.lstrip(" ")))}"/>')
        for line in lines)
    text, _ = read(body)
    want = kaitei('convert', path)[1]
    assert text == want[want.index('\n---\n') + 5:].strip(), text[:2000]


if __name__ == '__main__':
    sys.exit(run.main(globals()))
