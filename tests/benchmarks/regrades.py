"""A class judged again: what points cost, and what one changed check costs against grading its exercise alone.

Digits submissions for the first, NumPy ones for the second, turn by turn.
"""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks import made_class
from tests.benchmarks.class_run import grade_class
from tests.benchmarks.table import Row, row
from tests.end_to_end.digits import ROOT
from tests.hostile.small_course import write_course

GRADER = str(Path(sysconfig.get_path("scripts")) / "grader")
#: seconds for so many stored attempts whose points changed; and how much more one exercise may cost than alone
OF_POINTS, STORED, AGAINST_ALONE = 5.0, 1_000, 1.1
POINTS = ('"Four numbers, the lab\'s own example first", 12', '"Four numbers, the lab\'s own example first", 13')
RULE = ('check("example", 2, question', 'check("example", 2, rule=Repeats(), question')


def regrades(folder: Path, *, digits: int, arrays: int, runs: int) -> Iterator[Row]:
    """Both rows."""
    yield _of_points(folder / "digits", digits, runs)
    yield _of_one_check(folder / "arrays", arrays, runs)


def _of_points(folder: Path, count: int, runs: int) -> Row:
    """What so many take, as if they were `STORED`: starting the command counts in full."""
    made_class.write_class(folder / "class", count, made_class.digits)
    grade_class(folder / "class", course=ROOT, assignment="digits", out=folder / "out")
    for kind in ("assignments", "reference"):
        shutil.copytree(ROOT / kind / "digits", folder / "course" / kind / "digits")
    _edit(folder / "course/assignments/digits/assignment.py", *POINTS)
    seconds = median(_regraded(folder) for _ in range(runs))
    what = f"points of a check changed: {count:,} digits attempts judged again, against {OF_POINTS:g} s for {STORED:,}"
    return row(what, seconds / (OF_POINTS * count / STORED), reach=1, unit=" x", note=f"{seconds:.2f} s")


def _of_one_check(folder: Path, count: int, runs: int) -> Row:
    write_course(folder / "course")
    write_course(folder / "alone")
    made_class.write_class(folder / "class", count, made_class.arrays)
    grade_class(folder / "class", course=folder / "course", assignment="small", out=folder / "out")
    _edit(folder / "course/assignments/small/assignment.py", *RULE)
    _only_the_first(folder / "alone/assignments/small/assignment.py")
    ratios, both = [], (0.0, 0.0)
    for _ in range(runs):
        alone = _alone(folder)
        again = _regraded(folder)
        both = (again, alone)
        ratios.append(again / alone)
    what = f"one check changed: {count:,} NumPy attempts, against grading its exercise alone, median of ratios"
    return row(what, median(ratios), reach=AGAINST_ALONE, unit=" x", note=f"{both[0]:.2f} s against {both[1]:.2f} s")


def _alone(folder: Path) -> float:
    """Seconds that grading the class by that exercise alone takes."""
    return grade_class(folder / "class", course=folder / "alone", assignment="small", out=folder / "alone-out").seconds


def _regraded(folder: Path) -> float:
    """Seconds that judging the class again takes; nothing of it applies. Raises AssertionError unless it succeeds."""
    command = [GRADER, "regrade", str(folder / "out"), "--course", str(folder / "course"), "--quiet"]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    assert done.returncode == 0, done.stderr
    return seconds


def _edit(path: Path, was: str, becomes: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert was in text, was
    path.write_text(text.replace(was, becomes), encoding="utf-8")


def _only_the_first(path: Path) -> None:
    """The assignment without the second of its exercises."""
    before, _, rest = path.read_text(encoding="utf-8").partition('        Exercise(\n            id="total",')
    path.write_text(before + rest[rest.index("        ),\n    ),\n") + len("        ),\n") :], encoding="utf-8")
