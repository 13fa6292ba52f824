"""Honest mess that costs nothing: what 339 real notebooks of this kind look like."""

from __future__ import annotations

import pytest

from tests.end_to_end.conftest import Grade, exercise
from tests.end_to_end.digits import IMPORTS, MODEL, SOFTMAX, code, digits
from tests.english import all_spoken, spoken

BROKEN_IMPORTS = f"""\
import no_such_package
{IMPORTS}
%matplotlib widget
import matplotlib.pyplot as plt
plt.style.use('./no_such.mplstyle')
from public_tests import *
from a_lost_helper import plot_everything
np.set_printoptions(precision=2)
"""
BARE_SOFTMAX = SOFTMAX.replace("# UNQ_C1\n# GRADED CELL: my_softmax\n", "")
BARE_MODEL = MODEL.replace("# UNQ_C2\n# GRADED CELL: Sequential model\n", "")
BLANK_SOFTMAX = """\
# UNQ_C1
# GRADED CELL: my_softmax
def my_softmax(z):
    ### START CODE HERE ###
    a = None
    ### END CODE HERE ###
    return a
"""
ONE_ELEMENT_ARRAYS = """\
# GRADED CELL: my_softmax
def my_softmax(z):
    N = len(z)
    a = np.zeros(N)
    total = 0
    for k in range(N):
        total += np.exp([z[k]])
    for j in range(N):
        a[j] = np.exp([z[j]]) / total
    return a
"""
HONEST = [
    pytest.param(digits(imports=BROKEN_IMPORTS), id="an import cell that fails half-way"),
    pytest.param(code(IMPORTS, BARE_SOFTMAX, BARE_MODEL), id="no markers"),
    pytest.param(code(IMPORTS, BLANK_SOFTMAX, BARE_SOFTMAX, MODEL), id="the answer in a new cell"),
    pytest.param(
        code(IMPORTS, BLANK_SOFTMAX, BARE_SOFTMAX.replace("my_softmax", "softmax"), "my_softmax=softmax", MODEL),
        id="another name and an alias",
    ),
    pytest.param(
        digits(softmax=SOFTMAX.replace("def", "def my_softmax(z):\n    return z\n\ndef", 1)),
        id="two definitions in a cell",
    ),
    pytest.param(digits(model=MODEL.replace("(400,)", "400")), id="an input shape without its comma"),
    pytest.param(digits(model=MODEL + "model.build((400,))\n"), id="a build without batch axis"),
    pytest.param(
        digits(
            model=MODEL
            + "model.compile(loss='mse', optimizer=tf.keras.optimizers.Adam(lr=0.01))\nmodel.fit(X, y, epochs=1000)\n"
        ),
        id="compile and fit in the cell",
    ),
    pytest.param(digits(model=MODEL.replace("    tf.keras.Input(shape=(400,)),\n", "")), id="no declared input"),
    pytest.param(digits(model=MODEL.replace(', activation="linear"', "")), id="no activation at the end"),
    pytest.param(
        digits(model=MODEL.replace('"relu"', "tf.keras.layers.ReLU()")), id="activation layers as activations"
    ),
    pytest.param(digits(model=MODEL.replace('"relu"', "lambda x: tf.maximum(x, 0.0)")), id="activations of one's own"),
    pytest.param(digits(softmax=ONE_ELEMENT_ARRAYS), id="one-element arrays as numbers"),
    pytest.param(
        digits(
            softmax="# GRADED CELL: my_softmax\ndef my_softmax(z):\n    total = sum(np.exp(v) for v in z)\n"
            "    return [np.exp(v) / total for v in z]\n"
        ),
        id="a plain list",
    ),
    pytest.param(
        digits(softmax=f"%%time\n{SOFTMAX}"),
        id="a timed cell",
    ),
    pytest.param(
        code("!pip install tensorflow\n" + IMPORTS, "pip install scipy", SOFTMAX, MODEL),
        id="installing",
    ),
]


@pytest.mark.parametrize("notebook", HONEST)
def test_a_right_answer_in_a_messy_notebook_earns_everything(grade: Grade, notebook: bytes) -> None:
    """Only the answers count."""
    report = grade(notebook)

    assert report.score is not None
    assert (report.score.percent, [spoken(e.message) for e in report.exercises]) == (
        100,
        ["All checks passed."] * 2,
    )


def test_a_name_found_only_in_a_broken_place_widens_the_plan(grade: Grade) -> None:
    """If a name is missing at run time, everything before the cell is run once."""
    setup = "exec('helper = lambda z: np.exp(z)')"
    using = "# GRADED CELL: my_softmax\ndef my_softmax(z):\n    return helper(z) / np.sum(helper(z))\n"
    result = exercise(grade(code(IMPORTS, setup, using, MODEL)), "my_softmax")

    assert result.earned == 50
    assert any("running all cells" in notice for notice in all_spoken(result.notices))


def test_overflow_is_a_remark_and_costs_nothing(grade: Grade) -> None:
    """Stability was not asked for; a note is enough."""
    result = exercise(grade(digits()), "my_softmax")

    assert result.earned == 50
    assert any("overflows for z = [1000, 1000]" in notice for notice in all_spoken(result.notices))
