"""Their column names -> ours: as the user says, else guessed from usual headings.

A guess is never silent: the account names each, and what else would have fitted.
"""

import unicodedata
import warnings

import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.load.hints import hint_rivals, is_long
from mediakit.schema import ARTICLES

HEADINGS = {
    "article_id": (
        "articleid id storiesid storyid docid documentid storeid uuid uid guid"
    ),
    "outlet": (
        "outlet source sourcename newspaper publisher publication medianame media "
        "medium pubtitle publicationtitle newssource newsoutlet journal zeitung quelle "
        "herausgeber fuente medio periodico mediaoutlet sitename domain paper "
        "outletname newspapername mediasource mediumname"
    ),
    "published": (
        "published date publisheddate publicationdate publishdate datepublished "
        "publishedat publishedon pubdate datetime timestamp created createdat "
        "articledate newsdate datum veroffentlicht veroffentlichungsdatum "
        "erscheinungsdatum datedepublication datepublication publiele fecha "
        "fechadepublicacion fechapublicacion publicado seendate loaddate "
        "dateofpublication dateofissue publishtime publishedtime posted postedat"
    ),
    "published_precision": "publishedprecision",
    "title": (
        "title headline headlines heading newstitle articletitle titel "
        "uberschrift schlagzeile titre titulo titular"
    ),
    "text": (
        "text body content fulltext articletext articlebody maintext story bodytext "
        "storytext article document plaintext volltext artikel inhalt artikeltext "
        "texte contenu corps fullstory articlecontent texto cuerpo contenido articulo"
    ),
    "url": (
        "url link weblink documenturl articleurl storylink indexlink permalink uri "
        "href lien enlace"
    ),
    "author": (
        "author authors byline creator writer autor autoren auteur auteurs autores"
    ),
    "section": "section category rubric desk rubrik ressort rubrique seccion",
    "genre": "genre documenttype articletype textsorte",
    "language": "language lang sprache langue idioma",
}
HEADINGS = {ours: names.split() for ours, names in HEADINGS.items()}
EXAMPLE = "mk.read_articles(path, columns={'Headline': 'title', 'Story': 'text'})"
HEADERLESS = "columns=['published', 'title']"


def plain(name: object) -> str:
    """Return a heading in lower case, without accents, blanks and punctuation."""
    parts = unicodedata.normalize("NFKD", str(name).lower().replace("ß", "ss"))
    return "".join(c for c in parts if c.isalnum())


def known_headings(names) -> int:
    """Return how many of `names` are headings that a guess would use."""
    known = {heading for headings in HEADINGS.values() for heading in headings}
    return sum(plain(name) in known for name in names)


def has_text(names) -> bool:
    """Say whether a guess would find titles or texts among `names`."""
    return any(plain(n) in HEADINGS["title"] + HEADINGS["text"] for n in names)


def unique_names(cells: list, ledger, *, name: str = "") -> list[str]:
    """Return headings as strings: the nameless numbered, and those that repeat."""
    texts = ["" if cell is None else str(cell).strip() for cell in cells]
    names = [text or f"column_{i}" for i, text in enumerate(texts, 1)]
    given, taken, unique = set(names), set(), []
    numbers = dict.fromkeys(names, 1)
    for heading in names:
        number = numbers[heading]
        new = heading if number == 1 else f"{heading} ({number})"
        while new in taken or (number > 1 and new in given):
            number += 1
            new = f"{heading} ({number})"
        if number > 1:
            ledger.add("headings that stand twice", 1, f"{heading!r} in {name}")
        numbers[heading] = number
        taken.add(new)
        unique.append(new)
    return unique


def check_columns_argument(columns) -> None:
    """Raise unless `columns` is None, a list of names or a mapping to ours."""
    if columns is None or isinstance(columns, (list, tuple)):
        return
    if not isinstance(columns, dict):
        raise MediakitError(
            "`columns` must be a mapping from the file's names to ours, or a list of "
            f"names for a file without a heading line, got {columns!r}."
        )
    unknown = [ours for ours in columns.values() if ours not in (*ARTICLES, None)]
    if unknown:
        turned = (
            " You may have it the wrong way round."
            if (set(columns) & set(ARTICLES))
            else ""
        )
        raise MediakitError(
            f"`columns` maps to {unknown}, which are not among {list(ARTICLES)}; write "
            f"the file's name first: columns={{'Headline': 'title'}}.{turned}"
        )


def is_headerless(columns) -> bool:
    """Say whether `columns` names columns by position: a list, or keys 0, 1, 2."""
    if isinstance(columns, dict):
        return bool(columns) and all(isinstance(key, int) for key in columns)
    return columns is not None


