"""`grader pull`: a class as it stands on a site, as the folder that `grade CLASS --out` makes.

What lies in the folder already, as the site has it, is not fetched again; a stopped run goes on where it was.
"""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from grader import __version__
from grader.classes.classroom import write_class
from grader.classes.intake import Student
from grader.classes.intake.found import NOTEBOOK_ENDING, SCRIPT_ENDING, ZIP_ENDING
from grader.classes.intake.names import file_names, safe_name
from grader.classes.journal import Journal
from grader.classes.progress import Lines, Silent, Tally, Watcher
from grader.classes.report_files import OTHERWISE, Readership, ReportFolder
from grader.classes.statistics import AskedExercise, student_row, summed_up
from grader.classes.store import Kept
from grader.classes.troubles import about_marks, about_row
from grader.classes.writing import bytes_there, write_whole
from grader.errors import Interrupted, UsageError
from grader.messages import Language, Words, terminal
from grader.render import json_report
from grader.report.class_report import ClassReport, ClassRun, RowStatus, StudentRow
from grader.report.report import AssignmentReference, Audience, Report, Verdict
from grader.service.client.address import address
from grader.service.client.answers import Attempt, Listed, Opening, Person
from grader.service.client.connection import Connection, RefusedBySite
from grader.service.client.pulling_marks import pull_marks
from grader.service.client.signing_in import token
from grader.service.client.submitting import Surroundings, connected, refusal
from grader.service.people.naming import Called, names_of
from grader.settings import Settings

#: what was handed in, beside the reports
NOTEBOOKS: Final = "notebooks"
#: endings of what is handed in; what has another is called a notebook, the first of them
HANDED_IN: Final = (NOTEBOOK_ENDING, SCRIPT_ENDING, ZIP_ENDING)
#: with --all, those attempts that do not count
OTHERS: Final = "attempts"


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """The command line of `grader pull`, as given. `all`: also attempts that do not count."""

    site: str
    out: Path
    course: str | None = None
    assignment: str | None = None
    all: bool = False
    token_file: Path | None = None
    language: Language = "en"
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Class:
    """One assignment as the site has it: students by their number there, and each one's attempts, the newest first."""

    assignment: str
    students: Mapping[int, Student]
    attempts: Mapping[int, Sequence[Attempt]]

    @property
    def counted(self) -> Iterator[tuple[int, Attempt]]:
        """Of each student the attempt that counts, where one does."""
        for person, attempts in self.attempts.items():
            counts = next((each for each in attempts if each.counts), None)
            if counts is not None and person in self.students:
                yield person, counts


def run_pull(request: PullRequest, *, environment: Mapping[str, str], surroundings: Surroundings | None = None) -> int:
    """Fetch, write, say what came; 0. Raises GraderError: what failed, and what to do."""
    settings = Settings.from_environment(environment)
    named = address(request.site)
    course, assignment = request.course or named.course, request.assignment or named.assignment
    if course is None:
        raise UsageError(f"{request.site} names no course.", "Give --from the address of its page, or --course.")
    secret = token(settings, request.token_file, site=named.site)
    if not named.is_private:
        terminal.warn(f"{named.site} is not encrypted: whoever is on the way can read the token. Use https.")
    with connected(named.site, secret, request.language, surroundings) as connection:
        try:
            people = {each.id: each for each in _people(connection, course)}
            for each in [assignment] if assignment is not None else _openings(connection, course):
                output = request.out if assignment is not None else request.out / safe_name(each)
                _pull(connection, _class(connection, course, each, people), output, request, course=course)
        except RefusedBySite as refused:
            raise refusal(refused, named.site) from None
        except KeyboardInterrupt:
            raise Interrupted("Stopped. What was fetched stays; the same command goes on with the rest.") from None
    return 0


def _people(connection: Connection, course: str) -> Iterator[Person]:
    return connection.read_all(Listed[Person], f"/courses/{course}/people?role=student&limit=200")


def _openings(connection: Connection, course: str) -> list[str]:
    return [each.assignment for each in connection.read_all(Listed[Opening], f"/courses/{course}/openings")]


def _class(connection: Connection, course: str, assignment: str, people: Mapping[int, Person]) -> _Class:
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    path = f"/courses/{course}/assignments/{assignment}/attempts?limit=200"
    for each in connection.read_all(Listed[Attempt], path):
        attempts[each.person].append(each)
    return _Class(assignment=assignment, students=_students(people.values()), attempts=attempts)


def _students(people: Iterable[Person]) -> dict[int, Student]:
    """Each by what the school calls them, else by their address; two of one name are told apart."""
    everybody = list(people)
    names = names_of(Called(id=each.id, number=each.number, email=each.email) for each in everybody)
    return {
        each.id: Student(
            id=names[each.id],
            name=each.name,
            email=each.email or "",
            columns={"section": each.section or "", "idnumber": each.number or "", "sis user id": each.number or ""},
        )
        for each in everybody
    }


