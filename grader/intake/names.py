"""Names of output files, made from names that students and platforms chose. No other file is named by an outsider."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

MOST_CHARACTERS: Final = 80
MOST_BYTES: Final = 200  # a file system takes 255, and an ending such as .json is added

_UNSAFE: Final = re.compile(r"[^\w .@+=,()-]+")
_DIGEST: Final = re.compile(r"-[0-9a-f]{10}\Z")
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
    if _RESERVED.match(name):
        name = f"_{name}"
    digest = hashlib.sha256(student_id.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{_shortened(name).rstrip(' .') or 'student'}-{digest}"


def _is_safe(name: str) -> bool:
    reserved = _RESERVED.match(name) or _DIGEST.search(name)
    return bool(name) and not reserved and name.isprintable() and _shortened(name) == name


def _shortened(name: str) -> str:
    name = "".join(character if character.isprintable() else "_" for character in name)[: MOST_CHARACTERS - 11]
    return name.encode()[: MOST_BYTES - 11].decode(errors="ignore")
