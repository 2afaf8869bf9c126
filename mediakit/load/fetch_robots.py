"""robots.txt as RFC 9309 has it: groups joined, the longest rule wins, ties allow.

The standard library's parser takes the first rule and knows no wildcards, hence this.
"""

import re
from dataclasses import dataclass

TOKEN = "mediakit"
LARGEST = 512_000  # bytes; RFC 9309 asks for 500 KiB at least
LINE = re.compile(r"[\r\n]+")
PRODUCT = re.compile(r"[a-zA-Z_-]+")
UNRESERVED = frozenset(
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
)
PLAIN = UNRESERVED | frozenset(b":/?#[]@!$&'()*+,;=%")
ENCODED = re.compile(rb"%([0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Rules:
    """What a site allows us: rules as ``(pattern, allowed)``, and seconds between."""

    rules: tuple[tuple[bytes, bool], ...] = ()
    delay: float = 0.0

    def allow(self, target: str) -> bool:
        """Say whether a path with its query may be fetched."""
        place = _spelled(target).replace(b"*", b"%2A").replace(b"$", b"%24")
        if place == b"/robots.txt":
            return True
        fitting = [(len(r), allowed) for r, allowed in self.rules if _fits(r, place)]
        return max(fitting, default=(0, True))[1]


ALL = Rules()
NOTHING = Rules(((b"/", False),))


def read_robots(body: bytes, *, token: str = TOKEN) -> Rules:
    """Return the rules for us, or those for everyone if none are for us by name."""
    text = body[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff")
    groups = {token.lower(): [], "*": []}
    seen, agents, open_ = set(), [], False
    for line in LINE.split(text):
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon or key not in ("user-agent", "allow", "disallow", "crawl-delay"):
            continue
        if key == "user-agent":
            agents = [*agents, _agent(value)] if open_ else [_agent(value)]
            open_ = True
            seen.update(agents)
            continue
        open_ = open_ and key == "crawl-delay"
        for agent in agents:
            groups.setdefault(agent, []).append((key, value))
    ours = groups[token.lower() if token.lower() in seen else "*"]
    rules = [
        (_spelled(value), key == "allow")
        for key, value in ours
        if key in ("allow", "disallow") and value
    ]
    delays = [_seconds(value) for key, value in ours if key == "crawl-delay"]
    return Rules(tuple(rules), max(delays, default=0.0))


def _agent(value: str) -> str:
    found = PRODUCT.match(value)
    return found[0].lower() if found else value[:1]


def _seconds(value: str) -> float:
    return float(value) if re.fullmatch(r"\d{1,9}(?:\.\d{0,9})?", value) else 0.0


def _spelled(text: str) -> bytes:
    """Return a path in one spelling of its percent-encoding."""
    decoded = ENCODED.sub(_encoded, text.encode())
    return b"".join(bytes([c]) if c in PLAIN else b"%%%02X" % c for c in decoded)


def _encoded(found: re.Match) -> bytes:
    byte = int(found[1], 16)
    return bytes([byte]) if byte in UNRESERVED else b"%" + found[1].upper()


def _fits(pattern: bytes, place: bytes) -> bool:
    """Say whether a pattern with ``*`` and a last ``$`` fits the start of a place."""
    whole = pattern.endswith(b"$")
    first, *parts = pattern.removesuffix(b"$").split(b"*")
    if not place.startswith(first):
        return False
    if not parts:
        return not whole or place == first
    at = len(first)
    *middle, last = parts
    for part in middle:
        at = place.find(part, at)
        if at < 0:
            return False
        at += len(part)
    if whole:
        return place.endswith(last) and len(place) - len(last) >= at
    return place.find(last, at) >= 0
