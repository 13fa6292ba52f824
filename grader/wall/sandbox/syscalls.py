"""Compiles the list of allowed system calls into a seccomp filter for one machine. Pure: nothing is loaded here.

The list is data, `syscalls.toml`; a room loads the result with `grader/wall/room/lock.py`. There is no libseccomp in
this: the program is a few dozen comparisons, and a library that does not know a new call would let it pass.
"""

from __future__ import annotations

import errno
import struct
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from grader.wall.room.records import OWN_PID

KILL_PROCESS: Final = 0x8000_0000
ALLOW: Final = 0x7FFF_0000
ERROR: Final = 0x0005_0000
REFUSE: Final = ERROR | errno.EPERM

#: AUDIT_ARCH_* by machine: a call made through any other entry (32-bit) kills
ARCHITECTURES: Final = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
X32_BIT: Final = 0x4000_0000

_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
_FULL_MASK = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Instruction:
    """One struct sock_filter: jumps skip that many instructions after it when the comparison holds, or does not."""

    code: int
    operand: int
    if_true: int = 0
    if_false: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The masked lower half of an argument is one of `values`; with `wide` the upper half is zero besides."""

    argument: int
    values: tuple[int, ...]
    mask: int = _FULL_MASK
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What becomes of one system call: `verdict` if every condition holds, else EPERM."""

    name: str
    number: int
    verdict: int = ALLOW
    conditions: tuple[Condition, ...] = ()


def compile_filter(machine: str) -> bytes:
    """The filter for `machine` ("x86_64" or "aarch64") as an array of struct sock_filter.

    Raises KeyError for a machine we have no table for.
    """
    program = [
        Instruction(_LOAD, _ARCHITECTURE_AT),
        Instruction(_EQUAL, ARCHITECTURES[machine], if_true=1),
        Instruction(_RETURN, KILL_PROCESS),
        Instruction(_LOAD, _NUMBER_AT),
        Instruction(_AT_LEAST, X32_BIT, if_false=1),
        Instruction(_RETURN, KILL_PROCESS),
    ]
    for rule in rules(machine):
        block = _block(rule)
        program += [Instruction(_EQUAL, rule.number, if_false=len(block)), *block]
    program.append(Instruction(_RETURN, REFUSE))
    return b"".join(struct.pack("=HBBI", item.code, item.if_true, item.if_false, item.operand) for item in program)


def rules(machine: str) -> list[Rule]:
    """The rules of `syscalls.toml` that `machine` has numbers for."""
    table = tomllib.loads(resources.files(__package__).joinpath("syscalls.toml").read_text(encoding="utf-8"))
    column = table["machines"].index(machine)
    allowed = {name: numbers for group in table["allowed"].values() for name, numbers in group.items()}
    found = [Rule(name=name, number=numbers[column]) for name, numbers in allowed.items()]
    found += [
        Rule(name=name, number=entry["numbers"][column], conditions=tuple(map(_condition, entry["conditions"])))
        for name, entry in table["conditional"].items()
    ]
    found += [
        Rule(name=name, number=numbers[column], verdict=ERROR | errno.ENOSYS)
        for name, numbers in table["absent"].items()
    ]
    return [rule for rule in found if rule.number >= 0]


def _condition(entry: dict[str, Any]) -> Condition:
    values = (OWN_PID,) if entry.get("own_pid") else tuple(entry["values"])
    mask, wide = entry.get("mask", _FULL_MASK), entry.get("wide", False)
    return Condition(argument=entry["argument"], values=values, mask=mask, wide=wide)


def _block(rule: Rule) -> list[Instruction]:
    """Instructions that always end in a return: nothing falls out of a block into the next rule."""
    body = [step for condition in rule.conditions for step in _steps(condition)]
    return [*body, Instruction(_RETURN, rule.verdict)]


def _steps(condition: Condition) -> list[Instruction]:
    low = _ARGUMENTS_AT + 8 * condition.argument  # both machines are little-endian
    steps = [Instruction(_LOAD, low), Instruction(_AND, condition.mask), *_one_of(condition.values)]
    return [*steps, Instruction(_LOAD, low + 4), *_one_of((0,))] if condition.wide else steps


def _one_of(values: tuple[int, ...]) -> list[Instruction]:
    """Skip the refusal that comes last when the accumulator equals one of `values`."""
    count = len(values)
    tries = [Instruction(_EQUAL, value, if_true=count - index) for index, value in enumerate(values)]
    return [*tries, Instruction(_RETURN, REFUSE)]
