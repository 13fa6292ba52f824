"""The night after the deadline: twelve ways to go wrong in one class, and what they cost others."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import commands
from tests.end_to_end.bad_class import NAME, OTHERS, STRANGER, write_class, write_others, write_roster
from tests.end_to_end.digits import ROOT
from tests.hostile.small_course import write_course

#: a word of what the summary says happened to each, and of what it says to do
TOLD = {
    "another_lab": ("looks like digits", "whether the right notebook"),
    "blank": ("The file is empty (0 bytes).", "hand in the notebook again"),
    "bomb": ("1,028 times its size", "hand in the notebook again"),
    "cell_less": ("answers nothing of this assignment", "whether the right notebook"),
    "cut_off": ("The file ends early", "hand in the notebook again"),
    "endless": ("more than 1 second of computing time", "Read the cell"),
    "greedy": ("more memory than the limit of 128 MB", "Read the cell"),
    "heavy": ("larger than the 64 MB we read", "hand in the notebook again"),
    "killer": ("PermissionError", "Read the cell"),
    "loud": ("printed more than 100,000 bytes", "Read the cell"),
    "=1+1<000A><202E>name": ("characters that cannot be seen", "whose work it is"),
    "slash": ("leads out of the zip", "hand in the notebook again"),
    STRANGER: ("roster does not name this student", "Compare the spelling"),
    "twice": ("counts for this student", "delete the file that shall not count"),
}
#: instead of that, of a submission to which a busy machine gave no time
BUSY = ("too busy", "Run the same command again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A class that was graded: what was printed, the exit code, and the folder of all that was written."""

    printed: str
    status: int
    out: Path

    @property
    def report(self) -> dict[str, Any]:
        """`class.json`."""
        return dict(json.loads((self.out / "class.json").read_bytes()))

    def rows(self) -> dict[str, Any]:
        """Of the forty-eight, as `class.json` has them."""
        return {row["student"]: row for row in self.report["students"] if row["student"] in OTHERS}

    def lines(self) -> dict[str, list[str]]:
        """Of the forty-eight, as `class.csv` has them."""
        with (self.out / "class.csv").open(newline="", encoding="utf-8") as file:
            return {line[0]: line for line in csv.reader(file) if line[0] in OTHERS}

    def reports(self) -> dict[str, Any]:
        """Of the forty-eight, without the part that tells of time and host."""
        stored = {name: json.loads((self.out / "reports" / f"{name}.json").read_bytes()) for name in OTHERS}
        return {name: {**report, "run": None} for name, report in stored.items()}


def graded(submissions: Path, course: Path, students: list[str]) -> Run:
    """`grade` with a roster of these students."""
    roster = write_roster(submissions.parent / "roster.csv", students)
    line = ("grade", submissions.name, "--course", course, "--roster", roster, "--out", "out")
    done = commands.run(*line, cwd=submissions.parent)
    assert "Traceback" not in done.stderr, done.stderr
    return Run(printed=done.stdout, status=done.returncode, out=submissions.parent / "out")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The forty-eight by themselves."""
    root = tmp_path_factory.mktemp("alone")
    write_course(root)
    return graded(write_others(root / "class"), root, list(OTHERS))


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All of them; the assignment that one of them answers stands beside the small one."""
    root = tmp_path_factory.mktemp("together")
    write_course(root)
    shutil.copytree(ROOT / "assignments" / "digits", root / "assignments" / "digits")
    known = {*OTHERS, *TOLD, NAME} - {STRANGER, "=1+1<000A><202E>name"}
    return graded(write_class(root / "class"), root, sorted(known))


def test_twelve_bad_submissions_change_nothing_for_the_others(alone: Run, together: Run) -> None:
    """Rows and reports of the other forty-eight are those of a class without them, byte by byte."""
    assert together.rows() == alone.rows()
    assert together.lines() == alone.lines()
    assert together.reports() == alone.reports()
    assert len(alone.rows()) == len(alone.lines()) == 48


def test_the_exit_code_tells_of_work_that_nobody_could_read(alone: Run, together: Run) -> None:
    """4, and 3 where a machine was too busy to give somebody the time; never a crash, never 0."""
    statuses = {row["status"] for row in together.report["students"]}

    assert alone.status == 0
    assert together.status == (3 if "not_graded" in statuses else 4)


@pytest.mark.parametrize(("student", "told"), TOLD.items(), ids=[ascii(name) for name in TOLD])
def test_the_summary_names_each_with_what_happened_and_what_to_do(
    together: Run, student: str, told: tuple[str, str]
) -> None:
    """On standard output, whole, as on every page made of the class."""
    unlucky = {row["student"] for row in together.report["students"] if row["status"] == "not_graded"}
    happened, to_do = BUSY if student in unlucky else told
    about = " ".join(together.printed.split()).partition(f" {student}: ")[2]

    assert happened in about[:500]
    assert to_do in about[:700]
