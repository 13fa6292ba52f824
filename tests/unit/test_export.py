"""`grader export`: stored reports in another format, and what becomes of files that are none."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.classes.export import ExportRequest, export
from grader.cli.staff import staff_app
from grader.course.assignment import Visibility
from grader.errors import UnreadableReport, UsageError
from grader.render import RENDERERS, WHOLE, json_report
from grader.render.classes import CLASS_RENDERERS
from grader.report.audience import seen_by
from grader.report.report import AssignmentReference, Audience, Verdict
from tests.unit.classes import CLASS, REPORTS, work
from tests.unit.reports import check, exercise, report


def store(folder: Path) -> Path:
    """A folder as `grade --out` leaves it: one report for each student who handed in something, and class.json."""
    (folder / "reports").mkdir()
    for student, found in REPORTS.items():
        (folder / "reports" / f"{student}.json").write_text(RENDERERS["json"](found), encoding="utf-8")
        (folder / "reports" / f"{student}.txt").write_text("shown", encoding="utf-8")
    (folder / "class.json").write_text(CLASS_RENDERERS["json"](CLASS, ()), encoding="utf-8")
    return folder


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    return store(tmp_path)


def asked(format: str, *reports: Path, output: Path | None = None, audience: str = "instructor") -> ExportRequest:
    return ExportRequest(format=format, reports=reports, output=output, audience=audience)


@pytest.mark.parametrize("format", CLASS_RENDERERS)
def test_a_stored_class_is_drawn_as_it_was_when_graded(
    stored: Path, format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same bytes, later: renderers are functions of reports."""
    assert export(asked(format, stored)) == 0
    assert capsys.readouterr().out == CLASS_RENDERERS[format](CLASS, REPORTS.values())


@pytest.mark.parametrize("format", RENDERERS)
def test_a_single_report_is_drawn_as_it_was_when_graded(
    stored: Path, format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file is one submission."""
    assert export(asked(format, stored / "reports" / "ben.json")) == 0
    assert capsys.readouterr().out == RENDERERS[format](REPORTS["ben"])


@pytest.mark.parametrize("format", sorted(WHOLE))
def test_a_platform_of_single_files_gets_a_folder(stored: Path, tmp_path: Path, format: str) -> None:
    """One for each submission, called like its report."""
    assert export(asked(format, stored, output=tmp_path / "new")) == 0
    written = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "new").iterdir()}
    assert written == {student: RENDERERS[format](found) for student, found in REPORTS.items()}


def test_reports_without_class_json_become_a_class(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its students are called like the files; who handed in nothing is not known."""
    (stored / "class.json").unlink()
    assert export(asked("csv", stored)) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(line["student"], line["status"], line["earned"]) for line in lines] == [
        ("anna", "graded", "50"),
        ("ben", "graded", "20"),
        ("cem", "unreadable", ""),
        ("dora", "not_graded", ""),
        ("eve", "graded", "0"),
    ]


