import numpy as np
import pandas as pd
import pytest
from articles import corpus_of

import mediakit as mk
from mediakit.text.voices import COLUMNS

LANDS = {
    "Kelmar": ["Kelmar", "Kelmari", "Ossund", "Port Rhesk"],
    "Halvane": ["Halvane", "Halvan", "Merrin"],
    "Quessa": ["Quessa", "Quessan"],
    "Union": ["Union"],
}
TEXT = (
    "“We have won the vote,” Prime Minister Ann Lee of Kelmar claimed on Monday. "
    "“It was fair.”\nBo Tan, a professor of law, said it was not. “No,” he added.\n"
    "“Bread is dear,” said a baker in Merrin. The so-called “victory” was narrow.\n"
    "A spokesman for the Halvan government said: “We wait.” A diplomat who asked not "
    "to be named said that talks would go on."
)


@pytest.fixture(scope="module")
def strait():
    corpus = mk.load_sample("strait")
    lands = mk.load_truth("outlets").set_index("outlet_id")["country"]
    places = corpus.metadata["article_id"].str.split("-").str[1].map(lands)
    frame = pd.DataFrame({"article_id": corpus.metadata["article_id"], "land": places})
    return corpus.with_columns(frame)


def find(text, **options):
    return mk.find_quotations(corpus_of([text], land="Kelmar"), **options)


def test_speakers_have_names_groups_and_countries():
    found = find(TEXT, actors=LANDS, home="land")
    columns = ["kind", "speaker", "group", "country", "verb_class"]
    rows = found[columns].astype(object).where(found[columns].notna(), None)
    home, other = "home official", "other official"
    asked = "A diplomat who asked not to be named"
    assert rows.to_numpy().tolist() == [
        ["direct", "Ann Lee", home, "Kelmar", "claiming"],
        ["indirect", "Bo Tan", "expert", None, "neutral"],
        ["direct", "Bo Tan", "expert", None, "neutral"],
        ["direct", "a baker", "citizen", None, "neutral"],
        ["unattributed", None, None, None, None],
        [
            "direct",
            "A spokesman for the Halvan government",
            other,
            "Halvane",
            "neutral",
        ],
        ["indirect", asked, "anonymous", None, "neutral"],
    ]
    assert found["quotation"].iloc[0] == "“We have won the vote,” … “It was fair.”"
    assert found["words"].tolist()[:2] == [8, 3]
    for row in found.itertuples():
        assert TEXT[row.start : row.end].startswith(row.quotation.split(" … ")[0])


def test_a_description_from_another_article_helps():
    texts = ["“No,” said Ann Lee.", "Ann Lee, the foreign minister, said: “Yes.”"]
    assert mk.find_quotations(corpus_of(texts))["group"].tolist() == ["official"] * 2
    assert find(texts[0])["group"].tolist() == ["unknown"]


def test_pronouns_mean_who_was_named():
    text = "Mr. Lee met Ms. Tan. “We talked,” she said. “Yes,” he said."
    assert find(text)["speaker"].tolist() == ["Tan", "Lee"]


def test_empty_in_empty_out():
    for texts in ([], ["Nothing is said here."]):
        found = mk.find_quotations(corpus_of(texts))
        assert list(found.columns)[: len(COLUMNS)] == list(COLUMNS)
        assert found.dtypes[list(COLUMNS)].astype(str).to_dict() == COLUMNS
        assert len(found) == 0
        voices = mk.count_voices(corpus_of(texts))
        assert voices.values.sum() == 0
        assert len(voices) == len(texts)


def test_quoted_words_are_shared_out_and_follow_the_view():
    corpus = mk.mark_quotations(corpus_of([TEXT]))
    voices = mk.count_voices(corpus, actors=LANDS)
    shares = dict(zip(voices.items["item"], voices.values.toarray()[0], strict=True))
    assert shares == {
        "anonymous": 0,
        "official": 10,
        "expert": 1,
        "media": 0,
        "citizen": 3,
        "unknown": 0,
    }
    assert voices.exposure.tolist() == [[14.0]]
    assert mk.count_voices(corpus.only("quotation")).exposure.tolist() == [[14.0]]
    assert mk.count_voices(corpus.without("quotation")).exposure.tolist() == [[0.0]]
    assert mk.count_voices(corpus.only("title")).exposure.tolist() == [[0.0]]


def test_verbs_and_speakers_are_counted_per_group():
    verbs = mk.count_voices(corpus_of([TEXT]), of="verbs").to_frame().set_index("item")
    assert verbs.loc["claiming", ["value", "exposure"]].tolist() == [1, 6]
    assert verbs.loc["official: claiming", ["value", "exposure"]].tolist() == [1, 2]
    assert verbs.loc["expert: neutral", ["value", "exposure"]].tolist() == [2, 2]
    heard = mk.count_voices(corpus_of([TEXT]), of="speakers").to_frame()
    assert heard.set_index("item")["value"].to_dict() == {
        "official": 2,
        "expert": 1,
        "citizen": 1,
    }
    assert set(heard["exposure"]) == {4.0}


