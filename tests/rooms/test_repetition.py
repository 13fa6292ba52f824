"""Whether a reference answers alike each time it is asked."""

from __future__ import annotations

from pathlib import Path

from grader.authoring.proof.repeated import faults_of_repetition
from grader.course.folder import Course
from tests.lent_course import write_course

#: what a function of a reference returns, and whether it is a fault
LINES = {
    "the_order_of_a_set": ("return x + [*{*'abcdefghijkl'}].index('a')", False),  # the same in every room
    "the_clock": ("return __import__('time').time_ns() + x", True),
    "chance": ("return np.random.default_rng().random() + x", False),  # seeded
}


def test_an_answer_that_differs_from_process_to_process_is_a_fault(tmp_path: Path) -> None:
    """Classmates would be held to different answers."""
    for name, (line, _) in LINES.items():
        write_course(tmp_path, name=name, line=line)
    found = faults_of_repetition(Course(tmp_path), [*LINES], "none")
    said = {name: [each.partition("answers to ")[2].partition(" ")[0] for each in found[name]] for name in LINES}

    assert {name: "line" in exercises for name, exercises in said.items()} == {
        name: named for name, (_, named) in LINES.items()
    }
    assert set().union(*said.values()) <= {"line", "train"}  # which calls line
