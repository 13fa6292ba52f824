"""Laws of the queue, on whatever order people hand in and workers claim: the statement against a model in memory."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.policy.state import State
from grader.service.queue.claims import Claimed, claim
from grader.service.site import Site
from grader.service.store.database import Database
from grader.service.store.tables import Attempt, Pace, Role
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.queued import queued

NAMES = ("ada", "bob", "cleo")
#: somebody hands in; or a worker takes what is next; or the one that has worked longest is done
HAND_IN, CLAIM, END = st.sampled_from(NAMES), st.just("claim"), st.just("end")
EVENTS = st.lists(st.one_of(HAND_IN, CLAIM, END), max_size=24)


@dataclass(slots=True)
class Class:
    """What happened in a class, as a model: who waits with how many of theirs before, who runs."""

    room: Classroom
    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NAMES, 0))
    waiting: list[tuple[str, int, uuid.UUID]] = field(default_factory=list)
    running: list[tuple[str, int, uuid.UUID]] = field(default_factory=list)

    def hand_in(self, name: str) -> None:
        """Somebody hands in once more."""
        self.numbers[name] += 1
        self.room.site.now.go_on(seconds=1)  # type: ignore[attr-defined]  # the clock of tests
        self.waiting.append((name, self.numbers[name], queued(self.room, name, self.numbers[name])))

    def claim(self) -> tuple[str, int, uuid.UUID] | None:
        """A worker takes what is next."""
        found = claimed(self.room.site)
        if found is None:
            return None
        taken = next(each for each in self.waiting if each[2] == found.attempt_id)
        self.waiting.remove(taken)
        self.running.append(taken)
        return taken

    def end(self) -> None:
        """The one that began first is done."""
        if self.running:
            done(self.room.site, self.running.pop(0)[2])

    @property
    def claimable(self) -> list[tuple[str, int, uuid.UUID]]:
        """Waiting ones of whom nothing runs."""
        at_work = {name for name, *_ in self.running}
        return [each for each in self.waiting if each[0] not in at_work]


@settings(max_examples=15, deadline=None)
@given(events=EVENTS)
def test_every_claim_is_lawful(empty_sqlite: Path, events: list[str]) -> None:
    """What can be claimed is, one of each student at a time, in their own order; and nobody's first attempt is left
    waiting for another's second."""
    with a_class(empty_sqlite) as seen:
        for what in events:
            if what == "end":
                seen.end()
            elif what != "claim":
                seen.hand_in(what)
            else:
                claimable = seen.claimable
                taken = seen.claim()
                assert (taken is None) == (not claimable)
                if taken is not None:
                    name, number, _ = taken
                    assert number == min(each[1] for each in claimable if each[0] == name)
                    assert number == 1 or all(each[1] > 1 for each in claimable)


@settings(max_examples=8, deadline=None)
@given(seconds=st.lists(st.integers(1, 20), min_size=2, max_size=3), claims=st.integers(4, 9))
def test_courses_get_equal_shares(empty_sqlite: Path, seconds: list[int], claims: int) -> None:
    """Of courses that always have something waiting, none is ahead of another by more than an attempt of each."""
    with a_site(empty_sqlite) as site:
        rooms = [furnish(site, slug=f"course{n}", people={f"s{n}": Role.STUDENT}) for n in range(len(seconds))]
        for n, room in enumerate(rooms):
            with site.database.begin() as session:
                session.add(Pace(revision_id=room.revision_id, assignment="digits", seconds=seconds[n], attempts=1))
            for number in range(1, claims + 1):
                queued(room, f"s{n}", number)
        had = dict.fromkeys((room.course_id for room in rooms), 0.0)
        for _ in range(claims):
            found = claimed(site)
            assert found is not None
            done(site, found.attempt_id)
            had[found.course_id] += found.seconds

    assert max(had.values()) - min(had.values()) <= 2 * max(seconds)


@contextmanager
def a_site(empty: Path) -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "site.db"
        shutil.copy(empty, path)
        database = Database(f"sqlite:///{path}")
        try:
            yield Site(database=database, data=Path(name), now=StoppedClock())
        finally:
            database.close()


@contextmanager
def a_class(empty: Path) -> Iterator[Class]:
    with a_site(empty) as site:
        yield Class(room=furnish(site, people=dict.fromkeys(NAMES, Role.STUDENT)))


def claimed(site: Site) -> Claimed | None:
    with site.database.begin() as session:
        return claim(session, worker="w", now=site.now())


def done(site: Site, attempt_id: uuid.UUID) -> None:
    with site.database.begin() as session:
        session.get_one(Attempt, attempt_id).state = State.GRADED
