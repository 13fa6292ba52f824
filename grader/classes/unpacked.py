"""What another machine answers is read as it was sent: packed bytes are not asked for, and are refused. A few kilobytes
that were packed twice become gigabytes in one step, before anybody could count them. What an answer means is not known
here, nor how much of it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import httpx

#: to be sent with whatever is asked
UNPACKED: Final[Mapping[str, str]] = {"Accept-Encoding": "identity"}


def refuse_packed(answer: httpx.Response) -> None:
    """Before its bytes are read. Raises httpx.DecodingError."""
    packed = answer.headers.get("Content-Encoding", "").strip().casefold()
    if packed not in ("", "identity"):
        import httpx  # as heavy as a tenth of a start, and whoever has an answer has paid for it

        raise httpx.DecodingError(f"it is packed ({packed[:40]}), which was not asked for", request=answer.request)
