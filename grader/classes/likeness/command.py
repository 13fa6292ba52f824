"""`grader likeness`: which submissions of a graded class are worth reading together. The story of the command.

Stored reports are read, with the answers that stand in them; nothing is graded or run, and no file that is there is
changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.classes.export.stored import CLASS_FILE, owners, read_class, read_whole
from grader.classes.judged import read_judged
from grader.classes.likeness.comparing import ComparedClass, Submitted, compared, submitted
from grader.classes.likeness.known import handed_out
from grader.classes.regrade_sets import finish_in
from grader.classes.writing import hand_out
from grader.course.folder import Course, find_course
from grader.errors import UnreadableReport, UsageError
from grader.messages import Words, say, terminal
from grader.render import likeness
from grader.report.report import AssignmentReference


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessRequest:
    """The command line of `grader likeness`, as given. `course`: whose starter and reference are left out, if not those
    kept with the class."""

    folders: tuple[Path, ...]
    exercise: str | None = None
    course: Path | None = None
    json: Path | None = None
    csv: Path | None = None
    html: Path | None = None


def show_likeness(request: LikenessRequest, words: Words) -> int:
    """Show the pairs, write what is asked for; 0. Raises UsageError, CourseError and UnreadableReport."""
    for folder in request.folders:
        if not folder.is_dir():
            raise UsageError(say("marks_no_folder", folder=str(folder)))
    finish_in(request.folders)
    works = [each for folder in request.folders for each in _submitted(folder)]
    if not works:
        raise UnreadableReport(say("statistics_nothing"))
    _must_be_one(works)
    _must_have(request.exercise, works)
    found = compared(works, exercise=request.exercise, handed_out=_handed_out(request, works))
    _write(request, found, words)
    if "-" not in map(str, (request.json, request.csv, request.html)):
        terminal.show(likeness.as_text(found.told, words=words, width=terminal.width(most=100)))
    return 0


def _submitted(folder: Path) -> Iterator[Submitted]:
    """Each report that can be read, with the name that the roster gave; a damaged one is named, and costs the others
    nothing."""
    names = _names(folder)
    for student, path in owners(folder):
        try:
            report = read_whole(path)
        except UnreadableReport as error:
            terminal.refuse(error)
        else:
            yield submitted(student, names.get(student, ""), report)


def _names(folder: Path) -> Mapping[str, str]:
    if not (folder / CLASS_FILE).is_file():
        return {}
    return {row.student: row.name for row in read_class(folder).students}


def _assignments(works: Sequence[Submitted]) -> dict[str, AssignmentReference]:
    return {each.assignment.id: each.assignment for each in works if each.assignment is not None}


def _must_be_one(works: Sequence[Submitted]) -> None:
    known = _assignments(works)
    if len(known) > 1:
        raise UsageError(say("statistics_several", assignments=", ".join(sorted(known))))


def _must_have(exercise: str | None, works: Sequence[Submitted]) -> None:
    known = dict.fromkeys(name for work in works for name in work.titles)
    if exercise is not None and exercise not in known:
        raise UsageError(say("likeness_no_exercise", exercise=exercise, exercises=", ".join(known) or "-"))


def _handed_out(request: LikenessRequest, works: Sequence[Submitted]) -> frozenset[int] | None:
    """None where nobody knows what it was. Raises CourseError for a course that is named and cannot be read."""
    for assignment in _assignments(works):
        if request.course is not None:
            return handed_out(find_course(request.course, near=Path.cwd()), assignment)
        for course in map(_kept, request.folders):
            if course is not None:
                return handed_out(course, assignment)
    return None


def _kept(folder: Path) -> Course | None:
    """The course that is kept with a class, as it judged most lately."""
    judged = read_judged(folder)
    for number in reversed(range(len(judged.noted.revisions) if judged else 0)):
        revision = judged.revision(number) if judged else None
        if revision is not None:
            return revision.course
    return None


def _write(request: LikenessRequest, found: ComparedClass, words: Words) -> None:
    """The files that are asked for. Raises UsageError for one that cannot be written."""
    otherwise = words.say("another_file")
    if request.json is not None:
        hand_out(request.json, likeness.as_json(found.told), otherwise=otherwise)
    if request.csv is not None:
        hand_out(request.csv, likeness.as_csv(found.told), otherwise=otherwise)
    if request.html is not None:
        hand_out(request.html, likeness.as_page(found.told, found.beside, words=words), otherwise=otherwise)
