import numpy as np
from articles import corpus_of
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.text.quotations import quotation_spans
from mediakit.text.words import word_spans

PIECES = ["Peace", "war.", "“We", "agree”", '"', "’tis", "— é", "😀", "\n\n", "no."]
TEXTS = st.lists(
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join), min_size=1
)


def naive_quoted(text):
    """Count the words that begin inside a quotation, character by character."""
    spans = quotation_spans(text)
    inside = [any(a <= i < b for a, b in spans) for i in range(len(text))]
    count, position = 0, 0
    for chunk in text.split():
        position = text.index(chunk, position)
        count += sum(inside[position + start] for start, _ in word_spans(chunk))
        position += len(chunk)
    return count


@given(TEXTS)
def test_quoted_words_are_those_between_the_marks(texts):
    corpus = mk.mark_quotations(corpus_of(texts))
    inside = corpus.only("quotation").totals()
    assert inside.tolist() == [naive_quoted(text) for text in texts]
    assert (inside + corpus.without("quotation").totals() == corpus.totals()).all()


def test_counts_and_exposures_follow_the_view():
    corpus = mk.mark_quotations(corpus_of(["“Peace, peace!” he said. No peace."]))
    own, quoted = (
        mk.count_patterns(view, "peace")
        for view in (corpus.without("quotation"), corpus.only("quotation"))
    )
    assert (own.values.toarray()[0, 0], own.exposure[0, 0]) == (1, 4)
    assert (quoted.values.toarray()[0, 0], quoted.exposure[0, 0]) == (2, 2)
    assert quoted.provenance["view"] == "text only quotation"


def test_titles_have_their_own_quotations():
    corpus = mk.mark_quotations(corpus_of(["Plain text."], titles=["“Peace” talks"]))
    assert corpus.only("title").only("quotation").totals().tolist() == [1]
    assert corpus.only("quotation").only("title").totals().tolist() == [1]
    assert corpus.only("quotation").totals().tolist() == [0]


def test_layers_do_not_change_the_corpus_they_are_marked_on():
    corpus = corpus_of(["“Peace” talks"])
    marked = mk.mark_quotations(corpus)
    assert (corpus.layers, marked.layers) == ([], ["quotation"])


def test_a_subset_keeps_its_layers():
    corpus = mk.mark_quotations(corpus_of(["“a b” c", "d", "“e” f"]))
    view = corpus.only("quotation").subset(np.array([False, True, True]))
    assert view.totals().tolist() == [0, 1]
