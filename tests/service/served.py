"""A site as its owner starts it: `grader serve` as a process, with what it says. For tests, and for what measures."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
GRADER: Final = (sys.executable, "-c", "from grader.cli.staff import grader_command; grader_command()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A site that answers at `address`. `said`: what it says on its terminal; `log`: the file of its log."""

    process: subprocess.Popen[str]
    address: str
    said: str
    log: Path

    @property
    def link(self) -> str:
        """The link that signs the owner in."""
        found = re.search(r"http\S+/link/\S+", self.said)
        assert found is not None, self.said
        return found[0]

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; with what it did."""
        self.process.send_signal(how)
        return self.process.wait(timeout=120)


@contextmanager
def served(
    *options: str | Path, data: Path, environment: Mapping[str, str] | None = None, folder: Path = ROOT
) -> Iterator[Served]:
    """`grader serve` with these options, from when it answers; killed at the end, if it has not ended by itself."""
    port, log = free_port(), data.parent / f"{data.name}.log"
    command = [*GRADER, "serve", *map(str, options), "--data", str(data), "--port", str(port), "--log", "all"]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=folder,
            env={**os.environ, **(environment or {})},
        ) as process,
    ):
        assert process.stdout is not None
        said = ""
        try:
            while "Ctrl-C" not in said:
                line = process.stdout.readline()
                assert line, f"it ended with {process.wait()}: {said}{log.read_text()}"
                said += line
            yield Served(process=process, address=f"http://127.0.0.1:{port}", said=said, log=log)
        finally:
            process.kill()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
