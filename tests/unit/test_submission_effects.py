"""Effects: what changes a needed name without binding it runs, in its place, with all that it reads itself."""

from __future__ import annotations

import numpy as np
import pytest

from grader import lab
from grader.lab import TrainingData
from grader.limits import IMPORT_SECONDS, RoomLimits
from grader.notebook.submission.effects import MAX_STEPS
from tests.exercises import exercise, plan, sources
from tests.notebooks import code

F = exercise("f")


def run(*cells: str) -> list[str]:
    """All that runs for f, but the imports."""
    return sources(plan(F, *map(code, cells)), "definition", "cell")


D = "d = {}"
USE = "def f(): return d"
NUMPY = "import numpy as np"
KERAS = "from tensorflow import keras"
SVC = "from sklearn.svm import SVC"

#: cells of which all but imports run
EFFECTS = [
    pytest.param([D, "d.update(a=1)", USE], id="a dictionary is updated"),
    pytest.param([D, "v = d.pop('a')", USE], id="a method that is used and changes"),
    pytest.param([D, "print(d.setdefault('a', 1))", USE], id="inside of another call"),
    pytest.param([D, "dict.update(d, a=1)", USE], id="by the class's own method"),
    pytest.param([D, "setattr(d, 'a', 1)", USE], id="setattr"),
    pytest.param([D, "first = next(d)", USE], id="next"),
    pytest.param([D, "del d['a']", USE], id="an item is deleted"),
    pytest.param(["import random", D, "random.shuffle(d)", USE], id="random.shuffle"),
    pytest.param(["from random import shuffle as mix", D, "mix(d)", USE], id="shuffle under another name"),
    pytest.param([NUMPY, D, "np.fill_diagonal(d, 1)", USE], id="np.fill_diagonal"),
    pytest.param([NUMPY, D, "np.add.at(d, [0], 1)", USE], id="np.add.at"),
    pytest.param([NUMPY, D, "np.clip(d, 0, 1, out=d)", USE], id="out="),
    pytest.param([D, "import heapq\nheapq.heappush(d, 3)", USE], id="heapq"),
    pytest.param(["import pandas as pd", "d = pd.DataFrame()", "d.dropna(inplace=True)", USE], id="inplace=True"),
    pytest.param([SVC, "X = [[1]]", "d = SVC()", "d.fit(X, [1])", USE], id="an estimator is fitted"),
    pytest.param([SVC, "X = [[1]]", "d = SVC()", "p = d.fit(X, [1]).predict(X)", USE], id="fitted in passing"),
    pytest.param(
        ["class Net:\n    def fit(self, X): self.w = X", "X = 1", "d = Net()", "d.fit(X)", USE],
        id="a class of one's own",
    ),
    pytest.param(
        [KERAS, "class Knn:\n    def fit(self, X): self.w = X", "X = 1", "d = Knn()", "d.fit(X)", USE],
        id="a class of one's own beside Keras",
    ),
    pytest.param(["class C:\n    def go(self): self.n = 1", "d = C()", "v = d.go()", USE], id="a method of one's own"),
    pytest.param(["def init(p): p['W'] = 1", D, "init(d)", USE], id="an argument of a function of one's own"),
    pytest.param(["def init(p): p['W'] = 1", D, "cost = init(d)", USE], id="whose result is used"),
    pytest.param(["def init(p):\n    W = p['W']\n    W -= 1", D, "init(d)", USE], id="by a local name for a part"),
    pytest.param(["def one(p): p.add(1)", "def two(q): one(q)", D, "two(d)", USE], id="by a function that it calls"),
    pytest.param(["from utils import init", D, "init(d)", USE], id="by a function from elsewhere that says so"),
    pytest.param(["def g():\n    global d\n    d = 1", "g()", USE], id="a global is bound"),
    pytest.param(["def g():\n    d['a'] = 1", D, "g()", USE], id="a global is changed"),
    pytest.param(["def g():\n    global d\n    d = 1", "def main(): g()", "main()", USE], id="two calls away"),
    pytest.param(
        ["def g():\n    global d\n    d = 1", "if __name__ == '__main__':\n    g()", USE], id="in the main guard"
    ),
    pytest.param(["def g(i):\n    d['a'] = i", D, "list(map(g, [1]))", USE], id="a function that is handed over"),
    pytest.param(["class B:\n    def go(self):\n        global d\n        d = 1", "B().go()", USE], id="by a method"),
    pytest.param(["globals()['d'] = 1", USE], id="by globals()"),
    pytest.param([D, "e = d", "e['a'] = 1", USE], id="under another name"),
    pytest.param([D, "def keep(f): d[f] = f", "@keep\ndef g(): return 1", USE], id="by a decorator"),
    pytest.param(
        [D, "def keep(name):\n    def into(f): d[name] = f\n    return into", "@keep('a')\nclass G: 0", USE],
        id="by what a decorator makes",
    ),
    pytest.param(
        [
            "import functools",
            "@functools.singledispatch\ndef g(x): 0",
            "@g.register\ndef _(x: int): 1",
            "def f(x): g(x)",
        ],
        id="a function gets another case",
    ),
    pytest.param(["d = [[1]]", "for row in d:\n    row.append(1)", USE], id="a part in a loop"),
    pytest.param(["e = {}", "d = e", "e['a'] = 1", USE], id="under the name it had before"),
    pytest.param([D, "for i in range(3):\n    d[i] = 1", USE], id="in a loop"),
    pytest.param([D, "if True:\n    d.update(a=1)", USE], id="in an if"),
    pytest.param([D, "with open('a') as file:\n    d.update(a=file)", USE], id="in a with"),
    pytest.param([D, "try:\n    d.update(a=1)\nexcept E: 0", USE], id="in a try"),
    pytest.param([D, "_ = [d.update(a=i) for i in range(3)]", USE], id="in a comprehension"),
    pytest.param([NUMPY, "np.random.seed(1)", "W = np.random.rand(3)", "def f(): return W"], id="a seed"),
    pytest.param([NUMPY, "np.random.seed(1)", "V = np.random.rand(3)", "f = np.random.rand(3)"], id="a draw between"),
    pytest.param(["import random", "random.seed(1)", "def f(): return random.random()"], id="a seed for a function"),
    pytest.param(
        [NUMPY, "def reset(): np.random.seed(1)", "reset()", "f = np.random.rand(3)"], id="a seed set by a function"
    ),
    pytest.param([NUMPY, SVC, "np.random.seed(1)", "d = SVC()", USE], id="a seed for a library that draws silently"),
    pytest.param(["import tensorflow as tf", "tf.random.set_seed(1)", "f = tf.keras.Sequential()"], id="set_seed"),
    pytest.param([KERAS, "keras.utils.set_random_seed(1)", "f = keras.Sequential()"], id="set_random_seed"),
    pytest.param([NUMPY, "r = np.random.default_rng(1)", "V = r.normal()", "f = r.normal()"], id="a generator"),
    pytest.param(["import sys\nsys.setrecursionlimit(9999)", "def f(n): return f(n - 1)"], id="a setting of Python"),
    pytest.param([NUMPY, "W = 1", "np.save('W.npy', W)", "f = np.load('./W.npy')"], id="a file is written, then read"),
    pytest.param(
        [
            "import shutil\nwith open('n', 'w') as out:\n    out.write('1')",
            "shutil.copy('n', 'm')",
            "f = open('m').read()",
        ],
        id="a file is copied, then read",
    ),
    pytest.param(["with open('n.txt', 'w') as out:\n    out.write('1')", "f = open('n.txt').read()"], id="by open"),
    pytest.param(
        [KERAS, "n = keras.layers.Normalization()", "X = 1", "n.adapt(X)", "f = keras.Sequential([n])"], id="adapt"
    ),
    pytest.param(
        [KERAS, "m = keras.Sequential()", "X = 1", "m.fit(X)", "f = m.predict(X)"], id="training that is asked for"
    ),
    pytest.param(
        [
            KERAS,
            "b = keras.Model()",
            "for layer in b.layers:\n    layer.trainable = False",
            "f = keras.Sequential([b])",
        ],
        id="layers are frozen",
    ),
    pytest.param(["def f(): return d", "d = {}\nd.update(a=1)"], id="below the answer"),
    pytest.param(["import os", "os.chdir('data')", "def f(): return open('x').read()"], id="the folder of a file"),
]


