"""adjust: another correction for many tests than the one `compare` made."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_choice, check_frame
from mediakit.formulas.multiple import benjamini_hochberg, benjamini_yekutieli

METHODS = {"by": benjamini_yekutieli, "bh": benjamini_hochberg}


def adjust(comparison: pd.DataFrame, *, method: str = "by") -> pd.DataFrame:
    """Correct a comparison's p-values anew for the number of items tested.

    What you learn: which differences stand even if the items' tests depend on one
    another in the worst way.

    Parameters
    ----------
    comparison : DataFrame
        Made by `compare` or `keyness`; rows may have been left out since.
    method : {"by", "bh"}, default "by"
        Benjamini and Yekutieli (2001), valid under any dependence, or Benjamini and
        Hochberg (1995), which `compare` uses.

    Returns
    -------
    DataFrame
        The same rows and columns with new q and q_cluster, for the family as it was
        tested; ``attrs["mediakit"]["adjusted"]`` names the method.

    Raises
    ------
    MediakitError
        If the table was not made by `compare`, or `method` is unknown.

    Notes
    -----
    When not to use it: by default. Words depend on one another mostly in the benign
    direction, and "by" costs a factor of about ln J. After rows were left out q can
    only grow, as the missing ones count as large.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A", "B"] * 12, "tax": [4, 1, 3, 0] * 6,
    ...                        "war": [1, 0, 0, 2, 1, 1] * 4, "words": 500})
    >>> measure = mk.as_measure(counts, value=["tax", "war"], exposure="words")
    >>> table = mk.compare(measure, by="outlet", a="A", b="B")
    >>> table["q"].round(3).tolist(), adjust(table)["q"].round(3).tolist()
    ([0.0, 0.253], [0.0, 0.38])
    """
    check_frame("comparison", comparison)
    check_choice("method", method, METHODS)
    record = comparison.attrs.get("mediakit", {})
    if record.get("verb") not in ("compare", "keyness"):
        raise MediakitError(
            "`adjust` needs a table as `mk.compare` gave it, with its attrs."
        )
    renewed = {
        f"q{over}": _adjusted(comparison[f"p{over}"], record["family"], METHODS[method])
        for over in ("", "_cluster")
    }
    table = comparison.assign(**renewed)
    table.attrs["mediakit"] = record | {"adjusted": method}
    return table


def _adjusted(p: pd.Series, size: int, correct) -> np.ndarray:
    """Adjust the known p; the rest of the family counts as members without one."""
    q = p.to_numpy(float, copy=True)
    known = ~np.isnan(q)
    missing = np.full(max(size - known.sum(), 0), np.nan)
    q[known] = correct(np.append(q[known], missing))[: known.sum()]
    return q
