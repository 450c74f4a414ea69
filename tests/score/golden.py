#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Run the engine over the hand-written pairs of golden-notation.tsv.

    golden.py --engine build/src/cli/kaitei [--list] [--json]

All pairs stand in one document, an article a line, old against new, and then new
against old; a pair whose articles were matched otherwise is tried again by itself.
Ends with 1 when a change of meaning is called notation or not reported, or when less
than 98 % of the notation is recognised.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

LIST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden-notation.tsv")
RECALL = 0.98
QUIET = {"notation", "reference-followed"}
CLAUSE = "clause called notation"


@dataclass
class Row:
    verdict: str
    old: str
    new: str
    reason: str


@dataclass
class Finding:
    """What the engine said of one pair: notation, meaning, nothing, unpaired."""

    row: Row
    said: str
    classes: set = field(default_factory=set)


def read_rows(path):
    rows = []
    with open(path, encoding="utf-8", newline="") as handle:
        for number, line in enumerate(handle.read().split("\n"), 1):
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) != 4 or fields[0] not in ("notation", "meaning"):
                raise ValueError(f"{path}:{number}: not verdict, old, new, reason")
            rows.append(Row(*fields))
    return rows


def document(texts):
    """An article a text, with a caption of its own so that pairing is easy."""
    parts = ["# 表記の照合\n"]
    for index, text in enumerate(texts, 1):
        parts.append(f"\n### 第{index}条（{caption(index)}）\n\n{text}\n")
    return "".join(parts)


def caption(index):
    """Two kanji a number, so that no digit is shared by chance."""
    signs = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥春夏秋冬東西南北"
    return signs[index // len(signs)] + signs[index % len(signs)] + "の項"


def compare(engine, old, new):
    with tempfile.TemporaryDirectory() as directory:
        paths = []
        for name, texts in (("old.md", old), ("new.md", new)):
            paths.append(os.path.join(directory, name))
            with open(paths[-1], "w", encoding="utf-8", newline="\n") as out:
                out.write(document(texts))
        done = subprocess.run([engine, "diff", "--json", *paths], capture_output=True,
                              text=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"golden: {engine} ended with {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def article_number(path):
    found = re.match(r"第(\d+)条", path)
    return int(found.group(1)) if found else 0


def classes_by_article(changes):
    """Article number → the classes of what is said inside it."""
    table = {}
    for change in changes.get("changes", []):
        said = {s.get("class") or change.get("class", "")
                for s in change.get("spans", []) if s["op"] != "="}
        if not said:
            said.add(change.get("class", ""))
        if change.get("class") == "notation":
            said.add(CLAUSE)
        if change.get("kind") != "modified":
            said.add(change.get("kind", ""))
        for name in ("old", "new"):
            for entry in change.get(name, []):
                table.setdefault(article_number(entry["path"]), set()).update(said)
    return table


def said_of(classes, verdict):
    """One word for what is said, the less favourable one where spans and clause differ."""
    if not classes:
        return "nothing"
    if CLAUSE in classes and verdict == "meaning":
        return "notation"
    return "notation" if classes <= QUIET | {CLAUSE} else "meaning"


def judge(rows, changes):
    pairs = {(tuple(c["old"]), tuple(c["new"])) for c in changes.get("correspondence", [])}
    table = classes_by_article(changes)
    findings = []
    for index, row in enumerate(rows, 1):
        path = (f"第{index}条",)
        classes = table.get(index, set())
        said = said_of(classes, row.verdict) if (path, path) in pairs else "unpaired"
        findings.append(Finding(row, said, classes))
    return findings


def run(engine, rows):
    findings = judge(rows, compare(engine, [r.old for r in rows], [r.new for r in rows]))
    for finding in findings:
        if finding.said == "unpaired":
            row = finding.row
            again = judge([row], compare(engine, [row.old], [row.new]))[0]
            finding.said, finding.classes = again.said, again.classes | {"unpaired at first"}
    return findings


def count(findings):
    notation = [f for f in findings if f.row.verdict == "notation"]
    meaning = [f for f in findings if f.row.verdict == "meaning"]
    right = sum(f.said == "notation" for f in notation)
    return {
        "notation": len(notation), "recognised": right,
        "recall": right / len(notation) if notation else 1.0,
        "meaning": len(meaning),
        "false_notation": sum(f.said == "notation" for f in meaning),
        "unreported": sum(f.said == "nothing" for f in findings),
        "unpaired": sum("unpaired at first" in f.classes or f.said == "unpaired"
                        for f in findings)}


def is_wrong(finding):
    return finding.said != finding.row.verdict


def print_report(name, findings, listed):
    found = count(findings)
    print(f"{name}: notation {found['recognised']} of {found['notation']} "
          f"({100 * found['recall']:.1f} %), meaning called notation "
          f"{found['false_notation']} of {found['meaning']}, not reported "
          f"{found['unreported']}, paired otherwise at first {found['unpaired']}")
    for finding in findings if listed else []:
        if is_wrong(finding):
            row = finding.row
            print(f"  {row.verdict}, called {finding.said} "
                  f"({', '.join(sorted(filter(None, finding.classes)))})\n"
                  f"    {row.old}\n    {row.new}\n    {row.reason}")


def good(found):
    return (found["recall"] >= RECALL and not found["false_notation"]
            and not found["unreported"])


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--pairs", default=LIST)
    parser.add_argument("--list", action="store_true", help="show every pair judged wrong")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def main(arguments=None):
    options = parse(arguments)
    rows = read_rows(options.pairs)
    turned = [Row(r.verdict, r.new, r.old, r.reason) for r in rows]
    results = {"old to new": run(options.engine, rows),
               "new to old": run(options.engine, turned)}
    if options.json:
        print(json.dumps({"format": "kaitei-golden/1", "directions": {
            name: count(f) for name, f in results.items()}}, indent=1))
    else:
        for name, findings in results.items():
            print_report(name, findings, options.list)
    return 0 if all(good(count(f)) for f in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
