"""Requests for another look: once for each exercise, while they are taken; answered once, with another mark or not."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.policy.marking import MOST_A_DAY, NotAsked, NotSaved, Way, Why, WhyNot
from grader.policy.terms import Counts, Publishing, Terms
from grader.report.marking import Given
from grader.service.marking.history import changes_of
from grader.service.marking.progress import awaited_in
from grader.service.marking.replies import Reply, decided_by
from grader.service.marking.requests import Asking, answer, ask, requests_in
from grader.service.marking.rubrics import Worded, add_item
from grader.service.marking.saving import Decided
from grader.service.operations.forgetting import forget, retire
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.mark_tables import MarkRequest, RubricEntry
from grader.service.store.tables import Opening
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, two
from tests.service.marked import decide, row_of, stands, with_written, written
from tests.service.queued import until_blocked
from tests.service.staff import actions, at_desk

TEXT = "The bound is in the second line."


@pytest.fixture
def room(site: Site, clock: StoppedClock) -> Classroom:
    """A course in which one may ask for two days; of several attempts the latest counts."""
    return with_written(furnish(site, terms=Terms(requests_until=clock.after(days=2), counts=Counts.LATEST)))


def asked(
    room: Classroom, attempt_id: uuid.UUID, text: str = TEXT, *, exercise: str = "model", by: str = "ada"
) -> MarkRequest | NotAsked | None:
    with room.site.database.begin() as session:
        asking = Asking(attempt_id=attempt_id, exercise=exercise, text=text)
        return ask(session, asking, actor=Actor(person_id=room.people[by]), now=room.site.now())


def answered(
    room: Classroom, text: str = "Right.", *, points: int | None = None, version: int = 0, by: str = "greta"
) -> MarkRequest | NotAsked | NotSaved:
    with room.site.database.begin() as session:
        found = session.get_one(MarkRequest, (room.opening_id, room.people["ada"], "model"))
        decided = None
        if points is not None:
            decided = Decided(
                attempt_id=found.attempt_id,
                exercise="model",
                given=Given(points=points),
                version=version,
                way=Way.REQUEST,
                reason=found.text,
            )
        actor = Actor(person_id=room.people[by])
        return answer(session, found, text, decided=decided, actor=actor, now=room.site.now())


def test_a_student_asks_and_is_answered_with_another_mark(room: Classroom) -> None:
    """Both are kept: the request with its answer, and why the mark is another one."""
    attempt_id = graded(room, "ada", written(40, 10))
    assert isinstance(asked(room, attempt_id), MarkRequest)
    with room.site.database.read() as session:
        assert awaited_in(session, room.course_id)[room.opening_id].requests == 1

    assert isinstance(answered(room, points=25), MarkRequest)

    assert stands(room, "ada")[0] == "65"
    with room.site.database.read() as session:
        (change,) = changes_of(session, attempt_id)["model"]
        (told,) = requests_in(session, room.course_id, most=9)
        assert awaited_in(session, room.course_id)[room.opening_id].requests == 0
    assert (change.row.way, change.row.reason, change.by) == (Way.REQUEST, TEXT, "Greta")
    assert (told.row.answer, told.row.version, told.by, told.student) == ("Right.", 1, "Greta", "Ada")
    assert [each for each in actions(room.site) if each.startswith("request")] == ["request.asked", "request.answered"]


def test_an_answer_may_leave_the_mark(room: Classroom) -> None:
    """It is given once; the same sent twice is one."""
    attempt_id = graded(room, "ada", written(40, 10))
    asked(room, attempt_id)

    assert isinstance(answered(room), MarkRequest)
    assert isinstance(answered(room), MarkRequest)
    second = answered(room, "No.", points=1, by="ines")

    assert isinstance(second, NotAsked)
    assert second.why is WhyNot.ANSWERED
    assert row_of(room, attempt_id).marks is None


def test_an_answer_whose_mark_is_refused_is_not_given(room: Classroom) -> None:
    """Somebody marked the exercise meanwhile: the request waits as before."""
    attempt_id = graded(room, "ada", written(40, 10))
    asked(room, attempt_id)
    decide(room, attempt_id, 30, exercise="model")

    refused = answered(room, points=25)

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.CHANGED
    with room.site.database.read() as session:
        assert awaited_in(session, room.course_id)[room.opening_id].requests == 1


def test_one_asks_once_about_each_exercise(room: Classroom) -> None:
    """The same sent twice is one; of another's attempt nobody asks."""
    attempt_id = graded(room, "ada", written())

    assert isinstance(asked(room, attempt_id), MarkRequest)
    assert isinstance(asked(room, attempt_id), MarkRequest)
    again = asked(room, attempt_id, "And again.")
    assert isinstance(again, NotAsked)
    assert again.why is WhyNot.ASKED
    assert asked(room, attempt_id, by="bob") is None
    assert isinstance(asked(room, attempt_id, exercise="my_softmax"), MarkRequest)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_same_sent_twice_at_once_is_noted_once(room: Classroom) -> None:
    """The second waits for the first, and finds it."""
    attempt_id, database = graded(room, "ada", written()), room.site.database
    asking = Asking(attempt_id=attempt_id, exercise="model", text=TEXT)
    with ThreadPoolExecutor(1) as others:
        with database.begin() as session:
            ask(session, asking, actor=Actor(person_id=room.people["ada"]), now=room.site.now())
            second = others.submit(asked, room, attempt_id)
            until_blocked(session)
        assert isinstance(second.result(), MarkRequest)

    assert actions(room.site).count("request.asked") == 1


