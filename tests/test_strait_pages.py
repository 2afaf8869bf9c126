"""The saved pages, prints and export of the constructed corpus hold what they claim."""

import json
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[1]
STRAIT = ROOT / "data" / "strait"
NOTE = "Constructed page of an invented outlet, made for teaching."
LINKS = {"src", "href", "action", "data-src", "data-lazy-src", "srcset"}


def table(name):
    return pd.read_csv(STRAIT / name, keep_default_na=False)


ARTICLES = table("constructed_articles.csv").set_index("article_id")
LABELS = table("truth/constructed_labels.csv").set_index("article_id")
FURNITURE = table("truth/constructed_furniture.csv")
TRUTH = table("truth/constructed_pages.csv")
PAGES = TRUTH[TRUTH["file"].str.startswith("pages/")].set_index("article_id")
PRINTS = TRUTH[TRUTH["file"].str.startswith("pdf/")].set_index("article_id")
EXPORT = TRUTH[TRUTH["file"].str.startswith("export/")]

each_page = pytest.mark.parametrize("name", PAGES.index)
each_print = pytest.mark.parametrize("name", PRINTS.index)


class Page(HTMLParser):
    """The visible text, the pieces of it, the links and the inline data of a page."""

    def __init__(self, source):
        super().__init__()
        self.pieces, self.links, self.title, self.data = [], [], "", []
        self.inside = None
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "style", "title"):
            self.inside = "data" if ("type", "application/json") in attributes else tag
        self.links += [link for key, link in attributes if key in LINKS]

    def handle_endtag(self, tag):
        if tag in ("script", "style", "title"):
            self.inside = None

    def handle_data(self, text):
        if self.inside is None:
            self.pieces.append(text)
        elif self.inside == "title":
            self.title += text
        elif self.inside == "data":
            self.data.append(json.loads(text))

    @property
    def text(self):
        return " ".join("".join(self.pieces).split())


@cache
def source_of(name):
    return (STRAIT / PAGES["file"][name]).read_bytes().decode(PAGES["encoding"][name])


@cache
def page_of(name):
    return Page(source_of(name))


def traps_of(name):
    return PAGES["traps"][name].split("; ")


def paragraphs_of(name):
    """Return story and furniture of an article, as the truth tables part them."""
    marks = FURNITURE[FURNITURE["article_id"] == name]
    story, furniture, at = [], [], 0
    for text in ARTICLES["text"][name].split("\n\n"):
        is_mark = (marks["start"] == at) & (marks["end"] == at + len(text))
        is_dateline = (is_mark & (marks["kind"] == "dateline")).any()
        (furniture if is_mark.any() and not is_dateline else story).append(text)
        at += len(text) + 2
    return story, furniture


def parts_of(furniture):
    """Return what of a caption or a list of titles a page prints on its own."""
    for text in furniture:
        bare = re.sub(r"^(READ MORE|Related): |^\[Picture: |\]$", "", text)
        yield from bare.split(" | ")


def body_in_script(page):
    (state,) = [data for data in page.data if "article" in data]
    article = state["article"]
    return " ".join(
        [article["title"], article["byline"], *(b["html"] for b in article["body"])]
    )


def test_the_mix_is_the_one_asked_for():
    assert len(PAGES) == 30
    assert len(PRINTS) == 5
    assert not set(PAGES.index) & set(PRINTS.index)
    outlets = Counter(name.split("-")[1] for name in PAGES.index)
    assert len(outlets) == 10
    assert set(outlets.values()) == {3}
    assert set(LABELS["event_id"][PAGES.index]) == {f"e{n:02}" for n in range(1, 12)}
    edits = Counter(LABELS["edit"][PAGES.index])
    assert edits["light"] >= 4
    assert edits["heavy"] >= 2
    assert edits["corrected"] == 1
    pairs = LABELS.loc[PAGES.index, "duplicate_group"].value_counts().drop("")
    assert (pairs > 1).sum() >= 3  # origin and copy both saved


def test_the_files_are_those_listed_and_small():
    for folder, listed in [("pages", PAGES), ("pdf", PRINTS), ("export", EXPORT)]:
        there = [f for f in (STRAIT / folder).iterdir() if f.name != ".gitattributes"]
        assert {f"{folder}/{f.name}" for f in there} == set(listed["file"])
        assert all(f.name.startswith("constructed_") for f in there)
    sizes = {file: (STRAIT / file).stat().st_size for file in set(TRUTH["file"])}
    assert sum(sizes.values()) < 2_000_000
    assert all(size < 150_000 for file, size in sizes.items() if file.endswith("pdf"))


