"""What was asked and what came of it, in an SQLite file beside the pages kept.

Each outcome is on the disk before the next page counts; only one run at a time works
in a folder, and the system frees it whenever that run ends.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from mediakit.errors import MediakitError
from mediakit.load.fetch_address import Refused, parse_address, without_login
from mediakit.load.fetch_answer import mime
from mediakit.load.fetch_warc import (
    NAME,
    Record,
    append,
    begin,
    first_record,
    is_ours,
    now,
    recover,
)

INDEX = ".fetched.sqlite"
FETCHED, REFUSED, FAILED = "fetched", "refused", "failed"
TABLES = """
CREATE TABLE IF NOT EXISTS pages (id INTEGER PRIMARY KEY, key TEXT UNIQUE,
    host TEXT, original TEXT, captured TEXT, state TEXT, settled INTEGER,
    reason TEXT, url TEXT, status INTEGER, type TEXT, retrieved TEXT,
    start INTEGER, size INTEGER);
CREATE INDEX IF NOT EXISTS by_host ON pages (state, host, id);
CREATE TABLE IF NOT EXISTS robots (site TEXT PRIMARY KEY, at REAL, body BLOB);
CREATE TEMP TABLE asked (place INTEGER PRIMARY KEY, page INTEGER, given TEXT,
    reason TEXT, twice INTEGER);
