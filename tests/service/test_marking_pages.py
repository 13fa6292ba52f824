"""Marking on pages and by the API: saved, told, refused with what was typed kept; nothing that students may not see."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid

import pytest
from starlette.testclient import TestClient

from grader.policy.scopes import Scope
from grader.policy.terms import Terms
from grader.service.marking.rubrics import Worded, add_item, rubric
from grader.service.people.audit import Actor
from grader.service.people.tokens import new_token
from grader.service.regrading.claims import claim_work_in, keep_work
from grader.service.regrading.sets import Done, Wanted, apply, begin
from grader.service.site import Site
from grader.service.store.mark_tables import RubricEntry
from grader.service.store.tables import Opening
from grader.service.web.app import make_app
from tests.service.callers import HERE, populated
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded
from tests.service.marked import decide, row_of, stands, with_written, written
from tests.service.staff import at_desk
from tests.service.test_nothing_leaks import PLANTED, Answer, everything, regraded, without_names

CANARY = "canary_comment"


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    """A course in which a person marks one exercise."""
    return with_written(furnish(on_sqlite))


def api(room: Classroom, name: str = "greta") -> TestClient:
    """That person's program."""
    with room.site.database.begin() as session:
        _, secret = new_token(session, person_id=room.people[name], name="tests", scopes=[*Scope], now=room.site.now())
    return TestClient(make_app(room.site), headers={"Authorization": f"Bearer {secret}"})


def test_a_grader_marks_on_the_page_of_an_attempt(room: Classroom) -> None:
    """The page says what the machine gave and what counts now, and how it came to be."""
    attempt_id = graded(room, "ada", written(40, 30))
    path = f"/attempts/{attempt_id}/staff"
    form = {"exercise": "why", "version": "0", "points": "15", "comment": "The bound <b>is</b> right.", "reason": "r"}

    answer = at_desk(room, "greta").post(f"{path}/marks", data=form)

    assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}?done=saved")
    page = at_desk(room, "greta").get(path).text
    assert "Machine: 70, after marking: 85." in page
    assert "The bound &lt;b&gt;is&lt;/b&gt; right." in page
    assert stands(room, "ada")[0] == "85"


@pytest.mark.parametrize("points", ["21", "-1", "NaN", "", "1.5"])
def test_what_was_typed_is_kept_where_it_is_wrong(room: Classroom, points: str) -> None:
    """With the reason; nothing is saved."""
    attempt_id = graded(room, "ada", written())
    form = {"exercise": "why", "version": "0", "points": points, "comment": "typed words"}

    answer = at_desk(room, "greta").post(f"/attempts/{attempt_id}/staff/marks", data=form)

    assert answer.status_code == 422
    assert "typed words" in answer.text
    assert 'role="alert"' in answer.text
    assert not row_of(room, attempt_id).marks


def test_the_second_of_two_reads_what_stands_and_keeps_what_was_typed(room: Classroom) -> None:
    """And may save again, knowing it."""
    attempt_id = graded(room, "ada", written())
    decide(room, attempt_id, 15, by="ines", comment="from ines")
    form = {"exercise": "why", "version": "0", "points": "4", "comment": "from greta"}

    answer = at_desk(room, "greta").post(f"/attempts/{attempt_id}/staff/marks", data=form)

    assert answer.status_code == 409
    assert "from ines" in answer.text
    assert "from greta" in answer.text
    assert 'name="version" value="1"' in answer.text


def test_a_table_is_imported_on_the_page_of_marking(room: Classroom) -> None:
    """Its wrong lines are named."""
    graded(room, "ada", written())
    ines = at_desk(room)
    for lines, status, says in (
        ("ada@example.org,why,15,\nada@example.org,who,1,", 422, "line 3"),
        ("ada@example.org,why,15,", 200, "1 marks were saved"),
    ):
        file = {"table": ("marks.csv", f"student,exercise,points,comment\n{lines}\n".encode(), "text/csv")}
        answer = ines.post("/courses/ml/openings/digits/marking", files=file)
        assert (answer.status_code, says in answer.text) == (status, True)
    assert stands(room, "ada")[0] == "95"
    assert "ada@example.org,why,15" in ines.get("/courses/ml/openings/digits/marking/marks.csv").text


