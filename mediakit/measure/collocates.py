"""count_collocates: which words stand near a word, in every article."""

import warnings
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError, MediakitWarning, check_choice
from mediakit.measure.blocks import corpus_blocks, map_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.paired import Paired
from mediakit.measure.terms import articles_with, corpus_provenance, item_table
from mediakit.text.corpus import Corpus
from mediakit.text.folding import Fold, folded_vocabulary
from mediakit.text.part import Part
from mediakit.text.patterns import compile_patterns, named_patterns
from mediakit.text.shard import View
from mediakit.text.windows import BOUNDS, Places, places_near

DENOMINATORS = ("words near the node", "uses of the node")


def count_collocates(
    corpus: Corpus,
    node: str | list[str],
    *,
    window: int | tuple[int, int] = 5,
    bounds: str = "sentence",
    fold="lower",
    min_articles: int = 1,
) -> Paired:
    """Count the words near a word or phrase, article by article.

    The result answers "in what company does A put this name, and in what company
    B?" by `compare`, "since when?" by `trend`, and "closer than chance?" by
    `associate`.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.without("quotation")``.
    node : str or list of str
        As in `count_patterns`: words, wildcards ("sanction*"), phrases; a list is
        one node.
    window : int or (int, int), default 5
        Words on either side, or to the left and to the right.
    bounds : {"sentence", "article"}, default "sentence"
        What a window does not reach beyond; in any case it stays in its article and
        field, and ends where the view leaves words out.
    fold : {"lower", "stem", "lemma"}, None, NLTK stemmer or callable, default "lower"
        Which forms count as one item, as in `count_terms`.
    min_articles : int, default 1
        Leave out items near the node in fewer articles. Totals keep them.

    Returns
    -------
    Measure
        Of kind "count"; one item per word found near the node, by code point. The
        exposure is the article's words near the node, so a rate is per word of the
        windows; a second denominator holds the uses of the node. ``beside`` is the
        measure of all words of the corpus outside the windows, for `associate`.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, or `node`, `window` or `bounds` is wrong.

    Warns
    -----
    MediakitWarning
        If there is no word near the node, as when the corpus does not have it.

    Notes
    -----
    A word in two overlapping windows counts once. The node's own words, every use of
    them, are neither near it nor elsewhere. Articles without the node have no
    exposure and are no evidence.

    When not to use it: as what an outlet thinks of the node. Words near a name are
    about its topic first; read `find_passages` before you interpret one.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": [
    ...     "Cheap oil fell. Oil prices rose again.", "No oil."]}))
    >>> near = mk.count_collocates(mk.tokenize(articles), "oil", window=1)
    >>> near.items["item"].tolist(), near.values.toarray().tolist()
    (['cheap', 'fell', 'no', 'prices'], [[1, 1, 0, 1], [0, 0, 1, 0]])
    """
    corpus.need_order("a count of words near a word")
    check_choice("bounds", bounds, BOUNDS)
    sides = _sides(window)
    texts = [text for one in named_patterns(node).values() for text in one]
    patterns = compile_patterns(corpus, texts)
    folded = folded_vocabulary(corpus, fold)
    words, size = word_table(folded), len(folded.items)
    counting = (patterns, folded.index, size, sides, bounds)
    blocks = corpus_blocks(corpus, count_near, *counting)
    found = map_blocks(blocks, articles_with, None, size)
    kept = sum(found, np.zeros(size, np.int64)) >= max(min_articles, 1)
    chosen = np.flatnonzero(kept)
    if not len(chosen):
        _warn(texts, max(min_articles, 1))
    near = f"near “{' / '.join(texts)}”"
    shared = {
        "kind": "count",
        "articles": corpus.metadata,
        "evidence": corpus.bag,
        "provenance": {
            **corpus_provenance(corpus),
            "made_by": "count_collocates",
            "node": texts,
            "window": list(sides),
            "bounds": bounds,
            "fold": fold if isinstance(fold, str | None) else repr(fold),
            "min_articles": min_articles,
        },
    }
    return Paired(
        name=f"words {near}",
        unit=f"word {near}",
        items=words.iloc[chosen].reset_index(drop=True),
        denominators=DENOMINATORS,
        stored=blocks.items(chosen, size, instead=True),
        others=lambda: Measure(
            name=f"words not {near}",
            unit="word",
            items=words,
            denominators=("words",),
            stored=corpus_blocks(corpus, count_elsewhere, *counting),
            **shared,
        ),
        **shared,
    )


@lru_cache(maxsize=2)
def word_table(folded: Fold) -> pd.DataFrame:
    """Return the items table of all words; the last ones made are kept."""
    return item_table(folded.items)


def count_near(part: Part, view: View, patterns, index, size: int, window, bounds: str):
    """Count the words near the node; for `corpus_blocks`."""
    near, _, hits = places_near(part, view, patterns, window, bounds)
    values = _counted(part, near, index, size)
    exposure = np.column_stack([near.per_row(len(part.shard)), hits]).astype(float)
    return _rows(part, values), _rows(part, exposure)


def count_elsewhere(
    part: Part, view: View, patterns, index, size: int, window, bounds: str
):
    """Count the words that are neither near the node nor in it; for `corpus_blocks`."""
    near, node, _ = places_near(part, view, patterns, window, bounds)
    taken = Places(*map(np.concatenate, zip(_pair(near), _pair(node), strict=True)))
    values = part.folded(view, index, size, taken.positions)
    lost = _rows(part, taken.per_row(len(part.shard)))
    return values, (part.totals(view) - lost).astype(float)[:, None]


def _pair(places: Places):
    return places.positions, places.rows


def _counted(part: Part, places: Places, index: np.ndarray, size: int):
    """Count tokens as items: all rows of the shard x items."""
    found = index[part.to_global[part.shard.ids[places.positions]]]
    kept = found >= 0
    cells = (np.ones(int(kept.sum()), np.int64), (places.rows[kept], found[kept]))
    shape = (len(part.shard), size)
    return sparse.csr_array(sparse.coo_array(cells, shape=shape))


def _rows(part: Part, of_shard):
    return of_shard if part.rows is None else of_shard[part.rows]


def _sides(window) -> tuple[int, int]:
    sides = window if isinstance(window, tuple | list) else (window, window)
    numbers = [type(side) is int and side >= 0 for side in sides]
    if len(numbers) != 2 or not all(numbers) or not any(sides):
        raise MediakitError(
            "`window` must be a number of words, as 5, or words to the left and to "
            f"the right, as (0, 3), got {window!r}."
        )
    return tuple(sides)


def _warn(texts: list[str], least: int) -> None:
    warnings.warn(
        f"no word near {texts} stands in {least} or more articles; look for the node "
        "with `mk.find_passages`.",
        MediakitWarning,
        stacklevel=3,
    )
