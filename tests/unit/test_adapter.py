"""Adapters as archives: what they hold, that they are the same again, and which file of a submission they grade."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.errors import CourseError, GraderError, UnreadableSubmission, UsageError
from grader.notebook.bundle import MOST
from grader.platforms import AdapterRequest, make_adapter, packed
from grader.platforms.archive import ArchiveFile, archived
from grader.platforms.handed_in import handed_in
from grader.platforms.parts import Part, only_part, parse_part, read_parts, written
from grader.platforms.platforms import PLATFORMS
from grader.platforms.wheel import constraints, wheel
from grader.report.report import Status
from tests.english import all_spoken, refusing
from tests.exercises import DIGITS
from tests.hostile.small_course import write_course
from tests.notebooks import code, notebook
from tests.unit.reports import check, exercise, not_graded, report

SOFTMAX_CELL, MODEL_CELL = code("def my_softmax(z): pass"), code("# GRADED CELL: Sequential model\nmodel = 1")
BOTH, ONE, NEITHER = notebook(SOFTMAX_CELL, MODEL_CELL), notebook(SOFTMAX_CELL), notebook(code("x = 1"))
SCRIPT = b"def my_softmax(z):\n    return z\n"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    write_course(tmp_path / "course")
    return Course(tmp_path / "course")


def asked(platform: str = "gradescope", *, parts: tuple[str, ...] = (), output: Path = Path("a.zip")) -> AdapterRequest:
    return AdapterRequest(
        platform=platform, assignment="small", output=output, course=None, parts=parts, sandbox="auto"
    )


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_adapter_is_the_same_bytes_again(platform: str, course: Course) -> None:
    """No date, no order of the disk: staff can tell by its digest what was uploaded."""
    assert packed(asked(platform), course) == packed(asked(platform), course)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_adapter_holds_one_assignment_with_its_reference_and_no_notebook(platform: str, course: Course) -> None:
    """Other assignments' references have no business there, nor have samples and caches."""
    for name in (
        "assignments/other/assignment.py",
        "assignments/small/sample.ipynb",
        "assignments/small/__pycache__/x",
    ):
        (course.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (course.folder / name).write_text("", encoding="utf-8")
    with opened(packed(asked(platform), course)) as archive:
        found = [name for name in archive.namelist() if name.startswith("course/")]

    assert found == [
        "course/assignments/small/assignment.py",
        "course/reference/small/solution.py",
        "course/reference/small/wrong/nothing.txt",
    ]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_the_platform_starts_is_a_program(platform: str, course: Course) -> None:
    """Unpacked with the permissions in the zip, scripts can be run."""
    with opened(packed(asked(platform), course)) as archive:
        programs = {entry.filename for entry in archive.infolist() if entry.external_attr >> 16 & 0o111}

    assert programs == set(PLATFORMS[platform].programs)


@pytest.mark.parametrize(
    "path", sorted(p.name for p in resources.files("grader.platforms").joinpath("files").iterdir())
)
def test_the_scripts_are_valid_shell(path: str) -> None:
    """Each is read by `sh` without being run; a Dockerfile is not for it."""
    text = resources.files("grader.platforms").joinpath("files", path).read_text(encoding="utf-8")
    done = subprocess.run(["sh", "-n"], input=text, capture_output=True, text=True, check=False)

    assert path == "Dockerfile" or (done.returncode, done.stderr) == (0, "")


def test_two_files_for_one_path_are_refused() -> None:
    """A zip would keep both, and whoever unpacks it one of them."""
    with pytest.raises(ValueError, match=r"two files for a\.txt"):
        archived([ArchiveFile(path="a.txt", data=b""), ArchiveFile(path="a.txt", data=b"x")])


def test_the_wheel_lists_each_of_its_files_with_its_digest() -> None:
    """As pip checks it."""
    with opened(wheel().data) as archive:
        (record,) = [name for name in archive.namelist() if name.endswith(".dist-info/RECORD")]
        rows = [line.split(",") for line in archive.read(record).decode().splitlines()]
        sizes = {name: str(len(archive.read(name))) for name in archive.namelist()}

    assert {name for name, *_ in rows} == sizes.keys()
    assert all(size == sizes[name] for name, digest, size in rows if digest)
    assert {"grader/cli/grade.py", "grader/platforms/files/run_autograder"} <= sizes.keys()


def test_the_wheel_brings_its_commands() -> None:
    """The scripts call `grader`."""
    with opened(wheel().data) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert "grader = grader.cli.staff:grader_command" in archive.read(name).decode()


def test_every_package_is_pinned_and_no_index_named() -> None:
    """A container installs what was tried here, from wherever it gets its packages."""
    lines = constraints().splitlines()

    assert [line for line in lines if line.count("==") != 1 or "/" in line] == []
    assert "numpy" in {line.partition("==")[0] for line in lines}


def test_the_archive_is_written_and_its_secret_in_english(
    tmp_path: Path, course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever makes it is told that it holds the answers."""
    output = tmp_path / "autograder.zip"

    assert make_adapter(asked(output=output), environment={"GRADER_COURSE": str(course.folder)}) == 0
    assert "It holds the reference: give it to no student." in capsys.readouterr().out
    assert "run_autograder" in opened(output.read_bytes()).namelist()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, course: Course) -> None:
    """The message names -o."""
    (tmp_path / "no").touch()
    with pytest.raises(UsageError, match="Name another file with -o"):
        make_adapter(asked(output=tmp_path / "no" / "a.zip"), environment={"GRADER_COURSE": str(course.folder)})


# Parts


def test_parts_travel_in_a_table(course: Course) -> None:
    """What the command line said is read again in the container."""
    parts = tuple(parse_part(text, course.assignment("small")) for text in ("a1B2c=double", 'x"=double, total'))
    with opened(packed(asked("coursera", parts=("a1B2c=double", 'x"=double, total')), course)) as archive:
        path = course.folder / "parts.toml"
        path.write_bytes(archive.read("parts.toml"))

    assert (
        read_parts(path)
        == parts
        == (Part(id="a1B2c", exercises=("double",)), Part(id='x"', exercises=("double", "total")))
    )


@pytest.mark.parametrize("text", ["a1B2c", "=double", "a1B2c=", "a1B2c=triple", "a1B2c=double,triple"])
def test_a_part_that_says_nothing_is_refused(text: str, course: Course) -> None:
    """The message lists the exercises."""
    with pytest.raises(UsageError, match="double, total"):
        parse_part(text, course.assignment("small"))


def test_a_part_is_said_once() -> None:
    """The second would silently be the only one."""
    with pytest.raises(UsageError, match="says twice what a is"):
        written([Part(id="a", exercises=("double",)), Part(id="a", exercises=("total",))])


def test_only_coursera_has_parts(course: Course) -> None:
    """An option that would do nothing is refused."""
    with pytest.raises(UsageError, match="gradescope has no parts"):
        packed(asked("gradescope", parts=("a=double",)), course)


@pytest.mark.parametrize("text", ["", "parts = 3", "parts", "[parts]\na = 3"])
def test_a_damaged_table_is_ours(text: str, tmp_path: Path) -> None:
    """Nobody is graded by half a table."""
    (tmp_path / "parts.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match="is no table of parts"):
        read_parts(tmp_path / "parts.toml")


WHOLE = report(exercise(check("right")), not_graded(), status=Status.NOT_GRADED)
PARTS = (Part(id="a", exercises=("double",)), Part(id="b", exercises=("model",)))


@pytest.mark.parametrize(
    ("part", "parts", "exercises", "status"),
    [
        pytest.param("a", PARTS, ["double"], Status.GRADED, id="the part that was graded"),
        pytest.param("b", PARTS, ["model"], Status.NOT_GRADED, id="the part that was not"),
        pytest.param("a", (), ["double", "model"], Status.NOT_GRADED, id="no table: all of it"),
        pytest.param(None, (), ["double", "model"], Status.NOT_GRADED, id="neither"),
    ],
)
def test_a_part_is_scored_by_its_own_exercises(
    part: str | None, parts: tuple[Part, ...], exercises: list[str], status: Status
) -> None:
    """Exercises, points and status are those of the part."""
    shown = only_part(WHOLE, part, parts)

    assert ([one.id for one in shown.exercises], shown.status) == (exercises, status)
    assert shown.score is not None
    assert shown.score.possible == sum(one.possible for one in shown.exercises)


@pytest.mark.parametrize("part", ["c", None])
def test_a_part_that_is_in_no_table_is_ours(part: str | None) -> None:
    """Never the points of another part, and never a zero for it."""
    with pytest.raises(CourseError, match="Make the adapter again"):
        only_part(WHOLE, part, PARTS)


# Which file is graded


@pytest.mark.parametrize(
    ("files", "graded"),
    [
        pytest.param({"lab.ipynb": BOTH}, "lab.ipynb", id="one"),
        pytest.param({"a.ipynb": BOTH, "z.ipynb": ONE}, "a.ipynb", id="the one with more exercises"),
        pytest.param(
            {"a.ipynb": NEITHER, "b.ipynb": ONE, "submission.ipynb": b"?"}, "b.ipynb", id="one that is readable"
        ),
        pytest.param({"a.ipynb": BOTH, "submission.ipynb": BOTH}, "submission.ipynb", id="the expected name"),
        pytest.param({"digits.ipynb": BOTH, "other.ipynb": BOTH}, "digits.ipynb", id="the assignment's name"),
        pytest.param({"a.ipynb": BOTH, "old/b.ipynb": BOTH}, "a.ipynb", id="the outer one"),
        pytest.param({"a.ipynb": BOTH, "b.ipynb": BOTH}, "b.ipynb", id="the last by name"),
        pytest.param({"a.ipynb": ONE, "plot.png": b"", "helper.py": b""}, "a.ipynb", id="other files beside it"),
        pytest.param({"a.ipynb": NEITHER, "work.py": SCRIPT}, "work.py", id="a script that answers more"),
        pytest.param(
            {"a.ipynb": notebook(code(SCRIPT.decode())), "digits.py": SCRIPT},
            "a.ipynb",
            id="a notebook before a script",
        ),
        pytest.param({"a.ipynb": ONE, ".ipynb_checkpoints/a.ipynb": BOTH}, "a.ipynb", id="no checkpoints"),
        pytest.param({"notebook.txt": BOTH}, "notebook.txt", id="alone, by another name"),
    ],
)
def test_the_notebook_that_answers_most_is_graded(files: dict[str, bytes], graded: str, tmp_path: Path) -> None:
    """By what is in it first; names only where that tells nothing."""
    assert handed_in(_folder(tmp_path, files), DIGITS).name == graded


def test_the_others_are_named(tmp_path: Path) -> None:
    """The student learns which file the points are for."""
    found = handed_in(_folder(tmp_path, {"a.ipynb": NEITHER, "b/c.ipynb": ONE}), DIGITS)
    assert all_spoken(found.notices) == (
        "You handed in several files. 'b/c.ipynb' was graded; these were not: 'a.ipynb'.",
    )
    assert handed_in(_folder(tmp_path / "helped", {"a.ipynb": ONE, "helper.py": b"x = 1"}), DIGITS).notices == ()


def test_of_several_that_are_asked_for_none_is_passed_over_without_a_word(tmp_path: Path) -> None:
    """All that are read go on together, and those beyond them are named."""
    first, *others = DIGITS.exercises
    exercises = (first.model_copy(update={"notebook": "a"}), *(x.model_copy(update={"notebook": "b"}) for x in others))
    several = DIGITS.model_copy(update={"exercises": exercises})
    found = handed_in(_folder(tmp_path, {f"{n:03}.ipynb": ONE for n in range(MOST + 1)}), several)

    assert len(zipfile.ZipFile(io.BytesIO(found.data)).namelist()) == MOST
    assert "these were not: 100.ipynb." in " ".join(all_spoken(found.notices))


def test_a_notebook_in_a_zip_counts(tmp_path: Path) -> None:
    """Some hand in what the file manager made of the folder."""
    folder = _folder(tmp_path, {"lab.zip": archived([ArchiveFile(path="lab/x.ipynb", data=ONE)])})
    assert handed_in(folder, DIGITS).data == ONE


@pytest.mark.parametrize(
    "files",
    [pytest.param({}, id="nothing"), pytest.param({"a.csv": b"", "b.csv": b""}, id="no notebook")],
)
def test_no_notebook_is_told_to_the_student(files: dict[str, bytes], tmp_path: Path) -> None:
    """With what to do about it."""
    with refusing(UnreadableSubmission, match=r"no \.ipynb file.*File > Download"):
        handed_in(_folder(tmp_path, files), DIGITS)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """It could lead to the reference."""
    secret = tmp_path / "solution.ipynb"
    secret.write_bytes(BOTH)
    folder = _folder(tmp_path / "in", {})
    (folder / "lab.ipynb").symlink_to(secret)
    with refusing(UnreadableSubmission, match="It is a link"):
        handed_in(folder, DIGITS)


def test_a_submission_folder_that_is_not_there_is_ours(tmp_path: Path) -> None:
    """The platform puts it there, not the student."""
    with pytest.raises(GraderError, match="where submissions should lie"):
        handed_in(tmp_path / "gone", DIGITS)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_stands_there_if_we_fail_says_so_and_judges_nothing(
    platform: str, golden: Callable[[str, str], None]
) -> None:
    """Gradescope gets no score at all; Coursera, which knows none, a sentence."""
    failed = PLATFORMS[platform].failed

    golden(f"formats/failed_{platform}.json", failed.text)
    assert not {"score", "tests"} & json.loads(failed.text).keys()


def _folder(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder
