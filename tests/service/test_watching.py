"""Following attempts: one look for everybody, the newest alone, an end."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from grader.policy.state import State
from grader.service.site import Site
from grader.service.store.outline import Stage
from grader.service.store.tables import Attempt
from grader.service.web.watching import Looking, Progress, Watcher
from tests.service.classroom import furnish, handed_in

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
WAITS = Progress(state=State.WAITING, ahead=2, seconds=3)
RUNS = Progress(state=State.RUNNING, seconds=1)
GRADED = Progress(state=State.GRADED)


@dataclass
class Told:
    """A database of which each look sees the next line; then the last one for ever."""

    lines: list[Mapping[uuid.UUID, Progress]]
    looks: list[Sequence[uuid.UUID]] = field(default_factory=list)

    def __call__(self, ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Progress]:
        self.looks.append(ids)
        return self.lines.pop(0) if len(self.lines) > 1 else self.lines[0]


def always() -> bool:
    """Whoever follows may."""
    return True


async def seen(watcher: Watcher, attempt_id: uuid.UUID = ONE, person_id: int = 7, **how: float) -> list[Progress]:
    return [each async for each in watcher.follow(attempt_id, person_id, allowed=always, **how)]


def test_each_change_is_told_once_until_it_is_over() -> None:
    """What stays as it was is not said again; nothing comes after the end."""
    look = Told([{ONE: WAITS}, {ONE: WAITS}, {ONE: RUNS}, {ONE: GRADED}])
    assert asyncio.run(seen(Watcher(look, every=0.001))) == [WAITS, RUNS, GRADED]


def test_however_many_follow_there_is_one_look() -> None:
    """A class that watches its deadline asks the database as often as one student does."""
    look = Told([{ONE: WAITS, OTHER: WAITS}, {ONE: GRADED, OTHER: GRADED}])
    watcher = Watcher(look, every=0.001)

    async def everybody() -> None:
        await asyncio.gather(*(seen(watcher, (ONE, OTHER)[n % 2], n) for n in range(100)))

    asyncio.run(everybody())
    assert len(look.looks) <= 4
    assert set(look.looks[0]) <= {ONE, OTHER}


def test_nobody_looks_when_nobody_follows() -> None:
    """The last who leaves takes the watcher along; the next one brings it back."""
    look = Told([{ONE: GRADED}])
    watcher = Watcher(look, every=0.001)

    async def twice() -> int:
        await seen(watcher)
        await asyncio.sleep(0.01)
        before = len(look.looks)
        await asyncio.sleep(0.02)
        assert len(look.looks) == before
        return len(await seen(watcher))

    assert asyncio.run(twice()) == 1
    assert watcher.streams == 0


def test_one_person_has_so_many_streams_and_others_are_not_held_up() -> None:
    """One student's windows do not shut a class out."""
    watcher = Watcher(Told([{ONE: WAITS}]), every=0.001, most_streams=2)

    async def crowd() -> tuple[list[Progress], bool, bool]:
        open_ones = [watcher.follow(ONE, 7, allowed=always) for _ in range(2)]
        for each in open_ones:
            await anext(each)
        third, full, other = await seen(watcher), watcher.is_full(7), watcher.is_full(8)
        for each in open_ones:
            await each.aclose()
        return third, full, other

    assert asyncio.run(crowd()) == ([], True, False)
    assert not watcher.is_full(7)


def test_all_together_have_so_many_streams() -> None:
    """A process has an end; whoever comes then asks every two seconds."""
    watcher = Watcher(Told([{ONE: WAITS}]), every=0.001, most_in_all=1)

    async def two() -> bool:
        first = watcher.follow(ONE, 7, allowed=always)
        await anext(first)
        full = watcher.is_full(8)
        await first.aclose()
        return full

    assert asyncio.run(two())
    assert not watcher.is_full(8)


@pytest.mark.parametrize("lines", [[{}], [{ONE: WAITS}, {}]], ids=["never there", "forgotten meanwhile"])
def test_what_is_not_there_ends(lines: list[Mapping[uuid.UUID, Progress]]) -> None:
    """Nobody waits for an attempt that somebody took away."""
    assert len(asyncio.run(seen(Watcher(Told(lines), every=0.001)))) < 2


