"""What runs of a notebook reaches what it reads: given files by any spelling, data that is loaded, seeds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.messages import say
from grader.notebook.bundle import as_one
from grader.report.report import ExerciseResult, Verdict
from grader.wall.sandbox import Sandbox
from tests.english import all_spoken, spoken
from tests.notebooks import code, notebook

ASSIGNMENT = '''\
"""A function of one argument."""

import numpy as np

from grader.course.assignment import Assignment, Check, Exercise
from grader.judging.inputs import examples
from grader.judging.rules import Agrees
from grader.limits import RoomLimits

RIGHT = Check(
    id="right", title="It is right", points=10, passed="Yes.", failed="No.",
    question=examples((np.array([1.0, 2.0]),)), rule=Agrees(),
)
SHIFTED = Exercise(id="shifted", title="Shifted", target="f", limits=RoomLimits(cpu_seconds=5), checks=(RIGHT,))
ASSIGNMENT = Assignment(id="sums", title="Sums", version="1", total=10, exercises=(SHIFTED,))
'''
SOLUTION = "def f(x):\n    return x + 6.0\n"
FILES = {f"assignments/sums/files/data/part{number}.csv": str(number) for number in (1, 2, 3)}
FILES["assignments/sums/files/handed_out.py"] = "one = 1.0"
busy_parser = pytest.mark.skipif(
    sys.platform != "linux" or sys.version_info >= (3, 12),
    reason="needs Linux, where readers are bounded, and a parser that open strings keep busy: Python 3.11's",
)
Grade = Callable[..., ExerciseResult]
NO_SCRIPTS: Mapping[str, str] = {}


@pytest.fixture
def grade(tmp_path: Path, sandbox: Sandbox) -> Iterator[Grade]:
    """Grade cells that are to define f(x) = x + 6, with the three given files that hold 1, 2 and 3."""
    written = {"assignments/sums/assignment.py": ASSIGNMENT, "reference/sums/solution.py": SOLUTION, **FILES}
    for name, text in written.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    course = Course(tmp_path)
    with Grader(course, course.assignment("sums"), sandbox=sandbox) as grader:

        def grade(*cells: str, scripts: Mapping[str, str] = NO_SCRIPTS) -> ExerciseResult:
            beside = ((name, text.encode()) for name, text in scripts.items())
            return grader.grade(*as_one([("x.ipynb", notebook(*map(code, cells))), *beside])).exercises[0]

        yield grade


SPELLINGS = [
    pytest.param("parts = sorted(glob.glob('dat*/*'))", id="glob"),
    pytest.param("parts = [f'data/{\"part\"[:3]}t{i}.csv' for i in (1, 2, 3)]", id="an f-string"),
    pytest.param("os.chdir('data')\nparts = os.listdir()", id="a listing"),
    pytest.param("parts = [each for each in Path().rglob('*.csv')]", id="pathlib"),
    pytest.param("parts = [chr(100) + 'ata' + os.sep + chr(112) + 'art%d.csv' % i for i in (1, 2, 3)]", id="pieces"),
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_given_files_are_there_by_any_spelling_of_their_path(grade: Grade, spelling: str) -> None:
    """No text of the notebook has to name a file for it to be there."""
    imports = "import glob, os\nfrom pathlib import Path"
    answer = "total = sum(float(open(each).read()) for each in parts)\ndef f(x):\n    return x + total"
    assert grade(imports, spelling, answer).earned == 10


ELSEWHERE = [
    pytest.param("parts = [f'/content/drive/MyDrive/lab/part{i}.csv' for i in (1, 2, 3)]", "open", id="a Drive"),
    pytest.param("parts = [rf'C:\\Users\\me\\Downloads\\part{i}.csv' for i in (1, 2, 3)]", "open", id="Windows"),
    pytest.param("parts = [Path('..') / f'part{i}.csv' for i in (1, 2, 3)]", "Path.open", id="pathlib"),
    pytest.param("parts = [f'/kaggle/input/sums/part{i}.csv' for i in (1, 2, 3)]", "load", id="NumPy"),
]


@pytest.mark.parametrize(("looked_for", "read"), ELSEWHERE)
def test_given_files_are_found_where_they_lay_on_the_students_machine(grade: Grade, looked_for: str, read: str) -> None:
    """A Drive is not mounted here; what was handed out is here, and a notice says that it was read."""
    imports = "import numpy as np\nfrom pathlib import Path\nload = lambda path: open(path) and [str(np.loadtxt(path))]"
    answer = f"total = sum(float([*{read}(each)][0]) for each in parts)\ndef f(x):\n    return x + total"
    result = grade(imports, looked_for, answer)
    assert (result.earned, say("file_elsewhere") in result.notices) == (10, True)


@pytest.mark.parametrize("path", ["/content/part4.csv", "/nowhere/secret/solution.py"], ids=["other", "course"])
def test_no_other_file_is_found(grade: Grade, path: str) -> None:
    """Only names that were handed out, and a name is a file's."""
    assert grade(f"text = open({path!r}).read()\ndef f(x):\n    return x + 6.0 + 0 * len(text)").earned == 0


