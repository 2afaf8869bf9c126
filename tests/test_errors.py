"""What mediakit says, whatever others called their outlets and files."""

import pickle
import warnings

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.errors import OBEYED

ORDER = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eevil\r"


@given(st.text(max_size=30))
def test_no_message_holds_an_order_to_a_terminal_and_lines_stay(text):
    for kind in (mk.MediakitError, mk.MediakitWarning):
        said = str(kind(f"one\n{text}\ttwo"))
        assert not OBEYED.search(said)
        assert said.startswith("one\n")
        assert said.endswith("\ttwo")
        if not OBEYED.search(text):
            assert said == f"one\n{text}\ttwo"


def test_a_message_travels_to_another_process_as_it_is():
    error = mk.MediakitError(f"no outlet {ORDER}")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert "\\x1b[2J\\x9b31m\\u202eevil\\r" in str(error)


def test_a_file_and_an_outlet_with_orders_in_their_names_are_told_as_words(tmp_path):
    with pytest.raises(mk.MediakitError) as caught:
        mk.read_articles(tmp_path / f"{ORDER.replace('/', '')}.csv")
    assert not OBEYED.search(str(caught.value))
    path = tmp_path / "a.csv"
    rows = pd.DataFrame({"text": ["war", None], "outlet": ORDER, "published": ORDER})
    rows.to_csv(path, index=False)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        mk.read_articles(path)
    assert told
    assert not any(OBEYED.search(str(one.message)) for one in told)
