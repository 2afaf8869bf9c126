"""The tables of the outlet register, joined to one row per outlet.

Classifications stay beside their scheme and edition, so that no code travels bare.
"""

import functools

import pandas as pd

from mediakit.errors import check_choice
from mediakit.resources import folder

ALIASES, DOMAINS = " | ", " "
FACTORS = ["funding", "governance", "editorial"]
CLASSIFICATION = [
    "scheme",
    "edition",
    "code",
    *FACTORS,
    "source",
    "url",
    "retrieved",
    "code_note",
]
COLUMNS = [
    "outlet_id",
    "name",
    "aliases",
    "country",
    "region",
    "g77",
    "hq_country",
    "parent",
    "ownership",
    "legal_form",
    "languages",
    "audience",
    "founded",
    "public_money",
    "owner_note",
    "domains",
    *CLASSIFICATION,
    "disputes",
    "dispute_summary",
]


@functools.cache
def read_table(name: str) -> pd.DataFrame:
    """Return a table of the register as text; "NA" is Namibia, not a missing value."""
    path = folder("data") / "registry" / f"{name}.csv"
    return pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])


def join_tables(scheme: str, edition: str | None) -> pd.DataFrame:
    """Return one row per outlet with its names, domains, code and disputes."""
    parts = [
        read_table("outlets").set_index("outlet_id"),
        joined(read_table("names"), "alias", ALIASES).rename("aliases"),
        joined(listed_domains(), "domain", DOMAINS).rename("domains"),
        classify(scheme, edition),
        summarise_disputes(),
    ]
    return finish(pd.concat(parts, axis=1).rename_axis("outlet_id").reset_index())


def finish(outlets: pd.DataFrame) -> pd.DataFrame:
    """Return `outlets` with what follows from the country, and every column typed."""
    countries = read_table("countries")[["country", "region", "g77"]]
    bare = outlets.drop(columns=["region", "g77"], errors="ignore")
    out = bare.merge(countries, on="country", how="left")
    text = [column for column in COLUMNS if column not in ("founded", "disputes")]
    out = out.astype(dict.fromkeys(text, "str"))
    out["founded"] = out["founded"].astype("float64")
    out["disputes"] = out["disputes"].astype("float64").fillna(0).astype("int64")
    return out[COLUMNS]


def joined(table: pd.DataFrame, column: str, separator: str) -> pd.Series:
    """Return the values of `column` of each outlet as one cell."""
    return table.groupby("outlet_id", sort=False)[column].agg(separator.join)


def listed_domains() -> pd.DataFrame:
    """Return the domains with their path, as in bbc.com/persian."""
    table = read_table("domains")
    path = ("/" + table["path_prefix"]).fillna("")
    return table.assign(domain=table["domain"] + path)


def classify(scheme: str, edition: str | None) -> pd.DataFrame:
    """Return the classification of each outlet: of `edition`, or the newest known."""
    rows = read_table("classifications").rename(columns={"note": "code_note"})
    check_choice("scheme", scheme, rows["scheme"].unique())
    rows = rows[rows["scheme"] == scheme].sort_values("edition", kind="stable")
    if edition is not None:
        check_choice("edition", edition, rows["edition"].unique())
        rows = rows[rows["edition"] == edition]
    newest = rows.drop_duplicates("outlet_id", keep="last")
    return newest.set_index("outlet_id")[CLASSIFICATION]


def summarise_disputes() -> pd.DataFrame:
    """Return the number of disputes of each outlet, and who says what."""
    table = read_table("disputes")
    date = (" (" + table["date"] + ")").fillna("")
    lines = table.assign(line=table["by"] + ": " + table["claim"] + date)
    groups = lines.groupby("outlet_id", sort=False)["line"]
    return pd.DataFrame(
        {"disputes": groups.size(), "dispute_summary": groups.agg(" | ".join)}
    )
