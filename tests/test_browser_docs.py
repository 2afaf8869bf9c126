"""The documentation in a browser, from a file: it is searched without a network."""

import pytest
from typer.testing import CliRunner

from mediakit.cli import app


@pytest.fixture(scope="module")
def browser():
    """Start a browser, or skip where there is none."""
    pytest.importorskip("websocket", reason="websocket (extra `notebooks`) is missing")
    from chrome import Browser, executable

    if not executable():
        pytest.skip("no chromium on this machine (apt-get install chromium)")
    running = Browser()
    yield running
    running.close()


def test_a_word_is_found_and_leads_to_its_page(browser, tmp_path):
    CliRunner().invoke(app, ["docs", "--out", str(tmp_path / "docs")])
    page = browser.page()
    page.go((tmp_path / "docs" / "reference" / "trend.html").as_uri())
    page.wait("window.PAGES && document.getElementById('search').offsetWidth")
    page.ask("document.getElementById('search').focus()")
    page.type("krippendorff agreement")
    page.wait("document.querySelectorAll('#found a').length > 0")
    first = "document.querySelector('#found a')"
    assert page.ask(f"{first}.textContent") == "agreement"
    page.press("Enter")
    page.wait("document.querySelector('h1')?.textContent.startsWith('agreement')")
    page.wait("window.PAGES && document.getElementById('search').offsetWidth")
    page.ask("document.getElementById('search').focus()")
    page.type("xyzzyx")
    said = "document.getElementById('found').textContent"
    assert page.ask(said) == "No page has all of these words."
    page.press("Escape")
    assert page.ask(said) == ""
    assert not page.errors
    assert all(asked.startswith("file://") for asked in page.requests)
