"""Where an answer is found: by marker, by definition, by binding; and which of several is graded."""

from __future__ import annotations

import sys

import pytest

from grader.course.assignment import Exercise
from grader.notebook.submission import Missing, Plan, Unparsable, extract
from grader.notebook.submission.find import hidden_answer
from tests.english import all_spoken, spoken
from tests.exercises import DIGITS, MODEL, SOFTMAX, answer, assignment, exercise, handed_in, plan, sources
from tests.notebooks import CellNode, code, markdown, raw

GOOD = "def my_softmax(z):\n    return np.exp(z) / np.exp(z).sum()"
BLANK = "def my_softmax(z):\n    ### START CODE HERE ###\n    a = None\n    ### END CODE HERE ###\n    return a"
MARKED = "# UNQ_C1\n# GRADED CELL: my_softmax\n"
NET = "model = Sequential([Dense(10)])"

SPELLINGS = [
    "# GRADED CELL: my_softmax",
    "# GRADED FUNCTION: my_softmax",
    "# GRADED FUNCTION:my_softmax",
    "#GRADED FUNCTION : my_softmax",
    "##  graded cell:   MY_SOFTMAX  ",
    "# GRADED FUNCTIONS: other, my_softmax",
    "# GRADED FUNCTION: my_softmax(z)",
    "# GRADED CELL my_softmax",
    "# UNQ_C7 # GRADED CELL: my_softmax",
    "# UNQ_C7 GRADED CELL: my_softmax",
    "# UNQ_C1",
    "# unq_c1 (do not edit)",
    "x = 1\n    \n# GRADED CELL: my softmax",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_mark_is_known_in_every_spelling(spelling: str) -> None:
    """Case, spacing, lists and several marks on a line make no difference."""
    assert plan(SOFTMAX, code(f"{spelling}\n{GOOD}")).found_by == "marker"


NO_MARKS = [
    "# UNGRADED FUNCTION: my_softmax",
    "# NOT GRADED FUNCTION: my_softmax",
    "# the GRADED CELL: my_softmax comes below",
    "print('# GRADED CELL: my_softmax')",
    "# GRADED CELL: my_dense",
    "# UNQ_C11",
    "# UNQ_C2",
    "### START CODE HERE ###",
    "",
]


@pytest.mark.parametrize("comment", NO_MARKS)
def test_what_only_resembles_a_mark_is_none(comment: str) -> None:
    """The answer is still found, but by its definition."""
    assert plan(SOFTMAX, code(f"{comment}\n{GOOD}")).found_by == "definition"


def test_a_mark_of_several_words_is_found() -> None:
    """`Sequential model` marks the cell that binds `model`."""
    found = plan(MODEL, code(f"# UNQ_C1 # GRADED CELL: Sequential model\n{NET}"))
    assert (found.found_by, found.target, found.cell) == ("marker", "model", 1)


BINDINGS = [
    pytest.param("def model(): pass", "definition", id="def"),
    pytest.param("async def model(): pass", "definition", id="async def"),
    pytest.param("class model: pass", "definition", id="class"),
    pytest.param("if ready:\n    def model(): return 1", "definition", id="def in if"),
    pytest.param("model = f()", "binding", id="assignment"),
    pytest.param("a = model = f()", "binding", id="chained"),
    pytest.param("a, (model, *b) = f()", "binding", id="unpacked"),
    pytest.param("model: Sequential = f()", "binding", id="annotated"),
    pytest.param("print(model := f())", "binding", id="walrus"),
    pytest.param("import net as model", "binding", id="import as"),
    pytest.param("from net import model", "binding", id="import from"),
    pytest.param("for model in nets: pass", "binding", id="for"),
    pytest.param("with strategy():\n    model = f()", "binding", id="in with"),
    pytest.param("try:\n    model = f()\nexcept ValueError:\n    raise", "binding", id="in try"),
]


@pytest.mark.parametrize(("source", "found_by"), BINDINGS)
def test_every_way_to_bind_the_target_answers(source: str, found_by: str) -> None:
    """A cell without a mark answers if any of its statements binds the target."""
    assert plan(MODEL, code(source)).found_by == found_by


NO_BINDINGS = [
    pytest.param("def f():\n    model = 1", id="within a function"),
    pytest.param("model: Sequential", id="an annotation alone"),
    pytest.param("x = [model for model in nets]", id="a comprehension"),
    pytest.param("model.add(1)", id="a change"),
    pytest.param("print(model)", id="a use"),
    pytest.param("'''\nmodel = 1\n'''", id="a text"),
    pytest.param("del model", id="a deletion"),
]


@pytest.mark.parametrize("source", NO_BINDINGS)
def test_what_does_not_bind_the_target_is_no_answer(source: str) -> None:
    """Names local to something, and uses, are not answers."""
    assert isinstance(answer(MODEL, code(source)), Missing)


LAST = [
    pytest.param([code(GOOD), code(GOOD)], 2, id="two cells"),
    pytest.param([code(MARKED + GOOD), code(GOOD)], 1, id="after the marked cell"),
    pytest.param([code(MARKED + GOOD), code(MARKED + GOOD)], 2, id="two marked cells"),
    pytest.param([code(MARKED + GOOD), code("my_softmax = jit(my_softmax)")], 1, id="wrapped afterwards"),
    pytest.param([code(GOOD), code(MARKED + GOOD), code(GOOD)], 2, id="around the marked cell"),
    pytest.param([code(MARKED + BLANK), code(GOOD)], 2, id="the marked cell left blank"),
    pytest.param([code(GOOD), code(MARKED + BLANK)], 1, id="a blank one last"),
    pytest.param([code(GOOD), code("my_softmax = None")], 1, id="cleared afterwards"),
    pytest.param([code(GOOD), code("# scratch\n" + GOOD)], 1, id="a scratch copy"),
    pytest.param([code(GOOD), code("# My old version\n" + GOOD)], 1, id="an old version"),
    pytest.param([code(GOOD), code("# UNGRADED FUNCTION: my_softmax\n" + GOOD)], 1, id="an ungraded copy"),
    pytest.param([code(GOOD), code(GOOD, tags=["first-draft"])], 1, id="tagged as a draft"),
    pytest.param(
        [code(GOOD), code("# makes a copy of z before it does anything else with it\n" + GOOD)], 2, id="prose"
    ),
    pytest.param([code(MARKED + BLANK), code("# backup\n" + GOOD)], 2, id="a scratch copy is better than a blank"),
    pytest.param([code(GOOD), code(MARKED + "def my_softmax(z:")], 1, id="the last does not parse"),
    pytest.param([code(GOOD), code("for my_softmax in fs: pass")], 1, id="a loop variable"),
    pytest.param([code(MARKED + "def softmax(z): return z"), code("my_softmax = softmax")], 2, id="an alias"),
    pytest.param([code(GOOD), code(GOOD, tags=["plot"])], 2, id="tagged otherwise"),
    pytest.param([code(GOOD), code("del my_softmax")], 1, id="deleted afterwards"),
    pytest.param([code(GOOD), markdown(MARKED + GOOD), raw(MARKED + GOOD)], 1, id="cells that are no code"),
]


@pytest.mark.parametrize(("cells", "graded"), LAST)
def test_the_marked_answer_goes_first_and_else_the_last_one(cells: list[CellNode], graded: int) -> None:
    """Blank, scratch, broken and passing ones are set aside where another answer exists."""
    assert plan(SOFTMAX, *cells).cell == graded


OTHER = GOOD.replace("np.exp(z).sum()", "1")
CONTENDERS = [
    pytest.param([code(GOOD)], [1], id="one answer"),
    pytest.param([code(MARKED + GOOD), code(OTHER)], [1, 2], id="a later experiment"),
    pytest.param([code(GOOD), code(OTHER)], [2, 1], id="no marks"),
    pytest.param([code(MARKED + GOOD), code(GOOD)], [1], id="the same again"),
    pytest.param([code(MARKED + BLANK), code(GOOD), code(OTHER)], [3, 2], id="the marked cell is no answer"),
    pytest.param([code(MARKED + GOOD), code("# scratch\n" + OTHER)], [1], id="a scratch copy"),
    pytest.param([code(MARKED + GOOD), code("for my_softmax in fs: pass")], [1], id="a loop variable"),
    pytest.param(
        [
            code(MARKED + GOOD),
            code(MARKED + OTHER),
            *(code(f"{GOOD}\n# {n}\nx = {n}") for n in range(9)),
            code("my_softmax = f"),
        ],
        [2, 12, 11],
        id="more than are judged",
    ),
]


@pytest.mark.parametrize(("cells", "judged"), CONTENDERS)
def test_complete_answers_contend_in_their_order(cells: list[CellNode], judged: list[int]) -> None:
    """The marked one, then the last thing thought of, then others; three at most, and none of them twice."""
    first = plan(SOFTMAX, *cells)
    others = first.choice.contenders if first.choice else ()
    assert [each.cell for each in (first, *others)] == judged


GOES_ON = [
    pytest.param([code("model = Sequential([1])\nmodel = wrap(model)")], None, id="wrapped in its cell"),
    pytest.param([code("# GRADED CELL: model\nmodel = Sequential()\nmodel.add(1)")], None, id="layers added"),
    pytest.param(
        [code("model = Sequential([1])"), code("# GRADED CELL: Sequential model\nmodel.add(2)")],
        None,
        id="gone on with",
    ),
    pytest.param([code("model = Sequential([1])\nmodel = Sequential([2])")], 2, id="bound anew in its cell"),
]


@pytest.mark.parametrize(("cells", "answers"), GOES_ON)
def test_what_goes_on_with_an_answer_is_no_other_answer(cells: list[CellNode], answers: int | None) -> None:
    """Several statements may make one model; only a fresh binding begins another."""
    choice = plan(MODEL, *cells).choice
    assert (choice and choice.answers) == answers


def test_a_model_loaded_after_the_training_is_not_the_one_that_was_trained() -> None:
    """Where a trained model is asked for, training goes on with the marked cell unless the name was bound anew."""
    bound, fitted = code("# GRADED CELL: model\nmodel = Sequential([1])"), code("model.fit(X, y)")
    loaded = code("model = load_model('m.keras')")

    asked = exercise("model", "model", trained=True)
    assert plan(asked, bound, fitted).cell == 2
    assert plan(asked, bound, fitted, loaded, fitted).cell == 2
    assert plan(asked, bound, fitted, loaded).cell == 2


FUNCTION = exercise("model", "model", thing="function")
NETWORK = exercise("model", "model", thing="model")
OTHER_THINGS = [
    pytest.param(FUNCTION, "def model(x): return x", NET, id="a model is no function"),
    pytest.param(NETWORK, NET, "def model(): return Sequential([1])", id="a function is no model"),
    pytest.param(NETWORK, NET, "class model: pass", id="a class is no model"),
]


@pytest.mark.parametrize("mark", ["", "# GRADED CELL: model\n"])
@pytest.mark.parametrize(("asked", "answer_", "other"), OTHER_THINGS)
def test_another_thing_of_that_name_does_not_beat_the_answer(
    asked: Exercise, answer_: str, other: str, mark: str
) -> None:
    """What is asked for is known by the exercise; another part of the notebook may use the name for something else."""
    for cells, graded in (([code(mark + answer_), code(other)], 1), ([code(other), code(mark + answer_)], 2)):
        found = plan(asked, *cells)
        assert (found.cell, found.choice) == (graded, None)
    assert plan(asked, code(other)).cell == 1


IMPORTS = [
    "from tensorflow.keras.activations import my_softmax",
    "import softmaxes as my_softmax",
    "try:\n    from scipy.special import softmax as my_softmax\nexcept ImportError:\n    pass",
]
CALLABLE = exercise("my_softmax", "my_softmax", thing="function")


@pytest.mark.parametrize("source", IMPORTS)
def test_an_import_is_no_answer_to_a_function_exercise(source: str) -> None:
    """Seen: `import relu, sigmoid` at the top earned all points with the graded cell left as it was."""
    found = answer(CALLABLE, code(source))
    assert isinstance(found, Missing)
    assert "`my_softmax` is imported in cell 1, and an import is no answer" in spoken(found.message)
    assert plan(CALLABLE, code(MARKED + BLANK), code(source)).cell == 1
    assert isinstance(answer(CALLABLE, code(MARKED + source)), Missing)


BOUND = ["my_softmax = lambda z: z", "my_softmax = partial(f, axis=0)", "my_softmax = tf.nn.softmax", GOOD]


@pytest.mark.parametrize("source", BOUND)
def test_a_callable_that_the_student_binds_is_an_answer(source: str) -> None:
    """A definition, a lambda, a partial or another name for a function: what it computes is judged."""
    assert plan(CALLABLE, code("from softmaxes import my_softmax"), code(source)).cell == 2


UNFINISHED = [
    "def my_softmax(z):\n    '''Softmax.'''",
    "def my_softmax(z):\n    pass",
    "def my_softmax(z):\n    ...",
    "def my_softmax(z):\n    return a",
    "def my_softmax(z):\n    return None",
    "def my_softmax(z):\n    raise NotImplementedError('write me')",
    "def my_softmax(z):\n    m = len(z)\n    a = None\n    return a",
    "def my_softmax(z):\n    a = None\n    b = None\n    return a, b",
    "def my_softmax(z):\n    for i in z:\n        a = None\n    return a",
    "my_softmax = ...",
]


@pytest.mark.parametrize("source", UNFINISHED)
def test_an_unfinished_function_is_set_aside_but_graded_if_alone(source: str) -> None:
    """What still is as handed out gives way to any answer, and is planned like any answer when there is none."""
    assert plan(SOFTMAX, code(GOOD), code(source)).cell == 1
    assert plan(SOFTMAX, code(source)).cell == 1


FINISHED = [
    "def my_softmax(z):\n    return z",
    "def my_softmax(z):\n    a = None\n    for i in z:\n        a = i\n    return a",
    "def my_softmax(z):\n    raise ValueError(z)",
    "my_softmax = lambda z: z",
]


@pytest.mark.parametrize("source", FINISHED)
def test_a_short_answer_is_not_taken_for_an_unfinished_one(source: str) -> None:
    """Returning an argument, or a name that was None first, is an answer."""
    assert plan(SOFTMAX, code(GOOD), code(source)).cell == 2


@pytest.mark.parametrize("source", ["model = None", "model = Sequential()", "model = Sequential([], name='m')"])
def test_an_empty_model_is_set_aside(source: str) -> None:
    """A model without layers gives way to one with layers, unless layers are added in its cell."""
    assert plan(MODEL, code(NET), code(source)).cell == 1
    assert plan(MODEL, code(NET), code("model = Sequential()\nmodel.add(Dense(1))")).cell == 2


def test_of_two_definitions_in_a_cell_the_last_finished_one_is_graded() -> None:
    """Within a cell the rules are the same, and what is overruled does not run."""
    found = plan(SOFTMAX, code(f"{GOOD}\n{BLANK}"))
    assert sources(found) == [GOOD]


RENAMED = [
    pytest.param(SOFTMAX, MARKED + "def softmax(z): return z", "softmax", id="function"),
    pytest.param(MODEL, "# GRADED CELL: Sequential model\nnet = tf.keras.Sequential([1])", "net", id="model"),
    pytest.param(MODEL, "# GRADED CELL: Sequential model\ndef f(): pass\nnet = Model(a, b)", "net", id="model, helper"),
]


@pytest.mark.parametrize(("asked", "source", "name"), RENAMED)
def test_an_answer_of_another_name_in_the_marked_cell_is_graded(asked: Exercise, source: str, name: str) -> None:
    """The marked cell's one function, or one model, is taken for the answer, and the student is told."""
    found = plan(asked, code(source))
    assert (found.target, found.found_by) == (name, "marker")
    assert f"defines `{name}`; the exercise asks for" in all_spoken(found.notices)[0]


NOT_RENAMED = [
    pytest.param(MARKED + "def f(z): return z\ndef g(z): return z", id="two functions"),
    pytest.param("# UNQ_C1\ndef softmax(z): return z", id="a bare UNQ_C1 of any lab"),
    pytest.param(MARKED + "def model(): return 1", id="the answer to another exercise"),
    pytest.param(MARKED + "print(1)", id="nothing bound"),
]


@pytest.mark.parametrize("source", NOT_RENAMED)
def test_a_name_is_not_guessed_where_there_is_a_choice(source: str) -> None:
    """More than one candidate, weak marks and other exercises' names leave the answer missing."""
    softmax, _ = extract(handed_in(code(source)), DIGITS).answers
    assert isinstance(softmax, Missing)


def test_a_cell_pasted_over_another_leaves_that_one_missing() -> None:
    """Seen: `split_dataset` stood twice, once where `compute_information_gain` should have been."""
    lab = assignment(exercise("split_dataset"), exercise("compute_information_gain"))
    pasted = "# GRADED FUNCTION: {}\ndef split_dataset(X): return X"
    cells = [code(pasted.format("split_dataset")), code(pasted.format("compute_information_gain"))]
    split, gain = extract(handed_in(*cells), lab).answers
    assert isinstance(split, Plan)
    assert isinstance(gain, Missing)


def test_layers_added_in_the_marked_cell_count_as_its_answer() -> None:
    """A model begun in an earlier cell and finished in the marked one is graded there."""
    cells = [code("model = Sequential()"), code("# GRADED CELL: Sequential model\nmodel.add(Dense(1))")]
    found = plan(MODEL, *cells)
    assert (found.cell, sources(found)) == (2, ["model = Sequential()", "model.add(Dense(1))"])


def test_a_wrong_label_does_not_hide_a_definition() -> None:
    """Seen: `# GRADED FUNCTION: n_layer_model` above `def L_layer_model`."""
    asked = exercise("L_layer_model", "L_layer_model")
    assert plan(asked, code("# GRADED FUNCTION: n_layer_model\ndef L_layer_model(X): return X")).cell == 1


MESSAGES = [
    pytest.param(
        [code("x = 1")], "No code cell defines `my_softmax`. We looked for the comments `my_softmax`", id="nothing"
    ),
    pytest.param([code(MARKED + "x = 1")], "It is not in the marked cell 1 either.", id="marked only"),
    pytest.param([markdown(MARKED + GOOD)], "Cell 1 does, but it is a Markdown cell", id="Markdown"),
    pytest.param([raw(GOOD)], "Cell 1 does, but it is a raw cell", id="raw"),
    pytest.param([markdown(f"Hint:\n```\n{GOOD}\n```")], "We looked for", id="a hint with the solution"),
]


@pytest.mark.parametrize(("cells", "says"), MESSAGES)
def test_a_missing_answer_says_what_was_looked_for(cells: list[CellNode], says: str) -> None:
    """The student learns where we looked, and what to do."""
    found = answer(SOFTMAX, *cells)
    assert isinstance(found, Missing)
    assert says in spoken(found.message)


NOTICES = [
    pytest.param([code(GOOD)], [], id="nothing to say"),
    pytest.param(
        [code(GOOD), code(GOOD)],
        [],
        id="two cells, of which judging tells",
    ),
    pytest.param(
        [code(MARKED + BLANK), code(GOOD)],
        [
            "Cell 1 was passed over for `my_softmax`: it is still as it was handed out.",
            "There is no finished `my_softmax` in the marked cell 1; cell 2 was graded.",
        ],
        id="marked cell blank",
    ),
    pytest.param(
        [code(GOOD), code("# backup\n" + GOOD)],
        ["Cell 2 was passed over for `my_softmax`: its first comment says 'backup'."],
        id="scratch",
    ),
    pytest.param(
        [code(GOOD), code("def my_softmax(z:\n  1")],
        ["Cell 2 was passed over for `my_softmax`: it is not valid Python (line 1)."],
        id="broken",
    ),
    pytest.param(
        [code(GOOD), code("for my_softmax in fs: pass")],
        ["Cell 2 was passed over for `my_softmax`: it sets the name only in passing."],
        id="loop variable",
    ),
    pytest.param(
        [code(MARKED + "def softmax(z): return z"), code("my_softmax = softmax")],
        [
            "Cell 1 was passed over for `my_softmax`: it defines another name, `softmax`.",
            "There is no finished `my_softmax` in the marked cell 1; cell 2 was graded.",
        ],
        id="alias",
    ),
    pytest.param(
        [code("# GRADED CELL: my_softmax\n# my old one\n" + GOOD), code(GOOD)],
        ["Cell 1 was passed over for `my_softmax`: its first comment says 'old'."],
        id="marked cell put aside",
    ),
    pytest.param([code(GOOD), code("del my_softmax")], ["`del my_softmax` in cell 2 was ignored."], id="deleted"),
    pytest.param(
        [code(GOOD), raw(GOOD)],
        ["Cell 2 holds `my_softmax` but is a raw cell; change it back to code if it is meant."],
        id="raw cell",
    ),
]


@pytest.mark.parametrize(("cells", "notices"), NOTICES)
def test_a_choice_among_answers_is_explained(cells: list[CellNode], notices: list[str]) -> None:
    """Where there was a choice, the report says which cell was graded and why not another."""
    assert list(all_spoken(plan(SOFTMAX, *cells).notices)) == notices


BROKEN = [
    pytest.param("current_cache = ", 1, id="value missing"),
    pytest.param("def my_softmax(z):\n    for i in z:\n    return z", 3, id="loop with an empty body"),
    pytest.param("def my_softmax(z):\nreturn z", 2, id="not indented"),
    pytest.param("def my_softmax(z):\n    return (z", 2, id="bracket left open"),
    pytest.param("%matplotlib inline\ndef my_softmax(z):\n    return z +", 3, id="after a magic"),
]


@pytest.mark.parametrize(("source", "line"), BROKEN)
def test_a_graded_cell_that_is_no_python_is_unparsable(source: str, line: int) -> None:
    """The error names the line of the cell as the student sees it."""
    found = answer(SOFTMAX, code("x = 1"), code("# GRADED CELL: my_softmax\n" + source))
    assert isinstance(found, Unparsable)
    assert (found.cell, found.error.cell, found.error.line, found.newer_python) == (2, 2, line + 1, False)


@pytest.mark.parametrize("source", ["def my_softmax(z:", "my_softmax = lambda z: (", "x = \nclass my_softmax: pass"])
def test_a_broken_cell_without_a_mark_is_known_by_its_text(source: str) -> None:
    """A cell that would bind the target if it parsed is unparsable, not missing."""
    assert isinstance(answer(SOFTMAX, code(source)), Unparsable)


NEWER_STRINGS = [
    'f"{z["a"]}"',
    "f'{'a'}'",
    'f"{chr(10) + "\\n"}"',
    'f"{\nz}"',
    'f"{z["a"]:.2f} {z["b"]!r}"',
    'f"{f"{z["a"]}"}"',
    'f"{z:{"b"}}"',
    "print(f'{', '.join(z)}', end='')",
    'f"""{z["""a"""]}"""',
    'f"{{}}", f"{z}", f"{z["a"]}"',
]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="these f-strings are right there")
@pytest.mark.parametrize("string", NEWER_STRINGS)
@pytest.mark.parametrize(("python", "newer"), [("3.13.0", True), ("3.7.6", False), (None, False)])
def test_syntax_of_a_newer_python_is_not_the_students_fault(string: str, python: str | None, newer: bool) -> None:
    """Seen in four notebooks: f-strings as of 3.12, in notebooks that say they are of 3.13."""
    found = answer(SOFTMAX, code(f"def my_softmax(z):\n    return {string}"), python=python)
    assert isinstance(found, Unparsable)
    assert found.newer_python is newer


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="all of this is right there, but for what comes with 3.14")
@pytest.mark.parametrize(
    "line",
    [
        "def g[T](a: T) -> T: return a",
        "class C[T: (int, str)]: 1",
        "type A = int",
        "type B[T] = list[T]",
        't"{z["a"]}"',
    ],
)
def test_type_parameters_are_newer_syntax(line: str) -> None:
    """They came with 3.12, template strings with 3.14."""
    found = answer(SOFTMAX, code(f"def my_softmax(z): return z\n{line}"), python="3.14.0")
    assert isinstance(found, Unparsable)
    assert found.newer_python


