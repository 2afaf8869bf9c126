"""Print pages to PDF with chromium, with the same dates in them at every run.

Chromium is only needed to make the prints again, not to use them.
"""

import re
import subprocess
import tempfile
from pathlib import Path

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-pdf-tagging",
    "--no-pdf-header-footer",
]
STAMP = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}")


def print_pdf(html: bytes, path: Path) -> None:
    """Print a page; the dates of printing become those of the export."""
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_bytes(html)
        profile = f"--user-data-dir={folder}/profile"
        command = ["chromium", *FLAGS, profile, f"--print-to-pdf={printed}"]
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True)
        path.write_bytes(STAMP.sub(rb"\g<1>20160725104107", printed.read_bytes()))
