"""Signing in by OpenID Connect, with a provider in this process."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi import FastAPI, Request
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from grader.errors import UsageError
from grader.service.people.accounts import PASSWORDS
from grader.service.people.audit import Actor
from grader.service.people.members import MemberChange, change_member
from grader.service.people.sessions import begin_session, renew_session
from grader.service.site import Site
from grader.service.store.tables import Identity, Membership, Person, Role
from grader.service.web.access import COOKIE
from grader.service.web.app import make_app
from grader.service.web.claims import GroupRole, Provider
from grader.service.web.ended import EVENT
from grader.service.web.providers import FILE, Providers, read_providers
from tests.service.classroom import Classroom, browser, furnish, signed_in

ISSUER = "https://id.example.org"
SECRET = "a made-up secret of ours"
KEY = RSAKey.generate_key(2048, {"kid": "k", "use": "sig", "alg": "RS256"})
SCHOOL = Provider(
    id="school", title="School", issuer=ISSUER, client_id="us", client_secret=SECRET, emails_of=("example.org",)
)
ADA = {"sub": "7", "name": "Ada", "email": "ada@example.org", "email_verified": True}


@dataclass
class School:
    """A provider: who signs in there next, and what it does wrong."""

    claims: dict[str, Any] = field(default_factory=lambda: dict(ADA))
    wrong: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    keys: list[RSAKey] = field(default_factory=lambda: [KEY])
    times_asked_for_keys: int = 0
    offers: dict[str, Any] = field(default_factory=dict)
    signs_by: RSAKey | None = field(default_factory=lambda: KEY)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def about() -> dict[str, Any]:
            paths = {"authorization_endpoint": "in", "token_endpoint": "token", "jwks_uri": "keys"}
            return {"issuer": ISSUER, "id_token_signing_alg_values_supported": ["RS256"], **self.offers} | {
                name: f"{ISSUER}/{path}" for name, path in paths.items()
            }

        @app.get("/keys")
        def keys() -> dict[str, Any]:
            self.times_asked_for_keys += 1
            return {"keys": [key.as_dict(private=False) for key in self.keys]}

        @app.post("/token")
        async def token(request: Request) -> dict[str, Any]:
            form = await request.form()
            proof = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
            assert base64.urlsafe_b64encode(proof).rstrip(b"=").decode() == self.asked["code_challenge"]
            now = int(time.time())
            said = {"iss": ISSUER, "aud": "us", "iat": now, "exp": now + 60, "nonce": self.asked["nonce"]}
            signed = token_of({"alg": "RS256", "kid": "k"}, said | self.claims | self.wrong, self.signs_by)
            return {"access_token": "a", "token_type": "Bearer", "id_token": signed}

        return app

    def providers(self, provider: Provider = SCHOOL) -> Providers:
        return Providers({provider.id: provider}, transport=httpx2.ASGITransport(app=self.app()))

    def leave(self, client: TestClient, next: str = "/account", path: str = "/sign-in/school") -> str:
        """Off to the provider, and the address it sends one back to."""
        sent = client.get(path, params=None if "?" in path else {"next": next}).headers["Location"]
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(sent).query).items()}
        assert sent.startswith(f"{ISSUER}/in?")
        assert self.asked["code_challenge_method"] == "S256"
        return f"/sign-in/school/back?code=c&state={self.asked['state']}"


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    return furnish(on_sqlite)


def identities(site: Site) -> list[int]:
    with site.database.read() as session:
        return list(session.scalars(select(Identity.person_id)))


def test_somebody_on_a_roster_signs_in_with_the_schools_account(room: Classroom) -> None:
    """The first time by the address that the school vouches for, then by what the school calls them, whatever else
    changes."""
    school = School()
    app = make_app(room.site, sign_in_by=school.providers())
    client = browser(app)
    assert "/sign-in/school" in client.get("/sign-in").text
    assert client.get(school.leave(client)).headers["Location"] == "/account"
    assert client.get("/account").status_code == 200
    school.claims |= {"email": "other@elsewhere.example", "name": "Countess"}
    again = browser(app)
    assert again.get(school.leave(again)).status_code == 303
    assert identities(room.site) == [room.people["ada"]]


@pytest.mark.parametrize(
    ("said", "change"),
    [
        ({"email_verified": False}, {}),
        ({"email": "ada@evil.example"}, {"email": "ada@evil.example"}),
        ({"email": "\uff41da@example.org"}, {}),
        ({}, {"password": "$argon2id$"}),
        ({}, {"owns_site": True}),
    ],
    ids=[
        "not verified",
        "a domain that it does not speak for",
        "letters that are kept alike",
        "an account with a password",
        "an owner",
    ],
)
def test_an_address_alone_is_nobody(room: Classroom, said: dict[str, Any], change: dict[str, Any]) -> None:
    """Whoever can make a provider say an address is not let into the account that has it."""
    if change:
        with room.site.database.begin() as session:
            session.execute(update(Person).where(Person.id == room.people["ada"]).values(**change))
    school = School(claims=ADA | said)
    client = browser(make_app(room.site, sign_in_by=school.providers()))
    assert client.get(school.leave(client)).status_code == 403
    assert client.get("/account").status_code == 303
    assert identities(room.site) == []


@pytest.mark.parametrize(
    "wrong",
    [{"iss": "https://evil.example"}, {"aud": "them"}, {"nonce": "another"}, {"exp": 1}],
    ids=["issuer", "audience", "nonce", "over"],
)
def test_what_a_provider_says_to_others_signs_nobody_in(room: Classroom, wrong: dict[str, Any]) -> None:
    """Signed as it may be: it must be of this issuer, for us, for this sign-in, and now."""
    school = School(wrong=wrong)
    client = browser(make_app(room.site, sign_in_by=school.providers()))
    assert client.get(school.leave(client)).status_code == 400
    assert client.get("/account").status_code == 303


def test_what_a_provider_did_not_sign_signs_nobody_in(room: Classroom) -> None:
    """Whatever it offers: `none` is no signature, also where it came from the provider itself."""
    school = School(offers={"id_token_signing_alg_values_supported": ["RS256", "none"]}, signs_by=None)
    client = browser(make_app(room.site, sign_in_by=school.providers()))
    assert client.get(school.leave(client)).status_code == 400
    assert identities(room.site) == []


def test_a_way_back_that_this_browser_did_not_set_out_on_is_refused(room: Classroom) -> None:
    """Another state, or none; another browser; the same one twice."""
    school = School()
    app = make_app(room.site, sign_in_by=school.providers())
    client = browser(app)
    back = school.leave(client)
    assert browser(app).get(back).status_code == 400
    assert client.get(f"{back}x").status_code == 400
    assert client.get(back.partition("&")[0]).status_code == 400
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 400


def link_of(client: TestClient) -> str:
    """The link on somebody's own account by which they add the school's."""
    found = re.search(r'href="(/sign-in/school\?[^"]*link=[^"]+)"', client.get("/account").text)
    assert found is not None
    return html.unescape(found[1])


def test_whoever_is_signed_in_links_the_account(room: Classroom) -> None:
    """Whatever address it has, by the link on their own page."""
    school = School(claims={"sub": "9", "email": "x@elsewhere.example"})
    client = signed_in(make_app(room.site, sign_in_by=school.providers()), room, "bob")
    client.get(school.leave(client, path=link_of(client)))
    assert identities(room.site) == [room.people["bob"]]


def test_somebody_elses_page_adds_no_way_into_an_account(room: Classroom) -> None:
    """Whoever is signed in at the provider, by an attacker's doing or since they sat here before, gets no identity on
    the account of whoever is signed in with us: not by the plain address, and not by another's link."""
    school = School(claims={"sub": "evil", "email": "x@elsewhere.example"})
    app = make_app(room.site, sign_in_by=school.providers())
    ada, bob = signed_in(app, room, "ada"), signed_in(app, room, "bob")
    assert ada.get(school.leave(ada)).status_code == 403
    assert ada.get(link_of(bob)).status_code == 403
    assert browser(app).get(link_of(bob)).status_code == 403
    assert identities(room.site) == []


