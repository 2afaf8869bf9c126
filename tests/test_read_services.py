"""Saved answers of GDELT and Media Cloud: every article, and what was cut off."""

import json
from datetime import datetime

import pytest
from load_helpers import quiet, told, write
from service_files import seen, story

import mediakit as mk


def test_saved_answers_are_read(tmp_path):
    at = datetime(2024, 5, 1, 12)
    one = {"articles": [seen(1, at), seen(2, at)]}
    with quiet():
        articles = mk.read_articles(write(tmp_path, "g.json", json.dumps(one)))
    assert articles["language"].tolist() == ["de", "de"]
    assert articles["country"].tolist() == ["Germany"] * 2
    assert told(articles)["dates when GDELT first saw a page, not of publication"] == 2
    full = {"articles": [seen(n, at) for n in range(250)]}
    with pytest.warns(mk.MediakitWarning, match="250 articles, the most of an answer"):
        mk.read_articles(write(tmp_path, "f.json", json.dumps(full)))


def test_saved_pages_of_media_cloud_are_read(tmp_path):
    page = {"stories": [story(1), story(2)], "pagination_token": "next"}
    with pytest.warns(mk.MediakitWarning, match="answers that the service cut off: 1"):
        articles = mk.read_articles(write(tmp_path, "m.json", json.dumps(page)))
    assert articles["outlet"].tolist() == ["post.example"] * 2
    assert articles["article_id"].str.len().tolist() == [32, 32]


def test_sentences_of_media_cloud_become_stories(tmp_path):
    sentences = [
        {"story_sentences_id": str(n), "stories_id": 7, "sentence_number": n,
         "sentence": text, "publish_date": "2014-03-01T00:45:10Z", "language": "en"}
        for n, text in ((1, "It rains."), (0, "Quay is mended."), (3, "Nobody came."))
    ]  # fmt: skip
    path = write(tmp_path, "s.json", json.dumps({"7": sentences}))
    with quiet():
        articles = mk.read_articles(path)
    assert articles["text"].tolist() == ["Quay is mended. It rains. Nobody came."]
    assert told(articles)["sentences missing"] == 1
    assert articles["article_id"].tolist() == ["7"]


def test_real_answers_of_media_cloud(shared):
    folder = shared / "data" / "formats" / "mediacloud"
    with quiet():
        articles = mk.read_articles(folder / "story_27456565.json")
        told_of = mk.read_articles(folder / "sentences_by_story_1.json")
    row = articles.iloc[0]
    assert (row["article_id"], row["language"]) == ("27456565", "en")
    story = json.loads((folder / "story_27456565.json").read_text())
    assert row["text"] == story["story_text"]
    sentences = json.loads((folder / "sentences_by_story_1.json").read_text())
    assert told_of["article_id"].tolist() == list(sentences)
    assert told(told_of)["rows kept"] == len(sentences)
