"""The bytes of one file that was handed in, from disk or from within a zip. What they mean is not asked here."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from grader.classes.intake import HandIn, Packed
from grader.classes.intake.directory import INSTEAD
from grader.classes.intake.zips import unpack
from grader.errors import UnreadableSubmission
from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import joined, say
from grader.notebook.bundle import SCRIPT_BYTES, SCRIPT_ENDING, bundled
from grader.notebook.notebook import CLEAR_OUTPUTS, read


def read_bytes(hand_in: HandIn, most: int) -> bytes:
    """The bytes of the file that counts, at most `most`; of several a zip of them, with what can be had of scripts.

    Raises UnreadableSubmission, for the student to read.
    """
    if not hand_in.beside:
        return bytes_at(hand_in.path, hand_in.packed, most)
    scripts = [each for each in hand_in.beside if each.name.lower().endswith(SCRIPT_ENDING)]
    notebooks = (hand_in, *(each for each in hand_in.beside if each not in scripts))
    files = {each.name: bytes_at(each.path, each.packed, most) for each in notebooks}
    if sum(map(len, files.values())) > most:
        raise UnreadableSubmission(joined(say("together_too_large", most=f"{most / MEGABYTE:g}"), CLEAR_OUTPUTS))
    for each in scripts:
        with suppress(UnreadableSubmission):
            files.setdefault(each.name, bytes_at(each.path, each.packed, SCRIPT_BYTES))
    return bundled(files.items()) if len(files) > 1 else files[hand_in.name]


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
