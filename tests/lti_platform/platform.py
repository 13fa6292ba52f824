"""The platform: courses with links and people, a login, keys, what it signs, and what comes back from deep linking.

After LTI core 1.3, security framework 1.0 and deep linking 2.0. Its services (tokens, grades, roster) are
`services.py`, which has routes of its own.
"""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLAIM: Final = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP: Final = "https://purl.imsglobal.org/spec/lti-dl/claim/"
AGS: Final = "https://purl.imsglobal.org/spec/lti-ags/"
NRPS: Final = "https://purl.imsglobal.org/spec/lti-nrps/"
MEMBERSHIP: Final = "http://purl.imsglobal.org/vocab/lis/v2/membership"
INSTRUCTOR: Final = f"{MEMBERSHIP}#Instructor"
LEARNER: Final = f"{MEMBERSHIP}#Learner"
TOOL_CONFIGURATION: Final = "https://purl.imsglobal.org/spec/lti-tool-configuration"
SCOPES: Final = tuple(f"{AGS}scope/{name}" for name in ("lineitem", "result.readonly", "score"))


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody of the platform; empty is not told."""

    sub: str
    roles: tuple[str, ...] = (LEARNER,)
    name: str = ""
    email: str = ""
    number: str = ""


@dataclass(slots=True, kw_only=True)
class Link:
    """A link in a course, to an address of the tool."""

    id: str
    target: str
    title: str = ""
    custom: dict[str, str] = field(default_factory=dict)
    line_item: Mapping[str, Any] | None = None


@dataclass(slots=True, kw_only=True)
class Course:
    """A course of the platform."""

    id: str = "c1"
    title: str = "Introduction to machine learning"
    links: dict[str, Link] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Tool:
    """The tool, as it is registered."""

    address: str
    client_id: str = "digits-1"
    deployments: tuple[str, ...] = ("d1",)

    @property
    def login(self) -> str:
        """Where a launch begins."""
        return f"{self.address}/lti/login"

    @property
    def launch(self) -> str:
        """Where it is sent."""
        return f"{self.address}/lti/launch"


def new_key(kid: str = "k1") -> RSAKey:
    """A key to sign with."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


#: made once: it takes a tenth of a second
KEY: Final = new_key()
INES: Final = User(sub="u-ines", roles=(INSTRUCTOR,), name="Ines Lehrerin", email="ines@school.example")
ADA: Final = User(sub="u-ada", name="Ada Lovelace", email="ada@school.example", number="4711")


