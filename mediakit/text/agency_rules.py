"""How a text says that harm was done: who did it in the subject, later, or nowhere."""

from dataclasses import dataclass

from mediakit.text.agency_grammar import (
    ADVERB,
    BE,
    BY_AGENT,
    CLAUSE_BY,
    DEAD,
    DETERMINERS,
    EVENT_BEFORE,
    HAVE,
    MAY_LACK_OBJECT,
    MODALS,
    MODIFIERS,
    NO_OBJECT,
    NOT_STATE,
    OBJECT,
    OBJECT_STARTS,
    OF,
    OTHER_CLAUSE,
    PATIENTS,
    WORD,
    next_word,
    phrase,
    trimmed,
    word_before,
)
from mediakit.text.agency_words import ING, PARTICIPLE, PAST, PRESENT, HarmWords
from mediakit.text.attribution_speaker import noun_phrase, subject_before
from mediakit.text.attribution_text import Span

ACTIVE, BY, WITHOUT = "active", "passive with agent", "passive without agent"
ERGATIVE, NOMINAL = "ergative", "nominal"
UNCLEAR = "unclear"
POSSESSIVE = ("’s", "'s", "s’")
FORMS = (ACTIVE, BY, WITHOUT, ERGATIVE, NOMINAL)


@dataclass(frozen=True)
class Harm:
    """A mention of harm: its place, the verb or noun, its form, and who is named."""

    span: Span
    verb: str
    form: str
    agent: Span | None = None
    target: Span | None = None


def find_harm(
    text: str, sentence: Span, words: HarmWords, *, title: bool
) -> list[Harm]:
    """Find the mentions of harm in a sentence.

    Parameters
    ----------
    text : str
    sentence : (int, int)
        Where it begins and ends.
    words : HarmWords
    title : bool
        Whether it is a headline: there a past form is a passive ("Three killed in
        blast") unless an object follows, and "dead" is harm that happened.

    Examples
    --------
    >>> from mediakit.text.agency_words import harm_words
    >>> for text in ("Police shot three men.", "Three men were shot by police.",
    ...              "Three men were shot.", "Three men died.", "The shooting of men"):
    ...     print(find_harm(text, (0, len(text)), harm_words(), title=False)[0].form)
    active
    passive with agent
    passive without agent
    ergative
    nominal
    """
    found: list[Harm] = []
    after = 0
    for place in words.starts.places(text, *sentence):
        hit = words.pattern.match(text, place, sentence[1])
        if hit is None or place < after:
            continue
        after = hit.end()
        word = " ".join(hit.group().lower().split())
        one = _ergative(text, sentence, hit.span(), word, words)
        if one is None and word in words.forms:
            one = _verb(text, sentence, hit.span(), word, words, found, title)
        if one is None and word in words.nouns:
            one = _nominal(text, sentence, hit.span(), word)
        if one is not None:
            found.append(one)
    if title:
        found += _dead(text, sentence)
    return sorted(found, key=lambda one: one.span)


def _ergative(text: str, sentence: Span, span: Span, word: str, words: HarmWords):
    start = sentence[0]
    if word in words.ergative:
        subject = subject_before(text, start, span[0])
        target = subject if isinstance(subject, tuple) else None
        return Harm(span, words.ergative[word], ERGATIVE, None, target)
    if word in words.breaking:
        event = EVENT_BEFORE.search(text, start, span[0])
        if event and event.group(1).lower() in words.events:
            return Harm((event.start(), span[1]), word, ERGATIVE)
    return None


