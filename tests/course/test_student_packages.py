"""What students get of each assignment holds nothing of its reference, without a room.

A line of the reference counts as an answer if it computes something. What a lab gives away on purpose, as a line of its
template, is named in `GIVEN`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import nbformat
import pytest

from grader.authoring.practice.sheet import FILE_NAME, FunctionTask, ModelTask, read_sheet
from grader.authoring.release import notebook_name
from grader.course.mistakes import read_mistakes
from tests.labs import COURSE, labs, packed, practice

READY = [name for name in COURSE.ids if (COURSE.folder / "assignments" / name / "starter.ipynb").is_file()]
#: lines of the reference that the lab's own template shows to students
GIVEN: dict[str, set[str]] = {
    "conv_digits": {
        "X = np.load('digit_pictures.npy').reshape(-1, 8, 8, 1) / 16.0",
        "y = np.load('digit_labels.npy')",
    },
    "deep_network": {
        "L = len(caches)",
        "L = len(parameters) // 2",
        "grads = {}",
        "parameters = {}",
        "return dA * s * (1 - s)",
    },
    "deep_network_app": {"costs = []", "grads = {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}"},
    "logistic_regression": {"grads, cost = propagate(w, b, X, Y)", "costs = []", "costs.append(cost)"},
    "torch_digits": {
        "X = torch.tensor(np.load('digit_pictures.npy') / 16.0, dtype=torch.float32)",
        "b = b.clone().requires_grad_()",
        "torch.manual_seed(1)",
        "w = w.clone().requires_grad_()",
        "y = torch.tensor(np.load('digit_labels.npy').astype(np.int64))",
    },
    "plotting": {"fig, ax = plt.subplots()", "fig, (left, right) = plt.subplots(1, 2)"},
}
#: helper modules that are the previous lab's answers, handed out with the lab that builds on them
HELPERS = {"deep_network_app": "dnn_app_utils_v3.py"}
COMPUTES = (ast.Call, ast.BinOp, ast.Compare, ast.Dict, ast.List)


def practised_hints(name: str) -> set[str]:
    """Hints that practice gives: those of visible checks that stand on the sheet, and of no other."""
    if FILE_NAME not in practice(name):
        return set()
    tasks = read_sheet(practice(name)[FILE_NAME]).tasks
    found = {check.hint for task in tasks if isinstance(task, FunctionTask) for check in task.checks if check.hint}
    for check in (check for task in tasks if isinstance(task, ModelTask) for check in task.checks):
        found |= {check.hint or "", *check.hints.values()}
    return found


def sources(name: str) -> Iterator[str]:
    """All Python that students get, cell by cell and file by file."""
    files = packed(name)
    notebook = nbformat.reads(files[f"{name}.ipynb"].decode(), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    for cell in notebook.cells:
        if cell.cell_type == "code":
            yield "\n".join(line for line in cell.source.splitlines() if not line.lstrip().startswith(("%", "!")))
    yield from (data.decode() for path, data in files.items() if path.endswith(".py"))


def is_prose(node: ast.AST) -> bool:
    """Whether it binds a text, as answers in prose do."""
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def steps(source: str) -> set[str]:
    """The single statements that compute something or are prose, written alike; not imports and what is returned."""
    return {
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.Return)
        if any(isinstance(part, COMPUTES) for part in ast.walk(node)) or is_prose(node)
        if not (isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple | ast.Dict))
    }


@pytest.mark.parametrize("name", labs(READY))
def test_a_package_holds_the_notebook_the_given_files_practice_and_a_readme(name: str) -> None:
    """Nothing else of the assignment's folder, as it lies there."""
    files = {path: data for path, data in packed(name).items() if path not in practice(name)}
    assert files.pop(notebook_name(COURSE.assignment(name)))
    assert files.pop("README.md")

    assert files == COURSE.files(name)


@pytest.mark.parametrize("name", labs(READY))
def test_no_line_of_the_reference_is_in_the_package(name: str) -> None:
    """However it is formatted, in the notebook or in a given file."""
    helpers = steps(COURSE.files(name)[HELPERS[name]].decode()) if name in HELPERS else set()
    answers = steps(COURSE.solution(name).read_text(encoding="utf-8")) - GIVEN.get(name, set()) - helpers
    given = {step for source in sources(name) for step in steps(source)}

    assert answers
    assert answers & given == set()


@pytest.mark.parametrize("name", labs(READY))
def test_no_hint_is_in_the_package(name: str) -> None:
    """Neither those that wrong solutions earn nor those of checks; but what can be practised comes with its hint."""
    assignment = COURSE.assignment(name)
    hints = {check.hint for exercise in assignment.exercises for check in exercise.checks if check.hint}
    hints |= {wrong.hint for wrong in read_mistakes(COURSE, assignment)}
    everything = b"\n".join(packed(name).values()).decode("utf-8", "replace")

    assert [hint for hint in sorted(hints - practised_hints(name)) if hint in everything] == []


@pytest.mark.parametrize("name", labs(sorted(GIVEN.keys() & set(READY))))
def test_what_is_named_as_given_is_given(name: str) -> None:
    """An exception that is needed no more is removed."""
    given = {step for source in sources(name) for step in steps(source)}

    assert given >= GIVEN[name]
