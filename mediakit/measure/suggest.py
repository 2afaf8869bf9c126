"""suggest_labels: what else stands where the known labels of a thing stand."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.text.corpus import Corpus
from mediakit.text.folding import folded_vocabulary
from mediakit.text.part import Part
from mediakit.text.patterns import Patterns, compile_patterns, find_each, named_patterns
from mediakit.text.shard import SENTENCE
from mediakit.text.vocabulary import fold_vocabulary
from mediakit.text.vocabulary import stopwords as function_words
from mediakit.workers import Once, each

LONGEST, FEWEST, MOST = 2, 2, 20_000
"""Words of a suggestion; places it must share with the known labels; places tried."""
COLUMNS = ("label", "places", "score", "uses", "articles", "example")


def suggest_labels(
    corpus: Corpus, labels: str | list[str], *, limit: int = 30
) -> pd.DataFrame:
    """Suggest further labels of a thing, from the places where the known ones stand.

    What you learn: which words, or pairs of words, stand between the same two words
    as your labels do ("the ... of Ukraine"). Read their passages and take, or leave,
    each one: what shares places may be a rival label, and may be its opposite or
    another thing of the kind.

    Parameters
    ----------
    corpus : Corpus
        With text; or a view of it.
    labels : str or list of str
        The labels known, as patterns of `count_patterns`.
    limit : int, default 30
        How many to suggest, best first.

    Returns
    -------
    DataFrame
        One row per suggestion:

        - label : str, in lower case
        - places : how many different pairs of neighbours it shares with the labels
        - score : the sum over these of the labels' share of all that stands there;
          places that hold anything weigh little
        - uses, articles : how often it stands in such places, in how many articles
        - example : str, its commonest place of those

    Raises
    ------
    MediakitError
        If the corpus holds counts only, no label is in it, or `limit` is no number.

    Notes
    -----
    A place is the word before and the word after, in lower case, inside one sentence
    and the view; of more than 20,000 places the commonest are tried. Suggestions have
    one or two words, at least one that is no function word, and at least two places.
    Few uses of the labels give chance company: with fewer than some fifty look at
    passages instead.

    Examples
    --------
    >>> import mediakit as mk
    >>> found = mk.suggest_labels(mk.load_sample("strait"), ["regime", "authorities"])
    >>> "government" in found["label"].tolist()
    True
    """
    corpus.need_order("a search for labels")
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise MediakitError(f"`limit` must be a number of rows, got {limit!r}.")
    known = [text for one in named_patterns(labels).values() for text in one]
    patterns = compile_patterns(corpus, known)
    fold = folded_vocabulary(corpus, "lower")
    size = len(fold)
    pieces = [(Once(part),) for part in corpus.parts]
    args = (Once(patterns), corpus.view, Once(fold.index), size)
    frames = list(each(_places, pieces, *args))
    frames, held = np.unique(np.concatenate(frames), return_counts=True)
    if not len(frames):
        raise MediakitError(
            f"none of the labels {known[:5]} stands between two words of a sentence in "
            "this corpus; look at `find_passages`."
        )
    common = np.sort(np.argsort(-held, kind="stable")[:MOST])
    frames, held = frames[common], held[common]
    words, dropped = fold.items, _function_words(corpus)
    plain = Once(np.array([word not in dropped for word in words], bool))
    fillers, others = zip(
        *each(_fillers, pieces, *args, Once(frames), plain), strict=True
    )
    weight = held / (held + np.sum(others, axis=0))
    rank = _ranked(_together(fillers), weight, words, frames)
    return rank.head(limit).reset_index(drop=True)


def _stream(part: Part, view, number: np.ndarray):
    """Return the view's words folded, with gaps of -1, and where sentences begin."""
    shard = part.shard
    inside, mask = shard.selection(view)
    words = number[part.to_global][shard.ids[inside]].astype(np.int64)
    if mask is not None:
        words[~mask] = -1
    documents = shard.documents(view.field)
    rows = np.repeat(
        np.arange(len(shard)), np.diff(shard.offsets)[documents.start : documents.stop]
    )
    if part.rows is not None:
        words[~np.isin(rows, part.rows)] = -1
    return words, np.cumsum(shard.flags[inside] & SENTENCE), rows, inside.start


def _spans(words, sentence, starts, ends):
    """Return which spans have a word on either side in their sentence and the view."""
    kept = (starts > 0) & (ends < len(words))
    starts, ends = starts[kept], ends[kept]
    same = sentence[starts - 1] == sentence[np.minimum(ends, len(words) - 1)]
    same &= (words[starts - 1] >= 0) & (words[ends] >= 0)
    return starts[same], ends[same]


