"""How long a class's grades are on their way to a learning platform that takes 50 ms for each: one column, one sender.

`python -m tests.benchmarks.service_scores [GRADES]`; on PostgreSQL where there is a server, else on SQLite.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from sqlalchemy import func, insert, select

from grader.policy.platform_score import Grading, PlatformScore
from grader.service.lti.sending.columns import adopt
from grader.service.store.lti_score_tables import LtiScore, ScoreState
from grader.service.store.tables import Role
from tests.benchmarks.service_queue import a_site
from tests.benchmarks.table import Row, Standing, row, shown
from tests.lti_platform.services import Services
from tests.service.classroom import furnish
from tests.service.linked import Linked, linked
from tests.service.post_process import answering, post_process

SECONDS, ANSWER = 60.0, 0.05


def scores_travel(grades: int = 1_000) -> Iterator[Row]:
    """The time of so many grades by one worker's sender in a process of its own, its start included; and how many were
    lost, or told twice."""
    services = Services(after=_takes_a_while)
    with a_site() as site, answering(services):
        names = {f"s{number}": Role.STUDENT for number in range(grades)}
        school = linked(furnish(site, people=names), services)
        _wait(school)
        begun = time.monotonic()
        with post_process(site, lease=30):
            while _unsent(school):
                time.sleep(0.05)
            taken = time.monotonic() - begun
    told = Counter(said["userId"] for _, said in services.posts)
    twice, lost = sum(each > 1 for each in told.values()), len(names.keys() - told.keys())
    yield row(
        f"{grades:,} grades told to a platform that takes 50 ms for each, {site.database.kind}",
        taken,
        reach=SECONDS,
        unit=" s",
        note="one sender, its start included",
    )
    calm = Standing.NOT_REACHED if twice or lost else Standing.REACHED
    yield Row(what="of them told twice, or lost", reach="0", measured=f"{twice}, {lost}", standing=calm)


async def _takes_a_while(path: str) -> None:
    if path.endswith("/scores"):
        await asyncio.sleep(ANSWER)


def _wait(school: Linked) -> None:
    """Everybody's grade waits to be told."""
    wanted = PlatformScore(grading=Grading.FULLY_GRADED, earned=Fraction(90), possible=100)
    with school.site.database.begin() as session:
        adopt(session, school.site.now())
        rows = [
            {"link_id": school.link_id, "person_id": each, "wanted": wanted, "version": 1, "state": ScoreState.WAITING}
            for each in school.room.people.values()
        ]
        session.execute(insert(LtiScore), rows)


def _unsent(school: Linked) -> int:
    with school.site.database.read() as session:
        return session.scalar(select(func.count()).where(LtiScore.state == ScoreState.WAITING)) or 0


if __name__ == "__main__":
    sys.exit(shown(scores_travel(*map(int, sys.argv[1:]))))
