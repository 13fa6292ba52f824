"""Mail handed to a server, through the standard library's client: one connection for many. Which answer means what is
decided here; what becomes of a mail, in `postman.py`."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from typing import Final, Protocol

from tenacity import RetryError, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from grader.service.post.server import MailServer, Security

#: how often the server is called before the mails wait for another time
CALLS: Final = 3
#: what a trouble says at most
MOST_TROUBLE: Final = 500


class NotTaken(Exception):
    """The server does not take this mail. `for_good`: it never will."""

    def __init__(self, trouble: str, *, for_good: bool) -> None:
        super().__init__(trouble)
        self.trouble = trouble[:MOST_TROUBLE]
        self.for_good = for_good


class NoServer(Exception):
    """The server cannot be had, lets us not in, or hung up: no fault of a mail."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble[:MOST_TROUBLE]


class Line(Protocol):
    """A connection to a server."""

    def send(self, message: EmailMessage) -> None:
        """Hand it over. Raises NotTaken, NoServer."""
        ...


class Carrier(Protocol):
    """How a server is reached."""

    @contextmanager
    def line(self) -> Iterator[Line]:
        """A connection, for as many mails as there are. Raises NoServer."""
        ...


class Smtp:
    """A server as the site names it. `sleep`: how it is waited between calls; `trusted`: whose certificates."""

    def __init__(
        self,
        server: MailServer,
        *,
        sleep: Callable[[float], None] | None = None,
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._trusted = trusted or ssl.create_default_context()
        more = {} if sleep is None else {"sleep": sleep}
        self._calls = Retrying(
            stop=stop_after_attempt(CALLS),
            wait=wait_random_exponential(multiplier=1, max=10),
            retry=retry_if_exception(_may_pass),
            **more,  # type: ignore[arg-type]  # one argument by its name
        )

    @contextmanager
    def line(self) -> Iterator[Line]:
        """See `Carrier`."""
        try:
            client = self._calls(self._called)
        except RetryError as error:
            raise NoServer(_said(error.last_attempt.exception())) from None
        except OSError as error:  # all of smtplib's are
            raise NoServer(_said(error)) from None
        try:
            yield _Open(client)
        finally:
            with suppress(OSError):
                client.quit()
            client.close()

    def _called(self) -> smtplib.SMTP:
        server = self._server
        if server.security is Security.TLS:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.at_port, timeout=server.seconds, context=self._trusted
            )
        else:
            client = smtplib.SMTP(server.host, server.at_port, timeout=server.seconds)
        try:
            if server.security is Security.STARTTLS:
                client.starttls(context=self._trusted)
            if server.user is not None and server.password is not None:
                client.login(server.user, server.password)
        except BaseException:
            client.close()
            raise
        return client


class _Open:
    """A line that is open."""

    def __init__(self, client: smtplib.SMTP) -> None:
        self._client = client

    def send(self, message: EmailMessage) -> None:
        """See `Line`."""
        try:
            self._client.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            ((code, said),) = list(error.recipients.values())[:1]
            raise NotTaken(_answer(code, said), for_good=code >= 500) from None
        except smtplib.SMTPSenderRefused as error:
            raise NoServer(_said(error)) from None  # of every mail: what is at fault is how the site names itself
        except smtplib.SMTPNotSupportedError as error:
            raise NotTaken(_said(error), for_good=True) from None  # an address in letters that this server cannot say
        except smtplib.SMTPServerDisconnected as error:
            raise NoServer(_said(error)) from None
        except smtplib.SMTPResponseException as error:
            raise NotTaken(_said(error), for_good=error.smtp_code >= 500) from None
        except OSError as error:
            raise NoServer(_said(error)) from None
        except ValueError as error:
            raise NotTaken(f"no address: {error}", for_good=True) from None


def _may_pass(error: BaseException) -> bool:
    """Whether the next call may go through: a line that breaks, or a server that is too busy to talk."""
    if isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError):
        return True
    return isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)


def _said(error: BaseException | None) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{error.smtp_code}: the server does not let the user in"  # its answer may quote what was sent
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"
