"""What a notebook of another grader holds, piece by piece, in words that are no grader's own. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from grader.judging.cells.question import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Markdown that students get as it is."""

    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Code that students get as it is."""

    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Code that students write: the author's, and what stands in its place in theirs."""

    name: str
    solution: str
    starter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One test: Python that is to run through, or the examples of a doctest. A `hidden` one students do not get."""

    name: str
    source: str
    points: Fraction
    form: Form = "cell"
    hidden: bool = False
    passed: str = ""
    failed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tests:
    """Tests of what stands before them; `shown` is the cell that students get of them, if they get one.

    With `together`, the points are earned if all of them pass.
    """

    name: str
    cases: tuple[Case, ...]
    shown: str = ""
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """What a person marks; `code` if it is answered in a code cell. A task asks itself, and is answered below."""

    name: str
    points: Fraction
    solution: str
    starter: str
    code: bool = False
    is_task: bool = False
    rubric: str = ""


Piece: TypeAlias = Prose | Given | Answer | Tests | Manual


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What does not come over, of which of several notebooks, and why; `points` as the other grader counted them."""

    name: str
    why: str
    points: Fraction = Fraction(0)
    notebook: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One notebook of another grader, read. `solved`: it holds the author's solutions."""

    pieces: tuple[Piece, ...]
    lost: tuple[Lost, ...] = ()
    solved: bool = True
