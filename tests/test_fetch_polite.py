"""How sites are asked: one page at a time, with pauses, and no more often than asked.

Pauses are held against their least length only, which no slow machine can break.
"""

import socket
import threading
from itertools import pairwise

import pytest
from fetch_server import fetch, page, send_names_here, site_of
from load_helpers import told

from mediakit.load import fetch_visit

HTML = {"Content-Type": "text/html"}


@pytest.fixture
def site():
    with site_of(pages=8) as site:
        yield site


def gaps(site, host=None):
    """Return the seconds between the beginnings of requests to a host."""
    begun = sorted(at for name, _, at, _ in site.asked if host in (None, name))
    return [later - earlier for earlier, later in pairwise(begun)]


def failing(times, status=503, **headers):
    """Return a route that fails some times before there is a page."""
    left = [times]

    def answer(_):
        left[0] -= 1
        headers_ = {name.replace("_", "-"): value for name, value in headers.items()}
        return (status, headers_, b"") if left[0] >= 0 else (200, HTML, page("Late"))

    return answer


def test_one_page_at_a_time_with_pauses_and_hosts_side_by_side(
    site, tmp_path, monkeypatch
):
    send_names_here(monkeypatch)
    both = threading.Barrier(2, timeout=20)  # holds a host until the other is asked
    inside, most = {}, []

    def answer(request):
        host = request.headers["Host"]
        inside[host] = inside.get(host, 0) + 1
        most.append(inside[host])
        both.wait()
        inside[host] -= 1
        return 200, HTML, page(request.path)

    site.routes = {"/robots.txt": (404, {}, b"")}
    site.any = answer
    names = [f"{host}.example:{site.port}" for host in "ab"]
    articles = fetch([f"http://{n}/{i}" for i in range(3) for n in names], tmp_path,
                     delay=0.2)  # fmt: skip
    assert len(articles) == 6
    assert max(most) == 1
    assert min(gaps(site, "a.example") + gaps(site, "b.example")) >= 0.2


def test_a_longer_delay_that_robots_asks_for_is_kept(site, tmp_path):
    site.add("/robots.txt", b"User-agent: *\nCrawl-delay: 0.4")
    fetch([f"{site.url}/{n}" for n in (1, 2, 3)], tmp_path)
    assert min(gaps(site)[1:]) >= 0.4
    site.add("/robots.txt", b"User-agent: *\nCrawl-delay: 1000")
    articles = fetch([f"{site.url}/4"], tmp_path / "other")
    (what,) = (what for what in told(articles) if what.startswith("refused"))
    assert "asks for 1,000 seconds between pages, more than the 120" in what


def test_what_fails_for_the_moment_is_asked_again_after_ever_longer_pauses(
    site, tmp_path
):
    site.routes["/late"] = failing(2)
    articles = fetch([f"{site.url}/late"], tmp_path, delay=0.05)
    assert articles["title"].tolist() == ["Late in the harbour today"]
    assert site.paths() == ["/late"] * 3
    first, second = gaps(site)[1:]
    assert first >= 0.2
    assert second >= 0.4


def test_retry_after_is_kept_to(site, tmp_path):
    site.routes["/late"] = failing(1, 429, Retry_After="1")
    assert len(fetch([f"{site.url}/late"], tmp_path)) == 1
    assert gaps(site)[1] >= 1


@pytest.mark.parametrize("path", ["/later", "/robots.txt"])
def test_a_host_that_asks_for_a_long_pause_is_left_alone(path, site, tmp_path):
    site.add("/later", page("Later"))
    site.routes[path] = failing(1, 503, Retry_After="86400")
    given = [f"{site.url}/{name}" for name in ("later", "1", "2")]
    account = told(fetch(given, tmp_path))
    what = "status 503, asks to come back in 86,400 seconds"
    assert sum(n for line, n in account.items() if line.endswith(what)) == 1
    left = "failed: not asked: its host asks to be left alone for longer"
    assert account[left] == 2
    assert site.paths(robots=True)[-1] == path
    if path == "/robots.txt":
        site.routes.pop(path)
    assert len(fetch(given, tmp_path)) == 3


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("", 0), ("soon", 0), ("-5", 0), ("²", 0),
     ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("Wed, 99 Oct 2015 07:28:00 GMT", 0)],
)  # fmt: skip
def test_retry_after_as_it_is_written(said, seconds):
    headers = [("Retry-After", said)]
    answer = fetch_visit.Answer(503, "", headers, b"", "")
    assert fetch_visit._retry_after(answer) == seconds