def test_a_way_that_one_set_out_on_for_oneself_adds_nothing_to_another(room: Classroom) -> None:
    """Whoever is signed in when it comes back must be who set out."""
    school = School(claims={"sub": "9", "email": "x@elsewhere.example"})
    client = signed_in(make_app(room.site, sign_in_by=school.providers()), room, "ada")
    back = school.leave(client, path=link_of(client))
    with room.site.database.begin() as session:
        secret = begin_session(session, room.people["bob"], agent="tests", now=room.site.now())
    client.cookies.set(COOKIE, secret, domain="testserver.local")
    assert client.get(back).status_code == 403
    assert identities(room.site) == []


def test_somebody_unknown_gets_an_account_where_the_site_says_so(room: Classroom) -> None:
    """In no course; and never one with somebody else's address."""
    open_to_all = SCHOOL.model_copy(update={"new_accounts": True})
    school = School(claims=ADA | {"sub": "1", "email": "new@example.org", "name": "New"})
    client = browser(make_app(room.site, sign_in_by=school.providers(open_to_all)))
    assert client.get(school.leave(client, next="//evil.example")).headers["Location"] == "/"
    with room.site.database.read() as session:
        assert session.scalar(select(func.count()).where(Person.email == "new@example.org")) == 1


GROUPED = SCHOOL.model_copy(
    update={
        "new_accounts": True,
        "group": (
            GroupRole(group="students", course="ml", section="A"),
            GroupRole(group="assistants", course="ml", role=Role.GRADER),
            GroupRole(group="students", course="gone"),
        ),
    }
)
NEW = {"sub": "1", "name": "New"}


