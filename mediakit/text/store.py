"""Saved corpora: a folder of Arrow IPC and NumPy files, memory-mapped when opened."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from mediakit.arrow_files import (
    read_strings,
    read_table,
    write_strings,
    write_table,
)
from mediakit.errors import MediakitError
from mediakit.folders import new_folder, read_index, write_index
from mediakit.text.chunks import Chunks
from mediakit.text.compact import take_articles
from mediakit.text.corpus import Corpus
from mediakit.text.derived import INDEX as DERIVED_INDEX
from mediakit.text.derived import open_derived
from mediakit.text.part import Part, merge_vocabularies
from mediakit.text.pieces import Pieces
from mediakit.text.shard import FIELDS, Layer, Shard, View

INDEX = "corpus.json"
FORMAT = 1
TOKEN_ARRAYS = ("ids", "offsets", "flags", "begins")
CHUNK_ARRAYS = ("ids", "offsets")
PIECE_ARRAYS = ("offsets", "ids", "begins")
LAYER_ARRAYS = ("starts", "ends", "labels")


def save_corpus(corpus: Corpus, folder: str | os.PathLike) -> None:
    """Save a corpus; the folder appears under its name only when it is complete."""
    corpus.need_order("saving a corpus (a derived corpus is saved already)")
    corpus = _compact(corpus)
    with new_folder(folder, index=INDEX) as work:
        write_table(work / "articles.arrow", pa.Table.from_pandas(corpus.metadata))
        write_strings(work / "vocabulary.arrow", corpus.vocabulary)
        for number, part in enumerate(corpus.parts):
            _save_part(work / f"shard-{number:05d}", part)
        content = {
            "format": FORMAT,
            "shards": len(corpus.parts),
            "tokenizer": corpus.tokenizer,
            "language": corpus.language,
            "view": [corpus.view.field, *map(list, corpus.view.steps)],
            "provenance": corpus.provenance,
        }
        write_index(work, INDEX, content)


def open_corpus(folder: str | os.PathLike, *, verify: bool | None = None) -> Corpus:
    """Open a saved corpus, or a derived one.

    Parameters
    ----------
    folder : path
        What ``corpus.save`` or `derive` wrote.
    verify : bool, optional
        Compare every file with its checksum; by default where that takes seconds
        (under 2 GB). Sizes are compared always.

    Returns
    -------
    Corpus
        Memory-mapped: pages are read when they are used.

    Raises
    ------
    MediakitError
        If the folder is no corpus, is incomplete or was changed.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd, tempfile
    >>> articles = mk.read_articles(pd.DataFrame({"text": ["Peace holds."]}))
    >>> with tempfile.TemporaryDirectory() as place:
    ...     mk.tokenize(articles).save(f"{place}/corpus")
    ...     len(mk.open_corpus(f"{place}/corpus"))
    1
    """
    folder = Path(folder)
    if (folder / DERIVED_INDEX).is_file():
        return open_derived(folder)
    content = read_index(folder, index=INDEX, what="saved corpus", verify=verify)
    if content["format"] != FORMAT:
        raise MediakitError(
            f"{str(folder)!r} has format {content['format']}, this mediakit reads "
            f"format {FORMAT}; tokenize the articles again."
        )
    field, *steps = content["view"]
    table = read_table(folder / "articles.arrow").to_pandas()
    parts = tuple(
        _open_part(folder / f"shard-{number:05d}")
        for number in range(content["shards"])
    )
    return Corpus(
        metadata=table,
        parts=parts,
        vocabulary=read_strings(folder / "vocabulary.arrow"),
        tokenizer=content["tokenizer"],
        language=content["language"],
        view=View(field, tuple(map(tuple, steps))),
        provenance=content["provenance"],
    )


def _compact(corpus: Corpus) -> Corpus:
    """Return the corpus without the articles that a subset left behind."""
    if all(part.rows is None for part in corpus.parts):
        return corpus
    shards = [
        part.shard if part.rows is None else take_articles(part.shard, part.rows)
        for part in corpus.parts
    ]
    vocabulary, maps = merge_vocabularies([shard.vocabulary for shard in shards])
    parts = tuple(Part(*pair) for pair in zip(shards, maps, strict=True))
    return replace(corpus, parts=parts, vocabulary=vocabulary)


def _save_part(folder: Path, part: Part) -> None:
    folder.mkdir()
    shard = part.shard
    for field in FIELDS:
        write_strings(folder / f"{field}.arrow", shard.texts[field])
    write_strings(folder / "types.arrow", shard.vocabulary)
    write_strings(folder / "chunk_types.arrow", shard.chunks.vocabulary)
    _save_arrays(folder, "token", TOKEN_ARRAYS, shard)
    _save_arrays(folder, "chunk", CHUNK_ARRAYS, shard.chunks)
    if shard.pieces is not None:
        _save_arrays(folder, "piece", PIECE_ARRAYS, shard.pieces)
    np.save(folder / "to_global.npy", part.to_global)
    for name, layer in shard.layers.items():
        _save_arrays(folder, f"layer-{name}", LAYER_ARRAYS, layer)
        write_strings(
            folder / f"layer-{name}-names.arrow",
            pa.array(layer.names, pa.large_string()),
        )


def _open_part(folder: Path) -> Part:
    pieces = _load_arrays(folder, "piece", PIECE_ARRAYS)
    layers = {}
    for path in sorted(folder.glob("layer-*-names.arrow")):
        name = path.name.removeprefix("layer-").removesuffix("-names.arrow")
        arrays = _load_arrays(folder, f"layer-{name}", LAYER_ARRAYS)
        layers[name] = Layer(**arrays, names=tuple(read_strings(path).to_pylist()))
    shard = Shard(
        texts={field: read_strings(folder / f"{field}.arrow") for field in FIELDS},
        chunks=Chunks(
            **_load_arrays(folder, "chunk", CHUNK_ARRAYS),
            vocabulary=read_strings(folder / "chunk_types.arrow"),
        ),
        vocabulary=read_strings(folder / "types.arrow"),
        pieces=Pieces(**pieces) if pieces else None,
        layers=layers,
        **_load_arrays(folder, "token", TOKEN_ARRAYS),
    )
    return Part(
        shard, np.load(folder / "to_global.npy", mmap_mode="r", allow_pickle=False)
    )


def _save_arrays(folder: Path, kind: str, names: tuple[str, ...], holder) -> None:
    for name in names:
        if getattr(holder, name) is not None:
            np.save(folder / f"{kind}-{name}.npy", getattr(holder, name))


def _load_arrays(folder: Path, kind: str, names: tuple[str, ...]) -> dict:
    return {
        name: np.load(folder / f"{kind}-{name}.npy", mmap_mode="r", allow_pickle=False)
        for name in names
        if (folder / f"{kind}-{name}.npy").is_file()
    }
