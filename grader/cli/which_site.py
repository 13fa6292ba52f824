"""Which site a command is about: the options that all of them share, and the site they name. Nobody asks it anything.

`NamedSite` and `NamedSiteAndBlobs` are parameters of a command, which `spread` makes options of.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from grader.errors import UsageError
from grader.settings import Settings

if TYPE_CHECKING:
    from grader.service.site import Site, Whereabouts

AddressOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--address", metavar="URL", help="How people reach the site, such as https://grader.example.org."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSite:
    """The site that a command line names, else the environment, else this user's own."""

    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            metavar="URL",
            help="postgresql://USER@HOST/NAME, or sqlite:///FILE. Default: a file in the site's folder.",
        ),
    ] = None
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help="The file that holds the database's password.")
    ] = None
    data: Annotated[
        Path | None,
        typer.Option("--data", help="The site's folder on this machine. Default: ~/.local/share/notebook-grader."),
    ] = None

    def where(self, *, address: str | None = None) -> Whereabouts:
        """Where it is, as a process can be told.

        Raises UsageError for a file that cannot be read, and where the service is not installed.
        """
        settings = Settings.from_environment(os.environ)
        try:
            from grader.service.site import LOCAL, Whereabouts  # heavy, and not everybody installs it
        except ModuleNotFoundError as error:
            raise UsageError(
                f"{error.name} is not installed, which the service needs. Run: pip install 'notebook-grader[service]'"
            ) from None
        url = self.database or settings.database
        password = self.password_file or settings.password_file
        return Whereabouts(
            data=(self.data or settings.data).absolute(),
            database=url if url is None or password is None else _with_password(url, password),
            blobs=self._named_blobs() or settings.blobs,
            address=address or LOCAL,
        )

    def site(self, *, address: str | None = None) -> Site:
        """The site itself: its database is neither looked at, made nor upgraded. Raises UsageError as `where`, and for
        an address that is none."""
        where = self.where(address=address)
        from grader.service.site import site_at  # heavy, as above

        return site_at(where)

    @contextmanager
    def opened(self, *, upgrading: bool = False, making: bool = True) -> Iterator[Site]:
        """The site, with tables of this version, opened as `service.site` does. Raises UsageError as `where`, and as
        that does."""
        where = self.where()
        from grader.service.site import opened  # heavy, as above

        with opened(where, upgrading=upgrading, making=making) as site:
            yield site

    def _named_blobs(self) -> str | None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSiteAndBlobs(NamedSite):
    """The same, for a command that reads or writes what is handed in."""

    blobs: Annotated[
        str | None,
        typer.Option(
            "--blobs",
            metavar="URL",
            help="Where what is handed in is kept, such as s3://bucket/blobs, or a folder. Default: in the database.",
        ),
    ] = None

    def _named_blobs(self) -> str | None:
        return self.blobs


def _with_password(url: str, file: Path) -> str:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        password = file.read_text(encoding="utf-8").strip()
        return make_url(url).set(password=password).render_as_string(hide_password=False)
    except OSError as error:
        raise UsageError(f"The password file {file} cannot be read ({error.strerror}).") from None
    except ArgumentError:
        return url  # is refused, in words, by whoever opens it
