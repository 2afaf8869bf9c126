"""show_flow: how many articles came in, how many are analysed, and where the rest went.

The boxes and arrows of a PRISMA diagram, drawn from what each step wrote down.
"""

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from mediakit.errors import MediakitError, check_frame
from mediakit.schema import check_articles
from mediakit.show.captions import remember
from mediakit.show.display import CONSTRUCTED, Shown, show_figure
from mediakit.show.style import GREY, INK, SHADE, axes_for, literal, style

NAME = "flow of articles"
NAMES = {"keep_unique": "Different articles", "keep_about": "On topic"}
BY_HAND = "by other steps, not recorded"
IN_READING = "not read, or dropped in reading"
LEFT, BOX, SIDE, STEP = 0.0, 0.44, 0.54, 1.55


def show_flow(flow: pd.DataFrame) -> Shown:
    """Show how many articles were exported, unique, on topic and analysed.

    A reader can only judge a finding if she knows what it was not found in.

    Parameters
    ----------
    flow : DataFrame
        ARTICLES, after the steps that chose them: `read_articles`, `keep_unique`,
        `keep_about`, and any of your own.

    Returns
    -------
    Shown
        The diagram with alt text and its table, as the last line of a cell displays
        it. To save it, draw it by `plot_flow`.

    Raises
    ------
    MediakitError
        If `flow` breaks the schema or has no account of any step.

    Notes
    -----
    The numbers come from ``flow.attrs["mediakit"]``, which row selection keeps and
    `pd.concat` and `merge` lose. Rows that you dropped by hand are shown as "not
    recorded": say in your text why. When not to use it: as a description of how
    a search found the articles; that stands in no file.

    Examples
    --------
    >>> import mediakit as mk
    >>> articles = mk.keep_about(mk.load_sample("strait").articles, "ferry")
    >>> mk.show_flow(articles).text[:59]
    'Flow of articles. Start: 185. Dropped 172 without the words'
    """
    return show_figure(plot_flow(flow), name=NAME)


