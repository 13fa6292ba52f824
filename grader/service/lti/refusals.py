"""Why a launch is not believed, or leads nowhere: a closed list. What whoever launched reads of it is `REFUSALS`; the
`detail` is for whoever runs the site, and holds nothing that lets anybody in."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from grader.message import Message
from grader.messages import say


class Reason(StrEnum):
    """Why."""

    UNKNOWN_PLATFORM = "unknown_platform"
    SEVERAL_PLATFORMS = "several_platforms"
    PLATFORM_SAYS = "platform_says"
    STATE = "state"
    OTHER_BROWSER = "other_browser"
    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    UNKNOWN_KEY = "unknown_key"
    NO_KEYS = "no_keys"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    CLOCK = "clock"
    NONCE = "nonce"
    REPLAYED = "replayed"
    VERSION = "version"
    MESSAGE_TYPE = "message_type"
    DEPLOYMENT = "deployment"
    ANONYMOUS = "anonymous"
    TARGET = "target"
    NO_CONTEXT = "no_context"
    ROLE = "role"
    OTHER_COURSE = "other_course"
    NOT_CONNECTED = "not_connected"
    NOT_LINKED = "not_linked"
    HAD_LEFT = "had_left"


#: opening it again mends these; an administrator has to mend all others that are not in the table below
AGAIN: Final = frozenset({Reason.STATE, Reason.OTHER_BROWSER, Reason.EXPIRED, Reason.NONCE, Reason.REPLAYED})
_WORDS: Final = {
    Reason.CLOCK: say("lti_clock"),
    Reason.ANONYMOUS: say("lti_anonymous"),
    Reason.NO_CONTEXT: say("lti_no_context"),
    Reason.ROLE: say("lti_role"),
    Reason.OTHER_COURSE: say("lti_other_course"),
    Reason.NOT_CONNECTED: say("lti_not_connected"),
    Reason.NOT_LINKED: say("lti_not_linked"),
    Reason.HAD_LEFT: say("lti_had_left"),
    Reason.NO_KEYS: say("lti_no_keys"),
    Reason.PLATFORM_SAYS: say("lti_platform_says"),
}


class LaunchRefused(Exception):
    """A launch is not believed, or leads nowhere. `platform_id`, `person_id`: as far as they are known."""

    def __init__(
        self, reason: Reason, detail: str = "", *, platform_id: int | None = None, person_id: int | None = None
    ) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail[:300]
        self.platform_id = platform_id
        self.person_id = person_id

    @property
    def words(self) -> Message:
        """For whoever launched: what to do now."""
        return _WORDS.get(self.reason) or (say("lti_again") if self.reason in AGAIN else say("lti_set_up"))
