"""What a site holds, for its owners: courses with their revisions, owners, tokens of everybody, what it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from grader.service.people.outbox import is_sent
from grader.service.store.mail_tables import LinkMail, Mail, MailState
from grader.service.store.tables import Attempt, Blob, Course, Membership, Person, Revision, Role, StoredReport, Token

#: mails that could not be sent, of which is told why
MOST_TROUBLES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseHeld:
    """A course: its students, attempts and revisions, the newest of them last."""

    course: Course
    students: int
    attempts: int
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """Bytes: of notebooks and courses, of reports, of the database with all that is in it."""

    blobs: int
    blob_bytes: int
    reports: int
    report_bytes: int
    database_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenHeld:
    """A token that is good for anything: whose, and for which course alone."""

    token: Token
    person: str
    course: str | None


def courses(session: Session) -> Sequence[CourseHeld]:
    """All courses by name, by four queries."""
    in_course = select(Membership.course_id, func.count()).where(
        Membership.role == Role.STUDENT, Membership.left_at.is_(None)
    )
    students = {row[0]: row[1] for row in session.execute(in_course.group_by(Membership.course_id))}
    handed_in = select(Attempt.course_id, func.count()).group_by(Attempt.course_id)
    attempts = {row[0]: row[1] for row in session.execute(handed_in)}
    revisions: dict[int, list[Revision]] = {}
    for revision in session.scalars(select(Revision).order_by(Revision.id)):
        revisions.setdefault(revision.course_id, []).append(revision)
    return [
        CourseHeld(
            course=course,
            students=students.get(course.id, 0),
            attempts=attempts.get(course.id, 0),
            revisions=tuple(revisions.get(course.id, ())),
        )
        for course in session.scalars(select(Course).order_by(Course.slug))
    ]


def owners(session: Session) -> Sequence[Person]:
    """Whom the site belongs to."""
    asked = select(Person).where(Person.owns_site, Person.forgotten_at.is_(None)).order_by(Person.name, Person.id)
    return session.scalars(asked).all()


def tokens(session: Session, *, now: datetime) -> Sequence[TokenHeld]:
    """All tokens that are good for anything, the newest first."""
    asked = (
        select(Token, Person.name, Course.slug)
        .join(Person, Person.id == Token.person_id)
        .outerjoin(Course, Course.id == Token.course_id)
        .where(Token.revoked_at.is_(None), Token.expires_at > now)
        .order_by(Token.id.desc())
    )
    return [TokenHeld(token=token, person=person, course=course) for token, person, course in session.execute(asked)]


def storage(session: Session) -> Storage:
    """What the site takes."""
    blobs, blob_bytes = session.execute(select(func.count(), func.coalesce(func.sum(Blob.size), 0))).one()
    reports, report_bytes = session.execute(
        select(func.count(), func.coalesce(func.sum(func.length(StoredReport.document)), 0)).select_from(StoredReport)
    ).one()
    return Storage(
        blobs=blobs,
        blob_bytes=int(blob_bytes),
        reports=reports,
        report_bytes=int(report_bytes),
        database_bytes=_database_bytes(session),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHeld:
    """Mail: how many wait, how many were sent lately, and the last of those that wait with a trouble or are parked."""

    waiting: int
    sent: int
    parked: int
    troubles: tuple[Mail | LinkMail, ...]


def mail(session: Session) -> MailHeld | None:
    """The site's; None where it sends none."""
    if not is_sent(session):
        return None
    counts: Counter[MailState] = Counter()
    troubles: list[Mail | LinkMail] = []
    for table in (Mail, LinkMail):
        counted = select(table.state, func.count()).group_by(table.state)
        counts.update({row[0]: row[1] for row in session.execute(counted)})
        at_fault = table.trouble.is_not(None) & table.state.in_((MailState.WAITING, MailState.PARKED))
        troubles += session.scalars(select(table).where(at_fault).order_by(table.id.desc()).limit(MOST_TROUBLES))
    newest = sorted(troubles, key=lambda each: each.created_at, reverse=True)
    return MailHeld(
        waiting=counts[MailState.WAITING],
        sent=counts[MailState.SENT],
        parked=counts[MailState.PARKED],
        troubles=tuple(newest[:MOST_TROUBLES]),
    )


def _database_bytes(session: Session) -> int:
    if session.get_bind().dialect.name == "postgresql":
        return int(session.scalar(text("select pg_database_size(current_database())")) or 0)
    pages, size = (session.scalar(text(f"pragma {name}")) or 0 for name in ("page_count", "page_size"))
    return int(pages) * int(size)
