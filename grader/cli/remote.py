"""`grader submit` and `grader pull`: a site or a platform, from another machine. Arguments in, exit code out."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from grader.cli.grade import Speech
from grader.cli.spoken import spoken

TokenFile = Annotated[
    Path | None, typer.Option(help="A file that holds your token alone. Default: the variable GRADER_TOKEN.")
]
Course = Annotated[
    str | None, typer.Option(metavar="SLUG", help="The course, as it is called in addresses of the site.")
]


class Source(StrEnum):
    """Where a class is fetched from."""

    site = "site"
    canvas = "canvas"
    moodle = "moodle"


def submit(
    notebooks: Annotated[
        list[Path],
        typer.Argument(
            metavar="NOTEBOOK...",
            help="What to hand in; of an assignment with several notebooks all of them, or their folder or zip.",
            show_default=False,
        ),
    ],
    to: Annotated[
        str, typer.Option("--to", metavar="URL", help="The site, or the address of the assignment's page there.")
    ],
    course: Course = None,
    assignment: Annotated[str | None, typer.Option(help="The assignment's id.")] = None,
    token_file: TokenFile = None,
    on_behalf_of: Annotated[
        str | None, typer.Option(help="For programs and staff: the e-mail or number of the student it is from.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="A new attempt, even if the same file was handed in before.")
    ] = False,
    receipt: Annotated[Path | None, typer.Option(help="Write the receipt to this file.")] = None,
    json: Annotated[
        Path | None, typer.Option("--json", help="Write the report as JSON to this file; - is standard output.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write the report as a page to this file.")] = None,
    format: Annotated[str, typer.Option(help="What standard output shows: text, json, html, junit, github, ...")] = (
        "text"
    ),
    lang: Annotated[Speech, typer.Option(help="Language of text and pages; JSON is always English.")] = Speech.en,
    fail_under: Annotated[
        float | None, typer.Option(min=0, max=100, help="End with 1 if the score is below this percentage.")
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show nothing on standard output, and no progress.")
    ] = False,
) -> None:
    """Hand notebooks in to a site, wait for the report, and show it.

    Several are one attempt, and so is the same file sent twice. Ends as `grade` does, about the points that you may
    see; with 2 also if the site does not take it.
    """
    from grader.service.client.submitting import SubmitRequest, run_submit  # heavy: pydantic, httpx

    request = SubmitRequest(
        notebooks=tuple(notebooks),
        to=to,
        course=course,
        assignment=assignment,
        token_file=token_file,
        on_behalf_of=on_behalf_of,
        again=again,
        receipt=receipt,
        json=json,
        html=html,
        format=format,
        language="zh" if lang is Speech.zh else "en",
        fail_under=fail_under,
        quiet=quiet,
    )
    raise typer.Exit(run_submit(request, environment=os.environ))


def pull(
    site: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="URL",
            help="The site, or a page of the course there; of Canvas and Moodle the assignment's page.",
        ),
    ],
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    source: Annotated[Source, typer.Argument(metavar="[site|canvas|moodle]", help="What is fetched from.")] = (
        Source.site
    ),
    course: Course = None,
    assignment: Annotated[
        str | None, typer.Option(help="This assignment alone. Default: all, each in a folder of its own.")
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="Also the attempts that do not count.")] = False,
    token_file: Annotated[
        Path | None,
        typer.Option(
            help="A file that holds your token alone. Default: GRADER_TOKEN, GRADER_CANVAS_TOKEN, GRADER_MOODLE_TOKEN."
        ),
    ] = None,
    lang: Annotated[Speech, typer.Option(help="Language of text and pages; JSON is always English.")] = Speech.en,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Fetch a class: from a site notebooks, reports and tables, as the folder that `grade CLASS --out` makes.

    From Canvas or Moodle, by their own API, what was handed in, as a folder that `grade` reads. Only what changed is
    fetched again. Points are those of the reports; what lateness costs is in the site's gradebook.
    """
    if source is not Source.site:
        if course or assignment:
            from grader.errors import UsageError  # heavy, as in every command
            from grader.messages import say

            with spoken(lang):
                raise UsageError(say("pull_site_alone"))
        _pull_from("canvas" if source is Source.canvas else "moodle", site, out, all, token_file, lang, quiet)
    from grader.service.client.pulling import PullRequest, run_pull  # heavy: NumPy, pydantic, httpx

    request = PullRequest(
        site=site,
        out=out,
        course=course,
        assignment=assignment,
        all=all,
        token_file=token_file,
        language="zh" if lang is Speech.zh else "en",
        quiet=quiet,
    )
    raise typer.Exit(run_pull(request, environment=os.environ))


def _pull_from(
    platform: Literal["canvas", "moodle"],
    address: str,
    out: Path,
    everything: bool,
    token_file: Path | None,
    lang: Speech,
    quiet: bool,
) -> None:
    from grader.errors import UsageError  # heavy, as in every command
    from grader.messages import say
    from grader.settings import Settings

    with spoken(lang) as words:
        try:
            from grader.classes.pulling.command import FetchRequest, fetch
        except ModuleNotFoundError as error:
            raise UsageError(say("push_no_service", package=error.name or "httpx")) from None
        request = FetchRequest(
            platform=platform,
            source=address,
            out=out,
            given=Settings.from_environment(os.environ).token_for(platform),
            token_file=token_file,
            everything=everything,
            language=words.language,
            quiet=quiet,
        )
        raise typer.Exit(fetch(request))
