"""Which assignment of a course a notebook answers, when nobody says so. How two of them compare is not decided here.

An assignment that cannot be read keeps no other from being recognized. It is known by the graded cells of its starter,
so that a notebook which answers it is not graded by the next best. What each starter says in its text is known as well
and tells apart what asks for the same names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.errors import CourseError, UnreadableSubmission
from grader.limits import NotebookLimits
from grader.notebook.bundle import each_of, read_files
from grader.notebook.notebook import Notebook
from grader.notebook.reading import by_cells
from grader.notebook.submission import Detection, Fit, detect
from grader.notebook.submission.marks import marks_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What a course tells its notebooks by: assignments, and of those that cannot be read the marks of their starters.

    `faults` say by id why they cannot; `starters` has one entry for each, a set of names for each graded cell. `texts`
    are by id the lines that its starter alone has.
    """

    assignments: tuple[Assignment, ...]
    faults: dict[str, CourseError]
    starters: dict[str, tuple[frozenset[str], ...]]
    texts: dict[str, frozenset[str]] = field(default_factory=dict)

    def detect(self, notebook: Notebook) -> Detection:
        """How well `notebook` fits each assignment, broken ones included."""
        return by_cells(notebook, self._of_all)

    def _of_all(self, notebook: Notebook) -> Detection:
        """Of several notebooks that were handed in together, as the clearest of them says."""
        detections = [self._detected(each) for each in each_of(notebook)]
        clear = [(each.clear.strength, each) for each in detections if each.clear is not None]
        return max(clear, key=lambda each: each[0])[1] if clear else detections[0]

    def _detected(self, notebook: Notebook) -> Detection:
        said = _lines(notebook)
        fits = (*detect(notebook, self.assignments).fits, *self._by_marks(notebook))
        known = (replace(fit, kept=self._kept(fit.assignment, said)) for fit in fits)
        return Detection(fits=tuple(sorted(known, key=lambda fit: fit.strength, reverse=True)))

    def _kept(self, name: str, said: frozenset[str]) -> Fraction:
        own = self.texts.get(name, frozenset())
        return Fraction(len(own & said), len(own) or 1)

    def chosen(self, notebook: Notebook, name: str) -> Assignment:
        """The one assignment that the notebook `name` answers.

        Raises CourseError if that one is broken, and UsageError if it is none or several.
        """
        detection = self.detect(notebook)
        if detection.clear is not None:
            return self.assignment(detection.clear.assignment)
        return detection.chosen(self.assignments, name)

    def assignment(self, name: str) -> Assignment:
        """The assignment of that id, which was recognized. Raises CourseError if it is broken."""
        if name in self.faults:
            raise CourseError(
                f"What was handed in looks like {name}, and that assignment cannot be read. "
                f"`grader check {name}` says what to mend."
            )
        return next(each for each in self.assignments if each.id == name)

    @property
    def only(self) -> Assignment | None:
        """The one assignment of the course, which a file that nobody can read is taken for; None if there are more."""
        return self.assignments[0] if len(self.assignments) == 1 and not self.faults else None

    @property
    def warnings(self) -> tuple[tuple[str, ...], ...]:
        """The lines to say of each assignment that is passed over."""
        said = "{} is passed over, since it cannot be read: {}".format
        return tuple((said(name, fault.lines[0]), *map(str, fault.lines[1:])) for name, fault in self.faults.items())

    def _by_marks(self, notebook: Notebook) -> Iterator[Fit]:
        marks = frozenset[str]().union(*(marks_of(cell).names for cell in notebook.cells)) if self.starters else ()
        for name, cells in self.starters.items():
            looked_for = tuple(min(cell) for cell in cells)
            found = tuple(min(cell) for cell in cells if not cell.isdisjoint(marks))
            yield Fit(assignment=name, looked_for=looked_for, found=found, certain=found, marked=found)


def recognition(course: Course) -> Recognition:
    """What `course` tells notebooks by. Raises CourseError if none of its assignments can be read."""
    loaded = course.load()
    if loaded.faults and not loaded.assignments:
        raise CourseError(*(line for fault in loaded.faults.values() for line in fault.lines))
    starters = {name: _starter(course.notebooks(name, "starter")) for name in course.ids}
    marked = {name: _marked(starters[name]) for name in loaded.faults}
    return Recognition(
        assignments=loaded.assignments,
        faults=loaded.faults,
        starters={name: cells for name, cells in marked.items() if cells},
        texts=_own({name: _lines(starter) for name, starter in starters.items()}),
    )


def _starter(paths: Sequence[Path]) -> Notebook:
    """The notebook that was handed out; an empty one if there is none that can be read."""
    try:
        return read_files(paths, NotebookLimits())
    except UnreadableSubmission:
        return Notebook(cells=())


def _marked(starter: Notebook) -> tuple[frozenset[str], ...]:
    """The names that each graded cell of a starter is marked with."""
    cells = (cell for each in each_of(starter) for cell in each.cells)
    return tuple(names for cell in cells if (names := marks_of(cell).names))


def _lines(notebook: Notebook) -> frozenset[str]:
    """What stands in its text cells, line by line, however it is indented and spaced."""
    texts = (cell.source for each in each_of(notebook) for cell in each.cells if cell.kind == "markdown")
    return frozenset(said for text in texts for line in text.split("\n") if (said := " ".join(line.split())))


def _own(lines: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """By id, the lines that nobody else has."""
    told = Counter(line for said in lines.values() for line in said)
    return {name: frozenset(line for line in said if told[line] == 1) for name, said in lines.items()}