def test_a_class_put_together_names_whom_to_look_after(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each row without a score, with what to do; a zero is no trouble."""
    (stored / "class.json").unlink()
    export(asked("json", stored))
    troubles = json.loads(capsys.readouterr().out)["troubles"]
    assert [trouble["what"].partition(":")[0] for trouble in troubles] == ["cem", "dora"]


def test_an_audience_is_obeyed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a check withholds is not exported for a student."""
    secret = report(exercise(check("a"), check("b", Verdict.FAILED, message="SECRET", visibility=Visibility.HIDDEN)))
    path = tmp_path / "a.json"
    path.write_text(RENDERERS["json"](secret), encoding="utf-8")
    export(asked("junit", path, audience="student"))
    assert "SECRET" not in capsys.readouterr().out


DAMAGED = [
    pytest.param("", "not a report", id="empty"),
    pytest.param(RENDERERS["json"](REPORTS["anna"])[:300], "not a report", id="cut off"),
    pytest.param('{"cells": []}', "not a report", id="a notebook"),
    pytest.param(CLASS_RENDERERS["json"](CLASS, ()), "not a report", id="a class report"),
    pytest.param(
        RENDERERS["json"](REPORTS["anna"]).replace('"schema_version": 2', '"schema_version": 7'),
        "another version of the grader (schema 7)",
        id="a later version",
    ),
]


@pytest.mark.parametrize(("text", "reason"), DAMAGED)
@pytest.mark.parametrize("noted", [True, False], ids=["with class.json", "without"])
def test_a_damaged_file_is_named_and_costs_the_others_nothing(
    stored: Path, text: str, reason: str, noted: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3, which file, why, and what to do; all others are exported."""
    if not noted:
        (stored / "class.json").unlink()
    (stored / "reports" / "ben.json").write_text(text, encoding="utf-8")
    assert export(asked("junit", stored)) == 3
    out, err = capsys.readouterr()
    assert [student for student in REPORTS if f'testsuite name="{student}"' in out] == ["anna", "cem", "dora", "eve"]
    assert f"{stored / 'reports' / 'ben.json'} " in err
    assert reason in err
    assert len(err.splitlines()) == 1


def test_the_command_hands_over_what_was_typed(stored: Path, tmp_path: Path) -> None:
    """`grader export FORMAT REPORTS -o FILE`."""
    line = ["export", "moodle", str(stored), "-o", str(tmp_path / "m.csv")]
    assert CliRunner().invoke(staff_app, line).exit_code == 0
    assert (tmp_path / "m.csv").read_text(encoding="utf-8") == CLASS_RENDERERS["moodle"](CLASS, ())


@pytest.mark.parametrize(("options", "schema"), [([], json_report.schema()), (["--class"], json_report.class_schema())])
def test_both_schemas_are_published(options: list[str], schema: str) -> None:
    """`grader schema` for a report, `grader schema --class` for class.json."""
    assert CliRunner().invoke(staff_app, ["schema", *options]).stdout == schema


def test_a_lost_report_is_named(stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """class.json still has its row, so nothing of the gradebook is lost."""
    (stored / "reports" / "ben.json").unlink()
    assert export(asked("csv", stored, output=tmp_path / "c.csv")) == 3
    assert "ben.json cannot be read" in capsys.readouterr().err
    assert (tmp_path / "c.csv").read_text(encoding="utf-8") == CLASS_RENDERERS["csv"](CLASS, ())


@pytest.mark.parametrize("path", ["../secret.json", "/etc/hostname"])
def test_class_json_leads_nowhere_else(stored: Path, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed file does not make us open others."""
    text = (stored / "class.json").read_text(encoding="utf-8").replace("reports/ben.json", path)
    (stored / "class.json").write_text(text, encoding="utf-8")
    assert export(asked("junit", stored)) == 3
    assert "lies elsewhere" in capsys.readouterr().err


def test_a_report_on_another_lab_is_left_out_of_the_class(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Points of two assignments, or of two versions, cannot be compared."""
    (stored / "class.json").unlink()
    other = work(30, 20, assignment=AssignmentReference(id="lab", title="A lab", version="2"))
    (stored / "reports" / "anna.json").write_text(RENDERERS["json"](other), encoding="utf-8")
    assert export(asked("csv", stored)) == 3
    out, err = capsys.readouterr()
    assert "anna" not in out
    assert "is not on lab, version 1" in err


def test_what_a_student_may_see_is_not_summed_up(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It lacks points."""
    (stored / "class.json").unlink()
    seen = seen_by(REPORTS["anna"], Audience.STUDENT)
    (stored / "reports" / "anna.json").write_text(RENDERERS["json"](seen), encoding="utf-8")
    assert export(asked("csv", stored)) == 3
    assert "Export the instructor's report." in capsys.readouterr().err


def test_nothing_at_all_to_export_is_an_error_with_all_reasons(tmp_path: Path) -> None:
    """An empty table would look like an empty class."""
    (tmp_path / "a.json").write_text(json.dumps({}), encoding="utf-8")
    with pytest.raises(UnreadableReport, match=r"(?s)None of these.*a\.json is not a report"):
        export(asked("csv", tmp_path))


@pytest.mark.parametrize("noted", [True, False], ids=["with class.json", "without"])
@pytest.mark.parametrize("format", ["csv", "canvas", "moodle", "json", "github_summary", "text", "html"])
def test_points_of_a_class_are_the_same_for_every_reader(
    stored: Path, format: str, noted: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """A gradebook holds what was earned; the audience decides only what a person reads of a report."""
    if not noted:
        (stored / "class.json").unlink()
    half = report(exercise(check("a"), check("b", visibility=Visibility.HIDDEN)))
    (stored / "reports" / "anna.json").write_text(RENDERERS["json"](half), encoding="utf-8")
    drawn = []
    for audience in ("instructor", "student"):
        assert export(asked(format, stored, audience=audience)) == 0
        drawn.append(capsys.readouterr().out)
    assert drawn[0] == drawn[1]


def test_a_suite_has_the_score_of_its_row(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its cases are those that the reader may see; the sum is what was earned."""
    (stored / "class.json").unlink()
    for path in (stored / "reports").glob("*.json"):
        path.unlink()
    whole = report(exercise(check("a"), check("b", message="SECRET", visibility=Visibility.HIDDEN)))
    (stored / "reports" / "anna.json").write_text(RENDERERS["json"](whole), encoding="utf-8")
    assert export(asked("junit", stored, audience="student")) == 0
    drawn = capsys.readouterr().out
    assert '<property name="score" value="20" />' in drawn
    assert '<property name="max_score" value="20" />' in drawn
    assert "SECRET" not in drawn


@pytest.mark.parametrize("format", sorted(WHOLE))
def test_a_platform_is_told_the_whole_score(tmp_path: Path, format: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It keeps from students itself what they may not see."""
    whole = report(exercise(check("a"), check("b", visibility=Visibility.HIDDEN)))
    (tmp_path / "a.json").write_text(RENDERERS["json"](whole), encoding="utf-8")
    assert export(asked(format, tmp_path / "a.json", audience="student")) == 0
    assert capsys.readouterr().out == RENDERERS[format](whole)


@pytest.mark.parametrize("format", sorted(WHOLE))
def test_no_score_for_a_platform_is_made_of_a_report_that_lacks_points(
    stored: Path, tmp_path: Path, format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such as `grade --audience student` stores: it is named, and the others are exported."""
    seen = seen_by(report(exercise(check("a"), check("b", visibility=Visibility.HIDDEN))), Audience.STUDENT)
    (stored / "reports" / "anna.json").write_text(RENDERERS["json"](seen), encoding="utf-8")
    assert export(asked(format, stored, output=tmp_path / "new")) == 3
    assert "Export the instructor's report" in capsys.readouterr().err
    assert {path.stem for path in (tmp_path / "new").iterdir()} == REPORTS.keys() - {"anna"}
    with pytest.raises(UnreadableReport, match="Export the instructor's report"):
        export(asked(format, stored / "reports" / "anna.json"))


LINES = [
    pytest.param(asked("csv", Path("nowhere")), "nowhere does not exist", id="no such file"),
    pytest.param(asked("pdf", Path()), "Formats: text, json", id="no such format"),
    pytest.param(asked("gradescope", Path()), "Name a folder for them with -o", id="many files, no folder"),
    pytest.param(asked("csv", Path("class.json"), Path()), "one class at a time", id="two classes"),
    pytest.param(asked("csv", Path("empty")), "There are no reports in empty", id="an empty folder"),
    pytest.param(asked("csv", Path(), output=Path("class.json/x")), "cannot be written", id="no place to write"),
]


@pytest.mark.parametrize(("request_", "sentence"), LINES)
def test_a_command_line_that_cannot_be_obeyed_says_why(tmp_path: Path, request_: ExportRequest, sentence: str) -> None:
    """And what to write instead."""
    store(tmp_path)
    (tmp_path / "empty").mkdir()
    below = ExportRequest(
        format=request_.format,
        reports=tuple(tmp_path / path for path in request_.reports),
        output=request_.output and tmp_path / request_.output,
        audience=request_.audience,
    )
    with pytest.raises(UsageError, match=sentence.replace("nowhere", ".*nowhere").replace("in empty", "in .*empty")):
        export(below)
