"""Learning platforms as the owner of a site registers them: put, listed, taken away; which of them a login is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.message import Message
from grader.messages import say
from grader.service.lti.refusals import LaunchRefused, Reason
from grader.service.people.audit import Actor
from grader.service.store.lti_tables import ID, URL, LtiDeployment, LtiPlatform, lti_people
from grader.service.store.putting import insert_into

#: issuer and client id together are what its people are kept by
MOST_NAMED: Final = 490
_ID: Final = re.compile(r"[\x21-\x7e]+")
_DEPLOYMENT: Final = re.compile(r"[\x20-\x7e]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What is typed to register a platform."""

    title: str
    issuer: str
    client_id: str
    auth_url: str
    token_url: str
    jwks_url: str
    token_audience: str | None = None
    emails_of: tuple[str, ...] = ()
    deployments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A platform, and where it has deployed us."""

    platform: LtiPlatform
    deployments: tuple[str, ...]


def our_addresses(address: str) -> Sequence[tuple[str, str]]:
    """What a platform asks of the site, by the names that most of them have for it."""
    return (
        ("Target link URI (launch URL)", f"{address}/lti/launch"),
        ("Login URL (OIDC initiation)", f"{address}/lti/login"),
        ("Redirect URI", f"{address}/lti/launch"),
        ("Public keys (JWKS URL)", f"{address}/lti/keys"),
        ("Deep linking URL (content selection)", f"{address}/lti/launch"),
    )


def registration_fault(said: Registration) -> Message | None:
    """What is wrong with it, the first thing."""
    if not said.title.strip() or len(said.title) > 300:
        return say("platform_no_title")
    urls = {"issuer": said.issuer, "auth": said.auth_url, "token": said.token_url, "keys": said.jwks_url}
    for name, url in urls.items():
        if not is_platform_url(url):
            return say("platform_no_url", which=name, url=url[:200])
    if "#" in said.issuer or not _ID.fullmatch(said.client_id) or len(said.client_id) > ID or len(said.issuer) > ID:
        return say("platform_no_client_id")
    if len(said.issuer) + len(said.client_id) > MOST_NAMED:
        return say("platform_no_client_id")
    if any(not _DEPLOYMENT.fullmatch(each) or len(each) > ID for each in said.deployments):
        return say("platform_no_deployment")
    return None


def is_platform_url(url: str) -> bool:
    """Whether a platform may be asked there: by https, or on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if len(url) > URL or not url.isascii() or not url.isprintable() or " " in url or parts.username or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))


def put_platform(session: Session, said: Registration, *, actor: Actor, now: datetime) -> LtiPlatform | Message:
    """Register it, or say anew what is known of that client id of that issuer; what is wrong otherwise. Deployments are
    added to those that are known."""
    if fault := registration_fault(said):
        return fault
    found = session.scalar(
        select(LtiPlatform).where(LtiPlatform.issuer == said.issuer, LtiPlatform.client_id == said.client_id)
    )
    if found is None:
        found = LtiPlatform(
            issuer=said.issuer,
            client_id=said.client_id,
            people=lti_people(said.issuer, said.client_id),
            created_at=now,
        )
        session.add(found)
    found.title, found.removed_at = said.title.strip(), None
    found.auth_url, found.token_url, found.jwks_url = said.auth_url, said.token_url, said.jwks_url
    found.token_audience, found.emails_of = said.token_audience or None, [each.casefold() for each in said.emails_of]
    session.flush()
    for each in said.deployments:
        add_deployment(session, found, each, actor=actor, now=now)
    details = {"issuer": said.issuer, "client_id": said.client_id}
    actor.did(session, "platform.put", f"platform:{found.id}", course_id=None, now=now, **details)
    return found


def is_known(session: Session, said: Registration) -> bool:
    """Whether that client id of that issuer has been registered, also where it lets nobody in any more: its people
    have accounts here."""
    asked = select(LtiPlatform.id).where(LtiPlatform.issuer == said.issuer, LtiPlatform.client_id == said.client_id)
    return session.scalar(asked) is not None


def add_deployment(session: Session, platform: LtiPlatform, deployment: str, *, actor: Actor, now: datetime) -> None:
    """Let launches of that deployment in. Twice is once."""
    put = insert_into(session, LtiDeployment).values(platform_id=platform.id, deployment=deployment, created_at=now)
    session.execute(put.on_conflict_do_nothing())
    actor.did(session, "platform.deployed", f"platform:{platform.id}", course_id=None, now=now, deployment=deployment)


def remove_platform(session: Session, platform_id: int, *, actor: Actor, now: datetime) -> bool:
    """Let nobody in by it any more; False where there is none. Its people, courses and links stay as they are."""
    found = session.get(LtiPlatform, platform_id)
    if found is None or found.removed_at is not None:
        return False
    found.removed_at = now
    actor.did(session, "platform.removed", f"platform:{platform_id}", course_id=None, now=now)
    return True


def platforms(session: Session) -> Sequence[Registered]:
    """Those that let people in, in the order they came."""
    known: dict[int, list[str]] = {}
    for row in session.scalars(select(LtiDeployment).order_by(LtiDeployment.id)):
        known.setdefault(row.platform_id, []).append(row.deployment)
    rows = session.scalars(select(LtiPlatform).where(LtiPlatform.removed_at.is_(None)).order_by(LtiPlatform.id))
    return [Registered(platform=row, deployments=tuple(known.get(row.id, ()))) for row in rows]


def the_platform(session: Session, platform_id: int) -> LtiPlatform | None:
    """The platform of that number, if it lets people in."""
    found = session.get(LtiPlatform, platform_id)
    return None if found is None or found.removed_at is not None else found


def platform_for_login(session: Session, issuer: str, client_id: str | None) -> LtiPlatform:
    """Which registration a login is for. Raises LaunchRefused: also where it does not say which of several."""
    asked = select(LtiPlatform).where(LtiPlatform.issuer == issuer, LtiPlatform.removed_at.is_(None))
    if client_id:
        asked = asked.where(LtiPlatform.client_id == client_id)
    is_text = "\0" not in f"{issuer}{client_id}"  # of a form that anybody sends, and PostgreSQL takes none
    found = session.scalars(asked.limit(2)).all() if is_text else ()
    if not found:
        raise LaunchRefused(Reason.UNKNOWN_PLATFORM, f"issuer {issuer[:200]!r}, client id {(client_id or '')[:80]!r}")
    if len(found) > 1:
        raise LaunchRefused(Reason.SEVERAL_PLATFORMS, f"issuer {issuer[:200]!r} has several client ids here")
    return found[0]


def deployment_of(session: Session, platform: LtiPlatform, deployment: str) -> LtiDeployment:
    """The deployment of that name. Raises LaunchRefused."""
    asked = select(LtiDeployment).where(
        LtiDeployment.platform_id == platform.id, LtiDeployment.deployment == deployment
    )
    if (found := session.scalar(asked)) is None:
        raise LaunchRefused(Reason.DEPLOYMENT, f"deployment {deployment!r} is not registered")
    return found


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
