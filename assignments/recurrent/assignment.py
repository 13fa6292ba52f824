"""The recurrent lab: one step of a network with a memory, and the same step over a whole sequence.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/recurrent/`.
"""

import numpy as np
from hypothesis import strategies as st

from grader.lab import *


def one_step(n_x: int, n_h: int) -> Call:
    """x (n_x,), h (n_h,), W_hh (n_h, n_h), W_hx (n_h, n_x), small enough that tanh is not flat."""
    return st.tuples(block(n_x, most=2), block(n_h, most=1), block(n_h, n_h, most=1), block(n_h, n_x, most=1))


def sequence(steps: int, n_x: int, n_h: int) -> Call:
    """As `one_step`, with X (steps, n_x) in place of x."""
    return st.tuples(one_step(n_x, n_h), block(steps, n_x, most=2)).map(lambda parts: (parts[1], *parts[0][1:]))


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


ASSIGNMENT = lab(
    "recurrent",
    "Recurrent networks: a memory of the sequence",
    function("rnn_step", "One step").checks(
        check("example", "The lab's own example, and two more", 15)
        .examples(
            (X[0], H0, W_HH, W_HX),
            (X[1], np.zeros(2), W_HH, W_HX),
            (np.array([0.5]), np.array([1.0, -1.0, 0.5]), np.eye(3)[::-1] / 2, np.array([[1.0], [0.0], [-2.0]])),
        )
        .says(
            "Right for three small examples.",
            "One of three small examples does not come out right.",
            "Two products of a matrix and a vector, their sum, and the activation over all of it.",
        ),
        check("drawn", "Networks of any size", 20, Drawn(steps_of(st.integers(1, 4), st.integers(1, 3)), 30)).says(
            "Right for all inputs, states and weights that were tried.",
            "There are an input, a state and weights for which the answer is not right.",
            "Which matrix belongs to the old state, and which to the input? Compare the shapes.",
        ),
        check("unchanged", "State and input are left as they were", 5, needs="example")
        .asks(Drawn(steps_of(st.integers(1, 3), st.integers(2, 3)), 8), LeavesArguments())
        .says(
            "All arguments are the same after the call as before.",
            "After the call, an array that was passed in has other numbers in it.",
            "The old state is still needed for learning. Put the new one into an array of its own.",
        ),
    ),
    function("rnn_unroll", "A whole sequence", rule=OVER_TIME, depends_on=("rnn_step",)).checks(
        check("example", "The lab's own sequence, and one more", 12)
        .examples((X, H0, W_HH, W_HX), (X[:2, :1], np.array([0.0]), np.array([[-0.5]]), np.array([[1.0]])))
        .says(
            "Right for two short sequences.",
            "One of two short sequences does not come out right.",
            "Write down the states by hand: each step starts from the state that the step before it left.",
        ),
        check("drawn", "Sequences of any length", 18, Drawn(sequences(1, 6), 30)).says(
            "Right for all sequences that were tried, from one step to six.",
            "There is a sequence for which the states are not right.",
            "Compare the first row first, then the second. Which state goes into the second step?",
        ),
        check("single", "A sequence of one step", 5, Drawn(sequences(1, 1), 10)).says(
            "One input gives one row, the state after it.",
            "For a sequence of one step the answer is not right.",
            "One input gives one row: the state after that input, not the state before it.",
        ),
        check("unchanged", "The first state is left as it was", 5, needs="example")
        .asks(Drawn(sequences(2, 3), 8), LeavesArguments())
        .says(
            "All arguments are the same after the call as before.",
            "After the call, an array that was passed in has other numbers in it.",
            "The next sequence starts from h0 again. Do not write into it.",
        ),
    ),
    function("rnn_final", "What is left at the end", rule=OVER_TIME, depends_on=("rnn_step", "rnn_unroll")).checks(
        check("example", "The lab's own sequence, and one more", 8)
        .examples((X, H0, W_HH, W_HX), (X[:2, :1], np.array([0.5]), np.array([[-0.5]]), np.array([[1.0]])))
        .says(
            "Right for two short sequences.",
            "One of two short sequences does not come out right.",
            "Only the state after the last input is asked, an array of shape (n_h,).",
        ),
        check("drawn", "Sequences of any length", 12, Drawn(sequences(1, 6), 30)).says(
            "Right for all sequences that were tried.",
            "There is a sequence for which the last state is not right.",
            "Every input has been seen by then, the last one most recently.",
        ),
    ),
    seed=44,
)
