"""The journal keeps what was graded under the content it was graded for, and is never the reason that a class fails."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.classes.journal import SCHEMA, Journal, JournalReader
from grader.classes.store import Kept
from grader.errors import UsageError
from grader.report.report import Report
from tests.unit.reports import check, exercise, report

ROOT = Path(__file__).parents[2]
GRADED = report(exercise(check("a")))
#: records a report, says so, and holds the journal until it is killed
HOLDING = """
import signal, sys
from pathlib import Path
from grader.classes.journal import Journal
from tests.unit.test_journal import kept

with Journal(Path(sys.argv[1]), warn=print) as journal:
    journal.keep(kept(), "content", "bytes")
    print("recorded", flush=True)
    signal.pause()
"""
KEYS = st.text("abc", min_size=1, max_size=2)


def kept(report: Report = GRADED) -> Kept:
    return Kept(report=report)


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def opened(tmp_path: Path, warnings: list[str]) -> Callable[[], Journal]:
    """The journal in one folder, opened as often as a test likes."""
    return lambda: Journal(tmp_path, warn=warnings.append)


def test_workers_know_it_by_its_content_at_once(opened: Callable[[], Journal]) -> None:
    """A notebook whose outputs changed has other bytes and the same content."""
    with opened() as journal, closing(JournalReader(journal.path)) as reader:
        assert reader.find("content") is None
        journal.keep(kept(), "content", "bytes")

        assert reader.find("content") == kept()


@settings(max_examples=25)
@given(steps=st.lists(st.tuples(KEYS, KEYS, st.integers(0, 9)), max_size=5))
def test_the_last_report_counts_and_survives_reopening(steps: list[tuple[str, str, int]]) -> None:
    """A journal is a map from the bytes' key by way of the content's to a report, however often it was opened."""
    contents: dict[str, str] = {}
    reports: dict[str, Report] = {}
    with tempfile.TemporaryDirectory() as folder:
        for of_bytes, content, points in steps:
            made = report(exercise(check("a", points=points)))
            with Journal(Path(folder), warn=pytest.fail) as journal:
                journal.keep(kept(made), content, f"bytes {of_bytes}")
            contents[of_bytes], reports[content] = content, made
        with Journal(Path(folder), warn=pytest.fail) as journal:
            found = {each: journal.find(f"bytes {each}") for each in contents}
    assert found == {each: kept(reports[content]) for each, content in contents.items()}


def test_files_are_remembered_by_their_digest(opened: Callable[[], Journal]) -> None:
    """So that unchanged files are not made again."""
    with opened() as journal:
        assert journal.noted("ada") is None
        journal.note("ada", "first")
        journal.note("ada", "second")

        assert journal.noted("ada") == "second"


def garbage(path: Path) -> None:
    path.write_bytes(b"this was a journal" * 1_000)


def torn(path: Path) -> None:
    """The first page is whole, what follows is not."""
    data = path.read_bytes()
    path.write_bytes(data[:4_096] + b"\xff" * (len(data) - 4_096))


def emptied(path: Path) -> None:
    """A version, and none of its tables."""
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"CREATE TABLE other (x); PRAGMA user_version = {SCHEMA}")


def foreign(path: Path) -> None:
    """Of a version to come."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")


@pytest.mark.parametrize("damage", [garbage, torn, emptied, foreign])
def test_a_journal_that_cannot_be_used_is_set_aside_with_a_warning(
    opened: Callable[[], Journal], warnings: list[str], damage: Callable[[Path], None]
) -> None:
    """It only spares work: a new one is begun, the old one is kept for whoever wants to look, nothing crashes."""
    with opened() as journal:
        journal.keep(kept(), "content", "bytes")
    damage(journal.path)

    with opened() as journal:
        assert journal.find("bytes") is None
        journal.keep(kept(), "content", "bytes")
        assert journal.find("bytes") == kept()
    assert [path.name for path in journal.path.parent.glob("*aside*.sqlite3")] == ["journal.set-aside-1.sqlite3"]
    assert len(warnings) == 1
    assert "journal.set-aside-1.sqlite3" in warnings[0]


def test_a_damaged_report_in_it_costs_only_itself(opened: Callable[[], Journal], warnings: list[str]) -> None:
    """The submission is graded again, and the next record repairs the row."""
    with opened() as journal:
        journal.keep(kept(), "first")
        journal.keep(kept(), "second")
    with closing(sqlite3.connect(journal.path)) as connection, connection:
        connection.execute("UPDATE reports SET report = substr(report, 1, 50) WHERE first = 'first'")

    with opened() as journal:
        assert (journal.find("first"), journal.find("second")) == (None, kept())
    assert warnings == []


def test_a_reader_without_a_journal_knows_nothing(tmp_path: Path) -> None:
    """A worker never fails for want of it."""
    for path in (tmp_path / "nowhere", tmp_path):
        with closing(JournalReader(path)) as reader:
            assert reader.find("content") is None


def test_a_second_run_is_refused_and_told_which_process_is_first(opened: Callable[[], Journal]) -> None:
    """Two runs never share an output folder."""
    with opened(), pytest.raises(UsageError, match=f"process {os.getpid()}, is writing"), opened():
        pytest.fail("both were let in")


def test_the_lock_ends_with_its_process_and_the_record_does_not(opened: Callable[[], Journal], tmp_path: Path) -> None:
    """After kill -9 the same command can be given at once, and repeats nothing."""
    other = subprocess.Popen([sys.executable, "-c", HOLDING, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "recorded\n"
        with pytest.raises(UsageError, match=f"process {other.pid}, is writing"), opened():
            pytest.fail("it was let in")
        other.kill()

    with opened() as journal:
        assert journal.find("bytes") == kept()


@pytest.mark.parametrize("path", ["journal.sqlite3", "lock"])
def test_a_place_that_cannot_be_written_is_the_command_lines_fault(
    opened: Callable[[], Journal], tmp_path: Path, path: str
) -> None:
    """A sentence that says where, and no traceback; what is there is not touched."""
    (tmp_path / ".grader" / path).mkdir(parents=True)

    with pytest.raises(UsageError, match=r"cannot be (used|written)"), opened():
        pytest.fail("it was opened")
