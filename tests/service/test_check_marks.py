"""Points that a person gives for one check, in the service: on pages, by the API, by table and for a group; what stands
then, what is in the history, and what stays of it under another revision."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace

import pytest

from grader.policy.marking import NotSaved, StandingMark, Way, Why
from grader.policy.terms import Publishing, Terms
from grader.report.marking import Given, GivenCheck
from grader.report.report import Report
from grader.service.attempts.blind import SEES_ALL
from grader.service.attempts.documents import keep_report
from grader.service.marking.answers import Order, answers
from grader.service.marking.group_marks import ForGroup, mark_group, undo_group
from grader.service.marking.groups import groups_in
from grader.service.marking.history import changes_of
from grader.service.marking.saving import Decided, save
from grader.service.marking.table import Taken, marks_table, take
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.mark_tables import MarkedGroup
from tests.service.classroom import Classroom, furnish
from tests.service.grading import graded, two
from tests.service.marked import decide, row_of, stands, with_written
from tests.service.staff import at_desk
from tests.service.test_marking_pages import api
from tests.service.test_regrading import judged, the_set

#: of the second exercise: 40 points by "b", ten each by "c", which stays hidden, and "d"
MODEL = "model"


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    """A course in which a machine grades checks."""
    return with_written(furnish(on_sqlite))


@pytest.fixture
def attempt_id(room: Classroom) -> uuid.UUID:
    """Ada has 40 and 30 points."""
    return graded(room, "ada", two(40, 30))


def give(
    room: Classroom, attempt_id: uuid.UUID, check: str, points: int | None, *, version: int = 0, comment: str = ""
) -> StandingMark | NotSaved:
    """Greta gives points for a check of the model, or takes them back."""
    decided = Decided(
        attempt_id=attempt_id,
        exercise=MODEL,
        check=check,
        given=None if points is None else Given(points=points, comment=comment),
        version=version,
        way=Way.PAGE,
    )
    with room.site.database.begin() as session:
        return save(session, decided, actor=Actor(person_id=room.people["greta"]), now=room.site.now())


def checks(room: Classroom, attempt_id: uuid.UUID) -> dict[str, int]:
    """What stands of each check of the model."""
    standing = (row_of(room, attempt_id).marks or {}).get(MODEL)
    return {each.check: each.points for each in standing.given.checks} if standing and standing.given else {}


def test_points_of_a_check_count_beside_those_of_others_and_are_taken_back_alone(
    room: Classroom, attempt_id: uuid.UUID
) -> None:
    """Each decision is one of the exercise, so that the history undoes any of them; it names what it changed."""
    give(room, attempt_id, "b", 35)
    give(room, attempt_id, "c", 4, version=1, comment="Half.")
    assert (stands(room, "ada")[0], checks(room, attempt_id)) == ("79", {"b": 35, "c": 4})

    give(room, attempt_id, "b", None, version=2)

    assert (stands(room, "ada")[0], checks(room, attempt_id)) == ("74", {"c": 4})
    with room.site.database.read() as session:
        told = [[(one.check, one.given) for one in each.checks] for each in changes_of(session, attempt_id)[MODEL]]
    assert told == [
        [("b", None)],
        [("c", GivenCheck(check="c", points=4, comment="Half."))],
        [("b", GivenCheck(check="b", points=35))],
    ]
    assert isinstance(give(room, attempt_id, "c", None, version=3), StandingMark)
    assert stands(room, "ada")[0] == "70"


@pytest.mark.parametrize(
    ("check", "points", "why"),
    [("c", 11, Why.OUT_OF_BOUNDS), ("c", -1, Why.OUT_OF_BOUNDS), ("z", 1, Why.NO_CHECK), ("c", None, Why.NO_CHECK)],
)
def test_points_of_a_check_are_bounded_by_those_it_is_worth(
    room: Classroom, attempt_id: uuid.UUID, check: str, points: int | None, why: Why
) -> None:
    """As those of an exercise are; of a check that is not there, or has no mark, nothing is saved."""
    refused = give(room, attempt_id, check, points)

    assert isinstance(refused, NotSaved)
    assert (refused.why, row_of(room, attempt_id).marks) == (why, None)


def test_beside_a_mark_of_all_of_the_exercise_there_is_none_of_a_check(room: Classroom, attempt_id: uuid.UUID) -> None:
    """The other way round it takes their place, by the version that was seen."""
    give(room, attempt_id, "c", 4)
    assert isinstance(decide(room, attempt_id, 25, exercise=MODEL, version=1), StandingMark)
    assert (stands(room, "ada")[0], checks(room, attempt_id)) == ("65", {})

    refused = give(room, attempt_id, "c", 4, version=2)

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.FAULTY


def rejudged(room: Classroom, attempt_id: uuid.UUID, report: Report) -> None:
    """Another revision says this."""
    with room.site.database.begin() as session:
        keep_report(session, attempt_id, room.revision_id, report, room.site.now())


def test_a_mark_of_a_check_survives_judging_again(room: Classroom, attempt_id: uuid.UUID) -> None:
    """Kept where the check is gone, told to staff, and counted again should it come back."""
    give(room, attempt_id, "c", 4)
    gone = two(40, 20)
    model = gone.exercises[1]
    without = model.model_copy(update={"checks": model.checks[:1], "possible": 40})
    rejudged(room, attempt_id, gone.model_copy(update={"exercises": (gone.exercises[0], without)}))
    assert (row_of(room, attempt_id).outline.earned, checks(room, attempt_id)) == (60, {"c": 4})
    page = at_desk(room, "greta").get(f"/attempts/{attempt_id}/staff").text
    assert "not there any more" in page

    rejudged(room, attempt_id, two(40, 20))

    assert row_of(room, attempt_id).outline.earned == 64


def test_a_regrade_set_says_which_marks_of_checks_it_affects(room: Classroom, attempt_id: uuid.UUID) -> None:
    """By name, before anything is applied: one stays beside what the machine says now, one would count nowhere."""
    give(room, attempt_id, "b", 35)
    give(room, attempt_id, "c", 4, version=1)
    gone = two(40, 20)
    model = gone.exercises[1]
    without = model.model_copy(update={"checks": model.checks[:1], "possible": 40})
    set_id = the_set(room)
    judged(room, lambda _: gone.model_copy(update={"exercises": (gone.exercises[0], without)}))

    page = at_desk(room, "ines").get(f"/courses/ml/regrades/{set_id}").text

    assert "Title of b: a person gave 35, which stays; the machine says 20/40, before 30/40." in page
    assert "Title of c: a person gave 4, which is kept and counts nowhere" in page


def test_on_the_marking_page_a_check_is_given_points_and_that_is_undone(room: Classroom, attempt_id: uuid.UUID) -> None:
    """In a form of its own for each check that lacks points; what is wrong keeps what was typed."""
    path = f"/courses/ml/openings/digits/marking/{MODEL}/answers/{attempt_id}"
    greta = at_desk(room, "greta")
    assert set(re.findall(r'name="check" value="(\w+)"', greta.get(path).text)) == {"b", "c", "d"}
    wrong = greta.post(path, data={"check": "c", "version": "0", "points": "11", "comment": "typed words"})
    assert (wrong.status_code, "typed words" in wrong.text) == (422, True)

    saved = greta.post(path, data={"check": "c", "version": "0", "points": "4", "then": "stay"})

    assert (saved.status_code, stands(room, "ada")[0]) == (303, "74")
    page = greta.get(saved.headers["Location"]).text
    assert "4 of 10" in page
    assert greta.post(f"{path}/undo", data={"version": "1"}).status_code == 303
    assert (stands(room, "ada")[0], checks(room, attempt_id)) == ("70", {})


def test_on_the_page_of_an_attempt_too(room: Classroom, attempt_id: uuid.UUID) -> None:
    """With what the machine gave, and in the history; taken back it is as before."""
    path = f"/attempts/{attempt_id}/staff"
    form = {"exercise": MODEL, "check": "c", "version": "0", "points": "4", "comment": "<b>Half</b>."}
    assert at_desk(room, "greta").post(f"{path}/marks", data=form).status_code == 303
    page = at_desk(room, "greta").get(path).text
    for said in ("Machine: 70, after marking: 74.", "4 of 10. The machine gave 0.", "&lt;b&gt;Half&lt;/b&gt;."):
        assert said in page
    assert "4 points for &#34;c&#34;" in page

    back = {"exercise": MODEL, "check": "c", "version": "1", "take_back": "yes"}
    assert at_desk(room, "greta").post(f"{path}/marks", data=back).status_code == 303
    assert stands(room, "ada")[0] == "70"


def test_programs_give_points_for_a_check(room: Classroom, attempt_id: uuid.UUID) -> None:
    """The exercise's points are told as they count with it."""
    client = api(room)
    path = f"/api/v1/attempts/{attempt_id}/exercises/{MODEL}/checks/c/mark"
    made = client.put(path, json={"points": 4, "comment": "Half.", "version": 0})

    assert made.status_code == 200
    assert (made.json()["points"], made.json()["checks"]) == (
        34,
        [{"check": "c", "points": 4, "comment": "Half.", "counts": True}],
    )
    told = client.get(f"/api/v1/attempts/{attempt_id}/marks").json()
    assert [each["checks"][0]["points"] for each in told["history"]] == [4]
    assert client.get("/api/v1/courses/ml/assignments/digits/marks").json()["items"][0]["points"] == 34
    assert client.put(path.replace("/c/", "/z/"), json={"points": 4, "version": 1}).status_code == 404
    assert client.put(path, json={"points": 5, "version": 0}).status_code == 409
    assert client.delete(f"{path}?version=1").status_code == 204
    assert stands(room, "ada")[0] == "70"


