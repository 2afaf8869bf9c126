"""Saved answers of GDELT (DOC 2.0) and Media Cloud -> a table, one row per article.

Both services find articles and give no texts; each says less than it found where it
cuts its answers, and that is counted.
"""

import re
from collections.abc import Iterable

import pandas as pd

from mediakit.load.databases import language_codes
from mediakit.load.json_records import load_json, read_json, starts_as_json
from mediakit.load.sources import Format, Options, Source

MOST_OF_GDELT = 250
CUT = "answers that the service cut off"
SEEN = "dates when GDELT first saw a page, not of publication"
GDELT_MARKS = ('"seendate"', '"sourcecountry"')
STORY_MARKS = ('"media_name"', '"publish_date"')
SENTENCES, TITLE = '"story_sentences_id"', '"title"'
MORE = re.compile(rb'"pagination_token"\s*:\s*"[^"]')
GDELT_NAMES = {
    "domain": "outlet",
    "seendate": "published",
    "sourcecountry": "country",
}
STORY_NAMES = {
    "id": "article_id",
    "media_name": "outlet",
    "publish_date": "published",
}


def recognise_gdelt(source: Source) -> bool:
    """Tell a list of articles as GDELT's DOC 2.0 sends it."""
    return _is_json(source) and all(mark in source.head for mark in GDELT_MARKS)


def read_gdelt(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read one answer of GDELT."""
    frame = read_json(source, options, ledger)
    if len(frame) and len(frame) % MOST_OF_GDELT == 0:
        note = f"{source.name} has {len(frame)} articles, the most of an answer"
        ledger.add(CUT, 1, f"{note}; ask for shorter spans of time", lost=True)
    return gdelt_table(frame, ledger)


def gdelt_table(frame: pd.DataFrame, ledger) -> pd.DataFrame:
    """Return GDELT's records under our names."""
    frame = renamed(frame, GDELT_NAMES)
    if "language" in frame:
        frame["language"] = language_codes(frame["language"])
    ledger.add(SEEN, len(frame), "from 'seendate'", lost=True)
    return frame


def recognise_mediacloud(source: Source) -> bool:
    """Tell stories or sentences as Media Cloud sends them."""
    if not _is_json(source):
        return False
    head = source.head
    stories = all(mark in head for mark in STORY_MARKS)
    return stories or (SENTENCES in head and TITLE not in head)


def read_mediacloud(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read one answer of Media Cloud; sentences are joined to stories."""
    if SENTENCES in source.head and TITLE not in source.head:
        document = load_json(source, options, ledger)
        return _stories_of(document, source.name, ledger)
    if MORE.search(source.data):
        note = f"{source.name} names a next page; see that the rest is here"
        ledger.add(CUT, 1, note, lost=True)
    return renamed(read_json(source, options, ledger), STORY_NAMES)


def _stories_of(document, name: str, ledger) -> pd.DataFrame:
    """Return one row per story, its sentences in their printed order."""
    stories = {}
    lists = document.values() if isinstance(document, dict) else [document]
    for sentence in _sentences(lists):
        stories.setdefault(str(sentence.get("stories_id")), []).append(sentence)
    rows = []
    for story, sentences in stories.items():
        sentences.sort(key=lambda s: _number(s.get("sentence_number")))
        numbers = [_number(s.get("sentence_number")) for s in sentences]
        if gaps := len(set(range(numbers[-1] + 1)) - set(numbers)):
            ledger.add("sentences missing", gaps, f"of {story} in {name}", lost=True)
        first = sentences[0]
        rows.append({
            "article_id": story,
            "published": first.get("publish_date"),
            "title": None,
            "text": " ".join(str(s.get("sentence") or "") for s in sentences),
            "language": first.get("language"),
            "media_id": first.get("media_id"),
        })  # fmt: skip
    ledger.add("rows expected", len(rows))
    ledger.add("rows read", len(rows))
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else ["text"], dtype=object)


def _sentences(lists) -> Iterable[dict]:
    for sentences in lists:
        for sentence in sentences if isinstance(sentences, list) else ():
            if isinstance(sentence, dict) and "sentence" in sentence:
                yield sentence


def _number(value) -> int:
    text = str(value)
    return int(text) if re.fullmatch(r"\d{1,5}", text) else 0


def _is_json(source: Source) -> bool:
    return source.ending in (".json", "", ".txt") and starts_as_json(source)


def renamed(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return a frame whose columns have our names where those are free."""
    return frame.rename(columns={k: v for k, v in names.items() if v not in frame})


GDELT = Format("gdelt", "answers of GDELT", recognise_gdelt, read_gdelt)
MEDIACLOUD = Format(
    "mediacloud", "answers of Media Cloud", recognise_mediacloud, read_mediacloud
)
