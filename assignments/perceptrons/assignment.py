"""The perceptrons lab: neurons that fire or stay silent, gates made of them, and a threshold that becomes a weight.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/perceptrons/`.
"""

from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, Examples, calls, examples
from grader.checks.rules import Agrees, Holds

Numbers = npt.NDArray[Any]


def bits(min_size: int, max_size: int) -> SearchStrategy[Numbers]:
    """Vectors (n,) of zeros and ones, dtype int64."""
    return st.lists(st.integers(0, 1), min_size=min_size, max_size=max_size).map(np.array)


def rows(n: int) -> list[Numbers]:
    """All rows (n,) of a truth table with n inputs."""
    return [np.array(row) for row in product((0, 1), repeat=n)]


def table(n: int) -> Examples:
    """A call for each row of a truth table with n inputs."""
    return examples(*((row,) for row in rows(n)))


def _with_threshold(x: Numbers) -> SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.just(x), st.integers(0, 2 * len(x) + 2).map(lambda halves: halves / 2))


def _with_threshold_met(x: Numbers) -> SearchStrategy[tuple[Any, ...]]:
    return st.just((x, int(x.sum())))


def _with_veto(x: Numbers) -> SearchStrategy[tuple[Any, ...]]:
    """Half of the thresholds are within reach of x, so that a veto often decides."""
    theta = st.one_of(st.integers(1, max(1, int(x.sum()))), st.integers(1, len(x)))
    return st.tuples(st.just(x), bits(1, 4), theta)


def _without_veto(x: Numbers) -> SearchStrategy[tuple[Any, ...]]:
    silent = st.integers(1, 4).map(lambda k: np.zeros(k, dtype=np.int64))
    return st.tuples(st.just(x), silent, st.integers(1, len(x)))


def _with_one_veto_against(x: Numbers) -> SearchStrategy[tuple[Any, ...]]:
    """The excitatory inputs alone reach the threshold, by one or more, and one of several inhibitory inputs is on."""
    one = st.integers(2, 4).flatmap(lambda k: st.permutations([1] + [0] * (k - 1))).map(np.array)
    return st.tuples(st.just(x), one, st.integers(1, max(1, int(x.sum()) - 1)))


def _weighted(n: int) -> SearchStrategy[tuple[Any, ...]]:
    """x (n,), w (n,) and b in quarters: their sums are exact, so that "exactly 0" means the same on every machine."""
    vector = st.lists(_quarters(), min_size=n, max_size=n).map(np.array)
    return st.tuples(vector, vector, _quarters())


def _balanced(n: int) -> SearchStrategy[tuple[Any, ...]]:
    """As `_weighted`, with the bias that brings the weighted sum to exactly 0."""
    return _weighted(n).map(lambda call: (call[0], call[1], float(-call[0] @ call[1])))


def _quarters() -> SearchStrategy[float]:
    return st.one_of(st.integers(-3, 3).map(float), st.integers(-12, 12).map(lambda n: n / 4))


def as_decision(value: Any, *_: Any) -> Any:
    """True and 1.0 as 1, False and 0.0 as 0: they all say whether the neuron fires. Anything else as it is."""
    numbers = np.asarray(value)
    decides = numbers.dtype.kind in "bf" and bool(np.all((numbers == 0) | (numbers == 1)))
    return numbers.astype(np.int64) if decides else value


DECIDES = Agrees(reading=as_decision)


def is_the_gate(v: Numbers, n: int, theta: int) -> bool:
    """On every row of the truth table, v with a constant first input of 1 fires as the threshold neuron does."""
    wanted = [row.sum() >= theta for row in rows(n)]
    return v.shape == (n + 1,) and [v[0] + v[1:] @ row > 0 for row in rows(n)] == wanted