def test_given_files_are_not_changed_by_accident(grade: Grade) -> None:
    """They are read-only."""
    changing = "try:\n    open('data/part1.csv', 'w').write('7')\nexcept OSError:\n    total = 6"
    assert grade(f"{changing}\ndef f(x):\n    return x + total").earned == 10


@pytest.mark.parametrize(
    ("cells", "earned"),
    [
        pytest.param(["import jax", "def f(x: jax.Array) -> 'T': return x + 6.0"], 10, id="type hint"),
        pytest.param(["import jax", "def f(x, fast=0): return jax.add(x, 6) if fast else x + 6.0"], 10, id="unused"),
        pytest.param(["import jax", "def f(x): return jax.add(x, 6)"], None, id="needed"),
        pytest.param(["from numba import jit", "@jit\ndef f(x): return x + 6.0"], None, id="decorator"),
        pytest.param(["def f(x):\n    import jax\n    return jax.add(x, 6)"], None, id="imported within"),
        pytest.param(["from lost_file import six", "def f(x): return x + six"], None, id="a file that is not here"),
        pytest.param(
            ["from sklearn.datasets import load_boston as b", "d = b()", "def f(x): return d.x"], None, id="data"
        ),
        pytest.param(
            ["from sklearn import datasets", "d = datasets.load_boston()", "def f(x): return d.x"], None, id="lost"
        ),
        pytest.param(["from sklearn.datasets import load_boston", "def f(x): return x + 6.0"], 10, id="unused data"),
        pytest.param(["import numpyy as np", "def f(x): return np.add(x, 6)"], 0, id="slip"),
        pytest.param(["import jax", "def f(x): return x + 7.0"], 0, id="wrong, and not needed"),
    ],
)
def test_a_package_that_is_not_installed_is_never_a_wrong_answer(
    grade: Grade, cells: list[str], earned: int | None
) -> None:
    """Where it is needed nothing is graded, and it is named; elsewhere it costs nothing, and helps nobody."""
    result = grade(*cells)
    assert result.earned == earned
    if earned is None:
        assert any(name in spoken(result.message) for name in ("jax", "numba", "lost_file", "load_boston"))


EFFECTS = [
    pytest.param(
        [
            "class Mean:\n    def fit(self, values):\n        self.mean = np.mean(values)\n        return self",
            "values = np.full(3, 6.0)",
            "mean = Mean()",
            "mean.fit(values)",
            "def f(x):\n    return x + mean.mean",
        ],
        id="a class of one's own is fitted with data from another cell",
    ),
    pytest.param(
        [
            "def init(box, size):\n    box['shift'] = size",
            "box = {}",
            "size = 6",
            "init(box, size)",
            "def f(x):\n    return x + box['shift']",
        ],
        id="a function fills what it is given",
    ),
    pytest.param(
        [
            "def main():\n    global shift\n    shift = 6",
            "if __name__ == '__main__':\n    main()",
            "def f(x):\n    return x + shift",
        ],
        id="a function binds a global",
    ),
    pytest.param(
        [
            "np.random.seed(5)",
            "first = np.random.rand()",
            "second = np.random.rand()",
            "def f(x):\n    again = np.random.RandomState(5).rand(2)\n    return x + 6 + second - again[1]",
        ],
        id="a seed is set, and what is drawn is drawn in order",
    ),
    pytest.param(
        [
            "with open('mine.py', 'w') as file:\n    file.write('shift = 6\\n')",
            "from mine import shift as far",
            "def f(x):\n    return x + far",
        ],
        id="a module that the notebook writes",
    ),
    pytest.param(
        [
            "from pathlib import Path\nPath('mine.py').write_text('def far():\\n    return 6\\n')",
            "import mine",
            "def f(x):\n    return x + mine.far()",
        ],
        id="a module that the notebook writes by its path",
    ),
    pytest.param(
        ["open('mine.py', 'w').write('shift = 6')", "from mine import *", "def f(x):\n    return x + shift"],
        id="all of a module that the notebook writes",
    ),
    pytest.param(
        ["open('mine.py', 'w').write('shift = 6')", "def f(x):\n    from mine import shift\n    return x + shift"],
        id="a module that the notebook writes and the answer imports",
    ),
    pytest.param(
        [
            "open('mine.py', 'w').write('shift = 6')",
            "import importlib\nmine = importlib.import_module('mine')",
            "def f(x):\n    return x + mine.shift",
        ],
        id="a module that is written, and imported by a call",
    ),
    pytest.param(["%env SHIFT=6", "import os", "def f(x):\n    return x + float(os.environ['SHIFT'])"], id="%env"),
    pytest.param(
        ["%env SHIFT 6", "from os import getenv", "def f(x):\n    return x + float(getenv('SHIFT'))"], id="env"
    ),
    pytest.param(
        ["shift = np.array(6.0)", "np.save('shift.npy', shift)", "def f(x):\n    return x + np.load('shift.npy')"],
        id="a file that the notebook writes",
    ),
]


