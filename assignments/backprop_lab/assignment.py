"""The back-propagation lab: a computation graph forwards and backwards, and its slopes checked in two other ways.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/backprop_lab/`.
"""

from collections.abc import Callable

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

#: the numbers that the notebook gives
W, B, X, Y = 2.0, 8.0, -2.0, 2.0

#: slopes that come from differences lose digits where two nearly equal costs are subtracted
SLOPE = Agrees(tolerance=Tolerance(relative=1e-5, absolute=1e-5), scalar=True)
NUMBER = Agrees(scalar=True)


def several(*parts: str) -> Agrees:
    """Numbers returned together, by the names that the text has for them; an array of them is as good as a tuple."""
    return Agrees(scalar=True, reading=lambda slopes, *_: tuple(slopes), parts=parts)


#: what SymPy takes for a function of w; none has a slope that is the same for every w
EXPRESSIONS = ("w**2", "w**3", "1/w", "5*w**2 - 3*w", "exp(w)", "w*sin(w)", "(2*w + 1)**3", "log(w) + w**2")


def numbers(low: int = -5, high: int = 5) -> SearchStrategy[float]:
    """Single numbers in [low, high] with at most two binary digits after the point."""
    return st.integers(4 * low, 4 * high).map(lambda n: n / 4)


def graphs(count: int) -> Drawn:
    """Calls with w, b, x, y."""
    return calls(numbers(), numbers(), numbers(), numbers(), count=count)


def steps() -> SearchStrategy[float]:
    """Steps that are not so small that rounding would drown the difference."""
    return st.sampled_from((0.5, 0.25, 0.125, 0.0625, 0.001))


def follows(place: int, wanted: Callable[[Numbers], float], count: int) -> Holds:
    """Of `count` numbers, the one at `place` is what `wanted` makes of all, and none of them is 0.

    Each step is judged by the student's own step before it, so a mistake is charged where it was made and nowhere else.
    """

    def claim(values: Numbers) -> bool:
        right = abs(values[place] - wanted(values)) <= 1e-6
        return values.shape == (count,) and bool(right and np.all(values != 0))

    return Holds(claim)


def step(name: str, points: int, rule: Holds, *, passed: str, failed: str, hint: str) -> Draft:
    """A check of one step on the way."""
    return check(name.lower(), name, points, rule).says(passed, failed, hint)


