"""Every assignment of the course as if three of four checks were withheld, and a wrong answer to all of it.

Functions are called in this process, and nothing else is asked: no room is needed to see what is drawn of the results.
No test lives here.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

from grader.authoring.practice.at_home import AtHome
from grader.classes.statistics import AskedExercise, summed_up
from grader.course.assignment import Assignment, Exercise, Visibility
from grader.course.folder import Course
from grader.grading.reference import AnswerKey, answer_key
from grader.judging import Subject, examine
from grader.judging.examination import Examination
from grader.limits import NotebookLimits
from grader.messages import Words
from grader.notebook.notebook import parse
from grader.render import RENDERERS, annotated
from grader.render.classes import CLASS_RENDERERS
from grader.report.report import AssignmentReference, CellReference, CheckResult, ExerciseResult, Report
from grader.report.sums import earned, overall, summary
from grader.wall.protocol import Answer, Call, Question, Raised, StudentError
from grader.wall.sandbox.forked import choose_sandbox
from tests.english import spoken
from tests.notebooks import code, notebook
from tests.unit.classes import CLASS_RUN, row
from tests.unit.drawn_here import drawn_here
from tests.unit.reports import report

COURSE = Course(Path(__file__).parents[2])
DUE = datetime(2030, 1, 1, 18, tzinfo=UTC)
SOURCE = "def wrong(*arguments):\n    return 7654.0\n"
#: one visible check, then one of each kind that is withheld, and so on
KINDS = (Visibility.HIDDEN, Visibility.VISIBLE, Visibility.AFTER_DUE, Visibility.AFTER_PUBLISHED)
#: letters and digits, and how many different ones; what is shorter, or a row of zeros, stands anywhere by chance
LEAST, DIFFERENT = 14, 4


@cache
def withholding(name: str) -> Assignment:
    """The assignment with checks of every visibility."""
    assignment = COURSE.assignment(name)
    kinds = cycle(KINDS)
    exercises = tuple(_withholding(exercise, kinds) for exercise in assignment.exercises)
    return assignment.model_copy(update={"exercises": exercises, "due": DUE})


@cache
def key_of(name: str) -> AnswerKey:
    """What a class is judged with."""
    assignment = withholding(name)
    # only functions are asked, which need no TensorFlow; what else they use is loaded once, and not in each room
    with choose_sandbox("none", "numpy", uses=assignment.libraries.uses) as sandbox:
        return answer_key(COURSE, assignment, sandbox)


@cache
def wrongly_answered(name: str) -> Report:
    """The instructor's report of a submission in which every function returns the same number."""
    assignment = withholding(name)
    results = (_result(exercise, key_of(name).prepared[exercise.id]) for exercise in assignment.exercises)
    return report(*results, assignment=AssignmentReference.to(assignment))


def drawn(found: Report) -> Iterator[tuple[str, str]]:
    """Everything that is made of a report, by name: files for it, in both languages, and those of a class of it."""
    for words in (Words(), Words("zh")):
        for name, render in RENDERERS.items():
            yield f"{name}, {words.language}", render(found, words=words)
        handed_in = parse(notebook(code(SOURCE)), NotebookLimits())
        yield f"notebook, {words.language}", annotated.render(handed_in, found, words=words).decode()
        yield (
            f"notebook as a page, {words.language}",
            annotated.render_html(handed_in, found, words=words, drawing=drawn_here),
        )
    assert found.assignment is not None
    asked = [AskedExercise(id=each.id, title=each.title, possible=each.possible) for each in found.exercises]
    of_class = summed_up(found.assignment, asked, rows=(row("anna", found),), troubles=(), run=CLASS_RUN)
    for name, render_class in CLASS_RENDERERS.items():
        yield f"class as {name}", render_class(of_class, [found])


def bare(text: str) -> str:
    """Letters and digits alone, so that neither line breaks nor markup nor escapes hide a text in another."""
    plain = html.unescape(re.sub(r"</?\w[^>]*>", "", text)).replace("\\n", " ")
    return re.sub(r"[^0-9A-Za-z]", "", plain)


def is_telling(text: str) -> bool:
    """Whether a text without blanks is one that stands nowhere by chance."""
    return len(text) >= LEAST and len(set(text)) >= DIFFERENT


def secrets(found: Report) -> set[str]:
    """What an instructor reads of the withheld checks, and nobody of the others: inputs, values, hints, titles."""
    checks = [check for exercise in found.exercises for check in exercise.checks]
    told = {text for check in checks if check.visibility is not Visibility.VISIBLE for text in _texts(check)}
    public = "|".join(
        bare(text) for check in checks if check.visibility is Visibility.VISIBLE for text in _texts(check)
    )
    public += "|".join(bare(exercise.title) for exercise in found.exercises)
    return {text for text in map(bare, told) if is_telling(text) and text not in public}


def _texts(check: CheckResult) -> Iterator[str]:
    yield from (check.title, spoken(check.message), spoken(check.hint) or "")
    if (example := check.counterexample) is not None:
        yield example.call
        yield from (shown.text for shown in (*example.inputs, example.expected) if shown is not None)


def _withholding(exercise: Exercise, kinds: Iterator[Visibility]) -> Exercise:
    checks = tuple(check.model_copy(update={"visibility": next(kinds)}) for check in exercise.checks)
    return exercise.model_copy(update={"checks": checks})


def _result(exercise: Exercise, key: Any) -> ExerciseResult:
    seen: Examination = examine(exercise, key, Subject(target=exercise.target), _ask)
    verdict = overall(seen.checks)
    return ExerciseResult(
        id=exercise.id,
        title=exercise.title,
        verdict=verdict,
        earned=earned(seen.checks),
        possible=exercise.points,
        message=summary(verdict, seen.checks),
        cell=CellReference(index=1, found_by="definition", source=SOURCE),
        checks=seen.checks,
        layers=seen.layers,
        curve=seen.curve,
    )


def _wrong(*arguments: Any) -> float:
    del arguments
    return 7654.0


def _ask(questions: Sequence[Question]) -> Sequence[Answer]:
    home = AtHome(target="wrong", thing=_wrong, printed=io.StringIO())
    calls = [each for each in questions if isinstance(each, Call)]
    answers = dict(zip((each.id for each in calls), home.ask(calls), strict=True))
    unknown = StudentError(type="NameError", text="name 'wrong' is not defined")
    return [answers.get(each.id) or Raised(id=each.id, error=unknown) for each in questions]
