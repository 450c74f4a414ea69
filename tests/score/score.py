#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Score a change list against the truth.

    score.py DIR --engine build/src/cli/kaitei      runs diff on DIR/old.md, DIR/new.md
    score.py DIR --diff FILE                        reads a change list already made

prints every measure of compare.md 2.2; --list adds each miss with both texts, --json
prints all of it as JSON, --goals ends with 1 when a goal of compare.md 10 is missed.
"""

import argparse
import json
import os
import subprocess
import sys

from marks import Reading
from metrics import SIDES, Score
from words import segmenter

# measure, what it is called, how it is printed, goal (sign and figure)
TABLE = [
    ("named", "named", "%", (">=", None)),
    ("located", "located (in place)", "%", None),
    ("extended_named", "named, extended kinds", "%", (">=", 0.97)),
    ("clean_articles", "untouched articles clean", "%", (">=", 1.0)),
    ("clean_bodies", "untouched bodies clean", "%", None),
    ("noise_characters", "noise characters", "%", None),
    ("marked_true", "marked / true", "", ("<=", 1.05)),
    ("stray_change_characters", "change marks outside edits", "", None),
    ("renumber_shown", "renumbering shown as change", "%", None),
    ("move_recall", "moves: recall", "%", (">=", 1.0)),
    ("move_precision", "moves: precision", "%", (">=", 0.99)),
    ("groups_named", "splits and merges named", "%", (">=", 0.95)),
    ("groups_precision", "splits and merges: precision", "%", (">=", 0.97)),
    ("notation_recall", "notation kept apart", "%", (">=", 0.98)),
    ("false_notation", "meaning called notation", "", ("<=", 0)),
    ("stray_notation_characters", "notation marks outside edits", "", None),
    ("references_right", "changed references right", "%", (">=", 1.0)),
    ("false_reference_alarms", "false reference alarms", "", None),
    ("classes_right", "modality, quantity, actor right", "%", None),
    ("article_map", "article map right", "%", None),
    ("articles_listed_twice", "articles listed twice", "", None),
    ("span_edges", "span edges on words", "%", (">=", 1.0)),
    ("spans_per_edit", "spans per edit", "", ("<=", 2.3)),
    ("contract_faults", "faults of the change list", "", None),
]
COUNTS = {"named": "edits", "extended_named": "extended_edits",
          "clean_articles": "untouched_articles", "move_recall": "true_moves",
          "move_precision": "reported_moves", "groups_named": "true_groups",
          "groups_precision": "reported_groups", "notation_recall": "notation_edits",
          "references_right": "changed_references", "renumber_shown": "renumbered",
          "classes_right": "classed_edits", "span_edges": "edge_spans",
          "spans_per_edit": "edge_edits"}


def goal_of(key, goal, articles):
    """The figure to reach; `named` depends on the size of the document."""
    if goal is None:
        return None
    if key == "named":
        return (">=", 0.99 if articles <= 1000 else 0.985)
    return goal


def missed_goals(summary, articles):
    missed = []
    for key, words, _, goal in TABLE:
        goal, value = goal_of(key, goal, articles), summary[key]
        if goal is None or value is None:
            continue
        sign, figure = goal
        if (value < figure - 1e-9) if sign == ">=" else (value > figure + 1e-9):
            missed.append(f"{words}: {value:.4g}, goal {sign} {figure:g}")
    return missed


def shown(value, unit):
    if value is None:
        return "not measured"           # no such edit, nothing reported, or no ICU
    if unit == "%":
        return f"{100 * value:.2f} %"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def print_table(summary, articles):
    for key, words, unit, goal in TABLE:
        goal = goal_of(key, goal, articles)
        count = f"of {summary[COUNTS[key]]}" if key in COUNTS else ""
        wish = ""
        if goal:
            figure = f"{100 * goal[1]:g} %" if unit == "%" else f"{goal[1]:g}"
            wish = f"goal {goal[0]} {figure}"
        print(f"{words:34}{shown(summary[key], unit):>14}  {count:10} {wish}".rstrip())


def print_kinds(kinds, groups):
    print(f"\n{'kind':22}{'edits':>6}{'named':>7}{'located':>9}")
    for kind, row in kinds.items():
        located = f"{row['located']}" if row["in_place"] else "-"
        print(f"{kind:22}{row['edits']:>6}{row['named']:>7}{located:>9}")
    if groups:
        print("\nnotation by group: " + ", ".join(
            f"{name} {good}/{total}" for name, (good, total) in groups.items()))


def marked_text(side, start, end):
    """A stretch of text with the engine's marks: {x:…} {n:…} {m:…} {r:…}."""
    out, at = [], start
    while at < end:
        letter, stop = side.letters[at], at
        while stop < end and side.letters[stop] == letter:
            stop += 1
        text = side.text[at:stop]
        out.append(text if letter == "=" else "{" + letter + ":" + text + "}")
        at = stop
    return "".join(out)


def bracketed(side, start, end, spans):
    """A stretch of text with the edited places in 〔 〕."""
    out = list(side.text[start:end])
    for span in spans:
        if start <= span["start"] and span["end"] <= end and span["end"] > span["start"]:
            out[span["start"] - start] = "〔" + out[span["start"] - start]
            out[span["end"] - start - 1] += "〕"
    return "".join(out)


