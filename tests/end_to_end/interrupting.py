"""`python -m tests.end_to_end.interrupting SIGNAL AFTER CLASS OUT COURSE`: grades a class, and at that many results
sends the signal: SIGINT as Ctrl-C does, SIGKILL to the whole process group as a power failure would. No test here.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from grader.classes.classroom import grade_class
from grader.classes.progress import Tally
from grader.classes.request import GradeRequest
from grader.cli.grade import run


class Striker:
    """Sends the signal when it has seen enough."""

    def __init__(self, number: signal.Signals, after: int) -> None:
        self._number = number
        self._after = after

    def saw(self, tally: Tally) -> None:
        """Strikes at one of them."""
        if tally.done == self._after:
            os.killpg(0, self._number)


def main() -> None:
    """Ends as `grade` would."""
    number, after, folder, out, course = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts with `&` would ignore Ctrl-C

    @contextmanager
    def watch(stream: TextIO, *, total: int, quiet: bool, colour: bool) -> Iterator[Striker]:
        yield Striker(signal.Signals[number], int(after))

    request = GradeRequest(paths=(Path(folder),), course=Path(course), out=Path(out), workers=2)
    run(lambda **_: sys.exit(grade_class(request, environment={}, watch=watch)))


if __name__ == "__main__":
    main()
