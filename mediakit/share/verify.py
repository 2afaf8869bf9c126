"""verify: whether a derived corpus is whole, and whether its tables come out again."""

import os
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.share.differences import TOLERANCE, differences, summary
from mediakit.share.match import STATES, match_texts, recounted
from mediakit.share.recipes import remake
from mediakit.share.verify_files import check_files, check_tables
from mediakit.share.writing import versions
from mediakit.show.tables import read_table
from mediakit.text.corpus import Corpus
from mediakit.text.derived import open_derived

COLUMNS = ["level", "check", "ok", "detail"]
MOST_LISTED = 1000


def verify(
    folder: str | os.PathLike,
    *,
    rerun: bool = True,
    articles: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Check a derived corpus: its files, its rules, its tables, and its texts.

    What you learn: whether what somebody published is what they counted, and whether
    their numbers come out on your machine. Nothing is changed and nothing fetched.

    Parameters
    ----------
    folder : path
        What `derive` wrote, wherever it lies now.
    rerun : bool, default True
        Make every table of the study again from the package (level 1).
    articles : DataFrame, optional
        ARTICLES with the texts as they can be had today, cleaned as the package says
        under "steps" (level 2): which are the same, changed or gone, whether their
        words are counted alike, and what the tables say of those that are the same.

    Returns
    -------
    DataFrame
        One row per check: level (int, 1 or 2); check (str); ok (bool); detail (str,
        what was found: the file, or how many cells changed and the largest change).
        ``attrs["mediakit"]["differences"]`` lists up to 1,000 cells that changed.

    Raises
    ------
    MediakitError
        If the folder is no derived corpus.

    Notes
    -----
    Two decimal numbers pass for equal if they lie within 1e-9 of the larger; on one
    machine they are the same to the last bit, on others a last digit may differ.
    Counts must be equal. A seal tells that a package was changed, not by whom:
    whoever can write the folder can seal it anew, so compare the "seal" with the one
    that was published. When not to use it: to learn whether a study is right.

    Examples
    --------
    >>> import mediakit as mk
    >>> from mediakit.resources import folder
    >>> report = mk.verify(folder("data") / "derived" / "kcna")
    >>> bool(report["ok"].all())
    True
    """
    folder = Path(folder)
    lines, package = check_files(folder)
    whole = all(ok for _, ok, _ in lines)
    listed: list[dict] = []
    if whole:
        lines.append(_versions(package))
        lines += check_tables(folder, package)
        corpus = open_derived(folder)
        if rerun:
            lines += _rerun(folder, package, corpus, listed)
    else:
        lines.append(("tables", False, "not made again: the package is not whole"))
    report = [(1, *line) for line in lines]
    if whole and articles is not None:
        report += [(2, *line) for line in _texts(folder, corpus, articles, listed)]
    table = pd.DataFrame(report, columns=COLUMNS)
    table = table.astype({"check": "str", "ok": bool, "detail": "str"})
    table.attrs["mediakit"] = {
        "verb": "verify",
        "parameters": {"folder": folder.name, "rerun": rerun},
        "tolerance": TOLERANCE,
        "versions": versions(),
        "differences": listed[:MOST_LISTED],
    }
    return table


def _versions(package: dict) -> tuple[str, bool, str]:
    then, now = package["mediakit"].get("made_with", {}), versions()
    other = [
        f"{name} {then[name]} then, {now[name]} now"
        for name in now
        if then.get(name, now[name]) != now[name]
    ]
    said = "; ".join(other) + ": last digits may differ" if other else "as then"
    return "versions", True, said if then else "not recorded"


def _rerun(folder: Path, package: dict, corpus: Corpus, listed: list[dict]):
    recipes = package["mediakit"].get("tables", [])
    if not recipes:
        yield "tables", True, "the package holds none"
    known = {resource["path"] for resource in package["resources"]}
    for recipe in recipes:
        if recipe["file"] in known:
            yield _again(folder, recipe, corpus, recipe["file"], listed)
        else:
            yield recipe["file"], False, "is not part of the package"


def _again(folder: Path, recipe: dict, corpus: Corpus, check: str, listed: list):
    published = read_table(folder / recipe["file"])
    try:
        again = remake(recipe, corpus)
    except MediakitError as error:
        return check, False, f"could not be made again: {error}"
    found = differences(published, again)
    listed += [{"check": check, **row} for row in found.to_dict("records")]
    return check, found.empty, summary(found, published.size)


def _texts(folder: Path, corpus: Corpus, articles: pd.DataFrame, listed: list[dict]):
    matched = match_texts(articles, folder)
    states = matched.groupby("outlet", dropna=False)["state"].value_counts()
    for outlet, of_outlet in states.groupby(level="outlet", dropna=False):
        counts = of_outlet.droplevel("outlet").to_dict()
        said = ", ".join(f"{counts.get(one, 0):,} {one}" for one in STATES)
        yield f"texts of {outlet}", set(counts) == {"same"}, said
    same = (matched["state"] == "same").to_numpy()
    yield recounted(corpus, articles, matched)
    if same.all() or not same.any():
        return
    some = corpus.subset(same)
    for recipe in corpus.provenance["tables"]:
        check = f"{recipe['file']} of the same texts"
        yield _again(folder, recipe, some, check, listed)
