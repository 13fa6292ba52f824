"""Whoever holds rows of several kinds takes them in one order, or two could wait for each other for ever."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, TypeAlias

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from grader.policy.marking import Way
from grader.policy.terms import Relief, Terms
from grader.report.marking import Given
from grader.service.attempts.moving import moving
from grader.service.attempts.openings import Whom, grant
from grader.service.attempts.standing import hold_all, settle
from grader.service.marking.requests import Asking, answer, ask
from grader.service.marking.saving import Decided, save
from grader.service.operations.forgetting import forget, retire
from grader.service.people.audit import Actor
from grader.service.people.members import MemberChange, change_member
from grader.service.regrading.sets import Done, apply, undo
from grader.service.site import Site
from grader.service.store.mark_tables import MarkRequest
from grader.service.store.tables import Membership, Opening, Role, Section
from tests.service.classroom import Classroom, furnish, handed_in
from tests.service.grading import graded, two
from tests.service.test_regrading import gaining, judged, the_set

#: as `attempts/standing.py:hold` states it
ORDER: Final = ("regrade_set", "opening", "person", "mark_request", "attempt", "report", "regrade_work")
_CHANGES = re.compile(r"^(?:UPDATE|DELETE FROM) (\w+)")
_HOLDS = re.compile(r"FROM (\w+).* FOR (?:NO KEY )?(?:UPDATE|SHARE)(?: OF (\w+))?", re.DOTALL)

Change: TypeAlias = Callable[[Session], object]

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@contextmanager
def held_in(site: Site) -> Iterator[list[str]]:
    """The kinds of rows that are held, in the order in which the first of each is."""
    found: list[str] = []

    def asked(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        del connection, cursor, rest
        match = _CHANGES.search(statement) or _HOLDS.search(statement)
        name = next((each for each in reversed(match.groups()) if each), "") if match else ""
        if name in ORDER and name not in found:
            found.append(name)

    event.listen(site.database.engine, "before_cursor_execute", asked)
    yield found
    event.remove(site.database.engine, "before_cursor_execute", asked)


@pytest.fixture
def room(site: Site) -> Classroom:
    """Ada and Bob have a graded attempt each, and Ada has a request."""
    room = furnish(site, terms=Terms(requests_until=site.now() + timedelta(days=1)))
    asked = Asking(attempt_id=graded(room, "ada", two(20, 10)), exercise="model", text="Why?")
    graded(room, "bob", two(20, 40))
    with site.database.begin() as session:
        settle(session, room.opening_id, room.people["ada"], site.now())
        assert isinstance(ask(session, asked, actor=Actor(person_id=room.people["ada"]), now=site.now()), MarkRequest)
    return room


def judged_set(room: Classroom) -> uuid.UUID:
    """A set that waits to be decided on."""
    made = the_set(room)
    judged(room, gaining)
    return made


def applies(room: Classroom) -> Change:
    made = judged_set(room)
    return lambda session: apply(
        session, made, reason="Mild.", only_gains=True, actor=Actor(person_id=None), now=room.site.now()
    )


def undoes(room: Classroom) -> Change:
    made, actor = judged_set(room), Actor(person_id=None)
    with room.site.database.begin() as session:
        done = apply(session, made, reason="Mild.", only_gains=True, actor=actor, now=room.site.now())
        assert isinstance(done, Done)
    return lambda session: undo(session, made, actor=actor, now=room.site.now())


def forgets(room: Classroom) -> Change:
    judged_set(room)
    handed_in(room, "ada", number=2)
    return lambda session: forget(session, room.people["ada"], room.site.now())


def retires(room: Classroom) -> Change:
    judged_set(room)
    return lambda session: retire(session, room.site.now() + timedelta(days=1), room.site.now())


def answers(room: Classroom) -> Change:
    def act(session: Session) -> object:
        request = session.get_one(MarkRequest, (room.opening_id, room.people["ada"], "model"))
        decided = Decided(
            attempt_id=request.attempt_id, exercise="model", given=Given(points=40), version=0, way=Way.PAGE
        )
        actor = Actor(person_id=room.people["greta"])
        return answer(session, request, "You are right.", decided=decided, actor=actor, now=room.site.now())

    return act


def marks(room: Classroom) -> Change:
    attempt = graded(room, "bob", two(10, 10))
    decided = Decided(attempt_id=attempt, exercise="model", given=Given(points=40), version=0, way=Way.PAGE)
    return lambda session: save(session, decided, actor=Actor(person_id=None), now=room.site.now())


def moves(room: Classroom) -> Change:
    """Into a section that was given another day."""
    now, actor, ada = room.site.now(), Actor(person_id=None, role=Role.INSTRUCTOR), room.people["ada"]
    with room.site.database.begin() as session:
        section = Section(course_id=room.course_id, name="A")
        session.add(section)
        session.flush()
        relief = Relief(no_deduction=True)
        grant(session, room.opening_id, Whom(section_id=section.id), relief, reason="", actor=actor, now=now)

    def act(session: Session) -> object:
        with moving(session, ada, now=now):
            found = session.scalars(select(Membership).where(Membership.person_id == ada)).one()
            return change_member(session, found, MemberChange(section="A"), actor=actor, now=now)

    return act


@pytest.mark.parametrize("change", [applies, undoes, forgets, retires, answers, marks, moves])
def test_rows_are_held_in_one_order(room: Classroom, change: Callable[[Classroom], Change]) -> None:
    """Each change holds something, and nothing that comes before what it holds already."""
    act = change(room)

    with held_in(room.site) as found, room.site.database.begin() as session:
        act(session)

    assert len(found) > 1
    assert found == sorted(found, key=ORDER.index)


def test_an_opening_that_is_tried_while_somebody_is_forgotten_is_held_before_them(room: Classroom) -> None:
    """Else it would be held after the person, when what they handed in there is withdrawn."""
    database, ada = room.site.database, room.people["ada"]
    with database.begin() as session:
        another = Opening(course_id=room.course_id, assignment="other", terms=Terms(), created_at=room.site.now())
        session.add(another)
        session.flush()
        elsewhere = replace(room, opening_id=another.id)
    found: list[str] = []

    def asked(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        del connection, cursor, rest
        if "FROM person" in statement and "FOR UPDATE" in statement and not found:
            found.append("at the last moment")
            handed_in(elsewhere, "ada")
        if "FROM audit" in statement:
            found.append("when all is held")
            with database.begin() as other:
                free = select(Opening.id).where(Opening.id == another.id).with_for_update(skip_locked=True)
                assert other.scalar(free) is None

    with database.begin() as session:
        event.listen(database.engine, "before_cursor_execute", asked)
        forget(session, ada, room.site.now())
        event.remove(database.engine, "before_cursor_execute", asked)

    assert found == ["at the last moment", "when all is held"]


def test_who_hands_in_does_not_wait_for_an_opening_that_is_held(room: Classroom) -> None:
    """They hold their own row already, for which whoever holds the opening would wait."""
    database = room.site.database
    by_key = select(Opening.id).where(Opening.id == room.opening_id)
    with database.begin() as judging, database.begin() as handing_in:
        hold_all(judging, room.opening_id)
        named = handing_in.scalar(by_key.with_for_update(read=True, key_share=True, nowait=True))

    assert named == room.opening_id
