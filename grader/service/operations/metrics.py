"""What is counted for Prometheus: requests as they are answered, and the state of the site when somebody asks.

No label ever names a person, a course or an assignment: whoever may read metrics learns how busy a site is, not who is.
Counts of what was graded are those of the day (UTC), made from the reports; a counter that begins anew each midnight is
what Prometheus expects of one whose program was started again.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from threading import Lock
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.policy.state import State
from grader.service.operations.health import SEEN_RECENTLY
from grader.service.queue.order import Priority
from grader.service.site import Site
from grader.service.store.batch_tables import BatchFile
from grader.service.store.outline import ResultOutline
from grader.service.store.tables import Attempt, StoredReport, WorkerSeen

#: seconds: from a report that is there at once to a class that waits for its deadline's queue
WAITS: Final = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)
REQUESTS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
#: a report is counted when whoever began to write it before has surely written it
SETTLED: Final = timedelta(seconds=10)
#: nothing was read yet
BEFORE: Final = datetime.min.replace(tzinfo=UTC)
#: reports that are read at once
_AT_ONCE: Final = 2_000


class Metrics:
    """Counts one process's requests. `shared`: the folder in which the processes of one machine add theirs up."""

    def __init__(self, *, shared: Path | None = None) -> None:
        self._own = CollectorRegistry()
        self._shared = shared
        self._today = Today()
        self._requests = Counter(
            "grader_requests", "Requests answered.", ("method", "route", "status"), registry=self._own
        )
        self._seconds = Histogram(
            "grader_request_seconds", "What answering took.", ("route",), buckets=REQUESTS, registry=self._own
        )

    def answered(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def exposition(self, site: Site) -> bytes:
        """Everything, as Prometheus reads it. Raises SQLAlchemyError while the database cannot be had."""
        asked = CollectorRegistry()
        asked.register(_Found(list(self._of(site))))
        if self._shared is None:
            return generate_latest(self._own) + generate_latest(asked)
        MultiProcessCollector(asked, path=str(self._shared))  # type: ignore[no-untyped-call]
        return generate_latest(asked)

    def _of(self, site: Site) -> Iterator[Metric]:
        now = site.now()
        with site.database.read() as session:
            yield from _queue(session, now)
            yield from _workers(session, now)
            yield from self._today.metrics(session, now)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What was found in the database, as a registry wants it."""

    metrics: list[Metric]

    def collect(self) -> Iterable[Metric]:
        return self.metrics


def _queue(session: Session, now: datetime) -> Iterator[Metric]:
    length = GaugeMetricFamily("grader_queue_attempts", "Attempts that wait.", labels=["class"])
    age = GaugeMetricFamily("grader_queue_oldest_seconds", "How long the oldest of them has waited.", labels=["class"])
    asked = select(Attempt.priority, func.count(), func.min(Attempt.received_at)).where(Attempt.state == State.WAITING)
    waiting = {row[0]: (row[1], row[2]) for row in session.execute(asked.group_by(Attempt.priority))}
    for priority in Priority:
        count, oldest = waiting.get(priority, (0, now))
        length.add_metric([priority.name.lower()], count)
        age.add_metric([priority.name.lower()], max(0.0, (now - oldest).total_seconds()))
    yield from (length, age)
    files = select(func.count()).select_from(BatchFile).where(BatchFile.state == State.WAITING)
    says = "Files of classes that wait, of `grade --on`: behind every attempt."
    yield GaugeMetricFamily("grader_queue_class_files", says, value=session.scalar(files) or 0)
    for state, name, says in (
        (State.RUNNING, "grader_slots_busy", "Attempts that are being graded."),
        (State.PARKED, "grader_attempts_parked", "Attempts that our faults keep from being graded."),
    ):
        counted = select(func.count()).select_from(Attempt).where(Attempt.state == state)
        yield GaugeMetricFamily(name, says, value=session.scalar(counted) or 0)


def _workers(session: Session, now: datetime) -> Iterator[Metric]:
    there = select(func.count(), func.coalesce(func.sum(WorkerSeen.slots), 0)).where(
        WorkerSeen.seen_at >= now - SEEN_RECENTLY, ~WorkerSeen.draining
    )
    workers, slots = session.execute(there).one()
    yield GaugeMetricFamily("grader_workers", "Workers that were seen recently.", value=workers)
    yield GaugeMetricFamily("grader_slots", "What they grade at once.", value=slots)


@dataclass(slots=True)
class Today:
    """What was graded since midnight (UTC), read on from where it was left. Each process comes to the same counts."""

    until: datetime = BEFORE
    verdicts: Tally[str] = field(default_factory=Tally)
    waits: dict[str, _Waits] = field(default_factory=lambda: {"queued": _Waits(), "graded": _Waits()})
    rooms: int = 0
    _lock: Lock = field(default_factory=Lock)

    def metrics(self, session: Session, now: datetime) -> Iterator[Metric]:
        """The counts, up to now."""
        with self._lock:
            self._read_on(session, now)
            verdicts = CounterMetricFamily("grader_verdicts", "Exercises graded today, by verdict.", labels=["verdict"])
            for verdict, count in sorted(self.verdicts.items()):
                verdicts.add_metric([verdict], count)
            waits = HistogramMetricFamily(
                "grader_wait_seconds", "Today's attempts: from receipt to slot, from slot to report.", labels=["phase"]
            )
            for phase, each in self.waits.items():
                waits.add_metric([phase], each.buckets(), each.total)
            rooms = CounterMetricFamily("grader_rooms", "Exercises that rooms were opened for today.", value=self.rooms)
            return iter((verdicts, waits, rooms))

    def _read_on(self, session: Session, now: datetime) -> None:
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        if self.until < midnight:
            self.until, self.verdicts, self.rooms = midnight, Tally(), 0
            self.waits = {"queued": _Waits(), "graded": _Waits()}
        asked = (
            select(StoredReport.made_at, StoredReport.outline, Attempt.received_at, Attempt.claimed_at)
            .join(StoredReport.attempt)
            .where(StoredReport.made_at > self.until, StoredReport.made_at <= now - SETTLED)
            .order_by(StoredReport.made_at)
            .execution_options(yield_per=_AT_ONCE)
        )
        for made_at, outline, received_at, claimed_at in session.execute(asked):
            self._count(outline, made_at=made_at, received_at=received_at, claimed_at=claimed_at)
        self.until = max(self.until, now - SETTLED)

    def _count(
        self, outline: ResultOutline, *, made_at: datetime, received_at: datetime, claimed_at: datetime | None
    ) -> None:
        self.verdicts.update(exercise.verdict for exercise in outline.exercises)
        self.rooms += sum(exercise.verdict not in _WITHOUT_ROOM for exercise in outline.exercises)
        if claimed_at is not None:
            self.waits["queued"].observe((claimed_at - received_at).total_seconds())
            self.waits["graded"].observe((made_at - claimed_at).total_seconds())


#: verdicts for which no code of the student's was run
_WITHOUT_ROOM: Final = frozenset({"missing", "skipped"})


@dataclass(slots=True)
class _Waits:
    """A histogram: how many took how long at most. A clock that was set back makes no wait negative."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(WAITS) + 1))
    total: float = 0.0

    def observe(self, seconds: float) -> None:
        seconds = max(0.0, seconds)
        self.counts[next((place for place, bound in enumerate(WAITS) if seconds <= bound), len(WAITS))] += 1
        self.total += seconds

    def buckets(self) -> list[tuple[str, float]]:
        bounds = [*map(str, WAITS), "+Inf"]
        return list(zip(bounds, map(float, accumulate(self.counts)), strict=True))
