"""Commands as a user types them, without the start of a Python for each: forks of one process that has imported them.

`run` is `subprocess.run` for `grade` and `grader`, with the same arguments, streams, folder, environment and exit code.
What only the start of a process shows is not seen this way: that each command imports all it needs, what a hash seed
of its own changes, how it takes a signal. For that, start it: `tests/end_to_end/test_outputs.py` starts every command.
No test lives here.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
#: longer than anything takes on a machine that does much else
PATIENCE_SECONDS: Final = 300
#: where each command lives, and the modules that it imports when it has something to do
COMMANDS: Final = {
    "grade": ("grader.cli.grade", "grade_command"),
    "grader": ("grader.cli.staff", "grader_command"),
}
#: in the environment of a script, by which descriptor its commands are asked for
_DESCRIPTOR: Final = "COMMANDS_ARE_FORKED_BY"
HEAVY: Final = (
    *("grader.cli.single", "grader.classes.classroom", "grader.classes.one_file", "grader.render.json_report"),
    *("hypothesis.strategies", "numpy.random", "polib"),
)


def run(*line: str | Path, cwd: Path, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """What comes of this command line, which begins with the name of the command, in that folder.

    Raises TimeoutError if it takes too long.
    """
    words = [str(word) for word in line]
    environment = os.environ if environment is None else environment
    nursery = _nursery()
    ends = [os.pipe() for _ in range(2)]
    try:
        try:
            _ask(nursery, words, cwd=cwd, environment=environment, streams=[into for _, into in ends])
        finally:
            for _, into in ends:
                os.close(into)
        said = _read_to_the_end([out for out, _ in ends])
    finally:
        for out, _ in ends:
            os.close(out)
    return subprocess.CompletedProcess(words, _ended(nursery), *(text.decode() for text in said))


def run_script(*line: str | Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """What comes of a script that starts a command itself, by the path of what `write_program` wrote."""
    nursery = _nursery().fileno()
    environment = {**environment, _DESCRIPTOR: str(nursery)}
    return subprocess.run(
        list(map(str, line)), env=environment, pass_fds=[nursery], capture_output=True, text=True, check=False
    )


def write_program(path: Path, name: str) -> None:
    """A program at that path that is this command, for scripts that `run_script` starts, one after the other."""
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "{__file__}" {name} "$@"\n', encoding="utf-8")
    path.chmod(0o755)


def _be_the_command(words: list[str]) -> int:
    """In a script: the command is forked for it, with its folder, environment and streams; its exit code."""
    environment = dict(os.environ)
    with socket.socket(fileno=int(environment.pop(_DESCRIPTOR))) as nursery:
        nursery.settimeout(PATIENCE_SECONDS)
        _ask(nursery, words, cwd=Path.cwd(), environment=environment, streams=[1, 2])
        return _ended(nursery)


def _ask(
    nursery: socket.socket, words: list[str], *, cwd: Path, environment: Mapping[str, str], streams: Sequence[int]
) -> None:
    asked = json.dumps({"line": words, "cwd": str(cwd), "environment": dict(environment)}).encode()
    socket.send_fds(nursery, [len(asked).to_bytes(4, "big")], list(streams))
    nursery.sendall(asked)


def _ended(nursery: socket.socket) -> int:
    return int.from_bytes(_exactly(nursery, 4), "big", signed=True)


def _read_to_the_end(pipes: Sequence[int]) -> list[bytes]:
    """What comes out of each until nobody has its other end."""
    said, until = dict.fromkeys(pipes, b""), time.monotonic() + PATIENCE_SECONDS
    still = set(pipes)
    while still:
        ready, _, _ = select.select(still, [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError(f"a command was not done after {PATIENCE_SECONDS} seconds")
        for pipe in ready:
            data = os.read(pipe, 65536)
            said[pipe] += data
            if not data:
                still.remove(pipe)
    return list(said.values())


@cache
def _nursery() -> socket.socket:
    """The connection to the process that forks, which ends when this one does."""
    ours, theirs = socket.socketpair()
    with theirs:
        program = f"from tests.commands import fork_for; fork_for({theirs.fileno()})"
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # a fork copies one thread
            pass_fds=[theirs.fileno()],
        )
    ours.settimeout(PATIENCE_SECONDS)

    @atexit.register
    def end() -> None:
        ours.close()
        process.wait()

    return ours


def fork_for(descriptor: int) -> None:
    """Fork a process for each line that comes, and answer with how it ended; in that process, be the command."""
    for module in (*(module for module, _ in COMMANDS.values()), *HEAVY):
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=descriptor) as connection:
        for streams, asked in _asked(connection):  # noqa: B007  # the child takes it from here
            if (child := os.fork()) == 0:
                break
            for each in streams:
                os.close(each)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            connection.sendall(code.to_bytes(4, "big", signed=True))
        else:
            return
    _become(json.loads(asked), streams)


def _asked(connection: socket.socket) -> Iterator[tuple[Sequence[int], bytes]]:
    while True:
        size, streams, _, _ = socket.recv_fds(connection, 4, 2)
        if not size:
            return
        yield streams, _exactly(connection, int.from_bytes(size, "big"))


def _become(asked: Mapping[str, Any], streams: Sequence[int]) -> None:
    """The command, in its folder and environment; whoever started this program ends as it does."""
    for place, stream in enumerate(streams, start=1):
        os.dup2(stream, place)
        os.close(stream)
    name, *arguments = asked["line"]
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["cwd"])
    sys.argv = ["-c", *arguments]
    module, function = COMMANDS[name]
    getattr(sys.modules[module], function)()


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        if not (more := connection.recv(size - len(data))):
            raise EOFError("the process that forks commands has ended")
        data += more
    return data


if __name__ == "__main__":  # the program of `write_program`
    sys.exit(_be_the_command(sys.argv[1:]))