@pytest.mark.parametrize("cells", EFFECTS)
def test_an_answer_has_all_that_it_needs(grade: Grade, cells: list[str]) -> None:
    """As in Jupyter, where every cell has run."""
    assert grade("import numpy as np", *cells).earned == 10


BESIDE = [
    pytest.param("%run mine.py", "shift", id="run"),
    pytest.param("%run mine", "shift", id="run without its ending"),
    pytest.param("from mine import shift", "shift", id="an import of a name"),
    pytest.param("import mine", "mine.shift", id="an import"),
    pytest.param("from mine import *", "shift", id="a star"),
    pytest.param("exec(open('mine.py').read())", "shift", id="exec"),
    pytest.param("import data.mine as mine", "mine.shift", id="in a folder"),
]


@pytest.mark.parametrize(("use", "value"), BESIDE)
def test_scripts_that_were_handed_in_with_it_are_there(grade: Grade, use: str, value: str) -> None:
    """As in the folder that the student worked in; what the lab hands out is as it was handed out."""
    scripts = {"mine.py": "from half import half\nshift = 2.0 * half\n", "half.py": "half = 3"}
    scripts |= {"data/mine.py": "shift = 6.0", "handed_out.py": "one = 7.0"}
    answer = f"from handed_out import one\ndef f(x):\n    return x + {value} + one - 1"
    assert grade(use, answer, scripts=scripts).earned == 10


OWN_ANSWER = "from half import half\ndef f(x):\n    return x + 2.0 * half\n"
OWN = {"mine.py": OWN_ANSWER, "p/mine.py": OWN_ANSWER, "half.py": "half = 3"}
IMPORTING = [
    "from mine import f",
    "from mine import *",
    "from p.mine import f",
    "from mine import f, half",
    "from mine import half\nfrom mine import f",
]


@pytest.mark.parametrize("cell", IMPORTING)
def test_an_answer_may_stand_in_a_script_of_the_students_own(grade: Grade, cell: str) -> None:
    """It was handed in with the notebook, which imports it: the answer is what the script defines."""
    blank = "def f(x):\n    return None"
    for before in ("import numpy as np", blank):
        result = grade(before, cell, scripts=OWN)
        assert (result.earned, result.cell and result.cell.index) == (10, 2)
        assert say("graded_from_script", cell=2, target="f") in result.notices
    assert grade(cell, blank, scripts=OWN).earned == 0


ELSEWHERES_ANSWERS = [
    pytest.param("from handed_out import f", {"handed_out.py": "def f(x):\n    return x + 6.0"}, id="of the course"),
    pytest.param("from handed_out_v2 import *", {"handed_out_v2.py": OWN_ANSWER}, id="of its family"),
    pytest.param("from mine import f", {}, id="not handed in"),
    pytest.param("from mine import f", {"mine.py": "from numpy import positive as f"}, id="imported there"),
]


