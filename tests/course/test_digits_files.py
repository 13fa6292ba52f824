"""What the digits lab promises about its own files, without TensorFlow and without a room.

Whether a room comes to the same verdicts is tested where rooms are; here functions are called in this process.
"""

import ast
import functools
import linecache
import runpy
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from grader.course.assignment import Exercise
from grader.course.edits import Script
from grader.course.folder import Course
from grader.course.mistakes import Mistake, read_mistakes, read_variants, solution_of
from grader.judging import Ask, Examination, Key, Solutions, Subject, examine, prepare
from grader.judging.model import ModelDescription
from grader.judging.question import Reaction
from grader.messages import prose
from grader.report.report import Verdict
from grader.report.sums import earned
from grader.wall.protocol import Answer, Call, Question, Raised, Returned, Statement, StudentError
from grader.wall.values import freeze, thaw
from tests.english import all_spoken
from tests.mistaken import mistaken

ROOT = Path(__file__).parents[2]
LAB = ROOT / "assignments" / "digits"
COURSE = Course(ROOT)
ASSIGNMENT = COURSE.assignment("digits")
MISTAKES = read_mistakes(COURSE, ASSIGNMENT)
VARIANTS = {each.name: each.script for each in read_variants(COURSE, ASSIGNMENT)}
SOFTMAX, MODEL = ASSIGNMENT.exercises
SEEDS = [ASSIGNMENT.seed, 0, 1]


def mistakes_of(exercise: Exercise) -> list[Any]:
    """The mistakes of one exercise, as test parameters."""
    return [pytest.param(each, id=each.name) for each in MISTAKES if each.exercise == exercise.id]


@functools.cache
def softmax_of(script: Script) -> Callable[..., Any]:
    """my_softmax of a script, with nothing but NumPy imported."""
    wanted = [
        node
        for node in ast.parse(script.source).body
        if isinstance(node, ast.FunctionDef) or (isinstance(node, ast.Import) and node.names[0].name == "numpy")
    ]
    names: dict[str, Any] = {}
    lines = script.source.splitlines(keepends=True)
    linecache.cache[script.name] = (len(script.source), None, lines, script.name)
    exec(compile(ast.Module(body=list(wanted), type_ignores=[]), script.name, "exec"), names)
    solve: Callable[..., Any] = names["my_softmax"]
    return solve


REFERENCE = softmax_of(solution_of(COURSE, "digits"))


@functools.cache
def key_for(seed: int) -> Key:
    """The answer key of my_softmax, with every wrong solution as a known misconception."""
    misconceptions = tuple(
        mistaken(each.name, each.hint, softmax_of(each.script), code=each.script)
        for each in MISTAKES
        if each.exercise == SOFTMAX.id
    )
    return prepare(SOFTMAX, Solutions(reference=REFERENCE, misconceptions=misconceptions), seed)


def asking(solve: Callable[..., Any]) -> Ask:
    """A room's stand-in: it answers calls by calling `solve` in this process."""

    def answer(question: Question) -> Answer:
        assert isinstance(question, Call)
        copies = [thaw(arg) for arg in question.args]
        try:
            value = freeze(solve(*copies))
        except Exception as error:
            line = traceback.extract_tb(error.__traceback__)[-1].lineno
            return Raised(
                id=question.id, error=StudentError(type=type(error).__name__, text=str(error), cell=1, line=line)
            )
        return Returned(id=question.id, value=value, arguments=tuple(map(freeze, copies)))

    def ask(questions: Sequence[Question]) -> list[Answer]:
        return [answer(question) for question in questions]

    return ask


@functools.cache
def examined(solve: Callable[..., Any], seed: int = ASSIGNMENT.seed) -> Examination:
    """The judged answers of one softmax function."""
    wrote = "".join(linecache.getlines(solve.__code__.co_filename))
    subject = Subject(target=SOFTMAX.target, statements=(Statement(cell=1, line=1, source=wrote, role="cell"),))
    with np.errstate(all="ignore"):
        return examine(SOFTMAX, key_for(seed), subject, asking(solve))


def lost(examination: Examination) -> tuple[str, ...]:
    """The checks that were not passed, in order."""
    return tuple(check.id for check in examination.checks if check.verdict is not Verdict.PASSED)


