"""Reporting verbs of a sentence, and the quotations that each of them reports."""

import re
from dataclasses import dataclass, field

from mediakit.text.attribution_clauses import (
    THAT,
    after_object,
    goes_on_after,
    is_noun,
    leads_to,
    named_source,
    takes_more,
)
from mediakit.text.attribution_speaker import (
    first_phrase,
    noun_phrase,
    subject_after,
    subject_before,
)
from mediakit.text.attribution_text import BLANK, Blanked, Span
from mediakit.text.voices_words import VoiceVerbs

ENDS_CONTENT = frozenset(".,!?…")
POSTPOSED = frozenset(",?!—–-…")
ONLY_MARKS = re.compile(r"[\W_]*$")
ABOUT = re.compile(r"\s+(?:of|for|about|on)\s+")
LEAD = re.compile(r"(?:And|But|So|Yet|Still|Or)(?:,\s*|\s+)")
PASSIVE = re.compile(
    r"(?<!\w)(?:be|been|being|is|are|was|were|got)\s+(?:\w+(?:ly|so|also)\s+)?$"
)
HEARERS = frozenset(
    "accuse ask call criticize criticise condemn denounce describe dismiss praise tell "
    "urge warn".split()
)
NEXT_CLAUSE = re.compile(
    r",\s+(?:and\s+|but\s+|while\s+)?$|\s+(?:and|but)\s+(?:\w+\s+){0,3}$"
)


@dataclass
class Cue:
    """A reporting verb in a sentence, and what was found to belong to it."""

    span: Span
    base: str
    speaker: Span | None = None
    spans: list[Span] = field(default_factory=list)


def find_cues(
    one: Blanked, sentence: Span, verbs: VoiceVerbs, quoting: bool
) -> list[Cue]:
    """Return the cues of a sentence with their speakers, in order."""
    start, end = sentence
    cues: list[Cue] = []
    for span in verbs.find(one.blanked, one.places, start, end):
        base = verbs.base_of(one.blanked[slice(*span)])
        if base in verbs.sources:
            cues.append(Cue(span, base, named_source(one.blanked, span[1], end)))
        elif base in verbs.only_quoting and not quoting:
            continue
        elif not is_noun(one.blanked, start, span, base):
            cues.append(Cue(span, base))
    last = None
    for cue in cues:
        if cue.speaker is None:
            cue.speaker = noun_phrase(one.blanked, _speaker(one, sentence, cue, last))
        last = cue.speaker or last
    return cues


def _speaker(one: Blanked, sentence: Span, cue: Cue, last: Span | None):
    """Return who speaks by a verb: its subject, or that of the verb before."""
    start, end = sentence
    blanks = one.blanked.rfind(BLANK, start, cue.span[0])
    begin = max(start, blanks + 1)
    left = one.blanked[begin : cue.span[0]]
    word = one.blanked[slice(*cue.span)].lower().split()[0]
    if word.endswith("ing") and (
        not left.strip(" ,—–-") or left.rstrip().endswith((",", "and"))
    ):
        return last or first_phrase(one.blanked, start, cue.span[0])
    if cue.base in HEARERS and word.endswith(("ed", "told")) and PASSIVE.search(left):
        return None
    bare = not re.search(r"[\w]", left)
    if bare:
        inverted = subject_after(one.blanked, cue.span[1], end)
        if inverted:
            return inverted
    found = subject_before(one.blanked, begin, cue.span[0]) if not bare else "same"
    if found == "same":
        return last or first_phrase(one.blanked, start, cue.span[0])
    if found is None and blanks >= 0:
        return subject_after(one.blanked, cue.span[1], end)
    return found or first_phrase(one.blanked, start, cue.span[0])


