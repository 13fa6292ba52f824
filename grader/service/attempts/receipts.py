"""Receipts: what the site says it received, signed, so that anybody can check it without asking the site.

The signature is Ed25519's, over the statement as canonical JSON: keys sorted, no blanks, UTF-8. Pure; where the keys of
a site are kept is `signing_keys.py`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from datetime import UTC
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, ValidationError

from grader.errors import UsageError


class _Signed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


KindT = TypeVar("KindT", bound=_Signed)


#: one spelling of each moment, whatever zone it was stated in
Utc = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


class Statement(_Signed):
    """What is signed. `person` is the student's number on the site, `number` counts the student's attempts."""

    site: str
    attempt: str
    course: str
    assignment: str
    person: int
    number: int
    received_at: Utc
    sha256: str
    size: int

    def canonical(self) -> bytes:
        """The bytes that are signed."""
        said = self.model_dump(mode="json")
        return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


class Receipt(_Signed):
    """A statement with its signature, by the key of that name."""

    version: Literal[1] = 1
    statement: Statement
    key: str
    signature: str


class PublicKey(_Signed):
    """A key of a site, as it is published: 32 bytes in base64. A `retired` one signs no more, and still verifies."""

    id: str
    public: str
    made_at: AwareDatetime
    retired: bool = False


class SiteKeys(_Signed):
    """What a site publishes at `/.well-known/grader-keys.json`."""

    version: Literal[1] = 1
    site: str
    algorithm: Literal["Ed25519"] = "Ed25519"
    keys: tuple[PublicKey, ...]


class Verified(StrEnum):
    """What became of verifying: all but the first say what is wrong."""

    RIGHT = "right"
    UNKNOWN_KEY = "unknown_key"
    WRONG_SIGNATURE = "wrong_signature"
    OTHER_BYTES = "other_bytes"


def make_receipt(statement: Statement, *, key_id: str, private: Ed25519PrivateKey) -> Receipt:
    """The receipt of what is stated."""
    signature = private.sign(statement.canonical())
    return Receipt(statement=statement, key=key_id, signature=base64.b64encode(signature).decode())


def verify(receipt: Receipt, keys: SiteKeys, data: bytes | None = None) -> Verified:
    """Whether one of these keys signed it; with `data`, whether these are the bytes it was given for."""
    known = next((each for each in keys.keys if each.id == receipt.key), None)
    if known is None:
        return Verified.UNKNOWN_KEY
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(known.public, validate=True))
        public.verify(base64.b64decode(receipt.signature, validate=True), receipt.statement.canonical())
    except (InvalidSignature, binascii.Error, ValueError):
        return Verified.WRONG_SIGNATURE
    stated = receipt.statement
    same = data is None or (len(data), hashlib.sha256(data).hexdigest()) == (stated.size, stated.sha256)
    return Verified.RIGHT if same else Verified.OTHER_BYTES


def read_receipt(text: bytes, *, named: str) -> Receipt:
    """A receipt as it was handed out. Raises UsageError, which says what is wrong with the file `named`."""
    return _read(Receipt, text, named, "a receipt")


def read_keys(text: bytes, *, named: str) -> SiteKeys:
    """A site's public keys as it publishes them. Raises UsageError, which says what is wrong with what is `named`."""
    return _read(SiteKeys, text, named, "a file of a site's public keys")


def _read(kind: type[KindT], text: bytes, named: str, what: str) -> KindT:
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, fault["loc"])) or "the file"
        raise UsageError(f"{named} is not {what} ({where}: {fault['msg']}). Download it from the site again.") from None
