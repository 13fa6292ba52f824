"""From everybody's attempts to figures of each check: pure sums, for the command and the service alike.

What nobody could try says nothing of a check: one that was skipped, not answered or not graded counts for nobody.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from grader.report.check_figures import AssignmentFigures, ByAttempt, CheckFigures, MistakeStep, Passing
from grader.report.marking import unmarked
from grader.report.report import AssignmentReference, CheckResult, ExerciseResult, Report, Verdict

UNTRIED: Final = frozenset({Verdict.SKIPPED, Verdict.MISSING, Verdict.NOT_GRADED})
RIGHT: Final = "right"
OTHER: Final = "other"
_DIGITS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One attempt of a student. `before`: its report before it was judged again, if it was; `at`: when it came in."""

    who: str
    number: int
    report: Report
    at: datetime | None = None
    before: Report | None = None


def figures(assignment: AssignmentReference, tries: Iterable[Try]) -> AssignmentFigures:
    """The figures of all checks, in the order in which they occur."""
    by_student: dict[str, list[Try]] = defaultdict(list)
    for each in sorted(tries, key=lambda each: (each.who, each.number)):
        by_student[each.who].append(each)
    all_of = list(by_student.values())
    last = [theirs[-1] for theirs in all_of]
    numbered = _by_number(all_of)
    titles = {
        (exercise.id, check.id): check.title
        for theirs in all_of
        for each in theirs
        for exercise in each.report.exercises
        for check in exercise.checks
    }
    return AssignmentFigures(
        assignment=assignment,
        students=len(all_of),
        attempts=sum(map(len, all_of)),
        checks=tuple(_check(key, title, all_of, last, numbered) for key, title in titles.items()),
        mistakes=tuple(_steps(all_of)),
    )


def _by_number(all_of: Sequence[Sequence[Try]]) -> Mapping[int, Sequence[Try]]:
    """The first attempts of all, the second ones, and so on: made once, as somebody may have had thousands."""
    numbered: dict[int, list[Try]] = defaultdict(list)
    for theirs in all_of:
        for each in theirs:
            numbered[each.number].append(each)
    return dict(sorted(numbered.items()))


def _check(
    key: tuple[str, str],
    title: str,
    all_of: Sequence[Sequence[Try]],
    last: Sequence[Try],
    numbered: Mapping[int, Sequence[Try]],
) -> CheckFigures:
    exercise, check = key
    judged_again = [each for each in last if each.before is not None]
    first = [passed for theirs in all_of if (passed := _first_pass(theirs, key)) is not None]
    seconds = [
        (passed.at - theirs[0].at).total_seconds()
        for theirs in all_of
        if (passed := _first_pass(theirs, key)) is not None and passed.at is not None and theirs[0].at is not None
    ]
    return CheckFigures(
        exercise=exercise,
        check=check,
        title=title,
        now=_passing(_found(each.report, key) for each in last),
        before=_passing(_found(each.before or each.report, key) for each in last) if judged_again else None,
        by_attempt=tuple(
            ByAttempt(number=number, passing=_passing(_found(each.report, key) for each in theirs))
            for number, theirs in numbered.items()
        ),
        first_pass_attempt=_median([each.number for each in first]),
        first_pass_seconds=_median(seconds),
        discrimination=_discrimination(last, key),
    )


def _found(report: Report, key: tuple[str, str]) -> CheckResult | None:
    exercise, check = key
    return next(
        (each for one in report.exercises if one.id == exercise for each in one.checks if each.id == check), None
    )


def _passing(results: Iterable[CheckResult | None]) -> Passing:
    verdicts = Counter(each.verdict for each in results if each is not None)
    tried = sum(number for verdict, number in verdicts.items() if verdict not in UNTRIED)
    passed = verdicts[Verdict.PASSED]
    return Passing(tried=tried, passed=passed, share=round(passed / tried, _DIGITS) if tried else None)


def _first_pass(theirs: Sequence[Try], key: tuple[str, str]) -> Try | None:
    return next(
        (each for each in theirs if (found := _found(each.report, key)) and found.verdict is Verdict.PASSED), None
    )


def _median(numbers: Sequence[float]) -> float | None:
    return round(float(statistics.median(numbers)), _DIGITS) if numbers else None


def _discrimination(last: Sequence[Try], key: tuple[str, str]) -> float | None:
    """Pearson's, of passing with the points of all *other* checks, of those who could try it."""
    passed, rest = list[int](), list[int]()
    for each in last:
        found = _found(each.report, key)
        if found is None or found.verdict in UNTRIED:
            continue
        checks = [check for one in each.report.exercises for check in one.checks]
        passed.append(found.verdict is Verdict.PASSED)
        rest.append(sum(check.earned or 0 for check in checks) - (found.earned or 0))
    if len(set(passed)) < 2 or len(set(rest)) < 2:
        return None
    return round(statistics.correlation(passed, rest), _DIGITS) + 0.0  # no minus before a zero


def _steps(all_of: Sequence[Sequence[Try]]) -> Iterator[MistakeStep]:
    """Each student counts once for each step, however often they took it; the most frequent first."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for theirs in all_of:
        counts.update({step for one, other in pairwise(theirs) for step in _between(one, other)})
    for (exercise, mistake, then), students in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        yield MistakeStep(exercise=exercise, mistake=mistake, then=then, students=students)


def _between(one: Try, other: Try) -> Iterator[tuple[str, str, str]]:
    after = _by_id(other.report)
    for key, result in _by_id(one.report).items():
        if result.misconception is not None and key in after:
            yield key, result.misconception, _what(after[key])


def _what(result: ExerciseResult) -> str:
    return RIGHT if result.verdict is Verdict.PASSED else result.misconception or OTHER


def _by_id(report: Report) -> Mapping[str, ExerciseResult]:
    return {each.id: unmarked(each) for each in report.exercises}
