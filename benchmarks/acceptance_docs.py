"""The page of the documentation that the acceptance tables make.

Run: python benchmarks/acceptance_docs.py, after acceptance.py and planted_power.py;
it reads benchmarks/acceptance/*.csv and writes mediakit/docs/acceptance.md.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from acceptance_claims import claims
from acceptance_page import limits, overview

HERE = Path(__file__).parent
PAGE = HERE.parent / "mediakit" / "docs" / "acceptance.md"
TESTS = {
    "compare": "articles",
    "compare by week": "weeks",
    "compare by event": "events",
    "G2": "log-likelihood (G2), over words",
    "Welch": "Welch's t, over articles",
    "Mann-Whitney": "Mann-Whitney, over articles",
}
SPLITS = ("50/50", "75/25", "90/10")
ARTICLES_A_SIDE = 250
TESTED = ("compare", "theory", "G2", "Welch", "Mann-Whitney")
BEGIN = """# What is found where nothing differs

The articles of *one* outlet are split at random. Nothing but chance sets the parts apart, so a test that says "p < .05" should be wrong in one word of twenty, and no oftener. Then some words are thinned on one side, so that the true difference is known. All of it was done {repeats} times (topics, weeks, outlets, halves and trends half as often) with the full texts of the New York Times, China Daily and KCNA (seed {seed}); the texts are not shipped, the figures are. Limits were set before the first run.

**{held} of {judged} figures lie within them; {bold} are too bold, {careful} too careful.**

## False alarms

Share of words with p < .05, all outlets together. At 90/10 one side has nine times as many articles.
"""  # noqa: E501
POWER = """
## Power

How many words are found whose true rates differ by so many *times*, {articles} articles of the New York Times a side; *theory* is what `power` expects. Log-likelihood finds more because it is wrong more often: its line for 1 says how often.
"""  # noqa: E501
END = """
## What this does not show

Three outlets in English. Labels that follow something else than articles, weeks or events (an author, a desk) need `cluster=` for that. **Means are careful where one side is nine times as large**: p < .05 in .02 of the words in 20 to 50 articles, in .04 of those in more, and q finds something in none to one split in forty. Scores of a smaller side that nearly all are 0 are not like these: `compare` says where; ask `test="permutation"` there. Fewer than ten units a side are not tested at all. Months of twenty articles have intervals that hold in .91 to .95.

To repeat it: `python benchmarks/acceptance.py 40` ({spent}), then `python benchmarks/acceptance_docs.py`. Each figure by outlet, split and band of words: `benchmarks/acceptance/acceptance.md`; power: `benchmarks/acceptance/power.md`.
"""  # noqa: E501


def side_of(row) -> str:
    """Say on which side of its limits a figure lies: bold, careful or within."""
    if row.held != "no":
        return "within"
    low, _ = limits(row.quantity, row.test, row.band)
    below = row.value < low
    return "bold" if below == row.quantity.startswith("coverage") else "careful"


def page(table: pd.DataFrame, power: pd.DataFrame, record: dict) -> str:
    """Return the page as Markdown."""
    judged = table[table["held"].isin(["yes", "no"])]
    sides = pd.Series([side_of(row) for row in judged.itertuples()], judged.index)
    counts = sides.value_counts()
    lines = [
        BEGIN.format(
            **record["parameters"],
            held=counts.get("within", 0),
            judged=len(judged),
            bold=counts.get("bold", 0),
            careful=counts.get("careful", 0),
        ),
        *_false_alarms(table),
        "\n## All that was asked\n",
        *overview(judged),
        "\n### Too bold\n",
        *_bold(judged[sides == "bold"]),
        *claims(table),
        POWER.format(articles=ARTICLES_A_SIDE),
        *_power(power),
        END.format(spent=record["notes"][-1]),
    ]
    return "\n".join(lines)


def _false_alarms(table: pd.DataFrame) -> Iterator[str]:
    yield "| units or test | " + " | ".join(SPLITS) + " |"
    yield "|--|" + "--|" * len(SPLITS)
    rows = table[(table["part"] == "Random splits") & (table["quantity"] == "p < .05")]
    for test, name in TESTS.items():
        some = rows[rows["test"] == test].assign(all=rows["value"] * rows["tests"])
        sums = some.groupby("split")[["all", "tests"]].sum()
        shares = (sums["all"] / sums["tests"])[list(SPLITS)]
        shown = f"`compare`, {name}" if test.startswith("compare") else name
        yield f"| {shown} | " + " | ".join(f"{s:.3f}" for s in shares) + " |"


def _bold(rows: pd.DataFrame) -> Iterator[str]:
    if rows.empty:
        yield "None."
        return
    yield "| part | outlet | split | test | asked | words in articles | figure |"
    yield "|--|--|--|--|--|--|--|"
    for row in rows.itertuples():
        yield (
            f"| {row.part} | {row.outlet} | {row.split} | {row.test} | {row.quantity} "
            f"| {row.band} | {row.value:.3g} |"
        )


def _power(power: pd.DataFrame) -> Iterator[str]:
    yield "| words held by | times | " + " | ".join(TESTED) + " |"
    yield "|--|--|" + "--|" * len(TESTED)
    some = power[power["articles a side"] == ARTICLES_A_SIDE]
    wide = some.pivot_table(
        index=["held by", "times"], columns="test", values="found", sort=False
    )
    for (band, times), row in wide.iterrows():
        shown = " | ".join(f"{row[test]:.2f}" for test in TESTED)
        yield f"| {band} | {times:g} | {shown} |"


def main() -> None:
    """Write the page from the saved tables."""
    saved = HERE / "acceptance"
    options = {"keep_default_na": False, "encoding": "utf-8-sig"}
    table = pd.read_csv(saved / "acceptance.csv", **options)
    power = pd.read_csv(saved / "power.csv", **options)
    record = json.loads((saved / "acceptance.csv.json").read_text("utf-8"))
    PAGE.write_text(page(table, power, record["attrs"]["mediakit"]), encoding="utf-8")


if __name__ == "__main__":
    main()
