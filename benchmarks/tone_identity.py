"""Are all scores the libraries' own? On every text of a folder, and on made-up ones.

Run: python benchmarks/tone_identity.py FOLDER [--part N] [--fuzz N] [--seed S]
It prints, for each folder in FOLDER, how many texts and sentences were scored by
mediakit and by the library, and in how many any number differs in its last bit.

Texts are all strings in tables and JSON, and whole files of other kinds, archives
unpacked; longer ones are cut at blanks into pieces of 20,000 characters, as VADER's
time grows with the square. With --part every N-th text is taken.
"""

import argparse
import gzip
import io
import json
import platform
import random
import re
import tarfile
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from nltk.tokenize import WhitespaceTokenizer
from textblob import TextBlob, _text
from textblob.en import sentiment

import mediakit as mk
from mediakit.measure.sentiment_engines import engine_of
from mediakit.measure.sentiment_units import unit_blocks
from mediakit.schema import complete_articles
from mediakit.text.words import MOST_UNSEGMENTED, unsegmented_share

vader = import_module("vaderSentiment.vaderSentiment")
ANALYZER = vader.SentimentIntensityAnalyzer()
ITEMS = ("compound", "pos", "neu", "neg")
LONGEST, BATCH, KEPT = 20_000, 2_000, 50_000
LIBRARY = {
    "vader": lru_cache(KEPT)(
        lambda text: list(map(ANALYZER.polarity_scores(text).get, ITEMS))
    ),
    "textblob": lru_cache(KEPT)(lambda text: list(TextBlob(text).sentiment)),
}
SIGNS = (
    "( ! ) (!) ( !) (! ) 8 D x X box note: (see 3 8) :( : ( :- ? !!! ??? . ... o. O "
    "'We “good” ‘bad’ U.S. Mr. e.g. 12:3 Ü ΣΑΣ 😁 good😁bad ♥ <3 n't don't didn’t "
    "kind of at least but BUT no or nor never so this without doubt to die for kiss "
    "death the a is"
).split()


