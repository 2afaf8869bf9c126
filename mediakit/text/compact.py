"""Cut a shard down to some of its articles, so that a saved subset holds no more."""

import numpy as np
import pyarrow as pa

from mediakit.text.chunks import Chunks
from mediakit.text.pieces import Pieces, expand
from mediakit.text.shard import FIELDS, Layer, Shard


def take_articles(shard: Shard, rows: np.ndarray) -> Shard:
    """Return a shard of the articles `rows`, in their order, with their types only."""
    documents = np.concatenate(
        [shard.documents(name).start + rows for name in FIELDS]
    ).astype(np.int64)
    tokens, offsets = _ranges(shard.offsets, documents)
    used, ids = np.unique(shard.ids[tokens], return_inverse=True)
    chunks, pieces = _take_chunks(shard, documents, used)
    return Shard(
        texts={name: shard.texts[name].take(pa.array(rows)) for name in FIELDS},
        chunks=chunks,
        vocabulary=shard.vocabulary.take(pa.array(used)),
        ids=ids.astype(np.int32),
        offsets=offsets,
        flags=shard.flags[tokens],
        pieces=pieces,
        begins=None if shard.begins is None else shard.begins[tokens],
        layers={
            name: _take_layer(layer, shard.offsets, documents, offsets)
            for name, layer in shard.layers.items()
        },
    )


def _ranges(offsets: np.ndarray, documents: np.ndarray):
    """Return the positions of the documents' elements, and the new offsets."""
    sizes = offsets[documents + 1] - offsets[documents]
    ends = np.cumsum(sizes)
    shift = np.repeat(offsets[documents] - (ends - sizes), sizes)
    return np.arange(len(shift)) + shift, np.concatenate([[0], ends]).astype(np.int64)


def _take_chunks(shard: Shard, documents: np.ndarray, types: np.ndarray):
    chunks = shard.chunks
    where, offsets = _ranges(chunks.offsets, documents)
    used, ids = np.unique(chunks.ids[where], return_inverse=True)
    taken = Chunks(
        ids=ids.astype(np.int32),
        offsets=offsets,
        vocabulary=chunks.vocabulary.take(pa.array(used)),
    )
    if shard.pieces is None:
        return taken, None
    old = shard.pieces
    piece_types, begins = expand(used, old, old.ids, old.begins)
    pieces = Pieces(
        offsets=np.concatenate([[0], np.cumsum(np.diff(old.offsets)[used])]),
        ids=np.searchsorted(types, piece_types).astype(np.int32),
        begins=begins,
    )
    return taken, pieces


def _take_layer(layer: Layer, old: np.ndarray, documents, new: np.ndarray) -> Layer:
    """Move the spans that lie in the kept documents to their new places."""
    place = np.full(len(old) - 1, -1, np.int64)
    place[documents] = np.arange(len(documents))
    home = np.searchsorted(old, layer.starts, side="right") - 1
    moved = place[home]
    kept = np.flatnonzero(moved >= 0)
    kept = kept[np.argsort(moved[kept], kind="stable")]
    shift = new[moved[kept]] - old[home[kept]]
    return Layer(
        starts=layer.starts[kept] + shift,
        ends=layer.ends[kept] + shift,
        labels=layer.labels[kept],
        names=layer.names,
    )
