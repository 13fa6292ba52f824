"""`python -m tests.benchmarks.one_class CLASS OUT COURSE`: grades a class as `grade` does; prints what it took."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from grader.classroom import ClassRequest, grade_class
from grader.progress import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What grading one class took: seconds in all, seconds for each submission after the first, the share of time for
    which the machine's processors were busy meanwhile, and the most memory that this process ever held."""

    seconds: float
    each: float
    busy: float
    megabytes: float


class _Stopwatch:
    """Notes time and load at every result; the first one is not counted, since it waits for libraries to load."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, float, float]] = []

    def saw(self, tally: Tally) -> None:
        del tally
        self.seen = [*self.seen[:1], (time.perf_counter(), *_processors())]

    def figures(self, seconds: float, results: int) -> Figures:
        (start, busy, total), (end, busy_then, total_then) = self.seen[0], self.seen[-1]
        return Figures(
            seconds=seconds,
            each=(end - start) / max(results - 1, 1),
            busy=(busy_then - busy) / max(total_then - total, 1),
            megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        )


def main() -> None:
    """Prints the figures as JSON."""
    folder, out, course = map(Path, sys.argv[1:])
    watch = _Stopwatch()

    @contextmanager
    def watching(stream: TextIO, *, total: int, quiet: bool, colour: bool) -> Iterator[_Stopwatch]:
        yield watch

    request = ClassRequest(
        paths=(folder,),
        assignment=None,
        course=course,
        json=None,
        out=out,
        roster=None,
        format="text",
        language="en",
        audience="instructor",
        seed=None,
        sandbox="auto",
        workers=None,
        cache=True,
        fail_under=None,
        quiet=True,
    )
    start = time.perf_counter()
    status = grade_class(request, environment={}, watch=watching)
    figures = watch.figures(time.perf_counter() - start, len(list(folder.iterdir())))
    sys.stdout.write(json.dumps(asdict(figures)))
    sys.exit(status)


def _processors() -> tuple[float, float]:
    """Ticks of all processors: working, and in all."""
    user, nice, system, *rest = map(float, Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:])
    return user + nice + system, user + nice + system + sum(rest[:5])  # what follows is in user's already


if __name__ == "__main__":
    main()
