"""What waits for a person: the answer that is found, the points that are open, and who reads the rubric."""

from __future__ import annotations

import pytest

from grader.course.assignment import Assignment
from grader.grading.to_mark import left_to_people
from grader.lab import HasWords, ToMark, check, function, lab
from grader.lab import text as prose
from grader.notebook.notebook import Cell, Notebook
from grader.notebook.submission import Submission
from grader.notebook.submission.texts import answer_below, with_texts
from grader.render import text
from grader.report.audience import seen_by
from grader.report.report import Audience, Status, Verdict
from grader.report.sums import score, status
from tests.unit.reports import check as judged
from tests.unit.reports import exercise, report

WHY = ToMark(id="why", title="Why", points=20, prompt="Say  why.", rubric="The bound")


def notebook(*sources: str) -> Notebook:
    """Prose and answers."""
    cells = (Cell(index=at, kind="markdown", source=source) for at, source in enumerate(sources, start=1))
    return Notebook(cells=tuple(cells))


def handed_in(*sources: str) -> Submission:
    """The same, handed in."""
    return Submission(answers=(), notebook=notebook(*sources))


def assignment(*to_mark: ToMark) -> Assignment:
    """One function, and what a person marks."""
    return lab("a", "A", function("f", "F").checks(check("one", points=5).examples((1,))), to_mark=to_mark)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        pytest.param(("# Part\n\nSay why.", "Because."), "Because.", id="below the line that asks"),
        pytest.param(("Say why.", "x", "say more", "Say why. ", "y"), "y", id="the last that asks"),
        pytest.param(("Say why not.", "x"), None, id="nobody asks"),
        pytest.param(("Say why.",), None, id="nothing below"),
    ],
)
def test_the_answer_is_the_cell_below_the_line_that_asks(cells: tuple[str, ...], found: str | None) -> None:
    """However its blanks are set."""
    answer = answer_below(notebook(*cells), WHY.prompt)

    assert (answer and answer.source) == found


def test_an_answer_that_a_machine_judges_is_kept_as_it_was_written() -> None:
    """Beside the text that is judged of it: a report shows what the student wrote."""
    asked = lab("a", "A", prose("f", "F", prompt=WHY.prompt).checks(check("long", "Long", 5).asks(HasWords(1))))
    bound = with_texts(notebook("Say why.", "It is\n**so**."), asked).cells[1]

    assert (bound.kind, bound.prose) == ("code", "It is\n**so**.")
    assert "'**so**.'" in bound.source


def test_what_waits_is_in_no_other_number() -> None:
    """It is neither earned nor lost, and keeps no report open."""
    (waiting,) = left_to_people(assignment(WHY), handed_in("Say why.", "Because."))
    results = (exercise(judged("a", points=10)), waiting)

    total = score(results)
    assert (waiting.verdict, waiting.cell and waiting.cell.source) == (Verdict.TO_MARK, "Because.")
    assert (total.earned, total.possible, total.percent, total.to_mark) == (10, 10, 100, 20)
    assert status(results) is Status.GRADED


def test_totals_say_what_is_open() -> None:
    """In the first sentence, and beside the exercise."""
    (waiting,) = left_to_people(assignment(WHY), handed_in("Say why.", "Because."))
    shown = text.render(report(exercise(judged("a", points=10)), waiting))

    assert "10 of 10 points (100 %). 20 points more are for a person to mark." in shown
    assert "- of 20" in shown
    assert "A person marks this; 20 points are open." in shown


def test_no_student_reads_the_rubric() -> None:
    """It stands in the instructor's report alone."""
    whole = report(*left_to_people(assignment(WHY), handed_in("Say why.", "Because.")))

    assert "The bound" in whole.model_dump_json()
    assert "The bound" not in seen_by(whole, Audience.STUDENT).model_dump_json()
    assert seen_by(whole, Audience.STUDENT).exercises[0].verdict is Verdict.TO_MARK


def test_an_id_is_one_of_all() -> None:
    """Of exercises that are checked, and of those that wait."""
    with pytest.raises(ValueError, match="'f' stands twice"):
        assignment(ToMark(id="f", title="F", points=1, prompt="f"))
