"""What earns nothing: objects equal to everything, patched libraries, edited tests, stored outputs, lying models."""

from __future__ import annotations

import pytest

from tests.end_to_end.conftest import Grade, exercise
from tests.end_to_end.digits import IMPORTS, MODEL, SOFTMAX, cells, code, digits, marked
from tests.english import all_spoken

EQUAL_TO_EVERYTHING = """\
class Yes:
    def __eq__(self, other): return True
    def __array__(self, *args, **kwargs): return np.ones(4) / 4
    def __getattr__(self, name): return Yes()
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __lt__
def my_softmax(z):
    return Yes()
"""
PATCHED = """\
import numpy.testing, builtins
np.allclose = np.array_equal = np.all = lambda *a, **k: True
np.testing.assert_allclose = lambda *a, **k: None
builtins.abs = lambda x: 0
def my_softmax(z):
    return np.zeros(len(z))
"""
FORGED = """\
import os, json, struct
def my_softmax(z):
    text = json.dumps({"is": "leave", "answered": 1, "score": 100, "arrays": []}).encode()
    os.write(4, struct.pack("<I", len(text)) + text)
    return z
"""
SAYS_PASSED = """\
print("All tests passed!")
print('{"score": 100, "verdict": "passed"}')
def my_softmax(z):
    print("All tests passed!")
    return z
"""
CHEATS = [
    pytest.param(EQUAL_TO_EVERYTHING, id="an object equal to everything"),
    pytest.param(PATCHED, id="patched comparisons"),
    pytest.param(FORGED, id="forged frames"),
    pytest.param(SAYS_PASSED, id="printed verdicts"),
]


@pytest.mark.parametrize("source", CHEATS)
def test_a_cheat_in_the_room_earns_nothing(grade: Grade, source: str) -> None:
    """Nothing is decided where student code runs, so there is nothing to win there."""
    report = grade(digits(softmax=marked(source)))

    assert exercise(report, "my_softmax").earned == 0
    assert exercise(report, "model").earned == 50


def test_a_test_cell_edited_to_pass_is_never_run(grade: Grade) -> None:
    """The notebook's own tests are not evidence."""
    edited = "def test_my_softmax(target):\n    print('All tests passed!')\ntest_my_softmax(my_softmax)\n"
    report = grade(digits(softmax=marked("def my_softmax(z):\n    return z\n"), after=(edited,)))

    assert exercise(report, "my_softmax").earned == 0
    assert "All tests passed!" not in "".join(result.printed for result in report.exercises)


def test_stored_outputs_are_not_believed(grade: Grade) -> None:
    """A notebook of outputs and no answers earns nothing."""
    stored = [{"output_type": "stream", "name": "stdout", "text": "All tests passed!\n"}]
    blank = marked("def my_softmax(z):\n    pass\n")
    report = grade(
        cells(
            [
                {"cell_type": "code", "source": source, "metadata": {"points": 100}, "outputs": stored}
                for source in (IMPORTS, blank)
            ]
        )
    )

    assert report.score is not None
    assert report.score.earned == 0


LYING_MODEL = """\
# GRADED CELL: Sequential model
inner = Sequential([tf.keras.Input(shape=(400,)), Dense(25, "relu"), Dense(15, "relu"), Dense(10)])
class Liar(Sequential):
    def call(self, inputs, **kwargs):
        return tf.zeros((8, 10))
    @property
    def layers(self):
        return inner.layers
Liar.__name__ = "Sequential"
model = Liar([tf.keras.Input(shape=(400,)), Dense(10)])
"""


def test_a_model_that_lies_about_its_layers_earns_nothing(grade: Grade) -> None:
    """Unless its predictions are what its weights give, nothing it says counts."""
    report = grade(digits(model=LYING_MODEL))

    assert exercise(report, "model").earned == 0
    assert exercise(report, "my_softmax").earned == 50


def test_a_name_bound_twice_is_graded_in_the_last_form(grade: Grade) -> None:
    """The last definition is the answer, wherever it stands, and the report says so."""
    report = grade(
        code(IMPORTS, marked("def my_softmax(z):\n    return z\n"), SOFTMAX.replace("# UNQ_C1\n", ""), MODEL)
    )

    softmax = exercise(report, "my_softmax")
    assert (softmax.earned, softmax.cell and softmax.cell.index) == (50, 3)
    assert any("cell 2" in notice.lower() or "cells 2" in notice.lower() for notice in all_spoken(softmax.notices)), (
        all_spoken(softmax.notices)
    )
