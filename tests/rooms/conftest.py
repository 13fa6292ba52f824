"""Real rooms, without locks: they need Linux and some seconds, but no privilege."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """The sandbox `none` with NumPy, once for each worker."""
    with choose_sandbox("none", "numpy") as given:
        yield given


@pytest.fixture(scope="session")
def tensorflow() -> Iterator[Sandbox]:
    """The sandbox `none` with TensorFlow imported, once for each worker."""
    with choose_sandbox("none", "tensorflow") as given:
        yield given
