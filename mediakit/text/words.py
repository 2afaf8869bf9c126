"""What counts as a word: the default tokenizer, one white-space chunk at a time.

A token is a word or a number; no rule looks beyond the chunk, so each distinct
chunk of a corpus is cut once, whatever the corpus's size.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from mediakit.errors import MediakitError

WORDS_RULES = "words 1"

ALPHABET = [chr(point) for point in range(0x20000)]
MARKS = "".join(c for c in ALPHABET if unicodedata.category(c)[0] == "M")
LOWER = "".join(c for c in ALPHABET if c.islower())
CASED = LOWER + "".join(c for c in ALPHABET if c.isupper() or c.istitle())
CURRENCY = "".join(c for c in ALPHABET if unicodedata.category(c) == "Sc")
INVISIBLE = "\u00ad\u061c\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
ARMENIAN_TONES = "\u055b\u055c\u055e"
APOSTROPHES = "'’‘`´＇\u055a"
HYPHENS = r"\-\u2010\u2011\u05be\u058a"
EDGES = ".,;:!?\"'()[]{}“”‘’«»…–—-"

LETTER = rf"[^\W\d_][{MARKS}]*"
RUN = rf"[^\W_][\w{MARKS}]*(?<!_)"
INITIALS = (
    rf"(?:{LETTER}(?:\.{LETTER})+|[A-Z]{{2}}(?:\.[A-Z]{{2}})+"
    r"|Ph\.D|[BMD]\.Sc|[DM]\.Phil|Ed\.D|LL\.[BMD])"
    rf"(?![\w{MARKS}])"
)
SIGN = rf"(?:[{CURRENCY}](?=\.?\d))?(?:(?<![\w.])\.(?=\d))?"
UNIT = rf"(?:(?<=\d)(?:[%‰٪{CURRENCY}]|°[CF]?))?"
PIECE = rf"(?:{INITIALS}|{SIGN}{RUN}{UNIT})"
JOIN = (
    rf"(?:(?:(?<=\.\w)\.)?[{APOSTROPHES}{HYPHENS}]"
    rf"|[{INVISIBLE}{ARMENIAN_TONES}]+"
    rf"|(?<=[{CASED}])(?<!\.[{CASED}])\.(?=[{LOWER}])"
    r"|(?<=\d)[.,:/٫٬–](?=\d)"
    rf"|(?=[{CURRENCY}]\d)"
    r"|(?<=[A-Z])&(?=[A-Z])"
    r"|(?<=[lL])·(?=[lL])"
    r"|(?<=[א-ת])(?:[״׳]|\"(?=[א-ת](?![א-ת]))))"
)
TOKEN = rf"{PIECE}(?:{JOIN}{PIECE})*"
ADDRESS = (
    r"(?:(?:https?|ftp)://|(?<![\w.-])(?:[A-Za-z0-9-]{1,63}\.)+[a-z]{2,}/)"
    r"[^\s<>\"“”«»]*[\w/=&#%+~$-]"
    r"|@?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
)
TAG = r"(?:(?<!\w)(?:@(?=[^\W\d])|#(?=\w*[^\W\d_])))?"

# Between white space or punctuation, a written word of these scripts is shorter.
HAN_AND_KANA = "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
HAN_AND_KANA += "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
HAN_AND_KANA += "\U00020000-\U0003ffff"
MAINLAND = "\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
LONG_RUN = re.compile(f"[{HAN_AND_KANA}]{{7,}}|[{MAINLAND}]{{15,}}")
holds_unsegmented_script = re.compile(f"[{HAN_AND_KANA}{MAINLAND}]").search
MOST_UNSEGMENTED = 0.5
SHOWN = 5
SEGMENTERS = {
    "Chinese": "jieba",
    "Japanese": "fugashi or SudachiPy",
    "Thai": "PyThaiNLP",
    "Lao": "LaoNLP or PyICU",
    "Khmer": "khmer-nltk or PyICU",
    "Burmese": "PyICU",
}

find_words = re.compile(TOKEN).finditer
find_words_and_addresses = re.compile(f"{ADDRESS}|{TAG}{TOKEN}").finditer


def word_spans(chunk: str) -> list[tuple[int, int]]:
    """Find the words and numbers in a piece of text.

    Parameters
    ----------
    chunk : str
        Usually one stretch without white space; white space may stand in it and
        then always separates.

    Returns
    -------
    list of (int, int)
        Start and end of each token in characters, in order.

    Notes
    -----
    One token are: a word with its marks, apostrophes (don't, l'Oréal, China's)
    and single hyphens (state-run); initials without their last full stop, so
    that U.S. and U.S are one type; a number with its separators, currency and
    per cent sign (1,000.50, €5m, 3.5%, 2013-15); a web or e-mail address, a
    @handle, a #tag. Dashes, slashes between words, ellipses and a full stop
    before a capital (sentences glued together) separate; all other punctuation
    is no token. ``tests/test_words.py`` holds the table of cases with reasons.

    Not for text without spaces between words (Chinese, Japanese, Thai): see
    `check_segmented`.

    Examples
    --------
    >>> text = "“U.S.-led attacks.Ethnic groups don’t agree,” Mr. Li's aide said."
    >>> [text[start:end] for start, end in word_spans(text)][:5]
    ['U.S.-led', 'attacks', 'Ethnic', 'groups', 'don’t']
    """
    core = chunk.strip(EDGES)
    if core.isalpha():
        start = chunk.find(core)
        return [(start, start + len(core))]
    if "/" in chunk or "@" in chunk or "#" in chunk:
        return [found.span() for found in find_words_and_addresses(chunk)]
    return [found.span() for found in find_words(chunk)]


def unsegmented_share(text: str) -> float:
    """Measure how much of a text is written without spaces between words.

    Parameters
    ----------
    text : str

    Returns
    -------
    float
        Share (0 to 1) of the text's letters and digits that stand in unbroken
        runs of at least 7 Chinese or Japanese, or 15 Thai, Lao, Khmer or Burmese
        characters; NaN for a text without letters and digits. Text of these
        scripts that was segmented with spaces has few such runs.

    Examples
    --------
    >>> unsegmented_share("The slogan 为人民服务 means “serve the people”.")
    0.0
    """
    characters = sum(map(str.isalnum, text))
    runs = "".join(LONG_RUN.findall(text))
    return sum(map(str.isalnum, runs)) / characters if characters else float("nan")


def check_segmented(texts: Mapping[str, str]) -> None:
    """Refuse texts in which the default tokenizer would see clauses as words.

    Parameters
    ----------
    texts : dict of str to str
        Article ids and their texts.

    Raises
    ------
    MediakitError
        If more than half of any text is written without spaces between words
        (`unsegmented_share`); the message counts those texts by language, names
        the articles and says how to go on. Chinese or Thai words and passages
        inside other texts pass; each run of them is one token.

    Examples
    --------
    >>> check_segmented({"article-1": "Xi Jinping (习近平) arrived on Monday."})
    """
    found = {}
    for name, text in texts.items():
        if text.isascii() or not holds_unsegmented_script(text):
            continue
        if unsegmented_share(text) > MOST_UNSEGMENTED:
            found[name] = _language_of_run("".join(LONG_RUN.findall(text)))
    if not found:
        return
    counts = Counter(found.values())
    tools = "; ".join(f"{SEGMENTERS[language]} for {language}" for language in counts)
    more = "" if len(found) <= SHOWN else f" and {len(found) - SHOWN} more"
    raise MediakitError(
        f"{len(found)} texts are written without spaces between words "
        f"({', '.join(f'{language}: {n}' for language, n in counts.items())}; "
        f"{[*found][:SHOWN]}{more}), so the default tokenizer would take whole "
        "clauses for words. Segment them before loading and put spaces between the "
        f"words ({tools}), give an NLTK TokenizerI as `tokenizer`, or leave them out: "
        'articles[~articles["article_id"].isin([...])].'
    )


def _language_of_run(run: str) -> str:
    """Name the language that an unsegmented run is most likely written in."""
    name = unicodedata.name(Counter(run).most_common(1)[0][0], "").split()[0]
    if re.search("[\u3041-\u30ff\uff66-\uff9f]", run):
        return "Japanese"
    if name == "MYANMAR":
        return "Burmese"
    return name.title() if name in ("THAI", "LAO", "KHMER") else "Chinese"
