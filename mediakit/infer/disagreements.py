"""list_disagreements: the texts on which coders differ, to be read once more."""

from itertools import combinations

import pandas as pd

from mediakit.errors import check_columns, check_frame
from mediakit.infer.agreement import COLUMNS, check_once
from mediakit.infer.provenance import versions

TYPES = {
    "unit_id": "str",
    "question": "str",
    "codes": "int64",
    "commonest": "str",
    "share": "float64",
    "answers": "str",
    "notes": "str",
    "text": "str",
}


def list_disagreements(codes: pd.DataFrame) -> pd.DataFrame:
    """List the units of which coders differ, those that divide them most first.

    What you learn: what is wrong with the codebook. Read ten of them together; most
    come from one sentence of a definition, which you mend before you code new texts.

    Parameters
    ----------
    codes : DataFrame
        As for `agreement`: unit_id, coder, code; question, note and text where there
        are any.

    Returns
    -------
    DataFrame
        One row per unit and question with two codes or more that are not all the same.

        - unit_id, question : str
        - codes : int, how many were given
        - commonest : str, the code given most, the first of equals
        - share : float, its share of the codes
        - answers : str, "critical 2 (Ana, Ben); neutral 1 (Cem)"
        - notes : str, what coders wrote, where codes have notes
        - text : str, where codes have texts

        ``attrs["mediakit"]["confused"]`` lists question, a, b and pairs: how many pairs
        of codes of one unit were a and b, most first.

    Raises
    ------
    MediakitError
        If a column is missing, or a coder gave one unit two codes.

    Notes
    -----
    When not to use it: to correct first codes. Decide in a final round, which keeps
    them (``show_coding(coding, coder=..., round="final")``), and report `agreement` of
    the first.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> codes = pd.DataFrame({"unit_id": ["s1", "s1", "s2", "s2"],
    ...                       "coder": ["Ana", "Ben"] * 2, "code": list("xyxx")})
    >>> mk.list_disagreements(codes)["answers"].tolist()
    ['x 1 (Ana); y 1 (Ben)']
    """
    check_frame("codes", codes)
    check_columns("codes", codes, COLUMNS)
    told = codes[codes["code"].notna()]
    if "question" not in told:
        told = told.assign(question="code")
    check_once(told)
    told = told.assign(code=told["code"].astype("str"))
    rows, pairs = [], {}
    for (unit, question), given in told.groupby(["unit_id", "question"], sort=False):
        if given["code"].nunique() < 2:
            continue
        rows.append(_row(unit, question, given))
        for a, b in combinations(sorted(given["code"]), 2):
            if a != b:
                pairs[question, a, b] = pairs.get((question, a, b), 0) + 1
    kept = [name for name in TYPES if name not in ("notes", "text")]
    kept += [name for name in ("notes", "text") if name.removesuffix("s") in codes]
    kinds = {name: TYPES[name] for name in kept}
    table = pd.DataFrame(rows, columns=list(TYPES))[kept].astype(kinds)
    table = table.sort_values("share", kind="stable", ignore_index=True)
    most = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    names = ("question", "a", "b", "pairs")
    table.attrs["mediakit"] = {
        "verb": "list_disagreements",
        "confused": [
            dict(zip(names, (*key, count), strict=True)) for key, count in most
        ],
        "versions": versions(),
    }
    return table


def _row(unit: str, question: str, given: pd.DataFrame) -> tuple:
    counts = given["code"].value_counts().sort_index()
    counts = counts.sort_values(ascending=False, kind="stable")
    answers = "; ".join(
        f"{code} {count} ({', '.join(sorted(_coders(given, code)))})"
        for code, count in counts.items()
    )
    notes = ""
    if "note" in given:
        written = given[given["note"].fillna("").astype("str").str.strip() != ""]
        told = zip(written["coder"], written["note"], strict=True)
        notes = "; ".join(f"{coder}: {note}" for coder, note in told)
    text = given["text"].iloc[0] if "text" in given else ""
    share = counts.iloc[0] / counts.sum()
    return unit, question, len(given), counts.index[0], share, answers, notes, text


def _coders(given: pd.DataFrame, code: str) -> list[str]:
    return given.loc[given["code"] == code, "coder"].astype("str").tolist()
