"""Who speaks: the noun phrase that a reporting verb belongs to.

No parser is needed where the verb is known: the subject stands before it in its
clause, or right behind it, or is the one of the verb before.
"""

import re

from mediakit.text.attribution_text import BLANK, Span

REACH = 400
AUXILIARIES = (
    "has|have|had|is|was|were|are|be|been|being|would|will|could|should|may|might|must|"
    "can|do|does|did|not|never|also|later|then|again|even|once|further|recently|often|"
    "still|just|already|ever|now|first|soon|always|all|both|in turn|instead|himself|"
    "herself|themselves|itself|went on to|continues to|continued to|has to|had to|"
    "likes to|to|who|that"
)
BEFORE_VERB = re.compile(
    rf"(?:(?<!\w)(?:{AUXILIARIES}|\w+ly|don[’']t|didn[’']t|doesn[’']t|won[’']t|"
    r"hasn[’']t|haven[’']t|wasn[’']t|isn[’']t)\s+)+$",
    re.IGNORECASE,
)
AUXILIARY_ENDS = ("ly", "t", *(one.split()[-1] for one in AUXILIARIES.split("|")))
BORDER = re.compile(
    rf"[;—–()\[\]{BLANK}]|:(?!\d)|\s-+\s|"
    r"(?<!\w)(?:that|because|while|when|whether|if|although|though|since|until|after|"
    r"before|where|as|but|so|than|and then|or)(?!\w)",
    re.IGNORECASE,
)
RELATIVE = re.compile(r"(?<!\w)(who|which)\s*$", re.IGNORECASE)
PRONOUN = re.compile(
    r"(?<!\w)(he|she|they|it|we|i|you|one|others|some|many|both|most|people)\s*$",
    re.IGNORECASE,
)
JOINED = re.compile(r"(?:^|[\s,])(?:and|but|or|then)\s*$|,\s*$", re.IGNORECASE)
APPOSITION = re.compile(
    r"\s*(?:a|an|the|who|whose|which|one|now|then|then-\w+|formerly|\d|[RDI]-|of|in|"
    r"from|at|Jr|Sr|whom|his|her|their|along|including|speaking|[a-z])"
)
OPENING = re.compile(
    r"\s*(?:On|In|At|During|After|Before|For|By|With|As|From|Since|Under|To|But|And|"
    r"Yet|So|Still|Then|Now|Later|Earlier|Today|Yesterday|Meanwhile|However|Instead|"
    r"Last \w+|Back|Later|Also|Asked|Speaking|When|While|Even|Once|Like|Despite|"
    r"Although|Though|If)"
    r"(?!\w)"
)
NAME_AT_END = re.compile(
    r"(?:(?:the|a|an|his|her|its|their|two|three|some|many|several)\s+(?:[\w’'.-]+\s+){0,4})?"
    r"(?:[A-Z][\w’'.&-]*\s+)*[A-Z][\w’'.&-]*\s*$"
)
NOUNS_AT_END = re.compile(
    r"(?<!\w)(?:the|a|an|his|her|its|their|two|three|some|many|several|other|one)\s+"
    r"(?:[\w’'.-]+\s+){0,7}[\w’'.-]+\s*$"
)
AFTER_VERB = re.compile(
    r"\s*(?P<who>(?:(?:he|she|they|it|we|I)\b)|"
    r"(?:(?:the|a|an|his|her|its|their|one|two|three|another|some|many|senior|"
    r"former|[a-z]+ist|[a-z]+er|[a-z]+or|[a-z]+man|[a-z]+woman|[a-z]+s)\s+)?"
    rf"[^,;:.!?()—–\n{BLANK}]{{1,90}}(?:\.(?=\s?[A-Z](?:\.|\w))[^,;:.!?()—–\n{BLANK}]*)*)"
)
NP_ENDS = re.compile(
    r"\s+(?:in|on|at|during|when|as|after|before|to|about|during|while|last|this|Monday|"
    r"Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|earlier|later|"
    r"who|with|by|via|during|following|adding|referring|and|told|said|because|if|"
    r"through|without|[a-z]+ing)(?!\w)"
)
STARTS_NOUN_PHRASE = re.compile(
    r"(?:(?:the|a|an|his|her|its|their|he|she|they|it|we|one|two|three|another|some|many|"
    r"former|senior|spokes\w+|officials|sources|analysts|experts)(?!\w)|I(?!\w)|"
    r"(?!(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)[A-Z])"
)

