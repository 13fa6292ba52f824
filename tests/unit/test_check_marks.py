"""What a person gives for one check of an exercise: which lines of `marks.csv` say so, what becomes of the report, who
is told, and what stays of it under another revision."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from grader.classes.differences import Pair, differences
from grader.classes.export import ExportRequest, export
from grader.classes.export.mark_files import check_marks, write_template
from grader.classes.marks import FILE, Markable, MarkLine, marks_in, table_of
from grader.course.assignment import Visibility
from grader.errors import UsageError
from grader.messages import ENGLISH, english
from grader.render import RENDERERS
from grader.render.classes import CLASS_RENDERERS
from grader.render.differences import marks as told
from grader.report.audience import seen_by
from grader.report.marking import Given, GivenCheck, by_checks, marked
from grader.report.report import AssignmentReference, Audience, Report, Verdict
from tests.unit.reports import check, exercise, report
from tests.unit.test_marks import REPORTS, work, write_graded

HEAD = "student,exercise,check,points,comment"
EXERCISES = (
    Markable(id="double", points=30, by_machine=True, checks={"c0": 10, "c1": 10, "c2": 10}),
    Markable(id="why", points=20, by_machine=False),
)
COMMENT = "The sheet said nothing of it."


def of_checks(**points: int) -> Given:
    """Of these checks alone."""
    found = by_checks(GivenCheck(check=name, points=each, comment=COMMENT) for name, each in points.items())
    assert found is not None
    return found


def read(*lines: str, head: str = HEAD) -> tuple[dict[str, dict[str, Given]], list[str]]:
    """What these lines give, and what is wrong with the others."""
    data = "\n".join([head, *lines, ""]).encode()
    found = marks_in(data, name=FILE, students={"anna", "ben"}, exercises=EXERCISES)
    return {name: dict(of) for name, of in found.given.items()}, [english(each) for each in found.faults]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As `grade --out` leaves it: anna has all, ben one check of three."""
    write_graded(tmp_path)
    return tmp_path


def test_a_line_may_be_of_one_check_and_several_of_one_exercise_then() -> None:
    """Each in the place of the machine's points for it, with no word that the machine is overruled."""
    given, faults = read(f"ben,double,c2,5,{COMMENT}", f"ben,double,c1,10,{COMMENT}", "anna,why,,15,")

    assert faults == []
    assert given == {"ben": {"double": of_checks(c1=10, c2=5)}, "anna": {"why": Given(points=15)}}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param("ben,double,c9,1,", 'no check "c9". There are: c0, c1, c2', id="unknown check"),
        pytest.param("ben,why,c0,1,", 'no check "c0". There are: -', id="a person's exercise"),
        pytest.param("ben,double,c1,11,", 'more than the 10 of "double/c1"', id="too many"),
        pytest.param("ben,double,c1,-1,", "-1, below 0", id="negative"),
        pytest.param("ben,double,c2,3,", '"double/c2" of "ben" is in line 2 as well', id="twice"),
        pytest.param("ben,double,,20,", "one for a check of it, line 2 and this one", id="whole"),
    ],
)
def test_a_wrong_line_of_a_check_is_named(line: str, fault: str) -> None:
    """By its number and by what is wrong with it."""
    _, faults = read("ben,double,c2,5,", line)

    assert [each.startswith("line 3: ") and fault in each for each in faults] == [True]


@pytest.mark.parametrize(
    ("lines", "stands"),
    [
        pytest.param(["ben,double,c2,5,,", "ben,double,c2,6,,", "ben,double,c1,1,,"], ["c1"], id="twice"),
        pytest.param(["ben,double,c2,5,,", "ben,double,c1,5,,", "ben,double,,6,,yes"], [], id="checks before"),
        pytest.param(["ben,double,,6,,yes", "ben,double,c2,5,,"], [], id="whole before"),
    ],
)
def test_of_lines_that_contradict_each_other_none_counts(lines: list[str], stands: list[str]) -> None:
    """Nobody knows which is meant; another check's line is no part of that."""
    given, faults = read(*lines, head=f"{HEAD},override")

    assert [each.check for of in given.values() for each in of["double"].checks] == stands
    assert len(faults) == 1


def test_a_table_gives_back_the_checks_that_it_was_written_of() -> None:
    """The column stands there only where a line is of a check."""
    lines = [MarkLine(student="ben", exercise="double", check="c1", points=4), MarkLine(student="anna", exercise="why")]
    text = table_of(lines)

    assert text.splitlines()[0].endswith("student,exercise,points,comment,check")
    assert marks_in(text.encode(), name=FILE, students={"ben", "anna"}, exercises=EXERCISES).given == {
        "ben": {"double": Given(points=4, checks=(GivenCheck(check="c1", points=4),))}
    }
    assert "check" not in table_of(lines[1:]).splitlines()[0]


def test_points_of_a_check_count_among_those_of_the_machine_and_both_are_told() -> None:
    """In text and on the page, with the totals; the machine's verdict stays."""
    now = marked(work(passed=1), {"double": of_checks(c1=7)})

    assert now.score is not None
    assert (now.score.earned, now.exercises[0].earned, now.exercises[0].checks[1].earned) == (17, 17, 7)
    assert now.exercises[0].verdict is work(passed=1).exercises[0].verdict
    for shown in (RENDERERS["text"](now), RENDERERS["html"](seen_by(now, Audience.STUDENT))):
        flat = " ".join(shown.split())
        for said in ("Machine: 10, after marking: 17.", "7 of 10. The machine gave 0.", f"Title of c1: {COMMENT}"):
            assert said in flat


