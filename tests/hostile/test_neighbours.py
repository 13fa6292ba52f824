"""What one room's greed costs the others that are open at the same time, and the disk."""

from __future__ import annotations

from grader.limits import RoomLimits
from grader.protocol import Answer, Ended, Job, Read, Returned, Statement
from grader.sandbox import Room
from tests.hostile.conftest import House, opened

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


def run(room: Room, source: str) -> Answer:
    """What `answer` holds once the room has run `source`."""
    job = Job(
        statements=(Statement(cell=1, line=1, source=source, role="cell"),),
        target="answer",
        seed=0,
        files={},
        answer_bytes=100_000,
    )
    room.open(job)
    return room.ask([Read(id=0, target="answer")])[0]


def test_a_room_that_starts_all_threads_leaves_some_to_other_workers() -> None:
    """8: the kernel counts threads by user and namespace, so each worker has a zygote of its own: rooms of another
    box are unaffected."""
    with (
        opened("namespaces", "numpy") as one,
        opened("namespaces", "numpy") as other,
        one.room(LIMITS) as greedy,
        other.room(LIMITS) as neighbour,
    ):
        run(greedy, EVERY_THREAD)

        assert isinstance(run(neighbour, A_FEW_THREADS), Returned)


def test_a_room_that_opens_all_descriptors_leaves_some_to_its_neighbour(house: House) -> None:
    """12: others are unaffected, and the supervisor goes on."""
    with house.sandbox.room(LIMITS) as greedy, house.sandbox.room(LIMITS) as neighbour:
        assert isinstance(run(greedy, ALL_DESCRIPTORS), Returned)
        assert isinstance(run(neighbour, ALL_DESCRIPTORS), Returned)


def test_a_room_fills_its_work_folder_and_no_more(house: House) -> None:
    """11: the work folder takes 64 MB in all, in however many files: no space is left, or the room is ended."""
    with house.sandbox.room(LIMITS) as room:
        answer = run(room, MUCH_OF_THE_DISK)

    if house.sandbox.name == "landlock":
        assert isinstance(answer, Ended)
        assert (answer.reason, answer.text) == ("over_limit", "Your code wrote more than 64 MB of files.")
    else:
        assert isinstance(answer, Returned)
        assert isinstance(answer.value, int)
        assert answer.value <= 64 * 1024 * 1024
