"""`grade CLASS --on DATABASE` as people type it, with workers as they are started: the same folder as without."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests import commands
from tests.hostile.small_course import DOUBLE, handed_in, write_course
from tests.service.served import GRADER
from tests.service.standing_database import StandingDatabase

#: what each student hands in
CLASS = {
    "ada": handed_in(DOUBLE),
    "bela": handed_in(DOUBLE.replace("2.0 * x", "x")),
    "chen": b"no notebook",
    "dora": handed_in(f"{DOUBLE}# mine\n"),
}


@pytest.fixture
def database(standing_postgres: StandingDatabase) -> str:
    """An empty site's."""
    return standing_postgres.emptied()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A class and its course."""
    write_course(tmp_path / "course")
    (tmp_path / "class").mkdir()
    for name, data in CLASS.items():
        (tmp_path / "class" / f"{name}.ipynb").write_bytes(data)
    return tmp_path


def test_a_class_on_a_site_is_the_same_class(database: str, home: Path) -> None:
    """Two workers grade it; every file is byte for byte what the command alone writes, outside `run`; and what was
    graded there is known the next time."""
    assert grade(home, "alone", "--workers", "1").returncode == 4
    with ExitStack() as stack:
        for number in range(2):
            stack.enter_context(worker(database, home / f"worker-{number}"))
        there = grade(home, "there", "--on", database)
    again = grade(home, "there", "--on", database)

    assert (there.returncode, again.returncode) == (4, 4)
    assert "the workers of a site" in there.stderr
    assert "warning" not in there.stderr
    assert "4 of them unchanged" in again.stderr
    assert outside_run(home / "there") == outside_run(home / "alone")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--on", "mysql://x/y"), "no database we know"),
        (("--on", "sqlite:////nowhere/site.db", "--workers", "2"), "each worker of the site has its own"),
    ],
)
def test_what_cannot_be_meant_is_refused(home: Path, options: tuple[str, ...], said: str) -> None:
    """In words, and nothing is written."""
    refused = grade(home, "there", *options)

    assert refused.returncode == 2
    assert said in refused.stderr
    assert not (home / "there").exists()


def grade(home: Path, out: str, *options: str) -> subprocess.CompletedProcess[str]:
    line = ["grade", "class", "--course", "course", "--out", out, "--assignment", "small", *options]
    return commands.run(*line, cwd=home)


@contextmanager
def worker(database: str, data: Path) -> Iterator[None]:
    """One slot, until it is told to end."""
    with subprocess.Popen([*GRADER, "worker", "--database", database, "--data", data, "--slots", "1"]) as process:
        try:
            yield
        finally:
            process.terminate()


def outside_run(out: Path) -> dict[str, object]:
    """What every file says, but for the journal, and for pages and JUnit's cases, which show the run among all else."""
    files = [path for path in sorted(out.rglob("*")) if path.is_file() and ".grader" not in path.parts]
    apart = (".html", ".xml")
    return {path.relative_to(out).as_posix(): _outside_run(path) for path in files if path.suffix not in apart}


def _outside_run(path: Path) -> object:
    if path.suffix != ".json":
        return path.read_bytes()
    return {key: value for key, value in json.loads(path.read_bytes()).items() if key != "run"}
