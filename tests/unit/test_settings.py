"""What the environment may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.settings import Settings


@pytest.mark.parametrize(
    ("environment", "course", "colour"),
    [
        pytest.param({}, None, True, id="nothing said"),
        pytest.param({"GRADER_COURSE": "/courses/ml"}, Path("/courses/ml"), True, id="a course"),
        pytest.param({"GRADER_COURSE": ""}, None, True, id="an empty course is none"),
        pytest.param({"NO_COLOR": "1"}, None, False, id="no colours"),
        pytest.param({"NO_COLOR": ""}, None, True, id="an empty NO_COLOR says nothing"),
        pytest.param({"COURSE": "/x", "HOME": "/y"}, None, True, id="other variables"),
    ],
)
def test_settings_are_read_from_the_environment(environment: dict[str, str], course: Path | None, colour: bool) -> None:
    """Two variables, both optional; the environment is handed in."""
    settings = Settings.from_environment(environment)
    assert (settings.course, settings.colour) == (course, colour)
