"""What extraction decides before anything runs, as data: per exercise a plan, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from grader.messages import Message
from grader.notebook.notebook import Notebook
from grader.notebook.submission.written import WrittenFile
from grader.wall.protocol import Statement, StudentError

FoundBy = Literal["marker", "definition", "binding"]
_NONE: Final = Notebook(cells=())


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
class Choice:
    """That a notebook answers an exercise several times: in which `cells`, and how many `answers` there are in all.

    `contenders` are the plans for those that are judged if the plan that goes first falls short, and count if they are
    better. `marked`: the first is that of the marked cell; else it is the last in the notebook.
    """

    cells: tuple[int, ...]
    answers: int
    marked: bool
    contenders: tuple[Plan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which statements run for one exercise. `target` is the name to ask for, which a student may have changed.

    `parameters` are those of the definition that is graded, None where no `def` or `lambda` shows them.
    `untouched`: the graded cell looks as it was handed out, see there.
    `line` is the one of the graded cell on which the answer is bound, or changed last.
    `statements` do without what gives the `borrowed` names their values; `own` are those with it, for the student's own
    chain, and empty where nothing is borrowed. `files` are those that the notebook itself writes, `libraries` those
    that its imports load. `reads_as`: the digest of all of it but imports, by which code that reads alike is known.
    """

    exercise: str
    target: str
    cell: int
    line: int
    found_by: FoundBy
    statements: tuple[Statement, ...]
    borrowed: tuple[Borrowed, ...] = ()
    own: tuple[Statement, ...] = ()
    parameters: Parameters | None = None
    notices: tuple[Message, ...] = ()
    choice: Choice | None = None
    files: tuple[WrittenFile, ...] = ()
    untouched: bool = False
    libraries: frozenset[str] = frozenset()
    reads_as: str = ""

    @property
    def work(self) -> tuple[str, ...]:
        """What of the student's makes the answer: of two plans with the same work only one needs to be judged."""
        return (self.target, *(each.source for each in self.statements if each.role != "import"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """No code cell answers the exercise; `message` tells the student what was looked for."""

    exercise: str
    message: Message


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
    untouched: bool = False


Answer: TypeAlias = Plan | Missing | Unparsable


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What was handed in, reduced to what will run: one answer per exercise, in the assignment's order.

    Where several notebooks were handed in, `found_in` has by the id of what is asked the one that counts. `is_dear`: to
    read it took so long that nothing is looked for in it a second time.
    """

    answers: tuple[Answer, ...]
    notebook: Notebook
    notices: tuple[Message, ...] = ()
    found_in: Mapping[str, Notebook] = field(default_factory=dict)
    is_dear: bool = False

    def where(self, asked: str) -> Notebook:
        """The notebook in which that exercise is answered; an empty one if it was not handed in."""
        return self.found_in.get(asked, _NONE) if self.found_in else self.notebook

    @property
    def runs(self) -> bool:
        """Whether anything of it is to run."""
        return any(isinstance(answer, Plan) for answer in self.answers)

    @property
    def too_new(self) -> frozenset[str]:
        """The exercises whose answers are written for a newer Python than ours, which no second look will change."""
        return frozenset(a.exercise for a in self.answers if isinstance(a, Unparsable) and a.newer_python)