@pytest.mark.parametrize("cells", EFFECTS)
def test_an_effect_on_a_needed_name_runs(cells: list[str]) -> None:
    """Whatever changes what the answer reads runs, and whatever that reads."""
    expected = [line for cell in cells for line in _statements(cell) if not line.startswith(("import ", "from "))]
    assert sorted(run(*cells)) == sorted(expected)


def _statements(cell: str) -> list[str]:
    """The top-level statements of a cell; none goes on at the left margin, but for `except` and one decorator."""
    parts: list[str] = []
    for line in cell.split("\n"):
        if line.startswith((" ", "except")) or (parts and parts[-1].startswith("@") and "\n" not in parts[-1]):
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    return parts


TORCH = "import torch\nfrom torch import nn"
STEPS = """\
for step in range(9):
    o.zero_grad()
    loss = ((model(X) - y) ** 2).mean()
    loss.backward()
    o.step()"""
NET, DATA = "model = nn.Sequential(nn.Linear(1, 1))", "X = y = torch.ones(3, 1)"
NOTHING = TrainingData(held=(np.zeros((1, 1)), np.zeros(1)))
TRAINED = lab.trained("model", "A net", data=lambda _: NOTHING, loss="mean_squared_error").checks(
    lab.check("learns", "", 1, lab.Goal("learns", 0.5))
)


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param([DATA, NET, "o = torch.optim.SGD(model.parameters(), 0.1)", STEPS], id="in a cell"),
        pytest.param(
            [
                DATA,
                "def train(m):\n    o = torch.optim.SGD(m.parameters(), 0.1)\n    m(X).mean().backward()\n    o.step()",
                NET,
                "train(model)",
            ],
            id="in a function",
        ),
    ],
)
def test_training_by_a_loop_of_ones_own_runs(cells: list[str]) -> None:
    """Where a trained model is asked for, what takes its steps is part of it, with all that this reads."""
    found = sources(plan(TRAINED, *map(code, [TORCH, *cells])), "definition", "cell")
    assert sorted(found) == sorted(cells)


