"""Function words and phrases around a verb of harm, for rules without a parser."""

import re

from mediakit.text.attribution_text import Span

BE = frozenset(
    "is are was were be been being am get gets got gotten getting ’s 's confirmed "
    "reported believed feared presumed".split()
)
HAVE = frozenset("has have had having ’ve 've ’d 'd".split())
MODALS = frozenset(
    "to will would can could may might must shall should did do does not never and or "
    "who they we you i let helped help".split()
)
DETERMINERS = frozenset(
    "the a an this that these his her its their my our your no any each every another "
    "such of in for with from by on at after before during over against under amid "
    "despite following since between".split()
)
MODIFIERS = DETERMINERS | frozenset(
    "alleged deadly mass fatal first second latest recent new brutal armed terrorist "
    "terror heart suicide bomb drone knife shark air cyber acid police military "
    "bombing more many several two three four five some those".split()
)
NO_OBJECT = frozenset(
    "in on at by after during when while as and or but since near outside inside with "
    "without for from to of under over before because if where who which that than "
    "yesterday today tonight last earlier dead alive so too again there here this week "
    "monday tuesday wednesday thursday friday saturday sunday is are was were has have "
    "had will would can could may might must into amid through between among along "
    "across following then also still not back off out up down later alongside despite "
    "until within against".split()
)
OBJECT_STARTS = frozenset(
    "the a an this that these those his her its their my our your them him us me it "
    "you at about nearly some several many more dozens hundreds thousands two three "
    "four five six seven eight nine ten one civilians people protesters".split()
)
PATIENTS = re.compile(
    r"(?:people|those|men|women|children|civilians|soldiers|troops|officers|protesters|"
    r"\w+s|\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|"
    r"thousands|man|woman|boy|girl|many|several|others|person)$",
    re.IGNORECASE,
)
ADVERB = re.compile(r"(?:\w+ly|also|not|never|then|again|all|both|since|just)$", re.I)
WORD = re.compile(r"[\w][\w’'-]*|[’']\w+")
WHO = (
    r"(?P<who>(?:[^,;:.!?()—–\n]|(?<=Mr|Ms|Dr)\.|(?<=Mrs|Gen|Sen)\.|"
    r"(?<=[A-Z])\.){2,80})"
)
BY_AGENT = re.compile(
    r"(?<!\w)by\s+(?!\w+ing\s+(?:the|an?|his|her|its|their|them|\w+s)(?!\w))"
    r"(?!(?:[\d.,]+|the end|noon|midnight|then|now|mistake|accident|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|night|day|name|"
    r"far)(?!\w))" + WHO
)
OBJECT = re.compile(rf"\s*{WHO}")
OBJECT_ENDS = re.compile(
    r"\s(?:in|on|at|by|after|during|when|while|as|and|since|near|outside|inside|with|"
    r"for|from|to|before|because|if|where|who|which|that|is|are|was|were|has|have|had|will|"
    r"would|last|yesterday|today|over|under|into|\w+day)(?!\w)"
)
OF = re.compile(rf"\s+(?:of|against|on)\s+{WHO}")
EVENT_BEFORE = re.compile(
    r"([A-Za-z]+)(?:\s+(?:has|have|had|also|then|again|\w+ly|later))*\s+$"
)
OTHER_CLAUSE = re.compile(r"[,;:—]|\s(?:and|but|who|that|being|was|were|after)\s")
DEAD = re.compile(r"\w\s+(?P<dead>dead)(?=\s+(?:in|after|as)\b|,|$)", re.IGNORECASE)
NOT_STATE = re.compile(r"(?:shot|found|the|stabbed|was|were|is|are)\s+$", re.I)
SPACE = re.compile(r"\s+[“\"'‘]?")
CONTRACTED = re.compile(r"(?:they|we|you|i|he|she|it|that|who|there)[’'](?:re|m|s)$")
MAY_LACK_OBJECT = frozenset(
    "attack shoot bomb invade raid storm shell loot ram".split()
)
CLAUSE_BY = 70


def word_before(text: str, start: int, at: int) -> tuple[str, int]:
    """Return the word before a verb, adverbs skipped, and where its group begins."""
    words = [found for found in WORD.finditer(text, max(start, at - 80), at)]
    begin = at
    while words and ADVERB.match(words[-1].group()):
        begin = words.pop().start()
    left = words[-1].group().lower() if words else ""
    if CONTRACTED.match(left):
        left = "are"
    if words and re.search(r"[,;:.!?()—–]", text[words[-1].end() : begin]):
        return "", begin
    while words and words[-1].group().lower() in BE | HAVE:
        begin = words.pop().start()
    return left, begin


def next_word(text: str, at: int) -> int:
    """Return the place of the next word, or a place without one after a comma."""
    found = SPACE.match(text, at)
    return found.end() if found else len(text)


def phrase(pattern: re.Pattern, text: str, at: int, end: int) -> Span | None:
    """Return the noun phrase that a pattern finds at a place."""
    found = pattern.match(text, at, end)
    return trimmed(text, found) if found else None


def trimmed(text: str, found: re.Match) -> Span | None:
    """Return a found phrase without what follows its noun."""
    who = found["who"]
    first = found.start("who")
    if WORD.match(who) and WORD.match(who).group().lower() in NO_OBJECT - {"those"}:
        return None
    stop = OBJECT_ENDS.search(who)
    size = len((who[: stop.start()] if stop else who).rstrip())
    return (first, first + size) if size else None
