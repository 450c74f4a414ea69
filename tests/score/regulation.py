# SPDX-License-Identifier: MIT
"""A regulation as a tree of clauses whose numbers and references are computed.

Nodes and pieces keep their id when a tree is copied, so two versions of one
regulation can be compared without looking at their text.  Writing a tree as Markdown
also tells where every clause, label, reference and edited piece stands.
"""

from collections import Counter
from dataclasses import dataclass, field

from plain import Plain

KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(eq=False)
class Piece:
    """A run of text with one role: plain text, a word of a slot, a number, a reference."""

    id: int
    role: str                       # text, word, number, ref, law (a ref to another rule)
    text: str = ""
    slot: str = ""
    domain: int = -1
    unit: str = ""
    values: tuple = ()
    target: int = 0                 # node the reference means
    style: str = "absolute"         # absolute, article, paragraph, item, same
    frozen: bool = False            # text stays although numbers shift
    edits: list = field(default_factory=list)

    def copy(self):
        twin = Piece(**self.__dict__)
        twin.edits = list(self.edits)
        return twin


@dataclass(eq=False)
class Node:
    """A clause: chapter, article, paragraph, item, subitem, supplement, table, row."""

    id: int
    level: str
    caption: list = field(default_factory=list)     # pieces
    body: list = field(default_factory=list)        # sentences: lists of pieces
    children: list = field(default_factory=list)
    comment: list = field(default_factory=list)     # sentences of the commentary
    branch: bool = False                            # 枝番: numbered behind the one before
    fixed: bool = False                             # stays where it is under its caption
    edits: list = field(default_factory=list)

    def copy(self):
        return Node(
            self.id, self.level, [p.copy() for p in self.caption],
            [[p.copy() for p in s] for s in self.body],
            [c.copy() for c in self.children],
            [[p.copy() for p in s] for s in self.comment],
            self.branch, self.fixed, list(self.edits))

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def pieces(self):
        """Every piece of this clause and those below it."""
        for node in self.walk():
            yield from node.caption
            for sentence in node.body + node.comment:
                yield from sentence

    def find(self, node_id):
        return next((n for n in self.walk() if n.id == node_id), None)


def _words(node):
    return "".join(p.text for p in node.caption)


def _edits_of_all(sentences):
    """Edits that concern every piece: the text came, went or moved as a whole."""
    pieces = [p for s in sentences for p in s]
    return [e for e in pieces[0].edits if all(e in p.edits for p in pieces)]


class Regulation:
    """A title, chapters holding articles, and what is appended behind them."""

    def __init__(self, kind, title):
        self.kind = kind            # joko: 条項号, koban: 項番, prose: headings without labels
        self.title = title
        self.chapters = []
        self.appendix = []          # supplements and tables

    def copy(self):
        twin = Regulation(self.kind, self.title)
        twin.chapters = [c.copy() for c in self.chapters]
        twin.appendix = [a.copy() for a in self.appendix]
        return twin

    def articles(self):
        return [a for c in self.chapters for a in c.children]

    def nodes(self):
        for top in self.chapters + self.appendix:
            yield from top.walk()


