"""A site's public keys, as it publishes them for whoever checks its receipts."""

from __future__ import annotations

from typing import Final

import httpx

from grader.classes.unpacked import UNPACKED, refuse_packed
from grader.errors import UsageError
from grader.service.attempts.receipts import SiteKeys, read_keys

#: where every site has them
PLACE: Final = "/.well-known/grader-keys.json"
_SECONDS: Final = 10
_MOST_BYTES: Final = 1_000_000


def fetch_keys(site: str, *, client: httpx.Client | None = None) -> SiteKeys:
    """The keys of the site at that address. Raises UsageError if it does not answer, or with something else."""
    url = site.rstrip("/") + PLACE
    try:
        with client or httpx.Client(timeout=_SECONDS) as asking, asking.stream("GET", url, headers=UNPACKED) as answer:
            refuse_packed(answer)
            if answer.status_code != httpx.codes.OK:
                raise UsageError(f"{url} answered {answer.status_code}, so there are no keys. Check the address.")
            text = b""
            for piece in answer.iter_bytes():
                text += piece
                if len(text) > _MOST_BYTES:
                    raise UsageError(f"{url} sends more than keys can be. Check the address.")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UsageError(f"{url} cannot be asked ({error}). Check the address, or name a file with --key.") from error
    return read_keys(text, named=url)