def code_of(name: str) -> str:
    """All code of one of the lab's notebooks."""
    notebook = nbformat.read(LAB / name, as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.parametrize("exercise", ASSIGNMENT.exercises, ids=lambda exercise: str(exercise.id))
def test_each_exercise_is_worth_fifty_points(exercise: Exercise) -> None:
    """The two exercises weigh the same."""
    assert exercise.points == 50


def test_the_asked_network_has_10575_parameters() -> None:
    """400, 25, 15 and 10 make 10,025 + 390 + 160 parameters."""
    asked = MODEL.checks[0].question
    assert isinstance(asked, ModelDescription)
    assert asked.architecture.parameters == 10_575
    assert asked.architecture.shapes == ((400, 25), (25, 15), (15, 10))


def test_nothing_a_model_says_counts_before_its_predictions_agree() -> None:
    """Every check of the model needs the one that redoes its predictions."""
    assert MODEL.checks[0].id == "computes"
    assert all("computes" in check.needs for check in MODEL.checks[1:])


@pytest.mark.parametrize("name", ["starter.ipynb", "sample.ipynb"])
def test_the_notebooks_are_valid(name: str) -> None:
    """Both notebooks keep the format they declare, cell ids included."""
    notebook = nbformat.read(LAB / name, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]  # as above
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)


@pytest.mark.parametrize("name", ["starter.ipynb", "sample.ipynb"])
def test_the_notebooks_carry_the_markers_of_both_exercises(name: str) -> None:
    """Every marker the assignment knows stands in the code, once."""
    code = code_of(name)
    for marker in ("# UNQ_C1", "# GRADED CELL: my_softmax", "# UNQ_C2", "# GRADED CELL: Sequential model"):
        assert code.count(marker) == 1


def test_the_starter_holds_no_answer() -> None:
    """Between START and END of both graded cells there is nothing yet."""
    parts = code_of("starter.ipynb").split("### START CODE HERE ###")[1:]
    assert [part.partition("### END CODE HERE ###")[0].strip() for part in parts] == ["", ""]


def test_the_sample_is_the_starter_with_the_answers_filled_in() -> None:
    """Apart from what stands between START and END, the two notebooks hold the same code."""

    def given(name: str) -> list[str]:
        first, *others = code_of(name).split("### START CODE HERE ###")
        return [first, *(part.partition("### END CODE HERE ###")[2] for part in others)]

    assert given("sample.ipynb") == given("starter.ipynb")


def test_the_starter_softmax_earns_nothing() -> None:
    """A blank answer loses every check."""
    definition = code_of("starter.ipynb").partition("# GRADED CELL: my_softmax")[2].partition("return a")
    names: dict[str, Any] = {}
    exec("".join(definition[:2]), names)
    assert earned(examined(names["my_softmax"]).checks) == 0


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(None, id="None"),
        pytest.param(0.0, id="zero"),
        pytest.param(np.array([1.0]), id="right-for-one-entry"),
        pytest.param(np.full(4, 0.25), id="right-for-four-equal-entries"),
        pytest.param(REFERENCE(np.arange(1.0, 5.0)), id="right-for-the-example"),
    ],
)
def test_an_answer_that_never_changes_earns_nothing(answer: Any) -> None:
    """Returning one constant is no softmax, even if the constant is the answer printed in the lab."""
    assert earned(examined(lambda _: answer).checks) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_softmax_loses_nothing(seed: int) -> None:
    """The right function passes every check, ties included, and draws no remark."""
    examination = examined(REFERENCE, seed)
    assert lost(examination) == ()
    assert examination.remarks == ()


def test_a_softmax_that_overflows_is_told_so_and_keeps_its_points() -> None:
    """Overflow for huge entries is a remark, not a fault."""
    examination = examined(lambda z: np.exp(z) / np.sum(np.exp(z)))
    assert lost(examination) == ()
    assert all_spoken(examination.remarks) == (
        "my_softmax overflows for z = [1000, 1000]; subtracting the maximum first would not.",
    )


@pytest.mark.parametrize(("name", "says"), [("integer_truncation", "whole numbers"), ("input_modified", "changes")])
def test_what_the_labs_of_real_courses_do_not_ask_is_a_remark(name: str, says: str) -> None:
    """Whole numbers as input, and an input that is used up: good to know, and worth no points."""
    examination = examined(softmax_of(VARIANTS[name]))
    assert lost(examination) == ()
    assert [says in remark for remark in all_spoken(examination.remarks)].count(True) == 1