def come(room: Classroom, groups: object, claims: dict[str, Any] = NEW) -> TestClient:
    """Somebody signs in at a school that says those groups of them."""
    school = School(claims=claims | ({} if groups is None else {"groups": groups}))
    client = browser(make_app(room.site, sign_in_by=school.providers(GROUPED)))
    assert client.get(school.leave(client)).status_code == 303
    return client


def there(room: Classroom, name: str = "New") -> tuple[str, str | None, bool] | None:
    """What somebody is in the course, in which section, and whether they are there."""
    asked = select(Membership).join(Person, Person.id == Membership.person_id).where(Person.name == name)
    with room.site.database.read() as session:
        row = session.scalar(asked.where(Membership.course_id == room.course_id))
        if row is None:
            return None
        return row.role.value, row.section.name if row.section else None, row.left_at is None


@pytest.mark.parametrize(
    ("groups", "now"),
    [
        (["students"], ("student", "A", True)),
        (["students", "assistants"], ("grader", None, True)),
        ("students", ("student", "A", True)),
        (["others"], None),
        ([{"name": "students"}, 7], None),
        (None, None),
    ],
    ids=["one", "the higher of two", "a single word", "none of ours", "no words", "no claim"],
)
def test_groups_at_a_school_are_roles_in_courses(room: Classroom, groups: object, now: object) -> None:
    """From the first sign-in on, by the table in `sign_in.toml`; a course that is not there is passed over."""
    come(room, groups)
    assert there(room) == now


@pytest.mark.parametrize("groups", [[], None], ids=["no group", "no claim"])
def test_what_is_gone_from_the_claim_takes_its_own_memberships_alone(room: Classroom, groups: object) -> None:
    """At the next sign-in; who comes back into the group is there again."""
    come(room, ["students"])
    come(room, groups)
    assert there(room) == ("student", "A", False)
    come(room, ["assistants"])
    assert there(room) == ("grader", None, True)


def test_groups_touch_no_membership_that_others_made(room: Classroom) -> None:
    """Ada is on the roster: no group makes her more, and none takes her out; what was changed by hand stays."""
    come(room, ["assistants"], ADA)
    come(room, [], ADA)
    come(room, ["students"])
    with room.site.database.begin() as session:
        found = session.scalars(select(Membership).where(Membership.by_issuer.is_not(None))).one()
        actor = Actor(person_id=None, role=Role.INSTRUCTOR)
        change_member(session, found, MemberChange(here=False), actor=actor, now=room.site.now())
    come(room, ["students", "assistants"])

    assert there(room, "Ada") == ("student", None, True)
    assert there(room) == ("student", "A", False)


def test_a_school_that_says_too_many_groups_takes_nobody_out(room: Classroom) -> None:
    """It says that it does not say them all."""
    come(room, ["students"])
    come(room, None, NEW | {"_claim_names": {"groups": "src1"}})
    assert there(room) == ("student", "A", True)


def test_no_group_makes_an_owner_unless_that_is_said(on_sqlite: Site, tmp_path: Path) -> None:
    """Of a course; of the site never."""
    text = (
        "[[provider]]\nid = 'x'\ntitle = 'X'\nissuer = 'https://x'\nclient_id = 'us'\nclient_secret = 's'\n{}"
        "[[provider.group]]\ngroup = 'a'\ncourse = 'ml'\nrole = 'owner'\n"
    )
    (tmp_path / FILE).write_text(text.format(""))
    with pytest.raises(UsageError):
        read_providers(on_sqlite)
    (tmp_path / FILE).write_text(text.format("makes_owners = true\n"))
    assert read_providers(on_sqlite).named["x"].group[0].role is Role.OWNER


