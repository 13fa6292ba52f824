"""The ReLU lab: the function, one unit, a sum of units, and a broken line stitched together of three of them.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/relu_lab/`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, calls, examples, vectors
from grader.checks.rules import Holds, LeavesArguments
from grader.checks.variable import VariableCheck, VariableExercise

Numbers = npt.NDArray[Any]

#: a choice of weight and bias by fractions such as 1/3 is as good as the exact one
CLOSE = 1e-6


def matrices() -> SearchStrategy[Numbers]:
    """Matrices of two or three rows and columns, entries in [-5, 5]."""
    size = st.tuples(st.integers(2, 3), st.integers(2, 3))
    return size.flatmap(lambda n: vectors(min_size=n[0] * n[1], max_size=n[0] * n[1]).map(lambda z: z.reshape(n)))


def numbers() -> SearchStrategy[float]:
    """Single numbers in [-4, 4], never 0, so that each of them has a say."""
    return st.integers(1, 16).flatmap(lambda n: st.sampled_from((n / 4, -n / 4)))


def _of_units(n: int) -> SearchStrategy[tuple[Any, ...]]:
    row = vectors(min_size=n, max_size=n, low=-4, high=4)
    return st.tuples(vectors(min_size=n + 1, max_size=n + 3), row, row)


def layer_calls() -> SearchStrategy[tuple[Any, ...]]:
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


RELU = FunctionExercise(
    id="relu",
    title="ReLU",
    target="relu",
    markers=("relu",),
    checks=(
        FunctionCheck(
            id="example",
            title="Small examples",
            points=8,
            inputs=examples((np.array([-1.0, 2.0]),), (np.array([0.0, 0.5, -0.25]),), (np.array([-4.0, -3.0, 5.0]),)),
            passed="Right for three small arrays.",
            failed="One of three small arrays does not come out right.",
            hint="Below 0 the answer is 0; above 0 it is the entry itself.",
        ),
        FunctionCheck(
            id="drawn",
            title="Arrays of any length",
            points=8,
            inputs=calls(vectors(), count=25),
            passed="Right for every array that was tried.",
            failed="There is an array for which the answer is not right.",
            hint="Compare your answer for this small array with the formula, entry by entry.",
        ),
        FunctionCheck(
            id="shapes",
            title="Matrices",
            points=6,
            inputs=calls(matrices(), count=12),
            passed="Right for matrices too, and the shape is kept.",
            failed="For a matrix the answer is not right.",
            hint="The function works entry by entry, so the answer has the shape of z, whatever that is.",
        ),
        FunctionCheck(
            id="unchanged",
            title="The input is left as it was",
            points=3,
            inputs=calls(vectors(min_size=2), count=8),
            rule=LeavesArguments(),
            needs=("example",),
            passed="The array z is the same after the call as before.",
            failed="After the call, the array z that was passed in has other numbers in it.",
            hint="Keep what you compute in a new array: z belongs to whoever called.",
        ),
    ),
)


RELU_UNIT = FunctionExercise(
    id="relu_unit",
    title="One unit",
    target="relu_unit",
    markers=("relu_unit",),
    depends_on=("relu",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own unit, and two more",
            points=8,
            inputs=examples(
                (np.array([0.0, 0.5, 1.0, 2.0]), -2.0, 2.0),
                (np.array([-1.0, 0.25, 3.0]), 3.0, -1.5),
                (np.array([2.0, -2.0]), 0.5, 4.0),
            ),
            passed="Right for three small examples.",
            failed="One of three small examples does not come out right.",
            hint="First the line w x + b, then ReLU of it. Do both by hand for one entry of x.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any inputs, weight and bias",
            points=12,
            inputs=calls(vectors(min_size=2), numbers(), numbers(), count=25),
            passed="Right for every call that was tried.",
            failed="There is a call for which the answer is not right.",
            hint="Weights and biases may be negative. Follow this example through the formula.",
        ),
    ),
)


LAYER_SUM = FunctionExercise(
    id="layer_sum",
    title="A sum of units",
    target="layer_sum",
    markers=("layer_sum",),
    depends_on=("relu_unit",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two and three units",
            points=10,
            inputs=examples(
                (np.array([0.0, 1.0, 2.0]), np.array([-2.0, 1.0]), np.array([2.0, -0.5])),
                (np.array([-1.0, 0.5, 1.5, 4.0]), np.array([1.0, -3.0, 2.0]), np.array([0.5, 1.0, -4.0])),
            ),
            passed="Right for a layer of two units and for one of three.",
            failed="A layer of two units, or one of three, does not come out right.",
            hint="Each unit goes through its own ReLU. Only then are they added.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any number of units",
            points=15,
            inputs=Drawn(layer_calls(), 25),
            passed="Right for every layer that was tried.",
            failed="There is a layer for which the answer is not right.",
            hint="How many units has this example, and how many inputs? The answer has an entry for each input.",
        ),
    ),
)


UNITS = VariableExercise(
    id="units",
    title="Weights and biases for the broken line",
    target="units",
    markers=("units",),
    checks=(
        VariableCheck(
            id="unit1",
            title="Unit 1 begins at x = 1",
            points=8,
            rule=Holds(lambda units: kinks_at(units, 1, 1)),
            passed="Unit 1 is silent up to x = 1 and rises from there on.",
            failed="Unit 1 should be silent up to x = 1 and rise from there on.",
            hint="A unit wakes up where w x + b is 0. Which bias puts that point at x = 1, for the weight you chose?",
        ),
        VariableCheck(
            id="unit2",
            title="Unit 2 begins at x = 2",
            points=8,
            rule=Holds(lambda units: kinks_at(units, 2, 2)),
            passed="Unit 2 is silent up to x = 2 and rises from there on.",
            failed="Unit 2 should be silent up to x = 2 and rise from there on.",
            hint="A unit wakes up where w x + b is 0. Which bias puts that point at x = 2, for the weight you chose?",
        ),
        VariableCheck(
            id="target",
            title="The sum is the broken line",
            points=14,
            rule=Holds(meets_the_target),
            passed="On a grid of 301 points from 0 to 3, the three units add up to the target.",
            failed="On a grid of 301 points from 0 to 3, the three units do not add up to the target everywhere.",
            hint="The slopes of all units that are awake add up. What slope does the target have in each piece?",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="relu_lab",
    title="ReLU: straight pieces make a curve",
    version="1",
    seed=41,
    exercises=(RELU, RELU_UNIT, LAYER_SUM, UNITS),
)