def test_marks_of_checks_are_put_in_and_taken_out_without_a_trace() -> None:
    """Also where nothing could be judged, and where the check is not there."""
    open_one = report(exercise(check("a"), check("b", Verdict.NOT_GRADED, earned=None)))
    for whole in (work(passed=1), open_one):
        now = marked(whole, {"double": of_checks(c1=7, b=3, gone=9)})
        assert Report.model_validate_json(RENDERERS["json"](now)) == now
        assert marked(now, {}) == whole


def test_a_mark_settles_a_check_that_we_could_not_judge() -> None:
    """Then nothing of the exercise is open."""
    open_one = report(exercise(check("a"), check("b", Verdict.NOT_GRADED, earned=None)))
    now = marked(open_one, {"double": of_checks(b=3)}).exercises[0]

    assert (now.earned, now.verdict, now.checks[1].verdict) == (13, Verdict.PARTIAL, Verdict.PARTIAL)


@pytest.mark.parametrize("named", [False, True])
def test_a_student_is_told_marks_of_the_checks_that_are_shown(named: bool) -> None:
    """What was given for a hidden one, and what was said of it, would tell of that check."""
    hidden = check("h", Verdict.FAILED, visibility=Visibility.HIDDEN)
    whole = report(exercise(check("a", Verdict.FAILED), hidden))
    assert whole.assignment is not None
    whole = whole.model_copy(update={"assignment": whole.assignment.model_copy(update={"show_hidden_titles": named})})
    seen = seen_by(marked(whole, {"double": of_checks(a=4, h=9, gone=1)}), Audience.STUDENT)

    assert seen.score is not None
    assert (seen.score.earned, seen.score.possible) == ((13, 20) if named else (4, 10))
    assert seen.exercises[0].mark is not None
    assert [(each.check, each.comment) for each in seen.exercises[0].mark.checks] == [
        ("a", COMMENT),
        *([("h", "")] if named else []),
    ]
    only_hidden = seen_by(marked(whole, {"double": of_checks(h=9)}), Audience.STUDENT)
    assert named or only_hidden == seen_by(whole, Audience.STUDENT)


def test_a_mark_survives_another_revision_and_is_affected_where_its_check_is_gone() -> None:
    """Of a check that is worth less it is all of that; of one that is gone it is kept, counts nowhere, and is named."""
    given = {"double": of_checks(a=8, b=6)}
    before = report(exercise(check("a", Verdict.FAILED), check("b", Verdict.FAILED)))
    now = report(exercise(check("a", Verdict.FAILED, points=5)))
    pair = Pair(
        who="ben",
        name="",
        before=marked(before, given),
        now=marked(now, given),
        report_before="",
        report_now="",
    )
    found = differences(AssignmentReference(id="x", title="X", version="2"), [pair])

    assert marked(now, given).exercises[0].earned == 5
    assert [(each.id, each.mark) for each in found.works[0].exercises[0].checks] == [("a", 5), ("b", 6)]
    assert ["counts nowhere" in each for each in told(found, ENGLISH)] == [False, True]
    assert "It counts nowhere." in " ".join(RENDERERS["text"](marked(now, given)).split())


@pytest.mark.parametrize("format", sorted(CLASS_RENDERERS.keys() - {"github"}))
def test_marks_of_checks_are_in_every_format_of_a_class(
    folder: Path, format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As they stand in the file now; our own table names the check that was commented."""

    def exported() -> str:
        assert export(ExportRequest(format=format, reports=(folder,), output=None, audience="student")) == 0
        return capsys.readouterr().out

    before = exported()
    (folder / FILE).write_text(f"{HEAD}\nben,double,c1,7,{COMMENT}\n", encoding="utf-8")
    now = exported()

    assert now != before
    if format == "csv":
        row = list(csv.DictReader(io.StringIO(now)))[1]
        assert (row["double.earned"], row["double.machine"]) == ("17", "10")
        assert row["double.comment"] == f"Title of c1: {COMMENT}"


def test_what_a_student_sees_is_exported_while_its_marks_are_those_of_the_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rest of the report is not there to draw it anew."""
    path = folder / "reports" / "ben.json"
    seen = seen_by(marked(REPORTS["ben"], {"double": of_checks(c1=7)}), Audience.STUDENT)
    path.write_text(RENDERERS["json"](seen), encoding="utf-8")
    for points, is_same in ((7, True), (8, False)):
        (folder / FILE).write_text(f"{HEAD}\nben,double,c1,{points},{COMMENT}\n", encoding="utf-8")
        asked = ExportRequest(format="text", reports=(path,), output=None, audience="student")
        if is_same:
            assert export(asked) == 0
        else:
            with pytest.raises(UsageError, match="was changed since"):
                export(asked)


def test_a_template_may_be_of_the_checks_that_lack_points(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of an exercise or of one check of it, for whoever has no mark there; what is not there is named."""
    assert write_template(folder, None, exercise="double", check="c2") == 0
    lines = (folder / FILE).read_text(encoding="utf-8-sig").splitlines()
    assert [each.rsplit(",", 1)[0] for each in lines] == ["student,exercise,points,comment,check", "ben,double,,,c2"]

    (folder / FILE).write_text(f"{HEAD}\nben,double,c2,7,\n", encoding="utf-8")
    assert write_template(folder, folder / "more.csv", exercise="double") == 0
    more = (folder / "more.csv").read_text(encoding="utf-8-sig")
    assert [row["check"] for row in csv.DictReader(io.StringIO(more))] == ["c1"]
    capsys.readouterr()
    assert check_marks(folder) == 0
    assert "1 answer marked, 2 to mark" in capsys.readouterr().err
    for exercise_id, check_id in (("why", None), ("double", "c9"), (None, "c1")):
        with pytest.raises(UsageError):
            write_template(folder, folder / "none.csv", exercise=exercise_id, check=check_id)
