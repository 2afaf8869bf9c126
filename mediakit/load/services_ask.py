"""One question to a news service after the other, at the pace it allows.

A key goes into a header of the request and nowhere else.
"""

import json
import re
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import urlencode

from mediakit.errors import MediakitError
from mediakit.load.fetch_address import parse_address
from mediakit.load.fetch_answer import SOON, Failed, unpacked
from mediakit.load.fetch_http import Manner, ask

LARGEST = 50_000_000
KINDS = ("application/json", "text/json", "text/plain", "text/html", "text/javascript")
RETRIES, LONGEST_WAIT = 3, 120.0
BROKEN_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')


class NoAnswer(Exception):  # noqa: N818
    """The service did not give an answer that can be used."""


@dataclass
class Service:
    """A service: its address, the seconds between questions, and who asks."""

    name: str
    address: str
    delay: float
    contact: str
    private: bool = False
    key: str = field(default="", repr=False)
    asked: int = 0
    _last: float = field(default=float("-inf"), repr=False)

    def question(self, **parameters) -> dict:
        """Return the answer to one question; raise `NoAnswer` if there is none."""
        url = f"{self.address}?{urlencode(parameters)}"
        for attempt in range(RETRIES + 1):
            self._wait(self.delay)
            try:
                return self._once(url)
            except Failed as error:
                if error.again != SOON or attempt == RETRIES:
                    raise NoAnswer(str(error)) from error
                self._wait(max(error.wait, self.delay * 2**attempt))
        raise NoAnswer("no answer")

    def _wait(self, seconds: float) -> None:
        """Wait until so many seconds after the last question."""
        time.sleep(max(self._last + min(seconds, LONGEST_WAIT) - time.monotonic(), 0))

    def _once(self, url: str) -> dict:
        agent = f"mediakit/{version('mediakit')} (research; {self.contact})"
        said = [("Accept", "application/json")]
        if self.key:
            said.append(("Authorization", f"Token {self.key}"))
        manner = Manner(
            agent, LARGEST, self.private, self.delay, RETRIES, KINDS, tuple(said)
        )
        self.asked += 1
        try:
            answer = ask(parse_address(url, private=self.private), manner)
        finally:
            self._last = time.monotonic()
        if answer.status in (401, 403):
            raise MediakitError(
                f"{self.name} refused the question (status {answer.status}): see that "
                "your key is right and that you may ask this."
            )
        if answer.status == 429 or answer.status >= 500:
            raise Failed(f"status {answer.status}", wait=_seconds(answer))
        if answer.status != 200:
            raise NoAnswer(f"status {answer.status}")
        body = unpacked(answer.headers, answer.body, LARGEST)
        return _loaded(body.decode("utf-8", "replace"), self.name)


def _seconds(answer) -> float:
    said = answer.header("Retry-After").strip()
    return float(said) if re.fullmatch(r"\d{1,4}", said) else 0.0


def _loaded(text: str, name: str) -> dict:
    """Return the object in an answer; words instead of JSON are the service's error."""
    if not text.strip():
        return {}
    for attempt in (text, BROKEN_ESCAPE.sub(r"\\\\", text)):
        try:
            answer = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(answer, dict):
            return answer
    words = " ".join(re.sub(r"<[^>]{0,500}>", " ", text).split())
    raise MediakitError(f"{name} gave no list of articles; it said: {words[:200]!r}.")
