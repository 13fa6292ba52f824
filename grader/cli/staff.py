"""The command `grader`, for staff: what there is besides grading. Arguments in, exit code out; no work of its own.

Heavy modules are imported when a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grader import __version__
from grader.cli import remote
from grader.cli.feedback import feedback
from grader.cli.grade import Reader, SandboxChoice, run
from grader.cli.groups import groups
from grader.cli.join import join
from grader.cli.likeness import likeness
from grader.cli.marks import marks_app
from grader.cli.push import push_app
from grader.cli.receipt import receipt_app
from grader.cli.regrade import regrade
from grader.cli.serve import serve
from grader.cli.site import site_app
from grader.cli.statistics import statistics
from grader.cli.totals import totals
from grader.cli.worker import worker
from grader.messages import terminal

PlatformName = StrEnum("PlatformName", ["gradescope", "coursera"])
ProofPart = StrEnum("ProofPart", ["notebooks", "solutions", "seeds", "mutants"])

staff_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


staff_app.add_typer(receipt_app, name="receipt")
staff_app.add_typer(marks_app, name="marks")
staff_app.add_typer(push_app, name="push")
staff_app.command()(regrade)
staff_app.command()(statistics)
staff_app.command()(groups)
staff_app.command()(likeness)
staff_app.command()(join)
staff_app.command()(feedback)
staff_app.command()(totals)
staff_app.command()(serve)
staff_app.add_typer(site_app, name="site")
staff_app.command()(worker)


def grader_command() -> None:
    """The console script `grader`."""
    run(staff_app)


@staff_app.callback()
def staff() -> None:
    """For staff: what the grader offers besides grading."""


@staff_app.command()
def schema(
    class_: Annotated[bool, typer.Option("--class", help="Of the report of a class, class.json.")] = False,
) -> None:
    """Print the JSON Schema of the report."""
    from grader.render import json_report  # heavy: pydantic

    terminal.hand_over(json_report.class_schema() if class_ else json_report.schema())


@staff_app.command()
def version() -> None:
    """Print the grader's version."""
    terminal.tell(__version__)


@staff_app.command()
def export(
    format: Annotated[
        str, typer.Argument(metavar="FORMAT", help="Such as csv, canvas, junit, gradescope; see docs/reports.md.")
    ],
    reports: Annotated[
        list[Path], typer.Argument(metavar="REPORTS...", help="A folder made by `grade --out`, or reports as JSON.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write: a file, or a folder of one for each report.")
    ] = None,
    audience: Annotated[
        Reader, typer.Option(help="Whose reports: a student's leaves out what the checks withhold.")
    ] = Reader.instructor,
    column: Annotated[
        str | None,
        typer.Option(help="What the assignment is called in Canvas's or Moodle's gradebook. Default: its title."),
    ] = None,
    published: Annotated[
        bool, typer.Option("--published", help="For students: with what is shown once the results are out.")
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Apply the lines of marks.csv that are right, and name the others.")
    ] = False,
) -> None:
    """Write stored reports in another format, without grading again.

    Ends with 3 if a file is damaged or no report; the others are written all the same.
    """
    from grader.classes.export import ExportRequest  # heavy: pydantic
    from grader.classes.export import export as export_reports

    request = ExportRequest(
        format=format,
        reports=tuple(reports),
        output=output,
        audience=audience.value,
        published=published,
        column=column,
        partial=partial,
    )
    raise typer.Exit(export_reports(request, now=datetime.now(UTC)))


@staff_app.command()
def doctor() -> None:
    """Say which sandbox this machine gives, what held when it attacked itself, and what to do about the rest."""
    from grader.cli.doctor import consult  # heavy: NumPy

    raise typer.Exit(consult(write=terminal.show))


@staff_app.command()
def check(
    assignments: Annotated[list[str] | None, typer.Argument(help="Ids of assignments.", show_default=False)] = None,
    all: Annotated[bool, typer.Option("--all", help="Every assignment of the course.")] = False,
    course: Annotated[Path | None, typer.Option(help="The course folder. Default: the one you are in.")] = None,
    only: Annotated[list[ProofPart] | None, typer.Option(help="Only these parts of the proof.")] = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write the proofs as JSON; - is standard output.")] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the table of assignments/README.md.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes. Default: one per core.")] = None,
    sandbox: Annotated[SandboxChoice, typer.Option(help="Where the solutions run.")] = SandboxChoice.auto,
) -> None:
    """Prove that an assignment's checks are right: its reference, mistakes, variants, other seeds, and mutants.

    Ends with 1 if anything is at fault.
    """
    from grader.authoring.proof.command import CheckRequest, run_check  # heavy: NumPy, pydantic, Hypothesis

    request = CheckRequest(
        assignments=tuple(assignments or ()),
        all=all,
        course=course,
        parts=tuple(part.value for part in only or ()),
        json=json,
        markdown=markdown,
        workers=workers,
        sandbox=sandbox.value,
    )
    raise typer.Exit(run_check(request, environment=os.environ))


