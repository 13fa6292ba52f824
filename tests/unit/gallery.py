"""Reports that together show everything a page can show. No test lives here."""

from __future__ import annotations

import math

from grader.course.assignment import Visibility
from grader.messages import prose, say
from grader.report.audience import seen_by
from grader.report.report import (
    AssignmentReference,
    Audience,
    CellReference,
    Counterexample,
    Curve,
    LayerRow,
    LayerShown,
    Place,
    Report,
    Shown,
    Status,
    SubmissionReference,
    Verdict,
)
from tests.unit.reports import check, exercise, not_graded, report

SOURCE = """\
# GRADED CELL: my_softmax
def my_softmax(z):
    \"\"\"Softmax 函数 of a vector\"\"\"
    ez = np.exp(z)          # powers of e
    total = ez[len(z)] + 1
    return ez / total
"""


def array(*entries: float, shape: tuple[int, ...] | None = None, dtype: str = "float64") -> Shown:
    """An array as a report shows it."""
    data = tuple(entry if math.isfinite(entry) else str(entry) for entry in entries)
    return Shown(text=str(list(data)), type="ndarray", shape=shape or (len(data),), dtype=dtype, data=data)


def example(got: Shown | None, expected: Shown | None, *given: Shown) -> Counterexample:
    """A counterexample with these results."""
    return Counterexample(call="my_softmax(np.array([...]))", inputs=given, got=got, expected=expected)


def layer(units: int | None, activation: str | None, parameters: int | None, *, kind: str = "Dense") -> LayerShown:
    """A layer as a report shows it."""
    return LayerShown(kind=kind, units=units, activation=activation, parameters=parameters)


WAVE = [math.sin(n / 3) for n in range(24)]
CHEQUERS = [(r * 7 + c * 3) % 11 / 10 for r in range(12) for c in range(16)]

SMALL = example(array(0.0, 0.5, shape=(2,), dtype="int64"), array(0.333333, 0.5), array(1.0, 2.0))
LONG = example(array(*(x if n % 7 else x + 0.5 for n, x in enumerate(WAVE))), array(*WAVE))
HEAT = example(
    array(*(x if n % 31 else math.nan for n, x in enumerate(CHEQUERS)), shape=(12, 16)),
    array(*CHEQUERS, shape=(12, 16)),
)
TURNED = example(array(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, shape=(3, 2)), array(1.0, 3.0, 5.0, 2.0, 4.0, 6.0, shape=(2, 3)))
SQUARE = example(array(1.0, 2.0, 3.0, 4.0, shape=(2, 2)), array(1.0, 3.0, 2.0, 4.0, shape=(2, 2)))

