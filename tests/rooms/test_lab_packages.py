"""What course notebooks import beside NumPy and Keras, in rooms of both tiers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from grader.limits import RoomLimits
from grader.wall.protocol import Returned
from grader.wall.sandbox import Sandbox
from grader.wall.values import thaw
from tests.hostile.conftest import TIERS
from tests.hostile.conftest import opened as opened_tier
from tests.rooms.jobs import calls, opened

FOUR: Final = "[[0.0], [1.0], [8.0], [9.0]], [0, 0, 1, 1]"
LIMITS: Final = RoomLimits().importing({"pandas", "scipy", "sklearn"})
#: an import, a use of it, and what comes of that
USES: Final = (
    ("import pandas as pd", "pd.DataFrame({'a': [1.0, 2.0]})['a'].sum().item()", 3.0),
    ("import scipy.stats", "scipy.stats.norm.sf(0.0).item()", 0.5),
    ("from tqdm.auto import tqdm", "sum(tqdm(range(4)))", 6),
    ("from tqdm.notebook import tqdm", "sum(tqdm(range(5)))", 10),
    ("from PIL import Image", "Image.new('L', (2, 2), 7).resize((1, 1)).getpixel((0, 0))", 7),
    ("import threadpoolctl", "len(threadpoolctl.threadpool_info()) > 0", True),
    ("from sklearn.linear_model import LogisticRegression", f"LogisticRegression().fit({FOUR}).score({FOUR})", 1.0),
    ("from sklearn.cluster import KMeans", f"KMeans(2, n_init=2).fit({FOUR}).inertia_", 1.0),
    ("from sklearn.neighbors import KNeighborsClassifier", f"KNeighborsClassifier(2).fit({FOUR}).score({FOUR})", 1.0),
    ("from sklearn.decomposition import PCA", f"PCA(1).fit({FOUR}).n_samples_", 4),
    (
        "from sklearn.ensemble import RandomForestClassifier",
        f"RandomForestClassifier(9, n_jobs=2, random_state=0).fit({FOUR}).score({FOUR})",
        1.0,
    ),
)


@pytest.fixture(scope="module", params=TIERS)
def locked(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of each tier with NumPy."""
    with opened_tier(request.param, "numpy") as given:
        yield given


def test_packages_of_course_notebooks_are_imported_and_used(locked: Sandbox) -> None:
    """None of them fails for want of a file, a process or a program that a room does not have."""
    cells = [f"{imports}\nanswers[{imports!r}] = {use}" for imports, use, _ in USES]
    with opened(locked, "answers = {}", *cells, "def f(x):\n    return answers", limits=LIMITS) as room:
        (outcome,) = room.ask(calls(0.0))

    assert isinstance(outcome, Returned), outcome
    assert thaw(outcome.value) == {imports: right for imports, _, right in USES}
