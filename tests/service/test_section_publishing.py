"""Published for a section: its people see points, marks and withheld checks, and nobody else does."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from grader.classes.handing_back.forms import Carrier
from grader.messages import Words
from grader.policy.terms import Publishing, Terms
from grader.report.report import Audience, Report
from grader.service.attempts.handing_back import handed_back
from grader.service.attempts.offered import opening_of
from grader.service.attempts.openings import publish, publish_section, unpublish_section
from grader.service.attempts.seen import Sealed, report_seen
from grader.service.people.audit import Actor
from grader.service.people.enrolling import apply
from grader.service.people.grouped import Place, take_groups
from grader.service.people.members import MemberChange, change_member
from grader.service.people.roster import RosterTable, preview, read_table
from grader.service.site import Site
from grader.service.store.tables import Membership, Opening, Role, Section
from tests.service.classroom import Classroom, furnish
from tests.service.grading import graded
from tests.service.linked import linked
from tests.service.marked import decide, with_written, written
from tests.service.staff import actions, at_desk
from tests.service.test_mail import postman
from tests.service.test_marking_pages import api
from tests.service.test_scores_that_travel import whole

PAGE = "/courses/ml/openings/digits"
API = "/api/v1/courses/ml/assignments/digits/opening/publication"


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    """Results are published by hand; Ada and Bob are marked."""
    return with_written(furnish(on_sqlite, terms=Terms(publishing=Publishing(by_hand=True))))


@pytest.fixture
def attempts(room: Classroom) -> dict[str, uuid.UUID]:
    """Their attempts."""
    made = {name: graded(room, name, written(40, 30)) for name in ("ada", "bob")}
    for each in made.values():
        decide(room, each, 15)
    return made


@pytest.fixture
def sections(room: Classroom) -> dict[str, int]:
    """Ada is in one section, Bob in another."""
    return in_sections(room)


def in_sections(room: Classroom) -> dict[str, int]:
    """The section of each, by the name of who is in it."""
    found = {}
    with room.site.database.begin() as session:
        for name in ("ada", "bob"):
            section = Section(course_id=room.course_id, name=f"section of {name}")
            session.add(section)
            session.flush()
            session.execute(
                update(Membership).where(Membership.person_id == room.people[name]).values(section_id=section.id)
            )
            found[name] = section.id
    return found


def to_section(room: Classroom, section_id: int, *, is_published: bool = True) -> None:
    with room.site.database.begin() as session:
        change = publish_section if is_published else unpublish_section
        change(session, room.opening_id, section_id, actor=Actor(person_id=None), now=room.site.now())


def points(room: Classroom, name: str, attempt_id: uuid.UUID) -> tuple[int | None, bool]:
    """What the report says to its student, and whether their own page tells points."""
    with room.site.database.read() as session:
        seen = report_seen(session, attempt_id, Audience.STUDENT, now=room.site.now())
        offered = opening_of(session, room.course_id, room.assignment, room.people[name], room.site.now())
    assert offered is not None
    assert isinstance(seen, Report | Sealed)
    if isinstance(seen, Sealed):
        return None, offered.sight.points
    assert seen.score is not None
    return seen.score.earned, offered.sight.points


def test_those_of_the_section_alone_see_what_is_published(
    room: Classroom, attempts: dict[str, uuid.UUID], sections: dict[str, int]
) -> None:
    """With what people marked; taken back, nobody does."""
    told = []
    for is_published in (True, False):
        to_section(room, sections["ada"], is_published=is_published)
        told.append({name: points(room, name, attempts[name]) for name in attempts})

    assert told == [{"ada": (85, True), "bob": (None, False)}, {"ada": (None, False), "bob": (None, False)}]
    assert [each for each in actions(room.site) if "published" in each] == [
        "opening.published",
        "opening.unpublished",
    ]


def test_who_is_in_no_section_sees_what_is_published_for_all(
    room: Classroom, attempts: dict[str, uuid.UUID], sections: dict[str, int]
) -> None:
    """And so does everybody else, until it is taken back for all: the section keeps what it has."""
    with room.site.database.begin() as session:
        session.execute(update(Membership).where(Membership.person_id == room.people["bob"]).values(section_id=None))
    to_section(room, sections["ada"])
    assert points(room, "bob", attempts["bob"]) == (None, False)

    with room.site.database.begin() as session:
        publish(session, room.opening_id, actor=Actor(person_id=None), now=room.site.now())

    assert [points(room, name, attempts[name]) for name in attempts] == [(85, True), (85, True)]


def test_feedback_is_handed_back_to_those_of_the_section(
    room: Classroom, attempts: dict[str, uuid.UUID], sections: dict[str, int]
) -> None:
    """The others are named among who is left out."""
    to_section(room, sections["ada"])

    with room.site.database.read() as session:
        opening = session.get_one(Opening, room.opening_id)
        data = handed_back(session, opening, Carrier.MAIL, Words("en"), now=room.site.now())

    assert data is not None
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        names, left_out = found.namelist(), found.read("left-out.txt").decode()
    assert sum("ada" in each for each in names) == 1
    assert not any("bob" in each for each in names)
    assert "bob@example.org" in left_out


def test_mail_goes_to_those_of_the_section_who_handed_in(
    room: Classroom, attempts: dict[str, uuid.UUID], sections: dict[str, int]
) -> None:
    """Nobody else is told that there is something to read."""
    sender, box = postman(room.site)
    to_section(room, sections["ada"])
    sender.deliver()

    assert box.told() == ["ada"]


def test_a_platform_has_what_those_of_the_section_see(on_sqlite: Site) -> None:
    """Taken back, it has nothing any more."""
    school = linked(furnish(on_sqlite, terms=Terms(publishing=Publishing(by_hand=True))))
    sections = in_sections(school.room)
    for name in ("ada", "bob"):
        graded(school.room, name, whole(90))

    has = []
    for is_published in (True, False):
        to_section(school.room, sections["ada"], is_published=is_published)
        school.post()
        has.append((school.has("ada"), school.has("bob")))

    assert has == [(90.0, None), (None, None)]


def by_hand(room: Classroom) -> None:
    """Each is put into the other's section by an instructor."""
    for name, section in {"ada": "section of bob", "bob": "section of ada"}.items():
        with room.site.database.begin() as session:
            asked = select(Membership).where(Membership.person_id == room.people[name])
            change, actor = MemberChange(section=section), Actor(person_id=None, role=Role.INSTRUCTOR)
            change_member(session, session.scalars(asked).one(), change, actor=actor, now=room.site.now())