def files_of(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files inside a file, archives unpacked."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from files_of(inner, archive.read(inner))
    elif name.endswith((".tar.gz", ".tgz")):
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for inner in filter(tarfile.TarInfo.isfile, archive.getmembers()):
                yield from files_of(inner.name, archive.extractfile(inner).read())
    elif name.endswith(".gz"):
        yield from files_of(name[:-3], gzip.decompress(data))
    else:
        yield name, data


def strings(value) -> Iterator[str]:
    """Yield all strings in what JSON holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def texts_of(name: str, data: bytes) -> Iterator[str]:
    """Yield the texts of a file."""
    text = data.decode("utf-8", errors="replace")
    try:
        if name.endswith((".csv", ".tsv")):
            separator = "\t" if name.endswith(".tsv") else ","
            table = pd.read_csv(io.StringIO(text), sep=separator, dtype=str)
            for column in table:
                yield from table[column].dropna()
        elif name.endswith((".json", ".jsonl")):
            lines = text.splitlines() if name.endswith("l") else [text]
            for line in filter(str.strip, lines):
                yield from strings(json.loads(line))
        else:
            yield text
    except ValueError:
        yield text


def pieces(text: str) -> Iterator[str]:
    """Yield a text, or pieces of it, cut at blanks."""
    while len(text) > LONGEST:
        cut = text.rfind(" ", 1, LONGEST)
        cut = LONGEST if cut < 0 else cut
        yield text[:cut]
        text = text[cut:]
    yield text


def real(folder: Path, part: int) -> list[str]:
    """Return every part-th different text of a folder that has a letter."""
    found = {}
    for path in sorted(filter(Path.is_file, folder.rglob("*"))):
        for name, data in files_of(path.name, path.read_bytes()):
            if b"\0" not in data[:1000]:
                for text in texts_of(name.lower(), data):
                    found |= dict.fromkeys(
                        filter(re.compile(r"\w").search, pieces(text))
                    )
    return list(found)[::part]


def made_up(number: int, seed: int) -> list[str]:
    """Return texts of lexicon words, negations, signs and split emoticons."""
    rng = random.Random(seed)
    faces = [face for group in _text.EMOTICONS.values() for face in group]
    faces = sorted(
        {f"{f[:at]} {f[at:]}".strip() for f in faces for at in range(len(f))}
    )
    phrases = sorted(vader.SPECIAL_CASES)
    known = sorted({*ANALYZER.lexicon, *sentiment, *vader.BOOSTER_DICT, *vader.NEGATE})
    kinds = [
        known,
        known,
        sorted(vader.BOOSTER_DICT),
        vader.NEGATE,
        phrases,
        SIGNS,
        faces,
    ]

    def word():
        how = rng.choice([str, str, str, str.upper, str.title])
        return how(rng.choice(rng.choice(kinds))) + rng.choice(
            ["", "", "", ".", ",", "!", "?", '"', ":", "’s", ")", "..."]
        )

    return [
        rng.choice([" ", "  ", "\n", "\n\n", "\u2003"]).join(
            word() for _ in range(rng.randint(1, 40))
        )
        for _ in range(number)
    ]


def batches(texts: list[str]) -> Iterator[tuple[list[str], str | WhitespaceTokenizer]]:
    """Yield texts and their tokenizer; ours refuses what has no spaces."""
    rare = [unsegmented_share(text) > MOST_UNSEGMENTED for text in texts]
    for tokenizer, asked in ("words", False), (WhitespaceTokenizer(), True):
        some = [text for text, one in zip(texts, rare, strict=True) if one is asked]
        for at in range(0, len(some), BATCH):
            yield some[at : at + BATCH], tokenizer


def differences(texts: list[str], tokenizer, method: str) -> tuple[int, int, int]:
    """Return sentences, articles that differ and sentences that differ."""
    articles = pd.DataFrame({"text": pd.Series(texts, dtype="str"), "outlet": "A"})
    articles["article_id"] = [str(number) for number in range(len(texts))]
    articles = complete_articles(articles.assign(title=""))
    corpus = mk.tokenize(articles, tokenizer=tokenizer)
    (part,), view = corpus.parts, corpus.view
    engine, own = engine_of(method, corpus), LIBRARY[method]
    whole = engine.tone(part, view, "article")
    wrong = sum(
        found != own(texts[row])
        for row, found in zip(whole.rows.tolist(), whole.values.tolist(), strict=True)
    )
    tone = engine.tone(part, view, "sentence")
    words = part.shard.chunks.vocabulary.to_pylist()
    scored = iter(tone.values.tolist())
    wrongly = 0
    for units in unit_blocks(part, view, "sentence"):
        for a, b in zip(units.edges[:-1], units.edges[1:], strict=True):
            text = " ".join(words[chunk] for chunk in units.chunks[a:b])
            wrongly += next(scored) != own(text)
    return len(tone.rows), wrong, wrongly


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--fuzz", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    packages = ("vaderSentiment", "textblob", "numpy", "pyarrow")
    print(f"Python {platform.python_version()},", end=" ")
    print(", ".join(f"{name} {version(name)}" for name in packages))
    print(f"every {asked.part}. text, seed {asked.seed}\n")
    print("| source | method | texts | sentences | texts differ | sentences differ |")
    print("| --- | --- | --- | --- | --- | --- |")
    sources = {f"made up, seed {asked.seed}": made_up(asked.fuzz, asked.seed)}
    folders = sorted(filter(Path.is_dir, asked.folder.iterdir()))
    for name in [*sources, *folders]:
        texts = sources[name] if name in sources else real(name, asked.part)
        for method in LIBRARY:
            sums = np.sum([differences(*one, method) for one in batches(texts)], axis=0)
            cells = getattr(name, "name", name), method, f"{len(texts):,}"
            figures = (f"{figure:,}" for figure in np.atleast_1d(sums).tolist())
            print("|", " | ".join([*cells, *figures]), "|", flush=True)


if __name__ == "__main__":
    main()
