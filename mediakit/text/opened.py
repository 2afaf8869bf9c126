"""Shards on disk: a folder each, whole or not there.

Nothing is read before it is used, and other processes open them by themselves.
"""

from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from mediakit.arrow_files import read_strings, write_strings
from mediakit.folders import read_content, write_index
from mediakit.scratch import fetch_folder
from mediakit.text.chunks import Chunks
from mediakit.text.opened_checks import (
    check_edges,
    check_layer,
    check_pieces,
    check_sizes,
    check_within,
    load_numbers,
)
from mediakit.text.pieces import Pieces
from mediakit.text.postings import Postings
from mediakit.text.shard import FIELDS, Shard
from mediakit.text.views import Layer

SHARD_INDEX = "shard.json"
ARRAYS = {
    "token": ("ids", "offsets", "flags", "begins"),
    "chunk": ("ids", "offsets"),
    "piece": ("offsets", "ids", "begins"),
    "index": ("offsets", "positions"),
    "layer": ("starts", "ends", "labels"),
}
OPENED = 8


def write_shard(folder: Path, shard: Shard) -> None:
    """Write a shard into a folder, its index last."""
    folder.mkdir(exist_ok=True)
    for field in FIELDS:
        write_strings(folder / f"{field}.arrow", shard.texts[field])
    write_strings(folder / "types.arrow", shard.vocabulary)
    write_strings(folder / "chunk_types.arrow", shard.chunks.vocabulary)
    _save_arrays(folder, "token", shard)
    _save_arrays(folder, "chunk", shard.chunks)
    _save_arrays(folder, "index", shard.postings)
    if shard.pieces is not None:
        _save_arrays(folder, "piece", shard.pieces)
    np.save(folder / "hashes.npy", shard.hashes)
    for number, layer in enumerate(shard.layers.values()):
        _save_arrays(folder, "layer", layer, f"-{number}")
    layers = {name: list(layer.names) for name, layer in shard.layers.items()}
    content = {"articles": len(shard), "tokens": len(shard.ids), "layers": layers}
    write_index(folder, SHARD_INDEX, content)


def open_shard(folder: str, added: dict[str, Layer] | None = None) -> "OpenedShard":
    """Open a shard's folder, with layers `added` since; the last few stay open."""
    stat = (Path(folder) / SHARD_INDEX).stat()
    shard = _opened(folder, stat.st_mtime_ns, stat.st_size)
    for name, layer in (added or {}).items():
        shard = shard.with_layer(name, layer)
    return shard


@lru_cache(OPENED)
def _opened(folder: str, *_) -> "OpenedShard":
    return OpenedShard(Path(folder))


