"""The passage explorer in JupyterLab: by keyboard alone, and on hostile texts."""

import pytest

ROWS = "[...document.querySelectorAll('.mk-list tbody tr')]"
STATUS = "document.querySelector('.mk-widget [role=status]').textContent"
PATTERN = "document.querySelector('.mk-pattern')"
PANE = "document.querySelector('article.mk-pane:not([hidden])')"
STILL = ":not([data-mk-still]) > .mk-still"
COPIED = "document.querySelector('textarea.mk-copied').value"
FRIENDLY = [
    "import mediakit as mk\nstrait = mk.mark_quotations(mk.load_sample('strait'))",
    "mk.show_passages(strait)",
]
HOSTILE = [
    """
import pandas as pd, mediakit as mk
attack = '<img src="http://192.0.2.1/x" onerror="hacked=1"><script>hacked=1</script>'
articles = pd.DataFrame({
    "outlet": [attack, "\\u202eA"], "title": [attack, "<svg onload=hacked=1>"],
    "article_id": [attack, "2"], "url": ["javascript:hacked=1", "https://a.example/"],
    "published": ["2016-05-24", "2016-05-25"],
    "text": [f"Now {attack} war {attack} \\u202e end", "A war " + "x" * 1_000_000],
})
corpus = mk.tokenize(mk.read_articles(articles))
corpus = mk.mark_patterns(corpus, "war", name="<b onclick=hacked=1>")
""",
    "mk.show_passages(corpus, pattern='war', width=20)",
    """
import sys
sys.modules["anywidget"] = None
mk.show_passages(corpus, pattern="war", width=20)
""",
]
CONTRAST = """(() => {
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((c) => c / 255).map((c) =>
    c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const paint = numbers(getComputedStyle(at).backgroundColor);
      if (paint.length === 3 || paint[3] > 0.99) return paint;
    }
    return [255, 255, 255];
  };
  const shown = [...document.querySelectorAll('.mk-widget *')].filter((one) =>
    one.offsetParent && [...one.childNodes].some((n) => n.nodeType === 3));
  return Math.min(...shown.map((one) => {
    const under = behind(one), ink = numbers(getComputedStyle(one).color);
    const mixed = ink.slice(0, 3).map((c, i) =>
      c * (ink[3] ?? 1) + under[i] * (1 - (ink[3] ?? 1)));
    const [low, high] = [light(mixed), light(under)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }));
})()"""


@pytest.fixture(scope="module")
def explorer(lab):
    """Return a tab with the explorer of the sample, its search box in focus."""
    tab = lab.open("passages", FRIENDLY)
    tab.wait(PATTERN)
    tab.ask(f"{PATTERN}.focus()")
    return tab


def search(tab, pattern):
    """Write a pattern in the search box and press Enter."""
    tab.press("Control+a", "Backspace")
    tab.type(pattern)
    tab.press("Enter")


def to(tab, role, name=""):
    """Press Tab until what is asked for has the focus; return all stops before."""
    stops = []
    while not stops or stops[-1]["role"] != role or name not in stops[-1]["name"]:
        assert len(stops) < 40, stops
        tab.press("Tab")
        stops.append(tab.focused())
    return [(one["role"], one["name"]) for one in stops]


def test_searching_reading_and_copying_need_no_mouse(explorer):
    tab = explorer
    search(tab, "blockade*")
    tab.wait(f"{STATUS}.startsWith('21 passages in 18 of 185 articles')")
    stops = to(tab, "row")
    assert list(dict.fromkeys(name for _, name in stops[:-1])) == [
        *("Search", "Start over", "How to write a pattern", "Sort by", "Outlets: all"),
        *("From", "To", "Where", "Hide outlet, date and title"),
    ]
    assert stops[-1][1].startswith("Line 1: torches into every bilge.")
    tab.press("d", "d", "x", "a", "b")
    assert tab.ask("document.querySelectorAll('.jp-Cell').length") == 2
    tab.press("ArrowDown", "ArrowDown", "Enter")
    tab.wait(PANE)
    assert tab.focused()["role"] == "heading"
    assert "blockade" in tab.text("article.mk-pane mark")
    tab.press("Escape")
    assert tab.focused()["name"].startswith("Line 3: shops and bakeries")
    tab.press("c")
    tab.wait(COPIED)
    assert tab.ask(COPIED).startswith("“shops and bakeries for as long as the blockade")
    assert "fingerprint" in tab.ask(COPIED)
    tab.press("/")
    assert tab.focused()["name"] == "Word, phrase or pattern"


def test_several_outlets_are_ticked_by_keys(explorer):
    tab = explorer
    search(tab, "blockade*")
    to(tab, "DisclosureTriangle", "Outlets: all")
    tab.press(" ", "Tab")
    assert tab.focused()["role"] == "checkbox"
    tab.press(" ", "ArrowDown", "ArrowDown", " ")
    tab.wait(
        "document.querySelector('.mk-fold summary').innerText.includes(': 2 of 10')"
    )
    names = tab.ask(
        "[...document.querySelectorAll('.mk-fold :checked')].map(b => b.value)"
    )
    assert len(names) == 2
    tab.wait(f"!{STATUS}.includes('21 passages') && {STATUS}.includes('passages in')")
    found = tab.ask(f"{ROWS}.map(row => row.querySelector('.mk-source').innerText)")
    assert {one.split("\n")[0] for one in found} <= set(names)
    tab.press("Escape")
    assert tab.focused()["name"] == "Outlets: 2 of 10"
    tab.ask("[...document.querySelectorAll('.mk-widget button')][1].click()")
    tab.wait("document.querySelector('.mk-fold summary').innerText.includes(': all')")


