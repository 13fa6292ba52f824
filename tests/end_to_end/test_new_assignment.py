"""An assignment begun with `grader new` and filled in proves itself; so does the example of assignments/README.md."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from grader.authoring.proof import Proof, check_assignments
from grader.authoring.scaffold import scaffold
from grader.course.folder import UNFINISHED, Course
from tests.end_to_end.digits import ROOT

GUIDE = (ROOT / "assignments" / "README.md").read_text(encoding="utf-8")
#: a file of the example: its path between backticks at the end of a paragraph, then its text
_FILE = re.compile(r"`((?:assignments|reference)/squared_errors/[\w/]+\.\w+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
_CELL = re.compile(r"```python\n(# GRADED FUNCTION.*?)\n```", re.DOTALL)
_ANSWER = re.compile(r"```python\n(    loss = .*?)\n```")
_TO_WRITE = re.compile(r"was = .*?\('''$", re.DOTALL | re.MULTILINE)
_BODY = f'raise NotImplementedError("{UNFINISHED}")'


def write(folder: Path, files: dict[str, bytes]) -> Course:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return Course(folder)


def proof(course: Course) -> Proof:
    return check_assignments(course, course.ids, progress=unseen)[0]


def unseen(done: int, total: int) -> None:
    """Nobody watches the progress."""


def filled_in(name: str, text: str) -> str:
    """What an author would write in place of the marks: the function adds its entries up."""
    if name.endswith("mistakes.toml"):
        lost = "loses = ['example', 'drawn']"  # a check of drawn inputs, whatever the seed
        text = _TO_WRITE.sub(f"was = 'np.sum('\nbecomes = 'np.max('\n{lost}", text)
    text = text.replace(_BODY, "return np.sum(x)")
    text = text.replace("None  # " + UNFINISHED, "np.sum(x)  # " + UNFINISHED)
    return text.replace(UNFINISHED, "Written by now:")


def example() -> dict[str, bytes]:
    """What the guide ends with: the files it shows, notebooks with its cell, everything else filled in."""
    files = {name: text.encode() for name, text in _FILE.findall(GUIDE)}
    begun = scaffold("squared_errors", title="Squared errors", functions=["mean_squared_error"])
    for name, data in begun.items():
        if name.endswith((".ipynb", ".md")):
            files[name] = with_cell(name, data.decode()).replace(UNFINISHED, "Written:").encode()
    return files


def with_cell(name: str, text: str) -> str:
    if not name.endswith(".ipynb"):
        return text
    cell, answer = (re.search(pattern, GUIDE) for pattern in (_CELL, _ANSWER))
    assert cell is not None
    assert answer is not None
    code = cell[1].replace("    loss = None", answer[1]) if name.endswith("sample.ipynb") else cell[1]
    notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    next(each for each in notebook.cells if each.source.startswith("# GRADED")).source = code
    return str(nbformat.writes(notebook))  # type: ignore[no-untyped-call]  # as above


@pytest.mark.parametrize("functions", [(), ("first", "second", "third")], ids=["one", "three"])
def test_a_scaffold_proves_itself_once_it_is_filled_in(functions: tuple[str, ...], tmp_path: Path) -> None:
    """Reference, sample, wrong solutions, right variants and seeds hold, and the mutants are caught."""
    files = scaffold("adding_up", functions=functions)
    found = proof(write(tmp_path, {name: filled_in(name, data.decode()).encode() for name, data in files.items()}))

    assert found.faults == ()
    assert (found.exercises, found.wrong.right) == (max(1, len(functions)), max(1, len(functions)))
    assert found.mutants.of > 0


def test_a_scaffold_says_what_is_left_to_write(tmp_path: Path) -> None:
    """Every file that still carries a mark, all at once, and nothing else while it does."""
    files = scaffold("adding_up")
    faults = proof(write(tmp_path, files)).faults

    assert [name for name in files if not any(f"{tmp_path / name} (" in fault for fault in faults)] == []
    assert [fault for fault in faults if UNFINISHED not in fault] == []


def test_the_example_of_the_guide_proves_itself(tmp_path: Path) -> None:
    """Who follows assignments/README.md word for word has an assignment that `grader check` finds nothing against."""
    found = proof(write(tmp_path, example()))

    assert found.faults == ()
    assert found.survivors == ()
    assert (found.points, found.wrong.right, found.right.right) == (100, 2, 1)


def test_a_first_lab_of_one_function_is_short() -> None:
    """What an author writes to say what is asked, what it is worth and how it is checked: less than 30 lines."""
    first_lab = dict(_FILE.findall(GUIDE))["assignments/squared_errors/assignment.py"]

    assert len(first_lab.splitlines()) < 30


def test_the_guide_shows_every_file_of_an_assignment() -> None:
    """What a scaffold holds and the guide does not show are notebooks and the README."""
    shown = {name for name, _ in _FILE.findall(GUIDE)}

    assert {Path(name).name for name in scaffold("squared_errors").keys() - shown} == {
        "starter.ipynb",
        "sample.ipynb",
        "README.md",
    }
