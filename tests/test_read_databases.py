"""Damaged exports of databases: a table or an error of ours, and never a hang."""

import numpy as np
import pandas as pd
import pytest
import test_read_europresse as europresse
import test_read_proquest as proquest
from database_files import old, page, rtf, sample, uni, word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from load_helpers import read, write
from test_read_factiva import LINES, coded, in_xml, number

import mediakit as mk
from mediakit.load.databases import count_missing, split_date

MADE = {
    "nexis.txt": old([1, 2], 2).encode(),
    "nexis.docx": word(uni(2, said=2)),
    "nexis.rtf": rtf(uni(2, said=2)),
    "nexis.html": page("".join(f"<p>{line}</p>" for line in uni(2, said=2))).encode(),
}
MADE |= {
    "factiva.html": coded(2).encode(),
    "factiva.xml": in_xml(2).encode(),
    "europresse.html": page(europresse.old(2)).encode(),
    "proquest.txt": proquest.export([1, 2], 2).encode(),
    "proquest.ris": proquest.RIS.encode() * 2,
    "factiva.rtf": rtf([*LINES, number(1), *LINES, number(2)]),
}
REAL = [
    "europresse/europresse_test1.html",
    "factiva/factiva_test.html",
    "factiva/factiva_test.xml",
    "nexis/sample.TXT",
    "nexis/sample.DOCX",
    "lexisnexis_html/lexisnexis_test_en.html",
]
TIMES = 25


def read_or_refuse(path, **options):
    try:
        return read(path, **options)
    except mk.MediakitError:
        return None


def mutated(content, generator):
    """Return bytes with some replaced, a piece cut out and perhaps the end cut off."""
    data = bytearray(content)
    for place in generator.integers(len(data), size=generator.integers(0, 40)):
        data[place] = generator.integers(256)
    start, end = sorted(generator.integers(len(data), size=2))
    if generator.random() < 0.5:
        del data[start : min(end, start + 500)]
    if generator.random() < 0.3:
        del data[end:]
    return bytes(data)


@pytest.mark.parametrize("name", [*MADE, *REAL])
def test_mutated_exports_are_read_or_refused(tmp_path, name):
    content = MADE[name] if name in MADE else sample(name).read_bytes()
    generator = np.random.default_rng(5)
    for _ in range(TIMES):
        path = write(tmp_path, name.rpartition("/")[2], mutated(content, generator))
        table = read_or_refuse(path)
        assert table is None or isinstance(table, pd.DataFrame)


@pytest.mark.parametrize("opened", ["<!--", "<a ", "<!", "<?", "<b>", "</", "&", "<"])
def test_tags_that_never_end_do_not_hang(tmp_path, opened):
    content = '<div class="article enArticle">' + opened * 50_000
    read_or_refuse(write(tmp_path, "a.html", content), format="factiva")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    lines=st.lists(
        st.sampled_from([*uni(1, said=2), *old([1], 1).splitlines(), "SECTION:", "1."]),
        max_size=40,
    )
)
def test_lines_in_any_order_are_read_or_refused(tmp_path, lines):
    text = "\n".join(lines)
    for name, content in [("a.txt", text.encode()), ("a.docx", word(lines))]:
        read_or_refuse(write(tmp_path, name, content), format="nexis")


@given(st.lists(st.integers(1, 30), min_size=1, max_size=30, unique=True))
def test_expected_is_the_span_of_rising_numbers(numbers):
    numbers = sorted(numbers)
    expected, gaps = count_missing(numbers)
    assert expected == numbers[-1] - numbers[0] + 1
    assert sorted([*numbers, *gaps]) == list(range(numbers[0], numbers[-1] + 1))


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("May 3, 2016 Tuesday", ("May 3, 2016 Tuesday", "")),
        (
            "May 3, 2016, Tuesday, Late Edition",
            ("May 3, 2016, Tuesday", "Late Edition"),
        ),
        ("mardi 3 mai 2016", ("mardi 3 mai 2016", "")),
        ("The 4 O'Clock Paper", None),
        ("2016", None),
        ("", None),
    ],
)
def test_a_date_line_is_split_from_the_edition(line, parts):
    assert split_date(line) == parts
