"""The list of assignments, the student package, and the beginning of a new assignment: what they hold and refuse."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import pytest

from grader.authoring import listing, release, scaffold
from grader.authoring.notebooks import imports_in
from grader.course.folder import UNFINISHED, Course
from grader.errors import CourseError, UsageError
from tests.hostile.small_course import COURSE_CANARY, write_course
from tests.notebooks import code, markdown, notebook

Golden = Callable[[str, str], None]
PRINTED = {"output_type": "stream", "name": "stdout", "text": ["a secret of the author's machine"]}
STARTER = notebook(
    markdown("# Small"), code("%matplotlib inline\nimport numpy as np\nfrom scipy.stats import norm", outputs=[PRINTED])
)
HELPER = b"import sklearn\nimport own_data\n"
DUE = "    due=datetime(2027, 3, 1, 18, tzinfo=timezone(timedelta(hours=1))),\n"
#: a hidden check whose expected value is a number of many digits
SINE = """\
import numpy as np
from datetime import datetime, timedelta, timezone
from grader.course.assignment import Assignment, Check, Exercise, Visibility
from grader.judging.inputs import examples
from grader.judging.rules import Agrees

ASSIGNMENT = Assignment(
    id="sine",
    title="A | sine",
    version="1",
    exercises=(Exercise(id="f", title="The sine", target="f", checks=(
        Check(id="secret", title="Secret", points=100, visibility=Visibility.HIDDEN,
                      rule=Agrees(), question=examples((0.73125,),), passed="Yes.", failed="No."),
    )),),
)
"""


def write(folder: Path, name: str, data: bytes | str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The small course, with all that an assignment has besides: given files, a sample, a translation, caches."""
    folder = tmp_path / "course"
    write_course(folder)
    home = "assignments/small"
    for name, data in (
        (f"{home}/starter.ipynb", STARTER),
        (f"{home}/sample.ipynb", notebook(code(COURSE_CANARY))),
        (f"{home}/words.zh.toml", COURSE_CANARY),
        (f"{home}/README.md", COURSE_CANARY),
        (f"{home}/files/helpers/draw.py", HELPER),
        (f"{home}/files/own_data.py", b""),
        (f"{home}/files/__pycache__/draw.pyc", COURSE_CANARY),
        ("assignments/sine/assignment.py", SINE.replace("    exercises=", DUE + "    exercises=")),
        ("assignments/sine/starter.ipynb", STARTER),
        ("reference/sine/solution.py", "import numpy as np\n\ndef f(x):\n    return np.sin(x)\n"),
    ):
        write(folder, name, data)
    return Course(folder)


def packed(course: Course, name: str = "small") -> dict[str, bytes]:
    return release.package(course, course.assignment(name))


def release_request(course: Course, output: Path, *, force: bool = False) -> release.ReleaseRequest:
    return release.ReleaseRequest(assignment="small", output=output, course=course.folder, force=force)


def test_the_list_says_exercises_points_runtime_and_due_date(course: Course, golden: Golden) -> None:
    """One row for each assignment; a due date with its time zone, a dash where there is none."""
    rows, faults = listing.listed(course)

    assert faults == []
    golden("assignments.txt", listing.as_text(rows))
    golden("assignments.json", listing.as_json(rows))


