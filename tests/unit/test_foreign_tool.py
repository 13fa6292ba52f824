"""Our platform for tests, tried with somebody else's tool, PyLTI1p3: what both take for right is no habit of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc.jwk import KeySet, RSAKey

from tests.lti_platform.platform import ADA, INES, Course, Link, Platform, Tool, User

pylti1p3 = pytest.importorskip("pylti1p3", reason="PyLTI1p3 is not installed: pip install -e '.[dev]'")

from pylti1p3.cookie import CookieService  # noqa: E402  # after the look whether it is there
from pylti1p3.deep_link_resource import DeepLinkResource  # noqa: E402
from pylti1p3.exception import LtiException  # noqa: E402
from pylti1p3.lineitem import LineItem  # noqa: E402
from pylti1p3.message_launch import MessageLaunch  # noqa: E402
from pylti1p3.oidc_login import OIDCLogin  # noqa: E402
from pylti1p3.redirect import Redirect  # noqa: E402
from pylti1p3.request import Request  # noqa: E402
from pylti1p3.session import SessionService  # noqa: E402
from pylti1p3.tool_config import ToolConfDict  # noqa: E402

TOOL_KEY = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"})
LAUNCH = "https://tool.example/lti/launch"


class Asked(Request):
    """What a browser brought."""

    def __init__(self, said: Mapping[str, str], session: dict[str, Any]) -> None:
        self.said, self.kept = said, session

    @property
    def session(self) -> dict[str, Any]:
        return self.kept

    def is_secure(self) -> bool:
        return True

    def get_param(self, key: str) -> str:
        return self.said.get(key, "")


class Cookies(CookieService):
    """What the browser keeps."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def get_cookie(self, name: str) -> Any:
        return self.kept.get(name)

    def set_cookie(self, name: str, value: Any, *_: Any, **__: Any) -> None:
        self.kept[name] = value


class To(Redirect):
    """Where it is sent."""

    def __init__(self, location: str) -> None:
        self.location = location

    def do_redirect(self) -> str:
        return self.location

    def do_js_redirect(self) -> str:
        return self.location

    def set_redirect_url(self, location: str) -> None:
        self.location = location

    def get_redirect_url(self) -> str:
        return self.location


class Login(OIDCLogin):
    def get_redirect(self, url: str) -> To:
        return To(url)


class Launch(MessageLaunch):
    def _get_request_param(self, key: str) -> str:
        return str(self._request.get_param(key))


class Answering(requests.Session):
    """Brings the platform's keys without a network."""

    def __init__(self, platform: Platform) -> None:
        super().__init__()
        self.platform = platform

    def get(self, *_: Any, **__: Any) -> Any:
        """As much of an answer as the tool reads."""
        keys = {"keys": [each.as_dict(private=False) for each in self.platform.keys]}
        return type("Answer", (), {"json": staticmethod(lambda: keys), "text": ""})()


@pytest.fixture
def platform() -> Platform:
    """With the foreign tool in place of ours."""
    made = Platform(tool=Tool(address="https://tool.example"))
    made.courses["c1"].links["l1"] = Link(id="l1", target=LAUNCH, title="Digits")
    keys = KeySet([TOOL_KEY])
    made.tool_keys = lambda: keys  # type: ignore[method-assign]  # the seam of the platform
    return made


def launched(platform: Platform, user: User, link: Link | None) -> Launch:
    """A launch as that tool goes through it. Raises LtiException where it does not believe it."""
    tool = {
        "client_id": platform.tool.client_id,
        "auth_login_url": f"{platform.address}/auth",
        "auth_token_url": f"{platform.address}/token",
        "key_set_url": f"{platform.address}/jwks",
        "deployment_ids": list(platform.tool.deployments),
    }
    config = ToolConfDict({platform.issuer: tool})
    config.set_private_key(platform.issuer, TOOL_KEY.as_pem(private=True).decode())
    session, cookies = dict[str, Any](), Cookies()
    asked = Asked(platform.login(user, course_of(platform), link), session)
    there = Login(asked, config, SessionService(asked), cookies).redirect(LAUNCH)
    query = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    posted = Asked(platform.answer(query), session)
    launch = Launch(posted, config, SessionService(posted), cookies, requests_session=Answering(platform))
    launch.validate()
    return launch


def course_of(platform: Platform) -> Course:
    return platform.courses["c1"]


def test_another_tool_believes_the_platforms_launch(platform: Platform) -> None:
    """And finds in it who came, as what, and the services."""
    launch = launched(platform, ADA, course_of(platform).links["l1"])
    assert launch.is_resource_launch()
    assert launch.get_launch_data()["sub"] == "u-ada"
    assert launch.check_student_access()
    assert launch.has_ags()
    assert launch.has_nrps()


def test_another_tool_links_into_the_platforms_course(platform: Platform) -> None:
    """What it signs is what the platform takes."""
    launch = launched(platform, INES, None)
    assert launch.is_deep_link_launch()
    line_item = LineItem().set_score_maximum(10).set_label("Quiz")
    resource = DeepLinkResource().set_url(LAUNCH).set_title("Quiz").set_lineitem(line_item)
    platform.take(launch.get_deep_link().get_response_jwt([resource]), course_of(platform))
    assert [each.title for each in course_of(platform).links.values()] == ["Digits", "Quiz"]


def test_another_tool_does_not_believe_what_the_platform_twists(platform: Platform) -> None:
    """So its belief means something."""
    platform.twist = lambda claims: claims.update({"nonce": "made-up"})
    with pytest.raises(LtiException):
        launched(platform, ADA, course_of(platform).links["l1"])
