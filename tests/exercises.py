"""Assignments built in code, for tests that ask where an answer is and not whether it is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.course.assignment import Assignment, Check, Exercise, Thing
from grader.limits import NotebookLimits
from grader.notebook.notebook import Notebook, parse
from grader.notebook.submission import Answer, Plan, extract
from tests.notebooks import CellNode, notebook


@dataclass(frozen=True)
class Asks:
    """A question of no particular kind, which nobody puts."""

    asks_for: Thing = "value"
    trained: bool = False
    answered_by: Thing | None = None
    drawn: bool = False
    practised_as: None = None


def check(id: str = "right", question: Asks = Asks(), *, points: int = 1, **more: Any) -> Check:
    """A check that nobody judges."""
    said = {"title": "It is right", "passed": "Yes.", "failed": "No."} | more
    return Check(id=id, points=points, question=question, rule=None, **said)


def exercise(target: str, *markers: str, thing: Thing = "value", trained: bool = False) -> Exercise:
    """One exercise that asks for `target`, worth a point."""
    checks = (check(question=Asks(asks_for=thing, trained=trained)),)
    return Exercise(id=target.lower(), title=target, target=target, markers=markers, checks=checks)


def assignment(*exercises: Exercise, id: str = "lab") -> Assignment:
    """An assignment of these exercises."""
    return Assignment(id=id, title=id, version="1", exercises=exercises)


SOFTMAX = exercise("my_softmax", "my_softmax", "UNQ_C1")
MODEL = exercise("model", "Sequential model", "UNQ_C2")
DIGITS = assignment(SOFTMAX, MODEL, id="digits")


def handed_in(*cells: CellNode, python: str | None = None) -> Notebook:
    """The notebook of these cells, as parsed."""
    return parse(notebook(*cells, python=python), NotebookLimits())


def answer(asked: Exercise, *cells: CellNode, python: str | None = None) -> Answer:
    """What extraction says of one exercise, in an assignment of its own."""
    (only,) = extract(handed_in(*cells, python=python), assignment(asked)).answers
    return only


def plan(asked: Exercise, *cells: CellNode) -> Plan:
    """The plan for one exercise that must have one."""
    found = answer(asked, *cells)
    assert isinstance(found, Plan), found
    return found


def sources(found: Plan, *roles: str) -> list[str]:
    """The statements of a plan that play one of these roles, or all."""
    return [each.source for each in found.statements if not roles or each.role in roles]
