"""The bytes of one file that was handed in, from disk or from within a zip. What they mean is not asked here."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from grader.classes.intake import HandIn, Packed
from grader.classes.intake.directory import INSTEAD
from grader.classes.intake.zips import unpack
from grader.errors import UnreadableSubmission
from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import joined, say
from grader.notebook.bundle import bundled
from grader.notebook.notebook import CLEAR_OUTPUTS, read


def read_bytes(hand_in: HandIn, most: int) -> bytes:
    """The bytes of the file that counts, at most `most`; of several a zip of them.

    Raises UnreadableSubmission, for the student to read.
    """
    if not hand_in.beside:
        return bytes_at(hand_in.path, hand_in.packed, most)
    files = {each.name: bytes_at(each.path, each.packed, most) for each in (hand_in, *hand_in.beside)}
    if sum(map(len, files.values())) > most:
        raise UnreadableSubmission(joined(say("together_too_large", most=f"{most / MEGABYTE:g}"), CLEAR_OUTPUTS))
    return bundled(files.items())


def bytes_at(path: Path, packed: Sequence[Packed], most: int) -> bytes:
    """The bytes of a file on disk, or of a member of the zip there. Raises UnreadableSubmission."""
    if path.is_symlink():  # collect gives real paths; somebody changed the folder since
        raise UnreadableSubmission(joined(say("name_is_link", file=repr(path.name)), INSTEAD))
    if not packed:
        return read(path, NotebookLimits(file_bytes=most))
    *outer, last = packed
    try:
        with path.open("rb") as file:
            inside: io.BufferedReader | io.BytesIO = file
            for archive in outer:
                inside = io.BytesIO(unpack(inside, archive, archive.unpacked_bytes))
            return unpack(inside, last, most)
    except OSError as error:
        why = say("named_zip_unreadable", file=repr(path.name), reason=str(error.strerror))
        raise UnreadableSubmission(joined(why, INSTEAD)) from error
