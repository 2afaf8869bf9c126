"""Documents and notebooks are spelled, linked and worded as the house does it.

The rules are functions, so that each is also tried on what it must catch.
"""

import inspect
import random
import re

import pytest
from prose import (
    WORD,
    anchors,
    broken_links,
    documents,
    known,
    levels,
    prose,
    unknown_words,
)

import mediakit as mk
from mediakit.share.editions import notebook_paths
from mediakit.show.glossary import FILE as GLOSSARY

AMERICAN = (
    r"\b(\w*(colors?|colored|behaviors?|favors?|favorite|labors?|neighbors?\w*|centers?)"
    r"|(analyz|organiz|summariz|recogniz|normaliz|standardiz|categoriz|emphasiz)\w+"
    r"|(minim|maxim)iz\w+|catalogs?|gray|judgments?|label(ed|ing)|cancel(ed|ing)"
    r"|model(ed|ing)|travel(ed|ing)|fulfill|skeptic\w*|artifacts?)\b"
)
HYPE = (
    r"\b(simply|obviously|just|very unique|of course|powerful|cutting[- ]edge"
    r"|state[- ]of[- ]the[- ]art|revolution(ary|i[sz]e\w*)|seamless(ly)?|leverag(e|ing)"
    r"|effortless(ly)?|world[- ]class|game[- ]chang\w+|blazing\w*|utili[sz]\w+|amazing"
    r"|awesome|please|in order to|unlock\w*|empower\w*|delve\w*|best[- ]in[- ]class)\b"
)
LATIN = r"\b(e\.g\.|i\.e\.|etc\.|viz\.)"
GENERATED = re.compile(r"reference/\w+\.html")
NO_DOCUMENT = ("benchmarks/cards/",)  # parts that a programme puts into another file
NAMES_ONLY = {"mediakit/docs/licences.md"}  # a list of packages and of authors
TYPOS_CAUGHT = 0.95

DOCUMENTS = documents()
each = pytest.mark.parametrize("name", DOCUMENTS)
each_prose = pytest.mark.parametrize("name", sorted(DOCUMENTS.keys() - NAMES_ONLY))
MARKDOWN = [name for name in DOCUMENTS if name.endswith(".md")]
WHOLE = [name for name in MARKDOWN if not name.startswith(NO_DOCUMENT)]


def found(pattern, text, flags=re.IGNORECASE):
    return [match[0] for match in re.finditer(pattern, text, flags)]


def american(text):
    return found(AMERICAN, text, 0)  # names, such as "Pew Research Center", are names


def doubled(text):
    return found(r"\b([a-z]+)[ \n]\1\b", text)


def docstring(name):
    """Return the prose of a docstring: no examples, no lines of types."""
    text = inspect.getdoc(getattr(mk, name)) or ""
    text = re.sub(r"^>>>.*?(?:\n\s*\n|\Z)", "\n", text, flags=re.M | re.S)
    return re.sub(r"^[\w, *]+ : .*$", "", text, flags=re.MULTILINE)


@each_prose
def test_words_are_spelled(name):
    assert not unknown_words(DOCUMENTS[name]), "mend it, or add it to tests/words.txt"


def test_words_of_docstrings_and_glossary_are_spelled():
    names = [name for name in mk.__all__ if name[0] != "_"]
    wrong = {name: unknown_words(docstring(name)) for name in names}
    assert not {name: words for name, words in wrong.items() if words}
    assert not unknown_words(GLOSSARY.read_text("utf-8"))


@each_prose
def test_spelling_is_british_and_words_are_plain(name):
    text = prose(DOCUMENTS[name])
    assert not american(text)
    for pattern in (HYPE, LATIN):
        assert not found(pattern, text)
    assert not doubled(text)


def test_docstrings_have_the_same_voice():
    names = [name for name in mk.__all__ if name[0] != "_"]
    texts = {name: prose(docstring(name)) for name in names}
    wrong = {
        name: found(HYPE, text) + found(LATIN, text) for name, text in texts.items()
    }
    assert not {name: words for name, words in wrong.items() if words}


@each
def test_links_lead_somewhere(name):
    broken = broken_links(name, DOCUMENTS[name])
    if name.startswith("mediakit/docs/"):
        broken = [one for one in broken if not GENERATED.fullmatch(one)]
    assert not broken


