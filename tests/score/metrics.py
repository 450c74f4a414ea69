# SPDX-License-Identifier: MIT
"""The measures of compare.md 2.2, taken from a change list painted on both texts."""

from bisect import bisect_left, bisect_right

from marks import bare

BODY_KINDS = ("deleted", "inserted")
ONE_SIDED = {"sentence-added", "sentence-removed", "item-inserted", "item-deleted",
             "paragraph-inserted", "paragraph-deleted", "row-inserted", "row-deleted",
             "supplement-inserted", "commentary-added", "commentary-removed"}
MOVED = {"moved", "moved-edited"}
INNER_MOVES = {"paragraph-moved", "item-moved", "commentary-moved", "row-moved"}
GROUPED = {"split": "split", "merged": "merged"}
DIVIDED = {"paragraph-split": "split", "paragraph-merged": "merged"}
NOTATION = {"width", "okurigana", "mixed-notation", "punctuation-style"}
EDGE_KINDS = {"substitution", "number", "width", "okurigana",
              "mixed-substitution", "mixed-notation"}
EXTENDED = {"paragraph-moved", "item-moved", "paragraph-inserted", "paragraph-deleted",
            "item-deleted", "commentary", "punctuation-style", "row-edited", "row-inserted",
            "row-deleted", "dangling", "left-behind", "supplement-date",
            "supplement-inserted", "paragraph-split", "paragraph-merged",
            "commentary-added", "commentary-removed", "commentary-moved", "row-moved", "lead"}
LOOSE = 8                   # characters that may be marked beside an edit
SIDES = ("old", "new")


