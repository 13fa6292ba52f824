"""What the README promises exists, and what exists is in the README."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from grader import cli, errors, staff
from grader.render import RENDERERS
from grader.render.classes import CLASS_RENDERERS
from grader.render.json_report import schema
from grader.report import Verdict
from grader.sandbox.backends import BACKENDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
POSIX_ONLY = {"fcntl", "grp", "pwd", "resource", "termios", "pty"}
OPTIONS = [option for parameter in get_command(cli.grade_app).params for option in parameter.opts if "--" in option]


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_of_grade_is_in_the_readme(option: str) -> None:
    """A flag nobody can read about does not exist."""
    assert option in README


@pytest.mark.parametrize("name", sorted({*BACKENDS, *RENDERERS, *CLASS_RENDERERS, "auto"}))
def test_every_choice_is_in_the_readme(name: str) -> None:
    """Sandboxes and formats by the names the command line takes."""
    assert re.search(rf"`--[^`]*\b{name}\b|`{name}`", README)


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_in_the_readme_and_the_schema(verdict: Verdict) -> None:
    """Whoever reads a report can look its words up."""
    assert f"`{verdict}`" in README
    assert verdict in json.loads(schema())["$defs"]["Verdict"]["enum"]


def test_every_staff_command_is_in_the_readme() -> None:
    """The same for `grader`."""
    commands = re.findall(
        r"^@staff_app\.command\(\)\ndef (\w+)", Path(staff.__file__).read_text(encoding="utf-8"), re.MULTILINE
    )

    assert commands
    assert [name for name in commands if f"`grader {name}`" not in README] == []


def test_exit_codes_tell_the_three_kinds_of_trouble_apart() -> None:
    """2 is the command line or course, 3 is ours, 4 is the file handed in."""
    codes = {errors.UsageError.exit_code, errors.SandboxError.exit_code, errors.UnreadableSubmission.exit_code}

    assert codes == {2, 3, 4}
    assert errors.CourseError.exit_code == 2


def test_every_setting_is_in_the_readme() -> None:
    """The names that `settings.py` looks up in the environment."""
    names = re.findall(r'environment\.get\("(\w+)"\)', (ROOT / "grader" / "settings.py").read_text(encoding="utf-8"))

    assert names
    assert [name for name in names if name not in README] == []


def test_only_settings_reads_the_environment() -> None:
    """`os.environ` is handed in at the edge, by the command line alone; rooms set their own."""
    readers = [
        path for path in (ROOT / "grader").rglob("*.py") if re.search(r"os\.(environ|getenv)", path.read_text("utf-8"))
    ]

    assert {path.relative_to(ROOT).as_posix() for path in readers} <= {
        "grader/cli.py",
        "grader/staff.py",
        "grader/room/worker.py",
    }


def test_everything_but_running_rooms_imports_where_posix_modules_are_missing() -> None:
    """As on Windows: the commands, all renderers and the doctor can be imported; only a room needs Linux."""
    script = (
        f"import sys; sys.modules.update(dict.fromkeys({sorted(POSIX_ONLY)}))\n"
        "import grader.cli, grader.staff, grader.single, grader.classroom, grader.doctor, grader.render\n"
        "import grader.sandbox.backends"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)

    assert done.stderr == ""


def test_every_dependency_is_pinned_and_no_index_is_named() -> None:
    """Two machines install the same, from wherever they get their packages."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=;\[ ]", requirement)[0].lower() for requirement in wanted} - {"tensorflow"}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().splitlines()
    pinned = {line.partition("==")[0].replace("_", "-") for line in lines if not line.startswith("#")}

    assert names - pinned == set()
    assert [line for line in lines if "://" in line or line.startswith("-")] == []


def test_the_architecture_page_stays_one_page_and_names_every_module() -> None:
    """Under 120 lines, and no module of the top level is missing."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    modules = {path.stem for path in (ROOT / "grader").glob("*.py")} - {"__init__"}

    assert len(page.splitlines()) < 120
    assert [name for name in sorted(modules) if f"`{name}`" not in page] == []


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
