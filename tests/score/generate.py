#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Generate a regulation, its edited version, and the truth about both.

    generate.py --articles 300 --seed 1 [--hard | --all-changed] [--extended]
                [--kind joko|koban|prose] -o DIR

writes DIR/old.md, DIR/new.md and DIR/truth.json.  The same options give the same bytes.
The layout of truth.json is described in README.md.
"""

import argparse
import json
import os
import random
import sys

from drafting import Drafter, Linker
from edits import Shortage
from edits_more import FullEditor
from prose import ProseDrafter
from regulation import Writer

# Edits for 300 articles, in the order in which they are made (compare.md 2.1).
PLAIN = [
    ("split_article", 4), ("merge_articles", 4), ("deleted", 4), ("moved", 5),
    ("moved_edited", 3), ("inserted", 5), ("substitution", 12), ("number", 6),
    ("sentence_added", 5), ("sentence_removed", 4), ("item_inserted", 4),
    ("width", 8), ("okurigana", 8), ("caption", 3),
]
HARD = [("rewrite", 5), ("mixed", 8)]
EXTENDED = [
    ("paragraph_moved", 3), ("item_moved", 3), ("paragraph_inserted", 3),
    ("paragraph_deleted", 2), ("item_deleted", 2), ("commentary", 2),
    ("punctuation_style", 2), ("row_edited", 2), ("row_inserted", 2), ("row_deleted", 1),
]
APPENDED = [
    ("commentary_added", 2), ("commentary_removed", 2), ("commentary_moved", 2),
    ("row_moved", 1)]
# Where paragraphs are no entries of a list.
DIVIDED = [("paragraph_split", 3), ("paragraph_merged", 3)]
# References come last: they must know the final numbers.
REFERENCES = [("reference", 5)]
LATE = [("dangling", 3), ("left_behind", 3)]
# Prose cites other rules only.
PROSE = [("law", 5)]
PROSE_EXTENDED = [("lead", 3)]


def near_duplicates(rng, drafter, regulation, share):
    """Turn a share of the articles into copies of others with one or two other words."""
    articles = regulation.articles()
    places = [i for i, a in enumerate(articles) if not a.fixed]
    rng.shuffle(places)
    for at in places[:round(share * len(articles))]:
        source = articles[(at + rng.randint(2, 40)) % len(articles)]
        article = articles[at]
        if source is article or source.fixed:
            continue
        twin = source.copy()
        for piece in twin.pieces():
            piece.id = drafter.fresh()
        for node in twin.walk():
            node.id = drafter.fresh()
        words = [p for n in twin.children for p in n.pieces()
                 if p.role == "word" and p.slot in ("A", "O", "V", "P", "E")]
        for piece in rng.sample(words, min(len(words), rng.randint(1, 2))):
            choices = [w for w in drafter.words(piece.slot, piece.domain) if w != piece.text]
            piece.text = rng.choice(choices)
        article.children, article.comment = twin.children, []
        if regulation.kind != "prose":
            article.caption = twin.caption


def draft(rng, options):
    prose = options.kind == "prose"
    drafter = ProseDrafter(rng) if prose else Drafter(rng, options.kind)
    # As many as there are edits of rows: one beside another could be a third.
    tables = max(2, options.articles // 50) if options.extended else 0
    regulation = drafter.regulation(options.articles, tables)
    if options.hard:
        near_duplicates(rng, drafter, regulation, 0.15)
    linker = Linker(rng, regulation)
    for article in regulation.articles():
        linker.link(article)
    return drafter, regulation, linker.protected


def plan_of(options):
    """The edits and how many of each 300 articles get."""
    prose = options.kind == "prose"
    plan = PLAIN + (HARD if options.hard else [])
    if options.extended:
        plan = plan + EXTENDED + APPENDED + ([] if options.kind == "koban" else DIVIDED)
    if prose:
        return plan + PROSE + (PROSE_EXTENDED if options.extended else [])
    return plan + REFERENCES + (LATE if options.extended else [])


def make_edits(editor, options):
    if options.all_changed:
        editor.change_everything()
        return
    early = options.articles >= 60
    if early:
        editor.inserted(early=True)
        if options.extended and options.kind == "joko":
            editor.inserted(branch=True)
    for name, share in plan_of(options):
        count = round(share * options.articles / 300)
        for _ in range(count - early if name == "inserted" else count):
            try:
                getattr(editor, name)()
            except Shortage:
                print(f"generate: no article left for {name}", file=sys.stderr)
    if options.extended and options.kind != "prose":
        editor.supplement()


def clause_table(writer):
    """One row a clause: path, level, whole span, span of own text, other addresses."""
    rows = []
    view = writer.view
    for node in writer.regulation.nodes():
        rows.append({"path": view.path[node.id], "level": node.level,
                     "span": writer.spans[node.id], "own": writer.own.get(node.id),
                     "caption": writer.heads.get(node.id), "alias": view.alias.get(node.id, [])})
        if node.id in writer.comments:
            stem, span = view.path[node.id], writer.comments[node.id]
            rows.append({"path": stem + "解説", "level": "commentary", "span": span, "own": span,
                         "caption": None, "alias": [stem + "＞解説"]})
    return rows


def correspondence(editor, old, new):
    """The true map of articles, in the order of the new text, deleted ones last."""
    rows, done = [], set()
    for article in new.regulation.articles():
        ids_old, ids_new = [article.id], [article.id]
        if article.id in editor.merged:
            ids_old = editor.merged[article.id]
        elif article.id in editor.split:
            ids_new = editor.split[article.id]
        elif any(article.id == parts[1] for parts in editor.split.values()):
            continue
        ids_old = [i for i in ids_old if i in old.view.order]
        done.update(ids_old)
        rows.append({"old": [old.view.path[i] for i in ids_old],
                     "new": [new.view.path[i] for i in ids_new]})
    for article in old.regulation.articles():
        if article.id not in done:
            rows.append({"old": [old.view.path[article.id]], "new": []})
    return rows


def label_changes(old, new):
    """Labels that differ or stand on one side only, as pairs of spans."""
    pairs = []
    for node_id in sorted(set(old.labels) | set(new.labels)):
        before, after = old.labels.get(node_id), new.labels.get(node_id)
        texts = [w.view.label.get(node_id, "") for w in (old, new)]
        if texts[0] != texts[1]:
            kept = node_id in old.view.path and node_id in new.view.path
            pairs.append({"old": before, "new": after, "kept": kept})
    return pairs


def ranges(writer):
    """First reference of a range (第5条から第8条まで) → its second one."""
    found = {}
    for node in writer.regulation.nodes():
        for sentence in node.body:
            refs = [p for p in sentence if p.role == "ref"]
            found.update({one.id: two.id for one, two in zip(refs, refs[1:])
                          if one.slot == "Rfrom"})
    return found


def reference_span(writer, key, pairs):
    """Span and text of a reference; a range is one, its から and まで included."""
    start, end, text, _ = writer.refs[key]
    if key in pairs:
        last = writer.refs[pairs[key]]
        end, text = last[1] + len("まで"), f"{text}から{last[2]}まで"
    return [start, end], text


def reference_table(editor, old, new):
    """Every reference that stands in both texts, with what became of it."""
    edited = {e["id"]: e for e in editor.records}
    pieces = {p.id: p for n in new.regulation.nodes() for s in n.body + n.comment for p in s}
    pairs, rows = ranges(new), []
    for key in sorted((set(old.refs) & set(new.refs)) - set(pairs.values())):
        before, after = (reference_span(w, key, pairs) for w in (old, new))
        flags = [edited[e]["flag"] for e in pieces[key].edits if edited[e]["class"] == "reference"]
        fate = "same" if before[1] == after[1] else "followed"
        if flags:
            fate = flags[0].removeprefix("reference-")
        rows.append({"old": before[0], "new": after[0], "fate": fate,
                     "texts": [before[1], after[1]]})
    return rows


def brackets(edit, writer):
    """A caption that appears or goes with its article does so with its （ ）."""
    grouped = edit["kind"] in ("split", "merged")
    return 1 if grouped and writer.view.kind == "joko" else 0


def edit_table(editor, old, new):
    rows = []
    for edit in editor.records:
        row = {k: edit[k] for k in ("id", "kind", "group", "class", "flag")}
        for side, writer in (("old", old), ("new", new)):
            row[f"{side}_articles"] = [writer.view.path[i] for i in edit[f"{side}_ids"]]
            extra = brackets(edit, writer)
            row[side] = [{"path": path, "start": s - extra, "end": e + extra}
                         for s, e, path in writer.edits.get(edit["id"], [])]
        rows.append(row)
    return rows


def truth_of(editor, old, new, options):
    return {
        "format": "kaitei-truth/1", "articles": options.articles, "seed": options.seed,
        "kind": options.kind, "variant": variant(options), "extended": options.extended,
        "old": {"length": old.plain_length, "clauses": clause_table(old)},
        "new": {"length": new.plain_length, "clauses": clause_table(new)},
        "correspondence": correspondence(editor, old, new),
        "labels": label_changes(old, new), "references": reference_table(editor, old, new),
        "edits": edit_table(editor, old, new)}


def variant(options):
    if options.all_changed:
        return "all-changed"
    return "hard" if options.hard else "plain"


def write_file(directory, name, text):
    with open(os.path.join(directory, name), "w", encoding="utf-8", newline="\n") as out:
        out.write(text)


def build(options):
    """Draft, edit and write out; returns the editor and the two writers."""
    rng = random.Random(f"{options.seed}/{options.articles}/{options.kind}/{variant(options)}")
    drafter, regulation, protected = draft(rng, options)
    editor = FullEditor(rng, drafter, regulation, protected)
    make_edits(editor, options)
    front = (f"---\nid: mihon-kitei\ntitle: {regulation.title}\n"
             f"kind: {regulation.title[-2:]}\nstyle: 見本\n---\n\n")
    return editor, Writer(editor.old, front), Writer(editor.new, front)


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=("joko", "koban", "prose"), default="joko")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--hard", action="store_true",
                       help="near-duplicates, mixed edits, heavy rewrites")
    group.add_argument("--all-changed", action="store_true",
                       help="one other word in every paragraph, nothing else")
    parser.add_argument("--extended", action="store_true",
                        help="paragraphs and items moved, tables, 附則, commentary, "
                             "references left behind")
    parser.add_argument("-o", dest="directory", required=True)
    return parser.parse_args(arguments)


def write_set(options):
    """Write the three files; returns the truth."""
    editor, old, new = build(options)
    truth = truth_of(editor, old, new, options)
    os.makedirs(options.directory, exist_ok=True)
    write_file(options.directory, "old.md", old.raw)
    write_file(options.directory, "new.md", new.raw)
    write_file(options.directory, "truth.json",
               json.dumps(truth, ensure_ascii=False, separators=(",", ":")) + "\n")
    return truth


def main(arguments=None):
    options = parse(arguments)
    truth = write_set(options)
    print(f"{len(truth['edits'])} edits, {truth['old']['length']} and "
          f"{truth['new']['length']} characters of plain text")


if __name__ == "__main__":
    main()
