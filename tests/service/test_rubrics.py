"""Rubrics: what items give, that a change is for everybody who has one, and that none goes in silence."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.policy.marking import NotSaved, StandingMark, Way, Why
from grader.report.marking import by_rubric
from grader.report.report import Audience, Report, RubricItem
from grader.service.attempts.seen import report_seen
from grader.service.marking.history import changes_of
from grader.service.marking.rubrics import Changed, Worded, add_item, change_item, remove_item, rubric, uses
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.mark_tables import RubricEntry
from tests.service.classroom import Classroom, furnish
from tests.service.grading import graded
from tests.service.marked import decide, row_of, stands, with_written, written
from tests.service.staff import actions


@pytest.fixture
def room(site: Site) -> Classroom:
    """A course in which a person marks one exercise of 20 points."""
    return with_written(furnish(site))


def added(room: Classroom, points: int, words: str = "The bound.", exercise: str = "why") -> RubricEntry | NotSaved:
    with room.site.database.begin() as session:
        worded = Worded(points=points, words=words)
        actor = Actor(person_id=room.people["greta"])
        return add_item(session, room.opening_id, exercise, worded, actor=actor, now=room.site.now())


def item(room: Classroom, points: int, words: str = "The bound.") -> int:
    made = added(room, points, words)
    assert isinstance(made, RubricEntry)
    return made.id


def changed(
    room: Classroom, item_id: int, points: int, words: str = "The bound.", version: int = 1
) -> Changed | NotSaved:
    with room.site.database.begin() as session:
        found = session.get_one(RubricEntry, item_id)
        worded = Worded(points=points, words=words)
        actor = Actor(person_id=room.people["ines"])
        return change_item(session, found, worded, version=1, actor=actor, now=room.site.now())


def removed(room: Classroom, item_id: int, *, from_marks: bool) -> Changed | NotSaved:
    with room.site.database.begin() as session:
        found = session.get_one(RubricEntry, item_id)
        actor = Actor(person_id=room.people["ines"])
        return remove_item(session, found, from_marks=from_marks, actor=actor, now=room.site.now())


def points(room: Classroom, attempt_id: uuid.UUID) -> int | None:
    standing = (row_of(room, attempt_id).marks or {})["why"]
    return None if standing.given is None else standing.given.points


@given(st.lists(st.integers(-30, 30), max_size=6), st.integers(-30, 30), st.integers(0, 30))
def test_items_and_points_on_top_are_added_up_within_bounds(points: list[int], extra: int, possible: int) -> None:
    """Never below nothing, never above all; an item that is named twice counts once."""
    items = [RubricItem(id=n, points=each, words="w") for n, each in enumerate(points)]

    made = by_rubric([*items, *items], extra=extra, comment="", possible=possible)

    assert made.points == max(0, min(possible, sum(points) + extra))
    assert list(made.items) == items


def test_a_mark_by_rubric_tells_the_student_its_items(room: Classroom) -> None:
    """With points and words, and the points on top."""
    bound, style = item(room, 10), item(room, -2, "Hard to read.")
    attempt_id = graded(room, "ada", written(40, 30))

    made = decide(room, attempt_id, 5, items=(bound, style))

    assert isinstance(made, StandingMark)
    assert stands(room, "ada") == ("83", 120, 0)
    with room.site.database.read() as session:
        seen = report_seen(session, attempt_id, Audience.INSTRUCTOR, now=room.site.now())
    assert isinstance(seen, Report)
    assert seen.exercises[-1].mark is not None
    assert [(each.points, each.words) for each in seen.exercises[-1].mark.items] == [
        (10, "The bound."),
        (-2, "Hard to read."),
    ]


def test_a_changed_item_is_changed_for_everybody_who_has_it(room: Classroom) -> None:
    """Each mark is another decision, by whoever changed the item; marks without it stay."""
    bound, other = item(room, 10), item(room, 4, "Monotony.")
    ada, bob = graded(room, "ada", written()), graded(room, "bob", written())
    decide(room, ada, 0, items=(bound,))
    decide(room, bob, 1, items=(other,))

    done = changed(room, bound, 12, "The bound is right.")

    assert isinstance(done, Changed)
    assert (done.marks, points(room, ada), points(room, bob)) == (1, 12, 5)
    assert (stands(room, "ada")[0], stands(room, "bob")[0]) == ("92", "85")
    with room.site.database.read() as session:
        last = changes_of(session, ada)["why"][0]
    assert (last.row.way, last.by, last.row.version) == (Way.RUBRIC, "Ines", 2)
    assert "rubric.changed" in actions(room.site)


def test_the_second_of_two_who_change_an_item_is_told(room: Classroom) -> None:
    """Nothing is overwritten; the same change twice is one."""
    bound = item(room, 10)
    assert isinstance(changed(room, bound, 12), Changed)
    assert isinstance(changed(room, bound, 12), Changed)

    refused = changed(room, bound, 8)

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.CHANGED


def test_an_item_in_use_is_never_removed_in_silence(room: Classroom) -> None:
    """It is said in how many marks it is; taken out of them by whoever says so."""
    bound = item(room, 10)
    ada = graded(room, "ada", written())
    decide(room, ada, 3, items=(bound,))

    refused = removed(room, bound, from_marks=False)

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.IN_USE
    with room.site.database.read() as session:
        assert uses(session, room.opening_id) == {bound: 1}

    done = removed(room, bound, from_marks=True)

    assert isinstance(done, Changed)
    assert (done.marks, points(room, ada)) == (1, 3)
    with room.site.database.read() as session:
        assert list(rubric(session, room.opening_id)) == []
    assert isinstance(removed(room, bound, from_marks=False), Changed)


def test_a_mark_by_an_item_that_is_gone_is_refused(room: Classroom) -> None:
    """Whoever chose it saw it; without its points the mark would be one that nobody decided."""
    bound = item(room, 10)
    ada = graded(room, "ada", written())
    assert isinstance(removed(room, bound, from_marks=False), Changed)

    refused = decide(room, ada, 3, items=(bound,))

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.NO_ITEM
    assert row_of(room, ada).marks is None


def test_a_mark_has_no_item_of_another_exercise(room: Classroom) -> None:
    """Nor one that never was."""
    ada = graded(room, "ada", written())
    other = added(room, 10, exercise="model")
    assert isinstance(other, RubricEntry)

    done = [decide(room, ada, 3, items=items) for items in ((other.id,), (other.id + 999,))]

    assert [each.why for each in done if isinstance(each, NotSaved)] == [Why.NO_ITEM, Why.NO_ITEM]


@pytest.mark.parametrize(
    ("points", "words", "exercise"),
    [(21, "w", "why"), (-21, "w", "why"), (1, "  ", "why"), (1, "w" * 1001, "why"), (1, "w", "who")],
)
def test_an_item_is_bounded_by_its_exercise_and_has_words(
    room: Classroom, points: int, words: str, exercise: str
) -> None:
    """Of an exercise that there is."""
    refused = added(room, points, words, exercise)

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.FAULTY
