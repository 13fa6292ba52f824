"""A letter drawn as a message: plain text and HTML that say the same, with the headers that programs go by."""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from grader.messages.visible import one_line, visible
from grader.render.page import LANGUAGE_TAGS
from grader.service.post.letters import Letter
from grader.service.post.server import MailServer
from grader.service.store.mail_tables import LinkMail, Mail

FOLDER: Final = Path(__file__).parent / "templates"


def drawn(letter: Letter, mail: Mail | LinkMail, server: MailServer, *, site: str) -> EmailMessage:
    """The message. The same mail has the same id however often it is sent: of two, a mailbox shows one. Raises
    ValueError for an address that no header takes."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    message["From"] = _address(server.sender)
    message["To"] = _address(letter.address, name=one_line(letter.name, most=60))
    if [each.addr_spec for each in message["To"].addresses] != [letter.address]:
        raise ValueError("it is read as another")
    if server.reply_to is not None:
        message["Reply-To"] = _address(server.reply_to)
    message["Date"] = format_datetime(mail.created_at)
    kind = "mail" if isinstance(mail, Mail) else "link"
    message["Message-ID"] = f"<{kind}-{mail.id}.{site}@{parseaddr(server.sender)[1].rpartition('@')[2]}>"
    message["Content-Language"] = LANGUAGE_TAGS[letter.language]
    message["Auto-Submitted"] = "auto-generated"
    if letter.off is not None:
        message["List-Unsubscribe"] = f"<{letter.off}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_environment().get_template("letter.txt.j2").render(letter=letter))
    html = _environment().get_template("letter.html.j2").render(letter=letter, tag=LANGUAGE_TAGS[letter.language])
    message.add_alternative(html, subtype="html")
    return message


def _address(said: str, *, name: str = "") -> Address:
    """What people type for an address may be none. Raises ValueError, whatever the library raises."""
    named, address = parseaddr(said)
    try:
        return Address(display_name=name or named, addr_spec=address)
    except (MessageError, IndexError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"one_line": one_line, "visible": visible}
    return made
