r"""The pattern language: from a line of text to words, alternatives and gaps.

=====================  ===========================================================
``war``                the word in any case and spelling; as `fold="lower"` has it
``sanction*``          ``*`` any letters, also none; ``?`` exactly one
``civil war``          a phrase: words that follow each other
``(war|civil war)``    alternatives, of words or phrases, wherever a word can stand
``=US``                case counts: ``US`` and not ``us``; also ``=(White House)``
``lemma:go``           every form of the lemma (go, goes, went); ``stem:`` by stem
``troops [0-3] in``    a gap of 0 to 3 words; ``[2]`` of exactly 2
``/gov.*s/``           a regular expression (RE2) on the whole word
``\*``                 a backslash takes its meaning from any sign
=====================  ===========================================================

All else is cut into words as the default tokenizer would: "AC/DC" is the phrase of
AC and DC. A prefix (``=``, ``lemma:``, ``stem:``) before a bracket holds for all in it.
"""

import re
from dataclasses import dataclass

from mediakit.errors import MediakitError
from mediakit.text.words import word_spans

ANY, ONE = "\ue000", "\ue001"
WILDCARDS = {"*": ANY, "?": ONE}
PREFIXES = {"=": "exact", "lemma:": "lemma", "stem:": "stem"}
PREFIX = re.compile(r"(=|lemma:|stem:)(?=\S)")
GAP = re.compile(r"\[(\d{1,9})(?:-(\d{1,9}))?\]")
SPECIAL = re.compile(r"[\\*?()|\[\]=/]|(?<!\S)(?:lemma|stem)(?=:)")
MOST_GAP, MOST_GAPS, MOST_DEPTH, MOST_SIGNS, MOST_REGEX = 30, 60, 20, 100_000, 1_000


@dataclass(frozen=True)
class Word:
    """A word of a pattern: `kind` "word", "glob" or "regex", asked of a `fold`."""

    text: str
    kind: str
    fold: str
    at: int


@dataclass(frozen=True)
class Gap:
    """Any words between two others: at least `least` and at most `most`."""

    least: int
    most: int


@dataclass(frozen=True)
class Sequence:
    """Two or more parts that follow each other."""

    parts: tuple


@dataclass(frozen=True)
class Choice:
    """Two or more alternatives."""

    options: tuple


def parse(text: str) -> Word | Sequence | Choice:
    """Read a pattern; an error names the place and the remedy."""
    return _Reader(text).pattern()


def literal(text: str) -> str:
    r"""Return the pattern that asks for `text` itself, whatever signs it holds.

    >>> literal("C*-algebra (sic)")
    'C\\*-algebra \\(sic\\)'
    """
    return SPECIAL.sub(lambda found: "\\" + found.group(), text)


