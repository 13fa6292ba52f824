"""Who may change what somebody is in a course. Pages and API ask the same."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from grader.service.people.audit import Actor
from grader.service.people.inviting import Inviting, invite_to
from grader.service.people.members import MemberChange, Unchanged, change_member, member
from grader.service.site import Site
from grader.service.store.tables import Audit, Role
from tests.service.classroom import furnish

PEOPLE = {"olga": Role.OWNER, "ines": Role.INSTRUCTOR, "otto": Role.INSTRUCTOR, "ada": Role.STUDENT}
GONE, STUDENT, TEACHES = MemberChange(here=False), MemberChange(role=Role.STUDENT), MemberChange(role=Role.INSTRUCTOR)


@pytest.mark.parametrize(
    ("by", "whom", "change", "meant"),
    [
        pytest.param("ines", "ada", TEACHES, None, id="a student is made a teacher"),
        pytest.param("ines", "otto", GONE, None, id="a teacher lets another go"),
        pytest.param("ines", "ada", MemberChange(role=Role.OWNER), Unchanged.NOT_ALLOWED, id="nobody is made an owner"),
        pytest.param("olga", "ada", MemberChange(role=Role.OWNER), Unchanged.NOT_ALLOWED, id="by an owner neither"),
        pytest.param("ines", "olga", GONE, Unchanged.NOT_ALLOWED, id="a teacher touches no owner"),
        pytest.param("ines", "olga", STUDENT, Unchanged.NOT_ALLOWED, id="nor their role"),
        pytest.param("olga", "olga", STUDENT, None, id="an owner does"),
    ],
)
def test_only_an_owner_touches_an_owner_and_nobody_is_made_one(
    on_sqlite: Site, by: str, whom: str, change: MemberChange, meant: Unchanged | None
) -> None:
    """Whoever may change people at all may do all else."""
    room = furnish(on_sqlite, people=PEOPLE)
    with on_sqlite.database.begin() as session:
        found = member(session, room.course_id, room.people[whom])
        assert found is not None
        actor = Actor(person_id=room.people[by], role=PEOPLE[by])
        assert change_member(session, found, change, actor=actor, now=on_sqlite.now()) is meant


@pytest.mark.parametrize("change", [GONE, STUDENT, MemberChange(role=Role.GRADER, section="Monday")])
def test_the_last_who_teaches_stays(on_sqlite: Site, change: MemberChange) -> None:
    """Whatever they would become, by their own wish too."""
    room = furnish(on_sqlite, people={"ines": Role.INSTRUCTOR, "greta": Role.GRADER})
    with on_sqlite.database.begin() as session:
        found = member(session, room.course_id, room.people["ines"])
        assert found is not None
        actor = Actor(person_id=room.people["ines"], role=Role.INSTRUCTOR)
        assert change_member(session, found, change, actor=actor, now=on_sqlite.now()) is Unchanged.LAST_TEACHER
        assert (found.role, found.left_at, found.section_id) == (Role.INSTRUCTOR, None, None)


def test_each_change_is_noted_as_what_it_is(on_sqlite: Site) -> None:
    """With who made it, and by which request."""
    room = furnish(on_sqlite, people=PEOPLE)
    actor = Actor(person_id=room.people["ines"], role=Role.INSTRUCTOR, request="r1")
    with on_sqlite.database.begin() as session:
        found = member(session, room.course_id, room.people["ada"])
        assert found is not None
        for change in (MemberChange(section="Monday"), GONE, MemberChange(here=True)):
            change_member(session, found, change, actor=actor, now=on_sqlite.now())
    with on_sqlite.database.read() as session:
        rows = session.scalars(select(Audit).order_by(Audit.id)).all()
        assert [(row.action, row.actor_id, row.request) for row in rows] == [
            (action, room.people["ines"], "r1") for action in ("member.changed", "member.left", "member.returned")
        ]
        assert rows[0].details == {"section": "Monday"}


def test_nobody_is_invited_as_an_owner(on_sqlite: Site) -> None:
    """Neither on a page nor over the API."""
    room = furnish(on_sqlite)
    with on_sqlite.database.begin() as session:
        made = invite_to(
            session,
            room.course_id,
            Inviting(role=Role.OWNER),
            by_id=room.people["ines"],
            now=on_sqlite.now(),
        )
    assert made is Unchanged.NOT_ALLOWED
