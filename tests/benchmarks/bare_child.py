"""What the sample's student code costs with no grader around it: a process that forks a child to run it.

`python -m tests.benchmarks.bare_child PARENT JOURNAL RUNTIME [LIBRARY...]`: the parent has imported NumPy or TensorFlow
and the libraries that the assignment uses ("plain"), or all that a zygote has ("prepared"); the journal is what the
rooms were asked, which `one_core.py` and `every_lab.py` write. For each line on standard input it forks once, and
answers with the child's processor seconds.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

from grader.wall.message_frames import from_reader
from grader.wall.protocol import Call, Describe, Follow, Job, Read, Sent
from grader.wall.room.following import follow
from grader.wall.room.objects import thaw_here
from grader.wall.room.preloaded import Libraries
from grader.wall.room.zygote import preload

MOST = 1 << 30


def main() -> None:
    """Import, then measure as often as asked."""
    parent, journal, runtime, *uses = sys.argv[1:]
    for name in (runtime, *uses):
        import_module(name)
    if parent == "prepared":
        preload(Libraries(runtime, tuple(uses)))
        gc.freeze()
    asked = _read(Path(journal).read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for job in (message for message in asked if isinstance(message, Job)):
            for name, content in job.files.items():
                Path(name).write_bytes(content)
        sys.path.insert(0, folder)
        print("ready", flush=True)
        for _ in sys.stdin:
            print(_cpu_seconds(asked), flush=True)
        os.chdir("/")


def _cpu_seconds(asked: list[Sent]) -> float:
    child = os.fork()
    if child == 0:
        _live(asked)
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        raise ChildProcessError("the bare child failed; run the sample by hand to see why")
    return usage.ru_utime + usage.ru_stime


def _live(asked: list[Sent]) -> NoReturn:
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        _run(asked)
        code = 0
    finally:
        os._exit(code)


def _run(asked: list[Sent]) -> None:
    names: dict[str, Any] = {}
    for message in asked:
        match message:
            case Job(statements=statements):
                names = {"__name__": "__main__"}
                for statement in statements:
                    with suppress(Exception):  # a cell that nothing needs may fail, as in the room
                        exec(compile(statement.source, "cell", "exec"), names)
            case Call(target=target, args=args, named=named):
                with suppress(Exception):  # a question may be whether something is raised
                    names[target](*map(thaw_here, args), **{name: thaw_here(value) for name, value in named.items()})
            case Follow(target=target, steps=steps):
                with suppress(Exception):
                    follow(names[target], steps)
            case Read(target=target):
                names[target]
            case Describe(target=target, inputs=inputs):
                names[target](inputs.data.copy())
            case _:
                raise TypeError(f"no question of ours: {message}")


def _read(journal: bytes) -> list[Sent]:
    stream, asked = BytesIO(journal), []
    while stream.tell() < len(journal):
        asked.append(from_reader(stream.read, max_bytes=MOST, max_header=MOST))
    return asked


if __name__ == "__main__":
    main()
