"""A content key stands for all that a report depends on, and for nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classes.fingerprint import bytes_key, content_key, context_key, essence
from grader.course.folder import Course
from grader.grading.provenance import installed, provenance
from grader.lab import HasWords, ToMark, check, lab, text
from grader.limits import NotebookLimits
from grader.notebook.bundle import read_together
from grader.notebook.notebook import parse
from grader.notebook.submission import extract
from grader.report.report import Provenance
from tests.hostile.small_course import DOUBLE, IMPORTS, TOTAL, write_course
from tests.notebooks import CellNode, code, markdown, notebook, raw
from tests.replay import Replay
from tests.unit.handed_in import zipped
from tests.unit.reports import PROVENANCE

CELLS: list[CellNode] = [
    code(IMPORTS),
    code(DOUBLE),
    code(TOTAL),
    code("def double(x): return"),
    code("def total(v:\n"),
    code("x = 1", tags=["graded"]),
    markdown("Some prose on double and total."),
    markdown("def double(x):\n    return x"),
    raw("def total(v):\n    return v"),
    raw("x = 1"),
]
LIMITS = NotebookLimits()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp("course")
    write_course(folder)
    return Course(folder)


def key(course: Course, *cells: CellNode, context: str = "here", python: str | None = None) -> str:
    return content_key(parse(notebook(*cells, python=python), LIMITS), course.assignment("small"), context)


@given(cells=st.lists(st.sampled_from(CELLS), max_size=6), python=st.sampled_from([None, "3.8.0", "3.99.0"]))
def test_what_the_key_leaves_out_cannot_change_what_is_graded(
    course: Course, cells: list[CellNode], python: str | None
) -> None:
    """Extraction finds the same answers, for the same reasons, in a notebook and in its essence."""
    assignment = course.assignment("small")
    whole = parse(notebook(*cells, python=python), LIMITS)
    kept = essence(whole, assignment)

    assert extract(kept, assignment).answers == extract(whole, assignment).answers
    assert extract(kept, assignment).notices == extract(whole, assignment).notices
    assert kept.notices == whole.notices


SAME = [
    pytest.param([code(DOUBLE, outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}])], id="outputs"),
    pytest.param([code(DOUBLE), markdown("I liked it.")], id="prose after it"),
    pytest.param([code(DOUBLE), raw("x = 1")], id="a raw cell after it"),
]
OTHER = [
    pytest.param([code(DOUBLE + "\n")], id="code"),
    pytest.param([code(DOUBLE, tags=["skip"])], id="tags"),
    pytest.param([code(DOUBLE), code("")], id="another cell"),
    pytest.param([markdown("I liked it."), code(DOUBLE)], id="a cell before it: reports name cells by number"),
    pytest.param([code(DOUBLE), markdown("def total(v):\n    return v")], id="an answer in a Markdown cell"),
]


@pytest.mark.parametrize("cells", SAME)
def test_what_grading_cannot_see_keeps_the_key(course: Course, cells: list[CellNode]) -> None:
    """A notebook that was run again, or commented on, is not graded again."""
    assert key(course, *cells) == key(course, code(DOUBLE))


@pytest.mark.parametrize("cells", OTHER)
def test_what_grading_may_see_changes_the_key(course: Course, cells: list[CellNode]) -> None:
    """Rather graded once too often than given another's report."""
    assert key(course, *cells) != key(course, code(DOUBLE))


def test_what_answers_in_prose_changes_the_key() -> None:
    """Nobody is given the report of another who wrote the same code and said something else; other prose is nothing."""
    why = ToMark(id="why", title="Why", points=1, prompt="Say why.")
    asked = lab(
        "a", "A", text("how", "How", prompt="Say how.").checks(check("long", "", 1, HasWords(1))), to_mark=(why,)
    )

    def of(*cells: str) -> str:
        return content_key(parse(notebook(*map(markdown, cells)), LIMITS), asked, "here")

    same = of("Say how.", "So.", "Say why.", "Thus.")
    assert same == of("Say how.", "So.", "Say why.", "Thus.", "I liked it.")
    others = [
        of("Say how.", "Or so.", "Say why.", "Thus."),
        of("Say how.", "So.", "Say why.", "Because."),
        of("Say how."),
    ]
    assert len({same, *others}) == 4


