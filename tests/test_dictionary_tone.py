import pytest
from articles import corpus_of

import mediakit as mk


def written(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def rows(dictionary):
    return dictionary.entries[["category", "pattern", "weight"]].to_numpy().tolist()


def test_afinn(tmp_path):
    path = written(tmp_path, "AFINN-own.txt", "kind\t2\ncan't stand\t-3\ncruel\t-3\n")
    dictionary = mk.read_dictionary(path)
    assert rows(dictionary) == [
        ["valence", "kind", 2],
        ["valence", "can't stand", -3],
        ["valence", "cruel", -3],
    ]
    tone = mk.score_sentiment(
        corpus_of(["I can't stand it. He is kind."]), method=dictionary
    )
    assert tone.values.toarray().tolist() == [[-1]]
    assert tone.exposure.tolist() == [[2, 2]]  # sentences scored, sentences


def test_vaders_own_file(tmp_path):
    text = (
        "kind\t1.9\t0.7\t[2, 1, 3]\n:)\t2.0\t1.1\t[1, 3]\ncruel\t-2.8\t0.9\t[-3, -2]\n"
    )
    path = written(tmp_path, "vader_lexicon.txt", text)
    with pytest.warns(mk.MediakitWarning, match="1 places"):
        dictionary = mk.read_dictionary(path)
    assert rows(dictionary) == [["valence", "kind", 1.9], ["valence", "cruel", -2.8]]


@pytest.mark.parametrize(
    "text",
    [
        "cruel\tanger\t1\ncruel\tjoy\t0\nkind\tjoy\t1\n",
        "word\temotion\tvalue\ncruel\tanger\t1\ncruel\tjoy\t0\nkind\tjoy\t1\n",
    ],
)
def test_nrc(tmp_path, text):
    path = written(tmp_path, "NRC-own.txt", text)
    if text.startswith("word"):
        with pytest.warns(mk.MediakitWarning, match="1 places"):
            dictionary = mk.read_dictionary(path)
    else:
        dictionary = mk.read_dictionary(path)
    assert rows(dictionary) == [["anger", "cruel", 1], ["joy", "kind", 1]]


def test_nrc_intensities(tmp_path):
    path = written(tmp_path, "NRC-own.txt", "cruel\t0.75\tanger\nkind\t0.5\tjoy\n")
    assert rows(mk.read_dictionary(path)) == [
        ["anger", "cruel", 0.75],
        ["joy", "kind", 0.5],
    ]


def test_loughran_and_mcdonald(tmp_path):
    text = (
        "Word,Seq_num,Word Count,Negative,Positive,Uncertainty,Strong_Modal,Source\n"
        "ABANDON,1,10,2009,0,0,0,12of12inf\nABLE,2,9,0,2009,0,0,12of12inf\n"
        "MAYBE,3,9,0,0,2009,-2020,12of12inf\nTABLE,4,9,0,0,0,0,12of12inf\n"
    )
    dictionary = mk.read_dictionary(written(tmp_path, "master.csv", text))
    assert rows(dictionary) == [
        ["negative", "abandon", 1],
        ["positive", "able", 1],
        ["uncertainty", "maybe", 1],
    ]
    tone = mk.score_sentiment(corpus_of(["They abandon it."]), method=dictionary)
    assert tone.items["item"].tolist() == ["tone", "uncertainty"]
    assert tone.values.toarray().tolist() == [[-1, 0]]


def test_hu_and_liu(tmp_path):
    head = ";;;;;;;;\n; a list of words\n;;;;;;;;\n\n"
    written(tmp_path, "positive-words.txt", head + "a+\nkind\n")
    written(tmp_path, "negative-words.txt", head + "cruel\nnaïve\n", "latin-1")
    one = mk.read_dictionary(tmp_path / "positive-words.txt")
    assert one.categories == ["positive"]
    dictionary = mk.read_dictionary(tmp_path)
    assert sorted(dictionary.categories) == ["negative", "positive"]
    assert "naïve" in dictionary.patterns("negative")
    tone = mk.score_sentiment(
        corpus_of(["Naïve but kind and kind."]), method=dictionary
    )
    assert tone.values.toarray().tolist() == [[1]]


def test_a_folder_without_lists_says_so(tmp_path):
    with pytest.raises(mk.MediakitError, match="holds no entry"):
        mk.read_dictionary(tmp_path)


def test_a_csv_of_ones_own_stays_one(tmp_path):
    text = "category,pattern,weight\nv,kind,2\n"
    assert rows(mk.read_dictionary(written(tmp_path, "a.csv", text))) == [
        ["v", "kind", 2]
    ]


def test_the_libraries_lists_have_their_weights():
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = mk.load_dictionary("vader").entries.set_index("pattern")["weight"]
    lexicon = SentimentIntensityAnalyzer().lexicon
    assert len(vader) > 6_500
    for word in ("good", "horrible", "united", "party"):
        assert vader[word] == lexicon[word]
    textblob = mk.load_dictionary("textblob").entries.set_index("pattern")["weight"]
    assert len(textblob) > 1_500
    for word in ("good", "horrible", "great"):
        assert textblob[word] == pytest.approx(TextBlob(word).sentiment.polarity)
    assert (vader != 0).all()
    assert (textblob != 0).all()


@pytest.mark.parametrize(
    ("text", "score"),
    [("It is good.", 0.7), ("It is not good.", -0.35), ("It is very good.", 0.91)],
)
def test_textblobs_list_negates_and_intensifies_as_it_does(text, score):
    from textblob import TextBlob

    dictionary = mk.load_dictionary("textblob").only("polarity")
    words = dictionary.entries["pattern"].isin(["good"])
    alone = mk.Dictionary(
        "good",
        dictionary.entries[words],
        negators=dictionary.negators,
        reach=dictionary.reach,
        turn=dictionary.turn,
        intensifiers=dictionary.intensifiers,
    )
    found = mk.score_sentiment(corpus_of([text]), method=alone).values.toarray()
    assert found[0, 0] == pytest.approx(score)
    assert TextBlob(text).sentiment.polarity == pytest.approx(score)