@pytest.mark.parametrize(
    ("text", "exercise", "days", "why"),
    [
        pytest.param(TEXT, "model", 3, WhyNot.CLOSED, id="too late"),
        pytest.param(TEXT, "who", 0, WhyNot.NOT_COUNTING, id="no such exercise"),
        pytest.param(" ", "model", 0, WhyNot.EMPTY, id="nothing said"),
        pytest.param("x" * 4_001, "model", 0, WhyNot.TOO_LONG, id="too long"),
    ],
)
def test_what_is_no_request_is_refused(
    room: Classroom, clock: StoppedClock, text: str, exercise: str, days: int, why: WhyNot
) -> None:
    """With the reason."""
    attempt_id = graded(room, "ada", written())
    clock.go_on(days=days)

    refused = asked(room, attempt_id, text, exercise=exercise)

    assert isinstance(refused, NotAsked)
    assert refused.why is why


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (Terms(), WhyNot.CLOSED),
        (Terms(publishing=Publishing(by_hand=True)), WhyNot.NOT_SHOWN),
    ],
    ids=["never", "nothing to be seen"],
)
def test_requests_are_taken_as_the_terms_say(site: Site, clock: StoppedClock, terms: Terms, why: WhyNot) -> None:
    """Not without a date, and not about what the student cannot read."""
    until = clock.after(days=1) if why is WhyNot.NOT_SHOWN else None
    room = with_written(furnish(site, terms=terms.model_copy(update={"requests_until": until})))

    refused = asked(room, graded(room, "ada", written()))

    assert isinstance(refused, NotAsked)
    assert refused.why is why


def test_one_asks_about_the_attempt_that_counts(room: Classroom) -> None:
    """Another look at an older one would change nothing."""
    old = graded(room, "ada", written())
    graded(room, "ada", written())

    refused = asked(room, old)

    assert isinstance(refused, NotAsked)
    assert refused.why is WhyNot.NOT_COUNTING


def test_nobody_asks_without_end(room: Classroom, clock: StoppedClock) -> None:
    """Beside once for each exercise there are so many within a day."""
    many = two(40, 40)
    more = [many.exercises[0].model_copy(update={"id": f"e{n}"}) for n in range(MOST_A_DAY + 1)]
    attempt_id = graded(room, "ada", many.model_copy(update={"exercises": tuple(more)}))
    done = [asked(room, attempt_id, exercise=each.id) for each in more]

    assert [isinstance(each, MarkRequest) for each in done] == [*[True] * MOST_A_DAY, False]
    clock.go_on(days=1, seconds=1)
    assert isinstance(asked(room, attempt_id, exercise=more[-1].id), MarkRequest)