@each
def test_notebooks_and_names_that_are_told_exist(name):
    text = DOCUMENTS[name]
    told = set(re.findall(r"`(\d\d_[a-z_]+)(?:\.ipynb)?`", text))
    coming = {"80_sentiment_and_its_limits"}
    assert told <= set(notebook_paths()) | coming
    public = set(re.findall(r"`mk\.(\w+)", text)) - {"attrs"}
    assert {one for one in public if not hasattr(mk, one)} == set()


@pytest.mark.parametrize("name", WHOLE)
def test_headings_begin_with_one_title_and_skip_no_level(name):
    found_levels = levels(DOCUMENTS[name])
    assert found_levels[0] == 1
    assert found_levels.count(1) == 1
    steps = zip(found_levels, found_levels[1:], strict=False)
    assert all(b <= a + 1 for a, b in steps)


def test_words_allowed_are_used_sorted_and_needed():
    lines = (GLOSSARY.parents[2] / "tests" / "words.txt").read_text("utf-8")
    words = [one for one in lines.splitlines() if not one.startswith("#")]
    assert words == sorted(set(words))
    texts = [*DOCUMENTS.values(), *map(docstring, mk.__all__)]
    texts.append(GLOSSARY.read_text("utf-8"))
    used = {word for text in texts for word in re.findall(r"[a-z']+", text)}
    used |= {word.removesuffix("'s") for word in used}
    assert not set(words) - used, "take these out of tests/words.txt"


def typo(word, rng):
    """Return a word with one slip of the finger: swapped, lost, doubled, added."""
    at = rng.randrange(1, len(word) - 2)
    return rng.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + rng.choice("aeiorstn") + word[at:],
        ]
    )


def test_typos_are_caught():
    """Of slips in our own words nearly all are no word; "form" for "from" passes."""
    words = {word for text in DOCUMENTS.values() for word in WORD.findall(prose(text))}
    words = sorted(word for word in words if word.islower() and len(word) >= 5)
    rng = random.Random(1)
    slips = [(word, typo(word, rng)) for word in rng.sample(words, 400)]
    slips = [slip for word, slip in slips if slip != word]
    assert sum(not known(slip) for slip in slips) / len(slips) > TYPOS_CAUGHT


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("An articel was recieved.", {"articel", "recieved"}),
        ("`articel` in <articel> and https://a.org/articel are no prose.", set()),
        ("Names as Kelmar and hyphen-words, don't, teacher's.", set()),
        ("```\narticel\n```\nwell", set()),
    ],
)
def test_the_speller_reads_prose_only(text, wrong):
    assert unknown_words(text) == wrong


@pytest.mark.parametrize(
    "text",
    ["the color of it", "we analyzed", "a gray line", "labeled", "neighboring"],
)
def test_american_spelling_is_caught(text):
    assert american(text)


@pytest.mark.parametrize("text", ["the colour", "analysed", "honorific", "labelled"])
def test_british_spelling_passes(text):
    assert not american(text)


def test_hype_latin_and_doubled_words_are_caught():
    assert found(HYPE, "Simply run it: a seamless, state-of-the-art tool, just so.")
    assert len(found(HYPE, "simply seamless just")) == 3
    assert not found(HYPE, "a justified, adjusted table")
    assert found(LATIN, "words, e.g. tax")
    assert doubled("of the the articles")
    assert not doubled("that, that and this")


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("[a](README.md) [b](README.md#three-commands) [c](#here)\n# Here", []),
        ("[a](nowhere.md)", ["nowhere.md"]),
        ("[a](README.md#nowhere)", ["README.md#nowhere"]),
        ("[a](#nowhere)", ["#nowhere"]),
        ("[a](http://plain.example)", ["http://plain.example"]),
        ("[a](https://example.org/x) `[b](nowhere.md)`", []),
    ],
)
def test_broken_links_are_caught(text, broken):
    assert broken_links("README.md", text) == broken


def test_anchors_are_those_of_headings():
    text = "# How sure are we?\n```\n# no heading\n```\n## `mk.use`: *more*"
    assert anchors(text) == {"how-sure-are-we", "mkuse-more"}
    assert levels(text) == [1, 2]
