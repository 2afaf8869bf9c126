"""Build the constructed corpus of the strait from its marked-up source.

    python benchmarks/make_strait.py

reads data/strait/source and writes data/strait/constructed_articles.csv and the
truth tables; the same source gives the same bytes.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import yaml

HOME = Path(__file__).resolve().parents[1] / "data" / "strait"
ARTICLE = re.compile(r"^%% (e\d\d-(\w+)-\d+)\n", re.MULTILINE)
MARK = re.compile(r"\{(/?)([qisb])(?: ([^{}]*))?\}")
KINDS = {"q": "direct", "i": "indirect", "s": "scare"}


@dataclass
class Parsed:
    """One article: its header, its text without marks, and the spans of the marks."""

    name: str
    outlet: str
    head: dict
    text: str
    spans: list = field(default_factory=list)

    @property
    def event(self) -> str:
        """The event it is about."""
        return self.name.split("-")[0]


def read_source(folder: Path) -> list[Parsed]:
    """Return the articles of all source files, in order of date."""
    found = []
    for path in sorted(folder.glob("constructed_e*.txt")):
        parts = ARTICLE.split(path.read_text("utf-8"))
        for name, outlet, rest in zip(
            parts[1::3], parts[2::3], parts[3::3], strict=True
        ):
            head, _, body = rest.partition("\n%%\n")
            lines = (line.partition(":") for line in head.splitlines())
            fields = {key.strip(): value.strip() for key, _, value in lines}
            found.append(_parse(name, outlet, fields, body.strip()))
    return sorted(found, key=lambda one: (one.head["date"], one.name))


def _parse(name: str, outlet: str, head: dict, body: str) -> Parsed:
    """Take the marks out of a body and keep where they stood."""
    one = Parsed(name, outlet, head, "")
    kept, at, size, opened = [], 0, 0, []
    for mark in MARK.finditer(body):
        kept.append(body[at : mark.start()])
        size += mark.start() - at
        at = mark.end()
        if mark[1]:
            kind, words, start = opened.pop()
            one.spans.append((start, size, kind, *words))
        else:
            opened.append((mark[2], (mark[3] or "- -").split(), size))
    one.text = "".join([*kept, body[at:]])
    return one


def articles_table(articles: list[Parsed], outlets: pd.DataFrame) -> pd.DataFrame:
    """Return the articles as a reader would export them."""
    names = outlets.set_index("outlet_id")["name"]
    domains = outlets.set_index("outlet_id")["domain"]
    return pd.DataFrame(
        {
            "article_id": one.name,
            "outlet": names[one.outlet],
            "published": one.head["date"].replace(" ", "T") + ":00Z",
            "title": one.head["title"],
            "text": one.text,
            "url": f"https://{domains[one.outlet]}/2016/{one.name}",
            "author": one.head["author"],
            "section": one.head["section"],
            "language": "en",
            "constructed": True,
        }
        for one in articles
    )


def span_tables(articles: list[Parsed], people: pd.DataFrame) -> dict:
    """Return the quotations and the furniture, each with its span in the text."""
    groups = people.set_index("speaker_id")
    quotations, furniture = [], []
    for one in articles:
        for start, end, kind, *words in sorted(one.spans):
            row = {"article_id": one.name, "start": start, "end": end}
            if kind == "b":
                furniture.append({**row, "kind": words[0]})
                continue
            speaker, cue = words if kind != "s" else ("", "")
            known = speaker in groups.index
            quotations.append(
                {
                    **row,
                    "kind": KINDS[kind],
                    "speaker_id": speaker,
                    "speaker": groups["name"].get(speaker, "") if known else "",
                    "group": groups["group"].get(speaker, "") if known else "",
                    "cue": "" if cue == "-" else cue,
                }
            )
    return {
        "quotations": pd.DataFrame(quotations),
        "furniture": pd.DataFrame(furniture),
    }


def naming_table(articles: list[Parsed], concepts: dict) -> pd.DataFrame:
    """Return every use of a concept's labels: longest match first, each word once."""
    rows = []
    for one in articles:
        quoted = [(a, b) for a, b, kind, *_ in one.spans if kind in "qs"]
        for concept, labels in concepts.items():
            patterns = sorted(
                ((p, label) for label, listed in labels.items() for p in listed),
                key=lambda pair: -len(pair[0]),
            )
            names = {f"l{n}": label for n, (_, label) in enumerate(patterns)}
            rule = "|".join(rf"(?P<l{n}>\b{p}\b)" for n, (p, _) in enumerate(patterns))
            for hit in re.finditer(rule, one.text):
                rows.append(
                    {
                        "article_id": one.name,
                        "start": hit.start(),
                        "end": hit.end(),
                        "concept": concept,
                        "label": names[hit.lastgroup],
                        "quoted": any(a <= hit.start() < b for a, b in quoted),
                    }
                )
    return pd.DataFrame(rows)


def article_labels(articles: list[Parsed]) -> pd.DataFrame:
    """Return event, genre and wire group of every article."""
    origins = {one.name: one.head["origin"].split(" ")[0] for one in articles}

    def root(name: str) -> str:
        while origins[name]:
            name = origins[name]
        return name

    roots = {name: root(name) for name in origins}
    members = pd.Series(list(roots.values())).value_counts()
    return pd.DataFrame(
        {
            "article_id": one.name,
            "event_id": one.event,
            "genre": one.head["genre"],
            "duplicate_group": roots[one.name] if members[roots[one.name]] > 1 else "",
            "origin": origins[one.name],
            "edit": one.head["origin"].partition(" ")[2],
        }
        for one in articles
    )


def house_labels(planted: dict) -> pd.DataFrame:
    """Return the label that each outlet was given for each concept."""
    return pd.DataFrame(
        {"concept": concept, "outlet_id": outlet, "label": label}
        for concept, labels in planted["house_labels"].items()
        for outlet, label in labels.items()
    )


def main() -> None:
    """Write all tables."""
    articles = read_source(HOME / "source")
    outlets = pd.read_csv(HOME / "truth" / "constructed_outlets.csv")
    people = pd.read_csv(
        HOME / "truth" / "constructed_people.csv", keep_default_na=False
    )
    planted = yaml.safe_load((HOME / "truth" / "constructed_planted.yaml").read_text())
    tables = {
        "house_labels": house_labels(planted),
        "labels": article_labels(articles),
        "naming": naming_table(articles, planted["concepts"]),
        **span_tables(articles, people),
    }
    write(articles_table(articles, outlets), HOME / "constructed_articles.csv")
    for name, table in tables.items():
        write(table, HOME / "truth" / f"constructed_{name}.csv")


def write(table: pd.DataFrame, path: Path) -> None:
    """Write a table with plain line ends."""
    table.to_csv(path, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
