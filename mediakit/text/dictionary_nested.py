"""Nested categories, as YAML, JSON and Python hold them, as rows of a dictionary."""

from collections.abc import Iterator, Mapping

from mediakit.errors import MediakitError

LEVEL = " > "
"""What stands between a category and one inside it: "politics > elections"."""


def nested_rows(value, path: tuple[str, ...]) -> Iterator[tuple[str, str, float]]:
    """Yield category, pattern and weight of nested mappings and lists.

    A mapping's value that is a number makes its key an entry of that weight.
    """
    if isinstance(value, Mapping):
        value = list(value.items())
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple):
        raise MediakitError(
            f"category {LEVEL.join(path)!r} must hold patterns or categories, got "
            f"{value!r}."
        )
    for one in value:
        if isinstance(one, tuple) and len(one) == 2:
            yield from _of_pair(*one, path)
        elif isinstance(one, Mapping | list):
            yield from nested_rows(one, path)
        else:
            yield (*_named(path, one), 1.0)


def _of_pair(key, inner, path):
    if isinstance(inner, str):
        try:
            inner = float(inner)
        except ValueError:
            inner = [inner]
    if isinstance(inner, int | float) and not isinstance(inner, bool):
        yield (*_named(path, key), float(inner))
        return
    if inner is None or inner == []:
        return
    if not isinstance(key, str) or not key.strip() or LEVEL in key:
        raise MediakitError(
            f"a category must be called by some text without {LEVEL!r}, got {key!r}."
        )
    yield from nested_rows(inner, (*path, key.strip()))


def _named(path, pattern) -> tuple[str, str]:
    if not path:
        raise MediakitError(
            f"the pattern {pattern!r} stands in no category; write it as "
            "{'category': [patterns]}."
        )
    return LEVEL.join(path), pattern
