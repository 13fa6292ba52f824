"""What a course judges an assignment by, and how two revisions of it differ, exercise by exercise.

An exercise whose question, rules, reference and code on the way to it are the same judges the same: then points and
words are all that can differ, and those need no room. What is done about it is `rejudging.py`'s business.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from grader.course.assignment import Assignment, Check, Exercise, Remark
from grader.course.digests import digests_below
from grader.course.folder import Course
from grader.course.mistakes import Mistake, read_mistakes, solution_of
from grader.course.portrait import NotPortrayable, Painter
from grader.grading.key_store import to_file
from grader.grading.reference_rooms import plan_of
from grader.judging.calls import Calls
from grader.judging.question import Case


class Part(StrEnum):
    """What of an exercise can differ so that its code has to be asked again; each is a word in the catalogues."""

    NEW = "new"
    QUESTIONS = "questions"
    REFERENCE = "reference"
    SURROUNDINGS = "surroundings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A course as it judged an assignment, or will: `seed` draws the inputs; `environment` is a digest of the grader,
    its libraries and limits."""

    course: Course
    assignment: Assignment
    seed: int
    environment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How one exercise differs. Where `asked_again` holds something, its code has to run; else `before` and `now`
    differ in points and words at most. `hints` are those of known mistakes that read otherwise, the old text to the new
    one; with `other_mistakes`, which of them a wrong answer is like has to be found out again."""

    now: Exercise
    before: Exercise | None
    asked_again: tuple[Part, ...] = ()
    other_mistakes: bool = False
    hints: Mapping[str, str] = field(default_factory=dict)


#: fields of a check that are points and words
WORDS: Final = frozenset({"title", "points", "passed", "failed", "hint"})
#: fields of a rule that are words alone
WORDS_OF_RULES: Final = frozenset({"why"})


def compared(before: Revision, now: Revision) -> dict[str, Change]:
    """How each exercise of `now` differs from what it was. Raises CourseError if a reference cannot be read."""
    earlier = {each.id: each for each in before.assignment.exercises}
    surroundings = _surroundings(before) != _surroundings(now)
    mistakes = _by_exercise(before), _by_exercise(now)
    return {
        each.id: _change(each, earlier.get(each.id), (before, now), mistakes, surroundings=surroundings)
        for each in now.assignment.exercises
    }


def everything(now: Revision) -> dict[str, Change]:
    """As `compared`, where nobody knows what was before."""
    return {each.id: Change(now=each, before=None, asked_again=(Part.NEW,)) for each in now.assignment.exercises}


def _change(
    exercise: Exercise,
    earlier: Exercise | None,
    revisions: tuple[Revision, Revision],
    mistakes: tuple[Mapping[str, Sequence[Mistake]], Mapping[str, Sequence[Mistake]]],
    *,
    surroundings: bool,
) -> Change:
    if earlier is None:
        return Change(now=exercise, before=None, asked_again=(Part.NEW,))
    before, now = revisions
    differs = {
        Part.SURROUNDINGS: surroundings,
        Part.QUESTIONS: not _same(_asked(earlier, before), _asked(exercise, now)),
        Part.REFERENCE: not _same(_reference(earlier, before), _reference(exercise, now)),
    }
    were, are = (known.get(exercise.id, ()) for known in mistakes)
    hints = [(one.hint, other.hint) for one, other in zip(were, are, strict=False) if one.hint != other.hint]
    return Change(
        now=exercise,
        before=earlier,
        asked_again=tuple(part for part, is_so in differs.items() if is_so),
        other_mistakes=_scripts(were) != _scripts(are) or len(dict(hints)) < len(set(hints)),
        hints=dict(hints),
    )


def _scripts(mistakes: Sequence[Mistake]) -> list[tuple[str, str]]:
    return [(each.name, each.script.source) for each in mistakes]


def _same(one: str | None, other: str | None) -> bool:
    """What cannot be told is never the same."""
    return one is not None and one == other


def _by_exercise(revision: Revision) -> dict[str, list[Mistake]]:
    found: dict[str, list[Mistake]] = {}
    for each in read_mistakes(revision.course, revision.assignment):
        found.setdefault(each.exercise, []).append(each)
    return found


def _surroundings(revision: Revision) -> str:
    """What every exercise depends on: seed, libraries, given files, modules beside the assignment, and by which names
    and marks cells are found."""
    course, assignment = revision.course, revision.assignment
    homes = [course.folder / kind / assignment.id for kind in ("assignments", "reference")]
    known = {"assignment.py", "solution.py", "mistakes.toml", "variants.toml", "equivalent.toml", "README.md"}
    files = [
        file
        for home in homes
        for file in digests_below(home)
        if file[0] not in known and not file[0].startswith(("words.", "class/")) and not file[0].endswith(".ipynb")
    ]
    beside = [each for each in digests_below(course.folder / "assignments") if "/" not in each[0] and ".py" in each[0]]
    cells = [[each.id, each.target, list(each.markers), each.prompt, each.notebook] for each in assignment.exercises]
    named = [assignment.id, assignment.runtime, list(assignment.uses), list(assignment.from_room)]
    return _digest([revision.environment, revision.seed, named, cells, files, beside])


def _asked(exercise: Exercise, revision: Revision) -> str | None:
    """What is asked about an exercise and what makes an answer right; None if that cannot be told."""
    drawn: dict[int, Any] = {}

    def apart(thing: object) -> Any:
        if not isinstance(thing, Calls):
            return None
        if id(thing) not in drawn:
            drawn[id(thing)] = _drawn(thing, painter, revision.seed)
        return drawn[id(thing)]

    painter = Painter(home=revision.course.folder, apart=apart, without=WORDS_OF_RULES)
    plain = exercise.model_dump(mode="json", include=_PLAIN)
    try:
        asked = [_of_check(each, painter) for each in exercise.checks]
        remarks = [_of_remark(each, painter) for each in exercise.remarks]
    except NotPortrayable:
        return None
    return _digest([plain, asked, _shared(exercise), remarks])


_PLAIN: Final = {"id", "target", "markers", "limits", "depends_on", "shapes", "prompt", "also_asked"}


def _of_check(check: Check, painter: Painter) -> Any:
    return [
        check.id,
        check.visibility,
        list(check.needs),
        painter.portrait(check.question),
        painter.portrait(check.rule),
    ]


def _of_remark(remark: Remark, painter: Painter) -> Any:
    return [painter.portrait(each) for each in (remark.question, remark.applies, remark.rule)]


def _shared(exercise: Exercise) -> list[int]:
    """Which checks share a question, and so its answers."""
    asked = [id(check.question) for check in exercise.checks]
    return [asked.index(each) for each in asked]


def _drawn(question: Calls, painter: Painter, seed: int) -> Any:
    """What a question calls with, and what may be shown of it: however that is drawn, these are the calls."""
    try:
        calls = [Case(args=args) for args in (*question.draw(seed), *question.small())]
    except Exception as error:  # code of the course, which says so itself once it is asked
        raise NotPortrayable(type(error).__name__) from error
    kind = painter.portrait(type(question))
    return ["calls", kind, question.written, hashlib.sha256(to_file(tuple(calls))).hexdigest()]


def _reference(exercise: Exercise, revision: Revision) -> str:
    """What of the reference answers for the exercise and for those that it builds on."""
    if exercise.answered_by is None and not exercise.depends_on:
        return _digest([])
    script = solution_of(revision.course, revision.assignment.id)
    asked = [each for each in revision.assignment.exercises if each.id in (exercise.id, *exercise.depends_on)]
    plans = [plan_of(each, script, revision.assignment) for each in asked if each.answered_by is not None]
    return _digest([[each.source for each in (*plan.statements, *plan.own)] for plan in plans])


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
