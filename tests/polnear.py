"""The attributions that people marked in PolNeAR, read from its archive."""

import re
import tarfile
from collections import defaultdict

MARKS = re.compile(r"[“”\"]|''|``")


def read_polnear(path, part):
    """Return (text, attributions) of each article of "train" or "dev".

    An attribution has the spans of its Content, Source and Cue, as far as marked; of
    several annotators of an article the first counts.
    """
    texts, annotated = {}, {}
    with tarfile.open(path) as archive:
        for member in archive:
            name = member.name.removeprefix("./")
            if not member.isfile() or f"data/{part}/" not in name:
                continue
            stem = name.rpartition("/")[2].rpartition(".")[0]
            content = archive.extractfile(member).read().decode("utf-8")
            if name.endswith(".txt"):
                texts[stem] = content
            else:
                annotated.setdefault(stem.rpartition("_")[0], []).append(
                    (stem, content)
                )
                annotated.setdefault(stem, []).append((stem, content))
    return [
        (text, _attributions(min(annotated[stem])[1]))
        for stem, text in sorted(texts.items())
        if stem in annotated
    ]


def _attributions(lines):
    rows = [line.split("\t") for line in lines.split("\n")]
    spans = {
        row[0]: [
            tuple(map(int, one.split())) for one in row[1].split(" ", 1)[1].split(";")
        ]
        for row in rows
        if row[0][:1] == "T" and len(row) > 1
    }
    found = []
    for row in rows:
        if row[0][:1] == "E":
            roles = defaultdict(list)
            for role in row[1].split():
                name, _, key = role.partition(":")
                roles[re.sub(r"\d+$", "", name)] += spans.get(key, [])
            found.append(roles)
    return found


def overlap(some, others):
    return sum(max(0, min(b, d) - max(a, c)) for a, b in some for c, d in others)


def size(spans):
    return max(1, sum(b - a for a, b in spans))


def agreement(articles, find):
    """Return how well `find` does on articles: shares by name, see the test."""
    hits, of = defaultdict(int), defaultdict(int)

    def count(name, hit):
        of[name] += 1
        hits[name] += bool(hit)

    for text, attributions in articles:
        gold = [one for one in attributions if one["Content"]]
        found = [one for one in find(text) if one.kind != "unattributed"]
        for one in found:
            kind = "indirect" if one.kind == "indirect" else "direct"
            best = max(
                gold, key=lambda g: overlap(one.spans, g["Content"]), default=None
            )
            right = best and overlap(one.spans, best["Content"]) >= 0.8 * size(
                one.spans
            )
            count(f"{kind} precision", right)
            if right and best["Source"]:
                said = [one.speaker] if one.speaker else []
                least = min(size(said), size(best["Source"]))
                count(f"{kind} speakers", overlap(said, best["Source"]) >= 0.5 * least)
        for one in gold:
            content = one["Content"]
            marks = any(MARKS.search(text[a:b]) for a, b in content)
            reach = max((overlap(f.spans, content) for f in found), default=0)
            name = "direct recall" if marks else "indirect recall"
            count(name, reach >= 0.8 * size(content))
    return {name: hits[name] / of[name] for name in of}
