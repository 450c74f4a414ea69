# SPDX-License-Identifier: MIT
"""Turns a change list (`kaitei diff --json`) into one letter per plain character.

`=` unchanged, `x` changed, `m` moved, `n` notation only, `r` a number or reference
called followed.  Beside the letter stands the class the engine gave.
Places come from the addresses of truth.json and the texts of the change list; what
cannot be found in the document is counted and shown, never guessed.
"""

import re
from bisect import bisect_right

from plain import Plain, squeeze

QUIET = {"reference-followed", "followed", "renumbered", "label"}
# Clauses without an address of their own: theirs is that of the clause they stand in.
UNCITED = {"text", "bullet", "cell", "row"}
BLOCK = 256                 # characters a drawer of the index of clauses
SUFFIX = re.compile(r"(見出し|本文|ただし書|前段|後段|各号列記以外の部分|解説)$")


def bare(name):
    return (name or "").removeprefix("reference-")


class Side:
    """One of the two documents, its clauses and what was marked in it."""

    def __init__(self, raw, truth):
        self.plain = Plain(raw)
        self.text = self.plain.text
        if len(self.text) != truth["length"]:
            raise ValueError("truth.json does not belong to this text")
        self.clauses = truth["clauses"]
        self.by_path = {}
        for row in self.clauses:
            for path in [row["path"], *row["alias"]]:
                self.by_path.setdefault(path, row)
        self.articles = [r for r in self.clauses if r["level"] == "article"]
        self.texts = sorted(r["own"] for r in self.clauses if r["own"])
        self.starts = [r["span"][0] for r in self.articles]
        self.letters = ["="] * len(self.text)
        self.why = [""] * len(self.text)

    def article_at(self, place):
        index = bisect_right(self.starts, place) - 1
        if index >= 0 and place < self.articles[index]["span"][1]:
            return self.articles[index]
        return None

    def row(self, path):
        """(clause, whether the address was understood whole)."""
        if path in self.by_path:
            return self.by_path[path], True
        stem = SUFFIX.sub("", path)
        while stem:
            if stem in self.by_path:
                return self.by_path[stem], False
            stem = stem[:-1]
        return None, False

    def article_of(self, path):
        row, _ = self.row(path)
        return self.article_at(row["span"][0]) if row else None

    def ranges(self, path):
        """Where the text of an address may stand, the likeliest first."""
        row, _ = self.row(path)
        if row is None:
            return [[0, len(self.text)]]
        found = []
        if path.endswith("見出し") and row["caption"]:
            return [row["caption"]]
        if row["own"]:
            found.append(row["own"])
        found.append(row["span"])
        article = self.article_at(row["span"][0])
        if article:
            found.append(article["span"])
        return found

    def find(self, path, text):
        """Plain indices of a text, None for a character not found."""
        wanted = squeeze(text)
        for start, end in self.ranges(path):
            at = self.text.find(wanted, start, end)
            if at >= 0:
                return list(range(at, at + len(wanted)))
        return self._find_by_lines(path, text)

    def _find_by_lines(self, path, text):
        """Labels or syntax may be missing between the lines of a longer text."""
        ranges = self.ranges(path)
        start, end = ranges[min(1, len(ranges) - 1)]
        places = []
        for part in re.split(r"[\n\t|]+", text):
            wanted = squeeze(part)
            at = self.text.find(wanted, start, end)
            if at < 0:
                places.extend([None] * len(wanted))
            else:
                places.extend(range(at, at + len(wanted)))
                start = at + len(wanted)
        return places

    def paint(self, places, letter, why):
        for place in places:
            if place is not None:
                self.letters[place] = letter
                self.why[place] = why


