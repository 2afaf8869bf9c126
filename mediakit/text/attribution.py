"""Who says what in a text: contents, their cues and their speakers, by rules."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import chain, islice

from mediakit.text.attribution_clauses import indirect_content
from mediakit.text.attribution_cues import Cue, find_cues, give_to_last, give_to_next
from mediakit.text.attribution_text import (
    BLANK,
    Blanked,
    Span,
    blank_quotations,
    paragraphs,
    sentences,
)
from mediakit.text.starts import any_between
from mediakit.text.voices_words import VoiceVerbs

UNATTRIBUTED = "unattributed"
RECENT, NEAR = 20, 70
ASKS = re.compile(rf"[\s,]*[^{BLANK}\n.;:!?]{{0,60}}$")
COLON = re.compile(r"(?P<who>[^:,;.!?\n]{2,60}?)\s*:\s*$")


@dataclass(frozen=True)
class Attribution:
    """What is said: its spans in the text, by whom, with which cue.

    `kind` is "direct" (all of it between quotation marks), "mixed" (part of it),
    "indirect" (none) or "unattributed" (between marks, but nobody is said to say it:
    scare quotes, titles, and what the rules do not see). `cue` and `speaker` are
    spans, or None.
    """

    spans: tuple[Span, ...]
    kind: str
    cue: Span | None = None
    speaker: Span | None = None


def find_attributions(text: str, verbs: VoiceVerbs) -> list[Attribution]:
    """Find what is said in a text, directly or not, and who says it.

    Parameters
    ----------
    text : str
    verbs : VoiceVerbs
        Of `voice_verbs`.

    Returns
    -------
    list of Attribution
        In the order of the text; contents do not overlap.

    Examples
    --------
    >>> from mediakit.text.voices_words import voice_verbs
    >>> text = "“We won,” said Ann Lee. Critics say that the vote was unfair."
    >>> for one in find_attributions(text, voice_verbs()):
    ...     (start, end), (first, last) = one.spans[0], one.speaker
    ...     print(one.kind, "|", text[start:end], "|", text[first:last])
    direct | “We won,” | Ann Lee
    indirect | the vote was unfair | Critics
    """
    one = blank_quotations(text, verbs.starts)
    found: list[Attribution] = []
    announced = None
    for start, end in paragraphs(one.blanked):
        quoting = any_between(one.outsides, (start,), (end,))
        if not quoting and not any_between(one.places, start, end):
            announced = None
            continue
        latest: list[int] = []
        for sentence in _joined(one, sentences(one, start, end), verbs):
            new = _in_sentence(one, sentence, verbs, found)
            goes_on = _goes_on(one, sentence, new)
            if announced and goes_on:
                new = [replace(new[0], kind="direct", **announced)]
            announced = _announced(one, sentence, verbs)
            if latest and goes_on:
                direct = [number for number in latest if found[number].kind == "direct"]
                number = direct[0] if direct else latest[-1]
                spans = found[number].spans + new[0].spans
                kind = _kind(one, spans)
                found[number] = replace(found[number], spans=spans, kind=kind)
                continue
            attributed = [n for n, each in enumerate(new, len(found)) if each.speaker]
            latest = attributed or latest
            found += new
    return _with_titles(found, one.titles)


def _with_titles(found: list[Attribution], titles) -> list[Attribution]:
    """Add the quoted titles that are not part of what somebody says."""
    inside = sorted(span for each in found for span in each.spans)
    ends = [end for _, end in inside]
    for title in titles:
        at = bisect_right(ends, title[0])
        if at == len(inside) or inside[at][0] >= title[1]:
            found.append(Attribution((title,), UNATTRIBUTED))
    return sorted(found, key=lambda each: each.spans) if titles else found


def _goes_on(one: Blanked, sentence: Span, new: list[Attribution]) -> bool:
    """Say whether a sentence is nothing but a quotation that goes on."""
    if len(new) != 1 or new[0].cue is not None:
        return False
    outside = one.blanked[slice(*sentence)].replace(BLANK, "")
    return not re.search(r"\w", outside)


def _announced(one: Blanked, sentence: Span, verbs: VoiceVerbs) -> dict | None:
    """Return cue and speaker of a sentence that ends with a colon: “He said:”."""
    if one.blanked[sentence[1] - 1] != ":":
        return None
    cues = find_cues(one, sentence, verbs, quoting=True)
    return {"cue": cues[-1].span, "speaker": cues[-1].speaker} if cues else None


def _joined(one: Blanked, cut: list[Span], verbs: VoiceVerbs) -> list[Span]:
    """Join “Why?” with the sentence after it, if that says who asked."""
    joined: list[Span] = []
    for start, end in cut:
        if joined and one.blanked[joined[-1][1] - 1] == BLANK:
            close = joined[-1][1]
            inner = one.text[close - 2 : close].strip("\"'”’»")[-1:]
            cue = next(verbs.find(one.blanked, one.places, start, end), None)
            if (
                inner in ("?", "!", ",", "—", "–", "-", "…")
                and cue
                and ASKS.match(one.blanked[start : cue[0]])
                and len(one.blanked[start : cue[0]].split()) <= 6
            ):
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined


def _in_sentence(
    one: Blanked, sentence: Span, verbs: VoiceVerbs, before: list
) -> list[Attribution]:
    """Return the attributions of a sentence."""
    start, end = sentence
    first, last = (bisect_left(one.outsides, (at,)) for at in sentence)
    quotes = one.outsides[first:last]
    if not quotes and not any_between(one.places, start, end):
        return []
    cues = find_cues(one, sentence, verbs, bool(quotes))
    loose = []
    for quote in quotes:
        cue = give_to_next(one, quote, cues, sentence) or give_to_last(
            one, quote, cues, sentence, verbs
        )
        if cue is None:
            loose.append(quote)
    for cue in cues:
        if not cue.spans and not _covered(cue.span, cues):
            content = indirect_content(one.blanked, sentence, cue.span, cue.base, verbs)
            if content and cue.speaker and not _overlaps(content, cues):
                cue.spans.append(content)
    found = [
        Attribution(tuple(sorted(cue.spans)), "", cue.span, cue.speaker)
        for cue in cues
        if cue.spans
    ]
    inside = [span for each in found for span in each.spans]
    for quote in loose:
        if not any(a <= quote[0] and quote[1] <= b for a, b in inside):
            found.append(_loose(one, quote, sentence, before, found))
    found.sort(key=lambda each: each.spans)
    return [replace(each, kind=each.kind or _kind(one, each.spans)) for each in found]


def _loose(
    one: Blanked, quote: Span, sentence: Span, before: list, found: list
) -> Attribution:
    """Return a quotation without a cue: it goes on, follows a colon, or is a word."""
    outside = one.blanked[sentence[0] : quote[0]] + one.blanked[quote[1] : sentence[1]]
    colon = COLON.search(one.blanked, max(sentence[0], quote[0] - NEAR), quote[0])
    if colon:
        who = colon.span("who")
        lead = len(colon["who"]) - len(colon["who"].lstrip())
        return Attribution((quote,), "direct", None, (who[0] + lead, who[1]))
    if not re.search(r"\w", outside.replace(BLANK, "")):
        spoken = (each.speaker for each in chain(found[::-1], reversed(before)))
        speaker = next((one for one in islice(spoken, RECENT) if one), None)
        return Attribution(
            (quote,), "direct" if speaker else UNATTRIBUTED, None, speaker
        )
    return Attribution((quote,), UNATTRIBUTED)


def _kind(one: Blanked, spans: tuple[Span, ...]) -> str:
    said = "".join(one.blanked[start:end] for start, end in spans)
    if BLANK not in said:
        return "indirect"
    return "mixed" if re.search(r"\w", said.replace(BLANK, " ")) else "direct"


def _covered(span: Span, cues: list[Cue]) -> bool:
    return any(a <= span[0] < b for cue in cues for a, b in cue.spans)


def _overlaps(content: Span, cues: list[Cue]) -> bool:
    spans = [span for cue in cues for span in cue.spans]
    return any(content[0] < b and a < content[1] for a, b in spans)
