"""What is noted of a class is read whole, or it is as if nothing were noted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.classes.judged import FILE, read_judged

REVISION = {"course": "0" * 64, "seed": 0, "environment": "here"}


def noted(folder: Path, *, revisions: list[dict[str, Any]], revision: int) -> None:
    """A class folder in which one report was judged by that revision."""
    said = {"assignment": "digits", "revisions": revisions, "reports": {"a": {"sha256": "", "revision": revision}}}
    (folder / FILE).parent.mkdir()
    (folder / FILE).write_text(json.dumps(said), encoding="utf-8")


def test_what_is_noted_is_read(tmp_path: Path) -> None:
    """A report judged by the only revision."""
    noted(tmp_path, revisions=[REVISION], revision=0)

    assert read_judged(tmp_path) is not None


@pytest.mark.parametrize(
    ("revisions", "revision"),
    [
        pytest.param([REVISION], 1, id="a revision that is not listed"),
        pytest.param([], 0, id="no revision at all"),
        pytest.param([REVISION], -1, id="a revision before the first"),
        pytest.param([REVISION | {"course": "../../elsewhere"}], 0, id="a course outside of the folder"),
    ],
)
def test_what_is_damaged_is_as_if_nothing_were_noted(
    tmp_path: Path, revisions: list[dict[str, Any]], revision: int
) -> None:
    """Then all of the class is judged again, and nothing is taken for something else."""
    noted(tmp_path, revisions=revisions, revision=revision)

    assert read_judged(tmp_path) is None
