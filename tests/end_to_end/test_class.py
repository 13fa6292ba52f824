"""`grade FOLDER`: a class in one command, on a small course that needs only NumPy."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from grader.classes.classroom import CLASS_FILES
from grader.report.class_report import ClassReport
from tests import commands
from tests.end_to_end.digits import ROOT
from tests.hostile.small_course import DOUBLE, IMPORTS, TOTAL, handed_in, write_course
from tests.notebooks import code, notebook

STRIKE = [sys.executable, "-m", "tests.end_to_end.interrupting"]
NAMES = ("ada", "bela", "chen", "dora", "emre", "finn")

Json: TypeAlias = dict[str, Any]
Done: TypeAlias = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second assignment stands beside the small one, so that the right one has to be found."""
    folder = tmp_path_factory.mktemp("course")
    write_course(folder)
    shutil.copytree(ROOT / "assignments" / "digits", folder / "assignments" / "digits")
    return folder


@pytest.fixture(scope="module")
def first_run(course: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A class and what `grade` wrote beside it, to look at and to begin from; and how that run ended."""
    folder = six_students(tmp_path_factory.mktemp("graded"))
    return folder, grade(folder, course)


@pytest.fixture
def graded(first_run: tuple[Path, Done], tmp_path: Path) -> Path:
    """Six students whose class was graded, with its journal and reports."""
    return shutil.copytree(first_run[0].parent, tmp_path / "graded") / "class"


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    """Six students whose class was not graded yet."""
    return six_students(tmp_path)


def six_students(home: Path) -> Path:
    """Six students, of whom the last made a mistake."""
    folder = home / "class"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        wrong = DOUBLE.replace("2.0 * x", "x")
        (folder / f"{name}.ipynb").write_bytes(handed_in(wrong if name == NAMES[-1] else f"{DOUBLE}# {number}\n"))
    return folder


def grade(folder: Path, course: Path, *options: str) -> Done:
    given = ("--course", course, "--out", "out", "--workers", "1")
    return commands.run("grade", folder.name, *given, *options, cwd=folder.parent)


def struck(number: str, after: int, folder: Path, course: Path) -> Done:
    arguments = [*STRIKE, number, str(after), str(folder), str(folder.parent / "out"), str(course)]
    return subprocess.run(
        arguments, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False, start_new_session=True
    )


def class_json(folder: Path) -> Json:
    stored: Json = json.loads((folder.parent / "out" / "class.json").read_bytes())
    return stored


def outside_run(report: Json) -> Json:
    return {key: value for key, value in report.items() if key != "run"}


def written(folder: Path) -> dict[str, int]:
    """When each report file was last written, in nanoseconds."""
    return {path.name: path.stat().st_mtime_ns for path in (folder.parent / "out" / "reports").iterdir()}


def test_a_folder_becomes_reports_and_class_files(first_run: tuple[Path, Done]) -> None:
    """One command writes a report for each student and what they say together."""
    submissions, done = first_run
    report = ClassReport.model_validate(class_json(submissions))
    out = submissions.parent / "out"

    assert (done.returncode, "6 students: 6 graded." in done.stdout) == (0, True), done.stderr
    assert [row.score.earned for row in report.students if row.score] == [20, 20, 20, 20, 20, 10]
    assert [row.report for row in report.students] == [f"reports/{name}.json" for name in NAMES]
    assert {path.name for path in out.iterdir()} == {"reports", ".grader", *CLASS_FILES}
    assert set(written(submissions)) == {f"{name}{ending}" for name in NAMES for ending in (".json", ".txt", ".html")}


def test_an_unchanged_class_is_not_graded_again(graded: Path, course: Path) -> None:
    """The second run says the same, starts no worker, and leaves every report file alone."""
    before, files = class_json(graded), written(graded)
    grade(graded, course)

    assert class_json(graded)["run"]["from_journal"] == len(NAMES)
    assert outside_run(class_json(graded)) == outside_run(before)
    assert written(graded) == files


def test_only_what_grading_can_see_is_graded_again(graded: Path, course: Path) -> None:
    """New outputs cost nothing, new code is graded, and a new name changes the name in the report."""
    stream = {"output_type": "stream", "name": "stdout", "text": "1"}
    cells = (code(IMPORTS), code(DOUBLE + "# 0\n", outputs=[stream]), code(TOTAL))
    (graded / "ada.ipynb").write_bytes(notebook(*cells))
    (graded / "finn.ipynb").write_bytes(handed_in())
    (graded / "chen.ipynb").rename(graded / "chloe.ipynb")
    grade(graded, course)

    run = class_json(graded)["run"]
    stored = json.loads((graded.parent / "out" / "reports" / "chloe.json").read_bytes())
    assert (run["graded"], run["from_journal"]) == (1, 5)
    assert stored["submission"]["name"] == "chloe.ipynb"
    assert [row["score"]["earned"] for row in class_json(graded)["students"]] == [20] * 6


def test_no_cache_grades_everything_again(graded: Path, course: Path) -> None:
    """For whoever does not trust a journal."""
    grade(graded, course, "--no-cache")

    assert class_json(graded)["run"]["graded"] == len(NAMES)


def test_report_files_that_were_lost_or_edited_are_made_again(graded: Path, course: Path) -> None:
    """What stands in the output folder is what was graded, at no cost."""
    reports = graded.parent / "out" / "reports"
    kept = {path.name: path.read_bytes() for path in reports.iterdir()}
    (reports / "ada.json").unlink()
    (reports / "bela.txt").write_bytes(b"100 of 10 points")
    grade(graded, course)

    assert class_json(graded)["run"]["graded"] == 0
    assert {path.name: path.read_bytes() for path in reports.iterdir()} == kept


def test_workers_are_of_no_account(graded: Path, course: Path) -> None:
    """One or three of them: the same class report."""
    one = class_json(graded)
    grade(graded, course, "--workers", "3", "--no-cache")

    assert outside_run(class_json(graded)) == outside_run(one)


def test_reports_among_the_submissions_are_no_submission(submissions: Path, course: Path) -> None:
    """With `--out` below the class itself the next run passes it over, and says so."""
    grade(submissions, course, "--out", "class/out")
    again = grade(submissions, course, "--out", "class/out")
    stored = json.loads((submissions / "out" / "class.json").read_bytes())

    assert "class/out holds reports that the grader wrote, and no notebook; it is passed over." in again.stderr
    assert [row["student"] for row in stored["students"]] == list(NAMES)


@pytest.mark.parametrize("after", [1, 4])
def test_a_killed_run_is_continued_by_the_same_command(
    graded: Path, submissions: Path, course: Path, after: int
) -> None:
    """kill -9 of all at once: what was recorded is not graded again, and the report is as if nothing had happened."""
    killed = struck("SIGKILL", after, submissions, course)
    resumed = grade(submissions, course)

    assert (killed.returncode, resumed.returncode) == (-9, 0), resumed.stderr
    assert outside_run(class_json(submissions)) == outside_run(class_json(graded))
    assert class_json(submissions)["run"]["from_journal"] == after


def test_ctrl_c_says_how_to_go_on(submissions: Path, course: Path) -> None:
    """130, one line, and what was finished is kept."""
    stopped = struck("SIGINT", 3, submissions, course)
    grade(submissions, course)

    assert stopped.returncode == 130
    assert stopped.stderr.splitlines()[-1] == (
        "Stopped. 3 of 6 submissions are done and recorded; the same command continues with the others."
    )
    assert class_json(submissions)["run"]["from_journal"] == 3


WRONG_LINES = [
    pytest.param(["--format", "gradescope"], 2, "is for one notebook", id="a format of one"),
    pytest.param(["--html", "x.html"], 2, "--html is for one notebook", id="a page of one"),
    pytest.param(["--roster", "nowhere.csv"], 2, "nowhere.csv", id="no roster"),
    pytest.param(["--roster", "others.csv"], 2, "0 are on the roster others.csv", id="nobody on the roster"),
    pytest.param(["--roster", "others.csv", "--allow-unlisted"], 0, "6 graded", id="nobody on it, and never mind"),
    pytest.param(["--roster", "canvas.csv", "--column", "Lab 9"], 2, "Name one of these", id="no such column"),
    pytest.param(["--roster", "canvas.csv"], 0, "no assignment called", id="a gradebook that lacks the assignment"),
    pytest.param(["--assignment", "sums"], 2, "Assignments there: digits, small", id="no assignment"),
    pytest.param(["--out", "class"], 2, "holds what was handed in", id="into the class itself"),
    pytest.param(["--out", "class/ada.ipynb"], 2, "cannot be written", id="no folder"),
    pytest.param(["--fail-under", "60"], 1, "6 graded", id="below"),
]


@pytest.mark.parametrize(("options", "status", "sentence"), WRONG_LINES)
def test_the_exit_code_and_a_sentence_say_what_is_wrong(
    graded: Path, course: Path, options: list[str], status: int, sentence: str
) -> None:
    """As for one notebook; whether there is anything left to grade is no matter."""
    (graded.parent / "others.csv").write_text("id\nzoe\nyan\n")
    students = "".join(f"{name},{n},{name},S,\n" for n, name in enumerate(NAMES))
    (graded.parent / "canvas.csv").write_text(f"Student,ID,SIS Login ID,Section,Final (7)\n{students}")

    done = grade(graded, course, *options)

    assert done.returncode == status, done.stderr
    assert sentence in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
