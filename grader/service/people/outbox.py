"""What is to be told to people by mail, written in the transaction that makes it so. Whoever writes it neither knows a
mail server nor waits for one; how it is told and sent is `post/`'s business.

One statement, whomever it concerns: students of the course who have an address and want that kind, if the site sends
mail at all. What staff try themselves is told to nobody.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, literal, null, or_, select
from sqlalchemy.orm import Session

from grader.policy.mail import WANTED, About
from grader.service.store.mail_tables import Mail, MailChoice, MailState
from grader.service.store.putting import insert_into
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
    _tell(session, about, Membership.person_id == person_id, opening_id=opening_id, event=event, now=now, of=attempt_id)


def tell_section(
    session: Session, about: About, *, opening_id: int, section_id: int, event: str, now: datetime
) -> None:
    """Each student of a section."""
    _tell(session, about, Membership.section_id == section_id, opening_id=opening_id, event=event, now=now)


def tell_all(
    session: Session, about: About, *, opening_id: int, event: str, now: datetime, section_id: int | None = None
) -> None:
    """Each student who handed in at that opening, or of those each of a section: one mail, however many attempts they
    have."""
    whom: ColumnElement[bool] = exists().where(
        Attempt.opening_id == opening_id, Attempt.person_id == Membership.person_id
    )
    if section_id is not None:
        whom &= Membership.section_id == section_id
    _tell(session, about, whom, opening_id=opening_id, event=event, now=now)


def tell_owners(
    session: Session, about: About, attempts: ColumnElement[bool], *, opening_id: int, event: str, now: datetime
) -> None:
    """Each student of whom one of these attempts is."""
    theirs = exists().where(Attempt.person_id == Membership.person_id, attempts)
    _tell(session, about, theirs, opening_id=opening_id, event=event, now=now)


def _tell(
    session: Session,
    about: About,
    whom: ColumnElement[bool],
    *,
    opening_id: int,
    event: str,
    now: datetime,
    of: uuid.UUID | None = None,
) -> None:
    wanted: ColumnElement[bool] = MailChoice.wanted.is_(True)
    if about in WANTED:
        wanted = or_(wanted, MailChoice.wanted.is_(None))
    row: dict[Any, Any] = {
        Mail.person_id: Membership.person_id,
        Mail.opening_id: literal(opening_id),
        Mail.attempt_id: null() if of is None else literal(of, Mail.attempt_id.type),
        Mail.about: literal(about, Mail.about.type),
        Mail.event: literal(event),
        Mail.created_at: literal(now, Mail.created_at.type),
        Mail.due_at: literal(now, Mail.due_at.type),
        Mail.state: literal(MailState.WAITING, Mail.state.type),
        Mail.tries: literal(0),
    }
    found = (
        select(*row.values())
        .select_from(Membership)
        .join(Opening, (Opening.id == opening_id) & (Opening.course_id == Membership.course_id))
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(MailChoice, (MailChoice.person_id == Person.id) & (MailChoice.about == about))
        .where(
            Membership.role == Role.STUDENT,
            Membership.left_at.is_(None),
            Person.email.is_not(None),
            Person.forgotten_at.is_(None),
            wanted,
            whom,
            exists().where(SiteFact.key == FACT),
        )
    )
    told = insert_into(session, Mail).from_select([each.key for each in row], found, include_defaults=False)
    session.execute(told.on_conflict_do_nothing())
