"""Codebook: what coders are asked, and what each answer means, as data."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.text.codebook_checks import check_book
from mediakit.text.lots import digest

BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Category:
    """One answer: its code, and what it means.

    Attributes
    ----------
    code : str
        What is stored.
    label, definition : str
        What coders read.
    examples : tuple of str
        Texts it fits.
    key : str
        The key that gives it, a digit or a letter.
    """

    code: str
    label: str
    definition: str = ""
    examples: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Question:
    """One thing that is asked of every unit.

    Attributes
    ----------
    name, ask, definition : str
        Its name in tables, the question, and how to decide.
    categories : tuple of Category
        The answers there are.
    choose : {"one", "many"}
        How many of them may be given; "many" includes none.
    level : {"nominal", "ordinal", "interval", "ratio"}
        What the codes are, as in `agreement`; all but names must be numbers.
    only_if : (str, str) or None
        An earlier question and the answer to it without which this one is not asked.
    """

    name: str
    ask: str
    categories: tuple[Category, ...]
    definition: str = ""
    choose: str = "one"
    level: str = "nominal"
    only_if: tuple[str, str] | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes there are."""
        return tuple(one.code for one in self.categories)

    @property
    def items(self) -> tuple[str, ...]:
        """What stands in the column `question` of codes: of "many" each category."""
        return self.codes if self.choose == "many" else (self.name,)


@dataclass(frozen=True)
class Codebook:
    """Questions and their answers: what `read_codebook` returns.

    Attributes
    ----------
    name, title : str
        A short name, and what stands above the questions.
    questions : tuple of Question
        In the order in which they are asked.
    about : dict
        Purpose, source, licence, validity and failures, as the file gives them.

    Examples
    --------
    >>> import mediakit as mk
    >>> book = mk.load_codebook("tone").fill(actor="the government")
    >>> [question.name for question in book.questions]
    ['says', 'tone']
    >>> book.questions[1].ask
    'How does the sentence make the government look?'
    """

    name: str
    questions: tuple[Question, ...]
    title: str = ""
    about: dict = field(default_factory=dict, compare=False)

    def __post_init__(self):
        check_book(self)

    def __repr__(self):
        asked = ", ".join(question.name for question in self.questions)
        return f"Codebook({self.name!r}: {asked})"

    @property
    def blanks(self) -> list[str]:
        """Names in braces that `fill` must still replace, as {actor}."""
        return sorted(set(BLANK.findall(json.dumps(self._plain(), ensure_ascii=False))))

    @property
    def fingerprint(self) -> str:
        """A checksum of all that coders read."""
        return digest(json.dumps(self._plain(), sort_keys=True))[:16]

    def fill(self, **words: str) -> "Codebook":
        """Return the codebook with names in braces replaced: ``fill(actor="Oss")``."""
        strange = sorted(set(words) - set(self.blanks))
        if strange:
            raise MediakitError(
                f"codebook {self.name!r} has no {{{strange[0]}}} to fill in; it has "
                f"{self.blanks or 'none'}."
            )

        def put(text: str) -> str:
            return BLANK.sub(lambda found: words.get(found[1], found[0]), text)

        questions = tuple(_each_text(one, put) for one in self.questions)
        return replace(self, questions=questions, title=put(self.title))

    def question(self, name: str) -> Question:
        """Return a question by its name."""
        for one in self.questions:
            if one.name == name:
                return one
        known = [one.name for one in self.questions]
        raise MediakitError(f"{name!r} is no question of {self.name!r}, as {known}.")

    def asked(self, answers: Mapping[str, Sequence[str]]) -> list[Question]:
        """Return the questions that are to be asked, given the answers so far."""
        found: dict[str, Question] = {}
        for one in self.questions:
            if one.only_if is None:
                found[one.name] = one
                continue
            name, code = one.only_if
            if name in found and code in answers.get(name, ()):
                found[one.name] = one
        return list(found.values())

    def to_frame(self) -> pd.DataFrame:
        """Return one row per category: question, ask, code, label, definition, key."""
        rows = [
            (one.name, one.ask, kind.code, kind.label, kind.definition, kind.key)
            for one in self.questions
            for kind in one.categories
        ]
        columns = ["question", "ask", "code", "label", "definition", "key"]
        return pd.DataFrame(rows, columns=columns, dtype="str")

    def _plain(self) -> dict:
        return {
            "name": self.name,
            "title": self.title,
            "questions": [asdict(one) for one in self.questions],
        }

    def to_dict(self) -> dict:
        """Return the codebook as plain data, as `read_codebook` takes it."""
        questions = {
            one.name: {
                "ask": one.ask,
                "definition": one.definition,
                "choose": one.choose,
                "level": one.level,
                **({"only_if": dict([one.only_if])} if one.only_if else {}),
                "categories": {
                    kind.code: {
                        "label": kind.label,
                        "definition": kind.definition,
                        "examples": list(kind.examples),
                        "key": kind.key,
                    }
                    for kind in one.categories
                },
            }
            for one in self.questions
        }
        about = {"about": self.about} if self.about else {}
        return {"name": self.name, "title": self.title, **about, "questions": questions}


def _each_text(question: Question, put) -> Question:
    kinds = tuple(
        replace(
            kind,
            label=put(kind.label),
            definition=put(kind.definition),
            examples=tuple(map(put, kind.examples)),
        )
        for kind in question.categories
    )
    asked = {"ask": put(question.ask), "definition": put(question.definition)}
    return replace(question, categories=kinds, **asked)