def _verb(
    text: str,
    sentence: Span,
    span: Span,
    word: str,
    words: HarmWords,
    found: list[Harm],
    title: bool,
) -> Harm | None:
    """Return the form of a harm verb, or None if it is a noun or an adjective."""
    base, roles = words.forms[word]
    if not title and text[span[0]].isupper() and text[sentence[0] : span[0]].strip():
        return None
    left, group = word_before(text, sentence[0], span[0])
    after = WORD.match(text, next_word(text, span[1]))
    follows = after.group().lower() if after and after.end() <= sentence[1] else ""
    object_follows = bool(follows) and not (
        follows in NO_OBJECT or ADVERB.match(follows) or follows.endswith("ing")
    )
    starts = follows in OBJECT_STARTS or (after and not after.group().islower())
    finite = object_follows and (title or bool(starts))
    modified = left in MODIFIERS or left.endswith(POSSESSIVE)
    form = None
    if PARTICIPLE in roles and left in BE:
        form = WITHOUT
    elif ING in roles:
        unlike = modified or not object_follows or (bool(left) and not starts)
        noun = word in words.nouns and unlike
        at_somebody = follows == "at" and bool(PATIENTS.match(left))
        doing = left in BE or at_somebody or (object_follows and not noun)
        form = ACTIVE if doing else None
    elif PARTICIPLE in roles and left in ("and", "or") and _beside(found, span):
        form = found[-1].form
    elif roles & {PAST, PARTICIPLE}:
        form = ACTIVE if left in HAVE else _past(roles, left, follows, object_follows)
        if form == UNCLEAR:
            alone = base in MAY_LACK_OBJECT and not (title or PATIENTS.match(left))
            form = ACTIVE if alone and left else WITHOUT
    elif not left or follows in words.forms or left in _blocking(word, words, title):
        form = None
    elif PRESENT in roles:
        form = ACTIVE if finite else None
    elif left in MODALS or finite:
        form = ACTIVE
    if form is None:
        return None
    return _with_people(text, sentence, span, base, form, group, found)


def _blocking(word: str, words: HarmWords, title: bool) -> frozenset[str]:
    """Return the words after which a form is a noun: "drone attack", "to attack"."""
    return DETERMINERS if title or word not in words.nouns else MODIFIERS


def _past(
    roles: frozenset[str], left: str, follows: str, object_follows: bool
) -> str | None:
    """Tell "police shot three" from "three shot by police" and from "the wounded"."""
    if left in DETERMINERS and left != "that":
        return None
    if PARTICIPLE not in roles or (object_follows and follows != "by"):
        return ACTIVE
    return WITHOUT if follows == "by" else UNCLEAR


def _with_people(
    text: str, sentence: Span, span: Span, base: str, form: str, group: int, found: list
) -> Harm:
    """Return a mention with its agent and target, and a passive with its "by"."""
    subject = subject_before(text, sentence[0], group)
    if isinstance(subject, tuple):
        subject = noun_phrase(text, subject)
    else:
        same = [one for one in found if one.form in (ACTIVE, BY, WITHOUT)][-1:]
        subject = same[0].agent if same and same[0].form == ACTIVE else None
        if same and same[0].form != ACTIVE and form != ACTIVE:
            subject = same[0].target
    if form == ACTIVE:
        return Harm(
            span, base, form, subject, phrase(OBJECT, text, span[1], sentence[1])
        )
    agent = _by(text, sentence, span)
    return Harm(span, base, BY if agent else WITHOUT, agent, subject)


def _by(text: str, sentence: Span, span: Span) -> Span | None:
    """Return who stands after "by" in the clause of a passive or a noun."""
    by = BY_AGENT.search(text, span[1], min(sentence[1], span[1] + CLAUSE_BY))
    if not by or OTHER_CLAUSE.search(text[span[1] : by.start()]):
        return None
    return trimmed(text, by)


def _nominal(text: str, sentence: Span, span: Span, word: str) -> Harm:
    target = phrase(OF, text, span[1], sentence[1])
    agent = _by(text, sentence, span)
    return Harm(span, word, NOMINAL, agent, target)


def _dead(text: str, sentence: Span) -> list[Harm]:
    """Return the harm that a headline puts as a state: "Five dead in clashes"."""
    return [
        Harm(hit.span("dead"), "dead", ERGATIVE)
        for hit in DEAD.finditer(text, *sentence)
        if not NOT_STATE.search(text, sentence[0], hit.start("dead"))
    ]


def _beside(found: list[Harm], span: Span) -> bool:
    return bool(found) and span[0] - found[-1].span[1] <= 8
