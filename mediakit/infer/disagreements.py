"""list_disagreements: the texts on which coders differ, to be read once more."""

from collections import Counter, defaultdict
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
    rows, pairs = [], Counter()
    for (unit, question), said in _by_unit(told).items():
        codes_of_it = sorted(code for _, code, _, _ in said)
        if codes_of_it[0] == codes_of_it[-1]:
            continue
        rows.append((unit, question, *_row(said)))
        for a, b in combinations(codes_of_it, 2):
            pairs[question, a, b] += a != b
    kept = [name for name in TYPES if name not in ("notes", "text")]
    kept += [name for name in ("notes", "text") if name.removesuffix("s") in codes]
    kinds = {name: TYPES[name] for name in kept}
    table = pd.DataFrame(rows, columns=list(TYPES))[kept].astype(kinds)
    table = table.sort_values("share", kind="stable", ignore_index=True)
    most = sorted((+pairs).items(), key=lambda pair: (-pair[1], pair[0]))
    names = ("question", "a", "b", "pairs")
    table.attrs["mediakit"] = {
        "verb": "list_disagreements",
        "confused": [
            dict(zip(names, (*key, count), strict=True)) for key, count in most
        ],
        "versions": versions(),
    }
    return table


def _by_unit(told: pd.DataFrame) -> dict[tuple, list[tuple]]:
    """Return coder, code, note and text of each code, by unit and question."""
    columns = [told["coder"].astype("str"), told["code"].astype("str")]
    for name in ("note", "text"):
        there = name in told
        columns.append(
            told[name].fillna("").astype("str") if there else [""] * len(told)
        )
    found = defaultdict(list)
    keys = zip(told["unit_id"], told["question"], strict=True)
    for key, *row in zip(keys, *columns, strict=True):
        found[key].append(tuple(row))
    return found


def _row(said: list[tuple]) -> tuple:
    coders = defaultdict(list)
    for coder, code, _, _ in sorted(said):
        coders[code].append(coder)
    most = sorted(coders.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    answers = "; ".join(f"{one} {len(who)} ({', '.join(who)})" for one, who in most)
    notes = "; ".join(f"{coder}: {note}" for coder, _, note, _ in said if note.strip())
    commonest, who = most[0]
    return len(said), commonest, len(who) / len(said), answers, notes, said[0][3]
