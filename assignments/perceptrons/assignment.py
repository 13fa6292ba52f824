"""The perceptrons lab: neurons that fire or stay silent, gates made of them, and a threshold that becomes a weight.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/perceptrons/`.
"""

from itertools import product
from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *


def bits(min_size: int, max_size: int) -> SearchStrategy[Numbers]:
    """Vectors (n,) of zeros and ones, dtype int64."""
    return st.lists(st.integers(0, 1), min_size=min_size, max_size=max_size).map(np.array)


def rows(n: int) -> list[Numbers]:
    """All rows (n,) of a truth table with n inputs."""
    return [np.array(row) for row in product((0, 1), repeat=n)]


def table(n: int) -> Examples:
    """A call for each row of a truth table with n inputs."""
    return examples(*((row,) for row in rows(n)))


def _with_threshold(x: Numbers) -> Call:
    return st.tuples(st.just(x), st.integers(0, 2 * len(x) + 2).map(lambda halves: halves / 2))


def _with_threshold_met(x: Numbers) -> Call:
    return st.just((x, int(x.sum())))


def _with_veto(x: Numbers) -> Call:
    """Half of the thresholds are within reach of x, so that a veto often decides."""
    theta = st.one_of(st.integers(1, max(1, int(x.sum()))), st.integers(1, len(x)))
    return st.tuples(st.just(x), bits(1, 4), theta)


def _without_veto(x: Numbers) -> Call:
    silent = st.integers(1, 4).map(lambda k: np.zeros(k, dtype=np.int64))
    return st.tuples(st.just(x), silent, st.integers(1, len(x)))


def _with_one_veto_against(x: Numbers) -> Call:
    """The excitatory inputs alone reach the threshold, by one or more, and one of several inhibitory inputs is on."""
    one = st.integers(2, 4).flatmap(lambda k: st.permutations([1] + [0] * (k - 1))).map(np.array)
    return st.tuples(st.just(x), one, st.integers(1, max(1, int(x.sum()) - 1)))


def _weighted(n: int) -> Call:
    """x (n,), w (n,) and b in quarters: their sums are exact, so that "exactly 0" means the same on every machine."""
    vector = st.lists(_quarters(), min_size=n, max_size=n).map(np.array)
    return st.tuples(vector, vector, _quarters())


def _balanced(n: int) -> Call:
    """As `_weighted`, with the bias that brings the weighted sum to exactly 0."""
    return _weighted(n).map(lambda call: (call[0], call[1], float(-call[0] @ call[1])))


def _quarters() -> SearchStrategy[float]:
    return st.one_of(st.integers(-3, 3).map(float), st.integers(-12, 12).map(lambda n: n / 4))


def as_decision(value: Any, *_: Any) -> Any:
    """True and 1.0 as 1, False and 0.0 as 0: they all say whether the neuron fires. Anything else as it is."""
    numbers = np.asarray(value)
    decides = numbers.dtype.kind in "bf" and bool(np.all((numbers == 0) | (numbers == 1)))
    return numbers.astype(np.int64) if decides else value


DECIDES = Agrees(reading=as_decision, scalar=True)


def is_the_gate(v: Numbers, n: int, theta: int) -> bool:
    """On every row of the truth table, v with a constant first input of 1 fires as the threshold neuron does.

    A sum that is 0 up to rounding, as of three times 0.1 and -0.3, is 0.
    """
    wanted = [row.sum() >= theta for row in rows(n)]
    zero = 1e-12 * np.abs(v).sum()
    return v.shape == (n + 1,) and [v[0] + v[1:] @ row > zero for row in rows(n)] == wanted


