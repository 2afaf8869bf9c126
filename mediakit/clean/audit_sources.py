"""What is known of each article's source: metadata, register, language, wire copy.

A column that one side fills and the other leaves empty cannot compare the two.
"""

import warnings

import pandas as pd

from mediakit.errors import MediakitWarning
from mediakit.load.register import load_outlets, match_outlets
from mediakit.schema import ARTICLES

SURE = 0.8
CODE = r"^([a-z]{2,3})(?:[-_].*)?$"


def in_register(articles: pd.DataFrame):
    """Return the row of each article's outlet in the register, -1 for none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MediakitWarning)  # the audit says it itself
        return match_outlets(articles, load_outlets())[0]


def find_sources(articles: pd.DataFrame, outlet: pd.Series, register) -> dict:
    """Return for each check of sources the rows it finds, or None if it cannot ask."""
    missing = articles["outlet"].fillna("").str.strip() == ""
    found = {
        "no outlet": missing,
        "outlet not in the register": (register < 0) & ~missing,
        "language other than the outlet's main one": None,
        "language other than stated": None,
        "credited to an agency": None,
        "copy of another article": None,
    }
    language = languages(articles)
    if language.notna().any():
        main = language.groupby(outlet.to_numpy()).agg(_commonest)
        other = language.notna() & (language != outlet.map(main))
        found["language other than the outlet's main one"] = other
    if "language_found" in articles:
        stated = _codes(articles["language"])
        both = stated.notna() & language.notna()
        found["language other than stated"] = both & (stated != language)
    if "wire_agency" in articles:
        agency = articles["wire_agency"]
        found["credited to an agency"] = agency.notna() & (agency != outlet)
    if "duplicate_of" in articles:
        found["copy of another article"] = articles["duplicate_of"].notna()
    return found


def languages(articles: pd.DataFrame) -> pd.Series:
    """Return the language found where it is sure, else the one stated."""
    if "language_found" not in articles:
        return _codes(articles["language"])
    return articles["language_found"].where(articles["language_sure"] >= SURE)


def language_table(articles: pd.DataFrame, outlet: pd.Series) -> pd.DataFrame:
    """Return one row per outlet and language, with its share of the outlet."""
    language = languages(articles).fillna("not known").rename("language")
    counts = language.groupby([outlet.rename("outlet"), language]).size()
    table = counts.rename("articles").reset_index()
    outlets = table.groupby("outlet")["articles"]
    table["share"] = table["articles"] / outlets.transform("sum")
    kinds = {"outlet": "str", "language": "str", "articles": "int64"}
    return table.astype({**kinds, "share": "float64"})


def metadata_table(articles: pd.DataFrame, outlet: pd.Series) -> pd.DataFrame:
    """Return one row per column of ARTICLES: how much of it is missing, and where."""
    rows = []
    sizes = outlet.value_counts()
    for column in ARTICLES:
        values = articles[column]
        missing = values.isna()
        if values.dtype == "str":
            missing |= values.str.strip() == ""
        here = missing.groupby(outlet.to_numpy()).sum().reindex(sizes.index)
        never, always = int((here == sizes).sum()), int((here == 0).sum())
        rows.append((column, missing.sum(), missing.mean(), never, always))
    columns = ["column", "missing", "share", "outlets_without", "outlets_complete"]
    kinds = ["str", "int64", "float64", "int64", "int64"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype(dict(zip(columns, kinds, strict=True)))


def register_table(articles: pd.DataFrame, outlet: pd.Series, register):
    """Return one row per outlet: its name in the register, missing if unknown."""
    names = load_outlets()["name"].array.take(register, allow_fill=True)
    name = pd.Series(names, index=articles.index)
    groups = name.groupby(outlet.to_numpy())
    table = pd.DataFrame(
        {
            "articles": groups.size(),
            "matched": groups.count(),
            "register_name": groups.first(),
        }
    )
    table = table.rename_axis("outlet").reset_index()
    kinds = {"outlet": "str", "articles": "int64", "matched": "int64"}
    return table.astype({**kinds, "register_name": "str"})


def wire_table(articles: pd.DataFrame, outlet: pd.Series, found) -> pd.DataFrame:
    """Return one row per outlet: articles credited to an agency, and copies."""
    nothing = pd.Series(float("nan"), index=articles.index)
    credited, copies = (
        nothing if found[name] is None else found[name].astype("float64")
        for name in ("credited to an agency", "copy of another article")
    )
    rows = pd.DataFrame({"credited_share": credited, "copy_share": copies})
    groups = rows.groupby(outlet.to_numpy())
    table = groups.mean().astype("float64")
    table.insert(0, "articles", groups.size().astype("int64"))
    return table.rename_axis("outlet").reset_index().astype({"outlet": "str"})


def _codes(column: pd.Series) -> pd.Series:
    """Return language codes without their region; missing where it is no code."""
    return column.str.strip().str.lower().str.extract(CODE, expand=False)


def _commonest(values: pd.Series) -> str:
    counts = values.value_counts()
    return counts.index[0] if len(counts) else float("nan")
