"""Which site a command is about: the options that all of them share, and the site they name. Nobody asks it anything.

`DatabaseOption`, `PasswordOption`, `DataOption` and `BlobsOption` are the types of a command's parameters. Of their
values and the environment, `where_is` makes where the site is, as a process can be told; `site_there` opens it, with
tables of this version; `which_site` only says which it is: its database is neither looked at, made nor upgraded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from grader.errors import UsageError
from grader.settings import Settings

if TYPE_CHECKING:
    from grader.service.site import Site, Whereabouts

DatabaseOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="postgresql://USER@HOST/NAME, or sqlite:///FILE. Default: a file in the site's folder.",
    ),
]
PasswordOption: TypeAlias = Annotated[
    Path | None, typer.Option("--password-file", help="The file that holds the database's password.")
]
DataOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--data", help="The site's folder on this machine. Default: ~/.local/share/notebook-grader."),
]
BlobsOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--blobs",
        metavar="URL",
        help="Where what is handed in is kept, such as s3://bucket/blobs, or a folder. Default: in the database.",
    ),
]
AddressOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--address", metavar="URL", help="How people reach the site, such as https://grader.example.org."),
]


def where_is(
    *,
    database: str | None = None,
    password_file: Path | None = None,
    data: Path | None = None,
    blobs: str | None = None,
    address: str | None = None,
) -> Whereabouts:
    """Where the site is that a command line names, else the environment, else this user's own.

    Raises UsageError for a file that cannot be read, and where the service is not installed.
    """
    settings = Settings.from_environment(os.environ)
    try:
        from grader.service.site import LOCAL, Whereabouts  # heavy, and not everybody installs it
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed, which the service needs. Run: pip install 'notebook-grader[service]'"
        ) from None
    url = database or settings.database
    password = password_file or settings.password_file
    return Whereabouts(
        data=(data or settings.data).absolute(),
        database=url if url is None or password is None else _with_password(url, password),
        blobs=blobs or settings.blobs,
        address=address or LOCAL,
    )


def which_site(
    *,
    database: str | None = None,
    password_file: Path | None = None,
    data: Path | None = None,
    blobs: str | None = None,
    address: str | None = None,
) -> Site:
    """The site that is there. Raises UsageError as `where_is`, and for an address that is none."""
    where = where_is(database=database, password_file=password_file, data=data, blobs=blobs, address=address)
    from grader.service.site import site_at  # heavy, as above

    return site_at(where)


@contextmanager
def site_there(
    *,
    database: str | None = None,
    password_file: Path | None = None,
    data: Path | None = None,
    blobs: str | None = None,
    upgrading: bool = False,
    making: bool = True,
) -> Iterator[Site]:
    """The site that is there, opened as `opened` does. Raises UsageError as `where_is` and `opened`."""
    where = where_is(database=database, password_file=password_file, data=data, blobs=blobs)
    from grader.service.site import opened  # heavy, as above

    with opened(where, upgrading=upgrading, making=making) as site:
        yield site


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
