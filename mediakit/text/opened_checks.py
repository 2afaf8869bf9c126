"""What arrays on disk must hold, so that nothing is ever read beyond their ends.

A checksum tells that a file was changed, not by whom: whoever can write a folder can
seal it anew. The loops over these arrays trust them, so they are looked at before.
"""

from pathlib import Path

import numpy as np

from mediakit.errors import MediakitError
from mediakit.text.pieces import Pieces
from mediakit.text.views import Layer


def load_numbers(path: Path, axes: int = 1) -> np.ndarray:
    """Open an array of whole numbers as a memory map."""
    try:
        numbers = np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, EOFError, SyntaxError, OverflowError) as error:
        raise misfit(f"{path.name} is no array of numbers", path.parent) from error
    if numbers.dtype.kind not in "iu" or not numbers.dtype.isnative:
        raise misfit(f"{path.name} holds {numbers.dtype} and no whole numbers", path)
    if numbers.ndim != axes:
        raise misfit(f"{path.name} has {numbers.ndim} axes", path.parent)
    return numbers


def check_sizes(what: str, place: object, **sizes: tuple[int, int]) -> None:
    """Raise if a size is not the one expected; ``name=(found, expected)``."""
    for name, (found, expected) in sizes.items():
        if found != expected:
            raise misfit(f"{what} has {found} {name}, not {expected}", place)


def check_edges(what: str, edges: np.ndarray, size: int, place: object) -> None:
    """Raise if `edges` do not rise from 0 to `size`."""
    ends = len(edges) and edges[0] == 0 and edges[-1] == size
    if not ends or (np.diff(edges) < 0).any():
        raise misfit(f"{what} does not rise from 0 to {size}", place)


def check_within(what: str, numbers: np.ndarray, size: int, place: object) -> None:
    """Raise if a number is not from 0 to before `size`."""
    if len(numbers) and not (numbers.min() >= 0 and numbers.max() < size):
        raise misfit(f"{what} points beyond the {size} things there are", place)


def check_pieces(pieces: Pieces, chunks: int, types: int, place: object) -> Pieces:
    """Return the tokens of so many chunks, of so many types, or raise."""
    size = len(pieces.ids)
    check_edges("piece-offsets", pieces.offsets, size, place)
    check_within("piece-ids", pieces.ids, types, place)
    check_sizes(
        "the tokens of chunks",
        place,
        begins=(len(pieces.begins), size),
        offsets=(len(pieces.offsets), chunks + 1),
    )
    return pieces


def check_layer(layer: Layer, tokens: int, place: object) -> None:
    """Raise if a span or a label of a layer is none."""
    for edge, most in ((layer.starts, tokens), (layer.ends, tokens + 1)):
        check_within("a layer", edge, most, place)
        check_sizes("a layer", place, spans=(len(edge), len(layer.labels)))
    check_within("a label", layer.labels, len(layer.names), place)


def misfit(what: str, place: object) -> MediakitError:
    """Return the error that says what does not fit together, and where."""
    return MediakitError(
        f"{str(place)!r} does not fit together: {what}. It was changed and sealed "
        "anew; fetch an untouched copy or tokenize the articles again."
    )
