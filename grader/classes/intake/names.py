"""Names of output files, made from names that students and platforms chose. No other file is named by an outsider."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from typing import Final

MOST_CHARACTERS: Final = 80
MOST_BYTES: Final = 200  # a file system takes 255, and an ending such as .json is added

_UNSAFE: Final = re.compile(r"[^\w .@+=,()-]+")
_DIGEST: Final = re.compile(r"-[0-9a-f]{10}\Z", re.IGNORECASE)
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z", re.IGNORECASE)  # devices on Windows


def safe_name(student_id: str) -> str:
    """A file name, without ending, for this student: readable, safe on every system, and nobody else's.

    It depends on the id alone, so that a student's files keep their names when others join the class. An id that had
    to be changed carries a digest of itself; so does one that merely looks as if it did.
    """
    plain = unicodedata.normalize("NFC", student_id)
    name = _UNSAFE.sub("_", plain).rstrip(" .").lstrip(" .-=+@")
    if name == student_id and _is_safe(name):
        return name
    return _with_digest(f"_{name}" if _RESERVED.match(name) else name, student_id)


def file_names(student_ids: Collection[str]) -> dict[str, str]:
    """`safe_name` of each student of a class; where names differ in case alone, all but the first carry a digest.

    Disks of macOS and Windows take `Ada.json` and `ada.json` for one file. Which is first depends on the names alone,
    so that every run gives the same.
    """
    taken: set[str] = set()
    names: dict[str, str] = {}
    for student_id in sorted(student_ids):
        name = safe_name(student_id)
        if _on_disk(name) in taken:
            name = _with_digest(name, student_id)
        taken.add(_on_disk(name))
        names[student_id] = name
    return names


def alike(student_ids: Collection[str]) -> frozenset[str]:
    """Those who differ from another in capital letters or in how an accent is written, and in nothing else."""
    times = Counter(map(_on_disk, student_ids))
    return frozenset(each for each in student_ids if times[_on_disk(each)] > 1)


def _on_disk(name: str) -> str:
    """Alike for all names that any file system takes for the same one; for some others, too, which costs a digest."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).upper().casefold())


def _with_digest(name: str, student_id: str) -> str:
    digest = hashlib.sha256(student_id.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{_shortened(name).rstrip(' .') or 'student'}-{digest}"


def _is_safe(name: str) -> bool:
    reserved = _RESERVED.match(name) or _DIGEST.search(name)
    return bool(name) and not reserved and name.isprintable() and _shortened(name) == name


def _shortened(name: str) -> str:
    name = "".join(character if character.isprintable() else "_" for character in name)[: MOST_CHARACTERS - 11]
    return name.encode()[: MOST_BYTES - 11].decode(errors="ignore")
