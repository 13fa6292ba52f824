"""The commands `grader receipt ...`: check what a site said it received, and change the key that a site says it with.
Arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from grader.cli.spread import spread
from grader.cli.which_site import NamedSite
from grader.errors import UsageError
from grader.messages import terminal

if TYPE_CHECKING:
    from grader.service.attempts.receipts import Receipt, SiteKeys, Verified

WRONG: Final = 1

receipt_app = typer.Typer(no_args_is_help=True, help="Receipts of what was handed in to a site.")


@receipt_app.callback()
def receipts() -> None:
    """Receipts of what was handed in to a site."""


@receipt_app.command()
def verify(
    receipt: Annotated[Path, typer.Argument(metavar="RECEIPT", help="The receipt, as it was downloaded.")],
    notebooks: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[NOTEBOOK]...", help="The file that it is said to be for, or the files."),
    ] = None,
    key: Annotated[Path | None, typer.Option(help="The site's public keys, in a file that you trust.")] = None,
    site: Annotated[
        str | None, typer.Option(metavar="URL", help="The site whose keys are to be asked for, such as https://...")
    ] = None,
) -> None:
    """Check that a site signed this receipt, and for which bytes. With --key nobody is asked.

    Ends with 1 if the receipt is wrong, or for another file.
    """
    from grader.notebook.bundle import as_one  # heavy, too
    from grader.service.attempts import receipts as checking  # heavy: pydantic, cryptography

    if (key is None) == (site is None):
        raise UsageError(
            "Whose receipt it is cannot be learned from itself. Name the site with --site, or its keys with --key."
        )
    given = checking.read_receipt(_content(receipt), named=str(receipt))
    keys = checking.read_keys(_content(key), named=str(key)) if key is not None else _asked(str(site))
    named = ", ".join(map(str, notebooks or ()))
    data = as_one([(path.name, _content(path)) for path in notebooks])[1] if notebooks else None
    verified = checking.verify(given, keys, data)
    right = verified is checking.Verified.RIGHT
    terminal.tell(*(_right(given, keys, named) if right else [_wrong(verified, given, keys, named)]))
    raise typer.Exit(0 if right else WRONG)


@receipt_app.command()
@spread
def rotate(named: NamedSite) -> None:
    """Let the site sign with a new key from now on. Receipts that it gave before stay right."""
    from grader.service.attempts.signing_keys import rotate as rotated  # heavy: SQLAlchemy, cryptography

    with (
        named.opened() as site,
        site.database.begin() as session,
    ):
        keys = rotated(session, now=site.now()).keys
    terminal.tell(f"Receipts are signed with the key {keys[-1].id} from now on; keys before it: {len(keys) - 1}.")


def _asked(site: str) -> SiteKeys:
    from grader.service.client.site_keys import fetch_keys  # heavy: httpx

    return fetch_keys(site)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}). Check the path.") from error


def _right(receipt: Receipt, keys: SiteKeys, named: str) -> list[str]:
    said = receipt.statement
    received = (
        f"The receipt is right. Attempt {said.number} of person {said.person} at {said.course}/{said.assignment} was "
        f"received {said.received_at:%Y-%m-%d %H:%M:%S} UTC: {said.size} bytes with the SHA-256 {said.sha256}."
    )
    lines = [received]
    if said.site != keys.site:
        lines.append(f"It names the site {said.site}; the keys are those of {keys.site}.")
    if not named:
        lines.append("No file was named, so none was compared with it.")
    else:
        lines.append(f"{named}: exactly these bytes.")
    return lines


def _wrong(verified: Verified, receipt: Receipt, keys: SiteKeys, named: str) -> str:
    from grader.service.attempts.receipts import Verified

    match verified:
        case Verified.UNKNOWN_KEY:
            return (
                f"The receipt is signed with a key ({receipt.key}) that is none of {keys.site}'s, so it proves "
                "nothing. Ask for the keys again if those you have are old."
            )
        case Verified.OTHER_BYTES:
            return f"The receipt is right, but for other bytes: what was received is not {named}."
        case _:
            return "The signature is wrong: the receipt was changed after it was given, or never was."
