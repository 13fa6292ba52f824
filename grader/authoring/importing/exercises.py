"""From pieces to exercises: which answer a test is about, what else it needs to run, what its points are here."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm
from typing import Final

from grader.authoring.importing.pieces import Answer, Case, Given, Lost, Manual, Piece, Prose, Source, Tests
from grader.judging.cells import CourseCell, unfit
from grader.judging.cells.names import UNREADABLE
from grader.notebook.submission.names import Names, names_of

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
MOST_ID: Final = 60
#: a point is cut into no more parts than these; a third that was written as 0.33 stays so many hundredths
MOST_PARTS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One check as it will stand in the course; `points` are whole, those of `case` as the other grader counts."""

    id: str
    title: str
    case: Case
    setup: str
    needs: tuple[str, ...] = ()
    points: int = 0


@dataclass(slots=True, kw_only=True)
class Exercised:
    """One exercise as it will stand in the course, and the one of several notebooks in which it is answered."""

    id: str
    target: str
    title: str
    notebook: str = ""
    checks: list[Brought] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a person will mark, below the cell that has the line `prompt`; `points` are whole in a plan. `notebook`: see
    `Exercised`."""

    id: str
    title: str
    points: Fraction
    prompt: str
    rubric: str = ""
    notebook: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What comes over of one assignment, and what does not; whole points are `factor` times the other grader's."""

    exercises: tuple[Exercised, ...]
    lost: tuple[Lost, ...]
    factor: int
    to_mark: tuple[Waiting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    """A statement that an author gives, in a cell before or among the tests."""

    source: str
    names: Names
    imports: bool


class _Planner:
    """Follows the pieces of one notebook in order; `ids` are those that are taken."""

    def __init__(self, source: Source, notebook: str, ids: set[str]) -> None:
        self.source = source
        self.notebook = notebook
        self.lost = [replace(each, notebook=notebook) for each in source.lost]
        self.exercises: dict[str, Exercised] = {}
        self._answers: list[tuple[Answer, frozenset[str], str]] = []  # what each binds, and the heading above it
        self._given: list[_Statement] = []
        self._answered = {name for each in source.pieces if isinstance(each, Answer) for name in _bound(each.solution)}
        self._ids = ids
        self._title = ""
        self._prompt = ""  # the last line of the prose above
        self.waiting: list[Waiting] = []

    def follow(self) -> None:
        """Take every piece."""
        for piece in self.source.pieces:
            match piece:
                case Prose(source=source):
                    headings = _HEADING.findall(source)
                    self._title = headings[-1] if headings else self._title
                    self._prompt = _last_line(source)
                case Given(source=source):
                    self._given += _statements(source)
                case Answer():
                    self._answers.append((piece, _bound(piece.solution), self._title))
                    self._given += [each for each in _statements(piece.solution) if each.imports]  # tests use these too
                case Manual():
                    self._wait(piece)
                case Tests():
                    self._take(piece)

    def _wait(self, manual: Manual) -> None:
        """What has no points is part of an answer above it, and has no line of its own."""
        prompt = _last_line(manual.starter) if manual.is_task else self._prompt
        if not manual.points:
            return
        if not prompt:
            self._lose(manual.name, manual.points, "no text stands above it to know it by")
            return
        points = manual.points.limit_denominator(MOST_PARTS)
        headings = _HEADING.findall(manual.starter) if manual.is_task else []
        title = headings[-1] if headings else self._title or manual.name
        rubric = "" if manual.code else manual.rubric
        self.waiting.append(
            Waiting(
                id=self._free_id(manual.name),
                title=title,
                points=points,
                prompt=prompt,
                rubric=rubric,
                notebook=self.notebook,
            )
        )

    def _take(self, tests: Tests) -> None:
        cases = sorted(tests.cases, key=lambda case: case.hidden)  # what is seen never depends on what is not
        if tests.together:
            self._take_together(tests.name, cases)
        else:
            for case in cases:
                self._brought(case, case.points)
        self._given += [each for case in tests.cases if case.form == "cell" for each in _kept(case.source)]

    def _take_together(self, name: str, cases: Sequence[Case]) -> None:
        """All are of one exercise; the last that comes over has the points of all, and needs the others."""
        exercise: Exercised | None = None
        begin = 0
        for case in cases:
            if brought := self._brought(replace(case, points=Fraction(0)), Fraction(0), of=exercise):
                begin = begin if exercise else len(brought.checks) - 1
                exercise = brought
        whole = sum((each.points for each in cases), Fraction(0))
        if exercise is None:
            self._lose(name, whole, "none of its tests comes over")
            return
        *others, last = exercise.checks[begin:]
        case = replace(last.case, points=whole.limit_denominator(MOST_PARTS))
        exercise.checks[-1] = replace(last, case=case, needs=tuple(each.id for each in others))

    def _brought(self, case: Case, points: Fraction, *, of: Exercised | None = None) -> Exercised | None:
        """The exercise it became the last check of, which is `of` if that is given."""
        try:
            setup = self._setup(CourseCell(case.source, form=case.form).names)
            cell = CourseCell(case.source, setup, form=case.form)
            target, reasons = self._target(cell.names), unfit(cell)
        except UNREADABLE as error:
            self._lose(case.name, case.points, f"it cannot be read ({error})")
            return None
        if reasons or target is None:
            told = "; ".join(f"line {each.line}: {each.reason}" for each in reasons[:2])
            self._lose(case.name, case.points, told or "it asks for nothing that a cell of the student's binds")
            return None
        exercise = of or self._exercise(*target)
        title = re.sub(r"[\W_]+", " ", case.name).strip().capitalize() or exercise.title
        case = replace(case, points=points.limit_denominator(MOST_PARTS))
        exercise.checks.append(Brought(id=self._free_id(case.name), title=title, case=case, setup=setup))
        return exercise

    def _lose(self, name: str, points: Fraction, why: str) -> None:
        self.lost.append(Lost(name=name, points=points, why=why, notebook=self.notebook))

    def _target(self, names: Sequence[str]) -> tuple[str, str] | None:
        """The last answer so far that binds a name the test asks for, by that name, and the heading above it; or the
        last answer, if nothing is in its place yet."""
        for answer, bound, title in reversed(self._answers):
            if asked := sorted(bound & set(names), key=answer.solution.rfind):
                return asked[-1], title
        asked = [each for each in names if each not in self._answered]
        if asked and self._answers and not self._answers[-1][1]:
            return asked[0], self._answers[-1][2]  # what students are to bind, in a version without solutions
        return None

    def _exercise(self, target: str, title: str) -> Exercised:
        if target not in self.exercises:
            self.exercises[target] = Exercised(
                id=self._free_id(target), target=target, title=title or target, notebook=self.notebook
            )
        return self.exercises[target]

    def _setup(self, names: Sequence[str]) -> str:
        """What authors give that gives these names their values, in order; what students answer is none of it."""
        wanted, taken = [*names], set[int]()
        seen = set(self._answered)
        while wanted:
            name = wanted.pop()
            if name in seen:
                continue
            seen.add(name)
            for place, each in enumerate(self._given):
                touched = each.names.all_bound | each.names.stores_into | each.names.calls_method_of
                if place not in taken and name in touched:
                    taken.add(place)
                    wanted += each.names.reads | each.names.reads_later
        return "\n".join(self._given[place].source for place in sorted(taken))

    def _free_id(self, name: str) -> str:
        slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[: MOST_ID - 4] or "unnamed"
        slug = slug if slug[0].isalpha() else f"q_{slug}"
        free = next(each for each in _numbered(slug) if each not in self._ids)
        self._ids.add(free)
        return free


def planned(sources: Mapping[str, Source]) -> Planned:
    """The exercises of an assignment, by its notebooks; if it is one, that is called nothing."""
    ids: set[str] = set()
    planners = [_Planner(source, name, ids) for name, source in sources.items()]
    for each in planners:
        each.follow()
    made = [one for each in planners for one in each.exercises.values() if one.checks]
    _tell_apart(made)
    waiting = [one for each in planners for one in each.waiting]
    checked = (check.case.points for each in made for check in each.checks)
    factor = lcm(*(points.denominator for points in (*checked, *(each.points for each in waiting))))
    return Planned(
        exercises=tuple(_whole(each, factor) for each in made),
        lost=tuple(lost for each in planners for lost in each.lost),
        factor=factor,
        to_mark=tuple(replace(each, points=each.points * factor) for each in waiting),
    )


def _tell_apart(exercises: Sequence[Exercised]) -> None:
    """One heading may stand above several answers: each is then known by its name as well."""
    titles = Counter(each.title for each in exercises)
    for each in exercises:
        if titles[each.title] > 1 and each.title != each.target:
            each.title = f"{each.title}: {each.target}"


def given_twice(sources: Iterable[Source]) -> tuple[str, ...]:
    """The names, sorted, that two of these notebooks give different values: they cannot be answered by one script."""
    given: dict[str, set[tuple[str, ...]]] = {}
    for source in sources:
        own: dict[str, list[str]] = {}
        code = (_code_of(each) for each in source.pieces)
        for statement in (each for text in code for each in _statements(text) if not each.imports):
            for name in statement.names.all_bound:
                own.setdefault(name, []).append(statement.source)
        for name, texts in own.items():
            given.setdefault(name, set()).add(tuple(texts))
    return tuple(sorted(name for name, texts in given.items() if len(texts) > 1))


def _code_of(piece: Piece) -> str:
    match piece:
        case Given(source=text) | Answer(solution=text):
            return text
        case _:
            return ""


def plain(source: str) -> str:
    """A cell without lines for Jupyter."""
    return "\n".join("" if line.lstrip().startswith(("%", "!", "?")) else line for line in source.split("\n"))


def _last_line(source: str) -> str:
    lines = [line.strip() for line in source.split("\n") if line.strip()]
    return lines[-1] if lines else ""


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}_{number}" for number in range(2, 10_000))


def _whole(exercise: Exercised, factor: int) -> Exercised:
    checks = [replace(each, points=int(each.case.points * factor)) for each in exercise.checks]
    return replace(exercise, checks=checks)


def _bound(source: str) -> frozenset[str]:
    return frozenset(name for each in _statements(source) if not each.imports for name in each.names.all_bound)


def _statements(source: str) -> list[_Statement]:
    """The statements of a cell; none of one that is no Python."""
    text = plain(source)
    try:
        body = ast.parse(text).body
        return [
            _Statement(
                source=ast.get_source_segment(text, each) or ast.unparse(each),
                names=names_of(each),
                imports=isinstance(each, ast.Import | ast.ImportFrom),
            )
            for each in body
        ]
    except UNREADABLE:
        return []


def _kept(source: str) -> list[_Statement]:
    """What later tests may need of a test: its imports, and what it defines."""
    return [each for each in _statements(source) if each.imports or each.names.defines]
