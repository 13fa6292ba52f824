"""What a command says, writes and ends with, whoever reads it; on a small course that needs only NumPy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.render import RENDERERS
from tests import commands
from tests.end_to_end.digits import ROOT
from tests.hostile.small_course import handed_in, write_course
from tests.unit.reports import report

#: for a class of one
BAR = ("--fail-under", "100", "--workers", "1")
#: right on the example, wrong on what the hidden checks ask: 2 of 10 points in all of them, 2 of 2 of what is shown
HALF = "def double(x):\n    return 2.0 * x if x.size < 3 else x\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    write_course(folder)
    return folder


def grade(*arguments: str, course: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return commands.run("grade", *arguments, "--course", course, "--sandbox", "none", cwd=cwd)


def test_the_exit_code_counts_every_check(course: Path, tmp_path: Path) -> None:
    """--fail-under is about what was earned, not about what the reader may see of it."""
    (tmp_path / "x.ipynb").write_bytes(handed_in(HALF))
    done = grade("x.ipynb", "--audience", "student", "--fail-under", "90", course=course, cwd=tmp_path)

    assert "12 of 12 points (100 %)." in done.stdout
    assert done.returncode == 1


def test_a_platform_is_told_the_whole_score(course: Path, tmp_path: Path) -> None:
    """A share of what a student may see would be a grade that nobody earned."""
    (tmp_path / "x.ipynb").write_bytes(handed_in(HALF))
    done = grade("x.ipynb", "--audience", "student", "--format", "coursera", course=course, cwd=tmp_path)

    assert json.loads(done.stdout)["fractionalScore"] == 12 / 20


def test_a_gradebook_is_the_same_for_every_reader(course: Path, tmp_path: Path) -> None:
    """Full marks are full marks in every file of a class; the reports of its students keep what they may not see."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.ipynb").write_bytes(handed_in())
    written: dict[str, dict[str, str]] = {}
    for reader in ("instructor", "student"):
        done = grade("class", "--out", reader, "--audience", reader, *BAR, course=course, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        files = ("class.csv", "canvas.csv", "moodle.csv")
        written[reader] = {name: (tmp_path / reader / name).read_text("utf-8") for name in files}
    figures = json.loads((tmp_path / "student" / "class.json").read_bytes())
    report = json.loads((tmp_path / "student" / "reports" / "ada.json").read_bytes())

    assert written["student"] == written["instructor"]
    assert (figures["students"][0]["score"]["earned"], figures["statistics"]["mean"]) == (20, 100)
    assert '"score" value="20"' in (tmp_path / "student" / "junit.xml").read_text("utf-8")
    assert (report["audience"], report["exercises"][0]["withheld"]["checks"]) == ("student", 3)


def test_no_name_speaks_to_a_terminal_or_a_runner(course: Path, tmp_path: Path) -> None:
    """Folders and members of zips are called by whoever made them; all that is said of them is clean."""
    evil = "\x1b[2J\u202e\n::error::b"
    (tmp_path / evil / "out" / ".grader").mkdir(parents=True)
    (tmp_path / evil / "x.ipynb").write_bytes(handed_in())
    with zipfile.ZipFile(tmp_path / f"{evil}.zip", "w") as archive:
        archive.writestr(f"{evil}/y.ipynb", handed_in())
        archive.writestr(f"{evil}/z.txt", "no notebook")
    lines = [[f"{evil}.ipynb"], [evil, f"{evil}.zip", "--workers", "1"], [evil, "--roster", evil], [evil, f"--{evil}"]]
    for line in lines:
        done = grade(*line, course=course, cwd=tmp_path)
        said = done.stdout + done.stderr
        assert said.isprintable() or set(filter(lambda each: not each.isprintable(), said)) == {"\n"}
        assert [each for each in said.splitlines() if each.strip().startswith("::")] == []


#: commands, how each ends, and what it was asked for
COMMANDS = [
    pytest.param("grade x.ipynb --course COURSE", 0, set(), id="one notebook"),
    pytest.param(
        "grade x.ipynb --course COURSE --json r.json --html r.html --notebook r.ipynb",
        0,
        {"here/r.json", "here/r.html", "here/r.ipynb"},
        id="one notebook, in all forms",
    ),
    pytest.param("grade class --course COURSE --out out --workers 1", 0, {"here/out"}, id="a class"),
    pytest.param("grade nothing.ipynb --course COURSE", 2, set(), id="no notebook"),
    pytest.param("grader check quiz_training --course REPOSITORY --only solutions", 0, set(), id="a proof"),
    pytest.param("grader assignments --course COURSE", 0, set(), id="the list"),
    pytest.param("grader adapter gradescope small --course COURSE -o a.zip", 0, {"here/a.zip"}, id="an adapter"),
    pytest.param("grader export csv stored.json -o all.csv", 0, {"here/all.csv"}, id="an export"),
    pytest.param("grader export html stored.json -o pages", 0, {"here/pages"}, id="an export of pages"),
    pytest.param("grader release small --course COURSE -o handout", 0, {"here/handout"}, id="a release"),
    pytest.param(
        "grader new squares --course COURSE",
        0,
        {"course/assignments/squares", "course/reference/squares"},
        id="a new assignment",
    ),
    pytest.param("grader doctor", 0, set(), id="the doctor"),
]
COMMAND = (
    "import sys; from grader.cli import grade, staff; "
    "grade.run({'grade': grade.grade_app}.get(sys.argv.pop(1), staff.staff_app))"
)


@pytest.mark.parametrize(("line", "ends", "asked_for"), COMMANDS)
def test_a_command_leaves_what_was_asked_for_and_nothing_else(
    tmp_path: Path, line: str, ends: int, asked_for: set[str]
) -> None:
    """Neither in the current folder, nor in the home but for its cache, nor among temporary files or in the course.
    Each is started in a Python of its own, where it imports what it needs."""
    course, here, home, temporary = (tmp_path / name for name in ("course", "here", "home", "temporary"))
    write_course(course)
    for name, data in {
        "starter.ipynb": handed_in(HALF),
        "sample.ipynb": handed_in(),
        "README.md": b"# Small\n",
    }.items():
        (course / "assignments/small" / name).write_bytes(data)
    for place in (here / "class", home, temporary):
        place.mkdir(parents=True)
    for name in ("x.ipynb", "class/ada.ipynb"):
        (here / name).write_bytes(handed_in(HALF))
    (here / "stored.json").write_text(RENDERERS["json"](report()), encoding="utf-8")
    words = [{"COURSE": str(course), "REPOSITORY": str(ROOT)}.get(word, word) for word in line.split()]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(temporary)}
    before = {*tmp_path.rglob("*")}
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *words], cwd=here, env=environment, capture_output=True, text=True, check=False
    )
    after = {*tmp_path.rglob("*")}
    added = {str(path.relative_to(tmp_path)) for path in after - before if path.parent in before}

    assert (done.returncode, before - after) == (ends, set()), done.stderr
    assert added - {"home/.cache"} == asked_for
