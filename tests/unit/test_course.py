"""Course folders: what is found in them, and what an author is told when something is wrong there."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import Course, find_course
from grader.errors import CourseError

GOOD = """
from grader.assignment import Assignment, Check, Exercise

check = Check(id="c", title="C", points=1, passed="Yes.", failed="No.")
ASSIGNMENT = Assignment(
    id="lab", title="A lab", version="1", exercises=(Exercise(id="e", title="E", target="f", checks=(check,)),)
)
"""


def write(path: Path, text: str = "") -> Path:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course with one assignment, `lab`."""
    write(tmp_path / "assignments/lab/assignment.py", GOOD)
    return Course(tmp_path)


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
            r"line 4: this Check is not valid\.\n  points: .* greater",
            id="bad field",
        ),
        pytest.param(
            GOOD.replace('version="1",', ""),
            r"line 5: this Assignment is not valid\.\n  version: is missing\. Add it\.$",
            id="no version",
        ),
        pytest.param(
            GOOD.replace("points=1", "points=1, hnit=''"),
            r"line 4: this Check is not valid\.\n  hnit: there is no such field\.",
            id="misspelt field",
        ),
        pytest.param(
            GOOD.replace("checks=(check,)", "checks=(check, check)"),
            r"line 6: this Exercise is not valid\.\n  exercise e: check id 'c' stands twice",
            id="fields that do not fit together",
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


def test_an_assignment_may_give_no_files(course: Course) -> None:
    """No folder, no files."""
    assert course.files("lab") == {}


def test_references_lie_beside_the_assignments(course: Course) -> None:
    """The reference folder is apart, so that it can be kept from students."""
    names = ["b", "a"]
    wrong = [write(course.folder / f"reference/lab/wrong/{name}.py") for name in names]
    assert course.solution("lab") == course.folder / "reference/lab/solution.py"
    assert course.wrong_solutions("lab") == tuple(sorted(wrong))


def test_right_variants_are_found_beside_the_wrong_solutions(tmp_path: Path) -> None:
    """In `right/`, sorted by name; none is no fault."""
    home = tmp_path / "reference" / "lab" / "right"
    home.mkdir(parents=True)
    for name in ("loops", "float32"):
        (home / f"{name}.py").touch()
    assert [path.stem for path in Course(tmp_path).right_variants("lab")] == ["float32", "loops"]
    assert Course(tmp_path).right_variants("other") == ()


@pytest.mark.parametrize("below", ["", "assignments/lab", "assignments/lab/files"])
def test_a_course_is_found_from_any_folder_in_it(course: Course, below: str) -> None:
    """As git finds its repository."""
    near = course.folder / below
    near.mkdir(exist_ok=True)
    assert find_course(None, near=near) == Course(course.folder.resolve())


def test_a_named_course_wins_over_the_one_around(course: Course, tmp_path: Path) -> None:
    """What is said on the command line is meant."""
    other = tmp_path / "other"
    write(other / "assignments/lab/assignment.py", GOOD)
    assert find_course(other, near=course.folder).folder == other.resolve()


def test_a_named_folder_that_is_no_course_is_refused(tmp_path: Path) -> None:
    """No second guess after a wrong name."""
    with pytest.raises(CourseError, match=r"is not a course: it has no folder `assignments`\. Name another"):
        find_course(tmp_path, near=tmp_path)


def test_where_there_is_no_course_the_message_says_how_to_name_one(tmp_path: Path) -> None:
    """It says where was looked, and what to do."""
    with pytest.raises(CourseError, match=r"No course was found at or above .* With --course, .* takes an empty one\."):
        find_course(None, near=tmp_path)
