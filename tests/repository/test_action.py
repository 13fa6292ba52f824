"""The GitHub action: its files agree with each other, and its script does what the inputs say. No runner is needed."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ACTION = ROOT / ".github" / "actions" / "grade"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
EXAMPLE = ROOT / ".github" / "workflows" / "grade.yml"


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_input_of_the_action_is_used_and_every_used_one_declared() -> None:
    """GitHub would pass an empty text for a misspelled one."""
    page = text(ACTION / "action.yml")
    declared = set(re.findall(r"^  ([\w-]+):$", page[page.index("inputs:") : page.index("outputs:")], re.MULTILINE))

    assert set(re.findall(r"inputs\.([\w-]+)", page)) == declared
    assert (
        set(re.findall(r"^          ([\w-]+):", text(EXAMPLE).partition("actions/grade\n")[2], re.MULTILINE))
        <= declared
    )


def test_the_script_is_given_all_that_it_asks_for() -> None:
    """Each variable it reads is set by the action, or by GitHub itself."""
    page = text(ACTION / "action.yml")
    given = set(re.findall(r"^        ([A-Z_]+): ", page, re.MULTILINE)) | {
        "RUNNER_TEMP",
        "GITHUB_STEP_SUMMARY",
        "GITHUB_OUTPUT",
    }

    for script in ("grade.sh", "submit.sh"):
        assert set(re.findall(r"\$\{?([A-Z_]{4,})", text(ACTION / script))) - {"GRADER_BIN"} <= given


@pytest.mark.parametrize("path", [ACTION / "action.yml", *WORKFLOWS], ids=lambda path: path.name)
def test_actions_of_others_are_pinned_by_commit(path: Path) -> None:
    """A tag may be moved; the comment says which one the commit had."""
    used = re.findall(r"^ +(?:- )?uses: (?!\./)(.*)$", text(path), re.MULTILINE)

    assert used
    assert [line for line in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


@pytest.mark.parametrize("path", [ACTION / "action.yml", *WORKFLOWS], ids=lambda path: path.name)
def test_no_expression_is_put_into_a_script(path: Path) -> None:
    """It would be run: a student chooses names of files and branches."""
    scripts = re.findall(r"^ +(?:- )?run: (?:\|\n((?:(?: {8}.*)?\n)+)|(.*))", text(path), re.MULTILINE)

    assert [script for pair in scripts for script in pair if "${{" in script] == []


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A checkout as a runner has it, with programs in place of the grader that write down how they were called."""

    folder: Path

    def git(self, *words: str) -> str:
        """The output of a git command in it."""
        who = ("-c", "user.name=n", "-c", "user.email=e")
        return subprocess.run(["git", *who, *words], cwd=self.folder, capture_output=True, text=True, check=True).stdout

    def commit(self, *names: str) -> str:
        """Change these files; the commit."""
        for name in names:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(path.read_text("utf-8") + "x" if path.exists() else name, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-qm", "change")
        return self.git("rev-parse", "HEAD").strip()

    def graded(
        self, *, before: str, ends: int = 0, script: str = "grade.sh", submits: int = 0, student: str = ""
    ) -> Graded:
        """Run a script of the action for what changed since `before`, with a grader that ends with `ends`, or one that
        hands in and ends with `submits`."""
        home = self.folder.parent
        for name, code in (("grade", ends), ("grader", submits)):
            program = home / name
            lines = f'#!/bin/sh\necho "{name} $*"\nmkdir -p "$REPORTS" && touch "$REPORTS/class.json"\nexit {code}\n'
            program.write_text(lines, encoding="utf-8")
            program.chmod(0o755)
        places = {
            "RUNNER_TEMP": home / "temp",
            "GITHUB_OUTPUT": home / "output",
            "GITHUB_STEP_SUMMARY": home / "summary",
        }
        given = {
            "PATHS": "submissions",
            "CHANGED_ONLY": "true",
            "BEFORE": before,
            "COURSE": ".",
            "ASSIGNMENT": "digits",
        }
        given |= {
            "ROSTER": "",
            "AUDIENCE": "student",
            "SANDBOX": "auto",
            "FAIL_UNDER": "",
            "SITE": "https://site/courses/ml/digits",
            "GRADER_TOKEN": "secret",
            "STUDENT": student,
            "REPORTS": str(home / "out"),
        }
        environment = {**os.environ, **given, "GRADER_BIN": str(home), **{k: str(v) for k, v in places.items()}}
        done = subprocess.run(
            ["bash", ACTION / script], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        taken = sorted(p.relative_to(home / "temp" / "changed") for p in (home / "temp").rglob("*") if p.is_file())
        wrote = {name: text(path) for name, path in places.items() if path.is_file()}
        return Graded(code=done.returncode, said=done.stdout, taken=[str(path) for path in taken], wrote=wrote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """What the script did: its exit code and output, the notebooks it put together, the files it wrote for GitHub."""

    code: int
    said: str
    taken: list[str]
    wrote: dict[str, str]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(folder=tmp_path / "checkout")
    made.folder.mkdir()
    made.git("init", "-q")
    return made


def test_changed_notebooks_are_graded_where_they_lay(repository: Repository) -> None:
    """Whose a notebook is may stand in the name of its folder; what did not change, or is none, is left out."""
    before = repository.commit("submissions/a/lab.ipynb", "submissions/b/lab.ipynb")
    repository.commit(
        "submissions/a/lab.ipynb", "submissions/it's c/lab.ipynb", "submissions/a/x.py", "other/lab.ipynb"
    )
    graded = repository.graded(before=before)

    assert graded.taken == ["submissions/a/lab.ipynb", "submissions/it's c/lab.ipynb"]
    assert graded.said.endswith(
        "--format github --assignment digits -- " + f"{repository.folder.parent}/temp/changed/submissions\n"
    )
    assert graded.wrote["GITHUB_OUTPUT"] == "exit-code=0\n"


def test_nothing_changed_is_nothing_graded(repository: Repository) -> None:
    """Which is said, and is no failure."""
    before = repository.commit("submissions/a/lab.ipynb")
    repository.commit("notes.txt")
    graded = repository.graded(before=before)

    assert (graded.code, graded.said) == (0, "No notebook changed, so nothing is graded.\n")
    assert "GITHUB_OUTPUT" not in graded.wrote


@pytest.mark.parametrize("before", ["", "0" * 40], ids=["none", "gone"])
def test_without_a_commit_to_compare_with_everything_is_graded(before: str, repository: Repository) -> None:
    """As on the first push of a branch."""
    repository.commit("submissions/a/lab.ipynb")
    assert repository.graded(before=before).said.endswith("-- submissions\n")


def test_a_run_that_fails_still_has_its_summary(repository: Repository) -> None:
    """The step ends as `grade` did, after the table is written."""
    repository.commit("submissions/a/lab.ipynb")
    graded = repository.graded(before="", ends=1)

    assert graded.code == 1
    assert graded.wrote["GITHUB_OUTPUT"] == "exit-code=1\n"
    assert graded.wrote["GITHUB_STEP_SUMMARY"].startswith("grader export github_summary")


def test_a_site_is_handed_each_notebook_that_changed(repository: Repository) -> None:
    """For the student who is named; the token stands on no command line."""
    before = repository.commit("submissions/a.ipynb", "submissions/b.ipynb")
    repository.commit("submissions/b.ipynb", "submissions/c d.ipynb")
    graded = repository.graded(before=before, script="submit.sh", student="ada@example.org")

    lines = [line for line in graded.said.splitlines() if line.startswith("grader submit")]
    assert [line.rpartition(" -- ")[2] for line in lines] == ["submissions/b.ipynb", "submissions/c d.ipynb"]
    assert all("--to https://site/courses/ml/digits" in line for line in lines)
    assert all("--on-behalf-of ada@example.org" in line for line in lines)
    assert "secret" not in graded.said
    assert graded.wrote["GITHUB_OUTPUT"] == "exit-code=0\n"


def test_a_site_that_refuses_fails_the_step(repository: Repository) -> None:
    """After all others were handed in, too."""
    repository.commit("submissions/a.ipynb", "submissions/b.ipynb")
    graded = repository.graded(before="", script="submit.sh", submits=2)

    assert graded.code == 2
    assert graded.said.count("grader submit") == 2
    assert graded.wrote["GITHUB_OUTPUT"] == "exit-code=2\n"
