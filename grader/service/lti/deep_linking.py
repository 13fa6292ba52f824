"""What an instructor linked, as the signed answer that the platform asked for: deep linking 2.0."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from grader.service.lti.arriving import DUE_CLAIM, RELEASE_CLAIM
from grader.service.lti.claims import CLAIM, DEEP, VERSION, DeepSettings
from grader.service.lti.keys import sign
from grader.service.store.lti_tables import LtiDeployment

LASTS: Final = timedelta(minutes=5)
LINK: Final = "ltiResourceLink"
#: what the platform puts its own dates in place of
_DATES: Final = {
    RELEASE_CLAIM: "$ResourceLink.available.startDateTime",
    DUE_CLAIM: "$ResourceLink.submission.endDateTime",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """An opening to be linked: where it is, what it is called, the points it is worth and its dates."""

    url: str
    title: str
    tag: str
    points: int | None
    release: datetime | None = None
    due: datetime | None = None


def takes_links(settings: DeepSettings) -> bool:
    """Whether the platform takes what we have."""
    return LINK in settings.accept_types


def answer(
    session: Session, deployment: LtiDeployment, settings: DeepSettings, linked: Sequence[Linked], *, now: datetime
) -> str:
    """The signed answer, as the form's `JWT`. Nothing linked is an answer as well."""
    said: dict[str, Any] = {
        "iss": deployment.platform.client_id,
        "aud": deployment.platform.issuer,
        "iat": int(now.timestamp()),
        "exp": int((now + LASTS).timestamp()),
        "nonce": secrets.token_urlsafe(24),
        f"{CLAIM}deployment_id": deployment.deployment,
        f"{CLAIM}message_type": "LtiDeepLinkingResponse",
        f"{CLAIM}version": VERSION,
        f"{DEEP}content_items": [_item(each, settings) for each in linked],
    }
    if settings.data is not None:
        said[f"{DEEP}data"] = settings.data
    return sign(session, said, now=now)


def _item(linked: Linked, settings: DeepSettings) -> Mapping[str, Any]:
    item: dict[str, Any] = {"type": LINK, "url": linked.url, "title": linked.title, "custom": dict(_DATES)}
    if linked.points and settings.accept_lineitem is not False:
        item["lineItem"] = {
            "scoreMaximum": linked.points,
            "label": linked.title,
            "resourceId": linked.tag,
            "tag": "grader",
        }
    if linked.release is not None:
        item["available"] = {"startDateTime": _said(linked.release)}
    if linked.due is not None:
        item["submission"] = {"endDateTime": _said(linked.due)}
    return item


def _said(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