@dataclass
class Platform:
    """One platform with one tool. `clock`: its time, in seconds; `twist`: what is done to a launch before it is signed,
    `sign`: and how. `returned`: content items that deep linking brought. `storage`: where its pages keep something for
    tools, as it says to them: in the page itself (`_parent`), or in a frame of it, of which there is only `KEEPER`."""

    address: str = "https://lms.example"
    issuer: str = "https://lms.example"
    tool: Tool = field(default_factory=lambda: Tool(address="http://127.0.0.1:8000"))
    key: RSAKey = field(default_factory=lambda: KEY)
    keys: list[RSAKey] = field(default_factory=lambda: [KEY])
    users: dict[str, User] = field(default_factory=lambda: {each.sub: each for each in (INES, ADA)})
    courses: dict[str, Course] = field(default_factory=lambda: {"c1": Course()})
    clock: Callable[[], float] = time.time
    twist: Callable[[dict[str, Any]], Any] = dict
    sign: Callable[[Platform, Mapping[str, Any]], str] | None = None
    returned: list[Mapping[str, Any]] = field(default_factory=list)
    routers: list[APIRouter] = field(default_factory=list)
    storage: str | None = None

    def login(self, user: User, course: Course, link: Link | None = None, *, deep: bool = False) -> dict[str, str]:
        """What third-party initiated login sends to the tool."""
        hint = f"{course.id}/{'' if link is None else link.id}/{'deep' if deep else 'link'}"
        said = {
            "iss": self.issuer,
            "login_hint": user.sub,
            "target_link_uri": self.tool.launch if link is None else link.target,
            "lti_message_hint": hint,
            "client_id": self.tool.client_id,
            "lti_deployment_id": self.tool.deployments[0],
        }
        return said if self.storage is None else said | {"lti_storage_target": self.storage}

    def claims(self, user: User, course: Course, link: Link | None, *, nonce: str) -> dict[str, Any]:
        """What a launch says; deep linking where there is no link."""
        now = int(self.clock())
        said: dict[str, Any] = {
            "iss": self.issuer,
            "aud": self.tool.client_id,
            "sub": user.sub,
            "iat": now,
            "exp": now + 3600,
            "nonce": nonce,
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}deployment_id": self.tool.deployments[0],
            f"{CLAIM}roles": list(user.roles),
            f"{CLAIM}context": {"id": course.id, "title": course.title, "label": course.id.upper()},
            f"{CLAIM}launch_presentation": {
                "document_target": "iframe",
                "return_url": f"{self.address}/courses/{course.id}",
            },
            f"{CLAIM}target_link_uri": self.tool.launch if link is None else link.target,
        }
        said |= {name: told for name, told in (("name", user.name), ("email", user.email)) if told}
        if user.number:
            said[f"{CLAIM}lis"] = {"person_sourcedid": user.number}
        return said | (self._deep() if link is None else self._link(course, link))

    def _link(self, course: Course, link: Link) -> dict[str, Any]:
        items = f"{self.address}/contexts/{course.id}/line_items"
        grades: dict[str, Any] = {"scope": list(SCOPES), "lineitems": items}
        if link.line_item is not None:
            grades["lineitem"] = f"{items}/{link.id}"
        return {
            f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}resource_link": {"id": link.id, "title": link.title},
            f"{CLAIM}custom": dict(link.custom),
            f"{AGS}claim/endpoint": grades,
            f"{NRPS}claim/namesroleservice": {
                "context_memberships_url": f"{self.address}/contexts/{course.id}/members",
                "service_versions": ["2.0"],
            },
        }

    def _deep(self) -> dict[str, Any]:
        return {
            f"{CLAIM}message_type": "LtiDeepLinkingRequest",
            f"{DEEP}deep_linking_settings": {
                "deep_link_return_url": f"{self.address}/deep-linking-return",
                "accept_types": ["link", "ltiResourceLink"],
                "accept_presentation_document_targets": ["iframe", "window"],
                "accept_multiple": True,
                "accept_lineitem": True,
                "data": "what the platform wants back",
            },
        }

    def id_token(self, claims: Mapping[str, Any]) -> str:
        """Signed."""
        if self.sign is not None:
            return self.sign(self, claims)
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, dict(claims), self.key, ["RS256"])

    def answer(self, asked: Mapping[str, str]) -> dict[str, str]:
        """What the platform posts to the tool for an authentication request. Raises ValueError for one that is not as
        the standard wants it."""
        wanted = {
            "scope": "openid",
            "response_type": "id_token",
            "response_mode": "form_post",
            "prompt": "none",
            "client_id": self.tool.client_id,
            "redirect_uri": self.tool.launch,
        }
        wrong = {name: asked.get(name) for name, value in wanted.items() if asked.get(name) != value}
        user = self.users.get(asked.get("login_hint", ""))
        if wrong or user is None or not asked.get("nonce") or not asked.get("state"):
            raise ValueError(f"not as the standard wants it: {wrong}")
        course_id, link_id, _ = asked["lti_message_hint"].split("/")
        course = self.courses[course_id]
        claims = self.claims(user, course, course.links[link_id] if link_id else None, nonce=asked["nonce"])
        self.twist(claims)
        return {"id_token": self.id_token(claims), "state": asked["state"]}

    def take(self, signed: str, course: Course) -> Sequence[Mapping[str, Any]]:
        """The content items of a deep linking response that the tool signed with one of `tool_keys`; each becomes a
        link of the course."""
        said = jwt.decode(signed, self.tool_keys(), ["RS256"]).claims
        assert said["iss"] == self.tool.client_id
        assert said["aud"] in (self.issuer, [self.issuer])
        assert said[f"{CLAIM}message_type"] == "LtiDeepLinkingResponse"
        assert said[f"{CLAIM}version"] == "1.3.0"
        assert said[f"{CLAIM}deployment_id"] in self.tool.deployments
        assert said[f"{DEEP}data"] == "what the platform wants back"
        items: list[Mapping[str, Any]] = said[f"{DEEP}content_items"]
        for item in items:
            name = f"l{len(course.links) + 1}"
            course.links[name] = Link(
                id=name,
                target=item["url"],
                title=item.get("title", ""),
                custom=_replaced(item),
                line_item=item.get("lineItem"),
            )
        self.returned += items
        return items

    def tool_keys(self) -> KeySet:
        """The tool's published keys. Tests put a function here."""
        raise NotImplementedError

    def app(self) -> FastAPI:
        """The platform as a site, its pages included: a course in which the tool stands in a frame."""
        app = FastAPI()

        @app.get("/jwks")
        def jwks() -> JSONResponse:
            return JSONResponse({"keys": [each.as_dict(private=False) for each in self.keys]})

        @app.get("/auth")
        def auth(request: Request) -> Response:
            try:
                posted = self.answer(dict(request.query_params))
            except (KeyError, ValueError) as error:
                return Response(str(error), 400)
            return HTMLResponse(_posting(self.tool.launch, posted))

        @app.post("/deep-linking-return")
        async def returned(request: Request) -> Response:
            form = await request.form()
            items = self.take(str(form["JWT"]), self.courses["c1"])
            titles = "".join(f"<li>{html.escape(str(each['title']))}</li>" for each in items)
            return HTMLResponse(_PAGE.format(title="Linked", body=f"<ul>{titles}</ul>"))

        @app.get("/courses/{course_id}/{what}/{user}")
        def course_page(course_id: str, what: str, user: str) -> Response:
            course = self.courses[course_id]
            link = None if what == "deep" else course.links[what]
            login = self.login(self.users[user], course, link, deep=what == "deep")
            frame = html.escape(f"{self.tool.login}?{urlencode(login)}")
            body = f'<iframe title="Tool" name="tool" width="1000" height="900" src="{frame}"></iframe>'
            body += _KEEPING_IN.get(self.storage or "", "")
            return HTMLResponse(_PAGE.format(title=html.escape(course.title), body=body))

        @app.get("/storage")
        def storage() -> Response:
            return HTMLResponse(_PAGE.format(title="Storage", body=_KEEPING))

        @app.get("/tools/new")
        def new_tool(link: str, where: str) -> Response:
            ours = urlencode({"openid_configuration": f"{self.address}/openid-configuration"})
            asked = html.escape(f"{link}&{ours}")
            return HTMLResponse(_PAGE.format(title="A new tool", body=_REGISTERING.format(where=where, asked=asked)))

        @app.get("/openid-configuration")
        def configuration() -> JSONResponse:
            named = {"authorization": "auth", "token": "token", "registration": "registrations"}
            urls = {f"{name}_endpoint": f"{self.address}/{path}" for name, path in named.items()}
            return JSONResponse({"issuer": self.issuer, "jwks_uri": f"{self.address}/jwks", **urls})

        @app.post("/registrations")
        async def registered(request: Request) -> JSONResponse:
            said = await request.json()
            assert said["redirect_uris"] == [self.tool.launch]
            deployment = {TOOL_CONFIGURATION: {"deployment_id": self.tool.deployments[0]}}
            return JSONResponse({"client_id": self.tool.client_id, **deployment}, 201)

        for router in self.routers:
            app.include_router(router)
        return app


