"""People who are to be forgotten, and work that was kept long enough: what was theirs goes, what was counted stays.

Of a person, attempts remain as numbers without a name, since a course's statistics are made of them. Bytes go in a
transaction of their own, `sweep`, once nothing names them any more.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, case, delete, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.errors import UsageError
from grader.message import Message
from grader.messages import say
from grader.policy.marking import StandingMarks
from grader.policy.state import State
from grader.report.marking import Given
from grader.report.report import CheckResult, ExerciseResult, Report, SubmissionReference
from grader.service.attempts.documents import after_marking, machine_report, packed
from grader.service.attempts.outlining import outlined
from grader.service.attempts.standing import hold_everywhere, settle
from grader.service.people.audit import record
from grader.service.regrading.replacing import attempts_of, reports_of
from grader.service.site import Site
from grader.service.store.blobs import EMPTY
from grader.service.store.feed_tables import CalendarFeed
from grader.service.store.lti_tables import LtiMember
from grader.service.store.mail_tables import LinkMail, Mail, MailChoice
from grader.service.store.mark_tables import MarkChange, MarkRequest, SecondMark
from grader.service.store.putting import insert_into
from grader.service.store.regrade_tables import RegradeWork
from grader.service.store.tables import (
    Attempt,
    Audit,
    Blob,
    Extension,
    Identity,
    Membership,
    Person,
    Revision,
    SignInLink,
    Token,
    WebSession,
)

#: what a file is called whose name was a person's
NAMELESS: Final = "notebook.ipynb"
#: rows that are held at once
_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """How much is no longer kept: attempts without their notebooks and reports' words, lines of the trail, sign-ins."""

    attempts: int
    audits: int
    sign_ins: int


def number_of(session: Session, named: str) -> int:
    """The number of a person named by e-mail address or number. Raises UsageError if there is nobody."""
    there = (
        Person.id == int(named) if named.isdecimal() and len(named) < 10 else func.lower(Person.email) == named.lower()
    )
    found = session.scalar(select(Person.id).where(there))
    if found is None:
        raise UsageError(f"There is nobody with the address or number {named}.")
    return found


def forget(session: Session, person_id: int, now: datetime, *, by_id: int | None = None) -> None:
    """Forget a person: name, address, sign-ins, what they handed in and what was said of it. Twice is harmless.

    The trail says that the person of that number was forgotten, and no longer what was noted of them. Raises UsageError
    if there is no such person, or nobody would be left to run the site. `sweep` afterwards.
    """
    hold_everywhere(session, person_id)
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise UsageError(f"There is nobody with the number {person_id}.")
    if person.owns_site and not session.scalar(select(exists().where(Person.owns_site, Person.id != person_id))):
        raise UsageError("Nobody else owns the site. Make somebody an owner first, then forget this one.")
    _out_of_trail(session, person)
    for theirs in (Identity, WebSession, Token, SignInLink, CalendarFeed, LtiMember, Mail, MailChoice, LinkMail):
        session.execute(delete(theirs).where(theirs.person_id == person_id))
    session.execute(delete(SignInLink).where(SignInLink.by_id == person_id))  # ways in that they made for others
    session.execute(delete(LinkMail).where(LinkMail.email == person.email))
    left = {"number": None, "section_id": None}
    session.execute(update(Membership).where(Membership.person_id == person_id).values(left))
    session.execute(
        update(Membership).where(Membership.person_id == person_id, Membership.left_at.is_(None)).values(left_at=now)
    )
    session.execute(update(Extension).where(Extension.person_id == person_id).values(reason=""))
    _let_go(session, Attempt.person_id == person_id, now)
    _withdraw(session, person_id, now)
    session.execute(
        update(Attempt).where(Attempt.person_id == person_id).values(filename=NAMELESS, idempotency_key=None)
    )
    person.name, person.email, person.password, person.language = f"#{person_id}", None, None, None
    person.owns_site, person.forgotten_at = False, now
    record(session, actor_id=by_id, action="person.forgotten", subject=f"person:{person_id}", now=now)


def retire(session: Session, older_than: datetime, now: datetime) -> Retired:
    """Keep no longer what is older: notebooks and the words of reports, whose points stay; the trail; what nobody can
    sign in with any more. `sweep` afterwards."""
    final = Attempt.state.in_((State.GRADED, State.SUPERSEDED))
    attempts = _let_go(session, (Attempt.received_at < older_than) & final & (Attempt.sha256 != EMPTY), now)
    audits = len(session.scalars(delete(Audit).where(Audit.at < older_than).returning(Audit.id)).all())
    sign_ins = 0
    for kind in (WebSession, SignInLink, Token):
        over = delete(kind).where(kind.expires_at < older_than).returning(kind.digest)
        sign_ins += len(session.scalars(over).all())
    record(session, actor_id=None, action="site.retired", subject="site", details={"attempts": attempts}, now=now)
    return Retired(attempts=attempts, audits=audits, sign_ins=sign_ins)


