"""What every reader of dictionaries returns, and how a foreign entry is rewritten."""

import re
from dataclasses import dataclass, field

from mediakit.text.pattern_syntax import literal

Row = tuple[int, str, str, float]
"""Line of the file, category, pattern, weight."""


@dataclass
class Found:
    """What a file holds."""

    rows: list[Row] = field(default_factory=list)
    unread: list[tuple[int, str, str]] = field(default_factory=list)
    name: str = ""
    exclude: list[str] = field(default_factory=list)
    negators: list[str] = field(default_factory=list)
    reach: int = 3
    about: dict = field(default_factory=dict)
    turn: float = -1.0
    intensifiers: dict[str, float] = field(default_factory=dict)

    def skip(self, line: int, written: str, reason: str) -> None:
        """Note that nothing is made of a line."""
        self.unread.append((line, written.strip(), reason))


def foreign(term: str, wild: str = "*") -> str:
    """Return the pattern of another program's entry: literal but for its wildcards."""
    parts = re.split(f"([{re.escape(wild)}])", " ".join(term.lower().split()))
    return "".join(part if part and part in wild else literal(part) for part in parts)


def plain(term: str) -> str:
    """Return the pattern of a term in which no sign is a wildcard."""
    return literal(" ".join(term.lower().split()))
