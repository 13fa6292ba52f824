"""The installed grader as a wheel, and the versions it was installed with: what a container needs to install the same.

A wheel is made from what is installed, so it needs neither the source tree nor a network. Its format is the one of the
Python packaging guide: the package, and a folder of metadata with a list of digests.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path
from typing import Final

import grader
from grader.errors import UsageError
from grader.platforms.archive import ArchiveFile, archived

NAME: Final = "notebook-grader"
_FOLDER: Final = "notebook_grader"
_WHEEL: Final = "Wheel-Version: 1.0\nGenerator: grader adapter\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
#: metadata that is copied as it is installed
_COPIED: Final = ("METADATA", "entry_points.txt", "licenses/LICENSE")


def wheel() -> ArchiveFile:
    """The wheel, under the name that pip expects. Raises UsageError if the grader runs without being installed."""
    try:
        installed = distribution(NAME)
    except PackageNotFoundError as error:
        raise UsageError("The grader is not installed as a package here. Run: pip install -e .") from error
    home = f"{_FOLDER}-{installed.version}.dist-info"
    files = [*_package(), *_metadata(installed, home)]
    record = "".join(f"{file.path},sha256={_digest(file.data)},{len(file.data)}\n" for file in files)
    listed = ArchiveFile(path=f"{home}/RECORD", data=f"{record}{home}/RECORD,,\n".encode())
    return ArchiveFile(path=f"{_FOLDER}-{installed.version}-py3-none-any.whl", data=archived([*files, listed]))


def constraints() -> str:
    """Every package of this environment, pinned. Those that the grader does not need constrain nothing."""
    pins = {f"{found.name}=={found.version}" for found in distributions() if found.name and found.name != NAME}
    return "".join(f"{pin}\n" for pin in sorted(pins, key=str.casefold))


def _package() -> Iterator[ArchiveFile]:
    home = Path(grader.__file__).parent
    for path in sorted(home.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield ArchiveFile(path=f"grader/{path.relative_to(home).as_posix()}", data=path.read_bytes())


def _metadata(installed: Distribution, home: str) -> Iterator[ArchiveFile]:
    yield ArchiveFile(path=f"{home}/WHEEL", data=_WHEEL.encode())
    for name in _COPIED:
        text = installed.read_text(name)
        if text is not None:
            yield ArchiveFile(path=f"{home}/{name}", data=text.encode())


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
