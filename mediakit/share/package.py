"""Write a derived corpus as a Frictionless data package, the same bytes each time."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from scipy import sparse

from mediakit.folders import sha256
from mediakit.spreadsheets import guarded
from mediakit.text.derived import COUNT_COLUMNS, FORMAT, INDEX, SEAL, seal

FIELDS = {
    "article_id": ("string", "hash of the row's figures"),
    "outlet": ("string", "who published"),
    "published": ("date", "day, or first day of the period (UTC)"),
    "published_precision": ("string", "day, month or year"),
    "period": ("string", "what a bag spans: day, week, month or year"),
    "language": ("string", "ISO 639-1"),
    "n_articles": ("integer", "articles in the row"),
    "words": ("integer", "all words of the row, pooled ones included"),
    "word": ("string", "lower-cased word; its line is its number in counts"),
    "articles": ("integer", "articles that hold the word"),
    "n": ("integer", "how often"),
    "address": ("string", "where the article stood; empty if it spells out a title"),
    "address_sha256": ("string", "sha256 of the address, also of one withheld"),
    "text_sha256": ("string", "sha256 of the text as the normaliser makes it"),
    "characters": ("integer", "length of that text"),
    "event_id": ("string", "articles on one event, numbered"),
    "duplicate_group": ("string", "articles that share text, numbered"),
    "duplicate_of": ("string", "row of the origin, or 'withheld'"),
    "row": ("integer", "line of articles.csv, from 0"),
    "term": ("integer", "line of vocabulary.csv, from 0"),
}
TABULAR = {
    *("articles.csv", "vocabulary.csv", "counts.parquet"),
    *("addresses.csv", "outlets.csv"),
}
FORMATS = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
    ".arrow": "application/vnd.apache.arrow.file",
    ".mtx": "text/plain",
}


def write_tables(
    folder: Path, rows: pd.DataFrame, terms: pd.DataFrame, counts: sparse.csr_array
) -> None:
    """Write articles.csv, vocabulary.csv and counts.parquet.

    Text that a spreadsheet would run as a formula has an apostrophe in front.
    """
    guarded(rows).to_csv(
        folder / "articles.csv",
        index=False,
        lineterminator="\n",
        date_format="%Y-%m-%d",
    )
    guarded(terms).to_csv(folder / "vocabulary.csv", index=False, lineterminator="\n")
    entries = counts.tocoo()
    columns = (*entries.coords, entries.data)
    arrays = [pa.array(np.asarray(one, np.int32)) for one in columns]
    pq.write_table(
        pa.table(dict(zip(COUNT_COLUMNS, arrays, strict=True))),
        folder / "counts.parquet",
        compression="zstd",
        compression_level=19,
        use_dictionary=False,
        column_encoding=dict.fromkeys(COUNT_COLUMNS, "DELTA_BINARY_PACKED"),
        write_statistics=False,
        store_schema=False,
    )


def write_measures(folder: Path, measures: dict) -> None:
    """Write each measure's sums per row; only ids say which row is which."""
    for name, measure in measures.items():
        measure.save(folder / "measures" / name)


def fingerprint(folder: Path) -> str:
    """Return the sha256 of what the tables say, whatever wrote them."""
    digest = hashlib.sha256()
    for name in ("articles.csv", "vocabulary.csv"):
        digest.update((folder / name).read_bytes())
    table = pq.read_table(folder / "counts.parquet")
    for name in COUNT_COLUMNS:
        digest.update(table[name].to_numpy().astype("<i4").tobytes())
    return digest.hexdigest()


def write_package(folder: Path, name: str, about: dict, content: dict) -> None:
    """Write datapackage.json over the files that are there, and seal it."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    package = {
        "profile": "data-package",
        "name": name,
        **{
            key: about[key]
            for key in ("title", "description", "sources")
            if key in about
        },
        "resources": [_resource(folder, path) for path in paths if path.name != INDEX],
        "mediakit": {"format": FORMAT, **content},
    }
    package[SEAL] = seal(package)
    text = json.dumps(package, indent=1, ensure_ascii=False) + "\n"
    (folder / INDEX).write_bytes(text.encode())


def _resource(folder: Path, path: Path) -> dict:
    place = path.relative_to(folder).as_posix()
    resource = {
        "name": place.replace("/", "-").replace(".", "-").lower(),
        "path": place,
        "mediatype": FORMATS.get(path.suffix, "application/octet-stream"),
        "bytes": path.stat().st_size,
        "hash": "sha256:" + sha256(path),
    }
    if place in TABULAR:
        resource["schema"] = {"fields": _fields(path)}
    return resource


def _fields(path: Path) -> list[dict]:
    if path.suffix == ".parquet":
        return [_field(name, "integer") for name in pq.read_schema(path).names]
    return [_field(name, "string") for name in pd.read_csv(path, nrows=0)]


def _field(name: str, kind: str) -> dict:
    kind, description = FIELDS.get(name, (kind, ""))
    return {"name": name, "type": kind, "description": description}


def card(about: dict, tables: dict[str, pd.DataFrame]) -> str:
    """Return the data card: what the author says of the corpus, then its figures."""
    parts = [f"# {about.get('title', 'Derived corpus')}", about.get("card", "").strip()]
    for heading, table in tables.items():
        parts.append(f"## {heading}\n\n{_markdown(table)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _markdown(table: pd.DataFrame) -> str:
    cells = [[str(name) for name in table], ["---"] * table.shape[1]]
    cells += [[_cell(one) for one in row] for row in table.itertuples(index=False)]
    return "\n".join("| " + " | ".join(row) + " |" for row in cells)


def _cell(value) -> str:
    if isinstance(value, int | np.integer):
        return f"{value:,}"
    return (
        f"{value:.3g}" if isinstance(value, float) else str(value).replace("|", "\\|")
    )