THRESHOLD_NEURON = FunctionExercise(
    id="threshold_neuron",
    title="A neuron with a threshold",
    target="threshold_neuron",
    markers=("threshold_neuron",),
    checks=(
        FunctionCheck(
            id="example",
            title="Small rows, far from the threshold",
            points=6,
            inputs=examples(
                (np.array([1, 1, 1]), 2),
                (np.array([1, 0, 0]), 2),
                (np.array([0, 0, 0, 0]), 1),
                (np.array([1, 1, 0, 1]), 1),
                (np.array([1, 0]), 3),
            ),
            rule=DECIDES,
            passed="Right for five small examples.",
            failed="One of five small examples does not come out right.",
            hint="Count the inputs that are 1. Are there enough of them to reach theta?",
        ),
        FunctionCheck(
            id="drawn",
            title="Any row, any threshold",
            points=10,
            inputs=Drawn(bits(1, 6).flatmap(_with_threshold), count=40),
            rule=DECIDES,
            passed="Right for rows of one to six inputs and thresholds of all sizes, halves too.",
            failed="There is a row and a threshold for which the answer is not right.",
            hint="Add up this row by hand and compare the sum with theta.",
        ),
        FunctionCheck(
            id="exact",
            title="A sum that just reaches the threshold",
            points=4,
            inputs=Drawn(bits(1, 6).flatmap(_with_threshold_met), count=12),
            rule=DECIDES,
            needs=("example",),
            passed="The neuron fires when the sum is exactly theta.",
            failed="When the sum is exactly theta, the neuron does not do what the text asks.",
            hint="Look up in the text what happens when the sum is neither below nor above theta.",
        ),
    ),
)


OR_GATE = FunctionExercise(
    id="or_gate",
    title="OR as a threshold neuron",
    target="or_gate",
    markers=("or_gate",),
    depends_on=("threshold_neuron",),
    checks=(
        FunctionCheck(
            id="two",
            title="All four rows with two inputs",
            points=5,
            inputs=table(2),
            rule=DECIDES,
            passed="Right on the whole truth table with two inputs.",
            failed="A row of the truth table with two inputs is not right.",
            hint="OR is 1 as soon as one of its inputs is 1. How many ones must the threshold neuron see?",
        ),
        FunctionCheck(
            id="three",
            title="All eight rows with three inputs",
            points=5,
            inputs=table(3),
            rule=DECIDES,
            passed="Right on the whole truth table with three inputs.",
            failed="A row of the truth table with three inputs is not right.",
            hint="The gate takes any number of inputs, and each of them counts.",
        ),
        FunctionCheck(
            id="long",
            title="Rows of one input and of many",
            points=5,
            inputs=calls(st.one_of(bits(1, 1), bits(4, 9)), count=30),
            rule=DECIDES,
            needs=("two",),
            passed="Right for one input and for up to nine.",
            failed="For a row of another length the answer is not right.",
            hint="The threshold of OR is the same for every number of inputs.",
        ),
    ),
)


AND_GATE = FunctionExercise(
    id="and_gate",
    title="AND of three inputs",
    target="and_gate",
    markers=("and_gate",),
    depends_on=("threshold_neuron",),
    checks=(
        FunctionCheck(
            id="example",
            title="All on, all off, one off",
            points=6,
            inputs=examples((np.array([1, 1, 1]),), (np.array([0, 0, 0]),), (np.array([1, 1, 0]),)),
            rule=DECIDES,
            passed="Right for three rows of the truth table.",
            failed="One of three rows does not come out right.",
            hint="AND is 1 only if all three inputs are 1. How large is their sum then?",
        ),
        FunctionCheck(
            id="table",
            title="All eight rows",
            points=9,
            inputs=table(3),
            rule=DECIDES,
            passed="Right on the whole truth table.",
            failed="A row of the truth table is not right.",
            hint="Write down the eight rows with their sums. Only one of them may fire.",
        ),
    ),
)


