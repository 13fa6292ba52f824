"""The storm: many rooms, two at a time, a fit in every fifth, some killed at a random moment. Nothing hangs or stays.

`python -m tests.benchmarks.storm ROOMS` raises it in a process of its own, whose TMPDIR must be empty, and prints JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.errors import SandboxError
from grader.limits import RoomLimits
from grader.wall.protocol import Call, Job, Opened, Returned, Statement
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox
from grader.wall.values import freeze
from tests.benchmarks.processes import Process, descendants, innermost, living
from tests.benchmarks.table import Row, Standing
from tests.end_to_end.digits import ROOT

LIMITS = RoomLimits(cpu_seconds=30, wall_factor=2)
HANG_SECONDS = LIMITS.wall_seconds + 5
START_SECONDS = 120
FIT_EVERY, KILLED_SHARE = 5, 0.1
SHARED_MEMORY = Path("/dev/shm")

SMALL = "def answer():\n    return 42"
FIT = """\
import numpy as np
import keras
model = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(3)])
model.compile(loss="mse", optimizer="sgd")
history = model.fit(np.ones((64, 4)), np.ones((64, 3)), verbose=0)
def answer():
    return 42"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What the storm did: rooms by how they ended, and what was left when the sandbox was closed."""

    answered: int = 0
    killed: int = 0
    failed: int = 0
    hung: int = 0
    left: tuple[str, ...] = ()


def storm(rooms: int) -> Row:
    """Raise it, and look for what is left. A storm that does not end is one more hang."""
    what = f"{rooms:,} rooms with a fit in every fifth, random kills in between"
    reach = "0 hangs, 0 leftovers"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the sandbox's uid finds its files in there
        command = [sys.executable, "-m", "tests.benchmarks.storm", str(rooms)]
        environment = {**os.environ, "TMPDIR": folder}
        patience = START_SECONDS + rooms * HANG_SECONDS
        try:
            told = subprocess.run(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, timeout=patience
            ).stdout
        except subprocess.TimeoutExpired:
            return Row(what=what, reach=reach, measured="it never ended", standing=Standing.NOT_REACHED)
        damage = Damage(**json.loads(told))
        left = (*damage.left, *(path.name for path in Path(folder).iterdir()))
    measured = f"{damage.hung} hangs, {len(left)} leftovers ({damage.answered} answered, {damage.killed} killed"
    measured += f", {damage.failed} failed)" if damage.failed else ")"
    calm = damage.hung == damage.failed == len(left) == 0
    return Row(what=what, reach=reach, measured=measured, standing=Standing.REACHED if calm else Standing.NOT_REACHED)


def _raised(rooms: int) -> Damage:
    shared, mounts = _shared_memory(), _mounts()
    ends: Counter[str] = Counter()
    with choose_sandbox("auto", "tensorflow") as sandbox:
        _end_of_room(sandbox, _Killer(None), FIT)  # now the zygote is there
        chain = descendants()
        killer = _Killer(innermost(chain))
        with ThreadPoolExecutor(2) as two:
            jobs = (FIT if number % FIT_EVERY == 0 else SMALL for number in range(rooms))
            ends.update(two.map(lambda source: _end_of_room(sandbox, killer, source), jobs))
        seen = chain | killer.seen | descendants()
    left = [f"process {process.pid}" for process in living(seen)]
    left += [f"shared memory {name}" for name in _shared_memory() - shared]
    left += [f"mount {line}" for line in _mounts() - mounts]
    return Damage(**ends, left=tuple(left))


class _Killer:
    """Kills a room of `zygote` at a random moment. Which of two, it does not choose: so it counts."""

    def __init__(self, zygote: Process | None) -> None:
        self.seen: frozenset[Process] = frozenset()
        self.kills = 0
        self._zygote = zygote
        self._dice = random.Random(0)
        self._lock = threading.Lock()

    def perhaps(self, source: str) -> None:
        """For one room in ten: set a timer that kills."""
        with self._lock:
            if self._zygote is None or self._dice.random() >= KILLED_SHARE:
                return
            moment = self._dice.uniform(0, 0.5 if source is FIT else 0.03)
        threading.Timer(moment, self._kill).start()

    def _kill(self) -> None:
        assert self._zygote is not None
        rooms = descendants(self._zygote.pid)
        with self._lock, suppress(ProcessLookupError):
            self.seen |= rooms
            if rooms:
                os.kill(self._dice.choice(sorted(rooms, key=lambda room: room.pid)).pid, signal.SIGKILL)
                self.kills += 1


def _end_of_room(sandbox: Sandbox, killer: _Killer, source: str) -> str:
    """How one room ended, by the name of its field in `Damage`."""
    kills, start = killer.kills, time.monotonic()
    killer.perhaps(source)
    answered = _answers(sandbox, source)
    if time.monotonic() - start > HANG_SECONDS:
        return "hung"
    if answered:
        return "answered"
    return "killed" if killer.kills > kills else "failed"


def _answers(sandbox: Sandbox, source: str) -> bool:
    statement = Statement(cell=1, line=1, source=source, role="cell")
    job = Job(statements=(statement,), target="answer", seed=0, files={}, answer_bytes=10_000)
    try:
        with sandbox.room(LIMITS) as room:
            opened = room.open(job)
            (answer,) = room.ask([Call(id=0, target="answer", args=())])
            room.leave()
    except SandboxError as error:
        sys.stderr.write(f"lost a room: {error}\n")
        return False
    if isinstance(opened, Opened) and opened.failures:
        sys.stderr.write(f"{opened.failures[0].error}\n")
    return isinstance(answer, Returned) and answer.value == freeze(42)


def _shared_memory() -> set[str]:
    return {path.name for path in SHARED_MEMORY.iterdir()} if SHARED_MEMORY.is_dir() else set()


def _mounts() -> set[str]:
    return set(Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    json.dump(asdict(_raised(int(sys.argv[1]))), sys.stdout)
