"""A course in which everything happens that a student's page can show. No test lives here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.policy.state import State
from grader.policy.terms import Counts, Deduction, Publishing, Terms
from grader.report.report import Report
from grader.service.site import Site
from grader.service.store.outline import AssignmentOutline, ExerciseOutline, Stage
from grader.service.store.tables import Attempt, Opening, Person, Revision, WorkerSeen
from tests.service.classroom import DIGITS, Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, hand_in, taken, two
from tests.unit.gallery import ARRAYS, RAISED, UNREADABLE

LONG = "Regularisation_without_any_blank_in_its_name_" * 4 + " and then some words"
CHINESE = "手写数字识别：卷积神经网络与正则化方法的综合实验（第二部分）"
ALONE = "nils"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenes:
    """The course, and the paths of its pages by what they show. Ada tried everything; Nils is in no course."""

    room: Classroom
    pages: Mapping[str, str]

    def attempt(self, name: str) -> uuid.UUID:
        """The id of the attempt of that page."""
        return uuid.UUID(self.pages[name].split("/")[2])


def about_digits(first: int, second: int) -> Report:
    """A report on digits, each of its exercises with a title of its own."""
    made = two(first, second, hidden=10, after_due=10)
    titles = ("Softmax", "The model")
    named = (each.model_copy(update={"title": title}) for each, title in zip(made.exercises, titles, strict=True))
    return made.model_copy(update={"exercises": tuple(named)})


def staged(site: Site, clock: StoppedClock, *, many: int = 30) -> Scenes:
    """The course. `many`: attempts at one of its openings."""
    ahead = {"hours": 3.0}
    terms = Terms(due=clock.after(**ahead), late_until=clock.after(days=3), deduction=Deduction(percent=10, floor=50))
    room = furnish(site, terms=terms.model_copy(update={"attempts": 9, "attempts_per_day": 5}))
    rooms = _openings(
        room,
        {
            "losses": Terms(due=clock.after(days=-1), late_until=clock.after(days=2), deduction=Deduction(percent=10)),
            "quiz": Terms(release=clock.after(days=2), due=clock.after(days=9)),
            "over": Terms(due=clock.after(days=-9), late_until=clock.after(days=-8)),
            "cool": Terms(due=clock.after(days=5), cool_down_seconds=3600, counts=Counts.LATEST),
            "sealed": Terms(publishing=Publishing(points_from=clock.after(days=7))),
            "long": Terms(counts=Counts.BEST_PER_EXERCISE),
            "many": Terms(),
            "live": Terms(),
            "queue": Terms(counts=Counts.LATEST),
        },
    )
    _people(room)
    return Scenes(room=room, pages=_pages(room, rooms, clock, many))


def _openings(room: Classroom, terms: Mapping[str, Terms]) -> dict[str, Classroom]:
    site = room.site
    titles = {"long": {"en": LONG, "zh": CHINESE}}
    outlines = tuple(
        AssignmentOutline(
            id=name,
            title=titles.get(name, {"en": f"About {name}", "zh": f"{name} 练习"}),
            exercises=(ExerciseOutline(id="my_softmax", title={"en": "Softmax", "zh": "Softmax 函数"}, points=50),),
        )
        for name in terms
    )
    rooms = {}
    with site.database.begin() as session:
        session.get_one(Revision, room.revision_id).assignments = (DIGITS, *outlines)
        for name, each in terms.items():
            opening = Opening(course_id=room.course_id, assignment=name, terms=each, created_at=site.now())
            session.add(opening)
            session.flush()
            rooms[name] = replace(room, opening_id=opening.id, assignment=name)
        session.add(WorkerSeen(id="w", host="here", version="0", slots=2, started_at=site.now(), seen_at=site.now()))
    return rooms


def _people(room: Classroom) -> None:
    """Somebody in no course, whose id stands among the others', and a name that is hard to set."""
    with room.site.database.begin() as session:
        alone = Person(name="Nils <b>& Söhne</b> 王小明" + "ooo" * 20, created_at=room.site.now())
        session.add(alone)
        session.flush()
        room.people[ALONE] = alone.id


def _pages(room: Classroom, rooms: Mapping[str, Classroom], clock: StoppedClock, many: int) -> dict[str, str]:
    first = graded(room, "ada", about_digits(10, 20))
    second = graded(room, "ada", about_digits(40, 10))
    raised = graded(room, "ada", RAISED)
    unreadable = graded(room, "ada", UNREADABLE)
    sealed = graded(rooms["sealed"], "ada", about_digits(40, 40))
    late = graded(rooms["losses"], "ada", about_digits(40, 20))
    graded(rooms["long"], "ada", ARRAYS)
    graded(rooms["cool"], "ada", about_digits(40, 40))
    for n in range(many):
        graded(rooms["many"], "ada", about_digits(min(40, n % 45), 40 - n % 7))
        clock.go_on(seconds=1)
    running = _stands(rooms["live"], State.RUNNING, stage=Stage(exercise=1, exercises=1, title="Softmax"))
    waiting = taken(hand_in(rooms["queue"], "bob")).attempt_id
    own_waiting = taken(hand_in(rooms["queue"], "ada")).attempt_id
    superseded = _stands(rooms["many"], State.SUPERSEDED)
    parked = _stands(rooms["many"], State.PARKED)
    del waiting
    ids = {
        "attempt": first,
        "attempt with changes": second,
        "attempt that raised": raised,
        "attempt unreadable": unreadable,
        "attempt sealed": sealed,
        "attempt late": late,
        "attempt running": running,
        "attempt waiting": own_waiting,
        "attempt superseded": superseded,
        "attempt parked": parked,
    }
    paths = {
        "home": "/",
        "course": "/courses/ml",
        "calendar": "/calendar/ml",
        "opening": "/courses/ml/digits",
        "opening late": "/courses/ml/losses",
        "opening to come": "/courses/ml/quiz",
        "opening closed": "/courses/ml/over",
        "opening cooling down": "/courses/ml/cool",
        "opening with a long name": "/courses/ml/long",
        "opening tried often": "/courses/ml/many?page=2",
        "receipt": f"/attempts/{first}/receipt",
    }
    return paths | {name: f"/attempts/{each}" for name, each in ids.items()}


def _stands(room: Classroom, state: State, *, stage: Stage | None = None) -> uuid.UUID:
    """An attempt of Ada's in that state."""
    attempt_id = taken(hand_in(room, "ada", uuid.uuid4().bytes)).attempt_id
    with room.site.database.begin() as session:
        attempt = session.get_one(Attempt, attempt_id)
        attempt.state, attempt.stage = state, stage
        attempt.claimed_at, attempt.seconds = room.site.now(), 4.0
    return attempt_id


def in_chinese(site: Site, room: Classroom, name: str) -> None:
    """That person reads Chinese."""
    with site.database.begin() as session:
        session.get_one(Person, room.people[name]).language = "zh"