#: cells of which the second last does not run
NO_EFFECTS = [
    pytest.param([D, "print(d)", USE], id="a print"),
    pytest.param([D, "d.keys()", USE], id="a method that reads"),
    pytest.param([D, "test_init(d)", USE], id="a test"),
    pytest.param([D, "public_tests.test_init(d)", USE], id="a test of a module"),
    pytest.param(["from utils import *", D, "plot_all(d)", USE], id="a plot of somebody's"),
    pytest.param(["import matplotlib.pyplot as plt", D, "plt.plot(d)", USE], id="a plot"),
    pytest.param(
        ["import matplotlib.pyplot as plt", D, "fig, ax = plt.subplots()\nax.plot(d)", USE], id="a plot of axes"
    ),
    pytest.param([NUMPY, D, "e = np.sum(d)", USE], id="a function of NumPy"),
    pytest.param(["def show(p): return p['W']", D, "v = show(d)", USE], id="a function of one's own that reads"),
    pytest.param([D, "e = {}\ne.update(a=1)", USE], id="another name"),
    pytest.param(["d = {}", "d.update(a=1)", "d = []", USE], id="what it was before"),
    pytest.param([KERAS, "d = keras.Sequential()", "d.fit(X, y)", USE], id="training"),
    pytest.param(
        [KERAS, "def build(): return keras.Sequential()", "d = build()", "d.fit(X)", USE], id="training what was built"
    ),
    pytest.param(
        [KERAS, "def train(m): m.fit(X)", "d = keras.Sequential()", "train(d)", USE], id="training in a function"
    ),
    pytest.param([NUMPY, "np.random.seed(1)", "def f(x): return x + np.pi"], id="a seed that nothing draws from"),
    pytest.param(
        [
            f"import tensorflow as tf\n{KERAS}",
            "for r in (1, 2):\n    tf.keras.utils.set_random_seed(1)\n    m = keras.Sequential()\n    m.fit(X, y)",
            "def f(x): return tf.nn.softmax(x)",
        ],
        id="training in a loop that sets a seed",
    ),
    pytest.param(["import torch", "torch.manual_seed(1)", "def f(x): return x"], id="a seed of another library"),
    pytest.param(["import os", "os.chdir('data')", "def f(x): return x"], id="a folder in which nothing is opened"),
]


@pytest.mark.parametrize("cells", NO_EFFECTS)
def test_what_changes_nothing_needed_does_not_run(cells: list[str]) -> None:
    """What only reads, shows, tests or trains costs nothing."""
    left_out = {"d.update(a=1)"} if cells[-2] == "d = []" else set(_statements(cells[-2]))
    assert left_out.isdisjoint(run(*cells))


def test_an_uncertain_effect_may_fail_with_all_that_only_it_needs() -> None:
    """A function that gets a needed name may change it; nobody is charged if it cannot run here."""
    cells = ["def init(p, size): p['W'] = size", "size = load()", "d = {}", "init(d, size)", "d.change()", USE]
    needed = {each.source: each.needed for each in plan(F, *map(code, cells)).statements}
    assert needed == {cells[0]: False, cells[1]: False, cells[2]: True, cells[3]: False, cells[4]: False, USE: True}


def test_a_certain_effect_must_not_fail() -> None:
    """It changes the answer for sure, so if it fails that is what the student has to know."""
    cells = ["X = load()", SVC, "d = SVC()", "d.fit(X)", USE]
    assert all(each.needed for each in plan(F, *map(code, cells)).statements)


