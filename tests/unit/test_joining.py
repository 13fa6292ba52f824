"""`grader join`: attempts in several class folders become one grade; what lateness takes off has a line of its own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from grader.classes.joining.command import JoinRequest, join_classes
from grader.course.assignment import Visibility
from grader.errors import UsageError
from grader.messages import ENGLISH, Message
from grader.policy.terms import Counts
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
    given = {"folders": (home / "first", home / "second"), "out": home / "out"} | more
    request = JoinRequest(**given)  # type: ignore[arg-type]
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


def refused(home: Path, **more: object) -> str:
    """What is said in English instead of joining."""
    with pytest.raises(UsageError) as caught:
        joined(home, **more)
    return "\n".join(ENGLISH.text(each) if isinstance(each, Message) else each for each in caught.value.said)


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
    assert said in refused(home, policy=home / "policy.toml", received=home / "received.csv")
    assert not (home / "out").exists()


#: lines of extensions that are wrong, and what is said of them
WRONG_EXTENSIONS: dict[str, tuple[str, str]] = {
    "nobody": ("adda,2027-01-15T18:00Z,", 'line 3: there is no student "adda"'),
    "neither yes nor no": ("ada,,perhaps", 'line 3: "perhaps" is neither yes nor no'),
    "no moment": ("ada,tomorrow,", 'line 3: "tomorrow" is no moment'),
    "no year": ("ada,0027-01-15T18:00Z,", "line 3: "),
}


@pytest.mark.parametrize(("line", "said"), WRONG_EXTENSIONS.values(), ids=WRONG_EXTENSIONS)
def test_one_wrong_extension_keeps_all_from_counting(home: Path, line: str, said: str) -> None:
    """A name that was mistyped would cost somebody the deduction that was forgiven."""
    (home / "extensions.csv").write_text(f"student,due,no_deduction\nben,,yes\n{line}\n", encoding="utf-8")
    assert said in refused(home, extensions=home / "extensions.csv")
    assert not (home / "out").exists()


def test_the_policy_names_its_lists(home: Path) -> None:
    """They lie beside it, so that one file says all."""
    moments(home, "ada,1,2027-01-12T00:00:00Z", "ada,2,2027-01-12T00:00:00Z", "ben,1,2027-01-12T00:00:00Z")
    (home / "ext.csv").write_text("student,due,no_deduction\nada,,yes\n", encoding="utf-8")
    lists = 'extensions = "ext.csv"\nreceived = "received.csv"\n'
    (home / "policy.toml").write_text(lists + POLICY, encoding="utf-8")
    lines = joined(home, policy=home / "policy.toml")
    assert (lines["ada"]["deducted"], lines["ben"]["deducted"]) == ("0", "4")


def test_everything_is_said_in_the_language_asked_for(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line of what is taken off, and what was done."""
    received = moments(home, "ada,1,2027-01-12T00:00:00Z", "ada,2,2027-01-12T00:00:00Z", "ben,1,2027-01-09T00:00:00Z")
    ada = joined(home, policy=home / "policy.toml", received=received, language="zh")["ada"]
    assert "迟交" in ada["said"]
    assert "迟交" in (home / "out/reports/ada.txt").read_text(encoding="utf-8")
    assert "合并" in capsys.readouterr().err


def test_marks_that_people_gave_count(home: Path) -> None:
    """As they are now beside each folder."""
    (home / "second" / "marks.csv").write_text(
        "student,exercise,points,override\nada,double,25,yes\n", encoding="utf-8"
    )
    assert joined(home, counts=Counts.LATEST)["ada"]["earned"] == "45"


def test_a_student_gets_what_a_student_may_see(home: Path) -> None:
    """Hidden checks are in nobody's report; they count in the table."""
    double, halve = work(30, 20).exercises
    checks = tuple(each.model_copy(update={"visibility": Visibility.HIDDEN}) for each in double.checks)
    hiding = work(30, 20).model_copy(update={"exercises": (double.model_copy(update={"checks": checks}), halve)})
    store(home / "third", {"ada": hiding})
    received = moments(home, "ada,1,2027-01-12T00:00:00Z")
    line = joined(home, folders=(home / "third",), policy=home / "policy.toml", received=received)["ada"]
    assert (line["points"], line["earned"]) == ("50", "40")
    said = (home / "out/reports/ada.txt").read_text(encoding="utf-8")
    assert "20 points become 16" in said
    assert "check0" not in said.partition("Halve it")[0]


def test_a_class_is_not_joined_into_itself(home: Path) -> None:
    """Its reports would be replaced."""
    assert "Name another folder" in refused(home, out=home / "first")
