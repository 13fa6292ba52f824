"""`make bench`: measure everything, print the table, and with --write put it into README.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from grader.wall.sandbox.forked import choose_sandbox
from tests.benchmarks.cells import cells
from tests.benchmarks.commands import grade_cold, numpy_cold
from tests.benchmarks.every_lab import every_lab
from tests.benchmarks.groups import groups
from tests.benchmarks.kills import killed_and_continued
from tests.benchmarks.likeness import likeness
from tests.benchmarks.machine import machine
from tests.benchmarks.one_core import digits_on_one_core
from tests.benchmarks.peers import against_peers
from tests.benchmarks.regrades import regrades
from tests.benchmarks.rooms import numpy_exercise, private_memory, room_ready
from tests.benchmarks.scale import large_classes
from tests.benchmarks.storm import storm
from tests.benchmarks.table import README, Effort, Row, Standing, table, with_figures


def main() -> int:
    """Ends with 1 if a reach was missed."""
    options = _options()
    effort = Effort(
        runs=options.runs,
        rooms=options.rooms,
        arrays=options.arrays,
        digits=options.digits,
        kills=options.kills,
        peers=options.peers,
    )
    rows = []
    for measured in measures(effort):
        sys.stderr.write(f"{measured.standing.value}: {measured.what}: {measured.measured}\n")
        rows.append(measured)
    figures = f"{table(rows)}\n\n{_made_with(effort)}"
    sys.stdout.write(f"{figures}\n")
    if options.write:
        README.write_text(with_figures(README.read_text(encoding="utf-8"), figures), encoding="utf-8")
    return int(any(measured.standing is Standing.NOT_REACHED for measured in rows))


def measures(effort: Effort) -> Iterator[Row]:
    """Every row of the table, in order. One sandbox is open at a time: two would share the machine."""
    with choose_sandbox("auto", "tensorflow") as sandbox:
        yield room_ready(sandbox, 5 * effort.runs)
        memory = private_memory(sandbox, min(effort.runs, 5))  # it hardly varies
    with choose_sandbox("auto", "numpy") as sandbox:
        yield numpy_exercise(sandbox, 5 * effort.runs)
        yield from cells(sandbox, effort.runs)
    yield from digits_on_one_core(effort.runs)
    yield grade_cold(effort.runs)
    yield from numpy_cold(effort.runs)
    yield from every_lab(min(effort.runs, 3))  # of 26 labs
    yield memory
    yield storm(effort.rooms)
    with tempfile.TemporaryDirectory() as folder:
        yield from large_classes(Path(folder), arrays=effort.arrays, digits=effort.digits)
    with tempfile.TemporaryDirectory() as folder:
        yield from regrades(Path(folder), digits=effort.digits, arrays=effort.digits, runs=min(effort.runs, 3))
    with tempfile.TemporaryDirectory() as folder:
        yield from groups(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield from likeness(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield from killed_and_continued(Path(folder), effort.kills)
    if effort.peers:
        with tempfile.TemporaryDirectory() as folder:
            yield from against_peers(Path(folder), theirs=effort.peers)


def _made_with(effort: Effort) -> str:
    with choose_sandbox("auto", "numpy") as sandbox:
        line = machine(sandbox.name)
    sizes = " ".join(f"--{name} {size}" for name, size in asdict(effort).items())
    return f"{line}\nMade with `python -m tests.benchmarks {sizes} --write`."


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=9, help="repetitions behind each median")
    parser.add_argument("--rooms", type=int, default=100, help="rooms in the storm")
    parser.add_argument("--arrays", type=int, default=1_000, help="submissions of the largest NumPy class")
    parser.add_argument("--digits", type=int, default=100, help="submissions of the digits class")
    parser.add_argument("--kills", type=int, default=5, help="moments to kill a class at")
    parser.add_argument("--peers", type=int, default=0, help="submissions for each other grader; 3 GB to install")
    parser.add_argument("--write", action="store_true", help="update tests/benchmarks/README.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
