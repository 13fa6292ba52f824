"""Processes as /proc tells of them: the tree below this one, and the private memory of a process."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """A process that cannot be mistaken for a later one of the same id."""

    pid: int
    started: int


def descendants(pid: int | None = None) -> frozenset[Process]:
    """Every process below `pid`, or below this one, that has not ended."""
    by_parent: dict[int, list[Process]] = defaultdict(list)
    for parent, process in _alive():
        by_parent[parent].append(process)
    found: set[Process] = set()
    ahead = [os.getpid() if pid is None else pid]
    while ahead:
        children = by_parent[ahead.pop()]
        found.update(children)
        ahead += [child.pid for child in children]
    return frozenset(found)


def living(processes: frozenset[Process]) -> frozenset[Process]:
    """Those of `processes` that have not ended."""
    return processes & {process for _, process in _alive()}


def innermost(processes: frozenset[Process]) -> Process:
    """The one of a chain that has no child: while no room is open, that is the zygote."""
    return next(process for process in processes if not descendants(process.pid))


def processor_seconds(pid: int) -> float:
    """What the process has computed, in all its threads; of its children, those alone that have ended."""
    fields = (PROC / str(pid) / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def private_bytes(process: Process) -> int:
    """What the process has written and shares with nobody. Raises OSError for a process that is not ours to read."""
    text = (PROC / str(process.pid) / "smaps_rollup").read_text(encoding="ascii")
    fields = dict(line.split(":", 1) for line in text.splitlines()[1:])
    return int(fields["Private_Dirty"].split()[0]) * 1024


def _alive() -> Iterator[tuple[int, Process]]:
    """Parent and process, for each that is neither gone nor waiting to be buried."""
    for folder in PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] not in "ZX":
            yield int(fields[1]), Process(int(folder.name), int(fields[19]))