def by_roster(room: Classroom) -> None:
    """By a file."""
    lines = "Name,Email,Section\nAda,ada@example.org,section of bob\nBob,bob@example.org,section of ada\n"
    table = read_table(lines.encode(), name="class.csv")
    assert isinstance(table, RosterTable)
    with room.site.database.begin() as session:
        digest = preview(session, room.course_id, table).digest
        apply(session, room.course_id, table, digest=digest, by_id=room.people["ines"], now=room.site.now())


def by_group(room: Classroom) -> None:
    """By what their school's provider says when they sign in."""
    for name, section in {"ada": "section of bob", "bob": "section of ada"}.items():
        place = {"ml": Place(role=Role.STUDENT, section=section)}
        actor, person_id = Actor(person_id=None), room.people[name]
        with room.site.database.begin() as session:
            mine = update(Membership).where(Membership.person_id == person_id)
            session.execute(mine.values(by_issuer="https://school"))
            take_groups(session, person_id, "https://school", place, actor=actor, now=room.site.now())


@pytest.mark.parametrize("moved", [by_hand, by_roster, by_group])
def test_who_changes_the_section_has_at_the_platform_what_they_see_here(
    on_sqlite: Site, moved: Callable[[Classroom], None]
) -> None:
    """The one loses what is not published for them any more, the other gets what now is."""
    school = linked(furnish(on_sqlite, terms=Terms(publishing=Publishing(by_hand=True))))
    sections = in_sections(school.room)
    for name in ("ada", "bob"):
        graded(school.room, name, whole(90))
    to_section(school.room, sections["ada"])
    school.post()
    moved(school.room)
    school.post()

    assert (school.has("ada"), school.has("bob")) == (None, 90.0)


def test_a_section_is_published_to_on_the_page_of_an_opening(
    room: Classroom, attempts: dict[str, uuid.UUID], sections: dict[str, int]
) -> None:
    """By whoever teaches; a section of another course is none."""
    ines = at_desk(room)
    elsewhere = furnish(room.site, slug="other", people={})
    with room.site.database.begin() as session:
        other = Section(course_id=elsewhere.course_id, name="other")
        session.add(other)
        session.flush()
        theirs = other.id

    assert f"sections/{sections['ada']}/publish" in ines.get(PAGE).text
    assert ines.post(f"{PAGE}/sections/{sections['ada']}/publish").status_code == 303
    assert ines.post(f"{PAGE}/sections/{theirs}/publish").status_code == 404

    assert points(room, "ada", attempts["ada"]) == (85, True)
    assert f"sections/{sections['ada']}/unpublish" in ines.get(PAGE).text
    assert ines.post(f"{PAGE}/sections/{sections['ada']}/unpublish").status_code == 303
    assert points(room, "ada", attempts["ada"]) == (None, False)


def test_a_program_publishes_to_a_section(
    room: Classroom, attempts: dict[str, uuid.UUID], sections: dict[str, int]
) -> None:
    """And reads to which it is."""
    ines, ada = api(room, "ines"), sections["ada"]

    made = ines.put(f"{API}/sections/{ada}").json()
    assert [each["published_at"] is None for each in made["sections"]] == [False, True]
    assert ines.get(API).json() == made
    assert ines.delete(f"{API}/sections/{ada}").json()["sections"][0]["published_at"] is None
    assert ines.put(f"{API}/sections/999").status_code == 404
    assert api(room, "greta").put(f"{API}/sections/{ada}").status_code == 403