def test_an_assignment_that_cannot_be_read_hides_no_other(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named on stderr, the rest is listed, and the exit code is that of a faulty course."""
    write(course.folder, "assignments/broken/assignment.py", "ASSIGNMENT = 1 / 0")

    exit_code = listing.run_list(listing.ListRequest(course=course.folder, json=True), environment={})

    said = capsys.readouterr()
    assert exit_code == CourseError.exit_code
    assert [row["id"] for row in json.loads(said.out)] == ["sine", "small"]
    assert "broken/assignment.py, line 1 raised ZeroDivisionError" in said.err


def test_a_package_is_the_starter_the_given_files_practice_and_a_readme(course: Course) -> None:
    """No sample, no translation, no assignment.py, no caches, nothing of the reference."""
    files = packed(course)
    lab = sorted(path for path in files if not path.startswith("grader/"))

    assert lab == ["README.md", "grader_practice.json", "helpers/draw.py", "own_data.py", "small.ipynb"]
    assert files["helpers/draw.py"] == HELPER
    assert not any(COURSE_CANARY.encode() in data for data in files.values())


def test_a_released_notebook_has_no_outputs(course: Course) -> None:
    """What the author ran leaves no trace; the cells stay as they are."""
    released = nbformat.reads(packed(course)["small.ipynb"].decode(), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types

    assert [cell["source"] for cell in released.cells] == [
        "# Small",
        "%matplotlib inline\nimport numpy as np\nfrom scipy.stats import norm",
    ]
    assert b"a secret" not in packed(course)["small.ipynb"]


def test_a_package_is_the_same_bytes_again(course: Course) -> None:
    """A student's copy can be told by its digest."""
    assert packed(course) == packed(Course(course.folder))


@pytest.mark.parametrize("name", ["small", "sine"])
def test_the_readme_for_students(name: str, course: Course, golden: Golden) -> None:
    """What to do, until when, with which files and packages: those imported, by the names that pip knows."""
    golden(f"package_{name}.md", packed(course, name)["README.md"].decode())


def test_no_value_of_a_hidden_check_is_in_the_package(course: Course) -> None:
    """Neither as text nor as the bytes of a number; nor is what it is asked about."""
    everything = b"\n".join(packed(course, "sine").values())
    for number in (0.73125, np.sin(0.73125)):
        assert f"{number:.5f}".encode() not in everything
        assert np.float64(number).tobytes() not in everything


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("assignments/small/starter.ipynb", b"{", "is no valid notebook"),
        ("assignments/small/starter.ipynb", notebook() + b"]", "is no valid notebook"),
        ("assignments/small/files/README.md", b"", "two files of the student package are called README.md"),
        ("assignments/small/starter.ipynb", notebook(markdown(UNFINISHED)), r"starter\.ipynb \(marks: 1\)"),
        ("reference/small/solution.py", f"# {UNFINISHED}\n", r"solution\.py \(line 1\)"),
    ],
    ids=["no JSON", "more than JSON", "name taken", "unfinished", "reference unfinished"],
)
def test_a_package_that_would_be_faulty_is_refused(name: str, data: bytes | str, says: str, course: Course) -> None:
    """Nothing is written, and the message names the file."""
    write(course.folder, name, data)

    with pytest.raises(CourseError, match=says):
        packed(course)


def test_who_needs_keras_is_told_to_install_what_it_computes_with(course: Course) -> None:
    """Keras alone cannot be imported."""
    write(course.folder, "assignments/small/starter.ipynb", notebook(code("import keras")))

    assert "pip install keras" in packed(course)["README.md"].decode()
    assert "tensorflow" in packed(course)["README.md"].decode()


def test_a_missing_starter_is_said(course: Course) -> None:
    """An assignment without a notebook has nothing to hand out."""
    (course.folder / "assignments/small/starter.ipynb").unlink()

    with pytest.raises(CourseError, match=r"starter\.ipynb is missing"):
        packed(course)


def test_a_folder_in_use_is_left_alone_unless_forced(course: Course, tmp_path: Path) -> None:
    """With --force files of the same names are replaced, and all others stay."""
    write(tmp_path, "out/README.md", "mine")
    write(tmp_path, "out/notes.txt", "mine too")

    with pytest.raises(UsageError, match="not an empty folder"):
        release.run_release(release_request(course, tmp_path / "out"), environment={})
    assert (tmp_path / "out/README.md").read_text() == "mine"

    assert release.run_release(release_request(course, tmp_path / "out", force=True), environment={}) == 0
    assert (tmp_path / "out/README.md").read_bytes() == packed(course)["README.md"]
    assert (tmp_path / "out/notes.txt").read_text() == "mine too"


