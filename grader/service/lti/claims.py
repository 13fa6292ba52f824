"""What a platform says in a launch, as far as it matters here: the names of the standard on one side, our types on the
other. Nothing is believed here; that is `believing.py`."""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from grader.service.store.lti_tables import ID, URL

CLAIM: Final = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP: Final = "https://purl.imsglobal.org/spec/lti-dl/claim/"
AGS: Final = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS: Final = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
VERSION: Final = "1.3.0"
LAUNCH: Final = "LtiResourceLinkRequest"
DEEP_LINKING: Final = "LtiDeepLinkingRequest"

#: the standard: at most 255 characters of ASCII
Id: TypeAlias = Annotated[str, Field(min_length=1, max_length=ID, pattern=r"^[\x20-\x7e]+$")]
Url: TypeAlias = Annotated[str, Field(max_length=URL, pattern=r"^https?://[\x21-\x7e]+$")]


def _text(said: object) -> object:
    """What no database takes and nobody reads is left out: a NUL, half a character."""
    return said.encode(errors="ignore").decode().replace("\0", "") if isinstance(said, str) else ""


#: words that matter to nobody's rights: what is none is empty
Words: TypeAlias = Annotated[str, BeforeValidator(_text)]


class Said(BaseModel):
    """Something that a platform says. What we do not know of is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class SaidContext(Said):
    """The course it is opened from."""

    id: Id
    title: Words = ""
    label: Words = ""


class SaidLink(Said):
    """The link it is opened by."""

    id: Id
    title: Words = ""


class Presentation(Said):
    """Where it is shown."""

    return_url: Words = ""
    document_target: Words = ""
    locale: Words = ""


class Sourced(Said):
    """What the school's own records call somebody."""

    person_sourcedid: Words = ""


class GradeService(Said):
    """Where grades are kept, and what we may do there."""

    scope: tuple[str, ...] = ()
    lineitems: Url | None = None
    lineitem: Url | None = None


class RosterService(Said):
    """Where the people of the course are listed."""

    context_memberships_url: Url


class DeepSettings(Said):
    """What the platform takes as an answer to the question what is to be linked."""

    deep_link_return_url: Url
    accept_types: tuple[str, ...]
    accept_presentation_document_targets: tuple[str, ...] = ()
    accept_multiple: bool = False
    accept_lineitem: bool | None = None
    title: Words = ""
    data: str | None = None


class Claims(Said):
    """A launch."""

    sub: Id
    name: Words = ""
    given_name: Words = ""
    family_name: Words = ""
    email: Words = ""
    locale: Words = ""
    deployment: Id = Field(validation_alias=f"{CLAIM}deployment_id")
    target: str = Field(default="", validation_alias=f"{CLAIM}target_link_uri")
    roles: tuple[str, ...] = Field(validation_alias=f"{CLAIM}roles")
    message_type: str = Field(validation_alias=f"{CLAIM}message_type")
    context: SaidContext | None = Field(default=None, validation_alias=f"{CLAIM}context")
    link: SaidLink | None = Field(default=None, validation_alias=f"{CLAIM}resource_link")
    presentation: Presentation = Field(default=Presentation(), validation_alias=f"{CLAIM}launch_presentation")
    sourced: Sourced = Field(default=Sourced(), validation_alias=f"{CLAIM}lis")
    custom: dict[str, Any] = Field(default_factory=dict, validation_alias=f"{CLAIM}custom")
    deep: DeepSettings | None = Field(default=None, validation_alias=f"{DEEP}deep_linking_settings")
    grades: GradeService | None = Field(default=None, validation_alias=AGS)
    roster: RosterService | None = Field(default=None, validation_alias=NRPS)

    @property
    def called(self) -> str:
        """What they are called: whole, in parts, or "" where the platform keeps it to itself."""
        return self.name.strip() or f"{self.given_name} {self.family_name}".strip()
