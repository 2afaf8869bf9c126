"""Saved measures: Matrix Market and CSV, which R and anything else can read."""

import os
from pathlib import Path

import pandas as pd
import pyarrow as pa
from scipy import io, sparse

from mediakit.arrow_files import read_table, write_table
from mediakit.errors import MediakitError
from mediakit.folders import new_folder, read_index, write_index
from mediakit.measure.measure import Block, Measure
from mediakit.measure.paired import Paired
from mediakit.spreadsheets import guarded

INDEX, BESIDE = "measure.json", "beside"
FORMAT = 1
EXACT = 17


def save_measure(measure: Measure, folder: str | os.PathLike) -> None:
    """Save a measure; see `Measure.save`."""
    with new_folder(folder, index=INDEX) as work:
        if isinstance(measure, Paired):
            save_measure(measure.beside, work / BESIDE)
        values = measure.values
        with open(work / "values.mtx", "wb") as out:  # by path, a full disk is not told
            io.mmwrite(out, values, precision=EXACT)
        exposure = pd.DataFrame(measure.exposure, columns=[*measure.denominators])
        for name, table in (
            ("items", measure.items),
            ("articles", measure.articles),
            ("exposure", exposure),
        ):
            plain = guarded(table)
            plain.to_csv(work / f"{name}.csv", index=False, lineterminator="\n")
            write_table(work / f"{name}.arrow", pa.Table.from_pandas(table))
        content = {
            "format": FORMAT,
            "dtype": values.dtype.name,
            "rows": [block.rows.stop for block in measure.blocks()],
            **{
                name: getattr(measure, name)
                for name in ("name", "kind", "unit", "evidence", "provenance")
            },
        }
        write_index(work, INDEX, content)


def open_measure(folder: str | os.PathLike) -> Measure:
    """Open a saved measure.

    Parameters
    ----------
    folder : path
        What ``measure.save`` wrote.

    Returns
    -------
    Measure
        As it was saved, to the last bit.

    Raises
    ------
    MediakitError
        If the folder is no saved measure, is incomplete or was changed.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd, tempfile
    >>> votes = pd.DataFrame({"outlet": ["A", "B"], "biased": [3, 1], "votes": [5, 5]})
    >>> measure = mk.as_measure(votes, value="biased", exposure="votes")
    >>> with tempfile.TemporaryDirectory() as place:
    ...     measure.save(f"{place}/votes")
    ...     mk.open_measure(f"{place}/votes").values.toarray().tolist()
    [[3.0], [1.0]]
    """
    folder = Path(folder)
    content = read_index(folder, index=INDEX, what="saved measure")
    if content["format"] != FORMAT:
        raise MediakitError(
            f"{str(folder)!r} has format {content['format']}, this mediakit reads "
            f"format {FORMAT}; make the measure again."
        )
    items, articles, exposure = (
        read_table(folder / f"{name}.arrow").to_pandas()
        for name in ("items", "articles", "exposure")
    )
    numbers = exposure.to_numpy(float)
    values = _values(folder, content, (len(articles), len(items)))
    denominators = items["denominator"]
    if not (
        len(numbers) == len(articles)
        and denominators.between(0, numbers.shape[1] - 1).all()
        and content["rows"] == sorted(content["rows"])
        and content["rows"][-1:] in ([], [len(articles)])
    ):
        raise _misfit(folder)
    starts = [0, *content["rows"][:-1]]
    rows = [slice(a, b) for a, b in zip(starts, content["rows"], strict=True)]
    kind, others = Measure, {}
    if (folder / BESIDE).is_dir():
        beside = open_measure(folder / BESIDE)
        kind, others = Paired, {"others": lambda: beside}
    return kind(
        **others,
        items=items,
        denominators=tuple(exposure.columns),
        articles=articles,
        stored=tuple(Block(row, values[row], numbers[row]) for row in rows),
        **{
            name: content[name]
            for name in ("name", "kind", "unit", "evidence", "provenance")
        },
    )


def _values(folder: Path, content: dict, shape: tuple[int, int]) -> sparse.csr_array:
    """Read the numerators, and nothing that says it is larger than it should be."""
    path = folder / "values.mtx"
    try:
        rows, columns, entries, *_ = io.mminfo(path)
        if (rows, columns) != shape or entries > path.stat().st_size:
            raise _misfit(folder)
        values = sparse.csr_array(io.mmread(path, spmatrix=False))
    except (ValueError, OverflowError) as error:
        raise _misfit(folder) from error
    return values.astype(content["dtype"])


def _misfit(folder: Path) -> MediakitError:
    return MediakitError(
        f"the files of {str(folder)!r} do not fit together: they were changed and "
        "sealed anew. Fetch an untouched copy or save the measure again."
    )
