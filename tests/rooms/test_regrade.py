"""`grader regrade` on a small class in real rooms: shown, applied, gains alone, undone, dropped, and refused."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from grader.classes.classroom import grade_class
from grader.classes.export.edited import edits
from grader.classes.regrading.command import regrade
from grader.classes.regrading.request import RegradeRequest
from grader.classes.request import GradeRequest
from grader.errors import CourseError, UsageError
from grader.messages import ENGLISH
from grader.report.differences import Differences, Direction
from tests import lent_course
from tests.hostile.small_course import DOUBLE, handed_in, write_course

NOW = datetime(2025, 1, 2, tzinfo=UTC)
ASSIGNMENT = "assignments/small/assignment.py"
#: what students wrote for `double`
WORKS = {"ada": DOUBLE, "ben": DOUBLE.replace("2.0 * x", "x"), "cem": DOUBLE.replace("2.0 * x", "x + x")}
#: what of the course changes, and what becomes of whom
MILDER = ('check("secret", 4, question=DRAWN', 'check("secret", 4, question=DRAWN, rule=LeavesArguments()')
WORTH_LESS = ('check("example", 2', 'check("example", 1')
WORTH_MORE = ('check("example", 2', 'check("example", 12')


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course, a class and its folder, as `grade` leaves them."""
    home = tmp_path_factory.mktemp("graded")
    write_course(home / "course")
    (home / "class").mkdir()
    for student, cell in WORKS.items():
        (home / "class" / f"{student}.ipynb").write_bytes(handed_in(cell))
    request = GradeRequest(paths=(home / "class",), course=home / "course", out=home / "out", workers=1, quiet=True)
    assert grade_class(request, environment=_environment(home)) == 0
    return home


@pytest.fixture
def home(graded: Path, tmp_path: Path) -> Path:
    """A copy of all that, in which the work lies where it lay."""
    shutil.copytree(graded / "out", tmp_path / "out")
    shutil.copytree(graded / "class", tmp_path / "class")
    write_course(tmp_path / "course")
    return tmp_path


def _environment(home: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(home / "cache")}


def changed(home: Path, was: str, becomes: str) -> Path:
    path = home / "course" / ASSIGNMENT
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes), encoding="utf-8")
    return home / "course"


def ask(home: Path, **more: Any) -> int:
    request = RegradeRequest(folder=home / "out", submissions=(home / "class",), workers=1, quiet=True, **more)
    return regrade(request, environment=_environment(home), now=NOW)


def shown(home: Path, course: Path, **more: Any) -> Differences:
    ask(home, course=course, json=home / "shown.json", **more)
    return Differences.model_validate_json((home / "shown.json").read_bytes())


def content(folder: Path, *, apart: str = "nothing") -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)
    return {name: data for name, data in named if not name.startswith(apart)}


def points(home: Path) -> dict[str, int]:
    rows = json.loads((home / "out" / "class.json").read_bytes())["students"]
    return {row["student"]: row["score"]["earned"] for row in rows}


def test_the_same_course_changes_nothing(home: Path) -> None:
    """Nobody is asked again, and no set waits."""
    before = content(home / "out")
    assert shown(home, home / "course").works == ()
    assert content(home / "out") == before


def test_points_need_no_room(home: Path) -> None:
    """Nothing of the work need be there, nor a sandbox."""
    shutil.rmtree(home / "class")
    course = changed(home, *WORTH_MORE)
    found = shown(home, course, sandbox="no such sandbox")

    assert {work.who: (work.now and work.now.earned, work.asked_again) for work in found.works} == {
        "ada": (30, False),
        "ben": (10, False),
        "cem": (30, False),
    }


def test_of_a_changed_check_only_its_exercise_is_asked_again(home: Path) -> None:
    """And what comes out is what grading the class by that course gives."""
    course = changed(home, *MILDER)
    found = shown(home, course)
    after = json.loads((home / "out" / found.works[0].report_now).read_bytes())
    again = home / "again"
    request = GradeRequest(paths=(home / "class",), course=course, out=again, workers=1, quiet=True)
    grade_class(request, environment=_environment(home))
    fresh = json.loads((again / found.works[0].report_before).read_bytes())

    assert [(work.who, work.direction, work.asked_again) for work in found.works] == [("ben", Direction.GAINS, True)]
    assert [each.id for each in found.works[0].exercises] == ["double"]
    assert after["exercises"] == fresh["exercises"]


def test_what_waits_changes_nothing_that_others_read(home: Path) -> None:
    """Until it is applied, the class is as it was; dropped, so is its folder."""
    before = content(home / "out")
    shown(home, changed(home, *MILDER))
    assert content(home / "out", apart=".grader/regrades") == before

    ask(home, drop=True)
    assert content(home / "out") == before


