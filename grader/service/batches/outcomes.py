"""What came of a file, as its row keeps it until the command has collected it."""

from __future__ import annotations

import zlib

from pydantic import TypeAdapter

from grader.classes.graded import Graded

_GRADED = TypeAdapter(Graded)


def packed(graded: Graded) -> bytes:
    """As compressed JSON."""
    return zlib.compress(_GRADED.dump_json(graded))


def unpacked(outcome: bytes) -> Graded:
    """And back. Raises pydantic's ValidationError where the row holds something else."""
    return _GRADED.validate_json(zlib.decompress(outcome))