ARRAYS = report(
    exercise(
        check("small", Verdict.FAILED, counterexample=SMALL, message="`my_softmax` is not right. 1 of 2 entries."),
        check("square", Verdict.FAILED, counterexample=SQUARE),
        check("turned", Verdict.FAILED, counterexample=TURNED),
        check("long", Verdict.FAILED, counterexample=LONG, hint="Hint of small."),
        check("heat", Verdict.FAILED, counterexample=HEAT),
        title="Arrays of all sizes",
        cell=CellReference(index=4, found_by="marker", source=SOURCE),
    )
)
MODELS = report(
    exercise(
        check("computes"),
        check("units", Verdict.FAILED, counterexample=None),
        title="A network",
        layers=(
            LayerRow(found=layer(25, "relu", 10_025), asked=layer(25, "relu", 10_025)),
            LayerRow(found=layer(12, "softmax", 312), asked=layer(15, "relu", 390)),
            LayerRow(found=layer(None, None, 0, kind="Dropout"), asked=layer(10, "linear", 160)),
            LayerRow(found=layer(10, "linear", 130), asked=None),
        ),
    ),
    exercise(
        check("layers", Verdict.FAILED, counterexample=None),
        id="short",
        title="A network with a layer too few",
        layers=(
            LayerRow(found=layer(25, "relu", 10_025), asked=layer(25, "relu", 10_025)),
            LayerRow(found=None, asked=layer(10, "linear", 160)),
        ),
    ),
    exercise(
        check("loss", Verdict.FAILED, counterexample=None),
        id="training",
        title="Gradient descent",
        curve=Curve(
            title=prose("Cost at each step"), values=tuple(0.7 * 0.97**n + 0.1 for n in range(120)), target=0.08
        ),
    ),
)
OUT_OF_BOUNDS = say("error", type="IndexError", text="index 4 is out of bounds for axis 0 with size 4")
RAISED = report(
    exercise(
        check(
            "example",
            Verdict.RAISED,
            message=say("raised", target="my_softmax", error=say("error_at", error=OUT_OF_BOUNDS, cell=4, line=5)),
            raised_at=Place(cell=4, line=5),
            counterexample=example(None, array(0.5, 0.5)),
        ),
        check("drawn", Verdict.SKIPPED, hint=None),
        check("other"),
        title="Softmax in NumPy",
        cell=CellReference(index=4, found_by="marker", source=SOURCE),
        printed="z is [1. 2. 3. 4.]\n" * 3,
        notices=(say("widened", cell=4),),
    ),
    exercise(
        *(check(name, Verdict.RAISED, message="Cell 5 is not valid Python.", hint=None) for name in ("a", "b")),
        id="one",
        title="One reason",
        message="Cell 5 is not valid Python.",
        cell=CellReference(index=5, found_by="definition", source="def one(:\n    return 1\n"),
    ),
)
CHINESE = report(
    exercise(
        check(
            "样例",
            Verdict.FAILED,
            title="四个数 先是实验里的例子",
            message="这个向量的答案不对。",
            hint="再看一遍公式。",
        ),
        title="用 NumPy 写 softmax",
        printed="你好 世界\n" * 2,
        cell=CellReference(index=2, found_by="binding", source="# 我的答案\n结果 = 1\n"),
    ),
    assignment=AssignmentReference(id="lab", title="手写数字识别", version="1"),
    submission=SubmissionReference(name="张三_作业一.ipynb", sha256=None),
)
LONG_WORDS = report(
    exercise(
        check("x" * 300, Verdict.FAILED, message="y" * 3_000, hint="w" * 500),
        title="T" * 190,
        printed="p" * 9_000 + "\n" * 400,
        cell=CellReference(index=1, found_by="marker", source="s = 0\n" * 400 + "#" * 2_000),
    ),
    submission=SubmissionReference(name="n" * 240 + ".ipynb", sha256="f" * 64),
)
EVERY_VERDICT = report(
    exercise(check("first"), check("second"), title="All right", notices=("A plain list was returned.",)),
    exercise(
        *(check(v.value, v) for v in Verdict if v not in (Verdict.PARTIAL, Verdict.NOT_GRADED, Verdict.TO_MARK)),
        id="every",
        title="Every verdict",
        printed="one\ntwo",
    ),
    not_graded(),
    status=Status.NOT_GRADED,
    notices=("Student code ran without a sandbox.",),
)
WITHHELD = seen_by(
    report(
        exercise(check("shown"), *(check(n, Verdict.FAILED, visibility=Visibility.HIDDEN) for n in ("secret", "other")))
    ),
    Audience.STUDENT,
)
LINE_5, LINE_1 = Place(cell=4, line=5), Place(cell=5, line=1)
TOLD_ONCE = seen_by(
    report(
        exercise(
            *(
                check(n, Verdict.RAISED, hint="Look.", raised_at=LINE_5, counterexample=SMALL)
                for n in ("first", "again")
            ),
            check("other", Verdict.FAILED, hint="Look.", counterexample=SQUARE),
            title="Several checks, one hint",
            cell=CellReference(index=4, found_by="marker", source=SOURCE),
        ),
        exercise(
            *(check(n, Verdict.RAISED, message="No.", hint="Divide.", raised_at=LINE_1) for n in ("a", "b")),
            id="one",
            title="One reason, one hint",
            message="No.",
            cell=CellReference(index=5, found_by="marker", source="x = 1 / 0"),
        ),
        exercise(
            check("shown"),
            check("late", visibility=Visibility.AFTER_DUE),
            check("never", visibility=Visibility.HIDDEN),
            id="kept",
            title="Checks kept back",
        ),
    ),
    Audience.STUDENT,
)
PERFECT = report(
    exercise(check("first"), check("second"), cell=CellReference(index=1, found_by="marker", source=SOURCE))
)
UNREADABLE = report(
    status=Status.UNREADABLE, score=None, assignment=None, notices=("It is not a notebook. Save it again.",)
)
MISSING = report(
    exercise(
        *(check(n, Verdict.MISSING, message="No cell defines `double`.", hint=None) for n in ("a", "b")),
        message="No cell defines `double`.",
        cell=None,
    )
)

GALLERY: dict[str, Report] = {
    "arrays": ARRAYS,
    "models": MODELS,
    "raised": RAISED,
    "chinese": CHINESE,
    "long_words": LONG_WORDS,
    "every_verdict": EVERY_VERDICT,
    "withheld": WITHHELD,
    "told_once": TOLD_ONCE,
    "perfect": PERFECT,
    "unreadable": UNREADABLE,
    "missing": MISSING,
    "nothing": report(),
}