def test_gains_alone_applied_and_undone_byte_for_byte(home: Path) -> None:
    """The reason is in the report; afterwards the folder is as before, to the last byte."""
    before = content(home / "out")
    shown(home, changed(home, *MILDER))
    assert points(home) == {"ada": 20, "ben": 10, "cem": 20}
    ask(home, apply=True, only_gains=True, reason="Too strict.")

    assert points(home) == {"ada": 20, "ben": 18, "cem": 20}
    assert "Too strict." in (home / "out" / "reports" / "ben.txt").read_text(encoding="utf-8")
    assert "ben" in (home / "out" / "class.csv").read_text(encoding="utf-8")
    assert content(home / "out" / "reports")["ada.json"] == before["reports/ada.json"]
    ask(home, undo=True)
    assert content(home / "out") == before


def test_judged_again_by_what_was_applied_nothing_changes(home: Path) -> None:
    """An applied set is what the next one begins from."""
    course = changed(home, *MILDER)
    ask(home, course=course, apply=True, reason="Too strict.")
    assert shown(home, course).works == ()


def test_marks_of_people_stay_and_are_named(home: Path) -> None:
    """A mark goes before whatever the machine says by now."""
    (home / "out" / "marks.csv").write_text("student,exercise,points,comment,override\nben,double,3,,yes\n")
    grade_class(
        GradeRequest(paths=(home / "class",), course=home / "course", out=home / "out", workers=1, quiet=True),
        environment=_environment(home),
    )
    found = shown(home, changed(home, *MILDER))
    ask(home, apply=True, reason="Too strict.")

    assert [(work.who, work.direction, work.exercises[0].mark) for work in found.works] == [("ben", Direction.SAME, 3)]
    assert points(home)["ben"] == 13


def test_work_that_is_gone_is_named_and_its_report_stays(home: Path) -> None:
    """Of the others nothing is lost."""
    (home / "class" / "ada.ipynb").unlink()
    found = shown(home, changed(home, *MILDER))

    assert [(each.who, each.reason.key) for each in found.left] == [("ada", "regrade_file_gone")]
    assert [work.who for work in found.works] == ["ben"]


#: what is asked, after what, and what the answer says
REFUSED: dict[str, tuple[list[dict[str, Any]], str]] = {
    "no reason": ([{"apply": True}], "--reason"),
    "two at once": ([{"undo": True, "drop": True}], "exclude"),
    "gains of nothing": ([{"only_gains": True}], "--only-gains"),
    "nothing waits": ([{"apply": True, "reason": "x"}], "Nothing waits"),
    "nothing to drop": ([{"drop": True}], "Nothing waits"),
    "nothing to undo": ([{"undo": True}], "nothing to undo"),
    "applied twice": ([{"apply": True, "reason": "x", "course": "new"}, {"apply": True, "reason": "x"}], "was applied"),
    "dropped after it applied": ([{"apply": True, "reason": "x", "course": "new"}, {"drop": True}], "was applied"),
}