def test_a_table_gives_and_has_points_of_checks(room: Classroom, attempt_id: uuid.UUID) -> None:
    """Written as it is read; checks that it does not name keep theirs, a wrong line is named."""
    give(room, attempt_id, "c", 4, comment="Half.")

    def imported(*lines: str) -> Taken | NotSaved:
        with room.site.database.begin() as session:
            actor = Actor(person_id=room.people["ines"])
            return take(session, room.opening_id, "\n".join([*lines, ""]).encode(), actor=actor, now=room.site.now())

    with room.site.database.read() as session:
        lines = marks_table(session, room.opening_id).removeprefix("\ufeff").splitlines()
    assert lines[1].startswith("ada@example.org,model,4,Half.,c,")
    assert imported(*lines) == Taken(changed=0, unchanged=1, faults=())
    head = "student,exercise,check,points"
    assert imported(head, "ada@example.org,model,d,7") == Taken(changed=1, unchanged=0, faults=())
    assert checks(room, attempt_id) == {"c": 4, "d": 7}
    assert isinstance(imported(head, "ada@example.org,model,d,70"), NotSaved)
    decide(room, attempt_id, 20, exercise=MODEL, version=2)
    assert isinstance(imported(head, "ada@example.org,model,d,7"), NotSaved)


def test_a_check_of_a_whole_group_is_marked_and_undone_as_one(room: Classroom, attempt_id: uuid.UUID) -> None:
    """An answer that has a mark of all of the exercise is left as it is."""
    other = graded(room, "bob", two(40, 30))

    def marked(*, anew: bool = False) -> MarkedGroup | NotSaved:
        with room.site.database.begin() as session:
            now = room.site.now()
            there = answers(session, room.opening_id, [MODEL], Order.BY_EXERCISE, now=now).answers
            found = groups_in(session, MODEL, there)[0]
            wanted = ForGroup(
                exercise=MODEL, group=found.group.id, seen=found.seen, points=4, check="c", comment="All of you."
            )
            actor = Actor(person_id=room.people["greta"])
            return mark_group(
                session, room.opening_id, replace(wanted, anew=anew), actor=actor, now=now, blind=SEES_ALL
            )

    act = marked()
    assert isinstance(act, MarkedGroup)
    assert (act.marks, checks(room, attempt_id), checks(room, other)) == (2, {"c": 4}, {"c": 4})
    page = at_desk(room, "greta").get("/courses/ml/openings/digits/marking/model/groups").text
    assert re.search(r"2 answers, [^<]*, check Title of c alone", page)
    assert isinstance(marked(), NotSaved)
    with room.site.database.begin() as session:
        undone = undo_group(
            session, session.merge(act), actor=Actor(person_id=room.people["greta"]), now=room.site.now()
        )
        assert isinstance(undone, MarkedGroup)
    assert (checks(room, attempt_id), stands(room, "bob")[0]) == ({}, "70")
    decide(room, other, 20, exercise=MODEL, version=2)
    again = marked(anew=True)
    assert isinstance(again, MarkedGroup)
    assert (again.marks, checks(room, other)) == (1, {})


def test_a_hidden_checks_mark_reaches_no_student(on_sqlite: Site) -> None:
    """Neither its points nor what was said; of a check that is shown both do."""
    room = with_written(furnish(on_sqlite, terms=Terms(publishing=Publishing(marks_from=on_sqlite.now()))))
    attempt_id = graded(room, "ada", two(40, 30))
    give(room, attempt_id, "c", 4, comment="hidden_check_canary")
    give(room, attempt_id, "b", 35, version=1, comment="The sheet said nothing of it.")

    page = at_desk(room, "ada").get(f"/attempts/{attempt_id}").text

    assert "The sheet said nothing of it." in page
    assert "75" in page
    assert "hidden_check_canary" not in page
