"""One task of a practice sheet tried on the student's object: the exercise and its key are made again from the sheet,
and judged as the grader does. Whatever the sheet cannot settle is said to be open, never wrong.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from grader.checks.compare import Tolerance, as_numbers
from grader.checks.examination import Examination, Solutions
from grader.checks.function import Case, FunctionCheck, FunctionExercise, FunctionKey, examine
from grader.checks.inputs import Args, Drawn, Examples
from grader.checks.rules import Agrees, LeavesArguments, Reaction, Repeats, Rule
from grader.errors import UsageError
from grader.practice.at_home import MOST_PRINTED, AtHome
from grader.practice.sheet import CallCheck, FunctionTask, ModelTask, Sheet, unwritten
from grader.protocol import Returned
from grader.report import CheckResult, ExerciseResult, Verdict, overall, summary
from grader.values import Array, Value
from grader.wording import say

OTHER_FORM = say("practice_other_form")


def tried(task: FunctionTask | ModelTask, thing: Any, sheet: Sheet) -> ExerciseResult:
    """What came of it, as a report says it. Raises UsageError for a sheet that is damaged."""
    printed = io.StringIO()
    if isinstance(task, FunctionTask):
        home = AtHome(target=task.target, thing=thing, printed=printed)
        seen = _function(task, home, sheet.seed)
    else:
        seen, home = _model(task, thing, sheet.seed, printed)
    checks = tuple(map(_open_if_unsure, seen.checks))
    judged = tuple(each for each in checks if each.message != OTHER_FORM)
    verdict = overall(judged) if judged else Verdict.SKIPPED
    own = task.own if isinstance(task, FunctionTask) else ()
    return ExerciseResult(
        id=task.id,
        title=task.title,
        verdict=verdict,
        earned=sum(each.earned for each in checks),
        possible=sum(each.possible for each in checks),
        message=summary(verdict, judged) if judged else OTHER_FORM,
        cell=home.cell,
        checks=checks,
        printed=printed.getvalue()[:MOST_PRINTED],
        notices=(*seen.notices, *seen.remarks, *([say("practice_own", names=", ".join(own))] if own else [])),
        layers=seen.layers,
    )


class _DrawnBefore(Drawn):
    """Calls that were drawn when the sheet was made: there is nothing left here to draw smaller ones from."""

    def smallest(self, is_broken: Any, seed: int) -> Args | None:
        del is_broken, seed
        return None


@dataclass(frozen=True, slots=True)
class _AgreesAsFarAsKnown(Agrees):
    """As `Agrees`, where the grader reads more forms than a sheet can tell: a value of another form is left open.

    None is a form of nothing: it is what a task still to be written returns.
    """

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        detail = Agrees.fault(self, reaction, returned)
        known = returned.value is None or _same_form(returned.value, reaction.expected)
        return detail if detail is None or known else OTHER_FORM


def _function(task: FunctionTask, home: AtHome, seed: int) -> Examination:
    if not callable(home.thing):
        raise UsageError(f"{task.target} is no function here. Run the cell that defines it, then check({task.target}).")
    exercise = FunctionExercise(
        id=task.id,
        title=task.title,
        target=task.target,
        shapes=task.shapes,
        checks=tuple(map(_check, task.checks)),
    )
    cases = {check.id: tuple(map(_case, check.cases)) for check in task.checks}
    key = FunctionKey(seed=seed, solve=_nobody_solves, cases=cases, remarks=(), misconceptions=())
    return examine(exercise, key, home.subject, home.ask)


def _model(task: ModelTask, thing: Any, seed: int, printed: io.StringIO) -> tuple[Examination, AtHome]:
    # only the sheet of an assignment with a model comes with these two files
    from grader.checks import model
    from grader.room.keras_model import describe

    exercise = model.ModelExercise.model_validate(task.asked)
    home = AtHome(target=task.target, thing=thing, describe=describe, printed=printed)
    key = model.prepare(exercise, Solutions(reference=None), seed)
    return model.examine(exercise, key, home.subject, home.ask), home


def _check(check: CallCheck) -> FunctionCheck:
    return FunctionCheck(
        id=check.id,
        title=check.title,
        points=check.points,
        passed=check.passed,
        failed=check.failed,
        hint=check.hint,
        needs=check.needs,
        inputs=_DrawnBefore(None) if check.drawn else Examples(()),
        rule=_rule(check),
    )


def _rule(check: CallCheck) -> Rule:
    tolerance = Tolerance(relative=check.relative, absolute=check.absolute)
    match check.demand:
        case "agrees":
            kind = _AgreesAsFarAsKnown if check.other_forms else Agrees
            return kind(tolerance=tolerance, twice=check.twice, scalar=check.scalar)
        case "leaves_arguments":
            return LeavesArguments(twice=check.twice)
        case "repeats":
            return Repeats(tolerance=tolerance, twice=check.twice)


def _case(text: str) -> Case:
    *args, expected = unwritten(text)
    return Case(args=tuple(args), expected=expected)


def _nobody_solves(args: Args) -> Value:
    raise UsageError(f"a practice sheet has no reference to call with {len(args)} arguments")


def _open_if_unsure(result: CheckResult) -> CheckResult:
    if not result.message.endswith(OTHER_FORM):
        return result
    open_ = {"verdict": Verdict.SKIPPED, "message": OTHER_FORM, "hint": None, "counterexample": None}
    return result.model_copy(update=open_)


def _same_form(mine: Value, asked: Value) -> bool:
    """Whether the two are of one kind all through, so that nothing but their numbers can differ."""
    match mine, asked:
        case dict(), dict():
            return mine.keys() == asked.keys() and all(_same_form(mine[key], asked[key]) for key in asked)
        case ((list() | tuple()), (list() | tuple())):
            alike = type(mine) is type(asked) and len(mine) == len(asked)
            return alike and all(map(_same_form, mine, asked))
        case ((Array() | int() | float() | complex()), (Array() | int() | float() | complex())):
            left, right = as_numbers(mine), as_numbers(asked)
            assert left is not None
            assert right is not None
            return left.shape == right.shape and left.dtype.kind == right.dtype.kind
        case _:
            return type(mine) is type(asked)
