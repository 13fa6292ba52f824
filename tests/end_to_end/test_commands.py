"""The commands as a user runs them: exit codes, what stands on which stream, and what is written.

One of them grades with Keras; whatever does not depend on what is graded is seen on a course that needs only NumPy.
Where the start of a process says nothing, they are forked (`tests/commands.py`).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests import commands
from tests.end_to_end.digits import ROOT, SAMPLE, code
from tests.hostile.small_course import handed_in, write_course

GRADE = [sys.executable, "-c", "from grader.cli.grade import grade_command; grade_command()"]

IN_COURSE = ("--course", "course")


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return commands.run("grade", *arguments, cwd=cwd)


def started(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """`grade` in a Python of its own."""
    return subprocess.run(
        [*GRADE, *map(str, arguments)], capture_output=True, text=True, cwd=cwd, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `right.ipynb`, and `wrong.ipynb` of which half is right, for the small course in `course`."""
    folder = tmp_path_factory.mktemp("small")
    write_course(folder / "course")
    (folder / "right.ipynb").write_bytes(handed_in())
    (folder / "wrong.ipynb").write_bytes(handed_in("# GRADED CELL: double\ndef double(x):\n    return x\n"))
    return folder


def test_the_sample_earns_100_and_its_json_keeps_the_schema(tmp_path: Path) -> None:
    """`grade NOTEBOOK --json FILE` ends with 0 and writes what `grader schema` publishes."""
    done = started(SAMPLE, "--json", tmp_path / "r.json")
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))

    assert done.returncode == 0, done.stderr
    assert "100 of 100 points (100 %)." in done.stdout
    jsonschema.validate(report, json.loads(commands.run("grader", "schema", cwd=ROOT).stdout))


def test_two_runs_differ_in_the_run_section_only(small: Path) -> None:
    """Same notebook, same bytes, whatever a process hashes by."""
    first, second = (json.loads(started("wrong.ipynb", *IN_COURSE, "--json", "-", cwd=small).stdout) for _ in range(2))

    assert first.pop("run").keys() == second.pop("run").keys()
    assert json.dumps(first) == json.dumps(second)


def test_a_score_below_the_bar_ends_with_1(small: Path) -> None:
    """--fail-under is for CI."""
    done = run("wrong.ipynb", *IN_COURSE, "--fail-under", "51", "--quiet", cwd=small)

    assert (done.returncode, done.stdout) == (1, "")


def test_the_missing_sandbox_is_said_on_stderr(small: Path) -> None:
    """Grading without a security boundary is never silent."""
    done = run("wrong.ipynb", *IN_COURSE, "--sandbox", "none", "--quiet", cwd=small)

    assert "no security boundary" in done.stderr


@pytest.fixture
def hand_in(tmp_path: Path) -> Path:
    """A folder of files somebody might hand in."""
    (tmp_path / "folder.ipynb").mkdir()
    (tmp_path / "dangling.ipynb").symlink_to(tmp_path / "nowhere")
    (tmp_path / "empty.ipynb").write_bytes(b"")
    (tmp_path / "other.ipynb").write_bytes(
        code("# GRADED FUNCTION: compute_centroids\ndef compute_centroids(X):\n    return 0")
    )
    return tmp_path


WRONG_LINES = [
    pytest.param(["nothing.ipynb"], 2, "nothing.ipynb does not exist", id="no such file"),
    pytest.param(["folder.ipynb", "--assignment", "digits"], 4, "folder", id="a folder"),
    pytest.param(["dangling.ipynb", "--assignment", "digits"], 4, "link", id="a link to nowhere"),
    pytest.param(["empty.ipynb", "--assignment", "digits"], 4, "empty", id="empty"),
    pytest.param(["empty.ipynb", "--assignment", "sums"], 2, "Assignments there: ", id="unknown assignment"),
    pytest.param(["other.ipynb"], 2, "nothing that one of", id="another lab"),
    pytest.param(["empty.ipynb", "--course", "."], 2, "is not a course", id="no course"),
    pytest.param(["empty.ipynb", "--sandbox", "moon"], 2, "moon", id="unknown sandbox"),
]


@pytest.mark.parametrize(("arguments", "code", "sentence"), WRONG_LINES)
def test_a_command_line_that_cannot_be_obeyed_says_why(
    hand_in: Path, arguments: list[str], code: int, sentence: str
) -> None:
    """2 is the command line or the course, 4 a submission that cannot be read; each with a helpful sentence."""
    course = [] if "--course" in arguments else ["--course", str(ROOT)]
    done = run(*arguments, *course, cwd=hand_in)

    assert done.returncode == code
    assert sentence in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("ending", [".ipynb", ".html"])
def test_the_notebook_comes_back_with_feedback(small: Path, tmp_path: Path, ending: str) -> None:
    """`--notebook` writes it as a notebook, or as a page where the name says so."""
    target = tmp_path / f"feedback{ending}"
    done = run("right.ipynb", *IN_COURSE, "--notebook", target, "--quiet", cwd=small)

    assert done.returncode == 0, done.stderr
    assert "Checks that passed" in target.read_text(encoding="utf-8")
