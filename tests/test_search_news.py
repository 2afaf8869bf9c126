"""Asking GDELT and Media Cloud: everything they have, at their pace, keys kept."""

import json
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from fetch_server import CONTACT, Site
from load_helpers import quiet, told
from service_files import seen, story

import mediakit as mk
from mediakit.load import services, services_ask, services_gdelt, services_mediacloud

JSON = {"Content-Type": "application/json"}
KEY = "secret0key1of2ada"
DAY = {"start": "2024-05-01", "end": "2024-05-02", "contact": CONTACT}


@pytest.fixture
def site(monkeypatch):
    """A service on this machine; nothing is waited for."""
    site = Site()
    for home in (services_gdelt, services_mediacloud):
        monkeypatch.setattr(home, "ADDRESS", f"{site.url}/ask")
        monkeypatch.setattr(home, "DELAY", 0.0)
    monkeypatch.setattr(services, "PRIVATE", True)
    monkeypatch.setattr(services_ask, "LONGEST_WAIT", 0.01)
    monkeypatch.setenv(services_mediacloud.KEY, KEY)
    yield site
    site.server.shutdown()
    site.server.server_close()


def asked(handler):
    query = parse_qs(urlsplit(handler.path).query)
    return {name: values[0] for name, values in query.items()}


def gdelt_of(times, most=250):
    """Answer as GDELT does: what lies in the span, the first 250, both ends in."""

    def answer(handler):
        said = asked(handler)
        assert (said["mode"], said["format"], said["maxrecords"]) == (
            "artlist", "json", "250",
        )  # fmt: skip
        first, last = (
            datetime.strptime(said[name], "%Y%m%d%H%M%S")
            for name in ("startdatetime", "enddatetime")
        )
        inside = [(n, at) for n, at in enumerate(times) if first <= at <= last][:most]
        articles = [seen(n, at) for n, at in inside]
        body = json.dumps({"articles": articles} if articles else {}).encode()
        return 200, JSON, body

    return answer


def search(**options):
    with quiet():
        return mk.search_news("quay", **DAY, **options)


def test_every_article_of_gdelt_beyond_its_250(site):
    noon = datetime(2024, 5, 1, 12)
    times = [noon + timedelta(seconds=40 * n) for n in range(1_700)]
    site.any = gdelt_of(times)
    articles = search()
    assert len(articles) == len(set(articles["url"])) == 1_700
    assert "answers that the service cut off" not in told(articles)
    row = articles.iloc[0]
    assert (row["outlet"], row["language"], row["country"]) == (
        "post.example", "de", "Germany",
    )  # fmt: skip
    assert row["published"].hour == 12
    assert articles["text"].isna().all()
    assert articles.attrs["mediakit"]["parameters"]["query"] == "quay"


def test_what_gdelt_cuts_in_its_shortest_span_is_said(site):
    site.any = gdelt_of([datetime(2024, 5, 1, 12, 3)] * 400)
    with pytest.warns(mk.MediakitWarning, match="answers that the service cut off: 1"):
        articles = mk.search_news("quay", **DAY)
    assert len(articles) == 250


def test_nothing_found_is_an_empty_table(site):
    site.any = gdelt_of([])
    articles = search()
    assert len(articles) == 0
    assert {"outlet", "published", "title", "text", "url"} <= set(articles.columns)


def test_words_of_gdelt_are_passed_on(site):
    site.any = (200, {"Content-Type": "text/html"}, b"Your query was too short.\n")
    with pytest.raises(mk.MediakitError, match="Your query was too short"):
        search()


def test_a_busy_service_is_asked_again(site):
    answers = iter([(429, JSON, b"slow"), (503, JSON, b"")])
    rest = gdelt_of([datetime(2024, 5, 1, 12)])
    site.any = lambda handler: next(answers, None) or rest(handler)
    assert len(search()) == 1
    assert len(site.asked) == 3