class View:
    """Numbers, addresses and positions of one state of a regulation."""

    def __init__(self, regulation):
        self.kind = regulation.kind
        self.chain = {}             # node id → (article, paragraph, item, subitem)
        self.label = {}             # node id → label as written, "" if none
        self.path = {}              # node id → address
        self.alias = {}             # node id → other accepted addresses
        self.order = {}             # article id → place in the document
        if self.kind == "prose":
            self._name_headings(regulation)
        else:
            for section, chapter in enumerate(regulation.chapters, 1):
                self._number_chapter(chapter, section)
        self._number_appendix(regulation.appendix)

    def _name_headings(self, regulation):
        """Prose has no numbers: a heading is cited by its words, below the one above
        it where others bear the same; what stands under it by the heading."""
        heads = regulation.chapters + regulation.articles()
        names = Counter(_words(h) for h in heads)
        for chapter in regulation.chapters:
            self._enter(chapter, "", _words(chapter), (chapter,))
            for article in chapter.children:
                name = _words(article)
                path = name if names[name] == 1 else f"{_words(chapter)}＞{name}"
                self.order[article.id] = len(self.order)
                self._enter(article, "", path, (article,))
                for paragraph in article.children:
                    self._enter(paragraph, "", path, (article, paragraph))
                    for item in paragraph.children:
                        self._enter(item, "", path, (article, paragraph, item))

    def _number_chapter(self, chapter, section):
        joko = self.kind == "joko"
        self.label[chapter.id] = f"第{section}章" if joko else str(section)
        self.path[chapter.id] = self.label[chapter.id]
        if not joko or section == 1:
            self.base, self.twig = 0, 1
        for article in chapter.children:
            self._count(article.branch)
            if joko:
                branch = f"の{self.twig}" if self.twig > 1 else ""
                label = path = f"第{self.base}条{branch}"
            else:
                label, path = f"({self.base})", f"{section}({self.base})"
            self.order[article.id] = len(self.order)
            self._enter(article, label, path, (article,))
            self._number_paragraphs(article)

    def _count(self, branch):
        if branch and self.kind == "joko" and self.base:
            self.twig += 1
        else:
            self.base, self.twig = self.base + 1, 1

    def _enter(self, node, label, path, chain, aliases=()):
        self.label[node.id] = label
        self.path[node.id] = path
        self.chain[node.id] = chain
        if aliases:
            self.alias[node.id] = list(aliases)

    def _number_paragraphs(self, article):
        path = self.path[article.id]
        alone = len(article.children) == 1
        for index, paragraph in enumerate(article.children, 1):
            chain = (article, paragraph)
            if self.kind == "joko":
                label = "" if index == 1 else str(index)
                self._enter(paragraph, label, f"{path}第{index}項", chain)
                stem = path if alone else self.path[paragraph.id]
                self._number_items(paragraph, stem, chain, alone)
            elif alone:
                self._enter(paragraph, "", path + "本文", chain)
                self._number_kana(paragraph, path, chain, 0)
            else:
                label = KATAKANA[index - 1]
                self._enter(paragraph, label, path + label, chain)
                self._number_kana(paragraph, path + label, chain, 1)

    def _number_items(self, paragraph, stem, chain, alone):
        for index, item in enumerate(paragraph.children, 1):
            long_form = f"{self.path[paragraph.id]}第{index}号"
            aliases = [long_form] if alone else []
            self._enter(item, f"({index})", f"{stem}第{index}号", chain + (item,), aliases)
            for place, subitem in enumerate(item.children):
                kana = KATAKANA[place]
                self._enter(subitem, kana, self.path[item.id] + kana,
                            chain + (item, subitem), [long_form + kana] if alone else [])

    def _number_kana(self, node, stem, chain, depth):
        """Labels of a 項番 document below the unit: ア, then (ア), then a."""
        for index, child in enumerate(node.children):
            label = (KATAKANA[index], f"({KATAKANA[index]})", LETTERS[index])[depth]
            self._enter(child, label, stem + label, chain + (child,))
            self._number_kana(child, stem + label, chain + (child,), depth + 1)

    def _number_appendix(self, appendix):
        tables = 0
        for top in appendix:
            if top.level == "table":
                tables += 1
                self._enter(top, f"別表第{tables}", f"別表第{tables}", (top,))
            else:
                self._enter(top, "附則", "附則", (top,))
            for index, child in enumerate(top.children, 1):
                if top.level == "table":
                    self._enter(child, "", f"{self.path[top.id]}#{index}", (top, child))
                else:
                    label = "" if index == 1 else str(index)
                    self._enter(child, label, f"附則第{index}項", (top, child))

    def reference(self, piece, here, before=None):
        """The text of a reference standing in clause `here` (a chain)."""
        if piece.frozen:
            return piece.text
        chain = self.chain.get(piece.target)
        if chain is None:
            return piece.text
        if self.kind == "koban":
            return "項番" + self.path[piece.target].replace("本文", "")
        return self._head(piece, chain, here, before) or self._absolute(chain, here)

    def _head(self, piece, chain, here, before):
        """A relative reference where the style asks for one and it still holds."""
        rest = self._tail(chain)
        if chain[0].level == "table" or here[0].id not in self.order:
            return ""
        step = self.order[chain[0].id] - self.order[here[0].id]
        if piece.style == "article" and step in (-1, 1):
            return ("前条" if step < 0 else "次条") + rest
        if piece.style == "same" and before and before[0] is chain[0] and step:
            return "同条" + rest
        if piece.style == "paragraph" and step == 0 and len(here) > 1 and len(chain) > 1:
            places = {p.id: i for i, p in enumerate(here[0].children)}
            if places[here[1].id] - places[chain[1].id] == 1:
                return "前項" + self._item_tail(chain)
        if piece.style == "item" and len(here) > 2 and len(chain) > 2 and chain[1] is here[1]:
            places = {p.id: i for i, p in enumerate(here[1].children)}
            if places[here[2].id] - places[chain[2].id] == 1:
                return "前号"
        return ""

    def _item_tail(self, chain):
        if len(chain) < 3:
            return ""
        tail = f"第{chain[1].children.index(chain[2]) + 1}号"
        return tail + (self.label[chain[3].id] if len(chain) > 3 else "")

    def _tail(self, chain):
        if len(chain) < 2 or chain[0].level == "table":
            return ""
        alone = len(chain[0].children) == 1
        paragraph = "" if alone else f"第{chain[0].children.index(chain[1]) + 1}項"
        return paragraph + self._item_tail(chain)

    def _absolute(self, chain, here):
        if chain[0] is here[0] and len(chain) > 1 and self._tail(chain):
            if len(chain) > 2 and len(here) > 1 and chain[1] is here[1]:
                return self._item_tail(chain)
            return self._tail(chain)
        return self.label[chain[0].id] + self._tail(chain)


