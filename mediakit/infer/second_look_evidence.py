"""Questions of a second look that need numbers only: chance, weight, one article."""

import numpy as np

from mediakit.infer.comparison import ALPHA
from mediakit.infer.family import family_of
from mediakit.infer.groups import cluster_codes
from mediakit.infer.placebo import random_sides
from mediakit.infer.second_look_finding import FAILED, HELD, UNASKED, Answer, Finding

SPLITS = 199
HALVES = 20


def first_look(finding: Finding) -> Answer:
    """Ask whether there is a clear difference at all."""
    row = finding.first
    if np.isnan(row["p"]):
        return finding.stated(row, UNASKED, row["note"] or "It is on neither side.")
    sides = finding.sides.label_a, finding.sides.label_b
    if not finding.clear(row):
        why = f"No clear difference between {sides[0]} and {sides[1]}."
        return finding.stated(row, FAILED, why)
    more = sides[int(row[finding.estimate] < 0)]
    return finding.stated(row, HELD, f"More in {more}.")


def all_items(finding: Finding) -> Answer:
    """Ask whether it is clear when all items that were compared are allowed for."""
    row, tested = finding.first, finding.items
    beyond = row["bound"] * np.sign(row[finding.estimate]) > 0
    why = f"{tested:,} items were tested together; the limit that holds for all of them"
    more = "leaves out" if beyond else "reaches"
    verdict = HELD if beyond else FAILED
    return finding.stated(row, verdict, f"{why} {more} 'no difference'.")


def clusters(finding: Finding) -> Answer:
    """Ask whether it is clear if whole weeks or events are the evidence."""
    row, name = finding.first.copy(), finding.cluster
    row["p"] = row["p_cluster"]
    if name == "article":
        return Answer(UNASKED, "There are neither dates nor events to group by.")
    if np.isnan(row["p"]):
        return finding.stated(row, UNASKED, f"Fewer than ten {name} groups on a side.")
    below = row["p"] < ALPHA
    counted = cluster_codes(finding.articles[finding.on_a_side], name).count
    why = f"Over {counted:,} groups by {name}, p is {'below' if below else 'not below'}"
    return finding.stated(row, HELD if below else FAILED, f"{why} {ALPHA:g}.")


def random_splits(finding: Finding) -> Answer:
    """Ask how often a random split shows a difference as strong."""
    measure = finding.measure.subset(finding.on_a_side)
    units, everyone = np.arange(len(measure)), np.ones(len(measure), bool)
    share = finding.sides.rows_a.sum() / len(measure)
    rng = np.random.default_rng(finding.seed)
    found = []
    for _ in range(SPLITS):
        side = random_sides(units, everyone, share, rng)
        found.extend(family_of(measure, side).articles.p())
    as_strong = int((np.array(found) <= finding.first["p"]).sum())
    p = (1 + as_strong) / (1 + SPLITS)
    return Answer(
        HELD if p < ALPHA else FAILED,
        f"{as_strong} of {SPLITS} random splits of the same {finding.units} show a "
        "difference as strong.",
        p=p,
        articles_a=float(finding.first["articles_a"]),
        articles_b=float(finding.first["articles_b"]),
    )


def explore_and_confirm(finding: Finding) -> Answer:
    """Ask whether articles kept aside would have confirmed it."""
    rows = [finding.look(half) for half in confirming_halves(finding)]
    tested = [row for row in rows if not np.isnan(row["p"])]
    if len(tested) <= HALVES / 2:
        few = f"{finding.units} in a half, or of those that hold the item"
        return Answer(UNASKED, f"Too few {few}: at most ten of {HALVES} can be tested.")
    held = [finding.judge(row)[0] == HELD for row in rows]
    middle = sorted(tested, key=lambda row: row["p"])[len(tested) // 2]
    verdict = HELD if sum(held) > HALVES / 2 else FAILED
    why = (
        f"The half kept aside shows it clearly in {sum(held)} of {HALVES} random "
        "splits; the numbers are those of the middle one."
    )
    return finding.stated(middle, verdict, why)


def confirming_halves(finding: Finding):
    """Yield the second halves that ``Corpus.split`` gives for `HALVES` seeds."""
    size = len(finding.measure)
    for seed in range(finding.seed, finding.seed + HALVES):
        order = np.random.default_rng(seed).permutation(size)
        half = np.ones(size, bool)
        half[order[: size // 2]] = False
        yield half


def strongest_article(finding: Finding) -> Answer:
    """Ask whether it hangs on the article that carries most of it."""
    measure, first = finding.measure, finding.first
    x = measure.values.toarray()[:, 0].astype(float)
    n = measure.exposure[:, measure.items["denominator"].iloc[0]]
    name, rows = "a", finding.sides.rows_a
    if first["difference"] < 0:
        name, rows = "b", finding.sides.rows_b
    residual = np.where(rows & (n > 0), x - first[f"rate_{name}"] * n, -np.inf)
    one = int(np.argmax(residual))
    row = finding.look(np.arange(len(x)) != one)
    which = ""
    if "article_id" in finding.articles:
        which = f" ({finding.articles['article_id'].iloc[one]})"
    told = (
        f"Left out: one {measure.evidence}{which} with {x[one]:g} of "
        f"{first[f'value_{name}']:g} on its side."
    )
    return finding.answer(row, told)
