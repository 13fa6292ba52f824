"""What a reader is told of a report, as one tree: which exercises, what is to mend in them, and each thing once.

It is decided here, for every painter: a painter sets what it has room for, in its form and language. Nothing is drawn
here; the tree holds messages and is the same in every language.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.course.assignment import Visibility
from grader.messages import Message, counted, joined, literal, prose, say
from grader.messages.visible import visible
from grader.report.report import (
    STOPPED,
    CellReference,
    CheckResult,
    Counterexample,
    Curve,
    ExerciseResult,
    LayerShown,
    Mark,
    Place,
    Report,
    Score,
    Status,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the graded cell, counted from 1, safe to show."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What there is to say of a check, or of an exercise whose checks all say the same; what was said above is None.

    In the place of a hint that was given, or of an example that stops as one did, `again` says so.
    """

    message: Message | None
    example: Counterexample | None = None
    lines: tuple[Line, ...] = ()
    hint: Message | None = None
    again: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A check or an exercise. `where` is the line of the student's code that stopped, else the graded cell.

    `apart` is all there is to say of it, for a painter that shows it by itself. `within` is the title of the exercise
    that a check is of.
    """

    id: str
    title: Message
    within: Message | None = None
    verdict: Verdict
    earned: int | None
    possible: int
    where: Message | None
    apart: Finding

    @property
    def lost(self) -> int:
        """What it cost, in points."""
        return self.possible - (self.earned or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFeedback(Judged):
    """One check. `told` is what is left to say below the checks before it, None where it asks nothing of its reader.

    `hint` is as it was stored, for formats that hold data.
    """

    visibility: Visibility
    hint: Message | None
    told: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A row of the table of layers; `number` counts the student's layers from 1, and is None where one is lacking."""

    number: int | None
    found: LayerShown | None
    asked: LayerShown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseFeedback(Judged):
    """One exercise. Where nothing could be asked, every check says the same: then `reason` takes the place of all.

    `stops` are the lines of the graded cell, from 1, at which code stopped. `not_yet` counts checks that this reader
    sees after the deadline, `never` those kept back beyond it. `printed` is empty if it was blank. `marked` is what a
    person gave and said, which is the first of the `notices`.
    """

    message: Message
    cell: CellReference | None
    reason: Finding | None
    checks: tuple[CheckFeedback, ...]
    stops: frozenset[int]
    layers: tuple[Layer, ...]
    curve: Curve | None
    not_yet: int
    never: int
    notices: tuple[Message, ...]
    printed: str
    to_mark: int = 0
    marked: tuple[Message, ...] = ()

    @property
    def lead(self) -> Message | None:
        """What is said first of the exercise; None if a check below says just that."""
        below = [check.told.message for check in self.to_mend if check.told]
        return None if self.message in below else self.message

    @property
    def to_mend(self) -> tuple[CheckFeedback, ...]:
        """The checks that need words."""
        return () if self.reason else tuple(check for check in self.checks if check.told)

    @property
    def skipped(self) -> tuple[CheckFeedback, ...]:
        """The checks that wait for another."""
        return self._with(Verdict.SKIPPED)

    @property
    def passed(self) -> tuple[CheckFeedback, ...]:
        """The checks that are right already."""
        return self._with(Verdict.PASSED)

    @property
    def problems(self) -> Iterator[Judged]:
        """What did not pass: checks, or all of it if it has none. What waits for another check is left out, since that
        one says what is wrong."""
        yield from (check for check in self.checks if check.told)
        if not self.checks and self.verdict not in (Verdict.PASSED, Verdict.TO_MARK) and not self.not_yet + self.never:
            yield self

    def _with(self, verdict: Verdict) -> tuple[CheckFeedback, ...]:
        return () if self.reason else tuple(check for check in self.checks if check.verdict is verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A report as its reader sees it. `result` is it in one sentence; `later` counts points of checks not shown yet.
    `after_marking` says what the machine gave and what counts, where a person gave points."""

    title: Message
    name: str
    status: Status
    result: Message
    score: Score | None
    after_marking: Message | None
    later: int
    notices: tuple[Message, ...]
    exercises: tuple[ExerciseFeedback, ...]

    @property
    def problems(self) -> Iterator[Judged]:
        """What did not pass, in the report's order."""
        return itertools.chain.from_iterable(exercise.problems for exercise in self.exercises)


def feedback(report: Report) -> Feedback:
    """The tree of `report`; what its reader may not see was taken out of it before."""
    status, result = _result(report)
    return Feedback(
        title=prose(report.assignment.title) if report.assignment else say("no_assignment"),
        name=report.submission.name,
        status=status,
        result=result,
        score=report.score,
        after_marking=_after_marking(report.exercises),
        later=sum(exercise.withheld.points for exercise in report.exercises if exercise.withheld),
        notices=report.notices,
        exercises=tuple(map(of_exercise, report.exercises)),
    )


def of_exercise(exercise: ExerciseResult) -> ExerciseFeedback:
    """The tree of one exercise."""
    cell, withheld, marked = exercise.cell, exercise.withheld, tuple(_marked(exercise))
    stops = [check.raised_at for check in exercise.checks if check.raised_at]
    return ExerciseFeedback(
        id=exercise.id,
        title=prose(exercise.title),
        verdict=exercise.verdict,
        earned=exercise.earned,
        possible=exercise.possible,
        where=_where(None, exercise),
        apart=Finding(message=exercise.message),
        message=exercise.message,
        cell=cell,
        reason=_reason(exercise),
        checks=tuple(_checks(exercise)),
        stops=frozenset(place.line for place in stops if cell and place.cell == cell.index),
        layers=tuple(_layers(exercise)),
        curve=exercise.curve if exercise.curve and exercise.curve.values else None,
        not_yet=withheld.after_due if withheld else 0,
        never=withheld.checks - withheld.after_due if withheld else 0,
        notices=(*marked, *exercise.every_notice),
        printed=exercise.printed if exercise.printed.strip() else "",
        to_mark=exercise.to_mark,
        marked=marked,
    )


def _marked(exercise: ExerciseResult) -> Iterator[Message]:
    """What a person gave, beside what the machine did where the reader may know that, and what the person said."""
    mark = exercise.mark
    if mark is None:
        return
    if mark.checks:
        yield from _marked_checks(exercise, mark)
    elif mark.earned is None or mark.verdict is Verdict.TO_MARK:
        yield say("mark_given", points=mark.points, possible=exercise.possible)
    else:
        yield say("mark_instead", points=mark.points, possible=exercise.possible, machine=mark.earned)
    for item in mark.items:
        yield say("mark_item", points=f"{item.points:+d}", words=literal(item.words))
    if mark.comment:
        yield say("mark_comment", comment=literal(mark.comment))


def _marked_checks(exercise: ExerciseResult, mark: Mark) -> Iterator[Message]:
    possible = {check.id: check.possible for check in exercise.checks}
    for each in mark.checks:
        title = prose(each.title)
        if each.check not in possible:
            yield say("mark_check_gone", check=literal(each.check), points=each.points)
        elif each.earned is None:
            yield say("mark_check", title=title, points=each.points, possible=possible[each.check])
        else:
            worth = possible[each.check]
            yield say("mark_check_instead", title=title, points=each.points, possible=worth, machine=each.earned)
        if each.comment:
            named = title if each.title else literal(each.check)
            yield say("mark_check_comment", title=named, comment=literal(each.comment))


def _after_marking(exercises: Sequence[ExerciseResult]) -> Message | None:
    """The machine's points and those that count; nothing to a reader who may not know all of the machine's."""
    machine = [exercise.mark.earned if exercise.mark else exercise.earned for exercise in exercises]
    known = [points for points in machine if points is not None]
    if len(known) < len(machine) or not any(exercise.mark for exercise in exercises):
        return None
    return say("score_marked", machine=sum(known), marked=sum(exercise.earned or 0 for exercise in exercises))


def _result(report: Report) -> tuple[Status, Message]:
    """What became of the submission, and the sentence that says so: without a score, whose fault that is."""
    if report.status is Status.UNREADABLE:
        return Status.UNREADABLE, say("page_unreadable")
    score = report.score
    if report.status is Status.NOT_GRADED or score is None or score.earned is None or score.percent is None:
        return Status.NOT_GRADED, say("page_not_graded")
    said = say("score", earned=score.earned, possible=score.possible, percent=score.percent)
    more = [say("score_to_mark", points=counted(score.to_mark, "point"))] if score.to_mark else []
    return Status.GRADED, joined(said, *filter(None, [_after_marking(report.exercises)]), *more)


def _reason(exercise: ExerciseResult) -> Finding | None:
    """What takes the place of all checks, if they say the same and have nothing of their own to show."""
    checks = exercise.checks
    same = len({(check.message, check.hint) for check in checks}) <= 1
    bare = not any(check.counterexample or (check.hint and check.verdict not in STOPPED) for check in checks)
    if not same or not bare or exercise.verdict is Verdict.PASSED:
        return None
    places = dict.fromkeys(check.raised_at for check in checks)
    hint = next((check.hint for check in checks if check.hint), None)
    return Finding(message=exercise.message, lines=_lines(tuple(places), exercise), hint=hint)


def _checks(exercise: ExerciseResult) -> Iterator[CheckFeedback]:
    """Code that stops where it stopped before, for the same reason, is not shown again: once that line is mended, the
    next run says what is left."""
    said: set[object] = set()
    for check in exercise.checks:
        apart, told = Finding(message=check.message), None
        if check.verdict not in (Verdict.PASSED, Verdict.SKIPPED):
            apart = replace(apart, example=check.counterexample, hint=check.hint)
            told = _told(check, exercise, said)
            said |= {_stop(check), check.message, check.raised_at, check.hint} - {None}
        yield CheckFeedback(
            id=check.id,
            title=prose(check.title),
            within=prose(exercise.title),
            verdict=check.verdict,
            earned=check.earned,
            possible=check.possible,
            where=_where(check.raised_at, exercise),
            apart=apart,
            visibility=check.visibility,
            hint=check.hint,
            told=told,
        )


def _told(check: CheckResult, exercise: ExerciseResult, said: set[object]) -> Finding:
    stopped, hinted = _stop(check) in said, check.hint in said
    return Finding(
        message=None if stopped and check.message in said else check.message,
        example=None if stopped else check.counterexample,
        lines=() if check.raised_at in said else _lines([check.raised_at], exercise),
        hint=None if hinted else check.hint,
        again=say("same_stop") if stopped else say("same_hint") if hinted else None,
    )


def _stop(check: CheckResult) -> object:
    """What stopped the code: where, and what is said to help there; None if it gave an answer."""
    if check.verdict not in STOPPED:
        return None
    return (check.verdict, check.raised_at or check.message, check.hint)


def _where(stopped: Place | None, exercise: ExerciseResult) -> Message | None:
    """Lines of the student's cell, since those of the file help nobody."""
    if stopped is not None:
        return say("plain_place", cell=stopped.cell, line=stopped.line)
    return None if exercise.cell is None else say("cell", cell=exercise.cell.index)


def _lines(places: Sequence[Place | None], exercise: ExerciseResult) -> tuple[Line, ...]:
    """The lines at `places` that stand in the graded cell; of another cell, the sentence says where."""
    cell = exercise.cell
    lines = cell.source.split("\n") if cell else []
    here = [place.line for place in places if place and cell and place.cell == cell.index]
    shown = ((number, lines[number - 1].strip()) for number in here if 0 < number <= len(lines))
    return tuple(Line(number=number, text=visible(text, most=400)) for number, text in shown if text)


def _layers(exercise: ExerciseResult) -> Iterator[Layer]:
    numbers = itertools.count(1)  # as the student counts, whatever is missing between
    for row in exercise.layers:
        yield Layer(number=None if row.found is None else next(numbers), found=row.found, asked=row.asked)
