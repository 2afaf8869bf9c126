"""The page of telling differences, and passages behind them for eyes outside it."""

import pandas as pd

import mediakit as mk
from mediakit.text.dictionary import LEVEL

MOST_WORDS, SHOWN = 25, 3
SHORT = {
    "held": "held",
    "did not hold": "**no**",
    "could not be asked": "–",
}


def page(found: dict) -> str:
    """Return the figures as a page, without any text of the outlets."""
    differences = found["differences"]
    lines = [
        "# The ten most telling differences",
        "",
        f"{found['about']} Made by benchmarks/telling_differences.py, every number in "
        "benchmarks/telling_differences.json. Rates are shares; the interval is 95 %, "
        "of the difference.",
        "",
        found["caution"],
        "",
        "| | what | a | b | rate a | rate b | difference | interval | bound |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {n} | {one['instrument']}: {one['item']} | {one['a']} | {one['b']} | "
        f"{one['rate_a']:.2f} | {one['rate_b']:.2f} | {one['difference']:+.2f} | "
        f"{one['low']:+.2f} to {one['high']:+.2f} | {one['bound']:+.2f} |"
        for n, one in enumerate(differences, 1)
    ]
    questions = list(differences[0]["second_look"])
    lines += ["", "## A second look", ""]
    lines += ["| | " + " | ".join(questions) + " |"]
    lines += ["| --- " * (len(questions) + 1) + "|"]
    for n, one in enumerate(differences, 1):
        cells = [SHORT[one["second_look"][question]] for question in questions]
        lines.append(f"| {n} | " + " | ".join(cells) + " |")
    lines += ["", "– could not be asked, **no** did not hold:", ""]
    reasons: dict[tuple, list] = {}
    for n, one in enumerate(differences, 1):
        for question, why in one["why not"].items():
            reasons.setdefault((question, why), []).append(str(n))
    lines += [
        f"- {question} ({', '.join(numbers)}): {why}"
        for (question, why), numbers in reasons.items()
    ]
    return "\n".join([*lines, *_unknown(found), ""])


def _unknown(found: dict) -> list[str]:
    """Return what unknown speakers may do to shares of voices."""
    words = found["unknown speakers, share of quoted words"]
    said = ", ".join(f"{outlet} {share:.2f}" for outlet, share in words.items())
    lines = [
        *["", "## Speakers that no list knows", ""],
        f"Of the quoted words: {said}. *Among known*: the same difference where "
        "speakers of unknown group are left out on both sides. *At worst*: all unknown "
        "speakers of the side with less belong to the group.",
        "",
        "| | unknown a | unknown b | among known a | b | interval | at worst |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for n, one in enumerate(found["differences"], 1):
        told = one.get("speakers nobody knows")
        if not told:
            continue
        known = told["among known"]
        leads = told["at worst the same side leads"]
        lines.append(
            f"| {n} | {told['unknown'][0]:.2f} | {told['unknown'][1]:.2f} | "
            f"{known['rate_a']:.2f} | {known['rate_b']:.2f} | "
            f"{known['low']:+.2f} to {known['high']:+.2f} | "
            f"{'held' if leads else '**no**'} |"
        )
    return lines


def passages(found: list[dict], corpus, own, naming, seed: int) -> str:
    """Return three passages of each side of each finding, at random, cut short."""
    said = mk.find_quotations(corpus)
    quoted = said[said["kind"].isin(["direct", "mixed"])]
    harm = mk.find_agency(own)
    lines = []
    for n, one in enumerate(found, 1):
        lines += [f"## {n}. {one['instrument']}: {one['item']}", ""]
        for side in "ab":
            outlet, rate = one[side], one[f"rate_{side}"]
            table = _of_item(one, corpus, naming, said, quoted, harm, outlet)
            drawn = table.sample(min(SHOWN, len(table)), random_state=seed + n)
            lines += [f"- {outlet} ({rate:.2f}; {len(table):,} in all)"]
            lines += [f"  - {_short(text)}" for text in drawn]
        lines.append("")
    return "\n".join(lines)


def _of_item(one, corpus, naming, said, quoted, harm, outlet) -> pd.Series:
    """Return the passages that an item of an instrument counts in an outlet."""
    if one["instrument"] == "naming":
        return _named(one["item"], corpus, naming, outlet)
    if one["instrument"] == "agency":
        there = harm[(harm["outlet"] == outlet) & (harm["form"] == one["item"])]
        return "[" + there["match"] + "] " + there["sentence"]
    table = quoted
    group, _, verbs = one["item"].rpartition(": ")
    if one["instrument"] == "voices: verbs":
        table = said[said["verb_class"] == verbs]
    else:
        group = one["item"]
    table = table[(table["outlet"] == outlet) & table["speaker"].notna()]
    table = table[table["group"] == group] if group else table
    cue = table["cue"].fillna("–")
    return table["mention"] + " | " + cue + " | " + table["quotation"]


def _named(item: str, corpus, naming, outlet: str) -> pd.Series:
    """Return the places of a label in an outlet."""
    concept = naming.items.set_index("item").loc[item, "concept"]
    label = item.removesuffix(f" ({concept})")
    patterns = naming.provenance["labels"][f"{concept}{LEVEL}{label}"]
    there = corpus.subset((corpus.metadata["outlet"] == outlet).to_numpy())
    table = mk.find_passages(there, patterns, width=9)
    return table["left"] + "[" + table["match"] + "]" + table["right"]


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")
