"""Outlets and names of the user's own, added to the register.

The user's cells win; her aliases and domains come on top of those listed.
"""

from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError, check_columns
from mediakit.load.register_tables import (
    ALIASES,
    CLASSIFICATION,
    COLUMNS,
    DOMAINS,
    FACTORS,
    finish,
    read_table,
)


def add_outlets(register: pd.DataFrame, outlets: object) -> pd.DataFrame:
    """Return `register` with the rows of `outlets` added or put in their place."""
    own = check_own(read_own(outlets), register).set_index("outlet_id")
    base = register.astype("str").set_index("outlet_id")
    order = base.index.append(own.index.difference(base.index, sort=False))
    recoded = own.index[own["scheme"].notna()].intersection(base.index)
    base.loc[recoded, CLASSIFICATION] = float("nan")
    out = own.combine_first(base).reindex(order)
    for column, separator in (("aliases", ALIASES), ("domains", DOMAINS)):
        cells = pd.concat([base[column], own[column]], axis=1).reindex(order)
        out[column] = [union(pair, separator) for pair in cells.to_numpy(object)]
    return finish(out.rename_axis("outlet_id").reset_index())


def union(cells, separator):
    """Return the entries of two cells as one cell without repeats."""
    entries = [
        entry.strip()
        for cell in cells
        if isinstance(cell, str)
        for entry in cell.split(separator)
    ]
    return separator.join(dict.fromkeys(filter(None, entries))) or float("nan")


def read_own(outlets: object) -> pd.DataFrame:
    """Return the user's rows as text, from a DataFrame or the path of a CSV file."""
    if isinstance(outlets, pd.DataFrame):
        return outlets.astype("str")
    if not isinstance(outlets, str | Path):
        raise MediakitError(
            "`outlets` must be a DataFrame in the shape of `mk.load_outlets()` or the "
            f"path of such a CSV file, got {type(outlets).__name__}."
        )
    try:
        return pd.read_csv(outlets, dtype="str", keep_default_na=False, na_values=[""])
    except (OSError, ValueError) as error:
        raise MediakitError(
            f"`outlets` names {str(outlets)!r}, which cannot be read as CSV ({error})."
        ) from error


def check_own(own: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Return the user's rows with every column, or raise saying what is wrong."""
    check_columns("outlets", own, ["outlet_id"])
    unknown = [column for column in own.columns if column not in COLUMNS]
    if unknown:
        raise MediakitError(f"`outlets` has unknown columns {unknown}; use {COLUMNS}.")
    own = own.reindex(columns=COLUMNS).astype("str").reset_index(drop=True)
    refuse("have no `outlet_id`", own["outlet_id"].isna(), own)
    refuse("repeat an `outlet_id`", own["outlet_id"].duplicated(), own)
    new = ~own["outlet_id"].isin(register["outlet_id"])
    refuse("are new but have no `name`", new & own["name"].isna(), own)
    check_terms(own)
    return check_codes(own)


def check_terms(own: pd.DataFrame) -> None:
    """Raise if a cell is not in the terms of the register."""
    countries = read_table("countries")["country"]
    strange = own["country"].notna() & ~own["country"].isin(countries)
    refuse("have a `country` that is no ISO 3166 code such as KE or GB", strange, own)
    for column in ("ownership", "audience", "public_money"):
        terms = sorted(read_table("outlets")[column].dropna().unique())
        strange = own[column].notna() & ~own[column].isin(terms)
        refuse(f"have a term for `{column}` that is none of {terms}", strange, own)
    for column in ("founded", "disputes"):
        number = pd.to_numeric(own[column], errors="coerce")
        strange = own[column].notna() & number.isna()
        refuse(f"have a `{column}` that is no number", strange, own)


def check_codes(own: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the factors of their codes; a bare code is refused."""
    coded = own[["code", *FACTORS]].notna().any(axis=1)
    bare = coded & own[["scheme", "edition"]].isna().any(axis=1)
    refuse("have a code without `scheme` and `edition`", bare, own)
    table = read_table("codes")
    pairs = own[["scheme", "code"]].merge(table, on=["scheme", "code"], how="left")
    known = own["scheme"].isin(table["scheme"]) & own["code"].notna()
    allowed = table.groupby("scheme")["code"].agg(list).to_dict()
    wrong = known & pairs["model"].isna()
    refuse(f"have a `code` their scheme does not have ({allowed})", wrong, own)
    return own.fillna(pairs[FACTORS])


def refuse(what: str, rows: pd.Series, own: pd.DataFrame) -> None:
    """Raise if any of `rows` is true, naming the first outlets."""
    if rows.any():
        shown = own.loc[rows, "outlet_id"].head(5).tolist()
        raise MediakitError(
            f"{int(rows.sum())} rows of `outlets` {what}: {shown}; correct them first."
        )
