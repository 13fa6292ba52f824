"""The tables of a site. What may be done with their rows is decided above; a change here is a migration there.

Times are UTC. People are `person` rows whatever signs them in; what they may do in a course is their `membership`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, MetaData, String, Text, UniqueConstraint, Uuid, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from grader.message import Message
from grader.policy.decision import Decision
from grader.policy.marking import StandingMarks
from grader.policy.scopes import Scope
from grader.policy.state import State
from grader.policy.terms import Relief, Terms
from grader.policy.totals import Totals
from grader.report.report import Status
from grader.service.store.columns import Choice, Choices, Data, Moment, Points
from grader.service.store.outline import AssignmentOutline, ResultOutline, Stage

#: a course is spoken of by its slug, an assignment by its id
SLUG: Final = 64
#: what is expected to be graded in so many seconds may take the fast lane; an index holds these alone
SHORT_SECONDS: Final = 2


#: in which order attempts are claimed, within a course
TURN: Final = ("course_id", "priority", "start", "number", "received_at")


class Role(StrEnum):
    """What somebody is in a course. `ci` hands in for students, by token."""

    OWNER = "owner"
    INSTRUCTOR = "instructor"
    GRADER = "grader"
    STUDENT = "student"
    CI = "ci"


class Source(StrEnum):
    """How an attempt came in."""

    PAGE = "page"
    API = "api"
    CI = "ci"
    BATCH = "batch"


class Table(DeclarativeBase):
    """Base of all. Constraints have names, without which SQLite cannot change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment}  # noqa: RUF012  # SQLAlchemy reads it from the class


class SiteFact(Table):
    """What there is once for a site: its id, its signing keys."""

    __tablename__ = "site_fact"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON)


class Person(Table):
    """Somebody. `password`: argon2's own text. `owns_site`: may do everything. `email_unproven`: they typed the address
    themselves, and nobody has opened what was mailed there."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(320), unique=True)
    email_unproven: Mapped[bool | None]
    password: Mapped[str | None] = mapped_column(String(300))
    owns_site: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str | None] = mapped_column(String(8))
    created_at: Mapped[datetime]
    forgotten_at: Mapped[datetime | None]


class Identity(Table):
    """Who somebody is to another system."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(500))
    subject: Mapped[str] = mapped_column(String(255))


class Blob(Table):
    """Bytes by their SHA-256. `content` is None where they lie in another store."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    stored_at: Mapped[datetime]


class Course(Table):
    """A course. `revision_id`: the one that new attempts are graded by. `virtual`: the share of the workers it had, in
    seconds; only differences between courses mean anything. `zone`: the IANA zone its dates are stated and shown in."""

    __tablename__ = "course"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(SLUG), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True))
    virtual: Mapped[float] = mapped_column(default=0.0)
    zone: Mapped[str] = mapped_column(String(64), default="UTC", server_default="UTC")
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    revision: Mapped[Revision | None] = relationship(foreign_keys=[revision_id])


class Revision(Table):
    """A course folder as it was added: its files as an archive among the blobs, and what pages need to know of it, so
    that only workers load a course's code. `totals`: how its assignments become one grade, if it says so."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("course_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    archive: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    assignments: Mapped[tuple[AssignmentOutline, ...]] = mapped_column(Data(tuple[AssignmentOutline, ...]))
    totals: Mapped[Totals | None] = mapped_column(Data(Totals))
    added_at: Mapped[datetime]


class Section(Table):
    """A part of a course's people."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("course_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))


class Membership(Table):
    """What somebody is in a course; whoever left keeps their attempts. `number`: what the school calls them.
    `by_issuer`: the provider one of whose groups made it, which may change it and take it back."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("course_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(Choice(Role))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id", ondelete="SET NULL"))
    number: Mapped[str | None] = mapped_column(String(100))
    by_issuer: Mapped[str | None] = mapped_column(String(500))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    section: Mapped[Section | None] = relationship()


class Opening(Table):
    """An assignment offered to a course. `published_at`: an instructor published it by hand."""

    __tablename__ = "opening"
    __table_args__ = (UniqueConstraint("course_id", "assignment"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    assignment: Mapped[str] = mapped_column(String(SLUG))
    terms: Mapped[Terms] = mapped_column(Data(Terms))
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    course: Mapped[Course] = relationship()


class Extension(Table):
    """A relief for one person, or for a section."""

    __tablename__ = "extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"))
    relief: Mapped[Relief] = mapped_column(Data(Relief))
    reason: Mapped[str] = mapped_column(String(1000))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class SectionPublication(Table):
    """An instructor published an opening by hand for the people of one section."""

    __tablename__ = "section_publication"

    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime]


def of_some(name: str, which: str, *columns: str, unique: bool = False) -> Index:
    """An index of these rows alone: what is over for good does not make the queue slower."""
    return Index(name, *columns, unique=unique, sqlite_where=text(which), postgresql_where=text(which))


