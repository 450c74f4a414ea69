#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Score `kaitei port` on made guidelines in two editions and a city's rule (compare.md §2.2).

usage: score_port.py --engine KAITEI [--clauses 200,1500] [--seeds 1,2] [--words|--hard] [--goal SHARE]
                     [--hold]

The editions differ in all the ways that revise.py lists; with --words in single words only, with
--hard with words that go from clause to clause besides.
An edit has a mechanical answer when the words stand in the city's clause as they do in the
guideline's, or the neighbours of a new clause side by side.  Right = told as applied (as
present, where the city has the new words), and the draft is what the edits told as applied make
of the city's text.  Silently wrong = a clause of the draft that is anything else.  Every other
edit must be told with an outcome and its reason.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import correspond

GOAL = 0.95


def clauses(engine, path):
    """Words of every clause by address, headings too."""
    done = subprocess.run([engine, "tree", "--json", path], capture_output=True, text=True,
                          check=True)
    found, todo = {}, list(json.loads(done.stdout)["clauses"])
    while todo:
        c = todo.pop(0)
        found[c["path"]] = found.get(c["path"], "") + c["caption"] + "|" + c["text"]
        todo = c["children"] + todo
    return found


def run(engine, folder):
    name = lambda n: os.path.join(folder, n)
    done = subprocess.run(
        [engine, "port", name("city.md"), "--from", name("guideline.md"), "--to",
         name("revised.md"), "--settings", name("settings.yaml"), "-o", name("draft.md"),
         "--json"], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def proposals_of(edits, got):
    """The proposal of each edit, by its clause in the old edition, else in the new one."""
    old, new, out = {}, {}, {}
    for p in got["proposals"]:
        for address in p["guideline"]["old"]:
            old.setdefault(address, []).append(p)
        for address in p["guideline"]["new"]:
            new.setdefault(address, []).append(p)
    for e in edits:
        if e.kind in ("added", "row-in"):
            found = [p for a in e.new for p in new.get(a, []) if e.old not in
                     p["guideline"]["old"] or e.kind == "row-in"]
        else:
            found = [p for a in e.olds or [e.old] for p in old.get(a, [])]
            if e.kind == "caption":
                # The heading by itself: its clauses have proposals of their own.
                found = [p for p in found if len(p["guideline"]["old"]) == 1]
        out[id(e)] = found
    return out


def measure(engine, folder, maker, verbose):
    got = run(engine, folder)
    told = proposals_of(maker.edits, got)
    applied = lambda e: any(p["outcome"] == "applied" for p in told[id(e)])
    expected = os.path.join(folder, "expected.md")
    with open(expected, "w", encoding="utf-8") as f:
        f.write(maker.write_city(applied))
    want, draft = clauses(engine, expected), clauses(engine, os.path.join(folder, "draft.md"))
    wrong = {a for a in set(want) | set(draft) if want.get(a) != draft.get(a)}
    if verbose:
        for address in sorted(wrong):
            print("WRONG", address, "\n  want ", want.get(address), "\n  draft", draft.get(address))
    kinds = {}
    for e in maker.edits:
        count = kinds.setdefault(e.kind, {"mechanical": 0, "right": 0, "other": 0, "told": 0})
        outcome = {p["outcome"] for p in told[id(e)]}
        if e.mechanical or e.present:
            count["mechanical"] += 1
            count["right"] += outcome == {"applied" if e.mechanical else "present"}
            if verbose and outcome != {"applied" if e.mechanical else "present"}:
                print("MISSED", e.kind, e.old, e.new, e.detail,
                      [(p["outcome"], p["why"]) for p in told[id(e)]])
        else:
            count["other"] += 1
            count["told"] += bool(outcome) and all(p["why"] for p in told[id(e)])
            if verbose and not outcome:
                print("NOT TOLD", e.kind, e.old, e.new, e.detail)
    return kinds, len(wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--clauses", default="200,1500")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--hard", action="store_true")
    parser.add_argument("--goal", type=float, default=GOAL)
    parser.add_argument("--hold", action="store_true")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    passed = failed = 0
    all_kinds = {}
    for n in map(int, args.clauses.split(",")):
        for seed in map(int, args.seeds.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                maker = correspond.write(folder, n, seed, not args.words, args.hard)
                kinds, wrong = measure(args.engine, folder, maker, args.verbose)
            sums = {m: sum(k[m] for k in kinds.values())
                    for m in ("mechanical", "right", "other", "told")}
            share = sums["right"] / sums["mechanical"] if sums["mechanical"] else 1.0
            print(f"{n:5d} clauses, seed {seed}: right {sums['right']} of {sums['mechanical']}"
                  f" ({100 * share:.1f} %), other {sums['told']} of {sums['other']} told,"
                  f" silently wrong {wrong}")
            for fine in (share >= args.goal, wrong == 0, sums["told"] == sums["other"]):
                passed += fine
                failed += not fine
            for kind, count in kinds.items():
                total = all_kinds.setdefault(kind, dict.fromkeys(count, 0))
                for m in count:
                    total[m] += count[m]
    for kind, c in sorted(all_kinds.items()):
        print(f"  {kind:12s} right {c['right']:4d} of {c['mechanical']:4d},"
              f" other told {c['told']:3d} of {c['other']:3d}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed and args.hold else 0


if __name__ == "__main__":
    sys.exit(main())
