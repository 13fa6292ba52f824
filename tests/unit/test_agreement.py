"""Agreement of two who mark: by hand for small tables, and the laws that hold of any."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.policy.agreement import FEWEST, Agreement, TwoMarks, agreement, weighted_kappa

POINTS = st.integers(0, 20)
PAIRS = st.lists(st.builds(TwoMarks, first=POINTS, second=POINTS), min_size=1, max_size=30)


def pairs(*points: tuple[int, int]) -> list[TwoMarks]:
    return [TwoMarks(first=first, second=second) for first, second in points]


@pytest.mark.parametrize(
    ("given", "kappa"),
    [
        pytest.param(pairs((0, 0), (5, 5), (10, 10)), Fraction(1), id="equal"),
        pytest.param(pairs((0, 1), (1, 0)), Fraction(-1), id="as far as can be"),
        pytest.param(pairs((0, 0), (0, 1), (1, 0), (1, 1)), Fraction(0), id="as chance gives"),
        pytest.param(pairs((0, 0), (1, 2), (2, 2)), Fraction(4, 5), id="one point apart once"),
        pytest.param(pairs((7, 7), (7, 7)), None, id="all the same"),
    ],
)
def test_weighted_kappa_is_what_its_definition_gives(given: list[TwoMarks], kappa: Fraction | None) -> None:
    """Worked out from the table of Cohen's definition, by hand."""
    assert weighted_kappa(given) == kappa


@given(PAIRS)
def test_kappa_is_what_every_first_with_every_second_gives(given: list[TwoMarks]) -> None:
    """The definition as it stands, summed over all of them."""
    observed = Fraction(sum((each.first - each.second) ** 2 for each in given), len(given))
    by_chance = Fraction(sum((one.first - other.second) ** 2 for one in given for other in given), len(given) ** 2)

    assert weighted_kappa(given) == (1 - observed / by_chance if by_chance else None)


def test_what_cannot_be_said_is_not() -> None:
    """Of nothing nothing, and of a few no kappa."""
    assert agreement([]) == Agreement(pairs=0)
    few = agreement(pairs((10, 12), (5, 5)))

    assert few == Agreement(pairs=2, equal=Fraction(1, 2), mean_difference=Fraction(1), mean_distance=Fraction(1))
    assert agreement(pairs(*((n, n) for n in range(FEWEST)))).kappa == 1