class Attempt(Table):
    """One stored submission. The row is the truth; whatever tells a worker to look at it may come twice or never.

    Who is next: the lowest `priority`, then the course with the least `virtual`, then the lowest (`start`, `number`,
    `received_at`). `fence` counts the claims: what an earlier claimer says is ignored. `tries`: claims that failed
    through us. `seconds`: what grading it is expected to take.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("opening_id", "person_id", "number"),
        UniqueConstraint("person_id", "idempotency_key"),
        of_some("ix_attempt_next", "state = 'waiting'", *TURN),
        of_some("ix_attempt_short", f"state = 'waiting' AND seconds <= {SHORT_SECONDS}", *TURN),
        of_some("ix_attempt_lease", "state = 'running'", "lease_until"),
        of_some("uq_attempt_running", "state = 'running'", "opening_id", "person_id", unique=True),
    )

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    received_at: Mapped[datetime]
    source: Mapped[Source] = mapped_column(Choice(Source))
    idempotency_key: Mapped[str | None] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)
    size: Mapped[int]
    filename: Mapped[str] = mapped_column(String(300))
    decision: Mapped[Decision] = mapped_column(Data(Decision))
    receipt: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))

    state: Mapped[State] = mapped_column(Choice(State))
    priority: Mapped[int]
    start: Mapped[float]
    seconds: Mapped[float]
    fence: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    stage: Mapped[Stage | None] = mapped_column(Data(Stage))
    trouble: Mapped[Message | None] = mapped_column(Data(Message))

    opening: Mapped[Opening] = relationship()
    person: Mapped[Person] = relationship()
    revision: Mapped[Revision] = relationship()
    report: Mapped[StoredReport | None] = relationship(back_populates="attempt")


class StoredReport(Table):
    """What the machine says of an attempt, compressed JSON, and the `marks` that people gave, which it never
    overwrites: `attempts/documents.py` puts the two together. `outline`: what overviews need of both."""

    __tablename__ = "report"

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    made_at: Mapped[datetime]
    status: Mapped[Status] = mapped_column(Choice(Status))
    outline: Mapped[ResultOutline] = mapped_column(Data(ResultOutline))
    marks: Mapped[StandingMarks | None] = mapped_column(Data(StandingMarks))
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    attempt: Mapped[Attempt] = relationship(back_populates="report")


class Standing(Table):
    """Where a student stands with an opening: which attempt counts, for how many points after deductions. Made from the
    attempts, reports, marks and terms, and made anew whenever one of them changes. `to_mark`: points of it that wait
    for a person. `by_exercise`: the attempt that counts for each; None in rows of a version before."""

    __tablename__ = "standing"

    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    attempt_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("attempt.id", ondelete="SET NULL"))
    attempts: Mapped[int]
    waiting: Mapped[int]
    earned: Mapped[Fraction | None] = mapped_column(Points)
    possible: Mapped[int | None]
    late: Mapped[bool] = mapped_column(default=False)
    to_mark: Mapped[int] = mapped_column(default=0, server_default="0")
    by_exercise: Mapped[Mapping[str, uuid.UUID] | None] = mapped_column(Data(Mapping[str, uuid.UUID]))


class Pace(Table):
    """How long grading one assignment of a revision takes: the running mean of its last attempts, in seconds."""

    __tablename__ = "pace"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True)
    assignment: Mapped[str] = mapped_column(String(SLUG), primary_key=True)
    seconds: Mapped[float]
    attempts: Mapped[int]


class WorkerSeen(Table):
    """A worker, as it last said it was there."""

    __tablename__ = "worker"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    host: Mapped[str] = mapped_column(String(255))
    version: Mapped[str] = mapped_column(String(40))
    sandbox: Mapped[str | None] = mapped_column(String(40))
    slots: Mapped[int]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    draining: Mapped[bool] = mapped_column(default=False)


class WebSession(Table):
    """A browser that is signed in. The cookie's value is kept as its SHA-256 alone. `framed_by`: the origins of the
    learning platform that it was launched from, in whose frame alone pages are shown with it; None for every other.
    `by_issuer` and what follows: by which provider somebody signed in, as whom, what it calls its own session, and what
    it is told again at the end."""

    __tablename__ = "session"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    agent: Mapped[str] = mapped_column(String(300))
    framed_by: Mapped[str | None] = mapped_column(String(600))
    by_issuer: Mapped[str | None] = mapped_column(String(500))
    by_subject: Mapped[str | None] = mapped_column(String(255))
    by_sid: Mapped[str | None] = mapped_column(String(255))
    id_token: Mapped[str | None] = mapped_column(Text, deferred=True)


class Token(Table):
    """What a program signs in with, shown once and kept as its SHA-256. `course_id`: good for that course alone."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[frozenset[Scope]] = mapped_column(Choices(Scope))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignInLink(Table):
    """A link that signs somebody in, once, or invites whoever has it to a course, `uses` times. `mailed_to`: whoever
    has it reads mail there."""

    __tablename__ = "link"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    role: Mapped[Role | None] = mapped_column(Choice(Role))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    uses: Mapped[int]
    mailed_to: Mapped[str | None] = mapped_column(String(320))


class Audit(Table):
    """Who did what to what, when. `details` never hold student code, secrets or points of others."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="SET NULL"), index=True)
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    request: Mapped[str | None] = mapped_column(String(64))
