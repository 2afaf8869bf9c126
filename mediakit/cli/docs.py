"""`mediakit docs`: the pages that explain mediakit, with one on the command."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

import mediakit
from mediakit.cli.app import app
from mediakit.cli.printing import AsJson, example, tell_program


@app.command(epilog=example("mediakit docs --out mediakit-docs"))
def docs(
    out: Annotated[Path, typer.Option(help="Folder for the pages.")] = Path(
        "mediakit-docs"
    ),
    as_json: AsJson = False,
) -> None:
    """Write the guides and a page for every verb as HTML; no network is needed."""
    from mediakit.share.docs import build_docs

    pages = build_docs(out, names=public_names(), commands=command_page())
    if as_json:
        tell_program(folder=str(out), pages=len(pages))
        return
    typer.echo(f"{len(pages)} pages. Open: {(out / 'index.html').resolve()}")


def public_names() -> list:
    """Return every public name with what it is and where it lives."""
    from mediakit.share.docs_reference import Named

    return [
        Named(name, getattr(import_module(module), name), module)
        for module, names in mediakit._HOMES.items()
        for name in names
    ]


def command_page() -> str:
    """Return Markdown on every command, made of its own help."""
    root = typer.main.get_command(app)
    return "\n\n".join(_command(name, root.commands[name]) for name in root.commands)


def _command(name: str, command) -> str:
    told = " ".join((command.help or "").split())
    lines = [f"## mediakit {name}", told, "| | |", "|--|--|"]
    rows = [_row(one) for one in command.params if one.name != "help"]
    examples = [line for line in (command.epilog or "").split("\n\n")[1:] if line]
    block = "\n".join(["```", *examples, "```"]) if examples else ""
    table = "\n".join([*lines[2:], *rows]) if rows else ""
    return "\n\n".join(part for part in (lines[0], told, table, block) if part)


def _row(parameter) -> str:
    names = " ".join(parameter.opts) if parameter.opts else parameter.name
    names = names if names.startswith("-") else names.upper()
    told = (getattr(parameter, "help", None) or "").replace("|", "or")
    return f"| `{names}` | {told} |"
