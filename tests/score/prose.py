# SPDX-License-Identifier: MIT
"""Drafts documents of prose: headings without labels, paragraphs, lists, commentary.

The patterns are those of lexicon.py with one slot more: {L}, an article of another
rule, the only thing that prose cites by number.
"""

from drafting import DOMAINS, Drafter
from regulation import Piece, Regulation

TITLE = "見本市事務運営方針"
# What sets chapters of one subject apart.
PLACES = """
本庁 支所 出先機関 委員会事務局 消防本部 学校 図書館 病院 水道局 市民会館 保健所 区役所
公民館 体育館 博物館 美術館 保育所 給食センター 清掃工場 斎場 市場 港湾事務所 土木事務所
""".split()

OPENINGS = [
    "本市では、{O}の{V}が年々増えており、{A}がその状況を毎年度取りまとめている。",
    "{O}の{V}は、{U}の前提となるものであり、{A}が責任を持って進める。",
    "{A}は、{U}を図るため、{O}の{V}に計画的に取り組む。",
    "これまでの{O}の{V}においては、{E}事例が{N:件:3,5,8,12}あり、その多くは{P}の不注意によるものであった。",
    "{O}の{K}については、{A}が手順を定め、{P}に周知する。",
    "{O}を{V}する際は、{A}が管理規程{L}の規定に基づく確認を行う。",
    "計画の期間の終わりまでに、{O}の{V}を{N:か所:10,20,30,40}で実施し、{U}につなげる。",
    "{A}は、{O}の{V}の状況を調べ、その結果を{A}に報告{M}。",
    "{E}場合に備え、{A}は、{O}の{V}を{N:年:1,2,3}に1回以上行う。",
    "{P}が安心して{O}を利用できるよう、{A}は、{V}の方法を分かりやすく示す。",
    "{O}の{V}に当たっては、文書取扱規則{L}に定めるところによるほか、{U}に配慮する。",
    "今後は、{O}及び{O}の{V}を一体のものとして進めることが求められる。",
    "{A}は、次に掲げる取組を進める。{ITEMS}",
    "{O}の{V}については、次の点に留意する。{ITEMS}",
]
SENTENCES = [
    "このため、{A}は、{O}の{V}を優先して行う。",
    "その際、{P}の負担が増えないよう、{O}の様式を簡素なものにする。",
    "{O}の{K}に要する日数は、{N:日:3,5,7,10}{C:以内}とする。",
    "{A}は、{A}と協力し、{U}に努める。",
    "特に、{E}場合の対応については、あらかじめ{A}が定めておく。",
    "その結果は、{O}に記録し、{N:年間:1,3,5}保存する。",
    "{U}の観点からも、{O}の{V}は重要である。",
    "{P}には、{V}の目的を丁寧に説明{M}。",
    "必要な経費は、毎年度の予算の範囲内で{A}が措置する。",
    "ただし、{E}ときは、{A}の判断により{V}を見合わせることができる。",
    "なお、{O}のうち{N:万円:30,50,100}{C:未満の}ものは、{A}が個別に判断する。",
    "{O}の{V}が遅れている部署には、{A}が個別に助言する。",
]
ITEMS = [
    "{O}の{V}を{N:回:2,3,4,6}以上行う", "{A}による{O}の{K}の確認", "{O}の{V}の手順を見直す",
    "{P}に{O}の{V}を周知する", "{E}場合の連絡先を{O}に記載する", "{U}のための{O}の{V}",
    "{A}が{O}を{V}する体制を整える", "{O}の{K}に関する研修を受ける",
    "{O}の{V}の状況を公表する", "{A}と{A}の役割の分担を明らかにする",
]
COMMENTS = [
    "{O}の{V}は、{A}が交代したときに途切れやすい。引継ぎの際に必ず確かめることとする。",
    "{E}例は、他の自治体でも報告されている。{O}の{V}を怠らないことが大切である。",
    "「{O}の{V}」には、{P}が自ら行うものを含む。",
    "ここでいう{O}は、{A}が{U}のために作成するものに限る。",
]
CAPTIONS = [
    "{O}の{V}", "{O}の{V}の現状", "{O}の{V}の進め方", "{O}の{K}", "{O}をめぐる課題",
    "{V}の体制", "{U}に向けた{O}の{V}", "{O}と{O}", "{O}の{V}の目標", "{P}への{V}の支援",
    "{A}の役割", "{O}の{K}の方針",
]
PURPOSE = "この章では、{O}及び{O}の{V}について、{A}が行うことを示す。"


class ProseDrafter(Drafter):
    """Sections bear captions of their own; the first of a chapter is 趣旨."""

    def __init__(self, rng):
        super().__init__(rng, "prose")
        self.captions = set()

    def caption(self, domain):
        while True:
            pieces = self.sentence(CAPTIONS, domain)
            text = "".join(p.text for p in pieces)
            if text not in self.captions:
                self.captions.add(text)
                return pieces

    def _slot(self, slot, argument, domain, used):
        if slot == "L":
            number = self.rng.randint(3, 60)
            return [Piece(self.fresh(), "law", f"第{number}条", slot="L")]
        return super()._slot(slot, argument, domain, used)

    def comment(self, domain):
        return [self.sentence(COMMENTS, domain)]

    def paragraph(self, domain, index):
        rng = self.rng
        pattern = rng.choice(OPENINGS)
        paragraph = self.node("paragraph", body=[self.pieces(pattern, domain)])
        if "{ITEMS}" in pattern:
            for place in range(rng.choices((3, 4, 5, 6), (4, 3, 2, 1))[0]):
                paragraph.children.append(self.other_item("ITEMS", domain, place, paragraph))
            return paragraph
        for share in (0.85, 0.6, 0.25):
            if rng.random() < share:
                paragraph.body.append(self.sentence(SENTENCES, domain))
        return paragraph

    def item(self, name, domain, place):
        return self.node("item", body=[self.sentence(ITEMS, domain)])

    def proviso(self, domain):
        return self.sentence(SENTENCES, domain)

    def purpose(self, domain):
        section = self.node("article", caption=[self.text("趣旨")], fixed=True)
        section.children.append(
            self.node("paragraph", body=[self.pieces(PURPOSE, domain),
                                         self.sentence(SENTENCES, domain)]))
        return section

    def regulation(self, count, tables):
        document = Regulation(self.kind, TITLE)
        domains = list(range(len(DOMAINS)))
        self.rng.shuffle(domains)
        drafted = 0
        while drafted < count:
            turn, at = divmod(len(document.chapters), len(domains))
            domain, title = domains[at], DOMAINS[domains[at]][0]
            name = f"{PLACES[turn - 1]}における{title}" if turn else title
            chapter = self.node("chapter", caption=[self.text(name)],
                                body=[self.sentence(SENTENCES[:1] + SENTENCES[3:8], domain)])
            wanted = min(count - drafted, self.rng.randint(7, 15))
            chapter.children.append(self.purpose(domain))
            chapter.children += [self.article(domain) for _ in range(wanted - 1)]
            drafted += wanted
            document.chapters.append(chapter)
        for _ in range(tables):
            document.appendix.append(self._table(self.rng.choice(domains)))
        return document
