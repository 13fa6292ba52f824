"""What README.md and the pages of docs/ promise exists, and what exists stands there."""

from __future__ import annotations

import itertools
import json
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from typer.main import get_command

from grader import errors
from grader.cli import grade, staff
from grader.render import RENDERERS
from grader.render.classes import CLASS_RENDERERS
from grader.render.json_report import schema
from grader.report.report import Verdict
from grader.wall.sandbox.tiers import TIERS

ROOT = Path(__file__).parents[2]
PAGES = "".join(
    page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
)
POSIX_ONLY = {"fcntl", "grp", "pwd", "resource", "termios", "pty"}
OPTIONS = [option for parameter in get_command(grade.grade_app).params for option in parameter.opts if "--" in option]


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_of_grade_is_on_a_page(option: str) -> None:
    """A flag nobody can read about does not exist."""
    assert option in PAGES


@pytest.mark.parametrize("name", sorted({*TIERS, *RENDERERS, *CLASS_RENDERERS, "auto"}))
def test_every_choice_is_on_a_page(name: str) -> None:
    """Sandboxes and formats by the names the command line takes."""
    assert re.search(rf"`--[^`]*\b{name}\b|`{name}`", PAGES)


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_on_a_page_and_the_schema(verdict: Verdict) -> None:
    """Whoever reads a report can look its words up."""
    assert f"`{verdict}`" in PAGES
    assert verdict in json.loads(schema())["$defs"]["Verdict"]["enum"]


def test_every_staff_command_is_on_a_page() -> None:
    """The same for `grader`."""
    commands = re.findall(
        r"^@staff_app\.command\(.*\)\ndef (\w+)", Path(staff.__file__).read_text(encoding="utf-8"), re.MULTILINE
    )

    assert commands
    assert [name for name in commands if f"`grader {name.rstrip('_')}`" not in PAGES] == []


def test_exit_codes_tell_the_three_kinds_of_trouble_apart() -> None:
    """2 is the command line or course, 3 is ours, 4 is the file handed in."""
    codes = {errors.UsageError.exit_code, errors.SandboxError.exit_code, errors.UnreadableSubmission.exit_code}

    assert codes == {2, 3, 4}
    assert errors.CourseError.exit_code == 2


def test_every_setting_is_on_a_page() -> None:
    """The names that `settings.py` looks up in the environment."""
    names = re.findall(r'environment\.get\("(\w+)"\)', (ROOT / "grader" / "settings.py").read_text(encoding="utf-8"))

    assert names
    assert [name for name in names if name not in PAGES] == []


def test_only_settings_reads_the_environment() -> None:
    """`os.environ` is handed in at the edge, by the command line alone; rooms set their own."""
    readers = [
        path for path in (ROOT / "grader").rglob("*.py") if re.search(r"os\.(environ|getenv)", path.read_text("utf-8"))
    ]

    folders = {path.parent.relative_to(ROOT).as_posix() for path in readers}
    assert folders - {"grader/wall/room"} == {"grader/cli"}


def test_everything_but_running_rooms_imports_where_posix_modules_are_missing() -> None:
    """As on Windows: the commands, all renderers and the doctor can be imported; only a room needs Linux."""
    script = (
        f"import sys; sys.modules.update(dict.fromkeys({sorted(POSIX_ONLY)}))\n"
        "import grader.cli.grade, grader.cli.staff, grader.cli.single, grader.classes.classroom, grader.cli.doctor\n"
        "import grader.render, grader.wall.sandbox.forked"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)

    assert done.stderr == ""


def test_every_dependency_is_pinned_and_no_index_is_named() -> None:
    """Two machines install the same, from wherever they get their packages."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[<>=;\[ ]", requirement)[0].lower() for requirement in wanted} - {"tensorflow"}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().splitlines()
    pinned = {line.partition("==")[0].replace("_", "-") for line in lines if not line.startswith("#")}

    assert names - pinned == set()
    assert [line for line in lines if "://" in line or line.startswith("-")] == []


def test_every_lower_bound_that_is_promised_is_tried() -> None:
    """`make lowest`, which CI runs, installs just that version of each package, and knows no other list of them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = map(
        Requirement, [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    )
    tried = map(Requirement, runpy.run_path(str(ROOT / ".ci" / "lowest.py"))["lowest"](project))

    assert [(each.name, str(each.specifier).replace(">=", "=="), each.marker) for each in promised] == [
        (each.name, str(each.specifier), each.marker) for each in tried
    ]


def test_the_architecture_page_stays_one_page_and_names_every_door() -> None:
    """Under 120 lines, and no door of the package is missing."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    doors = {path.parent.name for path in (ROOT / "grader").glob("*/__init__.py")}
    doors |= {path.stem for path in (ROOT / "grader").glob("*.py")} - {"__init__"}

    assert len(page.splitlines()) < 120
    assert [name for name in sorted(doors) if not re.search(rf"^(\w+, )*{name}\b", page, re.MULTILINE)] == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    """What is committed works anywhere."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    texts = [ROOT / name for name in listed.split("\0") if name.endswith((".py", ".md", ".toml", ".txt", "Makefile"))]
    if not texts:
        pytest.skip("needs a git checkout")
    homes = re.compile(r"(?<![\w.])/(?:home|Users)/\w+|/roo[t]/\.|/wor[k]/")

    assert [
        path.name for path in texts if path != Path(__file__) and homes.search(path.read_text(encoding="utf-8"))
    ] == []


def test_foreign_readers_of_a_students_text_stand_behind_one_door() -> None:
    """Whatever Python's parser, IPython and the tokenizer do to a strange text is caught in one place."""
    folder = ROOT / "grader" / "notebook" / "submission"
    reading = re.compile(r"\bast\.parse\(|(?<![.\w])(?:compile|exec|eval)\(|\bliteral_eval\b")
    assert [path.name for path in sorted(folder.glob("*.py")) if reading.search(path.read_text("utf-8"))] == []
    calling = re.compile(r"ipython\.\w+\(|\.find\(\[")
    assert calling.findall((folder / "magics.py").read_text("utf-8")) == ["ipython.find_end_of_continued_line("]


@pytest.mark.parametrize(
    "place", [".ci/setup", "Dockerfile", ".github/actions/grade/action.yml", "grader/platforms/files/setup.sh"]
)
def test_wherever_the_grader_is_installed_there_are_the_packages_of_course_notebooks(place: str) -> None:
    """`labs` is what notebooks import beside NumPy and Keras; where it is missing, honest work is not graded."""
    assert "labs]" in (ROOT / place).read_text(encoding="utf-8")
