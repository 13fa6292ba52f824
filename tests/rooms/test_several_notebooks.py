"""The lab of several notebooks that assignments/README.md shows, graded as it stands there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from grader.authoring.proof import Part, check_assignments
from grader.authoring.release import package
from grader.classes.request import GradeRequest
from grader.cli.single import are_one, grade_one
from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.limits import NotebookLimits
from grader.notebook.bundle import read_together
from grader.render import annotated, text
from grader.report.report import Report, Verdict
from grader.wall.sandbox import Sandbox
from tests.english import spoken
from tests.notebooks import code, markdown, notebook
from tests.unit.handed_in import folder, zipped

GUIDE = (Path(__file__).parents[2] / "assignments" / "README.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## Several notebooks")[2].partition("\n## ")[0]
LAB = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)[0]
DOUBLE, SHOUT = "def double(x):\n    return 2 * x\n", "def shout(text):\n    return text.upper()\n"
NUMBERS = notebook(markdown("# Numbers"), code(DOUBLE))
WORDS = notebook(markdown("# Words"), code("import math"), code(SHOUT), markdown("Say why."), markdown("Because."))
BLANK = [
    notebook(code("def double(x):\n    ...\n")),
    notebook(code("def shout(text):\n    ...\n"), markdown("Say why."), markdown("")),
]
FILES = {
    "assignments/two_notebooks/assignment.py": LAB.encode(),
    "assignments/two_notebooks/README.md": b"# Two notebooks\n",
    "assignments/two_notebooks/starter/numbers.ipynb": BLANK[0],
    "assignments/two_notebooks/starter/words.ipynb": BLANK[1],
    "assignments/two_notebooks/sample/numbers.ipynb": NUMBERS,
    "assignments/two_notebooks/sample/words.ipynb": WORDS,
    "reference/two_notebooks/solution.py": f"{DOUBLE}\n\n{SHOUT}".encode(),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """With that lab."""
    return Course(folder(tmp_path_factory.mktemp("course"), FILES))


@pytest.fixture(scope="module")
def grader(course: Course, sandbox: Sandbox) -> Iterator[Grader]:
    """Of it."""
    with Grader(course, course.assignment("two_notebooks"), sandbox=sandbox) as opened:
        yield opened


def earned(report: Report) -> list[int | None]:
    """Exercise by exercise."""
    return [each.earned for each in report.exercises if each.verdict is not Verdict.TO_MARK]


HANDED_IN = [
    pytest.param({"numbers.ipynb": NUMBERS, "words.ipynb": WORDS}, [4, 2], id="as asked"),
    pytest.param({"words.ipynb": NUMBERS, "numbers.ipynb": WORDS}, [4, 2], id="one under the other's name"),
    pytest.param({"numbers.ipynb": BLANK[0], "numbers (1).ipynb": NUMBERS, "words.ipynb": WORDS}, [4, 2], id="a copy"),
    pytest.param({"numbers.ipynb": NUMBERS, "words.ipynb": b"{"}, [4, 0], id="one that cannot be read"),
    pytest.param({"words.ipynb": WORDS}, [0, 2], id="one alone"),
]


@pytest.mark.parametrize(("files", "points"), HANDED_IN)
def test_each_exercise_is_graded_in_its_own_notebook(
    grader: Grader, files: Mapping[str, bytes], points: list[int]
) -> None:
    """Whatever the files are called."""
    assert earned(grader.grade("ada.zip", zipped(files))) == points


def test_a_report_says_of_which_notebook_its_cells_are(grader: Grader) -> None:
    """Cells are counted in each from 1; what a person marks is found in its own as well."""
    wrong = notebook(code("x = 1"), code("def double(x):\n    return x + 1 / 0\n"))
    data = zipped({"numbers.ipynb": wrong, "words.ipynb": WORDS})
    report = grader.grade("ada.zip", data)

    cells = [(each.cell.notebook, each.cell.index) for each in report.exercises if each.cell]
    assert cells == [("numbers", 2), ("words", 3), ("words", 5)]
    assert "The cells named here are those of numbers." in text.render(report)
    notes = json.loads(annotated.render(read_together(data, NotebookLimits()), report))["cells"]
    told = ["".join(cell["source"]) for cell in notes]
    assert [cell for cell in told if cell in ("# numbers", "# words")] == ["# numbers", "# words"]
    assert told.index("# words") > next(at for at, cell in enumerate(told) if "Twice as much" in cell and at > 1)


def test_the_lab_of_the_guide_proves_itself_and_hands_out_both(course: Course) -> None:
    """Its samples pass every check, its starters none."""
    (proof,) = check_assignments(
        course, ["two_notebooks"], parts=[Part.NOTEBOOKS], sandbox="none", progress=lambda _done, _of: None
    )

    assert [each for each in proof.faults if "no mistake is about" not in each] == []
    handed_out = package(course, course.assignment("two_notebooks"), sandbox="none")
    assert {"numbers.ipynb", "words.ipynb"} <= handed_out.keys()
    assert "Hand in `numbers.ipynb` and `words.ipynb`, together" in handed_out["README.md"].decode()


def test_files_a_folder_or_a_zip_of_one_student_are_one_report(course: Course, tmp_path: Path) -> None:
    """As the command line has them."""
    home = folder(tmp_path / "ada", {"numbers.ipynb": NUMBERS, "words.ipynb": WORDS})
    packed = tmp_path / "ada.zip"
    packed.write_bytes(zipped({"ada/numbers.ipynb": NUMBERS, "ada/words.ipynb": WORDS}))
    for paths in ((home / "numbers.ipynb", home / "words.ipynb"), (home,), (packed,)):
        out = tmp_path / "report.json"
        request = GradeRequest(paths=paths, course=course.folder, sandbox="none", quiet=True, json=out)

        assert are_one(request, environment={})
        assert grade_one(request, environment={}) == 0
        assert earned(Report.model_validate_json(out.read_bytes())) == [4, 2]


def test_of_several_files_with_one_at_fault_nothing_is_hidden(grader: Grader) -> None:
    """What was left out is said, and what is missing for it."""
    report = grader.grade("ada.zip", zipped({"numbers.ipynb": NUMBERS, "notes.ipynb": b"{", "x.ipynb": BLANK[0]}))
    told = " ".join(map(spoken, (*report.notices, *(each.message for each in report.exercises))))

    assert "notes.ipynb was left out" in told
    assert "words.ipynb, where this is answered, was not handed in" in told
