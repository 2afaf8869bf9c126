"""NLTK's tokenizers in place of the default: where their tokens stand in the text.

The Corpus needs places, not only strings: layers and passages rest on them.
"""

from typing import TYPE_CHECKING

from mediakit.errors import MediakitError

if TYPE_CHECKING:
    from nltk.tokenize.api import TokenizerI

CHUNK_LOCAL = ("WordPunctTokenizer", "WhitespaceTokenizer")


def is_chunk_local(tokenizer: "str | TokenizerI") -> bool:
    """Say whether a tokenizer gives the same tokens chunk by chunk.

    Parameters
    ----------
    tokenizer : "words" or NLTK TokenizerI
        A tokenizer of one's own is declared local by an attribute
        ``chunk_local = True``.

    Returns
    -------
    bool
        True for the default, for NLTK's WordPunctTokenizer and
        WhitespaceTokenizer, and for those declared so. Others are run on
        sentences: Treebank's rules look across white space.

    Examples
    --------
    >>> from nltk.tokenize import TreebankWordTokenizer, WordPunctTokenizer
    >>> is_chunk_local(WordPunctTokenizer()), is_chunk_local(TreebankWordTokenizer())
    (True, False)
    """
    if isinstance(tokenizer, str):
        return tokenizer == "words"
    kind = type(tokenizer)
    known = kind.__module__ == "nltk.tokenize.regexp" and kind.__name__ in CHUNK_LOCAL
    return known or bool(getattr(tokenizer, "chunk_local", False))


def spans_from_nltk(tokenizer: "TokenizerI", text: str) -> list[tuple[int, int]]:
    """Find where the tokens of an NLTK tokenizer stand in a text.

    Parameters
    ----------
    tokenizer : NLTK TokenizerI
        Any; what it calls a token is kept, punctuation included.
    text : str

    Returns
    -------
    list of (int, int)
        Start and end of each token in characters, in order: those of
        ``span_tokenize`` where the tokenizer offers it, else those found by
        looking for each token of ``tokenize`` in turn. Treebank's rewritten
        quotation marks (two backticks, two apostrophes) are found as the marks
        in the text.

    Raises
    ------
    MediakitError
        If a token does not stand in the text, or a word of the text in no token:
        then the tokenizer rewrites or drops words and places would be guesses.

    Examples
    --------
    >>> from nltk.tokenize import TreebankWordTokenizer
    >>> spans_from_nltk(TreebankWordTokenizer(), 'He "won".')
    [(0, 2), (3, 4), (4, 7), (7, 8), (8, 9)]
    """
    try:
        spans = list(tokenizer.span_tokenize(text))
    except (NotImplementedError, ValueError):
        spans = _align(tokenizer, text)
    spans = [(start, end) for start, end in spans if start < end]
    borders = [0, *(place for span in spans for place in span), len(text)]
    if borders != sorted(borders):
        raise MediakitError(
            f"The spans of {type(tokenizer).__name__} overlap, are out of order or "
            f"reach beyond the text of {len(text)} characters; correct its "
            "`span_tokenize`."
        )
    return spans


def _align(tokenizer: "TokenizerI", text: str) -> list[tuple[int, int]]:
    """Look for each token in turn; no letter or digit may be left between."""
    spans, after = [], 0
    for token in tokenizer.tokenize(text):
        forms = (token, '"', "``", "''") if token in ("``", "''") else (token,)
        places = [(text.find(form, after), -len(form)) for form in forms]
        found = [place for place in places if place[0] >= 0]
        start, length = min(found, default=(len(text), 0))
        _check_gap(tokenizer, text, after, start, token)
        after = start - length
        spans.append((start, after))
    _check_gap(tokenizer, text, after, len(text), "the end of the text")
    return spans


def _check_gap(
    tokenizer: "TokenizerI", text: str, after: int, start: int, token: str
) -> None:
    """Raise if a word of the text stands in no token."""
    if any(map(str.isalnum, text[after:start])):
        raise MediakitError(
            f"{type(tokenizer).__name__} rewrites or drops words: after "
            f"{text[:after][-20:]!r} the text goes on {text[after:][:20]!r}, the "
            f"tokens with {token!r}, so their places are unknown. Give a tokenizer "
            "that keeps every word, or one with a `span_tokenize` method."
        )
