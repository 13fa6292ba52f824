"""`opening.toml`: what an author proposes, and what is said of a faulty one."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.errors import CourseError
from grader.policy.opening_file import SPANS, read_terms
from grader.policy.terms import Counts, Deduction, Period, Publishing, Terms

GUIDE = Path(__file__).parents[2] / "assignments" / "README.md"


def read(tmp_path: Path, text: str) -> Terms | None:
    (tmp_path / "opening.toml").write_text(text, encoding="utf-8")
    return read_terms(tmp_path)


def test_without_a_file_there_are_no_terms(tmp_path: Path) -> None:
    """Nothing is proposed, which is not the same as no limits."""
    assert read_terms(tmp_path) is None


def test_an_empty_file_proposes_no_limits(tmp_path: Path) -> None:
    """Each field may be left out."""
    assert read(tmp_path, "") == Terms()


def test_the_example_of_the_guide_says_every_field(tmp_path: Path) -> None:
    """What is documented is what there is, and reads as it says."""
    example = next(
        each for each in re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL) if "[publishing]" in each
    )
    said = tomllib.loads(example)
    assert {SPANS.get(name, name) for name in said} - {"timezone"} == Terms.model_fields.keys()
    assert said["deduction"].keys() == Deduction.model_fields.keys()
    assert said["publishing"].keys() | {"by_hand"} == Publishing.model_fields.keys()
    terms = read(tmp_path, example)
    assert terms is not None
    assert terms.due == datetime(2027, 3, 8, 17, 0, tzinfo=UTC)
    assert terms.deduction == Deduction(percent=10, per=Period.DAY, floor=50)
    assert terms.counts is Counts.BEST
    assert (terms.grace_seconds, terms.cool_down_seconds) == (300, 600)


FAULTS = [
    pytest.param("due = 2027-03-01T18:00:00", ["line 1", "due", "no time zone", "timezone"], id="no zone"),
    pytest.param('timezone = "Mars/Base"', ["line 1", "Mars/Base", "Europe/Berlin"], id="no such zone"),
    pytest.param('timezone = "../../etc/passwd"', ["line 1", "no time zone"], id="a path for a zone"),
    pytest.param("timezone = 3", ["line 1", "no time zone"], id="a number for a zone"),
    pytest.param("due = 2027-03-01", ["line 1", "due", "date and time"], id="a day"),
    pytest.param("\nattempst = 3", ["line 2", "attempst", "no such field", "attempts_per_day"], id="misspelt"),
    pytest.param("attempts = 0", ["line 1", "attempts", "greater than or equal to 1", "not 0"], id="too small"),
    pytest.param('counts = "worst"', ["line 1", "'latest', 'best' or 'best_per_exercise'", "'worst'"], id="no choice"),
    pytest.param("grace_seconds = 100_000", ["line 1", "less than or equal to 86400"], id="too large"),
    pytest.param('grace = "a while"', ["line 1", "grace", "minutes", '"10 minutes"'], id="no span"),
    pytest.param("\ncool_down = 600", ["line 2", "cool_down", "minutes"], id="a span without a unit"),
    pytest.param('grace = "1 day"\ngrace_seconds = 1', ["grace", "grace_seconds", "Keep one"], id="a span twice"),
    pytest.param('grace = "2 days"', ["less than or equal to 86400"], id="a span that is too long"),
    pytest.param("attempts = 3\n[deduction]\nper = 'day'", ["deduction.percent, line 2", "missing"], id="missing"),
    pytest.param("[deduction]\npercent = 10\nceiling = 5", ["deduction.ceiling, line 3", "floor"], id="misspelt below"),
    pytest.param("attempts = 3 4", ["is no TOML", "line 1"], id="no TOML"),
    pytest.param(
        "due = 2027-03-02T00:00:00Z\nlate_until = 2027-03-01T00:00:00Z",
        ["late_until is earlier than due"],
        id="out of order",
    ),
    pytest.param("[deduction]\npercent = 10", ["no due date"], id="a deduction without a date"),
]


@pytest.mark.parametrize(("text", "words"), FAULTS)
def test_a_fault_says_file_line_field_and_what_is_allowed(tmp_path: Path, text: str, words: list[str]) -> None:
    """Whoever wrote the file finds the place, and what to write there."""
    with pytest.raises(CourseError) as caught:
        read(tmp_path, text)
    said = " ".join(caught.value.lines)
    assert [word for word in ["opening.toml", *words] if word not in said] == []


def test_a_file_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    """And no crash."""
    (tmp_path / "opening.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CourseError, match="is not UTF-8"):
        read_terms(tmp_path)


def test_moments_keep_their_own_zone(tmp_path: Path) -> None:
    """One that says its offset is not moved by the file's."""
    terms = read(tmp_path, 'timezone = "Asia/Shanghai"\nrelease = 2027-03-01T08:00:00\ndue = 2027-03-02T00:00:00Z')
    assert terms is not None
    assert terms.release == datetime(2027, 3, 1, 0, 0, tzinfo=UTC)
    assert terms.due == datetime(2027, 3, 2, 0, 0, tzinfo=UTC)
