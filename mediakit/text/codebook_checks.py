"""What a codebook must be, so that its codes can be told apart."""

import re

from mediakit.errors import MediakitError

CHOOSE = ("one", "many")
LEVELS = ("nominal", "ordinal", "interval", "ratio")
KEYS = "1234567890abcdefghijklmnopqrstuvwxyz"
TAKEN = ("unit_id", "coder", "code", "title", "match", "text", "note", "seconds")
TAKEN += ("time", "round", "question", "article_id", "outlet", "published")
LONGEST_NAME = 60


def check_book(book) -> None:
    """Raise if a codebook's names, keys, levels or filters cannot be used."""

    def refuse(said: str):
        raise MediakitError(f"codebook {book.name!r}: {said}")

    if not book.questions:
        refuse("there is no question; write at least one under `questions`.")
    names = [one.name for one in book.questions]
    for used in (names, [item for one in book.questions for item in one.items]):
        twice = [name for name in used if used.count(name) > 1]
        if twice:
            refuse(
                f"{twice[0]!r} names two things; questions, and categories of a "
                'question with "choose: many", need names of their own.'
            )
        for name in used:
            if name in TAKEN or not name.strip() or len(name) > LONGEST_NAME:
                refuse(
                    f"{name!r} cannot be a name; take up to {LONGEST_NAME} letters, "
                    f"and none of {TAKEN}."
                )
    for place, one in enumerate(book.questions):
        _check_categories(one, refuse)
        _check_kind(one, book.questions[:place], refuse)


def _check_categories(one, refuse) -> None:
    keys = [kind.key for kind in one.categories]
    if len(set(one.codes)) < len(one.codes) or len(set(keys)) < len(keys):
        refuse(f"{one.name!r} has a code or a key twice: {one.codes}, {keys}.")
    if not all(len(key) == 1 and key in KEYS for key in keys):
        refuse(f"keys of {one.name!r} must be a digit or small letter, got {keys}.")
    if len(one.categories) < (2 if one.choose == "one" else 1):
        refuse(f"{one.name!r} needs at least two categories to choose from.")
    if not all(code.strip() for code in one.codes):
        refuse(f"{one.name!r} has a category without a code.")
    if one.choose == "many" and any(set(";,\n") & set(code) for code in one.codes):
        refuse(
            f"codes of {one.name!r}, of which many may be chosen, must have no comma "
            f"or semicolon, got {one.codes}."
        )


def _check_kind(one, before: tuple, refuse) -> None:
    for name, allowed in (("choose", CHOOSE), ("level", LEVELS)):
        value = getattr(one, name)
        if value not in allowed:
            refuse(f"`{name}` of {one.name!r} must be one of {allowed}, got {value!r}.")
    if one.level != "nominal" and one.choose == "many":
        refuse(f"{one.name!r} lets choose many, so its level must be 'nominal'.")
    if one.level != "nominal" and not all(map(_is_number, one.codes)):
        refuse(
            f"{one.name!r} has level {one.level!r}, so its codes must be numbers, got "
            f"{one.codes}."
        )
    if one.only_if is not None:
        known = {other.name: other.codes for other in before}
        if one.only_if[1] not in known.get(one.only_if[0], ()):
            refuse(
                f"`only_if` of {one.name!r} must name an earlier question and one of "
                f"its codes, as {known}; got {one.only_if}."
            )


def _is_number(code: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?", code) is not None
