"""`grader marks`: the file for people to fill in, and whether what they wrote is right. No report is changed here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.classes.export.marking import settled, stored_marks, waiting, without_full_points
from grader.classes.marks import FILE, MarkLine, table_of
from grader.classes.regrade_sets import finish_in
from grader.classes.writing import write_whole
from grader.errors import UsageError
from grader.messages import ENGLISH, Words, say, terminal


def write_template(
    folder: Path, output: Path | None, words: Words = ENGLISH, *, exercise: str | None = None, check: str | None = None
) -> int:
    """Write a line for each answer without a mark, or for each check of the exercise, or that one, that lacks points;
    returns 0. Raises UsageError, also where there is such a file."""
    if check is not None and exercise is None:
        raise UsageError(say("marks_check_of_what", check=check))
    file = output or _class_folder(folder) / FILE
    if file.exists():
        raise UsageError(say("marks_is_there", file=str(file)))
    lines = list(_waiting(folder) if exercise is None else without_full_points(folder, exercise, check))
    if not lines:
        waits = words.say("marks_nothing_waits", folder=str(folder), file=str(file))
        terminal.say(waits if exercise is None else words.say("marks_nothing_below", file=str(file)))
        return 0
    write_whole(file, table_of(lines), otherwise=words.say("marks_elsewhere"))
    terminal.say(words.say("marks_template", file=str(file), answers=words.counted(len(lines), "answer")))
    return 0


def check_marks(folder: Path, words: Words = ENGLISH) -> int:
    """Say how many marks there are, and how many answers wait; returns 0. Raises UsageError that names wrong lines."""
    file = _class_folder(folder) / FILE
    if not file.is_file():
        raise UsageError(say("marks_no_file", file=str(file), folder=str(folder)))
    found = settled(stored_marks(folder), partial=False, warn=terminal.warn, words=words)
    given = 0 if found is None else found.marks.count
    left = len(list(_waiting(folder)))
    terminal.say(words.say("marks_right", file=str(file), answers=words.counted(given, "answer"), left=left))
    return 0


def _class_folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise UsageError(say("marks_no_folder", folder=str(folder)))
    finish_in([folder])
    return folder


def _waiting(folder: Path) -> Iterator[MarkLine]:
    return waiting(_class_folder(folder))
