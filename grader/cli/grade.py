"""The command `grade`. Arguments in, exit code out; no work of its own.

Heavy modules are imported when a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer

from grader.classes.request import GradeRequest
from grader.cli.spread import spread
from grader.errors import GraderError, UsageError
from grader.messages import terminal
from grader.settings import Settings

#: what standard output may show: of one notebook, of a class, or of both; see the tables in `render/`
Format = StrEnum(
    "Format",
    ["text", "json", "html", "junit", "github", "github_summary", "gradescope", "coursera", "csv", "canvas", "moodle"],
)
Speech = StrEnum("Speech", ["en", "zh"])
Reader = StrEnum("Reader", ["student", "instructor"])
SandboxChoice = StrEnum("SandboxChoice", ["auto", "namespaces", "landlock", "none"])

#: what typer raises for a command line that cannot be obeyed; the class has no name there that all versions know
REFUSED: Final[type[Any]] = typer.BadParameter.mro()[1]


grade_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def grade_command() -> None:
    """The console script `grade`."""
    run(grade_app)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """All that `grade` can be told beside what to grade."""

    assignment: Annotated[
        str | None, typer.Option(help="The assignment's id. Default: found by the graded names in the notebook.")
    ] = None
    course: Annotated[
        Path | None, typer.Option(help="The folder with assignments/ and reference/. Default: the one you are in.")
    ] = None
    json: Annotated[
        Path | None, typer.Option("--json", help="Write the report as JSON to this file; - is standard output.")
    ] = None
    html: Annotated[Path | None, typer.Option(help="Write the report of one notebook as a page to this file.")] = None
    notebook: Annotated[
        Path | None, typer.Option(help="Write the notebook with feedback under its cells: FILE.ipynb, or FILE.html.")
    ] = None
    out: Annotated[
        Path | None, typer.Option(help="Grade a class, and write everything to this folder. Default: reports/.")
    ] = None
    roster: Annotated[
        Path | None, typer.Option(help="A CSV file of the class: who is in it, under which id, name and e-mail.")
    ] = None
    allow_unlisted: Annotated[
        bool, typer.Option("--allow-unlisted", help="Grade a class of whom hardly anybody is on the roster.")
    ] = False
    column: Annotated[
        str | None,
        typer.Option(help="What the assignment is called in Canvas's or Moodle's gradebook. Default: its title."),
    ] = None
    format: Annotated[Format, typer.Option(help="What standard output shows.")] = Format.text
    lang: Annotated[Speech, typer.Option(help="Language of text and pages; JSON is always English.")] = Speech.en
    audience: Annotated[Reader, typer.Option(help="Whose report: a student's leaves out what the checks withhold.")] = (
        Reader.instructor
    )
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**32 - 1, help="Draw other inputs than the assignment's own.")
    ] = None
    sandbox: Annotated[SandboxChoice, typer.Option(help="Where student code runs.")] = SandboxChoice.auto
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that grade a class. Default: one for each usable core.")
    ] = None
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="URL",
            help="Grade a class by the workers of the site whose database that is: postgresql://USER@HOST/NAME.",
        ),
    ] = None
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="For a class: leave out what was graded before, unchanged.")
    ] = True
    partial: Annotated[
        bool, typer.Option("--partial", help="Apply the lines of marks.csv that are right, and name the others.")
    ] = False
    fail_under: Annotated[
        float | None, typer.Option(min=0, max=100, help="End with 1 if a score is below this percentage.")
    ] = None
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing on standard output, and no progress.")] = (
        False
    )

    def of(self, paths: list[Path]) -> GradeRequest:
        """The whole command line, as those who obey it take it."""
        return GradeRequest(
            paths=tuple(paths),
            assignment=self.assignment,
            course=self.course,
            json=self.json,
            html=self.html,
            notebook=self.notebook,
            out=self.out,
            roster=self.roster,
            allow_unlisted=self.allow_unlisted,
            column=self.column,
            format=self.format.value,
            language="zh" if self.lang is Speech.zh else "en",
            audience=self.audience.value,
            seed=self.seed,
            sandbox=self.sandbox.value,
            workers=self.workers,
            cache=self.cache,
            partial=self.partial,
            fail_under=self.fail_under,
            quiet=self.quiet,
        )


@grade_app.command()
@spread
def grade(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="A notebook; or a class: notebooks, folders, zips.", show_default=False),
    ],
    options: Options,
) -> None:
    """Grade a notebook, or a class of them: run the graded cells, compare them with the reference, say what is wrong.

    A folder, a zip, several paths or --out make a class: a report for each student, and what they say together. A
    stopped run continues where it was. Several notebooks that one assignment asks for by name are one student's.

    Ends with 0: graded. 1: below --fail-under. 2: a wrong command line or course. 3: something was not graded, for
    our reasons. 4: a submission could not be read.
    """
    request = options.of(paths)
    now = datetime.now(UTC)
    if request.out is not None or request.roster is not None or (_is_class(paths) and not _are_one(request)):
        if request.notebook is not None:
            raise UsageError("--notebook is for one notebook. Leave it out, or name a single file.")
        if request.html is not None:
            raise UsageError("--html is for one notebook; of a class there is a page for each student below --out.")
        raise typer.Exit(_class_graded(request, on=options.on, now=now))
    if request.column is not None or request.allow_unlisted or options.on is not None:
        raise UsageError(
            "--column, --allow-unlisted and --on are for a class. Name a folder or a zip, or give --roster."
        )
    with _only_importing():
        from grader.cli.single import grade_one  # heavy, as above
    raise typer.Exit(grade_one(request, environment=os.environ, now=now))


@contextmanager
def _only_importing() -> Iterator[None]:
    """Nobody looks for rubbish in what is imported meanwhile, then or later: a tenth of grading one notebook."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _are_one(request: GradeRequest) -> bool:
    from grader.cli.single import are_one  # heavy, as below

    return are_one(request, environment=os.environ)