def test_whoever_signs_out_is_shown_the_way_out_at_the_school(room: Classroom) -> None:
    """By a link of its own, with where to come back to; a school that offers none is told so."""
    school = School(offers={"end_session_endpoint": f"{ISSUER}/out"})
    client = signed_in(make_app(room.site, sign_in_by=school.providers()), room, "ada")
    page = client.get(client.post("/sign-out").headers["Location"]).text
    assert 'href="/sign-out/school"' in page
    sent = urlsplit(client.get("/sign-out/school").headers["Location"])
    assert (sent.path, parse_qs(sent.query)) == (
        "/out",
        {"client_id": ["us"], "post_logout_redirect_uri": ["http://testserver/sign-in"]},
    )  # she came by no school
    assert browser(make_app(room.site, sign_in_by=School().providers())).get("/sign-out/school").status_code == 404


def test_whoever_came_by_a_school_is_signed_out_there_without_being_asked(room: Classroom) -> None:
    """It gets back what it signed then, once, and by this browser alone; another school never does."""
    school = School(offers={"end_session_endpoint": f"{ISSUER}/out"})
    other = SCHOOL.model_copy(update={"id": "other", "issuer": f"{ISSUER}/other", "title": "Other"})
    transport = httpx2.ASGITransport(app=school.app())
    client = browser(make_app(room.site, sign_in_by=Providers({"school": SCHOOL, "other": other}, transport=transport)))
    client.get(school.leave(client))
    client.post("/sign-out")
    assert client.get("/account").status_code == 303
    sent = [parse_qs(urlsplit(client.get("/sign-out/school").headers["Location"]).query) for _ in range(2)]

    hints = [each.get("id_token_hint") for each in sent]
    assert hints[1] is None
    assert jwt.decode((hints[0] or [""])[0], KEY).claims["sub"] == "7"


def logout_token(
    site: Site, *, key: RSAKey | OctKey | None = KEY, header: dict[str, Any] | None = None, **claims: Any
) -> str:
    """What a school signs when somebody's session there is over; None takes a claim away."""
    now = int(site.now().timestamp())
    said = {"iss": ISSUER, "aud": "us", "iat": now, "exp": now + 60, "jti": "once", "sub": "7", "sid": "s1"}
    said |= {"events": {EVENT: {}}} | claims
    head = {"alg": "RS256", "kid": "k", "typ": "logout+jwt"} | (header or {})
    kept = {name: value for name, value in said.items() if value is not None}
    return token_of(head, kept, key)


def token_of(head: dict[str, Any], said: dict[str, Any], key: RSAKey | OctKey | None) -> str:
    """Signed by that key, or by none."""
    if key is None:
        unsigned = (head | {"alg": "none"}, said)
        written = (base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in unsigned)
        return "".join(f"{each.decode()}." for each in written)
    return jwt.encode(head, said, key, algorithms=[head["alg"]])


def told(app: FastAPI, token: str, path: str = "/signed-out/school") -> int:
    """What the school's machine hears."""
    return browser(app).post(path, data={"logout_token": token}).status_code


def come_twice(school: School, app: FastAPI) -> list[TestClient]:
    """Two browsers of the same person, each in a session of the school's own."""
    found = []
    for sid in ("s1", "s2"):
        school.claims["sid"] = sid
        client = browser(app)
        client.get(school.leave(client))
        found.append(client)
    return found


@pytest.mark.parametrize(
    ("claims", "stay"),
    [
        ({}, [False, True]),
        ({"sub": None}, [False, True]),
        ({"sid": None}, [False, False]),
        ({"sid": None, "sub": "8"}, [True, True]),
        ({"sid": "s1", "sub": "8"}, [True, True]),
        ({"aud": ["others", "us"], "sid": "s2"}, [True, False]),
    ],
    ids=["both", "a session", "a person", "somebody else", "not their session", "several audiences"],
)
def test_whoever_is_signed_out_at_a_school_is_signed_out_here(
    room: Classroom, claims: dict[str, Any], stay: list[bool]
) -> None:
    """In the browsers that came by that session, or in all of that person's that came by the school; by its machine,
    which hears 200 whether there was any. A session with a password stays."""
    school = School()
    app = make_app(room.site, sign_in_by=school.providers())
    clients = [*come_twice(school, app), signed_in(app, room, "ada")]
    assert told(app, logout_token(room.site, **claims)) == 200
    assert [client.get("/account").status_code == 200 for client in clients] == [*stay, True]


