"""The softmax lab: the loss and the cost by hand, two ways to train with them, and what to do with the outputs.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/softmax_lab/`. The blobs
that a trained network is judged with are drawn here and never enter a room with their labels.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.compare import Tolerance
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, calls, examples, vectors
from grader.checks.rules import Agrees
from grader.checks.training import TrainingCheck, TrainingData, TrainingExercise
from grader.limits import RoomLimits

Numbers = npt.NDArray[Any]

CENTRES = np.array([[-5.0, 2.0], [-2.0, -2.0], [1.0, 2.0], [5.0, -2.0]])

#: ten epochs take two to three seconds of computing time
ENOUGH = RoomLimits(cpu_seconds=30)

#: TensorFlow's own softmax and losses compute in single precision
SINGLE = Tolerance(relative=1e-4, absolute=1e-5)


def held_blobs(seed: int) -> TrainingData:
    """400 fresh points (400, 2) around the four centres, with standard deviation 1, and their classes (400,)."""
    rng = np.random.default_rng(seed + 1000)
    classes = rng.permutation(np.arange(400) % 4)
    return TrainingData(held=(CENTRES[classes] + rng.normal(size=(400, 2)), classes))


def are_logits(outputs: Numbers, labels: Numbers) -> bool:
    """Whether the outputs go far below 0 and far above 1, as sums do and probabilities cannot."""
    del labels
    return bool(outputs.min() < -0.5 and outputs.max() > 1.5)


def tables(rows: int, columns: int) -> SearchStrategy[Numbers]:
    """Matrices (rows, columns) of entries in [-5, 5]."""
    return vectors(min_size=rows * columns, max_size=rows * columns).map(lambda z: z.reshape(rows, columns))


def shapes() -> SearchStrategy[tuple[int, int]]:
    """Numbers of examples and of classes, never the same."""
    return st.tuples(st.integers(2, 5), st.integers(2, 5)).filter(lambda shape: shape[0] != shape[1])


def logits() -> SearchStrategy[Numbers]:
    """Outputs (m, N) of a linear layer for m examples and N classes."""
    return shapes().flatmap(lambda shape: tables(*shape))


def labels(m: int, classes: int) -> SearchStrategy[Numbers]:
    """m classes from 0 to classes - 1."""
    return st.lists(st.integers(0, classes - 1), min_size=m, max_size=m).map(lambda y: np.array(y, dtype=np.int64))


def labelled_logits() -> SearchStrategy[tuple[Any, ...]]:
    """Z (m, N) and y (m,)."""
    return shapes().flatmap(lambda shape: st.tuples(tables(*shape), labels(*shape)))


def _shares(parts: list[int]) -> Numbers:
    return np.array(parts) / sum(parts)


def labelled_probabilities() -> SearchStrategy[tuple[Any, ...]]:
    """a (N,) of probabilities that sum to 1, none of them 0, and one class."""
    parts = st.lists(st.integers(1, 9), min_size=2, max_size=5).filter(lambda found: len(set(found)) > 1)
    return parts.flatmap(lambda found: st.tuples(st.just(_shares(found)), st.integers(0, len(found) - 1)))


def labelled_classes() -> SearchStrategy[tuple[Any, ...]]:
    """y (m,) and a number of classes that is larger than any of y."""
    return shapes().flatmap(lambda shape: st.tuples(labels(*shape), st.just(shape[1])))


def _reshaped(rows: int, columns: int, order: list[int]) -> Numbers:
    return np.array(order, dtype=np.float64).reshape(rows, columns) / 2 - 3


def distinct_logits() -> SearchStrategy[Numbers]:
    """Outputs (m, N) of which no two are the same, so that the largest of a row is one."""
    return shapes().flatmap(lambda s: st.permutations(range(s[0] * s[1])).map(lambda order: _reshaped(*s, order)))


SOFTMAX_LOSS = FunctionExercise(
    id="softmax_loss",
    title="The loss of one example",
    target="softmax_loss",
    markers=("softmax_loss",),
    checks=(
        FunctionCheck(
            id="example",
            title="Three small examples",
            points=6,
            inputs=examples(
                (np.array([0.5, 0.25, 0.25]), 1), (np.array([0.1, 0.2, 0.3, 0.4]), 3), (np.array([0.75, 0.25]), 0)
            ),
            rule=Agrees(tolerance=SINGLE, scalar=True),
            passed="Right for three small examples.",
            failed="One of three small examples does not come out right.",
            hint="Only one of the probabilities has a say: that of the right class. Classes are counted from 0.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any probabilities",
            points=6,
            inputs=Drawn(labelled_probabilities(), 25),
            rule=Agrees(tolerance=SINGLE, scalar=True),
            passed="Right for all probabilities that were tried.",
            failed="There are probabilities for which the loss is not right.",
            hint="Which entry of `a` belongs to class y? The loss is made of that one alone.",
        ),
    ),
)


SOFTMAX_COST = FunctionExercise(
    id="softmax_cost",
    title="The cost of all examples",
    target="softmax_cost",
    markers=("softmax_cost",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two small examples",
            points=6,
            inputs=examples(
                (np.array([[0.0, 1.0, 2.0], [1.0, -1.0, 0.5]]), np.array([2, 0])),
                (np.array([[1.0, 2.0], [0.5, -0.5], [3.0, 1.0]]), np.array([0, 0, 1])),
            ),
            rule=Agrees(tolerance=SINGLE, scalar=True),
            passed="Right for two small examples.",
            failed="One of two small examples does not come out right.",
            hint="Softmax of each row first, then the loss of each row. This cost is their sum, not their mean.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any numbers of examples and classes",
            points=10,
            inputs=Drawn(labelled_logits(), 25),
            rule=Agrees(tolerance=SINGLE, scalar=True),
            passed="Right for all outputs and classes that were tried.",
            failed="There are outputs and classes for which the cost is not right.",
            hint="Work out the loss of each row of this small example by hand and add them up.",
        ),
    ),
)


ONE_HOT = FunctionExercise(
    id="one_hot",
    title="Classes as rows of zeros and a one",
    target="one_hot",
    markers=("one_hot",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two small examples",
            points=5,
            inputs=examples((np.array([2, 0, 1, 2]), 3), (np.array([1, 0]), 4)),
            passed="Right for two small examples.",
            failed="One of two small examples does not come out right.",
            hint="One row for each example, one column for each class. Where in its row does the 1 of class 2 stand?",
        ),
        FunctionCheck(
            id="drawn",
            title="Any classes",
            points=7,
            inputs=Drawn(labelled_classes(), 20),
            passed="Right for all classes that were tried.",
            failed="There are classes for which the answer is not right.",
            hint="The highest class need not occur among the examples; its column is there all the same.",
        ),
    ),
)


OBVIOUS = TrainingExercise(
    id="model",
    title="The obvious model",
    target="model",
    markers=("model",),
    data=held_blobs,
    loss="sparse_crossentropy",
    limits=ENOUGH,
    checks=(
        TrainingCheck(
            id="probabilities",
            title="Its outputs are probabilities",
            aspect="computes",
            points=3,
            passed="For every point the four outputs are probabilities.",
            failed="The model does not turn points into four probabilities.",
            hint="`model` is a Sequential of Dense layers for points of two numbers, with one output per class.",
            hints={
                "no probabilities": "In this model the last layer itself makes probabilities of its sums. Which "
                "activation does that?"
            },
        ),
        TrainingCheck(
            id="learns",
            title="It has learned something",
            aspect="learns",
            goal=0.5,
            points=4,
            needs=("probabilities",),
            passed="Its loss on new points is far below that of the best constant answer.",
            failed="It does hardly better on new points than a model that gives the same answer to all of them.",
            hint="Is the model compiled and fitted, with the classes as they come in y_train?",
        ),
        TrainingCheck(
            id="loss",
            title="A loss of 0.2 or less on new points",
            aspect="loss",
            goal=0.2,
            points=4,
            needs=("learns",),
            passed="The loss on 400 new points is 0.2 or less.",
            failed="The loss on 400 new points is above 0.2.",
            hint="It learns, but not enough. How many epochs did you give it, and at which learning rate?",
        ),
        TrainingCheck(
            id="accuracy",
            title="92 % of new points",
            aspect="accuracy",
            goal=0.92,
            points=4,
            needs=("learns",),
            passed="At least 92 % of 400 new points are put into the right class.",
            failed="Less than 92 % of 400 new points are put into the right class.",
            hint="Look at the loss that fit prints: does it still fall in the last epoch?",
        ),
    ),
)


PREFERRED = TrainingExercise(
    id="preferred_model",
    title="The preferred model",
    target="preferred_model",
    markers=("preferred_model",),
    data=held_blobs,
    loss="sparse_crossentropy_from_logits",
    limits=ENOUGH,
    checks=(
        TrainingCheck(
            id="computes",
            title="Four outputs for each point",
            aspect="computes",
            points=2,
            passed="The model takes points of two numbers and gives four outputs for each.",
            failed="The model does not give four outputs for each point.",
            hint="`preferred_model` is a Sequential of Dense layers, with one output per class.",
        ),
        TrainingCheck(
            id="logits",
            title="Its outputs are not squeezed",
            aspect="claim",
            claim=are_logits,
            points=4,
            needs=("computes",),
            passed="The outputs range over negative and large numbers, as those of a linear layer do.",
            failed="The outputs do not range over negative and large numbers, as those of a trained linear layer do.",
            hint="In this model the last layer is linear: softmax moves into the loss.",
        ),
        TrainingCheck(
            id="learns",
            title="It has learned something",
            aspect="learns",
            goal=0.5,
            points=4,
            needs=("computes",),
            passed="Its loss on new points is far below that of the best constant answer.",
            failed="It does hardly better on new points than a model that gives the same answer to all of them.",
            hint="Is the model compiled and fitted? The loss has to be told that it gets no probabilities.",
        ),
        TrainingCheck(
            id="loss",
            title="A loss of 0.2 or less on new points",
            aspect="loss",
            goal=0.2,
            points=5,
            needs=("learns", "logits"),
            passed="With softmax inside the loss, the loss on 400 new points is 0.2 or less.",
            failed="With softmax inside the loss, the loss on 400 new points is above 0.2.",
            hint="It learns, but not enough. How many epochs did you give it, and at which learning rate?",
        ),
        TrainingCheck(
            id="accuracy",
            title="92 % of new points",
            aspect="accuracy",
            goal=0.92,
            points=5,
            needs=("computes",),
            passed="At least 92 % of 400 new points have their largest output at the right class.",
            failed="Less than 92 % of 400 new points have their largest output at the right class.",
            hint="Look at the loss that fit prints: does it still fall in the last epoch?",
        ),
    ),
)


OUTPUT_RANGE = FunctionExercise(
    id="output_range",
    title="The range of the outputs",
    target="output_range",
    markers=("output_range",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two small examples",
            points=2,
            inputs=examples((np.array([[0.5, 0.25], [0.75, 1.0]]),), (np.array([[-1.5, 2.0, 0.5], [4.0, -3.0, 1.0]]),)),
            rule=Agrees(reading=lambda pair, *_: tuple(pair)),
            passed="Right for two small examples.",
            failed="One of two small examples does not come out right.",
            hint="Two numbers are asked, about all outputs together: first the smallest, then the largest.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any outputs",
            points=3,
            inputs=calls(logits(), count=15),
            rule=Agrees(reading=lambda pair, *_: tuple(pair)),
            passed="Right for all outputs that were tried.",
            failed="There are outputs for which the range is not right.",
            hint="Look for the smallest and the largest number of this small table yourself, over all rows.",
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
            points=4,
            inputs=examples(
                (np.array([[0.0, 1.0, 2.0], [1.0, -1.0, 0.5]]),),
                (np.array([[1.0, 2.0], [0.5, -0.5], [3.0, 1.0]]),),
            ),
            rule=Agrees(tolerance=SINGLE),
            passed="Right for two small examples.",
            failed="One of two small examples does not come out right.",
            hint="Each row is an example of its own, and its probabilities sum to 1.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any numbers of examples and classes",
            points=6,
            inputs=calls(logits(), count=25),
            rule=Agrees(tolerance=SINGLE),
            passed="Right for all outputs that were tried.",
            failed="There are outputs for which the probabilities are not right.",
            hint="Along which axis does the sum run, and does each row get divided by its own?",
        ),
    ),
)


CATEGORIES = FunctionExercise(
    id="categories",
    title="From outputs to classes",
    target="categories",
    markers=("categories",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two small examples",
            points=4,
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
            title="Any numbers of examples and classes",
            points=6,
            inputs=calls(distinct_logits(), count=25),
            passed="Right for all outputs that were tried.",
            failed="There are outputs for which the classes are not right.",
            hint="How many classes should come out for this table: one for each row, or one for each column?",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="softmax_lab",
    title="Softmax: its loss, and two ways to train with it",
    version="1",
    runtime="tensorflow",
    seed=43,
    exercises=(
        SOFTMAX_LOSS,
        SOFTMAX_COST,
        ONE_HOT,
        OBVIOUS,
        PREFERRED,
        OUTPUT_RANGE,
        TO_PROBABILITIES,
        CATEGORIES,
    ),
)