def give_to_next(
    one: Blanked, quote: Span, cues: list[Cue], sentence: Span
) -> Cue | None:
    """Give a quotation to the cue right after it: “…,” she said."""
    following = [cue for cue in cues if cue.span[0] >= quote[1]]
    if not following:
        return None
    cue = following[0]
    between = one.blanked[quote[1] : cue.span[0]]
    inner = one.text[quote[0] : quote[1]].rstrip("\"'”’»")[-1:]
    if BLANK in between or len(between) > 150 or re.search(r"[;:?!]\s", between):
        return None
    if inner not in POSTPOSED and not between.lstrip().startswith(","):
        return None
    if goes_on_after(one.blanked, quote[1], cue.span):
        return None
    earlier = [c for c in cues if c.span[1] <= quote[0] and c.spans]
    begin = quote[0]
    if not earlier and not any(c.span[1] <= quote[0] for c in cues):
        begin = (
            sentence[0] if BLANK not in one.blanked[sentence[0] : quote[0]] else begin
        )
        if one.blanked[begin : quote[0]].rstrip().endswith(":"):
            begin = quote[0]
        lead = LEAD.match(one.blanked, begin, quote[0])
        begin = lead.end() if lead and lead.end() < quote[0] else begin
    cue.spans.append((begin, quote[1]))
    return cue


def give_to_last(
    one: Blanked, quote: Span, cues: list[Cue], sentence: Span, verbs: VoiceVerbs
) -> Cue | None:
    """Give a quotation to the cue before it: she said that … “…”."""
    preceding = [cue for cue in cues if cue.span[1] <= quote[0]]
    if not preceding:
        return None
    for cue in preceding[::-1]:
        if cue.spans or leads_to(one.blanked[cue.span[1] : quote[0]], cue.base, verbs):
            break
    else:
        return None
    if cue.spans and cue.spans[-1][1] > cue.span[0]:
        last = cue.spans[-1]
        if last[1] < quote[1]:
            cue.spans.append(quote)
        return cue
    if cue.spans:
        cue.spans.append(quote)
        return cue
    if not takes_more(one.blanked[cue.span[1] : quote[0]], cue.base, verbs):
        cue.spans.append(quote)
        return cue
    begin = _begin(one, cue, quote)
    inner = one.text[quote[0] : quote[1]].rstrip("\"'”’»")[-1:]
    rest = one.blanked[quote[1] : sentence[1]]
    stop = quote[1]
    if inner not in ENDS_CONTENT and not ONLY_MARKS.match(rest):
        stop = _stop(one, cue, cues, quote, sentence)
    cue.spans.append((begin, stop))
    return cue


def _begin(one: Blanked, cue: Cue, quote: Span) -> int:
    """Return where the content of a cue before a quotation begins."""
    between = one.blanked[cue.span[1] : quote[0]]
    whole = one.text[quote[0] : quote[1]].lstrip("\"'“‘«")[:1].isupper()
    if ONLY_MARKS.match(between) or (between.rstrip().endswith((":", ",")) and whole):
        return quote[0]
    that = THAT.search(between)
    if that:
        begin = cue.span[1] + that.end()
    else:
        begin = after_object(one.blanked, cue.span[1], cue.base)
        about = ABOUT.match(one.blanked, begin, quote[0])
        begin = about.end() if about else begin
    while begin < quote[0] and not (
        one.blanked[begin].isalnum() or one.blanked[begin] == BLANK
    ):
        begin += 1
    return min(begin, quote[0])


def _stop(one: Blanked, cue: Cue, cues: list[Cue], quote: Span, sentence: Span) -> int:
    """Return where a content that goes on after its quotation ends."""
    stop = sentence[1]
    while stop > quote[1] and one.blanked[stop - 1] in ".!?…;:, ":
        stop -= 1
    for later in cues:
        if later.span[0] < quote[1] or later is cue:
            continue
        head = one.blanked[quote[1] : later.span[0]]
        edge = NEXT_CLAUSE.search(head)
        comma = head.rfind(",")
        if edge:
            return quote[1] + edge.start()
        if comma >= 0 and later.speaker and later.speaker[0] > quote[1] + comma:
            return quote[1] + comma
    return stop
