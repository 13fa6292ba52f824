"""Which of several notebooks counts: for each that is asked for, the one that answers most of it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from grader.course.assignment import Assignment
from grader.lab import ToMark, check, function, lab
from grader.limits import NotebookLimits
from grader.notebook.bundle import read_together
from grader.notebook.submission import Missing, Plan, answered, detect, extract
from tests.english import spoken
from tests.notebooks import CellNode, code, markdown, notebook
from tests.unit.handed_in import zipped

WHY = ToMark(id="why", title="Why", points=4, prompt="Say why.", notebook="words")


def asked(*targets: tuple[str, str], to_mark: tuple[ToMark, ...] = (WHY,)) -> Assignment:
    """An assignment of functions, each with its notebook."""
    made = (function(name, name, notebook=where).checks(check("one").examples((1,))) for name, where in targets)
    return lab("two", "Two", *made, total=len(targets), to_mark=to_mark)


TWO = asked(("double", "numbers"), ("halve", "numbers"), ("shout", "words"))
DOUBLE, HALVE, SHOUT = (code(f"def {name}(x):\n    return x") for name in ("double", "halve", "shout"))
BLANK = code("def double(x):\n    pass")
#: what was handed in, and in which file each exercise and the answer in prose is looked for
HANDED_IN: list[object] = [
    pytest.param({"numbers": [DOUBLE, HALVE], "words": [SHOUT]}, ["numbers", "numbers", "words"], 0, id="as asked"),
    pytest.param(
        {"Numbers (1)": [DOUBLE, HALVE], "ada_12_words": [SHOUT]},
        ["Numbers (1)", "Numbers (1)", "ada_12_words"],
        0,
        id="as downloads are called",
    ),
    pytest.param(
        {"numbers": [SHOUT], "words": [DOUBLE, HALVE]}, ["words", "words", "numbers"], 2, id="one for the other"
    ),
    pytest.param({"a": [DOUBLE, HALVE], "b": [SHOUT]}, ["a", "a", "b"], 2, id="by other names"),
    pytest.param(
        {"numbers": [DOUBLE], "numbers-2": [DOUBLE, HALVE], "words": [SHOUT]},
        ["numbers-2", "numbers-2", "words"],
        1,
        id="a copy that answers more",
    ),
    pytest.param(
        {"numbers": [DOUBLE, HALVE], "old": [DOUBLE, HALVE], "words": [SHOUT]},
        ["numbers", "numbers", "words"],
        1,
        id="a copy that answers as much",
    ),
    pytest.param(
        {"numbers": [BLANK], "words": [SHOUT, DOUBLE]}, ["words", None, "words"], 1, id="written into the other"
    ),
    pytest.param({"x": [DOUBLE, HALVE, SHOUT], "y": [markdown("notes")]}, ["x", "x", "x"], 2, id="all in one"),
    pytest.param({"words": [SHOUT], "notes": [markdown("x")]}, [None, None, "words"], 0, id="one is missing"),
]


@pytest.mark.parametrize(("files", "found", "said"), HANDED_IN)
def test_the_notebook_that_answers_most_counts_and_the_choice_is_said(
    files: dict[str, list[CellNode]], found: list[str | None], said: int
) -> None:
    """Never a zero because another file was taken for it; where nothing was to be chosen, nothing is said."""
    read = read_together(zipped({f"{name}.ipynb": notebook(*cells) for name, cells in files.items()}), NotebookLimits())
    submission = extract(read, TWO)

    assert [submission.where(a.exercise).name if isinstance(a, Plan) else None for a in submission.answers] == found
    assert sum("counts as" in spoken(each) for each in submission.notices) == said


def test_what_was_not_handed_in_is_named() -> None:
    """Rather than told that some cell is missing from another notebook."""
    files = {"words.ipynb": notebook(SHOUT), "notes.ipynb": notebook(markdown("x"))}
    missing = extract(read_together(zipped(files), NotebookLimits()), TWO).answers[0]

    assert isinstance(missing, Missing)
    assert "numbers.ipynb, where this is answered, was not handed in" in spoken(missing.message)


def test_of_several_candidates_for_the_only_notebook_the_one_that_answers_most_is_graded() -> None:
    """In a zip as in a folder; and it is said."""
    assignment = asked(("double", ""), ("halve", ""), to_mark=())
    files = {"draft.ipynb": notebook(DOUBLE), "final.ipynb": notebook(DOUBLE, HALVE)}
    submission = extract(read_together(zipped(files), NotebookLimits()), assignment)

    assert {submission.where(each.id).name for each in assignment.exercises} == {"final"}
    assert [spoken(each) for each in submission.notices] == [
        "Of the 2 notebooks that you handed in, final was graded: no other answers more exercises."
    ]


def test_a_notebook_alone_is_looked_through_for_everything() -> None:
    """Whoever wrote all into one is graded by that."""
    submission = extract(read_together(notebook(DOUBLE, SHOUT), NotebookLimits()), TWO)

    assert [type(each) for each in submission.answers] == [Plan, Missing, Plan]


def test_an_assignment_is_known_by_any_of_its_notebooks() -> None:
    """The share that one of them can answer is what counts."""
    other = asked(("mean", ""), ("halve", ""), to_mark=())
    read = read_together(notebook(SHOUT), NotebookLimits())

    assert detect(read, [other, TWO]).best[0].assignment == "two"
    assert answered(read, TWO.within("words")) == (1, 1)


REFUSED = {
    "in which notebook is it answered": lambda: asked(("f", "a"), ("g", ""), to_mark=()),
    "notebook, however it is written, 'a' stands twice": lambda: asked(("f", "a"), ("g", "A"), to_mark=()),
    "exercise id 'f' stands twice": lambda: asked(("f", "a"), ("f", "b"), to_mark=()),
    "String should match pattern": lambda: asked(("f", "../a"), to_mark=()),
    "which is answered in another notebook": lambda: lab(
        "a",
        "A",
        function("f", "F", notebook="a").checks(check("one").examples((1,))),
        function("g", "G", notebook="b", depends_on=("f",)).checks(check("one").examples((1,))),
    ),
}


@pytest.mark.parametrize("said", REFUSED)
def test_notebooks_that_do_not_fit_together_are_refused(said: str) -> None:
    """When the assignment is read."""
    with pytest.raises((ValidationError, ValueError), match=said.replace("(", r"\(")):
        REFUSED[said]()


def test_a_notebook_runs_another_that_was_handed_in_with_it() -> None:
    """`%run` of it is as if its cells stood there; a name that only it gives is in the plan."""
    helpers = code("TWO = 2\nunused = 3")
    main = [code("%run helpers.ipynb"), code("def double(x):\n    return x * TWO")]
    files = {"main.ipynb": notebook(*main), "helpers.ipynb": notebook(helpers)}
    answer = extract(read_together(zipped(files), NotebookLimits()), asked(("double", ""), to_mark=())).answers[0]
    assert isinstance(answer, Plan)
    assert [(each.cell, each.source) for each in answer.statements] == [
        (1, "TWO = 2"),
        (2, "def double(x):\n    return x * TWO"),
    ]


def test_a_file_that_is_run_and_was_not_handed_in_is_named_with_what_to_do() -> None:
    """Nothing of it is there, so that whatever fails for want of it has its reason in the report."""
    main = notebook(code("%run helpers.py"), code("def double(x):\n    return twice(x)"))
    submission = extract(read_together(main, NotebookLimits()), asked(("double", ""), to_mark=()))
    assert " ".join(spoken(each) for each in submission.notices) == (
        "Cell 1 runs the file `helpers.py`, which is not part of what was handed in: what it defines is missing here. "
        "Copy it into a cell, or hand a notebook in together with this one."
    )
