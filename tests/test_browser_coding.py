"""Coding in JupyterLab with the keyboard: nothing is lost, and no text runs."""

import os
import signal

import pytest

from mediakit.text.coding import open_coding
from mediakit.text.read_codes import read_codes

HOSTILE = (
    "<script>window.ran = 1; alert(1)</script><img src='http://192.0.2.1/x' "
    "onerror='window.ran = 2'>\u202egnihton si siht\u202c",
    "</script><svg onload=alert(2)> [x](javascript:alert(3)) ${alert(4)} `",
    "שלום <iframe srcdoc='<script>parent.ran = 3</script>'> عالم",
    "A plain text of one hundred words. " * 3_000,
    "The last text.",
)
BOOK = {
    "title": "<b>Tone</b><script>window.ran = 4</script>",
    "questions": {
        "says": {
            "ask": "Anything? <img src=x onerror='window.ran = 5'>",
            "categories": {
                "yes": {"label": "Yes <i>", "key": "y", "examples": ["<script>"]},
                "no": {"label": "No", "key": "n"},
            },
        },
        "frames": {
            "ask": "Which?",
            "choose": "many",
            "only_if": {"says": "yes"},
            "categories": {"war": {"key": "w"}, "money": {"key": "m"}},
        },
    },
}
TOP = "document.querySelector('.mk-coding .mk-top').innerText"
ALERT = "document.querySelector('.mk-coding [role=alert]')"


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a coding whose texts are hostile."""
    import pandas as pd

    ids = [f"u{place}" for place in range(len(HOSTILE))]
    sample = pd.DataFrame({"unit_id": ids, "title": HOSTILE, "text": HOSTILE})
    sample["match"] = [text[:8] for text in HOSTILE]
    open_coding(tmp_path / "codes", sample=sample, codebook=BOOK)
    return tmp_path / "codes"


def into(tab):
    tab.wait("document.querySelector('.mk-coding .mk-text')")
    tab.ask("document.querySelector('.mk-coding .mk-text').focus()")


def at(tab, place):
    """Wait for a text, and until it can be answered."""
    tab.wait(f"{TOP}.includes('Text {place} of 5')")
    tab.ask("new Promise(done => setTimeout(() => done(1), 200))")


def said(folder):
    codes = read_codes(folder)
    rows = codes[codes["code"].notna()].itertuples()
    return {(row.coder, row.unit_id, row.question): row.code for row in rows}


def test_keys_code_and_nothing_is_lost_when_the_page_or_the_kernel_goes(lab, folder):
    from lab import READY, command, output

    code = f"import mediakit as mk\nmk.show_coding({str(folder)!r}, coder='Ana')"
    tab = lab.open("ana", ["import os\nprint(os.getpid())", code])
    kernel = int(output(tab, 0))
    into(tab)
    at(tab, 1)
    tab.press("y")
    tab.wait("document.querySelectorAll('.mk-coding fieldset').length === 2")
    tab.press("m", "w", "Enter")
    at(tab, 2)
    first = {("Ana", "u0", "says"): "yes", ("Ana", "u0", "war"): "yes"}
    first |= {("Ana", "u0", "money"): "yes"}
    assert said(folder) == first
    assert "Saved" in tab.text(".mk-coding [role=status]")
    tab.press("/")
    assert tab.focused()["role"] == "textbox"
    tab.type("ironic?")
    tab.press("Escape", "n")
    at(tab, 3)
    assert read_codes(folder).query("unit_id == 'u1'")["note"].tolist() == ["ironic?"]

    command(tab, "docmanager:save")
    tab.wait(f"{READY} && !window.jupyterapp.shell.currentWidget.context.model.dirty")
    other = lab.browser.page()  # a second window on the same notebook
    other.go(tab.ask("location.href").replace("ana/", "other/", 1))
    other.wait(READY)
    into(other)
    at(other, 3)
    other.press("n")
    at(other, 4)
    tab.send("Page.bringToFront")
    at(tab, 4)
    assert "left)" in tab.text(".mk-coding")
    tab.send("Page.reload")
    tab.wait(READY)
    into(tab)
    at(tab, 4)
    kept = said(folder)
    assert kept == first | {(("Ana", f"u{n}", "says")): "no" for n in (1, 2)}

    os.kill(kernel, signal.SIGKILL)
    tab.press("n")
    tab.wait(f"{ALERT} && !{ALERT}.hidden", 15)
    assert "not on disk" in tab.ask(f"{ALERT}.textContent")
    assert "Text 4 of 5" in tab.ask(TOP)
    assert said(folder) == kept
    for page in (tab, other):
        assert page.ask("window.ran ?? null") is None
        assert page.external == page.dialogs == []
