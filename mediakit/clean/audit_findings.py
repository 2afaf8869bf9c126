"""Findings of an audit as tables: what, how many, where most, which, and why care.

Every check gives the rows it found; counting them is the same for all.
"""

import numpy as np
import pandas as pd

from mediakit.formulas.intervals import share_interval

EXAMPLES = 5
WHY = {
    "no text": "It counts as an article but has no words; rates by article are too "
    "low.",
    "no title": "Headlines cannot be compared where they are missing.",
    "very short text": "A caption, a teaser or a failed extraction, not a story.",
    "text ends in dots": "The export may hold only the start; what stands at the end "
    "of a story (background, replies) is missing.",
    "text ends in a teaser": "A pay wall or a link to the rest: the story itself is "
    "not here.",
    "text ends inside a sentence": "The text was cut off; its length and its last "
    "voices are wrong.",
    "page that shows a wall": "The saved page asked for a subscription, was an error "
    "or a check of the browser, or printed more words: the story is not all here.",
    "texts cut at one length": "Something cut all longer texts there; long stories "
    "lose their ends, short ones do not.",
    "text repeated inside the article": "Repeated words count again and again; one "
    "article can carry a whole result.",
    "same text in several outlets": "One story, counted as several outlets' own "
    "choice; label duplicates and cluster by them.",
    "same text again in one outlet": "The same article counts twice.",
    "no date": "It drops out of every trend.",
    "placeholder date": "A program's default value, not a date; it makes a peak.",
    "impossible date": "Older than any newspaper: a misread date.",
    "date before the outlet": "The register has the outlet founded later: a misread "
    "date, or another outlet of that name.",
    "date in the future": "A misread date, often day and month exchanged.",
    "date after retrieval": "Nobody can retrieve what is not yet out: the date is "
    "wrong.",
    "unreadable retrieval date": "Whether the article is dated after its retrieval "
    "could not be asked.",
    "date far from the outlet's others": "Perhaps a misread year, perhaps archive "
    "material; it stretches every axis.",
    "one clock time for most": "Only the day is known (midnight somewhere); hours say "
    "nothing, and days may be off by one.",
    "day of the month not known": "It stands on the first of its month or year; a "
    "curve by day or week has a peak there.",
    "time without a zone": "It was read as UTC; what appeared late in the evening may "
    "stand on another day. The reader counts these and does not say which.",
    "gap in the outlet's coverage": "Weeks without any article where the outlet's pace "
    "promises five or more: a hole in the collection looks like silence. Counted are "
    "all articles of such outlets.",
    "no outlet": "It cannot stand on any side of a comparison.",
    "outlet not in the register": "No owner, country or label is known; sets such as "
    "state media leave it out.",
    "language other than the outlet's main one": "A word count over two languages "
    "measures the mixture.",
    "language other than stated": "Who selects by the column `language` gets others "
    "as well.",
    "credited to an agency": "The agency's words, not the outlet's; what differs is "
    "who runs the wire.",
    "copy of another article": "Not evidence of its own: cluster by `duplicate_group`.",
}
NEEDS = {
    "page that shows a wall": "needs a column `truncated`, as saved pages have it",
    "date after retrieval": "needs a column `retrieved`",
    "unreadable retrieval date": "needs a column `retrieved`",
    "time without a zone": "needs the table as `read_articles` returned it",
    "language other than the outlet's main one": "needs `label_languages` first, or "
    "a column `language`",
    "language other than stated": "needs `label_languages` first",
    "credited to an agency": "needs `label_duplicates` first",
    "copy of another article": "needs `label_duplicates` first",
}
ZONELESS = ("time without a zone", "times without a zone, read as UTC")
UNTOLD = "(not told)"
SUMMARY = {
    "finding": "str",
    "articles": "int64",
    "share": "float64",
    "outlet": "str",
    "outlet_share": "float64",
    "examples": "str",
    "why": "str",
}
OUTLETS = {"outlet": "str", "finding": "str", "articles": "int64", "share": "float64"}


def summary_of(found: dict, outlet: pd.Series, ids: pd.Series) -> pd.DataFrame:
    """Return one row per finding that is there, most articles first."""
    total = outlet.value_counts().sort_index()
    rows = []
    for name, mask in found.items():
        if mask is None or not mask.any():
            continue
        here = outlet[mask].value_counts().reindex(total.index, fill_value=0)
        low, _ = share_interval(here.to_numpy(), total.to_numpy())
        most = int(np.argmax(low))
        share = here.iloc[most] / total.iloc[most]
        examples = " | ".join(ids[mask].drop_duplicates().head(EXAMPLES))
        where = (total.index[most], share, examples, WHY[name])
        rows.append((name, int(mask.sum()), mask.mean(), *where))
    table = pd.DataFrame(rows, columns=list(SUMMARY)).astype(SUMMARY)
    table = table.sort_values("articles", ascending=False, kind="stable")
    return table.reset_index(drop=True)


def by_outlet(found: dict, outlet: pd.Series) -> pd.DataFrame:
    """Return one row per outlet and finding that it has."""
    total = outlet.value_counts()
    parts = []
    for name, mask in found.items():
        if mask is not None and mask.any():
            here = outlet[mask].value_counts().sort_index()
            part = pd.DataFrame({"outlet": here.index, "articles": here.to_numpy()})
            part.insert(1, "finding", name)
            part["share"] = part["articles"] / part["outlet"].map(total)
            parts.append(part)
    empty = pd.DataFrame(columns=list(OUTLETS))
    table = pd.concat(parts, ignore_index=True) if parts else empty
    return table.astype(OUTLETS)


def check_table(found: dict, needs: dict = NEEDS) -> pd.DataFrame:
    """Return one row per check, with NaN where it could not be asked."""
    rows = [
        (
            name,
            float("nan") if mask is None else float(mask.sum()),
            WHY[name],
            needs.get(name, "") if mask is None else "",
        )
        for name, mask in found.items()
    ]
    columns = ["finding", "articles", "why", "note"]
    kinds = {"finding": "str", "articles": "float64", "why": "str", "note": "str"}
    return pd.DataFrame(rows, columns=columns).astype(kinds)


def add_zoneless(summary: pd.DataFrame, checks: pd.DataFrame, articles: pd.DataFrame):
    """Add what the reader's account says of times without a zone to both tables."""
    name, heading = ZONELESS
    account = articles.attrs.get("mediakit", {}).get("account", [])
    told = {line["what"]: line["articles"] for line in account}
    known = told.get("rows kept") == len(articles)
    count = told.get(heading, 0) if known else float("nan")
    note = "" if known else NEEDS[name]
    checks.loc[len(checks)] = [name, float(count), WHY[name], note]
    if known and count:
        share = count / len(articles)
        where = (UNTOLD, float("nan"), "–", WHY[name])
        summary.loc[len(summary)] = [name, count, share, *where]
    order = summary.sort_values("articles", ascending=False, kind="stable").index
    return summary.loc[order].reset_index(drop=True).astype(SUMMARY), checks
