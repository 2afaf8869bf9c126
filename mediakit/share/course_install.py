"""Install mediakit from this folder, without a network: python3 install.py [WHERE].

Copied to a USB folder as install.py; it needs Python 3.11.5 to 3.13 and nothing else.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
WHEELS = HERE / "wheels"
WANTED = ("mediakit[notebooks,web,fast]", "mediakit[notebooks,web]")
OLD = (
    "mediakit needs Python 3.11.5 to 3.13 (64 bits), and this is {}. If there is "
    "another on this computer, name it: py -3.12 install.py, or python3.12 install.py"
)


def say(text: str) -> None:
    """Print at once, also where the output goes to a file."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(where: Path) -> int:
    """Make an environment at `where`, install into it, and examine it."""
    fits = (3, 11, 5) <= sys.version_info[:3] < (3, 14) and sys.maxsize > 2**32
    if not fits:
        say(OLD.format(sys.version.split()[0]))
        return 2
    if where.exists() and not (where / "pyvenv.cfg").is_file():
        say(f"{where} is there already and is left as it is; name another folder.")
        return 2
    say(f"Installing into {where}. This takes some minutes.")
    venv.create(where, with_pip=True, clear=where.exists())
    scripts = where / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / ("python.exe" if os.name == "nt" else "python"))
    if not any(_install(python, wanted) for wanted in WANTED):
        say("Nothing in this folder fits this computer; README.txt lists what does.")
        return 1
    subprocess.run([python, "-m", "mediakit.cli", "warm"], check=False)
    found = subprocess.run([python, "-m", "mediakit.share.doctor"], check=False)
    say(f"\nThe lessons: {scripts / 'mediakit'} lab")
    pages = HERE / "course" / "index.html"
    if pages.is_file():
        say(f"Pages to read without Python: {pages}")
    return found.returncode


def _install(python: str, wanted: str) -> bool:
    command = [python, "-m", "pip", "install", "--quiet", "--no-index"]
    command += ["--disable-pip-version-check", "--only-binary", ":all:"]
    done = subprocess.run(
        [*command, "--find-links", str(WHEELS), wanted],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        say(f"{wanted} cannot be installed from here: {done.stderr.strip()[-300:]}")
    return done.returncode == 0


if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else Path.home() / "mediakit-env"
    sys.exit(main(Path(given).expanduser().absolute()))
