"""The class that came with the first release, twelve notebooks of every verdict, is judged as it was then."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.end_to_end.digits import ROOT

GRADE = [sys.executable, "-c", "from grader.cli.grade import grade_command; grade_command()"]


def lines(report: Path) -> Iterator[str]:
    """What a report decides: of each exercise and check the verdict, the points and how many there are."""
    found = json.loads(report.read_text(encoding="utf-8"))
    for exercise in found["exercises"]:
        yield f"{report.stem} {exercise['id']}: {exercise['verdict']} {exercise['earned']} of {exercise['possible']}"
        for check in exercise["checks"]:
            yield f"  {check['id']}: {check['verdict']} {check['earned']} of {check['possible']}"


def test_verdicts_and_points_are_those_of_the_first_release(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    """Whatever changes in the house: a student who hands in the same is told the same."""
    submissions = str(ROOT / "assignments" / "digits" / "class")
    command = [*GRADE, submissions, "--out", str(tmp_path), "--course", str(ROOT), "--workers", "1"]
    subprocess.run(command, capture_output=True, cwd=tmp_path, timeout=300, check=False)
    reports = sorted((tmp_path / "reports").glob("*.json"))

    golden("digits_class.txt", "".join(f"{line}\n" for report in reports for line in lines(report)))