@each_page
def test_a_page_decodes_as_recorded_and_declares_what_is_recorded(name):
    content = (STRAIT / PAGES["file"][name]).read_bytes()
    declared = re.search(rb"charset=\"?([\w-]+)", content)[1].decode()
    assert declared == PAGES["declared"][name]
    if "wrong encoding declared" in traps_of(name):
        with pytest.raises(UnicodeDecodeError):
            content.decode(declared)
    else:
        assert content.decode(declared) == source_of(name)


def test_every_encoding_matters():
    assert set(PAGES["encoding"]) == {"utf-8", "windows-1252", "iso-8859-1"}
    assert (PAGES["encoding"] != PAGES["declared"]).sum() == 1
    for name in PAGES.index[PAGES["encoding"] != "utf-8"]:
        assert not (STRAIT / PAGES["file"][name]).read_bytes().isascii()


@each_page
def test_a_page_holds_its_article(name):
    page, (story, furniture) = page_of(name), paragraphs_of(name)
    held, size = PAGES["held"][name], PAGES["story_paragraphs"][name]
    assert len(story) == size
    text = page.text
    if "text in script" in traps_of(name):
        assert story[0] not in text
        text = body_in_script(page)
    assert ARTICLES["title"][name] in text
    assert all(paragraph in text for paragraph in story[:held])
    assert not any(paragraph in text for paragraph in story[held:])
    assert all(part in text for part in parts_of(furniture))


@each_page
def test_a_page_says_that_it_is_constructed(name):
    assert NOTE in page_of(name).text


@each_page
def test_no_mark_of_the_templates_or_the_source_is_left(name):
    source = source_of(name)
    assert not re.search(r"\{/?[qisb][ }]|<!--each|<!--end|\$\w|\$\{", source)
    assert "�" not in source


@each_page
def test_nothing_is_loaded_from_outside(name):
    styles = re.findall(r"url\(|@import", source_of(name))
    hosts = {urlsplit(link).hostname for link in page_of(name).links if link}
    assert not styles
    assert all(host is None or host.endswith(".example") for host in hosts)


@each_page
def test_other_headlines_are_from_the_days_before(name):
    text, own = page_of(name).text, ARTICLES["title"][name]
    titles = ARTICLES["title"]
    others = ARTICLES[[title in text and title not in own for title in titles]]
    assert (others["published"] < ARTICLES["published"][name]).all()
    assert set(others["outlet"]) <= {ARTICLES["outlet"][name]}


def repeats(name):
    """Return whether the page prints headlines of other stories twice or more."""
    source = source_of(name)
    links = re.findall(r"/2016/[\w-]+\"", source, flags=re.IGNORECASE)
    shown = [link for link in links if f"/2016/{name}" not in link]
    return any(count > 1 for count in Counter(shown).values()) or bool(
        re.search(r'alt="([^"]{12,})"[^>]*>(<[^>]+>|\s)*\1', source)
    )


def has(pattern):
    return lambda name: bool(re.search(pattern, source_of(name)))


TRAPS = {
    "wrong encoding declared": lambda n: PAGES["declared"][n] != PAGES["encoding"][n],
    "paywall": lambda n: PAGES["held"][n] < PAGES["story_paragraphs"][n],
    "text in script": has('id="__STATE__"'),
    "headlines twice": repeats,
    "line breaks for paragraphs": lambda n: "<p" not in source_of(n).lower(),
    "nested tables": lambda n: source_of(n).count("<table") > 6,
    "reader comments": has('class="(cm|c|comment)"'),
    "live ticker": has("LiveBlogPosting"),
    "amp": has("<html amp"),
    "hidden menu": has('(id|class)="mega"'),
    "cookie notice": has("[Cc]ookies (so|on)|count this visit"),
    "no metadata": lambda n: not has('ld\\+json|"og:|"DC\\.|name="author')(n),
    "date wrong": has("2014-11-03|2009-05-01|2016-07-01"),
}


@each_page
@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_where_it_is_recorded_and_nowhere_else(name, trap):
    assert TRAPS[trap](name) == (trap in traps_of(name))


@each_page
def test_the_title_of_the_window_is_another_where_recorded(name):
    odd = {"generic title", "title differs"} & set(traps_of(name))
    assert bool(odd) == (ARTICLES["title"][name] not in page_of(name).title)


def test_outlets_do_not_look_alike():
    wrappers = {}
    for name in PAGES.index:
        own = {*paragraphs_of(name)[0], NOTE, ""}
        pieces = {" ".join(piece.split()) for piece in page_of(name).pieces}
        wrappers.setdefault(name.split("-")[1], set()).update(pieces - own)
    for a, b in combinations(wrappers.values(), 2):
        assert len(a & b) <= 0.1 * min(len(a), len(b))
