#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Score `kaitei match` on made pairs of a guideline and a city's rule (compare.md §2.2, §4).

usage: score_match.py --engine KAITEI [--clauses 200,1500] [--seeds 1,2] [--settings]
                      [--hold] [--json]

P, R and F1 over single links, and the share of true groups that are exactly right by kind.
With --hold it fails below the goals of compare.md §10.  --settings gives the engine the
city's names of roles; without it the engine knows nothing of them.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import correspond

GOALS = {"F1": 0.97, "near": 0.99, "paraphrase": 0.98, "merge": 0.95, "split": 0.85}


def run(engine, folder, settings):
    command = [engine, "match", "--json", os.path.join(folder, "city.md"),
               os.path.join(folder, "guideline.md")]
    if settings:
        command += ["--settings", os.path.join(folder, "settings.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def singles(groups):
    return {(g, c) for group in groups for g in group["guideline"] for c in group["city"]}


def measure(truth, got):
    true, found = singles(truth["groups"]), singles(got["links"])
    hit = len(true & found)
    p = hit / len(found) if found else 0.0
    r = hit / len(true) if true else 0.0
    out = {"P": p, "R": r, "F1": 2 * p * r / (p + r) if p + r else 0.0}
    by_clause = {}
    for pair in found:
        for side in (("g", pair[0]), ("c", pair[1])):
            by_clause.setdefault(side, set()).add(pair)
    count, right = {}, {}
    for group in truth["groups"]:
        own = singles([group])
        touching = set()
        for g in group["guideline"]:
            touching |= by_clause.get(("g", g), set())
        for c in group["city"]:
            touching |= by_clause.get(("c", c), set())
        kind = group["kind"]
        count[kind] = count.get(kind, 0) + 1
        right[kind] = right.get(kind, 0) + (touching == own)
    for kind in sorted(count):
        out[kind] = right[kind] / count[kind]
    out["groups"] = {k: f"{right[k]}/{count[k]}" for k in sorted(count)}
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--clauses", default="200,1500")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--settings", action="store_true")
    parser.add_argument("--hold", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    passed = failed = 0
    for n in map(int, args.clauses.split(",")):
        for seed in map(int, args.seeds.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                correspond.write(folder, n, seed)
                with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
                    truth = json.load(f)
                got = measure(truth, run(args.engine, folder, args.settings))
            if args.json:
                print(json.dumps({"clauses": n, "seed": seed, **got}))
            else:
                print(f"{n:5d} clauses, seed {seed}: F1 {got['F1']:.4f} (P {got['P']:.4f}"
                      f" R {got['R']:.4f})", got["groups"])
            for name, goal in GOALS.items():
                if got.get(name, 1.0) < goal:
                    failed += 1
                    print(f"  below the goal: {name} {got[name]:.4f} < {goal}")
                else:
                    passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed and args.hold else 0


if __name__ == "__main__":
    sys.exit(main())