def test_a_release_says_what_it_wrote(course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every file is named, so that nothing is handed out unseen; but our own modules are only counted."""
    (tmp_path / "empty").mkdir()
    release.run_release(release_request(course, tmp_path / "empty"), environment={})

    files = packed(course)
    own = sum(path.startswith("grader/") for path in files)
    assert capsys.readouterr().out == (
        f"{tmp_path / 'empty'}: small, {len(files)} files for students.\n"
        "  README.md\n  grader_practice.json\n  helpers/draw.py\n  own_data.py\n  small.ipynb\n"
        f"  grader/ ({own} files, for practice)\n"
    )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import a.b, c\nfrom d.e import f", ["a", "c", "d"]),
        ("%pip install x\nimport a", ["a"]),
        ('"""\nfrom linear regression\n"""', []),
        ("from . import a", []),
        ("import (", []),
    ],
    ids=["both forms", "magic", "prose", "relative", "no Python"],
)
def test_only_real_imports_are_recommended_to_install(source: str, found: list[str]) -> None:
    """A word of prose taken for a package would send students to install a stranger's."""
    assert list(imports_in(source)) == found


@pytest.mark.parametrize("functions", [(), ("f",), ("mse", "L1", "huber"), tuple(f"f{n}" for n in range(25))])
def test_a_new_assignment_can_be_read_and_adds_up(functions: tuple[str, ...], tmp_path: Path) -> None:
    """Before anything is filled in, it is listed with its title, one exercise for each function, and 100 points."""
    for name, data in scaffold.scaffold("my_lab", title='A "lab"\nof \\mine', functions=functions).items():
        write(tmp_path, name, data)
    assignment = Course(tmp_path).assignment("my_lab")

    assert assignment.title == 'A "lab" of \\mine'
    assert assignment.points == assignment.total == 100
    assert tuple(exercise.target for exercise in assignment.exercises) == (functions or ("my_lab",))


def test_a_new_assignment_has_a_seed_of_its_own() -> None:
    """One that everybody has is one that students can guess."""
    path = "assignments/my_lab/assignment.py"

    assert "seed=1234567," in scaffold.scaffold("my_lab", seed=1234567)[path].decode()


def test_a_first_lab_of_one_function_is_short() -> None:
    """What an author has to read before the first check stands on one screen."""
    assert len(scaffold.scaffold("my_lab")["assignments/my_lab/assignment.py"].decode().splitlines()) < 30


def test_a_new_assignment_is_python_and_valid_notebooks() -> None:
    """Every file can be opened with what it is written for."""
    files = scaffold.scaffold("my_lab")
    for name, data in files.items():
        if name.endswith(".py"):
            ast.parse(data)
        elif name.endswith(".ipynb"):
            nbformat.validate(nbformat.reads(data.decode(), as_version=nbformat.NO_CONVERT))  # type: ignore[no-untyped-call]  # as above

    assert all(UNFINISHED.encode() in data for data in files.values())
    assert b"".join(files.values()).count(b"TODO") == b"".join(files.values()).count(UNFINISHED.encode())


@pytest.mark.parametrize(
    ("name", "functions", "says"),
    [
        ("My lab", (), "cannot be the id"),
        ("../up", (), "cannot be the id"),
        ("1st", (), "cannot be the id"),
        ("", (), "cannot be the id"),
        ("a" * 61, (), "cannot be the id"),
        ("lambda", (), "cannot be the name of a graded function"),
        ("lab", ("a-b",), "cannot be the name of a graded function"),
        ("lab", ("_f",), "cannot be the name of a graded function"),
        ("lab", ("f", "F"), "is given twice"),
        ("lab", tuple(f"f{n}" for n in range(26)), "too many"),
    ],
    ids=["capital", "path", "digit", "empty", "long", "keyword", "dash", "underscore", "twice", "too many"],
)
def test_names_that_are_none_are_refused(name: str, functions: tuple[str, ...], says: str) -> None:
    """With what a name may be."""
    with pytest.raises(UsageError, match=says):
        scaffold.scaffold(name, functions=functions)


@pytest.mark.parametrize("kind", ["assignments", "reference"])
def test_what_exists_is_never_overwritten(kind: str, course: Course) -> None:
    """Neither an assignment nor answers left from one."""
    write(course.folder, f"{kind}/mine/notes.txt", "kept")

    with pytest.raises(UsageError, match="exists already"):
        scaffold.run_new(
            scaffold.NewRequest(assignment="mine", title=None, functions=(), course=course.folder), environment={}
        )
    assert [path.name for path in (course.folder / kind / "mine").iterdir()] == ["notes.txt"]


def test_the_first_assignment_of_a_course_needs_only_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new course is a folder that was named; the command says what to fill in and what to run then."""
    request = scaffold.NewRequest(assignment="first", title=None, functions=(), course=tmp_path)

    assert scaffold.run_new(request, environment={}) == 0
    assert Course(tmp_path).ids == ("first",)
    assert capsys.readouterr().out.endswith(f"Then run: grader check first --course {tmp_path}\n")


@pytest.mark.parametrize("when", ["2027-03-01T18:00:00", "soon"], ids=["no time zone", "no date"])
def test_a_due_date_names_its_time_zone(when: str, course: Course) -> None:
    """Six o'clock is not the same moment everywhere."""
    path = course.folder / "assignments/sine/assignment.py"
    write(course.folder, "assignments/sine/assignment.py", path.read_text().replace(DUE, f"    due={when!r},\n"))

    with pytest.raises(CourseError, match="due"):
        course.assignment("sine")


def test_the_reference_answers_in_the_sandbox_that_is_named(course: Course, tmp_path: Path) -> None:
    """Where the usual ones are not to be had, `none` writes the same package; an unknown name writes nothing."""
    request = replace(release_request(course, tmp_path / "out"), sandbox="none")
    assert release.run_release(request, environment={}) == 0
    assert (tmp_path / "out/grader_practice.json").read_bytes() == packed(course)["grader_practice.json"]
    with pytest.raises(KeyError, match="nowhere"):
        release.package(course, course.assignment("small"), sandbox="nowhere")
