#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Score `kaitei match` on the sample documents against the links that a person judged.

usage: score_samples.py --engine KAITEI --root ROOT [--hold] [--list]

samples-links.tsv holds every link judged (docs/match-review.md tells how): yes, part (only
some of it answers: neither asked for nor held against the engine) or no.  A link that is found
and not in the list counts as wrong.  --hold fails below what is reached; --list names what is
wrong and what is missed.  The list was used to develop the engine: these are figures of how
well it does on texts it knows, not on others.
"""
import argparse
import csv
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
GUIDELINE = "r5.md"
# Reached on the list, a little below: (precision, recall) by document.
HELD = {"taisaku-kijun": (0.86, 0.79), "kanri-kitei": (0.87, 0.86)}
# Wrong links that the engine does not call doubtful.
SILENT = {"taisaku-kijun": 0, "kanri-kitei": 1}


def judged():
    with open(os.path.join(HERE, "samples-links.tsv"), encoding="utf-8", newline="") as f:
        rows = [r for r in csv.reader(f, delimiter="\t") if r and not r[0].startswith("#")]
    out = {}
    for document, city, guideline, judgement, *_ in rows[1:]:
        if judgement not in ("yes", "part", "no"):
            raise SystemExit(f"samples-links.tsv: {city} {guideline}: {judgement}?")
        links = out.setdefault(document, {})
        if (city, guideline) in links:
            raise SystemExit(f"samples-links.tsv: {city} {guideline} twice")
        links[city, guideline] = judgement
    return out


def found(engine, root, document):
    policies = os.path.join(root, "policies")
    done = subprocess.run(
        [engine, "match", "--json", os.path.join(policies, document + ".md"),
         os.path.join(policies, "guideline", GUIDELINE),
         "--settings", os.path.join(policies, "kaitei.yaml")],
        capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return {(c, g): link["doubtful"] for link in json.loads(done.stdout)["links"]
            for c in link["city"] for g in link["guideline"]}


def measure(links, got):
    true = {pair for pair, j in links.items() if j == "yes"}
    part = {pair for pair, j in links.items() if j == "part"}
    counted = set(got) - part
    hit, wrong = counted & true, counted - true
    return {"P": len(hit) / len(counted), "R": len(hit) / len(true), "hit": hit, "wrong": wrong,
            "missed": true - counted, "silent": {pair for pair in wrong if not got[pair]}}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--root", default=os.path.join(HERE, "..", ".."))
    parser.add_argument("--hold", action="store_true")
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    passed = failed = 0
    for document, links in judged().items():
        m = measure(links, found(args.engine, args.root, document))
        print(f"{document}: P {m['P']:.3f} R {m['R']:.3f}: {len(m['hit'])} found,"
              f" {len(m['missed'])} missed, {len(m['wrong'])} wrong,"
              f" {len(m['silent'])} of these not doubtful")
        if args.list:
            for kind in ("wrong", "missed"):
                for pair in sorted(m[kind]):
                    print(f"  {kind}\t{pair[0]}\t{pair[1]}\t{links.get(pair, 'not judged')}")
        precision, recall = HELD[document]
        for fine, what in ((m["P"] >= precision, f"precision {precision}"),
                           (m["R"] >= recall, f"recall {recall}"),
                           (len(m["silent"]) <= SILENT[document],
                            f"{SILENT[document]} wrong links not doubtful")):
            passed += fine
            failed += not fine
            if not fine:
                print(f"  worse than {what}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed and args.hold else 0


if __name__ == "__main__":
    sys.exit(main())
