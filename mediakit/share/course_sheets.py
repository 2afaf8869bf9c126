"""Coding sheets for a class: twelve texts on paper, and the key for the teacher."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from mediakit.clean.boilerplate import clean_boilerplate
from mediakit.share.course_pages import key_page
from mediakit.show.coding_sheets import save_coding
from mediakit.text.coding import open_coding
from mediakit.text.sample_units import draw_sample
from mediakit.text.samples import load_sample, load_truth

TEXTS, SEED = 12, 1
FRAMES = ["conflict", "human_interest", "economic", "morality", "responsibility"]
BOOKS = {
    "frames": {"unit": "article", "by": []},
    "sources": {"unit": "sentence", "by": [], "pattern": ["said", "says", "told"]},
}


def write_sheets(sheets: Path, keys: Path) -> None:
    """Write for each codebook a page to print and a CSV, and what stands behind it.

    Of frames these are the twelve articles of the notebook 70, and the key has what
    the two coders of the constructed corpus said.
    """
    sheets.mkdir(parents=True, exist_ok=True)
    keys.mkdir(parents=True, exist_ok=True)
    articles = clean_boilerplate(load_sample("strait").articles)
    for book, how in BOOKS.items():
        drawn = draw_sample(articles, size=TEXTS, seed=SEED, **how)
        with TemporaryDirectory() as place:
            coding = open_coding(Path(place) / book, sample=drawn, codebook=book)
            save_coding(coding, sheets / f"{book}.html")
        key = pd.DataFrame(drawn.attrs["mediakit"]["key"])
        key.insert(0, "text", range(1, len(key) + 1))
        key["published"] = key["published"].str[:10]
        key = key[["text", "unit_id", "article_id", "outlet", "published"]]
        page = key_page(_with_codes(key) if book == "frames" else key, book)
        (keys / f"key_to_{book}.html").write_bytes(page.encode("utf-8"))


def _with_codes(key: pd.DataFrame) -> pd.DataFrame:
    """Add what the two coders saw: the frames of each, by name."""
    truth = load_truth("frames")
    told = [
        ", ".join(name.replace("_", " ") for name in FRAMES if row[name]) or "none"
        for row in truth.to_dict("records")
    ]
    saw = truth[["article_id", "coder"]].assign(saw=told)
    wide = saw.pivot(index="article_id", columns="coder", values="saw")
    wide = wide.rename(columns="coder {} saw".format).reset_index()
    return key.merge(wide, on="article_id", how="left")
