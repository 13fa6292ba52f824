"""What rooms see of the files of this machine: libraries, and nothing of ours that lies among them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import SandboxUnavailable
from grader.wall.sandbox.view import trail, view

LIBRARY = "lib/site-packages"


@pytest.mark.parametrize(
    ("libraries", "private", "shown", "covered"),
    [
        pytest.param(["usr/lib"], ["usr/src/app"], ["usr/lib"], [], id="beside what is shown"),
        pytest.param(["course/.venv/lib"], ["course"], ["course/.venv/lib"], [], id="an environment in the course"),
        pytest.param(["home/lib"], ["home/course"], ["home/lib"], [], id="a Python whose prefix is the home"),
        pytest.param(["lib"], ["lib/course"], ["lib"], ["lib/course"], id="below a library folder"),
        pytest.param(["lib"], ["lib/course/a.ipynb"], ["lib"], ["lib/course/a.ipynb"], id="a file below one"),
        pytest.param(["lib"], ["lib/c", "lib/c/handed-in"], ["lib"], ["lib/c"], id="one cover is enough"),
        pytest.param(
            ["lib", "lib/c/.venv/lib"], ["lib/c"], ["lib", "lib/c/.venv/lib"], ["lib/c"], id="libraries below a cover"
        ),
        pytest.param(
            ["lib", "lib/c/.venv/lib"],
            ["lib/c", "lib/c/.venv/lib/d"],
            ["lib", "lib/c/.venv/lib"],
            ["lib/c", "lib/c/.venv/lib/d"],
            id="work below libraries below a cover",
        ),
        pytest.param(["lib", "lib/inner"], [], ["lib"], [], id="what is shown already is not named again"),
    ],
)
def test_what_is_ours_is_not_shown_wherever_it_lies(
    tmp_path: Path, libraries: list[str], private: list[str], shown: list[str], covered: list[str]
) -> None:
    """Neither the course, nor what was handed in, nor reports; and all libraries are."""
    for name in (*libraries, *private):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch() if path.suffix == ".ipynb" else path.mkdir(exist_ok=True)
    seen = view(*(tmp_path / name for name in libraries), private=[tmp_path / name for name in private])

    assert [path for path in seen.shown if path.is_relative_to(tmp_path)] == [tmp_path / name for name in shown]
    assert list(seen.covered) == [tmp_path / name for name in covered]


def test_work_in_a_folder_that_every_room_needs_is_refused_with_the_cure(tmp_path: Path) -> None:
    """It cannot be hidden and shown."""
    (tmp_path / LIBRARY).mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / LIBRARY)
    with pytest.raises(SandboxUnavailable, match="Move the course, the notebooks and the reports"):
        view(tmp_path / LIBRARY, private=[tmp_path / "link"])


def test_no_prefix_and_no_home_is_shown_whole() -> None:
    """People keep courses below them."""
    around = {Path("/usr"), Path("/usr/local"), Path(sys.prefix).resolve(), Path(sys.base_prefix), Path.home()}

    assert around.isdisjoint(view().shown)


def test_readable_paths_are_there(tmp_path: Path) -> None:
    """What does not exist is left out."""
    paths = view(tmp_path, tmp_path / "nowhere").shown
    assert [path for path in paths if path.is_relative_to(tmp_path)] == [tmp_path]


def test_a_trail_names_every_link_and_the_end(tmp_path: Path) -> None:
    """A path through links is found in the box only if each link is there as well."""
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "first").symlink_to("second")
    (tmp_path / "second").symlink_to(real)
    assert list(trail(tmp_path / "first")) == [tmp_path / "first", tmp_path / "second", real]


def test_a_trail_follows_links_upwards(tmp_path: Path) -> None:
    """A relative link may lead out of its folder."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "link").symlink_to("../file")
    assert list(trail(tmp_path / "folder" / "link")) == [tmp_path / "folder" / "link", tmp_path / "file"]


def test_this_python_is_shown_by_folders_that_are_shown_however_it_was_started(tmp_path: Path) -> None:
    """A path such as `../.venv/bin/python` names a way that rooms do not see, and so do the libraries found by it."""
    crooked = f"{tmp_path}/{os.path.relpath(sys.executable, tmp_path)}"
    script = "from grader.wall.sandbox.view import PYTHON, library_folders; print(PYTHON, *library_folders())"
    done = subprocess.run([crooked, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout
    assert ".." not in done.stdout