def test_spans_without_an_answer_are_counted(site):
    noon = datetime(2024, 5, 1, 12)
    rest = gdelt_of([noon + timedelta(minutes=n) for n in range(600)])

    def answer(handler):
        night = asked(handler)["startdatetime"] > "20240501150000"
        return (500, JSON, b"") if night else rest(handler)

    site.any = answer
    articles = search()
    assert 0 < len(articles) < 600
    assert told(articles)["spans of time not asked for"] >= 1


def test_a_service_that_is_away_is_an_error(site):
    site.any = (503, JSON, b"")
    with pytest.raises(mk.MediakitError, match="GDELT did not answer .status 503"):
        search()


def pages_of(stories, size):
    """Answer as Media Cloud does: pages that name the next."""

    def answer(handler):
        assert handler.headers["Authorization"] == f"Token {KEY}"
        said = asked(handler)
        start = int(said.get("pagination_token", "p0")[1:])
        after = start + size if start + size < len(stories) else None
        token = f"p{after}" if after else None
        page = {"stories": stories[start : start + size], "pagination_token": token}
        return 200, JSON, json.dumps(page).encode()

    return answer


def test_every_page_of_media_cloud(site):
    site.any = pages_of([story(n) for n in range(25)], 10)
    articles = search(service="mediacloud", collections=[34412234])
    assert len(articles) == 25
    row = articles.iloc[0]
    assert (row["article_id"], row["outlet"]) == ("0" * 32, "post.example")
    assert (row["published"].day, row["published_precision"]) == (1, "day")
    said = asked(type("Handler", (), {"path": site.asked[0][1]}))
    assert (said["q"], said["cs"], said["start"]) == ("quay", "34412234", "2024-05-01")


def test_the_limit_is_kept_and_said(site):
    site.any = pages_of([story(n) for n in range(25)], 10)
    articles = search(service="mediacloud", limit=20)
    assert len(articles) == 20
    assert told(articles)["articles beyond the limit"] >= 1


def test_a_page_that_names_itself_does_not_loop(site):
    page = {"stories": [story(1)], "pagination_token": "again"}
    site.any = (200, JSON, json.dumps(page).encode())
    articles = search(service="mediacloud")
    assert told(articles)["pages of the answer not had"] == 1


def test_the_key_is_nowhere_but_in_the_header(site, capfd, caplog):
    site.any = pages_of([story(1)], 10)
    articles = search(service="mediacloud")
    assert KEY not in repr(articles.attrs) + articles.to_csv()
    assert KEY not in site.asked[0][1]
    assert KEY not in str(capfd.readouterr()) + caplog.text
    assert KEY not in repr(services._service("mediacloud", CONTACT))
    site.any = (403, JSON, b"no")
    with pytest.raises(mk.MediakitError, match="see that your key is right") as error:
        search(service="mediacloud")
    assert KEY not in str(error.value)


@pytest.mark.parametrize("key", ["", "a b", "a\r\nb", "ключ"])
def test_a_key_that_cannot_be_is_not_sent(site, monkeypatch, key):
    monkeypatch.setenv(services_mediacloud.KEY, key)
    with pytest.raises(mk.MediakitError, match="MEDIACLOUD_API_KEY"):
        search(service="mediacloud")
    assert not site.asked


def test_a_redirect_is_not_followed_with_the_key(site):
    site.any = (302, {"Location": "http://evil.example/"}, b"")
    with pytest.raises(mk.MediakitError, match="status 302"):
        search(service="mediacloud")
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"start": "1 May"}, "`start` must be a day"),
        ({"end": "2024-04-01"}, "lies after"),
        ({"contact": "ada"}, "`contact` must be"),
        ({"limit": 0}, "`limit` must be"),
        ({"service": "bing"}, "`service` must be one of"),
        ({"collections": [1]}, "are for Media Cloud"),
    ],
)
def test_bad_parameters(given, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.search_news("quay", **(DAY | given))
