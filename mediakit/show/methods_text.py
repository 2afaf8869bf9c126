"""methods_text: the paragraph of a paper that says how a table was made."""

import pandas as pd

from mediakit.errors import MediakitError, check_frame
from mediakit.show.about import COLUMNS, about
from mediakit.show.methods_measures import events, of_measure
from mediakit.show.methods_tests import TOLD_BY_VERB
from mediakit.show.references import cited
from mediakit.show.validity import notes_of, shown_items, tone_lines
from mediakit.show.words import one_line, plural

KIND = {
    "count": "a rate: sums of hits over sums of {units}",
    "share": "a share: its uses over all {units}",
    "mean": "a mean: summed values over {units}",
}
FEW = 6
KEYS = ("verb", "parameters")
LIMIT = (
    "The numbers say how often something stands in these articles, and how far that "
    "could be off; they do not say why."
)


def methods_text(table: pd.DataFrame) -> str:
    """Write how a table was made, for the methods section of a paper.

    What it says: how many articles, what one unit of evidence is, which interval,
    test and correction, which versions, and what to cite; in plain words, from what
    the table itself records.

    Parameters
    ----------
    table : DataFrame
        Made by a verb, as `summarise`, `compare`, `trend`, `change_points`, `power` or
        `agreement`, with its attrs; or ARTICLES with events by `label_events`.

    Returns
    -------
    str
        A paragraph, and under it the references that it names.

    Raises
    ------
    MediakitError
        If the table does not say how it was made.

    Notes
    -----
    For a verb without a text of its own the paragraph gives the measure, the
    parameters and the versions, and names the verb's documentation. When not to use
    it: in place of saying how the articles were found and chosen, which no table
    knows; `show_flow` shows a part of that. It explains no difference.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A", "B"] * 12, "tax": [4, 1, 3, 0] * 6,
    ...                        "words": 500})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> text = mk.methods_text(mk.compare(measure, by="outlet", a="A", b="B"))
    >>> print(text[:75])
    We measured tax as a rate: sums of hits over sums of words. Unit of evidenc
    """
    check_frame("table", table)
    record = table.attrs.get("mediakit", {})
    if isinstance(record, dict) and "verb" not in record and "events" in record:
        return _with_references(
            [*events(record["events"]), *_made_with(record["events"])]
        )
    if not isinstance(record, dict) or not set(KEYS) <= set(record):
        raise MediakitError(
            "the table does not say how it was made: attrs['mediakit'] is missing, as "
            "after merge(), or holds no measure. Use the table as the verb gave it."
        )
    tell = TOLD_BY_VERB.get(record["verb"], _unknown)
    measured = _measured(table, record) if "measure" in record else ()
    items = shown_items(table, record)
    sentences = [
        *measured,
        *_sizes(table, record),
        *tell(table, record),
        *notes_of(record, items),
        *tone_lines(record, items),
        *_made_with(record),
        LIMIT,
    ]
    return _with_references(sentences)


def _with_references(sentences) -> str:
    text = " ".join(_sentence(one) for one in sentences if one)
    references = cited(text)
    if not references:
        return text
    return "\n".join([text, "", "References", *(f"- {one}" for one in references)])


def _sentence(text: str) -> str:
    """Return a note as a sentence: a capital first and a full stop last."""
    text = text.strip()
    first, _, rest = text.partition(" ")
    first = first if "_" in first else first[:1].upper() + first[1:]
    return f"{first} {rest}".strip() + ("" if text.endswith((".", "?", "!")) else ".")


def _measured(table, record):
    what = KIND[record["kind"]].format(units=plural(record["unit"]))
    yield f"We measured {record['measure']}{_items(table, record)} as {what}"
    yield f"Unit of evidence: the {record['evidence']}, never the single word"
    source = record.get("source", {})
    if source.get("constructed"):
        yield "The articles are constructed: an invented world, not real coverage"
    if "corpus" in source:
        yield (
            f"Corpus: {source['articles']:,} {plural(record['evidence'])}, tokenizer "
            f"{source['tokenizer']!r}, view {source['view']!r}, fingerprint "
            f"{source['corpus'][:12]}"
        )
    yield from of_measure(source)


def _items(table, record) -> str:
    """Name the items, if they are few and the measure's name does not."""
    items = [record["item"]] if "item" in record else table.get("item", [])
    names = list(dict.fromkeys(items))
    if not 0 < len(names) <= FEW or ", ".join(names) == record["measure"]:
        return ""
    return f" ({', '.join(f'“{one_line(name)}”' for name in names)})"


def _sizes(table, record):
    if "sides" in record:
        sides = (record["sides"][side] for side in "ab")
        sizes = "; ".join(f"{side['label']} {side['articles']:,}" for side in sides)
        yield f"Number of {plural(record['evidence'])} (n): {sizes}"
    elif record["verb"] in COLUMNS:
        sizes = about(table, record["verb"]).group_sizes(table)
        said = "; ".join(f"{name} {size:,}" for name, size in sizes.items())
        said = (
            f"{len(sizes):,} groups, {sum(sizes.values()):,} in all"
            if len(sizes) > 8
            else said
        )
        yield f"Number of {plural(record['evidence'])} (n): {said}"


def _made_with(record):
    versions = record.get("versions", {})
    said = ", ".join(f"{name} {version}" for name, version in versions.items())
    yield f"Computed with {said}" if said else ""


def _unknown(table, record):
    parameters = record["parameters"]
    said = ", ".join(f"{name} {value!r}" for name, value in parameters.items())
    yield f"The table was made by `mk.{record['verb']}` with {said or 'no parameters'}"
    yield "Its documentation names the formulas and their sources"
