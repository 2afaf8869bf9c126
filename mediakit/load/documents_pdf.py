"""PDF -> one article: lines of text with their place and size, within limits.

Nothing in the file runs and nothing is fetched. When a PDF was made is not when the
article was published: it stands in a column of its own.
"""

import logging
import re
import time
import unicodedata
from contextlib import contextmanager
from io import BytesIO

from mediakit.errors import MediakitError
from mediakit.load.documents_article import article
from mediakit.load.documents_lines import (
    ADDRESS,
    Line,
    join_lines,
    take_running_lines,
)
from mediakit.load.sources import Format, Options, Source

LIGATURE = re.compile("[\ufb00-\ufb06]")
MAGIC = b"%PDF-"
MOST_BYTES = 200_000_000
MOST_PAGES = 1_000
MOST_UNPACKED = 20_000_000
MOST_OPERATIONS = 1_000_000
MOST_SECONDS = 60
INSTALL = 'is a PDF, which needs the package pypdf: pip install "mediakit[documents]".'
ADVICE = "Save the article alone, or as text."
LOCKED = (
    "is locked with a password; open it, print it to a new PDF without one, or save "
    "its text."
)
SCANNED = (
    "holds pictures of pages and no text; run text recognition (OCR) on it and read "
    "what that gives."
)


def recognise(source: Source) -> bool:
    """Tell a PDF by its first bytes."""
    return MAGIC in bytes(source.data[:1024])


def read(source: Source, options: Options, ledger) -> dict:
    """Read the article of one PDF."""
    try:
        import pypdf
    except ImportError as error:
        raise MediakitError(f"{source.name} {INSTALL}") from error
    if len(source.data) > MOST_BYTES:
        raise MediakitError(
            f"{source.name} has {len(source.data):,} bytes; a PDF may have "
            f"{MOST_BYTES:,}. {ADVICE}"
        )
    with _bounded(pypdf):
        try:
            pages, stated = _pages(pypdf, source)
        except MediakitError:
            raise
        except Exception as error:  # whatever a damaged PDF makes pypdf raise
            raise MediakitError(
                f"{source.name} is a damaged PDF, or asks for more than an article "
                f"needs ({error!r:.200}); save or print it again."
            ) from error
    if not any(pages):
        raise MediakitError(f"{source.name} {SCANNED}")
    ledger.add("rows expected", 1)
    ledger.add("rows read", 1)
    empty = sum(not page for page in pages)
    if empty:
        note = f"{empty} of {len(pages)} in {source.name}"
        ledger.add("pages of a PDF without text", empty, note, lost=True)
    pages, running = take_running_lines(pages, source.name, ledger)
    blocks = join_lines(pages, source.name, ledger)
    edges = [part for line in running for part in (line.text, *line.parts)]
    urls = [found[1] for edge in edges if (found := ADDRESS.fullmatch(edge))]
    return {
        **article(blocks, source, ledger, title=stated.get("/Title"), edges=edges),
        "url": urls[0] if len(set(urls)) == 1 else None,
        "pdf_created": stated.get("/CreationDate"),
        "pdf_author": stated.get("/Author"),
    }


@contextmanager
def _bounded(pypdf):
    """Keep what pypdf unpacks within bounds, and its remarks to itself."""
    remarks = logging.getLogger("pypdf")
    level = remarks.level
    remarks.setLevel(logging.CRITICAL + 1)
    names = ("zlib", "lzw", "run_length", "array_based_stream")
    limits = {f"{name}_maximum_output_length": MOST_UNPACKED for name in names}
    try:
        with pypdf.apply_configuration(**limits):
            yield
    finally:
        remarks.setLevel(level)


def _pages(pypdf, source: Source) -> tuple[list[list[Line]], dict]:
    """Return the lines of each page, and what the PDF states of itself."""
    reader = pypdf.PdfReader(BytesIO(source.data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise MediakitError(f"{source.name} {LOCKED}")
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise MediakitError(
            f"{source.name} has {count:,} pages; an article may have {MOST_PAGES:,}. "
            f"{ADVICE}"
        )
    watch = _Watch(source.name)
    pages = []
    for page in reader.pages:
        lines = _Lines()
        page.extract_text(visitor_operand_before=watch.see, visitor_text=lines.take)
        pages.append(lines.all())
    stated = {key: _plain(value) for key, value in dict(reader.metadata or {}).items()}
    return pages, stated


def _plain(value) -> str | None:
    value = value.get_object() if hasattr(value, "get_object") else value
    return " ".join(str(value).replace("\0", "").split()) or None


class _Watch:
    """Stops where drawing takes more steps or time than any article does."""

    def __init__(self, name: str):
        self.name, self.steps = name, 0
        self.end = time.monotonic() + MOST_SECONDS

    def see(self, *operation) -> None:
        """Count one step."""
        self.steps += 1
        if self.steps > MOST_OPERATIONS or time.monotonic() > self.end:
            raise MediakitError(
                f"{self.name} takes more than {MOST_OPERATIONS:,} steps or "
                f"{MOST_SECONDS} seconds to lay out. {ADVICE}"
            )


def _letters(ligature) -> str:
    return unicodedata.normalize("NFKC", ligature[0])


class _Lines:
    """Collects the pieces of text of one page into lines."""

    def __init__(self):
        self.lines, self.pieces = [], []

    def take(self, text, matrix, text_matrix, font, size) -> None:
        """Add a piece; where it holds a line end, a line is complete."""
        a, b, c, d, e, f = map(float, matrix)
        x, y = map(float, text_matrix[4:6])
        place = (x * a + y * c + e, x * b + y * d + f)
        scale = abs(float(text_matrix[0])) + abs(float(text_matrix[1]))
        height = float(size) * scale * (abs(a) + abs(b))
        first, *rest = text.split("\n")
        self.pieces.append((first, place, height))
        for part in rest:
            self.finish()
            self.pieces.append((part, place, height))

    def finish(self) -> None:
        """End the line that the pieces so far make."""
        filled = [piece for piece in self.pieces if piece[0].strip()]
        text = " ".join("".join(piece[0] for piece in self.pieces).split())
        text = LIGATURE.sub(_letters, text)
        if text:
            _, (x, y), _ = filled[0]
            size = max(filled, key=lambda piece: len(piece[0]))[2]
            parts = tuple(piece[0].strip() for piece in filled)
            self.lines.append(Line(text, x, y, abs(size), parts))
        self.pieces = []

    def all(self) -> list[Line]:
        """Return the lines of the page in the order they are drawn."""
        self.finish()
        return self.lines


FORMAT = Format("pdf", "PDF, one article each", recognise, read)