class Reading:
    """A change list painted on both documents."""

    def __init__(self, old_raw, new_raw, truth, changes):
        self.sides = {"old": Side(old_raw, truth["old"]), "new": Side(new_raw, truth["new"])}
        self.changes = changes.get("changes", [])
        self.correspondence = changes.get("correspondence", [])
        self.faults = []            # where the change list breaks its contract
        self.flagged = {"old": {}, "new": {}}   # block → (start, end, flags, class, kind)
        for change in sorted(self.changes, key=self._size, reverse=True):
            self._paint_change(change)
        self.moves = self._reported_moves()
        self.groups = {k: self._reported_groups(k) for k in ("split", "merged")}
        self.parts = {k: self._reported_parts(k) for k in ("split", "merged")}

    @staticmethod
    def _row_of(side, entry, change):
        """The clause an entry is, not only stands in, or None."""
        row, exact = side.row(entry["path"])
        return row if exact and change.get("level") not in UNCITED else None

    def _size(self, change):
        """Larger clauses first: what is said of a smaller one is painted over them."""
        sizes = [0]
        for name, side in self.sides.items():
            for entry in change.get(name, []):
                row = self._row_of(side, entry, change)
                if row:
                    sizes.append(row["span"][1] - row["span"][0])
        return max(sizes)

    def fault(self, change, words):
        paths = [e["path"] for n in ("old", "new") for e in change.get(n, [])]
        self.faults.append(f"{words}: {change.get('kind')} {' '.join(paths)}")

    def _paint_change(self, change):
        kind, cls = change.get("kind"), change.get("class", "")
        self._note_flags(change)
        if kind in ("added", "deleted", "moved"):
            letter = "m" if kind == "moved" else "x"
            for name, side in self.sides.items():
                for entry in change.get(name, []):
                    side.paint(self._whole(side, entry, change), letter, kind)
        if change.get("spans"):
            self._paint_spans(change)
        elif kind in ("modified", "split", "merged") and self._texts_differ(change):
            if kind == "modified":
                self._paint_all(change, "n" if cls == "notation" else "x", cls)

    def _note_flags(self, change):
        flags = {bare(f) for f in change.get("flags", [])}
        for name, side in self.sides.items():
            for entry in change.get(name, []):
                places = [p for p in self._places(side, entry, change, False) if p is not None]
                if places:
                    row = (min(places), max(places) + 1, flags, change.get("class", ""),
                           change.get("kind"))
                    for block in range(row[0] // BLOCK, (row[1] - 1) // BLOCK + 1):
                        self.flagged[name].setdefault(block, []).append(row)

    def said_over(self, name, start, end):
        """What the changes say whose clause holds a stretch: flags, class, kind."""
        return [row[2:] for row in self.flagged[name].get(start // BLOCK, ())
                if row[0] <= start and end <= row[1]]

    def _whole(self, side, entry, change):
        """All of a clause with its label and what is below it."""
        row = self._row_of(side, entry, change)
        if row:
            return range(*row["span"])
        return self._places(side, entry, change, True)

    def _places(self, side, entry, change, report):
        places = side.find(entry["path"], entry.get("text", ""))
        if None in places and report:
            self.fault(change, "text not found in the document")
        return places

    def _texts_differ(self, change):
        texts = ["".join(squeeze(e.get("text", "")) for e in change.get(n, []))
                 for n in ("old", "new")]
        return texts[0] != texts[1]

    def _paint_all(self, change, letter, why):
        self.fault(change, "texts differ but there are no spans")
        for name, side in self.sides.items():
            for entry in change.get(name, []):
                side.paint(self._places(side, entry, change, True), letter, why)

    def _paint_spans(self, change):
        for name, op in (("old", "-"), ("new", "+")):
            side, places = self.sides[name], []
            for entry in change.get(name, []):
                places.extend(self._places(side, entry, change, True))
            joined = "".join(squeeze(s["text"]) for s in change["spans"] if s["op"] in ("=", op))
            text = "".join(squeeze(e.get("text", "")) for e in change.get(name, []))
            if joined != text:
                self.fault(change, f"spans do not give the {name} text")
                continue
            self._walk(side, places, change, op)

    def _walk(self, side, places, change, op):
        at = 0
        for span in change["spans"]:
            if span["op"] not in ("=", op):
                continue
            length = len(squeeze(span["text"]))
            if span["op"] == op:
                letter, why = self._letter(span, change)
                side.paint(places[at:at + length], letter, why)
            at += length

    def _letter(self, span, change):
        why = span.get("class") or change.get("class", "")
        paths = [e["path"] for n in ("old", "new") for e in change.get(n, [])]
        if change.get("class") == "caption" or any(p.endswith("見出し") for p in paths):
            if why not in ("notation", "reference-followed"):
                why = "caption"
        if why == "notation":
            return "n", why
        return ("r" if why in QUIET else "x"), bare(why)

    # What is said of whole articles

    def _article_paths(self, change, name):
        side = self.sides[name]
        rows = [side.article_of(e["path"]) for e in change.get(name, [])]
        return tuple(dict.fromkeys(r["path"] for r in rows if r))

    def _of_articles(self, change):
        for name, side in self.sides.items():
            for entry in change.get(name, []):
                row = self._row_of(side, entry, change)
                if not row or row["level"] != "article":
                    return False
        return bool(change.get("old")) and bool(change.get("new"))

    def _reported_moves(self):
        found = set()
        for change in self.changes:
            if change.get("kind") == "moved" and self._of_articles(change):
                found.add((self._article_paths(change, "old"), self._article_paths(change, "new")))
        return found

    def _reported_groups(self, kind):
        found = set()
        for change in self.changes:
            if change.get("kind") == kind:
                sets = self._article_paths(change, "old"), self._article_paths(change, "new")
                if len(sets[0]) > 1 or len(sets[1]) > 1:
                    found.add(sets)
        return found

    def _reported_parts(self, kind):
        """Where the clauses below articles stand that were divided or united."""
        found = []
        for change in self.changes:
            if change.get("kind") != kind or self._of_articles(change):
                continue
            stretches = {n: [] for n in self.sides}
            for name, side in self.sides.items():
                for entry in change.get(name, []):
                    places = self._places(side, entry, change, True)
                    if places and None not in places:
                        stretches[name].append((places[0], places[-1] + 1))
            if all(stretches.values()):
                found.append(stretches)
        return found

    def quiet_to_loud(self, free):
        """What is called followed where nothing shifted is a change like any other."""
        for name, side in self.sides.items():
            for place, letter in enumerate(side.letters):
                if letter == "r" and not free[name][place]:
                    side.letters[place] = "x"
