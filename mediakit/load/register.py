"""The outlet register: who speaks, and who says so.

Facts about outlets and their classifications, each with scheme, edition, source and
disputes; matching never guesses, and what matched nothing is reported.
"""

import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning, check_frame
from mediakit.load import register_match
from mediakit.load.register_match import NOWHERE
from mediakit.load.register_own import add_outlets
from mediakit.load.register_tables import FACTORS, join_tables

LABELS = {
    "outlet_id": "outlet_id",
    "name": "outlet_name",
    "country": "outlet_country",
    "ownership": "ownership",
    "scheme": "scheme",
    "edition": "edition",
    "code": "code",
    **{factor: factor for factor in FACTORS},
    "label_source": "label_source",
    "disputes": "disputes",
}
SHOWN = 10


def load_outlets(
    *,
    scheme: str = "SMM",
    edition: str | None = None,
    outlets: pd.DataFrame | str | Path | None = None,
) -> pd.DataFrame:
    """Return the register: one row per outlet, with one classification of each.

    Read who owns an outlet, who coded it how, from which source and who disagrees,
    before you compare it with another.

    Parameters
    ----------
    scheme : str, default "SMM"
        The classification to show: "SMM" (State Media Matrix), "Twitter" or "YouTube".
    edition : str, optional
        One edition of it, such as "2023". By default each outlet shows the newest
        edition the register has of it, so editions differ between outlets.
    outlets : DataFrame or path of a CSV file, optional
        Rows of your own in the shape of this table; `outlet_id` is needed, and `name`
        for a new outlet. Where the id is in the register, your cells win and your
        aliases and domains are added to those listed.

    Returns
    -------
    DataFrame
        outlet_id; name; aliases (separated by " | "); country, hq_country (ISO 3166),
        region (UN M49), g77 (member of the Group of 77: yes, no); parent (the owner);
        ownership (state, party, public, private, non-profit, mixed); legal_form;
        languages (ISO 639, "mul" for more); audience (domestic, external, both);
        founded (year); public_money (direct, levy, partial, none); owner_note;
        domains (separated by spaces, with the path where it matters);
        scheme, edition, code, funding, governance, editorial (yes, no, yes/no), source,
        url, retrieved, code_note (why a code is missing); disputes (how many) and
        dispute_summary (who says what).

    Raises
    ------
    MediakitError
        If scheme or edition is unknown, or `outlets` cannot be used.

    Notes
    -----
    Codes are judgements of their publishers, who have standpoints of their own (see
    data/registry/README.md), and they change: give an `edition` to hold all outlets
    to one date. Do not use a code as a measure of the truth or quality of an article.

    Examples
    --------
    >>> register = load_outlets().set_index("outlet_id")
    >>> register.loc["voa", ["scheme", "edition", "code"]].tolist()
    ['SMM', '2025', 'SC']
    >>> then = load_outlets(edition="2023").set_index("outlet_id")
    >>> then.loc["voa", ["scheme", "edition", "code"]].tolist()
    ['SMM', '2023', 'ISFM']
    """
    register = join_tables(scheme, edition)
    if outlets is not None:
        register = add_outlets(register, outlets)
        register_match.name_index(register)
        register_match.domain_index(register)
    unknown = register["scheme"].isna() & register["code_note"].isna()
    asked = scheme if edition is None else f"{scheme} {edition}"
    register.loc[unknown, "code_note"] = f"No row for {asked} in this register"
    return register


