"""The multiclass lab: a small network that is taken apart, so that each of its layers can be computed by hand.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/multiclass_lab/`. The
points that the trained network is judged with are drawn here and never enter a room with their labels.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.compare import Tolerance
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, calls, examples
from grader.checks.rules import Agrees
from grader.checks.training import TrainingCheck, TrainingData, TrainingExercise
from grader.checks.variable import VariableCheck, VariableExercise
from grader.limits import RoomLimits

Numbers = npt.NDArray[Any]

CENTRES = np.array([[-5.0, 2.0], [-2.0, -2.0], [1.0, 2.0], [5.0, -2.0]])

#: 200 epochs take about eight seconds of computing time
ENOUGH = RoomLimits(cpu_seconds=40)

#: the layers themselves compute in single precision
SINGLE = Agrees(tolerance=Tolerance(relative=1e-4, absolute=1e-5))


def held_blobs(seed: int) -> TrainingData:
    """400 fresh points (400, 2) around the four centres, with standard deviation 1, and their classes (400,)."""
    rng = np.random.default_rng(seed + 1000)
    classes = rng.permutation(np.arange(400) % 4)
    return TrainingData(held=(CENTRES[classes] + rng.normal(size=(400, 2)), classes))


def as_sorted(classes: Any, *_: Any) -> Any:
    """A set of classes as a sorted list; anything else as it is."""
    return sorted(classes) if isinstance(classes, set | frozenset) else classes


def table(rows: int, columns: int) -> SearchStrategy[Numbers]:
    """Matrices of whole numbers in [-4, 4], so that products are exact."""
    size = rows * columns
    entries = st.lists(st.integers(-4, 4).map(float), min_size=size, max_size=size)
    return entries.map(lambda items: np.array(items).reshape(rows, columns))


def row(size: int) -> SearchStrategy[Numbers]:
    """Vectors of whole numbers in [-4, 4]."""
    return table(1, size).map(np.ravel)


def sizes(count: int) -> SearchStrategy[list[int]]:
    """Numbers of examples, inputs, units and so on, no two of them the same."""
    return st.lists(st.integers(2, 6), min_size=count, max_size=count, unique=True)


def hidden_calls() -> SearchStrategy[tuple[Any, ...]]:
    """X (m, n), W1 (n, h), b1 (h,)."""
    return sizes(3).flatmap(lambda s: st.tuples(table(s[0], s[1]), table(s[1], s[2]), row(s[2])))


def network_calls() -> SearchStrategy[tuple[Any, ...]]:
    """X (m, n), W1 (n, h), b1 (h,), W2 (h, N), b2 (N,)."""
    return sizes(4).flatmap(
        lambda s: st.tuples(table(s[0], s[1]), table(s[1], s[2]), row(s[2]), table(s[2], s[3]), row(s[3]))
    )


def _reshaped(rows: int, columns: int, order: list[int]) -> Numbers:
    return np.array(order, dtype=np.float64).reshape(rows, columns) / 2 - 3


def distinct_logits() -> SearchStrategy[Numbers]:
    """Outputs (m, N) of which no two are the same, so that the largest of a row is one."""
    return sizes(2).flatmap(
        lambda s: st.permutations(range(s[0] * s[1])).map(lambda order: _reshaped(s[0], s[1], order))
    )


def shape_of(name: str, title: str, points: int, hint: str) -> VariableExercise:
    """An exercise about the shape of an array of the data."""
    return VariableExercise(
        id=name.lower(),
        title=title,
        target=name,
        markers=(name,),
        checks=(
            VariableCheck(
                id="value",
                title=title,
                points=points,
                passed=f"{name} is right.",
                failed=f"{name} is not right.",
                hint=hint,
            ),
        ),
    )


X_SHAPE = shape_of("X_shape", "Shape of the inputs", 4, "How many points are there, and how many numbers is each?")
Y_SHAPE = shape_of("y_shape", "Shape of the classes", 4, "One number for each point. Is there a second dimension?")

CLASSES = VariableExercise(
    id="classes",
    title="Which classes there are",
    target="classes",
    markers=("classes",),
    checks=(
        VariableCheck(
            id="value",
            title="Which classes there are",
            points=6,
            rule=Agrees(reading=as_sorted),
            passed="The classes are right, each named once.",
            failed="These are not the classes, each named once and in order.",
            hint="Every number that occurs in y_train, once each. NumPy has a function for it.",
        ),
    ),
)

MODEL = TrainingExercise(
    id="model",
    title="The network, trained",
    target="model",
    markers=("model",),
    data=held_blobs,
    loss="sparse_crossentropy_from_logits",
    limits=ENOUGH,
    checks=(
        TrainingCheck(
            id="computes",
            title="Four outputs for each point",
            aspect="computes",
            points=4,
            passed="The model takes points of two numbers and gives four outputs for each.",
            failed="The model does not give four outputs for each point.",
            hint="The last layer needs one unit for each class, and what comes in are points of two numbers.",
        ),
        TrainingCheck(
            id="learns",
            title="It has learned something",
            aspect="learns",
            goal=0.5,
            points=12,
            needs=("computes",),
            passed="Its loss on new points is far below that of the best constant answer.",
            failed="With softmax inside the loss, it does hardly better on new points than one answer for all.",
            hint="Is the model compiled and fitted, for 200 epochs? The last layer is linear, and the loss has to "
            "know.",
        ),
        TrainingCheck(
            id="accuracy",
            title="85 % of new points",
            aspect="accuracy",
            goal=0.85,
            points=10,
            needs=("computes",),
            passed="At least 85 % of 400 new points have their largest output at the right class.",
            failed="Less than 85 % of 400 new points have their largest output at the right class.",
            hint="With two hidden units, one that starts badly can stay silent for good. If the loss stops falling "
            "early, fit again from another seed.",
        ),
    ),
)

WEIGHT_SHAPES = VariableExercise(
    id="weight_shapes",
    title="Shapes of weights and biases",
    target="weight_shapes",
    markers=("weight_shapes",),
    checks=(
        VariableCheck(
            id="value",
            title="Shapes of W1, b1, W2 and b2",
            points=10,
            passed="The four shapes are right.",
            failed="The four shapes are not right.",
            hint="A weight matrix has one row for each input of its layer and one column for each unit.",
        ),
    ),
)

HIDDEN_FEATURES = FunctionExercise(
    id="hidden_features",
    title="What the first layer makes of the points",
    target="hidden_features",
    markers=("hidden_features",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two small examples",
            points=8,
            inputs=examples(
                (
                    np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, -1.0]]),
                    np.array([[1.0, -1.0], [2.0, 0.5]]),
                    np.array([0.5, 1.0]),
                ),
                (np.array([[1.0, 0.0, -2.0], [0.5, 3.0, 1.0]]), np.array([[2.0], [-1.0], [1.0]]), np.array([1.5])),
            ),
            rule=SINGLE,
            passed="Right for two small examples.",
            failed="One of two small examples does not come out right.",
            hint="Work out one row by hand: the sums of inputs times weights, the biases, then ReLU.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any numbers of points, inputs and units",
            points=12,
            inputs=Drawn(hidden_calls(), 25),
            rule=SINGLE,
            passed="Right for all layers that were tried.",
            failed="There is a layer for which the answer is not right.",
            hint="Compare your answer with this small example, one unit at a time.",
        ),
    ),
)

NETWORK_OUTPUT = FunctionExercise(
    id="network_output",
    title="Both layers by hand",
    target="network_output",
    markers=("network_output",),
    depends_on=("hidden_features",),
    checks=(
        FunctionCheck(
            id="example",
            title="A small example",
            points=8,
            inputs=examples(
                (
                    np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, -1.0]]),
                    np.array([[1.0, -1.0], [2.0, 0.5]]),
                    np.array([0.5, 1.0]),
                    np.array([[1.0, -2.0, 0.5, 3.0], [0.0, 1.0, -1.0, -4.0]]),
                    np.array([0.0, 1.0, -1.0, 0.5]),
                ),
            ),
            rule=SINGLE,
            passed="Right for three points and four classes.",
            failed="For three points and four classes the outputs are not right.",
            hint="The second layer does the same as the first, with two differences: its input, and no ReLU.",
        ),
        FunctionCheck(
            id="drawn",
            title="Networks of any size",
            points=8,
            inputs=Drawn(network_calls(), 25),
            rule=SINGLE,
            passed="Right for all networks that were tried.",
            failed="There is a network for which the outputs are not right.",
            hint="What goes into the second layer: the points, or what the first layer made of them?",
        ),
    ),
)

PREDICT_CLASS = FunctionExercise(
    id="predict_class",
    title="The predicted class",
    target="predict_class",
    markers=("predict_class",),
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
            title="Any numbers of points and classes",
            points=8,
            inputs=calls(distinct_logits(), count=25),
            passed="Right for all outputs that were tried.",
            failed="There are outputs for which the classes are not right.",
            hint="How many classes should come out for this table: one for each row, or one for each column?",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="multiclass_lab",
    title="Four classes and two hidden units",
    version="1",
    runtime="tensorflow",
    seed=44,
    exercises=(X_SHAPE, Y_SHAPE, CLASSES, MODEL, WEIGHT_SHAPES, HIDDEN_FEATURES, NETWORK_OUTPUT, PREDICT_CLASS),
)
