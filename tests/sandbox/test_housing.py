"""What a machine lacks for a sandbox is said with its cure, before anything is started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.housing import HOUSINGS, Boxed, Landlocked, Open

ASK = "from grader.sandbox.housing import Boxed; print(Boxed.obstacle())"


def obstacle(path: Path) -> str:
    """What stands against a box when programs are looked for in `path` alone."""
    environment = {"PATH": str(path), "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder of programs, with a bwrap that every user may run and that fails as an old or forbidden one does."""
    bwrap = tmp_path / "bwrap"
    bwrap.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n", encoding="utf-8")
    bwrap.chmod(0o755)
    return tmp_path


def test_a_missing_bubblewrap_is_named_with_its_cure(tmp_path: Path) -> None:
    """One command mends it."""
    assert obstacle(tmp_path) == "bubblewrap is not installed. Run: apt-get install bubblewrap\n"


def test_a_box_that_cannot_be_made_says_why_and_what_to_allow(programs: Path) -> None:
    """Too old, forbidden by AppArmor, in a container: the reason is bubblewrap's own, the cures are ours."""
    said = obstacle(programs)

    assert said.startswith("bubblewrap cannot make a box here: ")
    assert "kernel.apparmor_restrict_unprivileged_userns=0" in said
    assert "Docker" in said


def test_every_sandbox_has_a_housing_and_a_confinement_of_its_own() -> None:
    """By the name of the sandbox; every housing names the class that confines its rooms."""
    assert list(HOUSINGS.items()) == [("namespaces", Boxed), ("landlock", Landlocked), ("none", Open)]
    assert len({housing.confine for housing in HOUSINGS.values()}) == 3
