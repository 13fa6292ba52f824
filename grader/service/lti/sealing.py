"""What leaves the site and comes back by somebody's browser, sealed so that nobody reads or makes it: the state of a
login, tickets, what an instructor is about to choose. And what of it counts once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from cryptography.fernet import Fernet, InvalidToken
from pydantic import ValidationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from grader.policy.terms import Frozen
from grader.service.people.secrets import digest
from grader.service.site import Site
from grader.service.store.identity import fact
from grader.service.store.lti_tables import LtiSeen
from grader.service.store.putting import insert_into
from grader.service.store.tables import SiteFact

#: the key, one for all processes of a site
FACT: Final = "lti_seal"
#: for so long somebody may be at the platform, or wait before they choose
LOGIN_LASTS: Final = timedelta(minutes=10)
TICKET_LASTS: Final = timedelta(minutes=2)
CHOICE_LASTS: Final = timedelta(hours=12)
REGISTERING_LASTS: Final = timedelta(hours=24)

SealedT = TypeVar("SealedT", bound="Sealed")


class Sealed(Frozen):
    """Anything that is sealed. What was sealed as one kind is never opened as another."""


class Login(Sealed):
    """The state of a login at a platform. `browser`: the digest of what that browser keeps; `storage`: the frame of the
    platform that keeps it where cookies are not kept."""

    platform_id: int
    nonce: str
    browser: str
    storage: str | None = None


class Ticket(Sealed):
    """Signs somebody in, once, in a window of its own: where the frame they came by keeps no cookie."""

    id: str
    person_id: int
    to: str


class SealedChoice(Sealed):
    """An instructor, launched from a course of a platform, is about to say where it leads. `link_id`: which link."""

    person_id: int
    context_id: int
    link_id: int | None = None
    target: str = ""
    deep: Mapping[str, Any] | None = None


class Registering(Sealed):
    """Whoever has it may register one platform, once."""

    id: str
    by_id: int | None


def seal(site: Site, what: Sealed) -> str:
    """As text for a URL or a form."""
    said = f"{type(what).__name__}:{what.model_dump_json()}"
    return _fernet(site).encrypt_at_time(said.encode(), _seconds(site.now())).decode()


def opened(site: Site, kind: type[SealedT], text: str, *, lasts: timedelta) -> tuple[SealedT, datetime] | None:
    """What was sealed as that kind no longer ago than that, and when; None for anything else."""
    fernet = _fernet(site)
    try:
        said = fernet.decrypt_at_time(text.encode(), int(lasts.total_seconds()), _seconds(site.now())).decode()
        name, _, body = said.partition(":")
        if name != kind.__name__:
            return None
        return kind.model_validate_json(body), datetime.fromtimestamp(
            fernet.extract_timestamp(text.encode()), site.now().tzinfo
        )
    except (InvalidToken, ValidationError, ValueError):
        return None


def is_first(session: Session, what: str, *, until: datetime, now: datetime) -> bool:
    """Whether nobody came with that before; from now on somebody has. After `until` its age would tell."""
    session.execute(delete(LtiSeen).where(LtiSeen.until < now))
    put = insert_into(session, LtiSeen).values(digest=digest(what), until=until).on_conflict_do_nothing()
    return session.scalar(put.returning(LtiSeen.digest)) is not None


def _fernet(site: Site) -> Fernet:
    with site.database.read() as session:
        found = session.get(SiteFact, FACT)
        known = None if found is None else dict(found.value)
    if known is None:
        with site.database.begin() as session:
            known = fact(session, FACT, {"key": Fernet.generate_key().decode()})
    return Fernet(known["key"])


def _seconds(now: datetime) -> int:
    return int(now.timestamp())
