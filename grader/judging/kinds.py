"""The rule on what kind of object something is, for objects that stay in their room."""

from __future__ import annotations

from dataclasses import dataclass

from grader.judging.examination import Fault
from grader.judging.question import Reaction
from grader.judging.rules import Rule
from grader.messages import say
from grader.wall.values import Handle, Value


@dataclass(frozen=True, slots=True)
class IsA(Rule):
    """The object is of this kind or one derived from it, as its library names it: `IsA("sklearn.pipeline.Pipeline")`.

    Of steps that tell several things, the first that is a kind counts. What a room tells of an object is a claim, so
    ask for what it does, too, where points depend on it.
    """

    kind: str

    def fault(self, reaction: Reaction) -> Fault | None:
        handle = _first(reaction.seen.value)
        if handle is not None and self.kind in handle.kinds:
            return None
        got = "" if handle is None else handle.type
        return Fault(detail=say("is_kind", got=got, asked=self.kind)) if got else Fault()


def _first(value: Value) -> Handle | None:
    parts = value if isinstance(value, tuple) else (value,)
    return next((each for each in parts if isinstance(each, Handle)), None)
