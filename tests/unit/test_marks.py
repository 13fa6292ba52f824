"""What a person marks, by `marks.csv`: which lines count, what becomes of a report, and that it is in every format."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from grader.classes.export import ExportRequest, export
from grader.classes.export.mark_files import check_marks, write_template
from grader.classes.intake import Student
from grader.classes.journal import Journal
from grader.classes.marks import FILE, Markable, MarkLine, Marks, marks_in, read_marks, right, table_of
from grader.classes.report_files import Readership, ReportFolder
from grader.classes.statistics import AskedExercise, student_row, summed_up
from grader.cli.staff import staff_app
from grader.course.assignment import Visibility
from grader.errors import UsageError
from grader.messages import Words, english, say
from grader.render import RENDERERS
from grader.render.classes import CLASS_RENDERERS
from grader.report.audience import seen_by
from grader.report.class_report import ClassReport
from grader.report.marking import Given, by_rubric, marked
from grader.report.report import Audience, ExerciseResult, Report, RubricItem, Status, Verdict
from grader.report.sums import score
from tests.unit.classes import CLASS_RUN
from tests.unit.reports import RUN, check, exercise, not_graded, report

GUIDE = (Path(__file__).parents[2] / "assignments" / "README.md").read_text(encoding="utf-8")
WHY = Markable(id="why", points=20, by_machine=False)
DOUBLE = Markable(id="double", points=30, by_machine=True)
HEAD = "student,exercise,points,comment"
COMMENT = "The bound is missing."

DIGEST = (report().submission.sha256 or "")[:12]


def waiting() -> ExerciseResult:
    """An answer of which 20 points are open."""
    return exercise(id="why", title="Why", verdict=Verdict.TO_MARK, earned=0, to_mark=20, message=say("marked"))


def work(*, passed: int = 3) -> Report:
    """Of 30 points a machine gives ten for each that passed; 20 wait."""
    checks = (check(f"c{at}", Verdict.PASSED if at < passed else Verdict.FAILED) for at in range(3))
    return report(exercise(*checks), waiting())


REPORTS = {"anna": work(), "ben": work(passed=1)}


def class_of(reports: Mapping[str, Report]) -> ClassReport:
    """The class before anybody marked."""
    rows = [
        student_row(
            student=Student(id=name), file=f"{name}.ipynb", report=one, report_path=f"reports/{name}.json", notes=()
        )
        for name, one in reports.items()
    ]
    first = next(iter(reports.values()))
    assert first.assignment is not None
    asked = [AskedExercise(id="double", title="Double it", possible=30)]
    return summed_up(first.assignment, asked, rows=rows, troubles=(), run=CLASS_RUN)


def write_graded(folder: Path) -> None:
    """That class, as `grade --out` leaves it."""
    (folder / "reports").mkdir()
    for name, one in REPORTS.items():
        (folder / "reports" / f"{name}.json").write_text(RENDERERS["json"](one), encoding="utf-8")
    (folder / "class.json").write_text(CLASS_RENDERERS["json"](class_of(REPORTS), ()), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As `grade --out` leaves it."""
    write_graded(tmp_path)
    return tmp_path


