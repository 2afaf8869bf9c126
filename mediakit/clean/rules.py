"""The rules of house style: read from the registry, checked, joined per outlet.

Rules are data, so that a reader can see, cite and dispute what was taken away.
"""

import re
from dataclasses import dataclass
from functools import cache

import pandas as pd
import yaml

from mediakit.errors import MediakitError
from mediakit.resources import folder

EVERY_OUTLET = "*"
FIELDS = ("text", "title")
PLACES = ("start", "end", "line", "anywhere")
NEEDED = ("rule", "outlet", "where", "pattern", "reason")


@dataclass(frozen=True)
class Rule:
    """One thing an outlet prints around its news, and where it stands."""

    name: str
    outlets: frozenset[str]
    field: str
    where: str
    pattern: str


@dataclass(frozen=True)
class Joined:
    """All rules of one outlet, field and place as a single expression."""

    expression: re.Pattern
    names: tuple[str, ...]

    def name(self, match: re.Match) -> str:
        """Return the name of the rule that matched."""
        return self.names[int(match.lastgroup[1:])]


def outlet_key(outlet: object) -> str:
    """Return the letters and digits by which outlets are compared.

    Examples
    --------
    >>> outlet_key("The New York Times") == outlet_key("new-york times")
    True
    """
    name = re.sub(r"^the\W+", "", str(outlet).casefold())
    return re.sub(r"[\W_]", "", name)


@cache
def joined_rules(outlet: str, field: str, where: str) -> Joined | None:
    """Return the rules for one outlet key, field and place; None if there are none."""
    chosen = [
        rule
        for rule in _load_rules()
        if rule.field == field
        and rule.where == where
        and rule.outlets & {EVERY_OUTLET, outlet}
    ]
    if not chosen:
        return None
    parts = "|".join(f"(?P<r{at}>{rule.pattern})" for at, rule in enumerate(chosen))
    expression = rf"(?:{parts})\s*\Z" if where == "end" else parts
    return Joined(re.compile(expression), tuple(rule.name for rule in chosen))


def load_house_words() -> pd.DataFrame:
    """Load the words that are an outlet's manners rather than its matter.

    "Mr" leads every list of key words of the New York Times, because it stands
    before each name there and nowhere in China Daily. The words stay in the text;
    leave them out when counting: ``count_terms(corpus, stopwords=[...])``.

    Returns
    -------
    DataFrame
        One row per word and outlet: word (lower case); outlet; reason.

    Notes
    -----
    Do not leave them out where forms of address are the question.

    Examples
    --------
    >>> words = load_house_words()
    >>> words.loc[words["word"] == "mr", "outlet"].tolist()
    ['New York Times']
    """
    rows = [
        (word, entry["outlet"], entry["reason"])
        for entry in _read()["house_words"]
        for word in entry["words"]
    ]
    return pd.DataFrame(rows, columns=["word", "outlet", "reason"], dtype="str")


@cache
def _load_rules() -> tuple[Rule, ...]:
    return tuple(check_rule(entry) for entry in _read()["rules"])


def _read() -> dict:
    path = folder("data") / "registry" / "house_style.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def check_rule(entry: dict) -> Rule:
    """Return the entry as a Rule, or raise saying which line of the file is wrong."""
    missing = [key for key in NEEDED if not entry.get(key)]
    if missing:
        raise MediakitError(f"house style: {entry} lacks {missing}.")
    field = entry.get("field", "text")
    if field not in FIELDS or entry["where"] not in PLACES:
        raise MediakitError(
            f"house style: {entry['rule']!r} needs field in {list(FIELDS)} and where "
            f"in {list(PLACES)}, got {field!r} and {entry['where']!r}."
        )
    expression = re.compile(entry["pattern"])
    if expression.groups or expression.search(""):
        raise MediakitError(
            f"house style: the pattern of {entry['rule']!r} must have no capturing "
            "groups and must not match the empty text."
        )
    outlets = [entry["outlet"]] if entry["outlet"] == EVERY_OUTLET else entry["outlet"]
    keys = frozenset(
        outlet if outlet == EVERY_OUTLET else outlet_key(outlet) for outlet in outlets
    )
    return Rule(entry["rule"], keys, field, entry["where"], entry["pattern"])