class OpenedShard(Shard):
    """A shard on disk; it travels to another process as its path."""

    def __init__(self, folder: Path, added: dict[str, Layer] | None = None):
        self.__dict__.update(folder=folder, added=added or {}, _counts={})

    def __reduce__(self):
        return open_shard, (str(self.folder), self.added)

    def with_layer(self, name: str, layer: Layer) -> "OpenedShard":
        """Return the shard with one more layer, held in memory."""
        other = object.__new__(type(self))
        known = {key: one for key, one in self.__dict__.items() if key != "layers"}
        added = {**self.added, name: layer}
        other.__dict__.update(known, added=added, _counts={})
        return other

    def __len__(self):
        return self.about["articles"]

    @cached_property
    def about(self) -> dict:
        """What its index says: articles, tokens and layers."""
        return read_content(self.folder / SHARD_INDEX)

    def _array(self, kind: str, name: str, number: str = "") -> np.ndarray | None:
        path = self.folder / f"{kind}{number}-{name}.npy"
        return load_numbers(path) if path.is_file() else None

    def _arrays(self, kind: str, number: str = "") -> dict:
        return {name: self._array(kind, name, number) for name in ARRAYS[kind]}

    @cached_property
    def texts(self) -> dict[str, pa.LargeStringArray]:
        """The titles and the texts."""
        texts = {name: read_strings(self.folder / f"{name}.arrow") for name in FIELDS}
        for name, held in texts.items():
            check_sizes(name, self.folder, texts=(len(held), len(self)))
        return texts

    @cached_property
    def chunks(self) -> Chunks:
        """The white-space chunks."""
        vocabulary = read_strings(self.folder / "chunk_types.arrow")
        arrays = self._arrays("chunk")
        self._check_offsets("chunk-offsets", arrays["offsets"], len(arrays["ids"]))
        return Chunks(**arrays, vocabulary=vocabulary)

    @cached_property
    def vocabulary(self) -> pa.LargeStringArray:
        """The types of this shard."""
        return read_strings(self.folder / "types.arrow")

    @cached_property
    def pieces(self) -> Pieces | None:
        """The tokens inside each unique chunk."""
        pieces = self._arrays("piece")
        if pieces["ids"] is None:
            return None
        sizes = len(self.chunks.vocabulary), len(self.vocabulary)
        return check_pieces(Pieces(**pieces), *sizes, self.folder)

    @cached_property
    def postings(self) -> Postings:
        """Where each local type stands, in all fields."""
        arrays, types = self._arrays("index"), len(self.vocabulary)
        check_edges("index-offsets", arrays["offsets"], len(self.ids), self.folder)
        check_sizes(
            "the index",
            self.folder,
            places=(len(arrays["positions"]), len(self.ids)),
            offsets=(len(arrays["offsets"]), types + 1),
        )
        return Postings(**arrays)

    @cached_property
    def hashes(self) -> np.ndarray:
        """The sha256 of each article's title and text: 32 bytes (uint8) a row."""
        hashes = load_numbers(self.folder / "hashes.npy", axes=2)
        check_sizes("hashes", self.folder, shape=(hashes.shape, (len(self), 32)))
        return hashes

    @cached_property
    def layers(self) -> dict[str, Layer]:
        """The layers saved with it, and those added since."""
        saved = {
            name: Layer(**self._arrays("layer", f"-{number}"), names=tuple(names))
            for number, (name, names) in enumerate(self.about["layers"].items())
        }
        size = len(self.ids)
        for layer in saved.values():
            check_layer(layer, size, self.folder)
        return saved | self.added

    @cached_property
    def ids(self) -> np.ndarray:
        """The local type of each token."""
        return self._array("token", "ids")

    @cached_property
    def offsets(self) -> np.ndarray:
        """Where the tokens of each document begin."""
        offsets = self._array("token", "offsets")
        self._check_offsets("token-offsets", offsets, len(self.ids))
        return offsets

    @cached_property
    def flags(self) -> np.ndarray:
        """Which tokens begin a sentence or paragraph."""
        flags = self._array("token", "flags")
        check_sizes("token-flags", self.folder, tokens=(flags.shape, self.ids.shape))
        return flags

    @cached_property
    def begins(self) -> np.ndarray | None:
        """The byte starts of tokens, where they are stored."""
        begins = self._array("token", "begins")
        if begins is not None:
            check_sizes("token-begins", self.folder, s=(begins.shape, self.ids.shape))
        return begins

    @cached_property
    def known_ids(self) -> np.ndarray:
        """The ids of tokens, each of them looked at."""
        check_within("token-ids", self.ids, len(self.vocabulary), self.folder)
        return self.ids

    @cached_property
    def known_chunk_ids(self) -> np.ndarray:
        """The ids of chunks, each of them looked at."""
        ids, unique = self.chunks.ids, len(self.chunks.vocabulary)
        check_within("chunk-ids", ids, unique, self.folder)
        return ids

    def _check_offsets(self, what: str, offsets: np.ndarray, size: int) -> None:
        documents = len(FIELDS) * len(self)
        check_edges(what, offsets, size, self.folder)
        check_sizes(what, self.folder, documents=(len(offsets) - 1, documents))


class RemoteShard(OpenedShard):
    """A shard in object storage, copied to this machine when it is first used."""

    def __init__(self, address: str, digest: str):
        self.__dict__.update(address=address, digest=digest, added={}, _counts={})

    def __reduce__(self):
        return open_remote, (self.address, self.digest, self.added)

    @cached_property
    def folder(self) -> Path:
        """Where the copy is."""
        return fetch_folder(
            self.address, index=SHARD_INDEX, what="shard", digest=self.digest
        )


def open_remote(address: str, digest: str, added: dict[str, Layer]) -> RemoteShard:
    """Open a shard in object storage whose index has the sha256 `digest`."""
    shard = _opened_remote(address, digest)
    for name, layer in added.items():
        shard = shard.with_layer(name, layer)
    return shard


@lru_cache(OPENED)
def _opened_remote(address: str, digest: str) -> RemoteShard:
    return RemoteShard(address, digest)


def _save_arrays(folder: Path, kind: str, holder, number: str = "") -> None:
    for name in ARRAYS[kind]:
        if getattr(holder, name) is not None:
            np.save(folder / f"{kind}{number}-{name}.npy", getattr(holder, name))
