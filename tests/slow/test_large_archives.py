"""A crawl far larger than the memory it may take is read to its end."""

import gzip
import subprocess
import sys

import pytest
from archive_files import response

PAGES, FILLER = 1_000, 500_000
CODE = """
import resource, sys, warnings
warnings.simplefilter("ignore")
import mediakit as mk
resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[2]),) * 2)
print(len(mk.read_articles(sys.argv[1])))
"""
ALLOWED = 700_000_000


def page(number):
    filler = b"x" * FILLER
    start = b"<html><head><title>Quay %d</title><script>" % number
    return start + filler + b"</script></head><body><p>It rains.</p></body></html>"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_half_a_gigabyte_is_read_within_bounds(tmp_path, pack):
    path = tmp_path / "crawl.warc"
    with path.open("wb") as file:
        for number in range(PAGES):
            file.write(pack(response(number, body=page(number))))
    run = [sys.executable, "-c", CODE, str(path), str(ALLOWED)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [str(PAGES)], done.stderr[-2000:]