FIRST_PHRASE = re.compile(
    r"[^\w]*(?P<who>(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I)(?!\w)|(?:(?:[Tt]he|[Aa]n?)\s+)?"
    r"(?:[a-z][\w-]*\s+){0,4}(?:[A-Z][\w’'.-]*\s*)+|[A-Z]\w+(?:\s+[a-z]+s)?)"
)


FINITE = re.compile(
    r"(?:\s+(?:who|which|that))?\s+(?:is|are|was|were|has|have|had|will|would|can|could|"
    r"should|may|might|must|does|did)(?![\w-])"
)
NOBODY = frozenset(
    "there here what why how when where the a an to by in of no not if for as at with "
    "although instead".split()
)


def noun_phrase(blanked: str, speaker: Span | None) -> Span | None:
    """Return a speaker without what follows another verb, or None if nobody is left."""
    if speaker is None:
        return None
    words = blanked[slice(*speaker)]
    finite = FINITE.search(words)
    words = words[: finite.start()] if finite else words
    first = speaker[0]
    low = words.strip().lower()
    idle = low == "it" and finite and finite.group().strip() in ("is", "was")
    if low in NOBODY or idle:
        return None
    return (first, first + len(words)) if words.strip() else None


def subject_before(blanked: str, start: int, cue: int) -> Span | str | None:
    """Return the subject that stands in ``blanked[start:cue]`` before a verb.

    "same" says that the verb before has the same subject; None that there is none.
    """
    start = max(start, cue - REACH)
    left = blanked[start:cue]
    stripped = left
    if left.rstrip()[-12:].lower().endswith(AUXILIARY_ENDS):
        stripped = BEFORE_VERB.sub("", left)
    relative = RELATIVE.search(left[: len(stripped) + 5]) if stripped != left else None
    relative = relative or RELATIVE.search(left)
    if relative:
        return start + relative.start(1), start + relative.end(1)
    if not stripped.strip():
        return None
    found = PRONOUN.search(stripped)
    if found:
        return start + found.start(1), start + found.end(1)
    if JOINED.search(stripped):
        return _before_apposition(stripped, start) or "same"
    borders = list(BORDER.finditer(stripped))
    first = borders[-1].end() if borders else 0
    return _phrase_at_end(stripped, first, start)


def _before_apposition(left: str, start: int) -> Span | None:
    """Return the name that an apposition between commas follows."""
    if not left.rstrip().endswith(","):
        return None
    borders = list(BORDER.finditer(left))
    first = 0
    for border in borders[::-1]:
        if not border.group().strip().isalpha():
            first = border.end()
            break
    pieces = left[first:].rstrip().rstrip(",").split(",")
    ends = [first + len(",".join(pieces[: n + 1])) for n in range(len(pieces))]
    for number in range(len(pieces) - 2, -1, -1):
        piece = pieces[number]
        if APPOSITION.match(piece) and number:
            continue
        begin = ends[number] - len(piece)
        if OPENING.match(piece) and number + 1 < len(pieces):
            continue
        return _phrase_at_end(left[: ends[number]], begin, start)
    return None


def _phrase_at_end(left: str, first: int, start: int) -> Span | None:
    """Return the noun phrase that ends a clause."""
    cut = left.rfind(",", first) + 1
    piece = left[max(first, cut) :]
    begin = max(first, cut)
    if OPENING.match(piece) or len(piece.split()) > 9:
        found = NAME_AT_END.search(piece) or NOUNS_AT_END.search(piece)
        if not found:
            return None
        begin += found.start()
        piece = found.group()
    if not re.search(r"\w", piece):
        return None
    begin += len(piece) - len(piece.lstrip())
    return start + begin, start + len(left.rstrip())


def subject_after(blanked: str, cue_end: int, end: int) -> Span | None:
    """Return the subject that stands right after a verb, as in “said the mayor”."""
    found = AFTER_VERB.match(blanked, cue_end, end)
    if not found or not STARTS_NOUN_PHRASE.match(found["who"]):
        return None
    words = found["who"]
    stop = NP_ENDS.search(words)
    size = len((words[: stop.start()] if stop else words).rstrip())
    if not size:
        return None
    return found.start("who"), found.start("who") + size


def first_phrase(blanked: str, start: int, cue: int) -> Span | None:
    """Return the first noun phrase of a sentence, for verbs without their own."""
    begin = start
    opening = OPENING.match(blanked, start, cue)
    if opening:
        comma = blanked.find(",", start, cue)
        begin = comma + 1 if comma >= 0 else opening.end()
    found = FIRST_PHRASE.match(blanked, begin, cue)
    if not found or found["who"].strip().lower() in NOBODY:
        return None
    size = len(found["who"].rstrip())
    return found.start("who"), found.start("who") + size
