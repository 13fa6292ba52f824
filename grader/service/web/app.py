"""The application: its parts put together. Each part says its own routes; every route depends on a rule of `access`."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI
from starlette.routing import Mount
from starlette.types import ASGIApp

from grader.service.lti.platform_keys import PlatformKeys
from grader.service.operations.logs import Log
from grader.service.operations.metrics import Metrics
from grader.service.queue.remembered import Places
from grader.service.site import Site
from grader.service.web import account, health, language, mail, providers, signing_in, student
from grader.service.web.api import API_ROUTER
from grader.service.web.api.document import TITLE, VERSION
from grader.service.web.api.site import well_known
from grader.service.web.lti import LTI_ROUTER
from grader.service.web.manual import page as manual
from grader.service.web.refusing import answer_problems
from grader.service.web.requests import Requests
from grader.service.web.security import Bounds, Guard, guarded
from grader.service.web.staff import STAFF_ROUTER
from grader.service.web.staff.kept_prose import KeptProse
from grader.service.web.static_files import Static

if TYPE_CHECKING:
    from grader.service.lti.services.calls import Calls

_PARTS = (
    language.router,
    API_ROUTER,
    manual.router,
    well_known,
    account.router,
    health.router,
    LTI_ROUTER,
    mail.router,
    providers.router,
    signing_in.router,
    STAFF_ROUTER,
    student.router,  # takes any name below a course: so after all others
)
#: every route of the site, made once for all applications of a process and never included, which would make it once
#: more
PARTS = APIRouter(
    routes=[Mount("/static", Static(), name="static"), *(each for part in _PARTS for each in part.routes)]
)


class Application(FastAPI):
    """What serves a site: its routes, and before all of them whatever guards them, our answers to failures included."""

    def __init__(
        self,
        site: Site,
        *,
        log: Log | None,
        metrics: Metrics,
        guard: Guard,
        hosts: Collection[str],
        open_metrics: bool,
    ) -> None:
        super().__init__(
            title=TITLE, version=VERSION, openapi_url=None, docs_url=None, redoc_url=None, routes=PARTS.routes
        )
        self.state.site, self.state.metrics, self.state.guard = site, metrics, guard
        self.state.open_metrics = open_metrics
        self.state.prose, self.state.places = KeptProse(), Places()
        self._log, self._hosts = log, hosts

    def build_middleware_stack(self) -> ASGIApp:
        """See `Starlette.build_middleware_stack`."""
        behind = guarded(super().build_middleware_stack(), self.state.site, self.state.guard, allow_hosts=self._hosts)
        return Requests(behind, log=self._log, metrics=self.state.metrics)


def make_app(
    site: Site,
    *,
    log: Log | None = None,
    metrics: Metrics | None = None,
    allow_hosts: Collection[str] = (),
    bounds: Bounds | None = None,
    sign_in_by: providers.Providers | None = None,
    open_metrics: bool = False,
    platform_keys: PlatformKeys | None = None,
    platform_calls: Calls | None = None,
) -> FastAPI:
    """The application that serves `site`. Requests are told to `log`, and counted by `metrics`. `allow_hosts`: names
    beside its address's own by which it may be asked. `open_metrics`: also to programs of this machine without a
    token. For tests: how learning platforms are asked for their keys, `platform_keys`, and for all else,
    `platform_calls`."""
    app = Application(
        site,
        log=log,
        metrics=metrics or Metrics(),
        guard=Guard(bounds),
        hosts=allow_hosts,
        open_metrics=open_metrics,
    )
    app.state.platform_keys = platform_keys or PlatformKeys()
    app.state.platform_calls = platform_calls
    app.state.providers = sign_in_by or providers.read_providers(site)
    answer_problems(app)
    return app
