"""A roster: what it would change is shown, and exactly that is done."""

from __future__ import annotations

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from grader.messages import english
from grader.service.people import enrolling, roster
from grader.service.people.roster import RosterChange, RosterRefused, RosterTable, What
from grader.service.site import Site
from grader.service.store.tables import Attempt, Membership, Person, Role
from tests.service.classroom import Classroom, enrol, furnish, handed_in

HEADINGS = "Name,ID,Email,Section\n"


@pytest.fixture
def room(site: Site) -> Classroom:
    """Ada, 1, and Bob, 2, in a course."""
    room = furnish(site)
    applied(room, "Ada,1,ada@example.org,A\nBob,2,bob@example.org,B\n")
    return room


def table(lines: str) -> RosterTable:
    read = roster.read_table((HEADINGS + lines).encode(), name="class.csv")
    assert isinstance(read, RosterTable)
    return read


def previewed(room: Classroom, lines: str) -> RosterChange:
    with room.site.database.read() as session:
        return roster.preview(session, room.course_id, table(lines))


def applied(room: Classroom, lines: str, digest: str | None = None) -> RosterChange | RosterRefused:
    digest = digest or previewed(room, lines).digest
    with room.site.database.begin() as session:
        return enrolling.apply(
            session, room.course_id, table(lines), digest=digest, by_id=room.people["ines"], now=room.site.now()
        )


def member(session: Session, room: Classroom, number: str) -> Membership:
    asked = select(Membership).where(Membership.course_id == room.course_id, Membership.number == number)
    return session.scalars(asked).one()


def test_a_roster_shows_what_it_changes_and_changes_that(room: Classroom) -> None:
    """Somebody new, somebody whose name, address and section changed, somebody gone; those who teach are not in it."""
    lines = "Ada Lovelace,1,lovelace@example.org,C\nCarl,3,carl@example.org,A\n"
    change = previewed(room, lines)
    assert [one.entry.name for one in change.added] == ["Carl"]
    assert [one.name for one in change.left] == ["Bob"]
    assert [{each.what for each in one.differences} for one in change.changed] == [
        {What.NAME, What.EMAIL, What.SECTION}
    ]
    assert applied(room, lines, change.digest) == change
    assert previewed(room, lines) == RosterChange(untouched=2)


def test_to_look_changes_nothing(room: Classroom) -> None:
    """However often."""
    assert previewed(room, "Carl,3,carl@example.org,A\n") == previewed(room, "Carl,3,carl@example.org,A\n")


def test_what_was_looked_at_before_the_course_changed_is_not_done(room: Classroom) -> None:
    """Nor what was looked at of another file."""
    seen = previewed(room, "Ada,1,ada@example.org,A\n").digest
    applied(room, "Ada,1,ada@example.org,B\n")
    assert isinstance(applied(room, "Ada,1,ada@example.org,A\n", seen), RosterRefused)
    with room.site.database.read() as session:
        assert member(session, room, "1").section is not None


def test_whoever_left_keeps_what_they_handed_in_and_may_come_back(room: Classroom) -> None:
    """Nobody is deleted by a roster."""
    handed_in(room, "bob")
    applied(room, "Ada,1,ada@example.org,A\n")
    with room.site.database.read() as session:
        assert member(session, room, "2").left_at is not None
        assert session.scalar(select(func.count()).select_from(Attempt)) == 1
    change = previewed(room, "Ada,1,ada@example.org,A\nBob,2,bob@example.org,B\n")
    assert [(one.entry.name, one.was_here) for one in change.added] == [("Bob", True)]
    applied(room, "Ada,1,ada@example.org,A\nBob,2,bob@example.org,B\n")
    with room.site.database.read() as session:
        assert member(session, room, "2").person_id == room.people["bob"]
        assert member(session, room, "2").left_at is None


@pytest.mark.parametrize(
    ("lines", "faulty", "says"),
    [
        ("Ada,1,ada@example.org,A\nAda,1,a@example.org,A\nBob,2,bob@example.org,B\n", (2, 3), "stands in more"),
        ("Ada,1,x@example.org,A\nBob,2,X@example.org,B\n", (2, 3), "Each person needs their own"),
        ("Ada,1,ada,A\nBob,2,bob@example.org,B\n", (2,), "no e-mail address"),
        ("Ada,1,bob@example.org,A\n", (2,), "another's"),
        ("Ada,1,,A\nAda,9,ada@example.org,A\nBob,2,,B\n", (2, 3), "one by the number"),
        ("Nobody,,,A\nAda,1,,A\nBob,2,,B\n", (2,), "neither a number nor"),
    ],
    ids=["number twice", "one address for two", "no address", "two people", "one person twice", "nobody"],
)
def test_a_line_that_makes_no_sense_is_told_and_harms_nobody(
    room: Classroom, lines: str, faulty: tuple[int, ...], says: str
) -> None:
    """By its number in the file; whoever may be meant by it is not taken for gone."""
    change = previewed(room, lines)
    assert [fault.lines for fault in change.faults] == [faulty]
    assert says in english(change.faults[0].message)
    assert change.left == ()


