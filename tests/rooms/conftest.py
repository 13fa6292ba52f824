"""Real rooms, without locks: they need Linux and some seconds, but no privilege."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.sandbox import Sandbox
from grader.sandbox.forked import none


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The sandbox `none` with NumPy; one zygote for a whole file."""
    with none("numpy") as given:
        yield given
