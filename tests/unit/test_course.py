"""Course folders: what is found in them, and what an author is told when something is wrong there."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from grader.course.folder import OWN, Course, find_course
from grader.errors import CourseError

GOOD = """
from grader.course.assignment import Assignment, Exercise
from tests.exercises import check

check = check(points=1)
ASSIGNMENT = Assignment(
    id="lab", title="A lab", version="1", exercises=(Exercise(id="e", title="E", target="f", checks=(check,)),)
)
"""


def write(path: Path, text: str = "") -> Path:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def written(folder: Path) -> Course:
    """A course in this folder, as small as they come."""
    write(folder / "assignments/lab/assignment.py", GOOD)
    (folder / "reference").mkdir()
    return Course(folder)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course with one assignment, `lab`."""
    return written(tmp_path)


def test_an_assignment_is_loaded_by_its_folder(course: Course) -> None:
    """The folder's name is the assignment's id."""
    assert course.assignment("lab").title == "A lab"


def test_the_ids_are_the_folders_with_an_assignment_in_them(course: Course) -> None:
    """Sorted; other folders and files are no assignments."""
    write(course.folder / "assignments/another/assignment.py")
    write(course.folder / "assignments/README.md")
    write(course.folder / "assignments/notes/todo.txt")
    assert course.ids == ("another", "lab")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("x = 1", "does not bind ASSIGNMENT to an Assignment. Add `ASSIGNMENT = Assig", id="no assignment"),
        pytest.param("ASSIGNMENT = {}", "does not bind ASSIGNMENT to an Assignment", id="a dictionary"),
        pytest.param(GOOD.replace('"lab"', '"other"'), "the id is 'other', the folder is called 'lab'", id="other id"),
        pytest.param("x = 1\n1 / 0", "line 2 raised ZeroDivisionError: division by zero", id="raises"),
        pytest.param("import sys\nsys.exit()", "line 2 raised SystemExit", id="ends Python"),
        pytest.param("def", "raised SyntaxError", id="no Python"),
        pytest.param("import nonsense_module", "raised ModuleNotFoundError", id="missing import"),
        pytest.param(
            GOOD.replace("points=1", "points=-1"),
            r"line 5: this Check is not valid\.\n  points: .* greater",
            id="bad field",
        ),
        pytest.param(
            GOOD.replace('version="1",', ""),
            r"line 6: this Assignment is not valid\.\n  version: is missing\. Add it\.$",
            id="no version",
        ),
        pytest.param(
            GOOD.replace("points=1", "points=1, hnit=''"),
            r"line 5: this Check is not valid\.\n  hnit: there is no such field\.",
            id="misspelt field",
        ),
        pytest.param(
            GOOD.replace("checks=(check,)", "checks=(check, check)"),
            r"line 7: this Exercise is not valid\.\n  exercise e: check id 'right' stands twice",
            id="fields that do not fit together",
        ),
        pytest.param(
            GOOD.replace('version="1",', 'version="1", uses=("numpy", "no_such_library"),'),
            "uses: no_such_library is not installed where the grader runs.*Install the package that has",
            id="a library that is not there",
        ),
    ],
)
def test_a_faulty_assignment_is_named_with_file_and_fault(course: Course, text: str, message: str) -> None:
    """The author knows where to look."""
    path = write(course.folder / "assignments/lab/assignment.py", text)
    with pytest.raises(CourseError, match=message) as caught:
        course.assignment("lab")
    assert str(path) in str(caught.value)


def test_a_broken_assignment_hides_no_other(course: Course) -> None:
    """Those that can be read are loaded, and the others are faults by id."""
    write(course.folder / "assignments/broken/assignment.py", "1 / 0")

    loaded = course.load()

    assert [each.id for each in loaded.assignments] == ["lab"]
    assert [*loaded.faults] == ["broken"]


@pytest.mark.parametrize("name", ["nonsense", "../lab", "", "lab/"])
def test_an_unknown_assignment_is_refused_with_the_known_ones(course: Course, name: str) -> None:
    """Only ids of the list are ever turned into paths."""
    with pytest.raises(CourseError, match=r"Assignments there: lab\."):
        course.assignment(name)


def test_given_files_are_read_with_their_paths(course: Course) -> None:
    """Folders below `files/` count; compiled leftovers do not."""
    home = course.folder / "assignments/lab/files"
    write(home / "helper.py", "x = 1")
    write(home / "data/a.csv", "1,2")
    write(home / "__pycache__/helper.pyc")
    assert course.files("lab") == {"data/a.csv": b"1,2", "helper.py": b"x = 1"}


