"""What the tests of the register share."""

import warnings

import pandas as pd

from mediakit.load.register import label_outlets


def label(names, urls=None, **kwargs):
    """Return the labels of articles and the warnings about them."""
    frame = pd.DataFrame({"outlet": pd.Series(names, dtype="str")})
    if urls is not None:
        frame["url"] = pd.Series(urls, dtype="str")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        labelled = label_outlets(frame, **kwargs)
    return labelled, [str(warning.message) for warning in caught]
