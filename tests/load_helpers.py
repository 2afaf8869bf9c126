"""Shared by the tests of the load room: files from strings, and accounts as dicts."""

import warnings
from contextlib import contextmanager

import mediakit as mk


def write(folder, name, content):
    """Write bytes or text to a file in `folder` and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def told(articles):
    """Return the account as a dict from heading to number."""
    return mk.account(articles).set_index("what")["articles"].to_dict()


@contextmanager
def quiet():
    """Let mediakit warn without failing the test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        yield


def read(path, **options):
    """Read articles whatever the warnings."""
    with quiet():
        return mk.read_articles(path, **options)