@pytest.mark.parametrize("python", ["9.99.0", "3.15.0", "3.99.1", "2.99.0"])
def test_a_python_that_does_not_exist_forgives_nothing(python: str) -> None:
    """Metadata may say anything."""
    found = answer(SOFTMAX, code("def my_softmax[T](z): return z +"), python=python)
    assert isinstance(found, Unparsable)
    assert not found.newer_python


WRONG_ANYWHERE = [
    'f"{z["a"] + }"',
    "f'{z'",
    'f"{z["a"]}" +',
    "(f'{'a'}'",
    "f'{}'",
    "f'{z!x}'",
    'f"{z["a"}"',
    'f"{z["a"]}"\n    x = (',
]


@pytest.mark.parametrize("string", WRONG_ANYWHERE)
def test_what_no_python_takes_is_the_students_fault(string: str) -> None:
    """Newer syntax is tried in an older way; what then still does not parse is not forgiven for its sake."""
    found = answer(SOFTMAX, code(f"def my_softmax(z):\n    return {string}"), python="3.13.0")
    assert isinstance(found, Unparsable)
    assert not found.newer_python


def test_a_plain_slip_is_the_students_fault_in_any_python() -> None:
    """A missing bracket is wrong in every version."""
    found = answer(SOFTMAX, code("def my_softmax(z):\n    return (f'{z}'"), python="3.99.0")
    assert isinstance(found, Unparsable)
    assert not found.newer_python


