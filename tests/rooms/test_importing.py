"""Courses of nbgrader and otter are brought over: what comes, what does not and why, and that it grades."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from grader.authoring.importing.command import ImportRequest, run_import
from grader.authoring.importing.found import MOST_NOTEBOOKS, found_in
from grader.authoring.importing.otter_tests import UNSAID, with_points
from grader.authoring.importing.pieces import Case
from grader.authoring.proof import Part, check_assignments
from grader.course.assignment import Assignment, Visibility
from grader.course.folder import UNFINISHED, Course
from grader.errors import UsageError
from tests import foreign

Import = Callable[..., int]


@pytest.fixture
def bring(tmp_path: Path) -> Import:
    """`grader import` into a new course."""

    def run(source: Path, *, check: bool = False) -> int:
        request = ImportRequest(source=source, output=tmp_path / "course", check=check, sandbox="none")
        return run_import(request, environment={})

    return run


def imported(folder: Path, name: str) -> Assignment:
    """The assignment as the course now has it."""
    return Course(folder / "course").assignment(name)


def worth(assignment: Assignment) -> dict[str, tuple[int, Visibility]]:
    """Points and visibility of all checks, by id."""
    return {check.id: (check.points, check.visibility) for each in assignment.exercises for check in each.checks}


def test_an_assignment_of_nbgrader_comes_over_and_proves_itself(
    tmp_path: Path, bring: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    """With whole points, hidden tests shown once results are out, and a word on all that does not come."""
    foreign.write(tmp_path / "source" / "ps" / "one.ipynb", *foreign.nbgrader_cells())
    foreign.write(tmp_path / "source" / "header.ipynb", foreign.node("code", "NAME = ''"))

    assert bring(tmp_path, check=True) == 0

    told = capsys.readouterr().out
    assert worth(imported(tmp_path, "ps")) == {
        "double_small_shown": (0, Visibility.VISIBLE),
        "double_small": (3, Visibility.AFTER_PUBLISHED),
        "double_arrays": (2, Visibility.VISIBLE),
        "thrice_is": (2, Visibility.VISIBLE),
    }
    assert "ps, from nbgrader" in told
    assert "7 of 20 points are checked, 12 to mark" in told
    for line in (
        "not double_alone (1): line 1: `del double` takes nothing away",
        "to mark why (4): Part A",
        "to mark look (8): Part B",
        "Their references pass every check",
    ):
        assert line in told


def test_what_an_imported_solution_imports_is_loaded_for_its_rooms(tmp_path: Path, bring: Import) -> None:
    """As the runtime that has it, or as a library that the assignment uses; parts of a library are of the library."""
    cells = foreign.nbgrader_cells()
    libraries = foreign.node("code", "import pandas as pd\nfrom sklearn.linear_model import Ridge\nimport sympy")
    foreign.write(tmp_path / "source" / "ps" / "one.ipynb", libraries, *cells)
    bring(tmp_path)

    brought = imported(tmp_path, "ps")
    assert (brought.runtime, brought.uses) == ("sympy", ("pandas", "sklearn"))


def test_the_author_hears_what_a_passed_function_carries_to_students(
    tmp_path: Path, bring: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    """By name, what is the cell's own, as it is met in turn; not what a library or the student has. It is no fault."""
    own = "limit = np.array([9.0])\ndef least(x):\n    return min(x, limit[0])\ndef capped(x):\n    return least(x)\n"
    asked = "target_value = 6\nassert twice(capped, x=4) == 4 and twice(double, 1) == 4 < target_value"
    foreign.write(
        tmp_path / "one.ipynb",
        foreign.node("code", "import numpy as np"),
        foreign.answer("a", "def twice(f, x):\n    return f(f(x))\ndef double(x):\n    return 2 * x"),
        foreign.test("secret", 1, "target_value = 3\nassert twice(lambda x: x + target_value, 0) == 6"),
        foreign.test("own", 1, own + asked),
        foreign.test("plain", 1, "k = 2\nassert twice(lambda x, k=1: double(np.abs(x)) + k, 0) == 3 == k + 1"),
    )

    assert bring(tmp_path / "one.ipynb", check=True) == 0

    told = capsys.readouterr().out
    assert "check secret: a lambda, which the cell passes, carries `target_value` into the student's room" in told
    assert "check own: `capped`, which the cell passes, carries `least`, `limit` into the student's room" in told
    assert told.count("the cell passes") == 2


