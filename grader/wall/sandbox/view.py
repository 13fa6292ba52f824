"""What rooms see of this machine's files: the libraries they need, and nothing of ours that lies among them.

A folder is shown only because the system, this Python or a library loads something from it; never the home, the prefix
or the virtual environment around it, where people keep courses. Our own files are covered where they lie in one.
"""

from __future__ import annotations

import importlib.util
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.errors import SandboxUnavailable

#: what a dynamically linked program and its libraries need; paths a distribution does not have are left out
SYSTEM: Final = (
    *("/bin", "/lib", "/lib32", "/lib64", "/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib"),
    *(f"/usr/share/{name}" for name in ("fontconfig", "fonts", "locale", "matplotlib", "mime", "zoneinfo")),
    *("/etc/alternatives", "/etc/ld.so.cache", "/nix/store"),
)

#: this Python, by folders that rooms see; it may have been started by a path with `..` in it
PYTHON: Final = Path(sys.executable).parent.resolve() / Path(sys.executable).name
#: the libraries that a zygote imports
PACKAGES: Final = ("numpy", "tensorflow", "keras", "matplotlib")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The paths that are shown, and those below them that are covered. Real paths, but for the links on the way."""

    shown: tuple[Path, ...]
    covered: tuple[Path, ...]


def view(*more: Path, private: Sequence[Path] = ()) -> View:
    """The libraries of the system and of this Python, and `more`, without `private`.

    Raises SandboxUnavailable with the cure if one of those is itself a folder that libraries are loaded from.
    """
    wanted = [*map(Path, SYSTEM), *_of_this_python(), *more]
    met = {step for path in wanted if path.exists() for step in trail(path)}
    files = {path for path in met if not path.is_symlink()}
    ours = {path.resolve() for path in private if path.exists()}
    if clash := sorted(ours & files):
        raise SandboxUnavailable(
            f"{clash[0]} holds work that no room may see, and libraries that every room needs. "
            "Move the course, the notebooks and the reports to a folder of their own."
        )
    covered = {path for path in ours if not files.isdisjoint(path.parents)}
    shown = (path for path in met if _nearest(path, covered, files) not in files)
    return View(
        shown=tuple(sorted(shown)),
        covered=tuple(sorted(path for path in covered if _nearest(path, covered, files) in files)),
    )


def library_folders() -> list[Path]:
    """The site-packages folders that hold the preloaded libraries, in import order, without duplicates."""
    specs = (importlib.util.find_spec(name) for name in PACKAGES)
    parents = (Path(spec.origin).parent.parent.resolve() for spec in specs if spec is not None and spec.origin)
    return list(dict.fromkeys(parents))


def _of_this_python() -> Iterator[Path]:
    """What it is started with and loads from: not its prefix, which may be somebody's home."""
    yield PYTHON
    yield Path(sys.prefix) / "pyvenv.cfg"
    for base in dict.fromkeys((sys.base_prefix, sys.base_exec_prefix)):
        for name in dict.fromkeys(("lib", sys.platlibdir)):
            yield Path(base) / name
    yield Path(sysconfig.get_path("stdlib"))
    if folder := sysconfig.get_config_var("LIBDIR"):
        yield Path(folder)


def _nearest(path: Path, covered: set[Path], shown: set[Path]) -> Path | None:
    """The folder above `path` that decides whether it is seen; None if nothing above it is shown."""
    return next((folder for folder in path.parents if folder in covered or folder in shown), None)


def trail(path: Path) -> Iterator[Path]:
    """Every symbolic link met on the way to the absolute `path`, and the real path where the way ends."""
    here, ahead = Path("/"), list(path.parts[1:])
    while ahead:
        step = ahead.pop(0)
        if step == "..":
            here = here.parent
        elif (here / step).is_symlink():
            yield here / step
            target = (here / step).readlink()
            ahead = [*(target.parts[1:] if target.is_absolute() else target.parts), *ahead]
            here = Path("/") if target.is_absolute() else here
        else:
            here /= step
    yield here
