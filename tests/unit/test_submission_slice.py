"""What runs for an answer: imports, the definitions it needs, and the graded cell up to its last needed statement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebook.submission import MOST_TO_WIDEN, Plan, extract, widen
from grader.notebook.submission.listing import list_statements
from tests.exercises import DIGITS, MODEL, SOFTMAX, answer, assignment, exercise, handed_in, plan, sources
from tests.notebooks import CellNode, code

F = exercise("f")


def run(*cells: str, asked: str = "f") -> list[str]:
    """All but the imports that run for the last of `cells`."""
    return sources(plan(exercise(asked), *map(code, cells)), "definition", "cell")


NEEDS = [
    pytest.param(["a = 1", "b = 2", "f = a"], ["a = 1", "f = a"], id="only what it needs"),
    pytest.param(["a = 1", "b = a", "c = b", "f = c"], ["a = 1", "b = a", "c = b", "f = c"], id="through others"),
    pytest.param(["a = 1", "a = 2", "f = a"], ["a = 2", "f = a"], id="the last binding"),
    pytest.param(["a = 1", "a = a + 1", "f = a"], ["a = 1", "a = a + 1", "f = a"], id="a binding that reads itself"),
    pytest.param(["a = 1", "a += 1", "f = a"], ["a = 1", "a += 1", "f = a"], id="an augmented assignment"),
    pytest.param(["a = 1", "if c:\n    a = 2", "f = a"], ["a = 1", "if c:\n    a = 2", "f = a"], id="perhaps bound"),
    pytest.param(["p = {}", "p['W'] = 1", "f = p"], ["p = {}", "p['W'] = 1", "f = p"], id="a store"),
    pytest.param(["p = C()", "p.x = 1", "f = p"], ["p = C()", "p.x = 1", "f = p"], id="an attribute"),
    pytest.param(["p = []", "p.append(1)", "f = p"], ["p = []", "p.append(1)", "f = p"], id="a method call"),
    pytest.param(["p['W'] = 1", "p = {}", "f = p"], ["p = {}", "f = p"], id="a store before the binding"),
    pytest.param(
        ["def g(): return h()", "def h(): return 1", "def f(): return g()"], None, id="functions in functions"
    ),
    pytest.param(["def h(): 0", "def f(): h()", "def h(): 1"], ["def h(): 0", "def f(): h()"], id="not later"),
    pytest.param(["def f(): return h()", "def h(): return g()", "def g(): return 1"], None, id="helpers defined later"),
    pytest.param(["sum = 3", "def f(z): return sum(z)"], ["def f(z): return sum(z)"], id="builtins"),
    pytest.param(["a = input()", "while True: pass", "f = 1"], ["f = 1"], id="blocking cells elsewhere"),
    pytest.param(
        ["m = Sequential()", "m.fit(X)", "m.summary()", "f = m"], ["m = Sequential()", "f = m"], id="training elsewhere"
    ),
    pytest.param(["def f(x): return f(x - 1)"], ["def f(x): return f(x - 1)"], id="recursion"),
    pytest.param(["a = b", "b = a", "f = a"], ["a = b", "f = a"], id="a circle"),
    pytest.param(["a, b = 1, 2", "f = b"], ["a, b = 1, 2", "f = b"], id="unpacking"),
    pytest.param(["a = 1; b = 2; c = 3", "f = b"], ["b = 2", "f = b"], id="semicolons"),
    pytest.param(["i = slow()", "for i in r: a = i", "f = a"], ["for i in r: a = i", "f = a"], id="loop variables"),
]


@pytest.mark.parametrize(("cells", "expected"), NEEDS)
def test_what_an_answer_needs_runs_before_it_and_nothing_else(cells: list[str], expected: list[str] | None) -> None:
    """Names are followed backward from the answer, through functions too; None stands for all cells."""
    found = run(*cells)
    if expected is None:
        assert sorted(found) == sorted(cells)
    else:
        assert found == expected


def test_a_helper_defined_later_runs_before_the_graded_cell() -> None:
    """The graded cell may call it at once, as it could in the notebook that was run twice."""
    assert run("f = h(1)", "def h(x): return x") == ["def h(x): return x", "f = h(1)"]


CELLS = [
    pytest.param("f = 1\nprint(f)\nslow()", ["f = 1"], id="nothing after the answer"),
    pytest.param("seed(1)\nprint(2)\nf = 1", ["seed(1)", "print(2)", "f = 1"], id="what stands before it"),
    pytest.param("f = g\nf.add(1)\nf.build(2)\nplot()", ["f = g", "f.add(1)", "f.build(2)"], id="changes after it"),
    pytest.param("f = g\nf.compile(1)", ["f = g", "f.compile(1)"], id="compile"),
    pytest.param(
        "f = Model()\nf.fit(X)\nh = f.fit(X)\nf.evaluate(X)\nf.summary()\nf.add(1)",
        ["f = Model()", "f.add(1)"],
        id="fit",
    ),
    pytest.param("test_f(f)\nf = 1", ["f = 1"], id="tests"),
    pytest.param("a = 1\ndel a\nf = 1", ["a = 1", "f = 1"], id="deletions"),
    pytest.param("def f(): return g()\nx = 1\ndef g(): return 2", None, id="a helper below it"),
    pytest.param("import a\nf = a.b", ["f = a.b"], id="imports run earlier"),
    pytest.param(
        "### START CODE HERE ###\nf = 1\n### END CODE HERE ###\nf = f + 1", ["f = 1", "f = f + 1"], id="no cut at END"
    ),
]


@pytest.mark.parametrize(("cell", "expected"), CELLS)
def test_the_graded_cell_runs_up_to_its_last_needed_statement(cell: str, expected: list[str] | None) -> None:
    """What follows it, trains, tests or deletes does not run."""
    found = sources(plan(F, code(cell)), "cell")
    assert found == (expected if expected is not None else cell.split("\n"))


def test_a_training_result_that_is_asked_for_runs() -> None:
    """`.fit` is left out only where its result is not needed."""
    found = plan(exercise("history"), code("m = g\nhistory = m.fit(X)"))
    assert sources(found) == ["m = g", "history = m.fit(X)"]


def test_only_what_the_answer_needs_must_not_fail() -> None:
    """A print, a seed or compile may fail at no cost; a definition it needs may not."""
    cells = [code("a = 1\na.change()"), code("print(a)\nf = a\nf.compile(1)\nf.add(2)")]
    needed = {each.source: each.needed for each in plan(F, *cells).statements}
    expected = {"a = 1": True, "a.change()": False, "print(a)": False}
    assert needed == {**expected, "f = a": True, "f.compile(1)": False, "f.add(2)": True}


def test_needed_imports_run_first_each_alone() -> None:
    """Imports come before all else, those from below the graded cell first of all; what nothing needs is left out."""
    cells = [code("import a\nx = 1; import b"), code("from c import *\nf = a"), code("try:\n    import a\nexcept E: 0")]
    found = plan(F, *cells)
    assert [(each.source, each.needed) for each in found.statements] == [
        ("try:\n    import a\nexcept E: 0", True),
        ("import a", True),
        ("from c import *", False),
        ("f = a", True),
    ]


def test_future_imports_come_first_of_all() -> None:
    """Python asks for that."""
    assert sources(plan(F, code("import a\nf = a"), code("from __future__ import annotations")), "import") == [
        "from __future__ import annotations",
        "import a",
    ]


def test_calls_and_settings_of_modules_are_not_needed() -> None:
    """`plt` being used does not bring in every plot of the notebook; a patch of a module runs, and may fail."""
    cells = [code("import plt"), code("plt.show()"), code("plt.bool = 1"), code("def f(): plt.plot()")]
    found = plan(F, *cells)
    assert sources(found, "definition") == ["plt.bool = 1"]
    assert [each.needed for each in found.statements if each.role == "definition"] == [False]


def test_an_import_later_than_a_definition_of_the_name_wins() -> None:
    """A name comes from the last statement that binds it, import or not."""
    assert run("def g(): return 1", "import g", "def f(): return g()") == ["def f(): return g()"]


def test_statements_saved_from_a_broken_cell_are_used() -> None:
    """One syntax error in an early cell costs neither imports nor helpers."""
    cells = [code("import numpy as np\nx = \ndef g(z): return z"), code("def f(z): return np.exp(g(z))")]
    assert sources(plan(F, *cells)) == ["import numpy as np", "def g(z): return z", "def f(z): return np.exp(g(z))"]


def test_two_answers_in_one_cell_each_have_their_plan() -> None:
    """A reference file is one cell with every answer in it."""
    both = "import np\ndef my_softmax(z): return np.e\nmodel = Sequential([1])"
    softmax, model = extract(handed_in(code(both)), DIGITS).answers
    assert isinstance(softmax, Plan)
    assert isinstance(model, Plan)
    assert sources(softmax) == both.split("\n")[:2]
    assert [each.needed for each in model.statements if each.role == "cell"] == [False, True]


def test_an_alias_brings_what_it_stands_for() -> None:
    """Seen: `my_softmax = softmax` in the test cell."""
    cells = [code("def softmax(z): return z"), code("my_softmax=softmax\ntest_my_softmax(my_softmax)")]
    assert sources(plan(SOFTMAX, *cells)) == ["def softmax(z): return z", "my_softmax=softmax"]


def test_widening_adds_every_statement_before_the_graded_cell() -> None:
    """Once a name is missing all that stands above is tried, in order, and may fail; tests and training stay out."""
    cells = ["import a", "exec('g = 1')", "%who\nx = 1", "m.fit(X)\ntest_x(x)", "def f(): return g + h()", "def h(): 0"]
    submission = extract(handed_in(*map(code, cells)), assignment(F))
    (narrow,) = submission.answers
    assert isinstance(narrow, Plan)
    wide = widen(submission, narrow)
    assert sources(wide) == ["import a", "exec('g = 1')", "x = 1", "def h(): 0", "def f(): return g + h()"]
    assert [each.needed for each in wide.statements] == [False, False, False, True, True]


HELPERS = ["a = 1", "b = a", "def g(z): return a + b", "import np", "p = {}", "p[a] = b", "%matplotlib inline"]
ANSWERS = ["def f(z): return g(z)", "f = p", "a = 2\nf = a + b", "# UNQ_C1\nf = np.e", "f = None", "x = 3"]
NOTEBOOKS = st.lists(st.sampled_from([*HELPERS, *ANSWERS]), max_size=8)
BROKEN = st.sampled_from(["x = ", "def h(:\n    pass", "(" * 300, "'''", "\0", "if a:\nb"])


@given(NOTEBOOKS, BROKEN)
def test_a_broken_cell_at_the_end_changes_no_plan(cells: list[str], broken: str) -> None:
    """A cell that cannot be read costs nothing."""
    nodes: list[CellNode] = [code(each) for each in cells]
    assert answer(F, *nodes, code(broken)) == answer(F, *nodes)


@given(NOTEBOOKS)
def test_a_plan_is_text_of_the_notebook_in_its_order(cells: list[str]) -> None:
    """Slicing invents nothing, repeats nothing, and keeps the order of the notebook within each role."""
    found = answer(F, *map(code, cells))
    statements = found.statements if isinstance(found, Plan) else ()
    for each in statements:
        assert each.source.split("\n")[0] in cells[each.cell - 1].split("\n")[each.line - 1]
    for role in ("definition", "cell"):
        places = [(each.cell, each.line) for each in statements if each.role == role]
        assert places == sorted(set(places))


@given(NOTEBOOKS)
def test_a_plan_that_is_widened_still_holds_the_plan(cells: list[str]) -> None:
    """Widening only adds."""
    submission = extract(handed_in(*map(code, cells)), assignment(F))
    for each in submission.answers:
        if isinstance(each, Plan):
            assert set(sources(each)) <= set(sources(widen(submission, each)))


def test_a_plan_of_more_statements_than_anybody_writes_is_left_as_it_is() -> None:
    """To widen it reads all of its notebook once more, for each of several answers."""
    submission = extract(handed_in(code("import a"), code("def f(): return g")), assignment(F))
    (narrow,) = submission.answers
    assert isinstance(narrow, Plan)
    wide = replace(narrow, statements=narrow.statements * (MOST_TO_WIDEN + 1))
    assert widen(submission, wide) is wide
    assert widen(submission, narrow) is not narrow


def test_a_notebook_is_read_once_however_often_it_is_widened() -> None:
    """A hostile one takes seconds to read, and each exercise may want a wider plan."""
    notebook = handed_in(code("x = 1"), code("def f():\n    return y"))

    assert list_statements(notebook) is list_statements(notebook)


def test_a_model_is_planned_as_the_lab_has_it() -> None:
    """The seed lab's cells: imports with a magic and a lost helper, a seed, the model, and the cells around it."""
    cells = [
        code("import numpy as np\nfrom tensorflow.keras.models import Sequential\n%matplotlib widget\nimport autils"),
        code("X, y = load_data()\nplt.show()"),
        code(
            "# UNQ_C2\n# GRADED CELL: Sequential model\ntf.random.set_seed(1)\nmodel = Sequential([])\nmodel.summary()"
        ),
        code("model.compile()\nhistory = model.fit(X, y, epochs=40)"),
    ]
    found = plan(MODEL, *cells)
    assert sources(found, "definition", "cell") == ["tf.random.set_seed(1)", "model = Sequential([])"]


