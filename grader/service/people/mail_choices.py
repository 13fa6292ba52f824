"""What somebody wants to be sent, as they said it: on their account, by a program, or by the link in a mail, which is
good for one kind of one person's and needs no signing in."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.policy.mail import WANTED, About
from grader.service.people.secrets import new_secret
from grader.service.store.identity import fact
from grader.service.store.mail_tables import MailChoice
from grader.service.store.putting import put

#: the key by which a link in a mail is known to be ours
KEY_FACT: Final = "mail_key"


def choices(session: Session, person_id: int) -> Mapping[About, bool]:
    """Of each kind, whether they are sent mail about it."""
    said = {each.about: each.wanted for each in session.scalars(select(MailChoice).filter_by(person_id=person_id))}
    return {about: said.get(about, about in WANTED) for about in About}


def choose(session: Session, person_id: int, wanted: Mapping[About, bool]) -> None:
    """From now on; what is on its way already is looked at again before it is sent."""
    for about, is_wanted in wanted.items():
        put(session, MailChoice, {"person_id": person_id, "about": about}, {"wanted": is_wanted})


def key_of(session: Session) -> str:
    """The site's key for these links; a new one's is made."""
    return str(fact(session, KEY_FACT, {"key": new_secret()})["key"])


def leaving(key: str, person_id: int, about: About) -> str:
    """What a link holds that turns one kind off for one person."""
    said = f"{person_id}-{about}"
    return f"{said}-{hmac.new(key.encode(), said.encode(), hashlib.sha256).hexdigest()}"


def left_by(key: str, token: str) -> tuple[int, About] | None:
    """Whose it is and of which kind, if it is one of ours."""
    person, _, rest = token.partition("-")
    about = rest.partition("-")[0]
    if not (person.isascii() and person.isdigit() and len(person) < 10 and about in set(About)):
        return None
    known = leaving(key, int(person), About(about))
    return (int(person), About(about)) if hmac.compare_digest(known.encode(), token.encode()) else None
