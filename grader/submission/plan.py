"""What extraction decides before anything runs, as data: per exercise a plan, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from grader.notebook import Notebook
from grader.protocol import Statement, StudentError

FoundBy = Literal["marker", "definition", "binding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What a definition takes by position: the parameters' names, how many it needs, whether `*args` follows."""

    names: tuple[str, ...]
    needed: int
    any_more: bool = False

    def take(self, count: int) -> bool:
        """Whether a call with `count` positional arguments is one that Python accepts."""
        return self.needed <= count and (self.any_more or count <= len(self.names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrowed:
    """A name that stands for an earlier exercise's function, which the reference answers in the student's place.

    `parameters` are those of the student's own definition, if one is known: the rest of the notebook calls it so.
    """

    name: str
    exercise: str
    parameters: Parameters | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which statements run for one exercise. `target` is the name to ask for, which a student may have changed.

    `parameters` are those of the definition that is graded, None where no `def` or `lambda` shows them.
    `statements` do without what gives the `borrowed` names their values; `own` are those with it, for the student's own
    chain, and empty where nothing is borrowed.
    """

    exercise: str
    target: str
    cell: int
    found_by: FoundBy
    statements: tuple[Statement, ...]
    borrowed: tuple[Borrowed, ...] = ()
    own: tuple[Statement, ...] = ()
    parameters: Parameters | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """No code cell answers the exercise; `message` tells the student what was looked for."""

    exercise: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unparsable:
    """The graded cell is no Python that we can read, and no other cell answers.

    `newer_python`: the notebook was written with a newer Python than ours, and the syntax is of a kind which that
    one accepts, so the fault may be ours.
    """

    exercise: str
    cell: int
    found_by: FoundBy
    error: StudentError
    newer_python: bool


Answer: TypeAlias = Plan | Missing | Unparsable


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What was handed in, reduced to what will run: one answer per exercise, in the assignment's order."""

    answers: tuple[Answer, ...]
    notebook: Notebook
    notices: tuple[str, ...] = ()
