"""The command `grade`. Arguments in, exit code out; no work of its own.

Heavy modules are imported when a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from grader.errors import GraderError

Format = StrEnum("Format", ["text", "json"])
Reader = StrEnum("Reader", ["student", "instructor"])
SandboxChoice = StrEnum("SandboxChoice", ["auto", "namespaces", "landlock", "none"])

_UNITS = {"s": 1, "m": 60, "h": 3600}


def seconds(text: str) -> float:
    """A time such as 10m, 90s, 1h, or plain seconds."""
    number, unit = (text[:-1], text[-1]) if text[-1:] in _UNITS else (text, "s")
    if not number.isdecimal() or not int(number):
        raise typer.BadParameter(f"{text!r} is no time; write 10m, 90s or 1h")
    return float(int(number) * _UNITS[unit])


grade_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def grade_command() -> None:
    """The console script `grade`."""
    run(grade_app)


@grade_app.command()
def grade(
    path: Annotated[Path, typer.Argument(help="The notebook to grade.", show_default=False)],
    assignment: Annotated[
        str | None, typer.Option(help="The assignment's id. Default: found by the graded names in the notebook.")
    ] = None,
    course: Annotated[
        Path | None, typer.Option(help="The folder with assignments/ and reference/. Default: the one you are in.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", help="Write the report as JSON to this file; - is standard output.")
    ] = None,
    format: Annotated[Format, typer.Option(help="What standard output shows.")] = Format.text,
    audience: Annotated[
        Reader, typer.Option(help="Whose report: a student's leaves out what the checks withhold.")
    ] = Reader.instructor,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**32 - 1, help="Draw other inputs than the assignment's own.")
    ] = None,
    sandbox: Annotated[SandboxChoice, typer.Option(help="Where student code runs.")] = SandboxChoice.auto,
    keep_warm: Annotated[
        float | None,
        typer.Option(parser=seconds, metavar="TIME", help="Keep the libraries loaded for the next `grade`: 10m, 1h."),
    ] = None,
    fail_under: Annotated[
        float | None, typer.Option(min=0, max=100, help="End with 1 if the score is below this percentage.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing on standard output.")] = False,
) -> None:
    """Grade a notebook: run its graded cells, compare them with the reference, and say what is wrong.

    Ends with 0: graded. 1: below --fail-under. 2: a wrong command line or course. 3: something was not graded, for
    our reasons. 4: the submission could not be read.
    """
    from grader.single import Request, grade_one  # heavy: NumPy, pydantic, Hypothesis

    request = Request(
        path=path,
        assignment=assignment,
        course=course,
        json=json,
        format=format.value,
        audience=audience.value,
        seed=seed,
        sandbox=sandbox.value,
        fail_under=fail_under,
        quiet=quiet,
        keep_warm=keep_warm,
    )
    raise typer.Exit(grade_one(request, environment=os.environ))


def run(app: Callable[[], object]) -> NoReturn:
    """Run a command: our exceptions become a sentence and an exit code."""
    try:
        app()
    except GraderError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(130)
    except Exception as error:
        traceback.print_exc()
        sys.stderr.write(
            f"The grader itself failed ({type(error).__name__}); nobody's work was judged. Please report this.\n"
        )
        sys.exit(GraderError.exit_code)
    sys.exit(0)
