"""A class compared in a process of its own, for a program with threads: `python -m grader.classes.likeness.apart`.

It reads what is asked from standard input, answers on standard output, and is ended when its time is over. Reading
answers forks, and a course is executed to know its variants: neither is done where others are served.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

from grader.classes.likeness.comparing import Submitted, compared
from grader.classes.likeness.known import handed_out
from grader.course.folder import Course
from grader.errors import CourseError
from grader.report.likeness import BesideEachOther, Likeness
from grader.report.report import Record


class ToCompare(Record):
    """A class, all of its exercises or one; `course`: the folder of the course, if it is there; so many pairs are laid
    side by side."""

    works: tuple[Submitted, ...]
    assignment: str
    exercise: str | None = None
    course: str | None = None
    beside: int = 0


class LaidOut(Record):
    """What came of it, with the answers of the first pairs."""

    told: Likeness
    beside: tuple[tuple[BesideEachOther, ...], ...] = ()


def compared_apart(asked: ToCompare, *, seconds: float) -> LaidOut | None:
    """What comes of it; None if it takes longer. Raises RuntimeError if the process fails."""
    try:
        done = subprocess.run(  # noqa: S603  # what we start is ours
            (sys.executable, "-m", __name__),
            input=asked.model_dump_json().encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2_000:])
    return LaidOut.model_validate_json(done.stdout)


def laid_out(asked: ToCompare) -> LaidOut:
    """The same here and now."""
    found = compared(asked.works, exercise=asked.exercise, handed_out=_handed_out(asked))
    beside = tuple(map(found.beside, range(min(len(found.told.pairs), asked.beside))))
    return LaidOut(told=found.told, beside=beside)


def _handed_out(asked: ToCompare) -> frozenset[int] | None:
    """None of a course that is not there, or cannot be read."""
    if asked.course is None:
        return None
    try:
        return handed_out(Course(Path(asked.course)), asked.assignment)
    except CourseError:
        return None


def main() -> None:
    """Answer what is asked."""
    asked = ToCompare.model_validate_json(sys.stdin.buffer.read())
    with redirect_stdout(sys.stderr):  # what a course prints is no answer of ours
        found = laid_out(asked)
    sys.stdout.write(found.model_dump_json())


if __name__ == "__main__":
    main()