def label_outlets(
    articles: pd.DataFrame,
    *,
    scheme: str = "SMM",
    edition: str | None = None,
    outlets: pd.DataFrame | str | Path | None = None,
) -> pd.DataFrame:
    """Say of each article which outlet of the register it comes from.

    The name in `outlet` decides, as a whole and whatever its case, accents, spaces,
    punctuation or "The"; where it is unknown, the domain of `url` does, in whole
    labels and with its path (bbc.com/persian is BBC Persian, sciencealert.com is not
    rt.com); last, an `outlet` that is itself a domain.

    Parameters
    ----------
    articles : DataFrame
        One row per article, with a column `outlet`, `url` or both.
    scheme, edition, outlets : optional
        As in `load_outlets`.

    Returns
    -------
    DataFrame
        `articles` with columns added: outlet_id; outlet_name; outlet_country;
        ownership; scheme, edition, code; funding, governance, editorial;
        label_source (source and date of the code); disputes (how many are on record);
        matched_by ("name", "alias", "url"). All are missing where nothing matched.

    Raises
    ------
    MediakitError
        If there is neither `outlet` nor `url`, or a column to be added exists.

    Warns
    -----
    MediakitWarning
        If articles matched nothing (the ten commonest are named), or if name and URL
        point to different outlets (the name is kept).

    Notes
    -----
    Names that several outlets share ("ABC", "CNA", "The Herald", "The National") are
    left unmatched unless the URL decides. For the table of what matched nothing:
    ``labelled.loc[labelled["outlet_id"].isna(), "outlet"].value_counts()``; add those
    outlets by `outlets`. Do not label translations and digests of other outlets by
    the name of the translator: BBC Monitoring is listed apart from the BBC.

    Examples
    --------
    >>> articles = pd.DataFrame({"outlet": ["NYT", "xinhua", None],
    ...                          "url": [None, None, "https://www.rt.com/news/1"]})
    >>> labelled = label_outlets(articles, edition="2023")
    >>> labelled[["outlet_id", "code", "matched_by"]].values.tolist()
    [['nyt', nan, 'alias'], ['xinhua', 'SC', 'name'], ['rt', 'SC', 'url']]
    """
    check_free(articles)
    register = load_outlets(scheme=scheme, edition=edition, outlets=outlets)
    rows, matched_by = match_outlets(articles, register)
    dated = register["source"] + ", " + register["retrieved"].fillna("no date")
    table = register.assign(label_source=dated).astype({"disputes": "float64"})
    out = articles.copy(deep=False)
    for column, label in LABELS.items():
        values = table[column].array.take(rows, allow_fill=True)
        out[label] = pd.Series(values, index=articles.index)
    out["matched_by"] = pd.Series(matched_by, index=articles.index, dtype="str")
    return out


def check_free(articles: pd.DataFrame) -> None:
    """Raise if a label would replace a column."""
    check_frame("articles", articles)
    labels = [*LABELS.values(), "matched_by"]
    taken = [column for column in labels if column in articles.columns]
    if taken:
        raise MediakitError(
            f"`articles` already has the columns {taken}, which labelling adds; rename "
            "them, or drop them if they come from an earlier labelling."
        )


def match_outlets(articles, register):
    """Return the row of `register` of each article, -1 for none, and how it matched."""
    if not {"outlet", "url"} & set(articles.columns):
        raise MediakitError(
            "`articles` needs a column `outlet` or `url` to be matched; it has "
            f"{list(articles.columns)}."
        )
    empty = pd.Series(np.nan, index=range(len(articles)), dtype="str")
    plain = articles.reset_index(drop=True)
    outlet, url = (plain.get(column, empty) for column in ("outlet", "url"))
    domains = register_match.domain_index(register)
    named, how = register_match.match_names(outlet, register_match.name_index(register))
    linked = register_match.match_addresses(url, domains)
    warn_of_conflicts(register, named, linked)
    rows = np.where(named == NOWHERE, linked, named)
    left = np.flatnonzero(rows == NOWHERE)
    rows[left] = register_match.match_addresses(outlet.iloc[left], domains)
    how = np.where((named == NOWHERE) & (rows != NOWHERE), "url", how)
    warn_of_unmatched(outlet, url, rows == NOWHERE)
    return rows, how


def warn_of_conflicts(register, named, linked):
    """Warn of articles whose name and URL point to different outlets."""
    differ = (named != linked) & (named != NOWHERE) & (linked != NOWHERE)
    if differ.any():
        name = register["name"]
        linked_to = name.take(linked[differ]).to_numpy()
        pairs = name.take(named[differ]) + " at " + linked_to
        warnings.warn(
            f"{int(differ.sum()):,} articles name one outlet and link to another; the "
            f"name was kept: {commonest(pairs)}.",
            MediakitWarning,
            stacklevel=4,
        )


def warn_of_unmatched(outlet, url, unmatched):
    """Warn of articles that matched no outlet, naming the commonest."""
    if unmatched.any():
        sources = outlet[unmatched].astype("str")
        sources = sources.fillna(register_match.sites(url[unmatched]))
        sources = sources.fillna("neither outlet nor url")
        warnings.warn(
            f"{int(unmatched.sum()):,} of {len(unmatched):,} articles matched no "
            f"outlet of the register: {commonest(sources)}. Their labels are missing; "
            "add the outlets by `outlets=` (see `mk.load_outlets`).",
            MediakitWarning,
            stacklevel=4,
        )


def commonest(values: pd.Series) -> str:
    """Return the commonest values with their counts, in words."""
    counts = values.value_counts()
    shown = ", ".join(f"{name!r} ({n:,})" for name, n in counts.head(SHOWN).items())
    more = len(counts) - SHOWN
    return f"{shown} and {more:,} more" if more > 0 else shown
