"""Calls that are to be refused: the question, which no reference answers with a value, and the rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from grader.course.assignment import Thing
from grader.judging.compare import describe
from grader.judging.examination import Fault, in_one_line
from grader.judging.inputs import Examples, examples
from grader.judging.question import Reaction
from grader.judging.rules import Rule
from grader.messages import say
from grader.wall.protocol import Raised, Returned, Unsupported


@dataclass(frozen=True, slots=True, eq=False)
class Refused(Examples):
    """Fixed calls that are to raise. The reference is not asked for a value; `grader check` sees that it raises too."""

    answered_by: ClassVar[Thing | None] = None


def refused(*calls: tuple[object, ...]) -> Refused:
    """Calls that are to raise, each a tuple of arguments: `refused((-1,), ("a",))`. TypeError for another thing."""
    return Refused(examples(*calls).calls)


@dataclass(frozen=True, slots=True)
class Raises(Rule):
    """The call raises an exception of this kind or one derived from it: `Raises("ValueError")`.

    It is named as its library knows it, "numpy.linalg.LinAlgError"; a class that merely bears the name is another.
    """

    judges_errors = True

    kind: str

    def fault(self, reaction: Reaction) -> Fault | None:
        match reaction.answer:
            case Raised(error=error) if self.kind in error.kinds:
                return None
            case Raised(error=error):
                return Fault(detail=say("raised_another", error=in_one_line(error), asked=self.kind))
            case Returned(value=value):
                return Fault(detail=say("raised_nothing", got=describe(value), asked=self.kind))
            case Unsupported(what=what):
                return Fault(detail=say("raised_nothing", got=what, asked=self.kind))
            case _:
                return reaction.seen if isinstance(reaction.seen, Fault) else Fault()
