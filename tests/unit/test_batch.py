"""The story of a class, graded by a table instead of in rooms; by workers where it is about these."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from grader.classes.batch import GradingRun, Settled, grade_all
from grader.classes.crew import Done, Lost
from grader.classes.fingerprint import bytes_key
from grader.classes.graded import Graded
from grader.classes.intake import HandIn, SetAside, Student
from grader.classes.journal import Journal
from grader.classes.marks import NO_MARKS, Marks
from grader.classes.one_file import Grading
from grader.classes.progress import Tally
from grader.classes.report_files import Readership, ReportFolder
from grader.classes.workforce import Hiring, OnThisMachine, Workforce, seconds_for_one
from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.errors import Interrupted
from grader.grading.provenance import WallClock
from grader.grading.ungraded import identified
from grader.messages import Words, prose
from grader.report.class_report import RowStatus
from grader.report.marking import Given
from grader.report.report import Audience, Report, Status
from tests.english import all_spoken
from tests.hostile.small_course import write_course
from tests.unit.reports import PROVENANCE, check, exercise, not_graded, report

INSTRUCTOR = Readership(audience=Audience.INSTRUCTOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByWord(Grading):
    """A file that says `raise` ends its worker; `broken` is not graded, `lost` loses its sandbox; others are right."""

    @contextmanager
    def open(self) -> Iterator[Callable[[HandIn], Graded]]:
        """Nothing has to be opened."""
        yield _graded


def _graded(hand_in: HandIn) -> Graded:
    word = hand_in.path.read_text(encoding="utf-8")
    if word == "raise":
        raise ZeroDivisionError
    graded = report(
        *([not_graded()] if word == "broken" else [exercise(check("a"))]),
        submission=identified(hand_in.name, word.encode()),
        status=Status.NOT_GRADED if word == "broken" else Status.GRADED,
    )
    keys = () if word == "broken" else (f"key of {word}", bytes_key(hashlib.sha256(word.encode()).hexdigest(), "here"))
    return Graded(report=graded.model_dump_json(), keys=keys)


@dataclass(frozen=True, slots=True)
class AtOnce:
    """Grades in this process, one after the other; a submission that would end a worker is lost."""

    grade: Callable[[HandIn], Graded]

    def work(self, tasks: Iterator[HandIn]) -> Iterator[Done[HandIn, Graded] | Lost[HandIn]]:
        """See `Workforce`."""
        for task in tasks:
            try:
                yield Done(task=task, result=self.grade(task))
            except ZeroDivisionError:
                yield Lost(task=task, reason=prose("Its worker ended."))


@contextmanager
def at_once(grading: Grading, assignment: Assignment) -> Iterator[Workforce]:
    """See `Hiring`: nobody is waited for, since what becomes of a report is the same whoever grades."""
    with grading.open() as grade:
        yield AtOnce(grade)


@dataclass
class Onlooker:
    """Keeps what it saw, and does what it is told to at every result."""

    then: Callable[[Tally], object] = bool
    tallies: list[Tally] = field(default_factory=list)

    def saw(self, tally: Tally) -> None:
        """Keep it."""
        self.tallies.append(tally)
        self.then(tally)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp("course")
    write_course(folder)
    return Course(folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A course, a folder of files that were handed in, and the folder that the reports go to."""

    course: Course
    folder: Path

    @property
    def assignment(self) -> Assignment:
        """The small one."""
        return self.course.assignment("small")

    @property
    def files(self) -> int:
        """How many there are of the reports."""
        return len(list((self.folder / "out" / "reports").iterdir()))

    def hand_in(self, *words: str) -> list[HandIn]:
        """A file for each word, of students s0, s1, ..."""
        for number, word in enumerate(words):
            (self.folder / f"s{number}.ipynb").write_text(word, encoding="utf-8")
        paths = sorted(self.folder.glob("*.ipynb"))
        return [HandIn(student=Student(id=p.stem), name=p.name, where=p.name, path=p) for p in paths]

    def grade(
        self,
        hand_ins: Sequence[HandIn],
        onlooker: Onlooker | None = None,
        set_aside: Sequence[SetAside] = (),
        reader: Readership = INSTRUCTOR,
        marks: Marks = NO_MARKS,
        hire: Hiring = at_once,
    ) -> tuple[Settled, ...]:
        """Grade them."""
        with Journal(self.folder / "out", warn=pytest.fail) as journal:
            run = GradingRun(
                hand_ins=hand_ins,
                set_aside=set_aside,
                assignment=self.assignment,
                grading=ByWord(
                    course=self.course.folder,
                    assignment="small",
                    provenance=PROVENANCE,
                    sandbox="none",
                    context="here",
                    journal=journal.path,
                ),
                store=journal,
                folder=ReportFolder(
                    self.folder / "out",
                    reader=reader,
                    notes=journal,
                    edition="here",
                    warn=pytest.fail,
                ),
                clock=WallClock(),
                hire=hire,
                marks=marks,
            )
            return grade_all(run, onlooker or Onlooker())


