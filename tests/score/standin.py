# SPDX-License-Identifier: MIT
"""A stand-in for the engine: the change list of someone who knows every edit.

Used by test_score.py alone.  It takes the two trees of the generator, not the texts,
so that what it says is right by construction; the tests then spoil it on purpose.
"""

from difflib import SequenceMatcher

from plain import Plain


class StandIn:
    def __init__(self, editor, old, new):
        self.editor = editor
        self.writer = {"old": old, "new": new}
        self.plain = {n: Plain(w.raw) for n, w in self.writer.items()}
        self.nodes = {n: {node.id: node for node in w.regulation.nodes()}
                      for n, w in self.writer.items()}
        self.edits = {e["id"]: e for e in editor.records}
        self.changes = []
        self.divided = set()        # paragraphs that became two or one

    def answer(self, correspondence):
        self._articles()
        for key in sorted(set(self.nodes["old"]) | set(self.nodes["new"])):
            self._clause(key)
        return {"format": "kaitei-diff/1", "correspondence": correspondence,
                "changes": self.changes}

    def entry(self, side, key, span=None, suffix=""):
        writer, plain = self.writer[side], self.plain[side]
        start, end = span or writer.spans[key]
        raw = plain.raw[plain.places[start]:plain.places[end - 1] + 1] if end > start else ""
        return {"path": writer.view.path[key] + suffix, "text": raw}

    def put(self, kind, cls, old=(), new=(), spans=None, flags=(), level=""):
        change = {"kind": kind, "class": cls, "flags": list(flags), "level": level,
                  "old": list(old), "new": list(new)}
        if spans:
            change["spans"] = spans
        self.changes.append(change)

    def _articles(self):
        for edit in self.editor.records:
            old = [self.entry("old", i) for i in edit["old_ids"]]
            new = [self.entry("new", i) for i in edit["new_ids"]]
            if edit["kind"] in ("split", "merged"):
                self.put(edit["kind"], "none", old, new)
            elif edit["kind"] in ("moved", "moved-edited"):
                self.put("moved", "none", old, new)
            elif edit["kind"] in ("paragraph-split", "paragraph-merged"):
                self._divided(edit)
            elif edit["kind"] == "commentary-moved":
                old, new = ([self.entry(n, i, self.writer[n].comments[i], "解説")
                             for i in edit[f"{n}_ids"]] for n in ("old", "new"))
                self.put("moved", "none", old, new)

    def _divided(self, edit):
        parts = {n: [k for k, node in self.nodes[n].items() if edit["id"] in node.edits]
                 for n in ("old", "new")}
        self.divided.update(parts["old"] + parts["new"])
        entries = ([self.entry(n, k, self.writer[n].own[k]) for k in parts[n]] for n in parts)
        bodies = (_flat(s for k in parts[n] for s in self.nodes[n][k].body) for n in parts)
        self.put(edit["kind"].removeprefix("paragraph-"), "none", *entries,
                 list(self._spans(*bodies, "")), level="text")

    def _grouped(self, key):
        parts = [p for g in (self.editor.split, self.editor.merged) for p in g.values()]
        return any(key in p for p in parts)

    def _clause(self, key):
        old, new = self.nodes["old"].get(key), self.nodes["new"].get(key)
        node = new or old
        level = ""
        if self.editor.new.kind == "prose" and node.level in ("paragraph", "item"):
            level = {"paragraph": "text", "item": "bullet"}[node.level]
        if key in self.divided or self._inside_change(key, node):
            return
        if node.level == "chapter":
            self._compare(key, _flat(old.body), _flat(new.body), "own", "")
            return
        if old is None or new is None:
            if not self._grouped(key):
                side = "old" if new is None else "new"
                kind = "deleted" if new is None else "added"
                span = self.writer[side].own[key] if level else None
                self.put(kind, "substance", **{side: [self.entry(side, key, span)]}, level=level)
            return
        if self._moved_inside(new):
            self.put("moved", "none", [self.entry("old", key)], [self.entry("new", key)],
                     level=level)
        self._compare(key, old.caption, new.caption, "heads", "見出し")
        self._compare(key, _flat(old.body), _flat(new.body), "own", "")
        if _flat(old.comment + new.comment) and not self._comment_moved(old, new):
            self._compare(key, _flat(old.comment), _flat(new.comment), None, "解説")

    def _inside_change(self, key, node):
        """Below a clause that is new, gone or replaced whole."""
        for side in ("old", "new"):
            chain = self.writer[side].view.chain.get(key, ())
            other = self.nodes["new" if side == "old" else "old"]
            if self.editor.new.kind == "prose":
                chain = chain[:2]       # a list is no part of the words before it
            if any(c.id not in other for c in chain[:-1]) and not self._grouped(chain[0].id):
                return True
        return False

    def _moved_inside(self, node):
        return any(self.edits[e]["kind"] in ("paragraph-moved", "item-moved", "row-moved")
                   for e in node.edits)

    def _comment_moved(self, old, new):
        return any(self.edits[e]["kind"] == "commentary-moved"
                   for p in _flat(old.comment + new.comment) for e in p.edits)

    def _compare(self, key, old, new, table, suffix):
        texts = [self._text(s, p) for s, p in (("old", old), ("new", new))]
        reported = any(p.edits and self.edits[p.edits[0]]["class"] == "reference" for p in new)
        if texts[0] == texts[1] and not reported:
            return
        spans = list(self._spans(old, new, self._node_class(key)))
        cls = {s.get("class", "").split("-")[0] for s in spans if s["op"] != "="}
        overall = "substance"
        if cls <= {"notation"}:
            overall = "notation"
        elif cls <= {"reference"}:
            overall = "reference"
        if suffix == "見出し":
            overall = "caption"
        path = [self.writer[n].view.path[key] + suffix for n in ("old", "new")]
        self.put("modified", overall, [{"path": path[0], "text": texts[0]}],
                 [{"path": path[1], "text": texts[1]}], spans)

    def _node_class(self, key):
        node = self.nodes["new"].get(key)
        return "substance" if node and node.edits else ""

    def _piece_text(self, side, piece):
        return self.writer[side].refs[piece.id][2] if piece.role == "ref" else piece.text

    def _text(self, side, pieces):
        return "".join(self._piece_text(side, p) for p in pieces)

    def _class_of(self, piece, other=""):
        if piece.edits:
            edit = self.edits[piece.edits[0]]
            if edit["class"] == "reference":
                return edit["flag"]
            if edit["class"] == "notation":
                return "notation"
            known = edit["flag"] in ("modality", "quantity", "actor")
            return edit["flag"] if known else "substance"
        return "reference-followed" if piece.role == "ref" else other or "substance"

    def _spans(self, old, new, other):
        ids = [[p.id for p in pieces] for pieces in (old, new)]
        for op, a, b, c, d in SequenceMatcher(None, *ids, autojunk=False).get_opcodes():
            if op != "equal":
                yield from ({"op": "-", "text": self._piece_text("old", p),
                             "class": self._class_of(p, other)} for p in old[a:b])
                yield from ({"op": "+", "text": self._piece_text("new", p),
                             "class": self._class_of(p, other)} for p in new[c:d])
                continue
            for one, two in zip(old[a:b], new[c:d]):
                yield from self._pair(one, two)

    def _pair(self, one, two):
        texts = self._piece_text("old", one), self._piece_text("new", two)
        cls = self._class_of(two)
        if texts[0] == texts[1] and not cls.startswith("reference-re") \
                and cls != "reference-dangling":
            yield {"op": "=", "text": texts[0]}
            return
        yield {"op": "-", "text": texts[0], "class": cls}
        yield {"op": "+", "text": texts[1], "class": cls}


def _flat(sentences):
    return [piece for sentence in sentences for piece in sentence]
