# SPDX-License-Identifier: MIT
"""The next edition of a made guideline: edits of every kind, and what each is to the city.

An edit of one of these kinds may have a mechanical answer (`mechanical`): the words stand in the
city's clause as in the guideline's, or the neighbours of a new clause stand side by side there.

  word         another word, number or ending       phrase-in, phrase-out      a phrase of a sentence
  sentence-in, sentence-out   a whole sentence       row-word     a word of a row of a table
  added        a new clause                          caption      another heading
  moved+word   a clause moved elsewhere and one word of it changed
  sentence-over   a sentence goes from one clause to the next (hard)

These are for people: removed, moved, split (one clause into two), merged (two into one), row-in,
row-out, and each of the above where the city says it otherwise; in the hard set split3 (with a new clause behind), split-away
and merged-away (the other half stands in another section), split and merged with another word
besides, and several of these in one section.  `present`: the city has the new words already;
nothing is to be done.
"""
from dataclasses import dataclass, field

PHRASES = [
    ("あらかじめ、", "あらかじめ、"), ("必要に応じ、", "必要に応じ、"), ("書面により、", "書面により、"),
    ("正当な理由がある場合を除き、", "正当な理由がある場合を除き、"), ("複数の者により、", "複数の者により、"),
]
SENTENCES = [
    ("緊急の場合は、事後の報告で足りること。", "緊急の場合は、事後の報告で足りるものとする。", False),
    ("この場合において、記録を残し、後日の検証に備えること。",
     "この場合において、記録を残し、後日の検証に備えなければならない。", True),
    ("この場合において、関係する部署と協議すること。",
     "この場合において、関係する部署と協議しなければならない。", True),
    ("なお、費用の負担を明らかにすること。", "なお、費用の負担を明らかにしなければならない。", True),
]
ROWS = ["契約", "入室", "障害", "研修", "監査", "点検", "貸出し", "廃棄", "訓練", "委託", "苦情", "設定"]
PLACES = ["書庫", "管理室", "事務室", "保管庫", "電算室"]
# Shares of clauses, and of sections, that are edited so.
CLAUSES = [("word", 0.07), ("present", 0.03), ("phrase-in", 0.025), ("phrase-out", 0.025),
           ("sentence-in", 0.025), ("sentence-out", 0.025)]
SECTIONS = [("added", 0.16), ("removed", 0.10), ("moved", 0.10), ("split", 0.08), ("merged", 0.08),
            ("caption", 0.08)]
HARD_SECTIONS = [("added", 0.12), ("removed", 0.08), ("moved", 0.08), ("split", 0.14),
                 ("merged", 0.14), ("split3", 0.10), ("split-away", 0.10), ("merged-away", 0.10),
                 ("caption", 0.05)]
ROW_EDITS = ["row-word", "row-word", "row-in", "row-out", None]


@dataclass
class Edit:
    kind: str
    mechanical: bool = False
    present: bool = False
    clause: object = None       # the clause, the section's heading or the row that it is about
    detail: str = ""
    old: str = ""               # address in the old edition
    olds: list = field(default_factory=list)    # of all clauses that it is about
    new: list = field(default_factory=list)     # addresses in the new one


class Table:
    """A table behind the last clause of a section, the same in both texts."""

    def __init__(self, r):
        names = r.sample(ROWS, r.randint(3, 5))
        self.rows = [[f"{n}の記録", f"{r.choice([1, 2, 3, 5, 7])}年", r.choice(PLACES)]
                     for n in names]
        self.revised = [list(row) for row in self.rows]
        self.wanted = None      # rows of the city's, when the edit is applied
        self.edit = None

    @staticmethod
    def write(rows):
        lines = ["| 記録 | 期間 | 場所 |", "|---|---|---|"]
        return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n\n"


