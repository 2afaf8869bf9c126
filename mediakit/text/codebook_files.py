"""read_codebook, load_codebook: codebooks from YAML, JSON or plain data."""

import json
import os
from pathlib import Path

from mediakit.errors import MediakitError, check_choice
from mediakit.load.account import Ledger
from mediakit.load.encodings import to_utf8
from mediakit.resources import folder
from mediakit.text.codebook import Category, Codebook, Question
from mediakit.text.codebook_checks import KEYS
from mediakit.text.dictionary_own import list_of_pairs, yaml_pairs

SHIPPED = ("frames", "sources", "tone")
BOOK = ("name", "title", "about", "questions")
QUESTION = ("ask", "definition", "choose", "level", "only_if", "categories")
CATEGORY = ("label", "definition", "examples", "key")
LARGEST = 1 << 22


def read_codebook(path: str | os.PathLike | dict) -> Codebook:
    """Read a codebook: the questions coders answer, and what each answer means.

    What you learn is what the codes will mean. Write it before you read the texts,
    try it with two people on ten units, and mend what they understood differently.

    Parameters
    ----------
    path : str, path or dict
        A YAML or JSON file, or the same as a dict: `name`, `title`, `about`, and
        `questions`. A question has `ask`, `categories` and, if you like, `definition`,
        `choose` ("one" or "many"), `level` (as in `agreement`; codes that are ranks
        must be numbers) and `only_if` ({earlier question: its code}). A category has
        `label`, `definition`, `examples` and `key`; a label alone, or a list of codes,
        will do. Words in braces, as {actor}, are filled in by ``Codebook.fill``.

    Returns
    -------
    Codebook
        For `open_coding`.

    Raises
    ------
    MediakitError
        If the file cannot be read, or a question cannot be asked: names or keys twice,
        fewer than two categories, an `only_if` that points nowhere.

    Notes
    -----
    In YAML everything is text here: "no" stays a word, and -1 a code.

    Examples
    --------
    >>> import mediakit as mk
    >>> book = mk.read_codebook({"name": "war", "questions": {"war": {
    ...     "ask": "Is it about a war?", "categories": ["yes", "no"]}}})
    >>> book.to_frame()[["question", "code", "key"]].values.tolist()
    [['war', 'yes', '1'], ['war', 'no', '2']]
    """
    if isinstance(path, dict):
        return _book(_pairs(path), "the codebook")
    file = Path(path)
    if not file.is_file():
        raise MediakitError(
            f"there is no file {str(file)!r}; mediakit comes with {list(SHIPPED)} "
            "(`mk.load_codebook`)."
        )
    if file.stat().st_size > LARGEST:
        raise MediakitError(f"{file.name} is larger than any codebook.")
    data = to_utf8(file.read_bytes(), name=file.name, encoding=None, ledger=Ledger())
    text = bytes(data).decode()
    if file.suffix.lower() != ".json":
        return _book(yaml_pairs(text, file.name), file.name)
    try:
        value = json.loads(text, object_pairs_hook=list_of_pairs)
    except (ValueError, RecursionError) as error:
        raise MediakitError(f"{file.name} is no JSON: {error}.") from error
    return _book(value, file.name)


def load_codebook(name: str) -> Codebook:
    """Load a codebook that comes with mediakit.

    What you learn is in its `about`, and in the card beside the file in
    ``data/codebooks``: what it is for, and where coders will disagree.

    Parameters
    ----------
    name : {"frames", "sources", "tone"}
        "tone" (of a sentence toward an actor: ``.fill(actor="...")``), "frames" (five
        generic frames of an article), "sources" (who is quoted).

    Returns
    -------
    Codebook
        As `read_codebook` returns.

    Raises
    ------
    MediakitError
        If there is no codebook of that name.

    Examples
    --------
    >>> load_codebook("sources")
    Codebook('sources': group, form)
    """
    check_choice("name", name, SHIPPED)
    return read_codebook(folder("data") / "codebooks" / f"{name}.yaml")


