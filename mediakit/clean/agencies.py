"""Which news agency a text credits: in its dateline, byline or last line.

Being quoted ("told Reuters") is no credit; the forms of credit are those below.
"""

import re
from functools import cache

import pandas as pd
import yaml

from mediakit.load.register_tables import read_table
from mediakit.resources import folder

HEAD, TAIL = 250, 300
AGENCY = r"(?<!\w)(?P<name>{names})(?!\w)"
PLACE = r"[A-ZÀ-Þ][\w.'’ -]{1,40}"
ALSO = r"(?:, ?|/| and | with )"
HEAD_FORMS = (
    r"\A[^\n]{{0,90}}?[(（]{agency}(?:{also}[\w .]+)?[)）]",
    r"\A[^\n]{{0,90}}?/{agency}/",
    r"\A(?:[Bb][Yy] |© ?)?{agency}(?: in {place})?[ \t]*(?:\n|[-–—]{{1,2}} |: )",
    r"\A(?:[Bb][Yy] )?[^\n.]{{2,60}}?(?:, ?|,? with |/| for | of (?:the )?)"
    r"{agency}(?: in {place})?[ \t]*\n",
)
TAIL_FORMS = (
    r"[(（\[—–]\s*{agency}(?:{also}[\w .]+)?[)）\]]?\.?\s*\Z",
    r"(?:[Ss]ources?|[Vv]ia|[Cc]redit)\s*:\s*(?:the )?{agency}",
    r"(?:©|[Cc]opyright)(?: ?\d{{4}})?,? (?:by )?(?:[Tt]he )?{agency}",
    r"{agency}(?: also)? (?:contributed|assisted)\b",
    r"\b(?:[Ww]ith|[Ff]rom) (?:additional |further )?"
    r"(?:reporting|reports|material|inputs?|files?) (?:by|from) (?:the )?{agency}",
    r"\b[Rr]eporting by [^\n]{{2,60}}? for (?:the )?{agency}",
)


@cache
def agency_names() -> dict[str, str]:
    """Return each printed name of an agency and the agency: list and register."""
    path = folder("data") / "registry" / "agencies.yaml"
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))["agencies"]
    outlets = read_table("outlets")
    agencies = outlets[outlets["legal_form"].fillna("").str.contains("agency")]
    agencies = agencies[~agencies["legal_form"].str.contains("federal")]
    name = agencies.set_index("outlet_id")["name"]
    names = {one: one for one in name}
    aliases = read_table("names")
    aliases = aliases[aliases["outlet_id"].isin(name.index)]
    names |= dict(zip(aliases["alias"], aliases["outlet_id"].map(name), strict=True))
    for entry in listed:
        agency = names.get(entry["name"], entry["name"])
        names |= {one: agency for one in [entry["name"], *entry.get("names", [])]}
    return names


def credited_agencies(articles: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the agency each article credits, and whether its outlet is one itself.

    An outlet of the table counts as an agency where another outlet credits it.
    """
    names = {one: one for one in articles["outlet"].dropna().unique() if len(one) > 1}
    names |= agency_names()
    parts = "|".join(sorted(map(re.escape, names), key=lambda one: (-len(one), one)))
    agency = AGENCY.format(names=parts)
    heads, tails = (
        [
            re.compile(form.format(agency=agency, place=PLACE, also=ALSO))
            for form in forms
        ]
        for forms in (HEAD_FORMS, TAIL_FORMS)
    )
    filled = [articles[name].fillna("") for name in ("text", "author")]
    found = [
        _credited(text, author, names, heads, tails)
        for text, author in zip(*filled, strict=True)
    ]
    credited = pd.Series(found, index=articles.index, dtype="str")
    own = articles["outlet"].map(lambda one: names.get(one, one)).astype("str")
    agencies = {*agency_names().values(), *credited[credited != own].dropna()}
    return credited.where(credited.isin(agencies)), own.isin(agencies)


def _credited(text: str, author: str, names, heads, tails) -> str | None:
    if author in names:
        return names[author]
    for forms, piece in ((heads, text[:HEAD]), (tails, text[-TAIL:])):
        for form in forms:
            match = form.search(piece)
            if match:
                return names[match["name"]]
    return None