def test_a_roster_neither_raises_nor_lowers_those_who_teach(room: Classroom) -> None:
    """An instructor in the list of students stays one, and is not renamed."""
    change = previewed(room, "Ada,1,,A\nBob,2,,B\nStudent Ines,77,ines@example.org,A\n")
    assert (change.added, change.changed, change.left, change.untouched) == ((), (), (), 3)


def test_whom_a_group_brought_and_a_roster_names_no_group_takes_back(room: Classroom) -> None:
    """The roster has said so since; of those who teach, the group still decides."""
    with room.site.database.begin() as session:
        everybody = update(Membership).where(Membership.course_id == room.course_id)
        session.execute(everybody.values(by_issuer="https://school"))
    applied(room, "Ada Lovelace,1,ada@example.org,A\nBob,2,bob@example.org,B\n")

    with room.site.database.read() as session:
        kept = set(session.scalars(select(Membership.role).where(Membership.by_issuer.is_not(None))))
        assert (member(session, room, "1").by_issuer, member(session, room, "2").by_issuer) == (None, None)
    assert kept == {Role.INSTRUCTOR, Role.GRADER}


def test_nobody_is_made_somebody_elses_account_by_a_roster(room: Classroom) -> None:
    """Whoever is in another course too keeps name and address: an instructor of one course has no say in the other."""
    other = furnish(room.site, slug="other", people={})
    with room.site.database.begin() as session:
        session.add(
            Membership(
                course_id=other.course_id,
                person_id=room.people["ada"],
                role=Role.INSTRUCTOR,
                joined_at=room.site.now(),
            )
        )
    lines = "Mallory,1,mallory@example.org,A\nBob,2,bob@example.org,B\n"
    assert "other courses" in english(previewed(room, lines).faults[0].message)
    applied(room, lines)
    with room.site.database.read() as session:
        ada = session.get_one(Person, room.people["ada"])
    assert (ada.name, ada.email) == ("Ada", "ada@example.org")


def test_somebody_known_from_another_course_is_the_same_person_here(room: Classroom) -> None:
    """By their address; the roster of this course does not rename them."""
    other = furnish(room.site, slug="other", people={})
    with room.site.database.begin() as session:
        dora = enrol(session, room.site, other.course_id, "dora", Role.STUDENT)
    lines = "Ada,1,,A\nBob,2,,B\nD.,4,dora@example.org,A\n"
    assert [(one.person_id, one.was_here) for one in previewed(room, lines).added] == [(dora, False)]
    applied(room, lines)
    with room.site.database.read() as session:
        assert member(session, room, "4").person_id == dora
        assert session.get_one(Person, dora).name == "Dora"


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"\xff\xfe\x00\xd8", b"just words", b"Name,ID\n", b'Name,ID\n"x,1\n', b"\0" * 100],
)
def test_what_is_no_roster_is_refused_in_words(data: bytes) -> None:
    """Whatever somebody drops on the page."""
    assert isinstance(roster.read_table(data, name="x.csv"), RosterRefused)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_exports_are_read_in_the_encodings_they_come_in(encoding: str) -> None:
    """With the headings of the platform: here Canvas's gradebook, and Chinese ones."""
    canvas = (
        "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n王小明,17,s17,ming@example.org,A 班\n"
    )
    read = roster.read_table(canvas.encode(encoding), name="x.csv")
    assert isinstance(read, RosterTable)
    assert [(one.name, one.number, one.section) for one in read.entries] == [("王小明", "17", "A 班")]


def test_the_headings_that_the_page_names_are_read() -> None:
    """A number among them, though there are addresses."""
    read = roster.read_table(b"Name,E-mail,Number,Section\nAda,ada@example.org,17,A\n", name="x.csv")
    assert isinstance(read, RosterTable)
    assert [(one.number, one.email, one.section) for one in read.entries] == [("17", "ada@example.org", "A")]


def test_five_thousand_lines_take_few_queries(room: Classroom) -> None:
    """Whatever the size of the class, so many for each kind of thing, and for each thousand."""
    lines = "".join(f"Student {n},{n},s{n}@example.org,{n % 10}\n" for n in range(10, 5_010))
    asked: list[str] = []
    digest = previewed(room, lines).digest
    event.listen(room.site.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2][:40]))
    applied(room, lines, digest)
    assert len(asked) < 60
