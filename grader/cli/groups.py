"""The command `grader groups`: answers of a class that are alike. Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.grade import Speech
from grader.cli.marks import Folder
from grader.cli.spoken import spoken


def groups(
    folder: Folder,
    exercise: Annotated[str | None, typer.Option(help="Only the groups of this exercise.")] = None,
    group: Annotated[str | None, typer.Option(help="Only this group, by the id that is shown.")] = None,
    marks: Annotated[
        Path | None,
        typer.Option("--marks", help="Write lines of marks.csv, one for each of these answers without a mark."),
    ] = None,
    check: Annotated[
        str | None, typer.Option(help="These lines are of this check alone, not of all of the exercise.")
    ] = None,
    points: Annotated[
        int | None, typer.Option(help="The points of these lines. Default: left to be filled in.")
    ] = None,
    comment: Annotated[str, typer.Option(help="Their comment.")] = "",
    json: Annotated[Path | None, typer.Option("--json", help="Write them as JSON; - is standard output.")] = None,
    lang: Annotated[Speech, typer.Option(help="Language of what is said.")] = Speech.en,
) -> None:
    """Say which answers to an exercise are alike: one known mistake, the same behaviour, the same code or text."""
    from grader.classes.groups_command import GroupsRequest, show_groups  # heavy: pydantic

    request = GroupsRequest(
        folder=folder,
        exercise=exercise,
        group=group,
        marks=marks,
        check=check,
        points=points,
        comment=comment,
        json=json,
    )
    with spoken(lang) as words:
        raise typer.Exit(show_groups(request, words))
