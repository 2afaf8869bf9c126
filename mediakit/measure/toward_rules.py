"""Which words of a sentence judge whom it is about, and how much each counts.

Rules without a parser: a verb counts for whoever does it or suffers it, every other
word by its distance; what the one in question says to others is hardly about him.
"""

import math
import re
from itertools import accumulate

from mediakit.measure.toward_words import PARTICIPLE, PLAIN, Effect, TowardWords

WORD = re.compile(r"[A-Za-z]\w*(?:[’'-]\w+)*|\w+(?:[.,’'-]\w+)*|[^\w\s]")
BE = frozenset("is are was were be been being am get gets got getting 's ’s".split())
NOUN_BEFORE = frozenset(
    "the a an his her their its of no any this that's new more for on in".split()
)
SPEECH = frozenset(
    "said says say told tells tell wrote writes tweeted added adds asked asks replied "
    "announced noted explained argued continued testified".split()
)
SPEECH_FIRST = frozenset("said says added wrote argued tweeted".split())
BEFORE_SPEECH = frozenset("also later then has had".split())
NEGATORS = frozenset(
    "not no never neither nor cannot without hardly barely nothing".split()
)
TITLES = frozenset("mr ms mrs dr sen gov rep president .".split())
BORDERS = {
    **dict.fromkeys(";:—–()", 0.8),
    **dict.fromkeys(
        "but while because although though after before when if as since whereas "
        "than".split(),
        0.5,
    ),
    ",": 0.25,
}
"""What a border between a word and the name costs: its weight times exp(-cost)."""
HALF = 8
"""At how many words from the name a word counts half."""
VERB, ELSEWHERE, OWN_SPEECH, NEGATED = 1.5, 0.3, 0.1, -0.6
"""What a verb counts for its own people and for others, a speaker's own words, and
what negation does."""
SUBJECT_REACH, OBJECT_REACH, NEGATOR_REACH = 12, 6, 4
SAME_CLAUSE, SAME_PHRASE = 0.6, 0.2
SUBJECT_NEGATED = -0.3
LEVEL = 4.0


def judge(
    words: list[str], first: int, after: int, lists: TowardWords
) -> list[tuple[int, float]]:
    """Return which words judge the name at ``words[first:after]``, with their weights.

    Parameters
    ----------
    words : list of str
        A sentence as `WORD` cuts it, in lower case.
    first, after : int
        Where the name stands.
    lists : TowardWords

    Examples
    --------
    >>> from mediakit.measure.toward_words import toward_words
    >>> words = "ruritania condemned sylvania".split()
    >>> judge(words, 0, 1, toward_words()), judge(words, 2, 3, toward_words())
    ([], [(1, -2.6666666666666665)])
    """
    costs = [0.0, *accumulate(BORDERS.get(word, 0.0) for word in words)]
    own = OWN_SPEECH if _speaks(words, first, after) else 1.0
    found = _beside(words, first, after, lists, speaks=own < 1)
    for place, word in enumerate(words):
        if first <= place < after:
            continue
        before = place < first
        distance = first - place if before else place - after + 1
        barrier = (
            costs[first] - costs[place + 1] if before else costs[place] - costs[after]
        )
        verb = lists.verbs.get(word)
        if verb is not None and not _is_noun(words, place, verb):
            weight = _of_verb(words, place, first, after, verb, barrier)
        else:
            weight = lists.weights.get(word, 0.0)
        if not weight:
            continue
        if any(map(_negates, words[max(0, place - NEGATOR_REACH) : place])):
            weight *= NEGATED
        weight *= own * math.exp(-barrier) / (1 + distance / HALF)
        found.append((place, weight))
    return found


def level(total: float) -> float:
    """Return a sum of weights between -1 and 1."""
    return total / math.sqrt(total * total + LEVEL)


def _beside(words, first, after, lists, *, speaks):
    """Return what stands right before the name, and a negator right behind it."""
    found = []
    place = first - 1
    while place >= 0 and words[place] in TITLES:
        place -= 1
    weight = lists.near.get(words[place], 0.0) if place >= 0 else 0.0
    if weight and not (speaks and words[place] == "that"):
        found.append((place, weight))
    for behind in range(after, min(after + 3, len(words))):
        if _negates(words[behind]):
            return [*found, (behind, SUBJECT_NEGATED)]
    return found


def _negates(word: str) -> bool:
    return word in NEGATORS or word.endswith(("n't", "n’t"))


def _speaks(words: list[str], first: int, after: int) -> bool:
    """Say whether the name is that of whose words the sentence reports."""
    if _quoted(words, first):
        return False
    if first and words[first - 1] in SPEECH_FIRST:
        return True
    behind = words[after : after + 2]
    if behind and behind[0] in SPEECH:
        return True
    passed = behind and (behind[0].endswith("ly") or behind[0] in BEFORE_SPEECH)
    return bool(passed) and behind[-1] in SPEECH


def _quoted(words: list[str], place: int) -> bool:
    inside = False
    for word in words[:place]:
        if word in '“”"':
            inside = word == "“" or (word == '"' and not inside)
    return inside


def _left(words: list[str], place: int) -> str:
    """Return the word before a verb, adverbs skipped."""
    place -= 1
    while place >= 0 and (
        words[place].endswith("ly") or words[place] in ("also", "not", "never")
    ):
        place -= 1
    return words[place] if place >= 0 else ""


def _is_noun(words: list[str], place: int, verb: Effect) -> bool:
    return PLAIN in verb.roles and _left(words, place) in NOUN_BEFORE


def _of_verb(words, place, first, after, verb: Effect, barrier: float) -> float:
    """Return what a verb weighs for the name: as who does it, or to whom it is done."""
    left = _left(words, place)
    behind = words[place + 1] if place + 1 < len(words) else ""
    cut_off = left == "," and behind in ("of", "by", "for", "in", "with")
    passive = PARTICIPLE in verb.roles and (
        left in BE or behind in ("by", "of") or cut_off
    )
    is_left = after <= place
    as_subject = is_left and barrier < SAME_CLAUSE and place - after < SUBJECT_REACH
    if passive:
        if as_subject:
            return VERB * verb.object
        agent = not is_left and "by" in words[max(place + 1, first - 4) : first]
        return VERB * verb.subject if agent else ELSEWHERE * verb.object
    if is_left:
        return (VERB if as_subject else ELSEWHERE) * verb.subject
    near = first - place - 1 <= OBJECT_REACH and barrier < SAME_PHRASE
    return (VERB if near else ELSEWHERE) * verb.object