def test_what_the_graded_cell_reads_is_there_even_if_nothing_needs_it() -> None:
    """All of the cell runs, so whatever it reads runs as well, and may fail; what it only shows needs nothing."""
    cells = ["X = load()", "t = 'title'", "print(t)\nscale(X)\ndef f(x): return x"]
    found = plan(F, *map(code, cells))
    assert [(each.source, each.needed) for each in found.statements] == [
        ("X = load()", False),
        ("print(t)", False),
        ("scale(X)", False),
        ("def f(x): return x", True),
    ]


@pytest.mark.parametrize("waiting", ["input('go on?')", "time.sleep(60)", "test_f(f)", "model.fit(X)"])
def test_what_waits_trains_or_tests_in_the_graded_cell_does_not_run(waiting: str) -> None:
    """Nobody is there, and nothing needs it."""
    assert run("model = Sequential()", f"{waiting}\ndef f(x): return x")[-1:] == ["def f(x): return x"]
    assert waiting not in run("model = Sequential()", f"{waiting}\ndef f(x): return x")


IMPORTS = [
    pytest.param([NUMPY, KERAS, "def f(x): return np.sum(x)"], [NUMPY], id="only what is needed"),
    pytest.param(
        ["from numpy import sum", "def f(x): return sum(x)"], ["from numpy import sum"], id="a builtin's name"
    ),
    pytest.param(
        ["import sklearn as sk", "import sklearn.svm", "def f(x): return sk.svm.SVC"],
        ["import sklearn as sk", "import sklearn.svm"],
        id="a part of a package",
    ),
    pytest.param(["from math import *", "def f(x): return x"], ["from math import *"], id="a star"),
    pytest.param(["from keras.layers import *", "def f(x): return x"], [], id="a star that takes seconds"),
    pytest.param(
        ["from keras.layers import *", "def f(x): return Dense"], ["from keras.layers import *"], id="a needed star"
    ),
    pytest.param(
        ["try:\n    import a\nexcept ImportError:\n    import b as a", "def f(x): return a.b"],
        ["try:\n    import a\nexcept ImportError:\n    import b as a"],
        id="guarded",
    ),
    pytest.param(["import a.b.c", "def f(x): return a.b.c.d"], ["import a.b.c"], id="a dotted one"),
    pytest.param(["import functools", "@functools.cache\ndef f(x): return x"], ["import functools"], id="a decorator"),
]


@pytest.mark.parametrize(("cells", "expected"), IMPORTS)
def test_imports_that_nothing_needs_do_not_run(cells: list[str], expected: list[str]) -> None:
    """A library that takes seconds to load must not eat a student's time for nothing."""
    assert sources(plan(F, *map(code, cells)), "import") == expected


def test_a_library_that_is_slow_to_import_costs_no_student_time() -> None:
    """A room gets what the imports of its plan take, and no more for libraries that nothing needs."""
    needed, unneeded = (plan(F, code(KERAS), code(SVC), code(f"def f(x): return {each}")) for each in ("SVC", "x"))
    limits = RoomLimits()
    assert needed.libraries == {"sklearn"}
    assert not unneeded.libraries
    assert limits.importing(needed.libraries).cpu_seconds == limits.cpu_seconds + IMPORT_SECONDS["sklearn"]
    assert limits.importing(unneeded.libraries) == limits


HOSTILE = [
    pytest.param([D, *["d.append(1)"] * 2_000, USE], id="one name changed all the time"),
    pytest.param([*[f"a{i} = a{i - 1}" for i in range(2_000)], USE], id="a long chain of names"),
    pytest.param(
        [D, *[f"e{i} = d" for i in range(2_000)], *["d.append(1)"] * 2_000, USE], id="one thing of many names"
    ),
    pytest.param(
        [
            *[f"def g{i}():\n    global v{i}\n    v{i} = 1\n    g{i + 1}()" for i in range(2_000)],
            *["g0()"] * 2_000,
            USE,
        ],
        id="functions that call each other",
    ),
    pytest.param(
        [f"def g():\n    global {', '.join(f'v{i}' for i in range(3_000))}\n    v0 = 1", *["g()"] * 2_000, USE],
        id="one that binds thousands",
    ),
]


@pytest.mark.parametrize("cells", HOSTILE)
def test_following_effects_takes_a_bounded_number_of_steps(cells: list[str]) -> None:
    """No notebook makes the analysis long: it counts its steps, and beyond them looks at nothing more."""
    assert USE in run("\n".join(cells))
    assert MAX_STEPS <= 300_000
