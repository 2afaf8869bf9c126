"""What stands more than once: inside one article, and in several articles.

A scraper that glues a text thirty times over makes its words thirty times as common.
"""

import re
from collections import Counter

import numpy as np
import pandas as pd

from mediakit.clean.report import shorten
from mediakit.progress import progress

PIECE = re.compile(r"[^.!?。！？\n]{30,}")
MUCH_REPEATED = 0.1
NAMED = 5
WITHIN = ("article_id", "outlet", "times", "repeated_share", "passage")


def repetition(articles: pd.DataFrame, outlet: pd.Series) -> pd.DataFrame:
    """Return one row per article in which a sentence or paragraph stands twice.

    The index is the place of the article in the table.
    """
    texts = articles["text"].fillna("")
    rows = []
    steps = progress(texts, what="audit repetition", total=len(texts))
    for place, text in enumerate(steps):
        repeat = _repeated(text)
        if repeat:
            rows.append((place, *repeat))
    columns = ["place", "times", "repeated_share", "passage"]
    table = pd.DataFrame(rows, columns=columns)
    place = table["place"].to_numpy(dtype="int64")
    table["article_id"] = articles["article_id"].to_numpy()[place]
    table["outlet"] = outlet.to_numpy()[place]
    strings = dict.fromkeys(["article_id", "outlet", "passage"], "str")
    numbers = {"times": "int64", "repeated_share": "float64"}
    table = table.set_index("place")[list(WITHIN)].astype({**strings, **numbers})
    return table.sort_values(["repeated_share", "article_id"], ascending=[False, True])


def _repeated(text: str) -> tuple[int, float, str] | None:
    """Return how often the commonest piece stands, and the share said before."""
    pieces = [piece.strip(" \t\r\"'”’)]»") for piece in PIECE.findall(text)]
    if len(pieces) == len(set(pieces)):
        return None
    counts = Counter(pieces)
    again = sum((n - 1) * len(piece) for piece, n in counts.items())
    passage, times = max(counts.items(), key=lambda item: item[1])
    return times, again / sum(map(len, pieces)), shorten(passage)


def exact_repeats(
    articles: pd.DataFrame, outlet: pd.Series
) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Return the groups of equal texts, and who is in one across and inside outlets."""
    text = articles["text"].fillna("").str.strip()
    codes = pd.Series(pd.factorize(text)[0], index=articles.index)
    size = codes.groupby(codes).transform("size")
    some = (text != "") & (size > 1)
    rows = pd.DataFrame(
        {
            "group": codes[some],
            "outlet": outlet[some],
            "article_id": articles["article_id"][some],
            "published": articles["published"][some],
        }
    )
    groups = rows.groupby("group", sort=False)
    across = pd.Series(False, index=articles.index)
    across[some] = groups["outlet"].transform("nunique") > 1
    inside = some & rows.duplicated(["group", "outlet"]).reindex(
        articles.index, fill_value=False
    )
    span = groups["published"].max() - groups["published"].min()
    table = pd.DataFrame(
        {
            "articles": groups.size(),
            "outlets": groups["outlet"].nunique(),
            "outlet_names": groups["outlet"].agg(_named),
            "first": groups["published"].min(),
            "days": np.floor(span / pd.Timedelta(days=1)),
            "examples": groups["article_id"].agg(_named),
        }
    )
    table = table.astype({"articles": "int64", "outlets": "int64"})
    table = table.astype({"outlet_names": "str", "examples": "str", "days": "float64"})
    table["first"] = pd.to_datetime(table["first"], utc=True)
    table = table.sort_values(["outlets", "articles"], ascending=False, kind="stable")
    return table.reset_index(drop=True), across, inside


def _named(values: pd.Series) -> str:
    names = list(dict.fromkeys(values))
    more = f" and {len(names) - NAMED:,} more" * (len(names) > NAMED)
    return " | ".join(names[:NAMED]) + more
