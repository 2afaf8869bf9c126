"""The command itself, and what it says of this mediakit."""

import typer

import mediakit

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def about() -> None:
    """Compare how news outlets cover the world; see also `python -m pydoc mediakit`."""


@app.command()
def version() -> None:
    """Say which mediakit this is."""
    typer.echo(f"mediakit {mediakit.__version__}")


@app.command()
def warm() -> None:
    """Compile the loops now, so that no first call has to wait for it."""
    from mediakit import kernels
    from mediakit.share.warm import compile_loops

    if not kernels.COMPILED:
        typer.echo("Nothing to compile: numba is not installed.")
        return
    kept = "; they are kept."
    if kernels.NOT_KEPT:
        kept = (
            ", but they cannot be kept: neither the folder of mediakit nor your cache "
            "may be written. Set NUMBA_CACHE_DIR to a folder of yours."
        )
    typer.echo(f"Compiled in {compile_loops():.0f} seconds{kept}")
