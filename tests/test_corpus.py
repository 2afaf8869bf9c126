import numpy as np
import pandas as pd
import pytest
from articles import articles_of
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize import TreebankWordTokenizer, WhitespaceTokenizer, WordPunctTokenizer

import mediakit as mk
from mediakit.text import tokenize as tokenizing
from mediakit.text.shard import PARAGRAPH, SENTENCE
from mediakit.text.words import word_spans

WORDS = ["Peace", "peace", "war.", "“War”", "U.S.", "don't", "is", "—", "3.5%", "Ünde"]
TEXTS = st.lists(
    st.lists(st.sampled_from([*WORDS, "\n\n"]), max_size=12).map(" ".join), max_size=7
)


def words_of(corpus, shard=0):
    part = corpus.parts[shard]
    strings = part.shard.vocabulary.to_pylist()
    positions, offsets = part.shard.selected(corpus.view)
    words = [strings[number] for number in part.shard.ids[positions]]
    return [words[a:b] for a, b in zip(offsets, offsets[1:], strict=False)]


def naive_words(text):
    return [chunk[a:b] for chunk in text.split() for a, b in word_spans(chunk)]


@given(TEXTS)
def test_tokens_are_the_rule_applied_to_each_chunk(texts):
    corpus = mk.tokenize(articles_of(texts))
    expected = [naive_words(text) for text in texts]
    assert (words_of(corpus) if texts else []) == expected
    assert corpus.totals().tolist() == [len(words) for words in expected]


