"""Files -> a saved corpus, one shard after the other, and on again after a crash."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from mediakit import remote
from mediakit.arrow_files import read_table, write_table
from mediakit.folders import new_folder
from mediakit.load.account import Ledger
from mediakit.load.articles import count_texts, finish_articles
from mediakit.load.identity import content_digests, text_lengths
from mediakit.load.read import report_reading
from mediakit.load.sources import existing
from mediakit.load.staging import convert_files
from mediakit.load.tables import (
    Run,
    TextReader,
    join_texts,
    parquet_tables,
    read_metadata,
)
from mediakit.making import MADE, making
from mediakit.progress import progress
from mediakit.scratch import check_address, scratch_of, upload_folder
from mediakit.text import tokenize as tokenizing
from mediakit.text.build import build_shard
from mediakit.text.opened import SHARD_INDEX, write_shard
from mediakit.text.store import FORMAT, INDEX, finish_corpus, shard_name
from mediakit.workers import each, far

NOTES = "notes"
STAGED = "converted"
ABOUT = ["article_id", "outlet", "published"]


@dataclass(frozen=True)
class Piece:
    """The rows that become one shard; `texts` where they have been read already."""

    number: int
    runs: tuple[Run, ...]
    about: pd.DataFrame
    texts: list[pd.DataFrame] | None = None


def tokenize_files(path, folder, tokenizer, about: dict) -> None:
    """Make the corpus of all files under a path; see `mediakit.tokenize`."""
    path = str(path) if remote.is_remote(path) else str(existing(path).resolve())
    files = [file._replace(path="") for file in remote.list_files(path)]
    job = {
        "source": remote.readable(path),
        "files": files,
        "tokenizer": _rules(tokenizer),
        "shards": [tokenizing.SHARD_ARTICLES, tokenizing.SHARD_BYTES],
        "made_by": [version("mediakit"), FORMAT],
        **about,
    }
    far_away = remote.is_remote(folder)
    if far_away:
        check_address(str(folder), index=INDEX)
    made = scratch_of(str(folder)) if far_away else Path(folder)
    with making(made, index=INDEX, job=job) as work:
        (work / NOTES).mkdir(exist_ok=True)
        ledger = Ledger()
        articles, runs, guesses = _plan(path, work, ledger)
        pieces = _pieces(articles, runs, work)
        shards = each(make_shard, pieces, tokenizer, str(work))
        for _ in progress(shards, what="tokenizing", total=len(runs)):
            pass
        articles = _finished(articles, len(runs), work, ledger)
        report_reading(articles, ledger, guesses, remote.readable(Path(path).name))
        provenance = tokenizing.provenance_of(articles)
        metadata = articles.drop(columns=["title", "text"])
        view = {"view": ["text"], "provenance": provenance}
        finish_corpus(work / MADE, metadata, {**about, **view})
    if far_away:
        upload_folder(made, str(folder), index=INDEX)
        shutil.rmtree(made)


def _rules(tokenizer) -> str:
    if isinstance(tokenizer, str):
        return tokenizer
    return f"{type(tokenizer).__qualname__} {sorted(vars(tokenizer).items())}"


def _plan(path: str, work: Path, ledger: Ledger):
    """Return ARTICLES without texts, the rows of each shard, and what was guessed."""
    tables = parquet_tables(path)
    folder = remote.is_remote(path) or Path(path).is_dir()
    converted = {}
    if tables is None:
        tables, converted = convert_files(existing(path), work / STAGED, ledger)
    else:
        ledger.add("files read", len(tables))
    named = folder or len({table.name for table in tables}) > 1
    articles, guesses, sizes, texts = read_metadata(tables, ledger, named=named)
    cuts = tokenizing.shard_cuts(np.cumsum(sizes))
    ends = np.cumsum([table.open().metadata.num_rows for table in tables])
    starts = ends - np.diff(ends, prepend=0)
    runs = []
    for first, last in cuts:
        inside = np.flatnonzero((starts < last) & (ends > first))
        spans = [(n, max(first, starts[n]), min(last, ends[n])) for n in inside]
        runs.append(
            tuple(
                Run(tables[n], int(low - starts[n]), int(high - low), texts[n])
                for n, low, high in spans
            )
        )
    return articles, runs, guesses | converted


def _pieces(articles: pd.DataFrame, runs: list, work: Path) -> Iterator[Piece]:
    """Yield what is not made yet, with its texts where this process makes it."""
    reader, first, send = TextReader(), 0, far()
    for number, of_shard in enumerate(runs):
        last = first + sum(run.rows for run in of_shard)
        about = articles[ABOUT].iloc[first:last].reset_index(drop=True)
        first = last
        piece = Piece(number, of_shard, about)
        if not (work / MADE / shard_name(number) / SHARD_INDEX).is_file():
            yield piece if send else replace(piece, texts=_texts(of_shard, reader))


def _texts(runs: tuple[Run, ...], reader: TextReader) -> list[pd.DataFrame]:
    return [batch for run in runs for batch in reader.read(run)]


def make_shard(piece: Piece, tokenizer, work: str) -> None:
    """Read, check and tokenize the articles of one shard, and write it."""
    ledger, work = Ledger(), Path(work)
    texts = piece.texts if piece.texts is not None else _texts(piece.runs, TextReader())
    frame = piece.about.join(join_texts(texts, ledger))
    held, digests = count_texts(frame, ledger), content_digests(frame)
    arrays = [tokenizing.strings(frame[name]) for name in ("title", "text")]
    shard = build_shard(*arrays, tokenizer)
    if tokenizer == "words":
        given = frame["article_id"].to_numpy()
        made = [f"{digest:016x}" for digest in digests]
        names = np.where(pd.isna(given), made, given)
        tokenizing.check_spaces([shard], names)
    columns = {"digest": digests, "held": held, "bytes": text_lengths(frame)}
    notes = pa.table(columns, metadata={"ledger": json.dumps(ledger.stored)})
    path = work / NOTES / f"{piece.number:05d}.arrow"
    write_table(path.with_suffix(".part"), notes)
    os.replace(path.with_suffix(".part"), path)
    with new_folder(work / MADE / shard_name(piece.number), index=SHARD_INDEX) as new:
        write_shard(new, shard)


def _finished(articles, shards: int, work: Path, ledger: Ledger) -> pd.DataFrame:
    """Give the articles their ids, account and checksum, from the shards' notes."""
    tables = [read_table(work / NOTES / f"{n:05d}.arrow") for n in range(shards)]
    for table in tables:
        ledger.take(Ledger(json.loads(table.schema.metadata[b"ledger"])))
    columns = ("digest", np.uint64), ("held", bool), ("bytes", np.uint64)
    digests, held, lengths = (
        np.concatenate([np.empty(0, kind), *(t[name].to_numpy() for t in tables)])
        for name, kind in columns
    )
    return finish_articles(articles, digests, held, ledger, lengths)
