"""Assignments built in code, for tests that ask where an answer is and not whether it is right."""

from __future__ import annotations

from grader.assignment import Assignment, Check, Exercise
from grader.limits import NotebookLimits
from grader.notebook import Notebook, parse
from grader.submission import Answer, Plan, extract
from tests.notebooks import CellNode, notebook


class Asked(Exercise):
    """An exercise of no particular kind."""

    kind = "asked"


def exercise(target: str, *markers: str) -> Asked:
    """One exercise that asks for `target`, worth a point."""
    check = Check(id="right", title="It is right", points=1, passed="Yes.", failed="No.")
    return Asked(id=target.lower(), title=target, target=target, markers=markers, checks=(check,))


def assignment(*exercises: Asked, id: str = "lab") -> Assignment:
    """An assignment of these exercises."""
    return Assignment(id=id, title=id, version="1", exercises=exercises)


SOFTMAX = exercise("my_softmax", "my_softmax", "UNQ_C1")
MODEL = exercise("model", "Sequential model", "UNQ_C2")
DIGITS = assignment(SOFTMAX, MODEL, id="digits")


def handed_in(*cells: CellNode, python: str | None = None) -> Notebook:
    """The notebook of these cells, as parsed."""
    return parse(notebook(*cells, python=python), NotebookLimits())


def answer(asked: Asked, *cells: CellNode, python: str | None = None) -> Answer:
    """What extraction says of one exercise, in an assignment of its own."""
    (only,) = extract(handed_in(*cells, python=python), assignment(asked)).answers
    return only


def plan(asked: Asked, *cells: CellNode) -> Plan:
    """The plan for one exercise that must have one."""
    found = answer(asked, *cells)
    assert isinstance(found, Plan), found
    return found


def sources(found: Plan, *roles: str) -> list[str]:
    """The statements of a plan that play one of these roles, or all."""
    return [each.source for each in found.statements if not roles or each.role in roles]