def _class_graded(request: GradeRequest, *, on: str | None, now: datetime) -> int:
    with _only_importing():
        from grader.classes.classroom import grade_class  # heavy: NumPy, pydantic, Hypothesis
    if on is None:
        return grade_class(request, environment=os.environ, now=now)
    if request.workers is not None or request.sandbox != SandboxChoice.auto.value:
        raise UsageError(
            "--workers and --sandbox are for this machine. With --on, each worker of the site has its own."
        )
    from grader.cli.which_site import NamedSite  # says what to install where the service is not

    url = NamedSite(database=on).where().database_url
    from grader.service.batches.handing import workers_of  # heavy: the database's library

    with workers_of(url) as hire:
        return grade_class(request, environment=os.environ, now=now, hire=hire)


def _is_class(paths: list[Path]) -> bool:
    """Several paths, a zip or a folder; a folder with the name of a notebook is somebody's mistake, and one report."""
    path = paths[0]
    return len(paths) > 1 or path.suffix.lower() == ".zip" or (path.is_dir() and path.suffix.lower() != ".ipynb")


def run(app: Callable[..., object]) -> NoReturn:
    """Run a command: our exceptions become a sentence and an exit code, and so does what cannot be obeyed."""
    cache = Settings.from_environment(os.environ).cache_folder
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(cache / "hypothesis"))  # else it is the current folder
    try:
        code = app(standalone_mode=False)
    except GraderError as error:
        terminal.refuse(error)
        sys.exit(error.exit_code)
    except REFUSED as error:  # in its own words, which quote what was typed
        if reason := error.format_message():  # none where it has shown the help instead
            terminal.say(*reason.splitlines(), "With --help, the command says what it takes.")
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        terminal.say("Stopped.")
        sys.exit(130)
    except Exception as error:
        terminal.confess(error)
        sys.exit(GraderError.exit_code)
    sys.exit(code if isinstance(code, int) else 0)