@given(TEXTS, st.integers(1, 3))
def test_shards_change_no_count(texts, size):
    whole = mk.count_terms(mk.tokenize(articles_of(texts)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizing, "SHARD_ARTICLES", size)
        corpus = mk.tokenize(articles_of(texts))
    assert len(corpus.parts) == -(-len(texts) // size)
    parts = mk.count_terms(corpus)
    assert parts.items.equals(whole.items)
    assert (parts.values.toarray() == whole.values.toarray()).all()
    assert (parts.exposure == whole.exposure).all()


def test_a_shard_ends_before_it_grows_too_large(monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_BYTES", 20)
    corpus = mk.tokenize(articles_of(["a" * 15, "b" * 15, "c", "d", "e" * 50]))
    assert [len(part) for part in corpus.parts] == [1, 3, 1]


def test_title_and_text_are_two_fields():
    corpus = mk.tokenize(articles_of(["Talks go on."], titles=["No peace"]))
    assert words_of(corpus) == [["Talks", "go", "on"]]
    assert words_of(corpus.only("title")) == [["No", "peace"]]


def flags_of(text):
    shard = mk.tokenize(articles_of([text])).parts[0].shard
    words = shard.vocabulary.take(shard.ids).to_pylist()
    return [
        word + "." * bool(flag & SENTENCE) + "¶" * bool(flag & PARAGRAPH)
        for word, flag in zip(words, shard.flags, strict=True)
    ]


def test_sentences_and_paragraphs_are_flagged_at_their_first_word():
    found = flags_of("Mr. Ash left. He “will return”.\n\nNobody else\nstayed.")
    begins = [word for word in found if word[-1] in ".¶"]
    assert begins == ["Mr.¶", "He.", "Nobody.¶", "stayed.¶"]


def test_lines_wrapped_at_a_width_are_no_paragraphs():
    lines = "The talks went on\n" * 8
    begins = [word for word in flags_of(lines + "and on.") if word.endswith("¶")]
    assert begins == ["The.¶"]


def test_a_mark_without_words_does_not_hide_the_sentence_after_it():
    assert flags_of("It ended. — Then rain.")[2] == "Then."


def test_nltk_tokenizers_take_the_place_of_the_default():
    text = 'They didn\'t sign. "No" was the U.S. answer.\n\nWhy?'
    corpus = mk.tokenize(articles_of([text]), tokenizer=TreebankWordTokenizer())
    assert corpus.tokenizer == "TreebankWordTokenizer"
    assert words_of(corpus)[0][:5] == ["They", "did", "n't", "sign", "."]
    shard = corpus.parts[0].shard
    words = shard.vocabulary.take(shard.ids).to_pylist()
    for word, start in zip(words, shard.starts(), strict=True):
        assert text.encode()[start:].startswith(word.encode())
    assert [w for w, f in zip(words, shard.flags, strict=True) if f] == [
        "They",
        '"',
        "Why",
    ]


def test_a_tokenizer_without_context_runs_on_chunks_with_the_same_result():
    texts = ["It's (almost) over... “Why?”", "", "U.S. talks"]
    corpus = mk.tokenize(articles_of(texts), tokenizer=WordPunctTokenizer())
    assert corpus.parts[0].shard.pieces is not None
    assert words_of(corpus) == [WordPunctTokenizer().tokenize(text) for text in texts]


@given(st.text("ab.É \n\u2003", max_size=60))
def test_a_white_space_tokenizer_agrees_with_split(text):
    corpus = mk.tokenize(articles_of(["x " + text]), tokenizer=WhitespaceTokenizer())
    found = words_of(corpus)[0]
    assert "".join(found) == "".join(("x " + corpus.articles["text"][0][2:]).split())


@pytest.mark.parametrize("tokenizer", ["nltk", 3, TreebankWordTokenizer])
def test_an_unknown_tokenizer_is_told_the_choices(tokenizer):
    with pytest.raises(mk.MediakitError, match="NLTK tokenizer object"):
        mk.tokenize(articles_of(["a"]), tokenizer=tokenizer)


def test_scripts_without_spaces_are_refused_with_the_way_out():
    with pytest.raises(mk.MediakitError, match="jieba"):
        mk.tokenize(
            articles_of(["外交部发言人在例行记者会上回答了记者的提问并介绍了情况"])
        )


def test_no_articles_give_an_empty_corpus():
    corpus = mk.tokenize(articles_of([]))
    assert len(corpus) == 0
    assert corpus.articles.empty
    assert mk.count_terms(corpus).values.shape == (0, 0)
    assert "0 articles" in repr(corpus)


def test_subset_split_and_columns_follow_the_articles():
    corpus = mk.tokenize(articles_of([f"word{i} " * (i + 1) for i in range(9)]))
    mask = np.arange(9) % 2 == 0
    subset = corpus.subset(mask)
    assert subset.totals().tolist() == [1, 3, 5, 7, 9]
    assert subset.articles["text"].tolist() == corpus.articles["text"][mask].tolist()
    assert mk.count_terms(subset).items["item"].tolist()[1] == "word2"
    assert subset.subset([False, True, False, False, True]).totals().tolist() == [3, 9]
    first, second = corpus.split(seed=1)
    ids = [*first.metadata["article_id"], *second.metadata["article_id"]]
    assert sorted(ids) == sorted(corpus.metadata["article_id"])
    assert (len(first), len(second)) == (4, 5)
    assert first.metadata.equals(corpus.split(seed=1)[0].metadata)
    assert not first.metadata.equals(corpus.split(seed=2)[0].metadata)
    event = corpus.metadata[["article_id"]].assign(event_id="e1").iloc[::-1]
    assert corpus.with_columns(event).metadata["event_id"].eq("e1").all()


def test_errors_name_the_value_and_the_way_on():
    corpus = mk.tokenize(articles_of(["a", "b"]))
    with pytest.raises(mk.MediakitError, match=r"mk.mark_quotations\(corpus\)"):
        corpus.only("quotation")
    with pytest.raises(mk.MediakitError, match=r"corpus.only\(.text.\)"):
        corpus.without("title")
    with pytest.raises(mk.MediakitError, match="2 booleans, one per article"):
        corpus.subset([1, 0])
    with pytest.raises(mk.MediakitError, match="lacks the columns"):
        mk.tokenize(pd.DataFrame({"text": ["a"]}))
    with pytest.raises(mk.MediakitError, match="has the columns"):
        corpus.with_columns(corpus.metadata[["article_id", "outlet"]])


def test_the_fingerprint_knows_texts_and_not_their_order():
    articles = articles_of(["one", "two", "three"])
    whole = mk.tokenize(articles).fingerprint
    assert mk.tokenize(articles.iloc[::-1]).fingerprint == whole
    changed = articles.assign(text=["one", "two", "thre e"])
    assert mk.tokenize(changed).fingerprint != whole


def test_counts_alone_answer_what_they_can():
    articles = articles_of([np.nan, np.nan])
    counts = np.array([[2, 0], [1, 3]])
    corpus = mk.Corpus.from_counts(articles, ["peace", "war"], counts, [5, 4])
    measure = mk.count_terms(corpus)
    assert corpus.counts_only
    assert measure.values.toarray().tolist() == counts.tolist()
    assert measure.exposure[:, 0].tolist() == [5, 4]
    assert mk.count_patterns(corpus, "w*").values.toarray().tolist() == [[0], [3]]
    assert mk.count_terms(corpus.subset([False, True])).values.shape == (1, 2)
    assert corpus.articles["text"].isna().all()
    for ask in (
        lambda: corpus.only("title"),
        lambda: mk.mark_quotations(corpus),
        lambda: mk.count_patterns(corpus, "civil war"),
        lambda: corpus.save("somewhere"),
    ):
        with pytest.raises(mk.MediakitError, match="order"):
            ask()
    with pytest.raises(mk.MediakitError, match="lower-cased words only"):
        mk.count_terms(corpus, fold=None)
