"""The last pages of a report: methods, whom to cite, second looks, how to check."""

import html
from pathlib import Path

import mediakit.share.differences as same
from mediakit.errors import MediakitError
from mediakit.share.report import Report
from mediakit.share.writing import versions
from mediakit.show.methods_text import methods_text
from mediakit.show.second_look import show_second_look
from mediakit.show.tables import read_table

UNTOLD = (MediakitError, KeyError, AttributeError)
REFERENCES = "References"
LEVELS = (
    (
        "1. The same numbers from the same figures",
        "<code>mediakit derive</code> writes counts, sums, hashes of these articles, "
        "which may be shared where the texts may not. Whoever has that folder runs "
        "<code>mediakit verify FOLDER</code>: every file is checked, every table is "
        "made again, and numbers that differ are named.",
    ),
    (
        "2. The same numbers from the same texts",
        "Whoever gets the texts again, from the same database or pages, runs "
        "<code>mediakit verify FOLDER --articles TEXTS</code>: each text is the same, "
        "changed or gone, by its hash; words are counted anew, and the tables are made "
        "of the texts that are the same.",
    ),
    (
        "3. The same questions to other articles",
        "<code>mediakit replicate FOLDER OTHER-ARTICLES</code> takes measures, sides, "
        "tests, parameters and seeds from the folder and asks them of a new sample. "
        "Only this can tell whether a finding is more than one of these articles.",
    ),
)


def add_appendix(report: Report, tables: Path) -> None:
    """Add the pages to a report whose tables were written to a folder."""
    found = [read_table(path) for path in sorted(tables.glob("*.csv"))]
    found = [one for one in found if "verb" in one.attrs.get("mediakit", {})]
    report.add_page(
        "methods", "Methods", "How was it measured, and whom to cite?", _methods(found)
    )
    looked = [
        one
        for one in found
        if one.attrs["mediakit"]["verb"] == "second_look" and "why" in one
    ]
    if looked:
        page = "<h2>Second looks</h2>" + "".join(_card(one) for one in looked)
        report.add_page(
            "second-looks", "Second looks", "What became of each finding?", page
        )
    levels = "".join(f"<h3>{head}</h3><p>{said}</p>" for head, said in LEVELS)
    page = (
        f"<h2>How others can check this</h2><p>There are three levels, each stricter "
        f"than the one before.</p>{levels}<p>Counts must be equal. Decimal numbers "
        f"pass for equal within {same.TOLERANCE:g} of the larger: on one machine they "
        "are the same to the last bit, with any number of threads; on another a last "
        "digit may differ.</p>"
    )
    report.add_page("check", "How others can check this", "Is it so?", page)


def _card(table) -> str:
    return show_second_look(table)._repr_mimebundle_()["text/html"]


def _methods(tables: list) -> str:
    """Return each paragraph once, and all references once."""
    paragraphs: dict[str, None] = {}
    references: dict[str, None] = {}
    for table in tables:
        try:
            text, _, cited = methods_text(table).partition(f"\n\n{REFERENCES}\n")
        except UNTOLD:  # its columns were renamed, left out or summed up
            continue
        paragraphs[text] = None
        references |= dict.fromkeys(cited.splitlines())
    told = "".join(f"<p>{html.escape(one)}</p>" for one in paragraphs)
    cited = "".join(f"<li>{html.escape(one[2:])}</li>" for one in sorted(references))
    used = ", ".join(f"{name} {one}" for name, one in versions().items())
    return (
        "<h2>Methods</h2><p>One paragraph for each way in which a table was made, from "
        "what the tables themselves record.</p>"
        f"{told or '<p>No table was made by a test.</p>'}"
        + (f"<h3>{REFERENCES}</h3><ul>{cited}</ul>" if cited else "")
        + "<h3>Citation</h3><p>The mediakit authors. mediakit: media analysis whose "
        f"claims survive a second look, version {versions()['mediakit']} (MIT). "
        "Cite with it the articles, where they come from, and the fingerprint of the "
        f"corpus.</p><p>Computed with {html.escape(used)}.</p>"
    )
