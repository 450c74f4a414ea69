#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Generate and score several sets in one go, a line each.

    suite.py --engine build/src/cli/kaitei --articles 300 3000 --seeds 1 2 3

ends with 1 when any set misses a goal; the missed goals follow the table.
"""

import argparse
import os
import sys
import tempfile

import generate
import score
from words import segmenter

SETS = {"plain": [], "hard": ["--hard"], "extended": ["--hard", "--extended"],
        "koban": ["--kind", "koban", "--hard", "--extended"],
        "prose": ["--kind", "prose", "--extended"],
        "prose-hard": ["--kind", "prose", "--hard", "--extended"]}
COLUMNS = [("named", "named"), ("located", "located"), ("extended_named", "ext."),
           ("clean_articles", "clean"), ("marked_true", "mk/true"), ("move_recall", "mv rec"),
           ("move_precision", "mv prec"), ("groups_named", "groups"),
           ("groups_precision", "gr prec"), ("notation_recall", "notat."),
           ("false_notation", "false"), ("references_right", "refs"),
           ("span_edges", "edges"), ("spans_per_edit", "sp/ed")]
FIGURES = {"marked_true", "spans_per_edit", "false_notation"}


def cell(key, value):
    if value is None:
        return "-"
    return f"{value:.3g}" if key in FIGURES else f"{100 * value:.1f}"


def run_one(engine, name, articles, seed, words):
    with tempfile.TemporaryDirectory() as directory:
        arguments = ["--articles", str(articles), "--seed", str(seed), *SETS[name]]
        generate.write_set(generate.parse([*arguments, "-o", directory]))
        changes = score.run_engine(os.path.abspath(engine), directory)
        return score.report(score.score_directory(directory, changes, words))


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--articles", type=int, nargs="+", default=[300])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--sets", choices=SETS, nargs="+", default=["plain", "hard"])
    return parser.parse_args(arguments)


def main(arguments=None):
    options = parse(arguments)
    words, missed = segmenter(options.engine), []
    print(f"{'set':22}" + "".join(f"{title:>8}" for _, title in COLUMNS))
    for articles in options.articles:
        for name in options.sets:
            for seed in options.seeds:
                result = run_one(options.engine, name, articles, seed, words)
                title = f"{name} {articles} seed {seed}"
                cells = (cell(key, result["measures"][key]) for key, _ in COLUMNS)
                print(f"{title:22}" + "".join(f"{c:>8}" for c in cells), flush=True)
                missed += [f"{title}: {goal}" for goal in result["missed_goals"]]
    for line in missed:
        print(f"missed goal: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