def test_students_get_neither_solutions_nor_hidden_tests(tmp_path: Path, bring: Import) -> None:
    """The starter holds what the other grader would hand out."""
    foreign.write(tmp_path / "one.ipynb", *foreign.nbgrader_cells())
    bring(tmp_path / "one.ipynb")

    starter = (tmp_path / "course/assignments/one/starter.ipynb").read_text(encoding="utf-8")
    code = "".join(
        cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        for cell in json.loads(starter)["cells"]
    )
    assert "assert double(2) == 4" in code
    assert "raise NotImplementedError()" in code
    assert not any(secret in code for secret in ("return 2 * x", "double(factor)", "Because.", "factor * 1"))


def test_an_assignment_of_otter_comes_over_and_proves_itself(tmp_path: Path, bring: Import) -> None:
    """Questions, points as otter shares them out, hidden tests, messages."""
    foreign.write(tmp_path / "hw.ipynb", *foreign.otter_cells())

    assert bring(tmp_path / "hw.ipynb", check=True) == 0

    assignment = imported(tmp_path, "hw")
    assert worth(assignment) == {"q1_1": (1, Visibility.VISIBLE), "q1_2": (2, Visibility.AFTER_PUBLISHED)}
    assert assignment.exercises[0].checks[1].failed == "Arrays, too."
    assert [(each.id, each.points, each.rubric) for each in assignment.to_mark] == [("q2", 2, "Because.")]


def raw(text: str) -> foreign.Node:
    """A raw cell, as otter marks blocks."""
    return foreign.node("raw", text)


WRITE = foreign.node("markdown", "_Write here._")
PLOT = foreign.node("code", "# plot it here\n...")
PROMPT = (raw("# BEGIN PROMPT"), WRITE, raw("# END PROMPT"))
CODE_PROMPT = (raw("# BEGIN PROMPT"), PLOT, raw("# END PROMPT"))
SOLUTION = (raw("# BEGIN SOLUTION"), foreign.node("markdown", "Because."), raw("# END SOLUTION"))
TYPE_HERE = "_Type your answer here, replacing this text._"


@pytest.mark.parametrize(
    ("cells", "starter", "rubric"),
    [
        pytest.param(PROMPT, "_Write here._", "", id="a prompt alone"),
        pytest.param(CODE_PROMPT, "# plot it here\n...", "", id="a prompt of code alone"),
        pytest.param((), TYPE_HERE, "", id="nothing but the question"),
        pytest.param((*PROMPT, *SOLUTION), "_Write here._", "Because.", id="a prompt and an answer"),
        pytest.param(SOLUTION, TYPE_HERE, "Because.", id="an answer alone"),
    ],
)
def test_what_a_person_marks_comes_over_with_and_without_an_answer(
    tmp_path: Path, bring: Import, cells: tuple[foreign.Node, ...], starter: str, rubric: str
) -> None:
    """Students write where the author's prompt stands, once; what the author answered is the rubric, if anything."""
    asked = foreign.node("markdown", "Say why.")
    question = (raw("# BEGIN QUESTION\nname: why\npoints: 4\nmanual: true"), asked, *cells, raw("# END QUESTION"))
    foreign.write(tmp_path / "hw.ipynb", *one_question("points: 2", *ASSERTS), *question)

    assert bring(tmp_path / "hw.ipynb") == 0

    assert [(each.id, each.points, each.prompt, each.rubric) for each in imported(tmp_path, "hw").to_mark] == [
        ("why", 4, "Say why.", rubric)
    ]
    handed_out = json.loads((tmp_path / "course/assignments/hw/starter.ipynb").read_bytes())["cells"]
    sources = ["".join(each["source"]) for each in handed_out]
    assert sources[sources.index("Say why.") + 1 :] == [starter]


QUESTION = "def double(x):\n    return 2 * x  # SOLUTION"


