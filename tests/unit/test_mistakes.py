"""The files of mistakes and variants: what is read of them, and what is said of those that cannot be read."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.course.mistakes import Mistake, Variant, read_mistakes, read_variants
from grader.course.text_files import MOST_BYTES
from grader.errors import CourseError
from tests.lent_course import SOLUTION, write_course

ROUNDS = 'says = "Rounds."\nhint = "How many?"\n'
HEAD = f"[train.a]\n{ROUNDS}"
EDIT = 'was = "range(3)"\nbecomes = "range(2)"\n'
ENTRY = HEAD + EDIT


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The course of four functions."""
    return write_course(tmp_path)


def mistakes(course: Course, text: str | bytes) -> tuple[Mistake, ...]:
    """What is read of a file of mistakes with that content."""
    path = course.folder / "reference" / "lent" / "mistakes.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_mistakes(course, course.assignment("lent"))


def variants(course: Course, text: str) -> tuple[Variant, ...]:
    """What is read of a file of variants with that content."""
    (course.folder / "reference" / "lent" / "variants.toml").write_text(text, encoding="utf-8")
    return read_variants(course, course.assignment("lent"))


def test_a_mistake_is_the_reference_with_an_edit(course: Course) -> None:
    """Under its name and exercise, with its sentence and its hint; it loses all checks unless it says which."""
    (found,) = mistakes(course, f"[train.short]\n{ROUNDS}{EDIT}")
    assert (found.name, found.exercise, found.says, found.hint) == ("short", "train", "Rounds.", "How many?")
    assert found.script.source == SOLUTION.replace("range(3)", "range(2)")
    assert found.script.name.endswith("reference/lent/mistakes.toml, train.short")
    assert found.loses == ("right",)


def test_a_cell_is_what_a_student_would_write_below_the_imports(course: Course) -> None:
    """Nothing else of the reference comes with it."""
    (found,) = variants(course, "[line.added]\nsays = 'Added.'\ncell = '''\ndef line(x):\n    return x + x + 1'''\n")
    assert found.script.source == "import numpy as np\n\n\ndef line(x):\n    return x + x + 1\n"


def test_a_mistake_may_be_an_edit_of_a_variant(course: Course) -> None:
    """So that what students write otherwise is written down once."""
    variants(course, "[line.added]\nsays = 'Added.'\ncell = 'def line(x): return x + x + 1'\n")
    edit = 'of = "added"\nwas = "x + x"\nbecomes = "x * x"\n'
    (found,) = mistakes(course, f"[line.squared]\n{ROUNDS}{edit}")
    assert "def line(x): return x * x + 1" in found.script.source


