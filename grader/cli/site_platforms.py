"""`grader site lti add`, `list`, `remove`, `keys`, `courses` and `disconnect`: the learning platforms whose courses
link to a site, the keys they know it by, and which courses are connected."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.spread import spread
from grader.cli.which_site import AddressOption, NamedSite
from grader.errors import UsageError
from grader.messages import ENGLISH, terminal


@spread
def add(
    issuer: Annotated[str, typer.Option(help="The platform's issuer, as it says it.")],
    client_id: Annotated[str, typer.Option(help="What it calls this site.")],
    auth_url: Annotated[str, typer.Option(help="Its authentication request address.")],
    token_url: Annotated[str, typer.Option(help="Its access token address.")],
    keys_url: Annotated[str, typer.Option(help="The address of its public keys (JWKS).")],
    deployment: Annotated[list[str], typer.Option(help="A deployment id of this site there; repeat it.")],
    title: Annotated[str, typer.Option(help="What people here call it.")] = "",
    token_audience: Annotated[str, typer.Option(help="What tokens are asked for, if not the token address.")] = "",
    emails_of: Annotated[list[str] | None, typer.Option(help="A domain whose addresses it vouches for.")] = None,
    address: AddressOption = None,
    *,
    named: NamedSite,
) -> None:
    """Let a platform send people here, or say anew what is known of it. Prints what to type there."""
    from grader.message import Message  # heavy: SQLAlchemy, below
    from grader.service.lti.platforms import Registration, our_addresses, put_platform
    from grader.service.people.audit import Actor

    said = Registration(
        title=title or issuer,
        issuer=issuer,
        client_id=client_id,
        auth_url=auth_url,
        token_url=token_url,
        jwks_url=keys_url,
        token_audience=token_audience or None,
        emails_of=tuple(emails_of or ()),
        deployments=tuple(deployment),
    )
    site = named.site(address=address)
    with site.database.begin() as session:
        done = put_platform(session, said, actor=Actor(person_id=None), now=site.now())
        if isinstance(done, Message):
            raise UsageError(ENGLISH.text(done))
        number = done.id
    terminal.tell(f"Platform {number} may send people here. What to type there:")
    terminal.tell(*(f"  {name}: {url}" for name, url in our_addresses(site.address)))


@spread
def list_platforms(named: NamedSite) -> None:
    """Say which platforms may send people here."""
    from grader.service.lti.platforms import platforms  # heavy: SQLAlchemy

    with (
        named.opened() as site,
        site.database.read() as session,
    ):
        lines = [
            f"{each.platform.id}  {each.platform.title}  {each.platform.issuer}  client id {each.platform.client_id}  "
            f"deployments {', '.join(each.deployments) or 'none'}"
            for each in platforms(session)
        ]
    terminal.tell(*(lines or ["No platform may send people here."]))


@spread
def remove(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `grader site lti list` says it.")],
    named: NamedSite,
) -> None:
    """Let nobody in by a platform any more. Its people and what they handed in stay."""
    from grader.service.lti.platforms import remove_platform  # heavy: SQLAlchemy
    from grader.service.people.audit import Actor

    with (
        named.opened() as site,
        site.database.begin() as session,
    ):
        if not remove_platform(session, number, actor=Actor(person_id=None), now=site.now()):
            raise UsageError(f"There is no platform {number}. `grader site lti list` says which there are.")
    terminal.tell(f"Platform {number} lets nobody in any more.")


@spread
def keys(
    rotate: Annotated[bool, typer.Option("--rotate", help="Make a new key, which signs in a day.")] = False,
    *,
    named: NamedSite,
) -> None:
    """Say by which keys platforms know the site; or make a new one."""
    from grader.service.lti import keys as ours  # heavy: SQLAlchemy

    with (
        named.opened() as site,
        site.database.begin() as session,
    ):
        if rotate:
            ours.rotate(session, now=site.now())
        lines = [
            f"{each.kid}  made {each.created_at:%Y-%m-%d}"
            + ("" if each.retired_at is None else f", signs until {each.retired_at:%Y-%m-%d %H:%M} UTC")
            for each in ours.keys_of(session)
        ]
    terminal.tell(*(lines or ["No key yet: the first is made when a platform asks for it."]))


@spread
def courses(named: NamedSite) -> None:
    """Say which courses of platforms are connected with which courses here."""
    from grader.service.lti.connections import connected  # heavy: SQLAlchemy

    with (
        named.opened() as site,
        site.database.read() as session,
    ):
        lines = [
            f"{each.id}  {each.title or each.context}  of {each.deployment.platform.title}  is  {each.course.slug}"
            for each in connected(session)
            if each.course is not None
        ]
    terminal.tell(*(lines or ["No course of a platform is connected."]))


@spread
def disconnect(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `grader site lti courses` says it.")],
    named: NamedSite,
) -> None:
    """Let a course of a platform be no course here, until an instructor connects it again. People stay."""
    from grader.service.lti.connections import disconnect as let_go  # heavy: SQLAlchemy
    from grader.service.people.audit import Actor

    with (
        named.opened() as site,
        site.database.begin() as session,
    ):
        if not let_go(session, number, actor=Actor(person_id=None), now=site.now()):
            raise UsageError(
                f"No course {number} of a platform is connected. `grader site lti courses` says which are."
            )
    terminal.tell(f"Course {number} is connected no more. An instructor who opens a link of it is asked again.")
