"""Dictionaries of other programs, with every irregularity that users report."""

import warnings

import pytest

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.text.dictionary_files import read_dictionary

LEGEND = "%\n1\taffect\n2\tposemo\n03\tcause\n%\n"


def read(folder, content, name="own.dic", **options):
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_dictionary(file, **options)


def pairs(dictionary):
    table = dictionary.entries
    return sorted(zip(table["category"], table["pattern"], strict=True))


def read_warned(folder, content, name="own.dic"):
    with pytest.warns(MediakitWarning, match="left out or read with a doubt"):
        return read(folder, content, name)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("hate\t1", [("affect", "hate")]),
        ("hate*\t1\t03", [("affect", "hate*"), ("cause", "hate*")]),
        ("abuse*\t\t1\nache*\t\t\t1 ", [("affect", "abuse*"), ("affect", "ache*")]),
        ("worthless* \t1", [("affect", "worthless*")]),
        ("\n \n\t\nsad\t1\n\n", [("affect", "sad")]),
        ("sad  1", [("affect", "sad")]),
        ("sad 1 2", [("affect", "sad"), ("posemo", "sad")]),
        ("sad\t1 2", [("affect", "sad"), ("posemo", "sad")]),
        ("sad\t1,2", [("affect", "sad"), ("posemo", "sad")]),
        ("sad\t1\nsad\t1\t3", [("affect", "sad"), ("cause", "sad")]),
        ("a lot of\t1", [("affect", "a lot of")]),
        ("Sad\t1\nUS\t2", [("affect", "sad"), ("posemo", "us")]),
        ("catch-22\t1", [("affect", "catch-22")]),
        ("don't\t1", [("affect", "don't")]),
        ("sad\t01", [("affect", "sad")]),
        ("(sad)\t1", [("affect", r"\(sad\)")]),
        ("=sad\t1", [("affect", r"\=sad")]),
        ("%\nsad\t1", [("affect", "sad")]),
    ],
)
def test_liwc_lines(tmp_path, lines, expected):
    assert pairs(read(tmp_path, LEGEND + lines + "\n")) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_line_end_and_encoding(tmp_path, newline, codec):
    text = (LEGEND + "glück*\t1\nmüde\t2\n").replace("\n", newline)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = read(tmp_path, text.encode(codec))
    assert pairs(found) == [("affect", "glück*"), ("posemo", "müde")]


def test_of_becomes_the_phrase_and_the_word(tmp_path):
    for line in ("kind\t<of>2/1", "kind <of>2/1", "kind<of>2/1"):
        found = read(tmp_path, LEGEND + line + "\n")
        assert pairs(found) == [("affect", "kind"), ("posemo", "kind of")], line
        assert found.unread.empty


@pytest.mark.parametrize(
    "line", ["like\t(02 03)1/2\t(02 1)3", "like (02 03)1/2", "(02 03) like\t1"]
)
def test_codes_that_hang_on_the_word_before_are_listed(tmp_path, line):
    found = read_warned(tmp_path, LEGEND + f"sad\t1\n{line}\n")
    assert pairs(found) == [("affect", "sad")]
    (row,) = found.unread.to_dict("records")
    assert (row["line"], row["written"]) == (7, line)
    assert "hang on the word before" in row["reason"]


def test_plain_codes_beside_a_condition_stay(tmp_path):
    found = read_warned(tmp_path, LEGEND + "like\t3\t(02 03)1/2\n")
    assert pairs(found) == [("cause", "like")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("lost", "no category's number"),
        ("sad\t99", "'99' is no category"),
        (":)\t1", "no word can be counted"),
        ("*\t1", "no word can be counted"),
        ("abandon 1\t2", "read as a phrase"),
    ],
)
def test_what_cannot_be_read_is_listed(tmp_path, line, reason):
    found = read_warned(tmp_path, LEGEND + f"glad\t2\n{line}\n")
    assert ("posemo", "glad") in pairs(found)
    assert reason in found.unread["reason"].iloc[0]
    assert found.unread["line"].iloc[0] == 7


def test_a_legend_with_levels(tmp_path):
    legend = "%\n1\tfunction (Function Words)\n2\t\tpronoun (Pronouns)\n3\t\t\ti (I)\n"
    found = read(tmp_path, legend + "4\t\tarticle\n5\taffect\n%\nme\t1\t2\t3\nsad\t5\n")
    above = "function (Function Words)"
    assert found.categories == [
        above,
        f"{above} > pronoun (Pronouns)",
        f"{above} > pronoun (Pronouns) > i (I)",
        "affect",
    ]


