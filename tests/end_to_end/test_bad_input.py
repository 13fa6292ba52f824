"""Bad input: each kind gets a verdict and a sentence of its own, and the other exercise still earns its points."""

from __future__ import annotations

import pytest

from grader.grading.grader import Grader
from grader.messages import say
from grader.render import RENDERERS
from grader.report.report import Place, Status, Verdict
from tests.end_to_end.conftest import Grade, exercise
from tests.end_to_end.digits import IMPORTS, MODEL, SOFTMAX, code, digits, marked
from tests.english import spoken

SOFTMAX_GONE_WRONG = [
    pytest.param(
        digits(softmax=marked("def my_softmax(z):\n    ez = np.exp(z\n    return ez\n")),
        Verdict.RAISED,
        "Cell 2 is not valid Python: SyntaxError: '(' was never closed (cell 2, line 4).",
        id="syntax error in the graded cell",
    ),
    pytest.param(
        digits(softmax=marked("def my_softmax(z):\n    a = None\n    return a\n")),
        Verdict.MISSING,
        "`my_softmax` is not answered yet: in cell 2",
        id="None left in place",
    ),
    pytest.param(
        digits(softmax=marked("def my_softmax(z):\n    return undefined_thing / z\n")),
        Verdict.RAISED,
        "my_softmax raised NameError: name 'undefined_thing' is not defined (cell 2, line 4).",
        id="exception at call",
    ),
    pytest.param(
        digits(softmax=marked("scale = 1 / 0\ndef my_softmax(z, scale=scale):\n    return z\n")),
        Verdict.RAISED,
        "ZeroDivisionError: division by zero (cell 2, line 3).",
        id="exception at definition",
    ),
    pytest.param(
        digits(softmax=marked("def my_softmax():\n    return 1\n")),
        Verdict.RAISED,
        "TypeError: my_softmax() takes 0 positional arguments but 1 was given",
        id="wrong arguments",
    ),
    pytest.param(
        digits(softmax=marked("my_softmax = 3\n")),
        Verdict.RAISED,
        "TypeError: 'int' object is not callable",
        id="not a function",
    ),
    pytest.param(
        digits(softmax=marked("def my_softmax(z):\n    return [object()]\n")),
        Verdict.FAILED,
        "You returned an object of type object",
        id="a value that cannot be compared",
    ),
    pytest.param(
        digits(softmax=marked("def my_softmax(z):\n    print('x' * 10**9)\n")),
        Verdict.OVER_LIMIT,
        "Your code printed more than 1,000,000 bytes.",
        id="a gigabyte of output",
    ),
    pytest.param(
        digits(softmax=marked("def my_softmax(z):\n    raise SystemExit(0)\n")),
        Verdict.RAISED,
        "my_softmax raised SystemExit",
        id="exit inside the function",
    ),
    pytest.param(
        digits(softmax=marked("def my_softmax(z):\n    import os\n    os._exit(0)\n")),
        Verdict.RAISED,
        "Your code ended the process (exit or quit)",
        id="hard exit",
    ),
    pytest.param(
        digits(softmax=marked("def my_softmax(z):\n    return np.zeros((100_000, 100_000))\n")),
        Verdict.OVER_LIMIT,
        "memory",
        id="more memory than allowed",
    ),
    pytest.param(code(IMPORTS, MODEL), Verdict.MISSING, "my_softmax", id="no graded cell"),
    pytest.param(
        digits(softmax=marked("def my_softmax(z):\n    return float(input('z? '))\n")),
        Verdict.RAISED,
        "EOFError: input() waits for a person",
        id="input",
    ),
]


@pytest.mark.parametrize(("notebook", "verdict", "sentence"), SOFTMAX_GONE_WRONG)
def test_a_wrong_softmax_gets_its_verdict_and_the_model_its_points(
    grade: Grade, notebook: bytes, verdict: Verdict, sentence: str
) -> None:
    """Each exercise is judged alone, in a room of its own."""
    report = grade(notebook)
    softmax = exercise(report, "my_softmax")

    assert (softmax.verdict, softmax.earned) == (verdict, 0)
    assert sentence in spoken(softmax.message)
    assert exercise(report, "model").earned == 50


