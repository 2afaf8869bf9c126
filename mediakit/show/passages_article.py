"""The article behind a passage, and the passage as a text that can be cited."""

from functools import cached_property

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.show.display import CONSTRUCTED
from mediakit.show.passages_lines import MOST_WHOLE, shortened, source_of
from mediakit.show.widget_files import visible
from mediakit.text.corpus import Corpus
from mediakit.text.shard import FIELDS

SHORT, LONG = 6_000, 200_000
MOST_MARKS = 200


class Articles:
    """The articles of a corpus, by their ids."""

    def __init__(self, corpus: Corpus):
        self.corpus = corpus

    @cached_property
    def _rows(self) -> pd.Series:
        ids = self.corpus.metadata["article_id"].astype("str")
        return pd.Series(range(len(ids)), ids).groupby(level=0).first()

    def row(self, article_id: str) -> int:
        """Return the row of an article in the corpus."""
        row = self._rows.get(article_id)
        if row is None:
            raise MediakitError(
                f"the corpus has no article {visible(str(article_id))[:100]!r}; give "
                "the corpus from which the passages were taken."
            )
        return int(row)

    def texts(self, article_id: str) -> dict[str, str]:
        """Return title and text of an article."""
        row = self.row(article_id)
        for part in self.corpus.parts:
            if row < len(part):
                row = row if part.rows is None else int(part.rows[row])
                return {n: part.shard.texts[n][row].as_py() or "" for n in FIELDS}
            row -= len(part)
        raise AssertionError("the rows of a corpus lie in its parts")

    def completed(self, line: dict) -> dict:
        """Return a line with the title and the address that a table leaves out."""
        if line["title"] or line["url"]:
            return line
        article_id = line["article_id"]
        url = self.corpus.metadata["url"].iloc[self.row(article_id)]
        return line | {"title": self.texts(article_id)["title"], "url": url}


def article_of(articles: Articles | None, line: dict, *, long: bool) -> dict:
    """Return the part of an article around a passage, its matches apart.

    `parts` has pairs of a text and whether it is a match; `before` and `after` count
    the signs left out.
    """
    if articles is None:
        raise MediakitError(
            "a table of passages has no articles; to read them here, give the corpus "
            "too: `mk.show_passages(passages, corpus=corpus)`."
        )
    texts = articles.texts(line["article_id"])
    passage = line["left"] + line["match"] + line["right"]
    field = next((name for name in ("text", "title") if passage in texts[name]), "text")
    text = texts[field]
    most = LONG if long or len(text) < 2 * SHORT else SHORT
    matches = _places(text, line)
    middle = matches[0][0] if matches else 0
    begin = max(0, min(middle - most // 3, len(text) - most))
    end = min(len(text), begin + most)
    parts, at = [], begin
    for start, stop in matches:
        start, stop = max(start, at), min(stop, end)
        if start < stop:
            parts += [(visible(text[at:start]), False)]
            parts += [(visible(text[start:stop]), True)]
            at = stop
    parts.append((visible(text[at:end]), False))
    left_out = {"before": begin, "after": len(text) - end, "most": LONG}
    return {"parts": [one for one in parts if one[0]], "field": field, **left_out}


def _places(text: str, line: dict) -> list[tuple[int, int]]:
    """Return where the match stands, wherever the whole passage does."""
    passage = line["left"] + line["match"] + line["right"]
    skip = len(line["left"])
    if not line["match"] or passage not in text:
        passage, skip = line["match"], 0
    places, at = [], text.find(passage) if passage else -1
    while at >= 0 and len(places) < MOST_MARKS:
        places.append((at + skip, at + skip + len(line["match"])))
        at = text.find(passage, at + max(1, len(passage)))
    return places


def citation(corpus: Corpus | None, line: dict, asked: str) -> str:
    """Return a passage, white space as one blank, with all that finds it again."""
    passage, cut = shortened(line["left"] + line["match"] + line["right"], MOST_WHOLE)
    passage = " ".join(passage.split())
    source = source_of(line)
    date = line["published"]
    said = "no date" if pd.isna(date) else f"{date.day} {date:%B %Y}"
    told = [f"“{passage}”", f"{source['outlet']}, “{source['title']}”, {said}."]
    if source["url"]:
        told.append(source["url"])
    told.append(f"Article {source['article_id']}. {asked}.")
    if cut:
        told.append(f"The passage goes on for {cut:,} signs.")
    if corpus is None:
        return "\n".join([*told, "The corpus is not known here."])
    told.append(f"Corpus of {len(corpus):,} articles, fingerprint {corpus.fingerprint}")
    return "\n".join([*told, *[CONSTRUCTED] * is_constructed(corpus.metadata)])


def is_constructed(table: pd.DataFrame) -> bool:
    """Say whether the articles are of an invented world."""
    return "constructed" in table and bool(table["constructed"].eq(True).any())
