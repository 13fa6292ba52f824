"""Submissions worth reading together, found in a class of 1,000 that all wrote for themselves, but for some copies.

Measured is `grader likeness` with its page, from the start of its process: processor time, and whether the pairs are
right. By itself: `python -m tests.benchmarks.likeness 1000 30`.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from grader.render import RENDERERS
from grader.report.likeness import Likeness
from tests.benchmarks.groups import GRADER
from tests.benchmarks.table import Row, Standing, row, table
from tests.likeness_class import LAB, ROOT, made

STUDENTS, COPIES, SECONDS = 1_000, 30, 30.0


def likeness(folder: Path, *, students: int = STUDENTS, copies: int = COPIES) -> Iterator[Row]:
    """How long it takes, how many copies in disguise are missed, and how many pairs are none."""
    those = made(students, copies)
    (folder / "reports").mkdir(parents=True)
    for student, report in those.reports().items():
        (folder / "reports" / f"{student}.json").write_text(RENDERERS["json"](report), encoding="utf-8")
    before = _seconds()
    found = _found(folder)
    what = f"likeness of {students:,} submissions of {LAB}, {copies} of them copies in disguise: processor time"
    yield row(what, _seconds() - before, reach=SECONDS, unit=" s")
    pairs = {frozenset(each.students) for each in found.pairs}
    yield _none(f"copies of it missed, of {len(those.alike)} pairs", len(those.alike - pairs))
    yield _none("pairs of it that wrote each for themselves", len(pairs - those.alike))


def _found(folder: Path) -> Likeness:
    """What the command says of a class."""
    command = [GRADER, "likeness", str(folder), "--course", str(ROOT), "--html", str(folder / "pairs.html")]
    done = subprocess.run([*command, "--json", "-"], capture_output=True, text=True, check=True)
    return Likeness.model_validate_json(done.stdout)


def _none(what: str, count: int) -> Row:
    standing = Standing.NOT_REACHED if count else Standing.REACHED
    return Row(what=what, reach="0", measured=str(count), standing=standing)


def _seconds() -> float:
    """Of processor time, of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        size, planted = map(int, sys.argv[1:])
        sys.stdout.write(f"{table(list(likeness(Path(home), students=size, copies=planted)))}\n")
