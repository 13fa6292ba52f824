"""The command `grader totals`: one grade of several assignments. Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.grade import Speech
from grader.cli.spoken import spoken


def totals(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER...",
            help="One for each assignment: made by `grade --out`, or by `grader join`.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The table to write (CSV). Default: standard output.")
    ] = None,
    course: Annotated[Path, typer.Option(help="The course whose assignments/totals.toml is the rule.")] = Path(),
    rule: Annotated[Path | None, typer.Option(help="Another file with the rule.")] = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write them as JSON; - is standard output.")] = None,
    lang: Annotated[Speech, typer.Option(help="Language of the rule and of what is said.")] = Speech.en,
) -> None:
    """Make one grade of several assignments, by the course's rule: weights, dropped lowest, bonus, letters.

    What is not graded is left out and named, and is no zero. Nothing is graded.
    """
    from grader.classes.course_totals import TotalsRequest, make_totals  # heavy: pydantic

    with spoken(lang) as words:
        request = TotalsRequest(
            folders=tuple(folders),
            output=output,
            course=course,
            rule=rule,
            json=json,
            language=words.language,
        )
        raise typer.Exit(make_totals(request))
