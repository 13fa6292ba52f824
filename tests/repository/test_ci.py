"""The repository's own workflow: it runs what the Makefile has, on every Python that is promised, and may only read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORKFLOW = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_target_and_script_that_it_runs_exists() -> None:
    """A step that is misspelled would fail for everybody at once."""
    targets = {target for line in re.findall(r"run: make (.+)", WORKFLOW) for target in line.split()}
    scripts = set(re.findall(r"\.ci/[\w.]+", WORKFLOW))

    assert targets - set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE)) == set()
    assert targets >= {"lint", "types", "test", "lowest", "thorough"}
    assert {name for name in scripts if not (ROOT / name).is_file()} == set()


def test_it_tests_every_python_that_is_promised() -> None:
    """The suite by its matrix, the wheel by its steps."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least, below = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", project["requires-python"]).groups()  # type: ignore[union-attr]
    promised = {f"3.{minor}" for minor in range(int(least), int(below))}
    matrix = re.search(r"python: \[(.+)\]", WORKFLOW)

    assert matrix is not None
    assert set(re.findall(r"3\.\d+", matrix[1])) == promised
    assert set(re.findall(r"run: python(3\.\d+) \.ci/wheel\.py", WORKFLOW)) == promised


def test_it_may_read_the_repository_and_nothing_else() -> None:
    """Code of a pull request runs there."""
    assert re.findall(r"^ *permissions:(.*\n(?: .*\n)*)", WORKFLOW, re.MULTILINE) == ["\n  contents: read\n"]
    assert WORKFLOW.count("actions/checkout@") == WORKFLOW.count("persist-credentials: false")
    assert "secrets" not in WORKFLOW
