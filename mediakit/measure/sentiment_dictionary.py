"""A dictionary as an instrument of tone: weights, negation and intensifiers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mediakit.measure.dictionary_hits import entry_hits, negated_tokens
from mediakit.measure.dictionary_plan import NO_ONE, Plan, make_plan
from mediakit.measure.sentiment_engines import Hits, Tone, joined
from mediakit.measure.sentiment_units import Units, unit_blocks
from mediakit.text.corpus import Corpus
from mediakit.text.dictionary import LEVEL, Dictionary
from mediakit.text.part import Part
from mediakit.text.pattern_match import Finder, ranges
from mediakit.text.patterns import Patterns, compile_patterns, find_each
from mediakit.text.shard import SENTENCE
from mediakit.text.views import View

TONE = "tone"
SIGNS = {
    "positive": 1,
    "pos": 1,
    "posemo": 1,
    "negative": -1,
    "neg": -1,
    "negemo": -1,
    "neg_positive": -1,
    "neg_negative": 1,
}
"""What a category adds to the tone, by its name; those of Lexicoder included."""


@dataclass(frozen=True, eq=False)
class DictionaryEngine:
    """A Dictionary compiled for a corpus; see `dictionary_engine`.

    `weights` (float) and `owners` (int) are what each entry weighs, and in which item;
    `factors` belong to the items of `intensifiers`.
    """

    name: str
    items: tuple[str, ...]
    words: tuple[str, ...]
    weights: np.ndarray
    owners: np.ndarray
    turn: float
    plan: Plan
    intensifiers: Patterns | None
    scale = ()
    factors: tuple[float, ...]
    told: dict

    def entries(self) -> list[str]:
        """Return the entries of the dictionary, as it writes them."""
        return list(self.words)

    def about(self) -> dict:
        """Return what provenance says of it."""
        return self.told

    def tone(self, part: Part, view: View, unit: str, *, hits: bool = False) -> Tone:
        """Score the units of a part in a view: the weights of its hits, summed."""
        starts, ends, entries = self._found(part, view)
        valences = self.weights[entries] * self._times(part, view, starts)
        blocks = []
        for units in unit_blocks(part, view, unit):
            some, of = _inside(units, starts)
            of_item, weighs = self.owners[entries[some]], valences[some]
            values = np.zeros((len(units), len(self.items)))
            np.add.at(values, (of, of_item), weighs)
            lead = of_item == 0
            blocks.append(
                Tone(
                    rows=units.rows,
                    starts=units.starts,
                    ends=units.ends,
                    words=np.diff(units.edges),
                    known=_known(units, starts[some], ends[some]),
                    values=values,
                    hits=Hits(
                        of[lead],
                        starts[some][lead],
                        entries[some][lead],
                        weighs[lead],
                        weighs[lead],
                    )
                    if hits
                    else None,
                )
            )
        return joined(blocks, len(self.items))

    def _found(self, part: Part, view: View):
        finder = self._finder(part, view)
        found = entry_hits(finder, part.to_global, self.plan)
        if part.rows is None:
            return found
        held = np.zeros(len(part.shard), bool)
        held[part.rows] = True
        documents = part.shard.documents(view.field)
        edges = part.shard.offsets[documents.start : documents.stop + 1]
        kept = held[np.searchsorted(edges, found[0], side="right") - 1]
        return tuple(one[kept] for one in found)

    def _finder(self, part: Part, view: View) -> Finder:
        tests = self.plan.patterns.local(part.to_global)
        return Finder(part.shard, view, "sentence", tests)

    def _times(self, part: Part, view: View, starts: np.ndarray) -> np.ndarray:
        """Return what a negator, and one or two intensifiers, multiply each hit by."""
        times = np.ones(len(starts))
        negated = negated_tokens(self._finder(part, view), self.plan)
        if negated is not None:
            times[negated[starts]] = self.turn
        if self.intensifiers is None:
            return times
        begins = part.shard.flags & SENTENCE > 0
        before = np.ones(len(begins) + 1)
        found = find_each(part.shard, part.to_global, self.intensifiers, view)
        for factor, (_, after) in zip(self.factors, found, strict=True):
            before[after] = factor
        chained = before.copy()
        for factor, (first, after) in zip(self.factors, found, strict=True):
            chained[after] = factor * np.where(begins[first], 1, before[first])
        inside = ~begins[starts]
        times[inside] *= chained[starts[inside]]
        return times


def _inside(units: Units, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return which hits lie in the units, and in which one each."""
    first = units.starts.min(initial=np.iinfo(np.int64).max)
    first, last = np.searchsorted(starts, [first, units.ends.max(initial=0)])
    some = np.arange(first, max(first, last))
    of = np.searchsorted(units.starts, starts[some], side="right") - 1
    kept = starts[some] < units.ends[of]
    return some[kept], of[kept]


def _known(units: Units, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Count the chunks of each unit that hold a word of a hit."""
    tokens = np.unique(ranges(starts, ends))
    chunks = np.unique(np.searchsorted(units.tokens, tokens, side="right") - 1)
    return np.diff(np.searchsorted(chunks, units.edges))


def dictionary_engine(dictionary: Dictionary, corpus: Corpus) -> DictionaryEngine:
    """Compile a dictionary for a corpus, so that it can score its sentences."""
    entries = dictionary.entries
    category = entries["category"]
    signs = category.map(_sign)
    tone = signs.notna() & ({-1, 1} <= set(signs.dropna()))
    others = list(dict.fromkeys(category[~tone]))
    items = ([TONE] if tone.any() else []) + others
    place = {one: number for number, one in enumerate(items)}
    owners = [
        place[TONE if lead else one] for lead, one in zip(tone, category, strict=True)
    ]
    weights = np.where(tone, signs * entries["weight"].abs(), entries["weight"])
    exclude = len(dictionary.exclude)
    plan = make_plan(
        corpus,
        [*entries["pattern"], *dictionary.exclude],
        rival=[*category.astype("category").cat.codes, *[NO_ONE] * exclude],
        items=[*([number] for number in range(len(entries))), *[[]] * exclude],
        size=len(entries),
        negators=dictionary.negators,
        reach=dictionary.reach,
    )
    by_factor: dict[float, list[str]] = {}
    for pattern, factor in dictionary.intensifiers.items():
        by_factor.setdefault(float(factor), []).append(pattern)
    named = {str(factor): patterns for factor, patterns in by_factor.items()}
    return DictionaryEngine(
        name=dictionary.name,
        items=tuple(items),
        words=tuple(_words(dictionary)),
        weights=np.asarray(weights, float),
        owners=np.array(owners, np.int64),
        turn=float(dictionary.turn),
        plan=plan,
        intensifiers=compile_patterns(corpus, named) if named else None,
        factors=tuple(by_factor),
        told={
            "dictionary": dictionary.name,
            "dictionary_sha256": dictionary.digest,
            "about": dictionary.about,
            "never_matched": list(plan.patterns.never),
        },
    )


def _sign(category: str) -> float:
    return SIGNS.get(category.rpartition(LEVEL)[2].casefold(), np.nan)


def _words(dictionary: Dictionary) -> Iterator[str]:
    """Yield the entries' patterns, with their category where two share one."""
    patterns = dictionary.entries["pattern"]
    twice = patterns.duplicated(keep=False)
    columns = patterns, dictionary.entries["category"], twice
    for pattern, category, shared in zip(*columns, strict=True):
        yield f"{pattern} ({category})" if shared else pattern
