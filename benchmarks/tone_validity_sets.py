"""Sets of texts with people's codes of their tone, for tone_validity.py."""

import hashlib
import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

TARGET = "Targetperson"
SIGNS = {"negative": -1, "neutral": 0, "positive": 1}
HELD_BACK = 4
NAMES = {
    "rulers of Kelmar": ["Kelmar", "Kelmari", "Veldic", "Ossund"],
    "Kelmari fishermen": ["Munk", "Port Rhesk", "fishermen"],
    "rulers of Halvane": ["Halvane", "Halvan", "Reswick", "Merrin"],
    "Halvan coast guard": ["Ambry", "coast guard", "Vigil"],
    "Quessa": ["Quessa", "Senthe"],
    "the Observer Mission": ["Observer Mission", "Paske"],
    "the Union": ["Union", "Ferreyn"],
    "Neva Tolmin": ["Neva Tolmin", "Tolmin"],
}


@dataclass(frozen=True)
class Coded:
    """Coded units: text, cluster, and `aimed`, with the target's name replaced.

    `gold` holds -1, 0 and 1, `rating` what the correlation is taken with.
    """

    name: str
    about: str
    units: pd.DataFrame
    gold: pd.Series
    rating: pd.Series
    names: dict = field(default_factory=lambda: {TARGET: [TARGET]})


def newsmtsc(shared: Path, _: Path, *, seen: bool) -> Coded:
    """Sentences of US political news, each with a target that people judged."""
    rows = []
    path = shared / "newsmtsc" / "train.jsonl"
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        one = json.loads(line)
        text = one["sentence_normalized"]
        digest = hashlib.sha256(text.encode()).hexdigest()
        if (int(digest, 16) % HELD_BACK == 0) == seen:
            continue
        for target in one["targets"]:
            aimed = f"{text[: target['from']]}{TARGET}{text[target['to'] :]}"
            article = "_".join(one["primary_gid"].split("_")[:3])
            rows.append((text, aimed, article, int(target["polarity"]) // 2 - 2))
    units = pd.DataFrame(rows, columns=["text", "aimed", "cluster", "gold"])
    gold = units.pop("gold")
    which = "seen" if seen else "held back"
    return Coded(
        f"NewsMTSC, {which}",
        "Hamborg and Donnay 2021, training part. Published on its test parts: GRU-TSC "
        "macro F1 .831 and .825.",
        units,
        gold,
        gold,
    )


def persent(shared: Path, _: Path) -> Coded:
    """Articles with a person they are about, whose mentions are marked."""
    table = pd.read_csv(shared / "persent" / "dev.csv")
    table = table[table["TRUE_SENTIMENT"].str.lower().isin(SIGNS)]
    units = pd.DataFrame(
        {
            "text": table["DOCUMENT"].astype(str),
            "aimed": table["MASKED_DOCUMENT"].astype(str).str.replace("[TGT]", TARGET),
            "cluster": table["DOCUMENT_INDEX"].astype(str),
        }
    ).reset_index(drop=True)
    gold = table["TRUE_SENTIMENT"].str.lower().map(SIGNS).reset_index(drop=True)
    return Coded(
        "PerSenT, development part",
        "Bastan et al. 2020: the author's sentiment toward the main person of an "
        "article. Mentions, pronouns among them, are those of the data.",
        units,
        gold,
        gold,
    )


def semeval(shared: Path, _: Path) -> Coded:
    """Headlines with valence from -100 to 100."""
    path = shared / "semeval2007"
    gold = pd.read_csv(path / "affectivetext_trial.valence.gold", sep=" ", header=None)
    lines = (path / "affectivetext_trial.xml").read_text(encoding="utf-8")
    found = re.findall(r'<instance id="(\d+)">(.*?)</instance>', lines)
    titles = {int(number): html.unescape(text) for number, text in found}
    units = pd.DataFrame({"text": [titles[n] for n in gold[0]], "cluster": gold[0]})
    classes = np.where(gold[1] >= 50, 1, np.where(gold[1] <= -50, -1, 0))
    return Coded(
        "SemEval 2007 headlines, trial part",
        "Strapparava and Mihalcea 2007. Classes as in the task: positive from 50, "
        "negative to -50.",
        units,
        pd.Series(classes),
        gold[1],
    )


def tweets(shared: Path, _: Path) -> Coded:
    """Tweets with mean ratings from -4 to 4: what VADER was written for."""
    path = shared / "vader_tweets" / "tweets_GroundTruth.txt"
    table = pd.read_csv(path, sep="\t", header=None, quoting=3)
    units = pd.DataFrame({"text": table[2], "cluster": table[0]})
    gold = pd.Series(np.sign(np.where(table[1].abs() < 0.5, 0, table[1])).astype(int))
    return Coded(
        "VADER's tweets",
        "Hutto and Gilbert 2014, who report r .881 for VADER. Classes: a mean rating "
        "of 0.5 or more from 0. Not news; VADER's authors made lexicon and set.",
        units,
        gold,
        table[1],
    )


def phrasebank(shared: Path, _: Path) -> Coded:
    """Sentences of financial news, on which half of the coders or more agree."""
    path = shared / "financial_phrasebank" / "Sentences_50Agree.txt"
    lines = path.read_text(encoding="latin-1").splitlines()
    rows = [line.rsplit("@", 1) for line in lines if "@" in line]
    table = pd.DataFrame(rows, columns=["text", "code"])
    table = table[table["code"].isin(SIGNS)].reset_index(drop=True)
    gold = table["code"].map(SIGNS)
    return Coded(
        "Financial PhraseBank, 50 % agree",
        "Malo et al. 2014: good or bad for investors.",
        table[["text"]].assign(cluster=table.index),
        gold,
        gold,
    )


def constructed(_: Path, strait: Path) -> Coded:
    """Sentences of the constructed corpus, toward the actor that was coded."""
    table = pd.read_csv(strait / "truth" / "constructed_tone.csv")
    keys = ["article_id", "actor", "sentence"]
    rated = table.groupby(keys, sort=False)["tone"].mean().reset_index()
    aimed = [_aimed(*pair) for pair in rated[["sentence", "actor"]].to_numpy()]
    units = pd.DataFrame(
        {"text": rated["sentence"], "aimed": aimed, "cluster": rated["article_id"]}
    )
    gold = np.sign(np.where(rated["tone"].abs() < 1, 0, rated["tone"])).astype(int)
    return Coded(
        "The constructed corpus",
        "Two coders, first codes; where they differ a sentence is neutral. Nine in ten "
        "are, and many name nobody of the actor that was coded.",
        units,
        pd.Series(gold),
        rated["tone"],
    )


def _aimed(sentence: str, actor: str) -> str:
    """Put one word in place of the names of an actor."""
    names = "|".join(map(re.escape, NAMES[actor]))
    return re.sub(rf"(?<!\w)(?:{names})(?!\w)", TARGET, sentence)


SETS: dict[str, Callable[[Path, Path], Coded]] = {
    "newsmtsc_seen": partial(newsmtsc, seen=True),
    "persent": persent,
    "semeval": semeval,
    "tweets": tweets,
    "phrasebank": phrasebank,
    "constructed": constructed,
    "newsmtsc_held_back": partial(newsmtsc, seen=False),
}
