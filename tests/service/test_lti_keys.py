"""The keys by which learning platforms know a site."""

from __future__ import annotations

from datetime import datetime, timedelta

from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy.orm import Session

from grader.service.lti.keys import SHOWN_AFTER, SHOWN_BEFORE, published, rotate, sign
from grader.service.site import Site


def test_what_is_signed_is_right_by_the_published_keys(on_sqlite: Site) -> None:
    """The first key is made when it is first needed, and nothing private of it is published."""
    with on_sqlite.database.begin() as session:
        token = sign(session, {"iss": "us"}, now=on_sqlite.now())
        shown = published(session, now=on_sqlite.now())
        keys = _set(session, on_sqlite.now())
    assert jwt.decode(token, keys, ["RS256"]).claims == {"iss": "us"}
    assert [sorted(each) for each in shown["keys"]] == [["alg", "e", "kid", "kty", "n", "use"]]


def test_a_new_key_is_published_before_it_signs_and_an_old_one_after(on_sqlite: Site) -> None:
    """A platform that fetched the keys yesterday knows whatever signs today."""
    now = on_sqlite.now()
    with on_sqlite.database.begin() as session:
        old, new = rotate(session, now=now).kid, rotate(session, now=now + timedelta(hours=1)).kid
        later = now + timedelta(hours=1) + SHOWN_BEFORE

        def signs(at: timedelta) -> str:
            return str(jwt.decode(sign(session, {}, now=later + at), _set(session, later)).header["kid"])

        assert (signs(-timedelta(seconds=1)), signs(timedelta(0))) == (old, new)
        shown = [
            {each["kid"] for each in published(session, now=later + at)["keys"]}
            for at in (timedelta(0), SHOWN_AFTER - timedelta(seconds=1), SHOWN_AFTER)
        ]
    assert shown == [{old, new}, {old, new}, {new}]


def _set(session: Session, at: datetime) -> KeySet:
    return KeySet.import_key_set(published(session, now=at))  # type: ignore[arg-type]  # their type is of JSON
