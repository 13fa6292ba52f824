"""The commands `grader marks ...`: what people mark in a graded class. Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.grade import Speech
from grader.cli.spoken import spoken

marks_app = typer.Typer(no_args_is_help=True, help="What people mark in a graded class: marks.csv in its folder.")

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder made by `grade --out`.", show_default=False)]


Lang = Annotated[Speech, typer.Option(help="Language of what is said.")]


@marks_app.callback()
def marks() -> None:
    """What people mark in a graded class: marks.csv in its folder, which `grade` and `grader export` read."""


@marks_app.command()
def template(
    folder: Folder,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Another file to write. Default: marks.csv in FOLDER.")
    ] = None,
    exercise: Annotated[
        str | None,
        typer.Option(help="Instead a line for each check of this exercise that lacks points and has no mark."),
    ] = None,
    check: Annotated[str | None, typer.Option(help="Of these, for this check alone.")] = None,
    lang: Lang = Speech.en,
) -> None:
    """Write marks.csv with a line for each answer that waits for a person; one that is there is left alone."""
    from grader.classes.export.mark_files import write_template  # heavy: pydantic

    with spoken(lang) as words:
        raise typer.Exit(write_template(folder, output, words, exercise=exercise, check=check))


@marks_app.command()
def check(folder: Folder, lang: Lang = Speech.en) -> None:
    """Say which lines of marks.csv are wrong and why, and how many answers still wait. Ends with 2 if one is wrong."""
    from grader.classes.export.mark_files import check_marks  # heavy, as above

    with spoken(lang) as words:
        raise typer.Exit(check_marks(folder, words))
