#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Score `kaitei port` on made guidelines in two editions and a city's rule (compare.md §2.2).

usage: score_port.py --engine KAITEI [--clauses 200,1500] [--seeds 1,2] [--hold]

An edit has a mechanical answer when the replaced word stands in the city's clause as it
does in the guideline's.  Right = applied and equal to the expected text; silently wrong =
the draft differs from both the city's text and the expected one in a clause without a
proposal that says so, or a proposal says `applied` over a wrong text.  Every other edit
must be told with an outcome.
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
    """Text of every clause by address."""
    done = subprocess.run([engine, "tree", "--json", path], capture_output=True, text=True,
                          check=True)
    found, todo = {}, list(json.loads(done.stdout)["clauses"])
    while todo:
        c = todo.pop(0)
        found[c["path"]] = found.get(c["path"], "") + c["text"]
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


def measure(engine, folder, verbose):
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
        truth = json.load(f)
    got = run(engine, folder)
    city, expected, draft = (clauses(engine, os.path.join(folder, n))
                             for n in ("city.md", "expected.md", "draft.md"))
    told, open_ = {}, set()
    for p in got["proposals"]:
        if p["outcome"] in ("conflict", "no-counterpart"):
            open_ |= set(p["city"])
        for g in p["guideline"]["old"]:
            told[g] = p
    right = mechanical = other = flagged = silent = 0
    for edit in truth["edits"]:
        proposal = told.get(edit["guideline"])
        if edit["mechanical"]:
            mechanical += 1
            fine = all(draft.get(c) == expected.get(c) for c in edit["city"])
            if fine and proposal and proposal["outcome"] == "applied":
                right += 1
            elif verbose:
                print("not applied", edit, proposal and (proposal["outcome"], proposal["why"]))
        else:
            other += 1
            flagged += proposal is not None
            if proposal is None and verbose:
                print("not told", edit)
    for address in set(city) | set(draft):
        now, was, want = draft.get(address), city.get(address), expected.get(address)
        if now != want and now != was and address not in open_:
            silent += 1
            if verbose:
                print("wrong", address, "\n ", was, "\n ", now, "\n ", want)
    return {"mechanical": mechanical, "right": right, "other": other, "flagged": flagged,
            "silently wrong": silent}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--clauses", default="200,1500")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--hold", action="store_true")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    passed = failed = 0
    for n in map(int, args.clauses.split(",")):
        for seed in map(int, args.seeds.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                correspond.write(folder, n, seed)
                got = measure(args.engine, folder, args.verbose)
            share = got["right"] / got["mechanical"] if got["mechanical"] else 1.0
            print(f"{n:5d} clauses, seed {seed}: right {got['right']} of {got['mechanical']}"
                  f" ({100 * share:.1f} %), other {got['flagged']} of {got['other']} told,"
                  f" silently wrong {got['silently wrong']}")
            for fine in (share >= GOAL, got["silently wrong"] == 0,
                         got["flagged"] == got["other"]):
                passed += fine
                failed += not fine
    print(f"{passed} passed, {failed} failed")
    return 1 if failed and args.hold else 0


if __name__ == "__main__":
    sys.exit(main())
