"""The command `grader likeness`: submissions of a class worth reading together. Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.grade import Speech
from grader.cli.spoken import spoken


def likeness(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="CLASS_FOLDER...",
            help="Folders made by `grade --out`, of one assignment; of several, everybody is compared with everybody.",
            show_default=False,
        ),
    ],
    exercise: Annotated[str | None, typer.Option(help="Compare the answers to this exercise alone.")] = None,
    course: Annotated[
        Path | None,
        typer.Option(help="The course whose starter and reference are left out. Default: as kept with the class."),
    ] = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write them as JSON; - is standard output.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write a line for each pair; - is standard output.")] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page with both texts side by side; - is standard output.")
    ] = None,
    lang: Annotated[Speech, typer.Option(help="Language of what is said, and of the page.")] = Speech.en,
) -> None:
    """Say which submissions have more in common than is usual in this class. It is no finding about anybody."""
    from grader.classes.likeness.command import LikenessRequest, show_likeness  # heavy: NumPy, pydantic

    request = LikenessRequest(folders=tuple(folders), exercise=exercise, course=course, json=json, csv=csv, html=html)
    with spoken(lang) as words:
        raise typer.Exit(show_likeness(request, words))