def test_broken_cells_are_named_in_the_notices_of_the_submission() -> None:
    """A cell that was only read in parts is no secret."""
    (notice,) = extract(handed_in(code("x = "), code(GOOD)), DIGITS).notices
    assert (
        spoken(notice)
        == "Cell 1 is not valid Python (invalid syntax, line 1); only those parts of it that are were used."
    )


def test_many_broken_cells_are_counted() -> None:
    """The report is not flooded."""
    notices = extract(handed_in(*[code("x = ")] * 10), DIGITS).notices
    assert (len(notices), spoken(notices[-1])) == (9, "The same holds for 2 other cells.")


def test_answers_come_in_the_order_of_the_assignment() -> None:
    """One answer per exercise, whatever the order in the notebook."""
    answers = extract(handed_in(code(NET), code(GOOD)), DIGITS).answers
    assert [each.exercise for each in answers] == ["my_softmax", "model"]


@pytest.mark.parametrize(("cells", "found"), [(1, True), (4, False)])
def test_prose_that_names_answers_without_end_is_not_read_without_end(cells: int, found: bool) -> None:
    """A hint for a student who wrote the answer into prose is worth some cells, not megabytes for each exercise."""
    prose = [markdown(f"# my_softmax {number}\n" + "x = 1\n" * 5_000) for number in range(cells)]
    notebook = handed_in(*prose, markdown(GOOD))

    assert (hidden_answer(notebook, SOFTMAX) is not None) is found


