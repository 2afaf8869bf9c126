"""The `mediakit` command: thin, every word of it a call into the package.

Exit codes: 0 all is well, 1 something differs, 2 a mistake in what was asked, which
is said in one plain sentence on stderr.
"""

import sys
import warnings

import typer

from mediakit.cli import articles as articles
from mediakit.cli import course as course
from mediakit.cli import docs as docs
from mediakit.cli import doctor as doctor
from mediakit.cli import lab as lab
from mediakit.cli import measures as measures
from mediakit.cli import share as share
from mediakit.cli import study as study
from mediakit.cli.app import app as app
from mediakit.errors import MediakitError, MediakitWarning

EXTRA = {"jupyterlab", "mistune", "nbclient", "nbconvert", "nbformat"}


def main() -> None:
    """Run the command."""
    warnings.showwarning = _warn
    try:
        app()
    except MediakitError as error:
        _stop(str(error))
    except ModuleNotFoundError as error:
        if error.name not in EXTRA:
            raise
        _stop("this needs Jupyter: python -m pip install 'mediakit[notebooks]'")
    except OSError as error:
        _stop(f"{error.filename or 'a file'}: {error.strerror or error}.")


def _stop(message: str) -> None:
    typer.echo(f"mediakit: {message}", err=True)
    sys.exit(2)


def _warn(message, category, filename, lineno, file=None, line=None):
    if issubclass(category, MediakitWarning):
        typer.echo(f"Note: {message}", err=True)
