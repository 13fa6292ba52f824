"""The marking page: one answer after the other, never two graders on one, undone, with or without names, quickly."""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from markupsafe import Markup
from starlette.testclient import TestClient

from grader.policy.marking import StandingMark
from grader.service.marking.leases import LEASE
from grader.service.marking.rubrics import Worded, add_item, rubric
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.mark_tables import RubricEntry
from grader.service.store.tables import Role
from grader.service.web.staff.kept_prose import KeptProse
from grader.service.web.staff.shown_answer import shown_answer
from tests.service.classroom import Classroom, enrol, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded
from tests.service.marked import decide, row_of, waiting, with_written, written
from tests.service.questions import questions
from tests.service.staff import at_desk

BASE = "/courses/ml/openings/digits/marking"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n and so on").decode()
#: of a page with all that is on it, the kept comments among it; those that are drawn ahead are asked for after it
MOST_QUESTIONS = 24
HOSTILE = "**bold** <script>alert(1)</script> <img src=x onerror=alert(1)>"


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    """Ada and Bob have answered what a person marks."""
    return with_written(furnish(on_sqlite))


@pytest.fixture
def answers(room: Classroom) -> dict[str, uuid.UUID]:
    """Their attempts."""
    return {name: graded(room, name, written(text=f"{name}: {HOSTILE}")) for name in ("ada", "bob")}


def path(attempt_id: uuid.UUID, query: str = "") -> str:
    return f"{BASE}/why/answers/{attempt_id}{query}"


def item(room: Classroom, points: int) -> int:
    with room.site.database.begin() as session:
        worded = Worded(points=points, words=f"words of {points}")
        made = add_item(session, room.opening_id, "why", worded, actor=Actor(person_id=None), now=room.site.now())
    assert isinstance(made, RubricEntry)
    return made.id


def first_of(browser: TestClient, query: str = "") -> str:
    """Where marking begins."""
    answer = browser.get(f"{BASE}/why{query}")
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_one_marks_through_and_ends_where_nothing_waits(room: Classroom, answers: dict[str, uuid.UUID]) -> None:
    """Each save leads to the next that waits; what is marked already is passed over."""
    greta, bound = at_desk(room, "greta"), item(room, 12)
    begun = first_of(greta)
    assert begun == path(answers["ada"])

    saved = greta.post(begun, data={"version": "0", "items": [str(bound)], "points": "3", "then": "next"})

    assert saved.headers["Location"].startswith(path(answers["bob"]))
    page = greta.get(saved.headers["Location"]).text
    assert "1 of 2 marked" in page
    assert (row_of(room, answers["ada"]).marks or {})["why"].given.points == 15  # type: ignore[union-attr]
    last = greta.post(path(answers["bob"]), data={"version": "0", "points": "4", "then": "next"})
    assert last.headers["Location"].startswith(path(answers["bob"]))
    assert "Nothing more waits" in greta.get(path(answers["bob"])).text


def test_an_item_typed_while_marking_is_of_the_mark_and_of_the_rubric(
    room: Classroom, answers: dict[str, uuid.UUID]
) -> None:
    """Once, however often it is sent; a mark that is refused keeps what was typed."""
    greta, ada = at_desk(room, "greta"), path(answers["ada"])
    typed = {"version": "0", "new_points": "12", "new_words": "The bound is right.", "then": "next"}

    wrong = greta.post(ada, data=typed | {"new_points": "many"})
    late = greta.post(ada, data=typed | {"version": "7"})
    saved = greta.post(ada, data=typed)

    assert (wrong.status_code, 'value="The bound is right."' in wrong.text, late.status_code) == (422, True, 409)
    assert saved.headers["Location"].startswith(path(answers["bob"]))
    with room.site.database.read() as session:
        (only,) = rubric(session, room.opening_id, "why")
    given = (row_of(room, answers["ada"]).marks or {})["why"].given
    assert given is not None
    assert (given.points, [each.id for each in given.items]) == (12, [only.id])