CREATE INDEX temp.by_page ON asked (page);
"""
OURS = "EXISTS (SELECT 1 FROM asked WHERE page = pages.id)"
FOUND = """INSERT INTO pages (key, host, original, captured, state, settled, url,
    status, type, retrieved, start, size)
    VALUES (:key, :host, :original, :captured, 'fetched', 1, :url, :status, :type,
    :retrieved, :start, :size)
    ON CONFLICT (key) DO UPDATE SET state = 'fetched', settled = 1, reason = NULL,
    url = :url, status = :status, type = :type, retrieved = :retrieved,
    start = :start, size = :size WHERE state != 'fetched'"""


class Store:
    """The folder of a run: the pages kept, and the outcome of every address."""

    def __init__(self, folder: Path, *, agent: str, private: bool):
        self.private, self.lock = private, Lock()
        self.pages, self.index = folder / NAME, folder / INDEX
        if self.pages.exists() and not is_ours(self.pages):
            raise MediakitError(
                f"{str(self.pages)!r} was not made by mk.fetch_pages and would be "
                "written to; choose another folder."
            )
        self.base = sqlite3.connect(
            self.index, timeout=1, isolation_level=None, check_same_thread=False
        )
        try:
            self._open(agent)
        except sqlite3.OperationalError as error:
            self.base.close()
            raise MediakitError(
                f"Another run works in {str(folder)!r}, or it cannot be written to "
                f"({error}). Wait for that run, or choose another folder."
            ) from error
        except sqlite3.DatabaseError as error:
            self.base.close()
            raise MediakitError(
                f"{str(self.index)!r} is damaged ({error}). Delete it and run again: "
                f"what was fetched is found in {NAME}."
            ) from error
        except MediakitError:
            self.base.close()
            raise

    def _open(self, agent: str) -> None:
        self.base.execute("PRAGMA locking_mode = EXCLUSIVE")
        self.base.execute("PRAGMA synchronous = FULL")
        self.base.execute("PRAGMA temp_store = FILE")
        self.base.execute("BEGIN EXCLUSIVE")
        self.base.execute("COMMIT")
        self.base.executescript(TABLES)
        (end,) = self._one("SELECT coalesce(max(start + size), 0) FROM pages")
        size = self.pages.stat().st_size if self.pages.exists() else 0
        if size < end:
            raise MediakitError(
                f"{str(self.pages)!r} is missing or cut short ({size:,} of {end:,} "
                "bytes). Put it back, or choose another folder to fetch all again."
            )
        for record in recover(self.pages, end):
            self._found(record)
        if not self.pages.exists():
            begin(self.pages, first_record(agent, now()))

    def _one(self, query: str, values=()) -> tuple:
        return self.base.execute(query, values).fetchone()

    def _found(self, record: Record) -> None:
        """Enter a page that is kept; never one twice."""
        address = parse_address(record.asked, private=True)
        row = {
            "key": address.url,
            "host": address.host,
            "original": address.original,
            "captured": address.captured,
            "url": record.url,
            "status": record.status,
            "type": mime(record.headers),
            "retrieved": record.retrieved,
            "start": record.start,
            "size": record.size,
        }
        self.base.execute(FOUND, row)

    def close(self) -> None:
        """Let another run work in the folder."""
        self.base.close()

    def enter(self, addresses: Iterable[str]) -> None:
        """Take in what is asked for now; what did not settle before waits again."""
        with self._at_once():
            for place, given in enumerate(addresses):
                self._enter(place, given)
            self.base.execute(
                f"UPDATE pages SET state = 'waiting' WHERE NOT settled AND {OURS}"
            )

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        self.base.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    def _enter(self, place: int, given: str) -> None:
        page, reason, twice = None, None, 0
        try:
            address = parse_address(given, private=self.private)
        except Refused as error:
            reason = str(error)
        else:
            self.base.execute(
                "INSERT OR IGNORE INTO pages (key, host, original, captured, state, "
                "settled) VALUES (?, ?, ?, ?, 'waiting', 0)",
                (address.url, address.host, address.original, address.captured),
            )
            (page,) = self._one("SELECT id FROM pages WHERE key = ?", (address.url,))
            twice = self._one("SELECT count(*) FROM asked WHERE page = ?", (page,))[0]
        self.base.execute(
            "INSERT INTO asked VALUES (?, ?, ?, ?, ?)",
            (place, page, without_login(given.strip()), reason, int(twice > 0)),
        )

    def waiting_hosts(self) -> list[str]:
        """Return the hosts of which pages wait."""
        query = f"SELECT DISTINCT host FROM pages WHERE state = 'waiting' AND {OURS}"
        return [host for (host,) in self.base.execute(query)]

    def count_asked(self) -> int:
        """Return how many addresses are asked for."""
        return self._one("SELECT count(*) FROM asked")[0]

    def count_waiting(self) -> int:
        """Return how many pages wait."""
        query = f"SELECT count(*) FROM pages WHERE state = 'waiting' AND {OURS}"
        return self._one(query)[0]

    def next_page(self, host: str) -> tuple[int, str] | None:
        """Return the first page that waits at a host."""
        with self.lock:
            return self._one(
                "SELECT id, key FROM pages WHERE state = 'waiting' AND host = ? "
                f"AND {OURS} ORDER BY id LIMIT 1",
                (host,),
            )

    def keep(self, page: int, record: bytes, seen: dict) -> None:
        """Keep a page: first the record, then the outcome."""
        start = append(self.pages, record)
        with self.lock:
            self.base.execute(
                "UPDATE pages SET state = 'fetched', settled = 1, reason = NULL, "
                "url = :url, status = :status, type = :type, retrieved = :retrieved, "
                "start = :start, size = :size WHERE id = :id",
                {**seen, "start": start, "size": len(record), "id": page},
            )

    def give_up(self, page: int, state: str, reason: str, *, settled: bool) -> None:
        """Enter that a page was refused or failed, for good or for this run."""
        with self.lock:
            self.base.execute(
                "UPDATE pages SET state = ?, reason = ?, settled = ? WHERE id = ?",
                (state, reason, int(settled), page),
            )

    def give_up_host(self, host: str, reason: str) -> int:
        """Enter that the pages waiting at a host were not asked for in this run."""
        with self.lock:
            return self.base.execute(
                "UPDATE pages SET state = 'failed', reason = ? WHERE state = 'waiting' "
                f"AND host = ? AND {OURS}",
                (reason, host),
            ).rowcount

    def robots(self, site: str, after: float) -> bytes | None:
        """Return the robots.txt of a site if it was kept after a time."""
        with self.lock:
            row = self._one(
                "SELECT body FROM robots WHERE site = ? AND at > ?", (site, after)
            )
        return row and row[0]

    def keep_robots(self, site: str, at: float, body: bytes) -> None:
        """Keep the robots.txt of a site."""
        with self.lock:
            self.base.execute(
                "INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", (site, at, body)
            )

    def outcomes(self) -> Iterator[sqlite3.Row]:
        """Yield what came of each address asked for now, in its order."""
        cursor = self.base.cursor()
        cursor.row_factory = sqlite3.Row
        yield from cursor.execute(
            "SELECT place, given, twice, coalesce(state, 'refused') AS state, "
            "coalesce(asked.reason, pages.reason) AS reason, url, original, captured, "
            "status, type, retrieved, start, size FROM asked LEFT JOIN pages "
            "ON page = pages.id ORDER BY place"
        )
