"""The repairs that `clean_text` makes: each a function from text to text.

Each first looks for its trace, so that clean text passes through untouched.
"""

import html
import re
import unicodedata
from collections.abc import Callable

import ftfy
from ftfy.badness import is_bad

HIDDEN_BLOCKS = (
    (re.compile("<!--"), re.compile("-->")),
    (re.compile(r"<script\b", re.I), re.compile(r"</script\s{0,5}>", re.I)),
    (re.compile(r"<style\b", re.I), re.compile(r"</style\s{0,5}>", re.I)),
)
BREAKING_TAG = re.compile(
    r"</?(?:p|br|div|h[1-6]|li|ul|ol|tr|table|blockquote|figcaption)\b[^<>]{0,500}>",
    re.I,
)
OTHER_TAG = re.compile(
    r"</?(?:a|abbr|b|big|cite|em|figure|font|i|iframe|img|nobr|s|small|span|strike"
    r"|strong|sub|sup|tbody|td|th|thead|u)(?:\s[^<>]{0,2000})?/?>",
    re.I,
)
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,9}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")

# what UTF-8 looks like when read as Latin-1, Windows-125x, MacRoman or DOS
MOJIBAKE = re.compile(
    "[\u00ac\u00c2-\u04ff\u201a\u221a][\u0080-\uffff]|[\x80-\x84\x86-\x9f]"
)
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufffe\uffff]"
)

FLATTENED_SIGN = re.compile(r"[.!?:\"”’)]\s?,(?:\s*,)+")
FLATTENED = re.compile(r",(?:\s*,)+\s*")
FLATTENED_SINGLE = re.compile(
    r"(?<=[.!?:\"”’')]),\s{2,}|(?<=[a-z]{3}\.)(?<!etc\.),\s(?=[A-Z])"
)

GLUED = re.compile(
    r"""(?P<stop>
          [.!?…](?:(?<=[^\W\d_]{2}.)|(?<=[\d%)\]].)|(?<=\b[ap]\.m.))
          [.!?…]{0,2}(?:['’]{0,2}[”)\]]|['’]{1,2})?
        )
        (?P<quote>"?)
        (?=["“‘'(]{0,2}(?P<next>[^\W\d_](?:\W|[^\W\d_])))""",
    re.VERBOSE,
)
WEB_BEFORE = re.compile(r"(?:://|\bwww\.)\S*\Z")
WEB_AFTER = re.compile(r"\S{0,60}(?:@|://|\.(?:com|org|net|edu|gov|info|co|cn|uk)\b)")
FILE_NAME = re.compile(r"(?:COM|CSV|DOCX?|GIF|HTML?|JPE?G|JS|MP[34]|NET|ORG|PDF|PNG)\b")
ABBREVIATION = re.compile(
    r"\b(?:Mrs|Gen|Gov|Sen|Rep|Prof|Capt|Col|Sgt|Hon|Rev|Inc|Ltd|Feat|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|ca|vs|vol|fig|al)\.\Z"
)

LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
MANY_BREAKS = re.compile(r"\n{3,}")


def _strip_html(text: str) -> str:
    if "<" in text:
        for opening, closing in HIDDEN_BLOCKS:
            text = _cut_blocks(text, opening, closing)
        text = OTHER_TAG.sub("", BREAKING_TAG.sub("\n", text))
    if "&" in text:
        text = ENTITY.sub(lambda match: html.unescape(match.group()), text)
    return text


def _cut_blocks(text: str, opening: re.Pattern, closing: re.Pattern) -> str:
    """Cut from each opening to its closing; one pass, however long the text."""
    kept, at = [], 0
    while (start := opening.search(text, at)) and (
        end := closing.search(text, start.end())
    ):
        kept.append(text[at : start.start()])
        at = end.end()
    return "\n".join([*kept, text[at:]])


def _fix_encoding(text: str) -> str:
    if not (MOJIBAKE.search(text) and is_bad(text)):
        return text
    lines = text.split("\n")
    return "\n".join(
        ftfy.fix_encoding(line) if is_bad(line) else line for line in lines
    )


def _drop_invisible(text: str) -> str:
    return INVISIBLE.sub("", text)


def _compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _restore_lines(text: str) -> str:
    if not FLATTENED_SIGN.search(text):
        return text
    return FLATTENED_SINGLE.sub("\n\n", FLATTENED.sub("\n\n", text))


def _part_paragraphs(text: str) -> str:
    """Break after a stop that touches a capital; a straight quote goes where it pairs.

    Quotes are paired within the paragraph: those since the last break.
    """
    since = 0

    def part(match: re.Match) -> str:
        nonlocal since
        if not _is_glued(text, match):
            return match.group()
        since = max(since, text.rfind("\n", since, match.start()) + 1)
        opens = match["quote"] and text.count('"', since, match.end("stop")) % 2 == 0
        since = match.end("stop") if opens else match.end()
        head = text[match.start() : since]
        return f'{head}\n\n"' if opens else f"{head}\n\n"

    return GLUED.sub(part, text)


def _is_glued(text: str, match: re.Match) -> bool:
    start, end = match.span()
    before = text[max(0, start - 2) : start]
    if not match["next"][0].isupper() or (before.isalpha() and not before.islower()):
        return False
    return not (
        ABBREVIATION.search(text[max(0, start - 6) : match.end("stop")])
        or WEB_BEFORE.search(text[max(0, start - 80) : start])
        or WEB_AFTER.match(text, end)
        or FILE_NAME.match(text, end)
    )


def _tidy_space(text: str) -> str:
    lines = LINE_END.sub("\n", text).split("\n")
    text = "\n".join(" ".join(line.split()) for line in lines)
    return MANY_BREAKS.sub("\n\n", text).strip()


REPAIRS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("HTML remnants", _strip_html),
    ("encoding", _fix_encoding),
    ("invisible characters", _drop_invisible),
    ("Unicode NFC", _compose),
    ("flattened line breaks", _restore_lines),
    ("glued paragraphs", _part_paragraphs),
    ("white space", _tidy_space),
)
