"""Somebody of a course at a platform, as Names and Role Provisioning Services 2.0 tell of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class MemberStatus(StrEnum):
    """Whether somebody is of the course. `DELETED` stands in differences alone."""

    ACTIVE = "Active"
    INACTIVE = "Inactive"
    DELETED = "Deleted"


def _status(said: object) -> object:
    """What no version of the standard knows is not active."""
    return said if said in set(MemberStatus) else MemberStatus.INACTIVE


class PlatformMember(BaseModel):
    """Somebody, as the platform tells of them: name and address are None where it does not."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    user_id: str = Field(min_length=1, max_length=255)
    roles: tuple[str, ...] = ()
    status: Annotated[MemberStatus, BeforeValidator(_status)] = MemberStatus.ACTIVE
    name: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    email: str | None = None
    lis_person_sourcedid: str | None = None

    @property
    def full_name(self) -> str:
        """The name, or what there is of one; empty if the platform does not say."""
        return self.name or " ".join(each for each in (self.given_name, self.family_name) if each)
