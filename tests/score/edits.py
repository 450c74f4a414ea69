# SPDX-License-Identifier: MIT
"""Edits of a regulation, each recorded: the kinds of compare.md 2.1.

An Editor holds the old and the new tree.  An edit changes the new one (sometimes the
old one too, so that either wording may be the earlier) and marks the pieces or clauses
concerned on both sides with its id; their places are known once the trees are written.
"""

import lexicon
from drafting import Linker
from regulation import View
from variants import KANA_GROUPS, TRAPS, WIDTH_GROUPS, pairs_of

WORD_SLOTS = {"O", "V", "E", "U", "FACT", "P"}
APART = 8               # a moved article passes at least so many others


class Shortage(Exception):
    """The regulation holds no article left that fits an edit."""


class Editor:
    def __init__(self, rng, drafter, old, protected):
        self.rng, self.drafter = rng, drafter
        self.old, self.new = old, old.copy()
        self.protected = protected
        self.records = []               # one dictionary an edit
        self.used = set()               # ids of articles already edited
        self.near = set()               # ids of articles beside an inserted or deleted one
        self.split, self.merged = {}, {}
        self._index()
        self.decks = {}
        self.pool = self.new.articles()
        rng.shuffle(self.pool)
        self.views = None

    def _index(self):
        self.side = {"old": {a.id: a for a in self.old.articles()},
                     "new": {a.id: a for a in self.new.articles()}}
        self.home = {a.id: c for c in self.new.chapters for a in c.children}
        self.domain = {a.id: _domain_of(a) for a in self.old.articles()}
        self.owner = {n.id: a.id for a in self.old.articles() for n in a.walk()}
        self.old_texts = {_text(p.pieces()) for a in self.old.articles() for p in a.children}
        self.cited = {}                 # node id → ids of the articles citing it
        for article in self.old.articles():
            for piece in article.pieces():
                if piece.role == "ref":
                    self.cited.setdefault(piece.target, []).append(article.id)

    # Choosing

    def pick(self, fits):
        """An unedited article, by chance, that fits."""
        self.pool = [a for a in self.pool if a.id not in self.used]
        for article in self.pool:
            if fits(article):
                self.used.add(article.id)
                return article
        raise Shortage

    def cited_from_outside(self, article):
        return any(citing != article.id for node in article.walk()
                   for citing in self.cited.get(node.id, ()))

    def may_restructure(self, article):
        """Neither in a cited range, nor a branch, nor followed by a branch."""
        siblings = self.home[article.id].children
        at = siblings.index(article)
        tail = at + 1 < len(siblings) and siblings[at + 1].branch
        return (article.id not in self.protected and article.id not in self.near
                and not article.fixed and not article.branch and not tail
                and len(siblings) > 3)

    def record(self, kind, group, cls, flag="", old=(), new=()):
        edit = {"id": len(self.records) + 1, "kind": kind, "group": group, "class": cls,
                "flag": flag, "old_ids": list(old), "new_ids": list(new)}
        self.records.append(edit)
        return edit["id"]

    def deal(self, name, cards):
        """The next of `cards` in an order shuffled once, so that all get used."""
        deck = self.decks.get(name)
        if not deck:
            deck = self.decks[name] = list(cards)
            self.rng.shuffle(deck)
        return deck.pop()

    def twin(self, article, piece):
        """The old piece that became `piece`."""
        old = self.side["old"][article.id]
        return next(p for p in old.pieces() if p.id == piece.id)

    def final_views(self):
        """Views of both trees; asked for when no clause shifts any more."""
        if self.views is None:
            self.views = View(self.old), View(self.new)
        return self.views

    # Words and numbers

    def text_pieces(self, article):
        for paragraph in article.children:
            yield from paragraph.pieces()

    def alternatives(self, piece):
        if piece.slot == "M":
            return lexicon.STRENGTHS.get(piece.text, [])
        if piece.slot == "C":
            return lexicon.BOUNDS.get(piece.text, [])
        return [w for w in self.drafter.words(piece.slot, piece.domain) if w != piece.text]

    def replace_word(self, article, slots, edit):
        pieces = [p for p in self.text_pieces(article)
                  if p.role == "word" and p.slot in slots and self.alternatives(p)]
        piece = self.rng.choice(pieces)
        present = {p.text for p in self.text_pieces(article)}
        choices = [c for c in self.alternatives(piece) if c not in present]
        self.rng.shuffle(choices)
        piece.text = next((c for c in choices + self.alternatives(piece)
                           if not self._says_what_another_said(article, piece, c)))
        piece.edits.append(edit)
        self.twin(article, piece).edits.append(edit)

    def _says_what_another_said(self, article, piece, words):
        """Would the new word make a paragraph the twin of a near-duplicate's?"""
        kept, piece.text = piece.text, words
        texts = {_text(p.pieces()) for p in article.children if piece in p.pieces()}
        piece.text = kept
        return bool(texts & self.old_texts)

    def has_slot(self, slots):
        return lambda article: any(
            p.role == "word" and p.slot in slots and self.alternatives(p)
            for p in self.text_pieces(article))

    def substitution(self, kind="substitution"):
        """A word that changes meaning: any word, a norm, a role, a bound, a trap."""
        mode = self.deal("substitution", ("word", "modality", "trap", "actor", "word", "bound"))
        if mode == "trap":
            return self.carry(kind, self.deal("trap", TRAPS), "substance")
        slots = {"word": WORD_SLOTS, "modality": {"M"}, "actor": {"A"}, "bound": {"C"}}[mode]
        flag = {"word": "other", "bound": "quantity"}.get(mode, mode)
        article = self.pick(self.has_slot(slots))
        edit = self.record(kind, mode, "substance", flag, [article.id], [article.id])
        return self.replace_word(article, slots, edit)

    def carry(self, kind, pair, cls, article=None):
        """A sentence in both versions that differs in one pair of wordings."""
        group, one, other, carrier = pair
        article = article or self.pick(lambda a: True)
        flag = group if cls == "substance" else ""
        name = "trap" if cls == "substance" else group
        edit = self.record(kind, name, cls, flag, [article.id], [article.id])
        names = self.rng.sample(lexicon.ACTORS, 2)
        words = [w.replace("{A1}", names[0]).replace("{A2}", names[1]) for w in (one, other)]
        self.rng.shuffle(words)
        head, tail = carrier.split("@")
        domain = self.domain[article.id]
        sentence = self.drafter.pieces(head, domain)
        sentence.append(self.drafter.text(words[1], edit))
        sentence += self.drafter.pieces(tail, domain)
        plain = [p for p in article.children if not p.children] or article.children
        paragraph = self.rng.choice(plain)
        self.append_to_both(article, paragraph, sentence, edit, words[0])
        return article

    def append_to_both(self, article, paragraph, sentence, edit, old_text):
        old_sentence = [p.copy() for p in sentence]
        for piece in old_sentence:
            if edit in piece.edits:
                piece.text = old_text
        paragraph.body.append(sentence)
        old = self.side["old"][article.id].find(paragraph.id)
        old.body.append(old_sentence)

    def number(self):
        numbers = lambda a: [p for p in self.text_pieces(a) if p.role == "number"]
        article = self.pick(numbers)
        edit = self.record("number", "number", "substance", "quantity",
                           [article.id], [article.id])
        piece = self.rng.choice(numbers(article))
        values = [f"{v}{piece.unit}" for v in piece.values]
        piece.text = self.rng.choice([v for v in values if v != piece.text])
        piece.edits.append(edit)
        self.twin(article, piece).edits.append(edit)

    def width(self, kind="width", article=None):
        self.carry(kind, self.deal("width", pairs_of(WIDTH_GROUPS)), "notation", article)

    def okurigana(self, kind="okurigana", article=None):
        group = self.deal("kana group", KANA_GROUPS + ("okurigana-6", "okurigana-6", "kana"))
        self.carry(kind, self.deal(group, pairs_of((group,))), "notation", article)

    def mixed(self):
        """A change of meaning and one of notation in one article."""
        mark = len(self.records)
        self.substitution("mixed-substitution")
        article = self.side["new"][self.records[mark]["new_ids"][0]]
        self.rng.choice((self.width, self.okurigana))("mixed-notation", article)

    # Sentences, items, captions, references

    def sentence_added(self, side="new"):
        article = self.pick(lambda a: True)
        kind = "sentence-added" if side == "new" else "sentence-removed"
        edit = self.record(kind, kind, "substance", "other", [article.id], [article.id])
        target = self.side[side][article.id]
        said = {_text(s) for p in target.children for s in p.body}
        sentence = self.drafter.proviso(self.domain[article.id])
        while _text(sentence) in said:      # which of two alike came could not be told
            sentence = self.drafter.proviso(self.domain[article.id])
        for piece in sentence:
            piece.edits.append(edit)
        paragraph = self.rng.choice(target.children)
        paragraph.body.insert(self.rng.randint(1, len(paragraph.body)), sentence)

    def sentence_removed(self):
        self.sentence_added("old")

    def fresh_item(self, paragraph, domain):
        """An item without references, of the kind its siblings are."""
        first = paragraph.children[0].body[0]
        name = "ITEMS"
        if first[0].slot == "FACT":
            name = "FACTS"
        elif first[-1].text.endswith("とき。"):
            name = "CASES"
        while True:
            item = self.drafter.other_item(name, domain, 1, paragraph)
            if not any(p.role == "ref" for p in item.pieces()):
                return item

    def item_inserted(self):
        lists = lambda a: [p for p in a.children if p.children]
        article = self.pick(lists)
        edit = self.record("item-inserted", "item", "substance", "other",
                           [article.id], [article.id])
        paragraph = self.rng.choice(lists(article))
        item = self.fresh_item(paragraph, self.domain[article.id])
        item.edits.append(edit)
        paragraph.children.insert(self.rng.randint(0, len(paragraph.children)), item)

    def caption(self):
        article = self.pick(lambda a: not a.fixed)
        edit = self.record("caption", "caption", "caption", "", [article.id], [article.id])
        before = _text(article.caption)
        while _text(article.caption) == before:
            article.caption = self.drafter.caption(self.domain[article.id])
        for piece in article.caption + self.side["old"][article.id].caption:
            piece.edits.append(edit)

    def loose_references(self, article):
        """References that stand alone: no range, no 同条 behind them."""
        for paragraph in article.children:
            for node in paragraph.walk():
                for sentence in node.body:
                    refs = [p for p in sentence if p.role == "ref"]
                    if len(refs) == 1 and refs[0].slot == "R" and not refs[0].frozen:
                        yield refs[0]

    def law(self):
        """A reference to another rule is made to mean another article of it."""
        laws = lambda a: [p for p in self.text_pieces(a) if p.role == "law"]
        article = self.pick(laws)
        edit = self.record("reference", "law", "reference", "reference-retargeted",
                           [article.id], [article.id])
        piece = self.rng.choice(laws(article))
        before = piece.text
        while piece.text == before:
            piece.text = f"第{self.rng.randint(3, 60)}条"
        piece.edits.append(edit)
        self.twin(article, piece).edits.append(edit)

    def reference(self):
        """A reference is made to mean another article, and its text says so."""
        article = self.pick(lambda a: any(self.loose_references(a)))
        piece = self.rng.choice(list(self.loose_references(article)))
        old, view = self.final_views()
        old_text = old.label[self.owner[piece.target]]
        kept = [a for a in self.new.articles()
                if a.id in self.domain and a.id not in self.used
                and a.id != self.owner[piece.target] and view.label[a.id] != old_text]
        target = self.rng.choice(kept)
        self.used.add(target.id)
        edit = self.record("reference", "retargeted", "reference", "reference-retargeted",
                           [article.id], [article.id])
        piece.target, piece.style = target.id, "absolute"
        piece.edits.append(edit)
        self.twin(article, piece).edits.append(edit)

    # Whole articles

    def fresh_article(self, domain, linked=True):
        while True:
            article = self.drafter.article(domain)
            slots = {p.slot for p in article.pieces() if p.role == "ref"}
            if not slots & {"Rfrom", "Rsame"} and (linked or not slots):
                return article

    def gap(self, early, apart_from=None):
        """A chapter and a place in it where an article may be put."""
        for _ in range(2000):
            chapter = self.new.chapters[0] if early else self.rng.choice(self.new.chapters)
            last = min(5, len(chapter.children)) if early else len(chapter.children)
            at = self.rng.randint(1, max(1, last))
            beside = chapter.children[max(0, at - 2):at + 2]
            behind = chapter.children[at:at + 1]
            if any(a.id in self.protected or a.branch for a in behind):
                continue
            if any(a.id in self.near or a.id in self.used for a in beside):
                continue
            if apart_from is None or self._distance(apart_from, chapter, at) >= APART:
                return chapter, at
        raise Shortage

    def _distance(self, article, chapter, at):
        order = self.new.articles()
        place = order.index(chapter.children[at - 1])
        return abs(order.index(article) - place)

    def inserted(self, early=False, branch=False):
        chapter, at = self.gap(early)
        domain = self.domain.get(chapter.children[0].id, 0)
        article = self.fresh_article(domain)
        article.branch = branch
        self.near.update(a.id for a in chapter.children[max(0, at - 2):at + 2])
        chapter.children.insert(at, article)
        self.home[article.id] = chapter
        self.side["new"][article.id] = article
        self.used.add(article.id)
        if self.new.kind != "prose":
            Linker(self.rng, self.new).link(article)
        edit = self.record("inserted", "article", "substance", "other", [], [article.id])
        article.edits.append(edit)

    def deleted(self):
        article = self.pick(
            lambda a: self.may_restructure(a) and not self.cited_from_outside(a))
        siblings = self.home[article.id].children
        at = siblings.index(article)
        self.near.update(a.id for a in siblings[max(0, at - 2):at + 3])
        siblings.remove(article)
        edit = self.record("deleted", "article", "substance", "other", [article.id], [])
        self.side["old"][article.id].edits.append(edit)

    def moved(self, edited=False):
        wanted = self.has_slot(WORD_SLOTS)
        article = self.pick(
            lambda a: self.may_restructure(a) and (not edited or wanted(a)))
        chapter, at = self.gap(False, apart_from=article)
        anchor = chapter.children[at - 1]
        self.home[article.id].children.remove(article)
        chapter.children.insert(chapter.children.index(anchor) + 1, article)
        self.home[article.id] = chapter
        kind = "moved-edited" if edited else "moved"
        edit = self.record(kind, "article", "substance" if edited else "none",
                           "", [article.id], [article.id])
        if edited:
            self.replace_word(article, WORD_SLOTS, edit)

    def moved_edited(self):
        self.moved(True)

    def may_regroup(self, article):
        return self.may_restructure(article) and not [
            c for c in self.cited.get(article.id, ()) if c != article.id]

    def cut(self, article):
        """Where an article falls into two parts of like length; 0 if it does not."""
        lengths = [_length(p) for p in article.children]
        least = 2 if self.new.kind == "koban" else 1
        best, place = 0, 0
        for at in range(least, len(lengths) - least + 1):
            smaller = min(sum(lengths[:at]), sum(lengths[at:]))
            if smaller > best:
                best, place = smaller, at
        return place if best >= 45 and best >= 0.3 * sum(lengths) else 0

    def split_article(self):
        article = self.pick(lambda a: self.may_regroup(a) and self.cut(a))
        chapter, at = self.home[article.id], self.cut(article)
        edit = self.record("split", "article", "none", "", [article.id], [article.id])
        part = self.drafter.node("article", children=article.children[at:])
        part.caption = self.drafter.caption(self.domain[article.id])
        for piece in part.caption:
            piece.edits.append(edit)
        del article.children[at:]
        chapter.children.insert(chapter.children.index(article) + 1, part)
        self.home[part.id] = chapter
        self.side["new"][part.id] = part
        self.used.add(part.id)
        self.records[-1]["new_ids"].append(part.id)
        self.split[article.id] = [article.id, part.id]

    def _neighbour(self, article):
        siblings = self.home[article.id].children
        at = siblings.index(article)
        return siblings[at + 1] if at + 1 < len(siblings) else None

    def may_merge(self, article):
        after = self._neighbour(article)
        if after is None or after.id in self.used or after.id not in self.domain:
            return False
        least = 2 if self.new.kind == "koban" else 1
        counts = [len(article.children), len(after.children)]
        lengths = [sum(_length(p) for p in a.children) for a in (article, after)]
        return (min(counts) >= least and sum(counts) <= 5 and min(lengths) >= 45
                and self.may_regroup(article) and self.may_regroup(after)
                and not article.comment and not after.comment)

    def merge_articles(self):
        article = self.pick(self.may_merge)
        after = self._neighbour(article)
        self.used.add(after.id)
        edit = self.record("merged", "article", "none", "",
                           [article.id, after.id], [article.id])
        for piece in self.side["old"][after.id].caption:
            piece.edits.append(edit)
        article.children.extend(after.children)
        self.home[after.id].children.remove(after)
        self.merged[article.id] = [article.id, after.id]

    def rewrite(self):
        """One paragraph stays, the others get new text."""
        only_whole = lambda a: not any(
            self.cited.get(n.id) for p in a.children for i in p.children for n in i.walk())
        article = self.pick(
            lambda a: len(a.children) > 1 and only_whole(a) and a.id not in self.near)
        edit = self.record("rewrite", "article", "substance", "other",
                           [article.id], [article.id])
        kept = self.rng.randrange(len(article.children))
        for index, paragraph in enumerate(article.children):
            if index != kept:
                self._renew(paragraph, index, self.domain[article.id])
                paragraph.edits.append(edit)
                self.side["old"][article.id].find(paragraph.id).edits.append(edit)

    def _renew(self, paragraph, index, domain):
        while True:
            draft = self.drafter.paragraph(domain, index)
            if not any(p.role == "ref" for p in draft.pieces()):
                paragraph.body, paragraph.children = draft.body, draft.children
                return

    def change_everything(self):
        """Every paragraph gets one other word."""
        for article in self.new.articles():
            for paragraph in article.children:
                pieces = [p for s in paragraph.body for p in s
                          if p.role == "word" and self.alternatives(p)]
                edit = self.record("substitution", "word", "substance", "",
                                   [article.id], [article.id])
                piece = self.rng.choice(pieces)
                piece.text = self.rng.choice(self.alternatives(piece))
                piece.edits.append(edit)
                self.twin(article, piece).edits.append(edit)


def _text(pieces):
    return "".join(p.text for p in pieces)


def _length(node):
    return sum(len(p.text) for p in node.pieces())


def _domain_of(article):
    return next((p.domain for p in article.pieces() if p.domain >= 0), 0)
