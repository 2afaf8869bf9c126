"""What an explorer was asked last, so that a cell run again shows it as it was left."""

import hashlib

import pandas as pd

from mediakit.show.passages_query import Query
from mediakit.show.widget_files import can_show_widgets

MOST = 200
_LAST: dict[str, Query] = {}


class LastQuery:
    """The last query of explorers over the same articles, begun in the same way.

    It lives as long as the notebook's kernel; outside of a notebook nothing is kept.
    """

    def __init__(self, ids: pd.Series, *begun):
        rows = pd.util.hash_array(ids.astype("str").to_numpy(object))
        self.key = hashlib.sha256(rows.tobytes() + repr(begun).encode()).hexdigest()

    def get(self, otherwise: Query) -> Query:
        """Return the query that was kept, or the other."""
        return _LAST.get(self.key, otherwise) if can_show_widgets() else otherwise

    def keep(self, query: Query) -> None:
        """Keep a query in place of the one before."""
        _LAST.pop(self.key, None)
        _LAST[self.key] = query
        while len(_LAST) > MOST:
            del _LAST[next(iter(_LAST))]
