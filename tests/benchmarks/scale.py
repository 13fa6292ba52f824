"""Large classes: `python -m tests.benchmarks.scale`. Does a submission cost the same among 10,000 as among 100?

NumPy submissions for the growth, digits submissions for the cores and for a second run with nothing changed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from grader.limits import MEGABYTE
from tests.benchmarks.class_run import ClassRun, grade_class
from tests.benchmarks.made_class import arrays, digits, write_class
from tests.benchmarks.table import Row, Standing, at_least, row, table
from tests.end_to_end.digits import ROOT
from tests.hostile.small_course import write_course

GROWTH, MEMORY, BUSY, AGAIN_SECONDS = 1.1, 250 * MEGABYTE, 90, 3.0


def main() -> int:
    """Ends with 1 if a reach was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scale", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000], help="NumPy classes, small first")
    parser.add_argument("--digits", type=int, default=1_000, help="submissions in the digits class")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for measured in measures(Path(folder), sizes=options.sizes, of_digits=options.digits):
            sys.stderr.write(f"{measured.standing.value}: {measured.what}: {measured.measured}\n")
            rows.append(measured)
    sys.stdout.write(f"{table(rows)}\n")
    return int(any(measured.standing is Standing.NOT_REACHED for measured in rows))


def measures(folder: Path, *, sizes: list[int], of_digits: int) -> Iterator[Row]:
    """Every row, in order; one class is graded at a time."""
    runs = [_arrays(folder / str(size), size) for size in sizes]
    yield from _growth(runs)
    yield from _of_digits(folder / "digits", of_digits)


def _arrays(folder: Path, count: int) -> ClassRun:
    write_course(folder / "course")
    write_class(folder / "class", count, arrays)
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
    write_class(folder / "class", count, digits)
    run = grade_class(folder / "class", course=ROOT, assignment="digits", out=folder / "out")
    note = f"{run.seconds:.0f} s, {1e3 * run.each:.0f} ms each"
    yield at_least(
        f"cores busy while {count:,} digits submissions are graded", 100 * run.busy, reach=BUSY, unit=" %", note=note
    )
    again = grade_class(folder / "class", course=ROOT, assignment="digits", out=folder / "out", cache=True)
    yield row(f"second run, {count:,} unchanged digits submissions", again.seconds, reach=AGAIN_SECONDS, unit=" s")


if __name__ == "__main__":
    sys.exit(main())
