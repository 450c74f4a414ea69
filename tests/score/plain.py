# SPDX-License-Identifier: MIT
"""The common scale: the text of a Markdown document without blanks and syntax.

Every measure counts characters of this text.  White space (U+3000, U+00A0 and
U+200B included), the characters # | * _ ` and \\, list markers, quote marks, rules of
tables and the front matter fall away; everything else stays, in order.
"""

import re

SYNTAX = set("#|*_`\\")
BLANKS = set("\u200b\ufeff")
LINE_MARK = re.compile(r"^(?:\s*>\s?)?\s*(?:[-+]\s+)?")
TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")


def is_blank(char):
    return char.isspace() or char in BLANKS


def squeeze(text):
    """The plain characters of a piece of text that holds no line syntax."""
    return "".join(c for c in text if not is_blank(c) and c not in SYNTAX)


def _front_matter_end(lines):
    if not lines or lines[0].strip() != "---":
        return 0
    for index in range(1, len(lines)):
        if lines[index].strip() == "---":
            return index + 1
    return 0


class Plain:
    """Plain text of a document with the way back to the raw text."""

    def __init__(self, raw):
        self.raw = raw
        self.places = list(_plain_places(raw))
        self.text = "".join(raw[i] for i in self.places)

    def ranks(self):
        """For every raw offset, how many plain characters stand before it."""
        ranks = [0] * (len(self.raw) + 1)
        for place in self.places:
            ranks[place + 1] = 1
        for index in range(1, len(ranks)):
            ranks[index] += ranks[index - 1]
        return ranks


def _plain_places(raw):
    lines = raw.split("\n")
    skip = _front_matter_end(lines)
    offset = 0
    for number, line in enumerate(lines):
        if number >= skip and not TABLE_RULE.match(line):
            start = LINE_MARK.match(line).end()
            for column in range(start, len(line)):
                char = line[column]
                if not is_blank(char) and char not in SYNTAX:
                    yield offset + column
        offset += len(line) + 1