def _places(piece, patterns: Patterns, view, number, size: int) -> np.ndarray:
    """Return the places of the known labels, one per use."""
    (part,) = piece
    words, sentence, _, first = _stream(part, view, number)
    ((starts, ends),) = find_each(part.shard, part.to_global, patterns, view)
    starts, ends = starts - first, ends - first
    kept = words[starts] >= 0
    starts, ends = _spans(words, sentence, starts[kept], ends[kept])
    return words[starts - 1] * size + words[ends]


def _fillers(piece, patterns: Patterns, view, number, size: int, frames, plain):
    """Return what else stands in the places, and how much stands in each.

    The first is one array per length: place, first and second word (or -1) and article
    of what has a word of `plain`; the second counts all.
    """
    (part,) = piece
    words, sentence, rows, first = _stream(part, view, number)
    ((starts, ends),) = find_each(part.shard, part.to_global, patterns, view)
    covered = np.zeros(len(words) + 1, np.int64)
    np.add.at(covered, starts - first, 1)
    np.add.at(covered, ends - first, -1)
    covered = np.cumsum(covered[:-1]) > 0
    left, right = np.zeros((2, size + 1), bool)
    left[frames // size], right[frames % size] = True, True
    found, others = [], np.zeros(len(frames), np.int64)
    for length in range(1, LONGEST + 1):
        last = max(len(words) - 1 - length, 0)
        begin = np.flatnonzero(left[words[:last]] & right[words[1 + length :]]) + 1
        begin, end = _spans(words, sentence, begin, begin + length)
        place = words[begin - 1] * size + words[end]
        at = np.minimum(np.searchsorted(frames, place), len(frames) - 1)
        kept = frames[at] == place
        begin, at = begin[kept], at[kept]
        kept = ~(covered[begin] | covered[begin + length - 1])
        kept &= (words[begin] >= 0) & (words[begin + length - 1] >= 0)
        begin, at = begin[kept], at[kept]
        others += np.bincount(at, minlength=len(frames))
        kept = plain[words[begin]] | plain[words[begin + length - 1]]
        begin, at = begin[kept], at[kept]
        second = words[begin + 1] if length == 2 else np.full(len(begin), -1)
        found.append(np.stack([at, words[begin], second, rows[begin]]).astype(np.int32))
    return found, others


def _together(fillers: tuple[list[np.ndarray], ...]) -> np.ndarray:
    """Return the fillers of all parts, their articles numbered through."""
    first = 0
    for found in fillers:
        last = max((int(one[3].max()) for one in found if one.size), default=-1)
        for one in found:
            one[3] += first
        first += last + 1
    return np.concatenate([one for found in fillers for one in found], axis=1)


def _ranked(fillers, weight, words, frames) -> pd.DataFrame:
    """Return the suggestions, best first."""
    place, first, second, row = fillers
    size, places = len(words) + 1, len(weight)
    pair, pairs = pd.factorize(first.astype(np.int64) * size + second + 1)
    use, uses = pd.factorize(pair * places + place)
    each_place = pd.DataFrame({"pair": uses // places, "place": uses % places})
    each_place["uses"] = np.bincount(use, minlength=len(uses))
    each_place["score"] = weight[each_place["place"]]
    enough = np.bincount(each_place["pair"], minlength=len(pairs)) >= FEWEST
    each_place = each_place[enough[each_place["pair"]]]
    each_place = each_place.sort_values("uses", ascending=False, kind="stable")
    whole = each_place.groupby("pair", sort=False).agg(
        places=("place", "size"),
        score=("score", "sum"),
        uses=("uses", "sum"),
        at=("place", "first"),
    )
    kept, articles = enough[pair], row.max(initial=0) + 1
    held = pd.unique(pair[kept] * np.int64(articles) + row[kept]) // articles
    whole["articles"] = np.bincount(held, minlength=len(pairs))[whole.index]
    both = zip(pairs[whole.index] // size, pairs[whole.index] % size - 1, strict=True)
    whole["label"] = [words[a] if b < 0 else f"{words[a]} {words[b]}" for a, b in both]
    whole["example"] = [
        f"{words[frame // len(words)]} … {words[frame % len(words)]}"
        for frame in frames[whole["at"]]
    ]
    whole = whole.sort_values(
        ["score", "uses", "label"], ascending=[False, False, True], kind="stable"
    )
    return whole.astype({"label": "str", "example": "str"})[list(COLUMNS)]


def _function_words(corpus: Corpus) -> set[str]:
    words = sorted(function_words(corpus.language))
    return set(fold_vocabulary(words, "lower", language=corpus.language)[0])
