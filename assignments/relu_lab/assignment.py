"""The ReLU lab: the function, one unit, a sum of units, and a broken line stitched together of three of them.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/relu_lab/`.
"""

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

#: a choice of weight and bias by fractions such as 1/3 is as good as the exact one
CLOSE = 1e-6


def matrices() -> SearchStrategy[Numbers]:
    """Matrices of two or three rows and columns, entries in [-5, 5]."""
    return st.tuples(st.integers(2, 3), st.integers(2, 3)).flatmap(lambda shape: block(*shape))


def numbers() -> SearchStrategy[float]:
    """Single numbers in [-4, 4], never 0, so that each of them has a say."""
    return st.integers(1, 16).flatmap(lambda n: st.sampled_from((n / 4, -n / 4)))


def _of_units(n: int) -> Call:
    return st.tuples(vectors(min_size=n + 1, max_size=n + 3), block(n, most=4), block(n, most=4))


def layer_calls() -> Call:
    """x (m,), w (n,), b (n,) of two to four units; m is larger than n, so that the two are not taken for each other."""
    return st.integers(2, 4).flatmap(_of_units)


def kinks_at(units: Numbers, number: int, x: float) -> bool:
    """Whether unit `number` (1 or 2) of (w1, b1, w2, b2) is silent up to `x` and rises from there on."""
    w, b = units[2 * number - 2], units[2 * number - 1]
    return units.shape == (4,) and bool(w > CLOSE) and abs(w * x + b) <= CLOSE * abs(w)


def meets_the_target(units: Numbers) -> bool:
    """Whether the sum of the three units is the broken line at every point of a fine grid over [0, 3]."""
    w1, b1, w2, b2 = units
    x = np.linspace(0, 3, 301)
    target = np.interp(x, [0, 1, 2, 3], [2, 0, 1, 5])
    found = np.maximum(0, 2 - 2 * x) + np.maximum(0, w1 * x + b1) + np.maximum(0, w2 * x + b2)
    return bool(np.all(np.abs(found - target) <= 1e-4))


ASSIGNMENT = lab(
    "relu_lab",
    "ReLU: straight pieces make a curve",
    function("relu", "ReLU").checks(
        check("example", "Small examples", 8)
        .examples((np.array([-1.0, 2.0]),), (np.array([0.0, 0.5, -0.25]),), (np.array([-4.0, -3.0, 5.0]),))
        .says(
            "Right for three small arrays.",
            "One of three small arrays does not come out right.",
            "Below 0 the answer is 0; above 0 it is the entry itself.",
        ),
        check("drawn", "Arrays of any length", 8, calls(vectors(), count=25)).says(
            "Right for every array that was tried.",
            "There is an array for which the answer is not right.",
            "Compare your answer for this small array with the formula, entry by entry.",
        ),
        check("shapes", "Matrices", 6, calls(matrices(), count=12)).says(
            "Right for matrices too, and the shape is kept.",
            "For a matrix the answer is not right.",
            "The function works entry by entry, so the answer has the shape of z, whatever that is.",
        ),
        check("unchanged", "The input is left as it was", 3, needs="example")
        .asks(calls(vectors(min_size=2), count=8), LeavesArguments())
        .says(
            "The array z is the same after the call as before.",
            "After the call, the array z that was passed in has other numbers in it.",
            "Keep what you compute in a new array: z belongs to whoever called.",
        ),
    ),
    function("relu_unit", "One unit", depends_on=("relu",)).checks(
        check("example", "The lab's own unit, and two more", 8)
        .examples(
            (np.array([0.0, 0.5, 1.0, 2.0]), -2.0, 2.0),
            (np.array([-1.0, 0.25, 3.0]), 3.0, -1.5),
            (np.array([2.0, -2.0]), 0.5, 4.0),
        )
        .says(
            "Right for three small examples.",
            "One of three small examples does not come out right.",
            "First the line w x + b, then ReLU of it. Do both by hand for one entry of x.",
        ),
        check("drawn", "Any inputs, weight and bias", 12)
        .asks(calls(vectors(min_size=2), numbers(), numbers(), count=25))
        .says(
            "Right for every call that was tried.",
            "There is a call for which the answer is not right.",
            "Weights and biases may be negative. Follow this example through the formula.",
        ),
    ),
    function("layer_sum", "A sum of units", depends_on=("relu_unit",)).checks(
        check("example", "Two and three units", 10)
        .examples(
            (np.array([0.0, 1.0, 2.0]), np.array([-2.0, 1.0]), np.array([2.0, -0.5])),
            (np.array([-1.0, 0.5, 1.5, 4.0]), np.array([1.0, -3.0, 2.0]), np.array([0.5, 1.0, -4.0])),
        )
        .says(
            "Right for a layer of two units and for one of three.",
            "A layer of two units, or one of three, does not come out right.",
            "Each unit goes through its own ReLU. Only then are they added.",
        ),
        check("drawn", "Any number of units", 15, Drawn(layer_calls(), 25)).says(
            "Right for every layer that was tried.",
            "There is a layer for which the answer is not right.",
            "How many units has this example, and how many inputs? The answer has an entry for each input.",
        ),
    ),
    value("units", "Weights and biases for the broken line").checks(
        check("unit1", "Unit 1 begins at x = 1", 8, IsTrue(lambda units: kinks_at(units, 1, 1))).says(
            "Unit 1 is silent up to x = 1 and rises from there on.",
            "Unit 1 should be silent up to x = 1 and rise from there on.",
            "A unit wakes up where w x + b is 0. Which bias puts that point at x = 1, for the weight you chose?",
        ),
        check("unit2", "Unit 2 begins at x = 2", 8, IsTrue(lambda units: kinks_at(units, 2, 2))).says(
            "Unit 2 is silent up to x = 2 and rises from there on.",
            "Unit 2 should be silent up to x = 2 and rise from there on.",
            "A unit wakes up where w x + b is 0. Which bias puts that point at x = 2, for the weight you chose?",
        ),
        check("target", "The sum is the broken line", 14, IsTrue(meets_the_target)).says(
            "On a grid of 301 points from 0 to 3, the three units add up to the target.",
            "On a grid of 301 points from 0 to 3, the three units do not add up to the target everywhere.",
            "The slopes of all units that are awake add up. What slope does the target have in each piece?",
        ),
    ),
    seed=41,
)
