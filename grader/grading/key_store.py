"""Answer keys on disk: what a course's reference answered, so that it is computed once and is the same for everybody.

A file is named by the digest of all that its content depends on, and starts with the digest of its content. Anything
else is no key: it is computed anew. It holds frames as they cross the wall, so reading one executes nothing. A folder
that cannot be used, or in which somebody else could put a key, costs time and nothing more. No room can read it, and
it may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeVar

import grader
from grader.course.assignment import Assignment
from grader.course.digests import digest_of, digests_below
from grader.course.folder import Course
from grader.errors import ProtocolError
from grader.judging.answer_key import Key
from grader.judging.question import Case
from grader.wall.frames import Frame, decode, encode
from grader.wall.protocol import Raised, Returned, StudentError, Unsupported
from grader.wall.value_frames import Unpacker, pack
from grader.wall.values import WHOLE, Array, Value

T = TypeVar("T")

#: raised with the form of the files
FORM: Final = 1
#: what may be written down; of each, all fields but those that hold code, which are empty when it is read
TYPES: Final[Mapping[str, type]] = {
    each.__name__: each for each in (Case, Key, Returned, Raised, StudentError, Unsupported)
}
CODE: Final = frozenset({"misconceptions"})
#: the versions that answers depend on
LIBRARIES: Final = ("numpy", "hypothesis", "sympy", "tensorflow", "torch", "scipy")
#: and the doors of the grader that they depend on, beside the files at its top: this one and all below it
DOORS: Final = ("grading", "lab", "judging", "report", "notebook", "course", "wall", "messages")
#: packages that are called otherwise than what they bring; of others, every installed one is read, for 0.4 seconds
_ALSO_CALLED: Final = {"tensorflow": "tensorflow-cpu", "sklearn": "scikit-learn", "PIL": "pillow"}
MOST_BYTES: Final = 512 * 1024 * 1024
ARRAYS_TOGETHER: Final = 1_000
#: a key that nobody has read for so long is deleted when another is written
KEPT_SECONDS: Final = 60 * 24 * 3600
#: how a file of ours ends: whatever else lies in the folder is not ours to delete
ENDING: Final = ".answers"


class KeyStore:
    """A folder of keys, made if it can be. Without one, or with one that is of no use, nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        with contextlib.suppress(OSError):
            if folder is not None:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder if folder is not None and _is_ours(folder) else None

    def is_of_use(self) -> bool:
        """Whether something can be written there."""
        if self.folder is None:
            return False
        try:
            with tempfile.TemporaryFile(dir=self.folder) as file:
                file.write(b"key")
        except OSError:
            return False
        return True

    def kept(self, name: str, kind: type[T], make: Callable[[], T]) -> T:
        """What is kept under `name`; if there is nothing, what `make` gives is kept from now on.

        Of several processes that make it at once, the first decides for all.
        """
        if (known := self._read(name, kind)) is not None:
            return known
        made = make()
        if self.folder is None:
            return made
        with contextlib.suppress(OSError):  # full, read-only, no folder: then it is made again the next time
            self._write(name, to_file(made), kind)
        first = self._read(name, kind)  # another may have been quicker
        return made if first is None else first

    def _read(self, name: str, kind: type[T]) -> T | None:
        if self.folder is None:
            return None
        path = self._path(name)
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
            made = from_file(data)
        except (OSError, ProtocolError):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return made if isinstance(made, kind) else None

    def _write(self, name: str, data: bytes, kind: type) -> None:
        """Whole or not at all, and never over one that can be read. Raises OSError."""
        assert self.folder is not None
        descriptor, new = tempfile.mkstemp(dir=self.folder, prefix=".new-", suffix=ENDING)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(new, self._path(name))
            except FileExistsError:
                if self._read(name, kind) is None:
                    Path(new).replace(self._path(name))
        finally:
            Path(new).unlink(missing_ok=True)
        self._forget_old()

    def _path(self, name: str) -> Path:
        assert self.folder is not None
        return self.folder / f"{name}{ENDING}"

    def _forget_old(self) -> None:
        assert self.folder is not None
        for path in self.folder.glob(f"*{ENDING}"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < time.time() - KEPT_SECONDS:
                    path.unlink()


def _is_ours(folder: Path) -> bool:
    """Whether nobody but this user and root can put something into the folder, or another in its place.

    Where there is no home, it lies below the temporary files, where anybody may have made it first.
    """
    try:
        real = folder.resolve()
        way = {step for end in (folder.absolute(), real) for step in (end, *end.parents)}
        found = [step.lstat() for step in way]
        mode = real.stat().st_mode
    except (OSError, RuntimeError):  # a circle of links
        return False
    shut = stat.S_ISDIR(mode) and not mode & (stat.S_IWGRP | stat.S_IWOTH)
    return shut and all(each.st_uid in (0, os.geteuid()) and not _open_to_all(each.st_mode) for each in found)


def _open_to_all(mode: int) -> bool:
    """Whether anybody may take an entry away; of a link, the mode says nothing."""
    return not stat.S_ISLNK(mode) and bool(mode & stat.S_IWOTH) and not mode & stat.S_ISVTX


@contextmanager
def one_for_all(folder: Path) -> Iterator[Path]:
    """The folder, if keys can be kept there; else a temporary one, so that workers of one run hold the same keys."""
    if KeyStore(folder).is_of_use():
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="grader-keys-") as temporary:
        yield Path(temporary)


