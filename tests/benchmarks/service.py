"""`python -m tests.benchmarks.service`: what a site takes, from a start to a storm. Each row in a run of its own.

Every upload has code of its own, and every report is looked at: a fast wrong answer fails the run.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from grader.classes.crew import usable_cores
from grader.service.site import Whereabouts
from tests.benchmarks.class_run import grade_class
from tests.benchmarks.machine import machine
from tests.benchmarks.made_class import digits, write_class
from tests.benchmarks.processes import processor_seconds
from tests.benchmarks.service_client import PATIENCE, hand_in_at_a_rate, until_reported
from tests.benchmarks.service_site import Furnished, furnish, kept, serving
from tests.benchmarks.table import Row, Standing, at_least, row, table
from tests.service.conftest import made_database
from tests.service.postgres import server
from tests.service.served import ROOT, served

ASSIGNMENT: Final = "digits"
KINDS: Final = ("sqlite", "postgresql")
#: receipts are to come while grading goes on
REACHES: Final = {"sqlite": (0.025, 0.1), "postgresql": (0.015, 0.05)}
#: of one processor, at a hundred a second, the rest is the worker's and the client's
RECEIPT_SECONDS: Final = 0.004
#: numbers of the submissions that warm a worker: nobody else's
WARMING: Final = 1_000_000
#: how long whatever waits may take to be graded, each
DRAIN_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much to measure: uploads one by one, starts, uploads a second and for how many seconds, students of the storm
    and the seconds they come within, requests until memory is looked at again."""

    uploads: int = 40
    starts: int = 5
    rate: int = 100
    seconds: int = 60
    students: int = 1_000
    within: int = 60
    requests: int = 10_000


def main() -> int:
    """Ends with 1 if a reach was missed."""
    effort, only = _options()
    rows = []
    for name, measure in MEASURES.items():
        for measured in measure(effort) if name in only or not only else ():
            sys.stderr.write(f"{measured.standing.value}: {measured.what}: {measured.measured}\n")
            rows.append(measured)
    sys.stdout.write(f"{table(rows)}\n\n{machine('auto')}\n")
    return int(any(measured.standing is Standing.NOT_REACHED for measured in rows))


def starts(effort: Effort) -> Iterator[Row]:
    """From the command to the first page, of a site that is made by it; and to the first report."""
    bare = [_seconds([sys.executable, "-c", "import fastapi, sqlalchemy.orm, uvicorn"]) for _ in range(effort.starts)]
    pages = []
    for _ in range(effort.starts):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            with served(ROOT, data=Path(folder) / "site") as running:
                assert httpx.get(f"{running.address}/sign-in").status_code == 200
                pages.append(time.perf_counter() - began)
    note = f"median of {len(pages)}; {_median(pages) / _median(bare):.3g} x importing FastAPI, SQLAlchemy and uvicorn"
    yield row("cold `grader serve` of this course to its first page", _median(pages), reach=2, unit=" s", note=note)
    reports = []
    for number in range(effort.starts):
        with tempfile.TemporaryDirectory() as folder:
            site = furnish(Whereabouts(data=Path(folder) / "site"), ROOT, ASSIGNMENT, students=1)
            began = time.perf_counter()
            with serving(site) as running:
                until_reported(site, running.address, digits(number), number=0)
                reports.append(time.perf_counter() - began)
    bare = [_seconds([sys.executable, "-c", "import tensorflow"]) for _ in range(effort.starts)]
    note = f"median of {len(reports)}; `import tensorflow` alone takes {_median(bare):.3g} s"
    yield row("cold `grader serve` to the first report, digits", _median(reports), reach=5, unit=" s", note=note)


def one_by_one(effort: Effort) -> Iterator[Row]:
    """From upload to report while nobody else is there, on both databases."""
    for kind in KINDS:
        with _site(kind, students=effort.uploads) as site, serving(site) as running:
            _warmed(site, running.address)
            taken = [until_reported(site, running.address, digits(n), number=n) for n in range(1, effort.uploads)]
        what = f"upload to finished report, digits, warm, idle, {kind}"
        yield row(f"{what}, median", _median(taken), reach=0.8, unit=" s", note=f"{len(taken)} uploads")
        yield row(f"{what}, slowest of {len(taken)}", max(taken), reach=2, unit=" s")


def receipts(effort: Effort) -> Iterator[Row]:
    """Receipts while uploads come at a steady rate and the worker grades."""
    for kind in KINDS:
        with _site(kind, students=min(effort.students, effort.rate * effort.seconds)) as site, serving(site) as running:
            _warmed(site, running.address)
            numbers = list(range(effort.rate * effort.seconds))
            before = processor_seconds(running.process.pid)
            answers = hand_in_at_a_rate(site, running.address, digits, rate=effort.rate, numbers=numbers, begin=1)
            spent = processor_seconds(running.process.pid) - before
            running.process.kill()
        what = f"receipt, {effort.rate} uploads/s for {effort.seconds} s while grading goes on, {kind}"
        median, late = REACHES[kind]
        faults = f"{len(answers.faults)} errors" + (f", {answers.faults[0]}" if answers.faults else "")
        yield row(f"{what}, median", answers.part(0.5), reach=median, unit=" ms", scale=1e3, note=faults)
        yield row(f"{what}, p99", answers.part(0.99), reach=late, unit=" ms", scale=1e3)
        each = f"{what}, processor time of the web process for each"
        yield row(each, spent / len(numbers), reach=RECEIPT_SECONDS, unit=" ms", scale=1e3)