@pytest.mark.parametrize("is_retired", [False, True])
def test_requests_go_with_who_is_forgotten(room: Classroom, clock: StoppedClock, is_retired: bool) -> None:
    """Their words, the answer and the comment, also of work whose file was let go before they were said; that there
    was a request stays."""
    attempt_id = graded(room, "ada", written())
    if is_retired:
        with room.site.database.begin() as session:
            retire(session, clock.after(days=1), room.site.now())
    asked(room, attempt_id)
    answered(room, "A canary.")
    decide(room, attempt_id, 1, comment="A canary.", reason="A canary.")
    with room.site.database.begin() as session:
        forget(session, room.people["ada"], room.site.now())
    with room.site.database.read() as session:
        found = session.get_one(MarkRequest, (room.opening_id, room.people["ada"], "model"))
        (change,) = changes_of(session, attempt_id)["why"]
    given = (row_of(room, attempt_id).marks or {})["why"].given
    assert (found.text, found.answer, change.row.reason) == ("", "", "")
    assert [each and each.comment for each in (given, change.row.given)] == ["", ""]


@pytest.mark.parametrize(
    ("exercise", "before", "says"),
    [
        pytest.param("model", None, (10, "Said."), id="the machine's points"),
        pytest.param("model", 25, (25, "Said."), id="points of a person"),
        pytest.param("why", None, None, id="no points yet"),
    ],
)
def test_a_comment_alone_is_told_with_the_points_that_count(
    room: Classroom, exercise: str, before: int | None, says: tuple[int, str] | None
) -> None:
    """It is a mark like another; where there are no points, it is refused, and the request waits."""
    attempt_id = graded(room, "ada", written(40, 10))
    asked(room, attempt_id, exercise=exercise)
    if before is not None:
        decide(room, attempt_id, before, exercise=exercise)
    reply = Reply(points=None, comment="Said.", version=0 if before is None else 1)

    with room.site.database.begin() as session:
        found = session.get_one(MarkRequest, (room.opening_id, room.people["ada"], exercise))
        decided = decided_by(session, found, reply)
        if isinstance(decided, Decided):
            actor = Actor(person_id=room.people["greta"])
            answer(session, found, "Right.", decided=decided, actor=actor, now=room.site.now())

    standing = (row_of(room, attempt_id).marks or {}).get(exercise)
    given = standing and standing.given
    assert (given and (given.points, given.comment)) == says
    assert isinstance(decided, NotSaved) == (says is None)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("by_program", [False, True])
def test_a_comment_alone_is_never_ignored(room: Classroom, by_program: bool) -> None:
    """On the page and by program: it is saved, or what was typed is shown again with the reason."""
    attempt_id = graded(room, "ada", written(40, 10))
    greta, path = at_desk(room, "greta"), f"/attempts/{attempt_id}"
    done: list[tuple[int, bool]] = []
    for exercise in ("model", "why"):
        asked(room, attempt_id, exercise=exercise)
        wanted = {"answer": "Right.", "comment": "Said alone.", "version": 0}
        if by_program:
            answer = greta.put(f"/api/v1{path}/exercises/{exercise}/request/answer", json=wanted)
        else:
            answer = greta.post(f"{path}/staff/requests", data=wanted | {"exercise": exercise, "points": " "})
        done.append((answer.status_code, "comment alone" in answer.text))

    assert done == [(200 if by_program else 303, False), (409, True)]
    given = (row_of(room, attempt_id).marks or {})["model"].given
    assert given == Given(points=10, comment="Said alone.")
    assert stands(room, "ada")[0] == "50"