def fingerprint(course: Course, assignment: Assignment, *, seed: int) -> str:
    """What the answers of a course's code to an assignment's inputs depend on, as a digest."""
    homes = [course.folder / kind / assignment.id for kind in ("assignments", "reference")]
    beside = sorted(filter(Path.is_file, (course.folder / "assignments").glob("*.py")))  # editors leave dead links
    content = {
        "form": FORM,
        "assignment": [assignment.id, assignment.version, assignment.model_dump_json(include={"runtime", "uses"})],
        "files": [digests_below(home) for home in homes],
        "beside": [[path.name, digest_of(path)] for path in beside],
        "seed": seed,
        "python": [sys.version, sys.byteorder, platform.machine()],
        "libraries": {name: _version(name) for name in (*LIBRARIES, *assignment.uses)},
        "grader": _own_digests(Path(grader.__file__).parent),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _own_digests(home: Path) -> list[list[str]]:
    """Of the grader's own files, those that a reference's answers can depend on."""
    own = [[path.name, digest_of(path)] for path in sorted(home.glob("*.py"))]
    return own + [[door, *found] for door in DOORS for found in digests_below(home / door)]


def _version(name: str) -> str | None:
    """Of the package that a module of this name is of; None if there is none."""
    for package in (name, _ALSO_CALLED.get(name)):
        with contextlib.suppress(PackageNotFoundError):
            if package is not None:
                return version(package)
    found = packages_distributions().get(name, ()) if find_spec(name) is not None else ()
    return version(found[0]) if found else None


def to_file(thing: object) -> bytes:
    """`thing`, an object of `TYPES`, or tuples and dictionaries of them, as the content of a file."""
    leaves: list[Value] = []
    shape = _shape(thing, leaves)
    body = b"".join([encode({"shape": shape, "leaves": len(leaves)}, []), *_frames(leaves)])
    return hashlib.sha256(body).digest() + body


def from_file(data: bytes) -> object:
    """What `to_file` was given. Raises ProtocolError for anything else."""
    digest, body = data[:32], data[32:]
    if hashlib.sha256(body).digest() != digest:
        raise ProtocolError("a file that is damaged")
    frames = list(_decoded(body))
    leaves = [leaf for frame in frames[1:] for leaf in _leaves(frame)]
    if not frames or frames[0].header.get("leaves") != len(leaves):
        raise ProtocolError("a file that lacks something")
    return _made(frames[0].header.get("shape"), leaves)


def _shape(thing: object, leaves: list[Value]) -> Any:
    """The form of `thing`, in which each value is the number of a leaf."""
    if is_dataclass(thing) and not isinstance(thing, (*WHOLE, type)):
        known = {each.name: getattr(thing, each.name) for each in fields(thing) if each.name not in CODE}
        return [type(thing).__name__, {name: _shape(each, leaves) for name, each in known.items()}]
    match thing:
        case tuple() if any(map(_holds_object, thing)):
            return ["tuple", [_shape(each, leaves) for each in thing]]
        case Mapping() if any(map(_holds_object, thing.values())):
            return ["dict", {name: _shape(each, leaves) for name, each in thing.items()}]
        case Mapping():
            leaves.append(dict(thing))
        case _:
            leaves.append(thing)  # type: ignore[arg-type]  # what `TYPES` hold else are values
    return len(leaves) - 1


def _holds_object(thing: object) -> bool:
    match thing:
        case tuple():
            return any(map(_holds_object, thing))
        case Mapping():
            return any(map(_holds_object, thing.values()))
        case _:
            return is_dataclass(thing) and not isinstance(thing, WHOLE)


def _made(shape: object, leaves: Sequence[Value]) -> Any:
    match shape:
        case int(number) if 0 <= number < len(leaves):
            return leaves[number]
        case ["tuple", list() as items]:
            return tuple(_made(each, leaves) for each in items)
        case ["dict", dict() as items]:
            return {name: _made(each, leaves) for name, each in items.items()}
        case [str(name), dict() as items] if name in TYPES:
            try:
                return _object(TYPES[name], {field: _made(each, leaves) for field, each in items.items()})
            except TypeError as error:
                raise ProtocolError(f"a {name} of another version") from error
        case _:
            raise ProtocolError("a file in no form that we know")


def _object(kind: type, known: Mapping[str, Any]) -> object:
    code = {each.name: () for each in fields(kind) if each.name in CODE}
    return kind(**code, **known)


def _frames(leaves: Sequence[Value]) -> Iterator[bytes]:
    """The leaves, several in a frame: a frame for each would take longer to read than their numbers."""
    packed: list[Any] = []
    arrays: list[Array] = []
    for leaf in leaves:
        packed.append(pack(leaf, arrays))
        if len(arrays) >= ARRAYS_TOGETHER:
            yield encode({"leaves": packed}, arrays)
            packed, arrays = [], []
    yield encode({"leaves": packed}, arrays)


def _decoded(body: bytes) -> Iterator[Frame]:
    stream = BytesIO(body)
    while stream.tell() < len(body):
        yield decode(_exactly(stream), max_bytes=MOST_BYTES, max_header=MOST_BYTES)


def _exactly(stream: BytesIO) -> Callable[[int], bytes]:
    def read(count: int) -> bytes:
        data = stream.read(count)
        if len(data) != count:
            raise ProtocolError("a file cut short")
        return data

    return read


def _leaves(frame: Frame) -> Iterator[Value]:
    values = Unpacker(frame.arrays, asks=True)
    for node in frame.header.get("leaves", ()):
        values.nodes = 0
        yield values.take(node)
