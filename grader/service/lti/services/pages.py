"""Lists that a platform gives by page, followed by its links, on its own host, to their end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from grader.service.lti.services.access import Access
from grader.service.lti.services.answers import Answer, Cause, Failed, ServiceRequest
from grader.service.lti.services.platform_client import PlatformClient


async def pages(access: Access, client: PlatformClient, first: ServiceRequest) -> AsyncIterator[Answer | Failed]:
    """Each page; the last one may be why there are no more. A list that leads in a circle, to another host, or has more
    pages or bytes than anybody can mean, is nonsense, and one that takes too long is given up: half a list is never
    taken for the whole."""
    seen: set[str] = set()
    until = access.calls.now() + timedelta(seconds=access.calls.bounds.list_seconds)
    asking, bounds, came = first, access.calls.bounds, 0
    while True:
        answer = await access.ask(client, asking)
        yield answer
        if isinstance(answer, Failed) or answer.next is None:
            return
        seen.add(asking.url)
        came += len(answer.body)
        is_endless = len(seen) >= bounds.pages or came > bounds.whole
        if is_endless or answer.next in seen or not _same_host(answer.next, first.url):
            yield Failed(cause=Cause.NONSENSE)
            return
        if access.calls.now() > until:
            yield Failed(cause=Cause.TIMED_OUT)
            return
        asking = replace(first, url=answer.next, params={})


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one).netloc == urlsplit(other).netloc


def below(url: str, name: str) -> str:
    """The address of what a line item has below it: its path goes on, its query stays."""
    try:
        parts = urlsplit(url)
    except ValueError:  # whoever is to ask there says so
        return url
    return parts._replace(path=f"{parts.path.rstrip('/')}/{name}").geturl()
