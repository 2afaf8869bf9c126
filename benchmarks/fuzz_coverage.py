"""Let coverage lead the spoiling of small files, with atheris where it is installed.

    python -m venv atheris && atheris/bin/pip install atheris mediakit
    atheris/bin/python benchmarks/fuzz_coverage.py --seconds 600 --seed 1
    atheris/bin/python benchmarks/fuzz_coverage.py --kinds pdf_made xlsx

atheris keeps every input that reaches a new branch of `mediakit.load` and spoils that
one further. The first byte says which kind of file it is. A failure ends the run, its
input is kept in the folder `--found` and its reason printed.
"""

import argparse
import logging
import os
import sys
import tempfile
import warnings
from pathlib import Path

LONGEST, MEGABYTES, SECONDS = 8_000, 3_000, 20


def instrumented():
    """Import the readers so that atheris sees their branches."""
    import atheris

    with atheris.instrument_imports(include=["mediakit.load"]):
        import fuzz_quick

        import mediakit.load.formats  # noqa: F401
    return atheris, fuzz_quick


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--found", type=Path, default=Path("."))
    parser.add_argument("--kinds", nargs="*", help="only these, as in fuzz_seeds.py")
    asked = parser.parse_args()
    try:
        atheris, quick = instrumented()
    except ImportError as error:
        sys.exit(f"{error}: see the first lines of this file.")
    from fuzz_mutations import TOKENS

    warnings.simplefilter("ignore")
    logging.disable()
    files = quick.seeds()
    if unknown := {*(asked.kinds or [])} - {*files}:
        sys.exit(f"No kinds {sorted(unknown)}; there are {sorted(files)}.")
    files = {kind: files[kind] for kind in asked.kinds or files}
    names = [name for name, _, _ in files.values()]
    folder = Path(tempfile.mkdtemp(prefix="coverage-"))
    for place, (kind, (_, content, _)) in enumerate(files.items()):
        (folder / kind).write_bytes(bytes([place]) + content)
    words = folder.with_suffix(".dict")
    lines = ("".join(f"\\x{byte:02x}" for byte in token) for token in TOKENS)
    words.write_text("".join(f'"{line}"\n' for line in lines))

    def one(data: bytes) -> None:
        if not data:
            return
        name = names[data[0] % len(names)]
        outcome, why = quick.judge(1, name, data[1:])
        if outcome == "failed":
            raise AssertionError(f"{name}: {why}")

    options = [
        f"-max_total_time={asked.seconds}",
        f"-max_len={LONGEST}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-timeout={SECONDS * 3}",
        f"-seed={asked.seed}",
        f"-dict={words}",
        f"-artifact_prefix={asked.found}{os.sep}",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
