"""Quotes that stand where none may: what they swallowed comes back as rows."""

import csv
import io
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from load_helpers import read, write

import mediakit as mk

NAMES = ["article_id", "published", "title", "text"]
WORDS = "dam opens water flows, and boats wait. The mayor said no".split(" ")


def written(rows, names=("title", "text", "note"), **dialect):
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n", **dialect).writerows([names, *rows])
    return stream.getvalue()


def test_a_stray_quote_does_not_swallow_hundreds_of_rows(tmp_path):
    rows = [f"{n},Dam number {n} opens,2024-05-{n % 28 + 1:02}" for n in range(1000)]
    rows[17] = '17,"Dam number 17 opens,2024-05-18'
    path = write(tmp_path, "a.csv", "\n".join(["id,title,published", *rows]))
    message = "rows a stray quote had swallowed: 982 .*first in line 19 of a.csv"
    with pytest.warns(mk.MediakitWarning, match=message):
        articles = mk.read_articles(path, columns={"id": "article_id"})
    assert articles["article_id"].tolist() == [str(n) for n in range(1000)]
    assert articles.loc[17, "title"] == '"Dam number 17 opens'
    assert articles["published"].notna().all()


def test_a_stray_quote_closed_by_another_is_found_though_the_csv_is_regular(tmp_path):
    rows = [f"{n},Dam number {n} opens,2024-05-{n % 28 + 1:02}" for n in range(400)]
    rows[17] = '17,"Dam number 17 opens,2024-05-18'
    rows[317] = '317,Dam number 317 opens",2024-05-10'
    path = write(tmp_path, "a.csv", "\n".join(["article_id,title,published", *rows]))
    with pytest.warns(mk.MediakitWarning, match="had swallowed: 300 .*line 19"):
        articles = mk.read_articles(path)
    assert articles["article_id"].tolist() == [str(n) for n in range(400)]
    assert articles.loc[317, "title"] == 'Dam number 317 opens"'


def test_two_columns_without_any_number_are_told_by_hundreds_of_lines(tmp_path):
    rows = ["Dam opens,Water flows"] * 300
    rows[10], rows[250] = '"Dam opens,Water flows', 'Dam opens",Water flows'
    path = write(tmp_path, "a.csv", "\n".join(["title,text", *rows]))
    with pytest.warns(mk.MediakitWarning, match="had swallowed: 240 .*line 12"):
        assert len(mk.read_articles(path)) == 300


def test_tabs_with_quotes_as_text_keep_every_quote(tmp_path):
    titles = ['"Yes"', '"No" he said', 'He said "no"', '"Half a quote', "None"] * 20
    lines = [f"{n}\t{title}\tx" for n, title in enumerate(titles)]
    content = "\n".join(["article_id\ttitle\ttext", *lines])
    articles = mk.read_articles(write(tmp_path, "a.tsv", content))
    assert articles["title"].fillna("None").tolist() == titles


def test_texts_of_many_lines_are_no_swallowed_rows(tmp_path):
    verse = "\n".join(f"Line {n}, with one comma" for n in range(30))
    rows = [["A", verse, "x"], ["B", "Paris, Rome\nOslo, Bern, Kyiv", "y"]]
    path = write(tmp_path, "a.csv", written(rows))
    articles = mk.read_articles(path)
    assert articles["text"].tolist() == [verse, "Paris, Rome\nOslo, Bern, Kyiv"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('A,"He said "yes", twice",x', None),
        ('A,"He said "yes" twice, loudly",x', 'He said "yes" twice, loudly'),
        ('A,"Yes" he said,x', '"Yes" he said'),
        ('A,5" of rain,x', '5" of rain'),
        ('A,"one\n"two" three\nfour",x', 'one\n"two" three\nfour'),
    ],
)
def test_unescaped_quotes_inside_a_field_stay_text(tmp_path, line, title):
    path = write(tmp_path, "a.csv", f"title,text,note\nZ,b,c\n{line}\nB,d,e\n")
    articles = read(path)
    assert articles["title"].tolist() == ["Z", "A", "B"]
    if title is not None:
        assert articles.loc[1, "text"] == title
        assert articles["note"].tolist() == ["c", "x", "e"]


def coverage(seed, lines):
    """Return 60 made-up articles whose texts have up to `lines` lines."""
    chance = random.Random(seed)

    def words(n):
        return " ".join(chance.choices(WORDS, k=n))

    def text():
        return "\n".join(words(9) for _ in range(chance.randint(1, lines)))

    return [[f"id{n}", f"2024-05-{n % 28 + 1}", words(6), text()] for n in range(60)]


@given(
    seed=st.integers(0, 1000),
    lines=st.sampled_from([1, 4]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    where=st.floats(0.02, 0.999),
)
@example(seed=999, lines=1, quoting=csv.QUOTE_MINIMAL, where=1 / 3)
def test_a_quote_planted_anywhere_harms_five_rows_at_most(
    tmp_path_factory, seed, lines, quoting, where
):
    rows = coverage(seed, lines)
    content = written(rows, NAMES, quoting=quoting)
    place = max(int(where * len(content)), len(content.partition("\n")[0]) + 1)
    content = f'{content[:place]}"{content[place:]}'
    articles = read(write(tmp_path_factory.mktemp("stray"), "a.csv", content))
    found = set(map(tuple, articles[["article_id", "title", "text"]].to_numpy()))
    harmed = [row for row in rows if (row[0], row[2], row[3]) not in found]
    assert len(harmed) <= 5
