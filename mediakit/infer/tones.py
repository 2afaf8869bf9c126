"""compare_tones: instruments of tone side by side, and first where they disagree."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from mediakit.infer.compare import compare
from mediakit.measure.measure import Measure
from mediakit.measure.tone_coverage import coverage_columns
from mediakit.measure.tones import INSTRUMENTS, NAME, score_tones
from mediakit.text.corpus import Corpus

UNCLEAR, UNTESTED = "unclear", "not tested"
SCALES = "each instrument has a scale of its own: compare directions, not sizes"


def compare_tones(
    corpus: Corpus,
    *,
    by: str,
    a: object,
    b: object = "rest",
    methods: Sequence = INSTRUMENTS,
    without: str | Sequence[str] = (NAME,),
    cluster: str | None = None,
) -> pd.DataFrame:
    """Compare the tone of two sides by several instruments, disagreement first.

    What you learn: whether "A writes more positively than B" holds whatever the
    instrument and without the names, or is a property of one list of words.

    Parameters
    ----------
    corpus : Corpus
        As in `score_tones`.
    by, a, b, cluster
        As in `compare`.
    methods, without
        As in `score_tones`.

    Returns
    -------
    DataFrame
        One row per instrument and mask, in the order asked for: the columns of
        `compare`, and

        - method, without : str; the instrument and the layer left out, "" for none
        - direction : "a" or "b", where the tone is higher; "unclear" where the 95 %
          interval includes no difference; "not tested"
        - coverage_a, coverage_b : share of sentences the instrument knows a word of

        ``attrs["mediakit"]`` as `compare`; the first of its notes says where the
        instruments disagree, so every plot and caption begins with it.

    Raises
    ------
    MediakitError
        As `score_tones` and `compare`.

    Warns
    -----
    MediakitWarning
        If the sides differ in language.

    Notes
    -----
    q is adjusted over the instruments, which score the same sentences. Agreement is
    weak evidence: most lists share words. When not to use it: to choose the
    instrument that finds something.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> texts = ["A good day.", "A horrible day.", "Kind and happy.", "A bad day."]
    >>> articles = mk.read_articles(
    ...     pd.DataFrame({"outlet": ["A", "B"] * 20, "text": texts * 10}))
    >>> tones = mk.compare_tones(mk.tokenize(articles), by="outlet", a="A", b="B")
    >>> tones.attrs["mediakit"]["notes"][0][:45]
    'all 4 agree: the tone is higher in A (vader; '
    """
    measure = score_tones(corpus, methods=methods, without=without)
    table = compare(measure, by=by, a=a, b=b, cluster=cluster)
    attributes = table.attrs
    order = pd.Index(table["item"]).get_indexer(measure.items["item"])
    table = table.iloc[order].reset_index(drop=True)
    split = [_mask(*pair) for pair in measure.items[["item", "concept"]].to_numpy()]
    table.insert(1, "method", measure.items["concept"])
    table.insert(2, "without", pd.Series(split, dtype="str"))
    table.insert(3, "direction", _directions(table))
    made = attributes["mediakit"]
    for side in "ab":
        table[f"coverage_{side}"] = _coverage(measure, made["sides"][side]["exposure"])
    sides = {side: made["sides"][side]["label"] for side in "ab"}
    first = disagreement(table, sides)
    parameters = made["parameters"] | {
        "methods": list(dict.fromkeys(table["method"])),
        "without": list(dict.fromkeys(one for one in table["without"] if one)),
    }
    notes = [first, SCALES, *made["notes"]]
    table.attrs["mediakit"] = {**made, "parameters": parameters, "notes": notes}
    return table


def disagreement(table: pd.DataFrame, sides: dict[str, str]) -> str:
    """Say in one sentence what the instruments find, differences between them first."""
    found = {
        way: table.loc[table["direction"] == way, "item"].tolist()
        for way in ("a", "b", UNCLEAR, UNTESTED)
    }
    clear = {way: found[way] for way in "ab" if found[way]}
    said = "; ".join(
        f"higher in {sides[way]}: {_listed(items)}" for way, items in clear.items()
    )
    others = [
        f"{what}: {_listed(found[way])}"
        for way, what in ((UNCLEAR, "no clear difference"), (UNTESTED, UNTESTED))
        if found[way]
    ]
    if len(clear) == 2:
        return "; ".join(
            [f"the instruments disagree on the direction; {said}", *others]
        )
    if clear and others:
        return "; ".join([f"the instruments do not agree; {said}", *others])
    if clear:
        ((way, items),) = clear.items()
        how = "all" if len(items) > 1 else "the only instrument says"
        agree = f"{how} {len(items)} agree:" if len(items) > 1 else f"{how}:"
        return f"{agree} the tone is higher in {sides[way]} ({_listed(items)})"
    return f"no instrument finds a clear difference; {'; '.join(others)}"


def _listed(items: list[str]) -> str:
    return "; ".join(items) if any("," in one for one in items) else ", ".join(items)


def _mask(item: str, method: str) -> str:
    return item.removeprefix(method).removeprefix(", without ")


def _directions(table: pd.DataFrame) -> pd.Series:
    low, high = table["low"].to_numpy(), table["high"].to_numpy()
    tested = [np.isnan(low) | np.isnan(high), low > 0, high < 0]
    ways = np.select(tested, [UNTESTED, "a", "b"], UNCLEAR)
    return pd.Series(ways, dtype="str")


def _coverage(measure: Measure, exposure: dict[str, float]) -> np.ndarray:
    """Return the share of a side's sentences that each item scored."""
    pairs = coverage_columns(measure)
    both = np.array([pairs[item] for item in measure.items["item"]], int).reshape(-1, 2)
    sums = np.array([exposure[name] for name in measure.denominators])[both]
    missing = np.full(len(sums), np.nan)
    return np.divide(sums[:, 0], sums[:, 1], out=missing, where=sums[:, 1] > 0)
