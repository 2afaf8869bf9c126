"""What a server sent, without its compression, or why it is of no use."""

import zlib
from dataclasses import dataclass, field

SOON, NEXT_RUN, NEVER = "soon", "next run", "never"


class Failed(Exception):  # noqa: N818
    """No answer, or none that can be used, and when it is worth asking again."""

    def __init__(self, why: str, *, again: str = SOON, wait: float = 0.0):
        super().__init__(why)
        self.again, self.wait = again, wait


@dataclass
class Answer:
    """What a server sent: status, headers, the body as sent, and from where."""

    status: int
    reason: str
    headers: list[tuple[str, str]] = field(repr=False)
    body: bytes = field(repr=False)
    ip: str

    def header(self, name: str) -> str:
        """Return the first header of a name, or nothing."""
        return header(self.headers, name)

    @property
    def mime(self) -> str:
        """The type of the content, without its parameters."""
        return mime(self.headers)


def header(headers: list[tuple[str, str]], name: str) -> str:
    """Return the first of the headers that has a name, or nothing."""
    fitting = (value for key, value in headers if key.lower() == name.lower())
    return next(fitting, "")


def mime(headers: list[tuple[str, str]]) -> str:
    """Return the type of the content, without its parameters."""
    return header(headers, "Content-Type").partition(";")[0].strip().lower()


def unpacked(
    headers: list[tuple[str, str]], body: bytes, largest: int, *, whole: bool = True
) -> bytes:
    """Return a body without its compression; one that grows too large is refused.

    Without `whole` a beginning is returned, however it goes on.
    """
    packing = header(headers, "Content-Encoding").strip().lower()
    if packing in ("", "identity") or not body:
        return body
    raw = packing == "deflate" and (body[0] & 0x0F) != 8
    machine = zlib.decompressobj(-15 if raw else 47)
    out = machine.decompress(body, largest + 1)
    if not whole:
        return out
    if len(out) > largest:
        raise Failed(f"larger than {largest:,} bytes once unpacked", again=NEXT_RUN)
    if not machine.eof:
        raise Failed("its compression breaks off")
    return out
