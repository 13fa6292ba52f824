"""Before a class is graded: is it the class of this roster, which assignment is it, which of several notebooks counts.

What lies where, and whose it is, `intake/` tells; here notebooks are looked into for the first time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Final

from grader.classes.intake import HandIn
from grader.classes.intake.choosing import Answered
from grader.classes.intake.collect import Gathered
from grader.classes.intake.contents import read_bytes
from grader.classes.intake.roster import Roster
from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.errors import TooCostly, UnreadableSubmission, UsageError
from grader.grading.recognition import Recognition, recognition
from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import counted, english
from grader.messages.visible import in_cell
from grader.notebook.notebook import Notebook
from grader.notebook.reading import by_cells, read_notebook
from grader.notebook.submission import Detection, answered

#: notebooks that are asked which assignment they answer, and what is too large to ask
ASKED: Final = 9
OF_ONE: Final = 5  # notebooks of one student
ASKED_BYTES: Final = 4 * MEGABYTE
#: notebooks of one student that are asked what they answer
RIVALS: Final = 20
#: fewer than one in so many on the roster is hardly anybody
HARDLY: Final = 4
FEW: Final = 3
UNREAD: Final = Answered(-1, -1)
OR_GO_ON: Final = (
    "Give the list of this class as its platform exports it, or leave out --roster; --allow-unlisted grades them as "
    "they are called."
)


def hardly_listed(gathered: Gathered, roster: Roster, *, named: Path | None) -> str | None:
    """What to say if nobody who handed in is on the roster, or hardly anybody: something is mixed up. Else None.

    Few strangers are graded all the same, and told one by one.
    """
    present, strangers = gathered.present, gathered.strangers
    if HARDLY * (present - len(strangers)) >= present:
        return None
    students = english(counted(present, "student"))
    return (
        f"Of the {students} who handed in, {present - len(strangers)} are on the roster {named}. "
        f"What was handed in is of {_few(strangers)}; the roster knows {_few([each.id for each in roster.students])}."
    )


def _few(names: Sequence[str]) -> str:
    return ", ".join(repr(in_cell(name)) for name in names[:FEW]) + (", ..." if names[FEW:] else "")


def answers_to(assignment: Assignment) -> Callable[[HandIn], Answered]:
    """How many exercises a notebook answers; less than none for what cannot be read, or is larger than notebooks are.

    Of one student no more than `RIVALS` are looked into.
    """
    known: dict[tuple[object, ...], Answered] = {}
    asked: Counter[str] = Counter()

    def answers(hand_in: HandIn) -> Answered:
        key = (hand_in.student.id, hand_in.path, hand_in.packed)
        if key not in known:
            asked[hand_in.student.id] += 1
            known[key] = _answered(hand_in, assignment) if asked[hand_in.student.id] <= RIVALS else UNREAD
        return known[key]

    return answers


def rivals(gathered: Gathered) -> int:
    """How many notebooks `answers_to` will be asked about."""
    return sum(min(len(notebooks), RIVALS) for notebooks in gathered.notebooks() if len(notebooks) > 1)


def _answered(hand_in: HandIn, assignment: Assignment) -> Answered:
    try:
        data = read_bytes(hand_in, ASKED_BYTES)
        notebook = read_notebook(data, NotebookLimits())
        return Answered(*by_cells(notebook, lambda read: answered(read, assignment)))
    except (UnreadableSubmission, TooCostly):
        return UNREAD


def assignment_of(gathered: Gathered, course: Course, *, named: str | None, warn: Callable[..., None]) -> Assignment:
    """The named one, else the one that most of the first notebooks answer. Raises UsageError if that is not clear."""
    if named is not None:
        return course.assignment(named)
    known = recognition(course)
    asked = _first_readable(gathered)
    first = next(asked, None)
    if first is None and known.only is not None:
        return known.only  # their reports say why they cannot be read
    for warning in known.warnings:
        warn(*warning)
    detected = list(_decisive(known, chain([] if first is None else [first], asked)))
    votes = _votes(detected)
    if not votes:
        reasons = detected[0].likely if detected else ["None of the first can be read. Say it with --assignment."]
        raise UsageError(f"It is not clear which assignment of {course.folder} the notebooks answer.", *reasons)
    if len(votes) == 2 and votes[0][1] == votes[1][1]:
        raise UsageError(f"As many notebooks fit {votes[0][0]} as {votes[1][0]}. Say which is meant with --assignment.")
    return known.assignment(votes[0][0])


def _decisive(known: Recognition, notebooks: Iterable[Notebook]) -> Iterator[Detection]:
    """What the notebooks were found to answer, until no further one could change which has the most votes."""
    detected: list[Detection] = []
    for notebook in notebooks:
        if (found := _detected(known, notebook)) is not None:
            detected.append(found)
            yield found
        if any(2 * votes > ASKED for _, votes in _votes(detected)):
            return


def _votes(detected: Sequence[Detection]) -> list[tuple[str, int]]:
    return Counter(each.clear.assignment for each in detected if each.clear is not None).most_common(2)


def _detected(known: Recognition, notebook: Notebook) -> Detection | None:
    try:
        return known.detect(notebook)
    except TooCostly:  # it has no vote; its report will say so
        return None


def _first_readable(gathered: Gathered) -> Iterator[Notebook]:
    found = 0
    of_each = (notebooks[:OF_ONE] for notebooks in gathered.notebooks())
    for hand_in in islice(chain.from_iterable(of_each), 4 * ASKED):
        try:
            notebook = read_notebook(read_bytes(hand_in, ASKED_BYTES), NotebookLimits())
        except (UnreadableSubmission, TooCostly):
            continue
        yield notebook
        found += 1
        if found == ASKED:
            return