METHODS = [
    pytest.param("def fit(self): pass\nKNN.fit = fit", id="assigned"),
    pytest.param("def fit(self): pass\nsetattr(KNN, 'fit', fit)", id="set"),
    pytest.param("@added_to(KNN)\ndef fit(self): pass", id="decorated"),
    pytest.param("@staticmethod\n@d2l.add_to_class(KNN)\ndef fit(): pass", id="decorated twice"),
]


@pytest.mark.parametrize("later", METHODS)
@pytest.mark.parametrize("mark", ["", "# GRADED CLASS: KNN\n"])
def test_a_class_may_get_its_methods_in_later_cells(later: str, mark: str) -> None:
    """They are part of the answer; a cell that merely uses it is none."""
    asked = exercise("knn", "KNN", thing="function")
    whole, using = code(f"{mark}class KNN:\n    pass"), code("print(KNN().fit())\nshow(KNN)")
    found = plan(asked, whole, code("def added_to(kind): return lambda f: setattr(kind, 'fit', f)"), code(later), using)
    tried = [found, *(found.choice.contenders if found.choice else ())]
    assert any(later.split("\n")[-1] in text for each in tried for text in sources(each))
    assert not any("show" in text for each in tried for text in sources(each))
    assert plan(asked, whole, using).choice is None


