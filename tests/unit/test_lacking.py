"""A package that nobody installed here is ours to install: told from a slip, and from what costs nothing."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from grader.grading.lacking import is_lacking, lack_of, lacking_libraries
from grader.notebook.submission import Plan
from grader.wall.protocol import Failure, Statement, StudentError
from grader.wall.room.preloaded import Libraries
from tests.english import spoken

NOT_FOUND = "ModuleNotFoundError"


def plan(*sources: str) -> Plan:
    """A plan of these statements."""
    statements = tuple(Statement(cell=1, line=1, source=source, role="cell") for source in sources)
    return Plan(exercise="f", target="f", cell=1, line=1, found_by="definition", statements=statements)


def error(kind: str, missing: str) -> StudentError:
    """An exception that names what was missing."""
    return StudentError(type=kind, text="", cell=1, line=1, missing=missing)


@pytest.mark.parametrize(
    ("libraries", "lacking"),
    [
        pytest.param(Libraries(), (), id="none"),
        pytest.param(Libraries("sympy", ("hypothesis",)), (), id="here"),
        pytest.param(Libraries("torch"), () if find_spec("torch") else ("torch",), id="perhaps here"),
    ],
)
def test_what_an_assignment_counts_on_is_looked_for(libraries: Libraries, lacking: tuple[str, ...]) -> None:
    """Before a room is opened, and without importing it."""
    assert lacking_libraries(libraries) == lacking


@pytest.mark.parametrize(
    ("module", "lacking"),
    [
        pytest.param("jax", True, id="a package of the world"),
        pytest.param("xarray", True, id="one that is spelled almost as a module of Python"),
        pytest.param("cv2.face", True, id="a module of such a package"),
        pytest.param("keras.wrappers.scikit_learn", True, id="what has moved to a package"),
        pytest.param("frobnicate", True, id="a package that we do not know, or a file"),
        pytest.param("sklearn.datasets.load_boston", True, id="data that a library no longer has"),
        pytest.param("numpyy", False, id="a slip"),
        pytest.param("tensorfow", False, id="another slip"),
        pytest.param("torhc", False, id="a slip in one that is not here"),
        pytest.param("numpy.linalgg", False, id="no module of a package that is here"),
        pytest.param("math", False, id="here"),
        pytest.param("no name", False, id="no name of a module"),
    ],
)
def test_a_package_of_the_world_is_told_from_a_slip(module: str, lacking: bool) -> None:
    """What is almost the name of a package is the student's; what is none of ours may be had."""
    assert is_lacking(module) is lacking


IMPORT, HINT = "from jax.nn import relu as r", "def f(x: r): return x"


@pytest.mark.parametrize(
    ("statements", "answers", "missing", "says"),
    [
        pytest.param((IMPORT, HINT), [], set(), None, id="imported, not needed"),
        pytest.param((IMPORT, HINT), [], {"np"}, None, id="another name is missing"),
        pytest.param((IMPORT, HINT), [], {"r"}, "jax", id="its name is missing"),
        pytest.param(("def f(x):\n import jax",), [error(NOT_FOUND, "jax")], set(), "jax", id="in a function"),
        pytest.param(("def f(x): raise E",), [error(NOT_FOUND, "jax")], set(), None, id="said, but not imported"),
        pytest.param(("def f(x):\n import numpyy",), [error(NOT_FOUND, "numpyy")], set(), None, id="a slip"),
    ],
)
def test_only_what_an_answer_needed_is_lacking(
    statements: tuple[str, ...], answers: list[StudentError], missing: set[str], says: str | None
) -> None:
    """A hint and an unused import cost nothing; what code merely says that it lacks is not believed."""
    failures = [Failure(statement=0, error=error(NOT_FOUND, "jax"))]
    said = lack_of(failures, answers, missing, plan(*statements))
    assert (said is None) if says is None else (said is not None and says in spoken(said))


FETCHED = [
    pytest.param(
        "(X, y), _ = mnist.load_data()", "Exception", "URL fetch failure on https://a", {"X"}, True, id="Keras"
    ),
    pytest.param("d = pd.read_csv('http://a/b.csv')", "URLError", "<urlopen error>", {"d"}, True, id="pandas"),
    pytest.param("d = fetch_openml('mnist_784')", "URLError", "<urlopen error>", {"d"}, True, id="scikit-learn"),
    pytest.param("d = pd.read_csv('http://a/b.csv')", "URLError", "<urlopen error>", {"e"}, False, id="not needed"),
    pytest.param("d = pd.read_csv('a.csv')", "FileNotFoundError", "No such file", {"d"}, False, id="a file"),
    pytest.param("d = made()", "URLError", "<urlopen error>", {"d"}, False, id="said, and nothing is fetched"),
]


@pytest.mark.parametrize(("source", "kind", "text", "missing", "is_ours"), FETCHED)
def test_data_that_is_fetched_is_lacking_as_a_package_is(
    source: str, kind: str, text: str, missing: set[str], is_ours: bool
) -> None:
    """There is no network where student code runs, which is ours."""
    failures = [Failure(statement=0, error=StudentError(type=kind, text=text))]
    said = lack_of(failures, [], missing, plan(source, "def f(x): return d"))
    assert (said is not None and said.key == "lacks_network") is is_ours
