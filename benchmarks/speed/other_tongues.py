"""quanteda (R) and the Corpus Workbench, where they are installed: costs as JSON.

Written from their manuals; the machines on which the published table was made had
neither, so a first run may need a look. Both get the texts as files, untimed.
"""

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

from speed.clock import pin
from speed.materials import NODE, PATTERN, WINDOW, dictionary_of, frame_of

QUANTEDA = Path(__file__).with_name("quanteda.R")
NAME = "BENCH"


def quanteda(folder: Path, place: Path, cores: int) -> dict:
    frame, patterns = frame_of(folder), dictionary_of(folder)
    months = [str(day)[:7] for day in frame["published"]]
    texts = [re.sub(r"\s+", " ", text) for text in frame["text"]]
    rows = zip(frame["group"], months, texts, strict=True)
    lines(place / "texts.tsv", map("\t".join, rows))
    pairs = [f"{name}\t{one}" for name, many in patterns.items() for one in many]
    lines(place / "patterns.tsv", pairs)
    files = place / "texts.tsv", place / "patterns.tsv"
    command = ["Rscript", "--vanilla", QUANTEDA, *files, str(cores), NODE]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def lines(file: Path, rows) -> None:
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")


def child(steps: dict, task: str, *commands, note: str = "", **options) -> str:
    """Run programs and keep what they cost; return what the last printed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    for command in commands:
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, **options
        )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = after.ru_maxrss / 1e3
    steps[task] = {"cpu": cpu, "wall": wall, "first": cpu, "first_wall": wall}
    steps[task] |= {"peak": peak, "grew": peak, "part": 1, "note": note}
    return done.stdout


def cwb(folder: Path, place: Path, _: int) -> dict:
    frame, find = frame_of(folder), re.compile(PATTERN).findall
    with (place / "corpus.vrt").open("w", encoding="utf-8") as file:
        for text, group, day in frame[["text", "group", "published"]].itertuples(
            index=False
        ):
            words = "\n".join(map(escape, find(text.lower())))
            head = f'<text group="{group}" month="{str(day)[:7]}">'
            file.write(f"{head}\n{words}\n</text>\n")
    data, registry = place / "data", place / "registry"
    data.mkdir()
    registry.mkdir()
    entry, steps = registry / NAME.lower(), {}
    encode = f"cwb-encode -xsB -c utf8 -d {data} -f {place / 'corpus.vrt'} -R {entry}"
    encode = [*encode.split(), "-S", "text:0+group+month"]
    make = ["cwb-makeall", "-r", registry, NAME]
    child(steps, "ids", encode, make, note="the words found before, by `re`, untimed")

    def query(task, *commands, **options):
        ask = f'A = [word="{NODE}"];\n' + "\n".join(commands)
        run = ["cqp", "-c", "-r", registry, "-D", NAME]
        return child(steps, task, run, input=ask + "\n", **options)

    near = (
        f"tabulate A match[-{WINDOW}]..match[-1] word, match[1]..match[{WINDOW}] word;"
    )
    query("find", "size A;")
    query("passages", "set Context 8 words;", "cat A;")
    found = query("collocates", near, note="the words near; counting them untimed")
    Counter(found.split())
    query("trend", "group A match text_month;")
    return steps


def absent(session: str) -> str | None:
    """Return why a session cannot be run here, or None."""
    if session == "cwb":
        programs = ["cqp", "cwb-encode", "cwb-makeall"]
        return None if all(map(shutil.which, programs)) else "not installed"
    if not shutil.which("Rscript"):
        return "not installed"
    asked = "library(quanteda); library(quanteda.textstats)"
    done = subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False)
    return "not installed" if done.returncode else None


def main(session: str, folder: str, cores: str) -> None:
    pin(int(cores))
    run = {"quanteda": quanteda, "cwb": cwb}[session]
    with tempfile.TemporaryDirectory() as place:
        print(json.dumps(run(Path(folder), Path(place), int(cores))))


if __name__ == "__main__":
    main(*sys.argv[1:])