def one_question(settings: str, *tests: foreign.Node) -> list[foreign.Node]:
    """A notebook for otter that asks for `double`."""
    return [
        foreign.node("raw", f"# BEGIN QUESTION\nname: q\n{settings}"),
        foreign.node("raw", "# BEGIN SOLUTION"),
        foreign.node("code", QUESTION),
        foreign.node("markdown", "The secret of doubling."),
        {**foreign.node("markdown", "Try it."), "metadata": {"tags": ["otter_include"]}},
        foreign.node("raw", "# END SOLUTION"),
        foreign.node("raw", "# BEGIN TESTS"),
        *tests,
        foreign.node("raw", "# END TESTS"),
        foreign.node("raw", "# END QUESTION"),
    ]


ASSERTS = [foreign.node("code", f"assert double({n}) == {2 * n}") for n in (1, 2)]


@pytest.mark.parametrize(
    ("settings", "tests", "points"),
    [
        pytest.param("points:\n  - 10\n  - 2", ASSERTS, [10, 2], id="listed one by one"),
        pytest.param("points: 3\nall_or_nothing: true", ASSERTS, [0, 3], id="all or nothing"),
        pytest.param(
            "points: 3\nall_or_nothing: true", [*ASSERTS, foreign.node("code", "None")], [0, 3], id="all of what comes"
        ),
    ],
)
def test_points_of_otter_come_to_the_tests_that_have_them(
    tmp_path: Path, bring: Import, settings: str, tests: list[foreign.Node], points: list[int]
) -> None:
    """Those of all or nothing to the last that comes over."""
    foreign.write(tmp_path / "hw.ipynb", *one_question(settings, *tests))

    assert bring(tmp_path / "hw.ipynb", check=True) == 0

    assert [each for each, _ in worth(imported(tmp_path, "hw")).values()] == points


def test_prose_of_a_solution_of_otter_is_no_students(tmp_path: Path, bring: Import) -> None:
    """But what its author says is for them."""
    foreign.write(tmp_path / "hw.ipynb", *one_question("points: 2", *ASSERTS))
    bring(tmp_path / "hw.ipynb")

    starter = (tmp_path / "course/assignments/hw/starter.ipynb").read_text(encoding="utf-8")
    assert "Try it." in starter
    assert "secret" not in starter


def test_tests_that_otter_has_assigned_come_over(tmp_path: Path, bring: Import) -> None:
    """Files of doctests and of functions, which are read and never run."""
    foreign.write(
        tmp_path / "hw" / "hw.ipynb", foreign.node("code", "def double(x):\n    return 2 * x\nseen = double(4)")
    )
    tests = tmp_path / "hw" / "tests"
    tests.mkdir()
    (tests / "q1.py").write_text(foreign.OK_TEST, encoding="utf-8")
    (tests / "q2.py").write_text(foreign.FUNCTION_TEST, encoding="utf-8")

    assert bring(tmp_path / "hw", check=True) == 0

    assert sorted(worth(imported(tmp_path, "hw"))) == ["q1_1", "q1_2", "q2_test_double"]


@pytest.mark.parametrize(
    ("said", "total", "shares"),
    [
        ((None, None), 3, ("3/2", "3/2")),
        ((2, None), 3, ("2", "1")),
        ((None, None), None, ("1/2", "1/2")),
        ((2, None), None, ("2", "0")),
    ],
)
def test_points_are_shared_as_otter_shares_them(
    said: tuple[int | None, ...], total: int | None, shares: tuple[str, ...]
) -> None:
    """What is left of the question's goes to tests that say nothing."""
    cases = [Case(name="t", source="", points=UNSAID if each is None else Fraction(each)) for each in said]

    assert tuple(str(case.points) for case in with_points(cases, None if total is None else Fraction(total))) == shares


def test_a_version_for_students_brings_tests_of_what_is_not_answered_yet(tmp_path: Path, bring: Import) -> None:
    """A cell in which nothing is bound is to bind what the test below it asks for."""
    cells = (
        foreign.answer("a", "# YOUR CODE HERE\nraise NotImplementedError()"),
        foreign.test("t", 1, "assert total == 6"),
    )
    foreign.write(tmp_path / "one.ipynb", *cells)
    bring(tmp_path / "one.ipynb")

    assert [each.target for each in imported(tmp_path, "one").exercises] == ["total"]


