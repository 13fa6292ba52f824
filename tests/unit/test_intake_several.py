"""Several notebooks of one student, where an assignment asks for them: all count, and none is an older version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from grader.classes.intake import Intake
from grader.classes.intake.collect import gather
from grader.classes.intake.contents import read_bytes
from grader.classes.intake.one_student import asked_for, is_of_one_student
from grader.course.folder import Course
from grader.errors import UnreadableSubmission
from grader.limits import NotebookLimits
from grader.notebook.bundle import MOST, each_of, read_together
from tests.english import spoken
from tests.notebooks import code, notebook
from tests.unit.handed_in import LIMITS, folder, reasons, zipped

N = notebook(code("x = 1"))
ASKED = ("numbers", "words")


def several(path: Path, asked: Sequence[str] = ASKED) -> Intake:
    """What is graded of whom."""
    return gather([path], assignment="ps1", roster=None, limits=LIMITS).settled("ps1", notebooks=asked)


def counting(intake: Intake) -> dict[str, list[str]]:
    """The notebooks that a grader will choose from, by student."""
    limits = NotebookLimits()
    read = {one.student.id: read_together(read_bytes(one, limits.file_bytes), limits) for one in intake.hand_ins}
    return {student: [each.name for each in each_of(found)] for student, found in read.items()}


CLASSES = [
    pytest.param(
        {"submitted/ada/ps1/numbers.ipynb": N, "submitted/ada/ps1/words.ipynb": N, "submitted/bob/ps1/words.ipynb": N},
        {"ada": ["numbers", "words"], "bob": [""]},
        id="nbgrader",
    ),
    pytest.param(
        {"ada/numbers.ipynb": N, "ada/deep/words.ipynb": N, "bob/a.ipynb": N, "bob/b.ipynb": N},
        {"ada": ["numbers", "words"], "bob": ["a", "b"]},
        id="folders",
    ),
    pytest.param(
        {"ada.zip": zipped({"numbers.ipynb": N, "words.ipynb": N, "helper.py": b"def f(): 1"}), "bob.ipynb": N},
        {"ada": ["numbers", "words"], "bob": [""]},
        id="zips",
    ),
]


@pytest.mark.parametrize(("files", "found"), CLASSES)
def test_all_notebooks_of_a_student_count(
    tmp_path: Path, files: Mapping[str, bytes], found: Mapping[str, list[str]]
) -> None:
    """Whose they are is known as ever; that one is no other version of another is not set aside."""
    intake = several(folder(tmp_path / "class", files))

    assert counting(intake) == found
    assert reasons(intake) == {}


def test_a_notebook_that_the_latest_attempt_lacks_is_taken_from_an_older_one(tmp_path: Path) -> None:
    """Who hands one of them in again takes the other back by no word; an older version of the same is set aside."""
    home = "submitted/ada/ps1"
    first = {f"{home}/numbers.ipynb": N, f"{home}/words.ipynb": N, f"{home}/timestamp.txt": b"2026-03-01 10:00:00 UTC"}
    second = {f"{home}/words.ipynb": N, f"{home}/timestamp.txt": b"2026-03-02 10:00:00 UTC"}
    paths = [folder(tmp_path / name, files) for name, files in (("first", first), ("second", second))]
    gathered = gather(paths, assignment="ps1", roster=None, limits=LIMITS)
    intake = gathered.settled("ps1", notebooks=ASKED)

    (ada,) = intake.hand_ins
    assert [(each.name, each.path.parts[-5]) for each in (ada, *ada.beside)] == [
        ("numbers.ipynb", "first"),
        ("words.ipynb", "second"),
    ]
    assert [each.where.partition("/")[0] for each in intake.set_aside] == ["first"]


def test_those_that_are_asked_for_are_among_the_many_that_are_read(tmp_path: Path) -> None:
    """However they come by name; each of the others is set aside with the reason."""
    names = [*(f"{n:03}" for n in range(MOST)), *ASKED]
    intake = several(folder(tmp_path / "class", {f"ada/{name}.ipynb": N for name in names}))

    assert [*counting(intake)["ada"]] == [*(f"{n:03}" for n in range(MOST - 2)), *ASKED]
    assert [each.where for each in intake.set_aside] == ["class/ada/098.ipynb", "class/ada/099.ipynb"]
    assert {spoken(each.reason).partition(";")[0] for each in intake.set_aside} == {
        f"It is one of more than {MOST} notebooks of one student"
    }


def test_where_one_notebook_is_asked_for_one_counts(tmp_path: Path) -> None:
    """As ever."""
    intake = several(folder(tmp_path / "class", {"ada/a.ipynb": N, "ada/b.ipynb": N}), asked=())

    assert counting(intake) == {"ada": [""]}
    assert len(reasons(intake)["ada"]) == 1


def test_together_they_are_no_larger_than_one_may_be(tmp_path: Path) -> None:
    """The limit is one of a submission."""
    (ada,) = several(folder(tmp_path / "class", {"ada/numbers.ipynb": N, "ada/words.ipynb": N})).hand_ins

    with pytest.raises(UnreadableSubmission):
        read_bytes(ada, len(N) + 1)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """With an assignment that asks for two, and one that asks for one called as a student is."""
    files = {
        "assignments/two/assignment.py": b"",
        "assignments/two/starter/numbers.ipynb": N,
        "assignments/two/starter/words.ipynb": N,
        "assignments/one/assignment.py": b"",
        "assignments/one/starter.ipynb": N,
    }
    return Course(folder(tmp_path / "course", files))


#: what lies in a folder, or in a zip; and whether it is one student's
WHOSE = [
    pytest.param({"numbers.ipynb": N, "words.ipynb": N}, True, id="as asked"),
    pytest.param({"Words.ipynb": N, "numbers-final.ipynb": N, "data.csv": b""}, True, id="one by its name"),
    pytest.param({"ada.ipynb": N, "bob.ipynb": N}, False, id="a class of files"),
    pytest.param({"starter.ipynb": N, "bob.ipynb": N}, False, id="a name that nobody asks for"),
    pytest.param({"ada/numbers.ipynb": N, "bob/numbers.ipynb": N}, False, id="a class of folders"),
    pytest.param({"numbers.ipynb": N, "words.ipynb": N, "ada/numbers.ipynb": N}, False, id="a folder beside them"),
    pytest.param({"numbers.ipynb": N}, False, id="one alone"),
]


@pytest.mark.parametrize(("files", "one"), WHOSE)
def test_a_folder_or_zip_is_one_students_if_a_file_bears_a_name_that_is_asked_for(
    tmp_path: Path, course: Course, files: Mapping[str, bytes], one: bool
) -> None:
    """Of a class each would bear a student's."""
    home = folder(tmp_path / "handed in", files)
    packed = tmp_path / "handed in.zip"
    packed.write_bytes(zipped(files))

    assert is_of_one_student([home], course, None) is one
    assert is_of_one_student([packed], course, "two") is one
    assert is_of_one_student([home], course, "one") is False
    if not any("/" in name or name.endswith("csv") for name in files):
        assert is_of_one_student([home / name for name in files], course, None) is one


def test_what_is_asked_for_is_known_by_what_is_handed_out(course: Course) -> None:
    """No assignment has to be executed for it."""
    assert asked_for(course, None) == {"numbers", "words"}
    assert asked_for(course, "one") == frozenset()
