"""Servers that send too much, too slowly or nonsense: each costs one page."""

import gzip
import time
import zlib
from contextlib import suppress

import pytest
from fetch_server import HTML, fetch, page, site_of
from hypothesis import given, settings
from hypothesis import strategies as st
from load_helpers import told

from mediakit.load import fetch_http
from mediakit.load.fetch_address import Refused, parse_address
from mediakit.load.fetch_answer import Failed, unpacked
from mediakit.load.fetch_http import Manner, ask

MANNER = Manner("mediakit/0", 100_000, private=True, delay=0, retries=0)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ZEROS = bytes(5_000_000)


@pytest.fixture(scope="module")
def site():
    with site_of() as site:
        yield site


def raw(*parts, pause=0.0, times=1):
    """Return a route that sends bytes as they are, some of them again and again."""

    def send(request):
        for part in parts:
            request.wfile.write(part)
        try:
            for _ in range(times - 1):
                time.sleep(pause)
                request.wfile.write(parts[-1])
        except OSError:
            pass
        request.close_connection = True
        return None, {}, b""

    return send


def why(site, answer):
    """Return why what a site answers is no page."""
    site.routes["/x"] = answer
    with pytest.raises(Failed) as failure:
        ask(parse_address(f"{site.url}/x", private=True), MANNER)
    return str(failure.value)


LARGE = "larger than 100,000 bytes"
ODD = {
    "said to be large": (raw(OK + b"Content-Length: 99999999\r\n\r\n"), LARGE),
    "endless": (raw(OK + b"\r\n", b"x" * 9_999, times=10_000), LARGE),
    "endless chunks": (
        raw(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"400\r\n" + b"x" * 1024 +
            b"\r\n", times=10_000), LARGE),
    "gzip bomb": ((200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(ZEROS)),
                  f"{LARGE} once unpacked"),
    "deflate bomb": ((200, {**HTML, "Content-Encoding": "deflate"},
                      zlib.compress(ZEROS)), f"{LARGE} once unpacked"),
    "broken gzip": ((200, {**HTML, "Content-Encoding": "gzip"}, b"\x1f\x8bnone"),
                    "no sound answer"),
    "cut gzip": ((200, {**HTML, "Content-Encoding": "gzip"},
                  gzip.compress(page("A"))[:-9]), "its compression breaks off"),
    "cut short": (raw(OK + b"Content-Length: 500\r\n\r\nshort"), "broke off"),
    "cut in a chunk": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\nshort"),
                       "broke off"),
    "no chunk": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n"), "broke off"),
    "brotli unasked": ((200, {**HTML, "Content-Encoding": "br"}, b"x"),
                       "it is packed as 'br'"),
    "a video": ((200, {"Content-Type": "video/mp4"}, b"x"), "it is video/mp4, no page"),
    "nonsense": (raw(b"\x00\xff nonsense\r\n\r\n"), "no sound answer (BadStatusLine"),
    "nothing": (raw(b""), "broke off"),
    "many headers": (raw(OK, b"A: b\r\n", times=500), "no sound answer"),
    "a long header": (raw(OK + b"A: " + b"b" * 99_999), "no sound answer"),
    "a long status": (raw(b"HTTP/1.1 " + b"2" * 99_999), "no sound answer"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_each_says_why(kind, site):
    answer, reason = ODD[kind]
    assert reason in why(site, answer)


def test_silence_ends(site, monkeypatch):
    monkeypatch.setattr(fetch_http, "SILENCE", 0.3)
    assert why(site, raw(OK, b"", pause=1, times=3)) == "no answer in time"


@pytest.mark.parametrize(
    "parts", [[OK, b"A: b\r\n"], [OK + b"\r\n", b"x"], [b"H"]], ids=str
)
def test_dripping_ends_although_it_never_is_silent(parts, site, monkeypatch):
    monkeypatch.setattr(fetch_http, "WHOLE", 0.7)
    answer = raw(*parts, pause=0.1, times=60)
    assert why(site, answer) == "longer than 0.7 seconds"


def test_the_largest_robots_txt_is_read_from_its_beginning(tmp_path):
    with site_of(pages=2) as site:
        lines = b"User-agent: *\nDisallow: /2\n" + b"#" * 600_000
        site.add("/robots.txt", lines)
        account = told(fetch([f"{site.url}/1", f"{site.url}/2"], tmp_path))
        assert account["refused: closed by robots.txt"] == 1
        site.add("/robots.txt", gzip.compress(lines), Content_Encoding="gzip")
        account = told(fetch([f"{site.url}/2"], tmp_path / "packed"))
        assert account["refused: closed by robots.txt"] == 1


def test_the_rest_of_a_list_goes_on(tmp_path):
    with site_of(pages=2) as site:
        site.routes["/bomb"] = (
            200,
            {**HTML, "Content-Encoding": "gzip"},
            gzip.compress(bytes(20_000_000)),
        )
        site.routes["/none"] = raw(b"\x00")
        site.add("/empty", b" \n")
        paths = ("1", "bomb", "none", "empty", "2")
        articles = fetch([f"{site.url}/{p}" for p in paths], tmp_path, retries=0)
        assert articles["title"].str[0].tolist() == ["1", "2"]
        account = told(articles)
        assert account["failed: larger than 10,000,000 bytes once unpacked"] == 1
        assert account["failed: an empty page"] == 1
        assert b"bomb" not in gzip.decompress((tmp_path / "pages.warc.gz").read_bytes())


def test_a_page_too_large_is_asked_again_with_a_larger_limit(tmp_path):
    with site_of() as site:
        site.add("/1", page("Long") + b" " * 5_000)
        given = [f"{site.url}/1"]
        account = told(fetch(given, tmp_path, largest=5_000))
        assert account["failed: larger than 5,000 bytes"] == 1
        assert len(fetch(given, tmp_path)) == 1


@pytest.mark.parametrize("packing", ["gzip", "x-gzip", "deflate", ""])
def test_unpacking(packing):
    pack = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress}
    body = pack.get(packing, bytes)(b"The quay")
    assert unpacked([("content-encoding", packing)], body, 100) == b"The quay"


def test_bare_deflate_is_unpacked():
    machine = zlib.compressobj(wbits=-15)
    body = machine.compress(b"The quay") + machine.flush()
    assert unpacked([("Content-Encoding", "deflate")], body, 100) == b"The quay"


PIECES = st.sampled_from(
    [b"HTTP/1.1 200 OK", b"HTTP/1.1 301 Moved", b"HTTP/9 x", b"\r\n", b"\r\n\r\n",
     b"\nLocation: http://[", b"\nContent-Length: 5", b"\nContent-Length: -1", b"\n",
     b"\nTransfer-Encoding: chunked", b"\nContent-Encoding: gzip", b"\xff", b"5\r\n",
     b"\nContent-Type: text/html", b"\x1f\x8b\x08", b": ", b"\0", b"<html>"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES | st.binary(max_size=20), max_size=12))
def test_any_answer_is_a_page_or_a_reason(site, pieces):
    site.routes["/x"] = raw(b"".join(pieces))
    with suppress(Failed, Refused):  # and nothing else
        answer = ask(parse_address(f"{site.url}/x", private=True), MANNER)
        assert answer.status in range(100, 1000)
        assert len(unpacked(answer.headers, answer.body, 100_000)) <= 100_000
