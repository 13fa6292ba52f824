"""What becomes of a library when a package breaks that it could do without."""

from __future__ import annotations

import builtins
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.wall.room.optional import broken_is_absent

LIBRARY = """
late = __import__("json.decoder", fromlist=["decoder"]).JSONDecoder
try:
    from {package}.part import thing
except ImportError:
    thing = None
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where modules are imported from."""
    sys.path.insert(0, str(tmp_path))
    yield tmp_path
    sys.path.remove(str(tmp_path))


def library(folder: Path, package: str, fault: str) -> str:
    """A library that uses `package` where it can, and the package, which breaks."""
    (folder / package).mkdir()
    (folder / package / "__init__.py").touch()
    (folder / package / "part.py").write_text(f"raise {fault}", encoding="utf-8")
    (folder / "library.py").write_text(LIBRARY.format(package=package), encoding="utf-8")
    return str(folder / "library.py")


@pytest.mark.parametrize("fault", ["ValueError('another NumPy')", "OSError(2, 'no procfs')", "ImportError('no')"])
def test_a_broken_package_is_absent_to_the_library_that_can_do_without(folder: Path, fault: str) -> None:
    """Whatever it raises, and with the rest of Python as it was before."""
    plain = builtins.__import__
    with broken_is_absent(frozenset({"optional_package"})):
        names = runpy.run_path(library(folder, "optional_package", fault))

    assert names["thing"] is None
    assert builtins.__import__ is plain


def test_what_a_runtime_is_made_of_breaks_aloud(folder: Path) -> None:
    """A room without it would give every student a zero that is ours."""
    with broken_is_absent(frozenset({"another"})), pytest.raises(ValueError, match="built for"):
        runpy.run_path(library(folder, "needed_package", "ValueError('built for another NumPy')"))
