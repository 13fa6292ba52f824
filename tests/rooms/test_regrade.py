"""`grader regrade` on a small class in real rooms: shown, applied, gains alone, undone, dropped, and refused."""

from __future__ import annotations

import json
import os
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
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every test finds its course and class: a set remembers where it was made. Keys stay for the next test."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def graded(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a course, a class and its folder, as `grade` leaves them."""
    write_course(place / "course")
    (place / "class").mkdir()
    for student, cell in WORKS.items():
        (place / "class" / f"{student}.ipynb").write_bytes(handed_in(cell))
    assert graded_again(place, place / "course") == 0
    return kept(place, tmp_path_factory)


@pytest.fixture(scope="module")
def waiting(place: Path, graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same when a milder course was tried, and its set waits."""
    restored(place, graded)
    ask(place, course=changed(place, *MILDER), json=place / "shown.json", html=place / "page.html")
    return kept(place, tmp_path_factory)


@pytest.fixture(scope="module")
def changed_for_good(place: Path, waiting: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same when that set was applied."""
    ask(restored(place, waiting), apply=True, reason="Too strict.")
    return kept(place, tmp_path_factory)


def kept(place: Path, factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(place, factory.mktemp("kept") / "home", ignore=shutil.ignore_patterns("cache"))


def restored(place: Path, kept: Path) -> Path:
    for name in {path.name for path in place.iterdir()} - {"cache"}:
        (shutil.rmtree if (place / name).is_dir() else os.unlink)(place / name)
    return shutil.copytree(kept, place, dirs_exist_ok=True)


@pytest.fixture
def home(place: Path, graded: Path) -> Path:
    """A class that was graded."""
    return restored(place, graded)


@pytest.fixture
def waits(place: Path, waiting: Path) -> Path:
    """A class of which a set waits: by a milder course, one of three gains."""
    return restored(place, waiting)


@pytest.fixture
def applied(place: Path, changed_for_good: Path) -> Path:
    """A class of which that set was applied."""
    return restored(place, changed_for_good)


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
    return what_was_shown(home)


def what_was_shown(home: Path) -> Differences:
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


def test_of_a_changed_check_only_its_exercise_is_asked_again(waits: Path) -> None:
    """And what comes out is what grading the class by that course gives."""
    found = what_was_shown(waits)
    after = json.loads((waits / "out" / found.works[0].report_now).read_bytes())
    graded_again(waits, waits / "course", out="again")
    fresh = json.loads((waits / "again" / found.works[0].report_before).read_bytes())

    assert [(work.who, work.direction, work.asked_again) for work in found.works] == [("ben", Direction.GAINS, True)]
    assert [each.id for each in found.works[0].exercises] == ["double"]
    assert after["exercises"] == fresh["exercises"]


def test_what_waits_changes_nothing_that_others_read(graded: Path, waits: Path) -> None:
    """Until it is applied, the class is as it was; dropped, so is its folder."""
    before = content(graded / "out")
    assert content(waits / "out", apart=".grader/regrades") == before

    ask(waits, drop=True)
    assert content(waits / "out") == before


def test_gains_alone_applied_and_undone_byte_for_byte(graded: Path, waits: Path) -> None:
    """The reason is in the report; afterwards the folder is as before, to the last byte."""
    before = content(graded / "out")
    assert points(waits) == {"ada": 20, "ben": 10, "cem": 20}
    ask(waits, apply=True, only_gains=True, reason="Too strict.")

    assert points(waits) == {"ada": 20, "ben": 18, "cem": 20}
    assert "Too strict." in (waits / "out" / "reports" / "ben.txt").read_text(encoding="utf-8")
    assert "ben" in (waits / "out" / "class.csv").read_text(encoding="utf-8")
    assert content(waits / "out" / "reports")["ada.json"] == before["reports/ada.json"]
    ask(waits, undo=True)
    assert content(waits / "out") == before


def test_judged_again_by_what_was_applied_nothing_changes(applied: Path) -> None:
    """An applied set is what the next one begins from."""
    assert shown(applied, applied / "course").works == ()


def test_a_set_may_be_applied_as_it_is_made(home: Path) -> None:
    """In one command, which says both what changes and why."""
    ask(home, course=changed(home, *MILDER), apply=True, reason="Too strict.")
    assert points(home) == {"ada": 20, "ben": 18, "cem": 20}


def test_marks_of_people_stay_and_are_named(home: Path) -> None:
    """A mark goes before whatever the machine says by now."""
    (home / "out" / "marks.csv").write_text("student,exercise,points,comment,override\nben,double,3,,yes\n")
    graded_again(home, home / "course")
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


#: what is asked, of a class in what state, and what the answer says
REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "no reason": ("home", {"apply": True}, "--reason"),
    "two at once": ("home", {"undo": True, "drop": True}, "exclude"),
    "gains of nothing": ("home", {"only_gains": True}, "--only-gains"),
    "nothing waits": ("home", {"apply": True, "reason": "x"}, "Nothing waits"),
    "nothing to drop": ("home", {"drop": True}, "Nothing waits"),
    "nothing to undo": ("home", {"undo": True}, "nothing to undo"),
    "applied twice": ("applied", {"apply": True, "reason": "x"}, "was applied"),
    "dropped after it applied": ("applied", {"drop": True}, "was applied"),
}


@pytest.mark.parametrize(("state", "asked", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    request: pytest.FixtureRequest, state: str, asked: dict[str, Any], said: str
) -> None:
    """What happened, and what to do next."""
    home: Path = request.getfixturevalue(state)
    before = content(home / "out")

    with pytest.raises(UsageError, match=said):
        ask(home, **asked)
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
def test_what_changed_since_it_was_shown_is_shown_again_first(waits: Path, file: str, said: str) -> None:
    """Nobody applies what nobody saw."""
    path = waits / file
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        ask(waits, apply=True, reason="x")


def test_marks_of_later_are_not_undone(applied: Path) -> None:
    """They are named; taken out, the set is undone."""
    marks = applied / "out" / "marks.csv"
    marks.write_text("student,exercise,points,comment,override\nben,double,3,,yes\n")
    with pytest.raises(UsageError, match="was changed after it was applied"):
        ask(applied, undo=True)
    marks.unlink()
    ask(applied, undo=True)
    assert points(applied)["ben"] == 10


def graded_again(home: Path, course: Path, *, out: str = "out") -> int:
    again = GradeRequest(paths=(home / "class",), course=course, out=home / out, workers=1, quiet=True)
    return grade_class(again, environment=_environment(home))


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


def test_what_can_no_longer_be_undone_is_put_away(applied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Graded over, it is over: the class stays as it is, and the next grading says nothing of it."""
    graded_again(applied, old_course(applied))
    with pytest.raises(UsageError, match="use --drop"):
        ask(applied, undo=True)
    before = content(applied / "out", apart=".grader/regrades")
    ask(applied, drop=True)
    assert content(applied / "out") == before

    capsys.readouterr()
    graded_again(applied, old_course(applied))
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


def test_the_pages_are_drawn_in_the_language_of_the_class(waits: Path) -> None:
    """English as it was graded; the differences link both reports."""
    found = what_was_shown(waits)
    page = (waits / "page.html").read_text(encoding="utf-8")
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