def test_pages_turn_under_the_keys(explorer):
    tab = explorer
    search(tab, "the")
    tab.wait(f"{STATUS}.includes('Lines 1 to 50')")
    to(tab, "row")
    tab.press("PageDown")
    tab.wait(f"{STATUS}.includes('Lines 51 to 100')")
    assert tab.focused()["name"].startswith("Line 51:")
    tab.press("End", "PageUp")
    tab.wait(f"{STATUS}.includes('Lines 1 to 50')")
    tab.press("/")


def test_a_wrong_pattern_is_told_at_the_search_box(explorer):
    tab = explorer
    search(tab, "(sea")
    tab.wait(f"{PATTERN}.getAttribute('aria-invalid') === 'true'")
    assert "this bracket is never closed; add ')'" in tab.text("[role=alert].mk-error")
    assert tab.ask(f"{PATTERN}.getAttribute('aria-describedby')") == (
        tab.ask("document.querySelector('[role=alert].mk-error').id")
    )
    search(tab, "sea")
    tab.wait(f"!{PATTERN}.hasAttribute('aria-invalid')")


def test_blind_lines_show_their_source_one_by_one(explorer):
    tab = explorer
    to(tab, "checkbox")
    tab.press(" ")
    tab.wait(f"{ROWS}[0]?.innerText.includes('hidden')")
    assert "2016-" not in tab.ask(f"{ROWS}.map(row => row.innerText).join()")
    to(tab, "row")
    tab.press("ArrowDown", "s")
    tab.wait(f"!{ROWS}[1].innerText.includes('hidden')")
    assert tab.ask(f"{ROWS}.filter(r => !r.innerText.includes('hidden')).length") == 1
    assert tab.focused()["name"].startswith("Line 2:")


def test_a_cell_run_again_shows_what_was_left(explorer):
    from lab import run_cell

    tab = explorer
    tab.ask(f"{PATTERN}.remove()")
    run_cell(tab, 1)
    tab.wait(f"{PATTERN}?.value === 'sea'")
    assert tab.ask(f"{ROWS}[0].innerText.includes('hidden')")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_letters_stand_out_in_every_theme(explorer, theme):
    tab = explorer
    change = f"'apputils:change-theme', {{theme: '{theme}'}}"
    tab.ask(f"window.jupyterapp.commands.execute({change}).then(() => 1)")
    light = "true" if "Light" in theme else "false"
    tab.wait(f"document.body.dataset.jpThemeLight === '{light}'")
    assert tab.ask(CONTRAST) >= 4.5


def test_everything_that_can_be_used_has_a_name(explorer):
    used = {
        "button",
        "searchbox",
        "combobox",
        "checkbox",
        "grid",
        "row",
        "Date",
        "link",
    }
    region = "document.querySelector('.mk-widget')"
    held = explorer.send("Runtime.evaluate", expression=region)["result"]["objectId"]
    found = explorer.send("Accessibility.queryAXTree", objectId=held)["nodes"]
    named = [(n["role"]["value"], n["name"]["value"]) for n in found if "name" in n]
    used = [one for one in named if one[0] in used]
    assert len(used) > 50
    assert not [role for role, name in used if not name.strip()]
    assert ("region", "Passage explorer") in named


def test_no_text_runs_and_nothing_is_fetched(lab):
    tab = lab.open("hostile", HOSTILE)
    tab.wait(f"{ROWS}.length === 2")
    tab.ask(f"{ROWS}[0].focus()")
    tab.press("Enter")
    tab.wait(PANE)
    assert "<script>hacked=1</script>" in tab.text("article.mk-pane")
    tab.press("Escape", "c")
    tab.wait(COPIED)
    tab.press("ArrowDown", "s")
    tab.wait(f"{ROWS}[1].innerText.length > 9_000")
    tab.press("Enter")
    tab.wait(f"{PANE}?.innerText.includes('signs after this not shown')")
    tab.ask(f"[...{PANE}.querySelectorAll('button')][0].click()")
    tab.wait("document.querySelector('.mk-text').textContent.length === 200000")
    assert tab.ask("typeof hacked") == "undefined"
    inside = "document.querySelectorAll('{} :is(img, script, svg, iframe, b)').length"
    assert tab.ask(inside.format(".mk-widget")) == 0
    assert tab.ask(inside.format(".mk-still")) == 0
    assert tab.ask(f"document.querySelectorAll('{STILL} tbody tr').length") == 2
    assert "anywidget" in tab.text(STILL)
    for place in (".mk-widget", STILL):
        assert "⟨U+202E⟩" in tab.text(place)
        assert "\u202e" not in tab.ask(f"document.querySelector('{place}').textContent")
    links = tab.ask("[...document.querySelectorAll('.mk-widget a')].map(a => a.href)")
    assert links == ["https://a.example/"]
    assert tab.errors == tab.external == tab.dialogs == []


def test_the_explorer_asks_nothing_of_other_machines(explorer):
    assert explorer.external == explorer.errors == explorer.dialogs == []
