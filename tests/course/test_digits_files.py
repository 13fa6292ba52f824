"""What the digits lab promises about its own files, without TensorFlow and without a room.

Whether a room comes to the same verdicts is tested where rooms are; here functions are called in this process.
"""

import ast
import functools
import runpy
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from grader.assignment import Assignment, Exercise
from grader.checks import Ask, Examination, Misconception, Solutions, Subject, kind_of
from grader.checks.function import FunctionExercise, FunctionKey
from grader.checks.model import ModelCheck, ModelExercise
from grader.checks.rules import Reaction
from grader.protocol import Answer, Call, Question, Raised, Returned, StudentError
from grader.report import Verdict
from grader.values import freeze, thaw

ROOT = Path(__file__).parents[2]
LAB = ROOT / "assignments" / "digits"
WRONG = sorted((ROOT / "reference" / "digits" / "wrong").glob("*.py"))
ASSIGNMENT: Assignment = runpy.run_path(str(LAB / "assignment.py"))["ASSIGNMENT"]
SOFTMAX, MODEL = ASSIGNMENT.exercises
SEEDS = [ASSIGNMENT.seed, 0, 1]


def constants(path: Path) -> dict[str, Any]:
    """The literal constants of a wrong solution, read without running it."""
    found: dict[str, Any] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper():
            found[node.targets[0].id] = ast.literal_eval(node.value)
    return found


def wrong_for(exercise: Exercise) -> list[Any]:
    """The wrong solutions of one exercise, as test parameters."""
    return [pytest.param(path, id=path.stem) for path in WRONG if constants(path).get("EXERCISE") == exercise.id]


@functools.cache
def softmax_of(path: Path) -> Callable[..., Any]:
    """my_softmax of a source file, with nothing but NumPy imported."""
    wanted = [
        node
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) or (isinstance(node, ast.Import) and node.names[0].name == "numpy")
    ]
    names: dict[str, Any] = {}
    exec(compile(ast.Module(body=list(wanted), type_ignores=[]), str(path), "exec"), names)
    solve: Callable[..., Any] = names["my_softmax"]
    return solve


REFERENCE = softmax_of(ROOT / "reference" / "digits" / "solution.py")


@functools.cache
def key_for(seed: int) -> FunctionKey:
    """The answer key of my_softmax, with every wrong solution as a known misconception."""
    known = [path for path in WRONG if constants(path)["EXERCISE"] == SOFTMAX.id]
    misconceptions = tuple(
        Misconception(name=path.stem, hint=constants(path)["HINT"], solve=softmax_of(path)) for path in known
    )
    key: FunctionKey = kind_of(SOFTMAX).prepare(
        SOFTMAX, Solutions(reference=REFERENCE, misconceptions=misconceptions), seed
    )
    return key


def asking(solve: Callable[..., Any]) -> Ask:
    """A room's stand-in: it answers calls by calling `solve` in this process."""

    def answer(question: Question) -> Answer:
        assert isinstance(question, Call)
        copies = [thaw(arg) for arg in question.args]
        try:
            value = freeze(solve(*copies))
        except Exception as error:
            return Raised(id=question.id, error=StudentError(type=type(error).__name__, text=str(error)))
        return Returned(id=question.id, value=value, arguments=tuple(map(freeze, copies)))

    def ask(questions: Sequence[Question]) -> list[Answer]:
        return [answer(question) for question in questions]

    return ask


@functools.cache
def examined(solve: Callable[..., Any], seed: int = ASSIGNMENT.seed) -> Examination:
    """The judged answers of one softmax function."""
    with np.errstate(all="ignore"):
        return kind_of(SOFTMAX).examine(SOFTMAX, key_for(seed), Subject(target=SOFTMAX.target), asking(solve))


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
    assert isinstance(MODEL, ModelExercise)
    assert MODEL.architecture.parameters == 10_575
    assert MODEL.architecture.shapes == ((400, 25), (25, 15), (15, 10))


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
    assert sum(check.earned for check in examined(names["my_softmax"]).checks) == 0


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
    assert sum(check.earned for check in examined(lambda _: answer).checks) == 0


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
    assert examination.remarks == (
        "my_softmax overflows for z = [1000, 1000]; subtracting the maximum first would not.",
    )


def test_an_overflow_that_raises_draws_the_same_remark() -> None:
    """math.exp raises where np.exp gives infinity; both are overflow, another exception is not."""
    assert isinstance(SOFTMAX, FunctionExercise)
    applies = SOFTMAX.remarks[0].applies

    def reaction(error: str) -> Reaction:
        return Reaction(args=(), expected=None, answer=Raised(id=0, error=StudentError(type=error, text="")))

    assert [applies(reaction(error)) for error in ("OverflowError", "ValueError")] == [True, False]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in WRONG])
def test_each_wrong_solution_says_what_it_is_about(path: Path) -> None:
    """It has a one-sentence docstring, a known exercise, checks of that exercise in order, and a hint."""
    found = constants(path)
    exercise = {SOFTMAX.id: SOFTMAX, MODEL.id: MODEL}[found["EXERCISE"]]
    assert found["LOSES"] == tuple(check.id for check in exercise.checks if check.id in found["LOSES"]) != ()
    assert found["HINT"]
    sentence = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert sentence is not None
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("exercise", ASSIGNMENT.exercises, ids=lambda exercise: str(exercise.id))
def test_each_exercise_has_a_dozen_wrong_solutions(exercise: Exercise) -> None:
    """Twelve named mistakes or more."""
    assert len(wrong_for(exercise)) >= 12


@pytest.mark.parametrize("path", wrong_for(SOFTMAX))
def test_each_wrong_softmax_loses_what_it_says_and_is_recognised(path: Path) -> None:
    """It fails exactly the checks it names, and whoever answers like it is shown its hint, not another's."""
    examination = examined(softmax_of(path))
    assert lost(examination) == constants(path)["LOSES"]
    assert examination.misconception == path.stem
    assert {check.hint for check in examination.checks if check.hint} == {constants(path)["HINT"]}


@pytest.mark.parametrize("seed", SEEDS[1:])
@pytest.mark.parametrize("path", wrong_for(SOFTMAX))
def test_no_wrong_softmax_is_saved_by_another_seed(path: Path, seed: int) -> None:
    """Which checks a mistake loses does not hang on the inputs that happened to be drawn."""
    assert lost(examined(softmax_of(path), seed)) == constants(path)["LOSES"]


@pytest.mark.parametrize("path", wrong_for(MODEL))
def test_the_hint_for_each_wrong_model_is_one_that_its_first_lost_check_gives(path: Path) -> None:
    """A model's hint comes from the check it fails, so the file and the assignment must agree on the words."""
    first = next(check for check in MODEL.checks if check.id == constants(path)["LOSES"][0])
    assert isinstance(first, ModelCheck)
    assert constants(path)["HINT"] in {first.hint, *first.hints.values()}


@pytest.mark.parametrize("path", wrong_for(SOFTMAX))
def test_a_failed_softmax_shows_a_short_call(path: Path) -> None:
    """The counterexample from drawn vectors has been shrunk to three entries at most, where three can show it."""
    shown = {check.id: check.counterexample for check in examined(softmax_of(path)).checks}
    for name in ("drawn", "integers", "single"):
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
