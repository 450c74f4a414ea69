#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""kaitei amend, apply and the checks of a draft as their users meet them.

usage: amend.py KAITEI ROOT
"""
import json
import os
import sys
import tempfile
import zipfile

import run
from run import POLICIES, kaitei, refused, write

OLD = '''---
title: 見本市情報管理規程
number: 令和5年達第7号
---

# 見本市情報管理規程

## 目次

- 第1章　総則（第1条・第2条）
- 第2章　管理（第3条―第5条）

## 第1章　総則

### 第1条（目的）

この規程は、情報の管理を定める。

### 第2条（定義）

用語は、別表第1のとおりとする。

## 第2章　管理

### 第3条（台帳）

課長は、台帳を備える。

2　前項の台帳は、第5条の点検に用いる。

### 第4条（許可）

前条第1項の台帳にあるものを持ち出す者は、許可を受ける。

### 第5条（点検）

第3条及び第4条に定めるもののほか、毎年点検する。

## 別表第1（第2条関係）

| 用語 | 意味 |
|---|---|
| 台帳 | 情報の一覧 |
'''
ADDED = '''### 第4条（貸出し）

課長は、貸し出すことができる。

### 第5条（許可）'''
# A 条 comes in and the draft forgets what follows from it.
NEW = OLD.replace('### 第4条（許可）', ADDED).replace(
    '### 第5条（点検）', '### 第6条（点検）')
SOUND = NEW.replace('第3条―第5条', '第3条―第6条').replace(
    '第5条の点検', '第6条の点検').replace('前条第1項', '第3条第1項').replace(
    '第3条及び第4条', '第3条及び第5条')
OTHER = '''# 見本市情報基準

## 第1条（目的）

この基準は、見本市情報管理規程（令和5年達第7号。以下「管理規程」という。）第5条の点検を定める。

## 第2条（許可）

管理規程第4条の許可及び管理規程第3条第1項の台帳による。
'''
SENTENCES = '''　　　見本市情報管理規程の一部を改正する規程
　見本市情報管理規程（令和5年達第7号）の一部を次のように改正する。
　目次中「第3条―第5条」を「第3条―第6条」に改める。
　第3条第2項中「第5条」を「第6条」に改める。
　第5条中「第4条」を「第5条」に改め、同条を第6条とする。
　第4条中「前条第1項」を「第3条第1項」に改め、同条を第5条とし、第3条の次に次の1条を加える。
　（貸出し）
第4条　課長は、貸し出すことができる。
'''


def files(folder, **texts):
    return [write(folder, name + '.md', text) for name, text in texts.items()]


def names(out):
    """Message names, one a line of text."""
    return [line.rsplit('[', 1)[1].rstrip(']').split(': ')[-1]
            for line in out.splitlines()]


def test_the_instrument_is_written_and_leads_to_the_new_text():
    with tempfile.TemporaryDirectory() as folder:
        old, new = files(folder, old=OLD, new=SOUND)
        status, out, err = kaitei('amend', old, new)
        assert (status, out, err) == (0, SENTENCES, ''), (out, err)
        for suffix in 'txt', 'md', 'docx':
            made = os.path.join(folder, 'made.' + suffix)
            got = os.path.join(folder, 'got.md')
            assert kaitei('amend', old, new, '-o', made)[0] == 0
            assert kaitei('apply', old, made, '-o', got)[0] == 0, suffix
            assert kaitei('diff', got, new)[0] == 0, suffix


def test_styles_change_the_words_and_not_the_result():
    with tempfile.TemporaryDirectory() as folder:
        old, new = files(folder, old=OLD, new=SOUND.replace(
            '毎年点検', '毎年度、点検'))
        for how, says in (
                (('--numbers', 'kanji'), '第四条中「前条第1項」'),
                (('--numbers', 'wide'), '第４条中「前条第1項」'),
                (('--kind', '訓令'), 'の一部を改正する訓令\n'),
                (('--instrument', '令和8年達第2号'), '令和8年達第2号\n　　　見本'),
                (('--effective', '2026-04-01'),
                 '　　　附　則\n　この規程は、令和8年4月1日から施行する。\n'),
                (('--promulgation', '次のように定める。'), '　次のように定める。\n')):
            status, out, err = kaitei('amend', old, new, *how)
            assert status == 0 and says in out, (how, out, err)
        refused('amend', old, new, '--numbers', 'roman', reason='usage')
        refused('amend', old, new, '--style', 'x', reason='usage')
        refused('amend', old, new, '--add-after', 'の隣に', reason='usage')


def test_json_says_operations_and_findings():
    with tempfile.TemporaryDirectory() as folder:
        old, new = files(folder, old=OLD, new=NEW)
        status, out, _ = kaitei('amend', '--json', old, new)
        got = json.loads(out)
        assert status == 1 and got['format'] == 'kaitei-amend/1'
        ops = [op for s in got['sentences'] for op in s['operations']]
        assert 'add 3条 after 1条 {2}' in ops, ops
        assert {f['id'] for f in got['references']} == {
            'hane-toc', 'hane-missing'}
        assert got['whole'] == []


def test_an_enacting_table_has_its_sentence_its_note_and_its_suppl():
    with tempfile.TemporaryDirectory() as folder:
        old, new = files(folder, old=OLD, new=SOUND)
        made = os.path.join(folder, 'table.docx')
        status, _, err = kaitei(
            'amend', old, new, '--style', 'table', '--effective',
            '令和8年4月1日', '-o', made)
        assert status == 0, err
        words = zipfile.ZipFile(made).read('word/document.xml').decode()
        for word in ('の一部を改正する規程', '次の表により、', '移動し、', '加える。',
                     '備考　表中の', '施行する。'):
            assert word in words, word
        assert '削る。' not in words
        refused('amend', old, new, '--style', 'table', '--profile',
                'shi-hyojun', '-o', made, reason='usage')


def test_the_suppl_of_the_instrument_stands_below_its_table_alone():
    own = ('\n## 附　則（令和8年達第12号）\n\n'
           'この規程は、公布の日から施行する。\n')
    with tempfile.TemporaryDirectory() as folder:
        old, new = files(folder, old=OLD, new=OLD.replace(
            '情報の管理', '情報の取扱い') + own)
        made = os.path.join(folder, 'table.docx')
        kaitei('amend', old, new, '--style', 'table', '-o', made)
        words = zipfile.ZipFile(made).read('word/document.xml').decode()
        table = words[words.index('<w:tbl>'):words.rindex('</w:tbl>')]
        assert '公布の日' in words and '公布の日' not in table
        assert '加える。' not in words and 'のように改める。' in words


def test_references_that_do_not_follow_are_told_and_written():
    with tempfile.TemporaryDirectory() as folder:
        old, new, other = files(folder, old=OLD, new=NEW, other=OTHER)
        status, out, _ = kaitei('check', new, '--base', old, '--in', other)
        assert status == 1
        assert names(out)[:6] == ['hane-toc'] + 5 * ['hane-missing'], out
        for said in ("'第5条' means", "it must become '第3条第1項'",
                     "other.md:5:1: error: 第1条: '第5条'",
                     "other.md:9:1: error: 第2条: '第4条'"):
            assert said in out, (said, out)
        status, _, err = kaitei('check', new, '--base', old,
                                '--fix-references')
        assert 'hane-fixed' in err, err
        assert open(new).read() == SOUND
        assert kaitei('check', new, '--base', old)[0] == 0
        refused('check', '-', '--base', old, '--fix-references',
                reason='usage', stdin=NEW.encode())


def test_an_instrument_is_checked_against_its_base_and_its_result():
    with tempfile.TemporaryDirectory() as folder:
        old, new, wrong = files(folder, old=OLD, new=SOUND, wrong=NEW)
        made = write(folder, 'made.txt', SENTENCES)
        assert kaitei('check', old, '--amendment', made, '--result',
                      new)[0] == 0
        for text, expected, name in (
                (SENTENCES, wrong, 'amend-expected'),
                (SENTENCES.replace('第7号', '第8号'), new, 'amend-number'),
                (SENTENCES.replace('見本市情報管理', '見本市文書管理'), new,
                 'amend-base'),
                (SENTENCES.replace('「第4条」を「第5条」', '「第4条」を「第6条」'),
                 None, 'hane-wrong'),
                (SENTENCES.replace('中「前条第1項」を「第3条第1項」に改め、同条', ''),
                 None, 'hane-missing'),
                (SENTENCES.replace('「第5条」を「第6条」', '「第9条」を「第6条」'),
                 None, 'amend-no-phrase'),
                (SENTENCES.replace('　第5条中', '　第7条中'), None,
                 'amend-no-place'),
                (SENTENCES.replace('次の1条', '次の2条'), None,
                 'amend-count')):
            path = write(folder, 'bad.txt', text)
            how = ('--result', expected) if expected else ()
            status, out, err = kaitei(
                'check', old, '--amendment', path, *how)
            assert status == 1 and name in names(out), (name, out, err)


def test_two_instruments_on_one_base_clash():
    head = '見本市情報管理規程の一部を次のように改正する。\n'
    with tempfile.TemporaryDirectory() as folder:
        old, = files(folder, old=OLD)
        one = write(folder, 'one.txt', head + '第5条中「毎年」を「毎月」に改める。\n')
        two = write(folder, 'two.txt', head + '第5条中「点検する」を「調べる」に改める。\n')
        apart = write(folder, 'apart.txt', head + '第1条中「情報」を「文書」に改める。\n')
        status, out, _ = kaitei('check', old, '--amendment', one,
                                '--amendment', two)
        assert status == 1 and names(out) == ['amend-clash'], out
        status, out, _ = kaitei('check', old, '--amendment', one,
                                '--amendment', apart)
        assert status == 0, out


def test_bad_instruments_are_refused_and_nothing_is_written():
    with tempfile.TemporaryDirectory() as folder:
        old, = files(folder, old=OLD)
        got = os.path.join(folder, 'got.md')
        for name, text, reason in (
                ('empty.txt', '', 'invalid'),
                ('prose.txt', '次のとおりとする。\n', 'invalid'),
                ('bytes.txt', b'\xff\xfe\x00', 'invalid'),
                ('fake.docx', b'PK\3\4' + b'\0' * 60, 'invalid'),
                ('phrase.txt', '第3条中「複写機」を「端末」に改める。\n', 'invalid')):
            path = write(folder, name, text)
            refused('apply', old, path, '-o', got, reason=reason)
            assert not os.path.exists(got)
        refused('apply', old, os.path.join(folder, 'no.txt'),
                reason='not-found')


def test_the_sample_rules_are_amended_into_their_revisions():
    for name in sorted(os.listdir(os.path.join(POLICIES, 'revised'))):
        old = os.path.join(POLICIES, name)
        new = os.path.join(POLICIES, 'revised', name)
        if not name.endswith('.md') or name == 'CHANGES.md' or not os.path.exists(old):
            continue
        with tempfile.TemporaryDirectory() as folder:
            made = os.path.join(folder, 'made.txt')
            status, _, err = kaitei('amend', old, new, '-o', made)
            assert status in (0, 1), (name, err)
            status, out, err = kaitei(
                'check', old, '--amendment', made, '--result', new)
            assert 'amend-expected' not in out, (name, out)


CITY = '''---
title: みほん市文書管理規則
number: 平成12年みほん市規則第5号
---

# みほん市文書管理規則

## 目次

- 第1章　総則（第1条・第2条）
- 第2章　文書の管理（第3条―第6条）
- 附則

## 第1章　総則

### 第1条（定義）

次の各号に掲げる用語の意義は、当該各号に定めるところによる。

- (1)　文書　職員が作成した書類をいう。
- (2)　課　事務分掌規則第2条に規定する課をいう。
- (3)　課長　第2号に規定する課の長をいう。

### 第2条（原則）

文書は、正確かつ迅速に取り扱わなければならない。

## 第2章　文書の管理

### 第3条（文書主任）

課に文書主任を置く。

2　文書主任は、課長が指名する。

3　前項の指名をしたときは、総務課長に報告するものとする。

### 第4条（収受）

文書は、総務課において収受する。ただし、課に直接到達したものは、当該課において収受する。

### 第5条（起案）

起案は、起案用紙（様式第1号）により行う。

### 第6条（保存期間）

文書の保存期間は、別表のとおりとする。

## 附則

この規則は、平成12年4月1日から施行する。

## 別表（第6条関係）

| 区分 | 保存期間 |
|---|---|
| 例規に関する文書 | 永年 |
| 契約に関する文書 | 10年 |
| その他の文書 | 1年 |

## 様式第1号（第5条関係）

起案用紙
'''
INTRO = '　みほん市文書管理規則（平成12年みほん市規則第5号）の一部を次のように改正する。\n'
# How cities write them: what is in the result, or the reason of the refusal.
CITY_INSTRUMENTS = (
    ('みほん市規則第12号\n　　　みほん市文書管理規則の一部を改正する規則\n' + INTRO +
     '　第１条第１号中「書類」を「書類及び電磁的記録」に改め、同条第３号を同条第４号とし、'
     '同条第２号の次に次の１号を加える。\n　(3)　主管課　事務を主管する課をいう。\n'
     '　第３条第３項中「総務課長」の右に「及び主管課の長」を加える。\n'
     '　　　附　則\n　この規則は、令和８年４月１日から施行する。\n',
     ('- (4)　課長', '総務課長及び主管課の長に', '令和８年４月１日から')),
    (INTRO + '　目次中「第6条」を「第7条」に改める。\n'
     '　第6条を第7条とし、第5条の次に次の1条を加える。\n　（廃棄）\n'
     '第6条　保存期間を経過した文書は、廃棄するものとする。\n'
     '　別表契約に関する文書の項中「10年」を「5年」に改め、同表その他の文書の項を削る。\n'
     '　様式第1号中「起案用紙」を「起案票」に改める。\n',
     ('第3条―第7条', '### 第6条（廃棄）', '| 契約に関する文書 | 5年 |', '起案票')),
    (INTRO + '　第3条第2項及び第3項を削り、同条第1項中「文書主任」を「文書主任及び副主任」に'
     '改める。\n　第4条ただし書中「課に」を「出先機関に」に改める。\n'
     '　第5条を次のように改める。\n　（起案）\n第5条　起案は、システムにより行う。\n',
     ('文書主任及び副主任を置く', 'ただし、出先機関に直接', 'システムにより')),
    (INTRO + '　第3条第2項後段を削る。\n', 'amend-no-part'),
    (INTRO + '　第6条中「第10条」を「第11条」に改める。\n', 'amend-no-phrase'),
    (INTRO + '　第4条から第6条までを1条ずつ繰り下げ、第3条の次に次の見出し及び1条を加える。\n'
     '　（登録）\n第4条　文書は、登録しなければならない。\n'
     '　「別表（第6条関係）」を「別表（第7条関係）」に改める。\n', 'amend-unread'),
)


def test_instruments_of_cities_are_carried_out_or_refused_with_the_reason():
    for text, want in CITY_INSTRUMENTS:
        with tempfile.TemporaryDirectory() as folder:
            base = write(folder, 'base.md', CITY)
            made = write(folder, 'made.txt', text)
            status, out, err = kaitei('apply', base, made)
            if isinstance(want, str):
                assert status == 2 and want in err, (text, err)
            else:
                assert status == 0, (text, err)
                for words in want:
                    assert words in out, (words, out)


def test_headings_of_items_go_through_word_without_signs():
    """項番: what plain text says with a sign, Word says with a style."""
    old = os.path.join(POLICIES, 'taisaku-kijun.md')
    new = os.path.join(POLICIES, 'revised', 'taisaku-kijun.md')
    with tempfile.TemporaryDirectory() as folder:
        made = os.path.join(folder, 'made.docx')
        assert kaitei('amend', old, new, '-o', made)[0] in (0, 1)
        with zipfile.ZipFile(made) as package:
            words = package.read('word/document.xml').decode()
        assert '項番3を項番4とする' in words and '># ' not in words
        status, out, err = kaitei(
            'check', old, '--amendment', made, '--result', new)
        assert 'amend-expected' not in out and 'amend-unread' not in err, out


def held_against(folder, table, old, new):
    """Findings of a table against two texts: their lines."""
    status, out, err = kaitei('check', old, '--table', table, '--result', new,
                              '-q')
    assert status == (1 if out else 0), (out, err)
    return out.splitlines()


def sample_pairs():
    for name in sorted(os.listdir(os.path.join(POLICIES, 'revised'))):
        old = os.path.join(POLICIES, name)
        if name.endswith('.md') and name != 'CHANGES.md' and os.path.exists(old):
            yield old, os.path.join(POLICIES, 'revised', name)


def test_our_own_tables_are_those_of_their_texts():
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        table = os.path.join(folder, 't.docx')
        for old, new in [*sample_pairs(), files(folder, old=OLD, new=SOUND)]:
            for how in ('table',), ('amend', '--style', 'table'):
                status, _, err = kaitei(how[0], old, new, *how[1:], '-o',
                                        table)
                assert status in (0, 1), err
                found = held_against(folder, table, old, new)
                assert found == [], (old, how, found)
                count += 1
    assert count >= 18, count


def test_a_table_that_is_not_that_of_its_texts_is_told():
    """Each table is drawn from texts of which one differs in one place."""
    other = OLD.replace('備える', '作る')
    less = SOUND.replace('第6条の点検', '第5条の点検')
    more = OLD.replace('許可を受ける。', '承認を受ける。').replace(
        'この規程は、情報の管理を定める。', 'この規程は、情報の扱いを定める。')
    strange = SOUND.replace('貸し出すことができる。',
                            '貸し出すことができる。\n\n2　貸出しは、無償とする。')
    with tempfile.TemporaryDirectory() as folder:
        old, new, other, less, more, strange = files(
            folder, old=OLD, new=SOUND, other=other, less=less, more=more,
            strange=strange)
        table = os.path.join(folder, 't.docx')
        for before, after, want in (
                (old, new, []),
                (other, new, [('第3条第1項', 'against-differs', '作る。'),
                              ('第3条第1項', 'against-same', '')]),
                (old, less, [('第3条第2項', 'against-missing', '改正前'),
                             ('第3条第2項', 'against-missing', '改正後')]),
                (more, new, [('第1条', 'against-differs', '扱いを'),
                             ('第1条', 'against-same', '改正後'),
                             ('第4条', 'against-differs', '承認')]),
                (old, strange, [('', 'against-unknown', '2貸出しは、無償')])):
            assert kaitei('table', before, after, '-o', table)[0] == 0
            found = held_against(folder, table, old, new)
            assert len(found) == len(want), (want, found)
            for clause, name, word in want:
                assert any(clause in line and name in line and word in line
                           for line in found), (clause, name, found)
        # Not a table, no file.
        plain = os.path.join(folder, 'p.docx')
        assert kaitei('render', new, '-o', plain)[0] == 0
        refused('check', old, '--table', plain, '--result', new,
                reason='invalid')
        refused('check', old, '--table', table, reason='usage')
        refused('check', old, '--table', os.path.join(folder, 'no.docx'),
                '--result', new, reason='not-found')


if __name__ == '__main__':
    sys.exit(run.main(globals()))
