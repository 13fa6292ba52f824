"""What a reader is told, as every painter gets it: each thing once, nothing withheld. How it is set, goldens show."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from typing import Any

import pytest

from grader import render
from grader.cli.grade import Format
from grader.course.assignment import Visibility
from grader.messages import Message, Words, prose, say
from grader.render import RENDERERS, Renderer
from grader.render import feedback as tree
from grader.render.classes import CLASS_RENDERERS
from grader.render.feedback import Finding, Line, feedback, of_exercise
from grader.report.audience import seen_by
from grader.report.report import (
    Audience,
    CellReference,
    CheckResult,
    Curve,
    ExerciseResult,
    LayerRow,
    LayerShown,
    Place,
    Report,
    Status,
    Verdict,
)
from tests.unit.gallery import EVERY_VERDICT, MISSING, RAISED, UNREADABLE, WITHHELD
from tests.unit.reports import COUNTEREXAMPLE, check, exercise, not_graded, report

CELL = CellReference(index=5, found_by="marker", source="x = 1\n  1 / 0\n \n")
HERE, ELSEWHERE = Place(cell=5, line=1), Place(cell=5, line=2)
SHOWN_HERE = Line(number=1, text="x = 1")


def raised(name: str, place: Place | None = HERE, **more: Any) -> CheckResult:
    """A check whose call raised."""
    fields: dict[str, Any] = {"message": f"{name} raised.", "hint": "Look.", "counterexample": COUNTEREXAMPLE, **more}
    return check(name, Verdict.RAISED, raised_at=place, **fields)


def told(*checks: CheckResult) -> list[Finding]:
    """What is left to say of each check, below those before it."""
    return [each.told for each in of_exercise(exercise(*checks, cell=CELL)).checks if each.told]


def alike(verdict: Verdict, **more: Any) -> ExerciseResult:
    """An exercise of two checks that say the same."""
    fields: dict[str, Any] = {"message": "No.", "counterexample": None, **more}
    return exercise(*(check(name, verdict, **fields) for name in "ab"), message="No.", cell=CELL)


def test_code_that_stops_where_it_stopped_before_is_not_shown_again() -> None:
    """One line to mend is one call, one hint, one line of code, however many checks it costs."""
    first, second = told(raised("a"), raised("b"))

    assert first == Finding(
        message=prose("a raised."), example=COUNTEREXAMPLE, lines=(SHOWN_HERE,), hint=prose("Look.")
    )
    assert second == Finding(message=prose("b raised."), again=say("same_stop"))


def test_the_same_sentence_is_said_once_of_code_that_stops() -> None:
    """A second check that stopped says so, and nothing twice."""
    _, second = told(raised("a", message="Too slow."), raised("b", message="Too slow."))
    assert second == Finding(message=None, again=say("same_stop"))


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(raised("b", ELSEWHERE), id="in another line"),
        pytest.param(raised("b", hint="Another."), id="for another reason"),
        pytest.param(check("b", Verdict.FAILED, hint="Look."), id="with a wrong answer"),
    ],
)
def test_another_failure_keeps_its_example(second: CheckResult) -> None:
    """Only what stops alike is taken together."""
    assert told(raised("a"), second)[1].example == second.counterexample


def test_a_hint_given_above_is_pointed_to() -> None:
    """Several wrong answers with one cause keep their examples, and share the hint."""
    first, second = told(*(check(name, Verdict.FAILED, hint="Divide.") for name in "ab"))

    assert (first.hint, first.again) == (prose("Divide."), None)
    assert (second.hint, second.again, second.example) == (None, say("same_hint"), COUNTEREXAMPLE)


def test_a_single_failed_check_keeps_all_it_has_to_say() -> None:
    """However few checks an exercise has, what helps the student is there."""
    only = of_exercise(exercise(check("only", Verdict.FAILED))).to_mend[0]
    assert only.told == only.apart
    assert only.told == Finding(message=prose("Message of only."), example=COUNTEREXAMPLE, hint=prose("Hint of only."))


def test_apart_each_check_says_everything() -> None:
    """A format that shows checks by themselves cannot point to one above."""
    second = of_exercise(exercise(raised("a"), raised("b"), cell=CELL)).checks[1]
    assert second.apart == Finding(message=prose("b raised."), example=COUNTEREXAMPLE, hint=prose("Look."))


def test_checks_are_sorted_by_what_they_ask_of_the_reader() -> None:
    """To mend, not tried yet, right already; words are lost only on the first."""
    found = of_exercise(exercise(check("a"), check("b", Verdict.SKIPPED), check("c", Verdict.FAILED)))

    assert [[each.id for each in kind] for kind in (found.to_mend, found.skipped, found.passed)] == [
        ["c"],
        ["b"],
        ["a"],
    ]
    assert [each.id for each in found.checks if each.told] == ["c"]


@pytest.mark.parametrize(
    ("verdict", "hint", "alone"),
    [
        pytest.param(Verdict.RAISED, "Look.", True, id="raised, and something helps"),
        pytest.param(Verdict.RAISED, None, True, id="raised"),
        pytest.param(Verdict.MISSING, None, True, id="missing"),
        pytest.param(Verdict.FAILED, "Divide.", False, id="wrong, each with its title"),
        pytest.param(Verdict.PASSED, None, False, id="right"),
    ],
)
def test_one_reason_takes_the_place_of_all_checks(verdict: Verdict, hint: str | None, alone: bool) -> None:
    """Where no answer was had, the checks have nothing of their own to say; the hint and the line stay."""
    found = of_exercise(alike(verdict, hint=hint, raised_at=HERE))
    whole = Finding(message=prose("No."), lines=(SHOWN_HERE,), hint=None if hint is None else prose(hint))

    assert found.reason == (whole if alone else None)
    assert bool(found.to_mend or found.skipped or found.passed) is not alone


def test_an_exercise_leads_with_what_no_check_below_says() -> None:
    """The first sentence of it is not the first of its check again."""
    failed = check("a", Verdict.FAILED, message="Not right.")

    assert of_exercise(exercise(failed, message="Not right.")).lead is None
    assert of_exercise(exercise(failed, message="1 of 2 checks.")).lead == prose("1 of 2 checks.")
    assert of_exercise(alike(Verdict.MISSING, hint=None)).lead == prose("No.")


@pytest.mark.parametrize(
    ("place", "lines"),
    [
        pytest.param(Place(cell=5, line=2), (Line(number=2, text="1 / 0"),), id="in the graded cell"),
        pytest.param(Place(cell=4, line=2), (), id="in another cell"),
        pytest.param(Place(cell=5, line=9), (), id="beyond its end"),
        pytest.param(Place(cell=5, line=3), (), id="a blank line"),
        pytest.param(None, (), id="nowhere"),
    ],
)
def test_a_line_is_shown_if_it_is_in_the_graded_cell(place: Place | None, lines: tuple[Line, ...]) -> None:
    """The room names the place, so it may be one that is not there."""
    assert told(raised("a", place))[0].lines == lines


@pytest.mark.parametrize(
    ("place", "cell", "where"),
    [
        pytest.param(Place(cell=4, line=3), CELL, say("plain_place", cell=4, line=3), id="a line"),
        pytest.param(None, CELL, say("cell", cell=5), id="a cell"),
        pytest.param(None, None, None, id="nowhere"),
    ],
)
def test_a_check_is_placed_by_the_cell_never_by_the_file(
    place: Place | None, cell: CellReference | None, where: Message | None
) -> None:
    """Nobody has ever seen line 214 of an .ipynb."""
    assert of_exercise(exercise(raised("a", place), cell=cell)).checks[0].where == where


def test_lines_that_stopped_are_those_of_the_graded_cell() -> None:
    """They are marked in its listing, however often they were told."""
    found = of_exercise(exercise(raised("a"), raised("b"), raised("c", Place(cell=4, line=2)), cell=CELL))
    assert found.stops == {1}


@pytest.mark.parametrize(
    ("shown", "status", "result"),
    [
        pytest.param(
            report(exercise(check("a"), check("b", Verdict.FAILED))),
            Status.GRADED,
            say("score", earned=10, possible=20, percent=50),
            id="a score",
        ),
        pytest.param(EVERY_VERDICT, Status.NOT_GRADED, say("page_not_graded"), id="our failure is never a zero"),
        pytest.param(UNREADABLE, Status.UNREADABLE, say("page_unreadable"), id="a file that could not be read"),
    ],
)
def test_the_result_is_one_sentence(shown: Report, status: Status, result: Message) -> None:
    """Without a score it says whose fault that is."""
    found = feedback(shown)
    assert (found.status, found.result) == (status, result)


def test_withheld_checks_are_counted_and_nothing_more() -> None:
    """A student learns how many checks wait for the deadline, how many for ever, and what they are worth."""
    late = check("late", Verdict.FAILED, visibility=Visibility.AFTER_DUE)
    never = [check(n, Verdict.FAILED, visibility=Visibility.HIDDEN) for n in ("secret", "other")]
    found = feedback(seen_by(report(exercise(check("shown"), late, *never)), Audience.STUDENT))

    assert (found.exercises[0].not_yet, found.exercises[0].never, found.later) == (1, 2, 30)
    assert not any(word in repr(found) for word in ("late.", "secret", "other"))


def test_a_report_of_no_assignment_says_so() -> None:
    """Its title is what nobody knows."""
    assert feedback(UNREADABLE).title == say("no_assignment")


def test_problems_are_what_did_not_pass_with_what_it_cost() -> None:
    """A check that waits for another is none; an exercise that could not be judged is one."""
    shown = report(exercise(check("a"), check("b", Verdict.FAILED), check("c", Verdict.SKIPPED)), not_graded())
    assert [(each.within, each.title, each.lost) for each in feedback(shown).problems] == [
        (prose("Double it"), prose("Title of b"), 10),
        (None, prose("A model"), 50),
    ]


def test_what_is_kept_from_a_reader_is_no_problem_of_theirs() -> None:
    """Also where not one check is shown."""
    hidden = report(exercise(check("a", Verdict.FAILED, visibility=Visibility.HIDDEN)))

    assert list(feedback(seen_by(hidden, Audience.STUDENT)).problems) == []
    assert list(feedback(WITHHELD).problems) == []


def test_layers_are_counted_as_the_student_counts() -> None:
    """One that is lacking has no number, and takes none."""
    layer = LayerShown(kind="Dense", units=1, activation=None, parameters=2)
    rows = (LayerRow(found=found, asked=layer) for found in (layer, None, layer))
    assert [each.number for each in of_exercise(exercise(check("a"), layers=tuple(rows))).layers] == [1, None, 2]


def test_all_notices_of_a_reader_are_told() -> None:
    """Those that everybody sees, then those that tell of withheld checks."""
    found = of_exercise(exercise(check("a"), notices=("One.",), withheld_notices=("Two.",)))
    assert found.notices == (prose("One."), prose("Two."))


def test_what_holds_nothing_is_not_there() -> None:
    """A blank print, a training that took no step: no painter has to ask."""
    found = of_exercise(exercise(check("a"), printed=" \n", curve=Curve(title=prose("Loss"), values=())))
    assert (found.printed, found.curve) == ("", None)


PAINTERS = set(Path(render.__file__).parent.glob("*.py")) - {Path(tree.__file__)}
OUTLINE = """
from grader.messages import ENGLISH
from grader.render.feedback import feedback

