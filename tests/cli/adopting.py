#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adoption, the text in force on a day, what became of a clause.

usage: adopting.py KAITEI ROOT
"""
import os
import subprocess
import sys

from office import (AFTER, BEFORE, POLICIES, ROOT, TEXT, Skip, adopted,
                    drafted, made, run, write)

# ---- adoption -----------------------------------------------------------------

def test_a_dependant_is_changed_or_waived_with_a_reason(folder):
    store = made(folder)
    store.by('add', os.path.join(POLICIES, 'taisaku-kijun.md'))
    store.by('add', os.path.join(POLICIES, 'kanri-kitei.md'))
    store.by('draft', 'new', 'd')
    store.by('draft', 'import', 'd', os.path.join(
        POLICIES, 'revised', 'kanri-kitei.md'), '--yes')
    store.by('review', 'approve', 'd')
    args = ('adopt', 'd', '--number', '第5号', '--decided', '2026-03-20',
            '--effective', '2026-04-01')
    before = store.refs()
    store.by(*args, status=2)
    assert 'taisaku-kijun' in store.err, store.err
    store.by(*args, '--waive', 'taisaku-kijun=', status=2)
    assert store.refs() == before
    store.by(*args, '--waive', 'taisaku-kijun=別に改正する')
    # The reason stays: in the revision, and in the review.
    said = subprocess.run(
        ['git', 'interpret-trailers', '--parse'], input=store.git(
            'log', '-1', '--format=%B', 'main'), capture_output=True,
        text=True, check=True).stdout
    assert 'Waived: taisaku-kijun=別に改正する\n' in said, said
    said = store.run('review', 'list', 'd')
    assert 'taisaku-kijun=別に改正する' in said, said


def refused(store, args, reason):
    """Says so by its own message, and leaves everything as it was."""
    before = store.refs()
    store.by(*args, status=2)
    assert f': {reason}]' in store.err, (reason, store.err)
    assert store.refs() == before, reason


def adopting(name, *more, number='令和8年訓令第1号'):
    return ('adopt', name, '--number', number, '--decided', '2026-03-20',
            '--effective', '2026-04-01', *more)


def test_what_is_missing_is_said_and_nothing_written(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    store.by('draft', 'new', 'empty')
    refused(store, adopting('none'), 'draft-none')
    refused(store, adopting('empty'), 'draft-nothing')
    refused(store, adopting('d'), 'adopt-approvals')
    for without in ('--number', '--decided', '--effective'):
        args = list(adopting('d'))
        at = args.index(without)
        refused(store, args[:at] + args[at + 2:], 'adopt-needs')
    store.by('review', 'object', 'd', '-m', '早い')
    store.by('review', 'approve', 'd')
    refused(store, adopting('d'), 'adopt-objection')
    wrong = [line.split()[0] for line in store.run('review', 'list', 'd')
             .splitlines() if '早い' in line]
    store.by('review', 'withdraw', 'd', '--reply', wrong[0])
    for number in ('令和8年訓令第1号/2', '令和8年 訓令第1号', '../x', '.'):
        refused(store, adopting('d', number=number), 'adopt-bad-number')
    refused(store, adopting('d', '--effective', '第9条=2026-10-01'),
            'adopt-no-clause')
    refused(store, adopting('d', '--effective', '第2条=2026-10-01'),
            'adopt-date-of-nothing')
    refused(store, adopting('d', '--effective', '2026-13-01'),
            'usage-bad-value')
    store.by('draft', 'close', 'd')
    refused(store, adopting('d'), 'adopt-closed')
    store.by('draft', 'reopen', 'd')
    before = store.refs()
    store.by(*adopting('d', '--dry-run'))
    assert store.refs() == before
    store.by(*adopting('d'))
    refused(store, adopting('d'), 'adopt-already')


def test_what_does_not_do_is_said_and_nothing_written(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    for name, text in (
            ('behind', TEXT.replace('毎年', '毎日')),
            ('taken', TEXT.replace('目的を', '趣旨を')),
            ('lint', TEXT.replace('毎年', '第9条の定めにより毎年')),
            ('hole', TEXT.replace('第3条', '第5条')),
            ('first', TEXT.replace('毎年', '毎月'))):
        drafted(store, folder, name, text)
        store.by('review', 'approve', name)
    for name in ('lint', 'hole'):
        refused(store, adopting(name), 'adopt-lint')
    store.by(*adopting('first'))
    refused(store, adopting('behind', number='令和8年訓令第2号'),
            'adopt-behind')
    store.by('draft', 'update', 'taken')
    store.by('review', 'approve', 'taken')
    refused(store, adopting('taken'), 'adopt-number-taken')
    store.by(*adopting('taken', number='令和8年訓令第2号'))
    store.by('draft', 'update', 'behind', status=1)
    refused(store, adopting('behind', number='令和8年訓令第3号'),
            'draft-open-conflicts')
    store.run('doctor')


def test_the_number_of_a_text_is_that_of_its_first_instrument(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    store.by('draft', 'import', 'd', write(folder, 'm.md', TEXT.replace(
        'id: k', 'id: m')), '--as', 'm', '--yes')
    store.by('review', 'approve', 'd')
    store.by(*adopting('d'))
    assert 'number:' not in store.git('show', 'main:policies/k.md')
    assert 'number: 令和8年訓令第1号' in store.git('show', 'main:policies/m.md')


def test_a_date_is_for_the_document_that_changes_there(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    store.by('add', write(folder, 'm.md', TEXT.replace('id: k', 'id: m')))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    store.by('draft', 'import', 'd', write(folder, 'm.md', TEXT.replace(
        'id: k', 'id: m').replace('目的を', '趣旨を')), '--as', 'm', '--yes')
    store.by('review', 'approve', 'd')
    store.by(*adopting('d', '--effective', '第3条=2026-10-01'))
    assert 'clauses: [第3条]' in store.git('show', 'main:policies/k.md')
    assert '第3条]' not in store.git('show', 'main:policies/m.md')
    assert '  in force, ' in store.run('show', 'm@2026-04-01')


# ---- the text in force ------------------------------------------------------

def test_the_text_in_force_says_as_of_when_and_from_which_revision(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月').replace(
        '職員は、守る', '職員は、必ず守る'))
    adopted(store, 'd', '第1号', extra=[('--effective', '第3条=2026-10-01')])
    tip = store.git('rev-parse', 'main')[:10]
    out = store.run('show', 'k@2026-05-01')
    assert out.startswith('［2026-05-01  partly in force, ' + tip), out
    assert '毎年' in out and '必ず守る' in out
    assert '第3条 (2026-10-01, 第1号' in store.err, store.err
    assert '毎月' in store.run('show', 'k', '--as-of', '令和8年10月1日')
    assert '必ず' not in store.run('show', 'k@2026-03-31')
    store.run('show', 'k@1925-01-01', status=2)
    assert 'it is from 2020-04-01' in store.err, store.err


def test_dates_before_1970_one_for_each_clause(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT.replace(
        'effective: 2020-04-01', 'effective: 1950-06-03')))
    drafted(store, folder, 'd', TEXT.replace(
        'effective: 2020-04-01', 'effective: 1950-06-03').replace(
            '毎年', '毎月').replace('職員は、守る', '職員は、必ず守る'))
    store.by('review', 'approve', 'd')
    adopt = ('adopt', 'd', '--number', '昭和40年訓令第3号', '--decided',
             '昭和40年3月20日', '--effective', '昭和40年4月1日')
    store.by(*adopt, '--effective', '第3条=昭和41年10月1日', '--dry-run')
    assert 'can be adopted; nothing was written' in store.err, store.err
    store.by(*adopt, '--effective', '第3条=昭和41年10月1日')
    for day, words, state in (
            ('1950-06-03', ('毎年', '職員は、守る'), 'in force'),
            ('1965-03-31', ('毎年', '職員は、守る'), 'in force'),
            ('昭和40年4月1日', ('毎年', '必ず守る'), 'partly in force'),
            ('1966-09-30', ('毎年', '必ず守る'), 'partly in force'),
            ('1966-10-01', ('毎月', '必ず守る'), 'in force')):
        text = store.run('show', 'k', '--as-of', day)
        assert all(word in text for word in words), (day, text)
        assert f'  {state}, ' in text, (day, text)
    store.run('show', 'k', '--as-of', '1950-06-02', status=2)
    assert '1966-10-01' in store.run('log', 'k', '第3条')
    assert store.git('tag').strip() == '公布/1965-03-20/昭和40年訓令第3号'
    store.run('doctor')


def on_days(store, *days):
    """Each day with the words that stand then, those that do not, the state."""
    for day, there, absent, state in days:
        text = store.run('show', 'k', '--as-of', day)
        assert all(word in text for word in there), (day, text)
        assert not any(word in text for word in absent), (day, text)
        assert f'  {state}, ' in text, (day, text)


def begun_with(store, folder, text, *dates):
    """A first amendment, of which a part comes into force later."""
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'a', text)
    store.by('review', 'approve', 'a')
    store.by(*adopting('a', *dates))
    store.by('draft', 'new', 'b')
    return store.git('show', 'main:policies/k.md')


def second(store, folder, text, *dates):
    """The command for a second one, from June."""
    store.by('draft', 'import', 'b', write(folder, 'b.md', text), '--as', 'k',
             '--yes')
    store.by('review', 'approve', 'b')
    return ('adopt', 'b', '--number', '令和8年訓令第2号', '--decided',
            '2026-05-20', '--effective', '2026-06-01', *dates)


LATER = ('--effective', '第3条=2026-10-01')


def test_an_amendment_of_what_is_coming_waits_for_it(folder):
    store = made(folder)
    text = begun_with(store, folder, TEXT.replace('毎年', '毎月').replace(
        '職員は、守る', '職員は、必ず守る'), *LATER)
    args = second(store, folder, text.replace('毎月', '毎週').replace(
        '課長は、管理', '部長は、管理'))
    refused(store, args, 'adopt-order')
    assert '第3条: it amends a change that is in force from 2026-10-01' \
        in store.err, store.err
    refused(store, (*args, '--effective', '第3条=2026-09-30'), 'adopt-order')
    store.by(*args, *LATER)
    on_days(
        store,
        ('2026-03-31', ('職員は、守る', '毎年'), ('必ず',), 'in force'),
        ('2026-04-01', ('必ず', '毎年', '課長'), ('毎月', '毎週'),
         'partly in force'),
        ('2026-05-31', ('必ず', '毎年', '課長'), ('毎月', '毎週'),
         'partly in force'),
        ('2026-06-01', ('必ず', '毎年', '部長'), ('毎月', '毎週'),
         'partly in force'),
        ('2026-09-30', ('必ず', '毎年', '部長'), ('毎月', '毎週'),
         'partly in force'),
        ('2026-10-01', ('必ず', '毎週', '部長'), ('毎月',), 'in force'),
        ('2027-10-01', ('必ず', '毎週', '部長'), ('毎月',), 'in force'))


def test_what_is_coming_stays_while_others_are_amended(folder):
    store = made(folder)
    text = begun_with(store, folder, TEXT.replace('毎年', '毎月').replace(
        '職員は、守る', '職員は、必ず守る'), *LATER)
    # An article goes in before it: it is 第4条 by then.
    store.by(*second(store, folder, text.replace(
        '## 第3条', '## 第3条（点検）\n\n課長は、点検する。\n\n## 第4条')))
    on_days(
        store,
        ('2026-05-31', ('第3条　職員は、毎年',), ('点検',), 'partly in force'),
        ('2026-06-01', ('第3条　課長は、点検', '第4条　職員は、毎年'), (),
         'partly in force'),
        ('2026-10-01', ('第3条　課長は、点検', '第4条　職員は、毎月'), (),
         'in force'))
    assert '2026-10-01' in store.run('log', 'k', '第4条')


def test_what_is_repealed_before_it_comes_never_was(folder):
    store = made(folder)
    more = '\n### 第4条（点検）\n\n課長は、点検する。\n'
    later = ('--effective', '第4条=2026-10-01')
    text = begun_with(store, folder, TEXT.replace('毎年', '毎月') + more,
                      *later)
    end = text.index('## 第4条')
    args = second(store, folder, text[:end])
    refused(store, args, 'adopt-order')
    store.by(*args, *later)
    on_days(
        store,
        ('2026-06-01', ('毎月',), ('点検',), 'partly in force'),
        ('2026-10-01', ('毎月',), ('点検',), 'in force'),
        ('2027-10-01', ('毎月',), ('点検',), 'in force'))


def test_an_article_whose_change_is_coming_is_repealed(folder):
    store = made(folder)
    text = begun_with(store, folder, TEXT.replace('毎年', '毎月').replace(
        '職員は、守る', '職員は、必ず守る'), *LATER)
    args = second(store, folder, text[:text.index('## 第3条')])
    refused(store, args, 'adopt-order')
    store.by(*args, *LATER)
    on_days(
        store,
        ('2026-06-01', ('第3条　職員は、毎年',), (), 'partly in force'),
        ('2026-10-01', ('必ず',), ('第3条', '毎月'), 'in force'))
    told = store.run('log', 'k', '第3条').splitlines()
    assert ['deleted' in line for line in told] == [True, False, False], told


def test_a_text_without_a_day_holds_since_ever(folder):
    store = made(folder)
    text = TEXT.replace('effective: 2020-04-01\n', '')
    store.by('add', write(folder, 'k.md', text))
    on_days(store, ('1950-01-01', ('毎年',), (), 'in force'))
    drafted(store, folder, 'd', text.replace('毎年', '毎月'))
    store.by('review', 'approve', 'd')
    store.by(*adopting('d'))
    on_days(store,
            ('2026-03-31', ('毎年',), ('毎月',), 'in force'),
            ('2026-04-01', ('毎月',), ('毎年',), 'in force'),
            ('2999-12-31', ('毎月',), ('毎年',), 'in force'))
    assert [line.split()[2:4] for line in
            store.run('log', 'k', '第3条').splitlines()] == [
        ['2026-03-20', '2026-04-01'], ['-', '-']]


# 行政手続法 (平成5年法律第88号): the acts, promulgated and in force.
LAW = [('01-19931112', '平成5年法律第88号', '1993-11-12', '1994-10-01'),
       ('02-19991208', '平成11年法律第151号', '1999-12-08', '2000-04-01'),
       ('03-19991222', '平成11年法律第160号', '1999-12-22', '2001-01-06'),
       ('04-20021213', '平成14年法律第152号', '2002-12-13', '2003-02-03'),
       ('05-20030716', '平成15年法律第119号', '2003-07-16', '2004-04-01'),
       ('06-20050629', '平成17年法律第73号', '2005-06-29', '2006-04-01'),
       ('07-20060608', '平成18年法律第58号', '2006-06-08', '2007-06-01'),
       ('08-20060614', '平成18年法律第66号', '2006-06-14', '2007-09-30'),
       ('09-20140613', '平成26年法律第69号', '2014-06-13', '2016-04-01'),
       ('10-20140613', '平成26年法律第70号', '2014-06-13', '2015-04-01')]


def test_a_law_is_adopted_act_by_act(folder):
    data = os.path.join(ROOT, '..', 'shared', 'data', 'gyosei-tetsuzuki')
    if not os.path.isdir(data):
        raise Skip('no texts of the law here')
    store = made(folder)
    texts, path = [], os.path.join(folder, 'k.md')
    for n, (name, number, promulgated, effective) in enumerate(LAW):
        law = os.path.join(data, f'{name}.law.txt')
        texts.append(store.run('show', law))
        store.run('convert', law, '-o', path)
        if n == 0:
            with open(path, encoding='utf-8') as file:
                text = file.read()
            store.by('add', write(folder, 'k.md', text.replace(
                '---\n', f'---\neffective: {effective}\n', 1)), '--as', 'k')
            continue
        store.by('draft', 'new', f'd{n}')
        store.by('draft', 'import', f'd{n}', path, '--as', 'k', '--yes')
        store.by('review', 'approve', f'd{n}')
        store.by('adopt', f'd{n}', '--number', number, '--decided',
                 promulgated, '--promulgated', promulgated, '--effective',
                 effective)
    for day, n in (('1994-10-01', 0), ('2000-03-31', 0), ('2000-04-01', 1),
                   ('2001-01-05', 1), ('2001-01-06', 2), ('2003-02-03', 3),
                   ('2004-04-01', 4), ('2006-03-31', 4), ('2006-04-01', 5),
                   ('2007-06-01', 6), ('2007-09-30', 7), ('2015-03-31', 7),
                   ('2016-04-01', 9)):
        told, text = store.run('show', 'k', '--as-of', day).split('\n', 1)
        assert f'{day}  in force, ' in told and text == texts[n], (day, told)
    # The ninth was passed first and comes last: both changed 第3条.
    between = store.run('show', 'k@2015-04-01', '第3条')
    assert '名宛人' in between and '異議申立て' in between, between
    assert '再調査の請求' in store.run('show', 'k@2016-04-01', '第3条')
    store.run('show', 'k@1994-09-30', status=2)
    assert [line.split()[0] for line in
            store.run('log', 'k', '第46条').splitlines()] == [
        '第38条→第46条', '第38条']
    store.run('doctor')
    store.sound()


# ---- what became of a clause ------------------------------------------------

def test_what_became_of_a_clause_is_found_by_its_old_number_too(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', BEFORE))
    drafted(store, folder, 'd', AFTER)
    adopted(store, 'd', '令和8年訓令第1号')
    for clause, way, what in (
            ('第1条', '第6条→第1条', 'moved'),
            ('第2条', '第1条→第2条', 'renumbered'),
            ('第3条', '第2条→第3条', 'split'),
            ('第4条', '第2条→第4条', 'split'),
            ('第5条', '第3条、第4条→第5条', 'merged'),
            # In no text any more: what it became.
            ('第6条', '第6条→第1条', 'moved'),
            ('第2条第2項', '第2条第2項→第4条', 'modified')):
        told = [line.split() for line in
                store.run('log', 'k', clause).splitlines()]
        assert told[0][:4] == [way, what, '2026-03-20', '2026-04-01'], told
        assert told[0][-1] == '令和8年訓令第1号', told
        assert [line[1] for line in told[1:]] == ['added'], told
    assert [line.split()[0] for line in
            store.run('blame', 'k').splitlines()] == [
        '第1条', '第2条', '第2条→第3条', '第2条→第4条', '第3条、第4条→第5条']


if __name__ == '__main__':
    sys.exit(run(globals()))
