"""What a roster changes of a course's people, done: exactly what was shown before, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from grader.messages import say
from grader.service.people import audit
from grader.service.people.members import section_changed
from grader.service.people.roster import (
    Added,
    Changed,
    Entry,
    RosterChange,
    RosterRefused,
    RosterTable,
    What,
    chunks,
    preview,
)
from grader.service.store.tables import Course, Membership, Person, Role, Section


def apply(
    session: Session, course_id: int, table: RosterTable, *, digest: str, by_id: int, now: datetime
) -> RosterChange | RosterRefused:
    """Make the change that was previewed with this digest; if the course is another by now, none."""
    session.execute(select(Course.id).where(Course.id == course_id).with_for_update(key_share=True))
    change = preview(session, course_id, table)
    if change.digest != digest:
        return RosterRefused(message=say("roster_stale"))
    sections = _sections(session, course_id, change)
    _add(session, course_id, change.added, sections, now)
    _alter(session, change.changed, sections)
    for ids in chunks([left.membership_id for left in change.left]):
        session.execute(update(Membership).where(Membership.id.in_(ids)).values(left_at=now))
    _keep_from_groups(session, course_id)
    section_changed(session, course_id, now=now)
    audit.record(
        session,
        actor_id=by_id,
        course_id=course_id,
        action="roster.applied",
        subject=f"course:{course_id}",
        details={"added": len(change.added), "changed": len(change.changed), "left": len(change.left)},
        now=now,
    )
    return change


def _sections(session: Session, course_id: int, change: RosterChange) -> dict[str, int]:
    """The ids of the course's sections by name, with those that the change needs."""
    wanted = {added.entry.section for added in change.added}
    wanted |= {each.after for one in change.changed for each in one.differences if each.what is What.SECTION}
    known = {row.name: row.id for row in session.scalars(select(Section).where(Section.course_id == course_id))}
    new = [
        Section(course_id=course_id, name=name) for name in sorted(each for each in wanted if each) if name not in known
    ]
    session.add_all(new)
    session.flush()
    return known | {row.name: row.id for row in new}


def _add(session: Session, course_id: int, added: Sequence[Added], sections: Mapping[str, int], now: datetime) -> None:
    new = _new_people(session, [one.entry for one in added if one.person_id is None], now)
    back = [one for one in added if one.membership_id is not None]
    if back:
        rows = [
            {"id": one.membership_id, "left_at": None, "section_id": sections.get(one.entry.section or "")}
            for one in back
        ]
        session.execute(update(Membership), rows)
    members = [
        {
            "course_id": course_id,
            "person_id": one.person_id or new[one.entry.line],
            "role": Role.STUDENT,
            "section_id": sections.get(one.entry.section or ""),
            "number": one.entry.number,
            "joined_at": now,
        }
        for one in added
        if one.membership_id is None
    ]
    if members:
        session.execute(insert(Membership), members)


def _keep_from_groups(session: Session, course_id: int) -> None:
    """Every student who is there now is on the roster: no provider's group takes them back."""
    students = (Membership.course_id == course_id, Membership.role == Role.STUDENT, Membership.left_at.is_(None))
    session.execute(update(Membership).where(*students, Membership.by_issuer.is_not(None)).values(by_issuer=None))


def _new_people(session: Session, entries: Sequence[Entry], now: datetime) -> dict[int, int]:
    """The ids of new people by the lines they stand in. Rows come back in no order; of two who are called alike and
    have no address it does not matter which is which."""
    if not entries:
        return {}
    rows = [{"name": each.name, "email": each.email, "owns_site": False, "created_at": now} for each in entries]
    made = session.execute(insert(Person).returning(Person.id, Person.name, Person.email), rows)
    ids: dict[tuple[str, str | None], list[int]] = {}
    for person_id, name, email in made:
        ids.setdefault((name, email), []).append(person_id)
    return {each.line: ids[each.name, each.email].pop() for each in entries}


def _alter(session: Session, changed: Sequence[Changed], sections: Mapping[str, int]) -> None:
    """One statement for each kind of change."""
    for what, table, column in (
        (What.NAME, Person, "name"),
        (What.EMAIL, Person, "email"),
        (What.NUMBER, Membership, "number"),
        (What.SECTION, Membership, "section_id"),
    ):
        rows = [
            {
                "id": one.person_id if table is Person else one.membership_id,
                column: sections.get(each.after or "") if what is What.SECTION else each.after,
            }
            for one in changed
            for each in one.differences
            if each.what is what
        ]
        if rows:
            session.execute(update(table), rows)
