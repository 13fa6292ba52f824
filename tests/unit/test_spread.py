"""Options that several commands share, as one parameter of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer
from typer.testing import CliRunner

from grader.cli.spread import spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Of:
    """Two options."""

    course: Annotated[str, typer.Option("--course")] = "none"
    loud: Annotated[bool, typer.Option("--loud")] = False


def said(*typed: str) -> str:
    """What a command prints that has them between two of its own."""
    app = typer.Typer()

    @app.command()
    @spread
    def tell(name: str, of: Of, last: int = 3) -> None:
        typer.echo(f"{name} {of} {last}")

    return CliRunner().invoke(app, [*typed]).stdout


def test_what_was_typed_arrives_as_the_dataclass() -> None:
    """Each field is an option, and one that is not typed has the field's default."""
    assert said("mia", "--course", "ml", "--last", "7") == f"mia {Of(course='ml')} 7\n"


def test_the_options_stand_where_the_parameter_stood() -> None:
    """The help lists a command's options in the order of its parameters."""
    words = said("--help").split()

    places = [words.index(option) for option in ("--course", "--loud", "--last")]

    assert places == sorted(places)
