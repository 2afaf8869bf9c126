"""One request: to a checked machine, with limits on time and size.

Never through a proxy, without cookies, and with the certificate verified.
"""

import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from contextlib import closing
from dataclasses import dataclass, field

from mediakit.load.fetch_address import Address
from mediakit.load.fetch_answer import NEVER, NEXT_RUN, Answer, Failed, unpacked
from mediakit.load.fetch_guard import resolve

CONNECT = 20
SILENCE = 30
WHOLE = 180
PIECE = 1 << 16
BEGINNING = 512_000
PAGES = ("text/html", "application/xhtml+xml")
KEPT = (*PAGES, "text/plain", "application/pdf")
ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
FAILURES = (OSError, http.client.HTTPException, ValueError, zlib.error)


@dataclass(frozen=True)
class Manner:
    """How we ask: our name, the largest page, whom we may reach, and what we take.

    `headers` may hold a key, so they are never shown.
    """

    agent: str
    largest: int
    private: bool
    delay: float
    retries: int
    kinds: tuple[str, ...] = KEPT
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def ask(address: Address, manner: Manner, *, whole: bool = True) -> Answer:
    """Ask for one address, no redirect followed; raise `Failed` or `Refused`.

    The body is read only where a page, a text or a PDF was found. Without `whole`
    any type will do, and no more than the beginning is read.
    """
    clock = _Clock()
    try:
        places = resolve(address, private=manner.private)
        connection, ip = _connected(address, places, clock)
    except ssl.SSLCertVerificationError as error:
        why = f"its certificate is not valid ({error.verify_message})"
        raise Failed(why) from error
    except (OSError, UnicodeError) as error:
        raise Failed(_why(error)) from error
    try:
        answer = _exchange(connection, address, manner, ip, whole)
        if clock.is_over:  # what was shut down looks like an end
            raise TimeoutError
    except FAILURES as error:
        why = f"longer than {WHOLE} seconds" if clock.is_over else _why(error)
        raise Failed(why) from error
    finally:
        clock.stop()
        connection.close()
    return answer


class _Clock:
    """Shuts a connection down when its time is over, however slowly it drips."""

    def __init__(self):
        self.end, self.is_over, self.timer = time.monotonic() + WHOLE, False, None

    def watch(self, connection: socket.socket) -> None:
        self.timer = threading.Timer(
            max(self.end - time.monotonic(), 0), self._shut, [connection]
        )
        self.timer.daemon = True
        self.timer.start()

    def _shut(self, connection: socket.socket) -> None:
        self.is_over = True
        try:
            socket.socket.shutdown(connection, socket.SHUT_RDWR)
        except OSError:
            pass

    def stop(self) -> None:
        if self.timer is not None:
            self.timer.cancel()


def _connected(address: Address, places: list, clock: _Clock):
    """Connect to the first place that answers; never to another than those."""
    for number, (family, place) in enumerate(places, 1):
        raw = socket.socket(family, socket.SOCK_STREAM)
        raw.settimeout(CONNECT)
        try:
            raw.connect(place)
            break
        except OSError:
            raw.close()
            if number == len(places):
                raise
    try:
        if address.scheme == "https":
            raw = _context().wrap_socket(raw, server_hostname=address.host)
    except BaseException:
        raw.close()
        raise
    raw.settimeout(SILENCE)
    clock.watch(raw)
    connection = http.client.HTTPConnection(address.host, address.port)
    connection.sock = raw
    return connection, place[0]


def _context() -> ssl.SSLContext:
    """Return strict rules; where certifi is there, its authorities count too."""
    context = ssl.create_default_context()
    try:
        import certifi
    except ImportError:
        return context
    context.load_verify_locations(certifi.where())
    return context


def _exchange(
    connection, address: Address, manner: Manner, ip: str, whole: bool
) -> Answer:
    headers = {
        "Host": address.site.partition("://")[2],
        "User-Agent": manner.agent,
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **dict(manner.headers),
    }
    connection.request("GET", address.target, headers=headers)
    with closing(connection.getresponse()) as response:
        status, reason = response.status, response.reason
        answer = Answer(status, reason, response.getheaders(), b"", ip)
        if 200 <= status < 300 and whole:
            _check_kind(answer, manner.kinds)
            answer.body = _read(response, manner.largest)
            unpacked(answer.headers, answer.body, manner.largest)
        elif 200 <= status < 300:
            answer.body = response.read(BEGINNING)
    return answer


def _check_kind(answer: Answer, kinds: tuple[str, ...]) -> None:
    if answer.mime and answer.mime not in kinds:
        raise Failed(f"it is {answer.mime[:60]}, no page", again=NEVER)
    packing = answer.header("Content-Encoding").strip().lower()
    if packing not in ENCODINGS:
        raise Failed(f"it is packed as {packing[:30]!r}", again=NEVER)


def _read(response, largest: int) -> bytes:
    parts, size = [], 0
    too_large = Failed(f"larger than {largest:,} bytes", again=NEXT_RUN)
    if (response.length or 0) > largest:
        raise too_large
    while part := response.read(PIECE):
        parts.append(part)
        size += len(part)
        if size > largest:
            raise too_large
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(parts)


def _why(error: Exception) -> str:
    """Say in a few words why there was no answer."""
    if isinstance(error, socket.gaierror):
        return "its host is not known"
    if isinstance(error, UnicodeError):
        return "a host name that cannot be"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ConnectionError | http.client.IncompleteRead):
        return "the connection broke off or was declined"
    text = re.sub(r"\s+", " ", str(error))[:80]
    return f"no sound answer ({type(error).__name__}{': ' + text if text else ''})"
