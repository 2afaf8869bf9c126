"""The limits of the acceptance table, set beforehand, and its page."""

from collections.abc import Iterator

import pandas as pd

LIMITS = {  # reference/inference.md, section 8; the last for dates and outlets
    "p < .05": (0.04, 0.06),
    "p < .001": (0.0003, 0.002),
    "splits with any": (0, 0.10),
    "false among found": (0, 0.07),
    "coverage": (0.93, 0.98),
    "series with p <= .05": (0, 0.06),
    "shuffles with any": (0, 0.10),
    "days from the date": (0, 0),
    "days before": (0, 7),
    "days after": (0, 7),
    "left of one outlet's": (0, 0.5),
    "left of a whole side's": (0.7, 1),
}
NOT_JUDGED = ("G2", "Welch", "Mann-Whitney", "by article", "not matched")
CAUTIOUS = (
    *("compare by", "shares by", "means by", "permutation by", "within, by"),
    *("by outlet", "chance, confirmed"),
)
RAREST = "10-20"
FEWEST = {"coverage": 500, "p < .05": 1000, "p < .001": 5000, "splits with any": 10}


def limits(quantity: str, test: str, band: str = "") -> tuple[float, float] | None:
    """Return between what a figure has to lie; None where it is only shown.

    Below is allowed for the rarest words, and where articles of one cluster stand
    on both sides: labels then do not follow clusters.
    """
    for name, (low, high) in LIMITS.items():
        if quantity.startswith(name) and not test.startswith(NOT_JUDGED):
            below = band == RAREST or test.startswith(CAUTIOUS)
            return (0 if below and name.startswith("p <") else low), high
    return None


def judge(row) -> str:
    """Say whether a figure lies within its limits; nothing where it has none."""
    allowed = limits(row.quantity, row.test, row.band)
    few = any(
        row.quantity.startswith(name) and row.tests < least
        for name, least in FEWEST.items()
    )
    if allowed is None or few:
        return ""
    return "yes" if allowed[0] <= round(row.value, 4) <= allowed[1] else "no"


def as_markdown(table: pd.DataFrame, shares: dict[str, float]) -> str:
    """Lay the figures out, one table per test and quantity, misses marked."""
    record = table.attrs["mediakit"]
    versions = ", ".join(f"{k} {v}" for k, v in record["versions"].items())
    repeats, seed = (record["parameters"][name] for name in ("repeats", "seed"))
    judged = table[table["held"] != ""]
    held = (judged["held"] == "yes").sum()
    lines = [
        "# Acceptance",
        "",
        f"Seed {seed}; {repeats} splits of each outlet, share and part unless said; "
        f"{versions}. {'; '.join(record['notes'])}.",
        "",
        f"{held} of {len(judged)} figures lie within the limits set beforehand; "
        "misses are marked !. Bands are articles that hold the word, words that one "
        "side never uses included. Judged are coverage from "
        f"{FEWEST['coverage']} intervals on, p < .05 from {FEWEST['p < .05']:,} tests, "
        f"p < .001 from {FEWEST['p < .001']:,} and splits from "
        f"{FEWEST['splits with any']} on; the field's own tests are shown beside and "
        "not judged. With few repeats single figures leave their limits by chance: "
        "of ten splits two may find something where one in twenty does.",
        "",
        *overview(judged),
    ]
    for part, rows in table.groupby("part", sort=False):
        lines += ["", f"## {part}"]
        if shares.get(part, 1) != 1:
            lines += ["", f"{round(repeats * shares[part])} repeats."]
        for (quantity, test), some in rows.groupby(["quantity", "test"], sort=False):
            lines += ["", f"### {quantity}: {test}", "", *_grid(some, quantity, test)]
    return "\n".join(lines) + "\n"


def overview(judged: pd.DataFrame) -> Iterator[str]:
    """Yield a table of what each part asked, and how often it held."""
    yield "| part | asked | within limits | lowest | highest |"
    yield "|---|---|---|---|---|"
    for (part, quantity), rows in judged.groupby(["part", "quantity"], sort=False):
        held = (rows["held"] == "yes").sum()
        ends = f"{rows['value'].min():.3g} | {rows['value'].max():.3g}"
        yield f"| {part} | {quantity} | {held} of {len(rows)} | {ends} |"


def _grid(rows, quantity, test) -> Iterator[str]:
    bands = list(rows["band"].unique())
    allowed = limits(quantity, test)
    if allowed:
        rarest = " (rarest band: below is allowed)" if RAREST in bands else ""
        yield f"Limits {allowed[0]:g} to {allowed[1]:g}{rarest}."
        yield ""
    yield "| outlet | split | " + " | ".join(bands) + " |"
    yield "|---|---|" + "---|" * len(bands)
    for (outlet, split), some in rows.groupby(["outlet", "split"], sort=False):
        cells = some.set_index("band").reindex(bands)
        shown = [
            f"{value:.4g}{' !' if held == 'no' else ''}"
            for value, held in zip(cells["value"], cells["held"], strict=True)
        ]
        yield f"| {outlet} | {split} | " + " | ".join(shown) + " |"
