"""`grader marks`: the file for people to fill in, and whether what they wrote is right. No report is changed here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.classes.export.marking import settled, stored_marks, waiting
from grader.classes.marks import FILE, template
from grader.classes.regrade_sets import finish_in
from grader.classes.writing import write_whole
from grader.errors import UsageError
from grader.messages import counted, english, terminal


def write_template(folder: Path, output: Path | None) -> int:
    """Write a line for each answer without a mark; returns 0. Raises UsageError, also where there is such a file."""
    file = output or _class_folder(folder) / FILE
    if file.exists():
        raise UsageError(f"{file} is there already, and is left as it is. Write what still waits elsewhere, with -o.")
    lines = list(_waiting(folder))
    if not lines:
        terminal.say(f"Nothing in {folder} waits for a person, so {file} was not written.")
        return 0
    write_whole(file, template(lines), otherwise="Name another place with -o.")
    terminal.say(f"{file} has {_answers(len(lines))} to mark. Fill in points and comment, then grade or export again.")
    return 0


def check_marks(folder: Path) -> int:
    """Say how many marks there are, and how many answers wait; returns 0. Raises UsageError that names wrong lines."""
    file = _class_folder(folder) / FILE
    if not file.is_file():
        raise UsageError(f"There is no {file}. `grader marks template {folder}` writes one.")
    found = settled(stored_marks(folder), partial=False, warn=terminal.warn)
    given = 0 if found is None else sum(map(len, found.marks.given.values()))
    terminal.say(f"Every line of {file} is right: {_answers(given)} marked, {len(list(_waiting(folder)))} to mark.")
    return 0


def _class_folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder. Name one that was made by `grade --out`.")
    finish_in([folder])
    return folder


def _waiting(folder: Path) -> Iterator[tuple[str, str]]:
    return waiting(_class_folder(folder))


def _answers(number: int) -> str:
    return english(counted(number, "answer"))
