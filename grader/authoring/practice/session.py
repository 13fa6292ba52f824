"""What `check` does: find the practice sheet beside the notebook and the task that is meant, try it, make the card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import grader
from grader.authoring.practice.card import Card
from grader.authoring.practice.sheet import FILE_NAME, FunctionTask, GradedOnly, Sheet, Task, read_sheet
from grader.authoring.practice.trying import tried
from grader.errors import UsageError
from grader.messages import say


def practised(thing: Any, *, named: object = None, near: Path | None = None) -> Card:
    """The card for `thing`, tried as the exercise `named`, or as the one of its own name.

    The sheet is looked for at and above `near`, the working folder. Raises UsageError as `check` does.
    """
    sheet = read_sheet(_found(near or Path.cwd()).read_bytes())
    task = _task(sheet, thing, named)
    if isinstance(task, GradedOnly):
        return Card(assignment=sheet.assignment.title, title=task.title, notes=(say("practice_graded_only"),))
    result = tried(task, thing, sheet)
    later = task.later if isinstance(task, FunctionTask) else ()
    notes = (say("practice_later", titles="; ".join(later)),) if later else ()
    return Card(assignment=sheet.assignment.title, title=task.title, result=result, notes=notes)


def _found(near: Path) -> Path:
    """The sheet of the folder in which the notebook lies, or beside the folder `grader` that came with it."""
    start = near.resolve()
    folders = (start, *start.parents, Path(grader.__file__).resolve().parents[1])
    found = next((folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file()), None)
    if found is None:
        raise UsageError(
            f"There is no {FILE_NAME} in {start} or above it. It comes with the files of the assignment: "
            "put it into the folder of your notebook."
        )
    return found


def _task(sheet: Sheet, thing: Any, named: object) -> Task:
    name = named if isinstance(named, str) else getattr(thing, "__name__", None)
    found = next((task for task in sheet.tasks if name in (task.target, task.id)), None)
    if found is not None:
        return found
    if name == "<lambda>":
        name = None
    known = ", ".join(task.target for task in sheet.tasks)
    if isinstance(thing, str) and any(thing in (task.target, task.id) for task in sheet.tasks):
        raise UsageError(f'Give what you made as well: check("{thing}", {thing}).')
    first = sheet.tasks[0].target
    raise UsageError(
        f"{'This' if name is None else repr(name)} is no exercise of {sheet.assignment.title}, which has: {known}. "
        f'Name the one you mean: check("{first}", {first}).'
    )
