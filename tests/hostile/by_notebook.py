"""Attacks by the file itself: cells, metadata and outputs that say more than code does. Data only."""

from __future__ import annotations

import json
from typing import Any, Final

from grader.report.report import Verdict
from tests.hostile.attack import Attack, attack
from tests.hostile.small_course import DOUBLE, IMPORTS, TOTAL, body, handed_in
from tests.notebooks import CellNode, code, markdown, notebook, raw

PASSED, FAILED, MISSING, RAISED = Verdict.PASSED, Verdict.FAILED, Verdict.MISSING, Verdict.RAISED
WRONG = DOUBLE.replace("2.0 * x", "x")
CLAIM = "All tests passed! {'score': 100}"
TEST = "def test_double(target):\n    print('All tests passed!')\ntest_double(double)\n"
STREAM: dict[str, Any] = {"output_type": "stream", "name": "stdout", "text": CLAIM}


def cells(*instead: CellNode) -> bytes:
    """A notebook with these cells in the place of the graded one."""
    return notebook(code(IMPORTS), *instead, code(TOTAL))


def changed(**fields: object) -> bytes:
    """A right notebook with other fields at the top."""
    return json.dumps(json.loads(handed_in()) | fields).encode()


def page(kind: str, text: str) -> dict[str, Any]:
    """A stored output of that MIME type."""
    return {"output_type": "display_data", "data": {kind: text}, "metadata": {}}


KERNEL = {"kernelspec": {"name": "../../x; rm -rf /", "language": "bash", "argv": ["/bin/sh", "-c", "kill -9 1"]}}
SPOOFED = {**code(WRONG), "id": "total", "metadata": {"nbgrader": {"grade_id": "double", "points": 999, "grade": True}}}
LARGE = code(DOUBLE, outputs=[{**STREAM, "text": "x" * 20_000_000}])
WORKSHEET = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "language": "python", "input": DOUBLE}]}]}
RICH = [page("text/html", "<script>alert(1)</script>"), page("image/svg+xml", "<svg onload=alert(1)>")]
RICH += [page("text/latex", r"\def\x{\x\x}\x"), page("image/png", "iVBORw0KGgo=")]

ATTACKS: Final[tuple[Attack, ...]] = (
    attack(80, "a kernel of its own", changed(metadata=KERNEL), PASSED),
    attack(79, "odd version numbers", changed(nbformat=[4], nbformat_minor=None), PASSED),
    attack(79, "odd cells", cells({"cell_type": "code", "source": {"a": 1}}, code(DOUBLE), {}), PASSED),
    attack(81, "points and ids of its own", cells(SPOOFED), FAILED),
    attack(82, "two answers, the last one right", cells(code(WRONG), code(DOUBLE)), PASSED),
    attack(82, "two answers, the last one wrong", cells(code(DOUBLE), code(WRONG)), PASSED),
    attack(83, "no graded cell", cells(), MISSING),
    attack(83, "a graded cell as Markdown", cells(markdown(DOUBLE)), MISSING),
    attack(83, "a graded cell as raw text", cells(raw(DOUBLE)), MISSING),
    attack(84, "a test that always passes", handed_in(WRONG, after=(code(TEST),)), FAILED),
    attack(85, "outputs and no answer", cells(code("# GRADED CELL: double\n", outputs=[STREAM])), MISSING),
    attack(86, "20 MB of outputs", cells(LARGE), PASSED),
    attack(87, "deleted further down", handed_in(after=(code("del double"),)), PASSED),
    attack(87, "another one further down", handed_in(after=(code("def double(x):\n    return x\n"),)), PASSED),
    attack(87, "hidden in a call further down", handed_in(after=(code("globals()['double'] = None"),)), PASSED),
    attack(88, "a broken cell before", cells(code("def broken(:"), code(DOUBLE)), PASSED),
    attack(88, "a cell that never ends before", cells(code("while True: pass"), code(DOUBLE)), PASSED),
    attack(
        89,
        "a name that only looks alike",
        cells(code("def d\N{CYRILLIC SMALL LETTER O}uble(x): return 2.0 * x")),
        MISSING,
    ),
    attack(89, "text that runs backwards", body("return 2.0 * x  # \u202e\u2066 x nruter", before="# \u200b"), PASSED),
    attack((96, 98), "pages and pictures as outputs", cells(code(DOUBLE, outputs=RICH)), PASSED),
    attack(102, "a million marks", handed_in(DOUBLE + "# GRADED " * 20_000), PASSED),
    attack(102, "quotes without end", cells(code("'" * 100_001), code(DOUBLE)), PASSED),
    attack(
        102,
        "magics without end",
        cells(code("%" * 100_000), code("%%" * 50_000), code("?" * 50_000), code(DOUBLE)),
        PASSED,
    ),
)

UNREADABLE: Final[dict[str, tuple[tuple[int, ...], bytes]]] = {
    "a zip archive": ((76,), b"PK\x03\x04" + bytes(100)),
    "brackets": ((77,), b"[" * 1_000_000),
    "millions of lists": ((77,), b"[" + b"[]," * 4_000_001),
    "a number of a million digits in place of the cells": ((77,), b'{"cells": ' + b"9" * 1_000_000 + b"}"),
    "UTF-16": ((78,), handed_in().decode().encode("utf-16")),
    "Latin-1": ((78,), b'{"cells": "\xff"}'),
    "NUL": ((78,), bytes(100)),
    "cells that are no list": ((79,), b'{"cells": {"a": 1}, "nbformat": 4}'),
    "a hundred thousand cells": ((77,), json.dumps({"cells": [{}] * 100_000}).encode()),
}
