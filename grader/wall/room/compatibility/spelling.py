"""One older spelling as data, and the message that is said when it was used. No table, and nothing that adapts.

`Spelling("np.NINF", "-np.inf", "NumPy 2.0")`: what is said to replace a name is the Python expression that replaces it,
so that the two cannot differ; where that would be too long to read, `by` is what is done. `Spelling("np.msort(a)",
"np.sort(a, axis=0)", ...)` is a function. One that ends in `.*` is any name of a module,
one that ends in `=` an argument; what has nothing in its place is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.message import Message, say

#: how people write the names of modules
SHORT = {"np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot", "tf": "tensorflow"}


@dataclass(frozen=True)
class Spelling:
    """`old` in code written before `since` means `new`; without a `since`, in code that is not run in a notebook.

    Frozen; not slotted, since its parts are cached.
    """

    old: str
    new: str
    since: str
    by: str = ""

    @property
    def notice(self) -> Message:
        """What the report says of it."""
        if not self.since:
            return say("nobody_looks", old=self.old, new=self.new)
        if not self.new:
            return say("no_meaning_any_more", old=self.old, since=self.since)
        return say("older_spelling", old=self.old, since=self.since, new=self.new)

    @cached_property
    def full(self) -> str:
        """The old name in full, without the parameters of a function."""
        return in_full(self.old.partition("(")[0])

    @property
    def home(self) -> str:
        """The module that had the name."""
        return self.full.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The name itself; of an argument without its equals sign."""
        return self.full.rpartition(".")[2].rstrip("=")

    def method(self, of: str) -> str:
        """The expression of a method, as a lambda whose first parameter is the object it is a method `of`."""
        parameters = self.old.partition("(")[2].removesuffix(")")
        return f"lambda {of}, {parameters}: {self.by or self.new}"

    @property
    def expression(self) -> str:
        """What gives the value, as Python: of a function, a lambda with its parameters."""
        _, is_function, rest = self.old.partition("(")
        does = self.by or self.new
        return f"lambda {rest.removesuffix(')')}: {does}" if is_function else does


def spellings(since: str, table: Mapping[str, str | tuple[str, str]]) -> Iterator[Spelling]:
    """The rows of a table that maps what is old to what is new, or to that and what is done."""
    for old, new in table.items():
        yield Spelling(old, new, since) if isinstance(new, str) else Spelling(old, new[0], since, new[1])


def in_full(name: str) -> str:
    """A dotted name with its first part in full."""
    first, dot, rest = name.partition(".")
    return f"{SHORT.get(first, first)}{dot}{rest}"