@pytest.mark.parametrize(("cell", "scripts"), ELSEWHERES_ANSWERS)
def test_a_script_that_is_no_answer_earns_nothing(grade: Grade, cell: str, scripts: Mapping[str, str]) -> None:
    """The student's own work is what counts; and what is missing may have been left at home, which is said."""
    result = grade(cell, scripts=scripts)
    assert result.earned == 0
    assert scripts or "hand that file in together with the notebook" in spoken(result.message)


#: changes by ways that no text shows
UNFOLLOWED = [
    pytest.param(["d = []", "getattr(d, 'append')(6)", "def f(x): return x + d[0]"], id="a method by its name"),
    pytest.param(["d = []", "add = d.append", "add(6)", "def f(x): return x + d[0]"], id="a method under another name"),
    pytest.param(
        [
            "def make():\n    d = {}\n    def put(v): d['a'] = v\n    def get(): return d['a']\n    return put, get",
            "put, get = make()",
            "put(6)",
            "def f(x): return x + get()",
        ],
        id="a closure",
    ),
]


@pytest.mark.parametrize("cells", UNFOLLOWED)
def test_a_change_that_nobody_follows_is_made_by_running_all_cells(grade: Grade, cells: list[str]) -> None:
    """An answer that falls short is tried once more after all that stands before it; the better one counts."""
    assert grade(*cells).earned == 10


#: doubles CPython 3.11's work with each level: reading it ends at its share of the time
DEAR = "x = f'" + "{f'" * 50


@busy_parser
def test_in_a_notebook_that_took_long_to_read_nothing_is_looked_for_again(grade: Grade) -> None:
    """A name that is missing then may be there: that is not judged. What was judged without one stands."""
    assert grade(DEAR, "exec('six = 6.0')", "def f(x):\n    return x + six").verdict is Verdict.NOT_GRADED
    assert grade(DEAR, "six = [5.0]", "exec('six[0] = 6.0')", "def f(x): return x + six[0]").verdict is Verdict.FAILED


def test_cells_that_nothing_needs_cost_no_time(grade: Grade) -> None:
    """Neither a loop without end, nor a wait, nor an import of what takes longer than a student has."""
    cells = ["import tensorflow", "while True:\n    pass", "import time\ntime.sleep(100)", "name = input()"]
    assert grade(*cells, "time.sleep(100)\ninput()\ndef f(x):\n    return x + 6.0").earned == 10


def test_only_failures_of_needed_statements_are_told(grade: Grade) -> None:
    """What runs on trial and what only shows something fails in silence; of needed ones the cause is told."""
    cells = ["import lost", "lost.plot(f)", "def fill(box):\n    box.clear()\n    lost.fill(box)", "box = {}"]
    answer = "fill(box)\nprint(lost)\nbox['a'] = gone\nshift = box['a']\ndef f(x):\n    return x + shift"
    result = grade(*cells, answer)
    assert "gone" in spoken(result.message)
    assert not any("lost" in each for each in all_spoken((result.message, *result.notices)))


RIGHT = "def f(x): return np.add(x, 6.0)"
IMPORT = "import numpy as np"
#: what README.md promises, word for word, and a notebook for each
PROMISES = {
    "Missing markers": [IMPORT, RIGHT],
    "broken other cells": [IMPORT, "for x in:\n  pass", "1 / 0", f"# GRADED FUNCTION: f\n{RIGHT}", "print(("],
    "`!pip`": ["!pip install numpy\n%pip install scipy\npip install tqdm\n" + IMPORT, RIGHT],
    "lost helper modules": [IMPORT, "from lost_utils import *\nfrom public_tests_v9 import f_test", RIGHT, "f_test(f)"],
    "answers in a new cell": [IMPORT, "# GRADED FUNCTION: f\ndef f(x):\n    y = None\n    return y", RIGHT],
    "spellings of older libraries": [IMPORT, "def f(x): return x + np.float(6) * np.alltrue(x < np.Inf)"],
}


def test_the_readme_promises_nothing_else() -> None:
    """Whoever adds a promise to the page adds a notebook here."""
    page = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"**Kind to honest mess.** {', '.join(PROMISES)}: none of it costs a point." in " ".join(page.split())


@pytest.mark.parametrize("promise", PROMISES)
def test_none_of_what_the_readme_promises_costs_a_point(grade: Grade, promise: str) -> None:
    """Each promise of the page, kept."""
    assert grade(*PROMISES[promise]).earned == 10