def plot_flow(flow: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the flow of articles through the steps that chose them.

    Parameters
    ----------
    flow : DataFrame
        ARTICLES, as for `show_flow`.
    ax : Axes, optional
        Where to draw; by default a figure of its own.

    Returns
    -------
    Axes
        For `show_figure` and `save_figure`.

    Raises
    ------
    MediakitError
        If `flow` breaks the schema or has no account of any step, or `ax` is none.

    Notes
    -----
    The table behind it has one row per step and reason: step; articles (left after
    the step); dropped (NaN at the start); why. When not to use it: see `show_flow`.

    Examples
    --------
    >>> import mediakit as mk
    >>> articles = mk.keep_about(mk.load_sample("strait").articles, "ferry")
    >>> ax = mk.plot_flow(articles)
    >>> mk.describe(ax)[-13:]
    'Analysed: 10.'
    """
    table = flow_table(flow)
    stages = _stages(table)
    with style():
        ax = axes_for(ax, height=0.7 + STEP * len(stages) * 0.62)
        ax.set_axis_off()
        ax.set_xlim(-0.01, 1.01)
        ax.set_ylim(-STEP * (len(stages) - 1) - 0.55, 0.55)
        for place, (name, count, lost) in enumerate(stages):
            _draw(ax, -STEP * place, f"{name}\n{count:,} articles", lost, place > 0)
        notes = table.attrs["mediakit"]["notes"]
        _beside(ax, 1 - len(stages), notes)
        literal(ax)
    if table.attrs["mediakit"].get("source"):
        ax.set_title(CONSTRUCTED, loc="left", fontsize=10.5, color=GREY)
    remember(ax, table, _alt(stages, notes))
    return ax


def flow_table(flow: pd.DataFrame) -> pd.DataFrame:
    """Return one row per step and reason: step, articles, dropped, why."""
    check_frame("flow", flow)
    check_articles(flow)
    record = flow.attrs.get("mediakit", {})
    steps = record.get("steps", [])
    told = {line["what"]: line["articles"] for line in record.get("account", [])}
    if not steps and "rows kept" not in told:
        raise MediakitError(
            "`flow` has no account of any step: `mk.read_articles`, `mk.keep_unique` "
            "and `mk.keep_about` write one, and `pd.concat` and `merge` lose it."
        )
    rows, now = [], None
    if "rows kept" in told:
        start, now = told.get("rows expected", told["rows kept"]), told["rows kept"]
        rows.append(("Exported", start, None, ""))
        if start != now:
            rows.append(("Read", now, start - now, IN_READING))
    for step in steps:
        if now is None:
            rows.append(("Start", step["before"], None, ""))
        elif step["before"] != now:
            rows.append(("Chosen", step["before"], now - step["before"], BY_HAND))
        now = step["after"]
        name = NAMES.get(step["verb"], step["verb"])
        reasons = step["dropped"] or [{"why": "", "articles": 0}]
        rows += [(name, now, one["articles"], one["why"]) for one in reasons]
    lost = now - len(flow)
    rows.append(("Analysed", len(flow), lost, BY_HAND if lost else ""))
    table = pd.DataFrame(rows, columns=["step", "articles", "dropped", "why"])
    table = table.astype({"step": "str", "dropped": "float64", "why": "str"})
    constructed = "constructed" in flow and len(flow) > 0 and flow["constructed"].all()
    source = {"constructed": True} if constructed else {}
    table.attrs["mediakit"] = {
        "verb": "show_flow",
        "notes": _notes(flow),
        **({"source": source} if source else {}),
    }
    return table


def _notes(flow: pd.DataFrame) -> list[str]:
    """Say of what is analysed what a reader should know besides its number."""
    notes = []
    if "duplicate_of" in flow:
        copies = int(flow["duplicate_of"].isin(flow["article_id"]).sum())
        if copies:
            notes.append(f"{copies:,} of those analysed are copies of others there.")
    empty = int((flow["text"].fillna("").str.strip() == "").sum())
    if empty:
        notes.append(f"{empty:,} of those analysed have no text.")
    return notes


def _stages(table: pd.DataFrame) -> list[tuple[str, int, list[str]]]:
    """Return name, articles and the reasons of each box, empty steps left out."""
    stages = []
    for _, rows in table.groupby((table["step"] != table["step"].shift()).cumsum()):
        first = rows.iloc[0]
        lost = [
            f"{row.dropped:,.0f} {row.why}" for row in rows.itertuples() if row.dropped
        ]
        lost = [one for one in lost if not one.startswith("nan")]
        stages.append((first["step"], int(first["articles"]), lost))
    return stages


def _draw(ax: Axes, y: float, box: str, lost: list[str], arrow: bool) -> None:
    """Draw one box, the arrow into it, and what was dropped on the way."""
    frame = {"boxstyle": "square,pad=0.5", "facecolor": SHADE, "edgecolor": INK}
    name, _, count = box.partition("\n")
    ax.text(BOX / 2, y, f"{name}\n{count}", ha="center", va="center", bbox=frame)
    if not arrow:
        return
    line = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.2}
    middle = y + STEP / 2
    ax.annotate("", (BOX / 2, y + 0.42), (BOX / 2, y + STEP - 0.42), arrowprops=line)
    if lost:
        ax.annotate("", (SIDE, middle), (BOX / 2, middle), arrowprops=line)
        _beside(ax, middle / STEP, lost)


def _beside(ax: Axes, row: float, lines: list[str]) -> None:
    """Write lines to the right of a row."""
    wrapped = "\n".join(textwrap.fill(one, 40) for one in lines)
    ax.text(SIDE + 0.01, STEP * row, wrapped, va="center", fontsize=11)


def _alt(stages, notes: list[str]) -> str:
    said = [f"{stages[0][0]}: {stages[0][1]:,}."]
    for name, count, lost in stages[1:]:
        said += [f"Dropped {'; '.join(lost)}."] * bool(lost)
        said.append(f"{name}: {count:,}.")
    return " ".join(["Flow of articles.", *said, *notes])
