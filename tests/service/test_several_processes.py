"""A site that several processes answer for: whichever takes an upload, and whichever is killed, it is one attempt."""

from __future__ import annotations

import os
import signal
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from sqlalchemy import select

from grader.policy.scopes import Scope
from grader.service.people.tokens import new_token
from grader.service.site import Site, utc_now
from grader.service.store.tables import Attempt, Role
from tests.service.classroom import Classroom, furnish
from tests.service.invariant import assert_nothing_is_lost
from tests.service.queued import until
from tests.service.served import Served, served

PATH = "/api/v1/courses/ml/assignments/digits/attempts"
NAMES = ("ada", "bob", "cleo", "dora")


def test_of_several_that_answer_one_may_be_killed(site: Site, tmp_path: Path) -> None:
    """Whoever had no answer from it sends the same again, to others; it is begun again. Nothing is lost or twice."""
    room = furnish(site, people=dict.fromkeys(NAMES, Role.STUDENT))
    tokens = [token(room, name) for name in NAMES]
    data = tmp_path / "data"
    with served(
        "--database", site.database.url, "--no-worker", "--processes", "3", data=data, folder=tmp_path
    ) as there:
        until(lambda: len(beside(there)) == 2)
        victim = beside(there)[0]

        def upload(number: int) -> tuple[str, uuid.UUID]:
            if number == 12:
                os.kill(victim, signal.SIGKILL)
            return sent(there, tokens[number % 4], key=f"upload-{number}")

        with ThreadPoolExecutor(8) as pool:
            receipts = dict(pool.map(upload, range(40)))
        until(lambda: len(set(beside(there)) - {victim}) == 2)
        assert there.end() == 0

    with site.database.read() as session:
        stored = {row[0]: row[1] for row in session.execute(select(Attempt.idempotency_key, Attempt.id))}
    assert stored == receipts
    assert_nothing_is_lost(site, set(receipts.values()), over=False)


def sent(there: Served, token: str, *, key: str) -> tuple[str, uuid.UUID]:
    """The upload of that name, sent until there is an answer; and its attempt."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    for _ in range(100):
        try:
            answer = httpx.post(there.address + PATH, headers=headers, files={"notebook": ("a.ipynb", key.encode())})
        except httpx.TransportError:
            continue
        assert answer.status_code in (200, 201), answer.text
        return key, uuid.UUID(answer.json()["id"])
    raise AssertionError("nobody answers")


def token(room: Classroom, name: str) -> str:
    with room.site.database.begin() as session:
        return new_token(session, person_id=room.people[name], name="x", scopes=[*Scope], now=utc_now())[1]


def beside(there: Served) -> list[int]:
    """The processes that answer beside the first."""
    tasks = Path(f"/proc/{there.process.pid}/task").iterdir()
    children = [each.decode() for task in tasks for each in _told(task / "children").split()]
    return [int(each) for each in children if b"--shared-socket" in _told(Path(f"/proc/{each}/cmdline"))]


def _told(file: Path) -> bytes:
    """Nothing of a thread or process that has ended since it was listed."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