def test_each_of_several_notebooks_changes_the_key(course: Course) -> None:
    """And what it is called."""
    files = [{"a": DOUBLE}, {"a": DOUBLE, "b": TOTAL}, {"a": DOUBLE, "c": TOTAL}, {"a": DOUBLE, "b": "x = 1"}]
    zips = [zipped({f"{name}.ipynb": notebook(code(source)) for name, source in each.items()}) for each in files]

    assert len({content_key(read_together(each, LIMITS), course.assignment("small"), "here") for each in zips}) == 4


def test_the_context_and_the_writers_python_change_the_key(course: Course) -> None:
    """Syntax of a newer Python is forgiven to whoever had a newer Python."""
    keys = {
        key(course, code(DOUBLE)),
        key(course, code(DOUBLE), context="elsewhere"),
        key(course, code(DOUBLE), python="3.99.0"),
    }
    assert len(keys) == 3


def test_unreadable_bytes_are_known_by_themselves() -> None:
    """And never mistaken for the bytes of another context."""
    assert len({bytes_key("1", "here"), bytes_key("2", "here"), bytes_key("1", "elsewhere")}) == 3


def write(name: str, text: str = "# changed\n") -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


CHANGED = [
    pytest.param(write("assignments/small/assignment.py"), True, id="the assignment"),
    pytest.param(write("assignments/small/files/helper.py"), True, id="a file it hands out"),
    pytest.param(write("reference/small/solution.py"), True, id="the reference"),
    pytest.param(write("reference/small/mistakes.toml"), True, id="a mistake"),
    pytest.param(write("assignments/small/held/labels.npy"), True, id="a file that it keeps"),
    pytest.param(write("assignments/small/deep/er/table.csv"), True, id="a file in a folder of its own"),
    pytest.param(write("assignments/small/starter.ipynb"), True, id="the starter, whose names are lent"),
    pytest.param(write("reference/small/__pycache__/solution.pyc"), False, id="what Python left"),
    pytest.param(write("assignments/small/out/.grader/journal.sqlite3"), False, id="a journal of ours"),
    pytest.param(write("reference/other.py"), False, id="another reference"),
]


@pytest.mark.parametrize(("change", "counts"), CHANGED)
def test_a_change_of_the_course_counts_where_it_can_change_a_report(
    course: Course, tmp_path: Path, change: Callable[[Path], None], counts: bool
) -> None:
    """The assignment as its files are, whatever its version says."""
    shutil.copytree(course.folder, tmp_path / "course")
    change(tmp_path / "course")

    assert (context(Course(tmp_path / "course")) != context(course)) == counts


@pytest.mark.parametrize(
    "change",
    [
        {"grader": "9"},
        {"python": "3.99"},
        {"numpy": "9"},
        {"tensorflow": "9"},
        {"sandbox": "landlock"},
        {"seed": 7},
        {"packages": {"hypothesis": "9"}},
    ],
    ids=str,
)
def test_another_version_seed_or_sandbox_is_another_context(course: Course, change: dict[str, object]) -> None:
    """Whatever a report names as its provenance."""
    assert context(course, PROVENANCE.model_copy(update=change)) != context(course)


def test_other_limits_are_another_context(course: Course) -> None:
    """A file may be too large today and not tomorrow."""
    assert context(course, limits=NotebookLimits(cells=1)) != context(course)


@pytest.mark.parametrize("packages", [["hypothesis==2", "other==1"], ["hypothesis==1"], []], ids=str)
def test_another_package_is_another_context(course: Course, packages: list[str]) -> None:
    """Whatever is installed may draw inputs, judge, or be imported by a student."""
    assert context(course, packages=packages) != context(course, packages=["hypothesis==1", "other==1"])


def test_what_is_installed_is_known_whole() -> None:
    """The judge's, the rooms' and the references' alike; what the report names is among it."""
    named = {f"{name}=={version}" for name, version in provenance(Replay([]), 0).packages.items()}
    assert {name.partition("==")[0] for name in named} >= {"hypothesis", "sympy", "scipy", "h5py"}
    assert {each.lower().replace("-", "_") for each in installed()} >= {each.replace("-", "_") for each in named}


def context(
    course: Course,
    provenance: Provenance = PROVENANCE,
    limits: NotebookLimits = LIMITS,
    packages: Sequence[str] = (),
) -> str:
    return context_key(course, course.assignment("small"), provenance, limits, packages)
