"""Whether a reference answers alike each time it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.proof.repeated import faults_of_repetition
from tests.lent_course import write_course


@pytest.mark.parametrize(
    ("line", "named"),
    [
        pytest.param(
            "return x + [*{*'abcdefghijkl'}].index('a')", [], id="the order of a set, which is the same in every room"
        ),
        pytest.param("return __import__('time').time_ns() + x", ["line"], id="the clock"),
        pytest.param("return np.random.default_rng().random() + x", [], id="chance, which is seeded"),
    ],
)
def test_an_answer_that_differs_from_process_to_process_is_a_fault(line: str, named: list[str], tmp_path: Path) -> None:
    """Classmates would be held to different answers."""
    course = write_course(tmp_path)
    path = course.solution("lent")
    path.write_text(path.read_text(encoding="utf-8").replace("return 2.0 * x + 1.0", line), encoding="utf-8")
    found = faults_of_repetition(course, ["lent"], "none")["lent"]
    said = [each.partition("answers to ")[2].partition(" ")[0] for each in found]
    assert [name for name in said if name != "train"] == named  # which calls line
