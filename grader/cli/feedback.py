"""The command `grader feedback`: a file for each student, for whoever carries them. Arguments in, exit code out."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.grade import Speech
from grader.cli.spoken import spoken

For = StrEnum("For", ["canvas", "moodle", "mail"])


def feedback(
    folder: Annotated[
        Path, typer.Argument(metavar="CLASS_FOLDER", help="A folder made by `grade --out`.", show_default=False)
    ],
    carrier: Annotated[For, typer.Option("--for", help="Who carries it to students.", show_default=False)],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A new folder, or a zip if its name ends so.", show_default=False)
    ],
    published: Annotated[
        bool, typer.Option("--published", help="With what is shown once the results are out.")
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Apply the lines of marks.csv that are right, and name the others.")
    ] = False,
    lang: Annotated[Speech, typer.Option(help="Language of the feedback and of what is said.")] = Speech.en,
) -> None:
    """Write feedback for each student, what a student may see and no more: for Canvas's and Moodle's upload, or mail.

    Canvas: "Upload Submissions" of the assignment. Moodle: "Upload multiple feedback files in a zip". Both need the
    names of their own download. Mail: a draft for each, and a table of addresses. Who gets nothing is named.
    """
    from grader.classes.handing_back.command import FeedbackRequest, hand_back  # heavy: pydantic
    from grader.classes.handing_back.forms import Carrier

    with spoken(lang) as words:
        request = FeedbackRequest(
            folder=folder,
            carrier=Carrier(carrier.value),
            output=output,
            published=published,
            partial=partial,
            language=words.language,
            now=datetime.now(UTC),
        )
        raise typer.Exit(hand_back(request))