def test_the_order_is_that_of_the_file(course: Course) -> None:
    """Of two mistakes that fit, the first one is named."""
    found = mistakes(course, "".join(f"[train.{name}]\n{ROUNDS}{EDIT}\n" for name in ("b", "c", "a")))
    assert [each.name for each in found] == ["b", "c", "a"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[train]\n", "\ufeff"])
def test_no_entries_are_no_mistakes(text: str, course: Course) -> None:
    """An empty file is none, as is one that is not there."""
    assert mistakes(course, text) == ()
    assert read_variants(course, course.assignment("lent")) == ()


def test_line_ends_of_windows_change_nothing(course: Course) -> None:
    """Neither in the file nor in the reference."""
    solution = course.solution("lent")
    solution.write_bytes(SOLUTION.replace("\n", "\r\n").encode())
    text = f"[train.short]\n{ROUNDS}was = '''\na = line(x)\ntotal += cost(a, x)'''\nbecomes = 'total = 1'\n"
    (found,) = mistakes(course, text.replace("\n", "\r\n").encode())
    assert "        total = 1\n        step(" in found.script.source


FAULTS = [
    pytest.param(f"[other.short]\n{ROUNDS}{EDIT}", "other.short: there is no exercise 'other'", id="exercise"),
    pytest.param(f"{ENTRY}loses = ['left']\n", "train.a: loses: there is no check 'left'", id="check"),
    pytest.param(f"{ENTRY}loses = []\n", "train.a.loses: Tuple should have at least 1", id="no check"),
    pytest.param(f"{ENTRY}loses = ['right', 'right']\n", "a check stands twice", id="check twice"),
    pytest.param(f"{ENTRY}hints = ''\n", "train.a.hints: there is no such field", id="unknown key"),
    pytest.param(f"[train.a]\n{EDIT}hint = 'a'\n", "train.a.says: is missing. Add it", id="a missing key"),
    pytest.param(f"[train.a]\n{EDIT}says = 'a'\nhint = ''\n", "train.a.hint: String should have at least", id="empty"),
    pytest.param(f"{HEAD}edits = [{{was = 'a'}}]\n", "train.a.edits.0.becomes: is missing", id="half an edit"),
    pytest.param(f"{HEAD}was = 'a'\n", "`was` and `becomes` belong together", id="no becomes"),
    pytest.param(f"{HEAD}", "train.a: give `was` and `becomes`, or `edits`, or a `cell`", id="no form"),
    pytest.param(f"{ENTRY}cell = 'a'\n", "only one of these", id="two forms"),
    pytest.param(f"{HEAD}of = 'b'\ncell = 'a'\n", "stands alone: take out `of`", id="a cell of a variant"),
    pytest.param(f"{ENTRY}of = 'b'\n", "has no variant 'b'. In variants.toml there are: none", id="of"),
    pytest.param(f"{HEAD}was = 'box'\nbecomes = 'y'\n", "`box` occurs 3 times in solution.py", id="not unique"),
    pytest.param(f"{ENTRY}[cost.a]\n{ROUNDS}{EDIT}", "two entries are called a", id="a name twice"),
    pytest.param(f"{ENTRY}[train.a]\n", "is no TOML: Cannot declare ('train', 'a') twice", id="an entry twice"),
    pytest.param(f"[train.'a b']\n{ROUNDS}{EDIT}", "train.a b.[key]: String should match", id="no name"),
    pytest.param("train = 1\n", "train: Input should be a valid dictionary", id="no tables"),
    pytest.param("[train.a]\nsays = 'a\n", "is no TOML", id="no TOML"),
    pytest.param(f"[train.a]\nsays = {'[' * 5000}\n", "is no TOML", id="nested too deep"),
    pytest.param(f"[train.a]\nsays = {'9' * 5000}\n", "is no TOML", id="a number of endless digits"),
    pytest.param("# é".encode("latin-1"), "is not UTF-8 (byte 3). Save it as UTF-8", id="another encoding"),
    pytest.param(b"#" * (MOST_BYTES + 1), "is larger than 2 MB", id="huge"),
    pytest.param("train" + ".a" * 50_000 + " = 1\n", "a key has more than 100 parts", id="a key without end"),
    pytest.param("['train'" + " . 'a'" * 50_000 + "]\n", "a key has more than 100 parts", id="the same, quoted"),
]


@pytest.mark.parametrize(("text", "says"), FAULTS)
def test_a_fault_is_said_with_file_and_entry(text: str | bytes, says: str, course: Course) -> None:
    """As a CourseError, whatever was written there."""
    with pytest.raises(CourseError, match=re.escape(says)) as raised:
        mistakes(course, text)
    assert all("reference/lent/mistakes.toml" in line for line in raised.value.lines)


def test_what_is_no_file_is_a_fault_and_never_waited_for(course: Course) -> None:
    """A pipe gives nothing until somebody writes into it."""
    for folder, name in (("reference", "mistakes.toml"), ("assignments", "assignment.py")):
        home = course.folder / folder / "lent"
        (home / name).unlink(missing_ok=True)
        os.mkfifo(home / name)
        with pytest.raises(CourseError, match=rf"{name} is no regular file"):
            read_mistakes(course, course.assignment("lent"))


def test_a_link_that_leads_nowhere_is_a_fault(course: Course) -> None:
    """Without its mistakes an assignment would give no hints, and nobody would be told."""
    (course.folder / "reference" / "lent" / "mistakes.toml").unlink(missing_ok=True)
    (course.folder / "reference" / "lent" / "mistakes.toml").symlink_to("nowhere.toml")

    with pytest.raises(CourseError, match=r"mistakes\.toml cannot be read"):
        read_mistakes(course, course.assignment("lent"))


def test_all_faulty_entries_are_named_at_once(course: Course) -> None:
    """Each on a line of its own, so that an author corrects them in one go."""
    with pytest.raises(CourseError) as raised:
        mistakes(course, f"[train.a]\n{ROUNDS}[train.b]\n{ROUNDS}{EDIT}[train.c]\n{ROUNDS}")
    assert [re.findall(r"train\.\w", line) for line in raised.value.lines] == [["train.a"], ["train.c"]]


@pytest.mark.parametrize(("folder", "file"), [("wrong", "mistakes.toml"), ("right", "variants.toml")])
def test_scripts_of_a_folder_are_not_passed_over(folder: str, file: str, course: Course) -> None:
    """They were read once; whoever still has them is told where they belong now."""
    old = course.folder / "reference" / "lent" / folder
    old.mkdir()
    (old / "short.py").touch()
    with pytest.raises(CourseError, match=rf"{folder} is not read any more: .*{file}"):
        read_mistakes(course, course.assignment("lent"))
