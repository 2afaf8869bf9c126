"""What may be asked for: http(s) addresses in one spelling, and captures of archives.

An address is refused by saying why; a password in one is never repeated.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

PORTS = {"http": 80, "https": 443}
LONGEST = 8_192
BARE = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/?#]|$)")
CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)$")
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?$")
LOGIN = re.compile(r"(?<=//)[^/?#]*@")
SAFE = "/:@!$&'()*+,;=~-._%"
SNAPSHOTS = ("archive.ph", "archive.today", "archive.is", "archive.li", "archive.vn",
             "archive.md", "archive.fo")  # fmt: skip
WAYBACK = "web.archive.org"
ARCHIVES = (WAYBACK, *SNAPSHOTS, "arquivo.pt", "wayback.archive-it.org",
            "webarchive.nationalarchives.gov.uk", "www.webarchive.org.uk")  # fmt: skip
CAPTURE = re.compile(
    r"^(?P<before>/(?:[\w-]+/){0,2})(?P<time>\d{4,14}|\d{4}\.\d\d\.\d\d-\d{6})"
    r"(?P<kind>[a-z]{2}_)?/(?P<page>\S+)$"
)
CALENDAR = re.compile(r"^/web/[\d*]*\*/|^/save(?:/|$)")


class Refused(Exception):  # noqa: N818
    """An address that is not asked for; the message says why."""


@dataclass(frozen=True)
class Address:
    """One address: as it is asked for, its host, and what it is a capture of."""

    url: str
    scheme: str
    host: str
    port: int
    original: str | None = None
    captured: str | None = None

    @property
    def site(self) -> str:
        """The scheme, host and port, to which one robots.txt applies."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == PORTS[self.scheme]
        return f"{self.scheme}://{name}" + ("" if usual else f":{self.port}")

    @property
    def target(self) -> str:
        """The path and query, as they are sent."""
        return self.url[len(self.site) :]


def without_login(text: str) -> str:
    """Return an address without a name and password in it."""
    return LOGIN.sub("***@", text)


def parse_address(given: str, *, private: bool = False) -> Address:
    """Return an address in one spelling, or raise `Refused`.

    Without `private` only the usual ports are allowed.
    """
    text = given.strip()
    if not text:
        raise Refused("empty")
    if "://" not in text and BARE.match(text):
        text = f"https://{text}"
    if len(text) > LONGEST:
        raise Refused(f"longer than {LONGEST:,} characters")
    scheme = text.partition(":")[0].lower()
    if scheme not in PORTS or "://" not in text:
        raise Refused("no http or https address")
    if CONTROL.search(text.partition("?")[0].partition("#")[0].replace(" ", "")):
        raise Refused("control characters or backslashes in it")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise Refused("not an address") from error
    if parts.username is not None or parts.password is not None:
        raise Refused("a user name or password in it")
    port = PORTS[scheme] if port is None else port
    if port not in PORTS.values() and not private:
        raise Refused(f"port {port}; only 80 and 443 are asked")
    host = _host(parts.hostname or "")
    path = quote(parts.path or "/", safe=SAFE)
    query = quote(parts.query, safe=SAFE + "?")
    address = Address("", scheme, host, port)
    url = address.site + urlunsplit(("", "", path, query, ""))
    return _capture(Address(url, scheme, host, port), parts)


def next_address(address: Address, location: str, *, private: bool) -> Address:
    """Return where a redirect leads, checked as the first address was."""
    location = location.strip()
    try:
        location = urljoin(address.url, location.encode("latin-1").decode())
    except (UnicodeError, ValueError) as error:
        raise Refused("a redirect to no address") from error
    return parse_address(location, private=private)


def _host(name: str) -> str:
    """Return a host in lower-case ASCII; numbers only as four plain ones."""
    name = name.rstrip(".").lower()
    if ":" in name:
        try:
            return str(IPv6Address(name.replace("%", " ")))  # no zones of machines
        except AddressValueError as error:
            raise Refused("an IPv6 address that is none") from error
    try:
        name = name.encode("idna").decode().lower()
    except UnicodeError as error:
        raise Refused("a host name that cannot be") from error
    if NUMBER.match(name.rpartition(".")[2]):
        try:
            return str(IPv4Address(name))
        except AddressValueError as error:
            raise Refused("a host written as a number") from error
    if not HOST.match(name) or ".." in name:
        raise Refused("a host name that cannot be")
    return name


def _capture(address: Address, parts) -> Address:
    """Add of what and when an address of a web archive is a capture."""
    if address.host not in ARCHIVES:
        return address
    if CALENDAR.match(address.target):
        raise Refused("a list of captures, not one")
    found = CAPTURE.match(address.target)
    if found is None:
        return address
    url, original = address.url, _original(found["page"])
    if address.host == WAYBACK:  # the page as it was, without the archive's frame
        url = f"{address.site}{found['before']}{found['time']}id_/{found['page']}"
    captured = _time(found["time"])
    return Address(url, address.scheme, address.host, address.port, original, captured)


def _original(page: str) -> str | None:
    page = re.sub(r"^(https?:)/+", r"\1//", page, flags=re.IGNORECASE)
    try:
        found = parse_address(page if "://" in page else f"http://{page}")
    except Refused:
        return None
    return found.url


def _time(digits: str) -> str | None:
    """Return the time of a capture as far as it is given: 2016, 2016-05, 2016-05-03."""
    digits = re.sub(r"\D", "", digits)
    if len(digits) == 14:
        try:
            return datetime.strptime(digits, "%Y%m%d%H%M%S").strftime(
                "%Y-%m-%dT%H:%M:%SZ"
            )
        except ValueError:
            return None
    return "-".join(filter(None, (digits[:4], digits[4:6], digits[6:8])))
