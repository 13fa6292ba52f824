"""`grader site link` and `grader site token`: what lets somebody in who cannot sign in otherwise. Each prints its
secret once, alone on standard output."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.spread import spread
from grader.cli.which_site import AddressOption, NamedSite
from grader.errors import UsageError
from grader.messages import terminal
from grader.policy.scopes import Scope

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from grader.service.store.tables import Person


@spread
def link(
    email: Annotated[str | None, typer.Argument(metavar="[EMAIL]", help="Whom it signs in.")] = None,
    owner: Annotated[
        bool, typer.Option("--owner", help="The owner of the site, who is made if there is none.")
    ] = False,
    minutes: Annotated[int, typer.Option(min=1, max=7 * 24 * 60, help="How long it is good.")] = 30,
    address: AddressOption = None,
    *,
    named: NamedSite,
) -> None:
    """Print a link that signs somebody in, once. Give it to them and to nobody else."""
    if (email is None) is not owner:
        raise UsageError("Say whose link it is: an e-mail address, or --owner.")
    from grader.service.people import accounts  # heavy: SQLAlchemy, argon2

    site = named.site(address=address)
    with site.database.begin() as session:
        if email is None:
            made = accounts.owner_link(session, site, site.now())
        else:
            person = _known(session, email)
            secret = accounts.sign_in_link(session, person.id, site.now(), lasts=timedelta(minutes=minutes))
            made = f"{site.address}/link/{secret}"
    terminal.hand_over(f"{made}\n")


@spread
def token(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="In whose name it acts.")],
    name: Annotated[str, typer.Option(help="What it is for, such as: the course's CI.")],
    scope: Annotated[list[Scope], typer.Option(help="What it may do; repeat it.")],
    course: Annotated[str | None, typer.Option(metavar="SLUG", help="The only course that it is good for.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it is good.")] = 90,
    *,
    named: NamedSite,
) -> None:
    """Print a new token, with which a program signs in. It is kept as a digest, and cannot be shown again."""
    from sqlalchemy import select  # heavy, as above

    from grader.service.people import tokens
    from grader.service.store.tables import Course

    site = named.site()
    with site.database.begin() as session:
        person = _known(session, email)
        course_id = None if course is None else session.scalar(select(Course.id).where(Course.slug == course))
        if course is not None and course_id is None:
            raise UsageError(f"The site has no course {course!r}.")
        _, secret = tokens.new_token(
            session,
            person_id=person.id,
            name=name,
            scopes=scope,
            course_id=course_id,
            lasts=timedelta(days=days),
            now=site.now(),
        )
    terminal.hand_over(f"{secret}\n")


def _known(session: Session, email: str) -> Person:
    from grader.service.people.accounts import person_by_email

    person = person_by_email(session, email)
    if person is None:
        raise UsageError(f"Nobody on the site has the address {email}.")
    return person
