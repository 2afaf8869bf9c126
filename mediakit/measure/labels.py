"""score_labels: the tone a model of one's own gives to sentences."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from mediakit.errors import MediakitError, check_whole
from mediakit.measure.external import as_measure
from mediakit.measure.measure import Measure
from mediakit.measure.terms import corpus_provenance
from mediakit.text.corpus import Corpus
from mediakit.text.units import find_units, read_units
from mediakit.workers import Once, each

VALUES = {"positive": 1.0, "neutral": 0.0, "negative": -1.0}
MOST_SHOWN = 60


def score_labels(
    corpus: Corpus,
    pipeline: Callable,
    *,
    values: Mapping[str, float] | None = None,
    model: str | None = None,
    batch: int = 64,
) -> Measure:
    """Score sentences by the labels that a model of your own gives them.

    What you learn: what `score_sentiment` does, by a better instrument if you have
    one. Nothing is downloaded: the model is yours, on your disk or behind a function.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it: sentences with a word in the view are labelled, whole, as
        ``mk.mark_about(corpus, "China").only("about China")``.
    pipeline : callable
        Called with a list of sentences, it returns for each a dict with label and
        score, or a list of such dicts of which the highest score counts: a
        ``transformers.pipeline("text-classification", model=folder)`` does.
    values : dict of str to float, optional
        What a label counts; by default positive 1, neutral 0, negative -1, in upper
        or lower case.
    model : str, optional
        What captions and methods call it; by default the name the pipeline has.
    batch : int, default 64
        How many sentences are given at a time; the same sentence is given once.

    Returns
    -------
    Measure
        Of kind "mean", one item "tone": values summed over sentences, of each article;
        the exposure are its sentences. It is computed at once.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, or the pipeline returns anything else, or a
        label that `values` does not have.

    Notes
    -----
    Scores (how sure the model is) do not enter. Models are trained on texts of one
    kind, mostly US English; on others they err without saying so: `validate`. When not
    to use it: for figures others must rebuild without the model.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "A fine day. It rained."]}))
    >>> def pipeline(texts):
    ...     names = ["POSITIVE" if "fine" in text else "NEUTRAL" for text in texts]
    ...     return [{"label": name, "score": 0.9} for name in names]
    >>> tone = mk.score_labels(mk.tokenize(articles), pipeline, model="mine")
    >>> tone.values.toarray().tolist(), tone.exposure.tolist()
    ([[1.0]], [[2.0]])
    """
    corpus.need_order("a score of sentences")
    if not callable(pipeline):
        raise MediakitError(
            "`pipeline` must be a function of a list of texts that returns a label for "
            f"each, got {type(pipeline).__name__}."
        )
    batch = check_whole("batch", batch, 1)
    worth = _values(values)
    rows, texts = _sentences(corpus)
    unique, places = np.unique(np.array(texts, object), return_inverse=True)
    labels = list(_labelled(unique.tolist(), pipeline, batch))
    unknown = sorted({one for one in labels if one.casefold() not in worth})
    if unknown:
        raise MediakitError(
            f"the labels {unknown[:5]} are not in `values`, which has {list(worth)}; "
            f"say what each counts: `values={{{unknown[0]!r}: -1, ...}}`."
        )
    scores = np.array([worth[one.casefold()] for one in labels], float)[places]
    size = len(corpus)
    frame = corpus.metadata.assign(
        tone=np.bincount(rows, scores, size),
        sentences=np.bincount(rows, minlength=size),
    )
    measure = as_measure(
        frame, value="tone", exposure="sentences", kind="mean", unit="sentence"
    )
    made = {
        **corpus_provenance(corpus),
        "made_by": "score_labels",
        "model": model or _name(pipeline),
        "values": worth,
    }
    articles = corpus.metadata.reset_index(drop=True)
    return replace(measure, articles=articles, evidence=corpus.bag, provenance=made)


def _values(given: Mapping[str, float] | None) -> dict[str, float]:
    try:
        pairs = (VALUES if given is None else given).items()
        worth = {str(label).casefold(): float(value) for label, value in pairs}
    except (AttributeError, TypeError, ValueError) as error:
        raise MediakitError(
            f"`values` must map labels to numbers, as {VALUES}, got {given!r}."
        ) from error
    if not worth or not all(map(np.isfinite, worth.values())):
        raise MediakitError(f"`values` must hold finite numbers, got {given!r}.")
    return worth


def _sentences(corpus: Corpus) -> tuple[np.ndarray, list[str]]:
    """Return the row and the text of every sentence with a word in the view."""
    firsts = np.cumsum([0, *map(len, corpus.parts)])[:-1].tolist()
    pieces = (
        (Once(part), number, first)
        for number, (part, first) in enumerate(zip(corpus.parts, firsts, strict=True))
    )
    found = list(each(find_units, pieces, corpus.view, "sentence", None))
    texts: list[str] = []
    for part, units in zip(corpus.parts, found, strict=True):
        starts, ends = units[:, 2], units[:, 3]
        if len(units):
            cells = read_units(part.shard, corpus.view.field, starts, ends, "sentence")
            texts += cells["text"]
    rows = [units[:, 1] for units in found]
    return np.concatenate([np.empty(0, np.int64), *rows]), texts


def _labelled(texts: list[str], pipeline: Callable, batch: int) -> Iterator[str]:
    for first in range(0, len(texts), batch):
        some = texts[first : first + batch]
        told = pipeline(some)
        try:
            labels = [_label(one) for one in told]
        except (TypeError, KeyError, ValueError) as error:
            raise MediakitError(
                "`pipeline` must return a dict with label and score for each text, "
                f"got {str(told)[:MOST_SHOWN]!r}."
            ) from error
        if len(labels) != len(some):
            raise MediakitError(
                f"`pipeline` was given {len(some)} texts and returned {len(labels)} "
                "labels; it must return one for each, in order."
            )
        yield from labels


def _label(told) -> str:
    """Return the label of one text, of several the one with the highest score."""
    if not isinstance(told, Mapping):
        told = max(told, key=lambda one: one["score"])
    return str(told["label"])


def _name(pipeline: Callable) -> str:
    """Return what a pipeline calls itself; of a folder here its last name."""
    name = getattr(getattr(pipeline, "model", None), "name_or_path", None)
    name = str(name or getattr(pipeline, "__name__", type(pipeline).__name__))
    return Path(name).name if Path(name).exists() else name
