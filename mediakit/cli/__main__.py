"""`python -m mediakit.cli` is the command `mediakit`."""

from mediakit.cli import main

main()
