"""Whether a reference answers alike each time: asked twice, by processes that hash text otherwise.

What a reference draws at random is seeded, and its rooms hash text alike. What it takes from the clock or the system is
not so, nor is what `assignment.py` takes from the order of a set: classmates would be held to different answers.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import cache
from typing import TypeAlias

from grader.course.folder import Course
from grader.errors import CourseError, SandboxError
from grader.grading.reference import AnswerKey, answer_key
from grader.judging import Key
from grader.wall.room.preloaded import Libraries
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox
from grader.wall.values import form

SECONDS = 3_600
_TELL = """\
import json, os, sys
from pathlib import Path
from grader.course.folder import Course
from grader.authoring.proof.repeated import tell
folder, sandbox, *names = sys.argv[1:]
os.write(1, json.dumps(tell(Course(Path(folder)), names, sandbox)).encode())
"""

Told: TypeAlias = dict[str, dict[str, str]]


def faults_of_repetition(course: Course, names: Sequence[str], sandbox: str = "auto") -> dict[str, tuple[str, ...]]:
    """By assignment, a fault for each exercise whose right answers differ from process to process.

    Two processes in all, at the same time: to load libraries takes longer than to ask a reference.
    """
    with ThreadPoolExecutor() as both:
        first, second = both.map(lambda hash_seed: _told(course, names, sandbox, hash_seed), ("1", "2"))
    return {
        name: tuple(_fault(course, name, each) for each in digests if digests[each] != second.get(name, {}).get(each))
        for name, digests in first.items()
    }


def _fault(course: Course, name: str, exercise: str) -> str:
    return (
        f"{course.solution(name)}: the answers to {exercise} differ from process to process, and so would what a "
        "class is held to. Whatever is random is seeded; look for the clock and os.urandom, and in assignment.py "
        "for the order of a set."
    )


def tell(course: Course, names: Sequence[str], sandbox: str) -> Told:
    """By assignment and exercise, what tells its right answers from all others; an assignment whose key cannot be made
    is left out, since that is found where keys are used."""
    told: Told = {}
    with ExitStack() as stack:

        @cache
        def opened(libraries: Libraries) -> Sandbox:
            chosen = choose_sandbox(sandbox, libraries.runtime, uses=libraries.uses, private=(course.folder,))
            return stack.enter_context(chosen)

        for name in names:
            with suppress(CourseError, SandboxError):
                assignment = course.assignment(name)
                told[name] = digests(answer_key(course, assignment, opened(assignment.libraries)))
    return told


def digests(key: AnswerKey) -> dict[str, str]:
    """For each exercise, what tells its right answers from all others."""
    return {name: hashlib.sha256(repr(_answers(each)).encode()).hexdigest() for name, each in key.prepared.items()}


def _answers(key: Key) -> object:
    return [(name, [(form(case.args), form(case.expected)) for case in each]) for name, each in key.cases.items()]


def _told(course: Course, names: Sequence[str], sandbox: str, hash_seed: str) -> Told:
    """What a process of its own tells; nothing if it fails."""
    done = subprocess.run(  # noqa: S603  # our own command line
        [sys.executable, "-c", _TELL, str(course.folder), sandbox, *names],
        env={"LANG": "C.UTF-8", "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=False,
    )
    return dict(json.loads(done.stdout)) if done.returncode == 0 else {}