def write(folder: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    """marks.csv with these lines."""
    file = folder / FILE
    file.write_bytes("\n".join([head, *lines, ""]).encode(encoding))
    return file


def read(folder: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> Marks:
    """The marks in these lines."""
    file = write(folder, *lines, head=head, encoding=encoding)
    return read_marks(file, students={"anna", "ben"}, exercises=[DOUBLE, WHY])


def exported(
    folder: Path, format: str, capsys: pytest.CaptureFixture[str], *reports: Path, partial: bool = False
) -> str:
    """What `grader export` hands over."""
    request = ExportRequest(
        format=format, reports=reports or (folder,), output=None, audience="student", partial=partial
    )
    assert export(request) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param("eve,why,1,", 'nobody called "eve"', id="unknown student"),
        pytest.param("anna,who,1,", 'no exercise "who". There are: double, why', id="unknown exercise"),
        pytest.param("anna,double,1,", "graded by the machine", id="a machine's"),
        pytest.param("anna,why,-1,", "-1, below 0", id="negative"),
        pytest.param("anna,why,21,", 'more than the 20 of "why"', id="too many"),
        pytest.param("anna,why,NaN,", '"NaN", which is no whole number', id="NaN"),
        pytest.param("anna,why,inf,", '"inf", which is no whole number', id="infinite"),
        pytest.param("anna,why,7.5,", '"7.5", which is no whole number', id="a half"),
        pytest.param("anna,why,=1+1,", 'the points begins with "="', id="formula"),
        pytest.param("anna,why,1,@SUM(A1)", 'the comment begins with "@"', id="formula in a comment"),
        pytest.param("anna,why,,fine", "a comment and no points", id="no points"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_applied_but_with_partial(tmp_path: Path, line: str, fault: str) -> None:
    """By its number and what is wrong; `--partial` leaves just that line out."""
    marks = read(tmp_path, "ben,why,10,", line)

    assert [english(each).startswith("line 3: ") and fault in english(each) for each in marks.faults] == [True]
    with pytest.raises(UsageError, match="nothing of it was applied"):
        right(marks, file=tmp_path / FILE, partial=False, warn=lambda *_: None)
    assert right(marks, file=tmp_path / FILE, partial=True, warn=lambda *_: None).given == {
        "ben": {"why": Given(points=10)}
    }
    assert all(english(each) != Words("zh").text(each) for each in marks.faults)


def test_of_two_lines_for_one_exercise_neither_counts(tmp_path: Path) -> None:
    """Nobody knows which is meant."""
    marks = read(tmp_path, "ben,why,10,", "ben,why,2,")

    assert marks.given == {}
    assert english(marks.faults[0]) == 'line 3: "why" of "ben" is in line 2 as well. Leave one of them.'


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_marks_are_read_as_spreadsheets_write_them(tmp_path: Path, encoding: str, separator: str) -> None:
    """With the encodings and separators of the roster; a line without points and comment waits."""
    lines = (each.replace(",", separator) for each in ("anna,why,15,Präzise", "ben,why,,"))
    marks = read(tmp_path, *lines, head=HEAD.replace(",", separator), encoding=encoding)

    assert (marks.given, marks.faults) == ({"anna": {"why": Given(points=15, comment="Präzise")}}, ())


def test_a_mark_takes_the_place_of_the_machine_only_where_that_is_said(tmp_path: Path) -> None:
    """By a yes in a column of its own; anything else there is wrong."""
    head = f"{HEAD},override"
    marks = read(tmp_path, "anna,double,25,,yes", "ben,double,25,,perhaps", head=head)

    assert marks.given == {"anna": {"double": Given(points=25)}}
    assert "write yes" in english(marks.faults[0])


def test_what_is_no_table_of_marks_is_refused_as_such(tmp_path: Path) -> None:
    """By its own name, not a roster's; a file that is not there is no marks."""
    with pytest.raises(UsageError) as refused:
        read(tmp_path, "anna,1", head="name,points")
    assert "has no column student, exercise" in english(refused.value.message)
    with pytest.raises(UsageError, match=r"The table of marks .* is empty.*student,exercise"):
        read(tmp_path, head="")
    assert read_marks(tmp_path / "none.csv", students=(), exercises=()) == Marks()


def test_a_mark_counts_and_is_said_beside_what_the_machine_gave() -> None:
    """Points, comment, and both totals, in text and on the page, and to the student."""
    now = marked(work(passed=1), {"why": Given(points=15, comment=COMMENT), "double": Given(points=14)})

    assert now.score is not None
    assert (now.score.earned, now.score.possible, now.score.to_mark) == (29, 50, 0)
    assert [(each.verdict, each.earned) for each in now.exercises] == [(Verdict.PARTIAL, 14), (Verdict.PARTIAL, 15)]
    for shown in (RENDERERS["text"](seen_by(now, Audience.STUDENT)), RENDERERS["html"](seen_by(now, Audience.STUDENT))):
        flat = " ".join(shown.split())
        for said in ("Machine: 10, after marking: 29.", "14 of 30. The machine gave 10.", "15 of 20.", COMMENT):
            assert said in flat


def test_the_items_of_a_rubric_are_told_with_the_mark() -> None:
    """Their points with a sign, and their words as they are."""
    items = (
        RubricItem(id=1, points=20, words="The bound is right."),
        RubricItem(id=2, points=-2, words="Hard to read."),
    )
    now = marked(work(), {"why": by_rubric(items, extra=0, comment=COMMENT, possible=20)})

    for shown in (RENDERERS["text"](now), RENDERERS["html"](seen_by(now, Audience.STUDENT))):
        flat = " ".join(shown.split())
        for said in ("18 of 20", "+20: The bound is right.", "-2: Hard to read.", COMMENT):
            assert said in flat


def test_marks_are_put_in_and_taken_out_without_a_trace() -> None:
    """So they may change as often as people like."""
    given = {"why": Given(points=15), "double": Given(points=0)}
    first = marked(work(), given)

    assert marked(first, given) == first
    assert marked(first, {}) == work()
    assert Report.model_validate_json(RENDERERS["json"](first)) == first


def test_a_mark_settles_what_we_could_not_grade() -> None:
    """Then nothing of the report is open."""
    now = marked(report(not_graded()), {"model": Given(points=50)})

    assert (now.status, now.exercises[0].verdict) == (Status.GRADED, Verdict.PASSED)


def test_a_mark_tells_no_student_what_a_hidden_check_gave() -> None:
    """The mark is of the whole exercise; what the machine gave in all is not said, and nothing comes later."""
    hidden = check("h", Verdict.FAILED, visibility=Visibility.HIDDEN)
    seen = seen_by(marked(report(exercise(check("a"), hidden)), {"double": Given(points=17)}), Audience.STUDENT)
    shown = RENDERERS["text"](seen)

    assert seen.score is not None
    assert (seen.score.earned, seen.score.possible) == (17, 20)
    assert seen.exercises[0].mark is not None
    assert seen.exercises[0].mark.earned is None
    assert "17 of 20." in shown
    assert "achine" not in shown


@pytest.mark.parametrize("format", sorted(CLASS_RENDERERS.keys() - {"github"}))
def test_marks_are_in_every_format_of_a_class(folder: Path, format: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As they stand in the file now; the reports on the disk are those of before."""
    before = exported(folder, format, capsys)
    write(folder, f"anna,why,15,{COMMENT}", "ben,why,5,")

    assert exported(folder, format, capsys) != before


def test_gradebooks_have_the_marks_and_nothing_for_who_waits_for_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As soon as one answer is marked, its points count for all; who has no mark yet has no grade, and no zero."""
    write(folder, f"anna,why,15,{COMMENT}", "ben,why,,")
    own = list(csv.DictReader(io.StringIO(exported(folder, "csv", capsys))))
    canvas = list(csv.reader(io.StringIO(exported(folder, "canvas", capsys))))
    moodle = exported(folder, "moodle", capsys)

    assert [(row["earned"], row["possible"], row["why.earned"]) for row in own] == [("45", "50", "15"), ("", "50", "")]
    assert [row[-1] for row in canvas[1:]] == ["50", "45", ""]
    assert COMMENT in own[0]["why.comment"]
    assert COMMENT in moodle


def test_who_waits_for_a_mark_is_in_no_figure_and_among_the_troubles(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mean with answers that nobody has looked at would tell of a loss that is none."""
    write(folder, "anna,why,15,")
    told = ClassReport.model_validate_json(exported(folder, "json", capsys))

    assert (told.possible, told.statistics.mean) == (50, 90.0)
    assert [(each.what, each.happened.key) for each in told.troubles] == [("ben: ben.ipynb", "waits_for_mark")]


def test_a_single_report_is_exported_with_its_marks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever it is for."""
    write(folder, f"anna,why,15,{COMMENT}")
    path = folder / "reports" / "anna.json"

    assert COMMENT in exported(folder, "text", capsys, path)
    assert COMMENT in exported(folder, "gradescope", capsys, path)


def test_marks_find_their_student_whatever_the_file_is_called(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files are named so that every disk takes them; class.json says whose they are."""
    told = (folder / "class.json").read_text(encoding="utf-8").replace('"student": "anna"', '"student": "An/na"')
    (folder / "class.json").write_text(told, encoding="utf-8")
    stray = folder / "reports" / "stray.json"
    stray.write_text(RENDERERS["json"](marked(work(), {"why": Given(points=4)})), encoding="utf-8")
    write(folder, "An/na,why,15,")

    assert "An/na,,anna.ipynb,graded,45,50" in exported(folder, "csv", capsys)
    assert "anna,,submission.ipynb,graded,45,50" in exported(folder, "csv", capsys, folder / "reports")
    assert "34 of 50" in exported(folder, "text", capsys, stray)


def test_an_export_with_a_wrong_line_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is written; `--partial` leaves the line out."""
    write(folder, "anna,why,15,", "eve,why,15,")

    with pytest.raises(UsageError, match="1 line"):
        exported(folder, "csv", capsys)
    assert ",45,50,90," in exported(folder, "csv", capsys, partial=True)


def test_what_a_student_sees_is_never_exported_with_older_marks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rest of the report is not there to draw it anew."""
    path = folder / "reports" / "anna.json"
    path.write_text(RENDERERS["json"](seen_by(REPORTS["anna"], Audience.STUDENT)), encoding="utf-8")
    write(folder, "anna,why,15,")

    with pytest.raises(UsageError, match="was changed since"):
        exported(folder, "html", capsys, path)


def test_a_template_has_a_line_for_each_open_answer_and_overwrites_nothing(folder: Path) -> None:
    """What is marked already is not in it."""
    assert write_template(folder, None) == 0
    text = (folder / FILE).read_text(encoding="utf-8-sig")
    assert text.splitlines() == [f"{HEAD},attempt", f"anna,why,,,{DIGEST}", f"ben,why,,,{DIGEST}"]
    with pytest.raises(UsageError) as refused:
        write_template(folder, None)
    assert "is there already" in english(refused.value.message)

    write(folder, "anna,why,3,")
    assert write_template(folder, folder / "more.csv") == 0
    assert "ben,why,," in (folder / "more.csv").read_text(encoding="utf-8")
    assert "anna" not in (folder / "more.csv").read_text(encoding="utf-8")


def test_check_says_how_many_are_marked_and_how_many_wait(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Or which lines are wrong."""
    write(folder, "anna,why,3,")
    assert check_marks(folder) == 0
    assert "1 answer marked, 1 to mark" in capsys.readouterr().err

    write(folder, "anna,why,33,")
    with pytest.raises(UsageError) as refused:
        check_marks(folder)
    assert refused.value.lines[1:] == ('line 2: 33 points are more than the 20 of "why".',)


def test_the_guide_shows_what_is_read(folder: Path) -> None:
    """The lines and commands of assignments/README.md."""
    shown = GUIDE.split("```csv\n")[1].split("```")[0]
    (folder / FILE).write_text(shown, encoding="utf-8")

    marks = read_marks(folder / FILE, students={"anna", "ben"}, exercises=[DOUBLE, WHY])
    assert (sorted(marks.exercises), marks.faults) == (["double", "why"], ())
    for command in ("grader marks template FOLDER", "grader marks check FOLDER"):
        assert command in GUIDE
        assert CliRunner().invoke(staff_app, [*command.split()[1:3], "--help"]).exit_code == 0


def test_a_mark_of_another_file_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The template says of which file each line is; whoever handed in another one since is marked anew."""
    head = f"{HEAD},attempt"
    write(folder, f"anna,why,15,,{DIGEST}", "ben,why,5,,0123456789ab", head=head)

    with pytest.raises(UsageError) as refused:
        exported(folder, "csv", capsys)

    assert [line.partition(":")[0] for line in refused.value.lines[1:]] == ["line 3"]
    assert "counts by now" in refused.value.lines[1]
    assert ",45,50,90," in exported(folder, "csv", capsys, partial=True)


@given(
    st.lists(
        st.builds(
            MarkLine,
            student=st.just("anna"),
            exercise=st.just("why"),
            points=st.integers(0, 20),
            comment=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.just("\n")),
            override=st.booleans(),
        ),
        min_size=1,
        max_size=1,
    )
)
def test_what_is_written_is_read(lines: list[MarkLine]) -> None:
    """Whatever a comment holds, formulas included: but for blanks around it."""
    read = marks_in(table_of(lines).encode(), name=FILE, students={"anna"}, exercises=[WHY])

    assert read == Marks(given={"anna": {"why": Given(points=lines[0].points or 0, comment=lines[0].comment.strip())}})


@pytest.mark.parametrize(
    ("earned", "total", "says"),
    [
        pytest.param(30, 34, "its exercises add up to 30", id="the sum"),
        pytest.param(25, 25, "class.json 30", id="all of it"),
        pytest.param(30, 30, "", id="nothing"),
    ],
)
def test_a_report_that_was_edited_by_hand_is_a_warning_with_the_cure(
    folder: Path, capsys: pytest.CaptureFixture[str], earned: int, total: int, says: str
) -> None:
    """Never a silent number: what counts, and where points of people belong."""
    path = folder / "reports" / "anna.json"
    edited = work().model_copy(
        update={
            "exercises": (work().exercises[0].model_copy(update={"earned": earned}), work().exercises[1]),
            "score": score(work().exercises).model_copy(update={"earned": total}),
        }
    )
    path.write_text(RENDERERS["json"](edited), encoding="utf-8")

    for reports in ((), (path,)):
        export(ExportRequest(format="text", reports=reports or (folder,), output=None, audience="instructor"))
        err = capsys.readouterr().err
        assert (says in err, "marks.csv" in err) == (True, bool(says))


def test_grading_again_says_that_an_edited_report_is_drawn_anew(tmp_path: Path) -> None:
    """Of the very same run; a report of another course or grader is no edit."""
    told: list[str] = []
    reader = Readership(audience=Audience.INSTRUCTOR)
    with Journal(tmp_path, warn=told.append) as journal:
        out = ReportFolder(tmp_path, reader=reader, notes=journal, edition="1", warn=told.append)
        later = RUN.model_copy(update={"started": "2025-01-02T00:00:00+00:00"})
        for found in (work(), work(passed=1).model_copy(update={"run": later})):
            path = tmp_path / "reports" / "anna.json"
            out.show("anna", found)
            path.write_text(path.read_text(encoding="utf-8").replace('"earned": 10', '"earned": 9'), encoding="utf-8")
            out.show("anna", found)

    assert len(told) == 2
    assert all("was edited by hand" in each for each in told)


@pytest.mark.parametrize("command", ["template", "check"])
def test_the_commands_speak_both_languages(folder: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is done, and what is wrong."""
    for _ in range(2):  # the second time there is a file, or nothing more to say
        with suppress(UsageError):
            CliRunner().invoke(staff_app, ["marks", command, str(folder), "--lang", "zh"], catch_exceptions=False)
        said = capsys.readouterr().err
        assert not said or re.search(r"[\u4e00-\u9fff]", said)
