"""What is handed to a slot's process: how it grades. Libraries that grade are loaded there, and not by the supervisor
that hands it over: its slots would begin later.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from grader.service.worker.job import Job, JobAnswer, Preparation


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingWork:
    """How every slot's process grades. `private`: what no room may read; `keys`: where answer keys are kept; `told`:
    where it says how far it has come; `most` and `memory`: of the graders that stay warm."""

    sandbox: str
    private: tuple[Path, ...]
    keys: Path | None
    told: Connection
    most: int
    memory: int

    @contextmanager
    def open(self) -> Iterator[Callable[[Job | Preparation], JobAnswer]]:
        """See `crew.Work`. Raises SandboxUnavailable from a job where this machine gives no room."""
        gc.disable()  # as its supervisor until it works
        from grader.service.worker.grading import warm_graders  # heavy: all that grades
        from grader.service.worker.tied import end_with_the_parent, give_way

        gc.freeze()
        gc.enable()

        end_with_the_parent()
        give_way()
        with warm_graders(
            sandbox=self.sandbox,
            private=self.private,
            keys=self.keys,
            told=self.told,
            most=self.most,
            memory=self.memory,
        ) as do:
            yield do
