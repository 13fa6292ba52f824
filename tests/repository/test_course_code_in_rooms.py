"""Code of a course runs in rooms. In the trusted process one file of it does, `assignment.py`, which is trusted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "grader"
#: what turns text or a file into running code
RUNS = frozenset({"exec", "eval", "__import__", "import_module", "run_path", "run_module"})
#: where that is the purpose, and of what
MEANT = {
    "course/folder.py": {"run_path"},  # assignment.py
    "wall/room/": RUNS,
    "authoring/practice/": RUNS,  # in a student's own notebook
}


def runs_code(path: Path) -> Iterator[str]:
    """The names of calls in a module that run code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in RUNS:
                yield name


@pytest.mark.parametrize("door", sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()))
def test_no_code_of_a_reference_or_a_student_runs_outside_a_room(door: str) -> None:
    """A file that runs code says so in the table above, and why."""
    found = {
        (name, call)
        for path in (PACKAGE / door).rglob("*.py")
        for name in [path.relative_to(PACKAGE).as_posix()]
        for call in runs_code(path)
        if not any(name.startswith(meant) and call in calls for meant, calls in MEANT.items())
    }

    assert found == set()