def test_a_given_file_that_cannot_be_read_is_a_fault(course: Course) -> None:
    """Of the course, so that somebody mends it: without it, right answers would raise."""
    home = course.folder / "assignments/lab/files"
    home.mkdir()
    (home / "data.csv").symlink_to("/proc/self/mem")

    with pytest.raises(CourseError, match=r"data\.csv cannot be read \(.+\)\. Give whoever grades"):
        course.files("lab")


def test_an_assignment_may_give_no_files(course: Course) -> None:
    """No folder, no files."""
    assert course.files("lab") == {}


def test_references_lie_beside_the_assignments(course: Course) -> None:
    """The reference folder is apart, so that it can be kept from students."""
    assert course.solution("lab") == course.folder / "reference/lab/solution.py"


@pytest.mark.parametrize("below", ["", "assignments/lab", "assignments/lab/files"])
def test_a_course_is_found_from_any_folder_in_it(course: Course, below: str) -> None:
    """As git finds its repository."""
    near = course.folder / below
    near.mkdir(exist_ok=True)
    assert find_course(None, near=near) == Course(course.folder.resolve())


def test_a_named_course_wins_over_the_one_around(course: Course, tmp_path: Path) -> None:
    """What is said on the command line is meant."""
    other = written(tmp_path / "other").folder
    assert find_course(other, near=course.folder).folder == other.resolve()


@pytest.mark.parametrize("missing", ["assignments", "reference"])
def test_a_named_folder_that_is_no_course_is_refused(course: Course, missing: str) -> None:
    """A course has both folders; no second guess after a wrong name."""
    shutil.rmtree(course.folder / missing)
    with pytest.raises(CourseError, match=rf"is not a course: it has no folder `{missing}`\. Name another"):
        find_course(course.folder, near=course.folder)


def test_a_folder_with_half_of_a_course_is_passed_over(course: Course) -> None:
    """Somebody who handed in `assignments/` has not made a course of it."""
    inner = course.folder / "submissions"
    write(inner / "assignments/lab/assignment.py", GOOD)
    assert find_course(None, near=inner) == Course(course.folder.resolve())


def test_where_two_courses_lie_around_the_right_one_is_asked_for(course: Course) -> None:
    """Neither the inner nor the outer one is a guess to be made: a course is executed."""
    inner = written(course.folder / "submissions").folder
    with pytest.raises(CourseError, match=rf"several courses: {inner} and {course.folder}\. Say with --course"):
        find_course(None, near=inner)


#: what is graded, below the folder of the course, and whether the course must be named for that
WORK = [
    pytest.param("x.ipynb", True, id="beside the two folders"),
    pytest.param("ada/x.ipynb", True, id="below"),
    pytest.param("reference/x.ipynb", True, id="where answers lie"),
    pytest.param("assignments", True, id="all assignments"),
    pytest.param("assignments/lab/sample.ipynb", False, id="a sample"),
    pytest.param("assignments/lab/class", False, id="a class of samples"),
    pytest.param("../elsewhere/x.ipynb", False, id="elsewhere"),
]


@pytest.mark.parametrize(("path", "named"), WORK)
def test_a_course_around_what_is_graded_must_be_named(course: Course, path: str, named: bool) -> None:
    """It may have been handed in with it. Samples may lie beside their assignment."""
    graded = [course.folder / "assignments/lab/sample.ipynb", course.folder / path]
    assert find_course(course.folder, near=course.folder, graded=graded).folder == course.folder.resolve()
    with pytest.raises(CourseError, match=f"--course {course.folder}") if named else nullcontext():
        find_course(None, near=course.folder, graded=graded)


@pytest.mark.parametrize("above", [".", ".."])
@pytest.mark.parametrize("named", [True, False])
def test_no_course_lies_in_what_is_graded(course: Course, above: str, named: bool) -> None:
    """Not even one that was named: what was handed in would be executed, and the answers graded."""
    folder = course.folder / above
    with pytest.raises(CourseError, match=r"lies in .*, which is to be graded"):
        find_course(course.folder if named else None, near=course.folder, graded=[folder])


def test_in_the_graders_own_folder_work_may_lie_anywhere() -> None:
    """It was executed already, so it was not handed in: `grade submission.ipynb` beside the README."""
    assert find_course(None, near=OWN, graded=[OWN / "submission.ipynb", OWN / "submissions"]).folder == OWN


def test_where_there_is_no_course_the_message_says_how_to_name_one(tmp_path: Path) -> None:
    """It says where was looked, and what to do."""
    with pytest.raises(CourseError, match=r"No course was found at or above .* With --course, .* takes an empty one\."):
        find_course(None, near=tmp_path)