def test_a_name_of_the_same_letters_is_the_one_that_was_asked_for() -> None:
    """The courses of old asked for normalizeRows; what is spelled otherwise is told beside what to do."""
    other = plan(SOFTMAX, code("def mySoftmax(z):\n    return z"))
    assert (other.cell, other.target) == (1, "mySoftmax")
    assert any("`mySoftmax`" in each for each in all_spoken(other.notices))
    assert plan(SOFTMAX, code("def mySoftmax(z): return -z"), code(GOOD)).target == "my_softmax"
    for cells in (["def mysoftmaxe(z): return z"], ["def mySoftmax(z): return z", "def MY_softmax(z): return z"]):
        missing = answer(SOFTMAX, *map(code, cells))
        assert isinstance(missing, Missing)
        assert "name it `my_softmax`" in spoken(missing.message)
    assert "almost" not in spoken(answer(SOFTMAX, code("def sigmoid(z): return z")).message)  # type: ignore[union-attr]


IN_FILE = "%%writefile a.py\n# GRADED CELL: my_softmax\ndef my_softmax(z): return z"


def test_an_answer_in_a_file_is_graded_if_there_is_no_other() -> None:
    """A cell that defines what is asked for answers it, though `%%writefile` keeps it from being run."""
    found = plan(CALLABLE, code(IN_FILE), code("from a import my_softmax"))
    assert (found.cell, found.line, found.found_by) == (1, 3, "marker")
    assert [each.name for each in found.files] == ["a.py"]
    assert any("%%writefile" in each for each in all_spoken(found.notices))
    assert plan(CALLABLE, code(IN_FILE), code("def my_softmax(z): return -z")).cell == 2