def test_after_the_retries_a_page_waits_for_the_next_run(site, tmp_path):
    site.routes["/late"] = failing(4)
    given = [f"{site.url}/late", f"{site.url}/1"]
    assert told(fetch(given, tmp_path, retries=2))["failed: status 503"] == 1
    assert site.paths().count("/late") == 3
    assert len(fetch(given, tmp_path, retries=2)) == 2
    assert site.paths().count("/1") == 1


def test_a_host_that_fails_in_a_row_is_left_alone(site, tmp_path):
    site.routes = {f"/{n}": (500, {}, b"") for n in range(20)}
    given = [f"{site.url}/{n}" for n in range(9)]
    account = told(fetch(given, tmp_path, retries=0))
    assert account["failed: status 500"] == 5
    not_asked = "failed: not asked: 5 pages of its host gave no answer in a row"
    assert account[not_asked] == 4
    assert site.paths() == [f"/{n}" for n in range(5)]
    site.routes = {f"/{n}": (200, HTML, page(n)) for n in range(20)}
    assert len(fetch(given, tmp_path)) == 9


def test_a_machine_that_is_not_there_is_a_failure_and_no_error(tmp_path, monkeypatch):
    with site_of() as gone:
        url = gone.url
    real = socket.getaddrinfo

    def unknown(host, *args, **options):
        if host == "nowhere.invalid":
            raise socket.gaierror(-2, "Name or service not known")
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    articles = fetch([url, "http://nowhere.invalid/"], tmp_path, retries=0)
    account = told(articles)
    broken = "the connection broke off or was declined"
    assert account[f"failed: its robots.txt cannot be read: {broken}"] == 1
    unknown = "failed: its robots.txt cannot be read: its host is not known"
    assert account[unknown] == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_robots_txt_pages_are_open(status, site, tmp_path):
    site.add("/robots.txt", b"User-agent: *\nDisallow: /", status=status)
    assert len(fetch([f"{site.url}/1"], tmp_path)) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_where_robots_txt_gives_no_answer_nothing_is_fetched(status, site, tmp_path):
    site.add("/robots.txt", b"", status=status)
    account = told(fetch([f"{site.url}/1"], tmp_path, retries=1))
    what = f"failed: its robots.txt cannot be read: status {status}"
    assert account[what] == 1
    assert site.paths(robots=True) == ["/robots.txt"] * 2
    site.routes.pop("/robots.txt")
    assert len(fetch([f"{site.url}/1"], tmp_path)) == 1


def test_robots_txt_is_asked_for_once_a_day(site, tmp_path, monkeypatch):
    fetch([f"{site.url}/{n}" for n in (1, 2, 3)], tmp_path)
    fetch([f"{site.url}/4"], tmp_path)
    assert site.paths(robots=True).count("/robots.txt") == 1
    monkeypatch.setattr(fetch_visit, "ROBOTS_AGE", -1)
    fetch([f"{site.url}/5"], tmp_path)
    assert site.paths(robots=True).count("/robots.txt") == 2


def test_robots_txt_may_be_elsewhere(site, tmp_path):
    site.add("/robots.txt", b"", 301, Location="/robots/all")
    site.add("/robots/all", b"User-agent: *\nDisallow: /2", Content_Type="a/b")
    account = told(fetch([f"{site.url}/1", f"{site.url}/2"], tmp_path))
    assert account["refused: closed by robots.txt"] == 1
    assert account["pages fetched"] == 1


def test_endless_redirects_of_robots_txt_count_as_none(site, tmp_path):
    site.add("/robots.txt", b"", 301, Location="/robots.txt")
    assert len(fetch([f"{site.url}/1"], tmp_path)) == 1
    assert site.paths(robots=True).count("/robots.txt") == 6


def test_what_robots_closed_is_asked_again_once_it_opens(site, tmp_path, monkeypatch):
    site.add("/robots.txt", b"User-agent: *\nDisallow: /")
    assert len(fetch([f"{site.url}/1"], tmp_path)) == 0
    site.add("/robots.txt", b"")
    assert len(fetch([f"{site.url}/1"], tmp_path)) == 0
    monkeypatch.setattr(fetch_visit, "ROBOTS_AGE", -1)
    assert len(fetch([f"{site.url}/1"], tmp_path)) == 1
