"""conc's corpus, key words, concordance and collocates: prints costs as JSON.

conc asks spaCy for a trained pipeline and then switches its seven components off; a
blank English pipeline with seven idle components of those names is all it uses, and
needs no download. Both sides are built, since conc compares two corpora; concordance
and collocates are of side a alone, about half of the articles.
"""

import json
import logging
import sys
import tempfile
import warnings
from pathlib import Path

import spacy
from conc.collocates import Collocates
from conc.concordance import Concordance
from conc.corpus import Corpus
from conc.keyness import Keyness
from spacy.language import Language
from speed.clock import Clock, pin
from speed.materials import LINES, NODE, SIDES, WINDOW, frame_of

IDLE = "parser ner lemmatizer tagger senter tok2vec attribute_ruler".split()
HALF = "side a only, about half of the articles"


@Language.component("idle")
def idle(document):
    return document


def save_pipeline(folder: Path) -> str:
    pipeline = spacy.blank("en")
    for name in IDLE:
        pipeline.add_pipe("idle", name=name)
    pipeline.to_disk(folder)
    return str(folder)


def build(side: str, place: Path, model: str) -> Corpus:
    file = place / f"{side}.csv"
    corpus = Corpus(name=side, description=side)
    return corpus.build_from_csv(str(file), str(place), text_column="text", model=model)


def session(folder: Path, place: Path) -> dict:
    clock = Clock()
    model = save_pipeline(place / "pipeline")
    frame = frame_of(folder)
    sides = [SIDES["a"], SIDES["b"]]
    for side in sides:
        texts = frame.loc[frame[SIDES["by"]] == side, ["text"]]
        texts[:100].to_csv(place / "warm.csv", index=False)
        texts.to_csv(place / f"{side}.csv", index=False)
    build("warm", place, model)

    def both():
        return [build(side, place, model) for side in sides]

    a, b = clock.step("ids", both, once=True, note="from CSV to its own folder")
    clock.step("keyness", lambda: Keyness(a, b).keywords(page_size=0).to_frame())
    concordance = Concordance(a).concordance
    clock.step("lines", concordance, NODE, page_size=LINES, note=HALF)
    clock.step(
        "collocates",
        lambda: Collocates(a).collocates(NODE, context_length=WINDOW, page_size=0),
        note=HALF,
    )
    clock.steps["associate"] = clock.steps["collocates"]
    return clock.steps


def main(_: str, folder: str, cores: str) -> None:
    pin(int(cores))
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as place:
        print(json.dumps(session(Path(folder), Path(place))))


if __name__ == "__main__":
    main(*sys.argv[1:])
