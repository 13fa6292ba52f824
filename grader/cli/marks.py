"""The commands `grader marks ...`: what people mark in a graded class. Arguments in, exit code out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.grade import Speech

if TYPE_CHECKING:
    from grader.messages import Words

marks_app = typer.Typer(no_args_is_help=True, help="What people mark in a graded class: marks.csv in its folder.")

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder made by `grade --out`.", show_default=False)]


Lang = Annotated[Speech, typer.Option(help="Language of what is said.")]


@marks_app.callback()
def marks() -> None:
    """What people mark in a graded class: marks.csv in its folder, which `grade` and `grader export` read."""


@marks_app.command()
def template(
    folder: Folder,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Another file to write. Default: marks.csv in FOLDER.")
    ] = None,
    lang: Lang = Speech.en,
) -> None:
    """Write marks.csv with a line for each answer that waits for a person; one that is there is left alone."""
    from grader.classes.export.mark_files import write_template  # heavy: pydantic

    with _spoken(lang) as words:
        raise typer.Exit(write_template(folder, output, words))


@marks_app.command()
def check(folder: Folder, lang: Lang = Speech.en) -> None:
    """Say which lines of marks.csv are wrong and why, and how many answers still wait. Ends with 2 if one is wrong."""
    from grader.classes.export.mark_files import check_marks  # heavy, as above

    with _spoken(lang) as words:
        raise typer.Exit(check_marks(folder, words))


@contextmanager
def _spoken(lang: Speech) -> Iterator[Words]:
    """The words of that language, in which a refusal is told as well."""
    from grader.errors import UsageError
    from grader.messages import Message, Words

    words = Words("zh" if lang is Speech.zh else "en")
    try:
        yield words
    except UsageError as error:
        raise UsageError(*(words.text(each) if isinstance(each, Message) else each for each in error.said)) from None
