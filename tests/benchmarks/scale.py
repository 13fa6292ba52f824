"""Large classes: does a submission cost the same among 10,000 as among 100?

NumPy submissions for the growth, digits submissions for the cores and for a second run with nothing changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from grader.limits import MEGABYTE
from tests.benchmarks import made_class
from tests.benchmarks.class_run import ClassRun, grade_class
from tests.benchmarks.table import Row, at_least, row
from tests.end_to_end.digits import ROOT
from tests.hostile.small_course import write_course

GROWTH, MEMORY, BUSY, AGAIN_SECONDS = 1.1, 250 * MEGABYTE, 90, 3.0


def large_classes(folder: Path, *, arrays: int, digits: int) -> Iterator[Row]:
    """Every row, in order, of classes with at most so many NumPy submissions, and of one of the digits lab."""
    sizes = sorted({max(1, arrays // 100), max(1, arrays // 10), arrays})
    runs = [_arrays(folder / str(size), size) for size in sizes]
    yield from _growth(runs)
    yield from _of_digits(folder / "digits", digits)


def _arrays(folder: Path, count: int) -> ClassRun:
    write_course(folder / "course")
    made_class.write_class(folder / "class", count, made_class.arrays)
    return grade_class(folder / "class", course=folder / "course", assignment="small", out=folder / "out")


def _growth(runs: list[ClassRun]) -> Iterator[Row]:
    first, last = runs[0], runs[-1]
    each = ", ".join(f"{1e3 * run.each:.1f} ms of {run.submissions:,}" for run in runs)
    what = f"NumPy class: time per submission at {last.submissions:,} against at {first.submissions:,}"
    yield row(what, last.each / first.each, reach=GROWTH, unit=" x", note=each)
    if len(runs) > 2:  # free of what it takes to start, which flatters a large class
        further = [_further(small, large) for small, large in pairwise(runs)]
        what = f"NumPy class: each further submission up to {last.submissions:,} against up to {runs[1].submissions:,}"
        yield row(what, further[-1] / further[0], reach=GROWTH, unit=" x", note=f"{1e3 * further[-1]:.1f} ms each")
    yield row(
        f"memory of the parent at {last.submissions:,}, at its most",
        last.parent_bytes,
        reach=MEMORY,
        unit=" MB",
        scale=1 / MEGABYTE,
        note=f"{last.early_bytes / MEGABYTE:.0f} MB after a tenth of the time",
    )


def _further(small: ClassRun, large: ClassRun) -> float:
    return (large.seconds - small.seconds) / (large.submissions - small.submissions)


def _of_digits(folder: Path, count: int) -> Iterator[Row]:
    made_class.write_class(folder / "class", count, made_class.digits)
    run = grade_class(folder / "class", course=ROOT, assignment="digits", out=folder / "out")
    note = f"{run.seconds:.0f} s, {1e3 * run.each:.0f} ms each"
    yield at_least(
        f"cores busy while {count:,} digits submissions are graded", 100 * run.busy, reach=BUSY, unit=" %", note=note
    )
    again = grade_class(folder / "class", course=ROOT, assignment="digits", out=folder / "out", cache=True)
    yield row(f"second run, {count:,} unchanged digits submissions", again.seconds, reach=AGAIN_SECONDS, unit=" s")
