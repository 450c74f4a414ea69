#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the measuring side: a right answer scores full marks, each fault is noticed.

    test_score.py           ends in the line `N passed, N failed`
"""

import copy
import json
import os
import sys
import tempfile
import unittest

import generate
import golden
import score
import standin
from marks import Reading
from metrics import DIVIDED, INNER_MOVES, Score
from plain import Plain, squeeze
from words import segmenter


class Case:
    """One generated pair with its perfect answer."""

    made = {}

    def __init__(self, *arguments):
        options = generate.parse([*arguments, "-o", "unused"])
        editor, old, new = generate.build(options)
        self.raw = {"old": old.raw, "new": new.raw}
        self.truth = json.loads(json.dumps(generate.truth_of(editor, old, new, options)))
        self.answer = standin.StandIn(editor, old, new).answer(self.truth["correspondence"])

    @classmethod
    def of(cls, *arguments):
        if arguments not in cls.made:
            cls.made[arguments] = cls(*arguments)
        return cls.made[arguments]

    def spoiled(self, spoil):
        answer = copy.deepcopy(self.answer)
        spoil(answer)
        return self.score(answer)

    def score(self, answer=None):
        reading = Reading(self.raw["old"], self.raw["new"], self.truth, answer or self.answer)
        return Score(self.truth, reading, segmenter())

    def edit(self, kind):
        return next(e for e in self.truth["edits"] if e["kind"] == kind)

    def change_over(self, answer, edit):
        """The change whose address holds an edit."""
        return next(c for c in answer["changes"] for n in ("old", "new") for e in c[n]
                    if c["kind"] == "modified" and e["path"] in {s["path"] for s in edit[n]})


PLAIN = ("--articles", "300", "--seed", "5")
FULL = ("--articles", "300", "--seed", "6", "--hard", "--extended")
PROSE = ("--articles", "300", "--seed", "8", "--kind", "prose", "--hard", "--extended")
KOBAN = ("--articles", "200", "--seed", "7", "--kind", "koban", "--hard", "--extended")


def _classify(spans, cls):
    for span in spans:
        if span["op"] != "=":
            span["class"] = cls


class RightAnswers(unittest.TestCase):
    def check(self, *arguments):
        made = Case.of(*arguments).score()
        found = made.summary()
        for key, value in (("named", 1), ("extended_named", 1), ("located", 1),
                           ("clean_articles", 1), ("noise_characters", 0),
                           ("renumber_shown", 0), ("move_recall", 1), ("move_precision", 1),
                           ("groups_named", 1), ("groups_precision", 1),
                           ("notation_recall", 1), ("false_notation", 0),
                           ("references_right", 1), ("false_reference_alarms", 0),
                           ("classes_right", 1), ("article_map", 1), ("contract_faults", 0)):
            self.assertIn(found[key], (value, None), key)
        self.assertLessEqual(found["marked_true"], 1.0)
        self.assertLessEqual(found["spans_per_edit"], 2.3)

    def test_a_perfect_answer_scores_full_marks(self):
        self.check(*PLAIN)

    def test_a_perfect_answer_to_the_hard_extended_set_scores_full_marks(self):
        self.check(*FULL)

    def test_a_perfect_answer_to_a_koban_document_scores_full_marks(self):
        self.check(*KOBAN)

    def test_a_perfect_answer_to_a_document_of_prose_scores_full_marks(self):
        self.check(*PROSE)

    def test_a_perfect_answer_to_the_worst_case_scores_full_marks(self):
        self.check("--articles", "40", "--all-changed")

    def test_an_empty_answer_names_nothing(self):
        found = Case.of(*PLAIN).score({"changes": [], "correspondence": []}).summary()
        self.assertEqual((found["named"], found["located"], found["article_map"]), (0, 0, 0))
        self.assertEqual(found["clean_articles"], 1)


class Faults(unittest.TestCase):
    def setUp(self):
        self.case = Case.of(*PLAIN)

    def spoil_edit(self, kind, spoil):
        edit = self.case.edit(kind)

        def work(answer):
            spoil(answer, self.case.change_over(answer, edit))
        return self.case.spoiled(work)

    def named(self, made, kind):
        row = made.kinds()[kind]
        return row["edits"] - row["named"]

    def test_an_unreported_edit_is_missed(self):
        made = self.spoil_edit("number", lambda a, c: a["changes"].remove(c))
        self.assertEqual(self.named(made, "number"), 1)

    def test_notation_called_substance_is_missed(self):
        made = self.spoil_edit("okurigana", lambda a, c: _classify(c["spans"], "substance"))
        self.assertEqual(self.named(made, "okurigana"), 1)
        self.assertLess(made.summary()["notation_recall"], 1)

    def test_meaning_called_notation_by_its_spans_is_counted(self):
        made = self.spoil_edit("substitution", lambda a, c: _classify(c["spans"], "notation"))
        self.assertEqual(made.summary()["false_notation"], 1)
        self.assertEqual(self.named(made, "substitution"), 1)

    def test_meaning_called_notation_by_its_clause_is_counted(self):
        made = self.spoil_edit("substitution", lambda a, c: c.update({"class": "notation"}))
        self.assertEqual(made.summary()["false_notation"], 1)

    def test_a_retargeted_reference_called_followed_is_missed(self):
        made = self.spoil_edit(
            "reference", lambda a, c: _classify(c["spans"], "reference-followed"))
        self.assertEqual(self.named(made, "reference"), 1)
        self.assertLess(made.summary()["references_right"], 1)

    def test_a_retargeted_reference_may_be_said_by_a_flag_of_its_clause(self):
        edit = Case.of(*FULL).edit("left-behind")

        def work(answer):
            change = Case.of(*FULL).change_over(answer, edit)
            change.pop("spans")
            change.update({"class": "reference", "flags": ["reference-retargeted"]})
        made = Case.of(*FULL).spoiled(work)
        self.assertEqual(self.named(made, "left-behind"), 0)

    def test_a_followed_reference_that_is_not_mentioned_is_wrong(self):
        def work(answer):
            answer["changes"] = [c for c in answer["changes"] if c["class"] != "reference"]
        self.assertLess(self.case.spoiled(work).summary()["references_right"], 0.3)

    def test_a_followed_reference_shown_as_change_is_counted_as_shown(self):
        def work(answer):
            for change in answer["changes"]:
                if change["class"] == "reference":
                    _classify(change["spans"], "substance")
        found = self.case.spoiled(work).summary()
        self.assertGreater(found["renumber_shown"], 0.1)
        self.assertEqual(found["clean_articles"], 1)
        self.assertGreater(found["marked_true"], self.case.score().summary()["marked_true"])

    def test_a_move_told_as_deletion_and_addition_lowers_recall(self):
        def work(answer):
            move = next(c for c in answer["changes"] if c["kind"] == "moved")
            answer["changes"].remove(move)
            answer["changes"] += [dict(move, kind="deleted", new=[]),
                                  dict(move, kind="added", old=[])]
        found = self.case.spoiled(work).summary()
        self.assertEqual(found["move_recall"], 7 / 8)
        self.assertEqual(found["move_precision"], 1)

    def untouched(self):
        edited = {p for e in self.case.truth["edits"] for p in e["old_articles"]}
        rows = [r for r in self.case.truth["correspondence"] if len(r["old"]) == len(r["new"]) == 1]
        return next(r for r in rows if r["old"][0] not in edited)

    def test_a_false_move_lowers_precision_and_soils_the_article(self):
        row = self.untouched()

        def work(answer):
            answer["changes"].append({
                "kind": "moved", "class": "none", "old": [{"path": row["old"][0], "text": ""}],
                "new": [{"path": row["new"][0], "text": ""}]})
        found = self.case.spoiled(work).summary()
        self.assertEqual(found["move_precision"], 8 / 9)
        self.assertEqual(found["clean_articles"], 1 - 1 / found["untouched_articles"])
        self.assertGreater(found["noise_characters"], 0)

    def test_a_split_with_a_part_missing_is_not_named(self):
        def work(answer):
            change = next(c for c in answer["changes"] if c["kind"] == "split")
            change["new"].pop()
        found = self.case.spoiled(work).summary()
        self.assertEqual(found["groups_named"], 7 / 8)

    def test_a_false_merge_lowers_precision(self):
        row = self.untouched()

        def work(answer):
            answer["changes"].append({
                "kind": "merged", "class": "none", "new": [{"path": row["new"][0], "text": ""}],
                "old": [{"path": p, "text": ""} for p in (row["old"][0], "第200条")]})
        self.assertEqual(self.case.spoiled(work).summary()["groups_precision"], 8 / 9)

    def test_a_paragraph_replaced_whole_is_not_located(self):
        def work(answer, change):
            change["spans"] = [
                {"op": op, "text": change[n][0]["text"], "class": "substance"}
                for op, n in (("-", "old"), ("+", "new"))]
        made = self.spoil_edit("substitution", work)
        row = made.kinds()["substitution"]
        self.assertEqual(row["edits"] - row["located"], 1)

    def test_an_inserted_article_reported_in_part_is_missed(self):
        def work(answer):
            added = next(c for c in answer["changes"]
                         if c["kind"] == "added" and c["new"][0]["path"].endswith("条"))
            added["new"][0]["path"] += "第1項"
        made = self.case.spoiled(work)
        self.assertEqual(self.named(made, "inserted"), 1)

    def test_a_caption_called_text_is_missed(self):
        def work(answer, change):
            change["class"] = "substance"
            for entry in change["old"] + change["new"]:
                entry["path"] = entry["path"].replace("見出し", "")
        self.assertEqual(self.named(self.spoil_edit("caption", work), "caption"), 1)

    def test_an_ending_without_its_class_lowers_the_classes(self):
        def work(answer):
            for change in answer["changes"]:
                for span in change.get("spans", []):
                    if span.get("class") == "modality":
                        span["class"] = "substance"
        self.assertLess(self.case.spoiled(work).summary()["classes_right"], 1)

    def test_spans_that_do_not_give_the_text_are_a_fault_of_the_list(self):
        made = self.spoil_edit("number", lambda a, c: c["spans"].pop())
        self.assertGreaterEqual(made.summary()["contract_faults"], 1)

    def test_text_that_is_not_in_the_document_is_a_fault_of_the_list(self):
        def work(answer, change):
            change["old"][0]["text"] += "余計な文"
            change["spans"].append({"op": "-", "text": "余計な文"})
        made = self.spoil_edit("number", work)
        self.assertGreaterEqual(made.summary()["contract_faults"], 1)

    def test_a_missing_pair_of_articles_is_noticed(self):
        found = self.case.spoiled(lambda a: a["correspondence"].pop(0)).summary()
        self.assertLess(found["article_map"], 1)

    def test_an_article_listed_twice_is_noticed(self):
        found = self.case.spoiled(
            lambda a: a["correspondence"].append(a["correspondence"][0])).summary()
        self.assertEqual(found["articles_listed_twice"], 2)

    @unittest.skipIf(segmenter() is None, "no ICU here")
    def test_spans_inside_words_lower_the_edges(self):
        def work(answer, change):
            spans = []
            for span in change["spans"]:
                if span["op"] == "=":
                    spans.append(span)
                    continue
                for at, char in enumerate(span["text"]):
                    cls = ("substance", "notation")[at % 2]
                    spans.append({"op": span["op"], "text": char, "class": cls})
            change["spans"] = spans
        made = self.spoil_edit("substitution", work)
        before, after = self.case.score().summary(), made.summary()
        self.assertLess(after["span_edges"], before["span_edges"])
        self.assertGreater(after["spans_per_edit"], before["spans_per_edit"])

    def test_missed_goals_are_listed(self):
        empty = self.case.score({"changes": [], "correspondence": []})
        self.assertTrue(score.report(empty)["missed_goals"])


# Nothing else is said in the places of these edits.
SAME_WORDS = {"left-behind", "dangling"} | INNER_MOVES | set(DIVIDED)


class Generator(unittest.TestCase):
    def files(self, directory, *arguments):
        with open(os.devnull, "w", encoding="utf-8") as quiet:
            kept, sys.stdout = sys.stdout, quiet
            try:
                generate.main([*arguments, "-o", directory])
            finally:
                sys.stdout = kept
        names = ("old.md", "new.md", "truth.json")
        return [open(os.path.join(directory, n), "rb").read() for n in names]

    def test_the_same_seed_gives_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            arguments = ("--articles", "80", "--seed", "3", "--hard", "--extended")
            self.assertEqual(self.files(one, *arguments), self.files(two, *arguments))

    def test_three_hundred_articles_hold_the_eighty_edits_of_the_table(self):
        edits = Case.of(*PLAIN).truth["edits"]
        self.assertEqual(len(edits), 80)
        self.assertEqual(sum(e["kind"] == "substitution" for e in edits), 12)

    def test_every_edit_in_place_differs_on_the_two_sides(self):
        for arguments in (PLAIN, FULL, KOBAN, PROSE):
            case = Case.of(*arguments)
            plain = {n: Plain(t).text for n, t in case.raw.items()}
            for edit in case.truth["edits"]:
                texts = {n: "".join(plain[n][s["start"]:s["end"]] for s in edit[n]) for n in plain}
                if edit["kind"] not in SAME_WORDS and (edit["old"] or edit["new"]):
                    self.assertNotEqual(texts["old"], texts["new"], edit)

    def test_no_two_articles_have_the_same_text(self):
        for arguments in (PLAIN, FULL, PROSE):
            case = Case.of(*arguments)
            for name, raw in case.raw.items():
                plain = Plain(raw).text
                rows = [r for r in case.truth[name]["clauses"] if r["level"] == "article"]
                bodies = [plain[r["caption"][1]:r["span"][1]] for r in rows]
                self.assertEqual(len(bodies), len(set(bodies)))


class PlainText(unittest.TestCase):
    def test_blanks_and_markdown_fall_away(self):
        raw = "---\nid: a\n---\n# 題\n\n- (1)　*甲*\u00a0乙\n> 【解説】丙\n| 一 | 二 |\n|---|---|\n"
        self.assertEqual(Plain(raw).text, "題(1)甲乙【解説】丙一二")
        self.assertEqual(squeeze("　a_b`c\u200b "), "abc")


class Golden(unittest.TestCase):
    def test_the_list_is_well_formed_and_large_enough(self):
        rows = golden.read_rows(golden.LIST)
        verdicts = [r.verdict for r in rows]
        self.assertGreaterEqual(len(rows), 560)
        self.assertEqual(set(verdicts), {"notation", "meaning"})
        self.assertEqual(len({(r.old, r.new) for r in rows}), len(rows))

    def test_verdicts_are_counted_from_a_change_list(self):
        rows = [golden.Row("notation", "甲", "乙", ""), golden.Row("meaning", "丙", "丁", "")]
        changes = {"correspondence": [{"old": [f"第{i}条"], "new": [f"第{i}条"]} for i in (1, 2)],
                   "changes": [{"kind": "modified", "class": "notation", "spans": [],
                                "old": [{"path": f"第{i}条第1項", "text": ""}], "new": []}
                               for i in (1, 2)]}
        found = golden.judge(rows, changes)
        self.assertEqual([f.said for f in found], ["notation", "notation"])
        self.assertEqual(golden.count(found)["false_notation"], 1)


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(stream=sys.stderr).run(suite)
    bad = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{result.testsRun - bad - skipped} passed, {bad} failed{tail}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
