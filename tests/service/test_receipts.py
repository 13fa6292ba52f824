"""Receipts: whoever has one can prove what a site received, without asking it."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from grader.cli.staff import staff_app
from grader.errors import UsageError
from grader.notebook.bundle import bundled
from grader.service.attempts.receipts import (
    PublicKey,
    Receipt,
    SiteKeys,
    Statement,
    Verified,
    make_receipt,
    read_receipt,
    verify,
)
from grader.service.attempts.signing_keys import public_keys, rotate
from grader.service.client.site_keys import fetch_keys
from grader.service.site import Site
from tests.service.classroom import furnish
from tests.service.clock import StoppedClock
from tests.service.grading import NOTEBOOK, hand_in, taken

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WHEN = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
STATEMENT = Statement(
    site="https://grader.example.org",
    attempt="a1",
    course="机器学习",
    assignment="digits",
    person=7,
    number=2,
    received_at=WHEN,
    sha256="44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    size=2,
)
RECEIPT = make_receipt(STATEMENT, key_id="k1", private=PRIVATE)
PUBLIC = base64.b64encode(PRIVATE.public_key().public_bytes_raw()).decode()
#: of right.ipynb and wrong.ipynb of the fixture `files`, handed in together
BOTH = bundled([("right.ipynb", b"{}"), ("wrong.ipynb", b"[]")])
OF_BOTH = STATEMENT.model_copy(update={"sha256": hashlib.sha256(BOTH).hexdigest(), "size": len(BOTH)})
KEYS = SiteKeys(site=STATEMENT.site, keys=(PublicKey(id="k1", public=PUBLIC, made_at=WHEN),))


def changed(**fields: Any) -> Receipt:
    return RECEIPT.model_copy(update={"statement": STATEMENT.model_copy(update=fields)})


def test_a_receipt_is_right_for_the_bytes_it_was_given_for() -> None:
    """And for no others, nor as many of them."""
    assert verify(RECEIPT, KEYS) is Verified.RIGHT
    assert verify(RECEIPT, KEYS, b"{}") is Verified.RIGHT
    assert verify(RECEIPT, KEYS, b"[]") is Verified.OTHER_BYTES


def test_it_reads_as_it_was_written() -> None:
    """Through a file, and in whatever order its fields come."""
    again = json.dumps(dict(reversed(RECEIPT.model_dump(mode="json").items())))
    assert verify(read_receipt(again.encode(), named="it"), KEYS) is Verified.RIGHT


FORGED = [
    pytest.param(changed(number=1), id="another attempt"),
    pytest.param(changed(received_at=datetime(2027, 2, 28, tzinfo=UTC)), id="an earlier time"),
    pytest.param(changed(person=8), id="another person"),
    pytest.param(changed(sha256="0" * 64), id="other bytes"),
    pytest.param(changed(site="https://evil.example.org"), id="another site"),
    pytest.param(RECEIPT.model_copy(update={"signature": "AAAA"}), id="no signature of that length"),
    pytest.param(RECEIPT.model_copy(update={"signature": "?"}), id="no base64"),
]


@pytest.mark.parametrize("receipt", FORGED)
def test_what_was_changed_is_found_out(receipt: Receipt) -> None:
    """Every field is signed."""
    assert verify(receipt, KEYS) is Verified.WRONG_SIGNATURE


def test_a_key_that_is_none_of_the_sites_proves_nothing() -> None:
    """Even if it is called alike, or is no key at all."""
    other = KEYS.model_copy(update={"keys": ()})
    broken = SiteKeys(site="x", keys=(PublicKey(id="k1", public="AAAA", made_at=WHEN),))
    assert verify(RECEIPT, other) is Verified.UNKNOWN_KEY
    assert verify(RECEIPT, broken) is Verified.WRONG_SIGNATURE


def test_a_receipt_outlives_the_key_it_was_signed_with(site: Site, clock: StoppedClock) -> None:
    """After a rotation a new key signs, and what the one before signed stays right."""
    room = furnish(site)
    before = taken(hand_in(room, "ada")).receipt
    with site.database.begin() as session:
        rotate(session, now=clock())
    after = taken(hand_in(room, "ada")).receipt
    with site.database.begin() as session:
        keys = public_keys(session, site, now=clock())
    assert [verify(each, keys, NOTEBOOK) for each in (before, after)] == [Verified.RIGHT, Verified.RIGHT]
    assert [(each.id, each.retired) for each in keys.keys] == [(after.key, False), (before.key, True)]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a receipt, keys, the right notebook and a wrong one."""
    (tmp_path / "receipt.json").write_text(RECEIPT.model_dump_json())
    (tmp_path / "forged.json").write_text(changed(number=1).model_dump_json())
    (tmp_path / "both.json").write_text(make_receipt(OF_BOTH, key_id="k1", private=PRIVATE).model_dump_json())
    (tmp_path / "keys.json").write_text(KEYS.model_dump_json())
    (tmp_path / "right.ipynb").write_bytes(b"{}")
    (tmp_path / "wrong.ipynb").write_bytes(b"[]")
    return tmp_path