def test_a_legend_aligned_by_spaces_has_no_levels(tmp_path):
    found = read(tmp_path, "%\n 1  funct\n10 verb\n%\nthe\t1\ngo\t10\n")
    assert found.categories == ["funct", "verb"]


def test_two_categories_of_one_name_stay_apart(tmp_path):
    found = read(tmp_path, "%\n1\tkin\n2\tkin\n%\nson\t1\nuncle\t2\n")
    assert found.categories == ["kin", "kin (2)"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x8f\x01\x92" * 400 + b"\x00\x02" * 300, "encrypted"),
        ("sad\t1\n", "a legend of categories between two lines of '%'"),
        ("%\n\n%\nsad\t1\n", "no category between its two lines"),
        (LEGEND, "no entry that can be counted"),
        ("", "is empty"),
    ],
)
def test_what_is_no_dictionary_is_refused(tmp_path, content, message):
    with pytest.raises(MediakitError, match=message):
        read(tmp_path, content)


def test_liwc22(tmp_path):
    text = 'DicTerm,affect,posemo\nsad*,X,\n"well, then",,x\nnice,0.5,-2\n'
    found = read(tmp_path, "\ufeff" + text, "own.dicx")
    assert found.entries.to_numpy().tolist() == [
        ["affect", "sad*", 1.0],
        ["posemo", "well, then", 1.0],
        ["affect", "nice", 0.5],
        ["posemo", "nice", -2.0],
    ]
    found = read_warned(tmp_path, text + "odd,maybe,\nnone,,\n", "own.dicx")
    assert found.unread["written"].tolist() == ["odd: maybe", "none"]


YKD = """<?xml version="1.0" encoding="UTF-8"?>
<dictionary><cnode name="Laver Garry">
  <cnode name="CULTURE"><pnode name="people*"/>
    <cnode name="SPORT"><pnode name="angler*" score="2"/></cnode></cnode>
  <cnode name="LAW"><pnode name="rule of law"/><pnode name="R&amp;D"/></cnode>
</cnode></dictionary>"""


def test_yoshikoder(tmp_path):
    found = read(tmp_path, YKD, "own.ykd")
    assert found.name == "Laver Garry"
    assert pairs(found) == [
        ("CULTURE", "people*"),
        ("CULTURE > SPORT", "angler*"),
        ("LAW", "r&d"),
        ("LAW", "rule of law"),
    ]
    assert found.entries["weight"].tolist() == [1, 2, 1, 1]


def test_yoshikoder_refuses_entities_and_other_xml(tmp_path):
    bomb = '<!DOCTYPE d [<!ENTITY a "x">]><dictionary><cnode name="&a;"/></dictionary>'
    for text, message in ((bomb, "entities"), ("<rss></rss>", "no dictionary")):
        with pytest.raises(MediakitError, match=message):
            read(tmp_path, text, "own.ykd")


@pytest.mark.parametrize("name", ["own.lc3", "own.dic", "own.lcd"])
def test_lexicoder(tmp_path, name):
    text = "+negative\r\nABANDON*\r\nNOT GREAT\r\n\r\n+POSITIVE\r\nGREAT\r\n"
    found = read(tmp_path, text, name)
    assert pairs(found) == [
        ("POSITIVE", "great"),
        ("negative", "abandon*"),
        ("negative", "not great"),
    ]


def test_lexicoder_in_xml(tmp_path):
    text = (
        '<dictionary style="lexicoder" name="LSD"><cnode name="NEGATIVE">'
        '<pnode name="a lie"></pnode></cnode></dictionary>'
    )
    found = read(tmp_path, text, "own.lcd")
    assert (found.name, pairs(found)) == ("LSD", [("NEGATIVE", "a lie")])


WORDSTAT = (
    "NATURE\n\tFOREST\n\t\tTREE* (1)\n\t\tRAIN_FOREST (1)\n\tSEA (1)\n"
    "WAR\n\tTANK? (2)\n\tWHO (1)\n"
)


def test_wordstat(tmp_path):
    found = read(tmp_path, WORDSTAT, "own.cat")
    assert pairs(found) == [
        ("NATURE", "sea"),
        ("NATURE > FOREST", "rain forest"),
        ("NATURE > FOREST", "tree*"),
        ("WAR", "tank?"),
        ("WAR", "who"),
    ]
    assert found.entries["weight"].tolist() == [1, 1, 1, 2, 1]


def test_wordstat_rules_and_empty_categories_are_listed(tmp_path):
    text = WORDSTAT + "\t@GOOD [GOOD NOT AFTER NEGATION /S] (1)\nEMPTY\n"
    found = read_warned(tmp_path, text, "own.cat")
    assert found.unread["reason"].tolist() == [
        "rules of WordStat are not read",
        "no entry stands in it, and it has no (1)",
    ]