class Reviser:
    """Mixed into correspond.Maker: needs sections, order, clause(), other(), r."""

    # ---- before the city's text is made: what both texts have -----------------

    def prepare(self):
        """Words that an edit will take out stand in both; the edits in words."""
        self.edits, self.tables, self.titles = [], {}, {}
        self.added = {}         # section: [(index, clause)]
        self.gone = set()       # ids of clauses that stand here no more
        self.instead = {}       # id of a clause: texts of the new edition
        for k, (_, section) in enumerate(self.sections):
            if self.r.random() < 0.12:
                self.tables[k] = Table(self.r)
            for clause in section:
                dice = self.r.random()
                for kind, share in CLAUSES:
                    if dice < share:
                        getattr(self, "make_" + kind.replace("-", "_"))(clause)
                        break
                    dice -= share
            if self.hard and self.r.random() < 0.2:
                self.make_sentence_over(section)

    def note(self, kind, clause, mechanical, **more):
        edit = Edit(kind, mechanical, clause=clause, **more)
        clause.edit = edit
        self.edits.append(edit)
        return edit

    def make_word(self, clause):
        slots = [p for p in clause.pieces
                 if p.slot in ("number", "verb", "object", "norm") and p.guideline]
        piece = self.r.choice(slots)
        new = self.other(piece)
        if new is None:
            return None
        piece.revised = new[0]
        if self.says_same(piece) and clause.kind not in ("omitted", "own"):
            piece.wanted = new[1]
        return self.note("word", clause, piece.wanted is not None,
                         detail=f"{piece.guideline}→{new[0]}")

    def make_present(self, clause):
        edit = self.make_word(clause)
        if edit is None:
            return
        if edit.mechanical:
            piece = next(p for p in clause.pieces if p.wanted is not None)
            piece.city = piece.wanted
            edit.kind, edit.mechanical, edit.present = "present", False, True

    def behind_actor(self, clause):
        """Index of the run behind 「…は、」; does the city go on there as the guideline does?"""
        after = clause.pieces[2]
        same = after.guideline[:2] == after.city[:2] and bool(after.guideline)
        return 2, same and clause.kind not in ("omitted", "own")

    def free_phrase(self, clause):
        text = "".join(p.guideline + p.city for p in clause.pieces)
        free = [p for p in PHRASES if p[0] not in text]
        return self.r.choice(free)

    def make_phrase_in(self, clause):
        at, same = self.behind_actor(clause)
        g, c = self.free_phrase(clause)
        clause.pieces.insert(at, self.piece("phrase", "", "", revised=g, wanted=c if same else None))
        self.note("phrase-in", clause, same, detail=g)

    def make_phrase_out(self, clause):
        at, same = self.behind_actor(clause)
        g, c = self.free_phrase(clause)
        same = clause.kind not in ("omitted", "own")
        clause.pieces.insert(at, self.piece("phrase", g, c, revised="", wanted="" if same else None))
        self.note("phrase-out", clause, same, detail=g)

    def make_sentence(self, clause, into):
        if clause.kind in ("split", "omitted", "own"):
            return
        g, c, _ = self.r.choice(SENTENCES)
        if into:
            piece = self.piece("sentence", "", "", revised=g, wanted=c)
        else:
            piece = self.piece("sentence", g, c, revised="", wanted="")
        clause.pieces.append(piece)
        self.note("sentence-in" if into else "sentence-out", clause, True, detail=g)

    def make_sentence_in(self, clause):
        self.make_sentence(clause, True)

    def make_sentence_out(self, clause):
        self.make_sentence(clause, False)

    def make_sentence_over(self, section):
        """The last sentence of a clause goes to a clause beside it."""
        pairs = [(a, b) for a, b in zip(section, section[1:]) if not (a.edit or b.edit) and
                 not {a.kind, b.kind} - {"near", "paraphrase"}]
        if not pairs:
            return
        a, b = self.r.choice(pairs)
        if self.r.random() < 0.5:
            a, b = b, a
        g, c, _ = self.r.choice(SENTENCES)
        a.pieces.append(self.piece("sentence", g, c, revised="", wanted=""))
        b.pieces.append(self.piece("sentence", "", "", revised=g, wanted=c))
        b.edit = self.note("sentence-over", a, True, detail=g)

    # ---- once the city's text stands: clauses that come, go and change place ----

    def restructure(self):
        """One edit of structure a section at most, so that each can be told apart."""
        for k, (_, section) in enumerate(self.sections):
            if k in self.added:     # something moved here
                continue
            if k in self.tables:
                kind = self.r.choice(ROW_EDITS)
                if kind:
                    getattr(self, "do_" + kind.replace("-", "_"))(k, section)
                continue
            # The hard set has several, the clause that is added last.
            for _ in range(self.r.randint(1, 3) if self.hard else 1):
                dice = self.r.random()
                for kind, share in HARD_SECTIONS if self.hard else SECTIONS:
                    if dice < share:
                        getattr(self, "do_" + kind.replace("-", "_"))(k, section)
                        break
                    dice -= share
                if k in self.added or k in self.titles:
                    break

    def place_of(self, clause, last):
        """Article and place of the last (or first) 項 of a clause."""
        found = [(a, i) for a, (_, _, paragraphs) in enumerate(self.articles)
                 for i, (_, of) in enumerate(paragraphs) if any(c is clause for c in of)]
        return found[-1 if last else 0] if found else None

    def do_added(self, k, section):
        at = self.r.randint(0, len(section))
        if at > 0 and section[at - 1].kind == "merge" and at < len(section) \
                and section[at].kind == "merge":
            at = len(section)
        domain = self.r.choice(self.domains)
        new = self.clause(domain, section[min(at, len(section) - 1)].pieces[0].guideline)
        new.kind = "new"
        stay = lambda c: id(c) not in self.gone and self.instead.get(id(c)) != []
        ahead = [c for c in section[:at] if stay(c)]
        after = [c for c in section[at:] if stay(c)]
        before = self.place_of(ahead[-1], True) if ahead else None
        behind = self.place_of(after[0], False) if after else None
        if not ahead:
            sure = behind is not None and behind[1] == 0
        elif not after:
            sure = before is not None and k not in self.tables and \
                before[1] + 1 == len(self.articles[before[0]][2])
        else:
            sure = before is not None and behind == (before[0], before[1] + 1)
        if any(id(c) in self.instead for c in ahead[-1:] + after[:1]):
            sure = False        # the neighbour itself was divided, or took another up
        self.added[k] = [(at, new)]
        edit = self.note("added", new, sure)
        edit.before, edit.behind = before, behind

    def unedited(self, section, kinds=("near", "paraphrase", "omitted", "split")):
        return [c for c in section if c.edit is None and c.kind in kinds]

    def do_removed(self, k, section):
        free = self.unedited(section)
        if free and len(section) > 2:
            clause = self.r.choice(free)
            self.gone.add(id(clause))
            self.note("removed", clause, False)

    def do_moved(self, k, section):
        free = [c for c in section if c.kind in ("near", "paraphrase", "omitted")
                and (c.edit is None or c.edit.kind == "word")]
        if not free or len(section) < 3:
            return
        clause = self.r.choice(free)
        other = self.r.choice([j for j in range(len(self.sections))
                               if j != k and j not in self.added and j not in self.tables]
                              or [None])
        if other is None:
            return
        self.gone.add(id(clause))
        self.added[other] = [(len(self.sections[other][1]), clause)]
        if clause.edit is None:
            self.note("moved", clause, False)
        else:
            clause.edit.kind = "moved+word"

    def do_split(self, k, section):
        """The tail behind し、 becomes a clause of its own."""
        for clause in self.unedited(section, ("near", "paraphrase")):
            cut = [i for i, p in enumerate(clause.pieces) if p.guideline == "し、"]
            if not cut:
                continue
            i = cut[0]
            first = "".join(p.guideline for p in clause.pieces[:i]) + "すること。"
            second = "".join(p.guideline for p in clause.pieces[:2] + clause.pieces[i + 1:])
            if self.hard and self.r.random() < 0.3:
                first = self.with_other_word(first, clause.pieces[2:i])
            self.instead[id(clause)] = [first, second]
            # For people; but carried out wholly it is right.
            edit = self.note("split", clause, False)
            edit.cut = i
            return

    def with_other_word(self, text, pieces):
        """One of several words of a text is another one now; of two it would be another rule."""
        free = [p for p in pieces if p.slot in ("object", "verb")]
        if len(free) < 3:
            return text
        piece = self.r.choice(free)
        return text.replace(piece.guideline, self.other(piece)[0], 1)

    def do_split3(self, k, section):
        """Both halves become clauses, and a new one of the same is put behind them."""
        for clause in self.unedited(section, ("near", "paraphrase")):
            cut = [i for i, p in enumerate(clause.pieces) if p.guideline == "し、"]
            objects = [p.guideline for p in clause.pieces if p.slot == "object"]
            if not cut or clause.pieces[-1].slot != "norm":
                continue
            i = cut[0]
            actor = clause.pieces[:2]
            first = "".join(p.guideline for p in clause.pieces[:i]) + "すること。"
            second = "".join(p.guideline for p in actor + clause.pieces[i + 1:])
            self.instead[id(clause)] = [first, second]
            self.note("split3", clause, False).cut = i
            if k not in self.added:
                copy = f"{objects[0]}の写しを保管"
                third = type(clause)([self.piece(p.slot, p.guideline, p.city) for p in actor] +
                                     [self.piece("text", copy, copy),
                                      self.piece("norm", "すること。", "しなければならない。")], "new")
                self.added[k] = [(section.index(clause) + 1, third)]
                edit = self.note("added", third, False)
                edit.before, edit.behind = self.place_of(clause, True), None
            return

    def elsewhere(self, k):
        free = [j for j in range(len(self.sections))
                if j != k and j not in self.added and j not in self.tables]
        return self.r.choice(free) if free else None

    def do_split_away(self, k, section):
        """The tail behind し、 becomes a clause of another section."""
        other = self.elsewhere(k)
        for clause in self.unedited(section, ("near", "paraphrase")):
            cut = [i for i, p in enumerate(clause.pieces) if p.guideline == "し、"]
            if not cut or other is None:
                continue
            i = cut[0]
            first = "".join(p.guideline for p in clause.pieces[:i]) + "すること。"
            self.instead[id(clause)] = [first]
            away = type(clause)([self.piece(p.slot, p.guideline, p.city)
                                 for p in clause.pieces[:2] + clause.pieces[i + 1:]], "new")
            away.edit = self.note("split-away", clause, False)
            self.added[other] = [(len(self.sections[other][1]), away)]
            return

    def do_merged_away(self, k, section):
        """A clause of another section is united with one of this."""
        other = self.elsewhere(k)
        if other is None:
            return
        for a in self.unedited(section, ("near", "paraphrase")):
            for b in self.unedited(self.sections[other][1], ("near", "paraphrase")):
                if a.pieces[-1].guideline == "すること。":
                    self.unite(a, b, "merged-away")
                    return

    def do_merged(self, k, section):
        for a, b in zip(section, section[1:]):
            if a.edit or b.edit or {a.kind, b.kind} - {"near", "paraphrase"} \
                    or a.pieces[-1].guideline != "すること。":
                continue
            self.unite(a, b, "merged")
            return

    def unite(self, a, b, kind):
        text = "".join(p.guideline for p in a.pieces[:-1]) + "し、かつ、" + \
            "".join(p.guideline for p in b.pieces[2:])
        if self.hard and self.r.random() < 0.3:
            text = self.with_other_word(text, b.pieces[2:])
        self.instead[id(a)], self.instead[id(b)] = [text], []
        self.note(kind, a, False)
        b.edit = a.edit

    def do_caption(self, k, section):
        title = self.sections[k][0]
        new = title[:title.index("の") + 1] + "適正な" + title[title.index("の") + 1:]
        alone = sum(t == title for t, _ in self.sections) == 1 and \
            sum(t == title for t, _, _ in self.articles) == 1
        edit = Edit("caption", alone, clause=k, detail=f"{title}→{new}")
        self.titles[k] = (new, edit)
        self.edits.append(edit)

    def table_edit(self, k, kind, mechanical):
        table = self.tables[k]
        table.edit = Edit(kind, mechanical, clause=table)
        self.edits.append(table.edit)
        return table

    def do_row_word(self, k, section):
        table = self.table_edit(k, "row-word", any(c.kind != "omitted" for c in section))
        i = self.r.randrange(len(table.rows))
        table.revised[i][1] = f"{self.r.choice([4, 6, 8, 10])}年"
        table.wanted = [list(row) for row in table.revised]
        table.edit.detail = f"{'/'.join(table.rows[i])}→{table.revised[i][1]}"
        table.edit.row = i

    def do_row_in(self, k, section):
        table = self.table_edit(k, "row-in", False)
        name = self.r.choice([n for n in ROWS
                              if all(row[0] != f"{n}の記録" for row in table.rows)])
        table.edit.row = self.r.randint(0, len(table.rows))
        table.revised.insert(table.edit.row, [f"{name}の記録", "9年", self.r.choice(PLACES)])

    def do_row_out(self, k, section):
        table = self.table_edit(k, "row-out", False)
        table.edit.row = self.r.randrange(len(table.rows))
        del table.revised[table.edit.row]
