"""What a platform is told of one score, in its student's language, and how: looked for first where it may have arrived
already. No table is read or written here."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from grader.messages import Words, joined, say
from grader.policy.platform_score import Grading, PlatformScore, is_same, share_of
from grader.service.lti.sending.batch import Telling, Told, not_begun
from grader.service.lti.sending.columns import LinkedColumn
from grader.service.lti.services.access import Access
from grader.service.lti.services.answers import Cause, Failed
from grader.service.lti.services.grades import Gradebook, LineItem, ScoreThere

#: scores of one column that are on their way at the same time
AT_ONCE = 4
#: what concerns one person; whatever else goes wrong concerns the column
PERSONAL = (Cause.REFUSED, Cause.OUTDATED)


class Teller:
    """Tells scores of one column. `address`: of our site, for the link in a comment."""

    def __init__(self, access: Access, column: LinkedColumn, *, address: str) -> None:
        self._gradebook = Gradebook(access, column.client)
        self._column = column
        self._address = address

    async def address_of(self) -> str | Failed:
        """Where the column is; found in the platform's list, or made there, if it has none for our link."""
        column = self._column
        if column.missing is not None:
            return Failed(cause=Cause.SCOPE_MISSING, missing=column.missing)
        if column.url is not None:
            return column.url
        if column.list_url is None or not column.possible:
            return Failed(cause=Cause.GONE)
        found = await self._gradebook.line_items(column.list_url, only={"resource_link_id": column.resource_link})
        if isinstance(found, Failed):
            return found
        for each in found:
            if each.id is not None and each.resource_link_id == column.resource_link:
                return each.id
        made = await self._gradebook.make(column.list_url, self._item())
        return made if isinstance(made, Failed) else made.id or ""

    async def tell(self, url: str, tellings: Sequence[Telling]) -> tuple[Sequence[Told], Failed | None]:
        """What came of each, and what went wrong with the column as a whole; after that none is begun."""
        trouble: Failed | None = None
        places = asyncio.Semaphore(AT_ONCE)

        async def one(telling: Telling) -> Told:
            nonlocal trouble
            async with places:
                if trouble is not None:
                    return not_begun(telling, trouble)
                told = await self._told(url, telling)
                if told.failed is not None and told.failed.cause not in PERSONAL:
                    trouble = trouble or told.failed
                return told

        outcomes = await asyncio.gather(*(one(each) for each in tellings))
        return outcomes, trouble

    async def _told(self, url: str, telling: Telling) -> Told:
        if telling.to_look and await self._is_there(url, telling):
            return Told(telling=telling)
        failed = await self._gradebook.tell(url, self._score(telling))
        if failed is not None and failed.cause is Cause.GONE and await self._has_column(url):
            failed = Failed(cause=Cause.REFUSED, status=failed.status)  # it is the person who is not there
        return Told(telling=telling, failed=failed)

    async def _is_there(self, url: str, telling: Telling) -> bool:
        """Whether the platform has it already, as far as can be told: what looks as before says nothing."""
        if not self._column.has_results or (telling.told is not None and _alike(telling.told, telling.wanted)):
            return False
        found = await self._gradebook.results(url, of=telling.user_id)
        return not isinstance(found, Failed) and any(is_same(telling.wanted, each.share) for each in found)

    async def _has_column(self, url: str) -> bool:
        return isinstance(await self._gradebook.line_item(url), LineItem)

    def _score(self, telling: Telling) -> ScoreThere:
        wanted, told = telling.wanted, telling.told
        return ScoreThere(
            user_id=telling.user_id,
            timestamp=telling.stamp,
            grading=wanted.grading,
            given=None if wanted.earned is None else float(wanted.earned),
            maximum=None if wanted.earned is None else wanted.possible,
            comment=self._comment(telling),
            submitted_at=wanted.submitted_at,
            new_submission=wanted.attempt is not None and (told is None or told.attempt != wanted.attempt),
        )

    def _comment(self, telling: Telling) -> str | None:
        """Where the report is, and what is not to be seen in the number."""
        wanted = telling.wanted
        if wanted.attempt is None:
            return None
        said = [say("score_report", link=f"{self._address}/attempts/{wanted.attempt}")]
        match wanted.grading:
            case Grading.PENDING_MANUAL:
                said.append(say("score_waits_for_person"))
            case Grading.PENDING:
                said.append(say("score_grows"))
            case Grading.FULLY_GRADED:
                pass
        if wanted.late:
            said.append(say("score_late"))
        return Words(telling.language).text(joined(*said))

    def _item(self) -> LineItem:
        column = self._column
        return LineItem(
            score_maximum=float(column.possible),
            label=column.title or (column.outline.title.get("en") if column.outline else None) or column.assignment,
            resource_id=f"{column.slug}/{column.assignment}",
            resource_link_id=column.resource_link,
        )


def _alike(one: PlatformScore, other: PlatformScore) -> bool:
    """Whether a platform's results would not tell them apart."""
    return is_same(one, share_of(other))