class Writer:
    """Writes a regulation as Markdown and keeps where everything stands."""

    def __init__(self, regulation, front):
        self.regulation = regulation
        self.view = View(regulation)
        self.parts = []
        self.length = 0
        self.spans = {}             # node id → [start, end] of the whole clause
        self.own = {}               # node id → [start, end] of its own text
        self.labels = {}            # node id → [start, end] of its label
        self.heads = {}             # node id → [start, end] of its caption
        self.comments = {}          # node id → [start, end] of its commentary
        self.refs = {}              # piece id → (start, end, text, chain of its clause)
        self.edits = {}             # edit id → [(start, end, path)]
        self._document(front)
        self.raw = "".join(self.parts)
        self._to_plain()

    def _put(self, text):
        self.parts.append(text)
        self.length += len(text)

    def _document(self, front):
        self._put(front)
        self._put(f"# {self.regulation.title}\n")
        for chapter in self.regulation.chapters:
            start = self.length
            self._put("\n## ")
            self._label(chapter)
            self._put("" if self.regulation.kind == "prose" else "　")
            self._pieces(chapter.caption, chapter, ())
            self._put("\n")
            if chapter.body:
                self._put("\n")
                self._sentences(chapter.body, chapter, (chapter,))
                self._put("\n")
            for article in chapter.children:
                self._article(article)
            self.spans[chapter.id] = [start, self.length]
        for top in self.regulation.appendix:
            self._appended(top)

    def _label(self, node):
        start = self.length
        self._put(self.view.label[node.id])
        if self.length > start:
            self.labels[node.id] = [start, self.length]

    def _mark(self, edits, start, path):
        for edit in edits:
            spans = self.edits.setdefault(edit, [])
            if spans and spans[-1][1] == start and spans[-1][2] == path:
                spans[-1] = (spans[-1][0], self.length, path)
            else:
                spans.append((start, self.length, path))

    def _pieces(self, pieces, node, chain, suffix=""):
        before = None
        for piece in pieces:
            start = self.length
            text = piece.text
            if piece.role == "ref":
                text = self.view.reference(piece, chain, before)
                before = self.view.chain.get(piece.target)
            self._put(text)
            if piece.role == "ref":
                self.refs[piece.id] = (start, self.length, text, chain)
            self._mark(piece.edits, start, self.view.path[node.id] + suffix)

    def _sentences(self, sentences, node, chain):
        start = self.length
        for sentence in sentences:
            self._pieces(sentence, node, chain)
        self.own[node.id] = [start, self.length]

    def _article(self, article):
        start = self.length
        chain = (article,)
        self._put("\n### ")
        self._label(article)
        self._put({"joko": "（", "koban": "　", "prose": ""}[self.regulation.kind])
        caption = self.length
        self._pieces(article.caption, article, chain, "見出し")
        self.heads[article.id] = [caption, self.length]
        self._put("）\n" if self.regulation.kind == "joko" else "\n")
        for paragraph in article.children:
            self._paragraph(article, paragraph)
        if article.comment:
            self._put("\n> ")
            head = self.length
            self._put("【解説】")
            self._mark(_edits_of_all(article.comment), head, self.view.path[article.id] + "解説")
            for sentence in article.comment:
                self._pieces(sentence, article, chain, "解説")
            self.comments[article.id] = [head, self.length]
            self._put("\n")
        self.spans[article.id] = [start, self.length]
        self._mark(article.edits, start, self.view.path[article.id])

    def _paragraph(self, article, paragraph):
        listed = (self.regulation.kind == "koban" and article.level == "article"
                  and len(article.children) > 1)
        start = self.length
        if not listed or paragraph is article.children[0]:
            self._put("\n")
        if listed:
            self._put("- ")
        self._label(paragraph)
        if self.view.label[paragraph.id]:
            self._put("　")
        chain = (article, paragraph)
        self._sentences(paragraph.body, paragraph, chain)
        self._put("\n")
        if paragraph.children and not listed:
            self._put("\n")
        for item in paragraph.children:
            self._item(item, chain, 1 if listed else 0)
        self._close(paragraph, start)

    def _item(self, item, chain, depth):
        start = self.length
        self._put("  " * depth + "- ")
        self._label(item)
        self._put("　" if self.view.label[item.id] else "")
        self._sentences(item.body, item, chain + (item,))
        self._put("\n")
        for child in item.children:
            self._item(child, chain + (item,), depth + 1)
        self._close(item, start)

    def _close(self, node, start):
        self.spans[node.id] = [start, self.length]
        self._mark(node.edits, start, self.view.path[node.id])

    def _appended(self, top):
        start = self.length
        self._put("\n## ")
        self._label(top)
        self._pieces(top.caption, top, (top,))
        self._put("\n")
        if top.level == "table":
            self._put("\n| 区分 | 対象 | 措置 |\n|---|---|---|\n")
        for child in top.children:
            if top.level == "table":
                self._row(top, child)
            else:
                self._paragraph(top, child)
        self.spans[top.id] = [start, self.length]

    def _row(self, table, row):
        start = self.length
        self._put("|")
        for cell in row.body:
            self._put(" ")
            self._pieces(cell, row, (table, row))
            self._put(" |")
        self._put("\n")
        self.own[row.id] = [start, self.length]
        self._close(row, start)

    def _to_plain(self):
        """Every raw offset above becomes an offset in the plain text."""
        rank = Plain(self.raw).ranks()
        for table in (self.spans, self.own, self.labels, self.heads, self.comments):
            for key, (start, end) in table.items():
                table[key] = [rank[start], rank[end]]
        for key, (start, end, text, chain) in self.refs.items():
            self.refs[key] = (rank[start], rank[end], text, chain)
        for key, spans in self.edits.items():
            self.edits[key] = [(rank[s], rank[e], path) for s, e, path in spans]
        self.plain_length = rank[-1]
