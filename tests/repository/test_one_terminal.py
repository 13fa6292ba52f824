"""Standard output and error have one writer in the trusted process, since what is said there has to be clean."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "grader"
#: what runs in a process of its own, whose streams lead to nobody's terminal, and what a student calls in a notebook
APART = (
    *("wall/room/", "authoring/practice/", "render/markdown_apart.py", "service/courses/ahead.py"),
    "classes/likeness/apart.py",
)
#: the logs of a site take what libraries log, to say less of it; where they write to, whoever begins them is given
LOGS = ("service/operations/logs.py", "import logging")
WRITES = re.compile(
    r"\bsys\.(__)?std(out|err)\b|\bprint\(|\becho\(|\btraceback\.print|\bConsole\(stderr|import logging"
)


def test_only_the_terminal_writes() -> None:
    """Whoever has something to say hands it over."""
    files = {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    ours = {name: text for name, text in files.items() if not name.startswith(APART) and name != "messages/terminal.py"}
    lines = [(name, line) for name, text in ours.items() for line in text.splitlines() if WRITES.search(line)]

    assert [(name, line) for name, line in lines if "console.print" not in line] == [LOGS]
