"""The application lab: the pieces of a deep network put together to two models that learn from pictures.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/deep_network_app/`.
"""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

# A few steps add up small differences of the order of the additions: 1e-15 grows to 1e-12, not more. What is to be told
# apart are parameters around 0.01 that a step changes by 0.0001.
TOLERANCE = Tolerance(relative=1e-6, absolute=1e-8)


@dataclass(frozen=True, slots=True)
class AgreesInParameters(Agrees):
    """The trained parameters agree; they may come alone, as in an older template, or with the list of costs."""

    def fault(self, reaction: Reaction) -> Fault | None:
        """What is different about the parameters."""
        return differing(_parameters(reaction.seen.value), _parameters(reaction.expected), self.manner)


@dataclass(frozen=True, slots=True)
class AgreesInCosts(Agrees):
    """The costs agree. That of the last iteration may follow them; an older template returns no costs at all."""

    def fault(self, reaction: Reaction) -> Fault | None:
        """What is different about the costs."""
        match reaction.seen.value, reaction.expected:
            case dict(), _:
                return None
            case (_, [*costs]), (_, [*asked]):
                kept = costs[: len(asked)] if len(costs) == len(asked) + 1 else costs
                return differing(kept, asked, self.manner)
            case _:
                return Agrees.fault(self, reaction)


def _parameters(value: Value) -> Value:
    match value:
        case (dict() as parameters, _):
            return parameters
        case _:
            return value


PARAMETERS = AgreesInParameters(tolerance=TOLERANCE, each_entry=True)
COSTS = AgreesInCosts(tolerance=TOLERANCE)


def pattern(n_x: int, m: int) -> Numbers:
    """X (n_x, m), the same every time: entries from 1/8 to 1 that follow no simple rule."""
    k = np.arange(n_x * m)
    return np.asarray(((7 * k**3 + 6 * k**2 + k) % 17 % 8 + 1) / 8).reshape(n_x, m)


def trainings(hidden: SearchStrategy[list[int]], iterations: SearchStrategy[int]) -> SearchStrategy[Arguments]:
    """X (n_x, m) from 1/8 to 1, Y (1, m), layers_dims with these hidden layers and one output, rate, iterations, True.

    The rates are big, so that a few iterations show; costs are printed, since older templates keep only those.
    """
    sizes = st.tuples(st.integers(2, 5), st.integers(3, 6), hidden)
    rates = st.sampled_from([0.5, 0.75, 1.0, 0.25])
    return sizes.flatmap(lambda drawn: _training(*drawn, st.tuples(rates, iterations)))


def long_trainings(hidden: SearchStrategy[list[int]]) -> SearchStrategy[Arguments]:
    """The same for up to 205 iterations, at rates so small that a difference of rounding does not grow on the way."""
    sizes = st.tuples(st.integers(2, 4), st.integers(3, 5), hidden)
    steps = st.tuples(st.sampled_from([0.0625, 0.125]), st.sampled_from([3, 10, 100, 101, 102, 205]))
    return sizes.flatmap(lambda drawn: _training(*drawn, steps))


def _training(
    n_x: int, m: int, hidden: list[int], steps: SearchStrategy[tuple[float, int]]
) -> SearchStrategy[Arguments]:
    X = st.binary(min_size=n_x * m, max_size=n_x * m).map(
        lambda drawn: (np.frombuffer(drawn, dtype=np.uint8).reshape(n_x, m) % 8 + 1) / 8
    )
    Y = st.lists(st.integers(0, 1), min_size=m, max_size=m).map(lambda labels: np.array([labels]))
    return st.tuples(X, Y, steps).map(lambda drawn: (*drawn[:2], [n_x, *hidden, 1], *drawn[2], True))


def as_tuple(call: Arguments) -> Arguments:
    """The same call with layers_dims as a tuple, as two_layer_model gets it in the lab."""
    X, Y, dims, *rest = call
    return X, Y, tuple(dims), *rest


ONE_HIDDEN = st.integers(2, 6).map(lambda n: [n])
MORE_HIDDEN = st.lists(st.integers(2, 6), min_size=2, max_size=3, unique=True)
LABELS = np.array([[1, 0, 0, 1]])


ASSIGNMENT = lab(
    "deep_network_app",
    "A deep network looks at pictures",
    function("two_layer_model", "A model of two layers", rule=PARAMETERS).checks(
        check("one_step", "Parameters after one iteration", 15)
        .examples((pattern(3, 4), LABELS, (3, 2, 1), 0.5, 1, True), (pattern(4, 4), LABELS, (4, 5, 1), 1.0, 1, True))
        .says(
            "After one iteration all four parameters are right.",
            "After one iteration the parameters are not right.",
            "Print each step of one iteration: A1, A2, dA2, the gradients. The first that is off tells where.",
        ),
        check("few", "Parameters after two to ten iterations", 20)
        .asks(Drawn(trainings(ONE_HIDDEN, st.integers(2, 10)).map(as_tuple), 12))
        .says(
            "The parameters are right for every data set that was tried, after two to ten iterations.",
            "After a few iterations the parameters are not right.",
            "Each iteration goes on from the parameters of the one before, with the learning rate that is given.",
        ),
        check("costs", "The costs that are kept", 15, needs="one_step")
        .asks(Drawn(long_trainings(ONE_HIDDEN).map(as_tuple), 12), COSTS)
        .says(
            "The costs are right, one for every hundred iterations.",
            "The list of costs is not right.",
            "The costs of iterations 0, 100, 200 and so on are kept, each computed before the step.",
        ),
    ),
    function(
        "L_layer_model", "A model of any depth", rule=PARAMETERS, markers=("L_layer_model", "n_layer_model")
    ).checks(
        check("one_step", "Parameters after one iteration", 15)
        .examples(
            (pattern(3, 4), LABELS, [3, 4, 2, 1], 0.5, 1, True), (pattern(4, 4), LABELS, [4, 5, 3, 2, 1], 1.0, 1, True)
        )
        .says(
            "After one iteration the parameters of every layer are right.",
            "After one iteration the parameters are not right.",
            "Print each step of one iteration: the parameters at the start, AL, the gradients.",
        ),
        check("few", "Parameters after two to ten iterations", 20)
        .asks(Drawn(trainings(MORE_HIDDEN, st.integers(2, 10)), 12))
        .says(
            "The parameters are right for every network that was tried, after two to ten iterations.",
            "After a few iterations the parameters are not right.",
            "Each iteration goes on from the parameters of the one before, with the learning rate that is given.",
        ),
        check("costs", "The costs that are kept", 15, needs="one_step")
        .asks(Drawn(long_trainings(MORE_HIDDEN), 12), COSTS)
        .says(
            "The costs are right, one for every hundred iterations.",
            "The list of costs is not right.",
            "The costs of iterations 0, 100, 200 and so on are kept, each computed before the step.",
        ),
    ),
    seed=23,
)
