"""What a machine lacks for a sandbox is said with its cure, before anything is started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from grader.wall.sandbox.tiers import TIERS, Boxed, Landlocked, Unlocked

ASK = "from grader.wall.sandbox.tiers import Boxed; print(Boxed().obstacle())"


def obstacle(path: Path) -> str:
    """What stands against a box when programs are looked for in `path` alone."""
    environment = {"PATH": str(path), "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True
    ).stdout


def pretend(folder: Path, version: str) -> Path:
    """Put a bwrap of that version there, which every user may run and which fails as a forbidden one does."""
    bwrap = folder / "bwrap"
    says = f'[ "$1" = --version ] && echo "bubblewrap {version}" && exit'
    fails = "echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1"
    bwrap.write_text(f"#!/bin/sh\n{says}\n{fails}\n", encoding="utf-8")
    bwrap.chmod(0o755)
    return folder


def test_a_missing_bubblewrap_is_named_with_its_cure(tmp_path: Path) -> None:
    """One command mends it."""
    assert obstacle(tmp_path) == "bubblewrap is not installed. Run: apt-get install bubblewrap\n"


def test_a_bubblewrap_that_is_too_old_is_told_by_its_version(tmp_path: Path) -> None:
    """Before it is asked for options that it does not know."""
    assert obstacle(pretend(tmp_path, "0.4.1")) == "bubblewrap 0.4.1 is too old; 0.8 or newer is needed.\n"


def test_a_box_that_cannot_be_made_says_why_and_what_to_allow(tmp_path: Path) -> None:
    """Forbidden by AppArmor, in a container: the reason is bubblewrap's own, the cures are ours."""
    said = obstacle(pretend(tmp_path, "0.9.0"))

    assert said.startswith("bubblewrap cannot make a box here: ")
    assert "kernel.apparmor_restrict_unprivileged_userns=0" in said
    assert "Docker" in said


def test_every_tier_has_a_confinement_of_its_own() -> None:
    """By the name of the sandbox; only the one without locks comes with a warning."""
    assert list(TIERS.items()) == [("namespaces", Boxed), ("landlock", Landlocked), ("none", Unlocked)]
    assert len({tier.confine for tier in TIERS.values()}) == 3
    assert [name for name, tier in TIERS.items() if tier.warning] == ["none"]