def test_a_comment_alone_leaves_the_items_of_a_rubric(room: Classroom) -> None:
    """With what they give; the comment that stands, sent again, decides nothing."""
    attempt_id = graded(room, "ada", written(40, 10))
    with room.site.database.begin() as session:
        actor, worded = Actor(person_id=room.people["greta"]), Worded(points=30, words="The bound.")
        item = add_item(session, room.opening_id, "model", worded, actor=actor, now=room.site.now())
        assert isinstance(item, RubricEntry)
    decide(room, attempt_id, 5, exercise="model", items=(item.id,), comment="Before.")
    asked(room, attempt_id)

    with room.site.database.begin() as session:
        found = session.get_one(MarkRequest, (room.opening_id, room.people["ada"], "model"))
        same = decided_by(session, found, Reply(points=None, comment="Before.", version=1))
        decided = decided_by(session, found, Reply(points=None, comment="Said.", version=1))

    assert same is None
    assert isinstance(decided, Decided)
    assert (decided.items, decided.given) == ((item.id,), Given(points=5, comment="Said."))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_answer_is_read_with_the_points_that_it_is_about(room: Classroom) -> None:
    """Not by data either, where they are closed again; nor by sending the same once more."""
    attempt_id = graded(room, "ada", written(40, 10))
    asked(room, attempt_id)
    answered(room, "A canary.")
    ada, path = at_desk(room, "ada"), f"/api/v1/attempts/{attempt_id}"
    assert "A canary." in ada.get(f"{path}/requests").text
    with room.site.database.begin() as session:
        opening = session.get_one(Opening, room.opening_id)
        opening.terms = opening.terms.model_copy(update={"publishing": Publishing(by_hand=True)})

    again = asked(room, attempt_id)

    assert ada.get(f"{path}/requests").json()["items"] == []
    assert "A canary." in at_desk(room, "greta").get(f"{path}/requests").text
    assert isinstance(again, NotAsked)
    assert again.why is WhyNot.NOT_SHOWN


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_form_may_hold_what_no_database_takes(room: Classroom) -> None:
    """It is left out, or there is no such exercise."""
    attempt_id = graded(room, "ada", written(40, 10))
    path = f"/attempts/{attempt_id}"
    asking = at_desk(room, "ada").post(f"{path}/requests", data={"exercise": "model\0", "text": "\0Look"})
    form = {"exercise": "model\0", "version": "0", "answer": "Right\0."}

    assert asking.status_code == 303
    assert at_desk(room, "greta").post(f"{path}/staff/requests", data=form).status_code == 303


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_pages_take_a_request_and_its_answer(room: Classroom) -> None:
    """The student's own, and staff's; what is wrong stays typed."""
    attempt_id = graded(room, "ada", written(40, 10))
    ada, greta = at_desk(room, "ada"), at_desk(room, "greta")
    path = f"/attempts/{attempt_id}"
    assert "another-look" in ada.get(path).text
    assert ada.post(f"{path}/requests", data={"exercise": "model", "text": "<i>Look</i> again."}).status_code == 303
    late = ada.post(f"{path}/requests", data={"exercise": "model", "text": "Typed anew."})
    assert (late.status_code, "Typed anew." in late.text or "once" in late.text) == (409, True)
    assert "&lt;i&gt;Look&lt;/i&gt; again." in greta.get(f"{path}/staff").text
    assert f'href="{path}/staff#request-model"' in greta.get("/courses/ml/marking/requests").text
    assert 'id="request-model"' in greta.get(f"{path}/staff").text

    form = {"exercise": "model", "version": "0", "answer": "", "points": "25"}
    assert greta.post(f"{path}/staff/requests", data=form).status_code == 409
    assert greta.post(f"{path}/staff/requests", data=form | {"answer": "You are right."}).status_code == 303

    assert stands(room, "ada")[0] == "65"
    page = ada.get(path).text
    assert "You are right." in page
    assert "after marking" not in page, "the mark is not published"
