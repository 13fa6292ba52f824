"""Answers that are alike, as groups: which are one, marked at once, never silently, undone as one; on pages and by the
API."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence

import pytest

from grader.classes.groups import Kind
from grader.policy.marking import NotSaved, StandingMark, Way, Why
from grader.report.report import Report, Verdict
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.marking.answers import Order, answers
from grader.service.marking.group_marks import ForGroup, mark_group, undo_group
from grader.service.marking.groups import AnswerGroup, groups_in
from grader.service.marking.history import changes_of
from grader.service.marking.leases import claim
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.mark_tables import MarkedGroup
from grader.service.store.tables import Opening, Role
from grader.service.web.staff.groups import PAGE, paged
from tests.service.classroom import Classroom, furnish
from tests.service.grading import graded, two
from tests.service.marked import decide, row_of, stands, waiting, with_written, written
from tests.service.questions import questions
from tests.service.staff import actions, at_desk
from tests.service.test_marking_pages import api
from tests.unit.reports import check, exercise, report

STUDENTS = ("ada", "bob", "cem", "dora")
BASE = "/courses/ml/openings/digits/marking/why/groups"
API = "/api/v1/courses/ml/assignments/digits/exercises/why"
ALIKE = "The loss is bounded below and never rises, so it converges."


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    """Ada, Bob and Cem have written the same, Dora something else."""
    people = {"ines": Role.INSTRUCTOR, "greta": Role.GRADER} | dict.fromkeys(STUDENTS, Role.STUDENT)
    return with_written(furnish(on_sqlite, people=people))


@pytest.fixture
def attempts(room: Classroom) -> dict[str, uuid.UUID]:
    """Their attempts."""
    texts = {"ada": ALIKE, "bob": ALIKE.upper(), "cem": f"{ALIKE} ", "dora": "Because Adam is used."}
    return {name: graded(room, name, written(40, 30, text=text)) for name, text in texts.items()}


def groups(room: Classroom, exercise: str = "why") -> Sequence[AnswerGroup]:
    with room.site.database.read() as session:
        there = answers(session, room.opening_id, [exercise], Order.BY_EXERCISE, now=room.site.now())
        return groups_in(session, exercise, there.answers)


def names(group: AnswerGroup) -> str:
    return " ".join(each.answer.name for each in group.members)


def marked(
    room: Classroom,
    points: int | None,
    *,
    comment: str = "",
    by: str = "greta",
    out: frozenset[uuid.UUID] = frozenset(),
    anew: bool = False,
    seen: str | None = None,
    blind: Blind = SEES_ALL,
) -> MarkedGroup | NotSaved:
    """Somebody marks the largest group."""
    found = groups(room)[0]
    wanted = ForGroup(
        exercise="why",
        group=found.group.id,
        seen=found.seen if seen is None else seen,
        points=points,
        comment=comment,
        out=out,
        anew=anew,
    )
    with room.site.database.begin() as session:
        actor, now = Actor(person_id=room.people[by]), room.site.now()
        return mark_group(session, room.opening_id, wanted, actor=actor, now=now, blind=blind)


def undone(room: Classroom, act: MarkedGroup | NotSaved) -> MarkedGroup | NotSaved:
    assert isinstance(act, MarkedGroup)
    with room.site.database.begin() as session:
        found = session.get_one(MarkedGroup, act.id)
        return undo_group(session, found, actor=Actor(person_id=room.people["greta"]), now=room.site.now())


def given(room: Classroom, attempt_id: uuid.UUID) -> int | None:
    standing = (row_of(room, attempt_id).marks or {}).get("why")
    return None if standing is None or standing.given is None else standing.given.points


def alike(*, behaviour: str, mistake: str | None = None) -> Report:
    """A report whose first exercise fails in that way."""
    failed = exercise(
        check("a", Verdict.FAILED, points=40), id="my_softmax", behaviour=behaviour, misconception=mistake
    )
    return report(failed, *two(40, 30).exercises[1:], waiting())


def test_answers_that_say_the_same_are_a_group(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """Whatever their case and blanks; one that is like no other is alone."""
    found = groups(room)

    assert [(each.group.kind, names(each)) for each in found] == [
        (Kind.WRITTEN, "Ada Bob Cem"),
        (Kind.WRITTEN, "Dora"),
    ]
    assert [each.points for each in found[0].members] == [None, None, None]


def test_answers_that_behave_alike_or_made_one_mistake_are_a_group(room: Classroom) -> None:
    """And in no group with answers to another exercise."""
    for name, how in (("ada", "a" * 10), ("bob", "a" * 10), ("cem", "b" * 10)):
        graded(room, name, alike(behaviour=how))
    graded(room, "dora", alike(behaviour="c" * 10, mistake="no_max"))

    found = groups(room, "my_softmax")

    assert [(each.group.kind, names(each)) for each in found] == [
        (Kind.BEHAVES, "Ada Bob"),
        (Kind.BEHAVES, "Cem"),
        (Kind.MISTAKE, "Dora"),
    ]
    assert [each.points for each in found[0].members] == [0, 0]


def test_a_group_is_marked_at_once(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """But whoever is left out; each mark is one of its own, with its history, and the trail says it once."""
    done = marked(room, 12, comment="The bound.", out=frozenset({attempts["cem"]}))

    assert isinstance(done, MarkedGroup)
    assert done.marks == 2
    assert [given(room, attempts[name]) for name in STUDENTS] == [12, 12, None, None]
    assert stands(room, "ada") == ("82", 120, 0)
    with room.site.database.read() as session:
        (change,) = changes_of(session, attempts["ada"])["why"]
    assert (change.row.way, change.by, change.row.group_id) == (Way.GROUP, "Greta", done.id)
    assert actions(room.site).count("group.marked") == 1


def test_a_mark_that_stands_is_replaced_only_where_that_is_said(
    room: Classroom, attempts: dict[str, uuid.UUID]
) -> None:
    """By whoever has seen it."""
    decide(room, attempts["bob"], 20, by="ines")
    marked(room, 12)
    assert [given(room, attempts[name]) for name in STUDENTS] == [12, 20, 12, None]

    marked(room, 11, anew=True)

    assert [given(room, attempts[name]) for name in STUDENTS] == [11, 11, 11, None]


def test_a_mark_that_is_not_shown_is_not_replaced(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """Who marks an answer second is shown its first mark nowhere, and "also those that have one" says nothing of it."""
    marked(room, 12)
    marked(room, 5, anew=True, blind=Blind(answers=frozenset({(attempts["ada"], "why")})))
    assert [given(room, attempts[name]) for name in STUDENTS] == [12, 5, 5, None]


def test_whoever_marks_a_group_has_seen_it_as_it_is(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """An answer that came, went or was marked since is a reason to look again; nothing is saved."""
    seen = groups(room)[0].seen
    decide(room, attempts["bob"], 20, by="ines")

    refused = marked(room, 12, seen=seen, anew=True)

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.CHANGED
    assert [given(room, attempts[name]) for name in STUDENTS] == [None, 20, None, None]


def test_an_answer_that_somebody_else_is_marking_is_left_to_them(
    room: Classroom, attempts: dict[str, uuid.UUID]
) -> None:
    """As on the page of one answer."""
    with room.site.database.begin() as session:
        claim(session, attempts["bob"], "why", room.people["ines"], room.site.now())

    done = marked(room, 12)

    assert isinstance(done, MarkedGroup)
    assert (done.marks, given(room, attempts["bob"])) == (2, None)


def test_a_comment_alone_changes_no_points(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """It is added to what was said; where there are no points yet it is refused."""
    refused = marked(room, None, comment="See the lecture.")
    assert isinstance(refused, NotSaved)
    assert refused.why is Why.FAULTY
    for name in ("ada", "bob", "cem"):
        decide(room, attempts[name], 7, comment=f"{name}.")

    assert isinstance(marked(room, None, comment="See the lecture.", anew=True), MarkedGroup)

    standing = (row_of(room, attempts["ada"]).marks or {})["why"].given
    assert standing is not None
    assert (standing.points, standing.comment) == (7, "ada.\nSee the lecture.")


@pytest.mark.parametrize("points", [21, -1])
def test_points_are_bounded_as_for_one(room: Classroom, attempts: dict[str, uuid.UUID], points: int) -> None:
    """Nobody gets a mark where one of them may not."""
    refused = marked(room, points)

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.OUT_OF_BOUNDS
    assert [given(room, attempts[name]) for name in STUDENTS] == [None] * 4


def test_a_group_is_undone_as_one(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """What was decided before is decided again; twice is once."""
    decide(room, attempts["bob"], 20, by="ines")
    act = marked(room, 12, anew=True)

    assert isinstance(undone(room, act), MarkedGroup)
    assert isinstance(undone(room, act), MarkedGroup)

    assert [given(room, attempts[name]) for name in STUDENTS] == [None, 20, None, None]
    assert stands(room, "ada")[0] == "70"
    assert actions(room.site).count("group.undone") == 1


def test_a_group_of_which_one_was_marked_since_is_not_undone(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """It is said of how many, and nothing changes."""
    act = marked(room, 12)
    decide(room, attempts["bob"], 15, version=1, by="ines")

    refused = undone(room, act)

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.CHANGED
    assert [given(room, attempts[name]) for name in STUDENTS] == [12, 15, 12, None]


def test_on_pages_a_group_is_seen_marked_and_undone(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """With its size, its first answer, and what became of it; an item that is typed for it is one of the rubric."""
    greta = at_desk(room, "greta")
    listed = greta.get(BASE).text
    (path,) = set(re.findall(rf'href="({BASE}/\w+)"', listed))
    page = greta.get(path).text
    assert "3 answers" in page
    assert "never rises" in page
    seen = re.findall(r'name="seen" value="(\w+)"', page)

    wrong = greta.post(path, data={"seen": seen, "points": "x", "comment": "kept words", "out": [str(attempts["cem"])]})
    item = {"new_points": "9", "new_words": "The bound."}
    done = greta.post(path, data={"seen": seen, "out": [str(attempts["cem"])]} | item)

    assert (wrong.status_code, "kept words" in wrong.text, wrong.text.count(" checked>")) == (422, True, 1)
    assert done.status_code == 303
    after = greta.get(done.headers["Location"]).text
    assert "2 answers were marked at once" in after
    (undo,) = set(re.findall(rf'action="({BASE}/\d+/undo)"', after))
    decide(room, attempts["ada"], 3, version=1)
    assert greta.post(undo).status_code == 409
    assert greta.post(path, data={"seen": seen, "points": "9"}).status_code == 409


def test_names_are_hidden_on_pages_of_groups(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """Where that is wanted."""
    greta = at_desk(room, "greta")
    listed = greta.get(f"{BASE}?names=hidden").text
    path = re.findall(rf'href="({BASE}/\w+\?names=hidden)"', listed)[0]

    page = greta.get(path).text

    assert not re.search(r"Ada\b|Bob\b|example\.org|/people/\d", page)
    assert "answer 3" in page


def test_an_exercise_without_answers_has_a_page(room: Classroom) -> None:
    """It says so; an exercise or a group that is not there has none."""
    greta = at_desk(room, "greta")

    assert "Nothing that counts was handed in yet." in greta.get(BASE).text
    assert greta.get(f"{BASE}/0123456789").status_code == 404
    assert greta.get(BASE.replace("why", "who")).status_code == 404


def test_a_program_marks_a_group_and_undoes_it(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """By what it has seen."""
    greta = api(room)
    (first, _) = greta.get(f"{API}/groups").json()["items"]
    path = f"{API}/groups/{first['id']}/marks"

    made = greta.post(path, json={"seen": first["seen"], "points": 9, "out": [str(attempts["cem"])]})
    late = greta.post(path, json={"seen": first["seen"], "points": 9})
    told = greta.get(f"{API}/group-marks").json()["items"]
    back = greta.delete(f"{API}/group-marks/{made.json()['id']}")

    assert [each["attempt"] for each in first["members"]] == [str(attempts[name]) for name in ("ada", "bob", "cem")]
    assert (made.status_code, made.json()["marks"], late.status_code) == (201, 2, 409)
    assert [(each["by"], each["undone"]) for each in told] == [("Greta", None)]
    assert (back.status_code, back.json()["undone"] is None) == (200, False)
    assert given(room, attempts["ada"]) is None
    assert greta.delete(f"{API.replace('why', 'model')}/group-marks/{made.json()['id']}").status_code == 404


def test_a_student_reads_nothing_of_a_group(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """The mark and its comment are theirs; that others have them, is not."""
    marked(room, 12, comment="The bound.")
    with room.site.database.begin() as session:
        session.get_one(Opening, room.opening_id).published_at = room.site.now()
    ada = at_desk(room, "ada")

    page = ada.get(f"/attempts/{attempts['ada']}").text

    assert "The bound." in page
    assert not re.search(r"Bob\b|Cem\b|at once", page.partition("<main")[2].partition("</main>")[0])
    assert ada.get(BASE).status_code in (403, 404)


def test_groups_take_no_more_questions_however_many_answers_there_are(
    room: Classroom, attempts: dict[str, uuid.UUID]
) -> None:
    """So a class of a thousand is grouped as a small one is."""
    asked = []
    for more in (STUDENTS[:2], STUDENTS):
        for name in more:
            graded(room, name, written(text=ALIKE))
        with questions(room.site.database) as sent:
            groups(room)
        asked.append(len(sent))

    assert asked[0] == asked[1]


def test_a_mark_of_a_group_is_one_as_any_other(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """Whoever changes it for one does so for that one."""
    marked(room, 12)

    done = decide(room, attempts["ada"], 18, version=1)

    assert isinstance(done, StandingMark)
    assert [given(room, attempts[name]) for name in STUDENTS] == [18, 12, 12, None]


def test_a_large_group_is_shown_in_pages_and_ticks_are_kept_from_one_to_the_next(on_sqlite: Site) -> None:
    """What was typed and ticked goes along, nothing is saved meanwhile, and what is saved is for all pages."""
    many = [f"s{number:02}" for number in range(PAGE + 1)]
    room = with_written(furnish(on_sqlite, people={"greta": Role.GRADER} | dict.fromkeys(many, Role.STUDENT)))
    out, *_ = [str(graded(room, name, written(text=ALIKE))) for name in many]
    greta = at_desk(room, "greta")
    (path,) = set(re.findall(rf'href="({BASE}/\w+)"', greta.get(BASE).text))
    first = greta.get(path).text
    form = {
        "seen": re.findall(r'name="seen" value="(\w+)"', first),
        "points": "9",
        "comment": "kept words",
        "out": [out],
    }

    second = greta.post(path, data=form | {"show": "2"}).text

    assert [page.count('id="out-') for page in (first, second)] == [PAGE, 1]
    assert "kept words" in second
    assert re.findall(r'type="hidden" name="out" value="([^"]+)"', second) == [out]
    assert f"{PAGE} answers were marked" in greta.get(greta.post(path, data=form).headers["Location"]).text


@pytest.mark.parametrize(("page", "shown"), [(1, (0, PAGE)), (3, (2 * PAGE, 5)), (9, (2 * PAGE, 5))])
def test_a_page_that_is_not_there_is_the_last(page: int, shown: tuple[int, int]) -> None:
    """Of groups as of answers; one of nothing is the first."""
    found = paged(range(2 * PAGE + 5), page)

    assert (found.before, len(found.these)) == shown
    assert (paged([], page).number, paged([], page).pages) == (1, 1)


def test_a_program_is_told_the_groups_page_by_page(room: Classroom, attempts: dict[str, uuid.UUID]) -> None:
    """Each once; a page that begins behind a group that is gone is refused."""
    greta = api(room)
    first = greta.get(f"{API}/groups?limit=1").json()
    rest = greta.get(first["next"]).json()

    assert [len(each["members"]) for each in (*first["items"], *rest["items"])] == [3, 1]
    assert rest["next"] is None
    for name in ("ada", "bob", "cem"):
        graded(room, name, written(text=f"Another answer of {name}"))
    assert greta.get(first["next"]).status_code == 422
