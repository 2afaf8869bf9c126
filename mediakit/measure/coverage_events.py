"""Every outlet with every event: how many articles and words, and when."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.schema import ARTICLES, UTC
from mediakit.text.corpus import Corpus

MOST_ROWS = 20_000_000
SHOWN = 5
NOT_OF_OUTLETS = {*ARTICLES, "event_id", "event_likeness"} - {"language"}


@dataclass(frozen=True)
class Covered:
    """One row per outlet and event, outlets sorted, events in order of time.

    `articles` and `words` (int64) are what the outlet has of the event; `lost` counts
    articles without outlet or event; `outside_span` the events of each outlet that
    lie before its first or after its last article.
    """

    rows: pd.DataFrame
    articles: np.ndarray
    words: np.ndarray
    events: int
    lost: int
    outside_span: dict[str, int]


def covered_events(corpus: Corpus, events) -> Covered:
    """Return the articles and words of every outlet and event."""
    metadata = corpus.metadata
    if "event_id" not in metadata:
        raise MediakitError(
            "the corpus has no column 'event_id'; label the articles with "
            "`mk.label_events` and tokenize them, or join your own events with "
            "`corpus.with_columns`. Bags of words per day cannot be told apart by "
            "event: follow patterns by outlet and day instead."
        )
    known = metadata["event_id"].notna() & metadata["outlet"].notna()
    names = metadata["event_id"][known].astype("str")
    first, last = _spans(metadata[known], names)
    order = _in_time(first) if events is None else _listed(events, names)
    outlets = sorted(metadata["outlet"].dropna().unique())
    if len(outlets) * len(order) > MOST_ROWS:
        raise MediakitError(
            f"{len(outlets):,} outlets and {len(order):,} events make over "
            f"{MOST_ROWS:,} rows; name the `events` you ask about, as those that "
            "several outlets cover, or take a subset of the corpus."
        )
    place = pd.Index(order).get_indexer(names)
    outlet = pd.Index(outlets).get_indexer(metadata["outlet"][known])
    cell = (outlet * len(order) + place)[place >= 0]
    size = len(outlets) * len(order)
    words = corpus.totals()[known.to_numpy()][place >= 0]
    articles = np.bincount(cell, minlength=size)
    rows = _rows(outlets, order, first, articles)
    begins, ends = _outlet_spans(metadata, outlets)
    first, last = first.reindex(order).to_numpy(), last.reindex(order).to_numpy()
    early = first[None, :] > ends[:, None]
    late = last[None, :] < begins[:, None]
    rows["in_span"] = ~(early | late).ravel()
    for column, values in _of_outlets(metadata).items():
        rows[column] = values.reindex(rows["outlet"]).array
    return Covered(
        rows=rows,
        articles=articles,
        words=np.bincount(cell, words, size).astype(np.int64),
        events=len(order),
        lost=int((~known).sum()),
        outside_span=dict(
            zip(outlets, (early | late).sum(axis=1).tolist(), strict=True)
        ),
    )


def _spans(metadata, names) -> tuple[pd.Series, pd.Series]:
    days = metadata["published"].dt.tz_localize(None).groupby(names.to_numpy())
    return days.min(), days.max()


def _in_time(first: pd.Series) -> list[str]:
    table = pd.DataFrame({"first": first.to_numpy(), "name": first.index})
    return table.sort_values(["first", "name"])["name"].tolist()


def _listed(events, names) -> list[str]:
    listed = events is not None and not isinstance(events, str)
    try:
        wanted = list(dict.fromkeys(map(str, events))) if listed else []
    except TypeError:
        wanted = []
    if not wanted or not names.isin(wanted).any():
        example = sorted(names.unique())[:SHOWN]
        raise MediakitError(
            f"`events` must be a list of event_id, some of them in the corpus, got "
            f"{events!r:.80}; the corpus has, for example, {example}."
        )
    return wanted


def _rows(outlets, order, first, articles) -> pd.DataFrame:
    repeated = np.repeat(np.array(outlets, object), len(order))
    events = np.tile(np.array(order, object), len(outlets))
    ids = [f"{outlet}: {event}" for outlet, event in zip(repeated, events, strict=True)]
    many = (articles.reshape(len(outlets), len(order)) > 0).sum(axis=0)
    days = first.reindex(order).dt.floor("D").dt.tz_localize("UTC").astype(UTC)
    return pd.DataFrame(
        {
            "article_id": pd.Series(ids, dtype="str"),
            "outlet": pd.Series(repeated, dtype="str"),
            "event_id": pd.Series(events, dtype="str"),
            "published": days.take(np.tile(np.arange(len(order)), len(outlets))).array,
            "published_precision": pd.Series(["day"] * len(ids), dtype="str"),
            "outlets": np.tile(many, len(outlets)),
        }
    )


def _outlet_spans(metadata, outlets) -> tuple[np.ndarray, np.ndarray]:
    """Return the first day and the last moment of each outlet."""
    days = metadata["published"].dt.tz_localize(None).groupby(metadata["outlet"])
    first, last = days.min().reindex(outlets), days.max().reindex(outlets)
    return first.dt.floor("D").to_numpy(), last.dt.ceil("D").to_numpy()


def _of_outlets(metadata) -> dict[str, pd.Series]:
    """Return the columns that have one value per outlet, by outlet."""
    groups = metadata.groupby("outlet", dropna=True)
    found = {}
    for column in metadata.columns:
        if column in NOT_OF_OUTLETS:
            continue
        try:
            single = (groups[column].nunique(dropna=False) == 1).all()
        except TypeError:  # lists and the like have no equals
            continue
        if single:
            found[column] = groups[column].first()
    return found
