"""Reported clauses without quotation marks, and what only looks like a verb."""

import re

from mediakit.text.attribution_text import BLANK, Span
from mediakit.text.voices_words import VoiceVerbs

NOT_A_VERB_AFTER = re.compile(
    r"(?<!\w)(?:the|a|an|this|these|those|his|her|its|their|my|our|your|no|any|each|"
    r"every|of|in|for|with|from|by|as|new|recent|latest|first|last|public|press|such|more|"
    r"[A-Z]\w+[’']s)\s+(?:\w+ly\s+)?$"
)
ARTICLE = re.compile(r"(?<!\w)(?:the|an?)\s+$", re.IGNORECASE)
NOUNS = frozenset(
    "claim report note call charge post comment order request pledge promise vow "
    "protest demand attack fear worry cry laugh regret answer show find read state "
    "joke hope counter dispute quote remark mention signal grant object boast cheer "
    "cause blame praise blast sigh shout snap stress question respond sneer "
    "highlight".split()
)
THAT = re.compile(r"(?<!\w)that\s", re.IGNORECASE)
NAMING = frozenset(
    "call describe speak warn quote accuse dismiss reject denounce".split()
)
ABOUT = re.compile(
    r"\s+(?:by|on|in|at|during|after|before|to|with|from|for|over|through|as|and|or|out|up)(?!\w)"
)
TO = re.compile(r"(?<!\w)to\s+$", re.IGNORECASE)
HEARERS = re.compile(
    r"\s+(?:(?:reporters|journalists|lawmakers|supporters|voters|him|her|them|us|me|you|"
    r"people|viewers|readers|everyone|parliament|audiences?)(?:\s+(?:in|at|on)\s+"
    r"(?:\w+\s+){0,3}?(?:\w+))?|"
    r"(?:the|a|an|his|her|its|their)\s+(?:[\w’'.-]+\s+){0,4}?[\w’'.-]+|"
    r"(?:[A-Z][\w’'.&-]*)(?:\s+[A-Z][\w’'.&-]*)*)"
)
TELLERS = frozenset("tell inform remind warn assure instruct ask".split())
MAY_DROP_THAT = frozenset(
    "say tell think believe claim argue insist hope suggest warn add allege announce "
    "report maintain contend admit acknowledge concede predict declare fear expect "
    "note know wonder assert explain vow promise complain state write reply swear "
    "confirm testify joke worry show find tweet".split()
)
STARTS_CLAUSE = re.compile(
    r"\s+(?:(?:he|she|it|they|we|you|there|this|these|those|the|a|an|his|her|its|their|"
    r"our|my|no|some|many|most|more|such|both|all|any|every|nothing|nobody|one|two|three|"
    r"people|if|when|while|what|how|why|whether|who|only|about|at least|I)(?!\w)|"
    rf"[A-Z]\w|{BLANK}|\d)"
)
OWN_CLAUSE = re.compile(
    r"\s+(?:that|he|she|it|they|we|there|his|her|their|if|what|how|why|whether)(?!\w)"
)
THAT_AFTER = re.compile(
    rf"(?:\s+(?:also|again|then|later|\w+ly|last|earlier|(?:on|in|at|during|to|after|before)"
    rf"\s|\w+day)(?:[^.;:{BLANK}]{{0,70}}?))?,?\s+that\s+"
)
SHORT_TAIL = re.compile(rf"[^{BLANK}.;:]{{0,70}}[.;:!?]?\s*$")
LATER_CLAUSE = re.compile(
    r",?\s+(?:and|but)\s+(?:also\s+|then\s+)?(?:said|added|told|noted|argued|called|urged|"
    r"warned|insisted|accused|praised|criticized|asked)(?!\w)|,\s+(?:adding|saying|noting|citing|"
    r"calling|arguing|telling|according)(?!\w)"
)
NAME = re.compile(
    rf"\s*(?P<who>(?:[^,;:.!?()—–\n{BLANK}]|\.(?=\w|\s?[A-Z]\.|\s(?=[A-Z])(?<=[A-Z]\.\s)))+)"
)


def is_noun(blanked: str, start: int, cue: Span, base: str) -> bool:
    """Say whether a form of a reporting verb is a noun or no report here."""
    left = blanked[max(start, cue[0] - 30) : cue[0]]
    word = blanked[slice(*cue)]
    if word[0].isupper() and re.search(r"\w\s+$", left):
        return True
    word = word.lower()
    if word.endswith("ing") and ARTICLE.search(left):
        return True
    if word.endswith("ed") and TO.search(left):
        return True
    if NOT_A_VERB_AFTER.search(left):
        return not word.endswith("ing")
    if base not in NOUNS or word not in (base, f"{base}s") or TO.search(left):
        return False
    if word == base:
        return not re.search(r"(?<!\w)(?:he|she|they|who|it|we|I|you|\w+s)\s+$", left)
    after = blanked[cue[1] : cue[1] + 30]
    return not re.match(rf"[\s,:]*(?:that\s|{BLANK})", after) and not (
        STARTS_CLAUSE.match(after)
    )


