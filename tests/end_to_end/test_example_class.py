"""The class that came with the first release, twelve notebooks of every verdict: judged as it was then; judged again by
a milder check, as a what-if that leaves no trace once it is undone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import commands
from tests.end_to_end.digits import ROOT

GRADE = [sys.executable, "-c", "from grader.cli.grade import grade_command; grade_command()"]
#: whatever the activations are: only the widths are asked
ACTIVATIONS = re.compile(r'Aspect\(\s+"activations",.*?\n        \)\n', re.DOTALL)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `grade` wrote of the class."""
    folder = tmp_path_factory.mktemp("example")
    submissions = str(ROOT / "assignments" / "digits" / "class")
    command = [*GRADE, submissions, "--out", str(folder), "--course", str(ROOT), "--workers", "1"]
    subprocess.run(command, capture_output=True, cwd=folder, timeout=300, check=False)
    return folder


@pytest.fixture
def milder(tmp_path: Path) -> Path:
    """The course with one check that anybody passes whose layers have the right widths."""
    for kind in ("assignments", "reference"):
        shutil.copytree(ROOT / kind / "digits", tmp_path / "course" / kind / "digits")
    assignment = tmp_path / "course" / "assignments" / "digits" / "assignment.py"
    text, times = ACTIVATIONS.subn('Aspect("units")\n', assignment.read_text(encoding="utf-8"))
    assert times == 1
    assignment.write_text(text, encoding="utf-8")
    return tmp_path / "course"


def lines(report: Path) -> Iterator[str]:
    """What a report decides: of each exercise and check the verdict, the points and how many there are."""
    found = json.loads(report.read_text(encoding="utf-8"))
    for exercise in found["exercises"]:
        yield f"{report.stem} {exercise['id']}: {exercise['verdict']} {exercise['earned']} of {exercise['possible']}"
        for check in exercise["checks"]:
            yield f"  {check['id']}: {check['verdict']} {check['earned']} of {check['possible']}"


def content(folder: Path) -> dict[str, bytes]:
    """Every file of the class."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def points(folder: Path) -> dict[str, int | None]:
    """What each report's score is; None of one without."""
    reports = sorted((folder / "reports").glob("*.json"))
    scores = {path.stem: json.loads(path.read_text(encoding="utf-8"))["score"] for path in reports}
    return {name: None if score is None else score["earned"] for name, score in scores.items()}


def regrade(folder: Path, *options: str) -> str:
    """What `grader regrade` says."""
    done = commands.run("grader", "regrade", folder, *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_verdicts_and_points_are_those_of_the_first_release(graded: Path, golden: Callable[[str, str], None]) -> None:
    """Whatever changes in the house: a student who hands in the same is told the same."""
    reports = sorted((graded / "reports").glob("*.json"))

    golden("digits_class.txt", "".join(f"{line}\n" for report in reports for line in lines(report)))


def test_a_what_if_shows_who_gains_and_leaves_no_trace_once_undone(graded: Path, milder: Path, tmp_path: Path) -> None:
    """A milder check: nothing changes until it is applied; then those alone change who gain; undone, every byte is as
    before."""
    folder = tmp_path / "class"
    shutil.copytree(graded, folder)
    before, earned = content(folder), points(folder)

    told = json.loads(regrade(folder, "--course", str(milder), "--json", "-"))
    gains = {work["who"]: work["now"]["earned"] for work in told["works"] if work["direction"] == "gains"}
    assert (earned["cleo"], gains) == (86, {"cleo": 100})
    assert points(folder) == earned

    regrade(folder, "--apply", "--only-gains", "--reason", "ReLU was not asked for in the text.")
    assert points(folder) == earned | gains
    assert "ReLU was not asked for" in (folder / "reports" / "cleo.json").read_text(encoding="utf-8")

    regrade(folder, "--undo")
    assert content(folder) == before
