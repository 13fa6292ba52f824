"""The files that are made of a report: whole or not at all, and not again when nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.report import Report
from grader.report_files import FOLDER, REPORT_FILES, ReportFolder, pages, write_text
from grader.wording import ENGLISH, Words
from tests.unit.reports import check, exercise, report

GRADED = report(exercise(check("a")))
CHINESE = Words("zh")


@pytest.fixture
def folder(tmp_path: Path) -> ReportFolder:
    """With the files of one student."""
    made = ReportFolder(tmp_path)
    made.write("ada", pages(GRADED))
    return made


def digest(words: Words = ENGLISH) -> str:
    return pages(GRADED, words).digest


def test_a_report_comes_back_from_its_stored_file(folder: ReportFolder) -> None:
    """Every other file can be made of it again."""
    assert list(folder.stored([folder.path_of("ada")])) == [GRADED]
    assert {path.suffix for path in (folder.output / FOLDER).iterdir()} == set(REPORT_FILES)


def test_untouched_files_are_recognised(folder: ReportFolder) -> None:
    """So that a second run need not draw them."""
    assert folder.holds("ada", GRADED, ENGLISH, digest())


def edited(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


@pytest.mark.parametrize("harm", [edited, Path.unlink], ids=["edited", "gone"])
@pytest.mark.parametrize("ending", REPORT_FILES)
def test_a_file_that_was_touched_is_not_taken_for_ours(
    folder: ReportFolder, ending: str, harm: Callable[[Path], object]
) -> None:
    """Whichever of them."""
    harm(folder.output / FOLDER / f"ada{ending}")

    assert not folder.holds("ada", GRADED, ENGLISH, digest())


OTHERS = [
    pytest.param(report(exercise(check("b"))), ENGLISH, digest(), id="another report"),
    pytest.param(GRADED, CHINESE, digest(), id="another language"),
    pytest.param(GRADED, Words("en", {"A lab": "The lab"}), digest(), id="other words of the course"),
    pytest.param(GRADED, ENGLISH, digest(CHINESE), id="files of another language"),
    pytest.param(GRADED, ENGLISH, None, id="nothing noted"),
]


@pytest.mark.parametrize(("wanted", "words", "noted"), OTHERS)
def test_files_of_something_else_are_made_anew(
    folder: ReportFolder, wanted: Report, words: Words, noted: str | None
) -> None:
    """What stands there must be what would be written now."""
    assert not folder.holds("ada", wanted, words, noted)


def test_a_file_that_says_so_already_is_left_alone(tmp_path: Path) -> None:
    """Its time of change tells when it changed."""
    write_text(tmp_path / "new" / "file", "text")
    before = (tmp_path / "new" / "file").stat()
    write_text(tmp_path / "new" / "file", "text")
    after = (tmp_path / "new" / "file").stat()

    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left_behind(tmp_path: Path) -> None:
    """A folder in its place, a full disk, a place that is read-only."""
    (tmp_path / "file" / "within").mkdir(parents=True)

    with pytest.raises(UsageError, match=r"file cannot be written .* --out"):
        write_text(tmp_path / "file", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