@pytest.mark.parametrize("magic", ["%%timeit", "%%python3", "%%bash", "%%script false"])
def test_a_magic_that_keeps_the_answer_from_running_is_named(magic: str) -> None:
    """`No code cell defines it` alone would be untrue to whoever sees it there."""
    found = answer(SOFTMAX, code(f"{magic}\ndef my_softmax(z): return z"))
    assert isinstance(found, Missing)
    assert magic.split()[0] in spoken(found.message)
    assert "Cell 1" in spoken(found.message)


def test_a_file_from_elsewhere_is_named_where_nothing_answers() -> None:
    """Another notebook cannot be run here, since nobody handed it in."""
    found = answer(SOFTMAX, code("%run other.ipynb"))
    assert isinstance(found, Missing)
    assert "`other.ipynb`" in spoken(found.message)


def test_an_unknown_magic_over_python_is_in_english() -> None:
    """What it does is a guess, and the report says which one was made."""
    found = plan(SOFTMAX, code("%%some_package\ndef my_softmax(z): return z"))
    assert any("`%%some_package`" in each for each in all_spoken(found.notices))
    assert not plan(SOFTMAX, code("%%time\ndef my_softmax(z): return z")).notices


LAYERS = "# GRADED CELL: Sequential model\nmodel = Sequential([Dense(25)])"


