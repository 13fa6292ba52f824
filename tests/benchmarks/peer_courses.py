"""The digits lab as nbgrader and otter-grader want it: the notebook as handed in, with equal checks. Runs nothing.

The checks are few on purpose: what is measured is what it costs to get a submission to where it can be checked.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.made_class import digits
from tests.end_to_end.digits import ROOT

#: what is installed for each, besides TensorFlow; otter needs a kernel, and does not bring one
PEERS: Final = {
    "nbgrader": ("nbgrader==0.9.6", "ipykernel"),
    "otter": ("otter-grader==7.0.0", "ipykernel"),
}
FILES: Final = ROOT / "assignments" / "digits" / "files"
#: what is checked after the graded cell that begins with each mark
CHECKS: Final = {
    "UNQ_C1": """\
for z in ([1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 0.0, 0.0], [-1.0, 0.0, 1.0, 2.0], [10.0, 0.0, -10.0, 5.0]):
    e = np.exp(np.array(z))
    assert np.allclose(my_softmax(np.array(z)), e / e.sum())""",
    "UNQ_C2": """\
assert [layer.units for layer in model.layers] == [25, 15, 10]
assert [layer.activation.__name__ for layer in model.layers] == ["relu", "relu", "linear"]
assert model.count_params() == 10_575""",
}
POINTS: Final = 50


def write_nbgrader(folder: Path, count: int) -> None:
    """A course with the assignment `digits`, and `count` students who handed it in."""
    shutil.copytree(FILES, folder / "source" / "digits")
    (folder / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "peers"\nc.ExecutePreprocessor.timeout = 600\n',
        encoding="utf-8",
    )
    (folder / "source" / "digits" / "digits.ipynb").write_text(_for_nbgrader(0), encoding="utf-8")
    for number in range(count):
        home = folder / "submitted" / f"student{number}" / "digits"
        home.mkdir(parents=True)
        (home / "digits.ipynb").write_text(_for_nbgrader(number), encoding="utf-8")


def write_otter(folder: Path) -> None:
    """A folder with a submission, the files it needs, and the tests."""
    shutil.copytree(FILES, folder)
    (folder / "submission.ipynb").write_bytes(digits(0))
    (folder / "otter_config.json").write_text("{}\n", encoding="utf-8")
    (folder / "out").mkdir()
    (folder / "tests").mkdir()
    for mark, source in CHECKS.items():
        (folder / "tests" / f"{mark}.py").write_text(_for_otter(mark, source), encoding="utf-8")


def _for_nbgrader(number: int) -> str:
    notebook = json.loads(digits(number))
    cells: list[dict[str, Any]] = []
    for place, cell in enumerate(notebook["cells"]):
        cells.append(cell | {"id": f"cell{place}"})
        mark = next((mark for mark in CHECKS if cell["source"].startswith(f"# {mark}")), None)
        if mark is not None:
            cells[-1]["metadata"] = _metadata(f"{mark}_answer", solution=True)
            check: dict[str, Any] = {
                "cell_type": "code",
                "id": mark,
                "source": CHECKS[mark],
                "outputs": [],
                "execution_count": None,
            }
            cells.append(check | {"metadata": _metadata(mark, solution=False)})
    return json.dumps(notebook | {"cells": cells, "nbformat": 4, "nbformat_minor": 5})


def _metadata(name: str, *, solution: bool) -> dict[str, Any]:
    """As nbgrader's own editor marks a cell: the student's answer, or a check worth points."""
    points = {} if solution else {"points": POINTS}
    kind = {"grade": not solution, "solution": solution, "locked": not solution, "task": False}
    return {"nbgrader": {"schema_version": 3, "grade_id": name, **kind, **points}}


def _for_otter(mark: str, source: str) -> str:
    lines = (("... " if line.startswith(" ") else ">>> ") + line for line in source.splitlines())
    case = {"code": "\n".join(lines), "hidden": False, "locked": False}
    suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    return f"OK_FORMAT = True\ntest = { ({'name': mark, 'points': POINTS, 'suites': [suite]})!r}\n"
