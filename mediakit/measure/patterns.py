"""count_patterns: how often words, phrases and patterns stand in each article."""

import re
import warnings
from collections.abc import Mapping, Sequence

from mediakit.errors import MediakitError, MediakitWarning, check_choice
from mediakit.measure.blocks import corpus_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.pattern_counts import count_hits
from mediakit.measure.terms import corpus_provenance, item_table
from mediakit.text.corpus import Corpus
from mediakit.text.patterns import BOUNDS, Patterns, compile_patterns, named_patterns
from mediakit.text.vocabulary import lower

SHOWN = 10
SMALL_INITIALS = re.compile(r"(?<![\w.])[a-z](?:\.[a-z])+(?!\w)")


def count_patterns(
    corpus: Corpus,
    patterns: str | Sequence[str] | Mapping[str, str | Sequence[str]],
    *,
    bounds: str = "sentence",
) -> Measure:
    r"""Count words, phrases and patterns in every article of the corpus' view.

    The result answers "who speaks of this how often, and when", by `compare` and
    `trend`.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.without("quotation")``.
    patterns : str, list of str, or dict of str to patterns
        In the language below. A dict gives names: ``{"sanctions": ["sanction*",
        "embargo*"]}`` counts one item that any of its patterns meets.
    bounds : {"sentence", "article"}, default "sentence"
        What a hit of several words never reaches across.

    Returns
    -------
    Measure
        Of kind "count"; one item per name, in the order given; the exposure is all
        words of the article in the view.

    Raises
    ------
    MediakitError
        If a pattern cannot be read (the message names the place and the remedy), or
        asks a corpus of counts only for the order or the case of words.

    Warns
    -----
    MediakitWarning
        Naming the patterns that match no word of the corpus.

    Notes
    -----
    ``war`` is the word in any case and spelling (U.S. and US are one, "us" is not;
    ``U.N.`` finds UN too, ``u.n.`` only what is written so);
    ``sanction*`` has any letters for the star, also none, ``wom?n`` exactly one;
    ``civil war`` is a phrase;
    ``(invasion|special operation) of Ukraine`` has alternatives, words or phrases;
    ``troops [0-3] border`` has a gap of none to three words, at most 30;
    ``=US`` and ``=(White House)`` mind the case, and full stops in initials;
    ``lemma:go`` and ``stem:sanction`` meet all forms, in the corpus' language, as
    ``fold`` does in `count_terms`;
    ``/gov.*s/`` is a regular expression on whole words as they stand, any case
    (``=/Gov.*s/`` minds it), read by RE2: ``\pL`` is a letter, ``\w`` an ASCII one;
    no lookaround and no backreference, so that none can hang;
    ``\`` before a sign takes its meaning: ``\(sic\)``, ``C\*-algebra``.
    All else is cut into words as the text is: ``AC/DC`` is the phrase of AC and DC.

    Within one item the match that begins first counts, of those the longest, and no
    word counts twice; words in a gap belong to the match. A match lies within one
    sentence (or article) and wholly inside the view. A word is not its meaning
    ("party" is a feast, too): read passages before you interpret a count.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": [
    ...     "The civil war goes on; the war spreads.", "Warm words."]}))
    >>> wars = mk.count_patterns(mk.tokenize(articles), {"war": ["war", "civil war"]})
    >>> wars.values.toarray().tolist(), wars.exposure.tolist()
    ([[2], [0]], [[8.0], [2.0]])
    """
    check_choice("bounds", bounds, BOUNDS)
    named = named_patterns(patterns)
    compiled = compile_patterns(corpus, named)
    if corpus.counts_only:
        _check_counts(compiled)
    _warn(compiled.never)
    return Measure(
        name="patterns",
        kind="count",
        unit="word",
        items=item_table(list(named)),
        denominators=("words",),
        articles=corpus.metadata,
        stored=corpus_blocks(corpus, count_hits, compiled, bounds),
        evidence=corpus.bag,
        provenance={
            **corpus_provenance(corpus),
            "made_by": "count_patterns",
            "patterns": named,
            "bounds": bounds,
            "never_matched": list(compiled.never),
        },
    )


def _check_counts(compiled: Patterns) -> None:
    """Refuse what word counts in lower case cannot answer."""
    for texts, what, instead in (
        (compiled.phrases, "the order of words", "single words"),
        (compiled.cased, "upper and lower case", "them without '='"),
    ):
        if texts:
            raise MediakitError(
                f"the patterns {_shown(texts)} need {what}, but this corpus holds "
                f"counts of lower-cased words only; ask for {instead}."
            )


def _shown(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - SHOWN} more" if len(texts) > SHOWN else ""
    return f"{list(texts[:SHOWN])}{more}"


def _warn(never: Sequence[str]) -> None:
    if never:
        warnings.warn(
            f"{len(never)} patterns hold a word that the corpus does not: "
            f"{_shown(never)}.{_hint(never)}",
            MediakitWarning,
            stacklevel=3,
        )


def _hint(never: Sequence[str]) -> str:
    """Say what finds initials, which are one word with and without stops."""
    small = next(filter(None, map(SMALL_INITIALS.search, never)), None)
    if small is None or lower(small.group().upper()) == small.group():
        return ""
    capitals = small.group().upper()
    return (
        f" Initials are told by their capitals: {capitals!r} finds them, and "
        f"{capitals.replace('.', '')} too."
    )
