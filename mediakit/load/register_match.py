"""Tell which outlet a name or an address belongs to.

Whole names and whole labels of a domain only: rt.com is neither report.com nor
sciencealert.com, and bbc.com/persian is more than bbc.com.
"""

import functools
import re
import unicodedata

import numpy as np
import pandas as pd
from publicsuffixlist import PublicSuffixList

from mediakit.errors import MediakitError
from mediakit.load.register_tables import ALIASES

NOWHERE = -1
ADDRESS = (
    r"^\s*(?:https?:)?(?://)?(?P<host>[^/?#:@\s\\]+)(?::\d*)?"
    r"(?P<path>/[^?#]*)?(?:[?#]|\s*$)"
)


def fold_name(name: str) -> str:
    """Return `name` without case, accents, punctuation, spaces and "The".

    Examples
    --------
    >>> fold_name("The New York Times"), fold_name("NEW YORK TIMES, THE")
    ('newyorktimes', 'newyorktimes')
    >>> fold_name("Agência Brasil"), fold_name("Al-Jazeera"), fold_name("People’s")
    ('agenciabrasil', 'aljazeera', 'peoples')
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    kept = []
    for letter in unicodedata.normalize("NFKD", plain):
        kind = unicodedata.category(letter)
        if kind == "Mn" or letter in "'’ʼ‘`":
            continue
        kept.append(" " if kind[0] in "CPSZ" else letter)
    words = "".join(kept).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) > 1 and words[-1] == "the":
        words = words[:-1]
    return "".join(words)


def name_index(outlets: pd.DataFrame) -> dict[str, tuple[int, str]]:
    """Return folded name -> row of `outlets` and "name" or "alias"."""
    index: dict[str, tuple[int, str]] = {}
    for kind, cells in (("name", outlets["name"]), ("alias", outlets["aliases"])):
        for row, cell in enumerate(cells.fillna("")):
            for folded in filter(None, map(fold_name, cell.split(ALIASES))):
                owner = index.setdefault(folded, (row, kind))[0]
                if owner != row:
                    raise both_claim(outlets, owner, row, f"the name {folded!r}")
    return index


def domain_index(outlets: pd.DataFrame) -> dict[str, list[tuple[str, int]]]:
    """Return domain -> path prefixes, longest first, each with its row of `outlets`."""
    index: dict[str, list[tuple[str, int]]] = {}
    for row, cell in enumerate(outlets["domains"].fillna("")):
        for entry in cell.split():
            domain, _, path = entry.casefold().removeprefix("www.").partition("/")
            if registrable(domain) is None:
                raise MediakitError(
                    f"{outlets['name'].iloc[row]!r} lists the domain {domain!r}, under "
                    "which anyone may register; list a domain such as example.org, "
                    "without https://."
                )
            prefix = "/" + path.strip("/") if path.strip("/") else ""
            owners = dict(index.setdefault(domain, []))
            if owners.get(prefix, row) != row:
                raise both_claim(outlets, owners[prefix], row, f"the domain {entry!r}")
            if prefix not in owners:
                index[domain].append((prefix, row))
                index[domain].sort(key=lambda pair: -len(pair[0]))
    return index


def both_claim(outlets, one, other, what):
    """Return the error for two outlets that share a name or a domain."""
    names = outlets["name"].iloc[[one, other]].tolist()
    return MediakitError(
        f"{names[0]!r} and {names[1]!r} both claim {what}; give it to one of them."
    )


def match_names(values: pd.Series, index: dict) -> tuple[np.ndarray, np.ndarray]:
    """Return the row of the outlet of each name, -1 for none, and how it matched."""
    codes, unique = pd.factorize(values)
    found = [index.get(fold_name(str(name)), (NOWHERE, np.nan)) for name in unique]
    found.append((NOWHERE, np.nan))
    rows = np.array([row for row, _ in found], np.int64)
    kinds = np.array([kind for _, kind in found], object)
    return rows[codes], kinds[codes]


def split_addresses(values: pd.Series) -> pd.DataFrame:
    """Return the host and path of each URL, missing where it has no host."""
    parts = values.astype("str").str.extract(ADDRESS, flags=re.IGNORECASE)
    parts["host"] = parts["host"].str.lower().str.rstrip(".")
    return parts


def sites(values: pd.Series) -> pd.Series:
    """Return the registrable domain of each URL, missing where it has none."""
    hosts = split_addresses(values)["host"]
    known = {host: registrable(host) for host in hosts.dropna().unique()}
    return hosts.map(known).astype("str")


def match_addresses(values: pd.Series, index: dict) -> np.ndarray:
    """Return the row of the outlet of each URL or domain, -1 where unknown."""
    parts = split_addresses(values)
    codes, hosts = pd.factorize(parts["host"])
    options = [candidates(host, index) for host in hosts]
    settled = [row if not prefix else NOWHERE for prefix, row in map(first, options)]
    rows = np.array([*settled, NOWHERE], np.int64)[codes]
    has_prefix = np.array([bool(first(option)[0]) for option in options] + [False])
    paths = parts["path"].fillna("").str.lower().to_numpy(object)
    for at in np.flatnonzero(has_prefix[codes]):
        rows[at] = longest(options[codes[at]], paths[at])
    return rows


def candidates(host: str, index: dict) -> list[tuple[str, int]]:
    """Return what `index` lists for `host`: its own domain first, then those above."""
    top = registrable(host)
    if top is None:
        return []
    labels = host.split(".")
    depth = len(labels) - top.count(".") - 1
    above = (".".join(labels[start:]) for start in range(depth + 1))
    return [option for domain in above for option in index.get(domain, [])]


def first(options):
    """Return the first of `options`, or no prefix and no row."""
    return options[0] if options else ("", NOWHERE)


def longest(options, path):
    """Return the row of the first option whose prefix `path` has, in whole segments."""
    for prefix, row in options:
        if (path + "/").startswith(prefix + "/"):
            return row
    return NOWHERE


def registrable(host: str) -> str | None:
    """Return the domain `host` was registered under: bbc.co.uk of news.bbc.co.uk."""
    return suffixes().privatesuffix(host)


@functools.cache
def suffixes() -> PublicSuffixList:
    """Return the list bundled with publicsuffixlist: nothing is fetched."""
    return PublicSuffixList()
