"""Measures made again from their records alone, as `derive` of a study needs them."""

import warnings

import pytest

import mediakit as mk
from mediakit.share.again import counted
from mediakit.share.derive import derive


@pytest.fixture(scope="module")
def corpus():
    strait = mk.load_sample("strait")
    return strait.subset(strait.articles["published"].dt.month < 5)


MADE = {
    "frames": lambda c: mk.count_dictionary(
        c, mk.load_dictionary("frames"), unit="sentence"
    ),
    "naming": lambda c: mk.count_naming(
        mk.mark_quotations(c).without("quotation"), mk.load_dictionary("naming")
    ),
    "voices": lambda c: mk.count_voices(c, of="verbs"),
    "agency": mk.count_agency,
    "tone": lambda c: mk.score_sentiment(c, method="textblob"),
    "tones": lambda c: mk.score_tones(c, methods=["vader_corrected"], without=[]),
    "quoted": lambda c: mk.count_patterns(
        mk.mark_quotations(c).only("quotation"), ["war", "talks"]
    ),
    "near": lambda c: mk.count_collocates(c, "ferry", window=(2, 1)),
}


@pytest.mark.parametrize("made", MADE)
def test_a_record_is_enough_to_measure_again(made, corpus):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        first = MADE[made](corpus)
    again = counted(first.provenance, corpus)
    assert (first.values != again.values).nnz == 0
    assert first.items.equals(again.items)
    assert first.provenance == again.provenance


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"dictionary": "mine"}, "your dictionary 'mine' are not in the record"),
        ({"dictionary_sha256": "0"}, "dictionary_sha256 of its record"),
        ({"view": "text without person"}, "'text without person', whose layers"),
        ({"made_by": "as_measure"}, "made by as_measure does not hold"),
        ({"own_lists": ["verbs"]}, "does not hold how it is made"),
    ],
)
def test_what_a_record_does_not_hold_is_said(change, said, corpus):
    record = MADE["frames"](corpus).provenance
    with pytest.raises(mk.MediakitError, match=said):
        counted(record | change, corpus)


def test_tables_of_tone_and_voices_go_with_the_derived_sample(tmp_path):
    corpus = mk.load_sample("strait")
    measures = {name: MADE[name](corpus) for name in ("voices", "tone")}
    tables = {n: mk.summarise(one, by="outlet") for n, one in measures.items()}
    report = derive(corpus, tmp_path / "strait", measures=measures, tables=tables)
    told = report.attrs["mediakit"]["tables"]
    assert [one["measure"] for one in told] == ["voices", "tone"]
    assert mk.verify(tmp_path / "strait")["ok"].all()