def rename(frame: pd.DataFrame, columns, ledger, *, name: str):
    """Return `frame` under our names, and which of ours were guessed from which.

    The `ledger` learns which column became what.
    """
    theirs = _by_position(list(frame.columns), columns, name)
    theirs = unique_names(theirs, ledger, name=name)
    said = columns if isinstance(columns, dict) else {}
    if is_headerless(columns) and isinstance(columns, dict):
        said = {theirs[position]: ours for position, ours in columns.items()}
    chosen = _chosen(theirs, said, name)
    guesses, others = _guessed(theirs, chosen, said)
    chosen |= guesses
    if not {"title", "text"} & set(chosen.values()):
        raise MediakitError(_no_text(frame, theirs, name))
    for column, ours in guesses.items():
        hint_rivals(frame.set_axis(theirs, axis=1), column, ours, others[ours], ledger)
    for column, ours in chosen.items():
        how = ", as `columns` says" if column in said else _fit(column, ours, others)
        filled = int(frame.iloc[:, theirs.index(column)].notna().sum())
        ledger.add(f"column {ours}", filled, f"from {column!r}{how}")
    names = [
        chosen.get(column, f"{column} (theirs)" if column in ARTICLES else column)
        for column in theirs
    ]
    inexact = {ours: c for c, ours in guesses.items() if plain(c) != plain(ours)}
    return frame.set_axis(unique_names(names, ledger), axis=1), inexact


def _fit(column: str, ours: str, others: dict) -> str:
    how = "" if plain(column) == plain(ours) else ", guessed"
    return how + (f", {others[ours]} would also fit" if others[ours] else "")


def _by_position(theirs: list, columns, name: str) -> list:
    if isinstance(columns, (list, tuple)):
        if len(columns) != len(theirs):
            raise MediakitError(
                f"`columns` names {len(columns)} columns, but {name} has "
                f"{len(theirs)}; give one name for each, None for those without."
            )
        return [
            f"column_{i}" if given is None else str(given)
            for i, given in enumerate(columns, 1)
        ]
    if is_headerless(columns) and max(columns) >= len(theirs):
        raise MediakitError(
            f"`columns` names position {max(columns)}, but {name} has "
            f"{len(theirs)} columns (0 to {len(theirs) - 1})."
        )
    return theirs


def _chosen(theirs: list, said: dict, name: str) -> dict:
    absent = [column for column in said if column not in theirs]
    if absent:
        raise MediakitError(
            f"`columns` names {absent}, but {name} has the columns {theirs}."
        )
    chosen = {column: ours for column, ours in said.items() if ours is not None}
    twice = {ours for ours in chosen.values() if list(chosen.values()).count(ours) > 1}
    if twice:
        raise MediakitError(f"`columns` maps several columns to {sorted(twice)}.")
    return chosen


def _guessed(theirs: list, chosen: dict, said: dict) -> tuple[dict, dict]:
    """Return the best guess for each column of ours, and what would also fit."""
    free = {column: plain(column) for column in theirs if column not in said}
    guesses, others = {}, {}
    for ours, headings in HEADINGS.items():
        if ours in chosen.values():
            continue
        fitting = [c for c in free if free[c] in headings]
        fitting.sort(key=lambda column: headings.index(free[column]))
        if fitting:
            guesses[fitting[0]], others[ours] = ours, fitting[1:]
    return guesses, others


def warn_of_guesses(guesses: dict) -> None:
    """Warn once about the columns that were guessed from another name."""
    if guesses:
        told = ", ".join(f"{ours} from {theirs!r}" for ours, theirs in guesses.items())
        warnings.warn(
            f"Columns taken by their names: {told}. If one is wrong, say so as in "
            f"{EXAMPLE}; None keeps a column out.",
            MediakitWarning,
            stacklevel=4,
        )


def _no_text(frame: pd.DataFrame, theirs: list, name: str) -> str:
    listed = any(plain(column) in HEADINGS["url"] for column in theirs)
    fetched = "To fetch the pages it lists: mk.fetch_pages. " if listed else ""
    long = [one for i, one in enumerate(theirs) if is_long(frame.iloc[:, i])]
    said, option = EXAMPLE, "Headline=title"
    if long:
        said = f"mk.read_articles(path, columns={{{long[0]!r}: 'text'}})"
        option = f"{long[0]}=text"
    likely = f"{long[0]!r} looks like the text. " if long else ""
    return (
        f"{name} has no column known to hold titles or texts; its columns are "
        f"{theirs[:30]}. {fetched}{likely}Say which they are: {said}; in the command, "
        f"--column '{option}'. If it has no heading line, name the columns in order: "
        f"{HEADERLESS}."
    )
