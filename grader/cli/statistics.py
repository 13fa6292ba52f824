"""The command `grader statistics`: how a class does with each check. Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def statistics(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="CLASS_FOLDER...",
            help="Folders made by `grade --out`; of several, each holds everybody's next attempt.",
            show_default=False,
        ),
    ],
    json: Annotated[Path | None, typer.Option("--json", help="Write them as JSON; - is standard output.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write a line for each; - is standard output.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing on standard output.")] = False,
) -> None:
    """Say of each check who passes it: now, by attempt, before it was judged again; and where mistakes lead."""
    from grader.classes.statistics_command import StatisticsRequest, show_statistics  # heavy: pydantic

    request = StatisticsRequest(folders=tuple(folders), json=json, csv=csv, quiet=quiet)
    raise typer.Exit(show_statistics(request))