def clause_around(side, place):
    """The smallest clause around a place."""
    rows = [r for r in side.clauses if r["span"][0] <= place < r["span"][1]]
    return min(rows, key=lambda r: r["span"][1] - r["span"][0], default=None)


def list_edit(score, result):
    edit = result["edit"]
    places = " → ".join("・".join(edit[f"{n}_articles"]) or "—" for n in SIDES)
    print(f"\n#{edit['id']} {edit['kind']} [{edit['group']}] {places}: {result['reason']}")
    for name in SIDES:
        side = score.side[name]
        rows = [clause_around(side, s["start"]) for s in edit[name]]
        if not rows:
            rows = [side.by_path[p] for p in edit[f"{name}_articles"]]
        for row in {r["span"][0]: r for r in rows if r}.values():
            start, end = row["span"]
            print(f"  {name} {row['path']} true : {bracketed(side, start, end, edit[name])}")
            print(f"  {name} {row['path']} given: {marked_text(side, start, end)}")


def list_strays(score):
    """Marks x and n outside every edit, in articles that were edited."""
    for name in SIDES:
        side, at = score.side[name], 0
        while at < len(side.letters):
            stop = at
            while (stop < len(side.letters) and side.letters[stop] in "xn"
                   and not score.edit_mask[name][stop] and not score.free[name][stop]):
                stop += 1
            if stop > at:
                row = clause_around(side, at)
                print(f"\nmark outside edits: {name} {row['path'] if row else '-'} "
                      f"…{marked_text(side, max(0, at - 8), min(len(side.text), stop + 8))}…")
            at = max(stop, at + 1)


def list_faults(score):
    for old, new, count in score.dirty:
        print(f"\nuntouched article marked: {old} → {new}, {count} characters")
        for name, path in zip(SIDES, (old, new)):
            side = score.side[name]
            print(f"  {name} given: {marked_text(side, *side.by_path[path]['span'])}")
    for row, said in score.wrong_references:
        place = clause_around(score.side["new"], row["new"][0])["path"]
        print(f"\nreference in {place}: {' → '.join(row['texts'])} is {row['fate']}, "
              f"called {', '.join(sorted(said)) or 'nothing'}")
    for name, rows in (("move", score.false_moves), ("split or merge", score.false_groups)):
        for old, new in rows:
            print(f"\nfalse {name}: {'・'.join(old)} → {'・'.join(new)}")
    for edit in score.mistaken:
        print(f"\nmeaning called notation: edit #{edit['id']} {edit['kind']}")
    for old, new in score.unmapped:
        print(f"\nnot in the correspondence: {'・'.join(old) or '—'} → {'・'.join(new) or '—'}")
    for name, start, end in getattr(score, "cut", []):
        text = score.side[name].text
        print(f"\nspan cuts a word: {name} …{text[max(0, start - 6):start]}"
              f"〔{text[start:end]}〕{text[end:end + 6]}…")
    for fault in score.reading.faults:
        print(f"\nchange list: {fault}")


def read_text(path):
    with open(path, encoding="utf-8", newline="") as handle:
        return handle.read()


def run_engine(program, directory):
    paths = [os.path.join(directory, f"{n}.md") for n in SIDES]
    done = subprocess.run([program, "diff", "--json", *paths],
                          capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"score: {program} ended with {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def score_directory(directory, changes, words):
    truth = json.loads(read_text(os.path.join(directory, "truth.json")))
    texts = [read_text(os.path.join(directory, f"{n}.md")) for n in SIDES]
    return Score(truth, Reading(*texts, truth, changes), words)


def report(score):
    """Everything as one JSON object."""
    missed = [{"id": r["edit"]["id"], "kind": r["edit"]["kind"], "group": r["edit"]["group"],
               "old": r["edit"]["old"], "new": r["edit"]["new"],
               "old_articles": r["edit"]["old_articles"],
               "new_articles": r["edit"]["new_articles"], "reason": r["reason"]}
              for r in score.results if not r["named"]]
    summary = score.summary()
    return {"format": "kaitei-score/1", "measures": summary, "kinds": score.kinds(),
            "notation_groups": score.notation_groups(), "missed": missed,
            "missed_goals": missed_goals(summary, score.truth["articles"])}


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("directory", help="holds old.md, new.md, truth.json")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--engine", help="the kaitei program")
    source.add_argument("--diff", help="a change list made by kaitei diff --json")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--list", action="store_true", help="show every miss with both texts")
    parser.add_argument("--goals", action="store_true", help="end with 1 on a missed goal")
    return parser.parse_args(arguments)


def main(arguments=None):
    options = parse(arguments)
    if options.diff:
        changes = json.loads(read_text(options.diff))
    else:
        changes = run_engine(options.engine, options.directory)
    score = score_directory(options.directory, changes, segmenter(options.engine))
    result = report(score)
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        print_table(result["measures"], score.truth["articles"])
        print_kinds(result["kinds"], result["notation_groups"])
        if options.list:
            for entry in score.results:
                if not entry["named"]:
                    list_edit(score, entry)
            list_faults(score)
            list_strays(score)
        for words in result["missed_goals"] if options.goals else []:
            print(f"missed goal: {words}")
    return 1 if options.goals and result["missed_goals"] else 0


if __name__ == "__main__":
    sys.exit(main())
