"""Labels that go with the rows of a derived corpus: mediakit's own, never free text."""

import pandas as pd

from mediakit.share.counts import Figures
from mediakit.text.corpus import Corpus

LABELS = (
    *("event_id", "duplicate_group", "duplicate_of", "wire_agency", "genre_found"),
    *("outlet_id", "outlet_name", "outlet_country", "ownership", "scheme", "edition"),
    *("code", "funding", "governance", "editorial"),
)
NUMBERED = {"event_id": "event", "duplicate_group": "group"}
WITHHELD = "withheld"


def with_columns(corpus: Corpus, figures: Figures, bag: str, by: list[str]) -> Figures:
    """Add to rows of single articles the labels that mediakit gave them.

    Ids of articles, which may be made of addresses, become numbers or ids of rows.
    """
    if bag != "article":
        return figures
    articles = figures.pool.indices
    rows = figures.rows.copy()
    ids = corpus.metadata["article_id"].iloc[articles]
    row_of = dict(zip(ids, rows["article_id"], strict=True))
    for name in LABELS:
        if name not in corpus.metadata or name in by:
            continue
        values = corpus.metadata[name].iloc[articles].reset_index(drop=True)
        if name == "duplicate_of":
            values = values.map(
                lambda one: row_of.get(one, WITHHELD), na_action="ignore"
            )
        elif name in NUMBERED:
            codes, _ = pd.factorize(values)
            names = pd.Series([f"{NUMBERED[name]} {code + 1}" for code in codes])
            values = names.where(codes >= 0)
        rows[name] = values.astype("str").where(values.notna())
    return figures._replace(rows=rows)