def test_the_line_on_which_python_gave_up_is_marked_in_the_cell(grade: Grade) -> None:
    """The report holds the cell, so that a page can show it, and says what to look for."""
    result = exercise(grade(digits(softmax=marked("def my_softmax(z):\n    return np.exp(z\n"))), "my_softmax")

    assert result.cell is not None
    assert (result.cell.index, result.cell.found_by, result.cell.source.count("np.exp(z")) == (2, "marker", 1)
    assert {check.raised_at for check in result.checks} == {Place(cell=2, line=4)}
    assert {check.hint for check in result.checks} == {say("hint_syntax")}


MODEL_GONE_WRONG = [
    pytest.param("model = 3", Verdict.FAILED, "`model` is an object of type int, not a Keras model.", id="not a model"),
    pytest.param("model = None", Verdict.MISSING, "`model` is not answered yet: in cell 3", id="None left in place"),
    pytest.param("model = Sequential([])", Verdict.MISSING, "`model` is not answered yet", id="empty"),
    pytest.param(
        "model = Sequential([Dense('many')])", Verdict.RAISED, "Your code stopped before `model`", id="raises"
    ),
]


@pytest.mark.parametrize(("cell", "verdict", "sentence"), MODEL_GONE_WRONG)
def test_a_wrong_model_gets_its_verdict_and_softmax_its_points(
    grade: Grade, cell: str, verdict: Verdict, sentence: str
) -> None:
    """The same from the other side."""
    report = grade(digits(model=f"# GRADED CELL: Sequential model\n{cell}\n"))
    model = exercise(report, "model")

    assert (model.verdict, model.earned) == (verdict, 0)
    assert sentence in spoken(model.message)
    assert exercise(report, "my_softmax").earned == 50


ENDLESS = [
    pytest.param("while True:\n        pass", "Your code used more than 2 seconds of computing time.", id="loop"),
    pytest.param("import time; time.sleep(1e6)", "Your code was not done after 4 seconds on the clock.", id="sleep"),
]


@pytest.mark.parametrize(("body", "sentence"), ENDLESS)
def test_code_that_never_ends_is_ended_and_told_which_limit(grade_briefly: Grade, body: str, sentence: str) -> None:
    """The verdict names the limit and its value."""
    report = grade_briefly(digits(softmax=marked(f"def my_softmax(z):\n    {body}\n")))
    softmax = exercise(report, "my_softmax")

    assert (softmax.verdict, spoken(softmax.message)) == (Verdict.TIMED_OUT, sentence)
    assert exercise(report, "model").earned == 50


UNREADABLE = [
    pytest.param(b"", id="empty"),
    pytest.param(b"hello", id="not a notebook"),
    pytest.param(digits()[:200], id="truncated"),
    pytest.param(code(*["x = 1"] * 100_000), id="100,000 cells"),
]


@pytest.mark.parametrize("data", UNREADABLE)
def test_bytes_that_are_no_notebook_are_unreadable_and_no_zero(grade: Grade, data: bytes) -> None:
    """The report says so, and carries no score."""
    report = grade(data)

    assert (report.status, report.score, report.exercises) == (Status.UNREADABLE, None, ())
    assert len(spoken(report.notices[0])) > 20


def test_a_syntax_error_in_another_cell_costs_nothing(grade: Grade) -> None:
    """Only the statements an answer needs are run."""
    report = grade(code(IMPORTS, "for x in range(3):\n", SOFTMAX, "def broken(:", MODEL, "1 / 0"))

    assert report.score is not None
    assert report.score.percent == 100


def test_a_file_name_that_is_no_text_is_no_obstacle(grader: Grader) -> None:
    """Names come from anywhere; the report can be written all the same."""
    report = grader.grade("\udcff.ipynb", digits())

    assert report.submission.name == "?.ipynb"
    assert all(render(report) for render in RENDERERS.values())