@pytest.mark.parametrize(("steps", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_said_and_changes_nothing(home: Path, steps: list[dict[str, Any]], said: str) -> None:
    """What happened, and what to do next."""
    course = changed(home, *MILDER)
    *done, last = ({**step, **({"course": course} if "course" in step else {})} for step in steps)
    for step in done:
        ask(home, **step)
    before = content(home / "out")

    with pytest.raises(UsageError, match=said):
        ask(home, **last)
    assert content(home / "out") == before


def test_a_course_that_fails_to_load_changes_nothing(home: Path) -> None:
    """It says where."""
    before = content(home / "out")
    with pytest.raises(CourseError, match="raised ZeroDivisionError"):
        ask(home, course=changed(home, "exercises=(", "exercises=1 / 0 * ("))
    assert content(home / "out") == before


def test_gains_of_other_points_are_refused(home: Path) -> None:
    """Half of a class would have another total."""
    shown(home, changed(home, *WORTH_MORE))
    with pytest.raises(UsageError, match="two totals"):
        ask(home, apply=True, only_gains=True, reason="x")


@pytest.mark.parametrize(
    ("file", "said"),
    [("course/" + ASSIGNMENT, "The course"), ("out/reports/ada.json", "ada.json")],
    ids=["course", "report"],
)
def test_what_changed_since_it_was_shown_is_shown_again_first(home: Path, file: str, said: str) -> None:
    """Nobody applies what nobody saw."""
    shown(home, changed(home, *MILDER))
    path = home / file
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        ask(home, apply=True, reason="x")


def test_marks_of_later_are_not_undone(home: Path) -> None:
    """They are named; taken out, the set is undone."""
    ask(home, course=changed(home, *MILDER), apply=True, reason="Too strict.")
    marks = home / "out" / "marks.csv"
    marks.write_text("student,exercise,points,comment,override\nben,double,3,,yes\n")
    with pytest.raises(UsageError, match="was changed after it was applied"):
        ask(home, undo=True)
    marks.unlink()
    ask(home, undo=True)
    assert points(home)["ben"] == 10


def graded_again(home: Path, course: Path) -> None:
    again = GradeRequest(paths=(home / "class",), course=course, out=home / "out", workers=1, quiet=True)
    grade_class(again, environment=_environment(home))


def old_course(home: Path) -> Path:
    write_course(home / "old")
    return home / "old"


def test_what_was_judged_again_was_not_edited_by_hand(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither for an export nor for grading by the old course, which says what it replaces."""
    ask(home, course=changed(home, *WORTH_MORE), apply=True, reason="Too strict.")
    capsys.readouterr()
    assert list(edits([home / "out"])) == []
    graded_again(home, old_course(home))

    said = capsys.readouterr().err
    assert ("edited by hand" in said, said.count("Grading the class replaces")) == (False, 1)
    assert points(home) == {"ada": 20, "ben": 10, "cem": 20}


def test_what_was_judged_again_and_then_edited_by_hand_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """That report, and no other."""
    ask(home, course=changed(home, *WORTH_MORE), apply=True, reason="Too strict.")
    path = home / "out/reports/ada.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"earned": 12', '"earned": 11'), encoding="utf-8")
    capsys.readouterr()
    graded_again(home, old_course(home))

    said = capsys.readouterr().err
    assert [who for who in WORKS if f"{who}.json was edited by hand" in said] == ["ada"]


def test_what_can_no_longer_be_undone_is_put_away(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Graded over, it is over: the class stays as it is, and the next grading says nothing of it."""
    ask(home, course=changed(home, *MILDER), apply=True, reason="Too strict.")
    graded_again(home, old_course(home))
    with pytest.raises(UsageError, match="use --drop"):
        ask(home, undo=True)
    before = content(home / "out", apart=".grader/regrades")
    ask(home, drop=True)
    assert content(home / "out") == before

    capsys.readouterr()
    graded_again(home, old_course(home))
    assert "Grading the class replaces" not in capsys.readouterr().err


def test_a_mark_above_the_new_points_is_named_before_anything_applies(home: Path) -> None:
    """Which line, and what is wrong with it; what would not apply is not shown as applied."""
    (home / "out" / "marks.csv").write_text("student,exercise,points,comment,override\nben,double,10,,yes\n")
    graded_again(home, home / "course")
    found = shown(home, changed(home, *WORTH_LESS), html=home / "page.html")

    told = [ENGLISH.text(each) for each in found.marks_wrong]
    assert told == ['line 2: 10 points are more than the 9 of "double".']
    assert "more than the 9" in (home / "page.html").read_text(encoding="utf-8")
    assert [work.exercises[0].mark for work in found.works if work.who == "ben"] == [None]
    with pytest.raises(UsageError, match="more than the 9"):
        ask(home, apply=True, reason="x")


def test_the_pages_are_drawn_in_the_language_of_the_class(home: Path) -> None:
    """English as it was graded; the differences link both reports."""
    found = shown(home, changed(home, *MILDER), html=home / "page.html")
    page = (home / "page.html").read_text(encoding="utf-8")
    assert 'href="out/reports/ben.html"' in page
    assert f'href="out/{found.works[0].report_now}"' in page


def test_what_is_said_of_an_exercise_follows_those_it_builds_on(tmp_path: Path) -> None:
    """A function that passes by now stood in for nothing: whoever builds on it is asked again, as grading would."""
    lent_course.write_course(tmp_path / "course")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.ipynb").write_bytes(lent_course.handed_in(line=lent_course.WRONG_LINE))
    work, course, environment = tmp_path / "class", tmp_path / "course", _environment(tmp_path)
    grading = GradeRequest(paths=(work,), course=course, out=tmp_path / "out", workers=1, quiet=True)
    grade_class(grading, environment=environment)
    path = course / "assignments/lent/assignment.py"
    text = path.read_text(encoding="utf-8").replace("import Agrees\n", "import Agrees, LeavesArguments\n")
    was = 'exercise("line", calls(vectors(), count=5))'
    assert was in text
    path.write_text(text.replace(was, was.replace("count=5)", "count=5), rule=LeavesArguments()")), encoding="utf-8")

    found = shown(tmp_path, course)
    after = json.loads((tmp_path / "out" / found.works[0].report_now).read_bytes())
    again = GradeRequest(paths=(work,), course=course, out=tmp_path / "again", workers=1, quiet=True)
    grade_class(again, environment=environment)
    fresh = json.loads((tmp_path / "again/reports/ada.json").read_bytes())
    before = json.loads((tmp_path / "out/reports/ada.json").read_bytes())
    assert after["exercises"] == fresh["exercises"]
    assert before["exercises"][-1]["notices"] != after["exercises"][-1]["notices"]
