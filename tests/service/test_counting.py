"""Which attempts count: laws of whatever attempts there are."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from grader.policy.counting import Counted, GradedAttempt, Points, counted
from grader.policy.terms import Counts

WHEN = datetime(2027, 3, 1, tzinfo=UTC)
POSSIBLE = (10, 20, 70)


def attempt(number: int, *points: int, deducted: int = 0) -> GradedAttempt:
    """The attempt of that number, with points of each exercise."""
    exercises = {
        f"e{n}": Points(earned=min(p, most), possible=most)
        for n, (p, most) in enumerate(zip(points, POSSIBLE, strict=False))
    }
    return GradedAttempt(
        id=uuid.UUID(int=number),
        number=number,
        received_at=WHEN,
        exercises=exercises,
        deducted=deducted,
        late=deducted > 0,
    )


ATTEMPTS = st.lists(
    st.tuples(*(st.integers(0, most) for most in POSSIBLE), st.integers(0, 100)), min_size=1, max_size=5
).map(lambda rows: [attempt(n, *row[:3], deducted=row[3]) for n, row in enumerate(rows, start=1)])


def what(counts: Counts, attempts: list[GradedAttempt]) -> Counted:
    found = counted(counts, attempts)
    assert found is not None
    return found


def test_nothing_counts_of_nothing() -> None:
    """It is no zero."""
    assert [counted(each, []) for each in Counts] == [None, None, None]


@given(ATTEMPTS)
def test_the_best_of_each_is_at_least_the_best_and_that_the_latest(attempts: list[GradedAttempt]) -> None:
    """And nothing is less than nothing, or more than all."""
    latest, best, each = (
        what(counts, attempts).earned for counts in (Counts.LATEST, Counts.BEST, Counts.BEST_PER_EXERCISE)
    )
    assert 0 <= latest <= best <= each <= sum(POSSIBLE)


@given(ATTEMPTS, st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_they_are_told(attempts: list[GradedAttempt], random: object) -> None:
    """The numbers say which came first."""
    shuffled = list(attempts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis's random has no public type
    assert [counted(each, shuffled) for each in Counts] == [counted(each, attempts) for each in Counts]


@given(ATTEMPTS, st.tuples(*(st.integers(0, most) for most in POSSIBLE)))
def test_where_the_best_counts_one_more_attempt_never_costs(
    attempts: list[GradedAttempt], points: tuple[int, ...]
) -> None:
    """However late it is."""
    more = [*attempts, attempt(len(attempts) + 1, *points, deducted=90)]
    for counts in (Counts.BEST, Counts.BEST_PER_EXERCISE):
        assert what(counts, more).earned >= what(counts, attempts).earned


def test_among_equals_the_first_counts() -> None:
    """Nothing was gained by the second, which may have been late."""
    both = [attempt(1, 10, 0, 0), attempt(2, 10, 0, 0)]
    assert what(Counts.BEST, both).attempt_id == both[0].id
    assert set(what(Counts.BEST_PER_EXERCISE, both).by_exercise.values()) == {both[0].id}


def test_each_exercise_counts_with_the_lateness_of_its_attempt() -> None:
    """Exactly: 19 less 10 % is 171/10."""
    found = what(Counts.BEST_PER_EXERCISE, [attempt(1, 10, 0, 0), attempt(2, 0, 19, 0, deducted=10)])
    assert (found.earned, found.late) == (Fraction(271, 10), True)
    assert [each.int for each in found.by_exercise.values()] == [1, 2, 1]


def test_a_revision_with_other_points_is_compared_by_shares() -> None:
    """7 of 10 are better than 15 of 30."""
    old, new = attempt(1, 7), attempt(2, 10, 5)
    assert what(Counts.BEST, [old, new]).attempt_id == old.id
