"""The command `grader regrade`: a stored class judged again by another course. Arguments in, exit code out."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.grade import SandboxChoice, Speech


def regrade(
    folder: Annotated[
        Path, typer.Argument(metavar="CLASS_FOLDER", help="A folder made by `grade --out`.", show_default=False)
    ],
    course: Annotated[Path | None, typer.Option(help="The course to judge by. Default: the one you are in.")] = None,
    submissions: Annotated[
        list[Path] | None, typer.Option(help="Where the notebooks lie now, if not where they were graded; repeat it.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Put what waits in place, or what --course gives.")] = False,
    only_gains: Annotated[bool, typer.Option("--only-gains", help="Apply it to those alone who gain.")] = False,
    reason: Annotated[str, typer.Option(help="Why: a part of every report that is judged again.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Put back what was there before the last set applied.")] = False,
    drop: Annotated[
        bool, typer.Option("--drop", help="Take away what waits, or what can no longer be undone.")
    ] = False,
    html: Annotated[Path | None, typer.Option(help="Write the differences as a page to this file as well.")] = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write them as JSON; - is standard output.")] = None,
    lang: Annotated[Speech | None, typer.Option(help="Language of text and pages. Default: the class's own.")] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**32 - 1, help="Draw other inputs than the class was graded with.")
    ] = None,
    sandbox: Annotated[SandboxChoice, typer.Option(help="Where student code runs.")] = SandboxChoice.auto,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that grade and draw. Default: one for each usable core.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no differences, and no progress.")] = False,
) -> None:
    """Judge a graded class again by another revision of its course, and say who would gain or lose before it applies.

    Only what the revision touches is judged again: points and words need no notebook. Nothing changes in the class
    until --apply; --undo puts every file back as it was.

    Ends with 3 if some work could not be judged again, for our reasons or because its notebook is gone.
    """
    from grader.classes.regrading.command import regrade as judge_again  # heavy: NumPy, pydantic, Hypothesis
    from grader.classes.regrading.request import RegradeRequest

    request = RegradeRequest(
        folder=folder,
        course=course,
        submissions=tuple(submissions or ()),
        apply=apply,
        only_gains=only_gains,
        undo=undo,
        drop=drop,
        reason=reason,
        seed=seed,
        sandbox=sandbox.value,
        workers=workers,
        language=None if lang is None else ("zh" if lang is Speech.zh else "en"),
        json=json,
        html=html,
        quiet=quiet,
    )
    raise typer.Exit(judge_again(request, environment=os.environ, now=datetime.now(UTC)))
