# SPDX-License-Identifier: MIT
"""Edits beyond the table of compare.md 2.1: inside articles, tables, 附則, commentary.

They are made with --extended and counted apart from the eighty of the plain set.
"""

from edits import WORD_SLOTS, Editor, Shortage, _length

PART = 25               # characters of the shorter part of a divided paragraph


class FullEditor(Editor):
    def cited_below(self, node):
        return any(self.cited.get(n.id) for n in node.walk())

    # Paragraphs and items

    def paragraph_moved(self):
        """The shortest of three or more paragraphs passes heavier ones."""
        article = self.pick(lambda a: self.may_restructure(a) and self._heavier(a))
        kids = article.children
        paragraph = min(kids, key=_length)
        at = kids.index(paragraph)
        kids.remove(paragraph)
        kids.insert(len(kids) if at < len(kids) / 2 else 0, paragraph)
        edit = self.record("paragraph-moved", "paragraph", "none", "",
                           [article.id], [article.id])
        paragraph.edits.append(edit)
        self.side["old"][article.id].find(paragraph.id).edits.append(edit)

    def _heavier(self, article):
        lengths = sorted(_length(p) for p in article.children)
        if self.new.kind == "prose" and min(article.children, key=_length).children:
            return False        # in prose a list is no part of the words before it
        return len(lengths) > 2 and lengths[0] >= 25 and lengths[1] >= 1.4 * lengths[0]

    def _list(self, article, least):
        """A paragraph with so many items, none of which cites all before it."""
        return next((p for p in article.children if len(p.children) >= least and not any(
            "前各号" in piece.text for i in p.children for piece in i.pieces())), None)

    def item_moved(self):
        """An item passes at least three others."""
        article = self.pick(lambda a: self._list(a, 4))
        kids = self._list(article, 4).children
        at = self.rng.choice((0, len(kids) - 1))
        item = kids.pop(at)
        kids.insert(0 if at else len(kids), item)
        edit = self.record("item-moved", "item", "none", "", [article.id], [article.id])
        item.edits.append(edit)
        self.side["old"][article.id].find(item.id).edits.append(edit)

    def item_deleted(self):
        loose = lambda a: [i for p in a.children if len(p.children) > 3
                           for i in p.children if not self.cited_below(i)]
        article = self.pick(loose)
        item = self.rng.choice(loose(article))
        edit = self.record("item-deleted", "item", "substance", "other",
                           [article.id], [article.id])
        self.side["old"][article.id].find(item.id).edits.append(edit)
        for paragraph in article.children:
            if item in paragraph.children:
                paragraph.children.remove(item)

    def paragraph_inserted(self):
        article = self.pick(lambda a: len(a.children) < 4 and (
            self.new.kind == "joko" or len(a.children) > 1))
        at = self.rng.randint(1, len(article.children))
        paragraph = self.drafter.node("paragraph")
        self._renew(paragraph, 0, self.domain[article.id])
        article.children.insert(at, paragraph)
        edit = self.record("paragraph-inserted", "paragraph", "substance", "other",
                           [article.id], [article.id])
        paragraph.edits.append(edit)

    def _loose_paragraphs(self, article):
        least = 2 if self.new.kind == "koban" else 1
        if len(article.children) <= least:
            return []
        return [p for p in article.children[1:] if not self.cited_below(p)]

    def _drop_paragraph(self, article, paragraph):
        edit = self.record("paragraph-deleted", "paragraph", "substance", "other",
                           [article.id], [article.id])
        self.side["old"][article.id].find(paragraph.id).edits.append(edit)
        article.children.remove(paragraph)

    def paragraph_deleted(self):
        article = self.pick(self._loose_paragraphs)
        self._drop_paragraph(article, self.rng.choice(self._loose_paragraphs(article)))

    def _divisible(self, article):
        """Paragraphs of several sentences that nobody cites, and where they fall apart."""
        for paragraph in article.children:
            if paragraph.children or self.cited_below(paragraph):
                continue
            for at in range(1, len(paragraph.body)):
                parts = paragraph.body[:at], paragraph.body[at:]
                if min(_said(p) for p in parts) >= PART:
                    yield paragraph, at

    def paragraph_split(self):
        article = self.pick(lambda a: any(self._divisible(a)))
        paragraph, at = self.rng.choice(list(self._divisible(article)))
        part = self.drafter.node("paragraph", body=paragraph.body[at:])
        del paragraph.body[at:]
        article.children.insert(article.children.index(paragraph) + 1, part)
        edit = self.record("paragraph-split", "paragraph", "none", "",
                           [article.id], [article.id])
        for node in (paragraph, part, self.side["old"][article.id].find(paragraph.id)):
            node.edits.append(edit)

    def _joinable(self, article):
        for one, two in zip(article.children, article.children[1:]):
            if not any(p.children or self.cited_below(p) or _said(p.body) < PART
                       for p in (one, two)):
                yield one, two

    def paragraph_merged(self):
        article = self.pick(lambda a: any(self._joinable(a)))
        one, two = self.rng.choice(list(self._joinable(article)))
        one.body.extend(two.body)
        article.children.remove(two)
        edit = self.record("paragraph-merged", "paragraph", "none", "",
                           [article.id], [article.id])
        old = self.side["old"][article.id]
        for node in (one, old.find(one.id), old.find(two.id)):
            node.edits.append(edit)

    # References left behind

    def dangling(self):
        """The paragraph a reference means is deleted; the reference stays."""
        last_loose = lambda a: [p for p in self._loose_paragraphs(a) if p is a.children[-1]]
        target = self.pick(last_loose)
        paragraph = target.children[-1]
        citing = self.pick(lambda a: any(self.loose_references(a)))
        piece = self.rng.choice(list(self.loose_references(citing)))
        for one in (piece, self.twin(citing, piece)):
            one.target, one.style = paragraph.id, "absolute"
        view = self.final_views()[1]
        piece.text = view.reference(piece, view.chain[citing.id])
        piece.frozen = True
        self._drop_paragraph(target, paragraph)
        self.views = None
        edit = self.record("dangling", "dangling", "reference", "reference-dangling",
                           [citing.id], [citing.id])
        piece.edits.append(edit)
        self.twin(citing, piece).edits.append(edit)

    def left_behind(self):
        """A reference keeps its text although the number now means another article."""
        old, new = self.final_views()
        places = {path: node for node, path in new.path.items() if node in new.order}

        def slipped(article):
            for piece in self.loose_references(article):
                chain = old.chain[piece.target]
                if len(chain) > 1 or piece.target not in new.chain:
                    continue
                text = old.reference(piece, old.chain[article.id])
                other = places.get(text.replace("項番", ""))
                if other not in (None, piece.target, article.id) and other in self.domain:
                    yield piece, text, other

        article = self.pick(lambda a: any(slipped(a)))
        piece, text, other = next(slipped(article))
        piece.text, piece.target, piece.frozen = text, other, True
        edit = self.record("left-behind", "retargeted", "reference", "reference-retargeted",
                           [article.id], [article.id])
        piece.edits.append(edit)
        self.twin(article, piece).edits.append(edit)

    # Outside the articles' text

    def commentary(self):
        words = lambda a: [p for s in a.comment for p in s
                           if p.role == "word" and p.slot in WORD_SLOTS]
        article = self.pick(words)
        piece = self.rng.choice(words(article))
        edit = self.record("commentary", "commentary", "substance", "",
                           [article.id], [article.id])
        piece.text = self.rng.choice(self.alternatives(piece))
        piece.edits.append(edit)
        self.twin(article, piece).edits.append(edit)

    def commentary_added(self, side="new"):
        article = self.pick(lambda a: not a.comment)
        kind = "commentary-added" if side == "new" else "commentary-removed"
        edit = self.record(kind, "commentary", "substance", "other",
                           [article.id], [article.id])
        target = self.side[side][article.id]
        target.comment = self.drafter.comment(self.domain[article.id])
        for piece in target.comment[0]:
            piece.edits.append(edit)

    def commentary_removed(self):
        self.commentary_added("old")

    def commentary_moved(self):
        """A commentary goes to another article."""
        article = self.pick(lambda a: a.comment and _said(a.comment) >= 35)
        other = self.pick(lambda a: not a.comment)
        edit = self.record("commentary-moved", "commentary", "none", "",
                           [article.id], [other.id])
        other.comment, article.comment = article.comment, []
        for piece in other.comment[0] + self.side["old"][article.id].comment[0]:
            piece.edits.append(edit)

    def lead(self):
        """A word of what stands between a heading and the first one below it."""
        spare = [(o, n) for o, n in zip(self.old.chapters, self.new.chapters)
                 if not _touched(n.body)]
        old, new = self.rng.choice(spare)
        words = [p for s in new.body for p in s if p.slot in WORD_SLOTS]
        piece = self.rng.choice(words)
        edit = self.record("lead", "lead", "substance", "")
        piece.text = self.rng.choice(self.alternatives(piece))
        piece.edits.append(edit)
        next(p for s in old.body for p in s if p.id == piece.id).edits.append(edit)

    def punctuation_style(self):
        """An article changes from 、 to ， throughout."""
        article = self.pick(lambda a: True)
        edit = self.record("punctuation-style", "punctuation", "notation", "",
                           [article.id], [article.id])
        for piece in list(self.text_pieces(article)):
            if "、" in piece.text:
                piece.text = piece.text.replace("、", "，")
                piece.edits.append(edit)
                self.twin(article, piece).edits.append(edit)

    def _appended(self, level):
        pairs = [(o, n) for o, n in zip(self.old.appendix, self.new.appendix)
                 if o.level == level]
        if not pairs:
            raise Shortage
        return pairs

    def row_edited(self):
        old, new = self.deal("table", self._appended("table"))
        spare = [(o, n) for o in old.children for n in new.children
                 if o.id == n.id and not n.edits and not _touched(n.body)]
        old_row, row = self.rng.choice(spare)
        numbers = [p for p in row.pieces() if p.role == "number"]
        piece = numbers[0]
        edit = self.record("row-edited", "row", "substance", "quantity")
        values = [f"{v}{piece.unit}" for v in piece.values]
        piece.text = self.rng.choice([v for v in values if v != piece.text])
        piece.edits.append(edit)
        next(p for p in old_row.pieces() if p.id == piece.id).edits.append(edit)

    def row_inserted(self, removed=False):
        old, new = self.deal("table", self._appended("table"))
        kind = "row-deleted" if removed else "row-inserted"
        edit = self.record(kind, "row", "substance", "other")
        top = old if removed else new
        words = [p for p in top.pieces() if p.domain >= 0]
        row = self.drafter.row(words[0].domain, "その他")
        row.edits.append(edit)
        top.children.insert(self.rng.randint(1, len(top.children)), row)

    def row_deleted(self):
        self.row_inserted(True)

    def row_moved(self):
        """The first or last row passes all others."""
        old, new = self.deal("table", self._appended("table"))
        at = self.rng.choice((0, len(new.children) - 1))
        row = new.children[at]
        if row.edits or _touched(row.body) or row.id not in {r.id for r in old.children}:
            raise Shortage
        new.children.insert(0 if at else len(new.children) - 1, new.children.pop(at))
        edit = self.record("row-moved", "row", "none", "")
        row.edits.append(edit)
        old.find(row.id).edits.append(edit)

    def supplement(self):
        old, new = self._appended("supplement")[0]
        edit = self.record("supplement-date", "supplement", "substance", "quantity")
        for top, text in ((old, "令和8年4月1日"), (new, "令和9年7月1日")):
            piece = next(p for p in top.pieces() if p.slot == "date")
            piece.text = text
            piece.edits.append(edit)
        edit = self.record("supplement-inserted", "supplement", "substance", "other")
        words = "改正後の規定は、施行の日以後に受理する申請書から適用する。"
        paragraph = self.drafter.node("paragraph", body=[[self.drafter.text(words)]])
        paragraph.edits.append(edit)
        new.children.insert(1, paragraph)


def _touched(sentences):
    return any(p.edits for s in sentences for p in s)


def _said(sentences):
    return sum(len(p.text) for s in sentences for p in s)
