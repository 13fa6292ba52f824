"""A provider of OpenID Connect as a site names it, and what it says of somebody."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from grader.policy.terms import Frozen
from grader.service.store.tables import SLUG, Role

SCOPES: Final = "openid email profile"
#: what a provider may call somebody, or its session, so that it can be kept
NAME: Final = r"^[^\x00]{1,255}$"


class GroupRole(Frozen):
    """What whoever is in a group of a provider's is in a course here."""

    group: str = Field(min_length=1)
    course: str = Field(min_length=1, max_length=SLUG)
    role: Role = Role.STUDENT
    section: str = Field(default="", max_length=200)


class Provider(Frozen):
    """One provider, as the file names it. `group`: what its groups are here; `groups_claim`: where it says in which
    somebody is, with dots where that lies within others. `makes_owners`: whether a group may be a course's owners."""

    id: str
    title: str
    issuer: str
    client_id: str
    client_secret: str
    emails_of: tuple[str, ...] = ()
    new_accounts: bool = False
    scopes: str = SCOPES
    groups_claim: str = "groups"
    group: tuple[GroupRole, ...] = ()
    makes_owners: bool = False

    @model_validator(mode="after")
    def _no_owners_by_chance(self) -> Provider:
        if not self.makes_owners and any(each.role is Role.OWNER for each in self.group):
            raise ValueError("A group makes owners only where makes_owners says so.")
        return self


class Claims(BaseModel):
    """What a provider says of somebody, as far as it matters here. `groups` is None where it has more of them
    than it says. `sid`: what it calls its own session; `id_token`: all of it, as it was signed."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    sub: str
    name: str = ""
    email: str = ""
    email_verified: bool = False
    groups: tuple[str, ...] | None = ()
    sid: str | None = None
    id_token: str | None = None


class ProviderFailed(Exception):
    """A provider could not be asked, or what came from it is not to be believed."""
