"""Second marking: who may give the second mark, that the first is shown to nobody before, what counts until it is
settled and after."""

from __future__ import annotations

import re
import uuid
from fractions import Fraction
from random import Random

import pytest

from grader.policy.marking import Chosen, NotSaved, StandingMark, Way, Why
from grader.report.marking import Given
from grader.service.marking.history import changes_of
from grader.service.marking.saving import Decided
from grader.service.marking.seconds import (
    agreement_of,
    draw,
    give_second,
    next_second,
    second_at,
    seconds_of,
    settle_second,
)
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.mark_tables import SecondMark
from grader.service.store.tables import Role
from tests.service.classroom import Classroom, furnish
from tests.service.grading import graded
from tests.service.marked import decide, row_of, stands, with_written, written
from tests.service.staff import actions, at_desk
from tests.service.test_marking_pages import api

STUDENTS = ("ada", "bob", "cem", "dora")
BASE = "/courses/ml/openings/digits/marking/why/seconds"
API = "/api/v1/courses/ml/assignments/digits/exercises/why/seconds"


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    """Greta and Gus mark, Ines teaches."""
    roles = {"ines": Role.INSTRUCTOR, "greta": Role.GRADER, "gus": Role.GRADER}
    return with_written(furnish(on_sqlite, people=roles | dict.fromkeys(STUDENTS, Role.STUDENT)))


@pytest.fixture
def attempts(room: Classroom) -> dict[str, uuid.UUID]:
    """Greta gave 10, 11, 12 and 13 points to what they wrote."""
    made = {name: graded(room, name, written(text=f"{name} wrote")) for name in STUDENTS}
    for points, attempt_id in enumerate(made.values(), 10):
        decide(room, attempt_id, points, comment="First comment.")
    return made


def drawn(room: Classroom, number: int) -> int | NotSaved:
    with room.site.database.begin() as session:
        actor = Actor(person_id=room.people["ines"])
        return draw(session, room.opening_id, "why", number, chance=Random(1), actor=actor, now=room.site.now())


def second(room: Classroom, attempt_id: uuid.UUID, points: int, by: str = "gus") -> SecondMark | NotSaved:
    decided = Decided(
        attempt_id=attempt_id,
        exercise="why",
        given=Given(points=points, comment="Second comment."),
        version=0,
        way=Way.SECOND,
    )
    with room.site.database.begin() as session:
        row = second_at(session, room.opening_id, "why", attempt_id)
        assert row is not None
        return give_second(session, row, decided, actor=Actor(person_id=room.people[by]), now=room.site.now())


def settled(room: Classroom, attempt_id: uuid.UUID, choice: Chosen, version: int = 1) -> SecondMark | NotSaved:
    with room.site.database.begin() as session:
        row = second_at(session, room.opening_id, "why", attempt_id)
        assert row is not None
        actor = Actor(person_id=room.people["ines"])
        return settle_second(session, row, choice, version=version, actor=actor, now=room.site.now())


def counts(room: Classroom, attempt_id: uuid.UUID) -> int:
    given = (row_of(room, attempt_id).marks or {})["why"].given
    assert given is not None
    return given.points


