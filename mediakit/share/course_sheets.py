"""Coding sheets for a class: twelve texts on paper, and the key for the teacher."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from mediakit.clean.boilerplate import clean_boilerplate
from mediakit.load.read import read_articles
from mediakit.measure.tones import INSTRUMENTS
from mediakit.measure.tones_passages import find_tones
from mediakit.share.course_pages import key_page
from mediakit.show.coding_sheets import save_coding
from mediakit.text.codebook_files import load_codebook
from mediakit.text.coding import open_coding
from mediakit.text.coding_sheets import as_articles
from mediakit.text.sample_units import draw_sample
from mediakit.text.samples import load_sample, load_truth
from mediakit.text.tokenize import tokenize

TEXTS, SEED = 12, 1
FRAMES = ["conflict", "human_interest", "economic", "morality", "responsibility"]
ACTOR = "Kelmar"
BOOKS = {
    "frames": {"unit": "article", "by": []},
    "sources": {"unit": "sentence", "by": [], "pattern": ["said", "says", "told"]},
    "tone": {"unit": "sentence", "by": ["outlet"], "pattern": [ACTOR]},
}


def write_sheets(sheets: Path, keys: Path) -> None:
    """Write for each codebook a page to print and a CSV, and what stands behind it.

    Of frames these are the twelve articles of the notebook 70, and the key has what
    the two coders of the constructed corpus said. Of tone they are sentences about one
    actor, of every outlet, and the key has what two instruments say of each.
    """
    sheets.mkdir(parents=True, exist_ok=True)
    keys.mkdir(parents=True, exist_ok=True)
    articles = clean_boilerplate(load_sample("strait").articles)
    for book, how in BOOKS.items():
        drawn = draw_sample(articles, size=TEXTS, seed=SEED, **how)
        with TemporaryDirectory() as place:
            asked = load_codebook(book)
            asked = asked.fill(actor=ACTOR) if book == "tone" else asked
            coding = open_coding(Path(place) / book, sample=drawn, codebook=asked)
            save_coding(coding, sheets / f"{book}.html")
        key = pd.DataFrame(drawn.attrs["mediakit"]["key"])
        key.insert(0, "text", range(1, len(key) + 1))
        key["published"] = key["published"].str[:10]
        key = key[["text", "unit_id", "article_id", "outlet", "published"]]
        if book == "frames":
            key = _with_codes(key)
        if book == "tone":
            key = _with_scores(key, drawn)
        page = key_page(key, book)
        (keys / f"key_to_{book}.html").write_bytes(page.encode("utf-8"))


def _with_scores(key: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """Add what instruments of tone say of each sentence, and where they are mute."""
    read = tokenize(read_articles(as_articles(drawn)))
    told = find_tones(read).groupby(["article_id", "method"])["score"].mean().unstack()
    scores = told.reindex(key["unit_id"]).map("{:+.2f}".format, na_action="ignore")
    scores = scores[list(INSTRUMENTS)].fillna("no known word").reset_index(drop=True)
    return pd.concat([key, scores], axis=1)


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
