"""The commands `grader site lti ...`: what whoever runs a site does about learning platforms. Arguments in, exit code
out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.spread import spread
from grader.cli.which_site import NamedSite
from grader.errors import SiteFailed
from grader.messages import terminal

if TYPE_CHECKING:
    from grader.service.lti.sending.by_command import ComparedColumn

lti_app = typer.Typer(no_args_is_help=True, help="Learning platforms that a site is connected with.")


@lti_app.callback()
def lti() -> None:
    """Learning platforms that a site is connected with."""


@lti_app.command()
@spread
def compare(
    course: Annotated[str | None, typer.Option(help="Only this course, by its slug. Default: all.")] = None,
    *,
    named: NamedSite,
) -> None:
    """Compare the grades that platforms have with what they were told. Workers do so each night at three, by UTC.

    Nothing is changed there: what differs stands on the course's page of grades at the platform.
    Ends with 3 if something differs, or a platform could not be asked.
    """
    with named.opened(making=False) as site:
        from grader.service.lti.sending.by_command import compare_now  # heavy: httpx, SQLAlchemy

        lines = compare_now(site, slug=course)
    for each in lines:
        _tell(each)
    if not lines:
        terminal.tell("No assignment is linked from a platform that lets us into its gradebook.")
    differs = any(each.trouble is not None or (each.compared and each.compared.different) for each in lines)
    raise typer.Exit(SiteFailed.exit_code if differs else 0)


def _tell(line: ComparedColumn) -> None:
    where = f"{line.slug}/{line.assignment} at {line.platform}"
    if line.trouble is not None:
        terminal.tell(f"{where}: not compared.")
        terminal.say(line.trouble)
    elif line.compared is None:
        terminal.tell(f"{where}: a worker has it at this moment. Run the command again.")
    else:
        terminal.tell(f"{where}: {line.compared.same} as they were told, {line.compared.different} otherwise.")