@pytest.mark.parametrize("mark", ["# BEGIN", "#BEGIN", "## BEGIN", "# === BEGIN"])
def test_regions_are_known_by_any_comment(tmp_path: Path, bring: Import, mark: str) -> None:
    """As nbgrader takes them: whatever it hides from students is hidden here."""
    end = mark.replace("BEGIN", "END")
    hiding = f"assert double(2) == 4\n{mark} HIDDEN TESTS\nassert double(3) == 6\n{end} HIDDEN TESTS"
    solution = f"def double(x):\n    {mark} SOLUTION\n    return 2 * x\n    {end} SOLUTION"
    foreign.write(tmp_path / "one.ipynb", foreign.answer("a", solution), foreign.test("t", 1, hiding))
    bring(tmp_path / "one.ipynb")

    starter = (tmp_path / "course/assignments/one/starter.ipynb").read_text(encoding="utf-8")
    assert "assert double(2) == 4" in starter
    assert not any(secret in starter for secret in ("double(3)", "2 * x", "BEGIN"))
    assert worth(imported(tmp_path, "one"))["t"] == (1, Visibility.AFTER_PUBLISHED)


def test_imports_of_an_answer_are_there_for_tests_and_so_is_nose(tmp_path: Path, bring: Import) -> None:
    """As they were where all cells ran one after the other; nobody needs an old nose for it."""
    cells = (
        foreign.node("code", "from nose.tools import assert_equal, raises"),
        foreign.answer("a", "import math\ndef root(x):\n    return math.sqrt(x)"),
        foreign.test("t", 1, "assert_equal(root(math.e), math.sqrt(math.e))\nraises(ValueError)(lambda: root(-1))()"),
        foreign.test("lambda", 1, "def area(f): return f(4)\nassert area(root) == 2"),
    )
    foreign.write(tmp_path / "one.ipynb", *cells)

    assert bring(tmp_path / "one.ipynb", check=True) == 0


OLD = """Write `double`.

{begin}
BEGIN QUESTION
name: q
points:
  each: 2
{end}
"""


@pytest.mark.parametrize(
    ("begin", "end"), [pytest.param("```", "```", id="in a fence"), pytest.param("<!--", "-->", id="in a comment")]
)
def test_what_was_written_for_the_first_otter_comes_over(tmp_path: Path, bring: Import, begin: str, end: str) -> None:
    """With its points and hidden tests; a question ends with its last test."""
    cells = (
        foreign.node("markdown", OLD.format(begin=begin, end=end)),
        foreign.node("code", QUESTION),
        foreign.node("code", "# TEST\ndouble(2) == 4", "True"),
        foreign.node("code", "## Hidden Test ##\ndouble(3) == 6", "True"),
        foreign.node("code", "print('on')"),
    )
    foreign.write(tmp_path / "hw.ipynb", *cells)

    assert bring(tmp_path / "hw.ipynb", check=True) == 0

    assert worth(imported(tmp_path, "hw")) == {"q_1": (2, Visibility.VISIBLE), "q_2": (2, Visibility.AFTER_PUBLISHED)}


def test_a_doctest_that_numpy_2_would_show_otherwise_holds(tmp_path: Path, bring: Import) -> None:
    """What its author meant is the value."""
    shown = foreign.node("code", "import numpy as np\nnp.sqrt(double(2)) == 2.0", "True")
    foreign.write(tmp_path / "hw.ipynb", *one_question("points: 1", shown))

    assert bring(tmp_path / "hw.ipynb", check=True) == 0