def _pull(connection: Connection, found: _Class, output: Path, request: PullRequest, *, course: str) -> None:
    words = Words(request.language)
    began, started = time.monotonic(), datetime.now(UTC)
    counted = dict(found.counted)
    others = [(p, each) for p, all_of in found.attempts.items() for each in all_of if p in found.students]
    others = [(person, each) for person, each in others if request.all and each is not counted.get(person)]
    total = len(counted) + len(others)
    if not request.quiet:
        terminal.say(f"{found.assignment}: {total:,} attempts into {output}")
    watcher = Silent() if request.quiet or not total else Lines(terminal.progress(), total=total)
    with Journal(output, warn=terminal.warn) as journal:
        fetching = _Fetching(connection, journal, output, watcher, Tally(total=total))
        reader = Readership(audience=Audience.INSTRUCTOR, words=words)
        folder = ReportFolder(output, reader=reader, notes=journal, edition=__version__, warn=terminal.warn)
        stems = file_names([each.id for each in found.students.values()])
        for person, attempt in others:
            fetching.beside(stems[found.students[person].id], attempt)
        rows: list[StudentRow] = []
        asked = _AskedOf()
        for person, student in found.students.items():
            counts = counted.get(person)
            report = None if counts is None else fetching.counted(stems[student.id], counts, folder)
            asked.saw(report)
            path = folder.path_of(stems[student.id]) if report is not None else None
            rows.append(_row(student, report, path, found.attempts.get(person, ())))
        run = _run(fetching.tally, started, time.monotonic() - began, connection.site)
        pull_marks(connection, course, found.assignment, output, journal)
        write_class(_summed_up(found.assignment, rows, asked, run), folder, words)


class _Fetching:
    """Fetches what the folder lacks, and counts."""

    def __init__(self, connection: Connection, journal: Journal, output: Path, watcher: Watcher, tally: Tally) -> None:
        self._connection = connection
        self._journal = journal
        self._output = output
        self._watcher = watcher
        self.tally = tally

    def counted(self, stem: str, attempt: Attempt, folder: ReportFolder) -> Report | None:
        """The report of an attempt that counts, with its files in place; None if it has none yet."""
        report, was_there = self._report(attempt)
        self._notebook(self._output / NOTEBOOKS, stem, attempt)
        if report is not None:
            folder.show(stem, report)
        self._done(was_there)
        return report

    def beside(self, stem: str, attempt: Attempt) -> None:
        """An attempt that does not count: its notebook, and its report as JSON."""
        home = self._output / OTHERS / stem
        report, was_there = self._report(attempt)
        self._notebook(home, str(attempt.number), attempt)
        if report is not None:
            write_whole(home / f"{attempt.number}.json", json_report.render(report), otherwise=OTHERWISE)
        self._done(was_there)

    def _report(self, attempt: Attempt) -> tuple[Report | None, bool]:
        if attempt.report_made_at is None:
            return None, False
        key = f"{self._connection.site} {attempt.id} {attempt.report_made_at.isoformat()}"
        if (kept := self._journal.find(key)) is not None:
            return kept.report, True
        document = self._connection.fetch(f"/attempts/{attempt.id}/report", accept="application/json")
        report = Report.model_validate_json(document)
        self._journal.keep(Kept(report=report), key)
        return report, False

    def _notebook(self, home: Path, stem: str, attempt: Attempt) -> None:
        """What was handed in, under the ending it came with; an attempt before may have had another."""
        named = attempt.filename.casefold()
        path, *others = (
            home / f"{stem}{each}" for each in sorted(HANDED_IN, key=lambda each: not named.endswith(each))
        )
        for other in others:
            other.unlink(missing_ok=True)
        there = bytes_there(path)
        if there is None or hashlib.sha256(there).hexdigest() != attempt.sha256:
            data = self._connection.fetch(f"/attempts/{attempt.id}/notebook", accept="application/octet-stream")
            write_whole(path, data, otherwise=OTHERWISE)

    def _done(self, was_there: bool) -> None:
        self.tally = replace(self.tally, done=self.tally.done + 1, known=self.tally.known + was_there)
        self._watcher.saw(self.tally)


def _row(student: Student, report: Report | None, path: str | None, attempts: Sequence[Attempt]) -> StudentRow:
    """What waits or is parked is not graded, and no zero; who handed in nothing did not."""
    file = attempts[0].filename if attempts else None
    row = student_row(student=student, file=file, report=report, report_path=path, notes=())
    return row if report is not None or not attempts else row.model_copy(update={"status": RowStatus.NOT_GRADED})


def _run(tally: Tally, started: datetime, seconds: float, host: str) -> ClassRun:
    fetched = tally.done - tally.known
    return ClassRun(
        started=started.isoformat(timespec="seconds"),
        seconds=round(seconds, 3),
        host=host,
        graded=fetched,
        from_journal=tally.known,
        slowest={},
    )


class _AskedOf:
    """What was asked, by the reports: of the machine what the first one says, of people what anybody has a mark for."""

    def __init__(self) -> None:
        self.assignment: AssignmentReference | None = None
        self._machine: dict[str, AskedExercise] = {}
        self._people: dict[str, AskedExercise] = {}

    def saw(self, report: Report | None) -> None:
        """One more report."""
        if report is None:
            return
        for each in report.exercises:
            asked = AskedExercise(id=each.id, title=each.title, possible=each.possible)
            if each.mark is not None and each.mark.verdict is Verdict.TO_MARK:
                self._people.setdefault(each.id, asked)
            elif self.assignment is None and not each.to_mark:
                self._machine[each.id] = asked
        self.assignment = self.assignment or report.assignment

    @property
    def everything(self) -> list[AskedExercise]:
        """Of all that counts for the class."""
        return [*self._machine.values(), *self._people.values()]


def _summed_up(assignment: str, rows: Sequence[StudentRow], asked: _AskedOf, run: ClassRun) -> ClassReport:
    """What was asked is what the reports say; before there is one, nothing is known of it."""
    possible = sum(each.possible for each in asked.everything)
    return summed_up(
        asked.assignment or AssignmentReference(id=assignment, title=assignment, version=""),
        asked.everything,
        rows=sorted(rows, key=lambda row: row.student),
        troubles=[trouble for row in rows for trouble in (*about_row(row, None), *about_marks(row, possible))],
        run=run,
    )
