"""The keys that a site signs its receipts with, in `site_fact`: one signs, those before it still verify."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import AwareDatetime
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grader.policy.terms import Frozen
from grader.service.attempts.receipts import PublicKey, Receipt, SiteKeys, Statement, make_receipt
from grader.service.site import Site
from grader.service.store.putting import insert_into
from grader.service.store.tables import SiteFact

FACT: Final = "signing_keys"


class SigningKey(Frozen):
    """One key, `private` as its 32 bytes in base64."""

    id: str
    private: str
    made_at: AwareDatetime

    def loaded(self) -> Ed25519PrivateKey:
        """As what signs."""
        return _loaded(self.private)

    def public(self, *, retired: bool) -> PublicKey:
        """What others may know of it."""
        raw = self.loaded().public_key().public_bytes_raw()
        return PublicKey(id=self.id, public=base64.b64encode(raw).decode(), made_at=self.made_at, retired=retired)


class SigningKeys(Frozen):
    """All keys that ever signed, the newest last: that one signs."""

    keys: tuple[SigningKey, ...] = ()

    def signed(self, statement: Statement) -> Receipt:
        """The receipt of what is stated."""
        return make_receipt(statement, key_id=self.keys[-1].id, private=self.keys[-1].loaded())


def keys_in(fact: object) -> SigningKeys:
    """The keys that the fact of the site holds."""
    return SigningKeys.model_validate(fact)


def signing_keys(session: Session, *, now: datetime) -> SigningKeys:
    """The site's keys; the first is made when it is first asked for, once, whoever else asks at the same time."""
    asked = select(SiteFact.value).where(SiteFact.key == FACT)
    found = session.scalar(asked)
    if found is None:
        made = SigningKeys(keys=(_new_key(now),)).model_dump(mode="json")
        session.execute(insert_into(session, SiteFact).values(key=FACT, value=made).on_conflict_do_nothing())
        found = session.scalar(asked)
    return keys_in(found)


def rotate(session: Session, *, now: datetime) -> SigningKeys:
    """From now on a new key signs; receipts by those before it stay right."""
    before = signing_keys(session, now=now)
    after = SigningKeys(keys=(*before.keys, _new_key(now)))
    session.execute(update(SiteFact).where(SiteFact.key == FACT).values(value=after.model_dump(mode="json")))
    return after


def public_keys(session: Session, site: Site, *, now: datetime) -> SiteKeys:
    """What the site publishes of its keys, the one that signs first."""
    *before, signs = signing_keys(session, now=now).keys
    published = (signs.public(retired=False), *(each.public(retired=True) for each in reversed(before)))
    return SiteKeys(site=site.address, keys=published)


@lru_cache(maxsize=8)
def _loaded(private: str) -> Ed25519PrivateKey:
    """Reading it takes as long as signing, and a site has few."""
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(private))


def _new_key(now: datetime) -> SigningKey:
    private = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    return SigningKey(id=f"{now:%Y%m%d}-{secrets.token_hex(4)}", private=private, made_at=now)
