"""count_patterns: how often words, wildcards and phrases stand in each article."""

import warnings
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.measure.measure import Block, Measure
from mediakit.measure.terms import corpus_provenance, item_table
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.text.patterns import (
    Pattern,
    compile_patterns,
    find_hits,
    named_patterns,
)

SHOWN = 10


def count_patterns(
    corpus: Corpus, patterns: str | Sequence[str] | Mapping[str, str | Sequence[str]]
) -> Measure:
    """Count words, wildcards and phrases in every article of the corpus' view.

    The result answers "who speaks of this how often, and when", by `compare` and
    `trend`.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.without("quotation")``.
    patterns : str, list of str, or dict of str to patterns
        A word ("war"), a wildcard ("sanction*": any letters, also none), a phrase
        ("special military operation", "human right*"). Upper and lower case are
        the same. A dict gives names: ``{"sanctions": ["sanction*", "embargo*"]}``
        counts one item that any of its patterns meets.

    Returns
    -------
    Measure
        Of kind "count"; one item per name, in the order given; the exposure is all
        words of the article in the view.

    Raises
    ------
    MediakitError
        If a pattern is empty, or a phrase is asked of a corpus of counts only.

    Warns
    -----
    MediakitWarning
        Naming the patterns that match no word of the corpus.

    Notes
    -----
    Within one item the longest match counts and no word counts twice; a phrase lies
    within one sentence. A word is not its meaning ("party" is a feast, too): read
    passages before you interpret a count.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": [
    ...     "The civil war goes on; the war spreads.", "Warm words."]}))
    >>> wars = mk.count_patterns(mk.tokenize(articles), {"war": ["war", "civil war"]})
    >>> wars.values.toarray().tolist(), wars.exposure.tolist()
    ([[2], [0]], [[8.0], [2.0]])
    """
    named = named_patterns(patterns)
    texts = [text for one in named.values() for text in one]
    compiled = dict(zip(texts, compile_patterns(corpus, texts), strict=True))
    _check_order(corpus, compiled)
    sets = [[compiled[text] for text in one] for one in named.values()]
    blocks, first = [], 0
    for part in corpus.parts:
        rows = slice(first, first + len(part))
        values = sparse.hstack(
            [_count(corpus, part, one) for one in sets], format="csr", dtype=np.int64
        )
        totals = part.totals(corpus.view).astype(float)[:, None]
        blocks.append(Block(rows, sparse.csr_array(values), totals))
        first = rows.stop
    never = [text for text, one in compiled.items() if not _may_match(one)]
    _warn(never)
    return Measure(
        name="patterns",
        kind="count",
        unit="word",
        items=item_table(list(named)),
        denominators=("words",),
        articles=corpus.metadata,
        stored=tuple(blocks),
        evidence=corpus.bag,
        provenance={
            **corpus_provenance(corpus),
            "made_by": "count_patterns",
            "patterns": named,
            "never_matched": never,
        },
    )


def _count(corpus: Corpus, part: Part, patterns: list[Pattern]) -> sparse.csr_array:
    """Return the hits of one item in each row of a part, as one column."""
    if all(len(pattern) == 1 for pattern in patterns):
        types = np.logical_or.reduce([pattern.words[0] for pattern in patterns])
        return part.folded(corpus.view, np.where(types, 0, -1).astype(np.int32), 1)
    starts, _ = find_hits(part.shard, part.to_global, patterns, corpus.view)
    documents = part.shard.documents(corpus.view.field)
    bounds = part.shard.offsets[documents.start : documents.stop + 1]
    counts = np.diff(np.searchsorted(starts, bounds))
    counts = counts if part.rows is None else counts[part.rows]
    return sparse.csr_array(counts[:, None])


def _may_match(pattern: Pattern) -> bool:
    return all(word.any() for word in pattern.words)


def _check_order(corpus: Corpus, compiled: dict[str, Pattern]) -> None:
    phrases = [text for text, pattern in compiled.items() if len(pattern) > 1]
    if phrases and corpus.counts_only:
        raise MediakitError(
            f"the phrases {phrases} need the order of words, but this corpus holds "
            "word counts only; ask for single words."
        )


def _warn(never: list[str]) -> None:
    if never:
        more = f" and {len(never) - SHOWN} more" if len(never) > SHOWN else ""
        warnings.warn(
            f"{len(never)} patterns hold a word that the corpus does not: "
            f"{never[:SHOWN]}{more}.",
            MediakitWarning,
            stacklevel=3,
        )