def render(report, *, words=ENGLISH):
    told = feedback(report)
    lines = [told.title, told.result]
    for exercise in told.exercises:
        lines += [exercise.title, exercise.lead, *(check.title for check in exercise.to_mend)]
    return "; ".join(words.text(line) for line in lines if line)
"""


def painter(path: Path) -> Renderer:
    """The painter in the file `path`."""
    path.write_text(OUTLINE)
    found = importlib.util.spec_from_file_location(path.stem, path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    made: Renderer = module.render
    return made


def imported(file: Path) -> set[str]:
    """The names that a file takes from others."""
    found = (each for each in ast.walk(ast.parse(file.read_text())) if isinstance(each, ast.ImportFrom))
    return {name.name for each in found for name in each.names}


def test_a_new_painter_is_one_file_and_one_row(tmp_path: Path) -> None:
    """It says what all others say, in every language, without deciding anything."""
    painters = {**RENDERERS, "outline": painter(tmp_path / "outline.py")}

    assert painters["outline"](MISSING) == "A lab; 0 of 20 points (0 %).; Double it; No cell defines `double`."
    assert painters["outline"](RAISED, words=Words("zh", {"A lab": "一次实验"})).startswith("一次实验; 得分 10 / 50")


def test_no_painter_reads_the_records_of_checks() -> None:
    """What is said of a check, and whether it was said before, is decided in the tree alone."""
    walking = {file.stem for file in PAINTERS if {"CheckResult", "Withheld", "Place", "STOPPED"} & imported(file)}
    assert walking == set()
    assert {"CheckResult", "Place"} <= imported(Path(tree.__file__))


def test_every_row_has_a_name_on_the_command_line() -> None:
    """`--format` offers what can be painted, and nothing else."""
    assert {each.value for each in Format} == {*RENDERERS, *CLASS_RENDERERS}
