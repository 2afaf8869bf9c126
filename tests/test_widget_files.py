"""What the widgets share: no HTML is read, nothing is fetched, nothing stays unseen."""

import re
import unicodedata

import pytest

from mediakit.show.widget_files import FOLDER, visible

SCRIPTS = [one for one in FOLDER.iterdir() if one.name.endswith(".js")]
STYLES = [one for one in FOLDER.iterdir() if one.name.endswith(".css")]
READS_HTML = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|DOMParser"
RUNS_TEXT = r"\beval\b|new Function|setTimeout\(\s*[\"'`]|createContextualFragment"
FETCHES = r"https?://|\bimport\b|\bfetch\(|XMLHttpRequest|@import|url\("
KEPT = "\n\t\u200c\u200d\u200e\u200f\u061c\u00ad"


@pytest.mark.parametrize("file", SCRIPTS + STYLES, ids=lambda file: file.name)
@pytest.mark.parametrize("forbidden", [READS_HTML, RUNS_TEXT, FETCHES])
def test_a_widget_neither_reads_html_nor_runs_text_nor_fetches(file, forbidden):
    assert not re.findall(forbidden, file.read_text(encoding="utf-8"))


def test_every_sign_that_reorders_or_controls_is_written_out():
    everything = map(chr, [*range(0x3000), *range(0xD800, 0xE000), 0xFEFF, 0xE0041])
    kinds = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    unseen = [s for s in everything if unicodedata.category(s) in kinds]
    assert len(unseen) > 2_000
    shown = visible("".join(s for s in unseen if s not in "\r\n"))
    left = {s for s in shown if unicodedata.category(s) in kinds}
    arabic_numbers = {s for s in left if "\u0600" <= s <= "\u08e2"}
    assert left - arabic_numbers - {"\u180e"} <= set(KEPT)


def test_text_without_such_signs_stays_as_it_is():
    text = "“Жизнь”,\t北京 👩\u200d🚀 می\u200cخواهم\nnext"
    assert visible(text) == text
