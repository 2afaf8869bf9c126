"""News-like articles of any number, made up, seeded, for timing.

Run: python benchmarks/corpus.py 100000 FOLDER [seed]; it writes Parquet files of
50,000 articles with outlet, group, published, title and text. The first articles
are the same whatever the number.

Word frequencies follow Zipf-Mandelbrot in two strata (function words have 48 % of
all tokens); an article has two topics, whose share moves with time and group, and
repeats its own content words; 600 words are commoner in one group. Numbers, quoted
sentences, straight or curly quotes, possessives, initials, accents and some other
scripts are strewn in. The order of words in a sentence is random: collocations are
weaker than in real news.
"""

import datetime
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

BLOCK, SHARD = 5_000, 50_000
TYPES, TOPICS, TOPIC_TYPES, TILTED = 200_000, 300, 1_500, 600
DRAWS, TOPIC_DRAWS = 1 << 22, 1 << 14
FIRST_DAY, DAYS = datetime.date(2023, 1, 1), 730
OUTLETS = {
    "state": [f"State Herald {number:02d}" for number in range(12)],
    "western": [f"Western Post {number:02d}" for number in range(12)],
}
FUNCTION_WORDS = """
the of to and a in that is for it on was with as be by at he this are from his have
not but they an has had were which or will said their who been we one more its you
would about there all when if out so up what no than after into over she her also can
him could some them may most these then now only just while against between such
during under before those any our did where because my do through how even since being
still both should must very down me made make many don't it's off us well within each
own among too never however without didn't can't i'm that's isn't wasn't won't doesn't
aren't per via despite toward upon every few less least again further once several
another same above below your does having am himself itself themselves why whose whom
""".split()
SPECIAL = """
U.S. NATO UN EU U.K. GDP IMF WHO BRICS OPEC AI COVID-19 G7 Mr. Mrs. Dr. U.N. No. Gen.
Sen. e.g. a.m. p.m. state-run long-term so-called high-level cease-fire 20-year-old
cross-border war-torn Erdoğan São Zürich François Łódź café naïve Türkiye Москва
Россия Путин 北京 新华社 Αθήνα القاهرة €5m £20bn
""".split()
SYLLABLES = (
    "b c d f g h k l m n p r s t v br ch cl cr dr fl gr pl pr sh sl sp st str th tr",
    "a e i o u ai ea ee ie io ou",
    " n r s t l m nd nt st ck rt ng",
)
ENDINGS = ["", "", "", "s", "s", "ed", "ing", "er", "tion", "ment", "ly", "al", "ity"]
BETWEEN = {" ": 0.926, ", ": 0.044, "; ": 0.002, ": ": 0.002, " — ": 0.005}
BETWEEN |= {"'s ": 0.013, "… ": 0.001, "/": 0.001, ") ": 0.004, " (": 0.002}
SENTENCE_ENDS = {". ": 0.59, ".\n\n": 0.35, "? ": 0.035, "! ": 0.015, "... ": 0.01}
QUOTED = 0.13


def zipf(size: int, shift: float, power: float) -> np.ndarray:
    weights = (np.arange(size) + shift) ** -power
    return weights / weights.sum()


def draws(p: np.ndarray, size: int) -> np.ndarray:
    """Return a table in which each word stands as often as it is likely."""
    ends = np.cumsum(p)
    places = (np.arange(size) + 0.5) / size * ends[-1]
    return np.searchsorted(ends, places).astype(np.int32)


