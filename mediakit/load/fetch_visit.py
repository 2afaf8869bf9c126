"""One page: robots.txt first, redirects hop by hop, every host at its own pace."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from mediakit.load.fetch_address import Address, Refused, next_address, parse_address
from mediakit.load.fetch_answer import NEVER, NEXT_RUN, Answer, Failed, unpacked
from mediakit.load.fetch_http import BEGINNING, Manner, ask
from mediakit.load.fetch_robots import ALL, Rules, read_robots
from mediakit.load.fetch_store import Store
from mediakit.load.fetch_warc import now, packed_record

REDIRECTS = (301, 302, 303, 307, 308)
BUSY = (408, 425, 429, 500, 502, 503, 504)
MOST_HOPS = 10
ROBOTS_HOPS = 5
ROBOTS_AGE = 24 * 3600
LONGEST_DELAY = 120
LONGEST_WAIT = 600


class Stopped(Exception):  # noqa: N818
    """The run ends; nothing more is asked."""


class Hosts:
    """Lets one request at a time go to a host, with a pause after each."""

    def __init__(self):
        self.stop, self.guard = threading.Event(), threading.Lock()
        self.turns, self.ready = {}, {}

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """Wait for the turn at a host, and leave a pause behind."""
        with self.guard:
            turn = self.turns.setdefault(host, threading.Lock())
        with turn:
            while (left := self.opens(host) - time.monotonic()) > 0:
                if self.stop.wait(left):
                    break
            if self.stop.is_set():
                raise Stopped
            try:
                yield
            finally:
                self.pause(host, delay)

    def pause(self, host: str, seconds: float) -> None:
        """Leave a host alone for some seconds from now, or longer if it is said."""
        with self.guard:
            until = time.monotonic() + seconds
            self.ready[host] = max(until, self.ready.get(host, until))

    def opens(self, host: str) -> float:
        """Return when a host may be asked again, on the monotonic clock."""
        with self.guard:
            return self.ready.get(host, 0.0)


class Robots:
    """The rules of each site, asked for once a day; what gives no answer is closed."""

    def __init__(self, store: Store, manner: Manner, hosts: Hosts):
        self.store, self.manner, self.hosts = store, manner, hosts
        self.known, self.guard, self.turns = {}, threading.Lock(), {}

    def rules(self, address: Address) -> Rules:
        """Return the rules of the site of an address; raise `Failed` if unknown."""
        with self.guard:
            turn = self.turns.setdefault(address.site, threading.Lock())
        with turn:
            if address.site not in self.known:
                body = self.store.robots(address.site, time.time() - ROBOTS_AGE)
                if body is None:
                    body = self._ask(address)
                    self.store.keep_robots(address.site, time.time(), body)
                self.known[address.site] = read_robots(body) if body else ALL
        return self.known[address.site]

    def _ask(self, address: Address) -> bytes:
        """Return the robots.txt of a site, empty where there is none."""
        private = self.manner.private
        place = parse_address(f"{address.site}/robots.txt", private=private)
        for _ in range(ROBOTS_HOPS + 1):
            try:
                with self.hosts.turn(place.host, self.manner.delay):
                    answer = ask(place, self.manner, whole=False)
            except Failed as error:
                why = f"its robots.txt cannot be read: {error}"
                raise Failed(why, again=error.again, wait=error.wait) from error
            location = answer.header("Location")
            if answer.status not in REDIRECTS or not location:
                break
            place = next_address(place, location, private=private)
        if answer.status >= 500 or answer.status == 429:
            raise _busy(answer, "its robots.txt cannot be read: ")
        if not 200 <= answer.status < 300:
            return b""
        return unpacked(answer.headers, answer.body, BEGINNING, whole=False)


@dataclass
class Visit:
    """What came of asking for one page, and the host that was asked last."""

    host: str
    record: bytes | None = None
    seen: dict | None = None
    error: Failed | Refused | None = None


def visit(key: str, manner: Manner, hosts: Hosts, robots: Robots) -> Visit:
    """Ask for a page, wherever it leads, as far as that is allowed."""
    address = parse_address(key, private=manner.private)
    passed = set()
    try:
        while True:
            passed.add(address.url)
            rules = robots.rules(address)
            _check_rules(address, rules)
            with hosts.turn(address.host, max(manner.delay, rules.delay)):
                answer, retrieved = ask(address, manner), now()
            location = answer.header("Location")
            if answer.status not in REDIRECTS or not location:
                break
            if len(passed) > MOST_HOPS:
                raise Failed(f"more than {MOST_HOPS} redirects", again=NEVER)
            address = next_address(address, location, private=manner.private)
            if address.url in passed:
                raise Failed("redirects in a circle", again=NEVER)
        _check_answer(answer)
    except (Failed, Refused) as error:
        return Visit(address.host, error=error)
    record = packed_record(key, address.url, retrieved, answer)
    seen = {
        "url": address.url,
        "status": answer.status,
        "type": answer.mime,
        "retrieved": retrieved,
    }
    return Visit(address.host, record, seen)


def _check_rules(address: Address, rules: Rules) -> None:
    if not rules.allow(address.target):
        raise Refused("closed by robots.txt")
    if rules.delay > LONGEST_DELAY:
        raise Refused(
            f"robots.txt asks for {rules.delay:,.0f} seconds between pages, more than "
            f"the {LONGEST_DELAY} waited"
        )


def _check_answer(answer: Answer) -> None:
    """Raise unless there is a page; say when it is worth asking again."""
    status = answer.status
    if status in BUSY:
        raise _busy(answer)
    if not 200 <= status < 300:
        raise Failed(f"status {status}", again=NEVER)
    if not answer.body.strip():
        raise Failed("an empty page", again=NEVER)


def _busy(answer: Answer, what: str = "") -> Failed:
    """Return that a site is busy, and for how long it asks to be left alone."""
    wait, why = _retry_after(answer), f"{what}status {answer.status}"
    if wait <= LONGEST_WAIT:
        return Failed(why, wait=wait)
    why += f", asks to come back in {wait:,.0f} seconds"
    return Failed(why, again=NEXT_RUN, wait=wait)


def _retry_after(answer: Answer) -> float:
    """Return for how many seconds a site asks to be left alone."""
    said = answer.header("Retry-After").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)
