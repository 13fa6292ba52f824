"""The mail server as a site's folder names it. Who is told what is not known here.

`mail.toml` in the site's folder; without it nobody is sent anything:

    host = "smtp.example.org"
    sender = "Grader <grader@example.org>"
    address = "https://grader.example.org"  # how people reach the site: where links in mail lead
    security = "starttls"               # optional: starttls, tls (from the first byte), none (on this machine alone)
    port = 587                          # optional: 587, of tls 465, of none 25
    user = "grader"                     # optional, with one of the next two
    password_file = "/run/secrets/smtp" # a path, from the site's folder on
    password = "..."
    reply_to = "teacher@example.org"    # optional
    seconds = 20                        # optional: how long the server may take to answer
"""

from __future__ import annotations

import tomllib
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, Field, ValidationError, model_validator

from grader.errors import UsageError
from grader.policy.terms import Frozen

FILE: Final = "mail.toml"


class Security(StrEnum):
    """How the connection is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_PORTS: Final = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


def _address(text: str) -> str:
    if "@" not in parseaddr(text)[1] or not text.isprintable():
        raise ValueError("That is no address.")
    return text


def _where(text: str) -> str:
    if not text.startswith(("https://", "http://")) or not text.isprintable() or " " in text:
        raise ValueError("That is no address of a site.")
    return text.rstrip("/")


class MailServer(Frozen):
    """Where mail is handed over, as whom. `password` is what stands in the file, if one is named."""

    host: str = Field(min_length=1)
    sender: Annotated[str, AfterValidator(_address)]
    address: Annotated[str, AfterValidator(_where)]
    security: Security = Security.STARTTLS
    port: int = Field(default=0, ge=0, le=65535)
    user: str | None = None
    password: str | None = Field(default=None, repr=False)
    password_file: Path | None = None
    reply_to: Annotated[str, AfterValidator(_address)] | None = None
    seconds: float = Field(default=20, gt=0, le=300)

    @model_validator(mode="after")
    def _whole(self) -> MailServer:
        if (self.user is None) != (self.password is None):
            raise ValueError("A user and a password go together.")
        return self

    @property
    def at_port(self) -> int:
        """The one that is named, else the usual one."""
        return self.port or _PORTS[self.security]


def read_server(folder: Path) -> MailServer | None:
    """The server that the site's folder names; None where it names none. Raises UsageError with the place of a
    fault."""
    try:
        told = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        named = told.get("password_file")
        if isinstance(named, str):
            told["password"] = (folder / named).read_text(encoding="utf-8").strip()
        return MailServer.model_validate(told)
    except FileNotFoundError as error:
        if Path(error.filename or "").name == FILE:
            return None
        raise UsageError(f"The file that {FILE} names for the password is not there: {error.filename}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{FILE} in the site's folder cannot be read: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]  # its value may be a secret
        where = ".".join(map(str, first["loc"]))
        what = f"in {where}" if where else "in user and password, which go together"
        raise UsageError(f"{FILE} in the site's folder is at fault {what}.") from None
