"""Hold the dictionaries that ship against people's codes of texts not used for them.

Run: python benchmarks/dictionary_validity.py SHARED_DATA [set]; SHARED_DATA is the
folder with gun_violence_frames, loaded_language and propaganda_techniques (real texts,
which the project does not pass on); the constructed corpus comes with mediakit. The
first rows of two sets were seen when their columns were listed and are left out. Each
figure stands beside always saying the commonest code, and beside a model that learns
words from the codes (TF-IDF and logistic regression, folds by article).
"""

import sys
import warnings
from pathlib import Path

import pandas as pd

import mediakit as mk

SHOWN = ["item", "method", "units", "coded", "found", "precision", "recall", "f1"]
SHOWN += ["f1_low", "f1_high", "auc", "alpha", "coders_alpha"]
NO_FRAME = 99
GUN_FRAMES = {
    1: "constitutionality and law",
    2: "policy prescription",
    3: "political",
    4: "health",
    5: "security and safety",
    6: "fairness and equality",
    7: "public opinion",
    8: "cultural identity",
    9: "economic",
}
TECHNIQUES = {
    "epithets": ["Name_Calling,Labeling"],
    "judging words": ["Loaded_Language"],
    "colouring verbs": ["Loaded_Language"],
    "intensifiers": ["Exaggeration,Minimisation"],
    "fear": ["Appeal_to_fear-prejudice"],
}
STRAIT = {
    "conflict": "conflict",
    "human interest": "human_interest",
    "economic consequences": "economic",
    "morality": "morality",
    "responsibility": "responsibility",
}
ANY = "words of the dictionary"


def corpus_of(units: pd.DataFrame) -> mk.Corpus:
    """Tokenize the texts of coded units."""
    articles = units[["unit_id", "text"]].rename(columns={"unit_id": "article_id"})
    return mk.tokenize(mk.read_articles(articles.assign(outlet="coded")))


def long(units: pd.DataFrame, questions: list[str]) -> pd.DataFrame:
    """Return one row per unit and question."""
    kept = [c for c in ("unit_id", "article_id", "text", "coder") if c in units]
    return units.melt(kept, questions, var_name="question", value_name="code")


def gun_units(shared: Path) -> pd.DataFrame:
    """Return headlines that have a frame, and 1 for each frame they have."""
    table = pd.read_csv(shared / "gun_violence_frames" / "gvfc_dev.csv").iloc[6:]
    table = table[table["Q3 Theme1"] != NO_FRAME].drop_duplicates("news_title")
    units = pd.DataFrame({"text": table["news_title"]})
    units["unit_id"] = [f"h{n}" for n in range(len(units))]
    for code, name in GUN_FRAMES.items():
        units[name] = (
            (table[["Q3 Theme1", "Q3 Theme2"]] == code).any(axis=1).astype(int)
        )
    return units


def gun_violence(shared: Path) -> pd.DataFrame:
    """Frames of headlines on gun violence (GVFC): dimensions of the policy list."""
    units = gun_units(shared)
    corpus = corpus_of(units)
    measure = mk.count_dictionary(
        corpus, mk.load_dictionary("policy_frames"), unit="article"
    )
    names = list(GUN_FRAMES.values())
    return mk.validate(measure.only_items(names), long(units, names))


def loaded_units(shared: Path) -> pd.DataFrame:
    """Return sentences, and 1 where experts call them biased."""
    table = pd.read_csv(shared / "loaded_language" / "final_labels_SG1.csv", sep=";")
    table = table.iloc[2:].drop_duplicates("text")
    table = table[table["label_bias"].isin(["Biased", "Non-biased"])]
    units = pd.DataFrame({"text": table["text"]})
    units["unit_id"] = [f"s{n}" for n in range(len(units))]
    units["article_id"] = table["news_link"].fillna(units["unit_id"])
    units[ANY] = (table["label_bias"] == "Biased").astype(int)
    return units


def loaded_language(shared: Path) -> pd.DataFrame:
    """Sentences that experts call biased (BABE, SG1): any loaded word."""
    units = loaded_units(shared)
    measure = mk.count_dictionary(
        corpus_of(units), mk.load_dictionary("loaded"), unit="article", items="coverage"
    )
    return mk.validate(measure, long(units, [ANY]))


def propaganda(shared: Path) -> pd.DataFrame:
    """Sentences with spans of propaganda techniques (PTC), by kind of wording."""
    units = sentences_with_techniques(shared / "propaganda_techniques")
    corpus = corpus_of(units)
    loaded = mk.load_dictionary("loaded")
    whole = mk.count_dictionary(corpus, loaded, unit="article", items="coverage")
    parts = mk.count_dictionary(corpus, loaded, unit="article")
    names = list(TECHNIQUES)
    tables = [
        mk.validate(whole, long(units, [ANY]), repeats=100),
        mk.validate(parts.only_items(names), long(units, names), repeats=100),
    ]
    return pd.concat(tables, ignore_index=True)


def sentences_with_techniques(folder: Path) -> pd.DataFrame:
    """Return the sentences of the labelled articles, and what is marked in each."""
    import tarfile

    texts, labels = {}, {}
    with tarfile.open(folder / "dev_articles.tar.gz") as archive:
        for member in archive:
            name = Path(member.name).name
            if "train-" in member.name and member.isfile():
                content = archive.extractfile(member).read().decode("utf-8")
                key = name.removeprefix("article").split(".")[0]
                if name.endswith(".txt"):
                    texts[key] = content
                elif name.endswith(".task-FLC.labels"):
                    labels[key] = content
    rows = []
    for key, text in texts.items():
        spans = [line.split("\t") for line in labels[key].splitlines()]
        start = 0
        for line in text.split("\n"):
            end = start + len(line)
            if line.strip():
                inside = {t for _, t, a, b in spans if int(a) < end and int(b) > start}
                codes = {n: int(bool(inside & {*t})) for n, t in TECHNIQUES.items()}
                rows.append(
                    {
                        "article_id": key,
                        "unit_id": f"{key}-{start}",
                        "text": line,
                        ANY: int(bool(inside)),
                        **codes,
                    }
                )
            start = end + 1
    return pd.DataFrame(rows)


def strait(_) -> pd.DataFrame:
    """Frames of the constructed corpus, by two coders: sentences with a hit."""
    truth = mk.load_truth("frames").rename(columns={"article_id": "unit_id"})
    measure = mk.count_dictionary(
        mk.load_sample("strait"), mk.load_dictionary("frames"), unit="sentence"
    )
    codes = truth.rename(columns={theirs: ours for ours, theirs in STRAIT.items()})
    return mk.validate(measure.only_items(list(STRAIT)), long(codes, list(STRAIT)))


SETS = {
    one.__name__: one for one in (gun_violence, loaded_language, propaganda, strait)
}


def main(shared: str, *chosen: str) -> None:
    """Print the figures of each set."""
    pd.set_option("display.width", 200, "display.max_columns", 30)
    for name in chosen or SETS:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", mk.MediakitWarning)
            table = SETS[name](Path(shared))
        print(f"\n{name}: {SETS[name].__doc__}\n{table[SHOWN].round(2).to_string()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
