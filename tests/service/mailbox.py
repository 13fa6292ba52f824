"""A mail server of the tests' own, which speaks SMTP over a socket and keeps what it took. No test lives here."""

from __future__ import annotations

import ssl
from asyncio.base_events import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "grader", "correct horse"


@dataclass
class Mailbox:
    """What came, in order. `answers`: what is said to the next recipients instead of 250."""

    answers: list[str] = field(default_factory=list)
    came: list[EmailMessage] = field(default_factory=list)
    lines: int = 0
    port: int = 0

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, *___: Any) -> str:  # noqa: N802  # its name
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.came.append(message)
        return "250 OK"

    async def handle_QUIT(self, *_: Any) -> str:  # noqa: N802
        self.lines += 1
        return "221 Bye"

    def told(self) -> list[tuple[str, str]]:
        """To whom, and the subject."""
        return sorted((str(each["To"].addresses[0].addr_spec), str(each["Subject"])) for each in self.came)


def _is_known(server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


class _Anywhere(Controller):
    """At a port that is free."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # it has none


@contextmanager
def mailbox(certificate: Path | None = None) -> Iterator[Mailbox]:
    """A server; with a certificate one that takes nothing before STARTTLS and a user who is known."""
    box, more = Mailbox(), dict[str, Any]()
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        more = {
            "tls_context": context,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": _is_known,
        }
    controller = _Anywhere(box, hostname="127.0.0.1", port=0, ready_timeout=30, **more)
    controller.start()
    try:
        box.port = controller.port
        yield box
    finally:
        controller.stop()


def certificate(folder: Path) -> Path:
    """A key with a certificate of 127.0.0.1 that nobody but who is told trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    secret = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "certificate.pem"
    path.write_bytes(secret + made.public_bytes(encoding))
    return path
