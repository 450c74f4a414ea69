# SPDX-License-Identifier: MIT
"""Writes the text of invented regulations from the words of lexicon.py."""

import re

import lexicon
from regulation import Node, Piece, Regulation

SLOT = re.compile(r"\{([^}:]+)(?::([^}]*))?\}|(前項)|(前号)")
LISTS = {"ITEMS": lexicon.ITEMS, "FACTS": None, "CASES": lexicon.CASES}
ENDINGS = {"M": lexicon.ENDINGS, "M行": lexicon.ENDINGS_ACT, "Mmono": lexicon.ENDINGS_VERB}
LOOSE_WORDS = {"A": lexicon.ACTORS, "P": lexicon.PERSONS, "E": lexicon.EVENTS,
               "U": lexicon.PURPOSES, "FACT": lexicon.FACTS}
DOMAINS = [(title, objects.split(), verbs.split())
           for title, objects, verbs in lexicon.DOMAINS]


class Drafter:
    """Drafts clauses; every node and piece gets an id of its own."""

    def __init__(self, rng, kind):
        self.rng = rng
        self.kind = kind
        self.last_id = 0
        self.focus = ()             # the words the article being drafted is about

    def fresh(self):
        self.last_id += 1
        return self.last_id

    def node(self, level, **fields):
        return Node(self.fresh(), level, **fields)

    def text(self, words, edit=None):
        piece = Piece(self.fresh(), "text", words)
        if edit is not None:
            piece.edits.append(edit)
        return piece

    def pieces(self, pattern, domain):
        """Fill a pattern; the same word is not taken twice for one slot."""
        if self.kind == "koban":
            pattern = pattern.replace("次の各号のいずれか", "次のいずれか")
        used, out, at = set(), [], 0
        for match in SLOT.finditer(pattern):
            if match.start() > at:
                out.append(self.text(pattern[at:match.start()]))
            at = match.end()
            slot, argument, paragraph, item = match.groups()
            if paragraph:
                out.append(Piece(self.fresh(), "ref", slot="Rp", style="paragraph"))
            elif item:
                out.append(Piece(self.fresh(), "ref", slot="Ri", style="item"))
            elif slot not in LISTS:
                out.extend(self._slot(slot, argument, domain, used))
        if at < len(pattern):
            out.append(self.text(pattern[at:]))
        return out

    def _slot(self, slot, argument, domain, used):
        if slot == "N":
            return [self._number(*argument.split(":"))]
        if slot == "C":
            return [Piece(self.fresh(), "word", argument, slot="C")]
        if slot in ENDINGS:
            words, weights = zip(*ENDINGS[slot])
            return [Piece(self.fresh(), "word", self.rng.choices(words, weights)[0], slot="M")]
        if slot == "Rrange":
            return [Piece(self.fresh(), "ref", slot="Rfrom"), self.text("から"),
                    Piece(self.fresh(), "ref", slot="Rto")]
        if slot.startswith("R"):
            return [Piece(self.fresh(), "ref", slot=slot)]
        choices = [w for w in self.words(slot, domain) if w not in used]
        central = [w for w in self.focus if w in choices]
        likely = central and slot in "OV" and self.rng.random() < 0.6
        word = central[0] if likely else self.rng.choice(choices)
        used.add(word)
        return [Piece(self.fresh(), "word", word, slot=slot, domain=domain)]

    def words(self, slot, domain):
        if slot == "O":
            return DOMAINS[domain][1]
        if slot == "V":
            return DOMAINS[domain][2]
        if slot == "K":
            return lexicon.NOUNS
        return LOOSE_WORDS[slot]

    def _number(self, unit, values):
        choices = tuple(int(v) for v in values.split(","))
        piece = Piece(self.fresh(), "number", unit=unit, values=choices)
        piece.text = f"{self.rng.choice(choices)}{unit}"
        return piece

    def sentence(self, patterns, domain):
        return self.pieces(self.rng.choice(patterns), domain)

    def caption(self, domain):
        return self.sentence(lexicon.CAPTIONS, domain)

    def article(self, domain, count=None):
        """An article of 1–4 paragraphs with items and references."""
        rng = self.rng
        count = count or rng.choices((1, 2, 3, 4), (18, 36, 29, 17))[0]
        self.focus = (rng.choice(DOMAINS[domain][1]), rng.choice(DOMAINS[domain][2]))
        article = self.node("article", caption=self.caption(domain))
        for index in range(count):
            article.children.append(self.paragraph(domain, index))
        if rng.random() < 0.08:
            article.comment = self.comment(domain)
        return article

    def comment(self, domain):
        return [self.sentence(lexicon.COMMENTS, domain)]

    def proviso(self, domain):
        """A sentence that may follow another one."""
        patterns = self.rng.choice((lexicon.SENTENCES, lexicon.PROVISOS))
        return self.sentence(patterns, domain)

    def paragraph(self, domain, index):
        rng = self.rng
        patterns = lexicon.FOLLOWINGS if index else lexicon.OPENINGS
        pattern = rng.choice(patterns)
        lists = [name for name in LISTS if "{" + name + "}" in pattern]
        paragraph = self.node("paragraph", body=[self.pieces(pattern, domain)])
        if not lists and rng.random() < 0.55:
            paragraph.body.append(self.sentence(lexicon.SENTENCES, domain))
        if not lists and rng.random() < 0.65:
            paragraph.body.append(self.sentence(lexicon.PROVISOS, domain))
        for name in lists:
            for place in range(rng.choices((3, 4, 5, 6), (4, 3, 2, 1))[0]):
                paragraph.children.append(self.other_item(name, domain, place, paragraph))
        return paragraph

    def other_item(self, name, domain, place, paragraph):
        """An item that says something else than its siblings."""
        said = {words_of(i) for i in paragraph.children}
        while True:
            item = self.item(name, domain, place)
            if words_of(item) not in said:
                return item

    def item(self, name, domain, place):
        if name == "FACTS":
            item = self.node("item", body=[self._slot("FACT", None, domain, set())])
        else:
            pattern = self.rng.choice(LISTS[name])
            while place == 0 and "前号" in pattern or place < 2 and "前各号" in pattern:
                pattern = self.rng.choice(LISTS[name])
            item = self.node("item", body=[self.pieces(pattern, domain)])
            if self.rng.random() < 0.06:
                for _ in range(3):
                    body = [self.sentence(lexicon.SUBITEMS, domain)]
                    item.children.append(self.node("subitem", body=body))
        return item

    def regulation(self, count, tables):
        """A regulation of `count` articles in chapters of about fifteen."""
        regulation = Regulation(self.kind, "見本市事務管理規程")
        domains = list(range(len(DOMAINS)))
        self.rng.shuffle(domains)
        size = 15 if self.kind == "joko" else 9
        drafted = 0
        while drafted < count:
            domain = domains[len(regulation.chapters) % len(domains)]
            chapter = self.node("chapter", caption=[self.text(DOMAINS[domain][0])])
            wanted = min(count - drafted, self.rng.randint(size - 5, size + 5))
            for _ in range(wanted):
                article = self.article(domain)
                article.branch = bool(chapter.children) and self.rng.random() < 0.02
                chapter.children.append(article)
            drafted += wanted
            regulation.chapters.append(chapter)
        regulation.appendix.append(self._supplement())
        for _ in range(tables):
            regulation.appendix.append(self._table(self.rng.choice(domains)))
        return regulation

    def _supplement(self):
        top = self.node("supplement")
        top.children.append(self.node("paragraph", body=[
            [self.text("この規程は、"), Piece(self.fresh(), "number", "令和8年4月1日", slot="date"),
             self.text("から施行する。")]]))
        for words in ("この規程の施行の際現に交付されている許可証は、なお従前の例による。",
                      "前年度までに作成された記録の保存の期間については、別に定める。"):
            top.children.append(self.node("paragraph", body=[[self.text(words)]]))
        return top

    def _table(self, domain):
        table = self.node("table")
        for rank in self.rng.sample(lexicon.RANKS, 6):
            table.children.append(self.row(domain, rank))
        return table

    def row(self, domain, rank):
        return self.node("row", body=[
            [self.text(rank)], self.pieces("{O}及び{O}", domain),
            self.pieces("{O}の{V}は、{A}の承認を得て{N:日:3,5,7,14}以内に行う", domain)])


