"""Names in an article: who is meant by a surname, a title or a pronoun."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from mediakit.text.attribution_text import Span
from mediakit.text.sentences import FIRST_WORDS

NEAR, AFTER = 80, 110
PARTICLE = r"(?:(?:al|el|bin|bint|ibn|de|da|di|del|della|van|von|der|den|du|la|le)[- ])"
# A capital first, so that the search skips at full speed to the next one.
WORD = (
    r"[A-Z](?:(?:(?<=M)(?:rs?|s|aj)|(?<=D)r|(?<=P)rof|(?<=S)(?:en|gt|t)|(?<=R)e[pv]|"
    r"(?<=G)(?:ov|en)|(?<=A)dm|(?<=C)(?:ol|apt)|(?<=L)t)?\.|(?:[\w’'-]*\w)?)"
)
NAME = re.compile(rf"{WORD}(?:[ \t\xa0]+{PARTICLE}*{WORD})*")
TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lord|Lady|Dame|Sen|Senator|Rep|Gov|Governor|President|"
    r"Vice|Prime|Minister|Premier|Chancellor|Secretary|Gen|General|Adm|Admiral|Col|Colonel|"
    r"Capt|Captain|Lt|Sgt|Maj|Rear|Chairman|Chairwoman|Ambassador|Judge|Justice|Mayor|"
    r"Professor|Pope|King|Queen|Prince|Princess|Congressman|Congresswoman|Representative|"
    r"Foreign|Defense|Defence|Spokesman|Spokeswoman|Commander|Chief|Deputy|State|"
    r"Republican|Democrat|Democratic|Skipper|Commissioner|Inspector|Father|Sister|"
    r"Reverend|Rev|Supt|Attorney|The|A|An|But|And|When|While|Asked|On|In|At|As|For)\.?$"
)
PRONOUNS = frozenset("he she they it we i you who which".split())
APPOSED = re.compile(
    r",\s+(?P<what>(?:(?:the|a|an|who|his|her|its|their|\d|[a-z])[^.;:\n“”\"]*))"
)
BREAK = re.compile(
    r"[.;:\n“”\"()—–]\s|\s(?:and|that|by|with|to|told|met|from|said)\s|,\s(?=[A-Z][^,]*$)(?<=\w{3},\s)"
)
POSSESSIVE = re.compile(r"[’']s?$")
TITLED = re.compile(
    r"(?:(?P<sex>Mr\.?|Mrs\.?|Ms\.?|Miss|Sir|Lady|Dame)|Dr\.?|Prof\.?|Sen\.?|Rep\.?|Gov\.?|"
    r"Gen\.?|President|Chairman|Minister|Colonel|Captain|General|Admiral|Professor|Secretary)\s"
)
SINGULAR = ("he", "she")
SEVERAL = re.compile(r"[^\W\d_]{2}s$|(?<!\w)(?:people|men|women|police|both|many)$")
FAR = 500
MENTIONS = 3
KNOWN_NAMES = 1 << 15
PLACED = re.compile(r"\s+(?:of|at|from|for|in)\s")
OF = re.compile(
    r"(?<!\w)(?:of|at|for|from|in|the|to|with|and|by|an?)\s+$", re.IGNORECASE
)


@dataclass
class Cast:
    """The people of one article, as far as it names them."""

    text: str
    known: dict[str, str] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    sexes: dict[str, str] = field(default_factory=dict)
    mentions: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self):
        places = []
        for found in NAME.finditer(self.text):
            whole = found.group()
            full, titled = _read(whole)
            places.append((found.end(), found.start(), full, titled))
            if " " in full:
                self.known.setdefault(full.rpartition(" ")[2], full)
        for end, start, name, titled in places:
            if " " not in name:
                name = self.known.get(name, name)
            self.mentions.append((start, name))
            if titled:
                self.people.add(name)
                if titled[0]:
                    self.sexes[name] = titled[0]
            elif " " in name and APPOSED.match(self.text, end):
                if self.text[max(0, start - 4) : start].lower() != "the ":
                    self.people.add(name)

    def know_parts(self) -> None:
        """Let any part of a person's name stand for it, where no last name does.

        "Wang Yang" may be "Wang" later, and "Emily Lau Wai-hing" "Lau".
        """
        for _, name in self.mentions:
            if " " in name and name in self.people:
                for part in name.split():
                    self.known.setdefault(part, name)

    def may_be(self, name: str, pronoun: str) -> bool:
        """Say whether a pronoun may mean a person."""
        return self.sexes.get(name, pronoun) == pronoun

    def before(self, start: int, end: int, pronoun: str) -> list[tuple[str, bool]]:
        """Return the people named in a stretch, and whether they begin a sentence."""
        named = []
        for at, name in self.mentions:
            if start <= at < end and name in self.people and self.may_be(name, pronoun):
                left = self.text[max(0, at - 3) : at].rstrip()
                named.append((name, not left or left[-1:] in '.\n”"' or at == start))
        return named

    def full(self, name: str) -> str:
        """Return the full name that the article gives somebody named `name`."""
        name = " ".join(name.split())
        return self.known.get(name, name) if " " not in name else name

    def descriptions(self, name: str) -> list[str]:
        """Return what stands around the first mentions of a name."""
        around, at = [], self.text.find(name)
        while at >= 0 and len(around) < MENTIONS:
            around.append(self._around(at, at + len(name)))
            at = self.text.find(name, at + len(name))
        return around

    def _around(self, start: int, end: int) -> str:
        before = BREAK.split(self.text[max(0, start - NEAR) : start])[-1]
        apposed = APPOSED.match(self.text, end, end + AFTER)
        return f"{before}{self.text[start:end]}, {apposed['what'] if apposed else ''}"


@lru_cache(maxsize=KNOWN_NAMES)
def _read(name: str) -> tuple[str, tuple[str | None] | None]:
    """Return a name without titles and possessive, and the pronoun of its title."""
    full = " ".join(POSSESSIVE.sub("", without_titles(name)).split())
    titled = TITLED.match(name)
    if not titled or not titled["sex"]:
        return full, titled and (None,)
    return full, ("he" if titled["sex"].rstrip(".") in ("Mr", "Sir") else "she",)


def without_titles(name: str) -> str:
    """Return a name without the titles before it.

    Examples
    --------
    >>> without_titles("Vice President Joe Biden")
    'Joe Biden'
    """
    words = name.split()
    while len(words) > 1 and (TITLE.match(words[0]) or words[0] in FIRST_WORDS):
        words = words[1:]
    return " ".join(words)


def name_in(mention: str) -> str | None:
    """Return the name in a noun phrase, or None if it names nobody.

    Examples
    --------
    >>> name_in("Foreign Ministry spokesman Geng Shuang"), name_in("the World Bank")
    ('Geng Shuang', None)
    >>> name_in("President Ann Lee of Kelmar"), name_in("the Bank of England")
    ('Ann Lee', None)
    """
    head = re.split(r",\s", mention, maxsplit=1)[0]
    found = list(NAME.finditer(head))
    if not found:
        return None
    last = found[0] if PLACED.match(head, found[0].end()) else found[-1]
    if last is found[0] and " " in without_titles(last.group()):
        head = head[: last.end()]
    if head[last.end() :].strip() or OF.search(head[: last.start()]):
        return None
    if re.match(r"(?:The|An?)\s", last.group()) or last.group().startswith("Officials"):
        return None
    name = re.sub(r"[’']s?$", "", without_titles(last.group())).rstrip(".")
    return name or None


def resolve(text: str, spans: list[Span | None], cast: Cast) -> list[str | None]:
    """Return who each speaker is: the full name, or the words as they stand."""
    mentions = [s and " ".join(text[slice(*s)].split()) for s in spans]
    names = [m and m.lower() not in PRONOUNS and name_in(m) for m in mentions]
    cast.people |= {cast.full(name) for name in names if name}
    cast.know_parts()
    resolved: list[str | None] = []
    last = several = thing = None
    for span, mention, name in zip(spans, mentions, names, strict=True):
        low = mention.lower() if mention else ""
        who = mention
        if name:
            who = last = cast.full(name)
        elif low in ("who", "which"):
            who = _antecedent(text, span[0], cast) or mention
        elif low in SINGULAR:
            who = _nearest(cast, span[0], low, last) or mention
            last = who if who != mention else last
        elif low == "they" and several and span[0] - several[0] < FAR:
            who = several[1]
        elif low == "it" and thing and span[0] - thing[0] < FAR:
            who = thing[1]
        elif low and SEVERAL.search(low):
            several = span[0], who
        elif low and low not in PRONOUNS:
            thing = span[0], who
        resolved.append(who)
    return resolved


def _antecedent(text: str, at: int, cast: Cast) -> str | None:
    left = text[max(0, at - NEAR) : at].rstrip(" ,")
    found = list(NAME.finditer(left))
    if found and found[-1].end() == len(left):
        return cast.full(without_titles(found[-1].group()))
    return None


def _nearest(cast: Cast, at: int, pronoun: str, last: str | None) -> str | None:
    """Return the person whom "he" or "she" means.

    The last person named before, one that begins a sentence before one that does not,
    the paragraph's own before those of the paragraph before.
    """
    text = cast.text
    paragraph = text.rfind("\n", 0, at) + 1
    inside = cast.before(paragraph, at, pronoun)
    begins = [name for name, opens in inside if opens]
    if begins or inside:
        return begins[-1] if begins else inside[-1][0]
    if last and cast.may_be(last, pronoun):
        return last
    earlier = cast.before(max(0, paragraph - FAR), paragraph, pronoun)
    begins = [name for name, opens in earlier if opens]
    if begins or earlier:
        return begins[-1] if begins else earlier[-1][0]
    return None
