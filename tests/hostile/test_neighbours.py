"""What one room's greed costs the others that are open at the same time, and the disk."""

from __future__ import annotations

import os

import pytest

from grader.errors import SandboxError
from grader.limits import RoomLimits
from grader.wall.protocol import Answer, Ended, Job, Read, Returned, Statement
from grader.wall.sandbox import Room
from tests.english import refusing, spoken
from tests.hostile.conftest import TIERS, House, opened

LIMITS = RoomLimits(cpu_seconds=5, wall_factor=6)
EVERY_THREAD = """\
import threading
threading.stack_size(32768)
answer = 0
try:
    while answer < 20_000:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        answer += 1
except RuntimeError:
    pass
"""
A_FEW_THREADS = """\
import threading
threads = [threading.Thread(target=int) for _ in range(8)]
answer = [thread.start() for thread in threads]
"""
MUCH_OF_THE_DISK = """\
answer = 0
try:
    for number in range(24):
        with open(f"{number}", "wb") as file:
            answer += file.write(bytes(4 << 20))
except OSError:
    pass
"""
ALL_DESCRIPTORS = """\
import os
answer = 0
try:
    while True:
        os.dup(0)
        answer += 1
except OSError:
    pass
"""


def run(room: Room, source: str, *, leaves: bool = False) -> Answer:
    """What `answer` holds once the room has run `source`, or why that does not count when it has left."""
    job = Job(
        statements=(Statement(cell=1, line=1, source=source, role="cell"),),
        target="answer",
        seed=0,
        files={},
        answer_bytes=100_000,
    )
    room.open(job)
    answer = room.ask([Read(id=0, target="answer")])[0]
    last = room.leave() if leaves else None
    return last if isinstance(last, Ended) else answer


@pytest.mark.parametrize("tier", TIERS)
def test_a_room_that_starts_all_threads_leaves_some_to_other_workers(tier: str) -> None:
    """8: the kernel counts threads by user and namespace, so each worker has a zygote of its own, and in tier 2 a user
    of its own: rooms of another are unaffected, also those that are open already."""
    if tier == "landlock" and os.geteuid() != 0:
        pytest.skip("only root can give each worker a user of its own")
    with (
        opened(tier, "numpy") as one,
        opened(tier, "numpy") as other,
        one.room(LIMITS) as greedy,
        other.room(LIMITS) as neighbour,
    ):
        started = run(greedy, EVERY_THREAD)

        assert isinstance(started, Returned)
        assert isinstance(started.value, int)
        assert 400 < started.value < 4_000
        assert isinstance(run(neighbour, A_FEW_THREADS), Returned)


@pytest.mark.parametrize("source", [A_FEW_THREADS, "import os\nos.abort()"], ids=["an error", "an abort"])
def test_a_room_that_starts_all_threads_leaves_some_to_the_next_of_its_user(house: House, source: str) -> None:
    """8: each may have so many more than there are when it is born. One that was born before is not blamed."""
    with house.sandbox.room(LIMITS) as early, house.sandbox.room(LIMITS) as greedy:
        run(greedy, EVERY_THREAD)
        with house.sandbox.room(LIMITS) as late:
            assert isinstance(run(late, A_FEW_THREADS), Returned)
        with refusing(SandboxError, match="had taken the threads"):
            run(early, source)


ALMOST_ALL = 60 * 1024 * 1024
HELD_OPEN = f"""\
import os
answer = 0
kept = []
for number in range(12):
    kept.append(open(f"{{number}}", "wb"))
    kept[-1].write(bytes({ALMOST_ALL}))
    kept[-1].flush()
    os.remove(f"{{number}}")
    answer += 1
"""
HELD_BY_A_MAP = f"""\
import mmap, os
answer = 0
kept = []
for number in range(12):
    with open(f"{{number}}", "w+b") as file:
        file.write(bytes({ALMOST_ALL}))
        file.flush()
        kept.append(mmap.mmap(file.fileno(), 4096, mmap.MAP_PRIVATE))
    os.remove(f"{{number}}")
    answer += 1
os.closerange(5, 64)
"""
MANY_FILES = """\
import os
answer = 0
for folder in range(400):
    os.makedirs(f"{folder}/a/b/c")
    for number in range(400):
        open(f"{folder}/a/b/c/{number}", "w").close()
        answer += 1
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(HELD_OPEN, id="removed and still open"),
        pytest.param(HELD_BY_A_MAP, id="removed, closed and still mapped"),
        pytest.param(MANY_FILES, id="160,000 in nested folders"),
    ],
)
def test_files_are_counted_whole(house: House, source: str) -> None:
    """11: with a name or without, in however many folders: no space is left, or the room is ended."""
    with house.sandbox.room(LIMITS) as room:
        answer = run(room, source, leaves=True)

    if house.sandbox.name == "landlock":
        assert isinstance(answer, Ended)
        assert answer.reason == "over_limit"
    else:
        assert isinstance(answer, Returned)
        assert answer.value in range(4_096)


def test_a_room_that_opens_all_descriptors_leaves_some_to_its_neighbour(house: House) -> None:
    """12: others are unaffected, and the supervisor goes on."""
    with house.sandbox.room(LIMITS) as greedy, house.sandbox.room(LIMITS) as neighbour:
        assert isinstance(run(greedy, ALL_DESCRIPTORS), Returned)
        assert isinstance(run(neighbour, ALL_DESCRIPTORS), Returned)


def test_a_room_fills_its_work_folder_and_no_more(house: House) -> None:
    """11: the work folder takes 64 MB in all, in however many files: no space is left, or the room is ended."""
    with house.sandbox.room(LIMITS) as room:
        answer = run(room, MUCH_OF_THE_DISK, leaves=True)

    if house.sandbox.name == "landlock":
        assert isinstance(answer, Ended)
        assert (answer.reason, spoken(answer.message)) == (
            "over_limit",
            "Your code wrote more than 64 MB of files.",
        )
    else:
        assert isinstance(answer, Returned)
        assert isinstance(answer.value, int)
        assert answer.value <= 64 * 1024 * 1024
