"""show_excerpts: what each side wrote, or quoted, side by side to be read."""

import html

import pandas as pd

from mediakit.errors import MediakitError, check_columns, check_frame, check_whole
from mediakit.show.display import CONSTRUCTED, Shown, files_of

KINDS = {
    "find_passages": ("left", "match", "right"),
    "find_quotations": ("quotation", "speaker", "cue"),
    "find_agency": ("match", "sentence"),
}
MOST_GROUPS, LONGEST = 12, 400
GRID = "display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem"
CARD = "border-top:3px solid currentColor;padding-top:.3rem"


def show_excerpts(
    excerpts: pd.DataFrame,
    *,
    by: str = "outlet",
    each: int = 3,
    name: str = "side by side",
) -> Shown:
    """Show what each outlet wrote side by side, so that it is read and not counted.

    What the reader learns: how the same thing sounds in each. Reading comes before
    counting, and for few articles in place of it.

    Parameters
    ----------
    excerpts : DataFrame
        Made by `find_passages`, `find_quotations` or `find_agency`.
    by : str, default "outlet"
        A column of `excerpts`: one card for each of its values, by name; at most 12.
    each : int, default 3
        How many excerpts a card shows: one of each article in turn, in the order
        given.
    name : str, default "side by side"
        A short name; a report calls the file so.

    Returns
    -------
    Shown
        Displays itself as the last line of a cell. Each card says how many excerpts
        there are in all and in how many articles.

    Raises
    ------
    MediakitError
        If the table is none of these or has no column `by`.

    Notes
    -----
    What was found, or who is quoted, is in bold, and in the text version between
    asterisks. Layers that hold a passage ("quotation") stand behind it. An
    excerpt is somebody's text: quote it, do not publish lists of them. When not to use
    it: to argue by example; `draw_sample` shows the usual.

    Examples
    --------
    >>> import mediakit as mk
    >>> strait = mk.load_sample("strait")
    >>> shown = show_excerpts(mk.find_passages(strait, "blockade", width=2), each=1)
    >>> print(shown.text.splitlines()[1])
    - as the *blockade* imposed by (2016-05-23)
    """
    check_frame("excerpts", excerpts)
    if not any({*kind} <= {*excerpts.columns} for kind in KINDS.values()):
        raise MediakitError(
            f"`excerpts` must come from one of {list(KINDS)}; it has the columns "
            f"{list(excerpts.columns)}."
        )
    check_columns("excerpts", excerpts, [by, "article_id"])
    check_whole("each", each, 1)
    groups = excerpts[by].astype("str").fillna("not known")
    names = sorted(groups.unique())
    notes = [f"{len(names) - MOST_GROUPS:,} more are not shown."]
    notes = notes * (len(names) > MOST_GROUPS)
    source = excerpts.attrs.get("mediakit", {}).get("source", {})
    marked = "constructed" in excerpts and excerpts["constructed"].eq(True).any()
    if marked or source.get("constructed"):
        notes.append(CONSTRUCTED)
    cards, lines = [], []
    for group in names[:MOST_GROUPS]:
        rows = excerpts[groups == group]
        size = _size(len(rows), rows["article_id"].nunique())
        chosen = [_parts(row) for row in _in_turn(rows, each).to_dict("records")]
        cards.append(_card(group, size, chosen))
        lines += [f"{group} ({size})", *map(_line, chosen)]
    empty = "There is nothing to show."
    page = f'<div style="{GRID}">{"".join(cards)}</div>' if cards else f"<p>{empty}</p>"
    page += "".join(f"<p><small>{html.escape(note)}</small></p>" for note in notes)
    text = "\n".join([*(lines or [empty]), *notes])
    return Shown(page, text, name, *files_of(excerpts, name))


def _in_turn(rows: pd.DataFrame, each: int) -> pd.DataFrame:
    """Return the first of every article, then the second, until there are `each`."""
    turn = rows.groupby("article_id").cumcount()
    return rows.loc[turn.sort_values(kind="stable").index[:each]]


def _size(rows: int, articles: int) -> str:
    return f"{rows:,} in {articles:,} article" + "s" * (articles != 1)


def _parts(row: dict) -> tuple[str, str, str, str]:
    """Return the text before, what was found, the text after, and what to say of it."""
    day = "" if pd.isna(row["published"]) else f"{row['published']:%Y-%m-%d}"
    if "right" in row:
        said = ", ".join(filter(None, [day, row.get("layers")]))
        return _cut(row["left"], "start"), row["match"], _cut(row["right"]), said
    if "sentence" in row:
        before, match, after = row["sentence"].partition(row["match"])
        said = f"{row['form']}; {day}".removesuffix("; ")
        return _cut(before, "start"), match, _cut(after), said
    who = "nobody named" if pd.isna(row["speaker"]) else row["speaker"]
    said = ", ".join(one for one in (row["cue"], day) if isinstance(one, str) and one)
    return _cut(row["quotation"]) + " ", who, "", said


def _cut(text: str, from_: str = "end") -> str:
    if len(text) <= LONGEST:
        return text
    return "… " + text[-LONGEST:] if from_ == "start" else text[:LONGEST] + " …"


def _card(group: str, size: str, chosen: list[tuple]) -> str:
    items = "".join(
        f"<li>{html.escape(before)}<strong>{html.escape(match)}</strong>"
        f"{html.escape(after)} <small>({html.escape(said)})</small></li>"
        for before, match, after, said in chosen
    )
    head = f"<strong>{html.escape(group)}</strong> <small>{html.escape(size)}</small>"
    return (
        f'<div style="{CARD}">{head}<ul style="padding-left:1.1em">{items}</ul></div>'
    )


def _line(parts: tuple) -> str:
    before, match, after, said = parts
    return " ".join(f"- {before}*{match}*{after} ({said})".split())
