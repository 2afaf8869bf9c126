"""A run that is killed again and again: started by tests, in a process of its own.

Imported once and forked for each run, so that a kill costs no import.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
import warnings
from collections import Counter
from pathlib import Path

from fetch_server import CONTACT, HTML, fetch, page

from mediakit.load.fetch import fetch_pages
from mediakit.load.fetch_warc import NAME, _ends


def run(addresses, folder):
    """Fetch to the end, unless killed; never return."""
    code = 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fetch_pages(addresses, folder=folder, contact=CONTACT, delay=0,
                        private=True)  # fmt: skip
        code = 0
    finally:
        os._exit(code)


def kill_runs(addresses, folder, most, longest, seed):
    """Kill runs at random moments until one ends.

    Most are killed while pages come in, some before. Returns the number of kills,
    how many of them left a record half-written, and how the last run ended.
    """
    moments, torn, kept = random.Random(seed), 0, Path(folder, NAME)
    for kills in range(most + 1):
        before = kept.stat().st_size if kept.exists() else 0
        child = os.fork()
        if not child:
            run(addresses, folder)
        ended = 0
        while kills < most and not ended and moments.random() < 0.99:
            ended, status = os.waitpid(child, os.WNOHANG)
            if kept.exists() and kept.stat().st_size > before:
                break
            time.sleep(0.002)
        if not ended:
            if kills < most:
                time.sleep(moments.uniform(0, longest))
                os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
        if os.WIFEXITED(status):
            return kills, torn, os.WEXITSTATUS(status)
        torn += kept.exists() and is_torn(kept)
    raise AssertionError


def is_torn(path):
    """Say whether a file of compressed records ends within one."""
    *_, end = 0, *_ends(path, 0)
    return end < path.stat().st_size


def records(folder):
    """Return the address of each record kept, read by another library."""
    from warcio.archiveiterator import ArchiveIterator

    found = []
    with open(folder / NAME, "rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            found.append(record.rec_headers.get_header("WARC-Target-URI"))
    return found[1:]


def killed(site, folder, pages, *, most, longest, seed, size=100_000):
    """Fetch large pages through kills, and check that all are there.

    Returns the kills, the records they cut, and the pages asked for again.
    """
    noise = random.Random(seed)
    for number in range(pages):
        filler = noise.randbytes(size).hex().encode()  # several writes each
        body = page(number).replace(b"<body>", b"<body><!--" + filler + b"-->")
        site.routes[f"/{number}"] = 200, HTML, body
    given = [f"{site.url}/{number}" for number in range(pages)]
    asked = json.dumps([given, str(folder), most, longest, seed])
    done = subprocess.run([sys.executable, __file__, asked], capture_output=True,
                          text=True, timeout=3_000, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    kills, torn, status = map(int, done.stdout.split())
    assert status == 0
    kept = records(folder)
    assert sorted(kept) == sorted(given)
    again = Counter(site.paths())
    assert set(again) == {f"/{number}" for number in range(pages)}
    before = len(site.asked)
    articles = fetch(given, folder)
    assert len(site.asked) == before
    assert articles["address"].tolist() == given
    assert articles["title"].str.split().str[0].tolist() == [
        str(number) for number in range(pages)
    ]
    return kills, torn, again.total() - pages


if __name__ == "__main__":
    import trafilatura  # noqa: F401, as each run would

    print(*kill_runs(*json.loads(sys.argv[1])))
