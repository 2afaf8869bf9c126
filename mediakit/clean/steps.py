"""The account of the steps that drop articles, kept with the table they leave.

It stands in ``articles.attrs["mediakit"]["steps"]``; `show_flow` draws it.
"""

import pandas as pd


def with_step(
    articles: pd.DataFrame,
    kept: pd.DataFrame,
    *,
    verb: str,
    dropped: dict[str, int],
    **more,
) -> pd.DataFrame:
    """Return `kept` carrying what the step `verb` dropped of `articles`, and why.

    `more` is plain enough for JSON.
    """
    record = articles.attrs.get("mediakit", {})
    step = {
        "verb": verb,
        "before": len(articles),
        "after": len(kept),
        "dropped": [
            {"why": why, "articles": int(count)}
            for why, count in dropped.items()
            if count
        ],
        **more,
    }
    kept.attrs = dict(articles.attrs)
    kept.attrs["mediakit"] = {**record, "steps": [*record.get("steps", []), step]}
    return kept