@pytest.fixture
def room(small: Course, tmp_path: Path) -> Room:
    return Room(course=small, folder=tmp_path)


def test_rows_come_in_the_order_of_the_class(room: Room) -> None:
    """Whoever was done first, and whether the journal knew it."""
    hand_ins = room.hand_in("a", "b", "c")
    room.grade(hand_ins[1:2])
    settled = room.grade(hand_ins)

    assert [(each.row.student, each.was_kept) for each in settled] == [("s0", False), ("s1", True), ("s2", False)]


def test_marks_survive_every_grading_and_are_in_no_store(room: Room) -> None:
    """Report and row have them, graded anew or known; without them all is as the machine left it."""
    hand_ins = room.hand_in("a")
    marks = Marks(given={"s0": {"double": Given(points=4, comment="A slip."), "gone": Given(points=1)}})
    path = room.folder / "out" / "reports" / "s0.txt"

    for marked, known in ((marks, False), (marks, True), (NO_MARKS, True)):
        (settled,) = room.grade(hand_ins, marks=marked)
        told = "A slip." in path.read_text(encoding="utf-8")
        assert (settled.was_kept, settled.row.exercises["double"].earned, told) == (known, *_kept(marked))
        assert any(note.key == "mark_without_answer" for note in settled.row.notes) is (marked is marks)


def _kept(marks: Marks) -> tuple[int, bool]:
    return (4, True) if marks.given else (10, False)


def test_a_submission_that_ends_its_workers_is_not_graded_and_says_so(room: Room) -> None:
    """Never a zero, never a stop, and a report like everybody's."""
    settled = room.grade(room.hand_in("a", "raise", "b"), hire=OnThisMachine(workers=1))
    lost = settled[1].row

    assert [each.row.status for each in settled] == [RowStatus.GRADED, RowStatus.NOT_GRADED, RowStatus.GRADED]
    assert lost.score is not None
    assert lost.score.earned is None
    assert "ZeroDivisionError" in all_spoken(lost.notes)[-1]
    assert (room.folder / "out" / "reports" / "s1.txt").is_file()


def test_what_failed_on_our_side_is_for_the_instructor_alone(room: Room) -> None:
    """The student reads that it is not theirs and that somebody knows; no text of our exceptions."""
    room.grade(room.hand_in("raise"), hire=OnThisMachine(workers=1))
    written = {path.suffix: path.read_text("utf-8") for path in (room.folder / "out" / "reports").iterdir()}

    assert [ending for ending, text in written.items() if "ZeroDivisionError" in text] == []
    assert "a reason that is not yours: every attempt" in " ".join(written[".txt"].split())


