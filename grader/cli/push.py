"""The commands `grader push canvas` and `grader push moodle`. Arguments in, exit code out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from grader.cli.grade import Speech
from grader.cli.spoken import spoken
from grader.cli.spread import spread

push_app = typer.Typer(no_args_is_help=True, help="Grades of a class into Canvas or Moodle, by the platform's own API.")

Folder = Annotated[
    Path, typer.Argument(metavar="CLASS_FOLDER", help="A folder made by `grade --out`.", show_default=False)
]
To = Annotated[
    str, typer.Option("--to", metavar="URL", help="The address of the assignment's page there.", show_default=False)
]
CanvasToken = Annotated[
    Path | None,
    typer.Option(help="A file (mode 0600) with your token alone. Default: the variable GRADER_CANVAS_TOKEN."),
]
MoodleToken = Annotated[
    Path | None,
    typer.Option(help="A file (mode 0600) with your token alone. Default: the variable GRADER_MOODLE_TOKEN."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is sent, of whichever platform it is."""

    apply: Annotated[bool, typer.Option("--apply", help="Send. Without it, nothing is changed anywhere.")] = False
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also grades that were given or changed there, and not by this command.")
    ] = False
    comments: Annotated[
        bool, typer.Option("--comments", help="Send each student what they may see of each exercise, as a comment.")
    ] = False
    published: Annotated[
        bool, typer.Option("--published", help="In comments: with what is shown once the results are out.")
    ] = False
    partial: Annotated[
        bool, typer.Option("--partial", help="Apply the lines of marks.csv that are right, and name the others.")
    ] = False
    lang: Annotated[Speech, typer.Option(help="Language of comments and of what is said.")] = Speech.en


@push_app.callback()
def push() -> None:
    """Grades of a class into Canvas or Moodle, by the platform's own API."""


@push_app.command()
@spread
def canvas(folder: Folder, to: To, token_file: CanvasToken = None, *, options: Options) -> None:
    """Show who has which grade in an assignment of Canvas and what would be sent; with --apply, send it."""
    _push("canvas", folder, to, token_file, options)


@push_app.command()
@spread
def moodle(folder: Folder, to: To, token_file: MoodleToken = None, *, options: Options) -> None:
    """Show who has which grade in an assignment of Moodle and what would be sent; with --apply, send it."""
    _push("moodle", folder, to, token_file, options)


def _push(
    platform: Literal["canvas", "moodle"], folder: Path, to: str, token_file: Path | None, options: Options
) -> None:
    from grader.errors import UsageError  # heavy, as in every command
    from grader.messages import say
    from grader.settings import Settings

    with spoken(options.lang) as words:
        try:
            from grader.classes.pushing.command import PushRequest
            from grader.classes.pushing.command import push as push_class
        except ModuleNotFoundError as error:
            raise UsageError(say("push_no_service", package=error.name or "httpx")) from None
        request = PushRequest(
            platform=platform,
            folder=folder,
            to=to,
            given=Settings.from_environment(os.environ).token_for(platform),
            token_file=token_file,
            apply=options.apply,
            overwrite=options.overwrite,
            comments=options.comments,
            published=options.published,
            partial=options.partial,
            language=words.language,
            now=datetime.now(UTC),
        )
        raise typer.Exit(push_class(request))