COMMANDS = [
    pytest.param("receipt.json", 0, "The receipt is right. Attempt 2 of person 7", id="right"),
    pytest.param("receipt.json right.ipynb", 0, "right.ipynb: exactly these bytes", id="right notebook"),
    pytest.param("receipt.json wrong.ipynb", 1, "what was received is not", id="wrong notebook"),
    pytest.param("both.json wrong.ipynb right.ipynb", 0, "exactly these bytes", id="both notebooks, in any order"),
    pytest.param("both.json right.ipynb", 1, "what was received is not", id="one of two"),
    pytest.param("forged.json", 1, "The signature is wrong", id="forged"),
]


@pytest.mark.parametrize(("line", "code", "words"), COMMANDS)
def test_the_command_says_what_is_right(files: Path, line: str, code: int, words: str) -> None:
    """With the exit code of what it says."""
    paths = [str(files / name) for name in line.split()]
    ran = CliRunner().invoke(staff_app, ["receipt", "verify", *paths, "--key", str(files / "keys.json")])
    assert (ran.exit_code, words in ran.stdout) == (code, True), ran.stdout


def test_a_site_changes_its_key_on_its_machine(tmp_path: Path) -> None:
    """However often."""
    line = ["receipt", "rotate", "--data", str(tmp_path)]
    told = [CliRunner().invoke(staff_app, line).stdout for _ in range(2)]
    assert [each.rpartition(" ")[2] for each in told] == ["1.\n", "2.\n"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param(["receipt.json"], "Name the site", id="no key"),
        pytest.param(["nothing.json", "--key", "keys.json"], "cannot be read", id="no file"),
        pytest.param(["wrong.ipynb", "--key", "keys.json"], "is not a receipt", id="no receipt"),
        pytest.param(["receipt.json", "--key", "receipt.json"], "public keys", id="no keys"),
    ],
)
def test_what_cannot_be_checked_is_no_wrong_receipt(files: Path, line: list[str], words: str) -> None:
    """It is the command line's fault, and says what to do."""
    paths = [each if each.startswith("--") else str(files / each) for each in line]
    ran = CliRunner().invoke(staff_app, ["receipt", "verify", *paths])
    assert isinstance(ran.exception, UsageError)
    assert words in str(ran.exception)


ANSWERS = [
    pytest.param(httpx.Response(404), "answered 404", id="no keys there"),
    pytest.param(httpx.Response(302, headers={"Location": "http://elsewhere"}), "answered 302", id="elsewhere"),
    pytest.param(httpx.Response(200, text="<html>"), "public keys", id="something else"),
    pytest.param(httpx.Response(200, content=bytes(2_000_000)), "more than keys", id="without end"),
]


@pytest.mark.parametrize(("answer", "words"), ANSWERS)
def test_a_site_that_answers_otherwise_is_no_site(answer: httpx.Response, words: str) -> None:
    """Nothing it says is believed."""
    client = httpx.Client(transport=httpx.MockTransport(lambda _: answer))
    with pytest.raises(UsageError, match=words):
        fetch_keys("https://grader.example.org/", client=client)


def test_a_site_is_asked_where_every_site_has_its_keys() -> None:
    """Under its own address."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, text=KEYS.model_dump_json())

    client = httpx.Client(transport=httpx.MockTransport(answer))
    assert fetch_keys("https://grader.example.org/", client=client) == KEYS
    assert asked == ["https://grader.example.org/.well-known/grader-keys.json"]