def test_a_sample_is_of_marked_answers_each_once(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """More may be drawn until there are none."""
    decide(room, attempts["dora"], None, version=1)

    assert [drawn(room, 2), drawn(room, 5)] == [2, 1]
    refused = drawn(room, 1)

    assert isinstance(refused, NotSaved)
    with room.site.database.read() as session:
        found = {each.row.attempt_id for each in seconds_of(session, room.opening_id, "why")}
    assert found == {attempts[name] for name in STUDENTS[:3]}


def test_whoever_gave_the_first_mark_gives_no_second(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """And is led to none."""
    drawn(room, 4)

    refused = second(room, attempts["ada"], 10, by="greta")

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.FAULTY
    with room.site.database.read() as session:
        now, opening_id = room.site.now(), room.opening_id
        assert next_second(session, opening_id, "why", room.people["greta"], now) is None
        assert next_second(session, opening_id, "why", room.people["gus"], now) is not None


def test_the_first_mark_counts_until_the_second_is_chosen(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """Then it is a mark as any other, with its history."""
    drawn(room, 4)
    for name, points in (("ada", 10), ("bob", 18), ("cem", 2)):
        assert isinstance(second(room, attempts[name], points), SecondMark)
    assert [counts(room, attempts[name]) for name in STUDENTS] == [10, 11, 12, 13]

    assert isinstance(settled(room, attempts["bob"], Chosen.SECOND), SecondMark)
    assert isinstance(settled(room, attempts["cem"], Chosen.FIRST), SecondMark)

    assert [counts(room, attempts[name]) for name in STUDENTS] == [10, 18, 12, 13]
    assert stands(room, "bob")[0] == "98"
    with room.site.database.read() as session:
        last = changes_of(session, attempts["bob"])["why"][0]
        found = seconds_of(session, room.opening_id, "why")
    assert (last.row.way, last.by) == (Way.SECOND, "Ines")
    assert {each.row.choice for each in found} == {Chosen.FIRST, Chosen.SECOND, None}
    agreed = agreement_of(found)
    assert (agreed.pairs, agreed.equal, agreed.mean_difference, agreed.kappa) == (
        3,
        Fraction(1, 3),
        Fraction(-1),
        None,
    )
    assert actions(room.site).count("second.given") == 3


def test_what_was_settled_or_given_is_so_once(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """Whoever comes later is told, and so is who chooses after the first mark became another."""
    drawn(room, 4)
    second(room, attempts["ada"], 18)
    again = second(room, attempts["ada"], 18, by="ines")
    decide(room, attempts["ada"], 3, version=1)
    late = settled(room, attempts["ada"], Chosen.SECOND)
    settled(room, attempts["ada"], Chosen.FIRST)
    otherwise = settled(room, attempts["ada"], Chosen.SECOND, version=2)
    early = settled(room, attempts["bob"], Chosen.FIRST)

    whys = [each.why for each in (again, late, otherwise, early) if isinstance(each, NotSaved)]
    assert whys == [Why.CHANGED, Why.CHANGED, Why.CHANGED, Why.FAULTY]
    assert counts(room, attempts["ada"]) == 3


def test_a_second_mark_is_bounded_as_a_first(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """And needs a first that stands."""
    drawn(room, 4)
    decide(room, attempts["bob"], None, version=1)

    refused = [second(room, attempts["ada"], 21), second(room, attempts["bob"], 3)]

    assert [each.why for each in refused if isinstance(each, NotSaved)] == [Why.OUT_OF_BOUNDS, Why.CHANGED]


def test_the_page_of_a_second_mark_shows_nothing_of_the_first(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """Neither points nor comment nor whose it is; saved, both are shown and one is chosen."""
    ines, gus = at_desk(room), at_desk(room, "gus")
    assert ines.post(BASE, data={"number": "50 %"}).status_code == 303
    assert ines.post(BASE, data={"number": "many"}).status_code == 422
    at = gus.get(f"{BASE}/next").headers["Location"]
    page = gus.get(at).text
    whose = next(name for name, each in attempts.items() if str(each) in at)
    assert f"{whose} wrote" in page
    assert not re.search(r"First comment|Greta|of 20\.|/people/\d", page)

    assert gus.post(at, data={"points": "x"}).status_code == 422
    assert gus.post(at, data={"new_points": "20", "new_words": "All."}).headers["Location"] == f"{BASE}/next"

    both = ines.get(BASE).text
    assert "First comment." in both
    assert "1 of 2 answers" in both
    assert gus.get(at).headers["Location"] == BASE
    done = ines.post(f"{at}/settle", data={"choice": "second", "version": "1"})
    assert (done.status_code, counts(room, attempts[whose])) == (303, 20)
    assert ines.post(f"{at}/settle", data={"choice": "first", "version": "2"}).status_code == 409


def test_programs_draw_mark_and_settle(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """What a first mark was is told once there is a second."""
    ines, gus, ada = api(room, "ines"), api(room, "gus"), str(attempts["ada"])
    told = ines.post(API, json={"number": 4}).json()
    assert [(each["first"], each["second"]) for each in told["items"]] == [(None, None)] * 4

    assert gus.put(f"{API}/{ada}", json={"points": 18}).status_code == 204
    assert gus.put(f"{API}/{ada}", json={"points": 18}).status_code == 409
    (first, *_) = gus.get(API).json()["items"]
    done = ines.post(f"{API}/{ada}/choice", json={"choice": "second", "version": first["version"]})

    assert (first["attempt"], first["first"], first["second"], first["second_by"]) == (ada, 10, 18, "Gus")
    assert (done.status_code, counts(room, attempts["ada"])) == (204, 18)
    assert gus.get(API).json()["agreement"]["mean_difference"] == 8
    assert gus.post(API, json={"number": 1}).status_code == 403


def test_a_mark_that_was_chosen_is_one_as_any_other(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """It is changed as any other."""
    drawn(room, 4)
    second(room, attempts["ada"], 18)
    settled(room, attempts["ada"], Chosen.SECOND)

    assert isinstance(decide(room, attempts["ada"], 4, version=2), StandingMark)
    assert counts(room, attempts["ada"]) == 4


def test_the_overview_leads_to_what_waits_for_people(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """As the list of what is to be marked does: second marks, and two that differ, each with the way there. What staff
    handed in to try it is no student's."""
    drawn(room, 4)
    second(room, attempts["ada"], 20)
    decide(room, attempts["bob"], None, version=1)
    graded(room, "ines", written(text="Only a try."))

    for path in ("/courses/ml/teach", "/courses/ml/marking"):
        shown = at_desk(room, "greta").get(path).text.partition("To choose between")[2]
        numbers = re.findall(r'class="number">(?:<a href="(.*?)">)?(\d+)', shown)
        assert numbers[:3] == [("", "1"), (BASE, "3"), (BASE, "1")]
    assert "4 / 4" in at_desk(room, "greta").get("/courses/ml/teach").text