def test_students_whose_names_differ_in_case_alone_have_a_report_each(room: Room) -> None:
    """Some disks would keep one file of `ada.json` and `Ada.json`."""
    one, two = room.hand_in("a", "b")
    named = [replace(one, student=Student(id="Ada")), replace(two, student=Student(id="ada"))]
    first = [each.row.report for each in room.grade(named)]
    again = [each.row.report for each in room.grade(named[::-1])]

    assert first == again[::-1] == ["reports/Ada.json", "reports/ada-fdee430d40.json"]


@pytest.mark.parametrize("word", ["raise", "broken"])
def test_what_was_not_graded_is_tried_again_by_the_next_run(room: Room, word: str) -> None:
    """Only that."""
    hand_ins = room.hand_in("a", word)
    room.grade(hand_ins)
    again = room.grade(hand_ins)

    assert [each.was_kept for each in again] == [True, False]


def test_whatever_is_counted_is_recorded_and_written_before(room: Room) -> None:
    """So that a run may be killed at any moment."""
    hand_ins = room.hand_in("a", "b", "c")
    files: list[tuple[int, int]] = []
    room.grade(hand_ins, Onlooker(then=lambda tally: files.append((tally.done, room.files))))

    assert files == [(1, 3), (2, 6), (3, 9)]
    onlooker = Onlooker()
    room.grade(hand_ins, onlooker)
    assert [(tally.done, tally.known) for tally in onlooker.tallies] == [(1, 1), (2, 2), (3, 3)]


def test_another_reader_is_drawn_for_and_nothing_is_graded_again(room: Room) -> None:
    """Who reads, in which language, is asked when reports are drawn; what is kept is complete."""
    hand_ins = room.hand_in("a")
    room.grade(hand_ins, reader=Readership(audience=Audience.STUDENT, words=Words("zh")))
    settled = room.grade(hand_ins)
    stored = Report.model_validate_json((room.folder / "out" / "reports" / "s0.json").read_bytes())

    assert [each.was_kept for each in settled] == [True]
    assert stored.audience is Audience.INSTRUCTOR
    assert "passed" in (room.folder / "out" / "reports" / "s0.txt").read_text("utf-8")


def test_an_interrupt_says_how_many_are_done(room: Room) -> None:
    """And the next run begins there."""
    hand_ins = room.hand_in("a", "b", "c")

    with pytest.raises(Interrupted, match=r"2 of 3 submissions are done .* the same command continues"):
        room.grade(hand_ins, Onlooker(then=interrupt_after_two))
    assert [each.was_kept for each in room.grade(hand_ins)] == [True, True, False]


def interrupt_after_two(tally: Tally) -> None:
    if tally.done == 2:
        raise KeyboardInterrupt


def test_the_tally_tells_kinds_of_trouble_apart(room: Room) -> None:
    """For the progress line."""
    onlooker = Onlooker()
    room.grade(room.hand_in("a", "broken", "raise"), onlooker)

    assert onlooker.tallies[-1] == Tally(total=3, done=3, not_graded=2)


def test_a_row_notes_what_was_set_aside(room: Room) -> None:
    """Only of that student."""
    older = SetAside(where="old.ipynb", student="s0", reason=prose("s0.ipynb counts."))
    settled = room.grade(room.hand_in("a", "b"), set_aside=(older,))

    assert [all_spoken(each.row.notes) for each in settled] == [("1 other file of this student set aside.",), ()]


def test_a_worker_has_time_for_all_that_the_limits_allow(room: Room) -> None:
    """An honest submission that uses its limits to the full is never ended from outside."""
    assert seconds_for_one(room.assignment) >= sum(e.limits.wall_seconds for e in room.assignment.exercises) * 4


def test_a_report_is_known_by_the_bytes_that_were_graded(room: Room) -> None:
    """A file that changed between two looks at it is recorded as what it was when it was graded."""
    hand_ins = room.hand_in("a")
    settled = room.grade(hand_ins)
    stored = (room.folder / "out" / settled[0].row.report).read_text("utf-8") if settled[0].row.report else ""

    assert hashlib.sha256(b"a").hexdigest() in stored
