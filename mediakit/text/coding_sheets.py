"""Coding sheets: what coders filled in, with its key again, as codes or as articles."""

import re

import pandas as pd

from mediakit.errors import MediakitError, check_columns, check_frame
from mediakit.schema import complete_articles
from mediakit.text.sample_units import KEY

DRAWN = "draw_sample"
is_whole = re.compile(r"(-?\d+)\.0+").fullmatch  # 1 beside an empty cell becomes 1.0


def as_codes(
    frame: pd.DataFrame, *, coder: str, sample: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Turn a filled-in sheet into codes, and put back where each text came from.

    Parameters
    ----------
    frame : DataFrame
        A sheet of `draw_sample` with its columns filled in: from `read_table`, or read
        by pandas from what a coder sent back. Cells left empty are no codes.
    coder : str
        Who filled it in.
    sample : DataFrame, optional
        The sheet as drawn, which has the key, if `frame` has lost it.

    Returns
    -------
    DataFrame
        CODES, one row per code: unit_id, coder, question, code (str), text,
        article_id, outlet, published (UTC), stratum, weight. Several coders:
        ``pd.concat([as_codes(...), as_codes(...)])``, for `agreement` and `validate`.

    Raises
    ------
    MediakitError
        If the key is missing, a column is, or a unit is unknown or stands there twice.

    Notes
    -----
    Codes as they were given first. What coders agreed on after talking is another
    coder, and no evidence of agreement.

    Examples
    --------
    >>> import mediakit as mk
    >>> sheet = mk.draw_sample(mk.load_sample("strait"), size=10, questions=["calm"])
    >>> codes = mk.as_codes(sheet.assign(calm="yes"), coder="Ana")
    >>> len(codes), codes["question"].unique().tolist()
    (10, ['calm'])
    """
    check_frame("frame", frame)
    record = _record(frame if sample is None else sample)
    questions = record["parameters"]["questions"]
    check_columns("frame", frame, ["unit_id", *questions])
    if not isinstance(coder, str) or not coder.strip():
        raise MediakitError(f"`coder` must be a name, got {coder!r}.")
    whole = frame if sample is None else frame.drop(columns="text", errors="ignore")
    if sample is not None:
        whole = whole.merge(sample[["unit_id", "text"]], on="unit_id", how="left")
    known = _keyed(whole, record)
    asked = [
        pd.DataFrame(
            {
                "unit_id": whole["unit_id"],
                "coder": coder,
                "question": question,
                "code": whole[question].map(said_in),
                "text": whole["text"],
            },
            dtype="str",
        )
        for question in questions
    ]
    codes = pd.concat(asked)
    codes = codes[codes["code"].notna()]
    return codes.merge(known, on="unit_id", how="left")


def as_articles(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn a sample of sentences or passages into ARTICLES, each text one article.

    What it is for: to measure exactly what was read. ``tokenize(as_articles(sample))``
    is a corpus whose measures `validate` holds against the codes.

    Parameters
    ----------
    frame : DataFrame
        A sheet of `draw_sample`, filled in or not.

    Returns
    -------
    DataFrame
        ARTICLES; `article_id` is the unit_id, `source_id` the article it comes from;
        outlet, published, stratum and weight are back.

    Raises
    ------
    MediakitError
        If the key is missing, or a unit is unknown or stands there twice.

    Notes
    -----
    Layers are marked anew, so a sentence in the middle of a long quotation no longer
    shows that it is one.

    Examples
    --------
    >>> import mediakit as mk
    >>> sheet = mk.draw_sample(mk.load_sample("strait"), size=10, seed=2)
    >>> corpus = mk.tokenize(mk.as_articles(sheet))
    >>> len(corpus), corpus.metadata["outlet"].isna().any()
    (10, np.False_)
    """
    check_frame("frame", frame)
    known = _keyed(frame, _record(frame)).rename(columns={"article_id": "source_id"})
    shown = [name for name in ("unit_id", "title", "text") if name in frame]
    table = frame[shown].merge(known, on="unit_id", how="left")
    return complete_articles(table.rename(columns={"unit_id": "article_id"}))


def with_key(codes: pd.DataFrame, sample: pd.DataFrame) -> pd.DataFrame:
    """Return codes with what the sample as drawn knows of their units."""
    check_frame("sample", sample)
    known = _keyed(sample, _record(sample))
    strange = codes[~codes["unit_id"].isin(known["unit_id"])]
    if len(strange):
        raise MediakitError(
            f"unit {strange['unit_id'].iloc[0]!r} is not in `sample`; give the sample "
            "that was coded."
        )
    return codes.merge(known, on="unit_id", how="left")


def _record(sheet: pd.DataFrame) -> dict:
    record = sheet.attrs.get("mediakit", {})
    if record.get("verb") != DRAWN:
        raise MediakitError(
            "the sheet has lost its key, attrs['mediakit'] of `draw_sample`; read it "
            "with `mk.read_table`, or give the sheet as drawn: as_codes(frame, "
            "coder=..., sample=sheet)."
        )
    return record


def _keyed(frame: pd.DataFrame, record: dict) -> pd.DataFrame:
    """Return the key of the sheet's units, or raise if they do not fit it."""
    known = pd.DataFrame(record["key"], columns=KEY).astype({"weight": "float64"})
    known["published"] = pd.to_datetime(known["published"], utc=True).astype(
        "datetime64[us, UTC]"
    )
    check_columns("frame", frame, ["unit_id", "text"])
    strange = frame[~frame["unit_id"].isin(known["unit_id"])]
    twice = frame[frame["unit_id"].duplicated()]
    for rows, wrong in ((strange, "is not in the key"), (twice, "stands there twice")):
        if len(rows):
            raise MediakitError(
                f"unit {rows['unit_id'].iloc[0]!r} {wrong} ({len(rows)} such rows); "
                "unit_id must stay as it was drawn (a spreadsheet may turn it into a "
                "number: read it as text)."
            )
    return known


def said_in(cell):
    """Return what a cell says as text; nothing for an empty one."""
    if pd.isna(cell) or not str(cell).strip():
        return None
    said = str(cell).strip()
    return is_whole(said)[1] if is_whole(said) else said
