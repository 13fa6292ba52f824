"""The files that are made of a report: drawn for one reader, and not again when nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classes.report_files import FOLDER, REPORT_FILES, Readership, ReportFolder
from grader.messages import Words
from grader.report.report import Audience, Report
from tests.unit.reports import check, exercise, report

GRADED = report(exercise(check("a")))
INSTRUCTOR = Readership(audience=Audience.INSTRUCTOR)


class Memory:
    """What was noted, and how often."""

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}
        self.times = 0

    def noted(self, name: str) -> str | None:
        return self.notes.get(name)

    def note(self, name: str, digest: str) -> None:
        self.notes[name] = digest
        self.times += 1


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def folder(tmp_path: Path, memory: Memory) -> ReportFolder:
    """With the files of one student."""
    made = folder_at(tmp_path, memory)
    made.show("ada", GRADED)
    return made


def folder_at(output: Path, memory: Memory, reader: Readership = INSTRUCTOR, edition: str = "this") -> ReportFolder:
    return ReportFolder(output, reader=reader, notes=memory, edition=edition, warn=pytest.fail)


def test_a_report_comes_back_from_its_stored_file(folder: ReportFolder) -> None:
    """Every other file can be made of it again."""
    assert list(folder.stored([folder.path_of("ada")])) == [GRADED]
    assert {path.suffix for path in (folder.output / FOLDER).iterdir()} == set(REPORT_FILES)


def test_untouched_files_are_not_drawn_again(folder: ReportFolder, memory: Memory) -> None:
    """Whoever asks, in this run or the next."""
    folder.show("ada", GRADED)
    folder_at(folder.output, memory).show("ada", GRADED)

    assert memory.times == 1


def edited(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


@pytest.mark.parametrize("harm", [edited, Path.unlink], ids=["edited", "gone"])
@pytest.mark.parametrize("ending", REPORT_FILES)
def test_a_file_that_was_touched_is_drawn_again(
    folder: ReportFolder, ending: str, harm: Callable[[Path], object]
) -> None:
    """Whichever of them."""
    path = folder.output / FOLDER / f"ada{ending}"
    before = path.read_bytes()
    harm(path)
    folder.show("ada", GRADED)

    assert path.read_bytes() == before


OTHERS = [
    pytest.param(report(exercise(check("b"))), INSTRUCTOR, "this", id="another report"),
    pytest.param(GRADED, Readership(audience=Audience.STUDENT), "this", id="another reader"),
    pytest.param(GRADED, Readership(audience=Audience.INSTRUCTOR, words=Words("zh")), "this", id="another language"),
    pytest.param(
        GRADED,
        Readership(audience=Audience.INSTRUCTOR, words=Words("en", {"A lab": "The lab"})),
        "this",
        id="other words of the course",
    ),
    pytest.param(GRADED, INSTRUCTOR, "next", id="another grader"),
]


@pytest.mark.parametrize(("wanted", "reader", "edition"), OTHERS)
def test_files_of_something_else_are_drawn_anew(
    folder: ReportFolder, memory: Memory, wanted: Report, reader: Readership, edition: str
) -> None:
    """What stands there must be what would be drawn now, for the reader who asks now."""
    folder_at(folder.output, memory, reader, edition).show("ada", wanted)

    assert memory.times == 2


def broken(report: Report, words: Words) -> str:
    raise ZeroDivisionError


def test_a_page_that_cannot_be_drawn_keeps_no_other_from_being_so(folder: ReportFolder, memory: Memory) -> None:
    """It is told, and no page of an older report stays in its place."""
    told: list[str] = []
    other = report(exercise(check("b")))
    files = {**REPORT_FILES, ".html": broken}
    ReportFolder(folder.output, reader=INSTRUCTOR, notes=memory, edition="this", warn=told.append, files=files).show(
        "ada", other
    )

    assert [f"{FOLDER}/ada.html" in line and "ZeroDivisionError" in line for line in told] == [True]
    assert list(folder.stored([folder.path_of("ada")])) == [other]
    assert not (folder.output / FOLDER / "ada.html").exists()


def drawn(folder: ReportFolder, made_of: str) -> int:
    """How often a file of the class is drawn."""
    times = iter(range(9))
    folder.write("junit.xml", lambda: f"{next(times)} {made_of}", made_of=made_of)
    return next(times)


def test_a_file_of_the_class_is_drawn_again_when_a_report_or_a_row_changed(folder: ReportFolder) -> None:
    """Or the file itself; and else it is left as it is."""
    assert [drawn(folder, "rows"), drawn(folder, "rows"), drawn(folder, "other rows")] == [1, 0, 1]
    folder.show("ada", report(exercise(check("b"))))
    assert [drawn(folder, "other rows"), drawn(folder, "other rows")] == [1, 0]
    (folder.output / "junit.xml").unlink()
    assert drawn(folder, "other rows") == 1
