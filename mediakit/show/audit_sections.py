"""What the page of an audit asks, section by section, and its first line."""

import pandas as pd

from mediakit.clean.audit import Audit

COUNTS_ONLY = (
    "Word counts and stored measures only: texts, titles and the order of words are "
    "not here, so what needs them could not be asked."
)
SECTIONS = {
    "gaps": (
        "Are weeks missing?",
        "Empty weeks that would hold five articles or more at the outlet's pace.",
    ),
    "month_gaps": (
        "Are months missing?",
        "Empty months that would hold five or more at the outlet's pace.",
    ),
    "rows": (
        "What is one row?",
        "pooled share: of the words, counted without their names.",
    ),
    "measures": (
        "On how much do the stored measures rest?",
        "exposure: how many there are of what stands in the column per; rows without: "
        "rows in which nothing could be measured.",
    ),
    "texts": ("Are the texts whole?", "Articles of each outlet, by what is wrong."),
    "dates": ("Can the dates be right?", "Times are UTC. First and last: plausible."),
    "repetition": (
        "What stands twice in one article?",
        "times: how often the passage stands; repeated share: of the text.",
    ),
    "repeats": ("Which texts stand in several articles?", "Equal to the letter."),
    "languages": ("Which languages?", ""),
    "metadata": (
        "What is known of the articles?",
        "outlets without: outlets in which the column is always empty.",
    ),
    "register": ("Which outlets does the register know?", ""),
    "wire": ("How much is wire copy?", "Not known before `label_duplicates`."),
}


def headline(audit: Audit) -> str:
    """Return one line: how many articles of how many outlets, from when to when.

    Examples
    --------
    >>> import mediakit as mk
    >>> headline(mk.audit_articles(mk.load_sample("strait").articles.head(1)))
    '1 article of 1 outlet, 7 March 2016'
    """
    counted = " of ".join(
        f"{n:,} {unit}{'s' * (n != 1)}"
        for n, unit in ((audit.articles, audit.unit), (audit.outlets, "outlet"))
    )
    first = audit.tables["dates"]["first"].min()
    last = audit.tables["dates"]["last"].max()
    if pd.isna(first):
        return f"{counted}, no plausible date"
    end = f"{last.day} {last:%B %Y}"
    if first.date() == last.date():
        return f"{counted}, {end}"
    start = f"{first.day} {first:%B}" + f" {first.year}" * (first.year != last.year)
    return f"{counted}, {start} to {end}"
