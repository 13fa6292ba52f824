"""Adapters as a platform runs them: unpacked, started by their script, and judged by the files they leave.

The folders are temporary ones, not the platform's, and the grader is the one under test, not an installed one, forked
(`tests/commands.py`); only in the last test it is started as in a container.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from grader.platforms import AdapterRequest, make_adapter
from tests import commands
from tests.hostile.small_course import TOTAL, handed_in, write_course
from tests.notebooks import code, notebook

RIGHT = handed_in()
WRONG = handed_in("# GRADED CELL: double\ndef double(x):\n    return x\n")
STARTED = "from grader.cli.staff import grader_command; grader_command()"

#: where the archive for a platform lies, with these parts
Made: TypeAlias = Callable[..., Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a script ended, and the file it left."""

    code: int
    said: str
    result: dict[str, Any]

    @property
    def earned(self) -> float:
        """As Gradescope adds up."""
        return float(self.result.get("score", sum(test["score"] for test in self.result.get("tests", ()))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """Folders as the platform makes them, and the adapter unpacked among them."""

    folder: Path
    source: Path
    program: Path

    def run(self, files: Mapping[str, bytes], *, result: str, environment: Mapping[str, str] | None = None) -> Ended:
        """Hand the files in, and start the adapter's script."""
        for name, data in files.items():
            (self.folder / "submission" / name).write_bytes(data)
        script = next(path for path in self.source.iterdir() if path.name.startswith("run_"))
        given = {**os.environ, **(environment or {})}
        done = commands.run_script("sh", script, self.folder, self.program, environment=given)
        left = json.loads((self.folder / result).read_text(encoding="utf-8"))
        return Ended(code=done.returncode, said=done.stdout + done.stderr, result=left)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The archive of the small course for a platform and parts, made once."""
    course = tmp_path_factory.mktemp("course")
    write_course(course)

    @cache
    def archive(platform: str, *parts: str) -> Path:
        output = course / f"{platform}{len(parts)}.zip"
        request = AdapterRequest(
            platform=platform, assignment="small", output=output, course=course, parts=parts, sandbox="auto"
        )
        make_adapter(request, environment={})
        return output

    return archive


def unpacked(archive: Path, home: Path) -> Container:
    """An adapter, unpacked as a platform does."""
    made = Container(folder=home / "folder", source=home / "folder" / "source", program=home / "grader")
    (made.folder / "submission").mkdir(parents=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(made.source)
    commands.write_program(made.program, "grader")
    return made


@pytest.fixture
def gradescope(made: Made, tmp_path: Path) -> Container:
    return unpacked(made("gradescope"), tmp_path)


@pytest.mark.parametrize(
    ("files", "earned", "output"),
    [
        pytest.param({"lab.ipynb": RIGHT}, 20, "cell 2 was graded", id="right"),
        pytest.param({"lab.ipynb": WRONG}, 10, "cell 2 was graded", id="wrong"),
        pytest.param({"lab.ipynb": notebook()}, 0, "", id="a notebook without cells"),
        pytest.param({"lab.ipynb": b""}, 0, "The file is empty", id="an empty file"),
        pytest.param({"lab.ipynb": RIGHT[:200]}, 0, "cut off", id="a broken file"),
        pytest.param(
            {"a.ipynb": notebook(code(TOTAL)), "b.ipynb": RIGHT}, 20, "'b.ipynb' was graded", id="two notebooks"
        ),
        pytest.param({"lab.py": b"x = 1", "b.py": b""}, 0, "hand in the notebook", id="scripts that define nothing"),
        pytest.param({}, 0, "No notebook was handed in", id="nothing"),
    ],
)
def test_gradescope_reads_a_score_and_a_sentence(
    files: dict[str, bytes], earned: float, output: str, gradescope: Container
) -> None:
    """What the student did or failed to do is scored, and said."""
    ended = gradescope.run(files, result="results/results.json")

    assert (ended.code, ended.earned) == (0, earned), ended.said
    assert output in ended.result["output"]
    assert {"score", "tests"} & ended.result.keys()


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        pytest.param("grader", "#!/bin/sh\nexit 1\n", id="the grader does not start"),
        pytest.param("grader", "#!/bin/sh\nkill -9 $$\n", id="the grader is killed"),
        pytest.param("folder/source/course/reference/small/solution.py", "1 / 0\n", id="the reference raises"),
        pytest.param("folder/source/course/assignments/small/assignment.py", "1 / 0\n", id="the assignment raises"),
        pytest.param("folder/source/sandbox", "none-such\n", id="no such sandbox"),
    ],
)
def test_gradescope_reads_no_score_if_we_fail(broken: str, text: str, gradescope: Container) -> None:
    """Whatever of ours breaks: no zero, and a sentence in place of a result."""
    (gradescope.folder.parent / broken).write_text(text, encoding="utf-8")
    ended = gradescope.run({"lab.ipynb": RIGHT}, result="results/results.json")

    assert ended.code != 0
    assert not {"score", "tests"} & ended.result.keys()
    assert "your work was not judged" in ended.result["output"]


@pytest.mark.parametrize(
    ("part", "files", "share"),
    [
        pytest.param("p1", {"lab.ipynb": RIGHT}, 1.0, id="a right part"),
        pytest.param("p1", {"lab.ipynb": WRONG}, 0.0, id="a wrong part"),
        pytest.param("p2", {"lab.ipynb": WRONG}, 1.0, id="another part of it"),
        pytest.param("both", {"lab.ipynb": WRONG}, 0.5, id="both in one"),
        pytest.param("p1", {}, 0.0, id="nothing"),
    ],
)
def test_coursera_reads_the_share_of_its_part(
    part: str, files: dict[str, bytes], share: float, made: Made, tmp_path: Path
) -> None:
    """The part is named by the environment; its exercises alone count. The text it shows stands in a second file."""
    coursera = unpacked(made("coursera", "p1=double", "p2=total", "both=double,total"), tmp_path)
    ended = coursera.run(files, result="feedback.json", environment={"partId": part})

    assert (ended.code, ended.result["fractionalScore"]) == (0, share), ended.said
    assert ended.result["feedbackType"] == "TXT"
    assert (coursera.folder / "txtFeedback.txt").read_text(encoding="utf-8") == ended.result["feedback"]


@pytest.mark.parametrize("part", ["", "p3"])
def test_coursera_is_told_if_we_fail(part: str, made: Made, tmp_path: Path) -> None:
    """There is always a feedback file, and the container ends with 3 where its 0 is no judgement."""
    coursera = unpacked(made("coursera", "p1=double"), tmp_path)
    ended = coursera.run({"lab.ipynb": RIGHT}, result="feedback.json", environment={"partId": part})

    assert ended.code != 0
    assert "your work was not judged" in ended.result["feedback"]
    assert "Make the adapter again" in ended.said


def test_without_a_table_a_part_is_the_whole_assignment(made: Made, tmp_path: Path) -> None:
    """For an assignment with a single part nothing has to be declared."""
    coursera = unpacked(made("coursera"), tmp_path)
    coursera.program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{STARTED}" "$@"\n', encoding="utf-8")
    ended = coursera.run({"lab.ipynb": WRONG}, result="feedback.json", environment={"partId": "anything"})

    assert ended.result["fractionalScore"] == 0.5