ASSIGNMENT = lab(
    "perceptrons",
    "Perceptrons: neurons that decide",
    function("threshold_neuron", "A neuron with a threshold", rule=DECIDES).checks(
        check("example", "Small rows, far from the threshold", 6)
        .examples(
            (np.array([1, 1, 1]), 2),
            (np.array([1, 0, 0]), 2),
            (np.array([0, 0, 0, 0]), 1),
            (np.array([1, 1, 0, 1]), 1),
            (np.array([1, 0]), 3),
        )
        .says(
            "Right for five small examples.",
            "One of five small examples does not come out right.",
            "Count the inputs that are 1. Are there enough of them to reach theta?",
        ),
        check("drawn", "Any row, any threshold", 10, Drawn(bits(1, 6).flatmap(_with_threshold), 40)).says(
            "Right for rows of one to six inputs and thresholds of all sizes, halves too.",
            "There is a row and a threshold for which the answer is not right.",
            "Add up this row by hand and compare the sum with theta.",
        ),
        check("exact", "A sum that just reaches the threshold", 4, needs="example")
        .asks(Drawn(bits(1, 6).flatmap(_with_threshold_met), 12))
        .says(
            "The neuron fires when the sum is exactly theta.",
            "When the sum is exactly theta, the neuron does not do what the text asks.",
            "Look up in the text what happens when the sum is neither below nor above theta.",
        ),
    ),
    function("or_gate", "OR as a threshold neuron", rule=DECIDES, depends_on=("threshold_neuron",)).checks(
        check("two", "All four rows with two inputs", 5, table(2)).says(
            "Right on the whole truth table with two inputs.",
            "A row of the truth table with two inputs is not right.",
            "OR is 1 as soon as one of its inputs is 1. How many ones must the threshold neuron see?",
        ),
        check("three", "All eight rows with three inputs", 5, table(3)).says(
            "Right on the whole truth table with three inputs.",
            "A row of the truth table with three inputs is not right.",
            "The gate takes any number of inputs, and each of them counts.",
        ),
        check("long", "Rows of one input and of many", 5, needs="two")
        .asks(calls(st.one_of(bits(1, 1), bits(4, 9)), count=30))
        .says(
            "Right for one input and for up to nine.",
            "For a row of another length the answer is not right.",
            "The threshold of OR is the same for every number of inputs.",
        ),
    ),
    function("and_gate", "AND of three inputs", rule=DECIDES, depends_on=("threshold_neuron",)).checks(
        check("example", "All on, all off, one off", 6)
        .examples((np.array([1, 1, 1]),), (np.array([0, 0, 0]),), (np.array([1, 1, 0]),))
        .says(
            "Right for three rows of the truth table.",
            "One of three rows does not come out right.",
            "AND is 1 only if all three inputs are 1. How large is their sum then?",
        ),
        check("table", "All eight rows", 9, table(3)).says(
            "Right on the whole truth table.",
            "A row of the truth table is not right.",
            "Write down the eight rows with their sums. Only one of them may fire.",
        ),
    ),
    function("inhibited_neuron", "Inputs that forbid", rule=DECIDES, depends_on=("threshold_neuron",)).checks(
        check("free", "Nothing forbids", 6, Drawn(bits(1, 5).flatmap(_without_veto), 25)).says(
            "While all inhibitory inputs are 0, it is the threshold neuron.",
            "While all inhibitory inputs are 0, the answer is not that of the threshold neuron.",
            "With silent inhibitory inputs only x and theta decide, as in the first exercise.",
        ),
        check("forbidden", "One inhibitory input is on", 8, needs="free")
        .asks(Drawn(bits(2, 6).filter(lambda x: x.sum() > 1).flatmap(_with_one_veto_against), 25))
        .says(
            "One inhibitory input that is on is enough to silence it, however large the sum.",
            "An inhibitory input is on, and yet the neuron fires.",
            "An inhibitory input is a veto: it does not join the sum, it overrules it.",
        ),
        check("mixed", "Any rows", 6, Drawn(bits(1, 6).flatmap(_with_veto), 60), needs="free").says(
            "Right for rows of every kind.",
            "There is a combination of inputs for which the answer is not right.",
            "First ask whether any inhibitory input is on. Only if not, count the others.",
        ),
    ),
    function("perceptron", "Rosenblatt's perceptron", rule=DECIDES).checks(
        check("example", "Two or three weighted inputs", 5)
        .examples(
            (np.array([1.0, 2.0]), np.array([3.0, -1.0]), 0.5),
            (np.array([1.0, 2.0]), np.array([3.0, -1.0]), -1.5),
            (np.array([2.0, -1.0, 0.5]), np.array([-1.0, 2.0, 4.0]), 3.0),
            (np.array([-2.0, 1.0, 3.0]), np.array([-1.0, 2.0, -1.0]), -0.5),
        )
        .says(
            "Right for four small examples.",
            "One of four small examples does not come out right.",
            "Work it out by hand: each input times its own weight, all added up, then the bias.",
        ),
        check("drawn", "Any inputs, weights and bias", 7, Drawn(st.integers(1, 5).flatmap(_weighted), 60)).says(
            "Right for inputs, weights and biases of either sign.",
            "There are an input, weights and a bias for which the answer is not right.",
            "Work out the weighted sum of this small case by hand. Is it above 0?",
        ),
        check("on_the_line", "A weighted sum of exactly 0", 3, needs="example")
        .asks(Drawn(st.integers(1, 4).flatmap(_balanced), 15))
        .says(
            "On the line itself the perceptron stays silent.",
            "For a weighted sum of exactly 0 the answer is not right.",
            "This neuron wants its sum to be above 0. Is 0 above 0?",
        ),
    ),
    function("fold_threshold", "A bias instead of a threshold", rule=Holds(is_the_gate)).checks(
        check("example", "OR of two inputs, AND of three", 6, examples((2, 1), (3, 3))).says(
            "The perceptrons with these weights are OR of two inputs and AND of three.",
            "The perceptron with these weights is not the gate that was asked.",
            "v[0] is the bias, the other entries weigh the inputs. Try all rows of the truth table, also those "
            "whose sum is exactly theta.",
        ),
        check("gates", "Every gate of up to six inputs", 9)
        .asks(Drawn(st.integers(1, 6).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))), 21))
        .says(
            "For every n up to 6 and every theta from 1 to n the perceptron is the threshold neuron.",
            "There are n and theta for which the perceptron with these weights is another gate.",
            "The answer needs n + 1 numbers, and the bias has to follow theta.",
        ),
    ),
    seed=41,
)