def test_a_table_may_be_larger_than_a_form(room: Classroom) -> None:
    """With long comments of a large class: it is read, and its lines are judged."""
    graded(room, "ada", written())
    line = f"nobody,why,1,{'x' * 9_000}\n"
    table = f"student,exercise,points,comment\n{line * 200}".encode()

    page = at_desk(room).post("/courses/ml/openings/digits/marking", files={"table": ("marks.csv", table, "text/csv")})
    path, headers = "/api/v1/courses/ml/assignments/digits/marks", {"Content-Type": "text/csv"}
    program = api(room, "ines").put(path, content=table, headers=headers)

    assert (page.status_code, "line 2" in page.text) == (422, True)
    assert (program.status_code, len(program.json()["errors"])) == (422, 200)


def test_programs_give_marks_and_are_told_of_conflicts(room: Classroom) -> None:
    """By the version that they saw; what was taken back is gone."""
    attempt_id = graded(room, "ada", written())
    greta, path = api(room), f"/api/v1/attempts/{attempt_id}/exercises/why/mark"

    made = greta.put(path, json={"points": 15, "comment": "Good.", "version": 0})
    late = greta.put(path, json={"points": 4, "version": 0})
    told = greta.get(f"/api/v1/attempts/{attempt_id}/marks").json()

    assert (made.status_code, made.json()["version"], made.json()["by"]) == (200, 1, "Greta")
    assert (late.status_code, late.json()["type"], late.json()["version"]) == (409, "/problems/mark_changed", 1)
    assert [each["points"] for each in told["marks"]] == [15]
    assert greta.delete(f"{path}?version=1").status_code == 204
    assert greta.get(f"/api/v1/attempts/{attempt_id}/marks").json()["history"][0]["points"] is None
    assert greta.put(path.replace("why", "who"), json={"points": 1, "version": 0}).status_code == 404


def test_a_program_imports_a_table(room: Classroom) -> None:
    """All lines or none, each wrong one named; the list has them all."""
    graded(room, "ada", written())
    ines, path = api(room, "ines"), "/api/v1/courses/ml/assignments/digits/marks"
    table = "student,exercise,points,comment\nada@example.org,why,15,\nada@example.org,model,1,\n"
    headers = {"Content-Type": "text/csv"}

    wrong = ines.put(path, content=table, headers=headers)
    done = ines.put(f"{path}?partial=true", content=table, headers=headers)

    assert (wrong.status_code, len(wrong.json()["errors"])) == (422, 1)
    assert "line 3" in wrong.json()["errors"][0]["what"]
    assert (done.status_code, done.json()["changed"], len(done.json()["faults"])) == (200, 1, 1)
    assert [(each["exercise"], each["points"]) for each in ines.get(path).json()["items"]] == [("why", 15)]
    assert "ada@example.org,why,15" in ines.get(f"{path}?format=csv").text


@pytest.mark.parametrize("who", ["the student whose it is", "another student of the course", "nobody"])
def test_what_is_not_published_reaches_no_student(on_sqlite: Site, who: str) -> None:
    """Neither points nor comment of a person, on no page, in no data, no stream of events."""
    world = populated(on_sqlite)
    regraded(world, written(40, 30))
    decide(world.here, world.attempts[HERE], 17, comment=CANARY)

    answers = everything(world, who)

    told = [each.path for each in answers if CANARY in each.text or "Machine: 70" in each.text]
    assert told == []
    points = [json.loads(each.text.partition("\n")[2])["earned"] for each in answers if is_opening(each)]
    assert set(points) <= {70, None}


@pytest.mark.parametrize("who", ["the student whose it is", "another student of the course"])
def test_nothing_that_a_student_is_answered_differs_by_what_is_not_published(on_sqlite: Site, who: str) -> None:
    """Marked or not, by a rubric, otherwise than the machine: the same bytes, so that no length or header tells."""
    world = populated(on_sqlite)
    regraded(world, written(40, 30))
    told = []
    for is_marked in (False, True):
        if is_marked:
            item = rubric_item(world.here)
            decide(world.here, world.attempts[HERE], 2, comment=CANARY, items=(item,))
            decide(world.here, world.attempts[HERE], 3, exercise="my_softmax", comment=CANARY)
        told.append({each.path + each.kind: without_names(each.text) for each in everything(world, who)})

    assert [path for path in told[0] if told[0][path] != told[1][path]] == []


