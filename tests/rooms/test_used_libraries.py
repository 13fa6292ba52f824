"""The libraries that an assignment says it uses, in rooms of both tiers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.wall.protocol import Returned
from grader.wall.sandbox import Sandbox
from tests.hostile.conftest import TIERS
from tests.hostile.conftest import opened as opened_tier
from tests.rooms.jobs import calls, opened


@pytest.fixture(scope="module", params=TIERS)
def locked(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of each tier with pandas and scikit-learn."""
    with opened_tier(request.param, "numpy", uses=("pandas", "sklearn")) as given:
        yield given


def test_what_an_assignment_uses_is_loaded_before_student_code_runs(locked: Sandbox) -> None:
    """No student pays for an import; what is not used is not there, since every room would carry it."""
    asked = "{name: name in sys.modules for name in ('pandas', 'sklearn.tree', 'tensorflow')}"
    with opened(locked, f"import sys\nloaded = {asked}", "def f(x):\n    return loaded") as room:
        (outcome,) = room.ask(calls(0.0))

    assert isinstance(outcome, Returned), outcome
    assert outcome.value == {"pandas": True, "sklearn.tree": True, "tensorflow": False}
