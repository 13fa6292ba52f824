"""What is to be told to people by mail, written in the transaction that makes it so. Whoever writes it neither knows a
mail server nor waits for one; how it is told and sent is `post/`'s business.

One statement, whomever it concerns: students of the course who have an address and want that kind, if the site sends
mail at all. What staff try themselves is told to nobody.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Executable, and_, bindparam, exists, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from grader.policy.mail import WANTED, About
from grader.service.store.mail_tables import Mail, MailChoice, MailState
from grader.service.store.putting import insert_of
from grader.service.store.tables import Attempt, Membership, Opening, Person, Role, SiteFact

#: a fact of a site that sends mail
FACT: Final = "mail"


def is_sent(session: Session) -> bool:
    """Whether the site sends mail at all."""
    return session.get(SiteFact, FACT) is not None


def tell_one(
    session: Session,
    about: About,
    *,
    opening_id: int,
    person_id: int,
    event: str,
    now: datetime,
    attempt_id: uuid.UUID | None = None,
) -> None:
    """One student of that opening's course."""
    told = {**_told(about, opening_id, event, now), "its_attempt": attempt_id, "its_person": person_id}
    session.execute(_to_one(session.get_bind().dialect.name, by_default=about in WANTED), told)


def tell_section(
    session: Session, about: About, *, opening_id: int, section_id: int, event: str, now: datetime
) -> None:
    """Each student of a section."""
    _tell(session, about, Membership.section_id == section_id, _told(about, opening_id, event, now))


def tell_all(
    session: Session,
    about: About,
    *,
    opening_id: int,
    event: str,
    now: datetime,
    section_id: int | None = None,
    but: Collection[int] = (),
) -> int:
    """Each student who handed in at that opening, or of those each of a section, `but` these people: one mail, however
    many attempts they have. How many mails it were that nobody had written before."""
    whom: ColumnElement[bool] = exists().where(
        Attempt.opening_id == opening_id, Attempt.person_id == Membership.person_id
    )
    if section_id is not None:
        whom &= Membership.section_id == section_id
    if but:
        whom &= Membership.person_id.not_in(but)
    return _tell(session, about, whom, _told(about, opening_id, event, now))


def tell_people(
    session: Session, about: About, people: Collection[int], *, opening_id: int, event: str, now: datetime
) -> None:
    """Each student among these."""
    _tell(session, about, Membership.person_id.in_(people), _told(about, opening_id, event, now))


def _told(about: About, opening_id: int, event: str, now: datetime) -> dict[str, Any]:
    """What a statement is run with."""
    return {"its_about": about, "its_opening": opening_id, "its_event": event, "its_now": now, "its_attempt": None}


def _tell(session: Session, about: About, whom: ColumnElement[bool], told: Mapping[str, Any]) -> int:
    connection = session.connection()
    return connection.execute(_telling(connection.dialect.name, whom, by_default=about in WANTED), told).rowcount


@cache
def _to_one(dialect: str, *, by_default: bool) -> Executable:
    """Put together once, as every attempt that is graded is told of by it."""
    return _telling(dialect, Membership.person_id == bindparam("its_person"), by_default=by_default)


def _telling(dialect: str, whom: ColumnElement[bool], *, by_default: bool) -> Executable:
    """`by_default`: also those who did not say whether they want to be told."""
    wanted: ColumnElement[bool] = MailChoice.wanted.is_(True)
    if by_default:
        wanted = or_(wanted, MailChoice.wanted.is_(None))
    row: dict[Any, Any] = {
        Mail.person_id: Membership.person_id,
        Mail.opening_id: _said(Mail.opening_id, "its_opening"),
        Mail.attempt_id: _said(Mail.attempt_id, "its_attempt"),
        Mail.about: _said(Mail.about, "its_about"),
        Mail.event: _said(Mail.event, "its_event"),
        Mail.created_at: _said(Mail.created_at, "its_now"),
        Mail.due_at: _said(Mail.due_at, "its_now"),
        Mail.state: literal(MailState.WAITING, Mail.state.type),
        Mail.tries: literal(0),
    }
    found = (
        select(*row.values())
        .select_from(Membership)
        .join(Opening, Opening.course_id == Membership.course_id)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(
            MailChoice, and_(MailChoice.person_id == Person.id, MailChoice.about == _said(Mail.about, "its_about"))
        )
        .where(
            Opening.id == _said(Mail.opening_id, "its_opening"),
            Membership.role == Role.STUDENT,
            Membership.left_at.is_(None),
            Person.email.is_not(None),
            Person.forgotten_at.is_(None),
            wanted,
            whom,
            exists().where(SiteFact.key == FACT),
        )
    )
    told = insert_of(dialect, Mail).from_select([each.key for each in row], found, include_defaults=False)
    return told.on_conflict_do_nothing()


def _said(column: InstrumentedAttribute[Any], name: str) -> BindParameter[Any]:
    return bindparam(name, type_=column.type)
