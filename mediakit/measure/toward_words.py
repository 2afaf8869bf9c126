"""Words that judge somebody, and verbs by whom they judge: lists one can edit."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version

from mediakit.errors import MediakitError
from mediakit.measure.sentiment_chunks import letters_only
from mediakit.measure.sentiment_engines import digest
from mediakit.text.voices_words import inflected, read_lists

OTHERS_COUNT = 0.6
"""What the weights of VADER's lexicon count for, beside those of the lists."""
PARTICIPLE, PLAIN = "participle", "plain"


@dataclass(frozen=True)
class Effect:
    """What a verb says of who does it and of whom it is done to, and its forms."""

    subject: float
    object: float
    roles: frozenset[str]


@dataclass(frozen=True)
class TowardWords:
    """Weights of words, effects of the forms of verbs, weights right before a name."""

    weights: dict[str, float]
    verbs: dict[str, Effect]
    near: dict[str, float]

    def about(self) -> dict:
        """Return what provenance says of the lists."""
        lines = [f"{word}\t{weight!r}" for word, weight in sorted(self.weights.items())]
        lines += [
            f"{form}\t{one.subject!r}\t{one.object!r}\t{sorted(one.roles)}"
            for form, one in sorted(self.verbs.items())
        ]
        lines += [f"{word}\t{weight!r}" for word, weight in sorted(self.near.items())]
        return {
            "vaderSentiment": version("vaderSentiment"),
            "lists_sha256": digest(lines),
        }


def toward_words(given=None) -> TowardWords:
    """Return the lists of a file or a dict, or those that come with us."""
    return _compiled(given) if given is not None else _ours()


def words_for(language: str, given=None) -> TowardWords:
    """Return the lists for a corpus; ours are English."""
    if given is None and language != "en":
        raise MediakitError(
            "the lists in data/dictionaries/toward.yaml are English, and the corpus is "
            f"in {language!r}; give lists of your own as `words`."
        )
    return toward_words(given)


@lru_cache(maxsize=1)
def _ours() -> TowardWords:
    return _compiled(None)


def _compiled(given) -> TowardWords:
    lists = read_lists(given, "toward.yaml", "words")
    weights = _of_vader(lists.get("silent") or ())
    for weight, words in _section(lists, "words").items():
        weights |= dict.fromkeys(map(str, words), _number(weight))
    verbs: dict[str, Effect] = {}
    for group in lists.get("verbs") or ():
        if not isinstance(group, dict) or not {"subject", "object", "words"} <= {
            *group
        }:
            raise MediakitError(
                "`words`: each group of `verbs` must have subject, object and words, "
                f"as in data/dictionaries/toward.yaml, got {group!r}."
            )
        effects = _number(group["subject"]), _number(group["object"])
        for verb in group["words"]:
            for form, role in _forms(verb):
                before = verbs[form].roles if form in verbs else frozenset()
                verbs[form] = Effect(*effects, before | {role})
    near = {word: _number(one) for word, one in _section(lists, "near").items()}
    return TowardWords(weights, verbs, near)


def _of_vader(silent) -> dict[str, float]:
    from mediakit.measure.sentiment_vader import _analyzer

    left_out = frozenset(silent)
    return {
        word: OTHERS_COUNT * weight
        for word, weight in _analyzer().lexicon.items()
        if word not in left_out and word.isascii() and letters_only(word)
    }


def _section(lists: dict, name: str) -> dict:
    found = lists.get(name) or {}
    if not isinstance(found, dict):
        raise MediakitError(
            f"`words`: {name!r} must map as in data/dictionaries/toward.yaml, got "
            f"{type(found).__name__}."
        )
    return found


def _number(given) -> float:
    try:
        return float(given)
    except (TypeError, ValueError) as error:
        raise MediakitError(
            f"`words`: a weight must be a number, got {given!r}."
        ) from error


def _forms(verb) -> list[tuple[str, str]]:
    """Return the forms of a verb with what each can be."""
    if isinstance(verb, dict):
        base, given = next(iter(verb.items()))
        forms = [base, *(given or ())]
    else:
        base, present, past, ing = inflected(str(verb))
        forms = [base, present, past, past, ing]
    if len(forms) != 5:
        raise MediakitError(
            f"`words`: {forms[0]!r} must have four forms (present, past, participle, "
            f"with -ing), got {forms[1:]!r}."
        )
    roles = (PLAIN, PLAIN, "past", PARTICIPLE, "ing")
    return list(zip(map(str, forms), roles, strict=True))