def test_two_graders_are_never_on_the_same_answer(
    room: Classroom, answers: dict[str, uuid.UUID], clock: StoppedClock
) -> None:
    """Who comes second is led to another; whoever opens it all the same reads who has it, until the lease is over."""
    greta, ines = at_desk(room, "greta"), at_desk(room, "ines")
    greta.get(first_of(greta))

    assert first_of(ines) == path(answers["bob"])
    page = ines.get(path(answers["ada"])).text
    assert "Greta is marking this answer" in page
    assert 'id="marking"' not in page
    refused = ines.post(path(answers["ada"]), data={"version": "0", "points": "1"})
    assert (refused.status_code, row_of(room, answers["ada"]).marks) == (409, None)

    clock.go_on(seconds=LEASE.total_seconds())

    assert ines.post(path(answers["ada"]), data={"version": "0", "points": "1"}).status_code == 303


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("exercise", ["who", "x" * 300])
def test_nobody_has_an_answer_to_an_exercise_that_there_is_not(site: Site, exercise: str) -> None:
    """In whichever order one goes through them, and however it is called."""
    room = with_written(furnish(site))
    attempt_id = graded(room, "ada", written())
    there = f"{BASE}/{exercise}/answers/{attempt_id}?by=student"

    answer = at_desk(room, "greta").post(there, data={"version": "0", "points": "1"})

    assert answer.status_code == 404


def test_an_undone_mark_is_never_another_than_it_was(room: Classroom, answers: dict[str, uuid.UUID]) -> None:
    """Where an item of it is gone meanwhile, that is said, and the mark stays."""
    greta, bound, ada = at_desk(room, "greta"), item(room, 12), answers["ada"]
    greta.post(path(ada), data={"version": "0", "items": [str(bound)]})
    greta.post(path(ada), data={"version": "1", "points": "1"})
    greta.post(f"{BASE}/why/rubric/remove", data={"item_id": str(bound)})

    refused = greta.post(f"{path(ada)}/undo", data={"version": "2"})

    assert (refused.status_code, "This item was removed" in refused.text) == (409, True)
    standing = (row_of(room, ada).marks or {})["why"]
    assert standing.given is not None
    assert standing.given.points == 1


def test_the_last_mark_is_undone_unless_somebody_decided_since(room: Classroom, answers: dict[str, uuid.UUID]) -> None:
    """To what stood before: another mark with its items, or none."""
    greta, bound, ada = at_desk(room, "greta"), item(room, 12), answers["ada"]
    greta.post(path(ada), data={"version": "0", "items": [str(bound)], "comment": "first"})
    greta.post(path(ada), data={"version": "1", "points": "1"})

    assert greta.post(f"{path(ada)}/undo", data={"version": "2"}).status_code == 303

    standing = (row_of(room, ada).marks or {})["why"]
    assert standing.given is not None
    assert (standing.given.points, standing.given.comment, len(standing.given.items)) == (12, "first", 1)
    assert isinstance(decide(room, ada, 7, version=3, by="ines"), StandingMark)
    assert greta.post(f"{path(ada)}/undo", data={"version": "2"}).status_code == 409
    decide(room, answers["bob"], 3)
    greta.post(f"{path(answers['bob'])}/undo", data={"version": "1"})
    assert (row_of(room, answers["bob"]).marks or {})["why"].given is None


def test_names_are_hidden_where_that_is_wanted(room: Classroom, answers: dict[str, uuid.UUID]) -> None:
    """In the page, its addresses and its order; shown else."""
    greta = at_desk(room, "greta")
    hidden = greta.get(first_of(greta, "?names=hidden")).text
    shown = greta.get(path(answers["ada"])).text

    assert not re.search(r"Ada\b|Bob\b|example\.org|/people/\d", hidden)
    assert "names=hidden" in hidden
    assert "Ada" in shown


def test_one_goes_by_student_through_all_that_people_mark(room: Classroom, answers: dict[str, uuid.UUID]) -> None:
    """Then the next answer is another exercise of the same student."""
    page = at_desk(room, "greta").get(path(answers["ada"], "?by=student")).text

    assert "answer 1 of 2" in page
    assert f"/answers/{answers['bob']}?by=student" in page


def test_what_a_student_wrote_is_drawn_and_runs_nothing(room: Classroom, answers: dict[str, uuid.UUID]) -> None:
    """Markdown by the process that cleans it."""
    page = at_desk(room, "greta").get(path(answers["ada"])).text

    assert "<strong>bold</strong>" in page
    assert "<script>alert" not in page
    assert "onerror" not in page.partition('class="prose"')[2].partition("</div>")[0]


def notebook(*outputs: object) -> bytes:
    cells: list[dict[str, object]] = [{"cell_type": "markdown", "metadata": {}, "source": "q"}] * 6
    cells.append({"cell_type": "code", "metadata": {}, "execution_count": 1, "source": "plot()", "outputs": [*outputs]})
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