ELSEWHERE = {
    "run_autograder": "is an autograder of Gradescope",
    "infoCourse.json": "is a course of PrairieLearn",
    "asnlib/a.txt": "is an assignment of Vocareum",
    ".github/classroom/autograding.json": "is an assignment of GitHub Classroom",
    "submitted/ada/ps1/problem.ipynb": "holds what students handed in, and no source",
    "hw.Rmd": "is written in R Markdown or Quarto",
    "hw.py": "jupytext --to ipynb",
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_whose_a_source_is_that_does_not_come_over_is_said(tmp_path: Path, bring: Import, name: str) -> None:
    """With what to do instead."""
    (tmp_path / "in" / name).parent.mkdir(parents=True)
    (tmp_path / "in" / name).write_text("{}", encoding="utf-8")

    with pytest.raises(UsageError, match=ELSEWHERE[name]):
        bring(tmp_path / "in")


BAD: dict[str, tuple[str | list[foreign.Node], str]] = {
    "no notebook": ("{", "is no notebook"),
    "of another language": (
        json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {"language_info": {"name": "R"}}, "cells": []}),
        "it is a notebook of R",
    ),
    "an unknown version": ([foreign.test("t", 1, "assert 1", schema_version=9)], "of version 9"),
    "a region without an end": ([foreign.answer("a", "### BEGIN SOLUTION\nx = 1")], "does not end"),
    "a question without an end": ([foreign.node("raw", "# BEGIN QUESTION\nname: q1")], "has no `# END QUESTION`"),
    "settings that are none": ([foreign.node("raw", "# BEGIN QUESTION\n- a")], "its settings are none"),
    "of no grader": ([foreign.node("code", "x = 1")], "neither nbgrader nor otter"),
    "nothing to answer": (
        [foreign.test("t", 1, "assert 1 == 1")],
        "asks for nothing that a cell of the student's binds",
    ),
    "points that are none": ([foreign.test("t", float("nan"), "assert double(1) == 2")], "its points are 'nan'"),
    "endless points": ([foreign.test("t", 1e300, "assert double(1) == 2")], "which is no number from 0"),
    "settings that refer to themselves": (
        [foreign.node("raw", "# BEGIN QUESTION\nname: &a [x]\npoints: [*a, *a]")],
        "they refer to one another",
    ),
    "settings without end": (
        [foreign.node("raw", f"# BEGIN QUESTION\n{'#' * 30_000}")],
        "longer than 20,000 characters",
    ),
    "settings without bottom": (
        [foreign.node("raw", f"# BEGIN QUESTION\nname: {'[' * 15_000}")],
        "its settings are none",
    ),
    "an unknown format of notebooks": (
        json.dumps({"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}),
        "is no notebook",
    ),
    "a file without bottom": (
        f'{{"nbformat": 4, "nbformat_minor": 4, "metadata": {"[" * 50_000}{"]" * 50_000}, "cells": []}}',
        "bad.ipynb",
    ),
    "half a character": (
        json.dumps({"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "markdown", "source": "\ud800"}]}),
        "is no notebook",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_said_and_hides_no_other(
    tmp_path: Path, bring: Import, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """In the table, by file; the others come over."""
    cells, said = BAD[name]
    path = foreign.write(tmp_path / "in" / "bad.ipynb", *([] if isinstance(cells, str) else cells))
    if isinstance(cells, str):
        path.write_text(cells, encoding="utf-8")
    for good in ("also_good", "good"):
        foreign.write(tmp_path / "in" / f"{good}.ipynb", *foreign.nbgrader_cells())

    assert bring(tmp_path / "in") == (0 if name == "nothing to answer" else 1)

    told = capsys.readouterr().out
    assert said in told
    assert "2 of 3 notebooks came over" in told
    assert Course(tmp_path / "course").ids == ("also_good", "good")


UNREADABLE = {
    "no Python": ("assert double(", "it is no Python"),
    "deeper than anybody writes": (f"assert double({'(' * 3_000}1{')' * 3_000})", "it is no Python"),
    "longer than Python reads": (f"assert double({'+'.join(['1'] * 50_000)})", "double"),
}


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("peer", ["nbgrader", "otter"])
def test_a_test_that_cannot_be_read_is_lost_by_name(
    tmp_path: Path, bring: Import, capsys: pytest.CaptureFixture[str], peer: str, name: str
) -> None:
    """And no other test with it."""
    source, said = UNREADABLE[name]
    good = "assert double(2) == 4"
    if peer == "nbgrader":
        tests = [foreign.test("odd", 1, source), foreign.test("good", 1, good)]
        cells = [foreign.answer("a", "def double(x):\n    return 2 * x"), *tests]
    else:
        question = [foreign.node("raw", "# BEGIN QUESTION\nname: q"), foreign.node("raw", "# BEGIN SOLUTION")]
        answer = [foreign.node("code", "def double(x):\n    return 2 * x"), foreign.node("raw", "# END SOLUTION")]
        tests = [foreign.node("code", source), foreign.node("code", good)]
        cells = [*question, *answer, foreign.node("raw", "# BEGIN TESTS"), *tests]
        cells += [foreign.node("raw", "# END TESTS"), foreign.node("raw", "# END QUESTION")]
    foreign.write(tmp_path / "one.ipynb", *cells)

    bring(tmp_path / "one.ipynb")

    assert said in capsys.readouterr().out
    assert any(name in worth(imported(tmp_path, "one")) for name in ("good", "q_2"))


def two_notebooks(folder: Path, *more: foreign.Node) -> None:
    """An assignment of nbgrader with two notebooks, the second with these cells as well."""
    foreign.write(folder / "source" / "ps" / "one.ipynb", *foreign.nbgrader_cells())
    halve = foreign.answer("halve", "def halve(x):\n    return x / 2")
    foreign.write(
        folder / "source" / "ps" / "two.ipynb", halve, foreign.test("halve_it", 2, "assert halve(4) == 2"), *more
    )


def test_a_folder_with_two_notebooks_becomes_one_assignment(tmp_path: Path, bring: Import) -> None:
    """Whose exercises name theirs; its parts prove themselves as one, by the folder of the course or their own."""
    two_notebooks(tmp_path)

    assert bring(tmp_path, check=True) == 0

    assignment = imported(tmp_path, "ps")
    assert assignment.notebooks == ("one", "two")
    assert {each.target: each.notebook for each in assignment.exercises} == {
        "double": "one",
        "thrice": "one",
        "halve": "two",
    }
    assert {each.id: each.notebook for each in assignment.to_mark} == {"why": "one", "look": "one"}
    assert sorted(path.name for path in (tmp_path / "course/assignments/ps/starter").iterdir()) == [
        "one.ipynb",
        "two.ipynb",
    ]
    assert [each.id for each in found_in(tmp_path / "source" / "ps")] == ["ps"]


def test_notebooks_that_mean_different_things_by_one_name_are_assignments_of_their_own(
    tmp_path: Path, bring: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    """One script could not answer both."""
    two_notebooks(tmp_path, foreign.node("code", "factor = 5"))

    assert bring(tmp_path) == 0

    assert Course(tmp_path / "course").ids == ("ps_one", "ps_two")
    assert "an assignment of its own: factor means something else" in capsys.readouterr().out


def test_one_of_two_notebooks_that_cannot_be_read_hides_not_the_other(
    tmp_path: Path, bring: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named, and the assignment has what came."""
    two_notebooks(tmp_path)
    (tmp_path / "source" / "ps" / "one.ipynb").write_text("{", encoding="utf-8")

    assert bring(tmp_path) == 1

    assert imported(tmp_path, "ps").notebooks == ("two",)
    assert "1 of 2 notebooks came over" in capsys.readouterr().out


def test_five_hundred_assignments_come_over(tmp_path: Path, bring: Import, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with what is its own."""
    answer, test = (
        foreign.answer("a", "def double(x):\n    return 2 * x"),
        foreign.test("t", 1, "assert double(1) == 2"),
    )
    first = foreign.write(tmp_path / "source" / "ps0" / "ps.ipynb", answer, test)
    for number in range(1, 500):
        home = tmp_path / "source" / f"ps{number}"
        home.mkdir()
        (home / "ps.ipynb").write_bytes(first.read_bytes())

    assert bring(tmp_path) == 0

    assert "500 of 500 notebooks came over" in capsys.readouterr().out


def test_what_is_offered_beside_plain_tests_can_be_taken(tmp_path: Path, bring: Import) -> None:
    """As the guide says: without its comment marks, in the place of what was imported."""
    squares = foreign.answer("squares", "def squares(n):\n    return [k * k for k in range(1, n + 1)]")
    tests = [
        foreign.test("small", 1, "assert squares(1) == [1]"),
        foreign.test("ten", 1, "assert len(squares(10)) == 10"),
    ]
    foreign.write(tmp_path / "one.ipynb", foreign.node("markdown", "# Squares"), squares, *tests)
    bring(tmp_path / "one.ipynb", check=True)
    file = tmp_path / "course/assignments/one/assignment.py"
    written = file.read_text(encoding="utf-8")

    offer = written[written.index("    # REVIEW") : written.index("    work(")]
    assert offer in (Path(__file__).parents[2] / "assignments" / "IMPORT.md").read_text(encoding="utf-8")
    begin, end = written.index("    work("), written.index("    total=")
    taken = "".join(line.replace("# ", "", 1) for line in offer.splitlines(keepends=True) if "REVIEW" not in line)
    file.write_text(
        (written[:begin] + written[end:]).replace(offer, taken).replace("# from hypothesis", "from hypothesis"),
        encoding="utf-8",
    )
    course = Course(tmp_path / "course")
    (proof,) = check_assignments(
        course, ["one"], parts=[Part.NOTEBOOKS], sandbox="none", progress=lambda _done, _of: None
    )
    assert [each for each in proof.faults if "no mistake is about" not in each] == []
    assert [check.id for check in course.assignment("one").exercises[0].checks] == ["drawn"]


def test_a_version_for_students_lacks_its_solutions(
    tmp_path: Path, bring: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its tests come over, and what is left to write is marked."""
    stub = "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    foreign.write(tmp_path / "one.ipynb", foreign.answer("a", stub), foreign.test("t", 1, "assert double(1) == 2"))

    assert bring(tmp_path / "one.ipynb", check=True) == 1

    assert "It holds no solutions" in capsys.readouterr().out
    assert UNFINISHED in (tmp_path / "course/reference/one/solution.py").read_text(encoding="utf-8")


def test_nothing_that_an_author_names_is_code_or_takes_the_place_of_another(tmp_path: Path, bring: Import) -> None:
    """Titles are text wherever they come to stand, and a test may be called as what is made for it."""
    foreign.write(
        tmp_path / "one.ipynb",
        foreign.node("markdown", '# \\N """ \r1 / 0'),
        foreign.node("code", "import math"),
        foreign.answer("a", "def double(x):\n    return 2 * x"),
        foreign.test("setup_1", 1, "assert double(math.pi) > 6"),
    )

    assert bring(tmp_path / "one.ipynb", check=True) == 0

    tests = tmp_path / "course/reference/one/tests"
    assert "assert double" in (tests / "setup_1.py").read_text(encoding="utf-8")


def test_a_link_in_somebody_elses_course_leads_nowhere(tmp_path: Path) -> None:
    """Neither a folder nor a notebook is read that lies elsewhere: what is beside it would be handed out."""
    foreign.write(tmp_path / "mine" / "one.ipynb", *foreign.nbgrader_cells())
    foreign.write(tmp_path / "theirs" / "two.ipynb", *foreign.nbgrader_cells())
    (tmp_path / "theirs" / "folder").symlink_to(tmp_path / "mine")
    (tmp_path / "theirs" / "one.ipynb").symlink_to(tmp_path / "mine" / "one.ipynb")

    assert [each.id for each in found_in(tmp_path / "theirs")] == ["two"]


def test_what_is_there_already_is_left(tmp_path: Path, bring: Import) -> None:
    """Nobody's assignment is written over."""
    foreign.write(tmp_path / "one.ipynb", *foreign.nbgrader_cells())
    bring(tmp_path / "one.ipynb")

    with pytest.raises(UsageError, match="exists already"):
        bring(tmp_path / "one.ipynb")


def test_more_notebooks_than_anybody_has_are_refused(tmp_path: Path) -> None:
    """Before the first is read."""
    for number in range(MOST_NOTEBOOKS + 1):
        (tmp_path / f"a{number}.ipynb").touch()

    with pytest.raises(UsageError, match="Name a part of it"):
        found_in(tmp_path)
