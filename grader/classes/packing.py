"""Files packed into one zip: the same bytes for the same files. What stands in them is not known here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_NEVER: Final = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files by their path as a zip, which is the same whenever and wherever it is made."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writing:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, date_time=_NEVER)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            writing.writestr(entry, data)
    return archive.getvalue()