def test_an_overflow_that_raises_draws_the_same_remark() -> None:
    """math.exp raises where np.exp gives infinity; both are overflow, another exception is not."""
    overflow = SOFTMAX.remarks[-1]
    assert overflow.applies is not None

    def reaction(error: str) -> Reaction:
        return Reaction(args=(), expected=None, answer=Raised(id=0, error=StudentError(type=error, text="")))

    assert [overflow.applies(reaction(error)) for error in ("OverflowError", "ValueError")] == [True, False]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: str(mistake.name))
def test_each_mistake_says_what_it_is_about(mistake: Mistake) -> None:
    """In one sentence."""
    assert mistake.says.endswith(".")
    assert "\n" not in mistake.says


@pytest.mark.parametrize("exercise", ASSIGNMENT.exercises, ids=lambda exercise: str(exercise.id))
def test_each_exercise_has_a_dozen_mistakes(exercise: Exercise) -> None:
    """Twelve named mistakes or more."""
    assert len(mistakes_of(exercise)) >= 12


@pytest.mark.parametrize("mistake", mistakes_of(SOFTMAX))
def test_each_wrong_softmax_loses_what_it_says_and_is_recognised(mistake: Mistake) -> None:
    """It fails exactly the checks it names, and whoever answers like it is shown its hint, not another's."""
    examination = examined(softmax_of(mistake.script))
    assert lost(examination) == mistake.loses
    assert examination.misconception == mistake.name
    assert {check.hint for check in examination.checks if check.hint} == {prose(mistake.hint)}


@pytest.mark.parametrize("seed", SEEDS[1:])
@pytest.mark.parametrize("mistake", mistakes_of(SOFTMAX))
def test_no_wrong_softmax_is_saved_by_another_seed(mistake: Mistake, seed: int) -> None:
    """Which checks a mistake loses does not hang on the inputs that happened to be drawn."""
    assert lost(examined(softmax_of(mistake.script), seed)) == mistake.loses


@pytest.mark.parametrize("mistake", mistakes_of(MODEL))
def test_the_hint_for_each_wrong_model_is_one_that_its_first_lost_check_gives(mistake: Mistake) -> None:
    """A model's hint comes from the check it fails, so the file and the assignment must agree on the words."""
    first = next(check for check in MODEL.checks if check.id == mistake.loses[0])
    assert mistake.hint in {first.hint, *first.rule.hints.values()}


@pytest.mark.parametrize("mistake", mistakes_of(SOFTMAX))
def test_a_failed_softmax_shows_a_short_call(mistake: Mistake) -> None:
    """The counterexample from drawn vectors has been shrunk to three entries at most, where three can show it."""
    shown = {check.id: check.counterexample for check in examined(softmax_of(mistake.script)).checks}
    for name in ("drawn", "single"):
        if (example := shown[name]) is not None:
            assert example.inputs[0].shape is not None
            assert example.inputs[0].shape[0] <= 3


def test_the_files_given_out_are_small() -> None:
    """All given files together stay under 600 kB."""
    assert sum(path.stat().st_size for path in (LAB / "files").iterdir() if path.is_file()) < 600_000


def test_the_pictures_are_rows_of_400_with_120_of_each_digit() -> None:
    """The data is what the notebook says: 1200 rows from 0 to 1, labels sorted from 0 to 9."""
    pictures = np.load(LAB / "files" / "digit_pictures.npy", allow_pickle=False)
    labels = np.load(LAB / "files" / "digit_labels.npy", allow_pickle=False)
    assert (pictures.shape, pictures.dtype, int(pictures.max())) == ((1200, 400), np.uint8, 255)
    assert (labels.shape, labels.dtype) == ((1200, 1), np.uint8)
    assert np.array_equal(labels[:, 0], np.repeat(np.arange(10), 120))


def test_the_public_test_accepts_the_reference_softmax(capsys: pytest.CaptureFixture[str]) -> None:
    """The quick test given to students agrees with a right answer."""
    runpy.run_path(str(LAB / "files" / "public_tests.py"))["test_my_softmax"](REFERENCE)
    assert capsys.readouterr().out == "All tests passed.\n"


def test_the_public_test_says_what_is_wrong_with_a_softmax() -> None:
    """The quick test given to students names the vector it went wrong for."""
    public = runpy.run_path(str(LAB / "files" / "public_tests.py"))
    with pytest.raises(AssertionError, match=r"For z = \[1.0, 2.0, 3.0, 4.0\]"):
        public["test_my_softmax"](np.exp)