TRAINED = exercise("model", trained=True)
DEFINED = "model = Sequential([Dense(3)])"
TRAINING = "history = model.fit(X, y)"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(["X, y = 1, 2", f"{DEFINED}\n{TRAINING}"], ["X, y = 1, 2", DEFINED, TRAINING], id="in one cell"),
        pytest.param(["X, y = 1, 2", DEFINED, TRAINING], ["X, y = 1, 2", DEFINED, TRAINING], id="in a later cell"),
        pytest.param(
            ["X, y = 1, 2", f"# GRADED CELL: model\n{DEFINED}", TRAINING],
            ["X, y = 1, 2", DEFINED, TRAINING],
            id="after the marked cell",
        ),
        pytest.param(
            ["X, y = 1, 2", DEFINED, f"# GRADED CELL: model\n{TRAINING}"],
            ["X, y = 1, 2", DEFINED, TRAINING],
            id="in the marked cell",
        ),
        pytest.param(
            [DEFINED, "model.compile('adam')", "for _ in range(3):\n    model.fit(1, 2)", "model.summary()"],
            [DEFINED, "model.compile('adam')", "for _ in range(3):\n    model.fit(1, 2)"],
            id="in a loop",
        ),
        pytest.param([DEFINED, "other.fit(1, 2)"], [DEFINED], id="another model is trained"),
        pytest.param([DEFINED, "def f():\n    model.fit(1, 2)"], [DEFINED], id="in a function that nobody calls"),
    ],
)
def test_a_trained_model_is_trained(cells: list[str], expected: list[str]) -> None:
    """Where training is what is asked about, it runs, up to the last cell that trains the model."""
    assert sources(plan(TRAINED, *map(code, cells))) == expected


def test_training_a_model_in_a_later_cell_is_no_second_answer() -> None:
    """The marked cell and the cell that trains are one answer, and there is nothing to notice."""
    found = plan(TRAINED, code(f"# GRADED CELL: model\n{DEFINED}"), code("model.fit(1, 2)"))
    assert (found.cell, found.found_by, found.notices) == (2, "marker", ())
