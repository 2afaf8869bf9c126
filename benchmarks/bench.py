"""Time mediakit beside its peers on made-up articles and write the report.

Run: python benchmarks/bench.py [--articles 100000] [--peers FOLDER] [--rounds 3]
         [--largest 100000]
Makes the peers' environments in that folder (pip; without --peers the peers of this
Python are run), times all engines round robin, each in a process of its own on one
processor, then the growth from 1,000 articles to --largest, and writes field.json,
growth.json, peers.png, growth.png and the part between the markers of README.md, all
in --out. `--report` only writes the report again. Ratios within one run are what
counts: other work on the machine disturbs CPU seconds less than wall time, not never.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import million
from speed import engines, machine, materials, plot, report, run

HERE = Path(__file__).resolve().parent
SIZES = (1_000, 10_000, 100_000, 1_000_000)


def corpus_in(place: Path, articles: int) -> Path:
    """Make the articles, and return their folder."""
    folder = place / f"field-{articles}"
    command = [sys.executable, HERE / "corpus.py", str(articles), folder]
    subprocess.run(command, check=True)
    return folder


def time_field(options, place: Path) -> None:
    """Time every engine, and keep the figures in field.json after every session."""
    peers = options.peers and options.peers.resolve()
    if peers:
        engines.make_environments(peers)
    chosen = [e for e in engines.ENGINES if not options.only or e.name in options.only]
    folder = options.corpus or corpus_in(place, options.articles)
    rows = materials.rows_in(folder)

    def keep(told):
        field = {"articles": rows, "machine": machine.described()}
        file = options.out / "field.json"
        file.write_text(json.dumps({**field, "engines": told}, indent=1) + "\n")

    run.measure(chosen, folder, peers, options.rounds, keep)


def time_growth(options, place: Path) -> None:
    """Time the steps of every size up to the largest."""
    for articles in SIZES:
        if articles <= options.largest:
            million.measure(
                articles,
                place / f"growth-{articles}",
                options.out / "growth.json",
                again=tuple(million.STEPS),
            )


def write_report(out: Path) -> None:
    """Write pictures and README from what the two files of figures hold."""
    field, sizes = (
        json.loads((out / name).read_text()) if (out / name).exists() else {}
        for name in ("field.json", "growth.json")
    )
    if field:
        field["alt"] = plot.peers(
            field["engines"], field["articles"], out / "peers.png"
        )
    if sizes:
        field["alt_growth"] = plot.growth(sizes, out / "growth.png")
    report.write(out / "README.md", report.generated(field, sizes))


def options_of(arguments=None) -> argparse.Namespace:
    names = [engine.name for engine in engines.ENGINES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--corpus", type=Path, help="a folder made by corpus.py")
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--largest", type=int, default=100_000, help="0: no growth")
    parser.add_argument("--only", nargs="*", choices=names, help="these engines")
    parser.add_argument("--work", type=Path, help="where made-up articles are kept")
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--report", action="store_true", help="measure nothing")
    return parser.parse_args(arguments)


def main() -> None:
    options = options_of()
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.report:
        with tempfile.TemporaryDirectory() as made:
            place = options.work or Path(made)
            time_field(options, place)
            time_growth(options, place)
    write_report(options.out)


if __name__ == "__main__":
    main()
