"""The command `grader join`: several class folders of the same students as one. Arguments in, exit code out."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.grade import Speech
from grader.cli.spoken import spoken

Which = StrEnum("Which", ["latest", "best", "best_per_exercise"])


def join(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="CLASS_FOLDER...",
            help="Folders made by `grade --out`, each with everybody's next attempt.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.", show_default=False)],
    counts: Annotated[Which | None, typer.Option(help="Which attempt counts. Default: the policy's, best.")] = None,
    policy: Annotated[
        Path | None,
        typer.Option(
            help="A file as `opening.toml`: due, late_until, deduction, counts; extensions, received: lists beside it."
        ),
    ] = None,
    extensions: Annotated[Path | None, typer.Option(help="CSV: student,due,late_until,no_deduction.")] = None,
    received: Annotated[
        Path | None, typer.Option(help="CSV: student,attempt,received; needed where the policy has a due date.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Of moments without one, such as Europe/Berlin.")] = None,
    lang: Annotated[Speech, typer.Option(help="Language of reports, tables and what is said.")] = Speech.en,
) -> None:
    """Join attempts into one grade each: the latest, the best, or the best of each exercise, late or not.

    What lateness takes off is told in a line of its own. Nothing is graded.
    """
    from grader.classes.joining.command import JoinRequest, join_classes  # heavy: pydantic
    from grader.policy.terms import Counts

    with spoken(lang) as words:
        request = JoinRequest(
            folders=tuple(folders),
            out=out,
            counts=None if counts is None else Counts(counts.value),
            policy=policy,
            extensions=extensions,
            received=received,
            zone=zone,
            language=words.language,
            now=datetime.now(UTC),
        )
        raise typer.Exit(join_classes(request))
