#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Make a guideline, a city's rule that follows it in its own way, and what is true of them.

usage: correspond.py --clauses N --seed S [--extended] [--hard] -o DIR

DIR gets guideline.md, revised.md (the guideline's next edition), city.md, expected.md (the
city's text with every edit that has a mechanical answer), settings.yaml (role names) and
truth.json: groups of clauses that answer to each other, and the edits.

The guideline has numbered headings and ① clauses that end in すること。; the city has 条 and
項 that end in しなければならない。, other names for every role, a quarter of its sections
elsewhere, clauses reworded, split, merged, left out, and some of its own (compare.md §2.1).
The next edition changes single words; with --extended all that revise.py lists, in texts with
tables and references; with --hard besides short clauses, near duplicates, and words that go from
one clause to another.
"""
import argparse
import json
import os
import random
from dataclasses import dataclass, field

import lexicon
import revise

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

PREFIXES = ["本庁", "所管", "主任", "担当", "総括"]

# One of several ways to say it, and another.
SYNONYMS = [
    ("点検", "確認"), ("記録", "記載"), ("報告", "通知"), ("許可", "承認"), ("保管", "格納"),
    ("あらかじめ、", "事前に、"), ("速やかに、", "遅滞なく、"), ("定期的に、", "計画的に、"),
    ("必要があるときは、", "必要と認めるときは、"), ("支障が生じない", "妨げとならない"),
    ("その結果", "その状況"), ("整理", "整頓"), ("廃棄", "処分"), ("審査", "検討"),
    ("変更", "改変"), ("確保する", "保つ"), ("防ぐ", "避ける"), ("異動又は退職", "人事異動又は退職"),
    ("登録", "登載"), ("更新", "改訂"), ("設置", "配置"), ("返却", "返還"), ("監視", "見守り"),
]

BOILERPLATE = [
    "講じた措置の内容を記録し、これを保存",
    "関係する者の意見を聴き、その内容を十分に考慮",
    "その旨を関係する部署に周知し、必要な協力を依頼",
    "その理由及び経過を明らかにした書面を作成",
    "その者が身分を証する書類を携帯していることを確認",
    "次年度の計画に反映させるため、結果を取りまとめ",
]

CONDITIONS = [
    "業務上必要があるときは、", "あらかじめ、{B}の許可を得て、", "毎年度{n}回以上、", "異動又は退職の際には、",
    "{O2}を{V2}する場合においては、", "定期的に、", "速やかに、", "事故が発生したときは、{n}日以内に、",
    "{O2}の{V2}を終えた日から{n}日以内に、", "夜間及び休日においても、", "外部の者が{O2}を利用するときは、",
]
PURPOSES = [
    "{O2}の{V2}に支障が生じないよう、", "紛失及び盗難を防ぐため、", "第三者に知られないよう、", "正確性を確保するため、",
    "{O2}と区分して、", "{O2}に記載された手順により、", "",
]
TAILS = [
    "その結果を{B}に報告", "その記録を{n}年間保存", "{O2}に記録", "{B}の確認を依頼", "{O2}と照合",
    "{n}人以上で点検", "その内容を{O2}に反映",
]
NORMS = {
    "duty": ("すること。", "しなければならない。"),
    "ban": ("しないこと。", "してはならない。"),
    "advice": ("することが望ましい。", "することが望ましい。"),
    "effort": ("するよう努めること。", "するよう努めなければならない。"),
    "may": ("することも可能とする。", "することができる。"),
}


@dataclass
class Piece:
    """A run of words: as the guideline says it, as the city does."""

    slot: str
    guideline: str
    city: str
    revised: str = None         # in the next edition; None = as it is
    wanted: str = None          # in the city's text after that


@dataclass
class Clause:
    pieces: list
    kind: str = "near"          # near paraphrase split merge omitted own
    number: str = ""            # ① … in the guideline
    city: list = field(default_factory=list)       # addresses
    address: str = ""
    edit: revise.Edit = None


class Maker(revise.Reviser):
    piece = Piece

    def __init__(self, clauses, seed, hard=False):
        self.r = random.Random(seed)
        self.hard = hard
        self.n = clauses
        actors = [a for a in lexicon.ACTORS if a.endswith(("者", "長", "任", "員", "監"))]
        self.roles = {}
        for i, actor in enumerate(actors):
            self.roles[actor] = PREFIXES[i % len(PREFIXES)] + actor if i % 3 else \
                actor[:-1] + ("担当" if i % 2 else "主幹") + actor[-1]
        self.actors = actors
        self.domains = [(t, o.split(), v.split()) for t, o, v in lexicon.DOMAINS]
        self.said = set()

    # ---- sentences ------------------------------------------------------

    def fill(self, text, domain):
        """Words for the slots of a phrase: (guideline, city) runs by slot."""
        _, objects, verbs = domain
        out = []
        while text:
            i = text.find("{")
            if i < 0:
                out.append(Piece("text", text, text))
                break
            if i > 0:
                out.append(Piece("text", text[:i], text[:i]))
            j = text.index("}", i)
            name = text[i + 1:j]
            if name == "n":
                n = str(self.r.choice([2, 3, 5, 7, 10, 14, 20, 30, 60, 90]))
                out.append(Piece("number", n, n))
            elif name == "B":
                role = self.r.choice(self.actors)
                out.append(Piece("role", role, self.roles[role]))
            elif name.startswith("O"):
                word = self.r.choice(objects)
                out.append(Piece("object", word, word))
            else:
                word = self.r.choice(verbs)
                out.append(Piece("verb", word, word))
            text = text[j + 1:]
        return out

    def clause(self, domain, actor):
        for _ in range(50):
            norm = self.r.choices(list(NORMS), [60, 12, 10, 10, 8])[0]
            pieces = [Piece("role", actor, self.roles[actor]), Piece("text", "は、", "は、")]
            if not (self.hard and self.r.random() < 0.3):
                pieces += self.fill(self.r.choice(CONDITIONS), domain)
                pieces += self.fill(self.r.choice(PURPOSES), domain)
            pieces += self.fill("{O1}を{V1}", domain)
            if norm != "ban" and self.r.random() < 0.6:
                pieces.append(Piece("text", "し、", "し、"))
                pieces += self.fill(self.r.choice(TAILS), domain)
            pieces.append(Piece("norm", *NORMS[norm]))
            text = "".join(p.guideline for p in pieces)
            if text not in self.said:
                self.said.add(text)
                return Clause(pieces)
        raise SystemExit("cannot find another clause")

    def near_duplicate(self, domain):
        """A clause of an earlier section again, with one other word."""
        for _ in range(20):
            twin = self.r.choice(self.r.choice(self.sections)[1])
            pieces = [Piece(p.slot, p.guideline, p.guideline) for p in twin.pieces
                      if p.slot in ("role", "text", "object", "verb", "number") and p.guideline]
            if twin.kind in ("split", "own") or pieces[0].slot != "role":
                continue
            for p in pieces:
                p.city = self.roles.get(p.guideline, p.city)
            changed = self.r.choice([p for p in pieces if p.slot in ("object", "verb")])
            _, objects, verbs = domain
            changed.guideline = changed.city = \
                self.r.choice(objects if changed.slot == "object" else verbs)
            pieces.append(Piece("norm", *NORMS["duty"]))
            text = "".join(p.guideline for p in pieces)
            if text not in self.said:
                self.said.add(text)
                return Clause(pieces)
        return None

    # ---- what the city makes of it ----------------------------------------

    def reword(self, clause):
        """Other words for two to four pieces."""
        want, done = self.r.randint(2, 4), 0
        order = list(range(2, len(clause.pieces) - 1))
        self.r.shuffle(order)
        for i in order:
            piece = clause.pieces[i]
            for a, b in SYNONYMS:
                if a in piece.city and done < want:
                    piece.city = piece.city.replace(a, b)
                    done += 1
                    break
        if done < want:
            k = next(i for i, p in enumerate(clause.pieces) if p.slot == "object")
            clause.pieces.insert(k, Piece("text", "", self.r.choice(["当該", "所管する", "対象となる"])))
            done += 1
        clause.kind = "paraphrase" if done >= 2 else "near"

    def split(self, clause, domain):
        """A second sentence of the guideline's becomes a 項 of its own."""
        actor = clause.pieces[0]
        if self.r.random() < 0.5:
            words = self.r.choice(BOILERPLATE)
            clause.pieces += [
                Piece("text", "この場合において、", ""), Piece("break", "", ""),
                Piece("text", "", "前項の場合において、"), Piece("text", words, words),
                Piece("norm", *NORMS["duty"])]
        else:
            more = self.fill("{O1}について、" + self.r.choice(TAILS), domain)
            clause.pieces += [
                Piece("break", "", ""), Piece("text", "また、", ""),
                Piece("role", "", actor.city), Piece("text", "", "は、"),
                *more, Piece("norm", *NORMS["duty"])]
        clause.kind = "split"

    # ---- the guideline ------------------------------------------------------

    def make(self):
        self.sections = []
        while sum(len(s) for _, s in self.sections) < self.n:
            domain = self.r.choice(self.domains)
            actor = self.r.choice(self.actors)
            section = []
            for _ in range(self.r.randint(3, 9)):
                if self.r.random() < 0.3:
                    actor = self.r.choice(self.actors)
                twin = self.near_duplicate(domain) if self.hard and self.sections and \
                    self.r.random() < 0.15 else None
                section.append(twin or self.clause(domain, actor))
            title = f"{self.r.choice(domain[1])}の{self.r.choice(domain[2])}"
            self.sections.append((title, section))
            self.decide(section, domain)
        return self

    def decide(self, section, domain):
        i = 0
        while i < len(section):
            clause, dice = section[i], self.r.random()
            if dice < 0.38:
                clause.kind = "near"
            elif dice < 0.64:
                self.reword(clause)
            elif dice < 0.76 and i + 1 < len(section):
                clause.kind = section[i + 1].kind = "merge"
                i += 1
            elif dice < 0.86:
                self.split(clause, domain)
            elif dice < 0.94:
                clause.kind = "omitted"
            i += 1

    # ---- edits of the next edition --------------------------------------------

    @staticmethod
    def says_same(piece):
        return piece.city in (piece.guideline, dict(NORMS.values()).get(piece.guideline))

    def edit(self, share=0.115):
        """Change words of some clauses; `wanted` where the answer is mechanical."""
        self.edits, self.tables, self.titles = [], {}, {}
        self.added, self.gone, self.instead = {}, set(), {}
        for _, section in self.sections:
            for clause in section:
                if self.r.random() < share:
                    self.make_word(clause)

    def other(self, piece):
        if piece.slot == "number":
            n = str(self.r.choice([4, 6, 15, 25, 45, 120]))
            return n, n
        if piece.slot == "norm":
            kinds = [k for k in NORMS if k != "ban" and NORMS[k][0] != piece.guideline]
            if piece.guideline == NORMS["ban"][0]:
                return None
            return NORMS[self.r.choice(kinds)]
        pool = [w for _, o, v in self.domains for w in (o if piece.slot == "object" else v)
                if w != piece.guideline]
        word = self.r.choice(pool)
        return word, word

    # ---- writing ----------------------------------------------------------------

    def texts(self, clause, revised):
        """A clause is one of the guideline; an edition may make it two, or none."""
        if revised and id(clause) in self.instead:
            return self.instead[id(clause)]
        return ["".join(p.revised if revised and p.revised is not None else p.guideline
                        for p in clause.pieces)]

    def members(self, k, revised):
        """Clauses of a section in an edition."""
        section = list(self.sections[k][1])
        if revised:
            for at, new in sorted(self.added.get(k, []), key=lambda x: -x[0]):
                section.insert(at, new)
            section = [c for c in section if id(c) not in self.gone or
                       any(c is new for _, new in self.added.get(k, []))]
        return section

    def write_guideline(self, revised):
        out = ["---\ntitle: 指針\nkind: 指針\nstyle: 見本\n---\n\n# 指針\n"]
        chapter = 0
        for k, (title, _) in enumerate(self.sections):
            if k % 6 == 0:
                chapter += 1
                out.append(f"\n## 第{chapter}章　対策の基準その{chapter}\n")
            if revised and k in self.titles:
                title = self.titles[k][0]
            number = f"{chapter}.{k % 6 + 1}"
            out.append(f"\n### {number}　{title}\n\n")
            i = 0
            for clause in self.members(k, revised):
                for text in self.texts(clause, revised):
                    address = number + CIRCLED[i]
                    out.append(f"- {CIRCLED[i]}　{text}\n")
                    i += 1
                    if revised and clause.edit:
                        clause.edit.new.append(address)
                    elif not revised:
                        clause.address = address
                        if clause.edit:
                            clause.edit.old = address
                            clause.edit.olds.append(address)
            if k in self.titles and not revised:
                self.titles[k][1].old = number
            if k in self.tables:
                table = self.tables[k]
                out.append("\n" + table.write(table.revised if revised else table.rows))
                if table.edit:
                    row = f"{number}の表第{getattr(table.edit, 'row', 0) + 1}行"
                    table.edit.old = row
                    table.edit.new = [row]
        return "".join(out)

    def arrange(self):
        """A quarter of the sections elsewhere; the city's own articles between."""
        order = list(range(len(self.sections)))
        moved = self.r.sample(order, len(order) // 4)
        rest = [k for k in order if k not in moved]
        for k in moved:
            rest.insert(self.r.randrange(len(rest) + 1), k)
        self.order = []
        for k in rest:
            self.order.append(self.sections[k])
            if self.r.random() < 0.25:
                domain = self.r.choice(self.domains)
                own = [self.clause(domain, self.r.choice(self.actors))
                       for _ in range(self.r.randint(1, 3))]
                for clause in own:
                    clause.kind = "own"
                self.order.append((f"{self.r.choice(domain[1])}の特例", own))

    def paragraphs(self, section):
        """The 項 of an article: runs of words, each with its clause; the clauses of each."""
        out, i = [], 0
        while i < len(section):
            clause = section[i]
            if clause.kind == "omitted":
                i += 1
                continue
            of = [clause]
            if clause.kind == "merge" and i + 1 < len(section) \
                    and section[i + 1].kind == "merge":
                i += 1
                of.append(section[i])
            parts = [[]]
            for c in of:
                for piece in c.pieces:
                    if piece.slot == "break":
                        parts.append([])
                    else:
                        parts[-1].append((c, piece))
            out += [(part, of) for part in parts]
            i += 1
        return out

    def settle(self):
        """The city's articles: title, section (None for its own), 項."""
        number = {id(section): k for k, (_, section) in enumerate(self.sections)}
        self.articles = []
        for title, section in self.order:
            paragraphs = self.paragraphs(section)
            if paragraphs:
                self.articles.append((title, number.get(id(section)), paragraphs))
        for a, (_, _, paragraphs) in enumerate(self.articles):
            for i, (_, of) in enumerate(paragraphs):
                for clause in of:
                    clause.city.append(f"第{a + 1}条第{i + 1}項" if len(paragraphs) > 1
                                       else f"第{a + 1}条")

    def refer(self, share=0.5):
        """Some of the city's own clauses name one that stands elsewhere."""
        targets = [(a, i) for a, (_, k, paragraphs) in enumerate(self.articles)
                   if k is not None and len(paragraphs) > 1 for i in range(len(paragraphs))]
        for _, k, paragraphs in self.articles:
            if k is None and targets and self.r.random() < share:
                pieces, of = paragraphs[0]
                at = self.r.choice(targets)
                pieces.append((of[0], Piece("ref", "", at)))

    def article(self, a, applied):
        """項 of an article as the city has them once some edits were applied: texts, and the
        place of each former one."""
        texts, places = [], {}
        _, k, paragraphs = self.articles[a]
        new = [e for _, c in self.added.get(k, []) for e in [c.edit]
               if e and e.kind == "added" and applied(e)] if k is not None else []
        for e in new:
            if e.before is None and e.behind == (a, 0):
                texts.append([(c, p) for _, c in self.added[k] for p in c.pieces])
        for i, (pieces, of) in enumerate(paragraphs):
            places[i] = len(texts)
            edit = of[0].edit
            if edit and edit.kind in ("split", "split3") and applied(edit):
                duty = (of[0], Piece("norm", *NORMS["duty"]))
                texts.append(pieces[:edit.cut] + [duty])
                texts.append(pieces[:2] + pieces[edit.cut + 1:])
            else:
                texts.append(pieces)
            for e in new:
                if e.before == (a, i):
                    texts.append([(e.clause, p) for p in e.clause.pieces])
        return texts, places

    def write_city(self, applied):
        """The city's text; applied(edit) says which edits were carried out on it."""
        def say(clause, piece):
            if piece.slot == "ref":
                a, i = piece.city
                return f"この場合においては、第{a + 1}条第{articles[a][1][i] + 1}項の規定を準用する。"
            if piece.wanted is not None and clause.edit and applied(clause.edit):
                return piece.wanted
            return piece.city

        out = ["---\ntitle: 見本市規程\nkind: 規程\nstyle: 見本\n---\n\n# 見本市規程\n"]
        articles = [self.article(a, applied) for a in range(len(self.articles))]
        for a, (title, k, _) in enumerate(self.articles):
            if a % 9 == 0:
                out.append(f"\n## 第{a // 9 + 1}章　管理の方法その{a // 9 + 1}\n")
            if k in self.titles and applied(self.titles[k][1]):
                title = self.titles[k][0]
            out.append(f"\n### 第{a + 1}条（{title}）\n\n")
            for i, pieces in enumerate(articles[a][0]):
                number = "" if i == 0 else f"{i + 1}　"
                out.append(number + "".join(say(c, p) for c, p in pieces) + "\n\n")
            if k in self.tables:
                table = self.tables[k]
                done = table.edit and table.wanted and applied(table.edit)
                out.append(table.write(table.wanted if done else table.rows))
        return "".join(out)

    def truth(self):
        groups, edits = [], []
        for _, section in self.sections:
            i = 0
            while i < len(section):
                clause = section[i]
                of = [clause]
                if clause.kind == "merge" and i + 1 < len(section):
                    i += 1
                    of.append(section[i])
                if clause.city:
                    groups.append({"kind": clause.kind, "guideline": [c.address for c in of],
                                   "city": clause.city})
                i += 1
        for e in self.edits:
            edits.append({"kind": e.kind, "mechanical": e.mechanical, "present": e.present,
                          "detail": e.detail, "guideline": e.old, "revised": e.new,
                          "city": getattr(e.clause, "city", [])})
        return {"groups": groups, "edits": edits}

    def settings(self):
        words = "".join(f"    {g}: {c}\n" for g, c in self.roles.items())
        return f"vocabulary:\n  endings: 規程\n  words:\n{words}"


def make(clauses, seed, extended=False, hard=False):
    maker = Maker(clauses, seed, hard).make()
    if extended:
        maker.prepare()
    else:
        maker.edit()
    maker.arrange()
    maker.settle()
    if extended:
        maker.refer()
        maker.restructure()
    return maker


def write(folder, clauses, seed, extended=False, hard=False):
    os.makedirs(folder, exist_ok=True)
    maker = make(clauses, seed, extended or hard, hard)
    files = {
        "guideline.md": maker.write_guideline(False), "revised.md": maker.write_guideline(True),
        "city.md": maker.write_city(lambda e: False),
        "expected.md": maker.write_city(lambda e: e.mechanical),
        "settings.yaml": maker.settings(),
    }
    files["truth.json"] = json.dumps(maker.truth(), ensure_ascii=False, indent=1) + "\n"
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)
    return maker


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clauses", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--extended", action="store_true")
    parser.add_argument("--hard", action="store_true")
    parser.add_argument("-o", "--output", required=True)
    args = parser.parse_args()
    write(args.output, args.clauses, args.seed, args.extended, args.hard)


if __name__ == "__main__":
    main()
