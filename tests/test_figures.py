"""save_figure: whole files, alt text inside and beside, the numbers behind."""

import hashlib
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image
from plot_tables import comparison, summary, trend

import mediakit.show.figures as figures
from mediakit.errors import MediakitError
from mediakit.show.captions import describe
from mediakit.show.comparison import plot_comparison
from mediakit.show.figures import save_figure
from mediakit.show.style import COLOURS
from mediakit.show.summary import plot_summary
from mediakit.show.tables import read_table
from mediakit.show.trend import plot_trend


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


@pytest.fixture
def ax():
    return plot_summary(summary(["war", "和平"], ["Norte – “Á”"]))


def pdf_info(path, key):
    """Return an entry of the PDF's information dictionary."""
    pattern = rb"/" + key.encode() + rb" \((.*?)(?<!\\)\)"
    (raw,) = re.findall(pattern, path.read_bytes(), re.DOTALL)
    raw = re.sub(rb"\\(.)", lambda m: {b"n": b"\n", b"r": b"\r"}.get(m[1], m[1]), raw)
    return raw.decode("utf-16" if raw.startswith(b"\xfe\xff") else "latin-1")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.filterwarnings("ignore:no installed font")
def test_without_suffix_everything_is_written(ax, tmp_path):
    paths = save_figure(ax, tmp_path / "made" / "war")
    assert [path.name for path in paths] == [
        *["war.pdf", "war.png", "war.txt", "war.csv", "war.csv.json"]
    ]
    assert names(tmp_path / "made") == sorted(path.name for path in paths)


def test_png_has_300_dpi_and_the_alt_text(tmp_path):
    ax = plot_comparison(comparison())
    png, text, *_ = save_figure(ax, tmp_path / "war.png")
    with Image.open(png) as picture:
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert picture.info["Description"] == describe(ax)
        assert picture.width > 2000
    assert text.read_text(encoding="utf-8") == describe(ax) + "\n"


@pytest.mark.filterwarnings("ignore:no installed font")
def test_alt_text_of_any_script_survives_in_png_and_pdf(ax, tmp_path):
    pdf, png, *_ = save_figure(ax, tmp_path / "war")
    with Image.open(png) as picture:
        assert "和平" in picture.info["Description"]
    assert pdf_info(pdf, "Subject") == describe(ax)
    assert pdf_info(pdf, "Title") == "Words by outlet"


def test_text_in_the_pdf_is_text_in_an_embedded_font(tmp_path):
    pdf, *_ = save_figure(plot_summary(summary()), tmp_path / "war.pdf")
    content = pdf.read_bytes()
    assert b"/FontFile2" in content
    assert b"/Type3" not in content


def test_the_table_behind_is_what_is_shown(tmp_path):
    ax = plot_comparison(comparison(), top=2)
    *_, csv, _ = save_figure(ax, tmp_path / "war.png")
    table = read_table(csv)
    assert table["item"].tolist() == ["word0", "word2"]
    assert table.attrs["mediakit"]["verb"] == "compare"
    assert describe(table) == describe(ax)


def test_a_figure_of_two_plots_has_both_texts_and_tables(tmp_path):
    figure, (left, right) = plt.subplots(1, 2, figsize=(14, 5))
    plot_summary(summary(), ax=left)
    plot_trend(trend(), ax=right)
    paths = save_figure(left, tmp_path / "both.png")
    assert [path.name for path in paths][2:] == [
        *["both_1.csv", "both_1.csv.json", "both_2.csv", "both_2.csv.json"]
    ]
    said = paths[1].read_text(encoding="utf-8")
    assert describe(left) in said
    assert describe(right) in said


def test_the_same_figure_gives_the_same_bytes(tmp_path):
    sums = []
    for name in ("one", "two"):
        ax = plot_trend(trend())
        paths = save_figure(ax, tmp_path / name)
        sums.append([hashlib.sha256(p.read_bytes()).hexdigest() for p in paths[:4]])
    assert sums[0] == sums[1]


@pytest.mark.parametrize("name", ["war.jpg", "war.svg", "war.v2", "war.png.bak"])
def test_other_suffixes_are_refused(name, tmp_path):
    ax = plot_summary(summary())
    with pytest.raises(MediakitError, match=r"must end in \.pdf or \.png or no suffix"):
        save_figure(ax, tmp_path / name)
    assert names(tmp_path) == []


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(MediakitError, match="is a folder"):
        save_figure(plot_summary(summary()), tmp_path)


def test_a_figure_drawn_elsewhere_needs_alt_text(tmp_path):
    _, ax = plt.subplots()
    for alt in (None, " "):
        with pytest.raises(MediakitError, match="a figure needs alt text"):
            save_figure(ax, tmp_path / "own.png", alt=alt)
    assert names(tmp_path) == []
    paths = save_figure(ax, tmp_path / "own.png", alt="An empty square.")
    assert [path.name for path in paths] == ["own.png", "own.txt"]


def test_own_alt_text_replaces_ours(tmp_path):
    paths = save_figure(plot_summary(summary()), tmp_path / "a.png", alt="Two dots.")
    assert paths[1].read_text(encoding="utf-8") == "Two dots.\n"


def test_something_else_than_axes_is_refused(tmp_path):
    with pytest.raises(MediakitError, match="must be a matplotlib Axes"):
        save_figure(plt.figure(), tmp_path / "a.png")


def test_a_break_in_between_leaves_the_old_files_and_no_half_ones(
    tmp_path, monkeypatch
):
    ax = plot_summary(summary())
    save_figure(ax, tmp_path / "war", alt="before")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    whole = figures._write

    def broken(figure, part, kind, alt):
        part.write_bytes(b"half")
        if kind == "png":
            raise KeyboardInterrupt
        whole(figure, part, kind, alt)

    monkeypatch.setattr(figures, "_write", broken)
    with pytest.raises(KeyboardInterrupt):
        save_figure(ax, tmp_path / "war", alt="after")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_reader_of_the_old_file_never_sees_half_of_the_new(tmp_path):
    ax = plot_summary(summary())
    png = save_figure(ax, tmp_path / "war.png")[0]
    place = png.stat().st_ino
    save_figure(ax, tmp_path / "war.png")
    assert png.stat().st_ino != place, "written into, not replaced"


def test_a_path_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(MediakitError, match="cannot write"):
        save_figure(plot_summary(summary()), tmp_path / "file" / "war.png")


@pytest.mark.parametrize(
    "ax", [lambda: plot_trend(trend()), lambda: plot_comparison(comparison([2, -2]))]
)
def test_the_series_differ_in_a_grey_copy(ax, tmp_path):
    png = save_figure(ax(), tmp_path / "grey.png")[0]
    with Image.open(png) as picture:
        grey = np.asarray(picture.convert("L")).ravel().astype(int)
    one, two = (
        round(255 * np.dot(to_rgb(c), [0.299, 0.587, 0.114])) for c in COLOURS[:2]
    )
    assert abs(one - two) > 50
    for level in (one, two):
        assert (abs(grey - level) <= 2).sum() > 2000
