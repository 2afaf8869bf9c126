"""Saved corpora: a folder of Arrow IPC and NumPy files, memory-mapped when opened."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pyarrow as pa

from mediakit.arrow_files import (
    read_strings,
    read_table,
    write_strings,
    write_table,
)
from mediakit.errors import MediakitError
from mediakit.folders import new_folder, read_content, read_index, write_index
from mediakit.remote import is_remote
from mediakit.scratch import fetch_folder, scratch, upload_folder
from mediakit.text.compact import take_articles
from mediakit.text.corpus import Corpus
from mediakit.text.derived import INDEX as DERIVED_INDEX
from mediakit.text.derived import open_derived
from mediakit.text.fingerprint import fingerprint_of
from mediakit.text.opened import SHARD_INDEX, open_remote, open_shard, write_shard
from mediakit.text.part import Part, merge_vocabularies, open_part
from mediakit.text.views import View

INDEX = "corpus.json"
FORMAT = 2


def save_corpus(corpus: Corpus, folder: str | os.PathLike) -> None:
    """Save a corpus; the folder appears under its name only when it is complete.

    Of a subset nothing else is saved, one shard after the other.
    """
    corpus.need_order("saving a corpus (a derived corpus is saved already)")
    if is_remote(folder):
        with TemporaryDirectory(prefix="corpus-", dir=scratch()) as place:
            save_corpus(corpus, Path(place) / "corpus")
            upload_folder(Path(place) / "corpus", str(folder), index=INDEX)
        return
    with new_folder(folder, index=INDEX) as work:
        for number, part in enumerate(corpus.parts):
            shard, rows = part.shard, part.rows
            shard = shard if rows is None else take_articles(shard, rows)
            write_shard(work / shard_name(number), shard)
        about = {
            "tokenizer": corpus.tokenizer,
            "language": corpus.language,
            "view": [corpus.view.field, *map(list, corpus.view.steps)],
            "provenance": corpus.provenance,
        }
        finish_corpus(work, corpus.metadata, about)


def shard_name(number: int) -> str:
    """Return the name of a shard's folder in that of its corpus."""
    return f"shard-{number:05d}"


def finish_corpus(work: Path, metadata: pd.DataFrame, about: dict) -> None:
    """Write what makes a corpus of the shards in a folder, its index last."""
    shards = sorted(path.parent for path in work.glob(f"shard-*/{SHARD_INDEX}"))
    vocabularies = [read_strings(shard / "types.arrow") for shard in shards]
    vocabulary, maps = merge_vocabularies(vocabularies)
    write_strings(work / "vocabulary.arrow", vocabulary)
    for number, to_global in enumerate(maps):
        np.save(work / _numbers_name(number), to_global)
    write_table(work / "articles.arrow", pa.Table.from_pandas(metadata))
    hashes = [np.load(shard / "hashes.npy", allow_pickle=False) for shard in shards]
    content = {
        "format": FORMAT,
        "shards": len(shards),
        "articles": len(metadata),
        "fingerprint": fingerprint_of(metadata["article_id"], hashes),
        **about,
    }
    write_index(work, INDEX, content, inner=SHARD_INDEX)


def _numbers_name(number: int) -> str:
    return f"types-{number:05d}.npy"


def open_corpus(folder: str | os.PathLike, *, verify: bool | None = None) -> Corpus:
    """Open a saved corpus, or a derived one.

    Parameters
    ----------
    folder : path
        What ``corpus.save``, `tokenize` or `derive` wrote; or an address such as
        "s3://bucket/corpus" (with ``mediakit[scale]``), whose shards are copied to
        this machine when they are used.
    verify : bool, optional
        Compare every file with its checksum; by default where that takes seconds
        (under 512 MB). Sizes are compared always.

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
    if is_remote(folder):
        return _from_address(str(folder).rstrip("/"))
    folder = Path(folder)
    if (folder / DERIVED_INDEX).is_file():
        return open_derived(folder)
    content = read_index(
        folder, index=INDEX, what="saved corpus", verify=verify, inner=SHARD_INDEX
    )
    return _corpus(folder.resolve(), content, partial(_local_part, folder.resolve()))


def _from_address(address: str) -> Corpus:
    """Open a corpus in object storage; its shards are copied when they are used."""
    copy = fetch_folder(address, index=INDEX, what="saved corpus")
    content = read_content(copy / INDEX)
    part = partial(_remote_part, address, content["files"])
    return _corpus(copy, content, part)


def _local_part(folder: Path, number: int) -> Part:
    shard = open_shard(str(folder / shard_name(number)))
    return open_part(shard, str(folder / _numbers_name(number)))


def _remote_part(address: str, files: dict, number: int) -> Part:
    place, numbers = shard_name(number), _numbers_name(number)
    digest = files[f"{place}/{SHARD_INDEX}"]["sha256"]
    shard = open_remote(f"{address}/{place}", digest, {})
    return open_part(shard, f"{address}/{numbers}#sha256={files[numbers]['sha256']}")


def _corpus(folder: Path, content: dict, part: Callable[[int], Part]) -> Corpus:
    if content["format"] != FORMAT:
        raise MediakitError(
            f"{str(folder)!r} has format {content['format']}, this mediakit reads "
            f"format {FORMAT}; tokenize the articles again."
        )
    field, *steps = content["view"]
    return Corpus(
        metadata=read_table(folder / "articles.arrow").to_pandas(),
        parts=tuple(map(part, range(content["shards"]))),
        vocabulary=read_strings(folder / "vocabulary.arrow"),
        tokenizer=content["tokenizer"],
        language=content["language"],
        view=View(field, tuple(map(tuple, steps))),
        provenance=content["provenance"],
        known_fingerprint=content["fingerprint"],
    )
