"""What is asked for: addresses in one spelling, captures, and what is refused."""

import pytest

from mediakit.load.fetch_address import Refused, next_address, parse_address

WAYBACK = "https://web.archive.org/web/20160503092000"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://post.example", "http://post.example/"),
        ("HTTPS://Post.Example./A?b=C#part", "https://post.example/A?b=C"),
        ("https://post.example:443/a", "https://post.example/a"),
        ("http://post.example:443/a", "http://post.example:443/a"),
        ("  www.post.example/a ", "https://www.post.example/a"),
        ("http://post.example/a b/é?q=ü", "http://post.example/a%20b/%C3%A9?q=%C3%BC"),
        ("http://post.example/%C3%A9%20", "http://post.example/%C3%A9%20"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://новости.рф/a", "http://xn--b1amnebsh.xn--p1ai/a"),
        ("http://8.8.8.8/a", "http://8.8.8.8/a"),
        ("http://[2001:4860:4860:0::8888]/", "http://[2001:4860:4860::8888]/"),
    ],
)
def test_one_spelling(given, url):
    address = parse_address(given)
    assert address.url == url
    assert parse_address(url) == address
    assert address.site + address.target == url


REFUSED = {
    "": "empty",
    "ftp://post.example/a": "no http",
    "file:///etc/passwd": "no http",
    "javascript:alert(1)": "no http",
    "data:text/html,<p>": "no http",
    "gopher://post.example:70/": "no http",
    "//post.example/a": "no http",
    "http:/post.example/a": "no http",
    "just words": "no http",
    "http://": "a host name that cannot be",
    "http:///a": "a host name that cannot be",
    "http://ada:secret@post.example/": "user name or password",
    "http://ada@post.example/": "user name or password",
    "http://post.example@10.0.0.1/": "user name or password",
    "http://post.example:8080/": "port 8080",
    "http://post.example:22/": "port 22",
    "http://post.example:99999/": "not an address",
    "http://post.example\\@10.0.0.1/": "backslashes",
    "http://post.example/a\r\nHost: x": "control characters",
    "http://post.exa\tmple/": "control characters",
    "http://2130706433/": "written as a number",
    "http://017700000001/": "written as a number",
    "http://0x7f000001/": "written as a number",
    "http://0177.0.0.1/": "written as a number",
    "http://0x7f.0.0.1/": "written as a number",
    "http://127.1/": "written as a number",
    "http://127.0.0.1.2/": "written as a number",
    "http://1.2.3.256/": "written as a number",
    "http://[::1/": "not an address",
    "http://[fe80::1%25eth0]/": "an IPv6 address that is none",
    "http://post..example/": "cannot be",
    "http://-.example/": "cannot be",
    "http://post.example/" + "a" * 9_000: "longer than 8,192",
    "https://web.archive.org/web/2016*/http://post.example/": "a list of captures",
    "https://web.archive.org/web/*/http://post.example/": "a list of captures",
    "https://web.archive.org/save/http://post.example/": "a list of captures",
}


@pytest.mark.parametrize("given", REFUSED, ids=lambda given: given[:40] or "empty")
def test_what_is_refused_and_why(given):
    with pytest.raises(Refused, match=REFUSED[given]):
        parse_address(given)


def test_numbers_in_other_alphabets_are_numbers():
    with pytest.raises(Refused, match="written as a number"):
        parse_address("http://①②⑦.1/")
    assert parse_address("http://①②⑦.0.0.1/").host == "127.0.0.1"


def test_a_private_run_may_ask_other_ports():
    assert parse_address("http://post.example:8080/a", private=True).port == 8080


@pytest.mark.parametrize(
    ("given", "url", "original", "captured"),
    [
        (
            f"{WAYBACK}/http://post.example/a?b=1",
            f"{WAYBACK}id_/http://post.example/a?b=1",
            "http://post.example/a?b=1",
            "2016-05-03T09:20:00Z",
        ),
        (
            f"{WAYBACK}if_/http:/post.example/a",
            f"{WAYBACK}id_/http:/post.example/a",
            "http://post.example/a",
            "2016-05-03T09:20:00Z",
        ),
        (
            "http://web.archive.org/web/2016/post.example/",
            "http://web.archive.org/web/2016id_/post.example/",
            "http://post.example/",
            "2016",
        ),
        (
            "https://archive.ph/20220301123456/https://post.example/a",
            "https://archive.ph/20220301123456/https://post.example/a",
            "https://post.example/a",
            "2022-03-01T12:34:56Z",
        ),
        (
            "https://archive.is/2022.03.01-123456/https://post.example/a",
            "https://archive.is/2022.03.01-123456/https://post.example/a",
            "https://post.example/a",
            "2022-03-01T12:34:56Z",
        ),
        (
            "https://arquivo.pt/wayback/20200101000000/http://post.example/",
            "https://arquivo.pt/wayback/20200101000000/http://post.example/",
            "http://post.example/",
            "2020-01-01T00:00:00Z",
        ),
        ("https://archive.ph/AbCdE", "https://archive.ph/AbCdE", None, None),
        (
            "https://post.example/web/20160503092000/http://a.example/",
            "https://post.example/web/20160503092000/http://a.example/",
            None,
            None,
        ),
    ],
)
def test_captures_say_of_what_and_when(given, url, original, captured):
    address = parse_address(given)
    assert (address.url, address.original, address.captured) == (
        url,
        original,
        captured,
    )
    assert parse_address(url) == address


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://post.example/b"),
        ("b?c", "https://post.example/a/b?c"),
        ("//other.example/", "https://other.example/"),
        ("/caf\xc3\xa9", "https://post.example/caf%C3%A9"),
    ],
)
def test_redirects_are_relative_to_where_they_stand(location, url):
    start = parse_address("https://post.example/a/x")
    assert next_address(start, location, private=False).url == url


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "http://x@y/", "http://[::1", "http://127.1/"]
)
def test_redirects_are_checked(location):
    start = parse_address("https://post.example/a/x")
    with pytest.raises(Refused):
        next_address(start, location, private=False)
