"""What a lab handed out is found again: helper modules under every name, names of its own notebook."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.handouts import modules_for, supplied
from grader.notebook.submission import Plan
from grader.wall.protocol import Statement

COURSE = Course(Path(__file__).parents[2])


def statement(source: str) -> Statement:
    """A statement of the student's."""
    return Statement(cell=1, line=1, source=source, role="cell")


def modules(assignment: str, source: str) -> dict[str, bytes]:
    """The modules that stand beside a notebook with this statement, and not without it."""
    files = COURSE.files(assignment)
    found = modules_for([statement(source)], files, COURSE, COURSE.assignment(assignment))
    return {name: data for name, data in found.items() if name not in files}


@pytest.mark.parametrize(
    ("assignment", "module"),
    [
        ("deep_network_app", "dnn_app_utils"),
        ("deep_network_app", "dnn_app_utils_v2"),
        ("deep_network_app", "dnn_utils_v2"),
        ("deep_network", "dnn_utils_v4a"),
        ("deep_network", "dnn_app_utils_v3"),
        ("shallow_network", "testCases_v3"),
        ("shallow_network", "planar_utils_v1a"),
        ("digits", "public_tests_a1"),
        ("digits_training", "lab_utils_softmax"),
        ("regularization", "planar_utils"),
    ],
)
def test_a_helper_module_is_there_under_the_names_of_all_generations(assignment: str, module: str) -> None:
    """Whichever name a template used, and whichever lab of the course has it."""
    assert f"{module}.py" in modules(assignment, f"from {module} import *")


@pytest.mark.parametrize("module", ["numpy", "no_such_utils", "os.path"])
def test_no_other_module_is_made_up(module: str) -> None:
    """A library, or what no lab has, is not served."""
    assert modules("deep_network", f"import {module}") == {}


def test_a_neighbours_module_never_holds_what_is_graded_here() -> None:
    """The app lab's module has the step-by-step lab's answers, which are left out of it there."""
    graded = [exercise.target for exercise in COURSE.assignment("deep_network").exercises]
    text = modules("deep_network", "from dnn_app_utils_v3 import *")["dnn_app_utils_v3.py"].decode()
    assert "def sigmoid(" in text
    assert [name for name in graded if f"def {name}(" in text] == []


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        pytest.param(["def my_softmax(z): return np.exp(z)"], ("np",), id="np"),
        pytest.param(["model = Sequential([tf.keras.Input(400), Dense(9)])"], ("Dense", "Sequential", "tf"), id="tf"),
        pytest.param(["np = 3", "def my_softmax(z): return np"], None, id="its own"),
        pytest.param(["def f(z): return my_softmax(z)"], None, id="an answer"),
        pytest.param(["def f(z): return what_is_this(z)"], None, id="nothing of the lab"),
    ],
)
def test_names_of_the_lab_are_supplied_where_nothing_gives_them(
    sources: list[str], names: tuple[str, ...] | None
) -> None:
    """Never in place of the student's, and never an answer."""
    statements = tuple(map(statement, sources))
    plan = Plan(exercise="model", target="model", cell=1, line=1, found_by="marker", statements=statements)
    found = supplied(plan, COURSE, COURSE.assignment("digits"))
    assert (found and found.names) == names
    if found is not None:
        assert found.plan.statements[-len(statements) :] == statements


def test_names_that_a_star_of_a_given_module_brought_are_supplied_with_it() -> None:
    """Where the cell with the imports was deleted, its `from ... import *` was too."""
    source = "def two_layer_model(X): return linear_activation_forward(np.array(X))"
    plan = Plan(
        exercise="two_layer_model",
        target="two_layer_model",
        cell=1,
        line=1,
        found_by="marker",
        statements=(statement(source),),
    )
    found = supplied(plan, COURSE, COURSE.assignment("deep_network_app"))
    assert found is not None
    assert found.names == ("linear_activation_forward", "np")
    assert "from dnn_app_utils_v3 import *" in [each.source for each in found.plan.statements]


def test_a_given_module_that_is_no_python_of_today_costs_nothing(tmp_path: Path) -> None:
    """Its lab imports it in a cell of its own; what else is lost is supplied all the same."""
    home = tmp_path / "assignments" / "digits"
    shutil.copytree(COURSE.folder / "assignments" / "digits", home, ignore=shutil.ignore_patterns("class"))
    shutil.copytree(COURSE.folder / "reference" / "digits", tmp_path / "reference" / "digits")
    (home / "files" / "autils.py").write_text("print 'for Python 2'\n", encoding="utf-8")
    plan = Plan(
        exercise="model",
        target="model",
        cell=1,
        line=1,
        found_by="marker",
        statements=(statement("def my_softmax(z): return np.exp(z)"),),
    )
    course = Course(tmp_path)
    found = supplied(plan, course, course.assignment("digits"))
    assert (found and found.names) == ("np",)