def test_a_renewed_session_still_ends_with_the_one_at_the_school(room: Classroom) -> None:
    """A day later its secret is another."""
    school = School()
    app = make_app(room.site, sign_in_by=school.providers())
    client, _ = come_twice(school, app)
    with room.site.database.begin() as session:
        secret = client.cookies[COOKIE]
        renewed = renew_session(session, secret, now=room.site.now())
    client.cookies.set(COOKIE, str(renewed), domain="testserver.local")
    told(app, logout_token(room.site))
    assert client.get("/account").status_code == 303


OTHER = RSAKey.generate_key(2048, {"kid": "k"})
WORDS: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "them"},
    "no audience": {"aud": None},
    "no iat": {"iat": None},
    "long ago": {"iat": 1_000_000},
    "no exp": {"exp": None},
    "over": {"exp": 1_000_000},
    "for years": {"exp": 4_000_000_000},
    "no jti": {"jti": None},
    "no events": {"events": None},
    "another event": {"events": {"http://schemas.openid.net/event/other": {}}},
    "an event that is none": {"events": {EVENT: "yes"}},
    "a nonce": {"nonce": "n"},
    "neither sub nor sid": {"sub": None, "sid": None},
    "a sub that is none": {"sub": 7},
    "a NUL": {"sub": "7\0"},
    "typed as a token for access": {"header": {"typ": "at+jwt"}},
    "signed by somebody else": {"key": OTHER},
    "signed with our secret": {"header": {"alg": "HS256"}, "key": OctKey.import_key(SECRET)},
    "not signed": {"header": {"alg": "none"}, "key": None},
}


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
def test_a_word_that_is_not_the_schools_to_us_signs_nobody_out(room: Classroom, word: dict[str, Any]) -> None:
    """To the letter of the standard."""
    school = School(offers={"id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]})
    app = make_app(room.site, sign_in_by=school.providers())
    clients = come_twice(school, app)
    assert told(app, logout_token(room.site, **word)) == 400
    assert [client.get("/account").status_code for client in clients] == [200, 200]


def test_what_signs_somebody_in_signs_nobody_out(room: Classroom) -> None:
    """Nor does the same word twice, one that is none, or one said to another provider's address."""
    school = School()
    app = make_app(room.site, sign_in_by=school.providers())
    come_twice(school, app)
    token = logout_token(room.site)
    assert [told(app, token), told(app, token)] == [200, 400]
    assert [told(app, each) for each in ("", "a.b.c", "x" * 20_000, "\0")] == [400] * 4
    assert told(app, logout_token(room.site, jti="2"), "/signed-out/other") == 404


def test_a_schools_new_key_counts_and_a_made_up_one_is_asked_for_once(room: Classroom) -> None:
    """Anybody may name a key that is none: the school is asked for its keys once a minute at most."""
    school = School()
    app = make_app(room.site, sign_in_by=school.providers())
    come_twice(school, app)
    new = RSAKey.generate_key(2048, {"kid": "new", "use": "sig", "alg": "RS256"})
    school.keys = [new]
    assert told(app, logout_token(room.site, key=new, header={"kid": "new"})) == 200
    before = school.times_asked_for_keys
    assert [told(app, logout_token(room.site, jti=f"{n}", header={"kid": f"{n}"})) for n in range(3)] == [400] * 3
    assert school.times_asked_for_keys == before


def test_an_owner_with_a_password_gets_in_while_every_provider_is_down(room: Classroom) -> None:
    """The ways in are on one page, and none waits for another."""
    down = httpx2.MockTransport(lambda _: httpx2.Response(503))
    client = browser(make_app(room.site, sign_in_by=Providers({"school": SCHOOL}, transport=down)))
    with room.site.database.begin() as session:
        owner = session.get_one(Person, room.people["ines"])
        owner.owns_site, owner.password = True, PASSWORDS.kept("correct horse battery")
    assert client.get("/sign-in/school").status_code == 502
    sent = client.post("/sign-in", data={"email": "ines@example.org", "password": "correct horse battery"})

    assert sent.status_code == 303
    assert client.get("/site").status_code == 200


@pytest.mark.parametrize(
    "text",
    ["[[provider]]\nid = 'x'\nclient_secret = 'hunter2'\n", "[[provider]\n", "provider = 'hunter2'"],
)
def test_a_file_of_providers_that_is_at_fault_is_told_without_its_secrets(
    on_sqlite: Site, tmp_path: Path, text: str
) -> None:
    """A site does not start with half its ways in."""
    assert read_providers(on_sqlite).named == {}
    (tmp_path / FILE).write_text(text)
    with pytest.raises(UsageError) as raised:
        read_providers(on_sqlite)
    assert "hunter2" not in str(raised.value)
