"""The methods behind a report: told once; tables that cannot tell are passed over."""

import pandas as pd

import mediakit as mk
from mediakit.share.appendix import _methods

CODES = pd.DataFrame(
    {"unit_id": [*range(10)] * 2, "code": [0, 1] * 10, "coder": ["A"] * 10 + ["B"] * 10}
)


def test_a_table_with_fewer_columns_stops_no_report():
    agreed = mk.agreement(CODES)
    part = agreed[["question", "alpha"]]
    assert part.attrs["mediakit"]["verb"] == "agreement"
    assert "alpha" in _methods([part, agreed])
    assert _methods([part, agreed]) == _methods([agreed])
