"""`grader statistics` over stored classes: as table, JSON and CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from grader.classes.statistics_command import StatisticsRequest, show_statistics
from grader.errors import UnreadableReport, UsageError
from grader.render import RENDERERS
from grader.render.classes import CLASS_RENDERERS
from grader.report.check_figures import AssignmentFigures
from grader.report.report import AssignmentReference, Report
from tests.unit.classes import class_of, row, work

LAB = AssignmentReference(id="lab", title="A lab", version="1")


def store(folder: Path, reports: dict[str, Report]) -> Path:
    """A folder as `grade --out` leaves it."""
    (folder / "reports").mkdir(parents=True)
    for student, found in reports.items():
        text = RENDERERS["json"](found.model_copy(update={"assignment": LAB}))
        (folder / "reports" / f"{student}.json").write_text(text, encoding="utf-8")
    found_class = class_of(*(row(student, found) for student, found in reports.items()))
    (folder / "class.json").write_text(CLASS_RENDERERS["json"](found_class, ()), encoding="utf-8")
    return folder


def test_each_folder_is_the_next_attempt_of_everybody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By JSON: figures of the last one, and of each."""
    first = store(tmp_path / "first", {"ada": work(0, 20), "ben": work(30, 20)})
    second = store(tmp_path / "second", {"ada": work(30, 20)})
    assert show_statistics(StatisticsRequest(folders=(first, second), json=Path("-"))) == 0
    found = AssignmentFigures.model_validate_json(capsys.readouterr().out)

    assert (found.students, found.attempts) == (2, 3)
    check = found.checks[0]
    assert (check.now.passed, check.now.tried, check.first_pass_attempt) == (2, 2, 1.5)
    assert [each.passing.share for each in check.by_attempt] == [0.5, 1.0]


def test_a_spreadsheet_gets_a_line_for_each_check(tmp_path: Path) -> None:
    """With a column for each attempt."""
    folder = store(tmp_path / "class", {"ada": work(0, 20)})
    show_statistics(StatisticsRequest(folders=(folder,), csv=tmp_path / "checks.csv", quiet=True))
    lines = list(csv.DictReader(io.StringIO((tmp_path / "checks.csv").read_text(encoding="utf-8"))))

    assert [(line["exercise"], line["check"], line["share"], line["share_attempt_1"]) for line in lines][:1] == [
        ("double", "check0", "0", "0")
    ]


def test_a_terminal_gets_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of all checks, whoever passes them."""
    show_statistics(StatisticsRequest(folders=(store(tmp_path / "class", {"ada": work(0, 20)}),)))
    shown = capsys.readouterr().out
    assert "double: Title of check0" in shown


def test_what_is_no_class_is_refused(tmp_path: Path) -> None:
    """With what to name instead."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        show_statistics(StatisticsRequest(folders=(tmp_path / "empty",)))
    with pytest.raises(UsageError, match="is not a folder"):
        show_statistics(StatisticsRequest(folders=(tmp_path / "none",)))
    folder = store(tmp_path / "unreadable", {})
    with pytest.raises(UnreadableReport):
        show_statistics(StatisticsRequest(folders=(folder,)))
