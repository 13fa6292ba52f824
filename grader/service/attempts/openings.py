"""Openings as their instructors change them: opened, their terms, extensions, publishing. Each change is on the trail,
and makes the standings anew that it may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.messages import joined, say
from grader.policy.decision import Refusal, Refused
from grader.policy.mail import About
from grader.policy.terms import Relief, Terms, faults
from grader.service.attempts.opened import opening_for
from grader.service.attempts.standing import resettle, return_scores, settle
from grader.service.attempts.telling import tell_published
from grader.service.courses.current import current_assignments
from grader.service.people.audit import Actor, record
from grader.service.people.outbox import tell_one, tell_section
from grader.service.store.tables import Extension, Membership, Opening, Section, SectionPublication


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Whom an extension is for: one person, or everybody of a section."""

    person_id: int | None = None
    section_id: int | None = None

    def __post_init__(self) -> None:
        if (self.person_id is None) == (self.section_id is None):
            raise ValueError("An extension is for a person or for a section.")


def open_assignment(
    session: Session, course_id: int, assignment: str, terms: Terms, *, actor: Actor, now: datetime
) -> int | Refused:
    """Offer an assignment of the course's revision to its students; the id of the opening."""
    if refused := _faulty(terms):
        return refused
    known = current_assignments(session, course_id)
    if assignment not in known or known[assignment].fault is not None:
        return Refused(kind=Refusal.NOT_READY, message=say("opening_no_assignment", assignment=assignment))
    if opening_for(session, course_id, assignment) is not None:
        return Refused(kind=Refusal.FAULTY, message=say("opening_is_there", assignment=assignment))
    opening = Opening(course_id=course_id, assignment=assignment, terms=terms, created_at=now)
    session.add(opening)
    session.flush()
    _note(session, opening, "opening.opened", actor, now, terms=terms.model_dump(mode="json"))
    return opening.id


def put_terms(
    session: Session, course_id: int, assignment: str, terms: Terms, *, actor: Actor, now: datetime
) -> int | Refused:
    """Open the assignment on these terms, or state those of its opening anew; the id of the opening."""
    there = opening_for(session, course_id, assignment)
    if there is None:
        return open_assignment(session, course_id, assignment, terms, actor=actor, now=now)
    return change_terms(session, there.id, terms, actor=actor, now=now) or there.id


def change_terms(session: Session, opening_id: int, terms: Terms, *, actor: Actor, now: datetime) -> Refused | None:
    """State the terms anew. Attempts that were taken stay taken, and none is deducted more than it was told."""
    if refused := _faulty(terms):
        return refused
    opening = _locked(session, opening_id)
    before, after = opening.terms.model_dump(mode="json"), terms.model_dump(mode="json")
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changed:
        return None
    opening.terms = terms
    session.flush()
    _note(session, opening, "opening.changed", actor, now, **changed)
    resettle(session, opening_id, now)
    return None


def grant(
    session: Session, opening_id: int, whom: Whom, relief: Relief, *, reason: str, actor: Actor, now: datetime
) -> int | Refused:
    """Give a person or a section an extension, also for what they handed in before; the id of the extension. The very
    same one granted twice, as by a form sent twice, is one."""
    opening = _locked(session, opening_id)
    if not _in_course(session, opening.course_id, whom):
        return Refused(kind=Refusal.NOT_ENROLLED, message=say("extension_for_nobody"))
    if (same := _same(session, opening_id, whom, relief, reason[:1000])) is not None:
        return same
    extension = Extension(
        opening_id=opening_id,
        person_id=whom.person_id,
        section_id=whom.section_id,
        relief=relief,
        reason=reason[:1000],
        by_id=actor.person_id,
        at=now,
    )
    session.add(extension)
    session.flush()
    _note(session, opening, "extension.granted", actor, now, **_of(extension))
    _settled(session, opening_id, whom, now)
    _tell(session, extension, now)
    return extension.id


def revoke(session: Session, extension_id: int, *, actor: Actor, now: datetime) -> bool:
    """Take an extension back, for what is handed in from now on; False if it is not there any more.

    Whoever handed in under it keeps what was decided then.
    """
    extension = session.get(Extension, extension_id)
    if extension is None:
        return False
    opening = _locked(session, extension.opening_id)
    whom = Whom(person_id=extension.person_id, section_id=extension.section_id)
    _note(session, opening, "extension.revoked", actor, now, **_of(extension))
    session.delete(extension)
    session.flush()
    _settled(session, opening.id, whom, now)
    return True


