"""`python -m tests.benchmarks.service_marking [STUDENTS]`: what whoever marks waits for, in a large class.

Each answer is prose of its own, and is drawn as on a site; what a page draws ahead is done before the next key, as with
people. Every other answer is marked already. A mark that was not saved fails the run.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx

from grader.service.marking.answers import Order, answers
from grader.service.marking.groups import groups_in
from grader.service.site import Site
from grader.service.store.tables import Role
from grader.service.web.access import COOKIE
from grader.service.web.app import make_app
from tests.benchmarks.table import Row, row, shown
from tests.browser.served import a_site, secret_of, served
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded
from tests.service.marked import decide, with_written, written

STUDENTS: Final = 1_000
KEYS: Final = 30
#: that a person reads an answer at the least
READING_SECONDS: Final = 1.0
WHY: Final = "/courses/ml/openings/digits/marking/why"
COMMENTS: Final = ("The bound is right.", "Monotony is only claimed.", "Say why it cannot rise.")
MORE: Final = "\n\nSo it **converges**, though not always to the least value that there is." * 4
PROSE: Final = "Answer {n}: the loss is **bounded** below, and `gradient descent` never raises it, as $f(x_{n})$ falls."


def main() -> int:
    """Print the rows."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS
    with tempfile.TemporaryDirectory() as folder:
        return shown(measures(Path(folder), students, KEYS))


def measures(folder: Path, students: int, keys: int) -> Iterator[Row]:
    """The next answer after a key, and the groups of all answers."""
    with a_site(folder, StoppedClock()) as site:
        room = _class(site, students)
        with served(make_app(site)) as address:
            before = time.process_time()
            seconds = list(_keys(room, address, students, keys))
            computed = (time.process_time() - before) / keys
        yield row(
            f"next answer after a key, {students:,} answers, median",
            statistics.median(seconds),
            reach=0.1,
            unit=" ms",
            scale=1e3,
            note=f"largest {max(seconds) * 1e3:.0f} ms",
        )
        what = "the same, processor time of site and browser, prose aside"
        yield row(what, computed, reach=0.1, unit=" ms", scale=1e3)
        began = time.perf_counter()
        with site.database.read() as session:
            there = answers(session, room.opening_id, ["why"], Order.BY_EXERCISE, now=site.now())
            found = groups_in(session, "why", there.answers)
        took = time.perf_counter() - began
        assert sum(len(each.members) for each in found) == students
        yield row(f"groups of {students:,} answers, from the database", took, reach=10.0, unit=" s")


def _class(site: Site, students: int) -> Classroom:
    names = [f"s{n}" for n in range(students)]
    room = with_written(furnish(site, people={"greta": Role.GRADER} | dict.fromkeys(names, Role.STUDENT)))
    for n, name in enumerate(names):
        attempt_id = graded(room, name, written(text=PROSE.replace("{n}", str(n)) + MORE))
        if n % 2:
            decide(room, attempt_id, 7, comment=COMMENTS[n % len(COMMENTS)])
    return room


def _keys(room: Classroom, address: str, students: int, keys: int) -> Iterator[float]:
    """From the key that saves a mark to the page of the next answer."""
    with httpx.Client(base_url=address, headers={"Sec-Fetch-Site": "same-origin"}, timeout=60) as greta:
        greta.cookies.set(COOKIE, secret_of(room, "greta"))
        at = greta.get(WHY).headers["Location"]
        greta.get(at)
        for key in range(keys):
            time.sleep(READING_SECONDS)
            began = time.perf_counter()
            saved = greta.post(at, data={"version": "0", "points": "5", "then": "next"})
            page = greta.get(saved.headers["Location"])
            yield time.perf_counter() - began
            assert f"{students // 2 + key + 1} of" in page.text
            at = saved.headers["Location"].partition("?")[0]


if __name__ == "__main__":
    raise SystemExit(main())
