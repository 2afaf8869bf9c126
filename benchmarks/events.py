"""How well label_events finds events, and how long it takes.

python benchmarks/events.py quality [SHARED]        SHARED: the folder of real data
python benchmarks/events.py speed FOLDER [ARTICLES ...]

"quality" prints the figures of the half that parameters were chosen on and of the
half they were not. FOLDER holds Parquet files as `benchmarks/corpus.py` writes them;
a fifth of the articles are turned into reports of an earlier one's event, a third of
their first words being its.
"""

import hashlib
import json
import resource
import sys
import tarfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

import mediakit as mk
from mediakit.clean.events_words import word_vectors
from mediakit.formulas.bcubed import bcubed, nearest_shares, same_pairs
from mediakit.schema import complete_articles

LABELS = Path(__file__).with_name("events_labels.csv")
REPORTS, SHARED_WORDS, LEAD = 0.2, 1 / 3, 120
ANY = 10_000


def strait() -> pd.DataFrame:
    """Return the constructed articles with their true event and half."""
    truth = mk.load_truth("labels").rename(columns={"event_id": "truth"})
    articles = mk.load_sample("strait").articles
    articles = articles.merge(truth[["article_id", "truth"]], on="article_id")
    odd = articles["truth"].str[1:].astype(int) % 2 == 1
    return articles.assign(half=np.where(odd, "chosen on", "held out"))


def american(shared: Path) -> pd.DataFrame:
    """Return PolNeAR's articles, 2015-16, with the events of nineteen weeks.

    The weeks were drawn by chance and labelled from titles and first lines before
    any method was run; the labels know the articles by a hash of their file name.
    Twelve of the weeks were labelled after all parameters were fixed, and by another
    reader.
    """
    folder = shared / "data" / "polnear"
    about = pd.read_csv(folder / "metadata.tsv", sep="\t", quoting=3)
    texts = {}
    with tarfile.open(folder / "train_dev_text_attributions.tar.gz") as archive:
        for member in archive:
            path = Path(member.name)
            if member.isfile() and path.parent.name == "text":
                texts[path.stem] = archive.extractfile(member).read().decode()
    about = about[about["filename"].isin(texts)].drop_duplicates("filename")
    hashes = [
        hashlib.sha256(name.encode()).hexdigest()[:16] for name in about["filename"]
    ]
    articles = pd.DataFrame(
        {
            "article_id": hashes,
            "outlet": about["publisher"].to_numpy(),
            "published": about["publication_date"].to_numpy(),
            "published_precision": "day",
            "title": about["title"].to_numpy(),
            "text": about["filename"].map(texts).to_numpy(),
        }
    )
    labels = pd.read_csv(LABELS, dtype={"event": "str"})
    labels = labels.rename(columns={"event": "truth"})
    return complete_articles(articles.merge(labels, on="article_id", how="left"))


def coded(shared: Path) -> pd.DataFrame:
    """Return the coded phrases of NewsWCL50, ten events in five outlets, as one day."""
    path = shared / "data" / "newswcl50" / "Annotations.csv"
    codes = pd.read_csv(path, skiprows=1).dropna(subset="code_mention")
    phrases = codes.groupby(["event_id", "publisher_id"])["code_mention"]
    table = phrases.agg(". ".join).reset_index()
    articles = pd.DataFrame(
        {
            "article_id": table["event_id"].astype("str") + table["publisher_id"],
            "outlet": table["publisher_id"],
            "published": "2018-05-01",
            "published_precision": "day",
            "text": table["code_mention"],
            "truth": table["event_id"].astype("str"),
            "half": "held out",
        }
    )
    return complete_articles(articles)


def figures(labelled: pd.DataFrame) -> dict:
    """Return the figures of articles that have a true event."""
    rows = labelled.reset_index(drop=True)
    alone = np.arange(len(rows))
    vectors, _ = word_vectors(rows)
    sizes = rows["truth"].value_counts()
    several = rows["truth"].map(sizes) > 1
    return {
        "articles": len(rows),
        "true events": int(rows["truth"].nunique()),
        "B-cubed": _round(bcubed(rows["truth"], rows["event_id"])),
        "B-cubed, each alone": _round(bcubed(rows["truth"], alone)),
        "true pairs": int((sizes * (sizes - 1) / 2).sum()),
        "pairs": _round(same_pairs(rows["truth"], rows["event_id"])),
        "pairs found, by event": _round([_by_event(rows[several])])[0],
        "nearest is of the event": round(
            nearest_shares(rows["truth"], (vectors @ vectors.T).toarray()), 3
        ),
    }


