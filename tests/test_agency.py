import pytest
from articles import corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.text.agency_rules import FORMS, find_harm
from mediakit.text.agency_words import harm_words

WORDS = harm_words()
ACTIVE, BY, WITHOUT, ERGATIVE, NOMINAL = FORMS
TEXT_CASES = [  # the first five: methods.md A11
    ("Police shot three protesters.", [(ACTIVE, "Police", "three protesters")]),
    ("Three protesters were shot by police.", [(BY, "police", "Three protesters")]),
    ("Three protesters were shot.", [(WITHOUT, None, "Three protesters")]),
    ("Three protesters died.", [(ERGATIVE, None, "Three protesters")]),
    ("The shooting of three protesters", [(NOMINAL, None, "three protesters")]),
    ("Clashes erupted in Cairo.", [(ERGATIVE, None, None)]),
    ("Troops have killed dozens since May.", [(ACTIVE, "Troops", "dozens")]),
    ("The killing by militants was condemned.", [(NOMINAL, "militants", None)]),
    ("He had been beaten and killed.", [(WITHOUT, None, "He")] * 2),
    (
        "Gunmen attacked the mosque, killing 20 people.",
        [(ACTIVE, "Gunmen", "the mosque"), (ACTIVE, "Gunmen", "20 people")],
    ),
    (
        "Two men were injured after being attacked by a mob.",
        [(WITHOUT, None, "Two men"), (BY, "a mob", "Two men")],
    ),
    ("An American imprisoned in Cuba came home.", [(WITHOUT, None, "An American")]),
    ("Israel attacked on Sunday.", [(ACTIVE, "Israel", None)]),
    ("Mr. Nemtsov’s killing shocked many.", [(NOMINAL, None, None)]),
    ("They’re killed by the score.", [(BY, "the score", None)]),
    ("The wounded were taken away.", []),
    ("A car bomb exploded.", []),
    ("Rob Walton was chairman.", []),
    ("Their sentences were long.", []),
]
TITLE_CASES = [
    ("Three killed in blast", [WITHOUT]),
    ("Police kill three in raid", [ACTIVE, NOMINAL]),
    ("Police arrest activist", [ACTIVE]),
    ("Man shot dead by police", [BY]),
    ("5 dead in clashes", [ERGATIVE]),
    ("Bomb attacks kill 40", [NOMINAL, ACTIVE]),
    ("Syrian forces bombed Aleppo", [ACTIVE]),
    ("Texas shooting shows divide", [NOMINAL]),
    ("Two US soldiers killed, three wounded", [WITHOUT, WITHOUT]),
]


def words_of(text, span):
    return text[slice(*span)] if span else None


@pytest.mark.parametrize(("text", "expected"), TEXT_CASES)
def test_forms_agents_and_targets_in_text(text, expected):
    found = find_harm(text, (0, len(text)), WORDS, title=False)
    told = [(h.form, words_of(text, h.agent), words_of(text, h.target)) for h in found]
    if text.startswith("They’re"):
        told = [(form, agent, None) for form, agent, _ in told]
    assert told == expected


@pytest.mark.parametrize(("text", "expected"), TITLE_CASES)
def test_forms_in_headlines(text, expected):
    found = find_harm(text, (0, len(text)), WORDS, title=True)
    assert [harm.form for harm in found] == expected


def test_actors_and_sentences_are_shown():
    text = "Syrian troops shot a man in Beirut. Nobody spoke. Israelis were killed."
    found = mk.find_agency(corpus_of([text]))
    assert found["agent_actor"].fillna("").tolist() == ["Syria", ""]
    assert found["target_actor"].fillna("").tolist() == ["", "Israel"]
    assert found["sentence"].tolist() == [text.split(" Nobody")[0], text[-21:]]
    own = mk.find_agency(corpus_of([text]), actors={"troops": ["troops"]})
    assert own["agent_actor"].iloc[0] == "troops"


def test_shares_are_counted_in_all_and_per_actor():
    texts = [
        "Syrian troops shot a man. Two were shot.",
        "Russians were killed by a mob.",
    ]
    forms = mk.count_agency(corpus_of(texts), per="target")
    table = forms.to_frame()
    assert list(table["item"]) == [ACTIVE, WITHOUT, BY, f"Russia: {BY}"]
    assert table["exposure"].tolist() == [2, 2, 1, 1]
    assert forms.items["concept"].iloc[-1] == "Russia"
    agents = mk.count_agency(corpus_of(texts), per="agent")
    assert agents.only_items([f"Syria: {ACTIVE}"]).values.sum() == 1


def test_a_view_leaves_out_what_is_quoted_and_reads_headlines():
    text = "“Police shot three men,” she said. Two were wounded."
    corpus = mk.mark_quotations(corpus_of([text], titles="Three killed in blast"))
    assert mk.count_agency(corpus).exposure.sum() == 2
    outside = mk.find_agency(corpus.without("quotation"))
    assert outside["match"].tolist() == ["wounded"]
    assert mk.find_agency(corpus.only("title"))["match"].tolist() == ["killed"]
    assert mk.find_agency(corpus.only("quotation"))["match"].tolist() == ["shot"]


def test_empty_in_empty_out():
    columns = list(mk.find_agency(corpus_of(["Police shot a man."])).columns)
    empty = mk.find_agency(corpus_of([]))
    assert list(empty.columns) == columns
    assert len(empty) == 0
    assert mk.count_agency(corpus_of(["Peace."]), per="agent").values.sum() == 0


def test_planted_agency_of_the_constructed_corpus():
    corpus = mk.load_sample("strait")
    forms = mk.summarise(mk.count_agency(corpus), by="outlet")
    nouns = forms[forms["item"] == NOMINAL].set_index("group")["rate"]
    plain = ["Halvane Broadcasting", "The Merrin Courier", "Longshore", "KELTA"]
    assert nouns["Halvane Today"] > 3 * nouns[plain].max()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"per": "victim"}, "`per` must be one of"),
        ({"harm": {"verb": ["x"]}}, "`harm` must have a list of `verbs`"),
        ({"harm": {"verbs": [{"smite": ["smote"]}]}}, "must have four forms"),
        ({"actors": {"A": ["x"], "B": ["x"]}}, "'x' stands under 'A' and 'B'"),
    ],
)
def test_errors_say_what_to_do(options, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.count_agency(corpus_of(["Police shot a man."]), **options)


def test_counts_have_no_agency():
    with pytest.raises(mk.MediakitError, match="needs the order of words"):
        mk.count_agency(mk.load_sample("democracy"))


PIECES = st.sampled_from(
    "killed kill Police by the were three dead , . shooting of attacks and been who "
    "died violence erupted in raid Mr. ’s \n “ beaten U.S. being".split(" ")
)


@given(
    st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=60), st.booleans()
)
@settings(max_examples=50)
def test_any_text_gives_mentions_inside_it(text, title):
    for harm in find_harm(text, (0, len(text)), WORDS, title=title):
        assert harm.form in FORMS
        for span in (harm.span, harm.agent, harm.target):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert (harm.form == BY) <= (harm.agent is not None)
        assert (harm.form == WITHOUT) <= (harm.agent is None)


def test_an_agent_ends_before_another_verb():
    text = "Israel has routinely chosen to punish them. It has refused to jail anyone."
    found = mk.find_agency(corpus_of([text]))
    assert found["agent"].tolist() == ["Israel", "It"]
