"""Make the coding sheets of the strait: articles and sentences, blind and shuffled.

    python benchmarks/strait_coding.py FOLDER

A sheet's number is the same in both coders' files; the key stays apart.
"""

import random
import re
import sys
from pathlib import Path

import pandas as pd
from make_strait import HOME, read_source

from mediakit.text.sentences import split_sentences

SEED = 3
PER_ARTICLE = 4
ACTORS = {
    "rulers of Kelmar": "Veldic|Karsell|Dossan|Maruk|Kelmari (?:government|leadership"
    "|regime)|Party and (?:the )?government|Ossund (?:said|says|wants)",
    "rulers of Halvane": "Ollivant|Quill|Reswick|Faske|Pilch|Holmgard"
    "|Halvan (?:government|authorities)",
    "Kelmari fishermen": "fisherm[ae]n|crew|militia(?:m[ae]n)?|Loddan|Munk",
    "Halvan coast guard": "Ambry|coast guard|Vigil",
    "Neva Tolmin": "Tolmin",
    "the Union": "Ferreyn|Union Council|the Union",
    "Quessa": "Senthe|Malinde|Quessa",
    "the Observer Mission": "Paske|Observer Mission|observers",
}


def without_furniture(article) -> str:
    """Return a text without datelines, bylines and the like."""
    kept, at = [], 0
    for start, end, kind, *_ in sorted(article.spans):
        if kind == "b":
            kept.append(article.text[at:start])
            at = end
    return "".join([*kept, article.text[at:]]).strip()


def sentences(articles) -> pd.DataFrame:
    """Return up to four sentences per article that speak of one actor only."""
    draw = random.Random(SEED)
    rows = []
    for article in articles:
        found = []
        for sentence in split_sentences(without_furniture(article)):
            named = [a for a, rule in ACTORS.items() if re.search(rule, sentence)]
            if len(named) == 1:
                found.append((named[0], sentence))
        chosen = sorted(draw.sample(range(len(found)), min(PER_ARTICLE, len(found))))
        rows += [(article.name, *found[index]) for index in chosen]
    table = pd.DataFrame(rows, columns=["article_id", "actor", "sentence"])
    return table.sample(frac=1, random_state=SEED).reset_index(drop=True)


def main(folder: Path) -> None:
    """Write the sheets and their keys."""
    articles = read_source(HOME / "source")
    table = sentences(articles)
    table.to_csv(folder / "tone_key.csv", index_label="number")
    table[["actor", "sentence"]].to_csv(folder / "tone_sheet.csv", index_label="number")
    random.Random(SEED).shuffle(articles)
    pages = [
        f"## Article {number}\n\n**{article.head['title']}**\n\n"
        f"{without_furniture(article)}\n"
        for number, article in enumerate(articles)
    ]
    (folder / "frames_sheet.md").write_text("\n".join(pages), encoding="utf-8")
    names = pd.DataFrame({"article_id": [article.name for article in articles]})
    names.to_csv(folder / "frames_key.csv", index_label="number")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