def test_a_stream_ends_when_it_is_not_allowed_any_more() -> None:
    """Whoever left the course or signed out hears nothing more, whether something changes or not."""
    asked = [True, True, False]
    watcher = Watcher(Told([{ONE: WAITS}]), every=0.001, recheck=0.002)

    async def follows() -> list[Progress]:
        return [each async for each in watcher.follow(ONE, 7, allowed=lambda: asked.pop(0))]

    assert asyncio.run(follows()) == [WAITS]
    assert asked == []


def test_what_is_news_is_not_told_to_whoever_may_not_know_it_any_more() -> None:
    """They are asked first."""
    watcher = Watcher(Told([{ONE: WAITS}]), every=0.001, recheck=0)

    async def follows() -> list[Progress]:
        return [each async for each in watcher.follow(ONE, 7, allowed=lambda: False)]

    assert asyncio.run(follows()) == []


def test_a_stream_ends_after_its_time() -> None:
    """The browser asks again, as whoever is signed in then."""
    assert asyncio.run(seen(Watcher(Told([{ONE: WAITS}]), every=0.001), longest=0.02)) == [WAITS]


def test_a_database_that_is_away_for_a_moment_ends_no_stream() -> None:
    """Nothing moves, and then it goes on."""
    calls: list[int] = []

    def look(ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Progress]:
        calls.append(len(ids))
        if len(calls) == 1:
            raise OperationalError("select", {}, Exception("gone"))
        return {ONE: GRADED}

    assert asyncio.run(seen(Watcher(look, every=0.001, after_failure=0.001))) == [GRADED]


def test_a_failure_of_ours_ends_the_streams() -> None:
    """Nobody waits for what will not come; the failure is told, not swallowed."""

    def look(ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Progress]:
        raise AssertionError("a mistake of ours")

    async def followed() -> tuple[list[Progress], str]:
        told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        told.get_loop().set_exception_handler(lambda _, context: told.set_result(str(context["exception"])))
        return await seen(Watcher(look, every=0.001)), await asyncio.wait_for(told, 30)

    assert asyncio.run(followed()) == ([], "a mistake of ours")


def test_a_look_tells_states_and_places(site: Site) -> None:
    """Of a running attempt the exercise and the seconds left, of a waiting one how many go first."""
    room = furnish(site)
    running, waiting = handed_in(room, "ada", state=State.RUNNING), handed_in(room, "bob")
    stage = Stage(exercise=1, exercises=2, title="Softmax")
    changed(site, running, lambda row: set_(row, stage=stage, claimed_at=site.now(), seconds=9.0))

    found = Looking(site)([running, waiting, uuid.uuid4()])

    assert found[running] == Progress(state=State.RUNNING, stage=stage, seconds=9)
    assert found[waiting] == Progress(state=State.WAITING, ahead=0, no_worker=True)
    assert len(found) == 2


def test_a_place_is_looked_up_again_when_it_is_old(on_sqlite: Site) -> None:
    """When thousands wait they are not counted with every look."""
    room = furnish(on_sqlite)
    first, second = handed_in(room, "ada"), handed_in(room, "bob")
    changed(on_sqlite, second, lambda row: set_(row, received_at=row.received_at + timedelta(seconds=1)))
    look = Looking(on_sqlite)
    before = look([second])[second].ahead
    changed(on_sqlite, first, lambda row: set_(row, state=State.GRADED))
    at_once = look([second])[second].ahead
    on_sqlite.now.go_on(seconds=3)  # type: ignore[attr-defined]  # the clock of tests

    assert (before, at_once, look([second])[second].ahead) == (1, 1, 0)


def changed(site: Site, attempt_id: uuid.UUID, change: Callable[[Attempt], None]) -> None:
    with site.database.begin() as session:
        change(session.get_one(Attempt, attempt_id))


def set_(row: Attempt, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
