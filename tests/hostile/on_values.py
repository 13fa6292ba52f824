"""Odd values and objects, as a student's function returns them: what lies of itself, is too much, or never ends.

Data only; the source runs in rooms that have loaded pandas, SymPy and SciPy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from grader.lab import asks, does, gives, item, kind, make, prints, reads
from grader.lab.objects import Move

SOURCE: Final = """
import os, sys, time
from collections.abc import Iterator
from dataclasses import dataclass, field, make_dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
import numpy as np
import pandas as pd
import sympy as sp

def for_ever(*_):
    while True:
        pass

def wrong(*_):
    return 1 / 0

class Late(datetime):
    year = property(wrong)

class Zone(tzinfo):
    def __init__(self, answer): self.answer = answer
    def utcoffset(self, moment): return self.answer()

class Small(Decimal):
    def is_snan(self): return False
    def adjusted(self): return 0

TOLD = iter([10**400] + [1] * 99)

class Tiny(Fraction):
    numerator = property(lambda self: next(TOLD))

class NoMatrix:
    __module__ = "scipy.sparse"
    shape = (1, 1)
    def toarray(self): return [[object()]]

class LargeMatrix(NoMatrix):
    __module__ = "scipy.sparse"
    def toarray(self): return np.broadcast_to(0.0, (10**6, 10**6))

class NoDataclass:
    __dataclass_fields__ = 3

@dataclass
class Node:
    next: object = None

def circle():
    node = Node()
    node.next = node
    return node

def with_field(answer):
    made = make_dataclass("Made", ["part"])
    thing = made(0)
    made.part = property(lambda self: answer())
    return thing

class LyingDict(dict):
    items = keys = __iter__ = __len__ = wrong

class generator(Iterator):
    def __next__(self): return 1

class Pair(tuple):
    _fields = ("a", object())

class Growing(sp.Add):
    __module__ = "sympy.core"
    def as_ordered_terms(self, order=None): return [self, self]

class Coded(sp.Function):
    __module__ = "sympy.core"
    free_symbols = property(lambda self: {1})

class Waiting(sp.Symbol):
    __module__ = "sympy.core"
    free_symbols = property(for_ever)

class Named(type):
    def __getattribute__(self, name):
        found = type.__getattribute__(self, "named" if name == "__qualname__" else name)
        return found() if name == "__qualname__" else found

class Nameless(metaclass=Named):
    named = staticmethod(wrong)

class Unnamed(metaclass=Named):
    named = staticmethod(for_ever)

class Deep:
    def __getitem__(self, key): return self
    def get_params(self, deep=True): return {"C": object()}
    def quit(self): os._exit(0)
    waits = property(for_ever)

def patched_isinstance():
    import builtins
    builtins.isinstance = lambda *_: True
    return object()

def patched_pandas():
    pd.DataFrame = pd.Series = pd.Index = Deep
    return Deep()

def printing():
    while True:
        print("x" * 1_000_000)

def waiting():
    for_ever()
    yield 1

THINGS = {
    "a moment whose year lies": lambda: Late(2027, 1, 1),
    "a zone that raises": lambda: datetime(2027, 1, 1, tzinfo=Zone(wrong)),
    "a decimal that says it is small": lambda: Small("1E+999999"),
    "a decimal that says it is a number": lambda: Small("sNaN"),
    "a fraction that says it is small": lambda: Tiny(1, 3),
    "a matrix that is none": NoMatrix,
    "a matrix larger than it says": LargeMatrix,
    "a dataclass that is none": NoDataclass,
    "a dataclass in itself": circle,
    "a field that raises": lambda: with_field(wrong),
    "a dictionary that lies": lambda: LyingDict(a=1),
    "a view of very much": lambda: dict.fromkeys(range(20_000)).keys(),
    "bytes without number": lambda: bytes(10**8),
    "what calls itself a generator": generator,
    "a named tuple whose names are none": lambda: Pair((1, 2)),
    "a formula whose symbol is code": lambda: sp.Symbol("__import__('os').system('true')") + 1,
    "a formula that grows": lambda: Growing(sp.Symbol("x"), 1),
    "a formula of one's own": lambda: Coded(sp.Symbol("x")),
    "a formula that never says what is in it": lambda: Waiting("x"),
    "a class without a name": Nameless,
    "an object": Deep,
    "a class whose name never comes": Unnamed,
    "a field that never comes": lambda: with_field(for_ever),
    "a zone that never answers": lambda: datetime(2027, 1, 1, tzinfo=Zone(for_ever)),
    "a generator that never gives": waiting,
    "isinstance patched": patched_isinstance,
    "pandas patched": patched_pandas,
    "a gigabyte printed": printing,
}

def f(name):
    return THINGS[name]()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """What is asked of one of the things, and what comes of it: the name of an error, why there is no answer, what
    cannot cross, or the value in words."""

    name: str
    moves: tuple[Move, ...]
    said: tuple[str, ...]


def _odd(name: str, said: str | tuple[str, ...], *moves: Callable[[str], Move] | Move) -> Odd:
    asked = tuple(each if isinstance(each, Move) else each(name) for each in moves or (gives,))
    return Odd(name=name, moves=asked, said=(said,) if isinstance(said, str) else said)


#: after each of these its room answers on
LIVING: Final = (
    _odd("a moment whose year lies", "ZeroDivisionError"),
    _odd("a zone that raises", "ZeroDivisionError"),
    _odd("a decimal that says it is small", "large_number"),
    _odd("a decimal that says it is a number", "object"),
    _odd("a fraction that says it is small", "large_number"),
    _odd("a matrix that is none", "object"),
    _odd("a matrix larger than it says", "over_memory"),
    _odd("a dataclass that is none", ("AttributeError", "TypeError")),
    _odd("a dataclass in itself", "nested_containers"),
    _odd("a field that raises", "ZeroDivisionError"),
    _odd("a dictionary that lies", "a dict of 1 value"),
    _odd("a view of very much", "many_entries"),
    _odd("bytes without number", "answer_too_large"),
    _odd("what calls itself a generator", "many_entries"),
    _odd("a named tuple whose names are none", "a tuple of 2 values"),
    _odd("a formula whose symbol is code", "symbolic_with"),
    _odd("a formula that grows", "long_formula"),
    _odd("a formula of one's own", "symbolic_with"),
    _odd("a class without a name", "ZeroDivisionError", lambda name: kind(make(name))),
    _odd("an object", "object"),
    _odd("an object", "__main__.Deep", lambda name: kind(make(name))),
    _odd("an object", "__main__.Deep", make, kind(item("any"))),
    _odd("an object", "object", make, asks("get_params")),
    _odd("an object", "AttributeError", make, reads("gone")),
)
#: each of these ends its room, or makes it worth nothing
ENDING: Final = (
    _odd("an object", "timed_out", make, reads("waits")),
    _odd("an object", "crashed", make, does("quit"), reads("gone")),
    _odd("a class whose name never comes", "timed_out", lambda name: kind(make(name))),
    _odd("a field that never comes", "timed_out"),
    _odd("a zone that never answers", "timed_out"),
    _odd("a generator that never gives", "timed_out"),
    _odd("a formula that never says what is in it", "timed_out"),
    _odd("isinstance patched", ("AttributeError", "forged", "crashed")),
    _odd("pandas patched", "object"),
    _odd("a gigabyte printed", ("over_memory", "over_limit", "timed_out"), prints),
)