def publish(session: Session, opening_id: int, *, actor: Actor, now: datetime) -> None:
    """Let students see their points, and the checks that were withheld until now; hidden ones stay hidden."""
    opening = _locked(session, opening_id)
    if opening.published_at is None:
        opening.published_at = now
        session.flush()
        _note(session, opening, "opening.published", actor, now)
        return_scores(session, opening_id, now)
        event = f"published:{opening_id}:{now.isoformat()}"
        tell_published(session, opening_id, event=event, now=now)


def unpublish(session: Session, opening_id: int, *, actor: Actor, now: datetime) -> None:
    """Take that back: what the dates say holds again."""
    opening = _locked(session, opening_id)
    if opening.published_at is not None:
        opening.published_at = None
        session.flush()
        _note(session, opening, "opening.unpublished", actor, now)
        return_scores(session, opening_id, now)


def publish_section(session: Session, opening_id: int, section_id: int, *, actor: Actor, now: datetime) -> None:
    """As `publish`, for the people of one section; the others see nothing more."""
    opening = _locked(session, opening_id)
    if session.get(SectionPublication, (opening_id, section_id)) is None:
        session.add(SectionPublication(opening_id=opening_id, section_id=section_id, at=now))
        session.flush()
        _note(session, opening, "opening.published", actor, now, section=section_id)
        return_scores(session, opening_id, now)
        event = f"published:{opening_id}:{section_id}:{now.isoformat()}"
        tell_published(session, opening_id, section_id=section_id, event=event, now=now)


def unpublish_section(session: Session, opening_id: int, section_id: int, *, actor: Actor, now: datetime) -> None:
    """Take that back: for the section holds what holds for all."""
    opening = _locked(session, opening_id)
    there = session.get(SectionPublication, (opening_id, section_id))
    if there is not None:
        session.delete(there)
        session.flush()
        _note(session, opening, "opening.unpublished", actor, now, section=section_id)
        return_scores(session, opening_id, now)


def _faulty(terms: Terms) -> Refused | None:
    found = tuple(faults(terms))
    return Refused(kind=Refusal.FAULTY, message=joined(*found)) if found else None


def _locked(session: Session, opening_id: int) -> Opening:
    """Two who change an opening come one after the other. Raises NoResultFound."""
    return session.scalars(
        select(Opening)
        .where(Opening.id == opening_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def _in_course(session: Session, course_id: int, whom: Whom) -> bool:
    if whom.section_id is not None:
        return (
            session.scalar(select(Section.id).where(Section.id == whom.section_id, Section.course_id == course_id))
            is not None
        )
    asked = select(Membership.id).where(Membership.person_id == whom.person_id, Membership.course_id == course_id)
    return session.scalar(asked) is not None


def _same(session: Session, opening_id: int, whom: Whom, relief: Relief, reason: str) -> int | None:
    """The id of an extension that says just this, if there is one."""
    asked = select(Extension).where(
        Extension.opening_id == opening_id,
        Extension.person_id.is_not_distinct_from(whom.person_id),
        Extension.section_id.is_not_distinct_from(whom.section_id),
        Extension.reason == reason,
    )
    return next((each.id for each in session.scalars(asked) if each.relief == relief), None)


def _settled(session: Session, opening_id: int, whom: Whom, now: datetime) -> None:
    if whom.person_id is not None:
        settle(session, opening_id, whom.person_id, now)
        return_scores(session, opening_id, now)  # it may change when the opening is over, and so what everybody sees
    else:
        resettle(session, opening_id, now)


def _tell(session: Session, extension: Extension, now: datetime) -> None:
    event = f"extended:{extension.id}:{now.isoformat()}"  # the id of one that was revoked may be another's again
    if extension.person_id is not None:
        whom, at = extension.person_id, extension.opening_id
        tell_one(session, About.EXTENDED, opening_id=at, person_id=whom, event=event, now=now)
    elif extension.section_id is not None:
        section, at = extension.section_id, extension.opening_id
        tell_section(session, About.EXTENDED, opening_id=at, section_id=section, event=event, now=now)


def _of(extension: Extension) -> dict[str, object]:
    return {
        "person": extension.person_id,
        "section": extension.section_id,
        "reason": extension.reason,
        "relief": extension.relief.model_dump(mode="json", exclude_defaults=True),
    }


def _note(session: Session, opening: Opening, action: str, actor: Actor, now: datetime, **details: object) -> None:
    record(
        session,
        actor_id=actor.person_id,
        action=action,
        subject=f"opening:{opening.id} {opening.assignment}",
        course_id=opening.course_id,
        details=details,
        now=now,
        request=actor.request,
    )
