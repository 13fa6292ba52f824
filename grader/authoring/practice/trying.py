"""One task of a practice sheet tried on the student's object: the exercise and its key are made again from the sheet,
and judged as the grader does. Whatever the sheet cannot settle is said to be open, never wrong.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from grader.authoring.practice.at_home import MOST_PRINTED, AtHome
from grader.authoring.practice.sheet import CallCheck, FunctionTask, ModelTask, Said, Sheet, unwritten
from grader.course.assignment import Check, Exercise
from grader.errors import UsageError
from grader.judging.answer_key import Key, prepare
from grader.judging.compare import Tolerance, as_numbers
from grader.judging.engine import examine
from grader.judging.examination import Examination, Fault
from grader.judging.inputs import Drawn, Examples
from grader.judging.question import Case, Reaction, Solutions
from grader.judging.rules import Agrees, LeavesArguments, Repeats, Rule
from grader.messages import say
from grader.report.report import CheckResult, ExerciseResult, Verdict
from grader.report.sums import earned, overall, summary
from grader.wall.values import Array, Value

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
        earned=earned(checks),
        possible=sum(each.possible for each in checks),
        message=summary(verdict, judged) if judged else OTHER_FORM,
        cell=home.cell,
        checks=checks,
        printed=printed.getvalue()[:MOST_PRINTED],
        notices=(*seen.notices, *seen.remarks, *([say("practice_own", names=", ".join(own))] if own else [])),
        layers=seen.layers,
    )


@dataclass(frozen=True, slots=True)
class _AgreesAsFarAsKnown(Agrees):
    """As `Agrees`, where the grader reads more forms than a sheet can tell: a value of another form is left open.

    None is a form of nothing: it is what a task still to be written returns.
    """

    def fault(self, reaction: Reaction) -> Fault | None:
        fault, value = Agrees.fault(self, reaction), reaction.seen.value
        known = value is None or _same_form(value, reaction.expected)
        return fault if fault is None or known else Fault(detail=OTHER_FORM)


def _function(task: FunctionTask, home: AtHome, seed: int) -> Examination:
    if not callable(home.thing):
        raise UsageError(f"{task.target} is no function here. Run the cell that defines it, then check({task.target}).")
    exercise = Exercise(
        id=task.id, title=task.title, target=task.target, shapes=task.shapes, checks=tuple(map(_check, task.checks))
    )
    cases = {check.id: tuple(map(_case, check.cases)) for check in task.checks}
    return examine(exercise, Key(seed=seed, cases=cases), home.subject, home.ask)


def _model(task: ModelTask, thing: Any, seed: int, printed: io.StringIO) -> tuple[Examination, AtHome]:
    # only the sheet of an assignment with a model comes with these files
    from grader.judging.aspects import Aspect
    from grader.judging.compiled import Compiled
    from grader.judging.layers import AnyLayer, DenseLayer
    from grader.judging.model import ModelDescription
    from grader.wall.room.models import describe

    layers = tuple((AnyLayer if "kind" in each else DenseLayer).model_validate(each) for each in task.layers)
    compiled = Compiled.model_validate(task.compiled)
    question = ModelDescription(features=task.features, layers=layers, compiled=compiled)
    checks = tuple(
        Check(**_said(check), question=question, rule=Aspect(check.aspect, check.hints)) for check in task.checks
    )
    exercise = Exercise(id=task.id, title=task.title, target=task.target, checks=checks)
    home = AtHome(target=task.target, thing=thing, describe=describe, printed=printed)
    return examine(exercise, prepare(exercise, Solutions(), seed), home.subject, home.ask), home


def _check(check: CallCheck) -> Check:
    # what was drawn was drawn when the sheet was made
    return Check(**_said(check), question=Drawn(None) if check.drawn else Examples(()), rule=_rule(check))


def _said(check: Said) -> dict[str, Any]:
    return {name: getattr(check, name) for name in Said.model_fields}


def _rule(check: CallCheck) -> Rule:
    tolerance = Tolerance(relative=check.relative, absolute=check.absolute)
    match check.demand:
        case "agrees":
            kind = _AgreesAsFarAsKnown if check.other_forms else Agrees
            return kind(
                tolerance=tolerance,
                twice=check.twice,
                scalar=check.scalar,
                more_keys=check.more_keys,
                parts=check.parts,
                each_entry=check.each_entry,
            )
        case "leaves_arguments":
            return LeavesArguments(twice=check.twice)
        case "repeats":
            return Repeats(tolerance=tolerance, twice=check.twice)


def _case(text: str) -> Case:
    *args, expected = unwritten(text)
    return Case(args=tuple(args), expected=expected)


def _open_if_unsure(result: CheckResult) -> CheckResult:
    if OTHER_FORM not in result.message.parts:
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
