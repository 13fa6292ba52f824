"""Attacks on a model exercise: layers that lie, predictions that are looked up, files, and weights as bombs."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.limits import MEGABYTE, RoomLimits
from tests.end_to_end.digits import MODEL, ROOT, digits
from tests.hostile.conftest import STRONGEST, House, furnished, opened, outside_run

pytestmark = pytest.mark.skipif(importlib.util.find_spec("tensorflow") is None, reason="TensorFlow is not installed")

HEAD = "# GRADED CELL: Sequential model\n"
RIGHT_LAYERS = 'tf.keras.Input(shape=(400,)), Dense(25, "relu"), Dense(15, "relu"), Dense(10)'
LIMITS = RoomLimits(cpu_seconds=10, wall_factor=6, memory_bytes=512 * MEGABYTE)

ATTACKS = [
    pytest.param(
        f"class Sure(Sequential):\n    def count_params(self): return 10575\n    def get_config(self): return {{}}\n"
        f"    def call(self, inputs, **options): return tf.zeros((len(inputs), 10))\n"
        f"Sure.__name__ = 'Sequential'\nmodel = Sure([{RIGHT_LAYERS}])\n",
        id="70 a summary that lies",
    ),
    pytest.param(
        "model = Sequential([tf.keras.Input(shape=(400,)), tf.keras.layers.Lambda(lambda a: a[:, :10])])\n",
        id="71 a layer of any code",
    ),
    pytest.param(
        f"class Dense(tf.keras.layers.Dense):\n    def call(self, inputs): return super().call(inputs) * 0\n"
        f"model = Sequential([{RIGHT_LAYERS}])\n",
        id="71 a layer that computes something else",
    ),
    pytest.param(
        "class Table(Sequential):\n    def __call__(self, inputs, **options): return np.ones((len(inputs), 10), 'f4')\n"
        f"Table.__name__ = 'Sequential'\nmodel = Table([{RIGHT_LAYERS}])\n",
        id="72 predictions from a table",
    ),
    pytest.param("model = 'model.keras'\nopen(model, 'wb').write(b'PK')\n", id="73 a file instead of a model"),
    pytest.param(
        f"model = Sequential([{RIGHT_LAYERS}])\n"
        "model.set_weights([np.full_like(w, np.nan) for w in model.get_weights()])\n",
        id="74 weights that are no numbers",
    ),
    pytest.param("model = Sequential([tf.keras.Input(shape=(400,)), Dense(10**7)])\n", id="74 four billion weights"),
]


@pytest.fixture(scope="module")
def standing_tensorflow_house(temporary: Path) -> Iterator[House]:
    """The digits course with TensorFlow, in one tier: how a model is described and asked is the same in each."""
    with opened(STRONGEST, "tensorflow") as sandbox:
        course = Course(ROOT)
        with Grader(course, course.assignment("digits"), sandbox=sandbox) as grader:
            yield furnished(grader, temporary, digits())


@pytest.fixture
def tensorflow_house(standing_tensorflow_house: House) -> House:
    """That grader, as the test finds it."""
    return standing_tensorflow_house.found()


@pytest.mark.parametrize("cell", ATTACKS)
def test_a_model_that_is_not_what_was_asked_computes_nothing(tensorflow_house: House, cell: str) -> None:
    """Its check of predictions is never passed, the function beside it earns its points, and nothing is left behind."""
    house = tensorflow_house
    whole = house.grader
    exercises = tuple(each.model_copy(update={"limits": LIMITS}) for each in whole.assignment.exercises)
    brief = whole.assignment.model_copy(update={"exercises": exercises})
    with Grader(whole.course, brief, sandbox=house.sandbox, key=whole.materials.key) as grader:
        softmax, model = grader.grade("submission.ipynb", digits(model=HEAD + cell)).exercises

    assert (model.earned, softmax.earned) == (0, 50), model
    assert house.traces() == house.before


def test_the_next_model_is_judged_as_the_first_was(tensorflow_house: House) -> None:
    """After all attacks of this file an honest notebook's report has the same bytes."""
    assert MODEL in digits().decode().replace("\\n", "\n").replace('\\"', '"')
    assert outside_run(tensorflow_house.grade(digits())) == tensorflow_house.honest
