"""`grader join`: attempts in several class folders become one grade; what lateness takes off has a line of its own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.service.joined_files import JoinRequest, join_classes
from grader.service.policy.terms import Counts
from tests.unit.classes import work
from tests.unit.test_statistics_command import store

POLICY = "due = 2027-01-10T18:00:00+00:00\nlate_until = 2027-01-20T18:00:00+00:00\n[deduction]\npercent = 10\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two attempts of Ada's, the second with another exercise right; one of Ben's."""
    store(tmp_path / "first", {"ada": work(30, 0), "ben": work(0, 20)})
    store(tmp_path / "second", {"ada": work(10, 20)})
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")
    return tmp_path


def joined(home: Path, **more: object) -> dict[str, dict[str, str]]:
    """The lines of what is written, by student."""
    request = JoinRequest(folders=(home / "first", home / "second"), out=home / "out", **more)  # type: ignore[arg-type]
    assert join_classes(request) == 0
    with (home / "out" / "joined.csv").open(encoding="utf-8", newline="") as file:
        return {line["student"]: line for line in csv.DictReader(file)}


def moments(home: Path, *lines: str) -> Path:
    path = home / "received.csv"
    path.write_text("\n".join(["student,attempt,received", *lines]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("counts", "which", "earned"),
    [
        (Counts.LATEST, "2", "30"),
        (Counts.BEST, "1", "30"),
        (Counts.BEST_PER_EXERCISE, "double 1; halve 2", "50"),
    ],
)
def test_which_attempt_counts_is_chosen(home: Path, counts: Counts, which: str, earned: str) -> None:
    """As in a site, by the same rules."""
    line = joined(home, counts=counts)["ada"]
    assert (line["counts"], line["earned"], line["deducted"]) == (which, earned, "0")


def test_what_is_taken_off_is_told_and_never_hidden(home: Path) -> None:
    """Points, deduction and what is left stand side by side, and its student reads them."""
    received = moments(home, "ada,1,2027-01-12T00:00:00Z", "ada,2,2027-01-12T00:00:00Z", "ben,1,2027-01-09T00:00:00Z")
    lines = joined(home, policy=home / "policy.toml", received=received)
    ada = lines["ada"]

    assert (ada["points"], ada["deducted_percent"], ada["deducted"], ada["earned"], ada["late"]) == (
        *("30", "20", "6", "24", "yes"),
    )
    assert lines["ben"]["deducted"] == "0"
    said = "Handed in late: 20 % are taken off, so 30 points become 24."
    assert ada["said"] == said
    assert said in (home / "out/reports/ada.txt").read_text(encoding="utf-8")
    assert "ada,,24" in (home / "out/moodle.csv").read_text(encoding="utf-8").replace(",,,", ",,")


def test_an_extension_takes_the_deduction_away(home: Path) -> None:
    """By student, from a table."""
    received = moments(home, "ada,1,2027-01-12T00:00:00Z", "ada,2,2027-01-12T00:00:00Z", "ben,1,2027-01-12T00:00:00Z")
    extensions = home / "extensions.csv"
    extensions.write_text("student,due\nada,2027-01-15 18:00\n", encoding="utf-8")
    lines = joined(home, policy=home / "policy.toml", received=received, extensions=extensions, zone="Europe/Berlin")
    assert (lines["ada"]["deducted"], lines["ben"]["deducted"]) == ("0", "4")


def test_what_came_after_the_end_does_not_count(home: Path) -> None:
    """And it is said why."""
    received = moments(home, "ada,1,2027-01-09T00:00:00Z", "ada,2,2027-02-09T00:00:00Z", "ben,1,2027-02-09T00:00:00Z")
    lines = joined(home, policy=home / "policy.toml", received=received, counts=Counts.LATEST)
    assert lines["ada"]["counts"] == "1"
    assert (lines["ben"]["earned"], "2027-01-20" in lines["ben"]["said"]) == ("", True)


#: what is wrong with the tables, and what is said
WRONG: dict[str, tuple[str, str]] = {
    "nobody knows when": ("student,attempt,received\n", "Nobody knows when attempt 1 of ada"),
    "no moment": ("student,attempt,received\nada,1,soon\n", 'line 2: "soon" is no moment'),
    "no zone": ("student,attempt,received\nada,1,2027-01-12T00:00\n", "has no time zone"),
    "no number": ("student,attempt,received\nada,one,2027-01-12T00:00Z\n", "line 2: it needs"),
    "no column": ("student,attempt\nada,1\n", "no column received"),
}


@pytest.mark.parametrize(("table", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_table_is_named_by_line(home: Path, table: str, said: str) -> None:
    """Nothing is written then."""
    (home / "received.csv").write_text(table, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        joined(home, policy=home / "policy.toml", received=home / "received.csv")
    assert not (home / "out").exists()


def test_a_class_is_not_joined_into_itself(home: Path) -> None:
    """Its reports would be replaced."""
    with pytest.raises(UsageError, match="Name another folder"):
        join_classes(JoinRequest(folders=(home / "first",), out=home / "first"))
