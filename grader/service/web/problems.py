"""What went wrong with a request, as an exception; drawn as `application/problem+json` for programs, as a page else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from grader.messages import Message, say
from grader.policy.marking import NotSaved, Why

DoneT = TypeVar("DoneT")


class Problem(Exception):
    """A request that cannot be obeyed. `kind` names it in the API's documentation, `message` says what to do next."""

    def __init__(
        self, status: int, kind: str, message: Message, *, headers: Mapping[str, str] | None = None, **more: object
    ) -> None:
        super().__init__(kind)
        self.status = status
        self.kind = kind
        self.message = message
        self.headers = dict(headers or {})
        self.more = more


#: what somebody else did meanwhile: the same request may be right once that is looked at
_MEANWHILE: Final = frozenset({Why.CHANGED, Why.CLAIMED, Why.IN_USE, Why.NO_ITEM, Why.NO_REPORT})


def status_of(done: NotSaved) -> int:
    """The status of an answer that says why a mark was not saved."""
    return 409 if done.why in _MEANWHILE else 422


def saved(done: DoneT | NotSaved) -> DoneT:
    """What was done, for a program. Raises Problem for what was not."""
    if isinstance(done, NotSaved):
        raise Problem(status_of(done), done.why.value, done.message)
    return done


#: after which a database that does not answer may be asked again
RETRY_SECONDS: Final = 5


class Unavailable(Problem):
    """The site's database cannot be had: what was asked was not done, and may be asked again."""

    def __init__(self) -> None:
        super().__init__(503, "unavailable", say("store_unavailable"), headers={"Retry-After": str(RETRY_SECONDS)})


class NotSignedIn(Problem):
    """Nobody is signed in: a browser is sent to sign in, a program gets 401."""

    def __init__(self) -> None:
        super().__init__(401, "not_signed_in", say("not_signed_in"), headers={"WWW-Authenticate": "Bearer"})


class NotThere(Problem):
    """There is no such thing, or none that the caller may know of: the two are never told apart."""

    def __init__(self) -> None:
        super().__init__(404, "not_there", say("not_there"))


def there(found: DoneT | None) -> DoneT:
    """What was looked for. Raises NotThere."""
    if found is None:
        raise NotThere
    return found


class NotAllowed(Problem):
    """The caller knows of the thing, and may not do this."""

    def __init__(self) -> None:
        super().__init__(403, "not_allowed", say("not_allowed"))
