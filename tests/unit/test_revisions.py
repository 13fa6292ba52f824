"""Which exercises a change of a course touches: what needs a room again, and what is points and words."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.revisions import Change, Part, Revision, compared
from tests.hostile.small_course import write_course

ASSIGNMENT, SOLUTION = "assignments/small/assignment.py", "reference/small/solution.py"
MISTAKES = '[double.half]\nsays = "It halves."\nhint = "{hint}"\nwas = "2.0 * x"\nbecomes = "{becomes}"\n'

#: what is edited in which file, and what of `double` and of `total` has to be asked again then
EDITS: dict[str, tuple[str, str, str, tuple[Part, ...], tuple[Part, ...]]] = {
    "points": (ASSIGNMENT, 'check("example", 2', 'check("example", 20', (), ()),
    "a text": (ASSIGNMENT, 'failed="No."', 'failed="Not yet."', (), ()),
    "a title": (ASSIGNMENT, "The sum of all entries", "The sum", (), ()),
    "a comment": (ASSIGNMENT, "DRAWN = ", "# as drawn\nDRAWN = ", (), ()),
    "an example": (ASSIGNMENT, "[1.0, 2.5]", "[1.0, 2.25]", (Part.QUESTIONS,), ()),
    "fewer drawn": (ASSIGNMENT, "count=10", "count=9", (Part.QUESTIONS,), (Part.QUESTIONS,)),
    "a rule": (ASSIGNMENT, "rule=Repeats()", "rule=Agrees()", (Part.QUESTIONS,), ()),
    "limits": (ASSIGNMENT, "cpu_seconds=1,", "cpu_seconds=2,", (Part.QUESTIONS,), ()),
    "a reference": (SOLUTION, "np.sum(v)", "np.sum(v) + 0.0", (), (Part.REFERENCE,)),
}  # fmt: skip


def revision(folder: Path, seed: int = 0, environment: str = "here") -> Revision:
    course = Course(folder)
    return Revision(course=course, assignment=course.assignment("small"), seed=seed, environment=environment)


@pytest.fixture
def before(tmp_path: Path) -> Revision:
    write_course(tmp_path / "before")
    return revision(tmp_path / "before")


def edited(folder: Path, file: str, was: str, becomes: str) -> Revision:
    write_course(folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes), encoding="utf-8")
    return revision(folder)


def parts(changes: dict[str, Change]) -> dict[str, set[Part]]:
    return {name: set(change.asked_again) for name, change in changes.items()}


@pytest.mark.parametrize(("file", "was", "becomes", "double", "total"), EDITS.values(), ids=EDITS)
def test_a_change_touches_what_it_can_change_and_no_more(
    before: Revision,
    tmp_path: Path,
    file: str,
    was: str,
    becomes: str,
    double: tuple[Part, ...],
    total: tuple[Part, ...],
) -> None:
    """An exercise is asked again only if its question, rules, reference, or the way to its cell differ."""
    found = parts(compared(before, edited(tmp_path / "now", file, was, becomes)))
    assert found == {"double": set(double), "total": set(total)}


def test_another_name_to_look_for_touches_everything(before: Revision, tmp_path: Path) -> None:
    """Which cell answers one exercise depends on what the others are called."""
    write_course(tmp_path / "now")
    (tmp_path / "now" / SOLUTION).write_text(
        "def double(x):\n    return 2.0 * x\n\n\ndef totals(v):\n    return sum(v)\n"
    )
    path = tmp_path / "now" / ASSIGNMENT
    path.write_text(path.read_text("utf-8").replace('target="total"', 'target="totals"'), "utf-8")
    found = parts(compared(before, revision(tmp_path / "now")))
    assert all(Part.SURROUNDINGS in each for each in found.values())


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        pytest.param('version="1",', 'version="1", from_room=("fetch",),', id="names from the room"),
        pytest.param("target=", 'notebook="one", target=', id="the notebook"),
    ],
)
def test_what_a_room_gives_and_where_it_is_answered_touch_everything(
    before: Revision, tmp_path: Path, was: str, becomes: str
) -> None:
    """Other code runs, or another file is looked into."""
    write_course(tmp_path / "now")
    path = tmp_path / "now" / ASSIGNMENT
    path.write_text(path.read_text("utf-8").replace(was, becomes), "utf-8")
    assert all(Part.SURROUNDINGS in each for each in parts(compared(before, revision(tmp_path / "now"))).values())


def test_the_same_course_elsewhere_is_the_same(before: Revision, tmp_path: Path) -> None:
    """Where it lies is no matter."""
    write_course(tmp_path / "now")
    changes = compared(before, revision(tmp_path / "now")).values()
    assert not any(each.asked_again or each.other_mistakes or each.hints for each in changes)


@pytest.mark.parametrize("more", [{"seed": 1}, {"environment": "there"}], ids=str)
def test_another_seed_or_grader_touches_everything(before: Revision, tmp_path: Path, more: dict[str, str]) -> None:
    """Inputs are drawn anew, or judged by other code."""
    write_course(tmp_path / "now")
    now = revision(tmp_path / "now", **more)  # type: ignore[arg-type]  # one of the two
    assert all(Part.SURROUNDINGS in change.asked_again for change in compared(before, now).values())


def test_a_hint_of_a_mistake_is_words_and_its_code_is_not(tmp_path: Path) -> None:
    """Other words are said at once; whether a wrong answer is like other code has to be found out."""
    found = []
    for name, hint, becomes in (("a", "Old.", "x / 2"), ("b", "New.", "x / 2"), ("c", "Old.", "x / 4")):
        write_course(tmp_path / name)
        mistakes = tmp_path / name / "reference/small/mistakes.toml"
        mistakes.write_text(MISTAKES.format(hint=hint, becomes=becomes), encoding="utf-8")
        found.append(revision(tmp_path / name))
    old, reworded, other = found

    assert compared(old, reworded)["double"].hints == {"Old.": "New."}
    assert not compared(old, reworded)["double"].other_mistakes
    assert compared(old, other)["double"].other_mistakes
    assert not compared(old, other)["total"].other_mistakes