def storm(effort: Effort) -> Iterator[Row]:
    """Every student hands in twice within a minute; then all is graded. The same class is graded by command before."""
    uploads = 2 * effort.students
    with tempfile.TemporaryDirectory() as folder:
        write_class(Path(folder) / "class", uploads, digits)
        options = {"course": ROOT, "assignment": ASSIGNMENT, "out": Path(folder) / "out"}
        command = grade_class(Path(folder) / "class", **options)  # type: ignore[arg-type]  # they fit by name
    with _site("postgresql", students=effort.students) as site, serving(site) as running:
        before = _warmed(site, running.address)
        numbers = [*range(effort.students)] * 2
        began = time.perf_counter()
        answers = hand_in_at_a_rate(site, running.address, digits, rate=uploads / effort.within, numbers=numbers)
        until = began + effort.within + uploads * DRAIN_SECONDS
        while kept(site).unfinished and time.perf_counter() < until:
            time.sleep(1)
        seconds, found = time.perf_counter() - began, kept(site)
        running.end()
    lost = before + uploads - found.reports
    counted = f"{lost} lost, {found.twice} begun twice, {len(answers.faults)} errors, {found.jumped} jumped the queue"
    what = f"storm: {effort.students:,} students x 2 within {effort.within} s, then drained, postgresql"
    yield row(what, lost + found.twice + len(answers.faults) + found.jumped, reach=0, unit="", note=counted)
    note = f"{seconds / uploads * 1e3:.0f} ms each, against {command.each * 1e3:.0f} ms by command"
    rate = command.each * uploads / seconds * 100
    yield at_least("storm: grading rate against the same class by command", rate, reach=90, unit=" %", note=note)


def memory(effort: Effort) -> Iterator[Row]:
    """The web process after many requests of many kinds, against after a tenth of them."""
    with _site("sqlite", students=20) as site, serving(site, "--no-worker") as running:
        early = _asked(site, running.address, running.process.pid, effort.requests // 10)
        late = _asked(site, running.address, running.process.pid, effort.requests)
    what = f"memory of the web process after {effort.requests:,} requests, against after a tenth of them"
    yield row(what, late / early, reach=1.05, unit=" x", note=f"{late / 1e6:.0f} MB")


MEASURES: Final = {"starts": starts, "one_by_one": one_by_one, "receipts": receipts, "storm": storm, "memory": memory}


@contextmanager
def _site(kind: str, *, students: int) -> Iterator[Furnished]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "site"
        if kind == "sqlite":
            yield furnish(Whereabouts(data=data), ROOT, ASSIGNMENT, students=students)
            return
        with server() as address:
            assert address is not None, "there is no PostgreSQL here"
            with made_database(address, "grader_bench") as url:
                yield furnish(Whereabouts(data=data, database=url), ROOT, ASSIGNMENT, students=students)


def _warmed(site: Furnished, address: str) -> int:
    """Let every slot of the worker grade; how many uploads that took. Twice, because one slot grades alone while the
    others still get ready."""
    count = 2 * usable_cores()
    for begin in (WARMING, WARMING + count):
        answers = hand_in_at_a_rate(site, address, digits, rate=count, numbers=range(count), begin=begin)
        assert not answers.faults, answers.faults
        until = time.perf_counter() + count * PATIENCE
        while kept(site).unfinished:
            assert time.perf_counter() < until, kept(site)
            time.sleep(0.5)
    return 2 * count


def _asked(site: Furnished, address: str, pid: int, requests: int) -> int:
    """Ask so often, one after the other; the bytes of memory that the process then has for itself."""
    course, name = f"/courses/{site.slug}", site.assignment
    paths = ("/", course, f"{course}/{name}", f"/api/v1{course}", site.path, "/healthz", "/nothing")
    with httpx.Client(base_url=address) as client:
        for number, path in zip(range(requests), itertools.cycle(paths), strict=False):
            client.get(path, headers={"Authorization": f"Bearer {site.tokens[number % len(site.tokens)]}"})
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Private_"))


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def _median(figures: list[float]) -> float:
    return sorted(figures)[len(figures) // 2]


def _options() -> tuple[Effort, list[str]]:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.service", description=__doc__)
    for name, value in ((name, getattr(Effort(), name)) for name in Effort.__slots__):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("only", nargs="*", choices=[[], *MEASURES], help="these rows alone")
    told = vars(parser.parse_args())
    only = told.pop("only")
    return Effort(**told), list(only)


if __name__ == "__main__":
    sys.exit(main())
