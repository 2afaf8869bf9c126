"""Whom a connection reaches: no private machine, whatever it is dressed as."""

import socket

import pytest
from fetch_server import fetch, page, send_names_here, site_of
from load_helpers import told

from mediakit.load import fetch_guard
from mediakit.load.fetch_address import Refused, parse_address
from mediakit.load.fetch_guard import is_allowed, resolve

NEVER = """0.0.0.0 169.254.169.254 169.254.1.1 224.0.0.1 239.255.255.255 240.0.0.1
255.255.255.255 100.100.100.200 192.0.0.192 :: fe80::1 fe80::1%eth0 ff02::1
fd00:ec2::254 ::ffff:169.254.169.254 ::ffff:0.0.0.0 64:ff9b::a9fe:a9fe
2002:a9fe:a9fe:: ::169.254.169.254""".split()
PRIVATE = """127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1
100.64.0.1 ::1 fc00::1 fd12:3456::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
64:ff9b::7f00:1 2002:7f00:1:: 198.18.0.1 192.0.2.1 2001:db8::1""".split()
PUBLIC = """8.8.8.8 93.184.216.34 172.32.0.1 2606:4700::1111 ::ffff:8.8.8.8
64:ff9b::808:808 2002:808:808::""".split()


@pytest.mark.parametrize("ip", NEVER)
def test_what_no_site_has_is_never_reached(ip):
    assert not is_allowed(ip, private=False)
    assert not is_allowed(ip, private=True)


@pytest.mark.parametrize("ip", PRIVATE)
def test_private_machines_are_reached_only_if_asked_for(ip):
    assert not is_allowed(ip, private=False)
    assert is_allowed(ip, private=True)


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_machines_are_reached(ip):
    assert is_allowed(ip, private=False)


def answers(*ips):
    family = {True: socket.AF_INET6, False: socket.AF_INET}
    return lambda host, port, **_: [
        (family[":" in ip], socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips
    ]


def test_one_private_answer_among_public_ones_closes_a_name(monkeypatch):
    address = parse_address("http://post.example/")
    monkeypatch.setattr(socket, "getaddrinfo", answers("8.8.8.8", "10.0.0.1"))
    with pytest.raises(Refused, match="a private or local address"):
        resolve(address, private=False)
    monkeypatch.setattr(socket, "getaddrinfo", answers("8.8.8.8", "8.8.4.4"))
    places = [place for _, place in resolve(address, private=False)]
    assert places == [("8.8.8.8", 80), ("8.8.4.4", 80)]


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://10.0.0.1/", "http://[::1]/",
     "http://169.254.169.254/latest/meta-data/", "http://192.168.1.1/", "http://0/",
     "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f.1/"],
)  # fmt: skip
def test_no_connection_is_made_to_a_private_address(address, tmp_path, monkeypatch):
    def forbidden(*_):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    articles = fetch([address], tmp_path, private=False, delay=1)
    assert not len(articles)
    (what,) = (what for what in told(articles) if what.startswith("refused: "))
    assert "private or local" in what or "written as a number" in what


def test_the_checked_answer_is_the_one_connected_to(tmp_path, monkeypatch):
    """A name that turns private after the check is of no use: it is asked once."""
    asked, tried = [], []

    def turning(host, port, **_):
        asked.append(host)
        return answers("8.8.8.8" if len(asked) == 1 else "127.0.0.1")(host, port)

    def connect(_, place):
        tried.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", turning)
    monkeypatch.setattr(socket.socket, "connect", connect)
    fetch(["http://turning.example/a"], tmp_path, private=False, delay=1, retries=0)
    assert asked == ["turning.example"]
    assert tried == [("8.8.8.8", 80)]


def test_a_redirect_into_the_private_net_is_refused(tmp_path, monkeypatch):
    """The first host passes for public, as a site would that redirects inwards."""
    with site_of() as site:
        site.add("/secret", page("Secret"))
        site.add("/a", b"", 302, Location="http://inside.example/secret")
        send_names_here(monkeypatch)
        real = fetch_guard.is_allowed
        seen = []

        def first_is_public(ip, *, private):
            seen.append(ip)
            return len(seen) <= 2 or real(ip, private=False)

        monkeypatch.setattr(fetch_guard, "is_allowed", first_is_public)
        articles = fetch([f"http://post.example:{site.port}/a"], tmp_path)
        assert site.paths() == ["/a"]
    assert told(articles)["refused: a reserved address of no site"] == 1
