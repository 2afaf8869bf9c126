"""Events on a time axis: dated marks with names that do not run into each other."""

import pandas as pd
from matplotlib.dates import num2date

from mediakit.errors import MediakitError, check_columns
from mediakit.show.style import GREY, drawable, inches_wide

LETTER, LINE = 6.0, 15.0
DOTTED = (0, (2, 2))


def event_table(events: dict | pd.DataFrame | None) -> pd.DataFrame:
    """Return events as columns date (UTC, without zone) and label, in order of time."""
    if events is None:
        events = {}
    if isinstance(events, pd.DataFrame):
        check_columns("events", events, ["date", "label"])
        dates, labels = list(events["date"]), list(events["label"])
    elif isinstance(events, dict | pd.Series):
        dates, labels = list(events.keys()), list(dict(events).values())
    else:
        raise MediakitError(
            "`events` must be a dict of date: label or a table with columns date and "
            f"label, got {type(events).__name__}."
        )
    table = pd.DataFrame(
        {
            "date": pd.Series(map(_date, dates), dtype="datetime64[us]"),
            "label": pd.Series(map(str, labels), dtype="str"),
        }
    )
    return table.sort_values("date", kind="stable", ignore_index=True)


def draw_events(ax, events: pd.DataFrame) -> tuple[float, int]:
    """Draw the events within the time shown, their names above the Axes.

    Returns the height the names take, in points, and the number of events outside.
    """
    left, right = (pd.Timestamp(num2date(x)).tz_localize(None) for x in ax.get_xlim())
    inside = events[events["date"].between(left, right)]
    labels = drawable(inside["label"])
    width = 72 * inches_wide(ax)
    levels = _levels((inside["date"] - left) / (right - left) * width, labels, width)
    for date, label, (level, turned) in zip(
        inside["date"], labels, levels, strict=True
    ):
        ax.axvline(date, color=GREY, linewidth=1.2, linestyle=DOTTED, zorder=1)
        ax.annotate(
            label,
            (date, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4 + LINE * level),
            textcoords="offset points",
            ha="right" if turned else "left",
            color=GREY,
            fontsize=10,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
            arrowprops={
                "arrowstyle": "-",
                "color": GREY,
                "linewidth": 1.2,
                "linestyle": DOTTED,
                "shrinkA": 0,
                "shrinkB": 0,
                "relpos": (float(turned), 0),
            },
        )
    height = LINE * (max(level for level, _ in levels) + 1) + 4 if levels else 0.0
    return height, len(events) - len(inside)


def _levels(starts, labels, width) -> list[tuple[int, bool]]:
    """Return for each name its line, and whether it must end at its date.

    From the last event to the first, each above all later ones it would run into.
    """
    placed = []
    for start, label in reversed(list(zip(starts, labels, strict=True))):
        long = LETTER * len(label)
        turned = start + long > width
        begin, end = (start - long, start) if turned else (start, start + long)
        below = [n for n, other, _ in placed if other <= end + 8]
        placed.append((max(below, default=-1) + 1, begin, turned))
    return [(level, turned) for level, _, turned in reversed(placed)]


def _date(value) -> pd.Timestamp:
    try:
        date = pd.Timestamp(value)
    except (ValueError, TypeError) as error:
        raise MediakitError(
            f"the event {value!r} has no date that can be read ({error}); write it as "
            '"2014-09-28".'
        ) from error
    if pd.isna(date):
        raise MediakitError(f"the event {value!r} has no date.")
    return date.tz_convert("UTC").tz_localize(None) if date.tz else date
