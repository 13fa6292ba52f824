"""Comments that are kept: for an exercise or for a course, chosen where answers are marked, never changing a mark."""

from __future__ import annotations

import uuid

import pytest

from grader.policy.marking import NotSaved, Why
from grader.service.marking.comments import MOST_KEPT, GivenWith, change_comment, comments_with, keep_comment
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.mark_tables import KeptComment
from tests.service.classroom import Classroom, furnish
from tests.service.grading import graded
from tests.service.marked import decide, row_of, with_written, written
from tests.service.staff import actions, at_desk
from tests.service.test_marking_pages import api

BASE = "/courses/ml/openings/digits/marking/why"
API = "/api/v1/courses/ml/assignments/digits/comments"
BOUND = "The bound is right."


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    """A course in which a person marks one exercise."""
    return with_written(furnish(on_sqlite))


def keep(room: Classroom, words: str, exercise: str | None = "why") -> KeptComment | NotSaved:
    place = GivenWith(
        course_id=room.course_id, assignment=None if exercise is None else room.assignment, exercise=exercise
    )
    with room.site.database.begin() as session:
        return keep_comment(session, place, words, actor=Actor(person_id=room.people["greta"]), now=room.site.now())


def kept(room: Classroom, exercise: str = "why") -> list[str]:
    with room.site.database.read() as session:
        return [each.words for each in comments_with(session, room.course_id, room.assignment, exercise)]


def comment(room: Classroom, attempt_id: uuid.UUID) -> str:
    given = (row_of(room, attempt_id).marks or {})["why"].given
    assert given is not None
    return given.comment


def test_a_comment_is_for_its_exercise_or_for_the_course(room: Classroom) -> None:
    """Those of the exercise come first; the very same words are one."""
    for words, exercise in (("Everywhere.", None), (BOUND, "why"), (f" {BOUND} ", "why"), ("Softmax.", "my_softmax")):
        assert isinstance(keep(room, words, exercise), KeptComment)

    assert kept(room) == [BOUND, "Everywhere."]
    assert kept(room, "model") == ["Everywhere."]
    assert actions(room.site).count("comment.kept") == 3


@pytest.mark.parametrize(("words", "exercise"), [("  ", "why"), ("w" * 10_001, "why"), (BOUND, "who")])
def test_a_comment_has_words_and_an_exercise_that_there_is(room: Classroom, words: str, exercise: str) -> None:
    """As a mark's."""
    refused = keep(room, words, exercise)

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.FAULTY


def test_comments_are_not_without_number(room: Classroom) -> None:
    """A list of which nobody finds anything is none."""
    done = [keep(room, f"comment {n}") for n in range(MOST_KEPT + 1)]

    assert isinstance(done[-2], KeptComment)
    assert isinstance(done[-1], NotSaved)


def test_the_second_of_two_who_change_a_comment_is_told(room: Classroom) -> None:
    """The same change twice is one."""
    made = keep(room, BOUND)
    assert isinstance(made, KeptComment)
    done = []
    for words in ("New.", "New.", "Other."):
        with room.site.database.begin() as session:
            there = session.get_one(KeptComment, made.id)
            actor = Actor(person_id=room.people["ines"])
            done.append(change_comment(session, there, words, version=1, actor=actor, now=room.site.now()))

    assert [isinstance(each, NotSaved) for each in done] == [False, False, True]
    assert kept(room) == ["New."]


def test_a_kept_comment_is_given_with_a_mark(room: Classroom) -> None:
    """Chosen by its key, added to what was typed; changed or removed later, the mark says what it said."""
    attempt_id = graded(room, "ada", written())
    made = keep(room, BOUND)
    assert isinstance(made, KeptComment)
    greta = at_desk(room, "greta")
    path = f"{BASE}/answers/{attempt_id}"
    assert f'value="{BOUND}" data-key="a"' in greta.get(path).text

    greta.post(path, data={"version": "0", "points": "3", "comment": "Typed.", "earlier": [BOUND, ""]})
    changed = {"comment_id": str(made.id), "version": "1", "words": "Other."}
    assert greta.post(f"{BASE}/comments/change", data=changed).status_code == 303
    assert greta.post(f"{BASE}/comments/remove", data={"comment_id": str(made.id)}).status_code == 303

    assert comment(room, attempt_id) == f"Typed.\n{BOUND}"
    assert kept(room) == []


def test_a_comment_that_was_given_is_kept_by_one_button(room: Classroom) -> None:
    """And is not offered a second time."""
    decide(room, graded(room, "ada", written()), 3, comment=BOUND)
    greta = at_desk(room, "greta")
    assert f'name="words" value="{BOUND}"' in greta.get(f"{BASE}/comments").text

    greta.post(f"{BASE}/comments", data={"words": BOUND})
    wrong = greta.post(f"{BASE}/comments", data={"words": " ", "everywhere": "yes"})

    assert kept(room) == [BOUND]
    assert f'name="words" value="{BOUND}"' not in greta.get(f"{BASE}/comments").text
    assert (wrong.status_code, 'role="alert"' in wrong.text) == (422, True)


def test_programs_keep_change_and_remove_comments(room: Classroom) -> None:
    """By the version that they saw."""
    greta = api(room)
    made = greta.post(API, json={"exercise": "why", "words": BOUND}).json()

    changed = greta.put(f"{API}/{made['id']}", json={"words": "New.", "version": 1})
    late = greta.put(f"{API}/{made['id']}", json={"words": "Other.", "version": 1})

    assert (changed.json()["version"], late.status_code) == (2, 409)
    assert [each["words"] for each in greta.get(API).json()["items"]] == ["New."]
    assert greta.delete(f"{API}/{made['id']}").status_code == 204
    assert greta.delete(f"{API}/{made['id']}").status_code == 404
    assert greta.post(API, json={"exercise": "who", "words": BOUND}).status_code == 422
