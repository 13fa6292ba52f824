"""Notebooks of otter: blocks between raw cells, `# BEGIN QUESTION` and the like, as `otter assign` takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Final

from grader.authoring.importing.opened import SourceCell
from grader.authoring.importing.otter_tests import as_case, with_points
from grader.authoring.importing.pieces import Answer, Case, Given, Lost, Manual, Piece, Prose, Source, Tests
from grader.authoring.importing.points import points_of
from grader.authoring.importing.regions import otter_starter
from grader.authoring.importing.settings_block import read_settings
from grader.errors import CourseError

_MARK: Final = re.compile(
    r"#\s*(ASSIGNMENT CONFIG|(?:BEGIN|END)\s+(?:QUESTION|PROMPT|SOLUTION|TESTS))\s*$", re.IGNORECASE
)
_TEST_CONFIG: Final = re.compile(
    r'\s*(?:\w+\s*=\s*)?"{1,3}\s*#\s*BEGIN\s*TEST\s*CONFIG\n(.*?)\n\s*"{1,3}\s*#\s*END\s*TEST\s*CONFIG[^\n]*\n?(.*)',
    re.IGNORECASE | re.DOTALL,
)


#: what students get who answer in prose
_TYPE_HERE: Final = "_Type your answer here, replacing this text._"
#: the tag of prose in a solution that students get as well
_INCLUDED: Final = "otter_include"


def is_otter(cells: Sequence[SourceCell]) -> bool:
    """Whether it is marked for `otter assign`."""
    return any(_mark(cell) is not None for cell in cells)


def read_otter(cells: Sequence[SourceCell]) -> Source:
    """The pieces of one notebook. Raises CourseError for blocks that do not end and settings that are none."""
    reader = _Reader()
    for number, cell in enumerate(cells, start=1):
        try:
            reader.take(_unfenced(cell))
        except (ValueError, TypeError) as error:
            raise CourseError(f"cell {number}: {' '.join(str(error).split())[:160]}") from error
    if reader.question is not None:
        raise CourseError(f"question {reader.question.name} has no `# END QUESTION`")
    return Source(pieces=tuple(reader.pieces), lost=tuple(reader.lost))


@dataclass(slots=True, kw_only=True)
class _Question:
    """What is known of the question that is being read: its points, those of each of its tests in a list, or of `each`
    alike. `prompts`: the cells
    that a person's question gives to be written into."""

    name: str
    points: Fraction | None
    shares: tuple[Fraction, ...]
    each: Fraction | None
    manual: bool
    together: bool
    cases: list[Case] = field(default_factory=list)
    prompts: list[SourceCell] = field(default_factory=list)
    answered: bool = False


