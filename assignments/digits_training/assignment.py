"""The digits, trained: a network that has to read digits it has not seen, and what is done with its outputs.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/digits_training/`. The
digits in `held/` are for the judge alone: students do not get them, and no room sees their labels.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.compare import Tolerance
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, calls, examples, vectors
from grader.checks.rules import Agrees, Holds
from grader.checks.training import TrainingCheck, TrainingData, TrainingExercise
from grader.limits import RoomLimits

Numbers = npt.NDArray[Any]

HELD = Path(__file__).parent / "held"

#: 40 epochs take about four seconds of computing time
ENOUGH = RoomLimits(cpu_seconds=40)

#: TensorFlow's own softmax computes in single precision
SINGLE = Agrees(tolerance=Tolerance(relative=1e-4, absolute=1e-5))


def held_digits(seed: int) -> TrainingData:
    """200 pictures (200, 400) with pixels from 0 to 1, 20 of each digit, and their digits (200,)."""
    del seed
    return TrainingData(held=(np.load(HELD / "pictures.npy") / 255.0, np.load(HELD / "labels.npy").astype(np.int64)))


def sizes() -> SearchStrategy[tuple[int, int]]:
    """Numbers of pictures and of classes, never the same."""
    return st.tuples(st.integers(2, 5), st.integers(2, 5)).filter(lambda size: size[0] != size[1])


def logits() -> SearchStrategy[Numbers]:
    """Outputs (m, N) with entries in [-5, 5]."""
    return sizes().flatmap(lambda s: vectors(min_size=s[0] * s[1], max_size=s[0] * s[1]).map(lambda z: z.reshape(s)))


def _reshaped(size: tuple[int, int], order: list[int]) -> Numbers:
    return np.array(order, dtype=np.float64).reshape(size) / 2 - 3


def distinct_logits() -> SearchStrategy[Numbers]:
    """Outputs (m, N) of which no two are the same, so that the largest of a row is one."""
    return sizes().flatmap(lambda s: st.permutations(range(s[0] * s[1])).map(lambda order: _reshaped(s, order)))


def _digits(count: int) -> SearchStrategy[Numbers]:
    return st.lists(st.integers(0, 3), min_size=count, max_size=count).map(np.array)


def answers(*, column: bool) -> SearchStrategy[tuple[Any, ...]]:
    """Predicted digits (m,) and right ones, (m,) or, as a column, (m, 1)."""
    return st.integers(2, 7).flatmap(
        lambda m: st.tuples(_digits(m), _digits(m).map(lambda y: y.reshape(-1, 1) if column else y))
    )


def keeps_the_largest(probabilities: Numbers, outputs: Numbers) -> bool:
    """Whether each row has its largest entry where it was before."""
    return bool(np.array_equal(probabilities.argmax(axis=1), outputs.argmax(axis=1)))


MODEL = TrainingExercise(
    id="model",
    title="A network that reads digits",
    target="model",
    markers=("model", "Sequential model"),
    data=held_digits,
    loss="sparse_crossentropy_from_logits",
    limits=ENOUGH,
    checks=(
        TrainingCheck(
            id="computes",
            title="Ten outputs for each picture",
            aspect="computes",
            points=4,
            passed="The model takes pictures of 400 pixels and gives ten outputs for each.",
            failed="The model does not give ten outputs for a picture of 400 pixels.",
            hint="One output for each digit, and 400 numbers come in for each picture.",
        ),
        TrainingCheck(
            id="learns",
            title="It has learned something",
            aspect="learns",
            goal=0.6,
            points=12,
            needs=("computes",),
            passed="Its loss on new digits is far below that of the best constant answer.",
            failed="With softmax inside the loss, it does hardly better on new digits than one answer for all.",
            hint="Is the model compiled and fitted? The last layer is linear, and the loss has to be told.",
        ),
        TrainingCheck(
            id="loss",
            title="A loss of 0.4 or less on new digits",
            aspect="loss",
            goal=0.4,
            points=10,
            needs=("learns",),
            passed="The loss on 200 digits it has not seen is 0.4 or less.",
            failed="The loss on 200 digits it has not seen is above 0.4.",
            hint="It learns, but not enough. Does the loss that fit prints still fall in the last epoch?",
        ),
        TrainingCheck(
            id="accuracy",
            title="90 % of new digits",
            aspect="accuracy",
            goal=0.9,
            points=18,
            needs=("computes",),
            passed="At least 90 % of 200 digits it has not seen are read right.",
            failed="Less than 90 % of 200 digits it has not seen are read right.",
            hint="Give it more epochs, and make sure that it sees all ten digits.",
        ),
    ),
)

TO_PROBABILITIES = FunctionExercise(
    id="to_probabilities",
    title="From outputs to probabilities",
    target="to_probabilities",
    markers=("to_probabilities",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two small examples",
            points=5,
            inputs=examples(
                (np.array([[0.0, 1.0, 2.0], [1.0, -1.0, 0.5]]),),
                (np.array([[1.0, 2.0], [0.5, -0.5], [3.0, 1.0]]),),
            ),
            rule=SINGLE,
            passed="Right for two small examples.",
            failed="One of two small examples does not come out right.",
            hint="Each row is a picture of its own, and its probabilities sum to 1.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any numbers of pictures and classes",
            points=9,
            inputs=calls(logits(), count=25),
            rule=SINGLE,
            passed="Right for all outputs that were tried.",
            failed="There are outputs for which the probabilities are not right.",
            hint="Along which axis does the sum run, and does each row get divided by its own?",
        ),
        FunctionCheck(
            id="largest",
            title="The largest stays the largest",
            points=4,
            inputs=calls(distinct_logits(), count=10),
            rule=Holds(keeps_the_largest),
            needs=("example",),
            passed="The largest output of each row has the largest probability.",
            failed="There is a row in which the largest output does not have the largest probability.",
            hint="Softmax keeps the order of a row. Is anything mixed between rows?",
        ),
    ),
)

PREDICT_DIGITS = FunctionExercise(
    id="predict_digits",
    title="From outputs to digits",
    target="predict_digits",
    markers=("predict_digits",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two small examples",
            points=6,
            inputs=examples(
                (np.array([[0.0, 3.0, 2.0], [1.0, -1.0, 0.5]]),),
                (np.array([[-3.0, -2.0], [0.5, -0.5], [1.0, 3.0]]),),
            ),
            passed="Right for two small examples.",
            failed="One of two small examples does not come out right.",
            hint="One whole number for each row: the place of its largest output, counted from 0.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any numbers of pictures and classes",
            points=8,
            inputs=calls(distinct_logits(), count=25),
            passed="Right for all outputs that were tried.",
            failed="There are outputs for which the digits are not right.",
            hint="How many digits should come out for this table: one for each row, or one for each column?",
        ),
        FunctionCheck(
            id="probabilities",
            title="Probabilities in place of outputs",
            points=4,
            inputs=examples(
                (np.array([[0.25, 0.5, 0.25], [0.375, 0.3125, 0.3125]]),),
                (np.array([[0.125, 0.25, 0.1875, 0.4375], [0.75, 0.125, 0.0625, 0.0625], [0.25, 0.375, 0.125, 0.25]]),),
            ),
            needs=("example",),
            passed="Right for probabilities too: softmax does not change which entry is the largest.",
            failed="For rows of probabilities the digits are not right.",
            hint="Does your function ask for more than which entry of a row is the largest?",
        ),
    ),
)

COUNT_ERRORS = FunctionExercise(
    id="count_errors",
    title="How many are wrong",
    target="count_errors",
    markers=("count_errors",),
    checks=(
        FunctionCheck(
            id="example",
            title="Three small examples",
            points=6,
            inputs=examples(
                (np.array([1, 2, 3, 4]), np.array([1, 2, 3, 5])),
                (np.array([7, 0, 7]), np.array([0, 7, 1])),
                (np.array([9, 8]), np.array([9, 8])),
            ),
            rule=Agrees(scalar=True),
            passed="Right for three small examples.",
            failed="One of three small examples does not come out right.",
            hint="Compare the digits place by place, and count the places where they differ.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any digits",
            points=7,
            inputs=Drawn(answers(column=False), 20),
            rule=Agrees(scalar=True),
            passed="Right for all digits that were tried.",
            failed="There are digits for which the count is not right.",
            hint="Count by hand in how many places of this example the two differ.",
        ),
        FunctionCheck(
            id="column",
            title="Right digits in a column",
            points=7,
            inputs=Drawn(answers(column=True), 20),
            rule=Agrees(scalar=True),
            needs=("example",),
            passed="Right for columns of shape (m, 1) too, as they come in the file.",
            failed="If the right digits come as a column of shape (m, 1), the count is not right.",
            hint="Comparing an array (m,) with a column (m, 1) gives a table (m, m). Bring both into one shape first.",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="digits_training",
    title="Handwritten digits: a network that has learned to read",
    version="1",
    runtime="tensorflow",
    seed=45,
    exercises=(MODEL, TO_PROBABILITIES, PREDICT_DIGITS, COUNT_ERRORS),
)
