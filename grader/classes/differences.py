"""From two reports of each submission to what would change: pure, and the one place for command and service alike.

The types are `report/differences.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from grader.classes.statistics import histogram, mean_share, quartiles, rounded_mean
from grader.messages import Message
from grader.report.differences import (
    CheckDifference,
    Differences,
    Direction,
    Distribution,
    ExerciseDifference,
    ExerciseSummary,
    LeftAsItIs,
    Points,
    WorkDifference,
)
from grader.report.marking import unmarked
from grader.report.report import AssignmentReference, CheckResult, ExerciseResult, Mark, Report, Score, Status

T = TypeVar("T")

_ORDER: Final = list(Direction)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One submission: its report as it stands and as it would be, both complete and with the marks of people, and where
    each lies. `asked_again`: its code ran once more."""

    who: str
    name: str = ""
    before: Report
    now: Report
    report_before: str
    report_now: str
    asked_again: bool = False


def differences(
    assignment: AssignmentReference,
    pairs: Iterable[Pair],
    *,
    left: Sequence[LeftAsItIs] = (),
    unchanged: int = 0,
    marks_wrong: Sequence[Message] = (),
) -> Differences:
    """What would change; `marks_wrong` are lines of marks that do not fit any more; `unchanged` counts further
    submissions that nobody looked into, which have no share in figures."""
    known = list(pairs)
    works = [_work(pair) for pair in known if differs(pair.before, pair.now)]
    works.sort(key=lambda work: (_ORDER.index(work.direction), work.who))
    return Differences(
        assignment=assignment,
        works=tuple(works),
        exercises=tuple(_summaries(known)),
        before=_distribution([pair.before for pair in known]),
        now=_distribution([pair.now for pair in known]),
        unchanged=unchanged + len(known) - len(works),
        left=tuple(left),
        marks_wrong=tuple(marks_wrong),
    )


def differs(before: Report, now: Report) -> bool:
    """Whether a reader would see another report, but for when and by what it was made."""
    return before.model_copy(update={"run": now.run, "provenance": now.provenance}) != now


def direction(before: Score | None, now: Score | None) -> Direction:
    """What happens to a score: points are compared as shares, since what is possible may have changed as well."""
    one, other = _share(before), _share(now)
    if one is None or other is None:
        both = (one is None, other is None)
        moved = {(True, False): Direction.GRADED, (False, True): Direction.NOT_GRADED}
        return moved.get(both, Direction.SAME)
    return Direction.SAME if one == other else Direction.GAINS if other > one else Direction.LOSES


def _share(score: Score | None) -> Fraction | None:
    if score is None or score.earned is None:
        return None
    return Fraction(score.earned, score.possible) if score.possible else Fraction(0)


def _work(pair: Pair) -> WorkDifference:
    return WorkDifference(
        who=pair.who,
        name=pair.name,
        direction=direction(pair.before.score, pair.now.score),
        before=pair.before.score,
        now=pair.now.score,
        report_before=pair.report_before,
        report_now=pair.report_now,
        asked_again=pair.asked_again,
        exercises=tuple(_exercises(pair)),
    )


def _exercises(pair: Pair) -> Iterator[ExerciseDifference]:
    """Those that come out otherwise for the machine, whatever a person gave."""
    before, now = _by_id(pair.before), _by_id(pair.now)
    for key, one, other in _both(before, now):
        mark = next((each.mark for each in pair.now.exercises if each.id == key), None)
        checks = tuple(_checks(one, other, mark))
        if _points(one) != _points(other) or checks:
            shown = other or one
            assert shown is not None
            yield ExerciseDifference(
                id=key,
                title=shown.title,
                before=_points(one),
                now=_points(other),
                mark=None if mark is None or mark.checks else mark.points,
                checks=checks,
            )


def _checks(before: ExerciseResult | None, now: ExerciseResult | None, mark: Mark | None) -> Iterator[CheckDifference]:
    known = [{} if each is None else {check.id: check for check in each.checks} for each in (before, now)]
    for key, one, other in _both(*known):
        if _points(one) != _points(other):
            shown = other or one
            assert shown is not None
            given = None if mark is None else mark.on(key)
            yield CheckDifference(
                id=key,
                title=shown.title,
                before=_points(one),
                now=_points(other),
                mark=None if given is None else given.points,
            )


def _both(before: Mapping[str, T], now: Mapping[str, T]) -> Iterator[tuple[str, T | None, T | None]]:
    """Each that is in either, in the order of now."""
    for key in dict.fromkeys((*now, *before)):
        yield key, before.get(key), now.get(key)


def _by_id(report: Report) -> dict[str, ExerciseResult]:
    return {each.id: unmarked(each) for each in report.exercises}


def _points(result: ExerciseResult | CheckResult | None) -> Points | None:
    if result is None:
        return None
    waits = result.to_mark if isinstance(result, ExerciseResult) else 0
    return Points(verdict=result.verdict, earned=result.earned, possible=result.possible + waits)


def _summaries(pairs: Sequence[Pair]) -> Iterator[ExerciseSummary]:
    both = [(_by_id(pair.before), _by_id(pair.now)) for pair in pairs]
    titles = {key: each.title for before, now in both for key, each in (before | now).items()}
    for key, title in titles.items():
        moves = [_moved(before.get(key), now.get(key)) for before, now in both]
        yield ExerciseSummary(
            id=key,
            title=title,
            gains=sum(move in (Direction.GAINS, Direction.GRADED) for move in moves),
            loses=sum(move in (Direction.LOSES, Direction.NOT_GRADED) for move in moves),
            same=moves.count(Direction.SAME),
            mean_before=_mean(before.get(key) for before, _ in both),
            mean_now=_mean(now.get(key) for _, now in both),
        )


def _moved(before: ExerciseResult | None, now: ExerciseResult | None) -> Direction:
    """By points where as many are possible, else by their share."""
    return direction(_as_score(before), _as_score(now))


def _as_score(result: ExerciseResult | None) -> Score | None:
    return None if result is None else Score(earned=result.earned, possible=result.possible, percent=None)


def _mean(results: Iterable[ExerciseResult | None]) -> float | None:
    graded = [each for each in results if each is not None and each.earned is not None and each.possible]
    most = max((each.possible for each in graded), default=0)
    return mean_share([each.earned or 0 for each in graded], most)


def _distribution(reports: Sequence[Report]) -> Distribution:
    graded = [each.score for each in reports if each.status is Status.GRADED and each.score is not None]
    shares = [100 * share for score in graded if (share := _share(score)) is not None]
    percents = [float(share) for share in shares]
    return Distribution(
        graded=len(percents),
        mean=rounded_mean(percents),
        quartiles=quartiles(percents),
        histogram=histogram(int(share) for share in shares),
    )