class _Reader:
    """Follows the cells, and knows in which block it is."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.lost: list[Lost] = []
        self.question: _Question | None = None
        self._block = ""
        self._doctests = True

    def take(self, cell: SourceCell) -> None:
        mark = _mark(cell)
        if mark is None:
            self.pieces += self._read(cell)
        elif mark == "ASSIGNMENT CONFIG":
            tests = read_settings(cell.source).get("tests") or {}
            self._doctests = bool(tests.get("ok_format", True)) if isinstance(tests, dict) else True
        elif mark == "BEGIN QUESTION":
            self._begin(read_settings(cell.source))
        elif mark == "END QUESTION":
            self._end()
        else:
            self._block = mark.removeprefix("BEGIN ") if mark.startswith("BEGIN") else ""

    def _begin(self, settings: dict[str, Any]) -> None:
        if self.question is not None:
            raise ValueError(f"question {self.question.name} has no `# END QUESTION` before the next begins")
        points = settings.get("points")
        each, points = (points.get("each", 1), None) if isinstance(points, dict) else (None, points)
        shares = tuple(map(points_of, points)) if isinstance(points, list) else ()
        self.question = _Question(
            name=str(settings.get("name") or "unnamed"),
            points=sum(shares, Fraction(0)) if shares else None if points is None else points_of(points),
            shares=shares,
            each=None if each is None else points_of(each),
            manual=bool(settings.get("manual")),
            together=bool(settings.get("all_or_nothing")),
        )

    def _end(self) -> None:
        question, self.question, self._block = self.question, None, ""
        if question is None:
            raise ValueError("`# END QUESTION` without a beginning")
        if question.cases and not question.manual:
            cases = with_points(_with_shares(question), question.points)
            shown = "\n\n".join(each.source for each in cases if not each.hidden and each.form == "cell")
            self.pieces.append(Tests(name=question.name, cases=cases, shown=shown, together=question.together))
        elif question.manual and not question.answered:
            self.pieces += self._asked(question)

    def _read(self, cell: SourceCell) -> Iterator[Piece]:
        question = self.question
        if question is not None and question.manual and self._block == "PROMPT":
            question.prompts.append(cell)
        elif question is None or self._block in ("", "PROMPT"):
            yield from _plain(cell)
        elif self._block == "TESTS":
            if cell.kind == "code":
                question.cases.append(self._case(cell, question))
        elif question.manual:
            yield from self._answered(question, cell)
        elif cell.kind == "code":
            starter = otter_starter(cell.source)
            starter = starter if starter != cell.source else "..."
            yield Answer(name=question.name, solution=cell.source, starter=starter)
        elif self._block != "SOLUTION" or _INCLUDED in cell.settings.get("tags", ()):
            yield from _plain(cell)

    def _answered(self, question: _Question, cell: SourceCell) -> Iterator[Piece]:
        """A cell of the author's answer; the first takes the place of what the question gives to be written into."""
        code = cell.kind == "code"
        points = Fraction(0) if question.answered else question.points or Fraction(1)
        prompts, question.prompts, question.answered = question.prompts, [], True
        begun = next((each for each in prompts if each.kind == cell.kind), None)
        yield from (piece for each in prompts if each is not begun for piece in _plain(each))
        starter = begun.source if begun else otter_starter(cell.source) if code else _TYPE_HERE
        yield Manual(
            name=question.name, points=points, solution=cell.source, starter=starter, code=code, rubric=cell.source
        )

    def _asked(self, question: _Question) -> Iterator[Piece]:
        """A question whose author wrote no answer: a person marks what stands where it was asked."""
        *before, last = question.prompts or [SourceCell(kind="markdown", source=_TYPE_HERE, settings={})]
        yield from (piece for each in before for piece in _plain(each))
        points, code = question.points or Fraction(1), last.kind == "code"
        yield Manual(name=question.name, points=points, solution=last.source, starter=last.source, code=code)

    def _case(self, cell: SourceCell, question: _Question) -> Case:
        found = _TEST_CONFIG.match(cell.source)
        settings = read_settings(found[1]) if found else {}
        source = found[2] if found else cell.source
        hidden = bool(re.match(r"\s*#.*\bhidden\b", cell.first_line, re.IGNORECASE))
        name = f"{question.name}_{len(question.cases) + 1}"
        case = as_case(name, source, cell.printed, doctests=self._doctests)
        points = settings.get("points")
        return replace(
            case,
            points=Fraction(-1) if points is None else points_of(points),
            hidden=bool(settings.get("hidden", hidden)),
            passed=str(settings.get("success_message") or ""),
            failed=str(settings.get("failure_message") or ""),
        )


def _with_shares(question: _Question) -> Sequence[Case]:
    """Its tests with the points that are listed one by one. Raises ValueError if these are more or fewer."""
    if question.each is not None:
        return [replace(case, points=question.each) for case in question.cases]
    if not question.shares:
        return question.cases
    if len(question.shares) != len(question.cases):
        raise ValueError(
            f"question {question.name} lists {len(question.shares)} points for {len(question.cases)} tests"
        )
    return [replace(case, points=share) for case, share in zip(question.cases, question.shares, strict=True)]


def _plain(cell: SourceCell) -> Iterator[Piece]:
    if cell.kind == "code":
        yield Given(source=cell.source)
    elif cell.kind == "markdown":
        yield Prose(source=cell.source)


def _mark(cell: SourceCell) -> str | None:
    """How a cell marks a block, in capitals with single spaces; None for a cell that marks none."""
    bare = _unfenced(cell)
    found = _MARK.match(bare.first_line) if bare.kind == "raw" else None
    return None if found is None else " ".join(found[1].upper().split())


def _unfenced(cell: SourceCell) -> SourceCell:
    """A Markdown cell that is one fence of `otter` stands for a raw one."""
    lines = cell.source.strip().split("\n")
    if cell.kind == "markdown" and lines[0].strip() == "```otter" and lines[-1].strip() == "```":
        return replace(cell, kind="raw", source="\n".join(lines[1:-1]))
    return cell
