"""Notebooks made to cost whoever reads them: wide, deep, repeated and nested, of any size. No test lives here.

`python -m tests.benchmarks.costly [BYTES [KIND...]]` grades each, of that size and of half of it, in rooms that say
only that a name is missing, draws its report as text, JSON, page and notebook, and recognizes it: all that is done on
this side. It prints seconds of processor time, those of recognizing apart, the factor between the two sizes, which is 2
for what is linear, and megabytes.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from grader.course.folder import Course
from grader.errors import GraderError
from grader.grading.grader import Grader
from grader.limits import NotebookLimits, RoomLimits
from grader.messages import ENGLISH
from grader.notebook.bundle import bundled
from grader.notebook.reading import by_cells, read_notebook
from grader.notebook.submission import detect
from grader.render import RENDERERS, annotated
from grader.wall.message_frames import to_bytes
from grader.wall.protocol import Answer, Ended, Job, Leave, Opened, Question, Raised, StudentError
from grader.wall.sandbox import Lend, Room

ROOT: Final = Path(__file__).parents[2]
DEF = "def my_softmax(z):\n    return z\n"
MARK = "# UNQ_C1\n# GRADED CELL: my_softmax\n"


def cells(*sources: str) -> bytes:
    """A notebook of these code cells."""
    nodes = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    return document(nodes)


def document(nodes: list[Any], **more: Any) -> bytes:
    """A notebook of these nodes."""
    return json.dumps({"cells": nodes, "metadata": {}, "nbformat": 4, "nbformat_minor": 4, **more}).encode()


def many(source: str) -> Callable[[int], bytes]:
    """As many cells of this source as fit."""
    return lambda size: cells(DEF, *[source] * (size // (len(json.dumps(source)) + 70)))


def one(begin: str, piece: str, end: str = "", most: int = 190_000) -> Callable[[int], bytes]:
    """Cells, each as long as one may be, of many pieces."""

    def made(size: int) -> bytes:
        length = min(size, most)
        filled = begin + piece * ((length - len(begin) - len(end)) // len(piece)) + end
        return cells(DEF, *[filled] * max(1, size // length))

    return made


def numbered(begin: str, piece: str, end: str = "", most: int = 190_000) -> Callable[[int], bytes]:
    """The same with a number in each piece."""

    def made(size: int) -> bytes:
        length = min(size, most)
        pieces = [piece.replace("@", str(n)) for n in range(length // (len(piece) + 5))]
        return cells(DEF, *[begin + "".join(pieces) + end] * max(1, size // length))

    return made


def _scripts(size: int) -> bytes:
    return bundled([("a.ipynb", many("%run a.py")(size // 2)), ("a.py", b"my_softmax = a\n" * (size // 30))])


def _worksheets(size: int) -> bytes:
    return json.dumps({"nbformat": 3, "worksheets": [{"cells": [{}] * (size // 4)}]}).encode()


COSTLY: Final[dict[str, Callable[[int], bytes]]] = {
    "marked cells": many(MARK + "x = 1"),
    "marked answers": many(MARK + DEF),
    "marked calls": many(MARK + "my_softmax.x()"),
    "marked broken cells": many(MARK + "x = ("),
    "broken cells": many("x = ("),
    "renamed answers": many(MARK + "def other(z): return z"),
    "empty cells": many(""),
    "magic cells": many("%%time\n!ls"),
    "held cells": many("%%timeit\n" + DEF),
    "written files": many("%%writefile -a a.py\n" + DEF),
    "run files": many("%run a.py"),
    "imports": many("import a"),
    "deletions": many("del my_softmax"),
    "wide tuple": numbered("", "a@,", "= b"),
    "wide list of stores": numbered("", "a[@],", "= b"),
    "chain": numbered("", "a@ = ", "1"),
    "one name touched": one("", "my_softmax.x += 1\n"),
    "one name bound": one("", "my_softmax = 1\n"),
    "one name read and bound": one("", "my_softmax = my_softmax\n"),
    "names in a ring": numbered("", "a@ = a@ + my_softmax\nmy_softmax = a@\n"),
    "functions": numbered("", "def f@(): return f@ + my_softmax\n"),
    "functions of all names": numbered("", "def my_softmax(): return a@\n"),
    "aliases": numbered("", "import b as a@, c.d as e@\n"),
    "aliases of one import": numbered("import ", "b as a@,", "c"),
    "decorators": one("", "@d\n", "def f(): pass"),
    "comments": one("", "# GRADED CELL: my_softmax\n", "x = 1"),
    "comment of marks": one("#", " GRADED CELL: a, and b #", "\n"),
    "long string": one("x = '", "a", "'"),
    "joined strings": one("x = (", "'a' ", ")"),
    "f-strings": one("x = (", "f'{a}' ", ")"),
    "dictionary": numbered("x = {", "a@: b,", "}"),
    "call": numbered("f(", "a@=b,", ")"),
    "comparisons": one("x = a", " < a"),
    "booleans": one("x = a", " and a"),
    "comprehension": one("x = [a ", "for a in b ", "]"),
    "comprehensions": one("x = [", "[a for a in b],", "]"),
    "lambdas": numbered("x = [", "lambda a@: a@,", "]"),
    "nested functions": one("", "def f():\n def g():\n  def h():\n   return a\n"),
    "nested classes": one("", "class A:\n class B:\n  class C:\n   a = b\n"),
    "with": numbered("with ", "a as b@,", "c as d: pass"),
    "try": one("", "try: a\nexcept b as c: d\nelse: e\nfinally: f\n"),
    "globals": numbered("def f():\n", " global a@\n"),
    "walrus": numbered("x = [", "(a@ := b),", "]"),
    "match": numbered("match a:\n case ", "{@: b} | ", "_: pass"),
    "semicolons": one("", "a;"),
    "blocks in one": numbered("if a:\n", " b@ = c\n"),
    "elif": numbered("if a: b\n", "elif a@: b\n"),
    "dotted import": one("import a", ".a"),
    "escaped quotes": one("!ls\n", "'\\"),
    "open quotes": one("!ls\n", "x = '\n"),
    "open brackets": one("!ls\n", "(\n"),
    "escapes": one("", "!ls\n"),
    "help": one("", "a?\n"),
    "indented escapes": one("if a:\n", " !ls\n"),
    "percent signs": one("x =", "% ", "\n!ls"),
    "backslashes": one("!ls ", "\\\n"),
    "spaces": one("!ls\n", " ", "x"),
    "pip": one("", "pip install a\n"),
    "newer strings": one("", 'x = f"{a["b"]}"\n'),
    "JSON depth": lambda size: document([{"a": json.loads("[" * 90 + "]" * 90)}] * (size // 190)),
    "JSON lists": lambda size: document([], a=[[]] * (size // 4)),
    "metadata keys": lambda size: document([], metadata={f"k{n}": n for n in range(size // 14)}),
    "outputs": lambda size: document([{"cell_type": "code", "source": "", "outputs": [{}] * (size // 4)}]),
    "attachments": lambda size: document(
        [{"cell_type": "markdown", "source": "", "attachments": {"a": [0] * (size // 3)}}]
    ),
    "source lines": lambda size: document([{"cell_type": "code", "source": ["\n"] * (size // 8)}]),
    "tags": lambda size: document([{"cell_type": "code", "source": "", "metadata": {"tags": ["a"] * (size // 5)}}]),
    "Markdown that names the answer": lambda size: document(
        [{"cell_type": "markdown", "source": "my_softmax = 1"}] * (size // 60)
    ),
    "worksheets": _worksheets,
    "a script that is run": _scripts,
}


class Rooms:
    """A sandbox in whose rooms every statement runs, and every answer is that a name is missing."""

    name = "none"
    warning = None

    @contextmanager
    def room(self, limits: RoomLimits) -> Iterator[Room]:
        """See `Sandbox.room`."""
        del limits
        yield _Room()


class _Room:
    printed = ""
    seconds = 0.0
    computed = None

    def open(self, job: Job, lend: Lend | None = None) -> Opened | Ended:
        del lend
        to_bytes(job)
        return Opened(failures=(), target_type="a function", notices=())

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        error = StudentError(type="NameError", text="name 'a' is not defined", cell=1, line=1, missing="a")
        return [Raised(id=each.id, error=error) for each in questions]

    def leave(self) -> Leave | Ended:
        return Leave()


def grade_all(data: bytes, keys: Path) -> None:
    """What a submission costs this side. The answer key lies in the folder `keys`."""
    course = Course(ROOT)
    loaded = course.load().assignments
    digits = next(each for each in loaded if each.id == "digits")
    with Grader(course, digits, sandbox=Rooms(), keys=keys) as grader:
        assert grader.materials
        ready = _spent()
        report = grader.grade("x.ipynb", data)
        for name in ("json", "text", "html"):
            RENDERERS[name](report, words=ENGLISH)
        notebook = None
        try:
            notebook = read_notebook(data, NotebookLimits())
            annotated.render(notebook, report, words=ENGLISH)
        except GraderError as error:
            sys.stderr.write(f"{type(error).__name__}\n")
        graded = _spent()
        if notebook is not None:
            try:
                by_cells(notebook, lambda read: detect(read, loaded))
            except GraderError as error:
                sys.stderr.write(f"{type(error).__name__}\n")
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    sys.stdout.write(json.dumps([graded - ready, _spent() - graded, most // 1024]))


def _spent() -> float:
    """Seconds of processor time of this process and of its readers."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(name: str, size: int, keys: Path, limit: int = 60) -> list[float]:
    """Seconds to grade and draw, and to recognize, and megabytes; of one that the kernel ends the limit."""
    started = [sys.executable, "-m", __spec__.name, str(size), name, str(keys)]
    done = subprocess.run(started, capture_output=True, text=True, check=False, preexec_fn=lambda: _bounded(limit))
    if done.returncode > 0:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout) if done.returncode == 0 else [limit, limit, 0]


def _bounded(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def main(size: int, kinds: Sequence[str]) -> None:
    """A row for each kind."""
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder)
        course = Course(ROOT)
        with Grader(course, course.assignment("digits"), keys=keys) as grader:
            grader.grade("x.ipynb", cells("def my_softmax(z): return a"))  # with it the smallest calls are kept
        for name in kinds or COSTLY:
            half, whole = measure(name, size // 2, keys), measure(name, size, keys)
            factor = whole[0] / max(half[0], 0.01)
            row = f"{name:32} {whole[0]:6.2f} s {whole[1]:6.2f} s  x{factor:5.2f} {whole[2]:5.0f} MB"
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asked = sys.argv[1:] or ["1000000"]
    if Path(asked[-1]).is_dir():
        grade_all(COSTLY[asked[1]](int(asked[0])), Path(asked[-1]))
    else:
        main(int(asked[0]), asked[1:])
