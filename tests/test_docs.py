"""The documentation: whole, linked, searchable, without a network; its code runs."""

import json
import re
import warnings
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

import mediakit as mk
from mediakit.cli import app
from mediakit.cli.docs import public_names
from mediakit.errors import MediakitError
from mediakit.share.docs import SOURCES, guides
from mediakit.share.docs_page import Page, linked, words_in
from mediakit.share.docs_reference import first_line
from mediakit.share.docstrings import as_html, entries, sections

ROOT = Path(__file__).resolve().parents[1]
GUIDES = sorted(SOURCES.glob("*.md"))
CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)


class Seen(HTMLParser):
    """Collects where a page leads, what it loads, its anchors and its text."""

    def __init__(self):
        super().__init__()
        self.links, self.loaded, self.ids, self.alts, self.headings = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if tag == "a" and "href" in attrs else []
        self.headings += [tag] if re.fullmatch("h[1-6]", tag) else []
        if tag in ("script", "img", "link"):
            self.loaded.append(attrs.get("src") or attrs["href"])
        if tag == "img":
            self.alts.append(attrs.get("alt", ""))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the documentation by the command; return its folder."""
    folder = tmp_path_factory.mktemp("site") / "my docs"
    done = CliRunner().invoke(app, ["docs", "--out", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def seen(site):
    """Return what stands in each page, by its path."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        found[path.resolve()] = parser = Seen()
        parser.feed(path.read_text(encoding="utf-8"))
    return found


def test_every_link_leads_somewhere(seen):
    lost = []
    for page, what in seen.items():
        for link in what.links:
            target, _, anchor = link.partition("#")
            if re.match(r"https?://", target):
                continue
            path = (page.parent / target).resolve() if target else page
            there = seen[path].ids if path in seen else None
            if not path.is_file() or (anchor and anchor not in there):
                lost.append(f"{page.name}: {link}")
    assert not lost


def test_nothing_is_loaded_from_elsewhere(site, seen):
    for page, what in seen.items():
        for loaded in what.loaded:
            assert (page.parent / loaded).resolve().is_file(), loaded
    assert "url(" not in (site / "style.css").read_text(encoding="utf-8")
    assert "fetch(" not in (site / "search.js").read_text(encoding="utf-8")


def test_pages_can_be_read_by_ear(seen):
    for page, what in seen.items():
        assert what.headings.count("h1") == 1, page.name
        assert all(what.alts), page.name
        assert len(what.ids) == len(set(what.ids)), page.name


def test_every_public_name_has_a_page_with_its_words(site):
    for named in public_names():
        page = (site / "reference" / f"{named.name}.html").read_text(encoding="utf-8")
        assert words_in(page).startswith(named.name)
        for name in getattr(named.what, "__annotations__", {}).keys() - {"return"}:
            assert name in page
    listed = (site / "reference" / "index.html").read_text(encoding="utf-8")
    assert all(f"{named.name}</code>" in listed for named in public_names())


def test_the_search_finds_a_word_of_a_docstring(site):
    script = (site / "pages.js").read_text(encoding="utf-8")
    pages = json.loads(script.removeprefix("window.PAGES = ").removesuffix(";\n"))
    assert len(pages) == len(list(site.rglob("*.html")))
    assert "</" not in script
    hits = {page["path"] for page in pages if "Krippendorff" in page["text"]}
    assert "reference/agreement.html" in hits


def test_the_command_page_names_every_command(site):
    page = (site / "command.html").read_text(encoding="utf-8")
    for name in ("read", "compare", "trend", "find", "doctor", "lab", "docs", "diff"):
        assert f"mediakit {name}" in page
    assert "--min-articles" in page


def test_notebooks_and_glossary_are_filled_in(site):
    listed = (site / "notebooks.html").read_text(encoding="utf-8")
    assert "90_a_claim_that_survives" in listed
    assert 'id="word-bound"' in (site / "glossary.html").read_text(encoding="utf-8")
    assert "{{" not in "".join(page.body for page in guides())


def test_it_is_written_again_but_over_nothing_else(site, tmp_path):
    run = CliRunner().invoke(app, ["docs", "--out", str(site)], catch_exceptions=False)
    assert run.exit_code == 0
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(MediakitError, match="choose another folder"):
        CliRunner().invoke(
            app, ["docs", "--out", str(tmp_path)], catch_exceptions=False
        )


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_the_code_of_a_guide_runs(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = CODE.findall(path.read_text(encoding="utf-8"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        exec("\n".join(blocks), {})


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_verbs_named_in_a_guide_exist(path):
    text = re.sub(r"```r\n.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    for name in set(re.findall(r"\bmk\.(\w+)", text)):
        assert hasattr(mk, name), name
    verbs = r"read|count|score|find|mark|plot|show|label|keep|clean|load|open|save"
    for name in set(re.findall(rf"`((?:{verbs})_\w+)[`(]", text)):
        assert hasattr(mk, name), name


def test_a_docstring_becomes_html():
    text = """Count `words` & more.

    Parameters
    ----------
    a, b : {"x", "y"}
        The sides, as in ``count_terms(corpus)``:

        - one
        - two
    c
        Else.

    Examples
    --------
    Said:

    >>> 1 < 2
    True
    """
    page = as_html(text)
    assert "<p>Count <code>words</code> &amp; more.</p>" in page
    assert '<dt><code>a, b</code> <span class="kind">{"x", "y"}</span></dt>' in page
    assert "<li>one</li>" in page
    assert "<pre>&gt;&gt;&gt; 1 &lt; 2\nTrue</pre>" in page
    assert [head for head, _ in sections(text)] == ["", "Parameters", "Examples"]
    assert [name for name, *_ in entries("a : int\n    One.\nb\n    Two.")] == [
        "a",
        "b",
    ]
    assert first_line(mk.compare) == (
        "Show what sets two sides apart, and what may be chance."
    )


def test_names_lead_to_their_pages_but_not_from_code_blocks():
    body = "<p><code>mk.compare(x)</code> <code>a</code></p><pre><code>compare</code>"
    page = Page("reference/trend.html", "trend", "", f"{body}</pre>", "g")
    shown = linked(page, {"compare": "reference/compare.html"})
    assert shown.count("<a ") == 1
    assert '<a href="compare.html"><code>mk.compare(x)</code></a>' in shown