def _by_event(rows: pd.DataFrame) -> float:
    """Return the part of an event's pairs that is found, on average over events."""
    events = rows.groupby("truth")["event_id"]
    return events.agg(lambda found: same_pairs(np.zeros(len(found)), found)[1]).mean()


def _round(numbers) -> list[float]:
    return [round(float(number), 3) for number in numbers]


def quality(shared: Path | None) -> dict:
    """Return the figures by collection and half."""
    own = strait()
    labelled = {"strait": mk.label_events(own)}
    threshold = labelled["strait"].attrs["mediakit"]["events"]["threshold"]
    labelled["strait, dates ignored"] = mk.label_events(
        own, days=ANY, threshold=threshold
    )
    if shared is not None:
        labelled["American weeks"] = mk.label_events(american(shared))
        labelled["NewsWCL50, phrases"] = mk.label_events(coded(shared))
    found = {}
    for name, table in labelled.items():
        threshold = table.attrs["mediakit"]["events"]["threshold"]
        for half, rows in table.dropna(subset="truth").groupby("half"):
            found[f"{name}, {half}"] = {"threshold": threshold, **figures(rows)}
    return found


def planted(folder: Path, size: int, seed: int = 1) -> pd.DataFrame:
    """Return made-up ARTICLES with planted reports of common events."""
    files = sorted(folder.glob("*.parquet"))
    table = pd.concat([pq.read_table(file).to_pandas() for file in files])
    table = table.iloc[:size].reset_index(drop=True)
    rng = np.random.default_rng(seed)
    rows = rng.permutation(size)
    reports, origins = rows[: int(REPORTS * size)], rows[-int(REPORTS * size / 2) :]
    texts, event = table["text"].to_numpy(object).copy(), np.arange(size)
    published = pd.to_datetime(table["published"], utc=True)
    times = published.to_numpy().copy()
    for place, report in enumerate(reports):
        origin = origins[place // 2]
        theirs, words = texts[origin].split(" "), texts[report].split(" ")
        count = int(LEAD * SHARED_WORDS)
        taken = rng.choice(min(LEAD, len(theirs)), count)
        words[:count] = [theirs[word] for word in taken]
        texts[report], event[report] = " ".join(words), origin
        times[report] = times[origin] + np.timedelta64(int(rng.integers(0, 48)), "h")
    table = table.assign(
        article_id=[f"a{row}" for row in range(size)],
        published=times,
        published_precision="day",
        text=pd.Series(texts, dtype="str"),
        truth=event,
    )
    return complete_articles(table)


def speed(folder: Path, size: int) -> dict:
    """Label one corpus and return the figures."""
    articles = planted(folder, size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, cpu = time.perf_counter(), time.process_time()
    labelled = mk.label_events(articles)
    took = time.perf_counter() - begun, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    record = labelled.attrs["mediakit"]["events"]
    return {
        "articles": size,
        "megabytes of text": round(articles["text"].str.len().sum() / 1e6),
        "seconds": round(took[0], 1),
        "seconds of processor": round(took[1], 1),
        "megabytes added": round((peak - before) / 1024),
        "threshold": record["threshold"],
        "events": record["events"],
        "events of several articles": record["events of several articles"],
        "B-cubed": _round(bcubed(labelled["truth"], labelled["event_id"])),
        "pairs": _round(same_pairs(labelled["truth"], labelled["event_id"])),
    }


def main(arguments: list[str]) -> None:
    """Print one JSON object a line."""
    what, *rest = arguments or ["quality"]
    if what == "quality":
        for name, found in quality(Path(rest[0]) if rest else None).items():
            print(json.dumps({"on": name, **found}))
    else:
        folder, *sizes = rest
        for size in sizes or ["1000", "10000", "100000"]:
            print(json.dumps(speed(Path(folder), int(size))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
