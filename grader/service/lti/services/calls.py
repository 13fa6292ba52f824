"""One request to a platform: over https, within bounds on time and bytes, no redirect followed. Which request it is, is
said elsewhere."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from grader.classes.unpacked import UNPACKED, refuse_packed
from grader.service.lti.services.answers import Answer, Cause, Failed, ServiceBounds, failure_of
from grader.service.site import Now, utc_now

if TYPE_CHECKING:
    import httpx

AGENT: Final = "notebook-grader"


class Calls:
    """Asks platforms, many at a time."""

    def __init__(
        self, client: httpx.AsyncClient, *, now: Now = utc_now, bounds: ServiceBounds | None = None, plain: bool = False
    ) -> None:
        """`plain`: also without TLS and on this machine, as tests want it."""
        self._client = client
        self._plain = plain
        self.now = now
        self.bounds = bounds or ServiceBounds()

    async def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Answer | Failed:
        """What the platform says."""
        import httpx  # as heavy as a tenth of a start, and most sites have no platform

        if not self.may_ask(url):
            return Failed(cause=Cause.NOT_SECURE)
        try:
            request = self._client.build_request(
                method,
                url,
                headers={"User-Agent": AGENT, **UNPACKED, **headers},
                params=params or None,
                content=content,
                data=form,
            )
            async with asyncio.timeout(self.bounds.seconds):
                return await self._asked(request)
        except (TimeoutError, httpx.TimeoutException):
            return Failed(cause=Cause.TIMED_OUT)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            return Failed(cause=Cause.NOT_SECURE)
        except httpx.DecodingError:
            return Failed(cause=Cause.NONSENSE)
        except httpx.HTTPError:
            return Failed(cause=Cause.UNREACHABLE)

    def may_ask(self, url: str) -> bool:
        """Whether that is an address of somebody else's, reached in a way that nobody listens to."""
        try:
            parts = urlsplit(url)
            host = parts.hostname
        except ValueError:
            return False
        if host is None or parts.username is not None or parts.scheme not in ("http", "https"):
            return False
        return self._plain or (parts.scheme == "https" and not is_this_machine(host))

    async def _asked(self, request: httpx.Request) -> Answer | Failed:
        answer = await self._client.send(request, stream=True, follow_redirects=False)
        try:
            refuse_packed(answer)
            body = bytearray()
            async for some in answer.aiter_bytes():
                body += some
                if len(body) > self.bounds.body:
                    return Failed(cause=Cause.NONSENSE)
        finally:
            await answer.aclose()
        if (failure := failure_of(answer.status_code, answer.headers, bytes(body), now=self.now())) is not None:
            return failure
        return Answer(body=bytes(body), next=_link(answer, "next"), differences=_link(answer, "differences"))


def opened_client() -> httpx.AsyncClient:
    """A client whose connections stay open; it trusts no proxy or netrc of this machine's environment."""
    import httpx  # as above

    return httpx.AsyncClient(
        follow_redirects=False,
        trust_env=False,
        timeout=httpx.Timeout(ServiceBounds().seconds),
        limits=httpx.Limits(max_connections=100),
    )


def _link(answer: httpx.Response, name: str) -> str | None:
    found = answer.links.get(name, {}).get("url")
    return None if found is None else urljoin(str(answer.request.url), found)


def is_this_machine(host: str) -> bool:
    """A name that means this machine, or an address of it or of what only its own link knows, such as the metadata of a
    cloud's machine, however it is written. Names are not looked up: a certificate has to name whoever answers."""
    name = host.casefold().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _address(name)
    return address is not None and (
        address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast
    )


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Also one that is written as whoever connects reads it (127.1, 0x7f000001), or as one of the other version."""
    try:
        found = ipaddress.ip_address(name)
    except ValueError:
        try:
            return ipaddress.IPv4Address(socket.inet_aton(name))
        except (OSError, UnicodeError):
            return None
    return (found.ipv4_mapped or found) if found.version == 6 else found
