"""`grader totals`: one grade of several class folders, and of folders that were joined before."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from grader.classes.course_totals import TotalsRequest, make_totals
from grader.classes.joining.command import JoinRequest, join_classes
from grader.errors import UsageError
from grader.messages import ENGLISH, Message
from grader.render.classes import CLASS_RENDERERS
from tests.unit.classes import BROKEN, class_of, row, work
from tests.unit.test_statistics_command import store

RULE = """
[[group]]
name = "Labs"
assignments = ["lab", "other"]
weights = { other = 3 }
[letters]
A = 90
B = 50
"""


def renamed(home: Path, name: str) -> Path:
    """The same class on another assignment."""
    text = (home / "class.json").read_text(encoding="utf-8")
    (home / "class.json").write_text(text.replace('"id": "lab"', f'"id": "{name}"'), encoding="utf-8")
    return home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Ada did both, Ben one; Cem's second was not graded through our fault."""
    store(tmp_path / "lab", {"ada": work(30, 0), "ben": work(30, 20), "cem": work(0, 20)})
    renamed(store(tmp_path / "other", {"ada": work(30, 20), "cem": BROKEN}), "other")
    (tmp_path / "totals.toml").write_text(RULE, encoding="utf-8")
    return tmp_path


def lines_of(home: Path, *names: str) -> dict[str, dict[str, str]]:
    request = TotalsRequest(
        folders=tuple(home / each for each in names), output=home / "t.csv", rule=home / "totals.toml"
    )
    assert make_totals(request) == 0
    return {each["student"]: each for each in csv.DictReader(io.StringIO((home / "t.csv").read_text("utf-8")))}


def test_what_is_not_graded_is_open_and_no_zero(home: Path) -> None:
    """Ada has (60 + 3 * 100) / 4 percent; the others what they were graded for, with the other named as open."""
    lines = lines_of(home, "lab", "other")
    assert [(each["percent"], each["letter"], each["open"]) for each in lines.values()] == [
        ("90.0", "A", ""),
        ("100.0", "A", "other"),
        ("40.0", "", "other"),
    ]
    assert (lines["ada"]["lab"], lines["ada"]["group Labs"], lines["ben"]["other"]) == ("60", "90", "")


def test_never_handed_in_is_a_zero_where_the_rule_says_so(home: Path) -> None:
    """Of somebody the class knows; what was not graded stays open."""
    (home / "totals.toml").write_text(f'never_handed_in = "zero"\n{RULE}', encoding="utf-8")
    found = class_of(row("ada", work(30, 20)), row("ben", None), row("cem", BROKEN))
    (home / "other/class.json").write_text(CLASS_RENDERERS["json"](found, ()), encoding="utf-8")
    lines = lines_of(renamed(home / "other", "other").parent, "lab", "other")
    assert [(each["percent"], each["open"]) for each in lines.values()] == [
        ("90.0", ""),
        ("25.0", ""),
        ("40.0", "other"),
    ]


def test_points_after_a_deduction_count(home: Path) -> None:
    """Of a folder that `grader join` wrote."""
    (home / "policy.toml").write_text("due = 2027-01-10T18:00:00Z\n[deduction]\npercent = 10\n", encoding="utf-8")
    came = "".join(f"{who},1,2027-01-11T00:00Z\n" for who in ("ada", "ben", "cem"))
    (home / "received.csv").write_text(f"student,attempt,received\n{came}", encoding="utf-8")
    join_classes(
        JoinRequest(
            folders=(home / "lab",), out=home / "j", policy=home / "policy.toml", received=home / "received.csv"
        )
    )
    lines = lines_of(home, "j")
    assert [each["percent"] for each in lines.values()] == ["54.0", "90.0", "36.0"]


def test_json_has_the_rule_in_words(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So that a total can be made again."""
    request = TotalsRequest(folders=(home / "lab",), output=None, rule=home / "totals.toml", json=Path("-"))
    assert make_totals(request) == 0
    found = json.loads(capsys.readouterr().out)
    assert "other (× 3)" in found["rule"][0]  # noqa: RUF001
    assert found["students"][0]["percent"] == "60.0"


def test_the_course_says_the_rule(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a file beside its assignments; without one it is said where it would be."""
    with pytest.raises(UsageError, match="totals_no_rule"):
        make_totals(TotalsRequest(folders=(home / "lab",), output=None, course=home))
    (home / "assignments").mkdir()
    (home / "assignments/totals.toml").write_text(RULE, encoding="utf-8")
    assert make_totals(TotalsRequest(folders=(home / "lab",), output=None, course=home)) == 0
    assert "ada" in capsys.readouterr().out


def test_one_assignment_twice_is_refused(home: Path) -> None:
    """With what to do instead, and nothing written."""
    with pytest.raises(UsageError) as caught:
        lines_of(home, "lab", "lab")
    (said,) = caught.value.said
    assert isinstance(said, Message)
    assert "grader join" in ENGLISH.text(said)
    assert not (home / "t.csv").exists()


def test_marks_count_in_a_total(home: Path) -> None:
    """As they are now."""
    marks = "student,exercise,points,override\nada,halve,20,yes\n"
    (home / "lab/marks.csv").write_text(marks, encoding="utf-8")
    assert lines_of(home, "lab")["ada"]["percent"] == "100.0"
