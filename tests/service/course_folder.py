"""A course as a folder, as small as one can be, for tests that add courses to a site."""

from __future__ import annotations

from pathlib import Path

ASSIGNMENT = """\
from grader.lab import *

ASSIGNMENT = lab(
    "{name}",
    "{title}",
    function("double", "Twice").checks(check("right", "Right", 10, calls(vectors(), count=2), Agrees())),
)
"""
SOLUTION = "def double(x):\n    return 2 * x\n"


def write_course(folder: Path, *names: str, title: str = "Doubling") -> Path:
    """A course of these assignments; all of them ask for the same."""
    for name in names or ("doubling",):
        write(folder, f"assignments/{name}/assignment.py", ASSIGNMENT.format(name=name, title=title))
        write(folder, f"assignments/{name}/words.zh.toml", '"Doubling" = "翻倍"\n')
        write(folder, f"reference/{name}/solution.py", SOLUTION)
    return folder


def write(folder: Path, path: str, text: str) -> None:
    """One of its files."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
