"""The same submissions graded by us, by nbgrader and by otter-grader.

The peers are installed from the package registry, each into a virtual environment of its own, with the TensorFlow we
have. All three are given the sample of the digits lab as it is handed in, plots and training included, and check values
of `my_softmax` and the layers of `model`. How each is set up stands in `peer_courses.py`.

A figure is the time of the whole command divided by its submissions. The peers run a kernel for each submission, so a
few tell as much as many; ours shares its start, so it gets a class.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from tests.benchmarks.class_run import grade_class
from tests.benchmarks.made_class import digits, write_class
from tests.benchmarks.peer_courses import PEERS, write_nbgrader, write_otter
from tests.benchmarks.table import Row, at_least
from tests.end_to_end.digits import ROOT

_TENSORFLOW: Final = ("tensorflow-cpu", "keras", "numpy", "matplotlib")
#: packages that a peer gets in the version that we have
_OURS: Final = frozenset({*_TENSORFLOW, "pandas"})
REACHES: Final = {"nbgrader autograde": 100, "otter run": 130}


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Seconds for one submission, of how many."""

    name: str
    each: float
    submissions: int


def against_peers(scratch: Path, *, theirs: int, ours: int = 200) -> Iterator[Row]:
    """A row for each peer. One after the other, ours before and after, so that a busy hour shows."""
    environments = scratch / "environments"
    for name, packages in PEERS.items():
        installed(environments / name, [*packages, *_TENSORFLOW])
    first = _ours(scratch / "first", ours)
    peers = [
        _nbgrader(environments / "nbgrader" / "bin", scratch / "nbgrader", theirs),
        _otter(environments / "otter" / "bin", scratch / "otter", theirs),
    ]
    ours_each = statistics.mean([first, _ours(scratch / "second", ours)])
    for peer in peers:
        note = f"{peer.each:.1f} s each of {peer.submissions}, against {1e3 * ours_each:.0f} ms each of {ours}"
        what = f"faster than `{peer.name}`, time per digits submission"
        yield at_least(what, peer.each / ours_each, reach=REACHES[peer.name], unit=" x", note=note)


def _ours(folder: Path, count: int) -> float:
    write_class(folder / "class", count, digits)
    each = grade_class(folder / "class", course=ROOT, assignment="digits", out=folder / "out").each
    sys.stderr.write(f"ours: {1e3 * each:.0f} ms each of {count}\n")
    return each


def _nbgrader(programs: Path, folder: Path, count: int) -> Peer:
    write_nbgrader(folder, count)
    nbgrader = str(programs / "nbgrader")
    _run([nbgrader, "generate_assignment", "digits"], folder, programs)
    seconds = _run([nbgrader, "autograde", "digits"], folder, programs)
    _run([nbgrader, "export"], folder, programs)
    rows = (folder / "grades.csv").read_text(encoding="utf-8").splitlines()
    assert sum(",100.0," in line for line in rows) == count, rows
    autograded = (path.read_text(encoding="utf-8") for path in (folder / "autograded").rglob("*.ipynb"))
    assert [page for page in autograded if '"output_type": "error"' in page] == []
    return _told(Peer(name="nbgrader autograde", each=seconds / count, submissions=count))


def _otter(programs: Path, folder: Path, count: int) -> Peer:
    write_otter(folder)
    otter = str(programs / "otter")
    files = sorted(path.name for path in folder.iterdir() if path.is_file() and path.suffix not in {".ipynb", ".json"})
    options = ["-t", "tests", "-o", "autograder.zip", "--no-environment", "--no-requirements"]
    _run([otter, "generate", *options, *files], folder, programs)
    command = [otter, "run", "submission.ipynb", "-a", "autograder.zip", "-o", "out", "--debug"]  # an error is one
    seconds = [_run(command, folder, programs) for _ in range(count)]
    results = json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))
    assert sum(test.get("score") or 0 for test in results["tests"]) == 100, results
    return _told(Peer(name="otter run", each=statistics.mean(seconds), submissions=count))


def _told(peer: Peer) -> Peer:
    sys.stderr.write(f"{peer.name}: {peer.each:.1f} s each of {peer.submissions}\n")
    return peer


def installed(home: Path, packages: Sequence[str]) -> Path:
    """The programs of a virtual environment with these packages, and with our version of those we have. It is made
    unless it is there."""
    programs = home / "bin"
    if not (home / "installed").exists():
        venv.create(home, with_pip=True)
        wanted = [f"{name}=={version(name)}" if name in _OURS else name for name in packages]
        output_of([str(programs / "python"), "-m", "pip", "install", "--quiet", *wanted], home, programs)
        (home / "installed").touch()
    return programs


def _run(command: list[str], folder: Path, programs: Path) -> float:
    """Seconds of a command. Raises as `output_of` does."""
    start = time.perf_counter()
    output_of(command, folder, programs)
    return time.perf_counter() - start


def output_of(command: list[str], folder: Path, programs: Path) -> str:
    """What a command in `folder` prints that finds its own programs first. Raises AssertionError if it fails."""
    path = os.pathsep.join([str(programs), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "MPLBACKEND": "agg"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout
