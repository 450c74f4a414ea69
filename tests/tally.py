#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Add up test runs and print `N passed, N failed`.

usage: tally.py FAILED JSON...

JSON is meson's testlog.json.  A program that counts its tests (CUnit, `N
passed, N failed`) counts with them, any other with one; a test that says `skipped:` is named, not counted as passed.
FAILED names further failures, one a line.
"""
import json
import re
import sys

CUNIT = re.compile(r'^\s*tests\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)', re.M)
LINE = re.compile(r'^(\d+) passed, (\d+) failed', re.M)
SKIP = re.compile(r'^\s*(skipped: .*)$', re.M)


def tally(record):
    """(passed, failed, skip lines) of one test program."""
    out = record.get('stdout', '')
    skips = SKIP.findall(out)
    found = CUNIT.search(out)
    good = record['result'] in ('OK', 'EXPECTEDFAIL')
    if record['result'] == 'SKIP':
        return 0, 0, skips or ['skipped: ' + record['name']]
    if found:
        # A CUnit test that skips returns, and CUnit counts it as passed.
        passed = max(0, int(found[3]) - len(skips))
        failed = int(found[4])
    else:
        line = LINE.search(out)
        if not line:
            return int(good), int(not good), skips
        passed, failed = int(line[1]), int(line[2])
    if not good and failed == 0:
        failed = 1  # died after its tests: a leak, a sanitizer
    return passed, failed, skips


def main():
    passed, skips = 0, []
    with open(sys.argv[1], encoding='utf-8') as more:
        failed = len(more.read().split())
    for path in sys.argv[2:]:
        with open(path, encoding='utf-8') as log:
            for line in log:
                good, bad, skipped = tally(json.loads(line))
                passed += good
                failed += bad
                skips += skipped
    for line in sorted(set(skips)):
        print(line)
    tail = f', {len(skips)} skipped' if skips else ''
    print(f'{passed} passed, {failed} failed{tail}')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
