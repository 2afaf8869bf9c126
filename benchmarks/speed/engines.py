"""Who is timed, in which environment, with what; and the environments themselves."""

import importlib.metadata
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from speed import other_tongues

ENVIRONMENTS = {  # apart, since conc and spaCy hold back NumPy and polars
    "peers": "polars scikit-learn nltk pandas pyarrow textblob vaderSentiment".split(),
    "conc": ["conc", "scattertext", "spacy", "pyarrow", "pandas"],
}
OWN = "mediakit"
PARTS = (
    "numpy scipy pandas pyarrow numba matplotlib nltk textblob vaderSentiment".split()
)


@dataclass(frozen=True)
class Engine:
    """A session that runs by itself: `python -m MODULE SESSION FOLDER CORES`."""

    name: str
    module: str
    session: str
    needs: tuple[str, ...] = ()
    place: str = "own"
    cores: int = 1
    environment: dict = field(default_factory=dict)
    most_rounds: int = 99


def peer(name: str, session: str, *needs: str, place="peers", **options) -> Engine:
    module = options.pop("module", "speed.peers")
    return Engine(name, module, session, (*needs, "pyarrow"), place, **options)


WITHOUT = {"NUMBA_DISABLE_JIT": "1"}
ENGINES = (
    Engine(OWN, "speed.own", "all"),
    Engine("mediakit without Numba", "speed.own", "all", environment=WITHOUT),
    Engine("mediakit, two threads", "speed.own", "ids", cores=2),
    Engine("mediakit, first use", "speed.own", "compile", most_rounds=1),
    peer("polars", "polars", "polars"),
    peer("re", "plain_re"),
    peer("pandas", "pandas", "pandas"),
    peer("scikit-learn", "scikit_learn", "scikit-learn"),
    peer("NLTK", "nltk", "nltk", most_rounds=2),
    peer("TextBlob", "textblob", "textblob", most_rounds=2),
    peer("VADER", "vader", "vaderSentiment", most_rounds=2),
    peer("scattertext", "scattertext", "scattertext", place="conc", most_rounds=1),
    peer(
        *("conc", "all", "conc", "spacy"),
        place="conc",
        module="speed.conc_peer",
        most_rounds=1,
    ),
    Engine("quanteda", "speed.other_tongues", "quanteda", most_rounds=1),
    Engine("CWB", "speed.other_tongues", "cwb", most_rounds=2),
)


def python_of(folder: Path) -> Path:
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def make_environments(folder: Path) -> None:
    """Make each environment of the peers that is not there; pip's errors are shown."""
    for name, packages in ENVIRONMENTS.items():
        python, done = python_of(folder / name), folder / name / "installed"
        if done.exists():
            continue
        print(f"Installing {', '.join(packages)} into {folder / name}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", folder / name], check=True)
        pip = [python, "-m", "pip", "install", "-q", "--prefer-binary", *packages]
        if subprocess.run(pip, check=False).returncode == 0:
            done.touch()


def versions_in(python: Path, packages) -> dict[str, str]:
    """Return the versions of those of the packages that this Python has."""
    code = (
        "import importlib.metadata as m, json, sys\n"
        "have = {d.metadata['Name'].lower().replace('_', '-'): d.version"
        " for d in m.distributions()}\n"
        "print(json.dumps({n: have[n.lower()] for n in sys.argv[1:]"
        " if n.lower() in have}))"
    )
    done = subprocess.run(
        [python, "-c", code, *packages], capture_output=True, text=True, check=False
    )
    return json.loads(done.stdout) if done.returncode == 0 else {}


def place_of(engine: Engine, peers: Path | None) -> Path:
    """Return the Python that runs an engine; without `peers` it is this one."""
    if engine.place == "own" or peers is None:
        return Path(sys.executable)
    return python_of(peers / engine.place)


def why_absent(engine: Engine, peers: Path | None) -> tuple[str | None, dict]:
    """Return why an engine cannot run here (or None), and the versions it has."""
    if engine.module == other_tongues.__name__:
        return other_tongues.absent(engine.session), {}
    python = place_of(engine, peers)
    if not python.exists():
        return "not installed", {}
    have = versions_in(python, engine.needs)
    missing = [name for name in engine.needs if name not in have]
    return ("not installed" if missing else None), have


def own_versions() -> dict[str, str]:
    have = {
        part.metadata["Name"].lower() for part in importlib.metadata.distributions()
    }
    return {n: importlib.metadata.version(n) for n in PARTS if n.lower() in have}
