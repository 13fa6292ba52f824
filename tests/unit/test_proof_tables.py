"""How proofs look: what holds, what is at fault, and which mutants survived."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.proof.candidates import Candidate, Role
from grader.authoring.proof.equivalents import read_equivalents
from grader.authoring.proof.proofs import Count, Proof, Trials, prove
from grader.authoring.proof.proving import TriedExercise
from grader.authoring.proof.showing import as_markdown, as_text
from grader.course.folder import Course
from grader.course.mistakes import read_mistakes
from grader.errors import CourseError
from grader.messages import prose
from grader.notebook.notebook import Notebook

HOLDS = Proof(
    assignment="sums",
    title="Sums",
    exercises=2,
    points=100,
    wrong=Count(right=8, of=8),
    right=Count(right=3, of=3),
    mutants=Count(right=19, of=20),
    equivalent=1,
    survivors=("add_up, line 3, constant: [0 -> 1]",),
    seeds=5,
    remarks=("a lambda carries `right`.",),
)
FAULTY = HOLDS.model_copy(update={"assignment": "products", "survivors": (), "faults": ("solution.py is missing.",)})


def test_a_page_has_a_row_for_each_assignment_that_leads_to_it() -> None:
    """It stands in assignments/README.md as it comes."""
    assert as_markdown([HOLDS]).splitlines() == [
        "| id | title | exercises | wrong caught | right accepted | mutants killed | equivalent | seeds |",
        "| --- | --- | --: | --: | --: | --: | --: | --: |",
        "| [sums](sums/README.md) | Sums | 2 | 8 of 8 | 3 of 3 | 19 of 20 | 1 | 5 |",
    ]


def test_a_lab_that_cannot_be_tried_here_is_passed_over_with_a_reason() -> None:
    """It is at no fault, and nothing is claimed of it."""
    skipped = Proof(
        assignment="nets", title="", exercises=1, points=1, skipped="not tried: torch is not installed here."
    )
    said = as_text([skipped])

    assert skipped.holds
    assert [line.split()[:2] for line in said.splitlines() if "nets " in line] == [["skipped", "nets"]]
    assert "nets: not tried: torch is not installed here." in said


def test_a_terminal_says_what_holds_and_lists_what_does_not() -> None:
    """Faults with their files, survivors with what was changed; a remark is no fault."""
    said = as_text([HOLDS, FAULTY])
    rows = [line.split()[:2] for line in said.splitlines() if " of " in line]

    assert rows == [["holds", "sums"], ["FAULTY", "products"]]
    assert "products: solution.py is missing." in said
    assert "line 3, constant: [0 -> 1]" in said
    assert "sums: a lambda carries `right`." in said


def test_a_mistake_whose_hint_is_not_given_is_told_with_the_one_that_is() -> None:
    """So an author need not grade it to know what to write."""
    course = Course(Path(__file__).parents[2])
    digits = course.assignment("digits")
    mistake = read_mistakes(course, digits)[0]
    candidate = Candidate(
        role=Role.WRONG,
        assignment="digits",
        name=mistake.name,
        notebook=Notebook(cells=()),
        exercises=(mistake.exercise,),
    )
    tried = TriedExercise(
        exercise=mistake.exercise,
        seed=None,
        earned=0,
        possible=50,
        asked=mistake.loses,
        lost=mistake.loses,
        hints=(prose("Count the filters."),),
        message="",
    )

    (fault,) = prove(course, digits, Trials(candidates=()), [(candidate, [tried])]).faults

    assert "its hint is not given. What is: Count the filters." in fault


def test_a_wrong_entry_of_equivalent_mutants_is_named_by_its_field(tmp_path: Path) -> None:
    """In words for whoever writes it, with no address of a library's pages."""
    (tmp_path / "equivalent.toml").write_text('[[equivalent]]\nexercise = "e"\nbecomes = "x"\nreason = "Short."\n')

    with pytest.raises(CourseError, match=r"equivalent\.toml, equivalent\.0\.reason: .*at least 10 characters\.$"):
        read_equivalents(tmp_path / "equivalent.toml")