def _pairs(value):
    """Return dicts as lists of pairs, everything else as text or lists of it."""
    if isinstance(value, dict):
        return [(str(key), _pairs(one)) for key, one in value.items()]
    if isinstance(value, (list, tuple)):
        return [_pairs(one) for one in value]
    return "" if value is None else str(value)


def _fields(value, allowed: tuple[str, ...], where: str) -> dict:
    """Return pairs as a dict, or raise if they are none, unknown or twice."""
    if not isinstance(value, list) or not all(isinstance(one, tuple) for one in value):
        raise MediakitError(f"{where} must have {list(allowed)}, got {value!r:.80}.")
    found = dict(value)
    strange = sorted(set(found) - set(allowed))
    if strange or len(found) < len(value):
        said = f"has no {strange[0]!r}" if strange else "says something twice"
        raise MediakitError(f"{where} {said}; there are {list(allowed)}.")
    return found


def _book(value, where: str) -> Codebook:
    top = _fields(value, BOOK, where)
    questions = top.get("questions")
    if not isinstance(questions, list) or not questions:
        raise MediakitError(
            f"{where} needs `questions`, each with `ask`, `categories`."
        )
    if not all(isinstance(one, tuple) for one in questions):
        raise MediakitError(f"{where}: `questions` must be names with what they ask.")
    about = top.get("about") or []
    return Codebook(
        _line(top.get("name"), f"{where}: `name`") or "codebook",
        tuple(_question(name, one, where) for name, one in questions),
        title=_line(top.get("title"), f"{where}: `title`"),
        about={key: _line(one, f"{where}: `about`") for key, one in about},
    )


def _question(name: str, value, where: str) -> Question:
    where = f"{where}, question {name!r}"
    found = _fields(value, QUESTION, where)
    return Question(
        name,
        _line(found.get("ask"), f"{where}: `ask`") or f"{name}?",
        _categories(found.get("categories") or [], where),
        definition=_line(found.get("definition"), f"{where}: `definition`"),
        choose=_line(found.get("choose"), f"{where}: `choose`") or "one",
        level=_line(found.get("level"), f"{where}: `level`") or "nominal",
        only_if=_rule(found.get("only_if"), where),
    )


def _rule(value, where: str) -> tuple[str, str] | None:
    """Return an earlier question and the answer on which this one hangs."""
    if not value:
        return None
    fits = isinstance(value, list) and len(value) == 1 and isinstance(value[0], tuple)
    if not fits:
        raise MediakitError(f"{where}: `only_if` must be as {{question: code}}.")
    return value[0][0], _line(value[0][1], f"{where}: `only_if`")


def _categories(value, where: str) -> tuple[Category, ...]:
    if not isinstance(value, list):
        raise MediakitError(f"{where}: `categories` must be a list, got {value!r:.80}.")
    if len(value) > len(KEYS):
        raise MediakitError(
            f"{where} has {len(value)} categories; there are keys for {len(KEYS)}. "
            "Ask in two steps, with `only_if`."
        )
    listed = [one if isinstance(one, tuple) else (one, []) for one in value]
    rows = []
    for code, said in listed:
        said = [("label", said)] if isinstance(said, str) else said
        at = f"{where}, category {code!r}"
        rows.append((_line(code, at), _fields(said, CATEGORY, at), at))
    free = [key for key in KEYS if key not in {row.get("key") for _, row, _ in rows}]
    found = []
    for code, row, at in rows:
        examples = row.get("examples") or []
        examples = [examples] if isinstance(examples, str) else examples
        found.append(
            Category(
                code,
                _line(row.get("label"), f"{at}: `label`") or code,
                definition=_line(row.get("definition"), f"{at}: `definition`"),
                examples=tuple(_line(one, f"{at}: `examples`") for one in examples),
                key=_line(row.get("key"), f"{at}: `key`") or free.pop(0),
            )
        )
    return tuple(found)


def _line(value, where: str) -> str:
    """Return text with single spaces; nothing for what is not there."""
    if value is None or value == []:
        return ""
    if not isinstance(value, str):
        raise MediakitError(f"{where} must be text, got {value!r:.80}.")
    return " ".join(value.split())
