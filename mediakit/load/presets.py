"""Presets: named sets of outlets, defined by columns of the register.

No preset is the comparison; each names another that cuts across it.
"""

import functools
from pathlib import Path

import pandas as pd
import yaml

from mediakit.errors import MediakitError, check_choice, check_frame
from mediakit.load.register import load_outlets, match_outlets
from mediakit.resources import folder


@functools.cache
def load_presets() -> dict[str, dict]:
    """Return what data/registry/presets.yaml says of each preset."""
    path = folder("data") / "registry" / "presets.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def preset_names() -> list[str]:
    """Return the names of the presets.

    Examples
    --------
    >>> "sc_v_private" in preset_names()
    True
    """
    return list(load_presets())


def preset_outlets(
    name: str, *, outlets: pd.DataFrame | str | Path | None = None
) -> pd.DataFrame:
    """Return which outlets of the register stand in which set of a preset.

    Read it before you compare: a set is a choice, and few know all its members.

    Parameters
    ----------
    name : str
        One of `preset_names()`.
    outlets : DataFrame or path of a CSV file, optional
        Rows of your own, as in `mk.load_outlets`.

    Returns
    -------
    DataFrame
        set; outlet_id; name; country; ownership; scheme, edition and code (those the
        preset uses; the newest SMM code where it uses none), in the order of the sets.

    Raises
    ------
    MediakitError
        If the preset is unknown, or an outlet stands in two of its sets.

    Examples
    --------
    >>> preset_outlets("voa_v_bbc")["outlet_id"].tolist()
    ['voa', 'bbc']
    """
    preset = load_presets()[check_choice("name", name, preset_names())]
    scheme, edition = preset.get("scheme", "SMM"), preset.get("edition")
    register = load_outlets(scheme=scheme, edition=edition, outlets=outlets)
    sets = [
        register[members(register, where)].assign(set=label)
        for label, where in preset["sets"].items()
    ]
    out = pd.concat(sets, ignore_index=True).astype({"set": "str"})
    twice = out.loc[out["outlet_id"].duplicated(), "name"].tolist()
    if twice:
        raise MediakitError(
            f"{twice} stand in two sets of the preset {name!r}; the sets of a "
            "comparison must not overlap."
        )
    facts = ["outlet_id", "name", "country", "ownership", "scheme", "edition", "code"]
    return out[["set", *facts]]


def members(register: pd.DataFrame, where: dict[str, list[str]]) -> pd.Series:
    """Return which rows meet every condition; `country_not` excludes its values."""
    out = pd.Series(True, index=register.index)
    for column, values in where.items():
        listed = register[column.removesuffix("_not")].isin(values)
        out &= ~listed if column.endswith("_not") else listed
    return out


def preset_sets(
    articles: pd.DataFrame,
    name: str,
    *,
    outlets: pd.DataFrame | str | Path | None = None,
) -> pd.Series:
    """Return the set of a preset that each article stands in.

    Parameters
    ----------
    articles : DataFrame
        One row per article, with the `outlet_id` of `mk.label_outlets`, or with
        `outlet` or `url`, which are then matched as it does.
    name : str
        One of `preset_names()`.
    outlets : DataFrame or path of a CSV file, optional
        Rows of your own, as in `mk.load_outlets`.

    Returns
    -------
    Series of str
        Names of sets, missing where the outlet is in none; index of `articles`.

    Raises
    ------
    MediakitError
        If the preset is unknown, or the articles name no outlets.

    Warns
    -----
    MediakitWarning
        If outlets have to be matched, as `mk.label_outlets` does.

    Notes
    -----
    The sets follow the scheme and edition the preset states, whatever edition the
    articles are labelled with. Do not run one preset alone: its entry in
    data/registry/presets.yaml names one that cuts across it.

    Examples
    --------
    >>> articles = pd.DataFrame({"outlet": ["Xinhua", "TASS", "The Guardian"]})
    >>> preset_sets(articles, "sc_v_private").value_counts().to_dict()
    {'state-controlled (SC, SMM 2023)': 2, 'privately owned, Europe/N. America': 1}
    """
    check_frame("articles", articles)
    sets = preset_outlets(name, outlets=outlets).set_index("outlet_id")["set"]
    if "outlet_id" in articles:
        ids = articles["outlet_id"]
    else:
        register = load_outlets(outlets=outlets)
        rows, _ = match_outlets(articles, register)
        found = register["outlet_id"].array.take(rows, allow_fill=True)
        ids = pd.Series(found, index=articles.index)
    return ids.map(sets).astype("str").rename(name)