def sweep(session: Session, site: Site) -> int:
    """Drop the bytes that nothing names; how many there were. In a transaction of its own."""
    kept = {EMPTY, *session.scalars(select(Revision.archive))}
    for outlines in session.scalars(select(Revision.assignments)):
        kept.update(outline.release for outline in outlines if outline.release is not None)
    unnamed = select(Blob.sha256).where(~exists().where(Attempt.sha256 == Blob.sha256))
    dropped = 0
    for sha256 in session.scalars(unnamed).all():
        if sha256 in kept:
            continue
        with suppress(IntegrityError), session.begin_nested():  # somebody hands the same in at this moment
            site.blobs.drop(session, sha256)
            dropped += 1
    return dropped


def without_words(report: Report) -> Report:
    """The report in numbers: nothing that its student wrote, was told, or is called by."""
    return report.model_copy(
        update={
            "submission": SubmissionReference(name=NAMELESS, sha256=None),
            "exercises": tuple(map(_exercise, report.exercises)),
            "notices": (),
            "run": report.run.model_copy(update={"host": ""}),
        }
    )


def _exercise(exercise: ExerciseResult) -> ExerciseResult:
    gone = {"cell": None, "printed": "", "notices": (), "withheld_notices": (), "layers": (), "curve": None}
    return exercise.model_copy(update={**gone, "message": _gone(), "checks": tuple(map(_check, exercise.checks))})


def _check(check: CheckResult) -> CheckResult:
    return check.model_copy(update={"message": _gone(), "hint": None, "counterexample": None, "raised_at": None})


def _gone() -> Message:
    return say("no_longer_kept")


def _withdraw(session: Session, person_id: int, now: datetime) -> None:
    """What was not graded will not be: there is nothing left to grade, and whoever has it now is too late."""
    open_ones = or_(Attempt.state == State.WAITING, Attempt.state == State.RUNNING, Attempt.state == State.PARKED)
    withdrawn = {"state": State.SUPERSEDED, "fence": Attempt.fence + 1, "lease_until": None, "finished_at": now}
    theirs = update(Attempt).where(Attempt.person_id == person_id, open_ones).values(withdrawn)
    for opening_id in set(session.scalars(theirs.returning(Attempt.opening_id))):
        settle(session, opening_id, person_id, now)


def _let_go(session: Session, which: ColumnElement[bool], now: datetime) -> int:
    """Those attempts lose notebook, words and name of the file; how many they were. What was said of one whose notebook
    was gone before goes as well."""
    nothing = insert_into(session, Blob).values(sha256=EMPTY, size=0, content=b"", stored_at=now)
    session.execute(nothing.on_conflict_do_nothing())
    ids = session.scalars(select(Attempt.id).where(which).order_by(Attempt.id)).all()
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        unsaid = {"text": "", "answer": case((MarkRequest.answer.is_(None), None), else_="")}
        session.execute(update(MarkRequest).where(MarkRequest.attempt_id.in_(some)).values(unsaid))
        gone = {"sha256": EMPTY, "size": 0, "filename": NAMELESS, "stage": None, "trouble": None}
        attempts_of(session, some)
        session.execute(update(Attempt).where(Attempt.id.in_(some)).values(gone))
        for row in reports_of(session, some).values():
            report = without_words(machine_report(row))
            row.document, row.marks = packed(report), _without_comments(row.marks)
            row.outline = outlined(after_marking(report, row.marks))
        for change in session.scalars(select(MarkChange).where(MarkChange.attempt_id.in_(some))):
            change.given, change.reason = _without_comment(change.given), ""
        for second in session.scalars(select(SecondMark).where(SecondMark.attempt_id.in_(some))):
            second.first, second.given = _without_comment(second.first), _without_comment(second.given)
        session.flush()
        session.execute(delete(RegradeWork).where(RegradeWork.attempt_id.in_(some)))
        session.expire_all()
    return len(ids)


def _without_comments(marks: StandingMarks | None) -> StandingMarks | None:
    if marks is None:
        return None
    return {name: each.model_copy(update={"given": _without_comment(each.given)}) for name, each in marks.items()}


def _without_comment(given: Given | None) -> Given | None:
    """What was said to them goes, what they got stays."""
    return given and replace(given, comment="", checks=tuple(replace(each, comment="") for each in given.checks))


def _out_of_trail(session: Session, person: Person) -> None:
    """What was noted of them and by them, and whatever names them elsewhere."""
    numbers = session.scalars(select(Membership.number).where(Membership.person_id == person.id))
    names = tuple(name for name in (person.name, person.email, *numbers) if name)
    tokens = {f"token:{each}" for each in session.scalars(select(Token.id).where(Token.person_id == person.id))}
    subjects = {f"person:{person.id}", *tokens}
    for row in session.scalars(select(Audit)).yield_per(_AT_ONCE):
        theirs = row.actor_id == person.id or row.subject in subjects or row.details.get("person") == person.id
        if row.details and (theirs or _mentions(row.details, names)):
            row.details = {}


def _mentions(details: dict[str, Any], names: tuple[str, ...]) -> bool:
    """As a word of its own, where the name has letters that make words."""
    said = str(details)
    words = (rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name) for name in names)
    return any(re.search(word, said, re.IGNORECASE) for word in words)
