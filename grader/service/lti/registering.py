"""Dynamic registration: a platform and this site tell each other what they need to know, by a link that the site's
owner makes for it, once. After LTI dynamic registration 1.0.

What the platform says is asked of the address that whoever opens the link names: so it has to be https and elsewhere
than on this machine, it redirects nowhere, it is short, and nothing of it is shown. A site that is itself on somebody's
own machine may ask there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from grader.service.lti.platforms import Registration, is_platform_url
from grader.service.lti.services.calls import is_this_machine
from grader.service.lti.short_answers import NoShortAnswer, ask
from grader.service.people.accounts import plain_name

if TYPE_CHECKING:
    import httpx2

TOOL: Final = "https://purl.imsglobal.org/spec/lti-tool-configuration"
PLATFORM: Final = "https://purl.imsglobal.org/spec/lti-platform-configuration"
TIMEOUT: Final = 10.0
#: all that we do at a platform
SCOPES: Final = (
    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
    "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
    "https://purl.imsglobal.org/spec/lti-ags/scope/score",
    "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
)


class NotRegistered(Exception):
    """The platform did not register us. Says why, for whoever runs the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a platform opened the link with."""

    configuration: str
    token: str = ""


def register(asked: Asked, *, address: str, name: str, transport: httpx2.BaseTransport | None = None) -> Registration:
    """What the two agreed on. Raises NotRegistered."""
    said = _json("GET", asked.configuration, address=address, transport=transport)
    issuer = _text(said, "issuer")
    if urlsplit(issuer).hostname != urlsplit(asked.configuration).hostname:
        raise NotRegistered("its configuration is not at its issuer's host")
    answer = _json(
        "POST",
        _url(said, "registration_endpoint", address),
        body=_wanted(address, name),
        token=asked.token,
        address=address,
        transport=transport,
    )
    tool = answer.get(TOOL)
    deployment = tool.get("deployment_id") if isinstance(tool, dict) else None
    about = said.get(PLATFORM)
    family = str(about.get("product_family_code", "")) if isinstance(about, dict) else ""
    return Registration(
        title=plain_name(f"{urlsplit(issuer).hostname} {family}"),
        issuer=issuer,
        client_id=_text(answer, "client_id"),
        auth_url=_url(said, "authorization_endpoint", address),
        token_url=_url(said, "token_endpoint", address),
        jwks_url=_url(said, "jwks_uri", address),
        deployments=(deployment,) if isinstance(deployment, str) and deployment else (),
    )


def _wanted(address: str, name: str) -> Mapping[str, Any]:
    launch, parts = f"{address}/lti/launch", urlsplit(address)
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": f"{address}/lti/login",
        "redirect_uris": [launch],
        "client_name": name,
        "jwks_uri": f"{address}/lti/keys",
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(SCOPES),
        TOOL: {
            "domain": parts.netloc,
            "target_link_uri": launch,
            "claims": ["iss", "sub", "name", "given_name", "family_name", "email", "locale"],
            "messages": [
                {"type": "LtiResourceLinkRequest"},
                {"type": "LtiDeepLinkingRequest", "target_link_uri": launch, "label": name},
            ],
        },
    }


def _json(
    method: str,
    url: str,
    *,
    address: str,
    body: object = None,
    token: str = "",
    transport: httpx2.BaseTransport | None,
) -> Mapping[str, Any]:
    if not _may_ask(url, address):
        raise NotRegistered("an address of it is no https address")
    if not (token.isascii() and token.isprintable()):
        raise NotRegistered("its token is none")
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    try:
        answer = ask(method, url, seconds=TIMEOUT, headers=headers, body=body, transport=transport)
    except NoShortAnswer as error:
        raise NotRegistered(f"{urlsplit(url).hostname}: {error}") from None
    if answer.status not in (200, 201):
        raise NotRegistered(f"{urlsplit(url).hostname}: status {answer.status}")
    said = answer.said
    if not isinstance(said, dict):
        raise NotRegistered(f"{urlsplit(url).hostname}: no JSON object")
    return said


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not found:
        raise NotRegistered(f"it does not say its {name}")
    return found


def _may_ask(url: str, address: str) -> bool:
    """Whether a site of that address asks there."""
    if not is_platform_url(url):
        return False
    return not is_this_machine(urlsplit(url).hostname or "") or is_this_machine(urlsplit(address).hostname or "")


def _url(said: Mapping[str, Any], name: str, address: str) -> str:
    found = _text(said, name)
    if not _may_ask(found, address):
        raise NotRegistered(f"its {name} is no https address")
    return found