_PAGE: Final = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body><main><h1>{title}</h1>{body}</main></body></html>"
)

#: a tool's registration, in a frame or a window of its own, which the tool says when to close
_REGISTERING: Final = """<p><a href="{asked}" target="{where}" rel="opener">Add it</a></p>
<iframe title="Tool" name="tool" width="1000" height="900"></iframe>
<script>
addEventListener("message", (event) => {{
  if (event.data.subject === "org.imsglobal.lti.close") document.querySelector("h1").textContent = "Closed";
}});
</script>"""
#: the name of the frame
KEEPER: Final = "storage"
#: keeps something for tools, for each origin apart, and says it again, after LTI platform storage 0.1
_KEEPING: Final = """<script>
const kept = new Map();
addEventListener("message", ({ data, origin, source }) => {
  const { subject, message_id, key, value } = data;
  if (subject === "lti.put_data") kept.set(`${origin} ${key}`, value);
  else if (subject !== "lti.get_data") return;
  source.postMessage({ subject: `${subject}.response`, message_id, key, value: kept.get(`${origin} ${key}`) }, origin);
});
</script>"""
#: by what the login says: what is on the page of a course
_KEEPING_IN: Final = {
    "_parent": _KEEPING,
    KEEPER: f'<iframe title="Storage" name="{KEEPER}" src="/storage" hidden></iframe>',
}


def _posting(to: str, fields: Mapping[str, str]) -> str:
    inputs = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in fields.items()
    )
    form = f'<form method="post" action="{html.escape(to)}">{inputs}<button>Go on</button></form>'
    return _PAGE.format(title="One moment", body=f"{form}<script>document.forms[0].submit()</script>")


def _replaced(item: Mapping[str, Any]) -> dict[str, str]:
    """Custom parameters with the platform's own dates in place of what stands for them, where it has such dates."""
    dates = {
        "$ResourceLink.available.startDateTime": item.get("available", {}).get("startDateTime"),
        "$ResourceLink.submission.endDateTime": item.get("submission", {}).get("endDateTime"),
    }
    return {name: dates.get(value) or value for name, value in item.get("custom", {}).items()}
