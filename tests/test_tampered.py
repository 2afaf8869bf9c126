"""What a forger changed and sealed anew is never read out of bounds."""

import shutil

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from tampered import WAYS, seal_anew, spoiled

import mediakit as mk
from mediakit import kernels
from mediakit.arrow_files import read_strings, read_table, write_strings, write_table
from mediakit.folders import read_content, write_index
from mediakit.measure.store import INDEX as MEASURE

TEXTS = [
    "“Peace” now, Ünderway! " * 9,
    "",
    "War\u2003war. No peace. " * 9,
    "“No more.”",
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound") / "corpus"
    articles = pd.DataFrame({"text": TEXTS, "title": "A title", "outlet": list("ABAB")})
    mk.mark_quotations(mk.tokenize(mk.read_articles(articles))).save(folder)
    return folder


@pytest.fixture
def folder(sound, tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "PAYS_FROM", 0)
    return shutil.copytree(sound, tmp_path / "corpus")


def use(folder):
    """Do with a corpus what leads to each stored array, in compiled loops."""
    corpus = mk.open_corpus(folder)
    measure = mk.count_terms(corpus)
    quoted = mk.count_terms(corpus.only("quotation"))
    passages = mk.find_passages(corpus, "peace")
    mk.find_passages(corpus, "no *", width="sentence")
    mk.score_sentiment(corpus, method="vader").values.sum()
    assert len(corpus.subset(np.array([True, False, True, False])).articles) == 2
    sums = measure.values.sum(), quoted.values.sum(), measure.exposure.sum()
    return *map(float, sums), len(passages)


ARRAYS = (
    *("token-ids", "token-offsets", "token-flags", "chunk-ids", "chunk-offsets"),
    *("piece-offsets", "piece-ids", "piece-begins", "index-offsets", "index-positions"),
    *("layer-0-starts", "layer-0-ends", "layer-0-labels", "hashes"),
)


def test_what_nobody_changed_is_used(folder):
    assert use(folder) == (65.0, 11.0, 65.0, 18)


@pytest.mark.parametrize("name", [*ARRAYS, "../types-00000"])
def test_numbers_that_point_elsewhere_end_in_an_error_or_stay_in_bounds(folder, name):
    path, random = folder / "shard-00000" / f"{name}.npy", np.random.default_rng(1)
    whole, refused = np.load(path), 0
    for way in WAYS:
        np.save(path, spoiled(whole, way, random))
        seal_anew(folder)
        try:
            use(folder)
        except (mk.MediakitError, IndexError) as error:
            refused += isinstance(error, mk.MediakitError)
    assert refused >= (0 if name == "hashes" else 2)


def test_an_array_of_objects_is_not_loaded(folder):
    path = folder / "shard-00000" / "token-ids.npy"
    np.save(path, np.array([{"a": 1}], object), allow_pickle=True)
    seal_anew(folder)
    with pytest.raises(mk.MediakitError, match="no array of numbers"):
        use(folder)


@pytest.mark.parametrize("name", ["text", "title", "types", "chunk_types"])
def test_strings_that_leave_their_bounds_are_refused(folder, name):
    path = folder / "shard-00000" / f"{name}.arrow"
    strings = read_strings(path)
    _, edges, letters = strings.buffers()
    edges = np.frombuffer(edges, np.int64).copy()
    edges[1:-1] += 1 << 30
    buffers = [None, pa.py_buffer(edges), letters]
    write_strings(path, pa.Array.from_buffers(pa.large_string(), len(strings), buffers))
    seal_anew(folder)
    with pytest.raises(mk.MediakitError, match="does not hold what it should"):
        use(folder)


def test_other_tables_than_saved_are_refused(folder):
    path = folder / "shard-00000" / "text.arrow"
    for table in (pa.table({"string": [1, 2]}), pa.table({"a": ["x"], "b": ["y"]})):
        write_table(path, table)
        seal_anew(folder)
        with pytest.raises(mk.MediakitError, match="does not hold what it should"):
            use(folder)
    path.write_bytes(b"ARROW1")
    seal_anew(folder)
    with pytest.raises(mk.MediakitError, match="does not hold what it should"):
        use(folder)


@pytest.fixture
def measure(tmp_path):
    articles = pd.DataFrame({"text": ["war talks", "peace", "war"], "outlet": "A"})
    made = mk.count_terms(mk.tokenize(mk.read_articles(articles)))
    made.save(tmp_path / "measure")
    return tmp_path / "measure"


def seal_measure(folder):
    content = read_content(folder / MEASURE)
    content.pop("files")
    (folder / MEASURE).unlink()
    write_index(folder, MEASURE, content)


HEAD = "%%MatrixMarket matrix coordinate integer general\n%\n"


@pytest.mark.parametrize(
    "matrix",
    [
        HEAD + "1000000000000 1000000000000 0\n",
        HEAD + "3 3 900000000000\n1 1 1\n",
        HEAD + "3 3 1\n9 9 1\n",
        HEAD + "3 3 1\n-1 1 1\n",
        HEAD + "3 4 0\n",
        HEAD + "3 3 2\n1 1 1\n",
        "nothing",
        "",
    ],
)
def test_a_matrix_of_another_shape_is_refused(measure, matrix):
    (measure / "values.mtx").write_text(matrix)
    seal_measure(measure)
    with pytest.raises(mk.MediakitError, match="do not fit together"):
        mk.open_measure(measure)


@pytest.mark.parametrize("owner", [-1, 1, 1 << 40])
def test_a_denominator_that_is_none_is_refused(measure, owner):
    items = read_table(measure / "items.arrow").to_pandas()
    items["denominator"] = owner
    write_table(measure / "items.arrow", pa.Table.from_pandas(items))
    seal_measure(measure)
    with pytest.raises(mk.MediakitError, match="do not fit together"):
        mk.open_measure(measure)