def test_rows_and_shards_change_nothing(strait, monkeypatch):
    few = strait.subset(np.arange(len(strait)) % 20 == 3)
    voices = mk.count_voices(few)
    monkeypatch.setattr("mediakit.text.tokenize.SHARD_ARTICLES", 3)
    again = mk.count_voices(mk.tokenize(few.articles.drop(columns="constructed")))
    assert len(again.stored) > 1
    assert (voices.values.toarray() == again.values.toarray()).all()
    assert (voices.exposure == again.exposure).all()


def test_a_cluster_finds_the_same(strait, client):
    few = strait.subset(np.arange(len(strait)) % 30 == 1)
    here = mk.find_quotations(few), mk.find_agency(few)
    with mk.use(client):
        there = mk.find_quotations(few), mk.find_agency(few)
    for one, other in zip(here, there, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_planted_quotations_are_found_again(strait):
    found = mk.find_quotations(strait, actors=LANDS)
    truth = mk.load_truth("quotations").query("kind == 'direct'")
    pairs = found[found["kind"].isin(["direct", "mixed"])].merge(truth, on="article_id")
    low, high = (
        pairs[["start_x", "start_y"]].max(axis=1),
        pairs[["end_x", "end_y"]].min(axis=1),
    )
    met = pairs[high - low >= (pairs["end_y"] - pairs["start_y"]) / 2]
    assert len(met.groupby(["article_id", "start_y"])) / len(truth) >= 0.97
    quoted = found["kind"].isin(["direct", "mixed"]).sum()
    assert len(met.groupby(["article_id", "start_x"])) / quoted >= 0.95
    group = met["group_y"].str.replace("home_|other_|_halvane|_kelmar", "", regex=True)
    assert (met["group_x"] == group).mean() >= 0.75


def test_planted_voices_are_measured(strait):
    names = mk.load_truth("outlets").set_index("outlet_id")["name"]
    frame = pd.DataFrame({"article_id": strait.metadata["article_id"]})
    corpus = strait.with_columns(frame.assign(all="Kelmar"))
    voices = mk.count_voices(corpus, actors=LANDS, home="all")
    rates = mk.summarise(voices, by="outlet").set_index(["item", "group"])["rate"]
    rates = rates.unstack().rename(columns={name: key for key, name in names.items()})
    unnamed, other = rates.loc["official"], rates.loc["other official"]
    # An outlet does not say whose its own ministers are.
    assert unnamed["banner"] > 0.2
    assert unnamed["today"] > 0.2
    kelmar = rates.loc["home official"].add(unnamed[["banner"]], fill_value=0)
    halvane = other.add(unnamed[["today", "hbs", "courier"]], fill_value=0)
    for outlet in ("hbs", "courier", "longshore", "uws"):
        assert kelmar["banner"] > kelmar[outlet]
        assert halvane["today"] > halvane[outlet]
    for outlet in ("today", "banner", "kelta"):
        assert rates.loc["citizen", "uws"] > rates.loc["citizen", outlet]


def test_lists_can_be_ones_own(tmp_path):
    path = tmp_path / "verbs.yaml"
    path.write_text("classes: {mine: [mumble]}\n", encoding="utf-8")
    found = find("“Hm,” mumbled Ann Lee. “No,” said Bo Tan.", verbs=str(path))
    assert found["verb_class"].fillna("").tolist() == ["mine", ""]
    found = find("“Hm,” said the wizard.", speakers={"mage": ["wizard"]})
    assert found["group"].tolist() == ["mage"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"verbs": "no such file"}, "there is no file 'no such file'"),
        ({"verbs": 3}, "`verbs` must be a dict or the path of a YAML file, got int"),
        ({"verbs": {"class": []}}, "must have `classes`"),
        ({"speakers": {"mage": ["("]}}, "'mage' must be a list of regular"),
        ({"home": "nation"}, "nation"),
    ],
)
def test_errors_say_what_to_do(options, message):
    with pytest.raises(mk.MediakitError, match=message):
        find("“Hm,” said Ann.", **options)


def test_counts_have_no_voices():
    with pytest.raises(mk.MediakitError, match="needs the order of words"):
        mk.count_voices(mk.load_sample("democracy"))
    with pytest.raises(mk.MediakitError, match="`of` must be"):
        mk.count_voices(corpus_of([TEXT]), of="people")


def test_a_part_of_a_name_means_the_person_named_before():
    text = (
        "Wang Yang, a professor of law, spoke. “No,” Wang said. "
        "Emily Lau Wai-hing, a lawmaker, left. “Never,” said Lau."
    )
    found = find(text)
    assert found["speaker"].tolist() == ["Wang Yang", "Emily Lau Wai-hing"]
    assert found["group"].tolist() == ["expert", "official"]


def test_they_and_it_mean_who_spoke_before():
    text = (
        "The students said that the fee was too high. “We are poor,” they said. "
        "The report said that trade fell. “It may fall again,” it said."
    )
    found = find(text)
    assert found["speaker"].tolist() == ["The students"] * 2 + ["The report"] * 2


def test_a_speaker_ends_before_another_verb():
    found = find("Patten has no doubt told “one falsehood after another”.")
    assert found["mention"].tolist() == ["Patten"]
    assert find("Instead of acknowledging “the law”, all left.")["mention"].isna().all()
    assert find("He may be accused of “treason”.")["mention"].isna().all()