@pytest.mark.parametrize(
    ("cells", "first", "others"),
    [
        pytest.param(
            ["# UNQ_C2\nmodel = Sequential()", "model.add(1)", "x = 1", "model.add(2)"], 4, [], id="unfinished"
        ),
        pytest.param([LAYERS, "model.add(2)", "model.summary()", "model.add(3)"], 1, [4], id="perhaps finished"),
        pytest.param([LAYERS, "model.pop()"], 1, [2], id="an experiment"),
        pytest.param(
            ["# UNQ_C2\nmodel = Sequential()", "def grow(net):\n    net.add(1)\n    net.compile()\ngrow(model)"],
            2,
            [],
            id="unfinished, by a function",
        ),
        pytest.param(
            [LAYERS, "def one(net): net.add(1)\ndef all(net): one(net)\nall(model)"], 1, [2], id="by way of another"
        ),
        pytest.param(
            ["# UNQ_C2\nmodel = Sequential()", "from mine import grow", "grow(model)"], 3, [], id="by a library's"
        ),
        pytest.param(
            [LAYERS, "def grow(net):\n    net.add(1)", "grow(model)", "print(model)"],
            1,
            [3],
            id="perhaps by a function",
        ),
        pytest.param(
            [LAYERS, "def train(net):\n    net.compile()\n    net.fit(X)", "train(model)"],
            1,
            [],
            id="used by a function",
        ),
        pytest.param([LAYERS, "def more():\n    model.add(1)\nmore()"], 1, [2], id="by a function"),
        pytest.param(
            [LAYERS, "model.build((None, 4))\nmodel.compile()", "model.fit(X)", "model.save('a.keras')"],
            1,
            [],
            id="used",
        ),
        pytest.param([LAYERS, "test_model(model)", "show(model)"], 1, [], id="looked at"),
        pytest.param(["model = Sequential([1])", "model = Sequential()", "model.add(2)"], 3, [1], id="the last of two"),
    ],
)
def test_an_answer_may_be_finished_in_later_cells(cells: list[str], first: int, others: list[int]) -> None:
    """An unfinished one is; of what looks finished both are judged, as it was and as it became."""
    found = plan(MODEL, *map(code, cells))
    contenders = found.choice.contenders if found.choice else ()
    assert (found.cell, [each.cell for each in contenders]) == (first, others)
    assert found.notices == ()


def test_what_is_finished_in_later_cells_runs_whole() -> None:
    """The cells between count only for what they add."""
    cells = ["# UNQ_C2\nmodel = Sequential()", "units = 15\nmodel.add(units)\nshow(model)", "model.add(10)"]
    assert sources(plan(MODEL, *map(code, cells))) == [
        "model = Sequential()",
        "units = 15",
        "model.add(units)",
        "model.add(10)",
    ]


@pytest.mark.parametrize("calling", ["main()", "if __name__ == '__main__':\n    main()", "def run(): main()\nrun()"])
def test_an_answer_may_be_bound_by_a_function_that_says_global(calling: str) -> None:
    """The cell in which it is called is the answer, and what it calls runs before."""
    main = "def main():\n    global model\n    model = Sequential([1])"
    found = plan(MODEL, code(f"# UNQ_C2\n{main}\n\n{calling}\nmodel.summary()"))
    assert (found.cell, found.found_by, found.target) == (1, "marker", "model")
    assert sources(found)[0] == main
    assert all(each.needed for each in found.statements)
