"""A provider of OpenID Connect as a site names it, and what it says of somebody."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from grader.policy.terms import Frozen


class Provider(Frozen):
    """One provider, as the file names it."""

    id: str
    title: str
    issuer: str
    client_id: str
    client_secret: str
    emails_of: tuple[str, ...] = ()
    new_accounts: bool = False


class Claims(BaseModel):
    """What a provider says of somebody, as far as it matters here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    sub: str
    name: str = ""
    email: str = ""
    email_verified: bool = False


class ProviderFailed(Exception):
    """A provider could not be asked, or what came from it is not to be believed."""