ASSIGNMENT = lab(
    "backprop_lab",
    "Back propagation: slopes, step by step",
    value("forward", "Forwards through the graph").checks(
        step(
            "c",
            3,
            follows(0, lambda _: W * X, 4),
            passed="c is the product of w and x.",
            failed="c is not the product of w and x.",
            hint="The first node multiplies. Mind the sign of x.",
        ),
        step(
            "a",
            3,
            follows(1, lambda v: v[0] + B, 4),
            passed="a follows from c and b.",
            failed="a does not follow from your c and from b.",
            hint="The second node takes c and b. What does it do with them?",
        ),
        step(
            "d",
            3,
            follows(2, lambda v: v[1] - Y, 4),
            passed="d follows from a and y.",
            failed="d does not follow from your a and from y.",
            hint="d says by how much the output misses the target. Which of the two is taken from the other?",
        ),
        step(
            "J",
            5,
            follows(3, lambda v: v[2] ** 2 / 2, 4),
            passed="J follows from d.",
            failed="J does not follow from your d.",
            hint="The cost is half of a square. What is left if you do it by hand for your d?",
        ),
    ),
    value("backward", "Backwards through the graph").checks(
        step(
            "dJ_dd",
            5,
            follows(0, lambda _: W * X + B - Y, 5),
            passed="dJ/dd is right.",
            failed="dJ/dd is not right, or one of the five slopes is missing.",
            hint="Add 0.001 to d by hand: by how many thousandths does J grow?",
        ),
        step(
            "dJ_da",
            4,
            follows(1, lambda v: v[0], 5),
            passed="dJ/da follows from dJ/dd.",
            failed="dJ/da does not follow from your dJ/dd.",
            hint="If a grows by 0.001, by how much does d grow? That is the factor between the two slopes.",
        ),
        step(
            "dJ_dc",
            4,
            follows(2, lambda v: v[1], 5),
            passed="dJ/dc follows from dJ/da.",
            failed="dJ/dc does not follow from your dJ/da.",
            hint="If c grows by 0.001, by how much does a grow?",
        ),
        step(
            "dJ_db",
            4,
            follows(3, lambda v: v[1], 5),
            passed="dJ/db follows from dJ/da.",
            failed="dJ/db does not follow from your dJ/da.",
            hint="b enters the graph at a, beside c. If b grows by 0.001, by how much does a grow?",
        ),
        step(
            "dJ_dw",
            5,
            follows(4, lambda v: v[2] * X, 5),
            passed="dJ/dw follows from dJ/dc.",
            failed="dJ/dw does not follow from your dJ/dc.",
            hint="If w grows by 0.001, c does not: w is multiplied by something first, and that has a sign.",
        ),
    ),
    function("cost", "The cost for any numbers", rule=NUMBER).checks(
        check("example", "Three small examples", 5)
        .examples((1.0, 2.0, 3.0, 1.0), (3.0, 1.0, -1.0, 2.0), (-2.0, 0.5, 1.5, -4.0))
        .says(
            "Right for three small examples.",
            "One of three small examples does not come out right.",
            "Go through the four nodes by hand for these numbers: c, a, d, J.",
        ),
        check("drawn", "Any numbers", 8, graphs(25)).says(
            "Right for all numbers that were tried.",
            "There are numbers for which the cost is not right.",
            "Compare c, a, d and J with your own values for these numbers, one by one.",
        ),
    ),
    function("gradients", "Both slopes for any numbers", rule=several("dJ_dw", "dJ_db")).checks(
        check("example", "Three small examples", 6)
        .examples((1.0, 2.0, 3.0, 1.0), (3.0, 1.0, -1.0, 2.0), (-2.0, 0.5, 1.5, -4.0))
        .says(
            "Right for three small examples.",
            "One of three small examples does not come out right.",
            "Two slopes are asked, first the one for w, then the one for b.",
        ),
        check("drawn", "Any numbers", 9, graphs(25)).says(
            "Right for all numbers that were tried.",
            "There are numbers for which the slopes are not right.",
            "Walk backwards for these numbers: dJ/dd first, then on to dJ/db and dJ/dw.",
        ),
    ),
    function("numeric_slope", "A slope from two costs", rule=SLOPE, depends_on=("cost",)).checks(
        check("example", "Large steps, so that every part shows", 5)
        .examples((1.0, 2.0, 3.0, 1.0, 0.5), (3.0, 1.0, -1.0, 2.0, 0.25), (-2.0, 0.5, 1.5, -4.0, 0.125))
        .says(
            "Right for three examples with large steps.",
            "One of three examples with large steps does not come out right.",
            "Work out the cost at w and a step further by hand. How much did it grow, for each unit of the step?",
        ),
        check("drawn", "Any numbers and steps", 7)
        .asks(calls(numbers(), numbers(), numbers(), numbers(), steps(), count=25))
        .says(
            "Right for all numbers and steps that were tried.",
            "There is a call for which the slope is not right.",
            "The step goes forwards only, and it moves w only.",
        ),
    ),
    function("symbolic_slope", "A slope from SymPy", rule=SLOPE).checks(
        check("example", "w², w³ and 1/w", 5, examples(("w**2", 3.0), ("w**3", -2.0), ("1/w", 4.0))).says(
            "Right for w², w³ and 1/w.",
            "One of w², w³ and 1/w does not come out right.",
            "Derive first, then put the number in. Two methods of a SymPy expression do it: diff and subs.",
        ),
        check("drawn", "Other expressions", 7)
        .asks(calls(st.sampled_from(EXPRESSIONS), st.integers(1, 12).map(lambda n: n / 4), count=20))
        .says(
            "Right for every expression that was tried.",
            "There is an expression for which the slope is not right.",
            "Let SymPy read the text and derive it: no case needs code of its own.",
        ),
    ),
    function("chain_rule", "The chain rule", rule=several("du_dv", "dv_dx", "du_dx")).checks(
        check("example", "Three values of x", 5, examples((1.0,), (-2.0,), (0.5,))).says(
            "All three slopes are right for three values of x.",
            "For one of three values of x the slopes are not right.",
            "Work out v first. Which of the three slopes are then a matter of one power each?",
        ),
        check("drawn", "Any x", 7, calls(numbers(-3, 3), count=15)).says(
            "Right for every x that was tried.",
            "There is an x for which the slopes are not right.",
            "The third slope is made of the other two.",
        ),
    ),
    runtime="sympy",
    seed=42,
)