class _Reader:
    def __init__(self, text: str):
        self.text, self.at, self.gaps = text, 0, 0
        if len(text) > MOST_SIGNS:
            self.fail(
                MOST_SIGNS,
                f"a pattern has at most {MOST_SIGNS:,} signs",
                "give several patterns under one name",
            )

    def fail(self, at: int, what: str, remedy: str):
        shown = self.text if len(self.text) <= 100 else self.text[:100] + "…"
        raise MediakitError(f"pattern {shown!r}, character {at + 1}: {what}; {remedy}.")

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def pattern(self):
        whole = self.choice("lower", 0)
        if self.at < len(self.text):
            self.fail(
                self.at,
                "this bracket closes nothing",
                r"open it before with '(', or write '\)' for the sign itself",
            )
        return whole

    def choice(self, fold: str, depth: int):
        options = [self.sequence(fold, depth)]
        while self.peek() == "|":
            self.at += 1
            options.append(self.sequence(fold, depth))
        return Choice(tuple(options)) if len(options) > 1 else options[0]

    def sequence(self, fold: str, depth: int):
        begin, parts = self.at, []
        while True:
            while self.peek().isspace():
                self.at += 1
            if self.peek() in ("", "|", ")"):
                break
            parts += self.atoms(fold, depth, parts)
        if not parts:
            if depth or "|" in self.text:
                self.fail(begin, "an alternative holds no word", "fill it or drop it")
            raise MediakitError(f"pattern {self.text!r} holds no word.")
        if isinstance(parts[-1], Gap):
            self.fail(begin, "a gap stands last", "put a word after it")
        return Sequence(tuple(parts)) if len(parts) > 1 else parts[0]

    def atoms(self, fold: str, depth: int, before: list) -> list:
        """Read what stands up to the next space: a group, gap, regex or words."""
        begin = self.at
        prefix = PREFIX.match(self.text, self.at)
        if prefix:
            self.at, fold = prefix.end(), PREFIXES[prefix.group(1)]
            if PREFIX.match(self.text, self.at):
                self.fail(self.at, "a second prefix", "keep one of =, lemma:, stem:")
        if self.peek() == "(":
            return [self.closed(begin, self.group(fold, depth))]
        if self.peek() == "[":
            return [self.closed(begin, self.gap(before))]
        if self.peek() == "/":
            return [self.closed(begin, self.regex(fold))]
        return self.words(fold)

    def closed(self, begin: int, node):
        """Return `node` if a space, an end or a sign of the language follows it."""
        if self.peek() not in ("", "|", ")") and not self.peek().isspace():
            self.fail(
                self.at,
                f"{self.text[begin : self.at]!r} stands for whole words",
                r"put a space after it, or a backslash before its signs, as '\('",
            )
        return node

    def group(self, fold: str, depth: int):
        begin = self.at
        if depth >= MOST_DEPTH:
            self.fail(begin, f"brackets in brackets over {MOST_DEPTH} deep", "flatten")
        self.at += 1
        inner = self.choice(fold, depth + 1)
        if self.peek() != ")":
            self.fail(
                begin,
                "this bracket is never closed",
                r"add ')', or write '\(' for the sign itself",
            )
        self.at += 1
        return inner

    def gap(self, before: list) -> Gap:
        found = GAP.match(self.text, self.at)
        if not found:
            self.fail(
                self.at,
                "a gap is written [0-3] or [2]",
                r"write it so, or '\[' for the sign itself",
            )
        least = int(found.group(1))
        most = int(found.group(2) or least)
        if not before or isinstance(before[-1], Gap):
            self.fail(self.at, "a gap stands between two words", "put one before it")
        if not least <= most or not 0 < most <= MOST_GAP:
            self.fail(
                self.at,
                f"a gap goes from fewer to more words and to at most {MOST_GAP}",
                "narrow it",
            )
        self.gaps += most
        if self.gaps > MOST_GAPS:
            self.fail(
                self.at,
                f"the gaps of a pattern hold at most {MOST_GAPS} words together",
                "narrow them",
            )
        self.at = found.end()
        return Gap(least, most)

    def regex(self, fold: str) -> Word:
        begin = self.at
        found = re.compile(r"/((?:[^/\\]|\\.)*)/", re.DOTALL).match(self.text, begin)
        if not found or not found.group(1):
            self.fail(
                begin,
                "a regular expression stands between two slashes",
                r"write /gov.*s/, or '\/' for the sign itself",
            )
        rule = found.group(1).replace(r"\/", "/")
        if len(rule) > MOST_REGEX or any(map(str.isspace, rule)):
            self.fail(
                begin,
                "a regular expression is about one word: no spaces, at most "
                f"{MOST_REGEX} signs",
                "write one for each word of a phrase",
            )
        self.no_forms(fold, begin, "a regular expression")
        self.at = found.end()
        return Word(rule, "regex", fold, begin)

    def no_forms(self, fold: str, at: int, what: str) -> None:
        if fold in ("lemma", "stem"):
            self.fail(at, f"{what} asks of written forms", f"drop '{fold}:'")

    def words(self, fold: str) -> list[Word]:
        begin, signs, wild = self.at, [], False
        while self.peek() not in ("", "|", ")") and not self.peek().isspace():
            sign = self.peek()
            if sign == "(":
                self.fail(
                    self.at,
                    "brackets hold whole words",
                    r"put a space before it, or write '\(' for the sign itself",
                )
            if sign == "\\":
                self.at += 1
                if not self.peek():
                    self.fail(self.at - 1, "nothing follows the backslash", "drop it")
                sign = self.peek()
            elif sign in WILDCARDS:
                sign, wild = WILDCARDS[sign], True
            signs.append(sign)
            self.at += 1
        text = "".join(signs)
        if wild:
            self.no_forms(fold, begin, "a wildcard")
            return [Word(text, "glob", fold, begin)]
        return [Word(text[a:b], "word", fold, begin) for a, b in word_spans(text)]
