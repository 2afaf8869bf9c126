"""What each word, and the marks around it, say about names: rules on vocabularies."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.text.sentences import FIRST_WORDS

OTHER, SMALL, PLAIN, OF, THE, FOR, AND, CAPITAL, HEAD = range(9)
"""Classes of words: from CAPITAL on they may stand in a name, OF to AND join them.

A PLAIN word is one that a headline in capitals would not leave small.
"""

LINKS = {
    OF: "of de du da di del della von van bin ibn al el",
    THE: "the la las los der den",
    FOR: "for",
    AND: "and",
}
STAY_SMALL = (
    "a an the and but or nor for of in on at to by as v vs per via with from into over "
    "than that upon amid"
)
HEADS = (
    "Academy Agency Alliance Assembly Association Authority Bureau Campaign Center "
    "Centre Coalition College Commission Commissioner Committee Conference Council "
    "Court Department Director Federation Forum Foundation Fund Group Initiative "
    "Institute Institution League Minister Ministry Mission Movement Network Office "
    "Organisation Organization Party Program Programme School Secretary Society "
    "Spokesman Spokeswoman Treaty Union University"
)
DAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    "Mon Tues Wed Thurs Thur Fri Sat"
)
NEVER = f"I Oh OK Yes {DAYS}"
ARABIC = r"^(?:al|el|an|as|ash|ar|at|ad|az|d|l)[-'’]\p{Lu}"

OPENS = r"^[\"'“‘«„(\[{<—–-]"
CLOSES = r"[,;:!?)\]}\"'”’»…—–]$|\.\.$"
COLON = r":[\"'”’]?$"
STOP = r"\.[\"'”’»)\]]*$"
WORDLESS = r"^[^\pL\pN]+$"
AMPERSAND = "&"


def classes_of(vocabulary: pa.LargeStringArray) -> np.ndarray:
    """Return the class of each word of a vocabulary (uint8).

    Examples
    --------
    >>> words = pa.array(["Great", "The", "al-Assad", "Council", "of", "agreed"])
    >>> classes_of(words.cast("large_string")).tolist()
    [7, 0, 7, 8, 3, 2]
    """
    classes = np.zeros(len(vocabulary), np.uint8)
    classes[_fits(vocabulary, r"^\p{Ll}")] = PLAIN
    classes[_among(vocabulary, STAY_SMALL)] = SMALL
    for number, words in LINKS.items():
        classes[_among(vocabulary, words)] = number
    classes[_fits(vocabulary, rf"^\p{{Lu}}|{ARABIC}")] = CAPITAL
    classes[_among(vocabulary, HEADS)] = HEAD
    never = _among(vocabulary, f"{NEVER} {' '.join(FIRST_WORDS)}")
    classes[never | _fits(vocabulary, "^I['’]")] = OTHER
    return classes


def marks_of(chunks: pa.LargeStringArray) -> dict[str, np.ndarray]:
    """Say of each chunk which marks it has before and after its words (bool arrays)."""
    rules = {"opens": OPENS, "closes": CLOSES, "colon": COLON, "stop": STOP}
    marks = {name: _fits(chunks, rule) for name, rule in rules.items()}
    marks["hard"] = _fits(chunks, WORDLESS) & ~_among(chunks, AMPERSAND)
    return marks


def _fits(texts: pa.LargeStringArray, rule: str) -> np.ndarray:
    return pc.match_substring_regex(texts, rule).to_numpy(zero_copy_only=False)


def _among(texts: pa.LargeStringArray, words: str) -> np.ndarray:
    listed = pa.array(words.split(), pa.large_string())
    return pc.is_in(texts, listed).to_numpy(zero_copy_only=False)
