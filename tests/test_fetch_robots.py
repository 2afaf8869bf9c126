"""robots.txt: the examples of RFC 9309, and the rules against a naive reading."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediakit.load.fetch_robots import ALL, NOTHING, read_robots

RFC = b"""User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
"""


@pytest.mark.parametrize(
    ("agent", "allowed", "closed"),
    [
        ("anybot", ["/", "/publications/", "/publications/a.gif", "/a.gif?x"],
         ["/a.gif", "/example/", "/example/page.html"]),
        ("foobot", ["/example/page.html", "/example/allowed.gif"],
         ["/", "/example/other.html", "/publications/"]),
        ("BarBot", ["/", "/example/", "/a.gif"], ["/example/page.html"]),
        ("bazbot", ["/example/other"], ["/example/page.html?x=1"]),
        ("quxbot", ["/", "/example/page.html", "/a.gif"], []),
    ],
)  # fmt: skip
def test_the_simple_example_of_the_rfc(agent, allowed, closed):
    rules = read_robots(RFC, token=agent)
    assert [path for path in allowed if not rules.allow(path)] == []
    assert [path for path in closed if rules.allow(path)] == []


def test_the_longest_match_of_the_rfc():
    body = b"User-Agent: foobot\nAllow: /example/page/\n"
    body += b"Disallow: /example/page/disallowed.gif\n"
    rules = read_robots(body, token="foobot")
    assert not rules.allow("/example/page/disallowed.gif")
    assert rules.allow("/example/page/other.gif")


def test_groups_of_one_agent_are_joined_as_in_the_rfc():
    body = b"user-agent: ExampleBot\ndisallow: /foo\ndisallow: /bar\n\n"
    body += b"user-agent: OtherBot\ndisallow: /other\n\n"
    body += b"user-agent: ExampleBot\ndisallow: /baz\n"
    rules = read_robots(body, token="examplebot")
    closed = ["/foo", "/bar", "/baz"]
    assert not any(map(rules.allow, closed))
    assert rules.allow("/other")


@pytest.mark.parametrize(
    ("rule", "path", "fits"),
    [  # the table of percent-encodings and that of special characters
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz", True),
        ("/foo/bar?baz=http://foo.bar", "/foo/bar?baz=http://foo.bar", True),
        ("/foo?baz=http%3A%2F%2Ffoo.bar", "/foo?baz=http%3a%2f%2ffoo.bar", True),
        ("/foo/bar/\u30c4", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84", True),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", True),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", True),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-x.html", False),
        ("/path/foo-%24", "/path/foo-$", True),
        ("/path/foo-$", "/path/foo-$", False),
        ("/this/path/exactly$", "/this/path/exactly", True),
        ("/this/path/exactly$", "/this/path/exactly/not", False),
        ("/this/*/exactly", "/this/a/b/exactly/so", True),
        ("/fish*.php", "/fish", False),
        ("/*.php$", "/a.php/b.php", True),
        ("/*.php$", "/a.php?x", False),
        ("/a*b*b$", "/ab", False),
        ("/", "/anything", True),
        ("/Case", "/case", False),
    ],
)
def test_patterns(rule, path, fits):
    rules = read_robots(f"User-agent: *\nDisallow: {rule}".encode())
    assert rules.allow(path) is not fits


def test_equal_lengths_allow_and_robots_itself_is_open():
    rules = read_robots(b"User-agent: *\nDisallow: /a\nAllow: /a")
    assert rules.allow("/a")
    assert not NOTHING.allow("/b")
    assert NOTHING.allow("/robots.txt")
    assert ALL.allow("/b")


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbfUser-agent: mediakit/1.0\nDisallow: /",
        b"user-agent : MEDIAKIT # us\r\rdisallow : / # all",
        b"Disallow: /x\nUser-agent: mediakit\nSitemap: http://a/\nDisallow: /",
        b"User-agent: mediakit\n\nDisallow: /",
        b"User-agent: mediakit\nCrawl-delay: 2\nUser-agent: other\nDisallow: /",
        b"User-agent: *\nAllow: /\nUser-agent: other\nUser-agent: mediakit\nDisallow:/",
        b"User-agent: *\nDisallow: /\nUser-agent: media\nAllow: /",
        b"<html>\xff\x00 Disallow\nUser-agent: *\nDisallow: /",
    ],
)
def test_files_as_they_are_written(body):
    assert not read_robots(body).allow("/a")


def test_nothing_said_allows_everything():
    assert read_robots(b"").allow("/a")
    assert read_robots(b"User-agent: *\nDisallow:").allow("/a")
    assert read_robots(b"User-agent: other\nDisallow: /").allow("/a")
    assert read_robots(b"<html><body>Not found</body></html>").allow("/a")


def test_delays():
    body = b"User-agent: *\nCrawl-delay: 1.5\nDisallow: /x\n"
    body += b"User-agent: b\nCrawl-delay: ten"
    assert read_robots(body).delay == 1.5
    assert read_robots(body, token="b").delay == 0
    assert read_robots(b"User-agent: *\nCrawl-delay: -3").delay == 0
    assert read_robots(b"User-agent: *\nCrawl-delay: inf").delay == 0


PATTERNS = st.text("ab*$/", max_size=8).map(lambda rest: f"/{rest}")


@given(st.lists(st.tuples(PATTERNS, st.booleans()), max_size=5), PATTERNS)
def test_any_rules_as_a_naive_reading_has_them(rules, path):
    path = path.replace("*", "b").replace("$", "a")
    lines = [f"{'Allow' if good else 'Disallow'}: {rule}" for rule, good in rules]
    best = 0, True
    for rule, good in rules:
        end = "$" if rule.endswith("$") else ""
        wild = ".*".join(map(re.escape, rule.removesuffix("$").split("*")))
        if re.match(wild + end, path):
            best = max(best, (len(rule), good))
    body = "\n".join(["User-agent: *", *lines]).encode()
    assert read_robots(body).allow(path) == best[1]