@pytest.mark.parametrize("path", ["/", "/courses/ml", "/courses/ml/digits"])
def test_a_student_is_told_that_points_wait_until_the_mark_is_seen(room: Classroom, path: str) -> None:
    """Beside the points that are there, wherever these stand; published, it is one number."""
    decide(room, graded(room, "ada", written(40, 30)), 17)
    before = at_desk(room, "ada").get(path).text
    with room.site.database.begin() as session:
        session.get_one(Opening, room.opening_id).published_at = room.site.now()

    assert "20 more wait for a person." in before
    assert "wait for a person" not in at_desk(room, "ada").get(path).text


def rubric_item(room: Classroom) -> int:
    """Of the exercise that a person marks."""
    with room.site.database.begin() as session:
        worded, actor = Worded(points=10, words=CANARY), Actor(person_id=None)
        made = add_item(session, room.opening_id, "why", worded, actor=actor, now=room.site.now())
    assert isinstance(made, RubricEntry)
    return made.id


def is_opening(answer: Answer) -> bool:
    return bool(re.search(r"/assignments/digits/opening$", answer.path)) and '"earned"' in answer.text


def test_what_people_write_of_marks_is_markup_nowhere(on_sqlite: Site, clock: StoppedClock) -> None:
    """Comment, reason, words of an item, request and answer, why a class was judged again: on every page they are text,
    and in no table a formula."""
    room = with_written(furnish(on_sqlite, terms=Terms(requests_until=clock.after(days=1))))
    attempt_id = graded(room, "ada", written(40, 30))
    hostile, path = f"={PLANTED}", f"/attempts/{attempt_id}"
    ada, ines = at_desk(room, "ada"), at_desk(room)
    marking = "/courses/ml/openings/digits/marking"
    assert ines.post(f"{marking}/why/rubric", data={"points": "3", "words": hostile}).status_code == 303
    with on_sqlite.database.begin() as session:
        session.get_one(Opening, room.opening_id).published_at = on_sqlite.now()
        (item,) = [each.id for each in rubric(session, room.opening_id)]
    assert ada.post(f"{path}/requests", data={"exercise": "why", "text": hostile}).status_code == 303
    decide(room, attempt_id, 1, comment=hostile, reason=hostile, items=(item,))
    answer = {"exercise": "why", "version": "1", "answer": hostile, "points": "2", "comment": hostile}
    assert ines.post(f"{path}/staff/requests", data=answer).status_code == 303
    decide(room, attempt_id, 1, comment=hostile, reason=hostile, items=(item,), version=2)
    regrade(room, reason=hostile)

    seen = [(f"ada {path}", ada.get(path).text)]
    for each in (
        path,
        f"{path}/staff",
        marking,
        f"{marking}/why/rubric",
        f"{marking}/why/answers/{attempt_id}",
        "/courses/ml/marking/requests",
        "/courses/ml/openings/digits/regrades",
        "/courses/ml/audit",
    ):
        answered = ines.get(each)
        assert answered.status_code == 200, each
        seen.append((each, answered.text))

    assert [each for each, page in seen if "<img src=x" in page] == []
    assert [each for each, page in seen if "&lt;img src=x" not in page] == [marking]
    for each in (f"{marking}/marks.csv", "/courses/ml/gradebook/export", "/courses/ml/gradebook/export/digits/csv"):
        table = ines.get(each)
        assert table.headers["Content-Type"].startswith("text/csv"), each
        cells = [cell for line in csv.reader(io.StringIO(table.text)) for cell in line]
        assert [cell for cell in cells if cell.startswith("=")] == [], each


def regrade(room: Classroom, *, reason: str) -> None:
    """The class is judged again, and nothing changes."""
    actor, now = Actor(person_id=room.people["ines"]), room.site.now()
    with room.site.database.begin() as session:
        opening = session.get_one(Opening, room.opening_id)
        wanted = Wanted(revision_id=room.revision_id)
        set_id = begin(session, room.site, opening, wanted, actor=actor, now=now)
    assert isinstance(set_id, uuid.UUID)
    while (work := claim_work_in(room.site.database, worker="w", now=now)) is not None:
        with room.site.database.begin() as session:
            keep_work(session, work, written(30, 30), asked_again=True)
    with room.site.database.begin() as session:
        done = apply(session, set_id, reason=reason, only_gains=False, actor=actor, now=now)
    assert isinstance(done, Done)