@staff_app.command()
def assignments(
    course: Annotated[Path | None, typer.Option(help="The course folder. Default: the one you are in.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the assignments of the course: exercises, points, what they run on, when they are due.

    Ends with 2 if one of them cannot be read; the others are listed all the same.
    """
    from grader.authoring.listing import ListRequest, run_list  # heavy: NumPy, pydantic

    raise typer.Exit(run_list(ListRequest(course=course, json=json), environment=os.environ))


@staff_app.command()
def release(
    assignment: Annotated[str, typer.Argument(metavar="ID", help="The assignment's id.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write to: new, or empty.")],
    course: Annotated[Path | None, typer.Option(help="The course folder. Default: the one you are in.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files of the same names in a folder in use.")] = False,
    sandbox: Annotated[SandboxChoice, typer.Option(help="Where the reference answers.")] = SandboxChoice.auto,
) -> None:
    """Write what students get: the notebook to fill in, the given files, a README. Nothing of the answers."""
    from grader.authoring.release import ReleaseRequest, run_release  # heavy: NumPy, pydantic, nbconvert

    request = ReleaseRequest(assignment=assignment, output=output, course=course, force=force, sandbox=sandbox.value)
    raise typer.Exit(run_release(request, environment=os.environ))


@staff_app.command()
def new(
    assignment: Annotated[str, typer.Argument(metavar="ID", help="Its id, such as gradient_descent.")],
    title: Annotated[str | None, typer.Option(help="What students read above it. Default: the id in words.")] = None,
    function: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A function that students write; repeat it. Default: one called as the id."),
    ] = None,
    course: Annotated[Path | None, typer.Option(help="The course folder. Default: the one you are in.")] = None,
) -> None:
    """Begin an assignment: its files, with a mark wherever something is yours to write."""
    from grader.authoring.scaffold import NewRequest, run_new  # heavy: nbconvert

    request = NewRequest(assignment=assignment, title=title, functions=tuple(function or ()), course=course)
    raise typer.Exit(run_new(request, environment=os.environ))


@staff_app.command(name="import")
def import_(
    source: Annotated[
        Path,
        typer.Argument(metavar="SOURCE", help="A course, an assignment's folder or a notebook of nbgrader or otter."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The course folder to write to: new, or one of yours.")
    ],
    check: Annotated[bool, typer.Option(help="Try references and starters afterwards.")] = True,
    sandbox: Annotated[SandboxChoice, typer.Option(help="Where they run then.")] = SandboxChoice.auto,
) -> None:
    """Bring over assignments of nbgrader or otter, with their tests, and say what did not come over and why.

    Ends with 1 if a notebook did not come over, or its reference does not pass.
    """
    from grader.authoring.importing.command import ImportRequest, run_import  # heavy: nbformat, NumPy, Hypothesis

    request = ImportRequest(source=source, output=output, check=check, sandbox=sandbox.value)
    raise typer.Exit(run_import(request, environment=os.environ))


@staff_app.command()
def adapter(
    platform: Annotated[PlatformName, typer.Argument(help="Where it is to grade.")],
    assignment: Annotated[str, typer.Argument(help="The assignment's id.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The zip to write.")],
    course: Annotated[Path | None, typer.Option(help="The course folder. Default: the one you are in.")] = None,
    part: Annotated[
        list[str] | None, typer.Option(metavar="PART=EXERCISE,...", help="Coursera: what a part is scored by.")
    ] = None,
    sandbox: Annotated[SandboxChoice, typer.Option(help="Where student code runs there.")] = SandboxChoice.auto,
) -> None:
    """Pack an assignment as the autograder of another platform: itself, its reference, and this grader."""
    from grader.platforms import AdapterRequest, make_adapter  # heavy: NumPy, pydantic, Hypothesis

    request = AdapterRequest(
        platform=platform.value,
        assignment=assignment,
        output=output,
        course=course,
        parts=tuple(part or ()),
        sandbox=sandbox.value,
    )
    raise typer.Exit(make_adapter(request, environment=os.environ))


@staff_app.command()
def inside(
    platform: Annotated[PlatformName, typer.Argument(help="Whose container this is.")],
    folder: Annotated[Path | None, typer.Option(help="Where the platform puts its files. Default: as it says.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course folder. Default: the one you are in.")] = None,
    assignment: Annotated[str | None, typer.Option(help="Its id. Default: the only one of the course.")] = None,
    parts: Annotated[Path | None, typer.Option(help="The table that --part made.")] = None,
    sandbox: Annotated[SandboxChoice, typer.Option(help="Where student code runs.")] = SandboxChoice.auto,
) -> None:
    """What an adapter runs in the platform's container: grade one submission, write what the platform reads.

    Ends with 3 if it was not graded for our reasons.
    """
    from grader.platforms.inside import Inside, grade_inside  # heavy, as above

    request = Inside(
        platform=platform.value,
        course=course,
        assignment=assignment,
        folder=folder,
        parts=parts,
        sandbox=sandbox.value,
    )
    raise typer.Exit(grade_inside(request, environment=os.environ))


staff_app.command()(remote.submit)
staff_app.command()(remote.pull)
