"""as_measure: numbers made elsewhere enter the same verbs as our own."""

import warnings

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import (
    MediakitError,
    MediakitWarning,
    check_choice,
    check_columns,
    check_frame,
)
from mediakit.measure.measure import KINDS, Block, Measure


def as_measure(
    frame: pd.DataFrame,
    *,
    value: str | list[str],
    exposure: str,
    kind: str = "count",
    unit: str = "unit",
    name: str | None = None,
) -> Measure:
    """Make a Measure of numbers counted or scored elsewhere.

    What it is for: votes of a crowd, labels of a model, hits counted by another
    program. Afterwards every verb treats them as it treats mediakit's own counts.

    Parameters
    ----------
    frame : DataFrame
        One row per article; the other columns (outlet, published, ...) stay
        available to ``by=`` and ``cluster=``.
    value : str or list of str
        Column(s) holding each article's numerator; each becomes an item.
    exposure : str
        Column holding each article's denominator, 0 or more.
    kind : {"count", "share", "mean"}, default "count"
        Counts are compared by ratio, shares and means by difference.
    unit : str, default "unit"
        What one unit of exposure is, as "word" or "sentence".
    name : str, optional
        What was measured, for captions; by default the value column(s).

    Returns
    -------
    Measure
        Items are the value columns; one denominator, the exposure column.

    Raises
    ------
    MediakitError
        If a column is missing, not a number, negative or missing where it may
        not be, or if something was counted where the exposure is 0.

    Warns
    -----
    MediakitWarning
        If rows share an article_id, as labels of sentences do: every verb would take
        each of them for an article and its intervals would be too narrow.

    Examples
    --------
    >>> import pandas as pd
    >>> votes = pd.DataFrame({"outlet": ["A", "B"], "biased": [3, 1], "votes": [5, 5]})
    >>> as_measure(votes, value="biased", exposure="votes", kind="share").kind
    'share'

    Labels of sentences, by a crowd or a model: sum them over each article first.

    >>> labels = pd.DataFrame({"article_id": ["a1", "a1", "b1"], "outlet": list("AAB"),
    ...                        "label": ["positive", "neutral", "negative"]})
    >>> labels["tone"] = labels["label"].map({"positive": 1, "neutral": 0,
    ...                                       "negative": -1})
    >>> sums = labels.assign(sentences=1).groupby(["article_id", "outlet"]).sum(
    ...     numeric_only=True).reset_index()
    >>> as_measure(sums, value="tone", exposure="sentences", kind="mean",
    ...            unit="sentence").values.toarray().tolist()
    [[1.0], [-1.0]]
    """
    check_frame("frame", frame)
    columns = [value] if isinstance(value, str) else list(value)
    check_columns("frame", frame, [*columns, exposure])
    check_choice("kind", kind, KINDS)
    exposures = _numbers(frame, exposure)
    numerators = np.column_stack([_numbers(frame, column) for column in columns])
    _check_signs(frame, columns, numerators, exposure, exposures, kind)
    _warn_of_parts(frame)
    articles = frame.drop(columns=["title", "text"], errors="ignore")
    source = {"made_by": "as_measure", "value": columns, "exposure": exposure}
    if "constructed" in frame and frame["constructed"].eq(True).any():
        source["constructed"] = True
    items = pd.DataFrame(
        {
            "item": pd.Series(columns, dtype="str"),
            "concept": pd.Series([float("nan")] * len(columns), dtype="str"),
            "denominator": np.zeros(len(columns), np.int64),
        }
    )
    block = Block(
        slice(0, len(frame)), sparse.csr_array(numerators), exposures[:, None]
    )
    return Measure(
        name=name or ", ".join(columns),
        kind=kind,
        unit=unit,
        items=items,
        denominators=(exposure,),
        articles=articles.reset_index(drop=True),
        stored=(block,),
        provenance=source,
    )


def _warn_of_parts(frame: pd.DataFrame) -> None:
    if "article_id" not in frame:
        return
    twice = frame["article_id"].duplicated(keep=False) & frame["article_id"].notna()
    if twice.any():
        warnings.warn(
            f"{int(twice.sum())} rows share their article_id with others, so articles "
            "would count several times; sum over article_id first.",
            MediakitWarning,
            stacklevel=3,
        )


def _numbers(frame: pd.DataFrame, column: str) -> np.ndarray:
    numbers = pd.to_numeric(frame[column], errors="coerce").to_numpy(
        float, na_value=np.nan
    )
    bad = ~np.isfinite(numbers)
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise MediakitError(
            f"column {column!r} must hold numbers, got {frame[column].tolist()[row]!r} "
            f"in row {row} ({int(bad.sum())} such rows); drop or fill them first."
        )
    return numbers


def _check_signs(frame, columns, numerators, exposure, exposures, kind):
    if (exposures < 0).any():
        raise MediakitError(f"exposure {exposure!r} must be 0 or more, got a negative.")
    if kind != "mean" and (numerators < 0).any():
        raise MediakitError(
            f"{columns} hold negative numbers; signed values are kind='mean'."
        )
    lost = (exposures == 0) & (numerators != 0).any(axis=1)
    if lost.any():
        raise MediakitError(
            f"{int(lost.sum())} rows have a value but {exposure!r} is 0 there "
            f"(first: row {int(np.flatnonzero(lost)[0])}); a rate over nothing is "
            "undefined: correct the exposure or drop the rows."
        )
    if kind == "share" and (numerators > exposures[:, None]).any():
        raise MediakitError(
            f"kind='share' needs {columns} to be at most {exposure!r} in every row."
        )
