#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""kaitei match, port and impact as their users and other programs meet it.

usage: links.py KAITEI ROOT
"""
import json
import os
import re
import sys
import tempfile
import zipfile

import run
from run import POLICIES, kaitei, refused, write

CITY = os.path.join(POLICIES, 'taisaku-kijun.md')
R7 = os.path.join(POLICIES, 'guideline', 'r7.md')
R5 = os.path.join(POLICIES, 'guideline', 'r5.md')


def paths(document):
    status, out, _ = kaitei('tree', '--json', document)
    assert status == 0
    found, todo = set(), list(json.loads(out)['clauses'])
    while todo:
        clause = todo.pop()
        found.add(clause['path'])
        todo += clause['children']
    return found


def test_the_json_keeps_its_contract():
    status, out, err = kaitei('match', '--json', CITY, R5)
    assert status == 1, err
    got = json.loads(out)
    assert got['format'] == 'kaitei-match/1'
    ours, theirs = paths(CITY), paths(R5)
    linked = set()
    assert got['links']
    for link in got['links']:
        assert link['city'] and link['guideline']
        assert set(link['city']) <= ours and set(link['guideline']) <= theirs
        assert link['relation'] in ('equal', 'near', 'partial', 'differs')
        assert 0 <= link['score'] <= 1 and link['confirmed'] is False
        linked |= set(link['city'])
    assert not linked & set(got['city_only'])
    assert set(got['guideline_only']) <= theirs


def test_the_same_input_gives_the_same_bytes():
    for form in ('json', 'text', 'tsv'):
        assert kaitei('match', '--format', form, CITY, R5) == \
            kaitei('match', '--format', form, CITY, R5)


def test_links_written_and_read_back_are_confirmed():
    with tempfile.TemporaryDirectory() as folder:
        links = os.path.join(folder, 'links.tsv')
        status, _, err = kaitei('match', CITY, R5, '-o', links)
        assert status == 1, err
        before = json.loads(kaitei('match', '--json', CITY, R5)[1])
        _, out, err = kaitei('match', '--json', CITY, R5, '--links', links)
        after = json.loads(out)
        assert err == '', err
        assert all(link['confirmed'] for link in after['links'][:1])
        kept = {(tuple(x['city']), tuple(x['guideline']))
                for x in after['links'] if x['confirmed']}
        assert kept >= {(tuple(x['city']), tuple(x['guideline']))
                        for x in before['links']}


def test_settings_give_the_vocabulary_and_are_checked():
    with tempfile.TemporaryDirectory() as folder:
        words = write(folder, 'kaitei.yaml',
                      'vocabulary:\n  words:\n'
                      '    情報システム管理者: システム管理者\n')
        _, out, _ = kaitei('match', CITY, R5, '--settings', words)
        assert '主体（情報システム管理者→システム管理者）' not in out
        bad = write(folder, 'bad.yaml', 'vocabulary:\n  endings: 口語\n')
        err = refused('match', CITY, R5, '--settings', bad, reason='invalid')
        assert 'bad.yaml:2' in err, err
        bad = write(folder, 'bad.yaml', 'vocabulary:\n  word: {}\n')
        refused('match', CITY, R5, '--settings', bad, reason='invalid')


def test_a_store_brings_its_links_and_its_settings():
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, 'store')
        who = ('--user', '見本 花子 <hanako@example.jp>')

        def inside(*args):
            status, out, err = kaitei('-C', store, *args)
            assert status in (0, 1), (args, err)
            return out

        def links(*more):
            return json.loads(inside('match', '--json', 'taisaku-kijun',
                                     'guideline', *more))['links']

        assert kaitei('init', store, *who)[0] == 0
        inside('add', CITY, *who)
        inside('add', R5, *who)
        plain = links()
        assert not any(x['confirmed'] for x in plain)
        inside('add', write(folder, 'kaitei.yaml',
                            'vocabulary:\n  words:\n'
                            '    情報システム管理者: システム管理者\n'), *who)
        # As without a store, the settings given by name.
        at = ('--settings', os.path.join(folder, 'kaitei.yaml'))
        assert links() != plain
        assert links() == json.loads(
            kaitei('match', '--json', CITY, R5, *at)[1])['links']
        inside('add', write(folder, 'taisaku-kijun--guideline.tsv',
                            '2(1)\t3.1(4)\tdiffers\n'), *who)

        def confirmed(got):
            return [(x['city'], x['guideline']) for x in got
                    if x['confirmed']]

        assert confirmed(links()) == [(['2(1)'], ['3.1(4)'])]
        # What is named on the command line wins; files have no links.
        none = write(folder, 'none.tsv', '# none\n')
        assert confirmed(links('--links', none)) == []
        assert confirmed(json.loads(inside('match', '--json', CITY, R5))[
            'links']) == []
        # A wrong list does not get into the store.
        bad = write(folder, 'taisaku-kijun--guideline.tsv',
                    '2(1)\t3.1(4)\tsame\n')
        err = refused('-C', store, 'add', bad, *who, reason='invalid')
        assert 'taisaku-kijun--guideline.tsv:1' in err and 'same' in err, err
        assert confirmed(links()) == [(['2(1)'], ['3.1(4)'])]


def texts(path):
    """Words of every clause by address."""
    found, todo = {}, list(json.loads(kaitei('tree', '--json', path)[1])['clauses'])
    while todo:
        clause = todo.pop()
        found[clause['path']] = clause['text']
        todo += clause['children']
    return found


def test_confirmed_links_survive_a_renumbering():
    revised = os.path.join(os.path.dirname(CITY), 'revised', os.path.basename(CITY))
    old, new = texts(CITY), texts(revised)
    by_words = {}
    for address, words in new.items():
        by_words.setdefault(words, []).append(address)
    with tempfile.TemporaryDirectory() as folder:
        links = os.path.join(folder, 'links.tsv')
        kaitei('match', CITY, R5, '-o', links)
        got = json.loads(kaitei('match', '--json', revised, R5, '--links', links)[1])['links']
        confirmed = {(c, g) for x in got if x['confirmed']
                     for c in x['city'] for g in x['guideline']}
        with open(links, encoding='utf-8') as f:
            rows = [line.split('\t') for line in f][1:]
    followed = 0
    for city, guideline, *_ in rows:
        places = by_words.get(old.get(city), [])
        if len(places) != 1:
            continue        # its words changed, or stand in several places
        assert (places[0], guideline) in confirmed, (city, places, guideline)
        followed += places[0] != city
    assert followed > 50, followed


def test_bad_links_are_refused_with_their_line():
    with tempfile.TemporaryDirectory() as folder:
        bad = write(folder, 'links.tsv', '第1条\t1\tsame\n')
        err = refused('match', CITY, R5, '--links', bad, reason='invalid')
        assert 'links.tsv:1' in err and 'same' in err, err
        refused('match', CITY, R5, '--links', folder, reason='invalid')
        refused('match', CITY, R5, '--links', folder + '/no.tsv',
                reason='not-found')
        bad = write(folder, 'links.tsv', b'\xff\xfe\t1\n')
        refused('match', CITY, R5, '--links', bad, reason='invalid')


def test_review_puts_the_doubtful_first():
    _, out, _ = kaitei('match', '--json', '--review', CITY, R5)
    doubts = [x['doubtful'] for x in json.loads(out)['links']]
    assert doubts == sorted(doubts, reverse=True) and any(doubts)


def test_port_keeps_its_contract_and_writes_the_draft():
    with tempfile.TemporaryDirectory() as folder:
        draft = os.path.join(folder, 'draft.md')
        status, out, err = kaitei('port', CITY, '--from', R5, '--to', R7,
                                  '-o', draft, '--json')
        assert status == 1, err
        got = json.loads(out)
        assert got['format'] == 'kaitei-port/1'
        ours, old, new = paths(CITY), paths(R5), paths(R7)
        applied = 0
        for p in got['proposals']:
            assert p['outcome'] in ('applied', 'present', 'conflict',
                                    'no-counterpart')
            assert p['reason'], p
            assert set(p['city']) <= ours, p
            assert set(p['guideline']['old']) <= old, p
            assert set(p['guideline']['new']) <= new, p
            if p['outcome'] == 'present':
                assert p['before'] == p['after'], p
            applied += p['outcome'] == 'applied'
        assert applied > 0
        # The draft differs from the city's text where something was applied.
        status, out, _ = kaitei('diff', '--json', CITY, draft)
        assert status == 1
        assert 0 < len(json.loads(out)['changes'])
        assert kaitei('fmt', '--check', draft)[0] == 0


def test_the_same_guideline_twice_ends_with_0_and_the_city_unchanged():
    with tempfile.TemporaryDirectory() as folder:
        draft = os.path.join(folder, 'draft.md')
        status, _, err = kaitei('port', CITY, '--from', R5, '--to', R5, '-o',
                                draft)
        assert status == 0, err
        assert kaitei('diff', CITY, draft)[0] == 0


def test_port_wants_both_editions():
    refused('port', CITY, '--from', R5, reason='usage')
    refused('port', CITY, '--from', R5, '--to', 'no.md', reason='not-found')
    refused('port', CITY, '--from', R5, '--to', R7, '--format', 'exe',
            reason='usage')


def test_reports_for_people_come_in_every_format():
    with tempfile.TemporaryDirectory() as folder:
        for name, begin in (('m.html', b'<!doctype html>'), ('m.xlsx', b'PK'),
                            ('m.docx', b'PK')):
            path = os.path.join(folder, name)
            status, _, err = kaitei('match', CITY, R5, '-o', path)
            assert status == 1, err
            with open(path, 'rb') as made:
                assert made.read(16).lower().startswith(begin.lower()), name
        with open(os.path.join(folder, 'm.html'), encoding='utf-8') as page:
            text = page.read()
        assert "default-src 'none'" in text and '市だけの規定' not in text
        for name in ('p.docx', 'p.xlsx'):
            path = os.path.join(folder, name)
            status, _, err = kaitei('port', CITY, '--from', R5, '--to', R7,
                                    '-o', path)
            assert status == 1, err
        with zipfile.ZipFile(os.path.join(folder, 'p.docx')) as made:
            words = made.read('word/document.xml').decode()
        assert words.count('☐') > 10 and '判断が要るもの' not in words
        # What differs between the guideline's wordings is marked in both.
        assert words.count('<w:u ') > 2 * len(re.findall('old: ', words))
        path = os.path.join(folder, 'i.xlsx')
        assert kaitei('impact', RULE, RULE_NEW, '-o', path)[0] == 1
        # A clause's number stands in its column, not before its words too.
        path = os.path.join(folder, 'i.docx')
        assert kaitei('impact', RULE, RULE_NEW, '--in', CITY, '-o', path)[0] == 1
        with zipfile.ZipFile(path) as made:
            words = made.read('word/document.xml').decode()
        assert '>ウ　CISOは' not in words and '>CISOは' in words


def a_list_page(text, sections):
    """Complete, linked, without anything from elsewhere; returns the sections."""
    assert "default-src 'none'" in text and 'http' not in text.split('<body>')[1]
    found = re.findall(r'<section id="(c[0-9]+)"', text)
    assert len(found) == sections and len(set(found)) == sections
    for name in found:
        assert text.count(f'href="#{name}"') == 1, name
    assert text.count('data-tick="') == sections
    return found


def test_pages_of_proposals_and_effects_have_boxes_and_lead_to_each():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'p.html')
        made = json.loads(kaitei('port', CITY, '--from', R5, '--to', R7,
                                 '--json')[1])['proposals']
        assert kaitei('port', CITY, '--from', R5, '--to', R7, '-o', path,
                      '--lang', 'ja')[0] == 1
        with open(path, encoding='utf-8') as page:
            text = page.read()
        a_list_page(text, len(made))
        assert '要判断' in text and '修正して採用' in text
        undecided = [p for p in made if p['outcome'] != 'present']
        assert text.count('role="radiogroup"') == len(undecided)
        path = os.path.join(folder, 'i.html')
        made = json.loads(kaitei('impact', RULE, RULE_NEW, '--in', CITY,
                                 '--json')[1])['effects']
        assert kaitei('impact', RULE, RULE_NEW, '--in', CITY, '-o', path,
                      '--lang', 'ja')[0] == 1
        with open(path, encoding='utf-8') as page:
            text = page.read()
        a_list_page(text, len(made))
        must = sum(e['must'] for e in made)
        assert text.count('<span class="what">直さなければ誤り') == must
        hostile = os.path.join(folder, 'h.md')
        with open(CITY, encoding='utf-8') as f:
            words = f.read().replace('CISOは', '<b>CISO</b>&"は')
        with open(hostile, 'w', encoding='utf-8') as f:
            f.write(words)
        _, text, _ = kaitei('port', hostile, '--from', R5, '--to', R7,
                            '--format', 'html')
        assert '<b>CISO' not in text


RULE = os.path.join(POLICIES, 'kanri-kitei.md')
RULE_NEW = os.path.join(POLICIES, 'revised', 'kanri-kitei.md')


def test_impact_names_what_must_follow():
    status, out, err = kaitei('impact', '--json', RULE, RULE_NEW, '--in',
                              CITY)
    assert status == 1, err
    got = json.loads(out)
    assert got['format'] == 'kaitei-impact/1'
    known = {RULE_NEW: paths(RULE_NEW), CITY: paths(CITY)}
    for e in got['effects']:
        assert e['path'] in known[e['document']], e
        assert e['reason'] and isinstance(e['must'], bool), e
    # 対策基準 1 cites 規程第9条第1項, which became 第10条第1項.
    assert any(e['document'] == CITY and e['path'] == '1' and e['must'] and
               e['words'] == '第9条第1項' and e['now'] == '第10条第1項'
               for e in got['effects']), got['effects'][:20]


def test_impact_of_no_change_ends_with_0():
    status, out, err = kaitei('impact', RULE, RULE, '--in', CITY)
    assert status == 0, (out, err)
    refused('impact', RULE, RULE, '--in', 'no.md', reason='not-found')


if __name__ == '__main__':
    sys.exit(run.main(globals()))
