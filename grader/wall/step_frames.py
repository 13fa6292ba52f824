"""How steps become the JSON of a frame and come back. Exists in the room too; reading is written for hostile bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from grader.errors import ProtocolError
from grader.wall.steps import DEEDS, GIVES, MAX_KIND, MAX_KINDS, MAX_STEPS, TARGET, Handle, Step, Steps
from grader.wall.values import Value


def pack_steps(steps: Steps, pack: Callable[[Any], Any]) -> list[Any]:
    """The JSON form of steps; `pack` is that of their parts."""
    return ["steps", [_pack_step(each, pack) for each in steps.steps]]


def _pack_step(step: Step, pack: Callable[[Any], Any]) -> list[Any]:
    args = [pack(each) for each in step.args]
    return [step.does, step.on, pack(step.name), args, pack(step.named), step.gives]


def steps_of(rows: Sequence[object], take: Callable[[object], Value]) -> Steps:
    """The steps of such a form. Raises ProtocolError for any other, and for a step about one that comes later."""
    if len(rows) > MAX_STEPS:
        raise ProtocolError(f"more than {MAX_STEPS} steps")
    return Steps(steps=tuple(_step(row, number, take) for number, row in enumerate(rows)))


def _step(row: object, number: int, take: Callable[[object], Value]) -> Step:
    match row:
        case [does, int() as on, name, list() as args, named, gives] if does in DEEDS and gives in GIVES:
            if not TARGET <= on < number:
                raise ProtocolError("a step about an object that there is not yet")
            key, given, by_name = take(name), tuple(map(take, args)), take(named)
            if not isinstance(by_name, dict) or not all(isinstance(each, str) for each in by_name):
                raise ProtocolError("arguments by name that are none")
            return Step(does=does, on=on, name=key, args=given, named=by_name, gives=gives)  # type: ignore[arg-type]  # checked by the guard
        case _:
            raise ProtocolError("a step that is none of ours")


def handle_of(type: str, kinds: Sequence[object]) -> Handle:
    """What is told of an object. Raises ProtocolError for names that are none."""
    names = [each for each in (type, *kinds) if isinstance(each, str) and len(each) <= MAX_KIND]
    if len(names) <= len(kinds) or len(kinds) > MAX_KINDS:
        raise ProtocolError("kinds of an object that are none")
    known = [each.encode("utf-8", "replace").decode("utf-8") for each in names]
    return Handle(type=known[0], kinds=tuple(known[1:]))