class Linker:
    """Gives every reference of a draft a target and a manner of citing."""

    def __init__(self, rng, regulation):
        self.rng = rng
        self.articles = regulation.articles()
        self.place = {a.id: i for i, a in enumerate(self.articles)}
        self.protected = set()      # articles inside a cited range

    def link(self, article):
        for paragraph in article.children:
            for node in paragraph.walk():
                for sentence in node.body:
                    self._link_sentence(sentence, article, paragraph, node)

    def _link_sentence(self, sentence, article, paragraph, node):
        before = None
        for piece in sentence:
            if piece.role == "ref" and not piece.target:
                before = self._choose(piece, article, paragraph, node, before)

    def _choose(self, piece, article, paragraph, node, before):
        """Set the target of a reference; the article cited is returned."""
        if piece.slot == "Rp":
            self._cite_paragraph(piece, article, paragraph)
            return article
        if piece.slot == "Ri":
            piece.target = _sibling_before(paragraph.children, node)
            return article
        if piece.slot == "Rsame" and before is not None:
            target = self.rng.choice(before.children)
            piece.target, piece.style = target.id, "same"
            return before
        if piece.slot == "Rto":
            return self._cite_range_end(piece, before)
        return self._cite_article(piece, article)

    def _cite_paragraph(self, piece, article, paragraph):
        at = article.children.index(paragraph)
        near = piece.style == "paragraph" or self.rng.random() < 0.6
        target = article.children[at - 1 if near else self.rng.randrange(at)]
        piece.target, piece.style = target.id, "paragraph" if near else "absolute"

    def _cite_article(self, piece, article):
        rng, last = self.rng, len(self.articles) - 1
        at = self.place[article.id]
        if rng.random() < 0.25 and at > 0:
            target, piece.style = self.articles[at - 1], "article"
        else:
            spread = at + rng.randint(-25, 25) if rng.random() < 0.7 else rng.randint(0, last)
            target = self.articles[max(0, min(last, spread))]
        if piece.slot == "Rfrom":
            start = max(0, min(last - 3, max(6, self.place[target.id])))
            target, piece.style = self.articles[start], "absolute"
        elif target is article:
            target = self.articles[at - 1 if at else min(1, last)]
        piece.target = target.id
        if piece.slot != "Rfrom":
            piece.target = self._deeper(target)
        return target

    def _deeper(self, article):
        """The article, one of its paragraphs or one of its items."""
        dice = self.rng.random()
        paragraph = self.rng.choice(article.children)
        if dice < 0.2 and paragraph.children:
            return self.rng.choice(paragraph.children).id
        if dice < 0.5 and len(article.children) > 1:
            return paragraph.id
        return article.id

    def _cite_range_end(self, piece, first):
        start = self.place[first.id]
        end = min(len(self.articles) - 1, start + self.rng.randint(2, 3))
        piece.target = self.articles[end].id
        self.protected.update(a.id for a in self.articles[start:end + 1])
        return self.articles[end]


def words_of(node):
    return "".join(p.text for s in node.body for p in s)


def _sibling_before(siblings, node):
    return siblings[max(0, siblings.index(node) - 1)].id
