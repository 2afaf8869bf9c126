"""One sitting of a coder: what is shown next, and what happens to what she says.

Nothing here knows of widgets. An answer is on disk before the next text is shown.
"""

import math
from dataclasses import dataclass, field

from mediakit.errors import MediakitError
from mediakit.show.coding_text import around
from mediakit.show.widget_files import visible
from mediakit.text.coding import Coding
from mediakit.text.coding_answers import (
    Answers,
    Given,
    codes_by_question,
    decided,
    disputed,
    fits,
    given,
    is_complete,
)
from mediakit.text.coding_journal import (
    FINAL,
    LONGEST_NOTE,
    Journal,
    coder_name,
)
from mediakit.text.coding_shelf import Shelf

PAGE = 20_000
DAY = 86_400


@dataclass
class Session:
    """Where a coder stands.

    Attributes
    ----------
    coding, coder, round
        As in `show_coding`.
    place : int
        Of the text shown, among `units`.
    shown : int
        How many characters of it.
    """

    coding: Coding
    coder: str
    round: str
    place: int = 0
    shown: int = PAGE
    heard: dict = field(default_factory=dict)

    def __post_init__(self):
        self.coder = coder_name(self.coder)
        self.shelf = Shelf(self.coding)
        self.journal = Journal(
            self.coding.folder, self.coder, self.coding.fingerprint, self.round
        )
        self.given = self._given()
        self.units = self.coding.units.to_dict("records")
        if self.round == FINAL:
            open_ones = set(disputed(self.coding, self.given))
            self.units = [row for row in self.units if row["unit_id"] in open_ones]
        self.place = self._next_open(-1)

    def _given(self) -> Given:
        return given(self.coding, self.shelf.read()[0])

    def answers(self, unit: str) -> Answers:
        """Return the coder's answers to a unit, or what is decided of it."""
        if self.round == FINAL:
            return decided(self.coding.codebook, self.given, unit)[0]
        return self.given.of(self.round, self.coder, unit)

    def is_done(self, unit: str) -> bool:
        """Tell whether nothing is left to be asked of a unit."""
        if self.round == FINAL:
            return decided(self.coding.codebook, self.given, unit)[1]
        return is_complete(self.coding.codebook, self.answers(unit))

    def hear(self, message: dict) -> None:
        """Take in what the page says: a code, a note, a step, or a wish for more.

        Raises
        ------
        MediakitError
            If it fits nothing that was asked, or could not be kept.
        """
        try:
            self._do(message)
        finally:
            self.heard[str(message.get("page"))[:40]] = message.get("number")

    def _do(self, message: dict) -> None:
        kind = message.get("kind")
        if kind == "code":
            self._code(message)
        elif kind == "note":
            self._note(message)
        elif kind == "go" and isinstance(message.get("place"), int):
            self._turn(message["place"])
        elif kind == "open":
            self.given = self._given()
            self._turn(self._next_open(self.place))
        elif kind == "more":
            self.shown += PAGE

    def _code(self, message: dict) -> None:
        record = {name: message.get(name) for name in ("unit", "question", "codes")}
        self._check(record)
        seconds = message.get("seconds")
        if isinstance(seconds, (int, float)) and math.isfinite(seconds):
            record["seconds"] = round(min(max(seconds, 0), DAY), 1)
        self.journal.add(**record)
        self.given = self._given()
        here = self.units[self.place]["unit_id"] == record["unit"]
        if here and self.is_done(record["unit"]):
            self._turn(self._next_open(self.place))

    def _note(self, message: dict) -> None:
        record = {"unit": message.get("unit"), "note": message.get("note")}
        self._check(record)
        self.journal.add(unit=record["unit"], note=record["note"][:LONGEST_NOTE])
        self.given = self._given()

    def _check(self, record: dict) -> None:
        known = {row["unit_id"] for row in self.units}
        if not fits(self.coding.codebook, record, known):
            raise MediakitError("this answer fits no question, and was not kept.")

    def _turn(self, place: int) -> None:
        place = min(max(place, 0), max(len(self.units) - 1, 0))
        if place != self.place:
            self.place, self.shown = place, PAGE

    def _next_open(self, place: int) -> int:
        """Return the next unit to be coded, from the top after the last; else stay."""
        order = [*range(place + 1, len(self.units)), *range(place + 1)]
        for number in order:
            if not self.is_done(self.units[number]["unit_id"]):
                return number
        return max(place, 0)

    def view(self, said: str = "") -> dict:
        """Return what the page shows, as plain data; `said` is an error to be read."""
        done = sum(self.is_done(row["unit_id"]) for row in self.units)
        top = {
            "place": self.place,
            "of": len(self.units),
            "done": done,
            "round": self.round,
            "coder": self.coder,
            "heard": dict(self.heard),
            "said": said,
        }
        if not self.units:
            return top | {"unit": None}
        row = self.units[self.place]
        unit = row["unit_id"]
        codes = codes_by_question(self.answers(unit))
        asked = [one.name for one in self.coding.codebook.asked(codes)]
        return top | {
            "unit": unit,
            "title": visible(row.get("title", "")),
            **self._text(row),
            "asked": asked,
            "answers": {name: list(said) for name, said in codes.items()},
            "others": self._others(unit) if self.round == FINAL else [],
            "note": self.given.notes.get((self.round, self.coder, unit), ""),
        }

    def _text(self, row: dict) -> dict:
        parts = around(row["text"], row.get("match", ""))
        left, cut = self.shown, []
        for part in parts:
            cut.append(visible(part[:left]))
            left -= min(len(part), left)
        more = max(len(row["text"]) - self.shown, 0)
        return {"text": cut, "more": more}

    def _others(self, unit: str) -> list[dict]:
        """Return what coders said first, by number and not by name."""
        return [
            {
                "coder": number,
                "answers": {
                    name: list(codes)
                    for name, codes in codes_by_question(answers).items()
                },
                "note": visible(self.given.notes.get(("first", coder, unit), "")),
            }
            for number, (coder, answers) in enumerate(
                self.given.coders_of(unit).items(), start=1
            )
        ]
