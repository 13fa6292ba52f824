"""The grader as process 1, as in a container without an init."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

DOCTOR = "from grader.cli.staff import grader_command; grader_command()"


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("unshare") is None, reason="needs root and unshare(1)")
def test_a_sandbox_holds_where_the_grader_is_process_one() -> None:
    """A room is process 1 of its own namespace: that it may signal itself is no hole."""
    inside = ["unshare", "--pid", "--fork", "--mount-proc", sys.executable, "-c", DOCTOR, "doctor"]
    said = subprocess.run(inside, capture_output=True, text=True, check=False).stdout

    assert "held  signal another process" in said
    assert "HOLE" not in said