def leads_to(between: str, base: str, verbs: VoiceVerbs) -> bool:
    """Say whether a cue may report the quotation that follows `between`."""
    tail = between.rstrip()
    if (
        not re.search(r"\w", between)
        or tail.endswith((":", ","))
        or THAT.search(between)
    ):
        return not (base in verbs.only_quoting and len(between.split()) > 6)
    if base in verbs.only_quoting and base not in NAMING:
        return False
    return not ABOUT.match(between) or base in NAMING


def takes_more(between: str, base: str, verbs: VoiceVerbs) -> bool:
    """Say whether what is said may begin before the quotation marks."""
    return base in verbs.clause or base in NAMING or bool(THAT.search(between))


def goes_on_after(blanked: str, start: int, cue: Span) -> bool:
    """Say whether a cue after a quotation reports something else that follows it."""
    if blanked[slice(*cue)].lower().endswith("ing"):
        return True
    if not re.search(r"\w", blanked[start : cue[0]]):
        return False
    return bool(OWN_CLAUSE.match(blanked, cue[1]))


def after_object(blanked: str, cue_end: int, base: str) -> int:
    """Return where the content begins after the hearer of a verb ("told her")."""
    if base in TELLERS:
        found = HEARERS.match(blanked, cue_end)
        if found:
            return found.end()
    return cue_end


def named_source(blanked: str, after: int, end: int) -> Span | None:
    """Return who stands after "according to"."""
    found = NAME.match(blanked, after, end)
    if not found:
        return None
    who = found["who"].rstrip()
    return (found.start("who"), found.start("who") + len(who)) if who else None


def indirect_content(
    blanked: str, sentence: Span, cue: Span, base: str, verbs: VoiceVerbs
) -> Span | None:
    """Return the clause that a cue reports without quotation marks."""
    start, end = sentence
    if base in verbs.sources:
        return _of_source(blanked, sentence, cue)
    if base not in verbs.clause:
        return None
    if TO.search(blanked[start : cue[0]]):
        return None
    return _following(blanked, end, cue, base) or _preceding(blanked, sentence, cue)


def _following(blanked: str, end: int, cue: Span, base: str) -> Span | None:
    begin = after_object(blanked, cue[1], base)
    that = THAT_AFTER.match(blanked, begin, end)
    if that:
        begin = that.end()
    elif base in MAY_DROP_THAT and STARTS_CLAUSE.match(blanked, begin, end):
        begin += 1
    else:
        return None
    stop = end
    later = LATER_CLAUSE.search(blanked, begin, end)
    if later:
        stop = later.start()
    while stop > begin and blanked[stop - 1] in '.!?…;:, "”':
        stop -= 1
    return (begin, stop) if len(blanked[begin:stop].split()) >= 2 else None


def _preceding(blanked: str, sentence: Span, cue: Span) -> Span | None:
    """Return the clause of "Prices will rise, she said."."""
    start, end = sentence
    if not SHORT_TAIL.match(blanked, cue[1], end):
        return None
    left = blanked[start : cue[0]]
    comma = left.rfind(",")
    if comma < 0:
        return None
    between = left[comma + 1 :].split()
    if not between:
        inner = left[:comma].rfind(",")
        while inner > 0 and not re.match(
            r"\s+[A-Z]|\s+(?:he|she|they)\b", left[inner + 1 :]
        ):
            inner = left[:inner].rfind(",")
        comma = inner
    if comma < 0 or len(left[:comma].split()) < 3 or len(between) > 8:
        return None
    return start, start + comma


def _of_source(blanked: str, sentence: Span, cue: Span) -> Span | None:
    start, end = sentence
    before = blanked[start : cue[0]].rstrip(" ,—–")
    if len(before.split()) >= 3:
        return start, start + len(before)
    comma = blanked.find(",", cue[1], end)
    if comma < 0:
        return None
    begin = comma + 1
    while begin < end and blanked[begin].isspace():
        begin += 1
    stop = end
    while stop > begin and blanked[stop - 1] in ".!?…;:, ":
        stop -= 1
    return (begin, stop) if begin < stop else None
