"""Which of a student's attempts count, and for how many points: exact fractions, rounded by whoever draws them.

An attempt that is not graded, for whatever reason, takes no place: the one before it counts until it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from grader.policy.terms import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Of one exercise: what was earned of what is possible; `to_mark`: what a person may still give on top.
    `by_person`: nobody but a person gives points there."""

    earned: int
    possible: int
    to_mark: int = 0
    by_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedAttempt:
    """An attempt whose every exercise was graded, with the percent that its lateness takes off."""

    id: uuid.UUID
    number: int
    received_at: datetime
    exercises: Mapping[str, Points]
    deducted: int = 0
    late: bool = False

    @property
    def possible(self) -> int:
        """All it could have earned."""
        return sum(each.possible for each in self.exercises.values())

    @property
    def to_mark(self) -> int:
        """What still waits for a person."""
        return sum(each.to_mark for each in self.exercises.values())

    @property
    def earned(self) -> Fraction:
        """Its points after the deduction."""
        return self.after_deduction(sum(each.earned for each in self.exercises.values()))

    def after_deduction(self, points: int) -> Fraction:
        """What is left of points of this attempt."""
        return Fraction(points * (100 - self.deducted), 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What counts. `by_exercise`: the attempt that counts for each; `attempt_id`: the one that counts for most of the
    points. `late`: whether any of it was late. `to_mark`: points of it that wait for a person, beside the possible."""

    attempt_id: uuid.UUID
    by_exercise: Mapping[str, uuid.UUID]
    earned: Fraction
    possible: int
    late: bool
    to_mark: int = 0


def counted(counts: Counts, attempts: Sequence[GradedAttempt]) -> Counted | None:
    """What counts of these attempts. Among equals the first one does: nothing was gained by the others. Where people
    mark, the newest does, since nobody but they can say what was gained; what waits for them is compared as nothing.
    """
    if not attempts:
        return None
    in_order = sorted(attempts, key=lambda each: each.number)
    match counts:
        case Counts.LATEST:
            return _one(in_order[-1])
        case Counts.BEST:
            return _one(max(in_order, key=_rank))
        case Counts.BEST_PER_EXERCISE:
            return _each_best(in_order)


def _one(attempt: GradedAttempt) -> Counted:
    return Counted(
        attempt_id=attempt.id,
        by_exercise=dict.fromkeys(attempt.exercises, attempt.id),
        earned=attempt.earned,
        possible=attempt.possible,
        late=attempt.late,
        to_mark=attempt.to_mark,
    )


def _rank(attempt: GradedAttempt) -> tuple[Fraction, int]:
    by_people = any(each.by_person for each in attempt.exercises.values())
    return _share(attempt.earned, attempt.possible + attempt.to_mark), attempt.number if by_people else 0


def _each_best(in_order: Sequence[GradedAttempt]) -> Counted:
    """The exercises are those of the newest attempt: a newer revision may have others."""
    best: dict[str, GradedAttempt] = {}
    for exercise in in_order[-1].exercises:
        having = [each for each in in_order if exercise in each.exercises]
        best[exercise] = max(having, key=lambda each: _of(each, exercise))
    earned = {
        exercise: attempt.after_deduction(attempt.exercises[exercise].earned) for exercise, attempt in best.items()
    }
    most: dict[uuid.UUID, Fraction] = {}
    for exercise, attempt in best.items():
        most[attempt.id] = most.get(attempt.id, Fraction()) + earned[exercise]
    return Counted(
        attempt_id=max(most, key=lambda each: most[each]) if most else in_order[-1].id,
        by_exercise={exercise: attempt.id for exercise, attempt in best.items()},
        earned=sum(earned.values(), Fraction()),
        possible=sum(attempt.exercises[exercise].possible for exercise, attempt in best.items()),
        late=any(attempt.late for attempt in best.values()),
        to_mark=sum(attempt.exercises[exercise].to_mark for exercise, attempt in best.items()),
    )


def _of(attempt: GradedAttempt, exercise: str) -> tuple[Fraction, int]:
    points = attempt.exercises[exercise]
    share = _share(attempt.after_deduction(points.earned), points.possible + points.to_mark)
    return share, attempt.number if points.by_person else 0


def _share(earned: Fraction, possible: int) -> Fraction:
    """Of two revisions the points may differ; of one, shares order as points do."""
    return earned / possible if possible else Fraction()
