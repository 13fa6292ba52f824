"""How `auto` chooses: the strongest sandbox that is to be had and holds, and never none."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import cast

import pytest

from grader.errors import SandboxUnavailable
from grader.limits import RoomLimits
from grader.sandbox import Room
from grader.sandbox.backends import Backend, Strongest, open_sandbox
from grader.sandbox.forked import ForkedSandbox


class FakeSandbox:
    """Holds or does not when it attacks itself; gives no real rooms."""

    warning = None

    def __init__(self, name: str, *, holds: bool) -> None:
        self.name = name
        self.holds = holds
        self.closed = False

    def __enter__(self) -> FakeSandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True

    def prove(self) -> None:
        if not self.holds:
            raise SandboxUnavailable(f"{self.name} did not hold")

    @contextlib.contextmanager
    def room(self, limits: RoomLimits) -> Iterator[Room | None]:
        del limits
        yield None


def backends(**holds: bool | None) -> Mapping[str, Backend]:
    """Backends by name: True holds, False does not, None is not to be had at all."""

    def make(name: str) -> Callable[..., FakeSandbox]:
        def backend(*_: object) -> FakeSandbox:
            if holds[name] is None:
                raise SandboxUnavailable(f"{name} is not installed")
            return FakeSandbox(name, holds=bool(holds[name]))

        return backend

    return cast("Mapping[str, Backend]", {name: make(name) for name in holds})


@pytest.mark.parametrize(
    ("namespaces", "landlock", "chosen"),
    [
        pytest.param(True, True, "namespaces", id="the strongest first"),
        pytest.param(None, True, "landlock", id="not to be had"),
        pytest.param(False, True, "landlock", id="did not hold"),
    ],
)
def test_auto_takes_the_strongest_that_holds(namespaces: bool | None, landlock: bool, chosen: str) -> None:
    """A sandbox that fails its own attack is as good as none."""
    table = backends(namespaces=namespaces, landlock=landlock)
    with Strongest("numpy", backends=table) as sandbox:
        with sandbox.room(RoomLimits()):
            pass
        name = sandbox.name

    assert name == chosen


def test_without_any_sandbox_auto_refuses_and_tells_every_cure() -> None:
    """Nothing is ever run unsandboxed silently."""
    with pytest.raises(SandboxUnavailable, match="namespaces is not installed") as refusal:
        Strongest("numpy", backends=backends(namespaces=None, landlock=None))

    assert "landlock is not installed" in str(refusal.value)
    assert "--sandbox none" in str(refusal.value)


def test_when_nothing_holds_no_room_is_given() -> None:
    """The refusal comes before the first room."""
    table = backends(namespaces=False, landlock=False)
    with (
        Strongest("numpy", backends=table) as sandbox,
        pytest.raises(SandboxUnavailable, match="namespaces did not hold"),
        sandbox.room(RoomLimits()),
    ):
        pytest.fail("a room was given")


def test_none_is_had_by_its_name_alone_and_warns() -> None:
    """Whoever asks for no sandbox is told what that means."""
    sandbox = open_sandbox("none", "numpy")

    assert isinstance(sandbox, ForkedSandbox)
    assert "no security boundary" in (sandbox.warning or "")