@pytest.mark.parametrize(
    ("output", "pictures"),
    [
        pytest.param({"output_type": "display_data", "metadata": {}, "data": {"image/png": PNG}}, 1, id="a picture"),
        pytest.param({"output_type": "display_data", "metadata": {}, "data": {"image/png": "PHN2Zz4="}}, 0, id="none"),
        pytest.param({"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": "<svg>"}}, 0, id="SVG"),
        pytest.param({"output_type": "display_data", "metadata": {}, "data": {"image/png": 7}}, 0, id="a number"),
    ],
)
def test_code_has_its_lines_and_the_pictures_it_left(output: object, pictures: int) -> None:
    """A picture is one by its bytes, whatever it is called; nothing else of outputs is shown."""
    result = waiting("plot()")

    answer = shown_answer(result, notebook(output), KeptProse(lambda texts: [None for _ in texts]))

    assert answer.listing is not None
    assert len(answer.pictures) == pictures


def test_what_is_asked_is_shown_with_what_was_answered() -> None:
    """The prose before the answer, drawn by the same process. What was answered in words is prose in any case."""
    asked: list[Sequence[str]] = []

    def drawing(texts: Sequence[str]) -> Sequence[Markup]:
        asked.append(texts)
        return [Markup(text) for text in texts]  # no page shows it

    found = waiting("why = ('It is.')")
    assert found.cell is not None
    result = found.model_copy(update={"cell": found.cell.model_copy(update={"prose": "It is."})})
    answer = shown_answer(result, notebook(), KeptProse(drawing))

    assert (answer.question, answer.html, answer.listing) == (Markup("q"), Markup("It is."), None)
    assert asked == [["q", "It is."]]


def test_prose_is_drawn_once() -> None:
    """Whoever goes back and forth does not wait again; what is too much is forgotten."""
    asked: list[str] = []

    def drawing(texts: Sequence[str]) -> Sequence[None]:
        asked.extend(texts)
        return [None for _ in texts]

    kept = KeptProse(drawing, most=2)
    for text in ("a", "a", "b", "c", "b", "a"):
        kept.html(text)

    assert asked == ["a", "b", "c", "a"]


def test_prose_of_those_that_come_next_is_drawn_at_once() -> None:
    """By one process, which takes as long for ten as for one; what is drawn already is not drawn again."""
    asked: list[Sequence[str]] = []

    def drawing(texts: Sequence[str]) -> Sequence[Markup]:
        asked.append(texts)
        return [Markup(text) for text in texts]  # no page shows it

    kept = KeptProse(drawing)
    kept.html("a")
    kept.draw_ahead(["a", "b", "c", "b"])
    kept.draw_ahead(["c", "b"])

    assert (kept.html("c"), asked) == (Markup("c"), [["a"], ["b", "c"]])


def test_one_that_cannot_be_drawn_costs_those_behind_it_nothing() -> None:
    """They are drawn by themselves when they are shown."""
    kept = KeptProse(lambda texts: [None if "long" in texts else Markup(text) for text in texts])  # as above
    kept.draw_ahead(["long", "b"])

    assert (kept.html("b"), kept.html("long")) == (Markup("b"), None)


def test_what_is_being_drawn_is_waited_for() -> None:
    """Whoever is as fast as the drawing has no second process begun."""
    asked: list[str] = []
    begun, go_on = Event(), Event()

    def drawing(texts: Sequence[str]) -> Sequence[Markup]:
        asked.extend(texts)
        begun.set()
        assert go_on.wait(60)
        return [Markup(text) for text in texts]  # as above

    kept = KeptProse(drawing)
    with ThreadPoolExecutor() as pool:
        ahead = pool.submit(kept.draw_ahead, ["a"])
        assert begun.wait(60)
        shown = pool.submit(kept.html, "a")
        go_on.set()
        ahead.result(60)
        assert shown.result(60) == Markup("a")

    assert asked == ["a"]


@pytest.mark.parametrize("query", ["", "?by=student", "?names=hidden"])
def test_the_next_answer_takes_no_more_questions_however_many_there_are(room: Classroom, query: str) -> None:
    """So a class of a thousand is marked as a small one is."""
    greta = at_desk(room, "greta")
    asked = []
    for more in (5, 12):
        with room.site.database.begin() as session:
            for n in range(more):
                name = f"s{more}_{n}"
                room.people[name] = enrol(session, room.site, room.course_id, name, Role.STUDENT)
        ids = [graded(room, f"s{more}_{n}", written()) for n in range(more)]
        decide(room, ids[0], 5)
        greta.get(path(ids[1], query))
        with questions(room.site.database) as sent:
            assert greta.get(path(ids[1], query)).status_code == 200
        asked.append(len(sent))

    assert asked[0] == asked[1]
    assert asked[1] <= MOST_QUESTIONS
