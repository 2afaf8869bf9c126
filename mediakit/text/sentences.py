"""Where sentences end: two small codes per chunk and one table of their pairs.

How a chunk ends and how the next one starts decide; each distinct chunk is
looked at once, and a whole corpus is split by one look-up in a table.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

ENDS = ("nothing", "stop", "abbreviation", "title", "before a number")
STARTS = ("lower case", "capital", "usual first word", "digit", "other")

# Rows: how the chunk ends; columns: how the next one starts.
BREAKS = np.array(
    [
        [0, 0, 0, 0, 0],
        [0, 1, 1, 1, 1],
        [0, 0, 1, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 1, 1, 0, 1],
    ],
    bool,
)
BREAKS.setflags(write=False)

TITLES = frozenset(
    "Mr Mrs Ms Messrs Dr Prof Gen Col Maj Capt Cmdr Adm Lt Sgt Cpl Pvt Brig Gov Sen "
    "Rep Reps Sens Amb Pres Rev Fr Hon Msgr Supt Insp Det Sr Sra Srta Dra Mme Mlle "
    "vs v cf viz e.g i.e z.B d.h т.е".split()
)
ABBREVIATIONS = frozenset(
    "St Mt Ft Ave Blvd Rd Hwy Jr Ph.D Inc Co Corp Ltd LLC Bros Cos Cie Assn Dept Univ "
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri "
    "Ala Ariz Ark Calif Colo Conn Fla Ill Kan La Md Mich Minn Miss Mont Neb Nev Okla "
    "Ore Pa Tenn Tex Va Vt Wash Wis Wyo et al etc est approx ca incl ed eds trans "
    "bzw usw Mio Mrd Ud Uds ул им тыс млн млрд руб др гг".split()
)
BEFORE_NUMBERS = frozenset(
    "No Nos no nos Nr nr Art art Sec sec Vol vol Fig fig Ch ch p pp par ст стр".split()
)
FIRST_WORDS = frozenset(
    "A According After All Although Among An And Another Any Are Around As Asked At "
    "Because Before Both But By Despite Did Do Does During Each Even For From Had Has "
    "Have He Her Here His How However I If In Instead Is It Its Last Many Meanwhile "
    "More Moreover Most My Nearly Neither Nevertheless No Nor Not Now On Once One Only "
    "Or Other Others Our Over Perhaps She Since So Some Still Such That The Their Then "
    "There These They This Those Though Through Thus To Today Too Under Unlike Until "
    "Was We Were What When Where Whether Which While Who Why With Without Yet You "
    "Your".split()
)

KNOWN_CHUNKS = 1 << 16
STOPS = frozenset(".?!…‽。！？．｡؟۔।॥։")
OPENERS = "\"'“”‘’„‚«»‹›「『《〈（([{¿¡—–-"
CLOSERS = "\"'“”‘’«»‹›」』》〉）)]}*"
OPENING_ALONE = frozenset("“‘„«「『《(—–-")
NEVER_FIRST = frozenset(",;:.?!…)]}%/")
last_word = re.compile(r"[^\W_](?:[\w.'’]*\w)?$").search
first_letters = re.compile(r"[^\W\d_]+").match
are_initials = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]").fullmatch


def sentence_codes(chunks: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Code how each chunk may end a sentence, and how it may start one.

    Parameters
    ----------
    chunks : sequence of str
        White-space chunks, each distinct one once.

    Returns
    -------
    ends, starts : ndarray of uint8
        A sentence ends between the chunks i and j of a paragraph where
        ``BREAKS[ends[i], starts[j]]``.

    Notes
    -----
    A full stop, question or exclamation mark, also before closing quotation marks
    or brackets, ends a sentence unless the next chunk starts in lower case ("Why?"
    he asked). After an abbreviation (U.S., Inc., Jan., an initial) only a usual
    first word (The, He, But) begins a new one; after a title (Mr.) nothing does; after
    No. anything but a number.

    Not for sentences glued without white space (end.Then): such an end lies inside
    a chunk and is not seen. Line ends are the caller's.

    Examples
    --------
    >>> chunks = ["Mr.", "Li", "left.", "The", "U.S.", "team", "stayed."]
    >>> ends, starts = sentence_codes(chunks)
    >>> BREAKS[ends[:-1], starts[1:]].tolist()
    [False, False, True, False, False, False]
    """
    ends = np.fromiter(map(_ends, chunks), np.uint8, len(chunks))
    starts = np.fromiter(map(_starts, chunks), np.uint8, len(chunks))
    return ends, starts


def is_break(left: str, right: str) -> bool:
    """Say whether a sentence ends between two chunks of a paragraph.

    Examples
    --------
    >>> is_break("left.", "The"), is_break("Mr.", "Li")
    (True, False)
    """
    return bool(BREAKS[_known_ends(left), _known_starts(right)])


def _ends(chunk: str) -> int:
    """Return the number in ENDS of a chunk."""
    if chunk[-1:].isalnum():
        return 0
    core = chunk.rstrip(CLOSERS)
    if core[-1:] not in STOPS:
        return 0
    found = last_word(core[:-1]) if core[-1] == "." else None
    if not found:
        return 1
    word = found.group()
    forms = {word, word.rpartition(".")[2]}
    if word.isupper():
        forms.add(word.title())
    if not forms.isdisjoint(TITLES):
        return 3
    if not forms.isdisjoint(BEFORE_NUMBERS):
        return 4
    return 2 if are_initials(word) or not forms.isdisjoint(ABBREVIATIONS) else 1


def _starts(chunk: str) -> int:
    """Return the number in STARTS of a chunk."""
    core = chunk.lstrip(OPENERS)
    first = core[:1]
    if first.islower():
        return 0
    if first.isupper():
        word = first_letters(core).group()
        initial = core[len(word) : len(word) + 1] == "."
        return 2 if word in FIRST_WORDS and not initial else 1
    if first.isdigit():
        return 3
    if not first:
        return 4 if chunk[-1:] in OPENING_ALONE else 0
    return 0 if first in NEVER_FIRST and chunk != "," else 4


_known_ends = lru_cache(maxsize=KNOWN_CHUNKS)(_ends)
_known_starts = lru_cache(maxsize=KNOWN_CHUNKS)(_starts)


def split_sentences(text: str) -> list[str]:
    """Cut a text into sentences.

    Parameters
    ----------
    text : str
        Every line end ends a sentence: join the lines of a wrapped text first.

    Returns
    -------
    list of str
        The sentences in order, without the white space between them.

    Examples
    --------
    >>> split_sentences("“Why?” he asked. Gen. J. Li left at 5 p.m. He was late.")
    ['“Why?” he asked.', 'Gen. J. Li left at 5 p.m.', 'He was late.']
    """
    return [sentence for line in text.splitlines() for sentence in _split_line(line)]


def _split_line(line: str) -> list[str]:
    """Cut one paragraph into sentences."""
    spans = [found.span() for found in re.finditer(r"\S+", line)]
    if not spans:
        return []
    ends, starts = sentence_codes([line[start:end] for start, end in spans])
    firsts = [0, *(np.flatnonzero(BREAKS[ends[:-1], starts[1:]]) + 1).tolist()]
    lasts = [*(first - 1 for first in firsts[1:]), len(spans) - 1]
    return [
        line[spans[first][0] : spans[last][1]]
        for first, last in zip(firsts, lasts, strict=True)
    ]
