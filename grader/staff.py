"""The command `grader`, for staff: what there is besides grading. Arguments in, exit code out; no work of its own.

Heavy modules are imported when a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from grader import __version__
from grader.cli import run

staff_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


def grader_command() -> None:
    """The console script `grader`."""
    run(staff_app)


@staff_app.callback()
def staff() -> None:
    """For staff: what the grader offers besides grading."""


@staff_app.command()
def schema() -> None:
    """Print the JSON Schema of the report."""
    from grader.render.json_report import schema as report_schema  # heavy: pydantic

    sys.stdout.write(report_schema())


@staff_app.command()
def version() -> None:
    """Print the grader's version."""
    sys.stdout.write(f"{__version__}\n")


@staff_app.command()
def doctor(
    stop: Annotated[bool, typer.Option("--stop", help="End the warm processes that --keep-warm left.")] = False,
) -> None:
    """Say which sandbox this machine gives, what held when it attacked itself, and what to do about the rest."""
    from grader.doctor import consult  # heavy: NumPy

    raise typer.Exit(consult(stop=stop, environment=os.environ, write=sys.stdout.write))