def english_words() -> list[str]:
    """Return words in the order of their frequency in TextBlob's spelling list."""
    folder = Path(find_spec("textblob").origin).parent / "en"
    lines = (folder / "en-spelling.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split() for line in lines if not line.startswith(";")]
    counted = [(int(p[1]), p[0].lower()) for p in pairs if len(p) == 2]
    words = [word for _, word in sorted(counted, key=lambda pair: (-pair[0], pair[1]))]
    return [word for word in words if word.isalpha() and len(word) > 2]


def pseudo_words(rng, number: int) -> list[str]:
    heads, vowels, tails = (np.array(part.split(" "), object) for part in SYLLABLES)
    words = np.full(number, "", object)
    length = rng.integers(1, 4, number)
    for syllable in range(3):
        new = rng.choice(heads, number) + rng.choice(vowels, number)
        words = words + np.where(length > syllable, new + rng.choice(tails, number), "")
    return (words + rng.choice(np.array(ENDINGS, object), number)).tolist()


def number_words(rng, size: int) -> list[str]:
    a, b = rng.integers(1, 1000, size), rng.integers(0, 1000, size)
    kinds = [
        lambda a, b: str(1945 + a % 80),
        lambda a, b: str(a),
        lambda a, b: f"{a},{b:03d}",
        lambda a, b: f"{a % 100}.{b % 10}%",
        lambda a, b: f"${a % 100}.{b % 10}bn",
    ]
    return [kinds[i % 5](*pair) for i, pair in enumerate(zip(a, b, strict=True))]


class Model:
    """The vocabulary and what is drawn from it."""

    def __init__(self, seed: int):
        rng = np.random.default_rng([seed, 0])
        first = len(FUNCTION_WORDS)
        common = english_words()
        rare = [*common[9_000:], *SPECIAL, *pseudo_words(rng, 2 * TYPES)]
        tail = [rare[i] for i in rng.permutation(len(rare))]
        words = list(dict.fromkeys([*FUNCTION_WORDS, *common[:9_000], *tail]))[:TYPES]
        for rank, word in enumerate(SPECIAL[:20]):  # as common as they are in news
            words[first + 100 + 40 * rank] = word
        p = np.concatenate(
            [0.48 * zipf(first, 2.7, 1.15), 0.52 * zipf(TYPES - first, 40, 1.25)]
        )
        tilt = np.zeros(TYPES)
        tilt[rng.choice(np.arange(first, 20_000), TILTED, replace=False)] = rng.normal(
            0, 0.7, TILTED
        )
        self.common = [draws(p * np.exp(sign * tilt), DRAWS) for sign in (1, -1)]
        content = p[first:] ** 0.75 / (p[first:] ** 0.75).sum()
        shape = draws(zipf(TOPIC_TYPES, 2.7, 1.0), TOPIC_DRAWS)
        self.topics = np.stack(
            [
                (
                    first
                    + rng.choice(TYPES - first, TOPIC_TYPES, replace=False, p=content)
                )[shape]
                for _ in range(TOPICS)
            ]
        )
        self.weight, self.peak = rng.dirichlet(np.full(TOPICS, 0.8)), rng.random(TOPICS)
        self.lean = np.exp(rng.normal(0, 0.5, TOPICS))
        words += number_words(rng, 8_000)
        self.first, self.size = first, len(words)
        self.proper = rng.random(self.size) < 0.1
        self.proper[:2_000] = self.proper[TYPES:] = False
        capital = [word[:1].upper() + word[1:] for word in words]
        self.forms = np.array([*words, *capital], object)


def topics_of(model: Model, rng, day, western) -> np.ndarray:
    """Draw two topics for each article, by its day and group."""
    near = np.exp(-(((day[:, None] / DAYS - model.peak) / 0.08) ** 2))
    lean = np.where(western[:, None], 1 / model.lean, model.lean)
    ends = np.cumsum(model.weight * (0.3 + 2.5 * near) * lean, axis=1)
    places = rng.random((2, len(day), 1)) * ends[:, -1:]
    return (places > ends).sum(axis=2)


def tokens_of(model: Model, rng, article, starts, western, topics) -> np.ndarray:
    """Draw the words of all articles of a block."""
    size = len(article)
    place = rng.integers(0, DRAWS, size)
    tokens = np.where(western[article], model.common[1][place], model.common[0][place])
    share = rng.beta(3, 9, len(starts))[article]
    topical = np.flatnonzero((rng.random(size) < share) & (tokens >= model.first))
    which = (rng.random(len(topical)) < 0.2).astype(int)
    topic = topics[which, article[topical]]
    tokens[topical] = model.topics[topic, rng.integers(0, TOPIC_DRAWS, len(topical))]
    again = np.flatnonzero((rng.random(size) < 0.12) & (tokens >= model.first))
    source = again - rng.geometric(1 / 60, len(again))
    inside = source >= starts[article[again]]
    tokens[again[inside]] = tokens[source[inside]]
    numbers = rng.random(size) < 0.022
    tokens[numbers] = rng.integers(TYPES, model.size, numbers.sum())
    return tokens


def marks_of(rng, ends: np.ndarray, begins: np.ndarray):
    """Return what stands before and after each word."""
    after = rng.choice(list(BETWEEN), len(ends), p=list(BETWEEN.values())).astype(
        object
    )
    where = np.flatnonzero(ends)
    after[where] = rng.choice(
        list(SENTENCE_ENDS), len(where), p=list(SENTENCE_ENDS.values())
    )
    before = np.full(len(ends), "", object)
    quoted = rng.random(len(where)) < QUOTED
    before[np.flatnonzero(begins)[quoted]] = "“"
    after[where[quoted]] = rng.choice([",” ", ".” "], quoted.sum())
    return before, after


def block(model: Model, seed: int, number: int) -> pa.Table:
    """Make 5,000 articles, by their own seed."""
    rng = np.random.default_rng([seed, 1, number])
    western = rng.random(BLOCK) < 0.55
    day = rng.integers(0, DAYS, BLOCK)
    sizes = np.clip(rng.lognormal(np.log(450) - 0.18, 0.6, BLOCK), 40, 4_000).astype(
        int
    )
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    article = np.repeat(np.arange(BLOCK), sizes)
    topics = topics_of(model, rng, day, western)
    tokens = tokens_of(model, rng, article, offsets[:-1], western, topics)
    ends = np.zeros(len(tokens), bool)
    lengths = np.clip(rng.lognormal(3.0, 0.45, len(tokens) // 8), 3, 80).astype(int)
    stops = np.cumsum(lengths)
    ends[stops[stops < len(tokens)]] = ends[offsets[1:] - 1] = True
    begins = np.concatenate([[True], ends[:-1]])
    capital = begins | model.proper[tokens]
    before, after = marks_of(rng, ends, begins)
    pieces = before + model.forms[tokens + capital * model.size] + after
    straight = rng.random(BLOCK) < 0.5
    quotes = str.maketrans("“”", '""')
    texts, titles = [], []
    for row in range(BLOCK):
        text = "".join(pieces[offsets[row] : offsets[row + 1]]).strip()
        text = text.translate(quotes) if straight[row] else text.replace("'", "’")
        texts.append(text)
        words = tokens[offsets[row] :][: rng.integers(6, 13)]
        titles.append(" ".join(model.forms[words + model.size]))
    groups = np.where(western, "western", "state")
    outlets = np.minimum(rng.geometric(0.18, BLOCK) - 1, 11)
    return pa.table(
        {
            "outlet": [OUTLETS[g][i] for g, i in zip(groups, outlets, strict=True)],
            "group": groups,
            "published": [FIRST_DAY + datetime.timedelta(int(d)) for d in day],
            "title": titles,
            "text": texts,
        }
    )


def main(articles: int, folder: Path, seed: int = 1) -> None:
    model = Model(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, articles, SHARD):
        size = min(SHARD, articles - first)
        blocks = range(first // BLOCK, -(-(first + size) // BLOCK))
        table = pa.concat_tables(block(model, seed, number) for number in blocks)
        path = folder / f"part-{first // SHARD:05d}.parquet"
        pq.write_table(table.slice(0, size), path, compression="zstd")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