INHIBITED_NEURON = FunctionExercise(
    id="inhibited_neuron",
    title="Inputs that forbid",
    target="inhibited_neuron",
    markers=("inhibited_neuron",),
    depends_on=("threshold_neuron",),
    checks=(
        FunctionCheck(
            id="free",
            title="Nothing forbids",
            points=6,
            inputs=Drawn(bits(1, 5).flatmap(_without_veto), count=25),
            rule=DECIDES,
            passed="While all inhibitory inputs are 0, it is the threshold neuron.",
            failed="While all inhibitory inputs are 0, the answer is not that of the threshold neuron.",
            hint="With silent inhibitory inputs only x and theta decide, as in the first exercise.",
        ),
        FunctionCheck(
            id="forbidden",
            title="One inhibitory input is on",
            points=8,
            inputs=Drawn(bits(2, 6).filter(lambda x: x.sum() > 1).flatmap(_with_one_veto_against), count=25),
            rule=DECIDES,
            needs=("free",),
            passed="One inhibitory input that is on is enough to silence it, however large the sum.",
            failed="An inhibitory input is on, and yet the neuron fires.",
            hint="An inhibitory input is a veto: it does not join the sum, it overrules it.",
        ),
        FunctionCheck(
            id="mixed",
            title="Any rows",
            points=6,
            inputs=Drawn(bits(1, 6).flatmap(_with_veto), count=60),
            rule=DECIDES,
            needs=("free",),
            passed="Right for rows of every kind.",
            failed="There is a combination of inputs for which the answer is not right.",
            hint="First ask whether any inhibitory input is on. Only if not, count the others.",
        ),
    ),
)


PERCEPTRON = FunctionExercise(
    id="perceptron",
    title="Rosenblatt's perceptron",
    target="perceptron",
    markers=("perceptron",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two or three weighted inputs",
            points=5,
            inputs=examples(
                (np.array([1.0, 2.0]), np.array([3.0, -1.0]), 0.5),
                (np.array([1.0, 2.0]), np.array([3.0, -1.0]), -1.5),
                (np.array([2.0, -1.0, 0.5]), np.array([-1.0, 2.0, 4.0]), 3.0),
                (np.array([-2.0, 1.0, 3.0]), np.array([-1.0, 2.0, -1.0]), -0.5),
            ),
            rule=DECIDES,
            passed="Right for four small examples.",
            failed="One of four small examples does not come out right.",
            hint="Work it out by hand: each input times its own weight, all added up, then the bias.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any inputs, weights and bias",
            points=7,
            inputs=Drawn(st.integers(1, 5).flatmap(_weighted), count=60),
            rule=DECIDES,
            passed="Right for inputs, weights and biases of either sign.",
            failed="There are an input, weights and a bias for which the answer is not right.",
            hint="Work out the weighted sum of this small case by hand. Is it above 0?",
        ),
        FunctionCheck(
            id="on_the_line",
            title="A weighted sum of exactly 0",
            points=3,
            inputs=Drawn(st.integers(1, 4).flatmap(_balanced), count=15),
            rule=DECIDES,
            needs=("example",),
            passed="On the line itself the perceptron stays silent.",
            failed="For a weighted sum of exactly 0 the answer is not right.",
            hint="This neuron wants its sum to be above 0. Is 0 above 0?",
        ),
    ),
)


FOLD_THRESHOLD = FunctionExercise(
    id="fold_threshold",
    title="A bias instead of a threshold",
    target="fold_threshold",
    markers=("fold_threshold",),
    checks=(
        FunctionCheck(
            id="example",
            title="OR of two inputs, AND of three",
            points=6,
            inputs=examples((2, 1), (3, 3)),
            rule=Holds(is_the_gate),
            passed="The perceptrons with these weights are OR of two inputs and AND of three.",
            failed="The perceptron with these weights is not the gate that was asked.",
            hint="v[0] is the bias, the other entries weigh the inputs. Try all rows of the truth table, also those "
            "whose sum is exactly theta.",
        ),
        FunctionCheck(
            id="gates",
            title="Every gate of up to six inputs",
            points=9,
            inputs=Drawn(st.integers(1, 6).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))), count=21),
            rule=Holds(is_the_gate),
            passed="For every n up to 6 and every theta from 1 to n the perceptron is the threshold neuron.",
            failed="There are n and theta for which the perceptron with these weights is another gate.",
            hint="The answer needs n + 1 numbers, and the bias has to follow theta.",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="perceptrons",
    title="Perceptrons: neurons that decide",
    version="1",
    seed=41,
    exercises=(THRESHOLD_NEURON, OR_GATE, AND_GATE, INHIBITED_NEURON, PERCEPTRON, FOLD_THRESHOLD),
)
