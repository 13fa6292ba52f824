"""The recurrent lab: one step of a network with a memory, and the same step over a whole sequence.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/recurrent/`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.compare import Tolerance
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, examples, vectors
from grader.checks.rules import Agrees, LeavesArguments

Numbers = npt.NDArray[Any]
Call = SearchStrategy[tuple[Any, ...]]


def matrix(rows: int, columns: int, size: int) -> SearchStrategy[Numbers]:
    """Matrices (rows, columns) of entries in [-size, size]."""
    entries = vectors(min_size=rows * columns, max_size=rows * columns, low=-size, high=size)
    return entries.map(lambda items: items.reshape(rows, columns))


def one_step(n_x: int, n_h: int) -> Call:
    """x (n_x,), h (n_h,), W_hh (n_h, n_h), W_hx (n_h, n_x), small enough that tanh is not flat."""
    x, h = vectors(min_size=n_x, max_size=n_x, low=-2, high=2), vectors(min_size=n_h, max_size=n_h, low=-1, high=1)
    return st.tuples(x, h, matrix(n_h, n_h, 1), matrix(n_h, n_x, 1))


def sequence(steps: int, n_x: int, n_h: int) -> Call:
    """As `one_step`, with X (steps, n_x) in place of x."""
    return st.tuples(one_step(n_x, n_h), matrix(steps, n_x, 2)).map(lambda parts: (parts[1], *parts[0][1:]))


def steps_of(n_x: SearchStrategy[int], n_h: SearchStrategy[int]) -> Call:
    """Single steps of networks of these sizes."""
    return st.tuples(n_x, n_h).flatmap(lambda sizes: one_step(*sizes))


def sequences(low: int, high: int) -> Call:
    """Sequences of low to high steps, for networks of all sizes."""
    return st.tuples(st.integers(low, high), st.integers(1, 3), st.integers(1, 3)).flatmap(
        lambda sizes: sequence(*sizes)
    )


W_HH = np.array([[0.5, -1.0], [0.0, 0.25]])
W_HX = np.array([[1.0, 0.0, -0.5], [0.5, 2.0, 0.0]])
X = np.array([[1.0, 0.0, 2.0], [0.0, 0.5, -1.0], [-1.0, 0.25, 0.0]])
H0 = np.array([0.5, -0.25])

# Each step may make an earlier rounding error up to three times as large. In single precision that leaves about five
# digits after the longest sequence drawn here.
OVER_TIME = Agrees(tolerance=Tolerance(relative=1e-4, absolute=1e-4))


RNN_STEP = FunctionExercise(
    id="rnn_step",
    title="One step",
    target="rnn_step",
    markers=("rnn_step",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and two more",
            points=15,
            inputs=examples(
                (X[0], H0, W_HH, W_HX),
                (X[1], np.zeros(2), W_HH, W_HX),
                (np.array([0.5]), np.array([1.0, -1.0, 0.5]), np.eye(3)[::-1] / 2, np.array([[1.0], [0.0], [-2.0]])),
            ),
            passed="Right for three small examples.",
            failed="One of three small examples does not come out right.",
            hint="Two products of a matrix and a vector, their sum, and the activation over all of it.",
        ),
        FunctionCheck(
            id="drawn",
            title="Networks of any size",
            points=20,
            inputs=Drawn(steps_of(st.integers(1, 4), st.integers(1, 3)), count=30),
            passed="Right for all inputs, states and weights that were tried.",
            failed="There are an input, a state and weights for which the answer is not right.",
            hint="Which matrix belongs to the old state, and which to the input? Compare the shapes.",
        ),
        FunctionCheck(
            id="unchanged",
            title="State and input are left as they were",
            points=5,
            inputs=Drawn(steps_of(st.integers(1, 3), st.integers(2, 3)), count=8),
            rule=LeavesArguments(),
            needs=("example",),
            passed="All arguments are the same after the call as before.",
            failed="After the call, an array that was passed in has other numbers in it.",
            hint="The old state is still needed for learning. Put the new one into an array of its own.",
        ),
    ),
)


RNN_UNROLL = FunctionExercise(
    id="rnn_unroll",
    title="A whole sequence",
    target="rnn_unroll",
    markers=("rnn_unroll",),
    depends_on=("rnn_step",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own sequence, and one more",
            points=12,
            inputs=examples((X, H0, W_HH, W_HX), (X[:2, :1], np.array([0.0]), np.array([[-0.5]]), np.array([[1.0]]))),
            rule=OVER_TIME,
            passed="Right for two short sequences.",
            failed="One of two short sequences does not come out right.",
            hint="Write down the states by hand: each step starts from the state that the step before it left.",
        ),
        FunctionCheck(
            id="drawn",
            title="Sequences of any length",
            points=18,
            inputs=Drawn(sequences(1, 6), count=30),
            rule=OVER_TIME,
            passed="Right for all sequences that were tried, from one step to six.",
            failed="There is a sequence for which the states are not right.",
            hint="Compare the first row first, then the second. Which state goes into the second step?",
        ),
        FunctionCheck(
            id="single",
            title="A sequence of one step",
            points=5,
            inputs=Drawn(sequences(1, 1), count=10),
            rule=OVER_TIME,
            passed="One input gives one row, the state after it.",
            failed="For a sequence of one step the answer is not right.",
            hint="One input gives one row: the state after that input, not the state before it.",
        ),
        FunctionCheck(
            id="unchanged",
            title="The first state is left as it was",
            points=5,
            inputs=Drawn(sequences(2, 3), count=8),
            rule=LeavesArguments(),
            needs=("example",),
            passed="All arguments are the same after the call as before.",
            failed="After the call, an array that was passed in has other numbers in it.",
            hint="The next sequence starts from h0 again. Do not write into it.",
        ),
    ),
)


RNN_FINAL = FunctionExercise(
    id="rnn_final",
    title="What is left at the end",
    target="rnn_final",
    markers=("rnn_final",),
    depends_on=("rnn_step", "rnn_unroll"),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own sequence, and one more",
            points=8,
            inputs=examples((X, H0, W_HH, W_HX), (X[:2, :1], np.array([0.5]), np.array([[-0.5]]), np.array([[1.0]]))),
            rule=OVER_TIME,
            passed="Right for two short sequences.",
            failed="One of two short sequences does not come out right.",
            hint="Only the state after the last input is asked, an array of shape (n_h,).",
        ),
        FunctionCheck(
            id="drawn",
            title="Sequences of any length",
            points=12,
            inputs=Drawn(sequences(1, 6), count=30),
            rule=OVER_TIME,
            passed="Right for all sequences that were tried.",
            failed="There is a sequence for which the last state is not right.",
            hint="Every input has been seen by then, the last one most recently.",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="recurrent",
    title="Recurrent networks: a memory of the sequence",
    version="1",
    seed=44,
    exercises=(RNN_STEP, RNN_UNROLL, RNN_FINAL),
)