class Score:
    def __init__(self, truth, reading, words=None):
        self.truth, self.reading, self.words = truth, reading, words
        self.side = reading.sides
        self.edit_mask = {n: [False] * len(self.side[n].text) for n in SIDES}
        self.free = {n: [False] * len(self.side[n].text) for n in SIDES}
        self._lay_truth()
        reading.quiet_to_loud(self.free)
        self.results = [self._judge(edit) for edit in truth["edits"]]

    def _lay_truth(self):
        for edit in self.truth["edits"]:
            for name in SIDES:
                for span in edit[name]:
                    self._set(self.edit_mask[name], span["start"], span["end"])
        rows = self.truth["labels"] + [
            r for r in self.truth["references"] if r["fate"] == "followed"]
        for row in rows:
            for name in SIDES:
                if row[name]:
                    self._set(self.free[name], *row[name])

    @staticmethod
    def _set(mask, start, end):
        mask[start:end] = [True] * (end - start)

    def letters(self, name, start, end):
        return self.side[name].letters[start:end]

    # One edit

    def _judge(self, edit):
        """{located, named, why not} of one edit."""
        located = named = None
        kind = edit["kind"]
        if kind in MOVED:
            named, reason = self._moved(edit)
        elif kind in INNER_MOVES:
            named, reason = self._share_marked(edit, "m", 0.9)
        elif kind in BODY_KINDS:
            named, reason = self._share_marked(edit, "x", 0.9)
        elif kind in GROUPED:
            named, reason = self._grouped(edit)
        elif kind in DIVIDED:
            named, reason = self._divided(edit)
        else:
            located, reason = self._located(edit)
            named = located
            if located or self._same_words(edit):
                named, reason = self._right_name(edit)
                located = located or named
        return {"edit": edit, "located": located, "named": named, "reason": reason}

    def _homes(self, edit, name):
        """The ranges an edit lies in: its articles, the appended table or 附則, or the
        words below the heading of a chapter."""
        side, homes = self.side[name], []
        for path in edit[f"{name}_articles"]:
            homes.append(side.by_path[path]["span"])
        if not homes:
            for span in edit[name]:
                homes += [r["own" if r["level"] == "chapter" else "span"] for r in side.clauses
                          if r["level"] in ("table", "supplement", "chapter")
                          and r["span"][0] <= span["start"] < r["span"][1]]
        return homes

    def _beside(self, edit, name):
        """Characters marked in the article outside every edit and every number."""
        letters, mask, free = (self.side[name].letters, self.edit_mask[name], self.free[name])
        return sum(1 for start, end in self._homes(edit, name) for i in range(start, end)
                   if letters[i] in "xm" and not mask[i] and not free[i])

    def _same_words(self, edit):
        """A reference that means something else in the same words bears no mark."""
        old, new = ("".join(self.side[n].text[s["start"]:s["end"]] for s in edit[n])
                    for n in SIDES)
        return edit["class"] == "reference" and old == new

    def _located(self, edit):
        reason = "no mark on every place of the edit"
        for name in SIDES:
            spans = edit[name]
            if not spans:
                continue
            if edit["kind"] in ONE_SIDED:
                hit = self._share(edit, name, "x") >= 0.8
                reason = "less than 80 % of the text marked changed"
            else:
                hit = all(set("xn") & set(self.letters(name, s["start"], s["end"]))
                          for s in spans)
            if hit:
                beside = max(self._beside(edit, n) for n in SIDES)
                if beside <= LOOSE:
                    return True, ""
                reason = f"{beside} characters marked beside the edit"
        return False, reason

    def _marks(self, edit):
        return "".join("".join(self.letters(n, s["start"], s["end"]))
                       for n in SIDES for s in edit[n])

    def _right_name(self, edit):
        marks, kind = self._marks(edit), edit["kind"]
        if kind in NOTATION:
            if "x" in marks:
                return False, "called a change of substance"
            return ("n" in marks), "not called notation"
        if edit["class"] == "reference":
            said = self._said_of(edit)
            right = bare(edit["flag"]) in said
            return right, "called " + (", ".join(sorted(said)) or "nothing")
        if "x" not in marks:
            return False, "called notation"
        if edit["class"] == "caption":
            return "caption" in self._whys(edit), "not called a caption"
        return True, ""

    def _whys(self, edit):
        return {self.side[n].why[i] for n in SIDES for s in edit[n]
                for i in range(s["start"], s["end"])} - {""}

    def _flags_over(self, edit):
        flags = set()
        for name in SIDES:
            for span in edit[name]:
                for names, _, _ in self.reading.said_over(name, span["start"], span["end"]):
                    flags |= names
        return flags

    def _said_of(self, edit):
        """What is said of a reference: by its spans, else by flags of its clause."""
        fates = {"followed", "retargeted", "dangling"}
        said = self._whys(edit)
        return said if said else self._flags_over(edit) & fates

    def _share(self, edit, name, letter):
        total = sum(s["end"] - s["start"] for s in edit[name])
        marked = sum(self.letters(name, s["start"], s["end"]).count(letter)
                     for s in edit[name])
        return marked / total if total else 0.0

    def _share_marked(self, edit, letter, least):
        shares = [self._share_free(edit, n, letter) for n in SIDES if edit[n]]
        low = min(shares)
        return low >= least, f"{100 * low:.0f} % marked {letter}"

    def _share_free(self, edit, name, letter):
        """Share of a letter among characters that are no shifted number."""
        places = [i for s in edit[name] for i in range(s["start"], s["end"])
                  if not self.free[name][i]]
        marked = sum(self.side[name].letters[i] == letter for i in places)
        return marked / len(places) if places else 0.0

    def _body(self, name, path):
        side = self.side[name]
        row = side.by_path[path]
        start = row["caption"][1] if row["caption"] else row["span"][0]
        return [i for i in range(start, row["span"][1]) if not self.free[name][i]]

    def _moved(self, edit):
        shares = []
        for name in SIDES:
            body = self._body(name, edit[f"{name}_articles"][0])
            letters = self.side[name].letters
            shares.append(sum(letters[i] == "m" for i in body) / len(body))
        least = 0.5 if edit["kind"] == "moved-edited" else 0.9
        return min(shares) >= least, f"{100 * min(shares):.0f} % marked moved"

    def _grouped(self, edit):
        wanted = tuple(edit["old_articles"]), tuple(edit["new_articles"])
        reported = self.reading.groups[GROUPED[edit["kind"]]]
        if not any(_same_sets(wanted, r) for r in reported):
            return False, f"not reported as {edit['kind']} of exactly these articles"
        listed = [(tuple(c["old"]), tuple(c["new"])) for c in self.reading.correspondence]
        if not any(_same_sets(wanted, r) for r in listed):
            return False, "reported, but not so in the correspondence"
        return True, ""

    def _divided(self, edit):
        """A paragraph that became two, or two that became one, in the same words."""
        kind, count = DIVIDED[edit["kind"]], {"old": 1, "new": 2}
        if kind == "merged":
            count = {"old": 2, "new": 1}
        if not any(all(len(said[n]) == count[n] and self._covers(n, edit, said[n]) for n in SIDES)
                   for said in self.reading.parts[kind]):
            return False, f"not reported as {kind} of exactly these paragraphs"
        return "x" not in self._marks_but_labels(edit), "words marked changed"

    def _covers(self, name, edit, stretches):
        """Do the stretches reach from the first of the edit's to its last, labels apart?"""
        texts, begin = self.side[name].texts, min(s["start"] for s in edit[name])
        words = texts[bisect_left(texts, [begin, 0])][0]
        return (begin <= min(s for s, _ in stretches) <= words
                and max(e for _, e in stretches) == max(s["end"] for s in edit[name]))

    def _marks_but_labels(self, edit):
        return "".join(self.side[n].letters[i] for n in SIDES for s in edit[n]
                       for i in range(s["start"], s["end"]) if not self.free[n][i])

    # Everything

    def kinds(self):
        table = {}
        for result in self.results:
            row = table.setdefault(result["edit"]["kind"],
                                   {"edits": 0, "named": 0, "in_place": 0, "located": 0})
            row["edits"] += 1
            row["named"] += bool(result["named"])
            row["in_place"] += result["located"] is not None
            row["located"] += bool(result["located"])
        return table

    def notation_groups(self):
        table = {}
        for result in self.results:
            if result["edit"]["kind"] in NOTATION:
                row = table.setdefault(result["edit"]["group"], [0, 0])
                row[0] += bool(result["named"])
                row[1] += 1
        return table

    def summary(self):
        base = [r for r in self.results if r["edit"]["kind"] not in EXTENDED]
        more = [r for r in self.results if r["edit"]["kind"] in EXTENDED]
        out = {"edits": len(base), "named": _share_of(base, "named"),
               "located": _share_of([r for r in base if r["located"] is not None], "located"),
               "extended_edits": len(more), "extended_named": _share_of(more, "named")}
        out.update(self.noise())
        out.update(self.volume())
        out.update(self.moves())
        out.update(self.groups())
        out.update(self.notation())
        out.update(self.references())
        out.update(self.classes())
        out.update(self.article_map())
        out.update(self.edges())
        out["contract_faults"] = len(self.reading.faults)
        return out

    def _clean_pairs(self):
        edited = {n: {p for e in self.truth["edits"] for p in e[f"{n}_articles"]} for n in SIDES}
        for row in self.truth["correspondence"]:
            if len(row["old"]) == 1 and len(row["new"]) == 1:
                if row["old"][0] not in edited["old"] and row["new"][0] not in edited["new"]:
                    yield row["old"][0], row["new"][0]

    def _noisy(self, name, path, body):
        side, row = self.side[name], self.side[name].by_path[path]
        start = row["caption"][1] if body and row["caption"] else row["span"][0]
        return sum(side.letters[i] in "xmn" and not self.free[name][i]
                   for i in range(start, row["span"][1]))

    def noise(self):
        clean = clean_body = total = marked = length = 0
        self.dirty = []
        for pair in self._clean_pairs():
            noisy = [self._noisy(n, p, False) for n, p in zip(SIDES, pair)]
            body = [self._noisy(n, p, True) for n, p in zip(SIDES, pair)]
            if any(noisy):
                self.dirty.append((*pair, sum(noisy)))
            total, marked = total + 1, marked + sum(noisy)
            clean, clean_body = clean + (not any(noisy)), clean_body + (not any(body))
            for name, path in zip(SIDES, pair):
                start, end = self.side[name].by_path[path]["span"]
                length += end - start
        return {"clean_articles": _ratio(clean, total), "clean_bodies": _ratio(clean_body, total),
                "noise_characters": _ratio(marked, length, 0.0), "untouched_articles": total}

    def volume(self):
        marked = sum(s.letters.count("x") for s in self.side.values())
        true = sum(s["end"] - s["start"] for e in self.truth["edits"]
                   if e["kind"] not in INNER_MOVES and e["kind"] not in DIVIDED for n in SIDES for s in e[n])
        stray = sum(letter == "x" and not self.edit_mask[n][i] and not self.free[n][i]
                    for n in SIDES for i, letter in enumerate(self.side[n].letters))
        rows = [r for r in self.truth["labels"] if r["kept"]]
        rows += [r for r in self.truth["references"] if r["fate"] == "followed"]
        shown = sum(any("x" in self.letters(n, *r[n]) for n in SIDES if r[n]) for r in rows)
        return {"marked_true": _ratio(marked, true, 0.0), "stray_change_characters": stray,
                "renumber_shown": _ratio(shown, len(rows), 0.0), "renumbered": len(rows)}

    def moves(self):
        true = {(tuple(e["old_articles"]), tuple(e["new_articles"]))
                for e in self.truth["edits"] if e["kind"] in MOVED}
        found = self.reading.moves
        self.false_moves = sorted(found - true)
        return {"move_recall": _ratio(len(found & true), len(true)),
                "move_precision": _ratio(len(found & true), len(found)),
                "true_moves": len(true), "reported_moves": len(found)}

    def groups(self):
        edits = [r for r in self.results if r["edit"]["kind"] in GROUPED]
        true = {(tuple(sorted(r["edit"]["old_articles"])), tuple(sorted(r["edit"]["new_articles"])))
                for r in edits}
        found = {(tuple(sorted(o)), tuple(sorted(n)))
                 for g in self.reading.groups.values() for o, n in g}
        self.false_groups = sorted(found - true)
        return {"groups_named": _share_of(edits, "named"),
                "groups_precision": _ratio(len(found & true), len(found)),
                "true_groups": len(true), "reported_groups": len(found)}

    def notation(self):
        edits = [r for r in self.results if r["edit"]["kind"] in NOTATION]
        self.mistaken = [r["edit"] for r in self.results if self._taken_for_notation(r["edit"])]
        stray = sum(letter == "n" and not self.edit_mask[n][i]
                    for n in SIDES for i, letter in enumerate(self.side[n].letters))
        return {"notation_recall": _share_of(edits, "named"), "notation_edits": len(edits),
                "false_notation": len(self.mistaken), "stray_notation_characters": stray}

    def _taken_for_notation(self, edit):
        """A change of meaning shown as notation, by its marks or by its clause."""
        if edit["class"] not in ("substance", "reference", "caption") or edit["kind"] in MOVED:
            return False
        marks = self._marks(edit)
        if "n" in marks and "x" not in marks:
            return True
        return any(cls == "notation" and kind == "modified" for n in SIDES for s in edit[n]
                   for _, cls, kind in self.reading.said_over(n, s["start"], s["end"]))

    def references(self):
        right = changed = alarms = 0
        self.wrong_references = []
        for row in self.truth["references"]:
            edit = {n: [{"start": row[n][0], "end": row[n][1]}] for n in SIDES}
            if row["fate"] == "same":
                if {"retargeted", "dangling"} & self._whys(edit):
                    alarms += 1
                    self.wrong_references.append((row, self._whys(edit)))
                continue
            changed += 1
            said = self._said_of(edit)
            good = row["fate"] in said and not said - {row["fate"], "moved"}
            right += good
            if not good:
                self.wrong_references.append((row, said))
        return {"references_right": _ratio(right, changed), "changed_references": changed,
                "false_reference_alarms": alarms}

    def classes(self):
        """Modality, quantity and actor named as such, among edits that are."""
        right = total = 0
        for edit in self.truth["edits"]:
            if edit["flag"] in ("modality", "quantity", "actor") and edit["kind"] not in EXTENDED:
                total += 1
                right += edit["flag"] in self._whys(edit) | self._flags_over(edit)
        return {"classes_right": _ratio(right, total), "classed_edits": total}

    def article_map(self):
        listed = [(tuple(c["old"]), tuple(c["new"])) for c in self.reading.correspondence]
        true = [(tuple(c["old"]), tuple(c["new"])) for c in self.truth["correspondence"]]
        lookup = {_sorted_sets(c) for c in listed}
        self.unmapped = [c for c in true if _sorted_sets(c) not in lookup]
        doubles = sum(self._times(listed, n) for n in (0, 1))
        return {"article_map": _ratio(len(true) - len(self.unmapped), len(true)),
                "articles_listed_twice": doubles}

    @staticmethod
    def _times(listed, number):
        seen, doubles = set(), 0
        for row in listed:
            for path in row[number]:
                doubles += path in seen
                seen.add(path)
        return doubles

    # Edges of spans

    def edges(self):
        edits = [e for e in self.truth["edits"] if e["kind"] in EDGE_KINDS]
        runs = [(n, s, e) for n in SIDES
                for path in dict.fromkeys(p for x in edits for p in x[f"{n}_articles"])
                for s, e in self._runs(n, path)]
        out = {"edge_edits": len(edits), "edge_spans": len(runs),
               "spans_per_edit": _ratio(len(runs), len(edits), 0.0), "span_edges": None,
               "word_source": None}
        if self.words:
            self.cut, known = [], {}
            good = sum(self._on_edges(n, s, e, known) for n, s, e in runs)
            out.update(span_edges=_ratio(good, len(runs)), word_source=self.words.name)
        return out

    def _runs(self, name, path):
        """Maximal runs of x or n in an article, shifted numbers apart."""
        side = self.side[name]
        start, end = side.by_path[path]["span"]
        at = start
        while at < end:
            letter = side.letters[at]
            if letter not in "xn" or self.free[name][at]:
                at += 1
                continue
            begin = at
            while at < end and side.letters[at] == letter and not self.free[name][at]:
                at += 1
            yield begin, at

    def _clause_of(self, name, place):
        side = self.side[name]
        at = bisect_right(side.texts, place, key=lambda own: own[0]) - 1
        if at >= 0 and place < side.texts[at][1]:
            return side.texts[at]
        return side.article_at(place)["caption"]

    def _word_ends(self, name, own, known):
        """Plain offsets of the word edges of a clause's own text."""
        key = (name, own[0])
        if key not in known:
            plain = self.side[name].plain
            first = plain.places[own[0]]
            text = plain.raw[first:plain.places[own[1] - 1] + 1]
            ends = self.words.ends(text)
            known[key] = {i for i in range(own[0], own[1])
                          if plain.places[i] - first in ends} | {own[1]}
        return known[key]

    def _on_edges(self, name, start, end, known):
        first, last = self._clause_of(name, start), self._clause_of(name, end - 1)
        good = (start in self._word_ends(name, first, known)
                and end in self._word_ends(name, last, known))
        if not good:
            self.cut.append((name, start, end))
        return good


def _sorted_sets(pair):
    return tuple(sorted(pair[0])), tuple(sorted(pair[1]))


def _same_sets(one, other):
    return _sorted_sets(one) == _sorted_sets(other)


def _ratio(part, whole, empty=None):
    """A share; None where there is nothing to share out."""
    return part / whole if whole else empty


def _share_of(results, key):
    return _ratio(sum(bool(r[key]) for r in results), len(results))
