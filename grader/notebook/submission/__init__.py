"""From a notebook to what will run of it: find each graded cell, slice what it needs, say why. Nothing runs here.

Test cells, stored outputs, metadata and START/END lines are never believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from grader.course.assignment import Assignment, Exercise
from grader.messages import say
from grader.notebook.bundle import each_of
from grader.notebook.notebook import Notebook
from grader.notebook.submission.detection import Detection, Fit, answered, detect
from grader.notebook.submission.find import Candidate, Rank, Search, held_answer, hidden_answer, is_written, search
from grader.notebook.submission.listing import Listing, list_statements, list_with_files, list_with_imports
from grader.notebook.submission.newer import is_older_than
from grader.notebook.submission.normal import digest, signs
from grader.notebook.submission.parameters import parameters_of
from grader.notebook.submission.plan import (
    Answer,
    Borrowed,
    Choice,
    FoundBy,
    Missing,
    Parameters,
    Plan,
    Submission,
    Unparsable,
)
from grader.notebook.submission.several import picked
from grader.notebook.submission.slice import leaves_out_users, libraries_of, slice_for, widened
from grader.notebook.submission.spelled import almost, same_letters
from grader.notebook.submission.texts import with_texts
from grader.notebook.submission.untouched import is_untouched
from grader.notebook.submission.words import (
    about_choice,
    about_files,
    about_hidden,
    about_magic,
    about_unread,
    notices_for,
    why_missing,
)

#: statements of a plan; real ones hold tens
MOST_TO_WIDEN = 5_000

__all__ = [
    "MOST_TO_WIDEN",
    "Answer",
    "Borrowed",
    "Detection",
    "Fit",
    "FoundBy",
    "Missing",
    "Parameters",
    "Plan",
    "Submission",
    "Unparsable",
    "about_choice",
    "answered",
    "detect",
    "extract",
    "widen",
]


def extract(notebook: Notebook, assignment: Assignment) -> Submission:
    """What of `notebook`, or of those that were handed in with it, will run for each exercise, or why nothing will."""
    return _of_several(notebook, assignment) if notebook.beside else _of_one(notebook, assignment)


def _of_several(notebook: Notebook, assignment: Assignment) -> Submission:
    """Each exercise looked for in the notebook that counts as its own."""
    found = picked(tuple(each_of(notebook)), assignment)
    answers: dict[str, Answer] = {}
    where: dict[str, Notebook] = {}
    notices = [notice for each in found for notice in each.notices]
    for each in found:
        if each.notebook is None:
            answers |= {one.id: Missing(exercise=one.id, message=each.missing) for one in each.part.exercises}
            continue
        at_hand = tuple(other for other in each_of(notebook) if other.name != each.notebook.name)
        part = _of_one(replace(each.notebook, at_hand=at_hand), each.part)
        answers |= {answer.exercise: answer for answer in part.answers}
        where |= {one.id: part.notebook for one in each.part.asked}
        notices += part.notices
    return Submission(
        answers=tuple(answers[each.id] for each in assignment.exercises),
        notebook=notebook,
        notices=tuple(dict.fromkeys(notices)),
        found_in=where,
    )


def _of_one(notebook: Notebook, assignment: Assignment) -> Submission:
    notebook = with_texts(notebook, assignment)
    listing = list_statements(notebook)
    answers: dict[str, Answer] = {}
    for exercise in assignment.exercises:
        answers[exercise.id] = _answer(notebook, listing, exercise, assignment, answers)
    notices = [*about_unread(listing.cells)]
    if not all(isinstance(each, Missing) for each in answers.values()):  # else it is said of what is missing
        notices += about_files(listing.cells)
    return Submission(answers=tuple(answers.values()), notebook=notebook, notices=tuple(notices))


def _borrowed(exercise: Exercise, assignment: Assignment, earlier: Mapping[str, Answer]) -> Iterator[Borrowed]:
    """What `exercise` depends on, by the name it is asked under, and by the one the student gave it."""
    for other in assignment.exercises:
        if other.id in exercise.depends_on:
            answer = earlier[other.id]
            known = answer.parameters if isinstance(answer, Plan) else None
            names = (other.target, answer.target) if isinstance(answer, Plan) else (other.target,)
            yield from (Borrowed(name=name, exercise=other.id, parameters=known) for name in dict.fromkeys(names))


def widen(submission: Submission, plan: Plan, *, name_missing: bool = True) -> Plan:
    """The plan with every import, and every statement of every cell before the graded one, for a name that was missing
    at run time. If none was, the plan itself, unless something that is left out uses what the plan gives a value. One
    of more statements than anybody writes is left as it is.
    """
    if len(plan.statements) > MOST_TO_WIDEN:
        return plan
    listing = list_statements(submission.where(plan.exercise))
    if not name_missing and not leaves_out_users(listing, plan.cell, plan.statements):
        return plan
    statements = widened(listing, plan.cell, plan.statements)
    return replace(plan, statements=statements, libraries=libraries_of(listing, statements))


def _answer(
    notebook: Notebook, listing: Listing, exercise: Exercise, assignment: Assignment, earlier: Mapping[str, Answer]
) -> Answer:
    listing = listing.training(exercise.target) if exercise.trained else listing
    found, usual = search(listing, exercise, assignment), listing
    if found.unanswered and is_written(listing, exercise):
        listing = list_with_files(notebook)
        found = search(listing, exercise, assignment)
    elif found.unanswered and _may_stand_in_a_script(notebook, exercise):
        imported = search(list_with_imports(notebook), exercise, assignment)
        if _comes_later(imported.best, found.best):
            listing, found = list_with_imports(notebook), imported
    elif found.best is None and (other := same_letters(listing, exercise, assignment)):
        under_it = search(listing, exercise.model_copy(update={"target": other}), assignment)
        found = replace(under_it, exercise=exercise)
    hidden = hidden_answer(notebook, exercise)
    best = found.best
    if best is None and exercise.prompt:
        return Missing(exercise=exercise.id, message=say("text_not_found", prompt=repr(exercise.prompt)))
    if best is None:
        held = held_answer(listing, exercise)
        near = almost(listing, exercise, assignment)
        return Missing(exercise=exercise.id, message=why_missing(found, hidden, held, near, listing.cells))
    if best.cell.error is not None:
        newer = best.cell.newer_syntax and is_older_than(notebook.python)
        return Unparsable(
            exercise=exercise.id,
            cell=best.cell.index,
            found_by=best.found_by,
            error=best.cell.error,
            newer_python=newer,
            untouched=is_untouched(best.cell.source),
        )
    lent = tuple(_borrowed(exercise, assignment, earlier))
    notices = [*notices_for(found, listing), *about_magic(notebook, found)]
    notices += [about_hidden(hidden, exercise.target)] if hidden else []
    if listing is not usual and not is_written(usual, exercise):
        notices.append(say("graded_from_script", cell=best.cell.index, target=exercise.target))
    given = assignment.from_room
    plans = (replace(_plan(listing, each, exercise, lent, given), notices=tuple(notices)) for each in found.contenders)
    first, *others = _distinct(plans)
    return replace(first, choice=_choice(found, tuple(others)))


def _may_stand_in_a_script(notebook: Notebook, exercise: Exercise) -> bool:
    return exercise.asks_for == "function" and any(
        each.own and exercise.target in each.text for each in notebook.scripts
    )


def _comes_later(imported: Candidate | None, blank: Candidate | None) -> bool:
    """Whether an import takes the place of what was left blank, as it does where it runs below that."""
    return imported is not None and (blank is None or imported.cell.index > blank.cell.index)


def _distinct(plans: Iterable[Plan]) -> Iterator[Plan]:
    """Each of `plans` whose work is not that of one before it: a cell that was pasted twice is one answer."""
    seen: set[tuple[str, ...]] = set()
    for plan in plans:
        if plan.work not in seen:
            seen.add(plan.work)
            yield plan


def _choice(found: Search, others: tuple[Plan, ...]) -> Choice | None:
    complete = found.complete
    if len(complete) < 2:
        return None
    cells = sorted({each.cell.index for each in complete})
    marked = found.contenders[0].marked and not all(each.marked for each in complete)
    return Choice(cells=tuple(cells), answers=len(complete), marked=marked, contenders=others)


def _plan(
    listing: Listing, best: Candidate, exercise: Exercise, lent: Iterable[Borrowed], given: Sequence[str]
) -> Plan:
    borrowed = tuple(each for each in lent if each.name != best.name)
    statement = listing.statements[best.position]
    names, also = frozenset(each.name for each in borrowed), exercise.also_asked
    statements = slice_for(listing, best, lent=names, also=also, given=given)
    plan = Plan(
        exercise=exercise.id,
        target=best.name,
        cell=best.cell.index,
        line=statement.line,
        found_by=best.found_by,
        statements=statements,
        borrowed=borrowed,
        own=slice_for(listing, best, also=(*also, *sorted(names)), given=given) if borrowed else (),
        parameters=parameters_of(listing, best.position, best.name),
        files=listing.files,
        untouched=is_untouched(best.cell.source)
        or (best.rank is Rank.BLANK and best.name not in statement.names.defines),
        libraries=libraries_of(listing, statements),
    )
    return replace(plan, reads_as=digest(signs("\n".join(plan.work[1:]))))
