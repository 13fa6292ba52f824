"""A regrade set in a class folder: put in place as a whole or not at all, and taken back byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classes.judged import RevisionNote
from grader.classes.regrade_sets import (
    RegradeSet,
    Replaced,
    SetRecord,
    State,
    apply,
    finish,
    is_over,
    last_applied,
    new_set,
    proposed,
    sets_in,
    undo,
)
from grader.errors import UsageError

RECORD = SetRecord(
    state=State.PROPOSED,
    course="course",
    language="en",
    revision=RevisionNote(course="0" * 64, seed=0, environment="here"),
    made_of={},
    reason="Too strict.",
)
OLD = {"class.csv": b"old", "reports/ada.json": b"old", "reports/ben.json": b"stays"}
NEW = {"class.csv": b"new", "reports/ada.json": b"new", ".grader/courses/a/b.py": b"added"}


class Killed(BaseException):
    """The process ends here."""


class KilledAfter:
    """Puts so many files in place, and then no more."""

    def __init__(self, files: int) -> None:
        self._left = files

    def __call__(self, path: Path, kept: Path | None) -> None:
        if not self._left:
            raise Killed
        self._left -= 1
        if kept is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            kept.replace(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, data in OLD.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / ".grader").mkdir()
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    """Everything in the folder; of a folder, that it is there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"folder"
        for path in folder.rglob("*")
    }


def outside(folder: Path) -> dict[str, bytes]:
    """What others read of it."""
    return {path: data for path, data in content(folder).items() if not path.startswith(".grader/regrades")}


def waiting(folder: Path) -> RegradeSet:
    chosen = new_set(folder)
    chosen.note(RECORD)
    return chosen


def test_what_waits_changes_nothing_and_leaves_nothing(folder: Path) -> None:
    """Until it applies, the class is as it was; dropped, so is its folder."""
    before = content(folder)
    chosen = waiting(folder)

    assert (outside(folder), proposed(folder)) == (before, chosen)
    chosen.drop()
    assert content(folder) == before


def test_applied_and_undone_the_folder_is_as_before(folder: Path) -> None:
    """Byte for byte, with no empty folder left over."""
    before = content(folder)
    apply(waiting(folder), RECORD, NEW)

    assert {path: (folder / path).read_bytes() for path in NEW} == NEW
    chosen = last_applied(folder)
    assert chosen is not None
    undo(chosen)
    assert content(folder) == before


@pytest.mark.parametrize("files", range(len(NEW)))
def test_applying_that_is_killed_is_finished_by_whoever_comes_next(folder: Path, files: int) -> None:
    """However many files were in place: from the moment that the record says so, the set is applied."""
    with pytest.raises(Killed):
        apply(waiting(folder), RECORD, NEW, put=KilledAfter(files))
    finish(folder)

    assert {path: (folder / path).read_bytes() for path in NEW} == NEW
    assert [each.record.state for each in sets_in(folder)] == [State.APPLIED]


@pytest.mark.parametrize("files", range(len(NEW)))
def test_undoing_that_is_killed_is_finished_too(folder: Path, files: int) -> None:
    """And then the folder is as it was before the set."""
    before = content(folder)
    chosen = waiting(folder)
    apply(chosen, RECORD, NEW)
    with pytest.raises(Killed):
        undo(chosen, put=KilledAfter(files))
    finish(folder)

    assert content(folder) == before


def test_killed_before_the_record_is_there_nothing_has_happened(folder: Path) -> None:
    """What was written beside the class by then is taken away."""
    before = content(folder)
    stray = folder / ".grader/regrades/1/now/class.csv"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"new")

    finish(folder)
    (folder / ".grader/regrades").rmdir()
    assert content(folder) == before


@pytest.mark.parametrize(
    ("file", "said"), [("marks.csv", "marks"), ("reports/ada.json", "by grading or by hand")], ids=["marks", "a report"]
)
def test_what_was_done_since_is_not_undone(folder: Path, file: str, said: str) -> None:
    """It would be lost without a word; what it is, is said."""
    chosen = waiting(folder)
    apply(chosen, RECORD, NEW)
    (folder / file).write_bytes(b"later")
    now = content(folder)

    with pytest.raises(UsageError, match=said):
        undo(chosen)
    assert content(folder) == now


def test_a_set_is_over_once_a_file_of_it_is_another(folder: Path) -> None:
    """Later marks can be taken out again, so with these alone it may still be undone."""
    chosen = waiting(folder)
    apply(chosen, RECORD, NEW)
    (folder / "marks.csv").write_bytes(b"later")
    assert not is_over(chosen)
    (folder / "reports/ada.json").write_bytes(b"graded later")
    assert is_over(chosen)


def test_a_link_in_the_class_leads_where_it_did(folder: Path) -> None:
    """Applied and undone, what it leads to is written, and the link stays one."""
    elsewhere = folder / "elsewhere.csv"
    (folder / "class.csv").rename(elsewhere)
    (folder / "class.csv").symlink_to(elsewhere)
    chosen = waiting(folder)

    apply(chosen, RECORD, NEW)
    assert elsewhere.read_bytes() == b"new"
    undo(chosen)
    assert ((folder / "class.csv").is_symlink(), elsewhere.read_bytes()) == (True, b"old")


def test_sets_are_undone_in_turn(folder: Path) -> None:
    """The last one first, and then the one before it."""
    before = content(folder)
    apply(waiting(folder), RECORD, NEW)
    apply(waiting(folder), RECORD, {"class.csv": b"newer"})
    for expected in (b"new", b"old"):
        chosen = last_applied(folder)
        assert chosen is not None
        undo(chosen)
        assert (folder / "class.csv").read_bytes() == expected
    assert content(folder) == before


@pytest.mark.parametrize("path", ["../outside", "/outside", "reports/../../outside", ""])
@pytest.mark.parametrize("state", [State.APPLYING, State.UNDOING])
def test_a_record_that_names_what_is_not_in_the_folder_is_damaged(tmp_path: Path, path: str, state: State) -> None:
    """The folder may be somebody else's: to read it writes nothing anywhere else, and takes nothing away."""
    folder = tmp_path / "class"
    home = folder / ".grader" / "regrades" / "1"
    home.mkdir(parents=True)
    (tmp_path / "outside").write_bytes(b"mine")
    replaced = Replaced(path="reports/ada.json", before=None, now="0" * 64)
    noted = RECORD.model_copy(update={"state": state, "replaced": (replaced.model_copy(update={"path": path}),)})
    (home / "set.json").write_text(noted.model_dump_json())

    with pytest.raises(UsageError, match=r"set\.json"):
        finish(folder)

    assert (tmp_path / "outside").read_bytes() == b"mine"
