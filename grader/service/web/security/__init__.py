"""What stands before every route, as middlewares that know no route's meaning: whom the request is for, where it comes
from, how much of it and how often. Each is plain ASGI; what one refuses is answered as any other problem.

Who may ask what is not decided here but in `access.py`.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.types import ASGIApp

from grader.service.site import Site
from grader.service.web.security.bodies import Bodies
from grader.service.web.security.bounds import Bounds
from grader.service.web.security.headers import Headers
from grader.service.web.security.origins import Hosts, SameSite
from grader.service.web.security.rates import Guard, Rates
from grader.service.web.security.renewing import Renewing

__all__ = ["Bounds", "Guard", "guarded"]


def guarded(app: ASGIApp, site: Site, guard: Guard, *, allow_hosts: Collection[str] = ()) -> ASGIApp:
    """`app` behind all of it, the outermost last: whatever is refused has its headers too."""
    app = Renewing(app, site)
    app = Bodies(app, guard)
    app = Rates(app, guard, site)
    app = SameSite(app, site)
    app = Hosts(app, site, allow_hosts)
    return Headers(app, site)
