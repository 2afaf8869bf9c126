"""A notebook opened again, without the kernel that ran it: pictures, and no errors."""

import time

import nbformat

CELLS = [
    "import mediakit as mk\nstrait = mk.load_sample('strait')",
    "mk.show_passages(strait, pattern='blockade*')",
    """
from tempfile import mkdtemp
drawn = mk.draw_sample(strait, size=3, unit="article", seed=1)
mk.show_coding(mk.open_coding(mkdtemp(), sample=drawn, codebook="frames"), coder="Ana")
""",
    """
counts = mk.count_patterns(strait, ["crew*"])
mk.show_figure(mk.plot_summary(mk.summarise(counts, by="outlet")), name="crews")
""",
]
HIGH = {"width": 1280, "height": 5000, "deviceScaleFactor": 1, "mobile": False}
STILL = "document.querySelectorAll('[data-mk-still] .mk-still tbody tr').length"
SEEN = """[...document.querySelectorAll('{}')].filter(
  one => one.getClientRects().length).length"""


def opened(lab, name):
    from lab import STARTS, TOKEN

    tab = lab.browser.page()
    tab.send("Emulation.setDeviceMetricsOverride", **HIGH)  # else cells are left out
    place = f"{lab.address}/lab/workspaces/{name}-again/tree/{name}.ipynb"
    tab.go(f"{place}?token={TOKEN}")
    tab.wait("window.jupyterapp && document.querySelector('.mk-points img')", STARTS)
    return tab


def told(tab):
    return tab.ask("document.querySelector('.jp-Notebook').innerText")


def test_a_live_widget_hides_its_picture_and_a_dead_one_shows_it(lab):
    from lab import command

    tab = lab.open("reopened", CELLS)
    tab.wait("document.querySelectorAll('.mk-list tbody tr').length === 21")
    tab.wait("document.querySelectorAll('[data-mk-live]').length === 2")
    assert tab.ask(STILL) == 21
    tab.wait(f"{SEEN.format('[data-mk-still]')} === 0")
    command(tab, "docmanager:save")
    path = lab.notebooks / "reopened.ipynb"
    tab.wait("!document.querySelector('.jp-mod-dirty')")
    tab.ask("window.jupyterapp.serviceManager.sessions.shutdownAll().then(() => 1)")
    again = opened(lab, "reopened")
    again.wait(f"{SEEN.format('[data-mk-still] .mk-still tbody tr')} === 21")
    time.sleep(2)  # time for a widget to fail in
    assert "Loading widget" not in told(again)
    assert "Error displaying" not in told(again)
    assert "0 of 3 texts are coded by Ana. To go on, run the cell." in told(again)
    again.ask("document.querySelector('.mk-points input').focus()")
    assert "crew*" in again.focused()["name"]
    first = again.focused()["name"]
    again.press("ArrowDown")
    assert again.focused()["role"] == "radio"
    assert again.focused()["name"] != first
    open_tip = (
        "getComputedStyle(document.querySelector('.mk-points label:focus-within span'))"
    )
    assert again.ask(f"{open_tip}.opacity") == "1"
    assert again.external == []
    stranger = nbformat.read(path, as_version=4)
    stranger.metadata["kernelspec"] = {"name": "none", "display_name": "none"}
    nbformat.write(stranger, lab.notebooks / "untrusted.ipynb")
    other = opened_untrusted(lab)
    assert "Loading widget" not in told(other)
    assert "Error displaying" not in told(other)
    assert other.ask("document.querySelectorAll('.mk-still tbody tr').length") == 21
    assert other.external == []


def opened_untrusted(lab):
    """Open a notebook that nobody trusted and no kernel can run."""
    from lab import STARTS, TOKEN

    tab = lab.browser.page()
    place = f"{lab.address}/lab/workspaces/untrusted/tree/untrusted.ipynb"
    tab.go(f"{place}?token={TOKEN}")
    tab.wait("document.querySelector('.mk-still tbody tr')", STARTS)
    return tab
